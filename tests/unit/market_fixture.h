/**
 * @file market_fixture.h
 * @brief A world of the housing model made in memory, and months of it, for tests of choice,
 *        search and the market.
 */
#ifndef FLYT_MARKET_FIXTURE_H
#define FLYT_MARKET_FIXTURE_H

#include <criterion/criterion.h>

#include "models/choice.h"
#include "models/composition.h"
#include "models/kinds.h"
#include "models/ledger.h"
#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "models/match.h"
#include "models/moves.h"
#include "models/offers.h"
#include "models/params.h"
#include "models/reputation.h"
#include "models/resources.h"
#include "models/sale.h"
#include "models/search.h"
#include "tests/housing_fixture.h"

/** A world and what it stands on. */
struct market {
    struct flyt_arena scenario_arena, run_arena, step_arena;
    struct flyt_scenario scenario;
    struct flyt_diag diag;
    struct flyt_world *world;
};

static inline void market_open(struct market *market, uint32_t n_households,
                               uint32_t n_municipalities, struct flyt_par par)
{
    memset(market, 0, sizeof *market);
    flyt_arena_init(&market->scenario_arena, 0);
    flyt_arena_init(&market->run_arena, 0);
    flyt_arena_init(&market->step_arena, 0);
    market->scenario =
        fixture_scenario(n_households, n_municipalities, 10, &market->scenario_arena);
    struct flyt_model_args args = {.scenario = &market->scenario,
                                   .key = {1, 0},
                                   .par = par,
                                   .run_arena = &market->run_arena,
                                   .step_arena = &market->step_arena,
                                   .diag = &market->diag};
    void *state = NULL;
    cr_assert_eq(flyt_housing_model.create(&args, &state), FLYT_OK, "%s",
                 market->diag.fault[0].text);
    market->world = state;
}

static inline void market_close(struct market *market)
{
    flyt_arena_free(&market->step_arena);
    flyt_arena_free(&market->run_arena);
    flyt_arena_free(&market->scenario_arena);
}

static inline void market_months(struct market *market, uint32_t n)
{
    for (uint32_t month = 0; month < n; month++) {
        flyt_arena_empty(&market->step_arena);
        cr_assert_eq(flyt_housing_model.month(market->world, month), FLYT_OK, "%s",
                     market->diag.fault[0].text);
    }
}

/** The parameters, to be changed by a test. */
static inline struct flyt_params *market_params(struct market *market)
{
    return market->world->housing->this_year;
}

/** This month's offers of a world that has not run. */
static inline void market_offers(struct market *market)
{
    flyt_moves_find_vacant(market->world);
    flyt_offers_year(market->world);
    cr_assert_eq(flyt_offers_build(market->world, true), FLYT_OK);
}

/** The first household with a home of its own in a tenure. */
static inline uint32_t market_household(const struct flyt_world *world, uint32_t tenure)
{
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        if (!(row->flags & FLYT_HIDDEN) && world->sections.tenure[row->section] == tenure) {
            return i;
        }
    }
    cr_assert_fail("no household of tenure %u", tenure);
    return FLYT_NONE;
}

/** The first vacant home of a tenure. */
static inline uint32_t market_vacancy(const struct flyt_world *world, uint32_t tenure)
{
    for (uint32_t d = 0; d < world->dwellings.n; d++) {
        if (world->dwellings.occupant[d] == FLYT_NONE &&
            world->sections.tenure[world->dwellings.section[d]] == tenure) {
            return d;
        }
    }
    cr_assert_fail("no vacancy of tenure %u", tenure);
    return FLYT_NONE;
}

static const struct flyt_par market_plain = {1, 16, 0};

#endif
