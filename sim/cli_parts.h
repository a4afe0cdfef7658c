/**
 * @file cli_parts.h
 * @brief What sim/cli.c and sim/cli_help.c share.
 */
#ifndef FLYT_CLI_PARTS_H
#define FLYT_CLI_PARTS_H

#include "sim/cli.h"

enum { FLYT_CLI_N_COMMANDS = 16, FLYT_CLI_N_COMMON = 6 };

/** In the order of --help. */
extern const struct flyt_cli_command *const flyt_cli_commands[FLYT_CLI_N_COMMANDS];

/** Options that every command has, before or after its name. */
extern const struct flyt_cli_option flyt_cli_common[FLYT_CLI_N_COMMON];

/** @brief `flyt --help`. */
void flyt_cli_print_help(enum flyt_lang lang);

/** @brief `flyt COMMAND --help`. */
void flyt_cli_print_command_help(const struct flyt_cli_command *command, enum flyt_lang lang);

#endif
