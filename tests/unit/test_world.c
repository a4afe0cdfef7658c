/* The columns of a world: screening, luck, bounds, and invariants that are broken on purpose. */
#include <criterion/criterion.h>
#include <string.h>

#include "sim/world.h"

enum { N = 5000, HOMES = 5200, PURPOSE = 2 };

static struct flyt_arena arena, step_arena;
static struct flyt_diag diag;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&step_arena, 0);
}

static void teardown(void)
{
    flyt_arena_free(&arena);
    flyt_arena_free(&step_arena);
}

TestSuite(world, .init = setup, .fini = teardown);

/** A world in which household i lives in home i. */
static struct flyt_world make_world(uint32_t n_blocks)
{
    struct flyt_world world = {.key = {7, 3},
                               .par = {2, n_blocks, 0},
                               .month = 4,
                               .run_arena = &arena,
                               .step_arena = &step_arena,
                               .diag = &diag};
    cr_assert_eq(flyt_world_init(&world, N, HOMES, 4), FLYT_OK);
    for (uint32_t i = 0; i < HOMES; i++) {
        world.dwellings.section[i] = i % 4;
    }
    for (uint32_t i = 0; i < N; i++) { /* the capacity is N: every row is used */
        uint64_t uid = flyt_rng_uid(1, 0, FLYT_STREAM_test, i, 0);
        uint32_t household = flyt_world_add(&world, FLYT_NONE, uid);
        cr_assert_neq(household, FLYT_NONE);
        world.households.row[household].home = household;
        world.households.row[household].section = household % 4;
        world.dwellings.occupant[household] = household;
    }
    for (uint32_t block = 0; block < n_blocks; block++) {
        flyt_world_draw_luck(&world, block);
    }
    return world;
}

Test(world, screening_finds_exactly_those_whose_luck_is_below_their_bound)
{
    struct flyt_world world = make_world(7);
    const uint16_t *luck = world.households.luck[PURPOSE];
    uint32_t expected = 0, found = 0;
    for (uint32_t i = 0; i < N; i++) {
        world.households.bound[PURPOSE][i] = (uint16_t)(i * 13 % 9000);
        expected += luck[i] < world.households.bound[PURPOSE][i];
    }
    for (uint32_t block = 0; block < 7; block++) {
        struct flyt_list list;
        cr_assert_eq(flyt_list_init(&list, &arena, N), FLYT_OK);
        flyt_world_screen(&world, block, PURPOSE, &list);
        for (uint32_t i = 0; i < list.n; i++) {
            cr_assert_lt(luck[list.row[i]], world.households.bound[PURPOSE][list.row[i]]);
            cr_assert(i == 0 || list.row[i] > list.row[i - 1], "rows come in order, once each");
        }
        found += list.n;
    }
    cr_assert_gt(expected, 100);
    cr_assert_eq(found, expected);
}

Test(world, luck_refines_the_sixteen_bits_it_is_screened_by)
{
    struct flyt_world world = make_world(7);
    double sum = 0.0;
    for (uint32_t i = 0; i < N; i++) {
        double u = flyt_world_luck(&world, PURPOSE, FLYT_STREAM_test, i);
        cr_assert_eq((uint16_t)(u * 65536.0), world.households.luck[PURPOSE][i]);
        sum += u;
    }
    cr_assert_float_eq(sum / N, 0.5, 4.0 / 12.0 / 70.7); /* four standard errors */
}

Test(world, both_months_of_a_pair_share_one_draw_but_not_their_luck)
{
    struct flyt_world world = make_world(1);
    uint16_t even = world.households.luck[PURPOSE][17];
    world.month = 5;
    flyt_world_draw_luck(&world, 0);
    cr_assert_eq(world.households.luck[PURPOSE][17], even);
    uint32_t equal = 0;
    for (uint32_t i = 0; i < N; i++) {
        double odd = flyt_world_luck(&world, PURPOSE, FLYT_STREAM_test, i);
        equal += (uint16_t)(odd * 65536.0) == world.households.luck[PURPOSE][i];
    }
    cr_assert_lt(equal, 5);
}

Test(world, a_bound_is_never_below_its_hazard)
{
    for (uint32_t i = 0; i <= 100000; i++) {
        double hazard = i / 100000.0;
        double bound = flyt_world_bound(hazard) / 65536.0;
        cr_assert(bound >= hazard || flyt_world_bound(hazard) == 65535);
        cr_assert_leq(bound - hazard, 1.0 / 65536.0);
    }
    cr_assert_eq(flyt_world_bound(0.0), 0);
}

Test(world, a_sound_world_passes_every_check)
{
    struct flyt_world world = make_world(16);
    cr_assert_eq(flyt_world_check_fully(&world), FLYT_OK);
    cr_assert_eq(diag.n_faults, 0);
}

Test(world, a_lost_household_is_noticed_each_month)
{
    struct flyt_world world = make_world(16);
    world.dwellings.occupant[77] = FLYT_NONE;
    cr_assert_eq(flyt_world_check(&world), FLYT_ERR_INVARIANT);
}

Test(world, a_home_given_to_two_is_noticed)
{
    struct flyt_world world = make_world(16);
    world.households.row[10].home = 11;
    cr_assert_eq(flyt_world_check_fully(&world), FLYT_ERR_INVARIANT);
}

Test(world, a_household_outside_all_homes_is_noticed)
{
    struct flyt_world world = make_world(16);
    world.households.row[10].home = FLYT_NONE;
    cr_assert_eq(flyt_world_check_fully(&world), FLYT_ERR_INVARIANT);
}

Test(world, a_uid_given_twice_is_noticed)
{
    struct flyt_world world = make_world(16);
    world.households.uid[4000] = world.households.uid[12];
    cr_assert_eq(flyt_world_check_fully(&world), FLYT_ERR_INVARIANT);
}

static void tally_sections(const struct flyt_world *world, uint32_t household, int64_t *cell)
{
    cell[world->households.row[household].section]++;
    cell[4] += household;
}

Test(world, sums_over_households_are_those_of_one_after_the_other)
{
    static const uint32_t blocks[] = {1, 16, 256};
    for (size_t b = 0; b < FLYT_COUNT(blocks); b++) {
        struct flyt_world world = make_world(blocks[b]);
        int64_t sum[5] = {77, 77, 77, 77, 77}, again[5], expected[5] = {0};
        world.dwellings.occupant[world.households.row[42].home] = FLYT_NONE;
        flyt_world_remove(&world, 42);
        FLYT_EACH_HOUSEHOLD(&world, i)
        {
            tally_sections(&world, i, expected);
        }
        flyt_world_sum(&world, tally_sections, 5, sum);
        cr_assert_arr_eq(sum, expected, sizeof sum);
        struct flyt_arena full;
        flyt_arena_init(&full, 1); /* no room for scratch */
        world.step_arena = &full;
        flyt_world_sum(&world, tally_sections, 5, again);
        cr_assert_arr_eq(again, expected, sizeof again);
    }
}

Test(world, the_hash_does_not_depend_on_the_order_of_rows)
{
    struct flyt_world world = make_world(16);
    uint64_t before = flyt_world_hash(&world);
    uint64_t uid = world.households.uid[5];
    struct flyt_household row = world.households.row[5];
    struct flyt_household_cold cold = world.households.cold[5];
    world.households.uid[5] = world.households.uid[900];
    world.households.row[5] = world.households.row[900];
    world.households.cold[5] = world.households.cold[900];
    world.households.uid[900] = uid;
    world.households.row[900] = row;
    world.households.cold[900] = cold;
    cr_assert_eq(flyt_world_hash(&world), before);
    world.households.row[900].moved_in++;
    cr_assert_neq(flyt_world_hash(&world), before);
}

Test(world, a_full_world_refuses_another_household)
{
    struct flyt_world world = make_world(16);
    cr_assert_eq(flyt_world_count(&world), N);
    cr_assert_eq(flyt_world_add(&world, FLYT_NONE, 99), FLYT_NONE);
}

Test(world, a_row_that_was_freed_is_used_again_with_new_luck)
{
    struct flyt_world world = make_world(16);
    uint16_t luck = world.households.luck[0][123];
    world.dwellings.occupant[123] = FLYT_NONE;
    flyt_world_remove(&world, 123);
    cr_assert_eq(flyt_world_count(&world), N - 1);
    cr_assert_eq(flyt_world_check_fully(&world), FLYT_OK);
    cr_assert_eq(flyt_world_add(&world, FLYT_NONE, 99), 123);
    cr_assert_neq(world.households.luck[0][123], luck);
    cr_assert_eq(world.households.row[123].born[0], FLYT_NO_MONTH);
    cr_assert_eq(world.households.row[123].wanted, FLYT_NONE);
}

Test(world, a_hidden_household_lives_in_a_home_that_is_another_s)
{
    struct flyt_world world = make_world(16);
    world.dwellings.occupant[123] = FLYT_NONE;
    world.households.row[123].home = 124;
    world.households.row[123].section = 124 % 4;
    cr_assert_eq(flyt_world_check(&world), FLYT_ERR_INVARIANT);
    world.households.row[123].flags = FLYT_HIDDEN;
    cr_assert_eq(flyt_world_check_fully(&world), FLYT_ERR_INVARIANT);
    world.n_hidden = 1;
    cr_assert_eq(flyt_world_check_fully(&world), FLYT_OK);
}
