/**
 * @file segregation_fixture.h
 * @brief Tables of counts for the tests of segregation measures.
 */
#ifndef FLYT_TEST_SEGREGATION_FIXTURE_H
#define FLYT_TEST_SEGREGATION_FIXTURE_H

#include <criterion/criterion.h>
#include <math.h>

#include "output/segregation.h"

struct fixture {
    struct flyt_arena arena;
    struct flyt_segregation_table table;
    struct flyt_segregation_scratch scratch;
    struct flyt_segregation_measures measures;
};

/** Counts [n_units][n_groups] to a table and its measures. */
static inline void fixture_measure(struct fixture *f, const uint32_t *count, uint32_t n_units,
                                   uint32_t n_groups,
                                   const struct flyt_segregation_options *options)
{
    const struct flyt_segregation_counts counts = {n_units, n_groups, count};
    flyt_arena_init(&f->arena, 0);
    cr_assert_eq(flyt_segregation_table_init(&f->table, &counts, &f->arena), FLYT_OK);
    cr_assert_eq(flyt_segregation_scratch_init(&f->scratch, f->table.n_units, n_groups, &f->arena),
                 FLYT_OK);
    cr_assert_eq(flyt_segregation_measures_init(&f->measures, n_groups, &f->arena), FLYT_OK);
    flyt_segregation_measure(&f->table, options, &f->scratch, &f->measures);
}

static inline double measured(const struct fixture *f, uint32_t group,
                              enum flyt_segregation_index index)
{
    return f->measures.value[(size_t)group * FLYT_SEGREGATION_N + index];
}

#define MEASURED(f, group, name) measured((f), (group), FLYT_SEGREGATION_##name)
#define CLOSE(value, known, within)                                                                \
    cr_assert(fabs((value) - (known)) <= (within), "%.10f is not within %g of %.10f",              \
              (double)(value), (double)(within), (double)(known))

#endif
