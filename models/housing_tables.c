/**
 * @file housing_tables.c
 * @brief The tables a housing scenario is made of, and what must hold between them.
 */
#include "models/housing_parts.h"

#include <math.h>

#include "models/housing.h"
#include "sim/scenario.h"

#define TEXT FLYT_COLUMN_text
#define COUNT FLYT_COLUMN_count
#define REAL FLYT_COLUMN_real
#define CHOICE FLYT_COLUMN_choice
#define REF FLYT_COLUMN_ref

static const struct flyt_column municipality_columns[] = {
    {.name = "code",
     .type = COUNT,
     .unit = "1",
     .low = 1,
     .high = 999,
     .unique = true,
     .en = "official code of the municipality",
     .da = "kommunekode"},
    {.name = "name", .type = TEXT, .unit = "", .unique = true, .en = "name", .da = "navn"},
    {.name = "labour_market",
     .type = TEXT,
     .unit = "",
     .en = "labour-market region",
     .da = "arbejdsmarkedsopland"},
    {.name = "longitude",
     .type = REAL,
     .unit = "degrees_east",
     .low = -180,
     .high = 180,
     .en = "longitude of the centroid, WGS 84",
     .da = "længdegrad for tyngdepunktet, WGS 84"},
    {.name = "latitude",
     .type = REAL,
     .unit = "degrees_north",
     .low = -89,
     .high = 89,
     .en = "latitude of the centroid, WGS 84",
     .da = "breddegrad for tyngdepunktet, WGS 84"},
    {.name = "population",
     .type = COUNT,
     .unit = "persons",
     .en = "inhabitants",
     .da = "indbyggere"},
};

static const struct flyt_column stock_columns[] = {
    {.name = "municipality",
     .type = REF,
     .unit = "",
     .refers_table = "municipalities",
     .refers_column = "name",
     .en = "municipality",
     .da = "kommune"},
    {.name = "tenure", .type = CHOICE, .unit = FLYT_TENURE_NAMES, .en = "tenure", .da = "ejerform"},
    {.name = "homes",
     .type = COUNT,
     .unit = "homes",
     .en = "homes on the market",
     .da = "boliger på markedet"},
    {.name = "households",
     .type = COUNT,
     .unit = "households",
     .en = "homes that are lived in",
     .da = "beboede boliger"},
};

static const struct flyt_column household_columns[] = {
    {.name = "tenure", .type = CHOICE, .unit = FLYT_TENURE_NAMES, .en = "tenure", .da = "ejerform"},
    {.name = "type",
     .type = CHOICE,
     .unit = FLYT_TYPE_NAMES,
     .en = "household type",
     .da = "husstandstype"},
    {.name = "age_from",
     .type = COUNT,
     .unit = "years",
     .low = 18,
     .high = 110,
     .en = "youngest age of the band",
     .da = "yngste alder i gruppen"},
    {.name = "age_to",
     .type = COUNT,
     .unit = "years",
     .low = 18,
     .high = 110,
     .en = "oldest age of the band, included",
     .da = "ældste alder i gruppen, inklusive"},
    {.name = "share",
     .type = REAL,
     .unit = "share of households",
     .low = 0,
     .high = 1,
     .en = "share of the tenure's households",
     .da = "andel af ejerformens husstande"},
};

static const struct flyt_column destination_columns[] = {
    {.name = "from_tenure",
     .type = CHOICE,
     .unit = FLYT_TENURE_NAMES,
     .en = "tenure left",
     .da = "ejerform der forlades"},
    {.name = "to_tenure",
     .type = CHOICE,
     .unit = FLYT_TENURE_NAMES,
     .en = "tenure looked for",
     .da = "ejerform der søges"},
    {.name = "share",
     .type = REAL,
     .unit = "share of movers",
     .low = 0,
     .high = 1,
     .en = "share of those who leave",
     .da = "andel af dem der forlader"},
};

const struct flyt_table_spec flyt_housing_tables[FLYT_N_TABLES] = {
    {"municipalities", "Municipalities", "Kommuner", municipality_columns,
     FLYT_COUNT(municipality_columns), true, NULL},
    {"stock", "Homes and households by tenure", "Boliger og husstande efter ejerform",
     stock_columns, FLYT_COUNT(stock_columns), true, "municipality,tenure"},
    {"households", "Households by tenure, type and age", "Husstande efter ejerform, type og alder",
     household_columns, FLYT_COUNT(household_columns), true, "tenure,type,age_from"},
    {"destinations", "Where those who leave a tenure go",
     "Hvor de der forlader en ejerform går hen", destination_columns,
     FLYT_COUNT(destination_columns), true, "from_tenure,to_tenure"},
};

static const char *const tenure_name[] = {
#define X(name, en, da) #name,
    FLYT_TENURES(X)
#undef X
};

static enum flyt_status check_stock(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    const struct flyt_table *stock = &scenario->table[FLYT_TABLE_stock];
    const double *homes = flyt_table_values(stock, "homes");
    const double *households = flyt_table_values(stock, "households");
    uint32_t before = diag->n_faults, column = flyt_table_column(stock, "households");
    uint64_t n_homes = 0, n_households = 0;
    for (uint32_t row = 0; row < stock->n_rows; row++) {
        n_homes += (uint64_t)homes[row];
        n_households += (uint64_t)households[row];
        if (households[row] > homes[row]) {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_table_place(stock, row, column),
                            "households: %.0f is more than the %.0f homes of the row",
                            "households: %.0f er flere end rækkens %.0f boliger", households[row],
                            homes[row]);
        }
    }
    if (diag->n_faults == before && n_households == 0) {
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO, (struct flyt_place){stock->csv.file, 0, 0},
                        "there is no household in the table", "der er ingen husstande i tabellen");
    }
    return flyt_diag_since(diag, before);
}

/** Shares must sum to 1 within each tenure that has homes, to a millionth a row. */
static enum flyt_status check_shares(const struct flyt_scenario *scenario, uint32_t table_index,
                                     const char *by, struct flyt_diag *diag)
{
    const struct flyt_table *table = &scenario->table[table_index];
    const struct flyt_table *stock = &scenario->table[FLYT_TABLE_stock];
    const double *group = flyt_table_values(table, by);
    const double *share = flyt_table_values(table, "share");
    const double *stock_tenure = flyt_table_values(stock, "tenure");
    const double *households = flyt_table_values(stock, "households");
    uint32_t before = diag->n_faults, column = flyt_table_column(table, by);
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        double sum = 0.0, needed = 0.0;
        uint32_t first = FLYT_NONE;
        for (uint32_t row = 0; row < stock->n_rows; row++) {
            needed += (uint32_t)stock_tenure[row] == t ? households[row] : 0.0;
        }
        for (uint32_t row = 0; row < table->n_rows; row++) {
            if ((uint32_t)group[row] == t) {
                sum += share[row];
                first = first == FLYT_NONE ? row : first;
            }
        }
        if ((first != FLYT_NONE || needed > 0.0) && fabs(sum - 1.0) > 1e-4) {
            struct flyt_place place = first == FLYT_NONE
                                          ? (struct flyt_place){table->csv.file, 0, 0}
                                          : flyt_table_place(table, first, column);
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                            "share: the rows of tenure %s sum to %.6f, not to 1",
                            "share: rækkerne for ejerformen %s summer til %.6f, ikke til 1",
                            tenure_name[t], sum);
        }
    }
    return flyt_diag_since(diag, before);
}

static enum flyt_status check_ages(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_households];
    const double *from = flyt_table_values(table, "age_from");
    const double *to = flyt_table_values(table, "age_to");
    uint32_t before = diag->n_faults, column = flyt_table_column(table, "age_to");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        if (to[row] < from[row]) {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, flyt_table_place(table, row, column),
                            "age_to: %.0f is below age_from, %.0f",
                            "age_to: %.0f er under age_from, %.0f", to[row], from[row]);
        }
    }
    return flyt_diag_since(diag, before);
}

enum flyt_status flyt_housing_check(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    uint32_t before = diag->n_faults;
    (void)check_stock(scenario, diag);
    (void)check_shares(scenario, FLYT_TABLE_households, "tenure", diag);
    (void)check_shares(scenario, FLYT_TABLE_destinations, "from_tenure", diag);
    (void)check_ages(scenario, diag);
    return flyt_diag_since(diag, before);
}
