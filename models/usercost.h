/**
 * @file usercost.h
 * @brief What it costs a household a year to own a home, term by term, in DKK.
 *
 *   UC = P [(1 - t_d) i LTV + (1 - t_s) i (1 - LTV) + t_v base/P + land tax + upkeep
 *           - (1 - t_g) w E(growth)]
 *
 * with t_d, the value of the deduction, in two steps by the amount of interest, and base the lesser
 * of the taxed value and the frozen base while the freeze is law. Pure; knows no world. Also the
 * cost of a co-operative share: a home with no tax, upkeep or gain (those are in the fee). The sum
 * is there twice: term by term, for books and for reading, and in few operations, for choice.
 * Source: docs/MODEL.md section 4; tax_history.csv.
 */
#ifndef FLYT_USERCOST_H
#define FLYT_USERCOST_H

#include "models/usercost_params.h"

/** An owner's home. */
struct flyt_usercost_home {
    double price_dkk, debt_dkk; /* now */
    double frozen_dkk;          /* base of the property value tax while the freeze is law */
    double interest;            /* yearly, contribution to the mortgage bank included */
    double land_tax;            /* yearly, over the price: flyt_usercost_land_tax() */
    double growth;              /* expected growth of the price a year */
    uint32_t adults;            /* whose thresholds of the deduction count: 1 or 2 */
};

/** Terms of a year's cost, DKK; all but `equity` and `gain` are paid in cash. */
struct flyt_usercost {
    double interest, deduction, property_tax, land_tax, upkeep;
    double equity; /* return the money in the home could have earned, after tax */
    double gain;   /* weighted expected gain after tax */
};

struct flyt_usercost flyt_usercost_of(const struct flyt_usercost_params *params,
                                      const struct flyt_usercost_home *home);

/** @brief Cost of owning a year, DKK; may be negative where growth is expected. */
static inline double flyt_usercost_sum(const struct flyt_usercost *cost)
{
    return cost->interest - cost->deduction + cost->equity + cost->property_tax + cost->land_tax +
           cost->upkeep - cost->gain;
}

/** @brief What is paid a year, DKK, without repayment. */
static inline double flyt_usercost_cash(const struct flyt_usercost *cost)
{
    return cost->interest - cost->deduction + cost->property_tax + cost->land_tax + cost->upkeep;
}

/** The law applied to loans at one rate of interest, so that homes are asked about quickly. */
struct flyt_usercost_terms {
    double interest;          /* yearly */
    double borrowed;          /* over the debt: interest less return forgone and lower deduction */
    double extra;             /* what the deduction is worth more up to the threshold */
    double threshold;         /* of interest, DKK a year and adult */
    double base;              /* of the property value tax over the price; 0: a share */
    double rate, more, limit; /* of that tax; `more` of the base above the limit, DKK */
};

/** @brief The terms of mortgages, or (`share`) of loans in co-operative shares. */
struct flyt_usercost_terms flyt_usercost_terms(const struct flyt_usercost_params *params,
                                               double interest, bool share);

/** @brief What a krone of the price costs a year, besides borrowing and property value tax: return
 *         forgone, land tax, upkeep, less the gain. Of a co-operative share the first alone. */
double flyt_usercost_own(const struct flyt_usercost_params *params, double interest,
                         double land_tax, double growth, bool share);

/** @brief flyt_usercost_sum() of a home, DKK a year; of a share what it costs beside the fee.
 *  @param own         flyt_usercost_own().
 *  @param frozen_dkk  base of the tax at most; INFINITY without a freeze. */
static inline double flyt_usercost_at(const struct flyt_usercost_terms *terms, double own,
                                      double price_dkk, double debt_dkk, double frozen_dkk,
                                      uint32_t adults)
{
    double interest = terms->interest * debt_dkk, threshold = terms->threshold * adults;
    double base = terms->base * price_dkk;
    base = base < frozen_dkk ? base : frozen_dkk;
    double above = base > terms->limit ? base - terms->limit : 0.0;
    return own * price_dkk + terms->borrowed * debt_dkk -
           terms->extra * (interest < threshold ? interest : threshold) + terms->rate * base +
           terms->more * above;
}

/** @brief Value of deducting so much interest a year, DKK. */
double flyt_usercost_deduction(const struct flyt_usercost_params *params, double interest_dkk,
                               uint32_t adults);

/** @brief Property value tax a year, DKK. @param frozen_dkk  its base at most while a freeze is
 * law. */
double flyt_usercost_property_tax(const struct flyt_usercost_params *params, double price_dkk,
                                  double frozen_dkk);

/** @brief Land tax over the price a year. `own_rate`: the municipality's, of the taxed land value;
 *         NaN: the national one. */
double flyt_usercost_land_tax(const struct flyt_usercost_params *params, double own_rate);

#endif
