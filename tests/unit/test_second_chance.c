/* Second chance: who is asked, what is paid, and a case reckoned by hand. */
#include "tests/unit/policy_fixture.h"

#include "models/chance.h"
#include "models/choice.h"
#include "models/composition.h"
#include "models/letting_shelf.h"

extern const struct flyt_policy flyt_policy_second_chance;

static int64_t of(const struct flyt_world *world, const char *name)
{
    return policy_value(world, &flyt_policy_second_chance, name);
}

/** Everybody who is asked says yes (log odds 10) and everything is on the shelf. A grant of
 *  50 000.01 DKK = 5 000 001 øre: half, 2 500 000, by the municipality, the rest, 2 500 001, by the
 *  organisation. Support of 45 000 DKK a year = 375 000 øre a month, for two months after the move;
 *  to another municipality its first pays back 30 %, 112 500, and 75 000 DKK = 7 500 000 once. */
Test(second_chance, grants_and_support_reckoned_by_hand)
{
    const char *set[] = {
        "policies.second_chance.capacity=300",   "policies.second_chance.shelf=1",
        "policies.second_chance.top=1",          "policies.second_chance.accept=10",
        "policies.second_chance.grant=50000.01", "policies.second_chance.months=2",
        "policies.second_chance.failed=0",       "policies.second_chance.reimbursed=0.3",
        "policies.second_chance.to=2024",        NULL};
    struct flyt_world *world = policy_open(set);
    int64_t taken = 0, left = 0, paid = 0, support = 0, granted = 0;
    for (uint32_t month = 0; month < 16; month++) {
        policy_months(world, month, month + 1);
        int64_t now = of(world, "chance_taken");
        taken += now;
        support += of(world, "chance_supported");
        granted += now;
        paid += of(world, "chance_paid");
        cr_expect_leq(now, of(world, "chance_asked"));
        cr_expect_eq(of(world, "ledger_chance_grant_municipalities"), 2500000 * now);
        cr_expect_eq(of(world, "ledger_chance_grant_organisations"), 2500001 * now);
        cr_expect_eq(of(world, "ledger_chance_support"), 375000 * of(world, "chance_supported"));
        cr_expect(month < 12 || (now == 0 && of(world, "chance_shelf") == 0));
        left = of(world, "chance_followed");
    }
    cr_assert_gt(taken, 3);
    cr_assert(left <= taken && support <= 2 * taken && support > 0);
    cr_assert_eq(of(world, "chance_supported"), 0); /* it has run out */
    /* what passes between municipalities sums to nothing */
    cr_assert_eq(paid, 2500000 * granted + 375000 * support);
    policy_close();
}

/** The log odds of one answer, term by term: -0.6, less .8 for support of one level less than full,
 *  .5 * 20 000 / 200 000 for the grant, 1 * (.5 - .3) for neighbours, .3 for a pupil, less
 *  .2 * ln(1 + 3) for three years in the home, no distance: -0.6 - 0.8 + 0.05 + 0.2 + 0.3 - 0.27726
 * = -1.12726. */
Test(second_chance, log_odds_of_an_answer_reckoned_by_hand)
{
    const char *set[] = {"policies.second_chance.support=some",
                         "policies.second_chance.grant=20000", NULL};
    struct flyt_world *world = policy_open(set);
    const struct flyt_policy_state *state = flyt_policies_find(world, &flyt_policy_second_chance);
    uint32_t household = 0, home = FLYT_NONE;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        if (world->sections.area[world->households.row[i].section] == 0) {
            household = i; /* in Parken */
        }
    }
    struct flyt_household *row = &world->households.row[household];
    for (uint32_t d = 0; d < world->dwellings.n; d++) {
        if (world->sections.area[world->dwellings.section[d]] == 1) {
            home = d;
        }
    }
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        row->child_born[i] = FLYT_NO_MONTH;
    }
    row->child_born[2] = (int16_t)(world->calendar - 6 * 12);
    row->moved_in = (int16_t)(world->calendar - 36);
    row->disposable_ore = (int32_t)(20000000 / 12.0 + 0.5); /* 200 000 DKK a year */
    double *x = world->choice->x_km, *y = world->choice->y_km;
    x[1] = x[0];
    y[1] = y[0];
    struct flyt_composition_counts counts[2] = {{0}};
    struct flyt_composition composition = *world->composition;
    composition.area[0] = counts; /* the newest */
    struct flyt_composition_counts *from = &counts[0], *to = &counts[1];
    world->composition = &composition;
    from->households = to->households = 10;
    from->by_class[FLYT_CLASS_weak] = 5;
    to->by_class[FLYT_CLASS_weak] = 3;
    double found = flyt_chance_inclination(world, state->params, household, home);
    cr_assert_float_eq(found, -1.12726, 1e-5, "%f", found);
    policy_close();
}

Test(second_chance, asks_the_most_vulnerable_and_moves_nobody_against_its_will)
{
    const char *set[] = {"policies.second_chance.capacity=1000", "policies.second_chance.shelf=1",
                         "policies.second_chance.top=0.1",       "policies.second_chance.noise=0",
                         "policies.second_chance.accept=-10",    NULL};
    struct flyt_world *world = policy_open(set);
    uint32_t n = 0, n_refused = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        uint32_t s = world->households.row[i].section;
        if (world->sections.area[s] == 0 && world->sections.tenure[s] == FLYT_TENURE_almen) {
            n++;
        }
    }
    policy_months(world, 0, 12);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        uint8_t programme = world->households.cold[i].programme;
        cr_expect(programme == FLYT_PROGRAMME_none || programme == FLYT_PROGRAMME_refused);
        n_refused += programme == FLYT_PROGRAMME_refused;
    }
    cr_assert_gt(n_refused, 0);
    cr_assert_lt(n_refused, n / 3); /* a tenth, and those who came up as others changed */
    cr_assert_eq(of(world, "chance_followed"), 0);
    policy_close();
}

Test(second_chance, what_is_held_back_is_let_when_its_time_is_over)
{
    const char *set[] = {"policies.second_chance.shelf=1", "policies.second_chance.shelf_months=3",
                         "policies.second_chance.top=0", NULL};
    struct flyt_world *world = policy_open(set);
    int64_t most = 0;
    for (uint32_t month = 0; month < 24; month++) {
        policy_months(world, month, month + 1);
        int64_t shelf = of(world, "chance_shelf"), held = 0;
        most = shelf > most ? shelf : most;
        for (uint32_t d = 0; d < world->dwellings.n; d++) {
            /* what was left this month may be thought of in the next */
            held += flyt_letting_is_fresh(world, d) &&
                    flyt_letting_family(world, world->dwellings.section[d]) &&
                    world->dwellings.empty_since[d] < world->calendar - 1;
            cr_expect(!flyt_letting_is_fresh(world, d) ||
                      world->calendar - world->dwellings.empty_since[d] <= 3 + 1 ||
                      !flyt_letting_family(world, world->dwellings.section[d]));
        }
        cr_expect_leq(held, shelf);
        cr_expect_eq(of(world, "chance_asked"), 0);
    }
    cr_assert_gt(most, 0);
    policy_close();
}

/** Each home that was left is filled by some way of the law, and told of once: by the class of who
 *  moved in, and by the way it was let. Nothing is told of homes nobody left. */
Test(second_chance, homes_left_are_refilled_by_the_law_and_told_by_channel)
{
    const char *set[] = {"policies.second_chance.capacity=300", "policies.second_chance.shelf=1",
                         "policies.second_chance.top=1",        "policies.second_chance.accept=10",
                         "policies.second_chance.to=2026",      NULL};
    struct flyt_world *world = policy_open(set);
    int64_t taken = 0, by_class = 0, by_channel = 0, worked = 0;
    for (uint32_t month = 0; month < 60; month++) {
        policy_months(world, month, month + 1);
        taken += of(world, "chance_taken");
        by_class += of(world, "chance_refill");
        by_channel += of(world, "chance_refill_channel");
        worked += of(world, "chance_worked");
        cr_expect_leq(by_class, taken);
        cr_expect_eq(by_channel, by_class, "month %u", month);
        cr_expect_leq(of(world, "chance_working"), of(world, "chance_followed"));
        cr_expect_eq(flyt_policies_check(world), FLYT_OK);
    }
    cr_assert(taken > 3 && worked <= taken);
    cr_assert_geq(by_class, taken * 3 / 4); /* the last ones may still be vacant */
    policy_close();
}
