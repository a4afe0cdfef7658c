/* A synthetic world for the tests of livelihood and ledger: four tenures in two municipalities. */
#ifndef FLYT_LIVELIHOOD_FIXTURE_H
#define FLYT_LIVELIHOOD_FIXTURE_H

#include <criterion/criterion.h>

#include "models/ledger.h"
#include "models/livelihood.h"

enum { START = 124 * 12 }; /* January 2024 */

static struct flyt_arena arena, step_arena;
static struct flyt_diag diag;

static inline void setup(void)
{
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&step_arena, 0);
    diag = (struct flyt_diag){.n_faults = 0};
}

static inline void teardown(void)
{
    flyt_arena_free(&arena);
    flyt_arena_free(&step_arena);
}

/** All parameters at their defaults. */
static inline struct flyt_livelihood_params default_params(void)
{
    struct flyt_livelihood_params params;
    flyt_livelihood_defaults(&params);
    return params;
}

static inline uint32_t draw(uint32_t i, uint32_t what, uint32_t n)
{
    return flyt_rng_below((struct flyt_rng_key){5, 0}, i + 1, 0, FLYT_STREAM_test, what, n);
}

/** Household i of the synthetic population; nothing of it depends on where its row lies. */
static inline void fill_household(struct flyt_world *world, uint32_t household, uint32_t i)
{
    struct flyt_household *row = &world->households.row[household];
    uint32_t n_adults = 1 + draw(i, 0, 2);
    flyt_people_set_background(row, (struct flyt_background){.origin = (uint8_t)draw(i, 1, 3),
                                                             .language = (uint8_t)draw(i, 2, 3)});
    for (uint32_t a = 0; a < n_adults; a++) {
        uint32_t age = 18 * 12 + draw(i, 10 + a, 62 * 12);
        struct flyt_adult adult = {.born = (int16_t)(START - (int32_t)age),
                                   .sex = (uint8_t)draw(i, 20 + a, 2),
                                   .education = (uint8_t)draw(i, 30 + a, 3),
                                   .approved = true,
                                   .work = (uint8_t)draw(i, 40 + a, 5),
                                   .work_since = START};
        if (age >= 67 * 12) {
            adult.work = FLYT_WORK_pension;
        } else if (adult.work == FLYT_WORK_student && age > 30 * 12) {
            adult.work = FLYT_WORK_employed;
        }
        flyt_people_set_adult(row, a, adult);
    }
    for (uint32_t c = 0; c < draw(i, 3, 4); c++) {
        row->child_born[c] = (int16_t)(START - (int32_t)draw(i, 50 + c, 20 * 12));
    }
    row->savings_ore = draw(i, 4, 20000000);
}

/** A world of n households, each with a home of its own, at the start of 2024. */
static inline struct flyt_world make_world(uint32_t n, struct flyt_par par,
                                           const struct flyt_livelihood_params *params)
{
    static const char *const names[] = {"A", "B"};
    struct flyt_world world = {.key = {7, 3},
                               .par = par,
                               .calendar = START,
                               .municipalities = {2, names},
                               .run_arena = &arena,
                               .step_arena = &step_arena,
                               .diag = &diag};
    uint32_t n_sections = 2 * FLYT_N_TENURES;
    cr_assert_eq(flyt_world_init(&world, n + n / 8, n, n_sections), FLYT_OK);
    for (uint32_t s = 0; s < n_sections; s++) {
        world.sections.municipality[s] = s / FLYT_N_TENURES;
        world.sections.tenure[s] = (uint8_t)(s % FLYT_N_TENURES);
    }
    cr_assert_eq(flyt_livelihood_create(&world), FLYT_OK);
    world.livelihood->municipal[1] = 2630;
    flyt_livelihood_year(&world, params);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t household =
            flyt_world_add(&world, FLYT_NONE, flyt_rng_uid(1, 0, FLYT_STREAM_test, i, 0));
        cr_assert_neq(household, FLYT_NONE);
        world.households.row[household].home = i;
        world.households.row[household].section = world.dwellings.section[i] = i % n_sections;
        world.dwellings.occupant[i] = household;
        fill_household(&world, household, i);
        flyt_livelihood_start(&world, i % par.n_blocks, household);
    }
    return world;
}

/** One month of livelihood and ledger alone; the month is not over yet. */
static inline enum flyt_status step(struct flyt_world *world,
                                    const struct flyt_livelihood_params *params)
{
    flyt_arena_empty(&step_arena);
    if (world->month % 12 == 0 && world->month > 0) {
        flyt_livelihood_year(world, params);
    }
    for (uint32_t block = 0; world->month % 2 == 0 && block < world->par.n_blocks; block++) {
        flyt_world_draw_luck(world, block);
    }
    FLYT_TRY(flyt_livelihood_step(world));
    return flyt_ledger_close(world);
}

static inline void next_month(struct flyt_world *world)
{
    world->month++;
    world->calendar++;
}

#endif
