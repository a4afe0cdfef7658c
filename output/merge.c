#include "output/merge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/h5_writer.h"
#include "output/merge_seal.h"
#include "sim/text.h"

/** Bytes of points that are held at a time, about; and of a chunk, at least. */
static const uint64_t batch_bytes = 64U << 20, chunk_bytes = 64U << 10;

enum { BATCH_MOST = 1024, HEX = FLYT_DIGEST_SIZE - 1 };

struct merge {
    struct flyt_h5_writer writer;
    const struct flyt_sweep *sweep;
    const struct flyt_merge_source *source;
    struct flyt_result result; /* the layout with all replicates */
    struct flyt_diag *diag;
    uint32_t n_batch;          /* points at a time: a power of two */
    int64_t *dataset;          /* [n_series] */
    struct flyt_h5_spec *spec; /* [n_series] */
    uint64_t n_words;          /* of a run */
    uint64_t *word;            /* [n_batch][n_replicates][n_words] as read */
    uint64_t *part;            /* of one series, [n_batch][n_replicates][rows × cells] */
    const char **content;      /* [n_points × n_replicates] digests */
};

static struct flyt_h5 *h5_of(struct merge *merge)
{
    return &merge->writer.h5;
}

/* ---- what all points share ----------------------------------------------------------------- */

static void put_root(struct merge *merge, const char *placeholder)
{
    struct flyt_h5 *h5 = h5_of(merge);
    const struct flyt_result *result = &merge->result;
    flyt_h5_put_text(h5, h5->file, "filetype", "flyt-sweep");
    flyt_h5_put_fixed(h5, h5->file, "file_digest", placeholder);
    flyt_h5_put_int(h5, h5->file, "format_version", FLYT_MERGE_FORMAT);
    flyt_h5_put_text(h5, h5->file, "Conventions", "CF-1.8");
    flyt_h5_put_text(h5, h5->file, "title", merge->sweep->title);
    flyt_h5_put_text(h5, h5->file, "model", result->model);
    if (result->caveat_en != NULL) {
        flyt_h5_put_text(h5, h5->file, "caveat", result->caveat_en);
        flyt_h5_put_text(h5, h5->file, "caveat_da", result->caveat_da);
    }
    if (result->n_start_values > 0) {
        flyt_h5_put_int(h5, h5->file, "start_values", result->n_start_values);
        flyt_h5_put_int(h5, h5->file, "start_values_published", result->n_start_published);
    }
    flyt_h5_put_text(h5, h5->file, "plan", flyt_sweep_plan_name(merge->sweep->plan));
    flyt_h5_put_text(h5, h5->file, "rows", flyt_sweep_time_name(merge->sweep->time));
    flyt_h5_put_int(h5, h5->file, "complete", 1);
}

static enum flyt_status put_points(struct merge *merge)
{
    uint32_t n = merge->sweep->n_points;
    int32_t *number = FLYT_ARENA_ARRAY(merge->writer.arena, int32_t, n);
    if (number == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        number[i] = (int32_t)i;
    }
    merge->writer.n_points = n;
    merge->writer.point =
        flyt_h5_column(&merge->writer, h5_of(merge)->file, "point", FLYT_H5_int32, n, number, true);
    flyt_h5_describe(&merge->writer, merge->writer.point, "1",
                     "point of the design: its settings are in /design",
                     "punkt i planen: dets indstillinger står i /design");
    return FLYT_OK;
}

/** One factor as a column over points: numbers when all are, else texts. */
static enum flyt_status put_factor(struct merge *merge, int64_t group, uint32_t k)
{
    const struct flyt_sweep *sweep = merge->sweep;
    const struct flyt_sweep_factor *factor = &sweep->factor[k];
    uint32_t n = sweep->n_points;
    double *number = FLYT_ARENA_ARRAY(merge->writer.arena, double, n);
    const char **text = FLYT_ARENA_ARRAY(merge->writer.arena, const char *, n);
    if (number == NULL || text == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t p = 0; p < n; p++) {
        number[p] = flyt_sweep_at(sweep, p, k)->number;
        text[p] = flyt_sweep_text(sweep, p, k, merge->writer.arena);
        FLYT_TRY(text[p] == NULL ? FLYT_ERR_MEMORY : FLYT_OK);
    }
    bool real = factor->range || factor->numeric;
    int64_t column =
        flyt_h5_column(&merge->writer, group, factor->name, real ? FLYT_H5_real : FLYT_H5_text, n,
                       real ? (const void *)number : text, false);
    flyt_h5_describe(&merge->writer, column, "1",
                     "what this factor is at each point; empty or NaN: as in the base",
                     "hvad denne faktor er i hvert punkt; tom eller NaN: som i udgangspunktet");
    flyt_h5_attach(h5_of(merge), column, merge->writer.point, 0);
    flyt_h5_close(h5_of(merge), column);
    return FLYT_OK;
}

static enum flyt_status put_design(struct merge *merge)
{
    struct flyt_h5 *h5 = h5_of(merge);
    int64_t group = flyt_h5_group(h5, h5->file, "design");
    const char *name[FLYT_SWEEP_FACTORS];
    enum flyt_status status = FLYT_OK;
    for (uint32_t k = 0; k < merge->sweep->n_factors; k++) {
        name[k] = merge->sweep->factor[k].name;
    }
    flyt_h5_put_texts(h5, group, "factors", name, merge->sweep->n_factors);
    for (uint32_t k = 0; status == FLYT_OK && k < merge->sweep->n_factors; k++) {
        status = put_factor(merge, group, k);
    }
    flyt_h5_close(h5, group);
    return status;
}

/** The sweep file's bytes, and each scenario with what it was read from. */
static enum flyt_status put_provenance(struct merge *merge)
{
    struct flyt_h5 *h5 = h5_of(merge);
    const struct flyt_sweep *sweep = merge->sweep;
    int64_t group = flyt_h5_group(h5, h5->file, "provenance");
    flyt_h5_put_text(h5, group, "version", merge->result.version);
    flyt_h5_put_text(h5, group, "model", merge->result.model);
    flyt_h5_put_text(h5, group, "sweep", sweep->name);
    flyt_h5_put_text(h5, group, "fingerprint", sweep->fingerprint);
    flyt_h5_put_text(h5, group, "scenario", sweep->base[0].name);
    flyt_h5_put_int(h5, group, "seed", merge->result.seed);
    flyt_h5_put_texts(h5, group, "set", sweep->set, sweep->n_sets);
    int64_t scale = flyt_h5_bare_scale(h5, group, "sweep_file_byte", sweep->file.n);
    int64_t file = flyt_h5_column(&merge->writer, group, "sweep_file", FLYT_H5_uint8, sweep->file.n,
                                  sweep->file.bytes, false);
    flyt_h5_describe(&merge->writer, scale, "1", "position of a byte in the file",
                     "en bytes plads i filen");
    flyt_h5_describe(&merge->writer, file, "1", "sweep file as read", "gennemløbsfil som læst");
    flyt_h5_attach(h5, file, scale, 0);
    flyt_h5_close(h5, file);
    flyt_h5_close(h5, scale);
    enum flyt_status status = FLYT_OK;
    for (uint32_t i = 0; status == FLYT_OK && i < sweep->n_bases; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "scenario_%u", i);
        int64_t base = i == 0 ? group : flyt_h5_group(h5, group, name);
        status = flyt_h5_put_inputs(&merge->writer, &sweep->base[i], base);
        if (i > 0) {
            flyt_h5_put_text(h5, base, "scenario", sweep->base[i].name);
            flyt_h5_close(h5, base);
        }
    }
    flyt_h5_close(h5, group);
    return status;
}

/** The digests of all runs, when they are read. */
static enum flyt_status put_contents(struct merge *merge)
{
    struct flyt_h5 *h5 = h5_of(merge);
    const struct flyt_h5_spec spec = {"run_content_digest",
                                      FLYT_H5_text,
                                      2,
                                      {merge->sweep->n_points, merge->sweep->n_replicates}};
    int64_t dataset = flyt_h5_dataset(h5, h5->file, &spec, merge->content);
    flyt_h5_describe(&merge->writer, dataset, "1", "SHA-256 of the run's series",
                     "SHA-256 af kørslens serier");
    flyt_h5_attach(h5, dataset, merge->writer.point, 0);
    flyt_h5_attach(h5, dataset, merge->writer.replicate, 1);
    flyt_h5_close(h5, dataset);
    return FLYT_OK;
}

/* ---- series -------------------------------------------------------------------------------- */

static uint64_t words_of(const struct merge *merge, uint32_t s)
{
    const struct flyt_result_series *series = &merge->result.series[s];
    return series->n_cells * flyt_result_rows(&merge->result, series);
}

/** Empty datasets of all series; a chunk has at least some KiB, of several points when small. */
static enum flyt_status make_datasets(struct merge *merge)
{
    struct flyt_h5 *h5 = h5_of(merge);
    for (uint32_t s = 0; s < merge->result.n_series; s++) {
        const struct flyt_result_series *series = &merge->result.series[s];
        uint64_t bytes = 8 * words_of(merge, s) * merge->result.n_replicates, n_first = 1;
        while (n_first < merge->n_batch && n_first * bytes < chunk_bytes) {
            n_first *= 2;
        }
        flyt_h5_series_spec(&merge->writer, series, &merge->spec[s]);
        merge->dataset[s] = flyt_h5_dataset_empty(h5, h5->file, &merge->spec[s], n_first);
        FLYT_TRY(flyt_h5_describe_series(&merge->writer, series, merge->dataset[s]));
    }
    return FLYT_OK;
}

/** Reads all runs of the points [first, first + n). */
static enum flyt_status read_batch(struct merge *merge, uint32_t first, uint32_t n)
{
    struct flyt_arena scratch;
    uint32_t n_replicates = merge->sweep->n_replicates;
    enum flyt_status status = FLYT_OK;
    flyt_arena_init(&scratch, 0);
    for (uint64_t i = 0; status == FLYT_OK && i < (uint64_t)n * n_replicates; i++) {
        char content[FLYT_DIGEST_SIZE] = "";
        uint64_t run = (uint64_t)first * n_replicates + i;
        flyt_arena_empty(&scratch);
        status = merge->source->read(merge->source->job, (uint32_t)(run / n_replicates),
                                     (uint32_t)(run % n_replicates), &scratch, content,
                                     merge->word + i * merge->n_words, merge->diag);
        merge->content[run] = flyt_arena_copy(merge->writer.arena, content, strlen(content));
        status = status == FLYT_OK && merge->content[run] == NULL ? FLYT_ERR_MEMORY : status;
    }
    flyt_arena_free(&scratch);
    return status;
}

static void write_batch(struct merge *merge, uint32_t first, uint32_t n)
{
    uint64_t n_runs = (uint64_t)n * merge->sweep->n_replicates, offset = 0;
    for (uint32_t s = 0; s < merge->result.n_series; s++) {
        uint64_t n_words = words_of(merge, s);
        for (uint64_t i = 0; i < n_runs; i++) {
            memcpy(merge->part + i * n_words, merge->word + i * merge->n_words + offset,
                   n_words * sizeof *merge->part);
        }
        flyt_h5_write_some(h5_of(merge), merge->dataset[s], &merge->spec[s], first, n, merge->part);
        offset += n_words;
    }
}

static enum flyt_status put_runs(struct merge *merge)
{
    const struct flyt_merge_source *source = merge->source;
    uint32_t n_points = merge->sweep->n_points;
    for (uint32_t first = 0; first < n_points && h5_of(merge)->failed == NULL;
         first += merge->n_batch) {
        uint32_t n = n_points - first < merge->n_batch ? n_points - first : merge->n_batch;
        if (source->stop != NULL && source->stop()) {
            return FLYT_ERR_STOPPED;
        }
        FLYT_TRY(read_batch(merge, first, n));
        write_batch(merge, first, n);
        if (source->progress != NULL) {
            source->progress(source->job, first + n, n_points);
        }
    }
    for (uint32_t s = 0; s < merge->result.n_series; s++) {
        flyt_h5_close(h5_of(merge), merge->dataset[s]);
    }
    return FLYT_OK;
}

/* ---- the whole ----------------------------------------------------------------------------- */

static enum flyt_status take_room(struct merge *merge, struct flyt_arena *arena)
{
    const struct flyt_sweep *sweep = merge->sweep;
    uint32_t n_replicates = sweep->n_replicates, n_series = sweep->layout.n_series;
    uint64_t n_runs = (uint64_t)sweep->n_points * n_replicates, widest = 0;
    merge->result = sweep->layout;
    merge->result.n_replicates = n_replicates;
    merge->result.replicate = FLYT_ARENA_ARRAY(arena, uint32_t, n_replicates);
    merge->n_words = flyt_sweep_words(sweep);
    merge->n_batch = 1;
    while (merge->n_batch < BATCH_MOST && merge->n_batch < sweep->n_points &&
           16 * merge->n_words * n_replicates * merge->n_batch <= batch_bytes) {
        merge->n_batch *= 2;
    }
    for (uint32_t s = 0; s < n_series; s++) {
        widest = words_of(merge, s) > widest ? words_of(merge, s) : widest;
    }
    uint64_t n_held = (uint64_t)merge->n_batch * n_replicates;
    merge->dataset = FLYT_ARENA_ARRAY(arena, int64_t, (size_t)n_series + 1);
    merge->spec = FLYT_ARENA_ZERO(arena, struct flyt_h5_spec, (size_t)n_series + 1);
    merge->writer.dim = FLYT_ARENA_ARRAY(arena, int64_t, (size_t)merge->result.n_dims + 1);
    merge->word = FLYT_ARENA_ARRAY(arena, uint64_t, n_held * merge->n_words + 1);
    merge->part = FLYT_ARENA_ARRAY(arena, uint64_t, n_held * widest + 1);
    merge->content = FLYT_ARENA_ZERO(arena, const char *, n_runs);
    if (merge->result.replicate == NULL || merge->dataset == NULL || merge->spec == NULL ||
        merge->writer.dim == NULL || merge->word == NULL || merge->part == NULL ||
        merge->content == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n_replicates; i++) {
        merge->result.replicate[i] = i;
    }
    return FLYT_OK;
}

static enum flyt_status put_all(struct merge *merge, const char *placeholder)
{
    put_root(merge, placeholder);
    FLYT_TRY(put_points(merge));
    flyt_h5_put_replicates(&merge->writer);
    FLYT_TRY(flyt_h5_put_times(&merge->writer));
    FLYT_TRY(flyt_h5_put_dims(&merge->writer));
    FLYT_TRY(put_design(merge));
    FLYT_TRY(put_provenance(merge));
    FLYT_TRY(make_datasets(merge));
    FLYT_TRY(put_runs(merge));
    return put_contents(merge);
}

/** A text that stands nowhere else in the file: the digest goes there. */
static void make_placeholder(const struct flyt_sweep *sweep, uint64_t attempt,
                             char placeholder[FLYT_DIGEST_SIZE])
{
    struct flyt_digest digest;
    flyt_digest_init(&digest);
    flyt_digest_text(&digest, "flyt-sweep file-digest goes here");
    flyt_digest_text(&digest, sweep->fingerprint);
    flyt_digest_number(&digest, attempt);
    flyt_digest_end(&digest, placeholder);
}

/** Builds the file in the part file. */
static enum flyt_status build(struct merge *merge, const struct flyt_fileio_part *part,
                              struct flyt_arena *arena, const char *placeholder)
{
    struct flyt_h5 *h5 = h5_of(merge);
    merge->writer = (struct flyt_h5_writer){.result = &merge->result,
                                            .scenario = &merge->sweep->base[0],
                                            .arena = arena,
                                            .dim = merge->writer.dim,
                                            .point = -1};
    flyt_h5_create_at(h5, arena, part->path);
    enum flyt_status status = h5->failed != NULL ? FLYT_ERR_IO : put_all(merge, placeholder);
    bool went_well = h5->failed == NULL, no_memory = h5->no_memory;
    flyt_h5_end(h5);
    if (status != FLYT_OK && status != FLYT_ERR_IO) {
        return status;
    }
    return went_well && h5->failed == NULL && status == FLYT_OK ? FLYT_OK
           : no_memory                                          ? FLYT_ERR_MEMORY
                                                                : FLYT_ERR_IO;
}

enum flyt_status flyt_merge_write(const char *path, const struct flyt_sweep *sweep,
                                  const struct flyt_merge_source *source, struct flyt_arena *arena,
                                  struct flyt_diag *diag)
{
    struct merge merge = {.sweep = sweep, .source = source, .diag = diag};
    struct flyt_fileio_part part;
    char placeholder[FLYT_DIGEST_SIZE];
    FLYT_TRY(take_room(&merge, arena));
    FLYT_TRY(flyt_fileio_part_open(path, arena, &part, diag));
    make_placeholder(sweep, 0, placeholder);
    uint32_t n_before = diag->n_faults;
    enum flyt_status status = build(&merge, &part, arena, placeholder);
    if (status == FLYT_OK) {
        status = flyt_merge_seal(&part, placeholder, arena, diag);
    }
    if (status == FLYT_ERR_IO && diag->n_faults == n_before) {
        status = flyt_fileio_part_fault(&part, diag);
    }
    if (status != FLYT_OK) {
        flyt_fileio_part_drop(&part);
        return status;
    }
    return flyt_fileio_part_finish(&part, diag);
}
