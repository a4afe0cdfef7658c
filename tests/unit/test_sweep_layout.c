/* What is kept of a run: series, rows, and how rows between are added up. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include "sim/run.h"
#include "sweep_fixture.h"

#define ONE_POINT "plan: list\npoints: [{}]\nyears: 2\nparameters: {standstill.months: 1}\n"

TestSuite(sweep_layout, .fini = sweep_drop);

static struct flyt_result run;
static uint64_t *word;

/** Runs the only point, and keeps of it what the sweep does. */
static void run_point(void)
{
    struct flyt_scenario scenario;
    const struct flyt_run_options options = {.n_replicates = 1, .par = flyt_par_default(2)};
    cr_assert_eq(flyt_sweep_scenario(&sweep, 0, &sweep_arena, &scenario, &sweep_diag), FLYT_OK);
    cr_assert_eq(flyt_run(&scenario, &options, &sweep_arena, &run, &sweep_diag), FLYT_OK, "%s",
                 sweep_diag.fault[0].text);
    word = FLYT_ARENA_ARRAY(&sweep_arena, uint64_t, flyt_sweep_words(&sweep) + 1);
    cr_assert_not_null(word);
    flyt_sweep_reduce(&sweep, &run, word);
}

static const struct flyt_result_series *of_run(const char *name)
{
    uint32_t s = flyt_result_find(&run, name);
    cr_assert_neq(s, FLYT_NONE);
    return &run.series[s];
}

/** The words of a kept series. */
static const int64_t *kept(const char *name, uint32_t *n_rows)
{
    uint64_t offset = 0;
    for (uint32_t s = 0; s < sweep.layout.n_series; s++) {
        const struct flyt_result_series *series = &sweep.layout.series[s];
        *n_rows = flyt_result_rows(&sweep.layout, series);
        if (strcmp(series->name, name) == 0) {
            return (const int64_t *)(word + offset);
        }
        offset += series->n_cells * *n_rows;
    }
    cr_assert_fail("%s is not kept", name);
    return NULL;
}

Test(sweep_layout, stocks_are_those_of_the_day_and_flows_of_the_year)
{
    uint32_t n_rows = 0;
    sweep_take(SWEEP_TINY ONE_POINT "series: [households, moves_out]\ntime: years\n");
    cr_assert_eq(sweep.layout.n_series, 2);
    run_point();
    const struct flyt_result_series *stock = of_run("households"), *flow = of_run("moves_out");
    const int64_t *own = kept("households", &n_rows);
    cr_assert_eq(n_rows, 3);
    for (uint32_t year = 0; year < 3; year++) {
        const int64_t *there = flyt_result_row(&run, stock, 0, 12 * year);
        cr_expect_arr_eq(own + year * stock->n_cells, there, 8 * stock->n_cells);
    }
    own = kept("moves_out", &n_rows);
    for (uint64_t cell = 0; cell < flow->n_cells; cell++) {
        for (uint32_t year = 1; year < 3; year++) {
            int64_t sum = 0;
            for (uint32_t month = 12 * year - 11; month <= 12 * year; month++) {
                sum += ((const int64_t *)flyt_result_row(&run, flow, 0, month))[cell];
            }
            cr_expect_eq(own[year * flow->n_cells + cell], sum);
        }
    }
}

Test(sweep_layout, the_end_has_the_flows_of_the_whole_run)
{
    uint32_t n_rows = 0;
    int64_t all = 0, own_all = 0;
    sweep_take(SWEEP_TINY ONE_POINT "series: [moves_out]\ntime: end\n");
    cr_expect_eq(sweep.layout.start_year, sweep.base[0].start_year + 2);
    run_point();
    const struct flyt_result_series *flow = of_run("moves_out");
    const int64_t *own = kept("moves_out", &n_rows);
    cr_assert_eq(n_rows, 1);
    for (uint64_t cell = 0; cell < flow->n_cells; cell++) {
        own_all += own[cell];
        for (uint32_t month = 0; month <= 24; month++) {
            all += ((const int64_t *)flyt_result_row(&run, flow, 0, month))[cell];
        }
    }
    cr_expect_gt(all, 0);
    cr_expect_eq(own_all, all);
}

Test(sweep_layout, months_are_kept_as_they_are)
{
    uint32_t n_rows = 0;
    sweep_take(SWEEP_TINY ONE_POINT "series: [households]\ntime: months\n");
    run_point();
    const struct flyt_result_series *stock = of_run("households");
    const int64_t *own = kept("households", &n_rows);
    cr_assert_eq(n_rows, 25);
    cr_expect_arr_eq(own, flyt_result_row(&run, stock, 0, 0), 8 * 25 * stock->n_cells);
}

Test(sweep_layout, series_of_a_policy_are_kept_where_it_is_off_at_some_points)
{
    sweep_take(SWEEP_TINY "plan: grid\nyears: 1\nfactors:\n"
                          "  policies.social_lift: [no, yes]\n");
    uint32_t n_all = sweep.layout.n_series;
    sweep_drop();
    sweep_take(SWEEP_TINY "plan: list\npoints: [{}]\nyears: 1\n");
    cr_expect_gt(n_all, sweep.layout.n_series);
}
