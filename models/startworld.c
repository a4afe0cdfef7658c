/**
 * @file startworld.c
 * @brief A world at its start.
 */
#include "models/startworld.h"

#include "models/housing_parts.h"
#include "models/livelihood.h"
#include "models/resources.h"

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
    flyt_livelihood_set_rates(world, flyt_table_values(towns, "tax_rate"));
    flyt_livelihood_year(world, &out->params.livelihood);
    FLYT_TRY(flyt_population_fill(world, scenario, &out->params.start, &out->cells));
    FLYT_TRY(flyt_resources_create(world));
    flyt_resources_year(world);
    return FLYT_OK;
}
