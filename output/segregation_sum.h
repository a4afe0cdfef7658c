/**
 * @file segregation_sum.h
 * @brief Sums of real columns in a fixed order that the compiler can vectorise.
 */
#ifndef FLYT_SEGREGATION_SUM_H
#define FLYT_SEGREGATION_SUM_H

#include <stddef.h>

/**
 * @brief Sum of x[n]: eight interleaved partial sums a block of 512, blocks added in order. The
 *        same bits always; rounding grows with the number of blocks only.
 */
static inline double flyt_segregation_sum(const double *x, size_t n)
{
    enum { LANES = 8, BLOCK = 512 };
    double sum = 0.0;
    for (size_t first = 0; first < n; first += BLOCK) {
        const size_t end = n - first < BLOCK ? n : first + BLOCK;
        double lane[LANES] = {0.0};
        size_t i = first;
        for (; i + LANES <= end; i += LANES) {
            for (size_t k = 0; k < LANES; k++) {
                lane[k] += x[i + k];
            }
        }
        for (size_t k = 0; i + k < end; k++) {
            lane[k] += x[i + k];
        }
        sum += ((lane[0] + lane[1]) + (lane[2] + lane[3])) +
               ((lane[4] + lane[5]) + (lane[6] + lane[7]));
    }
    return sum;
}

#endif
