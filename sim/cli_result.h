/**
 * @file cli_result.h
 * @brief What the commands share that read result files.
 */
#ifndef FLYT_CLI_RESULT_H
#define FLYT_CLI_RESULT_H

#include "output/result.h"
#include "sim/cli.h"
#include "sim/text.h"

/** @brief Bytes a result file may have: half of the machine's memory. */
uint64_t flyt_cli_result_room(void);

/** @brief Reads the result file args[0]; at most half of the machine's memory. */
FLYT_NODISCARD enum flyt_status flyt_cli_result(struct flyt_cli *cli, struct flyt_result *result);

/**
 * @brief The folder for files made from args[0]: that of --output, else the file's path with
 *        `suffix` for its ".h5", after "-point-N" when --point is given.
 * @return NULL when out of memory.
 */
const char *flyt_cli_result_folder(struct flyt_cli *cli, const char *suffix);

/**
 * @brief The fault of a name that is not among those known, with the nearest of them.
 * @param kind_en  "series", "figure"; kind_da likewise.
 * @return FLYT_ERR_USAGE.
 */
enum flyt_status flyt_cli_unknown(struct flyt_cli *cli, const char *kind_en, const char *kind_da,
                                  const char *given, const char *const *known, uint32_t n_known);

/**
 * @brief Refuses a folder for pictures or tables that is a file, or is named like one ("x.png")
 *        and is not there.
 * @param kind_en  what the folder is for: "pictures".
 */
FLYT_NODISCARD enum flyt_status flyt_cli_result_check_folder(struct flyt_cli *cli,
                                                             const char *folder,
                                                             const char *kind_en,
                                                             const char *kind_da);

/** @brief Writes FOLDER/NAME and says so, unless told to be quiet. */
FLYT_NODISCARD enum flyt_status flyt_cli_result_csv(const struct flyt_cli *cli, const char *folder,
                                                    const char *name, const struct flyt_text *text);

#endif
