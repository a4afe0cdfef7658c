#include "sim/image.h"

#include <string.h>

enum { PAGE = 4096 };

/** What goes over an arena page by page; the last page of a piece may be shorter. */
struct walk {
    struct flyt_image *image;
    const struct flyt_image *from;
    uint64_t at, at_full; /* pages so far */
};

static bool is_zero(const char *bytes, size_t n)
{
    return n == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, n - 1) == 0);
}

static size_t length_of(size_t first, size_t n)
{
    return n - first < PAGE ? n - first : PAGE;
}

static void count_pages(void *n_, void *bytes, size_t n)
{
    (void)bytes;
    *(uint64_t *)n_ += (n + PAGE - 1) / PAGE;
}

static void look(void *walk_, void *bytes_, size_t n)
{
    struct walk *walk = walk_;
    const char *bytes = bytes_;
    for (size_t first = 0; first < n; first += PAGE) {
        bool full = !is_zero(bytes + first, length_of(first, n));
        walk->image->full[walk->at++] = full;
        walk->image->n_full += full;
    }
}

static void keep(void *walk_, void *bytes_, size_t n)
{
    struct walk *walk = walk_;
    const char *bytes = bytes_;
    for (size_t first = 0; first < n; first += PAGE) {
        if (walk->image->full[walk->at++]) {
            memcpy(walk->image->page + PAGE * walk->at_full++, bytes + first, length_of(first, n));
        }
    }
}

static void put_back(void *walk_, void *bytes_, size_t n)
{
    struct walk *walk = walk_;
    char *bytes = bytes_;
    for (size_t first = 0; first < n; first += PAGE) {
        size_t length = length_of(first, n);
        if (walk->from->full[walk->at++]) {
            memcpy(bytes + first, walk->from->page + PAGE * walk->at_full++, length);
        } else if (!is_zero(bytes + first, length)) { /* else a page never used stays so */
            memset(bytes + first, 0, length);
        }
    }
}

enum flyt_status flyt_image_take(struct flyt_arena *arena, struct flyt_arena *kept,
                                 struct flyt_image *image)
{
    static const struct flyt_arena_mark begin = {0};
    struct walk walk = {.image = image};
    *image = (struct flyt_image){.mark = flyt_arena_mark(arena)};
    flyt_arena_between(arena, begin, image->mark, count_pages, &image->n_pages);
    image->full = FLYT_ARENA_ARRAY(kept, uint8_t, image->n_pages + 1);
    if (image->full == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_arena_between(arena, begin, image->mark, look, &walk);
    image->page = flyt_arena_take(kept, image->n_full + 1, PAGE);
    if (image->page == NULL) {
        return FLYT_ERR_MEMORY;
    }
    walk.at = 0;
    flyt_arena_between(arena, begin, image->mark, keep, &walk);
    image->bytes = image->n_pages + image->n_full * PAGE;
    return FLYT_OK;
}

void flyt_image_restore(const struct flyt_image *image, struct flyt_arena *arena)
{
    static const struct flyt_arena_mark begin = {0};
    struct walk walk = {.from = image};
    flyt_arena_return(arena, image->mark);
    flyt_arena_between(arena, begin, image->mark, put_back, &walk);
}
