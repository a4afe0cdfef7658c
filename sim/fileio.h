/**
 * @file fileio.h
 * @brief The disk: reading whole regular files, replacing files atomically. Nothing else opens a
 *        file for writing.
 */
#ifndef FLYT_FILEIO_H
#define FLYT_FILEIO_H

#include "sim/arena.h"

/** A file read once; the bytes are those that were read, whatever happens to the file later. */
struct flyt_bytes {
    const char *path; /* as given */
    char *bytes;      /* n bytes and a NUL behind them */
    size_t n;
};

/**
 * @brief Reads a whole regular file. FIFOs, devices and folders are refused.
 * @param place  where the file was named, for messages (may be {0}).
 * @return FLYT_ERR_INPUT when missing or unreadable, FLYT_ERR_SCENARIO when not a regular file or
 *         larger than max_bytes, FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_fileio_read(const char *path, size_t max_bytes,
                                                 struct flyt_place place, struct flyt_arena *arena,
                                                 struct flyt_bytes *out, struct flyt_diag *diag);

/**
 * @brief Reads the first bytes of a regular file, at most n.
 * @return how many were read; 0 when it is missing, unreadable, empty or no regular file.
 */
size_t flyt_fileio_head(const char *path, void *bytes, size_t n);

/**
 * @brief Replaces `path` by these bytes: written beside it, synced, renamed, folder synced.
 *
 * A reader sees the old file or the new one, never half. A part file left by a killed process is
 * removed; one that another live process is writing is left alone and refused.
 * @return FLYT_ERR_OUTPUT when it cannot be created, FLYT_ERR_IO when writing failed; the old
 *         file is then untouched and no part file is left.
 */
FLYT_NODISCARD enum flyt_status flyt_fileio_replace(const char *path, const void *bytes, size_t n,
                                                    struct flyt_diag *diag);

/**
 * @brief Makes sure before a long run that `path` can be written: its folder exists (created when
 *        missing) and is writable, and the path is absent or a regular file.
 */
FLYT_NODISCARD enum flyt_status flyt_fileio_prepare(const char *path, struct flyt_diag *diag);

/** @brief Whether something bears this name, be it a link that leads nowhere. */
bool flyt_fileio_exists(const char *path);

#endif
