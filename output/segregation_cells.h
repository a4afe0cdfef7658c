/**
 * @file segregation_cells.h
 * @brief Cells of a table of counts to numbers. Shared by output/segregation_*.c.
 *
 * Between commas the decimal mark is a point; between semicolons it is a comma.
 */
#ifndef FLYT_SEGREGATION_CELLS_H
#define FLYT_SEGREGATION_CELLS_H

#include "output/segregation.h"
#include "sim/csv.h"

/** @brief A whole number of persons from 0; 0 and a fault when the cell is none. */
uint32_t flyt_segregation_cell_count(const struct flyt_csv *csv, uint32_t row, uint32_t column,
                                     struct flyt_diag *diag);

/**
 * @brief The row that is the sum of all others in every column, a total that is no unit; FLYT_NONE
 *        where there is none, or not more than two rows in which somebody is.
 */
uint32_t flyt_segregation_total_row(const struct flyt_segregation_counts *counts);

/**
 * @brief The group of which each row has as many persons as of all others together, a total that is
 *        no group; FLYT_NONE where there is none, or not more than two groups and one row in which
 *        somebody is.
 */
uint32_t flyt_segregation_total_group(const struct flyt_segregation_counts *counts);

/** @brief A column of numbers above `above`, [n_rows]; faults for others. NULL: out of memory. */
double *flyt_segregation_cell_reals(const struct flyt_csv *csv, uint32_t column, double above,
                                    struct flyt_arena *arena, struct flyt_diag *diag);

#endif
