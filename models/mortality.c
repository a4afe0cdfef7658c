#include "models/mortality.h"

#include "sim/num.h"

enum { GROUPS = 18, FIRST_SMOOTH = 30 };

/** First age of each group of the tables; the last group ends at 85. */
static const double from_age[GROUPS + 1] = {0,  1,  5,  10, 15, 20, 25, 30, 35, 40,
                                            45, 50, 55, 60, 65, 70, 75, 80, 85};

/** Deaths per 1,000 person-years by age group, [sex][group]. Danmarks Statistik. */
static const double in_1975[2][GROUPS] = {
    {12.137, .675, .417, .348, .984, 1.149, 1.102, 1.139, 1.858, 3.068, 4.933, 8.459, 13.027,
     21.163, 33.582, 53.638, 82.136, 122.137},
    {8.523, .425, .287, .234, .335, .392, .454, .708, 1.155, 2.035, 3.574, 5.282, 7.684, 11.176,
     17.289, 29.681, 51.897, 87.762}};
static const double in_2011[2][GROUPS] = {
    {3.473, .155, .083, .077, .299, .516, .539, .673, 1.065, 1.65, 2.808, 5.005, 8.078, 11.737,
     18.058, 29.236, 50.324, 85.339},
    {3.273, .126, .071, .074, .146, .216, .2, .353, .459, .986, 1.815, 3.139, 5.015, 7.519, 11.567,
     19.356, 35.102, 61.787}};

/** ASSUMPTION: above 82 the log of the rate rises by this a year (Gompertz). The life expectancies
 *  of 1975 and 2011 then come out within 0.2 years, the published rates of 85+ within 6 %. */
static const double gompertz_slope = 0.1;

static double middle(int group)
{
    return (from_age[group] + from_age[group + 1]) / 2.0;
}

/** Log of the rate at one age: a step below 30, a line between the groups' middles above. */
static double log_rate(const double table[GROUPS], int age)
{
    double x = age + 0.5;
    int group = 0;
    while (group < GROUPS - 1 && from_age[group + 1] <= age) {
        group++;
    }
    if (age < FIRST_SMOOTH) {
        return flyt_num_log(table[group] / 1000.0);
    }
    if (x >= middle(GROUPS - 1)) {
        return flyt_num_log(table[GROUPS - 1] / 1000.0) + gompertz_slope * (x - middle(GROUPS - 1));
    }
    int left = x < middle(group) ? group - 1 : group;
    double weight = (x - middle(left)) / (middle(left + 1) - middle(left));
    return flyt_num_log(table[left] / 1000.0) * (1.0 - weight) +
           flyt_num_log(table[left + 1] / 1000.0) * weight;
}

double flyt_mortality_expectancy(const double rate[FLYT_AGES])
{
    double alive = 1.0, years = 0.0;
    for (int age = 0; age < FLYT_AGES; age++) {
        double survive = flyt_num_exp(-rate[age]);
        years += alive * (rate[age] > 1e-12 ? (1.0 - survive) / rate[age] : 1.0);
        alive *= survive;
    }
    return years + alive / rate[FLYT_AGES - 1];
}

/** The rates of one sex at a place on the line: 0 is 2011, 1 is 1975. */
static void rates_at(const double log_1975[FLYT_AGES], const double log_2011[FLYT_AGES],
                     double place, double rate[FLYT_AGES])
{
    for (int age = 0; age < FLYT_AGES; age++) {
        double here = flyt_num_exp(log_2011[age] + place * (log_1975[age] - log_2011[age]));
        rate[age] = here < 2.0 ? here : 2.0;
    }
}

void flyt_mortality_rates(const struct flyt_mortality_params *params, double rate[2][FLYT_AGES])
{
    const double wanted[2] = {params->life_expectancy_men, params->life_expectancy_women};
    for (int sex = 0; sex < 2; sex++) {
        double log_1975[FLYT_AGES], log_2011[FLYT_AGES];
        for (int age = 0; age < FLYT_AGES; age++) {
            log_1975[age] = log_rate(in_1975[sex], age);
            log_2011[age] = log_rate(in_2011[sex], age);
        }
        double low = -8.0, high = 8.0; /* expectancy falls along the line */
        for (int step = 0; step < 50; step++) {
            double place = (low + high) / 2.0;
            rates_at(log_1975, log_2011, place, rate[sex]);
            *(flyt_mortality_expectancy(rate[sex]) > wanted[sex] ? &low : &high) = place;
        }
        rates_at(log_1975, log_2011, (low + high) / 2.0, rate[sex]);
    }
}
