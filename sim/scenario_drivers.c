/* National drivers: a table of parameter, year, value that becomes schedules. */
#include "sim/scenario_load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/text.h"
#include "sim/units.h"

enum { PARAMETER, YEAR, VALUE, UNIT };

static const struct flyt_column driver_columns[] = {
    [PARAMETER] = {.name = "parameter",
                   .type = FLYT_COLUMN_text,
                   .en = "full name of the parameter",
                   .da = "parameterens fulde navn"},
    [YEAR] = {.name = "year",
              .type = FLYT_COLUMN_count,
              .unit = "year",
              .low = 1900,
              .high = 2200,
              .en = "from 1 January of this year",
              .da = "fra 1. januar i dette år"},
    [VALUE] = {.name = "value", .type = FLYT_COLUMN_text, .en = "its value", .da = "dens værdi"},
    [UNIT] = {.name = "unit",
              .type = FLYT_COLUMN_text,
              .optional = true,
              .en = "its unit, checked against the parameter's",
              .da = "dens enhed, der skal være parameterens"},
};

static const struct flyt_table_spec driver_spec = {
    .name = "drivers",
    .en = "values of parameters by year",
    .da = "parametres værdier efter år",
    .column = driver_columns,
    .n_columns = FLYT_COUNT(driver_columns),
    .key_columns = "parameter,year",
};

/** A row, to be sorted by parameter, year and place. */
struct row {
    const char *parameter;
    double year;
    uint32_t row;
};

static int compare_rows(const void *a_, const void *b_)
{
    const struct row *a = a_, *b = b_;
    int order = strcmp(a->parameter, b->parameter);
    order = order != 0 ? order : (a->year > b->year) - (a->year < b->year);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

/** Sound rows in order, *n of them; NULL when out of memory. */
static struct row *sorted_rows(const struct flyt_table *table, struct flyt_arena *arena,
                               uint32_t *n)
{
    struct row *row = FLYT_ARENA_ARRAY(arena, struct row, table->n_rows);
    *n = 0;
    for (uint32_t i = 0; row != NULL && i < table->n_rows; i++) {
        if (!isnan(table->value[YEAR][i]) && table->text[PARAMETER][i][0] != '\0') {
            row[(*n)++] = (struct row){table->text[PARAMETER][i], table->value[YEAR][i], i};
        }
    }
    if (row != NULL && *n > 1) {
        qsort(row, *n, sizeof *row, compare_rows);
    }
    return row;
}

/** A unit that is not the parameter's: percent where a share is meant. */
static void check_unit(struct flyt_scenario_load *load, const struct flyt_table *table,
                       const struct flyt_field *field, const struct row *row)
{
    const char *unit = table->text[UNIT][row->row];
    enum flyt_lang lang = load->diag == NULL ? FLYT_EN : load->diag->lang;
    if (unit[0] == '\0' || field->type == FLYT_FIELD_choice || field->type == FLYT_FIELD_flag ||
        strcmp(unit, field->unit) == 0 || strcmp(unit, flyt_units_say(field->unit, FLYT_DA)) == 0) {
        return;
    }
    char quoted[FLYT_QUOTE_SIZE];
    flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO,
                                              flyt_table_place(table, row->row, UNIT),
                                              "unit: \"%s\" is not the unit of %s, which is \"%s\"",
                                              "unit: \"%s\" er ikke enheden for %s, som er \"%s\"",
                                              flyt_text_quote(quoted, unit, strlen(unit)),
                                              row->parameter, flyt_units_say(field->unit, lang)));
}

/** The schedule of one parameter from its n rows. */
static enum flyt_status take_schedule(struct flyt_scenario_load *load,
                                      const struct flyt_table *table, const struct row *row,
                                      uint32_t n)
{
    size_t length = strlen(row->parameter);
    uint32_t index = flyt_scenario_find(load, row->parameter, length);
    if (index == FLYT_NONE) {
        flyt_scenario_fault(
            load, flyt_scenario_unknown(load, flyt_table_place(table, row->row, PARAMETER),
                                        row->parameter, length));
        return FLYT_OK;
    }
    const struct flyt_field *field = flyt_scenario_field(load->out->model, index, NULL);
    struct flyt_schedule *schedule = &load->out->parameter[index];
    *schedule = (struct flyt_schedule){.place = flyt_table_place(table, row->row, VALUE)};
    schedule->year = FLYT_ARENA_ARRAY(load->arena, int32_t, n);
    schedule->value = FLYT_ARENA_ARRAY(load->arena, double, n);
    if (schedule->year == NULL || schedule->value == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        const char *text = table->text[VALUE][row[i].row];
        double value = 0;
        check_unit(load, table, field, &row[i]);
        if (text[0] == '\0') {
            continue; /* the table has said so */
        }
        enum flyt_status status =
            flyt_field_parse(field, row->parameter, text, strlen(text),
                             flyt_table_place(table, row[i].row, VALUE), &value, load->diag);
        FLYT_TRY(flyt_scenario_note(load, status));
        bool later = schedule->n == 0 || schedule->year[schedule->n - 1] < (int32_t)row[i].year;
        if (status == FLYT_OK && later) {
            schedule->year[schedule->n] = (int32_t)row[i].year;
            schedule->value[schedule->n++] = value;
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_scenario_take_drivers(struct flyt_scenario_load *load)
{
    struct flyt_bytes bytes;
    struct flyt_table table;
    uint32_t n = 0;
    if (load->drivers.node == NULL) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_scenario_read_named(load, &load->drivers, "drivers", &bytes));
    if (bytes.bytes == NULL) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_scenario_note(
        load, flyt_table_load(&driver_spec, &bytes, NULL, 0, load->arena, &table, load->diag)));
    if (table.n_rows == 0) {
        return FLYT_OK;
    }
    struct row *row = sorted_rows(&table, load->arena, &n);
    if (row == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t first = 0, end = 0; first < n; first = end) {
        while (end < n && strcmp(row[end].parameter, row[first].parameter) == 0) {
            end++;
        }
        FLYT_TRY(take_schedule(load, &table, &row[first], end - first));
    }
    return FLYT_OK;
}
