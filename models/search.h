/**
 * @file search.h
 * @brief Who looks for another home, of which tenure and in which municipality.
 *
 * Knows nothing of who gets a home (letting.h) or how a move is carried out (moves.h).
 * First model: the wish to move depends on tenure and age only; no prices, no utility. Those
 * without a home of their own and those who want to come from outside always look.
 */
#ifndef FLYT_SEARCH_H
#define FLYT_SEARCH_H

#include "sim/field.h"
#include "sim/world.h"

#define MOVES_PARAMS(X)                                                                            \
    X(real, out_almen, "1/year", 0.131, 0, 1, published,                                           \
      "Landsbyggefonden, Fraflytninger i den almene boligsektor 2019",                             \
      "Rate at which households decide to leave an almen home.",                                   \
      "Rate hvormed husstande beslutter at forlade en almen bolig.")                               \
    X(real, out_private_rental, "1/year", 0.28, 0, 1, assumed, "recalled: 25-30 % a year",         \
      "Rate at which households decide to leave a private rental home.",                           \
      "Rate hvormed husstande beslutter at forlade en privat udlejningsbolig.")                    \
    X(real, out_cooperative, "1/year", 0.10, 0, 1, assumed, "recalled",                            \
      "Rate at which households decide to leave a co-operative home.",                             \
      "Rate hvormed husstande beslutter at forlade en andelsbolig.")                               \
    X(real, out_owner, "1/year", 0.06, 0, 1, assumed, "recalled: 5-6 % a year",                    \
      "Rate at which households decide to leave a home they own.",                                 \
      "Rate hvormed husstande beslutter at forlade en ejerbolig.")                                 \
    X(real, inside_municipality, "share", 0.62, 0, 1, published,                                   \
      "Danmarks Statistik, press release 5 November 2021 (moves of 2020)",                         \
      "Share of searches inside one's own municipality.",                                          \
      "Andel af søgninger inden for egen kommune.")                                                \
    X(real, distance_decay, "1", 0.8, 0, 3, assumed, "docs/MODEL.md section 4 (beta_d)",           \
      "Exponent of 1 + km with which a far municipality is chosen less often.",                    \
      "Eksponent for 1 + km, hvormed en fjern kommune vælges sjældnere.")

#define SEARCH_PARAMS(X)                                                                           \
    X(real, age_slope, "1/year", 0.045, 0, 0.2, assumed, "docs/MODEL.md section 4",                \
      "Fall of the wish to move per year of age, around age 35.",                                  \
      "Fald i ønsket om at flytte pr. leveår, omkring 35 år.")                                     \
    X(real, age_least, "1", 0.35, 0, 1, assumed, "docs/MODEL.md section 4",                        \
      "Least factor of age on the wish to move.", "Mindste aldersfaktor på ønsket om at flytte.")  \
    X(real, age_most, "1", 3.5, 1, 10, assumed, "docs/MODEL.md section 4",                         \
      "Greatest factor of age on the wish to move.",                                               \
      "Største aldersfaktor på ønsket om at flytte.")                                              \
    X(real, vacancy_pull, "1", 1, 0, 3, assumed, "chosen: stands for prices and rents",            \
      "Exponent of a place's vacancy over that at the start, by which it draws searchers.",        \
      "Eksponent for et steds ledighed i forhold til starten; sådan tiltrækker det søgende.")      \
    X(real, queue_push, "1/year", 4, 0, 100, assumed, "chosen: stands for waiting times seen",     \
      "How a year of expected waiting weighs against a place.",                                    \
      "Hvor meget et års forventet ventetid taler imod et sted.")                                  \
    X(count, months_most, "months", 12, 1, 600, assumed, "docs/MODEL.md section 4",                \
      "Longest search for a home other than almen; then it is given up.",                          \
      "Længste søgning efter en bolig, der ikke er almen; derefter opgives den.")

struct flyt_moves_params {
#define X(type, name, ...) flyt_##type name;
    MOVES_PARAMS(X)
#undef X
};

struct flyt_search_params {
#define X(type, name, ...) flyt_##type name;
    SEARCH_PARAMS(X)
#undef X
};

/** @brief Chance that the household decides this month to look for another home. */
double flyt_search_hazard(const struct flyt_world *world, uint32_t household);

/** @brief Renews the household's bound until January, when the life course renews all. */
void flyt_search_refresh_bound(struct flyt_world *world, uint32_t household);

/**
 * @brief Tables of where searchers go: destinations by tenure, municipalities by distance.
 * Called each month, the first thing. Memory: `world->housing` holds it; scratch from step_arena.
 */
FLYT_NODISCARD enum flyt_status flyt_search_prepare(struct flyt_world *world);

/**
 * @brief One month: households wake, searches that took too long end, those without a home look.
 *
 * in: households.  out: `world->housing->searching`, per block those who look for a home, and
 * their `wanted` and `search_since`. Parallel over blocks; each writes only its own rows.
 */
FLYT_NODISCARD enum flyt_status flyt_search_step(struct flyt_world *world);

#endif
