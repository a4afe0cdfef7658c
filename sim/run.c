#include "sim/run.h"

#include <stdio.h>
#include <string.h>

#include "sim/text.h"
#include "sim/units.h"

/** The file image holds the data once more while it is written. */
enum { RESULT_COPIES = 2 };

/** Part of a month's work that other threads wait for: two make a world 1.77 times as fast
 *  (docs/benchmarks-month.md). */
static const double SERIAL = 0.13;

/** How many of n replicates run one per thread. A last few, that would leave threads idle, do not
 *  when all threads bring each of them to its end sooner. */
static uint32_t count_spread(uint32_t n, uint32_t n_threads, uint64_t n_fit)
{
    uint32_t rest = n % n_threads, most = n < n_threads ? n : n_threads;
    double of_one = SERIAL + (1.0 - SERIAL) / n_threads; /* time of a world with all threads */
    return n_threads == 1 || n_fit < most ? 0 : rest * of_one < 1.0 ? n - rest : n;
}

void flyt_run_plan(const struct flyt_scenario *scenario, const struct flyt_run_options *options,
                   struct flyt_run_estimate *estimate)
{
    const struct flyt_model *model = scenario->model;
    uint32_t n_threads = options->par.n_threads;
    *estimate = (struct flyt_run_estimate){
        .n_agents = model->n_agents(scenario),
        .world_bytes = model->estimate_bytes(scenario, &options->par),
        .result_bytes = flyt_result_estimate(scenario, options->n_replicates) * RESULT_COPIES,
        .available_bytes = flyt_arena_available(),
    };
    uint64_t room = estimate->available_bytes > estimate->result_bytes
                        ? estimate->available_bytes - estimate->result_bytes
                        : 0;
    uint64_t n_fit = estimate->world_bytes > 0 ? room / estimate->world_bytes : n_threads;
    uint32_t n_spread = count_spread(options->n_replicates, n_threads, n_fit);
    estimate->n_spread = n_spread;
    estimate->n_parallel = n_spread == 0 ? 1 : n_spread < n_threads ? n_spread : n_threads;
    estimate->total_bytes =
        estimate->world_bytes > (UINT64_MAX - estimate->result_bytes) / estimate->n_parallel
            ? UINT64_MAX
            : estimate->world_bytes * estimate->n_parallel + estimate->result_bytes;
}

/** What the replicates share while they run. */
struct run_job {
    const struct flyt_scenario *scenario;
    const struct flyt_run_options *options;
    struct flyt_result *result;
    struct flyt_par world_par; /* threads inside one world */
    enum flyt_status *status;  /* [n_replicates] */
    struct flyt_diag *diag;    /* [n_replicates] */
    struct flyt_run_progress progress;
    uint64_t n_failed, reporting;
    const void *found; /* by the pass; NULL: there was none */
};

static void add_row(const struct flyt_result_series *series, void *row_, const void *more_)
{
    for (uint64_t i = 0; i < series->n_cells; i++) {
        if (series->type == FLYT_SERIES_count) {
            ((int64_t *)row_)[i] += ((const int64_t *)more_)[i];
        } else {
            ((double *)row_)[i] += ((const double *)more_)[i];
        }
    }
}

void flyt_run_record(const struct flyt_model *model, const struct flyt_result *result,
                     uint32_t replicate, const void *state, uint32_t n_months, void *scratch)
{
    for (uint32_t s = 0; s < model->n_series; s++) {
        const struct flyt_result_series *series = &result->series[s];
        bool monthly = series->period == FLYT_SERIES_monthly;
        bool flow = series->kind == FLYT_SERIES_flow;
        uint32_t row = monthly ? n_months : flow ? (n_months + 11) / 12 : n_months / 12;
        if ((n_months == 0 && flow) || (!monthly && !flow && n_months % 12 != 0)) {
            continue;
        }
        void *to = flyt_result_row(result, series, replicate, row);
        if (!monthly && flow) {
            model->series[s].record(state, scratch);
            add_row(series, to, scratch);
        } else {
            model->series[s].record(state, to);
        }
    }
}

static void report(struct run_job *job)
{
    uint64_t done = flyt_par_add(&job->progress.n_months_done, 1);
    if (job->options->progress == NULL) {
        return;
    }
    bool last = done == job->progress.n_months; /* is always told */
    if (flyt_par_enter_or_wait(&job->reporting, last)) {
        struct flyt_run_progress progress = job->progress;
        progress.n_months_done = done;
        job->options->progress(job->options->progress_job, &progress);
        flyt_par_leave(&job->reporting);
    }
}

static enum flyt_status watch(const struct run_job *job, void *state, uint32_t n_months_done)
{
    const struct flyt_run_options *options = job->options;
    return options->watch != NULL ? options->watch(options->watch_job, state, n_months_done)
                                  : FLYT_OK;
}

static bool is_failure(enum flyt_status status)
{
    return status != FLYT_OK && status != FLYT_ERR_STOPPED;
}

static bool must_stop(const struct run_job *job)
{
    return job->options->stop != NULL && job->options->stop();
}

/** A replicate while it is run. */
struct run_one {
    struct run_job *job;
    uint32_t replicate;
    void *state, *scratch;
    struct flyt_arena run_arena, step_arena;
    struct flyt_checkpoint_of of; /* without a checkpoint: not used */
};

/** Makes the world, and gives it the state of `found`, unless that is none. */
static enum flyt_status make_world(struct run_one *one, const struct flyt_checkpoint_found *found)
{
    struct run_job *job = one->job;
    const struct flyt_model *model = job->scenario->model;
    struct flyt_model_args args = {
        .scenario = job->scenario,
        .key = {job->scenario->seed, job->options->first_replicate + one->replicate},
        .par = job->world_par,
        .run_arena = &one->run_arena,
        .step_arena = &one->step_arena,
        .diag = &job->diag[one->replicate],
        .found = found->n_months > 0 ? NULL : job->found,
    };
    one->scratch = flyt_result_scratch(job->result, &one->run_arena);
    if (one->scratch == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(model->create(&args, &one->state));
    if (found->n_months > 0) {
        return flyt_checkpoint_read(&one->of, found, one->state);
    }
    flyt_run_record(model, job->result, one->replicate, one->state, 0, one->scratch);
    return watch(job, one->state, 0);
}

/** Runs the months from `month` on. FLYT_ERR_STOPPED: it was told to; kept where runs are kept. */
static enum flyt_status run_months(struct run_one *one, uint32_t month)
{
    struct run_job *job = one->job;
    const struct flyt_model *model = job->scenario->model;
    uint32_t n_months = job->result->n_months;
    while (month < n_months) {
        flyt_arena_empty(&one->step_arena);
        FLYT_TRY(model->month(one->state, month));
        month++;
        flyt_run_record(model, job->result, one->replicate, one->state, month, one->scratch);
        FLYT_TRY(watch(job, one->state, month));
        report(job);
        bool stop = must_stop(job);
        if (job->options->checkpoint == NULL) {
            FLYT_TRY(stop ? FLYT_ERR_STOPPED : FLYT_OK);
        } else if (month < n_months && (stop || flyt_checkpoint_due(&one->of, month))) {
            FLYT_TRY(flyt_checkpoint_write(&one->of, month, one->state));
            FLYT_TRY(stop ? FLYT_ERR_STOPPED : FLYT_OK);
        }
        if (flyt_par_add(&job->n_failed, 0) > 0) {
            return FLYT_ERR_STOPPED; /* another replicate has failed: its fault is what counts */
        }
    }
    return FLYT_OK;
}

/** Whether a finished replicate is kept at once: for those that may be killed without a word. */
static bool keeps_finished(const struct run_job *job)
{
    const struct flyt_checkpoint *checkpoint = job->options->checkpoint;
    return checkpoint != NULL && job->options->n_replicates > 1 &&
           (checkpoint->resume || checkpoint->every_months > 0 || checkpoint->every_seconds > 0.0);
}

static enum flyt_status run_world(struct run_one *one, struct flyt_arena *kept)
{
    struct run_job *job = one->job;
    const struct flyt_checkpoint *checkpoint = job->options->checkpoint;
    struct flyt_checkpoint_found found = {.n_months = 0};
    if (checkpoint != NULL && checkpoint->resume) {
        FLYT_TRY(flyt_checkpoint_find(&one->of, kept, &found));
        (void)flyt_par_add(&job->progress.n_resumed, found.n_months);
        (void)flyt_par_add(&job->progress.n_months_done, found.n_months);
        if (job->options->n_damaged != NULL) {
            (void)flyt_par_add(job->options->n_damaged, found.n_passed);
        }
    }
    if (found.n_months == job->result->n_months) {
        FLYT_TRY(flyt_checkpoint_read(&one->of, &found, NULL));
    } else {
        FLYT_TRY(make_world(one, &found));
        flyt_arena_free(kept);
        FLYT_TRY(run_months(one, found.n_months));
        if (keeps_finished(job)) {
            FLYT_TRY(flyt_checkpoint_write(&one->of, job->result->n_months, NULL));
        }
    }
    flyt_result_digest(job->result, one->replicate);
    return FLYT_OK;
}

static struct flyt_checkpoint_of checkpoint_of(const struct run_job *job, uint32_t replicate)
{
    return (struct flyt_checkpoint_of){.checkpoint = job->options->checkpoint,
                                       .scenario = job->scenario,
                                       .result = job->result,
                                       .replicate = replicate,
                                       .diag = &job->diag[replicate]};
}

static void run_replicate(void *job_, uint32_t replicate)
{
    struct run_job *job = job_;
    struct run_one one = {.job = job, .replicate = replicate, .of = checkpoint_of(job, replicate)};
    struct flyt_arena kept;
    if (must_stop(job) || flyt_par_add(&job->n_failed, 0) > 0) {
        job->status[replicate] = FLYT_ERR_STOPPED;
        return;
    }
    flyt_arena_init(&one.run_arena, 0);
    flyt_arena_init(&one.step_arena, 0);
    flyt_arena_init(&kept, 0);
    job->status[replicate] = run_world(&one, &kept);
    if (is_failure(job->status[replicate])) {
        (void)flyt_par_add(&job->n_failed, 1);
    }
    flyt_arena_free(&kept);
    flyt_arena_free(&one.step_arena);
    flyt_arena_free(&one.run_arena);
}

enum flyt_status flyt_run_refuse_memory(const struct flyt_run_estimate *estimate,
                                        struct flyt_diag *diag)
{
    const uint64_t bytes[] = {estimate->total_bytes, estimate->world_bytes, estimate->result_bytes,
                              estimate->available_bytes};
    char gib[FLYT_COUNT(bytes)][32];
    for (size_t i = 0; i < FLYT_COUNT(bytes); i++) {
        (void)snprintf(gib[i], sizeof gib[i], "%.1f",
                       (double)bytes[i] / (1024.0 * 1024.0 * 1024.0));
        (void)flyt_units_decimal(gib[i], diag == NULL ? FLYT_EN : diag->lang);
    }
    return flyt_diag_fault(
        diag, FLYT_ERR_MEMORY, (struct flyt_place){0},
        "the run needs about %s GiB (%s GiB a world of %llu agents, %s GiB of results), "
        "%s GiB are free: take fewer replicates, years or homes",
        "kørslen kræver ca. %s GiB (%s GiB pr. verden med %llu agenter, %s GiB resultater), "
        "%s GiB er ledige: tag færre gentagelser, år eller boliger",
        gib[0], gib[1], (unsigned long long)estimate->n_agents, gib[2], gib[3]);
}

/** Says how far the run had come when it was stopped, and how to go on. */
static enum flyt_status tell_stop(const struct run_job *job, struct flyt_diag *diag)
{
    const struct flyt_run_progress *progress = &job->progress;
    const struct flyt_checkpoint *checkpoint = job->options->checkpoint;
    unsigned long long done = progress->n_months_done, all = progress->n_months;
    if (checkpoint == NULL) {
        return flyt_diag_fault(diag, FLYT_ERR_INTERRUPTED, (struct flyt_place){0},
                               "stopped after %llu of %llu months; nothing was written",
                               "stoppet efter %llu af %llu måneder; intet er skrevet", done, all);
    }
    char quoted[FLYT_QUOTE_SIZE];
    return flyt_diag_fault(
        diag, FLYT_ERR_STOPPED, (struct flyt_place){0},
        "stopped after %llu of %llu months, which are kept in %s; the same call with --resume goes "
        "on",
        "stoppet efter %llu af %llu måneder, som er gemt i %s; samme kald med --resume fortsætter",
        done, all, flyt_text_quote(quoted, checkpoint->folder, strlen(checkpoint->folder)));
}

static enum flyt_status step_pass(const struct flyt_scenario *scenario,
                                  const struct flyt_run_options *options,
                                  const struct flyt_model_args *args, uint32_t n_months,
                                  struct flyt_arena *arena, struct flyt_run_pass *pass)
{
    const struct flyt_model *model = scenario->model;
    struct flyt_run_progress progress = {.n_months =
                                             (uint64_t)options->n_replicates * 12 * scenario->years,
                                         .n_agents = model->n_agents(scenario),
                                         .n_replicates = options->n_replicates,
                                         .n_pass = n_months};
    void *state = NULL;
    FLYT_TRY(model->pass_create(args, &state));
    for (uint32_t month = 0; month < n_months; month++) {
        flyt_arena_empty(args->step_arena);
        FLYT_TRY(model->pass_month(state, month));
        if (options->progress != NULL) {
            progress.n_pass_done = month + 1;
            options->progress(options->progress_job, &progress);
        }
        if (options->stop != NULL && options->stop()) {
            return flyt_diag_fault(
                args->diag, options->checkpoint != NULL ? FLYT_ERR_STOPPED : FLYT_ERR_INTERRUPTED,
                (struct flyt_place){0},
                "stopped in month %u of %u before the start; nothing was written, the next call "
                "begins anew",
                "stoppet i måned %u af %u før starten; intet er skrevet, næste kald begynder "
                "forfra",
                month + 1, n_months);
        }
    }
    return model->pass_end(state, arena, &pass->found);
}

enum flyt_status flyt_run_pass(const struct flyt_scenario *scenario,
                               const struct flyt_run_options *options, struct flyt_arena *arena,
                               struct flyt_run_pass *pass, struct flyt_diag *diag)
{
    const struct flyt_model *model = scenario->model;
    uint32_t n_months = model->pass_months != NULL ? model->pass_months(scenario) : 0;
    *pass = (struct flyt_run_pass){NULL};
    if (n_months == 0) {
        return FLYT_OK;
    }
    struct flyt_arena run_arena, step_arena;
    flyt_arena_init(&run_arena, 0);
    flyt_arena_init(&step_arena, 0);
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {scenario->seed, 0},
                                   .par = options->par,
                                   .run_arena = &run_arena,
                                   .step_arena = &step_arena,
                                   .diag = diag};
    enum flyt_status status = step_pass(scenario, options, &args, n_months, arena, pass);
    flyt_arena_free(&step_arena);
    flyt_arena_free(&run_arena);
    if (status == FLYT_OK && options->note != NULL) {
        model->pass_tell(pass->found, diag->lang, options->note, options->note_size);
    }
    return status;
}

/** Keeps the replicates that were finished before the run was stopped. */
static enum flyt_status keep_finished(struct run_job *job, struct flyt_diag *diag)
{
    const struct flyt_checkpoint *checkpoint = job->options->checkpoint;
    for (uint32_t i = 0; i < job->options->n_replicates; i++) {
        struct flyt_checkpoint_of of = checkpoint_of(job, i);
        of.diag = diag;
        if (checkpoint != NULL && job->status[i] == FLYT_OK && !keeps_finished(job)) {
            FLYT_TRY(flyt_checkpoint_write(&of, job->result->n_months, NULL));
        }
    }
    return FLYT_OK;
}

/** Copies the first failed replicate's faults to the run's. */
static enum flyt_status gather(struct run_job *job, struct flyt_diag *diag)
{
    bool stopped = false;
    for (uint32_t i = 0; i < job->options->n_replicates; i++) {
        stopped = stopped || job->status[i] == FLYT_ERR_STOPPED;
        if (is_failure(job->status[i])) {
            for (uint32_t k = 0; k < job->diag[i].n_faults && k < FLYT_DIAG_FAULTS; k++) {
                flyt_diag_fault(diag, job->diag[i].fault[k].status, (struct flyt_place){0}, "%s",
                                "%s", job->diag[i].fault[k].text);
            }
            return job->status[i];
        }
    }
    if (!stopped) {
        return FLYT_OK;
    }
    FLYT_TRY(keep_finished(job, diag));
    return tell_stop(job, diag);
}

/** Whether a replicate has to be made from the start, for which the pass is needed. */
static bool needs_pass(const struct run_job *job)
{
    const struct flyt_checkpoint *checkpoint = job->options->checkpoint;
    if (checkpoint == NULL || !checkpoint->resume) {
        return true;
    }
    for (uint32_t i = 0; i < job->options->n_replicates; i++) {
        if (!flyt_checkpoint_there(checkpoint->folder, job->result->replicate[i])) {
            return true;
        }
    }
    return false;
}

enum flyt_status flyt_run(const struct flyt_scenario *scenario,
                          const struct flyt_run_options *options, struct flyt_arena *arena,
                          struct flyt_result *result, struct flyt_diag *diag)
{
    struct flyt_run_estimate estimate;
    flyt_run_plan(scenario, options, &estimate);
    if (estimate.total_bytes > estimate.available_bytes) {
        return flyt_run_refuse_memory(&estimate, diag);
    }
    uint32_t n = options->n_replicates;
    FLYT_TRY(flyt_result_init(result, scenario, options->first_replicate, n, arena));
    struct run_job job = {
        .scenario = scenario,
        .options = options,
        .result = result,
        .world_par = options->par,
        .status = FLYT_ARENA_ZERO(arena, enum flyt_status, n),
        .diag = FLYT_ARENA_ZERO(arena, struct flyt_diag, n),
        .progress = {.n_months = (uint64_t)n * result->n_months,
                     .n_agents = estimate.n_agents,
                     .n_replicates = n},
    };
    if (job.status == NULL || job.diag == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        job.diag[i].lang = diag->lang;
    }
    struct flyt_run_pass own = {NULL};
    if (options->pass == NULL && needs_pass(&job)) {
        FLYT_TRY(flyt_run_pass(scenario, options, arena, &own, diag));
    }
    job.found = options->pass == NULL ? own.found : options->pass->found;
    job.world_par.n_threads = 1;
    flyt_par_tasks(&options->par, estimate.n_spread, run_replicate, &job);
    job.world_par = options->par;
    for (uint32_t i = estimate.n_spread; i < n; i++) {
        run_replicate(&job, i);
    }
    return gather(&job, diag);
}
