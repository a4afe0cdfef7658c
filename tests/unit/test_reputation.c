/* Reputation: the path after listing in closed form, a target that answers as it should, and worlds
   that begin at rest. */
#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include "models/areas.h"
#include "models/params.h"
#include "tests/housing_fixture.h"

static struct flyt_arena arena, step_arena;
static struct flyt_diag diag;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&step_arena, 0);
    diag = (struct flyt_diag){.n_faults = 0};
}

static void teardown(void)
{
    flyt_arena_free(&step_arena);
    flyt_arena_free(&arena);
}

TestSuite(reputation, .init = setup, .fini = teardown);

static struct flyt_reputation_params defaults(void)
{
    struct flyt_reputation_params params;
#define X(type, name, unit, fallback, ...) params.name = (flyt_##type)(fallback);
    REPUTATION_PARAMS(X)
#undef X
    return params;
}

Test(reputation, a_listed_area_follows_the_closed_form)
{
    struct flyt_reputation_params params = defaults();
    double target = 0.55, now = target;
    double sigma = params.listed_at_once, delta = params.listed_lasting;
    for (int month = 0; month <= 240; month++) {
        now = flyt_reputation_next(&params, now, target, month > 0, month == 0);
        double expected = target - delta + (delta - sigma) * pow(0.5, month / 72.0);
        cr_assert_float_eq(now, expected, 1e-12, "month %d", month);
    }
    for (int month = 0; month < 72; month++) { /* off the list: half of the loss is left */
        now = flyt_reputation_next(&params, now, target, false, false);
    }
    cr_assert_float_eq(now, target - (delta - (delta - sigma) * pow(0.5, 240 / 72.0)) / 2, 1e-12);
}

Test(reputation, prices_would_fall_by_what_is_measured)
{
    /* a fall x of the price makes up for beta_r times the loss: see reputation.h */
    const double beta_c = 2.8, beta_r = 1.4, cost_over_rest = 1.0 / 3.0;
    struct flyt_reputation_params params = defaults();
    double now = 0.5, at_once = 0.0;
    for (int month = 0; month <= 72; month++) {
        now = flyt_reputation_next(&params, now, 0.5, month > 0, month == 0);
        at_once = month == 0 ? 0.5 - now : at_once;
    }
    double price_of = beta_r / (beta_c * cost_over_rest);
    cr_assert_float_eq(at_once * price_of, 0.037, 1e-4);
    cr_assert_float_eq((0.5 - now) * price_of, 0.065, 1e-4);
}

Test(reputation, it_stays_between_nought_and_one)
{
    struct flyt_reputation_params params = defaults();
    params.listed_at_once = 0.5;
    cr_assert_eq(flyt_reputation_next(&params, 0.2, 0.2, false, true), 0.0);
    cr_assert_leq(flyt_reputation_next(&params, 1.0, 1.0, false, false), 1.0);
}

Test(reputation, the_target_answers_to_each_input_and_not_to_origin)
{
    struct flyt_reputation_params params = defaults();
    params.role_models = 1.0;
    struct flyt_reputation_inputs usual = {.outside_work = params.outside_work_usual,
                                           .cases = params.cases_usual,
                                           .convicted = params.convicted_usual};
    double level = flyt_reputation_target(&params, &usual);
    cr_assert_float_eq(level, params.level, 1e-12);
    struct flyt_reputation_inputs worse[] = {usual, usual, usual, usual};
    worse[0].outside_work += 0.1;
    worse[1].cases += 0.1;
    worse[2].convicted += 0.01;
    worse[3].turnover += 0.1;
    for (size_t i = 0; i < FLYT_COUNT(worse); i++) {
        cr_assert_lt(flyt_reputation_target(&params, &worse[i]), level - 0.01, "input %zu", i);
    }
    struct flyt_reputation_inputs better[] = {usual, usual, usual};
    better[0].condition = 0.5;
    better[1].role_models = 0.5;
    better[2].media = 0.5;
    for (size_t i = 0; i < FLYT_COUNT(better); i++) {
        cr_assert_gt(flyt_reputation_target(&params, &better[i]), level + 0.01, "input %zu", i);
    }
    usual.nonwestern = 0.8;
    cr_assert_eq(flyt_reputation_target(&params, &usual), level);
    params.nonwestern = 1.0;
    cr_assert_lt(flyt_reputation_target(&params, &usual), level);
    usual.nonwestern = 0.0;
    usual.outside_work = params.outside_work_usual + 0.2; /* logit falls by 5 x .2 */
    cr_assert_float_eq(flyt_reputation_target(&params, &usual),
                       1 / (1 + exp(1 - log(params.level / (1 - params.level)))), 1e-12);
}

static struct flyt_world *make(struct flyt_scenario *scenario)
{
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {3, 0},
                                   .par = {1, 16, 0},
                                   .run_arena = &arena,
                                   .step_arena = &step_arena,
                                   .diag = &diag};
    void *state = NULL;
    cr_assert_eq(scenario->model->create(&args, &state), FLYT_OK, "%s", diag.fault[0].text);
    return state;
}

Test(reputation, a_world_begins_at_rest_and_outsiders_know_it_a_year_later)
{
    struct flyt_scenario scenario = fixture_scenario(400, 2, 5, &arena);
    struct flyt_world *world = make(&scenario);
    double start = flyt_reputation_now(world->reputation, 0);
    for (world->month = 0; world->month < 12; world->month++) { /* nothing changes */
        cr_assert_eq(flyt_reputation_known(world->reputation, world->month, 0), start);
        flyt_reputation_step(world);
        cr_assert_float_eq(flyt_reputation_now(world->reputation, 0), start, 1e-12);
    }
    world->areas.listed[0] = FLYT_LIST_deprived;
    world->areas.listed[1] = FLYT_LIST_prevention;
    double other = flyt_reputation_now(world->reputation, 1);
    for (; world->month < 24; world->month++) {
        flyt_reputation_step(world);
    }
    cr_assert_float_eq(flyt_reputation_now(world->reputation, 1), other, 1e-12);
    double fall = start - flyt_reputation_now(world->reputation, 0);
    cr_assert_float_eq(fall, 0.0620 - (0.0620 - 0.0247) * pow(0.5, 11 / 72.0), 1e-9);
    /* December of the year before is what outsiders know in month 24: after the first fall */
    cr_assert_float_eq(flyt_reputation_known(world->reputation, 24, 0), start - 0.0247, 1e-9);
    cr_assert_eq(flyt_reputation_known(world->reputation, 24 + 11, 0),
                 flyt_reputation_now(world->reputation, 0));
}

Test(reputation, an_area_listed_at_the_start_is_at_rest_too)
{
    struct flyt_scenario scenario = fixture_scenario(400, 2, 5, &arena);
    const struct flyt_table *areas = &scenario.table[FLYT_TABLE_areas];
    double *listed = areas->value[flyt_table_column(areas, "listed")];
    double before = flyt_reputation_now(make(&scenario)->reputation, 1);
    listed[1] = FLYT_LIST_transformation;
    struct flyt_world *world = make(&scenario);
    double start = flyt_reputation_now(world->reputation, 1);
    cr_assert_float_eq(start, before - 0.0620, 0.02); /* its people have other savings only */
    flyt_reputation_step(world);
    cr_assert_float_eq(flyt_reputation_now(world->reputation, 1), start, 1e-12);
}
