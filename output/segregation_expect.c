/**
 * @file segregation_expect.c
 * @brief Expected values of measures under random allocation.
 *
 * Winship 1977: the number of a group in a unit of n is binomial. A measure that is a sum over
 * units has the sum of binomial expectations as its own; a function of squares has a closed form
 * under permutation of persons.
 */
#include "output/segregation_expect.h"

#include <math.h>

#include "output/segregation_random.h"
#include "sim/num.h"

enum { POINTS = 512, COARSE = 9 };

/** Points of a binomial law and their masses. */
struct law {
    uint32_t n;
    double first, of; /* exact: point i stands for first + i persons in a unit of so many; else 0 */
    double share[POINTS], mass[POINTS];
};

/** Masses near the mode from the mode outwards; beyond 7 standard deviations they count 0. */
static void exact_law(struct law *law, double n, double p, double sd)
{
    const double odds = p / (1.0 - p), reach = 7.0 * sd + 8.0;
    const double mode = floor((n + 1.0) * p) > n ? n : floor((n + 1.0) * p);
    const double first = mode - reach > 0.0 ? floor(mode - reach) : 0.0;
    const double last = mode + reach < n ? floor(mode + reach) : n;
    const uint32_t at_mode = (uint32_t)(mode - first);
    law->first = first;
    law->of = n;
    law->n = (uint32_t)(last - first) + 1;
    law->mass[at_mode] = flyt_segregation_binomial_mass(mode, n, p);
    for (uint32_t i = at_mode; i > 0; i--) {
        const double k = first + (double)i;
        law->mass[i - 1] = law->mass[i] * k / ((n - k + 1.0) * odds);
    }
    for (uint32_t i = at_mode; i + 1 < law->n; i++) {
        const double k = first + (double)i;
        law->mass[i + 1] = law->mass[i] * odds * (n - k) / (k + 1.0);
    }
    for (uint32_t i = 0; i < law->n; i++) {
        law->share[i] = (first + (double)i) / n;
    }
}

/** Normal masses at 0, 1/2, 2/2, ... 9/2 standard deviations: exp(-z^2 / 2) over their sum. */
static const double coarse_mass[COARSE + 1] = {
    0.19947145950851231,    0.17603294517029067,   0.12098555592953981,   0.064758901497009677,
    0.026995526470205037,   0.0087641642761897062, 0.0022159277531582037, 0.00043634204600584767,
    6.6915219998275028e-05, 7.9918833466145428e-06};

/** The binomial law's mean, variance and skewness on 19 points, two a standard deviation: the
 *  normal law with the first term of Edgeworth's series. */
static void coarse_law(struct law *law, double n, double p, double sd)
{
    const double skewness = (1.0 - 2.0 * p) / sd;
    law->of = 0.0;
    law->n = 0;
    for (int i = -COARSE; i <= COARSE; i++) {
        const double z = 0.5 * (double)i, share = p + z * sd / n;
        law->share[law->n] = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
        law->mass[law->n++] =
            coarse_mass[i < 0 ? -i : i] * (1.0 + skewness * z * (z * z - 3.0) / 6.0);
    }
}

/** For units of many persons: the normal law, at 16 points a standard deviation. */
static void normal_law(struct law *law, double n, double p, double sd)
{
    const double step = 1.0 / 16.0;
    double sum = 0.0;
    law->of = 0.0;
    law->n = 0;
    for (int i = -7 * 16; i <= 7 * 16; i++) {
        const double z = (double)i * step, share = p + z * sd / n;
        if (share > 0.0 && share < 1.0) {
            law->share[law->n] = share;
            law->mass[law->n++] = -0.5 * z * z;
        }
    }
    flyt_num_exp_n(law->mass, law->mass, law->n);
    for (uint32_t i = 0; i < law->n; i++) {
        sum += law->mass[i];
    }
    for (uint32_t i = 0; i < law->n; i++) {
        law->mass[i] /= sum;
    }
}

static void add_to_bin(const struct flyt_segregation_sums *sums, double u, double weight)
{
    const double at = u / sums->bin_width;
    uint32_t bin = (uint32_t)at;
    bin = bin < FLYT_SEGREGATION_BINS ? bin : FLYT_SEGREGATION_BINS - 1;
    const double above = at - (double)bin > 1.0 ? 1.0 : at - (double)bin;
    sums->bin[bin] += weight * (1.0 - above);
    sums->bin[bin + 1] += weight * above;
}

static double power_of(double u, double b)
{
    return u > 0.0 && u < 1.0
               ? flyt_num_exp(b * flyt_num_log(u) + (1.0 - b) * flyt_num_log(1.0 - u))
               : 0.0;
}

/** Adds points whose logarithms are known. */
static void add_points(struct flyt_segregation_sums *sums, const double *u, const double *weight,
                       uint32_t n, const double *log_in, const double *log_out)
{
    for (uint32_t i = 0; i < n; i++) {
        const double w = weight[i], away = u[i] - sums->centre;
        const double root = sqrt(u[i] * (1.0 - u[i]));
        sums->total += w;
        sums->share += w * u[i];
        sums->abs += w * fabs(away);
        sums->entropy_in += w * u[i] * log_in[i];
        sums->entropy_out += w * (1.0 - u[i]) * log_out[i];
        sums->square += w * away * away;
        sums->root += w * root;
        sums->power += w * (sums->atkinson_b == 0.5 ? root : power_of(u[i], sums->atkinson_b));
        if (sums->bin != NULL) {
            add_to_bin(sums, u[i], w);
        }
    }
}

void flyt_segregation_sums_points(struct flyt_segregation_sums *sums, const double *u,
                                  const double *weight, uint32_t n, double *log_in, double *log_out)
{
    for (uint32_t i = 0; i < n; i++) {
        log_in[i] = u[i] > 0.0 ? u[i] : 1.0;
        log_out[i] = u[i] < 1.0 ? 1.0 - u[i] : 1.0;
    }
    flyt_num_log_n(log_in, log_in, n);
    flyt_num_log_n(log_out, log_out, n);
    add_points(sums, u, weight, n, log_in, log_out);
}

/** ln u and ln(1 - u) of the points of an exact law, from the logarithms of whole numbers. */
static void look_up(const struct flyt_segregation_sums *sums, const struct law *law, double *log_in,
                    double *log_out)
{
    const uint32_t first = (uint32_t)law->first, left = (uint32_t)law->of - first;
    const double of = sums->log[(uint32_t)law->of];
    for (uint32_t i = 0; i < law->n; i++) {
        log_in[i] = sums->log[first + i] - of;
        log_out[i] = sums->log[left - i] - of;
    }
}

/** Adds `weight` persons in units whose share follows the law. */
static void add_law(struct flyt_segregation_sums *sums, struct law *law, double weight)
{
    double log_in[POINTS], log_out[POINTS];
    for (uint32_t i = 0; i < law->n; i++) {
        law->mass[i] *= weight;
    }
    const double total = sums->total + weight; /* not the masses, which sum to 1 but for rounding */
    if (law->of > 0.0 && law->of < sums->n_logs) {
        look_up(sums, law, log_in, log_out);
        add_points(sums, law->share, law->mass, law->n, log_in, log_out);
    } else {
        flyt_segregation_sums_points(sums, law->share, law->mass, law->n, log_in, log_out);
    }
    sums->total = total;
}

void flyt_segregation_sums_binomial(struct flyt_segregation_sums *sums, double n, double p,
                                    double weight)
{
    if (!(p > 0.0) || !(p < 1.0)) {
        flyt_segregation_sums_point(sums, p, weight);
        return;
    }
    struct law law;
    const double sd = sqrt(n * p * (1.0 - p));
    if (sd < 30.0) {
        exact_law(&law, n, p, sd);
    } else {
        normal_law(&law, n, p, sd);
    }
    add_law(sums, &law, weight);
}

void flyt_segregation_sums_coarse(struct flyt_segregation_sums *sums, double n, double p,
                                  double weight)
{
    if (!(p > 0.0) || !(p < 1.0)) {
        flyt_segregation_sums_point(sums, p, weight);
        return;
    }
    struct law law;
    const double sd = sqrt(n * p * (1.0 - p));
    if (sd < 4.0) {
        exact_law(&law, n, p, sd);
    } else {
        coarse_law(&law, n, p, sd);
    }
    add_law(sums, &law, weight);
}

void flyt_segregation_sums_point(struct flyt_segregation_sums *sums, double u, double weight)
{
    const double away = u - sums->centre, root = sqrt(u * (1.0 - u));
    sums->total += weight;
    sums->share += weight * u;
    sums->abs += weight * fabs(away);
    sums->entropy_in += weight * flyt_num_x_log_x(u);
    sums->entropy_out += weight * flyt_num_x_log_x(1.0 - u);
    sums->square += weight * away * away;
    sums->root += weight * root;
    sums->power += weight * (sums->atkinson_b == 0.5 ? root : power_of(u, sums->atkinson_b));
    if (sums->bin != NULL) {
        add_to_bin(sums, u, weight);
    }
}

/** E[u ln u] of u = Bin(n, p) / n by its Taylor series to the fourth moment. */
static double entropy_term(double n, double p)
{
    const double q = 1.0 - p;
    return flyt_num_x_log_x(p) + q / (2.0 * n) + (q * q / 4.0 - q * (q - p) / 6.0) / (p * n * n);
}

void flyt_segregation_sums_entropy(struct flyt_segregation_sums *sums, double n, double p,
                                   double weight)
{
    const double away = p - sums->centre;
    if (!(n * p * (1.0 - p) >= 16.0)) {
        flyt_segregation_sums_coarse(sums, n, p, weight);
        return;
    }
    sums->total += weight;
    sums->share += weight * p;
    sums->entropy_in += weight * entropy_term(n, p);
    sums->entropy_out += weight * entropy_term(n, 1.0 - p);
    sums->square += weight * (away * away + p * (1.0 - p) / n);
}

double flyt_segregation_sums_gini(const struct flyt_segregation_sums *sums)
{
    double below = 0.0, area = 0.0;
    for (uint32_t bin = 0; bin < FLYT_SEGREGATION_BINS; bin++) {
        below += sums->bin[bin];
        const double share = below / sums->total;
        area += share * (1.0 - share);
    }
    return area * sums->bin_width;
}

void flyt_segregation_sums_measure(const struct flyt_segregation_sums *sums, double *value)
{
    const double p = sums->centre, q = 1.0 - p, t = sums->total, b = sums->atkinson_b;
    const double entropy = -(flyt_num_x_log_x(p) + flyt_num_x_log_x(q));
    const double m = entropy + (sums->entropy_in + sums->entropy_out) / t;
    const double mean = sums->power / t / p;
    value[FLYT_SEGREGATION_dissimilarity] = sums->abs / (2.0 * t * p * q);
    value[FLYT_SEGREGATION_correlation_ratio] = sums->square / (t * p * q);
    value[FLYT_SEGREGATION_theil_m] = m;
    value[FLYT_SEGREGATION_theil_h] = m / entropy;
    value[FLYT_SEGREGATION_hutchens] = 1.0 - sums->root / (t * sqrt(p * q));
    value[FLYT_SEGREGATION_atkinson] =
        1.0 - p / q * (mean > 0.0 ? flyt_num_pow(mean, 1.0 / (1.0 - b)) : 0.0);
    if (sums->bin != NULL) {
        value[FLYT_SEGREGATION_gini] = flyt_segregation_sums_gini(sums) / (p * q);
    }
}

void flyt_segregation_sums_measure_all(const struct flyt_segregation_sums *sums, uint32_t n_groups,
                                       double *value)
{
    double interaction = 0.0, entropy = 0.0, abs = 0.0, inside = 0.0, square = 0.0, scaled = 0.0;
    double gini = 0.0, present = 0.0;
    for (uint32_t g = 0; g < n_groups; g++) {
        const double p = sums[g].centre;
        if (!(p > 0.0)) {
            continue;
        }
        present += 1.0;
        interaction += p * (1.0 - p);
        entropy -= flyt_num_x_log_x(p);
        abs += sums[g].abs / sums[g].total;
        inside += sums[g].entropy_in / sums[g].total;
        square += sums[g].square / sums[g].total;
        scaled += sums[g].square / sums[g].total / p;
        gini += sums[g].bin != NULL ? flyt_segregation_sums_gini(&sums[g]) : NAN;
    }
    value[FLYT_SEGREGATION_multigroup_dissimilarity] = abs / (2.0 * interaction);
    value[FLYT_SEGREGATION_multigroup_gini] = gini / interaction;
    value[FLYT_SEGREGATION_theil_m] = entropy + inside;
    value[FLYT_SEGREGATION_theil_h] = (entropy + inside) / entropy;
    value[FLYT_SEGREGATION_relative_diversity] = square / interaction;
    value[FLYT_SEGREGATION_squared_cv] = scaled / (present - 1.0);
}

void flyt_segregation_sums_few(const struct flyt_segregation_sums *sums, double *value)
{
    const double p = sums->centre, q = 1.0 - p, t = sums->total, scale = t * sqrt(p * q);
    const double root = sums->few_root / scale, m = (sums->few_in + sums->few_out) / t;
    value[FLYT_SEGREGATION_hutchens] = root;
    value[FLYT_SEGREGATION_atkinson] = 2.0 * sums->root / scale * root; /* A = 1 - (1 - R)^2 */
    value[FLYT_SEGREGATION_theil_m] = m;
    value[FLYT_SEGREGATION_theil_h] = m / -(flyt_num_x_log_x(p) + flyt_num_x_log_x(q));
}

void flyt_segregation_sums_few_all(const struct flyt_segregation_sums *sums, uint32_t n_groups,
                                   double *value)
{
    double m = 0.0, entropy = 0.0;
    for (uint32_t g = 0; g < n_groups; g++) {
        m += sums[g].total > 0.0 ? sums[g].few_in / sums[g].total : 0.0;
        entropy -= flyt_num_x_log_x(sums[g].centre);
    }
    value[FLYT_SEGREGATION_theil_m] = m;
    value[FLYT_SEGREGATION_theil_h] = m / entropy;
}

/* ---- baselines ----------------------------------------------------------------------------- */

/** E|B - np| of Bin(n, p): 2 (k) (1 - p) mass(k) at k = floor(np) + 1 (de Moivre). */
static double mean_deviation(double n, double p)
{
    const double k = floor(n * p) + 1.0;
    return k > n ? 0.0 : 2.0 * k * (1.0 - p) * flyt_segregation_binomial_mass(k, n, p);
}

double flyt_segregation_winship(const double *unit_total, uint32_t n_units, double p)
{
    if (!(p > 0.0) || !(p < 1.0)) {
        return NAN;
    }
    double sum = 0.0, total = 0.0, last = -1.0, deviation = 0.0;
    for (uint32_t i = 0; i < n_units; i++) {
        if (unit_total[i] != last) {
            last = unit_total[i];
            deviation = mean_deviation(last, p);
        }
        sum += deviation;
        total += unit_total[i];
    }
    return sum / (2.0 * total * p * (1.0 - p));
}

double flyt_segregation_adjusted(double value, double expected)
{
    return value >= expected ? (value - expected) / (1.0 - expected)
                             : (value - expected) / expected;
}

/** Units in ascending order of size; equal sizes share one binomial law. */
static void sum_units(const struct flyt_segregation_table *table, const uint32_t *order,
                      struct flyt_segregation_sums *sums)
{
    const double near = table->n_units > 4096 ? 1.01 : 1.0; /* sizes that pass for equal */
    for (uint32_t k = 0; k < table->n_units;) {
        const double first = table->unit_total[order[k]];
        double persons = 0.0, n = 0.0;
        for (; k < table->n_units && table->unit_total[order[k]] <= first * near; k++) {
            persons += table->unit_total[order[k]];
            n += 1.0;
        }
        flyt_segregation_sums_binomial(sums, floor(persons / n + 0.5), sums->centre, persons);
    }
}

/** Sums of one group; and the measures that follow from them. size: unit totals in that order. */
static void expect_group(const struct flyt_segregation_table *table, double p, double atkinson_b,
                         const uint32_t *order, const double *size,
                         struct flyt_segregation_sums *sums, double *value)
{
    *sums = (struct flyt_segregation_sums){.centre = p, .atkinson_b = atkinson_b};
    if (!(p > 0.0) || !(p < 1.0)) {
        return;
    }
    const double n = (double)table->n_units, total = table->total;
    const double by_permutation = (n - 1.0) / (total - 1.0);
    sum_units(table, order, sums);
    flyt_segregation_sums_measure(sums, value);
    value[FLYT_SEGREGATION_dissimilarity] = flyt_segregation_winship(size, table->n_units, p);
    if (table->n_units == 1) { /* its shares are those of the table, whoever lives there */
        value[FLYT_SEGREGATION_dissimilarity] = value[FLYT_SEGREGATION_theil_m] = 0.0;
        value[FLYT_SEGREGATION_theil_h] = value[FLYT_SEGREGATION_atkinson] = 0.0;
        value[FLYT_SEGREGATION_hutchens] = 0.0;
    }
    value[FLYT_SEGREGATION_correlation_ratio] = by_permutation;
    value[FLYT_SEGREGATION_isolation] = p + (1.0 - p) * by_permutation;
    value[FLYT_SEGREGATION_interaction] = (1.0 - p) * (1.0 - by_permutation);
}

void flyt_segregation_expect(const struct flyt_segregation_table *table, double atkinson_b,
                             struct flyt_segregation_scratch *scratch, double *value,
                             double *interaction)
{
    const uint32_t n_groups = table->n_groups;
    double *all = value + (size_t)n_groups * FLYT_SEGREGATION_N;
    double abs = 0.0, scale = 0.0, inside = 0.0, entropy = 0.0, present = 0.0;
    for (size_t i = 0; i < ((size_t)n_groups + 1) * FLYT_SEGREGATION_N; i++) {
        value[i] = NAN;
    }
    const double n = (double)table->n_units, total = table->total;
    const double by_permutation = (n - 1.0) / (total - 1.0);
    double *size = scratch->real[0];
    flyt_segregation_sort(table->unit_total, table->n_units, scratch);
    for (uint32_t k = 0; k < table->n_units; k++) {
        size[k] = table->unit_total[scratch->order[0][k]];
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        struct flyt_segregation_sums sums;
        const double p = table->group_total[g] / total;
        double *own = value + (size_t)g * FLYT_SEGREGATION_N;
        expect_group(table, p, atkinson_b, scratch->order[0], size, &sums, own);
        if (p > 0.0 && p < 1.0) {
            abs += own[FLYT_SEGREGATION_dissimilarity] * p * (1.0 - p);
            scale += p * (1.0 - p);
            inside += sums.entropy_in / sums.total;
            entropy -= flyt_num_x_log_x(p);
            present += 1.0;
        }
        for (uint32_t h = 0; h < n_groups; h++) {
            const double q = table->group_total[h] / total;
            interaction[g * n_groups + h] =
                h == g ? p + (1.0 - p) * by_permutation : q * (1.0 - by_permutation);
        }
    }
    if (present >= 2.0) {
        all[FLYT_SEGREGATION_multigroup_dissimilarity] = table->n_units == 1 ? 0.0 : abs / scale;
        const double m = table->n_units == 1 ? 0.0 : entropy + inside;
        all[FLYT_SEGREGATION_theil_m] = m;
        all[FLYT_SEGREGATION_theil_h] = m / entropy;
        all[FLYT_SEGREGATION_relative_diversity] = by_permutation;
        all[FLYT_SEGREGATION_squared_cv] = by_permutation;
    }
}
