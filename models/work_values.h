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
    WORK_WAY(X, employed, benefit, -5.511)                                                         \
    WORK_WAY(X, employed, student, -6.274)                                                         \
    WORK_WAY(X, employed, disability, -9.735)                                                      \
    WORK_WAY(X, employed, pension, -4.523)                                                         \
    WORK_WAY(X, unemployed, employed, -2.733)                                                      \
    WORK_WAY(X, unemployed, benefit, -3.695)                                                       \
    WORK_WAY(X, unemployed, student, -6.072)                                                       \
    WORK_WAY(X, unemployed, disability, -6.776)                                                    \
    WORK_WAY(X, unemployed, pension, -4.670)                                                       \
    WORK_WAY(X, benefit, employed, -2.090)                                                         \
    WORK_WAY(X, benefit, student, -5.354)                                                          \
    WORK_WAY(X, benefit, disability, -6.795)                                                       \
    WORK_WAY(X, benefit, pension, -5.215)                                                          \
    WORK_WAY(X, student, employed, -4.109)                                                         \
    WORK_WAY(X, student, unemployed, -6.068)                                                       \
    WORK_WAY(X, student, benefit, -5.326)                                                          \
    WORK_WAY(X, employed, pension_late, -2.530)                                                    \
    WORK_EDUCATION_EFFECTS(X, find, 0.414, 0.503)                                                  \
    WORK_AGE_EFFECTS(X, find, 1.665, -0.676, -0.074, 0.150)                                        \
    WORK_WESTERN(X, find, -0.052)                                                                  \
    WORK_NONWESTERN(X, find, 0.059)                                                                \
    WORK_EFFECT(X, find, language, -0.704, "each level of language below fluent",                  \
                "hvert sprogniveau under flydende")                                                \
    WORK_DETACHED(X, find, -0.689)                                                                 \
    WORK_EDUCATION_EFFECTS(X, lose, -0.164, -0.452)                                                \
    WORK_AGE_EFFECTS(X, lose, 0.847, -0.127, 0.451, -0.395)                                        \
    WORK_WESTERN(X, lose, 0.025)                                                                   \
    WORK_NONWESTERN(X, lose, 0.199)                                                                \
    WORK_DETACHED(X, lose, 1.012)                                                                  \
    WORK_EDUCATION_EFFECTS(X, uninsured, 0.106, -0.355)                                            \
    WORK_AGE_EFFECTS(X, uninsured, 1.324, 0.446, -0.595, -0.229)                                   \
    WORK_NONWESTERN(X, uninsured, -0.566)                                                          \
    WORK_DETACHED(X, uninsured, 1.113)                                                             \
    WORK_AGE_EFFECTS(X, study, 3.391, 2.342, -2.966, -6.000)                                       \
    WORK_NONWESTERN(X, study, -0.508)                                                              \
    WORK_EDUCATION_EFFECTS(X, disable, -1.249, -1.405)                                             \
    WORK_AGE_EFFECTS(X, disable, 1.150, -1.024, 2.182, 0.916)                                      \
    WORK_NONWESTERN(X, disable, -0.728)                                                            \
    WORK_DETACHED(X, disable, 1.083)                                                               \
    WORK_WEAR(X, employed, 0.390, 0, 2, derived, WORK_FITTED)                                      \
    WORK_WEAR(X, unemployed, 0.200, 0, 2, assumed, "assumption")                                   \
    WORK_WEAR(X, benefit, 0.450, 0, 2, assumed, "assumptions.csv, livelihood: -0.7 to -0.2")       \
    WORK_SHARE(X, detached_basic, 0.365, 0, 1, derived, WORK_FITTED,                               \
               "Share detached at 18 with basic schooling.",                                       \
               "Andel løst tilknyttede som 18-årige med grundskole.")                              \
    WORK_SHARE(X, detached_vocational, 0.081, 0, 1, derived, WORK_FITTED,                          \
               "Share detached at 18 of those who get a vocational education.",                    \
               "Andel løst tilknyttede som 18-årige blandt kommende erhvervsuddannede.")           \
    WORK_SHARE(X, detached_higher, 0.041, 0, 1, derived, WORK_FITTED,                              \
               "Share detached at 18 of those who get a higher education.",                        \
               "Andel løst tilknyttede som 18-årige blandt kommende videregående uddannede.")      \
    WORK_SHARE(X, detached_nonwestern, 0.153, 0, 1, derived, WORK_FITTED,                          \
               "Added to the share detached for non-western origin.",                              \
               "Lægges til andelen af løst tilknyttede for ikke-vestlig oprindelse.")

#define WORK_LIKELIES(X)                                                                           \
    WORK_LIKELY(X, employed, 0.49)                                                                 \
    WORK_LIKELY(X, unemployed, 1.69)                                                               \
    WORK_LIKELY(X, benefit, 8.81)                                                                  \
    WORK_LIKELY(X, student, 1.46)                                                                  \
    WORK_LIKELY(X, disability, 7.55)                                                               \
    WORK_LIKELY(X, pension, 0.97)

#endif
