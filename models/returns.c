#include "models/returns.h"

#include "models/ledger.h"
#include "models/livelihood.h"

/** Sums a revenue is divided by. */
struct bases {
    int64_t households, adults, income; /* income above the allowances, øre a month */
};

static struct bases sum_bases(const struct flyt_world *world)
{
    struct bases sum = {0};
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        sum.households++;
        sum.adults += flyt_people_adults(&world->households.row[i]);
        sum.income += flyt_livelihood_income(world, i).tax_base;
    }
    return sum;
}

static int64_t divide(int64_t amount, int64_t by)
{
    return by > 0 ? amount / by : 0;
}

/** Share of rents of so much a month; the state pays no more than all of it. */
static double share_of(int64_t amount, int64_t rents)
{
    return rents > amount ? (double)amount / (double)rents : rents > 0 ? 1.0 : 0.0;
}

struct flyt_returns flyt_returns_of(const struct flyt_world *world, enum flyt_returns_way way,
                                    int64_t sum_ore)
{
    struct flyt_returns returns = {0};
    int64_t month = sum_ore / 12;
    if (way == FLYT_RETURNS_none || month <= 0) {
        return returns;
    }
    struct bases bases = sum_bases(world);
    int64_t almen = flyt_ledger_total(world->ledger, FLYT_ACCOUNT_almen_rent) -
                    flyt_ledger_total(world->ledger, FLYT_ACCOUNT_rent_lowered);
    int64_t private = flyt_ledger_total(world->ledger, FLYT_ACCOUNT_private_rent);
    switch (way) {
    case FLYT_RETURNS_lump_sum:
        returns.household = divide(month, bases.households);
        break;
    case FLYT_RETURNS_almen_rents:
        returns.almen_rent = share_of(month, almen);
        break;
    case FLYT_RETURNS_all_rents:
        returns.almen_rent = returns.private_rent = share_of(month, almen + private);
        break;
    case FLYT_RETURNS_tax_adult:
        returns.adult = divide(month, bases.adults);
        break;
    case FLYT_RETURNS_tax_share:
        returns.share = divide(month * FLYT_RETURNS_PARTS, bases.income);
        break;
    case FLYT_RETURNS_none:
        break;
    }
    return returns;
}

bool flyt_returns_any(const struct flyt_returns *returns)
{
    return returns->household > 0 || returns->adult > 0 || returns->share > 0 ||
           returns->almen_rent > 0.0 || returns->private_rent > 0.0;
}

int64_t flyt_returns_paid(const struct flyt_world *world)
{
    return flyt_ledger_total(world->ledger, FLYT_ACCOUNT_revenue_returned) +
           flyt_ledger_total(world->ledger, FLYT_ACCOUNT_rent_returned);
}
