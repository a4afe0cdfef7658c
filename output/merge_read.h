/**
 * @file merge_read.h
 * @brief Merged sweeps (merge.h) read back, point by point: a file may be larger than memory.
 *
 * As with results (h5.h) the file may come from a stranger. One at a time, by one thread.
 */
#ifndef FLYT_MERGE_READ_H
#define FLYT_MERGE_READ_H

#include "sim/sweep.h"

struct flyt_merged {
    struct flyt_result result; /* what all points share: series without data, no digests */
    const char *plan, *rows;   /* as flyt_sweep_plan_name() and flyt_sweep_time_name() */
    uint32_t n_points, n_factors, n_inputs;
    const char *const *factor;  /* [n_factors] */
    const char *const *setting; /* [n_points][n_factors]; "": as in the base */
    struct flyt_merged_file *file;
};

/**
 * @brief Opens a merged sweep and checks its digest and its parts. End it with flyt_merge_close(),
 *        also after a fault.
 * @param room  bytes of what is held at a time, at most.
 * @return as flyt_h5_read(). The arena owns all that *merged points to.
 */
FLYT_NODISCARD enum flyt_status flyt_merge_open(const char *path, uint64_t room,
                                                struct flyt_arena *arena,
                                                struct flyt_merged *merged, struct flyt_diag *diag);

void flyt_merge_close(struct flyt_merged *merged);

/** @brief One series of one point. @param data  out: [replicate][row][cell], int64 or double. */
FLYT_NODISCARD enum flyt_status flyt_merge_load(const struct flyt_merged *merged, uint32_t series,
                                                uint32_t point, void *data);

/**
 * @brief A point as a result of its own: what `flyt plot` and `flyt export` take. Its title names
 *        the point and its settings.
 */
FLYT_NODISCARD enum flyt_status flyt_merge_point(const struct flyt_merged *merged, uint32_t point,
                                                 struct flyt_arena *arena, struct flyt_result *out);

/**
 * @brief The sweep that the file is of, from the sweep file and the inputs in it.
 * @return FLYT_ERR_SCENARIO also when this version of Flyt would make another sweep of them.
 */
FLYT_NODISCARD enum flyt_status flyt_merge_sweep(const struct flyt_merged *merged,
                                                 struct flyt_arena *arena, struct flyt_sweep *out);

/** @brief What the sweep keeps of each run of a point: [n_replicates][flyt_sweep_words()]. */
FLYT_NODISCARD enum flyt_status flyt_merge_words(const struct flyt_merged *merged,
                                                 const struct flyt_sweep *sweep, uint32_t point,
                                                 struct flyt_arena *scratch, uint64_t *word);

#endif
