/**
 * @file sweep.h
 * @brief A sweep: many variants of a scenario, each simulated some times with the same seeds.
 *
 * A sweep file (YAML) names a base scenario, factors that vary, and a plan that says which
 * combinations become points. A run is one replicate of one point: the unit that is done, stored
 * and resumed. Every point has the same seed and the same replicate numbers, so that two points
 * differ only where their factors reach (common random numbers).
 *
 * Keys: title, scenario, plan, points, levels, replicates, years, seed, sample, parameters,
 * factors, series, time. See docs/hpc.md.
 */
#ifndef FLYT_SWEEP_H
#define FLYT_SWEEP_H

#include "output/result.h"

#define FLYT_SWEEP_FACTORS 64
#define FLYT_SWEEP_POINTS 1000000 /* points of a sweep, at most */
#define FLYT_SWEEP_RUNS 10000000  /* and runs: each is a file */
#define FLYT_SWEEP_QMC 20         /* factors of the plan sobol: GSL's sequence has 40 dimensions */

/** name in the file, English, Danish */
#define FLYT_SWEEP_PLANS(X)                                                                        \
    X(grid, "every combination of the factors' values",                                            \
      "alle kombinationer af faktorernes værdier")                                                 \
    X(list, "the points listed", "de nævnte punkter")                                              \
    X(factorial, "two levels of each factor, all combinations",                                    \
      "to niveauer af hver faktor, alle kombinationer")                                            \
    X(latin_hypercube, "Latin hypercube", "latinsk hyperkube")                                     \
    X(sobol, "Saltelli's plan on Sobol sequences", "Saltellis plan på Sobol-følger")               \
    X(morris, "Morris' trajectories", "Morris' baner")

enum flyt_sweep_plan {
#define X(name, en, da) FLYT_SWEEP_##name,
    FLYT_SWEEP_PLANS(X)
#undef X
        FLYT_SWEEP_N_PLANS
};

/** Rows that are kept of each run. */
enum flyt_sweep_time {
    FLYT_SWEEP_years,  /* 1 January of each year; flows of the year before */
    FLYT_SWEEP_months, /* as the model gives them */
    FLYT_SWEEP_end,    /* the end; flows of the whole run */
    FLYT_SWEEP_N_TIMES
};

/** One value of a factor: what it is called, and the settings that make it. */
struct flyt_sweep_level {
    const char *label;
    const char *const *set; /* [n_sets] "letting.claim=0.3", as --set */
    uint32_t n_sets;
    uint32_t base; /* which scenario; FLYT_NONE: it does not say */
    struct flyt_place place;
};

struct flyt_sweep_factor {
    const char *name; /* "letting.claim", "policies.social_lift", "scenario", or any word */
    struct flyt_place place;
    bool range;       /* of numbers; else levels */
    double low, high; /* of a range */
    bool whole;       /* a range of whole numbers */
    bool numeric;     /* all its values are numbers */
    uint32_t n_levels;
    struct flyt_sweep_level *level;
};

/** What a factor is at a point. */
struct flyt_sweep_cell {
    uint32_t level; /* FLYT_NONE: a number of a range, or (number NaN) as the base has it */
    double number;  /* NaN: it is none */
};

struct flyt_sweep {
    const char *name;  /* of the file: "fyn-policies" */
    const char *title; /* one line */
    enum flyt_sweep_plan plan;
    enum flyt_sweep_time time;
    uint32_t n_points, n_replicates;
    uint32_t n_base_points; /* as the file says: samples of latin_hypercube and sobol, trajectories
                               of morris */
    uint32_t n_levels;      /* of morris' grid */
    uint32_t sample;        /* one home in so many; 1: all */
    uint32_t n_factors;
    struct flyt_sweep_factor *factor;
    struct flyt_sweep_cell *cell; /* [n_points][n_factors] */
    uint32_t n_bases;
    struct flyt_scenario *base; /* the scenarios, without any point's settings */
    const char *const *set;     /* [n_sets] of all points: parameters, years, seed */
    uint32_t n_sets;
    const char *const *keep; /* [n_keep] names of series; n 0: all */
    uint32_t n_keep;
    struct flyt_bytes file;             /* the sweep file as read */
    char fingerprint[FLYT_DIGEST_SIZE]; /* of the file, all inputs and the version */
    struct flyt_result layout;          /* one replicate as it is kept: series, rows, no data */
};

/** What makes a sweep, when it is not read from disk: what a sweep's folder keeps. */
struct flyt_sweep_source {
    const char *name;
    struct flyt_bytes file;
    uint32_t n_bases;
    struct flyt_sweep_base {
        const char *name;
        uint32_t n_inputs;
        const struct flyt_bytes *input;
    } * base;
};

struct flyt_sweep_options {
    const char *share;                      /* the shipped scenarios; may be NULL */
    bool allow_outside;                     /* scenarios may lie anywhere */
    const struct flyt_sweep_source *source; /* read nothing from disk; NULL: from disk */
};

/**
 * @brief Reads and checks a sweep file and its scenarios, and lays out its points.
 * @param path   NULL with options->source.
 * @param arena  owns everything in *out.
 * @return FLYT_OK; ERR_INPUT; ERR_SCENARIO with all faults found; ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_sweep_load(const char *path,
                                                const struct flyt_sweep_options *options,
                                                struct flyt_arena *arena, struct flyt_sweep *out,
                                                struct flyt_diag *diag);

/** @brief Name of a plan as files write it, and of a time resolution. */
const char *flyt_sweep_plan_name(enum flyt_sweep_plan plan);
const char *flyt_sweep_plan_text(enum flyt_sweep_plan plan, enum flyt_lang lang);
const char *flyt_sweep_time_name(enum flyt_sweep_time time);

/** @brief What a factor is at a point. */
static inline const struct flyt_sweep_cell *flyt_sweep_at(const struct flyt_sweep *sweep,
                                                          uint32_t point, uint32_t factor)
{
    return &sweep->cell[(size_t)point * sweep->n_factors + factor];
}

/** @brief The same as a text: the label or number; "" when it is as the base has it. */
const char *flyt_sweep_text(const struct flyt_sweep *sweep, uint32_t point, uint32_t factor,
                            struct flyt_arena *arena);

/** @brief Whether a factor may be called this: a word or dotted name, UTF-8, without a slash. */
bool flyt_sweep_is_name(const char *name);

/** @brief A number in the fewest digits that give it back bit for bit. NULL: out of memory. */
const char *flyt_sweep_number(struct flyt_arena *arena, double number);

/** @brief Whether a series is kept. */
bool flyt_sweep_keeps(const struct flyt_sweep *sweep, const char *series);

/**
 * @brief The settings of a point, those of all points first, and its base scenario.
 * @return FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_sweep_sets(const struct flyt_sweep *sweep, uint32_t point,
                                                struct flyt_arena *arena, const char *const **set,
                                                uint32_t *n_sets, uint32_t *base);

/** @brief The scenario of a point; only the series that are kept are recorded. */
FLYT_NODISCARD enum flyt_status flyt_sweep_scenario(const struct flyt_sweep *sweep, uint32_t point,
                                                    struct flyt_arena *arena,
                                                    struct flyt_scenario *out,
                                                    struct flyt_diag *diag);

/**
 * @brief Which points can share the pass before month 0: those of one scenario whose settings
 *        differ in policies only.
 * @param group  out: [n_points] numbers from 0, in order of first appearance.
 * @param n      out: how many groups.
 */
FLYT_NODISCARD enum flyt_status flyt_sweep_groups(const struct flyt_sweep *sweep,
                                                  struct flyt_arena *arena, uint32_t *group,
                                                  uint32_t *n);

/** @brief Words of eight bytes that a run keeps. */
uint64_t flyt_sweep_words(const struct flyt_sweep *sweep);

/**
 * @brief What is kept of a run, in the layout's order of series: [flyt_sweep_words()] words, int64
 *        or double. Series that the run does not have are 0.
 */
void flyt_sweep_reduce(const struct flyt_sweep *sweep, const struct flyt_result *run,
                       uint64_t *word);

#endif
