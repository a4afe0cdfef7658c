/**
 * @file ipf.h
 * @brief Iterative proportional fitting: a table of any number of dimensions to given margins.
 *
 * Scales the seed's cells in turn until the sums over every margin are the targets. The fitted
 * table keeps the seed's odds ratios and its zeros (Deming & Stephan 1940; Bishop, Fienberg &
 * Holland 1975, section 3.5). Uses only + - * /, in index order: the same bits everywhere.
 * Knows nothing of households.
 */
#ifndef FLYT_IPF_H
#define FLYT_IPF_H

#include "sim/arena.h"

#define FLYT_IPF_DIMS 6
#define FLYT_IPF_MARGINS 8

/** Sums to reach over all dimensions but those of the margin. */
struct flyt_ipf_margin {
    uint32_t n_dims;
    uint32_t dim[FLYT_IPF_DIMS]; /* dimensions it keeps, ascending */
    const double *target;        /* [product of their sizes], the last dimension fastest */
};

enum flyt_ipf_end {
    FLYT_IPF_converged,
    FLYT_IPF_stopped,    /* the most rounds were used before the margins were met */
    FLYT_IPF_impossible, /* a positive target over cells that are all zero */
};

struct flyt_ipf {
    uint32_t n_dims, n_margins;
    uint32_t size[FLYT_IPF_DIMS];
    struct flyt_ipf_margin margin[FLYT_IPF_MARGINS];
    double tolerance; /* greatest |sum - target| allowed, relative to the margin's total */
    uint32_t most;    /* rounds; a round fits every margin once */
    /* out */
    enum flyt_ipf_end end;
    uint32_t rounds;
    double gap; /* greatest |sum - target| over the margin's total after the last round */
};

/** @brief Cells of the table: the product of the sizes. */
size_t flyt_ipf_cells(const struct flyt_ipf *ipf);

/** What fitting needs besides the table; for tables of one shape it can be used again. */
struct flyt_ipf_plan {
    uint32_t *sum_of[FLYT_IPF_MARGINS]; /* [n_cells] which sum of the margin a cell belongs to */
    uint32_t n_sums[FLYT_IPF_MARGINS];
    double *sum; /* [greatest n_sums] scratch */
};

/** @brief Takes a plan for tables of this shape; the margins' targets may still be unset. */
FLYT_NODISCARD enum flyt_status
flyt_ipf_prepare(const struct flyt_ipf *ipf, struct flyt_arena *arena, struct flyt_ipf_plan *plan);

/** @brief As flyt_ipf_fit() with a plan of the same shape; cannot fail. */
void flyt_ipf_run(struct flyt_ipf *ipf, const struct flyt_ipf_plan *plan, double *cell);

/**
 * @brief Fits a table.
 * @param cell   [flyt_ipf_cells()] in: the seed, none negative; out: the fitted table. The last
 *               dimension is fastest.
 * @param arena  scratch: (8 bytes + 4 bytes a margin) a cell.
 * @return FLYT_ERR_MEMORY; else FLYT_OK with `end`, `rounds` and `gap` set. Where a target of 0 is
 *         met by zero cells nothing changes. Threads: safe on distinct tables and arenas.
 */
FLYT_NODISCARD enum flyt_status flyt_ipf_fit(struct flyt_ipf *ipf, double *cell,
                                             struct flyt_arena *arena);

/** @brief Sums of a table over a margin, into sum[product of its sizes]. */
void flyt_ipf_sums(const struct flyt_ipf *ipf, uint32_t margin, const double *cell, double *sum);

#endif
