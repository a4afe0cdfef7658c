/**
 * @file compare.h
 * @brief Two results of the same worlds, one with a policy and one without: what is different, by
 *        how much, how sure, and who pays.
 *
 * A pair is one replicate of both: the same start and the same random numbers. The difference of
 * an outcome is taken in each pair; the interval is that of Student's t over pairs. The variance
 * ratio tells what pairing gives: the variance of a difference of unpaired runs over that of
 * pairs. Pairs may be of several sets of parameters, which widen the interval (compare_sets.h).
 * Areas called deprived are those on a list of the ministry at the start, the same ones in both
 * results in all years.
 *
 * Knows outcomes by name of series and cells (validate_cells.h), so that two files can be compared
 * too. Money: accounts are series `ledger_*`, whose text `how` names payer and receiver; a
 * policy's own accounts among them. Source: docs/MODEL.md sections 6 and 7.
 */
#ifndef FLYT_COMPARE_H
#define FLYT_COMPARE_H

#include "output/result.h"
#include "sim/text.h"

/** name, unit, digits, of, over (percent; "" none), which areas, English, Danish. The first is the
 *  main outcome of the picture. */
#define FLYT_COMPARE_OUTCOMES(X)                                                                   \
    X(outside_work, "%", 2, "area_outside_work", "area_working_age", listed,                       \
      "Outside work and education, deprived areas",                                                \
      "Uden for arbejde og uddannelse, udsatte områder")                                           \
    X(few_resources, "%", 2, "area_classes[resource_class=Few resources]", "area_classes", listed, \
      "Few resources, deprived areas", "Få ressourcer, udsatte områder")                           \
    X(nonwestern, "%", 2, "area_persons[origin=Non-western origin]", "area_persons", listed,       \
      "Non-western origin, deprived areas", "Ikke-vestlig oprindelse, udsatte områder")            \
    X(newcomers, "%", 2, "area_newcomers", "area_households", listed,                              \
      "Came within the year, deprived areas", "Tilflyttet i året, udsatte områder")                \
    X(turnover, "%", 2, "almen_left", "almen_household_months", listed,                            \
      "Moved out in the year, almen homes, deprived areas",                                        \
      "Fraflyttet i året, almene boliger, udsatte områder")                                        \
    X(turnover_standard, "%", 2, "almen_left", "almen_household_months", listed,                   \
      "The same at ages and types of without", "Det samme ved alder og type som uden")             \
    X(reputation, "1", 4, "area_reputation", "", listed, "Reputation, deprived areas",             \
      "Omdømme, udsatte områder")                                                                  \
    X(few_entry, "%", 2, "area_change_weak[change=Moved in]", "area_change[change=Moved in]",      \
      listed, "Few resources of those who moved in, deprived areas",                               \
      "Få ressourcer blandt tilflyttede, udsatte områder")                                         \
    X(few_exit, "%", 2, "area_change_weak[change=Moved out]", "area_change[change=Moved out]",     \
      listed, "Few resources of those who moved out, deprived areas",                              \
      "Få ressourcer blandt fraflyttede, udsatte områder")                                         \
    X(outside_work_all, "%", 2, "area_outside_work", "area_working_age", all,                      \
      "Outside work and education, everywhere", "Uden for arbejde og uddannelse, overalt")         \
    X(few_receiving, "%", 2, "area_classes[resource_class=Few resources]", "area_classes",         \
      receiving, "Few resources, areas that take in", "Få ressourcer, modtagende områder")         \
    X(few_released, "%", 2, "area_classes[resource_class=Few resources]", "area_classes",          \
      released, "Few resources, areas released", "Få ressourcer, fritagne områder")                \
    X(few_outside, "%", 2, "area_classes[resource_class=Few resources]", "area_classes", outside,  \
      "Few resources, areas of non-members", "Få ressourcer, ikke-medlemmers områder")             \
    X(few_almen, "%", 2,                                                                           \
      "households_by_class[tenure=Non-profit (almen);resource_class=Few resources]",               \
      "households_by_class[tenure=Non-profit (almen)]", all, "Few resources, all almen homes",     \
      "Få ressourcer, alle almene boliger")                                                        \
    X(few_private, "%", 2,                                                                         \
      "households_by_class[tenure=Private rental;resource_class=Few resources]",                   \
      "households_by_class[tenure=Private rental]", all, "Few resources, private rental",          \
      "Få ressourcer, privat leje")                                                                \
    X(childhood, "months", 2, "children_deprived_months", "children", all,                         \
      "A child's months in deprived areas", "Et barns måneder i udsatte områder")                  \
    X(schooling, "%", 2, "left_home_educated", "left_home", all,                                   \
      "Left home, heading for more than basic schooling",                                          \
      "Flyttet hjemmefra, på vej mod mere end grundskole")                                         \
    X(segregation, "1", 4,                                                                         \
      "segregation_dissimilarity_corrected[group=Few resources;place=All municipalities]", "",     \
      all, "Segregation of few resources (D)", "Segregation af få ressourcer (D)")                 \
    X(moves, "%", 2, "moves_out", "households", all, "Moves in the year over households",          \
      "Flytninger i året i forhold til husstande")                                                 \
    X(owners, "%", 2, "households[tenure=Owner]", "households", all, "Live in owner homes",        \
      "Bor i ejerbolig")                                                                           \
    X(to_owner, "%", 2,                                                                            \
      "moves_by_class[move_from=Non-profit (almen);move_to=Owner;resource_class=Many resources]",  \
      "households_by_class[tenure=Non-profit (almen);resource_class=Many resources]", all,         \
      "Many resources, from almen to owner homes", "Mange ressourcer, fra almen til ejerbolig")    \
    X(vacant_almen, "%", 2, "vacant_homes[tenure=Non-profit (almen)]",                             \
      "homes[tenure=Non-profit (almen)]", all, "Vacant almen homes", "Ledige almene boliger")      \
    X(waited, "months", 1, "letting_months[channel=Waiting list]",                                 \
      "lettings[channel=Waiting list]", all, "Months on the waiting list",                         \
      "Måneder på venteliste")                                                                     \
    X(assigned, "lettings", 1, "lettings[channel=Municipal assignment]", "", all,                  \
      "Homes assigned in the year", "Anviste boliger i året")                                      \
    X(queued, "households", 1, "need_queue", "", all, "Households in municipal queues",            \
      "Husstande i kommunernes køer")                                                              \
    X(hidden, "households", 1, "hidden_households", "", all, "Households without a home",          \
      "Husstande uden egen bolig")                                                                 \
    X(price_swings, "%", 3, "price_m2[kind=Owner]", "floor_m2[kind=Owner]", growth_swings,         \
      "Swings of owner prices, yearly growth so far",                                              \
      "Udsving i ejerboligpriser, årlig vækst hidtil")                                             \
    X(building_swings, "%", 3, "homes_built", "homes", swings,                                     \
      "Swings of building, share of homes so far",                                                 \
      "Udsving i byggeriet, andel af boligerne hidtil")

enum { FLYT_COMPARE_NUMBER = 48 }; /* bytes of a number told */

/** Listed: at the start, in the result itself. The others: areas by their part in intake steering
 *  at the end of the result with the policy, in each pair the same ones in both. */
enum flyt_compare_where {
    FLYT_COMPARE_all,
    FLYT_COMPARE_listed,
    FLYT_COMPARE_outside,
    FLYT_COMPARE_receiving,
    FLYT_COMPARE_released,
    FLYT_COMPARE_growth_swings, /* everywhere: standard deviation over the years so far of the
                                   yearly growth of `of`, a mean by `over` */
    FLYT_COMPARE_swings         /* likewise of the flow `of` over the stock `over` */
};

enum flyt_compare_group {
    FLYT_COMPARE_change,   /* an outcome of the table above */
    FLYT_COMPARE_cost,     /* what a party received less what it paid, million DKK a year */
    FLYT_COMPARE_policy,   /* a series of the policy's own, all cells together */
    FLYT_COMPARE_incidence /* what households pay more: all, and each of a class */
};

struct flyt_compare_item {
    const char *name, *unit, *en, *da;
    enum flyt_compare_group group;
    enum flyt_compare_where where;
    int digits;
    const char *of, *over; /* of a cost: the party; "households": what they consume and save */
    bool flow;             /* of the year, 0 at the start */
    const char *policy;    /* whose own series it is; NULL: of the model */
};

struct flyt_compare_items {
    struct flyt_compare_item *item; /* [n] */
    uint32_t n;
    int64_t *part; /* [n_pairs][n_areas] in intake steering, at the end; NULL: there is none */
    uint32_t n_areas;
    bool swings; /* a policy tells who pays, so swings of prices and of building are told too */
};

/** Values of all items of one result. */
struct flyt_compare_values {
    uint32_t n_items, n_years, n_pairs; /* items and the cells that some are made of */
    double *value;                      /* [n_items][n_years + 1][n_pairs]; NaN: not measured */
    /** Sets of parameters that the pairs are of, one after the other, as many pairs of each; 0 or
     *  1: all of one. */
    uint32_t n_sets;
};

/** One item, compared. */
struct flyt_compare_row {
    const struct flyt_compare_item *item;
    double before, after;             /* means over pairs: without, with */
    double change, low, high, spread; /* mean, its 95 % interval, standard deviation over pairs */
    double ratio; /* variance unpaired over paired; NaN: pairs differ by rounding alone, so it
                     cannot be told */
    uint32_t n;   /* pairs */
    /** Of several sets of parameters low and high are of chance and parameters (compare_sets.h); */
    double chance_low, chance_high; /* of chance alone; with one set the same */
    double sets;                    /* standard deviation of sets beyond chance; NaN: one set */
    uint32_t n_sets, n_alike;       /* that have a value; that change the same way as the mean */
};

/** @brief What can be measured in two results: outcomes both have, parties, series of policies. */
FLYT_NODISCARD enum flyt_status flyt_compare_list(const struct flyt_result *before,
                                                  const struct flyt_result *after,
                                                  struct flyt_arena *arena,
                                                  struct flyt_compare_items *items,
                                                  struct flyt_diag *diag);

/** @brief Whether a series is read by any item: others need not be recorded. */
bool flyt_compare_reads(const void *unused, const char *series);

/**
 * @brief Measures the items in a result, each year of each replicate. A series of a policy that
 *        the result does not have counts 0.
 */
FLYT_NODISCARD enum flyt_status flyt_compare_take(const struct flyt_result *result,
                                                  const struct flyt_compare_items *items,
                                                  struct flyt_arena *arena,
                                                  struct flyt_compare_values *values,
                                                  struct flyt_diag *diag);

/** @brief A value: item, year of the run (0: the start), pair. */
static inline double *flyt_compare_at(const struct flyt_compare_values *values, uint32_t item,
                                      uint32_t year, uint32_t pair)
{
    return &values->value[((size_t)item * (values->n_years + 1) + year) * values->n_pairs + pair];
}

/** @brief A value of a year, or, with FLYT_NONE, the mean of all years from 1. */
double flyt_compare_value(const struct flyt_compare_values *values, uint32_t item, uint32_t year,
                          uint32_t pair);

/** @brief The calendar year that a year of the run is told as, on pages and in their tables: that
 * at whose end its stocks hold and in which its flows were counted; the start is told as the year
 * before the first. Result files name the same instant by the 1 January after it. */
static inline int32_t flyt_compare_calendar(int32_t start_year, uint32_t year)
{
    return start_year + (int32_t)year - 1;
}

/**
 * @brief Compares one item.
 * @param year  of the run; FLYT_NONE: the mean of all years from 1.
 * Memory: scratch for one number a pair is taken from the arena.
 */
FLYT_NODISCARD enum flyt_status
flyt_compare_row(const struct flyt_compare_items *items, const struct flyt_compare_values *before,
                 const struct flyt_compare_values *after, uint32_t item, uint32_t year,
                 struct flyt_arena *arena, struct flyt_compare_row *row);

/** @brief Fills what is told of a change, from that of each pair. @param changes  [n] overwritten;
 *         NaN: not measured. */
void flyt_compare_fill(double *changes, uint32_t n, uint32_t n_sets, struct flyt_compare_row *row);

/** @brief Mean, spread and 95 % interval of n numbers; NaN for what too few cannot tell. */
void flyt_compare_interval(const double *x, uint32_t n, double *mean, double *spread, double *low,
                           double *high);

/** @brief Refuses two results that are no pair: other start, length, seed or replicates. */
FLYT_NODISCARD enum flyt_status flyt_compare_pair(const struct flyt_result *before,
                                                  const struct flyt_result *after,
                                                  struct flyt_diag *diag);

/** What the texts say beside the numbers. */
struct flyt_compare_page {
    const char *title;  /* of the scenario */
    const char *caveat; /* what the model leaves out, or NULL */
    const char *policy; /* what is compared with the baseline, for people */
    int32_t start_year;
    uint32_t year, n_years; /* shown: of the run */
    uint32_t last;          /* year of the run in which the policy was last in force; 0: not told */
    uint32_t in_force;      /* years of the run in which a policy compared was; 0: not told */
    uint32_t n_sets;        /* of parameters; 0 or 1: intervals are of chance alone */
    enum flyt_lang lang;
};

/** @brief The first screen: what changes, by how much, how sure, at whose cost. */
FLYT_NODISCARD enum flyt_status flyt_compare_write(const struct flyt_compare_items *items,
                                                   const struct flyt_compare_values *before,
                                                   const struct flyt_compare_values *after,
                                                   const struct flyt_compare_page *page,
                                                   struct flyt_text *text);

/** @brief Adds the rows of one policy, all items and years, to a CSV; the head when `head`. low and
 *         high are of chance and parameters when there are sets. */
FLYT_NODISCARD enum flyt_status flyt_compare_csv(const struct flyt_compare_items *items,
                                                 const struct flyt_compare_values *before,
                                                 const struct flyt_compare_values *after,
                                                 const char *policy, int32_t start_year, bool head,
                                                 struct flyt_text *text);

/** @brief Adds the outcome and its unit as two cells: a name can hold a comma. */
void flyt_compare_csv_item(const struct flyt_compare_item *item, struct flyt_text *text);

/** @brief Adds one such row; nothing when no pair has a value. */
void flyt_compare_csv_row(const struct flyt_compare_row *row, const char *policy, int32_t year,
                          struct flyt_text *text);

#endif
