#include "output/h5.h"

#include <string.h>

#include "output/h5_reader.h"
#include "sim/text.h"

enum { HEX = FLYT_DIGEST_SIZE - 1 };

static enum flyt_status read_replicates(struct flyt_h5_reader *reader)
{
    struct flyt_result *result = reader->result;
    void *number = NULL;
    const char *const *digest = NULL;
    uint32_t n_digests = 0;
    FLYT_TRY(
        flyt_h5_take_column(reader, "replicate", FLYT_H5_int32, &result->n_replicates, &number));
    FLYT_TRY(flyt_h5_take_labels(reader, "provenance/content_digest", &n_digests, &digest));
    result->replicate = number;
    result->content_digest = flyt_arena_zero(reader->arena, result->n_replicates, FLYT_DIGEST_SIZE);
    if (result->content_digest == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < result->n_replicates; i++) {
        if (n_digests != result->n_replicates || strlen(digest[i]) != HEX ||
            strspn(digest[i], "0123456789abcdef") != HEX || result->replicate[i] > INT32_MAX) {
            return flyt_h5_odd(reader, "content_digest");
        }
        memcpy(result->content_digest[i], digest[i], HEX);
    }
    return FLYT_OK;
}

static enum flyt_status read_all_series(struct flyt_h5_reader *reader)
{
    struct flyt_result *result = reader->result;
    result->series = FLYT_ARENA_ARRAY(reader->arena, struct flyt_result_series, reader->n_members);
    if (result->series == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < reader->n_members; i++) {
        const char *axes = flyt_h5_text(&reader->h5, reader->member[i], "axes");
        if (axes != NULL) {
            struct flyt_result_series *series = &result->series[result->n_series++];
            struct flyt_h5_spec spec, found;
            void *data = NULL;
            FLYT_TRY(flyt_h5_take_series(reader, reader->member[i], axes, series, &spec));
            FLYT_TRY(flyt_h5_take(reader, &spec, 0, &found, &data));
            series->data.count = data;
        }
    }
    return FLYT_OK;
}

/* ---- the whole ---- */

static enum flyt_status read_all(struct flyt_h5_reader *reader)
{
    FLYT_TRY(flyt_h5_begin_reading(reader));
    FLYT_TRY(flyt_h5_take_root(reader, "flyt-result", FLYT_H5_FORMAT));
    FLYT_TRY(read_replicates(reader));
    FLYT_TRY(flyt_h5_take_times(reader));
    FLYT_TRY(flyt_h5_take_dims(reader));
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
    struct flyt_h5_reader reader = {
        .arena = arena, .diag = diag, .result = result, .room = max_bytes};
    reader.place.file = flyt_text_quote(quoted, path, strlen(path));
    *result = (struct flyt_result){0};
    flyt_arena_init(&file, 0);
    enum flyt_status status =
        flyt_fileio_read(path, max_bytes < SIZE_MAX ? (size_t)max_bytes : SIZE_MAX - 1,
                         (struct flyt_place){0}, &file, &bytes, diag);
    if (status == FLYT_OK && flyt_h5_head_is(bytes.bytes, bytes.n, "flyt-sweep")) {
        status = flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO, reader.place,
            "is a merged sweep, not the result of one scenario: flyt verify, export, sensitivity "
            "and plot --point N open it, and so do h5py, xarray and R",
            "er et samlet gennemløb, ikke resultatet af ét scenarie: flyt verify, export, "
            "sensitivity og plot --point N åbner den, og det gør h5py, xarray og R også");
    } else if (status == FLYT_OK && !flyt_h5_head_is(bytes.bytes, bytes.n, "flyt-result")) {
        status = flyt_diag_fault(diag, FLYT_ERR_SCENARIO, reader.place, "is no Flyt result",
                                 "er ikke et Flyt-resultat");
    } else if (status == FLYT_OK && !flyt_h5_digest_holds(&bytes)) {
        status = flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO, reader.place,
            "is damaged: its content does not match its file_digest; make it again",
            "er beskadiget: indholdet passer ikke til dens file_digest; dan den igen");
    } else if (status == FLYT_OK) {
        flyt_h5_open(&reader.h5, arena, &bytes);
        status = read_all(&reader);
        if (status == FLYT_OK && origin != NULL) {
            const char *wrong = flyt_h5_load_origin(&reader.h5, "provenance", &reader.room, origin);
            status = wrong == NULL ? FLYT_OK : flyt_h5_odd(&reader, wrong);
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
