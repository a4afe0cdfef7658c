/**
 * @file h5.h
 * @brief Result files: a `struct flyt_result` to HDF5 and back.
 *
 * The file is made in memory and replaced as a whole (PROMISES 4); equal results give equal bytes.
 * netCDF-4 readers open it too. Layout: docs/format.md. Not for use by two threads at once.
 */
#ifndef FLYT_H5_H
#define FLYT_H5_H

#include "output/result.h"
#include "sim/fileio.h"

#define FLYT_H5_FORMAT 1 /* format_version; a reader refuses higher ones */

/**
 * @brief Writes a result with the scenario that gave it: parameters as used, inputs as read.
 * @param result  content digests filled.
 * @param arena   scratch: holds the file's image until it is emptied.
 * @return FLYT_OK; ERR_MEMORY when the image cannot be built; ERR_OUTPUT or ERR_IO, and then the
 *         old file stands.
 */
FLYT_NODISCARD enum flyt_status flyt_h5_write(const char *path, const struct flyt_result *result,
                                              const struct flyt_scenario *scenario,
                                              struct flyt_arena *arena, struct flyt_diag *diag);

/**
 * @brief The bytes that flyt_h5_write() would write.
 * @param out  owned by the arena.
 */
FLYT_NODISCARD enum flyt_status flyt_h5_image(const struct flyt_result *result,
                                              const struct flyt_scenario *scenario,
                                              struct flyt_arena *arena, struct flyt_bytes *out,
                                              struct flyt_diag *diag);

/**
 * @brief Reads a result file. The file may come from a stranger: damage is noticed by its digest,
 *        and whatever it says of sizes, links and filters is checked before it is followed.
 * @param max_bytes  of the file and of the data in it, each.
 * @return FLYT_OK; ERR_INPUT when missing; ERR_SCENARIO when it is no result, damaged, from a later
 *         Flyt or too large; ERR_MEMORY. The arena owns all that *result points to.
 */
FLYT_NODISCARD enum flyt_status flyt_h5_read(const char *path, uint64_t max_bytes,
                                             struct flyt_arena *arena, struct flyt_result *result,
                                             struct flyt_diag *diag);

/** What a result was made from: enough to make it again. */
struct flyt_h5_origin {
    const char *scenario;   /* its name */
    const char *const *set; /* [n_sets] "K=V" of the command line */
    uint32_t n_sets;
    struct flyt_bytes
        *input; /* [n_inputs] as read, in the order of reading; paths are labels only */
    uint32_t n_inputs;
};

/** @brief As flyt_h5_read(), and what the file was made from. The arena owns that too. */
FLYT_NODISCARD enum flyt_status flyt_h5_read_origin(const char *path, uint64_t max_bytes,
                                                    struct flyt_arena *arena,
                                                    struct flyt_result *result,
                                                    struct flyt_h5_origin *origin,
                                                    struct flyt_diag *diag);

/** @brief Whether the file begins as a Flyt result does, or a merged sweep, whole or damaged. Never
 *         opens HDF5. */
bool flyt_h5_is_result(const char *path);
bool flyt_h5_is_sweep(const char *path);

/**
 * @brief Whether a run may write here: the path is absent, a Flyt result or a merged sweep.
 * @return FLYT_OK, or FLYT_ERR_OUTPUT with a fault: exists and is no Flyt result.
 */
FLYT_NODISCARD enum flyt_status flyt_h5_may_replace(const char *path, struct flyt_diag *diag);

#endif
