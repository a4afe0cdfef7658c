/**
 * @file export_sweep.h
 * @brief A merged sweep as tables: those of export.h with a column `point`, and `design.csv`.
 */
#ifndef FLYT_EXPORT_SWEEP_H
#define FLYT_EXPORT_SWEEP_H

#include "output/export.h"
#include "output/merge_read.h"

/**
 * @brief Writes FOLDER/<series>.csv for each series with the rows of all points, FOLDER/design.csv
 *        (what each point is) and FOLDER/variables.csv. One point of a series is in memory at a
 *        time.
 * @return as flyt_export_csv().
 */
FLYT_NODISCARD enum flyt_status flyt_export_sweep(const struct flyt_merged *merged,
                                                  const struct flyt_export_options *options,
                                                  struct flyt_diag *diag);

/** @brief Adds the design as CSV to `text`: point, and a column for each factor. */
void flyt_export_design(const struct flyt_merged *merged, const struct flyt_export_options *options,
                        struct flyt_text *text);

#endif
