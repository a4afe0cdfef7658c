#include "sim/sweep_store.h"

#include <string.h>

#include "sim/fileio.h"
#include "sim/text.h"

enum { HEX = FLYT_DIGEST_SIZE - 1, WORD = 8, MOST_BASES = FLYT_SWEEP_FACTORS };

static const char run_magic[] = "flyt-run 1\n", plan_magic[] = "flyt-sweep-plan 1\n";
static const size_t most_bytes = (size_t)1 << 40;

/* ---- numbers and texts as bytes, lowest first ---------------------------------------------- */

static void put_word(char *bytes, uint64_t word)
{
    for (unsigned i = 0; i < WORD; i++) {
        bytes[i] = (char)(unsigned char)(word >> (8 * i));
    }
}

static uint64_t get_word(const char *bytes)
{
    uint64_t word = 0;
    for (unsigned i = 0; i < WORD; i++) {
        word |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    }
    return word;
}

static void add_bytes(struct flyt_text *out, const char *bytes, size_t n)
{
    char word[WORD];
    put_word(word, n);
    flyt_text_put(out, word, WORD);
    flyt_text_put(out, bytes, n);
}

static void seal(struct flyt_text *out)
{
    char hex[FLYT_DIGEST_SIZE];
    if (!out->failed) {
        flyt_digest_of(out->bytes, out->n, hex);
        flyt_text_put(out, hex, HEX);
    }
}

/** Whether the file ends with the digest of all before. */
static bool is_sealed(const struct flyt_bytes *file)
{
    char hex[FLYT_DIGEST_SIZE];
    if (file->n < HEX) {
        return false;
    }
    flyt_digest_of(file->bytes, file->n - HEX, hex);
    return memcmp(file->bytes + file->n - HEX, hex, HEX) == 0;
}

/** A file while it is read. */
struct cursor {
    const char *at, *end;
    bool wrong;
};

static uint64_t take_word(struct cursor *cursor)
{
    if (cursor->wrong || cursor->end - cursor->at < WORD) {
        cursor->wrong = true;
        return 0;
    }
    cursor->at += WORD;
    return get_word(cursor->at - WORD);
}

/** A text, copied so that it ends with NUL; empty when the file is wrong. */
static struct flyt_bytes take_bytes(struct cursor *cursor, struct flyt_arena *arena)
{
    uint64_t n = take_word(cursor);
    struct flyt_bytes out = {.path = ""};
    if (cursor->wrong || n > (uint64_t)(cursor->end - cursor->at)) {
        cursor->wrong = true;
        return out;
    }
    out.n = (size_t)n;
    out.bytes = flyt_arena_copy(arena, cursor->at, out.n);
    cursor->wrong = out.bytes == NULL;
    cursor->at += n;
    return out;
}

/* ---- the plan ------------------------------------------------------------------------------ */

static enum flyt_status make_plan(const struct flyt_sweep *sweep, struct flyt_text *out)
{
    char word[WORD];
    flyt_text_put(out, plan_magic, sizeof plan_magic - 1);
    flyt_text_put(out, sweep->fingerprint, HEX);
    add_bytes(out, FLYT_VERSION, strlen(FLYT_VERSION));
    add_bytes(out, sweep->name, strlen(sweep->name));
    add_bytes(out, sweep->file.bytes, sweep->file.n);
    put_word(word, sweep->n_bases);
    flyt_text_put(out, word, WORD);
    for (uint32_t i = 0; i < sweep->n_bases; i++) {
        const struct flyt_scenario *base = &sweep->base[i];
        add_bytes(out, base->name, strlen(base->name));
        put_word(word, base->n_inputs);
        flyt_text_put(out, word, WORD);
        for (uint32_t k = 0; k < base->n_inputs; k++) {
            add_bytes(out, base->input[k].path, strlen(base->input[k].path));
            add_bytes(out, base->input[k].bytes, base->input[k].n);
        }
    }
    seal(out);
    return out->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** The inputs of one scenario. */
static bool take_base(struct cursor *cursor, struct flyt_arena *arena, struct flyt_sweep_base *base)
{
    enum { MOST = 1 << 16 };
    base->name = take_bytes(cursor, arena).bytes;
    uint64_t n = take_word(cursor);
    if (cursor->wrong || n > MOST) {
        return false;
    }
    struct flyt_bytes *input = FLYT_ARENA_ZERO(arena, struct flyt_bytes, (size_t)n + 1);
    for (uint32_t k = 0; input != NULL && k < n; k++) {
        const char *path = take_bytes(cursor, arena).bytes;
        input[k] = take_bytes(cursor, arena);
        input[k].path = path;
    }
    base->n_inputs = (uint32_t)n;
    base->input = input;
    return input != NULL && !cursor->wrong;
}

static bool take_plan(const struct flyt_bytes *file, struct flyt_arena *arena,
                      struct flyt_sweep_source *out, const char **version)
{
    const size_t head = sizeof plan_magic - 1 + HEX;
    *version = NULL;
    if (file->n < head + HEX || memcmp(file->bytes, plan_magic, sizeof plan_magic - 1) != 0 ||
        !is_sealed(file)) {
        return false;
    }
    struct cursor cursor = {file->bytes + head, file->bytes + file->n - HEX, false};
    *version = take_bytes(&cursor, arena).bytes;
    out->name = take_bytes(&cursor, arena).bytes;
    out->file = take_bytes(&cursor, arena);
    out->file.path = "sweep.yaml";
    uint64_t n = take_word(&cursor);
    if (cursor.wrong || n == 0 || n > MOST_BASES) {
        return false;
    }
    out->n_bases = (uint32_t)n;
    out->base = FLYT_ARENA_ZERO(arena, struct flyt_sweep_base, n);
    for (uint32_t i = 0; out->base != NULL && i < n; i++) {
        if (!take_base(&cursor, arena, &out->base[i])) {
            return false;
        }
    }
    return out->base != NULL && cursor.at == cursor.end;
}

static enum flyt_status is_no_plan(const char *path, struct flyt_diag *diag)
{
    char quoted[FLYT_QUOTE_SIZE];
    struct flyt_place place = {flyt_text_quote(quoted, path, strlen(path)), 0, 0};
    return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                           "is damaged, or no sweep of flyt's; once it is deleted, the sweep's "
                           "--resume writes it anew and finds the finished runs",
                           "er beskadiget eller ikke et gennemløb fra flyt; når den er slettet, "
                           "skriver --resume den igen og finder de færdige kørsler");
}

/* ---- the folder ---------------------------------------------------------------------------- */

/** Whether the plan in the folder is of this sweep. */
static enum flyt_status compare_plan(const char *path, const struct flyt_sweep *sweep,
                                     struct flyt_arena *arena, struct flyt_diag *diag)
{
    struct flyt_bytes file;
    struct flyt_sweep_source source;
    const char *version = NULL;
    char quoted[FLYT_QUOTE_SIZE];
    FLYT_TRY(flyt_fileio_read(path, most_bytes, (struct flyt_place){0}, arena, &file, diag));
    if (!take_plan(&file, arena, &source, &version)) {
        return is_no_plan(path, diag);
    }
    if (memcmp(file.bytes + sizeof plan_magic - 1, sweep->fingerprint, HEX) == 0) {
        return FLYT_OK;
    }
    struct flyt_place place = {flyt_text_quote(quoted, path, strlen(path)), 0, 0};
    if (strcmp(version, FLYT_VERSION) != 0) {
        return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                               "was begun by Flyt %s, this is %s: results of two versions are not "
                               "mixed; take another folder with --output",
                               "er begyndt med Flyt %s, dette er %s: resultater af to versioner "
                               "blandes ikke; vælg en anden mappe med --output",
                               version, FLYT_VERSION);
    }
    return flyt_diag_fault(
        diag, FLYT_ERR_SCENARIO, place,
        "is of another sweep file, or its scenario or tables were changed since; "
        "results are not mixed: take another folder with --output",
        "hører til en anden gennemløbsfil, eller dens scenarie eller tabeller er "
        "ændret siden; resultater blandes ikke: vælg en anden mappe med --output");
}

/** Makes the plan, or compares it, while no other process does. */
static enum flyt_status settle_plan(const char *folder, const struct flyt_sweep *sweep, bool resume,
                                    struct flyt_arena *arena, struct flyt_diag *diag)
{
    const char *path = flyt_arena_printf(arena, "%s/plan.flyt", folder);
    const char *mutex = flyt_arena_printf(arena, "%s/plan.lock", folder);
    struct flyt_text text = {.arena = arena};
    int lock = -1;
    if (path == NULL || mutex == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_fileio_lock(mutex, FLYT_LOCK_wait, &lock, diag));
    enum flyt_status status = FLYT_OK;
    if (flyt_fileio_exists(path)) {
        char quoted[FLYT_QUOTE_SIZE];
        status = compare_plan(path, sweep, arena, diag);
        if (status == FLYT_OK && !resume) {
            status = flyt_diag_fault(
                diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                "%s holds this sweep already: --resume goes on with it, --output takes another "
                "folder",
                "%s indeholder allerede dette gennemløb: --resume fortsætter det, --output vælger "
                "en anden mappe",
                flyt_text_quote(quoted, folder, strlen(folder)));
        }
    } else {
        status = make_plan(sweep, &text);
        if (status == FLYT_OK) {
            status = flyt_fileio_replace(path, text.bytes, text.n, diag);
        }
    }
    flyt_fileio_unlock(lock);
    return status;
}

bool flyt_sweep_store_begun(const char *folder)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    const char *path = flyt_arena_printf(&arena, "%s/plan.flyt", folder);
    bool begun = path != NULL && flyt_fileio_exists(path);
    flyt_arena_free(&arena);
    return begun;
}

/** Whether a name ends like a result of some other work: no lock, log or part file does. */
static bool is_result(const char *name)
{
    static const char *const ending[] = {".h5", ".csv", ".checkpoint", ".run"};
    size_t n = strlen(name);
    bool is = false;
    for (size_t i = 0; i < FLYT_COUNT(ending); i++) {
        size_t k = strlen(ending[i]);
        is |= n > k && strcmp(name + n - k, ending[i]) == 0;
    }
    return is;
}

/** A sweep that begins does not mix its runs with results that are there. */
static enum flyt_status check_unused(const char *folder, struct flyt_arena *arena,
                                     struct flyt_diag *diag)
{
    const char *runs = flyt_arena_printf(arena, "%s/runs", folder);
    const char *const look[] = {folder, runs};
    for (size_t k = 0; runs != NULL && k < FLYT_COUNT(look); k++) {
        const char *const *name = NULL;
        uint32_t n = 0;
        char place[FLYT_QUOTE_SIZE], found[FLYT_QUOTE_SIZE];
        FLYT_TRY(flyt_fileio_names(look[k], arena, &name, &n));
        for (uint32_t i = 0; i < n; i++) {
            if (is_result(name[i])) {
                return flyt_diag_fault(
                    diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                    "%s holds other results (%s) and no sweep: -o of a folder of its own",
                    "%s har andre resultater (%s) og intet gennemløb: -o med sin egen mappe",
                    flyt_text_quote(place, look[k], strlen(look[k])),
                    flyt_text_quote(found, name[i], strlen(name[i])));
            }
        }
    }
    return runs == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_sweep_store_open(const char *folder, const struct flyt_sweep *sweep,
                                       struct flyt_sweep_shard shard, bool resume,
                                       struct flyt_diag *diag)
{
    struct flyt_arena arena;
    int lock = -1;
    flyt_arena_init(&arena, 0);
    const char *runs = flyt_arena_printf(&arena, "%s/runs/first", folder);
    const char *all = flyt_arena_printf(&arena, "%s/sweep.lock", folder);
    const char *own =
        flyt_arena_printf(&arena, "%s/shard-%u-of-%u.lock", folder, shard.index, shard.n);
    enum flyt_status status =
        runs == NULL || all == NULL || own == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
    if (status == FLYT_OK && !flyt_sweep_store_begun(folder)) {
        status = check_unused(folder, &arena, diag);
    }
    if (status == FLYT_OK) {
        status = flyt_fileio_prepare(runs, diag);
    }
    if (status == FLYT_OK) {
        status =
            flyt_fileio_lock(all, shard.n > 1 ? FLYT_LOCK_shared : FLYT_LOCK_alone, &lock, diag);
    }
    if (status == FLYT_OK && shard.n > 1) {
        status = flyt_fileio_lock(own, FLYT_LOCK_alone, &lock, diag);
    }
    if (status == FLYT_OK) {
        status = settle_plan(folder, sweep, resume || shard.n > 1, &arena, diag);
    }
    flyt_arena_free(&arena);
    return status;
}

enum flyt_status flyt_sweep_store_plan(const char *folder, struct flyt_arena *arena,
                                       struct flyt_sweep_source *source, struct flyt_diag *diag)
{
    struct flyt_bytes file;
    const char *version = NULL, *path = flyt_arena_printf(arena, "%s/plan.flyt", folder);
    const char *all = flyt_arena_printf(arena, "%s/sweep.lock", folder);
    char quoted[FLYT_QUOTE_SIZE];
    int lock = -1;
    if (path == NULL || all == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (folder[0] == '\0' || !flyt_fileio_exists(path)) {
        return flyt_diag_fault(diag, FLYT_ERR_INPUT, (struct flyt_place){0},
                               "%s is no folder of a sweep: it has no plan.flyt",
                               "%s er ikke mappen til et gennemløb: den har ingen plan.flyt",
                               flyt_text_quote(quoted, folder, strlen(folder)));
    }
    FLYT_TRY(flyt_fileio_read(path, most_bytes, (struct flyt_place){0}, arena, &file, diag));
    if (!take_plan(&file, arena, source, &version)) {
        return is_no_plan(path, diag);
    }
    if (strcmp(version, FLYT_VERSION) != 0) {
        return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, (struct flyt_place){.file = path},
                               "is of Flyt %s, this is %s", "er fra Flyt %s, dette er %s", version,
                               FLYT_VERSION);
    }
    return flyt_fileio_lock(all, FLYT_LOCK_alone, &lock, diag);
}

/* ---- runs ---------------------------------------------------------------------------------- */

static const char *run_path(const char *folder, uint32_t point, uint32_t replicate,
                            struct flyt_arena *arena)
{
    return flyt_arena_printf(arena, "%s/runs/point-%06u-replicate-%04u.run", folder, point,
                             replicate);
}

bool flyt_sweep_store_has(const char *folder, uint32_t point, uint32_t replicate)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    const char *path = run_path(folder, point, replicate, &arena);
    bool there = path != NULL && flyt_fileio_exists(path);
    flyt_arena_free(&arena);
    return there;
}

enum flyt_status flyt_sweep_store_complete(const char *folder, const struct flyt_sweep *sweep,
                                           struct flyt_diag *diag)
{
    uint64_t n = (uint64_t)sweep->n_points * sweep->n_replicates, n_missing = 0, first = 0;
    char quoted[FLYT_QUOTE_SIZE];
    for (uint64_t i = n; i-- > 0;) {
        if (!flyt_sweep_store_has(folder, (uint32_t)(i / sweep->n_replicates),
                                  (uint32_t)(i % sweep->n_replicates))) {
            n_missing++;
            first = i;
        }
    }
    if (n_missing == 0) {
        return FLYT_OK;
    }
    return flyt_diag_fault(
        diag, FLYT_ERR_INPUT, (struct flyt_place){0},
        "%s: %llu of %llu runs are there; the first that is missing is replicate %u of point %u: "
        "flyt sweep FILE -o %s --resume makes them",
        "%s: %llu af %llu kørsler er der; den første, der mangler, er gentagelse %u af punkt %u: "
        "flyt sweep FIL -o %s --resume danner dem",
        flyt_text_quote(quoted, folder, strlen(folder)), (unsigned long long)(n - n_missing),
        (unsigned long long)n, (uint32_t)(first % sweep->n_replicates),
        (uint32_t)(first / sweep->n_replicates), quoted);
}

/** Magic, sweep, point, replicate, digest of the content, words, digest of the file. */
enum { RUN_HEAD = sizeof run_magic - 1 + HEX + 2 * WORD + HEX };

uint64_t flyt_sweep_store_bytes(const struct flyt_sweep *sweep)
{
    return RUN_HEAD + WORD * flyt_sweep_words(sweep) + HEX;
}

enum flyt_status flyt_sweep_store_write(const char *folder, const struct flyt_sweep *sweep,
                                        uint32_t point, uint32_t replicate,
                                        const char content[FLYT_DIGEST_SIZE], const uint64_t *word,
                                        struct flyt_arena *arena, struct flyt_diag *diag)
{
    uint64_t n_words = flyt_sweep_words(sweep), n = flyt_sweep_store_bytes(sweep);
    const char *path = run_path(folder, point, replicate, arena);
    char *bytes = n >= SIZE_MAX ? NULL : FLYT_ARENA_ARRAY(arena, char, (size_t)n + 1), *at = bytes;
    if (path == NULL || bytes == NULL) {
        return FLYT_ERR_MEMORY;
    }
    memcpy(at, run_magic, sizeof run_magic - 1);
    at += sizeof run_magic - 1;
    memcpy(at, sweep->fingerprint, HEX);
    put_word(at + HEX, point);
    put_word(at + HEX + WORD, replicate);
    memcpy(at + HEX + 2 * WORD, content, HEX);
    at = bytes + RUN_HEAD;
    for (uint64_t i = 0; i < n_words; i++) {
        put_word(at + WORD * i, word[i]);
    }
    flyt_digest_of(bytes, (size_t)n - HEX, bytes + n - HEX); /* its NUL lies behind the file */
    return flyt_fileio_replace(path, bytes, (size_t)n, diag);
}

enum flyt_status flyt_sweep_store_read(const char *folder, const struct flyt_sweep *sweep,
                                       uint32_t point, uint32_t replicate, struct flyt_arena *arena,
                                       char content[FLYT_DIGEST_SIZE], uint64_t *word,
                                       struct flyt_diag *diag)
{
    uint64_t n_words = flyt_sweep_words(sweep), n = flyt_sweep_store_bytes(sweep);
    const char *path = run_path(folder, point, replicate, arena);
    struct flyt_bytes file;
    if (path == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_fileio_read(path, most_bytes, (struct flyt_place){0}, arena, &file, diag));
    const char *at = file.bytes + sizeof run_magic - 1;
    if (file.n != n || memcmp(file.bytes, run_magic, sizeof run_magic - 1) != 0 ||
        memcmp(at, sweep->fingerprint, HEX) != 0 || get_word(at + HEX) != point ||
        get_word(at + HEX + WORD) != replicate || !is_sealed(&file)) {
        char quoted[FLYT_QUOTE_SIZE];
        return flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO,
            (struct flyt_place){flyt_text_quote(quoted, path, strlen(path)), 0, 0},
            "is damaged or of another sweep; flyt sweep --resume makes it again",
            "er beskadiget eller fra et andet gennemløb; flyt sweep --resume "
            "danner den igen");
    }
    memcpy(content, at + HEX + 2 * WORD, HEX);
    content[HEX] = '\0';
    for (uint64_t i = 0; i < n_words; i++) {
        word[i] = get_word(file.bytes + RUN_HEAD + WORD * i);
    }
    return FLYT_OK;
}
