/**
 * @file bench_sweep.c
 * @brief How fast a month's screening can be: docs/ENGINE.md, "Screening".
 *
 * One sweep as of the life course: every second month eight 16-bit uniforms per household, each
 * month four comparisons with a bound, the indices of those below it, and a look at their 64-byte
 * rows. About 6 in 100 households are looked at. Prints one line per workload: the median and the
 * least of several runs in nanoseconds per household and month.
 *
 *     bench_sweep [HOUSEHOLDS]     one size instead of four
 */
#define _DEFAULT_SOURCE
#include "bench.h"

#include "sim/list.h"
#include "sim/par.h"
#include "sim/rng.h"

#include <inttypes.h>

enum { TILE = 1024, PURPOSES = 4, RUNS = 5, AHEAD = 6 };

/** How much of a month is done: each is timed alone. */
enum depth { LUCK, SCREEN, LOOK, N_DEPTHS };
static const char *const DEPTH[N_DEPTHS] = {"luck", "luck+screen", "luck+screen+rows"};

struct row {
    _Alignas(64) uint32_t field[16]; /* one cache line */
};

_Static_assert(sizeof(struct row) == 64, "one cache line");

struct people {
    uint32_t n;
    uint64_t *uid;             /* [n] */
    uint16_t *bound[PURPOSES]; /* [n] each */
    uint16_t *luck[FLYT_LUCK]; /* [n] each */
    struct row *row;           /* [n] */
};

enum { BYTES = 8 + 2 * PURPOSES + 2 * FLYT_LUCK + (int)sizeof(struct row) };

struct month_job {
    struct people people;
    struct flyt_rng_key key;
    uint32_t month, n_blocks;
    enum depth depth;
    struct flyt_list candidates[FLYT_BLOCKS];
    uint64_t n_candidates[FLYT_BLOCKS], digest[FLYT_BLOCKS];
};

/** Indices of the rows of a tile that are below a bound of theirs, eight rows at a time. */
static void screen_tile(const struct people *people, uint32_t month, uint32_t first, uint32_t n,
                        struct flyt_list *list)
{
    unsigned char below[TILE] = {0};
    for (uint32_t p = 0; p < PURPOSES; p++) {
        const uint16_t *luck = people->luck[month % 2 * PURPOSES + p] + first;
        const uint16_t *bound = people->bound[p] + first;
        for (uint32_t i = 0; i < n; i++) {
            below[i] = (unsigned char)(below[i] | (luck[i] < bound[i]));
        }
    }
    for (uint32_t i = 0; i < n; i += 8) {
        uint64_t eight;
        memcpy(&eight, below + i, sizeof eight);
        while (eight != 0) {
            flyt_list_push(list, first + i + (uint32_t)__builtin_ctzll(eight) / 8);
            eight &= eight - 1;
        }
    }
}

/** Reads the rows of the candidates; as much work as an event that does not happen. */
static uint64_t look(const struct people *people, const struct flyt_list *list)
{
    uint64_t digest = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        if (i + AHEAD < list->n) {
            __builtin_prefetch(&people->row[list->row[i + AHEAD]]);
        }
        const struct row *row = &people->row[list->row[i]];
        digest += (uint64_t)row->field[0] * row->field[15] + row->field[7];
    }
    return digest;
}

static void month_block(void *job_, uint32_t block)
{
    struct month_job *job = job_;
    const struct people *people = &job->people;
    uint32_t first = flyt_par_first(people->n, job->n_blocks, block);
    uint32_t end = flyt_par_first(people->n, job->n_blocks, block + 1);
    if (job->month % 2 == 0) {
        uint16_t *luck[FLYT_LUCK];
        for (int p = 0; p < FLYT_LUCK; p++) {
            luck[p] = people->luck[p] + first;
        }
        flyt_rng_luck(job->key, job->month, people->uid + first, end - first, luck);
    }
    struct flyt_list *list = &job->candidates[block];
    list->n = 0;
    if (job->depth >= SCREEN) {
        for (uint32_t at = first; at < end; at += TILE) {
            screen_tile(people, job->month, at, end - at < TILE ? end - at : TILE, list);
        }
        job->n_candidates[block] += list->n;
    }
    if (job->depth >= LOOK) {
        job->digest[block] += look(people, list);
    }
}

/** Households with bounds of about 1.5 % in each purpose, as ENGINE.md's simplified month. */
static enum flyt_status make_people(struct flyt_arena *arena, uint32_t n, struct people *people)
{
    const struct flyt_rng_key key = {1, 0};
    *people = (struct people){.n = n,
                              .uid = FLYT_ARENA_ARRAY(arena, uint64_t, n),
                              .row = FLYT_ARENA_ARRAY(arena, struct row, n)};
    bool complete = people->uid != NULL && people->row != NULL;
    for (int p = 0; p < PURPOSES; p++) {
        people->bound[p] = FLYT_ARENA_ARRAY(arena, uint16_t, n);
        complete = complete && people->bound[p] != NULL;
    }
    for (int p = 0; p < FLYT_LUCK; p++) {
        people->luck[p] = FLYT_ARENA_ZERO(arena, uint16_t, n);
        complete = complete && people->luck[p] != NULL;
    }
    for (uint32_t i = 0; complete && i < n; i++) {
        uint32_t word[4];
        flyt_rng_block(key, i, 0, FLYT_STREAM_test, 0, word);
        people->uid[i] = (uint64_t)word[1] << 32 | word[0] | 1;
        for (int p = 0; p < PURPOSES; p++) {
            people->bound[p][i] = (uint16_t)(600 + (word[2] >> 8 * p & 0xff) * 3);
        }
        for (uint32_t f = 0; f < 16; f++) {
            people->row[i].field[f] = word[3] + f;
        }
    }
    return complete ? FLYT_OK : FLYT_ERR_MEMORY;
}

/** Times one workload and prints its line; returns an order-free digest of what it saw. */
static uint64_t measure(struct month_job *job, uint32_t n_threads, enum depth depth)
{
    const struct flyt_par par = {.n_threads = n_threads, .n_blocks = FLYT_BLOCKS};
    uint32_t months = 20000000 / job->people.n / 2 * 2;
    months = months < 12 ? 12 : months > 1000 ? 1000 : months;
    double ns[RUNS];
    memset(job->n_candidates, 0, sizeof job->n_candidates);
    memset(job->digest, 0, sizeof job->digest);
    job->depth = depth;
    for (int run = -1; run < RUNS; run++) { /* the first one warms up */
        double start = bench_now();
        for (job->month = 0; job->month < months; job->month++) {
            flyt_par_blocks(&par, month_block, job);
        }
        if (run >= 0) {
            ns[run] = (bench_now() - start) * 1e9 / months / job->people.n;
        }
    }
    uint64_t n_candidates = 0, digest = 0;
    for (int block = 0; block < FLYT_BLOCKS; block++) {
        n_candidates += job->n_candidates[block];
        digest += job->digest[block];
    }
    double median = bench_median(ns, RUNS); /* and sorts them */
    printf(
        "%-17s households %8" PRIu32 "  threads %" PRIu32
        "  median %6.2f  least %6.2f ns/household-month  bytes/household %d  looked at %.2f %%\n",
        DEPTH[depth], job->people.n, n_threads, median, ns[0], BYTES,
        100.0 * (double)n_candidates / (RUNS + 1) / months / job->people.n);
    (void)fflush(stdout);
    return digest + n_candidates;
}

static enum flyt_status bench(uint32_t n)
{
    static struct month_job job;
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    job = (struct month_job){.key = {2024, 1}, .n_blocks = FLYT_BLOCKS};
    enum flyt_status status = make_people(&arena, n, &job.people);
    for (uint32_t block = 0; status == FLYT_OK && block < FLYT_BLOCKS; block++) {
        status = flyt_list_init(&job.candidates[block], &arena, n / FLYT_BLOCKS + 1);
    }
    if (status == FLYT_OK) {
        (void)measure(&job, 1, LUCK);
        (void)measure(&job, 1, SCREEN);
        uint64_t one = measure(&job, 1, LOOK), two = measure(&job, 2, LOOK);
        status = one == two ? FLYT_OK : FLYT_ERR_INVARIANT;
    }
    flyt_arena_free(&arena);
    return status;
}

int main(int argc, char **argv)
{
    uint32_t sizes[] = {10000, 100000, 1000000, 2800000};
    uint32_t n_sizes = FLYT_COUNT(sizes);
    if (argc == 2) {
        unsigned long n = strtoul(argv[1], NULL, 10);
        if (n < FLYT_BLOCKS || n > 100000000) {
            (void)fprintf(stderr, "HOUSEHOLDS is a number from %d to 100000000\n", FLYT_BLOCKS);
            return 64;
        }
        sizes[0] = (uint32_t)n;
        n_sizes = 1;
    }
    for (uint32_t i = 0; i < n_sizes; i++) {
        enum flyt_status status = bench(sizes[i]);
        if (status != FLYT_OK) {
            (void)fprintf(stderr, "%s\n", flyt_status_text(status, FLYT_EN));
            return (int)status;
        }
    }
    return 0;
}
