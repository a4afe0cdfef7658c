/**
 * @file housing_check.h
 * @brief What the parts of the check of a housing scenario share; for models/housing_check*.c only.
 */
#ifndef FLYT_HOUSING_CHECK_H
#define FLYT_HOUSING_CHECK_H

#include "models/housing_parts.h"
#include "sim/scenario.h"

/** @brief Whether the checks may read a table: it was read without a fault, or may be left out. */
static inline bool flyt_housing_sound(const struct flyt_scenario *scenario,
                                      enum flyt_housing_table which)
{
    const struct flyt_table *table = &scenario->table[which];
    return table->sound || (!table->present && !flyt_housing_tables[which].required);
}

/**
 * @brief Checks the bands of age of each table that has some: none overlap, none is left out
 *        between two of a group, and where a value is needed for all they cover 18 to 99.
 */
void flyt_housing_check_ages(const struct flyt_scenario *scenario, struct flyt_diag *diag);

/** @brief Checks what is known of places: values that can be, and no fewer persons than homes. */
void flyt_housing_check_known(const struct flyt_scenario *scenario, struct flyt_diag *diag);

#endif
