/**
 * @file sweep_store.h
 * @brief The folder of a sweep: what it is (plan.flyt), and a file for each run that is done.
 *
 * A run's file appears whole or not at all (flyt_fileio_replace()), says which sweep, point and
 * replicate it belongs to, and ends with a digest. Nothing in the folder depends on threads,
 * shards, machines or clocks.
 */
#ifndef FLYT_SWEEP_STORE_H
#define FLYT_SWEEP_STORE_H

#include "sim/sweep.h"

/** Which part of the runs a process does: shard `index` of `n`. */
struct flyt_sweep_shard {
    uint32_t index, n; /* 0 of 1: all */
};

/**
 * @brief Opens the folder for one shard: locks it, and writes the plan or checks that the one there
 *        is of this sweep. The locks are held until the process ends.
 * @param resume  a plan may be there already.
 * @return FLYT_ERR_USAGE: there, and resume is false; FLYT_ERR_SCENARIO: of another sweep file,
 *         other inputs or another version; FLYT_ERR_OUTPUT: another process is at work in it.
 */
FLYT_NODISCARD enum flyt_status flyt_sweep_store_open(const char *folder,
                                                      const struct flyt_sweep *sweep,
                                                      struct flyt_sweep_shard shard, bool resume,
                                                      struct flyt_diag *diag);

/**
 * @brief Reads what the sweep of a folder is made from, and locks the folder against sweeps.
 * @return FLYT_ERR_INPUT: no sweep there; FLYT_ERR_SCENARIO: damaged or of another version.
 */
FLYT_NODISCARD enum flyt_status flyt_sweep_store_plan(const char *folder, struct flyt_arena *arena,
                                                      struct flyt_sweep_source *source,
                                                      struct flyt_diag *diag);

/** @brief Writes a run. @param word  [flyt_sweep_words()]. Its image lies in the arena. */
FLYT_NODISCARD enum flyt_status
flyt_sweep_store_write(const char *folder, const struct flyt_sweep *sweep, uint32_t point,
                       uint32_t replicate, const char content[FLYT_DIGEST_SIZE],
                       const uint64_t *word, struct flyt_arena *arena, struct flyt_diag *diag);

/**
 * @brief Reads a run and checks it.
 * @param content  out: [FLYT_DIGEST_SIZE] digest of the run's series.
 * @param word     out: [flyt_sweep_words()].
 * @return FLYT_ERR_INPUT: not there; FLYT_ERR_SCENARIO: damaged or of another sweep.
 */
FLYT_NODISCARD enum flyt_status
flyt_sweep_store_read(const char *folder, const struct flyt_sweep *sweep, uint32_t point,
                      uint32_t replicate, struct flyt_arena *arena, char content[FLYT_DIGEST_SIZE],
                      uint64_t *word, struct flyt_diag *diag);

/**
 * @brief Whether all runs are there, whole or damaged.
 * @return FLYT_ERR_INPUT with a fault that says how many are not, which is the first, and how to go
 *         on.
 */
FLYT_NODISCARD enum flyt_status flyt_sweep_store_complete(const char *folder,
                                                          const struct flyt_sweep *sweep,
                                                          struct flyt_diag *diag);

/** @brief Whether a sweep was begun in this folder. */
bool flyt_sweep_store_begun(const char *folder);

/** @brief Whether a run's file is there, whole or damaged. */
bool flyt_sweep_store_has(const char *folder, uint32_t point, uint32_t replicate);

/** @brief Bytes of a run's file. */
uint64_t flyt_sweep_store_bytes(const struct flyt_sweep *sweep);

#endif
