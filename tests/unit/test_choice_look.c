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

/** An almen home, another for each i. */
static struct flyt_offer almen_home(const struct flyt_world *world, uint32_t i)
{
    struct flyt_offer home;
    do {
        home = flyt_choice_home(world, i++ * 131 % world->dwellings.n);
    } while (home.tenure != FLYT_TENURE_almen);
    return home;
}

Test(choice_look, a_glance_leaves_out_only_homes_that_gain_no_more)
{
    enum { N = 20 };
    const struct flyt_world *world = market.world;
    const struct flyt_glance *glance[N];
    struct flyt_chooser exact[N], light[N];
    uint32_t n = 0, n_left_out = 0;
    bool may[N];
    for (uint32_t c = 0; c < N; c++) {
        flyt_choice_prepare(world, c * 51, &exact[c]);
        flyt_choice_prepare_lightly(world, c * 51, &light[c]);
        cr_assert_leq(light[c].stay_least, exact[c].stay);
        glance[c] = &light[c].glance;
    }
    for (uint32_t i = 0; i < 120; i++) {
        struct flyt_offer home = almen_home(world, i);
        double least = -0.1 * (i % 40);
        flyt_choice_may_gain(world, glance, N, &home, least, may);
        for (uint32_t c = 0; c < N; c++) {
            double gain = flyt_choice_utility(world, &exact[c], home.dwelling) - exact[c].stay;
            cr_assert(may[c] || gain <= least);
            n += gain <= least;
            n_left_out += !may[c];
        }
        flyt_choice_may_gain(world, glance, N, &home, -INFINITY, may);
        for (uint32_t c = 0; c < N; c++) {
            cr_assert(may[c]);
        }
    }
    cr_expect_gt(n_left_out, n / 2, "%u of %u", n_left_out, n);
}

Test(choice_look, a_household_is_settled_when_its_stay_matters)
{
    const struct flyt_world *world = market.world;
    for (uint32_t household = 0; household < 60 * 17; household += 17) {
        struct flyt_chooser exact, light;
        flyt_choice_prepare(world, household, &exact);
        flyt_choice_prepare_lightly(world, household, &light);
        flyt_choice_settle(world, &light);
        cr_assert_eq(light.stay, exact.stay);
    }
}
