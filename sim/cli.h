/**
 * @file cli.h
 * @brief The command line: `sim/cli.c` owns parsing, help, printing of faults and the exit code;
 *        each `sim/cli_<command>.c` owns one command. Only these files print.
 */
#ifndef FLYT_CLI_H
#define FLYT_CLI_H

#include <stdio.h>

#include "sim/scenario.h"

#define FLYT_CLI_OPTIONS 24 /* options a command may have */
#define FLYT_CLI_SETS 64    /* times --set and its like may be given */

struct flyt_cli_option {
    const char *name; /* "output": --output */
    char letter;      /* 'o': -o; 0: none */
    const char *arg;  /* "FILE"; NULL: a flag */
    const char *en, *da;
};

/** What was given for one option. */
struct flyt_cli_value {
    uint32_t n;                      /* times given */
    const char *text[FLYT_CLI_SETS]; /* for an option with an argument, in order */
};

struct flyt_cli {
    const struct flyt_cli_command *command;
    struct flyt_cli_value value[FLYT_CLI_OPTIONS]; /* in the command's order of options */
    const char *const *args;                       /* positional arguments */
    uint32_t n_args;
    enum flyt_lang lang;
    bool quiet, allow_outside;
    bool told;          /* what went wrong is told by another process */
    uint32_t n_threads; /* 0: as many as allowed */
    uint32_t row;       /* of --set-file, from 1; 0: as --row says */
    /** Columns of --set-file that are no parameters, "set, wave"; NULL: none, or not read yet. */
    const char *no_parameters;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
};

struct flyt_cli_command {
    const char *name;              /* "run" */
    const char *args;              /* "SCENARIO", "FILE [FIGURE...]" */
    uint32_t min_args, max_args;   /* positional */
    const char *en, *da;           /* one line for the list of commands */
    const char *more_en, *more_da; /* paragraphs below the options; may be NULL */
    const struct flyt_cli_option *option;
    uint32_t n_options;
    enum flyt_status (*run)(struct flyt_cli *cli);
};

/** @brief Last text given for an option of the command, NULL when not given. */
const char *flyt_cli_text(const struct flyt_cli *cli, const char *option);

/** @brief Whether an option was given. */
bool flyt_cli_given(const struct flyt_cli *cli, const char *option);

/** @brief All texts given for an option; their number goes to *n. */
const char *const *flyt_cli_texts(const struct flyt_cli *cli, const char *option, uint32_t *n);

/**
 * @brief A whole number given for an option, checked against [low, high].
 * @param value  unchanged when the option was not given.
 * @return FLYT_ERR_USAGE with a fault when it is no such number.
 */
FLYT_NODISCARD enum flyt_status flyt_cli_count(const struct flyt_cli *cli, const char *option,
                                               uint64_t low, uint64_t high, uint64_t *value);

/** @brief English or Danish by --lang. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *
flyt_cli_say(const struct flyt_cli *cli, const char *en, const char *da)
{
    return cli->lang == FLYT_DA ? da : en;
}

/** @brief What --set says, after the row --row of --set-file: "K=V" each, and where each was said,
 *         to set, n_sets and set_place of the options. Memory: cli->arena.
 *  @return FLYT_ERR_USAGE: --row names no row; FLYT_ERR_SCENARIO: the file is no table of sets. */
FLYT_NODISCARD enum flyt_status flyt_cli_sets(struct flyt_cli *cli,
                                              struct flyt_scenario_options *options);

/** @brief Rows of --set-file that --rows names ("1-10", "1,3,5", "all"), in its order; n 0: it is
 *         not given. Memory: cli->arena. @return As flyt_cli_sets(). */
FLYT_NODISCARD enum flyt_status flyt_cli_rows(struct flyt_cli *cli, const uint32_t **row,
                                              uint32_t *n);

/** @brief The folder of the shipped scenarios, NULL when there is none. Memory: the arena's. */
const char *flyt_cli_share(struct flyt_arena *arena);

/** @brief Loads the scenario named by args[0], with --set and --allow-outside of this call. */
FLYT_NODISCARD enum flyt_status flyt_cli_scenario(struct flyt_cli *cli, struct flyt_scenario *out);

/** @brief Runs the command line; returns the exit code. */
int flyt_cli_main(int argc, char **argv);

/** The commands, in the order of --help. Each is defined in sim/cli_<name>.c. */
extern const struct flyt_cli_command flyt_cli_run, flyt_cli_compare, flyt_cli_check,
    flyt_cli_describe, flyt_cli_export, flyt_cli_plot, flyt_cli_segregation, flyt_cli_validate,
    flyt_cli_calibrate, flyt_cli_trace, flyt_cli_verify, flyt_cli_rerun, flyt_cli_sweep,
    flyt_cli_merge, flyt_cli_sensitivity, flyt_cli_completion;

#endif
