/**
 * @file work_values.h
 * @brief The fitted numbers of work_params.h, as bench_livelihood_fit prints them.
 *
 * Only included by work_params.h.
 */
#ifndef FLYT_WORK_VALUES_H
#define FLYT_WORK_VALUES_H

#define WORK_VALUES(X)                                                                             \
    WORK_WAY(X, employed, unemployed, -4.6)                                                        \
    WORK_WAY(X, employed, benefit, -5.2)                                                           \
    WORK_WAY(X, employed, student, -7.5)                                                           \
    WORK_WAY(X, employed, disability, -8.6)                                                        \
    WORK_WAY(X, employed, pension, -7.0)                                                           \
    WORK_WAY(X, unemployed, employed, -1.6)                                                        \
    WORK_WAY(X, unemployed, benefit, -4.5)                                                         \
    WORK_WAY(X, unemployed, student, -6.0)                                                         \
    WORK_WAY(X, unemployed, disability, -7.0)                                                      \
    WORK_WAY(X, unemployed, pension, -5.0)                                                         \
    WORK_WAY(X, benefit, employed, -2.2)                                                           \
    WORK_WAY(X, benefit, student, -5.5)                                                            \
    WORK_WAY(X, benefit, disability, -6.2)                                                         \
    WORK_WAY(X, benefit, pension, -5.5)                                                            \
    WORK_WAY(X, student, employed, -4.2)                                                           \
    WORK_WAY(X, student, unemployed, -6.0)                                                         \
    WORK_WAY(X, student, benefit, -6.0)                                                            \
    WORK_WAY(X, employed, pension_late, -2.53)                                                     \
    WORK_EDUCATION_EFFECTS(X, find, 0.3, 0.5)                                                      \
    WORK_AGE_EFFECTS(X, find, 0.3, 0.2, -0.3, -0.6)                                                \
    WORK_WESTERN(X, find, -0.2)                                                                    \
    WORK_NONWESTERN(X, find, -0.4)                                                                 \
    WORK_EFFECT(X, find, language_0, -0.6, "little Danish", "personer med lidt dansk")             \
    WORK_EFFECT(X, find, language_1, -0.3, "some Danish", "personer med noget dansk")              \
    WORK_DETACHED(X, find, -1.2)                                                                   \
    WORK_EDUCATION_EFFECTS(X, lose, -0.5, -1.0)                                                    \
    WORK_AGE_EFFECTS(X, lose, 0.4, 0.3, 0.0, 0.1)                                                  \
    WORK_WESTERN(X, lose, 0.2)                                                                     \
    WORK_NONWESTERN(X, lose, 0.4)                                                                  \
    WORK_DETACHED(X, lose, 1.2)                                                                    \
    WORK_EDUCATION_EFFECTS(X, uninsured, -0.4, -0.8)                                               \
    WORK_AGE_EFFECTS(X, uninsured, 0.5, 0.2, 0.0, 0.0)                                             \
    WORK_NONWESTERN(X, uninsured, 0.3)                                                             \
    WORK_DETACHED(X, uninsured, 0.8)                                                               \
    WORK_AGE_EFFECTS(X, study, 3.0, 1.8, -3.0, -6.0)                                               \
    WORK_NONWESTERN(X, study, 0.2)                                                                 \
    WORK_EDUCATION_EFFECTS(X, disable, -0.5, -1.0)                                                 \
    WORK_AGE_EFFECTS(X, disable, -0.8, -0.6, 0.9, 1.1)                                             \
    WORK_NONWESTERN(X, disable, 0.2)                                                               \
    WORK_DETACHED(X, disable, 1.0)                                                                 \
    WORK_WEAR(X, employed, 0.45, 0, 2, derived, WORK_FITTED)                                       \
    WORK_WEAR(X, unemployed, 0.2, 0, 2, assumed, "assumption")                                     \
    WORK_WEAR(X, benefit, 0.45, 0, 2, assumed, "assumptions.csv, livelihood: -0.7 to -0.2")        \
    WORK_SHARE(X, detached_basic, 0.35, 0, 1, derived, WORK_FITTED,                                \
               "Share detached at 18 with basic schooling.",                                       \
               "Andel løst tilknyttede som 18-årige med grundskole.")                              \
    WORK_SHARE(X, detached_vocational, 0.12, 0, 1, derived, WORK_FITTED,                           \
               "Share detached at 18 of those who get a vocational education.",                    \
               "Andel løst tilknyttede som 18-årige blandt kommende erhvervsuddannede.")           \
    WORK_SHARE(X, detached_higher, 0.06, 0, 1, derived, WORK_FITTED,                               \
               "Share detached at 18 of those who get a higher education.",                        \
               "Andel løst tilknyttede som 18-årige blandt kommende videregående uddannede.")      \
    WORK_SHARE(X, detached_nonwestern, 0.1, 0, 1, derived, WORK_FITTED,                            \
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
