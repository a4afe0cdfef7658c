/*
 * Processor time of the livelihood's month: nanoseconds per household-month, by kind of month.
 *
 * Usage: bench_livelihood [HOUSEHOLDS] [THREADS] [MONTHS]
 */
#define _DEFAULT_SOURCE
#include "bench.h"

#include "models/ledger.h"
#include "models/livelihood.h"

enum { START = 124 * 12 };

static void fill(struct flyt_world *world, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    uint32_t word[4];
    flyt_rng_block(world->key, world->households.uid[household], 0, FLYT_STREAM_test, 0, word);
    uint32_t origin = word[0] % 100 < 86 ? 0 : word[0] % 100 < 91 ? 1 : 2;
    row->section = word[1] % FLYT_N_TENURES;
    flyt_people_set_background(
        row, (struct flyt_background){.origin = (uint8_t)origin, .language = origin == 2 ? 1 : 2});
    for (uint32_t a = 0; a < 1 + word[2] % 2; a++) {
        int32_t age = 216 + (int32_t)((word[3] >> 8 * a) % 744);
        struct flyt_adult adult = {.born = (int16_t)(START - age),
                                   .sex = (uint8_t)a,
                                   .education = (uint8_t)((word[2] >> (8 + a)) % 3)};
        uint32_t u =
            (word[1] >> (8 + 8 * a)) % 100; /* roughly as many in each state as there are */
        adult.work = (uint8_t)(age >= 67 * 12            ? FLYT_WORK_pension
                               : age < 27 * 12 && u < 30 ? FLYT_WORK_student
                               : u < 80                  ? FLYT_WORK_employed
                               : u < 84                  ? FLYT_WORK_unemployed
                               : u < 93                  ? FLYT_WORK_benefit
                                                         : FLYT_WORK_disability);
        flyt_people_set_adult(row, a, adult);
    }
}

/** Seconds a month of each kind of work, and who was looked at. */
struct times {
    double *step; /* [n_months] */
    double year, close;
    uint64_t candidates;
};

static bool run(struct flyt_world *world, const struct flyt_livelihood_params *params,
                uint32_t n_months, struct times *times)
{
    for (uint32_t k = 0; k < n_months; k++, world->month++, world->calendar++) {
        for (uint32_t block = 0; k % 2 == 0 && block < FLYT_BLOCKS; block++) {
            flyt_world_draw_luck(world, block);
        }
        double t = bench_cpu();
        if (k % 12 == 0 && k > 0) {
            flyt_livelihood_year(world, params);
            times->year += bench_cpu() - t;
            t = bench_cpu();
        }
        if (flyt_livelihood_step(world) != FLYT_OK) {
            return false;
        }
        times->step[k] = bench_cpu() - t;
        for (uint32_t block = 0; block < FLYT_BLOCKS; block++) {
            times->candidates += world->livelihood->candidates[block].n; /* second adults' */
        }
        t = bench_cpu();
        if (flyt_ledger_close(world) != FLYT_OK) {
            return false;
        }
        times->close += bench_cpu() - t;
    }
    return true;
}

static bool make(struct flyt_world *world, const struct flyt_livelihood_params *params, uint32_t n)
{
    if (flyt_world_init(world, n, 1, FLYT_N_TENURES) != FLYT_OK ||
        flyt_livelihood_create(world) != FLYT_OK) {
        return false;
    }
    for (uint32_t s = 0; s < FLYT_N_TENURES; s++) {
        world->sections.municipality[s] = 0;
        world->sections.tenure[s] = (uint8_t)s;
    }
    flyt_livelihood_year(world, params);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t household =
            flyt_world_add(world, FLYT_NONE, flyt_rng_uid(1, 0, FLYT_STREAM_test, i, 0));
        fill(world, household);
        flyt_livelihood_start(world, 0, household);
    }
    return true;
}

int main(int argc, char **argv)
{
    uint32_t n = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 500000;
    uint32_t n_threads = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1;
    uint32_t n_months = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 60;
    static struct flyt_livelihood_params params;
    static const char *const names[] = {"A"};
    struct flyt_arena arena, step_arena;
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&step_arena, 0);
    flyt_livelihood_defaults(&params);
    struct flyt_world world = {.key = {7, 3},
                               .par = {n_threads, FLYT_BLOCKS, 0},
                               .calendar = START,
                               .municipalities = {1, names},
                               .run_arena = &arena,
                               .step_arena = &step_arena};
    struct times times = {.step = FLYT_ARENA_ARRAY(&arena, double, n_months)};
    double begin = bench_cpu(), per = 1e9 / n, sum = 0.0;
    if (times.step == NULL || !make(&world, &params, n)) {
        return 71;
    }
    printf("start %.0f ns a household\n", (bench_cpu() - begin) * per);
    if (!run(&world, &params, n_months, &times)) {
        return 70;
    }
    for (uint32_t k = 0; k < n_months; k++) {
        sum += times.step[k];
    }
    double median = bench_median(times.step, n_months);
    printf("second adults looked at: %.2f %% of households a month\n",
           100.0 * (double)times.candidates / n / n_months);
    printf("step %.2f ns a household-month (median), %.2f mean; January %.2f a month; closing the "
           "ledger %.3f\n",
           median * per, sum / n_months * per, times.year * per / n_months,
           times.close * per / n_months);
    flyt_arena_free(&arena);
    flyt_arena_free(&step_arena);
    return 0;
}
