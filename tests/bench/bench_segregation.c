/**
 * @file bench_segregation.c
 * @brief How fast segregation is measured: one line a workload, medians of several runs.
 *
 * `measures`: the indices alone; `estimates`: with baselines, corrected values and intervals of 200
 * draws, in milliseconds of the wall and of the processor (all threads). H of all groups and its
 * corrected value stand beside the speed, so that skipped work would show.
 *
 *     bench_segregation [RUNS [THREADS [UNITS GROUPS]]]     5 runs, all threads, seven sizes
 */
#define _DEFAULT_SOURCE
#include "bench.h"

#include "output/segregation.h"

enum { RUNS = 5 };

struct workload {
    uint32_t n_units, n_groups, n_threads;
};

enum figure { MEASURE_S, ESTIMATE_S, ESTIMATE_CPU_S, H, CORRECTED, THREADS };

/** Units of up to 800 persons. */
static bool fill(const struct workload *job, struct flyt_arena *arena,
                 struct flyt_segregation_counts *counts)
{
    uint32_t *count = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)job->n_units * job->n_groups);
    for (uint32_t i = 0; count != NULL && i < job->n_units; i++) {
        const struct flyt_rng_key key = {1, 11};
        const double size = 400.0 * flyt_rng_unit(key, i, 0, FLYT_STREAM_test, 0) / job->n_groups;
        for (uint32_t g = 0; g < job->n_groups; g++) {
            const double luck = flyt_rng_unit(key, i, 0, FLYT_STREAM_test, 1 + g);
            count[(size_t)i * job->n_groups + g] = (uint32_t)(size * 2.0 * luck);
        }
    }
    *counts = (struct flyt_segregation_counts){job->n_units, job->n_groups, count};
    return count != NULL;
}

static bool work(const void *job_, double *figure)
{
    const struct workload *job = job_;
    const struct flyt_segregation_options options = {.atkinson_b = 0.5};
    const struct flyt_segregation_chance chance = {.key = {1, 0},
                                                   .n_draws = 200,
                                                   .large = FLYT_SEGREGATION_LARGE,
                                                   .par = flyt_par_default(job->n_threads)};
    struct flyt_arena arena;
    struct flyt_segregation_counts counts;
    struct flyt_segregation_table table;
    struct flyt_segregation_scratch scratch;
    struct flyt_segregation_measures measures;
    struct flyt_segregation_estimates estimates;
    flyt_arena_init(&arena, 0);
    if (!fill(job, &arena, &counts)) {
        return false;
    }
    const double start = bench_now();
    if (flyt_segregation_table_init(&table, &counts, &arena) != FLYT_OK ||
        flyt_segregation_scratch_init(&scratch, table.n_units, job->n_groups, &arena) != FLYT_OK ||
        flyt_segregation_measures_init(&measures, job->n_groups, &arena) != FLYT_OK) {
        return false;
    }
    flyt_segregation_measure(&table, &options, &scratch, &measures);
    const double middle = bench_now(), middle_cpu = bench_cpu();
    if (flyt_segregation_estimate(&table, &options, &chance, &arena, &estimates) != FLYT_OK) {
        return false;
    }
    const size_t at = (size_t)job->n_groups * FLYT_SEGREGATION_N + FLYT_SEGREGATION_theil_h;
    figure[MEASURE_S] = middle - start;
    figure[ESTIMATE_S] = bench_now() - middle;
    figure[ESTIMATE_CPU_S] = bench_cpu() - middle_cpu;
    figure[H] = estimates.index[at].value;
    figure[CORRECTED] = estimates.index[at].corrected;
    figure[THREADS] = chance.par.n_threads;
    return true;
}

static bool measure(const struct workload *job, size_t n_runs)
{
    const struct bench_run run = bench_repeat(work, job, n_runs);
    printf("%7u %6u %7.0f %11.2f %13.1f %11.1f %9.1f %9.6f %9.6f\n", job->n_units, job->n_groups,
           run.figure[THREADS], 1e3 * run.figure[MEASURE_S], 1e3 * run.figure[ESTIMATE_S],
           1e3 * run.figure[ESTIMATE_CPU_S], run.peak_bytes / 1048576.0, run.figure[H],
           run.figure[CORRECTED]);
    return run.ok;
}

int main(int argc, char **argv)
{
    static const uint32_t sizes[][2] = {{100, 2},    {1000, 5},   {9999, 5},   {11000, 5},
                                        {100000, 2}, {100000, 5}, {100000, 10}};
    const size_t n_runs = argc > 1 ? strtoul(argv[1], NULL, 10) : RUNS;
    struct workload job = {.n_threads = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0};
    bool ok = n_runs >= 1 && n_runs <= BENCH_RUNS_MAX;
    printf("%7s %6s %7s %11s %13s %11s %9s %9s %9s\n", "units", "groups", "threads", "measures ms",
           "estimates ms", "of cpu ms", "peak MiB", "H", "corrected");
    for (size_t i = 0; ok && i < (argc > 4 ? 1 : FLYT_COUNT(sizes)); i++) {
        job.n_units = argc > 4 ? (uint32_t)strtoul(argv[3], NULL, 10) : sizes[i][0];
        job.n_groups = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : sizes[i][1];
        ok = job.n_units > 0 && job.n_groups > 1 && measure(&job, n_runs);
    }
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
