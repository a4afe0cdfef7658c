/**
 * @file segregation_input.c
 * @brief Tables of counts and lists of neighbours, checked cell by cell.
 */
#include "output/segregation_input.h"

#include <stdlib.h>
#include <string.h>

#include "output/segregation_cells.h"
#include "sim/text.h"

/* ---- columns ------------------------------------------------------------------------------- */

static const char *header_name(const void *csv_, uint32_t i)
{
    const struct flyt_csv *csv = csv_;
    return csv->header[i].text;
}

/** The column of that name; a fault with the nearest name when there is none. */
static uint32_t find_column(const struct flyt_csv *csv, const char *name, struct flyt_diag *diag)
{
    char quoted[FLYT_QUOTE_SIZE], near[FLYT_QUOTE_SIZE];
    const struct flyt_place place = {csv->file, csv->header_line, 1};
    const uint32_t column = flyt_csv_column(csv, name);
    if (column != FLYT_NONE) {
        return column;
    }
    flyt_text_quote(quoted, name, strlen(name));
    const uint32_t nearest =
        flyt_text_nearest(name, strlen(name), csv->n_columns, header_name, csv);
    if (nearest == FLYT_NONE) {
        (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place, "there is no column '%s'",
                              "der er ingen kolonne '%s'", quoted);
    } else {
        const struct flyt_cell *cell = &csv->header[nearest];
        (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                              "there is no column '%s'; did you mean '%s'?",
                              "der er ingen kolonne '%s'; mente du '%s'?", quoted,
                              flyt_text_quote(near, cell->text, cell->length));
    }
    return FLYT_NONE;
}

/** Column numbers of everything; `group` has room for all columns. */
struct found {
    uint32_t unit, within, x_km, y_km, area_km2;
    uint32_t n_groups, *group;
};

static uint32_t optional_column(const struct flyt_csv *csv, const char *name,
                                struct flyt_diag *diag)
{
    return name != NULL ? find_column(csv, name, diag) : FLYT_NONE;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool is_group(const struct found *found, uint32_t column)
{
    uint32_t g = 0;
    while (g < found->n_groups && found->group[g] != column) {
        g++;
    }
    return g < found->n_groups;
}

/** Faults of the heads of the groups: no name, or one that another column has. */
static void check_heads(const struct flyt_csv *csv, const struct found *found,
                        struct flyt_diag *diag)
{
    for (uint32_t g = 0; g < found->n_groups; g++) {
        const uint32_t column = found->group[g];
        const struct flyt_cell *head = &csv->header[column];
        const struct flyt_place place = {csv->file, csv->header_line, 1};
        uint32_t other = 0;
        char quoted[FLYT_QUOTE_SIZE];
        if (head->length == 0) {
            (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place, "column %u has no name",
                                  "kolonne %u har intet navn", column + 1);
            continue;
        }
        flyt_text_quote(quoted, head->text, head->length);
        while (other < csv->n_columns &&
               (other == column || strcmp(csv->header[other].text, head->text) != 0)) {
            other++;
        }
        if (other < csv->n_columns && (other > column || !is_group(found, other))) {
            (void)flyt_diag_fault(
                diag, FLYT_ERR_SCENARIO, place, "the columns %u and %u are both named '%s'",
                "kolonnerne %u og %u hedder begge '%s'", (other < column ? other : column) + 1,
                (other < column ? column : other) + 1, quoted);
        }
    }
}

/** Groups in column order, named or all that remain; at least two, at most the maximum. */
static void find_groups(const struct flyt_csv *csv, const struct flyt_segregation_columns *columns,
                        struct found *found, struct flyt_diag *diag)
{
    const struct flyt_place place = {csv->file, csv->header_line, 1};
    found->n_groups = 0;
    for (uint32_t g = 0; g < columns->n_groups; g++) {
        const uint32_t column = find_column(csv, columns->groups[g], diag);
        if (column != FLYT_NONE && found->n_groups < csv->n_columns) {
            found->group[found->n_groups++] = column;
        }
    }
    qsort(found->group, found->n_groups, sizeof *found->group, by_number);
    for (uint32_t c = 0; columns->n_groups == 0 && c < csv->n_columns; c++) {
        if (c != found->unit && c != found->within && c != found->x_km && c != found->y_km &&
            c != found->area_km2) {
            found->group[found->n_groups++] = c;
        }
    }
    if (columns->n_groups == 0 && found->n_groups < 2) {
        (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                              "segregation needs columns of at least two groups; there is %u",
                              "segregation kræver kolonner for mindst to grupper; der er %u",
                              found->n_groups);
    }
    if (found->n_groups > FLYT_SEGREGATION_GROUPS_MAX) {
        (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                              "%u groups are more than %u; choose some with --groups",
                              "%u grupper er flere end %u; vælg nogle med --groups",
                              found->n_groups, FLYT_SEGREGATION_GROUPS_MAX);
    }
    check_heads(csv, found, diag);
}

/* ---- cells --------------------------------------------------------------------------------- */

static const struct flyt_cell *cell_at(const struct flyt_csv *csv, uint32_t row, uint32_t column)
{
    return &csv->cell[(size_t)row * csv->n_columns + column];
}

/* ---- names --------------------------------------------------------------------------------- */

/** Rows of a text column in order of the text, ties by row: quicksort on pointers is not stable. */
struct named_row {
    const char *name;
    uint32_t row;
};

static int by_name(const void *a_, const void *b_)
{
    const struct named_row *a = a_, *b = b_;
    const int order = strcmp(a->name, b->name);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

static struct named_row *sort_names(const char *const *name, uint32_t n, struct flyt_arena *arena)
{
    struct named_row *sorted = FLYT_ARENA_ARRAY(arena, struct named_row, n);
    for (uint32_t i = 0; sorted != NULL && i < n; i++) {
        sorted[i] = (struct named_row){name[i], i};
    }
    if (sorted != NULL) {
        qsort(sorted, n, sizeof *sorted, by_name);
    }
    return sorted;
}

/** Texts of a column; an empty one is a fault. */
static const char **read_names(const struct flyt_csv *csv, uint32_t column,
                               struct flyt_arena *arena, struct flyt_diag *diag)
{
    const char **name = FLYT_ARENA_ARRAY(arena, const char *, csv->n_rows);
    for (uint32_t row = 0; name != NULL && row < csv->n_rows; row++) {
        const struct flyt_cell *cell = cell_at(csv, row, column);
        name[row] = cell->text;
        if (cell->length == 0) {
            char quoted[FLYT_QUOTE_SIZE];
            const struct flyt_cell *head = &csv->header[column];
            (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_csv_place(csv, row, column),
                                  "%s: the name is missing", "%s: navnet mangler",
                                  flyt_text_quote(quoted, head->text, head->length));
        }
    }
    return name;
}

static enum flyt_status read_units(const struct flyt_csv *csv, uint32_t column,
                                   struct flyt_arena *arena, struct flyt_segregation_input *out,
                                   struct flyt_diag *diag)
{
    out->unit = read_names(csv, column, arena, diag);
    const struct named_row *sorted =
        out->unit != NULL ? sort_names(out->unit, csv->n_rows, arena) : NULL;
    if (sorted == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t k = 1; k < csv->n_rows; k++) {
        if (strcmp(sorted[k].name, sorted[k - 1].name) == 0 && sorted[k].name[0] != '\0') {
            char quoted[FLYT_QUOTE_SIZE];
            (void)flyt_diag_fault(
                diag, FLYT_ERR_SCENARIO, flyt_csv_place(csv, sorted[k].row, column),
                "the unit '%s' stands in line %u already", "enheden '%s' står allerede i linje %u",
                flyt_text_quote(quoted, sorted[k].name, strlen(sorted[k].name)),
                csv->line[sorted[k - 1].row]);
        }
    }
    return FLYT_OK;
}

/** Numbers the parts of a partition by first appearance. */
static enum flyt_status read_parts(const struct flyt_csv *csv, uint32_t column,
                                   struct flyt_arena *arena, struct flyt_segregation_input *out,
                                   struct flyt_diag *diag)
{
    const char **name = read_names(csv, column, arena, diag);
    const struct named_row *sorted = name != NULL ? sort_names(name, csv->n_rows, arena) : NULL;
    uint32_t *leader = FLYT_ARENA_ARRAY(arena, uint32_t, csv->n_rows); /* first row of the name */
    out->part = FLYT_ARENA_ARRAY(arena, uint32_t, csv->n_rows);
    out->part_name = FLYT_ARENA_ARRAY(arena, const char *, csv->n_rows);
    if (sorted == NULL || leader == NULL || out->part == NULL || out->part_name == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t k = 0, first = 0; k < csv->n_rows; k++) {
        if (k > 0 && strcmp(sorted[k].name, sorted[k - 1].name) != 0) {
            first = k;
        }
        leader[sorted[k].row] = sorted[first].row;
    }
    out->n_parts = 0;
    for (uint32_t row = 0; row < csv->n_rows; row++) {
        if (leader[row] == row) {
            out->part_name[out->n_parts] = name[row];
            out->part[row] = out->n_parts++;
        } else {
            out->part[row] = out->part[leader[row]];
        }
    }
    return FLYT_OK;
}

/* ---- the table ----------------------------------------------------------------------------- */

static enum flyt_status refuse_totals(const struct found *found,
                                      const struct flyt_segregation_input *out,
                                      struct flyt_diag *diag)
{
    const struct flyt_csv *csv = &out->csv;
    const uint32_t row = flyt_segregation_total_row(&out->counts);
    const uint32_t group = flyt_segregation_total_group(&out->counts);
    if (row != FLYT_NONE) {
        return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_csv_place(csv, row, 0),
                               "this row is the sum of all other rows, so no unit of its own; take "
                               "the line out of the file",
                               "denne række er summen af alle andre rækker, altså ingen enhed for "
                               "sig; tag linjen ud af filen");
    }
    if (group != FLYT_NONE) {
        const struct flyt_cell *cell = &csv->header[found->group[group]];
        char quoted[FLYT_QUOTE_SIZE];
        return flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO, (struct flyt_place){csv->file, csv->header_line, cell->column},
            "%s is the sum of all other groups, so no group of its own; name the groups with "
            "--groups",
            "%s er summen af alle andre grupper, altså ingen gruppe for sig; angiv grupperne med "
            "--groups",
            flyt_text_quote(quoted, cell->text, cell->length));
    }
    return FLYT_OK;
}

static enum flyt_status read_counts(const struct found *found, struct flyt_arena *arena,
                                    struct flyt_segregation_input *out, struct flyt_diag *diag)
{
    const struct flyt_csv *csv = &out->csv;
    const uint32_t n_groups = found->n_groups;
    uint32_t *count = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)csv->n_rows * n_groups);
    out->group = FLYT_ARENA_ARRAY(arena, const char *, n_groups);
    if (count == NULL || out->group == NULL) {
        return FLYT_ERR_MEMORY;
    }
    const uint32_t n_before = diag->n_faults;
    uint32_t n_present = 0;
    for (uint32_t g = 0; g < n_groups; g++) {
        out->group[g] = csv->header[found->group[g]].text;
    }
    for (uint32_t row = 0; row < csv->n_rows; row++) {
        for (uint32_t g = 0; g < n_groups; g++) {
            count[(size_t)row * n_groups + g] =
                flyt_segregation_cell_count(csv, row, found->group[g], diag);
        }
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        bool present = false;
        for (uint32_t row = 0; row < csv->n_rows; row++) {
            present = present || count[(size_t)row * n_groups + g] > 0;
        }
        n_present += present ? 1 : 0;
    }
    out->counts = (struct flyt_segregation_counts){csv->n_rows, n_groups, count};
    if (diag->n_faults == n_before && n_present < 2) {
        const struct flyt_place place = {csv->file, 0, 0};
        if (csv->n_rows == 0) {
            return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                                   "there is no row below the header",
                                   "der er ingen række under overskriften");
        }
        return n_present == 0
                   ? flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place, "all units are empty",
                                     "alle enheder er tomme")
                   : flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                                     "all persons are in one group; segregation needs two",
                                     "alle personer er i én gruppe; segregation kræver to");
    }
    return diag->n_faults == n_before ? refuse_totals(found, out, diag) : FLYT_OK;
}

enum flyt_status flyt_segregation_input_read(const struct flyt_bytes *bytes,
                                             const struct flyt_segregation_columns *columns,
                                             struct flyt_arena *arena,
                                             struct flyt_segregation_input *out,
                                             struct flyt_diag *diag)
{
    const uint32_t n_before = diag->n_faults;
    *out = (struct flyt_segregation_input){0};
    FLYT_TRY(flyt_csv_parse_either(bytes, arena, &out->csv, diag));
    const struct flyt_csv *csv = &out->csv;
    struct found found = {.unit = optional_column(csv, columns->unit, diag),
                          .within = optional_column(csv, columns->within, diag),
                          .x_km = optional_column(csv, columns->x_km, diag),
                          .y_km = optional_column(csv, columns->y_km, diag),
                          .area_km2 = optional_column(csv, columns->area_km2, diag),
                          .group = FLYT_ARENA_ARRAY(arena, uint32_t, csv->n_columns)};
    if (found.group == NULL) {
        return FLYT_ERR_MEMORY;
    }
    find_groups(csv, columns, &found, diag);
    FLYT_TRY(flyt_diag_since(diag, n_before));
    FLYT_TRY(read_counts(&found, arena, out, diag));
    if (found.unit != FLYT_NONE) {
        FLYT_TRY(read_units(csv, found.unit, arena, out, diag));
    }
    if (found.within != FLYT_NONE) {
        FLYT_TRY(read_parts(csv, found.within, arena, out, diag));
    }
    if (found.x_km != FLYT_NONE && found.y_km != FLYT_NONE) {
        out->x_km = flyt_segregation_cell_reals(csv, found.x_km, -1e9, arena, diag);
        out->y_km = flyt_segregation_cell_reals(csv, found.y_km, -1e9, arena, diag);
        if (out->x_km == NULL || out->y_km == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    if (found.area_km2 != FLYT_NONE) {
        out->area_km2 = flyt_segregation_cell_reals(csv, found.area_km2, 0.0, arena, diag);
        if (out->area_km2 == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return flyt_diag_since(diag, n_before);
}

/* ---- neighbours ---------------------------------------------------------------------------- */

struct unit_names {
    const struct named_row *sorted;
    uint32_t n;
};

static const char *unit_name(const void *names_, uint32_t i)
{
    const struct unit_names *names = names_;
    return names->sorted[i].name;
}

/** The unit a cell names; a fault when there is none. */
static uint32_t find_unit(const struct unit_names *names, const struct flyt_csv *csv, uint32_t row,
                          uint32_t column, struct flyt_diag *diag)
{
    const struct flyt_cell *cell = cell_at(csv, row, column);
    uint32_t low = 0, high = names->n;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (strcmp(names->sorted[middle].name, cell->text) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < names->n && strcmp(names->sorted[low].name, cell->text) == 0) {
        return names->sorted[low].row;
    }
    char quoted[FLYT_QUOTE_SIZE], near[FLYT_QUOTE_SIZE];
    flyt_text_quote(quoted, cell->text, cell->length);
    const uint32_t nearest =
        diag->n_faults < FLYT_DIAG_FAULTS
            ? flyt_text_nearest(cell->text, cell->length, names->n, unit_name, names)
            : FLYT_NONE;
    if (nearest == FLYT_NONE) {
        (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_csv_place(csv, row, column),
                              "the table has no unit '%s'", "tabellen har ingen enhed '%s'",
                              quoted);
    } else {
        const char *name = names->sorted[nearest].name;
        (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_csv_place(csv, row, column),
                              "the table has no unit '%s'; did you mean '%s'?",
                              "tabellen har ingen enhed '%s'; mente du '%s'?", quoted,
                              flyt_text_quote(near, name, strlen(name)));
    }
    return FLYT_NONE;
}

/** Where the list of neighbours holds the pair; FLYT_NONE: nowhere. */
static uint32_t slot_of(const struct flyt_segregation_neighbours *neighbours, uint32_t unit,
                        uint32_t other)
{
    uint32_t low = neighbours->first[unit], high = neighbours->first[unit + 1];
    const uint32_t end = high;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (neighbours->other[middle] < other) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < end && neighbours->other[low] == other ? low : FLYT_NONE;
}

/** Pairs of one file as units; faults for what is no pair. */
static void read_pairs(const struct flyt_csv *csv, const struct unit_names *names, uint32_t *a,
                       uint32_t *b, struct flyt_diag *diag)
{
    for (uint32_t row = 0; row < csv->n_rows; row++) {
        a[row] = find_unit(names, csv, row, 0, diag);
        b[row] = find_unit(names, csv, row, 1, diag);
        if (a[row] == b[row] && a[row] != FLYT_NONE) {
            char quoted[FLYT_QUOTE_SIZE];
            const struct flyt_cell *cell = cell_at(csv, row, 1);
            (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_csv_place(csv, row, 1),
                                  "'%s' is listed as its own neighbour",
                                  "'%s' er opført som sin egen nabo",
                                  flyt_text_quote(quoted, cell->text, cell->length));
        }
    }
}

/** Faults for pairs in one direction only, or given twice. seen: [pairs] 0. */
static void check_pairs(const struct flyt_csv *csv, const uint32_t *a, const uint32_t *b,
                        const struct flyt_segregation_neighbours *neighbours, uint32_t *seen,
                        struct flyt_diag *diag)
{
    for (uint32_t row = 0; row < csv->n_rows; row++) {
        char from[FLYT_QUOTE_SIZE], to[FLYT_QUOTE_SIZE];
        const struct flyt_cell *one = cell_at(csv, row, 0), *two = cell_at(csv, row, 1);
        const struct flyt_place place = flyt_csv_place(csv, row, 0);
        const uint32_t slot = slot_of(neighbours, a[row], b[row]);
        flyt_text_quote(from, one->text, one->length);
        flyt_text_quote(to, two->text, two->length);
        if (seen[slot] > 0) {
            (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                                  "'%s' has the neighbour '%s' in line %u already",
                                  "'%s' har allerede naboen '%s' i linje %u", from, to, seen[slot]);
        } else if (slot_of(neighbours, b[row], a[row]) == FLYT_NONE) {
            (void)flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                                  "'%s' has the neighbour '%s', but not the other way round",
                                  "'%s' har naboen '%s', men ikke omvendt", from, to);
        }
        seen[slot] = seen[slot] > 0 ? seen[slot] : csv->line[row];
    }
}

enum flyt_status flyt_segregation_input_neighbours(const struct flyt_bytes *bytes,
                                                   const struct flyt_segregation_input *input,
                                                   struct flyt_arena *arena,
                                                   struct flyt_segregation_neighbours *out,
                                                   struct flyt_diag *diag)
{
    const uint32_t n_before = diag->n_faults, n_units = input->counts.n_units;
    struct flyt_csv csv;
    FLYT_TRY(flyt_csv_parse_either(bytes, arena, &csv, diag));
    if (csv.n_columns != 2) {
        const struct flyt_place place = {csv.file, csv.header_line, 1};
        return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                               "neighbours are two columns, unit and neighbour; there are %u",
                               "naboer er to kolonner, enhed og nabo; her er %u", csv.n_columns);
    }
    const struct unit_names names = {sort_names(input->unit, n_units, arena), n_units};
    uint32_t *a = FLYT_ARENA_ARRAY(arena, uint32_t, csv.n_rows);
    uint32_t *b = FLYT_ARENA_ARRAY(arena, uint32_t, csv.n_rows);
    uint32_t *seen = FLYT_ARENA_ZERO(arena, uint32_t, csv.n_rows);
    if (names.sorted == NULL || a == NULL || b == NULL || seen == NULL) {
        return FLYT_ERR_MEMORY;
    }
    read_pairs(&csv, &names, a, b, diag);
    FLYT_TRY(flyt_diag_since(diag, n_before));
    FLYT_TRY(flyt_segregation_neighbours_pairs(out, n_units, a, b, csv.n_rows, arena));
    check_pairs(&csv, a, b, out, seen, diag);
    return flyt_diag_since(diag, n_before);
}
