/**
 * @file start_params.h
 * @brief Parameters of the start population that no table gives.
 */
#ifndef FLYT_START_PARAMS_H
#define FLYT_START_PARAMS_H

#include "sim/field.h"

#define START_SHARE(X, name, value, source, en, da)                                                \
    X(real, name, "share", value, 0, 1, assumed, source, en, da)
#define START_TIMES(X, name, value, source, en, da)                                                \
    X(real, name, "1", value, 0, 20, assumed, source, en, da)

#define START_PARAMS(X)                                                                            \
    X(real, gap_mean, "years", 2.3, -10, 20, assumed, "assumptions.csv, couple",                   \
      "Age of men less that of women in couples, mean.",                                           \
      "Mænds alder minus kvinders i par, gennemsnit.")                                             \
    X(real, gap_sd, "years", 4.5, 0, 20, assumed, "assumptions.csv, couple",                       \
      "Age of men less that of women in couples, standard deviation.",                             \
      "Mænds alder minus kvinders i par, standardafvigelse.")                                      \
    START_SHARE(X, married_young, 0.28, "assumptions.csv, couple: cohabiting under 30",            \
                "Couples under 30 that are married.", "Gifte blandt par under 30 år.")             \
    START_SHARE(X, married_old, 0.80, "assumptions.csv, couple: cohabiting, all ages",             \
                "Couples from 30 that are married.", "Gifte blandt par fra 30 år.")                \
    START_SHARE(X, like_partner, 0.4, "assumption",                                                \
                "Partners whose work and education follow each other's rank.",                     \
                "Partnere, hvis arbejde og uddannelse følger hinandens rang.")                     \
    START_SHARE(X, unapproved_western, 0.35, "assumption",                                         \
                "Educations above basic that are not approved, western origin.",                   \
                "Ikke godkendte uddannelser over grundskole, vestlig oprindelse.")                 \
    START_SHARE(X, unapproved_nonwestern, 0.45, "assumption",                                      \
                "Educations above basic that are not approved, non-western origin.",               \
                "Ikke godkendte uddannelser over grundskole, ikke-vestlig oprindelse.")            \
    START_SHARE(X, language_0_working, 0.08, "assumptions.csv, language",                          \
                "Non-western households with work that know little Danish.",                       \
                "Ikke-vestlige husstande i arbejde med lidt dansk.")                               \
    START_SHARE(X, language_1_working, 0.28, "assumptions.csv, language",                          \
                "Non-western households with work that know some Danish.",                         \
                "Ikke-vestlige husstande i arbejde med noget dansk.")                              \
    START_SHARE(X, language_0_other, 0.28, "assumptions.csv, language",                            \
                "Non-western households without work that know little Danish.",                    \
                "Ikke-vestlige husstande uden arbejde med lidt dansk.")                            \
    START_SHARE(X, language_1_other, 0.34, "assumptions.csv, language",                            \
                "Non-western households without work that know some Danish.",                      \
                "Ikke-vestlige husstande uden arbejde med noget dansk.")                           \
    START_SHARE(X, language_0_western, 0.12, "assumption",                                         \
                "Western households that know little Danish.",                                     \
                "Vestlige husstande med lidt dansk.")                                              \
    START_SHARE(X, language_1_western, 0.28, "assumption",                                         \
                "Western households that know some Danish.",                                       \
                "Vestlige husstande med noget dansk.")                                             \
    START_TIMES(X, savings_listed, 0.2, "assumptions.csv, wealth: 3,000 of 10,000-25,000",         \
                "Savings of almen tenants in listed areas, times other almen tenants.",            \
                "Opsparing hos lejere i listede områder i forhold til andre almene lejere.")       \
    X(real, stay_almen, "1/year", 0.131, 0.001, 1, published,                                      \
      "Landsbyggefonden, Fraflytninger i den almene boligsektor 2019",                             \
      "Rate of leaving almen homes that lengths of stay at the start follow.",                     \
      "Fraflytningsrate, som startens botider i almene boliger følger.")                           \
    X(real, stay_private_rental, "1/year", 0.28, 0.001, 1, assumed, "recalled: 25-30 % a year",    \
      "Rate of leaving private rental homes that lengths of stay at the start follow.",            \
      "Fraflytningsrate, som startens botider i privat leje følger.")                              \
    X(real, stay_cooperative, "1/year", 0.10, 0.001, 1, assumed, "recalled",                       \
      "Rate of leaving co-operative homes that lengths of stay at the start follow.",              \
      "Fraflytningsrate, som startens botider i andelsboliger følger.")                            \
    X(real, stay_owner, "1/year", 0.06, 0.001, 1, assumed, "recalled: 5-6 % a year",               \
      "Rate of leaving owner homes that lengths of stay at the start follow.",                     \
      "Fraflytningsrate, som startens botider i ejerboliger følger.")

struct flyt_start_params {
#define X(type, name, ...) flyt_##type name;
    START_PARAMS(X)
#undef X
};

#endif
