/* Bands of ages spread over their years: totals and ages are kept, and inside a band people are as
   the months of work leave them. */
#include "models/popages.h"

#include <criterion/criterion.h>
#include <math.h>

#include "models/livelihood_params.h"
#include "tests/start_fixture.h"

static struct flyt_arena arena;
static struct flyt_work_rest rest;

static void setup(void)
{
    static struct flyt_work_table table;
    struct flyt_livelihood_params params;
    struct flyt_par par = {2, 8, 0};
    flyt_arena_init(&arena, 0);
    flyt_livelihood_defaults(&params);
    flyt_work_prepare(&params.work, &table);
    flyt_workrest_make(&par, &params.work, &table, &rest);
}

static void teardown(void)
{
    flyt_arena_free(&arena);
}

TestSuite(popages, .init = setup, .fini = teardown);

static struct flyt_popcells cells_of(const char *name, const struct flyt_work_rest *of,
                                     struct flyt_par par)
{
    struct flyt_scenario *scenario = FLYT_ARENA_ARRAY(&arena, struct flyt_scenario, 1);
    struct flyt_params *params = FLYT_ARENA_ZERO(&arena, struct flyt_params, 1);
    struct flyt_popcells cells;
    *scenario = start_scenario(name, &arena);
    flyt_scenario_params(scenario, scenario->start_year, params);
    cr_assert_eq(flyt_popcells_make(scenario, &params->start, of, &par, &arena, &cells), FLYT_OK);
    return cells;
}

/** Share of a year of age in a state. */
static double at(const struct flyt_popgroup *group, uint32_t origin, int32_t age, uint32_t work)
{
    double share[FLYT_N_WORKS];
    flyt_popages_work(group, origin, age, share);
    return share[work];
}

Test(popages, a_bands_totals_and_ages_are_kept)
{
    struct flyt_popcells cells = cells_of("tiny", &rest, (struct flyt_par){2, 8, 0});
    cr_assert_gt(cells.n_groups, 3);
    for (uint32_t i = 0; i < cells.n_groups * FLYT_N_ORIGINS * cells.bands.n; i++) {
        uint32_t b = i % cells.bands.n, o = i / cells.bands.n % FLYT_N_ORIGINS;
        const struct flyt_popgroup *group = &cells.group[i / cells.bands.n / FLYT_N_ORIGINS];
        double work[FLYT_N_WORKS] = {0};
        for (int32_t age = cells.bands.from[b]; age < cells.bands.from[b + 1]; age++) {
            double year = 0.0;
            for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
                year += group->ages[o][age - FLYT_POP_FIRST][w];
                work[w] += group->ages[o][age - FLYT_POP_FIRST][w];
            }
            cr_assert_float_eq(year, flyt_popages_weight(&cells.bands, b, age), 1e-4, "%d", age);
        }
        for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
            cr_assert_float_eq(work[w], group->work[o][b][w], 1e-6, "band %u, state %u", b, w);
        }
    }
}

Test(popages, rows_of_the_table_keep_their_shares_over_the_bands_they_are_cut_into)
{
    struct flyt_popcells flat = cells_of("fyn", NULL, (struct flyt_par){2, 8, 0});
    struct flyt_popcells cut = cells_of("fyn", &rest, (struct flyt_par){2, 8, 0});
    /* 50-59 and 60-64 come from one row: by how many of each are there, its share is between */
    uint32_t a = flyt_popcells_band(&cut.bands, 50), b = flyt_popcells_band(&cut.bands, 60);
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        double row = flat.shares.work[t][0][a][FLYT_WORK_pension];
        double young = cut.shares.work[t][0][a][FLYT_WORK_pension];
        double old = cut.shares.work[t][0][b][FLYT_WORK_pension];
        cr_assert_eq(row, flat.shares.work[t][0][b][FLYT_WORK_pension]);
        cr_assert(row > 0.05 && young < 1e-6 && old > row, "%g is cut into %g and %g", row, young,
                  old);
        for (uint32_t w = 0; w < FLYT_N_WORKS; w++) { /* one weight explains all states */
            double weight = row / old;
            double mean =
                (1 - weight) * cut.shares.work[t][0][a][w] + weight * cut.shares.work[t][0][b][w];
            cr_assert_float_eq(mean, flat.shares.work[t][0][a][w], 1e-5, "tenure %u, state %u", t,
                               w);
        }
    }
}

Test(popages, studies_end_and_disability_grows_inside_a_band)
{
    struct flyt_popcells flat = cells_of("fyn", NULL, (struct flyt_par){2, 8, 0});
    struct flyt_popcells cells = cells_of("fyn", &rest, (struct flyt_par){2, 8, 0});
    for (uint32_t g = 0; g < cells.n_groups; g++) {
        const struct flyt_popgroup *group = &cells.group[g];
        cr_assert_gt(at(group, 0, 30, FLYT_WORK_student),
                     3.0 * at(group, 0, 36, FLYT_WORK_student));
        cr_assert_gt(at(group, 0, 59, FLYT_WORK_disability),
                     1.5 * at(group, 0, 51, FLYT_WORK_disability));
        cr_assert_lt(at(group, 0, 59, FLYT_WORK_pension), 1e-6);
        cr_assert_float_eq(at(&flat.group[g], 0, 51, FLYT_WORK_disability),
                           at(&flat.group[g], 0, 59, FLYT_WORK_disability), 1e-9);
    }
}

Test(popages, heads_are_drawn_as_old_as_their_state_says)
{
    enum { DRAWS = 20000 };
    struct flyt_popcells cells = cells_of("tiny", &rest, (struct flyt_par){2, 8, 0});
    const struct flyt_popgroup *group = &cells.group[0];
    struct flyt_popcell cell = {.work = FLYT_WORK_disability,
                                .age = flyt_popcells_band(&cells.bands, 50)};
    int32_t from = cells.bands.from[cell.age], n = cells.bands.from[cell.age + 1] - from;
    double expected = 0.0, all = 0.0, mean = 0.0;
    for (int32_t y = 0; y < n; y++) {
        double share = group->ages[0][from + y - FLYT_POP_FIRST][FLYT_WORK_disability];
        expected += share * (12.0 * (from + y) + 5.5);
        all += share;
    }
    for (uint32_t i = 0; i < DRAWS; i++) {
        int32_t months = flyt_popages_months(&cells, group, cell, (i + 0.5) / DRAWS);
        cr_assert(months >= from * 12 && months < (from + n) * 12);
        mean += (double)months / DRAWS;
    }
    cr_assert_float_eq(mean, expected / all, 0.1, "%g for %g", mean, expected / all);
    cr_assert_eq(flyt_popages_months(&cells, group, cell, 0.0), from * 12);
}

Test(popages, few_are_18_and_few_are_very_old)
{
    struct flyt_popbands bands = {2, {18, 80, 100}};
    double all = 0.0;
    for (int32_t age = 80; age < 100; age++) {
        all += flyt_popages_weight(&bands, 1, age);
    }
    cr_assert_float_eq(all, 1.0, 1e-12);
    cr_assert_float_eq(flyt_popages_weight(&bands, 0, 18), 1.0 / 62 / 62, 1e-12);
    cr_assert_float_eq(flyt_popages_weight(&bands, 1, 80), sqrt(sqrt(0.05)), 1e-12);
}

Test(popages, threads_change_no_bit)
{
    struct flyt_popcells one = cells_of("tiny", &rest, (struct flyt_par){1, 8, 0});
    struct flyt_popcells many = cells_of("tiny", &rest, (struct flyt_par){3, 5, 7});
    for (uint32_t g = 0; g < one.n_groups; g++) {
        cr_assert_eq(memcmp(one.group[g].ages, many.group[g].ages,
                            FLYT_N_ORIGINS * sizeof *one.group[g].ages),
                     0);
    }
}
