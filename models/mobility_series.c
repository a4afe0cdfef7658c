#include "models/mobility_series.h"

#include <string.h>

#include "models/moves.h"
#include "models/people.h"
#include "models/prices.h"

const char *const flyt_mobility_age_label[FLYT_SINGLE_AGES] = {
    "0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",   "10", "11", "12", "13", "14",
    "15", "16", "17", "18", "19", "20", "21", "22", "23", "24",  "25", "26", "27", "28", "29",
    "30", "31", "32", "33", "34", "35", "36", "37", "38", "39",  "40", "41", "42", "43", "44",
    "45", "46", "47", "48", "49", "50", "51", "52", "53", "54",  "55", "56", "57", "58", "59",
    "60", "61", "62", "63", "64", "65", "66", "67", "68", "69",  "70", "71", "72", "73", "74",
    "75", "76", "77", "78", "79", "80", "81", "82", "83", "84",  "85", "86", "87", "88", "89",
    "90", "91", "92", "93", "94", "95", "96", "97", "98", "99+",
};

#define SECOND(first, second, ...) second,
#define THIRD(first, second, third) third,
const char *const flyt_mobility_mover_en[] = {FLYT_MOVER_AGES(SECOND)};
const char *const flyt_mobility_distance_en[] = {FLYT_MOVE_DISTANCES(SECOND)};
const char *const flyt_mobility_distance_da[] = {FLYT_MOVE_DISTANCES(THIRD)};
const char *const flyt_mobility_stay_en[] = {FLYT_STAYS(SECOND)};
const char *const flyt_mobility_stay_da[] = {FLYT_STAYS(THIRD)};
const char *const flyt_mobility_union_en[] = {FLYT_UNIONS(SECOND)};
const char *const flyt_mobility_union_da[] = {FLYT_UNIONS(THIRD)};

const char *const flyt_mobility_from_en[] = {FLYT_TENURES(SECOND) FLYT_FLOWS_FROM(SECOND)};
const char *const flyt_mobility_from_da[] = {FLYT_TENURES(THIRD) FLYT_FLOWS_FROM(THIRD)};
const char *const flyt_mobility_to_en[] = {FLYT_TENURES(SECOND) FLYT_FLOWS_TO(SECOND)};
const char *const flyt_mobility_to_da[] = {FLYT_TENURES(THIRD) FLYT_FLOWS_TO(THIRD)};

/* ---- flows: what the month's sweep counted ---- */

#define RECORD(field)                                                                              \
    void flyt_mobility_record_##field(const void *world, void *row)                                \
    {                                                                                              \
        const struct flyt_mobility_counts *counts = flyt_mobility_counts(world);                   \
        memcpy(row, &counts->field, sizeof counts->field);                                         \
    }

RECORD(leases_ended)
RECORD(moves_internal)
RECORD(lengths)
RECORD(homes_taken)
RECORD(houses_sold)
RECORD(adults_left)
RECORD(pensioners_left)
RECORD(persons_moved)
RECORD(moves_distance)
RECORD(flows)

/* ---- stocks ---- */

void flyt_mobility_record_houses(const void *world_, void *row_)
{
    const struct flyt_world *world = world_;
    int64_t *row = row_;
    row[0] = 0;
    for (uint32_t d = 0; d < world->dwellings.n; d++) {
        row[0] += world->sections.kind[world->dwellings.section[d]] == FLYT_KIND_owner &&
                  world->dwellings.occupant[d] != FLYT_CLOSED &&
                  flyt_prices_house(world->dwellings.rooms[d]) == FLYT_HOUSE_house;
    }
}

static void add_age(int64_t *row, int16_t born, int16_t now)
{
    if (born != FLYT_NO_MONTH) {
        int32_t age = flyt_people_age(born, now);
        row[age < 0 ? 0 : age < FLYT_SINGLE_AGES ? age : FLYT_SINGLE_AGES - 1]++;
    }
}

static void tally_ages(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    const struct flyt_household *household = &world->households.row[i];
    int64_t *ages = row + world->sections.tenure[household->section] * FLYT_SINGLE_AGES;
    for (uint32_t k = 0; k < FLYT_ADULTS; k++) {
        add_age(ages, household->born[k], world->calendar);
    }
    for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
        add_age(ages, household->child_born[k], world->calendar);
    }
}

void flyt_mobility_record_ages(const void *world, void *row)
{
    flyt_world_sum(world, tally_ages, FLYT_N_TENURES * FLYT_SINGLE_AGES, row);
}

static void tally_unions(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    const struct flyt_household *household = &world->households.row[i];
    uint32_t adults = flyt_people_adults(household);
    enum flyt_union kind = adults < 2                                  ? FLYT_UNION_single
                           : flyt_people_background(household).married ? FLYT_UNION_married
                                                                       : FLYT_UNION_cohabiting;
    row[world->sections.tenure[household->section] * FLYT_N_UNIONS + kind] += adults;
}

void flyt_mobility_record_unions(const void *world, void *row)
{
    flyt_world_sum(world, tally_unions, FLYT_N_TENURES * FLYT_N_UNIONS, row);
}

static void tally_recent(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    enum { FIVE_YEARS = 60 };
    const struct flyt_household *household = &world->households.row[i];
    if (world->calendar - household->moved_in < FIVE_YEARS) {
        row[world->sections.tenure[household->section]] += flyt_people_persons(household);
    }
}

void flyt_mobility_record_recent(const void *world, void *row)
{
    flyt_world_sum(world, tally_recent, FLYT_N_TENURES, row);
}

static void tally_persons(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    const struct flyt_household *household = &world->households.row[i];
    row[world->sections.kind[household->section]] += flyt_people_persons(household);
}

void flyt_mobility_record_persons(const void *world, void *row)
{
    flyt_world_sum(world, tally_persons, FLYT_N_KINDS, row);
}

static void tally_adults(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    const struct flyt_household *household = &world->households.row[i];
    row[world->sections.kind[household->section]] += flyt_people_adults(household);
}

void flyt_mobility_record_adults(const void *world, void *row)
{
    flyt_world_sum(world, tally_adults, FLYT_N_KINDS, row);
}

static void tally_pensioners(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    const struct flyt_household *household = &world->households.row[i];
    for (uint32_t k = 0; k < FLYT_ADULTS; k++) {
        row[world->sections.kind[household->section]] +=
            household->born[k] != FLYT_NO_MONTH && household->work[k] == FLYT_WORK_pension;
    }
}

void flyt_mobility_record_pensioners(const void *world, void *row)
{
    flyt_world_sum(world, tally_pensioners, FLYT_N_KINDS, row);
}

static bool is_aged(const struct flyt_world *world, const struct flyt_household *row,
                    uint32_t which)
{
    enum { FROM = 65 };
    return row->born[which] != FLYT_NO_MONTH &&
           flyt_people_age(row->born[which], world->calendar) >= FROM;
}

static void tally_aged(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    const struct flyt_household *household = &world->households.row[i];
    for (uint32_t k = 0; k < FLYT_ADULTS; k++) {
        row[world->sections.kind[household->section]] += is_aged(world, household, k);
    }
}

void flyt_mobility_record_aged(const void *world, void *row)
{
    flyt_world_sum(world, tally_aged, FLYT_N_KINDS, row);
}

static void tally_frail(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    const struct flyt_household *household = &world->households.row[i];
    for (uint32_t k = 0; k < FLYT_ADULTS; k++) {
        row[world->sections.kind[household->section]] +=
            is_aged(world, household, k) && flyt_people_adult(household, k).frail;
    }
}

void flyt_mobility_record_frail(const void *world, void *row)
{
    flyt_world_sum(world, tally_frail, FLYT_N_KINDS, row);
}

void flyt_mobility_record_homes(const void *world_, void *row_)
{
    const struct flyt_world *world = world_;
    int64_t *row = row_;
    memset(row, 0, sizeof *row * FLYT_N_KINDS);
    for (uint32_t s = 0; s < world->sections.n; s++) {
        row[world->sections.kind[s]] += world->sections.n_open[s];
    }
}

void flyt_mobility_record_vacant(const void *world_, void *row_)
{
    const struct flyt_world *world = world_;
    int64_t *row = row_;
    memset(row, 0, sizeof *row * FLYT_N_KINDS);
    for (uint32_t s = 0; s < world->sections.n; s++) {
        const uint32_t *vacant = world->housing->vacant + world->sections.first[s];
        bool almen = world->sections.tenure[s] == FLYT_TENURE_almen;
        for (uint32_t i = 0; i < world->housing->n_vacant[s]; i++) {
            row[world->sections.kind[s]] += !almen || flyt_moves_ready(world, vacant[i]);
        }
    }
}

/* ---- asked for ---- */

static void record_left_almen(const void *world_, void *row)
{
    const struct flyt_world *world = world_;
    memcpy(row, flyt_mobility_left_almen(world),
           (size_t)world->areas.n * FLYT_TURNOVER_CELLS * sizeof(int64_t));
}

struct almen_job {
    const struct flyt_world *world;
    uint64_t *row; /* [areas][FLYT_TURNOVER_CELLS], which sections share */
};

/** Goes from home to home: only one household in four or five lives in an almen one. */
static void tally_sections(void *job_, uint32_t first, uint32_t end)
{
    enum { AHEAD = 6 }; /* homes; see docs/ENGINE.md */
    const struct almen_job *job = job_;
    const struct flyt_world *world = job->world;
    const uint32_t *occupant = world->dwellings.occupant;
    for (uint32_t s = first; s < end; s++) {
        uint64_t cells[FLYT_TURNOVER_CELLS] = {0};
        uint32_t of_area = world->sections.area[s] * FLYT_TURNOVER_CELLS;
        bool almen = world->sections.tenure[s] == FLYT_TENURE_almen;
        uint32_t homes_end = world->sections.first[s + 1];
        for (uint32_t home = world->sections.first[s]; almen && home < homes_end; home++) {
            if (home + AHEAD < homes_end && occupant[home + AHEAD] < FLYT_CLOSED) {
                __builtin_prefetch(&world->households.row[occupant[home + AHEAD]]);
            }
            if (occupant[home] < FLYT_CLOSED) {
                cells[flyt_mobility_cell(world, occupant[home], FLYT_NONE) - of_area]++;
            }
        }
        for (uint32_t i = 0; almen && i < FLYT_TURNOVER_CELLS; i++) {
            (void)flyt_par_add(&job->row[of_area + i], cells[i]);
        }
    }
}

static void record_almen_months(const void *world_, void *row)
{
    const struct flyt_world *world = world_;
    struct almen_job job = {world, row};
    memset(row, 0, (size_t)world->areas.n * FLYT_TURNOVER_CELLS * sizeof *job.row);
    flyt_par_ranges(&world->par, world->sections.n, tally_sections, &job);
}

#define BY_CELL                                                                                    \
    .type = FLYT_SERIES_count, .kind = FLYT_SERIES_flow, .period = FLYT_SERIES_yearly,             \
    .n_dims = 3, .dim = {FLYT_DIM_area, FLYT_DIM_household_type, FLYT_DIM_age}

const struct flyt_series flyt_mobility_extra[FLYT_N_MOBILITY_EXTRA] = {
    {.name = "almen_left",
     .unit = "households",
     BY_CELL,
     .en = "Households who left an almen home",
     .da = "Husstande, der forlod en almen bolig",
     .how =
         "For another section, away, or in with others; not by death or to a care home. Type and "
         "age as they left.",
     .record = record_left_almen},
    {.name = "almen_household_months",
     .unit = "months",
     BY_CELL,
     .en = "Months that households lived in almen homes",
     .da = "Måneder, husstande boede i almene boliger",
     .how = "A month for each household that lives in one at its end.",
     .record = record_almen_months},
};
