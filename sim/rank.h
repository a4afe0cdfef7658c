/**
 * @file rank.h
 * @brief Total orders: by key, then by uid, so that no result depends on threads or rows.
 */
#ifndef FLYT_RANK_H
#define FLYT_RANK_H

#include "sim/status.h"

/** Something to be put in order; lower keys come first, equal keys by uid. */
struct flyt_ranked {
    uint64_t key, uid;
    uint32_t index; /* what it is, for the caller */
};

/** @brief Whether a comes before b. */
static inline bool flyt_rank_before(const struct flyt_ranked *a, const struct flyt_ranked *b)
{
    return a->key != b->key ? a->key < b->key : a->uid < b->uid;
}

/** @brief Sorts n items. */
void flyt_rank_sort(struct flyt_ranked *items, uint32_t n);

/** @brief Brings the first `n_first` of n items to the front, in order; the rest stand behind in
 *         any order. O(n + n_first log n_first). */
void flyt_rank_first(struct flyt_ranked *items, uint32_t n, uint32_t n_first);

#endif
