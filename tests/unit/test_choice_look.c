#include <math.h>

#include "tests/unit/market_fixture.h"

static struct market market;

static void setup(void)
{
    market_open(&market, 4000, 3, market_plain);
}

static void teardown(void)
{
    market_close(&market);
}

TestSuite(choice_look, .init = setup, .fini = teardown);

Test(choice_look, a_bound_of_what_a_home_gains_leaves_out_only_what_gains_no_more)
{
    const struct flyt_world *world = market.world;
    uint32_t n = 0, n_left_out = 0;
    for (uint32_t household = 0; household < 60 * 17; household += 17) {
        struct flyt_chooser exact, light;
        flyt_choice_prepare(world, household, &exact);
        flyt_choice_prepare_lightly(world, household, &light);
        cr_assert_leq(light.stay_least, exact.stay);
        for (uint32_t i = 0; i < 40; i++) {
            struct flyt_offer home = flyt_choice_home(world, (i * 131) % world->dwellings.n);
            double gain = flyt_choice_utility(world, &exact, home.dwelling) - exact.stay;
            double least = -0.1 * i;
            bool may = flyt_choice_may_gain(world, &light, &home, least);
            cr_assert(may || gain <= least);
            cr_assert(flyt_choice_may_gain(world, &light, &home, -INFINITY));
            n += gain <= least;
            n_left_out += !may;
        }
        flyt_choice_settle(world, &light);
        cr_assert_eq(light.stay, exact.stay);
    }
    cr_expect_gt(n_left_out, n / 2, "%u of %u", n_left_out, n);
}
