/* The reference of parameters, policies and output variables. See describe.h. */
#include "output/describe_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/danish.h"
#include "sim/units.h"

static const struct flyt_describe_column parameter_columns[] = {
    {"name", "name", "navn", false},           {"value", "value", "værdi", false},
    {"default", "default", "standard", false}, {"range", "range", "område", false},
    {"unit", "unit", "enhed", false},          {"evidence", "evidence", "belæg", false},
    {"text", "meaning", "betydning", true},    {"source", "source", "kilde", true},
};
enum { NAME, VALUE, DEFAULT, RANGE, UNIT, EVIDENCE, MEANING, SOURCE };

static const struct flyt_describe_column output_columns[] = {
    {"name", "name", "navn", false},
    {"unit", "unit", "enhed", false},
    {"dimensions", "by", "efter", false},
    {"period", "period", "periode", false},
    {"kind", "kind", "art", false},
    {"text", "meaning", "betydning", true},
    {"how", "how computed", "beregnet", true},
};

/* ---- values ---- */

/** The shortest decimal that reads back as the same number. */
static void add_number(struct flyt_text *text, double value)
{
    char digits[40];
    for (int precision = 15; precision <= 17; precision++) {
        (void)snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value) {
            break;
        }
    }
    flyt_text_add(text, "%s", digits);
}

void flyt_describe_value(struct flyt_text *text, const struct flyt_field *field, double value)
{
    size_t n = 0;
    const char *name = NULL;
    switch (field->type) {
    case FLYT_FIELD_flag:
        flyt_text_add(text, "%s", value != 0 ? "yes" : "no");
        return;
    case FLYT_FIELD_choice:
        name = flyt_field_choice_name(field->unit, (uint32_t)value, &n);
        flyt_text_put(text, name == NULL ? "?" : name, name == NULL ? 1 : n);
        return;
    case FLYT_FIELD_real:
    case FLYT_FIELD_count:
        break;
    }
    add_number(text, value);
}

/** A value for all years; false: the schedule has years. */
static bool is_plain(const struct flyt_schedule *schedule, const struct flyt_field *field,
                     double *value)
{
    *value = schedule->n == 0 ? field->fallback : schedule->value[0];
    return schedule->n == 0 || schedule->year[0] == INT32_MIN;
}

void flyt_describe_schedule(struct flyt_text *text, const struct flyt_field *field,
                            const struct flyt_schedule *schedule)
{
    double value;
    if (is_plain(schedule, field, &value)) {
        flyt_describe_value(text, field, value);
        return;
    }
    for (uint32_t i = 0; i < schedule->n; i++) {
        flyt_text_add(text, i == 0 ? "%d: " : ", %d: ", schedule->year[i]);
        flyt_describe_value(text, field, schedule->value[i]);
    }
}

void flyt_describe_json(struct flyt_text *text, const char *string)
{
    flyt_text_put(text, "\"", 1);
    for (const char *at = string; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\') {
            flyt_text_add(text, "\\%c", c);
        } else if (c < 0x20 || c == 0x7f) {
            flyt_text_add(text, "\\u%04x", c);
        } else {
            flyt_text_put(text, at, 1);
        }
    }
    flyt_text_put(text, "\"", 1);
}

/** A value as JSON: number, true or false, or a choice's name. */
static void json_value(struct flyt_text *text, const struct flyt_field *field, double value)
{
    if (field->type == FLYT_FIELD_flag) {
        flyt_text_add(text, "%s", value != 0 ? "true" : "false");
    } else if (field->type == FLYT_FIELD_choice) {
        flyt_text_add(text, "\"");
        flyt_describe_value(text, field, value);
        flyt_text_add(text, "\"");
    } else {
        add_number(text, value);
    }
}

static void json_schedule(struct flyt_text *text, const struct flyt_field *field,
                          const struct flyt_schedule *schedule)
{
    double value;
    if (is_plain(schedule, field, &value)) {
        json_value(text, field, value);
        return;
    }
    for (uint32_t i = 0; i < schedule->n; i++) {
        flyt_text_add(text, i == 0 ? "{\"%d\": " : ", \"%d\": ", schedule->year[i]);
        json_value(text, field, schedule->value[i]);
    }
    flyt_text_add(text, "}");
}

/* ---- parameters ---- */

static const char *finished(struct flyt_text *text)
{
    return text->failed || text->bytes == NULL ? "" : text->bytes;
}

static void fill_range(struct flyt_describe_sheet *sheet, struct flyt_describe_cell *cell,
                       const struct flyt_field *field)
{
    struct flyt_text shown = {.arena = sheet->arena};
    if (field->type == FLYT_FIELD_choice) {
        flyt_text_add(&shown, "%s", field->unit);
    } else if (field->type == FLYT_FIELD_flag) {
        flyt_text_add(&shown, "yes|no");
    } else {
        flyt_text_add(&shown, "[");
        add_number(&shown, field->low);
        flyt_text_add(&shown, ", ");
        add_number(&shown, field->high);
        flyt_text_add(&shown, "]");
        cell->json = finished(&shown);
    }
    cell->text = finished(&shown);
}

/** A field's row. @param schedule  what a scenario uses; NULL: no scenario. */
static void fill_row(struct flyt_describe_sheet *sheet, uint32_t row_,
                     const struct flyt_field *field, const struct flyt_schedule *schedule,
                     enum flyt_lang lang)
{
    struct flyt_text shown = {.arena = sheet->arena}, json = {.arena = sheet->arena};
    struct flyt_describe_cell *row = &sheet->cell[(size_t)row_ * sheet->n_columns];
    row[NAME].text = flyt_arena_printf(sheet->arena, "%s.%s", sheet->group, field->name);
    flyt_describe_value(&shown, field, field->fallback);
    json_value(&json, field, field->fallback);
    row[DEFAULT] = (struct flyt_describe_cell){finished(&shown), finished(&json)};
    row[VALUE] = (struct flyt_describe_cell){"", "null"};
    if (schedule != NULL) {
        shown = json = (struct flyt_text){.arena = sheet->arena};
        flyt_describe_schedule(&shown, field, schedule);
        json_schedule(&json, field, schedule);
        row[VALUE] = (struct flyt_describe_cell){finished(&shown), finished(&json)};
    }
    fill_range(sheet, &row[RANGE], field);
    row[UNIT].text = field->type == FLYT_FIELD_choice ? "" : flyt_units_say(field->unit, lang);
    row[EVIDENCE].text = flyt_field_evidence(field->evidence, lang);
    row[MEANING].text = flyt_describe_say(lang, field->en, field->da);
    row[SOURCE].text = flyt_danish_say(field->source, lang);
    if (row[NAME].text == NULL) {
        row[NAME].text = "";
        sheet->failed = true;
    }
}

static struct flyt_describe_sheet parameter_sheet(struct flyt_arena *arena,
                                                  const struct flyt_model *model,
                                                  const struct flyt_field_group *group,
                                                  const struct flyt_schedule *schedule,
                                                  enum flyt_lang lang)
{
    struct flyt_describe_sheet sheet = flyt_describe_sheet(
        arena, parameter_columns, FLYT_COUNT(parameter_columns), group->n_fields);
    sheet.model = model->name;
    sheet.group = group->name;
    sheet.title = flyt_arena_printf(arena, "%s, %s: %s", model->name, group->name,
                                    flyt_describe_say(lang, group->en, group->da));
    for (uint32_t i = 0; sheet.cell != NULL && i < group->n_fields; i++) {
        fill_row(&sheet, i, &group->field[i], schedule == NULL ? NULL : &schedule[i], lang);
    }
    if (sheet.title == NULL || sheet.failed) {
        sheet.cell = NULL;
    }
    return sheet;
}

/** The model of a scenario is a copy when policies add series of their own. */
static bool is_wanted(const struct flyt_scenario *scenario, const struct flyt_model *model)
{
    return scenario == NULL || strcmp(scenario->model->name, model->name) == 0;
}

enum flyt_status flyt_describe_parameters(struct flyt_text *text,
                                          const struct flyt_scenario *scenario,
                                          enum flyt_describe_format format, enum flyt_lang lang)
{
    bool first = true;
    flyt_text_add(text, "%s", format == FLYT_DESCRIBE_json ? "[" : "");
    for (uint32_t m = 0; flyt_models[m] != NULL; m++) {
        const struct flyt_model *model = flyt_models[m];
        uint32_t field = 0;
        if (!is_wanted(scenario, model)) {
            continue;
        }
        for (uint32_t g = 0; g < model->n_groups; g++) {
            struct flyt_describe_sheet sheet =
                parameter_sheet(text->arena, model, &model->group[g],
                                scenario == NULL ? NULL : &scenario->parameter[field], lang);
            if (sheet.cell == NULL) {
                return FLYT_ERR_MEMORY;
            }
            flyt_describe_write(text, &sheet, format, lang, first);
            first = first && sheet.n_rows == 0;
            field += model->group[g].n_fields;
        }
    }
    flyt_text_add(text, "%s", format == FLYT_DESCRIBE_json ? "]\n" : "");
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/* ---- policies ---- */

/** What every policy may be given beside its parameters; the ranges are the loader's. */
static const struct flyt_field when_fields[] = {
    {"from", "year", 0, 1900, 2200, FLYT_EVIDENCE_assumed, "the scenario",
     "First year in force; left out: from the start.",
     "Første år den gælder; udeladt: fra starten.", FLYT_FIELD_count, 0},
    {"to", "year", 0, 1900, 2200, FLYT_EVIDENCE_assumed, "the scenario",
     "Last year in force; left out: to the end.", "Sidste år den gælder; udeladt: til slutningen.",
     FLYT_FIELD_count, 0},
    {"ramp", "years", 0, 0, 100, FLYT_EVIDENCE_assumed, "the scenario",
     "Years over which it comes evenly to full strength.",
     "År, over hvilke den jævnt når fuld styrke.", FLYT_FIELD_real, 0},
};

/** "Odense, Nyborg", or that all are meant. */
static void fill_scope(struct flyt_describe_sheet *sheet, uint32_t row_,
                       const struct flyt_policy_scope *scope,
                       const struct flyt_scenario_named_rows *named,
                       const struct flyt_scenario *scenario, enum flyt_lang lang)
{
    struct flyt_text shown = {.arena = sheet->arena};
    struct flyt_describe_cell *row = &sheet->cell[(size_t)row_ * sheet->n_columns];
    row[NAME].text = flyt_arena_printf(sheet->arena, "%s.%s", sheet->group, scope->name);
    row[DEFAULT].text = flyt_describe_say(lang, "all", "alle");
    row[RANGE].text = flyt_arena_printf(
        sheet->arena, "%s %s", flyt_describe_say(lang, "names of", "navne i"), scope->table);
    row[MEANING].text = flyt_describe_say(lang, scope->en, scope->da);
    row[SOURCE].text = flyt_danish_say("the scenario", lang);
    if (named != NULL && named->given) {
        const struct flyt_table *table = flyt_scenario_table(scenario, scope->table);
        const char *const *name = flyt_table_texts(table, scope->column);
        for (uint32_t i = 0; i < named->n; i++) {
            flyt_text_add(&shown, i == 0 ? "%s" : ", %s", name[named->row[i]]);
        }
        row[VALUE].text = finished(&shown);
    } else {
        row[VALUE].text = named == NULL ? "" : row[DEFAULT].text;
    }
    sheet->failed = sheet->failed || row[NAME].text == NULL || row[RANGE].text == NULL;
}

/** What a policy does, which hypotheses it serves and what it comes from. */
static const char *policy_note(struct flyt_arena *arena, const struct flyt_policy_spec *spec,
                               enum flyt_lang lang)
{
    struct flyt_text text = {.arena = arena};
    if (spec->doc_en != NULL) {
        flyt_text_add(&text, "%s ", flyt_describe_say(lang, spec->doc_en, spec->doc_da));
    }
    if (spec->serves != NULL) {
        flyt_text_add(&text, "%s: %s. ", flyt_describe_say(lang, "Hypotheses", "Hypoteser"),
                      spec->serves);
    }
    if (spec->source != NULL) {
        flyt_text_add(&text, "%s: %s.", flyt_describe_say(lang, "Source", "Kilde"),
                      flyt_danish_say(spec->source, lang));
    }
    return text.n == 0 ? NULL : finished(&text);
}

/** @param given  what a scenario says of the policy; NULL: no scenario. */
static struct flyt_describe_sheet
policy_sheet(struct flyt_arena *arena, const struct flyt_scenario *scenario,
             const struct flyt_model *model, const struct flyt_policy_spec *spec,
             const struct flyt_scenario_policy *given, enum flyt_lang lang)
{
    uint32_t n_when = FLYT_COUNT(when_fields),
             n_scopes = spec->nationwide ? 0 : model->n_scopes + spec->n_scopes;
    struct flyt_describe_sheet sheet =
        flyt_describe_sheet(arena, parameter_columns, FLYT_COUNT(parameter_columns),
                            n_when + n_scopes + spec->n_fields);
    sheet.model = model->name;
    sheet.group = spec->name;
    sheet.title = flyt_arena_printf(arena, "%s, %s: %s", model->name, spec->name,
                                    flyt_describe_say(lang, spec->en, spec->da));
    sheet.note = policy_note(arena, spec, lang);
    double when[] = {given == NULL ? 0 : given->from, given == NULL ? 0 : given->to,
                     given == NULL ? 0 : given->ramp_years};
    for (uint32_t i = 0; sheet.cell != NULL && i < n_when; i++) {
        struct flyt_describe_cell *row = &sheet.cell[(size_t)i * sheet.n_columns];
        struct flyt_schedule schedule = {.n = 1, .year = &(int32_t){INT32_MIN}, .value = &when[i]};
        bool always = given != NULL && (when[i] == INT32_MIN || when[i] == INT32_MAX);
        fill_row(&sheet, i, &when_fields[i], given == NULL || always ? NULL : &schedule, lang);
        row[DEFAULT] = i < 2 ? (struct flyt_describe_cell){"", "null"} : row[DEFAULT];
    }
    for (uint32_t i = 0; sheet.cell != NULL && i < n_scopes; i++) {
        fill_scope(&sheet, n_when + i, flyt_scenario_scope(model, spec, i),
                   given == NULL ? NULL : &given->named[i], scenario, lang);
    }
    for (uint32_t i = 0; sheet.cell != NULL && i < spec->n_fields; i++) {
        fill_row(&sheet, n_when + n_scopes + i, &spec->field[i],
                 given == NULL ? NULL : &given->parameter[i], lang);
    }
    if (sheet.title == NULL || sheet.failed) {
        sheet.cell = NULL;
    }
    return sheet;
}

enum flyt_status flyt_describe_policies(struct flyt_text *text,
                                        const struct flyt_scenario *scenario,
                                        enum flyt_describe_format format, enum flyt_lang lang)
{
    bool first = true;
    flyt_text_add(text, "%s", format == FLYT_DESCRIBE_json ? "[" : "");
    for (uint32_t m = 0; flyt_models[m] != NULL; m++) {
        const struct flyt_model *model = flyt_models[m];
        bool wanted = is_wanted(scenario, model);
        for (uint32_t i = 0; wanted && model->policy != NULL && model->policy[i] != NULL; i++) {
            const struct flyt_scenario_policy *given =
                scenario == NULL || !scenario->policy[i].on ? NULL : &scenario->policy[i];
            struct flyt_describe_sheet sheet =
                policy_sheet(text->arena, scenario, model, model->policy[i], given, lang);
            if (sheet.cell == NULL) {
                return FLYT_ERR_MEMORY;
            }
            flyt_describe_write(text, &sheet, format, lang, first);
            first = false;
        }
    }
    flyt_text_add(text, "%s", format == FLYT_DESCRIBE_json ? "]\n" : "");
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/* ---- output variables ---- */

/** "municipality, tenure" and its JSON list. */
static struct flyt_describe_cell dims_cell(struct flyt_arena *arena, const struct flyt_model *model,
                                           const struct flyt_series *series)
{
    struct flyt_text shown = {.arena = arena}, json = {.arena = arena};
    flyt_text_add(&json, "[");
    for (uint32_t d = 0; d < series->n_dims; d++) {
        flyt_text_add(&shown, d == 0 ? "%s" : ", %s", model->dim[series->dim[d]].name);
        flyt_text_add(&json, "%s", d == 0 ? "" : ", ");
        flyt_describe_json(&json, model->dim[series->dim[d]].name);
    }
    flyt_text_add(&json, "]");
    return (struct flyt_describe_cell){finished(&shown), finished(&json)};
}

static struct flyt_describe_sheet output_sheet(struct flyt_arena *arena,
                                               const struct flyt_model *model, enum flyt_lang lang)
{
    struct flyt_describe_sheet sheet =
        flyt_describe_sheet(arena, output_columns, FLYT_COUNT(output_columns), model->n_series);
    sheet.model = model->name;
    sheet.title = flyt_arena_printf(arena, "%s: %s", model->name,
                                    flyt_describe_say(lang, model->en, model->da));
    for (uint32_t i = 0; sheet.cell != NULL && i < model->n_series; i++) {
        const struct flyt_series *series = &model->series[i];
        struct flyt_describe_cell *row = &sheet.cell[(size_t)i * sheet.n_columns];
        bool monthly = series->period == FLYT_SERIES_monthly;
        bool stock = series->kind == FLYT_SERIES_stock;
        row[0].text = series->name;
        row[1].text = flyt_units_say(series->unit, lang);
        row[2] = dims_cell(arena, model, series);
        row[3].text = monthly ? flyt_describe_say(lang, "monthly", "månedlig")
                              : flyt_describe_say(lang, "yearly", "årlig");
        row[4].text = stock ? flyt_describe_say(lang, "stock", "beholdning")
                            : flyt_describe_say(lang, "flow", "strøm");
        row[5].text = flyt_describe_say(lang, series->en, series->da);
        row[6].text = series->how == NULL ? "" : flyt_danish_say(series->how, lang);
    }
    if (sheet.title == NULL) {
        sheet.cell = NULL;
    }
    return sheet;
}

enum flyt_status flyt_describe_outputs(struct flyt_text *text, const struct flyt_scenario *scenario,
                                       enum flyt_describe_format format, enum flyt_lang lang)
{
    bool first = true;
    flyt_text_add(text, "%s", format == FLYT_DESCRIBE_json ? "[" : "");
    for (uint32_t m = 0; flyt_models[m] != NULL; m++) {
        if (!is_wanted(scenario, flyt_models[m])) {
            continue;
        }
        const struct flyt_model *model = scenario == NULL ? flyt_models[m] : scenario->model;
        struct flyt_describe_sheet sheet = output_sheet(text->arena, model, lang);
        if (sheet.cell == NULL) {
            return FLYT_ERR_MEMORY;
        }
        flyt_describe_write(text, &sheet, format, lang, first);
        first = first && sheet.n_rows == 0;
    }
    flyt_text_add(text, "%s", format == FLYT_DESCRIBE_json ? "]\n" : "");
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}
