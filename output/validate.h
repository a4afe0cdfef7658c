/**
 * @file validate.h
 * @brief Published numbers beside what a run gives: a table of targets and a result in memory to
 *        rows with a verdict.
 *
 * Knows no series and no number by name: the table says how each target is measured, as series of
 * the result with cells chosen by label, `lettings_by_kind[channel=...]`. What a result does not
 * hold cannot be measured, and is never counted as met. Pure: reads, computes, writes text.
 * Source: docs/MODEL.md section 9 (Validation), docs/validation.md.
 */
#ifndef FLYT_VALIDATE_H
#define FLYT_VALIDATE_H

#include "output/result.h"
#include "sim/targets.h"
#include "sim/text.h"

/** Verdict: name, English, Danish */
#define FLYT_VERDICTS(X)                                                                           \
    X(hit, "hit", "ramt")                                                                          \
    X(miss, "miss", "ramt forbi")                                                                  \
    X(inside, "indicative: inside", "vejledende: inden for")                                       \
    X(outside, "indicative: outside", "vejledende: uden for")                                      \
    X(unmeasured, "cannot be measured yet", "kan endnu ikke måles")

enum flyt_verdict {
#define X(name, en, da) FLYT_VERDICT_##name,
    FLYT_VERDICTS(X)
#undef X
        FLYT_N_VERDICTS
};

struct flyt_validate_row {
    const struct flyt_target *target;
    double simulated; /* mean over replicates; NaN: cannot be measured */
    double spread;    /* standard deviation over replicates; NaN with one */
    double gap;       /* simulated - value */
    enum flyt_verdict verdict;
    const char *missing; /* what the result does not hold; NULL: it was measured */
    const char *cell;    /* drift, trend: the cell it was found in; or NULL */
};

/** What was measured of one target. */
struct flyt_measured {
    double mean, spread; /* over replicates; NaN: not measured; one replicate has no spread */
    const char *missing; /* what the result does not hold; NULL: it was measured */
    const char *cell;    /* drift, trend: in which cell; or NULL */
};

/**
 * @brief Measures one target in a result, over all its replicates.
 * @param first, last  years of the run, from 1, both counted.
 * @param out  mean NaN and `missing` set when it cannot be measured.
 * @return FLYT_ERR_SCENARIO with a fault when the target names a dimension or label that a series
 *         of the result does not have, or cannot be read. FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status
flyt_validate_measure(const struct flyt_result *result, const struct flyt_target *target,
                      uint32_t first, uint32_t last, struct flyt_arena *arena,
                      struct flyt_measured *out, struct flyt_diag *diag);

/**
 * @brief All targets of one kind of world against a result.
 * @param row  out: [targets->n]; rows of targets of the other world are left as they are.
 */
FLYT_NODISCARD enum flyt_status
flyt_validate(const struct flyt_result *result, const struct flyt_targets *targets,
              enum flyt_target_world world, struct flyt_arena *arena, struct flyt_validate_row *row,
              struct flyt_diag *diag);

/** @brief Verdict of a simulated value. */
enum flyt_verdict flyt_validate_verdict(const struct flyt_target *target, double simulated);

/** @brief A row of a target that was not looked for, `missing` told in the language. */
struct flyt_validate_row flyt_validate_unmeasured(const struct flyt_target *target,
                                                  const char *missing);

enum flyt_validate_format { FLYT_VALIDATE_table, FLYT_VALIDATE_csv, FLYT_VALIDATE_json };

/** @brief Writes the rows; the table form ends with how many of each use were hit. */
void flyt_validate_write(const struct flyt_validate_row *row, uint32_t n,
                         enum flyt_validate_format format, enum flyt_lang lang,
                         struct flyt_text *text);

/** @brief Whether a hard row was missed. */
bool flyt_validate_missed(const struct flyt_validate_row *row, uint32_t n);

#endif
