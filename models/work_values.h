/**
 * @file work_values.h
 * @brief The fitted numbers of work_params.h, as bench_livelihood_fit prints them.
 *
 * Only included by work_params.h.
 */
#ifndef FLYT_WORK_VALUES_H
#define FLYT_WORK_VALUES_H

#define WORK_VALUES(X)                                                                             \
    WORK_WAY(X, employed, unemployed, -4.171)                                                      \
    WORK_WAY(X, employed, benefit, -5.590)                                                         \
    WORK_WAY(X, employed, student, -6.164)                                                         \
    WORK_WAY(X, employed, disability, -10.116)                                                     \
    WORK_WAY(X, employed, pension, -4.522)                                                         \
    WORK_WAY(X, unemployed, employed, -2.670)                                                      \
    WORK_WAY(X, unemployed, benefit, -3.667)                                                       \
    WORK_WAY(X, unemployed, student, -6.098)                                                       \
    WORK_WAY(X, unemployed, disability, -6.831)                                                    \
    WORK_WAY(X, unemployed, pension, -4.544)                                                       \
    WORK_WAY(X, benefit, employed, -2.094)                                                         \
    WORK_WAY(X, benefit, student, -5.427)                                                          \
    WORK_WAY(X, benefit, disability, -6.849)                                                       \
    WORK_WAY(X, benefit, pension, -5.158)                                                          \
    WORK_WAY(X, student, employed, -3.914)                                                         \
    WORK_WAY(X, student, unemployed, -6.066)                                                       \
    WORK_WAY(X, student, benefit, -5.159)                                                          \
    WORK_WAY(X, employed, pension_late, -3.600)                                                    \
    WORK_EDUCATION_EFFECTS(X, find, 0.395, 0.502)                                                  \
    WORK_AGE_EFFECTS(X, find, 1.699, -0.689, -0.106, 0.200)                                        \
    WORK_WESTERN(X, find, -0.056)                                                                  \
    WORK_NONWESTERN(X, find, 0.082)                                                                \
    WORK_EFFECT(X, find, language, -0.686, "each level of language below fluent",                  \
                "hvert sprogniveau under flydende")                                                \
    WORK_DETACHED(X, find, -0.711)                                                                 \
    WORK_EDUCATION_EFFECTS(X, lose, -0.161, -0.465)                                                \
    WORK_AGE_EFFECTS(X, lose, 0.851, -0.173, 0.446, -0.494)                                        \
    WORK_WESTERN(X, lose, 0.021)                                                                   \
    WORK_NONWESTERN(X, lose, 0.192)                                                                \
    WORK_DETACHED(X, lose, 0.948)                                                                  \
    WORK_EDUCATION_EFFECTS(X, uninsured, 0.060, -0.372)                                            \
    WORK_AGE_EFFECTS(X, uninsured, 1.375, 0.368, -0.552, -0.238)                                   \
    WORK_NONWESTERN(X, uninsured, -0.582)                                                          \
    WORK_DETACHED(X, uninsured, 1.094)                                                             \
    WORK_AGE_EFFECTS(X, study, 3.472, 2.353, -2.951, -6.000)                                       \
    WORK_NONWESTERN(X, study, -0.448)                                                              \
    WORK_EDUCATION_EFFECTS(X, disable, -1.343, -1.406)                                             \
    WORK_AGE_EFFECTS(X, disable, 1.356, -1.109, 2.384, 0.893)                                      \
    WORK_NONWESTERN(X, disable, -0.820)                                                            \
    WORK_DETACHED(X, disable, 1.122)                                                               \
    WORK_WEAR(X, employed, 0.379, 0, 2, derived, WORK_FITTED)                                      \
    WORK_WEAR(X, unemployed, 0.200, 0, 2, assumed, "assumption")                                   \
    WORK_WEAR(X, benefit, 0.450, 0, 2, assumed, "assumptions.csv, livelihood: -0.7 to -0.2")       \
    WORK_SHARE(X, detached_basic, 0.368, 0, 1, derived, WORK_FITTED,                               \
               "Share detached at 18 with basic schooling.",                                       \
               "Andel løst tilknyttede som 18-årige med grundskole.")                              \
    WORK_SHARE(X, detached_vocational, 0.085, 0, 1, derived, WORK_FITTED,                          \
               "Share detached at 18 of those who get a vocational education.",                    \
               "Andel løst tilknyttede som 18-årige blandt kommende erhvervsuddannede.")           \
    WORK_SHARE(X, detached_higher, 0.048, 0, 1, derived, WORK_FITTED,                              \
               "Share detached at 18 of those who get a higher education.",                        \
               "Andel løst tilknyttede som 18-årige blandt kommende videregående uddannede.")      \
    WORK_SHARE(X, detached_nonwestern, 0.176, 0, 1, derived, WORK_FITTED,                          \
               "Added to the share detached for non-western origin.",                              \
               "Lægges til andelen af løst tilknyttede for ikke-vestlig oprindelse.")

#define WORK_LIKELIES(X)                                                                           \
    WORK_LIKELY(X, employed, 0.51)                                                                 \
    WORK_LIKELY(X, unemployed, 1.62)                                                               \
    WORK_LIKELY(X, benefit, 8.33)                                                                  \
    WORK_LIKELY(X, student, 1.31)                                                                  \
    WORK_LIKELY(X, disability, 8.19)                                                               \
    WORK_LIKELY(X, pension, 0.97)

#endif
