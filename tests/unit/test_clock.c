/* Seconds of the clock and of work. */
#define _POSIX_C_SOURCE 200809L
#include <criterion/criterion.h>
#include <time.h>

#include "sim/clock.h"

/** Asleep for 50 ms: the clock goes on by as much at least, the work hardly. */
Test(clock, goes_on_while_nothing_is_computed)
{
    const struct timespec nap = {0, 50000000};
    double began = flyt_clock_now(), computed = flyt_clock_computed();
    cr_assert_eq(nanosleep(&nap, NULL), 0);
    cr_expect_geq(flyt_clock_now() - began, 0.05);
    cr_expect_lt(flyt_clock_computed() - computed, 0.05);
}

Test(clock, counts_what_is_computed)
{
    double began = flyt_clock_now(), computed = flyt_clock_computed();
    while (flyt_clock_computed() - computed < 0.01 && flyt_clock_now() - began < 60.0) {
    }
    cr_expect_geq(flyt_clock_computed() - computed, 0.01);
}
