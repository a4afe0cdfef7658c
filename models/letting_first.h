/**
 * @file letting_first.h
 * @brief In what order those who look for a home get one: lists in almen housing, chance elsewhere.
 *
 * First model: every almen home is let to the household longest on the municipality's list
 * (oprykning efter anciennitet); homes of other tenures go to searchers in keyed random order.
 * Knows nothing of why people search (search.h) or how a move is carried out (moves.h).
 */
#ifndef FLYT_LETTING_FIRST_H
#define FLYT_LETTING_FIRST_H

#include "sim/world.h"

/**
 * @brief Matches the vacancies of every section with those who want a home there.
 *
 * Almen sections rank by (month of sign-up, uid), others by a keyed rank of the month; the uid
 * makes the order total. Homes are taken in order of a keyed hash of (dwelling, month), so that
 * one vacancy more or less touches few others.
 *
 * in: housing->vacant (by section), housing->applicants (grouped by market).
 * out: housing->moves from each section's first dwelling on, housing->n_let of them by section;
 * vacant holds what is left. Households and dwellings are left as they were.
 * @return FLYT_ERR_MEMORY. Memory: scratch from step_arena. Threads: call from serial code.
 */
FLYT_NODISCARD enum flyt_status flyt_letting_resolve(struct flyt_world *world);

#endif
