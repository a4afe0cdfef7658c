/**
 * @file sweep_measure.h
 * @brief How long a sweep will take.
 */
#ifndef FLYT_SWEEP_MEASURE_H
#define FLYT_SWEEP_MEASURE_H

#include "sim/sweep_run.h"

/** @brief Times some months of the first scenario on one thread and fills estimate->seconds. */
FLYT_NODISCARD enum flyt_status flyt_sweep_measure(const struct flyt_sweep *sweep,
                                                   struct flyt_arena *arena,
                                                   struct flyt_sweep_estimate *estimate,
                                                   struct flyt_diag *diag);

#endif
