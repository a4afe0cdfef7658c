#include "../unit/segregation_fixture.h"

#include "sim/num.h"
#include "tests/sanitized.h"

enum { TABLES = FLYT_CASES(10000, 10), UNITS_MAX = 30, GROUPS_MAX = 5 };

static const struct flyt_rng_key key = {7, 0};

/** A random table: sizes, groups, some empty units and cells. Returns units * groups counts. */
struct random_table {
    uint32_t n_units, n_groups, count[UNITS_MAX * GROUPS_MAX];
};

static uint32_t below(uint32_t table, uint32_t draw, uint32_t n)
{
    return flyt_rng_below(key, table, 0, FLYT_STREAM_test, draw, n);
}

static struct random_table random_table(uint32_t table, uint32_t groups_max)
{
    struct random_table t = {.n_units = 2 + below(table, 0, UNITS_MAX - 1),
                             .n_groups = 2 + below(table, 1, groups_max - 1)};
    const uint32_t size = 1u << (1 + below(table, 2, 14));
    uint32_t draw = 3;
    for (uint32_t i = 0; i < t.n_units; i++) {
        const uint32_t empty = below(table, draw++, 10) == 0;
        for (uint32_t g = 0; g < t.n_groups; g++) {
            const uint32_t persons = below(table, draw++, size);
            const uint32_t nobody = below(table, draw++, 6) == 0;
            t.count[i * t.n_groups + g] = empty || nobody ? 0 : persons;
        }
    }
    for (uint32_t g = 0; g < t.n_groups; g++) {
        t.count[g] += 1; /* somebody of each group */
    }
    return t;
}

static void measure(struct fixture *f, const struct random_table *t, double b)
{
    const struct flyt_segregation_options options = {.atkinson_b = b};
    fixture_measure(f, t->count, t->n_units, t->n_groups, &options);
}

Test(segregation_identities, two_group_measures_obey_their_identities)
{
    for (uint32_t k = 0; k < TABLES; k++) {
        const struct random_table t = random_table(k, 2);
        struct fixture f;
        measure(&f, &t, 0.5);
        const double d = MEASURED(&f, 0, dissimilarity), g = MEASURED(&f, 0, gini);
        const double r = MEASURED(&f, 0, hutchens);
        cr_assert(d <= g + 1e-12 && g <= 2.0 * d - d * d + 1e-12, "table %u: D %.15f G %.15f", k, d,
                  g);
        CLOSE(MEASURED(&f, 0, isolation) + MEASURED(&f, 0, interaction), 1.0, 1e-12);
        CLOSE(f.measures.interaction[0] + f.measures.interaction[1], 1.0, 1e-12);
        CLOSE(MEASURED(&f, 0, atkinson), 1.0 - (1.0 - r) * (1.0 - r), 1e-12);
        const double p = f.table.group_total[0] / f.table.total;
        CLOSE(MEASURED(&f, 0, correlation_ratio), (MEASURED(&f, 0, isolation) - p) / (1.0 - p),
              1e-9);
        for (int i = 0; i <= FLYT_SEGREGATION_hutchens; i++) {
            const double value = measured(&f, 0, (enum flyt_segregation_index)i);
            cr_assert(value >= 0.0 && value <= 1.0 + 1e-12);
        }
        flyt_arena_free(&f.arena);
    }
}

Test(segregation_identities, m_is_between_plus_shares_of_within)
{
    for (uint32_t k = 0; k < TABLES; k++) {
        const struct random_table t = random_table(k, GROUPS_MAX);
        struct fixture f;
        struct flyt_segregation_parts parts;
        uint32_t part[UNITS_MAX];
        measure(&f, &t, 0.5);
        const uint32_t n_parts = 1 + k % 6;
        for (uint32_t i = 0; i < f.table.n_units; i++) {
            part[i] = below(k, 5000 + i, n_parts);
        }
        cr_assert_eq(flyt_segregation_decompose(&f.table, part, n_parts, &f.arena, &parts),
                     FLYT_OK);
        double sum = parts.between, shares = 0.0;
        for (uint32_t s = 0; s < n_parts; s++) {
            sum += parts.share[s] * parts.within[s];
            shares += parts.share[s];
        }
        CLOSE(shares, 1.0, 1e-12);
        CLOSE(sum, MEASURED(&f, t.n_groups, theil_m), 1e-12);
        CLOSE(parts.total, MEASURED(&f, t.n_groups, theil_m), 1e-12);
        flyt_arena_free(&f.arena);
    }
}

Test(segregation_identities, a_kernel_of_the_unit_itself_gives_plain_h)
{
    static const uint32_t first[UNITS_MAX + 1] = {0};
    for (uint32_t k = 0; k < TABLES; k++) {
        const struct random_table t = random_table(k, GROUPS_MAX);
        struct flyt_segregation_neighbours alone = {.n_units = t.n_units, .first = first};
        const struct flyt_segregation_options options = {.atkinson_b = 0.5,
                                                         .space = {.kernel = &alone}};
        struct fixture f;
        fixture_measure(&f, t.count, t.n_units, t.n_groups, &options);
        for (uint32_t g = 0; g <= t.n_groups; g++) {
            CLOSE(MEASURED(&f, g, spatial_theil_h), MEASURED(&f, g, theil_h), 1e-10);
        }
        flyt_arena_free(&f.arena);
    }
}

/** Units with the same composition merged, units reversed, groups reversed, groups scaled. */
Test(segregation_identities, measures_do_not_depend_on_order_or_on_splits_of_units)
{
    for (uint32_t k = 0; k < TABLES / 10; k++) {
        const struct random_table t = random_table(k, GROUPS_MAX);
        struct random_table turned = t;
        struct fixture f, g;
        for (uint32_t i = 0; i < t.n_units; i++) {
            for (uint32_t h = 0; h < t.n_groups; h++) {
                turned.count[(t.n_units - 1 - i) * t.n_groups + t.n_groups - 1 - h] =
                    t.count[i * t.n_groups + h];
            }
        }
        measure(&f, &t, 0.3);
        measure(&g, &turned, 0.3);
        for (uint32_t h = 0; h <= t.n_groups; h++) {
            const uint32_t other = h == t.n_groups ? h : t.n_groups - 1 - h;
            for (int i = 0; i <= FLYT_SEGREGATION_squared_cv; i++) {
                const double a = measured(&f, h, (enum flyt_segregation_index)i);
                const double b = measured(&g, other, (enum flyt_segregation_index)i);
                cr_assert(isnan(a) == isnan(b));
                cr_assert(isnan(a) || fabs(a - b) < 1e-12);
            }
        }
        flyt_arena_free(&g.arena);
        /* every unit cut in two alike: nothing changes */
        uint32_t twice[2 * UNITS_MAX * GROUPS_MAX];
        for (uint32_t i = 0; i < 2 * t.n_units * t.n_groups; i++) {
            twice[i] = t.count[i % (t.n_units * t.n_groups)];
        }
        const struct flyt_segregation_options options = {.atkinson_b = 0.3};
        fixture_measure(&g, twice, 2 * t.n_units, t.n_groups, &options);
        for (size_t i = 0; i < ((size_t)t.n_groups + 1) * FLYT_SEGREGATION_N; i++) {
            const double a = f.measures.value[i], b = g.measures.value[i];
            cr_assert(isnan(a) == isnan(b) && (isnan(a) || fabs(a - b) < 1e-10));
        }
        flyt_arena_free(&f.arena);
        flyt_arena_free(&g.arena);
    }
}

Test(segregation_identities, dissimilarity_and_gini_do_not_depend_on_the_sizes_of_the_groups)
{
    for (uint32_t k = 0; k < TABLES / 10; k++) {
        const struct random_table t = random_table(k, 2);
        struct random_table scaled = t;
        struct fixture f, g;
        for (uint32_t i = 0; i < t.n_units; i++) {
            scaled.count[2 * i] *= 7;
        }
        measure(&f, &t, 0.5);
        measure(&g, &scaled, 0.5);
        CLOSE(MEASURED(&f, 0, dissimilarity), MEASURED(&g, 0, dissimilarity), 1e-12);
        CLOSE(MEASURED(&f, 0, gini), MEASURED(&g, 0, gini), 1e-12);
        CLOSE(MEASURED(&f, 0, hutchens), MEASURED(&g, 0, hutchens), 1e-12);
        flyt_arena_free(&f.arena);
        flyt_arena_free(&g.arena);
    }
}

Test(segregation_identities, the_parts_of_a_change_sum_to_it_and_turn_with_time)
{
    for (uint32_t k = 0; k < TABLES / 20; k++) {
        struct random_table a = random_table(k, 4), b = random_table(k + 100000, 4);
        b.n_units = a.n_units = a.n_units < b.n_units ? a.n_units : b.n_units;
        b.n_groups = a.n_groups = 2;
        const struct flyt_segregation_counts before = {a.n_units, 2, a.count};
        const struct flyt_segregation_counts after = {b.n_units, 2, b.count};
        struct flyt_segregation_change there, back;
        struct flyt_arena arena;
        flyt_arena_init(&arena, 0);
        cr_assert_eq(flyt_segregation_compare(&before, &after, &arena, &there), FLYT_OK);
        cr_assert_eq(flyt_segregation_compare(&after, &before, &arena, &back), FLYT_OK);
        CLOSE(there.additions + there.removals + there.unit_margin + there.group_margin +
                  there.structure,
              there.m2 - there.m1, 1e-12);
        CLOSE(there.structure, -back.structure, 1e-12);
        CLOSE(there.unit_margin, -back.unit_margin, 1e-12);
        flyt_arena_free(&arena);
    }
}
