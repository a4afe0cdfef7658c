/**
 * @file start_fixture.h
 * @brief Shipped or made-up scenarios at their start, for tests.
 */
#ifndef FLYT_START_FIXTURE_H
#define FLYT_START_FIXTURE_H

#include "models/popmatch.h"
#include "models/startworld.h"
#include "tests/housing_fixture.h"

/** Loads scenarios/NAME of this source. */
static inline struct flyt_scenario start_scenario(const char *name, struct flyt_arena *arena)
{
    static struct flyt_diag diag;
    static const struct flyt_scenario_options options;
    struct flyt_scenario scenario;
    char path[512];
    (void)snprintf(path, sizeof path, "%s/scenarios/%s", FLYT_SOURCE_DIR, name);
    if (flyt_scenario_load(path, &options, arena, &scenario, &diag) != FLYT_OK) {
        fixture_stop(&diag, path);
    }
    return scenario;
}

/** The start of a scenario; the arena holds everything. */
static inline struct flyt_startworld *start_of(const struct flyt_scenario *scenario,
                                               struct flyt_par par, uint32_t seed,
                                               struct flyt_arena *arena)
{
    static struct flyt_diag diag;
    struct flyt_startworld *start = FLYT_ARENA_ZERO(arena, struct flyt_startworld, 1);
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {seed, 0},
                                   .par = par,
                                   .run_arena = arena,
                                   .step_arena = arena,
                                   .diag = &diag};
    if (start == NULL || flyt_startworld_make(&args, start) != FLYT_OK) {
        fixture_stop(&diag, "start");
    }
    return start;
}

#endif
