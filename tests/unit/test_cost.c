/* What a home costs a household, whether it may take it, and what it pays: cases by hand, then the
   ledger that must balance while prices move. */
#include "cost_fixture.h"
#include "models/benefit.h"
#include "models/cost.h"
#include "models/cost_series.h"
#include "models/credit.h"
#include "models/usercost.h"

TestSuite(cost, .init = setup, .fini = teardown);

/** Sections of the first municipality: one of each tenure. */
enum { ALMEN, RENTAL, COOPERATIVE, OWNER };

/** A single parent of one who earns little. */
static struct flyt_cost_household a_parent(const struct flyt_params *params)
{
    struct flyt_benefit_household who = {.income_dkk = 160000, .persons = 2, .children = 1};
    return (struct flyt_cost_household){.benefit = flyt_benefit_terms(&params->benefit, &who),
                                        .gross = 160000,
                                        .disposable = 140000,
                                        .adults = 1};
}

/** A couple with a million of its own. */
static struct flyt_cost_household a_couple(const struct flyt_params *params)
{
    struct flyt_benefit_household who = {.income_dkk = 700000, .persons = 2};
    return (struct flyt_cost_household){.benefit = flyt_benefit_terms(&params->benefit, &who),
                                        .gross = 750000,
                                        .disposable = 480000,
                                        .wealth = 1000000,
                                        .adults = 2};
}

Test(cost, of_an_almen_home_is_the_rent_less_boligsikring)
{
    struct flyt_world world = make_priced_world(16, default_all());
    struct flyt_cost_household parent = a_parent(world.params);
    /* 80 m2 at 750: 60,000; 60 % is 36,000, but 27,774 must be left: 2,314.50 a month */
    cr_assert_eq(flyt_cost_month(&world, &parent, ALMEN, 80, 3), 231450);
}

Test(cost, of_a_private_rental_home_is_the_market_rent_less_benefit)
{
    struct flyt_world world = make_priced_world(16, default_all());
    struct flyt_cost_household parent = a_parent(world.params);
    struct flyt_cost_household couple = a_couple(world.params);
    world.prices->rent_index[0] = 1.2;
    flyt_prices_refresh(&world);
    /* 60 m2 at 1,200: 72,000; 60 % is 43,200 */
    cr_assert_eq(flyt_cost_month(&world, &parent, RENTAL, 60, 3), 240000);
    cr_assert_eq(flyt_cost_month(&world, &couple, RENTAL, 60, 3), 600000);
    uint32_t other = RENTAL + FLYT_N_TENURES; /* the other municipality's index stands at 1 */
    cr_assert_eq(flyt_cost_month(&world, &couple, other, 60, 3), 500000);
}

Test(cost, of_a_cooperative_is_the_fee_and_the_interest_on_the_share)
{
    struct flyt_params *params = default_all();
    params->prices.interest_rate = 0.035;
    params->usercost.bank_spread = 0.025;
    params->usercost.deduction_low = params->usercost.deduction_high = 0.33;
    struct flyt_world world = make_priced_world(16, params);
    struct flyt_cost_household couple = a_couple(world.params);
    struct flyt_cost_household who = couple;
    who.wealth = 200000; /* a share of 800,000, 600,000 of it borrowed at 6 % */
    double share = 36000 * 0.67 + 12000 * 0.73, fee = 70000;
    cr_assert_float_eq(flyt_cost_month(&world, &who, COOPERATIVE, 100, 4) / 100.0,
                       (share + fee) / 12.0, 0.01);
}

Test(cost, of_an_owners_home_is_the_user_cost)
{
    struct flyt_params *params = default_all();
    struct flyt_world world = make_priced_world(16, params);
    struct flyt_cost_household couple = a_couple(world.params);
    world.prices->growth[flyt_prices_market(0, FLYT_HOUSE_house)] = 0.02;
    flyt_prices_refresh(&world);
    struct flyt_usercost_home home = {.price_dkk = 1500000,
                                      .debt_dkk = 500000,
                                      .interest = 0.043 + 0.0081,
                                      .land_tax = 0.0098 * 0.8 * 0.2,
                                      .growth = 0.02,
                                      .adults = 2};
    struct flyt_usercost cost = flyt_usercost_of(&params->usercost, &home);
    cr_assert_float_eq(flyt_cost_month(&world, &couple, OWNER, 100, 4) / 100.0,
                       flyt_usercost_sum(&cost) / 12.0, 0.01);
    home.growth = 0.0; /* a flat of the same size: growth is expected of houses only */
    cost = flyt_usercost_of(&params->usercost, &home);
    cr_assert_float_eq(flyt_cost_month(&world, &couple, OWNER, 100, 3) / 100.0,
                       flyt_usercost_sum(&cost) / 12.0, 0.01);
}

Test(cost, freeze_holds_the_base_of_the_start_when_prices_rise)
{
    struct flyt_params *params = default_all();
    params->usercost.freeze = true;
    params->usercost.taxed_share = 1.0;
    params->usercost.frozen_share = 0.5;
    params->usercost.land_law_2024 = false;
    struct flyt_world world = make_priced_world(16, params);
    struct flyt_cost_household couple = a_couple(world.params);
    int32_t before = flyt_cost_month(&world, &couple, OWNER, 100, 4);
    world.prices->price_index[flyt_prices_market(0, FLYT_HOUSE_house)] = 2.0;
    flyt_prices_refresh(&world);
    struct flyt_usercost_home home = {.price_dkk = 3000000,
                                      .debt_dkk = 2000000,
                                      .frozen_dkk = 750000,
                                      .interest = world.prices->interest,
                                      .land_tax = 0.0225 * 0.2,
                                      .adults = 2};
    struct flyt_usercost cost = flyt_usercost_of(&params->usercost, &home);
    cr_assert_float_eq(cost.property_tax, 0.0051 * 750000, 1e-6);
    cr_assert_float_eq(flyt_cost_month(&world, &couple, OWNER, 100, 4) / 100.0,
                       flyt_usercost_sum(&cost) / 12.0, 0.01);
    cr_assert_gt(flyt_cost_month(&world, &couple, OWNER, 100, 4), before);
}

Test(cost, buyers_need_the_down_payment_and_an_income)
{
    struct flyt_world world = make_priced_world(16, default_all());
    struct flyt_cost_household couple = a_couple(world.params);
    struct flyt_cost_household who = couple;
    cr_assert(flyt_cost_allows(&world, &who, OWNER, 100, 4));
    who.wealth = 74999; /* 5 % of 1.5 m */
    cr_assert_not(flyt_cost_allows(&world, &who, OWNER, 100, 4));
    who.wealth = 75000;
    cr_assert(flyt_cost_allows(&world, &who, OWNER, 100, 4));
    who.gross = 356000; /* 4 x is less than 1.425 m */
    cr_assert_not(flyt_cost_allows(&world, &who, OWNER, 100, 4));
    who = couple;
    who.wealth = 75000;
    who.disposable = 200000; /* 40 % is 80,000; the stressed payment alone 79,000 */
    cr_assert_not(flyt_cost_allows(&world, &who, OWNER, 100, 4));
}

Test(cost, share_holders_and_tenants_need_their_own_deposits)
{
    struct flyt_params *params = default_all();
    params->credit.deposit_months = 3;
    struct flyt_world world = make_priced_world(16, params);
    struct flyt_cost_household couple = a_couple(world.params);
    struct flyt_cost_household who = couple;
    who.wealth = 200000; /* a quarter of 800,000 */
    cr_assert(flyt_cost_allows(&world, &who, COOPERATIVE, 100, 4));
    who.wealth = 199999;
    cr_assert_not(flyt_cost_allows(&world, &who, COOPERATIVE, 100, 4));
    who.wealth = 15000; /* three months of 5,000 */
    cr_assert(flyt_cost_allows(&world, &who, RENTAL, 60, 3));
    who.wealth = 14999;
    cr_assert_not(flyt_cost_allows(&world, &who, RENTAL, 60, 3));
    who.wealth = 0; /* the municipality lends the deposit */
    cr_assert(flyt_cost_allows(&world, &who, ALMEN, 60, 3));
    who.wealth = -1;
    cr_assert_not(flyt_cost_allows(&world, &who, ALMEN, 60, 3));
}

Test(cost, tenants_pay_what_the_home_costs_them)
{
    struct flyt_world world = make_priced_world(800, default_all());
    uint32_t with_benefit = 0;
    FLYT_EACH_HOUSEHOLD(&world, i)
    {
        const struct flyt_household *row = &world.households.row[i];
        struct flyt_income income = flyt_livelihood_income(&world, i);
        struct flyt_cost_flows flows = flyt_cost_flows(&world, i, &income);
        if (world.sections.tenure[row->section] > FLYT_TENURE_private_rental) {
            continue;
        }
        struct flyt_cost_household who = flyt_cost_household(&world, i);
        cr_assert_eq(flyt_cost_net(&flows),
                     flyt_cost_month(&world, &who, row->section, world.dwellings.area_m2[row->home],
                                     world.dwellings.rooms[row->home]));
        cr_assert(flows.boligsikring == 0 || flows.boligydelse == 0);
        with_benefit += flows.boligsikring + flows.boligydelse > 0;
    }
    cr_assert_gt(with_benefit, 20);
}

Test(cost, income_left_by_a_row_is_that_of_the_law)
{
    struct flyt_world world = make_priced_world(800, default_all());
    struct flyt_income_year *year = &world.livelihood->income;
    uint32_t n_works[FLYT_N_WORKS] = {0};
    for (uint32_t times = 0; times < 2; times++) {
        FLYT_EACH_HOUSEHOLD(&world, i)
        {
            const struct flyt_household *row = &world.households.row[i];
            const uint16_t *earning = world.households.cold[i].earning;
            struct flyt_income all = flyt_income_of(year, row, earning, 2500);
            struct flyt_income_left left = flyt_income_left(year, row, 2500);
            cr_assert_eq(left.gross, (int64_t)all.gross[0] + all.gross[1]);
            cr_assert_eq(left.labour_tax, all.labour_tax);
            cr_assert_eq(left.disposable, all.disposable);
            n_works[row->work[0]]++;
        }
        year->returned = 1234; /* then with what a policy pays back */
        year->tax.returned = 4321;
        year->tax.returned_share = 77;
    }
    for (uint32_t work = 0; work < FLYT_N_WORKS; work++) {
        cr_assert_gt(n_works[work], 0, "nobody in work state %u", work);
    }
}

Test(cost, owners_pay_interest_of_their_own_debt_taxes_and_upkeep)
{
    struct flyt_world world = make_priced_world(16, default_all());
    uint32_t household = household_of(&world, FLYT_TENURE_owner, 0);
    struct flyt_household *row = &world.households.row[household];
    world.households.cold[household].debt_ore = 60000000;
    world.dwellings.area_m2[row->home] = 100;
    struct flyt_income income = flyt_livelihood_income(&world, household);
    struct flyt_cost_flows flows = flyt_cost_flows(&world, household, &income);
    /* 600,000 at 5.11 %: 30,660 a year, a third of it deducted */
    cr_assert_eq(flows.interest, 255500);
    cr_assert_float_eq(flows.interest_deduction, 84570.5, 0.6); /* 33.1 % of 2,555 */
    cr_assert_eq(flows.property_tax, 51000);                    /* .51 % of 1.2 m */
    cr_assert_eq(flows.land_tax, 19600);                        /* 9.8 per mille of 240,000 */
    cr_assert_eq(flows.upkeep, 212500);                         /* 1.7 % of 1.5 m */
    cr_assert_eq(flows.almen_rent + flows.private_rent + flows.coop_fee, 0);
    struct flyt_usercost_params law = world.params->usercost; /* another one */
    law.freeze = true;
    law.upkeep *= 2.0;
    law.deduction_low = law.deduction_high = 0.0;
    struct flyt_cost_lawful lawful = flyt_cost_lawful(&world, household, &law, 6000.0);
    cr_assert_eq(lawful.property_tax, 25500); /* .51 % of .6 m */
    cr_assert_eq(lawful.interest_deduction, 0);
    cr_assert_eq(lawful.upkeep, 425000);
}

Test(cost, wealth_is_savings_and_what_is_left_of_the_home)
{
    struct flyt_world world = make_priced_world(16, default_all());
    uint32_t household = household_of(&world, FLYT_TENURE_owner, 0);
    struct flyt_household *row = &world.households.row[household];
    world.households.cold[household].debt_ore = 60000000;
    world.dwellings.area_m2[row->home] = 100;
    row->savings_ore = 5000000;
    cr_assert_float_eq(flyt_cost_household(&world, household).wealth, 950000, 1e-6);
    row->flags |= FLYT_HIDDEN; /* a guest owns nothing of it */
    cr_assert_float_eq(flyt_cost_household(&world, household).wealth, 50000, 1e-6);
}

Test(cost, guests_pay_nothing_and_neither_does_anybody_without_prices)
{
    struct flyt_world world = make_priced_world(16, default_all());
    uint32_t household = household_of(&world, FLYT_TENURE_almen, 0);
    struct flyt_income income = flyt_livelihood_income(&world, household);
    struct flyt_cost_flows flows = flyt_cost_flows(&world, household, &income);
    cr_assert_gt(flyt_cost_net(&flows), 0);
    world.households.row[household].flags |= FLYT_HIDDEN;
    flows = flyt_cost_flows(&world, household, &income);
    cr_assert_eq(flyt_cost_net(&flows), 0);
    world.households.row[household].flags = 0;
    world.prices = NULL;
    flows = flyt_cost_flows(&world, household, &income);
    cr_assert_eq(flyt_cost_net(&flows), 0);
}

Test(cost, those_who_live_there_pay_the_levels_of_january)
{
    struct flyt_world world = make_priced_world(16, default_all());
    uint32_t household = household_of(&world, FLYT_TENURE_private_rental, 0);
    struct flyt_income income = flyt_livelihood_income(&world, household);
    int32_t rent = flyt_cost_flows(&world, household, &income).private_rent;
    world.prices->rent_index[0] = 1.1;
    flyt_prices_refresh(&world);
    cr_assert_eq(flyt_cost_flows(&world, household, &income).private_rent, rent);
    uint32_t home = world.households.row[household].home;
    cr_assert_float_eq((double)flyt_prices_rent_ore(&world, home), 1.1 * rent, 1.0);
    flyt_prices_year(&world);
    cr_assert_float_eq(flyt_cost_flows(&world, household, &income).private_rent, 1.1 * rent, 1.0);
}

Test(cost, ledger_balances_while_rents_prices_and_debts_move)
{
    struct flyt_params *params = default_all();
    struct flyt_world world = make_priced_world(800, params);
    for (uint32_t month = 0; month < 30; month++) {
        world.prices->rent_index[month % 2] *= 1.01;
        world.prices->price_index[month % 4] *= 0.98;
        world.prices->growth[month % 4] = 0.01 * (month % 5);
        flyt_prices_refresh(&world);
        uint32_t year = month / 12;
        params->prices.interest_rate = 0.04 + 0.001 * year;
        uint32_t household = household_of(&world, FLYT_TENURE_owner, month);
        flyt_livelihood_before(&world, month % 16, household);
        world.households.cold[household].debt_ore += 12345600;
        flyt_livelihood_after(&world, month % 16, household);
        uint32_t guest = household_of(&world, month % FLYT_N_TENURES, 30 + month);
        flyt_livelihood_before(&world, 3, guest);
        world.households.row[guest].flags ^= FLYT_HIDDEN;
        flyt_livelihood_after(&world, 3, guest);
        cr_assert_eq(step_priced(&world), FLYT_OK);
        cr_assert_eq(flyt_livelihood_check(&world), FLYT_OK, "month %u: %s", month,
                     diag.fault[0].text);
        next_month(&world);
    }
}

Test(cost, an_ore_of_rent_lost_from_the_ledger_is_caught)
{
    struct flyt_world world = make_priced_world(200, default_all());
    cr_assert_eq(step_priced(&world), FLYT_OK);
    cr_assert_eq(flyt_livelihood_check(&world), FLYT_OK);
    world.ledger->rate[1].amount[FLYT_ACCOUNT_almen_rent][FLYT_TENURE_almen]--;
    cr_assert_eq(flyt_livelihood_check(&world), FLYT_ERR_INVARIANT);
}

Test(cost, regulated_rents_move_almen_homes_and_fees_and_no_market)
{
    struct flyt_params *params = default_all();
    struct flyt_world world = make_priced_world(16, params);
    params->prices.regulated_rent = 1.5;
    flyt_prices_year(&world);
    const struct flyt_price_level *now = world.prices->now;
    cr_assert_float_eq(now[ALMEN].rent_m2_year, 1.5 * RENT_ALMEN, 1e-9);
    cr_assert_float_eq(now[COOPERATIVE].rent_m2_year, 1.5 * FEE, 1e-9);
    cr_assert_float_eq(now[RENTAL].rent_m2_year, RENT_PRIVATE, 1e-9);
    cr_assert_float_eq(now[OWNER].price_m2[FLYT_HOUSE_flat], PRICE, 1e-9);
}

Test(cost, user_cost_of_a_market_rises_with_interest_and_falls_with_growth)
{
    struct flyt_params *params = default_all();
    struct flyt_world world = make_priced_world(16, params);
    struct flyt_prices *prices = world.prices;
    uint32_t flats = flyt_prices_market(0, FLYT_HOUSE_flat);
    /* i 5.11 %, 80 % borrowed: .02735 + .00746 + .00408 + .001568 + .017 */
    cr_assert_float_eq(prices->user_cost[flats], 0.0574574, 1e-7);
    cr_assert_float_eq(prices->user_cost_start[flats], prices->user_cost[flats], 1e-15);
    prices->growth[flats] = 0.05; /* weight .1 */
    flyt_prices_refresh(&world);
    cr_assert_float_eq(prices->user_cost[flats], 0.0524574, 1e-7);
    cr_assert_float_eq(prices->user_cost_start[flats], 0.0574574, 1e-7);
    params->prices.interest_rate += 0.01;
    flyt_prices_year(&world);
    cr_assert_float_eq(prices->user_cost[flats], 0.0524574 + 0.01 * (0.8 * 0.669 + 0.2 * 0.73),
                       1e-7);
}

Test(cost, absurd_prices_stay_numbers_and_still_balance)
{
    struct flyt_params *params = default_all();
    params->prices.interest_rate = 0.5;
    struct flyt_world world = make_priced_world(200, params);
    for (uint32_t i = 0; i < 4; i++) {
        world.prices->price_index[i] = 1e6;
        world.prices->rent_index[i / 2] = 1e6;
        world.prices->growth[i] = 9.0;
    }
    flyt_prices_year(&world);
    book_all(&world);
    struct flyt_cost_household couple = a_couple(params);
    cr_assert_eq(flyt_cost_month(&world, &couple, RENTAL, 100, 4), 2000000000);
    cr_assert_not(flyt_cost_allows(&world, &couple, OWNER, 100, 4));
    cr_assert_eq(step_priced(&world), FLYT_OK);
    cr_assert_eq(flyt_livelihood_check(&world), FLYT_OK);
    params->usercost.growth_weight = 2.0;
    flyt_prices_year(&world);
    cr_assert_eq(flyt_cost_month(&world, &couple, OWNER, 100, 4), -2000000000);
}

Test(cost, floor_area_is_that_of_homes_that_stand)
{
    struct flyt_world world = make_priced_world(64, default_all());
    int64_t row[64 * FLYT_N_KINDS], sum = 0, expected = 0, closed = world.dwellings.area_m2[5];
    cr_assert_leq(world.municipalities.n, 64);
    for (uint32_t d = 0; d < world.dwellings.n; d++) {
        expected += 20 * world.dwellings.rooms[d];
    }
    flyt_cost_record_floor(&world, row);
    for (uint32_t i = 0; i < world.municipalities.n * FLYT_N_KINDS; i++) {
        sum += row[i];
    }
    cr_assert_eq(sum, expected);
    uint32_t s = world.dwellings.section[5];
    uint32_t cell = world.sections.municipality[s] * FLYT_N_KINDS + world.sections.kind[s];
    int64_t before = row[cell];
    world.dwellings.occupant[5] = FLYT_CLOSED;
    world.dwellings.occupant[6] = FLYT_NONE;
    flyt_cost_record_floor(&world, row);
    cr_assert_eq(row[cell], before - closed, "a home that is no more; a vacant one counts");
}
