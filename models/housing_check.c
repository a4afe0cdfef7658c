/**
 * @file housing_check.c
 * @brief What must hold between the rows and the tables of a housing scenario.
 */
#include <math.h>
#include <string.h>

#include "models/housing.h"
#include "models/housing_parts.h"
#include "models/kinds.h"
#include "models/market.h"
#include "models/params.h"
#include "sim/scenario.h"
#include "sim/text.h"

#define GROUP_MAX 3

/** Rows that agree in `group` have values that sum to `sum` (times the years of the age band). */
struct sum_rule {
    enum flyt_housing_table table;
    const char *group[GROUP_MAX];
    bool years; /* weighted by the years of the band: the bands cover 18-99 once */
};

static const struct sum_rule rules[] = {
    {FLYT_TABLE_households, {"tenure"}, false},
    {FLYT_TABLE_children, {"type"}, false},
    {FLYT_TABLE_rooms, {"tenure"}, false},
    {FLYT_TABLE_destinations, {"from_tenure"}, false},
    {FLYT_TABLE_origins, {"tenure_class", "age_from"}, false},
    {FLYT_TABLE_origins, {"tenure_class"}, true},
    {FLYT_TABLE_works, {"tenure_class", "origin", "age_from"}, false},
    {FLYT_TABLE_works, {"tenure_class", "origin"}, true},
    {FLYT_TABLE_educations, {"tenure_class", "origin", "age_from"}, false},
    {FLYT_TABLE_educations, {"tenure_class", "origin"}, true},
};

static bool same_group(const struct flyt_table *table, const struct sum_rule *rule, uint32_t a,
                       uint32_t b)
{
    for (uint32_t k = 0; k < GROUP_MAX && rule->group[k] != NULL; k++) {
        const double *value = flyt_table_values(table, rule->group[k]);
        if (value[a] != value[b]) {
            return false;
        }
    }
    return true;
}

static double years_of(const struct flyt_table *table, uint32_t row)
{
    return flyt_table_values(table, "age_to")[row] - flyt_table_values(table, "age_from")[row] + 1;
}

static void check_sums(const struct flyt_scenario *scenario, const struct sum_rule *rule,
                       struct flyt_diag *diag)
{
    const struct flyt_table *table = &scenario->table[rule->table];
    const double *share = flyt_table_values(table, "share");
    double expected = rule->years ? 82.0 : 1.0; /* years of age from 18 to 99 */
    for (uint32_t row = 0; row < table->n_rows; row++) {
        double sum = 0.0;
        bool first = true;
        for (uint32_t other = 0; other < table->n_rows; other++) {
            if (same_group(table, rule, row, other)) {
                first &= other >= row;
                sum += share[other] * (rule->years ? years_of(table, other) : 1.0);
            }
        }
        if (!first || fabs(sum - expected) <= 1e-4 * expected) {
            continue;
        }
        struct flyt_place place =
            flyt_table_place(table, row, flyt_table_column(table, rule->group[0]));
        if (rule->years) {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                            "the age bands of this group do not cover 18 to 99 once "
                            "(%.2f years instead of 82)",
                            "gruppens aldersintervaller dækker ikke 18 til 99 netop én gang "
                            "(%.2f år i stedet for 82)",
                            sum);
        } else {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                            "share: the rows of this group sum to %.6f, not to 1",
                            "share: gruppens rækker summer til %.6f, ikke til 1", sum);
        }
    }
}

static void check_ages(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    for (uint32_t t = 0; t < FLYT_N_TABLES; t++) {
        const struct flyt_table *table = &scenario->table[t];
        uint32_t column = flyt_table_column(table, "age_to");
        if (column == FLYT_NONE) {
            continue;
        }
        const double *from = flyt_table_values(table, "age_from");
        const double *to = flyt_table_values(table, "age_to");
        for (uint32_t row = 0; row < table->n_rows; row++) {
            if (to[row] < from[row]) {
                flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_table_place(table, row, column),
                                "age_to: %.0f is below age_from, %.0f",
                                "age_to: %.0f er under age_from, %.0f", to[row], from[row]);
            }
        }
    }
}

/** Columns of the table of sections that the checks read. */
struct section_view {
    const struct flyt_table *table;
    const double *area, *organisation, *kind, *homes, *households;
};

static struct section_view view_of(const struct flyt_scenario *scenario)
{
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_sections];
    return (struct section_view){table,
                                 flyt_table_values(table, "area"),
                                 flyt_table_values(table, "organisation"),
                                 flyt_table_values(table, "tenure"),
                                 flyt_table_values(table, "homes"),
                                 flyt_table_values(table, "households")};
}

static bool is_none(double ref)
{
    return !(ref < (double)FLYT_NONE); /* also NaN */
}

static void check_landlord(const struct flyt_scenario *scenario, const struct section_view *view,
                           uint32_t row, struct flyt_diag *diag)
{
    const double *area_in = flyt_table_values(&scenario->table[FLYT_TABLE_areas], "municipality");
    const double *organisation_in =
        flyt_table_values(&scenario->table[FLYT_TABLE_organisations], "municipality");
    bool almen = flyt_kinds_class((enum flyt_kind)view->kind[row]) == FLYT_TENURE_almen;
    struct flyt_place place =
        flyt_table_place(view->table, row, flyt_table_column(view->table, "organisation"));
    if (is_none(view->organisation[row])) {
        if (almen) {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                            "organisation: an almen section needs one",
                            "organisation: en almen afdeling skal have en");
        }
    } else if (!almen) {
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                        "organisation: only almen sections have one",
                        "organisation: kun almene afdelinger har en");
    } else if (organisation_in[(uint32_t)view->organisation[row]] !=
               area_in[(uint32_t)view->area[row]]) {
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                        "organisation: it is of another municipality than the area",
                        "organisation: den hører til en anden kommune end området");
    }
}

static void check_sections(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    struct section_view view = view_of(scenario);
    uint32_t column = flyt_table_column(view.table, "households");
    uint64_t n_households = 0;
    for (uint32_t row = 0; row < view.table->n_rows; row++) {
        n_households += (uint64_t)view.households[row];
        if (view.households[row] > view.homes[row]) {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_table_place(view.table, row, column),
                            "households: %.0f is more than the %.0f homes of the row",
                            "households: %.0f er flere end rækkens %.0f boliger",
                            view.households[row], view.homes[row]);
        }
        check_landlord(scenario, &view, row, diag);
    }
    if (n_households == 0) {
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO, (struct flyt_place){view.table->csv.file, 0, 0},
                        "there is no household in the table", "der er ingen husstande i tabellen");
    }
}

/** Whether a table has a row whose column has this value. */
static bool has_row(const struct flyt_table *table, const char *column, uint32_t value)
{
    const double *values = flyt_table_values(table, column);
    for (uint32_t row = 0; row < table->n_rows; row++) {
        if ((uint32_t)values[row] == value) {
            return true;
        }
    }
    return false;
}

/** Each kind of home that is used must be described. */
static void check_described(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    static const enum flyt_housing_table by_kind[] = {FLYT_TABLE_households, FLYT_TABLE_rooms};
    static const enum flyt_housing_table by_class[] = {FLYT_TABLE_origins, FLYT_TABLE_works,
                                                       FLYT_TABLE_educations, FLYT_TABLE_wealth,
                                                       FLYT_TABLE_destinations};
    static const char *const name[] = {
#define X(kind, class, en, da) #kind,
        FLYT_KINDS(X)
#undef X
    };
    for (uint32_t kind = 0; kind < FLYT_N_KINDS; kind++) {
        if (!has_row(&scenario->table[FLYT_TABLE_sections], "tenure", kind)) {
            continue;
        }
        for (uint32_t k = 0; k < FLYT_COUNT(by_kind) + FLYT_COUNT(by_class); k++) {
            bool own = k < FLYT_COUNT(by_kind);
            const struct flyt_table *table =
                &scenario->table[own ? by_kind[k] : by_class[k - FLYT_COUNT(by_kind)]];
            const char *column = own ? "tenure" : table->spec->column[0].name;
            if (!has_row(table, column, own ? kind : flyt_kinds_class((enum flyt_kind)kind))) {
                flyt_diag_fault(diag, FLYT_ERR_SCENARIO, (struct flyt_place){table->csv.file, 0, 0},
                                "%s: no rows for the tenure %s, which a section has",
                                "%s: ingen rækker for ejerformen %s, som en afdeling har", column,
                                name[kind]);
            }
        }
    }
}

/** The places that values are given for must exist. */
static void check_places(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_places];
    const double *level = flyt_table_values(table, "level");
    const char *const *place = flyt_table_texts(table, "place");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        const struct flyt_table *named =
            &scenario->table[level[row] > 0.0 ? FLYT_TABLE_areas : FLYT_TABLE_municipalities];
        const char *const *name = flyt_table_texts(named, "name");
        uint32_t i = 0;
        while (i < named->n_rows && strcmp(name[i], place[row]) != 0) {
            i++;
        }
        if (i == named->n_rows) {
            char quoted[FLYT_QUOTE_SIZE];
            flyt_text_quote(quoted, place[row], strlen(place[row]));
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO,
                            flyt_table_place(table, row, flyt_table_column(table, "place")),
                            "place: %s is not in the table of %s",
                            "place: %s findes ikke i tabellen %s", quoted, named->spec->name);
        }
    }
}

/** The weights of the resource score must not all be zero, in any year. */
static void check_weights(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    for (uint32_t k = 0; k < scenario->years; k++) {
        struct flyt_params params;
        int32_t year = scenario->start_year + (int32_t)k;
        flyt_scenario_params(scenario, year, &params);
        const struct flyt_resources_params *of = &params.resources;
        if (of->weight_work + of->weight_language + of->weight_income + of->weight_education +
                of->weight_cases <=
            0.0) {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, (struct flyt_place){0},
                            "resources.weight_...: all five weights are 0 in %d",
                            "resources.weight_...: alle fem vægte er 0 i %d", year);
            return;
        }
    }
}

enum flyt_status flyt_housing_check(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    uint32_t before = diag->n_faults;
    check_ages(scenario, diag);
    check_sections(scenario, diag);
    check_described(scenario, diag);
    check_places(scenario, diag);
    check_weights(scenario, diag);
    flyt_market_check(scenario, diag);
    for (uint32_t i = 0; i < FLYT_COUNT(rules); i++) {
        check_sums(scenario, &rules[i], diag);
    }
    return flyt_diag_since(diag, before);
}
