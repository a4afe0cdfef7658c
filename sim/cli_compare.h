/**
 * @file cli_compare.h
 * @brief The combinations of `flyt compare --factorial`: simulated together and measured.
 */
#ifndef FLYT_CLI_COMPARE_H
#define FLYT_CLI_COMPARE_H

#include "output/compare_plot.h"
#include "sim/cli_progress.h"
#include "sim/run_arms.h"

struct flyt_cli_arms {
    const struct flyt_scenario *arm; /* [n] the last has all policies */
    uint32_t n;
    struct flyt_compare_arm *measured; /* [n] out: values */
    struct flyt_compare_items *items;  /* out: those of the last arm */
    const struct flyt_run_options *run;
    bool together; /* for a dry run: else each arm is run by itself */
    /* while they are simulated */
    struct flyt_run_arms_plan plan;
    struct flyt_cli_bar bar;
    uint64_t n_before; /* months of the pass before the first */
};

/** @brief Simulates the arms and measures them. */
FLYT_NODISCARD enum flyt_status flyt_cli_arms_run(struct flyt_cli *cli, struct flyt_cli_arms *arms);

/** @brief Tells what that will need: runs, months, memory and about how long it takes. */
FLYT_NODISCARD enum flyt_status flyt_cli_arms_dry(struct flyt_cli *cli, struct flyt_cli_arms *arms);

#endif
