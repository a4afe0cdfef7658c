#include "output/segregation_influence.h"
#include "segregation_fixture.h"
#include "sim/num.h"

enum { N = FLYT_SEGREGATION_GRID };

static const double sd = 0.04;

/** A normal density about a chance, by its values at points `width` sds apart. */
static void make_normal(double chance[N], double mean, double width,
                        struct flyt_segregation_points *points)
{
    double sum = 0.0;
    for (int k = 0; k < N; k++) {
        const double z = width * (k - N / 2);
        chance[k] = 0.5 + sd * z;
        points->weight[k] = flyt_num_exp(-0.5 * pow((chance[k] - mean) / sd, 2.0));
        sum += points->weight[k];
    }
    for (int k = 0; k < N; k++) {
        points->weight[k] /= sum;
    }
    points->n = N;
    points->chance = chance;
}

/** D = sd √(2/π) / (2PQ) and G = sd / (√π PQ), wherever P lies between two points. */
Test(segregation_influence, points_stand_for_a_density_however_far_they_are_apart)
{
    static const double place[] = {0.0, 0.21, 0.5, 0.83};
    const double pi = 3.14159265358979;
    const struct flyt_segregation_whole whole = {
        .total = 1.0, .atkinson_b = 0.5, .n_present = 2, .interaction = 0.5, .entropy = 0.69};
    for (size_t i = 0; i < FLYT_COUNT(place); i++) {
        const double width = 0.3, mean = 0.5 + sd * width * place[i], pq = mean * (1.0 - mean);
        double chance[N], value[FLYT_SUM_N], at_points[FLYT_SUM_N];
        struct flyt_segregation_points density = {.whole = &whole, .is_density = true};
        make_normal(chance, mean, width, &density);
        struct flyt_segregation_points points = density;
        points.is_density = false;
        flyt_segregation_points_sum(&density);
        flyt_segregation_points_values(&density, value);
        flyt_segregation_points_sum(&points);
        flyt_segregation_points_values(&points, at_points);
        const double d = sd * sqrt(2.0 / pi) / (2.0 * pq), g = sd / sqrt(pi) / pq;
        CLOSE(value[FLYT_SUM_D], d, 2e-4 * d);
        CLOSE(value[FLYT_SUM_G], g, 2e-4 * g);
        cr_assert_lt(at_points[FLYT_SUM_G], (1.0 - 3e-3) * g);
    }
}

/** Of kinds of units nothing lies between. */
Test(segregation_influence, points_that_are_no_density_stand_for_themselves)
{
    const struct flyt_segregation_whole whole = {
        .total = 1.0, .atkinson_b = 0.5, .n_present = 2, .interaction = 0.5, .entropy = 0.69};
    const double chance[2] = {0.2, 0.8};
    struct flyt_segregation_points points = {
        .whole = &whole, .n = 2, .chance = chance, .weight = {0.5, 0.5}};
    double value[FLYT_SUM_N];
    flyt_segregation_points_sum(&points);
    flyt_segregation_points_values(&points, value);
    CLOSE(value[FLYT_SUM_D], 0.6, 1e-12);
    CLOSE(value[FLYT_SUM_G], 0.6, 1e-12);
}
