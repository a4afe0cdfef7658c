/**
 * @file search.h
 * @brief Who looks for a home this month, and why.
 *
 * Households awaken by themselves, the more the better the homes they could have, or an event makes
 * them look. Those without a home of their own and those who want to come from outside always look.
 * Knows nothing of what a home is worth (choice.h) or who gets one (match.h, letting.h).
 *
 * Awakening a year: a(tenure) f(age) exp(gamma_S S), S the gain of the best of some sampled homes
 * over staying, cut to [0, 3]. Rooms, cost, reputation and origin act through S alone, years in the
 * home through the moving cost in it. Source: docs/MODEL.md section 4 (Search).
 */
#ifndef FLYT_SEARCH_H
#define FLYT_SEARCH_H

#include "sim/field.h"
#include "sim/world.h"

#define SEARCH_PARAMS(X)                                                                           \
    X(real, owner, "1/year", 0.05, 0, 1, assumed, "docs/MODEL.md section 4; fitted later",         \
      "Awakening of owners at 35 who would gain nothing by moving.",                               \
      "Opvågning hos ejere på 35 år, der intet vinder ved at flytte.")                             \
    X(real, cooperative, "1/year", 0.04, 0, 1, assumed, "docs/MODEL.md section 4",                 \
      "The same in co-operative homes.", "Det samme i andelsboliger.")                             \
    X(real, almen_family, "1/year", 0.02, 0, 1, assumed, "docs/MODEL.md section 4; fitted later",  \
      "The same in almen homes other than youth homes.",                                           \
      "Det samme i almene boliger undtagen ungdomsboliger.")                                       \
    X(real, private_rental, "1/year", 0.45, 0, 5, assumed,                                         \
      "docs/MODEL.md section 4; fitted later", "The same in private rental homes.",                \
      "Det samme i private lejeboliger.")                                                          \
    X(real, youth, "1/year", 0.13, 0, 5, assumed, "docs/MODEL.md section 4; fitted later",         \
      "The same in youth homes.", "Det samme i ungdomsboliger.")                                   \
    X(real, age_slope, "1/year", 0.045, 0, 0.2, assumed, "docs/MODEL.md section 4",                \
      "Fall of awakening per year of age, around age 35.",                                         \
      "Fald i opvågning pr. leveår, omkring 35 år.")                                               \
    X(real, age_least, "1", 0.35, 0, 1, assumed, "docs/MODEL.md section 4",                        \
      "Least factor of age on awakening.", "Mindste aldersfaktor på opvågning.")                   \
    X(real, age_most, "1", 3.5, 1, 10, assumed, "docs/MODEL.md section 4",                         \
      "Greatest factor of age on awakening.", "Største aldersfaktor på opvågning.")                \
    X(real, gain, "1", 0.5, 0, 3, assumed, "docs/MODEL.md section 4 (gamma_S)",                    \
      "Effect on the log of awakening of what moving could gain.",                                 \
      "Effekt på logaritmen af opvågning af, hvad en flytning kan give.")                          \
    X(count, months_most, "months", 12, 1, 600, assumed, "docs/MODEL.md section 4",                \
      "Longest search of those who have a home.", "Længste søgning for dem, der har en bolig.")

struct flyt_search_params {
#define X(type, name, ...) flyt_##type name;
    SEARCH_PARAMS(X)
#undef X
};

#define FLYT_SEARCH_GAIN_MOST 3.0

/** name, English, Danish: cold.reason of who looks for a home. */
#define FLYT_SEARCH_REASONS(X)                                                                     \
    X(own_wish, "own wish", "eget ønske")                                                          \
    X(union, "moved together", "flyttet sammen")                                                   \
    X(separation, "parted", "gået fra hinanden")                                                   \
    X(crowding, "too many persons a room", "for mange personer pr. værelse")                       \
    X(study_end, "studies ended", "uddannelse slut")                                               \
    X(left_parents, "left the parents", "flyttet hjemmefra")                                       \
    X(outside, "from outside", "udefra")                                                           \
    X(refugee, "refugee", "flygtning")                                                             \
    X(rehousing, "home is demolished or converted", "bolig rives ned eller ombygges")              \
    X(notice, "notice", "opsigelse")                                                               \
    X(acute_need, "acute need", "akut boligbehov")

enum flyt_search_reason {
#define X(name, en, da) FLYT_REASON_##name,
    FLYT_SEARCH_REASONS(X)
#undef X
        FLYT_N_REASONS
};

/** @brief Walks who looks for a home, and what is vacant. */
void flyt_search_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief a f(age): awakening a year of a household that would gain nothing by moving. */
double flyt_search_rate(const struct flyt_world *world, uint32_t household);

/** @brief Chance of awakening in a month with a yearly rate and a gain, cut to [0, 3]. */
double flyt_search_hazard(const struct flyt_search_params *params, double rate, double gain);

/** @brief What the best of the homes it looks at to judge would gain over staying; 0 at least. */
double flyt_search_gain(const struct flyt_world *world, uint32_t household);

/**
 * @brief The same of n <= FLYT_CHOICE_BATCH households (choice.h) at once, for less work: what
 * gains no more than `least` may be left out.
 * @param least  [n] >= 0.
 * @param gain   [n] out: right where it is more than `least`, else no more than that.
 */
void flyt_search_gains(const struct flyt_world *world, const uint32_t *household,
                       const double *least, uint32_t n, double *gain);

/** @brief Renews the household's bound until January, when the life course renews all. */
void flyt_search_refresh_bound(struct flyt_world *world, uint32_t household);

/** @brief The same of n <= FLYT_CHOICE_BATCH households, for less work: the same bits. */
void flyt_search_refresh_bounds(struct flyt_world *world, const uint32_t *household, uint32_t n);

/**
 * @brief Makes a household look from this month on, if it does not yet, and tells why.
 *
 * Who has a home of its own must then find another one: FLYT_FORCED. A search under way goes on
 * from its first month but becomes forced. Call between the month's first phase and the rounds;
 * works in worlds without homes. Threads: serial, or the household's own block.
 */
void flyt_search_force(struct flyt_world *world, uint32_t household,
                       enum flyt_search_reason reason);

/** @brief Whether more persons live in the household's home than its rooms are for. */
bool flyt_search_is_crowded(const struct flyt_world *world, uint32_t household);

/** @brief Whoever ends studies in a youth home, and is no longer young, looks for another home of
 *         its own will; notice comes later (letting.c). Threads: the household's own block. */
void flyt_search_studied(struct flyt_world *world, uint32_t household);

/** @brief Two have become one household: it looks for a home if too many now share one, or if it
 *         wants another and looks for none yet. */
void flyt_search_united(struct flyt_world *world, uint32_t household, bool wants);

/** @brief Ends the household's search: it has moved, or gives up. Its own rows only. */
void flyt_search_end(struct flyt_household *row);

/** @brief Takes the lists of searchers, run arena; who is hidden at the start looks. */
FLYT_NODISCARD enum flyt_status flyt_search_create(struct flyt_world *world);

/**
 * @brief One month: lists are cleared of those who found or gave up, households awaken.
 *
 * in: this month's offers.  out: `world->housing->searching`, per block those who look for a home;
 * the last list: those outside. Parallel over blocks; each writes only its own rows.
 */
FLYT_NODISCARD enum flyt_status flyt_search_step(struct flyt_world *world);

#endif
