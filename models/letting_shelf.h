/**
 * @file letting_shelf.h
 * @brief Vacant almen homes that a policy holds back from letting, and gives away itself.
 *
 * Called by policies when they are asked to `assign`, before the month's vacancies are numbered: a
 * home held back is counted by no rule of letting and offered to nobody until the month is over.
 * Whoever is given one moves with the first round. Serial code.
 */
#ifndef FLYT_LETTING_SHELF_H
#define FLYT_LETTING_SHELF_H

#include "models/letting.h"

/** @brief Whether a home is vacant, no letting has begun and no policy holds it back yet or has set
 *         it aside for residents. */
bool flyt_letting_is_fresh(const struct flyt_world *world, uint32_t dwelling);

/** @brief Holds a fresh vacant home back this month. */
void flyt_letting_reserve(struct flyt_world *world, uint32_t dwelling);

/** @brief Gives a home that is held back to a household that is not about to move; counted as
 *         assigned by the municipality. Its home is let by the law thereafter. */
void flyt_letting_give(struct flyt_world *world, uint32_t household, uint32_t dwelling);

/** @brief Memory of the shelf. */
FLYT_NODISCARD enum flyt_status flyt_letting_shelf_create(struct flyt_world *world);

/** @brief The month begins: nothing is given away yet. */
void flyt_letting_shelf_open(struct flyt_world *world);

/** @brief Writes down the moves of those who were given a home: first of the first round. */
void flyt_letting_shelf_agree(struct flyt_world *world);

/** @brief The month is over: what was held back and not given stands vacant again. */
void flyt_letting_shelf_close(struct flyt_world *world);

/** @brief After a month: no home was given twice, nobody given two, and all live where they were
 * to.
 *  @return FLYT_ERR_INVARIANT with a fault. */
FLYT_NODISCARD enum flyt_status flyt_letting_shelf_check(const struct flyt_world *world);

#endif
