#include "models/lists.h"

#include <stdlib.h>
#include <string.h>

#include "models/housing.h"
#include "models/kinds.h"
#include "models/letting.h"
#include "models/lifecourse.h"
#include "models/params.h"
#include "models/search.h"
#include "sim/num.h"

enum { FAMILY, YOUTH, MONTHS = 12 };

static struct flyt_lists *lists_of(const struct flyt_world *world)
{
    return &world->letting->lists;
}

/** Which of an organisation's lists lets the homes of a section; FLYT_NONE: none of them. */
static uint32_t list_kind(const struct flyt_world *world, uint32_t section)
{
    if (world->sections.tenure[section] != FLYT_TENURE_almen ||
        world->sections.organisation[section] == FLYT_NONE ||
        world->sections.kind[section] == FLYT_KIND_almen_elderly) {
        return FLYT_NONE;
    }
    return world->sections.kind[section] == FLYT_KIND_almen_youth ? YOUTH : FAMILY;
}

uint32_t flyt_lists_municipality(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_households *households = &world->households;
    return household < households->capacity
               ? world->sections.municipality[households->row[household].section]
               : world->life->outside_municipality[household - households->capacity];
}

/* ---- making them --------------------------------------------------------------------------- */

/** The organisations with homes of a kind in each municipality, and how many. */
static void fill_options(const struct flyt_world *world, struct flyt_lists *lists, uint32_t kind)
{
    uint32_t n = 0, s = 0, *first = lists->first[kind];
    for (uint32_t m = 0; m < lists->n_municipalities; m++) {
        first[m] = n;
        for (; s < world->sections.n && world->sections.municipality[s] == m; s++) {
            uint32_t list = world->sections.organisation[s], i = first[m];
            if (list_kind(world, s) != kind) {
                continue;
            }
            list = kind == YOUTH ? flyt_lists_youth(lists, list) : flyt_lists_family(lists, list);
            while (i < n && lists->option[kind][i].list != list) {
                i++;
            }
            if (i == n) {
                lists->option[kind][n++] = (struct flyt_lists_option){list, 0};
            }
            lists->option[kind][i].homes += world->sections.first[s + 1] - world->sections.first[s];
        }
    }
    first[lists->n_municipalities] = n;
}

enum flyt_status flyt_lists_create(struct flyt_world *world, struct flyt_lists *lists,
                                   uint32_t n_organisations)
{
    struct flyt_arena *arena = world->run_arena;
    uint32_t n_blocks = world->par.n_blocks, n_municipalities = world->municipalities.n;
    *lists = (struct flyt_lists){.n_organisations = n_organisations,
                                 .n_municipalities = n_municipalities,
                                 .n = 2 * n_organisations + 2 * n_municipalities};
    lists->list = FLYT_ARENA_ZERO(arena, struct flyt_lists_list, lists->n);
    lists->joined = FLYT_ARENA_ARRAY(arena, struct flyt_list, n_blocks + 1);
    if (lists->list == NULL || lists->joined == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t block = 0; block <= n_blocks; block++) {
        uint32_t rows = block == n_blocks
                            ? world->households.n_outside
                            : flyt_world_first(world, block + 1) - flyt_world_first(world, block);
        FLYT_TRY(flyt_list_init(&lists->joined[block], arena, rows));
    }
    for (uint32_t kind = 0; kind < 2; kind++) {
        lists->first[kind] = FLYT_ARENA_ARRAY(arena, uint32_t, n_municipalities + 1);
        lists->option[kind] =
            FLYT_ARENA_ARRAY(arena, struct flyt_lists_option, world->sections.n + 1);
        if (lists->first[kind] == NULL || lists->option[kind] == NULL) {
            return FLYT_ERR_MEMORY;
        }
        fill_options(world, lists, kind);
    }
    return FLYT_OK;
}

enum flyt_status flyt_lists_reserve(struct flyt_world *world, struct flyt_lists_list *list,
                                    uint32_t n)
{
    if (list->n + n <= list->capacity) {
        return FLYT_OK;
    }
    uint32_t capacity = 2 * (list->n + n) + 16;
    struct flyt_lists_member *member =
        FLYT_ARENA_ARRAY(world->run_arena, struct flyt_lists_member, capacity);
    if (member == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (list->n > 0) {
        memcpy(member, list->member, list->n * sizeof *member);
    }
    list->member = member;
    list->capacity = capacity;
    return FLYT_OK;
}

void flyt_lists_append(struct flyt_lists_list *list, struct flyt_lists_member member)
{
    list->member[list->n++] = member;
    list->arrivals++;
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
               list_kind(world, row->section) != FLYT_NONE && u[2] < params->own_organisation;
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
    uint32_t n = (cold->refusals >> 2 * place & 3u) + 1;
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

static double elderly_rate(const struct flyt_world *world, uint32_t household, int32_t age_years)
{
    const struct flyt_lists_params *params = &world->params->lists;
    const struct flyt_lists *lists = lists_of(world);
    const struct flyt_household *row = &world->households.row[household];
    uint32_t list = flyt_lists_elderly(lists, flyt_lists_municipality(world, household));
    bool there = !(row->flags & FLYT_HIDDEN) &&
                 world->sections.kind[row->section] == FLYT_KIND_almen_elderly;
    if (age_years < 65 || there ||
        flyt_lists_place(&world->households.cold[household], list) != FLYT_NONE) {
        return 0.0;
    }
    return age_years < 75   ? params->elderly_65
           : age_years < 85 ? params->elderly_75
                            : params->elderly_85;
}

/** @param older  years added to age. */
static struct rates rates_of(const struct flyt_world *world, uint32_t household, int32_t older)
{
    const struct flyt_lists_params *params = &world->params->lists;
    const struct flyt_lists *lists = lists_of(world);
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_household_cold *cold = &world->households.cold[household];
    struct rates rates = {.need = 0.0};
    uint32_t tenure = world->sections.tenure[row->section];
    bool renter = tenure == FLYT_TENURE_almen || tenure == FLYT_TENURE_private_rental;
    if (free_place(cold) < FLYT_LISTS_MEMBERSHIPS) {
        rates.sign_up = renter ? params->renters : params->owners;
        int32_t age = flyt_people_age(flyt_people_oldest(row), world->calendar) + older;
        rates.elderly = elderly_rate(world, household, age);
    }
    for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; k++) {
        bool pays =
            cold->list_since[k] != 0 && cold->list_organisation[k] < flyt_lists_elderly(lists, 0);
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
    struct rates rates = rates_of(world, household, 0);
    if (searches(&world->households.row[household])) {
        rates.sign_up = 0.0;
    }
    rates.need = flyt_need_rate(world, household);
    return rates;
}

double flyt_lists_hazard(const struct flyt_world *world, uint32_t household)
{
    struct rates rates = rates_now(world, household);
    return 1.0 - flyt_num_exp(-sum_of(&rates) / MONTHS);
}

double flyt_lists_bound(const struct flyt_world *world, uint32_t household)
{
    struct rates rates = rates_of(world, household, 1);
    rates.need = flyt_need_rate_most(world, household);
    return 1.0 - flyt_num_exp(-sum_of(&rates) / MONTHS);
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

/* ---- one month ----------------------------------------------------------------------------- */

/** Those who look for a home, or have none of their own, sign up soon. */
static void search_block(void *world_, uint32_t block)
{
    struct flyt_world *world = world_;
    const struct flyt_lists_params *params = &world->params->lists;
    const struct flyt_list *searching = &world->housing->searching[block];
    double willing = 1.0 - flyt_num_exp(-params->searching / MONTHS);
    double forced = 1.0 - flyt_num_exp(-params->forced / MONTHS);
    for (uint32_t i = 0; i < searching->n; i++) {
        uint32_t household = searching->row[i];
        const struct flyt_household *row = &world->households.row[household];
        const struct flyt_household_cold *cold = &world->households.cold[household];
        uint64_t uid = world->households.uid[household];
        bool joined = cold->list_since[0] == world->calendar ||
                      cold->list_since[1] == world->calendar ||
                      cold->list_since[2] == world->calendar;
        if (uid == 0 || !searches(row) || joined) {
            continue;
        }
        bool must =
            household >= world->households.capacity || row->flags & (FLYT_HIDDEN | FLYT_FORCED);
        double u = flyt_rng_unit(world->key, uid, world->month, FLYT_STREAM_list_sign_up, 0);
        if (u < (must ? forced : willing)) {
            sign_up(world, block, household, choose_list(world, household));
        }
    }
}

static bool stands(const struct flyt_world *world, uint32_t list,
                   const struct flyt_lists_member *member)
{
    if (world->households.uid[member->household] != member->uid) {
        return false;
    }
    const struct flyt_household_cold *cold = &world->households.cold[member->household];
    if (list >= flyt_lists_queue(lists_of(world), 0)) {
        uint32_t m = list - flyt_lists_queue(lists_of(world), 0);
        return world->households.row[member->household].flags & FLYT_QUEUED &&
               cold->queued_since == member->since &&
               flyt_lists_municipality(world, member->household) == m;
    }
    uint32_t place = flyt_lists_place(cold, list);
    return place != FLYT_NONE && cold->list_since[place] == member->since;
}

/** Whoever is housed, or has moved to another municipality, stands in this queue no more. */
static void leave_queue(struct flyt_world *world, uint32_t list,
                        const struct flyt_lists_member *member)
{
    struct flyt_household_cold *cold = &world->households.cold[member->household];
    if (list >= flyt_lists_queue(lists_of(world), 0) &&
        world->households.uid[member->household] == member->uid &&
        cold->queued_since == member->since) {
        cold->queued_since = 0;
    }
}

static void clean_range(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    for (uint32_t l = first; l < end; l++) {
        struct flyt_lists_list *list = &lists_of(world)->list[l];
        uint32_t n = 0;
        for (uint32_t i = 0; i < list->n; i++) {
            if (i + 6 < list->n) {
                __builtin_prefetch(&world->households.cold[list->member[i + 6].household]);
            }
            if (stands(world, l, &list->member[i])) {
                list->member[n++] = list->member[i];
            } else {
                leave_queue(world, l, &list->member[i]);
                list->departures++;
                list->waited_months += world->calendar - list->member[i].since;
            }
        }
        list->n = list->n_known = n;
    }
}

static int by_right(const void *a_, const void *b_)
{
    const struct flyt_lists_member *a = a_, *b = b_;
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->since != b->since) {
        return a->since < b->since ? -1 : 1;
    }
    return a->uid < b->uid ? -1 : a->uid > b->uid;
}

static void order_range(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    uint32_t queue = flyt_lists_queue(lists_of(world), 0);
    for (uint32_t l = first; l < end; l++) {
        struct flyt_lists_list *list = &lists_of(world)->list[l];
        /* whoever joined this month comes after the others, but not in a queue with its kinds */
        uint32_t from = l < queue ? list->n_known : 0;
        if (list->n > list->n_known) {
            qsort(list->member + from, list->n - from, sizeof *list->member, by_right);
        }
        list->n_known = list->n;
        list->person_months += list->n;
    }
}

/** Brings those who joined to their lists; at the start, all memberships. */
static enum flyt_status bring(struct flyt_world *world, bool start)
{
    struct flyt_lists *lists = lists_of(world);
    uint32_t *n = FLYT_ARENA_ZERO(world->step_arena, uint32_t, lists->n);
    if (n == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (int pass = 0; pass < 2; pass++) { /* count, then place */
        for (uint32_t block = 0; block <= world->par.n_blocks; block++) {
            const struct flyt_list *joined = &lists->joined[block];
            for (uint32_t i = 0; i < joined->n; i++) {
                const struct flyt_household_cold *cold = &world->households.cold[joined->row[i]];
                for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; k++) {
                    uint32_t l = cold->list_organisation[k];
                    int16_t since = cold->list_since[k];
                    if (since == 0 || (since != world->calendar && !start)) {
                        continue;
                    }
                    if (pass == 0) {
                        n[l]++;
                    } else {
                        flyt_lists_append(
                            &lists->list[l],
                            (struct flyt_lists_member){.uid = world->households.uid[joined->row[i]],
                                                       .household = joined->row[i],
                                                       .since = since});
                    }
                }
            }
        }
        for (uint32_t l = 0; l < lists->n && pass == 0; l++) {
            FLYT_TRY(flyt_lists_reserve(world, &lists->list[l], n[l]));
        }
    }
    for (uint32_t block = 0; block <= world->par.n_blocks; block++) {
        lists->joined[block].n = 0;
    }
    return FLYT_OK;
}

enum flyt_status flyt_lists_step(struct flyt_world *world)
{
    struct flyt_lists *lists = lists_of(world);
    flyt_par_blocks(&world->par, search_block, world);
    search_block(world, world->par.n_blocks); /* those outside */
    flyt_par_ranges(&world->par, lists->n, clean_range, world);
    FLYT_TRY(bring(world, false));
    FLYT_TRY(flyt_need_step(world));
    flyt_par_ranges(&world->par, lists->n, order_range, world);
    return FLYT_OK;
}

void flyt_lists_follow(struct flyt_world *world, uint32_t from, uint32_t to)
{
    const struct flyt_household_cold *cold = &world->households.cold[to];
    uint64_t uid = world->households.uid[to];
    for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; k++) {
        if (cold->list_since[k] == 0) {
            continue;
        }
        struct flyt_lists_list *list = &lists_of(world)->list[cold->list_organisation[k]];
        uint32_t low = 0, high = list->n;
        struct flyt_lists_member sought = {.uid = uid, .since = cold->list_since[k]};
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            if (by_right(&list->member[middle], &sought) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < list->n && list->member[low].uid == uid && list->member[low].household == from) {
            list->member[low].household = to;
        }
    }
}

/* ---- the start ----------------------------------------------------------------------------- */

struct start_job {
    struct flyt_world *world;
    double *scale; /* [n_municipalities] chance to stand on a list over the yearly rate */
};

static double start_rate(const struct flyt_world *world, uint32_t household)
{
    struct rates rates = rates_of(world, household, 0);
    return rates.sign_up;
}

/** Month of sign-up of somebody who has stood on the list for an exponential time. */
static int16_t since_long(const struct flyt_world *world, uint64_t uid, uint32_t draw)
{
    double u = flyt_rng_unit(world->key, uid, 0, FLYT_STREAM_list_start, draw);
    double months = -flyt_num_log(u) * world->params->lists.start_years * MONTHS;
    months = months > 50.0 * MONTHS ? 50.0 * MONTHS : months;
    return (int16_t)(world->calendar - 1 - (int32_t)months);
}

static void start_block(void *job_, uint32_t block)
{
    struct start_job *job = job_;
    struct flyt_world *world = job->world;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        uint64_t uid = world->households.uid[i];
        if (uid == 0) {
            continue;
        }
        struct flyt_household_cold *cold = &world->households.cold[i];
        uint32_t m = flyt_lists_municipality(world, i), n = 0, list = choose_list(world, i);
        double u = flyt_rng_unit(world->key, uid, 0, FLYT_STREAM_list_start, 0);
        if (u < job->scale[m] * start_rate(world, i) && list != FLYT_NONE) {
            set_membership(cold, n++, list, since_long(world, uid, 1));
        }
        /* ASSUMPTION: three years of applicants for homes for the elderly */
        int32_t age =
            flyt_people_age(flyt_people_oldest(&world->households.row[i]), world->calendar);
        u = flyt_rng_unit(world->key, uid, 0, FLYT_STREAM_list_start, 2);
        double elderly = 3.0 * elderly_rate(world, i, age);
        if (u < elderly) {
            set_membership(cold, n++, flyt_lists_elderly(lists_of(world), m),
                           (int16_t)(world->calendar - 1 - (int32_t)(36.0 * u / elderly)));
        }
        if (n > 0) {
            flyt_list_push(&lists_of(world)->joined[block], i);
        }
    }
}

enum flyt_status flyt_lists_start(struct flyt_world *world)
{
    struct flyt_lists *lists = lists_of(world);
    uint32_t n = lists->n_municipalities;
    struct start_job job = {world, FLYT_ARENA_ZERO(world->step_arena, double, n)};
    int64_t *sum = FLYT_ARENA_ZERO(world->step_arena, int64_t, n);
    if (job.scale == NULL || sum == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        sum[flyt_lists_municipality(world, i)] += (int64_t)(start_rate(world, i) * 0x1p30);
    }
    for (uint32_t m = 0; m < n; m++) {
        int64_t homes = 0;
        for (uint32_t kind = 0; kind < 2; kind++) {
            for (uint32_t i = lists->first[kind][m]; i < lists->first[kind][m + 1]; i++) {
                homes += lists->option[kind][i].homes;
            }
        }
        job.scale[m] = sum[m] > 0 ? world->params->lists.start_ratio * (double)homes /
                                        ((double)sum[m] * 0x1p-30)
                                  : 0.0;
    }
    flyt_par_blocks(&world->par, start_block, &job);
    FLYT_TRY(bring(world, true));
    for (uint32_t l = 0; l < lists->n; l++) {
        lists->list[l].arrivals = 0; /* they did not come in a month of the run */
    }
    flyt_par_ranges(&world->par, lists->n, order_range, world);
    for (uint32_t l = 0; l < lists->n; l++) {
        lists->list[l].person_months = 0;
    }
    return FLYT_OK;
}
