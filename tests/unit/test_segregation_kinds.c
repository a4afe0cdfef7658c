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

static struct flyt_segregation_prior *open_models(struct flyt_arena *arena)
{
    flyt_arena_init(arena, 0);
    struct flyt_segregation_prior *prior =
        FLYT_ARENA_ARRAY(arena, struct flyt_segregation_prior, FLYT_SEGREGATION_MODELS);
    cr_assert_not_null(prior);
    return prior;
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
    struct flyt_arena arena;
    struct flyt_segregation_prior *prior = open_models(&arena);
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

/** 29 units with a chance of .1 and one of .5: its persons tell its chance as well as those of any
 *  other unit do, and chances may lie past the shares seen. */
Test(segregation_kinds, a_kind_of_one_unit_is_known_by_its_persons)
{
    const double size = 400.0;
    struct flyt_segregation_rows rows;
    struct flyt_arena arena;
    struct flyt_segregation_prior *prior = open_models(&arena);
    cr_assert_eq(flyt_segregation_rows_init(&rows, 2, &arena), FLYT_OK);
    for (int i = 0; i < 2; i++) {
        rows.size[i] = size;
        rows.persons[i] = i == 0 ? 40.0 : 200.0;
        rows.units[i] = i == 0 ? 29.0 : 1.0;
    }
    (void)flyt_segregation_prior_fit(&rows, prior);
    struct flyt_segregation_prior *two = &prior[3];
    cr_assert_eq(two->n, 2);
    CLOSE(two->chance[1], 0.5, 1e-3);
    double logit[4] = {0.0, 0.0, 0.0, 1.0};
    flyt_segregation_prior_solve(two, logit);
    CLOSE(logit[3], 1.0 / (size * 0.25), 2e-4);
    for (int scale = 0; scale < 2; scale++) {
        cr_assert_gt(prior[scale].chance[FLYT_SEGREGATION_GRID - 1], 0.53);
        cr_assert_lt(prior[scale].chance[0], 0.09);
    }
    flyt_arena_free(&arena);
}

Test(segregation_kinds, a_priori_half_of_the_models_are_smooth)
{
    double smooth = 0.0, kinds = 0.0;
    for (int m = 0; m < FLYT_SEGREGATION_MODELS; m++) {
        const struct flyt_segregation_prior prior = {.is_kinds = m >= 2, .n = m - 1};
        if (m < 2) {
            smooth += flyt_segregation_prior_odds(&prior);
        } else if (prior.n > 1) {
            kinds += flyt_segregation_prior_odds(&prior);
        }
    }
    CLOSE(smooth, 0.5, 1e-12);
    CLOSE(kinds, 0.5, 1e-12);
    cr_assert_lt(flyt_segregation_prior_power(10000.0), flyt_segregation_prior_power(30.0));
}
