/* Total orders: sorting and selection against a plain insertion sort. */
#include <criterion/criterion.h>

#include "sim/rank.h"
#include "sim/rng.h"

enum { N = 500 };

static void fill(struct flyt_ranked *items, uint32_t n, uint32_t n_keys, uint32_t draw)
{
    for (uint32_t i = 0; i < n; i++) {
        struct flyt_rng_key key = {1, draw};
        items[i] = (struct flyt_ranked){flyt_rng_below(key, i, 0, FLYT_STREAM_test, 0, n_keys),
                                        flyt_rng_word64(key, i, 0, FLYT_STREAM_test, 1), i};
    }
}

static void insertion_sort(struct flyt_ranked *items, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        struct flyt_ranked item = items[i];
        uint32_t at = i;
        for (; at > 0 && flyt_rank_before(&item, &items[at - 1]); at--) {
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

Test(rank, selection_agrees_with_sorting_for_every_size_and_tie)
{
    struct flyt_ranked selected[N], sorted[N];
    static const uint32_t keys[] = {1, 2, 7, 1000000};
    for (uint32_t k = 0; k < FLYT_COUNT(keys); k++) {
        for (uint32_t n = 1; n <= N; n += 1 + n / 7) {
            for (uint32_t first = 0; first <= n; first += 1 + n / 5) {
                fill(selected, n, keys[k], n);
                fill(sorted, n, keys[k], n);
                flyt_rank_first(selected, n, first);
                insertion_sort(sorted, n);
                for (uint32_t i = 0; i < first; i++) {
                    cr_assert_eq(selected[i].index, sorted[i].index, "n %u first %u at %u", n,
                                 first, i);
                }
            }
        }
    }
}

Test(rank, equal_keys_are_ordered_by_uid)
{
    struct flyt_ranked items[] = {{5, 9, 0}, {5, 2, 1}, {4, 99, 2}, {5, 3, 3}};
    flyt_rank_sort(items, 4);
    cr_assert_eq(items[0].index, 2);
    cr_assert_eq(items[1].index, 1);
    cr_assert_eq(items[2].index, 3);
    cr_assert_eq(items[3].index, 0);
}
