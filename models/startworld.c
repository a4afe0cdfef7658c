/**
 * @file startworld.c
 * @brief A world at its start.
 */
#include "models/startworld.h"

#include "models/housing_parts.h"
#include "models/livelihood.h"

#define X(...) FLYT_FIELD(flyt_work_params, __VA_ARGS__)
static const struct flyt_field work_fields[] = {WORK_PARAMS(X)};
#undef X
#define X(...) FLYT_FIELD(flyt_income_params, __VA_ARGS__)
static const struct flyt_field income_fields[] = {INCOME_PARAMS(X)};
#undef X
#define X(...) FLYT_FIELD(flyt_tax_params, __VA_ARGS__)
static const struct flyt_field tax_fields[] = {TAX_PARAMS(X)};
#undef X
#define X(...) FLYT_FIELD(flyt_social_params, __VA_ARGS__)
static const struct flyt_field social_fields[] = {SOCIAL_PARAMS(X)};
#undef X

static void store_defaults(const struct flyt_field *field, size_t n, void *params)
{
    for (size_t i = 0; i < n; i++) {
        flyt_field_store(&field[i], field[i].fallback, params);
    }
}

/** The livelihood's parameters at their defaults. */
static struct flyt_livelihood_params livelihood_defaults(void)
{
    struct flyt_livelihood_params params = {0};
    store_defaults(work_fields, FLYT_COUNT(work_fields), &params.work);
    store_defaults(income_fields, FLYT_COUNT(income_fields), &params.income);
    store_defaults(tax_fields, FLYT_COUNT(tax_fields), &params.tax);
    store_defaults(social_fields, FLYT_COUNT(social_fields), &params.social);
    return params;
}

enum flyt_status flyt_startworld_make(const struct flyt_model_args *args,
                                      struct flyt_startworld *out)
{
    const struct flyt_scenario *scenario = args->scenario;
    const struct flyt_table *towns = &scenario->table[FLYT_TABLE_municipalities];
    struct flyt_world *world = &out->world;
    uint64_t n_homes, n_households;
    flyt_population_count(scenario, &n_homes, &n_households);
    flyt_scenario_params(scenario, scenario->start_year, &out->params);
    *world = (struct flyt_world){
        .key = args->key,
        .par = args->par,
        .calendar = (int16_t)((scenario->start_year - 1900) * 12),
        .municipalities = {towns->n_rows, flyt_table_texts(towns, "name")},
        .params = &out->params,
        .run_arena = args->run_arena,
        .step_arena = args->step_arena,
        .diag = args->diag,
    };
    FLYT_TRY(flyt_world_init(world, flyt_world_capacity((uint32_t)n_homes), (uint32_t)n_homes,
                             scenario->table[FLYT_TABLE_sections].n_rows));
    FLYT_TRY(flyt_livelihood_create(world));
    struct flyt_livelihood_params livelihood = livelihood_defaults();
    flyt_livelihood_year(world, &livelihood);
    return flyt_population_fill(world, scenario, &out->params.start, &out->cells);
}
