/**
 * @file moves.h
 * @brief Carries out the moves that were agreed: the home left falls vacant, the new one is taken.
 */
#ifndef FLYT_MOVES_H
#define FLYT_MOVES_H

#include "sim/world.h"

/**
 * @brief Lists every section's vacant homes, in dwelling order, by looking at all dwellings.
 * out: housing->vacant, n_vacant. Parallel over sections.
 */
void flyt_moves_find_vacant(struct flyt_world *world);

/**
 * @brief Whether a home that stands empty can be entered by its next tenant. Almen and private
 *        rental homes are made ready first: for `empty_days` on average, in whole months, the last
 *        one by chance. Almen homes count as vacant in statistics only then, since until then
 *        nobody loses rent (moves.c).
 */
bool flyt_moves_ready(const struct flyt_world *world, uint32_t dwelling);

/**
 * @brief Carries out housing->moves: parallel, since a dwelling has at most one leaver and one
 *        newcomer. The homes left join housing->vacant for the next round;
 *        homes are sold and bought (sale.h), searches end, n_let is 0 again.
 */
void flyt_moves_apply(struct flyt_world *world);

#endif
