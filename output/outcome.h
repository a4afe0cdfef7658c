/**
 * @file outcome.h
 * @brief One number of a run: cells of a series chosen by label, summed, over those of another.
 *
 * Written as in tables of targets: `households`, `area_households[area=Vollsmose|Solbakken]`,
 * `vacant_homes[tenure=Owner] / homes[tenure=Owner]`, which is in percent. Labels may be English or
 * Danish.
 */
#ifndef FLYT_OUTCOME_H
#define FLYT_OUTCOME_H

#include "output/result.h"

/** Cells of one series: those of a row whose `in` is set. */
struct flyt_outcome_part {
    uint32_t series; /* of the layout; FLYT_NONE: there is none */
    bool *in;        /* [n_cells] */
};

struct flyt_outcome {
    const char *text, *unit;
    struct flyt_outcome_part of, over;
};

/**
 * @brief Reads an outcome.
 * @return FLYT_ERR_USAGE with a fault: no such series, dimension or label.
 */
FLYT_NODISCARD enum flyt_status flyt_outcome_parse(const struct flyt_result *layout,
                                                   const char *text, struct flyt_arena *arena,
                                                   struct flyt_outcome *out,
                                                   struct flyt_diag *diag);

/**
 * @brief All series that are one number when added up: counts, and reals of one cell.
 * @param out  at least layout->n_series.
 */
FLYT_NODISCARD enum flyt_status flyt_outcome_all(const struct flyt_result *layout,
                                                 struct flyt_arena *arena, struct flyt_outcome *out,
                                                 uint32_t *n);

/**
 * @brief Its value in a row, counted from the end: 0 the last.
 * @param word  a run as a sweep keeps it: series of the layout one after the other.
 * @return NaN when a series has no such row, or `over` is 0.
 */
double flyt_outcome_value(const struct flyt_result *layout, const struct flyt_outcome *outcome,
                          uint32_t from_end, const uint64_t *word);

#endif
