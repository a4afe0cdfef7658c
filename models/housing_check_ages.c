/**
 * @file housing_check_ages.c
 * @brief Whether the bands of age of each group of rows fit together.
 */
#include "models/housing_check.h"
#include "models/popcells.h"

enum { YOUNGEST = 18, OLDEST = 99, GROUP_MAX = 2 };

/** Rows that agree in `group` have bands that do not overlap and leave no age out between them. */
struct band_rule {
    enum flyt_housing_table table;
    const char *group[GROUP_MAX];
    bool whole; /* they cover 18 to 99; else none of that age are meant before and after */
};

static const struct band_rule rules[] = {
    {FLYT_TABLE_households, {"tenure", "type"}, false},
    {FLYT_TABLE_adult_children, {"type"}, false},
    {FLYT_TABLE_origins, {"tenure_class"}, true},
    {FLYT_TABLE_works, {"tenure_class", "origin"}, true},
    {FLYT_TABLE_educations, {"tenure_class", "origin"}, true},
    {FLYT_TABLE_wealth, {"tenure_class"}, true},
};

/** A table's bands while they are checked. */
struct bands {
    const struct flyt_table *table;
    const struct band_rule *rule;
    const double *from, *to, *group[GROUP_MAX]; /* columns; NULL: no such part of a group */
    struct flyt_diag *diag;
};

static bool same_group(const struct bands *bands, uint32_t a, uint32_t b)
{
    for (uint32_t k = 0; k < GROUP_MAX && bands->group[k] != NULL; k++) {
        if (bands->group[k][a] != bands->group[k][b]) {
            return false;
        }
    }
    return true;
}

/** Order of two rows by their bands; 0: the same band. */
static int compare(const struct bands *bands, uint32_t a, uint32_t b)
{
    double by_from = bands->from[a] - bands->from[b], by_to = bands->to[a] - bands->to[b];
    double order = by_from != 0.0 ? by_from : by_to;
    return (order > 0.0) - (order < 0.0);
}

/** The first row of the group's next band after that of row `after`; FLYT_NONE at the end. */
static uint32_t next_band(const struct bands *bands, uint32_t member, uint32_t after)
{
    uint32_t next = FLYT_NONE;
    for (uint32_t row = 0; row < bands->table->n_rows; row++) {
        if (same_group(bands, row, member) &&
            (after == FLYT_NONE || compare(bands, row, after) > 0) &&
            (next == FLYT_NONE || compare(bands, row, next) < 0)) {
            next = row;
        }
    }
    return next;
}

static struct flyt_place place_of(const struct bands *bands, uint32_t row, const char *column)
{
    return flyt_table_place(bands->table, row, flyt_table_column(bands->table, column));
}

/** A band that overlaps the one before, or leaves ages out between them. */
static void check_start(const struct bands *bands, uint32_t row, uint32_t before, double reached)
{
    double from = bands->from[row];
    if (before != FLYT_NONE && from <= reached) {
        flyt_diag_fault(bands->diag, FLYT_ERR_SCENARIO, place_of(bands, row, "age_from"),
                        "age_from: %.0f lies in the band %.0f-%.0f of line %u; bands of a group "
                        "may not overlap",
                        "age_from: %.0f ligger i intervallet %.0f-%.0f i linje %u; en gruppes "
                        "intervaller må ikke overlappe",
                        from, bands->from[before], bands->to[before],
                        bands->table->csv.line[before]);
    } else if (from > reached + 1.0 && (before != FLYT_NONE || bands->rule->whole)) {
        flyt_diag_fault(bands->diag, FLYT_ERR_SCENARIO, place_of(bands, row, "age_from"),
                        "age_from: %.0f leaves out the ages %.0f to %.0f, which no row of this "
                        "group holds; the band should begin at %.0f",
                        "age_from: %.0f udelader alderen %.0f til %.0f, som ingen række i gruppen "
                        "dækker; intervallet bør begynde ved %.0f",
                        from, reached + 1.0, from - 1.0, reached + 1.0);
    }
}

/** Walks the bands of the group that a row belongs to, youngest first. */
static void check_group(const struct bands *bands, uint32_t member)
{
    double reached = YOUNGEST - 1;
    uint32_t last = FLYT_NONE;
    for (uint32_t row = next_band(bands, member, FLYT_NONE); row != FLYT_NONE;
         row = next_band(bands, member, row)) {
        if (bands->to[row] < bands->from[row]) {
            return; /* told already; what it covers is not known */
        }
        check_start(bands, row, last, reached);
        if (bands->to[row] > reached) {
            reached = bands->to[row];
            last = row;
        }
    }
    if (reached > OLDEST) {
        flyt_diag_fault(bands->diag, FLYT_ERR_SCENARIO, place_of(bands, last, "age_to"),
                        "age_to: %.0f is past %d, the oldest age of the tables",
                        "age_to: %.0f er over %d, tabellernes højeste alder", reached, OLDEST);
    } else if (reached < OLDEST && bands->rule->whole) {
        flyt_diag_fault(bands->diag, FLYT_ERR_SCENARIO, place_of(bands, last, "age_to"),
                        "age_to: %.0f leaves out the ages %.0f to %d, which no row of this group "
                        "holds; the last band should end at %d",
                        "age_to: %.0f udelader alderen %.0f til %d, som ingen række i gruppen "
                        "dækker; det sidste interval bør slutte ved %d",
                        reached, reached + 1.0, OLDEST, OLDEST);
    }
}

static void check_bands(const struct flyt_scenario *scenario, const struct band_rule *rule,
                        struct flyt_diag *diag)
{
    struct bands bands = {.table = &scenario->table[rule->table], .rule = rule, .diag = diag};
    bands.from = flyt_table_values(bands.table, "age_from");
    bands.to = flyt_table_values(bands.table, "age_to");
    for (uint32_t k = 0; k < GROUP_MAX && rule->group[k] != NULL; k++) {
        bands.group[k] = flyt_table_values(bands.table, rule->group[k]);
    }
    for (uint32_t row = 0; row < bands.table->n_rows; row++) {
        uint32_t first = 0;
        while (!same_group(&bands, first, row)) {
            first++;
        }
        if (first == row) {
            check_group(&bands, row);
        }
    }
}

/** Bands that end before they begin. */
static void check_order(const struct flyt_table *table, struct flyt_diag *diag)
{
    const double *from = flyt_table_values(table, "age_from");
    const double *to = flyt_table_values(table, "age_to");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        if (to[row] < from[row]) {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO,
                            flyt_table_place(table, row, flyt_table_column(table, "age_to")),
                            "age_to: %.0f is below age_from, %.0f",
                            "age_to: %.0f er under age_from, %.0f", to[row], from[row]);
        }
    }
}

void flyt_housing_check_ages(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    uint32_t before = diag->n_faults, table, row;
    bool all = true;
    for (uint32_t i = 0; i < FLYT_COUNT(rules); i++) {
        if (flyt_housing_sound(scenario, rules[i].table)) {
            check_order(&scenario->table[rules[i].table], diag);
            check_bands(scenario, &rules[i], diag);
        } else {
            all = false;
        }
    }
    struct flyt_popbands bands;
    if (all && diag->n_faults == before && !flyt_popcells_cut(scenario, &bands, &table, &row)) {
        const struct flyt_table *faulty = &scenario->table[table];
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO,
                        flyt_table_place(faulty, row, flyt_table_column(faulty, "age_from")),
                        "age_from: together the tables cut the ages into more than %d bands; let "
                        "%s have the same bands as the other tables",
                        "age_from: tabellerne deler tilsammen alderen i over %d intervaller; lad "
                        "%s have de samme intervaller som de andre tabeller",
                        FLYT_POP_BANDS, faulty->spec->name);
    }
}
