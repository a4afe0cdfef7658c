/* Collaborative intake steering: what is paid, the cap, release, consent. */
#include <math.h>
#include <stdlib.h>

#include "tests/unit/policy_fixture.h"

#include "models/composition.h"
#include "models/housing.h"
#include "models/letting.h"
#include "models/resources.h"
#include "models/steering.h"

extern const struct flyt_policy flyt_policy_intake_steering;

static int64_t of(const struct flyt_world *world, const char *name)
{
    return policy_value(world, &flyt_policy_intake_steering, name);
}

/** What it says of each municipality (two of them). */
static void by_place(const struct flyt_world *world, const char *name, int64_t row[4])
{
    const struct flyt_policy_spec *spec = &flyt_policy_intake_steering.spec;
    for (uint32_t i = 0; i < spec->n_series; i++) {
        if (strcmp(spec->series[i].name, name) == 0) {
            spec->series[i].record(world, row);
            return;
        }
    }
    cr_assert_fail("there is no %s", name);
}

/** 3000.50 DKK = 300 050 øre for each household assigned; support of 40 000 DKK a year = 333 333
 * øre a month (rounded) for two months after the move; compensation passes between municipalities
 * and sums to nothing. */
Test(intake_steering, platform_and_reception_reckoned_by_hand)
{
    const char *set[] = {"need.cases=100",
                         "policies.intake_steering.cap=1",
                         "policies.intake_steering.quota=1",
                         "policies.intake_steering.platform=3000.5",
                         "policies.intake_steering.months=2",
                         "policies.intake_steering.to=2024",
                         NULL};
    struct flyt_world *world = policy_open(set);
    int64_t assigned = 0, supported = 0, paid = 0;
    for (uint32_t month = 0; month < 16; month++) {
        policy_months(world, month, month + 1);
        int64_t now = of(world, "steering_assigned"), support = of(world, "steering_supported");
        assigned += now;
        supported += support;
        paid += of(world, "steering_paid");
        cr_expect_eq(of(world, "ledger_steering_platform"), 300050 * now);
        cr_expect_eq(of(world, "ledger_steering_reception"), 333333 * support);
        cr_expect_leq(now, of(world, "steering_pool"));
        cr_expect(month < 12 || now == 0);
    }
    cr_assert_gt(assigned, 2);
    cr_assert(supported > 0 && supported <= 2 * assigned);
    cr_assert_eq(of(world, "steering_supported"), 0); /* it has run out */
    cr_assert_eq(paid, 300050 * assigned + 333333 * supported);
    policy_close();
}

/** With a cap of 0 no area has room: nothing is held back, and nobody with few resources is
 * assigned anywhere by a member. */
Test(intake_steering, the_cap_is_never_exceeded)
{
    const char *set[] = {"need.cases=100", "policies.intake_steering.cap=0",
                         "policies.intake_steering.quota=1", NULL};
    struct flyt_world *world = policy_open(set);
    for (uint32_t month = 0; month < 12; month++) {
        policy_months(world, month, month + 1);
        cr_expect_eq(of(world, "steering_assigned"), 0);
        cr_expect_eq(of(world, "steering_held"), 0);
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        uint32_t s = world->households.row[i].section;
        bool weak = flyt_resources_class(world, i) == FLYT_CLASS_weak;
        bool may = flyt_policies_may_assign(world, i, s);
        cr_expect(may != weak || world->sections.area[s] == 0, "%u", i);
        cr_expect(!may || world->sections.area[s] != 0 || world->areas.listed[0] < 2);
    }
    policy_close();
}

Test(intake_steering, nobody_is_assigned_to_released_sections_and_who_is_not_named_goes_on)
{
    const char *set[] = {"policies.intake_steering.municipalities=Nordby",
                         "policies.intake_steering.cap=1", NULL};
    struct flyt_world *world = policy_open(set);
    policy_months(world, 0, 1);
    uint32_t someone = world->dwellings.occupant[0];
    for (uint32_t s = 0; s < world->sections.n; s++) {
        bool released = world->sections.area[s] == 0; /* Parken, of Nordby */
        cr_expect_eq(flyt_policies_may_assign(world, someone, s), !released, "%u", s);
    }
    policy_close();
}

/** Matched one at a time, minimum cost is greedy: who comes first gets what it would like best.
 * Many at once, no fewer are housed. */
Test(intake_steering, minimum_cost_of_one_at_a_time_is_greedy_and_of_many_houses_no_fewer)
{
    enum { MONTHS = 24 };
    int64_t assigned[3][MONTHS], first[3];
    uint64_t hash[3];
    const char *const way[3][2] = {
        {"policies.intake_steering.matching=greedy", "policies.intake_steering.batch=500"},
        {"policies.intake_steering.matching=minimum_cost", "policies.intake_steering.batch=1"},
        {"policies.intake_steering.matching=minimum_cost", "policies.intake_steering.batch=500"}};
    for (uint32_t i = 0; i < 3; i++) {
        const char *set[] = {"need.cases=100",
                             "policies.intake_steering.cap=0.9",
                             "policies.intake_steering.quota=1",
                             "policies.intake_steering.hold_months=12",
                             "policies.intake_steering.distance=1000",
                             way[i][0],
                             way[i][1],
                             NULL};
        struct flyt_world *world = policy_open(set);
        first[i] = 0;
        for (uint32_t month = 0; month < MONTHS; month++) {
            policy_months(world, month, month + 1);
            assigned[i][month] = of(world, "steering_assigned");
            first[i] = first[i] == 0 ? assigned[i][month] : first[i];
        }
        hash[i] = flyt_world_hash(world);
        policy_close();
    }
    cr_assert_eq(hash[0], hash[1]);
    cr_assert_arr_eq(assigned[0], assigned[1], sizeof assigned[0]);
    cr_assert(first[0] > 0 && first[2] >= first[0]); /* until then the worlds are one */
}

/** Shares .1 .5 .2 .9 in the order of the lot. Alike: after .1 the nearest is .2 (place 2), then of
 * .5 and .9 .5. Unlike: after .1 the farthest is .9; then .2 is farther from the mean .5 than .5
 * is. */
Test(intake_steering, members_alike_and_unlike_by_hand)
{
    const double share[] = {0.1, 0.5, 0.2, 0.9};
    static const uint32_t order[3][4] = {{0, 1, 2, 3}, {0, 2, 1, 3}, {0, 3, 2, 1}};
    for (uint32_t draw = 0; draw < 3; draw++) {
        uint32_t place[] = {0, 1, 2, 3};
        flyt_steering_order(share, place, 4, (enum flyt_steering_draw)draw);
        cr_expect_arr_eq(place, order[draw], sizeof place, "%u", draw);
    }
    const double same[] = {0.3, 0.3, 0.3};
    uint32_t place[] = {2, 0, 1}, by_lot[] = {2, 0, 1};
    flyt_steering_order(same, place, 3, FLYT_STEERING_unlike);
    cr_expect_arr_eq(place, by_lot, sizeof place);
}

/** Two members: the standard deviation is half of what their shares differ by. */
Test(intake_steering, spread_of_members)
{
    const char *set[] = {"policies.intake_steering.join=random",
                         "policies.intake_steering.members=2",
                         "policies.intake_steering.draw=unlike", NULL};
    struct flyt_world *world = policy_open(set);
    double share[2];
    for (uint32_t m = 0; m < 2; m++) {
        double all = 0.0;
        for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
            all += flyt_housing_homes(world, flyt_housing_market(m, t));
        }
        share[m] = flyt_housing_homes(world, flyt_housing_market(m, FLYT_TENURE_almen)) / all;
    }
    policy_months(world, 0, 1);
    const struct flyt_policy_state *state = flyt_policies_find(world, &flyt_policy_intake_steering);
    cr_assert_gt(fabs(share[0] - share[1]), 0.01);
    cr_expect_float_eq(flyt_steering_spread(world, state), fabs(share[0] - share[1]) / 2.0, 1e-12);
    policy_close();
}

Test(intake_steering, members_by_lot_are_the_same_ones_and_more)
{
    int64_t one[2][2], both[4] = {0};
    for (uint32_t i = 0; i < 2; i++) { /* the same lot each time */
        const char *set[] = {"policies.intake_steering.join=random",
                             "policies.intake_steering.members=1", NULL};
        struct flyt_world *world = policy_open(set);
        int64_t row[4] = {0};
        policy_months(world, 0, 1);
        by_place(world, "steering_member", row);
        memcpy(one[i], row, sizeof one[i]);
        for (uint32_t s = 0; s < world->sections.n; s++) {
            bool member = row[world->sections.municipality[s]];
            bool parken = world->sections.area[s] == 0; /* released where Nordby is a member */
            cr_expect_eq(flyt_policies_may_assign(world, world->dwellings.occupant[0], s) || member,
                         1, "%u", s);
            cr_expect(!parken || !member ||
                      !flyt_policies_may_assign(world, world->dwellings.occupant[0], s));
        }
        policy_close();
    }
    cr_assert_arr_eq(one[0], one[1], sizeof one[0]);
    cr_assert_eq(one[0][0] + one[0][1], 1);
    const char *set[] = {"policies.intake_steering.join=random",
                         "policies.intake_steering.members=2", NULL};
    struct flyt_world *world = policy_open(set);
    policy_months(world, 0, 1);
    by_place(world, "steering_member", both);
    cr_assert(both[0] == 1 && both[1] == 1);
    policy_close();
}

/** With a capacity of 6 a year no more than 6 are assigned in the first, however many homes there
 *  are; what was not used is told once it has waited for a quarter. */
Test(intake_steering, capacity_holds_however_many_homes_there_are)
{
    const char *set[] = {"need.cases=100",
                         "policies.intake_steering.cap=1",
                         "policies.intake_steering.quota=1",
                         "policies.intake_steering.capacity=6",
                         "policies.intake_steering.distance=1000",
                         NULL};
    struct flyt_world *world = policy_open(set);
    int64_t assigned = 0, unfilled = 0;
    for (uint32_t month = 0; month < 36; month++) {
        policy_months(world, month, month + 1);
        assigned += of(world, "steering_assigned");
        unfilled += of(world, "steering_unfilled");
        cr_expect_leq(2 * (assigned + unfilled), (int64_t)month + 1, "month %u", month);
        cr_expect_geq(2 * (assigned + unfilled), (int64_t)month + 1 - 2 * 4, "month %u", month);
        cr_expect_eq(flyt_policies_check(world), FLYT_OK);
    }
    cr_assert_geq(assigned, 9); /* of 18 */
    policy_close();
}

/** Whoever is assigned is reached, and followed; without a month of support nobody is supported. */
Test(intake_steering, reaches_whom_it_assigns_without_support_too)
{
    for (uint32_t months = 0; months <= 12; months += 12) {
        char support[64];
        (void)snprintf(support, sizeof support, "policies.intake_steering.months=%u", months);
        const char *set[] = {"need.cases=100",
                             support,
                             "policies.intake_steering.cap=1",
                             "policies.intake_steering.quota=1",
                             "policies.intake_steering.distance=1000",
                             NULL};
        struct flyt_world *world = policy_open(set);
        int64_t assigned = 0, supported = 0, reached = 0;
        for (uint32_t month = 0; month < 12; month++) {
            policy_months(world, month, month + 1);
            assigned += of(world, "steering_assigned");
            supported += of(world, "steering_supported");
        }
        const struct flyt_policy_state *state =
            flyt_policies_find(world, &flyt_policy_intake_steering);
        FLYT_EACH_HOUSEHOLD(world, i)
        {
            reached += flyt_policies_reached(world, state, i) != FLYT_NONE;
        }
        cr_expect_gt(assigned, 3);
        cr_expect(reached > assigned / 2 && reached <= assigned, "%lld of %lld", (long long)reached,
                  (long long)assigned);
        cr_expect_eq(supported > 0, months > 0);
        policy_close();
    }
}

/** A year's net ledger is, without a burden, what a municipality received less what it paid. Each
 *  goes on as a member only if that and the penalty make more than nothing. Who stays out pays 1200
 *  DKK a year for each 1000 households, 10 øre a household and month. */
Test(intake_steering, who_joins_by_the_net_ledger_reckoned_by_hand)
{
    const char *set[] = {"need.cases=100",
                         "policies.intake_steering.join=ledger",
                         "policies.intake_steering.months=0",
                         "policies.intake_steering.burden=0",
                         "policies.intake_steering.penalty=1200",
                         "policies.intake_steering.cap=1",
                         "policies.intake_steering.quota=1",
                         "policies.intake_steering.distance=1000",
                         NULL};
    struct flyt_world *world = policy_open(set);
    int64_t paid[2] = {0}, row[4] = {0};
    uint32_t n_out = 0;
    for (uint32_t month = 0; month < 12; month++) {
        policy_months(world, month, month + 1);
        by_place(world, "steering_member", row);
        cr_expect(row[0] == 1 && row[1] == 1); /* all begin as members */
        by_place(world, "steering_paid", row);
        paid[0] += row[0];
        paid[1] += row[1];
    }
    policy_months(world, 12, 13);
    for (uint32_t m = 0; m < 2; m++) {
        int64_t households = world->composition->municipality[m].households;
        by_place(world, "steering_net", row);
        cr_expect_leq(llabs(row[m] + paid[m]), 1, "%u", m); /* to the øre, of a year */
        bool stays = -paid[m] + 120 * households > 0;
        by_place(world, "steering_member", row);
        cr_expect_eq(row[m], stays, "%u", m);
        by_place(world, "steering_paid", row);
        cr_expect(stays || row[m] == 10 * households, "%u", m);
        n_out += !stays;
    }
    cr_assert_gt(n_out, 0);
    policy_close();
}

/** Those who would have got a home by the list wait on, are counted once, and are let go when they
 *  move or leave the list. */
Test(intake_steering, applicants_passed_over_wait_until_they_have_a_home)
{
    const char *set[] = {"need.cases=100", "policies.intake_steering.cap=1",
                         "policies.intake_steering.quota=1", NULL};
    struct flyt_world *world = policy_open(set);
    int64_t passed = 0, assigned = 0, months = 0, ended = 0;
    for (uint32_t month = 0; month < 60; month++) {
        int64_t before = month == 0 ? 0 : of(world, "steering_waiting");
        int64_t more = month == 0 ? 0 : of(world, "steering_passed");
        policy_months(world, month, month + 1);
        passed += of(world, "steering_passed");
        assigned += of(world, "steering_assigned");
        months += of(world, "steering_waiting");
        ended += before + more - of(world, "steering_waiting");
        cr_expect_geq(before + more, of(world, "steering_waiting"));
    }
    cr_assert(passed > 0 && passed <= assigned);
    cr_assert(months > 0 && ended > 0 && ended <= passed);
    policy_close();
}

/** From where to where: the cells are the households assigned, compensation passes off the diagonal
 *  only. */
Test(intake_steering, assigned_by_origin_and_destination)
{
    const char *set[] = {"need.cases=100",
                         "policies.intake_steering.cap=1",
                         "policies.intake_steering.quota=1",
                         "policies.intake_steering.distance=1000",
                         "policies.intake_steering.platform=0",
                         "policies.intake_steering.months=0",
                         "policies.intake_steering.compensation=100",
                         NULL};
    struct flyt_world *world = policy_open(set);
    int64_t crossed = 0;
    for (uint32_t month = 0; month < 36; month++) {
        int64_t moves[4] = {0}, paid[4] = {0};
        policy_months(world, month, month + 1);
        by_place(world, "steering_moves", moves);
        by_place(world, "steering_paid", paid);
        cr_expect_eq(moves[0] + moves[1] + moves[2] + moves[3], of(world, "steering_assigned"));
        cr_expect_eq(paid[0], 10000 * (moves[1] - moves[2]));
        cr_expect_eq(paid[1], 10000 * (moves[2] - moves[1]));
        crossed += moves[1] + moves[2];
    }
    cr_assert_gt(crossed, 0);
    policy_close();
}

/** The rule of a released section (Parken, where the law lets by criteria already): newcomers with
 *  many resources go first, at as many turns as the greater of the two shares; elsewhere nothing
 *  changes. Without release there is no priority. */
Test(intake_steering, priority_of_newcomers_holds_in_released_sections_only)
{
    for (uint32_t release = 0; release < 2; release++) {
        const char *set[] = {"policies.intake_steering.priority=0.9",
                             release ? "policies.intake_steering.release=yes"
                                     : "policies.intake_steering.release=no",
                             "letting.flexible_listed=0.4", NULL};
        struct flyt_world *world = policy_open(set);
        policy_months(world, 0, 1);
        for (uint32_t s = 0; s < world->sections.n; s++) {
            struct flyt_letting_rules rules;
            if (!flyt_letting_family(world, s)) {
                continue;
            }
            flyt_letting_rules(world, s, &rules);
            bool first = release && world->sections.area[s] == 0;
            cr_expect_eq(rules.resourceful_first, first, "%u", s);
            cr_expect_eq(rules.flexible_share == 0.9, first, "%u: %g", s, rules.flexible_share);
        }
        policy_close();
    }
}

/** Support of 24 000.12 DKK a year = 200 001 øre a month, for three months each. Those with many
 *  resources in Parken are made to have come by criteria the month before; another came by list. */
Test(intake_steering, support_of_resourceful_newcomers_reckoned_by_hand)
{
    const char *set[] = {"policies.intake_steering.priority=1", "policies.intake_steering.quota=0",
                         "policies.intake_steering.welcome_months=3",
                         "policies.intake_steering.welcome=24000.12", NULL};
    struct flyt_world *world = policy_open(set);
    int64_t came = 0, n = 0, expected = 0;
    policy_months(world, 0, 3);
    for (uint32_t d = 0; d < world->dwellings.n; d++) {
        uint32_t s = world->dwellings.section[d], household = world->dwellings.occupant[d];
        if (world->sections.area[s] != 0 || world->sections.tenure[s] != FLYT_TENURE_almen ||
            household >= FLYT_CLOSED ||
            flyt_resources_class(world, household) != FLYT_CLASS_strong) {
            continue;
        }
        struct flyt_letting_vacancy *vacancy = &world->letting->vacancy[d];
        vacancy->let = world->households.row[household].moved_in = (int16_t)(world->calendar - 1);
        vacancy->channel = n == 0 ? FLYT_CHANNEL_outside : FLYT_CHANNEL_flexible;
        n++;
    }
    expected = n - 1;
    for (uint32_t month = 3; month < 9; month++) {
        policy_months(world, month, month + 1);
        int64_t now = of(world, "steering_welcome_now");
        came += of(world, "steering_welcomed");
        cr_expect_eq(of(world, "ledger_steering_welcome"), 200001 * now);
        cr_expect_eq(of(world, "steering_paid"), 200001 * now);
        cr_expect(month != 3 || now == expected, "%lld of %lld", (long long)now,
                  (long long)expected);
        cr_expect(month > 5 || now >= expected - 2); /* who dies or leaves */
        cr_expect(month < 6 || now <= came - expected);
    }
    cr_assert_gt(expected, 2);
    policy_close();
}
