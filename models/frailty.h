/**
 * @file frailty.h
 * @brief Who needs daily help: how many at each age, at which rates they die and go into care, and
 *        who does at the start.
 *
 * An adult begins to need help at a rate that grows with age and never recovers. Those who need it
 * die at a multiple of the rate of others; only they move to care homes and are given homes for the
 * elderly (act on almen housing, sections 54 and 57: the municipality assigns them by need). Deaths
 * and moves into care of an age are what they were without: they fall on others.
 */
#ifndef FLYT_FRAILTY_H
#define FLYT_FRAILTY_H

#include "models/mortality.h"
#include "sim/world.h"

#define FRAILTY_PARAMS(X)                                                                             \
    X(real, onset_75, "1/year", 0.0215, 0, 1, derived,                                                \
      "tests/unit/test_frailty.c: 12 % of those of 65+ (2016) and 34 % of those of 80+ (between "     \
      "41 in "                                                                                        \
      "2010 and 28 in 2022) are given home help; Cevea 2016, VIVE 2023",                              \
      "Rate at which somebody of 75 begins to need daily help.",                                      \
      "Rate for, at en 75-årig får brug for daglig hjælp.")                                           \
    X(real, onset_growth, "1/year", 0.15, 0, 0.5, derived, "as onset_75",                             \
      "Growth of that rate (log) a year of age, from 60.",                                            \
      "Vækst i raten (log) pr. leveår, fra 60 år.")                                                   \
    X(real, mortality_ratio, "1", 3.0, 1, 10, borrowed,                                               \
      "Elkjær et al. 2021, BMC Geriatr 21: odds of death of those with most home help 4.5 times "    \
      "those without, after a short stay in hospital; 3 between 4.5 and light help is assumed",       \
      "Mortality of those who need daily help over that of others of their sex and age.",             \
      "Dødelighed blandt dem, der har brug for daglig hjælp, i forhold til andre af samme køn og " \
      "alder.")

struct flyt_frailty_params {
#define X(type, name, ...) flyt_##type name;
    FRAILTY_PARAMS(X)
#undef X
};

enum { FLYT_FRAIL_FROM = 60 }; /* years of age from which somebody may need help */

/** Rates a year by [sex][age] of those who live in a home of their own. */
struct flyt_frailty_rates {
    double share[2][FLYT_AGES]; /* who need help, where a cohort grows old under these rates */
    double onset[FLYT_AGES];
    double death[2][FLYT_AGES], death_frail[2][FLYT_AGES];
    double care_frail[2][FLYT_AGES];
};

/**
 * @brief Splits deaths and moves into care of an age into those of people who need help and others.
 *
 * Month by month along the ages the share f that needs help follows onset and who leaves. With m
 * deaths of all, others die at m / (1 - f + f ratio); those with help at ratio times that, and c /
 * f of them go into care where c of all do (at most 1/year: then fewer go).
 * @param death  a year, of those at home, by [sex][age].  @param care  a year, of all, by age.
 */
void flyt_frailty_split(const struct flyt_frailty_params *params, double death[2][FLYT_AGES],
                        const double care[FLYT_AGES], struct flyt_frailty_rates *rates);

/**
 * @brief The start: all of FLYT_FRAIL_FROM and more in homes for the elderly need help, but for the
 *        younger of a couple; of others as many as make the share of their sex and age.
 */
void flyt_frailty_start(struct flyt_world *world, double share[2][FLYT_AGES]);

/** @brief Adults of the household who need help. */
uint32_t flyt_frailty_count(const struct flyt_household *row);

#endif
