/**
 * @file segregation_influence.h
 * @brief Measures of a mixture of chances and how they change with one chance more: influence
 *        functions. Used by output/segregation_posterior.c.
 */
#ifndef FLYT_SEGREGATION_INFLUENCE_H
#define FLYT_SEGREGATION_INFLUENCE_H

#include "output/segregation_shape.h"

/** What is summed up of a group: first its own measures, then its parts of those of all groups. */
enum flyt_segregation_sum {
    FLYT_SUM_D,
    FLYT_SUM_G,
    FLYT_SUM_ETA,
    FLYT_SUM_M,
    FLYT_SUM_H,
    FLYT_SUM_HUTCHENS,
    FLYT_SUM_ATKINSON,
    FLYT_SUM_ALL_D,
    FLYT_SUM_ALL_G,
    FLYT_SUM_ALL_R,
    FLYT_SUM_ALL_C,
    FLYT_SUM_ALL_M,
    FLYT_SUM_ALL_H,
    FLYT_SUM_N
};

enum { FLYT_SUM_N_ALL = FLYT_SUM_N - FLYT_SUM_ALL_D };

/** Constants of all groups, from the table: the parts of a group are linear given these. */
struct flyt_segregation_whole {
    double total, atkinson_b;
    uint32_t n_present;
    double interaction, entropy;  /* sums of P (1 - P) and of -P ln P */
    double value[FLYT_SUM_N_ALL]; /* about: for how they change with the shares */
};

/** A mixture of chances and what the influence of one more at p depends on. */
struct flyt_segregation_points {
    const struct flyt_segregation_whole *whole;
    int n;
    bool is_density;                      /* its points stand for what lies between them too */
    const double *chance;                 /* ascending */
    double weight[FLYT_SEGREGATION_GRID]; /* persons, sum 1 */
    double p, entropy, log_odds;
    double abs, slope_abs, gini, square, noise, root, power; /* sums */
};

/** @brief Fills the sums of a mixture from its points and weights. */
void flyt_segregation_points_sum(struct flyt_segregation_points *points);

/** @brief Values of the functions, [FLYT_SUM_N]. */
void flyt_segregation_points_values(const struct flyt_segregation_points *points, double *value);

/** @brief How the functions change with the weight of a chance x. */
void flyt_segregation_points_influence(const struct flyt_segregation_points *points, double x,
                                       double *psi);

#endif
