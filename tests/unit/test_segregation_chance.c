#include "output/segregation_expect.h"
#include "output/segregation_random.h"
#include "segregation_fixture.h"
#include "sim/num.h"
#include "tests/sanitized.h"

static const struct flyt_segregation_options plain = {.atkinson_b = 0.5};
static const struct flyt_rng_key key = {42, 0};

static struct flyt_segregation_chance chance_of(uint32_t n_draws, uint32_t n_threads)
{
    return (struct flyt_segregation_chance){.key = key,
                                            .n_draws = n_draws,
                                            .large = FLYT_SEGREGATION_LARGE,
                                            .par = {n_threads, FLYT_BLOCKS, 0}};
}

#define ESTIMATE(e, group, name)                                                                   \
    (e).index[(size_t)(group)*FLYT_SEGREGATION_N + FLYT_SEGREGATION_##name]

/* ---- known baselines ---------------------------------------------------------------------------
 */

Test(segregation_chance, winship_baselines_have_their_known_values)
{
    double ten[1000], hundred[1000], mixed[2] = {200.0, 200.0}, large[2] = {500.0, 500.0};
    for (int i = 0; i < 1000; i++) {
        ten[i] = 10.0;
        hundred[i] = 100.0;
    }
    CLOSE(flyt_segregation_winship(ten, 1000, 0.1), 0.38742, 5e-6);
    CLOSE(flyt_segregation_winship(ten, 1000, 0.5), 0.24609, 5e-6);
    CLOSE(flyt_segregation_winship(hundred, 1000, 0.1), 0.13187, 5e-6);
    CLOSE(flyt_segregation_winship(mixed, 2, 0.05), 0.1284, 5e-5);
    CLOSE(flyt_segregation_winship(large, 2, 0.27), 0.0402, 5e-5);
}

Test(segregation_chance, units_of_one_person_are_wholly_segregated_by_chance)
{
    const double ones[3] = {1.0, 1.0, 1.0};
    CLOSE(flyt_segregation_winship(ones, 3, 0.3), 1.0, 1e-12);
}

Test(segregation_chance, the_adjusted_index_is_zero_at_its_expectation_and_one_at_one)
{
    CLOSE(flyt_segregation_adjusted(0.2, 0.2), 0.0, 1e-15);
    CLOSE(flyt_segregation_adjusted(1.0, 0.2), 1.0, 1e-15);
    CLOSE(flyt_segregation_adjusted(0.6, 0.2), 0.5, 1e-15);
    CLOSE(flyt_segregation_adjusted(0.1, 0.2), -0.5, 1e-15);
}

/** All 3 x 3 outcomes of two units of two, by hand. */
Test(segregation_chance, expected_measures_are_sums_over_binomial_outcomes)
{
    const uint32_t count[] = {2, 0, 1, 1}; /* P = 3/4 */
    struct fixture f;
    double value[3 * FLYT_SEGREGATION_N], interaction[4];
    fixture_measure(&f, count, 2, 2, &plain);
    flyt_segregation_expect(&f.table, 0.5, &f.scratch, value, interaction);
    const double p = 0.75, mass[3] = {0.0625, 0.375, 0.5625};
    double m = 0.0, root = 0.0;
    for (int k = 0; k <= 2; k++) {
        const double u = k / 2.0, v = 1.0 - u;
        m += mass[k] * ((u > 0 ? u * log(u / p) : 0) + (v > 0 ? v * log(v / (1 - p)) : 0));
        root += mass[k] * sqrt(u * v) / sqrt(p * (1 - p));
    }
    CLOSE(value[FLYT_SEGREGATION_theil_m], m, 1e-12);
    CLOSE(value[FLYT_SEGREGATION_hutchens], 1.0 - root, 1e-12);
    CLOSE(value[2 * FLYT_SEGREGATION_N + FLYT_SEGREGATION_theil_m], m, 1e-12);
    CLOSE(value[FLYT_SEGREGATION_correlation_ratio], 1.0 / 3.0, 1e-12);
    flyt_arena_free(&f.arena);
}

/* ---- random numbers
 * ------------------------------------------------------------------------------ */

static void check_binomial(double n, double p)
{
    enum { DRAWS = 40000, MOST = 600 };
    static uint32_t seen[MOST];
    for (int k = 0; k <= (int)n; k++) {
        seen[k] = 0;
    }
    for (uint32_t i = 0; i < DRAWS; i++) {
        struct flyt_segregation_source source =
            flyt_segregation_source(key, FLYT_STREAM_test, i, 0, 0);
        const double k = flyt_segregation_binomial(&source, n, p);
        cr_assert(k >= 0.0 && k <= n && k == floor(k));
        seen[(int)k]++;
    }
    double square = 0.0, cells = 0.0;
    for (int k = 0; k <= (int)n; k++) {
        const double expected = DRAWS * flyt_segregation_binomial_mass(k, n, p);
        if (expected >= 5.0) {
            square += (seen[k] - expected) * (seen[k] - expected) / expected;
            cells += 1.0;
        }
    }
    cr_assert(fabs(square - cells) < 5.0 * sqrt(2.0 * cells), "Bin(%g, %g): chi2 %g of %g", n, p,
              square, cells);
}

Test(segregation_chance, binomial_draws_have_binomial_frequencies)
{
    static const double laws[][2] = {{1, 0.3},    {7, 0.5},   {50, 0.05}, {50, 0.199}, {50, 0.201},
                                     {300, 0.04}, {300, 0.2}, {500, 0.5}, {500, 0.7},  {40, 0.97}};
    for (size_t i = 0; i < FLYT_COUNT(laws); i++) {
        check_binomial(laws[i][0], laws[i][1]);
    }
    struct flyt_segregation_source source = flyt_segregation_source(key, FLYT_STREAM_test, 0, 0, 0);
    cr_assert_eq(flyt_segregation_binomial(&source, 9.0, 0.0), 0.0);
    cr_assert_eq(flyt_segregation_binomial(&source, 9.0, 1.0), 9.0);
    cr_assert_eq(flyt_segregation_binomial(&source, 0.0, 0.5), 0.0);
}

Test(segregation_chance, log_factorials_are_those_of_lgamma)
{
    // NOLINTNEXTLINE(cert-flp30-c)
    for (double n = 0.0; n < 2000.0; n += 1.0) {
        CLOSE(flyt_segregation_log_factorial(n), lgamma(n + 1.0), 1e-11 * (1.0 + n));
    }
}

Test(segregation_chance, permutation_keeps_both_margins_and_is_hypergeometric)
{
    enum { DRAWS = 4000 };
    const uint32_t count[] = {30, 0, 0, 10, 12, 8, 5, 5, 50, 0, 1, 0};
    struct fixture f;
    struct flyt_segregation_table drawn;
    fixture_measure(&f, count, 4, 3, &plain);
    cr_assert_eq(flyt_segregation_table_room(&drawn, 4, 3, &f.arena), FLYT_OK);
    double sum = 0.0, square = 0.0, eta = 0.0;
    for (uint32_t draw = 0; draw < DRAWS; draw++) {
        flyt_segregation_permute(&f.table, key, draw, &f.scratch, &drawn);
        for (uint32_t i = 0; i < 4; i++) {
            cr_assert_eq(drawn.unit_total[i], f.table.unit_total[i]);
        }
        for (uint32_t g = 0; g < 3; g++) {
            cr_assert_eq(drawn.group_total[g], f.table.group_total[g]);
        }
        const double x = drawn.persons[1];
        sum += x;
        square += x * x;
        flyt_segregation_measure(&drawn, &plain, &f.scratch, &f.measures);
        eta += MEASURED(&f, 3, relative_diversity);
    }
    /* second unit: 30 of T = 121 persons, X = 95 - 8... of the first group */
    const double t = f.table.unit_total[1], total = f.table.total;
    const double p = f.table.group_total[0] / total;
    const double variance = t * p * (1 - p) * (total - t) / (total - 1);
    CLOSE(sum / DRAWS, t * p, 5.0 * sqrt(variance / DRAWS));
    CLOSE(square / DRAWS - (sum / DRAWS) * (sum / DRAWS), variance, 0.15 * variance);
    CLOSE(eta / DRAWS, 3.0 / (total - 1), 0.002);
    flyt_arena_free(&f.arena);
}

/* ---- estimates
 * ----------------------------------------------------------------------------------- */

/** Counts of n units of 50 to 500 with chances p[i], or 0.2 for all when spread is 0. */
static void draw_counts(uint32_t *count, uint32_t n, uint32_t table, double spread)
{
    for (uint32_t i = 0; i < n; i++) {
        const double z = flyt_rng_unit(key, i, 0, FLYT_STREAM_test, 2 * table) - 0.5;
        const double size =
            floor(50.0 + 451.0 * flyt_rng_unit(key, i, 0, FLYT_STREAM_test, 2 * table + 1));
        struct flyt_segregation_source source =
            flyt_segregation_source((struct flyt_rng_key){table, 3}, FLYT_STREAM_test, i, 0, 0);
        const double x = flyt_segregation_binomial(&source, size, 0.2 + spread * z);
        count[2 * i] = (uint32_t)x;
        count[2 * i + 1] = (uint32_t)(size - x);
    }
}

static struct flyt_segregation_estimates estimate(struct fixture *f, const uint32_t *count,
                                                  uint32_t n_units, uint32_t n_groups,
                                                  const struct flyt_segregation_chance *chance)
{
    struct flyt_segregation_estimates estimates;
    fixture_measure(f, count, n_units, n_groups, &plain);
    cr_assert_eq(flyt_segregation_estimate(&f->table, &plain, chance, &f->arena, &estimates),
                 FLYT_OK);
    return estimates;
}

Test(segregation_chance, groups_that_never_meet_stay_at_one_with_no_width)
{
    const uint32_t count[] = {100, 0, 0, 100, 70, 0, 0, 30, 0, 50};
    const struct flyt_segregation_chance chance = chance_of(50, 1);
    struct fixture f;
    const struct flyt_segregation_estimates e = estimate(&f, count, 5, 2, &chance);
    const struct flyt_segregation_estimate d = ESTIMATE(e, 0, dissimilarity);
    const struct flyt_segregation_estimate h = ESTIMATE(e, 2, theil_h);
    CLOSE(d.corrected, 1.0, 1e-9);
    CLOSE(d.low, 1.0, 0.01);
    CLOSE(d.high, 1.0, 1e-9);
    CLOSE(h.corrected, 1.0, 1e-9);
    flyt_arena_free(&f.arena);
}

Test(segregation_chance, without_segregation_the_corrected_values_are_near_zero)
{
    enum { N = 200, PART = 4, TABLES = FLYT_CASES(40, PART) };
    static uint32_t count[2 * N];
    const struct flyt_segregation_chance chance = chance_of(60, 1);
    double raw = 0.0, corrected = 0.0, h = 0.0, isolation = 0.0;
    int covered = 0;
    for (uint32_t table = 0; table < TABLES; table++) {
        struct fixture f;
        draw_counts(count, N, table, 0.0);
        const struct flyt_segregation_estimates e = estimate(&f, count, N, 2, &chance);
        raw += ESTIMATE(e, 0, dissimilarity).value / TABLES;
        corrected += ESTIMATE(e, 0, dissimilarity).corrected / TABLES;
        h += ESTIMATE(e, 0, theil_h).corrected / TABLES;
        isolation += ESTIMATE(e, 0, isolation).corrected / TABLES;
        covered += ESTIMATE(e, 0, dissimilarity).low == 0.0 ? 1 : 0;
        flyt_arena_free(&f.arena);
    }
    cr_assert_gt(raw, 0.05);
    const double spread = FLYT_CASES_SPREAD(PART);
    cr_assert_lt(corrected, 0.2 * raw * spread, "corrected %g of %g", corrected, raw);
    cr_assert_lt(h, 0.0004 * spread);
    CLOSE(isolation, 0.2, 0.002 * spread);
    cr_assert_geq(covered, TABLES * 9 / 10, "%d of %d intervals hold 0", covered, TABLES);
}

/** 95 % of n intervals less four standard errors: 131 of 150, 68 of 80. */
static int least_covered(int n)
{
    return (int)floor(0.95 * n - 4.0 * sqrt(0.95 * 0.05 * n));
}

Test(segregation_chance, intervals_cover_the_truth_and_corrected_values_are_unbiased)
{
    enum { N = 100, PART = 5, TABLES = FLYT_CASES(150, PART) };
    static uint32_t count[2 * N];
    const struct flyt_segregation_chance chance = chance_of(80, 1);
    const enum flyt_segregation_index checked[] = {
        FLYT_SEGREGATION_dissimilarity,    FLYT_SEGREGATION_gini,     FLYT_SEGREGATION_isolation,
        FLYT_SEGREGATION_theil_h,          FLYT_SEGREGATION_atkinson, FLYT_SEGREGATION_hutchens,
        FLYT_SEGREGATION_correlation_ratio};
    int covered[FLYT_COUNT(checked)] = {0};
    double raw[FLYT_COUNT(checked)] = {0}, corrected[FLYT_COUNT(checked)] = {0};
    for (uint32_t table = 0; table < TABLES; table++) {
        struct fixture f, truth;
        draw_counts(count, N, table, 0.3);
        const struct flyt_segregation_estimates e = estimate(&f, count, N, 2, &chance);
        fixture_measure(&truth, count, N, 2, &plain);
        for (uint32_t i = 0; i < N; i++) {
            const double z = flyt_rng_unit(key, i, 0, FLYT_STREAM_test, 2 * table) - 0.5;
            truth.table.persons[i] = truth.table.unit_total[i] * (0.2 + 0.3 * z);
            truth.table.persons[N + i] = truth.table.unit_total[i] - truth.table.persons[i];
        }
        flyt_segregation_table_sum(&truth.table);
        flyt_segregation_measure(&truth.table, &plain, &truth.scratch, &truth.measures);
        for (size_t k = 0; k < FLYT_COUNT(checked); k++) {
            const struct flyt_segregation_estimate *it = &e.index[checked[k]];
            const double right = measured(&truth, 0, checked[k]);
            covered[k] += it->low <= right && right <= it->high ? 1 : 0;
            raw[k] += (it->value - right) / TABLES;
            corrected[k] += (it->corrected - right) / TABLES;
        }
        flyt_arena_free(&f.arena);
        flyt_arena_free(&truth.arena);
    }
    for (size_t k = 0; k < FLYT_COUNT(checked); k++) {
        cr_assert(covered[k] >= least_covered(TABLES), "%s: %d of %d",
                  flyt_segregation_name(checked[k]), covered[k], TABLES);
        cr_assert_lt(fabs(corrected[k]), 0.3 * FLYT_CASES_SPREAD(PART) * fabs(raw[k]),
                     "%s: bias %g, raw %g", flyt_segregation_name(checked[k]), corrected[k],
                     raw[k]);
    }
}

Test(segregation_chance, threads_change_no_bit)
{
    enum { N = 60 };
    static uint32_t count[2 * N];
    draw_counts(count, N, 1, 0.2);
    struct fixture one, many;
    const struct flyt_segregation_chance serial = chance_of(37, 1), parallel = chance_of(37, 5);
    const struct flyt_segregation_estimates a = estimate(&one, count, N, 2, &serial);
    const struct flyt_segregation_estimates b = estimate(&many, count, N, 2, &parallel);
    cr_assert_arr_eq(a.index, b.index, 3 * FLYT_SEGREGATION_N * sizeof *a.index);
    cr_assert_arr_eq(a.interaction, b.interaction, 4 * sizeof *a.interaction);
    flyt_arena_free(&one.arena);
    flyt_arena_free(&many.arena);
}

Test(segregation_chance, threads_change_no_bit_of_a_large_table)
{
    enum { N = 400, GROUPS = 3 };
    static uint32_t count[GROUPS * N];
    for (uint32_t k = 0; k < GROUPS * N; k++) {
        count[k] = 1 + (uint32_t)(50.0 * flyt_rng_unit(key, k, 0, FLYT_STREAM_test, 900));
    }
    struct fixture one, many;
    struct flyt_segregation_chance serial = chance_of(20, 1), parallel = chance_of(20, 5);
    serial.large = parallel.large = N;
    const struct flyt_segregation_estimates a = estimate(&one, count, N, GROUPS, &serial);
    const struct flyt_segregation_estimates b = estimate(&many, count, N, GROUPS, &parallel);
    cr_assert_arr_eq(a.index, b.index, (GROUPS + 1) * FLYT_SEGREGATION_N * sizeof *a.index);
    flyt_arena_free(&one.arena);
    flyt_arena_free(&many.arena);
}

/** Three cuts below p = .4: their polynomial reaches far, with weights of both signs. */
Test(segregation_chance, rank_order_intervals_of_few_classes_exist_and_cover)
{
    enum { N = 60, GROUPS = 4, TABLES = FLYT_CASES(80, 5) };
    static const double mean[GROUPS] = {0.1, 0.15, 0.12, 0.63};
    static uint32_t count[GROUPS * N];
    const struct flyt_segregation_chance chance = chance_of(60, 1);
    int covered[2] = {0};
    for (uint32_t table = 0; table < TABLES; table++) {
        struct fixture f, truth;
        double share[GROUPS][N];
        for (uint32_t i = 0; i < N; i++) {
            double left = 1.0, persons = 150.0;
            for (uint32_t g = 0; g < GROUPS; g++) {
                const double z = flyt_rng_unit(key, i, 0, FLYT_STREAM_test, 2000 + g) - 0.5;
                struct flyt_segregation_source source =
                    flyt_segregation_source(key, FLYT_STREAM_test, i, 4 * table + g, 7);
                share[g][i] = g + 1 == GROUPS ? left : mean[g] * (1.0 + 1.4 * z);
                const double k = g + 1 == GROUPS ? persons
                                                 : flyt_segregation_binomial(&source, persons,
                                                                             share[g][i] / left);
                count[GROUPS * i + g] = (uint32_t)k;
                persons -= k;
                left -= share[g][i];
            }
        }
        const struct flyt_segregation_estimates e = estimate(&f, count, N, GROUPS, &chance);
        fixture_measure(&truth, count, N, GROUPS, &plain);
        for (uint32_t k = 0; k < GROUPS * N; k++) {
            truth.table.persons[k] = 150.0 * share[k / N][k % N];
        }
        flyt_segregation_table_sum(&truth.table);
        flyt_segregation_measure(&truth.table, &plain, &truth.scratch, &truth.measures);
        for (int k = 0; k < 2; k++) {
            const enum flyt_segregation_index index =
                (enum flyt_segregation_index)(FLYT_SEGREGATION_rank_order_h + k);
            const struct flyt_segregation_estimate *it =
                &e.index[GROUPS * FLYT_SEGREGATION_N + (size_t)index];
            const double right = measured(&truth, GROUPS, index);
            cr_assert(it->low < it->corrected && it->corrected < it->high);
            covered[k] += it->low <= right && right <= it->high ? 1 : 0;
        }
        flyt_arena_free(&f.arena);
        flyt_arena_free(&truth.arena);
    }
    const int least = least_covered(TABLES);
    cr_assert(covered[0] >= least && covered[1] >= least, "H %d, R %d of %d", covered[0],
              covered[1], TABLES);
}

Test(segregation_chance, analytic_and_drawn_estimates_agree)
{
    enum { N = 2000 };
    static uint32_t count[3 * N];
    for (uint32_t i = 0; i < N; i++) {
        for (uint32_t g = 0; g < 3; g++) {
            const double u = flyt_rng_unit(key, i, 0, FLYT_STREAM_test, 500 + g);
            count[3 * i + g] = (uint32_t)(u * (30.0 + 60.0 * g));
        }
        count[3 * i] += 1;
    }
    struct fixture f, g;
    struct flyt_segregation_chance drawn = chance_of(200, 2), analytic = drawn;
    analytic.large = N;
    const struct flyt_segregation_estimates a = estimate(&f, count, N, 3, &drawn);
    const struct flyt_segregation_estimates b = estimate(&g, count, N, 3, &analytic);
    for (size_t i = 0; i < 4 * (size_t)FLYT_SEGREGATION_N; i++) {
        const struct flyt_segregation_estimate *x = &a.index[i], *y = &b.index[i];
        cr_assert(isnan(x->corrected) == isnan(y->corrected), "%zu", i);
        if (isnan(x->corrected)) {
            continue;
        }
        const double width = x->high - x->low;
        CLOSE(x->corrected, y->corrected, 0.25 * width);
        CLOSE(x->low, y->low, 0.4 * width);
        CLOSE(x->high, y->high, 0.4 * width);
        CLOSE(x->baseline, y->baseline, 0.03 * x->baseline);
    }
    flyt_arena_free(&f.arena);
    flyt_arena_free(&g.arena);
}

Test(segregation_chance, no_draws_leave_baselines_and_no_correction)
{
    const uint32_t count[] = {30, 10, 10, 30, 20, 20};
    const struct flyt_segregation_chance chance = chance_of(0, 1);
    struct fixture f;
    const struct flyt_segregation_estimates e = estimate(&f, count, 3, 2, &chance);
    cr_assert_gt(ESTIMATE(e, 0, dissimilarity).baseline, 0.0);
    cr_assert(isnan(ESTIMATE(e, 0, dissimilarity).corrected));
    cr_assert(isnan(ESTIMATE(e, 0, isolation).low));
    flyt_arena_free(&f.arena);
}

Test(segregation_chance, a_single_unit_has_no_segregation_and_nothing_to_correct)
{
    const uint32_t count[] = {30, 10};
    const struct flyt_segregation_chance chance = chance_of(20, 1);
    struct fixture f;
    const struct flyt_segregation_estimates e = estimate(&f, count, 1, 2, &chance);
    CLOSE(ESTIMATE(e, 0, dissimilarity).value, 0.0, 1e-15);
    CLOSE(ESTIMATE(e, 0, dissimilarity).baseline, 0.0, 1e-15);
    CLOSE(ESTIMATE(e, 0, hutchens).baseline, 0.0, 1e-15);
    CLOSE(ESTIMATE(e, 0, isolation).baseline, 0.75, 1e-15);
    CLOSE(ESTIMATE(e, 2, theil_h).baseline, 0.0, 1e-15);
    CLOSE(ESTIMATE(e, 2, multigroup_dissimilarity).baseline, 0.0, 1e-15);
    cr_assert(isnan(ESTIMATE(e, 0, dissimilarity).corrected));
    flyt_arena_free(&f.arena);
}
