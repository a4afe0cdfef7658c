/* Memory: alignment, limits, what is kept and what is given back. */
#include "sim/arena.h"

#include <criterion/criterion.h>
#include <string.h>

enum { MIB = 1 << 20 };

Test(arena, takes_are_aligned_and_do_not_overlap)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    unsigned char *taken[300];
    size_t size[300];
    for (size_t i = 0; i < FLYT_COUNT(taken); i++) {
        size[i] = i % 17 == 16 ? 3 * MIB + i : i * 61;
        taken[i] = FLYT_ARENA_ARRAY(&arena, unsigned char, size[i]);
        cr_assert_not_null(taken[i]);
        cr_assert_eq((uintptr_t)taken[i] % 64, 0, "size %zu", size[i]);
        memset(taken[i], (int)(i % 251), size[i]);
    }
    for (size_t i = 0; i < FLYT_COUNT(taken); i++) {
        for (size_t j = 0; j<size[i]; j += size[i]> 4096 ? 997 : 1) {
            cr_assert_eq(taken[i][j], i % 251, "block %zu, byte %zu", i, j);
        }
    }
    flyt_arena_free(&arena);
}

Test(arena, nothing_taken_is_still_a_place)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    char *first = flyt_arena_take(&arena, 0, 8), *second = flyt_arena_take(&arena, 8, 0);
    cr_assert_not_null(first);
    cr_assert_not_null(second);
    cr_assert_neq(first, second);
    flyt_arena_free(&arena);
}

Test(arena, products_that_overflow_are_refused)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    cr_assert_null(flyt_arena_take(&arena, SIZE_MAX, 1));
    cr_assert_null(flyt_arena_take(&arena, SIZE_MAX / 2 + 1, 2));
    cr_assert_null(flyt_arena_take(&arena, (size_t)1 << 33, (size_t)1 << 33));
    cr_assert_null(flyt_arena_zero(&arena, SIZE_MAX / 8, 16));
    cr_assert_null(flyt_arena_copy(&arena, "", SIZE_MAX));
    cr_assert_null(FLYT_ARENA_ARRAY(&arena, uint64_t, SIZE_MAX / 8));
    cr_assert_eq(arena.used_bytes, 0);
    flyt_arena_free(&arena);
}

Test(arena, zeroed_memory_is_zero_also_when_reused)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    memset(flyt_arena_take(&arena, 5000, 1), 0xFF, 5000);
    flyt_arena_empty(&arena);
    const unsigned char *zero = flyt_arena_zero(&arena, 5000, 1);
    for (int i = 0; i < 5000; i++) {
        cr_assert_eq(zero[i], 0);
    }
    flyt_arena_free(&arena);
}

Test(arena, a_copy_ends_in_nul_and_keeps_inner_nul)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    const char *copy = flyt_arena_copy(&arena, "a\0bcd", 4);
    cr_assert_arr_eq(copy, "a\0bc", 5);
    cr_assert_str_eq(flyt_arena_copy(&arena, "x", 0), "");
    flyt_arena_free(&arena);
}

Test(arena, printf_makes_room_for_long_text)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    const char *text = flyt_arena_printf(&arena, "%05d|%*s|%s", 42, 3000, "x", "Ærø");
    cr_assert_eq(strlen(text), 5u + 1 + 3000 + 1 + strlen("Ærø"));
    cr_assert_eq(strncmp(text, "00042|  ", 8), 0);
    cr_assert_str_eq(text + 3005, "x|Ærø");
    flyt_arena_free(&arena);
}

Test(arena, the_budget_is_a_ceiling)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 8 * MIB);
    cr_assert_null(flyt_arena_take(&arena, 9 * MIB, 1), "more than the whole budget");
    size_t n = 0;
    while (flyt_arena_take(&arena, 64 << 10, 1) != NULL) {
        n++;
        cr_assert_leq(arena.used_bytes, (size_t)8 * MIB);
        cr_assert_leq(n, 128u);
    }
    cr_assert_geq(n, 100u, "only %zu of 128 blocks of 64 KiB fitted into 8 MiB", n);
    flyt_arena_empty(&arena);
    cr_assert_not_null(flyt_arena_take(&arena, 64 << 10, 1), "emptied, there is room again");
    flyt_arena_free(&arena);
}

Test(arena, what_is_left_of_the_budget_is_given_without_room_for_more)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 34 * MIB);
    cr_assert_not_null(flyt_arena_take(&arena, 32 * MIB - 64, 1));
    cr_assert_not_null(flyt_arena_take(&arena, 3 * MIB / 2, 1), "an eighth would be 4 MiB");
    cr_assert_eq(arena.used_bytes, (size_t)34 * MIB);
    flyt_arena_free(&arena);
}

Test(arena, after_emptying_one_chunk_has_room_for_all_and_is_kept)
{
    struct flyt_arena arena;
    const char *first[3];
    size_t used[3];
    flyt_arena_init(&arena, 0);
    for (int month = 0; month < 3; month++) {
        first[month] = flyt_arena_take(&arena, 1000, 1);
        (void)flyt_arena_take(&arena, 5 * MIB, 1);
        (void)flyt_arena_take(&arena, 2 * MIB, 1);
        used[month] = arena.used_bytes;
        flyt_arena_empty(&arena);
    }
    cr_assert_geq(used[0], (size_t)8 * MIB);
    cr_assert_leq(used[1], used[0] + used[0] / 8 + 2 * MIB);
    cr_assert_eq(first[1], first[2], "the same memory again");
    cr_assert_eq(used[1], used[2], "nothing new was asked of the system");
    cr_assert_eq(arena.used_bytes, used[2], "and nothing given back");
    flyt_arena_free(&arena);
    cr_assert_eq(arena.used_bytes, 0);
}

Test(arena, arrays_of_a_large_arena_share_chunks)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    size_t taken = 0;
    for (int i = 0; i < 150; i++) {
        size_t bytes = i % 3 == 0 ? 5 * MIB / 4 : i % 3 == 1 ? MIB / 3 : 300;
        cr_assert_not_null(flyt_arena_take(&arena, bytes, 1));
        taken += bytes;
        cr_assert_leq(arena.used_bytes, taken + taken / 2 + 2 * MIB, "array %d", i);
    }
    flyt_arena_free(&arena);
}

Test(arena, room_left_in_an_older_chunk_is_used_until_a_mark)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    (void)flyt_arena_take(&arena, 1000, 1);
    (void)flyt_arena_take(&arena, 4 * MIB - 64, 1);
    size_t used = arena.used_bytes;
    (void)flyt_arena_take(&arena, 1000, 1);
    cr_assert_eq(arena.used_bytes, used, "beside the first");
    (void)flyt_arena_mark(&arena);
    (void)flyt_arena_take(&arena, 1000, 1);
    cr_assert_gt(arena.used_bytes, used, "behind the mark");
    flyt_arena_free(&arena);
}

Test(arena, emptied_every_month_it_stops_growing)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    size_t most = 0;
    for (int month = 0; month < 50; month++) {
        for (int i = 0; i < 20; i++) {
            cr_assert_not_null(flyt_arena_take(&arena, 100000, 1));
        }
        most = month == 2 ? arena.used_bytes : most;
        cr_assert(month < 3 || arena.used_bytes <= most, "grew to %zu", arena.used_bytes);
        flyt_arena_empty(&arena);
    }
    flyt_arena_free(&arena);
}

Test(arena, freed_it_is_empty_keeps_its_budget_and_works_again)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 4 * MIB);
    flyt_arena_empty(&arena); /* nothing to empty */
    (void)flyt_arena_take(&arena, 3 * MIB / 2, 1);
    flyt_arena_free(&arena);
    cr_assert_null(arena.chunk);
    cr_assert_eq(arena.used_bytes, 0);
    cr_assert_eq(arena.budget_bytes, (size_t)4 * MIB);
    cr_assert_not_null(flyt_arena_take(&arena, 1, 1));
    flyt_arena_free(&arena);
    flyt_arena_free(&arena); /* twice does no harm */
}
