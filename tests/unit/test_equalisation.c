/* Structural equalisation: three households reckoned by hand, its parts alone, what it gives back.
 */
#include "tests/unit/policy_fixture.h"

#include "models/choice.h"
#include "models/incidence.h"
#include "models/params.h"
#include "models/prices.h"
#include "models/sale.h"

extern const struct flyt_policy flyt_policy_equalisation;

enum { MIDTBYEN_10 = 9 /* the owner homes of Midtbyen, 21 000 DKK a m2, in the table */ };

/** A household of the section whose home, debt and adults are made those of the case. */
static uint32_t make_owner(struct flyt_world *world, uint32_t nth, uint16_t area_m2,
                           int64_t debt_dkk, int64_t paid_dkk)
{
    uint32_t s = 0;
    while (world->sections.table_row[s] != MIDTBYEN_10) {
        s++;
    }
    for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
        uint32_t household = world->dwellings.occupant[d];
        if (household < FLYT_CLOSED && nth-- == 0) {
            flyt_livelihood_before(world, 0, household);
            world->dwellings.area_m2[d] = area_m2;
            world->dwellings.rooms[d] = 3;
            world->households.cold[household].debt_ore = debt_dkk * 100;
            world->households.cold[household].price_ore = paid_dkk * 100;
            world->households.row[household].born[1] = FLYT_NO_MONTH;
            flyt_livelihood_after(world, 0, household);
            return household;
        }
    }
    cr_assert_fail("too few households");
    return FLYT_NONE;
}

static struct flyt_cost_flows flows_of(const struct flyt_world *world, uint32_t household)
{
    struct flyt_income income = flyt_livelihood_income(world, household);
    return flyt_cost_flows(world, household, &income);
}

/** 100 m2 are worth 2 100 000 DKK, their base .8 of it, 1 680 000; frozen at .4632, 972 720. The
 *  rate is .0051, interest .0511; of a single's interest the first 50 000 are worth .331, the rest
 *  .251. Phased out over two years half of it is left in the first.
 *
 *  A  100 m2, owes 1 000 000, paid 1 500 000: tax 8568.00 a year = 714.00 a month (frozen 4960.872
 *     = 413.41); interest 51 100, deduction (50 000 * .331 + 1100 * .251) / 2 = 8413.05 a year =
 *     701.09 a month; gain 600 000 * .2 = 120 000.
 *  B  50 m2, owes nothing, paid 1 100 000: tax 4284.00 a year = 357.00 a month; no gain, no tax on
 * it. C  80 m2, owes 1 500 000, paid 1 680 000 - .01: tax 6854.40 a year = 571.20 a month; interest
 *     76 650, deduction (16 550 + 26 650 * .251) / 2 = 11 619.575 a year = 968.30 a month; a gain
 * of one øre, no tax after rounding. */
Test(equalisation, three_households_reckoned_by_hand)
{
    const char *set[] = {"usercost.freeze=yes", "policies.equalisation.deduction_years=2",
                         "policies.equalisation.gains_tax=0.2", NULL};
    struct flyt_world *world = policy_open(set);
    uint32_t a = make_owner(world, 0, 100, 1000000, 1500000);
    struct flyt_cost_flows law = flows_of(world, a);
    cr_expect_eq(law.property_tax, 41341);
    cr_expect_eq(law.interest_deduction, 140218); /* 16 826.10 a year */
    world->params = world->housing->this_year;
    policy_months(world, 0, 1);
    a = make_owner(world, 0, 100, 1000000, 1500000);
    uint32_t b = make_owner(world, 1, 50, 0, 1100000), c = make_owner(world, 2, 80, 1500000, 0);
    world->households.cold[c].price_ore = 168000000 - 1;
    struct flyt_price_level *level = &world->prices->now[world->households.row[a].section];
    level->price_m2[FLYT_HOUSE_flat] = 21000; /* the market has moved it in January */
    struct flyt_cost_flows of_a = flows_of(world, a), of_b = flows_of(world, b),
                           of_c = flows_of(world, c);
    cr_expect_eq(of_a.property_tax, 71400);
    cr_expect_eq(of_a.interest_deduction, 70109);
    cr_expect_eq(of_b.property_tax, 35700);
    cr_expect_eq(of_b.interest_deduction, 0);
    cr_expect_eq(of_c.property_tax, 57120);
    cr_expect_eq(of_c.interest_deduction, 96830);
    cr_expect_eq(flyt_sale_gains_tax(world, a), 12000000);
    cr_expect_eq(flyt_sale_gains_tax(world, b), 0);
    cr_expect_eq(flyt_sale_gains_tax(world, c), 0);
    /* A sells: 2 100 000 less 1 000 000 less 120 000 */
    int64_t before = world->ledger->once[0].amount[FLYT_ACCOUNT_gains_tax][FLYT_TENURE_owner];
    flyt_livelihood_before(world, 0, a);
    int64_t savings = world->households.row[a].savings_ore;
    flyt_sale_sell(world, 0, a);
    cr_expect_eq(world->households.row[a].savings_ore - savings, 98000000);
    cr_expect_eq(world->ledger->once[0].amount[FLYT_ACCOUNT_gains_tax][FLYT_TENURE_owner] - before,
                 12000000);
    policy_close();
}

Test(equalisation, its_parts_edit_the_law_they_are_about_and_leave_the_rest)
{
    const char *set[] = {
        "policies.equalisation.running=no",        "policies.equalisation.gains_tax=0",
        "policies.equalisation.deduction_years=4", "policies.equalisation.from=2025",
        "policies.equalisation.to=2026",           NULL};
    struct flyt_world *world = policy_open(set);
    static const double left[] = {1.0, 0.75, 0.5, 1.0}; /* in 2024, 2025, ... */
    for (uint32_t year = 0; year < 4; year++) {
        policy_months(world, 12 * year, 12 * year + 12);
        const struct flyt_usercost_params *law = &world->params->usercost;
        cr_expect_float_eq(law->deduction_low, 0.331 * left[year], 1e-12, "%u", year);
        cr_expect_float_eq(law->deduction_high, 0.251 * left[year], 1e-12);
        cr_expect_eq(law->thaw, 0.0);
        cr_expect_eq(law->property_rate, 0.0051);
        cr_expect_eq(law->gains_tax, 0.0);
        cr_expect_eq(policy_value(world, &flyt_policy_equalisation, "equalisation_tenure") > 0,
                     left[year] < 1.0);
    }
    policy_close();
}

/** What came in and what went back, a month at a time, øre. */
struct year {
    int64_t revenue, returned, fund;
};

static struct year run_year(struct flyt_world *world, uint32_t year, struct year before)
{
    struct year sum = {.fund = before.fund};
    for (uint32_t month = 12 * year; month < 12 * year + 12; month++) {
        int64_t part[FLYT_N_INCIDENCE_PARTS][FLYT_N_TENURES];
        policy_months(world, month, month + 1);
        flyt_policy_equalisation.spec.series[0].record(world, part);
        for (uint32_t i = 0; i < FLYT_INCIDENCE_returned * FLYT_N_TENURES; i++) {
            sum.revenue += part[i / FLYT_N_TENURES][i % FLYT_N_TENURES];
        }
        sum.returned += policy_value(world, &flyt_policy_equalisation, "ledger_revenue_returned");
        sum.returned += policy_value(world, &flyt_policy_equalisation, "ledger_rent_returned");
        sum.fund = policy_value(world, &flyt_policy_equalisation, "equalisation_fund");
        cr_assert_eq(sum.fund, before.fund + sum.revenue - sum.returned, "month %u", month);
    }
    return sum;
}

static const char *const ways[] = {"lump_sum", "almen_rents", "all_rents", "tax_adult",
                                   "tax_share"};

/** A year's revenue goes back in the next, to the øre but for what the fund holds; the last year's
 *  after the policy has ended. */
Test(equalisation, returns_a_years_revenue_the_year_after_in_any_way)
{
    for (size_t k = 0; k < FLYT_COUNT(ways); k++) {
        char way[80];
        (void)snprintf(way, sizeof way, "policies.equalisation.recycling=%s", ways[k]);
        const char *set[] = {way, "policies.equalisation.deduction_years=1",
                             "policies.equalisation.to=2025", NULL};
        struct flyt_world *world = policy_open(set);
        struct year first = run_year(world, 0, (struct year){0});
        struct year second = run_year(world, 1, first), third = run_year(world, 2, second);
        cr_expect_eq(first.returned, 0);
        cr_expect_gt(first.revenue, 0);
        cr_expect_eq(first.fund, first.revenue);
        cr_expect(second.returned > first.fund * 8 / 10 && second.returned < first.fund * 12 / 10,
                  "%s: %lld of %lld", ways[k], (long long)second.returned, (long long)first.fund);
        cr_expect_eq(third.revenue, 0, "%s: the policy has ended", ways[k]);
        cr_expect(third.returned > second.fund * 8 / 10 && third.returned < second.fund * 12 / 10,
                  "%s: %lld of %lld", ways[k], (long long)third.returned, (long long)second.fund);
        policy_close();
    }
}

Test(equalisation, keeps_the_revenue_when_it_is_not_recycled)
{
    const char *set[] = {"policies.equalisation=yes", NULL};
    struct flyt_world *world = policy_open(set);
    policy_months(world, 0, 13);
    cr_expect_eq(policy_value(world, &flyt_policy_equalisation, "equalisation_fund"), 0);
    cr_expect_eq(flyt_returns_paid(world), 0);
    cr_expect_gt(policy_value(world, &flyt_policy_equalisation, "equalisation_tenure"), 0);
    policy_close();
}

Test(equalisation, locks_owners_in_by_the_tax_they_would_pay)
{
    const char *set[] = {"policies.equalisation.deduction=no",
                         "policies.equalisation.gains_tax=0.5", "policies.equalisation.lock_in=2",
                         NULL};
    struct flyt_world *world = policy_open(set);
    policy_months(world, 0, 1);
    uint32_t a = make_owner(world, 0, 100, 0, 1000000);
    struct flyt_chooser with, without;
    double tax = (double)flyt_sale_gains_tax(world, a) / 100.0;
    flyt_choice_prepare(world, a, &with);
    world->housing->this_year->usercost.lock_in = 0.0;
    flyt_choice_prepare(world, a, &without);
    cr_assert_gt(tax, 0.0);
    cr_assert_float_eq(with.stay - without.stay, 2.0 * tax / (12.0 * with.income), 1e-9);
    policy_close();
}

Test(equalisation, no_place_can_be_named)
{
    const char *set[] = {"policies.equalisation.municipalities=Nordby"};
    flyt_arena_init(&policy_arena, 0);
    struct flyt_scenario_options options = {.set = set, .n_sets = 1};
    cr_assert_neq(flyt_scenario_load(FLYT_SOURCE_DIR "/scenarios/tiny", &options, &policy_arena,
                                     &policy_scenario, &policy_diag),
                  FLYT_OK);
    cr_assert(strstr(policy_diag.fault[0].text, "has no \"municipalities\"") != NULL, "%s",
              policy_diag.fault[0].text);
    flyt_arena_free(&policy_arena);
}
