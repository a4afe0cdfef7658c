/**
 * @file compare_standard.h
 * @brief Turnover of almen homes at the composition of the run without: direct standardisation.
 *
 * In a cell g of household type and age, m_g households left an almen home of an area in a year and
 * N_g household-months were lived there; the rate is 12 m_g / N_g a year. Raw turnover is
 * 12 sum m_g / sum N_g. Who moves much differs by age and type, and a policy changes who lives in
 * an area; so the rates of the run with the policy are weighted with the household-months of the
 * run without, same pair, same year:
 *
 *     12 sum_g N_g^without (m_g^with / N_g^with) / sum_g N_g^without
 *
 * (direct standardisation: Breslow and Day, Statistical Methods in Cancer Research II, IARC 1987,
 * chapter 2). A cell in which nobody lives with the policy has the rate of the run without. In the
 * run without the two are the same. Tenure is one by choice: almen homes, co-owned ones among them.
 * Cells: four types of household x four ages of the oldest adult, below 30, 50, 70 and above.
 */
#ifndef FLYT_COMPARE_STANDARD_H
#define FLYT_COMPARE_STANDARD_H

#include "output/compare.h"

/** @brief Whether an item is one of the two that are made of cells. */
bool flyt_compare_of_cells(const struct flyt_compare_item *item);

/** @brief Values that flyt_compare_take() keeps beside those of the items, for each year and pair:
 *         move-outs, then household-months of each cell. 0: no item is made of them. */
uint32_t flyt_compare_n_cells(const struct flyt_compare_items *items);

/** @brief Sums the cells of the areas listed at the start into values from items->n on. */
FLYT_NODISCARD enum flyt_status flyt_compare_take_cells(const struct flyt_result *result,
                                                        const struct flyt_compare_items *items,
                                                        const struct flyt_compare_values *values);

/** @brief Fills both items of `values` from its cells and those of the run without; once for each
 *         arm, the one without too. */
void flyt_compare_standardise(const struct flyt_compare_items *items,
                              const struct flyt_compare_values *without,
                              const struct flyt_compare_values *values);

#endif
