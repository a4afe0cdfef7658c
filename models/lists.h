/**
 * @file lists.h
 * @brief Waiting lists: who stands on which, in order of (sign-up month, uid).
 *
 * Each almen organisation keeps a list for family homes and one for youth homes (almenboligloven
 * section 51(1), 52), each municipality one of applicants for homes for the elderly (section 54)
 * and a queue of those it has to find a home for (need.h). A household stands on up to three lists
 * of the first three kinds; its cold row names them, and that is what counts: an entry whose
 * household has gone, or names the list no more, is dropped when the month begins. Most members do
 * not look for a home; they keep their seniority.
 *
 * A list counts its person-months, sign-ups and departures, so that Little's law can be tested.
 */
#ifndef FLYT_LISTS_H
#define FLYT_LISTS_H

#include "sim/world.h"

#define FLYT_LISTS_MEMBERSHIPS 3

/** Why a household stands in the municipality's queue; others have kind 0. In order of right. */
enum flyt_need_kind {
    FLYT_NEED_none,
    FLYT_NEED_rehousing, /* its home is taken down: first right to any vacancy */
    FLYT_NEED_acute,     /* acute need, a refugee, or long without a home of its own */
    FLYT_NEED_refused,   /* refused by section 51 b: another home is to be offered */
};

struct flyt_lists_member {
    uint64_t uid;
    uint32_t household; /* row; void unless its uid is that */
    int16_t since;      /* month of sign-up */
    uint8_t kind;       /* enum flyt_need_kind */
};

struct flyt_lists_list {
    struct flyt_lists_member *member; /* [n] by (kind, since, uid) */
    uint32_t n, n_known, capacity;    /* n_known: ordered; later ones joined this month */
    uint32_t n_wishes;                /* kinds of homes that may be named; 0: no wishes are kept */
    uint64_t *wish;                   /* [capacity] members' wishes: flyt_lists_wish() */
    int64_t person_months, arrivals, departures, waited_months; /* since the start */
};

/** @brief Words of a member's wishes: where it lived when it named homes, then pairs: a bit for
 * each kind of home it has thought of, a bit for each that it has named. */
static inline uint32_t flyt_lists_words(const struct flyt_lists_list *list)
{
    return list->n_wishes == 0 ? 0 : 1 + 2 * ((list->n_wishes + 63) / 64);
}

/** @brief A member's wishes; NULL where none are kept. */
static inline uint64_t *flyt_lists_wish(const struct flyt_lists_list *list, uint32_t place)
{
    return list->n_wishes == 0 ? NULL : list->wish + (size_t)place * flyt_lists_words(list);
}

/** A list that may be chosen in a municipality, with the homes behind it. */
struct flyt_lists_option {
    uint32_t list, homes;
};

struct flyt_lists {
    uint32_t n_organisations, n_municipalities, n;
    struct flyt_lists_list *list;        /* [n]: family, youth by organisation; elderly, queue by
                                            municipality */
    uint32_t *first[2];                  /* [n_municipalities + 1] into option, family and youth */
    struct flyt_lists_option *option[2]; /* by municipality */
    struct flyt_list *joined; /* [n_blocks + 1] who signed up this month; the last: from outside */
};

static inline uint32_t flyt_lists_family(const struct flyt_lists *lists, uint32_t organisation)
{
    (void)lists;
    return organisation;
}

static inline uint32_t flyt_lists_youth(const struct flyt_lists *lists, uint32_t organisation)
{
    return lists->n_organisations + organisation;
}

static inline uint32_t flyt_lists_elderly(const struct flyt_lists *lists, uint32_t municipality)
{
    return 2 * lists->n_organisations + municipality;
}

static inline uint32_t flyt_lists_queue(const struct flyt_lists *lists, uint32_t municipality)
{
    return 2 * lists->n_organisations + lists->n_municipalities + municipality;
}

/** @brief Takes empty lists for the world's sections. Memory: the run's arena. */
FLYT_NODISCARD enum flyt_status
flyt_lists_create(struct flyt_world *world, struct flyt_lists *lists, uint32_t n_organisations);

/** @brief Fills the lists of a starting world: members drawn so that there are lists.start_ratio
 *         of them an almen home, signed up in the years before. Until the standstill pass does. */
FLYT_NODISCARD enum flyt_status flyt_lists_start(struct flyt_world *world);

/** @brief Fills lists and queues of a starting world from what its households' rows tell, laid on
 *         them by standstill.h. In a queue all are acute cases. */
FLYT_NODISCARD enum flyt_status flyt_lists_laid(struct flyt_world *world);

/** @brief Walks one list: members and their wishes. */
void flyt_lists_archive_one(struct flyt_world *world, struct flyt_archive *archive,
                            struct flyt_lists_list *list);

/** @brief Walks all lists. */
void flyt_lists_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief Place (0-2) of a list among the household's memberships, FLYT_NONE: not on it. */
static inline uint32_t flyt_lists_place(const struct flyt_household_cold *cold, uint32_t list)
{
    for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; k++) {
        if (cold->list_since[k] != 0 && cold->list_organisation[k] == list) {
            return k;
        }
    }
    return FLYT_NONE;
}

/** @brief Municipality a household lives in, or wants to come to from outside. */
uint32_t flyt_lists_municipality(const struct flyt_world *world, uint32_t household);

/* ---- small hazards, screened together with the wish to move (ENGINE) ------------------------ */

/**
 * @brief Rate a year at which the household signs up, lets a membership lapse, applies for a home
 *        for the elderly or falls into acute need; the chance of a month is 1 - exp(-rate/12).
 *        Those in a search sign up in flyt_lists_step(), so their rate here is without it.
 */
double flyt_lists_rate(const struct flyt_world *world, uint32_t household);

/** @brief The greatest flyt_lists_rate() of the coming twelve months, unless its memberships,
 *         tenure or persons change: for the bound of the purpose `search`. */
double flyt_lists_rate_most(const struct flyt_world *world, uint32_t household);

/**
 * @brief What has happened, given that something has: u in [0, 1) tells which.
 * @param block  the household's. Writes its rows, the block's lists of those who joined, of new
 *               cases and of searchers. Parallel over blocks.
 */
void flyt_lists_event(struct flyt_world *world, uint32_t block, uint32_t household, double u);

/**
 * @brief After the search phase: those in a search sign up, lists and queues are put in order.
 * @return FLYT_ERR_MEMORY. Threads: call from serial code; parallel inside.
 */
FLYT_NODISCARD enum flyt_status flyt_lists_step(struct flyt_world *world);

/** @brief Ends a membership: lapsed, dropped, or its seniority used. The list notes it next month.
 */
void flyt_lists_leave(struct flyt_world *world, uint32_t household, uint32_t list);

/** @brief Counts a refused offer; the third one drops the member. Serial. */
void flyt_lists_refuse(struct flyt_world *world, uint32_t household, uint32_t list);

/** @brief A household from outside has got row `to`: its entries follow. Serial. */
void flyt_lists_follow(struct flyt_world *world, uint32_t from, uint32_t to);

/* ---- for need.c ---------------------------------------------------------------------------- */

/** @brief Room for n more members. Serial. */
FLYT_NODISCARD enum flyt_status flyt_lists_reserve(struct flyt_world *world,
                                                   struct flyt_lists_list *list, uint32_t n);

/** @brief Adds a member behind the ordered ones; room was made. */
void flyt_lists_append(struct flyt_lists_list *list, struct flyt_lists_member member);

#endif
