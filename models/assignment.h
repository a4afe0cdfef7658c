/**
 * @file assignment.h
 * @brief Who gets which home, so that as many as can be get one and the sum of costs is least.
 *
 * Each row (a household) takes at most one column (a home) and each column at most one row; pairs
 * that cost FLYT_ASSIGNMENT_NEVER are not allowed. First as many pairs as possible, then the least
 * sum of whole costs. Of several best assignments the one that is found depends on the order of
 * rows and columns and on nothing else: callers put both in an order of their own.
 *
 * Successive shortest augmenting paths with potentials, one row after the other; no more than
 * k^2 (rows + columns) steps, k the smaller of the two. Source: H. W. Kuhn, Naval Research
 * Logistics Quarterly 2 (1955); R. Jonker & A. Volgenant, Computing 38 (1987).
 */
#ifndef FLYT_ASSIGNMENT_H
#define FLYT_ASSIGNMENT_H

#include "sim/arena.h"

#define FLYT_ASSIGNMENT_NEVER INT64_MAX
#define FLYT_ASSIGNMENT_MOST (INT64_C(1) << 36) /* greatest cost, of either sign */
enum { FLYT_ASSIGNMENT_ROWS = 1 << 20 };        /* and most rows or columns */

/**
 * @brief Finds the best assignment.
 * @param cost  [n_rows][n_columns] each within FLYT_ASSIGNMENT_MOST, or FLYT_ASSIGNMENT_NEVER.
 * @param arena  scratch.
 * @param column  [n_rows] out: each row's column; FLYT_NONE: it gets none.
 * @return FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_assignment_solve(const int64_t *cost, uint32_t n_rows,
                                                      uint32_t n_columns, struct flyt_arena *arena,
                                                      uint32_t *column);

#endif
