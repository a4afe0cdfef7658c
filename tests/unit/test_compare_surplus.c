/* All together less the sum of each alone, by hand: three policies, two sets of two pairs. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "output/compare_factorial.h"
#include "output/compare_plot.h"

enum { POLICIES = 3, ARMS = 1 << POLICIES, PAIRS = 4 };

static struct flyt_arena arena;
static struct flyt_compare_item item = {
    .name = "share", .unit = "%", .en = "Share", .da = "Andel", .digits = 2, .of = "", .over = ""};
static struct flyt_compare_items items = {.item = &item, .n = 1};
/** [year][pair]. None 50; alone 49, 48 and 47, all together 40: -10 against -6, so -4 beyond. */
static const double level[ARMS] = {50.0, 49.0, 48.0, 46.0, 47.0, 45.0, 44.0, 40.0};
static double value[ARMS][2 * PAIRS];
static struct flyt_compare_values arm[ARMS];
static struct flyt_surplus surplus;

static void setup(void)
{
    /* of the last arm in the year: sets of -4.1 and -3.9, of 0 and -8; the start has no effect */
    static const double off[PAIRS] = {-0.1, 0.1, 4.0, -4.0};
    flyt_arena_init(&arena, 0);
    for (uint32_t i = 0; i < ARMS; i++) {
        for (uint32_t pair = 0; pair < PAIRS; pair++) {
            value[i][pair] = 50.0;
            value[i][PAIRS + pair] = level[i] + (i + 1 == ARMS ? off[pair] : 0.0);
        }
        arm[i] = (struct flyt_compare_values){1, 1, PAIRS, value[i], 2};
    }
    surplus = (struct flyt_surplus){
        .k = POLICIES, .none = arm, .alone = {&arm[1], &arm[2], &arm[4]}, .all = &arm[7]};
}

static void teardown(void)
{
    flyt_arena_free(&arena);
}

TestSuite(compare_surplus, .init = setup, .fini = teardown);

Test(compare_surplus, is_what_all_do_beyond_each)
{
    struct flyt_compare_row row;
    cr_assert_eq(flyt_surplus_row(&surplus, &items, 0, 1, &arena, &row), FLYT_OK);
    cr_expect_float_eq(row.change, -4.0, 1e-12);
    cr_expect(isnan(row.before) && isnan(row.after) && isnan(row.ratio));
    cr_expect_eq(row.n, PAIRS);
    cr_expect_eq(row.n_sets, 2);
    /* e^2 of sets .01 and 16, c^2 = 16.01/4; with two degrees of freedom t is 4.303 */
    cr_expect_float_eq(row.chance_low, -4.0 - 4.30265 * sqrt(16.01 / 4.0), 1e-4);
    value[7][PAIRS] = NAN;
    cr_assert_eq(flyt_surplus_row(&surplus, &items, 0, 1, &arena, &row), FLYT_OK);
    cr_expect_eq(row.n, PAIRS - 1);
}

/** One definition: a factorial tells the same of the arms it has too, in points and odds. */
Test(compare_surplus, is_that_of_a_factorial)
{
    const char *name[] = {"a", "b", "c"};
    struct flyt_factorial factorial = {POLICIES, name, arm};
    double few[PAIRS], many[PAIRS];
    for (uint32_t odds = 0; odds < 2; odds++) {
        flyt_surplus_take(&surplus, 0, 1, odds == 1, few);
        flyt_factorial_surplus(&factorial, 0, 1, odds == 1, many);
        cr_expect_arr_eq(few, many, sizeof few);
        cr_expect_neq(few[0], 0.0);
    }
}

/** The first year is all there is, so the mean of all years is its. */
Test(compare_surplus, has_a_mean_of_years_without_the_start)
{
    double year[PAIRS], mean[PAIRS];
    flyt_surplus_take(&surplus, 0, 1, false, year);
    flyt_surplus_take(&surplus, 0, FLYT_NONE, false, mean);
    cr_expect_arr_eq(year, mean, sizeof year);
}

Test(compare_surplus, is_a_column_and_rows_of_tables)
{
    struct flyt_compare_arm told[] = {{"a", "A", "A", arm[1]},
                                      {"b", "B", "B", arm[2]},
                                      {"c", "C", "C", arm[4]},
                                      {"all", "All together", "Alle sammen", arm[7]}};
    struct flyt_compare_page page = {
        .title = "By", .start_year = 2024, .year = 1, .n_years = 1, .n_sets = 2};
    struct flyt_text csv = {.arena = &arena};
    cr_assert_eq(flyt_surplus_csv(&surplus, &items, "7,", 2024, &csv), FLYT_OK);
    cr_expect_not_null(strstr(csv.bytes, "7,all_less_sum,change,share,%,2023,4,,,0,"), "%s",
                       csv.bytes);
    cr_expect_not_null(strstr(csv.bytes, "7,all_less_sum,change,share,%,2024,4,,,-4,"), "%s",
                       csv.bytes);
    for (enum flyt_lang lang = FLYT_EN; lang <= FLYT_DA; lang++) {
        struct flyt_text text = {.arena = &arena};
        page.lang = lang;
        cr_assert_eq(flyt_compare_write_many(&items, arm, told, 4, &surplus, &page, &text),
                     FLYT_OK);
        cr_expect_not_null(strstr(text.bytes, " all        all_less_sum  \n"), "%s", text.bytes);
        cr_expect_not_null(
            strstr(text.bytes, lang == FLYT_DA
                                   ? "; all_less_sum: Alle sammen minus summen af hver for sig\n"
                                   : "; all_less_sum: All together less the sum of each alone\n"),
            "%s", text.bytes);
        cr_expect_not_null(strstr(text.bytes, lang == FLYT_DA ? "-4,00" : "-4.00"), "%s",
                           text.bytes);
    }
}
