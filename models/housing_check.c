/**
 * @file housing_check.c
 * @brief What must hold between the rows and the tables of a housing scenario.
 */
#include <math.h>
#include <string.h>

#include "models/housing.h"
#include "models/housing_check.h"
#include "models/kinds.h"
#include "models/market.h"
#include "models/params.h"
#include "models/policy.h"
#include "sim/text.h"

#define GROUP_MAX 3

/** Rows that agree in `group` have shares that sum to 1. */
struct sum_rule {
    enum flyt_housing_table table;
    const char *group[GROUP_MAX];
};

static const struct sum_rule rules[] = {
    {FLYT_TABLE_households, {"tenure"}},
    {FLYT_TABLE_children, {"type"}},
    {FLYT_TABLE_rooms, {"tenure"}},
    {FLYT_TABLE_destinations, {"from_tenure"}},
    {FLYT_TABLE_origins, {"tenure_class", "age_from"}},
    {FLYT_TABLE_works, {"tenure_class", "origin", "age_from"}},
    {FLYT_TABLE_educations, {"tenure_class", "origin", "age_from"}},
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

static void check_sums(const struct flyt_scenario *scenario, const struct sum_rule *rule,
                       struct flyt_diag *diag)
{
    const struct flyt_table *table = &scenario->table[rule->table];
    const double *share = flyt_table_values(table, "share");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        double sum = 0.0;
        bool first = true;
        for (uint32_t other = 0; other < table->n_rows; other++) {
            if (same_group(table, rule, row, other)) {
                first &= other >= row;
                sum += share[other];
            }
        }
        if (!first || fabs(sum - 1.0) <= 1e-4) {
            continue;
        }
        struct flyt_place place =
            flyt_table_place(table, row, flyt_table_column(table, rule->group[0]));
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                        "share: the rows of this group sum to %.6f, not to 1",
                        "share: gruppens rækker summer til %.6f, ikke til 1", sum);
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
    const struct flyt_table *organisations = &scenario->table[FLYT_TABLE_organisations];
    /* a section that names one is of a sound table, and so is that of organisations */
    const double *organisation_in = flyt_housing_sound(scenario, FLYT_TABLE_organisations)
                                        ? flyt_table_values(organisations, "municipality")
                                        : NULL;
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
            enum flyt_housing_table which = own ? by_kind[k] : by_class[k - FLYT_COUNT(by_kind)];
            const struct flyt_table *table = &scenario->table[which];
            const char *column = own ? "tenure" : table->spec->column[0].name;
            if (flyt_housing_sound(scenario, which) &&
                !has_row(table, column, own ? kind : flyt_kinds_class((enum flyt_kind)kind))) {
                flyt_diag_fault(diag, FLYT_ERR_SCENARIO, (struct flyt_place){table->csv.file, 0, 0},
                                "%s: no rows for the tenure %s, which a section has",
                                "%s: ingen rækker for ejerformen %s, som en afdeling har", column,
                                name[kind]);
            }
        }
    }
}

/** Whether a table has a row for an origin in a class of tenure. */
static bool has_origin(const struct flyt_table *table, double tenure, double origin)
{
    const double *tenures = flyt_table_values(table, "tenure_class");
    const double *origins = flyt_table_values(table, "origin");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        if (tenures[row] == tenure && origins[row] == origin) {
            return true;
        }
    }
    return false;
}

/** Each origin that heads of a tenure have needs its own rows of work and of education. */
static void check_origins(const struct flyt_scenario *scenario, enum flyt_housing_table described,
                          struct flyt_diag *diag)
{
    static const char *const name[] = {
#define X(origin, en, da) #origin,
        FLYT_ORIGINS(X)
#undef X
    };
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_origins];
    const struct flyt_table *other = &scenario->table[described];
    if (!flyt_housing_sound(scenario, FLYT_TABLE_origins) ||
        !flyt_housing_sound(scenario, described)) {
        return;
    }
    const double *tenure = flyt_table_values(table, "tenure_class");
    const double *origin = flyt_table_values(table, "origin");
    const double *share = flyt_table_values(table, "share");
    bool told[FLYT_N_TENURES][FLYT_N_ORIGINS] = {{false}};
    for (uint32_t row = 0; row < table->n_rows; row++) {
        bool *done = &told[(uint32_t)tenure[row]][(uint32_t)origin[row]];
        if (share[row] > 0.0 && !*done && has_row(other, "tenure_class", (uint32_t)tenure[row]) &&
            !has_origin(other, tenure[row], origin[row])) {
            *done = true;
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO,
                            flyt_table_place(table, row, flyt_table_column(table, "origin")),
                            "origin: %s of this tenure has no rows in the table %s; they are "
                            "needed for the ages 18 to 99",
                            "origin: %s har for denne ejerform ingen rækker i tabellen %s; de skal "
                            "dække alderen 18 til 99",
                            name[(uint32_t)origin[row]], other->spec->name);
        }
    }
}

/** Types of household with children need the shares of their numbers of children. */
static void check_children(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    static const struct {
        enum flyt_type type;
        const char *name;
    } with[] = {{FLYT_TYPE_single_parent, "single_parent"},
                {FLYT_TYPE_couple_with_children, "couple_with_children"}};
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_households];
    const struct flyt_table *children = &scenario->table[FLYT_TABLE_children];
    if (!flyt_housing_sound(scenario, FLYT_TABLE_households) ||
        !flyt_housing_sound(scenario, FLYT_TABLE_children)) {
        return;
    }
    const double *type = flyt_table_values(table, "type");
    const double *share = flyt_table_values(table, "share");
    for (uint32_t k = 0; k < FLYT_COUNT(with); k++) {
        for (uint32_t row = 0; row < table->n_rows; row++) {
            if (type[row] == (double)with[k].type && share[row] > 0.0 &&
                !has_row(children, "type", k)) {
                flyt_diag_fault(diag, FLYT_ERR_SCENARIO,
                                flyt_table_place(table, row, flyt_table_column(table, "type")),
                                "type: %s has no rows in the table children, which must tell how "
                                "many children they have",
                                "type: %s har ingen rækker i tabellen children, som skal sige, "
                                "hvor mange børn de har",
                                with[k].name);
                break;
            }
        }
    }
}

/** The places that values are given for must exist. */
static void check_places(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_places];
    if (!flyt_housing_sound(scenario, FLYT_TABLE_places)) {
        return;
    }
    const double *level = flyt_table_values(table, "level");
    const char *const *place = flyt_table_texts(table, "place");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        enum flyt_housing_table which =
            level[row] > 0.0 ? FLYT_TABLE_areas : FLYT_TABLE_municipalities;
        const struct flyt_table *named = &scenario->table[which];
        if (!flyt_housing_sound(scenario, which)) {
            continue;
        }
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
    flyt_housing_check_ages(scenario, diag);
    if (flyt_housing_sound(scenario, FLYT_TABLE_sections)) {
        check_sections(scenario, diag);
        check_described(scenario, diag);
    }
    check_origins(scenario, FLYT_TABLE_works, diag);
    check_origins(scenario, FLYT_TABLE_educations, diag);
    check_children(scenario, diag);
    check_places(scenario, diag);
    flyt_housing_check_known(scenario, diag);
    if (!scenario->values_broken) {
        check_weights(scenario, diag);
        flyt_policies_check_values(scenario, diag);
    }
    flyt_market_check(scenario, diag);
    for (uint32_t i = 0; i < FLYT_COUNT(rules); i++) {
        if (flyt_housing_sound(scenario, rules[i].table)) {
            check_sums(scenario, &rules[i], diag);
        }
    }
    return flyt_diag_since(diag, before);
}
