#include "sim/run_arms.h"

#include <string.h>

#include "sim/image.h"

/** What making a world costs, in months of it (Funen: 1 s and 0.2 s), and the part of a month that
 *  other threads wait for (sim/run.c). Only the plan rests on them. */
static const double START_MONTHS = 5.0, SERIAL = 0.13;

/* ---- the plan ------------------------------------------------------------------------------ */

/** Whether all arms have a policy; which no arm has does not matter. */
static bool in_all(const struct flyt_run_arms *arms, uint32_t policy)
{
    for (uint32_t i = 0; i < arms->n; i++) {
        if (arms->arm[i].policy[policy].on != arms->all->policy[policy].on) {
            return false;
        }
    }
    return true;
}

/** Months until a policy that not all arms have may act; false: arms share nothing. */
static bool find_fork(const struct flyt_run_arms *arms, uint32_t *fork)
{
    const struct flyt_scenario *all = arms->all;
    *fork = 12 * all->years;
    for (uint32_t i = 0; i < all->n_policies; i++) {
        const struct flyt_scenario_policy *policy = &all->policy[i];
        if (in_all(arms, i)) {
            continue;
        }
        if (!policy->spec->sleeps) {
            *fork = 0;
            return false;
        }
        int64_t months = ((int64_t)policy->from - all->start_year) * 12;
        *fork = months <= 0 ? 0 : months < *fork ? (uint32_t)months : *fork;
    }
    return all->model->become != NULL;
}

/** Into how many parts the replicates that are left over are cut; 0: all threads do one of them
 *  after the other, which is sooner. */
static uint32_t cut_of(const struct flyt_run_arms *arms, const struct flyt_run_arms_plan *plan,
                       uint32_t rest, uint32_t n_threads)
{
    uint32_t n = plan->shared ? (n_threads + rest - 1) / rest : arms->n;
    n = n < arms->n ? n : arms->n;
    double start = START_MONTHS + plan->fork, own = 12.0 * arms->all->years - plan->fork,
           turns = (rest * n + n_threads - 1) / n_threads, of_part = (arms->n + n - 1) / n,
           of_one = SERIAL + (1.0 - SERIAL) / n_threads;
    double cut = turns * ((plan->shared ? start : start * of_part) + of_part * own);
    double whole = rest * of_one * ((plan->shared ? start : start * arms->n) + arms->n * own);
    return cut < whole ? n : 0;
}

static uint64_t product(uint64_t a, uint64_t b)
{
    return b > 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

/** Worlds at once: no more than there are parts, threads and memory for. */
static void spread(const struct flyt_run_arms *arms, const struct flyt_run_options *options,
                   struct flyt_run_arms_plan *plan)
{
    uint32_t n = options->n_replicates, n_threads = options->par.n_threads, rest = n % n_threads;
    uint64_t each = plan->world_bytes + plan->result_bytes;
    each = each < plan->world_bytes ? UINT64_MAX : each;
    uint64_t n_fit = each > 0 ? plan->available_bytes / each : n_threads;
    plan->n_cut = rest > 0 ? cut_of(arms, plan, rest, n_threads) : 0;
    uint64_t n_parts = n - rest + (uint64_t)rest * plan->n_cut;
    if (n_fit < (n_parts < n_threads ? n_parts : n_threads)) {
        plan->n_cut = 0; /* memory is short: all threads in each world */
        n_parts = 0;
    }
    plan->n_whole = n_parts == 0 ? 0 : n - rest;
    plan->n_parallel = n_parts == 0 ? 1 : n_parts < n_threads ? (uint32_t)n_parts : n_threads;
    plan->n_threads = n_threads / plan->n_parallel;
    plan->total_bytes = product(each, plan->n_parallel);
    uint64_t starts = plan->n_whole;
    starts += (uint64_t)(n - plan->n_whole) * (plan->n_cut > 0 ? plan->n_cut : 1);
    plan->n_starts = plan->shared ? starts : (uint64_t)n * arms->n;
    plan->n_months = (plan->shared ? starts * plan->fork : 0) +
                     (uint64_t)n * arms->n * (12 * arms->all->years - plan->fork);
}

void flyt_run_arms_plan(const struct flyt_run_arms *arms, const struct flyt_run_options *options,
                        struct flyt_run_arms_plan *plan)
{
    const struct flyt_scenario *all = arms->all;
    uint64_t world = all->model->estimate_bytes(all, &options->par);
    *plan = (struct flyt_run_arms_plan){
        .result_bytes = product(flyt_result_estimate(all, 1), arms->n + (uint64_t)1),
        .available_bytes = flyt_arena_available(),
    };
    plan->shared = find_fork(arms, &plan->fork);
    plan->fork = plan->shared ? plan->fork : 0;
    plan->world_bytes = plan->shared ? product(world, 2) : world;
    spread(arms, options, plan);
}

/* ---- what the parts share ------------------------------------------------------------------ */

/** Some arms of a replicate, done one after the other from one world. */
struct part {
    uint32_t replicate, first, end; /* arms */
};

/** A replicate, until all its arms are done. */
struct batch {
    struct flyt_result *result; /* [n] of the arms, */
    struct flyt_arena *arena;   /* [n] and what owns each */
    uint64_t n_done;
};

struct job {
    const struct flyt_run_arms *arms;
    const struct flyt_run_options *options;
    const struct flyt_run_pass *pass;
    struct flyt_run_arms_plan plan;
    struct flyt_par world_par;
    const struct part *part;
    struct batch *batch;      /* [n_replicates] */
    enum flyt_status *status; /* [n_parts] */
    struct flyt_diag *diag;   /* [n_parts] */
    struct flyt_run_arms_progress progress;
    uint64_t n_months_done, n_worlds_done, n_failed, reporting;
};

static void report(struct job *job)
{
    uint64_t done = flyt_par_add(&job->n_months_done, 1);
    if (job->arms->progress == NULL) {
        return;
    }
    bool last = done == job->progress.n_months; /* is always told */
    if (flyt_par_enter_or_wait(&job->reporting, last)) {
        struct flyt_run_arms_progress progress = job->progress;
        progress.n_months_done = done;
        progress.n_worlds_done = (uint32_t)flyt_par_add(&job->n_worlds_done, 0);
        job->arms->progress(job->arms->job, &progress);
        flyt_par_leave(&job->reporting);
    }
}

/* ---- a world ------------------------------------------------------------------------------- */

/** A world from which arms go on, and what is recorded before they do. */
struct world {
    struct flyt_arena run_arena, step_arena, kept;
    struct flyt_result before; /* owned by `kept`, as the image and scratch */
    struct flyt_image image;
    void *state, *scratch;
};

static void free_world(struct world *world)
{
    flyt_arena_free(&world->kept);
    flyt_arena_free(&world->step_arena);
    flyt_arena_free(&world->run_arena);
}

/** Steps the months [month, end) and records them. */
static enum flyt_status step(struct job *job, struct world *world,
                             const struct flyt_scenario *scenario, const struct flyt_result *result,
                             uint32_t month, uint32_t end)
{
    const struct flyt_model *model = scenario->model;
    for (; month < end; month++) {
        flyt_arena_empty(&world->step_arena);
        FLYT_TRY(model->month(world->state, month));
        flyt_run_record(model, result, 0, world->state, month + 1, world->scratch);
        if (result != &world->before && month + 1 == result->n_months) {
            (void)flyt_par_add(&job->n_worlds_done, 1);
        }
        report(job);
        bool stop = job->options->stop != NULL && job->options->stop();
        if (stop || flyt_par_add(&job->n_failed, 0) > 0) {
            return FLYT_ERR_STOPPED;
        }
    }
    return FLYT_OK;
}

/** Makes the world of a replicate and steps what arms share. */
static enum flyt_status make_world(struct job *job, struct world *world, uint32_t replicate,
                                   const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    const struct flyt_model *model = scenario->model;
    uint32_t number = job->options->first_replicate + replicate;
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {scenario->seed, number},
                                   .par = job->world_par,
                                   .run_arena = &world->run_arena,
                                   .step_arena = &world->step_arena,
                                   .diag = diag,
                                   .found = job->pass->found};
    free_world(world); /* of the arm before */
    FLYT_TRY(flyt_result_init(&world->before, scenario, number, 1, &world->kept));
    world->scratch = flyt_result_scratch(&world->before, &world->kept);
    if (world->scratch == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(model->create(&args, &world->state));
    flyt_run_record(model, &world->before, 0, world->state, 0, world->scratch);
    if (!job->plan.shared) {
        return FLYT_OK;
    }
    FLYT_TRY(step(job, world, scenario, &world->before, 0, job->plan.fork));
    return flyt_image_take(&world->run_arena, &world->kept, &world->image);
}

/** Copies what is recorded of the months that arms share. */
static void copy_rows(const struct flyt_result *from, uint32_t n_months,
                      const struct flyt_result *to)
{
    for (uint32_t s = 0; s < to->n_series; s++) {
        const struct flyt_result_series *series = &to->series[s];
        uint32_t found = flyt_result_find(from, series->name); /* an arm has no other series */
        uint64_t n = 1 + (series->period == FLYT_SERIES_monthly ? n_months : n_months / 12);
        memcpy(flyt_result_row(to, series, 0, 0), flyt_result_row(from, &from->series[found], 0, 0),
               n * series->n_cells * sizeof(int64_t));
    }
}

static enum flyt_status run_arm(struct job *job, struct world *world,
                                const struct flyt_scenario *arm, uint32_t replicate,
                                struct flyt_arena *arena, struct flyt_result *result)
{
    uint32_t number = job->options->first_replicate + replicate;
    FLYT_TRY(flyt_result_init(result, arm, number, 1, arena));
    copy_rows(&world->before, job->plan.fork, result);
    if (job->plan.shared) {
        arm->model->become(world->state, arm);
    }
    FLYT_TRY(step(job, world, arm, result, job->plan.fork, result->n_months));
    flyt_result_digest(result, 0);
    return FLYT_OK;
}

/* ---- a part -------------------------------------------------------------------------------- */

static void free_batch(const struct job *job, struct batch *batch)
{
    for (uint32_t i = 0; i < job->arms->n; i++) {
        flyt_arena_free(&batch->arena[i]);
    }
}

static enum flyt_status run_arms(struct job *job, const struct part *part, struct world *world,
                                 struct flyt_diag *diag)
{
    struct batch *batch = &job->batch[part->replicate];
    for (uint32_t i = part->first; i < part->end; i++) {
        const struct flyt_scenario *arm = &job->arms->arm[i];
        if (!job->plan.shared || i == part->first) {
            FLYT_TRY(make_world(job, world, part->replicate,
                                job->plan.shared ? job->arms->all : arm, diag));
        } else {
            flyt_image_restore(&world->image, &world->run_arena);
        }
        FLYT_TRY(run_arm(job, world, arm, part->replicate, &batch->arena[i], &batch->result[i]));
    }
    if (flyt_par_add(&batch->n_done, part->end - part->first) < job->arms->n) {
        return FLYT_OK;
    }
    enum flyt_status status = job->arms->take(job->arms->job, part->replicate, batch->result, diag);
    free_batch(job, batch);
    return status;
}

static void run_part(void *job_, uint32_t i)
{
    struct job *job = job_;
    struct world world = {.state = NULL};
    if (flyt_par_add(&job->n_failed, 0) > 0) {
        job->status[i] = FLYT_ERR_STOPPED;
        return;
    }
    flyt_arena_init(&world.run_arena, 0);
    flyt_arena_init(&world.step_arena, 0);
    flyt_arena_init(&world.kept, 0);
    job->status[i] = run_arms(job, &job->part[i], &world, &job->diag[i]);
    if (job->status[i] != FLYT_OK) {
        (void)flyt_par_add(&job->n_failed, 1);
    }
    free_world(&world);
}

/* ---- the whole ----------------------------------------------------------------------------- */

/** Lists the parts, the longest first. @return how many. */
static uint32_t list_parts(const struct job *job, struct part *part)
{
    const struct flyt_run_arms_plan *plan = &job->plan;
    uint32_t n = 0;
    for (uint32_t r = 0; r < job->options->n_replicates; r++) {
        uint32_t cut = r < plan->n_whole || plan->n_cut == 0 ? 1 : plan->n_cut;
        for (uint32_t k = 0; k < cut; k++) {
            part[n++] = (struct part){r, flyt_par_first(job->arms->n, cut, k),
                                      flyt_par_first(job->arms->n, cut, k + 1)};
        }
    }
    return n;
}

static enum flyt_status take_memory(struct job *job, struct flyt_arena *arena, uint32_t *n_parts)
{
    uint32_t n = job->options->n_replicates, n_arms = job->arms->n;
    uint32_t cut = job->plan.n_cut > 0 ? job->plan.n_cut : 1;
    struct part *part = FLYT_ARENA_ARRAY(arena, struct part, (size_t)n * cut + 1);
    job->batch = FLYT_ARENA_ZERO(arena, struct batch, (size_t)n + 1);
    job->status = FLYT_ARENA_ZERO(arena, enum flyt_status, (size_t)n * cut + 1);
    if (part == NULL || job->batch == NULL || job->status == NULL) {
        return FLYT_ERR_MEMORY;
    }
    job->part = part;
    *n_parts = list_parts(job, part);
    job->diag = FLYT_ARENA_ZERO(arena, struct flyt_diag, *n_parts + (size_t)1);
    for (uint32_t r = 0; r < n; r++) {
        job->batch[r].result = FLYT_ARENA_ZERO(arena, struct flyt_result, n_arms);
        job->batch[r].arena = FLYT_ARENA_ZERO(arena, struct flyt_arena, n_arms);
        if (job->batch[r].result == NULL || job->batch[r].arena == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return job->diag == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** The first fault, or that all was stopped. */
static enum flyt_status gather(const struct job *job, uint32_t n_parts, struct flyt_diag *diag)
{
    bool stopped = false;
    for (uint32_t i = 0; i < n_parts; i++) {
        stopped |= job->status[i] == FLYT_ERR_STOPPED;
        if (job->status[i] != FLYT_OK && job->status[i] != FLYT_ERR_STOPPED) {
            for (uint32_t k = 0; k < job->diag[i].n_faults && k < FLYT_DIAG_FAULTS; k++) {
                flyt_diag_fault(diag, job->diag[i].fault[k].status, (struct flyt_place){0}, "%s",
                                "%s", job->diag[i].fault[k].text);
            }
            return job->status[i];
        }
    }
    return stopped ? flyt_diag_fault(diag, FLYT_ERR_INTERRUPTED, (struct flyt_place){0},
                                     "stopped after %llu of %llu months; nothing was written",
                                     "stoppet efter %llu af %llu måneder; intet er skrevet",
                                     (unsigned long long)job->n_months_done,
                                     (unsigned long long)job->progress.n_months)
                   : FLYT_OK;
}

static enum flyt_status run_all(struct job *job, struct flyt_arena *arena, struct flyt_diag *diag)
{
    const struct flyt_par *par = &job->options->par;
    struct flyt_run_pass own = {NULL};
    struct flyt_par tasks = *par;
    uint32_t n_parts = 0;
    FLYT_TRY(take_memory(job, arena, &n_parts));
    for (uint32_t i = 0; i < n_parts; i++) {
        job->diag[i].lang = diag->lang;
    }
    if (job->options->pass == NULL) {
        FLYT_TRY(flyt_run_pass(job->arms->all, job->options, arena, &own, diag));
    }
    job->pass = job->options->pass == NULL ? &own : job->options->pass;
    uint32_t n_spread = job->plan.n_cut > 0 ? n_parts : job->plan.n_whole;
    tasks.n_threads = job->plan.n_parallel;
    job->world_par = *par;
    job->world_par.n_threads = job->plan.n_threads;
    flyt_par_tasks(&tasks, n_spread, run_part, job);
    job->world_par = *par;
    for (uint32_t i = n_spread; i < n_parts; i++) {
        run_part(job, i);
    }
    for (uint32_t r = 0; r < job->options->n_replicates; r++) {
        free_batch(job, &job->batch[r]);
    }
    return gather(job, n_parts, diag);
}

enum flyt_status flyt_run_arms(const struct flyt_run_arms *arms,
                               const struct flyt_run_options *options, struct flyt_diag *diag)
{
    struct job job = {.arms = arms, .options = options};
    struct flyt_arena arena;
    flyt_run_arms_plan(arms, options, &job.plan);
    if (job.plan.total_bytes > job.plan.available_bytes) {
        struct flyt_run_estimate estimate = {.n_agents = arms->all->model->n_agents(arms->all),
                                             .world_bytes = job.plan.world_bytes,
                                             .result_bytes = job.plan.result_bytes,
                                             .total_bytes = job.plan.total_bytes,
                                             .available_bytes = job.plan.available_bytes};
        return flyt_run_refuse_memory(&estimate, diag);
    }
    job.progress = (struct flyt_run_arms_progress){.n_months = job.plan.n_months,
                                                   .n_worlds = options->n_replicates * arms->n};
    flyt_arena_init(&arena, 0);
    enum flyt_status status = run_all(&job, &arena, diag);
    flyt_arena_free(&arena);
    return status;
}
