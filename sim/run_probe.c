#include "sim/run_probe.h"

#include "sim/clock.h"

/** Enough to know: months and worlds at most, and seconds. */
enum { MONTHS_MOST = 12, WORLDS_MOST = 4 };
static const double seconds_enough = 2.0;

struct probing {
    const struct flyt_scenario *scenario;
    struct flyt_run_probe world[WORLDS_MOST];
    enum flyt_status status[WORLDS_MOST];
    struct flyt_diag *diag; /* of the first world; the others are alike */
};

/** A world on one thread: its start, and months until enough is known. */
static void probe_world(void *probing_, uint32_t i)
{
    struct probing *probing = probing_;
    const struct flyt_scenario *scenario = probing->scenario;
    const struct flyt_model *model = scenario->model;
    struct flyt_arena run, step;
    struct flyt_diag none = {0};
    flyt_arena_init(&run, 0);
    flyt_arena_init(&step, 0);
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {scenario->seed, i},
                                   .par = {1, FLYT_BLOCKS, 0},
                                   .run_arena = &run,
                                   .step_arena = &step,
                                   .diag = i == 0 ? probing->diag : &none};
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
    probing->status[i] = status;
    probing->world[i] = (struct flyt_run_probe){
        .n_months = n, .start_seconds = made - begun, .month_seconds = n > 0 ? spent / n : 0.0};
}

enum flyt_status flyt_run_probe(const struct flyt_scenario *scenario, uint32_t n_at_once,
                                struct flyt_run_probe *probe, struct flyt_diag *diag)
{
    struct probing probing = {.scenario = scenario, .diag = diag};
    uint32_t n = n_at_once < WORLDS_MOST ? n_at_once : WORLDS_MOST;
    n = n > 0 ? n : 1;
    flyt_par_tasks(&(struct flyt_par){n, FLYT_BLOCKS, 0}, n, probe_world, &probing);
    *probe = (struct flyt_run_probe){.n_months = UINT32_MAX};
    for (uint32_t i = 0; i < n; i++) {
        FLYT_TRY(probing.status[i]);
        const struct flyt_run_probe *world = &probing.world[i];
        probe->n_months = world->n_months < probe->n_months ? world->n_months : probe->n_months;
        probe->start_seconds += world->start_seconds / n;
        probe->month_seconds += world->month_seconds / n;
    }
    return FLYT_OK;
}
