/* Portable exp and log: how far from the truth, special values, arrays, sums. */
#include "sim/num.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <string.h>

_Static_assert(LDBL_MANT_DIG >= 64, "long double is the yardstick and must be finer than double");

enum { N = 10000000 };

/** A sequence of 64 bits that is the same everywhere (Marsaglia's xorshift). */
static uint64_t next_bits(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static uint64_t to_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/** Distance in units of the last place of a double at `truth`, also where doubles are subnormal. */
static double ulps(double y, long double truth)
{
    int exponent;
    if (isinf(y)) {
        return fabsl(truth) > (long double)DBL_MAX ? 0.0 : HUGE_VAL;
    }
    (void)frexpl(truth, &exponent);
    int unit = exponent - DBL_MANT_DIG < -1074 ? -1074 : exponent - DBL_MANT_DIG;
    return (double)(fabsl((long double)y - truth) / ldexpl(1.0L, unit));
}

/** Arguments of exp from all its range, by kind: whole, subnormal results, huge, around 0, small.
 */
static double exp_argument(uint64_t i, uint64_t *state)
{
    uint64_t bits = next_bits(state);
    double u = (double)(bits >> 11) * 0x1p-53;
    switch (i % 6) {
    case 0:
        return -745.2 + u * (709.79 + 745.2);
    case 1:
        return -745.2 + u * 37.0;
    case 2:
        return 700.0 + u * 9.79;
    case 3:
        return ldexp(u - 0.5, -(int)(bits % 1070));
    case 4:
        return (u - 0.5) * 40.0;
    default:
        return u - 0.5;
    }
}

/** Arguments of log: all bit patterns, subnormal, near 1, everyday. */
static double log_argument(uint64_t i, uint64_t *state)
{
    uint64_t bits = next_bits(state);
    double u = (double)(bits >> 11) * 0x1p-53;
    double any = from_bits(bits & INT64_MAX);
    switch (i % 6) {
    case 0:
        return any <= DBL_MAX && any > 0 ? any : 2.0;
    case 1:
        return from_bits((bits & UINT64_C(0x000FFFFFFFFFFFFF)) | 1);
    case 2:
        return 1.0 + ldexp(u - 0.5, -(int)(bits % 52));
    case 3:
        return from_bits(UINT64_C(0x3FF0000000000000) + bits % 4096 - 2048);
    case 4:
        return 0.5 + u;
    default:
        return u * 1e6 + DBL_MIN;
    }
}

Test(num, exp_is_within_one_unit_in_the_last_place)
{
    uint64_t state = UINT64_C(88172645463325252);
    double worst = 0, at = 0;
    for (uint64_t i = 0; i < N; i++) {
        double x = exp_argument(i, &state), distance = ulps(flyt_num_exp(x), expl(x));
        at = distance > worst ? x : at;
        worst = distance > worst ? distance : worst;
    }
    cr_log_info("exp: at most %.4f ulp, at %a", worst, at);
    cr_assert(worst < 1.0, "exp is %g ulp off at %a", worst, at);
    cr_assert(worst > 0.5, "even the best is half a unit off somewhere: is the yardstick double?");
}

Test(num, log_is_within_one_unit_in_the_last_place)
{
    uint64_t state = UINT64_C(88172645463325252);
    double worst = 0, at = 0;
    for (uint64_t i = 0; i < N; i++) {
        double x = log_argument(i, &state), distance = ulps(flyt_num_log(x), logl(x));
        at = distance > worst ? x : at;
        worst = distance > worst ? distance : worst;
    }
    cr_log_info("log: at most %.4f ulp, at %a", worst, at);
    cr_assert(worst < 1.0, "log is %g ulp off at %a", worst, at);
    cr_assert(worst > 0.5, "even the best is half a unit off somewhere: is the yardstick double?");
}

static const double SPECIAL[] = {0.0,
                                 -0.0,
                                 1.0,
                                 -1.0,
                                 5e-324,
                                 -5e-324,
                                 DBL_MIN,
                                 DBL_MAX,
                                 -DBL_MAX,
                                 HUGE_VAL,
                                 -HUGE_VAL,
                                 NAN,
                                 709.782712893384,
                                 709.7827128933841,
                                 710.0,
                                 1e308,
                                 -745.1332191019411,
                                 -745.1332191019412,
                                 -746.0,
                                 -1e308,
                                 0x1.fffffffffffffp-1023,
                                 0x1p-1074,
                                 0x1.fffffffffffffp-1,
                                 0x1.0000000000001p0};

Test(num, exp_has_the_right_ends)
{
    cr_assert_eq(flyt_num_exp(0.0), 1.0);
    cr_assert_eq(flyt_num_exp(-0.0), 1.0);
    cr_assert_eq(flyt_num_exp(HUGE_VAL), HUGE_VAL);
    cr_assert_eq(flyt_num_exp(-HUGE_VAL), 0.0);
    cr_assert_eq(flyt_num_exp(709.7827128933841), HUGE_VAL);
    cr_assert_leq(flyt_num_exp(709.782712893384), DBL_MAX);
    cr_assert_eq(flyt_num_exp(-745.1332191019411), 0x1p-1074);
    cr_assert_eq(flyt_num_exp(-745.1332191019412), 0.0);
    cr_assert_eq(flyt_num_exp(DBL_MAX), HUGE_VAL);
    cr_assert_eq(flyt_num_exp(-DBL_MAX), 0.0);
    cr_assert_eq(flyt_num_exp(5e-324), 1.0);
    cr_assert_eq(to_bits(flyt_num_exp(NAN)), UINT64_C(0x7FF8000000000000));
    cr_assert_eq(to_bits(flyt_num_exp(-NAN)), UINT64_C(0x7FF8000000000000));
}

Test(num, log_has_the_right_ends)
{
    cr_assert_eq(to_bits(flyt_num_log(1.0)), 0, "plus zero, exactly");
    cr_assert_eq(flyt_num_log(0.0), -HUGE_VAL);
    cr_assert_eq(flyt_num_log(-0.0), -HUGE_VAL);
    cr_assert_eq(flyt_num_log(HUGE_VAL), HUGE_VAL);
    cr_assert_float_eq(flyt_num_log(DBL_MAX), 709.782712893384, 1e-12);
    cr_assert_float_eq(flyt_num_log(0x1p-1074), -744.4400719213812, 1e-12);
    const double none[] = {-5e-324, -1.0, -DBL_MAX, -HUGE_VAL, NAN, -NAN};
    for (size_t i = 0; i < FLYT_COUNT(none); i++) {
        cr_assert_eq(to_bits(flyt_num_log(none[i])), UINT64_C(0x7FF8000000000000), "log(%g)",
                     none[i]);
    }
}

Test(num, arrays_give_the_bits_of_single_values)
{
    enum { ROWS = 100003 };
    static double x[2][ROWS], y[2][ROWS];
    uint64_t state = 12345;
    for (size_t i = 0; i < ROWS; i++) {
        bool special = i < FLYT_COUNT(SPECIAL);
        x[0][i] = special ? SPECIAL[i] : exp_argument(i, &state);
        x[1][i] = special ? SPECIAL[i] : log_argument(i, &state);
    }
    flyt_num_exp_n(x[0], y[0], ROWS);
    flyt_num_log_n(x[1], y[1], ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        cr_assert_eq(to_bits(y[0][i]), to_bits(flyt_num_exp(x[0][i])), "exp(%a)", x[0][i]);
        cr_assert_eq(to_bits(y[1][i]), to_bits(flyt_num_log(x[1][i])), "log(%a)", x[1][i]);
    }
    flyt_num_exp_n(x[0], x[0], ROWS);
    flyt_num_log_n(x[1], x[1], ROWS);
    cr_assert_arr_eq(x, y, sizeof x, "in place");
}

Test(num, short_arrays_leave_what_lies_behind_alone)
{
    double x[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9}, y[10];
    for (size_t n = 0; n <= 9; n++) {
        for (size_t i = 0; i < 10; i++) {
            y[i] = -5;
        }
        flyt_num_log_n(x, y, n);
        for (size_t i = 0; i < 10; i++) {
            cr_assert_eq(y[i], i < n ? flyt_num_log(x[i]) : -5.0);
        }
    }
}

Test(num, exp_and_log_rise_with_their_argument)
{
    /* a step of 1e-9 is far above the error of 1 ulp, so it must not lead down */
    uint64_t state = 777;
    for (uint64_t i = 0; i < 200000; i++) {
        double x = exp_argument(i, &state), z = log_argument(i, &state);
        cr_assert_geq(flyt_num_exp(x + 1e-9 * fabs(x) + 1e-9), flyt_num_exp(x), "exp at %a", x);
        cr_assert_geq(flyt_num_log(z + 1e-9 * z), flyt_num_log(z), "log at %a", z);
    }
}

Test(num, powers_are_as_near_as_said)
{
    uint64_t state = 99;
    cr_assert_eq(flyt_num_pow(1.0, 1234.5), 1.0);
    cr_assert_eq(flyt_num_pow(7.0, 0.0), 1.0);
    for (uint64_t i = 0; i < 300000; i++) {
        double x = ldexp(1.0 + (double)(next_bits(&state) >> 12) * 0x1p-52, (int)(i % 40) - 20);
        double y = ((double)(next_bits(&state) >> 11) * 0x1p-53 - 0.5) * 60.0;
        double exponent = fabs(y * log(x));
        if (exponent < 700.0) {
            double distance = ulps(flyt_num_pow(x, y), powl(x, y));
            cr_assert(distance <= 2.0 + 2.0 * exponent, "%a ^ %a: %g ulp", x, y, distance);
        }
    }
}

Test(num, sums_keep_what_plain_addition_loses)
{
    const double hard[] = {1.0, 1e100, 1.0, -1e100}; /* Neumaier's own example */
    cr_assert_eq(flyt_num_sum(hard, FLYT_COUNT(hard)), 2.0);
    cr_assert_eq(flyt_num_sum(hard, 0), 0.0);
    cr_assert_eq(flyt_num_sum(hard, 1), 1.0);
    static double tenths[1000000];
    for (size_t i = 0; i < FLYT_COUNT(tenths); i++) {
        tenths[i] = 0.1;
    }
    cr_assert_eq(flyt_num_sum(tenths, FLYT_COUNT(tenths)), 100000.0);
}
