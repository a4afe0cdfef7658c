/**
 * @file chance.h
 * @brief A second chance (models/policies/second_chance.c): its parameters, what a household would
 *        like best of the homes on offer, and how likely it says yes.
 */
#ifndef FLYT_CHANCE_H
#define FLYT_CHANCE_H

#include "sim/field.h"
#include "sim/world.h"

#define CHANCE_WHO(X)                                                                              \
    X(real, capacity, "1/1000/year", 10, 0, 1000, assumed, "what if",                              \
      "Households asked in a year for each 1000 almen homes of deprived areas.",                   \
      "Husstande spurgt om året for hver 1000 almene boliger i udsatte områder.")                  \
    X(real, top, "share", 0.05, 0, 1, published, "Boligliv i Balance 2015: 5 % of families",       \
      "Share of their households that can be asked: those judged most vulnerable.",                \
      "Andel af deres husstande, der kan spørges: dem, der skønnes mest sårbare.")                 \
    X(real, noise, "1", 0.1, 0, 1, assumed, "what if",                                             \
      "Standard deviation of the error in judged vulnerability V.",                                \
      "Spredning på fejlen i den skønnede sårbarhed V.")                                           \
    X(real, shelf, "share", 0.1, 0, 1, assumed, "what if",                                         \
      "Share of vacant family homes outside deprived areas that are held back.",                   \
      "Andel af ledige familieboliger uden for udsatte områder, der holdes tilbage.")              \
    X(count, shelf_months, "months", 2, 1, 60, assumed, "what if",                                 \
      "Months until a home held back is let as others are.",                                       \
      "Måneder, til en tilbageholdt bolig udlejes som andre.")                                     \
    X(count, again, "months", 24, 1, 600, assumed, "what if",                                      \
      "Months until who said no can be asked again.",                                              \
      "Måneder, til den, der sagde nej, kan spørges igen.")

#define CHANCE_ANSWER(X)                                                                           \
    X(real, accept, "log odds", -0.6, -10, 10, assumed,                                            \
      "assumptions.csv: about .3 with full support, .1-.53",                                       \
      "Log odds of a yes with full support, all else 0.",                                          \
      "Log-odds for et ja med fuld støtte, alt andet 0.")                                          \
    X(choice, support, "none|some|full", 2, 0, 2, assumed, "what if", "Level of support.",         \
      "Støttens omfang.")                                                                          \
    X(real, accept_support, "log odds/level", 0.8, 0, 5, assumed,                                  \
      "assumptions.csv: take-up .2-.6 by level of support",                                        \
      "Lost for each level of support less than full.",                                            \
      "Tabt for hvert trin mindre støtte end fuld.")                                               \
    X(real, accept_grant, "log odds", 0.5, 0, 5, assumed, "docs/MODEL.md section 5",               \
      "For a grant of a year's income.", "For et tilskud på en årsindkomst.")                      \
    X(real, accept_gain, "log odds", 1, -5, 5, assumed, "docs/MODEL.md section 5",                 \
      "For going from neighbours who all have few resources to none who has.",                     \
      "For at gå fra naboer, der alle har få ressourcer, til ingen, der har.")                     \
    X(real, accept_school, "log odds", 0.3, -5, 5, assumed, "docs/MODEL.md section 5",             \
      "With children of 6-15 years.", "Med børn på 6-15 år.")                                      \
    X(real, accept_attachment, "log odds", 0.2, 0, 5, assumed, "docs/MODEL.md section 5",          \
      "Lost for each log of 1 + years in the home.", "Tabt for hver log af 1 + år i boligen.")     \
    X(real, accept_km, "log odds", 0.01, 0, 1, assumed, "docs/MODEL.md section 5",                 \
      "Lost for each kilometre.", "Tabt for hver kilometer.")

#define CHANCE_COST(X)                                                                             \
    X(real, grant, "DKK", 50000, 0, 1000000, assumed, "assumptions.csv: 20000-80000",              \
      "Grant to who moves, half by the municipality left, half by the organisation.",              \
      "Tilskud til den, der flytter, halvt af fraflytningskommunen, halvt af "                     \
      "boligorganisationen.")                                                                      \
    X(count, months, "months", 24, 0, 120, assumed, "what if", "Months of support.",               \
      "Måneder med støtte.")                                                                       \
    X(real, support_cost, "DKK/year", 45000, 0, 1000000, assumed,                                  \
      "assumptions.csv: 40000-180000 in all", "Cost of supporting a household.",                   \
      "Udgift til støtte af en husstand.")                                                         \
    X(real, work, "times", 1.5, 0.2, 5, assumed, "assumptions.csv: intensive programme, 1-2.3",    \
      "Factor on the odds of work of those without, while supported.",                             \
      "Faktor på odds for arbejde for dem uden, under støtte.")                                    \
    X(real, cases, "times", 1.4, 0.2, 5, assumed, "assumptions.csv: relational budgeting, 1-2",    \
      "Factor on the odds that a social case closes, while supported.",                            \
      "Faktor på odds for, at en social sag lukkes, under støtte.")                                \
    X(flag, for_children, "", 1, 0, 1, assumed,                                                    \
      "effect: leaving.programme_effect, range around 0",                                          \
      "Months of support count in the childhood of children below 18.",                            \
      "Måneder med støtte tæller med i barndommen for børn under 18 år.")                          \
    X(real, failed, "probability", 0.25, 0, 1, assumed, "assumptions.csv: .1-.5",                  \
      "Support is lost at the handover to another municipality.",                                  \
      "Støtten går tabt ved overgangen til en anden kommune.")                                     \
    X(real, compensation, "DKK", 75000, 0, 1000000, assumed, "assumptions.csv: 0-200000",          \
      "Paid once by the municipality left to the one that takes in.",                              \
      "Betalt én gang af fraflytningskommunen til tilflytningskommunen.")                          \
    X(real, reimbursed, "share", 0.5, 0, 1, assumed, "what if",                                    \
      "Share of the cost of support that the municipality left pays back to another.",             \
      "Andel af støtteudgiften, som fraflytningskommunen refunderer en anden.")

#define CHANCE_PARAMS(X) CHANCE_WHO(X) CHANCE_ANSWER(X) CHANCE_COST(X)

#define CHANCE_ACCOUNTS(X)                                                                         \
    X(chance_grant_municipalities, municipalities, households,                                     \
      "Second chance: grants, the municipalities' half",                                           \
      "Second chance: tilskud, kommunernes halvdel")                                               \
    X(chance_grant_organisations, organisations, households,                                       \
      "Second chance: grants, the organisations' half",                                            \
      "Second chance: tilskud, boligorganisationernes halvdel")                                    \
    X(chance_support, municipalities, outside, "Second chance: support", "Second chance: støtte")

/** What is counted: name, unit, kind, English, Danish, how. */
#define CHANCE_COUNTS(X)                                                                           \
    X(chance_asked, "households", flow, "Asked", "Spurgt", "Offered a home of the shelf.")         \
    X(chance_taken, "households", flow, "Took their second chance", "Tog imod",                    \
      "Said yes and moved.")                                                                       \
    X(chance_lost, "households", flow, "Support lost at the handover",                             \
      "Støtte tabt ved overgangen", "By chance, of those who moved to another municipality.")      \
    X(chance_supported, "households", stock, "Supported now", "Støttes nu",                        \
      "Households in their months of support.")                                                    \
    X(chance_followed, "households", stock, "Took it, still here", "Tog imod, stadig her",         \
      "Households that said yes, also after the support.")                                         \
    X(chance_children, "persons", stock, "Their children", "Deres børn",                           \
      "Below 18 at home, of chance_followed.")                                                     \
    X(chance_back, "households", stock, "Of them, live in a deprived area again",                  \
      "Heraf i et udsat område igen", "Their area is on a list now.")                              \
    X(chance_working, "households", stock, "Of them, with an adult in work",                       \
      "Heraf med en voksen i arbejde", "Of chance_followed, wherever they live now.")              \
    X(chance_cases, "cases", stock, "Their open social cases", "Deres åbne sociale sager",         \
      "Of chance_followed, wherever they live now.")                                               \
    X(chance_worked, "households", flow, "Took it with an adult in work",                          \
      "Tog imod med en voksen i arbejde", "Of chance_taken, in the month they moved.")             \
    X(chance_had_cases, "cases", flow, "Open social cases of those who took it",                   \
      "Åbne sociale sager hos dem, der tog imod", "Of chance_taken, in the month they moved.")     \
    X(chance_shelf, "homes", stock, "Homes held back", "Tilbageholdte boliger",                    \
      "Vacant on the shelf after those taken this month.")

enum flyt_chance_account {
#define X(name, ...) name,
    CHANCE_ACCOUNTS(X)
#undef X
};

struct flyt_chance_params {
#define X(type, name, ...) flyt_##type name;
    CHANCE_PARAMS(X)
#undef X
};

/** @brief Kilometres between the middles of two areas. */
double flyt_chance_km(const struct flyt_world *world, uint32_t from, uint32_t to);

/** @brief Whether it has children of 6-15 years. */
bool flyt_chance_has_pupils(const struct flyt_household *row, int16_t calendar);

/** @brief Log odds that the household says yes to a home. Source: docs/MODEL.md section 5. */
double flyt_chance_inclination(const struct flyt_world *world,
                               const struct flyt_chance_params *params, uint32_t household,
                               uint32_t dwelling);

/** @brief Place among n homes of the one the household would like best; FLYT_NONE: it can have
 *         none. The grant pays deposits. */
uint32_t flyt_chance_best(const struct flyt_world *world, uint32_t household,
                          const uint32_t *dwelling, uint32_t n);

#endif
