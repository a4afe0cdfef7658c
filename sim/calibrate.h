/**
 * @file calibrate.h
 * @brief Calibration of a scenario: fitted parameters, then sets of free ones that no target rules
 *        out. Can be stopped and resumed.
 *
 * First the fitted parameters are set by the targets (fit.h). Then waves of points over the free
 * parameters (history.h): at each point the fitted ones are fitted anew, from where the first fit
 * left them, so that every set is whole. Points run side by side, one world a thread; what is done
 * is written down after every few points, and a resumed calibration gives the same sets as one that
 * never stopped. Which targets count: those of use `fit`, and demands that are no drift or trend.
 * Source: docs/MODEL.md section 9, docs/validation.md.
 */
#ifndef FLYT_CALIBRATE_H
#define FLYT_CALIBRATE_H

#include "output/digest.h"
#include "sim/fit.h"
#include "sim/history.h"

struct flyt_calibration;

struct flyt_calibrate_options {
    uint32_t settle_years, measure_years, n_rounds, n_replicates;     /* of the first fit */
    uint32_t n_waves, n_points;                                       /* of history matching */
    uint32_t wave_settle, wave_measure, wave_rounds, wave_replicates; /* of a point */
    struct flyt_par par;
    uint32_t sample; /* told in the fingerprint */
    /** Share of all that is done, and what is under way (0: the fit, k: wave k). One thread. */
    void (*progress)(void *job, double share, uint32_t wave);
    void *progress_job;
    /** Writes down what is done; called between points, serially. May be NULL. */
    enum flyt_status (*save)(void *job, const struct flyt_calibration *calibration);
    void *save_job;
    bool (*stop)(void); /* asked after each year, by any thread; may be NULL */
};

/** A point of a wave. */
struct flyt_calibrate_point {
    uint32_t wave; /* from 1 */
    bool done;
    double implausibility;
    double *u;        /* [n_free] */
    double *value;    /* [tuning.n] parameters */
    double *measured; /* [targets.n] */
};

/** What is known so far. All arrays in the arena given to flyt_calibrate_init(). */
struct flyt_calibration {
    const struct flyt_scenario *scenario;
    const struct flyt_targets *targets;
    const struct flyt_tuning *tuning;
    const struct flyt_calibrate_options *options;
    char fingerprint[FLYT_DIGEST_SIZE]; /* of scenario, options and tables */
    bool fitted;
    double *value, *measured, *spread; /* of the first fit */
    double *path, *path_measured;      /* [settle_years][n_fit]; NULL in a resumed one */
    uint32_t n_points;                 /* of all waves */
    struct flyt_calibrate_point *point;
    double share[16]; /* of the points looked at, that no emulator ruled out, by wave */
};

enum { FLYT_CALIBRATE_WAVES_MOST = 16 };

/** @brief Lays out an empty calibration. */
FLYT_NODISCARD enum flyt_status
flyt_calibrate_init(struct flyt_calibration *out, const struct flyt_scenario *scenario,
                    const struct flyt_targets *targets, const struct flyt_tuning *tuning,
                    const struct flyt_calibrate_options *options, struct flyt_arena *arena);

/** @brief Does what is not done yet. @param arena  scratch that lives as long as it. */
FLYT_NODISCARD enum flyt_status flyt_calibrate_run(struct flyt_calibration *calibration,
                                                   struct flyt_arena *arena,
                                                   struct flyt_diag *diag);

/** @brief Share of the work that is done, in [0, 1]. */
double flyt_calibrate_done(const struct flyt_calibration *calibration);

/** @brief Whether history matching looks at a target. */
bool flyt_calibrate_counts(const struct flyt_target *target);

/**
 * @brief The admitted sets: done points with implausibility below 3, best first.
 * @param order  out: [n_points] indices of points.
 * @return how many. Without free parameters: 0, the first fit is the only set.
 */
uint32_t flyt_calibrate_admitted(const struct flyt_calibration *calibration, uint32_t *order);

#endif
