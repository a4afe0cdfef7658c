/**
 * @file steering.h
 * @brief What the parts of intake steering share (models/policies/intake_steering.c): parameters,
 *        what is kept from month to month, who is matched with which home.
 */
#ifndef FLYT_STEERING_H
#define FLYT_STEERING_H

#include "models/policy.h"
#include "sim/field.h"
#include "sim/rank.h"

#define STEERING_PARAMS(X)                                                                          \
    X(flag, release, "", 1, 0, 1, assumed, "Boligliv i Balance 2015",                               \
      "Nobody is assigned to deprived sections of members.",                                        \
      "Ingen anvises til medlemmernes udsatte afdelinger.")                                         \
    X(real, cap, "share", 0.5, 0, 1, assumed, "what if",                                            \
      "Share of households with few resources above which an area takes none of them.",             \
      "Andel husstande med få ressourcer, over hvilken et område ingen af dem modtager.")           \
    X(real, willingness, "share", 1, 0, 1, assumed, "what if",                                      \
      "Part of the room below the cap that members offer.",                                         \
      "Den del af pladsen under loftet, som medlemmerne tilbyder.")                                 \
    X(real, quota, "share", 0.25, 0, 1, derived, "almenboligloven: every fourth vacancy",           \
      "Share of vacant family homes outside deprived areas that is held back.",                     \
      "Andel af ledige familieboliger uden for udsatte områder, der holdes tilbage.")               \
    X(count, hold_months, "months", 1, 1, 60, assumed, "what if",                                   \
      "Months until a home held back is let as others are.",                                        \
      "Måneder, til en tilbageholdt bolig udlejes som andre.")                                      \
    X(choice, matching, "greedy|minimum_cost", 0, 0, 1, assumed, "what if",                         \
      "Greedy: in order of time each gets the home it likes best; minimum cost: as many as can "    \
      "be are housed, then as well as can be in sum.",                                              \
      "Grådig: i tidsorden får hver den bolig, den helst vil have; mindst omkostning: så mange " \
      "som muligt får en bolig, og dernæst så gode som muligt tilsammen.")                          \
    X(count, batch, "households", 500, 1, 5000, assumed, "what if",                                 \
      "Households matched at once at minimum cost, the first in the pool before the next.",         \
      "Husstande parret på én gang til mindst omkostning, de første i puljen før de næste.")        \
    X(real, distance, "km", 50, 0, 1000, assumed, "what if", "Greatest distance moved.",            \
      "Største afstand, der flyttes.")                                                              \
    X(real, school_distance, "km", 10, 0, 1000, assumed, "what if",                                 \
      "Greatest distance moved with children of 6-15 years.",                                       \
      "Største afstand, der flyttes med børn på 6-15 år.")                                          \
    X(real, compensation, "DKK", 75000, 0, 1000000, assumed, "assumptions.csv: 0-200000",           \
      "Paid once by the municipality a household comes from to another that takes it.",             \
      "Betalt én gang af afgiverkommunen til en anden, der modtager.")                              \
    X(real, platform, "DKK", 3000, 0, 100000, assumed, "assumptions.csv: 1000-8000",                \
      "Administration of a household assigned.", "Administration af en anvist husstand.")           \
    X(count, months, "months", 12, 0, 120, assumed, "what if", "Months of support on reception.",   \
      "Måneder med modtagestøtte.")                                                                 \
    X(real, reception, "DKK/year", 40000, 0, 1000000, assumed, "assumptions.csv: 15000-80000",      \
      "Cost of support on reception.", "Udgift til modtagestøtte.")                                 \
    X(real, work, "times", 1, 0.2, 5, assumed, "neutral by default",                                \
      "Factor on the odds of work of those without, while supported.",                              \
      "Faktor på odds for arbejde for dem uden, under støtte.")                                     \
    X(real, cases, "times", 1, 0.2, 5, assumed, "neutral by default",                               \
      "Factor on the odds that a social case closes, while supported.",                             \
      "Faktor på odds for, at en social sag lukkes, under støtte.")

#define STEERING_ACCOUNTS(X)                                                                       \
    X(steering_platform, municipalities, outside, "Intake steering: administration",               \
      "Tilflytterstyring: administration")                                                         \
    X(steering_reception, municipalities, outside, "Intake steering: support on reception",        \
      "Tilflytterstyring: modtagestøtte")

/** What is counted: name, unit, kind, English, Danish, how. */
#define STEERING_COUNTS(X)                                                                         \
    X(steering_pool, "households", stock, "In the pool", "I puljen",                               \
      "Households in the members' queues of acute need.")                                          \
    X(steering_held, "homes", stock, "Homes held back", "Tilbageholdte boliger",                   \
      "Vacant and held back after those taken this month.")                                        \
    X(steering_assigned, "households", flow, "Assigned by steering", "Anvist af styringen",        \
      "Took a home that was held back.")                                                           \
    X(steering_refused, "households", flow, "Refused a home", "Afslog en bolig",                   \
      "Had a home within reach and would rather wait.")                                            \
    X(steering_shortfall, "homes", flow, "Held back in vain", "Holdt tilbage forgæves",            \
      "Let as others are when their months were over.")                                            \
    X(steering_supported, "households", stock, "Supported now", "Støttes nu",                      \
      "Households in their months of support.")

enum flyt_steering_account {
#define X(name, ...) name,
    STEERING_ACCOUNTS(X)
#undef X
};

struct flyt_steering_params {
#define X(type, name, ...) flyt_##type name;
    STEERING_PARAMS(X)
#undef X
};

enum flyt_steering_matching { FLYT_STEERING_greedy, FLYT_STEERING_minimum_cost };

struct flyt_steering_own {
    int16_t *considered; /* [n_dwellings] vacancy (month it fell vacant) that was considered */
    int16_t *held;       /* [n_dwellings] until when it is held back; FLYT_NO_MONTH: it is not */
    uint32_t *turn;      /* [n_sections] shares of vacancies in millionths */
    int64_t *taken;      /* [n_areas] with few resources since the last count of the area */
    int16_t counted;     /* month of that count */
    bool *member;        /* [n_municipalities] */
    int64_t *paid;       /* [n_municipalities] this month, settled among them, øre */
    struct steering_counts {
#define X(name, ...) int64_t name;
        STEERING_COUNTS(X)
#undef X
    } counts;
};

/** @brief Households with few resources that an area can still take. */
int64_t flyt_steering_room(const struct flyt_policy_ask *ask, uint32_t area);

/** @brief Whether a household is of those the cap counts. */
bool flyt_steering_has_few(const struct flyt_world *world, uint32_t household);

/** @brief The household moves into the home: what is paid, support, its place below the cap. */
void flyt_steering_take(const struct flyt_policy_ask *ask, uint32_t household, uint32_t dwelling);

/**
 * @brief Who of the pool gets which home that is held back. Nobody is given one it would rather not
 *        have than wait, and no area more households with few resources than it has room for.
 * @param pool  [n_pool] in order of time.
 * @param home  [*n_homes] dwellings in their order; those left are in front afterwards.
 * @return FLYT_ERR_MEMORY. Memory: scratch from step_arena. Serial code.
 */
FLYT_NODISCARD enum flyt_status flyt_steering_match(const struct flyt_policy_ask *ask,
                                                    const struct flyt_ranked *pool, uint32_t n_pool,
                                                    uint32_t *home, uint32_t *n_homes);

#endif
