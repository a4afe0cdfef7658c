#include "sim/rank.h"

static void swap(struct flyt_ranked *a, struct flyt_ranked *b)
{
    struct flyt_ranked kept = *a;
    *a = *b;
    *b = kept;
}

/** Puts the items before the middle of three in front of it; returns where it then stands. */
static uint32_t partition(struct flyt_ranked *items, uint32_t n)
{
    struct flyt_ranked *first = &items[0], *middle = &items[n / 2], *last = &items[n - 1];
    if (flyt_rank_before(middle, first)) {
        swap(middle, first);
    }
    if (flyt_rank_before(last, middle)) {
        swap(last, middle);
        if (flyt_rank_before(middle, first)) {
            swap(middle, first);
        }
    }
    swap(middle, last);
    uint32_t at = 0;
    for (uint32_t i = 0; i + 1 < n; i++) {
        if (flyt_rank_before(&items[i], last)) {
            swap(&items[i], &items[at++]);
        }
    }
    swap(&items[at], last);
    return at;
}

/* NOLINTNEXTLINE(misc-no-recursion): at most 32 deep, see below */
void flyt_rank_sort(struct flyt_ranked *items, uint32_t n)
{
    enum { FEW = 16 };
    while (n > FEW) { /* the smaller part first, so that the depth stays below 32 */
        uint32_t at = partition(items, n), n_behind = n - at - 1;
        if (at < n_behind) {
            flyt_rank_sort(items, at);
            items += at + 1;
            n = n_behind;
        } else {
            flyt_rank_sort(items + at + 1, n_behind);
            n = at;
        }
    }
    for (uint32_t i = 1; i < n; i++) {
        struct flyt_ranked item = items[i];
        uint32_t at = i;
        for (; at > 0 && flyt_rank_before(&item, &items[at - 1]); at--) {
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

void flyt_rank_first(struct flyt_ranked *items, uint32_t n, uint32_t n_first)
{
    struct flyt_ranked *part = items;
    uint32_t n_part = n, n_wanted = n_first;
    while (n_wanted > 0 && n_wanted < n_part) {
        uint32_t at = partition(part, n_part);
        if (at >= n_wanted) {
            n_part = at;
        } else {
            part += at + 1;
            n_part -= at + 1;
            n_wanted -= at + 1;
        }
    }
    flyt_rank_sort(items, n_first);
}
