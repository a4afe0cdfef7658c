/**
 * @file career_homes.h
 * @brief The homes of a housing career (models/policies/housing_career.c): which there are, whether
 *        the three consents are given, and who wants and can bear a share.
 */
#ifndef FLYT_CAREER_HOMES_H
#define FLYT_CAREER_HOMES_H

#include "models/career.h"
#include "models/policy.h"

/** What the policy keeps from month to month. Owned by the run's arena. */
struct flyt_career {
    double *owed[FLYT_CAREER_N_KINDS]; /* [n_areas] homes to become co-owned, carried over */
    uint32_t *first;               /* [n_sections] place of its first home; FLYT_NONE: not here */
    struct flyt_career_home *home; /* family homes of the places */
    bool *consents;                /* [n_sections] all three have said yes */
    int16_t *asked;                /* [n_sections] year in which they were asked last */
    double *more;                  /* [n_municipalities] factor on claims in other sections */
    bool *aside;                   /* [n_sections] some of its homes are set aside */
    int64_t repayable;             /* to all holders, øre */
    bool lowers; /* a home of a lower rent was made: else none need be looked up */
    struct flyt_career_counts {
#define X(name, ...) int64_t name;
        CAREER_COUNTS(X)
#undef X
    } counts;
};

/** @brief Takes the state: room for the family homes of the places. */
FLYT_NODISCARD enum flyt_status flyt_career_open(const struct flyt_policy_ask *ask);

/** @brief The home's row; NULL: it is none of the places' family homes. */
static inline struct flyt_career_home *flyt_career_home_of(const struct flyt_world *world,
                                                           const struct flyt_career *own,
                                                           uint32_t dwelling)
{
    uint32_t s = world->dwellings.section[dwelling];
    return own->first[s] == FLYT_NONE
               ? NULL
               : &own->home[own->first[s] + dwelling - world->sections.first[s]];
}

/** Runs a statement for each home `d` of the places, with its section `s` and its row `home_`. */
#define FLYT_CAREER_EACH_HOME(world, own, s, d, home_)                                             \
    for (uint32_t s = 0; s < (world)->sections.n; s++)                                             \
        for (uint32_t d = (own)->first[s] == FLYT_NONE ? (world)->sections.first[s + 1]            \
                                                       : (world)->sections.first[s];               \
             d < (world)->sections.first[s + 1]; d++)                                              \
            for (struct flyt_career_home *home_ = flyt_career_home_of(world, own, d);              \
                 home_ != NULL; home_ = NULL)

/** @brief Whether homes of the section can become co-owned now, consents apart. */
bool flyt_career_is_place(const struct flyt_policy_ask *ask, uint32_t section);

/** @brief Asks each section of the places once a year until municipality, organisation and the
 *         section's meeting consent. */
void flyt_career_ask_consents(const struct flyt_policy_ask *ask);

/** @brief Whether an adult of the household can work for the section. */
bool flyt_career_can_work(const struct flyt_world *world, uint32_t household);

/** @brief Whether an instalment is within reach. @param disposable  øre a month. */
bool flyt_career_can_bear(const struct flyt_career_params *params, int32_t instalment,
                          double disposable);

/** @brief Homes of a kind a year for each 1000 of the places. */
double flyt_career_rate(const struct flyt_career_params *params, enum flyt_career_kind kind);

/** @brief Whether the household is one that the kind of home is for. Act, sections 52 and 54. */
bool flyt_career_is_for(const struct flyt_world *world, uint32_t household,
                        enum flyt_career_kind kind);

/** @brief Whether the household wants a share in the home and can earn it. */
bool flyt_career_will_share(const struct flyt_world *world, const struct flyt_career_params *params,
                            uint32_t household, uint32_t dwelling, double disposable);

/** @brief The area where the household holds a share in its home; FLYT_NONE: it holds none. */
uint32_t flyt_career_reached(const struct flyt_policy_question *question, uint32_t household);

/** @brief Whether the home is set aside, and may not be assigned. */
bool flyt_career_set_aside(const struct flyt_policy_question *question, uint32_t dwelling);

/** @brief Whether the household may take the home: one set aside is for those it was made for. */
bool flyt_career_may_take(const struct flyt_policy_question *question, uint32_t household,
                          uint32_t dwelling);

/** @brief The lower rent of AlmenBolig+. */
void flyt_career_rent(const struct flyt_policy_question *question, uint32_t dwelling,
                      struct flyt_policy_rent *rent);

/** @brief Homes lost to assignment are asked for in other sections. */
void flyt_career_letting_rules(const struct flyt_policy_question *question, uint32_t section,
                               struct flyt_letting_rules *rules);

/** @brief Which sections have lost homes to assignment, and how much more the others of their
 *         municipality are claimed for them. */
void flyt_career_reckon_lost(const struct flyt_policy_ask *ask);

#endif
