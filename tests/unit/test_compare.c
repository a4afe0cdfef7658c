/* A comparison against numbers worked out by hand: four pairs, two areas of which one is listed. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/compare.h"
#include "output/compare_factorial.h"
#include "output/compare_fade.h"
#include "output/compare_parts.h"
#include "output/compare_table.h"

enum { AREAS = 2, YEARS = 2, PAIRS = 4, SERIES = 7 };

static const char *const area_name[] = {"Parken", "Engen"};

struct fixture {
    struct flyt_arena arena;
    struct flyt_diag diag;
    struct flyt_dim dim[1];
    uint32_t replicate[PAIRS];
    struct flyt_result_series series[SERIES];
    struct flyt_result result;
};

static const struct {
    const char *name, *how, *policy;
    enum flyt_series_kind kind;
    enum flyt_series_period period;
    uint32_t n_dims;
} shape[SERIES] = {
    {"area_list", "", NULL, FLYT_SERIES_stock, FLYT_SERIES_yearly, 1},
    {"area_outside_work", "", NULL, FLYT_SERIES_stock, FLYT_SERIES_yearly, 1},
    {"area_working_age", "", NULL, FLYT_SERIES_stock, FLYT_SERIES_yearly, 1},
    {"hidden_households", "", NULL, FLYT_SERIES_stock, FLYT_SERIES_monthly, 0},
    {"ledger_grants", "paid by state to municipalities, by the tenure of the household", NULL,
     FLYT_SERIES_flow, FLYT_SERIES_monthly, 0},
    {"ledger_consumption", "paid by households to outside, by tenure", NULL, FLYT_SERIES_flow,
     FLYT_SERIES_monthly, 0},
    {"helped", "", "some_policy", FLYT_SERIES_flow, FLYT_SERIES_monthly, 0},
};

/** Without: the listed area has 40, 42, 44, 46 of 100 outside work; with: 1, 2, 3, 2 fewer. */
static void open(struct fixture *f, bool with)
{
    static const int64_t fewer[PAIRS] = {1, 2, 3, 2};
    flyt_arena_init(&f->arena, 0);
    f->diag = (struct flyt_diag){.lang = FLYT_EN};
    f->dim[0] = (struct flyt_dim){"area", "Area", "Område", AREAS, area_name, area_name};
    f->result = (struct flyt_result){.model = "housing",
                                     .title = "By",
                                     .start_year = 2024,
                                     .n_months = 12 * YEARS,
                                     .n_years = YEARS,
                                     .seed = 1,
                                     .n_replicates = PAIRS,
                                     .replicate = f->replicate,
                                     .n_dims = 1,
                                     .dim = f->dim,
                                     .n_series = with ? SERIES : SERIES - 1,
                                     .series = f->series};
    for (uint32_t s = 0; s < SERIES; s++) {
        struct flyt_result_series *series = &f->series[s];
        *series = (struct flyt_result_series){.name = shape[s].name,
                                              .unit = "1",
                                              .en = shape[s].name,
                                              .da = shape[s].name,
                                              .how = shape[s].how,
                                              .policy = shape[s].policy,
                                              .type = FLYT_SERIES_count,
                                              .kind = shape[s].kind,
                                              .period = shape[s].period,
                                              .n_dims = shape[s].n_dims,
                                              .n_cells = shape[s].n_dims == 1 ? AREAS : 1};
        uint32_t rows = flyt_result_rows(&f->result, series);
        series->data.count =
            FLYT_ARENA_ZERO(&f->arena, int64_t, (size_t)PAIRS * rows * series->n_cells);
        for (uint32_t r = 0; r < PAIRS; r++) {
            f->replicate[r] = r;
            for (uint32_t row = 0; row < rows; row++) {
                int64_t *cell = flyt_result_row(&f->result, series, r, row);
                int64_t effect = with && row > 0 ? fewer[r] : 0;
                switch (s) {
                case 0: /* the other area is a prevention area, then listed: never counted */
                    cell[0] = 2;
                    cell[1] = row == 0 ? 1 : 2;
                    break;
                case 1:
                    cell[0] = 40 + 2 * (int64_t)r - effect;
                    cell[1] = 5;
                    break;
                case 2:
                    cell[0] = cell[1] = 100;
                    break;
                case 3:
                    cell[0] = 7;
                    break;
                case 4: /* a million DKK a month is 1e8 øre */
                    cell[0] = row > 0 ? 100000000 * (with ? 3 : 1) : 0;
                    break;
                case 5:
                    cell[0] = row > 0 ? 500000000 : 0;
                    break;
                default:
                    cell[0] = row > 0 ? 2 : 0;
                }
            }
        }
    }
}

static struct fixture before, after;
static struct flyt_compare_items items;
static struct flyt_compare_values without, with;

static void setup(void)
{
    open(&before, false);
    open(&after, true);
    cr_assert_eq(flyt_compare_list(&before.result, &after.result, &before.arena, &items, NULL),
                 FLYT_OK);
    cr_assert_eq(flyt_compare_take(&before.result, &items, &before.arena, &without, NULL), FLYT_OK);
    cr_assert_eq(flyt_compare_take(&after.result, &items, &before.arena, &with, NULL), FLYT_OK);
}

static void teardown(void)
{
    flyt_arena_free(&before.arena);
    flyt_arena_free(&after.arena);
}

TestSuite(compare, .init = setup, .fini = teardown);

static struct flyt_compare_row row_of(const char *name, uint32_t year)
{
    struct flyt_compare_row row = {0};
    for (uint32_t i = 0; i < items.n; i++) {
        if (strcmp(items.item[i].name, name) == 0) {
            cr_assert_eq(flyt_compare_row(&items, &without, &with, i, year, &before.arena, &row),
                         FLYT_OK);
            return row;
        }
    }
    cr_assert_fail("no item %s", name);
    return row;
}

static double *value_at(const struct flyt_compare_values *values, const char *name, uint32_t year,
                        uint32_t pair)
{
    for (uint32_t i = 0; i < items.n; i++) {
        if (strcmp(items.item[i].name, name) == 0) {
            return flyt_compare_at(values, i, year, pair);
        }
    }
    cr_assert_fail("no item %s", name);
    return NULL;
}

/** Value of an item in a year of a pair of the result with the policy. */
static double *with_at(const char *name, uint32_t year, uint32_t pair)
{
    return value_at(&with, name, year, pair);
}

static const char *page_of(void)
{
    struct flyt_text text = {.arena = &before.arena};
    struct flyt_compare_page page = {.title = "By",
                                     .policy = "En politik",
                                     .start_year = 2024,
                                     .year = 2,
                                     .n_years = YEARS,
                                     .lang = FLYT_EN};
    cr_assert_eq(flyt_compare_write(&items, &without, &with, &page, &text), FLYT_OK);
    return text.bytes;
}

Test(compare, a_share_is_that_of_areas_listed_at_the_start)
{
    struct flyt_compare_row row = row_of("outside_work", 1);
    cr_assert_float_eq(row.before, 43.0, 1e-12);
    cr_assert_float_eq(row.after, 41.0, 1e-12);
    cr_assert_float_eq(row_of("outside_work_all", 1).change, -1.0, 1e-12);
    cr_assert_eq(row_of("outside_work", 0).change, 0.0);
}

Test(compare, the_interval_is_students_over_pairs)
{
    /* differences -1 -2 -3 -2: mean -2, standard deviation sqrt(2/3), t(3; .975) = 3.182446 */
    struct flyt_compare_row row = row_of("outside_work", 1);
    double half = 3.182446305284263 * sqrt(2.0 / 3.0) / 2.0;
    cr_assert_float_eq(row.change, -2.0, 1e-12);
    cr_assert_float_eq(row.spread, sqrt(2.0 / 3.0), 1e-12);
    cr_assert_float_eq(row.low, -2.0 - half, 1e-9);
    cr_assert_float_eq(row.high, -2.0 + half, 1e-9);
    /* without 40 42 44 46: variance 20/3; with 39 40 41 44: 14/3; of the differences 2/3 */
    cr_assert_float_eq(row.ratio, (20.0 / 3.0 + 14.0 / 3.0) / (2.0 / 3.0), 1e-9);
}

Test(compare, what_does_not_change_has_no_spread)
{
    struct flyt_compare_row row = row_of("hidden", 2);
    cr_assert_eq(row.change, 0.0);
    cr_assert_eq(row.spread, 0.0);
    cr_assert(isnan(row.ratio));
}

/** 10.1 + .3, 30.1 + .3 ... less the same without .3: in doubles the differences are .3 give or
 * take 7e-15, and their spread is no spread. The ratio would be 1e30. */
Test(compare, pairing_is_not_told_of_what_only_rounding_varies)
{
    for (uint32_t pair = 0; pair < PAIRS; pair++) {
        *with_at("outside_work", 1, pair) = 10.1 + 20.0 * pair + 0.3;
        *value_at(&without, "outside_work", 1, pair) = 10.1 + 20.0 * pair;
    }
    struct flyt_compare_row row = row_of("outside_work", 1);
    cr_assert(row.spread > 0.0 && row.spread < 1e-13, "choose other numbers");
    cr_expect_float_eq(row.change, 0.3, 1e-12);
    cr_expect(isnan(row.ratio), "%g", row.ratio);
    struct flyt_text csv = {.arena = &before.arena};
    cr_assert_eq(flyt_compare_csv(&items, &without, &with, "p", 2024, true, &csv), FLYT_OK);
    const char *line = strstr(csv.bytes, "p,change,outside_work,%,2024,");
    cr_assert_not_null(line);
    for (uint32_t i = 0; i < 12; i++) { /* variance_ratio is the thirteenth */
        line = strchr(line, ',') + 1;
    }
    cr_expect_eq(*line, ',', "%.40s", line);
    cr_expect_not_null(strstr(page_of(), "-: it cannot be told, all pairs change alike."));
    *with_at("outside_work", 1, 0) += 1e-6; /* small, and more than rounding */
    cr_expect(row_of("outside_work", 1).ratio > 1.0);
}

Test(compare, accounts_are_told_by_who_pays_and_who_is_paid)
{
    cr_assert_float_eq(row_of("state", FLYT_NONE).change, -24.0, 1e-9);
    cr_assert_float_eq(row_of("municipalities", FLYT_NONE).change, 24.0, 1e-9);
    cr_assert_float_eq(row_of("households", FLYT_NONE).before, 60.0, 1e-9);
    cr_assert_float_eq(row_of("households", FLYT_NONE).change, 0.0, 1e-9);
}

Test(compare, what_a_policy_counts_is_0_without_it)
{
    struct flyt_compare_row row = row_of("helped", 2);
    cr_assert_eq(row.before, 0.0);
    cr_assert_eq(row.after, 24.0);
}

Test(compare, one_pair_has_no_interval)
{
    double x = 3.0, mean, spread, low, high;
    flyt_compare_interval(&x, 1, &mean, &spread, &low, &high);
    cr_assert_eq(mean, 3.0);
    cr_assert(isnan(spread) && isnan(low) && isnan(high));
}

Test(compare, results_of_other_worlds_are_no_pair)
{
    cr_assert_eq(flyt_compare_pair(&before.result, &after.result, NULL), FLYT_OK);
    after.result.seed = 2;
    cr_assert_eq(flyt_compare_pair(&before.result, &after.result, &after.diag), FLYT_ERR_SCENARIO);
    after.result.seed = 1;
    after.replicate[3] = 9;
    cr_assert_eq(flyt_compare_pair(&before.result, &after.result, &after.diag), FLYT_ERR_SCENARIO);
}

Test(compare, the_page_says_what_changes_and_who_pays)
{
    struct flyt_text text = {.arena = &before.arena}, csv = text;
    struct flyt_compare_page page = {
        .title = "By", .policy = "En politik", .start_year = 2024, .year = 1, .n_years = 2};
    page.lang = FLYT_EN;
    cr_assert_eq(flyt_compare_write(&items, &without, &with, &page, &text), FLYT_OK);
    cr_assert_neq(strstr(text.bytes, "-2.00 points (-3.30 to -0.70), sure"), NULL, "%s",
                  text.bytes);
    cr_assert_neq(strstr(text.bytes, "no change at all"), NULL);
    cr_assert_eq(flyt_compare_csv(&items, &without, &with, "p", 2024, true, &csv), FLYT_OK);
    cr_assert_neq(strstr(csv.bytes, "p,change,outside_work,%,2024,4,43,41,-2,"), NULL, "%s",
                  csv.bytes);
    /* the year of the page, and the start as the end of the year before */
    cr_assert_neq(strstr(text.bytes, "\nend of 2024, after 1 of 2 years;"), NULL, "%s", text.bytes);
    cr_assert_neq(strstr(csv.bytes, "p,change,outside_work,%,2023,4,43,43,0,"), NULL, "%s",
                  csv.bytes);
}

/** State -24, municipalities 24 and households 0, each year: nothing is left to others. With 5 more
 *  for municipalities in each of two years, others received 5 less. */
Test(compare, costs_on_the_page_sum_to_0)
{
    cr_assert_eq(strstr(page_of(), "Others"), NULL);
    for (uint32_t pair = 0; pair < PAIRS; pair++) {
        for (uint32_t year = 1; year <= YEARS; year++) {
            *with_at("municipalities", year, pair) += 5.0;
        }
    }
    const char *others = strstr(page_of(), "Others, so that all lines sum to 0");
    cr_assert_neq(others, NULL);
    char change[16] = "";
    cr_assert_eq(sscanf(others + strlen("Others, so that all lines sum to 0"), "%15s", change), 1);
    cr_assert_str_eq(change, "-5.000");
}

/** 1, 1, 1, 2 helped: 1.25, half an interval .796, so 0.45 to 2.05: sure, and not "0 to 2". */
Test(compare, what_is_sure_is_shown_with_digits_that_say_so)
{
    for (uint32_t pair = 0; pair < PAIRS; pair++) {
        *with_at("helped", 2, pair) = pair == 3 ? 2.0 : 1.0;
    }
    cr_assert_neq(strstr(page_of(), "+0.5 to +2.0"), NULL, "%s", page_of());
}

Test(compare, one_pair_is_not_called_pairs)
{
    char text[FLYT_COMPARE_NUMBER];
    cr_assert_str_eq(flyt_compare_pairs(text, 1, 0, FLYT_EN), "1 pair");
    cr_assert_str_eq(flyt_compare_pairs(text, 2, 0, FLYT_EN), "2 pairs");
    cr_assert_str_eq(flyt_compare_pairs(text, 1, 0, FLYT_DA), "1 par");
}

/* ---- factorial ----------------------------------------------------------------------------- */

Test(compare, effects_of_a_factorial_are_differences_of_differences)
{
    /* none 50, A 48, B 49, A and B 44, in every pair */
    static const double level[] = {50.0, 48.0, 49.0, 44.0};
    struct flyt_compare_values arm[4];
    double value[4], out[1];
    for (uint32_t i = 0; i < 4; i++) {
        value[i] = level[i];
        arm[i] = (struct flyt_compare_values){1, 0, 1, &value[i], 1};
    }
    const char *name[] = {"A", "B"};
    struct flyt_factorial factorial = {2, name, arm};
    flyt_factorial_effect(&factorial, 0, 0, 1, false, out);
    cr_assert_float_eq(out[0], ((48 - 50) + (44 - 49)) / 2.0, 1e-12);
    flyt_factorial_effect(&factorial, 0, 0, 2, false, out);
    cr_assert_float_eq(out[0], ((49 - 50) + (44 - 48)) / 2.0, 1e-12);
    flyt_factorial_effect(&factorial, 0, 0, 3, false, out);
    cr_assert_float_eq(out[0], (44 - 49) - (48 - 50), 1e-12);
    flyt_factorial_surplus(&factorial, 0, 0, false, out);
    cr_assert_float_eq(out[0], -6 - (-2 - 1), 1e-12);
    flyt_factorial_effect(&factorial, 0, 0, 3, true, out);
    cr_assert_float_eq(
        out[0], log(44.0 / 56.0) - log(49.0 / 51.0) - log(48.0 / 52.0) + log(50.0 / 50.0), 1e-12);
}

/** .1 and .3 with and without the second: in doubles the four sum to 5.6e-17, which is no effect.
 */
Test(compare, rounding_is_no_effect)
{
    double value[4] = {0.1, 0.3, 0.1, 0.3}, out[1];
    struct flyt_compare_values arm[4];
    cr_assert_neq(-value[0] - value[1] + value[2] + value[3], 0.0, "choose other numbers");
    for (uint32_t i = 0; i < 4; i++) {
        arm[i] = (struct flyt_compare_values){1, 0, 1, &value[i], 1};
    }
    const char *name[] = {"A", "B"};
    struct flyt_factorial factorial = {2, name, arm};
    flyt_factorial_effect(&factorial, 0, 0, 2, false, out);
    cr_assert_eq(out[0], 0.0);
    flyt_factorial_surplus(&factorial, 0, 0, false, out);
    cr_assert_eq(out[0], 0.0);
    value[2] = 0.1 + 1e-10; /* small, and one */
    flyt_factorial_effect(&factorial, 0, 0, 2, false, out);
    cr_assert_neq(out[0], 0.0);
}

/** Effects of -8, -5, -3 and -1 on average at the ends of years 2 to 5: half, -4, is reached half
 * way from the third year to the fourth, 1.5 years after the end. Each pair has the same shape, so
 * all draws agree. A policy whose effect stays has no end in sight; one that may be chance has
 * none. */
Test(compare, half_life_by_hand)
{
    enum { N_YEARS = 5, N_PAIRS = 3 };
    static const double mean[3][N_YEARS + 1] = {
        {0, -4, -8, -5, -3, -1}, {0, -4, -8, -8, -8, -5}, {0, 1, 1, 1, 1, 1}};
    static const double size[2][N_PAIRS] = {{0.9, 1.0, 1.1}, {-1.0, 1.0, 3.0}};
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_compare_item item[3] = {{.name = "a", .unit = "1", .en = "A", .digits = 1},
                                        {.name = "b", .unit = "1", .en = "B", .digits = 1},
                                        {.name = "c", .unit = "1", .en = "C", .digits = 1}};
    struct flyt_compare_items three = {.item = item, .n = 3};
    double zero[3 * (N_YEARS + 1) * N_PAIRS] = {0}, value[3 * (N_YEARS + 1) * N_PAIRS];
    struct flyt_compare_values none = {3, N_YEARS, N_PAIRS, zero, 1},
                               some = {3, N_YEARS, N_PAIRS, value, 1};
    for (uint32_t i = 0; i < 3; i++) {
        for (uint32_t y = 0; y <= N_YEARS; y++) {
            for (uint32_t r = 0; r < N_PAIRS; r++) {
                *flyt_compare_at(&some, i, y, r) = mean[i][y] * size[i == 2][r];
            }
        }
    }
    struct flyt_fade fade[3];
    for (uint32_t i = 0; i < 3; i++) {
        cr_assert_eq(flyt_compare_fade(&three, &none, &some, i, 2, &arena, &fade[i]), FLYT_OK);
    }
    cr_expect_float_eq(fade[0].row.change, -8.0, 1e-12);
    cr_expect(fade[0].row.high < 0.0 && fade[0].measured && fade[1].measured && !fade[2].measured);
    cr_expect_float_eq(fade[0].years, 1.5, 1e-12, "%g", fade[0].years);
    cr_expect_float_eq(fade[0].low, 1.5, 1e-9, "%g", fade[0].low);
    cr_expect_float_eq(fade[0].high, 1.5, 1e-9, "%g", fade[0].high);
    cr_expect(isinf(fade[1].years) && isinf(fade[2].years));
    struct flyt_compare_page page = {
        .start_year = 2024, .year = N_YEARS, .n_years = N_YEARS, .last = 2, .lang = FLYT_EN};
    struct flyt_text text = {.arena = &arena}, csv = text;
    cr_assert_eq(flyt_fade_write(&three, &none, &some, &page, &text), FLYT_OK);
    cr_expect_str_eq(text.bytes, "\nAfter the policy ended, end of 2025\n"
                                 "  A: -8.0, half of it gone after 1.5 years (1.5 to 1.5)\n"
                                 "  B: -8.0, half of it gone after more than 3 years (more than 3 "
                                 "to more than 3)\n"
                                 "  C: +1.0, may be chance: no half-life\n");
    cr_assert_eq(flyt_fade_csv(&three, &none, &some, "p", 2024, 2, false, &csv), FLYT_OK);
    cr_expect_not_null(strstr(csv.bytes, ",1,1.5,1.5,1.5\np,b,1,2025,3,-8,"));
    cr_expect_not_null(strstr(csv.bytes, ",1,,,\np,c,1,2025,3,1,"));
    flyt_arena_free(&arena);
}

/** 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares about it 32, over 7 numbers. */
Test(compare, a_swing_is_the_standard_deviation_of_the_years_so_far)
{
    static const double x[] = {2, 4, 4, 4, 5, 5, 7, 9};
    struct flyt_compare_swing swing = {0};
    double so_far[FLYT_COUNT(x)], missing = flyt_compare_swing_add(&swing, NAN);
    for (size_t i = 0; i < FLYT_COUNT(x); i++) {
        so_far[i] = flyt_compare_swing_add(&swing, x[i]);
    }
    cr_expect(isnan(missing) && isnan(so_far[0]));
    cr_expect_float_eq(so_far[1], sqrt(2.0), 1e-12);
    cr_expect_float_eq(so_far[7], sqrt(32.0 / 7.0), 1e-12);
}
