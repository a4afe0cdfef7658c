/**
 * @file sensitivity_write.h
 * @brief What `flyt sensitivity` shows: tables, CSV, the tornado picture.
 */
#ifndef FLYT_SENSITIVITY_WRITE_H
#define FLYT_SENSITIVITY_WRITE_H

#include "output/outcome.h"
#include "output/plot.h"
#include "output/sensitivity.h"

/** @brief A table of one outcome. */
void flyt_sensitivity_write(const struct flyt_sweep *sweep, const struct flyt_outcome *outcome,
                            const struct flyt_sensitivity *found, enum flyt_lang lang,
                            struct flyt_text *text);

/** @brief outcome,unit,factor,other,measure,value,low,high; `head`: with the names. */
void flyt_sensitivity_csv(const struct flyt_sweep *sweep, const struct flyt_outcome *outcome,
                          const struct flyt_sensitivity *found, bool head, struct flyt_text *text);

/**
 * @brief FOLDER/sensitivity.FORMAT and its script: bars with intervals, the largest on top; at most
 *        four outcomes.
 */
FLYT_NODISCARD enum flyt_status
flyt_sensitivity_draw(const struct flyt_sweep *sweep, const struct flyt_outcome *outcome,
                      const struct flyt_sensitivity *found, uint32_t n,
                      const struct flyt_plot_options *options, struct flyt_arena *arena,
                      struct flyt_diag *diag);

#endif
