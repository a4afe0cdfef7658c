/**
 * @file uids.h
 * @brief Names for new households: no two households of a world have the same uid.
 *
 * A uid is a hash of (mother, month, kind, ordinal), see rng.h. One that is taken is hashed again,
 * in a way that no order of rows, blocks or threads changes. The start population has its own way
 * (models/population.c), since there all are new.
 */
#ifndef FLYT_UIDS_H
#define FLYT_UIDS_H

#include "sim/world.h"

/** A household to come. */
struct flyt_uids_new {
    uint64_t mother; /* uid, or what else it comes from */
    uint64_t uid;    /* out */
    enum flyt_stream kind;
    uint32_t ordinal; /* (mother, kind, ordinal) is different for all that come in a month */
};

/**
 * @brief Gives each of n new households a uid that none in the world or among them has.
 *
 * Those whose first hash is taken, or is that of another new one, ask again in order of (mother,
 * kind, ordinal), until they find one that is free.
 *
 * @param world  in: households, also those who look from outside; they stay as they are.
 * @return FLYT_ERR_MEMORY. Memory: scratch from step_arena. Threads: call from serial code; looks
 *         through the uids in parallel.
 */
FLYT_NODISCARD enum flyt_status flyt_uids_give(const struct flyt_world *world,
                                               struct flyt_uids_new *list, uint32_t n);

#endif
