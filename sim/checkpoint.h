/**
 * @file checkpoint.h
 * @brief A run that is stopped and gone on with: for each replicate its state after a month and its
 *        series so far, in a folder beside the result.
 *
 * A checkpoint holds no state of a random generator (draws are keyed by month) and no number of
 * threads. It says what run it is of, and ends with a digest; it appears whole or not at all. Of a
 * replicate that is under way the two newest are kept, of one that is finished only its series.
 * Format: docs/format.md.
 */
#ifndef FLYT_CHECKPOINT_H
#define FLYT_CHECKPOINT_H

#include "output/result.h"
#include "sim/fileio.h"

/** What a run does about checkpoints. */
struct flyt_checkpoint {
    const char *folder;
    bool resume;           /* go on from what is there */
    uint32_t every_months; /* write one so often; 0: not by months */
    double every_seconds;  /* 0: not by time */
};

/** One replicate's checkpoints. */
struct flyt_checkpoint_of {
    const struct flyt_checkpoint *checkpoint;
    const struct flyt_scenario *scenario;
    struct flyt_result *result; /* of the run */
    uint32_t replicate;         /* index in the result */
    double written;             /* when the last one was, seconds of a steady clock */
    struct flyt_diag *diag;
};

/** A checkpoint that verifies. */
struct flyt_checkpoint_found {
    struct flyt_bytes file;
    uint32_t n_months; /* done; 0: there is none */
    uint32_t n_passed; /* newer ones that were damaged */
};

/** @brief The folder of a result file. Owned by the arena; NULL when out of memory. */
const char *flyt_checkpoint_folder(const char *result_path, struct flyt_arena *arena);

/** @brief Whether the folder holds a checkpoint of the replicate `number`, or of any with
 * FLYT_NONE.
 */
bool flyt_checkpoint_there(const char *folder, uint32_t number);

/** @brief A replicate outside [first, first + n) that the folder keeps; FLYT_NONE: there is none.
 */
uint32_t flyt_checkpoint_other(const char *folder, uint32_t first, uint32_t n);

/**
 * @brief Finds the newest checkpoint that is whole.
 * @param arena  owns the file's bytes.
 * @return FLYT_ERR_SCENARIO with a fault when it is of another run, or all are damaged.
 */
FLYT_NODISCARD enum flyt_status flyt_checkpoint_find(const struct flyt_checkpoint_of *of,
                                                     struct flyt_arena *arena,
                                                     struct flyt_checkpoint_found *found);

/**
 * @brief Reads the series so far into the result, and the state.
 * @param state  just made; NULL when the replicate is finished (n_months is that of the result).
 * @return FLYT_ERR_SCENARIO with a fault when it does not fit this program's worlds.
 */
FLYT_NODISCARD enum flyt_status flyt_checkpoint_read(const struct flyt_checkpoint_of *of,
                                                     const struct flyt_checkpoint_found *found,
                                                     void *state);

/** @brief Whether one is due after so many months. */
bool flyt_checkpoint_due(const struct flyt_checkpoint_of *of, uint32_t n_months);

/**
 * @brief Writes one, and removes older ones. @param state  NULL: finished.
 * @return FLYT_ERR_OUTPUT or FLYT_ERR_IO with a fault; older ones stand.
 */
FLYT_NODISCARD enum flyt_status flyt_checkpoint_write(struct flyt_checkpoint_of *of,
                                                      uint32_t n_months, void *state);

/** @brief Removes all checkpoints, and the folder when nothing else is in it. */
void flyt_checkpoint_clear(const char *folder);

#endif
