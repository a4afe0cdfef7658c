/**
 * @file ends.h
 * @brief The targets with each assumed parameter at both ends of its range.
 *
 * Shows which answers rest on what nobody knows. Runs are spread over the threads, one world on
 * each; an end at which the scenario is refused or the run fails is told, not passed over.
 */
#ifndef FLYT_ENDS_H
#define FLYT_ENDS_H

#include "output/validate.h"
#include "sim/tuning.h"

/** One parameter at one end. */
struct flyt_end {
    uint32_t field;
    const char *name;
    double value;                  /* NaN: the scenario as it is */
    const char *fault;             /* why there are no rows; NULL: there are */
    struct flyt_validate_row *row; /* [targets->n] */
};

struct flyt_ends_options {
    uint32_t n_replicates;
    struct flyt_par par;
    void (*progress)(void *job, uint64_t done,
                     uint64_t all); /* one thread at a time; may be NULL */
    void *progress_job;
};

/**
 * @brief Which parameters: those of `names` (comma-separated), or with "all" each whose evidence is
 *        `assumed`; both ends each, after one end with NaN for the scenario itself.
 * @param tuning  its ranges take the place of the parameters' own.
 * @return FLYT_ERR_SCENARIO for an unknown name.
 */
FLYT_NODISCARD enum flyt_status flyt_ends_list(const struct flyt_scenario *scenario,
                                               const struct flyt_tuning *tuning, const char *names,
                                               struct flyt_arena *arena, struct flyt_end **out,
                                               uint32_t *n, struct flyt_diag *diag);

/** @brief Fills the rows (targets of the scenario's world only) of all ends. */
FLYT_NODISCARD enum flyt_status flyt_ends_run(const struct flyt_scenario *scenario,
                                              const struct flyt_targets *targets,
                                              const struct flyt_ends_options *options,
                                              struct flyt_arena *arena, struct flyt_end *end,
                                              uint32_t n, struct flyt_diag *diag);

#endif
