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

static void add_up(const struct flyt_ipf_plan *plan, uint32_t margin, const double *cell,
                   size_t n_cells)
{
    const uint32_t *sum_of_cell = plan->sum_of[margin];
    memset(plan->sum, 0, plan->n_sums[margin] * sizeof *plan->sum);
    for (size_t i = 0; i < n_cells; i++) {
        plan->sum[sum_of_cell[i]] += cell[i];
    }
}

/** Greatest miss of a margin, relative to the total of its targets. */
static double miss(const struct flyt_ipf_plan *plan, uint32_t margin, const double *target)
{
    double gap = 0.0, total = 0.0;
    for (uint32_t k = 0; k < plan->n_sums[margin]; k++) {
        double here = fabs(plan->sum[k] - target[k]);
        gap = here > gap ? here : gap;
        total += target[k];
    }
    return total > 0.0 ? gap / total : gap;
}

/** Scales the cells to one margin; false when a positive target stands over zeros. */
static bool scale(const struct flyt_ipf_plan *plan, uint32_t margin, const double *target,
                  double *cell, size_t n_cells)
{
    const uint32_t *sum_of_cell = plan->sum_of[margin];
    double *sum = plan->sum;
    bool possible = true;
    add_up(plan, margin, cell, n_cells);
    for (uint32_t k = 0; k < plan->n_sums[margin]; k++) {
        possible &= sum[k] > 0.0 || target[k] <= 0.0;
        sum[k] = sum[k] > 0.0 ? target[k] / sum[k] : 0.0;
    }
    for (size_t i = 0; i < n_cells; i++) {
        cell[i] *= sum[sum_of_cell[i]];
    }
    return possible;
}

enum flyt_status flyt_ipf_prepare(const struct flyt_ipf *ipf, struct flyt_arena *arena,
                                  struct flyt_ipf_plan *plan)
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
        plan->sum_of[m] = index;
        plan->n_sums[m] = margin_size(ipf, &ipf->margin[m]);
        most = plan->n_sums[m] > most ? plan->n_sums[m] : most;
    }
    plan->sum = FLYT_ARENA_ARRAY(arena, double, most);
    return plan->sum == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

void flyt_ipf_run(struct flyt_ipf *ipf, const struct flyt_ipf_plan *plan, double *cell)
{
    size_t n_cells = flyt_ipf_cells(ipf);
    ipf->end = FLYT_IPF_stopped;
    for (ipf->rounds = 0; ipf->rounds < ipf->most && ipf->end == FLYT_IPF_stopped;) {
        for (uint32_t m = 0; m < ipf->n_margins; m++) {
            if (!scale(plan, m, ipf->margin[m].target, cell, n_cells)) {
                ipf->end = FLYT_IPF_impossible;
            }
        }
        ipf->rounds++;
        ipf->gap = 0.0;
        for (uint32_t m = 0; m < ipf->n_margins; m++) {
            add_up(plan, m, cell, n_cells);
            double here = miss(plan, m, ipf->margin[m].target);
            ipf->gap = here > ipf->gap ? here : ipf->gap;
        }
        if (ipf->end == FLYT_IPF_stopped && ipf->gap <= ipf->tolerance) {
            ipf->end = FLYT_IPF_converged;
        }
    }
}

enum flyt_status flyt_ipf_fit(struct flyt_ipf *ipf, double *cell, struct flyt_arena *arena)
{
    struct flyt_ipf_plan plan;
    FLYT_TRY(flyt_ipf_prepare(ipf, arena, &plan));
    flyt_ipf_run(ipf, &plan, cell);
    return FLYT_OK;
}
