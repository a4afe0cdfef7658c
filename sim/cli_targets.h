/**
 * @file cli_targets.h
 * @brief What `flyt validate` and `flyt calibrate` share: the targets of a scenario, samples of it.
 */
#ifndef FLYT_CLI_TARGETS_H
#define FLYT_CLI_TARGETS_H

#include "sim/cli.h"
#include "sim/targets.h"

/**
 * @brief The targets named by --targets, else those of the scenario.
 * @param scenario  NULL: there is none, --targets must be given.
 * @return FLYT_ERR_USAGE with a fault when there are no targets.
 */
FLYT_NODISCARD enum flyt_status flyt_cli_targets(struct flyt_cli *cli,
                                                 const struct flyt_scenario *scenario,
                                                 struct flyt_targets *out);

/** @brief Loads the scenario args[0] and makes it smaller when --sample says so. */
FLYT_NODISCARD enum flyt_status flyt_cli_sampled(struct flyt_cli *cli, struct flyt_scenario *out);

#endif
