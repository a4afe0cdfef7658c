/**
 * @file workrest.h
 * @brief The work states' own resting point: how many of each latent class are in each state at
 *        each age when the monthly chances of work.h are all that happens.
 *
 * With it the start can be made so that it stays: of people in a place where few work, more are
 * detached, so many that the chances keep as many in work as were found there. Months in a state
 * are held in bins that widen, each left at a rate of one over its width.
 */
#ifndef FLYT_WORKREST_H
#define FLYT_WORKREST_H

#include "models/work.h"

/** Ages told apart: from the first of these years to the next one; the last ends at pension age. */
#define FLYT_REST_AGES 6

/** Years of age told apart one by one: 18 to 79, the last holds for all above. */
#define FLYT_REST_FIRST 18
#define FLYT_REST_YEARS 62

/** Share of a class in each state, of one kind of person: sums to 1 at each age. 190 kB. */
struct flyt_work_rest {
    double share[FLYT_ATTACHMENTS][FLYT_N_ORIGINS][FLYT_LANGUAGES][FLYT_N_EDUCATIONS]
                [FLYT_REST_AGES][FLYT_N_WORKS];
    double year[FLYT_ATTACHMENTS][FLYT_N_ORIGINS][FLYT_LANGUAGES][FLYT_N_EDUCATIONS]
               [FLYT_REST_YEARS][FLYT_N_WORKS];
};

/** @brief Carries each kind of person from 18 to 80 years. Parallel over the kinds. */
void flyt_workrest_make(const struct flyt_par *par, const struct flyt_work_params *params,
                        const struct flyt_work_table *table, struct flyt_work_rest *rest);

/** @brief Which of FLYT_REST_AGES an age in months is in. */
uint32_t flyt_workrest_age(int32_t age_months);

/** @brief Share without work of those of a class who are neither students, disabled nor retired:
 *         it comes to rest within months, the share of the disabled over decades. */
double flyt_workrest_outside(const double share[FLYT_N_WORKS]);

/**
 * @brief Share of detached with which the chances keep `outside` of a mixture of two classes
 *        without work, [0, 1]; at the end of the range when neither class has it.
 */
double flyt_workrest_detached(const double attached[FLYT_N_WORKS],
                              const double detached[FLYT_N_WORKS], double outside);

#endif
