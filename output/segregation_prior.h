/**
 * @file segregation_prior.h
 * @brief The distribution of the chances of one group, and how well a table tells it. Shared by
 *        output/segregation_*.c.
 *
 * Models that are averaged by a power of their evidence (decisions 17 and 20): a smooth density,
 * whose logarithm on a grid has small third differences (as they vanish, a normal density on the
 * arcsine scale; Efron 2016), how small by Laplace's approximation to the evidence; and two to
 * eight kinds of units, by Schwarz' criterion.
 */
#ifndef FLYT_SEGREGATION_PRIOR_H
#define FLYT_SEGREGATION_PRIOR_H

#include "output/segregation_shape.h"

#define FLYT_SEGREGATION_KINDS 8 /* that are told apart at most */

/** Smooth by arcsine and by logit; one kind (no segregation), two kinds and so on. */
#define FLYT_SEGREGATION_MODELS (2 + FLYT_SEGREGATION_KINDS)

#define FLYT_SEGREGATION_RIDGE 1e-4   /* precision of what is free: next to none, but proper */
#define FLYT_SEGREGATION_SETTLED 1e-3 /* gain of ln likelihood that is not worth another round */
#define FLYT_SEGREGATION_FAR 10.0     /* ln weight below the best at which a model is left out */

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

/**
 * @brief The power of the evidence by which models are averaged (coarsened: Miller & Dunson 2019).
 *
 * Half, as the evidences are approximations themselves, and the less the more units there are, as
 * none of the models is the truth: however many units tell against one, they never tell more than
 * 2,000 would if one of the others were.
 */
static inline double flyt_segregation_prior_power(double units)
{
    return 1.0 / (2.0 + units / 2000.0);
}

/** @brief Share of a model before any evidence: half are smooth, half are kinds, few likelier than
 *         many. */
double flyt_segregation_prior_odds(const struct flyt_segregation_prior *prior);

/** @brief Posterior of one row: of the points [from, to), others 0. @return ln of its likelihood.
 */
double flyt_segregation_prior_row(const struct flyt_segregation_prior *prior,
                                  const struct flyt_segregation_rows *rows, uint32_t i,
                                  double *post, struct flyt_segregation_range *range);

/** @brief Fills the logarithms of the chances. */
void flyt_segregation_prior_logs(struct flyt_segregation_prior *prior);

/** @brief Posterior of the kinds [prior->n] of one row. @return ln of its likelihood. */
double flyt_segregation_kinds_row(const struct flyt_segregation_prior *prior,
                                  const struct flyt_segregation_rows *rows, uint32_t i,
                                  double *post);

/**
 * @brief One kind, two kinds and so on.
 * @param density  whose grid is that of rows->likelihood[0]: for where to begin.
 * @param needed   ln of the evidence below which a model needs no information.
 * @param prior    [FLYT_SEGREGATION_KINDS]; of the first, no segregation, the evidence is kept
 *                 out: it is no model to average with.
 * @return ln of the evidence for one kind.
 */
double flyt_segregation_kinds_fit(const struct flyt_segregation_rows *rows,
                                  const struct flyt_segregation_prior *density, double needed,
                                  struct flyt_segregation_prior *prior);

/** @brief Cholesky's factor of a matrix of n rows, in place below the diagonal. @return ln of its
 *         determinant. */
double flyt_segregation_prior_factorise(double *a, int n);

/** @brief Solves information x = b in place, b of prior->n_parameters. */
void flyt_segregation_prior_solve(const struct flyt_segregation_prior *prior, double *b);

#endif
