#define _POSIX_C_SOURCE 200809L
#include "sim/clock.h"

#include <time.h>

static double seconds(clockid_t clock)
{
    struct timespec time = {0};
    (void)clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

double flyt_clock_now(void)
{
    return seconds(CLOCK_MONOTONIC);
}

double flyt_clock_computed(void)
{
    return seconds(CLOCK_THREAD_CPUTIME_ID);
}
