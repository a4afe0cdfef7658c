/**
 * @file social.h
 * @brief The small monthly events of a household: social cases, convictions, language.
 *
 * Cases open and close with work; convictions come by age, sex, education, work, origin and cases;
 * language improves with work. Rates as chances x / (1 + x) a month, x = yearly rate / 12.
 * Source: docs/MODEL.md section 4; assumptions.csv.
 */
#ifndef FLYT_SOCIAL_H
#define FLYT_SOCIAL_H

#include "models/people.h"
#include "models/social_params.h"

#define FLYT_CONVICTION_AGES 7
#define FLYT_CONVICTION_MONTHS 24 /* how long a conviction counts */

/** What can happen to an adult, and to its household (seen with its first adult), in a month. */
enum flyt_social_event {
    FLYT_SOCIAL_conviction,
    FLYT_SOCIAL_case_opens,
    FLYT_SOCIAL_case_closes,
    FLYT_SOCIAL_language_rises,
    FLYT_N_SOCIAL_EVENTS
};

struct flyt_social_chances {
    double event[FLYT_N_SOCIAL_EVENTS];
    double sum;
};

/** A year's monthly odds x, ready to look up. */
struct flyt_social_table {
    double conviction[2][FLYT_CONVICTION_AGES][FLYT_N_EDUCATIONS][FLYT_N_WORKS]
                     [2];                  /* last: non-western */
    double again, with_case;               /* factors on convictions */
    double opens[2][2][2];                 /* [on benefit][single parent][only basic schooling] */
    double closes[FLYT_CASES_MOST + 1][2]; /* [open cases][somebody works] */
    double rises[FLYT_LANGUAGES][2];       /* [language][somebody works, or studies at level 0] */
};

/** @brief The table of a year's parameters. */
void flyt_social_prepare(const struct flyt_social_params *params, struct flyt_social_table *table);

/** @brief Chances of this month for adult `which`. The household's own events go with the first
 *         adult there is. */
struct flyt_social_chances flyt_social_chances(const struct flyt_social_table *table,
                                               const struct flyt_household *row,
                                               const struct flyt_household_cold *cold,
                                               uint32_t which, int16_t calendar);

/** @brief An upper limit of the sum of chances from this month to `ahead` months (at most 11) after
 *         it, as long as nothing happens to the household but time. */
double flyt_social_bound(const struct flyt_social_table *table, const struct flyt_household *row,
                         const struct flyt_household_cold *cold, uint32_t which, int16_t calendar,
                         int16_t ahead);

/** @brief Open cases of such a household in a population at rest, for a uniform u. */
uint32_t flyt_social_cases_at_rest(const struct flyt_social_table *table,
                                   const struct flyt_household *row, int16_t calendar, double u);

/** @brief Lets the event happen in the household's row. */
void flyt_social_apply(struct flyt_household *row, struct flyt_household_cold *cold, uint32_t which,
                       enum flyt_social_event event, int16_t calendar);

/** @brief Whether an adult was convicted in the last FLYT_CONVICTION_MONTHS. */
static inline bool flyt_social_convicted(const struct flyt_household_cold *cold, uint32_t which,
                                         int16_t calendar)
{
    return cold->convicted[which] != FLYT_NO_MONTH &&
           calendar - cold->convicted[which] < FLYT_CONVICTION_MONTHS;
}

#endif
