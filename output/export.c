#include "output/export.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/danish.h"
#include "sim/fileio.h"
#include "sim/units.h"

static const char byte_order_mark[] = "\xef\xbb\xbf";

static char comma(const struct flyt_export_options *options)
{
    return options->decimal_comma ? ';' : ',';
}

/* ---- cells ---- */

void flyt_export_cell(struct flyt_text *text, const char *cell)
{
    bool formula = cell[0] != '\0' && strchr("=+-@\t\r", cell[0]) != NULL;
    if (strpbrk(cell, ",;\"\r\n\t") == NULL) {
        flyt_text_add(text, formula ? "'%s" : "%s", cell);
        return;
    }
    flyt_text_put(text, formula ? "\"'" : "\"", formula ? 2 : 1);
    for (const char *at = cell; *at != '\0';) {
        size_t n = strcspn(at, "\"");
        flyt_text_put(text, at, n);
        at += n;
        if (*at == '"') {
            flyt_text_put(text, "\"\"", 2);
            at++;
        }
    }
    flyt_text_put(text, "\"", 1);
}

/** The shortest decimal that reads back as the same number; no cell for NaN. */
static void put_real(struct flyt_text *text, double value, bool decimal_comma)
{
    char number[40];
    if (isnan(value)) {
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(number, sizeof number, "%.*g", digits, value);
        if (strtod(number, NULL) == value) {
            break;
        }
    }
    char *point = strchr(number, '.');
    if (point != NULL && decimal_comma) {
        *point = ',';
    }
    flyt_text_add(text, "%s", number);
}

/** Amounts that the result holds in øre; tables show them in kroner. */
static bool is_ore(const struct flyt_result_series *series)
{
    return series->type == FLYT_SERIES_count && strcmp(series->unit, "0.01 DKK") == 0;
}

/** Kroner with two decimals, exact. */
static void put_kroner(struct flyt_text *text, int64_t ore, bool decimal_comma)
{
    uint64_t amount = ore < 0 ? 0 - (uint64_t)ore : (uint64_t)ore;
    flyt_text_add(text, "%s%llu%c%02u", ore < 0 ? "-" : "", (unsigned long long)(amount / 100),
                  decimal_comma ? ',' : '.', (uint32_t)(amount % 100));
}

static void put_date(struct flyt_text *text, const struct flyt_result *result, uint32_t month)
{
    flyt_text_add(text, "%04d-%02u-01", result->start_year + (int32_t)(month / 12), month % 12 + 1);
}

/* ---- a series ---- */

void flyt_export_head(const struct flyt_result *result, uint32_t index,
                      const struct flyt_export_options *options, struct flyt_text *text)
{
    const struct flyt_result_series *series = &result->series[index];
    const char sep = comma(options);
    bool da = options->lang == FLYT_DA, flow = series->kind == FLYT_SERIES_flow;
    flyt_text_add(text, "%s", options->decimal_comma ? byte_order_mark : "");
    if (options->points) {
        flyt_text_add(text, "%s%c", da ? "punkt" : "point", sep);
    }
    flyt_text_add(text, "%s%c", da ? "gentagelse" : "replicate", sep);
    if (flow) {
        flyt_text_add(text, "%s%c", da ? "siden" : "since", sep);
    }
    flyt_text_add(text, "%s%c", da ? "tid" : "time", sep);
    for (uint32_t i = 0; i < series->n_dims; i++) {
        const struct flyt_dim *dim = &result->dim[series->dim[i]];
        flyt_export_cell(text, da ? dim->da : dim->name);
        flyt_text_put(text, &sep, 1);
    }
    flyt_text_add(text, "%s\n", series->name);
}

/** The labels of one cell, each with a separator behind it. */
static void put_labels(const struct flyt_result *result, const struct flyt_result_series *series,
                       const struct flyt_export_options *options, uint64_t cell,
                       struct flyt_text *text)
{
    const char sep = comma(options);
    uint64_t rest = series->n_cells;
    for (uint32_t i = 0; i < series->n_dims; i++) {
        const struct flyt_dim *dim = &result->dim[series->dim[i]];
        rest /= dim->n;
        uint64_t label = cell / rest % dim->n;
        flyt_export_cell(text,
                         options->lang == FLYT_DA ? dim->label_da[label] : dim->label_en[label]);
        flyt_text_put(text, &sep, 1);
    }
}

/** One row of the result: as many lines as it has cells. `label` has those of each cell. */
static void put_row(const struct flyt_result *result, const struct flyt_result_series *series,
                    const struct flyt_export_options *options, uint32_t replicate, uint32_t row,
                    const struct flyt_text *label, struct flyt_text *text)
{
    char line[96];
    struct flyt_text start = {.arena = text->arena, .bytes = line, .capacity = sizeof line};
    const char sep = comma(options);
    uint32_t months = series->period == FLYT_SERIES_monthly ? 1 : 12;
    const void *data = flyt_result_row(result, series, replicate, row);
    if (options->points) {
        flyt_text_add(&start, "%u%c", options->point, sep);
    }
    flyt_text_add(&start, "%u%c", result->replicate[replicate], sep);
    if (series->kind == FLYT_SERIES_flow) {
        put_date(&start, result, (row - 1) * months);
        flyt_text_put(&start, &sep, 1);
    }
    put_date(&start, result, row * months);
    flyt_text_put(&start, &sep, 1);
    for (uint64_t cell = 0; cell < series->n_cells; cell++) {
        flyt_text_put(text, start.bytes, start.n);
        flyt_text_put(text, label[cell].bytes, label[cell].n);
        if (is_ore(series)) {
            put_kroner(text, ((const int64_t *)data)[cell], options->decimal_comma);
        } else if (series->type == FLYT_SERIES_count) {
            flyt_text_add(text, "%lld", (long long)((const int64_t *)data)[cell]);
        } else {
            put_real(text, ((const double *)data)[cell], options->decimal_comma);
        }
        flyt_text_put(text, "\n", 1);
    }
    text->failed = text->failed || start.failed;
}

void flyt_export_rows(const struct flyt_result *result, uint32_t index,
                      const struct flyt_export_options *options, struct flyt_text *text)
{
    const struct flyt_result_series *series = &result->series[index];
    struct flyt_text *label =
        series->n_cells > SIZE_MAX / sizeof *label
            ? NULL
            : FLYT_ARENA_ZERO(text->arena, struct flyt_text, (size_t)series->n_cells);
    if (label == NULL) {
        text->failed = true;
        return;
    }
    for (uint64_t cell = 0; cell < series->n_cells; cell++) {
        label[cell].arena = text->arena;
        put_labels(result, series, options, cell, &label[cell]);
        text->failed = text->failed || label[cell].failed;
    }
    uint32_t first = series->kind == FLYT_SERIES_flow ? 1 : 0;
    for (uint32_t replicate = 0; replicate < result->n_replicates; replicate++) {
        for (uint32_t row = first; row < flyt_result_rows(result, series) && !text->failed; row++) {
            put_row(result, series, options, replicate, row, label, text);
        }
    }
}

void flyt_export_series(const struct flyt_result *result, uint32_t index,
                        const struct flyt_export_options *options, struct flyt_text *text)
{
    flyt_export_head(result, index, options, text);
    flyt_export_rows(result, index, options, text);
}

/* ---- the list of variables ---- */

void flyt_export_variables(const struct flyt_result *result,
                           const struct flyt_export_options *options, struct flyt_text *text)
{
    const char sep = comma(options);
    bool da = options->lang == FLYT_DA;
    flyt_text_add(text, "%s%s%c%s%c%s%c%s%c%s%c%s%c%s\n",
                  options->decimal_comma ? byte_order_mark : "", "variable", sep,
                  da ? "enhed" : "unit", sep, da ? "betydning" : "meaning", sep,
                  da ? "type" : "kind", sep, da ? "periode" : "period", sep,
                  da ? "dimensioner" : "dimensions", sep, da ? "beregning" : "computed");
    for (uint32_t i = 0; i < options->n_series; i++) {
        const struct flyt_result_series *series = &result->series[options->series[i]];
        bool flow = series->kind == FLYT_SERIES_flow;
        bool month = series->period == FLYT_SERIES_monthly;
        flyt_export_cell(text, series->name);
        flyt_text_put(text, &sep, 1);
        flyt_export_cell(text,
                         flyt_units_say(is_ore(series) ? "DKK" : series->unit, options->lang));
        flyt_text_put(text, &sep, 1);
        flyt_export_cell(text, da ? series->da : series->en);
        flyt_text_add(text, "%c%s%c%s%c", sep,
                      da ? (flow ? "strøm" : "beholdning") : (flow ? "flow" : "stock"), sep,
                      da ? (month ? "måned" : "år") : (month ? "month" : "year"), sep);
        for (uint32_t d = 0; d < series->n_dims; d++) {
            flyt_text_add(text, "%s%s", d == 0 ? "" : " x ", result->dim[series->dim[d]].name);
        }
        flyt_text_put(text, &sep, 1);
        flyt_export_cell(text, flyt_danish_say(series->how, options->lang));
        flyt_text_put(text, "\n", 1);
    }
}

/* ---- files ---- */

/** Whether what stands at the path is absent, empty or a table that flyt export wrote. */
static bool may_replace(const char *path)
{
    static const char *const begins[] = {"replicate", "gentagelse", "variable", "point", "punkt"};
    char head[16] = "";
    size_t n = flyt_fileio_head(path, head, sizeof head - 1);
    const char *at = strncmp(head, byte_order_mark, 3) == 0 ? head + 3 : head;
    bool ours = n == 0; /* what is no file is refused when it is written */
    for (size_t i = 0; i < FLYT_COUNT(begins); i++) {
        ours = ours || strncmp(at, begins[i], strlen(begins[i])) == 0;
    }
    return ours;
}

/** FOLDER/NAME.csv, when it may be written. */
static enum flyt_status take_path(const struct flyt_export_options *options, const char *name,
                                  struct flyt_arena *arena, const char **path,
                                  struct flyt_diag *diag)
{
    *path = flyt_arena_printf(arena, "%s/%s.csv", options->folder, name);
    if (*path == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (!may_replace(*path)) {
        char quoted[FLYT_QUOTE_SIZE];
        struct flyt_place place = {flyt_text_quote(quoted, *path, strlen(*path)), 0, 0};
        return flyt_diag_fault(diag, FLYT_ERR_OUTPUT, place,
                               "exists and was not written by flyt export",
                               "findes og er ikke skrevet af flyt export");
    }
    return flyt_fileio_prepare(*path, diag);
}

enum flyt_status flyt_export_open(const struct flyt_export_options *options, const char *name,
                                  struct flyt_arena *arena, struct flyt_fileio_part *part,
                                  struct flyt_diag *diag)
{
    const char *path = NULL;
    FLYT_TRY(take_path(options, name, arena, &path, diag));
    return flyt_fileio_part_open(path, arena, part, diag);
}

/** Writes one table; `series` FLYT_NONE: the list of variables. */
static enum flyt_status write_table(const struct flyt_result *result, uint32_t series,
                                    const struct flyt_export_options *options,
                                    struct flyt_diag *diag)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_text text = {.arena = &arena};
    const char *name = series == FLYT_NONE ? "variables" : result->series[series].name;
    const char *path = NULL;
    if (series == FLYT_NONE) {
        flyt_export_variables(result, options, &text);
    } else {
        flyt_export_series(result, series, options, &text);
    }
    enum flyt_status status =
        text.failed ? FLYT_ERR_MEMORY : take_path(options, name, &arena, &path, diag);
    if (status == FLYT_OK) {
        status = flyt_fileio_replace(path, text.bytes, text.n, diag);
    } else if (status == FLYT_ERR_MEMORY) {
        status = flyt_diag_fault(diag, FLYT_ERR_MEMORY, (struct flyt_place){0},
                                 "not enough memory for the table %s",
                                 "ikke hukommelse nok til tabellen %s", name);
    }
    flyt_arena_free(&arena);
    return status;
}

enum flyt_status flyt_export_write_variables(const struct flyt_result *result,
                                             const struct flyt_export_options *options,
                                             struct flyt_diag *diag)
{
    return write_table(result, FLYT_NONE, options, diag);
}

enum flyt_status flyt_export_csv(const struct flyt_result *result,
                                 const struct flyt_export_options *options, struct flyt_diag *diag)
{
    for (uint32_t i = 0; i < options->n_series; i++) {
        FLYT_TRY(write_table(result, options->series[i], options, diag));
    }
    return flyt_export_write_variables(result, options, diag);
}
