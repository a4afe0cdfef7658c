/**
 * @file housing_parts.h
 * @brief The parts of the housing model's descriptor, for models/housing*.c only.
 */
#ifndef FLYT_HOUSING_PARTS_H
#define FLYT_HOUSING_PARTS_H

#include "models/areas.h"
#include "models/cost_series.h"
#include "models/ledger.h"
#include "models/letting_series.h"
#include "models/mobility_series.h"
#include "models/segregation_series.h"
#include "sim/model.h"

enum flyt_housing_table {
    FLYT_TABLE_municipalities,
    FLYT_TABLE_organisations,
    FLYT_TABLE_areas,
    FLYT_TABLE_sections,
    FLYT_TABLE_places,
    FLYT_TABLE_households,
    FLYT_TABLE_children,
    FLYT_TABLE_adult_children,
    FLYT_TABLE_origins,
    FLYT_TABLE_works,
    FLYT_TABLE_educations,
    FLYT_TABLE_wealth,
    FLYT_TABLE_rooms,
    FLYT_TABLE_destinations,
    FLYT_TABLE_stock_plan,
    FLYT_TABLE_targets,
    FLYT_TABLE_calibration,
    FLYT_N_TABLES
};

#define FLYT_PERSON_AGES 12 /* bands of ages, cut at 18 and 65 too, the last open */

enum { FLYT_N_GROUPS = 32 };
extern const struct flyt_field_group flyt_housing_groups[FLYT_N_GROUPS];

extern const struct flyt_table_spec flyt_housing_tables[FLYT_N_TABLES];

enum {
    FLYT_N_SERIES = 31 + FLYT_N_LEDGER_SERIES + FLYT_N_AREAS_SERIES + FLYT_N_SEGREGATION_SERIES +
                    FLYT_N_COST_SERIES + FLYT_N_LETTING_SERIES + FLYT_N_MOBILITY_SERIES
};
extern const struct flyt_series flyt_housing_series[FLYT_N_SERIES];

/** @brief Checks that go across tables and rows: homes hold their households, shares sum to 1. */
enum flyt_status flyt_housing_check(const struct flyt_scenario *scenario, struct flyt_diag *diag);

#endif
