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
 * @brief Reads a regular file from its beginning to its end, piece by piece.
 * @param take  gets each piece and its place in the file.
 * @return as flyt_fileio_read().
 */
FLYT_NODISCARD enum flyt_status flyt_fileio_pass(const char *path,
                                                 void (*take)(void *job, uint64_t offset,
                                                              const char *bytes, size_t n),
                                                 void *job, struct flyt_diag *diag);

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

/** A file that grows on disk under another name until it is whole. */
struct flyt_fileio_part {
    const char *path; /* of the part file: others may open it to write */
    struct flyt_fileio_target *target;
};

/**
 * @brief Begins a part file, as flyt_fileio_replace() does. End it with flyt_fileio_part_finish()
 *        or flyt_fileio_part_drop().
 */
FLYT_NODISCARD enum flyt_status flyt_fileio_part_open(const char *path, struct flyt_arena *arena,
                                                      struct flyt_fileio_part *part,
                                                      struct flyt_diag *diag);

/** @brief Reads up to n bytes from an offset; fewer at the end of the file; 0 also when it fails.
 */
size_t flyt_fileio_part_read(const struct flyt_fileio_part *part, uint64_t offset, void *bytes,
                             size_t n);

/** @brief Writes n bytes at an offset. FLYT_ERR_IO with a fault. */
FLYT_NODISCARD enum flyt_status flyt_fileio_part_write(const struct flyt_fileio_part *part,
                                                       uint64_t offset, const void *bytes, size_t n,
                                                       struct flyt_diag *diag);

/** @brief The fault of a part file that somebody else could not write: finds out why. ERR_IO. */
enum flyt_status flyt_fileio_part_fault(const struct flyt_fileio_part *part,
                                        struct flyt_diag *diag);

/** @brief Syncs it and gives it its name. On failure the old file stands and the part is gone. */
FLYT_NODISCARD enum flyt_status flyt_fileio_part_finish(struct flyt_fileio_part *part,
                                                        struct flyt_diag *diag);

/** @brief Takes it away. */
void flyt_fileio_part_drop(struct flyt_fileio_part *part);

/** How a lock is taken. */
enum flyt_fileio_lock {
    FLYT_LOCK_shared, /* with others that share it */
    FLYT_LOCK_alone,  /* refused while anybody has it */
    FLYT_LOCK_wait    /* alone, when the others are done */
};

/**
 * @brief Takes the lock of a file, which is made when missing. It is held until the process ends or
 *        flyt_fileio_unlock(). Where the file system has no locks, all get it.
 * @return FLYT_ERR_OUTPUT with a fault when another process has it, or the file cannot be made.
 */
FLYT_NODISCARD enum flyt_status flyt_fileio_lock(const char *path, enum flyt_fileio_lock how,
                                                 int *lock, struct flyt_diag *diag);

void flyt_fileio_unlock(int lock);

/** @brief The names in a folder in order, "." and ".." among them; none when there is no such
 * folder.
 */
FLYT_NODISCARD enum flyt_status flyt_fileio_names(const char *folder, struct flyt_arena *arena,
                                                  const char *const **name, uint32_t *n);

/** @brief Takes a file away; whether it is gone. */
bool flyt_fileio_remove(const char *path);

/** @brief Takes a folder away, if nothing is in it. */
void flyt_fileio_remove_folder(const char *folder);

/** @brief Whether something bears this name, be it a link that leads nowhere. */
bool flyt_fileio_exists(const char *path);

/** @brief Whether both names, links followed, are of one file that is there. */
bool flyt_fileio_same(const char *path, const char *other);

#endif
