/* Who left an almen home, by type and age, against what else is counted of the same moves: the
   flows between tenures less the moves inside a section. And the household-months of those who live
   there. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "models/mobility.h"
#include "sim/scenario.h"
#include "sim/variant.h"
#include "tests/start_fixture.h"

enum { MONTHS = 60 };

/** Where a household lived a month ago. */
struct lived {
    uint64_t uid;
    uint32_t home, section;
    bool hidden;
};

static bool asked(const void *unused, const char *series)
{
    (void)unused;
    return strncmp(series, "almen_", 6) == 0;
}

static void *make(struct flyt_scenario *scenario, struct flyt_arena *arena,
                  struct flyt_arena *step_arena, struct flyt_diag *diag)
{
    struct flyt_scenario_options options = {.n_sets = 0};
    cr_assert_eq(
        flyt_scenario_load(FLYT_SOURCE_DIR "/scenarios/tiny", &options, arena, scenario, diag),
        FLYT_OK, "%s", diag->fault[0].text);
    cr_assert_eq(flyt_variant_keep(scenario, asked, NULL, arena), FLYT_OK);
    cr_assert_eq(scenario->model->n_series, 2);
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {5, 0},
                                   .par = {1, 4, 0},
                                   .run_arena = arena,
                                   .step_arena = step_arena,
                                   .diag = diag};
    void *state = NULL;
    cr_assert_eq(scenario->model->create(&args, &state), FLYT_OK, "%s", diag->fault[0].text);
    return state;
}

static void remember(const struct flyt_world *world, struct lived *lived)
{
    for (uint32_t i = 0; i < world->households.capacity; i++) {
        const struct flyt_household *row = &world->households.row[i];
        lived[i] = (struct lived){world->households.uid[i], row->home, row->section,
                                  (row->flags & FLYT_HIDDEN) != 0};
    }
}

/** Almen homes that were left, but not their section. */
static int64_t stayed_in_section(const struct flyt_world *world, const struct lived *before)
{
    int64_t n = 0;
    for (uint32_t i = 0; i < world->households.capacity; i++) {
        const struct flyt_household *row = &world->households.row[i];
        bool same = before[i].uid != 0 && before[i].uid == world->households.uid[i] &&
                    !before[i].hidden && before[i].section == row->section;
        bool left = before[i].home != row->home || row->flags & FLYT_HIDDEN;
        n += same && left && world->sections.tenure[row->section] == FLYT_TENURE_almen;
    }
    return n;
}

Test(turnover, who_left_is_what_flows_tell)
{
    static struct flyt_diag diag;
    struct flyt_arena arena, step_arena;
    struct flyt_scenario scenario = {0};
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&step_arena, 0);
    void *state = make(&scenario, &arena, &step_arena, &diag);
    const struct flyt_world *world = state;
    uint32_t n_cells = world->areas.n * FLYT_TURNOVER_CELLS;
    struct lived *before = FLYT_ARENA_ZERO(&arena, struct lived, world->households.capacity);
    int64_t *row = FLYT_ARENA_ZERO(&arena, int64_t, n_cells), n_left = 0, n_inside = 0;
    for (uint32_t month = 0; month < MONTHS; month++) {
        flyt_arena_empty(&step_arena);
        remember(world, before);
        cr_assert_eq(scenario.model->month(state, month), FLYT_OK, "%s", diag.fault[0].text);
        const struct flyt_mobility_counts *counts = flyt_mobility_counts(world);
        int64_t flows = 0, left = 0, lived = 0, homes = 0;
        for (uint32_t to = 0; to < FLYT_N_FLOWS_TO; to++) {
            for (uint32_t k = 0; k < FLYT_N_CLASSES && to != FLYT_FLOW_TO_dead; k++) {
                flows += counts->flows[FLYT_TENURE_almen][to][k];
            }
        }
        scenario.model->series[0].record(world, row);
        for (uint32_t i = 0; i < n_cells; i++) {
            left += row[i];
        }
        scenario.model->series[1].record(world, row);
        for (uint32_t i = 0; i < n_cells; i++) {
            lived += row[i];
        }
        for (uint32_t s = 0; s < world->housing->n_markets; s++) {
            homes += s % FLYT_N_TENURES != FLYT_TENURE_almen
                         ? 0
                         : flyt_housing_homes(world, s) - flyt_housing_vacant(world, s);
        }
        int64_t inside = stayed_in_section(world, before);
        cr_assert_eq(left, flows - inside, "month %u: %ld left, flows %ld, %ld inside", month,
                     (long)left, (long)flows, (long)inside);
        cr_assert_eq(lived, homes);
        n_left += left;
        n_inside += inside;
    }
    printf("%ld left almen homes, %ld moved inside their section\n", (long)n_left, (long)n_inside);
    cr_assert_gt(n_left, MONTHS / 2);
    cr_assert_gt(n_inside, 0);
    flyt_arena_free(&step_arena);
    flyt_arena_free(&arena);
}

/** Ages by the first of each band: 18, 25, 30, 40 ... 80. */
Test(turnover, bands_of_age)
{
    cr_expect_eq(flyt_housing_age_band(18), 0);
    cr_expect_eq(flyt_housing_age_band(29), 1);
    cr_expect_eq(flyt_housing_age_band(30), 2);
    cr_expect_eq(flyt_housing_age_band(45), 3);
    cr_expect_eq(flyt_housing_age_band(99), FLYT_AGE_BANDS - 1);
}
