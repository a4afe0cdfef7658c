/**
 * @file leaving.h
 * @brief A child grows up: what it takes along when it leaves its parents' home.
 *
 * Origin is inherited, language improved, education drawn from the parents'. Knows no chance of
 * leaving (liferates.h), no first work (livelihood.h draws it) and no search for a home.
 */
#ifndef FLYT_LEAVING_H
#define FLYT_LEAVING_H

#include "models/people.h"
#include "sim/field.h"

#define LEAVING_PARAMS(X)                                                                          \
    X(real, leaving_factor, "1", 1.0, 0, 5, assumed,                                               \
      "rates by age are differences of published shares living at home, 2021",                     \
      "Factor on the rates at which adult children leave home.",                                   \
      "Faktor på raterne, hvormed voksne børn flytter hjemmefra.")                                 \
    X(real, deprived_effect, "log odds/year", 0.0, -0.5, 0.5, assumed, "neutral by default",       \
      "Effect of a childhood year in deprived areas on the odds of more than basic schooling.",    \
      "Effekt af et barndomsår i udsatte områder på odds for mere end grundskole.")                \
    X(real, programme_effect, "log odds/year", 0.0, -0.5, 0.5, assumed, "neutral by default",      \
      "Effect of a childhood year in a programme (lift, second chance) on the odds of more than "  \
      "basic schooling.",                                                                          \
      "Effekt af et barndomsår i et forløb (løft, second chance) på odds for mere end "        \
      "grundskole.")                                                                               \
    X(real, language_effect, "log odds/level", 0.3, -1, 2, assumed, "chosen",                      \
      "Effect of a level of Danish on the odds of more than basic schooling.",                     \
      "Effekt af et danskniveau på odds for mere end grundskole.")

struct flyt_leaving_params {
#define X(type, name, ...) flyt_##type name;
    LEAVING_PARAMS(X)
#undef X
};

/** What of a childhood counts beside the parents. */
struct flyt_leaving_childhood {
    uint32_t deprived_months, helped_quarters; /* in deprived areas; in programmes */
};

/** @brief Chances of [basic, vocational, higher] for a child of parents with `parents` education.
 *  @param language  of the child, 0 to 2. */
void flyt_leaving_education(const struct flyt_leaving_params *params, uint32_t parents,
                            uint32_t language, struct flyt_leaving_childhood childhood,
                            double chance[3]);

/** @brief Makes the child in place `child` of `family` the adult of `leaver`, an empty row from
 *         flyt_world_add(): hidden in the parents' home. */
void flyt_leaving_leave(struct flyt_world *world, uint32_t family, uint32_t child, uint32_t leaver);

/** @brief Makes the child in place `child`, an adult, the head of its own family when the last
 *         parent is gone. */
void flyt_leaving_succeed(struct flyt_world *world, uint32_t family, uint32_t child);

#endif
