/**
 * @file mortality.h
 * @brief Death rates by sex and age that give the life expectancies of a year.
 *
 * Pure numbers; knows nothing of households. Between the tables of 1975 and 2011 the logarithm of
 * each rate moves along the line through both; where on that line a year lies follows from its life
 * expectancy, also before and after the two.
 * Source: Danmarks Statistik, deaths over person-years 1974-76 and 2010-12 (public extract).
 */
#ifndef FLYT_MORTALITY_H
#define FLYT_MORTALITY_H

#include "sim/field.h"

#define MORTALITY_PARAMS(X)                                                                        \
    X(real, life_expectancy_men, "years", 80.3, 50, 95, assumed,                                   \
      "recalled: Danmarks Statistik, HISB7, 2024", "Life expectancy at birth of men.",             \
      "Middellevetid for nyfødte drenge.")                                                         \
    X(real, life_expectancy_women, "years", 84.2, 50, 95, assumed,                                 \
      "recalled: Danmarks Statistik, HISB7, 2024", "Life expectancy at birth of women.",           \
      "Middellevetid for nyfødte piger.")

struct flyt_mortality_params {
#define X(type, name, ...) flyt_##type name;
    MORTALITY_PARAMS(X)
#undef X
};

#define FLYT_AGES 120 /* whole years of age told apart; the last holds all above */

/** @brief Deaths per person and year by [sex][age]; the life table of each gives its expectancy. */
void flyt_mortality_rates(const struct flyt_mortality_params *params, double rate[2][FLYT_AGES]);

/** @brief Life expectancy at birth, years, when each year of age is lived under its rate. */
double flyt_mortality_expectancy(const double rate[FLYT_AGES]);

#endif
