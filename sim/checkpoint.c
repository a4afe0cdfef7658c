#define _DEFAULT_SOURCE
#include "sim/checkpoint.h"

#include <stdio.h>
#include <string.h>

#include "sim/clock.h"
#include "sim/text.h"

enum { HEX = FLYT_DIGEST_SIZE - 1, BUFFER = 1 << 20, KEPT = 2 };

static const char magic[] = "flyt-checkpoint 1\n", suffix[] = ".checkpoint";
static const uint64_t byte_order = UINT64_C(0x0102030405060708);
static const size_t most_bytes = (size_t)1 << 42;

/* ---- the folder ---------------------------------------------------------------------------- */

const char *flyt_checkpoint_folder(const char *result_path, struct flyt_arena *arena)
{
    return flyt_arena_printf(arena, "%s%s", result_path, suffix);
}

/** The replicate and month of a file's name; false when it is none of ours. */
static bool name_of(const char *name, uint32_t *number, uint32_t *n_months)
{
    char again[64];
    if (sscanf(name, "replicate-%u-month-%u", number, n_months) != 2) {
        return false;
    }
    (void)snprintf(again, sizeof again, "replicate-%06u-month-%06u%s", *number, *n_months, suffix);
    return strcmp(again, name) == 0;
}

static const char *path_of(const char *folder, uint32_t number, uint32_t n_months,
                           struct flyt_arena *arena)
{
    return flyt_arena_printf(arena, "%s/replicate-%06u-month-%06u%s", folder, number, n_months,
                             suffix);
}

/** The newest month below `below` of which the folder has a checkpoint; 0: there is none. */
static uint32_t newest(const char *folder, uint32_t number, uint32_t below)
{
    struct flyt_arena arena;
    const char *const *name = NULL;
    uint32_t n = 0, best = 0, of, n_months;
    flyt_arena_init(&arena, 0);
    if (flyt_fileio_names(folder, &arena, &name, &n) == FLYT_OK) {
        for (uint32_t i = 0; i < n; i++) {
            if (name_of(name[i], &of, &n_months) && (number == FLYT_NONE || of == number) &&
                n_months < below && n_months > best) {
                best = n_months;
            }
        }
    }
    flyt_arena_free(&arena);
    return best;
}

bool flyt_checkpoint_there(const char *folder, uint32_t number)
{
    return newest(folder, number, UINT32_MAX) > 0;
}

uint32_t flyt_checkpoint_other(const char *folder, uint32_t first, uint32_t n)
{
    struct flyt_arena arena;
    const char *const *name = NULL;
    uint32_t n_names = 0, other = FLYT_NONE, number, n_months;
    flyt_arena_init(&arena, 0);
    if (flyt_fileio_names(folder, &arena, &name, &n_names) == FLYT_OK) {
        for (uint32_t i = 0; i < n_names; i++) {
            if (name_of(name[i], &number, &n_months) && number - first >= n) {
                other = number < other ? number : other;
            }
        }
    }
    flyt_arena_free(&arena);
    return other;
}

static void remove_below(const char *folder, uint32_t number, uint32_t below)
{
    struct flyt_arena arena;
    uint32_t n_months;
    flyt_arena_init(&arena, 0);
    while ((n_months = newest(folder, number, below)) > 0) {
        const char *path = path_of(folder, number, n_months, &arena);
        if (path == NULL || !flyt_fileio_remove(path)) {
            break;
        }
    }
    flyt_arena_free(&arena);
}

void flyt_checkpoint_clear(const char *folder)
{
    static const char part[] = ".part"; /* of a process that was killed */
    struct flyt_arena arena;
    const char *const *name = NULL;
    uint32_t n = 0, number, n_months;
    flyt_arena_init(&arena, 0);
    if (flyt_fileio_names(folder, &arena, &name, &n) == FLYT_OK) {
        for (uint32_t i = 0; i < n; i++) {
            size_t length = strlen(name[i]), n_part = sizeof part - 1;
            bool is_part = length > n_part && strcmp(name[i] + length - n_part, part) == 0;
            const char *path = flyt_arena_printf(&arena, "%s/%s", folder, name[i]);
            const char *whole =
                flyt_arena_copy(&arena, name[i], is_part ? length - n_part : length);
            if (path != NULL && whole != NULL && name_of(whole, &number, &n_months)) {
                (void)flyt_fileio_remove(path);
            }
        }
        flyt_fileio_remove_folder(folder);
    }
    flyt_arena_free(&arena);
}

/* ---- what run it is of --------------------------------------------------------------------- */

/** A line for each thing that two runs can differ in; what differs first is told. */
static const char *describe(const struct flyt_checkpoint_of *of, uint32_t n_months,
                            struct flyt_arena *arena)
{
    const struct flyt_scenario *scenario = of->scenario;
    struct flyt_digest digest;
    char inputs[FLYT_DIGEST_SIZE];
    struct flyt_text text = {.arena = arena};
    flyt_digest_init(&digest);
    for (uint32_t i = 0; i < scenario->n_inputs; i++) {
        const char *slash = strrchr(scenario->input[i].path, '/');
        flyt_digest_text(&digest, slash == NULL ? scenario->input[i].path : slash + 1);
        flyt_digest_number(&digest, scenario->input[i].n);
        flyt_digest_bytes(&digest, scenario->input[i].bytes, scenario->input[i].n);
    }
    flyt_digest_end(&digest, inputs);
    flyt_text_add(&text, "version %s\nscenario %s\nmodel %s\ninputs %s\n", FLYT_VERSION,
                  scenario->name, scenario->model->name, inputs);
    flyt_text_add(&text, "--years %u\n--seed %u\n--set", scenario->years, scenario->seed);
    for (uint32_t i = 0; i < scenario->n_sets; i++) {
        flyt_text_add(&text, " %s", scenario->set[i]);
    }
    flyt_text_add(&text, "\nreplicate %u\nmonth %u\n", of->result->replicate[of->replicate],
                  n_months);
    return text.failed ? NULL : text.bytes;
}

/** The line in which two descriptions differ first, of each. */
static void first_difference(const char *there, const char *here, char *line_there, char *line_here)
{
    while (true) {
        size_t n_there = strcspn(there, "\n"), n_here = strcspn(here, "\n");
        bool same = n_there == n_here && memcmp(there, here, n_there) == 0;
        if (!same || there[n_there] == '\0' || here[n_here] == '\0') {
            flyt_text_quote(line_there, there, n_there);
            flyt_text_quote(line_here, here, n_here);
            return;
        }
        there += n_there + 1;
        here += n_here + 1;
    }
}

static enum flyt_status refuse_other(const struct flyt_checkpoint_of *of, const char *path,
                                     const char *there, const char *here)
{
    char line[2][FLYT_QUOTE_SIZE], quoted[FLYT_QUOTE_SIZE];
    struct flyt_place place = {flyt_text_quote(quoted, path, strlen(path)), 0, 0};
    first_difference(there, here, line[0], line[1]);
    return flyt_diag_fault(
        of->diag, FLYT_ERR_SCENARIO, place,
        "is of another run: it says %s, this call %s; call with the scenario and options it was "
        "begun with, or take another --output, or delete its folder to start anew",
        "hører til en anden kørsel: den siger %s, dette kald %s; kald med det scenarie og de valg, "
        "den blev begyndt med, vælg et andet --output, eller slet dens mappe for at begynde forfra",
        line[0], line[1]);
}

/* ---- the walk over all of it --------------------------------------------------------------- */

/** Rows of a series that are recorded after so many months. */
static uint64_t rows_after(const struct flyt_result_series *series, uint32_t n_months)
{
    return 1 + (uint64_t)(series->period == FLYT_SERIES_monthly ? n_months : (n_months + 11) / 12);
}

static void walk(const struct flyt_checkpoint_of *of, uint32_t n_months, void *state,
                 struct flyt_archive *archive)
{
    struct flyt_result *result = of->result;
    for (uint32_t s = 0; s < result->n_series && archive->status == FLYT_OK; s++) {
        const struct flyt_result_series *series = &result->series[s];
        flyt_archive_array(archive, series->name, flyt_result_row(result, series, of->replicate, 0),
                           rows_after(series, n_months) * series->n_cells, sizeof(int64_t));
    }
    if (state != NULL && archive->status == FLYT_OK) {
        of->scenario->model->archive(state, archive);
    }
}

/* ---- writing ------------------------------------------------------------------------------- */

/** A file that grows, with its digest. */
struct sink {
    struct flyt_fileio_part part;
    struct flyt_digest digest;
    uint64_t offset;
    size_t n; /* bytes in the buffer */
    char *buffer;
    struct flyt_diag *diag;
};

static enum flyt_status pour(struct sink *sink)
{
    FLYT_TRY(flyt_fileio_part_write(&sink->part, sink->offset, sink->buffer, sink->n, sink->diag));
    sink->offset += sink->n;
    sink->n = 0;
    return FLYT_OK;
}

static enum flyt_status put(void *sink_, void *bytes_, size_t n)
{
    struct sink *sink = sink_;
    const char *bytes = bytes_;
    flyt_digest_bytes(&sink->digest, bytes, n);
    while (n > 0) {
        size_t some = n < BUFFER - sink->n ? n : BUFFER - sink->n;
        memcpy(sink->buffer + sink->n, bytes, some);
        sink->n += some;
        bytes += some;
        n -= some;
        if (sink->n == BUFFER) {
            FLYT_TRY(pour(sink));
        }
    }
    return FLYT_OK;
}

/** Bytes for put(), which does not change them. */
static enum flyt_status put_text(struct sink *sink, const char *text, struct flyt_arena *arena)
{
    char *copy = flyt_arena_copy(arena, text, strlen(text));
    return copy == NULL ? FLYT_ERR_MEMORY : put(sink, copy, strlen(copy));
}

static enum flyt_status fill(const struct flyt_checkpoint_of *of, uint32_t n_months, void *state,
                             struct sink *sink, struct flyt_arena *arena)
{
    struct flyt_archive archive = {.mode = FLYT_ARCHIVE_write, .move = put, .job = sink};
    const char *description = describe(of, n_months, arena);
    char digest[FLYT_DIGEST_SIZE];
    uint64_t head[2] = {byte_order, description == NULL ? 0 : strlen(description)};
    sink->buffer = FLYT_ARENA_ARRAY(arena, char, BUFFER);
    if (description == NULL || sink->buffer == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(put_text(sink, magic, arena));
    FLYT_TRY(put(sink, head, sizeof head));
    FLYT_TRY(put_text(sink, description, arena));
    walk(of, n_months, state, &archive);
    FLYT_TRY(archive.status);
    flyt_digest_end(&sink->digest, digest);
    FLYT_TRY(pour(sink));
    return flyt_fileio_part_write(&sink->part, sink->offset, digest, HEX, sink->diag);
}

enum flyt_status flyt_checkpoint_write(struct flyt_checkpoint_of *of, uint32_t n_months,
                                       void *state)
{
    const char *folder = of->checkpoint->folder;
    uint32_t number = of->result->replicate[of->replicate];
    struct flyt_arena arena;
    struct sink sink = {.diag = of->diag};
    flyt_arena_init(&arena, 0);
    flyt_digest_init(&sink.digest);
    const char *path = path_of(folder, number, n_months, &arena);
    enum flyt_status status =
        path == NULL ? FLYT_ERR_MEMORY : flyt_fileio_part_open(path, &arena, &sink.part, of->diag);
    if (status == FLYT_OK) {
        status = fill(of, n_months, state, &sink, &arena);
        if (status == FLYT_OK) {
            status = flyt_fileio_part_finish(&sink.part, of->diag);
        } else {
            flyt_fileio_part_drop(&sink.part);
        }
    }
    flyt_arena_free(&arena);
    FLYT_TRY(status);
    uint32_t below = n_months;
    for (uint32_t i = 1; i < KEPT && below > 0 && state != NULL; i++) {
        below = newest(folder, number, below);
    }
    remove_below(folder, number, below);
    of->written = flyt_clock_now();
    return FLYT_OK;
}

bool flyt_checkpoint_due(const struct flyt_checkpoint_of *of, uint32_t n_months)
{
    const struct flyt_checkpoint *checkpoint = of->checkpoint;
    return (checkpoint->every_months > 0 && n_months % checkpoint->every_months == 0) ||
           (checkpoint->every_seconds > 0.0 &&
            flyt_clock_now() - of->written >= checkpoint->every_seconds);
}

/* ---- reading ------------------------------------------------------------------------------- */

/** A file while it is read. */
struct source {
    const char *at, *end;
};

static enum flyt_status get(void *source_, void *bytes, size_t n)
{
    struct source *source = source_;
    if (n > (size_t)(source->end - source->at)) {
        return FLYT_ERR_SCENARIO;
    }
    memcpy(bytes, source->at, n);
    source->at += n;
    return FLYT_OK;
}

/** Whether the file ends with the digest of all before it. */
static bool is_whole(const struct flyt_bytes *file)
{
    char hex[FLYT_DIGEST_SIZE];
    if (file->n < sizeof magic - 1 + 2 * sizeof(uint64_t) + HEX ||
        memcmp(file->bytes, magic, sizeof magic - 1) != 0) {
        return false;
    }
    flyt_digest_of(file->bytes, file->n - HEX, hex);
    return memcmp(file->bytes + file->n - HEX, hex, HEX) == 0;
}

/** The description in a whole file, and where what follows it begins; NULL: it has none. */
static const char *description_of(const struct flyt_bytes *file, struct source *source,
                                  struct flyt_arena *arena)
{
    uint64_t head[2];
    *source = (struct source){file->bytes + sizeof magic - 1, file->bytes + file->n - HEX};
    if (get(source, head, sizeof head) != FLYT_OK || head[0] != byte_order ||
        head[1] > (uint64_t)(source->end - source->at)) {
        return NULL;
    }
    const char *text = flyt_arena_copy(arena, source->at, (size_t)head[1]);
    source->at += head[1];
    return text;
}

/** Fault of the newest checkpoint when none is whole. */
static enum flyt_status refuse_damaged(const struct flyt_checkpoint_of *of, const char *path)
{
    char quoted[FLYT_QUOTE_SIZE];
    struct flyt_place place = {flyt_text_quote(quoted, path, strlen(path)), 0, 0};
    return flyt_diag_fault(
        of->diag, FLYT_ERR_SCENARIO, place,
        "is damaged, and there is no older one that is whole; delete it, and "
        "--resume starts this replicate anew",
        "er beskadiget, og der er ingen ældre, der er hel; slet den, så begynder "
        "--resume denne gentagelse forfra");
}

static enum flyt_status check_run(const struct flyt_checkpoint_of *of, uint32_t n_months,
                                  const struct flyt_bytes *file, struct flyt_arena *arena)
{
    struct source source;
    const char *here = describe(of, n_months, arena);
    const char *there = description_of(file, &source, arena);
    if (here == NULL) {
        return FLYT_ERR_MEMORY;
    }
    return there != NULL && strcmp(there, here) == 0
               ? FLYT_OK
               : refuse_other(of, file->path, there == NULL ? "-" : there, here);
}

enum flyt_status flyt_checkpoint_find(const struct flyt_checkpoint_of *of, struct flyt_arena *arena,
                                      struct flyt_checkpoint_found *found)
{
    const char *folder = of->checkpoint->folder, *first = NULL;
    uint32_t number = of->result->replicate[of->replicate];
    uint32_t n_months = newest(folder, number, UINT32_MAX);
    *found = (struct flyt_checkpoint_found){.n_months = 0};
    for (; n_months > 0; n_months = newest(folder, number, n_months)) {
        const char *path = path_of(folder, number, n_months, arena);
        if (path == NULL) {
            return FLYT_ERR_MEMORY;
        }
        first = first == NULL ? path : first;
        FLYT_TRY(flyt_fileio_read(path, most_bytes, (struct flyt_place){0}, arena, &found->file,
                                  of->diag));
        if (is_whole(&found->file)) {
            found->n_months = n_months;
            return check_run(of, n_months, &found->file, arena);
        }
        found->n_passed++;
    }
    return first == NULL ? FLYT_OK : refuse_damaged(of, first);
}

enum flyt_status flyt_checkpoint_read(const struct flyt_checkpoint_of *of,
                                      const struct flyt_checkpoint_found *found, void *state)
{
    struct flyt_arena arena;
    struct source source;
    flyt_arena_init(&arena, 0);
    (void)description_of(&found->file, &source, &arena);
    flyt_arena_free(&arena);
    struct flyt_archive archive = {.mode = FLYT_ARCHIVE_read, .move = get, .job = &source};
#ifndef NDEBUG
    archive.poison = true;
#endif
    walk(of, found->n_months, state, &archive);
    if (archive.status == FLYT_OK && source.at != source.end) {
        archive.status = FLYT_ERR_SCENARIO;
        archive.name = "end";
    }
    if (archive.status != FLYT_ERR_SCENARIO) {
        return archive.status;
    }
    char quoted[FLYT_QUOTE_SIZE];
    struct flyt_place place = {flyt_text_quote(quoted, found->file.path, strlen(found->file.path)),
                               0, 0};
    return flyt_diag_fault(
        of->diag, FLYT_ERR_SCENARIO, place,
        "does not fit this program's worlds (%s): it was written by another "
        "build; go on with that one, or delete its folder to start anew",
        "passer ikke til dette programs verdener (%s): den er skrevet af en anden "
        "udgave; fortsæt med den, eller slet dens mappe for at begynde forfra",
        archive.name);
}
