/**
 * @file segregation_cells.c
 * @brief Cells of a table of counts to numbers.
 */
#include "output/segregation_cells.h"

#include <string.h>

#include "output/segregation_input.h"
#include "sim/text.h"

static const struct flyt_cell *cell_at(const struct flyt_csv *csv, uint32_t row, uint32_t column)
{
    return &csv->cell[(size_t)row * csv->n_columns + column];
}

/** Bytes of a number to its value; between semicolons its decimal mark is a comma. */
static enum flyt_number parse_number(const struct flyt_csv *csv, const struct flyt_cell *cell,
                                     double *value)
{
    char text[32];
    const bool has_comma = memchr(cell->text, ',', cell->length) != NULL;
    if (csv->separator != ';' || !has_comma || cell->length >= sizeof text) {
        return flyt_text_number(cell->text, cell->length, value);
    }
    for (uint32_t i = 0; i < cell->length; i++) {
        text[i] = cell->text[i] == ',' ? '.' : cell->text[i];
    }
    return flyt_text_number(text, cell->length, value);
}

/** Between semicolons a point among digits may be a decimal mark or part thousands off: a fault. */
static bool has_point(const struct flyt_csv *csv, uint32_t row, uint32_t column,
                      struct flyt_diag *diag)
{
    const struct flyt_cell *cell = cell_at(csv, row, column);
    char quoted[FLYT_QUOTE_SIZE], name[FLYT_QUOTE_SIZE];
    bool digit = false, point = false;
    for (uint32_t i = 0; i < cell->length; i++) {
        digit = digit || (cell->text[i] >= '0' && cell->text[i] <= '9');
        point = point || cell->text[i] == '.';
    }
    if (csv->separator != ';' || !point || !digit) {
        return false;
    }
    flyt_text_quote(name, csv->header[column].text, csv->header[column].length);
    (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_csv_place(csv, row, column),
                          "%s: '%s' has a point; between semicolons the decimal mark is a comma, "
                          "and nothing parts thousands",
                          "%s: '%s' har et punktum; mellem semikoloner er decimaltegnet et komma, "
                          "og tusinder skilles ikke",
                          name, flyt_text_quote(quoted, cell->text, cell->length));
    return true;
}

uint32_t flyt_segregation_cell_count(const struct flyt_csv *csv, uint32_t row, uint32_t column,
                                     struct flyt_diag *diag)
{
    const double most = 4294967294.0;
    const struct flyt_cell *cell = cell_at(csv, row, column);
    char quoted[FLYT_QUOTE_SIZE], name[FLYT_QUOTE_SIZE];
    double value = 0.0;
    if (has_point(csv, row, column, diag)) {
        return 0;
    }
    const enum flyt_number fault = parse_number(csv, cell, &value);
    if (fault == FLYT_NUMBER_ok && value >= 0.0 && value <= most &&
        value == (double)(uint32_t)value) {
        return (uint32_t)value;
    }
    flyt_text_quote(name, csv->header[column].text, csv->header[column].length);
    flyt_text_quote(quoted, cell->text, cell->length);
    const struct flyt_place place = flyt_csv_place(csv, row, column);
    if (fault != FLYT_NUMBER_ok) {
        (void)flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO, place,
            "%s: '%s' is no count: it %s (name columns that are no groups with --unit, or the "
            "groups with --groups)",
            "%s: '%s' er intet antal: cellen %s (nævn kolonner, der ikke er grupper, med --unit, "
            "eller "
            "grupperne med --groups)",
            name, quoted, flyt_text_number_fault(fault, diag->lang));
    } else if (value < 0.0) {
        (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                              "%s: %s is negative; a count is a whole number from 0",
                              "%s: %s er negativt; et antal er et helt tal fra 0", name, quoted);
    } else if (value > most) {
        (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place, "%s: %s is more than 4294967294",
                              "%s: %s er mere end 4294967294", name, quoted);
    } else {
        (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                              "%s: %s is no whole number of persons (name columns that are no "
                              "groups with --unit, or the groups with --groups)",
                              "%s: %s er intet helt antal personer (nævn kolonner, der ikke er "
                              "grupper, med --unit, eller grupperne med --groups)",
                              name, quoted);
    }
    return 0;
}

uint32_t flyt_segregation_total_row(const struct flyt_segregation_counts *counts)
{
    const uint32_t n_groups = counts->n_groups, n_units = counts->n_units;
    uint64_t sum[FLYT_SEGREGATION_GROUPS_MAX] = {0};
    uint32_t n_filled = 0, total = FLYT_NONE;
    for (uint32_t i = 0; i < n_units; i++) {
        uint64_t persons = 0;
        for (uint32_t g = 0; g < n_groups; g++) {
            const uint32_t count = counts->count[(size_t)i * n_groups + g];
            sum[g] += count;
            persons += count;
        }
        n_filled += persons > 0 ? 1 : 0;
    }
    for (uint32_t i = 0; i < n_units && n_filled > 2 && total == FLYT_NONE; i++) {
        uint32_t g = 0;
        while (g < n_groups && 2 * (uint64_t)counts->count[(size_t)i * n_groups + g] == sum[g]) {
            g++;
        }
        total = g == n_groups ? i : FLYT_NONE;
    }
    return total;
}

uint32_t flyt_segregation_total_group(const struct flyt_segregation_counts *counts)
{
    const uint32_t n_groups = counts->n_groups;
    bool is_total[FLYT_SEGREGATION_GROUPS_MAX], is_present[FLYT_SEGREGATION_GROUPS_MAX] = {false};
    uint32_t n_filled = 0, n_present = 0, total = FLYT_NONE;
    memset(is_total, true, sizeof is_total);
    for (uint32_t i = 0; i < counts->n_units; i++) {
        const uint32_t *count = counts->count + (size_t)i * n_groups;
        uint64_t persons = 0;
        for (uint32_t g = 0; g < n_groups; g++) {
            persons += count[g];
        }
        n_filled += persons > 0 ? 1 : 0;
        for (uint32_t g = 0; g < n_groups; g++) {
            is_present[g] = is_present[g] || count[g] > 0;
            is_total[g] = is_total[g] && 2 * (uint64_t)count[g] == persons;
        }
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        n_present += is_present[g] ? 1 : 0;
        total = is_total[g] ? g : total;
    }
    return n_present > 2 && n_filled > 1 ? total : FLYT_NONE;
}

double *flyt_segregation_cell_reals(const struct flyt_csv *csv, uint32_t column, double above,
                                    struct flyt_arena *arena, struct flyt_diag *diag)
{
    double *value = FLYT_ARENA_ARRAY(arena, double, csv->n_rows);
    for (uint32_t row = 0; value != NULL && row < csv->n_rows; row++) {
        const struct flyt_cell *cell = cell_at(csv, row, column);
        char quoted[FLYT_QUOTE_SIZE], name[FLYT_QUOTE_SIZE];
        if (has_point(csv, row, column, diag)) {
            continue;
        }
        const enum flyt_number fault = parse_number(csv, cell, &value[row]);
        if (fault == FLYT_NUMBER_ok && value[row] > above) {
            continue;
        }
        flyt_text_quote(name, csv->header[column].text, csv->header[column].length);
        flyt_text_quote(quoted, cell->text, cell->length);
        if (fault == FLYT_NUMBER_ok) {
            (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_csv_place(csv, row, column),
                                  "%s: %s is not above %g", "%s: %s er ikke over %g", name, quoted,
                                  above);
        } else {
            (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_csv_place(csv, row, column),
                                  "%s: '%s' is no number: it %s",
                                  "%s: '%s' er intet tal: cellen %s", name, quoted,
                                  flyt_text_number_fault(fault, diag->lang));
        }
    }
    return value;
}
