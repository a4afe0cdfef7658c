/**
 * @file arena.h
 * @brief Memory: the only module that calls malloc.
 *
 * An arena owns what was taken from it; single objects are never freed. A run has two: one that
 * lives as long as the run, one emptied every month. Memory is not cleared.
 */
#ifndef FLYT_ARENA_H
#define FLYT_ARENA_H

#include "sim/status.h"

struct flyt_arena_chunk;

struct flyt_arena {
    struct flyt_arena_chunk *chunk; /* newest first */
    size_t used_bytes;              /* taken from the system, all chunks */
    size_t budget_bytes;            /* 0: no limit but the machine's */
    size_t next_bytes;              /* room that the next chunk should have; 0: any */
    bool marked;                    /* since it was emptied: chunks stay in the order of taking */
};

/** @brief An empty arena that will refuse to grow past `budget_bytes` (0: no budget). */
void flyt_arena_init(struct flyt_arena *arena, size_t budget_bytes);

/**
 * @brief Takes n × size bytes, aligned to 64; from more than 1 MiB on in huge pages, if there are.
 * @return NULL when memory or budget is used up or n × size overflows. Not cleared.
 */
void *flyt_arena_take(struct flyt_arena *arena, size_t n, size_t size);

/** @brief As flyt_arena_take(), cleared to zero bytes. */
void *flyt_arena_zero(struct flyt_arena *arena, size_t n, size_t size);

/** @brief Copies n bytes and adds a NUL. NULL when out of memory. */
char *flyt_arena_copy(struct flyt_arena *arena, const char *bytes, size_t n);

/** @brief A formatted string. NULL when out of memory. */
char *flyt_arena_printf(struct flyt_arena *arena, const char *format, ...) FLYT_PRINTF(2, 3);

/** @brief Forgets everything taken. A single chunk is kept; instead of several the next month gets
 *         one with room for all, so that after a few months nothing is asked of the system. */
void flyt_arena_empty(struct flyt_arena *arena);

/** @brief Gives all memory back. The arena may be used again. */
void flyt_arena_free(struct flyt_arena *arena);

/** A point in the life of an arena. Void once it is emptied. */
struct flyt_arena_mark {
    const struct flyt_arena_chunk *chunk;
    size_t used;
};

struct flyt_arena_mark flyt_arena_mark(struct flyt_arena *arena);

/** @brief The memory taken between two marks, in order, in pieces of whole objects; with no `from`
 *         ({0}) from the beginning. Gaps between objects are told as part of them. */
void flyt_arena_between(const struct flyt_arena *arena, struct flyt_arena_mark from,
                        struct flyt_arena_mark to, void (*tell)(void *job, void *bytes, size_t n),
                        void *job);

/** @brief Forgets what was taken after a mark. What was taken before stays where it is. */
void flyt_arena_return(struct flyt_arena *arena, struct flyt_arena_mark mark);

/** @brief Bytes that this process may still take: the least of what the machine has available,
 *         the control group's limit and the address-space limit leave. */
uint64_t flyt_arena_available(void);

#define FLYT_ARENA_ARRAY(arena, type, n) ((type *)flyt_arena_take((arena), (n), sizeof(type)))
#define FLYT_ARENA_ZERO(arena, type, n) ((type *)flyt_arena_zero((arena), (n), sizeof(type)))

#endif
