#include "models/usercost.h"

#include <math.h>

double flyt_usercost_deduction(const struct flyt_usercost_params *params, double interest_dkk,
                               uint32_t adults)
{
    double threshold = params->deduction_threshold * adults;
    double low = interest_dkk < threshold ? interest_dkk : threshold;
    return params->deduction_low * low + params->deduction_high * (interest_dkk - low);
}

double flyt_usercost_land_tax(const struct flyt_usercost_params *params, double own_rate)
{
    double rate = isnan(own_rate) ? params->land_rate : own_rate;
    return rate * params->taxed_share * params->land_share;
}

double flyt_usercost_property_tax(const struct flyt_usercost_params *params, double price_dkk,
                                  double frozen_dkk)
{
    double base = price_dkk * params->taxed_share;
    base = params->freeze && frozen_dkk < base ? frozen_dkk : base;
    double low = base < params->property_limit ? base : params->property_limit;
    return params->property_rate * low + params->property_rate_high * (base - low);
}

/** Interest that money bound in a home could have earned, after tax. */
static double forgone(const struct flyt_usercost_params *params, double equity_dkk, double interest)
{
    return (1.0 - params->savings_tax) * interest * equity_dkk;
}

struct flyt_usercost flyt_usercost_of(const struct flyt_usercost_params *params,
                                      const struct flyt_usercost_home *home)
{
    double price = home->price_dkk, interest = home->interest * home->debt_dkk;
    return (struct flyt_usercost){
        .interest = interest,
        .deduction = flyt_usercost_deduction(params, interest, home->adults),
        .equity = forgone(params, price - home->debt_dkk, home->interest),
        .property_tax = flyt_usercost_property_tax(params, price, home->frozen_dkk),
        .land_tax = home->land_tax * price,
        .upkeep = params->upkeep * price,
        .gain = (1.0 - params->gains_tax) * params->growth_weight * home->growth * price,
    };
}

struct flyt_usercost_terms flyt_usercost_terms(const struct flyt_usercost_params *params,
                                               double interest, bool share)
{
    return (struct flyt_usercost_terms){
        .interest = interest,
        .borrowed = interest * (params->savings_tax - params->deduction_high),
        .extra = params->deduction_low - params->deduction_high,
        .threshold = params->deduction_threshold,
        .base = share ? 0.0 : params->taxed_share,
        .rate = params->property_rate,
        .more = params->property_rate_high - params->property_rate,
        .limit = params->property_limit,
    };
}

double flyt_usercost_own(const struct flyt_usercost_params *params, double interest,
                         double land_tax, double growth, bool share)
{
    double own = (1.0 - params->savings_tax) * interest;
    if (share) {
        return own;
    }
    return own + land_tax + params->upkeep -
           (1.0 - params->gains_tax) * params->growth_weight * growth;
}
