/* Nanoseconds of processor time (all threads) of the life course per household and month: one line
   per number of persons, medians of its months.
   Usage: bench_lifecourse [persons] [months] [threads]     100,000 and 1,000,000 persons */
#define _DEFAULT_SOURCE
#include "bench.h"

#include "tests/unit/life_fixture.h"

enum { MONTHS = 36, MONTHS_MAX = 600 };

/** Seconds of months of each kind. */
struct times {
    double january[MONTHS_MAX], other[MONTHS_MAX], luck[MONTHS_MAX];
    size_t n_januaries, n_others, n_lucks;
};

/** Luck is drawn anew every second month; here once more, to know its part of the step. */
static void draw_luck(struct flyt_world *world)
{
    for (uint32_t block = 0; block < FLYT_BLOCKS; block++) {
        flyt_world_draw_luck(world, block);
    }
}

static bool run(struct life_world *life, uint32_t n_months, struct times *times)
{
    struct flyt_world *world = &life->world;
    for (uint32_t month = 0; month < n_months; month++) {
        flyt_arena_empty(&life->step_arena);
        double start = bench_cpu();
        if (month % 2 == 0) {
            draw_luck(world);
            times->luck[times->n_lucks++] = bench_cpu() - start;
        }
        start = bench_cpu();
        if (flyt_lifecourse_step(world) != FLYT_OK) {
            return false;
        }
        double spent = bench_cpu() - start;
        if (month % 12 == 0) {
            times->january[times->n_januaries++] = spent;
        } else {
            times->other[times->n_others++] = spent;
        }
        for (uint32_t m = 0; m < LIFE_MUNICIPALITIES; m++) {
            life_let(world, m);
        }
        if (flyt_lifecourse_settle(world) != FLYT_OK) {
            return false;
        }
        world->month++;
        world->calendar++;
    }
    return true;
}

static bool measure(uint32_t n_persons, uint32_t n_months, uint32_t n_threads)
{
    static struct times times;
    struct life_world life;
    struct flyt_params params = life_defaults();
    times = (struct times){.n_lucks = 0};
    life_open(&life, &params, (struct flyt_par){n_threads, FLYT_BLOCKS, 0}, n_persons, 1.3);
    bool ok = run(&life, n_months, &times);
    double n = flyt_world_count(&life.world);
    if (ok) {
        double january = bench_median(times.january, times.n_januaries);
        double other = bench_median(times.other, times.n_others);
        double luck = bench_median(times.luck, times.n_lucks);
        printf("%12.0f %8u %10.2f %10.2f %10.2f %10.2f\n", n, n_threads, 1e9 * january / n,
               1e9 * other / n, 1e9 * (january + 11.0 * other) / 12.0 / n, 1e9 * luck / 2.0 / n);
    }
    life_close(&life);
    return ok;
}

int main(int argc, char **argv)
{
    static const uint32_t sizes[] = {100000, 1000000};
    uint32_t n_months = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : MONTHS;
    uint32_t n_threads = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 1;
    bool ok = n_months >= 2 && n_months <= MONTHS_MAX;
    printf("%12s %8s %10s %10s %10s %10s\n", "households", "threads", "January", "others", "mean",
           "of it luck");
    for (size_t i = 0; ok && i < (argc > 1 ? 1 : FLYT_COUNT(sizes)); i++) {
        uint32_t n_persons = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : sizes[i];
        ok = measure(n_persons, n_months, n_threads);
    }
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
