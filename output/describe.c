/* Reference tables of parameters and output variables as text, Markdown and JSON. */
#include "output/describe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/danish.h"
#include "sim/units.h"

enum { COLUMNS = 10, INDENT = 4, WIDTH = 96 };

/** A column of a reference table. */
struct column {
    const char *key, *en, *da;
    bool below; /* in text, written under the row */
};

struct cell {
    const char *text;
    const char *json; /* NULL: the text as a string */
};

/** One table: the parameters of a group, the variables of a model. */
struct sheet {
    struct flyt_arena *arena;
    const char *model, *group, *title;
    const struct column *column;
    uint32_t n_columns, n_rows;
    struct cell *cell; /* [n_rows][n_columns] */
};

static const struct column parameter_columns[] = {
    {"name", "name", "navn", false},           {"value", "value", "værdi", false},
    {"default", "default", "standard", false}, {"range", "range", "område", false},
    {"unit", "unit", "enhed", false},          {"evidence", "evidence", "belæg", false},
    {"text", "meaning", "betydning", true},    {"source", "source", "kilde", true},
};
enum { NAME, VALUE, DEFAULT, RANGE, UNIT, EVIDENCE, MEANING, SOURCE };

static const struct column output_columns[] = {
    {"name", "name", "navn", false},
    {"unit", "unit", "enhed", false},
    {"dimensions", "by", "efter", false},
    {"period", "period", "periode", false},
    {"kind", "kind", "art", false},
    {"text", "meaning", "betydning", true},
    {"how", "how computed", "beregnet", true},
};

static const char *say(enum flyt_lang lang, const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

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

void flyt_describe_schedule(struct flyt_text *text, const struct flyt_scenario *scenario,
                            uint32_t field_)
{
    const struct flyt_field *field = flyt_scenario_field(scenario->model, field_, NULL);
    const struct flyt_schedule *schedule = &scenario->parameter[field_];
    if (schedule->n == 0 || schedule->year[0] == INT32_MIN) {
        flyt_describe_value(text, field,
                            flyt_scenario_value(scenario, field_, scenario->start_year));
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

static void json_schedule(struct flyt_text *text, const struct flyt_scenario *scenario,
                          uint32_t field_)
{
    const struct flyt_field *field = flyt_scenario_field(scenario->model, field_, NULL);
    const struct flyt_schedule *schedule = &scenario->parameter[field_];
    if (schedule->n == 0 || schedule->year[0] == INT32_MIN) {
        json_value(text, field, flyt_scenario_value(scenario, field_, scenario->start_year));
        return;
    }
    for (uint32_t i = 0; i < schedule->n; i++) {
        flyt_text_add(text, i == 0 ? "{\"%d\": " : ", \"%d\": ", schedule->year[i]);
        json_value(text, field, schedule->value[i]);
    }
    flyt_text_add(text, "}");
}

/* ---- writing a sheet ---- */

static const struct cell *cell_at(const struct sheet *sheet, uint32_t row, uint32_t column)
{
    return &sheet->cell[(size_t)row * sheet->n_columns + column];
}

/** Adds a cell and the spaces that the cells before it are short of. */
static void add_padded(struct flyt_text *text, size_t *behind, const char *string, size_t width)
{
    size_t length = flyt_text_length(string, strlen(string));
    if (length > 0) {
        flyt_text_add(text, "%*s%s", (int)*behind, "", string);
        *behind = 0;
    }
    *behind += length < width ? width - length : 0;
}

/** Adds words in lines of at most WIDTH characters, indented. */
static void add_wrapped(struct flyt_text *text, const char *string)
{
    size_t column = 0;
    while (*string != '\0') {
        size_t word = strcspn(string, " ");
        size_t length = flyt_text_length(string, word);
        if (column == 0 || column + 1 + length > WIDTH) {
            flyt_text_add(text, column == 0 ? "%*s" : "\n%*s", INDENT, "");
            column = INDENT;
        } else {
            flyt_text_put(text, " ", 1);
            column++;
        }
        flyt_text_put(text, string, word);
        column += length;
        string += word;
        string += strspn(string, " ");
    }
    flyt_text_put(text, "\n", column > 0);
}

/** Aligned columns; long texts under their row. Columns that are empty throughout are left out. */
static void write_text(struct flyt_text *text, const struct sheet *sheet, enum flyt_lang lang)
{
    size_t width[COLUMNS] = {0}, behind = 0;
    flyt_text_add(text, "%s\n\n", sheet->title);
    for (uint32_t c = 0; c < sheet->n_columns; c++) {
        for (uint32_t row = 0; row < sheet->n_rows; row++) {
            const char *string = cell_at(sheet, row, c)->text;
            size_t length = flyt_text_length(string, strlen(string));
            width[c] = length > width[c] ? length : width[c];
        }
        const char *head = say(lang, sheet->column[c].en, sheet->column[c].da);
        size_t length = flyt_text_length(head, strlen(head));
        width[c] = width[c] > 0 && length > width[c] ? length : width[c];
        if (width[c] > 0 && !sheet->column[c].below) {
            add_padded(text, &behind, head, width[c] + 2);
        }
    }
    flyt_text_add(text, "\n");
    for (uint32_t row = 0; row < sheet->n_rows; row++) {
        behind = 0;
        for (uint32_t c = 0; c < sheet->n_columns; c++) {
            if (width[c] > 0 && !sheet->column[c].below) {
                add_padded(text, &behind, cell_at(sheet, row, c)->text, width[c] + 2);
            }
        }
        flyt_text_add(text, "\n");
        for (uint32_t c = 0; c < sheet->n_columns; c++) {
            if (sheet->column[c].below) {
                add_wrapped(text, cell_at(sheet, row, c)->text);
            }
        }
    }
    flyt_text_add(text, "\n");
}

static void add_markdown(struct flyt_text *text, const char *string)
{
    for (const char *at = string; *at != '\0'; at++) {
        if (strchr("|\\*_<>`[]", *at) != NULL) {
            flyt_text_put(text, "\\", 1);
        }
        flyt_text_put(text, *at == '\n' ? " " : at, 1);
    }
}

static void write_markdown(struct flyt_text *text, const struct sheet *sheet, enum flyt_lang lang)
{
    flyt_text_add(text, "## ");
    add_markdown(text, sheet->title);
    flyt_text_add(text, "\n\n|");
    for (uint32_t c = 0; c < sheet->n_columns; c++) {
        flyt_text_add(text, " %s |", say(lang, sheet->column[c].en, sheet->column[c].da));
    }
    flyt_text_add(text, "\n|");
    for (uint32_t c = 0; c < sheet->n_columns; c++) {
        flyt_text_add(text, " --- |");
    }
    for (uint32_t row = 0; row < sheet->n_rows; row++) {
        flyt_text_add(text, "\n|");
        for (uint32_t c = 0; c < sheet->n_columns; c++) {
            flyt_text_add(text, " ");
            add_markdown(text, cell_at(sheet, row, c)->text);
            flyt_text_add(text, " |");
        }
    }
    flyt_text_add(text, "\n\n");
}

/** One object a row, in one array over all sheets. */
static void write_json(struct flyt_text *text, const struct sheet *sheet, bool first)
{
    for (uint32_t row = 0; row < sheet->n_rows; row++) {
        flyt_text_add(text, first && row == 0 ? "{\"model\": " : ",\n {\"model\": ");
        flyt_describe_json(text, sheet->model);
        if (sheet->group != NULL) {
            flyt_text_add(text, ", \"group\": ");
            flyt_describe_json(text, sheet->group);
        }
        for (uint32_t c = 0; c < sheet->n_columns; c++) {
            const struct cell *cell = cell_at(sheet, row, c);
            flyt_text_add(text, ", \"%s\": ", sheet->column[c].key);
            if (cell->json != NULL) {
                flyt_text_add(text, "%s", cell->json);
            } else {
                flyt_describe_json(text, cell->text);
            }
        }
        flyt_text_add(text, "}");
    }
}

static void write_sheet(struct flyt_text *text, const struct sheet *sheet,
                        enum flyt_describe_format format, enum flyt_lang lang, bool first)
{
    if (sheet->n_rows == 0) {
        return;
    }
    switch (format) {
    case FLYT_DESCRIBE_text:
        write_text(text, sheet, lang);
        break;
    case FLYT_DESCRIBE_markdown:
        write_markdown(text, sheet, lang);
        break;
    case FLYT_DESCRIBE_json:
        write_json(text, sheet, first);
        break;
    }
}

/** A sheet with empty cells; cell NULL when out of memory. */
static struct sheet take_sheet(struct flyt_arena *arena, const struct column *column,
                               uint32_t n_columns, uint32_t n_rows)
{
    struct sheet sheet = {.arena = arena, .column = column, .n_columns = n_columns};
    sheet.n_rows = n_rows;
    sheet.cell = FLYT_ARENA_ARRAY(arena, struct cell, (size_t)n_rows * n_columns);
    for (size_t i = 0; sheet.cell != NULL && i < (size_t)n_rows * n_columns; i++) {
        sheet.cell[i] = (struct cell){.text = ""};
    }
    return sheet;
}

/* ---- parameters ---- */

static const char *finished(struct flyt_text *text)
{
    return text->failed || text->bytes == NULL ? "" : text->bytes;
}

static void fill_range(struct sheet *sheet, struct cell *cell, const struct flyt_field *field)
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

/** Default and, with a scenario, the values used. `field_` counts through all groups. */
static void fill_values(struct sheet *sheet, struct cell *row, const struct flyt_field *field,
                        const struct flyt_scenario *scenario, uint32_t field_)
{
    struct flyt_text shown = {.arena = sheet->arena}, json = {.arena = sheet->arena};
    flyt_describe_value(&shown, field, field->fallback);
    json_value(&json, field, field->fallback);
    row[DEFAULT] = (struct cell){finished(&shown), finished(&json)};
    row[VALUE] = (struct cell){"", "null"};
    if (scenario != NULL) {
        shown = json = (struct flyt_text){.arena = sheet->arena};
        flyt_describe_schedule(&shown, scenario, field_);
        json_schedule(&json, scenario, field_);
        row[VALUE] = (struct cell){finished(&shown), finished(&json)};
    }
}

static struct sheet parameter_sheet(struct flyt_arena *arena, const struct flyt_model *model,
                                    uint32_t group_, const struct flyt_scenario *scenario,
                                    uint32_t first_field, enum flyt_lang lang)
{
    const struct flyt_field_group *group = &model->group[group_];
    struct sheet sheet =
        take_sheet(arena, parameter_columns, FLYT_COUNT(parameter_columns), group->n_fields);
    sheet.model = model->name;
    sheet.group = group->name;
    sheet.title = flyt_arena_printf(arena, "%s, %s: %s", model->name, group->name,
                                    say(lang, group->en, group->da));
    for (uint32_t i = 0; sheet.cell != NULL && i < group->n_fields; i++) {
        const struct flyt_field *field = &group->field[i];
        struct cell *row = &sheet.cell[(size_t)i * sheet.n_columns];
        row[NAME].text = flyt_arena_printf(arena, "%s.%s", group->name, field->name);
        fill_values(&sheet, row, field, scenario, first_field + i);
        fill_range(&sheet, &row[RANGE], field);
        row[UNIT].text = field->type == FLYT_FIELD_choice ? "" : flyt_units_say(field->unit, lang);
        row[EVIDENCE].text = flyt_field_evidence(field->evidence, lang);
        row[MEANING].text = say(lang, field->en, field->da);
        row[SOURCE].text = flyt_danish_say(field->source, lang);
        if (row[NAME].text == NULL) {
            sheet.cell = NULL;
        }
    }
    if (sheet.title == NULL) {
        sheet.cell = NULL;
    }
    return sheet;
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
        if (scenario != NULL && scenario->model != model) {
            continue;
        }
        for (uint32_t g = 0; g < model->n_groups; g++) {
            struct sheet sheet = parameter_sheet(text->arena, model, g, scenario, field, lang);
            if (sheet.cell == NULL) {
                return FLYT_ERR_MEMORY;
            }
            write_sheet(text, &sheet, format, lang, first);
            first = first && sheet.n_rows == 0;
            field += model->group[g].n_fields;
        }
    }
    flyt_text_add(text, "%s", format == FLYT_DESCRIBE_json ? "]\n" : "");
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/* ---- output variables ---- */

/** "municipality, tenure" and its JSON list. */
static struct cell dims_cell(struct flyt_arena *arena, const struct flyt_model *model,
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
    return (struct cell){finished(&shown), finished(&json)};
}

static struct sheet output_sheet(struct flyt_arena *arena, const struct flyt_model *model,
                                 enum flyt_lang lang)
{
    struct sheet sheet =
        take_sheet(arena, output_columns, FLYT_COUNT(output_columns), model->n_series);
    sheet.model = model->name;
    sheet.title = flyt_arena_printf(arena, "%s: %s", model->name, say(lang, model->en, model->da));
    for (uint32_t i = 0; sheet.cell != NULL && i < model->n_series; i++) {
        const struct flyt_series *series = &model->series[i];
        struct cell *row = &sheet.cell[(size_t)i * sheet.n_columns];
        bool monthly = series->period == FLYT_SERIES_monthly;
        bool stock = series->kind == FLYT_SERIES_stock;
        row[0].text = series->name;
        row[1].text = flyt_units_say(series->unit, lang);
        row[2] = dims_cell(arena, model, series);
        row[3].text = monthly ? say(lang, "monthly", "månedlig") : say(lang, "yearly", "årlig");
        row[4].text = stock ? say(lang, "stock", "beholdning") : say(lang, "flow", "strøm");
        row[5].text = say(lang, series->en, series->da);
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
        if (scenario != NULL && scenario->model != flyt_models[m]) {
            continue;
        }
        struct sheet sheet = output_sheet(text->arena, flyt_models[m], lang);
        if (sheet.cell == NULL) {
            return FLYT_ERR_MEMORY;
        }
        write_sheet(text, &sheet, format, lang, first);
        first = first && sheet.n_rows == 0;
    }
    flyt_text_add(text, "%s", format == FLYT_DESCRIBE_json ? "]\n" : "");
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}
