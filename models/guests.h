/**
 * @file guests.h
 * @brief Households without a home of their own (hidden): with whom they stay and for how long.
 *
 * Leavers stay with their parents, parting couples share. A guest follows its host, takes over the
 * home when the host is gone, and after six months its search becomes urgent.
 */
#ifndef FLYT_GUESTS_H
#define FLYT_GUESTS_H

#include "sim/world.h"

/** All hidden households; entries that are hidden no more are dropped each month. */
struct flyt_guests {
    uint32_t n, capacity;
    uint64_t *uid;
    uint32_t *row;      /* households */
    uint32_t *host;     /* who lived in the home at the end of the life course */
    uint8_t *moved;     /* whether the host has moved since */
    int64_t *by_region; /* [n_regions] hidden households now */
};

/** @brief Writes down a new hidden household; false when there is no room: a quarter of the rows.
 */
FLYT_NODISCARD bool flyt_guests_add(struct flyt_world *world, uint32_t household);

/** @brief After the month's events: guests of an empty home take it over (the least uid first),
 *         the others stay; searches older than the limit become urgent. */
FLYT_NODISCARD enum flyt_status flyt_guests_step(struct flyt_world *world);

/** @brief After moves: guests whose host has moved follow. */
void flyt_guests_follow(struct flyt_world *world);

#endif
