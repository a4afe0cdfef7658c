/* Who finds whom: one single more shifts no other pair, no order of lists matters; and what moves
   where when couples form and part. */
#include <criterion/criterion.h>

#include "tests/unit/life_fixture.h"

enum { N = 400 };

static struct life_world life;
static struct flyt_params params;

static void setup(void)
{
    params = life_defaults();
    life_open(&life, &params, (struct flyt_par){1, 16, 0}, 3000, 1.3);
}

static void teardown(void)
{
    life_close(&life);
}

TestSuite(couples, .init = setup, .fini = teardown);

/** A single of its own home, aged 20 to 59. */
static struct flyt_single single(uint32_t ordinal, uint32_t kind)
{
    uint64_t uid = flyt_rng_uid(kind, 0, FLYT_STREAM_test, ordinal, 0);
    return (struct flyt_single){.uid = uid,
                                .household = ordinal,
                                .home = ordinal * 2 + kind,
                                .born = (int16_t)(LIFE_START - 240 - (int)(uid % 480)),
                                .origin = uid >> 20 & 1 ? 0 : 2};
}

struct result {
    uint32_t n;
    uint64_t husband[N + 1]; /* of woman i, 0: none */
};

/** Matches n_women and n_men, listed backwards when told. */
static struct result match(uint32_t n_women, uint32_t n_men, bool backwards)
{
    static struct flyt_single woman[N + 1], man[N + 1];
    static bool taken[2 * N + 2];
    static struct flyt_pair pair[(N + 1) * 64];
    for (uint32_t i = 0; i < n_women; i++) {
        woman[backwards ? n_women - 1 - i : i] = single(i, 0);
    }
    for (uint32_t i = 0; i < n_men; i++) {
        man[backwards ? n_men - 1 - i : i] = single(i, 1);
    }
    memset(taken, 0, sizeof taken);
    struct result result = {0};
    result.n =
        flyt_couples_match(&life.world, &params.couples, woman, n_women, man, n_men, taken, pair);
    for (uint32_t i = 0; i < result.n; i++) {
        const struct flyt_single *w = &woman[pair[i].woman], *m = &man[pair[i].man];
        cr_assert_eq(result.husband[w->household], 0, "one man at most");
        result.husband[w->household] = m->uid;
        double off = (w->born - m->born) / 12.0 - params.couples.age_gap;
        cr_assert(off <= params.couples.gap_most && -off <= params.couples.gap_most);
        for (uint32_t k = 0; k < i; k++) {
            cr_assert_neq(pair[k].man, pair[i].man, "one woman at most");
        }
        cr_assert(i == 0 || pair[i].cost >= pair[i - 1].cost);
    }
    return result;
}

static uint32_t differ(const struct result *a, const struct result *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < N; i++) {
        n += a->husband[i] != b->husband[i];
    }
    return n;
}

Test(couples, most_singles_find_somebody)
{
    struct result result = match(N, N, false);
    cr_assert(result.n > N * 6 / 10, "got %u pairs", result.n);
}

Test(couples, the_order_of_the_lists_does_not_matter)
{
    struct result forwards = match(N, N, false), backwards = match(N, N, true);
    cr_assert_eq(forwards.n, backwards.n);
    cr_assert_eq(differ(&forwards, &backwards), 0);
}

Test(couples, one_single_more_shifts_only_those_it_meets)
{
    struct result before = match(N - 1, N - 1, false);
    struct result man = match(N - 1, N, false), woman = match(N, N - 1, false);
    cr_assert(differ(&before, &man) <= 8, "a man more: %u of %u", differ(&before, &man), N);
    before.husband[N - 1] = woman.husband[N - 1]; /* herself */
    cr_assert(differ(&before, &woman) <= 8, "a woman more: %u of %u", differ(&before, &woman), N);
}

Test(couples, nobody_pairs_inside_a_home_or_past_six_children)
{
    struct flyt_single woman = single(1, 0), man = single(1, 1);
    man.born = (int16_t)(woman.born - 28);
    man.origin = woman.origin;
    bool taken[2] = {false, false};
    struct flyt_pair pair[64];
    struct flyt_world *world = &life.world;
    cr_assert_eq(flyt_couples_match(world, &params.couples, &woman, 1, &man, 1, taken, pair), 1);
    taken[0] = taken[1] = false;
    woman.home = man.home;
    cr_assert_eq(flyt_couples_match(world, &params.couples, &woman, 1, &man, 1, taken, pair), 0);
    woman.home++;
    woman.n_children = man.n_children = 4;
    cr_assert_eq(flyt_couples_match(world, &params.couples, &woman, 1, &man, 1, taken, pair), 0);
}

/** First household of the fixture with so many adults, children and a home of its own. */
static uint32_t find(uint32_t n_adults, uint32_t n_children, uint32_t after)
{
    FLYT_EACH_HOUSEHOLD(&life.world, i)
    {
        const struct flyt_household *row = &life.world.households.row[i];
        if (i > after && flyt_people_adults(row) == n_adults &&
            flyt_people_children(row, LIFE_START) == n_children) {
            return i;
        }
    }
    cr_assert_fail("the fixture has no such household");
    return FLYT_NONE;
}

Test(couples, a_couple_that_parts_and_meets_again_loses_nobody_and_no_money)
{
    struct flyt_world *world = &life.world;
    uint32_t couple = find(2, 2, 0);
    struct flyt_household *row = &world->households.row[couple];
    row->savings_ore = 1000001;
    uint32_t persons = flyt_people_persons(row);
    uint32_t leaver = flyt_world_add(world, couple, 12345);
    flyt_couples_part(world, couple, leaver);
    struct flyt_household *other = &world->households.row[leaver];
    cr_assert_eq(flyt_people_persons(row) + flyt_people_persons(other), persons);
    cr_assert_eq(row->savings_ore + other->savings_ore, 1000001);
    cr_assert(other->flags & FLYT_HIDDEN);
    cr_assert_eq(other->home, row->home);
    cr_assert_neq(row->person[0] & 1, other->person[0] & 1, "a man here, a woman there");
    uint32_t here = flyt_people_children(row, LIFE_START);
    uint32_t there = flyt_people_children(other, LIFE_START);
    cr_assert((here == 2 && there == 0) || (here == 0 && there == 2), "children stay together");
    cr_assert(flyt_couples_keeps(world, couple, leaver), "the one with a home of its own");
    flyt_couples_merge(world, couple, leaver);
    cr_assert_eq(flyt_people_persons(row), persons);
    cr_assert_eq(row->savings_ore, 1000001);
}

Test(couples, children_follow_the_woman_as_often_as_told)
{
    struct flyt_world *world = &life.world;
    uint32_t with_woman = 0, n = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        struct flyt_household copy = world->households.row[i];
        if (flyt_people_adults(&copy) != 2 || flyt_people_children(&copy, LIFE_START) == 0) {
            continue;
        }
        uint32_t leaver = flyt_world_add(world, i, 999);
        flyt_couples_part(world, i, leaver);
        const struct flyt_household *one = &world->households.row[i];
        const struct flyt_household *two = &world->households.row[leaver];
        const struct flyt_household *parent = flyt_people_children(one, LIFE_START) > 0 ? one : two;
        with_woman += parent->person[0] & 1;
        n++;
        world->households.row[i] = copy;
        flyt_world_remove(world, leaver);
    }
    cr_assert_gt(n, 150);
    cr_assert_float_eq((double)with_woman / n, 0.87, 3.0 * sqrt(0.87 * 0.13 / n));
}
