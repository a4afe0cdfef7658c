/**
 * @file cli_compare.h
 * @brief What the files of `flyt compare` share: cli_compare.c what is asked, cli_compare_runs.c
 *        the runs of one set of parameters, cli_compare_arms.c those of --factorial,
 *        cli_compare_sets.c one set after the other, cli_compare_tell.c what is said.
 */
#ifndef FLYT_CLI_COMPARE_H
#define FLYT_CLI_COMPARE_H

#include "output/compare_factorial.h"
#include "output/compare_plot.h"
#include "output/track.h"
#include "sim/cli_progress.h"
#include "sim/run_arms.h"

struct flyt_cli_arms {
    const struct flyt_scenario *arm; /* [n] the last has all policies */
    uint32_t n;
    struct flyt_compare_arm *measured; /* [n] out: values */
    struct flyt_compare_items *items;  /* out: those of the last arm */
    const struct flyt_run_options *run;
    bool together;            /* for a dry run: else each arm is run by itself */
    uint32_t n_sets;          /* for a dry run: so many times */
    struct flyt_cli_bar *bar; /* for runs */
    /* while they are simulated */
    struct flyt_run_arms_plan plan;
    uint64_t n_before; /* months of the pass before the first */
};

/** @brief Simulates the arms and measures them. */
FLYT_NODISCARD enum flyt_status flyt_cli_arms_run(struct flyt_cli *cli, struct flyt_cli_arms *arms);

/** @brief Tells what that will need: runs, months, memory and about how long it takes. */
FLYT_NODISCARD enum flyt_status flyt_cli_arms_dry(struct flyt_cli *cli, struct flyt_cli_arms *arms);

struct flyt_cli_comparison {
    struct flyt_scenario scenario; /* with the policies as it names them */
    struct flyt_run_options run;
    struct flyt_run_pass pass;
    struct flyt_compare_items items;
    struct flyt_compare_page page;
    struct flyt_plot_options plot;
    bool factorial;
    uint32_t policy[FLYT_FACTORIAL_MOST], n_policies; /* that are compared */
    uint32_t n_arms;                                  /* beside the baseline */
    struct flyt_compare_arm *arm;                     /* [n_arms + 1]; [0] the baseline */
    struct flyt_track *track;                         /* [n_arms + 1]; NULL: nobody is followed */
    const uint32_t *row;                              /* [n_sets] of --rows, from 1 */
    uint32_t n_sets;                                  /* 0: one, as --row or the scenario has it */
    struct flyt_text sets;                            /* sets.csv: changes in each set */
    struct flyt_cli_bar *bar;
    uint32_t n_runs, n_done;
    const char *what;
};

/** @brief Takes the scenario, its policies and numbers as the command line asks for them.
 *         @param set  which of --rows; 0 when there are none. */
FLYT_NODISCARD enum flyt_status
flyt_cli_compare_ask(struct flyt_cli *cli, struct flyt_cli_comparison *call, uint32_t set);

/** @brief Runs and measures the arms of one set; with --dry-run tells what they need. */
FLYT_NODISCARD enum flyt_status flyt_cli_compare_runs(struct flyt_cli *cli,
                                                      struct flyt_cli_comparison *call);

/** @brief Asks for, runs and puts together the sets of call->row, two or more. */
FLYT_NODISCARD enum flyt_status flyt_cli_compare_sets(struct flyt_cli *cli,
                                                      struct flyt_cli_comparison *call);

/** @brief Adds the rows of all arms, and of all together less the sum of each, to a table.
 *  @param lead  what stands first in each row. */
FLYT_NODISCARD enum flyt_status flyt_cli_compare_csv(const struct flyt_cli_comparison *call,
                                                     const char *lead, bool head,
                                                     struct flyt_text *csv);

/** @brief Says what came out, and writes what --output asks for. */
FLYT_NODISCARD enum flyt_status flyt_cli_compare_tell(struct flyt_cli *cli,
                                                      struct flyt_cli_comparison *call);

#endif
