#include "sim/run_probe.h"

#include "sim/clock.h"

/** Enough to know: months at most, and seconds. */
enum { MONTHS_MOST = 12 };
static const double seconds_enough = 2.0;

enum flyt_status flyt_run_probe(const struct flyt_scenario *scenario, struct flyt_run_probe *probe,
                                struct flyt_diag *diag)
{
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
    double begun = flyt_clock_computed();
    enum flyt_status status = model->create(&args, &state);
    double made = flyt_clock_computed(), spent = 0.0;
    while (status == FLYT_OK && n < MONTHS_MOST && n < 12 * scenario->years &&
           spent < seconds_enough) {
        flyt_arena_empty(&step);
        status = model->month(state, n++);
        spent = flyt_clock_computed() - made;
    }
    flyt_arena_free(&step);
    flyt_arena_free(&run);
    *probe = (struct flyt_run_probe){
        .n_months = n, .start_seconds = made - begun, .month_seconds = n > 0 ? spent / n : 0.0};
    return status;
}
