/**
 * @file benefit.h
 * @brief Housing benefit by law: *boligsikring* and, for pensioners, *boligydelse*.
 *
 * Pure formulas of a year's rates; knows no world. The rent of a home larger than the norm counts
 * in proportion. Simplified: no addition to income for wealth, no smallest amount paid, no loan to
 * owners, all disability pensions as granted after 2002; the ceiling on cash benefit is left out
 * too. Source: boligstøtteloven as in housing_benefit.csv (Ældre Sagen 2021, 2025, 2026; Bolius
 * 2021).
 */
#ifndef FLYT_BENEFIT_H
#define FLYT_BENEFIT_H

#include "models/benefit_params.h"

/** A tenant household, whatever its home. */
struct flyt_benefit_household {
    double income_dkk; /* a year: of all adults, after labour-market contribution, before tax */
    uint32_t persons, children; /* children: below 18; persons: all */
    bool pensioner;             /* an adult receives state pension: boligydelse */
    bool disability;            /* an adult receives disability pension */
};

/** The law applied to one household, so that homes are asked about quickly. DKK a year. */
struct flyt_benefit_terms {
    double area_m2;                /* that counts, at most */
    double rent_most;              /* rent that counts, at most */
    double share, fixed;           /* benefit = share x rent + fixed, before the limits below */
    double own;                    /* least payment of one's own */
    double most_share;             /* most benefit over the rent that counts */
    double most_almen, most_other; /* most benefit, by whether the home is almen */
};

struct flyt_benefit_terms flyt_benefit_terms(const struct flyt_benefit_params *params,
                                             const struct flyt_benefit_household *who);

static inline double flyt_benefit_least(double a, double b)
{
    return a < b ? a : b;
}

/** @brief Housing benefit, DKK a year, in [0, rent]; `rent_m2` without heating and water. */
static inline double flyt_benefit_at(const struct flyt_benefit_terms *terms, double rent_m2,
                                     double area_m2, bool almen)
{
    double rent =
        flyt_benefit_least(rent_m2 * flyt_benefit_least(area_m2, terms->area_m2), terms->rent_most);
    double benefit = flyt_benefit_least(terms->share * rent + terms->fixed, rent - terms->own);
    benefit = flyt_benefit_least(benefit, terms->most_share * rent);
    benefit = flyt_benefit_least(benefit, almen ? terms->most_almen : terms->most_other);
    return benefit > 0.0 ? benefit : 0.0;
}

#endif
