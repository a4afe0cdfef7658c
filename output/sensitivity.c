#include "output/sensitivity.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "sim/rng.h"

/** One outcome while it is worked out. */
struct work {
    const struct flyt_sweep *sweep;
    const double *y; /* [n_points][n_replicates] */
    double *mean;    /* [n_points] over replicates */
    double *draw;    /* [FLYT_SENSITIVITY_DRAWS] */
    struct flyt_sensitivity *out;
};

bool flyt_sensitivity_has(enum flyt_sweep_plan plan)
{
    return plan == FLYT_SWEEP_morris || plan == FLYT_SWEEP_sobol || plan == FLYT_SWEEP_factorial;
}

static int compare_numbers(const void *a_, const void *b_)
{
    double a = *(const double *)a_, b = *(const double *)b_;
    return (a > b) - (a < b);
}

/** The 2.5th and 97.5th percentile of the draws. */
static struct flyt_estimate with_interval(double value, double *draw)
{
    qsort(draw, FLYT_SENSITIVITY_DRAWS, sizeof *draw, compare_numbers);
    return (struct flyt_estimate){value, draw[FLYT_SENSITIVITY_DRAWS / 40],
                                  draw[FLYT_SENSITIVITY_DRAWS - 1 - FLYT_SENSITIVITY_DRAWS / 40]};
}

/** The i-th of n taken in a draw, with replacement: the same for all outcomes and factors. */
static uint32_t pick(uint32_t draw, uint32_t i, uint32_t n)
{
    return flyt_rng_below((struct flyt_rng_key){0, 0}, i, draw, FLYT_STREAM_sensitivity_bootstrap,
                          0, n);
}

/* ---- Morris -------------------------------------------------------------------------------- */

/** How far a factor moved between two points, as a share of its range; 0: not at all. */
static double moved(const struct flyt_sweep *sweep, uint32_t point, uint32_t k)
{
    const struct flyt_sweep_factor *factor = &sweep->factor[k];
    const struct flyt_sweep_cell *from = flyt_sweep_at(sweep, point - 1, k),
                                 *to = flyt_sweep_at(sweep, point, k);
    if (factor->range) {
        return (to->number - from->number) / (factor->high - factor->low);
    }
    return ((double)to->level - (double)from->level) / (factor->n_levels - 1);
}

/** The effect of each factor on each path: [n_factors][n_paths]; NaN: it did not move. */
static void elementary(const struct work *work, double *effect)
{
    const struct flyt_sweep *sweep = work->sweep;
    uint32_t n_paths = sweep->n_base_points, n_steps = sweep->n_factors + 1;
    for (uint32_t i = 0; i < sweep->n_factors * n_paths; i++) {
        effect[i] = NAN;
    }
    for (uint32_t path = 0; path < n_paths; path++) {
        for (uint32_t step = 1; step < n_steps; step++) {
            uint32_t point = path * n_steps + step;
            for (uint32_t k = 0; k < sweep->n_factors; k++) {
                double by = moved(sweep, point, k);
                if (by > 0.0 || by < 0.0) {
                    effect[k * n_paths + path] = (work->mean[point] - work->mean[point - 1]) / by;
                }
            }
        }
    }
}

static double mean_abs(const double *effect, uint32_t n, uint32_t draw)
{
    double sum = 0.0;
    uint32_t n_known = 0;
    for (uint32_t i = 0; i < n; i++) {
        double one = effect[draw == FLYT_NONE ? i : pick(draw, i, n)];
        sum += isnan(one) ? 0.0 : fabs(one);
        n_known += isnan(one) ? 0 : 1;
    }
    return n_known > 0 ? sum / n_known : NAN;
}

static void morris_row(const struct work *work, const double *effect, uint32_t k,
                       struct flyt_sensitivity_row *row)
{
    uint32_t n = work->sweep->n_base_points, n_known = 0;
    double sum = 0.0, squares = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        sum += isnan(effect[i]) ? 0.0 : effect[i];
        n_known += isnan(effect[i]) ? 0 : 1;
    }
    row->mu = n_known > 0 ? sum / n_known : NAN;
    for (uint32_t i = 0; i < n; i++) {
        squares += isnan(effect[i]) ? 0.0 : (effect[i] - row->mu) * (effect[i] - row->mu);
    }
    row->sigma = n_known > 1 ? sqrt(squares / (n_known - 1)) : NAN;
    for (uint32_t d = 0; d < FLYT_SENSITIVITY_DRAWS; d++) {
        work->draw[d] = mean_abs(effect, n, d);
    }
    row->factor = k;
    row->main = with_interval(mean_abs(effect, n, FLYT_NONE), work->draw);
}

static enum flyt_status morris(const struct work *work, struct flyt_arena *arena)
{
    const struct flyt_sweep *sweep = work->sweep;
    double *effect =
        FLYT_ARENA_ARRAY(arena, double, (size_t)sweep->n_factors * sweep->n_base_points + 1);
    if (effect == NULL) {
        return FLYT_ERR_MEMORY;
    }
    elementary(work, effect);
    for (uint32_t k = 0; k < sweep->n_factors; k++) {
        morris_row(work, effect + (size_t)k * sweep->n_base_points, k, &work->out->row[k]);
    }
    return FLYT_OK;
}

/* ---- Sobol --------------------------------------------------------------------------------- */

struct indices {
    double first, total;
};

/** Both indices of a factor, from all base points or from those of a draw. */
static struct indices indices_of(const struct work *work, uint32_t k, uint32_t draw)
{
    const struct flyt_sweep *sweep = work->sweep;
    uint32_t n = sweep->n_base_points, width = sweep->n_factors + 2;
    double sum = 0.0, squares = 0.0, first = 0.0, total = 0.0, centre = work->out->mean;
    for (uint32_t i = 0; i < n; i++) {
        const double *y = work->mean + (size_t)(draw == FLYT_NONE ? i : pick(draw, i, n)) * width;
        double a = y[0] - centre, b = y[1] - centre, ab = y[2 + k] - centre;
        sum += a + b;
        squares += a * a + b * b;
        first += b * (ab - a);
        total += (a - ab) * (a - ab);
    }
    double variance = squares / (2.0 * n) - sum / (2.0 * n) * (sum / (2.0 * n));
    return variance > 0.0 ? (struct indices){first / n / variance, total / (2.0 * n) / variance}
                          : (struct indices){NAN, NAN};
}

static enum flyt_status sobol(const struct work *work, struct flyt_arena *arena)
{
    double *other = FLYT_ARENA_ARRAY(arena, double, FLYT_SENSITIVITY_DRAWS);
    if (other == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t k = 0; k < work->sweep->n_factors; k++) {
        struct flyt_sensitivity_row *row = &work->out->row[k];
        struct indices all = indices_of(work, k, FLYT_NONE);
        for (uint32_t d = 0; d < FLYT_SENSITIVITY_DRAWS; d++) {
            struct indices some = indices_of(work, k, d);
            work->draw[d] = some.total;
            other[d] = some.first;
        }
        row->factor = k;
        row->main = with_interval(all.total, work->draw);
        row->first = with_interval(all.first, other);
    }
    return FLYT_OK;
}

/* ---- factorial ----------------------------------------------------------------------------- */

/** High less low of the factors of `set`, in one replicate: their product's sign decides. */
static double contrast(const struct work *work, uint32_t set, uint32_t replicate)
{
    const struct flyt_sweep *sweep = work->sweep;
    double sum = 0.0;
    for (uint32_t point = 0; point < sweep->n_points; point++) {
        bool minus = (uint32_t)__builtin_popcount(set & ~point) % 2 == 1;
        double y = work->y[(size_t)point * sweep->n_replicates + replicate];
        sum += minus ? -y : y;
    }
    return 2.0 * sum / sweep->n_points;
}

/** Mean and interval over replicates, each with its own random numbers. */
static struct flyt_estimate effect_of(const struct work *work, uint32_t set, double *one)
{
    uint32_t n = work->sweep->n_replicates;
    double mean = 0.0, squares = 0.0;
    for (uint32_t r = 0; r < n; r++) {
        one[r] = contrast(work, set, r);
        mean += one[r] / n;
    }
    for (uint32_t r = 0; r < n; r++) {
        squares += (one[r] - mean) * (one[r] - mean);
    }
    if (n < 2) {
        return (struct flyt_estimate){mean, NAN, NAN};
    }
    double half = gsl_cdf_tdist_Pinv(0.975, n - 1) * sqrt(squares / (n - 1) / n);
    return (struct flyt_estimate){mean, mean - half, mean + half};
}

static enum flyt_status factorial(const struct work *work, struct flyt_arena *arena)
{
    uint32_t n = work->sweep->n_factors;
    struct flyt_sensitivity_row *row = work->out->row + n;
    double *one = FLYT_ARENA_ARRAY(arena, double, work->sweep->n_replicates);
    if (one == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        work->out->row[i].factor = i;
        work->out->row[i].main = effect_of(work, 1u << i, one);
        for (uint32_t k = i + 1; k < n; k++, row++) {
            row->factor = i;
            row->other = k;
            row->main = effect_of(work, 1u << i | 1u << k, one);
        }
    }
    return FLYT_OK;
}

/* ---- all ----------------------------------------------------------------------------------- */

static int compare_rows(const void *a_, const void *b_)
{
    const struct flyt_sensitivity_row *a = a_, *b = b_;
    bool alone_a = a->other == FLYT_NONE, alone_b = b->other == FLYT_NONE;
    if (alone_a != alone_b) {
        return alone_a ? -1 : 1;
    }
    double x = isnan(a->main.value) ? -1.0 : fabs(a->main.value),
           y = isnan(b->main.value) ? -1.0 : fabs(b->main.value);
    uint64_t at = (uint64_t)a->factor << 32 | a->other, bt = (uint64_t)b->factor << 32 | b->other;
    return x > y ? -1 : x < y ? 1 : at < bt ? -1 : at > bt;
}

static void take_means(struct work *work)
{
    const struct flyt_sweep *sweep = work->sweep;
    double sum = 0.0, squares = 0.0;
    for (uint32_t p = 0; p < sweep->n_points; p++) {
        double own = 0.0;
        for (uint32_t r = 0; r < sweep->n_replicates; r++) {
            own += work->y[(size_t)p * sweep->n_replicates + r];
        }
        work->mean[p] = own / sweep->n_replicates;
        sum += work->mean[p];
    }
    work->out->mean = sum / sweep->n_points;
    for (uint32_t p = 0; p < sweep->n_points; p++) {
        squares += (work->mean[p] - work->out->mean) * (work->mean[p] - work->out->mean);
    }
    work->out->variance = squares / sweep->n_points;
}

enum flyt_status flyt_sensitivity_make(const struct flyt_sweep *sweep, const double *y,
                                       struct flyt_arena *arena, struct flyt_sensitivity *out)
{
    uint32_t n = sweep->n_factors;
    bool pairs = sweep->plan == FLYT_SWEEP_factorial;
    struct work work = {.sweep = sweep, .y = y, .out = out};
    *out = (struct flyt_sensitivity){.n_rows = pairs ? n + n * (n - 1) / 2 : n};
    out->row = FLYT_ARENA_ZERO(arena, struct flyt_sensitivity_row, (size_t)out->n_rows + 1);
    work.mean = FLYT_ARENA_ARRAY(arena, double, sweep->n_points);
    work.draw = FLYT_ARENA_ARRAY(arena, double, FLYT_SENSITIVITY_DRAWS);
    if (out->row == NULL || work.mean == NULL || work.draw == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < out->n_rows; i++) {
        out->row[i] = (struct flyt_sensitivity_row){
            .other = FLYT_NONE, .first = {NAN, NAN, NAN}, .mu = NAN, .sigma = NAN};
    }
    take_means(&work);
    FLYT_TRY(sweep->plan == FLYT_SWEEP_morris  ? morris(&work, arena)
             : sweep->plan == FLYT_SWEEP_sobol ? sobol(&work, arena)
                                               : factorial(&work, arena));
    qsort(out->row, out->n_rows, sizeof *out->row, compare_rows);
    return FLYT_OK;
}
