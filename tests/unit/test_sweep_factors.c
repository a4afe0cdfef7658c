/* Factors: lists, ranges, packages, scenarios, and the points that plans make of them. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <math.h>

#include "sweep_fixture.h"

TestSuite(sweep_factors, .fini = sweep_drop);

static const char *text_at(uint32_t point, uint32_t factor)
{
    return flyt_sweep_text(&sweep, point, factor, &sweep_arena);
}

Test(sweep_factors, a_grid_has_every_combination_the_last_factor_fastest)
{
    static const char *const expected[6][2] = {{"no", "0.1"},  {"no", "0.2"},  {"no", "0.3"},
                                               {"yes", "0.1"}, {"yes", "0.2"}, {"yes", "0.3"}};
    sweep_take(SWEEP_TINY "plan: grid\nfactors:\n  policies.flexible_letting: [no, yes]\n"
                          "  letting.claim: [0.1, 0.2, 0.3]\n");
    cr_assert_eq(sweep.n_points, 6);
    for (uint32_t p = 0; p < 6; p++) {
        cr_expect_str_eq(text_at(p, 0), expected[p][0]);
        cr_expect_str_eq(text_at(p, 1), expected[p][1]);
    }
    cr_expect_not(sweep.factor[0].numeric);
    cr_expect(sweep.factor[1].numeric);
}

Test(sweep_factors, a_range_is_cut_with_its_ends_exact)
{
    sweep_take(SWEEP_TINY "plan: grid\nfactors:\n"
                          "  letting.claim: {from: 0.1, to: 0.7, steps: 3}\n");
    cr_assert_eq(sweep.n_points, 3);
    cr_expect_str_eq(text_at(0, 0), "0.1");
    cr_expect_float_eq(sweep_number(1, 0), 0.4, 1e-12);
    cr_expect_str_eq(text_at(2, 0), "0.7");
}

Test(sweep_factors, a_range_of_counts_is_cut_into_whole_numbers)
{
    sweep_take(SWEEP_TINY "plan: grid\nfactors:\n"
                          "  standstill.months: {from: 0, to: 5, steps: 3}\n");
    cr_expect(sweep.factor[0].whole);
    cr_expect_str_eq(text_at(1, 0), "3"); /* 2.5, rounded up */
}

Test(sweep_factors, a_package_has_several_settings_and_a_name)
{
    const char *const *set = NULL;
    uint32_t n = 0, base = 0;
    sweep_take(SWEEP_TINY "plan: grid\nfactors:\n  package:\n    none: {}\n"
                          "    both: {policies.flexible_letting: yes, letting.claim: 0.5}\n");
    cr_assert_eq(sweep.n_points, 2);
    cr_expect_str_eq(text_at(0, 0), "none");
    cr_expect_str_eq(text_at(1, 0), "both");
    cr_assert_eq(flyt_sweep_sets(&sweep, 1, &sweep_arena, &set, &n, &base), FLYT_OK);
    cr_assert_eq(n, 2);
    cr_expect_str_eq(set[0], "policies.flexible_letting=yes");
    cr_expect_str_eq(set[1], "letting.claim=0.5");
}

Test(sweep_factors, a_list_names_points_and_the_base)
{
    sweep_take(SWEEP_TINY "plan: list\npoints:\n  - {}\n  - {letting.claim: 0.3}\n"
                          "  - {policies.flexible_letting: yes}\n  - {letting.claim: 0.3}\n");
    cr_assert_eq(sweep.n_points, 4);
    cr_assert_eq(sweep.n_factors, 2);
    cr_expect_str_eq(text_at(0, 0), "");
    cr_expect_str_eq(text_at(1, 0), "0.3");
    cr_expect_str_eq(text_at(2, 0), "");
    cr_expect_str_eq(text_at(2, 1), "yes");
    cr_expect_str_eq(text_at(3, 0), "0.3");
}

Test(sweep_factors, a_hypercube_has_one_point_in_each_slice)
{
    enum { N = 16 };
    sweep_take(SWEEP_FUNCTIONS "plan: latin_hypercube\npoints: 16\nfactors:\n"
                               "  test_functions.x1: {from: 0.25, to: 0.75}\n"
                               "  test_functions.x2: {from: 0, to: 1}\n");
    cr_assert_eq(sweep.n_points, N);
    for (uint32_t k = 0; k < 2; k++) {
        bool slice[N] = {false};
        for (uint32_t p = 0; p < N; p++) {
            double u = k == 0 ? (sweep_number(p, k) - 0.25) / 0.5 : sweep_number(p, k);
            cr_assert(u >= 0.0 && u < 1.0);
            cr_expect_not(slice[(uint32_t)(u * N)], "two points in a slice");
            slice[(uint32_t)(u * N)] = true;
        }
    }
}

Test(sweep_factors, a_path_of_morris_changes_one_factor_at_a_time_by_the_jump)
{
    sweep_take(SWEEP_FUNCTIONS "plan: morris\npoints: 5\nlevels: 4\nfactors:\n"
                               "  test_functions.x1: {from: 0, to: 1}\n"
                               "  test_functions.x2: {from: 0, to: 1}\n"
                               "  test_functions.x3: {from: 0, to: 1}\n");
    cr_assert_eq(sweep.n_points, 20);
    for (uint32_t path = 0; path < 5; path++) {
        for (uint32_t step = 1; step <= 3; step++) {
            uint32_t n_changed = 0;
            for (uint32_t k = 0; k < 3; k++) {
                double change =
                    sweep_number(4 * path + step, k) - sweep_number(4 * path + step - 1, k);
                n_changed += fabs(change) > 1e-9;
                cr_expect(fabs(change) < 1e-9 || fabs(fabs(change) - 2.0 / 3.0) < 1e-9);
            }
            cr_expect_eq(n_changed, 1);
        }
    }
}

Test(sweep_factors, saltellis_plan_exchanges_one_column_at_a_time)
{
    enum { N = 8, K = 2, WIDTH = K + 2 };
    sweep_take(SWEEP_FUNCTIONS "plan: sobol\npoints: 8\nfactors:\n"
                               "  test_functions.x1: {from: 0, to: 1}\n"
                               "  test_functions.x2: {from: 0, to: 1}\n");
    cr_assert_eq(sweep.n_points, N * WIDTH);
    uint32_t n_apart = 0;
    for (uint32_t i = 0; i < N; i++) { /* A, B, A with x1 of B, A with x2 of B */
        uint32_t a = WIDTH * i, b = a + 1;
        n_apart += fabs(sweep_number(a, 0) - sweep_number(b, 0)) > 1e-9;
        for (uint32_t k = 0; k < K; k++) {
            for (uint32_t m = 0; m < K; m++) {
                cr_expect_float_eq(sweep_number(a + 2 + k, m), sweep_number(m == k ? b : a, m),
                                   0.0);
            }
        }
    }
    cr_expect_geq(n_apart, N / 2); /* the first three of the sequence are the same in all columns */
}

Test(sweep_factors, points_that_differ_in_policies_only_share_the_pass)
{
    uint32_t group[8], n = 0;
    sweep_take(SWEEP_TINY "plan: grid\nfactors:\n  policies.flexible_letting: [no, yes]\n"
                          "  letting.claim: [0.1, 0.2]\n  policies.social_lift: [no, yes]\n");
    cr_assert_eq(sweep.n_points, 8);
    cr_assert_eq(flyt_sweep_groups(&sweep, &sweep_arena, group, &n), FLYT_OK);
    cr_expect_eq(n, 2);
    for (uint32_t p = 0; p < 8; p++) {
        cr_expect_eq(group[p], p / 2 % 2);
    }
}

Test(sweep_factors, many_groups_are_numbered_in_order_and_soon)
{
    enum { N = 50000 };
    static uint32_t group[N];
    uint32_t n = 0;
    sweep_take(SWEEP_FUNCTIONS "plan: latin_hypercube\npoints: 50000\nfactors:\n"
                               "  test_functions.x1: {from: 0, to: 1}\n");
    cr_assert_eq(flyt_sweep_groups(&sweep, &sweep_arena, group, &n), FLYT_OK);
    cr_expect_eq(n, N);
    for (uint32_t p = 0; p < N; p++) {
        cr_assert_eq(group[p], p);
    }
}

Test(sweep_factors, names_that_would_be_paths_are_refused)
{
    cr_expect(flyt_sweep_is_name("letting.claim"));
    cr_expect(flyt_sweep_is_name("pakke æ"));
    cr_expect_not(flyt_sweep_is_name(""));
    cr_expect_not(flyt_sweep_is_name("."));
    cr_expect_not(flyt_sweep_is_name(".."));
    cr_expect_not(flyt_sweep_is_name("a/b"));
    cr_expect_not(flyt_sweep_is_name("a\nb"));
}
