/* Waiting lists: Little's law, rates of signing up and lapsing, who stands where. */
#include <criterion/criterion.h>

#include "models/lifecourse.h"
#include "sim/num.h"
#include "tests/unit/letting_fixture.h"

static struct letting_test test;
static const uint8_t no_list[] = {FLYT_LIST_none};

enum { FAMILY = FLYT_KIND_almen_family, PRIVATE = FLYT_KIND_private_rental };

/** Two organisations, one with youth homes; renters elsewhere. */
static const struct letting_section town[] = {{0, 0, FAMILY, 0, 200},
                                              {0, 1, FAMILY, 0, 100},
                                              {0, 0, FLYT_KIND_almen_youth, 0, 60},
                                              {0, 0, FLYT_KIND_almen_elderly, 0, 40},
                                              {0, FLYT_NONE, PRIVATE, 0, 3000},
                                              {0, FLYT_NONE, FLYT_KIND_owner, 0, 1000}};

enum { TOWN_SECTIONS = 6, TOWN_HOMES = 4400 };

static void setup(void)
{
    letting_open(&test, town, TOWN_SECTIONS, 1, 2, no_list, 1, (struct flyt_par){1, 8, 0});
}

static void teardown(void)
{
    letting_shut(&test);
}

TestSuite(lists, .init = setup, .fini = teardown);

static void populate(void)
{
    for (uint32_t d = 0; d < TOWN_HOMES; d++) {
        uint32_t u = flyt_rng_below((struct flyt_rng_key){5, 0}, d + 1, 0, FLYT_STREAM_test, 0, 70);
        letting_settle(&test, d, 20 + (int32_t)u,
                       u > 47                ? FLYT_WORK_pension
                       : u < 8 && d % 3 == 0 ? FLYT_WORK_student
                                             : FLYT_WORK_employed);
        if (u > 50 && d % 2 == 0) {
            letting_fail(&test, test.world.dwellings.occupant[d]);
        }
    }
}

/** What the search phase does: every household's small hazards, by a uniform of its own. */
static void events(uint32_t *n_above)
{
    struct flyt_world *world = &test.world;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
            if (world->households.uid[i] == 0) {
                continue;
            }
            double rate = flyt_lists_rate(world, i), hazard = 1.0 - flyt_num_exp(-rate / 12.0);
            double u = flyt_rng_unit(world->key, world->households.uid[i], world->month,
                                     FLYT_STREAM_test, 1);
            *n_above += rate > flyt_lists_rate_most(world, i);
            if (u < hazard) {
                flyt_lists_event(world, block, i, u / hazard);
            }
        }
    }
}

/** Moves on at random, so that homes fall vacant and members die. */
static void churn(void)
{
    for (uint32_t d = 0; d < TOWN_HOMES; d++) {
        double u = flyt_rng_unit((struct flyt_rng_key){6, 0}, d + 1, test.world.month,
                                 FLYT_STREAM_test, 0);
        if (test.world.dwellings.occupant[d] != FLYT_NONE && u < 0.01) {
            letting_leave(&test, d);
        }
        if (test.world.dwellings.occupant[d] == FLYT_NONE && d >= 400) {
            letting_settle(&test, d, 20 + (int32_t)(u * 6000.0), FLYT_WORK_employed);
        }
    }
}

static double by_section(const struct flyt_world *world, uint32_t household, uint32_t dwelling)
{
    return 3.0 * flyt_rng_unit(world->key, world->households.uid[household], 0, FLYT_STREAM_test,
                               10 + world->dwellings.section[dwelling]) -
           2.0;
}

/** Mean length = arrivals x mean wait, where nobody is on the list at the start or at the end. */
Test(lists, little_s_law_holds_on_every_list)
{
    uint32_t n_above = 0, n_lists = test.world.letting->lists.n, n_used = 0;
    const int months = 360, drained = 900;
    populate();
    letting_wants = by_section;
    test.params.lists.renters = 0.3;
    int64_t counted[16] = {0};
    for (int month = 0; month < months + drained; month++, letting_next(&test)) {
        if (month == months) { /* nobody signs up any more; the lists run empty */
            test.params.lists.renters = test.params.lists.owners = 0;
            test.params.lists.searching = test.params.lists.forced = 0;
            test.params.lists.elderly = test.params.need.cases = 0;
        }
        churn();
        events(&n_above);
        letting_month(&test, 4);
        for (uint32_t l = 0; l < n_lists; l++) {
            counted[l] += test.world.letting->lists.list[l].n;
        }
    }
    cr_assert_eq(n_above, 0);
    for (uint32_t l = 0; l < n_lists; l++) {
        const struct flyt_lists_list *list = &test.world.letting->lists.list[l];
        if (list->arrivals == 0) {
            continue;
        }
        n_used++;
        cr_assert_eq(list->n, 0, "list %u still has %u", l, list->n);
        cr_assert_eq(list->arrivals, list->departures);
        double length = (double)counted[l] / (months + drained);
        double arrivals = (double)list->arrivals / (months + drained);
        double wait = (double)list->waited_months / (double)list->departures;
        cr_assert_gt(list->arrivals, 20);
        cr_assert_float_eq(length, arrivals * wait, 0.01 * length, "list %u: %g, %g x %g", l,
                           length, arrivals, wait);
        cr_assert_eq(counted[l], list->person_months);
    }
    cr_assert_geq(n_used, 5); /* both organisations, youth, the elderly, the queue */
}

/** The same in a steady state, cut at both ends: within 1 % since the lists are long. */
Test(lists, little_s_law_holds_in_a_steady_state)
{
    populate();
    test.params.need.cases = 0;
    test.params.lists.renters = 0.3;
    test.params.lists.lapse = 1.0;
    uint32_t n_above = 0;
    const int warm = 240, months = 2400;
    for (uint32_t d = 0; d < 400; d++) {
        test.world.dwellings.rooms[d] = 0; /* nobody is let a home */
    }
    struct flyt_lists_list at[2], *list = test.world.letting->lists.list;
    for (int month = 0; month < warm + months; month++, letting_next(&test)) {
        events(&n_above);
        flyt_arena_empty(&test.step_arena);
        cr_assert_eq(flyt_lists_step(&test.world), FLYT_OK);
        for (uint32_t l = 0; l < 2 && month + 1 == warm; l++) {
            at[l] = list[l];
        }
    }
    for (uint32_t l = 0; l < 2; l++) {
        double length = (double)(list[l].person_months - at[l].person_months) / months;
        double arrivals = (double)(list[l].arrivals - at[l].arrivals) / months;
        double wait = (double)(list[l].waited_months - at[l].waited_months) /
                      (double)(list[l].departures - at[l].departures);
        cr_assert_float_eq(length, arrivals * wait, 0.01 * length);
        cr_assert_float_eq(wait, 13.2, 0.9, "%g", wait); /* 12, and some have other events first */
    }
}

Test(lists, renters_owners_and_the_elderly_sign_up_at_their_rates)
{
    populate();
    test.params.need.cases = 0;
    test.params.lists.youth_share = 0;
    uint32_t n[2] = {0}, joined[2] = {0}, n_old = 0, applied = 0, n_above = 0;
    for (int month = 0; month < 120; month++, letting_next(&test)) {
        uint32_t elderly = flyt_lists_elderly(&test.world.letting->lists, 0);
        FLYT_EACH_HOUSEHOLD(&test.world, i)
        {
            /* once on a list it is struck off, so that all can sign up anew */
            memset(test.world.households.cold[i].list_since, 0, 6);
            const struct flyt_household *row = &test.world.households.row[i];
            n[row->section == 5]++;
            n_old += flyt_frailty_count(row) > 0 && row->section != 3 &&
                     flyt_people_age(row->born[0], test.world.calendar) >= 65;
        }
        events(&n_above);
        FLYT_EACH_HOUSEHOLD(&test.world, i)
        {
            const struct flyt_household *row = &test.world.households.row[i];
            const struct flyt_household_cold *cold = &test.world.households.cold[i];
            bool old = cold->list_organisation[0] == elderly;
            joined[row->section == 5] += cold->list_since[0] != 0 && !old;
            applied += cold->list_since[0] != 0 && old;
            cr_assert(!old || flyt_frailty_count(row) > 0, "only those who need help apply");
        }
        flyt_arena_empty(&test.step_arena);
        cr_assert_eq(flyt_lists_step(&test.world), FLYT_OK);
    }
    cr_assert_float_eq(12.0 * joined[0] / n[0], 0.03, 0.0025);
    cr_assert_float_eq(12.0 * joined[1] / n[1], 0.01, 0.0025);
    cr_assert_float_eq(12.0 * applied / n_old, 0.1, 0.012);
}

Test(lists, searchers_sign_up_sooner_and_the_forced_at_once)
{
    populate();
    uint32_t forced[3], willing[3];
    for (uint32_t block = 0, i = 0; i < 2000; i++) {
        uint32_t household = test.world.dwellings.occupant[400 + i];
        block = flyt_world_block(&test.world, household);
        test.world.households.row[household].search_since = test.world.calendar;
        test.world.households.row[household].flags |= i % 2 ? FLYT_FORCED : 0;
        flyt_list_push(&test.housing.searching[block], household);
    }
    for (int month = 0; month < 3; month++, letting_next(&test)) {
        flyt_arena_empty(&test.step_arena);
        cr_assert_eq(flyt_lists_step(&test.world), FLYT_OK);
        forced[month] = willing[month] = 0;
        for (uint32_t i = 0; i < 2000; i++) {
            uint32_t household = test.world.dwellings.occupant[400 + i];
            bool on = test.world.households.cold[household].list_since[0] != 0;
            *(i % 2 ? &forced[month] : &willing[month]) += on;
        }
    }
    /* 1 - exp(-7/12) = .442, 1 - exp(-.3/12) = .0247 */
    cr_assert_float_eq((double)forced[0], 442, 50, "%u", forced[0]);
    cr_assert_float_eq((double)willing[0], 25, 16, "%u", willing[0]);
    cr_assert_gt(forced[2], 780u); /* 1 - exp(-7/4) = .826 */
}

Test(lists, a_household_stands_on_three_lists_at_most_and_on_none_twice)
{
    populate();
    uint32_t n_above = 0;
    test.params.lists.renters = test.params.lists.owners = 3;
    test.params.lists.lapse = 0;
    for (int month = 0; month < 60; month++, letting_next(&test)) {
        events(&n_above);
        flyt_arena_empty(&test.step_arena);
        cr_assert_eq(flyt_lists_step(&test.world), FLYT_OK);
    }
    uint32_t n = 0;
    FLYT_EACH_HOUSEHOLD(&test.world, i)
    {
        const struct flyt_household_cold *cold = &test.world.households.cold[i];
        for (uint32_t k = 0; k < 3; k++) {
            n += cold->list_since[k] != 0;
            for (uint32_t j = 0; j < k; j++) {
                cr_assert(cold->list_since[j] == 0 || cold->list_since[k] == 0 ||
                          cold->list_organisation[j] != cold->list_organisation[k]);
            }
        }
    }
    int64_t members = 0;
    for (uint32_t l = 0; l < flyt_lists_queue(&test.world.letting->lists, 0); l++) {
        const struct flyt_lists_list *list = &test.world.letting->lists.list[l];
        members += list->n;
        for (uint32_t i = 1; i < list->n; i++) {
            const struct flyt_lists_member *a = &list->member[i - 1], *b = &list->member[i];
            cr_assert(a->since < b->since || (a->since == b->since && a->uid < b->uid));
        }
    }
    cr_assert_eq(members, n);
    cr_assert_gt(n, 5000u);
}

Test(lists, the_start_has_the_assumed_length_and_ages)
{
    populate();
    cr_assert_eq(flyt_lists_start(&test.world), FLYT_OK);
    double members = (double)flyt_letting_members(&test.world, 0);
    cr_assert_float_eq(members, 0.6 * 360, 0.12 * 360); /* homes of family and youth */
    double waited = 0;
    for (uint32_t l = 0; l < 4; l++) {
        const struct flyt_lists_list *list = &test.world.letting->lists.list[l];
        for (uint32_t i = 0; i < list->n; i++) {
            cr_assert_lt(list->member[i].since, test.world.calendar);
            waited += test.world.calendar - list->member[i].since;
        }
    }
    cr_assert_float_eq(waited / members, 48, 10);
}

Test(lists, members_follow_a_household_that_gets_another_row)
{
    populate();
    uint32_t from = test.world.dwellings.occupant[500], to = test.world.dwellings.occupant[501];
    letting_join(&test, test.world.dwellings.occupant[502], 0, LETTING_START - 9);
    letting_join(&test, from, 0, LETTING_START - 9);
    uint64_t uid = test.world.households.uid[from];
    test.world.households.uid[to] = uid; /* as migration.c does for who comes from outside */
    test.world.households.cold[to] = test.world.households.cold[from];
    test.world.households.uid[from] = 0;
    flyt_lists_follow(&test.world, from, to);
    flyt_arena_empty(&test.step_arena);
    cr_assert_eq(flyt_lists_step(&test.world), FLYT_OK);
    cr_assert_eq(test.world.letting->lists.list[0].n, 2);
    test.world.households.uid[to] = 0; /* and is gone when it leaves */
    test.world.households.uid[from] = 0;
    flyt_arena_empty(&test.step_arena);
    cr_assert_eq(flyt_lists_step(&test.world), FLYT_OK);
    cr_assert_eq(test.world.letting->lists.list[0].n, 1);
}

/* ---- acute need ---------------------------------------------------------------------------- */

Test(lists, acute_need_arises_among_renters_at_its_rate)
{
    populate();
    test.params.lists.renters = test.params.lists.owners = 0;
    test.params.lists.elderly = 0;
    test.params.need.cases = 35;
    flyt_arena_empty(&test.step_arena);
    cr_assert_eq(flyt_need_year(&test.world), FLYT_OK);
    uint32_t n_above = 0, owners = 0;
    for (int month = 0; month < 120; month++, letting_next(&test)) {
        events(&n_above);
        flyt_arena_empty(&test.step_arena);
        cr_assert_eq(flyt_lists_step(&test.world), FLYT_OK);
        FLYT_EACH_HOUSEHOLD(&test.world, i)
        {
            struct flyt_household *row = &test.world.households.row[i];
            owners += row->section == 5 && row->flags & FLYT_QUEUED;
            row->flags &= (uint8_t) ~(FLYT_QUEUED | FLYT_FORCED); /* housed at once */
        }
    }
    uint32_t queue = flyt_lists_queue(&test.world.letting->lists, 0);
    double cases = (double)test.world.letting->lists.list[queue].arrivals;
    cr_assert_eq(owners, 0);
    cr_assert_float_eq(cases / 10.0, 35 * TOWN_HOMES / 1000.0, 0.06 * 35 * TOWN_HOMES / 1000.0);
}

Test(lists, the_queue_is_in_order_of_right_and_time_and_the_housed_leave)
{
    populate();
    uint32_t a = test.world.dwellings.occupant[500], b = test.world.dwellings.occupant[501];
    uint32_t c = test.world.dwellings.occupant[502];
    struct flyt_world *world = &test.world;
    flyt_need_event(world, flyt_world_block(world, a), a);
    flyt_arena_empty(&test.step_arena);
    cr_assert_eq(flyt_lists_step(world), FLYT_OK);
    letting_next(&test);
    flyt_need_event(world, flyt_world_block(world, b), b);
    cr_assert_eq(flyt_need_owe(world, c, FLYT_NEED_refused), FLYT_OK);
    cr_assert_eq(flyt_need_owe(world, b, FLYT_NEED_rehousing), FLYT_OK);
    flyt_arena_empty(&test.step_arena);
    cr_assert_eq(flyt_lists_step(world), FLYT_OK);
    const struct flyt_lists_list *queue =
        &world->letting->lists.list[flyt_lists_queue(&world->letting->lists, 0)];
    cr_assert_eq(queue->n, 3);
    cr_assert_eq(queue->member[0].household, b); /* rehousing before acute need before an offer */
    cr_assert_eq(queue->member[1].household, a);
    cr_assert_eq(queue->member[2].household, c);
    world->households.row[a].flags &= (uint8_t)~FLYT_QUEUED;
    flyt_arena_empty(&test.step_arena);
    cr_assert_eq(flyt_lists_step(world), FLYT_OK);
    cr_assert_eq(queue->n, 2);
    cr_assert_eq(world->households.cold[a].queued_since, 0);
}

/* ---- the same bits ------------------------------------------------------------------------- */

static uint64_t after_years(struct flyt_par par)
{
    letting_open(&test, town, TOWN_SECTIONS, 1, 2, no_list, 1, par);
    populate();
    letting_wants = by_section;
    test.params.lists.renters = 0.3;
    uint32_t n_above = 0;
    uint64_t homes = 0;
    for (int month = 0; month < 48; month++, letting_next(&test)) {
        churn();
        events(&n_above);
        homes = homes * 31 + letting_month(&test, 4);
    }
    return flyt_world_hash(&test.world) ^ homes;
}

Test(lists, results_depend_on_no_thread_or_block)
{
    letting_shut(&test);
    uint64_t hash = after_years((struct flyt_par){1, 8, 0});
    static const struct flyt_par others[] = {{3, 8, 0}, {2, 64, 5}, {7, 31, 9}};
    for (size_t i = 0; i < FLYT_COUNT(others); i++) {
        letting_shut(&test);
        cr_assert_eq(after_years(others[i]), hash, "%zu", i);
    }
}
