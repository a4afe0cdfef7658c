#include <criterion/criterion.h>
#include <math.h>

#include "tests/start_fixture.h"

static struct flyt_arena arena;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
}

static void teardown(void)
{
    flyt_arena_free(&arena);
}

TestSuite(popcells, .init = setup, .fini = teardown);

static struct flyt_popcells cells_of(const struct flyt_scenario *scenario)
{
    struct flyt_params *params = FLYT_ARENA_ZERO(&arena, struct flyt_params, 1);
    struct flyt_par par = {2, 8, 0};
    struct flyt_popcells cells;
    flyt_scenario_params(scenario, scenario->start_year, params);
    cr_assert_eq(flyt_popcells_make(scenario, &params->start, NULL, &par, &arena, &cells), FLYT_OK);
    return cells;
}

Test(popcells, normal_quantiles_are_those_of_the_tables)
{
    static const double known[][2] = {
        {0.5, 0.0},           {0.975, 1.959963985},  {0.025, -1.959963985},
        {0.999, 3.090232306}, {0.001, -3.090232306}, {0.8413447461, 1.0}};
    for (size_t i = 0; i < FLYT_COUNT(known); i++) {
        cr_assert_float_eq(flyt_popcells_normal(known[i][0]), known[i][1], 2e-8);
    }
}

Test(popcells, bands_are_cut_wherever_a_table_cuts)
{
    struct flyt_scenario scenario = fixture_scenario(400, 1, 1, &arena);
    struct flyt_popcells cells = cells_of(&scenario);
    /* 45 and 61: adult children live with heads of 45 to 60 */
    static const int32_t from[] = {18, 30, 40, 45, 60, 61, 65, 100};
    cr_assert_eq(cells.bands.n, 7);
    for (uint32_t b = 0; b <= cells.bands.n; b++) {
        cr_assert_eq(cells.bands.from[b], from[b]);
    }
    cr_assert_eq(flyt_popcells_band(&cells.bands, 64), 5);
    cr_assert_eq(flyt_popcells_band(&cells.bands, 65), 6);
    cr_assert_eq(flyt_popcells_band(&cells.bands, 104), 6);
}

Test(popcells, a_band_that_no_row_follows_ends_where_it_says)
{
    struct flyt_scenario scenario = fixture_scenario(400, 1, 1, &arena);
    struct flyt_text text = {.arena = &arena};
    static const char *const kinds[] = {"almen_family", "private_rental", "cooperative", "owner"};
    flyt_text_add(&text, "tenure,type,age_from,age_to,share\n");
    for (int t = 0; t < 4; t++) {
        flyt_text_add(&text, "%s,single,31,38,1\n", kinds[t]);
    }
    fixture_table(&scenario, FLYT_TABLE_households, &text, &arena);
    struct flyt_popcells cells = cells_of(&scenario);
    uint32_t band = flyt_popcells_band(&cells.bands, 31);
    cr_assert_eq(cells.bands.from[band], 31);
    cr_assert_eq(cells.bands.from[band + 1], 39);
    for (uint32_t b = 0; b < cells.bands.n; b++) {
        double share = cells.shares.type_age[FLYT_KIND_owner][FLYT_TYPE_single][b];
        cr_expect_float_eq(share, b == band ? 1.0 : 0.0, 1e-12, "from %d: %g", cells.bands.from[b],
                           share);
    }
}

Test(popcells, more_bands_than_there_is_room_for_are_told)
{
    struct flyt_scenario scenario = fixture_scenario(400, 1, 1, &arena);
    struct flyt_text text = {.arena = &arena};
    flyt_text_add(&text, "tenure,type,age_from,age_to,share\n");
    for (int age = 20; age < 60; age++) {
        flyt_text_add(&text, "owner,single,%d,%d,0.025\n", age, age);
    }
    fixture_table(&scenario, FLYT_TABLE_households, &text, &arena);
    struct flyt_popbands bands;
    uint32_t table, row;
    cr_assert_not(flyt_popcells_cut(&scenario, &bands, &table, &row));
    cr_expect_eq(table, FLYT_TABLE_households);
    cr_expect_eq(row, 20, "%u", row); /* 18, 20 to 40, 60 and 65 fill up; 41 is one more */
}

/** Shares of the fixture: a quarter single at 18-39 falls by years on 18-29 and 30-39. */
Test(popcells, without_known_values_the_cells_have_the_margins_of_the_country)
{
    struct flyt_scenario scenario = fixture_scenario(4000, 2, 1, &arena);
    struct flyt_popcells cells = cells_of(&scenario);
    const struct flyt_popplace *place = &cells.place[1];
    cr_assert_eq(place->n_groups, 4);
    const struct flyt_popgroup *group = &cells.group[place->first_group];
    cr_assert(group->converged);
    cr_assert_float_eq(group->type_age[FLYT_TYPE_single][0], 0.25 * 12 / 22, 1e-12);
    double nonwestern = 0.0, employed = 0.0, below = 0.0;
    for (uint32_t i = 0; i < cells.n_cells; i++) {
        double u = i == 0 ? group->cell[0] / 2 : (group->cell[i - 1] + group->cell[i]) / 2;
        struct flyt_popcell cell = flyt_popcells_at(&cells, place->first_group, u);
        double share = group->cell[i] - below;
        below = group->cell[i];
        nonwestern += cell.origin == FLYT_ORIGIN_nonwestern ? share : 0.0;
        employed += cell.work == FLYT_WORK_employed ? share : 0.0;
    }
    cr_assert_float_eq(below, 1.0, 0.0);
    cr_assert_float_eq(nonwestern, 0.1, 1e-6);
    cr_assert_float_eq(employed, 0.8 * 0.8, 1e-6); /* 80 % are below 65, of whom 80 % work */
}

Test(popcells, a_known_share_moves_the_cells_of_its_place_only)
{
    struct flyt_scenario scenario = fixture_scenario(4000, 2, 1, &arena);
    struct flyt_popcells cells = cells_of(&scenario); /* M0: 12 % non-western, the country 10 */
    cr_assert_gt(cells.place[0].shift[FLYT_VARIABLE_nonwestern], 0.1);
    cr_assert_eq(cells.place[1].shift[FLYT_VARIABLE_nonwestern], 0.0);
}

Test(popcells, partners_fall_into_bands_whose_shares_sum_to_one)
{
    struct flyt_scenario scenario = start_scenario("tiny", &arena);
    struct flyt_popcells cells = cells_of(&scenario);
    for (uint32_t b = 0; b < cells.bands.n; b++) {
        double sum = 0.0;
        for (uint32_t k = 0; k < cells.bands.n; k++) {
            cr_assert(k <= b || cells.shares.partner_band[b][k] == 0.0, "older than the head");
            sum += cells.shares.partner_band[b][k];
        }
        cr_assert_float_eq(sum, 1.0, 1e-9);
    }
}
