/**
 * @file variant.h
 * @brief A scenario with other values of some parameters, in memory: for ends of ranges, constant
 *        worlds and calibration. The scenario it is made from stays as it is.
 */
#ifndef FLYT_VARIANT_H
#define FLYT_VARIANT_H

#include "sim/scenario.h"
#include "sim/targets.h"

/**
 * @brief A copy whose schedules are its own; all else is shared with `from`.
 * @return FLYT_ERR_MEMORY. Memory: the arena's, as long as the copy is used.
 */
FLYT_NODISCARD enum flyt_status flyt_variant_make(const struct flyt_scenario *from,
                                                  struct flyt_arena *arena,
                                                  struct flyt_scenario *out);

/** @brief Sets a parameter to one value in all years. Whole for counts, flags and choices. */
void flyt_variant_set(struct flyt_scenario *variant, uint32_t field, double value);

/** @brief Every parameter keeps the value of the start year: a world in which nothing changes. */
void flyt_variant_freeze(struct flyt_scenario *variant);

/** @brief Only the series that targets name are recorded: faster, and the same numbers. */
FLYT_NODISCARD enum flyt_status flyt_variant_narrow(struct flyt_scenario *variant,
                                                    const struct flyt_targets *targets,
                                                    struct flyt_arena *arena);

/** @brief Only the series of the model that `keep` says are recorded, those it records only when
 *         asked among them; policies' own stay. */
FLYT_NODISCARD enum flyt_status flyt_variant_keep(struct flyt_scenario *variant,
                                                  bool (*keep)(const void *job, const char *series),
                                                  const void *job, struct flyt_arena *arena);

/** @brief Switches policies on or off. @param on  [n_policies]. Its series come and go with it. */
FLYT_NODISCARD enum flyt_status flyt_variant_policies(struct flyt_scenario *variant, const bool *on,
                                                      struct flyt_arena *arena);

/** @brief Index of the policy with this name, FLYT_NONE: none. */
uint32_t flyt_variant_policy(const struct flyt_scenario *scenario, const char *name);

/** @brief Index of the parameter with this full name ("search.owner"), FLYT_NONE: none. */
uint32_t flyt_variant_find(const struct flyt_model *model, const char *name);

/** @brief "search.owner". NULL when out of memory. */
const char *flyt_variant_name(const struct flyt_model *model, uint32_t field,
                              struct flyt_arena *arena);

/** @brief Fault of a name that is no parameter, with the nearest that is. FLYT_ERR_SCENARIO. */
enum flyt_status flyt_variant_unknown(const struct flyt_model *model, const char *name,
                                      struct flyt_place place, struct flyt_arena *arena,
                                      struct flyt_diag *diag);

#endif
