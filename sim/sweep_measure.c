/* How long a sweep will take: processor time of a start and some months of its first scenario. That
   is the same on a machine that is busy with something else; the clock is not. */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "sim/sweep_measure.h"

/** Enough to know: months at most, and seconds. */
enum { MONTHS_MOST = 12 };
static const double seconds_enough = 2.0;

static double now(void)
{
    struct timespec time = {0};
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); /* one thread works */
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

enum flyt_status flyt_sweep_measure(const struct flyt_sweep *sweep, struct flyt_arena *arena,
                                    struct flyt_sweep_estimate *estimate, struct flyt_diag *diag)
{
    const struct flyt_scenario *scenario = &sweep->base[0];
    const struct flyt_model *model = scenario->model;
    struct flyt_arena run, step;
    flyt_arena_init(&run, 0);
    flyt_arena_init(&step, 0);
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {scenario->seed, 0},
                                   .par = {1, FLYT_BLOCKS, 0},
                                   .run_arena = &run,
                                   .step_arena = &step,
                                   .diag = diag};
    void *state = NULL;
    uint32_t n = 0;
    (void)arena;
    double begun = now();
    enum flyt_status status = model->create(&args, &state);
    double made = now(), spent = 0.0;
    while (status == FLYT_OK && n < MONTHS_MOST && n < 12 * scenario->years &&
           spent < seconds_enough) {
        flyt_arena_empty(&step);
        status = model->month(state, n++);
        spent = now() - made;
    }
    flyt_arena_free(&step);
    flyt_arena_free(&run);
    double month = n > 0 ? spent / n : 0.0;
    double pass = model->pass_months == NULL ? 0.0 : month * model->pass_months(scenario);
    double total = estimate->n_runs * (made - begun + month * 12.0 * scenario->years) +
                   estimate->n_passes * pass;
    estimate->n_probed = n;
    estimate->core_seconds = total;
    estimate->seconds = total / (estimate->n_parallel * estimate->n_threads);
    return status;
}
