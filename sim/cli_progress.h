/**
 * @file cli_progress.h
 * @brief A bar that tells how far a long command is: on a terminal, and a line now and then in a
 *        file.
 */
#ifndef FLYT_CLI_PROGRESS_H
#define FLYT_CLI_PROGRESS_H

#include "sim/cli.h"

/** How fast work goes since it was first looked at: what came before the first look, such as making
 *  a world, or the work of an earlier call, tells nothing of it. Begins with zeros. */
struct flyt_cli_pace {
    bool begun;
    double time, done; /* at the first look */
};

/** @brief Work a second, 0 before the second look.
 *  @param done  work done, by this call or in all.  @param time  seconds on any clock. */
double flyt_cli_pace(struct flyt_cli_pace *pace, double done, double time);

/** @brief Seconds until so much more is done; NaN while nobody knows. */
double flyt_cli_left(double to_do, double pace);

struct flyt_cli_bar {
    enum flyt_lang lang;
    bool quiet, terminal;
    double started, last_shown; /* seconds */
    struct flyt_cli_pace pace;
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

/** @brief "12 s", "3 min 20 s"; "?" for NaN. */
const char *flyt_cli_duration(char *out, size_t size, double seconds);

/** @brief "1.3 GiB", with a decimal comma in Danish. */
const char *flyt_cli_size(char *out, size_t size, uint64_t bytes, enum flyt_lang lang);

#endif
