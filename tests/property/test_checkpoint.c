/* Random worlds under random laws and policies, stopped after random months and gone on with, on
   other numbers of threads: the same bits as without a stop. And what a walk of the state leaves
   out is what the making of a world gives again, or scratch. */
#define _DEFAULT_SOURCE
#include <criterion/criterion.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include "models/segregation_series.h"
#include "sim/run.h"
#include "tests/worlds_fixture.h"

static struct flyt_diag diag;

/* ---- stopped and gone on with -------------------------------------------------------------- */

static uint64_t n_asked, stop_at;

/** Asked once before each replicate and after each month. */
static bool stop_now(void)
{
    return flyt_par_add(&n_asked, 1) >= stop_at;
}

static enum flyt_status run(const struct flyt_scenario *scenario,
                            const struct flyt_checkpoint *checkpoint, uint32_t n_threads,
                            uint64_t stop, struct flyt_arena *arena, char digest[FLYT_DIGEST_SIZE])
{
    struct flyt_result result;
    struct flyt_run_options options = {.n_replicates = scenario->n_replicates,
                                       .par = {n_threads, 4, n_threads},
                                       .checkpoint = checkpoint,
                                       .stop = stop_now};
    diag = (struct flyt_diag){.lang = FLYT_EN};
    n_asked = 0;
    stop_at = stop;
    enum flyt_status status = flyt_run(scenario, &options, arena, &result, &diag);
    if (status == FLYT_OK) {
        flyt_result_content(&result, digest);
    }
    return status;
}

/** Stops and goes on until the end; how many stops that were. */
static uint32_t go_on(const struct flyt_scenario *scenario, uint32_t number, const char *folder,
                      struct flyt_arena *arena, char digest[FLYT_DIGEST_SIZE])
{
    struct flyt_checkpoint checkpoint = {.folder = folder};
    uint64_t n = (uint64_t)scenario->n_replicates * (12 * scenario->years + 1);
    uint32_t n_stops = 0;
    while (true) {
        uint32_t n_threads = 1 + (number + 3 * n_stops) % 5;
        uint64_t stop =
            n_stops < 3 ? 1 + (uint64_t)draw(number, 7000 + n_stops, 1, (double)n) : UINT64_MAX;
        checkpoint.every_months = (uint32_t)draw(number, 7100 + n_stops, 0, 9);
        enum flyt_status status = run(scenario, &checkpoint, n_threads, stop, arena, digest);
        cr_assert(status == FLYT_OK || status == FLYT_ERR_STOPPED, "world %u: %s", number,
                  diag.fault[0].text);
        if (status == FLYT_OK) {
            flyt_checkpoint_clear(folder);
            cr_assert_not(flyt_fileio_exists(folder), "world %u", number);
            return n_stops;
        }
        checkpoint.resume = true;
        n_stops++;
    }
}

Test(checkpoint, random_worlds_stopped_and_gone_on_with_end_in_the_same_bits)
{
    const uint32_t wanted = getenv("FLYT_LONG") != NULL ? 300 : 6;
    char folder[] = "/tmp/flyt-checkpoint-XXXXXX", name[64];
    cr_assert_not_null(mkdtemp(folder));
    (void)snprintf(name, sizeof name, "%s/run.checkpoint", folder);
    uint32_t n_stops = 0;
    for (uint32_t number = 0; n_stops < wanted; number++) {
        struct flyt_arena arena;
        char straight[FLYT_DIGEST_SIZE], resumed[FLYT_DIGEST_SIZE];
        flyt_arena_init(&arena, 0);
        struct flyt_scenario scenario = random_scenario(number, 2 + number % 3, &arena);
        scenario.seed = number;
        scenario.n_replicates = 1 + number % 4;
        cr_assert_eq(run(&scenario, NULL, 1, UINT64_MAX, &arena, straight), FLYT_OK, "%s",
                     diag.fault[0].text);
        n_stops += go_on(&scenario, number, name, &arena, resumed);
        cr_assert_str_eq(resumed, straight, "world %u", number);
        flyt_arena_free(&arena);
    }
    printf("%u stops\n", n_stops);
    (void)rmdir(folder);
}

Test(checkpoint, other_models_go_on_too)
{
    static const struct {
        const char *file, *set[3];
    } of[] = {{"schelling.yaml", {"years=2", "schelling.want=0.6", "schelling.density=0.8"}},
              {"schelling.yaml", {"years=2", "schelling.want=0.6", "schelling.rule=parallel"}},
              {"logit_blocks.yaml", {"years=2", "logit_blocks.trials=500", "seed=3"}},
              {"test_functions.yaml", {"years=2", "seed=3", "replicates=2"}}};
    char folder[] = "/tmp/flyt-checkpoint-XXXXXX", name[64];
    cr_assert_not_null(mkdtemp(folder));
    (void)snprintf(name, sizeof name, "%s/run.checkpoint", folder);
    for (uint32_t i = 0; i < FLYT_COUNT(of); i++) {
        struct flyt_arena arena;
        struct flyt_scenario scenario;
        char straight[FLYT_DIGEST_SIZE], resumed[FLYT_DIGEST_SIZE];
        flyt_arena_init(&arena, 0);
        const char *path =
            flyt_arena_printf(&arena, "%s/scenarios/%s", FLYT_SOURCE_DIR, of[i].file);
        struct flyt_scenario_options options = {.set = of[i].set, .n_sets = FLYT_COUNT(of[i].set)};
        cr_assert_eq(flyt_scenario_load(path, &options, &arena, &scenario, &diag), FLYT_OK, "%s",
                     diag.fault[0].text);
        scenario.n_replicates = 2;
        cr_assert_eq(run(&scenario, NULL, 1, UINT64_MAX, &arena, straight), FLYT_OK);
        cr_assert_geq(go_on(&scenario, i, name, &arena, resumed), 1);
        cr_assert_str_eq(resumed, straight, "%s, %s", of[i].file, of[i].set[1]);
        flyt_arena_free(&arena);
    }
    (void)rmdir(folder);
}

/* ---- nothing is forgotten ------------------------------------------------------------------ */

/** A world and its memory. */
struct world {
    struct flyt_arena run_arena, step_arena;
    struct flyt_arena_mark made;
    void *state;
};

static void make(struct world *world, const struct flyt_scenario *scenario)
{
    flyt_arena_init(&world->run_arena, 0);
    flyt_arena_init(&world->step_arena, 0);
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {scenario->seed, 0},
                                   .par = {1, 4, 0},
                                   .run_arena = &world->run_arena,
                                   .step_arena = &world->step_arena,
                                   .diag = &diag};
    cr_assert_eq(scenario->model->create(&args, &world->state), FLYT_OK, "%s", diag.fault[0].text);
    world->made = flyt_arena_mark(&world->run_arena);
}

static void drop(struct world *world)
{
    flyt_arena_free(&world->step_arena);
    flyt_arena_free(&world->run_arena);
}

/** A checkpoint in memory. */
struct image {
    char *bytes;
    size_t n, capacity, at;
};

static enum flyt_status put(void *image_, void *bytes, size_t n)
{
    struct image *image = image_;
    cr_assert_leq(n, image->capacity - image->n);
    memcpy(image->bytes + image->n, bytes, n);
    image->n += n;
    return FLYT_OK;
}

static enum flyt_status get(void *image_, void *bytes, size_t n)
{
    struct image *image = image_;
    cr_assert_leq(n, image->n - image->at);
    memcpy(bytes, image->bytes + image->at, n);
    image->at += n;
    return FLYT_OK;
}

/** Pieces of memory, in order of address once sorted. */
struct piece {
    const char *first, *end;
    const char *name;
    enum flyt_archive_kind kind;
};

struct pieces {
    struct piece *piece;
    size_t n, capacity;
};

static void add_piece(void *pieces_, const char *name, const void *bytes, size_t n,
                      enum flyt_archive_kind kind)
{
    struct pieces *pieces = pieces_;
    if (n == 0) {
        return;
    }
    if (pieces->n == pieces->capacity) {
        pieces->capacity = 2 * pieces->capacity + 64;
        pieces->piece = realloc(pieces->piece, pieces->capacity * sizeof *pieces->piece);
        cr_assert_not_null(pieces->piece);
    }
    pieces->piece[pieces->n++] = (struct piece){bytes, (const char *)bytes + n, name, kind};
}

static void add_chunk(void *pieces, void *bytes, size_t n)
{
    add_piece(pieces, "arena", bytes, n, FLYT_ARCHIVE_state);
}

static int by_address(const void *a_, const void *b_)
{
    const struct piece *a = a_, *b = b_;
    return a->first < b->first ? -1 : a->first > b->first;
}

/** Place of an address in an arena: which piece, how far in; false: outside. */
static bool place_of(const struct pieces *chunks, const char *address, size_t *piece, size_t *at)
{
    for (*piece = 0; *piece < chunks->n; ++*piece) {
        if (address >= chunks->piece[*piece].first && address < chunks->piece[*piece].end) {
            *at = (size_t)(address - chunks->piece[*piece].first);
            return true;
        }
    }
    return false;
}

/** Two worlds made alike, and what a walk of the first tells. */
struct comparison {
    struct pieces chunk[2], walked[2];
};

/** Whether two words are the same, or point to the same place of either world. */
static bool same_word(const struct comparison *of, const char *a, const char *b)
{
    const char *to[2];
    size_t piece[2], at[2];
    memcpy(&to[0], a, sizeof to[0]);
    memcpy(&to[1], b, sizeof to[1]);
    return to[0] == to[1] || (place_of(&of->chunk[0], to[0], &piece[0], &at[0]) &&
                              place_of(&of->chunk[1], to[1], &piece[1], &at[1]) &&
                              piece[0] == piece[1] && at[0] == at[1]);
}

/** The first piece of the walk that ends behind an address; NULL: it lies behind all. */
static const struct piece *walked_near(const struct pieces *walked, const char *address)
{
    size_t low = 0, high = walked->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (walked->piece[middle].end <= address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < walked->n ? &walked->piece[low] : NULL;
}

static bool is_walked(const struct pieces *walked, const char *address)
{
    const struct piece *near = walked_near(walked, address);
    return near != NULL && near->first <= address;
}

/** The next piece of state from `at` on, in the order of the walk; NULL: there is none. */
static const struct piece *next_state(const struct pieces *walked, size_t *at)
{
    while (*at < walked->n && walked->piece[*at].kind != FLYT_ARCHIVE_state) {
        ++*at;
    }
    return *at < walked->n ? &walked->piece[(*at)++] : NULL;
}

/** Pieces of state whose bytes differ. */
static uint64_t count_different(const struct comparison *of, uint32_t number)
{
    size_t at[2] = {0, 0};
    uint64_t n = 0;
    while (true) {
        const struct piece *a = next_state(&of->walked[0], &at[0]);
        const struct piece *b = next_state(&of->walked[1], &at[1]);
        cr_assert_eq(a == NULL, b == NULL, "world %u", number);
        if (a == NULL) {
            return n;
        }
        bool same = a->end - a->first == b->end - b->first &&
                    memcmp(a->first, b->first, (size_t)(a->end - a->first)) == 0;
        if (!same && n++ < 8) {
            fprintf(stderr, "world %u: %s differs\n", number, a->name);
        }
    }
}

/** Bytes that differ, are no pointers to the same place, and that the walk does not know. */
static uint64_t count_forgotten(const struct comparison *of, uint32_t number)
{
    const size_t word = sizeof(void *);
    uint64_t n = 0;
    cr_assert_eq(of->chunk[0].n, of->chunk[1].n);
    for (size_t c = 1; c < of->chunk[0].n; c++) { /* the first is the arenas themselves */
        const struct piece *a = &of->chunk[0].piece[c], *b = &of->chunk[1].piece[c];
        cr_assert_eq(a->end - a->first, b->end - b->first, "world %u", number);
        for (size_t at = 0; at + word <= (size_t)(a->end - a->first); at += word) {
            if (same_word(of, a->first + at, b->first + at)) {
                continue;
            }
            for (size_t i = at; i < at + word; i++) {
                if (a->first[i] != b->first[i] && !is_walked(&of->walked[0], a->first + i) &&
                    !is_walked(&of->walked[1], b->first + i) && n++ < 8) {
                    const struct piece *near = walked_near(&of->walked[0], a->first + i);
                    fprintf(stderr, "world %u: byte %zu of piece %zu, before %s\n", number, i, c,
                            near != NULL ? near->name : "the end");
                }
            }
        }
    }
    return n;
}

static void walk(const struct flyt_scenario *scenario, void *state, enum flyt_archive_mode mode,
                 void *job)
{
    struct flyt_archive archive = {.mode = mode,
                                   .move = mode == FLYT_ARCHIVE_write ? put : get,
                                   .look = add_piece,
                                   .job = job,
                                   .poison = true};
    scenario->model->archive(state, &archive);
    cr_assert_eq(archive.status, FLYT_OK, "%s", archive.name);
}

/** Lives some months, is kept, read into a new world; compares the two; then both go on. */
static uint64_t keep(uint32_t number, uint32_t n_months, struct image *image)
{
    struct flyt_arena arena;
    struct world one, other;
    struct comparison comparison = {.chunk = {{NULL, 0, 0}}};
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = random_scenario(number, 1 + (n_months + 12) / 12, &arena);
    scenario.seed = number;
    make(&one, &scenario);
    make(&other, &scenario);
    for (uint32_t month = 0; month < n_months; month++) {
        flyt_arena_empty(&one.step_arena);
        cr_assert_eq(scenario.model->month(one.state, month), FLYT_OK);
    }
    image->n = image->at = 0;
    walk(&scenario, one.state, FLYT_ARCHIVE_write, image);
    walk(&scenario, other.state, FLYT_ARCHIVE_read, image);
    cr_assert_eq(image->at, image->n);
    add_chunk(&comparison.chunk[0], &one, sizeof one);
    add_chunk(&comparison.chunk[1], &other, sizeof other);
    flyt_arena_between(&one.run_arena, (struct flyt_arena_mark){0}, one.made, add_chunk,
                       &comparison.chunk[0]);
    flyt_arena_between(&other.run_arena, (struct flyt_arena_mark){0}, other.made, add_chunk,
                       &comparison.chunk[1]);
    walk(&scenario, one.state, FLYT_ARCHIVE_look, &comparison.walked[0]);
    walk(&scenario, other.state, FLYT_ARCHIVE_look, &comparison.walked[1]);
    uint64_t n_forgotten = count_different(&comparison, number);
    for (int i = 0; i < 2; i++) {
        qsort(comparison.walked[i].piece, comparison.walked[i].n, sizeof(struct piece), by_address);
    }
    n_forgotten += count_forgotten(&comparison, number);
    for (uint32_t month = n_months; month < n_months + 12; month++) {
        flyt_arena_empty(&one.step_arena);
        flyt_arena_empty(&other.step_arena);
        cr_assert_eq(scenario.model->month(one.state, month), FLYT_OK);
        cr_assert_eq(scenario.model->month(other.state, month), FLYT_OK);
        cr_assert_eq(flyt_world_hash(one.state), flyt_world_hash(other.state), "world %u, month %u",
                     number, month);
    }
    for (int i = 0; i < 2; i++) {
        free(comparison.chunk[i].piece);
        free(comparison.walked[i].piece);
    }
    drop(&one);
    drop(&other);
    flyt_arena_free(&arena);
    return n_forgotten;
}

Test(checkpoint, no_state_is_left_out_of_the_walk)
{
    /* what is never written then holds zeros, not what another world left there */
#if !defined(__SANITIZE_ADDRESS__) /* which has an allocator of its own */
    cr_assert_eq(mallopt(M_MMAP_THRESHOLD, 1 << 16), 1);
#endif
    struct image image = {.capacity = (size_t)64 << 20};
    image.bytes = malloc(image.capacity);
    cr_assert_not_null(image.bytes);
    const uint32_t wanted = getenv("FLYT_LONG") != NULL ? 300 : 12;
    for (uint32_t number = 0; number < wanted; number++) {
        uint32_t n_months = 1 + (uint32_t)draw(number, 7200, 0, 40);
        cr_assert_eq(keep(number, n_months, &image), 0, "world %u after %u months", number,
                     n_months);
    }
    free(image.bytes);
}
