/**
 * @file schelling_fixture.h
 * @brief Grids to test the grid model on.
 */
#ifndef FLYT_SCHELLING_FIXTURE_H
#define FLYT_SCHELLING_FIXTURE_H

#include <criterion/criterion.h>
#include <string.h>

#include "models/schelling_parts.h"

static struct flyt_arena run_arena, step_arena;

static inline void free_arenas(void)
{
    flyt_arena_free(&run_arena);
    flyt_arena_free(&step_arena);
}

/** The classic grid of VERIFICATION: 51 x 51 torus, 95 % full, two equal groups. */
static inline struct flyt_schelling_params classic(void)
{
    return (struct flyt_schelling_params){.rows = 51,
                                          .columns = 51,
                                          .torus = true,
                                          .radius = 1,
                                          .groups = 2,
                                          .share_1 = 1,
                                          .share_2 = 1,
                                          .share_3 = 1,
                                          .share_4 = 1,
                                          .share_5 = 1,
                                          .density = 0.95,
                                          .threshold = FLYT_SCHELLING_SHARE,
                                          .want = 0.3,
                                          .reach = 20000,
                                          .map_cells = 200};
}

static inline struct flyt_schelling *make_on(const struct flyt_schelling_params *params,
                                             uint32_t replicate, struct flyt_par par)
{
    struct flyt_schelling *world = NULL;
    struct flyt_model_args args = {
        .key = {1, replicate}, .par = par, .run_arena = &run_arena, .step_arena = &step_arena};
    cr_assert_eq(flyt_schelling_create(params, &args, &world), FLYT_OK);
    return world;
}

static inline struct flyt_schelling *make(const struct flyt_schelling_params *params,
                                          uint32_t replicate)
{
    return make_on(params, replicate, (struct flyt_par){.n_threads = 1, .n_blocks = 16});
}

static inline void step(struct flyt_schelling *world, uint32_t number)
{
    flyt_arena_empty(&step_arena);
    cr_assert_eq(flyt_schelling_step(world, number), FLYT_OK);
}

/** Steps until nobody moves, at most `most` times; how many steps that took. */
static inline uint32_t settle(struct flyt_schelling *world, uint32_t most)
{
    uint32_t number = 0;
    do {
        step(world, number++);
    } while (world->moves > 0 && number < most);
    return number;
}

static inline double percent_same(const struct flyt_schelling *world)
{
    struct flyt_schelling_sums sums = flyt_schelling_measure(world, NULL);
    return 100.0 * (double)sums.same / (double)sums.occupied;
}

#endif
