/* Scenarios made smaller, and variants of scenarios. */
#include <criterion/criterion.h>
#include <math.h>

#include "models/housing_parts.h"
#include "models/kinds.h"
#include "models/params.h"
#include "models/sample.h"
#include "sim/tuning.h"
#include "sim/variant.h"

static struct flyt_diag diag;

static void load(struct flyt_scenario *scenario, const char *path, struct flyt_arena *arena)
{
    struct flyt_scenario_options options = {0};
    flyt_arena_init(arena, 0);
    cr_assert_eq(flyt_scenario_load(path, &options, arena, scenario, &diag), FLYT_OK, "%s",
                 diag.fault[0].text);
}

/** Homes or households by kind. */
static void count(const struct flyt_scenario *scenario, const char *column,
                  uint64_t n[FLYT_N_KINDS])
{
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_sections];
    for (uint32_t kind = 0; kind < FLYT_N_KINDS; kind++) {
        n[kind] = 0;
    }
    for (uint32_t row = 0; row < table->n_rows; row++) {
        n[(uint32_t)flyt_table_values(table, "tenure")[row]] +=
            (uint64_t)flyt_table_values(table, column)[row];
    }
}

Test(sample, homes_and_vacancies_of_each_kind_are_one_in_k)
{
    enum { K = 8 };
    struct flyt_arena arena;
    struct flyt_scenario scenario;
    uint64_t homes[FLYT_N_KINDS], households[FLYT_N_KINDS], now[FLYT_N_KINDS], kept[FLYT_N_KINDS];
    load(&scenario, FLYT_SOURCE_DIR "/scenarios/fyn", &arena);
    count(&scenario, "homes", homes);
    count(&scenario, "households", households);
    uint32_t n_sections = scenario.table[FLYT_TABLE_sections].n_rows;
    cr_assert_eq(scenario.model->sample(&scenario, K, &arena, &diag), FLYT_OK);
    count(&scenario, "homes", now);
    count(&scenario, "households", kept);
    cr_assert_eq(scenario.table[FLYT_TABLE_sections].n_rows, n_sections, "no section is lost");
    for (uint32_t kind = 0; kind < FLYT_N_KINDS; kind++) {
        double vacant = (double)(homes[kind] - households[kind]) / K;
        cr_assert_float_eq((double)now[kind], (double)homes[kind] / K, 0.51, "kind %u", kind);
        cr_assert_float_eq((double)(now[kind] - kept[kind]), vacant, 1.01, "kind %u", kind);
    }
    cr_assert_eq(scenario.model->check(&scenario, &diag), FLYT_OK, "%s", diag.fault[0].text);
    flyt_arena_free(&arena);
}

/** The act asks for 1000 residents: an area of 1500 stays on a list in a sample of one in 16, too.
 */
Test(sample, an_area_on_a_list_needs_one_in_k_of_the_residents)
{
    struct flyt_arena arena;
    struct flyt_scenario scenario;
    struct flyt_params params;
    load(&scenario, FLYT_SOURCE_DIR "/scenarios/tiny", &arena);
    flyt_scenario_params(&scenario, scenario.start_year, &params);
    cr_assert_eq(params.listing.residents, 1000);
    cr_assert_eq(flyt_sample_scenario(&scenario, 16, &arena, &diag), FLYT_OK);
    flyt_scenario_params(&scenario, scenario.start_year + 3, &params);
    cr_assert_eq(params.listing.residents, 63); /* 62.5 */
    flyt_arena_free(&arena);
}

Test(sample, a_sample_of_nobody_is_refused)
{
    struct flyt_arena arena;
    struct flyt_scenario scenario;
    load(&scenario, FLYT_SOURCE_DIR "/scenarios/tiny", &arena);
    cr_assert_eq(scenario.model->sample(&scenario, 100000, &arena, &diag), FLYT_ERR_SCENARIO);
    flyt_arena_free(&arena);
}

/* ---- variants ---- */

Test(variant, a_value_is_set_in_the_copy_alone)
{
    struct flyt_arena arena;
    struct flyt_scenario scenario, variant;
    load(&scenario, FLYT_SOURCE_DIR "/scenarios/fyn", &arena);
    uint32_t field = flyt_variant_find(scenario.model, "fertility.total_fertility");
    cr_assert_neq(field, FLYT_NONE);
    cr_assert_str_eq(flyt_variant_name(scenario.model, field, &arena), "fertility.total_fertility");
    cr_assert_eq(flyt_variant_find(scenario.model, "fertility.total"), FLYT_NONE);
    cr_assert_eq(flyt_variant_make(&scenario, &arena, &variant), FLYT_OK);
    double before = flyt_scenario_value(&scenario, field, 2030);
    flyt_variant_set(&variant, field, 2.5);
    cr_assert_eq(flyt_scenario_value(&variant, field, 2024), 2.5);
    cr_assert_eq(flyt_scenario_value(&variant, field, 2050), 2.5);
    cr_assert_eq(flyt_scenario_value(&scenario, field, 2030), before);
    flyt_arena_free(&arena);
}

Test(variant, a_frozen_world_keeps_the_start_year)
{
    struct flyt_arena arena;
    struct flyt_scenario scenario, variant;
    uint32_t n_moved = 0;
    load(&scenario, FLYT_SOURCE_DIR "/scenarios/fyn", &arena);
    cr_assert_eq(flyt_variant_make(&scenario, &arena, &variant), FLYT_OK);
    flyt_variant_freeze(&variant);
    for (uint32_t i = 0; i < scenario.n_fields; i++) {
        double start = flyt_scenario_value(&scenario, i, scenario.start_year);
        cr_assert_eq(flyt_scenario_value(&variant, i, scenario.start_year), start);
        cr_assert_eq(flyt_scenario_value(&variant, i, scenario.start_year + 20), start);
        n_moved += flyt_scenario_value(&scenario, i, scenario.start_year + 2) != start ? 1 : 0;
    }
    cr_assert_gt(n_moved, 0, "something changes in the scenario itself");
    flyt_arena_free(&arena);
}

Test(tuning, points_are_even_on_their_scale)
{
    struct flyt_tuned log_scale = {.low = 0.1, .high = 10.0, .log = true};
    struct flyt_tuned linear = {.low = -1.0, .high = 3.0};
    cr_assert_float_eq(flyt_tuning_at(&log_scale, 0.5), 1.0, 1e-12);
    cr_assert_float_eq(flyt_tuning_at(&log_scale, 1.0), 10.0, 1e-12);
    cr_assert_float_eq(flyt_tuning_at(&linear, 0.25), 0.0, 1e-12);
}

Test(targets, those_of_funen_are_sound_and_enough_of_them_are_tests)
{
    struct flyt_arena arena;
    struct flyt_scenario scenario;
    struct flyt_targets targets;
    load(&scenario, FLYT_SOURCE_DIR "/scenarios/fyn", &arena);
    cr_assert_eq(
        flyt_targets_take(flyt_scenario_table(&scenario, "targets"), &arena, &targets, &diag),
        FLYT_OK, "%s", diag.fault[0].text);
    uint32_t n_tests = 0;
    for (uint32_t i = 0; i < targets.n; i++) {
        n_tests += targets.target[i].use == FLYT_TARGET_test &&
                           targets.target[i].standing == FLYT_TARGET_hard
                       ? 1
                       : 0;
    }
    cr_assert_geq(n_tests, 6);
    flyt_arena_free(&arena);
}
