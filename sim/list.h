/**
 * @file list.h
 * @brief Lists of indices, one per block, with a capacity fixed before a phase starts.
 */
#ifndef FLYT_LIST_H
#define FLYT_LIST_H

#include "sim/arena.h"

struct flyt_list {
    uint32_t *row;
    uint32_t n, capacity;
};

/** @brief A list that can hold `capacity` indices. Owned by the arena. */
FLYT_NODISCARD static inline enum flyt_status
flyt_list_init(struct flyt_list *list, struct flyt_arena *arena, uint32_t capacity)
{
    *list = (struct flyt_list){.row = FLYT_ARENA_ARRAY(arena, uint32_t, capacity),
                               .capacity = capacity};
    return list->row == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** @brief Adds an index. The capacity is the caller's promise (that of the block). */
static inline void flyt_list_push(struct flyt_list *list, uint32_t index)
{
    list->row[list->n++] = index;
}

#endif
