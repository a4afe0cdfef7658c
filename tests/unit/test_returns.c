/* Five households reckoned by hand: what goes back to whom, and who bears a reform of the law. */
#include "tests/unit/cost_fixture.h"

#include "models/incidence.h"
#include "models/resources.h"
#include "models/returns.h"

/* In tables of 2024, DKK a month: disability pension 20 370 alone, 17 315 each of a couple; cash
 * benefit 12 326; study grant 6820 and 4225 earned. Allowance 49 700 a year = 4141.67 a month, so
 * income above it, øre:
 *
 *   A  alone, disability pension, almen home of 60 m2:          2 037 000 - 414 167 = 1 622 833
 *   B  two, disability pensions, private rental of 80 m2:  2 x (1 731 500 - 414 167) = 2 634 666
 *   C  alone, disability pension, owner of 100 m2:                                     1 622 833
 *   D  student, almen home of 60 m2: 422 500 less 8 % + 682 000 - 414 167 =              656 533
 *   E  alone, cash benefit, share in a co-operative of 80 m2:  1 232 600 - 414 167 =     818 433
 *
 * together 7 355 298. Rents: A and D 750 * 60 / 12 = 3750.00, B 1000 * 80 / 12 = 6666.67. */
enum { A, B, E, C, D, N_CASES }; /* in the order of the fixture's tenures; D: almen again */

TestSuite(returns, .init = setup, .fini = teardown);
TestSuite(incidence, .init = setup, .fini = teardown);

static struct flyt_params *params;
static struct flyt_world world;
static uint32_t who[N_CASES];

static void put_adult(uint32_t household, uint32_t which, uint32_t work, int32_t age)
{
    struct flyt_adult adult = {.born = (int16_t)(START - age * 12),
                               .education = FLYT_EDUCATION_vocational,
                               .approved = true,
                               .work = (uint8_t)work,
                               .work_since = START};
    flyt_people_set_adult(&world.households.row[household], which, adult);
}

static void open_world(void)
{
    static const uint32_t work[N_CASES] = {FLYT_WORK_disability, FLYT_WORK_disability,
                                           FLYT_WORK_benefit, FLYT_WORK_disability,
                                           FLYT_WORK_student};
    static const int32_t age[N_CASES] = {62, 45, 34, 55, 22};
    static const uint16_t area_m2[N_CASES] = {60, 80, 80, 100, 60};
    static const int64_t debt_dkk[N_CASES] = {0, 0, 200000, 1000000, 0};
    params = default_all();
    params->usercost.freeze = true;
    world = make_priced_world(N_CASES, params);
    for (uint32_t i = 0; i < N_CASES; i++) {
        uint32_t household = who[i] = world.dwellings.occupant[i];
        struct flyt_household *row = &world.households.row[household];
        for (uint32_t c = 0; c < FLYT_CHILDREN; c++) {
            row->child_born[c] = FLYT_NO_MONTH;
        }
        row->born[1] = FLYT_NO_MONTH;
        put_adult(household, 0, work[i], age[i]);
        if (i == B) {
            put_adult(household, 1, work[i], age[i]);
        }
        row->savings_ore = 0;
        row->moved_in = 103 * 12; /* January 2003 */
        world.dwellings.area_m2[i] = area_m2[i];
        world.dwellings.rooms[i] = 3;
        world.households.cold[household].debt_ore = debt_dkk[i] * 100;
    }
    cr_assert_eq(flyt_resources_create(&world), FLYT_OK);
    book_all(&world);
    flyt_resources_year(&world);
    world.ledger->savings_ore = 0;
    cr_assert_eq(flyt_ledger_close(&world), FLYT_OK);
}

static struct flyt_income income_of(uint32_t i)
{
    return flyt_livelihood_income(&world, who[i]);
}

static struct flyt_cost_flows flows_of(uint32_t i)
{
    struct flyt_income income = income_of(i);
    return flyt_cost_flows(&world, who[i], &income);
}

/** Returns 12 000.00 DKK a year in a way, as each January of a policy would. */
static void give(enum flyt_returns_way way)
{
    params->returns = flyt_returns_of(&world, way, 1200000);
    world.month = world.month == 0 ? 12 : 24;
    flyt_prices_year(&world);
    flyt_livelihood_year(&world, &params->livelihood);
    cr_assert_eq(flyt_ledger_close(&world), FLYT_OK);
}

static void expect_returned(const int32_t *ore, int64_t in_all)
{
    for (uint32_t i = 0; i < N_CASES; i++) {
        cr_expect_eq(income_of(i).revenue_returned, ore[i], "%u: %d", i,
                     income_of(i).revenue_returned);
    }
    cr_expect_eq(flyt_returns_paid(&world), in_all, "%lld", (long long)flyt_returns_paid(&world));
}

Test(returns, equal_sums_go_to_each_household)
{
    open_world();
    int32_t before = income_of(B).disposable;
    give(FLYT_RETURNS_lump_sum); /* 1000.00 by five */
    expect_returned((int32_t[]){20000, 20000, 20000, 20000, 20000}, 100000);
    cr_expect_eq(income_of(B).disposable - before, 20000);
}

Test(returns, lower_tax_is_the_same_for_each_adult)
{
    open_world();
    give(FLYT_RETURNS_tax_adult); /* 1000.00 by six adults, 166.66; 4 øre are left */
    expect_returned((int32_t[]){16666, 33332, 16666, 16666, 16666}, 99996);
    cr_expect_eq(flyt_ledger_total(world.ledger, FLYT_ACCOUNT_revenue_returned), 99996);
}

Test(returns, lower_tax_goes_by_income_above_the_allowance)
{
    open_world();
    give(FLYT_RETURNS_tax_share); /* 100 000 / 7 355 298 = .013595 */
    expect_returned((int32_t[]){22062, 2 * 17909, 11126, 22062, 8925}, 99993);
}

Test(returns, tax_is_never_below_nothing)
{
    open_world();
    params->returns = (struct flyt_returns){.adult = 10000000};
    world.month = 12;
    flyt_livelihood_year(&world, &params->livelihood);
    for (uint32_t i = 0; i < N_CASES; i++) {
        struct flyt_income income = income_of(i);
        cr_expect_gt(income.revenue_returned, 0);
        cr_expect_eq(income.revenue_returned, income.state_tax + income.municipal_tax);
    }
}

/** 1000.00 of 7500.00: each pays 3250.00, and the housing benefit is of that.
 *  A  boligsikring .6 * 45 000 - .18 * (244 440 - 166 144) = 12 906.72 a year = 1075.56 a month;
 *     of 39 000 it is 9306.72 = 775.56.
 *  D  without children at most .15 of the rent: 6750 = 562.50; of 39 000 5850 = 487.50. */
Test(returns, lower_almen_rents_lower_the_housing_benefit_too)
{
    open_world();
    cr_expect_eq(flows_of(A).boligsikring, 107556);
    cr_expect_eq(flows_of(D).boligsikring, 56250);
    int64_t cost_of_a = 375000 - 107556;
    struct flyt_cost_flows before = flows_of(A);
    cr_expect_eq(flyt_cost_net(&before), cost_of_a);
    give(FLYT_RETURNS_almen_rents);
    struct flyt_cost_flows a = flows_of(A), b = flows_of(B), d = flows_of(D);
    cr_expect_eq(a.almen_rent, 375000);
    cr_expect_eq(a.rent_returned, 50000);
    cr_expect_eq(a.boligsikring, 77556);
    cr_expect_eq(flyt_cost_net(&a), cost_of_a - 50000 + 30000);
    cr_expect_eq(d.rent_returned, 50000);
    cr_expect_eq(d.boligsikring, 48750);
    cr_expect_eq(b.rent_returned, 0);
    cr_expect_eq(flyt_ledger_total(world.ledger, FLYT_ACCOUNT_rent_returned), 100000);
    /* who looks for a home sees the same */
    struct flyt_cost_household as = flyt_cost_household(&world, who[A]);
    cr_expect_eq(flyt_cost_month(&world, &as, world.households.row[who[A]].section, 60, 3),
                 325000 - 77556);
    /* it is Mr A's gain of 200.00 and Ms D's of 425.00 */
    struct flyt_incidence_sheet sheet = {0};
    cr_assert_eq(flyt_incidence_month(&world, &params->usercost, &sheet), FLYT_OK);
    cr_expect_eq(sheet.tenure[FLYT_INCIDENCE_returned][FLYT_TENURE_almen], -62500);
    cr_expect_eq(sheet.age[FLYT_INCIDENCE_returned][0], -42500);
    cr_expect_eq(sheet.age[FLYT_INCIDENCE_returned][5], -20000);
}

/** 1000.00 of 14 166.67, .0705882. Housing benefit of the rest: A .6 * 41 823.53 - 14 093.28 =
 *  11 000.84 a year = 916.736 a month. The ledger rounds what is paid after it, 3485.294 - 916.736
 * = 2568.56, so it books 3485.29 - 2568.56 = 916.73, 158.83 lost; D .15 * 41 823.53 = 6273.53 =
 * 522.79, 39.71 lost; B .6 * 80 000 - .18 * (415 560 - 166 144) = 3105.12 = 258.76, all of it lost.
 */
Test(returns, lower_rents_of_all_go_by_the_rent)
{
    open_world();
    cr_expect_eq(flows_of(B).boligsikring, 25876);
    give(FLYT_RETURNS_all_rents);
    cr_expect_eq(flows_of(A).rent_returned, 26471);
    cr_expect_eq(flows_of(D).rent_returned, 26471);
    cr_expect_eq(flows_of(B).rent_returned, 47059);
    cr_expect_eq(flyt_returns_paid(&world), 100001); /* one øre too much by rounding */
    struct flyt_incidence_sheet sheet = {0};
    cr_assert_eq(flyt_incidence_month(&world, &params->usercost, &sheet), FLYT_OK);
    cr_expect_eq(sheet.age[FLYT_INCIDENCE_returned][5], -(26471 - 15883)); /* A */
    cr_expect_eq(sheet.age[FLYT_INCIDENCE_returned][0], -(26471 - 3971));  /* D */
    cr_expect_eq(sheet.tenure[FLYT_INCIDENCE_returned][FLYT_TENURE_private_rental], -21183);
}

Test(returns, nothing_is_returned_of_nothing_or_less)
{
    open_world();
    for (uint32_t way = 0; way <= FLYT_RETURNS_tax_share; way++) {
        struct flyt_returns none = flyt_returns_of(&world, (enum flyt_returns_way)way, 0);
        struct flyt_returns owed = flyt_returns_of(&world, (enum flyt_returns_way)way, -1200000);
        cr_expect_not(flyt_returns_any(&none) || flyt_returns_any(&owed), "%u", way);
    }
}

/** The freeze ends and half of the deduction goes.
 *  C  1 500 000 DKK, base .8 of it: 6120.00 a year = 510.00 a month; frozen .4632 of the price
 *     3543.48 = 295.29: 214.71 more. Interest .0511 of 1 000 000: 50 000 * .331 + 1100 * .251 =
 *     16 826.10 = 1402.18 a month (1402.175); half of it 701.09: 701.09 lost.
 *  E  interest .068 of 200 000 = 13 600, worth 4501.60 = 375.13 a month; half 187.57: 187.56 lost.
 */
Test(incidence, is_what_each_pays_more_than_by_the_law_before)
{
    open_world();
    struct flyt_usercost_params before = params->usercost;
    params->usercost.thaw = 1.0;
    params->usercost.deduction_low /= 2.0;
    params->usercost.deduction_high /= 2.0;
    give(FLYT_RETURNS_tax_adult);
    struct flyt_incidence_sheet sheet = {0};
    cr_assert_eq(flyt_incidence_month(&world, &before, &sheet), FLYT_OK);
    cr_expect_eq(sheet.tenure[FLYT_INCIDENCE_property_tax][FLYT_TENURE_owner], 21471);
    cr_expect_eq(sheet.tenure[FLYT_INCIDENCE_deduction][FLYT_TENURE_owner], 70109);
    cr_expect_eq(sheet.tenure[FLYT_INCIDENCE_returned][FLYT_TENURE_owner], -16666);
    cr_expect_eq(sheet.tenure[FLYT_INCIDENCE_property_tax][FLYT_TENURE_cooperative], 0);
    cr_expect_eq(sheet.tenure[FLYT_INCIDENCE_deduction][FLYT_TENURE_cooperative], 18756);
    cr_expect_eq(sheet.tenure[FLYT_INCIDENCE_returned][FLYT_TENURE_private_rental], -33332);
    cr_expect_eq(sheet.age[FLYT_INCIDENCE_property_tax][4], 21471);    /* 55 years */
    cr_expect_eq(sheet.age[FLYT_INCIDENCE_deduction][2], 18756);       /* 34 years */
    cr_expect_eq(sheet.bought[FLYT_INCIDENCE_property_tax][1], 21471); /* in 2003 */
    cr_expect_eq(sheet.bought[FLYT_INCIDENCE_deduction][1], 70109);    /* not E, who has a share */
    cr_expect_eq(sheet.owners[1], 1);
    int64_t by_income = 0;
    for (uint32_t i = 0; i < FLYT_INCOME_CLASSES; i++) {
        by_income += sheet.income[FLYT_INCIDENCE_deduction][i];
    }
    cr_expect_eq(by_income, 70109 + 18756);
}

Test(incidence, knows_when_a_home_was_bought)
{
    cr_expect_eq(flyt_incidence_bought(FLYT_NO_MONTH), 0);
    cr_expect_eq(flyt_incidence_bought(99 * 12 + 11), 0); /* December 1999 */
    cr_expect_eq(flyt_incidence_bought(100 * 12), 1);
    cr_expect_eq(flyt_incidence_bought(114 * 12 + 11), 3);
    cr_expect_eq(flyt_incidence_bought(119 * 12 + 11), 4);
    cr_expect_eq(flyt_incidence_bought(130 * 12), 5);
}
