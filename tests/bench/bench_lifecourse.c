/* Nanoseconds of the life course per household and month, on one thread.
   Usage: bench_lifecourse [persons] [months] [threads] */
#include <stdio.h>
#include <time.h>

#include "tests/unit/life_fixture.h"

/** Time of the processor, not of the wall: other programs may run beside. */
static double now_ns(void)
{
    return (double)clock() / CLOCKS_PER_SEC * 1e9;
}

int main(int argc, char **argv)
{
    uint32_t n_persons = argc > 1 ? (uint32_t)atoi(argv[1]) : 1000000;
    uint32_t n_months = argc > 2 ? (uint32_t)atoi(argv[2]) : 24;
    uint32_t n_threads = argc > 3 ? (uint32_t)atoi(argv[3]) : 1;
    struct life_world life;
    struct flyt_params params = life_defaults();
    life_open(&life, &params, (struct flyt_par){n_threads, FLYT_BLOCKS, 0}, n_persons, 1.3);
    struct flyt_world *world = &life.world;
    double step = 0.0, january = 0.0, luck = 0.0;
    for (uint32_t month = 0; month < n_months; month++) {
        flyt_arena_empty(&life.step_arena);
        double start = now_ns();
        for (uint32_t block = 0; block < FLYT_BLOCKS && month % 2 == 0; block++) {
            flyt_world_draw_luck(world, block); /* again, to know its part of the step */
        }
        luck += now_ns() - start;
        start = now_ns();
        if (flyt_lifecourse_step(world) != FLYT_OK) {
            return 1;
        }
        *(month % 12 == 0 ? &january : &step) += now_ns() - start;
        for (uint32_t m = 0; m < LIFE_MUNICIPALITIES; m++) {
            life_let(world, m);
        }
        if (flyt_lifecourse_settle(world) != FLYT_OK) {
            return 1;
        }
        world->month++;
        world->calendar++;
    }
    double n = flyt_world_count(world), years = n_months / 12.0;
    printf("%.0f households: January %.2f, other months %.2f, mean %.2f, of it luck %.2f "
           "ns per household-month\n",
           n, january / years / n, step / (n_months - years) / n, (january + step) / n_months / n,
           luck / n_months / n);
    life_close(&life);
    return 0;
}
