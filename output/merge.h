/**
 * @file merge.h
 * @brief The runs of a sweep as one file: point × replicate × time.
 *
 * The file grows on disk point by point: memory holds a few points at a time, never all runs. Its
 * bytes depend on the sweep only, not on who did which run. Layout: docs/format.md.
 */
#ifndef FLYT_MERGE_H
#define FLYT_MERGE_H

#include "sim/sweep.h"

#define FLYT_MERGE_FORMAT 1 /* format_version of a merged sweep */

/** Where runs come from: those of a sweep's folder. */
struct flyt_merge_source {
    /** Reads one run: its words and the digest of its series. */
    enum flyt_status (*read)(void *job, uint32_t point, uint32_t replicate,
                             struct flyt_arena *scratch, char content[FLYT_DIGEST_SIZE],
                             uint64_t *word, struct flyt_diag *diag);
    void *job;
    /** Called after each batch of points; may be NULL. */
    void (*progress)(void *job, uint32_t n_done, uint32_t n_points);
    bool (*stop)(void); /* asked between batches; may be NULL */
};

/**
 * @brief Writes the merged file.
 * @return FLYT_ERR_STOPPED: source->stop() said so; what read() says; ERR_OUTPUT, ERR_IO, and then
 *         the old file stands.
 */
FLYT_NODISCARD enum flyt_status flyt_merge_write(const char *path, const struct flyt_sweep *sweep,
                                                 const struct flyt_merge_source *source,
                                                 struct flyt_arena *arena, struct flyt_diag *diag);

#endif
