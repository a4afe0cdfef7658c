/* The synthetic world of livelihood_fixture.h with rents, prices and debts. */
#ifndef FLYT_COST_FIXTURE_H
#define FLYT_COST_FIXTURE_H

#include "livelihood_fixture.h"
#include "models/housing_parts.h"
#include "models/params.h"
#include "models/prices.h"

enum { RENT_ALMEN = 750, RENT_PRIVATE = 1000, FEE = 700, SHARE = 8000, PRICE = 15000 };

/** Parameters of all groups at their defaults, in the arena. */
static inline struct flyt_params *default_all(void)
{
    struct flyt_params *params = FLYT_ARENA_ZERO(&arena, struct flyt_params, 1);
    cr_assert(params != NULL);
    for (uint32_t g = 0; g < FLYT_N_GROUPS; g++) {
        const struct flyt_field_group *group = &flyt_housing_groups[g];
        for (uint32_t f = 0; f < group->n_fields; f++) {
            flyt_field_store(&group->field[f], group->field[f].fallback,
                             (char *)params + group->offset);
        }
    }
    return params;
}

/** Everybody is booked anew, as in January. */
static inline void book_all(struct flyt_world *world)
{
    flyt_ledger_reset(world);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        flyt_livelihood_after(world, 0, i);
    }
}

/** Homes of 2 to 5 rooms and 20 m2 each; half of the owners and of the share holders in debt. */
static inline struct flyt_world make_priced_world(uint32_t n, struct flyt_params *params)
{
    struct flyt_par two_threads = {2, 16, 0};
    struct flyt_world world = make_world(n, two_threads, &params->livelihood);
    world.params = params;
    for (uint32_t s = 0; s <= world.sections.n; s++) {
        world.sections.first[s] = 0; /* dwellings do not lie by section here */
    }
    for (uint32_t d = 0; d < n; d++) {
        world.dwellings.rooms[d] = (uint8_t)(2 + draw(d, 60, 4));
        world.dwellings.area_m2[d] = (uint16_t)(20 * world.dwellings.rooms[d]);
        uint32_t tenure = world.sections.tenure[world.dwellings.section[d]];
        int64_t m2 = tenure == FLYT_TENURE_owner         ? PRICE
                     : tenure == FLYT_TENURE_cooperative ? SHARE
                                                         : 0;
        world.households.cold[world.dwellings.occupant[d]].debt_ore =
            draw(d, 61, 2) * m2 * 100 * world.dwellings.area_m2[d] * 7 / 10;
    }
    cr_assert_eq(flyt_prices_create(&world), FLYT_OK);
    static const double rent[] = {RENT_ALMEN, RENT_PRIVATE, FEE, 0};
    static const double price[] = {0, 0, SHARE, PRICE};
    for (uint32_t s = 0; s < world.sections.n; s++) {
        world.prices->rent_start[s] = rent[s % FLYT_N_TENURES];
        world.prices->price_start[s] = price[s % FLYT_N_TENURES];
    }
    world.prices->land_rate_old[0] = 0.0225;
    world.prices->land_rate[0] = 0.0098;
    flyt_prices_begin(&world);
    book_all(&world);
    return world;
}

/** One month of prices, livelihood and ledger. */
static inline enum flyt_status step_priced(struct flyt_world *world)
{
    if (world->month % 12 == 0 && world->month > 0) {
        flyt_prices_year(world);
    }
    return step(world, &world->params->livelihood);
}

/** The k-th household of this tenure in the first municipality. */
static inline uint32_t household_of(const struct flyt_world *world, uint32_t tenure, uint32_t k)
{
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        if (world->households.row[i].section == tenure && k-- == 0) {
            return i;
        }
    }
    cr_assert_fail("no such household");
    return FLYT_NONE;
}

#endif
