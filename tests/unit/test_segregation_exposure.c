#include "output/segregation_exposure.h"
#include "output/segregation_random.h"
#include "segregation_fixture.h"

enum { UNITS = 5, GROUPS = 3, DRAWS = 20000, PAIRS = GROUPS * GROUPS };

/** Units of 1 to 60 persons; of the one person nothing is told. */
static const uint32_t size[UNITS] = {1, 4, 9, 30, 60};

static const double share[GROUPS * UNITS] = {0.3, 0.1, 0.7, 0.2, 0.4, 0.3, 0.6, 0.1,
                                             0.2, 0.5, 0.4, 0.3, 0.2, 0.6, 0.1};

Test(segregation_exposure, standard_deviations_are_those_of_drawn_tables)
{
    const struct flyt_segregation_options plain = {.atkinson_b = 0.5};
    uint32_t count[UNITS * GROUPS] = {0};
    double sum[PAIRS] = {0.0}, square[PAIRS] = {0.0}, sd[PAIRS];
    struct flyt_segregation_table drawn;
    struct fixture f;
    for (uint32_t i = 0; i < UNITS; i++) {
        count[GROUPS * i] = size[i];
    }
    fixture_measure(&f, count, UNITS, GROUPS, &plain);
    cr_assert_eq(flyt_segregation_table_room(&drawn, UNITS, GROUPS, &f.arena), FLYT_OK);
    for (uint32_t draw = 0; draw < DRAWS; draw++) {
        flyt_segregation_throw(&f.table, share, (struct flyt_rng_key){5, 0}, draw, &drawn);
        flyt_segregation_measure(&drawn, &plain, &f.scratch, &f.measures);
        for (uint32_t k = 0; k < PAIRS; k++) {
            sum[k] += f.measures.unbiased[k] / DRAWS;
            square[k] += f.measures.unbiased[k] * f.measures.unbiased[k] / DRAWS;
        }
    }
    flyt_segregation_exposure_sd(&f.table, share, 1, sd);
    for (uint32_t k = 0; k < PAIRS; k++) {
        /* the delta method of a hundred persons, and .5 % of the draws */
        CLOSE(sd[k], sqrt(square[k] - sum[k] * sum[k]), 0.04 * sd[k]);
    }
    flyt_arena_free(&f.arena);
}
