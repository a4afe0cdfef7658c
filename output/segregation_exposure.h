/**
 * @file segregation_exposure.h
 * @brief Standard deviation of the unbiased estimates of isolation and interaction, without draws.
 *        Used by output/segregation_bootstrap.c.
 */
#ifndef FLYT_SEGREGATION_EXPOSURE_H
#define FLYT_SEGREGATION_EXPOSURE_H

#include "output/segregation.h"

/**
 * @brief Standard deviations over tables with given chances.
 *
 * The estimate is a ratio of sums over units, of x_g x_h / (t - 1), or x (x - 1) / (t - 1), to the
 * group's persons: the delta method, with the multinomial moments of each unit exactly.
 *
 * @param share  [n_groups][n_units] chances, of a unit sum 1.
 * @param sd     [n_groups][n_groups] out, `stride` apart; NaN of a group that is not there.
 */
void flyt_segregation_exposure_sd(const struct flyt_segregation_table *table, const double *share,
                                  size_t stride, double *sd);

#endif
