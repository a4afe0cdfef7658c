/**
 * @file segregation_series.h
 * @brief Segregation of a run, year by year: who lives beside whom, by municipality and overall.
 *
 * Counts households (of work: adults) of each group in each unit, areas or sections, and hands the
 * tables to output/segregation*.h; all output variables of a year share one computation. What is
 * a group: models/people.h, models/resources.h; income: fifths, for rank-order measures tenths, of
 * the households by equivalised disposable income. Origin, type, resources and income are the
 * household's, and a household lives and moves as one: so households are what chance deals out.
 *
 * No rates, no rules: nothing here changes the world.
 */
#ifndef FLYT_SEGREGATION_SERIES_H
#define FLYT_SEGREGATION_SERIES_H

#include "models/people.h"
#include "models/resources.h"
#include "sim/field.h"

#define SEGREGATION_SOURCE "docs/segregation.md, In a run"

#define SEGREGATION_PARAMS(X)                                                                      \
    X(choice, unit, "area|section", 0, 0, 1, assumed, SEGREGATION_SOURCE,                          \
      "What is a unit of segregation measures; that of the first year holds.",                     \
      "Hvad der er en enhed i segregationsmål; første års gælder.")                                \
    X(real, bandwidth_km, "km", 2.0, 0.1, 100, assumed, SEGREGATION_SOURCE,                        \
      "Who is near in spatial segregation measures; that of the first year holds.",                \
      "Hvem der er nær i rumlige segregationsmål; første års gælder.")                             \
    X(real, atkinson_b, "1", 0.5, 0.01, 0.99, assumed, "James & Taeuber 1985",                     \
      "Weight of units with few of the group in Atkinson's index.",                                \
      "Vægt på enheder med få fra gruppen i Atkinsons indeks.")

struct flyt_segregation_params {
#define X(type, name, ...) flyt_##type name;
    SEGREGATION_PARAMS(X)
#undef X
};

/** What people are told apart by: name, list of groups, English, Danish */
#define FLYT_SEGREGATION_GROUPINGS(X)                                                              \
    X(origin, FLYT_ORIGINS, "Origin", "Oprindelse")                                                \
    X(resources, FLYT_CLASSES, "Resource class", "Ressourceklasse")                                \
    X(work, FLYT_SEGREGATION_WORKS, "Work (adults)", "Arbejde (voksne)")                           \
    X(type, FLYT_TYPES, "Household type", "Husstandstype")                                         \
    X(income, FLYT_SEGREGATION_FIFTHS, "Income", "Indkomst")

/** Work states as segregation measures tell them apart: name, English, Danish */
#define FLYT_SEGREGATION_WORKS(X)                                                                  \
    X(working, "In work", "I beskæftigelse")                                                       \
    X(outside, "Outside work and education", "Uden for arbejde og uddannelse")                     \
    X(studying, "Student", "Under uddannelse")                                                     \
    X(retired, "Retired", "Pensionist")

/** Fifths of households by equivalised disposable income: name, English, Danish */
#define FLYT_SEGREGATION_FIFTHS(X)                                                                 \
    X(lowest, "Lowest fifth of incomes", "Laveste femtedel af indkomster")                         \
    X(second, "Second fifth of incomes", "Anden femtedel af indkomster")                           \
    X(third, "Third fifth of incomes", "Tredje femtedel af indkomster")                            \
    X(fourth, "Fourth fifth of incomes", "Fjerde femtedel af indkomster")                          \
    X(highest, "Highest fifth of incomes", "Højeste femtedel af indkomster")

enum flyt_segregation_grouping {
#define X(name, groups, en, da) FLYT_SEGREGATION_BY_##name,
    FLYT_SEGREGATION_GROUPINGS(X)
#undef X
        FLYT_SEGREGATION_N_GROUPINGS
};

/** All groups of all groupings in order. */
enum {
#define GROUP(name, en, da) +1
#define X(name, groups, en, da) groups(GROUP)
    FLYT_SEGREGATION_N_GROUPS = 0 FLYT_SEGREGATION_GROUPINGS(X)
#undef X
#undef GROUP
};

/** Labels of the dimensions `group` and `grouping`. */
extern const char *const flyt_segregation_group_en[FLYT_SEGREGATION_N_GROUPS];
extern const char *const flyt_segregation_group_da[FLYT_SEGREGATION_N_GROUPS];
extern const char *const flyt_segregation_grouping_en[FLYT_SEGREGATION_N_GROUPINGS];
extern const char *const flyt_segregation_grouping_da[FLYT_SEGREGATION_N_GROUPINGS];

/**
 * @brief Takes the working state. Sections, areas and their coordinates must stand.
 * @param longitude, latitude  [n_areas] degrees.
 */
FLYT_NODISCARD enum flyt_status flyt_segregation_series_create(struct flyt_world *world,
                                                               const double *longitude,
                                                               const double *latitude);

/** @brief Keeps nothing: the next year is measured anew. */
void flyt_segregation_series_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief Bytes of the working state of so many units and municipalities. */
uint64_t flyt_segregation_series_bytes(uint64_t n_units, uint64_t n_municipalities);

/**
 * The output variables, by index and dimensions:
 * X(name, index, axis, English, Danish). Each comes as value, as `_expected` at random and as
 * `_corrected` for chance.
 * axis: group (against the rest, by place), grouping (all groups at once, by place), income (by
 * place).
 */
#define FLYT_SEGREGATION_VARIABLES(X)                                                              \
    X(dissimilarity, dissimilarity, group, "dissimilarity D", "dissimilaritet D")                  \
    X(gini, gini, group, "Gini index G", "Gini-indeks G")                                          \
    X(isolation, isolation, group, "isolation xPx in the own group",                               \
      "isolation xPx i egen gruppe")                                                               \
    X(interaction, interaction, group, "interaction xPy with the rest",                            \
      "interaktion xPy med resten")                                                                \
    X(correlation_ratio, correlation_ratio, group, "correlation ratio eta squared",                \
      "korrelationsratio eta i anden")                                                             \
    X(atkinson, atkinson, group, "Atkinson's index A", "Atkinsons indeks A")                       \
    X(hutchens, hutchens, group, "Hutchens R (square root)", "Hutchens R (kvadratrod)")            \
    X(theil_m_two_group, theil_m, group, "mutual information M, group and rest",                   \
      "gensidig information M, gruppe og rest")                                                    \
    X(theil_h_two_group, theil_h, group, "information index H, group and rest",                    \
      "informationsindeks H, gruppe og rest")                                                      \
    X(spatial_theil_h_two_group, spatial_theil_h, group,                                           \
      "spatial information index H~, group and rest",                                              \
      "rumligt informationsindeks H~, gruppe og rest")                                             \
    X(morrill_dissimilarity, morrill_dissimilarity, group, "Morrill's D(adj)", "Morrills D(adj)")  \
    X(multigroup_dissimilarity, multigroup_dissimilarity, grouping, "multigroup dissimilarity D",  \
      "dissimilaritet D, flere grupper")                                                           \
    X(multigroup_gini, multigroup_gini, grouping, "multigroup Gini G", "Gini G, flere grupper")    \
    X(theil_m, theil_m, grouping, "mutual information M", "gensidig information M")                \
    X(theil_h, theil_h, grouping, "Theil's information index H", "Theils informationsindeks H")    \
    X(relative_diversity, relative_diversity, grouping, "relative diversity R",                    \
      "relativ diversitet R")                                                                      \
    X(squared_cv, squared_cv, grouping, "squared coefficient of variation C",                      \
      "kvadreret variationskoefficient C")                                                         \
    X(spatial_theil_h, spatial_theil_h, grouping, "spatial information index H~",                  \
      "rumligt informationsindeks H~")                                                             \
    X(rank_order_h, rank_order_h, income, "rank-order information index H^R of income",            \
      "rangordnet informationsindeks H^R af indkomst")                                             \
    X(rank_order_r, rank_order_r, income, "rank-order variance ratio R^R of income",               \
      "rangordnet variansratio R^R af indkomst")

#define X(name, index, axis, en, da)                                                               \
    void flyt_segregation_series_record_##name(const void *world, void *row);                      \
    void flyt_segregation_series_record_##name##_expected(const void *world, void *row);           \
    void flyt_segregation_series_record_##name##_corrected(const void *world, void *row);
FLYT_SEGREGATION_VARIABLES(X)
#undef X
void flyt_segregation_series_record_moran(const void *world, void *row);
void flyt_segregation_series_record_moran_expected(const void *world, void *row);
void flyt_segregation_series_record_share(const void *world, void *row);

#define FLYT_SEGREGATION_DIMS_group                                                                \
    2,                                                                                             \
    {                                                                                              \
        FLYT_DIM_group, FLYT_DIM_place                                                             \
    }
#define FLYT_SEGREGATION_DIMS_grouping                                                             \
    2,                                                                                             \
    {                                                                                              \
        FLYT_DIM_grouping, FLYT_DIM_place                                                          \
    }
#define FLYT_SEGREGATION_DIMS_income                                                               \
    1,                                                                                             \
    {                                                                                              \
        FLYT_DIM_place                                                                             \
    }

#define FLYT_SEGREGATION_HOW_group "each group against the rest, over the units of the place; "
#define FLYT_SEGREGATION_HOW_grouping "all groups of a grouping, over the units of the place; "
#define FLYT_SEGREGATION_HOW_income "tenths of households, over the units of the place; "

#define FLYT_SEGREGATION_ROW(name, dims, en, da, how)                                              \
    {                                                                                              \
        "segregation_" #name, "1", FLYT_SERIES_real, FLYT_SERIES_stock, FLYT_SERIES_yearly, dims,  \
            "Segregation: " en, "Segregation: " da, how "docs/segregation.md", NULL,               \
            flyt_segregation_series_record_##name                                                  \
    }

#define FLYT_SEGREGATION_ROWS(name, index, axis, en, da)                                           \
    FLYT_SEGREGATION_ROW(name, FLYT_SEGREGATION_DIMS_##axis, en, da, FLYT_SEGREGATION_HOW_##axis), \
        FLYT_SEGREGATION_ROW(name##_expected, FLYT_SEGREGATION_DIMS_##axis,                        \
                             en ", expected at random", da ", forventet ved tilfældig fordeling",  \
                             FLYT_SEGREGATION_HOW_##axis),                                         \
        FLYT_SEGREGATION_ROW(name##_corrected, FLYT_SEGREGATION_DIMS_##axis,                       \
                             en ", corrected for chance", da ", korrigeret for tilfældighed",      \
                             FLYT_SEGREGATION_HOW_##axis),

/** Initialisers of the output variables, for a model's table of series. */
#define FLYT_SEGREGATION_SERIES                                                                    \
    FLYT_SEGREGATION_VARIABLES(FLYT_SEGREGATION_ROWS)                                              \
    FLYT_SEGREGATION_ROW(moran, FLYT_SEGREGATION_DIMS_group, "Moran's I", "Morans I",              \
                         FLYT_SEGREGATION_HOW_group),                                              \
        FLYT_SEGREGATION_ROW(                                                                      \
            moran_expected, FLYT_SEGREGATION_DIMS_group, "Moran's I, expected at random",          \
            "Morans I, forventet ved tilfældig fordeling", FLYT_SEGREGATION_HOW_group),            \
        FLYT_SEGREGATION_ROW(share, FLYT_SEGREGATION_DIMS_group, "share of the group",             \
                             "gruppens andel", "households, of work: adults; "),

/** How many there are. */
enum {
#define X(...) +3
    FLYT_N_SEGREGATION_SERIES = 3 FLYT_SEGREGATION_VARIABLES(X)
#undef X
};

#endif
