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

TestSuite(choice, .init = setup, .fini = teardown);

/** V by the formula of the header, with the platform's logarithm. */
static double by_hand(const struct flyt_world *world, uint32_t household, uint32_t dwelling)
{
    const struct flyt_household *row = &world->households.row[household];
    struct flyt_cost_household who = flyt_cost_household(world, household);
    uint32_t section = world->dwellings.section[dwelling], area = world->sections.area[section];
    uint32_t own = world->sections.area[row->section];
    double cost = flyt_cost_month(world, &who, section, world->dwellings.area_m2[dwelling],
                                  world->dwellings.rooms[dwelling]) /
                  100.0;
    double need = 6380.0 + (who.adults == 2 ? 3900.0 : 0.0);
    for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
        if (row->child_born[k] != FLYT_NO_MONTH) {
            need += flyt_people_age(row->child_born[k], world->calendar) < 7 ? 2240.0 : 3070.0;
        }
    }
    double left = who.disposable / 12.0 - cost;
    const struct flyt_composition_counts *counts =
        own == area ? flyt_composition_now(world->composition, area)
                    : flyt_composition_known(world->composition, area);
    double reputation = own == area ? flyt_reputation_now(world->reputation, area)
                                    : flyt_reputation_known(world->reputation, world->month, area);
    uint32_t origin = flyt_people_background(row).origin;
    double share = flyt_composition_origin(counts, (enum flyt_origin)origin);
    double x = world->choice->x_km[area] - world->choice->x_km[own];
    double y = world->choice->y_km[area] - world->choice->y_km[own];
    int32_t age = flyt_people_age(flyt_people_oldest(row), world->calendar);
    double value = 2.8 * log((left > 500.0 ? left : 500.0) / need) +
                   1.5 * log((double)world->dwellings.rooms[dwelling] / flyt_people_persons(row)) +
                   1.4 * reputation + 2.0 * share / counts->persons -
                   0.8 * log(1.0 + sqrt(x * x + y * y));
    value -= world->sections.municipality[section] != world->sections.municipality[row->section]
                 ? 0.9
                 : 0.0;
    if (world->sections.tenure[section] == FLYT_TENURE_owner) {
        value += age < 30 ? -0.1 : age < 65 ? 1.1 : -2.0;
    }
    return value;
}

Test(choice, value_is_the_formula_at_home_and_elsewhere)
{
    const struct flyt_world *world = market.world;
    uint32_t n = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        if (i % 7 != 0) {
            continue;
        }
        struct flyt_chooser chooser;
        struct flyt_view view;
        flyt_choice_prepare(world, i, &chooser);
        const uint32_t dwellings[] = {world->households.row[i].home, n % world->dwellings.n,
                                      (n * 617 + 11) % world->dwellings.n};
        for (size_t k = 0; k < FLYT_COUNT(dwellings); k++) {
            struct flyt_offer offer = flyt_choice_home(world, dwellings[k]);
            const struct flyt_offer *pointer = &offer;
            flyt_choice_look(world, &chooser, &pointer, 1, &view);
            cr_assert_float_eq(view.value, by_hand(world, i, dwellings[k]), 1e-9);
            cr_assert_eq(view.value + view.taste,
                         flyt_choice_utility(world, &chooser, dwellings[k]));
        }
        n += 97;
    }
    cr_assert_gt(n, 10000);
}

Test(choice, many_homes_are_valued_as_one_by_one)
{
    const struct flyt_world *world = market.world;
    struct flyt_chooser chooser;
    struct flyt_offer offer[FLYT_CHOICE_MOST];
    const struct flyt_offer *pointer[FLYT_CHOICE_MOST];
    struct flyt_view view[FLYT_CHOICE_MOST];
    flyt_choice_prepare(world, market_household(world, FLYT_TENURE_almen), &chooser);
    for (uint32_t i = 0; i < FLYT_CHOICE_MOST; i++) {
        offer[i] = flyt_choice_home(world, (i * 131) % world->dwellings.n);
        pointer[i] = &offer[i];
    }
    for (uint32_t n = 0; n <= FLYT_CHOICE_MOST; n++) {
        flyt_choice_look(world, &chooser, pointer, n, view);
        for (uint32_t i = 0; i < n; i++) {
            cr_assert_eq(view[i].value + view[i].taste,
                         flyt_choice_utility(world, &chooser, offer[i].dwelling));
        }
    }
}

Test(choice, looks_of_many_households_are_those_of_each_and_leave_out_only_what_is_not_worth_it)
{
    enum { HOUSEHOLDS = 40, HOMES = 23 }; /* more looks than fit a tile */
    const struct flyt_world *world = market.world;
    static struct flyt_chooser chooser[HOUSEHOLDS];
    static struct flyt_offer offer[HOMES];
    static struct flyt_look look[HOUSEHOLDS * HOMES];
    uint32_t n = 0, n_left_out = 0;
    for (uint32_t i = 0; i < HOMES; i++) {
        offer[i] = flyt_choice_home(world, (i * 131) % world->dwellings.n);
    }
    for (uint32_t c = 0; c < HOUSEHOLDS; c++) {
        flyt_choice_prepare(world, c * 17, &chooser[c]);
        for (uint32_t i = 0; i < HOMES; i++) {
            look[n].chooser = &chooser[c];
            look[n++].offer = &offer[i];
        }
    }
    flyt_choice_looks(world, look, n);
    for (uint32_t i = 0; i < n; i++) {
        struct flyt_view view;
        flyt_choice_look(world, look[i].chooser, &look[i].offer, 1, &view);
        bool left_out = look[i].view.taste == -INFINITY;
        cr_assert((left_out && isnan(look[i].view.cost)) || look[i].view.cost == view.cost);
        cr_assert_eq(flyt_choice_value(world, &look[i]), view.value);
        cr_assert(left_out ? look[i].view.value >= view.value : look[i].view.value == view.value);
        n_left_out += left_out;
        cr_assert(left_out ? view.value + view.taste <= look[i].chooser->stay
                           : look[i].view.taste == view.taste);
    }
    cr_expect_gt(n_left_out, n / 4, "%u of %u", n_left_out, n);
    cr_expect_lt(n_left_out, n);
}

Test(choice, constants_of_an_area_draw_by_resources_and_origin)
{
    struct flyt_world *world = market.world;
    uint32_t household = market_household(world, FLYT_TENURE_private_rental);
    uint32_t home = world->households.row[household].home;
    uint32_t area = world->sections.area[world->dwellings.section[home]];
    struct flyt_chooser chooser;
    flyt_choice_prepare(world, household, &chooser);
    double before = flyt_choice_utility(world, &chooser, home);
    double score = flyt_resources_score(world, household);
    world->choice->quality[area] = -2.0;
    world->choice->nonwestern[area] = 1.5;
    flyt_choice_month(world);
    double zeta = chooser.origin == FLYT_ORIGIN_nonwestern ? 1.5 : 0.0;
    cr_expect_float_eq(flyt_choice_utility(world, &chooser, home) - before,
                       4.0 * (score - 0.6) * -2.0 + zeta, 1e-9);
    chooser.origin = FLYT_ORIGIN_nonwestern;
    double other = flyt_choice_utility(world, &chooser, home);
    world->choice->nonwestern[area] = 0.0;
    flyt_choice_month(world);
    cr_expect_float_eq(other - flyt_choice_utility(world, &chooser, home), 1.5, 1e-9);
}

static double taste_of(uint32_t household, uint32_t dwelling)
{
    struct flyt_chooser chooser;
    struct flyt_view view;
    flyt_choice_prepare(market.world, household, &chooser);
    struct flyt_offer offer = flyt_choice_home(market.world, dwelling);
    const struct flyt_offer *pointer = &offer;
    flyt_choice_look(market.world, &chooser, &pointer, 1, &view);
    return view.taste;
}

Test(choice, taste_is_of_the_section_and_lasts_five_years)
{
    struct flyt_world *world = market.world;
    uint32_t first = world->sections.first[1], changes = 0, first_change = 0;
    cr_assert_eq(taste_of(5, first), taste_of(5, first + 1));
    cr_assert_neq(taste_of(5, first), taste_of(5, world->sections.first[2]));
    cr_assert_neq(taste_of(5, first), taste_of(6, first));
    double before = taste_of(5, first);
    for (uint32_t month = 1; month <= 240; month++) {
        world->calendar++;
        double now = taste_of(5, first);
        if (now != before) {
            first_change = changes == 0 ? month : first_change;
            cr_assert_eq((month - first_change) % 60, 0);
            changes++;
        }
        before = now;
    }
    cr_assert_eq(changes, 4);
}

Test(choice, periods_of_taste_begin_in_all_months)
{
    struct flyt_chooser chooser;
    uint32_t n = 0, n_next = 0, first = 0;
    FLYT_EACH_HOUSEHOLD(market.world, i)
    {
        flyt_choice_prepare(market.world, i, &chooser);
        first = n == 0 ? chooser.period : first < chooser.period ? first : chooser.period;
        n++;
    }
    FLYT_EACH_HOUSEHOLD(market.world, i)
    {
        flyt_choice_prepare(market.world, i, &chooser);
        cr_assert(chooser.period <= first + 1);
        n_next += chooser.period > first;
    }
    /* the part of the five years that January 2024 is into a period counted from 1900 */
    double part = (double)(market.world->calendar % 60) / 60.0;
    cr_assert_float_eq((double)n_next / n, part, 3.0 * sqrt(part * (1.0 - part) / n) + 0.01);
}

Test(choice, fresh_tastes_are_of_the_home_and_month_and_those_for_life_stay)
{
    struct flyt_world *world = market.world;
    uint32_t home = world->sections.first[1];
    market_params(&market)->choice.shock = FLYT_SHOCK_fresh;
    double before = taste_of(5, home);
    cr_assert_neq(before, taste_of(5, home + 1));
    world->month++;
    cr_assert_neq(before, taste_of(5, home));
    market_params(&market)->choice.shock = FLYT_SHOCK_life;
    before = taste_of(5, home);
    world->calendar = (int16_t)(world->calendar + 900);
    cr_assert_eq(before, taste_of(5, home));
}

Test(choice, tastes_have_a_gumbel_law)
{
    double sum = 0.0, square = 0.0;
    uint32_t n = 0;
    FLYT_EACH_HOUSEHOLD(market.world, i)
    {
        for (uint32_t s = 0; s < market.world->sections.n; s++, n++) {
            double taste = taste_of(i, market.world->sections.first[s]);
            sum += taste;
            square += taste * taste;
        }
    }
    double mean = sum / n;
    cr_expect_float_eq(mean, 0.5772, 0.02);
    cr_expect_float_eq(square / n - mean * mean, 1.6449, 0.06);
}

Test(choice, moving_costs_more_the_longer_one_has_stayed)
{
    const struct flyt_choice_params *params = &market_params(&market)->choice;
    cr_expect_float_eq(flyt_choice_kappa(params, 0.0, 0.0), 0.8, 1e-15);
    cr_expect_float_eq(flyt_choice_kappa(params, exp(1.0) - 1.0, 0.0), 1.3, 1e-14);
    cr_expect_float_eq(flyt_choice_kappa(params, 0.0, 0.25), 1.05, 1e-15);
}

Test(choice, who_stays_is_compared_with_its_home_and_the_cost_of_moving)
{
    struct flyt_world *world = market.world;
    uint32_t household = market_household(world, FLYT_TENURE_owner);
    struct flyt_household *row = &world->households.row[household];
    struct flyt_chooser chooser;
    row->moved_in = (int16_t)(world->calendar - 36);
    flyt_choice_prepare(world, household, &chooser);
    double home = flyt_choice_utility(world, &chooser, row->home);
    cr_expect_float_eq(chooser.stay - home, 0.8 + 0.5 * log(4.0), 1e-9);
    world->households.cold[household].equity_ore = (int64_t)(chooser.income * 12.0 * 50.0);
    flyt_choice_prepare(world, household, &chooser);
    cr_expect_float_eq(chooser.stay - home, 0.8 + 0.5 * log(4.0) + 0.5, 1e-6);
    row->search_since = (int16_t)(world->calendar - 3);
    flyt_choice_prepare(world, household, &chooser);
    cr_expect_float_eq(chooser.stay - home, 0.8 + 0.5 * log(4.0) + 0.5, 1e-6);
    row->flags |= FLYT_FORCED;
    flyt_choice_prepare(world, household, &chooser);
    cr_expect_float_eq(chooser.stay - home, 0.8 + 0.5 * log(4.0) + 0.5 - 3.0, 1e-6);
    row->search_since = (int16_t)(world->calendar - 6);
    flyt_choice_prepare(world, household, &chooser);
    cr_expect_eq(chooser.stay, FLYT_CHOICE_ANY);
}

Test(choice, who_has_no_home_takes_any)
{
    struct flyt_world *world = market.world;
    struct flyt_chooser chooser;
    world->households.row[3].flags |= FLYT_HIDDEN;
    flyt_choice_prepare(world, 3, &chooser);
    cr_expect_eq(chooser.stay, FLYT_CHOICE_ANY);
    cr_expect_eq(chooser.home, FLYT_NONE);
}

Test(choice, who_comes_from_outside_takes_any)
{
    const struct flyt_world *world = market.world;
    struct flyt_chooser chooser;
    market_months(&market, 3);
    const struct flyt_households *households = &world->households;
    uint32_t n = 0;
    for (uint32_t i = households->capacity; i < households->capacity + households->n_outside; i++) {
        if (households->uid[i] != 0) {
            flyt_choice_prepare(world, i, &chooser);
            cr_assert_eq(chooser.stay, FLYT_CHOICE_ANY);
            cr_assert_eq(chooser.area, FLYT_NONE);
            cr_assert_gt(chooser.income, 0.0);
            cr_assert_eq(chooser.municipality,
                         world->life->outside_municipality[i - households->capacity]);
            n++;
        }
    }
    cr_assert_gt(n, 0);
}

Test(choice, homes_are_barred_by_rooms_age_and_money)
{
    struct flyt_world *world = market.world;
    uint32_t household = market_household(world, FLYT_TENURE_private_rental);
    uint32_t home = market_vacancy(world, FLYT_TENURE_private_rental);
    struct flyt_chooser chooser;
    flyt_choice_prepare(world, household, &chooser);
    chooser.income = 60000.0;
    chooser.persons = world->dwellings.rooms[home] * 2u;
    cr_expect_eq(flyt_choice_bar(world, &chooser, home), FLYT_BAR_none);
    chooser.persons++;
    cr_expect_eq(flyt_choice_bar(world, &chooser, home), FLYT_BAR_rooms);
    chooser.persons = 1;
    chooser.income = 1000.0;
    cr_expect_eq(flyt_choice_bar(world, &chooser, home), FLYT_BAR_income);
    home = market_vacancy(world, FLYT_TENURE_owner);
    chooser.income = 60000.0;
    chooser.cost.wealth = 0.0;
    cr_expect_eq(flyt_choice_bar(world, &chooser, home), FLYT_BAR_credit);
    world->sections.kind[world->dwellings.section[home]] = FLYT_KIND_almen_elderly;
    chooser.oldest_years = 64;
    cr_expect_eq(flyt_choice_bar(world, &chooser, home), FLYT_BAR_eligibility);
}

Test(choice, kinds_are_for_the_young_the_old_and_everybody)
{
    struct flyt_chooser chooser = {.oldest_years = 29};
    const struct flyt_world *world = market.world;
    cr_expect(flyt_choice_eligible(world, &chooser, FLYT_KIND_almen_youth));
    chooser.oldest_years = 30;
    cr_expect_not(flyt_choice_eligible(world, &chooser, FLYT_KIND_almen_youth));
    chooser.student = true;
    cr_expect(flyt_choice_eligible(world, &chooser, FLYT_KIND_almen_youth));
    cr_expect_not(flyt_choice_eligible(world, &chooser, FLYT_KIND_almen_senior_cohousing));
    chooser.oldest_years = 55;
    cr_expect(flyt_choice_eligible(world, &chooser, FLYT_KIND_almen_senior_cohousing));
    cr_expect_not(flyt_choice_eligible(world, &chooser, FLYT_KIND_almen_elderly));
    chooser.children = true;
    cr_expect_not(flyt_choice_eligible(world, &chooser, FLYT_KIND_almen_senior_cohousing));
    chooser.oldest_years = 65;
    cr_expect(flyt_choice_eligible(world, &chooser, FLYT_KIND_almen_elderly));
    for (uint32_t kind = FLYT_KIND_almen_family_cohousing; kind < FLYT_N_KINDS; kind++) {
        cr_expect(flyt_choice_eligible(world, &chooser, kind));
    }
}

Test(choice, a_correction_solved_by_hand)
{
    /* w = e^0 / .5 = 2 and e^ln2 / .25 = 8: shares .2 and .8 */
    const double value[] = {0.0, 0.6931471805599453}, weight[] = {2.0, 4.0};
    double corrected[2];
    flyt_choice_correct(value, weight, 2, corrected);
    cr_expect_float_eq(corrected[0], log(2.0) - log(0.8), 1e-12);
    cr_expect_float_eq(corrected[1], log(8.0) - log(0.2), 1e-12);
    flyt_choice_correct(value, weight, 1, corrected);
    cr_expect(isfinite(corrected[0]));
}

/** One of J homes by the best of K draws with replacement, corrected, plus a fresh taste. */
struct sampling {
    double value[1000], chance[1000], sum[1000];
    uint32_t n_draws;
    double naive; /* 1: only McFadden's term */
};

static uint32_t sampled_choice(const struct sampling *sampling, uint64_t trial)
{
    struct flyt_rng_key key = {7, 0};
    uint32_t home[FLYT_CHOICE_MOST], n = 0;
    double value[FLYT_CHOICE_MOST] = {0.0}, weight[FLYT_CHOICE_MOST] = {0.0};
    double corrected[FLYT_CHOICE_MOST];
    for (uint32_t draw = 0; draw < sampling->n_draws; draw++) {
        double u = flyt_rng_unit(key, trial, 0, FLYT_STREAM_test, draw);
        uint32_t low = 0, high = 999, same = 0;
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            if (sampling->sum[middle] > u) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        while (same < n && home[same] != low) {
            same++;
        }
        if (same == n) {
            home[n] = low;
            value[n] = sampling->value[low];
            weight[n++] = 0.0;
        }
        weight[same] += 1.0 / sampling->chance[low];
    }
    flyt_choice_correct(value, weight, n, corrected);
    uint32_t best = 0;
    double most = -INFINITY;
    for (uint32_t i = 0; i < n; i++) {
        double u = flyt_rng_unit(key, trial, 1, FLYT_STREAM_test, home[i]);
        double now = sampling->naive > 0.0 ? value[i] + log(weight[i]) : corrected[i];
        now -= log(-log(u));
        if (now > most) {
            most = now;
            best = home[i];
        }
    }
    return best;
}

/** Share of the best tenth: among sampled choices, and by the full logit. `sized`: a home of size s
 *  counts as s homes, as a zone does in McFadden (1978). */
static void best_tenth(uint32_t n_draws, bool sized, bool naive, double *sampled, double *full)
{
    static struct sampling sampling; /* one test, one thread */
    struct flyt_rng_key key = {7, 1};
    double size[1000], sorted[1000], total = 0.0, sum = 0.0, top = 0.0;
    sampling.n_draws = n_draws;
    sampling.naive = naive ? 1.0 : 0.0;
    for (uint32_t i = 0; i < 1000; i++) {
        double u[4];
        for (uint32_t k = 0; k < 4; k++) {
            u[k] = flyt_rng_unit(key, i, 2, FLYT_STREAM_test, k);
        }
        double v = sqrt(-2.0 * log(u[0])) * cos(6.283185307179586 * u[1]);
        size[i] = exp(0.7 * sqrt(-2.0 * log(u[2])) * cos(6.283185307179586 * u[3]));
        sampling.value[i] = v + (sized ? log(size[i]) : 0.0);
        sorted[i] = sampling.value[i];
        total += size[i];
    }
    for (uint32_t i = 1; i < 1000; i++) {
        double now = sorted[i];
        uint32_t at = i;
        for (; at > 0 && sorted[at - 1] < now; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = now;
    }
    for (uint32_t i = 0; i < 1000; i++) {
        sampling.chance[i] = size[i] / total;
        sampling.sum[i] = sampling.chance[i] + (i > 0 ? sampling.sum[i - 1] : 0.0);
        sum += exp(sampling.value[i]);
        top += sampling.value[i] >= sorted[99] ? exp(sampling.value[i]) : 0.0;
    }
    *full = top / sum;
    uint32_t n_top = 0, n_trials = 40000;
    for (uint32_t trial = 0; trial < n_trials; trial++) {
        n_top += sampling.value[sampled_choice(&sampling, trial)] >= sorted[99];
    }
    *sampled = (double)n_top / n_trials;
}

Test(choice, thirty_sampled_homes_choose_the_best_tenth_as_a_full_logit_does)
{
    double sampled, full;
    best_tenth(30, true, false, &sampled, &full);
    cr_expect(fabs(sampled / full - 1.0) < 0.02, "%g sampled, %g full", sampled, full);
    best_tenth(30, false, false, &sampled, &full);
    cr_expect(fabs(sampled - full) < 0.02, "%g sampled, %g full", sampled, full);
}

Test(choice, without_the_second_term_the_best_are_chosen_too_seldom)
{
    double sampled, full;
    best_tenth(30, false, true, &sampled, &full);
    cr_expect(sampled / full < 0.94, "%g sampled, %g full", sampled, full);
}

Test(choice, the_correction_hardly_depends_on_how_many_are_sampled)
{
    double few, many, full;
    best_tenth(16, true, false, &few, &full);
    best_tenth(32, true, false, &many, &full);
    cr_expect(fabs(few / many - 1.0) < 0.03, "%g of 16, %g of 32", few, many);
}
