/* The distribution of the chances of one group. See segregation_prior.h. */
#include "output/segregation_prior.h"

#include <math.h>
#include <string.h>

#include "sim/num.h"

enum { GRID = FLYT_SEGREGATION_GRID, ORDER = 3, ROUNDS = 60, EM_ROUNDS = 300 };

/** Chances this near 0 and 1 are not told apart from them: of the arcsine, of the logit scale. */
static const double edges[2] = {1e-6, 1e-5};

/** Precision of what the penalty leaves free: next to none, but a proper prior. */
static const double RIDGE = 1e-4;

/** That of the logit of a kind's chance: a chance of next to nobody is known to a factor of e^2. */
static const double LOGIT_RIDGE = 0.25;

/** Weights of the penalty that are tried, the smoothest first. */
static const double penalties[] = {1e4, 1e3, 1e2, 1e1, 1e0, 1e-1, 1e-2, 1e-3};

/** Gain of the logarithm of a likelihood that is not worth another round. */
static const double SETTLED = 1e-3;

enum flyt_status flyt_segregation_rows_init(struct flyt_segregation_rows *rows, uint32_t n,
                                            struct flyt_arena *arena)
{
    *rows = (struct flyt_segregation_rows){.n = n,
                                           .persons = FLYT_ARENA_ZERO(arena, double, n),
                                           .size = FLYT_ARENA_ZERO(arena, double, n),
                                           .units = FLYT_ARENA_ZERO(arena, double, n),
                                           .sum = FLYT_ARENA_ARRAY(arena, double, n),
                                           .work = FLYT_ARENA_ARRAY(arena, double, n)};
    bool complete = rows->persons != NULL && rows->size != NULL && rows->units != NULL &&
                    rows->sum != NULL && rows->work != NULL;
    for (int scale = 0; scale < 2; scale++) {
        rows->likelihood[scale] = FLYT_ARENA_ARRAY(arena, double, (size_t)n *GRID);
        rows->best[scale] = FLYT_ARENA_ARRAY(arena, double, n);
        rows->range[scale] = FLYT_ARENA_ARRAY(arena, struct flyt_segregation_range, n);
        complete = complete && rows->likelihood[scale] != NULL && rows->best[scale] != NULL &&
                   rows->range[scale] != NULL;
    }
    return complete ? FLYT_OK : FLYT_ERR_MEMORY;
}

/* ---- matrices ------------------------------------------------------------------------------ */

/** Cholesky's factor of a matrix of n rows, in place below the diagonal. Returns ln of its
 *  determinant. */
static double factorise(double *a, int n)
{
    double log_det = 0.0;
    for (int j = 0; j < n; j++) {
        for (int i = j; i < n; i++) {
            double sum = a[i * n + j];
            for (int k = 0; k < j; k++) {
                sum -= a[i * n + k] * a[j * n + k];
            }
            a[i * n + j] = i == j ? sqrt(sum > 1e-12 ? sum : 1e-12) : sum / a[j * n + j];
        }
        log_det += 2.0 * flyt_num_log(a[j * n + j]);
    }
    return log_det;
}

static void solve(const double *factor, int n, double *b)
{
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < i; k++) {
            b[i] -= factor[i * n + k] * b[k];
        }
        b[i] /= factor[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++) {
            b[i] -= factor[k * n + i] * b[k];
        }
        b[i] /= factor[i * n + i];
    }
}

void flyt_segregation_prior_solve(const struct flyt_segregation_prior *prior, double *b)
{
    solve(prior->factor, prior->n_parameters, b);
}

/* ---- a smooth density ---------------------------------------------------------------------- */

static double third_difference(const double *u, int k)
{
    return u[k + 3] - 3.0 * u[k + 2] + 3.0 * u[k + 1] - u[k];
}

/** Twice the penalty; and, added to `slope`, its negative slope. */
static double penalty_of(const double *u, double weight, double *slope)
{
    double sum = 0.0;
    for (int k = 0; k < GRID; k++) {
        sum += RIDGE * u[k] * u[k];
        slope[k] -= RIDGE * u[k];
    }
    for (int k = 0; k + ORDER < GRID; k++) {
        const double d = third_difference(u, k);
        sum += weight * d * d;
        slope[k + 3] -= weight * d;
        slope[k + 2] += weight * 3.0 * d;
        slope[k + 1] -= weight * 3.0 * d;
        slope[k] += weight * d;
    }
    return sum;
}

/** Adds the penalty's matrix. */
static void add_penalty(double weight, double *matrix)
{
    static const double c[ORDER + 1] = {-1.0, 3.0, -3.0, 1.0};
    for (int k = 0; k < GRID; k++) {
        matrix[k * GRID + k] += RIDGE;
    }
    for (int k = 0; k + ORDER < GRID; k++) {
        for (int i = 0; i <= ORDER; i++) {
            for (int j = 0; j <= ORDER; j++) {
                matrix[(k + i) * GRID + k + j] += weight * c[i] * c[j];
            }
        }
    }
}

/** Shares from their logarithms, up to a constant; none of them 0. */
static void fill_shares(const double *u, double *share)
{
    const double least = 1e-280;
    double most = u[0], sum = 0.0;
    for (int k = 1; k < GRID; k++) {
        most = u[k] > most ? u[k] : most;
    }
    for (int k = 0; k < GRID; k++) {
        share[k] = u[k] - most > -640.0 ? u[k] - most : -640.0;
    }
    flyt_num_exp_n(share, share, GRID);
    for (int k = 0; k < GRID; k++) {
        sum += share[k];
    }
    for (int k = 0; k < GRID; k++) {
        share[k] = share[k] / sum > least ? share[k] / sum : least;
    }
}

/** Logarithm of the likelihood of all rows. */
static double likelihood_of(const struct flyt_segregation_rows *rows, int scale,
                            const double *share)
{
    double all = 0.0;
    for (uint32_t i = 0; i < rows->n; i++) {
        const double *row = rows->likelihood[scale] + (size_t)i * GRID;
        double sum = 0.0;
        for (int k = rows->range[scale][i].from; k < rows->range[scale][i].to; k++) {
            sum += row[k] * share[k];
        }
        rows->sum[i] = sum;
    }
    flyt_num_log_n(rows->sum, rows->work, rows->n);
    for (uint32_t i = 0; i < rows->n; i++) {
        all += rows->units[i] * (rows->work[i] + rows->best[scale][i]);
    }
    return all;
}

/** Slope of the logarithm of the likelihood, and Fisher's information by the units' own slopes
 *  (below the diagonal). Sums of the rows as likelihood_of() left them. */
static void fill_information(const struct flyt_segregation_rows *rows, int scale,
                             const double *share, double *slope, double *matrix)
{
    double expected[GRID] = {0.0}, units = 0.0;
    memset(matrix, 0, sizeof(double) * GRID * GRID);
    for (uint32_t i = 0; i < rows->n; i++) {
        const double *row = rows->likelihood[scale] + (size_t)i * GRID;
        const int from = rows->range[scale][i].from, to = rows->range[scale][i].to;
        double post[GRID];
        for (int k = from; k < to; k++) {
            post[k] = row[k] * share[k] / rows->sum[i];
        }
        for (int k = from; k < to; k++) {
            const double own = rows->units[i] * post[k];
            double *line = matrix + k * GRID;
            expected[k] += own;
            for (int j = from; j <= k; j++) {
                line[j] += own * post[j];
            }
        }
        units += rows->units[i];
    }
    for (int k = 0; k < GRID; k++) {
        slope[k] = expected[k] - units * share[k];
        for (int j = 0; j <= k; j++) {
            matrix[k * GRID + j] +=
                units * share[k] * share[j] - expected[k] * share[j] - share[k] * expected[j];
        }
    }
}

/** Climbs to the most likely logarithms of shares under one penalty. Returns the evidence; factor:
 *  of the information there. */
static double climb(const struct flyt_segregation_rows *rows, int scale, double weight, double *u,
                    double *share, double *factor)
{
    double slope[GRID], unused[GRID], prior[GRID * GRID] = {0.0};
    add_penalty(weight, prior);
    const double log_prior = factorise(prior, GRID);
    fill_shares(u, share);
    double here = likelihood_of(rows, scale, share) - 0.5 * penalty_of(u, weight, unused);
    double gain = HUGE_VAL, log_det = 0.0;
    for (int round = 0; round < ROUNDS; round++) {
        double tried[GRID], there = -HUGE_VAL, part = 1.0;
        fill_information(rows, scale, share, slope, factor);
        add_penalty(weight, factor);
        log_det = factorise(factor, GRID);
        if (!(gain > SETTLED)) {
            break;
        }
        (void)penalty_of(u, weight, slope);
        solve(factor, GRID, slope);
        for (; part > 1e-4; part *= 0.5) {
            for (int k = 0; k < GRID; k++) {
                tried[k] = u[k] + part * slope[k];
            }
            fill_shares(tried, share);
            there = likelihood_of(rows, scale, share) - 0.5 * penalty_of(tried, weight, unused);
            if (there > here) {
                break;
            }
        }
        gain = there > here ? there - here : 0.0;
        if (gain > 0.0) {
            memcpy(u, tried, sizeof tried);
            here = there;
        } else {
            fill_shares(u, share);
            (void)likelihood_of(rows, scale, share);
        }
    }
    return here + 0.5 * log_prior - 0.5 * log_det;
}

/** Chances from low to high, equidistant in their logits. */
static void logit_grid(double low, double high, double *grid)
{
    const double from = flyt_num_log(low / (1.0 - low)), to = flyt_num_log(high / (1.0 - high));
    for (int k = 0; k < GRID; k++) {
        grid[k] = -(from + (to - from) * (double)k / (GRID - 1));
    }
    flyt_num_exp_n(grid, grid, GRID);
    for (int k = 0; k < GRID; k++) {
        grid[k] = 1.0 / (1.0 + grid[k]);
    }
}

/** Grid and likelihoods of the rows, relative to the best of each. */
static void begin_smooth(struct flyt_segregation_rows *rows, struct flyt_segregation_prior *prior)
{
    const double edge = edges[prior->scale];
    double low = 1.0, high = 0.0;
    for (uint32_t i = 0; i < rows->n; i++) {
        const double share = rows->persons[i] / rows->size[i];
        low = share < low ? share : low;
        high = share > high ? share : high;
    }
    low = low < edge ? edge : low > 1.0 - edge ? 1.0 - edge : low;
    high = high < edge ? edge : high > 1.0 - edge ? 1.0 - edge : high;
    prior->is_kinds = false;
    prior->n = prior->n_parameters = GRID;
    (prior->scale == 0 ? flyt_segregation_grid : logit_grid)(low, high, prior->chance);
    flyt_segregation_likelihood(rows->persons, rows->size, rows->n, prior->chance,
                                rows->likelihood[prior->scale], rows->range[prior->scale],
                                rows->best[prior->scale]);
}

/** Tries the penalties until the evidence has fallen twice. */
static void fit_smooth(struct flyt_segregation_rows *rows, struct flyt_segregation_prior *prior)
{
    double u[GRID] = {0.0}, share[GRID], factor[GRID * GRID];
    int fallen = 0;
    begin_smooth(rows, prior);
    prior->evidence = -HUGE_VAL;
    for (size_t k = 0; k < FLYT_COUNT(penalties) && fallen < 2; k++) {
        const double evidence = climb(rows, prior->scale, penalties[k], u, share, factor);
        if (evidence > prior->evidence) {
            prior->evidence = evidence;
            memcpy(prior->share, share, sizeof share);
            memcpy(prior->factor, factor, sizeof factor);
            fallen = 0;
        } else {
            fallen++;
        }
    }
}

/* ---- kinds of units ------------------------------------------------------------------------ */

static void fill_logs(struct flyt_segregation_prior *prior)
{
    for (int k = 0; k < prior->n; k++) {
        prior->log_in[k] = flyt_num_log(prior->chance[k]);
        prior->log_out[k] = flyt_num_log(1.0 - prior->chance[k]);
    }
}

double flyt_segregation_prior_row(const struct flyt_segregation_prior *prior,
                                  const struct flyt_segregation_rows *rows, uint32_t i,
                                  double *post, struct flyt_segregation_range *range)
{
    const double in = rows->persons[i], out = rows->size[i] - in;
    const double *likelihood = rows->likelihood[prior->scale] + (size_t)i * GRID;
    double sum = 0.0, best = -HUGE_VAL;
    *range = prior->is_kinds ? (struct flyt_segregation_range){0, (uint8_t)prior->n}
                             : rows->range[prior->scale][i];
    for (int k = 0; prior->is_kinds && k < prior->n; k++) {
        post[k] = in * prior->log_in[k] + out * prior->log_out[k];
        best = post[k] > best ? post[k] : best;
    }
    for (int k = range->from; k < range->to; k++) {
        post[k] =
            prior->share[k] * (prior->is_kinds ? flyt_num_exp(post[k] - best) : likelihood[k]);
        sum += post[k];
    }
    for (int k = range->from; k < range->to; k++) {
        post[k] /= sum;
    }
    return flyt_num_log(sum) + (prior->is_kinds ? best : rows->best[prior->scale][i]);
}

/** One step of EM. Returns the logarithm of the likelihood before it. */
static double step_kinds(const struct flyt_segregation_rows *rows,
                         struct flyt_segregation_prior *prior)
{
    double units[GRID] = {0.0}, persons[GRID] = {0.0}, size[GRID] = {0.0}, all = 0.0, total = 0.0;
    for (uint32_t i = 0; i < rows->n; i++) {
        double post[GRID];
        struct flyt_segregation_range range;
        all += rows->units[i] * flyt_segregation_prior_row(prior, rows, i, post, &range);
        total += rows->units[i];
        for (int k = 0; k < prior->n; k++) {
            units[k] += rows->units[i] * post[k];
            persons[k] += rows->units[i] * post[k] * rows->persons[i];
            size[k] += rows->units[i] * post[k] * rows->size[i];
        }
    }
    for (int k = 0; k < prior->n; k++) {
        prior->share[k] = units[k] / total > 1e-280 ? units[k] / total : 1e-280;
        prior->chance[k] = (persons[k] + 0.5) / (size[k] + 1.0); /* Jeffreys */
    }
    fill_logs(prior);
    return all;
}

/** Information of shares and chances by the units' own slopes. */
static void inform_kinds(const struct flyt_segregation_rows *rows,
                         struct flyt_segregation_prior *prior)
{
    const int n = prior->n, m = 2 * n;
    memset(prior->factor, 0, sizeof prior->factor);
    for (uint32_t i = 0; i < rows->n; i++) {
        double post[GRID], slope[GRID];
        struct flyt_segregation_range range;
        (void)flyt_segregation_prior_row(prior, rows, i, post, &range);
        for (int k = 0; k < n; k++) {
            slope[k] = post[k] - prior->share[k];
            slope[n + k] = post[k] * (rows->persons[i] - rows->size[i] * prior->chance[k]);
        }
        for (int j = 0; j < m * m; j++) {
            prior->factor[j] += rows->units[i] * slope[j / m] * slope[j % m];
        }
    }
    for (int k = 0; k < m; k++) {
        prior->factor[k * m + k] += k < n ? RIDGE : LOGIT_RIDGE;
    }
    (void)factorise(prior->factor, m);
}

/** @param start  the grid, of whose span the kinds take an even start. */
static void fit_kinds(const struct flyt_segregation_rows *rows, const double *start, int n,
                      struct flyt_segregation_prior *prior)
{
    double before = -HUGE_VAL, units = 0.0;
    *prior = (struct flyt_segregation_prior){.is_kinds = true, .n = n, .n_parameters = 2 * n};
    for (int k = 0; k < n; k++) {
        prior->chance[k] = start[(2 * k + 1) * (GRID - 1) / (2 * n)];
        prior->share[k] = 1.0 / n;
    }
    fill_logs(prior);
    for (int round = 0; round < EM_ROUNDS; round++) {
        const double here = step_kinds(rows, prior);
        if (!(here > before + SETTLED)) {
            break;
        }
        before = here;
    }
    for (uint32_t i = 0; i < rows->n; i++) {
        units += rows->units[i];
    }
    prior->evidence = before - (n - 0.5) * flyt_num_log(units);
}

/* ---- all ----------------------------------------------------------------------------------- */

double flyt_segregation_prior_fit(struct flyt_segregation_rows *rows,
                                  struct flyt_segregation_prior *prior)
{
    const double far = 12.0; /* a model with e^-12 of the evidence of another counts nothing */
    struct flyt_segregation_prior one;
    for (int scale = 0; scale < 2; scale++) {
        prior[scale].scale = scale;
        fit_smooth(rows, &prior[scale]);
        fill_logs(&prior[scale]);
    }
    for (int kinds = 2; kinds <= 3; kinds++) {
        fit_kinds(rows, prior[0].chance, kinds, &prior[kinds]);
        if (prior[kinds].evidence > prior[0].evidence - far) {
            inform_kinds(rows, &prior[kinds]);
        }
    }
    fit_kinds(rows, prior[0].chance, 1, &one);
    return one.evidence;
}
