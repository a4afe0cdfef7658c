/**
 * @file segregation_input.h
 * @brief Reads a table of counts, and a list of neighbours, for `flyt segregation`.
 *
 * Formats: docs/segregation.md, "Input". Every fault is told with its place, as many as there are.
 */
#ifndef FLYT_SEGREGATION_INPUT_H
#define FLYT_SEGREGATION_INPUT_H

#include "output/segregation.h"
#include "sim/csv.h"

#define FLYT_SEGREGATION_GROUPS_MAX 100

/** Which columns are what. Names are borrowed; NULL: not given. */
struct flyt_segregation_columns {
    const char *const *groups; /* n_groups names; none: all columns that are nothing else */
    uint32_t n_groups;
    const char *unit, *within, *x_km, *y_km, *area_km2;
};

/** A table as read. Owned by the arena. */
struct flyt_segregation_input {
    struct flyt_csv csv;
    struct flyt_segregation_counts counts;
    const char **group;     /* [n_groups] names in column order */
    const char **unit;      /* [n_units] names; NULL without a column */
    uint32_t *part;         /* [n_units] row in part_name; NULL without a column */
    const char **part_name; /* in order of appearance */
    uint32_t n_parts;
    double *x_km, *y_km, *area_km2; /* [n_units]; NULL without a column */
};

/** @brief Checks a file against the columns. @return FLYT_OK; FLYT_ERR_SCENARIO; FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_segregation_input_read(
    const struct flyt_bytes *bytes, const struct flyt_segregation_columns *columns,
    struct flyt_arena *arena, struct flyt_segregation_input *out, struct flyt_diag *diag);

/**
 * @brief Reads neighbours by unit name: a header and two columns, each pair in both directions.
 * Faults: unknown unit, a unit beside itself, a pair twice, a pair in one direction only.
 */
FLYT_NODISCARD enum flyt_status flyt_segregation_input_neighbours(
    const struct flyt_bytes *bytes, const struct flyt_segregation_input *input,
    struct flyt_arena *arena, struct flyt_segregation_neighbours *out, struct flyt_diag *diag);

#endif
