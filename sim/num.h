/**
 * @file num.h
 * @brief Portable exp and log (the same bits from every compiler) and sums in a fixed order.
 *
 * The platform's exp and log differ between versions and processors; a decision of a household
 * must not. Both here are within 1 ulp of the true value and never use fused multiply-add.
 * Source of the polynomials: FreeBSD msun e_exp.c and e_log.c (Sun Microsystems 1993; LICENSES/).
 */
#ifndef FLYT_NUM_H
#define FLYT_NUM_H

#include "sim/status.h"

/** @brief e^x; 0 below -745.2, infinity above 709.8, NaN of NaN. */
double flyt_num_exp(double x);

/** @brief Natural logarithm; -infinity at 0, NaN below and of NaN. */
double flyt_num_log(double x);

/** @brief y[i] = e^x[i], vectorised; same bits as flyt_num_exp(). x and y may be the same. */
void flyt_num_exp_n(const double *x, double *y, size_t n);

/** @brief y[i] = ln x[i], vectorised; same bits as flyt_num_log(). x and y may be the same. */
void flyt_num_log_n(const double *x, double *y, size_t n);

/** @brief x ln x, 0 at 0. */
static inline double flyt_num_x_log_x(double x)
{
    return x > 0.0 ? x * flyt_num_log(x) : 0.0;
}

/** @brief x^y for x > 0 as exp(y ln x), portable; off by at most 2 + 2 |y ln x| ulp. */
double flyt_num_pow(double x, double y);

/** @brief Sum in index order with Neumaier's compensation: near the exact sum, same bits always. */
double flyt_num_sum(const double *x, size_t n);

#endif
