#include <criterion/criterion.h>

#include <math.h>

#include "output/figure.h"
#include "result_fixture.h"

static struct fixture fixture;
static struct flyt_figure_data data;

static void free_arena(void)
{
    flyt_arena_free(&fixture.arena);
}

TestSuite(figure, .fini = free_arena);

static void fill(const char *name, uint32_t replicate, uint32_t cell, int64_t first, int64_t step)
{
    const struct flyt_result_series *series =
        &fixture.result.series[flyt_result_find(&fixture.result, name)];
    for (uint32_t row = 0; row < flyt_result_rows(&fixture.result, series); row++) {
        int64_t *cells = flyt_result_row(&fixture.result, series, replicate, row);
        cells[cell] = first + step * (int64_t)row;
    }
}

static void clear(const char *name)
{
    const struct flyt_result_series *series =
        &fixture.result.series[flyt_result_find(&fixture.result, name)];
    memset(series->data.count, 0,
           8 * (size_t)fixture.result.n_replicates * flyt_result_rows(&fixture.result, series) *
               (size_t)series->n_cells);
}

static void reduce(const char *name)
{
    const struct flyt_figure *figure = flyt_figure_find(name);
    cr_assert_not_null(figure);
    cr_assert_eq(flyt_figure_reduce(&fixture.result, figure, &fixture.arena, &data), FLYT_OK);
}

static void expect(double found, double expected)
{
    cr_assert_float_eq(found, expected, 1e-12, "%.17g is not %.17g", found, expected);
}

Test(figure, quantiles_lie_between_order_statistics)
{
    const double value[] = {1, 2, 4, 8, 16};
    expect(flyt_figure_quantile(value, 5, 0.5), 4);
    expect(flyt_figure_quantile(value, 4, 0.5), 3);
    expect(flyt_figure_quantile(value, 5, 0.05), 1.2);
    expect(flyt_figure_quantile(value, 5, 0.95), 14.4);
    expect(flyt_figure_quantile(value, 1, 0.95), 1);
    cr_assert(isnan(flyt_figure_quantile(value, 0, 0.5)));
}

Test(figure, vacancies_are_a_share_over_all_municipalities)
{
    fixture_init(&fixture, 0, 1, 1);
    clear("vacant_homes");
    clear("homes");
    fill("vacant_homes", 0, 1, 3, 0);         /* municipality 0, tenure 1 */
    fill("vacant_homes", 0, 4 * 4 + 1, 2, 0); /* municipality 4, tenure 1 */
    fill("homes", 0, 1, 100, 0);
    fill("homes", 0, 2 * 4 + 1, 100, 0);
    fill("homes", 0, 0, 50, 0);
    reduce("vacancies");
    cr_assert_eq(data.n_lines, 4);
    cr_assert_eq(data.n_rows, 13);
    expect(data.x[6], 2024.5);
    expect(data.line[0].mid[7], 0.0);
    expect(data.line[1].mid[0], 2.5);
    expect(data.line[1].low[12], 2.5);
    cr_assert(isnan(data.line[3].mid[0]), "a tenure without homes has no share");
}

Test(figure, moves_are_those_of_twelve_months_per_household_at_their_starts)
{
    fixture_init(&fixture, 0, 1, 2);
    clear("moves_out");
    clear("households");
    fill("moves_out", 0, 0, 0, 1);       /* 1, 2, ... 24 in months 1 to 24; 0 at the start */
    fill("households", 0, 0, 1000, 100); /* at the start 1000, then 1100, ... */
    reduce("moves");
    cr_assert(isnan(data.line[0].mid[11]));
    expect(data.line[0].mid[12], 100.0 * 78 / 1550);         /* 1+...+12; mean of 1000 ... 2100 */
    expect(data.line[0].mid[24], 100.0 * (300 - 78) / 2750); /* 13+...+24; mean of 2200 ... 3300 */
}

Test(figure, waiting_is_the_mean_of_those_let_almen_homes)
{
    fixture_init(&fixture, 0, 1, 1);
    clear("waiting_months_let");
    clear("moves_in");
    fill("waiting_months_let", 0, 4, 60, 0); /* municipality 1, almen */
    fill("moves_in", 0, 4, 5, 0);
    fill("waiting_months_let", 0, 5, 999, 0); /* another tenure */
    fill("moves_in", 0, 5, 1, 0);
    reduce("waiting");
    cr_assert_eq(data.n_lines, 5);
    cr_assert_str_eq(data.line[1].label_en, "Ærø");
    expect(data.line[1].mid[12], 12);
    cr_assert(isnan(data.line[0].mid[12]), "nobody was let a home there");
}

Test(figure, bands_span_the_replicates)
{
    fixture_init(&fixture, 0, 5, 1);
    clear("vacant_homes");
    clear("homes");
    for (uint32_t r = 0; r < 5; r++) {
        fill("vacant_homes", r, 0, 1 << (4 - r), 0);
        fill("homes", r, 0, 100, 0);
    }
    reduce("vacancies");
    expect(data.line[0].low[3], 1); /* few replicates: all of them */
    expect(data.line[0].mid[3], 4);
    expect(data.line[0].high[3], 16);
}

Test(figure, of_many_lines_the_largest_are_kept_in_their_order)
{
    static const char *label[12] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
    fixture_init(&fixture, 0, 1, 1);
    /* as if the twelve labels of tenure by age were twelve tenures */
    struct flyt_dim *tenure = &fixture.result.dim[1];
    tenure->n = 12;
    tenure->label_en = tenure->label_da = label;
    static const char *const names[] = {"vacant_homes", "homes"};
    for (size_t i = 0; i < FLYT_COUNT(names); i++) {
        struct flyt_result_series *series =
            &fixture.result.series[flyt_result_find(&fixture.result, names[i])];
        series->n_dims = 1;
        series->dim[0] = 1;
        series->n_cells = 12;
        series->data.count = FLYT_ARENA_ZERO(&fixture.arena, int64_t, 13 * 12);
        for (uint32_t cell = 0; cell < 12; cell++) {
            fill(names[i], 0, cell, cell == 3 || cell == 7 ? 1 : 10, 0);
        }
    }
    reduce("vacancies");
    cr_assert_eq(data.n_lines, 10);
    cr_assert_eq(data.n_left_out, 2);
    cr_assert_str_eq(data.line[2].label_en, "c");
    cr_assert_str_eq(data.line[3].label_en, "e");
    cr_assert_str_eq(data.line[9].label_en, "l");
}

Test(figure, says_which_series_is_missing)
{
    const char *missing = NULL;
    fixture_init(&fixture, 0, 1, 1);
    cr_assert(flyt_figure_fits(&fixture.result, flyt_figure_find("moves"), &missing));
    fixture.result.series[0].name = "renamed"; /* households */
    cr_assert(!flyt_figure_fits(&fixture.result, flyt_figure_find("moves"), &missing));
    cr_assert_str_eq(missing, "households");
    cr_assert_null(flyt_figure_find("no_such_figure"));
}

Test(figure, panels_have_three_curves_for_each_group_that_is_named_and_there)
{
    const char *missing = NULL;
    const struct flyt_figure *figure = flyt_figure_find("segregation");
    fixture_init(&fixture, 0, 3, 2);
    cr_assert(!flyt_figure_fits(&fixture.result, figure, &missing));
    cr_assert_str_eq(missing, "segregation_dissimilarity");
    fixture_add_segregation(&fixture);
    cr_assert(flyt_figure_fits(&fixture.result, figure, &missing));
    reduce("segregation");
    cr_assert_eq(data.n_rows, 3);
    cr_assert_eq(data.n_lines, 2 * FLYT_FIGURE_CURVES); /* Danish origin is not shown */
    cr_assert_str_eq(data.line[0].label_en, "Non-western origin");
    cr_assert_str_eq(data.line[3].label_da, "Laveste femtedel af indkomster");
    expect(data.x[2], 2026);
    expect(data.line[0].low[1], 0.59); /* observed: all municipalities, not Odense */
    expect(data.line[0].mid[1], 0.61);
    expect(data.line[0].high[1], 0.63);
    expect(data.line[1].mid[0], 0.22); /* expected at random */
    expect(data.line[5].mid[2], 0.65); /* corrected, the second panel */
}

Test(figure, a_value_that_is_not_defined_is_left_out_of_the_median)
{
    fixture_init(&fixture, 0, 3, 2);
    fixture_add_segregation(&fixture);
    const struct flyt_result_series *series =
        &fixture.result.series[flyt_result_find(&fixture.result, "segregation_dissimilarity")];
    for (uint32_t r = 0; r < 2; r++) {
        double *cells = flyt_result_row(&fixture.result, series, r, 1);
        cells[2] = (double)NAN;
    }
    reduce("segregation");
    expect(data.line[0].mid[1], 0.63);
    double *cells = flyt_result_row(&fixture.result, series, 2, 1);
    cells[2] = (double)NAN;
    reduce("segregation");
    cr_assert(isnan(data.line[0].mid[1]));
}
