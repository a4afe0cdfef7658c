/* Pairs in several sets of parameters: chance and parameters apart, by hand. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "output/compare_factorial.h"
#include "output/compare_sets.h"
#include "output/compare_table.h"

/* Student's t, 97.5 %, from tables: 1, 2 and 3 degrees of freedom */
static const double T1 = 12.706204736174694, T2 = 4.302652729696144, T3 = 3.182446305284263;

/** Means 2, 3, 7: mean 4. Each set has variance 2 over two pairs: e^2 1, so c^2 = 3/9 with three
 *  degrees of freedom. Between sets (4 + 1 + 9)/2 = 7, beyond chance 6: p^2 (1 + 1/3) + c^2 is
 *  8 + 1/3. */
Test(compare_sets, chance_and_parameters_apart)
{
    double x[] = {1, 3, 2, 4, 6, 8};
    struct flyt_sets_pool pool;
    flyt_sets_pool(x, 6, 3, &pool);
    cr_expect_float_eq(pool.mean, 4.0, 1e-12);
    cr_expect_float_eq(pool.variance, 2.0, 1e-12);
    cr_expect_float_eq(pool.sets, sqrt(6.0), 1e-12);
    cr_expect_float_eq(pool.chance_high, 4.0 + T3 * sqrt(1.0 / 3.0), 1e-9);
    cr_expect_float_eq(pool.chance_low, 4.0 - T3 * sqrt(1.0 / 3.0), 1e-9);
    cr_expect_float_eq(pool.high, 4.0 + T2 * sqrt(25.0 / 3.0), 1e-9);
    cr_expect_float_eq(pool.low, 4.0 - T2 * sqrt(25.0 / 3.0), 1e-9);
    cr_expect_eq(pool.n, 6);
    cr_expect_eq(pool.n_sets, 3);
    cr_expect_eq(pool.n_alike, 3);
}

/** Means 1 and 1 with errors of 2: chance explains more than there is between them. */
Test(compare_sets, less_between_sets_than_chance_is_none)
{
    double x[] = {-1, 3, -1, 3};
    struct flyt_sets_pool pool;
    flyt_sets_pool(x, 4, 2, &pool);
    cr_expect_eq(pool.sets, 0.0);
    cr_expect_float_eq(pool.high, 1.0 + T1 * sqrt(8.0 / 4.0), 1e-9); /* e^2 = 8/2, c^2 = 8/4 */
    cr_expect(pool.low <= pool.chance_low && pool.chance_high <= pool.high);
}

/** Sets count alike, whatever number of pairs was measured in them. */
Test(compare_sets, what_was_not_measured_is_left_out)
{
    double x[] = {1, NAN, 3, NAN, NAN, NAN, 8, 8, 8};
    struct flyt_sets_pool pool;
    flyt_sets_pool(x, 9, 3, &pool);
    cr_expect_float_eq(pool.mean, 5.0, 1e-12);
    cr_expect_eq(pool.n, 5);
    cr_expect_eq(pool.n_sets, 2);
    double one[] = {1, 3, NAN, NAN};
    flyt_sets_pool(one, 4, 2, &pool);
    cr_expect(isnan(pool.low) && isnan(pool.sets) && !isnan(pool.chance_low));
    double none[] = {NAN, NAN};
    flyt_sets_pool(none, 2, 2, &pool);
    cr_expect(isnan(pool.mean) && pool.n == 0 && pool.n_sets == 0);
}

/** One pair a set: the sets differ by 2, 8 and chance cannot be told; variance 18, 18 (1 + 1/2). */
Test(compare_sets, one_pair_a_set_does_not_tell_chance)
{
    double x[] = {2, 8};
    struct flyt_sets_pool pool;
    flyt_sets_pool(x, 2, 2, &pool);
    cr_expect(isnan(pool.chance_low) && isnan(pool.variance));
    cr_expect_float_eq(pool.sets, sqrt(18.0), 1e-12);
    cr_expect_float_eq(pool.high, 5.0 + T1 * sqrt(27.0), 1e-9);
}

Test(compare_sets, one_set_is_students_t_over_its_pairs)
{
    double x[] = {1.5, 0.25, 4.0}, y[] = {1.5, 0.25, 4.0}, mean, spread, low, high;
    struct flyt_sets_pool pool;
    flyt_compare_interval(y, 3, &mean, &spread, &low, &high);
    flyt_sets_pool(x, 3, 0, &pool);
    cr_expect_eq(pool.mean, mean);
    cr_expect(pool.low == low && pool.chance_low == low && pool.high == high);
    cr_expect(isnan(pool.sets));
}

/* ---- words --------------------------------------------------------------------------------- */

enum { SETS = 3, PAIRS = 2, ALL = SETS * PAIRS };

static struct flyt_arena arena;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
}

static void teardown(void)
{
    flyt_arena_free(&arena);
}

TestSuite(compare_sets, .init = setup, .fini = teardown);

/** Sure: -4 -+ .1 a set and -4.1, -3.9 apart. Depends: -1, -2, -6. Chance: 1, -1, 0 and wide. */
static const double change[3][ALL] = {{-4.2, -4.0, -4.0, -3.8, -4.1, -3.9},
                                      {-1.1, -0.9, -2.1, -1.9, -6.1, -5.9},
                                      {-9.0, 11.0, -11.0, 9.0, -10.0, 10.0}};
static struct flyt_compare_item item[] = {
    {.name = "a", .unit = "%", .en = "A", .da = "A", .digits = 1, .of = "", .over = ""},
    {.name = "b", .unit = "%", .en = "B", .da = "B", .digits = 1, .of = "", .over = ""},
    {.name = "c", .unit = "%", .en = "C", .da = "C", .digits = 1, .of = "", .over = ""}};
static double without[3 * 2 * ALL], with[3 * 2 * ALL];
static const struct flyt_compare_items items = {.item = item, .n = 3};
static const struct flyt_compare_values before = {3, 1, ALL, without, SETS},
                                        after = {3, 1, ALL, with, SETS};

static void fill(void)
{
    for (uint32_t i = 0; i < 3; i++) {
        for (uint32_t r = 0; r < ALL; r++) {
            *flyt_compare_at(&before, i, 1, r) = 50.0;
            *flyt_compare_at(&after, i, 1, r) = 50.0 + change[i][r];
        }
    }
}

Test(compare_sets, words_say_what_it_rests_on)
{
    static const char *const sure[] = {"sure", "depends on the parameters", "may be chance"},
                             *const mark[] = {" *", " ~", "  "};
    fill();
    for (uint32_t i = 0; i < 3; i++) {
        struct flyt_compare_row row;
        cr_assert_eq(flyt_compare_row(&items, &before, &after, i, 1, &arena, &row), FLYT_OK);
        cr_expect_str_eq(flyt_compare_how_sure(&row, FLYT_EN), sure[i]);
        cr_expect_str_eq(flyt_compare_mark(&row), mark[i]);
    }
}

/** B by hand: -3 on average; e^2 = .01 a set, c^2 = .01/3; between (4 + 1 + 9)/2 = 7, p^2 6.99.
 *  Chance -3 +- 3.182 * .0577 = .18; with parameters 4.303 sqrt(9.32 + .0033) = 13.1. */
Test(compare_sets, the_page_tells_both_intervals)
{
    struct flyt_text text = {.arena = &arena}, csv = text;
    struct flyt_compare_page page = {.title = "By",
                                     .policy = "En politik",
                                     .start_year = 2024,
                                     .year = 1,
                                     .n_years = 1,
                                     .n_sets = SETS,
                                     .lang = FLYT_EN};
    fill();
    cr_assert_eq(flyt_compare_write(&items, &before, &after, &page, &text), FLYT_OK);
    cr_expect_not_null(strstr(text.bytes, "3 sets of 2 pairs with the same start"));
    cr_expect_not_null(strstr(text.bytes,
                              "  B: -3.0 points (-16.1 to +10.1; by chance alone -3.2 to -2.8), "
                              "depends on the parameters; the same way in 3 of 3 sets\n"),
                       "%s", text.bytes);
    cr_expect_not_null(strstr(text.bytes, "-3.2 to -2.8        -16.1 to +10.1  depends on the "
                                          "parameters\n"),
                       "%s", text.bytes);
    cr_assert_eq(flyt_compare_csv(&items, &before, &after, "p", 2024, true, &csv), FLYT_OK);
    const char *line = strstr(csv.bytes, "p,change,b,%,2024,6,50,47,-3,-16.1"), *end;
    cr_assert_not_null(line, "%s", csv.bytes);
    end = strchr(line, '\n');
    cr_expect_eq(memcmp(end - strlen("2.643860813"), "2.643860813", strlen("2.643860813")), 0);
    cr_expect_not_null(strstr(csv.bytes, ",3,-3.18"));
}

/** One policy: its effect is with less without, pooled as above. */
Test(compare_sets, effects_of_a_factorial_are_pooled)
{
    const char *name[] = {"P"};
    const struct flyt_compare_values arm[] = {before, after};
    struct flyt_factorial factorial = {1, name, arm};
    struct flyt_text csv = {.arena = &arena};
    fill();
    cr_assert_eq(flyt_factorial_csv(&factorial, &items, name, 1, 2024, &csv), FLYT_OK);
    cr_expect_not_null(strstr(csv.bytes, "b,%,2024,6,P,1,points,-3,-16.1"), "%s", csv.bytes);
    cr_expect_not_null(strstr(csv.bytes, ",-3.18"));
    cr_expect_not_null(strstr(csv.bytes, ",2.643860813,3\n"));
}
