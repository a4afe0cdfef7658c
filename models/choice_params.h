/**
 * @file choice_params.h
 * @brief Parameters of the value of a home: betas, moving cost, basic need, who fits which kind.
 *
 * Source: docs/MODEL.md section 4 (Choice); scenarios/data/assumptions.csv, choice and need.
 */
#ifndef FLYT_CHOICE_PARAMS_H
#define FLYT_CHOICE_PARAMS_H

#include "sim/field.h"

/** How long a taste lasts: for one look, five years, or for life. */
enum flyt_choice_shock { FLYT_SHOCK_fresh, FLYT_SHOCK_period, FLYT_SHOCK_life };

#define CHOICE_PARAMS(X)                                                                           \
    X(real, income_left, "1", 2.8, 0, 10, assumed, "docs/MODEL.md section 4 (beta_c)",             \
      "Weight of ln(income left after housing over basic need).",                                  \
      "Vægt af ln(indkomst efter boligudgift i forhold til grundbehov).")                          \
    X(real, space, "1", 1.5, 0, 10, assumed, "docs/MODEL.md section 4 (beta_s)",                   \
      "Weight of ln(rooms over persons).", "Vægt af ln(værelser i forhold til personer).")         \
    X(real, quality, "1", 1, 0, 10, assumed,                                                       \
      "docs/MODEL.md section 4 (beta_q): scales the fitted constants of areas",                    \
      "Weight of the area's fitted constants.", "Vægt af områdets tilpassede konstanter.")         \
    X(real, reputation, "1", 1.4, 0, 10, assumed, "docs/MODEL.md section 4 (beta_r)",              \
      "Weight of the area's reputation.", "Vægt af områdets omdømme.")                             \
    X(real, own_origin, "1", 2, 0, 10, assumed, "docs/MODEL.md section 4 (beta_o)",                \
      "Weight of the share of the area's persons of one's own origin.",                            \
      "Vægt af andelen af områdets beboere med samme oprindelse.")                                 \
    X(real, distance, "1", 0.8, 0, 5, assumed, "docs/MODEL.md section 4 (beta_d)",                 \
      "Loss per ln(1 + km) from the present home.", "Tab pr. ln(1 + km) fra den nuværende bolig.") \
    X(real, border, "1", 0.9, 0, 5, assumed, "docs/MODEL.md section 4 (beta_m)",                   \
      "Loss in another municipality.", "Tab i en anden kommune.")                                  \
    X(real, private_level, "1", 0, -10, 10, assumed, "chosen: almen homes are 0",                  \
      "Liking of private rental homes over almen ones (beta_t).",                                  \
      "Smag for private lejeboliger frem for almene (beta_t).")                                    \
    X(real, cooperative_level, "1", 0, -10, 10, assumed, "chosen: almen homes are 0",              \
      "Liking of co-operative homes over almen ones (beta_t).",                                    \
      "Smag for andelsboliger frem for almene (beta_t).")                                          \
    X(real, owner_level, "1", 0, -10, 10, assumed,                                                 \
      "docs/MODEL.md section 4 (beta_t): the standing-still pass adds what it finds",              \
      "Liking of owner homes over almen ones (beta_t).",                                           \
      "Smag for ejerboliger frem for almene (beta_t).")                                            \
    X(real, owner_young, "1", -0.1, -10, 10, assumed, "docs/MODEL.md section 4 (beta_t)",          \
      "The same, added for those under 30.", "Det samme, tillæg for dem under 30 år.")             \
    X(real, owner_middle, "1", 1.1, -10, 10, assumed, "docs/MODEL.md section 4 (beta_t)",          \
      "The same, added for those of 30-64.", "Det samme, tillæg for de 30-64-årige.")              \
    X(real, owner_old, "1", -2, -10, 10, assumed, "docs/MODEL.md section 4 (beta_t)",              \
      "The same, added for those from 65.", "Det samme, tillæg for dem fra 65 år.")                \
    X(real, move_cost, "1", 0.8, 0, 20, assumed, "docs/MODEL.md section 4 (kappa_0)",              \
      "Cost of moving, in utility.", "Omkostning ved at flytte, i nytte.")                         \
    X(real, years_cost, "1", 0.5, 0, 10, assumed, "docs/MODEL.md section 4 (kappa_1)",             \
      "Cost of moving per ln(1 + years in the home).",                                             \
      "Omkostning ved at flytte pr. ln(1 + år i boligen).")                                        \
    X(count, forced_months, "months", 6, 1, 120, assumed, "docs/MODEL.md section 4",               \
      "Months in which those who must move come to accept any home.",                              \
      "Måneder, hvorefter den, der skal flytte, tager enhver bolig.")                              \
    X(real, forced_fall, "1", 6, 0, 100, assumed, "chosen: two standard deviations of utility",    \
      "How far what they ask for has fallen before that.",                                         \
      "Hvor meget deres krav er faldet inden da.")                                                 \
    X(choice, shock, "fresh|period|life", 1, 0, 2, assumed,                                        \
      "docs/MODEL.md section 4; fresh: for tests of the exact law",                                \
      "How long a taste for a section lasts: one look, a period, for life.",                       \
      "Hvor længe en smag for en afdeling varer: ét kig, en periode, livet.")                      \
    X(count, shock_months, "months", 60, 1, 1200, assumed, "docs/MODEL.md section 4",              \
      "Length of that period.", "Periodens længde.")                                               \
    X(real, left_least, "DKK/month", 500, 1, 100000, assumed, "docs/MODEL.md section 4 (epsilon)", \
      "Least income left after housing with which a home is taken.",                               \
      "Mindste indkomst efter boligudgift, hvormed en bolig tages.")                               \
    X(real, need_first, "DKK/month", 6380, 1, 100000, derived, "assumptions.csv, need: 2024",      \
      "Basic need without housing, first adult.", "Grundbehov uden bolig, første voksne.")         \
    X(real, need_second, "DKK/month", 3900, 0, 100000, derived, "assumptions.csv, need: 2024",     \
      "Basic need without housing, second adult.", "Grundbehov uden bolig, anden voksne.")         \
    X(real, need_small, "DKK/month", 2240, 0, 100000, derived, "assumptions.csv, need: 2024",      \
      "Basic need without housing, child of 0-6.", "Grundbehov uden bolig, barn på 0-6 år.")       \
    X(real, need_child, "DKK/month", 3070, 0, 100000, derived, "assumptions.csv, need: 2024",      \
      "Basic need without housing, child from 7.", "Grundbehov uden bolig, barn fra 7 år.")        \
    X(count, persons_room, "1", 2, 1, 10, assumed, "docs/MODEL.md section 4",                      \
      "Most persons a room.", "Flest personer pr. værelse.")                                       \
    X(count, youth_below, "years", 30, 18, 120, assumed,                                           \
      "almenboligloven (Social Housing Act) section 52: students and other young",                 \
      "Age below which one may live in a youth home without being a student.",                     \
      "Alder, under hvilken man kan bo i ungdomsbolig uden at studere.")                           \
    X(count, elderly_from, "years", 65, 18, 120, assumed, "docs/MODEL.md section 4",               \
      "Age from which one may live in a home for the elderly.",                                    \
      "Alder, fra hvilken man kan bo i ældrebolig.")                                               \
    X(count, senior_from, "years", 55, 18, 120, assumed, "usual in senior co-housing",             \
      "Age from which one may live in senior co-housing, without children at home.",               \
      "Alder, fra hvilken man kan bo i seniorbofællesskab, uden hjemmeboende børn.")

struct flyt_choice_params {
#define X(type, name, ...) flyt_##type name;
    CHOICE_PARAMS(X)
#undef X
};

#endif
