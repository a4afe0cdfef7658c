/**
 * @file signals.h
 * @brief Whether somebody wants the program to end: SIGTERM, SIGINT, SIGUSR1, SIGXCPU.
 *
 * The first of them is only remembered, so that what is under way can be put in order; the second
 * ends the program at once, as if nothing had been caught.
 */
#ifndef FLYT_SIGNALS_H
#define FLYT_SIGNALS_H

#include <stdbool.h>

/** @brief From now on the first signal is remembered. Ignored ones (nohup) stay ignored. */
void flyt_signals_catch(void);

/** @brief Whether one has come. May be asked by any thread. */
bool flyt_signals_came(void);

#endif
