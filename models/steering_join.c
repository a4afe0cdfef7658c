/**
 * @file steering_join.c
 * @brief Who takes part in intake steering: all places named, some by lot, or those it pays for.
 *
 * What a year of membership is worth to a municipality, its net ledger, is what it received less
 * what it paid (compensation, administration, support), and `burden` for each household with few
 * resources it sent away less those it took in from others. A member looks back on what was. One
 * that stays out looks at the members: the platform would grow by its homes, its queue's part of
 * the pool would be sent for, and its homes' part would take in. With q and h those parts, Q the
 * households assigned in a year and w the share of them with few resources,
 *
 *   net = Q (q - h) (w burden - compensation) - Q q administration - Q h support.
 *
 * It joins, or stays, when net + penalty > 0. All the places named begin as members, and think
 * again each January after the first whole year.
 */
#include <math.h>
#include <string.h>

#include "models/composition.h"
#include "models/housing.h"
#include "models/letting.h"
#include "models/steering.h"

/* ---- by lot -------------------------------------------------------------------------------- */

void flyt_steering_order(const double *share, uint32_t *place, uint32_t n,
                         enum flyt_steering_draw draw)
{
    double sum = 0.0, squares = 0.0;
    for (uint32_t k = 0; k < n && draw != FLYT_STEERING_lot; k++) {
        uint32_t best = k;
        double found = 0.0;
        for (uint32_t i = k; k > 0 && i < n; i++) {
            double x = share[place[i]], mean = (sum + x) / (k + 1);
            double variance = (squares + x * x) / (k + 1) - mean * mean;
            if (i == k || (draw == FLYT_STEERING_alike ? variance < found : variance > found)) {
                best = i;
                found = variance;
            }
        }
        uint32_t next = place[best];
        memmove(place + k + 1, place + k, (best - k) * sizeof *place);
        place[k] = next;
        sum += share[next];
        squares += share[next] * share[next];
    }
}

double flyt_steering_spread(const struct flyt_world *world, const struct flyt_policy_state *policy)
{
    const struct flyt_steering_params *params = policy->params;
    const struct flyt_steering_own *own = policy->own;
    double n = 0.0, sum = 0.0, squares = 0.0;
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        if (own->place[m].member) {
            n++;
            sum += own->place[m].almen;
            squares += own->place[m].almen * own->place[m].almen;
        }
    }
    double variance = n > 1.0 ? squares / n - sum / n * (sum / n) : 0.0;
    return params->join == FLYT_STEERING_random && variance > 0.0 ? sqrt(variance) : 0.0;
}

/** Share of a municipality's homes that are almen. */
static double almen_of(const struct flyt_world *world, uint32_t municipality)
{
    double all = 0.0;
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        all += flyt_housing_homes(world, flyt_housing_market(municipality, t));
    }
    double almen = flyt_housing_homes(world, flyt_housing_market(municipality, FLYT_TENURE_almen));
    return all > 0.0 ? almen / all : 0.0;
}

/** The lot of a municipality is one for all times, and so is its share of almen homes, so that more
 *  members are the same and others. */
static enum flyt_status draw_members(const struct flyt_policy_ask *ask, uint32_t n_members)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    uint32_t n = 0, n_places = world->municipalities.n + 1;
    struct flyt_ranked *ranked = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, n_places);
    uint32_t *place = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, n_places);
    double *share = FLYT_ARENA_ARRAY(world->step_arena, double, n_places);
    if (ranked == NULL || place == NULL || share == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        own->place[m].member = 0;
        own->place[m].almen = own->begun ? own->place[m].almen : almen_of(world, m);
        share[m] = own->place[m].almen;
        if (own->place[m].in_scope) {
            ranked[n++] = (struct flyt_ranked){
                flyt_rng_word64(world->key, m, 0, FLYT_STREAM_steering_lot, 0), m, m};
        }
    }
    flyt_rank_sort(ranked, n);
    for (uint32_t i = 0; i < n; i++) {
        place[i] = ranked[i].index;
    }
    flyt_steering_order(share, place, n, (enum flyt_steering_draw)params->draw);
    for (uint32_t i = 0; i < n && (n_members == 0 || i < n_members); i++) {
        own->place[place[i]].member = 1;
    }
    return FLYT_OK;
}

/* ---- by the net ledger --------------------------------------------------------------------- */

/** Queue and homes that a municipality would bring, or that all members have. */
struct brought {
    double queue, homes;
};

static struct brought brought_by(const struct flyt_policy_ask *ask, uint32_t municipality)
{
    const struct flyt_world *world = ask->world;
    struct brought brought = {(double)flyt_letting_queue(world, municipality), 0.0};
    for (uint32_t s = 0; s < world->sections.n; s++) {
        if (world->sections.municipality[s] == municipality &&
            flyt_steering_receives(world, ask->policy, s)) {
            brought.homes += world->sections.n_open[s];
        }
    }
    return brought;
}

/** Kroner a year, by what was. */
static double worth_so_far(const struct flyt_policy_ask *ask, uint32_t municipality, double years)
{
    const struct flyt_steering_params *params = ask->policy->params;
    const struct flyt_steering_own *own = ask->policy->own;
    const struct flyt_steering_place *place = &own->place[municipality];
    return (params->burden * (double)(place->year_sent - place->year_received) -
            (double)place->year_paid / 100.0) /
           years;
}

/** Kroner a year, by what it would bring to the members there are. */
static double worth_of_joining(const struct flyt_policy_ask *ask, uint32_t municipality,
                               struct brought members, double years)
{
    const struct flyt_steering_params *params = ask->policy->params;
    const struct flyt_steering_own *own = ask->policy->own;
    struct brought mine = brought_by(ask, municipality);
    struct brought all = {members.queue + mine.queue, members.homes + mine.homes};
    if (members.homes <= 0.0 || all.queue <= 0.0 || own->year_assigned == 0) {
        return 0.0; /* nobody is assigned */
    }
    double assigned = (double)own->year_assigned / years * all.homes / members.homes;
    double few = (double)own->year_few / (double)own->year_assigned;
    double q = mine.queue / all.queue, h = mine.homes / all.homes;
    double support = params->reception * params->months / 12.0;
    return assigned * ((q - h) * (few * params->burden - params->compensation) -
                       q * params->platform - h * support);
}

static double penalty_of(const struct flyt_policy_ask *ask, uint32_t municipality)
{
    const struct flyt_steering_params *params = ask->policy->params;
    return params->penalty * ask->world->composition->municipality[municipality].households /
           1000.0;
}

/** Each by itself, and all at once: nobody knows yet what the others will do. */
static void think_again(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    struct flyt_steering_own *own = ask->policy->own;
    double years = (world->calendar - own->year_from) / 12.0;
    struct brought members = {0.0, 0.0};
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        if (own->place[m].member) {
            struct brought more = brought_by(ask, m);
            members.queue += more.queue;
            members.homes += more.homes;
        }
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        struct flyt_steering_place *place = &own->place[m];
        if (place->in_scope) {
            double net = place->member ? worth_so_far(ask, m, years)
                                       : worth_of_joining(ask, m, members, years);
            place->net = (int64_t)(net * 100.0);
            place->member = net + penalty_of(ask, m) > 0.0;
        }
        place->year_paid = place->year_sent = place->year_received = 0;
    }
    own->year_assigned = own->year_few = 0;
    own->year_from = world->calendar;
}

/* ---- each month ---------------------------------------------------------------------------- */

static void pay_penalty(const struct flyt_policy_ask *ask)
{
    struct flyt_steering_own *own = ask->policy->own;
    for (uint32_t m = 0; m < ask->world->municipalities.n; m++) {
        if (own->place[m].in_scope && !own->place[m].member) {
            int64_t amount = flyt_policies_ore(ask->intensity * penalty_of(ask, m) / 12.0);
            flyt_policies_pay(ask, steering_penalty, FLYT_TENURE_almen, amount);
            own->place[m].paid += amount;
        }
    }
}

/** A platform that asks nothing of anybody has no members. */
static bool is_idle(const struct flyt_steering_params *params)
{
    return params->quota <= 0.0 && !params->release && params->cap >= 1.0;
}

enum flyt_status flyt_steering_join(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    bool january = world->calendar % 12 == 0;
    if (ask->intensity <= 0.0 || is_idle(params)) {
        return FLYT_OK; /* it is at an end, or has not begun */
    }
    if (params->join == FLYT_STEERING_ledger) {
        if (!own->begun) {
            FLYT_TRY(draw_members(ask, 0));
            own->year_from = world->calendar;
        } else if (january && world->calendar - own->year_from >= 12) {
            think_again(ask);
        }
        pay_penalty(ask);
    } else if (!own->begun || january) {
        FLYT_TRY(draw_members(ask, params->join == FLYT_STEERING_random ? params->members : 0));
    }
    own->begun = true;
    return FLYT_OK;
}
