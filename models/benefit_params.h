/**
 * @file benefit_params.h
 * @brief Parameters of housing benefit (benefit.h), DKK a year; defaults are the rates of 2024.
 */
#ifndef FLYT_BENEFIT_PARAMS_H
#define FLYT_BENEFIT_PARAMS_H

#include "sim/field.h"

#define BENEFIT_DKK(X, name, value, en, da)                                                        \
    X(real, name, "DKK/year", value, 0, 1e7, derived,                                              \
      "housing_benefit.csv, nearest year by the price index", en, da)
#define BENEFIT_SHARE(X, name, value, en, da)                                                      \
    X(real, name, "share", value, 0, 1, published, "housing_benefit.csv, 2021 and 2026", en, da)

#define BENEFIT_SIKRING(X)                                                                         \
    BENEFIT_SHARE(X, sikring_rent, 0.60, "Boligsikring: share of the rent.",                       \
                  "Boligsikring: andel af huslejen.")                                              \
    BENEFIT_SHARE(X, sikring_income, 0.18, "Boligsikring: reduction by income above the limit.",   \
                  "Boligsikring: nedsættelse for indkomst over grænsen.")                          \
    BENEFIT_SHARE(X, sikring_childless, 0.15,                                                      \
                  "Boligsikring: most for those without children, of the rent.",                   \
                  "Boligsikring: højst for husstande uden børn, af huslejen.")                     \
    BENEFIT_DKK(X, sikring_limit, 166144, "Boligsikring: income limit.",                           \
                "Boligsikring: indkomstgrænse.")                                                   \
    BENEFIT_DKK(X, sikring_limit_child, 43788,                                                     \
                "Boligsikring: the limit is raised by each of the second to fourth child.",        \
                "Boligsikring: grænsen hæves for hvert af barn nummer to til fire.")               \
    BENEFIT_DKK(X, sikring_most, 48791, "Boligsikring: most.", "Boligsikring: højst.")             \
    BENEFIT_DKK(X, sikring_own, 27774, "Boligsikring: least payment of one's own.",                \
                "Boligsikring: mindste egenbetaling.")                                             \
    BENEFIT_DKK(X, sikring_rent_most, 92448, "Boligsikring: most rent that counts.",               \
                "Boligsikring: højeste husleje, der regnes med.")

#define BENEFIT_YDELSE(X)                                                                          \
    BENEFIT_SHARE(X, ydelse_rent, 0.75, "Boligydelse: share of the rent and its addition.",        \
                  "Boligydelse: andel af husleje og tillæg.")                                      \
    BENEFIT_SHARE(X, ydelse_income, 0.225, "Boligydelse: reduction by income above the limit.",    \
                  "Boligydelse: nedsættelse for indkomst over grænsen.")                           \
    BENEFIT_SHARE(X, ydelse_own_share, 0.11,                                                       \
                  "Boligydelse: least payment of one's own, of the income.",                       \
                  "Boligydelse: mindste egenbetaling, af indkomsten.")                             \
    BENEFIT_DKK(X, ydelse_addition, 8235, "Boligydelse: addition to the rent.",                    \
                "Boligydelse: tillæg til huslejen.")                                               \
    BENEFIT_DKK(X, ydelse_limit, 195110, "Boligydelse: income limit.",                             \
                "Boligydelse: indkomstgrænse.")                                                    \
    BENEFIT_DKK(X, ydelse_limit_child, 51442,                                                      \
                "Boligydelse: the limit is raised by each of the second to fourth child.",         \
                "Boligydelse: grænsen hæves for hvert af barn nummer to til fire.")                \
    BENEFIT_DKK(X, ydelse_most, 55834, "Boligydelse: most, outside almen homes.",                  \
                "Boligydelse: højst, uden for almene boliger.")                                    \
    BENEFIT_DKK(X, ydelse_own, 19922, "Boligydelse: least payment of one's own.",                  \
                "Boligydelse: mindste egenbetaling.")                                              \
    BENEFIT_DKK(X, ydelse_rent_most, 105795, "Boligydelse: most rent that counts.",                \
                "Boligydelse: højeste husleje, der regnes med.")

#define BENEFIT_OTHER(X)                                                                           \
    X(flag, disability_exempt, "1", 1, 0, 1, published, "Ældre Sagen, Boligsikring (2014)",        \
      "Whether disability pensioners without children may get more than that share.",              \
      "Om førtidspensionister uden børn kan få mere end den andel.")                               \
    X(real, area_first, "m2", 65, 1, 1000, published, "housing_benefit.csv, area norm",            \
      "Floor area that counts for the first person.", "Areal, der regnes med for én person.")      \
    X(real, area_more, "m2", 20, 0, 1000, published, "housing_benefit.csv, area norm",             \
      "Floor area that counts for each further person.",                                           \
      "Areal, der regnes med for hver yderligere person.")

#define BENEFIT_PARAMS(X) BENEFIT_SIKRING(X) BENEFIT_YDELSE(X) BENEFIT_OTHER(X)

struct flyt_benefit_params {
#define X(type, name, ...) flyt_##type name;
    BENEFIT_PARAMS(X)
#undef X
};

#endif
