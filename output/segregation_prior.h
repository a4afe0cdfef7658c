/**
 * @file segregation_prior.h
 * @brief The distribution of the chances of one group, and how well a table tells it. Shared by
 *        output/segregation_*.c.
 *
 * Two models, averaged by their evidence: a smooth density, whose logarithm on a grid has small
 * third differences (as they vanish, a normal density on the arcsine scale; Efron 2016), how small
 * by Laplace's approximation to the evidence; and two or three kinds of units, by Schwarz'
 * criterion.
 */
#ifndef FLYT_SEGREGATION_PRIOR_H
#define FLYT_SEGREGATION_PRIOR_H

#include "output/segregation_shape.h"

#define FLYT_SEGREGATION_MODELS 4 /* smooth by arcsine and by logit; two kinds, three kinds */

/** Units in rows of like size and share. */
struct flyt_segregation_rows {
    uint32_t n;
    double *persons, *size; /* [n] means of the units */
    double *units;          /* [n] how many */
    double *likelihood[2];  /* [n][FLYT_SEGREGATION_GRID] by the grids of the smooth models */
    double *best[2];        /* [n] logarithm of what the likelihoods of a row are relative to */
    double *sum, *work;     /* [n] scratch */
    struct flyt_segregation_range *range[2]; /* [n] where a likelihood is not 0 */
};

/** A model: points and their shares of the units. */
struct flyt_segregation_prior {
    bool is_kinds;
    int scale;                            /* of a smooth density: 0 arcsine, 1 logit */
    int n;                                /* points */
    double chance[FLYT_SEGREGATION_GRID]; /* ascending */
    double share[FLYT_SEGREGATION_GRID];
    double log_in[FLYT_SEGREGATION_GRID], log_out[FLYT_SEGREGATION_GRID];
    int n_parameters; /* logarithms of the shares; then of kinds the logits of the chances */
    double evidence;  /* its logarithm */
    double factor[FLYT_SEGREGATION_GRID * FLYT_SEGREGATION_GRID]; /* Cholesky's, of information */
};

FLYT_NODISCARD enum flyt_status flyt_segregation_rows_init(struct flyt_segregation_rows *rows,
                                                           uint32_t n, struct flyt_arena *arena);

/**
 * @brief Fits the models to rows whose persons, size and units are filled.
 * @param prior  [FLYT_SEGREGATION_MODELS]
 * @return Logarithm of the evidence that all chances are equal.
 */
double flyt_segregation_prior_fit(struct flyt_segregation_rows *rows,
                                  struct flyt_segregation_prior *prior);

/** @brief Posterior of one row: of the points [from, to), others 0. @return ln of its likelihood.
 */
double flyt_segregation_prior_row(const struct flyt_segregation_prior *prior,
                                  const struct flyt_segregation_rows *rows, uint32_t i,
                                  double *post, struct flyt_segregation_range *range);

/** @brief Solves information x = b in place, b of prior->n_parameters. */
void flyt_segregation_prior_solve(const struct flyt_segregation_prior *prior, double *b);

#endif
