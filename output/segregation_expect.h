/**
 * @file segregation_expect.h
 * @brief Expected values of measures when persons fall into groups by chance. Shared by
 *        output/segregation_*.c.
 */
#ifndef FLYT_SEGREGATION_EXPECT_H
#define FLYT_SEGREGATION_EXPECT_H

#include "output/segregation.h"

#define FLYT_SEGREGATION_BINS 2048

/** Persons-weighted sums over units of functions of the share u of a group in the unit. */
struct flyt_segregation_sums {
    double centre;     /* P: in */
    double atkinson_b; /* in */
    double bin_width;  /* in: of `bin`, which is NULL when Gini is not wanted */
    double *bin;       /* [FLYT_SEGREGATION_BINS + 1] persons by u */
    const double *log; /* [n_logs] in: ln k (of 0: 0), to save logarithms; or NULL */
    uint32_t n_logs;
    double total;                     /* persons */
    double share;                     /* u */
    double abs;                       /* |u - P| */
    double entropy_in;                /* u ln u */
    double entropy_out;               /* (1 - u) ln(1 - u) */
    double square;                    /* (u - P)^2 */
    double root;                      /* sqrt(u (1 - u)) */
    double power;                     /* u^b (1 - u)^(1 - b) */
    double few_root, few_in, few_out; /* what noise takes off root and adds to the entropies where
                                         next to nobody is in the group, or out of it */
};

/** @brief Adds `weight` persons in units of n of whom Bin(n, p) are in the group. */
void flyt_segregation_sums_binomial(struct flyt_segregation_sums *sums, double n, double p,
                                    double weight);

/** @brief The same to about a hundredth of the noise's effect, several times faster. */
void flyt_segregation_sums_coarse(struct flyt_segregation_sums *sums, double n, double p,
                                  double weight);

/** @brief Adds `weight` persons in units where the share is u. */
void flyt_segregation_sums_point(struct flyt_segregation_sums *sums, double u, double weight);

/**
 * @brief Entropies, shares and squares only, by their series in 1 / (n p) to the second order where
 *        n p (1 - p) is 16 or more: a fraction of the cost. abs, root, power and bins are not kept.
 */
void flyt_segregation_sums_entropy(struct flyt_segregation_sums *sums, double n, double p,
                                   double weight);

/**
 * @brief Adds n units where the share is u[i] with weight[i] persons: flyt_segregation_sums_point()
 *        of each, faster.
 * @param log_in, log_out  [n] scratch.
 */
void flyt_segregation_sums_points(struct flyt_segregation_sums *sums, const double *u,
                                  const double *weight, uint32_t n, double *log_in,
                                  double *log_out);

/** @brief Two-group measures from the sums into value[] by index (isolation, interaction not). */
void flyt_segregation_sums_measure(const struct flyt_segregation_sums *sums, double *value);

/** @brief Gini's sum over pairs of units of t t |u - u|, over twice the squared total. */
double flyt_segregation_sums_gini(const struct flyt_segregation_sums *sums);

/** @brief Bias by units with next to nobody of the measures that depend on it, into value[]. */
void flyt_segregation_sums_few(const struct flyt_segregation_sums *sums, double *value);

/** @brief The same of all groups together. */
void flyt_segregation_sums_few_all(const struct flyt_segregation_sums *sums, uint32_t n_groups,
                                   double *value);

/** @brief Multigroup measures from the sums of all groups into value[]. */
void flyt_segregation_sums_measure_all(const struct flyt_segregation_sums *sums, uint32_t n_groups,
                                       double *value);

/**
 * @brief Expected measures when persons are allocated at random: exact binomial sums over units
 *        (D by Winship's closed form), and closed permutation forms where there are any. Gini,
 *        rank-order and spatial ones stay NaN.
 * @param value        [n_groups + 1][FLYT_SEGREGATION_N]
 * @param interaction  [n_groups][n_groups]
 */
void flyt_segregation_expect(const struct flyt_segregation_table *table, double atkinson_b,
                             struct flyt_segregation_scratch *scratch, double *value,
                             double *interaction);

#endif
