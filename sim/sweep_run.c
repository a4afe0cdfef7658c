#include "sim/sweep_run.h"

#include <string.h>

#include "sim/mpi.h"
#include "sim/run.h"
#include "sim/sweep_measure.h"

/** Runs of one point that follow each other: one task of a thread. */
struct block {
    uint32_t group, point, first, n; /* first replicate, how many */
};

/** What the tasks share. */
struct job {
    const struct flyt_sweep *sweep;
    const struct flyt_sweep_run_options *options;
    struct flyt_diag *diag;
    enum flyt_status status; /* of the first fault */
    struct flyt_sweep_progress progress;
    struct flyt_par world;     /* threads inside one world */
    const struct block *block; /* [n_blocks] what is missing, groups one after the other */
    uint32_t n_blocks;
    const uint32_t *group; /* [n_groups + 1] first block of each group */
    uint32_t n_groups;
    const struct block *first;        /* of the group that runs now, when groups do not share */
    const struct flyt_run_pass *pass; /* of that group */
    uint64_t n_failed, reporting, telling, n_done, n_months_done;
};

/* ---- faults and progress ------------------------------------------------------------------- */

/** Keeps the first fault; the others stop. */
static void fail(struct job *job, enum flyt_status status, const struct flyt_diag *diag)
{
    while (!flyt_par_enter(&job->telling)) {
    }
    if (flyt_par_add(&job->n_failed, 1) == 1) {
        job->status = status;
        for (uint32_t i = 0; i < diag->n_faults && i < FLYT_DIAG_FAULTS; i++) {
            (void)flyt_diag_fault(job->diag, diag->fault[i].status, (struct flyt_place){0}, "%s",
                                  "%s", diag->fault[i].text);
        }
    }
    flyt_par_leave(&job->telling);
}

static bool is_over(struct job *job)
{
    const struct flyt_sweep_run_options *options = job->options;
    if (options->stop != NULL && options->stop()) {
        static const struct flyt_diag none = {0};
        fail(job, FLYT_ERR_STOPPED, &none);
    }
    return flyt_par_add(&job->n_failed, 0) > 0;
}

static void tell(struct job *job)
{
    if (job->options->progress != NULL && flyt_par_enter(&job->reporting)) {
        struct flyt_sweep_progress progress = job->progress;
        progress.n_done = progress.n_before + (uint32_t)flyt_par_add(&job->n_done, 0);
        progress.n_months_done = flyt_mpi_size() > 1 ? job->progress.n_months_done
                                                     : flyt_par_add(&job->n_months_done, 0);
        job->options->progress(job->options->progress_job, &progress);
        flyt_par_leave(&job->reporting);
    }
}

/** After each month of a run or a pass. */
static void note_month(void *job_, const struct flyt_run_progress *of)
{
    struct job *job = job_;
    (void)flyt_par_add(&job->n_months_done, 1);
    if (of->n_pass > 0 && flyt_mpi_size() > 1) {
        flyt_mpi_serve(); /* a pass is not watched */
    }
    tell(job);
}

/** A run is given up when another one failed. */
static enum flyt_status watch(void *job, void *state, uint32_t n_months_done)
{
    (void)state;
    (void)n_months_done;
    if (flyt_mpi_size() > 1) {
        flyt_mpi_serve();
    }
    return is_over(job) ? FLYT_ERR_INTERRUPTED : FLYT_OK;
}

static struct flyt_run_options run_options(struct job *job, const struct flyt_par *par)
{
    return (struct flyt_run_options){.n_replicates = 1,
                                     .par = *par,
                                     .progress = note_month,
                                     .progress_job = job,
                                     .stop = job->options->stop,
                                     .watch = watch,
                                     .watch_job = job};
}

/* ---- one run ------------------------------------------------------------------------------- */

static enum flyt_status run_one(struct job *job, const struct flyt_scenario *scenario,
                                const struct flyt_run_pass *pass, uint32_t point,
                                uint32_t replicate, struct flyt_diag *diag)
{
    const struct flyt_sweep *sweep = job->sweep;
    struct flyt_run_options run = run_options(job, &job->world);
    struct flyt_result result;
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    uint64_t *word = FLYT_ARENA_ARRAY(&arena, uint64_t, flyt_sweep_words(sweep) + 1);
    run.first_replicate = replicate;
    run.pass = pass;
    enum flyt_status status =
        word == NULL ? FLYT_ERR_MEMORY : flyt_run(scenario, &run, &arena, &result, diag);
    if (status == FLYT_OK) {
        flyt_sweep_reduce(sweep, &result, word);
        status = flyt_sweep_store_write(job->options->folder, sweep, point, replicate,
                                        result.content_digest[0], word, &arena, diag);
    }
    flyt_arena_free(&arena);
    return status;
}

/** The runs of a block. With `pass` NULL they make it, and keep it for the next. */
static enum flyt_status run_block(struct job *job, const struct block *block,
                                  const struct flyt_run_pass *pass, struct flyt_diag *diag)
{
    struct flyt_scenario scenario;
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    enum flyt_status status =
        flyt_sweep_scenario(job->sweep, block->point, &arena, &scenario, diag);
    for (uint32_t i = 0; status == FLYT_OK && i < block->n && !is_over(job); i++) {
        status = run_one(job, &scenario, pass, block->point, block->first + i, diag);
        if (status == FLYT_OK) {
            (void)flyt_par_add(&job->n_done, 1);
            tell(job);
        }
    }
    flyt_arena_free(&arena);
    return status;
}

/** The pass of a group, from the scenario of its first point. */
static enum flyt_status make_pass(struct job *job, uint32_t point, const struct flyt_par *par,
                                  struct flyt_arena *arena, struct flyt_run_pass *pass,
                                  struct flyt_diag *diag)
{
    struct flyt_scenario scenario;
    struct flyt_run_options run = run_options(job, par);
    FLYT_TRY(flyt_sweep_scenario(job->sweep, point, arena, &scenario, diag));
    return flyt_run_pass(&scenario, &run, arena, pass, diag);
}

/* ---- tasks --------------------------------------------------------------------------------- */

/** Room for the faults of a task: too large for a thread's stack when there are many. */
static struct flyt_diag *task_diag(const struct job *job, struct flyt_arena *arena)
{
    struct flyt_diag *diag = FLYT_ARENA_ZERO(arena, struct flyt_diag, 1);
    if (diag != NULL) {
        diag->lang = job->diag->lang;
    }
    return diag;
}

/** A whole group by one thread: its pass and all its runs. */
static void group_task(void *job_, uint32_t group)
{
    static const struct flyt_diag none = {0};
    struct job *job = job_;
    struct flyt_run_pass pass;
    struct flyt_arena arena;
    if (is_over(job)) {
        return;
    }
    flyt_arena_init(&arena, 0);
    struct flyt_diag *diag = task_diag(job, &arena);
    uint32_t first = job->group[group], end = job->group[group + 1];
    enum flyt_status status =
        diag == NULL ? FLYT_ERR_MEMORY
                     : make_pass(job, job->block[first].point, &job->world, &arena, &pass, diag);
    for (uint32_t i = first; status == FLYT_OK && i < end && !is_over(job); i++) {
        status = run_block(job, &job->block[i], &pass, diag);
    }
    if (status != FLYT_OK) {
        fail(job, status == FLYT_ERR_INTERRUPTED ? FLYT_ERR_STOPPED : status,
             diag == NULL || status == FLYT_ERR_INTERRUPTED ? &none : diag);
    }
    flyt_arena_free(&arena);
}

/** A block of the group that runs now. */
static void block_task(void *job_, uint32_t i)
{
    static const struct flyt_diag none = {0};
    struct job *job = job_;
    struct flyt_arena arena;
    if (is_over(job)) {
        return;
    }
    flyt_arena_init(&arena, 0);
    struct flyt_diag *diag = task_diag(job, &arena);
    enum flyt_status status =
        diag == NULL ? FLYT_ERR_MEMORY : run_block(job, &job->first[i], job->pass, diag);
    if (status != FLYT_OK) {
        fail(job, status == FLYT_ERR_INTERRUPTED ? FLYT_ERR_STOPPED : status,
             diag == NULL || status == FLYT_ERR_INTERRUPTED ? &none : diag);
    }
    flyt_arena_free(&arena);
}

/** Groups one after the other: the pass by all threads, then the runs side by side. */
static void run_in_turn(struct job *job, uint32_t n_parallel)
{
    struct flyt_par tasks = job->options->par;
    tasks.n_threads = n_parallel;
    for (uint32_t g = 0; g < job->n_groups && !is_over(job); g++) {
        struct flyt_run_pass pass;
        struct flyt_arena arena;
        flyt_arena_init(&arena, 0);
        struct flyt_diag *diag = task_diag(job, &arena);
        job->first = job->block + job->group[g];
        job->pass = &pass;
        enum flyt_status status = diag == NULL ? FLYT_ERR_MEMORY
                                               : make_pass(job, job->first->point,
                                                           &job->options->par, &arena, &pass, diag);
        if (status == FLYT_OK) {
            flyt_par_tasks(&tasks, job->group[g + 1] - job->group[g], block_task, job);
        } else if (status == FLYT_ERR_INTERRUPTED) {
            (void)is_over(job);
        } else if (diag != NULL) {
            fail(job, status, diag);
        } else {
            job->status = FLYT_ERR_MEMORY;
        }
        flyt_arena_free(&arena);
    }
}

/* ---- ranks of MPI -------------------------------------------------------------------------- */

/** What a rank does of the tasks that it gets: whole groups, or blocks with the pass kept. */
struct share {
    struct flyt_run_pass pass;
    struct flyt_arena arena; /* of the pass */
    uint32_t group;          /* FLYT_NONE: no pass is kept */
};

static enum flyt_status share_block(struct job *job, struct share *share, const struct block *block,
                                    struct flyt_diag *diag)
{
    if (share->group != block->group) {
        flyt_arena_free(&share->arena);
        share->group = block->group;
        FLYT_TRY(make_pass(job, block->point, &job->world, &share->arena, &share->pass, diag));
    }
    return run_block(job, block, &share->pass, diag);
}

/** One world at a time with all threads of the rank; tasks from rank 0, which works too. */
static void run_shared(struct job *job)
{
    struct share share = {.group = FLYT_NONE};
    struct flyt_arena arena;
    bool by_group = job->n_groups >= 4 * flyt_mpi_size();
    uint32_t n = by_group ? job->n_groups : job->n_blocks, task = 0;
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&share.arena, 0);
    struct flyt_diag *diag = task_diag(job, &arena);
    while (diag != NULL && !is_over(job) && (task = flyt_mpi_take(n)) != FLYT_NONE) {
        uint32_t first = by_group ? job->group[task] : task;
        uint32_t end = by_group ? job->group[task + 1] : task + 1;
        for (uint32_t i = first; i < end && !is_over(job); i++) {
            enum flyt_status status = share_block(job, &share, &job->block[i], diag);
            if (status == FLYT_ERR_INTERRUPTED) {
                (void)is_over(job);
            } else if (status != FLYT_OK) {
                fail(job, status, diag);
            }
        }
        job->progress.n_months_done = job->progress.n_months * (task + 1) / n;
    }
    flyt_mpi_leave();
    flyt_arena_free(&share.arena);
    flyt_arena_free(&arena);
}

/* ---- what is missing ----------------------------------------------------------------------- */

/** Runs by group, point and replicate: place i of the order is a run. */
struct order {
    uint32_t *point; /* [n_points] by group */
    uint32_t *group; /* [n_points] of each point */
    uint32_t n_groups;
};

static enum flyt_status sort_points(const struct flyt_sweep *sweep, struct flyt_arena *arena,
                                    struct order *order)
{
    order->point = FLYT_ARENA_ARRAY(arena, uint32_t, sweep->n_points);
    order->group = FLYT_ARENA_ARRAY(arena, uint32_t, sweep->n_points);
    if (order->point == NULL || order->group == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_sweep_groups(sweep, arena, order->group, &order->n_groups));
    uint32_t *at = FLYT_ARENA_ZERO(arena, uint32_t, (size_t)order->n_groups + 1);
    if (at == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t p = 0; p < sweep->n_points; p++) {
        at[order->group[p] + 1]++;
    }
    for (uint32_t g = 0; g < order->n_groups; g++) {
        at[g + 1] += at[g];
    }
    for (uint32_t p = 0; p < sweep->n_points; p++) {
        order->point[at[order->group[p]]++] = p;
    }
    return FLYT_OK;
}

static uint64_t shard_first(const struct flyt_sweep *sweep, struct flyt_sweep_shard shard,
                            uint32_t index)
{
    uint64_t n = (uint64_t)sweep->n_points * sweep->n_replicates;
    return n / shard.n * index + n % shard.n * index / shard.n;
}

/** Whether a run is stored, whole. */
static bool is_stored(const struct job *job, uint32_t point, uint32_t replicate, uint64_t *word,
                      struct flyt_arena *scratch)
{
    char content[FLYT_DIGEST_SIZE];
    flyt_arena_empty(scratch);
    return flyt_sweep_store_read(job->options->folder, job->sweep, point, replicate, scratch,
                                 content, word, NULL) == FLYT_OK;
}

/** Runs of a block, at most: blocks get smaller towards the end, so that all threads end together.
 */
static uint32_t block_size(const struct job *job, uint64_t n_left)
{
    uint64_t n = n_left / (4 * (uint64_t)job->options->par.n_threads) + 1;
    return n < job->sweep->n_replicates ? (uint32_t)n : job->sweep->n_replicates;
}

/** Lists what is missing of the shard in blocks. */
static enum flyt_status list_blocks(struct job *job, const struct order *order,
                                    struct flyt_arena *arena)
{
    const struct flyt_sweep *sweep = job->sweep;
    struct flyt_sweep_shard shard = job->options->shard;
    uint64_t first = shard_first(sweep, shard, shard.index),
             end = shard_first(sweep, shard, shard.index + 1);
    struct block *block = FLYT_ARENA_ARRAY(arena, struct block, (size_t)(end - first) + 1);
    uint64_t *word = FLYT_ARENA_ARRAY(arena, uint64_t, flyt_sweep_words(sweep) + 1);
    struct flyt_arena scratch;
    if (block == NULL || word == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_arena_init(&scratch, 0);
    for (uint64_t i = first; i < end; i++) {
        uint32_t point = order->point[i / sweep->n_replicates];
        uint32_t replicate = (uint32_t)(i % sweep->n_replicates);
        if (is_stored(job, point, replicate, word, &scratch)) {
            job->progress.n_before++;
            continue;
        }
        struct block *last = job->n_blocks > 0 ? &block[job->n_blocks - 1] : NULL;
        if (last != NULL && last->point == point && last->first + last->n == replicate &&
            last->n < block_size(job, end - i)) {
            last->n++;
        } else {
            block[job->n_blocks++] = (struct block){order->group[point], point, replicate, 1};
        }
    }
    flyt_arena_free(&scratch);
    job->progress.n_runs = (uint32_t)(end - first);
    job->block = block;
    return FLYT_OK;
}

/** Where the blocks of each group begin: only groups with something to do. */
static enum flyt_status list_groups(struct job *job, struct flyt_arena *arena)
{
    uint32_t *group = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)job->n_blocks + 1);
    if (group == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < job->n_blocks; i++) {
        if (i == 0 || job->block[i].group != job->block[i - 1].group) {
            group[job->n_groups++] = i;
        }
    }
    group[job->n_groups] = job->n_blocks;
    job->group = group;
    return FLYT_OK;
}

/* ---- the whole ----------------------------------------------------------------------------- */

static uint32_t pass_months(const struct flyt_scenario *scenario)
{
    return scenario->model->pass_months == NULL ? 0 : scenario->model->pass_months(scenario);
}

/** Worlds at once, and threads of each. */
static void share_threads(const struct flyt_sweep *sweep,
                          const struct flyt_sweep_run_options *options, uint32_t n_runs,
                          struct flyt_sweep_estimate *estimate)
{
    struct flyt_run_estimate run;
    struct flyt_run_options one = {.n_replicates = 1, .par = options->par};
    uint32_t n_threads = options->par.n_threads;
    flyt_run_plan(&sweep->base[0], &one, &run);
    uint64_t each = run.world_bytes + run.result_bytes;
    uint64_t n_fit = each > 0 ? run.available_bytes / each : n_threads;
    uint64_t n = n_fit < n_threads ? n_fit : n_threads;
    n = n_runs < n ? n_runs : n;
    n = n == 0 ? 1 : n;
    estimate->n_parallel = (uint32_t)n;
    estimate->n_threads = n_threads / (uint32_t)n;
    estimate->n_agents = run.n_agents;
    estimate->world_bytes = each;
    estimate->total_bytes = each * n;
}

/** About how large the merged file gets: what compression leaves, measured on several sweeps. */
static uint64_t merged_bytes(const struct flyt_sweep *sweep)
{
    const double per_series = 5900.0, per_run = 100.0, of_words = 0.15, of_inputs = 0.6;
    double n_runs = (double)sweep->n_points * sweep->n_replicates, inputs = 0.0;
    for (uint32_t i = 0; i < sweep->n_bases; i++) {
        for (uint32_t k = 0; k < sweep->base[i].n_inputs; k++) {
            inputs += (double)sweep->base[i].input[k].n;
        }
    }
    return (uint64_t)(per_series * sweep->layout.n_series + per_run * n_runs +
                      of_words * 8.0 * (double)flyt_sweep_words(sweep) * n_runs +
                      of_inputs * inputs + 4.0 * sweep->n_factors * sweep->n_points);
}

enum flyt_status flyt_sweep_plan_run(const struct flyt_sweep *sweep,
                                     const struct flyt_sweep_run_options *options, bool measure,
                                     struct flyt_arena *arena, struct flyt_sweep_estimate *estimate,
                                     struct flyt_diag *diag)
{
    struct order order;
    struct flyt_sweep_shard shard = options->shard;
    uint64_t first = shard_first(sweep, shard, shard.index),
             end = shard_first(sweep, shard, shard.index + 1);
    *estimate = (struct flyt_sweep_estimate){.n_runs = (uint32_t)(end - first),
                                             .run_bytes = flyt_sweep_store_bytes(sweep),
                                             .merged_bytes = merged_bytes(sweep)};
    FLYT_TRY(sort_points(sweep, arena, &order));
    for (uint64_t i = first; i < end && pass_months(&sweep->base[0]) > 0; i++) {
        estimate->n_passes +=
            i == first || order.group[order.point[i / sweep->n_replicates]] !=
                              order.group[order.point[(i - 1) / sweep->n_replicates]];
    }
    share_threads(sweep, options, estimate->n_runs, estimate);
    return measure ? flyt_sweep_measure(sweep, arena, estimate, diag) : FLYT_OK;
}

enum flyt_status flyt_sweep_run(const struct flyt_sweep *sweep,
                                const struct flyt_sweep_run_options *options,
                                struct flyt_arena *arena, struct flyt_sweep_progress *progress,
                                struct flyt_diag *diag)
{
    struct order order;
    struct flyt_sweep_estimate estimate;
    struct job job = {.sweep = sweep, .options = options, .diag = diag, .world = options->par};
    FLYT_TRY(sort_points(sweep, arena, &order));
    FLYT_TRY(list_blocks(&job, &order, arena));
    FLYT_TRY(list_groups(&job, arena));
    uint32_t n_missing = job.progress.n_runs - job.progress.n_before;
    job.progress.n_months = (uint64_t)n_missing * 12 * sweep->base[0].years +
                            (uint64_t)job.n_groups * pass_months(&sweep->base[0]);
    share_threads(sweep, options, n_missing, &estimate);
    job.world.n_threads = estimate.n_threads;
    if (flyt_mpi_size() > 1) {
        job.world.n_threads = options->par.n_threads;
        (void)flyt_mpi_agree(FLYT_OK); /* nobody writes before all have seen what is missing */
        run_shared(&job);
    } else if (job.n_groups >= 4 * estimate.n_parallel) {
        struct flyt_par tasks = options->par;
        tasks.n_threads = estimate.n_parallel;
        flyt_par_tasks(&tasks, job.n_groups, group_task, &job);
    } else {
        run_in_turn(&job, estimate.n_parallel);
    }
    *progress = job.progress;
    progress->n_done = progress->n_before + (uint32_t)job.n_done;
    return job.status;
}
