/* Checks of whole columns of a table: keys and sums. See table_check.h. */
#include "sim/table_check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/text.h"

/** A row by its values in some columns. */
struct key {
    const struct flyt_table *table;
    const uint32_t *column;
    uint32_t n_columns, row;
};

static int compare_values(const struct key *a, const struct key *b)
{
    for (uint32_t i = 0; i < a->n_columns; i++) {
        uint32_t column = a->column[i];
        int order;
        if (a->table->text[column] != NULL) {
            order = strcmp(a->table->text[column][a->row], a->table->text[column][b->row]);
        } else {
            double x = a->table->value[column][a->row], y = a->table->value[column][b->row];
            order = isnan(x) || isnan(y) ? isnan(x) - isnan(y) : (x > y) - (x < y);
        }
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

static int compare_keys(const void *a_, const void *b_)
{
    const struct key *a = a_, *b = b_;
    int order = compare_values(a, b);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

/** Whether a key has a part that is not given (or was faulty). */
static bool is_partial(const struct key *key)
{
    for (uint32_t i = 0; i < key->n_columns; i++) {
        uint32_t column = key->column[i];
        double value = key->table->value[column] == NULL ? 0 : key->table->value[column][key->row];
        bool optional = key->n_columns > 1 && key->table->spec->column[column].optional;
        bool empty =
            key->table->text[column] != NULL && key->table->text[column][key->row][0] == '\0';
        if (!optional && (empty || isnan(value) || value == (double)FLYT_NONE)) {
            return true;
        }
    }
    return false;
}

/** The fault of a row whose key stands in an earlier one too; shows the cells as written. */
static void report_key(struct flyt_table_check *check, const struct key *key, uint32_t first)
{
    const struct flyt_table *table = check->table;
    struct flyt_text shown = {.arena = check->arena}, names = {.arena = check->arena};
    for (uint32_t i = 0; i < key->n_columns && flyt_table_wants_text(check); i++) {
        uint32_t in_file = table->csv_column[key->column[i]];
        flyt_text_add(&names, i == 0 ? "%s" : ", %s", table->spec->column[key->column[i]].name);
        if (in_file != FLYT_NONE) {
            flyt_text_add(&shown, i == 0 ? "%s" : ", %s",
                          table->csv.cell[(size_t)key->row * table->csv.n_columns + in_file].text);
        }
    }
    char quoted[FLYT_QUOTE_SIZE];
    flyt_table_note(check, flyt_diag_fault(check->diag, FLYT_ERR_SCENARIO,
                                           flyt_table_place(table, key->row, key->column[0]),
                                           "%s: \"%s\" stands already in line %u",
                                           "%s: \"%s\" står allerede i linje %u",
                                           names.bytes == NULL ? "" : names.bytes,
                                           flyt_text_quote(quoted, shown.bytes, shown.n),
                                           table->csv.line[first]));
}

/** Rows that agree in all of these columns. A cell that is missing or faulty agrees with none. */
static enum flyt_status check_keys(struct flyt_table_check *check, const uint32_t *columns,
                                   uint32_t n_columns)
{
    const struct flyt_table *table = check->table;
    struct key *key = FLYT_ARENA_ARRAY(check->arena, struct key, table->n_rows);
    if (key == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t row = 0; row < table->n_rows; row++) {
        key[row] = (struct key){table, columns, n_columns, row};
    }
    qsort(key, table->n_rows, sizeof *key, compare_keys);
    for (uint32_t i = 1, first = 0; i < table->n_rows; i++) {
        if (compare_values(&key[first], &key[i]) != 0) {
            first = i;
        } else if (!is_partial(&key[i])) {
            report_key(check, &key[i], key[first].row);
        }
    }
    return FLYT_OK;
}

/** The columns named in spec->key_columns. */
static enum flyt_status check_key_columns(struct flyt_table_check *check)
{
    const struct flyt_table_spec *spec = check->table->spec;
    uint32_t *columns = FLYT_ARENA_ARRAY(check->arena, uint32_t, spec->n_columns);
    uint32_t n = 0;
    if (columns == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (const char *name = spec->key_columns; *name != '\0';) {
        size_t length = strcspn(name, ",");
        for (uint32_t i = 0; i < spec->n_columns; i++) {
            if (strlen(spec->column[i].name) == length &&
                memcmp(spec->column[i].name, name, length) == 0) {
                columns[n++] = i;
            }
        }
        name += length + (name[length] == ',');
    }
    return check_keys(check, columns, n);
}

/** The row in which the sum of a count column passes what 32 bits hold. */
static void check_sum(struct flyt_table_check *check, uint32_t column)
{
    const struct flyt_table *table = check->table;
    double sum = 0;
    for (uint32_t row = 0; row < table->n_rows; row++) {
        double value = table->value[column][row];
        sum += isnan(value) ? 0 : value;
        if (sum > FLYT_TABLE_COUNT_MAX) {
            flyt_table_note(
                check, flyt_diag_fault(check->diag, FLYT_ERR_SCENARIO,
                                       flyt_table_place(table, row, column),
                                       "%s: the sum of the column passes %.0f in this row",
                                       "%s: kolonnens sum overstiger %.0f i denne række",
                                       table->spec->column[column].name, FLYT_TABLE_COUNT_MAX));
            return;
        }
    }
}

enum flyt_status flyt_table_check_columns(struct flyt_table_check *check)
{
    const struct flyt_table_spec *spec = check->table->spec;
    for (uint32_t i = 0; i < spec->n_columns; i++) {
        if (check->table->csv_column[i] == FLYT_NONE) {
            continue;
        }
        if (spec->column[i].type == FLYT_COLUMN_count) {
            check_sum(check, i);
        }
        if (spec->column[i].unique) {
            FLYT_TRY(check_keys(check, &i, 1));
        }
    }
    return spec->key_columns == NULL ? FLYT_OK : check_key_columns(check);
}
