#include <math.h>

#include "tests/unit/market_fixture.h"

static struct market market;

static void setup(void)
{
    market_open(&market, 20000, 4, market_plain);
}

static void teardown(void)
{
    market_close(&market);
}

TestSuite(offers, .init = setup, .fini = teardown);

static uint32_t count_offers(uint32_t tenure)
{
    const struct flyt_offers *offers = market.world->offers;
    uint32_t n = 0;
    for (uint32_t m = 0; m < market.world->municipalities.n; m++) {
        for (uint32_t i = 0; i < offers->n[m]; i++) {
            n += offers->offer[offers->first[m] + i].tenure == tenure;
        }
    }
    return n;
}

static uint32_t count_vacant(uint32_t tenure)
{
    uint32_t n = 0;
    for (uint32_t m = 0; m < market.world->municipalities.n; m++) {
        n += flyt_housing_vacant(market.world, flyt_housing_market(m, tenure));
    }
    return n;
}

Test(offers, lie_along_the_circle_of_their_municipality)
{
    market_offers(&market);
    const struct flyt_offers *offers = market.world->offers;
    for (uint32_t m = 0; m < market.world->municipalities.n; m++) {
        const struct flyt_offer *offer = offers->offer + offers->first[m];
        cr_assert_gt(offers->n[m], 50);
        for (uint32_t i = 0; i < offers->n[m]; i++) {
            cr_assert_eq(offer[i].municipality, m);
            cr_assert_eq(market.world->dwellings.occupant[offer[i].dwelling], FLYT_NONE);
            cr_assert(i == 0 || offer[i - 1].point <= offer[i].point);
        }
    }
}

Test(offers, are_vacant_homes_of_the_market_owners_homes_after_months_and_advertised_ones)
{
    struct flyt_world *world = market.world;
    market_offers(&market);
    cr_expect_eq(count_offers(FLYT_TENURE_private_rental),
                 count_vacant(FLYT_TENURE_private_rental));
    cr_expect_eq(count_offers(FLYT_TENURE_cooperative), count_vacant(FLYT_TENURE_cooperative));
    cr_expect_eq(count_offers(FLYT_TENURE_almen), 0);
    uint32_t owned = count_vacant(FLYT_TENURE_owner), ready = count_offers(FLYT_TENURE_owner);
    cr_expect_lt(ready, owned / 2);
    cr_expect_gt(ready, owned / 8);
    int64_t listings = 0;
    for (uint32_t i = 0; i < world->municipalities.n * FLYT_N_HOUSES; i++) {
        listings += world->offers->new_listings[i];
    }
    cr_expect_eq(listings, ready);
    uint32_t almen = market_vacancy(world, FLYT_TENURE_almen);
    cr_expect_not(flyt_letting_advertised(world, almen));
    world->letting->vacancy[almen] = (struct flyt_letting_vacancy){
        .since = world->dwellings.empty_since[almen], .state = FLYT_LETTING_advertised};
    cr_expect(flyt_letting_advertised(world, almen));
    world->calendar = (int16_t)(world->calendar + 3);
    cr_assert_eq(flyt_offers_build(world, false), FLYT_OK);
    cr_expect_eq(count_offers(FLYT_TENURE_almen), 1);
    cr_expect_eq(count_offers(FLYT_TENURE_owner), owned);
}

/* Homes that were all left this month: by Little's law as many stand unready over the ends of
   months as are left a month times the mean months they are made ready. */
Test(offers, a_private_home_is_made_ready_before_it_is_offered)
{
    static const double days[] = {14, 45, 0};
    struct flyt_world *world = market.world;
    market_offers(&market);
    for (size_t i = 0; i < FLYT_COUNT(days); i++) {
        market_params(&market)->market.empty_days = days[i];
        int16_t start = world->calendar;
        uint32_t unready[4] = {0}, sum = 0, n = 0;
        for (uint32_t d = 0; d < world->dwellings.n; d++) {
            bool private =
                world->sections.tenure[world->dwellings.section[d]] == FLYT_TENURE_private_rental;
            n += private;
            world->dwellings.empty_since[d] = start;
            for (uint32_t month = 0; private && month < FLYT_COUNT(unready); month++) {
                world->calendar = (int16_t)(start + (int)month);
                bool waits = !flyt_moves_ready(world, d);
                unready[month] += waits;
                sum += waits;
            }
        }
        world->calendar = start;
        double mean = days[i] * 12.0 / 365.25, share = mean - floor(mean);
        cr_expect_gt(n, 1000);
        cr_expect_float_eq((double)sum / n, mean, 4.0 * sqrt(share * (1.0 - share) / n) + 1e-9);
        cr_expect_eq(unready[2], 0);
        cr_assert_eq(flyt_offers_build(world, true), FLYT_OK);
        uint32_t vacant = count_vacant(FLYT_TENURE_private_rental);
        uint32_t offered = count_offers(FLYT_TENURE_private_rental);
        cr_expect(days[i] > 31 ? offered == 0 : days[i] > 0 ? offered < vacant : offered == vacant);
        for (uint32_t m = 0; m < world->municipalities.n; m++) {
            for (uint32_t k = 0; k < world->offers->n[m]; k++) {
                cr_expect(flyt_moves_ready(
                    world, world->offers->offer[world->offers->first[m] + k].dwelling));
            }
        }
    }
}

static uint32_t draw_from(uint64_t uid, uint32_t municipality, uint32_t n, struct flyt_drawn *drawn)
{
    struct flyt_offers_caller caller = {uid, municipality, FLYT_STREAM_offers_round, 0};
    return flyt_offers_draw(market.world, &caller, n, drawn);
}

Test(offers, many_draw_as_one_by_one)
{
    enum { DRAWS = 7 };
    struct flyt_offers_caller caller[FLYT_OFFERS_CALLERS];
    struct flyt_drawn drawn[FLYT_OFFERS_CALLERS * FLYT_CHOICE_MOST], alone[FLYT_CHOICE_MOST];
    uint32_t n_drawn[FLYT_OFFERS_CALLERS];
    market_offers(&market);
    for (uint32_t c = 0; c < FLYT_OFFERS_CALLERS; c++) {
        caller[c] =
            (struct flyt_offers_caller){c * c + 1, c % 4, FLYT_STREAM_offers_round, 2 * (c % 3)};
    }
    for (uint32_t n = 1; n <= FLYT_OFFERS_CALLERS; n += 31) {
        flyt_offers_draw_many(market.world, caller, n, DRAWS, drawn, n_drawn);
        for (uint32_t c = 0; c < n; c++) {
            cr_assert_eq(flyt_offers_draw(market.world, &caller[c], DRAWS, alone), n_drawn[c]);
            for (uint32_t i = 0; i < n_drawn[c]; i++) {
                cr_assert_eq(drawn[c * FLYT_CHOICE_MOST + i].offer, alone[i].offer);
                cr_assert_eq(drawn[c * FLYT_CHOICE_MOST + i].weight, alone[i].weight);
            }
        }
    }
}

Test(offers, each_is_drawn_once_and_weighs_as_often_as_it_was_met)
{
    const struct flyt_world *world = market.world;
    struct flyt_drawn drawn[FLYT_CHOICE_MOST];
    market_params(&market)->offers.inside = 1.0;
    flyt_offers_year(market.world);
    market_offers(&market);
    enum { TRIALS = 4000, DRAWS = 12 };
    double weight[4] = {0.0};
    for (uint64_t uid = 1; uid <= TRIALS; uid++) {
        uint32_t n = draw_from(uid, uid % 4, DRAWS, drawn);
        for (uint32_t i = 0; i < n; i++) {
            double times = drawn[i].weight / world->offers->n[uid % 4];
            weight[uid % 4] += drawn[i].weight;
            cr_assert_float_eq(times, floor(times + 0.5), 1e-9);
            cr_assert_eq(drawn[i].offer->municipality, uid % 4);
            for (uint32_t k = 0; k < i; k++) {
                cr_assert_neq(drawn[i].offer, drawn[k].offer);
            }
        }
    }
    for (uint32_t m = 0; m < 4; m++) {
        cr_expect_float_eq(weight[m] / (0.25 * TRIALS * DRAWS * world->offers->n[m]), 1.0, 0.04);
    }
}

Test(offers, each_is_as_likely_to_be_seen_as_any_other)
{
    struct flyt_drawn drawn[FLYT_CHOICE_MOST];
    market_params(&market)->offers.inside = 1.0;
    flyt_offers_year(market.world);
    market_offers(&market);
    const struct flyt_offers *offers = market.world->offers;
    enum { TRIALS = 20000, DRAWS = 12 };
    uint32_t *times = FLYT_ARENA_ZERO(market.world->run_arena, uint32_t, offers->n[0]);
    for (uint64_t uid = 1; uid <= TRIALS; uid++) {
        uint32_t n = draw_from(uid, 0, DRAWS, drawn);
        for (uint32_t i = 0; i < n; i++) {
            times[drawn[i].offer - offers->offer]++;
        }
    }
    double mean = (double)TRIALS * DRAWS / offers->n[0];
    for (uint32_t i = 0; i < offers->n[0]; i++) {
        cr_expect_float_eq(times[i], mean, 6.0 * sqrt(mean) + 0.05 * mean, "offer %u: %u of %.0f",
                           i, times[i], mean);
    }
}

Test(offers, weights_say_how_many_offers_a_municipality_has)
{
    /* each draw's weight is unbiased for a count: of all offers, and of those of one municipality
     */
    market_offers(&market);
    const struct flyt_offers *offers = market.world->offers;
    struct flyt_drawn drawn[FLYT_CHOICE_MOST];
    double all = 0.0, there = 0.0, n_all = 0.0;
    enum { TRIALS = 20000 };
    for (uint64_t uid = 1; uid <= TRIALS; uid++) {
        uint32_t n = draw_from(uid, 0, 16, drawn);
        for (uint32_t i = 0; i < n; i++) {
            all += drawn[i].weight / 16;
            there += drawn[i].offer->municipality == 3 ? drawn[i].weight / 16 : 0.0;
        }
    }
    for (uint32_t m = 0; m < 4; m++) {
        n_all += offers->n[m];
    }
    cr_expect_float_eq(all / TRIALS / n_all, 1.0, 0.02);
    cr_expect_float_eq(there / TRIALS / offers->n[3], 1.0, 0.05);
}

Test(offers, own_municipality_has_its_share_and_near_ones_more_than_far_ones)
{
    market_offers(&market);
    struct flyt_drawn drawn[FLYT_CHOICE_MOST];
    double times[4] = {0.0}, sum = 0.0;
    for (uint64_t uid = 1; uid <= 20000; uid++) {
        uint32_t n = draw_from(uid, 0, 1, drawn);
        for (uint32_t i = 0; i < n; i++) {
            times[drawn[i].offer->municipality]++;
            sum++;
        }
    }
    cr_expect_float_eq(times[0] / sum, 0.62, 0.012);
    /* M1, M2, M3 lie 6.37, 12.7 and 19.1 km east and are of one size */
    const double *km = market.world->housing->distance_km;
    double w1 = pow(1.0 + km[1], -0.8), w2 = pow(1.0 + km[2], -0.8), w3 = pow(1.0 + km[3], -0.8);
    cr_expect_float_eq(times[1] / sum, 0.38 * w1 / (w1 + w2 + w3), 0.012);
    cr_expect_float_eq(times[3] / sum, 0.38 * w3 / (w1 + w2 + w3), 0.012);
}

Test(offers, a_vacancy_less_is_missed_and_nothing_else_comes_instead)
{
    market_offers(&market);
    struct flyt_world *world = market.world;
    enum { TRIALS = 4000, DRAWS = 12 };
    static uint32_t seen[TRIALS][FLYT_CHOICE_MOST], n_seen[TRIALS];
    struct flyt_drawn drawn[FLYT_CHOICE_MOST];
    for (uint32_t i = 0; i < TRIALS; i++) {
        n_seen[i] = draw_from(i + 1, i % 4, DRAWS, drawn);
        for (uint32_t k = 0; k < n_seen[i]; k++) {
            seen[i][k] = drawn[k].offer->dwelling;
        }
    }
    uint32_t gone = world->offers->offer[world->offers->first[1] + 50].dwelling;
    double n_there = world->offers->n[1];
    uint32_t section = world->dwellings.section[gone], at = 0;
    uint32_t *vacant = world->housing->vacant + world->sections.first[section];
    while (vacant[at] != gone) {
        at++;
    }
    vacant[at] = vacant[--world->housing->n_vacant[section]];
    cr_assert_eq(flyt_offers_build(world, false), FLYT_OK);
    uint32_t n_met = 0;
    for (uint32_t i = 0; i < TRIALS; i++) {
        uint32_t n = draw_from(i + 1, i % 4, DRAWS, drawn);
        uint32_t left = 0;
        for (uint32_t k = 0; k < n_seen[i]; k++) {
            if (seen[i][k] != gone) {
                cr_assert(left < n && drawn[left].offer->dwelling == seen[i][k]);
                left++;
            }
        }
        cr_assert_eq(n, left);
        n_met += left < n_seen[i];
    }
    /* a draw in its municipality meets it with a chance of one in the number of offers */
    cr_expect_float_eq(n_met / (TRIALS * DRAWS / 4.0 / n_there), 1.0, 0.3, "%u", n_met);
}

Test(offers, a_municipality_without_offers_gives_none)
{
    struct flyt_world *world = market.world;
    struct flyt_drawn drawn[FLYT_CHOICE_MOST];
    flyt_moves_find_vacant(world);
    flyt_offers_year(world);
    for (uint32_t s = 0; s < world->sections.n; s++) {
        world->housing->n_vacant[s] = 0;
    }
    cr_assert_eq(flyt_offers_build(world, true), FLYT_OK);
    cr_expect_eq(draw_from(1, 0, 32, drawn), 0);
}
