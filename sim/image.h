/**
 * @file image.h
 * @brief The memory of an arena as it was, to be put back where it lies: a world that goes on from
 *        the same month several times.
 *
 * Everything stays at its address, so pointers inside need no care, and nothing can be forgotten.
 * It holds within one process and as long as the arena lives; what is kept on disk is walked
 * instead (sim/archive.h). Pages that hold nothing but zeros, such as rows that nobody has used,
 * take no room.
 */
#ifndef FLYT_IMAGE_H
#define FLYT_IMAGE_H

#include "sim/arena.h"

struct flyt_image {
    struct flyt_arena_mark mark; /* what was taken after it is forgotten */
    uint8_t *full;               /* [n_pages] whether a page holds more than zeros */
    char *page;                  /* [n_full] those that do, in order */
    uint64_t n_pages, n_full;
    uint64_t bytes; /* of both arrays */
};

/** @brief Takes one. @param kept  another arena, which owns it. FLYT_ERR_MEMORY. */
FLYT_NODISCARD enum flyt_status flyt_image_take(struct flyt_arena *arena, struct flyt_arena *kept,
                                                struct flyt_image *image);

/** @brief Puts it back: the arena is as it was when it was taken. */
void flyt_image_restore(const struct flyt_image *image, struct flyt_arena *arena);

#endif
