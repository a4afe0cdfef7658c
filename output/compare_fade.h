/**
 * @file compare_fade.h
 * @brief What is left of an effect after the policy has ended: its half-life.
 *
 * The effect of a year is the mean over pairs of with less without. The half-life is the time from
 * the end of the last year in force until the effect is half of what it was then, or less, on a
 * straight line between years' ends. Its interval: pairs drawn again with replacement, 2.5th and
 * 97.5th percentile; a draw in which half is not gone by the end of the run counts as longer than
 * all others. A policy in force for one year only makes it the half-life of a pulse.
 */
#ifndef FLYT_COMPARE_FADE_H
#define FLYT_COMPARE_FADE_H

#include "output/compare.h"

struct flyt_fade {
    struct flyt_compare_row row; /* the effect at the end of the last year in force */
    bool measured;               /* two pairs or more, and its interval is without 0 */
    double years, low, high;     /* of half-life; INFINITY: longer than the run */
};

/** @brief Half-life of one item. @param last  year of the run, from 1, before the last.
 *  Memory: scratch from the arena. */
FLYT_NODISCARD enum flyt_status flyt_compare_fade(const struct flyt_compare_items *items,
                                                  const struct flyt_compare_values *before,
                                                  const struct flyt_compare_values *after,
                                                  uint32_t item, uint32_t last,
                                                  struct flyt_arena *arena, struct flyt_fade *fade);

/** @brief Adds to the page what is left of the first three outcomes' changes. */
FLYT_NODISCARD enum flyt_status flyt_fade_write(const struct flyt_compare_items *items,
                                                const struct flyt_compare_values *before,
                                                const struct flyt_compare_values *after,
                                                const struct flyt_compare_page *page,
                                                struct flyt_text *text);

/** @brief Half-lives of all outcomes of one policy as CSV; the head when `head`. Empty: more than
 *         the years of the run. */
FLYT_NODISCARD enum flyt_status flyt_fade_csv(const struct flyt_compare_items *items,
                                              const struct flyt_compare_values *before,
                                              const struct flyt_compare_values *after,
                                              const char *policy, int32_t start_year, uint32_t last,
                                              bool head, struct flyt_text *text);

#endif
