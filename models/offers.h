/**
 * @file offers.h
 * @brief The homes on offer in a round, and how a household comes to see some of them.
 *
 * On offer are vacant private and co-operative homes, owner homes some months after they were
 * given up, and almen homes that were advertised. Inside a municipality they lie on a circle in
 * order of hash(dwelling, month); a draw is a point on it and sees all offers on the arc that
 * begins there, 1/n of the circle where n offers are usual: one on average, and each as likely as
 * any other. So one vacancy more or less comes or goes for those who look there and moves no other
 * home into their sight or out of it (docs/decisions/0014-draws-see-arcs.md). Which municipality a
 * draw looks in: one's own with a fixed chance, else by homes x (1 + km)^-beta_d. The chance by
 * which samples are corrected counts a municipality's offers of last year: with those of the round
 * one vacancy less changed a little what every offer there is worth to everybody, and a year
 * later 1.3 % of homes instead of .03 %.
 *
 * Knows nothing of what a home is worth (choice.h). Source: docs/MODEL.md section 4.
 */
#ifndef FLYT_OFFERS_H
#define FLYT_OFFERS_H

#include "models/choice.h"

#define OFFERS_PARAMS(X)                                                                           \
    X(count, owner_wait, "months", 3, 1, 60, assumed, "docs/MODEL.md section 4",                   \
      "Months from when an owner's home is given up until somebody can take it over.",             \
      "Måneder fra en ejerbolig forlades, til den kan overtages.")                                 \
    X(real, inside, "share", 0.62, 0, 1, published,                                                \
      "Danmarks Statistik, press release 5 November 2021: moves of 2020 inside the municipality",  \
      "Share of looks that go to homes in one's own municipality.",                                \
      "Andel af blikke på boliger i egen kommune.")                                                \
    X(count, round, "1", 6, 1, 32, assumed, "docs/MODEL.md section 4: 24 a month",                 \
      "Homes a searcher looks at in a round, on average.",                                         \
      "Boliger, en søgende ser på i en runde, i gennemsnit.")                                      \
    X(count, awakening, "1", 20, 1, 32, assumed, "docs/MODEL.md section 4",                        \
      "Homes looked at to judge what moving could gain, on average.",                              \
      "Boliger, der ses på for at bedømme, hvad en flytning kan give, i gennemsnit.")

struct flyt_offers_params {
#define X(type, name, ...) flyt_##type name;
    OFFERS_PARAMS(X)
#undef X
};

enum { FLYT_OFFERS_GUIDE = 256 };

/** The draws of a municipality that look in one: those with a random word below `end`. */
struct flyt_offers_part {
    uint64_t end;
    double chance; /* of a draw to look there */
    double weight; /* of a draw that does: usual offers there over the chance; 0: there is none */
    uint32_t municipality;
    uint32_t arc; /* how far along the circle a draw sees, in 1/2^32 of it */
};

/** This round's offers. The tables of offers are of the step arena: valid within the month. */
struct flyt_offers {
    bool *taken;                   /* [n_dwellings] while a round is resolved */
    struct flyt_offers_part *part; /* [from][n_municipalities + 1] one's own first, by `end` */
    uint16_t *guide;          /* [from][FLYT_OFFERS_GUIDE] part of the first word with these bits */
    double *reach;            /* [n_municipalities] scratch: sums of chances */
    struct flyt_offer *offer; /* by municipality, then along its circle */
    uint32_t *first;          /* [n_municipalities] of each */
    uint32_t *n;              /* [n_municipalities] */
    uint32_t *bucket;         /* first[m] + m: [n[m] + 1] first offer of each part of the circle */
    double *usual;         /* [n_municipalities] mean n of last year; at first the pass's, or now's */
    uint64_t *sum;         /* [n_municipalities] of n this year */
    uint32_t n_built;      /* rounds this year */
    bool weighed;          /* weights of parts stand */
    int64_t *new_listings; /* [flyt_prices_market] homes of owners on offer since this month */
};

/** An offer that was drawn. */
struct flyt_drawn {
    const struct flyt_offer *offer;
    double weight; /* times drawn over the usual chance of a draw to give it */
};

/** @brief Takes world->offers, run arena. Homes that stand empty at the start have been so for
 *         0 to owner_wait months. Sections, homes and distances must stand. */
FLYT_NODISCARD enum flyt_status flyt_offers_create(struct flyt_world *world);

/** @brief Walks the year's tables and counts; a month's offers are made anew. */
void flyt_offers_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief This year's mean number of a municipality's offers, over rounds; where there is none it
 *         counts as half a one. Before the year's first round: what was usual. */
double flyt_offers_mean(const struct flyt_offers *offers, uint32_t municipality);

/** @brief January: where draws look, and how many offers are usual. Serial. */
void flyt_offers_year(struct flyt_world *world);

/**
 * @brief The offers of a round from housing->vacant. Parallel over municipalities.
 * @param first_round  counts new listings. Memory: step arena.
 */
FLYT_NODISCARD enum flyt_status flyt_offers_build(struct flyt_world *world, bool first_round);

/** Whose draws, and what for. */
struct flyt_offers_caller {
    uint64_t uid;
    uint32_t municipality; /* where it lives, or wants to */
    enum flyt_stream stream;
    uint32_t draw; /* number of the first draw; even */
};

/**
 * @brief n <= FLYT_CHOICE_MOST draws, which give as many offers on average and none where there is
 *        none.
 * @param drawn  out: FLYT_CHOICE_MOST at most, each offer once, in order of first draw.
 * @return how many.
 */
uint32_t flyt_offers_draw(const struct flyt_world *world, const struct flyt_offers_caller *caller,
                          uint32_t n, struct flyt_drawn *drawn);

enum { FLYT_OFFERS_CALLERS = 32 };

/**
 * @brief The same for up to FLYT_OFFERS_CALLERS at once, of one stream: what lies far off in memory
 *        is fetched meanwhile.
 * @param drawn    [n_callers][FLYT_CHOICE_MOST]
 * @param n_drawn  [n_callers]
 */
void flyt_offers_draw_many(const struct flyt_world *world, const struct flyt_offers_caller *caller,
                           uint32_t n_callers, uint32_t n, struct flyt_drawn *drawn,
                           uint32_t *n_drawn);

#endif
