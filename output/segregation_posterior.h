/**
 * @file segregation_posterior.h
 * @brief Measures of the chances that the units of a table may have, given what it shows of them.
 *        Shared by output/segregation_*.c.
 */
#ifndef FLYT_SEGREGATION_POSTERIOR_H
#define FLYT_SEGREGATION_POSTERIOR_H

#include "output/segregation_chance.h"

/**
 * @brief Corrected values and intervals of the measures of a group that are sums over units, and of
 *        Gini, where the table refutes that all chances are equal. What else there is stays.
 * @param scratch  [n_scratch] memory of as many threads at most.
 * @param out      in: values and baselines.
 */
FLYT_NODISCARD enum flyt_status flyt_segregation_posterior_estimate(
    const struct flyt_segregation_table *table, const struct flyt_segregation_options *options,
    const struct flyt_par *par, struct flyt_segregation_scratch *scratch, uint32_t n_scratch,
    struct flyt_arena *arena, struct flyt_segregation_estimates *out);

#endif
