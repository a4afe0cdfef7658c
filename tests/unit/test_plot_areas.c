/* Figures of areas: which areas are shown, what stands in the panels, and what a file must have. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "output/plot.h"
#include "sim/run.h"

static struct flyt_arena arena;
static struct flyt_diag diag;
static struct flyt_result result;

static void run_tiny(void)
{
    static const char *const set[] = {"years=2"};
    static struct flyt_scenario scenario;
    struct flyt_scenario_options options = {.set = set, .n_sets = FLYT_COUNT(set)};
    struct flyt_run_options run = {.n_replicates = 2, .par = flyt_par_default(1)};
    cr_assert_eq(
        flyt_scenario_load(FLYT_SOURCE_DIR "/scenarios/tiny", &options, &arena, &scenario, &diag),
        FLYT_OK);
    cr_assert_eq(flyt_run(&scenario, &run, &arena, &result, &diag), FLYT_OK);
}

static void free_arena(void)
{
    flyt_arena_free(&arena);
}

TestSuite(plot_areas, .init = run_tiny, .fini = free_arena);

static const char *script_of(const char *figure, enum flyt_lang lang)
{
    const struct flyt_plot_options options = {.lang = lang, .format = FLYT_PLOT_svg};
    struct flyt_text script = {.arena = &arena};
    cr_assert_eq(flyt_plot_script(&result, flyt_figure_find(figure), &options, NULL, &script),
                 FLYT_OK);
    return script.bytes;
}

static const struct flyt_result_series *series(const char *name)
{
    return &result.series[flyt_result_find(&result, name)];
}

/** Sets a criterion of an area in one replicate and row. */
static void set_value(uint32_t replicate, uint32_t row, uint32_t area, uint32_t k, double value)
{
    double *cells = flyt_result_row(&result, series("area_criteria"), replicate, row);
    cells[(size_t)area * 5 + k] = value;
}

Test(plot_areas, a_panel_has_medians_of_its_criterion_and_the_limit)
{
    for (uint32_t row = 0; row < 3; row++) {
        for (uint32_t area = 0; area < 4; area++) {
            set_value(0, row, area, 0, 10.0 * area + row);
            set_value(1, row, area, 0, 10.0 * area + row + 1.0);
        }
        double *limits = flyt_result_row(&result, series("area_criteria_limits"), 0, row);
        limits[0] = 40.0 + row;
    }
    const char *script = script_of("criteria", FLYT_EN);
    cr_assert_not_null(strstr(script, "\n2024 0.5 10.5 20.5 30.5 40\n2025 1.5 11.5 21.5 31.5 41\n"
                                      "2026 2.5 12.5 22.5 32.5 42\n"));
    cr_assert_not_null(strstr(script, "'Parken'"));
    cr_assert_not_null(strstr(script, "'Limit of the list'"));
    cr_assert_not_null(strstr(script, "'Outside work and education, 18-64'"));
    cr_assert_not_null(strstr(script, "Median of 2 replicates."));
    cr_assert_not_null(strstr(script_of("criteria", FLYT_DA), "'Listens grænse'"));
}

Test(plot_areas, shares_are_of_those_they_are_shares_of)
{
    for (uint32_t r = 0; r < 2; r++) {
        for (uint32_t row = 0; row < 3; row++) {
            int64_t *persons = flyt_result_row(&result, series("area_persons"), r, row);
            persons[0] = 60; /* Danish */
            persons[1] = 20;
            persons[2] = 120;
            ((int64_t *)flyt_result_row(&result, series("area_outside_work"), r, row))[0] = 30;
            ((int64_t *)flyt_result_row(&result, series("area_working_age"), r, row))[0] = 120;
            ((int64_t *)flyt_result_row(&result, series("area_basic_schooling"), r, row))[0] = 1;
            ((int64_t *)flyt_result_row(&result, series("area_middle_age"), r, row))[0] = 0;
            ((int64_t *)flyt_result_row(&result, series("area_children"), r, row))[0] = 50;
            ((int64_t *)flyt_result_row(&result, series("area_newcomers"), r, row))[0] = 10;
            ((int64_t *)flyt_result_row(&result, series("area_households"), r, row))[0] = 100;
        }
    }
    const char *script = script_of("composition", FLYT_DA);
    cr_assert_not_null(strstr(script, "\n2024 60 25 NaN 25 10\n2025 60 25 NaN 25 10\n"));
    cr_assert_not_null(strstr(script, "'Tilflyttet i året, af husstande'"));
    cr_assert_not_null(strstr(script, "'Midtbyen'"));
}

Test(plot_areas, the_areas_nearest_to_the_lists_are_shown)
{
    /* eight areas out of the four: two series as if the tables were twice as long */
    static const char *const names[] = {"A", "B", "C", "D", "E", "F", "G", "H"};
    static double value[8 * 5];
    struct flyt_result_series *criteria =
        &result.series[flyt_result_find(&result, "area_criteria")];
    struct flyt_dim *areas = &result.dim[criteria->dim[0]];
    areas->n = 8;
    areas->label_en = areas->label_da = names;
    criteria->n_cells = 40;
    result.n_replicates = 1;
    result.n_years = 0;
    criteria->data.real = value;
    for (uint32_t area = 0; area < 8; area++) {
        for (uint32_t k = 0; k < 5; k++) {
            value[area * 5 + k] = 30.0;
        }
    }
    value[3 * 5 + 4] = 90.0; /* D is rich */
    value[5 * 5 + 1] = 1.0;  /* F has few of non-western origin */
    const char *script = script_of("criteria", FLYT_EN);
    for (uint32_t area = 0; area < 8; area++) {
        char title[16];
        (void)snprintf(title, sizeof title, "title '%s'", names[area]);
        cr_assert_eq(strstr(script, title) != NULL, area != 3 && area != 5, "%s", names[area]);
    }
}

Test(plot_areas, a_file_without_a_series_cannot_be_drawn)
{
    const char *missing = NULL;
    const struct flyt_figure *figure = flyt_figure_find("composition");
    cr_assert(flyt_figure_fits(&result, figure, &missing));
    result.series[flyt_result_find(&result, "area_children")].name = "other";
    cr_assert(!flyt_figure_fits(&result, figure, &missing));
    cr_assert_str_eq(missing, "area_children");
    cr_assert(flyt_figure_fits(&result, flyt_figure_find("criteria"), &missing));
    result.series[flyt_result_find(&result, "area_criteria_limits")].type = FLYT_SERIES_count;
    cr_assert(!flyt_figure_fits(&result, flyt_figure_find("criteria"), &missing));
    cr_assert_str_eq(missing, "area_criteria_limits");
}
