/**
 * @file segregation_random.c
 * @brief Random tables with given unit totals: by given shares, or with the group totals kept.
 */
#include "output/segregation_random.h"

#include <math.h>

#include "sim/num.h"

void flyt_segregation_uniforms(struct flyt_segregation_source *source, double uniform[2])
{
    uint32_t word[4];
    flyt_rng_block(source->key, source->uid, 0, source->stream, source->draw++, word);
    uniform[0] = flyt_rng_to_unit((uint64_t)word[1] << 32 | word[0]);
    uniform[1] = flyt_rng_to_unit((uint64_t)word[3] << 32 | word[2]);
}

double flyt_segregation_log_factorial(double n)
{
    static const double small[] = {1.0,       1.0,        2.0,        6.0,     24.0,
                                   120.0,     720.0,      5040.0,     40320.0, 362880.0,
                                   3628800.0, 39916800.0, 479001600.0};
    if (n < (double)FLYT_COUNT(small)) {
        return flyt_num_log(small[(int)n]);
    }
    const double half_log_2pi = 0.91893853320467274178, x = n + 1.0, r = 1.0 / (x * x);
    return (x - 0.5) * flyt_num_log(x) - x + half_log_2pi +
           (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r / 1680.0))) / x;
}

double flyt_segregation_binomial_mass(double k, double n, double p)
{
    return flyt_num_exp(flyt_segregation_log_factorial(n) - flyt_segregation_log_factorial(k) -
                        flyt_segregation_log_factorial(n - k) + k * flyt_num_log(p) +
                        (n - k) * flyt_num_log(1.0 - p));
}

/** Adds up masses from 0 until the uniform is passed. p <= 1/2, n p < 10. */
static double by_inversion(struct flyt_segregation_source *source, double n, double p)
{
    double uniform[2];
    flyt_segregation_uniforms(source, uniform);
    const double odds = p / (1.0 - p);
    double mass = flyt_num_exp(n * flyt_num_log(1.0 - p)), k = 0.0, left = uniform[0];
    while (left > mass && k < n) {
        left -= mass;
        mass *= odds * (n - k) / (k + 1.0);
        k += 1.0;
        if (mass < 1e-300) {
            break; /* beyond what a double uniform can reach */
        }
    }
    return k;
}

/** p <= 1/2, n p >= 10. */
static double by_rejection(struct flyt_segregation_source *source, double n, double p)
{
    const double sd = sqrt(n * p * (1.0 - p)), b = 1.15 + 2.53 * sd;
    const double a = -0.0873 + 0.0248 * b + 0.01 * p, c = n * p + 0.5;
    const double squeeze = 0.92 - 4.2 / b;
    for (;;) {
        double uniform[2];
        flyt_segregation_uniforms(source, uniform);
        const double u = uniform[0] - 0.5, v = uniform[1], us = 0.5 - fabs(u);
        const double k = floor((2.0 * a / us + b) * u + c);
        if (us >= 0.07 && v <= squeeze) {
            return k;
        }
        if (k < 0.0 || k > n) {
            continue;
        }
        const double alpha = (2.83 + 5.1 / b) * sd, mode = floor((n + 1.0) * p);
        const double log_odds = flyt_num_log(p / (1.0 - p));
        const double log_ratio = flyt_segregation_log_factorial(mode) +
                                 flyt_segregation_log_factorial(n - mode) -
                                 flyt_segregation_log_factorial(k) -
                                 flyt_segregation_log_factorial(n - k) + (k - mode) * log_odds;
        if (flyt_num_log(v * alpha / (a / (us * us) + b)) <= log_ratio) {
            return k;
        }
    }
}

double flyt_segregation_binomial(struct flyt_segregation_source *source, double n, double p)
{
    if (!(n > 0.0) || !(p > 0.0)) {
        return 0.0;
    }
    if (p >= 1.0) {
        return n;
    }
    const double low = p > 0.5 ? 1.0 - p : p;
    const double k = n * low < 10.0 ? by_inversion(source, n, low) : by_rejection(source, n, low);
    return p > 0.5 ? n - k : k;
}

void flyt_segregation_throw(const struct flyt_segregation_table *in, const double *share,
                            struct flyt_rng_key key, uint32_t draw,
                            struct flyt_segregation_table *out)
{
    const uint32_t n = in->n_units, last = in->n_groups - 1;
    for (uint32_t i = 0; i < n; i++) {
        double left = in->unit_total[i], share_left = 1.0;
        for (uint32_t g = 0; g <= last; g++) {
            const double p = share[(size_t)g * n + i];
            double k = left;
            if (g < last) {
                struct flyt_segregation_source source =
                    flyt_segregation_source(key, FLYT_STREAM_segregation_bootstrap, i, g, draw);
                k = flyt_segregation_binomial(&source, left, p < share_left ? p / share_left : 1.0);
            }
            out->persons[(size_t)g * n + i] = k;
            left -= k;
            share_left -= p;
        }
    }
    flyt_segregation_table_sum(out);
}

enum { MENDING = 0x40000000 }; /* marks the group in the uid of a source */

/* ---- permutation --------------------------------------------------------------------------- */

/** The unit of a person by the running totals up_to[]: first unit with up_to > person. */
static uint32_t unit_of(const double *up_to, uint32_t n, double person)
{
    uint32_t low = 0, high = n - 1;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (up_to[middle] > person) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/**
 * Changes persons chosen at random until `persons` sums to `wanted`. As members are a random
 * subset of the persons in `room`, adding random non-members (taking random members) leaves them
 * a random subset of the wanted size.
 */
static void mend(double *persons, const double *room, double *up_to, uint32_t n, double wanted,
                 struct flyt_segregation_source *source)
{
    double sum = 0.0, all = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        sum += persons[i];
        all += room[i];
        up_to[i] = all;
    }
    const double step = sum < wanted ? 1.0 : -1.0;
    while (fabs(wanted - sum) >= 1.0) {
        double uniform[2];
        flyt_segregation_uniforms(source, uniform);
        const uint32_t i = unit_of(up_to, n, uniform[0] * all);
        const double fitting = step > 0.0 ? room[i] - persons[i] : persons[i];
        if (uniform[1] * room[i] < fitting) {
            persons[i] += step;
            sum += step;
        }
    }
}

void flyt_segregation_permute(const struct flyt_segregation_table *in, struct flyt_rng_key key,
                              uint32_t draw, struct flyt_segregation_scratch *scratch,
                              struct flyt_segregation_table *out)
{
    const uint32_t n = in->n_units, last = in->n_groups - 1;
    double *room = scratch->real[0], *up_to = scratch->real[1];
    double all = in->total;
    for (uint32_t i = 0; i < n; i++) {
        room[i] = in->unit_total[i];
    }
    for (uint32_t g = 0; g <= last; g++) {
        double *persons = out->persons + (size_t)g * n;
        const double wanted = in->group_total[g], share = all > 0.0 ? wanted / all : 0.0;
        for (uint32_t i = 0; i < n; i++) {
            struct flyt_segregation_source source =
                flyt_segregation_source(key, FLYT_STREAM_segregation_permutation, i, g, draw);
            persons[i] = g == last ? room[i] : flyt_segregation_binomial(&source, room[i], share);
        }
        if (g < last) {
            /* a uid of its own for each draw: how many uniforms this takes is not bounded */
            struct flyt_segregation_source source = flyt_segregation_source(
                key, FLYT_STREAM_segregation_permutation, draw, g | MENDING, 0);
            mend(persons, room, up_to, n, wanted, &source);
        }
        for (uint32_t i = 0; i < n; i++) {
            room[i] -= persons[i];
        }
        all -= wanted;
    }
    flyt_segregation_table_sum(out);
}
