/**
 * @file cost.h
 * @brief What a home costs a household a month, whether it may take it, and what it pays in cash.
 *
 * Ties benefit.h, usercost.h and credit.h to prices.h. Rentals: rent less housing benefit; of a
 * rent that the state pays a part of (returns.h), the rest counts, for the benefit too; of an almen
 * home of which a policy asks less than the section's rent (policy.h), what is asked.
 * Co-operatives: fee and interest on the share. Owner homes: user cost. Who has wealth puts it all
 * into the home: the debt is the price less savings and what is left of the home it sells.
 *
 * For choice: make a flyt_cost_household once per household, then ask for many homes; a question
 * is a few dozen arithmetic operations and reads one cache line of prices (tests/bench/bench_cost).
 */
#ifndef FLYT_COST_H
#define FLYT_COST_H

#include "models/benefit.h"
#include "models/credit.h"
#include "models/income.h"
#include "models/prices.h"
#include "models/usercost.h"

/** What cost depends on of a household; DKK a year. */
struct flyt_cost_household {
    struct flyt_benefit_terms benefit;
    double gross, disposable;
    double wealth; /* DKK: savings, and what is left of its own home when it is sold */
    uint32_t adults;
};

/** @brief The household as it stands this month. Also of one outside or hidden. */
struct flyt_cost_household flyt_cost_household(const struct flyt_world *world, uint32_t household);

/* These are asked for every pair of a household and a home, so they are here to be inlined. */

/** @brief Øre a month, nearest, of kroner a year; absurd prices stop where an int32 would overflow.
 */
static inline int32_t flyt_cost_ore_month(double dkk_year_)
{
    const double most = 2e9;
    double ore = dkk_year_ * (100.0 / 12.0) + (dkk_year_ < 0.0 ? -0.5 : 0.5);
    ore = ore < most ? ore : most;
    return (int32_t)(ore > -most ? ore : -most);
}

/** @brief Monthly cost of a home for the household at the prices of now, øre, net of housing
 *         benefit. Of an owner's home the user cost, which may be negative. @param asked  share of
 *         the section's rent that is asked of the home. */
static inline int32_t flyt_cost_month_asked(const struct flyt_world *world,
                                            const struct flyt_cost_household *who, uint32_t section,
                                            uint32_t area_m2, uint32_t rooms, double asked)
{
    const struct flyt_prices *prices = world->prices;
    const struct flyt_price_level *level = &prices->now[section];
    double area = area_m2, rent_m2 = level->rent_m2_year * prices->rent_paid[level->tenure] * asked,
           rent = rent_m2 * area;
    if (level->tenure == FLYT_TENURE_almen || level->tenure == FLYT_TENURE_private_rental) {
        return flyt_cost_ore_month(rent - flyt_benefit_at(&who->benefit, rent_m2, area,
                                                          level->tenure == FLYT_TENURE_almen));
    }
    enum flyt_house house = flyt_prices_house(rooms);
    double price = level->price_m2[house] * area, debt = flyt_credit_debt(price, who->wealth);
    return flyt_cost_ore_month(
        rent +
        flyt_usercost_at(level->tenure == FLYT_TENURE_owner ? &prices->mortgage : &prices->bank,
                         level->own[house], price, debt, level->frozen_m2 * area, who->adults));
}

/** @brief The same at the whole rent. */
static inline int32_t flyt_cost_month(const struct flyt_world *world,
                                      const struct flyt_cost_household *who, uint32_t section,
                                      uint32_t area_m2, uint32_t rooms)
{
    return flyt_cost_month_asked(world, who, section, area_m2, rooms, 1.0);
}

/** @brief Whether the household may take a home of the section: down payment, debt factor and
 *         stressed payment of an owner's home or a share; deposit of a rental. */
bool flyt_cost_allows(const struct flyt_world *world, const struct flyt_cost_household *who,
                      uint32_t section, uint32_t area_m2, uint32_t rooms);

/** What a household pays and is paid for its home in a month of this calendar year, øre, all >= 0.
 *  Named as in the ledger. At the levels of January, from the household's actual debt. */
struct flyt_cost_flows {
    int32_t almen_rent, private_rent, coop_fee;
    int32_t boligsikring, boligydelse;
    int32_t rent_returned; /* what the state pays of the rent: returns.h */
    int32_t rent_lowered;  /* what the organisation asks less of this home than of others */
    int32_t upkeep_spared; /* running costs that it is spared for it; the household pays no krone */
    int32_t interest, interest_deduction, property_tax, land_tax, upkeep;
};

/**
 * @brief The flows of a household that lives in the world.
 *
 * All 0 for a hidden household (its host pays) and in a world without prices. Depends on the row,
 * its debt and the year only, so it is the same from January to December until one of them changes.
 * @param income  the household's flows of income, flyt_livelihood_income(); read only of a tenant.
 */
struct flyt_cost_flows flyt_cost_flows(const struct flyt_world *world, uint32_t household,
                                       const struct flyt_income *income);

/** Those of an owner's flows, and a member's of a co-operative, that the law on owners sets. */
struct flyt_cost_lawful {
    int32_t interest_deduction, property_tax, upkeep;
};

/**
 * @brief These by any law: by the year's, and the section's frozen base, the same as
 *        flyt_cost_flows() tells.
 * @param household  lives in an owner's home or a co-operative, and is not hidden.
 * @param frozen_m2  base of the property value tax at most: flyt_prices_frozen().
 */
struct flyt_cost_lawful flyt_cost_lawful(const struct flyt_world *world, uint32_t household,
                                         const struct flyt_usercost_params *law, double frozen_m2);

/** @brief What the flows cost in all: payments less benefits and deduction, øre. */
int64_t flyt_cost_net(const struct flyt_cost_flows *flows);

#endif
