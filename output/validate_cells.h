/**
 * @file validate_cells.h
 * @brief Cells of a series chosen by text, `households[tenure=Owner|Co-operative;age=18-24]`.
 *
 * Labels are the English ones. A dimension not named is summed over. For output/validate*.c.
 */
#ifndef FLYT_VALIDATE_CELLS_H
#define FLYT_VALIDATE_CELLS_H

#include "output/result.h"

struct flyt_cells {
    const struct flyt_result_series *series; /* NULL: the result has no series of this name */
    const char *name;                        /* as written */
    uint32_t n;
    uint32_t *cell; /* [n] in the series' order */
};

/**
 * @brief Reads the text and finds the cells.
 * @param place  of the text, for messages.
 * @return FLYT_OK, also when there is no such series; FLYT_ERR_SCENARIO with a fault for a text
 *         that cannot be read, a dimension or label the series does not have; FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_cells_find(const struct flyt_result *result, const char *text,
                                                struct flyt_place place, struct flyt_arena *arena,
                                                struct flyt_cells *out, struct flyt_diag *diag);

/** @brief Value of a cell (of all, added, when `one` is FLYT_NONE) in a row. NaN cells add 0. */
double flyt_cells_row(const struct flyt_result *result, const struct flyt_cells *cells,
                      uint32_t replicate, uint32_t row, uint32_t one);

/** @brief Sum over years of the run, from 1, both counted: of a flow; of a stock the sum of its
 *         yearly means (opening and closing row, or the twelve months' ends). */
double flyt_cells_sum(const struct flyt_result *result, const struct flyt_cells *cells,
                      uint32_t replicate, uint32_t first, uint32_t last, uint32_t one);

/** @brief Value at the end of a year of the run (0: the start); of a flow that of the year. */
double flyt_cells_at(const struct flyt_result *result, const struct flyt_cells *cells,
                     uint32_t replicate, uint32_t year, uint32_t one);

/** @brief Labels of the k-th cell, "Odense, Owner". NULL when out of memory. */
const char *flyt_cells_label(const struct flyt_result *result, const struct flyt_cells *cells,
                             uint32_t k, enum flyt_lang lang, struct flyt_arena *arena);

#endif
