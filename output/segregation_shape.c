/**
 * @file segregation_shape.c
 * @brief From observed shares to the family of chances, and from the family to an interval.
 *
 * Laird 1978 (EM for a mixing distribution); Louis 1984 (estimates with the variance of what they
 * estimate); inversion of a test along a one-parameter family: Carpenter 1999.
 */
#include "output/segregation_shape.h"

#include <math.h>

#include "sim/num.h"

const double flyt_segregation_spread[FLYT_SEGREGATION_NODES] = {0.0, 0.2, 0.4,  0.6,
                                                                0.8, 1.0, 1.25, 1.6};

enum {
    GRID = FLYT_SEGREGATION_GRID,
    STEPS = 24
}; /* 2^6 + 1; steps few enough not to take noise for shape */

/* ---- shape --------------------------------------------------------------------------------- */

/** Grid of chances equidistant in arcsin(sqrt p), by halving angles. */
static void fill_grid(double low, double high, double *grid)
{
    double root[GRID], co_root[GRID];
    root[0] = sqrt(low);
    co_root[0] = sqrt(1.0 - low);
    root[GRID - 1] = sqrt(high);
    co_root[GRID - 1] = sqrt(1.0 - high);
    for (int step = GRID - 1; step > 1; step /= 2) {
        for (int i = 0; i + step < GRID; i += step) {
            const double a = root[i] + root[i + step], b = co_root[i] + co_root[i + step];
            const double length = sqrt(a * a + b * b);
            root[i + step / 2] = a / length;
            co_root[i + step / 2] = b / length;
        }
    }
    for (int i = 0; i < GRID; i++) {
        grid[i] = root[i] * root[i];
    }
}

/** Likelihoods of each row at each chance of the grid, [n][GRID], largest of a row 1. */
static void fill_likelihood(const double *x, const double *t, uint32_t n, const double *grid,
                            double *likelihood)
{
    double log_in[GRID], log_out[GRID];
    for (int k = 0; k < GRID; k++) {
        log_in[k] = flyt_num_log(grid[k]);
        log_out[k] = flyt_num_log(1.0 - grid[k]);
    }
    for (uint32_t i = 0; i < n; i++) {
        double *row = likelihood + (size_t)i * GRID, best = -HUGE_VAL;
        for (int k = 0; k < GRID; k++) {
            row[k] = x[i] * log_in[k] + (t[i] - x[i]) * log_out[k];
            best = row[k] > best ? row[k] : best;
        }
        for (int k = 0; k < GRID; k++) {
            row[k] -= best;
        }
        flyt_num_exp_n(row, row, GRID);
    }
}

/** One step of EM: posterior means of the rows to mean[], and the new weights of the grid. */
static void step_em(const double *likelihood, const double *weight, uint32_t n, const double *grid,
                    double *prior, double *mean)
{
    double next[GRID] = {0.0}, all = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        const double *row = likelihood + (size_t)i * GRID;
        double sum = 0.0, moment = 0.0;
        for (int k = 0; k < GRID; k++) {
            sum += row[k] * prior[k];
            moment += row[k] * prior[k] * grid[k];
        }
        mean[i] = moment / sum;
        const double scale = weight[i] / sum;
        for (int k = 0; k < GRID; k++) {
            next[k] += scale * row[k] * prior[k];
        }
        all += weight[i];
    }
    for (int k = 0; k < GRID; k++) {
        prior[k] = next[k] / all;
    }
}

/** Centres on the mean share and spreads out to the variance of the observed shares. */
static void spread_out(const double *x, const double *t, const double *weight, uint32_t n,
                       double share, double *out)
{
    double total = 0.0, mean = 0.0, seen = 0.0, spread = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        total += weight[i] * t[i];
        mean += weight[i] * t[i] * out[i];
    }
    mean /= total;
    for (uint32_t i = 0; i < n; i++) {
        const double away = x[i] / t[i] - share;
        out[i] -= mean;
        seen += weight[i] * t[i] * away * away;
        spread += weight[i] * t[i] * out[i] * out[i];
    }
    const double factor = spread > 0.0 ? sqrt(seen / spread) : 0.0;
    for (uint32_t i = 0; i < n; i++) {
        out[i] *= factor;
    }
}

void flyt_segregation_shape(const double *x, const double *t, const double *weight, uint32_t n,
                            double *likelihood, double *out)
{
    const double edge = 1e-4; /* the grid keeps clear of 0 and 1, where nothing is possible */
    double low = 1.0, high = 0.0, persons = 0.0, total = 0.0, grid[GRID], prior[GRID];
    for (uint32_t i = 0; i < n; i++) {
        const double share = x[i] / t[i];
        low = share < low ? share : low;
        high = share > high ? share : high;
        persons += weight[i] * x[i];
        total += weight[i] * t[i];
    }
    low = low < edge ? edge : low > 1.0 - edge ? 1.0 - edge : low;
    high = high < edge ? edge : high > 1.0 - edge ? 1.0 - edge : high;
    fill_grid(low, high, grid);
    for (int k = 0; k < GRID; k++) {
        prior[k] = 1.0 / GRID;
    }
    fill_likelihood(x, t, n, grid, likelihood);
    for (int step = 0; step < STEPS; step++) {
        step_em(likelihood, weight, n, grid, prior, out);
    }
    spread_out(x, t, weight, n, persons / total, out);
}

/* ---- inversion ----------------------------------------------------------------------------- */

/**
 * Standard deviation for an interval. Where a kinked measure is biased, the bias depends on the
 * shape of the chances near their mean, which a table cannot tell: a quarter of the bias is added
 * in quadrature (two-point and normal shapes differ by up to about 40 % of it), less where all
 * chances are equal, as there is then no shape to be wrong about.
 */
static double interval_sd(const struct flyt_segregation_curve *curve, int node)
{
    const double bias = curve->mean[node] - curve->truth[node];
    if (!curve->kinked || !(bias > 0.0)) {
        return curve->sd[node];
    }
    const double about = curve->truth[node] / (curve->truth[node] + curve->chance);
    const double shape = 0.25 * bias * about;
    return sqrt(curve->sd[node] * curve->sd[node] + shape * shape);
}

bool flyt_segregation_filled(const struct flyt_segregation_curve *curve, int *first, int *last)
{
    *first = *last = -1;
    for (int node = 0; node < FLYT_SEGREGATION_NODES; node++) {
        if (curve->mean[node] == curve->mean[node] && curve->sd[node] == curve->sd[node]) {
            *first = *first < 0 ? node : *first;
            *last = node;
        }
    }
    return *first >= 0;
}

/** The truth at which mean + z sd is `value`: the first crossing from below, ends kept. */
static double cross(const struct flyt_segregation_curve *curve, double value, double z)
{
    int first, last;
    if (!flyt_segregation_filled(curve, &first, &last)) {
        return NAN;
    }
    double before = curve->mean[first] + z * interval_sd(curve, first);
    if (value < before) {
        return curve->truth[first];
    }
    for (int node = first + 1; node <= last; node++) {
        const double here = curve->mean[node] + z * interval_sd(curve, node);
        if (here > value) {
            const double part = (value - before) / (here - before);
            return curve->truth[node - 1] + part * (curve->truth[node] - curve->truth[node - 1]);
        }
        before = here;
    }
    return curve->truth[last];
}

void flyt_segregation_invert(const struct flyt_segregation_curve *curve, double value,
                             double *corrected, double *low, double *high)
{
    const double z = 1.959963984540054;
    *corrected = cross(curve, value, 0.0);
    *low = cross(curve, value, z);
    *high = cross(curve, value, -z);
}

double flyt_segregation_sd_at(const struct flyt_segregation_curve *found, double value,
                              const double *sd)
{
    int first, last;
    if (!flyt_segregation_filled(found, &first, &last)) {
        return NAN;
    }
    if (value < found->mean[first]) {
        return sd[first];
    }
    for (int node = first + 1; node <= last; node++) {
        if (found->mean[node] > value) {
            const double part =
                (value - found->mean[node - 1]) / (found->mean[node] - found->mean[node - 1]);
            return sd[node - 1] + part * (sd[node] - sd[node - 1]);
        }
    }
    return sd[last];
}
