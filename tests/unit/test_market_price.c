#include <criterion/criterion.h>
#include <math.h>

#include "models/market_price.h"

static struct flyt_market_params usual_params(void)
{
#define X(type, name, unit, value, ...) .name = value,
    return (struct flyt_market_params){MARKET_PARAMS(X)};
#undef X
}

static struct flyt_building_params building_params(void)
{
#define X(type, name, unit, value, ...) .name = value,
    return (struct flyt_building_params){BUILDING_PARAMS(X)};
#undef X
}

#define assert_near(a, b, tolerance)                                                               \
    cr_assert(fabs((a) - (b)) <= (tolerance), "%.12g is not %.12g", (double)(a), (double)(b))

Test(market_price, rents_stand_still_at_usual_vacancy_and_answer_within_half_a_percent)
{
    struct flyt_market_params params = usual_params();
    assert_near(flyt_market_rent_change(&params, 0.03, 0.03, 0.0), 0.0, 1e-15);
    assert_near(flyt_market_rent_change(&params, 0.025, 0.03, 0.0), 0.02 * log(1.2), 1e-12);
    assert_near(flyt_market_rent_change(&params, 0.001, 0.03, 0.0), 0.005, 1e-15);
    assert_near(flyt_market_rent_change(&params, 0.2, 0.03, 0.0), -0.005, 1e-15);
    assert_near(flyt_market_rent_change(&params, 0.03, 0.03, 0.1), -0.002, 1e-15);
}

Test(market_price, warranted_price_has_the_elasticities_it_is_given)
{
    struct flyt_market_params params = usual_params();
    assert_near(flyt_market_warranted(&params, 0.03, 0.03, 1.0), 0.0, 1e-15);
    assert_near(flyt_market_warranted(&params, 0.02838, 0.04854, 1.0),
                0.35 * log(0.02838 / 0.04854), 1e-12);
    assert_near(flyt_market_warranted(&params, 0.03, 0.03, 1.1), 0.8 * log(1.1), 1e-12);
    /* a user cost below the least is taken as the least */
    assert_near(flyt_market_warranted(&params, 0.03, -0.01, 1.0), 0.35 * log(2.0), 1e-12);
}

Test(market_price, gain_is_the_sum_of_trend_and_expectation)
{
    struct flyt_market_params params = usual_params();
    /* .3 + 12 x .01 x .1 x .35 / .03 */
    assert_near(flyt_market_gain(&params, 0.1, 0.03), 0.44, 1e-12);
}

/** Largest distance of ln price from its warranted level in the last 20 of 200 years after a shock
 * of half a percent, where expected growth lowers the user cost. */
static double distance_after(struct flyt_market_params params, double weight)
{
    enum { MONTHS = 2400, LAST = 240 };
    double log_price[MONTHS + 13] = {0}, far = 0.0;
    double user_cost = 0.03;
    log_price[12] = 0.005;
    for (int m = 12; m < MONTHS + 12; m++) {
        double trend = log_price[m] - log_price[m - 12];
        double now = user_cost - weight * trend;
        double warranted = flyt_market_warranted(&params, user_cost, now, 1.0);
        log_price[m + 1] =
            log_price[m] + flyt_market_price_change(&params, 1.0, warranted - log_price[m], trend);
        if (m >= MONTHS + 12 - LAST) {
            far = fabs(log_price[m + 1]) > far ? fabs(log_price[m + 1]) : far;
        }
    }
    return far;
}

/** Weight of expected growth at which the loop has this gain. */
static double weight_of(const struct flyt_market_params *params, double gain)
{
    double without = flyt_market_gain(params, 0.0, 0.03);
    return (gain - without) / (flyt_market_gain(params, 1.0, 0.03) - without);
}

Test(market_price, loop_dies_out_below_gain_one_and_explodes_above)
{
    struct flyt_market_params params = usual_params();
    for (int i = 0; i < 2; i++) {
        params.price_pull = i == 0 ? 0.01 : 0.03;
        cr_assert_lt(distance_after(params, weight_of(&params, 0.5)), 1e-12);
        cr_assert_lt(distance_after(params, weight_of(&params, 0.8)), 1e-12);
        cr_assert_lt(distance_after(params, weight_of(&params, 0.95)), 1e-6);
        cr_assert_gt(distance_after(params, weight_of(&params, 1.1)), 0.001);
        cr_assert_gt(distance_after(params, weight_of(&params, 1.2)), 0.1);
    }
}

Test(market_price, building_follows_growth_and_price_up_to_its_most)
{
    struct flyt_building_params params = building_params();
    params.growth = 0.008;
    assert_near(flyt_market_building(&params, 1.0), 0.008, 1e-12);
    assert_near(flyt_market_building(&params, 1.21), 0.0088, 1e-9);
    assert_near(flyt_market_building(&params, 9.0), 0.015, 1e-15);
    params.growth = -0.01;
    assert_near(flyt_market_building(&params, 1.0), 0.0, 1e-15);
}
