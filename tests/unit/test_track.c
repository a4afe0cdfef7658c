/* Those reached against themselves: a case reckoned by hand, and a world. */
#include "tests/unit/policy_fixture.h"

#include <math.h>

#include "models/composition.h"
#include "output/compare_track.h"

extern const struct flyt_policy flyt_policy_social_lift;

/* ---- by hand -------------------------------------------------------------------------------- */

enum { PAIRS = 2, YEARS = 2, PARKEN = 3, ENGEN = 4 };

static struct flyt_arena arena;
static struct flyt_track with, without;

static uint32_t lift(void)
{
    uint32_t i = 0;
    while (flyt_policies_known[i] != &flyt_policy_social_lift) {
        i++;
    }
    return i;
}

static void lives(struct flyt_track_one *one, uint32_t year, const struct flyt_track_life *life,
                  uint32_t n)
{
    one->life[year] = FLYT_ARENA_ARRAY(&one->arena, struct flyt_track_life, n + 1);
    memcpy(one->life[year], life, n * sizeof *life);
    one->n_life[year] = n;
}

/** Households 1 to 4 are lifted in Parken in the first year. Without, a year later all but 4 live
 *  there, 2 works; with, 1 works there, 2 works and has moved to Engen, 3 is as without, 4 is gone.
 *  Of one adult each, but 3, of two, both outside work. Parken has ten persons, six outside work
 *  without (1, 3, 3 and others); with, pair 0: ten, six (3, 3 and four others, one instead of 2);
 *  pair 1: ten, five. */
static void setup(void)
{
    flyt_arena_init(&arena, 0);
    cr_assert_eq(flyt_track_open(&with, PAIRS, YEARS, &arena), FLYT_OK);
    cr_assert_eq(flyt_track_open(&without, PAIRS, YEARS, &arena), FLYT_OK);
    const struct flyt_track_life before[] = {
        {1, 1000001, PARKEN, 12, 100, 1, false, true, 1, 1},
        {2, 2000000, PARKEN, 0, 100, 0, true, true, 1, 0},
        {3, 1500000, PARKEN, 0, 100, 3, false, true, 2, 2},
        {4, 900000, ENGEN, 0, 500, 0, false, false, 1, 1},
    };
    const struct flyt_track_life after[] = {
        {1, 1800006, PARKEN, 9, 100, 0, true, true, 1, 0},
        {2, 2000000, ENGEN, 0, 510, 0, true, false, 1, 0},
        {3, 1500000, PARKEN, 0, 100, 3, false, true, 2, 2},
    };
    for (uint32_t r = 0; r < PAIRS; r++) {
        struct flyt_track_one *a = &without.one[r], *b = &with.one[r];
        b->policies = 1u << lift();
        b->reach = FLYT_ARENA_ARRAY(&b->arena, struct flyt_track_reach, 4);
        for (uint32_t i = 0; i < 4; i++) {
            b->reach[b->n_reach++] = (struct flyt_track_reach){i + 1, lift(), PARKEN, 505, 1};
        }
        for (uint32_t year = 0; year <= YEARS; year++) {
            lives(a, year, before, 4);
            lives(b, year, after, 3);
            a->outside[year] = 6;
            b->outside[year] = r == 0 ? 6 : 5;
            a->working_age[year] = b->working_age[year] = 10;
        }
    }
}

static void teardown(void)
{
    flyt_track_close(&with);
    flyt_track_close(&without);
    flyt_arena_free(&arena);
}

static double value(const struct flyt_compare_values *values, const struct flyt_track_group *group,
                    const char *name, uint32_t years)
{
    for (uint32_t i = 0; i < group->items.n; i++) {
        if (strcmp(group->items.item[i].name, name) == 0) {
            return *flyt_compare_at(values, i, years, 0);
        }
    }
    cr_assert_fail("no outcome %s", name);
    return NAN;
}

static void expect(const struct flyt_track_group *group, const char *name, double before,
                   double after)
{
    cr_expect_float_eq(value(&group->before, group, name, 1), before, 1e-9, "%s without", name);
    cr_expect_float_eq(value(&group->after, group, name, 1), after, 1e-9, "%s with", name);
}

Test(track, four_households_against_themselves_reckoned_by_hand, .init = setup, .fini = teardown)
{
    struct flyt_track_table table;
    cr_assert_eq(flyt_track_compare(&with, &without, &arena, &table), FLYT_OK);
    cr_assert_eq(table.n_groups, 1);
    const struct flyt_track_group *group = &table.group[0];
    cr_expect_eq(group->reached[1 * PAIRS], 4.0);
    expect(group, "here", 100.0, 75.0);
    expect(group, "works", 100.0 / 3.0, 200.0 / 3.0);
    expect(group, "outside_work", 75.0, 50.0); /* 3 of 4 persons, 2 of 4 */
    expect(group, "cases", 4.0 / 3.0, 1.0);
    expect(group, "deprived", 100.0, 200.0 / 3.0);
    expect(group, "elsewhere", 0.0, 100.0 / 3.0);
    expect(group, "moved", 0.0, 100.0 / 3.0);
    /* to the øre: 45000.01 and 53000.06 DKK over three */
    expect(group, "income", 45000.01 / 3.0, 53000.06 / 3.0);
    expect(group, "child_months", 4.0, 3.0);
    /* two years after: the run ends in the year they would be counted in */
    cr_expect_eq(group->before.n_years, 1);
}

static double part(const struct flyt_track_table *table, enum flyt_leak_part which, uint32_t pair)
{
    return table->part[((size_t)which * (YEARS + 1) + 1) * PAIRS + pair];
}

/** Pair 0: s = s' = .6, n' = 10. In both: 1 is outside no more, (-1, 0): -10 points. Left: 2,
 *  (0, -1): (0 + .6) / 10 = +6. Others: (+1, +1): (1 - .6) / 10 = +4. Sum 0. The control: 5 of 10
 *  outside, -10 points; so all of it is lost. Pair 1: s' = .55; -10, +5.5, others (0, +1) -5.5, sum
 *  -10: nothing is lost. Leakage by means: 1 - 5 / 10 = .5. */
Test(track, parts_of_the_change_and_leakage_reckoned_by_hand, .init = setup, .fini = teardown)
{
    struct flyt_track_table table;
    double leak = NAN, low = NAN, high = NAN;
    static const double hand[FLYT_LEAK_N_PARTS][PAIRS] = {
        {-10.0, -10.0}, {6.0, 5.5},     {0.0, 0.0}, {4.0, -5.5},
        {0.0, -10.0},   {-10.0, -10.0}, {10.0, 0.0}};
    cr_assert_eq(flyt_track_compare(&with, &without, &arena, &table), FLYT_OK);
    cr_assert(table.measured);
    for (uint32_t p = 0; p < FLYT_LEAK_N_PARTS; p++) {
        for (uint32_t r = 0; r < PAIRS; r++) {
            cr_expect_float_eq(part(&table, p, r), hand[p][r], 1e-9, "part %u, pair %u: %g", p, r,
                               part(&table, p, r));
        }
    }
    cr_assert(flyt_track_leakage(&table, 1, &leak, &low, &high));
    cr_expect_float_eq(leak, 0.5, 1e-9);
    /* the control does not vary: mean sum -5 +- t sd / sqrt(2), sd 10 / sqrt(2), over -10 */
    double half = 12.706204736 * 5.0 / 10.0;
    cr_expect_float_eq(low, 0.5 - half, 1e-6, "%g", low);
    cr_expect_float_eq(high, 0.5 + half, 1e-6, "%g", high);
}

Test(track, a_control_that_may_be_chance_has_no_leakage, .init = setup, .fini = teardown)
{
    struct flyt_track_table table;
    double leak = 7.0, low, high;
    struct flyt_track_life *one = with.one[1].life[1];
    one[0].outside = 1; /* in pair 1 nobody found work */
    cr_assert_eq(flyt_track_compare(&with, &without, &arena, &table), FLYT_OK);
    cr_expect_not(flyt_track_leakage(&table, 1, &leak, &low, &high));
    cr_expect_eq(leak, 7.0);
}

Test(track, a_policy_that_both_runs_have_is_not_told_of, .init = setup, .fini = teardown)
{
    struct flyt_track_table table;
    without.one[0].policies = with.one[0].policies;
    cr_assert_eq(flyt_track_compare(&with, &without, &arena, &table), FLYT_OK);
    cr_expect_eq(table.n_groups, 0);
}

Test(track, two_arms_are_wanted_once_each, .init = setup, .fini = teardown)
{
    struct flyt_track base;
    cr_assert_eq(flyt_track_open(&base, PAIRS, YEARS, &arena), FLYT_OK);
    with.one[0].reach[2].uid = 9;
    cr_assert_eq(flyt_track_want(&base, &with), FLYT_OK);
    with.one[0].reach[2].uid = 2;
    with.one[0].reach[3].uid = 7;
    cr_assert_eq(flyt_track_want(&base, &with), FLYT_OK);
    static const uint64_t hand[] = {1, 2, 4, 7, 9};
    cr_assert_eq(base.one[0].n_wanted, FLYT_COUNT(hand));
    cr_expect_arr_eq(base.one[0].wanted, hand, sizeof hand);
    flyt_track_close(&base);
}

/* ---- a world -------------------------------------------------------------------------------- */

static int64_t of(const struct flyt_world *world, const char *name)
{
    return policy_value(world, &flyt_policy_social_lift, name);
}

Test(track, notes_all_who_are_lifted_and_counts_areas_as_they_are_counted)
{
    const char *set[] = {"policies.social_lift.intake=600", NULL};
    struct flyt_world *world = policy_open(set);
    struct flyt_track track;
    int64_t taken_in = 0;
    flyt_arena_init(&arena, 0);
    cr_assert_eq(flyt_track_open(&track, 1, 2, &arena), FLYT_OK);
    cr_assert_eq(flyt_track_watch(&track, world, 0), FLYT_OK);
    for (uint32_t month = 0; month < 24; month++) {
        policy_months(world, month, month + 1);
        taken_in += of(world, "lift_taken_in");
        cr_assert_eq(flyt_track_watch(&track, world, month + 1), FLYT_OK);
        if (month % 12 == 11) { /* Parken is the only area on a list at the start */
            const struct flyt_composition_counts *now = flyt_composition_now(world->composition, 0);
            uint32_t year = month / 12 + 1;
            cr_expect_eq(track.one[0].outside[year], now->outside_work);
            cr_expect_eq(track.one[0].working_age[year], now->working_age);
        }
    }
    const struct flyt_track_one *one = &track.one[0];
    cr_assert_gt(taken_in, 10);
    cr_expect(one->n_reach <= taken_in && one->n_reach + 3 > taken_in); /* who left in that month */
    uint32_t n_in = 0;
    for (uint32_t i = 0; i < one->n_reach; i++) {
        const struct flyt_track_reach *reach = &one->reach[i];
        cr_expect(i == 0 || one->reach[i - 1].uid < reach->uid);
        cr_expect_eq(reach->area, 0);
        cr_expect_eq(reach->year, (uint32_t)(reach->month - (2024 - 1900) * 12) / 12 + 1);
        n_in += flyt_track_find(one, 2, reach->uid) != NULL;
    }
    cr_expect_eq(n_in, of(world, "lift_followed"));
    cr_expect_eq(one->n_life[2], n_in);
    flyt_track_close(&track);
    flyt_arena_free(&arena);
    policy_close();
}
