#include "output/segregation_prior.h"
#include "segregation_fixture.h"
#include "sim/num.h"

enum { KINDS = 5, SHARES = 41, SIZE = 40 };

static const double kind[KINDS] = {0.1, 0.3, 0.5, 0.7, 0.9};

static double mass(double x, double n, double p)
{
    return flyt_num_exp(lgamma(n + 1.0) - lgamma(x + 1.0) - lgamma(n - x + 1.0) +
                        x * flyt_num_log(p) + (n - x) * flyt_num_log(1.0 - p));
}

/** As many units with x persons of 40 as expected of `units` units of five kinds. */
static void fill(struct flyt_segregation_rows *rows, double units, struct flyt_arena *arena)
{
    cr_assert_eq(flyt_segregation_rows_init(rows, SHARES, arena), FLYT_OK);
    for (int x = 0; x < SHARES; x++) {
        rows->persons[x] = x;
        rows->size[x] = SIZE;
        for (int k = 0; k < KINDS; k++) {
            rows->units[x] += units / KINDS * mass(x, SIZE, kind[k]);
        }
    }
}

Test(segregation_kinds, five_kinds_of_units_are_found_where_units_tell_them_apart)
{
    struct flyt_segregation_rows rows;
    struct flyt_segregation_prior *prior;
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    prior = FLYT_ARENA_ARRAY(&arena, struct flyt_segregation_prior, FLYT_SEGREGATION_MODELS);
    cr_assert_not_null(prior);
    fill(&rows, 5000.0, &arena);
    const double none = flyt_segregation_prior_fit(&rows, prior);
    const struct flyt_segregation_prior *five = &prior[6];
    cr_assert_eq(five->n, KINDS);
    for (int k = 0; k < KINDS; k++) {
        CLOSE(five->chance[k], kind[k], 0.01);
        CLOSE(five->share[k], 0.2, 0.02);
    }
    for (int m = 0; m < FLYT_SEGREGATION_MODELS; m++) {
        cr_assert(m == 6 || prior[m].evidence < five->evidence - 3.0, "model %d: %g, %g", m,
                  prior[m].evidence, five->evidence);
    }
    cr_assert_lt(none, five->evidence - FLYT_SEGREGATION_FAR);
    flyt_arena_free(&arena);
}
