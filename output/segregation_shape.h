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
    double chance; /* expected value without segregation */
    bool kinked;   /* absolute differences: what shape the chances have matters most */
};

/**
 * @brief Deviations of the chances from the mean share at s = 1.
 *
 * Some steps of the EM algorithm for the distribution of the p_i on a grid; the posterior means of
 * the units, spread out to the variance of the observed shares (Louis 1984).
 *
 * @param x, t    [n] persons of the group, persons; t > 0.
 * @param weight  [n] units that a row stands for.
 * @param likelihood  [n][FLYT_SEGREGATION_GRID] scratch.
 * @param out         [n]
 */
void flyt_segregation_shape(const double *x, const double *t, const double *weight, uint32_t n,
                            double *likelihood, double *out);

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
