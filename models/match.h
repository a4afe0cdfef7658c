/**
 * @file match.h
 * @brief One round of the market: searchers look at some offers, ask for the best one, and each
 *        home goes to one of those who asked.
 *
 *   private rental   chance: keyed order of the month's round; landlords screen first
 *   co-operative     chance, with a down payment
 *   owner            the highest bid: what the home is worth to the household, as far as credit
 * goes advertised almen who has looked longest
 *
 * A landlord takes nobody whose rent is more than a share of income, and half of those on cash
 * benefit. The price paid is the listed one: bids decide who gets a home, and how many there are
 * for how many listings moves prices (market_price.h). Who got nothing tries again next round.
 * ASSUMPTION: until the associations have lists of their own, all co-operative homes go by chance.
 *
 * Knows nothing of waiting lists (letting.h) or how a move is carried out (moves.h).
 * Source: docs/MODEL.md section 4 (Private rental, Owner market).
 */
#ifndef FLYT_MATCH_H
#define FLYT_MATCH_H

#include "models/choice.h"

#define MATCH_PARAMS(X)                                                                            \
    X(real, rent_share, "share", 0.40, 0.01, 5, assumed, "docs/MODEL.md section 4",                \
      "Most rent over disposable income that a private landlord accepts.",                         \
      "Højeste husleje i forhold til disponibel indkomst, som en privat udlejer godtager.")        \
    X(real, benefit_accepted, "share", 0.5, 0, 1, assumed, "docs/MODEL.md section 4",              \
      "Share of applicants on cash benefit whom a private landlord accepts.",                      \
      "Andel af ansøgere på kontanthjælp, som en privat udlejer godtager.")                        \
    X(count, looks, "1/month", 1, 1, 10, assumed,                                                  \
      "chosen: homes are sought for months; in most samples none is worth moving for",             \
      "Rounds of a month in which somebody who may stay where it lives looks at homes; whoever"    \
      " must find one looks in each.",                                                             \
      "Runder i en måned, hvori den, der kan blive boende, ser på boliger; den, der skal finde"  \
      " en, ser i hver.")                                                                          \
    X(real, user_cost_least, "share/year", 0.015, 0.001, 1, assumed, "docs/MODEL.md section 4",    \
      "Least yearly cost of owning over the price, with which a bid is made of what a home is"     \
      " worth.",                                                                                   \
      "Mindste årlige omkostning ved at eje i forhold til prisen, hvormed et bud beregnes af,"    \
      " hvad boligen er værd.")

struct flyt_match_params {
#define X(type, name, ...) flyt_##type name;
    MATCH_PARAMS(X)
#undef X
};

/** What part market reads at month's end. Owned by the run's arena. */
struct flyt_match {
    int64_t *new_buyers; /* [flyt_prices_market] households that bid for the first time in their
                            search, this month */
    int64_t *bids;       /* [n_markets] homes asked for this month, all rounds */
    struct flyt_match_block *block; /* [n_blocks + 1] this month's searchers, as listed */
};

/** A home asked for. */
struct flyt_bid {
    uint64_t key, uid; /* lowest key first, equal keys by uid */
    uint32_t household, offer;
    bool first; /* the search's first bid on an owner's home */
};

/** Searchers of a block, in the order of its list. The arrays are of the step arena. */
struct flyt_match_block {
    uint16_t *turn;               /* rounds in which each looks, as bits */
    uint32_t *seat;               /* of those who look in several, in chooser */
    struct flyt_chooser *chooser; /* [n_seats] kept from round to round */
    uint32_t *place;              /* [n_now] of those whose turn it is */
    struct flyt_bid *bid;         /* [n_bids] of this round */
    uint32_t n_seats, n_now, n_bids;
};

/** @brief Takes world->match, run arena. */
FLYT_NODISCARD enum flyt_status flyt_match_create(struct flyt_world *world);

/** @brief Keeps nothing from month to month. */
void flyt_match_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief Empties the month's counts. */
void flyt_match_month(struct flyt_world *world);

/**
 * @brief The homes that n <= FLYT_CHOICE_BATCH searchers, made ready, ask for in a round.
 *
 * Each samples offers, leaves out what does not fit, what it cannot pay and what is not worth
 * moving for (choice.h: `stay`), and asks for the best by sampled utility corrected, plus taste.
 * @param bid  [n] out: bids in the order of searchers.
 * @return how many: some ask for none. Reads this round's offers.
 */
uint32_t flyt_match_ask(const struct flyt_world *world, struct flyt_chooser *const *chooser,
                        uint32_t n, uint32_t round, struct flyt_bid *bid);

/** @brief Whether a private landlord lets to somebody with that income: the rule all know. */
bool flyt_match_rent(const struct flyt_world *world, const struct flyt_chooser *chooser,
                     const struct flyt_offer *offer);

/** @brief Whether a private landlord then accepts: chance by (household, home, month) for those on
 *         cash benefit. */
bool flyt_match_landlord(const struct flyt_world *world, const struct flyt_chooser *chooser,
                         const struct flyt_offer *offer);

/**
 * @brief What an owner's home is worth to the household, øre: the price at which moving there would
 *        gain it nothing, at most what credit and wealth allow, at least the listed price.
 * @param utility, cost  of the home at its listed price.
 */
int64_t flyt_match_bid_ore(const struct flyt_world *world, const struct flyt_chooser *chooser,
                           const struct flyt_offer *offer, double utility, double cost);

/**
 * @brief A round: everybody on housing->searching without `wanted` asks, homes choose.
 *
 * in: this round's offers (flyt_offers_build).  out: `wanted` of the winners, housing->moves and
 * n_let of their new section added to, the homes taken out of housing->vacant.
 * @param round  0 first: it makes the searchers ready for the month.
 * Asking is parallel over blocks, each home then takes the first of a total order.
 */
FLYT_NODISCARD enum flyt_status flyt_match_round(struct flyt_world *world, uint32_t round);

#endif
