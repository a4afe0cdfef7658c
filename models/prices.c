#include "models/prices.h"

#include <math.h>

#include "models/credit.h"
#include "models/housing_parts.h"
#include "models/params.h"
#include "models/usercost.h"

static enum flyt_status take(struct flyt_prices *prices, struct flyt_arena *arena)
{
    size_t n = prices->n_municipalities, n_sections = prices->n_sections;
    double **by_house[] = {&prices->price_index, &prices->growth, &prices->user_cost,
                           &prices->user_cost_start, &prices->mean_price};
    double **by_place[] = {&prices->rent_index, &prices->land_rate_old, &prices->land_rate};
    double **by_section[] = {&prices->rent_start, &prices->price_start};
    bool ok = true;
    for (size_t i = 0; i < FLYT_COUNT(by_house); i++) {
        ok &= (*by_house[i] = FLYT_ARENA_ZERO(arena, double, n *FLYT_N_HOUSES)) != NULL;
    }
    for (size_t i = 0; i < FLYT_COUNT(by_place); i++) {
        ok &= (*by_place[i] = FLYT_ARENA_ZERO(arena, double, n)) != NULL;
    }
    for (size_t i = 0; i < FLYT_COUNT(by_section); i++) {
        ok &= (*by_section[i] = FLYT_ARENA_ZERO(arena, double, n_sections)) != NULL;
    }
    ok &= (prices->now = FLYT_ARENA_ZERO(arena, struct flyt_price_level, n_sections)) != NULL;
    ok &= (prices->booked = FLYT_ARENA_ZERO(arena, struct flyt_price_level, n_sections)) != NULL;
    return ok ? FLYT_OK : FLYT_ERR_MEMORY;
}

/** Rents, prices and land tax rates of the scenario's tables. */
static void read_tables(const struct flyt_world *world, const struct flyt_scenario *scenario,
                        struct flyt_prices *prices)
{
    const struct flyt_table *table = scenario->table;
    const double *rent = flyt_table_values(&table[FLYT_TABLE_sections], "rent_dkk_m2_year");
    const double *price = flyt_table_values(&table[FLYT_TABLE_sections], "price_dkk_m2");
    const double *old = flyt_table_values(&table[FLYT_TABLE_municipalities], "land_tax_2023");
    const double *new = flyt_table_values(&table[FLYT_TABLE_municipalities], "land_tax_2024");
    for (uint32_t s = 0; s < prices->n_sections; s++) {
        bool owner = world->sections.tenure[s] == FLYT_TENURE_owner;
        bool coop = world->sections.tenure[s] == FLYT_TENURE_cooperative;
        prices->rent_start[s] = owner ? 0.0 : rent[world->sections.table_row[s]];
        prices->price_start[s] = owner || coop ? price[world->sections.table_row[s]] : 0.0;
    }
    for (uint32_t m = 0; m < prices->n_municipalities; m++) {
        prices->land_rate_old[m] = old[m] / 1000.0; /* per mille; empty: NaN */
        prices->land_rate[m] = new[m] / 1000.0;
    }
}

/** The mean price of each market's homes, in dwelling order. */
static void measure_mean_prices(const struct flyt_world *world, struct flyt_prices *prices)
{
    enum { MEAN_HOME = 2000000 }; /* DKK, where a market has no home */
    for (uint32_t i = 0; i < prices->n_municipalities * FLYT_N_HOUSES; i++) {
        double sum = 0.0, n = 0.0;
        for (uint32_t s = 0; s < prices->n_sections; s++) {
            if (world->sections.tenure[s] != FLYT_TENURE_owner ||
                world->sections.municipality[s] != i / FLYT_N_HOUSES) {
                continue;
            }
            for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
                if (flyt_prices_house(world->dwellings.rooms[d]) == i % FLYT_N_HOUSES) {
                    sum += prices->price_start[s] * world->dwellings.area_m2[d];
                    n += 1.0;
                }
            }
        }
        prices->mean_price[i] = sum > 0.0 ? sum / n : MEAN_HOME;
    }
}

static double land_tax(const struct flyt_world *world, uint32_t municipality)
{
    const struct flyt_usercost_params *params = &world->params->usercost;
    const double *rate =
        params->land_law_2024 ? world->prices->land_rate : world->prices->land_rate_old;
    return flyt_usercost_land_tax(params, rate[municipality]);
}

/** From the frozen base towards the current one. */
static double thawed(const struct flyt_usercost_params *law, double frozen, double current)
{
    return law->thaw > 0.0 && current > frozen ? frozen + law->thaw * (current - frozen) : frozen;
}

double flyt_prices_frozen(const struct flyt_prices *prices, const struct flyt_usercost_params *law,
                          uint32_t section, const double *price_m2)
{
    double dearer = price_m2[FLYT_HOUSE_flat] > price_m2[FLYT_HOUSE_house]
                        ? price_m2[FLYT_HOUSE_flat]
                        : price_m2[FLYT_HOUSE_house];
    return law->freeze ? thawed(law, prices->price_start[section] * prices->frozen_share,
                                law->taxed_share * dearer)
                       : INFINITY;
}

static void refresh_level(const struct flyt_world *world, uint32_t section)
{
    const struct flyt_usercost_params *usercost = &world->params->usercost;
    struct flyt_prices *prices = world->prices;
    struct flyt_price_level *level = &prices->now[section];
    uint32_t municipality = world->sections.municipality[section];
    level->tenure = world->sections.tenure[section];
    bool owner = level->tenure == FLYT_TENURE_owner;
    double index = level->tenure == FLYT_TENURE_private_rental
                       ? prices->rent_index[municipality]
                       : prices->regulated / prices->regulated_start;
    level->rent_m2_year = prices->rent_start[section] * index;
    level->land_tax = owner ? land_tax(world, municipality) : 0.0;
    for (uint32_t house = 0; house < FLYT_N_HOUSES; house++) {
        uint32_t market = flyt_prices_market(municipality, house);
        level->price_m2[house] =
            prices->price_start[section] * (owner ? prices->price_index[market] : 1.0);
        level->own[house] =
            owner ? flyt_usercost_own(usercost, prices->interest, level->land_tax,
                                      prices->growth[market], false)
                  : flyt_usercost_own(usercost, prices->bank.interest, 0.0, 0.0, true);
    }
    level->frozen_m2 = flyt_prices_frozen(prices, usercost, section, level->price_m2);
}

/** User cost over the price of a market's mean home, bought by two adults. */
static double market_cost(const struct flyt_world *world, uint32_t market)
{
    const struct flyt_usercost_params *params = &world->params->usercost;
    const struct flyt_prices *prices = world->prices;
    double start = prices->mean_price[market], price = start * prices->price_index[market];
    double own =
        flyt_usercost_own(params, prices->interest, land_tax(world, market / FLYT_N_HOUSES),
                          prices->growth[market], false);
    return flyt_usercost_at(&prices->mortgage, own, price, params->loan_share * price,
                            params->freeze ? thawed(params, start * prices->frozen_share,
                                                    params->taxed_share * price)
                                           : INFINITY,
                            2) /
           price;
}

void flyt_prices_refresh(struct flyt_world *world)
{
    struct flyt_prices *prices = world->prices;
    for (uint32_t s = 0; s < prices->n_sections; s++) {
        refresh_level(world, s);
    }
    for (uint32_t i = 0; i < prices->n_municipalities * FLYT_N_HOUSES; i++) {
        prices->user_cost[i] = market_cost(world, i);
    }
}

void flyt_prices_year(struct flyt_world *world)
{
    const struct flyt_params *params = world->params;
    struct flyt_prices *prices = world->prices;
    double bank = params->prices.interest_rate + params->usercost.bank_spread;
    double deduction = params->usercost.deduction_low;
    prices->interest = params->prices.interest_rate + params->prices.contribution;
    prices->mortgage = flyt_usercost_terms(&params->usercost, prices->interest, false);
    prices->bank = flyt_usercost_terms(&params->usercost, bank, true);
    prices->payment = flyt_credit_payment(&params->credit, prices->interest, deduction);
    prices->bank_payment = flyt_credit_payment(&params->credit, bank, deduction);
    prices->regulated = params->prices.regulated_rent;
    prices->rent_paid[FLYT_TENURE_almen] = 1.0 - params->returns.almen_rent;
    prices->rent_paid[FLYT_TENURE_private_rental] = 1.0 - params->returns.private_rent;
    prices->rent_paid[FLYT_TENURE_cooperative] = prices->rent_paid[FLYT_TENURE_owner] = 1.0;
    flyt_prices_refresh(world);
    for (uint32_t s = 0; s < prices->n_sections; s++) {
        prices->booked[s] = prices->now[s];
    }
}

enum flyt_status flyt_prices_create(struct flyt_world *world)
{
    struct flyt_prices *prices = FLYT_ARENA_ZERO(world->run_arena, struct flyt_prices, 1);
    if (prices == NULL) {
        return FLYT_ERR_MEMORY;
    }
    prices->n_sections = world->sections.n;
    prices->n_municipalities = world->municipalities.n;
    FLYT_TRY(take(prices, world->run_arena));
    for (uint32_t m = 0; m < prices->n_municipalities; m++) {
        prices->rent_index[m] = 1.0;
        prices->land_rate_old[m] = prices->land_rate[m] = NAN;
    }
    for (uint32_t i = 0; i < prices->n_municipalities * FLYT_N_HOUSES; i++) {
        prices->price_index[i] = 1.0;
    }
    world->prices = prices;
    return FLYT_OK;
}

void flyt_prices_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_prices *prices = world->prices;
    size_t n = prices->n_municipalities, n_owner = n * FLYT_N_HOUSES,
           n_sections = prices->n_sections;
    FLYT_ARCHIVE_ARRAY(archive, "prices.rent_index", prices->rent_index, n);
    FLYT_ARCHIVE_ARRAY(archive, "prices.price_index", prices->price_index, n_owner);
    FLYT_ARCHIVE_ARRAY(archive, "prices.growth", prices->growth, n_owner);
    FLYT_ARCHIVE_ARRAY(archive, "prices.user_cost", prices->user_cost, n_owner);
    FLYT_ARCHIVE_ARRAY(archive, "prices.user_cost_start", prices->user_cost_start, n_owner);
    FLYT_ARCHIVE_VALUE(archive, "prices.interest", prices->interest);
    FLYT_ARCHIVE_VALUE(archive, "prices.mortgage", prices->mortgage);
    FLYT_ARCHIVE_VALUE(archive, "prices.bank", prices->bank);
    FLYT_ARCHIVE_VALUE(archive, "prices.payment", prices->payment);
    FLYT_ARCHIVE_VALUE(archive, "prices.bank_payment", prices->bank_payment);
    FLYT_ARCHIVE_VALUE(archive, "prices.regulated", prices->regulated);
    FLYT_ARCHIVE_VALUE(archive, "prices.frozen_share", prices->frozen_share);
    FLYT_ARCHIVE_VALUE(archive, "prices.rent_paid", prices->rent_paid);
    FLYT_ARCHIVE_ARRAY(archive, "prices.now", prices->now, n_sections);
    FLYT_ARCHIVE_ARRAY(archive, "prices.booked", prices->booked, n_sections);
}

void flyt_prices_begin(struct flyt_world *world)
{
    struct flyt_prices *prices = world->prices;
    measure_mean_prices(world, prices);
    prices->frozen_share = world->params->usercost.frozen_share;
    prices->regulated_start = world->params->prices.regulated_rent;
    flyt_prices_year(world);
    for (uint32_t i = 0; i < prices->n_municipalities * FLYT_N_HOUSES; i++) {
        prices->user_cost_start[i] = prices->user_cost[i];
    }
}

enum flyt_status flyt_prices_start(struct flyt_world *world, const struct flyt_scenario *scenario)
{
    FLYT_TRY(flyt_prices_create(world));
    read_tables(world, scenario, world->prices);
    flyt_prices_begin(world);
    return FLYT_OK;
}

int64_t flyt_prices_rent_at(const struct flyt_world *world, uint32_t section, uint32_t area_m2)
{
    const struct flyt_price_level *level = &world->prices->now[section];
    return (int64_t)(level->rent_m2_year * area_m2 * 100.0 / 12.0 + 0.5);
}

int64_t flyt_prices_price_at(const struct flyt_world *world, uint32_t section, uint32_t area_m2,
                             uint32_t rooms)
{
    const struct flyt_price_level *level = &world->prices->now[section];
    return (int64_t)(level->price_m2[flyt_prices_house(rooms)] * area_m2 * 100.0 + 0.5);
}

int64_t flyt_prices_rent_ore(const struct flyt_world *world, uint32_t dwelling)
{
    return flyt_prices_rent_at(world, world->dwellings.section[dwelling],
                               world->dwellings.area_m2[dwelling]);
}

int64_t flyt_prices_home_ore(const struct flyt_world *world, const struct flyt_household *row)
{
    return flyt_prices_price_at(world, row->section, world->dwellings.area_m2[row->home],
                                world->dwellings.rooms[row->home]);
}
