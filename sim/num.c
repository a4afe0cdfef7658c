#include "sim/num.h"

#include <math.h>
#include <string.h>

static inline uint64_t to_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static const double LN2_HI = 6.93147180369123816490e-01, LN2_LO = 1.90821492927058770002e-10;

/** One NaN for all: the sign of 0/0 differs between a compiler's arithmetic and a processor's. */
static const uint64_t NOT_A_NUMBER = UINT64_C(0x7FF8000000000000);

/** Adding 1.5 * 2^52 rounds to an integer, which then stands in the low bits. */
static const double ROUND = 0x1.8p52;

static inline double exp_one(double x)
{
    const double p1 = 1.66666666666666019037e-01, p2 = -2.77777777770155933842e-03,
                 p3 = 6.61375632143793436117e-05, p4 = -1.65339022054652515390e-06,
                 p5 = 4.13813679705723846039e-08;
    double in_range = x < -746.0 ? -746.0 : x > 710.0 ? 710.0 : x;
    double shifted = in_range * 1.44269504088896338700 + ROUND;
    double k = shifted - ROUND;
    double hi = in_range - k * LN2_HI, lo = k * LN2_LO;
    double r = hi - lo, t = r * r;
    double c = r - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))));
    double y = 1.0 - ((lo - (r * c) / (2.0 - c)) - hi);
    /* 2^k in two factors, so that the result may be subnormal; k lies in [-1076, 1024] */
    uint64_t whole = (to_bits(shifted) & UINT64_C(0xFFFFFFFF)) + UINT64_C(2048);
    uint64_t biased = whole & UINT64_C(0xFFFFFFFF); /* k + 2048, positive */
    uint64_t half = biased / 2;
    double scale1 = from_bits((half - 1024 + 1023) << 52);
    double scale2 = from_bits((biased - half - 1024 + 1023) << 52);
    return x != x ? from_bits(NOT_A_NUMBER) : y * scale1 * scale2;
}

static inline double log_one(double x)
{
    const double lg1 = 6.666666666666735130e-01, lg2 = 3.999999999940941908e-01,
                 lg3 = 2.857142874366239149e-01, lg4 = 2.222219843214978396e-01,
                 lg5 = 1.818357216161805012e-01, lg6 = 1.531383769920937332e-01,
                 lg7 = 1.479819860511658591e-01;
    bool tiny = x < 0x1p-1022;
    double scaled = tiny ? x * 0x1p54 : x;
    /* mantissa m in [sqrt(1/2), sqrt(2)) and exponent k with scaled = m * 2^k */
    uint64_t bits = to_bits(scaled) + UINT64_C(0x00095F619980C433);
    uint64_t exponent = bits >> 52;
    double m = from_bits((bits & UINT64_C(0x000FFFFFFFFFFFFF)) + UINT64_C(0x3FE6A09E667F3BCD));
    double k = from_bits(UINT64_C(0x4330000000000000) | (exponent & 0xFFF)) - 0x1p52 - 1023.0 -
               (tiny ? 54.0 : 0.0);
    double f = m - 1.0, s = f / (2.0 + f), z = s * s, w = z * z;
    double t1 = w * (lg2 + w * (lg4 + w * lg6));
    double t2 = z * (lg1 + w * (lg3 + w * (lg5 + w * lg7)));
    double half_square = 0.5 * f * f;
    double y = k * LN2_HI - ((half_square - (s * (half_square + t1 + t2) + k * LN2_LO)) - f);
    y = x == HUGE_VAL ? x : y;
    y = x == 0.0 ? -HUGE_VAL : y;
    return x >= 0.0 ? y : from_bits(NOT_A_NUMBER);
}

double flyt_num_exp(double x)
{
    return exp_one(x);
}

double flyt_num_log(double x)
{
    return log_one(x);
}

FLYT_CLONES void flyt_num_exp_n(const double *x, double *y, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = exp_one(x[i]);
    }
}

FLYT_CLONES void flyt_num_log_n(const double *x, double *y, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = log_one(x[i]);
    }
}

double flyt_num_pow(double x, double y)
{
    return exp_one(y * log_one(x));
}

double flyt_num_sum(const double *x, size_t n)
{
    double sum = 0.0, lost = 0.0;
    for (size_t i = 0; i < n; i++) {
        double next = sum + x[i];
        lost += fabs(sum) >= fabs(x[i]) ? (sum - next) + x[i] : (x[i] - next) + sum;
        sum = next;
    }
    return sum + lost;
}
