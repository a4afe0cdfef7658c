#include "segregation_fixture.h"

#include "sim/num.h"
#include "sim/rng.h"

enum { MANY = 20000 };

static double value_of(uint32_t kind, uint32_t i)
{
    const double u = flyt_rng_unit((struct flyt_rng_key){kind, 3}, i, 0, FLYT_STREAM_test, 0);
    switch (kind) {
    case 0:
        return u;
    case 1: /* shares of small units: many ties, many zeros */
        return floor(u * 8.0) / (1.0 + floor(u * 977.0));
    case 2: /* alike but for their last bits: the highest digits tell nothing */
        return 0.5 + ldexp(floor(u * 1024.0), -52) + (i == 0 ? 1e9 : 0.0);
    case 3: /* from 0 to huge */
        return i % 7 == 0 ? 0.0 : flyt_num_exp(200.0 * u - 100.0);
    case 4:
        return 1.0;
    default: /* descending */
        return (double)(MANY - i);
    }
}

static void expect_sorted(uint32_t kind, uint32_t n)
{
    struct flyt_arena arena;
    struct flyt_segregation_scratch scratch;
    flyt_arena_init(&arena, 0);
    cr_assert_eq(flyt_segregation_scratch_init(&scratch, n, 1, &arena), FLYT_OK);
    double *value = FLYT_ARENA_ARRAY(&arena, double, n);
    bool *seen = FLYT_ARENA_ZERO(&arena, bool, n);
    for (uint32_t i = 0; i < n; i++) {
        value[i] = value_of(kind, i);
    }
    flyt_segregation_sort(value, n, &scratch);
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t i = scratch.order[0][k], before = k > 0 ? scratch.order[0][k - 1] : i;
        cr_assert(!seen[i], "kind %u, %u units: %u stands there twice", kind, n, i);
        seen[i] = true;
        cr_assert(value[before] < value[i] || (!(value[before] > value[i]) && before <= i),
                  "kind %u, %u units: place %u", kind, n, k);
    }
    flyt_arena_free(&arena);
}

Test(segregation_sort, units_come_in_ascending_order_ties_by_index)
{
    static const uint32_t sizes[] = {1, 2, 299, 300, 301, 4095, 4096, MANY};
    for (uint32_t kind = 0; kind < 6; kind++) {
        for (size_t k = 0; k < FLYT_COUNT(sizes); k++) {
            expect_sorted(kind, sizes[k]);
        }
    }
}
