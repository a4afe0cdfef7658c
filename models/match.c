#include "models/match.h"

#include <math.h>

#include "models/credit.h"
#include "models/housing.h"
#include "models/offers.h"
#include "models/params.h"
#include "sim/num.h"

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

enum { BATCH = FLYT_CHOICE_BATCH };

_Static_assert((int)BATCH == (int)FLYT_OFFERS_CALLERS, "who is made ready together looks together");

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

uint32_t flyt_match_ask(const struct flyt_world *world, struct flyt_chooser *const *chooser,
                        uint32_t n, uint32_t round, struct flyt_bid *bid)
{
    struct flyt_look look[BATCH * FLYT_CHOICE_MOST];
    struct sample sample[BATCH];
    uint32_t n_bids = 0;
    draw_samples(world, chooser, n, round, look, sample);
    for (uint32_t c = 0; c < n; c++) {
        n_bids += bid_of(world, chooser[c], &sample[c], round, &bid[n_bids]);
    }
    return n_bids;
}
