/* The month of the housing model as it is now, by size and threads: ns per household-month;
   medians of runs with one thread and two in turn. */
#define _DEFAULT_SOURCE
#include "bench.h"

#include "tests/housing_fixture.h"

enum { RUNS = 3, MONTHS = 12, WARM = 2 };

/** Seconds of MONTHS months after WARM others; bytes of the world in *bytes. */
static double time_months(const struct flyt_scenario *scenario, uint32_t n_threads, size_t *bytes)
{
    struct flyt_arena run_arena, step_arena;
    struct flyt_diag diag = {0};
    void *state = NULL;
    flyt_arena_init(&run_arena, 0);
    flyt_arena_init(&step_arena, 0);
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {1, 0},
                                   .par = {n_threads, FLYT_BLOCKS, 0},
                                   .run_arena = &run_arena,
                                   .step_arena = &step_arena,
                                   .diag = &diag};
    if (scenario->model->create(&args, &state) != FLYT_OK) {
        fixture_stop(&diag, "create");
    }
    double started = 0.0;
    for (uint32_t month = 0; month < WARM + MONTHS; month++) {
        if (month == WARM) {
            started = bench_now();
        }
        flyt_arena_empty(&step_arena);
        if (scenario->model->month(state, month) != FLYT_OK) {
            fixture_stop(&diag, "month");
        }
    }
    double spent = bench_now() - started;
    *bytes = run_arena.used_bytes;
    flyt_arena_free(&step_arena);
    flyt_arena_free(&run_arena);
    return spent;
}

int main(void)
{
    static const uint32_t sizes[] = {10000, 100000, 1000000, 2800000};
    printf("%-12s %8s %14s %14s %8s %12s\n", "households", "months", "ns/hh-month 1T",
           "ns/hh-month 2T", "1T/2T", "bytes/hh");
    for (size_t i = 0; i < FLYT_COUNT(sizes); i++) {
        struct flyt_arena arena;
        double seconds[2][RUNS];
        size_t bytes = 0;
        flyt_arena_init(&arena, 0);
        struct flyt_scenario scenario = fixture_scenario(sizes[i], 98, 3, &arena);
        for (int run = 0; run < RUNS; run++) {
            for (uint32_t threads = 1; threads <= 2; threads++) {
                seconds[threads - 1][run] = time_months(&scenario, threads, &bytes);
            }
        }
        double per = 1e9 / ((double)sizes[i] * MONTHS);
        double one = bench_median(seconds[0], RUNS) * per;
        double two = bench_median(seconds[1], RUNS) * per;
        printf("%-12u %8d %14.1f %14.1f %8.2f %12.0f\n", sizes[i], MONTHS, one, two, one / two,
               (double)bytes / sizes[i]);
        flyt_arena_free(&arena);
    }
    return 0;
}
