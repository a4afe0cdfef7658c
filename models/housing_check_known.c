/**
 * @file housing_check_known.c
 * @brief Whether what is known of places can be true, alone and together.
 */
#include <math.h>
#include <string.h>

#include "models/housing_check.h"
#include "models/kinds.h"
#include "sim/units.h"

/** What a variable of places can be, both ends allowed. */
struct limits {
    const char *name, *unit;
    double low, high;
};

/** By the variable's unit: percent, persons, DKK a year. */
static struct limits limits_of(enum flyt_variable variable)
{
    static const char *const name[][2] = {
#define X(name, unit, en, da) {#name, unit},
        FLYT_VARIABLES(X)
#undef X
    };
    struct limits limits = {name[variable][0], name[variable][1], 0.0, 100.0};
    if (variable == FLYT_VARIABLE_population) {
        limits.high = 1e9;
    } else if (variable == FLYT_VARIABLE_disposable_income) {
        limits.high = 1e7;
    } else if (variable == FLYT_VARIABLE_income_ratio) {
        limits.high = 1000.0;
    }
    return limits;
}

/** Two shares of the same persons that exclude each other. */
static const enum flyt_variable apart[][2] = {
    {FLYT_VARIABLE_age_0_17, FLYT_VARIABLE_age_65_plus},
    {FLYT_VARIABLE_employed, FLYT_VARIABLE_outside_work},
};

/** The table of places by column. */
struct view {
    const struct flyt_table *table;
    const double *level, *variable, *value;
    const char *const *place;
    struct flyt_diag *diag;
};

static struct flyt_place value_place(const struct view *view, uint32_t row)
{
    return flyt_table_place(view->table, row, flyt_table_column(view->table, "value"));
}

static bool check_range(const struct view *view, uint32_t row)
{
    enum flyt_variable variable = (enum flyt_variable)view->variable[row];
    struct limits limits = limits_of(variable);
    double value = view->value[row];
    if (value > limits.high || value < limits.low) {
        flyt_diag_fault(view->diag, FLYT_ERR_SCENARIO, value_place(view, row),
                        "value: %.10g is outside [%.0f, %.0f] (%s, %s)",
                        "value: %.10g ligger uden for [%.0f, %.0f] (%s, %s)", value, limits.low,
                        limits.high, limits.name, flyt_units_say(limits.unit, view->diag->lang));
        return false;
    }
    if (variable == FLYT_VARIABLE_population && value != floor(value)) {
        flyt_diag_fault(view->diag, FLYT_ERR_SCENARIO, value_place(view, row),
                        "value: %.10g is not a whole number (%s, %s)",
                        "value: %.10g er ikke et helt tal (%s, %s)", value, limits.name,
                        flyt_units_say(limits.unit, view->diag->lang));
        return false;
    }
    return true;
}

/** A share that leaves no room for another of the same place, given in an earlier or later row. */
static void check_apart(const struct view *view, uint32_t row, const enum flyt_variable pair[2])
{
    if (view->variable[row] != (double)pair[1] || isnan(view->value[row])) {
        return;
    }
    for (uint32_t other = 0; other < view->table->n_rows; other++) {
        double sum = view->value[row] + view->value[other];
        if (view->variable[other] == (double)pair[0] && view->level[other] == view->level[row] &&
            sum > 100.0 && strcmp(view->place[other], view->place[row]) == 0) {
            flyt_diag_fault(view->diag, FLYT_ERR_SCENARIO, value_place(view, row),
                            "value: %s and %s (line %u) are together %.10g %% of the same persons; "
                            "at most 100 %% are possible",
                            "value: %s og %s (linje %u) er tilsammen %.10g %% af de samme "
                            "personer; højst 100 %% er mulige",
                            limits_of(pair[1]).name, limits_of(pair[0]).name,
                            view->table->csv.line[other], sum);
        }
    }
}

/** Households of an area or a municipality. */
static double households_of(const struct flyt_scenario *scenario, bool is_area, const char *name)
{
    const struct flyt_table *areas = &scenario->table[FLYT_TABLE_areas];
    const struct flyt_table *towns = &scenario->table[FLYT_TABLE_municipalities];
    const struct flyt_table *sections = &scenario->table[FLYT_TABLE_sections];
    const double *area = flyt_table_values(sections, "area");
    const double *lies_in = flyt_table_values(areas, "municipality");
    const double *households = flyt_table_values(sections, "households");
    double sum = 0.0;
    for (uint32_t row = 0; row < sections->n_rows; row++) {
        uint32_t a = (uint32_t)area[row], m = (uint32_t)lies_in[a];
        const char *here =
            is_area ? flyt_table_texts(areas, "name")[a] : flyt_table_texts(towns, "name")[m];
        sum += strcmp(here, name) == 0 ? households[row] : 0.0;
    }
    return sum;
}

static void check_persons(const struct flyt_scenario *scenario, const struct flyt_table *table,
                          uint32_t row, const char *column, bool is_area, const char *name,
                          double persons, struct flyt_diag *diag)
{
    double households = households_of(scenario, is_area, name);
    if (persons < households) {
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO,
                        flyt_table_place(table, row, flyt_table_column(table, column)),
                        "%s: %.0f persons are fewer than the %.0f households that the table "
                        "sections has here",
                        "%s: %.0f personer er færre end de %.0f husstande, som tabellen sections "
                        "har her",
                        column, persons, households);
    }
}

/** Each household has a person at least. */
static void check_towns(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    const struct flyt_table *towns = &scenario->table[FLYT_TABLE_municipalities];
    const double *population = flyt_table_values(towns, "population");
    for (uint32_t row = 0; row < towns->n_rows; row++) {
        check_persons(scenario, towns, row, "population", false,
                      flyt_table_texts(towns, "name")[row], population[row], diag);
    }
}

void flyt_housing_check_known(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    bool homes = flyt_housing_sound(scenario, FLYT_TABLE_sections);
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_places];
    if (homes) {
        check_towns(scenario, diag);
    }
    if (!flyt_housing_sound(scenario, FLYT_TABLE_places)) {
        return;
    }
    struct view view = {.table = table,
                        .level = flyt_table_values(table, "level"),
                        .variable = flyt_table_values(table, "variable"),
                        .value = flyt_table_values(table, "value"),
                        .place = flyt_table_texts(table, "place"),
                        .diag = diag};
    for (uint32_t row = 0; row < table->n_rows; row++) {
        if (isnan(view.value[row]) || !check_range(&view, row)) {
            continue;
        }
        for (size_t k = 0; k < FLYT_COUNT(apart); k++) {
            check_apart(&view, row, apart[k]);
        }
        if (homes && view.variable[row] == (double)FLYT_VARIABLE_population) {
            check_persons(scenario, table, row, "value", view.level[row] > 0.0, view.place[row],
                          view.value[row], diag);
        }
    }
}
