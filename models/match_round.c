/**
 * @file match_round.c
 * @brief A round of the market: all searchers whose turn it is ask, each home takes the first.
 *        Declared in match.h.
 */
#include <string.h>

#include "models/housing.h"
#include "models/letting.h"
#include "models/match.h"
#include "models/offers.h"
#include "models/params.h"

enum {
    AHEAD = 6,
    READY = 1 << 15,          /* a searcher's bit beside those of its rounds */
    BATCH = FLYT_CHOICE_BATCH /* searchers whose looks are worked through together */
};

enum flyt_status flyt_match_create(struct flyt_world *world)
{
    struct flyt_match *match = FLYT_ARENA_ZERO(world->run_arena, struct flyt_match, 1);
    size_t n_types = (size_t)world->municipalities.n * FLYT_N_HOUSES;
    if (match == NULL) {
        return FLYT_ERR_MEMORY;
    }
    match->new_buyers = FLYT_ARENA_ZERO(world->run_arena, int64_t, n_types);
    match->bids = FLYT_ARENA_ZERO(world->run_arena, int64_t, world->housing->n_markets);
    match->block =
        FLYT_ARENA_ZERO(world->run_arena, struct flyt_match_block, world->par.n_blocks + 1);
    world->match = match;
    bool ok = match->new_buyers != NULL && match->bids != NULL && match->block != NULL;
    return ok ? FLYT_OK : FLYT_ERR_MEMORY;
}

void flyt_match_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_match *match = world->match;
    FLYT_ARCHIVE_SCRATCH(archive, "match.new_buyers", match->new_buyers,
                         (size_t)world->municipalities.n * FLYT_N_HOUSES);
    FLYT_ARCHIVE_SCRATCH(archive, "match.bids", match->bids, world->housing->n_markets);
    FLYT_ARCHIVE_SCRATCH(archive, "match.block", match->block, world->par.n_blocks + 1);
}

void flyt_match_month(struct flyt_world *world)
{
    size_t n_types = (size_t)world->municipalities.n * FLYT_N_HOUSES;
    memset(world->match->new_buyers, 0, n_types * sizeof(int64_t));
    memset(world->match->bids, 0, world->housing->n_markets * sizeof(int64_t));
}

/* ---- whose turn it is ------------------------------------------------------------------------ */

struct match_job {
    struct flyt_world *world;
    uint32_t round;
};

static bool is_looking(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    return world->households.uid[household] != 0 && row->search_since != FLYT_NO_MONTH &&
           row->wanted == FLYT_NONE;
}

/** In which rounds a searcher looks at homes, as bits: in rounds of its own, which change by the
 *  month; whoever has no home here, or must leave it, in all. */
static uint32_t turns_of(const struct flyt_world *world, uint32_t household)
{
    uint32_t n_rounds = world->params->letting.rounds, n_looks = world->params->match.looks;
    if (n_looks >= n_rounds || household >= world->households.capacity ||
        world->households.row[household].flags & (FLYT_HIDDEN | FLYT_FORCED)) {
        return (1u << n_rounds) - 1;
    }
    uint32_t turn = (uint32_t)((world->households.uid[household] + world->month) % n_rounds);
    uint32_t bits = 0;
    for (uint32_t round = 0; round < n_rounds; round++) {
        bits |= (uint32_t)((turn + round) % n_rounds < n_looks) << round;
    }
    return bits;
}

/** Notes in which rounds of the month each searcher of a block looks, as bits, and gives a seat to
 *  whoever looks in several. Nobody comes to look in other rounds before the month is over. */
static void set_turns(const struct flyt_world *world, uint32_t block)
{
    const struct flyt_list *list = &world->housing->searching[block];
    struct flyt_match_block *own = &world->match->block[block];
    own->n_seats = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        if (i + 2 * AHEAD < list->n) {
            __builtin_prefetch(&world->households.row[list->row[i + 2 * AHEAD]]);
        }
        uint32_t turns = turns_of(world, list->row[i]);
        own->turn[i] = (uint16_t)turns;
        own->seat[i] = own->n_seats;
        own->n_seats += (turns & (turns - 1)) != 0;
    }
}

/** Lists the places of those whose turn it is. */
static void list_turns(const struct flyt_world *world, uint32_t block, uint32_t round)
{
    struct flyt_match_block *own = &world->match->block[block];
    uint32_t n = world->housing->searching[block].n, n_now = 0;
    for (uint32_t i = 0; i < n; i++) {
        own->place[n_now] = i; /* kept only when it is its turn: no branch */
        n_now += own->turn[i] >> round & 1;
    }
    own->n_now = n_now;
}

static void list_range(void *job_, uint32_t first, uint32_t end)
{
    const struct match_job *job = job_;
    for (uint32_t block = first; block < end; block++) {
        if (job->round == 0) {
            set_turns(job->world, block);
        }
        list_turns(job->world, block, job->round);
    }
}

/* ---- asking ---------------------------------------------------------------------------------- */

/** Searchers whose looks are worked through together. */
struct batch {
    struct flyt_chooser *chooser[BATCH], *fresh[BATCH]; /* fresh: those not made ready yet */
    struct flyt_chooser once[BATCH];                    /* of those who look in this round only */
    uint32_t n, n_fresh;
};

/** Adds a searcher. It is made ready once a month: nothing that counts changes in a month but where
 *  guests stay, who follow their hosts. */
static void add(struct flyt_world *world, uint32_t block, uint32_t place, struct batch *batch)
{
    struct flyt_match_block *own = &world->match->block[block];
    uint32_t household = world->housing->searching[block].row[place];
    const struct flyt_household *row = &world->households.row[household];
    uint32_t turns = own->turn[place] & ~(uint32_t)READY;
    bool only = (turns & (turns - 1)) == 0;
    struct flyt_chooser *chooser = only ? &batch->once[batch->n] : &own->chooser[own->seat[place]];
    if (only || !(own->turn[place] & READY) ||
        (row->flags & FLYT_HIDDEN && row->section != chooser->section)) {
        chooser->household = household;
        batch->fresh[batch->n_fresh++] = chooser;
        own->turn[place] |= only ? 0 : READY;
    }
    batch->chooser[batch->n++] = chooser;
}

/** What the searchers of a batch ask for: bids in their order. Empties the batch. */
static void ask_batch(struct match_job *job, uint32_t block, struct batch *batch)
{
    struct flyt_world *world = job->world;
    struct flyt_match_block *own = &world->match->block[block];
    flyt_choice_prepare_batch(world, batch->fresh, batch->n_fresh);
    struct flyt_bid *bid = own->bid + own->n_bids;
    uint32_t n = flyt_match_ask(world, batch->chooser, batch->n, job->round, bid);
    for (uint32_t i = 0; i < n; i++) {
        world->households.row[bid[i].household].flags |= bid[i].first ? FLYT_BIDDER : 0;
    }
    own->n_bids += n;
    batch->n = batch->n_fresh = 0;
}

/** Begins to fetch a searcher, and what it was found to be in an earlier round. */
static void fetch(const struct flyt_world *world, uint32_t block, uint32_t place)
{
    const struct flyt_match_block *own = &world->match->block[block];
    flyt_world_fetch_row(world, world->housing->searching[block].row[place]);
    if (own->turn[place] & READY) {
        const char *chooser = (const char *)&own->chooser[own->seat[place]];
        for (size_t i = 0; i < sizeof(struct flyt_chooser); i += 64) {
            __builtin_prefetch(chooser + i);
        }
    }
}

static void ask_block(struct match_job *job, uint32_t block)
{
    struct flyt_world *world = job->world;
    struct flyt_match_block *own = &world->match->block[block];
    const uint32_t *searcher = world->housing->searching[block].row, *place = own->place;
    struct batch batch;
    batch.n = batch.n_fresh = own->n_bids = 0;
    for (uint32_t i = 0; i < own->n_now; i++) {
        if (i + 2 * AHEAD < own->n_now) {
            fetch(world, block, place[i + 2 * AHEAD]);
        }
        if (i + AHEAD < own->n_now) {
            flyt_choice_fetch_home(world, searcher[place[i + AHEAD]]);
        }
        if (is_looking(world, searcher[place[i]])) {
            add(world, block, place[i], &batch);
        }
        if (batch.n == BATCH) {
            ask_batch(job, block, &batch);
        }
    }
    if (batch.n > 0) {
        ask_batch(job, block, &batch);
    }
}

static void ask_range(void *job, uint32_t first, uint32_t end)
{
    for (uint32_t block = first; block < end; block++) {
        ask_block(job, block);
    }
}

/* ---- who gets it ----------------------------------------------------------------------------- */

/** The first of all bids on each offer, by (key, uid). */
static void choose(struct flyt_world *world, const struct flyt_bid **best)
{
    for (uint32_t block = 0; block <= world->par.n_blocks; block++) {
        const struct flyt_match_block *own = &world->match->block[block];
        for (uint32_t i = 0; i < own->n_bids; i++) {
            const struct flyt_bid *bid = &own->bid[i], *now = best[bid->offer];
            const struct flyt_offer *offer = &world->offers->offer[bid->offer];
            if (now == NULL || bid->key < now->key ||
                (bid->key == now->key && bid->uid < now->uid)) {
                best[bid->offer] = bid;
            }
            world->match->bids[flyt_housing_market(offer->municipality, offer->tenure)]++;
            if (bid->first) {
                world->match->new_buyers[flyt_prices_market(offer->municipality,
                                                            flyt_prices_house(offer->rooms))]++;
            }
        }
    }
}

/** Writes down who moves where; the homes are marked as taken. */
static void agree(struct flyt_world *world, const struct flyt_bid *bid)
{
    const struct flyt_offer *offer = &world->offers->offer[bid->offer];
    struct flyt_housing *housing = world->housing;
    uint32_t s = offer->section;
    housing->moves[world->sections.first[s] + housing->n_let[s]++] =
        (struct flyt_move){bid->household, offer->dwelling};
    struct flyt_household *row = &world->households.row[bid->household];
    row->wanted = offer->dwelling;
    flyt_letting_note_agreed(world, bid->household);
    housing->counts.waited_months[flyt_housing_market(offer->municipality, offer->tenure)] +=
        world->calendar - row->search_since;
    world->offers->taken[offer->dwelling] = true;
}

/** Whether an advertised home was let in the same round, to somebody who had to be rehoused. */
static bool is_let(const struct flyt_world *world, const struct flyt_offer *offer)
{
    const struct flyt_housing *housing = world->housing;
    const struct flyt_move *moves = housing->moves + world->sections.first[offer->section];
    bool let = false;
    for (uint32_t i = 0; offer->tenure == FLYT_TENURE_almen && i < housing->n_let[offer->section];
         i++) {
        let |= moves[i].dwelling == offer->dwelling;
    }
    return let;
}

static void clear_range(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    for (uint32_t s = first; s < end; s++) {
        uint32_t *vacant = world->housing->vacant + world->sections.first[s], n = 0;
        if (world->housing->n_let[s] == 0) {
            continue;
        }
        for (uint32_t i = 0; i < world->housing->n_vacant[s]; i++) {
            uint32_t dwelling = vacant[i];
            if (world->offers->taken[dwelling]) {
                world->offers->taken[dwelling] = false;
            } else {
                vacant[n++] = dwelling;
            }
        }
        world->housing->n_vacant[s] = n;
    }
}

/** Scratch of the month: in the first round. */
static enum flyt_status open_month(struct flyt_world *world)
{
    struct flyt_arena *arena = world->step_arena;
    for (uint32_t block = 0; block <= world->par.n_blocks; block++) {
        struct flyt_match_block *own = &world->match->block[block];
        size_t n = (size_t)world->housing->searching[block].n + 1; /* one more is written */
        own->turn = FLYT_ARENA_ARRAY(arena, uint16_t, n);
        own->seat = FLYT_ARENA_ARRAY(arena, uint32_t, n);
        own->place = FLYT_ARENA_ARRAY(arena, uint32_t, n);
        if (own->turn == NULL || own->seat == NULL || own->place == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

/** Scratch of the round, whose searchers are listed. */
static enum flyt_status open_round(struct flyt_world *world, uint32_t round)
{
    struct flyt_arena *arena = world->step_arena;
    for (uint32_t block = 0; block <= world->par.n_blocks; block++) {
        struct flyt_match_block *own = &world->match->block[block];
        own->bid = FLYT_ARENA_ARRAY(arena, struct flyt_bid, (size_t)own->n_now + 1);
        if (round == 0) {
            own->chooser = FLYT_ARENA_ARRAY(arena, struct flyt_chooser, own->n_seats);
        }
        if (own->bid == NULL || own->chooser == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_match_round(struct flyt_world *world, uint32_t round)
{
    struct flyt_arena *arena = world->step_arena;
    uint32_t n_lists = world->par.n_blocks + 1, n_municipalities = world->municipalities.n;
    const struct flyt_offers *offers = world->offers;
    struct match_job job = {.world = world, .round = round};
    if (round == 0) {
        FLYT_TRY(open_month(world));
    }
    flyt_par_ranges(&world->par, n_lists, list_range, &job);
    FLYT_TRY(open_round(world, round));
    uint32_t last = n_municipalities - 1, n_offers = offers->first[last] + offers->n[last];
    const struct flyt_bid **best = FLYT_ARENA_ZERO(arena, const struct flyt_bid *, n_offers);
    if (best == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_ranges(&world->par, n_lists, ask_range, &job);
    choose(world, best);
    for (uint32_t i = 0; i < n_offers; i++) {
        if (best[i] != NULL && !is_let(world, &offers->offer[i])) {
            agree(world, best[i]);
        }
    }
    flyt_par_ranges(&world->par, world->sections.n, clear_range, world);
    return FLYT_OK;
}
