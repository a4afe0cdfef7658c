/**
 * @file archive.h
 * @brief One walk over the state of a world: to write it, to read it back, or to look what there
 *        is of it.
 *
 * Each module has one function that walks what it keeps from month to month, in the same order
 * whether it is written or read; so the two cannot differ. What is not walked must be what the
 * making of a world gives again, or be scratch: a test compares, word by word, the memory of a
 * world that went on with one that was read back, and knows scratch from what was forgotten
 * (tests/property/test_checkpoint.c).
 *
 * Failures are remembered: after the first nothing is moved, so that callers check once.
 */
#ifndef FLYT_ARCHIVE_H
#define FLYT_ARCHIVE_H

#include "sim/list.h"

enum flyt_archive_mode { FLYT_ARCHIVE_write, FLYT_ARCHIVE_read, FLYT_ARCHIVE_look };

enum flyt_archive_kind {
    FLYT_ARCHIVE_state,   /* written and read */
    FLYT_ARCHIVE_scratch, /* filled anew before it is read */
    FLYT_ARCHIVE_pointers /* to state that is walked, and what says how long it is: left alone */
};

struct flyt_archive {
    enum flyt_archive_mode mode;
    /** Moves n bytes to or from where they are kept. */
    enum flyt_status (*move)(void *job, void *bytes, size_t n);
    /** In mode look: told of each range of memory. */
    void (*look)(void *job, const char *name, const void *bytes, size_t n,
                 enum flyt_archive_kind kind);
    void *job;
    bool poison;             /* reading fills scratch with bytes that are no value */
    enum flyt_status status; /* of the first failure */
    const char *name;        /* of the entry at hand; after a failure: that which failed */
};

/**
 * @brief n elements of `size` bytes. When read, name, n and size must be those that were written,
 *        else the archive fails with FLYT_ERR_SCENARIO.
 */
void flyt_archive_array(struct flyt_archive *archive, const char *name, void *data, uint64_t n,
                        size_t size);

#define FLYT_ARCHIVE_ARRAY(archive, name, data, n)                                                 \
    flyt_archive_array((archive), (name), (data), (n), sizeof *(data))
#define FLYT_ARCHIVE_VALUE(archive, name, value)                                                   \
    flyt_archive_array((archive), (name), &(value), 1, sizeof(value))

/** @brief An array that lies in pieces: n elements in all, then flyt_archive_piece() for each. */
void flyt_archive_begin(struct flyt_archive *archive, const char *name, uint64_t n, size_t size);
void flyt_archive_piece(struct flyt_archive *archive, void *data, uint64_t n, size_t size);

/** @brief A number that says how much follows; more than `most` fails. */
void flyt_archive_count(struct flyt_archive *archive, const char *name, uint32_t *n, uint64_t most);

/** @brief A list: its number and its indices, which must be below `end`. */
void flyt_archive_list(struct flyt_archive *archive, const char *name, struct flyt_list *list,
                       uint32_t end);

/** @brief Fails unless all of n indices are below `end`, or `otherwise` or more (FLYT_NONE).
 * Reading only: a file may say anything. */
void flyt_archive_check(struct flyt_archive *archive, const char *name, const uint32_t *index,
                        uint64_t n, uint32_t end, uint32_t otherwise);

/** @brief Fails, while it is read, when `holds` is false. */
void flyt_archive_require(struct flyt_archive *archive, const char *name, bool holds);

/** @brief The first n of `capacity` elements; the others are scratch. */
#define FLYT_ARCHIVE_FRONT(archive, name, data, n, capacity)                                       \
    do {                                                                                           \
        FLYT_ARCHIVE_ARRAY(archive, name, data, n);                                                \
        FLYT_ARCHIVE_SCRATCH(archive, name, (data) + (n), (capacity) - (n));                       \
    } while (0)

/** @brief Memory that is filled anew before it is read. */
void flyt_archive_scratch(struct flyt_archive *archive, const char *name, void *data, uint64_t n,
                          size_t size);

#define FLYT_ARCHIVE_SCRATCH(archive, name, data, n)                                               \
    flyt_archive_scratch((archive), (name), (data), (n), sizeof *(data))

/** @brief A list that is emptied before it is used. */
static inline void flyt_archive_scratch_list(struct flyt_archive *archive, const char *name,
                                             struct flyt_list *list)
{
    flyt_archive_scratch(archive, name, list->row, list->capacity, sizeof *list->row);
    flyt_archive_scratch(archive, name, &list->n, 1, sizeof list->n);
}

/** @brief Pointers to what is walked elsewhere: they may differ from world to world. */
void flyt_archive_pointers(struct flyt_archive *archive, const char *name, void *data, size_t size);

/** @brief Whether the walk reads and nothing has failed: time to work out what follows from it. */
static inline bool flyt_archive_reads(const struct flyt_archive *archive)
{
    return archive->mode == FLYT_ARCHIVE_read && archive->status == FLYT_OK;
}

#endif
