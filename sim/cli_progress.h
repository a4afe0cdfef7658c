/**
 * @file cli_progress.h
 * @brief A bar that tells how far a long command is: on a terminal, and a line now and then in a
 *        file.
 */
#ifndef FLYT_CLI_PROGRESS_H
#define FLYT_CLI_PROGRESS_H

#include "sim/cli.h"

struct flyt_cli_bar {
    enum flyt_lang lang;
    bool quiet, terminal;
    double started, last_shown; /* seconds */
    double begun_at;            /* share done when it was opened, by an earlier call */
    uint32_t last_tenth;
    double from, part; /* what is shown is a part of a longer command that begins at `from` */
    char lead[48];     /* said before what is under way; "": nothing */
};

/** @brief Opens a bar; `done` of it was done before, in a run that is resumed. */
struct flyt_cli_bar flyt_cli_bar_open(const struct flyt_cli *cli, double done);

/** @brief Shows it: `share` of all is done, `what` is under way. One thread at a time. */
void flyt_cli_bar_show(struct flyt_cli_bar *bar, double share, const char *what);

/** @brief From here on what is shown is part i of n as long ones. */
void flyt_cli_bar_part(struct flyt_cli_bar *bar, uint32_t i, uint32_t n);

/** @brief Seconds since it was opened. */
double flyt_cli_bar_seconds(const struct flyt_cli_bar *bar);

/** @brief "12 s", "3 min 20 s". */
const char *flyt_cli_duration(char *out, size_t size, double seconds);

/** @brief "1.3 GiB", with a decimal comma in Danish. */
const char *flyt_cli_size(char *out, size_t size, uint64_t bytes, enum flyt_lang lang);

#endif
