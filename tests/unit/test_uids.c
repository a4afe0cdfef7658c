/* Names of new households: the plain hash where it is free, another where it is not. */
#include <criterion/criterion.h>

#include "sim/uids.h"

enum { N = 400, NEW = 60, MONTH = 5 };

static struct flyt_arena arena;
static struct flyt_diag diag;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
}

static void teardown(void)
{
    flyt_arena_free(&arena);
}

TestSuite(uids, .init = setup, .fini = teardown);

static struct flyt_world make_world(uint32_t n_threads, uint32_t n_blocks)
{
    struct flyt_world world = {.key = {7, 3},
                               .par = {n_threads, n_blocks, 0},
                               .month = MONTH,
                               .households = {.n_outside = 20},
                               .run_arena = &arena,
                               .step_arena = &arena,
                               .diag = &diag};
    cr_assert_eq(flyt_world_init(&world, 2 * N, N, 1), FLYT_OK);
    for (uint32_t i = 0; i < N; i++) {
        cr_assert_neq(flyt_world_add(&world, FLYT_NONE, flyt_rng_uid(1, 0, FLYT_STREAM_test, i, 0)),
                      FLYT_NONE);
    }
    return world;
}

static struct flyt_uids_new wish(uint32_t i)
{
    return (struct flyt_uids_new){.mother = 100 + i / 3,
                                  .kind = i % 2 ? FLYT_STREAM_uid_leaving : FLYT_STREAM_uid_birth,
                                  .ordinal = i % 3};
}

static uint64_t asked(struct flyt_uids_new one, uint32_t again)
{
    return flyt_rng_uid(one.mother, MONTH, one.kind, one.ordinal, again);
}

static void fill(struct flyt_uids_new *list)
{
    for (uint32_t i = 0; i < NEW; i++) {
        list[i] = wish(i);
    }
}

Test(uids, the_first_hash_is_taken_where_it_is_free)
{
    struct flyt_world world = make_world(2, 7);
    struct flyt_uids_new list[NEW];
    fill(list);
    cr_assert_eq(flyt_uids_give(&world, list, NEW), FLYT_OK);
    for (uint32_t i = 0; i < NEW; i++) {
        cr_assert_eq(list[i].uid, asked(list[i], 0));
    }
    cr_assert_eq(flyt_uids_give(&world, NULL, 0), FLYT_OK);
}

Test(uids, a_uid_of_the_world_is_not_given_again)
{
    struct flyt_world world = make_world(2, 7);
    flyt_world_remove(&world, flyt_world_first(&world, 3)); /* a free row is no household */
    world.households.uid[flyt_world_end(&world, 2) - 1] = asked(wish(11), 0);
    world.households.uid[flyt_world_end(&world, 5) - 1] = asked(wish(20), 0);
    world.households.uid[flyt_world_first(&world, 0)] = asked(wish(20), 1);
    world.households.uid[world.households.capacity + 19] = asked(wish(30), 0); /* from outside */
    struct flyt_uids_new list[NEW];
    fill(list);
    cr_assert_eq(flyt_uids_give(&world, list, NEW), FLYT_OK);
    for (uint32_t i = 0; i < NEW; i++) {
        uint32_t again = i == 11 || i == 30 ? 1 : i == 20 ? 2 : 0;
        cr_assert_eq(list[i].uid, asked(list[i], again), "new household %u", i);
    }
}

Test(uids, what_another_asks_for_again_is_taken_too)
{
    struct flyt_world world = make_world(1, 1);
    struct flyt_uids_new list[3] = {wish(4), wish(5), wish(4)}; /* the same hash twice */
    cr_assert_eq(flyt_uids_give(&world, list, 3), FLYT_OK);
    cr_assert_eq(list[1].uid, asked(list[1], 0));
    uint64_t once = asked(list[0], 1), twice = asked(list[0], 2);
    cr_assert((list[0].uid == once && list[2].uid == twice) ||
              (list[0].uid == twice && list[2].uid == once));
}

Test(uids, no_order_of_rows_wishes_or_blocks_changes_them)
{
    struct flyt_uids_new list[NEW], turned[NEW];
    fill(list);
    for (uint32_t i = 0; i < NEW; i++) {
        turned[i] = wish(NEW - 1 - i);
    }
    struct flyt_world a = make_world(1, 1), b = make_world(2, 16);
    for (uint32_t i = 0; i < NEW; i += 5) { /* taken, in other rows each time */
        a.households.uid[flyt_world_first(&a, 0) + i] = asked(wish(i), 0);
        b.households.uid[flyt_world_first(&b, i / 5)] = asked(wish(i), 0);
    }
    cr_assert_eq(flyt_uids_give(&a, list, NEW), FLYT_OK);
    cr_assert_eq(flyt_uids_give(&b, turned, NEW), FLYT_OK);
    for (uint32_t i = 0; i < NEW; i++) {
        cr_assert_eq(list[i].uid, turned[NEW - 1 - i].uid);
        cr_assert_eq(list[i].uid, asked(list[i], i % 5 == 0));
    }
}
