/**
 * @file letting_glance.h
 * @brief Members of a list looked at together: to whom a home may matter, by a glance at each that
 *        is kept for the month, before anybody is asked in full.
 */
#ifndef FLYT_LETTING_GLANCE_H
#define FLYT_LETTING_GLANCE_H

#include "models/letting_parts.h"

/** Members by place. What one answers changes no other's answer. */
struct flyt_letting_few {
    uint32_t place[FLYT_LETTING_TOGETHER], n;
    bool may[FLYT_LETTING_TOGETHER]; /* the home may gain it something that matters */
};

/** @brief Where the month keeps the glance at a member. */
void *flyt_letting_glance_of(const struct flyt_world *world, uint32_t list, uint32_t place);

/**
 * @brief To whom of them the home may be worth more than `least` over staying: sets `may`.
 *
 * Glances first at those of whom nothing is known yet this month. All may where choice has no
 * glances, or `least` is -INFINITY. Threads: one at a time for each list, whose members at these
 * places are filled in.
 */
void flyt_letting_look_over(struct flyt_world *world, uint32_t list, uint32_t dwelling,
                            double least, struct flyt_letting_few *few);

#endif
