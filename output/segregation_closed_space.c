/**
 * @file segregation_closed_space.c
 * @brief What binomial noise does to surroundings and to differences of neighbours.
 */
#include <math.h>

#include "output/segregation_closed_parts.h"
#include "sim/num.h"

/** Persons around a unit that count as much as binomial ones: (sum w t)^2 / sum w^2 t. */
void flyt_segregation_closed_sizes(const struct flyt_segregation_table *table,
                                   const struct flyt_segregation_neighbours *kernel,
                                   double *size_near)
{
    for (uint32_t i = 0; i < table->n_units; i++) {
        double sum = table->unit_total[i], square = sum;
        for (uint32_t k = kernel->first[i]; k < kernel->first[i + 1]; k++) {
            const double w = kernel->weight != NULL ? kernel->weight[k] : 1.0;
            const double t = table->unit_total[kernel->other[k]];
            sum += w * t;
            square += w * w * t;
        }
        size_near[i] = sum * sum / square;
    }
}

void flyt_segregation_closed_around(const struct flyt_segregation_column *column,
                                    const struct flyt_segregation_neighbours *kernel,
                                    const double *chance, double *around)
{
    for (uint32_t i = 0; i < column->n; i++) {
        double persons = column->t[i], sum = persons * chance[i];
        for (uint32_t k = kernel->first[i]; k < kernel->first[i + 1]; k++) {
            const double weight = kernel->weight != NULL ? kernel->weight[k] : 1.0;
            const double t = weight * column->t[kernel->other[k]];
            persons += t;
            sum += t * chance[kernel->other[k]];
        }
        around[i] = sum / persons;
    }
}

/** 1 - Phi(z) for z >= 0, to 1e-7 (Abramowitz & Stegun 26.2.17). */
static double upper_tail(double z)
{
    const double k = 1.0 / (1.0 + 0.2316419 * z);
    const double sum =
        k * (0.319381530 +
             k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
    return 0.3989422804014327 * flyt_num_exp(-0.5 * z * z) * sum;
}

/** E|N(mean, variance)|. */
static double folded(double mean, double variance)
{
    const double sd = sqrt(variance), away = fabs(mean);
    if (!(sd > 0.0)) {
        return away;
    }
    const double z = away / sd;
    return z > 6.0 ? away
                   : away * (1.0 - 2.0 * upper_tail(z)) +
                         2.0 * sd * 0.3989422804014327 * flyt_num_exp(-0.5 * z * z);
}

void flyt_segregation_closed_apart(const struct flyt_segregation_column *column,
                                   const struct flyt_segregation_neighbours *adjacent,
                                   const double *chance, double *random, double *noise)
{
    const double n_links = (double)adjacent->first[column->n];
    const double variance = column->p * (1.0 - column->p);
    *random = *noise = 0.0;
    for (uint32_t i = 0; i < column->n; i++) {
        const double own = chance[i] * (1.0 - chance[i]) / column->t[i];
        for (uint32_t k = adjacent->first[i]; k < adjacent->first[i + 1]; k++) {
            const uint32_t j = adjacent->other[k];
            const double apart = chance[i] - chance[j];
            const double other = chance[j] * (1.0 - chance[j]) / column->t[j];
            *random += folded(0.0, variance * (1.0 / column->t[i] + 1.0 / column->t[j]));
            *noise += folded(apart, own + other) - fabs(apart);
        }
    }
    *random /= n_links;
    *noise /= n_links;
}
