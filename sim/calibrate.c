#include "sim/calibrate.h"

#include <math.h>
#include <stdlib.h>

bool flyt_calibrate_counts(const struct flyt_target *target)
{
    bool whole = target->measure != FLYT_TARGET_drift && target->measure != FLYT_TARGET_trend;
    return whole && target->world == FLYT_TARGET_scenario && target->use != FLYT_TARGET_test;
}

/* ---- laying out ---------------------------------------------------------------------------- */

/** What a state file must agree with to be gone on with. */
static void take_fingerprint(struct flyt_calibration *calibration)
{
    const struct flyt_scenario *scenario = calibration->scenario;
    const struct flyt_calibrate_options *options = calibration->options;
    struct flyt_digest digest;
    flyt_digest_init(&digest);
    flyt_digest_text(&digest, FLYT_VERSION);
    for (uint32_t i = 0; i < scenario->n_inputs; i++) {
        flyt_digest_bytes(&digest, scenario->input[i].bytes, scenario->input[i].n);
    }
    for (uint32_t i = 0; i < scenario->n_sets; i++) {
        flyt_digest_text(&digest, scenario->set[i]);
    }
    for (uint32_t i = 0; i < calibration->targets->n; i++) {
        const struct flyt_target *target = &calibration->targets->target[i];
        flyt_digest_text(&digest, target->name);
        flyt_digest_text(&digest, target->of);
        flyt_digest_array(&digest, &target->value, 1);
        flyt_digest_array(&digest, &target->tolerance, 1);
    }
    const uint32_t numbers[] = {
        scenario->seed,        options->settle_years, options->measure_years,
        options->n_replicates, options->n_waves,      options->n_points,
        options->wave_settle,  options->wave_measure, options->wave_replicates,
        options->sample,       options->n_rounds,     options->wave_rounds};
    for (size_t i = 0; i < FLYT_COUNT(numbers); i++) {
        flyt_digest_number(&digest, numbers[i]);
    }
    flyt_digest_end(&digest, calibration->fingerprint);
}

enum flyt_status
flyt_calibrate_init(struct flyt_calibration *out, const struct flyt_scenario *scenario,
                    const struct flyt_targets *targets, const struct flyt_tuning *tuning,
                    const struct flyt_calibrate_options *options, struct flyt_arena *arena)
{
    uint32_t n_waves = tuning->n_free > 0 ? options->n_waves : 0;
    size_t n_path = (size_t)options->settle_years * tuning->n_fit + 1;
    *out = (struct flyt_calibration){.scenario = scenario,
                                     .targets = targets,
                                     .tuning = tuning,
                                     .options = options,
                                     .n_points = n_waves * options->n_points};
    take_fingerprint(out);
    bool ok = true;
    ok &= (out->value = FLYT_ARENA_ZERO(arena, double, (size_t)tuning->n + 1)) != NULL;
    ok &= (out->measured = FLYT_ARENA_ZERO(arena, double, (size_t)targets->n + 1)) != NULL;
    ok &= (out->spread = FLYT_ARENA_ZERO(arena, double, (size_t)targets->n + 1)) != NULL;
    ok &= (out->path = FLYT_ARENA_ZERO(arena, double, n_path)) != NULL;
    ok &= (out->path_measured = FLYT_ARENA_ZERO(arena, double, n_path)) != NULL;
    ok &= (out->point = FLYT_ARENA_ZERO(arena, struct flyt_calibrate_point,
                                        (size_t)out->n_points + 1)) != NULL;
    for (uint32_t i = 0; ok && i < out->n_points; i++) {
        struct flyt_calibrate_point *point = &out->point[i];
        point->wave = i / options->n_points + 1;
        ok &= (point->u = FLYT_ARENA_ZERO(arena, double, tuning->n_free)) != NULL;
        ok &= (point->value = FLYT_ARENA_ZERO(arena, double, tuning->n)) != NULL;
        ok &= (point->measured = FLYT_ARENA_ZERO(arena, double, targets->n)) != NULL;
    }
    return ok ? FLYT_OK : FLYT_ERR_MEMORY;
}

/* ---- progress ------------------------------------------------------------------------------ */

static struct flyt_fit_options first_of(const struct flyt_calibrate_options *options)
{
    return (struct flyt_fit_options){.settle_years = options->settle_years,
                                     .measure_years = options->measure_years,
                                     .n_rounds = options->n_rounds,
                                     .n_replicates = options->n_replicates,
                                     .par = options->par,
                                     .stop = options->stop};
}

static struct flyt_fit_options point_of(const struct flyt_calibrate_options *options)
{
    struct flyt_fit_options fit = {.settle_years = options->wave_settle,
                                   .measure_years = options->wave_measure,
                                   .n_rounds = options->wave_rounds,
                                   .n_replicates = options->wave_replicates,
                                   .par = options->par,
                                   .stop = options->stop};
    fit.par.n_threads = 1;
    return fit;
}

/** Years of all that is to be simulated, a year of one world as unit. */
static double work_of(const struct flyt_calibration *calibration, uint32_t n_points, bool fit)
{
    struct flyt_fit_options first = first_of(calibration->options);
    struct flyt_fit_options point = point_of(calibration->options);
    return (fit ? (double)flyt_fit_years(&first) * first.n_replicates : 0.0) +
           (double)n_points * flyt_fit_years(&point) * point.n_replicates;
}

static uint32_t n_done(const struct flyt_calibration *calibration)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < calibration->n_points; i++) {
        n += calibration->point[i].done;
    }
    return n;
}

double flyt_calibrate_done(const struct flyt_calibration *calibration)
{
    double all = work_of(calibration, calibration->n_points, true);
    double done = work_of(calibration, n_done(calibration), calibration->fitted);
    return all > 0.0 ? done / all : 1.0;
}

static void show(const struct flyt_calibration *calibration, uint32_t n_done, double fitted,
                 uint32_t wave)
{
    double all = work_of(calibration, calibration->n_points, true);
    double done = work_of(calibration, 0, true) * fitted + work_of(calibration, n_done, false);
    if (calibration->options->progress != NULL && all > 0.0) {
        calibration->options->progress(calibration->options->progress_job, done / all, wave);
    }
}

static void show_fit(void *calibration, uint32_t years_done, uint32_t years)
{
    show(calibration, 0, (double)years_done / (double)years, 0);
}

static enum flyt_status save(const struct flyt_calibration *calibration)
{
    return calibration->options->save == NULL
               ? FLYT_OK
               : calibration->options->save(calibration->options->save_job, calibration);
}

/* ---- the first fit ------------------------------------------------------------------------- */

static enum flyt_status fit_first(struct flyt_calibration *calibration, struct flyt_arena *arena,
                                  struct flyt_diag *diag)
{
    const struct flyt_calibrate_options *options = calibration->options;
    struct flyt_arena scratch;
    double *start = FLYT_ARENA_ARRAY(arena, double, (size_t)calibration->tuning->n + 1);
    struct flyt_fit_options fit = first_of(options);
    fit.progress = show_fit;
    fit.progress_job = calibration;
    struct flyt_fit_result result = {calibration->value, calibration->measured, calibration->spread,
                                     calibration->path, calibration->path_measured};
    if (start == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < calibration->tuning->n; i++) {
        start[i] = NAN;
    }
    flyt_arena_init(&scratch, 0);
    enum flyt_status status =
        flyt_fit_run(calibration->scenario, calibration->targets, calibration->tuning, start, &fit,
                     &scratch, &result, diag);
    flyt_arena_free(&scratch);
    calibration->fitted = status == FLYT_OK;
    return status == FLYT_OK ? save(calibration) : status;
}

/* ---- waves --------------------------------------------------------------------------------- */

/** How history matching sees the targets; their indices go to `index`. */
static uint32_t list_targets(const struct flyt_calibration *calibration,
                             struct flyt_history_target *target, uint32_t *index)
{
    const struct flyt_calibrate_options *options = calibration->options;
    double longer = (double)options->measure_years / (double)options->wave_measure;
    uint32_t n = 0;
    for (uint32_t i = 0; i < calibration->targets->n; i++) {
        const struct flyt_target *one = &calibration->targets->target[i];
        if (!flyt_calibrate_counts(one) || isnan(calibration->measured[i])) {
            continue; /* what cannot be measured rules nothing out */
        }
        double spread = isnan(calibration->spread[i]) ? 0.0 : calibration->spread[i];
        double known = one->tolerance > 0.0 ? one->tolerance / 2.0 : fabs(one->value) * 0.05;
        index[n] = i;
        target[n++] = (struct flyt_history_target){
            .wanted = one->value,
            .sd = known,
            .noise = spread * sqrt(longer / (double)options->wave_replicates),
            .bound = one->bound,
        };
    }
    return n;
}

/** Points of one wave that run side by side. */
struct wave_job {
    struct flyt_calibration *calibration;
    struct flyt_calibrate_point **point; /* [n] */
    enum flyt_status *status;            /* [n] */
    struct flyt_diag *diag;              /* [n] */
};

static void point_task(void *job_, uint32_t i)
{
    struct wave_job *job = job_;
    const struct flyt_calibration *calibration = job->calibration;
    const struct flyt_calibrate_options *options = calibration->options;
    const struct flyt_tuning *tuning = calibration->tuning;
    struct flyt_calibrate_point *point = job->point[i];
    struct flyt_arena arena;
    struct flyt_fit_options fit = point_of(options);
    flyt_arena_init(&arena, 0);
    double *start = FLYT_ARENA_ARRAY(&arena, double, (size_t)tuning->n + 1);
    double *spread = FLYT_ARENA_ARRAY(&arena, double, (size_t)calibration->targets->n + 1);
    struct flyt_fit_result result = {point->value, point->measured, spread, NULL, NULL};
    if (start == NULL || spread == NULL) {
        job->status[i] = FLYT_ERR_MEMORY;
    } else if (options->stop != NULL && options->stop()) {
        job->status[i] = FLYT_ERR_STOPPED;
    } else {
        for (uint32_t k = 0; k < tuning->n; k++) {
            start[k] = k < tuning->n_fit ? calibration->value[k]
                       : k < tuning->n_fit + tuning->n_free
                           ? flyt_tuning_at(&tuning->tuned[k], point->u[k - tuning->n_fit])
                           : NAN;
        }
        job->status[i] = flyt_fit_run(calibration->scenario, calibration->targets, tuning, start,
                                      &fit, &arena, &result, &job->diag[i]);
    }
    flyt_arena_free(&arena);
}

/** A point whose run failed is ruled out; it stays in the state so that nobody runs it again. */
static enum flyt_status take_point(const struct flyt_calibration *calibration,
                                   struct flyt_calibrate_point *point, enum flyt_status status)
{
    if (status == FLYT_ERR_MEMORY || status == FLYT_ERR_STOPPED) {
        return status;
    }
    for (uint32_t k = 0; k < calibration->targets->n && status != FLYT_OK; k++) {
        point->measured[k] = NAN;
    }
    point->done = true;
    return FLYT_OK;
}

/** Runs what is not done of a wave, a few points at a time. */
static enum flyt_status run_points(struct flyt_calibration *calibration, uint32_t wave,
                                   struct flyt_arena *arena, struct flyt_diag *diag)
{
    const struct flyt_calibrate_options *options = calibration->options;
    uint32_t n_points = options->n_points, few = 4 * options->par.n_threads, at = 0;
    struct flyt_calibrate_point *first = calibration->point + (size_t)(wave - 1) * n_points;
    struct wave_job job = {
        .calibration = calibration,
        .point = FLYT_ARENA_ARRAY(arena, struct flyt_calibrate_point *, few),
        .status = FLYT_ARENA_ARRAY(arena, enum flyt_status, few),
        .diag = FLYT_ARENA_ARRAY(arena, struct flyt_diag, few),
    };
    if (job.point == NULL || job.status == NULL || job.diag == NULL) {
        return FLYT_ERR_MEMORY;
    }
    while (at < n_points) {
        uint32_t n = 0;
        for (; at < n_points && n < few; at++) {
            if (!first[at].done) {
                job.diag[n] = (struct flyt_diag){.lang = diag->lang};
                job.point[n++] = &first[at];
            }
        }
        flyt_par_tasks(&options->par, n, point_task, &job);
        enum flyt_status status = FLYT_OK; /* of a stop, what is finished is kept */
        for (uint32_t i = 0; i < n; i++) {
            enum flyt_status one = take_point(calibration, job.point[i], job.status[i]);
            status = status == FLYT_OK ? one : status;
        }
        FLYT_TRY(n > 0 ? save(calibration) : FLYT_OK);
        FLYT_TRY(status);
        show(calibration, n_done(calibration), 1.0, wave);
    }
    return FLYT_OK;
}

/** Looks at the points before `n` as history matching does. */
static enum flyt_status take_history(struct flyt_calibration *calibration, uint32_t n,
                                     struct flyt_arena *arena, struct flyt_history *out)
{
    uint32_t n_targets = calibration->targets->n, n_free = calibration->tuning->n_free;
    struct flyt_history_target *target =
        FLYT_ARENA_ARRAY(arena, struct flyt_history_target, (size_t)n_targets + 1);
    uint32_t *index = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)n_targets + 1);
    *out = (struct flyt_history){.n_free = n_free, .target = target, .n = n};
    out->u = FLYT_ARENA_ARRAY(arena, double, (size_t)n *n_free + 1);
    out->value = FLYT_ARENA_ARRAY(arena, double, (size_t)n *n_targets + 1);
    if (target == NULL || index == NULL || out->u == NULL || out->value == NULL) {
        return FLYT_ERR_MEMORY;
    }
    out->n_targets = list_targets(calibration, target, index);
    for (uint32_t p = 0; p < n; p++) {
        for (uint32_t i = 0; i < n_free; i++) {
            out->u[(size_t)p * n_free + i] = calibration->point[p].u[i];
        }
        for (uint32_t k = 0; k < out->n_targets; k++) {
            out->value[(size_t)p * out->n_targets + k] = calibration->point[p].measured[index[k]];
        }
    }
    return FLYT_OK;
}

static enum flyt_status run_wave(struct flyt_calibration *calibration, uint32_t wave,
                                 uint64_t *skip, struct flyt_arena *arena, struct flyt_diag *diag)
{
    uint32_t n_points = calibration->options->n_points, n_free = calibration->tuning->n_free;
    uint32_t before = (wave - 1) * n_points;
    struct flyt_history history;
    double *u = FLYT_ARENA_ARRAY(arena, double, (size_t)n_points *n_free);
    if (u == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(take_history(calibration, before, arena, &history));
    FLYT_TRY(
        flyt_history_points(&history, skip, n_points, u, &calibration->share[wave - 1], arena));
    for (uint32_t i = 0; i < n_points; i++) {
        for (uint32_t k = 0; k < n_free; k++) {
            calibration->point[before + i].u[k] = u[(size_t)i * n_free + k];
        }
    }
    FLYT_TRY(run_points(calibration, wave, arena, diag));
    FLYT_TRY(take_history(calibration, before + n_points, arena, &history));
    for (uint32_t p = before; p < before + n_points; p++) {
        calibration->point[p].implausibility = flyt_history_worst(&history, p);
    }
    return FLYT_OK;
}

enum flyt_status flyt_calibrate_run(struct flyt_calibration *calibration, struct flyt_arena *arena,
                                    struct flyt_diag *diag)
{
    uint64_t skip = 0;
    if (!calibration->fitted) {
        FLYT_TRY(fit_first(calibration, arena, diag));
    }
    uint32_t n_waves = calibration->options->n_points > 0
                           ? calibration->n_points / calibration->options->n_points
                           : 0;
    for (uint32_t wave = 1; wave <= n_waves; wave++) {
        FLYT_TRY(run_wave(calibration, wave, &skip, arena, diag));
    }
    return FLYT_OK;
}

uint32_t flyt_calibrate_admitted(const struct flyt_calibration *calibration, uint32_t *order)
{
    const struct flyt_calibrate_point *point = calibration->point;
    uint32_t n = 0;
    for (uint32_t i = 0; i < calibration->n_points; i++) {
        if (!point[i].done || !(point[i].implausibility < FLYT_HISTORY_LIMIT)) {
            continue;
        }
        uint32_t k = n++;
        for (; k > 0 && point[order[k - 1]].implausibility > point[i].implausibility; k--) {
            order[k] = order[k - 1];
        }
        order[k] = i;
    }
    return n;
}
