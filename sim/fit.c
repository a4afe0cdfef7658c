#include "sim/fit.h"

#include <math.h>

#include "sim/num.h"
#include "sim/run.h"
#include "sim/variant.h"

/** One replicate's world. */
struct fit_world {
    void *state;
    struct flyt_arena run_arena, step_arena;
    void *scratch; /* of the recording */
    enum flyt_status status;
    struct flyt_diag diag;
};

struct fitting {
    struct flyt_scenario variant; /* its parameters move */
    const struct flyt_targets *targets;
    const struct flyt_tuning *tuning;
    const struct flyt_fit_options *options;
    struct flyt_result result;
    struct flyt_run_pass pass; /* before the start */
    struct fit_world *world;   /* [n_replicates] */
    uint32_t year;             /* under way, from 0 */
    uint32_t years_done;       /* of all */
    uint32_t measured_from;    /* year of the last worlds, from 1 */
    double *sum;               /* [n_fit] of the steps that count for the mean */
    uint32_t n_sums;
};

double flyt_fit_step(const struct flyt_tuned *tuned, double now, double value, double wanted,
                     uint32_t step)
{
    double gain = 1.0 / (tuned->elasticity * (1.0 + (double)step / 6.0)), next = now;
    if (isnan(value)) {
        return now;
    }
    if (tuned->log) {
        double least = wanted / 100.0; /* a target that is 0 now still has a logarithm */
        double change = gain * flyt_num_log(wanted / (value > least ? value : least));
        change = change > 1.0 ? 1.0 : change < -1.0 ? -1.0 : change;
        next = now * flyt_num_exp(change);
    } else {
        double most = (tuned->high - tuned->low) / 4.0, change = gain * (wanted - value);
        next = now + (change > most ? most : change < -most ? -most : change);
    }
    return next < tuned->low ? tuned->low : next > tuned->high ? tuned->high : next;
}

static enum flyt_status create_world(struct fitting *fitting, uint32_t r)
{
    struct fit_world *world = &fitting->world[r];
    struct flyt_par par = fitting->options->par;
    par.n_threads = 1;
    struct flyt_model_args args = {
        .scenario = &fitting->variant,
        .key = {fitting->variant.seed, fitting->options->first_replicate + r},
        .par = par,
        .run_arena = &world->run_arena,
        .step_arena = &world->step_arena,
        .diag = &world->diag,
        .found = fitting->pass.found,
    };
    world->scratch = flyt_result_scratch(&fitting->result, &world->run_arena);
    if (world->scratch == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(fitting->variant.model->create(&args, &world->state));
    flyt_run_record(fitting->variant.model, &fitting->result, r, world->state, 0, world->scratch);
    return FLYT_OK;
}

static void create_task(void *fitting_, uint32_t r)
{
    struct fitting *fitting = fitting_;
    fitting->world[r].status = create_world(fitting, r);
}

/** One year of one world. */
static void year_task(void *fitting_, uint32_t r)
{
    struct fitting *fitting = fitting_;
    struct fit_world *world = &fitting->world[r];
    const struct flyt_model *model = fitting->variant.model;
    for (uint32_t month = 12 * fitting->year; month < 12 * (fitting->year + 1); month++) {
        if (world->status != FLYT_OK) {
            return;
        }
        flyt_arena_empty(&world->step_arena);
        world->status = model->month(world->state, month);
        flyt_run_record(model, &fitting->result, r, world->state, month + 1, world->scratch);
    }
}

/** The first world's failure, with its messages. */
static enum flyt_status failure(const struct fitting *fitting, struct flyt_diag *diag)
{
    for (uint32_t r = 0; r < fitting->options->n_replicates; r++) {
        const struct fit_world *world = &fitting->world[r];
        if (world->status == FLYT_OK) {
            continue;
        }
        for (uint32_t k = 0; k < world->diag.n_faults && k < FLYT_DIAG_FAULTS; k++) {
            flyt_diag_fault(diag, world->diag.fault[k].status, (struct flyt_place){0}, "%s", "%s",
                            world->diag.fault[k].text);
        }
        return world->status;
    }
    return FLYT_OK;
}

static double now_of(const struct fitting *fitting, uint32_t i)
{
    return flyt_scenario_value(&fitting->variant, fitting->tuning->tuned[i].field,
                               fitting->variant.start_year);
}

/** Years [first, last] of a target, from 1, over all worlds. */
static enum flyt_status measure(struct fitting *fitting, uint32_t target, uint32_t first,
                                uint32_t last, struct flyt_arena *arena,
                                struct flyt_measured *measured, struct flyt_diag *diag)
{
    struct flyt_target moved = fitting->targets->target[target];
    moved.last_year = FLYT_NONE;
    return flyt_validate_measure(&fitting->result, &moved, first, last, arena, measured, diag);
}

/** After a year: parameters whose turn it is take a step. */
static enum flyt_status step_all(struct fitting *fitting, struct flyt_arena *arena,
                                 struct flyt_fit_result *out, struct flyt_diag *diag)
{
    uint32_t year = fitting->year + 1, n_fit = fitting->tuning->n_fit;
    bool late = 2 * fitting->year >= fitting->options->settle_years;
    fitting->n_sums += late;
    for (uint32_t i = 0; i < n_fit; i++) {
        const struct flyt_tuned *tuned = &fitting->tuning->tuned[i];
        const struct flyt_target *target = &fitting->targets->target[tuned->target];
        struct flyt_measured measured = {.mean = NAN};
        double now = now_of(fitting, i);
        if (year % tuned->every == 0) {
            FLYT_TRY(measure(fitting, tuned->target, year - tuned->every + 1, year, arena,
                             &measured, diag));
            now = flyt_fit_step(tuned, now, measured.mean, target->value, year / tuned->every - 1);
            flyt_variant_set(&fitting->variant, tuned->field, now);
        }
        fitting->sum[i] += late ? (tuned->log ? flyt_num_log(now) : now) : 0.0;
        if (out->path != NULL) {
            out->path[(size_t)fitting->year * n_fit + i] = now;
            out->path_measured[(size_t)fitting->year * n_fit + i] = measured.mean;
        }
    }
    return FLYT_OK;
}

/** From now on parameters stand still at the mean of their late steps. */
static void settle(struct fitting *fitting)
{
    for (uint32_t i = 0; i < fitting->tuning->n_fit && fitting->n_sums > 0; i++) {
        const struct flyt_tuned *tuned = &fitting->tuning->tuned[i];
        double mean = fitting->sum[i] / (double)fitting->n_sums;
        flyt_variant_set(&fitting->variant, tuned->field, tuned->log ? flyt_num_exp(mean) : mean);
    }
}

uint32_t flyt_fit_years(const struct flyt_fit_options *options)
{
    uint32_t n = options->n_rounds > 0 ? options->n_rounds : 1;
    return options->settle_years + n * options->measure_years;
}

/** Years from where the worlds stand to `end`. */
static enum flyt_status run_to(struct fitting *fitting, uint32_t end, bool steps,
                               struct flyt_arena *arena, struct flyt_fit_result *out,
                               struct flyt_diag *diag)
{
    const struct flyt_fit_options *options = fitting->options;
    for (; fitting->year < end; fitting->year++) {
        flyt_par_tasks(&options->par, options->n_replicates, year_task, fitting);
        FLYT_TRY(failure(fitting, diag));
        FLYT_TRY(steps ? step_all(fitting, arena, out, diag) : FLYT_OK);
        fitting->years_done++;
        if (options->progress != NULL) {
            options->progress(options->progress_job, fitting->years_done, flyt_fit_years(options));
        }
        if (options->stop != NULL && options->stop()) {
            return FLYT_ERR_STOPPED;
        }
    }
    return FLYT_OK;
}

/** New worlds at the start, with the parameters as they are. @param pass  or the last one holds. */
static enum flyt_status begin(struct fitting *fitting, bool pass, struct flyt_arena *arena,
                              struct flyt_diag *diag)
{
    const struct flyt_fit_options *options = fitting->options;
    struct flyt_run_options run = {.n_replicates = options->n_replicates, .par = options->par};
    FLYT_TRY(pass ? flyt_run_pass(&fitting->variant, &run, arena, &fitting->pass, diag) : FLYT_OK);
    FLYT_TRY(flyt_result_init(&fitting->result, &fitting->variant, options->first_replicate,
                              options->n_replicates, arena));
    for (uint32_t r = 0; r < options->n_replicates; r++) {
        flyt_arena_free(&fitting->world[r].step_arena);
        flyt_arena_free(&fitting->world[r].run_arena);
    }
    fitting->year = 0;
    flyt_par_tasks(&options->par, options->n_replicates, create_task, fitting);
    return failure(fitting, diag);
}

/** After a round: all parameters take a step by its years together. */
static enum flyt_status aim(struct fitting *fitting, uint32_t round, struct flyt_arena *arena,
                            struct flyt_diag *diag)
{
    for (uint32_t i = 0; i < fitting->tuning->n_fit; i++) {
        const struct flyt_tuned *tuned = &fitting->tuning->tuned[i];
        struct flyt_measured measured;
        FLYT_TRY(measure(fitting, tuned->target, 1, fitting->year, arena, &measured, diag));
        double wanted = fitting->targets->target[tuned->target].value;
        flyt_variant_set(&fitting->variant, tuned->field,
                         flyt_fit_step(tuned, now_of(fitting, i), measured.mean, wanted, round));
    }
    const struct flyt_scenario *variant = &fitting->variant;
    return variant->model->check != NULL ? variant->model->check(variant, diag) : FLYT_OK;
}

static enum flyt_status run_years(struct fitting *fitting, struct flyt_arena *arena,
                                  struct flyt_fit_result *out, struct flyt_diag *diag)
{
    const struct flyt_fit_options *options = fitting->options;
    uint32_t n_rounds = options->n_rounds, settled = options->settle_years;
    if (settled > 0 || n_rounds == 0) {
        FLYT_TRY(begin(fitting, true, arena, diag));
        FLYT_TRY(run_to(fitting, settled, true, arena, out, diag));
        settle(fitting);
        uint32_t end = settled + (n_rounds == 0 ? options->measure_years : 0);
        FLYT_TRY(run_to(fitting, end, false, arena, out, diag));
        fitting->measured_from = settled + 1;
    }
    for (uint32_t round = 0; round < n_rounds; round++) {
        FLYT_TRY(round > 0 ? aim(fitting, round - 1, arena, diag) : FLYT_OK);
        FLYT_TRY(begin(fitting, round == 0 || round + 1 == n_rounds, arena, diag));
        FLYT_TRY(run_to(fitting, options->measure_years, false, arena, out, diag));
        fitting->measured_from = 1;
    }
    return FLYT_OK;
}

static enum flyt_status give(struct fitting *fitting, struct flyt_arena *arena,
                             struct flyt_fit_result *out, struct flyt_diag *diag)
{
    for (uint32_t i = 0; i < fitting->tuning->n; i++) {
        out->value[i] = now_of(fitting, i);
    }
    for (uint32_t k = 0; k < fitting->targets->n; k++) {
        struct flyt_measured measured = {.mean = NAN, .spread = NAN};
        if (fitting->targets->target[k].world == FLYT_TARGET_scenario) {
            FLYT_TRY(
                measure(fitting, k, fitting->measured_from, fitting->year, arena, &measured, diag));
        }
        out->measured[k] = measured.mean;
        out->spread[k] = measured.spread;
    }
    return FLYT_OK;
}

/** The scenario with its first values; worlds that do not exist yet. */
static enum flyt_status prepare(struct fitting *fitting, const struct flyt_scenario *scenario,
                                const double *start, struct flyt_arena *arena,
                                struct flyt_diag *diag)
{
    const struct flyt_fit_options *options = fitting->options;
    uint32_t n = options->n_replicates;
    struct flyt_scenario *variant = &fitting->variant;
    FLYT_TRY(flyt_variant_make(scenario, arena, variant));
    FLYT_TRY(flyt_variant_narrow(variant, fitting->targets, arena));
    variant->years = flyt_fit_years(options);
    for (uint32_t i = 0; i < fitting->tuning->n; i++) {
        const struct flyt_tuned *tuned = &fitting->tuning->tuned[i];
        if (tuned->role != FLYT_TUNING_range && !isnan(start[i])) {
            flyt_variant_set(variant, tuned->field, start[i]);
        } else if (tuned->role == FLYT_TUNING_fit) { /* a schedule cannot be stepped */
            flyt_variant_set(variant, tuned->field, now_of(fitting, i));
        }
    }
    if (variant->model->check != NULL) {
        FLYT_TRY(variant->model->check(variant, diag));
    }
    fitting->sum = FLYT_ARENA_ZERO(arena, double, (size_t)fitting->tuning->n_fit + 1);
    fitting->world = FLYT_ARENA_ZERO(arena, struct fit_world, n);
    if (fitting->sum == NULL || fitting->world == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t r = 0; r < n; r++) {
        flyt_arena_init(&fitting->world[r].run_arena, 0);
        flyt_arena_init(&fitting->world[r].step_arena, 0);
        fitting->world[r].diag.lang = diag->lang;
    }
    return FLYT_OK;
}

enum flyt_status flyt_fit_run(const struct flyt_scenario *scenario,
                              const struct flyt_targets *targets, const struct flyt_tuning *tuning,
                              const double *start, const struct flyt_fit_options *options,
                              struct flyt_arena *arena, struct flyt_fit_result *out,
                              struct flyt_diag *diag)
{
    struct fitting fitting = {.targets = targets, .tuning = tuning, .options = options};
    FLYT_TRY(prepare(&fitting, scenario, start, arena, diag));
    enum flyt_status status = run_years(&fitting, arena, out, diag);
    if (status == FLYT_OK) {
        status = give(&fitting, arena, out, diag);
    }
    for (uint32_t r = 0; r < options->n_replicates; r++) {
        flyt_arena_free(&fitting.world[r].step_arena);
        flyt_arena_free(&fitting.world[r].run_arena);
    }
    return status;
}
