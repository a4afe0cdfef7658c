/* The grid model and the block model as scenarios of the engine. */
#include <criterion/criterion.h>
#include <string.h>

#include "models/logit_blocks.h"
#include "models/schelling.h"
#include "sim/run.h"

static struct flyt_arena arena;
static struct flyt_diag diag;

static void free_arena(void)
{
    flyt_arena_free(&arena);
}

TestSuite(schelling_model, .fini = free_arena);

static enum flyt_status load(const char *file, const char *const *set, uint32_t n_sets,
                             struct flyt_scenario *scenario)
{
    struct flyt_scenario_options options = {.set = set, .n_sets = n_sets};
    memset(&diag, 0, sizeof diag);
    return flyt_scenario_load(file, &options, &arena, scenario, &diag);
}

static const char grid_file[] = FLYT_SOURCE_DIR "/scenarios/schelling.yaml";
static const char blocks_file[] = FLYT_SOURCE_DIR "/scenarios/logit_blocks.yaml";

static void run(const struct flyt_scenario *scenario, uint32_t n_replicates, uint32_t n_threads,
                struct flyt_result *result)
{
    struct flyt_run_options options = {.n_replicates = n_replicates,
                                       .par = flyt_par_default(n_threads)};
    cr_assert_eq(flyt_run(scenario, &options, &arena, result, &diag), FLYT_OK);
}

static const void *row(const struct flyt_result *result, const char *name, uint32_t replicate,
                       uint32_t number)
{
    uint32_t i = flyt_result_find(result, name);
    cr_assert_neq(i, FLYT_NONE, "%s", name);
    return flyt_result_row(result, &result->series[i], replicate, number);
}

Test(schelling_model, the_scenario_comes_to_rest_where_the_literature_says)
{
    struct flyt_scenario scenario;
    struct flyt_result result;
    enum { RUNS = 40 };
    double start = 0.0, end = 0.0;
    cr_assert_eq(load(grid_file, NULL, 0, &scenario), FLYT_OK);
    run(&scenario, RUNS, 2, &result);
    for (uint32_t r = 0; r < RUNS; r++) {
        const int64_t *unhappy = row(&result, "unhappy", r, 36);
        const int64_t *moves = row(&result, "grid_moves", r, 36);
        start += *(const double *)row(&result, "share_same", r, 0) / RUNS;
        end += *(const double *)row(&result, "share_same", r, 36) / RUNS;
        cr_assert(unhappy[0] == 0 && unhappy[1] == 0 && moves[0] == 0);
    }
    cr_assert_float_eq(start, 0.500, 0.005);
    cr_assert_float_eq(end, 0.749, 0.009); /* .007, and room for 40 runs instead of 100 */
}

Test(schelling_model, series_agree_with_each_other)
{
    struct flyt_scenario scenario;
    struct flyt_result result;
    const char *const set[] = {"years=1", "schelling.groups=3", "schelling.share_2=2"};
    cr_assert_eq(load(grid_file, set, FLYT_COUNT(set), &scenario), FLYT_OK);
    run(&scenario, 1, 1, &result);
    for (uint32_t year = 0; year <= 1; year++) {
        const int64_t *grid = row(&result, "grid", 0, year);
        const int64_t *agents = row(&result, "agents", 0, 12 * year);
        const int64_t *like = row(&result, "like_neighbours", 0, 12 * year);
        const int64_t *neighbours = row(&result, "neighbours", 0, 12 * year);
        int64_t n[4] = {0};
        for (uint32_t cell = 0; cell < 51 * 51; cell++) {
            n[grid[cell]]++;
        }
        cr_assert(n[1] == agents[0] && n[2] == agents[1] && n[3] == agents[2]);
        // NOLINTNEXTLINE(clang-diagnostic-sign-compare)
        cr_assert_eq(n[0], 51 * 51 - scenario.model->n_agents(&scenario));
        cr_assert_float_eq((double)agents[1], 2.0 * (double)agents[0], 2.0);
        cr_assert_float_eq(*(const double *)row(&result, "share_same", 0, 12 * year),
                           (double)(like[0] + like[1] + like[2]) /
                               (double)(neighbours[0] + neighbours[1] + neighbours[2]),
                           1e-12);
    }
}

Test(schelling_model, a_large_grid_keeps_its_corner)
{
    struct flyt_scenario scenario;
    struct flyt_result result;
    const char *const set[] = {"years=1", "schelling.rows=90", "schelling.columns=70",
                               "schelling.map_cells=80"};
    cr_assert_eq(load(grid_file, set, FLYT_COUNT(set), &scenario), FLYT_OK);
    run(&scenario, 1, 1, &result);
    cr_assert_eq(result.series[flyt_result_find(&result, "grid")].n_cells, 80 * 70);
}

Test(schelling_model, parallel_rule_gives_the_same_digest_on_any_threads)
{
    static const uint32_t threads[] = {1, 2, 3, 7};
    const char *const set[] = {"years=2", "schelling.rule=parallel"};
    struct flyt_scenario scenario;
    struct flyt_result first, result;
    cr_assert_eq(load(grid_file, set, FLYT_COUNT(set), &scenario), FLYT_OK);
    run(&scenario, 1, 1, &first);
    for (size_t i = 0; i < FLYT_COUNT(threads); i++) {
        run(&scenario, 1, threads[i], &result);
        cr_assert_str_eq(result.content_digest[0], first.content_digest[0]);
    }
}

Test(schelling_model, only_what_is_wanted_may_change_during_a_run)
{
    struct flyt_scenario scenario;
    struct flyt_result result;
    const char *const wants[] = {"schelling.want={1971: 0.3, 1973: 0.6}"};
    const char *const radii[] = {"schelling.radius={1971: 1, 1974: 2}"};
    cr_assert_eq(load(grid_file, radii, 1, &scenario), FLYT_ERR_SCENARIO);
    cr_assert_eq(load(grid_file, wants, 1, &scenario), FLYT_OK);
    run(&scenario, 1, 1, &result);
    const int64_t *before = row(&result, "grid_moves", 0, 24);
    const int64_t *after = row(&result, "grid_moves", 0, 25);
    cr_assert_lt(before[0], 5);
    cr_assert_gt(after[0], 100);
}

Test(schelling_model, what_cannot_run_is_refused_with_a_message)
{
    struct flyt_scenario scenario;
    const char *const set[] = {"schelling.rows=4",    "schelling.radius=2",  "schelling.want=1.5",
                               "schelling.share_1=0", "schelling.share_2=0", "schelling.density=0"};
    static const char *const expected[] = {"needs a grid of 5 x 5", "share_1 to share_2: all are 0",
                                           "gives no agent", "1.5 is outside [0, 1]"};
    cr_assert_eq(load(grid_file, set, FLYT_COUNT(set), &scenario), FLYT_ERR_SCENARIO);
    cr_assert_eq(diag.n_faults, FLYT_COUNT(expected));
    for (size_t i = 0; i < FLYT_COUNT(expected); i++) {
        cr_assert_not_null(strstr(diag.fault[i].text, expected[i]), "%s", diag.fault[i].text);
    }
}

Test(schelling_model, the_block_model_runs_as_a_scenario)
{
    struct flyt_scenario scenario;
    struct flyt_result result;
    double utility = 0.0;
    cr_assert_eq(load(blocks_file, NULL, 0, &scenario), FLYT_OK);
    run(&scenario, 4, 2, &result);
    for (uint32_t r = 0; r < 4; r++) {
        for (uint32_t month = 1; month <= 60; month++) {
            utility += *(const double *)row(&result, "block_utility", r, month) / 240.0;
        }
    }
    cr_assert_float_eq(utility, 0.764982, 0.001);
}

Test(schelling_model, a_scenario_without_a_vacant_cell_is_refused)
{
    struct flyt_scenario scenario;
    const char *const set[] = {"logit_blocks.agents_2=3"};
    cr_assert_eq(load(blocks_file, set, 1, &scenario), FLYT_ERR_SCENARIO);
    cr_assert_not_null(strstr(diag.fault[0].text, "6 agents in 2 blocks of 3 cells"));
}
