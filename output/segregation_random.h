/**
 * @file segregation_random.h
 * @brief Random tables: persons thrown into groups, unit by unit. Shared by output/segregation_*.c.
 */
#ifndef FLYT_SEGREGATION_RANDOM_H
#define FLYT_SEGREGATION_RANDOM_H

#include "output/segregation.h"

/** Uniforms of one (unit, group, draw): the counter goes up with each one taken. */
struct flyt_segregation_source {
    struct flyt_rng_key key;
    enum flyt_stream stream;
    uint64_t uid;
    uint32_t draw;
};

/** @brief Source of the draw-th table's unit and group. */
static inline struct flyt_segregation_source flyt_segregation_source(struct flyt_rng_key key,
                                                                     enum flyt_stream stream,
                                                                     uint32_t unit, uint32_t group,
                                                                     uint32_t draw)
{
    return (struct flyt_segregation_source){key, stream, (uint64_t)group << 32 | unit, draw << 12};
}

/** @brief Two uniforms in (0, 1). */
void flyt_segregation_uniforms(struct flyt_segregation_source *source, double uniform[2]);

/** @brief ln n! for whole n >= 0, to about 1e-12 relative. */
double flyt_segregation_log_factorial(double n);

/** @brief Probability of k under Bin(n, p), 0 < p < 1. */
double flyt_segregation_binomial_mass(double k, double n, double p);

/** @brief One draw of Bin(n, p) for whole n: inversion below a mean of 10, else transformed
 *         rejection (Hoermann 1993, algorithm BTRS). */
double flyt_segregation_binomial(struct flyt_segregation_source *source, double n, double p);

/**
 * @brief A random table: unit i's persons fall into groups by share[g][i], units independently.
 * @param share  [n_groups][n_units], sums to 1 over groups. `out` gets unit totals of `in`.
 */
void flyt_segregation_throw(const struct flyt_segregation_table *in, const double *share,
                            struct flyt_rng_key key, uint32_t draw,
                            struct flyt_segregation_table *out);

#endif
