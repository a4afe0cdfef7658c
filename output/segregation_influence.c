/* Influence functions of the measures. See segregation_influence.h. */
#include "output/segregation_influence.h"

#include <math.h>

#include "sim/num.h"

static double root_of(double p)
{
    return sqrt(p * (1.0 - p));
}

static double power_of(const struct flyt_segregation_points *mixture, double p)
{
    const double b = mixture->whole->atkinson_b;
    return b == 0.5 || !(p > 0.0) || !(p < 1.0)
               ? root_of(p)
               : flyt_num_exp(b * flyt_num_log(p) + (1.0 - b) * flyt_num_log(1.0 - p));
}

/**
 * What lies between the points of a density: sums over points take |x - y| and |x - P| for too
 * small (or large) by a term of the order of the square of their distance, as these have a kink
 * (Euler & Maclaurin; B the second Bernoulli polynomial of where P lies between two points).
 */
static void add_between(struct flyt_segregation_points *mixture)
{
    const double *chance = mixture->chance, *weight = mixture->weight;
    for (int k = 0; k + 1 < mixture->n; k++) {
        const double width = chance[k + 1] - chance[k];
        const double place = (mixture->p - chance[k]) / width;
        mixture->gini += width * (weight[k] * weight[k] + weight[k + 1] * weight[k + 1]) / 24.0;
        if (place >= 0.0 && place < 1.0) {
            const double here = weight[k] + place * (weight[k + 1] - weight[k]);
            mixture->abs += width * here * (place * place - place + 1.0 / 6.0);
            mixture->slope_abs += here * (2.0 * place - 1.0);
        }
    }
}

void flyt_segregation_points_sum(struct flyt_segregation_points *mixture)
{
    double below = 0.0, p = 0.0;
    for (int k = 0; k < mixture->n; k++) {
        p += mixture->weight[k] * mixture->chance[k];
    }
    mixture->p = p;
    mixture->log_odds = flyt_num_log(p / (1.0 - p));
    mixture->entropy = -(flyt_num_x_log_x(p) + flyt_num_x_log_x(1.0 - p));
    for (int k = 0; k < mixture->n; k++) {
        const double w = mixture->weight[k], chance = mixture->chance[k], away = chance - p;
        mixture->abs += w * fabs(away);
        mixture->slope_abs += away < 0.0 ? w : away > 0.0 ? -w : 0.0;
        mixture->square += w * away * away;
        mixture->noise += w * (flyt_num_x_log_x(chance) + flyt_num_x_log_x(1.0 - chance));
        mixture->root += w * root_of(chance);
        mixture->power += w * power_of(mixture, chance);
        below += w;
        if (k + 1 < mixture->n) {
            mixture->gini += below * (1.0 - below) * (mixture->chance[k + 1] - chance);
        }
    }
    if (mixture->is_density) {
        add_between(mixture);
    }
}

void flyt_segregation_points_values(const struct flyt_segregation_points *mixture, double *value)
{
    const double p = mixture->p, pq = p * (1.0 - p), b = mixture->whole->atkinson_b;
    const struct flyt_segregation_whole *whole = mixture->whole;
    double in = -flyt_num_x_log_x(p);
    for (int k = 0; k < mixture->n; k++) {
        in += mixture->weight[k] * flyt_num_x_log_x(mixture->chance[k]);
    }
    value[FLYT_SUM_D] = mixture->abs / (2.0 * pq);
    value[FLYT_SUM_G] = mixture->gini / pq;
    value[FLYT_SUM_ETA] = mixture->square / pq;
    value[FLYT_SUM_M] = mixture->entropy + mixture->noise;
    value[FLYT_SUM_H] = value[FLYT_SUM_M] / mixture->entropy;
    value[FLYT_SUM_HUTCHENS] = 1.0 - mixture->root / sqrt(pq);
    value[FLYT_SUM_ATKINSON] =
        1.0 - p / (1.0 - p) * flyt_num_pow(mixture->power / p, 1.0 / (1.0 - b));
    value[FLYT_SUM_ALL_D] = mixture->abs / (2.0 * whole->interaction);
    value[FLYT_SUM_ALL_G] = mixture->gini / whole->interaction;
    value[FLYT_SUM_ALL_R] = mixture->square / whole->interaction;
    value[FLYT_SUM_ALL_C] = mixture->square / (p * ((double)whole->n_present - 1.0));
    value[FLYT_SUM_ALL_M] = in;
    value[FLYT_SUM_ALL_H] = in / whole->entropy;
}

void flyt_segregation_points_influence(const struct flyt_segregation_points *mixture, double x,
                                       double *psi)
{
    const struct flyt_segregation_whole *whole = mixture->whole;
    const double p = mixture->p, q = 1.0 - p, pq = p * q, slant = x * (q - p) / pq;
    const double abs = fabs(x - p) + x * mixture->slope_abs, square = (x - p) * (x - p);
    const double b = whole->atkinson_b, up = x * (1.0 - 2.0 * p) / whole->interaction;
    double pairs = 0.0, value[FLYT_SUM_N];
    for (int k = 0; k < mixture->n; k++) {
        pairs += mixture->weight[k] * fabs(x - mixture->chance[k]);
    }
    flyt_segregation_points_values(mixture, value);
    const double noise = flyt_num_x_log_x(x) + flyt_num_x_log_x(1.0 - x), in = flyt_num_x_log_x(x);
    const double others = (double)whole->n_present - 1.0, log_p = flyt_num_log(p);
    psi[FLYT_SUM_D] = abs / (2.0 * pq) - slant * value[FLYT_SUM_D];
    psi[FLYT_SUM_G] = pairs / pq - slant * value[FLYT_SUM_G];
    psi[FLYT_SUM_ETA] = square / pq - slant * value[FLYT_SUM_ETA];
    psi[FLYT_SUM_M] = noise - x * mixture->log_odds;
    psi[FLYT_SUM_H] = noise / mixture->entropy + x * mixture->log_odds * mixture->noise /
                                                     (mixture->entropy * mixture->entropy);
    psi[FLYT_SUM_HUTCHENS] =
        -root_of(x) / sqrt(pq) + 0.5 * slant * (1.0 - value[FLYT_SUM_HUTCHENS]);
    /* 1 - A = S^c p^(1 - c) / q with c = 1 / (1 - b) */
    psi[FLYT_SUM_ATKINSON] =
        -(1.0 - value[FLYT_SUM_ATKINSON]) *
        (power_of(mixture, x) / (mixture->power * (1.0 - b)) + x * (1.0 / q - b / ((1.0 - b) * p)));
    psi[FLYT_SUM_ALL_D] =
        abs / (2.0 * whole->interaction) - up * whole->value[FLYT_SUM_ALL_D - FLYT_SUM_ALL_D];
    psi[FLYT_SUM_ALL_G] =
        pairs / whole->interaction - up * whole->value[FLYT_SUM_ALL_G - FLYT_SUM_ALL_D];
    psi[FLYT_SUM_ALL_R] =
        square / whole->interaction - up * whole->value[FLYT_SUM_ALL_R - FLYT_SUM_ALL_D];
    psi[FLYT_SUM_ALL_C] = (square - x * mixture->square / p) / (p * others);
    psi[FLYT_SUM_ALL_M] = in - x * (log_p + 1.0);
    psi[FLYT_SUM_ALL_H] = psi[FLYT_SUM_ALL_M] / whole->entropy +
                          x * (log_p + 1.0) * whole->value[FLYT_SUM_ALL_M - FLYT_SUM_ALL_D] /
                              (whole->entropy * whole->entropy);
}
