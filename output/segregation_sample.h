/**
 * @file segregation_sample.h
 * @brief Standard deviations of the measures of a large table, by drawing every k-th unit. They
 *        fall with the square root of the number of units. Shared by output/segregation_*.c.
 */
#ifndef FLYT_SEGREGATION_SAMPLE_H
#define FLYT_SEGREGATION_SAMPLE_H

#include "output/segregation_chance.h"
#include "output/segregation_classes.h"

/** Every k-th unit of a table, from which standard deviations are drawn. */
struct flyt_segregation_sample {
    struct flyt_segregation_table table;
    struct flyt_segregation_options options;
    double *deviation; /* [n_groups][n_units] */
    double *scale;     /* [n_groups + 1] from its standard deviations to those of the table */
};

/** @brief Takes the units. @param classes  [n_groups] of the table's groups. */
FLYT_NODISCARD enum flyt_status
flyt_segregation_sample_init(const struct flyt_segregation_table *table,
                             const struct flyt_segregation_options *options,
                             const struct flyt_segregation_classes *classes,
                             struct flyt_arena *arena, struct flyt_segregation_sample *out);

/** @brief Fills the standard deviations of the nodes from first to last. */
FLYT_NODISCARD enum flyt_status
flyt_segregation_sample_sd(const struct flyt_segregation_sample *sample,
                           const struct flyt_segregation_chance *chance, int first, int last,
                           struct flyt_arena *arena, struct flyt_segregation_curves *out);

#endif
