/**
 * @file segregation_shape.h
 * @brief The family of populations that a table may be a sample of. Shared by
 *        output/segregation_*.c.
 *
 * Every unit i has a chance p_i that a person of it is in the group; the table shows p_i with
 * binomial noise. The family keeps what can be told of the shape of the p_i and lets their spread
 * go from none (s = 0: no segregation) past that of the observed shares (s = 1).
 */
#ifndef FLYT_SEGREGATION_SHAPE_H
#define FLYT_SEGREGATION_SHAPE_H

#include "output/segregation.h"

#define FLYT_SEGREGATION_NODES 8
#define FLYT_SEGREGATION_GRID 65   /* chances that the EM algorithm tells apart */
#define FLYT_SEGREGATION_AS_SEEN 5 /* the node with s = 1 */

/** Spreads at which the family is looked at. */
extern const double flyt_segregation_spread[FLYT_SEGREGATION_NODES];

/**
 * Measures of a member of the family and of the tables drawn from it: one index. Only the spreads
 * that the observed value may stem from are filled, a range of nodes; the others are NaN.
 */
struct flyt_segregation_curve {
    double truth[FLYT_SEGREGATION_NODES]; /* of the chances themselves */
    double mean[FLYT_SEGREGATION_NODES];  /* of tables */
    double sd[FLYT_SEGREGATION_NODES];
    double
        of_few[FLYT_SEGREGATION_NODES]; /* bias from units with next to nobody; of large tables */
    double chance;                      /* expected value without segregation */
    double widen;                       /* factor on sd: few units do not tell the family well */
    double doubt; /* of absolute differences: share of the bias that depends on the shape near P */
};

/** Distribution of the chances: grid points and how many of the persons have them. */
struct flyt_segregation_mixture {
    double chance[FLYT_SEGREGATION_GRID], share[FLYT_SEGREGATION_GRID];
};

/** Grid points from..to-1. */
struct flyt_segregation_range {
    uint8_t from, to;
};

/** @brief Grid of chances from low to high, equidistant in arcsin(sqrt p). */
void flyt_segregation_grid(double low, double high, double *grid);

/**
 * @brief Likelihoods of each row at each chance of the grid, [n][FLYT_SEGREGATION_GRID], largest of
 *        a row 1; those within [from, to) of a row count, the others are 0.
 * @param log_best  [n] out: logarithm of what was made 1; or NULL.
 */
void flyt_segregation_likelihood(const double *x, const double *t, uint32_t n, const double *grid,
                                 double *likelihood, struct flyt_segregation_range *range,
                                 double *log_best);

/**
 * @brief Deviations of the chances from the mean share at s = 1.
 *
 * Some steps of the EM algorithm for the distribution of the p_i on a grid; the posterior means of
 * the units, spread out (Louis 1984) to the variance of the observed shares, or when a mixture is
 * asked for to its own.
 *
 * @param x, t    [n] persons of the group, persons; t > 0.
 * @param weight  [n] units that a row stands for.
 * @param likelihood  [n][FLYT_SEGREGATION_GRID] out: likelihood of each row at each grid point.
 * @param range       [n] out: where it is not 0.
 * @param out         [n]
 * @param mixture     out: grid and prior, of units; or NULL.
 */
void flyt_segregation_shape(const double *x, const double *t, const double *weight, uint32_t n,
                            double *likelihood, struct flyt_segregation_range *range, double *out,
                            struct flyt_segregation_mixture *mixture);

/** @brief Weights of the grid points for one row: likelihood times prior, made to sum to 1. */
void flyt_segregation_posterior(const struct flyt_segregation_mixture *mixture, double *likelihood);

/** @brief Chance at spread s: p + s * deviation, kept within [0, 1]. */
static inline double flyt_segregation_chance_at(double p, double deviation, double s)
{
    const double share = p + s * deviation;
    return share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
}

/** @brief First and last filled node; false when there is none. */
bool flyt_segregation_filled(const struct flyt_segregation_curve *curve, int *first, int *last);

/**
 * @brief Where a curve gives the value that was seen: corrected value and 95 % interval.
 *
 * corrected: the truth whose mean is `value`; low (high): the truth of whose tables 2.5 % show
 * as much (as little).
 */
void flyt_segregation_invert(const struct flyt_segregation_curve *curve, double value,
                             double *corrected, double *low, double *high);

/** @brief sd of a curve at the spread where its mean is `value`. */
double flyt_segregation_sd_at(const struct flyt_segregation_curve *found, double value,
                              const double *sd);

#endif
