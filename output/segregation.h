/**
 * @file segregation.h
 * @brief Segregation measures of a table of persons by unit and group; knows no file and no text.
 *
 * Formulas and references: docs/segregation.md. Units with nobody in them drop out; 0 ln 0 = 0;
 * natural logarithms; a measure that is not defined (one group, no persons) is NaN. Everything
 * works on plain arrays in the caller's arena, gives the same bits every time and for any number
 * of threads, and takes O(n log n) time in units (spatial measures: in pairs of neighbours).
 */
#ifndef FLYT_SEGREGATION_H
#define FLYT_SEGREGATION_H

#include "sim/arena.h"
#include "sim/par.h"
#include "sim/rng.h"

/** name, meaning in English, in Danish; in the order they are reported */
#define FLYT_SEGREGATION_INDICES(X)                                                                \
    X(dissimilarity, "dissimilarity D", "dissimilaritet D")                                        \
    X(gini, "Gini G", "Gini G")                                                                    \
    X(isolation, "isolation xPx", "isolation xPx")                                                 \
    X(interaction, "interaction xPy", "interaktion xPy")                                           \
    X(correlation_ratio, "correlation ratio eta squared", "korrelationsratio eta i anden")         \
    X(theil_m, "mutual information M", "gensidig information M")                                   \
    X(theil_h, "Theil's information index H", "Theils informationsindeks H")                       \
    X(atkinson, "Atkinson A", "Atkinson A")                                                        \
    X(hutchens, "Hutchens R (square root)", "Hutchens R (kvadratrod)")                             \
    X(multigroup_dissimilarity, "multigroup dissimilarity D", "dissimilaritet D, flere grupper")   \
    X(multigroup_gini, "multigroup Gini G", "Gini G, flere grupper")                               \
    X(relative_diversity, "relative diversity R", "relativ diversitet R")                          \
    X(squared_cv, "squared coefficient of variation C", "kvadreret variationskoefficient C")       \
    X(relative_concentration, "relative concentration RCO", "relativ koncentration RCO")           \
    X(moran, "Moran's I", "Morans I")                                                              \
    X(morrill_dissimilarity, "Morrill's D(adj)", "Morrills D(adj)")                                \
    X(spatial_theil_h, "spatial information index H~", "rumligt informationsindeks H~")            \
    X(rank_order_h, "rank-order information index H^R", "rangordnet informationsindeks H^R")       \
    X(rank_order_r, "rank-order variance ratio R^R", "rangordnet variansratio R^R")

enum flyt_segregation_index {
#define X(name, en, da) FLYT_SEGREGATION_##name,
    FLYT_SEGREGATION_INDICES(X)
#undef X
        FLYT_SEGREGATION_N /* how many */
};

/** Persons by unit and group. Borrowed. */
struct flyt_segregation_counts {
    uint32_t n_units, n_groups;
    const uint32_t *count; /* [n_units][n_groups] */
};

/** The same table as real columns, without empty units. Owned by an arena. */
struct flyt_segregation_table {
    uint32_t n_units, n_groups;
    uint32_t *row;       /* [n_units] which unit of the counts */
    double *persons;     /* [n_groups][n_units] */
    double *unit_total;  /* [n_units] > 0 */
    double *group_total; /* [n_groups] */
    double total;
};

/** Who is near whom: unit i has the others other[first[i] .. first[i + 1]), itself never. */
struct flyt_segregation_neighbours {
    uint32_t n_units;
    const uint32_t *first; /* [n_units + 1] */
    const uint32_t *other;
    const double *weight; /* beside other, in (0, 1]; NULL: all 1 */
};

/** What there is beside the counts; all may be absent. Rows are those of the table. */
struct flyt_segregation_space {
    const struct flyt_segregation_neighbours *adjacent; /* for Moran's I and Morrill's D(adj) */
    const struct flyt_segregation_neighbours *kernel;   /* for spatial H */
    const double *area_km2;                             /* [n_units], for relative concentration */
};

struct flyt_segregation_options {
    double atkinson_b; /* in (0, 1); .5 is usual */
    struct flyt_segregation_space space;
};

/** All measures of one table. Owned by an arena. */
struct flyt_segregation_measures {
    uint32_t n_groups;
    /* [n_groups + 1][FLYT_SEGREGATION_N]: each group against the rest, then all groups; NaN where
       an index has no such form or lacks what it needs */
    double *value;
    double *interaction; /* [group][group]: xPy; the diagonal is xPx */
    double *unbiased;    /* [group][group]: xPy without the bias of small units */
    double *information; /* [n_groups]: sum of x ln((x / t) / P) */
};

/** Working memory of flyt_segregation_measure() for tables up to a size. Not shared by threads. */
struct flyt_segregation_scratch {
    uint32_t n_units, n_groups;
    uint64_t *key[2];
    uint32_t *order[2];
    double *real[4];
    double *smooth; /* [n_groups + 1][n_units] */
};

/* ---- tables -------------------------------------------------------------------------------- */

/** @brief Drops empty units and sums up. @return FLYT_OK; FLYT_ERR_MEMORY. */
FLYT_NODISCARD enum flyt_status
flyt_segregation_table_init(struct flyt_segregation_table *table,
                            const struct flyt_segregation_counts *counts, struct flyt_arena *arena);

/** @brief Room for a table; rows 0..n_units-1, persons to be filled and then summed. */
FLYT_NODISCARD enum flyt_status flyt_segregation_table_room(struct flyt_segregation_table *table,
                                                            uint32_t n_units, uint32_t n_groups,
                                                            struct flyt_arena *arena);

/** @brief Sums persons into unit_total, group_total and total. Units must not be empty. */
void flyt_segregation_table_sum(struct flyt_segregation_table *table);

FLYT_NODISCARD enum flyt_status
flyt_segregation_scratch_init(struct flyt_segregation_scratch *scratch, uint32_t n_units,
                              uint32_t n_groups, struct flyt_arena *arena);

FLYT_NODISCARD enum flyt_status
flyt_segregation_measures_init(struct flyt_segregation_measures *measures, uint32_t n_groups,
                               struct flyt_arena *arena);

/** @brief Name of an index as in files ("theil_h"). */
const char *flyt_segregation_name(enum flyt_segregation_index index);

/** @brief Name of an index as people read it. */
const char *flyt_segregation_title(enum flyt_segregation_index index, enum flyt_lang lang);

/* ---- measures ------------------------------------------------------------------------------ */

/** @brief All measures that the table and the options allow. */
void flyt_segregation_measure(const struct flyt_segregation_table *table,
                              const struct flyt_segregation_options *options,
                              struct flyt_segregation_scratch *scratch,
                              struct flyt_segregation_measures *out);

/**
 * @brief The same by groups in parallel: same bits.
 * @param scratch  [n_scratch] memory of as many threads at most.
 */
void flyt_segregation_measure_wide(const struct flyt_segregation_table *table,
                                   const struct flyt_segregation_options *options,
                                   const struct flyt_par *par,
                                   struct flyt_segregation_scratch *scratch, uint32_t n_scratch,
                                   struct flyt_segregation_measures *out);

/**
 * @brief Two-group measures of x against y: dissimilarity to hutchens into value[], by index.
 * @param x, y  [n_units] persons; units where both are 0 are passed over.
 */
void flyt_segregation_two_group(const double *x, const double *y, uint32_t n_units,
                                double atkinson_b, struct flyt_segregation_scratch *scratch,
                                double *value);

/** @brief Moran's I of x[i]/t[i] with binary weights (Moran 1950). */
double flyt_segregation_moran(const double *x, const double *t, uint32_t n_units,
                              const struct flyt_segregation_neighbours *adjacent, double *work);

/** @brief Morrill's (1991) D(adj) of a group whose D is given. */
double flyt_segregation_morrill(const double *x, const double *t, uint32_t n_units,
                                const struct flyt_segregation_neighbours *adjacent, double d);

/** @brief Spatial H~ (Reardon & O'Sullivan 2004): of each group against the rest to
 *         value[group * stride], of all groups to value[n_groups * stride]. */
void flyt_segregation_spatial_h(const struct flyt_segregation_table *table,
                                const struct flyt_segregation_neighbours *kernel,
                                struct flyt_segregation_scratch *scratch, double *value,
                                size_t stride);

/** @brief Relative concentration RCO (Massey & Denton 1988) of x against the rest. */
double flyt_segregation_concentration(const double *x, const double *t, const double *area_km2,
                                      uint32_t n_units, struct flyt_segregation_scratch *scratch);

/** @brief Rank-order H^R and R^R (Reardon 2011); groups are classes in ascending order. */
void flyt_segregation_rank_order(const struct flyt_segregation_table *table,
                                 struct flyt_segregation_scratch *scratch, double *h, double *r);

/** @brief H^R (or R^R, of_variance) from H (or R) of the cuts at shares p[n], ascending; the
 *         polynomial has order 4, or n - 1 when that is less. NaN below two cuts. */
double flyt_segregation_rank_fit(const double *p, const double *value, uint32_t n,
                                 bool of_variance);

/** @brief Order of units by ascending value >= 0, ties by index: into scratch->order[0]. */
void flyt_segregation_sort(const double *value, uint32_t n,
                           struct flyt_segregation_scratch *scratch);

/* ---- space --------------------------------------------------------------------------------- */

/**
 * @brief Neighbours from pairs (a[i], b[i]) of units, both directions given by the caller.
 * Pairs need not be sorted; a pair given twice counts once.
 */
FLYT_NODISCARD enum flyt_status
flyt_segregation_neighbours_pairs(struct flyt_segregation_neighbours *out, uint32_t n_units,
                                  const uint32_t *a, const uint32_t *b, uint32_t n_pairs,
                                  struct flyt_arena *arena);

/**
 * @brief All units closer than the bandwidth, with the biweight (1 - (d / bandwidth)^2)^2.
 * @param x_km, y_km  finite. @return FLYT_ERR_MEMORY also when there are 2^32 pairs or more.
 */
FLYT_NODISCARD enum flyt_status
flyt_segregation_neighbours_near(struct flyt_segregation_neighbours *out, uint32_t n_units,
                                 const double *x_km, const double *y_km, double bandwidth_km,
                                 struct flyt_arena *arena);

/** @brief Neighbours among the rows a table kept. `in` is about the units of its counts. */
FLYT_NODISCARD enum flyt_status flyt_segregation_neighbours_keep(
    struct flyt_segregation_neighbours *out, const struct flyt_segregation_neighbours *in,
    uint32_t n_units_in, const struct flyt_segregation_table *table, struct flyt_arena *arena);

/**
 * @brief As flyt_segregation_neighbours_keep() in the caller's memory.
 * @param kept   [n_units_in] scratch.
 * @param first  [n_units of the table + 1], `other` and `weight` [pairs of `in`]; weight NULL when
 *               `in` has none. `out` borrows them.
 */
void flyt_segregation_neighbours_among(const struct flyt_segregation_neighbours *in,
                                       uint32_t n_units_in,
                                       const struct flyt_segregation_table *table, uint32_t *kept,
                                       uint32_t *first, uint32_t *other, double *weight,
                                       struct flyt_segregation_neighbours *out);

/* ---- decompositions ------------------------------------------------------------------------ */

/** M split by a partition of the units: total = between + sum of share[s] * within[s]. */
struct flyt_segregation_parts {
    double total, between;
    uint32_t n_parts;
    double *share;  /* [n_parts] of all persons */
    double *within; /* [n_parts] M inside the part; 0 for a part with nobody */
};

/** @brief Splits M. @param part [n_units of the table] in [0, n_parts). */
FLYT_NODISCARD enum flyt_status
flyt_segregation_decompose(const struct flyt_segregation_table *table, const uint32_t *part,
                           uint32_t n_parts, struct flyt_arena *arena,
                           struct flyt_segregation_parts *out);

/**
 * @brief Iterative proportional fitting (Karmel & Maclachlan 1988): the odds ratios of `seed`
 *        with the unit totals `unit_total` and group totals `group_total` (made to sum alike).
 * @param seed, out  [n_groups][n_units]; may be the same. A margin > 0 needs a cell > 0.
 * @return Largest relative misfit of a unit total when it stopped (below 1e-12, or 1,000 rounds).
 */
double flyt_segregation_fit(const double *seed, uint32_t n_units, uint32_t n_groups,
                            const double *unit_total, const double *group_total, double *out);

/** Change of M between two tables (Elbers 2021); the five parts sum to m2 - m1. */
struct flyt_segregation_change {
    double m1, m2;
    double additions, removals; /* units or groups only in the second, only in the first */
    double unit_margin, group_margin, structure;
};

/** @brief Splits the change of M. Both counts have the same units and groups in the same order. */
FLYT_NODISCARD enum flyt_status
flyt_segregation_compare(const struct flyt_segregation_counts *before,
                         const struct flyt_segregation_counts *after, struct flyt_arena *arena,
                         struct flyt_segregation_change *out);

/* ---- chance -------------------------------------------------------------------------------- */

/** @brief Winship's (1977) expected D: E|B - nP| / (2nP(1 - P)), B ~ Bin(n, P), over units. */
double flyt_segregation_winship(const double *unit_total, uint32_t n_units, double p);

/** @brief Carrington & Troske's (1997) adjusted index; signed like value - expected. */
double flyt_segregation_adjusted(double value, double expected);

/**
 * @brief Persons reallocated at random: same unit totals, same group totals, every allocation
 *        equally likely. Table `out` must have the shape of `in`. Whole counts only.
 */
void flyt_segregation_permute(const struct flyt_segregation_table *in, struct flyt_rng_key key,
                              uint32_t draw, struct flyt_segregation_scratch *scratch,
                              struct flyt_segregation_table *out);

/** Value, expected under random allocation, corrected for chance, 95 % interval. NaN: none. */
struct flyt_segregation_estimate {
    double value, baseline, corrected, low, high;
};

struct flyt_segregation_estimates {
    uint32_t n_groups;
    struct flyt_segregation_estimate *index;       /* [n_groups + 1][FLYT_SEGREGATION_N] */
    struct flyt_segregation_estimate *interaction; /* [n_groups][n_groups] */
};

#define FLYT_SEGREGATION_LARGE 10000 /* units from which expectations are analytic */

struct flyt_segregation_chance {
    struct flyt_rng_key key;
    uint32_t n_draws; /* 0: values and analytic baselines only */
    uint32_t large;   /* FLYT_SEGREGATION_LARGE but in tests */
    struct flyt_par par;
};

/** @brief Values with baseline, correction and interval (docs/segregation.md, "Chance"). */
FLYT_NODISCARD enum flyt_status
flyt_segregation_estimate(const struct flyt_segregation_table *table,
                          const struct flyt_segregation_options *options,
                          const struct flyt_segregation_chance *chance, struct flyt_arena *arena,
                          struct flyt_segregation_estimates *out);

#endif
