/**
 * @file scenario.h
 * @brief A scenario: a YAML file (or a folder with scenario.yaml), what it extends, its tables.
 *
 * Walked by the model's descriptor tables: this module knows no parameter by name. All faults of
 * all files are reported at once. The bytes that were read are kept, so that a result file can
 * carry them.
 *
 * Keys: title, description, extends, model, start (year), years, seed, replicates,
 * tables: {name: file.csv}, drivers: file.csv, parameters: {group.name: value or {year: value}},
 * policies: {name: {from, to, ramp, lists of places, parameters}}, or {name: no} to drop one that
 * the parent has.
 * A child's keys win over its parent's; a table's path is relative to the file that names it.
 *
 * `drivers` is a CSV with columns parameter, year, value (and unit, source, evidence, note): it
 * gives schedules to parameters; `parameters:` wins over it. Schedules are steps: a value holds
 * from 1 January of its year until the next one; before the first year the first value holds, and
 * flyt_scenario_borrowed() says so.
 */
#ifndef FLYT_SCENARIO_H
#define FLYT_SCENARIO_H

#include "sim/model.h"

/** Values of one parameter by year, ascending; n 0: the default at all times. */
struct flyt_schedule {
    uint32_t n;
    int32_t *year; /* INT32_MIN in the only entry: a plain value, for all years */
    double *value;
    struct flyt_place place; /* where it was set; file NULL: default or command line */
};

/** Rows of a table named in a policy's list. */
struct flyt_scenario_named_rows {
    bool given;
    uint32_t n;
    uint32_t *row;
};

/** What a scenario says of one of the model's policies. */
struct flyt_scenario_policy {
    const struct flyt_policy_spec *spec;
    bool on;           /* named, and not with `no` */
    bool only_set;     /* on because of --set policies.NAME.KEY, and nothing else */
    bool set_off;      /* off because of --set policies.NAME=no */
    int32_t from, to;  /* years, both whole years in force; INT32_MIN, INT32_MAX: always */
    double ramp_years; /* over which it comes to full strength */
    struct flyt_schedule *parameter;        /* [spec->n_fields] */
    struct flyt_scenario_named_rows *named; /* [model->n_scopes + spec->n_scopes] */
    struct flyt_place place;
    struct flyt_place years; /* where from or to was given, the last of them */
};

struct flyt_scenario {
    const char *name; /* of the folder or file: "fyn" */
    const char *title, *description;
    const struct flyt_model *model;
    int32_t start_year;
    uint32_t years;
    uint32_t seed;
    uint32_t n_replicates;
    uint32_t n_fields;                   /* of all the model's groups, in group order */
    struct flyt_schedule *parameter;     /* [n_fields] */
    struct flyt_table *table;            /* [model->n_tables] in the model's order */
    struct flyt_scenario_policy *policy; /* [n_policies] all of the model's */
    uint32_t n_policies;
    struct flyt_bytes *input; /* [n_inputs] as read: scenario first, parents, tables */
    uint32_t n_inputs;
    const char *const *set; /* [n_sets] "K=V" from the command line */
    uint32_t n_sets;
    bool values_broken; /* while it is checked: a key, driver or parameter is at fault */
};

struct flyt_scenario_options {
    const char *const *set; /* [n_sets] "letting.municipal_share=0.33", also "years=10" */
    uint32_t n_sets;
    /** [n_sets] where each of `set` was said, for messages; NULL: --set, all of them. */
    const struct flyt_place *set_place;
    const char *share;  /* the shipped scenarios/ folder that `extends` may also name; or NULL */
    bool allow_outside; /* paths may leave the scenario's folder */
    /** Read nothing from disk: take these instead, in the order in which they were read (the order
     *  of flyt_scenario.input), and this name. For remaking a result file. NULL: from disk. */
    const struct flyt_bytes *input;
    uint32_t n_inputs;
    const char *name;
};

/**
 * @brief Loads and checks a scenario.
 * @param path   NULL with options->input.
 * @param arena  owns everything in *out.
 * @return FLYT_OK; ERR_INPUT when a file is missing; ERR_SCENARIO; ERR_MEMORY; faults in diag.
 */
FLYT_NODISCARD enum flyt_status
flyt_scenario_load(const char *path, const struct flyt_scenario_options *options,
                   struct flyt_arena *arena, struct flyt_scenario *out, struct flyt_diag *diag);

/** @brief Fills the model's parameter struct (model->params_size bytes) for one calendar year. */
void flyt_scenario_params(const struct flyt_scenario *scenario, int32_t year, void *params);

/** @brief A parameter's value in a year. `field` counts through all groups. */
double flyt_scenario_value(const struct flyt_scenario *scenario, uint32_t field, int32_t year);

/** @brief Fills a policy's parameter struct for one calendar year. */
void flyt_scenario_policy_params(const struct flyt_scenario_policy *policy, int32_t year,
                                 void *params);

/**
 * @brief Gives the scenario's model the output variables of the policies that are on, in order of
 *        name, behind the model's own. Called when a scenario is read, and by whoever switches
 *        policies on or off afterwards.
 */
FLYT_NODISCARD enum flyt_status flyt_scenario_policy_series(struct flyt_scenario *scenario,
                                                            struct flyt_arena *arena);

/** @brief A scope of a policy: the model's first, then its own. */
const struct flyt_policy_scope *flyt_scenario_scope(const struct flyt_model *model,
                                                    const struct flyt_policy_spec *spec,
                                                    uint32_t scope);

/** @brief The field's descriptor, and its group. */
const struct flyt_field *flyt_scenario_field(const struct flyt_model *model, uint32_t field,
                                             const struct flyt_field_group **group);

/** @brief Year whose value is used for `year` when that is another one than asked; else `year`. */
int32_t flyt_scenario_borrowed(const struct flyt_scenario *scenario, uint32_t field, int32_t year);

/** @brief The table with this name; it must be declared by the model. */
const struct flyt_table *flyt_scenario_table(const struct flyt_scenario *scenario,
                                             const char *name);

#endif
