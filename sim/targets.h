/**
 * @file targets.h
 * @brief A table of targets: published numbers, how each is measured in a result, and what it is
 *        for. Knows no number by name.
 *
 * A model lists the table among its own with FLYT_TARGETS_TABLE. `of` and `over` name series of a
 * result with cells chosen by English label, `lettings_by_kind[channel=Inside list|Outside list]`.
 * Source: docs/MODEL.md section 9, docs/validation.md.
 */
#ifndef FLYT_TARGETS_H
#define FLYT_TARGETS_H

#include "sim/table.h"

/** How a target is measured: name, English. All over the target's years of the run. */
#define FLYT_TARGET_MEASURES(X)                                                                    \
    X(percent, "100 x sum of `of` over sum of `over`; a flow over a stock is a rate a year")       \
    X(ratio, "sum of `of` over sum of `over`")                                                     \
    X(level, "mean of `of`")                                                                       \
    X(drift, "percent, of the cell where its straight line rises or falls most; points a year;"    \
             " `over` with other cells than `of` is added up")                                     \
    X(trend, "growth of `of` in percent a year, of the cell where it is greatest")

#define FLYT_TARGET_MEASURE_NAMES "percent|ratio|level|drift|trend"
#define FLYT_TARGET_USE_NAMES "fit|test|demand"
#define FLYT_TARGET_BOUND_NAMES "equal|at_most|at_least"
#define FLYT_TARGET_STANDING_NAMES "hard|indicative"
#define FLYT_TARGET_WORLD_NAMES "scenario|constant"
#define FLYT_TARGET_SCOPE_NAMES "national|regional|local"
#define FLYT_TARGET_COUNTS_NAMES "persons|households|homes|money"
#define FLYT_TARGET_EVIDENCE_NAMES "published|derived|borrowed|assumed"
#define FLYT_TARGET_CONFIDENCE_NAMES "high|medium|low"

enum flyt_target_measure {
#define X(name, en) FLYT_TARGET_##name,
    FLYT_TARGET_MEASURES(X)
#undef X
};
enum flyt_target_use { FLYT_TARGET_fit, FLYT_TARGET_test, FLYT_TARGET_demand };
enum flyt_target_bound { FLYT_TARGET_equal, FLYT_TARGET_at_most, FLYT_TARGET_at_least };
enum flyt_target_standing { FLYT_TARGET_hard, FLYT_TARGET_indicative };
enum flyt_target_world { FLYT_TARGET_scenario, FLYT_TARGET_constant };

struct flyt_target {
    const char *name, *en, *da, *unit, *source, *note;
    const char *of, *over, *where; /* "" when there is none */
    enum flyt_target_measure measure;
    enum flyt_target_use use;
    enum flyt_target_bound bound;
    enum flyt_target_standing standing;
    enum flyt_target_world world;
    uint32_t scope, counts, evidence, confidence; /* index into the names above */
    double value, tolerance;
    uint32_t year;                  /* of the value; FLYT_NONE: none */
    uint32_t first_year, last_year; /* of the run, from 1; last FLYT_NONE: the run's last */
    struct flyt_place place;        /* of `of` in the table */
};

struct flyt_targets {
    uint32_t n;
    struct flyt_target *target; /* [n] in the table's order */
};

/**
 * @brief Takes the targets of a checked table.
 * @return FLYT_ERR_SCENARIO when a row contradicts itself: a `test` or hard row whose evidence is
 *         not published or catalogue with high confidence (a demand needs none), a percent without
 *         `over`. FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_targets_take(const struct flyt_table *table,
                                                  struct flyt_arena *arena,
                                                  struct flyt_targets *out, struct flyt_diag *diag);

/** @brief English of an index into names "a|b|c", for messages and tables. */
const char *flyt_targets_name(struct flyt_arena *arena, const char *names, uint32_t index);

enum { FLYT_TARGETS_COLUMNS = 23 };
extern const struct flyt_column flyt_targets_columns[FLYT_TARGETS_COLUMNS];

/** Initialiser of the table in a model's list of tables. */
#define FLYT_TARGETS_TABLE                                                                         \
    {                                                                                              \
        "targets", "Published numbers that results are compared with",                             \
            "Offentliggjorte tal, som resultater sammenlignes med", flyt_targets_columns,          \
            FLYT_TARGETS_COLUMNS, false, NULL                                                      \
    }

#endif
