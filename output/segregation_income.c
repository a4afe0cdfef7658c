/**
 * @file segregation_income.c
 * @brief Rank-order measures of segregation by income or another ordered class (Reardon 2011).
 *
 * Between every two neighbouring classes the population is cut in two; H (or R, the variance
 * ratio) of the cut is a function of the share p below it. A polynomial fitted to these points by
 * ordinary least squares is averaged over all p with weights proportional to entropy (for R, to
 * the interaction index) at p.
 */
#include <math.h>

#include "output/segregation.h"
#include "output/segregation_sum.h"
#include "sim/num.h"

enum { ORDER_MAX = 4, TERMS = ORDER_MAX + 1, CUTS_MAX = 512 };

/** Means of p^m over p in (0, 1) with weight proportional to entropy E(p) (Reardon 2011). */
static const double entropy_moment[TERMS] = {1.0, 1.0 / 2.0, 11.0 / 36.0, 5.0 / 24.0,
                                             137.0 / 900.0};
/** The same with weight p (1 - p): 6 / ((m + 2)(m + 3)). */
static const double interaction_moment[TERMS] = {1.0, 1.0 / 2.0, 3.0 / 10.0, 1.0 / 5.0, 1.0 / 7.0};

/** Points of one cut function. */
struct cuts {
    uint32_t n;
    double p[CUTS_MAX], value[CUTS_MAX];
};

static double product(const double *a, const double *b, uint32_t n)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/**
 * Least squares on 1, p, ..., p^order by modified Gram-Schmidt, each column orthogonalised twice;
 * returns the sum of coefficient times moment.
 */
double flyt_segregation_rank_fit(const double *p, const double *value, uint32_t n, bool of_variance)
{
    if (n < 2 || n > CUTS_MAX) {
        return NAN;
    }
    const double *moment = of_variance ? interaction_moment : entropy_moment;
    const uint32_t order = n - 1 < ORDER_MAX ? n - 1 : ORDER_MAX;
    double basis[TERMS][CUTS_MAX], triangle[TERMS][TERMS] = {{0.0}};
    double projected[TERMS], coefficient[TERMS], power[CUTS_MAX], mean = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        power[i] = 1.0;
    }
    for (uint32_t m = 0; m <= order; m++) {
        for (uint32_t i = 0; i < n; i++) {
            basis[m][i] = power[i];
            power[i] *= p[i];
        }
        for (uint32_t k = 0; k < 2 * m; k++) {
            const double dot = product(basis[k % m], basis[m], n);
            for (uint32_t i = 0; i < n; i++) {
                basis[m][i] -= dot * basis[k % m][i];
            }
            triangle[k % m][m] += dot;
        }
        triangle[m][m] = sqrt(product(basis[m], basis[m], n));
        for (uint32_t i = 0; i < n; i++) {
            basis[m][i] /= triangle[m][m];
        }
        projected[m] = product(basis[m], value, n);
    }
    for (uint32_t m = order + 1; m-- > 0;) {
        double sum = projected[m];
        for (uint32_t k = m + 1; k <= order; k++) {
            sum -= triangle[m][k] * coefficient[k];
        }
        coefficient[m] = sum / triangle[m][m];
    }
    for (uint32_t m = 0; m <= order; m++) {
        mean += coefficient[m] * moment[m];
    }
    return mean;
}

/** H and R of all cuts with somebody on both sides. */
static void measure_cuts(const struct flyt_segregation_table *table,
                         struct flyt_segregation_scratch *scratch, struct cuts *h, struct cuts *r)
{
    const uint32_t n = table->n_units;
    double *below = scratch->smooth, *term = scratch->real[0], *square = scratch->real[1];
    double *in = scratch->real[2], *out = scratch->real[3];
    double persons_below = 0.0;
    h->n = r->n = 0;
    for (uint32_t i = 0; i < n; i++) {
        below[i] = 0.0;
    }
    for (uint32_t g = 0; g + 1 < table->n_groups && h->n < CUTS_MAX; g++) {
        const double *persons = table->persons + (size_t)g * n;
        persons_below += table->group_total[g];
        const double p = persons_below / table->total;
        for (uint32_t i = 0; i < n; i++) {
            below[i] += persons[i];
        }
        if (!(table->group_total[g] > 0.0) || !(p < 1.0)) {
            continue;
        }
        for (uint32_t i = 0; i < n; i++) {
            const double share = below[i] / table->unit_total[i];
            in[i] = share > 0.0 ? share : 1.0;
            out[i] = share < 1.0 ? 1.0 - share : 1.0;
            square[i] = table->unit_total[i] * (share - p) * (share - p);
            term[i] = share;
        }
        flyt_num_log_n(in, in, n);
        flyt_num_log_n(out, out, n);
        for (uint32_t i = 0; i < n; i++) {
            term[i] = table->unit_total[i] * (term[i] * in[i] + (1.0 - term[i]) * out[i]);
        }
        const double entropy = -(flyt_num_x_log_x(p) + flyt_num_x_log_x(1.0 - p)),
                     interaction = p * (1.0 - p);
        h->p[h->n] = r->p[r->n] = p;
        h->value[h->n++] = 1.0 + flyt_segregation_sum(term, n) / (table->total * entropy);
        r->value[r->n++] = flyt_segregation_sum(square, n) / (table->total * interaction);
    }
}

void flyt_segregation_rank_order(const struct flyt_segregation_table *table,
                                 struct flyt_segregation_scratch *scratch, double *h, double *r)
{
    struct cuts by_h, by_r;
    *h = *r = NAN;
    measure_cuts(table, scratch, &by_h, &by_r);
    if (by_h.n < 2) {
        return;
    }
    *h = flyt_segregation_rank_fit(by_h.p, by_h.value, by_h.n, false);
    *r = flyt_segregation_rank_fit(by_r.p, by_r.value, by_r.n, true);
}
