/**
 * @file compare_surplus.h
 * @brief What several policies do together beyond the sum of what each does alone: k + 2 arms tell
 *        it, where all combinations are 2^k.
 */
#ifndef FLYT_COMPARE_SURPLUS_H
#define FLYT_COMPARE_SURPLUS_H

#include "output/compare.h"

enum { FLYT_SURPLUS_MOST = 6 }; /* policies */

#define FLYT_SURPLUS_NAME "all_less_sum" /* in tables */
#define FLYT_SURPLUS_EN "All together less the sum of each alone"
#define FLYT_SURPLUS_DA "Alle sammen minus summen af hver for sig"

struct flyt_surplus {
    uint32_t k; /* policies; of fewer than two there is nothing to tell */
    const struct flyt_compare_values *none, *alone[FLYT_SURPLUS_MOST], *all;
};

/**
 * @brief All together less the sum of each alone, in each pair.
 * @param year  of the run; FLYT_NONE: the mean of all years from 1.
 * @param odds  log-odds of a share in percent instead of points.
 * @param out  [n_pairs]; NaN where a value is missing or, with odds, 0 or 100 %.
 */
void flyt_surplus_take(const struct flyt_surplus *surplus, uint32_t item, uint32_t year, bool odds,
                       double *out);

/** @brief The same in points, over pairs and sets; no without, no with and no ratio (NaN).
 *  Memory: scratch for one number a pair is taken from the arena. */
FLYT_NODISCARD enum flyt_status flyt_surplus_row(const struct flyt_surplus *surplus,
                                                 const struct flyt_compare_items *items,
                                                 uint32_t item, uint32_t year,
                                                 struct flyt_arena *arena,
                                                 struct flyt_compare_row *row);

/** @brief Adds its rows, all items and years, below those of flyt_compare_csv().
 *  @param lead  what stands before the policy's name in each row. */
FLYT_NODISCARD enum flyt_status flyt_surplus_csv(const struct flyt_surplus *surplus,
                                                 const struct flyt_compare_items *items,
                                                 const char *lead, int32_t start_year,
                                                 struct flyt_text *text);

/** @brief A value in log-odds. @param percent  NaN, 0 and 100 give NaN. */
double flyt_compare_log_odds(double percent);

/** @brief A sum of terms whose sizes sum to `size`: 0 where only rounding is left. */
double flyt_compare_rounded(double sum, double size);

#endif
