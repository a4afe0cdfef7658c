/**
 * @file sweep_run.h
 * @brief Does the runs of a sweep: those that are not stored yet, over threads.
 *
 * Points that differ in policies only share the pass before month 0. Small worlds run one per
 * thread; when memory or runs are fewer than threads, each world gets several. The same bits either
 * way.
 */
#ifndef FLYT_SWEEP_RUN_H
#define FLYT_SWEEP_RUN_H

#include "sim/sweep_store.h"

/** How far a sweep is. */
struct flyt_sweep_progress {
    uint32_t n_runs, n_done, n_before; /* of this shard; done, and done by an earlier call */
    uint64_t n_months, n_months_done;  /* of what this call does, passes included */
};

struct flyt_sweep_run_options {
    const char *folder;
    struct flyt_sweep_shard shard;
    struct flyt_par par; /* all threads */
    /** Called now and then, by one thread at a time; may be NULL. */
    void (*progress)(void *job, const struct flyt_sweep_progress *progress);
    void *progress_job;
    bool (*stop)(void); /* asked by any thread after each month; may be NULL */
};

/** What a sweep will need. */
struct flyt_sweep_estimate {
    uint32_t n_runs; /* of the shard */
    uint32_t n_passes;
    uint32_t n_parallel, n_threads; /* worlds at once, threads of each */
    uint64_t n_agents, world_bytes;
    uint64_t total_bytes;  /* memory */
    uint64_t run_bytes;    /* of one run's file */
    uint64_t merged_bytes; /* about, of the merged file */
    uint32_t n_probed;     /* months whose processor time the next two are worked out from */
    double core_seconds;   /* about, of one processor */
    double seconds;        /* about, with the threads of the options, each with a free processor */
};

/** @brief Reads the scenario of every point, over threads: faults that only combinations have. */
FLYT_NODISCARD enum flyt_status flyt_sweep_check(const struct flyt_sweep *sweep,
                                                 const struct flyt_par *par,
                                                 struct flyt_diag *diag);

/** @brief What a sweep will need. @param measure  simulate some months to know the time. */
FLYT_NODISCARD enum flyt_status flyt_sweep_plan_run(const struct flyt_sweep *sweep,
                                                    const struct flyt_sweep_run_options *options,
                                                    bool measure, struct flyt_arena *arena,
                                                    struct flyt_sweep_estimate *estimate,
                                                    struct flyt_diag *diag);

/**
 * @brief Does what is missing of a shard. The folder is open (flyt_sweep_store_open()).
 * @return FLYT_ERR_STOPPED when options->stop() said so: all that was finished is stored.
 */
FLYT_NODISCARD enum flyt_status flyt_sweep_run(const struct flyt_sweep *sweep,
                                               const struct flyt_sweep_run_options *options,
                                               struct flyt_arena *arena,
                                               struct flyt_sweep_progress *progress,
                                               struct flyt_diag *diag);

#endif
