#include "models/steering.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/composition.h"
#include "models/kinds.h"
#include "models/letting_shelf.h"
#include "models/listing.h"
#include "models/livelihood.h"

/* ---- where --------------------------------------------------------------------------------- */

bool flyt_steering_is_deprived(const struct flyt_world *world, uint32_t section)
{
    uint32_t area = world->sections.area[section];
    return flyt_listing_marks((enum flyt_list_status)world->areas.listed[area]);
}

bool flyt_steering_holds(const struct flyt_world *world, const struct flyt_policy_state *policy,
                         uint32_t section)
{
    const struct flyt_steering_own *own = policy->own;
    return policy->covers[section] && own->place[world->sections.municipality[section]].member;
}

bool flyt_steering_receives(const struct flyt_world *world, const struct flyt_policy_state *policy,
                            uint32_t section)
{
    return policy->covers[section] && world->sections.kind[section] == FLYT_KIND_almen_family &&
           world->sections.organisation[section] != FLYT_NONE &&
           !flyt_steering_is_deprived(world, section);
}

/* ---- room below the cap -------------------------------------------------------------------- */

int64_t flyt_steering_room(const struct flyt_policy_ask *ask, uint32_t area)
{
    const struct flyt_steering_params *params = ask->policy->params;
    const struct flyt_steering_own *own = ask->policy->own;
    const struct flyt_composition_counts *now = flyt_composition_now(ask->world->composition, area);
    double room = params->cap * now->households - now->by_class[FLYT_CLASS_weak];
    return room > 0.0 ? (int64_t)floor(params->willingness * room) - own->taken[area] : 0;
}

bool flyt_steering_has_few(const struct flyt_world *world, uint32_t household)
{
    return flyt_resources_class(world, household) == FLYT_CLASS_weak;
}

/* ---- homes held back ----------------------------------------------------------------------- */

/** A fresh vacancy is considered once: whether it is of the quota, and there is room. */
static void consider(const struct flyt_policy_ask *ask, uint32_t section, uint32_t dwelling,
                     bool room)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    bool turn = flyt_letting_turn(&own->turn[section], params->quota * ask->intensity);
    own->considered[dwelling] = world->dwellings.empty_since[dwelling];
    own->held[dwelling] =
        turn && room ? (int16_t)(world->calendar + (int32_t)params->hold_months) : FLYT_NO_MONTH;
    own->place[world->sections.municipality[section]].shortfall += turn && !room;
}

/** What may be held back this month, as ranked: homes held already, then others by lot. */
static uint32_t find_homes(const struct flyt_policy_ask *ask, struct flyt_ranked *found)
{
    const struct flyt_world *world = ask->world;
    struct flyt_steering_own *own = ask->policy->own;
    uint32_t n = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        if (!flyt_steering_holds(world, ask->policy, s) ||
            !flyt_steering_receives(world, ask->policy, s)) {
            continue;
        }
        bool room = flyt_steering_room(ask, world->sections.area[s]) > 0;
        for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
            if (!flyt_letting_is_fresh(world, d)) {
                continue;
            }
            bool known = own->considered[d] == world->dwellings.empty_since[d];
            if (!known) {
                consider(ask, s, d, room);
            }
            own->place[world->sections.municipality[s]].shortfall +=
                own->held[d] == world->calendar;
            if (room && own->held[d] > world->calendar) {
                uint64_t lot =
                    flyt_rng_word64(world->key, d, world->month, FLYT_STREAM_steering_home, 0);
                found[n++] = (struct flyt_ranked){known ? 0 : 1 + (lot >> 1), d, d};
            }
        }
    }
    return n;
}

static int by_number(const void *a_, const void *b_)
{
    const uint32_t *a = a_, *b = b_;
    return *a < *b ? -1 : *a > *b;
}

/** Holds homes back, no more than may be assigned. @return how many, in `homes` by number. */
static uint32_t hold_homes(const struct flyt_policy_ask *ask, struct flyt_ranked *found,
                           uint32_t *homes)
{
    struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    uint32_t n = find_homes(ask, found), most = n;
    if (params->capacity > 0.0) {
        own->owed += ask->intensity * params->capacity / 12.0;
        most = own->owed < n ? (uint32_t)own->owed : n;
        flyt_rank_first(found, n, most);
    }
    for (uint32_t i = 0; i < n; i++) {
        if (i < most) {
            homes[i] = found[i].index;
            flyt_letting_reserve(world, homes[i]);
        } else {
            own->held[found[i].index] = FLYT_NO_MONTH; /* let as others are */
        }
    }
    qsort(homes, most, sizeof *homes, by_number);
    return most;
}

/* ---- the pool ------------------------------------------------------------------------------ */

/** The pool in order of time: members' queues but for those to be rehoused. */
static enum flyt_status gather_pool(const struct flyt_policy_ask *ask, struct flyt_ranked **pool,
                                    uint32_t *n)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_steering_own *own = ask->policy->own;
    const struct flyt_lists *lists = &world->letting->lists;
    size_t most = 1;
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        most += lists->list[flyt_lists_queue(lists, m)].n;
    }
    *pool = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, most);
    *n = 0;
    if (*pool == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        const struct flyt_lists_list *queue = &lists->list[flyt_lists_queue(lists, m)];
        for (uint32_t i = 0; own->place[m].member && i < queue->n; i++) {
            const struct flyt_lists_member *entry = &queue->member[i];
            const struct flyt_household *row = &world->households.row[entry->household];
            if (world->households.uid[entry->household] == entry->uid &&
                entry->kind != FLYT_NEED_rehousing && row->wanted == FLYT_NONE &&
                row->flags & FLYT_QUEUED && row->moved_in != world->calendar) {
                (*pool)[(*n)++] = (struct flyt_ranked){(uint64_t)(entry->since - INT16_MIN),
                                                       entry->uid, entry->household};
            }
        }
    }
    flyt_rank_sort(*pool, *n);
    return FLYT_OK;
}

bool flyt_steering_is_free(const struct flyt_household_cold *cold)
{
    return cold->programme == FLYT_PROGRAMME_none || cold->programme == FLYT_PROGRAMME_refused ||
           cold->programme == FLYT_PROGRAMME_reception || cold->programme == FLYT_PROGRAMME_welcome;
}

/** What municipalities pay, and what they remember until they next think of joining. */
static void settle(const struct flyt_policy_ask *ask, uint32_t from, uint32_t to, bool few)
{
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    struct flyt_steering_place *payer = &own->place[from], *receiver = &own->place[to];
    flyt_policies_pay(ask, steering_platform, FLYT_TENURE_almen,
                      flyt_policies_ore(params->platform));
    payer->paid += flyt_policies_ore(params->platform);
    own->assigned[(size_t)from * ask->world->municipalities.n + to]++;
    own->year_assigned++;
    own->year_few += few;
    if (from != to) {
        payer->paid += flyt_policies_ore(params->compensation);
        receiver->paid -= flyt_policies_ore(params->compensation);
        payer->year_sent += few;
        receiver->year_received += few;
    }
}

void flyt_steering_take(const struct flyt_policy_ask *ask, uint32_t household, uint32_t dwelling,
                        double gain)
{
    struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    struct flyt_household_cold *cold = &world->households.cold[household];
    uint32_t section = world->dwellings.section[dwelling];
    bool few = flyt_steering_has_few(world, household);
    own->held[dwelling] = FLYT_NO_MONTH;
    own->taken[world->sections.area[section]] += few;
    own->counts.steering_assigned++;
    own->least_gain = gain < own->least_gain ? gain : own->least_gain;
    settle(ask, flyt_lists_municipality(world, household), world->sections.municipality[section],
           few);
    flyt_steering_pass_over(ask, dwelling);
    if (flyt_steering_is_free(cold)) { /* also without a month of support: it was reached */
        flyt_policies_enrol(world, household, FLYT_PROGRAMME_reception,
                            world->sections.area[section],
                            world->calendar + (int32_t)params->months);
    }
    flyt_letting_give(world, household, dwelling);
    if (household < world->households.capacity) {
        flyt_livelihood_refresh_bound(world, household);
    }
}

/** What of the capacity has waited for a quarter is lost. */
static void lose_capacity(const struct flyt_policy_ask *ask)
{
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    double most = 1.0 + ask->intensity * params->capacity / 4.0;
    own->owed -= (double)own->counts.steering_assigned;
    if (own->owed > most) {
        own->unfilled += own->owed - most;
        own->owed = most;
    }
    own->counts.steering_unfilled = (int64_t)own->unfilled;
    own->unfilled -= (double)own->counts.steering_unfilled;
}

static int64_t least_room(const struct flyt_policy_ask *ask)
{
    const struct flyt_steering_own *own = ask->policy->own;
    int64_t least = INT64_MAX;
    for (uint32_t a = 0; a < ask->world->areas.n; a++) {
        if (own->taken[a] > 0) {
            int64_t room = flyt_steering_room(ask, a);
            least = room < least ? room : least;
        }
    }
    return least;
}

enum flyt_status flyt_steering_assign(const struct flyt_policy_ask *ask)
{
    struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    size_t n_most = world->dwellings.n + (size_t)1;
    uint32_t *homes = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, n_most), n;
    struct flyt_ranked *found = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, n_most);
    struct flyt_ranked *pool;
    if (params->quota <= 0.0) {
        return FLYT_OK; /* nothing is pooled */
    }
    if (homes == NULL || found == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(gather_pool(ask, &pool, &n));
    if (own->counted != world->composition->counted) {
        memset(own->taken, 0, world->areas.n * sizeof *own->taken);
        own->counted = world->composition->counted;
    }
    uint32_t n_homes = hold_homes(ask, found, homes);
    FLYT_TRY(flyt_steering_match(ask, pool, n, homes, &n_homes));
    own->counts.steering_pool = n;
    own->counts.steering_held = n_homes;
    own->least_room = least_room(ask);
    if (params->capacity > 0.0) {
        lose_capacity(ask);
    }
    return FLYT_OK;
}
