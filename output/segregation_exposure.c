/* Standard deviation of exposure. See segregation_exposure.h. */
#include "output/segregation_exposure.h"

#include <math.h>

/** Moments of one unit's numerator and of the group's persons in it. */
struct moments {
    double mean, persons;                 /* expected numerator and persons */
    double variance, covariance, scatter; /* of the numerator; with persons; of persons */
};

/** Of t persons with chances p of group g and r of group h, by factorial moments. */
static struct moments moments_of(double t, double p, double r, bool is_same)
{
    struct moments m = {0};
    if (t > 1.0) { /* others have nobody beside them */
        const double pair = t * p * r, one = t - 1.0;
        m.persons = t * p;
        m.scatter = t * p * (1.0 - p);
        const double of_pairs = is_same ? (6.0 - 4.0 * t) * p * p + 4.0 * (t - 2.0) * p + 2.0
                                        : (6.0 - 4.0 * t) * p * r + (t - 2.0) * (p + r) + 1.0;
        m.mean = pair;
        m.variance = pair * of_pairs / one;
        m.covariance = pair * (is_same ? 2.0 * (1.0 - p) : 1.0 - 2.0 * p);
    }
    return m;
}

static double pair_sd(const struct flyt_segregation_table *table, const double *p, const double *r)
{
    double mean = 0.0, persons = 0.0, variance = 0.0, covariance = 0.0, scatter = 0.0;
    for (uint32_t i = 0; i < table->n_units; i++) {
        const struct moments m = moments_of(table->unit_total[i], p[i], r[i], p == r);
        mean += m.mean;
        persons += m.persons;
        variance += m.variance;
        covariance += m.covariance;
        scatter += m.scatter;
    }
    if (!(persons > 0.0)) {
        return NAN;
    }
    const double ratio = mean / persons;
    const double square = variance - 2.0 * ratio * covariance + ratio * ratio * scatter;
    return square > 0.0 ? sqrt(square) / persons : 0.0;
}

void flyt_segregation_exposure_sd(const struct flyt_segregation_table *table, const double *share,
                                  size_t stride, double *sd)
{
    const uint32_t n_groups = table->n_groups;
    for (uint32_t g = 0; g < n_groups; g++) {
        for (uint32_t h = 0; h < n_groups; h++) {
            sd[((size_t)g * n_groups + h) * stride] = pair_sd(
                table, share + (size_t)g * table->n_units, share + (size_t)h * table->n_units);
        }
    }
}
