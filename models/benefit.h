/**
 * @file benefit.h
 * @brief Housing benefit by law: *boligsikring* and, for pensioners, *boligydelse*.
 *
 * Pure formulas of a year's rates; knows no world. Simplified: no addition to income for wealth, no
 * smallest amount paid, no loan to owners, no rules of its own for disability pensioners; the
 * ceiling on cash benefit is left out too.
 * Source: boligstøtteloven as in housing_benefit.csv (Ældre Sagen 2021, 2025, 2026; Bolius 2021).
 */
#ifndef FLYT_BENEFIT_H
#define FLYT_BENEFIT_H

#include "models/benefit_params.h"

/** A tenant household and its home. */
struct flyt_benefit_case {
    double rent_dkk;   /* a year, without heating and water */
    double income_dkk; /* a year: of all adults, after labour-market contribution, before tax */
    double area_m2;
    uint32_t persons, children; /* children: below 18; persons: all */
    bool pensioner;             /* an adult receives state pension: boligydelse */
    bool almen;                 /* no cap on boligydelse */
};

/** @brief Housing benefit, DKK a year, in [0, rent]. */
double flyt_benefit_of(const struct flyt_benefit_params *params,
                       const struct flyt_benefit_case *home);

#endif
