#include <math.h>

#include "sim/num.h"
#include "tests/unit/market_fixture.h"

static struct market market;

static void setup(void)
{
    market_open(&market, 4000, 3, market_plain);
}

static void teardown(void)
{
    market_close(&market);
}

TestSuite(search, .init = setup, .fini = teardown);

Test(search, rate_is_that_of_the_tenure_times_a_factor_of_age)
{
    struct flyt_world *world = market.world;
    const double rate[] = {0.02, 0.45, 0.04, 0.05};
    for (uint32_t tenure = 0; tenure < FLYT_N_TENURES; tenure++) {
        uint32_t i = market_household(world, tenure);
        struct flyt_household *row = &world->households.row[i];
        row->born[1] = FLYT_NO_MONTH;
        row->born[0] = (int16_t)(world->calendar - 35 * 12);
        cr_expect_float_eq(flyt_search_rate(world, i), rate[tenure], 1e-12);
        row->born[0] = (int16_t)(world->calendar - 25 * 12);
        cr_expect_float_eq(flyt_search_rate(world, i), rate[tenure] * exp(0.45), 1e-12);
        row->born[0] = (int16_t)(world->calendar - 80 * 12);
        cr_expect_float_eq(flyt_search_rate(world, i), rate[tenure] * 0.35, 1e-12);
        world->sections.kind[row->section] = FLYT_KIND_almen_youth;
        cr_expect_float_eq(flyt_search_rate(world, i), 0.13 * 0.35, 1e-12);
    }
}

Test(search, hazard_grows_with_the_gain_up_to_three)
{
    const struct flyt_search_params *params = &market_params(&market)->search;
    cr_expect_float_eq(flyt_search_hazard(params, 0.45, 0.0), 1.0 - exp(-0.0375), 1e-14);
    cr_expect_float_eq(flyt_search_hazard(params, 0.45, 2.0), 1.0 - exp(-0.0375 * exp(1.0)), 1e-14);
    double most = flyt_search_hazard(params, 0.45, 3.0);
    cr_expect_float_eq(most, 1.0 - exp(-0.0375 * exp(1.5)), 1e-14);
    cr_expect_eq(flyt_search_hazard(params, 0.45, 9.0), most);
    cr_expect_eq(flyt_search_hazard(params, 0.45, -1.0), flyt_search_hazard(params, 0.45, 0.0));
}

Test(search, bounds_worked_out_together_are_those_of_the_hazards)
{
    enum { PURPOSE = 3 };
    struct flyt_world *world = market.world;
    uint16_t *bound = world->households.bound[PURPOSE];
    uint32_t few[FLYT_CHOICE_BATCH], n = 0, n_all = 0;
    uint16_t alone[FLYT_CHOICE_BATCH];
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        double hazard = flyt_search_hazard(&world->params->search, flyt_search_rate(world, i),
                                           FLYT_SEARCH_GAIN_MOST);
        double lists = world->letting == NULL
                           ? 0.0
                           : 1.0 - flyt_num_exp(-flyt_lists_rate_most(world, i) / 12.0);
        alone[n] = flyt_world_bound(hazard + lists);
        bound[i] = 0;
        few[n++] = i;
        if (n < FLYT_CHOICE_BATCH && n_all > 0) { /* the first by itself */
            continue;
        }
        flyt_search_refresh_bounds(world, few, n);
        for (uint32_t k = 0; k < n; k++) {
            cr_assert_eq(bound[few[k]], alone[k], "household %u", few[k]);
            cr_assert_gt(alone[k], 0);
        }
        n_all += n;
        n = 0;
    }
    cr_assert_gt(n_all, 1000);
}

Test(search, gain_is_that_of_the_best_home_one_may_have)
{
    struct flyt_world *world = market.world;
    market_offers(&market);
    uint32_t n_gain = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        struct flyt_chooser chooser;
        struct flyt_drawn drawn[FLYT_CHOICE_MOST];
        flyt_choice_prepare(world, i, &chooser);
        struct flyt_offers_caller caller = {chooser.uid, chooser.municipality,
                                            FLYT_STREAM_offers_wake, 0};
        uint32_t n = flyt_offers_draw(world, &caller, 20, drawn);
        double best = 0.0;
        for (uint32_t k = 0; k < n; k++) {
            uint32_t dwelling = drawn[k].offer->dwelling;
            double gain = flyt_choice_utility(world, &chooser, dwelling) - chooser.stay;
            bool may = flyt_choice_bar(world, &chooser, dwelling) == FLYT_BAR_none;
            best = may && gain > best ? gain : best;
        }
        double gain = flyt_search_gain(world, i);
        cr_assert(best > 3.0 ? gain >= 3.0 : gain == best);
        n_gain += best > 0.0;
    }
    cr_assert_gt(n_gain, 100);
}

Test(search, gains_of_many_are_those_of_each_where_they_are_more_than_what_matters)
{
    struct flyt_world *world = market.world;
    uint32_t household[FLYT_CHOICE_BATCH], n = 0, n_told = 0, n_left_out = 0;
    double least[FLYT_CHOICE_BATCH], gain[FLYT_CHOICE_BATCH];
    market_offers(&market);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        least[n] = 0.25 * (i % 9);
        household[n++] = i;
        if (n < 1 + i % FLYT_CHOICE_BATCH) {
            continue; /* any number at once */
        }
        flyt_search_gains(world, household, least, n, gain);
        for (uint32_t k = 0; k < n; k++) {
            double alone = flyt_search_gain(world, household[k]);
            cr_assert(alone > least[k] ? gain[k] == alone || (alone >= 3.0 && gain[k] >= 3.0)
                                       : gain[k] <= least[k]);
            n_told += alone > least[k];
            n_left_out += alone > 0.0 && gain[k] <= 0.0;
        }
        n = 0;
    }
    cr_expect_gt(n_told, 50);
    cr_expect_gt(n_left_out, 20);
}

Test(search, those_who_must_find_a_home_are_listed_once_and_told_why)
{
    struct flyt_world *world = market.world;
    uint32_t i = market_household(world, FLYT_TENURE_owner), block = flyt_world_block(world, i);
    struct flyt_household *row = &world->households.row[i];
    const struct flyt_list *list = &world->housing->searching[block];
    uint32_t before = list->n;
    cr_assert_eq(row->search_since, FLYT_NO_MONTH);
    flyt_search_force(world, i, FLYT_REASON_union);
    flyt_search_force(world, i, FLYT_REASON_crowding);
    cr_expect_eq(list->n, before + 1);
    cr_expect_eq(list->row[before], i);
    cr_expect_eq(row->search_since, world->calendar);
    cr_expect(row->flags & FLYT_FORCED);
    cr_expect_eq(world->households.cold[i].reason, FLYT_REASON_crowding);
}

Test(search, a_row_that_ends_and_begins_to_look_within_a_month_is_listed_once)
{
    struct flyt_world *world = market.world;
    market_offers(&market);
    uint32_t i = market_household(world, FLYT_TENURE_owner), block = flyt_world_block(world, i);
    struct flyt_household *row = &world->households.row[i];
    flyt_search_force(world, i, FLYT_REASON_union);
    row->flags = 0; /* as when a new household takes the row */
    row->search_since = FLYT_NO_MONTH;
    flyt_search_force(world, i, FLYT_REASON_union);
    cr_assert_eq(flyt_search_step(world), FLYT_OK);
    uint32_t n = 0;
    for (uint32_t k = 0; k < world->housing->searching[block].n; k++) {
        n += world->housing->searching[block].row[k] == i;
    }
    cr_expect_eq(n, 1);
}

Test(search, ends_after_twelve_months_but_not_for_those_without_a_home)
{
    struct flyt_world *world = market.world;
    market_offers(&market);
    uint32_t owner = market_household(world, FLYT_TENURE_owner);
    uint32_t tenant = market_household(world, FLYT_TENURE_private_rental);
    flyt_search_force(world, owner, FLYT_REASON_own_wish);
    flyt_search_force(world, tenant, FLYT_REASON_left_parents);
    world->households.row[tenant].flags |= FLYT_HIDDEN;
    world->calendar = (int16_t)(world->calendar + 11);
    cr_assert_eq(flyt_search_step(world), FLYT_OK);
    cr_expect_neq(world->households.row[owner].search_since, FLYT_NO_MONTH);
    world->calendar++;
    world->households.bound[3][owner] = 0; /* it does not awaken anew in the same month */
    cr_assert_eq(flyt_search_step(world), FLYT_OK);
    cr_expect_eq(world->households.row[owner].search_since, FLYT_NO_MONTH);
    cr_expect_not(world->households.row[owner].flags & FLYT_FORCED);
    cr_expect_neq(world->households.row[tenant].search_since, FLYT_NO_MONTH);
}

Test(search, more_than_two_persons_a_room_are_crowded)
{
    struct flyt_world *world = market.world;
    uint32_t i = market_household(world, FLYT_TENURE_private_rental);
    struct flyt_household *row = &world->households.row[i];
    for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
        row->child_born[k] = FLYT_NO_MONTH;
    }
    row->born[1] = FLYT_NO_MONTH;
    world->dwellings.rooms[row->home] = 1;
    cr_expect_not(flyt_search_is_crowded(world, i));
    row->child_born[0] = world->calendar;
    cr_expect_not(flyt_search_is_crowded(world, i));
    row->child_born[1] = world->calendar;
    cr_expect(flyt_search_is_crowded(world, i));
    row->flags |= FLYT_HIDDEN;
    cr_expect_not(flyt_search_is_crowded(world, i));
}

Test(search, who_ends_studies_looks_for_something_else_than_a_youth_home)
{
    struct flyt_world *world = market.world;
    uint32_t i = market_household(world, FLYT_TENURE_almen);
    struct flyt_household *row = &world->households.row[i];
    row->work[0] = FLYT_WORK_employed;
    row->born[0] = (int16_t)(world->calendar - 24 * 12);
    row->born[1] = FLYT_NO_MONTH;
    flyt_search_studied(world, i);
    cr_expect_eq(row->search_since, FLYT_NO_MONTH);
    world->sections.kind[row->section] = FLYT_KIND_almen_youth;
    flyt_search_studied(world, i); /* below 25 it may stay */
    cr_expect_eq(row->search_since, FLYT_NO_MONTH);
    row->born[0] = (int16_t)(world->calendar - 25 * 12);
    row->work[0] = FLYT_WORK_student;
    flyt_search_studied(world, i);
    cr_expect_eq(row->search_since, FLYT_NO_MONTH);
    row->work[0] = FLYT_WORK_employed;
    flyt_search_studied(world, i);
    cr_expect_eq(row->search_since, world->calendar);
    cr_expect_eq(world->households.cold[i].reason, FLYT_REASON_study_end);
    cr_expect_not(row->flags & FLYT_FORCED); /* notice forces it, letting.c */
}

Test(search, bounds_decide_who_is_looked_at_never_who_awakens)
{
    struct flyt_world *world = market.world;
    market_months(&market, 7);
    uint64_t hash = flyt_world_hash(world);
    market_close(&market);
    setup();
    world = market.world;
    for (uint32_t month = 0; month < 7; month++) {
        flyt_arena_empty(&market.step_arena);
        cr_assert_eq(flyt_housing_model.month(world, month), FLYT_OK);
        FLYT_EACH_HOUSEHOLD(world, i)
        {
            world->households.bound[3][i] = UINT16_MAX;
        }
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        flyt_search_refresh_bound(world, i);
    }
    cr_expect_eq(flyt_world_hash(world), hash);
}
