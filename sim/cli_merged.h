/**
 * @file cli_merged.h
 * @brief What the commands share that read merged sweeps beside results.
 */
#ifndef FLYT_CLI_MERGED_H
#define FLYT_CLI_MERGED_H

#include "output/merge_read.h"
#include "sim/cli_result.h"

/** The option with which a command takes one point of a merged sweep. */
#define FLYT_CLI_POINT                                                                             \
    {                                                                                              \
        "point", 0, "N", "of a merged sweep: its point N, counted from 0",                         \
            "af et samlet gennemløb: dets punkt N, talt fra 0"                                    \
    }

/** @brief Opens the merged sweep args[0]. Close it, also after a fault. */
FLYT_NODISCARD enum flyt_status flyt_cli_merged_open(struct flyt_cli *cli,
                                                     struct flyt_merged *merged);

/** @brief The number of --point. FLYT_ERR_USAGE when the sweep has no such point. */
FLYT_NODISCARD enum flyt_status
flyt_cli_merged_number(struct flyt_cli *cli, const struct flyt_merged *merged, uint32_t *point);

/**
 * @brief The result args[0], or the point of --point when it is a merged sweep.
 * @return FLYT_ERR_USAGE when a sweep has no --point, or a result has one.
 */
FLYT_NODISCARD enum flyt_status flyt_cli_merged_point(struct flyt_cli *cli,
                                                      struct flyt_result *result);

#endif
