/* Death rates: life expectancies come out as asked for, and as published for the years of the
   tables. */
#include <criterion/criterion.h>

#include "models/mortality.h"

static double expectancy(double men, double women, int sex)
{
    double rate[2][FLYT_AGES];
    flyt_mortality_rates(&(struct flyt_mortality_params){men, women}, rate);
    return flyt_mortality_expectancy(rate[sex]);
}

Test(mortality, a_constant_rate_gives_its_inverse)
{
    double rate[FLYT_AGES];
    for (int age = 0; age < FLYT_AGES; age++) {
        rate[age] = 0.02;
    }
    cr_assert_float_eq(flyt_mortality_expectancy(rate), 50.0, 1e-9);
}

Test(mortality, the_life_table_gives_the_expectancy_asked_for)
{
    for (int k = 0; k < 11; k++) {
        double years = 60.0 + 3.1 * k;
        cr_assert_float_eq(expectancy(years, years, 0), years, 1e-6, "men %g", years);
        cr_assert_float_eq(expectancy(years, years, 1), years, 1e-6, "women %g", years);
    }
}

Test(mortality, the_tables_of_2011_come_back_at_the_published_expectancies_of_2011)
{
    /* 77.8 and 81.9 years (2011); rates of 2010-12 per 1,000: men 60-64 11.737, women 80-84 61.787
     */
    double rate[2][FLYT_AGES];
    flyt_mortality_rates(&(struct flyt_mortality_params){77.8, 81.9}, rate);
    cr_assert_float_eq(rate[0][62], 0.011737, 0.03 * 0.011737);
    cr_assert_float_eq(rate[1][82], 0.061787, 0.03 * 0.061787);
    cr_assert_float_eq(rate[0][0], 0.003473, 0.03 * 0.003473);
}

Test(mortality, the_tables_of_1975_come_back_at_the_published_expectancies_of_1975)
{
    /* 71.28 and 77.01 years; men 45-49 4.933, women 70-74 29.681 per 1,000 */
    double rate[2][FLYT_AGES];
    flyt_mortality_rates(&(struct flyt_mortality_params){71.28, 77.01}, rate);
    cr_assert_float_eq(rate[0][47], 0.004933, 0.05 * 0.004933);
    cr_assert_float_eq(rate[1][72], 0.029681, 0.05 * 0.029681);
}

Test(mortality, rates_fall_when_people_live_longer)
{
    double now[2][FLYT_AGES], later[2][FLYT_AGES];
    flyt_mortality_rates(&(struct flyt_mortality_params){79.0, 83.0}, now);
    flyt_mortality_rates(&(struct flyt_mortality_params){82.0, 86.0}, later);
    for (int sex = 0; sex < 2; sex++) {
        for (int age = 0; age < FLYT_AGES; age++) {
            cr_assert(later[sex][age] <= now[sex][age]);
            cr_assert(age < 31 || now[sex][age] >= now[sex][age - 1], "and rise with age");
        }
    }
}
