/**
 * @file fit.h
 * @brief Fits parameters to targets while worlds run: Robbins and Monro's stochastic approximation,
 *        one parameter a target.
 *
 * Worlds of several replicates are stepped side by side. After each year the mean gap of a target
 * moves its parameter, on its logarithm by ln(target/value)/(e (1 + k/6)) in step k, e the
 * elasticity measured beforehand; at most by 1, and inside its bounds. Then the parameters stand
 * still at the mean of their last half of steps, and the targets are measured.
 *
 * A world that has been fitted for years has left the start behind, and what is measured in it is
 * not what a run from the start gives. So rounds may follow: each runs from the start with the
 * parameters as they are, and after each but the last they take a step by what it measured. The
 * pass before the start is made for the first and the last of them.
 * Source: Robbins & Monro 1951; Polyak & Juditsky 1992 for the mean; docs/MODEL.md section 9.
 */
#ifndef FLYT_FIT_H
#define FLYT_FIT_H

#include "output/validate.h"
#include "sim/tuning.h"

struct flyt_fit_options {
    uint32_t settle_years, measure_years;
    uint32_t n_rounds; /* of measure_years from the start; 0: measured where the fit ended */
    uint32_t first_replicate, n_replicates;
    struct flyt_par par; /* threads over replicates; each world has one */
    /** Called after each year by one thread; may be NULL. */
    void (*progress)(void *job, uint32_t years_done, uint32_t years);
    void *progress_job;
    bool (*stop)(void); /* asked after each year, by any thread: whether to stop; may be NULL */
};

/** What a fit gave. Arrays are the caller's. */
struct flyt_fit_result {
    double *value;         /* [tuning->n] of each parameter, as they stood while measured */
    double *measured;      /* [targets->n] mean over replicates; NaN: cannot be measured */
    double *spread;        /* [targets->n] over replicates; NaN with one */
    double *path;          /* [settle_years][tuning->n_fit] parameters year by year; or NULL */
    double *path_measured; /* [settle_years][tuning->n_fit] their targets; or NULL */
};

/** @brief Years that a fit simulates of each replicate. */
uint32_t flyt_fit_years(const struct flyt_fit_options *options);

/**
 * @brief One step of a parameter.
 * @param value, wanted  of its target.  @param step  k, from 0.
 * @return the new value, inside its bounds; the old one when `value` is NaN.
 */
double flyt_fit_step(const struct flyt_tuned *tuned, double now, double value, double wanted,
                     uint32_t step);

/**
 * @brief Runs the scenario settle + measure years and fits on the way, or settle years and rounds.
 * @param start  [tuning->n] values to begin with, of fitted and free parameters; NaN: as they are.
 * @param arena  scratch; emptied by nobody here: give one of your own.
 * @return FLYT_ERR_MEMORY, FLYT_ERR_INVARIANT, FLYT_ERR_SCENARIO when the values are refused,
 *         FLYT_ERR_STOPPED when options->stop() said so.
 */
FLYT_NODISCARD enum flyt_status flyt_fit_run(const struct flyt_scenario *scenario,
                                             const struct flyt_targets *targets,
                                             const struct flyt_tuning *tuning, const double *start,
                                             const struct flyt_fit_options *options,
                                             struct flyt_arena *arena, struct flyt_fit_result *out,
                                             struct flyt_diag *diag);

#endif
