/**
 * @file run_arms.h
 * @brief Runs of one scenario that differ in the policies that are on, each replicate of all of
 *        them: what they have in common is simulated once.
 *
 * Until the first January in which a policy that not all arms have may act, the worlds of a
 * replicate are the same to the bit in all arms. One world is made and stepped until then, its
 * memory is kept (sim/image.h), and each arm goes on from it: the same bits as a run of its own.
 * Where a policy does not promise that (flyt_policy_spec.sleeps), or the model cannot
 * (flyt_model.become), every arm is made from the start.
 */
#ifndef FLYT_RUN_ARMS_H
#define FLYT_RUN_ARMS_H

#include "sim/run.h"

/** How far all is. Months that arms share count once. */
struct flyt_run_arms_progress {
    uint64_t n_months_done, n_months;
    uint32_t n_worlds_done, n_worlds; /* arms of all replicates */
};

struct flyt_run_arms {
    const struct flyt_scenario *all; /* with every policy that an arm has */
    const struct flyt_scenario *arm; /* [n] as `all`, but for policies that are off */
    uint32_t n;
    /**
     * Called once a replicate, when all its arms are done. By any thread, also several at once, but
     * never for the same replicate.
     * @param replicate  counted from options->first_replicate.
     * @param result     [n] of this replicate alone; gone afterwards.
     */
    enum flyt_status (*take)(void *job, uint32_t replicate, const struct flyt_result *result,
                             struct flyt_diag *diag);
    /** Called after each month, by one thread at a time; may be NULL. */
    void (*progress)(void *job, const struct flyt_run_arms_progress *progress);
    void *job;
};

/** What it will need. */
struct flyt_run_arms_plan {
    bool shared;          /* whether arms go on from one world; else each from its own start */
    uint32_t fork;        /* months of a replicate that all arms share */
    uint32_t n_parallel;  /* worlds at once */
    uint32_t n_threads;   /* of each */
    uint32_t n_cut;       /* parts in which the last replicates are done, so that no thread waits */
    uint32_t n_whole;     /* replicates that are done in one part, before those */
    uint64_t n_months;    /* to simulate in all */
    uint64_t n_starts;    /* worlds to make */
    uint64_t world_bytes; /* of one, with the memory kept of it */
    uint64_t result_bytes; /* of the arms of a replicate */
    uint64_t total_bytes, available_bytes;
};

/** @brief Works out how the arms are run. `options`: first_replicate, n_replicates, par. */
void flyt_run_arms_plan(const struct flyt_run_arms *arms, const struct flyt_run_options *options,
                        struct flyt_run_arms_plan *plan);

/**
 * @brief Runs all arms of all replicates. Of the options: first_replicate, n_replicates, par, stop
 *        and pass count.
 * @return as flyt_run(), or what take() returned.
 */
FLYT_NODISCARD enum flyt_status flyt_run_arms(const struct flyt_run_arms *arms,
                                              const struct flyt_run_options *options,
                                              struct flyt_diag *diag);

#endif
