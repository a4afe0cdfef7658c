/**
 * @file bench_schelling.c
 * @brief How fast Schelling's grid is: one line a workload, medians of several runs.
 *
 * Density .8, two equal groups, happy with 3 or more of 8 alike, a torus, 20 steps; both rules; one
 * thread and two. One agent-step is one agent asked in one step, whether it moves or not. `steps`
 * is the time of the steps alone, `process` that of a process that makes the grid, steps it and
 * counts % same. Moves and % same at the end stand beside the speed, so that skipped work would
 * show. Runs of one and two threads alternate, so that their ratio is of one time; `best` is the
 * fastest of them by `steps`, which a busy machine spoils least.
 *
 *     bench_schelling [RUNS] [SIZE...]     11 runs of 100, 500, 1000, 3000
 */
#define _DEFAULT_SOURCE
#include "bench.h"

#include "models/schelling.h"

enum { STEPS = 20, RUNS = 11 };

struct workload {
    uint32_t size, n_threads;
    enum flyt_schelling_rule rule;
};

enum figure { STEP_S, MOVES, SAME, UNHAPPY, AGENTS, ARENA_BYTES };

static bool work(const void *job_, double *figure)
{
    const struct workload *job = job_;
    struct flyt_schelling_params params = {.rows = job->size,
                                           .columns = job->size,
                                           .torus = true,
                                           .radius = 1,
                                           .groups = 2,
                                           .share_1 = 1,
                                           .share_2 = 1,
                                           .density = 0.8,
                                           .threshold = FLYT_SCHELLING_COUNT,
                                           .want = 3,
                                           .rule = job->rule,
                                           .move = FLYT_SCHELLING_RANDOM_EMPTY};
    struct flyt_arena run_arena, step_arena;
    flyt_arena_init(&run_arena, 0);
    flyt_arena_init(&step_arena, 0);
    struct flyt_model_args args = {.key = {1, 0},
                                   .par = flyt_par_default(job->n_threads),
                                   .run_arena = &run_arena,
                                   .step_arena = &step_arena};
    struct flyt_schelling *world = NULL;
    if (flyt_schelling_create(&params, &args, &world) != FLYT_OK) {
        return false;
    }
    double start = bench_now();
    for (uint32_t step = 0; step < STEPS; step++) {
        flyt_arena_empty(&step_arena);
        if (flyt_schelling_step(world, step) != FLYT_OK) {
            return false;
        }
        figure[MOVES] += (double)world->moves;
    }
    figure[STEP_S] = bench_now() - start;
    struct flyt_schelling_sums sums = flyt_schelling_measure(world, NULL);
    figure[SAME] = 100.0 * (double)sums.same / (double)sums.occupied;
    figure[UNHAPPY] = (double)sums.unhappy;
    figure[AGENTS] = (double)world->n_agents;
    figure[ARENA_BYTES] = (double)(run_arena.used_bytes + step_arena.used_bytes);
    return true;
}

static void print(const struct workload *job, const struct bench_run *run, double least_s)
{
    double agent_steps = run->figure[AGENTS] * STEPS;
    printf("%-10s %5u %8u %9.1f %9.1f %9.1f %10.0f %8.3f %8.0f %8.1f %8.1f\n",
           job->rule == FLYT_SCHELLING_PARALLEL ? "parallel" : "sequential", job->size,
           job->n_threads, 1e-6 * agent_steps / least_s, 1e-6 * agent_steps / run->figure[STEP_S],
           1e-6 * agent_steps / run->whole_s, run->figure[MOVES], run->figure[SAME],
           run->figure[UNHAPPY], run->peak_bytes / 1048576.0,
           run->figure[ARENA_BYTES] / run->figure[AGENTS]);
}

static bool compare_threads(uint32_t size, enum flyt_schelling_rule rule, size_t n_runs)
{
    struct bench_run run[2][BENCH_RUNS_MAX], idle = bench_once(NULL, NULL);
    struct workload job[2] = {{size, 1, rule}, {size, 2, rule}};
    double ratio[BENCH_RUNS_MAX], least[2] = {1e9, 1e9};
    for (size_t i = 0; i < n_runs; i++) {
        run[0][i] = bench_once(work, &job[0]);
        run[1][i] = bench_once(work, &job[1]);
        for (int k = 0; k < 2; k++) {
            double step_s = run[k][i].figure[STEP_S];
            least[k] = step_s < least[k] ? step_s : least[k];
        }
        ratio[i] = run[0][i].figure[STEP_S] / run[1][i].figure[STEP_S];
    }
    bool ok = true;
    for (int k = 0; k < 2; k++) {
        struct bench_run median = bench_medians(run[k], n_runs, &idle);
        print(&job[k], &median, least[k]);
        ok = ok && median.ok;
    }
    printf("%-10s %5u      2/1  %8.2f x\n",
           rule == FLYT_SCHELLING_PARALLEL ? "parallel" : "sequential", size,
           bench_median(ratio, n_runs));
    return ok;
}

int main(int argc, char **argv)
{
    static const uint32_t usual[] = {100, 500, 1000, 3000};
    size_t n_runs = argc > 1 ? strtoul(argv[1], NULL, 10) : RUNS;
    size_t n_sizes = argc > 2 ? (size_t)argc - 2 : sizeof usual / sizeof usual[0];
    bool ok = n_runs >= 1 && n_runs <= BENCH_RUNS_MAX;
    printf("%-10s %5s %8s %9s %9s %9s %10s %8s %8s %8s %8s\n", "rule", "size", "threads", "best",
           "steps", "process", "moves", "% same", "unhappy", "peak MiB", "B/agent");
    for (size_t i = 0; ok && i < n_sizes; i++) {
        uint32_t size = argc > 2 ? (uint32_t)strtoul(argv[i + 2], NULL, 10) : usual[i];
        ok = size >= 3 && compare_threads(size, FLYT_SCHELLING_SEQUENTIAL, n_runs) &&
             compare_threads(size, FLYT_SCHELLING_PARALLEL, n_runs);
    }
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
