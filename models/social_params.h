/**
 * @file social_params.h
 * @brief Parameters of social cases, convictions and language (social.h). Rates are yearly.
 */
#ifndef FLYT_SOCIAL_PARAMS_H
#define FLYT_SOCIAL_PARAMS_H

#include "sim/field.h"

#define SOCIAL_RATE(X, name, value, low, high, source, en, da)                                     \
    X(real, name, "1/year", value, low, high, assumed, source, en, da)
#define SOCIAL_TIMES(X, name, value, low, high, source, en, da)                                    \
    X(real, name, "1", value, low, high, assumed, source, en, da)

#define SOCIAL_CASES(X)                                                                            \
    SOCIAL_RATE(X, open, 0.006, 0, 1, "assumptions.csv, social_case: .003-.010",                   \
                "Rate at which a social case opens in a household without benefit.",               \
                "Rate hvormed en social sag åbnes i en husstand uden kontanthjælp.")               \
    SOCIAL_RATE(X, open_benefit, 0.05, 0, 1, "assumptions.csv, social_case: .03-.08",              \
                "The same where an adult is on cash benefit or disability pension.",               \
                "Det samme, hvor en voksen er på kontanthjælp eller førtidspension.")              \
    SOCIAL_TIMES(X, open_single_parent, 2.5, 0, 10, "assumptions.csv, social_case: 1.8-3.5",       \
                 "Factor on opening for single parents.",                                          \
                 "Faktor på åbning for enlige forsørgere.")                                        \
    SOCIAL_TIMES(X, open_basic, 1.8, 0, 10, "assumptions.csv, social_case: 1.3-2.4",               \
                 "Factor on opening where no adult has more than basic schooling.",                \
                 "Faktor på åbning, hvor ingen voksen har mere end grundskole.")                   \
    SOCIAL_RATE(X, close, 0.35, 0, 5, "assumptions.csv, social_case: .2-.5",                       \
                "Rate at which each open case closes.", "Rate hvormed hver åben sag lukkes.")      \
    SOCIAL_TIMES(X, close_work, 1.3, 0, 10, "assumption",                                          \
                 "Factor on closing where an adult is in work.",                                   \
                 "Faktor på lukning, hvor en voksen er i arbejde.")

#define SOCIAL_CONVICTIONS(X)                                                                      \
    SOCIAL_RATE(X, men_18, 0.04466, 0, 1, "assumptions.csv, conviction",                           \
                "Convictions of men of 18-19.", "Domme, mænd 18-19 år.")                           \
    SOCIAL_RATE(X, men_20, 0.04019, 0, 1, "assumptions.csv, conviction",                           \
                "Convictions of men of 20-24.", "Domme, mænd 20-24 år.")                           \
    SOCIAL_RATE(X, men_25, 0.02568, 0, 1, "assumptions.csv, conviction",                           \
                "Convictions of men of 25-29.", "Domme, mænd 25-29 år.")                           \
    SOCIAL_RATE(X, men_30, 0.01675, 0, 1, "assumptions.csv, conviction",                           \
                "Convictions of men of 30-39.", "Domme, mænd 30-39 år.")                           \
    SOCIAL_RATE(X, men_40, 0.00949, 0, 1, "assumptions.csv, conviction",                           \
                "Convictions of men of 40-49.", "Domme, mænd 40-49 år.")                           \
    SOCIAL_RATE(X, men_50, 0.00391, 0, 1, "assumptions.csv, conviction",                           \
                "Convictions of men of 50-64.", "Domme, mænd 50-64 år.")                           \
    SOCIAL_RATE(X, men_65, 0.00067, 0, 1, "assumptions.csv, conviction",                           \
                "Convictions of men from 65.", "Domme, mænd fra 65 år.")                           \
    SOCIAL_TIMES(X, convicted_women, 0.16, 0, 5, "assumptions.csv, conviction",                    \
                 "Convictions of women relative to men of the same age.",                          \
                 "Domme for kvinder i forhold til mænd på samme alder.")                           \
    SOCIAL_TIMES(X, convicted_basic, 2.0, 0, 10, "assumptions.csv, conviction: 1.6-2.6",           \
                 "Factor on convictions: basic schooling.", "Faktor på domme: grundskole.")        \
    SOCIAL_TIMES(X, convicted_vocational, 0.9, 0, 10, "assumptions.csv, conviction: .7-1.1",       \
                 "Factor on convictions: vocational.", "Faktor på domme: erhvervsuddannelse.")     \
    SOCIAL_TIMES(X, convicted_higher, 0.25, 0, 10, "assumptions.csv, conviction: .15-.40",         \
                 "Factor on convictions: higher education.",                                       \
                 "Faktor på domme: videregående uddannelse.")                                      \
    SOCIAL_TIMES(X, convicted_employed, 0.7, 0, 10, "assumptions.csv, conviction: .5-.9",          \
                 "Factor on convictions: in work.", "Faktor på domme: i arbejde.")                 \
    SOCIAL_TIMES(X, convicted_benefit, 2.6, 0, 10, "assumptions.csv, conviction: 2.0-3.5",         \
                 "Factor on convictions: on cash benefit.", "Faktor på domme: kontanthjælp.")      \
    SOCIAL_TIMES(X, convicted_student, 0.6, 0, 10, "assumptions.csv, conviction: .4-.9",           \
                 "Factor on convictions: student.", "Faktor på domme: under uddannelse.")          \
    SOCIAL_TIMES(X, convicted_disability, 1.2, 0, 10, "assumptions.csv, conviction: .8-1.8",       \
                 "Factor on convictions: disability pension.", "Faktor på domme: førtidspension.") \
    SOCIAL_TIMES(X, convicted_nonwestern, 1.4, 0, 10, "assumptions.csv, conviction: 1.1-1.8",      \
                 "Factor on convictions: non-western origin.",                                     \
                 "Faktor på domme: ikke-vestlig oprindelse.")                                      \
    SOCIAL_TIMES(X, convicted_again, 7.0, 0, 20, "assumptions.csv, conviction: 5-10",              \
                 "Factor on convictions within a year of the last one.",                           \
                 "Faktor på domme inden for et år efter den seneste.")                             \
    SOCIAL_TIMES(X, convicted_case, 2.0, 0, 10, "assumption",                                      \
                 "Factor on convictions: an open social case in the household.",                   \
                 "Faktor på domme: åben social sag i husstanden.")                                 \
    SOCIAL_TIMES(X, convicted_scale, 0.93, 0, 5, "set so that 0.70 % of adults a year come out",   \
                 "Factor on all convictions.", "Faktor på alle domme.")

#define SOCIAL_LANGUAGE(X)                                                                         \
    SOCIAL_RATE(X, language_0_work, 0.22, 0, 2, "assumptions.csv, language: .12-.35",              \
                "Rate of learning some Danish where an adult works or studies.",                   \
                "Rate for at lære noget dansk, hvor en voksen arbejder eller studerer.")           \
    SOCIAL_RATE(X, language_0, 0.08, 0, 2, "assumptions.csv, language: .03-.14",                   \
                "Rate of learning some Danish otherwise.", "Rate for at lære noget dansk ellers.") \
    SOCIAL_RATE(X, language_1_work, 0.10, 0, 2, "assumptions.csv, language: .05-.16",              \
                "Rate of becoming fluent where an adult works.",                                   \
                "Rate for at blive flydende, hvor en voksen arbejder.")                            \
    SOCIAL_RATE(X, language_1, 0.03, 0, 2, "assumptions.csv, language: .01-.06",                   \
                "Rate of becoming fluent otherwise.", "Rate for at blive flydende ellers.")

#define SOCIAL_PARAMS(X) SOCIAL_CASES(X) SOCIAL_CONVICTIONS(X) SOCIAL_LANGUAGE(X)

struct flyt_social_params {
#define X(type, name, ...) flyt_##type name;
    SOCIAL_PARAMS(X)
#undef X
};

#endif
