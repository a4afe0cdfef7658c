/* Values expected at random and corrected for chance without draws: against exact sums, against
   permuted tables, and against populations whose segregation is known. */
#include <string.h>

#include "output/segregation_chance.h"
#include "output/segregation_closed.h"
#include "output/segregation_expect.h"
#include "segregation_fixture.h"

static const struct flyt_rng_key key = {5, 0};

/** A uniform that belongs to the test. */
static double roll(uint32_t who, uint32_t draw)
{
    return flyt_rng_unit(key, who + 1, 0, FLYT_STREAM_test, draw);
}

enum { UNITS = 120, GROUPS = 3, VALUES = (GROUPS + 1) * FLYT_SEGREGATION_N };

/** Units of 100 to 500 persons, in three groups by chance. Units lie on a line, 1 km apart. */
static void fill(uint32_t *count, double share_low, double share_high, uint32_t table)
{
    for (uint32_t i = 0; i < UNITS; i++) {
        const uint32_t n = 100 + (uint32_t)(400.0 * roll(i, 1000 * table));
        const double first = share_low + (share_high - share_low) * (i * 37 % UNITS) / UNITS;
        uint32_t *row = count + (size_t)i * GROUPS;
        row[0] = row[1] = row[2] = 0;
        for (uint32_t k = 0; k < n; k++) {
            const double u = roll(i, 1000 * table + 1 + k);
            row[u < first ? 0 : u < first + 0.3 ? 1 : 2]++;
        }
    }
}

static struct flyt_segregation_options on_a_line(struct flyt_segregation_neighbours *near,
                                                 struct flyt_arena *arena)
{
    static double x[UNITS], y[UNITS];
    for (uint32_t i = 0; i < UNITS; i++) {
        x[i] = i;
    }
    cr_assert_eq(flyt_segregation_neighbours_near(near, UNITS, x, y, 2.5, arena), FLYT_OK);
    return (struct flyt_segregation_options){.atkinson_b = 0.5,
                                             .space = {.adjacent = near, .kernel = near}};
}

static void close_table(struct fixture *f, const struct flyt_segregation_options *options,
                        struct flyt_segregation_triple *out)
{
    struct flyt_segregation_closed closed;
    cr_assert_eq(
        flyt_segregation_closed_init(&closed, f->table.n_units, f->table.n_groups, &f->arena),
        FLYT_OK);
    flyt_segregation_closed_measure(&f->table, options, &closed, out);
    struct flyt_segregation_triple *all = out + (size_t)f->table.n_groups * FLYT_SEGREGATION_N;
    if (f->table.n_groups >= 3) {
        flyt_segregation_closed_rank(&f->table, &closed, &all[FLYT_SEGREGATION_rank_order_h],
                                     &all[FLYT_SEGREGATION_rank_order_r]);
    }
}

Test(segregation_closed, coarse_sums_are_the_binomial_sums)
{
    static const double size[] = {30, 200, 1000, 5000}, share[] = {0.02, 0.08, 0.3, 0.5, 0.93};
    for (size_t i = 0; i < FLYT_COUNT(size); i++) {
        for (size_t k = 0; k < FLYT_COUNT(share); k++) {
            struct flyt_segregation_sums exact = {.centre = share[k], .atkinson_b = 0.5};
            struct flyt_segregation_sums coarse = exact;
            double a[FLYT_SEGREGATION_N], b[FLYT_SEGREGATION_N];
            flyt_segregation_sums_binomial(&exact, size[i], share[k], 1.0);
            flyt_segregation_sums_coarse(&coarse, size[i], share[k], 1.0);
            flyt_segregation_sums_measure(&exact, a);
            flyt_segregation_sums_measure(&coarse, b);
            CLOSE(b[FLYT_SEGREGATION_theil_h], a[FLYT_SEGREGATION_theil_h],
                  0.01 * a[FLYT_SEGREGATION_theil_h]);
            CLOSE(b[FLYT_SEGREGATION_hutchens], a[FLYT_SEGREGATION_hutchens],
                  0.01 * a[FLYT_SEGREGATION_hutchens]);
            CLOSE(b[FLYT_SEGREGATION_dissimilarity], a[FLYT_SEGREGATION_dissimilarity],
                  0.03 * a[FLYT_SEGREGATION_dissimilarity]);
        }
    }
}

Test(segregation_closed, expected_values_are_those_of_permuted_tables)
{
    static uint32_t count[UNITS * GROUPS];
    struct fixture f;
    struct flyt_segregation_neighbours near;
    struct flyt_segregation_triple out[VALUES];
    double mean[VALUES];
    const struct flyt_segregation_chance chance = {
        .key = key, .n_draws = 400, .large = FLYT_SEGREGATION_LARGE, .par = {1, FLYT_BLOCKS, 0}};
    fill(count, 0.1, 0.3, 0);
    fixture_measure(&f, count, UNITS, GROUPS,
                    &(struct flyt_segregation_options){.atkinson_b = 0.5});
    const struct flyt_segregation_options options = on_a_line(&near, &f.arena);
    close_table(&f, &options, out);
    cr_assert_eq(flyt_segregation_permuted(&f.table, &options, &chance, &f.arena, mean), FLYT_OK);
    uint32_t n_compared = 0;
    for (int i = 0; i < VALUES; i++) {
        const int index = i % FLYT_SEGREGATION_N;
        if (isnan(mean[i]) || index == FLYT_SEGREGATION_moran) {
            continue;
        }
        /* D(adj) is a difference of two larger numbers */
        const double within = index == FLYT_SEGREGATION_morrill_dissimilarity ? 5e-4 : 1e-5;
        cr_assert(fabs(out[i].expected - mean[i]) <= 0.03 * fabs(mean[i]) + within,
                  "%s, group %d: %.6f, permuted %.6f",
                  flyt_segregation_name((enum flyt_segregation_index)index), i / FLYT_SEGREGATION_N,
                  out[i].expected, mean[i]);
        n_compared++;
    }
    cr_assert_geq(n_compared, 3 * 10 + 9);
    CLOSE(out[FLYT_SEGREGATION_moran].expected, -1.0 / (UNITS - 1), 1e-15);
    flyt_arena_free(&f.arena);
}

/** Mean of value and corrected over tables of the same population, less its own index. */
static void mean_error(double low, double high, double bias[2][VALUES])
{
    enum { TABLES = 30 };
    static uint32_t count[UNITS * GROUPS];
    memset(bias, 0, 2 * VALUES * sizeof(double));
    for (uint32_t table = 0; table < TABLES; table++) {
        struct fixture f;
        struct flyt_segregation_neighbours near;
        struct flyt_segregation_triple out[VALUES];
        fill(count, low, high, table);
        fixture_measure(&f, count, UNITS, GROUPS,
                        &(struct flyt_segregation_options){.atkinson_b = 0.5});
        const struct flyt_segregation_options options = on_a_line(&near, &f.arena);
        close_table(&f, &options, out);
        /* the same units with the chances themselves */
        struct flyt_segregation_table truth = f.table;
        for (uint32_t i = 0; i < UNITS; i++) {
            const double t = truth.unit_total[i];
            const double first = low + (high - low) * (i * 37 % UNITS) / UNITS;
            truth.persons[i] = t * first;
            truth.persons[UNITS + i] = t * 0.3;
            truth.persons[2 * UNITS + i] = t * (0.7 - first);
        }
        flyt_segregation_table_sum(&truth);
        flyt_segregation_measure(&truth, &options, &f.scratch, &f.measures);
        for (int i = 0; i < VALUES; i++) {
            bias[0][i] += (out[i].value - f.measures.value[i]) / TABLES;
            bias[1][i] += (out[i].corrected - f.measures.value[i]) / TABLES;
        }
        flyt_arena_free(&f.arena);
    }
}

static const enum flyt_segregation_index inflated[] = {
    FLYT_SEGREGATION_dissimilarity, FLYT_SEGREGATION_correlation_ratio,
    FLYT_SEGREGATION_theil_h,       FLYT_SEGREGATION_atkinson,
    FLYT_SEGREGATION_hutchens,      FLYT_SEGREGATION_spatial_theil_h,
};

Test(segregation_closed, correction_takes_most_of_the_bias_off_a_segregated_population)
{
    static double bias[2][VALUES];
    mean_error(0.1, 0.3, bias);
    for (size_t i = 0; i < FLYT_COUNT(inflated); i++) {
        const double raw = bias[0][inflated[i]], left = bias[1][inflated[i]];
        cr_assert(raw > 0.0 && fabs(left) < 0.35 * raw, "%s: %.5f, corrected %.5f",
                  flyt_segregation_name(inflated[i]), raw, left);
    }
    const size_t all = (size_t)GROUPS * FLYT_SEGREGATION_N;
    cr_assert_lt(fabs(bias[1][all + FLYT_SEGREGATION_theil_h]),
                 0.2 * bias[0][all + FLYT_SEGREGATION_theil_h]);
}

Test(segregation_closed, correction_leaves_little_where_nobody_is_segregated)
{
    static double bias[2][VALUES];
    mean_error(0.2, 0.2, bias);
    for (size_t i = 0; i < FLYT_COUNT(inflated); i++) {
        const double raw = bias[0][inflated[i]], left = bias[1][inflated[i]];
        cr_assert(raw > 0.0 && left >= 0.0 && left < 0.25 * raw, "%s: %.5f, corrected %.5f",
                  flyt_segregation_name(inflated[i]), raw, left);
    }
}

Test(segregation_closed, groups_that_never_meet_stay_wholly_segregated)
{
    static const uint32_t count[] = {100, 0, 0, 80, 60, 0, 0, 200};
    struct fixture f;
    struct flyt_segregation_triple out[3 * FLYT_SEGREGATION_N];
    const struct flyt_segregation_options options = {.atkinson_b = 0.5};
    fixture_measure(&f, count, 4, 2, &options);
    close_table(&f, &options, out);
    CLOSE(out[FLYT_SEGREGATION_dissimilarity].corrected, 1.0, 1e-9);
    CLOSE(out[FLYT_SEGREGATION_theil_h].corrected, 1.0, 1e-9);
    CLOSE(out[FLYT_SEGREGATION_isolation].corrected, 1.0, 1e-9);
    CLOSE(out[FLYT_SEGREGATION_interaction].corrected, 0.0, 1e-9);
    flyt_arena_free(&f.arena);
}

Test(segregation_closed, one_unit_has_nothing_to_expect)
{
    static const uint32_t count[] = {30, 70};
    struct fixture f;
    struct flyt_segregation_triple out[3 * FLYT_SEGREGATION_N];
    const struct flyt_segregation_options options = {.atkinson_b = 0.5};
    fixture_measure(&f, count, 1, 2, &options);
    close_table(&f, &options, out);
    CLOSE(out[FLYT_SEGREGATION_dissimilarity].value, 0.0, 1e-15);
    cr_assert(isnan(out[FLYT_SEGREGATION_dissimilarity].expected));
    cr_assert(isnan(out[FLYT_SEGREGATION_dissimilarity].corrected));
    flyt_arena_free(&f.arena);
}
