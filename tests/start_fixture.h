/**
 * @file start_fixture.h
 * @brief A shipped scenario and its start population, for tests.
 */
#ifndef FLYT_START_FIXTURE_H
#define FLYT_START_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>

#include "models/params.h"
#include "models/popmatch.h"
#include "models/population.h"

/** A world at its start. The arenas are the caller's. */
struct start {
    struct flyt_scenario scenario;
    struct flyt_params params;
    struct flyt_popcells cells;
    struct flyt_world world;
    struct flyt_diag diag;
};

static inline void start_stop(const struct start *start, const char *what)
{
    fprintf(stderr, "%s: %s\n", what, start->diag.n_faults > 0 ? start->diag.fault[0].text : "");
    abort();
}

/** Fills a world for the scenario that is loaded in `start`. */
static inline void start_fill(struct start *start, struct flyt_par par, struct flyt_rng_key key,
                              struct flyt_arena *run_arena, struct flyt_arena *step_arena)
{
    const struct flyt_scenario *scenario = &start->scenario;
    uint64_t n_homes, n_households;
    flyt_population_count(scenario, &n_homes, &n_households);
    flyt_scenario_params(scenario, scenario->start_year, &start->params);
    const struct flyt_table *towns = flyt_scenario_table(scenario, "municipalities");
    start->world = (struct flyt_world){
        .key = key,
        .par = par,
        .calendar = (int16_t)((scenario->start_year - 1900) * 12),
        .municipalities = {towns->n_rows, flyt_table_texts(towns, "name")},
        .run_arena = run_arena,
        .step_arena = step_arena,
        .diag = &start->diag,
    };
    if (flyt_world_init(&start->world, flyt_world_capacity((uint32_t)n_homes), (uint32_t)n_homes,
                        flyt_scenario_table(scenario, "sections")->n_rows) != FLYT_OK ||
        flyt_population_fill(&start->world, scenario, &start->params.start, &start->cells) !=
            FLYT_OK) {
        start_stop(start, "start");
    }
}

/** Loads scenarios/NAME of this source. */
static inline void start_load(struct start *start, const char *name, struct flyt_arena *arena)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/scenarios/%s", FLYT_SOURCE_DIR, name);
    struct flyt_scenario_options options = {0};
    *start = (struct start){0};
    if (flyt_scenario_load(path, &options, arena, &start->scenario, &start->diag) != FLYT_OK) {
        start_stop(start, path);
    }
}

#endif
