#include "output/merge_read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/h5_reader.h"
#include "output/merge.h"
#include "sim/text.h"

enum { HEX = FLYT_DIGEST_SIZE - 1 };

struct flyt_merged_file {
    struct flyt_h5_reader reader;
    int64_t *dataset;          /* [n_series]; -1: not opened */
    struct flyt_h5_spec *spec; /* [n_series] */
};

/* ---- points and their settings ------------------------------------------------------------- */

static enum flyt_status take_points(struct flyt_h5_reader *reader, struct flyt_merged *merged)
{
    void *number = NULL, *replicate = NULL;
    FLYT_TRY(flyt_h5_take_column(reader, "point", FLYT_H5_int32, &merged->n_points, &number));
    const int32_t *point = number;
    for (uint32_t i = 0; i < merged->n_points; i++) {
        if (point[i] != (int32_t)i) {
            return flyt_h5_odd(reader, "point");
        }
    }
    reader->n_points = merged->n_points;
    FLYT_TRY(flyt_h5_take_column(reader, "replicate", FLYT_H5_int32, &merged->result.n_replicates,
                                 &replicate));
    merged->result.replicate = replicate;
    for (uint32_t i = 0; i < merged->result.n_replicates; i++) {
        if (merged->result.replicate[i] > INT32_MAX) {
            return flyt_h5_odd(reader, "replicate");
        }
    }
    return FLYT_OK;
}

/** Numbers of a factor as texts. */
static enum flyt_status say_numbers(struct flyt_h5_reader *reader, const double *number, uint32_t n,
                                    const char **text)
{
    for (uint32_t i = 0; i < n; i++) {
        text[i] = isnan(number[i]) ? "" : flyt_sweep_number(reader->arena, number[i]);
        if (text[i] == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

/** One column of the design: numbers or texts. */
static enum flyt_status take_factor(struct flyt_h5_reader *reader, const struct flyt_merged *merged,
                                    const char *name, const char **text)
{
    struct flyt_h5_spec found;
    const char *const *label = NULL;
    const char *path = flyt_arena_printf(reader->arena, "design/%s", name);
    void *number = NULL;
    uint32_t n = 0;
    if (path == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (flyt_text_path(reader->arena, name) != name || !flyt_sweep_is_name(name)) {
        return flyt_h5_odd(reader, "factors");
    }
    flyt_h5_close(&reader->h5, flyt_h5_find(&reader->h5, path, &found));
    if (found.type == FLYT_H5_real) {
        FLYT_TRY(flyt_h5_take_column(reader, path, FLYT_H5_real, &n, &number));
    } else {
        FLYT_TRY(flyt_h5_take_labels(reader, path, &n, &label));
    }
    if (n != merged->n_points) {
        return flyt_h5_odd(reader, path);
    }
    if (label == NULL) {
        return say_numbers(reader, number, n, text);
    }
    memcpy(text, label, n * sizeof *text);
    return FLYT_OK;
}

static enum flyt_status take_design(struct flyt_h5_reader *reader, struct flyt_merged *merged)
{
    merged->factor = flyt_h5_texts(&reader->h5, "design", "factors", &merged->n_factors);
    if (merged->n_factors > FLYT_SWEEP_FACTORS) { /* a list of the base alone has none */
        return flyt_h5_odd(reader, "factors");
    }
    const char **column = FLYT_ARENA_ARRAY(reader->arena, const char *, merged->n_points);
    const char **all = merged->n_points > FLYT_SWEEP_POINTS
                           ? NULL
                           : FLYT_ARENA_ARRAY(reader->arena, const char *,
                                              (size_t)merged->n_points * merged->n_factors + 1);
    if (column == NULL || all == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t k = 0; k < merged->n_factors; k++) {
        FLYT_TRY(take_factor(reader, merged, merged->factor[k], column));
        for (uint32_t p = 0; p < merged->n_points; p++) {
            all[(size_t)p * merged->n_factors + k] = column[p];
        }
    }
    merged->setting = all;
    return FLYT_OK;
}

/* ---- series -------------------------------------------------------------------------------- */

/** Opens a series' dataset, which must have the shape that its axes say. */
static enum flyt_status open_series(struct flyt_merged *merged, const char *name, const char *axes)
{
    struct flyt_merged_file *file = merged->file;
    uint32_t s = merged->result.n_series++;
    struct flyt_h5_spec found;
    file->dataset[s] = -1;
    FLYT_TRY(
        flyt_h5_take_series(&file->reader, name, axes, &merged->result.series[s], &file->spec[s]));
    file->dataset[s] = flyt_h5_find(&file->reader.h5, name, &found);
    bool same = file->dataset[s] >= 0 && found.type == file->spec[s].type &&
                found.n_dims == file->spec[s].n_dims;
    uint64_t n = 1, most = file->reader.room / 8;
    for (uint32_t i = 0; same && i < found.n_dims; i++) {
        same = found.size[i] == file->spec[s].size[i];
        n = i == 0 || !same || found.size[i] == 0 ? n
            : n > most / found.size[i]            ? most + 1
                                                  : n * found.size[i];
    }
    if (!same) {
        return flyt_h5_odd(&file->reader, name);
    }
    if (n > most) {
        return flyt_diag_fault(file->reader.diag, FLYT_ERR_SCENARIO, file->reader.place,
                               "holds more data of a point than there is room for (%s)",
                               "indeholder mere af et punkt, end der er plads til (%s)", name);
    }
    return FLYT_OK;
}

static enum flyt_status open_all_series(struct flyt_merged *merged)
{
    struct flyt_merged_file *file = merged->file;
    struct flyt_h5_reader *reader = &file->reader;
    size_t n = (size_t)reader->n_members + 1;
    merged->result.series = FLYT_ARENA_ARRAY(reader->arena, struct flyt_result_series, n);
    file->spec = FLYT_ARENA_ARRAY(reader->arena, struct flyt_h5_spec, n);
    file->dataset = FLYT_ARENA_ARRAY(reader->arena, int64_t, n);
    if (merged->result.series == NULL || file->spec == NULL || file->dataset == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < reader->n_members; i++) {
        const char *axes = flyt_h5_text(&reader->h5, reader->member[i], "axes");
        if (axes != NULL) {
            FLYT_TRY(open_series(merged, reader->member[i], axes));
        }
    }
    return FLYT_OK;
}

/* ---- the whole ----------------------------------------------------------------------------- */

static enum flyt_status read_all(struct flyt_merged *merged)
{
    struct flyt_h5_reader *reader = &merged->file->reader;
    struct flyt_h5_origin origin;
    FLYT_TRY(flyt_h5_begin_reading(reader));
    FLYT_TRY(flyt_h5_take_root(reader, "flyt-sweep", FLYT_MERGE_FORMAT));
    FLYT_TRY(flyt_h5_need_text(reader, "/", "plan", &merged->plan));
    FLYT_TRY(flyt_h5_need_text(reader, "/", "rows", &merged->rows));
    FLYT_TRY(take_points(reader, merged));
    FLYT_TRY(take_design(reader, merged));
    FLYT_TRY(flyt_h5_take_times(reader));
    FLYT_TRY(flyt_h5_take_dims(reader));
    FLYT_TRY(open_all_series(merged));
    const char *wrong = flyt_h5_load_origin(&reader->h5, "provenance", &reader->room, &origin);
    merged->n_inputs = origin.n_inputs;
    return wrong == NULL ? FLYT_OK : flyt_h5_odd(reader, wrong);
}

enum flyt_status flyt_merge_open(const char *path, uint64_t room, struct flyt_arena *arena,
                                 struct flyt_merged *merged, struct flyt_diag *diag)
{
    bool holds = false;
    *merged = (struct flyt_merged){.file = FLYT_ARENA_ZERO(arena, struct flyt_merged_file, 1)};
    char *quoted = FLYT_ARENA_ARRAY(arena, char, FLYT_QUOTE_SIZE);
    if (merged->file == NULL || quoted == NULL) {
        merged->file = NULL;
        return FLYT_ERR_MEMORY;
    }
    struct flyt_h5_reader *reader = &merged->file->reader;
    *reader = (struct flyt_h5_reader){
        .arena = arena, .diag = diag, .result = &merged->result, .room = room, .h5.file = -1};
    reader->place.file = flyt_text_quote(quoted, path, strlen(path));
    FLYT_TRY(flyt_h5_digest_of_disk(path, &holds, diag));
    if (!holds) {
        return flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO, reader->place,
            "is damaged: its content does not match its file_digest; merge it again",
            "er beskadiget: indholdet passer ikke til dens file_digest; saml den igen");
    }
    flyt_h5_open_at(&reader->h5, arena, path);
    return read_all(merged);
}

void flyt_merge_close(struct flyt_merged *merged)
{
    if (merged->file != NULL && merged->file->reader.h5.arena != NULL) {
        for (uint32_t s = 0; s < merged->result.n_series; s++) {
            flyt_h5_close(&merged->file->reader.h5, merged->file->dataset[s]);
        }
        flyt_h5_end(&merged->file->reader.h5);
    }
    merged->file = NULL;
}

/* ---- data ---------------------------------------------------------------------------------- */

enum flyt_status flyt_merge_load(const struct flyt_merged *merged, uint32_t series, uint32_t point,
                                 void *data)
{
    struct flyt_merged_file *file = merged->file;
    flyt_h5_load_some(&file->reader.h5, file->dataset[series], &file->spec[series], point, 1, data);
    return file->reader.h5.failed == NULL
               ? FLYT_OK
               : flyt_h5_odd(&file->reader, merged->result.series[series].name);
}

/** "Title, point 3: letting.claim 0.3, policies.social_lift yes" */
static const char *title_of(const struct flyt_merged *merged, uint32_t point,
                            struct flyt_arena *arena)
{
    struct flyt_text text = {.arena = arena};
    const char *lead = ": ";
    flyt_text_add(&text, "%s, %u", merged->result.title, point);
    for (uint32_t k = 0; k < merged->n_factors; k++) {
        const char *setting = merged->setting[(size_t)point * merged->n_factors + k];
        if (setting[0] != '\0') {
            flyt_text_add(&text, "%s%s %s", lead, merged->factor[k], setting);
            lead = ", ";
        }
    }
    return text.failed ? NULL : text.bytes;
}

/** The digests of a point's runs: of all that they recorded, kept or not. */
static enum flyt_status take_digests(const struct flyt_merged *merged, uint32_t point,
                                     struct flyt_arena *arena, struct flyt_result *out)
{
    struct flyt_h5_reader *reader = &merged->file->reader;
    const struct flyt_h5_spec spec = {
        "run_content_digest", FLYT_H5_text, 2, {merged->n_points, out->n_replicates}};
    struct flyt_h5_spec found;
    void *data = NULL;
    out->content_digest = flyt_arena_zero(arena, out->n_replicates, FLYT_DIGEST_SIZE);
    if (out->content_digest == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_h5_take(reader, &spec, 0, &found, &data));
    const char *const *digest = data;
    for (uint32_t i = 0; i < out->n_replicates; i++) {
        const char *own = digest[(size_t)point * out->n_replicates + i];
        if (strlen(own) != HEX || strspn(own, "0123456789abcdef") != HEX) {
            return flyt_h5_odd(reader, spec.name);
        }
        memcpy(out->content_digest[i], own, HEX);
    }
    return FLYT_OK;
}

enum flyt_status flyt_merge_point(const struct flyt_merged *merged, uint32_t point,
                                  struct flyt_arena *arena, struct flyt_result *out)
{
    *out = merged->result;
    out->series = FLYT_ARENA_ARRAY(arena, struct flyt_result_series, (size_t)out->n_series + 1);
    out->title = title_of(merged, point, arena);
    if (out->series == NULL || out->title == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(take_digests(merged, point, arena, out));
    for (uint32_t s = 0; s < out->n_series; s++) {
        struct flyt_result_series *series = &out->series[s];
        *series = merged->result.series[s];
        uint64_t n = series->n_cells * flyt_result_rows(out, series) * out->n_replicates;
        series->data.count =
            n >= SIZE_MAX / 8 ? NULL : FLYT_ARENA_ARRAY(arena, int64_t, (size_t)n + 1);
        if (series->data.count == NULL) {
            return FLYT_ERR_MEMORY;
        }
        FLYT_TRY(flyt_merge_load(merged, s, point, series->data.count));
    }
    return FLYT_OK;
}

/* ---- the sweep ----------------------------------------------------------------------------- */

/** Group of the i-th scenario's inputs. */
static const char *base_group(struct flyt_arena *arena, uint32_t i)
{
    return i == 0 ? "provenance" : flyt_arena_printf(arena, "provenance/scenario_%u", i);
}

static enum flyt_status take_bases(struct flyt_h5_reader *reader, struct flyt_sweep_source *source)
{
    source->base = FLYT_ARENA_ZERO(reader->arena, struct flyt_sweep_base, FLYT_SWEEP_FACTORS);
    if (source->base == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < FLYT_SWEEP_FACTORS; i++) {
        struct flyt_h5_origin origin;
        const char *group = base_group(reader->arena, i);
        if (group == NULL) {
            return FLYT_ERR_MEMORY;
        }
        if (i > 0 && !flyt_h5_has(&reader->h5, group)) {
            break;
        }
        const char *wrong = flyt_h5_load_origin(&reader->h5, group, &reader->room, &origin);
        if (wrong != NULL) {
            return flyt_h5_odd(reader, wrong);
        }
        source->base[source->n_bases++] =
            (struct flyt_sweep_base){origin.scenario, origin.n_inputs, origin.input};
    }
    return FLYT_OK;
}

static enum flyt_status take_source(struct flyt_h5_reader *reader, struct flyt_sweep_source *source)
{
    void *bytes = NULL;
    uint32_t n = 0;
    *source = (struct flyt_sweep_source){0};
    FLYT_TRY(flyt_h5_need_text(reader, "provenance", "sweep", &source->name));
    FLYT_TRY(flyt_h5_take_column(reader, "provenance/sweep_file", FLYT_H5_uint8, &n, &bytes));
    source->file = (struct flyt_bytes){
        .path = "sweep.yaml", .bytes = flyt_arena_copy(reader->arena, bytes, n), .n = n};
    return source->file.bytes == NULL ? FLYT_ERR_MEMORY : take_bases(reader, source);
}

/** Whether the file holds what this sweep keeps. */
static bool is_of(const struct flyt_merged *merged, const struct flyt_sweep *sweep)
{
    const struct flyt_result *layout = &sweep->layout;
    bool same = merged->n_points == sweep->n_points &&
                merged->result.n_replicates == sweep->n_replicates &&
                merged->result.n_series == layout->n_series;
    for (uint32_t s = 0; same && s < layout->n_series; s++) {
        const struct flyt_result_series *own = &layout->series[s];
        uint32_t there = flyt_result_find(&merged->result, own->name);
        same = there != FLYT_NONE && merged->result.series[there].n_cells == own->n_cells &&
               merged->result.series[there].type == own->type &&
               flyt_result_rows(&merged->result, &merged->result.series[there]) ==
                   flyt_result_rows(layout, own);
    }
    return same;
}

enum flyt_status flyt_merge_sweep(const struct flyt_merged *merged, struct flyt_arena *arena,
                                  struct flyt_sweep *out)
{
    struct flyt_h5_reader *reader = &merged->file->reader;
    struct flyt_sweep_source source;
    const struct flyt_sweep_options options = {.source = &source};
    const char *fingerprint = NULL;
    FLYT_TRY(take_source(reader, &source));
    FLYT_TRY(flyt_h5_need_text(reader, "provenance", "fingerprint", &fingerprint));
    FLYT_TRY(flyt_sweep_load(NULL, &options, arena, out, reader->diag));
    if (strcmp(fingerprint, out->fingerprint) != 0 || !is_of(merged, out)) {
        return flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, reader->place,
                               "is of Flyt %s, and this flyt (%s) reads its sweep file otherwise",
                               "er fra Flyt %s, og denne flyt (%s) læser dens gennemløbsfil "
                               "anderledes",
                               merged->result.version, FLYT_VERSION);
    }
    return FLYT_OK;
}

enum flyt_status flyt_merge_words(const struct flyt_merged *merged, const struct flyt_sweep *sweep,
                                  uint32_t point, struct flyt_arena *scratch, uint64_t *word)
{
    uint64_t n_words = flyt_sweep_words(sweep), offset = 0;
    for (uint32_t s = 0; s < sweep->layout.n_series; s++) {
        const struct flyt_result_series *series = &sweep->layout.series[s];
        uint64_t n = series->n_cells * flyt_result_rows(&sweep->layout, series);
        uint64_t *data = FLYT_ARENA_ARRAY(scratch, uint64_t, n * sweep->n_replicates + 1);
        if (data == NULL) {
            return FLYT_ERR_MEMORY;
        }
        FLYT_TRY(
            flyt_merge_load(merged, flyt_result_find(&merged->result, series->name), point, data));
        for (uint32_t i = 0; i < sweep->n_replicates; i++) {
            memcpy(word + i * n_words + offset, data + i * n, n * sizeof *word);
        }
        offset += n;
    }
    return FLYT_OK;
}
