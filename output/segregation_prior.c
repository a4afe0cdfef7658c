/* The distribution of the chances of one group. See segregation_prior.h. */
#include "output/segregation_prior.h"

#include <math.h>
#include <string.h>

#include "sim/num.h"

enum { GRID = FLYT_SEGREGATION_GRID, ORDER = 3, ROUNDS = 60 };

/** Chances this near 0 and 1 are not told apart from them: of the arcsine, of the logit scale. */
static const double edges[2] = {1e-6, 1e-5};

/** Precision of what the penalty leaves free: next to none, but a proper prior. */
static const double RIDGE = FLYT_SEGREGATION_RIDGE;

/** Weights of the penalty that are tried, the smoothest first. */
static const double penalties[] = {1e4, 1e3, 1e2, 1e1, 1e0, 1e-1, 1e-2, 1e-3};

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

double flyt_segregation_prior_factorise(double *a, int n)
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
    const double log_prior = flyt_segregation_prior_factorise(prior, GRID);
    fill_shares(u, share);
    double here = likelihood_of(rows, scale, share) - 0.5 * penalty_of(u, weight, unused);
    double gain = HUGE_VAL, log_det = 0.0;
    for (int round = 0; round < ROUNDS; round++) {
        double tried[GRID], there = -HUGE_VAL, part = 1.0;
        fill_information(rows, scale, share, slope, factor);
        add_penalty(weight, factor);
        log_det = flyt_segregation_prior_factorise(factor, GRID);
        if (!(gain > FLYT_SEGREGATION_SETTLED)) {
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

/** The chance that lies two standard deviations of noise from a share, on a scale; `side` -1 below,
 *  1 above. */
static double beyond(double share, double size, int scale, double side)
{
    if (scale == 1) {
        const double odds =
            share / (1.0 - share) * flyt_num_exp(side * 2.0 / sqrt(size * share * (1.0 - share)));
        return odds / (1.0 + odds);
    }
    /* sin^2 of the angle, which is off by 1 / sqrt(size) */
    const double angle = 1.0 / sqrt(size), cosine = 1.0 - 0.5 * angle * angle;
    const double sine = side * angle * (1.0 - angle * angle / 6.0);
    const double root = sqrt(share) * cosine + sqrt(1.0 - share) * sine;
    const double other = sqrt(1.0 - share) * cosine - sqrt(share) * sine;
    return root < 0.0 ? 0.0 : other < 0.0 ? 1.0 : root * root;
}

/** Grid and likelihoods of the rows, relative to the best of each. The grid goes on past the shares
 *  seen, as chances may where units are few. */
static void begin_smooth(struct flyt_segregation_rows *rows, struct flyt_segregation_prior *prior)
{
    const double edge = edges[prior->scale];
    double low = 1.0, high = 0.0;
    for (uint32_t i = 0; i < rows->n; i++) {
        const double share = rows->persons[i] / rows->size[i];
        const bool is_inside = share > 0.0 && share < 1.0;
        const double below = is_inside ? beyond(share, rows->size[i], prior->scale, -1.0) : share;
        const double above = is_inside ? beyond(share, rows->size[i], prior->scale, 1.0) : share;
        low = below < low ? below : low;
        high = above > high ? above : high;
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

/* ---- all ----------------------------------------------------------------------------------- */

double flyt_segregation_prior_row(const struct flyt_segregation_prior *prior,
                                  const struct flyt_segregation_rows *rows, uint32_t i,
                                  double *post, struct flyt_segregation_range *range)
{
    if (prior->is_kinds) {
        *range = (struct flyt_segregation_range){0, (uint8_t)prior->n};
        return flyt_segregation_kinds_row(prior, rows, i, post);
    }
    const double *likelihood = rows->likelihood[prior->scale] + (size_t)i * GRID;
    double sum = 0.0;
    *range = rows->range[prior->scale][i];
    for (int k = range->from; k < range->to; k++) {
        post[k] = prior->share[k] * likelihood[k];
        sum += post[k];
    }
    for (int k = range->from; k < range->to; k++) {
        post[k] /= sum;
    }
    return flyt_num_log(sum) + rows->best[prior->scale][i];
}

void flyt_segregation_prior_logs(struct flyt_segregation_prior *prior)
{
    for (int k = 0; k < prior->n; k++) {
        prior->log_in[k] = flyt_num_log(prior->chance[k]);
        prior->log_out[k] = flyt_num_log(1.0 - prior->chance[k]);
    }
}

double flyt_segregation_prior_odds(const struct flyt_segregation_prior *prior)
{
    double sum = 0.0;
    for (int more = 1; more < FLYT_SEGREGATION_KINDS; more++) {
        sum += 1.0 / more;
    }
    return prior->is_kinds ? 0.5 / (sum * (prior->n - 1)) : 0.25;
}

double flyt_segregation_prior_fit(struct flyt_segregation_rows *rows,
                                  struct flyt_segregation_prior *prior)
{
    double best = -HUGE_VAL, units = 0.0;
    for (uint32_t i = 0; i < rows->n; i++) {
        units += rows->units[i];
    }
    for (int scale = 0; scale < 2; scale++) {
        prior[scale].scale = scale;
        fit_smooth(rows, &prior[scale]);
        flyt_segregation_prior_logs(&prior[scale]);
        best = prior[scale].evidence > best ? prior[scale].evidence : best;
    }
    return flyt_segregation_kinds_fit(
        rows, &prior[0], best - FLYT_SEGREGATION_FAR / flyt_segregation_prior_power(units),
        prior + 2);
}
