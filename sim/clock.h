/**
 * @file clock.h
 * @brief Seconds that pass, for what people are told of a run's time. No result depends on them.
 */
#ifndef FLYT_CLOCK_H
#define FLYT_CLOCK_H

/** @brief Seconds since some moment, never back. */
double flyt_clock_now(void);

/** @brief Seconds that the calling thread has computed. */
double flyt_clock_computed(void);

#endif
