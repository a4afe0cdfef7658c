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
    GRID = FLYT_SEGREGATION_GRID, /* 2^6 + 1 */
    STEPS = 24,                   /* few enough not to take noise for shape */
    STEPS_OF_MANY = 100           /* 10,000 units or more tell more of it */
};

/* ---- shape --------------------------------------------------------------------------------- */

/* by halving angles */
void flyt_segregation_grid(double low, double high, double *grid)
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

void flyt_segregation_likelihood(const double *x, const double *t, uint32_t n, const double *grid,
                                 double *likelihood, struct flyt_segregation_range *range,
                                 double *log_best)
{
    const double least = 1e-15;
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
        int from = 0, to = GRID;
        for (; row[from] < least; from++) {
            row[from] = 0.0;
        }
        for (; row[to - 1] < least; to--) {
            row[to - 1] = 0.0;
        }
        range[i] = (struct flyt_segregation_range){(uint8_t)from, (uint8_t)to};
        if (log_best != NULL) {
            log_best[i] = best;
        }
    }
}

/** One step of EM: the new weights of the grid. */
static void step_em(const double *likelihood, const struct flyt_segregation_range *range,
                    const double *weight, uint32_t n, double *prior)
{
    double next[GRID] = {0.0}, all = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        const double *row = likelihood + (size_t)i * GRID;
        double joint[GRID], sum = 0.0;
        for (int k = range[i].from; k < range[i].to; k++) {
            joint[k] = row[k] * prior[k];
            sum += joint[k];
        }
        const double scale = weight[i] / sum;
        for (int k = range[i].from; k < range[i].to; k++) {
            next[k] += scale * joint[k];
        }
        all += weight[i];
    }
    for (int k = 0; k < GRID; k++) {
        prior[k] = next[k] / all;
    }
}

/** Posterior means of the rows. */
static void fill_means(const double *likelihood, const struct flyt_segregation_range *range,
                       uint32_t n, const struct flyt_segregation_mixture *mixture, double *mean)
{
    for (uint32_t i = 0; i < n; i++) {
        const double *row = likelihood + (size_t)i * GRID;
        double sum = 0.0, moment = 0.0;
        for (int k = range[i].from; k < range[i].to; k++) {
            const double joint = row[k] * mixture->share[k];
            sum += joint;
            moment += joint * mixture->chance[k];
        }
        mean[i] = moment / sum;
    }
}

/** Centres on 0 and spreads out to the variance `wanted` (persons-weighted). */
static void spread_out(const double *t, const double *weight, uint32_t n, double wanted,
                       double *out)
{
    double total = 0.0, mean = 0.0, spread = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        total += weight[i] * t[i];
        mean += weight[i] * t[i] * out[i];
    }
    mean /= total;
    for (uint32_t i = 0; i < n; i++) {
        out[i] -= mean;
        spread += weight[i] * t[i] * out[i] * out[i];
    }
    const double factor = spread > 0.0 ? sqrt(wanted * total / spread) : 0.0;
    for (uint32_t i = 0; i < n; i++) {
        out[i] *= factor;
    }
}

/** Variance of the observed shares. */
static double seen_variance(const double *x, const double *t, const double *weight, uint32_t n,
                            double share)
{
    double total = 0.0, seen = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        const double away = x[i] / t[i] - share;
        total += weight[i] * t[i];
        seen += weight[i] * t[i] * away * away;
    }
    return seen / total;
}

static double mixture_variance(const struct flyt_segregation_mixture *mixture)
{
    double mean = 0.0, square = 0.0;
    for (int k = 0; k < GRID; k++) {
        mean += mixture->share[k] * mixture->chance[k];
    }
    for (int k = 0; k < GRID; k++) {
        const double away = mixture->chance[k] - mean;
        square += mixture->share[k] * away * away;
    }
    return square;
}

void flyt_segregation_posterior(const struct flyt_segregation_mixture *mixture, double *likelihood)
{
    double sum = 0.0;
    for (int k = 0; k < GRID; k++) {
        likelihood[k] *= mixture->share[k];
        sum += likelihood[k];
    }
    for (int k = 0; k < GRID; k++) {
        likelihood[k] /= sum;
    }
}

void flyt_segregation_shape(const double *x, const double *t, const double *weight, uint32_t n,
                            double *likelihood, struct flyt_segregation_range *range, double *out,
                            struct flyt_segregation_mixture *mixture)
{
    /* the grid keeps clear of 0 and 1, where nothing is possible; a mixture must come near, as
       roots and logarithms of the chances of units with nobody are far from 0 at 1e-4 */
    const double edge = mixture != NULL ? 1e-6 : 1e-4;
    const int steps = mixture != NULL ? STEPS_OF_MANY : STEPS;
    double low = 1.0, high = 0.0, persons = 0.0, total = 0.0;
    struct flyt_segregation_mixture own;
    struct flyt_segregation_mixture *to = mixture != NULL ? mixture : &own;
    for (uint32_t i = 0; i < n; i++) {
        const double share = x[i] / t[i];
        low = share < low ? share : low;
        high = share > high ? share : high;
        persons += weight[i] * x[i];
        total += weight[i] * t[i];
    }
    low = low < edge ? edge : low > 1.0 - edge ? 1.0 - edge : low;
    high = high < edge ? edge : high > 1.0 - edge ? 1.0 - edge : high;
    flyt_segregation_grid(low, high, to->chance);
    for (int k = 0; k < GRID; k++) {
        to->share[k] = 1.0 / GRID;
    }
    flyt_segregation_likelihood(x, t, n, to->chance, likelihood, range, NULL);
    for (int step = 1; step < steps; step++) {
        step_em(likelihood, range, weight, n, to->share);
    }
    fill_means(likelihood, range, n, to, out);
    spread_out(t, weight, n,
               mixture != NULL ? mixture_variance(mixture)
                               : seen_variance(x, t, weight, n, persons / total),
               out);
}

/* ---- inversion ----------------------------------------------------------------------------- */

/**
 * Standard deviation for an interval. Where a kinked measure is biased, the bias depends on the
 * shape of the chances near their mean, which a table cannot tell: a quarter of the bias is added
 * in quadrature (two-point and normal shapes differ by up to about 40 % of it), less where all
 * chances are equal, as there is then no shape to be wrong about. Roots and logarithms depend on
 * the shape near 0, where units have next to nobody: a tenth of the bias of those.
 */
static const double FEW_DOUBT = 0.1;

static double interval_sd(const struct flyt_segregation_curve *curve, int node)
{
    const double bias = curve->mean[node] - curve->truth[node];
    double shape = FEW_DOUBT * curve->of_few[node];
    if (curve->doubt > 0.0 && bias > 0.0) {
        shape = curve->doubt * bias * curve->truth[node] / (curve->truth[node] + curve->chance);
    }
    const double sd = curve->widen * curve->sd[node];
    return sqrt(sd * sd + shape * shape);
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
    *low = *low > *corrected ? *corrected : *low; /* where a truth falls along the family */
    *high = *high < *corrected ? *corrected : *high;
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
