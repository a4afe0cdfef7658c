/**
 * @file liferates.h
 * @brief The chance of each event of life in a month, by age, sex, union and children; and which
 *        event one uniform number means.
 *
 * All rates are yearly in the tables and parameters; the chance of a month is 1 - exp(-rate/12).
 * Knows nothing of what an event does (lifecourse.h).
 */
#ifndef FLYT_LIFERATES_H
#define FLYT_LIFERATES_H

#include "models/fertility.h"
#include "models/frailty.h"
#include "models/mortality.h"
#include "models/people.h"

#define LIFECOURSE_PARAMS(X)                                                                       \
    X(real, care_factor, "1", 1.0, 0, 5, derived,                                                  \
      "Danmarks Statistik, Service til ældre 2019; mean stay 2.67 years",                          \
      "Factor on the rates of moving to a care home.",                                             \
      "Faktor på raterne for flytning til plejehjem.")                                             \
    X(real, care_years, "years", 2.67, 0.1, 20, published,                                         \
      "Sundheds- og Ældreministeriet after Kristeligt Dagblad, July 2020",                         \
      "Mean stay in a care home until death.", "Gennemsnitligt ophold på plejehjem indtil død.")   \
    X(count, hidden_months, "months", 6, 1, 60, assumed, "docs/MODEL.md section 4",                \
      "Months without a home of one's own before a search becomes urgent.",                        \
      "Måneder uden egen bolig, før boligsøgningen bliver akut.")

struct flyt_lifecourse_params {
#define X(type, name, ...) flyt_##type name;
    LIFECOURSE_PARAMS(X)
#undef X
};

/** name, English, Danish */
#define FLYT_LIFE_EVENTS(X)                                                                        \
    X(death, "Death of an adult", "En voksen dør")                                                 \
    X(child_death, "Death of a child at home", "Et hjemmeboende barn dør")                         \
    X(birth, "Birth", "Fødsel")                                                                    \
    X(birth_at_home, "Birth to a daughter at home", "Fødsel hos en hjemmeboende datter")           \
    X(look, "Looks for a partner", "Søger en partner")                                             \
    X(separation, "Couple parts", "Parforhold brydes")                                             \
    X(marriage, "Marriage", "Vielse")                                                              \
    X(leaving, "Child leaves home", "Barn flytter hjemmefra")                                      \
    X(frail, "Begins to need daily help", "Får brug for daglig hjælp")                             \
    X(care, "Moves to a care home", "Flytter på plejehjem")                                        \
    X(move_out, "Moves out of the region", "Fraflytter regionen")

enum flyt_life_kind {
#define X(name, en, da) FLYT_LIFE_##name,
    FLYT_LIFE_EVENTS(X)
#undef X
        FLYT_N_LIFE_EVENTS,
    FLYT_LIFE_none = FLYT_N_LIFE_EVENTS
};

/** Chances of a month, by whole years of age where it says FLYT_AGES. */
struct flyt_life_rates {
    double death[2][2][FLYT_AGES];                         /* [frail][sex] */
    double birth[2][FLYT_CHILDREN + 1][FLYT_FERTILE_AGES]; /* [in couple][children at home] */
    double look[2][FLYT_AGES];
    double separation[2][FLYT_AGES]; /* [married], mean age of the two */
    double marriage[2];              /* [with children] */
    double leaving[2][FLYT_AGES];
    double care[2][FLYT_AGES];           /* [sex], of those who are frail */
    double frail[FLYT_AGES];             /* of others: begin to be */
    double frail_share[2][FLYT_AGES];    /* [sex] of those at home: no chance */
    double move_out[2][2][2][FLYT_AGES]; /* [outside work][couple][with children], oldest adult */
    int32_t months_between;              /* births; 0 in an upper limit */
};

struct flyt_life_event {
    enum flyt_life_kind kind;
    uint32_t who; /* adult 0-1 or child 0-5 */
};

/** @brief Tables of one year. @param norm  of flyt_fertility_norm() for that year. */
void flyt_liferates_fill(const struct flyt_params *params, const double norm[FLYT_FERTILE_GROUPS],
                         struct flyt_life_rates *rates);

/**
 * @brief Death rates by age of those who live in a home of their own, when the published ones count
 *        those in care homes too.
 *
 * Those in care die at 1/stay. Month by month along the ages, the share of those alive that is in
 * care follows; the rates at home and in care, weighted by it, make the rate of all. Without this
 * the old would go twice: at the rate of all, and to the care homes.
 * @param death, care  a year, by age.  @param at_home  out: at least 0.
 */
void flyt_liferates_at_home(const double death[FLYT_AGES], const double care[FLYT_AGES],
                            double stay_years, double at_home[FLYT_AGES]);

/** @brief Deaths, moves into care and need of daily help by age, as frailty.h splits them. */
void flyt_liferates_frailty(const struct flyt_params *params, struct flyt_frailty_rates *rates);

/** @brief Upper limit of the chances until next January: those at today's age and a year older. */
void flyt_liferates_most(const struct flyt_life_rates *now, struct flyt_life_rates *most);

/** @brief Yearly rates at which women move between standings, for flyt_fertility_project(). */
void flyt_liferates_women(const struct flyt_params *params, struct flyt_women_rates *rates);

/**
 * @brief What a uniform number means for a household this month.
 *
 * Events stand side by side in [0, sum of their chances), in a fixed order; one a month at most.
 * @param u    in [0, 1); 1 for the sum alone.
 * @param sum  out: the sum of the chances.
 */
struct flyt_life_event flyt_liferates_event(const struct flyt_life_rates *rates,
                                            const struct flyt_household *row, uint8_t child_sex,
                                            int16_t now, double u, double *sum);

/** @brief Chance of a month that the household moves out of the region. */
double flyt_liferates_move_out(const struct flyt_life_rates *rates,
                               const struct flyt_household *row, int16_t now);

/** @brief Where the woman (adult `who`) stands. */
enum flyt_standing flyt_liferates_standing(const struct flyt_household *row);

/** @brief Birth month of the youngest child at home, FLYT_NO_MONTH without children. */
int16_t flyt_liferates_youngest(const struct flyt_household *row);

#endif
