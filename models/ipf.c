/**
 * @file ipf.c
 * @brief Iterative proportional fitting.
 */
#include "models/ipf.h"

#include <math.h>
#include <string.h>

size_t flyt_ipf_cells(const struct flyt_ipf *ipf)
{
    size_t n = 1;
    for (uint32_t d = 0; d < ipf->n_dims; d++) {
        n *= ipf->size[d];
    }
    return n;
}

static uint32_t margin_size(const struct flyt_ipf *ipf, const struct flyt_ipf_margin *margin)
{
    uint32_t n = 1;
    for (uint32_t k = 0; k < margin->n_dims; k++) {
        n *= ipf->size[margin->dim[k]];
    }
    return n;
}

/** Which sum of the margin a cell belongs to. */
static uint32_t sum_of(const struct flyt_ipf *ipf, const struct flyt_ipf_margin *margin,
                       size_t cell)
{
    uint32_t at[FLYT_IPF_DIMS] = {0}, sum = 0;
    for (uint32_t d = ipf->n_dims; d-- > 0;) {
        at[d] = (uint32_t)(cell % ipf->size[d]);
        cell /= ipf->size[d];
    }
    for (uint32_t k = 0; k < margin->n_dims; k++) {
        sum = sum * ipf->size[margin->dim[k]] + at[margin->dim[k]];
    }
    return sum;
}

void flyt_ipf_sums(const struct flyt_ipf *ipf, uint32_t margin, const double *cell, double *sum)
{
    size_t n = flyt_ipf_cells(ipf);
    memset(sum, 0, margin_size(ipf, &ipf->margin[margin]) * sizeof *sum);
    for (size_t i = 0; i < n; i++) {
        sum[sum_of(ipf, &ipf->margin[margin], i)] += cell[i];
    }
}

/** One margin while it is fitted. */
struct fit {
    uint32_t n_sums;
    const double *target;
    const uint32_t *sum_of; /* [n_cells] */
    double total;           /* of the targets */
};

static void add_up(const struct fit *fit, const double *cell, size_t n_cells, double *sum)
{
    memset(sum, 0, fit->n_sums * sizeof *sum);
    for (size_t i = 0; i < n_cells; i++) {
        sum[fit->sum_of[i]] += cell[i];
    }
}

/** Greatest miss of a margin, relative to its total. */
static double miss(const struct fit *fit, const double *sum)
{
    double gap = 0.0;
    for (uint32_t k = 0; k < fit->n_sums; k++) {
        double here = fabs(sum[k] - fit->target[k]);
        gap = here > gap ? here : gap;
    }
    return fit->total > 0.0 ? gap / fit->total : gap;
}

/** Scales the cells to one margin; false when a positive target stands over zeros. */
static bool scale(const struct fit *fit, double *cell, size_t n_cells, double *sum)
{
    bool possible = true;
    add_up(fit, cell, n_cells, sum);
    for (uint32_t k = 0; k < fit->n_sums; k++) {
        possible &= sum[k] > 0.0 || fit->target[k] <= 0.0;
        sum[k] = sum[k] > 0.0 ? fit->target[k] / sum[k] : 0.0;
    }
    for (size_t i = 0; i < n_cells; i++) {
        cell[i] *= sum[fit->sum_of[i]];
    }
    return possible;
}

static enum flyt_status prepare(const struct flyt_ipf *ipf, struct flyt_arena *arena,
                                struct fit *fit, double **sum)
{
    size_t n_cells = flyt_ipf_cells(ipf), most = 1;
    for (uint32_t m = 0; m < ipf->n_margins; m++) {
        uint32_t *index = FLYT_ARENA_ARRAY(arena, uint32_t, n_cells);
        if (index == NULL) {
            return FLYT_ERR_MEMORY;
        }
        for (size_t i = 0; i < n_cells; i++) {
            index[i] = sum_of(ipf, &ipf->margin[m], i);
        }
        fit[m] = (struct fit){.n_sums = margin_size(ipf, &ipf->margin[m]),
                              .target = ipf->margin[m].target,
                              .sum_of = index};
        for (uint32_t k = 0; k < fit[m].n_sums; k++) {
            fit[m].total += fit[m].target[k];
        }
        most = fit[m].n_sums > most ? fit[m].n_sums : most;
    }
    *sum = FLYT_ARENA_ARRAY(arena, double, most);
    return *sum == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_ipf_fit(struct flyt_ipf *ipf, double *cell, struct flyt_arena *arena)
{
    size_t n_cells = flyt_ipf_cells(ipf);
    struct fit fit[FLYT_IPF_MARGINS];
    double *sum = NULL;
    FLYT_TRY(prepare(ipf, arena, fit, &sum));
    ipf->end = FLYT_IPF_stopped;
    for (ipf->rounds = 0; ipf->rounds < ipf->most && ipf->end == FLYT_IPF_stopped;) {
        for (uint32_t m = 0; m < ipf->n_margins; m++) {
            if (!scale(&fit[m], cell, n_cells, sum)) {
                ipf->end = FLYT_IPF_impossible;
            }
        }
        ipf->rounds++;
        ipf->gap = 0.0;
        for (uint32_t m = 0; m < ipf->n_margins; m++) {
            add_up(&fit[m], cell, n_cells, sum);
            double here = miss(&fit[m], sum);
            ipf->gap = here > ipf->gap ? here : ipf->gap;
        }
        if (ipf->end == FLYT_IPF_stopped && ipf->gap <= ipf->tolerance) {
            ipf->end = FLYT_IPF_converged;
        }
    }
    return FLYT_OK;
}
