/* Steps towards a target, and history matching of functions whose answer is known. */
#include <criterion/criterion.h>
#include <math.h>

#include "sim/fit.h"
#include "sim/history.h"

static struct flyt_tuned tuned_of(bool log, double elasticity)
{
    return (struct flyt_tuned){
        .elasticity = elasticity, .low = 0.01, .high = 10.0, .log = log, .every = 1};
}

Test(fit, a_step_is_the_gap_over_the_elasticity_and_shrinks)
{
    struct flyt_tuned tuned = tuned_of(true, 0.5);
    double first = flyt_fit_step(&tuned, 1.0, 10.0, 11.0, 0);
    cr_assert_float_eq(log(first), log(1.1) / 0.5, 1e-9);
    double seventh = flyt_fit_step(&tuned, 1.0, 10.0, 11.0, 6);
    cr_assert_float_eq(log(seventh), log(1.1) / 0.5 / 2.0, 1e-9);
    cr_assert_eq(flyt_fit_step(&tuned, 1.0, 11.0, 11.0, 0), 1.0, "no gap, no step");
    cr_assert_eq(flyt_fit_step(&tuned, 1.0, NAN, 11.0, 0), 1.0, "not measured, no step");
}

Test(fit, steps_are_bounded_and_stay_in_the_range)
{
    struct flyt_tuned tuned = tuned_of(true, 0.01);
    cr_assert_float_eq(flyt_fit_step(&tuned, 1.0, 1.0, 50.0, 0), exp(1.0), 1e-9);
    cr_assert_eq(flyt_fit_step(&tuned, 9.0, 1.0, 50.0, 0), 10.0);
    cr_assert_float_eq(flyt_fit_step(&tuned, 0.02, 0.0, 50.0, 0), 0.02 * exp(1.0), 1e-12);
    struct flyt_tuned line = tuned_of(false, -2.0);
    line.low = -10.0;
    cr_assert_float_eq(flyt_fit_step(&line, 1.0, 10.0, 13.0, 0), -0.5, 1e-12);
    cr_assert_eq(flyt_fit_step(&line, 1.0, 10.0, 1000.0, 0), -4.0, "a quarter of the range");
}

Test(fit, noise_is_averaged_away_and_the_root_is_found)
{
    /* value = 8 theta^0.3 with noise of +-5 %: the target 10 is met at (10/8)^(1/0.3) = 2.104 */
    struct flyt_tuned tuned = tuned_of(true, 0.2);
    double theta = 0.1, sum = 0.0;
    uint32_t seed = 1;
    for (uint32_t k = 0; k < 400; k++) {
        seed = seed * 1664525u + 1013904223u;
        double noise = ((double)(seed >> 8) / 16777216.0 - 0.5) * 0.1;
        theta = flyt_fit_step(&tuned, theta, 8.0 * pow(theta, 0.3) * (1.0 + noise), 10.0, k);
        sum += k >= 200 ? log(theta) : 0.0;
    }
    cr_assert_float_eq(exp(sum / 200.0), 2.104, 0.1, "%g", exp(sum / 200.0));
}

/* ---- history matching ---- */

Test(history, implausibility_is_the_gap_over_all_that_is_not_known)
{
    struct flyt_history_target target = {.wanted = 10.0, .sd = 3.0, .noise = 4.0};
    cr_assert_float_eq(flyt_history_implausibility(&target, 20.0, 0.0), 2.0, 1e-12);
    cr_assert_float_eq(flyt_history_implausibility(&target, 0.0, 12.0), 10.0 / 13.0, 1e-12);
    cr_assert_gt(flyt_history_implausibility(&target, NAN, 0.0), FLYT_HISTORY_LIMIT);
    target.bound = FLYT_TARGET_at_most;
    cr_assert_eq(flyt_history_implausibility(&target, 5.0, 0.0), 0.0);
    cr_assert_float_eq(flyt_history_implausibility(&target, 20.0, 0.0), 2.0, 1e-12);
}

Test(history, the_first_wave_is_the_sequence_and_fills_the_space_evenly)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_history history = {.n_free = 2};
    double u[2 * 64], share = 0.0, sum[2] = {0.0, 0.0};
    uint64_t skip = 0;
    cr_assert_eq(flyt_history_points(&history, &skip, 64, u, &share, &arena), FLYT_OK);
    cr_assert_eq(skip, 64);
    cr_assert_eq(share, 1.0);
    for (uint32_t i = 0; i < 64; i++) {
        sum[0] += u[2 * i] / 64.0;
        sum[1] += u[2 * i + 1] / 64.0;
        cr_assert(u[2 * i] >= 0.0 && u[2 * i] < 1.0);
    }
    cr_assert_float_eq(sum[0], 0.5, 0.02);
    cr_assert_float_eq(sum[1], 0.5, 0.02);
    flyt_arena_free(&arena);
}

Test(history, the_second_wave_looks_only_where_the_target_can_be_met)
{
    /* value = 10 x + 3 x^2 with x = u0; wanted 5.75, that is u0 = .5; u1 plays no part */
    enum { N = 40 };
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    double u[2 * N], value[N], next[2 * N], share = 0.0;
    uint64_t skip = 0;
    struct flyt_history_target target = {.wanted = 5.75, .sd = 0.2};
    struct flyt_history history = {
        .n_free = 2, .n_targets = 1, .target = &target, .u = u, .value = value};
    cr_assert_eq(flyt_history_points(&history, &skip, N, u, &share, &arena), FLYT_OK);
    for (uint32_t i = 0; i < N; i++) {
        value[i] = 10.0 * u[2 * i] + 3.0 * u[2 * i] * u[2 * i];
    }
    history.n = N;
    cr_assert_eq(flyt_history_points(&history, &skip, N, next, &share, &arena), FLYT_OK);
    for (uint32_t i = 0; i < N; i++) {
        cr_assert_float_eq(next[2 * i], 0.5, 0.06, "%g", next[2 * i]);
    }
    cr_assert_float_eq(share, 0.092, 0.03, "+-3 x .2 over the slope 13: %g", share);
    cr_assert_gt(skip, 2 * N);
    cr_assert_float_eq(flyt_history_worst(&history, 0), fabs(value[0] - 5.75) / 0.2, 1e-9);
    flyt_arena_free(&arena);
}
