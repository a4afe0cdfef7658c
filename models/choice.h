/**
 * @file choice.h
 * @brief What a home is worth to a household, whether it may have it, and what it would take to
 *        make it move.
 *
 *   V = beta_c ln(max(eps, income - cost)/need) + beta_s ln(rooms/persons)
 *     + beta_q (4 (R - .6) xi + [non-western] zeta) + beta_r reputation + beta_o own-origin share
 *     - beta_d ln(1 + km) - beta_m [other municipality] + beta_t(tenure, age)
 *
 * plus a Gumbel taste keyed by (uid, section, period of five years that starts in a month drawn
 * from the uid). A household moves for a home worth more than `stay` = V and taste of the present
 * one + kappa, kappa = kappa_0 + kappa_1 ln(1 + years there) + forgone equity over yearly income,
 * the gains tax due at sale among it.
 * Outsiders know an area's reputation and mix with a year's lag. A home's km count from the home
 * now; those without one count from where they stay, outsiders from the municipality's centre.
 *
 * Knows nothing of which homes are offered (offers.h), who looks (search.h) or who gets one.
 * Source: docs/MODEL.md section 4 (Choice); McFadden (1978), Modelling the choice of residential
 * location, for sampled choice sets.
 */
#ifndef FLYT_CHOICE_H
#define FLYT_CHOICE_H

#include "models/choice_params.h"
#include "models/cost.h"
#include "models/people.h"

/** What an area's fitted constants and place are. Owned by the run's arena. */
struct flyt_choice_state {
    double *quality;     /* [n_areas] xi: drawn to by R above .6; 0 until fitted */
    double *nonwestern;  /* [n_areas] zeta; 0 until fitted */
    double owner_level;  /* beta_t of owner homes found by the standing-still pass; 0 until then */
    double *x_km, *y_km; /* [n_areas] east and north of the first municipality */
    double *centre_x, *centre_y;   /* [n_municipalities] */
    struct flyt_choice_area *area; /* [n_areas] as this month's choosers see them */
    double ln_rooms[256];
};

/** An area as choosers see it this month. */
struct flyt_choice_area {
    double known[FLYT_N_ORIGINS]; /* reputation, own-origin share and zeta to an outsider */
    double here[FLYT_N_ORIGINS];  /* the same to who lives there */
    double quality;               /* xi */
    double x_km, y_km;
};

/** A home as a chooser sees it: all but prices, which cost.h knows. */
struct flyt_offer {
    uint32_t point; /* its place in the municipality's circle of this month (offers.h) */
    uint32_t dwelling, section, area, municipality;
    uint16_t area_m2;
    uint8_t rooms, kind, tenure;
    bool lowered; /* a policy asks less than the section's rent of it */
};

/* The first cache line of a household made ready: with it alone most homes are found not to be
   worth moving for. `area`: where it stays, FLYT_NONE: comes from outside; `municipality`: where it
   lives, or wants to; `period`: of taste; `stay_least`: no more than `stay`; `left_most`: no less
   than what the income left is worth in any rental; `drawn`: beta_q 4 (R - .6). */
#define FLYT_GLANCE                                                                                \
    uint64_t uid;                                                                                  \
    double stay_least, left_most, drawn, x_km, y_km;                                               \
    uint32_t area, municipality, period;                                                           \
    uint8_t persons, origin;                                                                       \
    bool settled /* `stay` has been worked out */

/** A household that has been made ready: what is remembered where many are. */
struct flyt_glance {
    FLYT_GLANCE;
};

_Static_assert(sizeof(struct flyt_glance) == 64, "one cache line");

/** A household made ready to look at homes. Valid within the round. */
struct flyt_chooser {
    union {
        struct flyt_glance glance;
        struct {
            FLYT_GLANCE;
        };
    };
    uint32_t household, home; /* dwelling; FLYT_NONE: has none of its own */
    uint32_t section;         /* where it stays */
    int32_t oldest_years;
    bool student, children, benefit; /* any adult studies, is on cash benefit; children at home */
    double income, need;             /* DKK a month: disposable, basic need */
    double tenure[FLYT_N_TENURES];   /* beta_t at its age */
    struct flyt_cost_household cost;
    double stay;        /* a home must be worth more; FLYT_CHOICE_ANY: takes any */
    double least_gain;  /* the caller's: what gains no more does not matter; 0 when made ready */
    uint64_t own_taste; /* random bits of the taste for its own home */
};

_Static_assert(sizeof(struct flyt_chooser) == 256, "four cache lines");

#define FLYT_CHOICE_ANY (-1e30)

/** name, English, Danish: why a household may not have a home; the first that holds. */
#define FLYT_CHOICE_BARS(X)                                                                        \
    X(none, "may have it", "kan få den")                                                           \
    X(rooms, "too many persons a room", "for mange personer pr. værelse")                          \
    X(eligibility, "not for its age or work", "ikke for dens alder eller beskæftigelse")           \
    X(income, "too little income left", "for lille indkomst tilbage")                              \
    X(credit, "no credit, down payment or deposit", "mangler kredit, udbetaling eller depositum")

enum flyt_choice_bar {
#define X(name, en, da) FLYT_BAR_##name,
    FLYT_CHOICE_BARS(X)
#undef X
        FLYT_N_BARS
};

enum { FLYT_CHOICE_MOST = 32 }; /* homes valued in one call */

/** @brief Takes world->choice, run arena: places of areas; constants 0. Areas must stand.
 *  @param longitude, latitude  degrees, of areas and municipalities. */
FLYT_NODISCARD enum flyt_status flyt_choice_create(struct flyt_world *world,
                                                   const double *longitude, const double *latitude,
                                                   const double *centre_longitude,
                                                   const double *centre_latitude);

/** @brief Walks the fitted constants. */
void flyt_choice_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief What this month's choosers see of areas. Call before anybody looks. Serial. */
void flyt_choice_month(struct flyt_world *world);

/** @brief Begins to fetch from memory what making a household ready reads beside its first row,
 * which should have come. */
void flyt_choice_fetch_home(const struct flyt_world *world, uint32_t household);

/** @brief Makes a household ready. Also one hidden or outside, whose `stay` is FLYT_CHOICE_ANY. */
void flyt_choice_prepare(const struct flyt_world *world, uint32_t household,
                         struct flyt_chooser *chooser);

/** @brief The same for less work, but for `stay`, of which no more than a lower bound is told until
 *         flyt_choice_settle() has been called. */
void flyt_choice_prepare_lightly(const struct flyt_world *world, uint32_t household,
                                 struct flyt_chooser *chooser);

enum { FLYT_CHOICE_BATCH = 32 }; /* households made ready together */

/** @brief The same of n <= FLYT_CHOICE_BATCH households, named by `chooser[i]->household`: the same
 *         bits, with random words drawn several at a time. */
void flyt_choice_prepare_batch(const struct flyt_world *world, struct flyt_chooser *const *chooser,
                               uint32_t n);

/** @brief Works out `stay`, once: within the month of the call that made the household ready, the
 *         same bits whenever. */
void flyt_choice_settle(const struct flyt_world *world, struct flyt_chooser *chooser);

/** @brief Whether moving to an almen home may gain n <= FLYT_CHOICE_BATCH households more than
 *         `least`; false only where it cannot. */
void flyt_choice_may_gain(const struct flyt_world *world, const struct flyt_glance *const *glance,
                          uint32_t n, const struct flyt_offer *home, double least, bool *may);

/** @brief Random bits of tastes for a home each. */
void flyt_choice_draw_tastes(const struct flyt_world *world, struct flyt_chooser *const *chooser,
                             const struct flyt_offer *home, uint32_t n, uint64_t *bits);

/** @brief The Gumbel taste that these random bits stand for. */
double flyt_choice_taste_of(uint64_t bits);

/** @brief The taste that whoever has this uid has for a dwelling of a section now. */
double flyt_choice_taste(const struct flyt_world *world, uint64_t uid, uint32_t dwelling,
                         uint32_t section);

/** @brief V and taste of the household's own home, of which `own_taste` is known. */
double flyt_choice_own(const struct flyt_world *world, const struct flyt_chooser *chooser,
                       const struct flyt_offer *home);

/** @brief No more than that. */
double flyt_choice_own_least(const struct flyt_world *world, const struct flyt_chooser *chooser,
                             const struct flyt_offer *home);

/** @brief No less than what is left of an income by month is worth where a home costs 0 or more. */
double flyt_choice_left_most(const struct flyt_choice_params *params, double income, double need);

/** @brief No more than kappa. */
double flyt_choice_kappa_least(const struct flyt_choice_params *params, double years,
                               double forgone);

/** @brief What the home costs the household, DKK a month. */
double flyt_choice_cost(const struct flyt_world *world, const struct flyt_chooser *chooser,
                        const struct flyt_offer *offer);

/** @brief The home as an offer; its point is 0. */
struct flyt_offer flyt_choice_home(const struct flyt_world *world, uint32_t dwelling);

/** @brief The same of a home whose section is known. */
struct flyt_offer flyt_choice_home_in(const struct flyt_world *world, uint32_t dwelling,
                                      uint32_t section);

/** What a home is to a chooser. */
struct flyt_view {
    double value; /* V, without taste */
    double taste;
    double cost; /* DKK a month; NaN: not worked out */
};

/** A household looks at a home. */
struct flyt_look {
    struct flyt_chooser *chooser;
    const struct flyt_offer *offer;
    double weight; /* the caller's */
    struct flyt_view view;
};

/**
 * @brief Fills the views of n looks, any number of households'; the same bits as one by one.
 *
 * Only those matter whose value and taste exceed `chooser->stay` by more than `least_gain`: where
 * they cannot, the taste is -infinity and the value one that it does not exceed, for less work, the
 * cost perhaps NaN; flyt_choice_value() tells the value.
 * Households that were made ready lightly are settled where a home may matter.
 */
void flyt_choice_looks(const struct flyt_world *world, struct flyt_look *look, uint32_t n);

/** @brief V of a look. */
double flyt_choice_value(const struct flyt_world *world, const struct flyt_look *look);

/** @brief Looks at n homes, n <= FLYT_CHOICE_MOST, and tells every taste; the bits of one by one.
 */
void flyt_choice_look(const struct flyt_world *world, const struct flyt_chooser *chooser,
                      const struct flyt_offer *const *offer, uint32_t n, struct flyt_view *view);

/** @brief V and taste of a dwelling. */
double flyt_choice_utility(const struct flyt_world *world, const struct flyt_chooser *chooser,
                           uint32_t dwelling);

/** @brief Why the household may not have the home. `dwelling` need not be vacant. */
enum flyt_choice_bar flyt_choice_bar(const struct flyt_world *world,
                                     const struct flyt_chooser *chooser, uint32_t dwelling);

/** @brief The bars that need no price: rooms and eligibility. */
enum flyt_choice_bar flyt_choice_fits(const struct flyt_world *world,
                                      const struct flyt_chooser *chooser,
                                      const struct flyt_offer *offer);

/** @brief The bars of money, of a home that fits; `cost` is that of its view. */
enum flyt_choice_bar flyt_choice_affords(const struct flyt_world *world,
                                         const struct flyt_chooser *chooser,
                                         const struct flyt_offer *offer, double cost);

/** @brief Whether the household is one that a kind of home is for (youth, elderly, senior). */
bool flyt_choice_eligible(const struct flyt_world *world, const struct flyt_chooser *chooser,
                          uint32_t kind);

/** @brief kappa: moving cost with these years in the home, and equity lost over a year's income. */
double flyt_choice_kappa(const struct flyt_choice_params *params, double years, double forgone);

/** @brief What a search that must end asks for: `stay`, falling; FLYT_CHOICE_ANY at the end. */
double flyt_choice_forced(const struct flyt_choice_params *params, double stay, int32_t months);

/**
 * @brief Utilities of sampled homes corrected for how they were sampled, so that the best of them
 *        plus a Gumbel taste is chosen nearly as the best of all homes would be.
 *
 *   v_i + ln(n_i/q_i) - ln(1 - w_i/sum w),  w_i = (n_i/q_i) exp(v_i)
 *
 * q the chance of a draw to give the home, n how often it was drawn. The first term is McFadden's
 * (1978); the second takes out that a home is compared with a mean that it is itself part of:
 * without it, of 1,000 homes with V ~ N(0, 1) the best tenth is chosen in 37 % of cases by 30 draws
 * instead of 41 %.
 * @param value     V without taste.
 * @param weight    n_i / q_i > 0, up to a factor.
 * @param corrected  out; may be `value`. n <= FLYT_CHOICE_MOST.
 */
void flyt_choice_correct(const double *value, const double *weight, uint32_t n, double *corrected);

#endif
