#include "models/sale.h"

#include "models/ledger.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/prices.h"

static int64_t price_of(const struct flyt_world *world, const struct flyt_household *row)
{
    bool own = world->prices != NULL && world->ledger != NULL && row->home != FLYT_NONE &&
               !(row->flags & FLYT_HIDDEN);
    return own ? flyt_prices_home_ore(world, row) : 0;
}

int64_t flyt_sale_gains_tax(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    double rate = world->params == NULL ? 0.0 : world->params->usercost.gains_tax;
    if (rate <= 0.0 || row->home == FLYT_NONE ||
        world->sections.tenure[row->section] != FLYT_TENURE_owner) {
        return 0;
    }
    int64_t paid = world->households.cold[household].price_ore, price = price_of(world, row);
    return paid > 0 && price > paid ? (int64_t)(rate * (double)(price - paid) + 0.5) : 0;
}

/** A share in an almen home is paid back in cash (models/career.h), and placed in the bank. */
static void repay(struct flyt_world *world, uint32_t desk, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    int64_t amount = world->ledger == NULL || row->home == FLYT_NONE || row->flags & FLYT_HIDDEN
                         ? 0
                         : flyt_policies_repay(world, household);
    if (amount > 0) {
        uint32_t tenure = world->sections.tenure[row->section];
        flyt_ledger_pay(world, desk, FLYT_ACCOUNT_equity_repaid, tenure, amount);
        flyt_ledger_pay(world, desk, FLYT_ACCOUNT_savings_placed, tenure, amount);
        row->savings_ore += amount;
    }
    world->households.cold[household].equity_ore = 0;
}

void flyt_sale_sell(struct flyt_world *world, uint32_t desk, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    int64_t price = price_of(world, row), debt = cold->debt_ore;
    int64_t tax = flyt_sale_gains_tax(world, household), left = price - debt - tax;
    repay(world, desk, household);
    if (price == 0 && debt == 0) {
        return;
    }
    uint32_t tenure = world->sections.tenure[row->section];
    flyt_ledger_pay(world, desk, FLYT_ACCOUNT_home_sold, tenure, price);
    flyt_ledger_pay(world, desk, FLYT_ACCOUNT_loan_repaid, tenure, debt);
    flyt_ledger_pay(world, desk, FLYT_ACCOUNT_gains_tax, tenure, tax);
    if (tax > 0) {
        flyt_policies_taxed(world, desk, household, tax);
    }
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
