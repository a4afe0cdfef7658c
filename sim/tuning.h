/**
 * @file tuning.h
 * @brief A table of what calibration may change: which parameter is fitted to which target, which
 *        are left open, and how far each may go.
 *
 * A model lists the table among its own with FLYT_TUNING_TABLE. Source: docs/MODEL.md section 9,
 * docs/validation.md.
 */
#ifndef FLYT_TUNING_H
#define FLYT_TUNING_H

#include "sim/scenario.h"
#include "sim/targets.h"

#define FLYT_TUNING_ROLE_NAMES "fit|free|range"
#define FLYT_TUNING_SCALE_NAMES "log|linear"

enum flyt_tuning_role {
    FLYT_TUNING_fit,  /* set from one target, step by step */
    FLYT_TUNING_free, /* all values that give the targets are kept */
    FLYT_TUNING_range /* never tuned: only how far it may be from its value */
};

struct flyt_tuned {
    const char *name; /* "search.owner" */
    uint32_t field;   /* of the model */
    enum flyt_tuning_role role;
    uint32_t target;   /* fit: index into the targets; else FLYT_NONE */
    double elasticity; /* fit: d ln(target)/d ln(parameter); linear: units of the target per unit */
    double low, high;
    bool log;       /* steps and points are even on the logarithm */
    uint32_t every; /* fit: years between steps */
};

struct flyt_tuning {
    uint32_t n, n_fit, n_free; /* fitted ones first, then free ones, then ranges */
    struct flyt_tuned *tuned;
};

/**
 * @brief Takes the rows of a checked table, fitted ones first.
 * @return FLYT_ERR_SCENARIO with faults for unknown parameters or targets, a fit without target or
 *         elasticity, a range that is empty, leaves the parameter's own, or has no logarithm.
 */
FLYT_NODISCARD enum flyt_status flyt_tuning_take(const struct flyt_table *table,
                                                 const struct flyt_model *model,
                                                 const struct flyt_targets *targets,
                                                 struct flyt_arena *arena, struct flyt_tuning *out,
                                                 struct flyt_diag *diag);

/** @brief The row of a parameter, NULL when it has none. */
const struct flyt_tuned *flyt_tuning_of(const struct flyt_tuning *tuning, uint32_t field);

/** @brief Value at u in [0, 1] of the range, even on its scale. */
double flyt_tuning_at(const struct flyt_tuned *tuned, double u);

enum { FLYT_TUNING_COLUMNS = 8 };
extern const struct flyt_column flyt_tuning_columns[FLYT_TUNING_COLUMNS];

/** Initialiser of the table in a model's list of tables. */
#define FLYT_TUNING_TABLE                                                                          \
    {                                                                                              \
        "calibration", "What calibration may change, and how far",                                 \
            "Hvad kalibrering må ændre, og hvor langt", flyt_tuning_columns, FLYT_TUNING_COLUMNS,  \
            false, NULL                                                                            \
    }

#endif
