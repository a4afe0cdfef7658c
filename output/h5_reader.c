/**
 * @file h5_reader.c
 * @brief What files of one result and of a merged sweep share when they are read: nothing in them
 *        is trusted.
 */
#include "output/h5_reader.h"

#include <string.h>

#include "sim/text.h"

enum { NAME_BYTES = 64, TEXT_BYTES = 8192 };

/* ---- pieces ---- */

enum flyt_status flyt_h5_odd(struct flyt_h5_reader *reader, const char *what)
{
    char quoted[FLYT_QUOTE_SIZE];
    if (reader->h5.no_memory) {
        return FLYT_ERR_MEMORY;
    }
    return flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, reader->place,
                           "is no file that flyt has written: %s is missing or wrong",
                           "er ikke en fil, som flyt har skrevet: %s mangler eller er forkert",
                           flyt_text_quote(quoted, what, strlen(what)));
}

/** A name that may become part of a file name or a script. */
static bool name_is_plain(const char *name)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    size_t n = strlen(name);
    return n > 0 && n <= NAME_BYTES && strspn(name, allowed) == n && name[0] != '_';
}

/** A text that people read: UTF-8 without control characters. */
static bool text_is_clean(struct flyt_arena *arena, const char *text)
{
    return text != NULL && strlen(text) <= TEXT_BYTES && flyt_text_path(arena, text) == text;
}

enum flyt_status flyt_h5_need_text(struct flyt_h5_reader *reader, const char *path,
                                   const char *name, const char **out)
{
    *out = flyt_h5_text(&reader->h5, path, name);
    return text_is_clean(reader->arena, *out) ? FLYT_OK : flyt_h5_odd(reader, name);
}

enum flyt_status flyt_h5_maybe_text(struct flyt_h5_reader *reader, const char *path,
                                    const char *name, const char **out)
{
    *out = flyt_h5_text(&reader->h5, path, name);
    return *out == NULL || text_is_clean(reader->arena, *out) ? FLYT_OK : flyt_h5_odd(reader, name);
}

/** A count of the file's root, 0 when it is not there or none. */
static uint32_t maybe_count(struct flyt_h5_reader *reader, const char *name)
{
    int64_t value = 0;
    bool there = flyt_h5_int(&reader->h5, "/", name, &value);
    return there && value > 0 && value < (int64_t)FLYT_NONE ? (uint32_t)value : 0;
}

enum flyt_status flyt_h5_take(struct flyt_h5_reader *reader, const struct flyt_h5_spec *spec,
                              uint32_t n_free, struct flyt_h5_spec *found, void **data)
{
    struct flyt_h5 *h5 = &reader->h5;
    *data = NULL;
    int64_t dataset = flyt_h5_find(h5, spec->name, found);
    bool same = dataset >= 0 && found->type == spec->type && found->n_dims == spec->n_dims;
    for (uint32_t i = n_free; same && i < spec->n_dims; i++) {
        same = found->size[i] == spec->size[i];
    }
    uint64_t bytes = same ? flyt_h5_size(h5, dataset, found) : 0;
    bool fits = bytes <= reader->room;
    if (same && fits) {
        *data = flyt_h5_load(h5, dataset, found);
        reader->room -= bytes;
    }
    flyt_h5_close(h5, dataset);
    if (same && !fits) {
        return flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, reader->place,
                               "holds more data than there is room for (%s)",
                               "indeholder mere, end der er plads til (%s)", spec->name);
    }
    return *data != NULL ? FLYT_OK : flyt_h5_odd(reader, spec->name);
}

enum flyt_status flyt_h5_take_column(struct flyt_h5_reader *reader, const char *name,
                                     enum flyt_h5_type type, uint32_t *n, void **data)
{
    const struct flyt_h5_spec spec = {name, type, 1, {0}};
    struct flyt_h5_spec found;
    FLYT_TRY(flyt_h5_take(reader, &spec, 1, &found, data));
    *n = found.size[0] < UINT32_MAX ? (uint32_t)found.size[0] : 0;
    return *n > 0 ? FLYT_OK : flyt_h5_odd(reader, name);
}

enum flyt_status flyt_h5_take_labels(struct flyt_h5_reader *reader, const char *name, uint32_t *n,
                                     const char *const **labels)
{
    void *data = NULL;
    FLYT_TRY(flyt_h5_take_column(reader, name, FLYT_H5_text, n, &data));
    *labels = data;
    for (uint32_t i = 0; i < *n; i++) {
        if (!text_is_clean(reader->arena, (*labels)[i])) {
            return flyt_h5_odd(reader, name);
        }
    }
    return FLYT_OK;
}

static bool is_member(const struct flyt_h5_reader *reader, const char *name)
{
    for (uint32_t i = 0; i < reader->n_members; i++) {
        if (strcmp(reader->member[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- root and times ---- */

enum flyt_status flyt_h5_take_root(struct flyt_h5_reader *reader, const char *type, int64_t format)
{
    struct flyt_result *result = reader->result;
    const char *filetype = flyt_h5_text(&reader->h5, "/", "filetype");
    int64_t version = 0, seed = -1;
    if (filetype == NULL || strcmp(filetype, type) != 0) {
        return flyt_h5_odd(reader, "filetype");
    }
    if (!flyt_h5_int(&reader->h5, "/", "format_version", &version) || version < 1) {
        return flyt_h5_odd(reader, "format_version");
    }
    if (version > format) {
        return flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, reader->place,
                               "has format %lld; this flyt reads up to %lld: use a newer one",
                               "har format %lld; denne flyt læser til og med %lld: brug en nyere",
                               (long long)version, (long long)format);
    }
    FLYT_TRY(flyt_h5_need_text(reader, "/", "title", &result->title));
    FLYT_TRY(flyt_h5_need_text(reader, "/", "model", &result->model));
    FLYT_TRY(flyt_h5_maybe_text(reader, "/", "caveat", &result->caveat_en));
    FLYT_TRY(flyt_h5_maybe_text(reader, "/", "caveat_da", &result->caveat_da));
    result->n_start_values = maybe_count(reader, "start_values");
    result->n_start_published = maybe_count(reader, "start_values_published");
    FLYT_TRY(flyt_h5_need_text(reader, "provenance", "version", &result->version));
    if (!flyt_h5_int(&reader->h5, "provenance", "seed", &seed) || seed < 0 || seed > UINT32_MAX) {
        return flyt_h5_odd(reader, "seed");
    }
    result->seed = (uint32_t)seed;
    return FLYT_OK;
}

enum flyt_status flyt_h5_take_times(struct flyt_h5_reader *reader)
{
    struct flyt_result *result = reader->result;
    void *days_ = NULL, *years_ = NULL;
    uint32_t n_days = 1, n_years = 0;
    bool monthly = reader->n_points == 0 || is_member(reader, "time"); /* a sweep may keep years */
    if (monthly) {
        FLYT_TRY(flyt_h5_take_column(reader, "time", FLYT_H5_real, &n_days, &days_));
    }
    FLYT_TRY(flyt_h5_take_column(reader, "year", FLYT_H5_int32, &n_years, &years_));
    const double *days = days_;
    const int32_t *years = years_;
    result->start_year = years[0];
    result->n_months = n_days - 1;
    result->n_years = n_years - 1;
    bool right = years[0] >= 1 && years[0] <= 9999 && n_years <= 9999 && n_days <= 12 * 9999;
    for (uint32_t i = 0; right && i < n_years; i++) {
        right = years[i] == years[0] + (int32_t)i;
    }
    for (uint32_t i = 0; right && monthly && i < n_days; i++) {
        int64_t day = flyt_result_days(years[0], i);
        right = days[i] >= (double)day && days[i] <= (double)day;
    }
    return right ? FLYT_OK : flyt_h5_odd(reader, "time");
}

/* ---- dimensions ---- */

static enum flyt_status read_dim(struct flyt_h5_reader *reader, const char *name,
                                 const char *danish)
{
    struct flyt_dim *dim = &reader->result->dim[reader->result->n_dims++];
    uint32_t n_danish = 0;
    *dim = (struct flyt_dim){.name = name};
    FLYT_TRY(flyt_h5_take_labels(reader, name, &dim->n, &dim->label_en));
    FLYT_TRY(flyt_h5_take_labels(reader, danish, &n_danish, &dim->label_da));
    FLYT_TRY(flyt_h5_need_text(reader, name, "long_name", &dim->en));
    FLYT_TRY(flyt_h5_need_text(reader, name, "long_name_da", &dim->da));
    return n_danish == dim->n ? FLYT_OK : flyt_h5_odd(reader, danish);
}

enum flyt_status flyt_h5_take_dims(struct flyt_h5_reader *reader)
{
    reader->result->dim = FLYT_ARENA_ARRAY(reader->arena, struct flyt_dim, reader->n_members);
    if (reader->result->dim == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < reader->n_members; i++) {
        const char *name = reader->member[i];
        if (!name_is_plain(name)) {
            return flyt_h5_odd(reader, name);
        }
        const char *danish = flyt_arena_printf(reader->arena, "%s_da", name);
        if (danish == NULL) {
            return FLYT_ERR_MEMORY;
        }
        if (is_member(reader, danish)) {
            FLYT_TRY(read_dim(reader, name, danish));
        }
    }
    return FLYT_OK;
}

/* ---- series ---- */

static uint32_t dim_named(const struct flyt_result *result, const char *name, size_t n)
{
    for (uint32_t i = 0; i < result->n_dims; i++) {
        if (strlen(result->dim[i].name) == n && memcmp(result->dim[i].name, name, n) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

/** "replicate time municipality tenure", after "point" in a sweep, to period and dimensions. */
static bool parse_axes(const struct flyt_h5_reader *reader, const char *axes,
                       struct flyt_result_series *series)
{
    static const char point[] = "point ";
    if (reader->n_points > 0) {
        if (strncmp(axes, point, sizeof point - 1) != 0) {
            return false;
        }
        axes += sizeof point - 1;
    }
    if (strncmp(axes, "replicate time", 14) == 0) {
        series->period = FLYT_SERIES_monthly;
    } else if (strncmp(axes, "replicate year", 14) == 0) {
        series->period = FLYT_SERIES_yearly;
    } else {
        return false;
    }
    const char *at = axes + 14;
    while (*at == ' ' && series->n_dims < FLYT_DIMS_MAX) {
        size_t n = strcspn(++at, " ");
        uint32_t dim = dim_named(reader->result, at, n);
        if (dim == FLYT_NONE) {
            return false;
        }
        series->dim[series->n_dims++] = dim;
        at += n;
    }
    return *at == '\0';
}

/** Shape of a series' dataset, as its axes say. */
static void expect_shape(const struct flyt_h5_reader *reader, struct flyt_result_series *series,
                         struct flyt_h5_spec *spec)
{
    const struct flyt_result *result = reader->result;
    uint32_t n = 0;
    if (reader->n_points > 0) {
        spec->size[n++] = reader->n_points;
    }
    spec->size[n++] = result->n_replicates;
    spec->size[n++] = flyt_result_rows(result, series);
    series->n_cells = 1;
    for (uint32_t i = 0; i < series->n_dims; i++) {
        spec->size[n++] = result->dim[series->dim[i]].n;
        series->n_cells *= result->dim[series->dim[i]].n; /* checked against the dataset's size */
    }
    spec->n_dims = n;
}

enum flyt_status flyt_h5_take_series(struct flyt_h5_reader *reader, const char *name,
                                     const char *axes, struct flyt_result_series *series,
                                     struct flyt_h5_spec *spec)
{
    struct flyt_h5_spec found;
    const char *cells = NULL;
    *series = (struct flyt_result_series){.name = name};
    *spec = (struct flyt_h5_spec){.name = name};
    FLYT_TRY(flyt_h5_need_text(reader, name, "units", &series->unit));
    FLYT_TRY(flyt_h5_need_text(reader, name, "long_name", &series->en));
    FLYT_TRY(flyt_h5_need_text(reader, name, "long_name_da", &series->da));
    FLYT_TRY(flyt_h5_need_text(reader, name, "how", &series->how));
    FLYT_TRY(flyt_h5_need_text(reader, name, "cell_methods", &cells));
    FLYT_TRY(flyt_h5_maybe_text(reader, name, "policy", &series->policy));
    if (!parse_axes(reader, axes, series)) {
        return flyt_h5_odd(reader, "axes");
    }
    series->kind = strstr(cells, ": sum") != NULL ? FLYT_SERIES_flow : FLYT_SERIES_stock;
    expect_shape(reader, series, spec);
    flyt_h5_close(&reader->h5, flyt_h5_find(&reader->h5, name, &found));
    series->type = found.type == FLYT_H5_real ? FLYT_SERIES_real : FLYT_SERIES_count;
    spec->type = found.type == FLYT_H5_real ? FLYT_H5_real : FLYT_H5_int64;
    return FLYT_OK;
}

enum flyt_status flyt_h5_begin_reading(struct flyt_h5_reader *reader)
{
    flyt_h5_check_links(&reader->h5);
    if (reader->h5.failed != NULL) {
        return flyt_diag_fault(
            reader->diag, FLYT_ERR_SCENARIO, reader->place,
            "cannot be read by HDF5, or has links that lead elsewhere",
            "kan ikke læses af HDF5 eller har links, der fører andre steder hen");
    }
    reader->member = flyt_h5_members(&reader->h5, &reader->n_members);
    return reader->h5.failed == NULL ? FLYT_OK : flyt_h5_odd(reader, reader->h5.failed);
}
