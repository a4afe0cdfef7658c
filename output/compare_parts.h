/**
 * @file compare_parts.h
 * @brief Rows of a comparison that follow from what policies record, for output/compare*.c only.
 */
#ifndef FLYT_COMPARE_PARTS_H
#define FLYT_COMPARE_PARTS_H

#include "output/compare.h"
#include "output/validate_cells.h"

#define FLYT_COMPARE_MILLION "million DKK/year" /* what is paid in øre is told in */
#define FLYT_COMPARE_MILLION_HELD "million DKK" /* and what is held */
#define FLYT_COMPARE_EACH "DKK/household/year"  /* and what each pays of it */

/** @brief Whether a series is an account of the ledger. */
bool flyt_compare_is_account(const char *series);

/** @brief Most rows that series of policies can make. */
size_t flyt_compare_policy_most(const struct flyt_result *result);

/** @brief A row for each series of a policy that has none yet; one for each way of letting where
 *         it is by channel. Those of who pays are left to flyt_compare_add_incidence(). */
FLYT_NODISCARD enum flyt_status flyt_compare_add_policies(const struct flyt_result *result,
                                                          struct flyt_arena *arena,
                                                          struct flyt_compare_items *items);

/** @brief Who pays: what all pay more, by part, and what a household of each class does. */
FLYT_NODISCARD enum flyt_status flyt_compare_add_incidence(const struct flyt_result *result,
                                                           struct flyt_arena *arena,
                                                           struct flyt_compare_items *items);

/** @brief Whether a policy tells who pays: a series by `incidence` and a class of households. */
bool flyt_compare_tells_incidence(const struct flyt_result *result);

/** @brief Whether rows of who pays need a series beside the policy's own. */
bool flyt_compare_incidence_reads(const char *series);

/** @brief Mean of a real series' cells, weighted by those of another by the same dimensions. */
double flyt_compare_mean(const struct flyt_result *result, const struct flyt_cells *of,
                         const struct flyt_cells *over, uint32_t pair, uint32_t year);

/** Standard deviation of what was added so far. Begins with zeros. */
struct flyt_compare_swing {
    double first, sum, squares; /* about the first, so that little is lost where all are near */
    uint32_t n;
};

/** @brief Adds a number, unless it is NaN. @return the standard deviation; NaN of fewer than two.
 */
double flyt_compare_swing_add(struct flyt_compare_swing *swing, double x);

#endif
