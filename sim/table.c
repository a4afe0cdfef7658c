/* CSV checked against a declaration of its columns. See table.h. */
#include "sim/table_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/field.h"
#include "sim/text.h"

enum { GUESSES = 5000 }; /* names looked through for the one that was meant */

/** Columns every table may have: where its rows come from. They are kept as text, not read. */
static const char *const provenance[] = {"source", "evidence", "confidence", "note"};

/** A text and the row it stands in; sorted to find texts and those that stand twice. */
struct entry {
    const char *text;
    uint32_t row;
};

static const char *column_name(const void *columns_, uint32_t i)
{
    const struct flyt_column *columns = columns_;
    return columns[i].name;
}

static uint32_t declared(const struct flyt_table_spec *spec, const char *name)
{
    for (uint32_t i = 0; i < spec->n_columns; i++) {
        if (strcmp(spec->column[i].name, name) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

uint32_t flyt_table_column(const struct flyt_table *table, const char *name)
{
    return declared(table->spec, name);
}

const double *flyt_table_values(const struct flyt_table *table, const char *column)
{
    return table->value[flyt_table_column(table, column)];
}

const char *const *flyt_table_texts(const struct flyt_table *table, const char *column)
{
    return table->text[flyt_table_column(table, column)];
}

struct flyt_place flyt_table_place(const struct flyt_table *table, uint32_t row, uint32_t column)
{
    if (table->csv_column[column] == FLYT_NONE) {
        return (struct flyt_place){
            table->csv.file, row == FLYT_NONE ? table->csv.header_line : table->csv.line[row], 1};
    }
    return flyt_csv_place(&table->csv, row, table->csv_column[column]);
}

/** A column of the file that is not declared; *guess is the column it is taken to mean. */
static void report_unknown(struct flyt_table_check *check, uint32_t i, uint32_t *guess)
{
    const struct flyt_table *table = check->table;
    const struct flyt_cell *cell = &table->csv.header[i];
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    *guess = flyt_text_nearest(cell->text, cell->length, table->spec->n_columns, column_name,
                               table->spec->column);
    flyt_table_note(
        check,
        flyt_diag_fault(
            check->diag, FLYT_ERR_SCENARIO, flyt_csv_place(&table->csv, FLYT_NONE, i),
            "unknown column \"%s\" in the table %s%s", "ukendt kolonne \"%s\" i tabellen %s%s",
            flyt_text_quote(quoted, cell->text, cell->length), table->spec->name,
            flyt_text_hint(hint, check->diag,
                           *guess == FLYT_NONE ? NULL : table->spec->column[*guess].name)));
}

static bool is_provenance(const char *name)
{
    for (size_t i = 0; i < FLYT_COUNT(provenance); i++) {
        if (strcmp(name, provenance[i]) == 0) {
            return true;
        }
    }
    return false;
}

/** Matches the file's columns with the declared ones. */
static enum flyt_status check_header(struct flyt_table_check *check)
{
    struct flyt_table *table = check->table;
    const struct flyt_table_spec *spec = table->spec;
    bool *guessed = FLYT_ARENA_ZERO(check->arena, bool, spec->n_columns);
    if (guessed == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < table->csv.n_columns; i++) {
        const struct flyt_cell *cell = &table->csv.header[i];
        uint32_t first = flyt_csv_column(&table->csv, cell->text);
        uint32_t column = declared(spec, cell->text);
        char quoted[FLYT_QUOTE_SIZE];
        if (first != i) {
            flyt_table_note(
                check,
                flyt_diag_fault(check->diag, FLYT_ERR_SCENARIO,
                                flyt_csv_place(&table->csv, FLYT_NONE, i),
                                "the column \"%s\" stands twice; the first is column %u",
                                "kolonnen \"%s\" står to gange; den første er kolonne %u",
                                flyt_text_quote(quoted, cell->text, cell->length), first + 1));
        } else if (column != FLYT_NONE) {
            table->csv_column[column] = i;
        } else if (!is_provenance(cell->text)) {
            uint32_t guess = FLYT_NONE;
            report_unknown(check, i, &guess);
            if (guess != FLYT_NONE) {
                guessed[guess] = true;
            }
        }
    }
    for (uint32_t i = 0; i < spec->n_columns; i++) {
        if (table->csv_column[i] == FLYT_NONE && !spec->column[i].optional && !guessed[i]) {
            struct flyt_place place = {table->csv.file, table->csv.header_line, 1};
            flyt_table_note(check, flyt_diag_fault(check->diag, FLYT_ERR_SCENARIO, place,
                                                   "the table %s lacks the column \"%s\"",
                                                   "tabellen %s mangler kolonnen \"%s\"",
                                                   spec->name, spec->column[i].name));
        }
    }
    return FLYT_OK;
}

/** A text people read: no white space at its ends, composed letters. */
static void check_text(struct flyt_table_check *check, const struct flyt_cell *cell,
                       struct flyt_place place, const char *column)
{
    char quoted[FLYT_QUOTE_SIZE];
    (void)flyt_text_quote(quoted, cell->text, cell->length);
    size_t mark = flyt_text_combining(cell->text, cell->length);
    if (cell->length > 0 && (cell->text[0] == ' ' || cell->text[cell->length - 1] == ' ')) {
        flyt_table_note(check, flyt_diag_fault(check->diag, FLYT_ERR_SCENARIO, place,
                                               "%s: \"%s\" begins or ends with a space",
                                               "%s: \"%s\" begynder eller slutter med et mellemrum",
                                               column, quoted));
    } else if (mark < cell->length) {
        place.column += (uint32_t)flyt_text_length(cell->text, mark);
        flyt_table_note(
            check,
            flyt_diag_fault(check->diag, FLYT_ERR_SCENARIO, place,
                            "%s: \"%s\" has a combining mark behind a letter; write letter and "
                            "mark as one character (Unicode NFC)",
                            "%s: \"%s\" har et løst accenttegn efter et bogstav; skriv bogstav "
                            "og tegn som ét (Unicode NFC)",
                            column, quoted));
    }
}

static double check_number(struct flyt_table_check *check, const struct flyt_column *column,
                           const struct flyt_cell *cell, struct flyt_place place)
{
    bool limited = column->low != 0 || column->high != 0;
    bool count = column->type == FLYT_COLUMN_count;
    struct flyt_field field = {
        .name = column->name,
        .unit = column->unit == NULL ? "" : column->unit,
        .low = limited ? column->low : (count ? 0 : -1.7976931348623157e308),
        .high = limited ? column->high : (count ? FLYT_TABLE_COUNT_MAX : 1.7976931348623157e308),
        .type = count ? FLYT_FIELD_count : FLYT_FIELD_real,
    };
    double value = NAN;
    enum flyt_status status = flyt_field_parse(&field, column->name, cell->text, cell->length,
                                               place, &value, check->diag);
    flyt_table_note(check, status);
    return status == FLYT_OK ? value : NAN;
}

static double check_choice(struct flyt_table_check *check, const struct flyt_column *column,
                           const struct flyt_cell *cell, struct flyt_place place)
{
    struct flyt_field field = {
        .name = column->name, .unit = column->unit, .type = FLYT_FIELD_choice};
    double value = 0;
    flyt_table_note(check, flyt_field_parse(&field, column->name, cell->text, cell->length, place,
                                            &value, check->diag));
    return value;
}

static int compare_entries(const void *a_, const void *b_)
{
    const struct entry *a = a_, *b = b_;
    int order = strcmp(a->text, b->text);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

/** Texts of a column in order, [n_rows]; NULL when out of memory. */
static struct entry *sorted_texts(struct flyt_arena *arena, const char *const *text, uint32_t n)
{
    struct entry *entry = FLYT_ARENA_ARRAY(arena, struct entry, n);
    for (uint32_t row = 0; entry != NULL && row < n; row++) {
        entry[row] = (struct entry){text[row], row};
    }
    if (entry != NULL && n > 1) {
        qsort(entry, n, sizeof *entry, compare_entries);
    }
    return entry;
}

/** The earlier table a column refers to, with its names in order. */
struct target {
    const struct flyt_table *table;
    const char *const *text;
    struct entry *entry;
};

static const char *target_name(const void *target_, uint32_t i)
{
    const struct target *target = target_;
    return target->text[i];
}

/** Row of the earlier table with this name. */
static double check_ref(struct flyt_table_check *check, const struct flyt_column *column,
                        const struct flyt_cell *cell, struct flyt_place place,
                        const struct target *target)
{
    uint32_t low = 0, high = target->table->n_rows;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(target->entry[middle].text, cell->text) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < target->table->n_rows && strcmp(target->entry[low].text, cell->text) == 0) {
        return (double)target->entry[low].row;
    }
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE] = "";
    if (flyt_table_wants_text(check)) {
        uint32_t n_rows = target->table->n_rows;
        uint32_t nearest = flyt_text_nearest(
            cell->text, cell->length, n_rows < GUESSES ? n_rows : GUESSES, target_name, target);
        (void)flyt_text_hint(hint, check->diag,
                             nearest == FLYT_NONE ? NULL : target->text[nearest]);
    }
    flyt_table_note(check,
                    flyt_diag_fault(check->diag, FLYT_ERR_SCENARIO, place,
                                    "%s: \"%s\" is not in the table %s (column %s)%s",
                                    "%s: \"%s\" findes ikke i tabellen %s (kolonnen %s)%s",
                                    column->name, flyt_text_quote(quoted, cell->text, cell->length),
                                    column->refers_table, column->refers_column, hint));
    return (double)FLYT_NONE;
}

/**
 * Finds what a ref column refers to. No entries: the other table could not be read (its own faults
 * say so), or is not given, which is a fault of this column.
 */
static enum flyt_status find_target(struct flyt_table_check *check, uint32_t column_,
                                    struct target *target)
{
    const struct flyt_column *column = &check->table->spec->column[column_];
    *target = (struct target){0};
    for (uint32_t i = 0; i < check->n_earlier; i++) {
        const struct flyt_table *table = &check->earlier[i];
        if (!table->present || strcmp(table->spec->name, column->refers_table) != 0) {
            continue;
        }
        target->table = table;
        if (table->n_rows == 0) {
            return FLYT_OK;
        }
        target->text = flyt_table_texts(table, column->refers_column);
        target->entry = sorted_texts(check->arena, target->text, table->n_rows);
        return target->entry == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
    }
    flyt_table_note(check,
                    flyt_diag_fault(check->diag, FLYT_ERR_SCENARIO,
                                    flyt_table_place(check->table, FLYT_NONE, column_),
                                    "the column \"%s\" refers to the table %s, which is not given",
                                    "kolonnen \"%s\" henviser til tabellen %s, som ikke er givet",
                                    column->name, column->refers_table));
    return FLYT_OK;
}

/** The value that stands for "not given". */
static double absent_value(const struct flyt_column *column)
{
    return column->type == FLYT_COLUMN_choice || column->type == FLYT_COLUMN_ref ? (double)FLYT_NONE
                                                                                 : (double)NAN;
}

static double check_cell(struct flyt_table_check *check, const struct flyt_column *column,
                         const struct flyt_cell *cell, struct flyt_place place,
                         const struct target *target)
{
    if (cell->length == 0) {
        if (!column->optional) {
            flyt_table_note(check, flyt_diag_fault(check->diag, FLYT_ERR_SCENARIO, place,
                                                   "%s: the cell is empty", "%s: cellen er tom",
                                                   column->name));
        }
        return absent_value(column);
    }
    switch (column->type) {
    case FLYT_COLUMN_text:
        check_text(check, cell, place, column->name);
        break;
    case FLYT_COLUMN_count:
    case FLYT_COLUMN_real:
        return check_number(check, column, cell, place);
    case FLYT_COLUMN_choice:
        return check_choice(check, column, cell, place);
    case FLYT_COLUMN_ref:
        if (target->entry != NULL) {
            return check_ref(check, column, cell, place, target);
        }
        break;
    }
    return absent_value(column);
}

/** Reads a whole column into the table's arrays. */
static enum flyt_status read_column(struct flyt_table_check *check, uint32_t column_)
{
    struct flyt_table *table = check->table;
    const struct flyt_column *column = &table->spec->column[column_];
    uint32_t in_file = table->csv_column[column_], n = table->n_rows;
    struct target target = {0};
    const char **text = NULL;
    double *value = NULL;
    if (column->type == FLYT_COLUMN_text) {
        text = table->text[column_] = FLYT_ARENA_ARRAY(check->arena, const char *, n);
    } else {
        value = table->value[column_] = FLYT_ARENA_ARRAY(check->arena, double, n);
    }
    if (text == NULL && value == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (column->type == FLYT_COLUMN_ref && in_file != FLYT_NONE) {
        FLYT_TRY(find_target(check, column_, &target));
    }
    for (uint32_t row = 0; row < n; row++) {
        const struct flyt_cell *cell =
            in_file == FLYT_NONE ? NULL
                                 : &table->csv.cell[(size_t)row * table->csv.n_columns + in_file];
        double read = cell == NULL ? absent_value(column)
                                   : check_cell(check, column, cell,
                                                flyt_csv_place(&table->csv, row, in_file), &target);
        if (text != NULL) {
            text[row] = cell == NULL ? "" : cell->text;
        } else {
            value[row] = read;
        }
    }
    return FLYT_OK;
}

/** The class of evidence of each row, where the table gives it. */
static void check_evidence(struct flyt_table_check *check)
{
    static const struct flyt_field evidence = {
        .name = "evidence", .unit = FLYT_EVIDENCE_NAMES, .type = FLYT_FIELD_choice};
    const struct flyt_csv *csv = &check->table->csv;
    uint32_t column = flyt_csv_column(csv, evidence.name);
    if (column == FLYT_NONE || declared(check->table->spec, evidence.name) != FLYT_NONE) {
        return;
    }
    for (uint32_t row = 0; row < csv->n_rows; row++) {
        const struct flyt_cell *cell = &csv->cell[(size_t)row * csv->n_columns + column];
        double class;
        flyt_table_note(check,
                        flyt_field_parse(&evidence, evidence.name, cell->text, cell->length,
                                         flyt_csv_place(csv, row, column), &class, check->diag));
    }
}

/** Whether the tables that the ref columns name are sound. */
static bool refers_to_sound(const struct flyt_table_check *check)
{
    const struct flyt_table *table = check->table;
    bool sound = true;
    for (uint32_t i = 0; i < table->spec->n_columns; i++) {
        const struct flyt_column *column = &table->spec->column[i];
        for (uint32_t k = 0; column->type == FLYT_COLUMN_ref && k < check->n_earlier; k++) {
            const struct flyt_table *earlier = &check->earlier[k];
            bool named = strcmp(earlier->spec->name, column->refers_table) == 0;
            sound &= !named || table->csv_column[i] == FLYT_NONE || earlier->sound;
        }
    }
    return sound;
}

enum flyt_status flyt_table_load(const struct flyt_table_spec *spec, const struct flyt_bytes *bytes,
                                 const struct flyt_table *earlier, uint32_t n_earlier,
                                 struct flyt_arena *arena, struct flyt_table *out,
                                 struct flyt_diag *diag)
{
    struct flyt_table_check check = {
        .table = out, .earlier = earlier, .n_earlier = n_earlier, .arena = arena, .diag = diag};
    *out = (struct flyt_table){.spec = spec, .present = true};
    out->text = FLYT_ARENA_ZERO(arena, const char **, spec->n_columns);
    out->value = FLYT_ARENA_ZERO(arena, double *, spec->n_columns);
    out->csv_column = FLYT_ARENA_ARRAY(arena, uint32_t, spec->n_columns);
    if (out->text == NULL || out->value == NULL || out->csv_column == NULL) {
        return FLYT_ERR_MEMORY;
    }
    memset(out->csv_column, 0xff, spec->n_columns * sizeof *out->csv_column);
    FLYT_TRY(flyt_csv_parse(bytes, arena, &out->csv, diag));
    FLYT_TRY(check_header(&check));
    if (check.status != FLYT_OK) {
        return check.status;
    }
    if (out->csv.n_rows == 0) {
        struct flyt_place place = {out->csv.file, out->csv.header_line, 1};
        return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place, "the table %s has no rows",
                               "tabellen %s har ingen rækker", spec->name);
    }
    out->n_rows = out->csv.n_rows;
    for (uint32_t i = 0; i < spec->n_columns; i++) {
        FLYT_TRY(read_column(&check, i));
    }
    check_evidence(&check);
    FLYT_TRY(flyt_table_check_columns(&check));
    out->sound = check.status == FLYT_OK && refers_to_sound(&check);
    return check.status;
}
