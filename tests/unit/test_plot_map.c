/* The map of a grid, and curves that count steps. */
#define _DEFAULT_SOURCE
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/plot.h"
#include "sim/run.h"

static struct flyt_arena arena;
static struct flyt_diag diag;
static struct flyt_result result;

static void free_arena(void)
{
    flyt_arena_free(&arena);
}

/** A result of a grid of 3 rows and 4 columns. */
static void run_small(void)
{
    static const char *const set[] = {"years=1", "schelling.rows=3", "schelling.columns=4"};
    static struct flyt_scenario scenario;
    struct flyt_scenario_options options = {.set = set, .n_sets = FLYT_COUNT(set)};
    struct flyt_run_options run = {.n_replicates = 2, .par = flyt_par_default(1)};
    cr_assert_eq(flyt_scenario_load(FLYT_SOURCE_DIR "/scenarios/schelling.yaml", &options, &arena,
                                    &scenario, &diag),
                 FLYT_OK);
    cr_assert_eq(flyt_run(&scenario, &run, &arena, &result, &diag), FLYT_OK);
}

TestSuite(plot_map, .init = run_small, .fini = free_arena);

static int64_t *cells(uint32_t year)
{
    return flyt_result_row(&result, &result.series[flyt_result_find(&result, "grid")], 0, year);
}

static const char *script_of(const char *figure, enum flyt_lang lang)
{
    const struct flyt_plot_options options = {.lang = lang, .format = FLYT_PLOT_svg};
    struct flyt_text script = {.arena = &arena};
    cr_assert_eq(flyt_plot_script(&result, flyt_figure_find(figure), &options, NULL, &script),
                 FLYT_OK);
    return script.bytes;
}

/** The rows of a data block, NULL when the script has none of this name. */
static const char *block(const char *script, const char *name, char *rows, size_t size)
{
    char begin[32];
    (void)snprintf(begin, sizeof begin, "$%s << ", name);
    const char *at = strstr(script, begin);
    if (at == NULL) {
        return NULL;
    }
    at = strchr(at, '\n') + 1;
    const char *end = strstr(at, "END_");
    cr_assert(end != NULL && (size_t)(end - at) < size);
    memcpy(rows, at, (size_t)(end - at));
    rows[end - at] = '\0';
    return rows;
}

Test(plot_map, equal_neighbours_of_a_row_are_one_rectangle)
{
    static const int64_t start[12] = {1, 1, 0, 2, /**/ 1, 2, 2, 2, /**/ 0, 0, 0, 1};
    static const int64_t end[12] = {2, 2, 2, 2, /**/ 0, 0, 0, 0, /**/ 0, 0, 0, 0};
    char rows[256];
    memcpy(cells(0), start, sizeof start);
    memcpy(cells(1), end, sizeof end);
    const char *script = script_of("grid", FLYT_EN);
    /* left, right, bottom, top; the second panel begins one column right of the first */
    cr_assert_str_eq(block(script, "group1", rows, sizeof rows), "0 2 2 3\n0 1 1 2\n3 4 0 1\n");
    cr_assert_str_eq(block(script, "group2", rows, sizeof rows), "3 4 2 3\n1 4 1 2\n5 9 2 3\n");
    cr_assert_null(block(script, "group3", rows, sizeof rows));
    cr_assert_not_null(strstr(script, "'After 12 steps'"));
    cr_assert_not_null(strstr(script, "The first of 2 replicates."));
}

Test(plot_map, values_that_are_no_group_are_not_drawn)
{
    char rows[256];
    for (uint32_t cell = 0; cell < 12; cell++) {
        cells(0)[cell] = cells(1)[cell] = cell % 2 == 0 ? INT64_MIN : 9;
    }
    cells(0)[5] = 8;
    const char *script = script_of("grid", FLYT_EN);
    cr_assert_str_eq(block(script, "group8", rows, sizeof rows), "1 2 1 2\n");
    cr_assert_null(block(script, "group1", rows, sizeof rows));
    cells(0)[5] = 0;
    cr_assert_not_null(strstr(script_of("grid", FLYT_EN), "plot NaN notitle\n"));
}

Test(plot_map, curves_of_the_grid_count_steps)
{
    const char *script = script_of("alike", FLYT_DA);
    cr_assert_not_null(strstr(script, "set xlabel 'Trin'"));
    cr_assert_not_null(strstr(script, "set xrange [0:12]"));
    cr_assert_not_null(strstr(script, "Gruppe 2"));
}

Test(plot_map, a_map_too_large_does_not_fit)
{
    const char *missing = NULL;
    const struct flyt_figure *grid = flyt_figure_find("grid");
    cr_assert(flyt_figure_fits(&result, grid, &missing));
    result.dim[result.series[flyt_result_find(&result, "grid")].dim[1]].n = 1001;
    cr_assert(!flyt_figure_fits(&result, grid, &missing));
    cr_assert_str_eq(missing, "grid");
}

Test(plot_map, draws_in_every_format)
{
    if (system("command -v gnuplot >/dev/null") != 0) {
        cr_skip_test("gnuplot is not installed");
    }
    char folder[] = "/tmp/flyt-map-XXXXXX";
    cr_assert_not_null(mkdtemp(folder));
    for (uint32_t i = 0; i < FLYT_PLOT_FORMATS; i++) {
        const struct flyt_plot_options options = {.format = (enum flyt_plot_format)i,
                                                  .folder = folder};
        cr_assert_eq(flyt_plot_draw(&result, flyt_figure_find("grid"), &options, &arena, &diag),
                     FLYT_OK, "%s", diag.fault[0].text);
    }
    cr_assert_eq(chdir(folder), 0);
    cr_assert_eq(system("gnuplot grid.gp && rm grid.svg grid.png grid.pdf grid.gp"), 0);
    cr_assert_eq(rmdir(folder), 0);
}
