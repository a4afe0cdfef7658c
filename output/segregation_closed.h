/**
 * @file segregation_closed.h
 * @brief Every measure with its value expected at random and its value corrected for chance, from
 *        closed expectations alone: no draws, no intervals, fast enough for each year of a run.
 *
 * The noise of a table is put on once more by calculation: chances are the observed shares drawn
 * in to the variance that is left when binomial noise is taken off (an empirical Bayes estimate
 * with the right spread: Louis 1984); the index expected of tables with these chances, less the
 * index of the chances, is the bias, and the corrected value is the value without it. Formulas:
 * docs/segregation.md, "In a run". Large tables and intervals: flyt_segregation_estimate().
 */
#ifndef FLYT_SEGREGATION_CLOSED_H
#define FLYT_SEGREGATION_CLOSED_H

#include "output/segregation.h"

/** Value, expected at random, corrected; NaN where there is none. */
struct flyt_segregation_triple {
    double value, expected, corrected;
};

/** Working memory for tables up to a size. Not shared by threads. */
struct flyt_segregation_closed {
    struct flyt_segregation_scratch scratch;
    struct flyt_segregation_measures measures;
    double *chance, *around;   /* [n_units] chances of a group in the unit, in its surroundings */
    double *below, *size_near; /* [n_units] persons below a cut; effective size around */
    double *bin;               /* for Gini */
};

/** @brief Room for tables of at most n_units and n_groups. Owned by the arena. */
FLYT_NODISCARD enum flyt_status flyt_segregation_closed_init(struct flyt_segregation_closed *closed,
                                                             uint32_t n_units, uint32_t n_groups,
                                                             struct flyt_arena *arena);

/**
 * @brief Two-group and multigroup measures; rank-order measures have a value only.
 *
 * Relative concentration has no correction, Moran's I neither: chance does not inflate it.
 * Expected: D by Winship, squares under permutation, the others binomial, around a unit with its
 * effective size (sum w t)^2 / sum w^2 t.
 * @param out  [n_groups + 1][FLYT_SEGREGATION_N]: each group against the rest, then all groups.
 */
void flyt_segregation_closed_measure(const struct flyt_segregation_table *table,
                                     const struct flyt_segregation_options *options,
                                     struct flyt_segregation_closed *closed,
                                     struct flyt_segregation_triple *out);

/** @brief Rank-order H and R; groups are classes in ascending order. */
void flyt_segregation_closed_rank(const struct flyt_segregation_table *table,
                                  struct flyt_segregation_closed *closed,
                                  struct flyt_segregation_triple *h,
                                  struct flyt_segregation_triple *r);

#endif
