/**
 * @file work.h
 * @brief An adult's work state from month to month: how likely it is left, and for which other.
 *
 * Multinomial logit: the chance of going from state s to d in a month is w_d / (1 + sum of w),
 * ln w_d = base + education + age + origin + language + latent class - d_s ln(1 + months in s).
 * The wear-off d_s holds for ways to and from work, not for disability and retirement. Two latent
 * classes (attached, detached) and the wear-off together give Danish benefit dynamics, which a
 * plain Markov chain cannot. Fixed ends: a study lasts its months, pension age ends all but work.
 *
 * Knows no household: people in, chances out. Source: docs/MODEL.md section 4. The values were
 * fitted by tests/bench/bench_livelihood_fit.c, which lists each target beside what came out.
 */
#ifndef FLYT_WORK_H
#define FLYT_WORK_H

#include "models/people.h"
#include "models/work_params.h"

/** Ages at which chances differ; the last band begins at pension age. */
enum flyt_work_age {
    FLYT_WORK_AGE_18,
    FLYT_WORK_AGE_25,
    FLYT_WORK_AGE_30,
    FLYT_WORK_AGE_50,
    FLYT_WORK_AGE_60,
    FLYT_WORK_AGE_pension,
    FLYT_N_WORK_AGES
};

#define FLYT_ATTACHMENTS 2
#define FLYT_WORK_MONTHS 241             /* months in a state told apart: 0 to 240 and more */
#define FLYT_CERTAIN (65535.0 / 65536.0) /* the hazard of what must happen: see screening */

/** What the chances depend on, for one adult in one month. */
struct flyt_work_place {
    uint32_t from;   /* enum flyt_work */
    uint32_t months; /* in that state */
    int32_t age_months;
    uint8_t education, origin, language, attachment;
};

/** Weights of all cells under one year's parameters. 80 kB. */
struct flyt_work_table {
    double weight[FLYT_ATTACHMENTS][FLYT_N_ORIGINS][FLYT_LANGUAGES][FLYT_N_EDUCATIONS]
                 [FLYT_N_WORK_AGES][FLYT_N_WORKS][FLYT_N_WORKS];
    double wear[FLYT_N_WORKS][FLYT_WORK_MONTHS]; /* (1 + months)^-d */
    int32_t pension_months;                      /* age at which a pension begins */
    uint32_t study_months[FLYT_N_EDUCATIONS];
};

/** Chances of the month, by state gone to; the sum is at most FLYT_CERTAIN. */
struct flyt_work_chances {
    double to[FLYT_N_WORKS];
    double sum;
};

/** @brief Fills the table from a year's parameters. */
void flyt_work_prepare(const struct flyt_work_params *params, struct flyt_work_table *table);

/** @brief Chances of leaving the state this month. */
struct flyt_work_chances flyt_work_chances(const struct flyt_work_table *table,
                                           struct flyt_work_place place);

/** @brief An upper limit of the sum of chances from this month to `ahead` months (at most 11)
 *         after it, as long as state, education, language and attachment stay. */
double flyt_work_bound(const struct flyt_work_table *table, struct flyt_work_place place,
                       int32_t ahead);

/** @brief The state gone to for a uniform u below chances.sum; `from` when u is not below. */
uint32_t flyt_work_pick(const struct flyt_work_chances *chances, uint32_t from, double u);

/** @brief Chance that a person of this kind is detached, at 18. */
double flyt_work_detached(const struct flyt_work_params *params, uint32_t education,
                          uint32_t origin);

/** @brief Chance that somebody found in a state is detached: what 18-year-olds are, weighed by how
 *         likely the state is for either class. */
double flyt_work_detached_in(const struct flyt_work_params *params, struct flyt_work_place place);

/**
 * @brief Months somebody found in a state has been there, for a uniform u: as in a population at
 *        rest, at most `most`.
 */
uint32_t flyt_work_months(const struct flyt_work_table *table, struct flyt_work_place place,
                          uint32_t most, double u);

/**
 * @brief Chances of what a person does who becomes an adult at this age: a student, on benefit or
 *        in work. The share of students falls to none at 30.
 */
struct flyt_work_chances flyt_work_first(const struct flyt_work_params *params,
                                         struct flyt_work_place place);

#endif
