/**
 * @file run_probe.h
 * @brief How long worlds take: processor time of a start and of some months, of worlds side by
 *        side, since these share caches and memory. Processor time hardly depends on what else the
 *        machine does; the clock does.
 */
#ifndef FLYT_RUN_PROBE_H
#define FLYT_RUN_PROBE_H

#include "sim/scenario.h"

struct flyt_run_probe {
    uint32_t n_months; /* that were simulated to know it */
    double start_seconds, month_seconds;
};

/** @brief Simulates some months of the scenario. Call from serial code.
 *  @param n_at_once  worlds that the run will have side by side; up to four are tried. */
FLYT_NODISCARD enum flyt_status flyt_run_probe(const struct flyt_scenario *scenario,
                                               uint32_t n_at_once, struct flyt_run_probe *probe,
                                               struct flyt_diag *diag);

#endif
