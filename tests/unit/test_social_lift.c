/* Social lift: a case reckoned by hand, who is taken in and until when, what is paid. */
#include "tests/unit/policy_fixture.h"

#include "models/reputation.h"
#include "tests/sanitized.h"

extern const struct flyt_policy flyt_policy_social_lift;

static int64_t of(const struct flyt_world *world, const char *name)
{
    return policy_value(world, &flyt_policy_social_lift, name);
}

/** Parken has 86 almen homes and is listed. 140 of 1000 a year are 86 * .14 / 12 = 1.00333 a month:
 *  one in January, one in February, one in March. A place costs 90 000.10 DKK a year = 750 001 øre
 * a month (rounded); of them 70 % = 525 000.7 = 525 001 øre by the fund, 10 % = 75 000.1 = 75 000
 * by the organisations, the rest, 150 000 øre, by the municipality. */
Test(social_lift, three_households_reckoned_by_hand)
{
    const char *set[] = {"policies.social_lift.intake=140",
                         "policies.social_lift.areas=Parken",
                         "policies.social_lift.months=2",
                         "policies.social_lift.cost=90000.1",
                         "policies.social_lift.fund_share=0.7",
                         "policies.social_lift.organisation_share=0.1",
                         NULL};
    struct flyt_world *world = policy_open(set);
    static const int64_t taking_part[] = {1, 2, 2}; /* the first has ended in March */
    for (uint32_t month = 0; month < 3; month++) {
        policy_months(world, month, month + 1);
        int64_t n = taking_part[month];
        cr_expect_eq(of(world, "lift_taken_in"), 1);
        cr_expect_eq(of(world, "lift_taking_part"), n);
        cr_expect_eq(of(world, "lift_ended"), month == 2);
        cr_expect_eq(of(world, "ledger_lift_fund"), 525001 * n);
        cr_expect_eq(of(world, "ledger_lift_organisations"), 75000 * n);
        cr_expect_eq(of(world, "ledger_lift_municipalities"), 150000 * n);
        cr_expect_eq(of(world, "ledger_lift_state"), 0);
        cr_expect_eq(of(world, "ledger_lift_investor"), 0);
        cr_expect_eq(flyt_ledger_net(world->ledger, FLYT_PARTY_landsbyggefonden), -525001 * n);
    }
    policy_close();
}

/** Odds of work times f: of chances e (work) and r (all else) of leaving the state, e becomes
 *  f e / (1 - e + f e), r becomes r / (1 - e + f e). */
Test(social_lift, multiplies_the_odds_of_those_taken_in_and_of_nobody_else)
{
    const char *set[] = {"policies.social_lift.intake=1000", "policies.social_lift.work=3",
                         "policies.social_lift.cases=1", "policies.social_lift.to=2024", NULL};
    struct flyt_world *world = policy_open(set);
    policy_months(world, 0, 8);
    world->calendar--; /* as of the last month's livelihood */
    uint32_t n_in = 0, n_out = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        const struct flyt_household_cold *cold = &world->households.cold[i];
        struct flyt_work_chances work =
            flyt_work_chances(&world->livelihood->work, flyt_livelihood_place(world, i, 0));
        struct flyt_social_chances social =
            flyt_social_chances(&world->livelihood->social, row, cold, 0, world->calendar);
        double e = work.to[FLYT_WORK_employed], factor = 1.0;
        if (row->work[0] != FLYT_WORK_unemployed && row->work[0] != FLYT_WORK_benefit) {
            continue;
        }
        if (cold->programme == FLYT_PROGRAMME_lift && world->calendar <= cold->programme_end) {
            factor = 3.0;
        }
        n_in += factor > 1.0;
        n_out += factor == 1.0;
        double hand = (factor * e + work.sum - e) / (1.0 - e + factor * e) + social.sum;
        hand = hand < FLYT_CERTAIN ? hand : FLYT_CERTAIN;
        cr_expect_float_eq(flyt_livelihood_hazard(world, i, 0), hand, 1e-12);
    }
    cr_assert(n_in > 0 && n_out > 0, "%u in, %u not", n_in, n_out);
    policy_close();
}

Test(social_lift, runs_out_after_its_last_year_and_keeps_its_contract)
{
    const char *set[] = {"policies.social_lift.intake=600",   "policies.social_lift.to=2024",
                         "policies.social_lift.contract=yes", "policies.social_lift.lasting=1",
                         "policies.social_lift.work=5",       "policies.social_lift.deprived=no",
                         "policies.social_lift.months=12",    NULL};
    struct flyt_world *world = policy_open(set);
    int64_t taken_in = 0, ended = 0, lasting = 0, repaid = 0, into_work = 0;
    for (uint32_t month = 0; month < 27; month++) {
        policy_months(world, month, month + 1);
        taken_in += of(world, "lift_taken_in");
        ended += of(world, "lift_ended");
        into_work += of(world, "lift_into_work");
        lasting += of(world, "lift_lasting");
        repaid += of(world, "ledger_lift_success");
        cr_expect(month < 12 || of(world, "lift_taken_in") == 0);
        cr_expect_eq(of(world, "ledger_lift_municipalities"), 0);
    }
    cr_assert_gt(taken_in, 20);
    cr_assert(ended > taken_in / 2 && ended <= taken_in); /* some died or left the region */
    cr_assert_eq(of(world, "lift_taking_part"), 0);
    cr_assert(lasting > 0 && lasting <= ended && into_work > 0);
    cr_assert_eq(repaid, 6000000 * lasting);
    policy_close();
}

/** How many are taken in when everybody has a programme that ends in so many months. */
static int64_t taken_in_after(enum flyt_programme programme, int months)
{
    const char *set[] = {"policies.social_lift.intake=1000", NULL};
    struct flyt_world *world = policy_open(set);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        world->households.cold[i].programme = (uint8_t)programme;
        world->households.cold[i].programme_end = (int16_t)(world->calendar + months);
        flyt_policies_arrived(world, i);
    }
    policy_months(world, 0, 1);
    int64_t n = of(world, "lift_taken_in");
    policy_close();
    return n;
}

/** Support is over after its end, and who said no is in no programme; a lift and a second chance
 *  are given once. */
Test(social_lift, takes_in_whose_support_by_another_policy_is_over)
{
    static const struct {
        enum flyt_programme programme;
        bool during, after;
    } expected[] = {{FLYT_PROGRAMME_none, true, true},     {FLYT_PROGRAMME_lift, false, false},
                    {FLYT_PROGRAMME_chance, false, false}, {FLYT_PROGRAMME_reception, false, true},
                    {FLYT_PROGRAMME_welcome, false, true}, {FLYT_PROGRAMME_refused, true, true}};
    cr_assert_eq(FLYT_COUNT(expected), (size_t)FLYT_N_PROGRAMMES);
    for (size_t k = 0; k < FLYT_COUNT(expected); k++) {
        enum flyt_programme programme = expected[k].programme;
        cr_expect_eq(taken_in_after(programme, 5) > 0, expected[k].during, "%zu", k);
        cr_expect_eq(taken_in_after(programme, -1) > 0, expected[k].after, "%zu", k);
    }
}

Test(social_lift, takes_only_whom_its_filter_lets_in)
{
    const char *set[] = {
        "policies.social_lift.intake=1000",      "policies.social_lift.target=benefit",
        "policies.social_lift.children=without", "policies.social_lift.order=vulnerability",
        "policies.social_lift.reputation=0.5",   NULL};
    struct flyt_world *world = policy_open(set);
    policy_months(world, 0, 1);
    uint32_t n = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        if (world->households.cold[i].programme != FLYT_PROGRAMME_lift) {
            continue;
        }
        n++;
        cr_expect_eq(flyt_people_children(row, world->calendar - 1), 0);
        cr_expect(row->work[0] == FLYT_WORK_benefit || row->work[1] == FLYT_WORK_benefit);
        cr_expect_eq(world->households.cold[i].programme_area, 0); /* Parken, the only listed one */
    }
    cr_assert_gt(n, 0);
    cr_assert_eq(world->reputation->policies[0], 0.5);
    cr_assert_eq(world->reputation->policies[1], 0.0);
    policy_close();
}
