#include "models/moves.h"

#include "models/housing.h"
#include "models/ledger.h"
#include "models/livelihood.h"
#include "models/params.h"
#include "models/sale.h"
#include "models/search.h"

/** Landsbyggefonden counts homes of which rent is lost: not those that are made ready, nor those
 *  whose rent the leaver pays until the notice is over ("Om ledige boliger", annual report 2015).
 */
static double empty_days(const struct flyt_world *world, uint32_t tenure)
{
    return tenure == FLYT_TENURE_almen            ? world->params->letting.empty_days
           : tenure == FLYT_TENURE_private_rental ? world->params->market.empty_days
                                                  : 0.0;
}

bool flyt_moves_ready(const struct flyt_world *world, uint32_t dwelling)
{
    const double days_a_month = 365.25 / 12.0;
    uint32_t tenure = world->sections.tenure[world->dwellings.section[dwelling]];
    double months = empty_days(world, tenure) / days_a_month;
    int16_t since = world->dwellings.empty_since[dwelling];
    int32_t passed = world->calendar - since, whole = (int32_t)months;
    if (months <= 0.0 || passed > whole) {
        return true;
    }
    return passed == whole &&
           flyt_rng_unit(world->key, dwelling + UINT64_C(1), (uint32_t)(since - INT16_MIN),
                         FLYT_STREAM_empty_month, 0) >= months - whole;
}

static void find_vacant_range(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    const uint32_t *occupant = world->dwellings.occupant;
    for (uint32_t s = first; s < end; s++) {
        uint32_t home = world->sections.first[s], n = 0;
        uint32_t *vacant = world->housing->vacant + home;
        for (; home < world->sections.first[s + 1]; home++) {
            vacant[n] = home; /* kept only when vacant: no branch */
            n += occupant[home] == FLYT_NONE;
        }
        world->housing->n_vacant[s] = n;
    }
}

void flyt_moves_find_vacant(struct flyt_world *world)
{
    flyt_par_ranges(&world->par, world->sections.n, find_vacant_range, world);
}

/** Carries out the moves into a section; `moves[i].dwelling` becomes the home that was left,
 * FLYT_NONE where none was: by guests, and by those from outside. */
static void apply_range(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    for (uint32_t section = first; section < end; section++) {
        struct flyt_move *moves = world->housing->moves + world->sections.first[section];
        uint32_t desk = flyt_ledger_desk(world, section);
        for (uint32_t i = 0; i < world->housing->n_let[section]; i++) {
            struct flyt_household *row = &world->households.row[moves[i].household];
            bool guest = row->flags & FLYT_HIDDEN;
            uint32_t left = guest ? FLYT_NONE : row->home;
            bool inside = moves[i].household < world->households.capacity;
            if (inside) {
                flyt_livelihood_before(world, desk, moves[i].household);
                flyt_sale_sell(world, desk, moves[i].household);
            }
            row->home = moves[i].dwelling;
            row->section = section;
            row->flags &= (uint8_t) ~(FLYT_HIDDEN | FLYT_QUEUED);
            if (inside) {
                flyt_sale_buy(world, desk, moves[i].household);
                flyt_livelihood_after(world, desk, moves[i].household);
            }
            row->moved_in = world->calendar;
            flyt_search_end(row);
            if (left != FLYT_NONE) {
                world->dwellings.occupant[left] = FLYT_NONE;
                world->dwellings.empty_since[left] = world->calendar;
            }
            world->dwellings.occupant[row->home] = moves[i].household;
            flyt_search_refresh_bound(world, moves[i].household);
            moves[i] = (struct flyt_move){guest ? FLYT_NONE : moves[i].household, left};
        }
    }
}

void flyt_moves_apply(struct flyt_world *world)
{
    struct flyt_housing *housing = world->housing;
    flyt_par_ranges(&world->par, world->sections.n, apply_range, world);
    for (uint32_t section = 0; section < world->sections.n; section++) {
        const struct flyt_move *moves = housing->moves + world->sections.first[section];
        uint32_t n = housing->n_let[section];
        housing->counts.moves_in[flyt_housing_market_of(world, section)] += n;
        housing->n_let[section] = 0;
        for (uint32_t i = 0; i < n; i++) {
            uint32_t left = moves[i].dwelling;
            world->n_hidden -= moves[i].household == FLYT_NONE;
            if (left == FLYT_NONE) {
                continue;
            }
            uint32_t from = world->dwellings.section[left];
            housing->vacant[world->sections.first[from] + housing->n_vacant[from]++] = left;
            housing->counts.moves_out[flyt_housing_market_of(world, from)]++;
        }
    }
}
