/**
 * @file market_check.c
 * @brief What must hold of the parameters of the market and of the stock plan before a run.
 */

#include "models/housing_parts.h"
#include "models/market.h"
#include "models/params.h"
#include "models/stock.h"
#include "models/usercost.h"

/** User cost over the price of a home of the middle, bought by two adults. */
static double user_cost(const struct flyt_params *params)
{
    const double price = 2000000.0; /* below the limits of taxes and deductions */
    struct flyt_usercost_home home = {
        .price_dkk = price,
        .debt_dkk = params->usercost.loan_share * price,
        .frozen_dkk = params->usercost.frozen_share * price,
        .interest = params->prices.interest_rate + params->prices.contribution,
        .land_tax = flyt_usercost_land_tax(&params->usercost, params->usercost.land_rate),
        .adults = 2};
    struct flyt_usercost cost = flyt_usercost_of(&params->usercost, &home);
    return flyt_usercost_sum(&cost) / price;
}

/** Reports the first year in which the loop of prices would come near exploding. */
static void check_gain(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    for (uint32_t k = 0; k < scenario->years; k++) {
        struct flyt_params params;
        int32_t year = scenario->start_year + (int32_t)k;
        flyt_scenario_params(scenario, year, &params);
        double gain =
            flyt_market_gain(&params.market, params.usercost.growth_weight, user_cost(&params));
        if (params.market.prices_move && gain > FLYT_MARKET_GAIN_MOST) {
            flyt_diag_fault(
                diag, FLYT_ERR_SCENARIO, (struct flyt_place){scenario->name, 0, 0},
                "in %d the loop of prices has a gain of %.2f; above %.1f prices may explode: lower"
                " market.price_trend, market.price_pull, market.capitalisation or"
                " usercost.growth_weight",
                "i %d har prisernes selvforstærkning en styrke på %.2f; over %.1f kan priserne"
                " eksplodere: sænk market.price_trend, market.price_pull, market.capitalisation"
                " eller usercost.growth_weight",
                year, gain, FLYT_MARKET_GAIN_MOST);
            return;
        }
    }
}

/** Homes of a section that the plan takes away, up to and with a row. */
static double taken(const struct flyt_table *plan, uint32_t row)
{
    const double *section = flyt_table_values(plan, "section");
    const double *homes = flyt_table_values(plan, "homes");
    const double *change = flyt_table_values(plan, "change");
    double sum = 0.0;
    for (uint32_t i = 0; i <= row; i++) {
        sum += section[i] == section[row] && change[i] != FLYT_STOCK_build ? homes[i] : 0.0;
    }
    return sum;
}

static void check_plan_row(const struct flyt_scenario *scenario, uint32_t row,
                           struct flyt_diag *diag)
{
    const struct flyt_table *plan = &scenario->table[FLYT_TABLE_stock_plan];
    const struct flyt_table *sections = &scenario->table[FLYT_TABLE_sections];
    uint32_t change = (uint32_t)flyt_table_values(plan, "change")[row];
    double to = flyt_table_values(plan, "to_section")[row];
    bool named = to < (double)FLYT_NONE; /* NaN or FLYT_NONE: empty */
    if (named != (change == FLYT_STOCK_convert)) {
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO,
                        flyt_table_place(plan, row, flyt_table_column(plan, "to_section")),
                        "to_section is for homes that are converted, and only for them",
                        "to_section er for boliger, der ommærkes (convert), og kun for dem");
        return;
    }
    uint32_t section = (uint32_t)flyt_table_values(plan, "section")[row];
    double homes = flyt_table_values(sections, "homes")[section];
    if (change != FLYT_STOCK_build && taken(plan, row) > homes) {
        flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO, flyt_table_place(plan, row, flyt_table_column(plan, "homes")),
            "the plan takes %.0f homes of a section that has %.0f",
            "planen tager %.0f boliger i en afdeling, der har %.0f", taken(plan, row), homes);
    }
}

void flyt_market_check(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    if (!scenario->values_broken) {
        check_gain(scenario, diag);
    }
    if (!scenario->table[FLYT_TABLE_stock_plan].sound) {
        return;
    }
    for (uint32_t row = 0; row < scenario->table[FLYT_TABLE_stock_plan].n_rows; row++) {
        check_plan_row(scenario, row, diag);
    }
}
