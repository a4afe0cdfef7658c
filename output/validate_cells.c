#include "output/validate_cells.h"

#include <math.h>
#include <string.h>

#include "sim/text.h"

/** A text while it is read. */
struct reader {
    const struct flyt_result *result;
    struct flyt_place place;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
    const char *text, *at;
    bool *chosen[FLYT_DIMS_MAX]; /* [labels] of each dimension of the series; NULL: all */
};

static enum flyt_status unreadable(const struct reader *reader)
{
    char quoted[FLYT_QUOTE_SIZE];
    return flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, reader->place,
                           "%s cannot be read; write series[dimension=label|label;dimension=label]",
                           "%s kan ikke læses; skriv serie[dimension=navn|navn;dimension=navn]",
                           flyt_text_quote(quoted, reader->text, strlen(reader->text)));
}

/** What a series lacks, with all it has. */
static enum flyt_status unknown(const struct reader *reader, const char *word, size_t n,
                                const char *const *has, uint32_t n_has)
{
    char quoted[FLYT_QUOTE_SIZE];
    struct flyt_text list = {.arena = reader->arena};
    for (uint32_t i = 0; i < n_has && i < 20; i++) {
        flyt_text_add(&list, "%s%s", i == 0 ? "" : ", ", has[i]);
    }
    flyt_text_add(&list, n_has > 20 ? ", ..." : "");
    return flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, reader->place,
                           "%s is not there; there are: %s", "%s findes ikke; der er: %s",
                           flyt_text_quote(quoted, word, n), list.failed ? "-" : list.bytes);
}

/** Position of a dimension in the series, FLYT_NONE when it has none of this name. */
static uint32_t find_dim(const struct reader *reader, const struct flyt_result_series *series,
                         const char *word, size_t n)
{
    for (uint32_t k = 0; k < series->n_dims; k++) {
        const char *name = reader->result->dim[series->dim[k]].name;
        if (strlen(name) == n && memcmp(name, word, n) == 0) {
            return k;
        }
    }
    return FLYT_NONE;
}

static enum flyt_status take_label(struct reader *reader, const struct flyt_dim *dim, bool *chosen,
                                   const char *word, size_t n)
{
    for (uint32_t i = 0; i < dim->n; i++) {
        if (strlen(dim->label_en[i]) == n && memcmp(dim->label_en[i], word, n) == 0) {
            chosen[i] = true;
            return FLYT_OK;
        }
    }
    return unknown(reader, word, n, dim->label_en, dim->n);
}

/** dimension=label|label */
static enum flyt_status take_dim(struct reader *reader, const struct flyt_result_series *series)
{
    const char *names[FLYT_DIMS_MAX];
    size_t n = strcspn(reader->at, "=;]");
    if (reader->at[n] != '=') {
        return unreadable(reader);
    }
    uint32_t k = find_dim(reader, series, reader->at, n);
    if (k == FLYT_NONE) {
        for (uint32_t i = 0; i < series->n_dims; i++) {
            names[i] = reader->result->dim[series->dim[i]].name;
        }
        return unknown(reader, reader->at, n, names, series->n_dims);
    }
    const struct flyt_dim *dim = &reader->result->dim[series->dim[k]];
    reader->chosen[k] = FLYT_ARENA_ZERO(reader->arena, bool, dim->n + 1);
    if (reader->chosen[k] == NULL) {
        return FLYT_ERR_MEMORY;
    }
    do {
        reader->at += n + 1;
        n = strcspn(reader->at, "|;]");
        FLYT_TRY(take_label(reader, dim, reader->chosen[k], reader->at, n));
    } while (reader->at[n] == '|');
    reader->at += n;
    return FLYT_OK;
}

/** Index of a cell along the k-th dimension of its series. */
static uint32_t index_of(const struct flyt_result *result, const struct flyt_result_series *series,
                         uint32_t cell, uint32_t k)
{
    for (uint32_t i = series->n_dims - 1; i > k; i--) {
        cell /= result->dim[series->dim[i]].n;
    }
    return cell % result->dim[series->dim[k]].n;
}

static enum flyt_status list_cells(const struct reader *reader, struct flyt_cells *out)
{
    uint32_t n_cells = (uint32_t)out->series->n_cells;
    out->cell = FLYT_ARENA_ARRAY(reader->arena, uint32_t, n_cells + 1);
    if (out->cell == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t cell = 0; cell < n_cells; cell++) {
        bool chosen = true;
        for (uint32_t k = 0; k < out->series->n_dims; k++) {
            chosen &= reader->chosen[k] == NULL ||
                      reader->chosen[k][index_of(reader->result, out->series, cell, k)];
        }
        if (chosen) {
            out->cell[out->n++] = cell;
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_cells_find(const struct flyt_result *result, const char *text,
                                 struct flyt_place place, struct flyt_arena *arena,
                                 struct flyt_cells *out, struct flyt_diag *diag)
{
    struct reader reader = {
        .result = result, .place = place, .arena = arena, .diag = diag, .text = text, .at = text};
    size_t n = strcspn(text, "[");
    *out = (struct flyt_cells){.name = flyt_arena_printf(arena, "%.*s", (int)n, text)};
    if (out->name == NULL) {
        return FLYT_ERR_MEMORY;
    }
    uint32_t series = flyt_result_find(result, out->name);
    if (series == FLYT_NONE) {
        return FLYT_OK;
    }
    out->series = &result->series[series];
    reader.at = text + n;
    while (*reader.at == '[' || *reader.at == ';') {
        reader.at++;
        FLYT_TRY(take_dim(&reader, out->series));
    }
    bool ended = *reader.at == '\0' ? text[n] == '\0' : strcmp(reader.at, "]") == 0;
    return ended ? list_cells(&reader, out) : unreadable(&reader);
}

/* ---- values -------------------------------------------------------------------------------- */

static double value_at(const struct flyt_result_series *series, const void *row, uint32_t cell)
{
    return series->type == FLYT_SERIES_count ? (double)((const int64_t *)row)[cell]
                                             : ((const double *)row)[cell];
}

double flyt_cells_row(const struct flyt_result *result, const struct flyt_cells *cells,
                      uint32_t replicate, uint32_t row_, uint32_t one)
{
    const void *row = flyt_result_row(result, cells->series, replicate, row_);
    if (one != FLYT_NONE) {
        return value_at(cells->series, row, cells->cell[one]);
    }
    double sum = 0.0;
    for (uint32_t i = 0; i < cells->n; i++) {
        double value = value_at(cells->series, row, cells->cell[i]);
        sum += isnan(value) ? 0.0 : value;
    }
    return sum;
}

/** Sum (flow) or mean (stock) of a year of the run, from 1. */
static double of_year(const struct flyt_result *result, const struct flyt_cells *cells,
                      uint32_t replicate, uint32_t year, uint32_t one)
{
    bool flow = cells->series->kind == FLYT_SERIES_flow;
    if (cells->series->period == FLYT_SERIES_yearly) {
        double end = flyt_cells_row(result, cells, replicate, year, one);
        return flow ? end : (flyt_cells_row(result, cells, replicate, year - 1, one) + end) / 2.0;
    }
    double sum = 0.0;
    for (uint32_t month = 12 * (year - 1) + 1; month <= 12 * year; month++) {
        sum += flyt_cells_row(result, cells, replicate, month, one);
    }
    return flow ? sum : sum / 12.0;
}

double flyt_cells_sum(const struct flyt_result *result, const struct flyt_cells *cells,
                      uint32_t replicate, uint32_t first, uint32_t last, uint32_t one)
{
    double sum = 0.0;
    for (uint32_t year = first; year <= last; year++) {
        sum += of_year(result, cells, replicate, year, one);
    }
    return sum;
}

double flyt_cells_at(const struct flyt_result *result, const struct flyt_cells *cells,
                     uint32_t replicate, uint32_t year, uint32_t one)
{
    if (cells->series->kind == FLYT_SERIES_flow && year > 0) {
        return of_year(result, cells, replicate, year, one);
    }
    bool monthly = cells->series->period == FLYT_SERIES_monthly;
    return flyt_cells_row(result, cells, replicate, monthly ? 12 * year : year, one);
}

const char *flyt_cells_label(const struct flyt_result *result, const struct flyt_cells *cells,
                             uint32_t k, enum flyt_lang lang, struct flyt_arena *arena)
{
    struct flyt_text text = {.arena = arena};
    flyt_text_add(&text, "%s", "");
    for (uint32_t i = 0; i < cells->series->n_dims; i++) {
        const struct flyt_dim *dim = &result->dim[cells->series->dim[i]];
        uint32_t label = index_of(result, cells->series, cells->cell[k], i);
        flyt_text_add(&text, "%s%s", i == 0 ? "" : ", ",
                      lang == FLYT_DA ? dim->label_da[label] : dim->label_en[label]);
    }
    return text.failed ? NULL : text.bytes;
}
