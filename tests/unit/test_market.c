/* Rents of a world whose vacancy stays where it is; what they take of income. */
#include <math.h>

#include "models/cost_series.h"
#include "models/market.h"
#include "tests/unit/market_fixture.h"

static struct market market;

static void setup(void)
{
    market_open(&market, 4000, 2, market_plain);
    flyt_moves_find_vacant(market.world);
    market.world->market->measured = true;
}

static void teardown(void)
{
    market_close(&market);
}

TestSuite(market, .init = setup, .fini = teardown);

/** Thirty years at a fifth more vacancy than usual. @return the first municipality's rents. */
static double rents_after_years(uint32_t memory, double *usual)
{
    struct flyt_world *world = market.world;
    uint32_t homes_of = flyt_housing_market(0, FLYT_TENURE_private_rental);
    double vacancy =
        (double)flyt_housing_vacant(world, homes_of) / (double)flyt_housing_homes(world, homes_of);
    int64_t none[2 * FLYT_N_HOUSES] = {0};
    cr_assert_gt(vacancy, 0.0);
    market_params(&market)->market.vacancy_memory = memory;
    world->market->usual_vacancy[0] = vacancy / 1.2;
    for (uint32_t month = 0; month < 360; month++) {
        flyt_market_step(world, none, none);
    }
    *usual = world->market->usual_vacancy[0] / vacancy;
    return world->prices->rent_index[0];
}

Test(market, vacancy_that_stays_lowers_rents_for_good_when_the_usual_one_stands_still)
{
    double usual;
    cr_expect_float_eq(rents_after_years(0, &usual), 1 / 1.2, 1e-3);
    cr_expect_float_eq(usual, 1 / 1.2, 1e-12);
}

Test(market, vacancy_that_stays_becomes_usual_and_rents_return)
{
    double usual;
    double rents = rents_after_years(60, &usual);
    cr_expect_float_eq(usual, 1.0 - (1.0 - 1 / 1.2) * pow(1.0 - 1.0 / 60.0, 360), 1e-9);
    cr_expect_float_eq(rents, 1.0, 2e-3);
}

/* What is left after the rent is consumed and saved: with housing benefit in the income, the rent
   is what is missing. */
Test(market, rent_before_benefit_is_counted_over_income_with_it)
{
    double net[FLYT_N_TENURES], gross[FLYT_N_TENURES];
    struct flyt_ledger_sheet rates = flyt_ledger_rates(market.world);
    const uint32_t almen = FLYT_TENURE_almen, owner = FLYT_TENURE_owner;
    double rent = (double)rates.amount[FLYT_ACCOUNT_almen_rent][almen];
    double left = (double)(rates.amount[FLYT_ACCOUNT_consumption][almen] +
                           rates.amount[FLYT_ACCOUNT_saving][almen]);
    double benefit = (double)(rates.amount[FLYT_ACCOUNT_boligsikring][almen] +
                              rates.amount[FLYT_ACCOUNT_boligydelse][almen]);
    flyt_cost_record_burden(market.world, net);
    flyt_cost_record_rent_burden(market.world, gross);
    cr_assert_gt(benefit, 0.0);
    cr_expect_float_eq(gross[almen], rent / (rent + left), 1e-12);
    cr_expect_float_eq(net[almen], (rent - benefit) / (rent - benefit + left), 1e-12);
    cr_expect_float_eq(gross[owner], net[owner], 1e-12);
}
