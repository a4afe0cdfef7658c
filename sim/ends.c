#include "sim/ends.h"

#include <math.h>
#include <string.h>

#include "sim/run.h"
#include "sim/text.h"
#include "sim/variant.h"

/** Whether a comma-separated list holds a name. */
static bool lists(const char *names, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = names; *at != '\0';) {
        size_t length = strcspn(at, ",");
        if (length == n && memcmp(at, name, n) == 0) {
            return true;
        }
        at += length + (at[length] == ',');
    }
    return false;
}

static enum flyt_status check_names(const struct flyt_scenario *scenario, const char *names,
                                    struct flyt_arena *arena, struct flyt_diag *diag)
{
    for (const char *at = names; *at != '\0';) {
        size_t length = strcspn(at, ",");
        const char *name = flyt_arena_printf(arena, "%.*s", (int)length, at);
        if (name == NULL) {
            return FLYT_ERR_MEMORY;
        }
        if (flyt_variant_find(scenario->model, name) == FLYT_NONE) {
            return flyt_variant_unknown(scenario->model, name, (struct flyt_place){0}, arena, diag);
        }
        at += length + (at[length] == ',');
    }
    return FLYT_OK;
}

enum flyt_status flyt_ends_list(const struct flyt_scenario *scenario,
                                const struct flyt_tuning *tuning, const char *names,
                                struct flyt_arena *arena, struct flyt_end **out, uint32_t *n,
                                struct flyt_diag *diag)
{
    bool all = strcmp(names, "all") == 0;
    struct flyt_end *end = FLYT_ARENA_ZERO(arena, struct flyt_end, 2 * scenario->n_fields + 1);
    if (end == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(all ? FLYT_OK : check_names(scenario, names, arena, diag));
    end[0] = (struct flyt_end){.field = FLYT_NONE, .name = "", .value = NAN};
    *n = 1;
    for (uint32_t i = 0; i < scenario->n_fields; i++) {
        const struct flyt_field *field = flyt_scenario_field(scenario->model, i, NULL);
        const struct flyt_tuned *tuned = flyt_tuning_of(tuning, i);
        const char *name = flyt_variant_name(scenario->model, i, arena);
        if (name == NULL) {
            return FLYT_ERR_MEMORY;
        }
        if (all ? field->evidence != FLYT_EVIDENCE_assumed : !lists(names, name)) {
            continue;
        }
        double low = tuned != NULL ? tuned->low : field->low;
        double high = tuned != NULL ? tuned->high : field->high;
        end[(*n)++] = (struct flyt_end){.field = i, .name = name, .value = low};
        end[(*n)++] = (struct flyt_end){.field = i, .name = name, .value = high};
    }
    *out = end;
    return FLYT_OK;
}

struct ends_job {
    const struct flyt_scenario *scenario;
    const struct flyt_targets *targets;
    const struct flyt_ends_options *options;
    struct flyt_end *end;
    uint32_t n;
    struct flyt_arena *arenas; /* [n] each holds what its end shows */
    enum flyt_status *status;  /* [n] */
    struct flyt_diag *diag;    /* [n] */
    uint64_t n_done, reporting;
};

/** One end: the rows, or why there are none. Messages go to the task's own diag. */
static enum flyt_status run_end(struct ends_job *job, uint32_t i, struct flyt_arena *arena)
{
    struct flyt_end *end = &job->end[i];
    struct flyt_scenario variant;
    struct flyt_result result;
    struct flyt_run_options run = {.n_replicates = job->options->n_replicates,
                                   .par = job->options->par};
    run.par.n_threads = 1;
    FLYT_TRY(flyt_variant_make(job->scenario, arena, &variant));
    FLYT_TRY(flyt_variant_narrow(&variant, job->targets, arena));
    if (end->field != FLYT_NONE) {
        flyt_variant_set(&variant, end->field, end->value);
        FLYT_TRY(variant.model->check == NULL ? FLYT_OK
                                              : variant.model->check(&variant, &job->diag[i]));
    }
    FLYT_TRY(flyt_run(&variant, &run, arena, &result, &job->diag[i]));
    return flyt_validate(&result, job->targets, FLYT_TARGET_scenario, &job->arenas[i], end->row,
                         &job->diag[i]);
}

static void end_task(void *job_, uint32_t i)
{
    struct ends_job *job = job_;
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    job->status[i] = run_end(job, i, &arena);
    flyt_arena_free(&arena);
    uint64_t done = flyt_par_add(&job->n_done, 1);
    if (job->options->progress != NULL && flyt_par_enter(&job->reporting)) {
        job->options->progress(job->options->progress_job, done, job->n);
        flyt_par_leave(&job->reporting);
    }
}

/** Moves what the tasks found into the caller's arena. */
static enum flyt_status gather(struct ends_job *job, struct flyt_arena *arena)
{
    for (uint32_t i = 0; i < job->n; i++) {
        struct flyt_end *end = &job->end[i];
        if (job->status[i] == FLYT_ERR_MEMORY) {
            return FLYT_ERR_MEMORY;
        }
        if (job->status[i] != FLYT_OK) {
            end->fault = flyt_arena_printf(
                arena, "%s",
                job->diag[i].n_faults > 0 ? job->diag[i].fault[0].text
                                          : flyt_status_text(job->status[i], job->diag[i].lang));
            if (end->fault == NULL) {
                return FLYT_ERR_MEMORY;
            }
        }
        for (uint32_t k = 0; k < job->targets->n; k++) {
            const char **texts[] = {&end->row[k].missing, &end->row[k].cell};
            for (size_t t = 0; t < FLYT_COUNT(texts); t++) {
                *texts[t] = *texts[t] == NULL ? NULL : flyt_arena_printf(arena, "%s", *texts[t]);
            }
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_ends_run(const struct flyt_scenario *scenario,
                               const struct flyt_targets *targets,
                               const struct flyt_ends_options *options, struct flyt_arena *arena,
                               struct flyt_end *end, uint32_t n, struct flyt_diag *diag)
{
    struct ends_job job = {.scenario = scenario,
                           .targets = targets,
                           .options = options,
                           .end = end,
                           .n = n,
                           .arenas = FLYT_ARENA_ARRAY(arena, struct flyt_arena, n),
                           .status = FLYT_ARENA_ZERO(arena, enum flyt_status, n),
                           .diag = FLYT_ARENA_ZERO(arena, struct flyt_diag, n)};
    if (job.arenas == NULL || job.status == NULL || job.diag == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        end[i].row = FLYT_ARENA_ARRAY(arena, struct flyt_validate_row, targets->n);
        if (end[i].row == NULL) {
            return FLYT_ERR_MEMORY;
        }
        for (uint32_t k = 0; k < targets->n; k++) {
            end[i].row[k] = flyt_validate_unmeasured(&targets->target[k], NULL);
        }
        flyt_arena_init(&job.arenas[i], 0);
        job.diag[i].lang = diag->lang;
    }
    flyt_par_tasks(&options->par, n, end_task, &job);
    enum flyt_status status = gather(&job, arena);
    for (uint32_t i = 0; i < n; i++) {
        flyt_arena_free(&job.arenas[i]);
    }
    return status;
}
