/**
 * @file prices.h
 * @brief What homes cost now: rents and prices of each section, indices that move them, interest.
 *
 * Owns the levels, not what moves them: a market changes `rent_index`, `price_index` and `growth`
 * in serial code and then calls flyt_prices_refresh(). All indices are 1 at the start. Levels are
 * kept twice: `now`, for those who look for a home, and `booked`, the levels of January, by which
 * those who live in a home pay the whole year; so the ledger can take out what it put in.
 *
 * Private rents move by municipality, prices by municipality and house type. Almen rents and the
 * fees of co-operatives follow a national index of regulated rents, co-operative shares stay.
 * ASSUMPTION: up to three rooms are a flat, from four a house.
 */
#ifndef FLYT_PRICES_H
#define FLYT_PRICES_H

#include "models/housing.h"
#include "models/usercost.h"
#include "sim/field.h"
#include "sim/scenario.h"

#define PRICES_PARAMS(X)                                                                           \
    X(real, interest_rate, "share/year", 0.043, -0.05, 0.5, assumed,                               \
      "drivers.csv: 30-year mortgages, effective",                                                 \
      "Interest of mortgages before the contribution.", "Realkreditrente før bidrag.")             \
    X(real, contribution, "share/year", 0.0081, 0, 0.1, published, "economics.csv: 2020",          \
      "Contribution to the mortgage bank.", "Bidragssats til realkreditinstituttet.")              \
    X(real, regulated_rent, "1", 1, 0.01, 100, derived, "economics.csv: almen rents; 2024 = 1",    \
      "Index of almen rents and of the fees of co-operatives.",                                    \
      "Indeks for almene huslejer og for boligafgift i andelsboliger.")

struct flyt_prices_params {
#define X(type, name, ...) flyt_##type name;
    PRICES_PARAMS(X)
#undef X
};

enum flyt_house { FLYT_HOUSE_flat, FLYT_HOUSE_house, FLYT_N_HOUSES };

/** @brief Base of the property value tax at most, DKK a m2 of a section's homes at these prices
 *         [FLYT_N_HOUSES]; INFINITY without a freeze. On its way from the frozen to the current
 *         value it is the same for flats and houses: that of the dearer. */
double flyt_prices_frozen(const struct flyt_prices *prices, const struct flyt_usercost_params *law,
                          uint32_t section, const double *price_m2);

/** @brief House type of a home with so many rooms. */
static inline enum flyt_house flyt_prices_house(uint32_t rooms)
{
    return rooms >= 4 ? FLYT_HOUSE_house : FLYT_HOUSE_flat;
}

/** Levels of one section, DKK. */
struct flyt_price_level {
    double rent_m2_year;            /* rent; the fee of a co-operative; owner: 0 */
    double price_m2[FLYT_N_HOUSES]; /* owner: of the home; co-operative: of the share; else 0 */
    double frozen_m2;          /* base of the property value tax at most; no freeze: INFINITY */
    double own[FLYT_N_HOUSES]; /* flyt_usercost_own() of a home or of a share */
    double land_tax;           /* owner: a year over the price */
    uint32_t tenure;           /* enum flyt_tenure */
};

_Static_assert(sizeof(struct flyt_price_level) == 64, "one cache line");

struct flyt_prices {
    uint32_t n_sections, n_municipalities;
    /* what a market moves; [n_municipalities], [n_municipalities * FLYT_N_HOUSES] */
    double *rent_index, *price_index, *growth;
    /* yearly cost of owning over the price, of the market's mean home; same shape as price_index */
    double *user_cost, *user_cost_start;
    double *mean_price; /* DKK at the start; same shape */
    /* this year */
    double interest;                           /* of mortgages, with contribution */
    struct flyt_usercost_terms mortgage, bank; /* of homes; of co-operative shares */
    double payment, bank_payment;              /* stressed, a year on one krone of debt */
    double regulated, regulated_start;         /* index of regulated rents */
    double frozen_share;                       /* of the price at the start */
    double rent_paid[FLYT_N_TENURES];          /* share of the rent that tenants pay: returns.h */
    double *land_rate_old, *land_rate;     /* [n_municipalities] own land tax rate, NaN: national */
    double *rent_start, *price_start;      /* [n_sections] DKK a m2 (and year) */
    struct flyt_price_level *now, *booked; /* [n_sections] */
};

/** @brief Index of a market of owner homes in price_index, growth, user_cost. */
static inline uint32_t flyt_prices_market(uint32_t municipality, enum flyt_house house)
{
    return municipality * FLYT_N_HOUSES + house;
}

/** @brief Takes the prices into world->prices, run arena: indices 1, growth 0, no rents or prices.
 */
FLYT_NODISCARD enum flyt_status flyt_prices_create(struct flyt_world *world);

/** @brief After `rent_start`, `price_start` and the land tax rates were set: mean prices, the law
 * of world->params, levels, user costs at the start. Homes must stand. */
void flyt_prices_begin(struct flyt_world *world);

/** @brief Both, with the levels of the scenario's sections. Sections, homes and params of the world
 *         must stand. */
FLYT_NODISCARD enum flyt_status flyt_prices_start(struct flyt_world *world,
                                                  const struct flyt_scenario *scenario);

/** @brief Walks indices, levels and the year's terms. */
void flyt_prices_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief January: interest and law of world->params, levels anew, `booked` too. Everybody must be
 *         booked anew afterwards: flyt_livelihood_year(), which does so from the second year on. */
void flyt_prices_year(struct flyt_world *world);

/** @brief Levels `now` and user costs from the indices, after these have moved. */
void flyt_prices_refresh(struct flyt_world *world);

/** @brief Rent of a dwelling now (fee in a co-operative), øre a month; 0 for owners. */
int64_t flyt_prices_rent_ore(const struct flyt_world *world, uint32_t dwelling);

/** @brief The same of a home of a section, with so much space; its price with so many rooms. */
int64_t flyt_prices_rent_at(const struct flyt_world *world, uint32_t section, uint32_t area_m2);
int64_t flyt_prices_price_at(const struct flyt_world *world, uint32_t section, uint32_t area_m2,
                             uint32_t rooms);

/** @brief Price now of the home that a household lives in (of the share in a co-operative), øre; 0
 *         for rentals. Reads the section from the row: hidden households and those outside have
 * none. */
int64_t flyt_prices_home_ore(const struct flyt_world *world, const struct flyt_household *row);

#endif
