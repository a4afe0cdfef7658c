#include "models/steering.h"

#include <math.h>

#include "models/assignment.h"
#include "models/chance.h"
#include "models/choice.h"
#include "models/letting.h"
#include "models/params.h"

enum { PER_UTILITY = 1000000 }; /* whole costs of a unit of utility */

/** Whether a home is within the household's reach and the area has room for it. */
static bool is_within(const struct flyt_policy_ask *ask, uint32_t household, uint32_t dwelling)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    const struct flyt_household *row = &world->households.row[household];
    uint32_t rooms = world->dwellings.rooms[dwelling], persons = flyt_people_persons(row);
    uint32_t to = world->sections.area[world->dwellings.section[dwelling]];
    if (persons > 2 * rooms || rooms > persons + world->params->letting.claim_rooms ||
        (flyt_steering_has_few(world, household) && flyt_steering_room(ask, to) <= 0)) {
        return false;
    }
    if (household >= world->households.capacity) {
        return true; /* comes from outside: near nothing yet */
    }
    double km = flyt_chance_km(world, world->sections.area[row->section], to);
    return km <= (flyt_chance_has_pupils(row, world->calendar) ? params->school_distance
                                                               : params->distance);
}

/* ---- greedy -------------------------------------------------------------------------------- */

/** Place of the home it would like best, FLYT_NONE: none is within reach. *gain over staying. */
static uint32_t best_home(const struct flyt_policy_ask *ask, uint32_t household, void *prepared,
                          const uint32_t *homes, uint32_t n, double *gain)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_letting_choice *choice = world->letting->choice;
    uint32_t best = FLYT_NONE;
    *gain = -INFINITY;
    choice->prepare(world, household, prepared);
    for (uint32_t i = 0; i < n; i++) {
        double utility, now;
        if (!is_within(ask, household, homes[i])) {
            continue;
        }
        now = choice->gain(world, prepared, homes[i], &utility);
        if (now > *gain) {
            *gain = now;
            best = i;
        }
    }
    return best;
}

/** In order of time each is offered the home it would like best. */
static void match_greedily(const struct flyt_policy_ask *ask, const struct flyt_ranked *pool,
                           uint32_t n, void *prepared, uint32_t *home, uint32_t *n_homes)
{
    struct flyt_steering_own *own = ask->policy->own;
    for (uint32_t i = 0; i<n && * n_homes> 0; i++) {
        double gain;
        uint32_t best = best_home(ask, pool[i].index, prepared, home, *n_homes, &gain);
        if (best != FLYT_NONE && gain > -ask->world->params->letting.assigned_margin) {
            flyt_steering_take(ask, pool[i].index, home[best], gain);
            --*n_homes; /* the others keep their order */
            for (uint32_t k = best; k < *n_homes; k++) {
                home[k] = home[k + 1];
            }
        } else {
            own->counts.steering_refused += best != FLYT_NONE;
        }
    }
}

/* ---- minimum cost -------------------------------------------------------------------------- */

/** A batch of the pool and the homes that are left. */
struct batch {
    const struct flyt_policy_ask *ask;
    const struct flyt_ranked *pool;
    const uint32_t *home;
    uint32_t n, n_homes;
    int64_t *cost;    /* [n][n_homes] */
    bool *few;        /* [n] few resources */
    uint32_t *chosen; /* [n] place of the home */
};

/** Costs of pairs: what the household gains by the move, counted down. Homes it would not take, or
 *  that are beyond its reach, are no pairs. */
static void fill_costs(struct batch *batch, void *prepared)
{
    const struct flyt_world *world = batch->ask->world;
    const struct flyt_letting_choice *choice = world->letting->choice;
    struct flyt_steering_own *own = batch->ask->policy->own;
    for (uint32_t i = 0; i < batch->n; i++) {
        uint32_t household = batch->pool[i].index;
        bool has_offer = false, would = false;
        batch->few[i] = flyt_steering_has_few(world, household);
        choice->prepare(world, household, prepared);
        for (uint32_t k = 0; k < batch->n_homes; k++) {
            int64_t *cost = &batch->cost[(size_t)i * batch->n_homes + k];
            double utility, gain = -INFINITY;
            if (is_within(batch->ask, household, batch->home[k])) {
                gain = choice->gain(world, prepared, batch->home[k], &utility);
            }
            bool takes = gain > -world->params->letting.assigned_margin;
            has_offer |= gain > -INFINITY;
            would |= takes;
            double most = (double)(FLYT_ASSIGNMENT_MOST - 1) / PER_UTILITY;
            *cost = takes ? -(int64_t)ceil((gain < most ? gain : most) * PER_UTILITY)
                          : FLYT_ASSIGNMENT_NEVER;
        }
        own->counts.steering_refused += has_offer && !would;
    }
}

static uint32_t area_of(const struct batch *batch, uint32_t place)
{
    const struct flyt_world *world = batch->ask->world;
    return world->sections.area[world->dwellings.section[batch->home[place]]];
}

/** Where more households with few resources would come to an area than it has room for, the homes
 *  of those who gain least by it are closed to all of them. @return whether any was. */
static bool close_homes(const struct batch *batch, int64_t *excess)
{
    const struct flyt_world *world = batch->ask->world;
    bool closed = false;
    for (uint32_t a = 0; a < world->areas.n; a++) {
        excess[a] = -flyt_steering_room(batch->ask, a);
    }
    for (uint32_t i = 0; i < batch->n; i++) {
        if (batch->chosen[i] != FLYT_NONE && batch->few[i]) {
            excess[area_of(batch, batch->chosen[i])]++;
        }
    }
    for (;;) { /* each turn closes a home */
        uint32_t worst = FLYT_NONE;
        int64_t most = 0;
        for (uint32_t i = 0; i < batch->n; i++) {
            uint32_t place = batch->chosen[i];
            if (place != FLYT_NONE && batch->few[i] && excess[area_of(batch, place)] > 0) {
                int64_t cost = batch->cost[(size_t)i * batch->n_homes + place];
                if (cost != FLYT_ASSIGNMENT_NEVER && (worst == FLYT_NONE || cost > most)) {
                    worst = i;
                    most = cost;
                }
            }
        }
        if (worst == FLYT_NONE) {
            return closed;
        }
        uint32_t place = batch->chosen[worst];
        excess[area_of(batch, place)]--;
        closed = true;
        for (uint32_t i = 0; i < batch->n; i++) {
            if (batch->few[i]) {
                batch->cost[(size_t)i * batch->n_homes + place] = FLYT_ASSIGNMENT_NEVER;
            }
        }
    }
}

static enum flyt_status match_batch(const struct flyt_policy_ask *ask,
                                    const struct flyt_ranked *pool, uint32_t n, void *prepared,
                                    uint32_t *home, uint32_t *n_homes)
{
    struct flyt_arena *arena = ask->world->step_arena;
    struct batch batch = {
        .ask = ask,
        .pool = pool,
        .home = home,
        .n = n,
        .n_homes = *n_homes,
        .cost = FLYT_ARENA_ARRAY(arena, int64_t, (size_t)n * *n_homes + 1),
        .few = FLYT_ARENA_ARRAY(arena, bool, n + 1),
        .chosen = FLYT_ARENA_ARRAY(arena, uint32_t, n + 1),
    };
    int64_t *excess = FLYT_ARENA_ARRAY(arena, int64_t, ask->world->areas.n + 1);
    if (batch.cost == NULL || batch.few == NULL || batch.chosen == NULL || excess == NULL) {
        return FLYT_ERR_MEMORY;
    }
    fill_costs(&batch, prepared);
    do {
        FLYT_TRY(flyt_assignment_solve(batch.cost, n, *n_homes, arena, batch.chosen));
    } while (close_homes(&batch, excess));
    for (uint32_t i = 0; i < n; i++) {
        if (batch.chosen[i] != FLYT_NONE) {
            int64_t cost = batch.cost[(size_t)i * batch.n_homes + batch.chosen[i]];
            flyt_steering_take(ask, pool[i].index, home[batch.chosen[i]],
                               -(double)cost / PER_UTILITY);
            home[batch.chosen[i]] = FLYT_NONE;
        }
    }
    *n_homes = 0;
    for (uint32_t k = 0; k < batch.n_homes; k++) {
        if (home[k] != FLYT_NONE) {
            home[(*n_homes)++] = home[k];
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_steering_match(const struct flyt_policy_ask *ask,
                                     const struct flyt_ranked *pool, uint32_t n_pool,
                                     uint32_t *home, uint32_t *n_homes)
{
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_world *world = ask->world;
    char *prepared = FLYT_ARENA_ARRAY(world->step_arena, char, world->letting->choice->size + 64);
    if (prepared == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (params->matching == FLYT_STEERING_greedy) {
        match_greedily(ask, pool, n_pool, prepared, home, n_homes);
        return FLYT_OK;
    }
    for (uint32_t i = 0; i<n_pool && * n_homes> 0; i += params->batch) {
        uint32_t n = n_pool - i < params->batch ? n_pool - i : params->batch;
        FLYT_TRY(match_batch(ask, pool + i, n, prepared, home, n_homes));
    }
    return FLYT_OK;
}
