/**
 * @file history_fixture.h
 * @brief What households have been through, for tests of common random numbers.
 */
#ifndef FLYT_HISTORY_FIXTURE_H
#define FLYT_HISTORY_FIXTURE_H

#include "models/lifecourse.h"

enum { HISTORY_SLOTS = 1 << 15 };

/** A household's months as a hash of its rows, in a table [HISTORY_SLOTS] by uid. */
struct history {
    uint64_t uid, hash;
    uint32_t region;
};

static uint32_t history_slot(const struct history *table, uint64_t uid)
{
    uint32_t slot = (uint32_t)uid % HISTORY_SLOTS;
    while (table[slot].uid != 0 && table[slot].uid != uid) {
        slot = (slot + 1) % HISTORY_SLOTS;
    }
    return slot;
}

/** Adds the month to the history of everybody. */
static void history_remember(const struct flyt_world *world, struct history *table)
{
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        struct history *of = &table[history_slot(table, world->households.uid[i])];
        const unsigned char *byte = (const unsigned char *)row;
        of->uid = world->households.uid[i];
        of->region = flyt_lifecourse_region(world, row->section);
        for (size_t k = 0; k < sizeof *row; k++) {
            of->hash = (of->hash ^ byte[k]) * UINT64_C(0x100000001B3);
        }
    }
}

/** Households of a region with another history in b than in a, or in a alone; of how many. */
static uint32_t history_differ(const struct history *a, const struct history *b, uint32_t region,
                               uint32_t *n)
{
    uint32_t n_differ = 0;
    *n = 0;
    for (uint32_t i = 0; i < HISTORY_SLOTS; i++) {
        if (a[i].uid != 0 && a[i].region == region) {
            n_differ += b[history_slot(b, a[i].uid)].hash != a[i].hash;
            ++*n;
        }
    }
    return n_differ;
}

#endif
