/**
 * @file sensitivity.h
 * @brief What drives an outcome: Morris' screening, Sobol indices, effects of a factorial plan.
 *
 * Knows the plan of a sweep and one number for each run; nothing of series or files.
 * Sources: Morris 1991; Campolongo, Cariboni & Saltelli 2007 (mu*); Saltelli et al. 2010 (first
 * order, their estimator b); Jansen 1999 (total order); Box, Hunter & Hunter 2005 (factorial).
 */
#ifndef FLYT_SENSITIVITY_H
#define FLYT_SENSITIVITY_H

#include "sim/sweep.h"

enum { FLYT_SENSITIVITY_DRAWS = 1000 }; /* of the bootstrap */

/** A number and its 95 % interval. NaN: not known. */
struct flyt_estimate {
    double value, low, high;
};

/** Of one factor, or of two together (factorial plans). */
struct flyt_sensitivity_row {
    uint32_t factor, other;     /* other FLYT_NONE: one alone */
    struct flyt_estimate main;  /* mu*; total order; effect */
    struct flyt_estimate first; /* Sobol: first order; else NaN */
    double mu, sigma;           /* Morris; else NaN */
};

struct flyt_sensitivity {
    uint32_t n_rows;
    struct flyt_sensitivity_row *row; /* the largest first; pairs behind */
    double mean, variance;            /* of the outcome over points */
};

/** @brief Whether a plan has a method: morris, sobol, factorial. */
bool flyt_sensitivity_has(enum flyt_sweep_plan plan);

/**
 * @brief Works out one outcome.
 * @param y  [n_points][n_replicates] the outcome of each run.
 * @return FLYT_ERR_MEMORY. The arena owns the rows.
 */
FLYT_NODISCARD enum flyt_status flyt_sensitivity_make(const struct flyt_sweep *sweep,
                                                      const double *y, struct flyt_arena *arena,
                                                      struct flyt_sensitivity *out);

#endif
