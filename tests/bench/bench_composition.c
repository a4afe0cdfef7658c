/* A count of who lives in each area, by size: ns per household, and per household-month as often as
   the model counts. Processor time of one thread, so that a busy machine matters less; the median
   of the runs. */
#define _DEFAULT_SOURCE
#include "bench.h"

#include "models/areas.h"
#include "tests/housing_fixture.h"

enum { WARM = 24, RUNS = 15 };

static double median_seconds(const struct flyt_scenario *scenario, uint32_t *n_households)
{
    struct flyt_arena run_arena, step_arena;
    struct flyt_diag diag = {0};
    void *state = NULL;
    flyt_arena_init(&run_arena, 0);
    flyt_arena_init(&step_arena, 0);
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {1, 0},
                                   .par = {1, FLYT_BLOCKS, 0},
                                   .run_arena = &run_arena,
                                   .step_arena = &step_arena,
                                   .diag = &diag};
    if (scenario->model->create(&args, &state) != FLYT_OK) {
        fixture_stop(&diag, "create");
    }
    for (uint32_t month = 0; month < WARM; month++) { /* so that rows no longer lie by home */
        flyt_arena_empty(&step_arena);
        if (scenario->model->month(state, month) != FLYT_OK) {
            fixture_stop(&diag, "month");
        }
    }
    double spent[RUNS];
    for (uint32_t run = 0; run < RUNS; run++) {
        double started = bench_cpu();
        flyt_composition_count(state);
        spent[run] = bench_cpu() - started;
    }
    *n_households = flyt_world_count(state);
    flyt_arena_free(&step_arena);
    flyt_arena_free(&run_arena);
    return bench_median(spent, RUNS);
}

int main(void)
{
    static const uint32_t sizes[] = {10000, 100000, 1000000};
    printf("%-12s %12s %14s\n", "households", "ns/household", "ns/hh-month");
    for (size_t i = 0; i < FLYT_COUNT(sizes); i++) {
        struct flyt_arena arena;
        flyt_arena_init(&arena, 0);
        struct flyt_scenario scenario = fixture_scenario(sizes[i], 10, 5, &arena);
        uint32_t n = 0;
        double nanoseconds = 1e9 * median_seconds(&scenario, &n) / n;
        printf("%-12u %12.1f %14.1f\n", n, nanoseconds, nanoseconds / FLYT_COMPOSITION_MONTHS);
        flyt_arena_free(&arena);
    }
    return 0;
}
