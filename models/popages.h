/**
 * @file popages.h
 * @brief Years of age inside the bands of the start, by work state.
 *
 * The table of work gives shares by wide bands of ages. Inside a band few study at its end and many
 * are disabled, so a band that is the same at all its ages drifts in the first years of a run. Each
 * band is spread over its years by iterative proportional fitting: its totals by work state and
 * its ages stay; the seed is the resting point of the monthly chances at each age (workrest.h), the
 * two latent classes mixed so that as many are without work as in the band. First the table's bands
 * are cut into the narrower ones of the cells, then each band of each group into years.
 * Knows nothing of single households (poppersons.h).
 */
#ifndef FLYT_POPAGES_H
#define FLYT_POPAGES_H

#include "models/popcells.h"
#include "models/workrest.h"

/**
 * @brief Cuts the table's bands of work into those of the cells: changes shares.work so that the
 *        bands of one row of the table have its shares together, at the country's ages by tenure.
 * @return FLYT_ERR_MEMORY. Memory: from arena.
 */
FLYT_NODISCARD enum flyt_status flyt_popages_cut(struct flyt_popcells *cells,
                                                 const struct flyt_work_rest *rest,
                                                 struct flyt_arena *arena);

/**
 * @brief Fills the ages of all groups, whose work shares are fitted.
 * @param rest  NULL: the same shares at all ages of a band.
 * @return FLYT_ERR_MEMORY. Memory: from arena. Parallel over the bands.
 */
FLYT_NODISCARD enum flyt_status flyt_popages_fit(struct flyt_popcells *cells,
                                                 const struct flyt_work_rest *rest,
                                                 const struct flyt_par *par,
                                                 struct flyt_arena *arena);

/** @brief Share of the heads of a band who are of a year of age in it; all years sum to 1. */
double flyt_popages_weight(const struct flyt_popbands *bands, uint32_t band, int32_t year);

/** @brief Age in months of a head of an origin, band and work state, for a uniform u in [0, 1). */
int32_t flyt_popages_months(const struct flyt_popcells *cells, const struct flyt_popgroup *group,
                            struct flyt_popcell cell, double u);

/** @brief Work states of those of an origin and age, into share[]: sums to 1. */
void flyt_popages_work(const struct flyt_popgroup *group, uint32_t origin, int32_t age,
                       double share[FLYT_N_WORKS]);

#endif
