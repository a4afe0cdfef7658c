#include <criterion/criterion.h>
#include <math.h>

#include "models/ipf.h"
#include "sim/num.h"
#include "sim/rng.h"

static struct flyt_arena arena;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
}

static void teardown(void)
{
    flyt_arena_free(&arena);
}

TestSuite(ipf, .init = setup, .fini = teardown);

/** Karmel & Maclachlan 1988, as in docs/VERIFICATION.md section 1. */
Test(ipf, gives_the_answer_of_karmel_and_maclachlan)
{
    double cell[6] = {100, 50, 50, 50, 100, 50};
    const double rows[3] = {225, 200, 175}, columns[2] = {325, 275};
    struct flyt_ipf ipf = {.n_dims = 2,
                           .n_margins = 2,
                           .size = {3, 2},
                           .margin = {{1, {0}, rows}, {1, {1}, columns}},
                           .tolerance = 1e-12,
                           .most = 100};
    const double known[6] = {134.7339, 90.2661, 85.4731, 114.5269, 104.7930, 70.2070};
    cr_assert_eq(flyt_ipf_fit(&ipf, cell, &arena), FLYT_OK);
    cr_assert_eq(ipf.end, FLYT_IPF_converged);
    for (size_t i = 0; i < 6; i++) {
        cr_assert_float_eq(cell[i], known[i], 5e-5, "cell %zu is %.6f", i, cell[i]);
    }
}

static double unit(uint32_t world, uint32_t draw)
{
    return flyt_rng_unit((struct flyt_rng_key){7, world}, world, 0, FLYT_STREAM_test, draw);
}

/** Targets that some table meets: the sums of another random table with the same zeros. */
Test(ipf, meets_random_margins_and_keeps_odds_ratios_and_zeros)
{
    enum { A = 3, B = 4, C = 5, N = A * B * C };
    for (uint32_t world = 0; world < 50; world++) {
        double seed[N], other[N], cell[N], ab[A * B], bc[B * C], c[C], sum[A * B + B * C];
        for (uint32_t i = 0; i < N; i++) {
            bool zero = i % 11 == 3;
            cell[i] = seed[i] = zero ? 0.0 : 0.1 + unit(world, 2 * i);
            other[i] = zero ? 0.0 : 1.0 + 9.0 * unit(world, 2 * i + 1);
        }
        struct flyt_ipf ipf = {.n_dims = 3,
                               .n_margins = 3,
                               .size = {A, B, C},
                               .margin = {{2, {0, 1}, ab}, {2, {1, 2}, bc}, {1, {2}, c}},
                               .tolerance = 1e-11,
                               .most = 2000};
        flyt_ipf_sums(&ipf, 0, other, ab);
        flyt_ipf_sums(&ipf, 1, other, bc);
        flyt_ipf_sums(&ipf, 2, other, c);
        cr_assert_eq(flyt_ipf_fit(&ipf, cell, &arena), FLYT_OK);
        cr_assert_eq(ipf.end, FLYT_IPF_converged, "world %u: gap %g", world, ipf.gap);
        flyt_ipf_sums(&ipf, 0, cell, sum);
        for (uint32_t k = 0; k < A * B; k++) {
            cr_assert_float_eq(sum[k], ab[k], 1e-7);
        }
        for (uint32_t i = 0; i < N; i++) {
            cr_assert(seed[i] > 0.0 || cell[i] == 0.0);
        }
        /* A x C given B is in no margin: its odds ratios are those of the seed. */
        for (uint32_t b = 0; b < B; b++) {
            uint32_t i = b * C, k = (B + b) * C; /* (0, b, 0) and (1, b, 0) */
            if (seed[i] * seed[i + 1] * seed[k] * seed[k + 1] > 0.0) {
                double before = seed[i] * seed[k + 1] / (seed[i + 1] * seed[k]);
                double after = cell[i] * cell[k + 1] / (cell[i + 1] * cell[k]);
                cr_assert_float_eq(after / before, 1.0, 1e-9);
            }
        }
    }
}

Test(ipf, says_when_a_target_stands_over_zeros_only)
{
    double cell[4] = {0, 0, 1, 1};
    const double rows[2] = {1, 1};
    struct flyt_ipf ipf = {.n_dims = 2,
                           .n_margins = 1,
                           .size = {2, 2},
                           .margin = {{1, {0}, rows}},
                           .tolerance = 1e-9,
                           .most = 10};
    cr_assert_eq(flyt_ipf_fit(&ipf, cell, &arena), FLYT_OK);
    cr_assert_eq(ipf.end, FLYT_IPF_impossible);
    cr_assert_eq(ipf.rounds, 1);
}

Test(ipf, says_when_the_margins_contradict_each_other)
{
    double cell[4] = {1, 1, 1, 1};
    const double rows[2] = {1, 1}, columns[2] = {2, 2};
    struct flyt_ipf ipf = {.n_dims = 2,
                           .n_margins = 2,
                           .size = {2, 2},
                           .margin = {{1, {0}, rows}, {1, {1}, columns}},
                           .tolerance = 1e-9,
                           .most = 10};
    cr_assert_eq(flyt_ipf_fit(&ipf, cell, &arena), FLYT_OK);
    cr_assert_eq(ipf.end, FLYT_IPF_stopped);
    cr_assert_eq(ipf.rounds, 10);
    cr_assert_float_eq(ipf.gap, 0.5, 1e-12);
}
