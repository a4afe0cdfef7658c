/**
 * @file fertility.h
 * @brief Birth rates by age, union and children at home that add up to a year's total fertility.
 *
 * A rate = (rate of the age in the year) x (factor of union and children) x norm. The norm of an
 * age group makes the mean over its women that of the age. It follows from where women stood at the
 * start and from the mean path of that distribution under the rates, never from the simulated
 * households: else one household more would change everybody's chance of a child.
 * Source: Danmarks Statistik, fertility by age 2021 (two groups published, the others recalled).
 */
#ifndef FLYT_FERTILITY_H
#define FLYT_FERTILITY_H

#include "models/people.h"
#include "sim/field.h"

#define FERTILITY_PARAMS(X)                                                                        \
    X(real, total_fertility, "children/woman", 1.496, 0, 8, published,                             \
      "Danmarks Statistik, Befolkningens udvikling 2023 (the year 2023)",                          \
      "Total fertility: children a woman would have under the year's rates.",                      \
      "Samlet fertilitet: børn en kvinde ville få under årets rater.")                             \
    X(real, single_factor, "1", 0.15, 0, 1, assumed,                                               \
      "about one birth in ten is to a mother without a partner",                                   \
      "Birth rate of women without a partner over that of women with one.",                        \
      "Fødselsrate for kvinder uden partner i forhold til kvinder med partner.")                   \
    X(real, second_factor, "1", 3.0, 0, 20, assumed,                                               \
      "fitted: minors in a family stay near the 1.77 of 2002; so the next two",                    \
      "Birth rate with one child at home over that without children.",                             \
      "Fødselsrate med ét hjemmeboende barn i forhold til uden børn.")                             \
    X(real, third_factor, "1", 0.7, 0, 20, assumed, "fitted: see second_factor",                   \
      "Birth rate with two children at home over that without children.",                          \
      "Fødselsrate med to hjemmeboende børn i forhold til uden børn.")                             \
    X(real, later_factor, "1", 0.45, 0, 20, assumed, "fitted: see second_factor",                  \
      "Birth rate with three or more children at home over that without children.",                \
      "Fødselsrate med tre eller flere hjemmeboende børn i forhold til uden børn.")                \
    X(count, months_between, "months", 12, 9, 60, assumed, "chosen; few are born closer",          \
      "Least time between two births.", "Mindste tid mellem to fødsler.")                          \
    X(real, boys, "share", 0.513, 0, 1, assumed, "recalled: 105-106 boys per 100 girls",           \
      "Share of boys among the newborn.", "Andel drenge blandt nyfødte.")

struct flyt_fertility_params {
#define X(type, name, ...) flyt_##type name;
    FERTILITY_PARAMS(X)
#undef X
};

enum { FLYT_FERTILE_FROM = 15, FLYT_FERTILE_AGES = 35, FLYT_FERTILE_GROUPS = 7 };

/** Where a woman stands. */
enum flyt_standing {
    FLYT_STANDING_home, /* with her parents */
    FLYT_STANDING_single,
    FLYT_STANDING_cohabiting,
    FLYT_STANDING_married,
    FLYT_N_STANDINGS
};

/** Women by [age from 15][standing][children at home]: whole numbers at the start, then means. */
struct flyt_women {
    double n[FLYT_FERTILE_AGES][FLYT_N_STANDINGS][FLYT_CHILDREN + 1];
    double recent[FLYT_FERTILE_AGES][FLYT_N_STANDINGS][FLYT_CHILDREN + 1]; /* of them with a child
                                                                             below months_between */
};

/** Yearly rates at which women move between standings. */
struct flyt_women_rates {
    double leave[FLYT_FERTILE_AGES], unite[FLYT_FERTILE_AGES], separate[2][FLYT_FERTILE_AGES];
    double marry[2]; /* without, with children */
};

/** @brief Births per woman and year by age from 15; they sum to the total fertility. */
void flyt_fertility_by_age(const struct flyt_fertility_params *params,
                           double rate[FLYT_FERTILE_AGES]);

/** @brief Factor of union and children at home (0 to FLYT_CHILDREN), before the norm. */
double flyt_fertility_factor(const struct flyt_fertility_params *params, bool in_couple,
                             uint32_t n_children);

/** @brief What the factors must be multiplied by in each five-year group so that their mean over
 *         these women is 1; women who gave birth lately count with nothing. */
void flyt_fertility_norm(const struct flyt_fertility_params *params, const struct flyt_women *women,
                         double norm[FLYT_FERTILE_GROUPS]);

/** @brief Moves the women one year on: births, unions, separations, age; girls of 15 as many as of
 *         15 last year, with their parents. */
void flyt_fertility_project(const struct flyt_fertility_params *params,
                            const struct flyt_women_rates *rates, struct flyt_women *women);

#endif
