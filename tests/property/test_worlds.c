/* Random worlds with random parameters: nobody is lost, no home is given twice, every øre is in the
   books, each month for ten years. */
#include <criterion/criterion.h>

#include "models/ledger.h"
#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "tests/housing_fixture.h"

enum { WORLDS = 300, YEARS = 10 };

/** A number in [low, high) that belongs to a world and a place in it. */
static double draw(uint32_t world, uint32_t place, double low, double high)
{
    struct flyt_rng_key key = {4711, world};
    return low + (high - low) * flyt_rng_unit(key, place, 0, FLYT_STREAM_test, 0);
}

/** Gives one parameter in four a value somewhere between its default and an end of its range; those
 *  that make people or rounds without end stay. */
static void shake(struct flyt_scenario *scenario, uint32_t world, struct flyt_arena *arena)
{
    for (uint32_t f = 0; f < scenario->n_fields; f++) {
        const struct flyt_field_group *group;
        const struct flyt_field *field = flyt_scenario_field(scenario->model, f, &group);
        bool of_people =
            strcmp(group->name, "moves") == 0 || strcmp(group->name, "search") == 0 ||
            strcmp(group->name, "letting") == 0 || strcmp(group->name, "couples") == 0 ||
            strcmp(group->name, "leaving") == 0 || strcmp(group->name, "lifecourse") == 0;
        if (!of_people || draw(world, 100 + f, 0, 1) > 0.25) {
            continue;
        }
        double to = draw(world, 1000 + f, 0, 1) < 0.5 ? field->low : field->high;
        double value = field->fallback + draw(world, 2000 + f, 0, 0.3) * (to - field->fallback);
        bool whole = field->type != FLYT_FIELD_real;
        struct flyt_schedule *schedule = &scenario->parameter[f];
        schedule->year = FLYT_ARENA_ARRAY(arena, int32_t, 1);
        schedule->value = FLYT_ARENA_ARRAY(arena, double, 1);
        schedule->year[0] = INT32_MIN;
        schedule->value[0] = whole ? (double)(int64_t)value : value;
        schedule->n = 1;
    }
}

static void live(uint32_t number, int64_t *moves)
{
    static struct flyt_diag diag;
    struct flyt_arena arena, run_arena, step_arena;
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&run_arena, 0);
    flyt_arena_init(&step_arena, 0);
    uint32_t n_municipalities = 1 + (uint32_t)draw(number, 1, 0, 5);
    uint32_t n_households = 40 + (uint32_t)draw(number, 2, 0, 400);
    struct flyt_scenario scenario = fixture_scenario(n_households, n_municipalities, YEARS, &arena);
    shake(&scenario, number, &arena);
    struct flyt_model_args args = {.scenario = &scenario,
                                   .key = {number, 0},
                                   .par = {1, 4, 0},
                                   .run_arena = &run_arena,
                                   .step_arena = &step_arena,
                                   .diag = &diag};
    void *state = NULL;
    cr_assert_eq(scenario.model->create(&args, &state), FLYT_OK, "world %u: %s", number,
                 diag.fault[0].text);
    struct flyt_world *world = state;
    for (uint32_t month = 0; month < YEARS * 12; month++) {
        flyt_arena_empty(&step_arena);
        cr_assert(scenario.model->month(state, month) == FLYT_OK &&
                      flyt_world_check_fully(world) == FLYT_OK &&
                      flyt_lifecourse_check(world) == FLYT_OK &&
                      flyt_ledger_check(world) == FLYT_OK,
                  "world %u, month %u: %s", number, month, diag.fault[0].text);
        for (uint32_t m = 0; m < world->housing->n_markets; m++) {
            *moves += world->housing->counts.moves_in[m];
        }
    }
    flyt_arena_free(&step_arena);
    flyt_arena_free(&run_arena);
    flyt_arena_free(&arena);
}

Test(worlds, three_hundred_random_worlds_keep_every_account_for_ten_years)
{
    int64_t moves = 0;
    for (uint32_t number = 0; number < WORLDS; number++) {
        live(number, &moves);
    }
    cr_assert_gt(moves, 100000, "%lld moves: too quiet to prove anything", (long long)moves);
}
