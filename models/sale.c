#include "models/sale.h"

#include "models/ledger.h"
#include "models/prices.h"

static int64_t price_of(const struct flyt_world *world, const struct flyt_household *row)
{
    bool own = world->prices != NULL && world->ledger != NULL && row->home != FLYT_NONE &&
               !(row->flags & FLYT_HIDDEN);
    return own ? flyt_prices_price_ore(world, row->home) : 0;
}

void flyt_sale_sell(struct flyt_world *world, uint32_t desk, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    int64_t price = price_of(world, row), debt = cold->debt_ore, left = price - debt;
    if (price == 0 && debt == 0) {
        return;
    }
    uint32_t tenure = world->sections.tenure[row->section];
    flyt_ledger_pay(world, desk, FLYT_ACCOUNT_home_sold, tenure, price);
    flyt_ledger_pay(world, desk, FLYT_ACCOUNT_loan_repaid, tenure, debt);
    flyt_ledger_pay(world, desk,
                    left >= 0 ? FLYT_ACCOUNT_savings_placed : FLYT_ACCOUNT_savings_drawn, tenure,
                    left >= 0 ? left : -left);
    row->savings_ore += left;
    cold->debt_ore = cold->price_ore = 0;
}

void flyt_sale_buy(struct flyt_world *world, uint32_t desk, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    int64_t price = price_of(world, row), savings = row->savings_ore > 0 ? row->savings_ore : 0;
    if (price == 0) {
        return;
    }
    uint32_t tenure = world->sections.tenure[row->section];
    int64_t drawn = savings < price ? savings : price;
    flyt_ledger_pay(world, desk, FLYT_ACCOUNT_savings_drawn, tenure, drawn);
    flyt_ledger_pay(world, desk, FLYT_ACCOUNT_loan_drawn, tenure, price - drawn);
    flyt_ledger_pay(world, desk, FLYT_ACCOUNT_home_bought, tenure, price);
    row->savings_ore -= drawn;
    cold->price_ore = price;
    cold->debt_ore += price - drawn;
}
