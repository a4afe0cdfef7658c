/**
 * @file figure_parts.h
 * @brief What the files that reduce a result to the lines of a figure share.
 */
#ifndef FLYT_FIGURE_PARTS_H
#define FLYT_FIGURE_PARTS_H

#include "output/figure.h"

/** Which of a series' own dimensions bears this name, FLYT_NONE: none. */
uint32_t flyt_figure_axis(const struct flyt_result *result, const struct flyt_result_series *series,
                          const char *name);

/** Label that a cell has along one of the series' dimensions. */
uint32_t flyt_figure_label(const struct flyt_result *result,
                           const struct flyt_result_series *series, uint32_t axis, uint64_t cell);

/** Takes the three columns of a line and one replicate's values for each. */
FLYT_NODISCARD enum flyt_status flyt_figure_open_line(struct flyt_figure_line *line,
                                                      uint32_t n_rows, uint32_t n_replicates,
                                                      struct flyt_arena *arena, double **value);

/** One row of a line from the n values that its replicates have; sorts them. */
void flyt_figure_set_row(struct flyt_figure_line *line, uint32_t row, double *value, uint32_t n,
                         uint32_t n_replicates);

/** Whether the result has what a board of lines needs; *missing: the first series that lacks. */
bool flyt_figure_board_fits(const struct flyt_result *result, const struct flyt_figure *figure,
                            const char **missing);

#endif
