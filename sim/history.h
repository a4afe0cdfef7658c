/**
 * @file history.h
 * @brief History matching: which values of free parameters are not ruled out by the targets.
 *
 * Points lie on a Sobol sequence. From those that were run, each target gets an emulator, a
 * polynomial of second degree without cross terms by least squares; the next wave takes the points
 * of the sequence at which no emulator is implausible. Implausibility of a target is
 * |value - wanted| / sqrt(tolerance^2/4 + noise^2 + emulator^2), of a point that of its worst
 * target; below 3 it is not ruled out. Knows no simulation.
 * Source: Vernon, Goldstein & Bower 2010; Sobol 1967 by way of GSL; docs/MODEL.md section 9.
 */
#ifndef FLYT_HISTORY_H
#define FLYT_HISTORY_H

#include "sim/arena.h"
#include "sim/targets.h"

#define FLYT_HISTORY_LIMIT 3.0
#define FLYT_HISTORY_FREE_MOST 40 /* dimensions of GSL's Sobol sequence */

/** One target as history matching sees it. */
struct flyt_history_target {
    double wanted, sd; /* what is asked, and how well it is known */
    double noise;      /* standard deviation of a simulated value, by chance */
    enum flyt_target_bound bound;
};

/** Points that were run. */
struct flyt_history {
    uint32_t n_free, n_targets;
    const struct flyt_history_target *target; /* [n_targets] */
    uint32_t n;
    double *u;     /* [n][n_free] in [0, 1] */
    double *value; /* [n][n_targets] simulated; NaN: could not be measured */
};

/** @brief Gap over standard deviation of one target; 0 on the right side of a limit, 1e9 of NaN. */
double flyt_history_implausibility(const struct flyt_history_target *target, double value,
                                   double emulator_sd);

/** @brief That of the worst target of a point that was run. */
double flyt_history_worst(const struct flyt_history *history, uint32_t point);

/**
 * @brief The next points.
 * @param history  n 0: the first wave, the sequence itself.
 * @param skip     points of the sequence used by earlier waves; moved on by those looked at.
 * @param n        wanted; fewer are filled up with those that are ruled out least.
 * @param u        out: [n][n_free].
 * @param share    out: of the points looked at, the share not ruled out; 1 in the first wave.
 * @return FLYT_ERR_MEMORY. Same points on every machine to the last digits of the emulator.
 */
FLYT_NODISCARD enum flyt_status flyt_history_points(const struct flyt_history *history,
                                                    uint64_t *skip, uint32_t n, double *u,
                                                    double *share, struct flyt_arena *arena);

#endif
