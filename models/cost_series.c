#include "models/cost_series.h"

#include <math.h>
#include <string.h>

#include "models/kinds.h"
#include "models/ledger.h"
#include "models/prices.h"

/** What a square metre of a dwelling costs, DKK. */
typedef double level_fn(const struct flyt_price_level *level, uint32_t rooms);

static double rent_of(const struct flyt_price_level *level, uint32_t rooms)
{
    (void)rooms;
    return level->rent_m2_year;
}

static double price_of(const struct flyt_price_level *level, uint32_t rooms)
{
    return level->price_m2[flyt_prices_house(rooms)];
}

/** Mean over the floor area of each municipality and kind, in dwelling order. */
static void record_mean(const struct flyt_world *world, level_fn *of, double *row)
{
    uint32_t n = world->municipalities.n * FLYT_N_KINDS;
    for (uint32_t i = 0; i < n; i++) {
        row[i] = NAN;
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        double sum[FLYT_N_KINDS] = {0.0}, area[FLYT_N_KINDS] = {0.0};
        for (uint32_t s = 0; s < world->sections.n; s++) {
            if (world->sections.municipality[s] != m) {
                continue;
            }
            uint32_t kind = world->sections.kind[s];
            for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
                double m2 = world->dwellings.area_m2[d];
                sum[kind] += of(&world->prices->now[s], world->dwellings.rooms[d]) * m2;
                area[kind] += m2;
            }
        }
        for (uint32_t kind = 0; kind < FLYT_N_KINDS; kind++) {
            if (sum[kind] > 0.0) { /* no rent of owners, no price of rentals */
                row[m * FLYT_N_KINDS + kind] = sum[kind] / area[kind];
            }
        }
    }
}

void flyt_cost_record_rent(const void *world, void *row)
{
    record_mean(world, rent_of, row);
}

void flyt_cost_record_price(const void *world, void *row)
{
    record_mean(world, price_of, row);
}

void flyt_cost_record_floor(const void *world_, void *row_)
{
    const struct flyt_world *world = world_;
    int64_t *row = row_;
    memset(row, 0, sizeof *row * world->municipalities.n * FLYT_N_KINDS);
    for (uint32_t d = 0; d < world->dwellings.n; d++) {
        uint32_t s = world->dwellings.section[d];
        if (world->dwellings.occupant[d] != FLYT_CLOSED) {
            row[world->sections.municipality[s] * FLYT_N_KINDS + world->sections.kind[s]] +=
                world->dwellings.area_m2[d];
        }
    }
}

/** What homes cost over disposable income; benefits: as a part of income, not less to pay. */
static void record_burden(const struct flyt_world *world, bool benefits, double *row)
{
    static const int sign[FLYT_N_ACCOUNTS] = {
#define X(name, payer, receiver, ...)                                                              \
    [FLYT_ACCOUNT_##name] = FLYT_PARTY_##receiver == FLYT_PARTY_households ? -1 : 1,
        FLYT_LEDGER_HOUSING(X)
#undef X
            [FLYT_ACCOUNT_rent_returned] = -1,
        [FLYT_ACCOUNT_rent_lowered] = -1,
    };
    struct flyt_ledger_sheet rates = flyt_ledger_rates(world);
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        int64_t cost = benefits ? rates.amount[FLYT_ACCOUNT_boligsikring][t] +
                                      rates.amount[FLYT_ACCOUNT_boligydelse][t]
                                : 0;
        for (uint32_t a = 0; a < FLYT_N_ACCOUNTS; a++) {
            cost += sign[a] * rates.amount[a][t];
        }
        int64_t disposable =
            cost + rates.amount[FLYT_ACCOUNT_consumption][t] + rates.amount[FLYT_ACCOUNT_saving][t];
        row[t] = disposable > 0 ? (double)cost / (double)disposable : NAN;
    }
}

void flyt_cost_record_burden(const void *world, void *row)
{
    record_burden(world, false, row);
}

void flyt_cost_record_rent_burden(const void *world, void *row)
{
    record_burden(world, true, row);
}
