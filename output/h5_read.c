#define _GNU_SOURCE /* memmem */
#include "output/h5.h"

#include <stdlib.h>
#include <string.h>

#include "output/h5_object.h"
#include "sim/text.h"

enum { HEAD_BYTES = 1 << 16, NAME_BYTES = 64, TEXT_BYTES = 8192, HEX = FLYT_DIGEST_SIZE - 1 };

static const char signature[] = "\211HDF\r\n\032\n";

struct reader {
    struct flyt_h5 h5;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
    struct flyt_place place;
    struct flyt_result *result;
    uint64_t room; /* bytes of data that may still be read */
    const char *const *member;
    uint32_t n_members;
};

/* ---- is it one, and whole? ---- */

/** The head of the file as flyt writes one of this type, with its NUL. */
static bool head_is(const char *bytes, size_t n, const char *type)
{
    static const char key[] = "filetype";
    n = n < HEAD_BYTES ? n : HEAD_BYTES;
    return n > 8 && memcmp(bytes, signature, 8) == 0 && memmem(bytes, n, key, sizeof key) != NULL &&
           memmem(bytes, n, type, strlen(type) + 1) != NULL;
}

static bool is_of_type(const char *path, const char *type)
{
    char head[HEAD_BYTES];
    return head_is(head, flyt_fileio_head(path, head, sizeof head), type);
}

bool flyt_h5_is_result(const char *path)
{
    return is_of_type(path, "flyt-result");
}

enum flyt_status flyt_h5_may_replace(const char *path, struct flyt_diag *diag)
{
    char quoted[FLYT_QUOTE_SIZE];
    struct flyt_place place = {flyt_text_quote(quoted, path, strlen(path)), 0, 0};
    if (!flyt_fileio_exists(path) || flyt_h5_is_result(path) || is_of_type(path, "flyt-sweep")) {
        return FLYT_OK;
    }
    return flyt_diag_fault(diag, FLYT_ERR_OUTPUT, place,
                           "exists and is no Flyt result; it will not be replaced",
                           "findes og er ikke et Flyt-resultat; den bliver ikke erstattet");
}

/** Where 64 hex digits begin soon after the attribute's name. NULL: not there. */
static char *digest_after(char *name, const char *end)
{
    for (char *at = name; at < name + 96 && end - at >= HEX; at++) {
        if (strspn(at, "0123456789abcdef") >= HEX) {
            return at;
        }
    }
    return NULL;
}

/** Whether the file is what it was when written. Asked before HDF5 sees a byte of it. */
static bool digest_holds(struct flyt_bytes *bytes)
{
    static const char key[] = "file_digest";
    char *end = bytes->bytes + bytes->n, *from = bytes->bytes;
    for (int i = 0; i < 4; i++) {
        char *name = memmem(from, (size_t)(end - from), key, sizeof key);
        if (name == NULL) {
            return false;
        }
        from = name + sizeof key;
        char *at = digest_after(from, end);
        if (at == NULL) {
            continue;
        }
        char written[HEX], found[FLYT_DIGEST_SIZE];
        memcpy(written, at, HEX);
        memset(at, '0', HEX);
        flyt_digest_of(bytes->bytes, bytes->n, found);
        memcpy(at, written, HEX);
        if (memcmp(written, found, HEX) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- pieces ---- */

/** The file is not what Flyt writes; `what` names the part. */
static enum flyt_status odd(struct reader *reader, const char *what)
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

/** A text attribute that must be there. */
static enum flyt_status need_text(struct reader *reader, const char *path, const char *name,
                                  const char **out)
{
    *out = flyt_h5_text(&reader->h5, path, name);
    return text_is_clean(reader->arena, *out) ? FLYT_OK : odd(reader, name);
}

static enum flyt_status maybe_text(struct reader *reader, const char *path, const char *name,
                                   const char **out)
{
    *out = flyt_h5_text(&reader->h5, path, name);
    return *out == NULL || text_is_clean(reader->arena, *out) ? FLYT_OK : odd(reader, name);
}

/** A count of the file's root, 0 when it is not there or none. */
static uint32_t maybe_count(struct reader *reader, const char *name)
{
    int64_t value = 0;
    bool there = flyt_h5_int(&reader->h5, "/", name, &value);
    return there && value > 0 && value < (int64_t)FLYT_NONE ? (uint32_t)value : 0;
}

/** Loads a dataset of the type and shape that spec says; the first `n_free` sizes are found. */
static enum flyt_status load(struct reader *reader, const struct flyt_h5_spec *spec,
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
    return *data != NULL ? FLYT_OK : odd(reader, spec->name);
}

/** A column: one dimension, its length to *n. */
static enum flyt_status load_column(struct reader *reader, const char *name, enum flyt_h5_type type,
                                    uint32_t *n, void **data)
{
    const struct flyt_h5_spec spec = {name, type, 1, {0}};
    struct flyt_h5_spec found;
    FLYT_TRY(load(reader, &spec, 1, &found, data));
    *n = found.size[0] < UINT32_MAX ? (uint32_t)found.size[0] : 0;
    return *n > 0 ? FLYT_OK : odd(reader, name);
}

static enum flyt_status load_labels(struct reader *reader, const char *name, uint32_t *n,
                                    const char *const **labels)
{
    void *data = NULL;
    FLYT_TRY(load_column(reader, name, FLYT_H5_text, n, &data));
    *labels = data;
    for (uint32_t i = 0; i < *n; i++) {
        if (!text_is_clean(reader->arena, (*labels)[i])) {
            return odd(reader, name);
        }
    }
    return FLYT_OK;
}

/* ---- root, replicates, times ---- */

static enum flyt_status read_root(struct reader *reader)
{
    struct flyt_result *result = reader->result;
    const char *filetype = flyt_h5_text(&reader->h5, "/", "filetype");
    int64_t version = 0, seed = -1;
    if (filetype == NULL || strcmp(filetype, "flyt-result") != 0) {
        return odd(reader, "filetype");
    }
    if (!flyt_h5_int(&reader->h5, "/", "format_version", &version) || version < 1) {
        return odd(reader, "format_version");
    }
    if (version > FLYT_H5_FORMAT) {
        return flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, reader->place,
                               "has format %lld; this flyt reads up to %d: use a newer one",
                               "har format %lld; denne flyt læser til og med %d: brug en nyere",
                               (long long)version, FLYT_H5_FORMAT);
    }
    FLYT_TRY(need_text(reader, "/", "title", &result->title));
    FLYT_TRY(need_text(reader, "/", "model", &result->model));
    FLYT_TRY(maybe_text(reader, "/", "caveat", &result->caveat_en));
    FLYT_TRY(maybe_text(reader, "/", "caveat_da", &result->caveat_da));
    result->n_start_values = maybe_count(reader, "start_values");
    result->n_start_published = maybe_count(reader, "start_values_published");
    FLYT_TRY(need_text(reader, "provenance", "version", &result->version));
    if (!flyt_h5_int(&reader->h5, "provenance", "seed", &seed) || seed < 0 || seed > UINT32_MAX) {
        return odd(reader, "seed");
    }
    result->seed = (uint32_t)seed;
    return FLYT_OK;
}

static enum flyt_status read_replicates(struct reader *reader)
{
    struct flyt_result *result = reader->result;
    void *number = NULL;
    const char *const *digest = NULL;
    uint32_t n_digests = 0;
    FLYT_TRY(load_column(reader, "replicate", FLYT_H5_int32, &result->n_replicates, &number));
    FLYT_TRY(load_labels(reader, "provenance/content_digest", &n_digests, &digest));
    result->replicate = number;
    result->content_digest = flyt_arena_zero(reader->arena, result->n_replicates, FLYT_DIGEST_SIZE);
    if (result->content_digest == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < result->n_replicates; i++) {
        if (n_digests != result->n_replicates || strlen(digest[i]) != HEX ||
            strspn(digest[i], "0123456789abcdef") != HEX || result->replicate[i] > INT32_MAX) {
            return odd(reader, "content_digest");
        }
        memcpy(result->content_digest[i], digest[i], HEX);
    }
    return FLYT_OK;
}

static enum flyt_status read_times(struct reader *reader)
{
    struct flyt_result *result = reader->result;
    void *days_ = NULL, *years_ = NULL;
    uint32_t n_days = 0, n_years = 0;
    FLYT_TRY(load_column(reader, "time", FLYT_H5_real, &n_days, &days_));
    FLYT_TRY(load_column(reader, "year", FLYT_H5_int32, &n_years, &years_));
    const double *days = days_;
    const int32_t *years = years_;
    result->start_year = years[0];
    result->n_months = n_days - 1;
    result->n_years = n_years - 1;
    bool right = years[0] >= 1 && years[0] <= 9999 && n_years <= 9999 && n_days <= 12 * 9999;
    for (uint32_t i = 0; right && i < n_years; i++) {
        right = years[i] == years[0] + (int32_t)i;
    }
    for (uint32_t i = 0; right && i < n_days; i++) {
        int64_t day = flyt_result_days(years[0], i);
        right = days[i] >= (double)day && days[i] <= (double)day;
    }
    return right ? FLYT_OK : odd(reader, "time");
}

/* ---- dimensions ---- */

static bool is_member(const struct reader *reader, const char *name)
{
    for (uint32_t i = 0; i < reader->n_members; i++) {
        if (strcmp(reader->member[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static enum flyt_status read_dim(struct reader *reader, const char *name, const char *danish)
{
    struct flyt_dim *dim = &reader->result->dim[reader->result->n_dims++];
    uint32_t n_danish = 0;
    *dim = (struct flyt_dim){.name = name};
    FLYT_TRY(load_labels(reader, name, &dim->n, &dim->label_en));
    FLYT_TRY(load_labels(reader, danish, &n_danish, &dim->label_da));
    FLYT_TRY(need_text(reader, name, "long_name", &dim->en));
    FLYT_TRY(need_text(reader, name, "long_name_da", &dim->da));
    return n_danish == dim->n ? FLYT_OK : odd(reader, danish);
}

/** What has a twin with Danish labels is a dimension. */
static enum flyt_status read_dims(struct reader *reader)
{
    reader->result->dim = FLYT_ARENA_ARRAY(reader->arena, struct flyt_dim, reader->n_members);
    if (reader->result->dim == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < reader->n_members; i++) {
        const char *name = reader->member[i];
        if (!name_is_plain(name)) {
            return odd(reader, name);
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

/** "replicate time municipality tenure" to period and dimensions. */
static bool parse_axes(const struct flyt_result *result, const char *axes,
                       struct flyt_result_series *series)
{
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
        uint32_t dim = dim_named(result, at, n);
        if (dim == FLYT_NONE) {
            return false;
        }
        series->dim[series->n_dims++] = dim;
        at += n;
    }
    return *at == '\0';
}

/** Shape and type of a series' dataset, as its axes say. */
static void expect_shape(const struct flyt_result *result, struct flyt_result_series *series,
                         struct flyt_h5_spec *spec)
{
    spec->n_dims = 2 + series->n_dims;
    spec->size[0] = result->n_replicates;
    spec->size[1] = flyt_result_rows(result, series);
    series->n_cells = 1;
    for (uint32_t i = 0; i < series->n_dims; i++) {
        spec->size[2 + i] = result->dim[series->dim[i]].n;
        series->n_cells *= spec->size[2 + i]; /* the dataset's own size is bounded by load() */
    }
}

static enum flyt_status read_series(struct reader *reader, const char *name, const char *axes)
{
    struct flyt_result *result = reader->result;
    struct flyt_result_series *series = &result->series[result->n_series++];
    struct flyt_h5_spec spec = {.name = name, .type = FLYT_H5_int64}, found;
    *series = (struct flyt_result_series){.name = name};
    const char *cells = NULL;
    FLYT_TRY(need_text(reader, name, "units", &series->unit));
    FLYT_TRY(need_text(reader, name, "long_name", &series->en));
    FLYT_TRY(need_text(reader, name, "long_name_da", &series->da));
    FLYT_TRY(need_text(reader, name, "how", &series->how));
    FLYT_TRY(need_text(reader, name, "cell_methods", &cells));
    FLYT_TRY(maybe_text(reader, name, "policy", &series->policy));
    if (!parse_axes(result, axes, series)) {
        return odd(reader, "axes");
    }
    series->kind = strstr(cells, ": sum") != NULL ? FLYT_SERIES_flow : FLYT_SERIES_stock;
    expect_shape(result, series, &spec);
    flyt_h5_close(&reader->h5, flyt_h5_find(&reader->h5, name, &found));
    series->type = found.type == FLYT_H5_real ? FLYT_SERIES_real : FLYT_SERIES_count;
    spec.type = found.type == FLYT_H5_real ? FLYT_H5_real : FLYT_H5_int64;
    void *data = NULL;
    FLYT_TRY(load(reader, &spec, 0, &found, &data));
    series->data.count = data;
    return FLYT_OK;
}

static enum flyt_status read_all_series(struct reader *reader)
{
    struct flyt_result *result = reader->result;
    result->series = FLYT_ARENA_ARRAY(reader->arena, struct flyt_result_series, reader->n_members);
    if (result->series == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < reader->n_members; i++) {
        const char *axes = flyt_h5_text(&reader->h5, reader->member[i], "axes");
        if (axes != NULL) {
            FLYT_TRY(read_series(reader, reader->member[i], axes));
        }
    }
    return FLYT_OK;
}

/* ---- the whole ---- */

static enum flyt_status read_all(struct reader *reader)
{
    flyt_h5_check_links(&reader->h5);
    if (reader->h5.failed != NULL) {
        return flyt_diag_fault(
            reader->diag, FLYT_ERR_SCENARIO, reader->place,
            "cannot be read by HDF5, or has links that lead elsewhere",
            "kan ikke læses af HDF5 eller har links, der fører andre steder hen");
    }
    FLYT_TRY(read_root(reader));
    reader->member = flyt_h5_members(&reader->h5, &reader->n_members);
    if (reader->h5.failed != NULL) {
        return odd(reader, reader->h5.failed);
    }
    FLYT_TRY(read_replicates(reader));
    FLYT_TRY(read_times(reader));
    FLYT_TRY(read_dims(reader));
    return read_all_series(reader);
}

enum flyt_status flyt_h5_read(const char *path, uint64_t max_bytes, struct flyt_arena *arena,
                              struct flyt_result *result, struct flyt_diag *diag)
{
    return flyt_h5_read_origin(path, max_bytes, arena, result, NULL, diag);
}

enum flyt_status flyt_h5_read_origin(const char *path, uint64_t max_bytes, struct flyt_arena *arena,
                                     struct flyt_result *result, struct flyt_h5_origin *origin,
                                     struct flyt_diag *diag)
{
    struct flyt_arena file; /* the file's own bytes: not needed once read */
    struct flyt_bytes bytes;
    char quoted[FLYT_QUOTE_SIZE];
    struct reader reader = {.arena = arena, .diag = diag, .result = result, .room = max_bytes};
    reader.place.file = flyt_text_quote(quoted, path, strlen(path));
    *result = (struct flyt_result){0};
    flyt_arena_init(&file, 0);
    enum flyt_status status =
        flyt_fileio_read(path, max_bytes < SIZE_MAX ? (size_t)max_bytes : SIZE_MAX - 1,
                         (struct flyt_place){0}, &file, &bytes, diag);
    if (status == FLYT_OK && head_is(bytes.bytes, bytes.n, "flyt-sweep")) {
        status = flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO, reader.place,
            "is a merged sweep, not the result of one scenario: open it with h5py, xarray or R",
            "er et samlet gennemløb, ikke resultatet af ét scenarie: åbn den med h5py, xarray "
            "eller R");
    } else if (status == FLYT_OK && !head_is(bytes.bytes, bytes.n, "flyt-result")) {
        status = flyt_diag_fault(diag, FLYT_ERR_SCENARIO, reader.place, "is no Flyt result",
                                 "er ikke et Flyt-resultat");
    } else if (status == FLYT_OK && !digest_holds(&bytes)) {
        status = flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO, reader.place,
            "is damaged: its content does not match its file_digest; make it again",
            "er beskadiget: indholdet passer ikke til dens file_digest; dan den igen");
    } else if (status == FLYT_OK) {
        flyt_h5_open(&reader.h5, arena, &bytes);
        status = read_all(&reader);
        if (status == FLYT_OK && origin != NULL) {
            const char *wrong = flyt_h5_load_origin(&reader.h5, &reader.room, origin);
            status = wrong == NULL ? FLYT_OK : odd(&reader, wrong);
        }
        flyt_h5_end(&reader.h5);
    }
    flyt_arena_free(&file);
    if (status == FLYT_ERR_MEMORY && diag != NULL && diag->n_faults == 0) {
        status =
            flyt_diag_fault(diag, FLYT_ERR_MEMORY, reader.place, "not enough memory to read it",
                            "ikke hukommelse nok til at læse den");
    }
    return status;
}
