#include "tests/unit/market_fixture.h"

static struct market market;

static void setup(void)
{
    market_open(&market, 4000, 3, market_plain);
}

static void teardown(void)
{
    market_close(&market);
}

TestSuite(sale, .init = setup, .fini = teardown);

static int64_t paid(enum flyt_account account)
{
    return market.world->ledger->once[0].amount[account][FLYT_TENURE_owner];
}

Test(sale, who_sells_repays_the_debt_and_saves_the_rest)
{
    struct flyt_world *world = market.world;
    uint32_t owner = market_household(world, FLYT_TENURE_owner);
    struct flyt_household *row = &world->households.row[owner];
    int64_t price = flyt_prices_home_ore(world, row), savings = row->savings_ore;
    world->households.cold[owner].debt_ore = 30000000;
    memset(&world->ledger->once[0], 0, sizeof world->ledger->once[0]);
    flyt_sale_sell(world, 0, owner);
    cr_expect_gt(price, 30000000);
    cr_expect_eq(row->savings_ore, savings + price - 30000000);
    cr_expect_eq(world->households.cold[owner].debt_ore, 0);
    cr_expect_eq(paid(FLYT_ACCOUNT_home_sold), price);
    cr_expect_eq(paid(FLYT_ACCOUNT_loan_repaid), 30000000);
    cr_expect_eq(paid(FLYT_ACCOUNT_savings_placed), price - 30000000);
    cr_expect_eq(paid(FLYT_ACCOUNT_savings_drawn), 0);
}

Test(sale, who_owes_more_than_the_price_pays_from_savings)
{
    struct flyt_world *world = market.world;
    uint32_t owner = market_household(world, FLYT_TENURE_owner);
    struct flyt_household *row = &world->households.row[owner];
    int64_t price = flyt_prices_home_ore(world, row), savings = row->savings_ore;
    world->households.cold[owner].debt_ore = price + 500;
    memset(&world->ledger->once[0], 0, sizeof world->ledger->once[0]);
    flyt_sale_sell(world, 0, owner);
    cr_expect_eq(row->savings_ore, savings - 500);
    cr_expect_eq(paid(FLYT_ACCOUNT_savings_drawn), 500);
    cr_expect_eq(paid(FLYT_ACCOUNT_savings_placed), 0);
}

Test(sale, who_buys_puts_in_all_savings_and_borrows_the_rest)
{
    struct flyt_world *world = market.world;
    uint32_t owner = market_household(world, FLYT_TENURE_owner);
    struct flyt_household *row = &world->households.row[owner];
    int64_t price = flyt_prices_home_ore(world, row);
    world->households.cold[owner].debt_ore = 0;
    row->savings_ore = price / 10;
    memset(&world->ledger->once[0], 0, sizeof world->ledger->once[0]);
    flyt_sale_buy(world, 0, owner);
    cr_expect_eq(row->savings_ore, 0);
    cr_expect_eq(world->households.cold[owner].price_ore, price);
    cr_expect_eq(world->households.cold[owner].debt_ore, price - price / 10);
    cr_expect_eq(paid(FLYT_ACCOUNT_home_bought), price);
    cr_expect_eq(paid(FLYT_ACCOUNT_savings_drawn), price / 10);
    cr_expect_eq(paid(FLYT_ACCOUNT_loan_drawn), price - price / 10);
}

Test(sale, tenants_guests_and_worlds_without_prices_sell_nothing)
{
    struct flyt_world *world = market.world;
    uint32_t tenant = market_household(world, FLYT_TENURE_private_rental);
    uint32_t owner = market_household(world, FLYT_TENURE_owner);
    memset(&world->ledger->once[0], 0, sizeof world->ledger->once[0]);
    flyt_sale_sell(world, 0, tenant);
    flyt_sale_buy(world, 0, tenant);
    world->households.row[owner].flags |= FLYT_HIDDEN;
    world->households.cold[owner].debt_ore = 0;
    flyt_sale_sell(world, 0, owner);
    world->households.row[owner].flags = 0;
    world->prices = NULL;
    flyt_sale_sell(world, 0, owner);
    static const struct flyt_ledger_sheet nothing;
    cr_expect_eq(memcmp(&world->ledger->once[0], &nothing, sizeof nothing), 0);
}

Test(sale, debts_are_what_was_lent_less_what_was_repaid)
{
    struct flyt_world *world = market.world;
    int64_t debt[2] = {0, 0}, lent = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        debt[0] += world->households.cold[i].debt_ore;
    }
    for (uint32_t month = 0; month < 12; month++) {
        flyt_arena_empty(&market.step_arena);
        cr_assert_eq(flyt_housing_model.month(world, month), FLYT_OK, "%s",
                     market.diag.fault[0].text);
        lent += flyt_ledger_total(world->ledger, FLYT_ACCOUNT_loan_drawn) -
                flyt_ledger_total(world->ledger, FLYT_ACCOUNT_loan_repaid);
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        debt[1] += world->households.cold[i].debt_ore;
    }
    cr_expect_eq(debt[1] - debt[0], lent);
    cr_expect_gt(flyt_ledger_total(world->ledger, FLYT_ACCOUNT_home_bought), 0);
}
