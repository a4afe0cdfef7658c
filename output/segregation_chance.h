/**
 * @file segregation_chance.h
 * @brief What bootstrap and analytic expectations both fill. Shared by output/segregation_*.c.
 */
#ifndef FLYT_SEGREGATION_CHANCE_H
#define FLYT_SEGREGATION_CHANCE_H

#include "output/segregation_shape.h"

/** Curves of all measures: [n_groups + 1][FLYT_SEGREGATION_N], and sds of unbiased exposure. */
struct flyt_segregation_curves {
    uint32_t n_groups;
    double widen; /* of every curve */
    struct flyt_segregation_curve *curve;
    double *exposure_sd; /* [n_groups][n_groups][FLYT_SEGREGATION_NODES] */
};

FLYT_NODISCARD enum flyt_status flyt_segregation_curves_init(struct flyt_segregation_curves *curves,
                                                             uint32_t n_groups, uint32_t n_units,
                                                             struct flyt_arena *arena);

/** @brief Whether a measure is looked up in the family of chances (the rest: exposure, and
 *         spatial autocorrelation and concentration, which chance does not inflate). */
bool flyt_segregation_is_inverted(enum flyt_segregation_index index);

/**
 * @brief Truth, mean and sd by drawing tables, from s = 1 up and down as far as needed.
 * @param deviation  [n_groups][n_units] at s = 1.
 * @param seen       [n_groups + 1][FLYT_SEGREGATION_N] the values to be inverted; NaN: not needed.
 * @param nodes      first and last node to draw, instead of `seen`; or NULL.
 */
FLYT_NODISCARD enum flyt_status flyt_segregation_bootstrap(
    const struct flyt_segregation_table *table, const struct flyt_segregation_options *options,
    const struct flyt_segregation_chance *chance, const double *deviation, const double *seen,
    const int nodes[2], struct flyt_arena *arena, struct flyt_segregation_curves *out);

/** @brief Whether some value seen may still stem from beyond a node: upwards or downwards. */
bool flyt_segregation_reaches_past(const struct flyt_segregation_curves *curves, int node,
                                   bool upwards, const double *seen);

/** @brief Mean of all measures over permuted tables, [n_groups + 1][FLYT_SEGREGATION_N]. */
FLYT_NODISCARD enum flyt_status flyt_segregation_permuted(
    const struct flyt_segregation_table *table, const struct flyt_segregation_options *options,
    const struct flyt_segregation_chance *chance, struct flyt_arena *arena, double *mean);

/** @brief Truth and mean from binomial laws of units in classes of like size and share; sd by
 *         drawing from every k-th unit.
 *  @param scratch  [n_scratch] memory of as many threads at most. */
FLYT_NODISCARD enum flyt_status
flyt_segregation_analytic(const struct flyt_segregation_table *table,
                          const struct flyt_segregation_options *options,
                          const struct flyt_segregation_chance *chance, const double *seen,
                          struct flyt_segregation_scratch *scratch, uint32_t n_scratch,
                          struct flyt_arena *arena, struct flyt_segregation_curves *out);

#endif
