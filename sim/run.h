/**
 * @file run.h
 * @brief Runs the replicates of a scenario and fills a result. Knows no model's details.
 */
#ifndef FLYT_RUN_H
#define FLYT_RUN_H

#include "sim/checkpoint.h"

/** How far a run is. `n_months` counts months of all replicates together. */
struct flyt_run_progress {
    uint64_t n_months_done, n_months;
    uint64_t n_resumed; /* of those done: by the run that is gone on with */
    uint64_t n_agents;  /* of one replicate */
    uint32_t n_replicates;
    uint32_t n_pass_done, n_pass; /* months of the pass before the first; n_pass 0: it is over */
};

struct flyt_run_options {
    uint32_t first_replicate, n_replicates;
    struct flyt_par par; /* all the threads of the run */
    /** Called after each month, by one thread at a time; may be NULL. */
    void (*progress)(void *job, const struct flyt_run_progress *progress);
    void *progress_job;
    bool (*stop)(void); /* asked after each month, by any thread: whether to stop; may be NULL */
    /** Where the run is kept when it is stopped, and gone on with; NULL: then it is given up. */
    const struct flyt_checkpoint *checkpoint;
    uint64_t *n_damaged; /* out: checkpoints that were passed over; may be NULL */
    /** Called by the replicate's thread with its state, 0: before the first month; may be NULL. It
     *  may look, and write nothing that the model reads. */
    enum flyt_status (*watch)(void *job, void *state, uint32_t n_months_done);
    void *watch_job;
    char *note; /* out: one line on what the pass found; may be NULL */
    size_t note_size;
    const struct flyt_run_pass *pass; /* made before, for many runs; NULL: this run makes its own */
};

/** What the pass before month 0 left. */
struct flyt_run_pass {
    const void *found; /* NULL: there was none */
};

/** What a run will need, known before any work is done. */
struct flyt_run_estimate {
    uint64_t n_agents, world_bytes, result_bytes;
    uint32_t n_parallel;      /* worlds at once, each on one thread; 1: one after the other */
    uint32_t n_spread;        /* replicates run so; the others then follow, with all threads */
    uint64_t total_bytes;     /* n_parallel worlds and the result with its file image */
    uint64_t available_bytes; /* of this machine or control group, now */
};

/** @brief Estimates memory and chooses how threads are used. */
void flyt_run_plan(const struct flyt_scenario *scenario, const struct flyt_run_options *options,
                   struct flyt_run_estimate *estimate);

/** @brief The fault of a run for which memory is too short. FLYT_ERR_MEMORY. */
enum flyt_status flyt_run_refuse_memory(const struct flyt_run_estimate *estimate,
                                        struct flyt_diag *diag);

/**
 * @brief The pass before month 0, once for all runs of a scenario and of its variants that differ
 *        after the start: the pass knows no policies.
 * @param arena  owns what was found, as long as it is used. Progress and note are the options'.
 */
FLYT_NODISCARD enum flyt_status flyt_run_pass(const struct flyt_scenario *scenario,
                                              const struct flyt_run_options *options,
                                              struct flyt_arena *arena, struct flyt_run_pass *pass,
                                              struct flyt_diag *diag);

/**
 * @brief Runs replicates first_replicate ... and fills *result, digests included.
 *
 * As many replicates as threads, or a multiple, run one per thread; what is left, and worlds for
 * which memory is short, with all threads inside: the same bits.
 * @param arena  owns the result.
 * @return FLYT_ERR_MEMORY when the estimate exceeds what is there (before any work) or memory runs
 *         out; FLYT_ERR_INVARIANT when a world broke an invariant; when options->stop() said so
 *         FLYT_ERR_STOPPED with options->checkpoint, else FLYT_ERR_INTERRUPTED.
 */
FLYT_NODISCARD enum flyt_status flyt_run(const struct flyt_scenario *scenario,
                                         const struct flyt_run_options *options,
                                         struct flyt_arena *arena, struct flyt_result *result,
                                         struct flyt_diag *diag);

/**
 * @brief Records the state after `n_months` months into its rows of a result laid out for the
 *        scenario; 0 is the start, which has no flows. flyt_run() does it; for those who step
 *        worlds themselves.
 * @param scratch  int64_t, as many as the largest series has cells.
 */
void flyt_run_record(const struct flyt_model *model, const struct flyt_result *result,
                     uint32_t replicate, const void *state, uint32_t n_months, void *scratch);

#endif
