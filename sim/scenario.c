/* A scenario from its files, and its values by year. See scenario.h. */
#include "sim/scenario.h"

#include <string.h>

#include "sim/scenario_load.h"

/* ---- values ---- */

const struct flyt_field *flyt_scenario_field(const struct flyt_model *model, uint32_t field,
                                             const struct flyt_field_group **group)
{
    for (uint32_t i = 0; i < model->n_groups; i++) {
        if (field < model->group[i].n_fields) {
            if (group != NULL) {
                *group = &model->group[i];
            }
            return &model->group[i].field[field];
        }
        field -= model->group[i].n_fields;
    }
    return NULL;
}

/** Entry of a schedule that holds in a year: the latest begun, else the first. */
static uint32_t entry_of(const struct flyt_schedule *schedule, int32_t year)
{
    uint32_t entry = 0;
    while (entry + 1 < schedule->n && schedule->year[entry + 1] <= year) {
        entry++;
    }
    return entry;
}

static double value_of(const struct flyt_schedule *schedule, const struct flyt_field *field,
                       int32_t year)
{
    return schedule->n == 0 ? field->fallback : schedule->value[entry_of(schedule, year)];
}

double flyt_scenario_value(const struct flyt_scenario *scenario, uint32_t field, int32_t year)
{
    return value_of(&scenario->parameter[field], flyt_scenario_field(scenario->model, field, NULL),
                    year);
}

int32_t flyt_scenario_borrowed(const struct flyt_scenario *scenario, uint32_t field, int32_t year)
{
    const struct flyt_schedule *schedule = &scenario->parameter[field];
    if (schedule->n == 0 || schedule->year[0] == INT32_MIN) {
        return year;
    }
    return schedule->year[entry_of(schedule, year)];
}

void flyt_scenario_params(const struct flyt_scenario *scenario, int32_t year, void *params)
{
    const struct flyt_model *model = scenario->model;
    uint32_t field = 0;
    for (uint32_t i = 0; i < model->n_groups; i++) {
        char *group = (char *)params + model->group[i].offset;
        for (uint32_t j = 0; j < model->group[i].n_fields; j++) {
            flyt_field_store(&model->group[i].field[j],
                             flyt_scenario_value(scenario, field++, year), group);
        }
    }
}

void flyt_scenario_policy_params(const struct flyt_scenario_policy *policy, int32_t year,
                                 void *params)
{
    for (uint32_t i = 0; i < policy->spec->n_fields; i++) {
        const struct flyt_field *field = &policy->spec->field[i];
        flyt_field_store(field, value_of(&policy->parameter[i], field, year), params);
    }
}

const struct flyt_policy_scope *flyt_scenario_scope(const struct flyt_model *model,
                                                    const struct flyt_policy_spec *spec,
                                                    uint32_t scope)
{
    return scope < model->n_scopes ? &model->scope[scope] : &spec->scope[scope - model->n_scopes];
}

const struct flyt_table *flyt_scenario_table(const struct flyt_scenario *scenario, const char *name)
{
    for (uint32_t i = 0; i < scenario->model->n_tables; i++) {
        if (strcmp(scenario->model->table[i].name, name) == 0) {
            return &scenario->table[i];
        }
    }
    return NULL;
}

/* ---- loading ---- */

/** Room for the model's parameters and tables, and the parameters' full names. */
static enum flyt_status take_room(struct flyt_scenario_load *load)
{
    struct flyt_scenario *out = load->out;
    const struct flyt_model *model = out->model;
    for (uint32_t i = 0; i < model->n_groups; i++) {
        out->n_fields += model->group[i].n_fields;
    }
    out->parameter = FLYT_ARENA_ZERO(load->arena, struct flyt_schedule, out->n_fields);
    out->table = FLYT_ARENA_ZERO(load->arena, struct flyt_table, model->n_tables);
    load->table = FLYT_ARENA_ZERO(load->arena, struct flyt_scenario_named, model->n_tables);
    load->name = FLYT_ARENA_ARRAY(load->arena, const char *, out->n_fields);
    if (out->parameter == NULL || out->table == NULL || load->table == NULL || load->name == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < out->n_fields; i++) {
        const struct flyt_field_group *group = NULL;
        const struct flyt_field *field = flyt_scenario_field(model, i, &group);
        load->name[i] = flyt_arena_printf(load->arena, "%s.%s", group->name, field->name);
        FLYT_TRY(load->name[i] == NULL ? FLYT_ERR_MEMORY : FLYT_OK);
    }
    return FLYT_OK;
}

/** Where the scenario begins, for what is missing in it. */
static struct flyt_place top_of(const struct flyt_scenario_load *load)
{
    return load->file[0].root->place;
}

/** Reads the tables in the model's order, so that later ones can refer to earlier ones. */
static enum flyt_status read_tables(struct flyt_scenario_load *load)
{
    const struct flyt_model *model = load->out->model;
    for (uint32_t i = 0; i < model->n_tables; i++) {
        const struct flyt_table_spec *spec = &model->table[i];
        struct flyt_table *table = &load->out->table[i];
        struct flyt_bytes bytes;
        *table = (struct flyt_table){.spec = spec};
        if (load->table[i].node == NULL) {
            table->present = load->broken || load->table[i].file != NULL;
            if (spec->required && !table->present) {
                flyt_scenario_fault(
                    load,
                    flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, top_of(load),
                                    "tables: the model %s needs the table \"%s\" (%s)",
                                    "tables: modellen %s skal bruge tabellen \"%s\" (%s)",
                                    model->name, spec->name,
                                    load->diag != NULL && load->diag->lang == FLYT_DA ? spec->da
                                                                                      : spec->en));
                table->present = true; /* what refers to it needs no message of its own */
            }
            continue;
        }
        const char *key = flyt_arena_printf(load->arena, "tables.%s", spec->name);
        if (key == NULL) {
            return FLYT_ERR_MEMORY;
        }
        table->present = true;
        FLYT_TRY(flyt_scenario_read_named(load, &load->table[i], key, &bytes));
        if (bytes.bytes != NULL) {
            FLYT_TRY(flyt_scenario_note(load, flyt_table_load(spec, &bytes, load->out->table, i,
                                                              load->arena, table, load->diag)));
        }
    }
    return FLYT_OK;
}

/** Takes keys, drivers, parameters and --set in the order in which later ones win. */
static enum flyt_status take_values(struct flyt_scenario_load *load)
{
    for (uint32_t i = load->n_files; i > 0; i--) {
        if (load->file[i - 1].root != NULL) {
            FLYT_TRY(flyt_scenario_take_keys(load, &load->file[i - 1]));
        }
    }
    FLYT_TRY(flyt_scenario_take_drivers(load));
    for (uint32_t i = load->n_files; i > 0; i--) {
        if (load->file[i - 1].root != NULL) {
            FLYT_TRY(flyt_scenario_take_params(load, &load->file[i - 1]));
        }
    }
    for (uint32_t i = 0; i < load->options->n_sets; i++) {
        FLYT_TRY(flyt_scenario_take_set(load, i));
    }
    if (!load->start_given && !load->broken) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, top_of(load),
                                                  "start: the year in which the run begins is "
                                                  "missing (start: 2024)",
                                                  "start: året, hvor kørslen begynder, mangler "
                                                  "(start: 2024)"));
    }
    return FLYT_OK;
}

enum flyt_status flyt_scenario_load(const char *path, const struct flyt_scenario_options *options,
                                    struct flyt_arena *arena, struct flyt_scenario *out,
                                    struct flyt_diag *diag)
{
    struct flyt_scenario_load load = {.options = options, .arena = arena, .diag = diag, .out = out};
    *out = (struct flyt_scenario){.years = 30,
                                  .seed = 1,
                                  .n_replicates = 1,
                                  .description = "",
                                  .set = options->set,
                                  .n_sets = options->n_sets};
    FLYT_TRY(flyt_scenario_read_chain(&load, path));
    if (load.n_files == 0 || load.file[0].root == NULL) {
        return load.status;
    }
    FLYT_TRY(flyt_scenario_take_model(&load));
    if (out->model == NULL) {
        return load.status;
    }
    FLYT_TRY(take_room(&load));
    FLYT_TRY(take_values(&load));
    out->values_broken = load.status != FLYT_OK || load.broken;
    FLYT_TRY(read_tables(&load));
    FLYT_TRY(flyt_scenario_take_policies(&load));
    out->title = out->title == NULL ? out->name : out->title;
    if (out->model->check != NULL) {
        FLYT_TRY(flyt_scenario_note(&load, out->model->check(out, diag)));
    }
    return load.status;
}
