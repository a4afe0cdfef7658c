/**
 * @file cli_folder.h
 * @brief Names of sweeps' folders: which are refused, and how a shell is told them.
 */
#ifndef FLYT_CLI_FOLDER_H
#define FLYT_CLI_FOLDER_H

#include "sim/cli.h"

/**
 * @brief Refuses what is no name of a folder, or would be taken for something else: nothing, what
 *        begins with a dash, characters that no message can show.
 * @return FLYT_ERR_USAGE with a fault.
 */
FLYT_NODISCARD enum flyt_status flyt_cli_folder_check(struct flyt_cli *cli, const char *folder);

/** @brief The name as a word of a shell: in quotes where they are needed. NULL: out of memory. */
const char *flyt_cli_folder_word(struct flyt_arena *arena, const char *folder);

#endif
