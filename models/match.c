#include "models/match.h"

#include <math.h>
#include <string.h>

#include "models/credit.h"
#include "models/housing.h"
#include "models/letting.h"
#include "models/offers.h"
#include "models/params.h"
#include "sim/num.h"

enum { AHEAD = 6, READY = 1 << 15 /* a searcher's bit beside those of its rounds */ };

enum flyt_status flyt_match_create(struct flyt_world *world)
{
    struct flyt_match *match = FLYT_ARENA_ZERO(world->run_arena, struct flyt_match, 1);
    size_t n_types = (size_t)world->municipalities.n * FLYT_N_HOUSES;
    if (match == NULL) {
        return FLYT_ERR_MEMORY;
    }
    match->new_buyers = FLYT_ARENA_ZERO(world->run_arena, int64_t, n_types);
    match->bids = FLYT_ARENA_ZERO(world->run_arena, int64_t, world->housing->n_markets);
    match->chooser =
        FLYT_ARENA_ZERO(world->run_arena, struct flyt_chooser *, world->par.n_blocks + 1);
    match->turn = FLYT_ARENA_ZERO(world->run_arena, uint16_t *, world->par.n_blocks + 1);
    world->match = match;
    bool ok = match->new_buyers != NULL && match->bids != NULL && match->chooser != NULL &&
              match->turn != NULL;
    return ok ? FLYT_OK : FLYT_ERR_MEMORY;
}

void flyt_match_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_match *match = world->match;
    FLYT_ARCHIVE_SCRATCH(archive, "match.new_buyers", match->new_buyers,
                         (size_t)world->municipalities.n * FLYT_N_HOUSES);
    FLYT_ARCHIVE_SCRATCH(archive, "match.bids", match->bids, world->housing->n_markets);
    FLYT_ARCHIVE_SCRATCH(archive, "match.chooser", match->chooser, world->par.n_blocks + 1);
    FLYT_ARCHIVE_SCRATCH(archive, "match.turn", match->turn, world->par.n_blocks + 1);
}

void flyt_match_month(struct flyt_world *world)
{
    size_t n_types = (size_t)world->municipalities.n * FLYT_N_HOUSES;
    memset(world->match->new_buyers, 0, n_types * sizeof(int64_t));
    memset(world->match->bids, 0, world->housing->n_markets * sizeof(int64_t));
}

/* ---- what a home is worth -------------------------------------------------------------------- */

bool flyt_match_rent(const struct flyt_world *world, const struct flyt_chooser *chooser,
                     const struct flyt_offer *offer)
{
    if (offer->tenure != FLYT_TENURE_private_rental) {
        return true;
    }
    double paid = world->prices->rent_paid[FLYT_TENURE_private_rental];
    double rent = paid * (double)flyt_prices_rent_at(world, offer->section, offer->area_m2);
    return rent / 100.0 <= world->params->match.rent_share * chooser->income;
}

bool flyt_match_landlord(const struct flyt_world *world, const struct flyt_chooser *chooser,
                         const struct flyt_offer *offer)
{
    return offer->tenure != FLYT_TENURE_private_rental || !chooser->benefit ||
           flyt_rng_unit(world->key, chooser->uid, world->month, FLYT_STREAM_match_landlord,
                         offer->dwelling) < world->params->match.benefit_accepted;
}

int64_t flyt_match_bid_ore(const struct flyt_world *world, const struct flyt_chooser *chooser,
                           const struct flyt_offer *offer, double utility, double cost)
{
    const struct flyt_credit_params *credit = &world->params->credit;
    const struct flyt_choice_params *choice = &world->params->choice;
    double price =
        (double)flyt_prices_price_at(world, offer->section, offer->area_m2, offer->rooms) / 100.0;
    double wealth = chooser->cost.wealth > 0.0 ? chooser->cost.wealth : 0.0;
    double gain = utility - chooser->stay, least = choice->left_least / chooser->need;
    /* with beta_c ln(left) lower by the gain, the household would be as well off where it is */
    double left = (chooser->income - cost) / chooser->need;
    if (choice->income_left > 0.0) {
        left *= flyt_num_exp(-(gain < 600.0 ? gain : 600.0) / choice->income_left);
    }
    double dearer = chooser->income - cost - (left > least ? left : least) * chooser->need;
    double share = price > 0.0 ? 12.0 * cost / price : 0.0;
    share =
        share > world->params->match.user_cost_least ? share : world->params->match.user_cost_least;
    double worth = price + 12.0 * dearer / share;
    double down = credit->down_payment > 1e-6 ? wealth / credit->down_payment : INFINITY;
    double loan = wealth + credit->debt_factor * chooser->cost.gross;
    worth = worth < down ? worth : down;
    worth = worth < loan ? worth : loan;
    return (int64_t)((worth > price ? worth : price) * 100.0);
}

/* ---- asking ---------------------------------------------------------------------------------- */

enum { BATCH = FLYT_OFFERS_CALLERS }; /* searchers whose looks are worked through together */
_Static_assert((int)BATCH == (int)FLYT_CHOICE_BATCH, "what is made ready together looks together");

/** What is left of a sample: homes that fit. */
struct sample {
    struct flyt_look *look;
    uint32_t n;
};

/** Samples of n searchers; looks has room for all, [n * FLYT_CHOICE_MOST]. */
static void draw_samples(const struct flyt_world *world, struct flyt_chooser *const *chooser,
                         uint32_t n, uint32_t round, struct flyt_look *look, struct sample *sample)
{
    struct flyt_offers_caller caller[BATCH] = {{.uid = 0}};
    struct flyt_drawn drawn[BATCH * FLYT_CHOICE_MOST];
    uint32_t n_drawn[BATCH], n_looks = 0, n_draws = world->params->offers.round;
    for (uint32_t c = 0; c < n; c++) {
        caller[c] = (struct flyt_offers_caller){chooser[c]->uid, chooser[c]->municipality,
                                                FLYT_STREAM_offers_round, round * FLYT_CHOICE_MOST};
    }
    flyt_offers_draw_many(world, caller, n, n_draws, drawn, n_drawn);
    for (uint32_t c = 0; c < n; c++) {
        uint32_t first = n_looks;
        for (uint32_t i = 0; i < n_drawn[c]; i++) {
            const struct flyt_drawn *one = &drawn[c * FLYT_CHOICE_MOST + i];
            look[n_looks].chooser = chooser[c]; /* kept only when it fits */
            look[n_looks].offer = one->offer;
            look[n_looks].weight = one->weight;
            n_looks += flyt_choice_fits(world, chooser[c], one->offer) == FLYT_BAR_none;
        }
        sample[c] = (struct sample){look + first, n_looks - first};
    }
    flyt_choice_looks(world, look, n_looks);
}

/** What each home of a sample counts for in the choice: -infinity where it is not worth moving for.
 *  Returns how many are. */
static uint32_t count_for(const struct flyt_world *world, const struct flyt_chooser *chooser,
                          const struct sample *sample, double *value)
{
    bool worth[FLYT_CHOICE_MOST];
    double weight[FLYT_CHOICE_MOST];
    uint32_t n_worth = 0;
    for (uint32_t i = 0; i < sample->n; i++) {
        const struct flyt_look *look = &sample->look[i];
        value[i] = look->view.value;
        weight[i] = look->weight;
        worth[i] = look->view.value + look->view.taste > chooser->stay;
        n_worth += worth[i];
    }
    if (n_worth > 1) { /* else there is nothing to choose from */
        for (uint32_t i = 0; i < sample->n; i++) {
            bool known = sample->look[i].view.taste > -INFINITY;
            value[i] = known ? value[i] : flyt_choice_value(world, &sample->look[i]);
        }
        flyt_choice_correct(value, weight, sample->n, value);
    }
    for (uint32_t i = 0; i < sample->n; i++) {
        value[i] = worth[i] ? value[i] + sample->look[i].view.taste : -INFINITY;
    }
    return n_worth;
}

/** The best affordable home of a sample; FLYT_NONE: none is worth moving for. */
static uint32_t best_of(const struct flyt_world *world, const struct flyt_chooser *chooser,
                        const struct sample *sample)
{
    double value[FLYT_CHOICE_MOST];
    uint32_t n_left = count_for(world, chooser, sample, value);
    for (; n_left > 0;
         n_left--) { /* money is asked about only of the best: it takes long to tell */
        uint32_t best = 0;
        for (uint32_t i = 1; i < sample->n; i++) {
            best = value[i] > value[best] ? i : best;
        }
        const struct flyt_look *look = &sample->look[best];
        if (flyt_match_rent(world, chooser, look->offer) &&
            flyt_choice_affords(world, chooser, look->offer, look->view.cost) == FLYT_BAR_none) {
            return best;
        }
        value[best] = -INFINITY;
    }
    return FLYT_NONE;
}

/** In which order those who ask for a home get it: lowest first. */
static uint64_t key_of(const struct flyt_world *world, const struct flyt_chooser *chooser,
                       const struct flyt_offer *offer, const struct flyt_view *view, uint32_t round)
{
    const struct flyt_household *row = &world->households.row[chooser->household];
    if (offer->tenure == FLYT_TENURE_owner) {
        return UINT64_MAX - (uint64_t)flyt_match_bid_ore(world, chooser, offer,
                                                         view->value + view->taste, view->cost);
    }
    if (offer->tenure == FLYT_TENURE_almen) {
        return (uint64_t)(row->search_since + INT16_MAX + 1);
    }
    return flyt_rng_word64(world->key, chooser->uid, world->month, FLYT_STREAM_match_turn, round);
}

/** What a searcher asks for of its sample; false: nothing. */
static bool bid_of(const struct flyt_world *world, const struct flyt_chooser *chooser,
                   const struct sample *sample, uint32_t round, struct flyt_bid *bid)
{
    uint32_t best = best_of(world, chooser, sample);
    if (best == FLYT_NONE) {
        return false;
    }
    const struct flyt_offer *offer = sample->look[best].offer;
    *bid = (struct flyt_bid){
        .key = key_of(world, chooser, offer, &sample->look[best].view, round),
        .uid = chooser->uid,
        .household = chooser->household,
        .offer = (uint32_t)(offer - world->offers->offer),
        .first = offer->tenure == FLYT_TENURE_owner &&
                 !(world->households.row[chooser->household].flags & FLYT_BIDDER),
    };
    return flyt_match_landlord(world, chooser, offer);
}

bool flyt_match_ask(const struct flyt_world *world, struct flyt_chooser *chooser, uint32_t round,
                    struct flyt_bid *bid)
{
    struct flyt_look look[FLYT_CHOICE_MOST];
    struct sample sample;
    draw_samples(world, &chooser, 1, round, look, &sample);
    return bid_of(world, chooser, &sample, round, bid);
}

/* ---- a round --------------------------------------------------------------------------------- */

struct match_job {
    struct flyt_world *world;
    uint32_t round;
    struct flyt_bid **bid; /* [n_blocks + 1] those of a block's searchers */
    uint32_t *n;           /* [n_blocks + 1] */
    uint32_t **place;      /* [n_blocks + 1] scratch: searchers of the round */
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

/** Notes in which rounds of the month each searcher of a block looks: bits. Nobody comes to look in
 *  other rounds before the month is over. */
static void set_turns(struct match_job *job, uint32_t block)
{
    struct flyt_world *world = job->world;
    const struct flyt_list *list = &world->housing->searching[block];
    for (uint32_t i = 0; i < list->n; i++) {
        if (i + 2 * AHEAD < list->n) {
            __builtin_prefetch(&world->households.row[list->row[i + 2 * AHEAD]]);
        }
        world->match->turn[block][i] = (uint16_t)turns_of(world, list->row[i]);
    }
}

/** Lists the places of those whose turn it is; returns their number. */
static uint32_t list_turns(struct match_job *job, uint32_t block, uint32_t *place)
{
    const uint16_t *turn = job->world->match->turn[block];
    uint32_t n = job->world->housing->searching[block].n, n_now = 0;
    for (uint32_t i = 0; i < n; i++) {
        place[n_now] = i; /* kept only when it is its turn: no branch */
        n_now += turn[i] >> job->round & 1;
    }
    return n_now;
}

/** Searchers whose looks are worked through together. */
struct batch {
    struct flyt_chooser *chooser[BATCH], *fresh[BATCH]; /* fresh: those not made ready yet */
    struct flyt_chooser once[BATCH];                    /* of those who look in this round only */
    uint32_t n, n_fresh;
};

/** Adds a searcher. It is made ready once a month: nothing that counts changes in a month but where
 *  guests stay, who follow their hosts. */
static void add(struct match_job *job, uint32_t block, uint32_t place, struct batch *batch)
{
    struct flyt_world *world = job->world;
    uint32_t household = world->housing->searching[block].row[place];
    const struct flyt_household *row = &world->households.row[household];
    uint16_t *turn = &world->match->turn[block][place];
    bool only = *turn == 1u << job->round;
    struct flyt_chooser *chooser =
        only ? &batch->once[batch->n] : &world->match->chooser[block][place];
    if (only || !(*turn & READY) ||
        (row->flags & FLYT_HIDDEN && row->section != chooser->section)) {
        chooser->household = household;
        batch->fresh[batch->n_fresh++] = chooser;
        *turn |= only ? 0 : READY;
    }
    batch->chooser[batch->n++] = chooser;
}

/** What the searchers of a batch ask for: bids in their order. Empties the batch. */
static void ask_batch(struct match_job *job, uint32_t block, struct batch *batch)
{
    struct flyt_world *world = job->world;
    struct flyt_look look[BATCH * FLYT_CHOICE_MOST];
    struct sample sample[BATCH];
    flyt_choice_prepare_batch(world, batch->fresh, batch->n_fresh);
    draw_samples(world, batch->chooser, batch->n, job->round, look, sample);
    for (uint32_t c = 0; c < batch->n; c++) {
        struct flyt_bid *bid = &job->bid[block][job->n[block]];
        if (bid_of(world, batch->chooser[c], &sample[c], job->round, bid)) {
            world->households.row[bid->household].flags |= bid->first ? FLYT_BIDDER : 0;
            job->n[block]++;
        }
    }
    batch->n = batch->n_fresh = 0;
}

/** Begins to fetch a searcher, and what it was found to be in an earlier round. */
static void fetch(const struct match_job *job, uint32_t block, uint32_t place)
{
    const struct flyt_world *world = job->world;
    flyt_world_fetch(world, world->housing->searching[block].row[place]);
    if (world->match->turn[block][place] & READY) {
        const char *chooser = (const char *)&world->match->chooser[block][place];
        for (size_t i = 0; i < sizeof(struct flyt_chooser); i += 64) {
            __builtin_prefetch(chooser + i);
        }
    }
}

static void ask_block(struct match_job *job, uint32_t block)
{
    struct flyt_world *world = job->world;
    const uint32_t *searcher = world->housing->searching[block].row;
    uint32_t *place = job->place[block];
    struct batch batch;
    batch.n = batch.n_fresh = 0;
    if (job->round == 0) {
        set_turns(job, block);
    }
    uint32_t n_now = list_turns(job, block, place);
    for (uint32_t i = 0; i < n_now; i++) {
        if (i + 2 * AHEAD < n_now) {
            fetch(job, block, place[i + 2 * AHEAD]);
        }
        if (i + AHEAD < n_now) {
            flyt_world_fetch_home(world, searcher[place[i + AHEAD]]);
        }
        if (is_looking(world, searcher[place[i]])) {
            add(job, block, place[i], &batch);
        }
        if (batch.n == BATCH) {
            ask_batch(job, block, &batch);
        }
    }
    ask_batch(job, block, &batch);
}

static void ask_range(void *job, uint32_t first, uint32_t end)
{
    for (uint32_t block = first; block < end; block++) {
        ask_block(job, block);
    }
}

/** The first of all bids on each offer, by (key, uid). */
static void choose(struct match_job *job, const struct flyt_bid **best)
{
    struct flyt_world *world = job->world;
    for (uint32_t block = 0; block <= world->par.n_blocks; block++) {
        for (uint32_t i = 0; i < job->n[block]; i++) {
            const struct flyt_bid *bid = &job->bid[block][i], *now = best[bid->offer];
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

/** Scratch of the round, and in the first that of the month. */
static enum flyt_status open_round(struct match_job *job)
{
    struct flyt_world *world = job->world;
    struct flyt_arena *arena = world->step_arena;
    uint32_t n_lists = world->par.n_blocks + 1;
    job->bid = FLYT_ARENA_ARRAY(arena, struct flyt_bid *, n_lists);
    job->n = FLYT_ARENA_ZERO(arena, uint32_t, n_lists);
    job->place = FLYT_ARENA_ARRAY(arena, uint32_t *, n_lists);
    if (job->bid == NULL || job->n == NULL || job->place == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t block = 0; block < n_lists; block++) {
        size_t n = (size_t)world->housing->searching[block].n + 1;
        job->bid[block] = FLYT_ARENA_ARRAY(arena, struct flyt_bid, n);
        job->place[block] = FLYT_ARENA_ARRAY(arena, uint32_t, n);
        if (job->round == 0) {
            world->match->chooser[block] = FLYT_ARENA_ARRAY(arena, struct flyt_chooser, n);
            world->match->turn[block] = FLYT_ARENA_ARRAY(arena, uint16_t, n);
        }
        if (job->bid[block] == NULL || job->place[block] == NULL ||
            world->match->chooser[block] == NULL || world->match->turn[block] == NULL) {
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
    FLYT_TRY(open_round(&job));
    uint32_t last = n_municipalities - 1, n_offers = offers->first[last] + offers->n[last];
    const struct flyt_bid **best = FLYT_ARENA_ZERO(arena, const struct flyt_bid *, n_offers);
    if (best == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_ranges(&world->par, n_lists, ask_range, &job);
    choose(&job, best);
    for (uint32_t i = 0; i < n_offers; i++) {
        if (best[i] != NULL && !is_let(world, &offers->offer[i])) {
            agree(world, best[i]);
        }
    }
    flyt_par_ranges(&world->par, world->sections.n, clear_range, world);
    return FLYT_OK;
}
