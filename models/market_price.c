#include "models/market_price.h"

#include "sim/num.h"

static double within(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

double flyt_market_rent_change(const struct flyt_market_params *params, double vacancy,
                               double usual, double gap)
{
    double by_vacancy = params->rent_speed * flyt_num_log(usual / vacancy);
    return within(by_vacancy, -params->rent_step_most, params->rent_step_most) -
           params->rent_pull * gap;
}

double flyt_market_warranted(const struct flyt_market_params *params, double user_cost_start,
                             double user_cost, double income)
{
    double least = params->user_cost_least;
    double start = user_cost_start > least ? user_cost_start : least;
    double now = user_cost > least ? user_cost : least;
    return params->capitalisation * flyt_num_log(start / now) +
           params->income_elasticity * flyt_num_log(income);
}

double flyt_market_price_change(const struct flyt_market_params *params, double pressure,
                                double gap, double trend)
{
    return params->price_pressure * flyt_num_log(within(pressure, 0.05, 20.0)) +
           params->price_pull * gap + params->price_trend * trend / 12.0;
}

double flyt_market_gain(const struct flyt_market_params *params, double weight, double user_cost)
{
    double cost = user_cost > params->user_cost_least ? user_cost : params->user_cost_least;
    return params->price_trend + 12.0 * params->price_pull * weight * params->capitalisation / cost;
}

double flyt_market_building(const struct flyt_building_params *params, double price)
{
    double share = params->growth * flyt_num_pow(price, params->price_exponent);
    return within(share, 0.0, params->most);
}
