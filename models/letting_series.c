#include "models/letting_series.h"

#include <string.h>

#include "models/kinds.h"

/** Worlds without letting by law (tests) record nothing. */
static void copy(const struct flyt_world *world, const int64_t *from, size_t n, int64_t *row)
{
    if (world->letting == NULL) {
        memset(row, 0, n * sizeof *row);
    } else {
        memcpy(row, from, n * sizeof *row);
    }
}

#define RECORD(function, n)                                                                        \
    void flyt_letting_record_##function(const void *state, void *row)                              \
    {                                                                                              \
        const struct flyt_world *world = state;                                                    \
        copy(world, world->letting == NULL ? NULL : world->letting->counts.function, (n), row);    \
    }

RECORD(let, (size_t)world->municipalities.n *FLYT_N_CHANNELS)
RECORD(waited, (size_t)world->municipalities.n *FLYT_N_CHANNELS)
RECORD(by_kind, (size_t)FLYT_N_KINDS *FLYT_N_CHANNELS)
RECORD(offered, FLYT_N_CHANNELS)
RECORD(refused, FLYT_N_CHANNELS)
RECORD(barred, world->municipalities.n)
RECORD(notices, world->municipalities.n)

void flyt_letting_record_members(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    int64_t *row = row_;
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        row[m] = world->letting == NULL ? 0 : flyt_letting_members(world, m);
    }
}

void flyt_letting_record_queued(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    int64_t *row = row_;
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        row[m] = world->letting == NULL ? 0 : flyt_letting_queue(world, m);
    }
}
