#define _GNU_SOURCE /* memmem */
#include "output/h5.h"

#include <stdio.h>
#include <string.h>

#include "output/h5_writer.h"
#include "sim/text.h"

void flyt_h5_name_it(struct flyt_h5_writer *writer, int64_t object, const char *en, const char *da)
{
    flyt_h5_put_text(&writer->h5, object, "long_name", en);
    flyt_h5_put_text(&writer->h5, object, "long_name_da", da);
}

void flyt_h5_describe(struct flyt_h5_writer *writer, int64_t object, const char *unit,
                      const char *en, const char *da)
{
    flyt_h5_put_text(&writer->h5, object, "units", unit);
    flyt_h5_name_it(writer, object, en, da);
}

/** A column of n values with its description; makes it a dimension scale when it is one. */
int64_t flyt_h5_column(struct flyt_h5_writer *writer, int64_t parent, const char *name,
                       enum flyt_h5_type type, uint64_t n, const void *data, bool scale)
{
    const struct flyt_h5_spec spec = {name, type, 1, {n}};
    int64_t dataset = flyt_h5_dataset(&writer->h5, parent, &spec, data);
    if (scale) {
        flyt_h5_scale(&writer->h5, dataset, name);
    }
    return dataset;
}

/* ---- root attributes and dimensions ---- */

static void put_root(struct flyt_h5_writer *writer, const char *placeholder)
{
    struct flyt_h5 *h5 = &writer->h5;
    const struct flyt_result *result = writer->result;
    char content[FLYT_DIGEST_SIZE];
    flyt_result_content(result, content);
    flyt_h5_put_text(h5, h5->file, "filetype", "flyt-result");
    flyt_h5_put_fixed(h5, h5->file, "file_digest", placeholder);
    flyt_h5_put_int(h5, h5->file, "format_version", FLYT_H5_FORMAT);
    flyt_h5_put_text(h5, h5->file, "Conventions", "CF-1.8");
    flyt_h5_put_text(h5, h5->file, "title", result->title);
    flyt_h5_put_text(h5, h5->file, "model", result->model);
    if (result->caveat_en != NULL) {
        flyt_h5_put_text(h5, h5->file, "caveat", result->caveat_en);
        flyt_h5_put_text(h5, h5->file, "caveat_da", result->caveat_da);
    }
    if (result->n_start_values > 0) {
        flyt_h5_put_int(h5, h5->file, "start_values", result->n_start_values);
        flyt_h5_put_int(h5, h5->file, "start_values_published", result->n_start_published);
    }
    flyt_h5_put_text(h5, h5->file, "content_digest", content);
    flyt_h5_put_int(h5, h5->file, "complete", 1);
}

void flyt_h5_put_replicates(struct flyt_h5_writer *writer)
{
    writer->replicate =
        flyt_h5_column(writer, writer->h5.file, "replicate", FLYT_H5_int32,
                       writer->result->n_replicates, writer->result->replicate, true);
    flyt_h5_describe(writer, writer->replicate, "1",
                     "replicate: its number picks its random numbers",
                     "gentagelse: nummeret vælger dens tilfældige tal");
}

enum flyt_status flyt_h5_put_times(struct flyt_h5_writer *writer)
{
    const struct flyt_result *result = writer->result;
    char unit[48];
    double *day = FLYT_ARENA_ARRAY(writer->arena, double, (size_t)result->n_months + 1);
    int32_t *year = FLYT_ARENA_ARRAY(writer->arena, int32_t, (size_t)result->n_years + 1);
    if (day == NULL || year == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i <= result->n_months; i++) {
        day[i] = (double)flyt_result_days(result->start_year, i);
    }
    for (uint32_t i = 0; i <= result->n_years; i++) {
        year[i] = result->start_year + (int32_t)i;
    }
    (void)snprintf(unit, sizeof unit, "days since %04d-01-01", result->start_year);
    if (result->n_months > 0) { /* a sweep may keep years only */
        writer->time = flyt_h5_column(writer, writer->h5.file, "time", FLYT_H5_real,
                                      (uint64_t)result->n_months + 1, day, true);
        flyt_h5_put_fixed(&writer->h5, writer->time, "units", unit); /* ncdump -t reads no other */
        flyt_h5_put_fixed(&writer->h5, writer->time, "calendar", "standard");
        flyt_h5_name_it(
            writer, writer->time,
            "instant at which stocks hold: the start, then the first day after each month; "
            "flows count since the row before",
            "tidspunkt for beholdninger: starten, derefter den første dag efter hver måned; "
            "strømme tælles siden rækken før");
    }
    writer->year = flyt_h5_column(writer, writer->h5.file, "year", FLYT_H5_int32,
                                  (uint64_t)result->n_years + 1, year, true);
    flyt_h5_describe(writer, writer->year, "1",
                     "calendar year, of which 1 January is meant; flows count since the row before",
                     "kalenderår, hvoraf 1. januar menes; strømme tælles siden rækken før");
    return FLYT_OK;
}

enum flyt_status flyt_h5_put_dims(struct flyt_h5_writer *writer)
{
    const struct flyt_result *result = writer->result;
    for (uint32_t i = 0; i < result->n_dims; i++) {
        const struct flyt_dim *dim = &result->dim[i];
        const char *name = flyt_arena_printf(writer->arena, "%s_da", dim->name);
        const char *en = flyt_arena_printf(writer->arena, "%s, in Danish", dim->en);
        const char *da = flyt_arena_printf(writer->arena, "%s, på dansk", dim->da);
        if (name == NULL || en == NULL || da == NULL) {
            return FLYT_ERR_MEMORY;
        }
        writer->dim[i] = flyt_h5_column(writer, writer->h5.file, dim->name, FLYT_H5_text, dim->n,
                                        dim->label_en, true);
        flyt_h5_describe(writer, writer->dim[i], "1", dim->en, dim->da);
        int64_t danish = flyt_h5_column(writer, writer->h5.file, name, FLYT_H5_text, dim->n,
                                        dim->label_da, false);
        flyt_h5_describe(writer, danish, "1", en, da);
        flyt_h5_attach(&writer->h5, danish, writer->dim[i], 0);
        flyt_h5_close(&writer->h5, danish);
    }
    return FLYT_OK;
}

/* ---- series ---- */

/** The names of a series' axes; `danish`: of the variables with Danish labels along them. */
static const char *axes_of(const struct flyt_h5_writer *writer,
                           const struct flyt_result_series *series, bool danish)
{
    struct flyt_text text = {.arena = writer->arena};
    if (!danish) {
        flyt_text_add(&text, writer->point >= 0 ? "point replicate %s" : "replicate %s",
                      series->period == FLYT_SERIES_monthly ? "time" : "year");
    }
    for (uint32_t i = 0; i < series->n_dims; i++) {
        flyt_text_add(&text, danish ? "%s%s_da" : "%s%s", danish && i == 0 ? "" : " ",
                      writer->result->dim[series->dim[i]].name);
    }
    return text.failed ? NULL : text.bytes;
}

void flyt_h5_series_spec(const struct flyt_h5_writer *writer,
                         const struct flyt_result_series *series, struct flyt_h5_spec *spec)
{
    const struct flyt_result *result = writer->result;
    uint32_t n = 0;
    *spec = (struct flyt_h5_spec){
        .name = series->name,
        .type = series->type == FLYT_SERIES_count ? FLYT_H5_int64 : FLYT_H5_real,
    };
    if (writer->point >= 0) {
        spec->size[n++] = writer->n_points;
    }
    spec->size[n++] = result->n_replicates;
    spec->size[n++] = flyt_result_rows(result, series);
    for (uint32_t i = 0; i < series->n_dims; i++) {
        spec->size[n++] = result->dim[series->dim[i]].n;
    }
    spec->n_dims = n;
}

static void attach_scales(struct flyt_h5_writer *writer, const struct flyt_result_series *series,
                          int64_t dataset)
{
    struct flyt_h5 *h5 = &writer->h5;
    uint32_t axis = 0;
    if (writer->point >= 0) {
        flyt_h5_attach(h5, dataset, writer->point, axis++);
    }
    flyt_h5_attach(h5, dataset, writer->replicate, axis++);
    flyt_h5_attach(h5, dataset, series->period == FLYT_SERIES_monthly ? writer->time : writer->year,
                   axis++);
    for (uint32_t i = 0; i < series->n_dims; i++) {
        flyt_h5_attach(h5, dataset, writer->dim[series->dim[i]], axis++);
    }
}

enum flyt_status flyt_h5_describe_series(struct flyt_h5_writer *writer,
                                         const struct flyt_result_series *series, int64_t dataset)
{
    struct flyt_h5 *h5 = &writer->h5;
    bool monthly = series->period == FLYT_SERIES_monthly;
    const char *axes = axes_of(writer, series, false), *danish = axes_of(writer, series, true);
    if (axes == NULL || (danish == NULL && series->n_dims > 0)) {
        return FLYT_ERR_MEMORY;
    }
    flyt_h5_describe(writer, dataset, series->unit, series->en, series->da);
    flyt_h5_put_text(h5, dataset, "how", series->how);
    flyt_h5_put_text(h5, dataset, "axes", axes);
    if (danish != NULL) {
        flyt_h5_put_text(h5, dataset, "coordinates", danish);
    }
    if (series->kind == FLYT_SERIES_flow) {
        flyt_h5_put_text(h5, dataset, "cell_methods", monthly ? "time: sum" : "year: sum");
    } else {
        flyt_h5_put_text(h5, dataset, "cell_methods", monthly ? "time: point" : "year: point");
    }
    if (series->policy != NULL) {
        flyt_h5_put_text(h5, dataset, "policy", series->policy);
    }
    attach_scales(writer, series, dataset);
    return FLYT_OK;
}

static enum flyt_status put_series(struct flyt_h5_writer *writer,
                                   const struct flyt_result_series *series)
{
    struct flyt_h5_spec spec;
    flyt_h5_series_spec(writer, series, &spec);
    int64_t dataset = flyt_h5_dataset(&writer->h5, writer->h5.file, &spec,
                                      flyt_result_row(writer->result, series, 0, 0));
    enum flyt_status status = flyt_h5_describe_series(writer, series, dataset);
    flyt_h5_close(&writer->h5, dataset);
    return status;
}

/* ---- parameters ---- */

/** Years whose value was taken from another year; left out when there are none. */
static void put_borrowed(struct flyt_h5_writer *writer, int64_t dataset, uint32_t field,
                         int32_t *year)
{
    const struct flyt_result *result = writer->result;
    bool any = false;
    for (uint32_t i = 0; i < result->n_years; i++) {
        int32_t asked = result->start_year + (int32_t)i;
        year[i] = flyt_scenario_borrowed(writer->scenario, field, asked);
        any = any || year[i] != asked;
    }
    if (any) {
        flyt_h5_put_ints(&writer->h5, dataset, "taken_from_year", year, result->n_years);
    }
}

/** Choices and flags as CF has them: numbers, and a word for each. */
static enum flyt_status put_meanings(struct flyt_h5_writer *writer, int64_t dataset,
                                     const struct flyt_field *field)
{
    static const int32_t value[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    bool flag = field->type == FLYT_FIELD_flag;
    const char *names = flag ? "no|yes" : field->unit;
    char *meanings = flyt_arena_copy(writer->arena, names, strlen(names));
    if (meanings == NULL) {
        return FLYT_ERR_MEMORY;
    }
    uint32_t n = 1;
    for (char *bar = strchr(meanings, '|'); bar != NULL; bar = strchr(bar, '|')) {
        *bar = ' ';
        n++;
    }
    flyt_h5_put_ints(&writer->h5, dataset, "flag_values", value,
                     n < FLYT_COUNT(value) ? n : (uint32_t)FLYT_COUNT(value));
    flyt_h5_put_text(&writer->h5, dataset, "flag_meanings", meanings);
    return FLYT_OK;
}

static enum flyt_status put_parameter(struct flyt_h5_writer *writer, int64_t group, int64_t years,
                                      uint32_t index)
{
    struct flyt_h5 *h5 = &writer->h5;
    const struct flyt_result *result = writer->result;
    const struct flyt_field_group *owner = NULL;
    const struct flyt_field *field = flyt_scenario_field(writer->scenario->model, index, &owner);
    const char *name = flyt_arena_printf(writer->arena, "%s.%s", owner->name, field->name);
    double *real = FLYT_ARENA_ARRAY(writer->arena, double, result->n_years);
    int32_t *whole = FLYT_ARENA_ARRAY(writer->arena, int32_t, result->n_years);
    if (name == NULL || real == NULL || whole == NULL) {
        return FLYT_ERR_MEMORY;
    }
    bool named = field->type == FLYT_FIELD_flag || field->type == FLYT_FIELD_choice;
    for (uint32_t i = 0; i < result->n_years; i++) {
        real[i] = flyt_scenario_value(writer->scenario, index, result->start_year + (int32_t)i);
        whole[i] = named ? (int32_t)real[i] : 0;
    }
    int64_t dataset = flyt_h5_column(writer, group, name, named ? FLYT_H5_int32 : FLYT_H5_real,
                                     result->n_years, named ? (const void *)whole : real, false);
    flyt_h5_attach(h5, dataset, years, 0);
    flyt_h5_describe(writer, dataset, named ? "1" : field->unit, field->en, field->da);
    flyt_h5_put_text(h5, dataset, "evidence", flyt_field_evidence(field->evidence, FLYT_EN));
    flyt_h5_put_text(h5, dataset, "source", field->source);
    flyt_h5_put_real(h5, dataset, "default", field->fallback);
    if (named) {
        FLYT_TRY(put_meanings(writer, dataset, field));
    } else {
        flyt_h5_put_real(h5, dataset, "low", field->low);
        flyt_h5_put_real(h5, dataset, "high", field->high);
    }
    put_borrowed(writer, dataset, index, whole);
    flyt_h5_close(h5, dataset);
    return FLYT_OK;
}

static enum flyt_status put_parameters(struct flyt_h5_writer *writer)
{
    struct flyt_h5 *h5 = &writer->h5;
    const struct flyt_result *result = writer->result;
    int32_t *year = FLYT_ARENA_ARRAY(writer->arena, int32_t, result->n_years);
    if (year == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < result->n_years; i++) {
        year[i] = result->start_year + (int32_t)i;
    }
    int64_t group = flyt_h5_group(h5, h5->file, "parameters");
    int64_t years =
        flyt_h5_column(writer, group, "year", FLYT_H5_int32, result->n_years, year, true);
    flyt_h5_describe(writer, years, "1", "calendar year in which the values were used",
                     "kalenderår hvor værdierne blev brugt");
    enum flyt_status status = FLYT_OK;
    for (uint32_t i = 0; status == FLYT_OK && i < writer->scenario->n_fields; i++) {
        status = put_parameter(writer, group, years, i);
    }
    flyt_h5_close(h5, years);
    flyt_h5_close(h5, group);
    return status;
}

/* ---- provenance ---- */

/** Where an input lay, seen from the scenario's folder: no path of the machine gets into a file. */
static const char *path_within(const struct flyt_scenario *scenario, const char *path)
{
    const char *root = scenario->input[0].path, *slash = strrchr(root, '/');
    size_t n = slash == NULL ? 0 : (size_t)(slash - root) + 1;
    const char *last = strrchr(path, '/');
    if (strncmp(path, root, n) == 0 && path[n] != '/') {
        return path + n;
    }
    return last == NULL ? path : last + 1;
}

enum flyt_status flyt_h5_put_inputs(struct flyt_h5_writer *writer,
                                    const struct flyt_scenario *scenario, int64_t provenance)
{
    struct flyt_h5 *h5 = &writer->h5;
    int64_t group = flyt_h5_group(h5, provenance, "inputs");
    for (uint32_t i = 0; i < scenario->n_inputs; i++) {
        const struct flyt_bytes *input = &scenario->input[i];
        const char *name = flyt_arena_printf(writer->arena, "input_%u", i);
        const char *byte = flyt_arena_printf(writer->arena, "input_%u_byte", i);
        if (name == NULL || byte == NULL) {
            flyt_h5_close(h5, group);
            return FLYT_ERR_MEMORY;
        }
        int64_t scale = flyt_h5_bare_scale(h5, group, byte, input->n);
        flyt_h5_describe(writer, scale, "1", "position of a byte in the file",
                         "en bytes plads i filen");
        int64_t bytes =
            flyt_h5_column(writer, group, name, FLYT_H5_uint8, input->n, input->bytes, false);
        flyt_h5_put_text(h5, bytes, "path", path_within(scenario, input->path));
        flyt_h5_describe(writer, bytes, "1",
                         i == 0 ? "scenario file as read" : "file named by the scenario, as read",
                         i == 0 ? "scenariefil som læst" : "fil nævnt i scenariet, som læst");
        flyt_h5_attach(h5, bytes, scale, 0);
        flyt_h5_close(h5, bytes);
        flyt_h5_close(h5, scale);
    }
    flyt_h5_close(h5, group);
    return FLYT_OK;
}

static enum flyt_status put_provenance(struct flyt_h5_writer *writer)
{
    struct flyt_h5 *h5 = &writer->h5;
    const struct flyt_result *result = writer->result;
    const struct flyt_scenario *scenario = writer->scenario;
    const char **digest = FLYT_ARENA_ARRAY(writer->arena, const char *, result->n_replicates);
    if (digest == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < result->n_replicates; i++) {
        digest[i] = result->content_digest[i];
    }
    int64_t group = flyt_h5_group(h5, h5->file, "provenance");
    flyt_h5_put_text(h5, group, "version", result->version);
    flyt_h5_put_text(h5, group, "model", result->model);
    flyt_h5_put_text(h5, group, "scenario", scenario->name);
    flyt_h5_put_int(h5, group, "seed", result->seed);
    flyt_h5_put_texts(h5, group, "set", scenario->set, scenario->n_sets);
    int64_t digests = flyt_h5_column(writer, group, "content_digest", FLYT_H5_text,
                                     result->n_replicates, digest, false);
    flyt_h5_describe(writer, digests, "1", "SHA-256 of the replicate's series",
                     "SHA-256 af gentagelsens serier");
    flyt_h5_attach(h5, digests, writer->replicate, 0);
    flyt_h5_close(h5, digests);
    enum flyt_status status = flyt_h5_put_inputs(writer, scenario, group);
    flyt_h5_close(h5, group);
    return status;
}

/* ---- the whole ---- */

static enum flyt_status put_all(struct flyt_h5_writer *writer, const char *placeholder)
{
    const struct flyt_result *result = writer->result;
    put_root(writer, placeholder);
    flyt_h5_put_replicates(writer);
    FLYT_TRY(flyt_h5_put_times(writer));
    FLYT_TRY(flyt_h5_put_dims(writer));
    for (uint32_t i = 0; i < result->n_series; i++) {
        FLYT_TRY(put_series(writer, &result->series[i]));
    }
    FLYT_TRY(put_parameters(writer));
    return put_provenance(writer);
}

static enum flyt_status build(const struct flyt_result *result,
                              const struct flyt_scenario *scenario, struct flyt_arena *arena,
                              const char *placeholder, struct flyt_bytes *out,
                              struct flyt_diag *diag)
{
    struct flyt_h5_writer writer = {
        .result = result, .scenario = scenario, .arena = arena, .point = -1};
    writer.dim = FLYT_ARENA_ARRAY(arena, int64_t, result->n_dims);
    enum flyt_status status = writer.dim == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
    flyt_h5_create(&writer.h5, arena);
    if (status == FLYT_OK && writer.h5.failed == NULL) {
        status = put_all(&writer, placeholder);
        flyt_h5_bytes(&writer.h5, out);
    }
    const char *failed = writer.h5.failed; /* closing after a failure may fail again */
    flyt_h5_end(&writer.h5);
    if (status == FLYT_OK && failed == NULL) {
        return FLYT_OK;
    }
    return flyt_diag_fault(diag, FLYT_ERR_MEMORY, (struct flyt_place){0},
                           "the result file could not be built in memory (%s)",
                           "resultatfilen kunne ikke dannes i hukommelsen (%s)",
                           failed == NULL ? "arena" : failed);
}

/** Puts the digest of the file where the placeholder stands; false when it stands twice. */
static bool seal(struct flyt_bytes *image, const char *placeholder)
{
    enum { N = FLYT_DIGEST_SIZE - 1 };
    char digest[FLYT_DIGEST_SIZE];
    char *at = memmem(image->bytes, image->n, placeholder, N);
    if (at == NULL || memmem(at + 1, (size_t)(image->bytes + image->n - at - 1), placeholder, N)) {
        return false;
    }
    memset(at, '0', N);
    flyt_digest_of(image->bytes, image->n, digest);
    memcpy(at, digest, N);
    return true;
}

enum flyt_status flyt_h5_image(const struct flyt_result *result,
                               const struct flyt_scenario *scenario, struct flyt_arena *arena,
                               struct flyt_bytes *out, struct flyt_diag *diag)
{
    for (uint64_t i = 0; i < 8; i++) { /* an input file may hold the first placeholder's text */
        char placeholder[FLYT_DIGEST_SIZE];
        struct flyt_digest digest;
        flyt_digest_init(&digest);
        flyt_digest_text(&digest, "flyt-file-digest goes here");
        flyt_digest_text(&digest, result->content_digest[0]);
        flyt_digest_number(&digest, i);
        flyt_digest_end(&digest, placeholder);
        FLYT_TRY(build(result, scenario, arena, placeholder, out, diag));
        if (seal(out, placeholder)) {
            return FLYT_OK;
        }
    }
    return flyt_diag_fault(diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                           "the digest has no place in the file",
                           "kontrolsummen har ingen plads i filen");
}

enum flyt_status flyt_h5_write(const char *path, const struct flyt_result *result,
                               const struct flyt_scenario *scenario, struct flyt_arena *arena,
                               struct flyt_diag *diag)
{
    struct flyt_bytes image;
    FLYT_TRY(flyt_h5_image(result, scenario, arena, &image, diag));
    return flyt_fileio_replace(path, image.bytes, image.n, diag);
}
