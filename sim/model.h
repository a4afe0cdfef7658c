/**
 * @file model.h
 * @brief What the engine needs to know of a model: its parameters, tables, dimensions, output
 *        variables and how to make and step a world. The engine itself knows no Danish rule.
 *
 * Models are listed in `models/models.c`. `sim/run` makes one state per replicate and steps it.
 */
#ifndef FLYT_MODEL_H
#define FLYT_MODEL_H

#include "sim/archive.h"
#include "sim/field.h"
#include "sim/par.h"
#include "sim/rng.h"
#include "sim/table.h"

struct flyt_scenario;

#define FLYT_DIMS_MAX 4

/** A named axis of output variables: municipality, tenure, ... */
struct flyt_dim {
    const char *name; /* "tenure" */
    const char *en, *da;
    uint32_t n;
    const char *const *label_en; /* [n] shown to people */
    const char *const *label_da; /* [n] may be the same array */
};

enum flyt_series_type { FLYT_SERIES_count /* int64_t */, FLYT_SERIES_real /* double */ };
enum flyt_series_kind {
    FLYT_SERIES_stock, /* at the instant of the row */
    FLYT_SERIES_flow   /* since the row before; 0 in the first row */
};
enum flyt_series_period { FLYT_SERIES_monthly, FLYT_SERIES_yearly };

/** One output variable. Row 0 is the start, row k the end of month (or year) k. */
struct flyt_series {
    const char *name, *unit;
    enum flyt_series_type type;
    enum flyt_series_kind kind;
    enum flyt_series_period period;
    uint32_t n_dims;
    uint32_t dim[FLYT_DIMS_MAX]; /* indices into the model's dimensions, slowest first */
    const char *en, *da, *how;   /* long names; how it is computed */
    const char *policy;          /* the policy that owns it, NULL: none */
    /** Writes one row, [product of dims] int64_t or double. Serial; after the month's phases. */
    void (*record)(const void *state, void *row);
};

/** A list of names that a policy may be given: `areas: [Vollsmose]` of the table areas. */
struct flyt_policy_scope {
    const char *name, *table, *column, *en, *da;
};

/** A policy as scenarios, reference and result files see it; what it does is the model's. */
struct flyt_policy_spec {
    const char *name, *en, *da;
    const struct flyt_field *field; /* its parameters, in a struct of params_size bytes */
    uint32_t n_fields;
    size_t params_size;
    const struct flyt_policy_scope *scope; /* beside those all policies have (model.scope) */
    uint32_t n_scopes;
    bool nationwide;                  /* law of the land: none of the model's places can be named */
    const struct flyt_series *series; /* its own output variables; each names it in `policy` */
    uint32_t n_series;
    /** Leaves no trace before its first year: what it is asked before that writes nothing but its
     *  own memory, and nobody asks whether it is there. Then runs with and without it have all
     * until that year in common, and it is simulated once (sim/run_arms.h). */
    bool sleeps;
    const char *source;          /* the law or paper behind it, English */
    const char *serves;          /* hypotheses of docs/MODEL.md section 1, "H1, H5" */
    const char *doc_en, *doc_da; /* what it does and what it leaves out; NULL: nothing */
};

/** Everything a world is made from. Arenas belong to the run. */
struct flyt_model_args {
    const struct flyt_scenario *scenario;
    struct flyt_rng_key key;
    struct flyt_par par;
    struct flyt_arena *run_arena, *step_arena; /* step_arena is emptied before each month */
    struct flyt_diag *diag;
    const void *found; /* what the model's pass left; NULL: there was none */
};

/** Single cases written down for people to check by hand. Texts in one language. */
struct flyt_trace {
    const char *title;
    uint32_t n_columns, n_rows;
    const char *const *column; /* [n_columns] */
    const char **cell;         /* [n_rows][n_columns] */
};

struct flyt_model {
    const char *name, *en, *da;
    const char *agents_en, *agents_da; /* what is counted: "households", "husstande" */
    const char *work_en, *work_da; /* an agent's step: "household-months", "husstandsmåneder" */
    const char *caveat_en, *caveat_da; /* what it leaves out, shown on every picture; or NULL */
    const struct flyt_field_group *group;
    uint32_t n_groups;
    size_t params_size; /* of the struct that holds all groups' structs */
    const struct flyt_table_spec *table;
    uint32_t n_tables;
    const struct flyt_dim *dim; /* n 0 and no labels: depends on the scenario, filled by `dims` */
    uint32_t n_dims;
    const struct flyt_series *series;
    uint32_t n_series;
    const struct flyt_series *extra; /* recorded only where asked for by name (sim/variant.h) */
    uint32_t n_extra;
    const struct flyt_policy_spec *const *policy; /* NULL-terminated, in name order; or NULL */
    const struct flyt_policy_scope *scope;        /* where any policy can hold; all of none given */
    uint32_t n_scopes;
    /** Fills the dimensions that depend on the scenario. May be NULL. */
    enum flyt_status (*dims)(const struct flyt_scenario *scenario, struct flyt_arena *arena,
                             struct flyt_dim *dim);
    /** Checks that go across tables and parameters. May be NULL. Called with faulty input too, so
     *  that all faults are told at once: it leaves alone tables that are not `sound`, and values
     *  when scenario->values_broken. */
    enum flyt_status (*check)(const struct flyt_scenario *scenario, struct flyt_diag *diag);
    /** Makes a loaded scenario k times smaller, its shares conserved; the same for the same k. May
     *  be NULL: the model cannot be sampled. */
    enum flyt_status (*sample)(struct flyt_scenario *scenario, uint32_t k, struct flyt_arena *arena,
                               struct flyt_diag *diag);
    /** Agents of one world, and bytes it will take with scratch. */
    uint64_t (*n_agents)(const struct flyt_scenario *scenario);
    uint64_t (*estimate_bytes)(const struct flyt_scenario *scenario, const struct flyt_par *par);
    /* A pass before month 0, run once for all replicates; all NULL: the model has none. */
    uint32_t (*pass_months)(const struct flyt_scenario *scenario); /* 0: none */
    enum flyt_status (*pass_create)(const struct flyt_model_args *args, void **state);
    enum flyt_status (*pass_month)(void *state, uint32_t month);
    enum flyt_status (*pass_end)(void *state, struct flyt_arena *arena, const void **found);
    void (*pass_tell)(const void *found, enum flyt_lang lang, char *out, size_t size); /* a line */
    enum flyt_status (*create)(const struct flyt_model_args *args, void **state);
    /** Steps one month (or step). Month 0 is the first. */
    enum flyt_status (*month)(void *state, uint32_t month);
    /** Walks the state after a month. Read into a state that was just made from the same scenario,
     *  with the same key. */
    void (*archive)(void *state, struct flyt_archive *archive);
    /** Goes on as a world of another scenario, which differs in the policies that are on: those of
     *  the state's scenario or fewer, and none of the others has begun. NULL: the model cannot. */
    void (*become)(void *state, const struct flyt_scenario *scenario);
    /* What happens in places of these names, case by case; both NULL: the model cannot tell. */
    enum flyt_status (*follow)(void *state, const char *const *name, uint32_t n);
    /** *trace gets one table a place, in the order of follow(), and one of all places. */
    enum flyt_status (*traces)(const void *state, enum flyt_lang lang, struct flyt_arena *arena,
                               struct flyt_trace **trace, uint32_t *n);
};

/** @brief All models, NULL-terminated; the first is the default. Defined in models/models.c. */
extern const struct flyt_model *const flyt_models[];

#endif
