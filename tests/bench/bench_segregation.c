/**
 * @file bench_segregation.c
 * @brief Benchmarks of the segregation measures, one workload a line with the median of its runs;
 *        and how often the intervals cover the truth.
 *
 * bench_segregation [THREADS [UNITS GROUPS]]
 * bench_segregation coverage [TABLES [DRAWS [THREADS [UNITS [GROUPS]]]]]
 * bench_segregation closed [TABLES]: bias of values corrected without draws; no intervals
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "output/segregation.h"
#include "output/segregation_closed.h"
#include "output/segregation_random.h"
#include "sim/num.h"

static double now(void)
{
    struct timespec time = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double unit(uint32_t table, uint32_t uid, uint32_t draw)
{
    return flyt_rng_unit((struct flyt_rng_key){table, 11}, uid, 0, FLYT_STREAM_test, draw);
}

static void stop(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

/* ---- populations --------------------------------------------------------------------------- */

enum shape { NORMAL, UNIFORM, EXPONENTIAL, TWO_POINT, SHAPES };

static const char *const shape_names[SHAPES] = {"normal", "uniform", "exponential", "two-point"};

/** A population: chances of two or more groups in each unit, and the size of units. */
struct population {
    uint32_t n_units, n_groups;
    double *share; /* [n_groups][n_units] */
    struct flyt_segregation_table truth;
};

static double score(enum shape shape, uint32_t table, uint32_t i, uint32_t group)
{
    const uint32_t draw = 100 + group * 16;
    double sum = 0.0;
    switch (shape) {
    case UNIFORM:
        return unit(table, i, draw);
    case EXPONENTIAL:
        return -flyt_num_log(unit(table, i, draw));
    case TWO_POINT:
        return unit(table, i, draw) < 0.3 ? 1.0 : 0.0;
    default:
        for (uint32_t k = 0; k < 12; k++) {
            sum += unit(table, i, draw + k);
        }
        return sum - 6.0;
    }
}

/** Shares of a multinomial logit of the scores times b, with intercepts that give the mean shares.
 */
static double fill_shares(struct population *population, const double *scores, const double *mean,
                          double b)
{
    const uint32_t n = population->n_units, n_groups = population->n_groups;
    struct flyt_segregation_table *truth = &population->truth;
    double intercept[16] = {0.0};
    double off = 1.0;
    for (int round = 0; round < 200 && off > 1e-12; round++) {
        double sum[16] = {0.0}, total = 0.0;
        off = 0.0;
        for (uint32_t i = 0; i < n; i++) {
            double all = 0.0, t = truth->unit_total[i];
            for (uint32_t g = 0; g < n_groups; g++) {
                const size_t at = (size_t)g * n + i;
                population->share[at] = flyt_num_exp(intercept[g] + b * scores[at]);
                all += population->share[at];
            }
            for (uint32_t g = 0; g < n_groups; g++) {
                const size_t at = (size_t)g * n + i;
                population->share[at] /= all;
                sum[g] += t * population->share[at];
            }
            total += t;
        }
        for (uint32_t g = 0; g < n_groups; g++) {
            const double step = flyt_num_log(mean[g] * total / sum[g]);
            off = fabs(step) > off ? fabs(step) : off;
            intercept[g] += step;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t g = 0; g < n_groups; g++) {
            truth->persons[(size_t)g * n + i] =
                truth->unit_total[i] * population->share[(size_t)g * n + i];
        }
    }
    double x = 0.0, total = 0.0, d = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        x += truth->persons[i];
        total += truth->unit_total[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        d += truth->unit_total[i] * fabs(population->share[i] - x / total);
    }
    return d / (2.0 * total * (x / total) * (1.0 - x / total));
}

/** Units of 50 to 500 persons, mean shares `mean`, D of the first group as near d as can be. */
static double make_population(struct population *population, uint32_t table, enum shape shape,
                              uint32_t n_units, uint32_t n_groups, const double *mean, double d,
                              struct flyt_arena *arena)
{
    *population = (struct population){.n_units = n_units, .n_groups = n_groups};
    double *scores = FLYT_ARENA_ARRAY(arena, double, (size_t)n_units *n_groups);
    population->share = FLYT_ARENA_ARRAY(arena, double, (size_t)n_units *n_groups);
    if (scores == NULL || population->share == NULL ||
        flyt_segregation_table_room(&population->truth, n_units, n_groups, arena) != FLYT_OK) {
        stop("out of memory");
    }
    for (uint32_t i = 0; i < n_units; i++) {
        population->truth.unit_total[i] = floor(50.0 + 451.0 * unit(table, i, 0));
        for (uint32_t g = 0; g < n_groups; g++) {
            const bool last = g + 1 == n_groups;
            scores[(size_t)g * n_units + i] = last ? 0.0 : score(shape, table, i, g);
        }
    }
    double low = 0.0, high = 30.0, found = fill_shares(population, scores, mean, 0.0);
    for (int k = 0; k < 30 && d > 0.0; k++) {
        const double b = 0.5 * (low + high);
        found = fill_shares(population, scores, mean, b);
        *(found > d ? &high : &low) = b;
    }
    flyt_segregation_table_sum(&population->truth);
    for (uint32_t i = 0; i < n_units; i++) { /* whole again */
        population->truth.unit_total[i] = floor(population->truth.unit_total[i] + 0.5);
    }
    return found;
}

/* ---- coverage ------------------------------------------------------------------------------ */

struct tally {
    double n, covered, below, above, error, raw, width, truth;
};

static void count_in(struct tally *tally, const struct flyt_segregation_estimate *estimate,
                     double truth)
{
    const double fuzz = 1e-9;
    if (!(estimate->low == estimate->low)) {
        return;
    }
    tally->n += 1.0;
    tally->below += truth < estimate->low - fuzz ? 1.0 : 0.0;
    tally->above += truth > estimate->high + fuzz ? 1.0 : 0.0;
    tally->covered += truth >= estimate->low - fuzz && truth <= estimate->high + fuzz ? 1.0 : 0.0;
    tally->error += estimate->corrected - truth;
    tally->raw += estimate->value - truth;
    tally->width += estimate->high - estimate->low;
    tally->truth += truth;
}

static void print_tally(const char *name, const char *who, const struct tally *t)
{
    if (t->n > 0.0 && !(t->width > 0.0)) {
        printf("  %-26s %-5s truth %6.4f  bias raw %+7.4f corrected %+7.4f\n", name, who,
               t->truth / t->n, t->raw / t->n, t->error / t->n);
    } else if (t->n > 0.0) {
        printf("  %-26s %-5s truth %6.4f  bias raw %+7.4f corrected %+7.4f  width %6.4f  "
               "covers %5.1f %%  (misses low %4.1f high %4.1f)\n",
               name, who, t->truth / t->n, t->raw / t->n, t->error / t->n, t->width / t->n,
               100.0 * t->covered / t->n, 100.0 * t->below / t->n, 100.0 * t->above / t->n);
    }
}

/** The estimates; with no draws those in closed form, whose interval is a point. */
static enum flyt_status estimate(const struct flyt_segregation_table *table,
                                 const struct flyt_segregation_options *options,
                                 const struct flyt_segregation_chance *chance,
                                 struct flyt_arena *arena, struct flyt_segregation_estimates *out)
{
    const size_t n = ((size_t)table->n_groups + 1) * FLYT_SEGREGATION_N;
    struct flyt_segregation_triple *triple =
        FLYT_ARENA_ARRAY(arena, struct flyt_segregation_triple, n);
    struct flyt_segregation_closed closed;
    FLYT_TRY(flyt_segregation_estimate(table, options, chance, arena, out));
    if (chance->n_draws > 0) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_segregation_closed_init(&closed, table->n_units, table->n_groups, arena));
    if (triple == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_segregation_closed_measure(table, options, &closed, triple);
    if (table->n_groups >= 3) {
        struct flyt_segregation_triple *all = triple + n - FLYT_SEGREGATION_N;
        flyt_segregation_closed_rank(table, &closed, &all[FLYT_SEGREGATION_rank_order_h],
                                     &all[FLYT_SEGREGATION_rank_order_r]);
    }
    for (size_t i = 0; i < n; i++) {
        const struct flyt_segregation_triple *t = &triple[i];
        out->index[i] = (struct flyt_segregation_estimate){t->value, t->expected, t->corrected,
                                                           t->corrected, t->corrected};
    }
    return FLYT_OK;
}

/** One random table: shares between .05 and .5, D 0 in every fifth, else 0 to .6. */
static void cover_one(uint32_t table, uint32_t n_groups, uint32_t fixed_units, uint32_t fixed_shape,
                      const struct flyt_segregation_chance *chance, struct tally *tally,
                      struct tally *tally_zero)
{
    static const uint32_t sizes[] = {50, 100, 200, 500};
    const struct flyt_segregation_options options = {.atkinson_b = 0.5};
    struct flyt_arena arena;
    struct population population;
    struct flyt_segregation_table drawn;
    struct flyt_segregation_scratch scratch;
    struct flyt_segregation_measures truth;
    struct flyt_segregation_estimates estimates;
    double mean[8], rest = 1.0;
    flyt_arena_init(&arena, 0);
    for (uint32_t g = 0; g + 1 < n_groups; g++) {
        mean[g] = (0.05 + 0.45 * unit(table, g, 1)) / (double)(n_groups - 1);
        rest -= mean[g];
    }
    mean[n_groups - 1] = rest;
    const double d = table % 5 == 0 ? 0.0 : 0.6 * unit(table, 0, 2);
    const uint32_t n_units =
        fixed_units > 0 ? fixed_units : sizes[(uint32_t)(4.0 * unit(table, 0, 3))];
    const enum shape shape =
        (enum shape)(fixed_shape < SHAPES ? fixed_shape : (uint32_t)(4.0 * unit(table, 0, 4)));
    (void)make_population(&population, table, shape, n_units, n_groups, mean, d, &arena);
    struct flyt_segregation_chance own = *chance;
    own.key.seed = table;
    if (flyt_segregation_table_room(&drawn, n_units, n_groups, &arena) != FLYT_OK ||
        flyt_segregation_scratch_init(&scratch, n_units, n_groups, &arena) != FLYT_OK ||
        flyt_segregation_measures_init(&truth, n_groups, &arena) != FLYT_OK) {
        stop("out of memory");
    }
    flyt_segregation_throw(&population.truth, population.share, (struct flyt_rng_key){table, 99}, 0,
                           &drawn);
    flyt_segregation_measure(&population.truth, &options, &scratch, &truth);
    if (estimate(&drawn, &options, &own, &arena, &estimates) != FLYT_OK) {
        stop("no estimate");
    }
    struct tally *to = d > 0.0 ? tally : tally_zero;
    for (int i = 0; i < FLYT_SEGREGATION_N; i++) {
        const size_t all = (size_t)n_groups * FLYT_SEGREGATION_N + (size_t)i;
        count_in(&to[i], &estimates.index[i], truth.value[i]);
        count_in(&to[FLYT_SEGREGATION_N + i], &estimates.index[all], truth.value[all]);
    }
    count_in(&to[2 * FLYT_SEGREGATION_N], &estimates.interaction[1], truth.interaction[1]);
    flyt_arena_free(&arena);
}

static void print_coverage(const char *title, const struct tally *tally)
{
    printf("%s\n", title);
    for (int i = 0; i < 2 * FLYT_SEGREGATION_N; i++) {
        print_tally(flyt_segregation_name((enum flyt_segregation_index)(i % FLYT_SEGREGATION_N)),
                    i < FLYT_SEGREGATION_N ? "group" : "all", &tally[i]);
    }
    print_tally("interaction", "pair", &tally[2 * FLYT_SEGREGATION_N]);
}

static void coverage(uint32_t n_groups_first, uint32_t n_tables, uint32_t n_units,
                     const struct flyt_segregation_chance *chance)
{
    for (uint32_t n_groups = n_groups_first; n_groups <= 4; n_groups += 2) {
        for (uint32_t shape = SHAPES + 1; shape-- > 0;) { /* all shapes mixed come first */
            struct tally tally[2 * FLYT_SEGREGATION_N + 1] = {{0}};
            struct tally zero[2 * FLYT_SEGREGATION_N + 1] = {{0}};
            char title[128];
            const double start = now();
            for (uint32_t table = 0; table < n_tables; table++) {
                cover_one(table, n_groups, n_units, shape, chance, tally, zero);
            }
            (void)snprintf(title, sizeof title, "%u groups, %s, %u tables (%.0f s): D > 0",
                           n_groups, shape < SHAPES ? shape_names[shape] : "all shapes", n_tables,
                           now() - start);
            print_coverage(title, tally);
            print_coverage("  D = 0", zero);
            (void)fflush(stdout);
        }
    }
}

/* ---- speed --------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** Median seconds of measuring a table, and of measuring it with baselines and intervals. */
static void time_table(uint32_t n_units, uint32_t n_groups, uint32_t n_threads)
{
    enum { RUNS = 5 };
    const struct flyt_segregation_options options = {.atkinson_b = 0.5};
    const struct flyt_segregation_chance chance = {.key = {1, 0},
                                                   .n_draws = 200,
                                                   .large = FLYT_SEGREGATION_LARGE,
                                                   .par = flyt_par_default(n_threads)};
    struct flyt_arena arena;
    double plain[RUNS], full[RUNS], h = 0.0, corrected = 0.0;
    flyt_arena_init(&arena, 0);
    uint32_t *count = FLYT_ARENA_ARRAY(&arena, uint32_t, (size_t)n_units * n_groups);
    if (count == NULL) {
        stop("out of memory");
    }
    for (uint32_t i = 0; i < n_units; i++) {
        for (uint32_t g = 0; g < n_groups; g++) {
            const double size = 400.0 / (double)n_groups * unit(1, i, 0);
            count[(size_t)i * n_groups + g] = (uint32_t)(size * 2.0 * unit(1, i, 1 + g));
        }
    }
    const struct flyt_segregation_counts counts = {n_units, n_groups, count};
    for (int run = 0; run < RUNS; run++) {
        struct flyt_arena work;
        struct flyt_segregation_table table;
        struct flyt_segregation_scratch scratch;
        struct flyt_segregation_measures measures;
        struct flyt_segregation_estimates estimates;
        flyt_arena_init(&work, 0);
        double start = now();
        if (flyt_segregation_table_init(&table, &counts, &work) != FLYT_OK ||
            flyt_segregation_scratch_init(&scratch, n_units, n_groups, &work) != FLYT_OK ||
            flyt_segregation_measures_init(&measures, n_groups, &work) != FLYT_OK) {
            stop("out of memory");
        }
        flyt_segregation_measure(&table, &options, &scratch, &measures);
        plain[run] = now() - start;
        start = now();
        if (flyt_segregation_estimate(&table, &options, &chance, &work, &estimates) != FLYT_OK) {
            stop("no estimate");
        }
        full[run] = now() - start;
        const size_t at = (size_t)n_groups * FLYT_SEGREGATION_N + FLYT_SEGREGATION_theil_h;
        h = estimates.index[at].value;
        corrected = estimates.index[at].corrected;
        flyt_arena_free(&work);
    }
    qsort(plain, RUNS, sizeof plain[0], by_value);
    qsort(full, RUNS, sizeof full[0], by_value);
    printf("segregation %7u units x %2u groups, %u threads: measures %8.2f ms, with baselines and "
           "intervals %8.1f ms  (H %.6f corrected %.6f)\n",
           n_units, n_groups, chance.par.n_threads, plain[RUNS / 2] * 1e3, full[RUNS / 2] * 1e3, h,
           corrected);
    (void)fflush(stdout);
    flyt_arena_free(&arena);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "coverage") == 0) {
        const struct flyt_segregation_chance chance = {
            .n_draws = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 200,
            .large = FLYT_SEGREGATION_LARGE,
            .par = flyt_par_default(argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : 0)};
        coverage(argc > 6 ? (uint32_t)strtoul(argv[6], NULL, 10) : 2,
                 argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1000,
                 argc > 5 ? (uint32_t)strtoul(argv[5], NULL, 10) : 0, &chance);
        return 0;
    }
    if (argc > 1 && strcmp(argv[1], "closed") == 0) {
        const struct flyt_segregation_chance chance = {.large = FLYT_SEGREGATION_LARGE,
                                                       .par = flyt_par_default(0)};
        coverage(2, argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1000, 0, &chance);
        return 0;
    }
    const uint32_t n_threads = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
    if (argc > 3) {
        time_table((uint32_t)strtoul(argv[2], NULL, 10), (uint32_t)strtoul(argv[3], NULL, 10),
                   n_threads);
        return 0;
    }
    static const uint32_t sizes[][2] = {{100, 2},    {1000, 5},   {9999, 5},   {10000, 5},
                                        {100000, 2}, {100000, 5}, {100000, 10}};
    for (size_t i = 0; i < FLYT_COUNT(sizes); i++) {
        time_table(sizes[i][0], sizes[i][1], n_threads);
    }
    return 0;
}
