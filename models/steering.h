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

#define STEERING_JOINING(X)                                                                        \
    X(choice, join, "named|random|ledger", 0, 0, 2, assumed, "what if",                            \
      "Who of the places named are members: all, some by lot, or each year those whose net "       \
      "ledger is positive.",                                                                       \
      "Hvem af de nævnte steder der er medlemmer: alle, nogle ved lodtrækning, eller hvert år " \
      "dem, hvis nettoregnskab er positivt.")                                                      \
    X(count, members, "municipalities", 0, 0, 1000, assumed, "what if",                            \
      "How many are members by lot, the same ones and more as it grows; 0: all.",                  \
      "Hvor mange der er medlemmer ved lodtrækning, de samme og flere, når tallet vokser; 0: "   \
      "alle.")                                                                                     \
    X(choice, draw, "lot|alike|unlike", 0, 0, 2, assumed, "what if: docs/MODEL.md section 1, H3",  \
      "Who members by lot are: each by lot; or the first by lot and then whoever makes the share " \
      "of almen homes differ least, or most, among them.",                                         \
      "Hvem medlemmer ved lodtrækning er: hver ved lod; eller den første ved lod og dernæst "   \
      "dem, der får andelen af almene boliger til at variere mindst, eller mest, mellem dem.")     \
    X(real, burden, "DKK", 75000, -1000000, 1000000, assumed,                                      \
      "as the compensation: neutral by default",                                                   \
      "What a household with few resources costs the municipality that houses it, as "             \
      "municipalities reckon when they think of joining.",                                         \
      "Hvad en husstand med få ressourcer koster den kommune, der huser den, som kommunerne "     \
      "regner, når de overvejer at være med.")                                                     \
    X(real, penalty, "DKK/year/1000 households", 0, 0, 10000000, assumed, "what if",               \
      "Paid to the state by municipalities that stay out of their own will.",                      \
      "Betalt til staten af kommuner, der vælger at stå udenfor.")

#define STEERING_ASSIGNING(X)                                                                       \
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
    X(real, capacity, "households/year", 0, 0, 1000000, assumed, "what if",                         \
      "Assigned in a year by all members together, in step with the months; 0: what the quota "     \
      "yields.",                                                                                    \
      "Anvist om året af alle medlemmer tilsammen, jævnt over månederne; 0: hvad kvoten giver.")    \
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

#define STEERING_RESOURCEFUL(X)                                                                    \
    X(real, priority, "share", 0, 0, 1, assumed, "what if",                                        \
      "Share of list-lettings in released sections where newcomers with many resources go "        \
      "first; where flexible letting has a greater share, at its turns.",                          \
      "Andel af ventelisteudlejninger i fritagne afdelinger, hvor tilflyttere med mange "          \
      "ressourcer går forrest; har fleksibel udlejning en større andel, så ved dens.")             \
    X(count, welcome_months, "months", 0, 0, 120, assumed, "what if",                              \
      "Months of support of who comes to them so.", "Måneder med støtte til dem, der kommer så.")  \
    X(real, welcome, "DKK/year", 20000, 0, 1000000, assumed, "assumptions.csv: 15000-80000",       \
      "Cost of that support.", "Udgift til den støtte.")                                           \
    X(real, welcome_work, "times", 1, 0.2, 5, assumed, "neutral by default",                       \
      "Factor on the odds of work of those without, while supported so.",                          \
      "Faktor på odds for arbejde for dem uden, under den støtte.")                                \
    X(real, welcome_cases, "times", 1, 0.2, 5, assumed, "neutral by default",                      \
      "Factor on the odds that a social case closes, while supported so.",                         \
      "Faktor på odds for, at en social sag lukkes, under den støtte.")

#define STEERING_PARAMS(X) STEERING_JOINING(X) STEERING_ASSIGNING(X) STEERING_RESOURCEFUL(X)

#define STEERING_ACCOUNTS(X)                                                                       \
    X(steering_platform, municipalities, outside, "Intake steering: administration",               \
      "Tilflytterstyring: administration")                                                         \
    X(steering_reception, municipalities, outside, "Intake steering: support on reception",        \
      "Tilflytterstyring: modtagestøtte")                                                          \
    X(steering_welcome, municipalities, outside,                                                   \
      "Intake steering: support of resourceful newcomers",                                         \
      "Tilflytterstyring: støtte til ressourcestærke tilflyttere")                                 \
    X(steering_penalty, municipalities, state, "Intake steering: paid for staying out",            \
      "Tilflytterstyring: betalt for at stå udenfor")

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
    X(steering_supported, "households", stock, "Supported now", "Støttes nu",                      \
      "Households in their months of support.")                                                    \
    X(steering_welcomed, "households", flow, "Resourceful newcomers",                              \
      "Ressourcestærke tilflyttere",                                                               \
      "With many resources, into released sections by criteria or priority, the month before.")    \
    X(steering_welcome_now, "households", stock, "Of them, supported now", "Heraf støttes nu",     \
      "Households in their months of support.")                                                    \
    X(steering_unfilled, "households", flow, "Capacity not used", "Kapacitet ikke brugt",          \
      "Of the yearly capacity, what has waited for a quarter.")                                    \
    X(steering_passed, "applicants", flow, "Applicants passed over", "Ansøgere sprunget over",     \
      "Would have got the home by the list: first of the organisation's members who want it, "     \
      "within the offers the list makes.")                                                         \
    X(steering_waiting, "applicants", stock, "Passed over and still waiting",                      \
      "Sprunget over og venter stadig",                                                            \
      "Have not moved or left the list since; each month they wait is a month added.")

/** What is counted by municipality: name, unit, kind, English, Danish, how. */
#define STEERING_PLACES(X)                                                                         \
    X(paid, "0.01 DKK", flow, "What municipalities pay, settled",                                  \
      "Hvad kommunerne betaler, mellemregnet",                                                     \
      "Administration and support, with compensation between the municipality a household comes "  \
      "from and the one that takes it, and what is paid for staying out.")                         \
    X(shortfall, "homes", flow, "Short of the quota", "Mangler i kvoten",                          \
      "Vacancies of the quota where the cap left no room, or held back in vain.")                  \
    X(member, "municipalities", stock, "Member now", "Medlem nu", "1: it takes part, 0: not.")     \
    X(net, "0.01 DKK", stock, "What joining is worth to it in a year",                             \
      "Hvad det er værd for den at være med i et år",                                              \
      "As last reckoned, in January: members by what they paid and whom they sent and took in, "   \
      "others by their queue and homes; without what is paid for staying out.")

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

enum flyt_steering_join { FLYT_STEERING_named, FLYT_STEERING_random, FLYT_STEERING_ledger };
enum flyt_steering_draw { FLYT_STEERING_lot, FLYT_STEERING_alike, FLYT_STEERING_unlike };

/** A municipality: what is shown, and what has been since it last thought of joining. */
struct flyt_steering_place {
#define X(name, ...) int64_t name;
    STEERING_PLACES(X)
#undef X
    int64_t year_paid, year_sent, year_received; /* øre; households with few resources */
    bool in_scope;                               /* the scenario names it */
    double almen; /* share of its homes that are almen when members were first drawn */
};

/** An applicant who was passed over. */
struct flyt_steering_passed {
    uint64_t uid;
    uint32_t household, list;
    int16_t since;
};

struct flyt_steering_own {
    int16_t *considered; /* [n_dwellings] vacancy (month it fell vacant) that was considered */
    int16_t *held;       /* [n_dwellings] until when it is held back; FLYT_NO_MONTH: it is not */
    uint32_t *turn;      /* [n_sections] shares of vacancies in millionths */
    int64_t *taken;      /* [n_areas] with few resources since the last count of the area */
    int16_t counted;     /* month of that count */
    struct flyt_steering_place *place; /* [n_municipalities] */
    int64_t *assigned;                 /* [n_municipalities from][n_municipalities to] this month */
    double owed, unfilled;             /* of the capacity, carried over */
    bool begun;                        /* members were chosen */
    int16_t year_from;                 /* since when they have thought of joining */
    int64_t year_assigned, year_few;   /* since then, by all; of them with few resources */
    struct flyt_steering_passed *passed; /* [n_dwellings] */
    uint32_t n_passed;
    int64_t least_room; /* below the cap, of the areas that took somebody this month */
    double least_gain;  /* of those who were given a home this month */
    struct steering_counts {
#define X(name, ...) int64_t name;
        STEERING_COUNTS(X)
#undef X
    } counts;
};

/** @brief Whether steering holds in a section: its municipality is a member. */
bool flyt_steering_holds(const struct flyt_world *world, const struct flyt_policy_state *policy,
                         uint32_t section);

/** @brief Whether it is in an area on a list of deprived areas now. */
bool flyt_steering_is_deprived(const struct flyt_world *world, uint32_t section);

/** @brief Whether its homes are held back for the pool: family homes outside deprived areas. */
bool flyt_steering_receives(const struct flyt_world *world, const struct flyt_policy_state *policy,
                            uint32_t section);

/**
 * @brief Orders places, the first of which stays, so that each next one makes the variance of their
 *        shares least or greatest; of equals the one that came first.
 * @param share  [...] by place.  @param place  [n] in: by lot.
 */
void flyt_steering_order(const double *share, uint32_t *place, uint32_t n,
                         enum flyt_steering_draw draw);

/** @brief Standard deviation of the members' shares of almen homes; 0: fewer than two by lot. */
double flyt_steering_spread(const struct flyt_world *world, const struct flyt_policy_state *policy);

/** @brief First thing of a month: in January municipalities think of joining; who stays out of its
 *         own will pays. */
FLYT_NODISCARD enum flyt_status flyt_steering_join(const struct flyt_policy_ask *ask);

/** @brief Notes who would have got the home by the list. */
void flyt_steering_pass_over(const struct flyt_policy_ask *ask, uint32_t dwelling);

/** @brief Counts applicants passed over who still wait. */
void flyt_steering_follow(const struct flyt_policy_ask *ask);

/** @brief Newcomers with many resources of the month before are counted and supported. */
void flyt_steering_welcome(const struct flyt_policy_ask *ask);

/** @brief Whether no other programme is lost by support on reception. */
bool flyt_steering_is_free(const struct flyt_household_cold *cold);

/** @brief The pool is matched with homes held back: letting asks for it. */
FLYT_NODISCARD enum flyt_status flyt_steering_assign(const struct flyt_policy_ask *ask);

/** @brief Households with few resources that an area can still take. */
int64_t flyt_steering_room(const struct flyt_policy_ask *ask, uint32_t area);

/** @brief Whether a household is of those the cap counts. */
bool flyt_steering_has_few(const struct flyt_world *world, uint32_t household);

/** @brief The household moves into the home: what is paid, support, its place below the cap.
 *         @param gain  of the home over staying. */
void flyt_steering_take(const struct flyt_policy_ask *ask, uint32_t household, uint32_t dwelling,
                        double gain);

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
