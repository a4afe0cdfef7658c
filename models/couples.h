/**
 * @file couples.h
 * @brief Who finds whom, and what becomes of home, children and money when couples form and part.
 *
 * Singles who look for a partner keep looking until they find one or stop. Each woman meets a few
 * of the men who look in her labour-market region, and the best pair of all goes first. Knows no
 * chances of starting to look or of parting (liferates.h).
 */
#ifndef FLYT_COUPLES_H
#define FLYT_COUPLES_H

#include "models/people.h"
#include "sim/field.h"

#define COUPLES_PARAMS(X)                                                                          \
    X(real, union_factor, "1", 2.7, 0, 10, assumed,                                                \
      "fitted: one-adult households of fyn-2015 rise with the drivers to 2024 "                    \
      "(docs/demography.md)",                                                                      \
      "Factor on the rates at which singles look for a partner.",                                  \
      "Faktor på raterne, hvormed enlige begynder at søge en partner.")                            \
    X(real, separation_cohabiting, "1", 0.85, 0, 5, assumed, "chosen",                             \
      "Factor on the separation rates of cohabiting couples.",                                     \
      "Faktor på samlevende pars rater for brud.")                                                 \
    X(real, separation_married, "1", 1.0, 0, 5, assumed, "rates by age are recalled",              \
      "Factor on the separation rates of married couples.", "Faktor på ægtepars rater for brud.")  \
    X(real, marriage_childless, "1/year", 0.06, 0, 1, assumed, "recalled: 3.5-7 % a year",         \
      "Marriage rate of cohabiting couples without children.",                                     \
      "Vielsesrate for samlevende par uden børn.")                                                 \
    X(real, marriage_children, "1/year", 0.14, 0, 1, assumed, "recalled: 8-14 % a year",           \
      "Marriage rate of cohabiting couples with children.",                                        \
      "Vielsesrate for samlevende par med børn.")                                                  \
    X(real, age_gap, "years", 2.3, -10, 10, assumed, "recalled: 1.8-3 years",                      \
      "Usual age of the man less that of the woman.",                                              \
      "Sædvanlig alder for manden minus kvindens.")                                                \
    X(real, age_spread, "years", 4.0, 0.1, 20, assumed, "chosen",                                  \
      "Difference from the usual age gap that costs one unit.",                                    \
      "Afvigelse fra den sædvanlige aldersforskel, der koster én enhed.")                          \
    X(real, gap_most, "years", 15.0, 1, 80, assumed, "chosen",                                     \
      "Greatest difference from the usual age gap.",                                               \
      "Største afvigelse fra den sædvanlige aldersforskel.")                                       \
    X(real, taste, "1", 1.0, 0, 10, assumed, "chosen",                                             \
      "Spread of what a pair thinks of each other, in units of cost.",                             \
      "Spredning i pars indbyrdes smag, i omkostningsenheder.")                                    \
    X(real, other_origin, "1", 4.0, 0, 50, assumed,                                                \
      "chosen so that most non-western couples are of one origin (recalled: 78-92 %)",             \
      "Cost of a partner of other origin.", "Omkostning ved en partner af anden oprindelse.")      \
    X(count, meets, "1/month", 8, 1, 64, assumed, "chosen",                                        \
      "Men that a woman who looks for a partner meets in a month.",                                \
      "Mænd, som en partnersøgende kvinde møder på en måned.")                                     \
    X(real, stops_looking, "1/month", 0.04, 0, 1, assumed, "chosen: about two years",              \
      "Chance a month that a single stops looking for a partner.",                                 \
      "Månedlig chance for, at en enlig holder op med at søge en partner.")                        \
    X(real, new_home, "share", 0.35, 0, 1, assumed, "recalled: 20-50 %",                           \
      "Share of new couples who at once look for another home.",                                   \
      "Andel af nye par, som straks søger en anden bolig.")                                        \
    X(real, woman_keeps_home, "share", 0.6, 0, 1, assumed, "recalled: 50-72 %",                    \
      "Share of parting couples with children where the woman keeps the home.",                    \
      "Andel af brudte par med børn, hvor kvinden beholder boligen.")                              \
    X(real, children_with_woman, "share", 0.87, 0, 1, derived,                                     \
      "Statistisk Årbog 2002, table 320: single women among single parents",                       \
      "Share of parting couples whose children follow the woman.",                                 \
      "Andel af brudte par, hvor børnene følger kvinden.")

struct flyt_couples_params {
#define X(type, name, ...) flyt_##type name;
    COUPLES_PARAMS(X)
#undef X
};

/** One who looks for a partner, as matching sees them. */
struct flyt_single {
    uint64_t uid, place; /* place: on the circles, set by the matching */
    uint32_t household, home;
    int16_t born;
    uint8_t origin, n_children;
};

/** A pair that becomes a couple: indices of the lists given. */
struct flyt_pair {
    uint64_t cost; /* fixed point, less is better */
    uint32_t woman, man;
};

/**
 * @brief Pairs of the singles of one region, each in at most one, in order of cost.
 *
 * Men stand on circles by five-year age group in order of hash(uid, month); a woman draws points on
 * the circles about her wished age and meets the next man after each. So one single more or less
 * touches only those who meet them. Then the pair of least cost (age gap, origin, a taste drawn for
 * the pair) goes first. Nobody pairs inside a home or past six children. Result independent of the
 * order of the lists.
 *
 * @param woman, man  sorted here.
 * @param taken  scratch, [n_women + n_men], all false; true for those in a pair afterwards.
 * @param pair   out, capacity 2 * n_women * params->meets (half of it scratch); sorted.
 * @return Number of pairs.
 */
uint32_t flyt_couples_match(const struct flyt_world *world,
                            const struct flyt_couples_params *params, struct flyt_single *woman,
                            uint32_t n_women, struct flyt_single *man, uint32_t n_men, bool *taken,
                            struct flyt_pair *pair);

/** @brief Those who look for a partner find one or stop; couples formed are counted. */
FLYT_NODISCARD enum flyt_status flyt_couples_step(struct flyt_world *world);

/** @brief Drops from a block's list those who are gone, have found one, or stop looking. */
void flyt_couples_keep_looking(struct flyt_world *world, uint32_t block);

/** @brief True when a's home is kept rather than b's: a home of one's own, owned, with children,
 *         lived in longer, the lesser uid. */
bool flyt_couples_keeps(const struct flyt_world *world, uint32_t a, uint32_t b);

/** @brief Makes `mover`, a single, the second adult of `keeper`; children and savings move along.
 *         The mover's home and row are the caller's to free. */
void flyt_couples_merge(struct flyt_world *world, uint32_t keeper, uint32_t mover);

/** @brief Splits a couple: the one who leaves is written to `leaver`, an empty row from
 *         flyt_world_add(), as hidden in the home; children and half the savings as drawn. */
void flyt_couples_part(struct flyt_world *world, uint32_t couple, uint32_t leaver);

/** @brief Takes adult `which` out of a couple (death, care); the other becomes adult 0. */
void flyt_couples_bereave(struct flyt_world *world, uint32_t couple, uint32_t which);

/** @brief Moves every child of `from` that `which` names (a bit each) to free places of `to`. */
void flyt_couples_move_children(struct flyt_world *world, uint32_t from, uint32_t to,
                                uint32_t which);

#endif
