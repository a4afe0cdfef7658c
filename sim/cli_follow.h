/**
 * @file cli_follow.h
 * @brief `flyt compare` follows those whom policies reach: output/track.h for each arm.
 */
#ifndef FLYT_CLI_FOLLOW_H
#define FLYT_CLI_FOLLOW_H

#include "output/compare_plot.h"
#include "output/track.h"
#include "sim/cli.h"
#include "sim/run.h"

/** @brief Before an arm is run: arms 1 to n_arms in any order, then 0, the baseline, which is told
 *         by the others whom to look for. @param track  [n_arms + 1]; NULL: nobody is followed. */
FLYT_NODISCARD enum flyt_status flyt_cli_follow(struct flyt_cli *cli, struct flyt_track *track,
                                                uint32_t n_arms, uint32_t arm, uint32_t n_years,
                                                struct flyt_run_options *run);

/** @brief Tells what became of those each arm reached. @param arm  [n_arms + 1].
 *         @param folder  for tracking.csv and leakage.csv; NULL: none. */
FLYT_NODISCARD enum flyt_status
flyt_cli_follow_tell(struct flyt_cli *cli, const struct flyt_track *track,
                     const struct flyt_compare_arm *arm, uint32_t n_arms,
                     const struct flyt_compare_page *page, const char *folder);

/** @brief Gives the memory back. */
void flyt_cli_follow_end(struct flyt_track *track, uint32_t n_arms);

#endif
