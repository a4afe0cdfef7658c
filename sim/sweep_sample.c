/* Points that are sampled: Latin hypercube, Saltelli's plan on Sobol sequences, Morris' paths.
 * Sources: McKay, Beckman & Conover 1979; Saltelli et al. 2010; Morris 1991, Campolongo 2007. */
#include <gsl/gsl_qrng.h>
#include <math.h>

#include "sim/rng.h"
#include "sim/sweep_load.h"

/** A point of the unit cube, [n_factors], to the factors' values. */
static void place_point(struct flyt_sweep *sweep, uint32_t point, const double *u)
{
    for (uint32_t k = 0; k < sweep->n_factors; k++) {
        const struct flyt_sweep_factor *factor = &sweep->factor[k];
        struct flyt_sweep_cell *cell = &sweep->cell[(size_t)point * sweep->n_factors + k];
        double width = factor->high - factor->low;
        if (!factor->range) {
            uint32_t level = (uint32_t)(u[k] * factor->n_levels);
            cell->level = level < factor->n_levels ? level : factor->n_levels - 1;
            cell->number = NAN;
        } else if (factor->whole) {
            double number = factor->low + floor(u[k] * (width + 1.0));
            *cell =
                (struct flyt_sweep_cell){FLYT_NONE, number > factor->high ? factor->high : number};
        } else {
            double number = factor->low + u[k] * width;
            *cell =
                (struct flyt_sweep_cell){FLYT_NONE, number > factor->high ? factor->high : number};
        }
    }
}

/** One uniform for each row and column, always the same ones: a plan is part of its file. */
static double uniform(uint32_t row, uint32_t column, uint32_t draw)
{
    return flyt_rng_unit((struct flyt_rng_key){0, 0}, row, column, FLYT_STREAM_sweep_plan, draw);
}

/** A whole number below n. */
static uint32_t below(uint32_t row, uint32_t column, uint32_t draw, uint32_t n)
{
    uint32_t i = (uint32_t)(uniform(row, column, draw) * n);
    return i < n ? i : n - 1;
}

/* ---- Latin hypercube ----------------------------------------------------------------------- */

static enum flyt_status lay_hypercube(struct flyt_sweep *sweep, struct flyt_arena *arena)
{
    uint32_t n = sweep->n_base_points, k = sweep->n_factors;
    uint32_t *row = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)n * k);
    double *u = FLYT_ARENA_ARRAY(arena, double, k);
    if (row == NULL || u == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t j = 0; j < k; j++) { /* a column: the rows of a shuffled ladder */
        uint32_t *column = row + (size_t)j * n;
        for (uint32_t i = 0; i < n; i++) {
            uint32_t at = below(i, j, 0, i + 1);
            column[i] = column[at];
            column[at] = i;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < k; j++) {
            u[j] = ((double)row[(size_t)j * n + i] + uniform(i, j, 1)) / n;
        }
        place_point(sweep, i, u);
    }
    return FLYT_OK;
}

/* ---- Saltelli ------------------------------------------------------------------------------ */

/** For each base point: that of matrix A, that of B, and A with one column of B, k times. */
static enum flyt_status lay_saltelli(struct flyt_sweep *sweep, struct flyt_arena *arena)
{
    uint32_t k = sweep->n_factors;
    double *ab = FLYT_ARENA_ARRAY(arena, double, (size_t)2 * k);
    double *u = FLYT_ARENA_ARRAY(arena, double, k);
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, 2 * k);
    if (ab == NULL || u == NULL || sequence == NULL) {
        if (sequence != NULL) {
            gsl_qrng_free(sequence);
        }
        return FLYT_ERR_MEMORY;
    }
    uint32_t point = 0;
    for (uint32_t i = 0; i < sweep->n_base_points; i++) {
        (void)gsl_qrng_get(sequence, ab);
        place_point(sweep, point++, ab);
        place_point(sweep, point++, ab + k);
        for (uint32_t j = 0; j < k; j++) {
            for (uint32_t m = 0; m < k; m++) {
                u[m] = m == j ? ab[k + m] : ab[m];
            }
            place_point(sweep, point++, u);
        }
    }
    gsl_qrng_free(sequence);
    return FLYT_OK;
}

/* ---- Morris -------------------------------------------------------------------------------- */

/** Paths of k steps on a grid: each changes one factor by half the grid, in a random order. */
static enum flyt_status lay_morris(struct flyt_sweep *sweep, struct flyt_arena *arena)
{
    uint32_t k = sweep->n_factors, levels = sweep->n_levels, jump = levels / 2, point = 0;
    double *u = FLYT_ARENA_ARRAY(arena, double, k);
    uint32_t *at = FLYT_ARENA_ARRAY(arena, uint32_t, k);
    uint32_t *order = FLYT_ARENA_ARRAY(arena, uint32_t, k);
    if (u == NULL || at == NULL || order == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t path = 0; path < sweep->n_base_points; path++) {
        for (uint32_t j = 0; j < k; j++) {
            uint32_t swap = below(path, j, 2, j + 1);
            at[j] = below(path, j, 3, levels);
            order[j] = order[swap];
            order[swap] = j;
        }
        for (uint32_t step = 0; step <= k; step++) {
            if (step > 0) {
                uint32_t j = order[step - 1];
                at[j] = at[j] >= jump ? at[j] - jump : at[j] + jump;
            }
            for (uint32_t j = 0; j < k; j++) {
                u[j] = (double)at[j] / (levels - 1);
            }
            place_point(sweep, point++, u);
        }
    }
    return FLYT_OK;
}

/* ---- all ----------------------------------------------------------------------------------- */

static enum flyt_status check_plan(const struct flyt_sweep_load *load, uint64_t n)
{
    const struct flyt_sweep *sweep = load->out;
    if (sweep->n_base_points == 0) {
        return flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, flyt_sweep_key_place(load, "points"),
                               "points: the plan %s needs a number of points",
                               "points: planen %s skal have et antal punkter",
                               flyt_sweep_plan_name(sweep->plan));
    }
    if (sweep->plan == FLYT_SWEEP_sobol && sweep->n_factors > FLYT_SWEEP_QMC) {
        return flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, flyt_sweep_key_place(load, "factors"),
                               "factors: the plan sobol has at most %d",
                               "factors: planen sobol har højst %d", FLYT_SWEEP_QMC);
    }
    if (sweep->plan == FLYT_SWEEP_morris && sweep->n_levels % 2 != 0) {
        return flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, flyt_sweep_key_place(load, "levels"),
                               "levels: those of the plan morris are even, %u is not",
                               "levels: planen morris har et lige antal, %u er ulige",
                               sweep->n_levels);
    }
    for (uint32_t k = 0; sweep->plan == FLYT_SWEEP_morris && k < sweep->n_factors; k++) {
        if (!sweep->factor[k].range && sweep->factor[k].n_levels != 2) {
            return flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, sweep->factor[k].place,
                                   "%s: a factor of the plan morris is a range or has two values",
                                   "%s: en faktor i planen morris er et interval eller har to "
                                   "værdier",
                                   sweep->factor[k].name);
        }
    }
    if (n > FLYT_SWEEP_POINTS) {
        return flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, flyt_sweep_key_place(load, "points"),
                               "points: that makes %llu points, more than %d",
                               "points: det giver %llu punkter, flere end %d",
                               (unsigned long long)n, FLYT_SWEEP_POINTS);
    }
    return FLYT_OK;
}

enum flyt_status flyt_sweep_lay_samples(struct flyt_sweep_load *load)
{
    struct flyt_sweep *out = load->out;
    uint64_t n = out->n_base_points;
    n *= out->plan == FLYT_SWEEP_sobol    ? out->n_factors + 2
         : out->plan == FLYT_SWEEP_morris ? out->n_factors + 1
                                          : 1;
    FLYT_TRY(check_plan(load, n));
    out->n_points = (uint32_t)n;
    out->cell = FLYT_ARENA_ZERO(load->arena, struct flyt_sweep_cell, (size_t)n * out->n_factors);
    if (out->cell == NULL) {
        return FLYT_ERR_MEMORY;
    }
    return out->plan == FLYT_SWEEP_sobol    ? lay_saltelli(out, load->arena)
           : out->plan == FLYT_SWEEP_morris ? lay_morris(out, load->arena)
                                            : lay_hypercube(out, load->arena);
}
