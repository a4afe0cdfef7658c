/**
 * @file compare_plot.h
 * @brief The picture of a comparison: what each policy changes, year by year, with its interval.
 */
#ifndef FLYT_COMPARE_PLOT_H
#define FLYT_COMPARE_PLOT_H

#include "output/compare_surplus.h"
#include "output/plot.h"

/** One policy, or several together, against the baseline. */
struct flyt_compare_arm {
    const char *name; /* "intake_steering" */
    const char *en, *da;
    struct flyt_compare_values values;
};

enum { FLYT_COMPARE_CURVES = 7 }; /* drawn at most: of six policies, and all together */

/** @brief Several policies beside each other, one column each.
 *  @param surplus  a last column; NULL: none. */
FLYT_NODISCARD enum flyt_status flyt_compare_write_many(
    const struct flyt_compare_items *items, const struct flyt_compare_values *before,
    const struct flyt_compare_arm *arm, uint32_t n_arms, const struct flyt_surplus *surplus,
    const struct flyt_compare_page *page, struct flyt_text *text);

/**
 * @brief Draws FOLDER/compare.FORMAT with its script beside it: six outcomes, a curve and a band a
 *        policy; at most FLYT_COMPARE_CURVES policies.
 * @param surplus  one curve more, dashed; NULL: none.
 */
FLYT_NODISCARD enum flyt_status
flyt_compare_draw(const struct flyt_compare_items *items, const struct flyt_compare_values *before,
                  const struct flyt_compare_arm *arm, uint32_t n_arms,
                  const struct flyt_surplus *surplus, const struct flyt_compare_page *page,
                  const struct flyt_plot_options *options, struct flyt_arena *arena,
                  struct flyt_diag *diag);

#endif
