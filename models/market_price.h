/**
 * @file market_price.h
 * @brief How rents and prices answer to demand: the formulas, of one municipality and month.
 *
 * Pure functions of numbers; market.h applies them to the world. All changes are of natural
 * logarithms a month.
 */
#ifndef FLYT_MARKET_PRICE_H
#define FLYT_MARKET_PRICE_H

#include "models/market_params.h"

/**
 * @brief Change of private rents.
 * @param vacancy, usual  shares of the homes, > 0: now, and at which rents stand still.
 * @param gap  ln(rent) - ln(start rent x wage index).
 */
double flyt_market_rent_change(const struct flyt_market_params *params, double vacancy,
                               double usual, double gap);

/**
 * @brief ln of the price that user cost and incomes warrant, over that at the start.
 * @param user_cost_start, user_cost  of owning, share of the price a year.
 * @param income  disposable income over that at the start, > 0.
 */
double flyt_market_warranted(const struct flyt_market_params *params, double user_cost_start,
                             double user_cost, double income);

/**
 * @brief Change of owner prices.
 * @param pressure  new buyers per new listing over its usual level, > 0; kept within 1/20 to 20.
 * @param gap  ln warranted price - ln price.
 * @param trend  change of ln price over the last twelve months.
 */
double flyt_market_price_change(const struct flyt_market_params *params, double pressure,
                                double gap, double trend);

/**
 * @brief Gain of the loop price - expected growth - user cost - warranted price. Above 1 every
 *        shock explodes; `flyt check` refuses more than FLYT_MARKET_GAIN_MOST.
 * @param weight  of expected growth in the user cost.  @param user_cost  share of the price a year.
 */
double flyt_market_gain(const struct flyt_market_params *params, double weight, double user_cost);

#define FLYT_MARKET_GAIN_MOST 0.8

/** @brief Share of its homes a municipality builds in a year. @param price  over building cost. */
double flyt_market_building(const struct flyt_building_params *params, double price);

#endif
