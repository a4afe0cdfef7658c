/**
 * @file segregation_classes.h
 * @brief Units of like size and like observed share make a class. Shared by output/segregation_*.c.
 */
#ifndef FLYT_SEGREGATION_CLASSES_H
#define FLYT_SEGREGATION_CLASSES_H

#include "output/segregation.h"

/** Classes of one column: how many units, their mean size and persons of the group. */
struct flyt_segregation_classes {
    uint32_t n;
    double *units, *size, *persons, *deviation; /* [n] */
    double *likelihood;                         /* [n][FLYT_SEGREGATION_GRID] scratch */
    uint32_t *of_unit;                          /* [n_units] class of a unit */
};

/** Columns whose classes are found: groups, then the persons below each cut between classes. */
struct flyt_segregation_columns_job {
    const double *t; /* [n] */
    uint32_t n, n_columns, n_workers;
    const double **x;                         /* [n_columns][n] */
    struct flyt_segregation_classes *classes; /* [n_columns] */
    struct flyt_segregation_scratch *scratch; /* [n_workers] */
};

/** @brief Classes of all columns, and the deviations of the chances (segregation_shape.h). */
FLYT_NODISCARD enum flyt_status
flyt_segregation_classes_find(struct flyt_segregation_columns_job *job, const struct flyt_par *par,
                              struct flyt_arena *arena);

#endif
