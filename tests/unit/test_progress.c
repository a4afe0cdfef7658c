/* How long the rest of some work takes, told from what this call has done of it. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "sim/cli_progress.h"

Test(progress, is_not_told_from_what_was_done_before_the_first_look)
{
    struct flyt_cli_pace pace = {0};
    /* a run of 240 months is taken up at month 200; making its world took 90 s */
    double first = flyt_cli_pace(&pace, 1.0, 90.0), second = flyt_cli_pace(&pace, 3.0, 94.0);
    cr_expect(isnan(flyt_cli_left(39.0, first)));
    cr_expect_float_eq(second, 0.5, 1e-12);
    cr_expect_float_eq(flyt_cli_left(37.0, second), 74.0, 1e-9);
    cr_expect_eq(flyt_cli_left(0.0, 0.0), 0.0);
}

Test(progress, says_that_it_is_not_known)
{
    char out[64];
    cr_expect_str_eq(flyt_cli_duration(out, sizeof out, NAN), "?");
    cr_expect_str_eq(flyt_cli_duration(out, sizeof out, 74.0), "74 s");
    cr_expect_str_eq(flyt_cli_duration(out, sizeof out, 200.0), "3 min 20 s");
}
