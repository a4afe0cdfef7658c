#include "sim/step.h"

#include <string.h>

#include "models/areas.h"
#include "models/housing.h"
#include "models/ledger.h"
#include "models/letting.h"
#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "models/market.h"
#include "models/match.h"
#include "models/mobility.h"
#include "models/moves.h"
#include "models/offers.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/prices.h"
#include "models/resources.h"
#include "models/search.h"
#include "models/stock.h"
#include "sim/scenario.h"

/** Last month's share of private rental homes that stood empty, by region: who comes looks at it.
 */
static void measure_vacancy(struct flyt_world *world)
{
    struct flyt_life *life = world->life;
    for (uint32_t r = 0; r < life->n_regions; r++) {
        uint64_t n_vacant = 0, n_homes = 0;
        for (uint32_t m = 0; m < world->municipalities.n; m++) {
            uint32_t market = flyt_housing_market(m, FLYT_TENURE_private_rental);
            n_vacant += life->region[m] == r ? flyt_housing_vacant(world, market) : 0;
            n_homes += life->region[m] == r ? flyt_housing_homes(world, market) : 0;
        }
        life->vacancy[r] = n_homes > 0 ? (double)n_vacant / (double)n_homes
                                       : world->params->migration.vacancy_usual;
    }
}

/** The parameters of this calendar year, and tables made of them. */
static enum flyt_status year_step(struct flyt_world *world)
{
    struct flyt_housing *housing = world->housing;
    if (world->month % 12 == 0 && !world->standing) {
        int32_t year = housing->scenario->start_year + (int32_t)(world->month / 12);
        flyt_scenario_params(housing->scenario, year, housing->this_year);
    }
    bool changed = flyt_policies_begin(world); /* before whatever is made of the year's law */
    if (world->month % 12 == 0 && !world->standing && (world->month > 0 || changed)) {
        flyt_prices_year(world); /* in month 0 all else is booked since the start */
    }
    world->livelihood->rebook = changed;
    if (world->month % 12 == 0) {
        flyt_livelihood_year(world, &world->params->livelihood);
        flyt_resources_year(world);
        flyt_offers_year(world);
        FLYT_TRY(flyt_market_year(world));
    }
    flyt_choice_month(world);
    flyt_match_month(world);
    FLYT_TRY(flyt_letting_begin(world));
    measure_vacancy(world);
    size_t bytes = housing->n_markets * sizeof(int64_t);
    memset(housing->counts.moves_out, 0, bytes);
    memset(housing->counts.moves_in, 0, bytes);
    memset(housing->counts.waited_months, 0, bytes);
    memset(housing->counts.given_up, 0, bytes);
    return FLYT_OK;
}

/** Homes open and close; by what is vacant households judge whether to look; who signs up. */
static enum flyt_status search_step(struct flyt_world *world)
{
    if (!world->standing) {
        FLYT_TRY(flyt_stock_step(world));
    }
    flyt_moves_find_vacant(world);
    FLYT_TRY(flyt_offers_build(world, true));
    FLYT_TRY(flyt_search_step(world));
    return flyt_lists_step(world);
}

/** A home freed in one round is offered in the next, so that vacancy chains run inside the month.
 *  Almen homes are let first; whoever takes one asks for no other. */
static enum flyt_status rounds_step(struct flyt_world *world)
{
    for (uint32_t round = 0; round < world->params->letting.rounds; round++) {
        FLYT_TRY(flyt_letting_round(world, round));
        if (round > 0) {
            FLYT_TRY(flyt_offers_build(world, false));
        }
        FLYT_TRY(flyt_match_round(world, round));
        flyt_moves_apply(world);
        FLYT_TRY(flyt_lifecourse_settle(world));
    }
    flyt_letting_close(world);
    return FLYT_OK;
}

/** Rents and prices answer to what was asked for and offered. */
static enum flyt_status market_step(struct flyt_world *world)
{
    flyt_market_step(world, world->match->new_buyers, world->offers->new_listings);
    return FLYT_OK;
}

/** Who paid what to whom, and what policies make of it. */
static enum flyt_status ledger_step(struct flyt_world *world)
{
    FLYT_TRY(flyt_ledger_close(world));
    return flyt_policies_close(world);
}

/** Counts conserved; in December, and where speed does not matter each month, all invariants. */
static enum flyt_status check_step(struct flyt_world *world)
{
    bool fully = world->month % 12 == 11;
#ifndef NDEBUG
    fully = true;
#endif
    if (!fully) {
        return flyt_world_check(world);
    }
    FLYT_TRY(flyt_lifecourse_check(world));
    FLYT_TRY(flyt_livelihood_check(world));
    FLYT_TRY(flyt_composition_check(world));
    FLYT_TRY(flyt_policies_check(world));
    return flyt_world_check_fully(world);
}

const struct flyt_phase flyt_step_phases[] = {
    {"year", year_step},                  /* parameters and law of the calendar year    */
    {"lifecourse", flyt_lifecourse_step}, /* births, deaths, couples, leaving home, migration */
    {"livelihood", flyt_livelihood_step}, /* work, income, savings, social cases         */
    {"policies", flyt_policies_step},     /* what policies do of themselves             */
    {"search", search_step},              /* vacancies, who looks for a home, who signs up */
    {"rounds", rounds_step},              /* who gets what, moves, vacancy chains        */
    {"market", market_step},              /* rents and prices                            */
    {"mobility", flyt_mobility_step},     /* who moved, as the statistics count          */
    {"areas", flyt_areas_step},           /* composition, lists in December, reputation  */
    {"ledger", ledger_step},              /* who paid what to whom this month            */
    {"check", check_step},                /* what must always hold                       */
};

const uint32_t flyt_step_n_phases = FLYT_COUNT(flyt_step_phases);

enum flyt_status flyt_step_month(struct flyt_world *world)
{
    for (uint32_t i = 0; i < flyt_step_n_phases; i++) {
        FLYT_TRY(flyt_step_phases[i].run(world));
    }
    return FLYT_OK;
}
