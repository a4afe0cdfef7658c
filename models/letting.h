/**
 * @file letting.h
 * @brief Who is let which vacant almen home, given the lists, the queues and the law of the year.
 *
 * Knows nothing of why people want a home (choice.h) or how a move is carried out (moves.h).
 * Law: almenboligloven ("act") sections 51-60 and udlejningsbekendtgørelsen ("order"), as
 * parameters with dates in letting_params.h. A section keeps counters, not coins: every fourth
 * vacancy, every second list-letting.
 *
 * A round has two halves. First the municipalities, in parallel: rehousing, claimed homes, homes
 * for the elderly. Then the organisations, in parallel: flexible letting, residents first, the
 * list by time, youth homes. In each half a household that would take two homes takes the better
 * (ties: the lower dwelling), the other home goes on in the next round.
 */
#ifndef FLYT_LETTING_H
#define FLYT_LETTING_H

#include "models/lists.h"
#include "models/need.h"

/** Who has decided to move in where; both indices valid within the month. */
struct flyt_move {
    uint32_t household, dwelling;
};

/** How an almen home was let: name, English, Danish. */
#define FLYT_CHANNELS(X)                                                                           \
    X(outside, "Waiting list", "Venteliste")                                                       \
    X(inside, "Residents first", "Oprykning")                                                      \
    X(municipality, "Municipal assignment", "Kommunal anvisning")                                  \
    X(flexible, "Flexible letting", "Fleksibel udlejning")                                         \
    X(other, "Advertised, other", "Annonceret, andet")                                             \
    X(youth, "Youth homes", "Ungdomsboliger")                                                      \
    X(elderly, "Homes for the elderly", "Ældreboliger")                                            \
    X(rehousing, "Rehousing", "Genhusning")

enum flyt_channel {
#define X(name, en, da) FLYT_CHANNEL_##name,
    FLYT_CHANNELS(X)
#undef X
        FLYT_N_CHANNELS
};

/** Who goes first in flexible letting (act, section 60): any of them. */
enum flyt_preference {
    FLYT_PREFERENCE_work = 1,
    FLYT_PREFERENCE_study = 2,
    FLYT_PREFERENCE_age = 4,
};

/** The rules of one section now: law, list status of its area, and what policies add. */
struct flyt_letting_rules {
    double municipal_share;  /* of vacancies the municipality may claim, section 59(1), (2) */
    double inside_share;     /* of list-lettings where residents go first, order section 9 */
    double flexible_share;   /* of list-lettings by criteria, section 60 */
    uint32_t criteria;       /* enum flyt_preference */
    uint32_t flexible_age;   /* years */
    uint32_t benefit_months; /* refuses who is on benefit so long, sections 51 b and 51 c;
                                FLYT_NONE: nobody is refused */
    uint32_t owed_months;    /* of them, who is to be offered another home, section 51 b */
    bool resourceful_first;  /* by criteria: newcomers with many resources before all others */
    bool banned;             /* the municipality may not assign everybody, section 59(6), (7) */
};

/** @brief The rules of a section this month. */
void flyt_letting_rules(const struct flyt_world *world, uint32_t section,
                        struct flyt_letting_rules *rules);

/** @brief Date of the law that holds: a year and its fraction. */
double flyt_letting_law_date(const struct flyt_world *world);

/** @brief Whether a section's kind of home lets by the rules of family homes. */
bool flyt_letting_family(const struct flyt_world *world, uint32_t section);

/** @brief Whether an adult of it works. */
bool flyt_letting_works(const struct flyt_world *world, uint32_t household);

/** @brief Whether an adult of it studies. */
bool flyt_letting_studies(const struct flyt_world *world, uint32_t household);

/** @brief Whether it is one of students or young people. */
bool flyt_letting_young(const struct flyt_world *world, uint32_t household);

/** @brief Whether all adults have been on cash benefit for so many months. */
bool flyt_letting_on_benefit(const struct flyt_world *world, uint32_t household, uint32_t months);

/** @brief Whether the act bars assigning the household to a listed area, section 59(6), (7). */
bool flyt_letting_banned(const struct flyt_world *world, uint32_t household);

enum { FLYT_LETTING_TOGETHER = 16 }; /* members of a list looked at together, at most */

/** What a household thinks of homes. The model's is choice.h; tests bring their own. */
struct flyt_letting_choice {
    size_t size; /* bytes of a prepared household */
    void (*prepare)(const struct flyt_world *world, uint32_t household, void *prepared);
    /** Utility of the home over staying, taken when above 0; -infinity: it may not have it.
     *  *utility is that of the home alone: of two homes the better has more of it. */
    double (*gain)(const struct flyt_world *world, void *prepared, uint32_t dwelling,
                   double *utility);
    /** The same of a household that looks at this home only. */
    double (*gain_once)(const struct flyt_world *world, uint32_t household, uint32_t dwelling,
                        double *utility);
    size_t glance_size; /* bytes remembered for a month of a household; 0: no glances are taken */
    /** Remembers n <= FLYT_LETTING_TOGETHER households. */
    void (*glance)(const struct flyt_world *world, const uint32_t *household, uint32_t n,
                   void *const *glance);
    /** Whether the gain of each may exceed `least`, false only where it cannot: less work than to
     *  tell it. */
    void (*may_gain)(const struct flyt_world *world, void *const *glance, uint32_t n,
                     uint32_t dwelling, double least, bool *may);
};

/** A section's counters: shares summed in millionths; at a million it is the rule's turn. */
struct flyt_letting_counter {
    uint32_t municipal, inside, flexible;
    uint32_t n_vacancies; /* numbered so far */
};

/** A vacancy from the day it falls vacant until somebody moves in. */
struct flyt_letting_vacancy {
    int16_t since;   /* dwellings.empty_since when it was numbered: another one is a new vacancy */
    int16_t let;     /* month in which the home was last let; FLYT_NO_MONTH: never */
    uint8_t channel; /* how, then */
    uint8_t offers;  /* to members of the list */
    uint8_t state;   /* enum flyt_letting_state */
};

enum flyt_letting_state {
    FLYT_LETTING_claimed = 1,     /* by the municipality, which still looks for a household */
    FLYT_LETTING_turned = 2,      /* the turn of flexible letting was counted */
    FLYT_LETTING_flexible = 4,    /* and is this one's */
    FLYT_LETTING_listed = 8,      /* the turn of the residents was counted */
    FLYT_LETTING_inside = 16,     /* and is this one's */
    FLYT_LETTING_advertised = 32, /* open to everybody, section 51(5) */
    FLYT_LETTING_posted = 64      /* and written down as such */
};

/** One vacancy of a traced section, for the hand count (docs/letting-handcount.md). */
struct flyt_letting_line {
    uint32_t number, dwelling;
    int16_t since;      /* of the vacancy */
    int16_t month, let; /* it was numbered and let; FLYT_NO_MONTH: not let */
    int32_t waited;     /* months on the list or in the queue of who took it */
    bool may_claim, claimed;
    uint32_t channel; /* FLYT_N_CHANNELS: not let yet; `other`: advertised */
    uint32_t n_offers, n_refusals;
    uint64_t head, taker; /* uid of who was offered it first, and who took it; 0: nobody */
};

#define FLYT_LETTING_LINES 24
#define FLYT_LETTING_WAITS 601 /* months told apart, the last and more */
#define FLYT_LETTING_SIZES 4   /* members name sections and sizes: 1, 2, 3, 4 or more rooms */

struct flyt_letting_trace {
    uint32_t section, n; /* lines used */
    struct flyt_letting_line line[FLYT_LETTING_LINES];
};

/** What happened this month. */
struct flyt_letting_counts {
    int64_t *let;     /* [n_municipalities][FLYT_N_CHANNELS] */
    int64_t *waited;  /* [n_municipalities][FLYT_N_CHANNELS] months on list or in queue */
    int64_t *by_kind; /* [FLYT_N_KINDS][FLYT_N_CHANNELS] */
    int64_t *refused; /* [FLYT_N_CHANNELS] offers refused */
    int64_t *offered; /* [FLYT_N_CHANNELS] offers made */
    int64_t *barred;  /* [n_municipalities] applicants refused by sections 51 b and 51 c */
    int64_t *notices; /* [n_municipalities] youth homes to be left */
};

/** Homes that policies hold back this month, and those given to whom (letting_shelf.h). */
struct flyt_letting_shelf {
    struct flyt_list reserved, given, to;
    uint64_t *uid;     /* of `to` */
    uint32_t n_agreed; /* of `given`, whose moves are written down */
};

struct flyt_letting {
    struct flyt_lists lists;
    struct flyt_need need;
    const struct flyt_letting_choice *choice;
    const uint32_t *municipality_of;      /* [n_organisations] where the organisation sits */
    struct flyt_letting_counter *counter; /* [n_sections] */
    struct flyt_letting_vacancy *vacancy; /* [n_dwellings] */
    uint32_t *first_of;                   /* [n_organisations + 1] into section_of */
    uint32_t *section_of;                 /* almen sections by organisation */
    uint32_t *first_in;                   /* [n_municipalities + 1] first section */
    uint32_t *place_of;                   /* [n_sections] its place among the organisation's */
    struct flyt_list advertised;          /* dwellings that nobody has taken yet */
    struct flyt_letting_shelf shelf;
    struct flyt_letting_counts counts;
    struct flyt_letting_trace *trace; /* [n_traces] sections whose vacancies are written down */
    uint16_t *waits; /* [n_sections][FLYT_LETTING_WAITS] list-lettings by months waited; NULL: not
                        followed */
    uint32_t *n_before; /* [n_sections] vacancies numbered before they were followed, so far */
    uint32_t n_traces;
    uint64_t *agreed; /* [rows / 64 + 1] bits: those who have agreed to move this month */
    struct flyt_letting_month *month; /* letting_parts.h: scratch of this month */
};

/** @brief Empty lists and counters. @param municipality_of  [n_organisations], kept.
 *         @param choice  kept; used by every round. */
FLYT_NODISCARD enum flyt_status flyt_letting_create(struct flyt_world *world,
                                                    const uint32_t *municipality_of,
                                                    uint32_t n_organisations,
                                                    const struct flyt_letting_choice *choice);

/** @brief Walks counters, vacancies, lists, queues and what is followed. */
void flyt_letting_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief First thing of a month: counts are cleared, the need of the year in January. */
FLYT_NODISCARD enum flyt_status flyt_letting_begin(struct flyt_world *world);

/** @brief Adds a share to a counter; true when it is the rule's turn. */
bool flyt_letting_turn(uint32_t *counter, double share);

/**
 * @brief One round: vacancies are numbered, offered and taken.
 *
 * Starts the round's moves: n_let of all sections becomes 0 before anything is let. What is let
 * goes to housing->moves and n_let, leaves `vacant`, and its household's `wanted` is the dwelling.
 * @param round  0 is the month's first.
 * @return FLYT_ERR_MEMORY. Memory: step_arena. Threads: serial code; parallel inside.
 */
FLYT_NODISCARD enum flyt_status flyt_letting_round(struct flyt_world *world, uint32_t round);

/** @brief Last thing of a month, after the last moves: advertised homes that were taken count as
 *         `other`. */
void flyt_letting_close(struct flyt_world *world);

/** @brief Notes that a household agrees to move. Call whenever `wanted` is set in a round. */
static inline void flyt_letting_note_agreed(struct flyt_world *world, uint32_t household)
{
    if (world->letting != NULL) {
        world->letting->agreed[household / 64] |= UINT64_C(1) << household % 64;
    }
}

/** @brief Whether a vacant almen home is open to everybody, on the list or not (section 51(5)). */
static inline bool flyt_letting_advertised(const struct flyt_world *world, uint32_t dwelling)
{
    const struct flyt_letting_vacancy *vacancy = &world->letting->vacancy[dwelling];
    return vacancy->since == world->dwellings.empty_since[dwelling] &&
           vacancy->state & FLYT_LETTING_advertised;
}

/** @brief How a home was let since a month; FLYT_N_CHANNELS: it was not. */
static inline uint32_t flyt_letting_channel(const struct flyt_world *world, uint32_t dwelling,
                                            int16_t since)
{
    const struct flyt_letting_vacancy *vacancy = &world->letting->vacancy[dwelling];
    return vacancy->let != FLYT_NO_MONTH && vacancy->let >= since ? vacancy->channel
                                                                  : FLYT_N_CHANNELS;
}

/** @brief Members on the organisations' lists of a municipality, and in its queue. */
int64_t flyt_letting_members(const struct flyt_world *world, uint32_t municipality);
int64_t flyt_letting_queue(const struct flyt_world *world, uint32_t municipality);

/** @brief Follows the vacancies of sections, and the waits of all, from now on. Memory: the run's
 *         arena. */
FLYT_NODISCARD enum flyt_status flyt_letting_follow(struct flyt_world *world,
                                                    const uint32_t *section, uint32_t n);

/** @brief Median months on the list of those who got a home of the section by one since it was
 *         followed, and their number. NaN: nobody did. */
double flyt_letting_median_wait(const struct flyt_world *world, uint32_t section, uint32_t *n);

#endif
