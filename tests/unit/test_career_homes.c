/* AlmenBolig+: who bears the lower rent, and that who looks for a home sees it. */
#include "tests/unit/policy_fixture.h"

#include <math.h>

#include "models/career_homes.h"
#include "models/choice.h"
#include "models/lifecourse.h"
#include "models/prices.h"

extern const struct flyt_policy flyt_policy_housing_career;

enum { PLUS = 3 };

/** What three homes of Parken's family homes hold: one adult each, as in test_returns.c. */
static void put_plus(struct flyt_world *world, uint32_t i, uint32_t d)
{
    static const uint32_t work[PLUS] = {FLYT_WORK_disability, FLYT_WORK_student,
                                        FLYT_WORK_employed};
    static const int32_t age[PLUS] = {62, 22, 40};
    static const uint16_t area_m2[PLUS] = {60, 64, 80};
    uint32_t who = world->dwellings.occupant[d];
    struct flyt_household *row = &world->households.row[who];
    world->life->n_persons -= flyt_people_persons(row) - 1;
    for (uint32_t c = 0; c < FLYT_CHILDREN; c++) {
        row->child_born[c] = FLYT_NO_MONTH;
    }
    row->born[1] = FLYT_NO_MONTH;
    struct flyt_adult adult = {.born = (int16_t)(world->calendar - age[i] * 12),
                               .education = FLYT_EDUCATION_vocational,
                               .approved = true,
                               .work = (uint8_t)work[i],
                               .work_since = world->calendar};
    flyt_people_set_adult(row, 0, adult);
    world->households.cold[who].earning[0] = 4 * 1024;
    world->dwellings.area_m2[d] = area_m2[i];
    world->dwellings.rooms[d] = 2;
}

/** The first three occupied family homes of Parken, as AlmenBolig+ or as they were. */
static uint32_t make_plus(struct flyt_world *world, bool plus, uint32_t *home)
{
    struct flyt_career *own = flyt_policies_own(world, &flyt_policy_housing_career);
    uint32_t n = 0;
    for (uint32_t d = world->sections.first[0]; d < world->sections.first[1] && n < PLUS; d++) {
        uint32_t who = world->dwellings.occupant[d];
        if (who >= FLYT_CLOSED) {
            continue;
        }
        struct flyt_career_home *row = flyt_career_home_of(world, own, d);
        flyt_livelihood_before(world, 0, who);
        put_plus(world, n, d);
        row->set_aside = own->lowers = plus;
        row->kind = FLYT_CAREER_plus;
        flyt_livelihood_after(world, 0, who);
        home[n++] = d;
    }
    return n;
}

static int64_t more_of(const struct flyt_ledger_sheet *with,
                       const struct flyt_ledger_sheet *without, enum flyt_account account)
{
    return with->amount[account][FLYT_TENURE_almen] - without->amount[account][FLYT_TENURE_almen];
}

/** Rent 750 DKK a m2, 21 % less asked, a third (.333) of that spared. DKK a month:
 *
 *   A  alone, disability pension, 60 m2: of 3750.00 2962.50 is asked, 787.50 less; boligsikring
 *      .6 * 45 000 - .18 * (244 440 - 166 144) = 12 906.72 a year = 1075.56, of 35 550 7236.72 =
 *      603.06: A keeps 315.00 and the municipality 472.50; upkeep spared 262.24
 *   D  student, 64 m2: of 4000.00 3160.00, 840.00 less; boligsikring .15 of the rent: 600.00, then
 *      474.00: D keeps 714.00, the municipality 126.00; spared 279.72
 *   F  well paid, 80 m2: of 5000.00 3950.00, 1050.00 less, and nothing else; spared 349.65
 *
 * The organisation asks 2677.50 less and is spared 891.61: it bears 1785.89. Municipalities are
 * better off by 598.50. Households spend the 2079.00 they keep, and others get that, less 891.61
 * which they were paid for the work: 1187.39. -1785.89 + 598.50 + 1187.39 = 0. */
Test(career_homes, rents_of_three_almenplus_homes_reckoned_by_hand)
{
    const char *set[] = {"policies.housing_career.coowned=0", "policies.housing_career.plus=1",
                         "policies.housing_career.areas=Parken",
                         "policies.housing_career.plus_spared=0.333", NULL};
    static const int32_t rent[PLUS] = {375000, 400000, 500000},
                         lowered[PLUS] = {78750, 84000, 105000},
                         spared[PLUS] = {26224, 27972, 34965}, benefit[PLUS] = {60306, 47400, 0};
    struct flyt_world *world = policy_open(set);
    uint32_t home[PLUS];
    policy_months(world, 0, 1);
    for (uint32_t who = 0; who < world->households.capacity; who++) { /* booked at another rent */
        if (world->households.uid[who] != 0) {
            flyt_livelihood_before(world, 0, who);
        }
    }
    world->prices->booked[0].rent_m2_year = world->prices->now[0].rent_m2_year = 750.0;
    for (uint32_t who = 0; who < world->households.capacity; who++) {
        if (world->households.uid[who] != 0) {
            flyt_livelihood_after(world, 0, who);
        }
    }
    cr_assert_eq(make_plus(world, false, home), PLUS);
    struct flyt_ledger_sheet without = flyt_ledger_rates(world);
    cr_assert_eq(make_plus(world, true, home), PLUS);
    struct flyt_ledger_sheet with = flyt_ledger_rates(world);
    for (uint32_t i = 0; i < PLUS; i++) {
        uint32_t who = world->dwellings.occupant[home[i]];
        struct flyt_income income = flyt_livelihood_income(world, who);
        struct flyt_cost_flows flows = flyt_cost_flows(world, who, &income);
        cr_expect_eq(flows.almen_rent, rent[i], "%u: %d", i, flows.almen_rent);
        cr_expect_eq(flows.rent_lowered, lowered[i], "%u: %d", i, flows.rent_lowered);
        cr_expect_eq(flows.upkeep_spared, spared[i], "%u: %d", i, flows.upkeep_spared);
        cr_expect_eq(flows.boligsikring, benefit[i], "%u: %d", i, flows.boligsikring);
        cr_expect_eq(flows.rent_returned, 0);
        /* who looks at the home sees what it would pay: all of it is in the choice */
        struct flyt_chooser chooser;
        struct flyt_offer offer = flyt_choice_home(world, home[i]);
        flyt_choice_prepare(world, who, &chooser);
        cr_expect(offer.lowered);
        cr_expect_float_eq(flyt_choice_cost(world, &chooser, &offer),
                           (double)flyt_cost_net(&flows) / 100.0, 1e-9);
    }
    cr_expect_eq(more_of(&with, &without, FLYT_ACCOUNT_almen_rent), 0);
    cr_expect_eq(more_of(&with, &without, FLYT_ACCOUNT_rent_lowered), 267750);
    cr_expect_eq(more_of(&with, &without, FLYT_ACCOUNT_upkeep_spared), 89161);
    cr_expect_eq(more_of(&with, &without, FLYT_ACCOUNT_boligsikring), -59850);
    cr_expect_eq(more_of(&with, &without, FLYT_ACCOUNT_consumption), 207900);
    int64_t of_party[FLYT_N_PARTIES] = {0};
    for (uint32_t a = 0; a < FLYT_N_ACCOUNTS; a++) {
        int64_t more = more_of(&with, &without, a);
        of_party[flyt_ledger_accounts[a].receiver] += more;
        of_party[flyt_ledger_accounts[a].payer] -= more;
    }
    cr_expect_eq(of_party[FLYT_PARTY_organisations], -178589);
    cr_expect_eq(of_party[FLYT_PARTY_municipalities], 59850);
    cr_expect_eq(of_party[FLYT_PARTY_outside], 118739);
    cr_expect_eq(of_party[FLYT_PARTY_households], 0);
    policy_close();
}

/** The scenario says another value, which is the law from the next January on. */
static void from_now_on(const struct flyt_world *world, const char *name, double value)
{
    const struct flyt_scenario_policy *given =
        flyt_policies_find(world, &flyt_policy_housing_career)->given;
    for (uint32_t i = 0; i < given->spec->n_fields; i++) {
        if (strcmp(given->spec->field[i].name, name) == 0) {
            given->parameter[i].value[0] = value;
        }
    }
}

/** Homes become AlmenBolig+, people live in them, leave them and come; the discount is another from
 *  the second January on. Each month the books balance to 0 øre (the model's own checks), and what
 *  is asked less is the sum over those who live there. */
Test(career_homes, lower_rents_are_those_of_who_lives_there_month_by_month)
{
    const char *set[] = {"policies.housing_career.coowned=0",
                         "policies.housing_career.plus=1000",
                         "policies.housing_career.deprived=no",
                         "policies.housing_career.plus_rent_discount=0.3",
                         "policies.housing_career.to=2024",
                         "search.almen_family=0.6",
                         NULL};
    struct flyt_world *world = policy_open(set);
    const struct flyt_career *own = flyt_policies_own(world, &flyt_policy_housing_career);
    int64_t before = 0, after = 0;
    for (uint32_t month = 0; month < 30; month++) {
        if (month == 12) {
            from_now_on(world, "plus_rent_discount", 0.1);
        }
        policy_months(world, month, month + 1);
        int64_t lowered = 0, whole = 0, spared = 0;
        FLYT_CAREER_EACH_HOME(world, own, s, d, home)
        {
            uint32_t who = world->dwellings.occupant[d];
            if (home->set_aside && who < FLYT_CLOSED) {
                struct flyt_income income = flyt_livelihood_income(world, who);
                struct flyt_cost_flows flows = flyt_cost_flows(world, who, &income);
                lowered += flows.rent_lowered;
                spared += flows.upkeep_spared;
                whole += flows.almen_rent;
            }
        }
        cr_expect_eq(lowered, flyt_ledger_total(world->ledger, FLYT_ACCOUNT_rent_lowered));
        cr_expect_eq(spared, flyt_ledger_total(world->ledger, FLYT_ACCOUNT_upkeep_spared));
        double share = whole > 0 ? (double)lowered / (double)whole : 0.0;
        cr_expect(whole == 0 || fabs(share - (month < 12 ? 0.3 : 0.1)) < 1e-4, "%u: %g", month,
                  share);
        before += month < 12 ? lowered : 0;
        after += month < 12 ? 0 : lowered; /* also when the policy is at an end */
    }
    cr_assert(before > 0 && after > 0);
    policy_close();
}

/** Without a discount the homes are let and lived in as before there was one: nothing is lowered,
 *  whatever share of it would be spared. */
Test(career_homes, no_discount_moves_no_krone)
{
    static const char *const spared[] = {"policies.housing_career.plus_spared=0",
                                         "policies.housing_career.plus_spared=1"};
    struct flyt_ledger_sheet month[2];
    for (uint32_t i = 0; i < 2; i++) {
        const char *set[] = {"policies.housing_career.coowned=0",
                             "policies.housing_career.plus=1000",
                             "policies.housing_career.deprived=no",
                             "policies.housing_career.plus_rent_discount=0",
                             "search.almen_family=0.6",
                             spared[i],
                             NULL};
        struct flyt_world *world = policy_open(set);
        policy_months(world, 0, 12);
        cr_expect_gt(policy_value(world, &flyt_policy_housing_career, "career_kinds"), 0);
        cr_expect_eq(flyt_ledger_total(world->ledger, FLYT_ACCOUNT_rent_lowered), 0);
        cr_expect_eq(flyt_ledger_total(world->ledger, FLYT_ACCOUNT_upkeep_spared), 0);
        month[i] = world->ledger->month;
        policy_close();
    }
    cr_expect_eq(memcmp(&month[0], &month[1], sizeof month[0]), 0);
}
