#include "models/letting.h"

#include <stdlib.h>
#include <string.h>

#include "models/housing.h"
#include "models/kinds.h"
#include "models/letting_parts.h"
#include "models/letting_shelf.h"
#include "models/moves.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/search.h"

enum { MILLION = 1000000 };

static bool is_almen(const struct flyt_world *world, uint32_t section)
{
    return world->sections.tenure[section] == FLYT_TENURE_almen;
}

/* ---- counters ------------------------------------------------------------------------------ */

bool flyt_letting_turn(uint32_t *counter, double share)
{
    *counter += (uint32_t)(share * MILLION + 0.5);
    if (*counter < MILLION) {
        return false;
    }
    *counter -= MILLION;
    return true;
}

/** Act, section 59(1): every fourth vacancy may be claimed. The municipality does so with some
 *  chance, and finds a home suitable with some other; both keyed by home and month. */
static void number_vacancy(struct flyt_world *world, uint32_t section, uint32_t dwelling)
{
    struct flyt_letting *letting = world->letting;
    const struct flyt_letting_params *params = &world->params->letting;
    struct flyt_letting_counter *counter = &letting->counter[section];
    struct flyt_letting_vacancy *vacancy = &letting->vacancy[dwelling];
    bool may_claim =
        !flyt_policies_set_aside(world, dwelling) &&
        flyt_letting_turn(&counter->municipal, letting->month->rules[section].municipal_share);
    double u[2];
    for (uint32_t i = 0; i < 2; i++) {
        u[i] =
            flyt_rng_unit(world->key, dwelling + UINT64_C(1), world->month, FLYT_STREAM_claim, i);
    }
    bool claimed = may_claim && u[0] < params->claim && u[1] < params->claim_fits;
    *vacancy = (struct flyt_letting_vacancy){.since = world->dwellings.empty_since[dwelling],
                                             .let = vacancy->let,
                                             .channel = vacancy->channel,
                                             .state = claimed ? FLYT_LETTING_claimed : 0};
    counter->n_vacancies++;
    for (uint32_t i = 0; i < letting->n_traces; i++) {
        struct flyt_letting_trace *trace = &letting->trace[i];
        if (trace->section == section && trace->n < FLYT_LETTING_LINES) {
            trace->line[trace->n++] = (struct flyt_letting_line){.number = counter->n_vacancies,
                                                                 .dwelling = dwelling,
                                                                 .since = vacancy->since,
                                                                 .month = world->calendar,
                                                                 .let = FLYT_NO_MONTH,
                                                                 .may_claim = may_claim,
                                                                 .claimed = claimed,
                                                                 .channel = FLYT_N_CHANNELS};
        }
    }
}

/** Numbers a section's new vacancies in order of (month they fell vacant, keyed hash). */
static void number_range(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    struct flyt_letting *letting = world->letting;
    for (uint32_t s = first; s < end; s++) {
        world->housing->n_let[s] = 0;
        letting->month->n_proposals[s] = letting->month->n_refusals[s] = 0;
        if (!is_almen(world, s)) {
            continue;
        }
        const uint32_t *vacant = world->housing->vacant + world->sections.first[s];
        struct flyt_ranked *ranked = letting->month->ranked + letting->month->room[s];
        uint32_t n = 0;
        for (uint32_t i = 0; i < world->housing->n_vacant[s]; i++) {
            uint32_t dwelling = vacant[i];
            int16_t since = world->dwellings.empty_since[dwelling];
            if (letting->vacancy[dwelling].since != since && flyt_moves_ready(world, dwelling)) {
                uint64_t hash = flyt_rng_word64(world->key, dwelling, world->month,
                                                FLYT_STREAM_letting_home, 0);
                ranked[n++] = (struct flyt_ranked){(uint64_t)(since - INT16_MIN) << 48 | hash >> 16,
                                                   dwelling, dwelling};
            }
        }
        flyt_rank_sort(ranked, n);
        for (uint32_t i = 0; i < n; i++) {
            number_vacancy(world, s, ranked[i].index);
        }
    }
}

/* ---- scratch ------------------------------------------------------------------------------- */

static enum flyt_status open_month(struct flyt_world *world)
{
    struct flyt_letting *letting = world->letting;
    struct flyt_letting_month *month = letting->month;
    struct flyt_arena *arena = world->step_arena;
    uint32_t n_lists = letting->lists.n;
    memset(letting->agreed, 0, flyt_letting_words(world) * sizeof *letting->agreed);
    *month = (struct flyt_letting_month){.offset = FLYT_ARENA_ARRAY(arena, uint32_t, n_lists + 1)};
    if (month->offset == NULL) {
        return FLYT_ERR_MEMORY;
    }
    month->offset[0] = 0;
    for (uint32_t l = 0; l < n_lists; l++) {
        month->offset[l + 1] = month->offset[l] + letting->lists.list[l].n;
    }
    size_t n = month->offset[n_lists];
    month->member = FLYT_ARENA_ARRAY(arena, struct flyt_letting_member, n + 1);
    month->resident = FLYT_ARENA_ARRAY(arena, uint32_t, n + 1);
    month->glance = FLYT_ARENA_ARRAY(arena, char, n * letting->choice->glance_size + 1);
    month->n_resident = FLYT_ARENA_ZERO(arena, uint32_t, n_lists);
    month->ready = FLYT_ARENA_ZERO(arena, bool, n_lists);
    month->n_seen = FLYT_ARENA_ZERO(arena, uint32_t, n_lists);
    month->rules = FLYT_ARENA_ARRAY(arena, struct flyt_letting_rules, world->sections.n);
    month->room = FLYT_ARENA_ARRAY(arena, uint32_t, world->sections.n + 1);
    month->room_of = FLYT_ARENA_ARRAY(arena, uint32_t, letting->lists.n_organisations + 1);
    month->n_proposals = FLYT_ARENA_ZERO(arena, uint32_t, world->sections.n);
    month->n_refusals = FLYT_ARENA_ZERO(arena, uint32_t, world->sections.n);
    bool ok = month->member != NULL && month->resident != NULL && month->glance != NULL &&
              month->n_resident != NULL && month->ready != NULL && month->n_seen != NULL &&
              month->rules != NULL && month->room != NULL && month->room_of != NULL &&
              month->n_proposals != NULL && month->n_refusals != NULL;
    for (uint32_t s = 0; ok && s < world->sections.n; s++) {
        if (is_almen(world, s)) {
            flyt_letting_rules(world, s, &month->rules[s]);
        }
    }
    return ok ? FLYT_OK : FLYT_ERR_MEMORY;
}

static enum flyt_status open_round(struct flyt_world *world)
{
    struct flyt_letting *letting = world->letting;
    struct flyt_letting_month *month = letting->month;
    const struct flyt_letting_params *params = &world->params->letting;
    const uint32_t *n_vacant = world->housing->n_vacant;
    month->room[0] = month->room_of[0] = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        month->room[s + 1] = month->room[s] + (is_almen(world, s) ? n_vacant[s] : 0);
    }
    for (uint32_t o = 0; o < letting->lists.n_organisations; o++) {
        month->room_of[o + 1] = month->room_of[o];
        for (uint32_t i = letting->first_of[o]; i < letting->first_of[o + 1]; i++) {
            month->room_of[o + 1] += n_vacant[letting->section_of[i]];
        }
    }
    size_t n = month->room[world->sections.n];
    month->per_home = 2 * params->offers_most + 2 * params->queue_offers;
    month->ranked = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, n + 1);
    month->proposal = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_letting_proposal, n + 1);
    month->refusal =
        FLYT_ARENA_ARRAY(world->step_arena, struct flyt_letting_refusal, n * month->per_home + 1);
    return month->ranked != NULL && month->proposal != NULL && month->refusal != NULL
               ? FLYT_OK
               : FLYT_ERR_MEMORY;
}

/* ---- who gets it --------------------------------------------------------------------------- */

/** A household's proposals lie together, the best first, ties by dwelling. */
static int by_household(const void *a_, const void *b_)
{
    const struct flyt_letting_proposal *a = a_, *b = b_;
    if (a->uid != b->uid) {
        return a->uid < b->uid ? -1 : 1;
    }
    if (a->utility != b->utility) {
        return a->utility > b->utility ? -1 : 1;
    }
    return a->dwelling < b->dwelling ? -1 : a->dwelling > b->dwelling;
}

void flyt_letting_take_vacancy(struct flyt_world *world, uint32_t section, uint32_t dwelling)
{
    uint32_t *vacant = world->housing->vacant + world->sections.first[section], n = 0;
    for (uint32_t i = 0; i < world->housing->n_vacant[section]; i++) {
        if (vacant[i] != dwelling) {
            vacant[n++] = vacant[i];
        }
    }
    world->housing->n_vacant[section] = n;
}

static void note_letting(struct flyt_world *world, uint32_t dwelling, uint32_t channel)
{
    world->letting->vacancy[dwelling].let = world->calendar;
    world->letting->vacancy[dwelling].channel = (uint8_t)channel;
}

void flyt_letting_count(struct flyt_world *world, const struct flyt_letting_proposal *proposal)
{
    struct flyt_letting_counts *counts = &world->letting->counts;
    uint32_t s = world->dwellings.section[proposal->dwelling], channel = proposal->channel;
    uint32_t m = world->sections.municipality[s];
    int64_t waited = world->calendar - proposal->since;
    counts->let[m * FLYT_N_CHANNELS + channel]++;
    counts->waited[m * FLYT_N_CHANNELS + channel] += waited;
    counts->by_kind[world->sections.kind[s] * FLYT_N_CHANNELS + channel]++;
    counts->offered[channel]++;
    note_letting(world, proposal->dwelling, channel);
    if (world->housing->counts.waited_months != NULL) {
        world->housing->counts.waited_months[flyt_housing_market_of(world, s)] += waited;
    }
}

static void agree(struct flyt_world *world, const struct flyt_letting_proposal *proposal)
{
    struct flyt_housing *housing = world->housing;
    uint32_t dwelling = proposal->dwelling, s = world->dwellings.section[dwelling];
    housing->moves[world->sections.first[s] + housing->n_let[s]++] =
        (struct flyt_move){proposal->household, dwelling};
    world->households.row[proposal->household].wanted = dwelling;
    flyt_letting_note_agreed(world, proposal->household);
    flyt_letting_take_vacancy(world, s, dwelling);
    if (proposal->list < flyt_lists_queue(&world->letting->lists, 0)) {
        flyt_lists_leave(world, proposal->household, proposal->list); /* seniority is used */
    }
    flyt_letting_count(world, proposal);
    flyt_letting_note_wait(world, proposal);
    struct flyt_letting_line *line = flyt_letting_line_of(world, dwelling);
    if (line != NULL) {
        line->channel = proposal->channel;
        line->taker = proposal->uid;
        line->let = world->calendar;
        line->waited = world->calendar - proposal->since;
    }
}

/** Every household takes the best home it was offered; the others go on. */
static enum flyt_status resolve(struct flyt_world *world)
{
    struct flyt_letting_month *month = world->letting->month;
    uint32_t n = 0, most = month->room[world->sections.n];
    struct flyt_letting_proposal *all =
        FLYT_ARENA_ARRAY(world->step_arena, struct flyt_letting_proposal, (size_t)most + 1);
    if (all == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t s = 0; s < world->sections.n; s++) {
        for (uint32_t i = 0; i < month->n_proposals[s]; i++) {
            all[n++] = month->proposal[month->room[s] + i];
        }
        month->n_proposals[s] = 0;
    }
    qsort(all, n, sizeof *all, by_household);
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 || all[i].uid != all[i - 1].uid) {
            agree(world, &all[i]);
        }
    }
    return FLYT_OK;
}

/** A refused assignment ends the claim of who was owed an offer; a refused offer of the list is
 *  counted; whoever was barred under section 51 b is owed one. */
static enum flyt_status apply_refusal(struct flyt_world *world, uint32_t section,
                                      const struct flyt_letting_refusal *refusal)
{
    struct flyt_letting *letting = world->letting;
    if (refusal->barred) {
        letting->counts.barred[world->sections.municipality[section]]++;
        return refusal->owed && refusal->household < world->households.capacity
                   ? flyt_need_owe(world, refusal->household, FLYT_NEED_refused)
                   : FLYT_OK;
    }
    letting->counts.refused[refusal->channel]++;
    letting->counts.offered[refusal->channel]++;
    if (refusal->list < flyt_lists_queue(&letting->lists, 0)) {
        flyt_lists_refuse(world, refusal->household, refusal->list);
        return FLYT_OK;
    }
    if (!(world->households.row[refusal->household].flags & (FLYT_HIDDEN | FLYT_FORCED)) &&
        refusal->channel == FLYT_CHANNEL_municipality) {
        world->households.row[refusal->household].flags &= (uint8_t)~FLYT_QUEUED;
    }
    return FLYT_OK;
}

static enum flyt_status apply_refusals(struct flyt_world *world)
{
    struct flyt_letting_month *month = world->letting->month;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        const struct flyt_letting_refusal *refusal =
            month->refusal + (size_t)month->room[s] * month->per_home;
        for (uint32_t i = 0; i < month->n_refusals[s]; i++) {
            FLYT_TRY(apply_refusal(world, s, &refusal[i]));
        }
        month->n_refusals[s] = 0;
    }
    return FLYT_OK;
}

/** Writes down the homes that are open to everybody from now on. */
static void post(struct flyt_world *world)
{
    struct flyt_letting *letting = world->letting;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        const uint32_t *vacant = world->housing->vacant + world->sections.first[s];
        for (uint32_t i = 0; is_almen(world, s) && i < world->housing->n_vacant[s]; i++) {
            uint8_t *state = &letting->vacancy[vacant[i]].state;
            if (!flyt_moves_ready(world, vacant[i])) {
                continue;
            }
            if (world->sections.organisation[s] == FLYT_NONE) {
                *state |= FLYT_LETTING_advertised; /* nobody keeps a list for it */
            }
            if ((*state & (FLYT_LETTING_advertised | FLYT_LETTING_posted)) ==
                FLYT_LETTING_advertised) {
                *state |= FLYT_LETTING_posted;
                flyt_list_push(&letting->advertised, vacant[i]);
            }
        }
    }
}

/* ---- one month ----------------------------------------------------------------------------- */

static int32_t months_in_state(const struct flyt_world *world, const struct flyt_household *row)
{
    int32_t months = INT32_MAX;
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        int32_t since = world->calendar - row->work_since[i];
        months = row->born[i] != FLYT_NO_MONTH && since < months ? since : months;
    }
    return months;
}

/** Whether it lived there and was too old at the start, whose tables do not tell who studied in
 *  youth homes. ASSUMPTION: these are of the other young people in need whom section 52 names. */
static bool stood_at_start(const struct flyt_world *world, const struct flyt_household *row)
{
    int16_t start = (int16_t)(world->calendar - (int32_t)world->month);
    return row->moved_in <= start && months_in_state(world, row) > (int32_t)world->month &&
           flyt_people_age(flyt_people_oldest(row), start) >=
               (int32_t)world->params->letting.youth_age;
}

/** Act, section 52 and the tenancy act: whoever studies no more leaves the youth home after six
 *  months. ASSUMPTION: counted from the last change of work of an adult. */
static void give_notice(struct flyt_world *world)
{
    const struct flyt_letting_params *params = &world->params->letting;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        bool youth = is_almen(world, s) && world->sections.kind[s] == FLYT_KIND_almen_youth;
        for (uint32_t d = world->sections.first[s]; youth && d < world->sections.first[s + 1];
             d++) {
            uint32_t household = world->dwellings.occupant[d];
            if (household >= FLYT_CLOSED) {
                continue;
            }
            struct flyt_household *row = &world->households.row[household];
            if (row->flags & (FLYT_FORCED | FLYT_HIDDEN) || flyt_letting_young(world, household) ||
                months_in_state(world, row) < (int32_t)params->notice_months ||
                stood_at_start(world, row)) {
                continue;
            }
            flyt_search_force(world, household, FLYT_REASON_notice);
            world->letting->counts.notices[world->sections.municipality[s]]++;
        }
    }
}

enum flyt_status flyt_letting_begin(struct flyt_world *world)
{
    struct flyt_letting_counts *counts = &world->letting->counts;
    size_t n = world->municipalities.n, by_channel = n * FLYT_N_CHANNELS * sizeof(int64_t);
    memset(counts->let, 0, by_channel);
    memset(counts->waited, 0, by_channel);
    memset(counts->by_kind, 0, sizeof(int64_t) * FLYT_N_KINDS * FLYT_N_CHANNELS);
    memset(counts->refused, 0, sizeof(int64_t) * FLYT_N_CHANNELS);
    memset(counts->offered, 0, sizeof(int64_t) * FLYT_N_CHANNELS);
    memset(counts->barred, 0, sizeof(int64_t) * n);
    memset(counts->notices, 0, sizeof(int64_t) * n);
    give_notice(world);
    return world->month % 12 == 0 ? flyt_need_year(world) : FLYT_OK;
}

enum flyt_status flyt_letting_round(struct flyt_world *world, uint32_t round)
{
    if (round == 0) {
        FLYT_TRY(open_month(world));
        flyt_letting_shelf_open(world);
        FLYT_TRY(flyt_policies_assign(world));
    }
    FLYT_TRY(open_round(world));
    flyt_par_ranges(&world->par, world->sections.n, number_range, world);
    flyt_letting_shelf_agree(world);
    flyt_letting_assign(world);
    FLYT_TRY(resolve(world));
    FLYT_TRY(apply_refusals(world));
    flyt_letting_offer(world);
    FLYT_TRY(resolve(world));
    FLYT_TRY(apply_refusals(world));
    post(world);
    return FLYT_OK;
}

void flyt_letting_close(struct flyt_world *world)
{
    struct flyt_letting *letting = world->letting;
    uint32_t n = 0;
    for (uint32_t i = 0; i < letting->advertised.n; i++) {
        uint32_t dwelling = letting->advertised.row[i], s = world->dwellings.section[dwelling];
        if (world->dwellings.occupant[dwelling] == FLYT_NONE) {
            letting->advertised.row[n++] = dwelling;
            continue;
        }
        letting->counts
            .let[world->sections.municipality[s] * FLYT_N_CHANNELS + FLYT_CHANNEL_other]++;
        letting->counts.by_kind[world->sections.kind[s] * FLYT_N_CHANNELS + FLYT_CHANNEL_other]++;
        note_letting(world, dwelling, FLYT_CHANNEL_other);
        flyt_letting_note_taken(world, dwelling);
    }
    letting->advertised.n = n;
    flyt_letting_shelf_close(world);
}

int64_t flyt_letting_members(const struct flyt_world *world, uint32_t municipality)
{
    const struct flyt_letting *letting = world->letting;
    int64_t n = 0;
    for (uint32_t o = 0; o < letting->lists.n_organisations; o++) {
        if (letting->municipality_of[o] == municipality) {
            n += letting->lists.list[flyt_lists_family(&letting->lists, o)].n;
            n += letting->lists.list[flyt_lists_youth(&letting->lists, o)].n;
        }
    }
    return n;
}

int64_t flyt_letting_queue(const struct flyt_world *world, uint32_t municipality)
{
    const struct flyt_lists *lists = &world->letting->lists;
    return lists->list[flyt_lists_queue(lists, municipality)].n;
}
