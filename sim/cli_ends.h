/**
 * @file cli_ends.h
 * @brief `flyt validate --ends`: the targets with each assumed parameter at both ends.
 */
#ifndef FLYT_CLI_ENDS_H
#define FLYT_CLI_ENDS_H

#include "output/validate.h"
#include "sim/cli.h"

/** @brief Runs the ends that --ends names and prints them. */
FLYT_NODISCARD enum flyt_status flyt_cli_ends(struct flyt_cli *cli,
                                              const struct flyt_scenario *scenario,
                                              const struct flyt_targets *targets,
                                              uint32_t n_replicates,
                                              enum flyt_validate_format format);

#endif
