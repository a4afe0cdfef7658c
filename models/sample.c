#include "models/sample.h"

#include <math.h>
#include <string.h>

#include "models/housing_parts.h"
#include "models/kinds.h"

/** The column of a table, to be changed. */
static double *column_of(struct flyt_scenario *scenario, enum flyt_housing_table table,
                         const char *column)
{
    struct flyt_table *found = &scenario->table[table];
    return found->present ? found->value[flyt_table_column(found, column)] : NULL;
}

/** Takes one in k of what comes along, carrying what is left over. */
struct carry {
    uint64_t seen, taken;
};

static uint64_t take(struct carry *carry, uint64_t n, uint32_t k, uint64_t most)
{
    carry->seen += n;
    uint64_t owed = (carry->seen + k / 2) / k - carry->taken;
    uint64_t now = owed < most ? owed : most;
    carry->taken += now;
    return now;
}

/** Homes of the plan, in proportion to those left of their section. */
static void sample_plan(struct flyt_scenario *scenario, const double *old, const double *now)
{
    double *homes = column_of(scenario, FLYT_TABLE_stock_plan, "homes");
    const double *section = column_of(scenario, FLYT_TABLE_stock_plan, "section");
    for (uint32_t row = 0; homes != NULL && row < scenario->table[FLYT_TABLE_stock_plan].n_rows;
         row++) {
        uint32_t of = (uint32_t)section[row];
        homes[row] = old[of] > 0.0 ? floor(homes[row] * now[of] / old[of]) : 0.0;
    }
}

/** Known numbers of persons; shares stay. */
static void sample_places(struct flyt_scenario *scenario, uint32_t k)
{
    double *value = column_of(scenario, FLYT_TABLE_places, "value");
    const double *variable = column_of(scenario, FLYT_TABLE_places, "variable");
    for (uint32_t row = 0; value != NULL && row < scenario->table[FLYT_TABLE_places].n_rows;
         row++) {
        if ((uint32_t)variable[row] == FLYT_VARIABLE_population && !isnan(value[row])) {
            value[row] = floor(value[row] / k + 0.5);
        }
    }
}

/** Least number of residents of an area on a list: one in k lives there. */
static enum flyt_status sample_lists(struct flyt_scenario *scenario, uint32_t k,
                                     struct flyt_arena *arena)
{
    const struct flyt_field_group *group;
    for (uint32_t f = 0; f < scenario->n_fields; f++) {
        const struct flyt_field *field = flyt_scenario_field(scenario->model, f, &group);
        if (strcmp(group->name, "listing") != 0 || strcmp(field->name, "residents") != 0) {
            continue;
        }
        struct flyt_schedule *schedule = &scenario->parameter[f], old = *schedule;
        schedule->n = old.n > 0 ? old.n : 1;
        schedule->year = FLYT_ARENA_ARRAY(arena, int32_t, schedule->n);
        schedule->value = FLYT_ARENA_ARRAY(arena, double, schedule->n);
        if (schedule->year == NULL || schedule->value == NULL) {
            return FLYT_ERR_MEMORY;
        }
        for (uint32_t i = 0; i < schedule->n; i++) {
            schedule->year[i] = old.n > 0 ? old.year[i] : INT32_MIN;
            double persons = old.n > 0 ? old.value[i] : field->fallback;
            schedule->value[i] = floor(persons / k + 0.5);
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_sample_scenario(struct flyt_scenario *scenario, uint32_t k,
                                      struct flyt_arena *arena, struct flyt_diag *diag)
{
    uint32_t n = scenario->table[FLYT_TABLE_sections].n_rows;
    double *homes = column_of(scenario, FLYT_TABLE_sections, "homes");
    double *households = column_of(scenario, FLYT_TABLE_sections, "households");
    const double *kind = column_of(scenario, FLYT_TABLE_sections, "tenure");
    double *old = FLYT_ARENA_ARRAY(arena, double, (size_t)n + 1);
    struct carry carry_homes[FLYT_N_KINDS] = {{0, 0}}, carry_vacant[FLYT_N_KINDS] = {{0, 0}};
    uint64_t n_households = 0;
    if (old == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t row = 0; row < n; row++) {
        uint32_t of = (uint32_t)kind[row];
        uint64_t vacant = (uint64_t)(homes[row] - households[row]);
        old[row] = homes[row];
        uint64_t kept = take(&carry_homes[of], (uint64_t)homes[row], k, UINT64_MAX);
        uint64_t empty = take(&carry_vacant[of], vacant, k, kept);
        homes[row] = (double)kept;
        households[row] = (double)(kept - empty);
        n_households += kept - empty;
    }
    if (n_households == 0) {
        return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, (struct flyt_place){0},
                               "a sample of one in %u leaves no household",
                               "en stikprøve på én af %u efterlader ingen husstande", k);
    }
    sample_plan(scenario, old, homes);
    sample_places(scenario, k);
    return sample_lists(scenario, k, arena);
}
