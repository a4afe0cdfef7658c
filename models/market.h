/**
 * @file market.h
 * @brief Private rents and owner prices of a world, month by month.
 *
 * Owns what moves `world->prices`: rents by municipality, prices by municipality and house type.
 * The formulas are market_price.h's. Reads how many households bid for the first time and how many
 * homes came on offer this month; does not know who bids (match.h).
 *
 * The level of buyers per listing at which prices stand still, and of vacancy at which rents do,
 * are those of the standing-still pass (docs/MODEL.md section 8); until it has measured them, the
 * means since the start of the last FLYT_MARKET_MEMORY months.
 */
#ifndef FLYT_MARKET_H
#define FLYT_MARKET_H

#include "models/market_price.h"
#include "models/prices.h"

#define FLYT_MARKET_MEMORY 120 /* months */

/** Working state, in the run's arena. Owner markets: flyt_prices_market(). */
struct flyt_market {
    uint32_t n_owner;       /* municipalities x house types */
    double *log_price;      /* [12][n_owner] ln price index of the last twelve months, by month */
    double *usual_pressure; /* [n_owner] buyers per listing */
    double *usual_vacancy;  /* [n_municipalities] of private rental */
    bool measured;          /* by the pass: the usual levels do not move any more, but for
                               vacancy's by params->vacancy_memory */
    double income_start;    /* mean disposable income at the start, DKK a month */
    double income;          /* of this January, over that at the start */
    double wage_start;      /* wage index at the start */
};

/** @brief Takes world->market. Prices and incomes must stand. */
FLYT_NODISCARD enum flyt_status flyt_market_create(struct flyt_world *world);

/** @brief Walks the year's prices, what is usual, incomes. */
void flyt_market_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief January: mean income. Parallel. Memory: step arena. */
FLYT_NODISCARD enum flyt_status flyt_market_year(struct flyt_world *world);

/**
 * @brief Month's end: rents and prices move, levels are anew for the next month. Serial.
 * @param buyers, listings  [n_owner] new ones this month.
 */
void flyt_market_step(struct flyt_world *world, const int64_t *buyers, const int64_t *listings);

/** @brief Reports a loop of prices that would explode, and rows of the stock plan that cannot be.
 */
void flyt_market_check(const struct flyt_scenario *scenario, struct flyt_diag *diag);

#endif
