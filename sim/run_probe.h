/**
 * @file run_probe.h
 * @brief How long worlds take: processor time of a start and of some months, on one thread. That is
 *        the same on a machine that is busy with something else; the clock is not.
 */
#ifndef FLYT_RUN_PROBE_H
#define FLYT_RUN_PROBE_H

#include "sim/scenario.h"

struct flyt_run_probe {
    uint32_t n_months; /* that were simulated to know it */
    double start_seconds, month_seconds;
};

/** @brief Simulates some months of the scenario. Call from serial code. */
FLYT_NODISCARD enum flyt_status flyt_run_probe(const struct flyt_scenario *scenario,
                                               struct flyt_run_probe *probe,
                                               struct flyt_diag *diag);

#endif
