/**
 * @file housing.h
 * @brief The housing model: what tenures, types and tables there are, and its working state.
 *
 * First model: real homes and households of real municipalities, the life course, work and incomes,
 * monthly wishes to move and seniority lists. No prices, no letting law, no policies yet.
 */
#ifndef FLYT_HOUSING_H
#define FLYT_HOUSING_H

#include "models/letting.h"
#include "models/people.h"
#include "sim/world.h"

/** name in tables, English, Danish */
#define FLYT_TENURES(X)                                                                            \
    X(almen, "Non-profit (almen)", "Almen")                                                        \
    X(private_rental, "Private rental", "Privat leje")                                             \
    X(cooperative, "Co-operative", "Andel")                                                        \
    X(owner, "Owner", "Ejer")

enum flyt_tenure {
#define X(name, en, da) FLYT_TENURE_##name,
    FLYT_TENURES(X)
#undef X
        FLYT_N_TENURES
};

#define FLYT_TENURE_NAMES "almen|private_rental|cooperative|owner"

/** Dimensions of the output variables, in the model's order. */
enum flyt_housing_dim {
    FLYT_DIM_municipality,
    FLYT_DIM_tenure,
    FLYT_DIM_household_type,
    FLYT_DIM_age,
    FLYT_DIM_sex,
    FLYT_DIM_person_age,
    FLYT_DIM_resource_class,
    FLYT_DIM_area,
    FLYT_DIM_origin,
    FLYT_DIM_criterion,
    FLYT_DIM_group,
    FLYT_DIM_grouping,
    FLYT_DIM_place,
    FLYT_DIM_kind,
    FLYT_DIM_channel,
    FLYT_DIM_single_age,
    FLYT_DIM_mover_age,
    FLYT_DIM_move_distance,
    FLYT_DIM_stay,
    FLYT_DIM_union,
    FLYT_DIM_income_class,
    FLYT_DIM_move_from,
    FLYT_DIM_move_to,
    FLYT_DIM_change,
    FLYT_DIM_destination,
    FLYT_DIM_incidence,
    FLYT_DIM_bought,
    FLYT_N_DIMS
};

#define FLYT_AGE_BANDS 8

/** First age of each band of the dimension age, years. */
extern const uint32_t flyt_housing_age_from[FLYT_AGE_BANDS];

/** Events of this month by market: [n_markets] each. */
struct flyt_month_counts {
    int64_t *moves_out, *moves_in, *waited_months, *given_up;
};

/** What the processes keep between phases and months. Owned by the run's arena. */
struct flyt_housing {
    const struct flyt_scenario *scenario;
    uint32_t n_markets;            /* municipalities x tenures */
    uint32_t *market_first;        /* [n_markets + 1] first dwelling */
    uint32_t *market_section;      /* [n_markets + 1] first section */
    struct flyt_params *this_year; /* what world->params points to */
    double *distance_km;           /* [n_municipalities][n_municipalities] */
    struct flyt_list *candidates;  /* [n_blocks] scratch of the screening; livelihood's, if any */
    struct flyt_list *searching;   /* [n_blocks + 1] who looks for a home, from month to month;
                                          the last list: from outside */
    uint32_t *vacant;        /* [n_dwellings] a section's vacancies from its first dwelling on */
    uint32_t *n_vacant;      /* [n_sections] */
    struct flyt_move *moves; /* [n_dwellings] into a section, from its first dwelling on */
    uint32_t *n_let;         /* [n_sections] moves of this round */
    struct flyt_month_counts counts;
};

extern const struct flyt_model flyt_housing_model;

/** @brief Market of a (municipality, tenure): its sections and dwellings lie together. */
static inline uint32_t flyt_housing_market(uint32_t municipality, uint32_t tenure)
{
    return municipality * FLYT_N_TENURES + tenure;
}

/** @brief The market of a section. */
static inline uint32_t flyt_housing_market_of(const struct flyt_world *world, uint32_t section)
{
    return flyt_housing_market(world->sections.municipality[section],
                               world->sections.tenure[section]);
}

/** @brief Band of the dimension age of so many years. */
static inline uint32_t flyt_housing_age_band(int32_t years)
{
    uint32_t band = 0;
    while (band + 1 < FLYT_AGE_BANDS && years >= (int32_t)flyt_housing_age_from[band + 1]) {
        band++;
    }
    return band;
}

/** @brief Homes of a market now. */
static inline uint32_t flyt_housing_homes(const struct flyt_world *world, uint32_t market)
{
    uint32_t end = world->housing->market_section[market + 1], n = 0;
    for (uint32_t s = world->housing->market_section[market]; s < end; s++) {
        n += world->sections.n_open[s];
    }
    return n;
}

/** @brief Homes of a market that nobody lives in now. */
static inline uint32_t flyt_housing_vacant(const struct flyt_world *world, uint32_t market)
{
    const struct flyt_housing *housing = world->housing;
    uint32_t end = housing->market_section[market + 1], n = 0;
    for (uint32_t s = housing->market_section[market]; s < end; s++) {
        n += housing->n_vacant[s];
    }
    return n;
}

#endif
