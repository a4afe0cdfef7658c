/* The ledger: accounts, rates by increments, single payments, and an øre that gets lost. */
#include <string.h>

#include "cost_fixture.h"

TestSuite(ledger, .init = setup, .fini = teardown);

static const struct flyt_par two_threads = {2, 16, 0};

static void run(struct flyt_world *world, const struct flyt_livelihood_params *params,
                uint32_t months)
{
    for (uint32_t k = 0; k < months; k++) {
        cr_assert_eq(step(world, params), FLYT_OK);
        cr_assert_eq(flyt_livelihood_check(world), FLYT_OK, "month %u: %s", world->month,
                     diag.fault[0].text);
        next_month(world);
    }
}

Test(ledger, balances_to_zero_for_120_months_with_every_row_recounted)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(2000, two_threads, &params);
    for (uint32_t year = 0; year < 10; year++) {
        params.income.wage_index *= 1.03;
        params.income.cash *= 1.02;
        run(&world, &params, 12);
        int64_t net = 0;
        for (uint32_t p = 0; p < FLYT_N_PARTIES; p++) {
            net += flyt_ledger_net(world.ledger, p);
        }
        cr_assert_eq(net, 0);
        cr_assert_eq(flyt_ledger_net(world.ledger, FLYT_PARTY_households), 0);
    }
    cr_assert_gt(flyt_ledger_total(world.ledger, FLYT_ACCOUNT_wages), 0);
    cr_assert_gt(flyt_ledger_total(world.ledger, FLYT_ACCOUNT_state_pensions), 0);
    cr_assert_gt(world.ledger->savings_ore, 0);
}

Test(ledger, every_account_has_two_parties_and_moves_in_the_synthetic_world)
{
    struct flyt_world world = make_priced_world(2000, default_all());
    cr_assert_eq(step_priced(&world), FLYT_OK);
    for (uint32_t a = 0; a < FLYT_N_ACCOUNTS; a++) {
        cr_assert_neq(flyt_ledger_accounts[a].payer, flyt_ledger_accounts[a].receiver);
        /* nobody comes, goes, buys or sells here: those accounts are tested with sales */
        bool moves = a != FLYT_ACCOUNT_savings_out && a != FLYT_ACCOUNT_home_bought &&
                     a != FLYT_ACCOUNT_home_sold && a != FLYT_ACCOUNT_loan_drawn &&
                     a != FLYT_ACCOUNT_loan_repaid && a != FLYT_ACCOUNT_savings_drawn &&
                     a != FLYT_ACCOUNT_savings_placed && a < FLYT_ACCOUNT_gains_tax;
        cr_assert_eq(flyt_ledger_total(world.ledger, a) > 0, moves, "%s",
                     flyt_ledger_accounts[a].name);
        cr_assert(flyt_ledger_accounts[a].en[0] != 0 && flyt_ledger_accounts[a].da[0] != 0);
    }
}

Test(ledger, an_ore_lost_from_an_income_is_caught)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(500, two_threads, &params);
    run(&world, &params, 2);
    world.households.row[flyt_world_first(&world, 3)].disposable_ore--;
    cr_assert_eq(flyt_livelihood_check(&world), FLYT_ERR_INVARIANT);
}

Test(ledger, an_ore_lost_from_an_income_unbalances_the_month_it_is_booked_in)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(500, two_threads, &params);
    run(&world, &params, 2);
    uint32_t household = flyt_world_first(&world, 3);
    world.households.row[household].disposable_ore--;
    flyt_livelihood_before(&world, 3, household); /* takes out one øre less than was put in */
    flyt_livelihood_after(&world, 3, household);
    cr_assert_eq(step(&world, &params), FLYT_ERR_INVARIANT);
    cr_assert(strstr(diag.fault[0].text, "out by -1 øre") != NULL, "%s", diag.fault[0].text);
}

Test(ledger, an_ore_lost_from_savings_is_caught)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(500, two_threads, &params);
    cr_assert_eq(step(&world, &params), FLYT_OK);
    cr_assert_eq(flyt_livelihood_check(&world), FLYT_OK);
    world.households.row[flyt_world_first(&world, 5)].savings_ore--;
    cr_assert_eq(flyt_livelihood_check(&world), FLYT_ERR_INVARIANT);
}

Test(ledger, an_ore_lost_from_a_rate_is_caught)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(500, two_threads, &params);
    cr_assert_eq(step(&world, &params), FLYT_OK);
    world.ledger->rate[2].amount[FLYT_ACCOUNT_municipal_tax][1]--;
    cr_assert_eq(flyt_livelihood_check(&world), FLYT_ERR_INVARIANT);
    next_month(&world);
    cr_assert_eq(step(&world, &params), FLYT_ERR_INVARIANT);
}

Test(ledger, a_household_moves_between_tenures_and_leaves_with_its_savings)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(500, two_threads, &params);
    run(&world, &params, 1);
    uint32_t household = flyt_world_first(&world, 4);
    struct flyt_household *row = &world.households.row[household];
    uint32_t from = world.sections.tenure[row->section];
    int64_t before = flyt_ledger_rates(&world).amount[FLYT_ACCOUNT_consumption][from];
    int32_t spends = row->disposable_ore - flyt_livelihood_income(&world, household).saving;
    flyt_livelihood_before(&world, 4, household);
    uint32_t home = row->home, to = (row->section + 1) % FLYT_N_TENURES;
    row->section = to; /* the same municipality's next section, or the first one's */
    flyt_livelihood_after(&world, 4, household);
    cr_assert_eq(flyt_ledger_rates(&world).amount[FLYT_ACCOUNT_consumption][from], before - spends);
    run(&world, &params, 1);
    int64_t savings = flyt_livelihood_savings(&world, household);
    flyt_livelihood_depart(&world, 4, household);
    world.dwellings.occupant[home] = FLYT_NONE;
    flyt_world_remove(&world, household);
    run(&world, &params, 1);
    cr_assert_eq(flyt_ledger_total(world.ledger, FLYT_ACCOUNT_savings_out), savings);
    run(&world, &params, 1);
    cr_assert_eq(flyt_ledger_total(world.ledger, FLYT_ACCOUNT_savings_out), 0);
}

Test(ledger, every_account_is_an_output_variable_with_its_months_payments)
{
    static const struct flyt_series series[] = {FLYT_LEDGER_SERIES};
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(500, two_threads, &params);
    run(&world, &params, 2);
    cr_assert_eq(FLYT_COUNT(series), FLYT_N_LEDGER_SERIES);
    for (uint32_t a = 0; a < FLYT_N_LEDGER_SHOWN; a++) {
        int64_t row[FLYT_N_TENURES], sum = 0;
        series[a].record(&world, row);
        for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
            sum += row[t];
        }
        cr_assert_eq(sum, flyt_ledger_total(world.ledger, a), "%s", series[a].name);
        cr_assert_str_eq(series[a].name + strlen("ledger_"), flyt_ledger_accounts[a].name);
    }
    int64_t held;
    series[FLYT_N_LEDGER_SHOWN].record(&world, &held);
    cr_assert_eq(held, world.ledger->savings_ore);
}
