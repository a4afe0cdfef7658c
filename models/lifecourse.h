/**
 * @file lifecourse.h
 * @brief Birth, growing up, couples, parting, death, and who comes and goes: the month's first
 * phase.
 *
 * Households propose in parallel (one event a month at most, liferates.h); what touches one row is
 * done there and then, what touches homes or other rows is done in turn afterwards. Nothing depends
 * on the order of rows: new uids come from (mother uid, month, kind), pairs from keyed order.
 * Persons are counted: before + in + born - dead - care - orphans - out = after.
 */
#ifndef FLYT_LIFECOURSE_H
#define FLYT_LIFECOURSE_H

#include "models/guests.h"
#include "models/liferates.h"

/** name, English, Danish: events of a month, for the output variables. */
#define FLYT_LIFE_COUNTS(X)                                                                        \
    X(born, "Births", "Fødte")                                                                     \
    X(dead, "Deaths", "Døde")                                                                      \
    X(couples, "Couples formed", "Nye par")                                                        \
    X(parted, "Couples parted", "Brudte par")                                                      \
    X(married, "Marriages", "Vielser")                                                             \
    X(left_home, "Children who left home", "Børn flyttet hjemmefra")                               \
    X(left_educated, "Of them, heading for more than basic schooling",                             \
      "Heraf på vej mod mere end grundskole")                                                      \
    X(left_helped, "Of them, had been in a programme as children",                                 \
      "Heraf med i et forløb som børn")                                                            \
    X(left_helped_educated, "Had been in one, and heading for more than basic schooling",          \
      "Med i et forløb som børn, og på vej mod mere end grundskole")                               \
    X(frail, "Persons who began to need daily help", "Personer, der fik brug for daglig hjælp")    \
    X(care, "Persons moved to care homes", "Flyttet på plejehjem")                                 \
    X(orphans, "Children left without adults at home", "Børn uden voksne i hjemmet")               \
    X(out_households, "Households moved out", "Fraflyttede husstande")                             \
    X(out_persons, "Persons moved out", "Fraflyttede personer")                                    \
    X(in_households, "Households moved in", "Tilflyttede husstande")                               \
    X(in_persons, "Persons moved in", "Tilflyttede personer")                                      \
    X(candidates, "Households that began to look here", "Husstande, der begyndte at søge hertil")  \
    X(gave_up, "Households that gave up coming", "Husstande, der opgav at komme")                  \
    X(taken_over, "Homes taken over by a guest", "Boliger overtaget af en logerende")              \
    X(equity_ore, "Purchase price less debt of homes given up, 0.01 DKK",                          \
      "Købspris minus gæld i opgivne boliger, 0,01 kr.")

struct flyt_life_counts {
#define X(name, en, da) int64_t name;
    FLYT_LIFE_COUNTS(X)
#undef X
};

/** Households with the uid they had when written down: a row may have passed to another. */
struct flyt_life_list {
    uint64_t *uid;
    uint32_t *row;
    uint32_t n;
};

/** What the life course keeps between months. Owned by the run's arena. */
struct flyt_life {
    uint32_t n_regions;
    const uint32_t *region; /* [n_municipalities] labour-market region */
    double *vacancy;        /* [n_regions] share of private rental homes empty at last month's end:
                               the caller's to fill before the step */
    double *n_homes;        /* [n_municipalities] */
    double *out_month;      /* [n_regions] households expected to move out in a month */
    uint32_t *outside_municipality; /* [n_outside] where each candidate wants to live */
    struct flyt_life_rates now, most;
    struct flyt_women women;
    struct flyt_life_list *looking; /* [n_blocks] singles who look for a partner */
    struct flyt_guests guests;
    struct flyt_life_counts counts; /* of this month */
    int64_t n_persons;              /* by account; the check compares it with a recount */
    bool no_screening;              /* tests: every household is looked at */
};

/** @brief Takes the working state, of a world whose people are in place; counts them and their
 *         expected children. Sets the bounds. @param region  [n_municipalities], kept. */
FLYT_NODISCARD enum flyt_status flyt_lifecourse_init(struct flyt_world *world,
                                                     const uint32_t *region, uint32_t n_regions);

/** @brief January: rates and bounds of the coming year, and how many are expected to move out. */
FLYT_NODISCARD enum flyt_status flyt_lifecourse_year(struct flyt_world *world);

/** @brief Walks rates, women, guests and those who look for a partner or a home from outside. */
void flyt_lifecourse_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief One month of the life course. Draws the luck of even months: it is the first phase. */
FLYT_NODISCARD enum flyt_status flyt_lifecourse_step(struct flyt_world *world);

/** @brief After each round of moves: candidates who got a home become households, guests follow
 *         their hosts. */
FLYT_NODISCARD enum flyt_status flyt_lifecourse_settle(struct flyt_world *world);

/** @brief Recounts persons. FLYT_ERR_INVARIANT with a fault when one was lost or made of nothing.
 */
FLYT_NODISCARD enum flyt_status flyt_lifecourse_check(const struct flyt_world *world);

/** @brief Persons by sex and age, [2][FLYT_AGES], hidden households among them. */
void flyt_lifecourse_persons(const struct flyt_world *world, int64_t *persons);

/** @brief Households with a home of their own by type. */
void flyt_lifecourse_types(const struct flyt_world *world, int64_t n[FLYT_N_TYPES]);

/* ---- for the parts of the life course ------------------------------------------------------ */

/** @brief Renews the household's bound of purpose 0 after a change. */
void flyt_lifecourse_refresh_bound(struct flyt_world *world, uint32_t household);

/** @brief The same of n <= FLYT_CHOICE_BATCH households, for less work: the same bits. */
void flyt_lifecourse_refresh_bounds(struct flyt_world *world, const uint32_t *household,
                                    uint32_t n);

/** @brief Before and after any change of who lives in a household or of where it lives: the books
 * of livelihood.h, where there are some. @param block  its own in parallel code, else 0. */
void flyt_lifecourse_before(struct flyt_world *world, uint32_t block, uint32_t household);
void flyt_lifecourse_after(struct flyt_world *world, uint32_t block, uint32_t household);

/** @brief Takes a household out of the world: its home, if its own, falls vacant, and what was paid
 *         for it less its debt is counted. Persons and savings are the caller's. Serial. */
void flyt_lifecourse_end(struct flyt_world *world, uint32_t household);

/** @brief Labour-market region of a section. */
static inline uint32_t flyt_lifecourse_region(const struct flyt_world *world, uint32_t section)
{
    return world->life->region[world->sections.municipality[section]];
}

#endif
