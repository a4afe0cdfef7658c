/**
 * @file segregation_classes.h
 * @brief Units of like size and like observed share make a class. Shared by output/segregation_*.c.
 */
#ifndef FLYT_SEGREGATION_CLASSES_H
#define FLYT_SEGREGATION_CLASSES_H

#include "output/segregation_shape.h"

/**
 * Classes of one column: how many units, their mean size and persons of the group; and the
 * distribution of the chances in units of like size, the posterior of all their classes.
 */
struct flyt_segregation_classes {
    uint32_t n, n_sizes;
    double *units, *size, *persons, *deviation; /* [n] */
    double *size_of; /* [n] of which n_sizes are used: mean size of a class of like sizes */
    double *weight;  /* [n][FLYT_SEGREGATION_GRID], n_sizes used: persons by chance */
    struct flyt_segregation_range *range; /* [n] scratch */
    uint32_t *of_unit;                    /* [n_units] class of a unit */
    double away[FLYT_SEGREGATION_GRID];   /* the chances less their mean */
};

/** Columns whose classes are found: groups, then the persons below each cut between classes. */
struct flyt_segregation_columns_job {
    const double *t; /* [n] */
    uint32_t n, n_columns, n_workers;
    const double **x;                         /* [n_columns][n] */
    struct flyt_segregation_classes *classes; /* [n_columns] */
    struct flyt_segregation_scratch *scratch; /* [n_workers] */
};

#define FLYT_SEGREGATION_FINE 10.0 /* classes so narrow that their width adds no bias */

/**
 * @brief Which class each unit is in: sizes within an eighth of a doubling, shares within about
 *        2 / `fine` standard deviations; numbered in order of size, then of share.
 * @return How many classes there are.
 */
uint32_t flyt_segregation_classes_number(const double *x, const double *t, uint32_t n, double fine,
                                         struct flyt_segregation_scratch *scratch,
                                         uint32_t *of_unit);

/** @brief Classes of all columns, with the chances that they may have (segregation_shape.h). */
FLYT_NODISCARD enum flyt_status
flyt_segregation_classes_find(struct flyt_segregation_columns_job *job, const struct flyt_par *par,
                              struct flyt_arena *arena);

#endif
