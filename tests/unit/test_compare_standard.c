/* Turnover at the composition of the run without, by hand. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/mobility.h"
#include "output/compare_standard.h"

enum { CELLS = 16, ITEMS = 2, ALL = ITEMS + 2 * CELLS };

static struct flyt_compare_item item[ITEMS] = {
    {.name = "turnover", .unit = "%", .of = "almen_left", .over = "almen_household_months"},
    {.name = "turnover_standard",
     .unit = "%",
     .of = "almen_left",
     .over = "almen_household_months"}};
static const struct flyt_compare_items items = {.item = item, .n = ITEMS};
static double before[2 * ALL], after[2 * ALL];
static const struct flyt_compare_values without = {ALL, 1, 1, before, 1},
                                        with = {ALL, 1, 1, after, 1};

static void set(const struct flyt_compare_values *values, uint32_t cell, double left, double months)
{
    *flyt_compare_at(values, ITEMS + cell, 1, 0) = left;
    *flyt_compare_at(values, ITEMS + CELLS + cell, 1, 0) = months;
}

static double rate(const struct flyt_compare_values *values, uint32_t which)
{
    return *flyt_compare_at(values, which, 1, 0);
}

static void standardise(void)
{
    flyt_compare_standardise(&items, &without, &with);
    flyt_compare_standardise(&items, &without, &without);
}

/** 100 young homes of which 30 leave, 100 old of which 5: 17.5 %. With the policy 50 and 150 homes,
 *  the same rates, 15 and 7.5 leave: 11.25 % raw, and nothing has changed but who lives there. */
Test(compare_standard, other_residents_with_the_same_rates_do_not_change_it)
{
    set(&without, 0, 30, 1200);
    set(&without, 5, 5, 1200);
    set(&with, 0, 15, 600);
    set(&with, 5, 7.5, 1800);
    standardise();
    cr_expect_float_eq(rate(&without, 0), 17.5, 1e-12);
    cr_expect_float_eq(rate(&without, 1), 17.5, 1e-12);
    cr_expect_float_eq(rate(&with, 0), 11.25, 1e-12);
    cr_expect_float_eq(rate(&with, 1), 17.5, 1e-12);
}

/** Half as many leave in each cell, among as many old as before and half as many young. */
Test(compare_standard, other_rates_do)
{
    set(&without, 0, 30, 1200);
    set(&without, 5, 5, 1200);
    set(&with, 0, 7.5, 600);
    set(&with, 5, 2.5, 1200);
    standardise();
    cr_expect_float_eq(rate(&with, 1), (15.0 + 2.5) / 200 * 100, 1e-12);
    cr_expect_float_eq(rate(&with, 0), (7.5 + 2.5) / 150 * 100, 1e-12);
}

/** No young are left: their rate is that of the run without. */
Test(compare_standard, a_cell_with_nobody_has_the_rate_of_the_run_without)
{
    set(&without, 0, 30, 1200);
    set(&without, 5, 5, 1200);
    set(&with, 5, 10, 1200);
    standardise();
    cr_expect_float_eq(rate(&with, 1), (30.0 + 10.0) / 200 * 100, 1e-12);
    set(&with, 5, 0, 0);
    standardise();
    cr_expect(isnan(rate(&with, 0)));
}

/** Two areas, the second not listed; ages of two bands in one. */
Test(compare_standard, cells_are_those_of_listed_areas)
{
    enum { AREAS = 2, N = AREAS * FLYT_TURNOVER_CELLS, ROWS = 2 };
    static int64_t left[ROWS * N], months[ROWS * N], list[ROWS * AREAS] = {2, 1, 2, 5};
    static const char *const area[] = {"A", "B"};
    struct flyt_dim dim[] = {{"area", "Area", "Område", AREAS, area, area}};
    uint32_t replicate = 0, couple = 1;
    struct flyt_result_series series[] = {
        {.name = "area_list", .n_dims = 1, .n_cells = AREAS, .data.count = list},
        {.name = "almen_left", .n_dims = 3, .n_cells = N, .data.count = left},
        {.name = "almen_household_months", .n_dims = 3, .n_cells = N, .data.count = months}};
    for (uint32_t s = 0; s < 3; s++) {
        series[s].period = FLYT_SERIES_yearly;
    }
    struct flyt_result result = {.n_years = 1,
                                 .n_months = 12,
                                 .n_replicates = 1,
                                 .replicate = &replicate,
                                 .n_dims = 1,
                                 .dim = dim,
                                 .n_series = 3,
                                 .series = series};
    left[N + couple * FLYT_AGE_BANDS + 2] = 3;                        /* couple of 30-39 in A */
    left[N + couple * FLYT_AGE_BANDS + 3] = 4;                        /* of 40-49 */
    left[N + FLYT_TURNOVER_CELLS + couple * FLYT_AGE_BANDS + 2] = 99; /* in B */
    months[N + couple * FLYT_AGE_BANDS + 2] = 120;
    months[N + couple * FLYT_AGE_BANDS + 7] = 12; /* 80 and older */
    cr_assert_eq(flyt_compare_n_cells(&items), 2 * CELLS);
    cr_assert_eq(flyt_compare_take_cells(&result, &items, &without), FLYT_OK);
    cr_expect_eq(*flyt_compare_at(&without, ITEMS + couple * 4 + 1, 1, 0), 7.0);
    cr_expect_eq(*flyt_compare_at(&without, ITEMS + CELLS + couple * 4 + 1, 1, 0), 120.0);
    cr_expect_eq(*flyt_compare_at(&without, ITEMS + CELLS + couple * 4 + 3, 1, 0), 12.0);
    double sum = 0.0;
    for (uint32_t i = ITEMS; i < ALL; i++) {
        sum += *flyt_compare_at(&without, i, 1, 0);
    }
    cr_expect_eq(sum, 7.0 + 132.0);
}
