/**
 * @file lists_join.c
 * @brief Who signs up on which list, who lets a membership lapse: rates and events.
 */
#include "models/housing.h"
#include "models/kinds.h"
#include "models/letting.h"
#include "models/lists_parts.h"
#include "models/params.h"
#include "models/search.h"
#include "sim/num.h"

enum { FAMILY = FLYT_LISTS_FAMILY, YOUTH = FLYT_LISTS_YOUTH, MONTHS = 12 };

static struct flyt_lists *lists_of(const struct flyt_world *world)
{
    return &world->letting->lists;
}

uint32_t flyt_lists_kind(const struct flyt_world *world, uint32_t section)
{
    if (world->sections.tenure[section] != FLYT_TENURE_almen ||
        world->sections.organisation[section] == FLYT_NONE ||
        world->sections.kind[section] == FLYT_KIND_almen_elderly) {
        return FLYT_NONE;
    }
    return world->sections.kind[section] == FLYT_KIND_almen_youth ? YOUTH : FAMILY;
}

/* ---- signing up ---------------------------------------------------------------------------- */

/** One of a municipality's lists of a kind, by size; those it stands on are passed over. */
static uint32_t by_size(const struct flyt_world *world, uint32_t household, uint32_t kind, double u)
{
    const struct flyt_lists *lists = lists_of(world);
    const struct flyt_household_cold *cold = &world->households.cold[household];
    uint32_t m = flyt_lists_municipality(world, household);
    const struct flyt_lists_option *option = lists->option[kind] + lists->first[kind][m];
    uint32_t n = lists->first[kind][m + 1] - lists->first[kind][m], sum = 0, at = 0;
    for (uint32_t i = 0; i < n; i++) {
        sum += option[i].homes;
    }
    for (double rest = u * sum; at + 1 < n && rest >= option[at].homes; at++) {
        rest -= option[at].homes;
    }
    for (uint32_t i = 0; i < n && sum > 0; i++) {
        uint32_t list = option[(at + i) % n].list;
        if (flyt_lists_place(cold, list) == FLYT_NONE) {
            return list;
        }
    }
    return FLYT_NONE;
}

/** The list a household signs up on: one's own landlord's, or any of the municipality's. */
static uint32_t choose_list(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_households *households = &world->households;
    const struct flyt_household *row = &households->row[household];
    const struct flyt_lists_params *params = &world->params->lists;
    double u[3];
    for (uint32_t i = 0; i < 3; i++) {
        u[i] = flyt_rng_unit(world->key, households->uid[household], world->month,
                             FLYT_STREAM_list_choice, i);
    }
    uint32_t list = FLYT_NONE;
    if (u[0] < params->youth_share && flyt_letting_young(world, household)) {
        list = by_size(world, household, YOUTH, u[1]);
    }
    bool own = household < households->capacity && !(row->flags & FLYT_HIDDEN) &&
               flyt_lists_kind(world, row->section) != FLYT_NONE && u[2] < params->own_organisation;
    if (list == FLYT_NONE && own) {
        list = flyt_lists_family(lists_of(world), world->sections.organisation[row->section]);
        list = flyt_lists_place(&households->cold[household], list) == FLYT_NONE ? list : FLYT_NONE;
    }
    return list == FLYT_NONE ? by_size(world, household, FAMILY, u[1]) : list;
}

static uint32_t free_place(const struct flyt_household_cold *cold)
{
    uint32_t place = 0;
    while (place < FLYT_LISTS_MEMBERSHIPS && cold->list_since[place] != 0) {
        place++;
    }
    return place;
}

static void set_membership(struct flyt_household_cold *cold, uint32_t place, uint32_t list,
                           int16_t since)
{
    cold->list_organisation[place] = (uint16_t)list;
    cold->list_since[place] = since;
    cold->refusals = (uint8_t)(cold->refusals & ~(3u << 2 * place));
}

/** Signs a household up, if it has a place left and there is a list. */
static void sign_up(struct flyt_world *world, uint32_t block, uint32_t household, uint32_t list)
{
    struct flyt_household_cold *cold = &world->households.cold[household];
    uint32_t place = free_place(cold);
    if (list == FLYT_NONE || place == FLYT_LISTS_MEMBERSHIPS) {
        return;
    }
    set_membership(cold, place, list, world->calendar);
    flyt_list_push(&lists_of(world)->joined[block], household);
    if (household < world->households.capacity) {
        flyt_search_refresh_bound(world, household);
    }
}

void flyt_lists_leave(struct flyt_world *world, uint32_t household, uint32_t list)
{
    struct flyt_household_cold *cold = &world->households.cold[household];
    uint32_t place = flyt_lists_place(cold, list);
    if (place != FLYT_NONE) {
        set_membership(cold, place, 0, 0);
    }
}

void flyt_lists_refuse(struct flyt_world *world, uint32_t household, uint32_t list)
{
    struct flyt_household_cold *cold = &world->households.cold[household];
    uint32_t place = flyt_lists_place(cold, list);
    if (place == FLYT_NONE) {
        return;
    }
    uint32_t n = ((uint32_t)cold->refusals >> 2 * place & 3u) + 1;
    if (n >= world->params->lists.refusals_most) {
        set_membership(cold, place, 0, 0);
    } else {
        cold->refusals = (uint8_t)((cold->refusals & ~(3u << 2 * place)) | n << 2 * place);
    }
}

/* ---- small hazards ------------------------------------------------------------------------- */

/** Yearly rates of what may happen to a household. */
struct rates {
    double sign_up, elderly, need, lapse[FLYT_LISTS_MEMBERSHIPS];
};

/** Act, section 54(1): those who are old and need help, each of a couple by themselves. */
static double elderly_rate(const struct flyt_world *world, uint32_t household, int32_t age_years)
{
    bool old = age_years >= (int32_t)world->params->letting.elderly_age;
    return old ? world->params->lists.elderly *
                     flyt_frailty_count(&world->households.row[household])
               : 0.0;
}

/** Whether it might apply for a home for the elderly. */
static bool may_apply(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t list = flyt_lists_elderly(lists_of(world), flyt_lists_municipality(world, household));
    bool there = !(row->flags & FLYT_HIDDEN) &&
                 world->sections.kind[row->section] == FLYT_KIND_almen_elderly;
    return !there && flyt_lists_place(&world->households.cold[household], list) == FLYT_NONE;
}

static int32_t age_of(const struct flyt_world *world, uint32_t household)
{
    return flyt_people_age(flyt_people_oldest(&world->households.row[household]), world->calendar);
}

/** Rates of a household with places left on its card, but for acute need. */
static struct rates open_rates(const struct flyt_world *world, uint32_t household,
                               int32_t age_years)
{
    const struct flyt_lists_params *params = &world->params->lists;
    const struct flyt_household_cold *cold = &world->households.cold[household];
    uint32_t tenure = world->sections.tenure[world->households.row[household].section];
    bool renter = tenure == FLYT_TENURE_almen || tenure == FLYT_TENURE_private_rental;
    struct rates rates = {.sign_up = renter ? params->renters : params->owners,
                          .elderly = elderly_rate(world, household, age_years)};
    for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; k++) {
        bool pays = cold->list_since[k] != 0 &&
                    cold->list_organisation[k] < flyt_lists_elderly(lists_of(world), 0);
        rates.lapse[k] = pays ? params->lapse : 0.0;
    }
    return rates;
}

static double sum_of(const struct rates *rates)
{
    return rates->sign_up + rates->elderly + rates->need + rates->lapse[0] + rates->lapse[1] +
           rates->lapse[2];
}

/** Searchers sign up in flyt_lists_step(). */
static bool searches(const struct flyt_household *row)
{
    return row->search_since > 0 || row->flags & FLYT_HIDDEN;
}

static struct rates rates_now(const struct flyt_world *world, uint32_t household)
{
    struct rates rates = open_rates(world, household, age_of(world, household));
    bool full = free_place(&world->households.cold[household]) == FLYT_LISTS_MEMBERSHIPS;
    if (full || searches(&world->households.row[household])) {
        rates.sign_up = 0.0;
    }
    if (full || (rates.elderly > 0.0 && !may_apply(world, household))) {
        rates.elderly = 0.0;
    }
    rates.need = flyt_need_rate(world, household);
    return rates;
}

double flyt_lists_rate(const struct flyt_world *world, uint32_t household)
{
    struct rates rates = rates_now(world, household);
    return sum_of(&rates);
}

double flyt_lists_rate_most(const struct flyt_world *world, uint32_t household)
{
    struct rates rates = open_rates(world, household, age_of(world, household) + 1);
    rates.need = flyt_need_rate_most(world, household);
    return sum_of(&rates);
}

void flyt_lists_event(struct flyt_world *world, uint32_t block, uint32_t household, double u)
{
    struct rates rates = rates_now(world, household);
    const struct flyt_household_cold *cold = &world->households.cold[household];
    double at = u * sum_of(&rates);
    if (at < rates.sign_up) {
        sign_up(world, block, household, choose_list(world, household));
        return;
    }
    at -= rates.sign_up;
    if (at < rates.elderly) {
        uint32_t m = flyt_lists_municipality(world, household);
        sign_up(world, block, household, flyt_lists_elderly(lists_of(world), m));
        return;
    }
    at -= rates.elderly;
    if (at < rates.need) {
        flyt_need_event(world, block, household);
        return;
    }
    at -= rates.need;
    for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; at -= rates.lapse[k++]) {
        if (at < rates.lapse[k]) {
            flyt_lists_leave(world, household, cold->list_organisation[k]);
            return;
        }
    }
}

/** Chances of a month that searchers sign up. */
struct chances {
    double willing, forced;
};

/** A searcher signs up, if its draw says so and it did not this month. */
static void may_sign_up(struct flyt_world *world, uint32_t block, uint32_t household, double u,
                        const struct chances *chances)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_household_cold *cold = &world->households.cold[household];
    bool joined = cold->list_since[0] == world->calendar ||
                  cold->list_since[1] == world->calendar || cold->list_since[2] == world->calendar;
    if (world->households.uid[household] == 0 || !searches(row) || joined) {
        return;
    }
    bool must = household >= world->households.capacity || row->flags & (FLYT_HIDDEN | FLYT_FORCED);
    if (u < (must ? chances->forced : chances->willing)) {
        sign_up(world, block, household, choose_list(world, household));
    }
}

/** Those who look for a home, or have none of their own, sign up soon. Draws come first: most tell
 *  that a household does not, whatever its row says. */
void flyt_lists_search(void *world_, uint32_t block)
{
    enum { TILE = 256 };
    struct flyt_world *world = world_;
    const struct flyt_lists_params *params = &world->params->lists;
    const struct flyt_list *searching = &world->housing->searching[block];
    struct chances chances = {1.0 - flyt_num_exp(-params->searching / MONTHS),
                              1.0 - flyt_num_exp(-params->forced / MONTHS)};
    double most = chances.willing > chances.forced ? chances.willing : chances.forced;
    uint64_t uid[TILE];
    uint32_t words[4][TILE], *const word[4] = {words[0], words[1], words[2], words[3]};
    for (uint32_t first = 0; first < searching->n; first += TILE) {
        uint32_t n = searching->n - first < TILE ? searching->n - first : TILE;
        for (uint32_t i = 0; i < n; i++) {
            uid[i] = world->households.uid[searching->row[first + i]];
        }
        flyt_rng_blocks(world->key, uid, n, world->month, FLYT_STREAM_list_sign_up, 0, word);
        for (uint32_t i = 0; i < n; i++) {
            double u = flyt_rng_to_unit((uint64_t)words[1][i] << 32 | words[0][i]);
            if (u < most) {
                may_sign_up(world, block, searching->row[first + i], u, &chances);
            }
        }
    }
}

/* ---- the start ----------------------------------------------------------------------------- */

double flyt_lists_start_rate(const struct flyt_world *world, uint32_t household)
{
    return open_rates(world, household, 0).sign_up;
}

/** Month of sign-up of somebody who has stood on the list for an exponential time. */
static int16_t since_long(const struct flyt_world *world, uint64_t uid, uint32_t draw)
{
    double u = flyt_rng_unit(world->key, uid, 0, FLYT_STREAM_list_start, draw);
    double months = -flyt_num_log(u) * world->params->lists.start_years * MONTHS;
    months = months > 50.0 * MONTHS ? 50.0 * MONTHS : months;
    return (int16_t)(world->calendar - 1 - (int32_t)months);
}

void flyt_lists_start_block(void *job_, uint32_t block)
{
    const struct flyt_lists_start_job *job = job_;
    struct flyt_world *world = job->world;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        uint64_t uid = world->households.uid[i];
        if (uid == 0) {
            continue;
        }
        struct flyt_household_cold *cold = &world->households.cold[i];
        uint32_t m = flyt_lists_municipality(world, i), n = 0, list = choose_list(world, i);
        double u = flyt_rng_unit(world->key, uid, 0, FLYT_STREAM_list_start, 0);
        if (u < job->scale[m] * flyt_lists_start_rate(world, i) && list != FLYT_NONE) {
            set_membership(cold, n++, list, since_long(world, uid, 1));
        }
        /* ASSUMPTION: a year of applicants for homes for the elderly */
        u = flyt_rng_unit(world->key, uid, 0, FLYT_STREAM_list_start, 2);
        double elderly = may_apply(world, i) ? elderly_rate(world, i, age_of(world, i)) : 0.0;
        if (u < elderly) {
            set_membership(cold, n++, flyt_lists_elderly(lists_of(world), m),
                           (int16_t)(world->calendar - 1 - (int32_t)(12.0 * u / elderly)));
        }
        if (n > 0) {
            flyt_list_push(&lists_of(world)->joined[block], i);
        }
    }
}
