/**
 * @file work_values.h
 * @brief The fitted numbers of work_params.h, as bench_livelihood_fit prints them.
 *
 * Only included by work_params.h.
 */
#ifndef FLYT_WORK_VALUES_H
#define FLYT_WORK_VALUES_H

#define WORK_VALUES(X)                                                                             \
    WORK_WAY(X, employed, unemployed, -4.381)                                                      \
    WORK_WAY(X, employed, benefit, -5.302)                                                         \
    WORK_WAY(X, employed, student, -6.468)                                                         \
    WORK_WAY(X, employed, disability, -9.202)                                                      \
    WORK_WAY(X, employed, pension, -4.576)                                                         \
    WORK_WAY(X, unemployed, employed, -2.703)                                                      \
    WORK_WAY(X, unemployed, benefit, -4.024)                                                       \
    WORK_WAY(X, unemployed, student, -6.022)                                                       \
    WORK_WAY(X, unemployed, disability, -6.771)                                                    \
    WORK_WAY(X, unemployed, pension, -4.799)                                                       \
    WORK_WAY(X, benefit, employed, -2.135)                                                         \
    WORK_WAY(X, benefit, student, -5.431)                                                          \
    WORK_WAY(X, benefit, disability, -6.662)                                                       \
    WORK_WAY(X, benefit, pension, -5.289)                                                          \
    WORK_WAY(X, student, employed, -4.271)                                                         \
    WORK_WAY(X, student, unemployed, -6.068)                                                       \
    WORK_WAY(X, student, benefit, -5.476)                                                          \
    WORK_WAY(X, employed, pension_late, -2.530)                                                    \
    WORK_EDUCATION_EFFECTS(X, find, 0.494, 0.507)                                                  \
    WORK_AGE_EFFECTS(X, find, 1.625, -0.533, -0.168, -0.044)                                       \
    WORK_WESTERN(X, find, -0.211)                                                                  \
    WORK_NONWESTERN(X, find, -0.182)                                                               \
    WORK_EFFECT(X, find, language, -0.700, "each level of language below fluent",                  \
                "hvert sprogniveau under flydende")                                                \
    WORK_DETACHED(X, find, -0.619)                                                                 \
    WORK_EDUCATION_EFFECTS(X, lose, -0.197, -0.479)                                                \
    WORK_AGE_EFFECTS(X, lose, 0.927, -0.073, 0.317, -0.224)                                        \
    WORK_WESTERN(X, lose, 0.153)                                                                   \
    WORK_NONWESTERN(X, lose, 0.261)                                                                \
    WORK_DETACHED(X, lose, 1.169)                                                                  \
    WORK_EDUCATION_EFFECTS(X, uninsured, 0.077, -0.428)                                            \
    WORK_AGE_EFFECTS(X, uninsured, 1.165, 0.442, -0.709, -0.224)                                   \
    WORK_NONWESTERN(X, uninsured, -0.350)                                                          \
    WORK_DETACHED(X, uninsured, 0.927)                                                             \
    WORK_AGE_EFFECTS(X, study, 3.337, 2.249, -2.980, -6.000)                                       \
    WORK_NONWESTERN(X, study, -0.481)                                                              \
    WORK_EDUCATION_EFFECTS(X, disable, -1.035, -1.327)                                             \
    WORK_AGE_EFFECTS(X, disable, 0.623, -0.879, 1.770, 0.950)                                      \
    WORK_NONWESTERN(X, disable, -0.539)                                                            \
    WORK_DETACHED(X, disable, 0.989)                                                               \
    WORK_WEAR(X, employed, 0.355, 0, 2, derived, WORK_FITTED)                                      \
    WORK_WEAR(X, unemployed, 0.200, 0, 2, assumed, "assumption")                                   \
    WORK_WEAR(X, benefit, 0.450, 0, 2, assumed, "assumptions.csv, livelihood: -0.7 to -0.2")       \
    WORK_SHARE(X, detached_basic, 0.358, 0, 1, derived, WORK_FITTED,                               \
               "Share detached at 18 with basic schooling.",                                       \
               "Andel løst tilknyttede som 18-årige med grundskole.")                              \
    WORK_SHARE(X, detached_vocational, 0.090, 0, 1, derived, WORK_FITTED,                          \
               "Share detached at 18 of those who get a vocational education.",                    \
               "Andel løst tilknyttede som 18-årige blandt kommende erhvervsuddannede.")           \
    WORK_SHARE(X, detached_higher, 0.045, 0, 1, derived, WORK_FITTED,                              \
               "Share detached at 18 of those who get a higher education.",                        \
               "Andel løst tilknyttede som 18-årige blandt kommende videregående uddannede.")      \
    WORK_SHARE(X, detached_nonwestern, 0.123, 0, 1, derived, WORK_FITTED,                          \
               "Added to the share detached for non-western origin.",                              \
               "Lægges til andelen af løst tilknyttede for ikke-vestlig oprindelse.")

#define WORK_LIKELIES(X)                                                                           \
    WORK_LIKELY(X, employed, 0.7)                                                                  \
    WORK_LIKELY(X, unemployed, 2.0)                                                                \
    WORK_LIKELY(X, benefit, 5.0)                                                                   \
    WORK_LIKELY(X, student, 1.0)                                                                   \
    WORK_LIKELY(X, disability, 3.0)                                                                \
    WORK_LIKELY(X, pension, 1.2)

#endif
