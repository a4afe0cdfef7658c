/**
 * @file segregation_closed_parts.h
 * @brief What output/segregation_closed*.c share.
 */
#ifndef FLYT_SEGREGATION_CLOSED_PARTS_H
#define FLYT_SEGREGATION_CLOSED_PARTS_H

#include "output/segregation_expect.h"

/** One column of a table: persons of a group, and all, by unit. */
struct flyt_segregation_column {
    const double *x, *t;
    uint32_t n;
    double p, total;
};

/** Adds units of n persons with chance p to the sums, by law or by series. */
typedef void flyt_segregation_adder(struct flyt_segregation_sums *sums, double n, double p,
                                    double weight);

/** @brief Persons around each unit that count as much as binomial ones: (sum w t)^2 / sum w^2 t. */
void flyt_segregation_closed_sizes(const struct flyt_segregation_table *table,
                                   const struct flyt_segregation_neighbours *kernel,
                                   double *size_near);

/** @brief Chances around the units: those of the neighbours by weight and persons. */
void flyt_segregation_closed_around(const struct flyt_segregation_column *column,
                                    const struct flyt_segregation_neighbours *kernel,
                                    const double *chance, double *around);

/** @brief Mean difference of neighbours' shares expected at random, and what noise adds to it. */
void flyt_segregation_closed_apart(const struct flyt_segregation_column *column,
                                   const struct flyt_segregation_neighbours *adjacent,
                                   const double *chance, double *random, double *noise);

#endif
