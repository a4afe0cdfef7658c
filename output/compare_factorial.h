/**
 * @file compare_factorial.h
 * @brief All combinations of k policies: what each adds on average, and what two or more do
 *        together beyond the sum of their parts.
 *
 * Arm i of 2^k has policy p on when bit p of i is set; arm 0 is the baseline. The effect of a set
 * of policies S is the difference of differences over S, averaged over all settings of the other
 * policies: for one policy with less without, for two (both - one) - (other - none). A share is
 * bounded, which bends sums, so shares are told in points and in log-odds. Source: docs/MODEL.md
 * section 1, H5.
 */
#ifndef FLYT_COMPARE_FACTORIAL_H
#define FLYT_COMPARE_FACTORIAL_H

#include "output/compare_surplus.h"

enum { FLYT_FACTORIAL_MOST = FLYT_SURPLUS_MOST }; /* policies */

struct flyt_factorial {
    uint32_t k;
    const char *const *name;               /* [k] for people */
    const struct flyt_compare_values *arm; /* [1 << k] */
};

/**
 * @brief One effect of one item in each pair.
 * @param set  bits of the policies; not 0.
 * @param odds  log-odds of a share in percent instead of points.
 * @param out  [n_pairs]; NaN where a value is missing or, with odds, 0 or 100 %.
 */
void flyt_factorial_effect(const struct flyt_factorial *factorial, uint32_t item, uint32_t year,
                           uint32_t set, bool odds, double *out);

/** @brief All together less the sum of each alone, in each pair. */
void flyt_factorial_surplus(const struct flyt_factorial *factorial, uint32_t item, uint32_t year,
                            bool odds, double *out);

/** @brief Effects on the first two outcomes measured, as a page. */
FLYT_NODISCARD enum flyt_status flyt_factorial_write(const struct flyt_factorial *factorial,
                                                     const struct flyt_compare_items *items,
                                                     const struct flyt_compare_page *page,
                                                     struct flyt_text *text);

/** @brief All effects of all outcomes in the page's year, as CSV; `names` are those of scenarios.
 */
FLYT_NODISCARD enum flyt_status flyt_factorial_csv(const struct flyt_factorial *factorial,
                                                   const struct flyt_compare_items *items,
                                                   const char *const *names, uint32_t year,
                                                   int32_t start_year, struct flyt_text *text);

#endif
