#include "models/segregation_series.h"

#include <math.h>
#include <string.h>

#include "models/params.h"
#include "output/segregation_closed.h"

enum {
    N_GROUPS = FLYT_SEGREGATION_N_GROUPS,
    N_GROUPINGS = FLYT_SEGREGATION_N_GROUPINGS,
    N_TABLES = N_GROUPINGS + 1, /* and the tenths of income */
    TENTHS = 10,
    MOST_GROUPS = TENTHS,
    HANDS = 16,            /* who count at the same time, whatever the threads */
    INCOMES = 2048,        /* bins of equivalised income */
    INCOME_ORE = 100 * 100 /* width of one, øre a month */
};

#define TEXT_EN(name, en, da) en,
#define TEXT_DA(name, en, da) da,
#define X(name, groups, en, da) groups(TEXT_EN)
const char *const flyt_segregation_group_en[N_GROUPS] = {FLYT_SEGREGATION_GROUPINGS(X)};
#undef X
#define X(name, groups, en, da) groups(TEXT_DA)
const char *const flyt_segregation_group_da[N_GROUPS] = {FLYT_SEGREGATION_GROUPINGS(X)};
#undef X
#define X(name, groups, en, da) en,
const char *const flyt_segregation_grouping_en[N_GROUPINGS] = {FLYT_SEGREGATION_GROUPINGS(X)};
#undef X
#define X(name, groups, en, da) da,
const char *const flyt_segregation_grouping_da[N_GROUPINGS] = {FLYT_SEGREGATION_GROUPINGS(X)};
#undef X

/** Groups of each grouping. */
static const uint32_t n_groups_of[N_TABLES] = {
#define ONE(name, en, da) +1
#define X(name, groups, en, da) 0 groups(ONE),
    FLYT_SEGREGATION_GROUPINGS(X) TENTHS
#undef X
#undef ONE
};

/** Counters of a unit: those of the groupings in order, but income by tenths. */
enum {
    CELL_INCOME = N_GROUPS - TENTHS / 2,
    N_CELLS = CELL_INCOME + TENTHS,
};

_Static_assert(FLYT_SEGREGATION_BY_income == N_GROUPINGS - 1, "income comes last");

/** One place: all municipalities or one; its units lie together. */
struct place {
    uint32_t first, n; /* units */
    struct flyt_segregation_neighbours near;
};

/** One table of one place, and room to measure it. */
struct desk {
    struct flyt_segregation_table table;
    struct flyt_segregation_closed closed;
    struct flyt_segregation_neighbours near; /* among the units with somebody */
    uint32_t *kept, *first, *other;
    double *weight;
    struct flyt_segregation_triple *out; /* [n_groups + 1][FLYT_SEGREGATION_N]; tenths: [2] */
};

struct flyt_segregation_series {
    int16_t calendar; /* month that was measured last */
    uint32_t n_units, n_places;
    uint32_t *unit_of;               /* [n_sections] */
    struct place *place;             /* [n_places] the first: all */
    struct desk *desk;               /* [N_TABLES][n_places] */
    uint16_t *income;                /* [household rows] bin of the equivalised income */
    uint32_t *incomes;               /* [HANDS][INCOMES] households by bin */
    uint8_t *tenth;                  /* [INCOMES] of a bin */
    uint32_t *count;                 /* [HANDS][n_units][N_CELLS] */
    double atkinson_b;               /* of this year */
    struct flyt_arena_mark taken[2]; /* before and after the memory above was taken */
};

/* ---- making room --------------------------------------------------------------------------- */

uint64_t flyt_segregation_series_bytes(uint64_t n_units, uint64_t n_municipalities)
{
    /* a desk has some 30 columns of its units and bins for Gini; units count twice, in their
       municipality and in all; neighbours are few */
    const uint64_t columns = (uint64_t)(30 + 2 * MOST_GROUPS) * sizeof(double), bins = 20000;
    return N_TABLES * (2 * n_units * columns + (n_municipalities + 1) * bins) +
           n_units * N_CELLS * HANDS * sizeof(uint32_t) + (1 << 20);
}

/** Numbers the units by municipality; `to` is then the unit of each area (or section). */
static enum flyt_status number_units(struct flyt_world *world, bool by_section,
                                     struct flyt_segregation_series *series, uint32_t **of_unit)
{
    const uint32_t n = by_section ? world->sections.n : world->areas.n;
    const uint32_t *municipality =
        by_section ? world->sections.municipality : world->areas.municipality;
    uint32_t *to = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, n), at = 0;
    *of_unit = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, n); /* the area of a unit */
    series->unit_of = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, world->sections.n);
    if (to == NULL || *of_unit == NULL || series->unit_of == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        series->place[m + 1].first = at;
        for (uint32_t i = 0; i < n; i++) {
            if (municipality[i] == m) {
                (*of_unit)[at] = by_section ? world->sections.area[i] : i;
                to[i] = at++;
            }
        }
        series->place[m + 1].n = at - series->place[m + 1].first;
    }
    series->place[0].n = series->n_units = at;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        series->unit_of[s] = to[by_section ? s : world->sections.area[s]];
    }
    return FLYT_OK;
}

/** Kilometres east and north, on a plane that touches the middle of the areas. */
static void project(const double *longitude, const double *latitude, const uint32_t *area,
                    uint32_t n, double *x_km, double *y_km)
{
    const double km_per_degree = 111.2, radian = 0.017453292519943295;
    double low = 90.0, high = -90.0;
    for (uint32_t i = 0; i < n; i++) {
        low = latitude[area[i]] < low ? latitude[area[i]] : low;
        high = latitude[area[i]] > high ? latitude[area[i]] : high;
    }
    /* the cosine by its series: the platform's differs in the last bit */
    const double middle = (low + high) / 2.0 * radian, m2 = middle * middle;
    const double cosine =
        1.0 - m2 / 2.0 * (1.0 - m2 / 12.0 * (1.0 - m2 / 30.0 * (1.0 - m2 / 56.0)));
    for (uint32_t i = 0; i < n; i++) {
        x_km[i] = longitude[area[i]] * km_per_degree * cosine;
        y_km[i] = latitude[area[i]] * km_per_degree;
    }
}

static enum flyt_status find_neighbours(struct flyt_world *world, const uint32_t *area,
                                        const double *longitude, const double *latitude)
{
    struct flyt_segregation_series *series = world->segregation;
    double *x_km = FLYT_ARENA_ARRAY(world->run_arena, double, series->n_units);
    double *y_km = FLYT_ARENA_ARRAY(world->run_arena, double, series->n_units);
    if (x_km == NULL || y_km == NULL) {
        return FLYT_ERR_MEMORY;
    }
    project(longitude, latitude, area, series->n_units, x_km, y_km);
    for (uint32_t p = 0; p < series->n_places; p++) {
        struct place *place = &series->place[p];
        FLYT_TRY(flyt_segregation_neighbours_near(
            &place->near, place->n, x_km + place->first, y_km + place->first,
            world->params->segregation.bandwidth_km, world->run_arena));
    }
    return FLYT_OK;
}

static enum flyt_status open_desk(struct desk *desk, const struct place *place, uint32_t n_groups,
                                  struct flyt_arena *arena)
{
    const uint32_t n_pairs = place->near.first[place->n];
    FLYT_TRY(flyt_segregation_table_room(&desk->table, place->n, n_groups, arena));
    FLYT_TRY(flyt_segregation_closed_init(&desk->closed, place->n, n_groups, arena));
    desk->kept = FLYT_ARENA_ARRAY(arena, uint32_t, place->n);
    desk->first = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)place->n + 1);
    desk->other = FLYT_ARENA_ARRAY(arena, uint32_t, n_pairs);
    desk->weight = FLYT_ARENA_ARRAY(arena, double, n_pairs);
    desk->out = FLYT_ARENA_ARRAY(arena, struct flyt_segregation_triple,
                                 ((size_t)n_groups + 1) * FLYT_SEGREGATION_N);
    return desk->kept == NULL || desk->first == NULL || desk->other == NULL ||
                   desk->weight == NULL || desk->out == NULL
               ? FLYT_ERR_MEMORY
               : FLYT_OK;
}

enum flyt_status flyt_segregation_series_create(struct flyt_world *world, const double *longitude,
                                                const double *latitude)
{
    struct flyt_arena *arena = world->run_arena;
    struct flyt_segregation_series *series =
        FLYT_ARENA_ZERO(arena, struct flyt_segregation_series, 1);
    uint32_t *area;
    if (series == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->segregation = series;
    series->calendar = FLYT_NO_MONTH;
    series->n_places = world->municipalities.n + 1;
    series->taken[0] = flyt_arena_mark(arena);
    series->place = FLYT_ARENA_ZERO(arena, struct place, series->n_places);
    series->desk = FLYT_ARENA_ZERO(arena, struct desk, (size_t)N_TABLES * series->n_places);
    if (series->place == NULL || series->desk == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(number_units(world, world->params->segregation.unit == 1, series, &area));
    FLYT_TRY(find_neighbours(world, area, longitude, latitude));
    for (uint32_t i = 0; i < N_TABLES * series->n_places; i++) {
        FLYT_TRY(open_desk(&series->desk[i], &series->place[i % series->n_places],
                           n_groups_of[i / series->n_places], arena));
    }
    series->income = FLYT_ARENA_ARRAY(arena, uint16_t, world->households.capacity);
    series->incomes = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)HANDS * INCOMES);
    series->tenth = FLYT_ARENA_ARRAY(arena, uint8_t, INCOMES);
    series->count = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)HANDS * series->n_units * N_CELLS);
    series->taken[1] = flyt_arena_mark(arena);
    return series->income == NULL || series->incomes == NULL || series->tenth == NULL ||
                   series->count == NULL
               ? FLYT_ERR_MEMORY
               : FLYT_OK;
}

static void walk_room(void *archive, void *bytes, size_t n)
{
    flyt_archive_pointers(archive, "segregation.desk", bytes, n);
}

void flyt_segregation_series_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_segregation_series *series = world->segregation;
    if (archive->mode == FLYT_ARCHIVE_read) {
        series->calendar = FLYT_NO_MONTH;
    }
    flyt_archive_pointers(archive, "segregation.calendar", &series->calendar,
                          sizeof series->calendar);
    flyt_archive_pointers(archive, "segregation.atkinson_b", &series->atkinson_b,
                          sizeof series->atkinson_b);
    flyt_archive_pointers(archive, "segregation.taken", series->taken, sizeof series->taken);
    flyt_arena_between(world->run_arena, series->taken[0], series->taken[1], walk_room, archive);
}

/* ---- counting ------------------------------------------------------------------------------ */

/** Runs a statement for each household `i` of a hand's blocks. */
#define EACH_OF_HAND(world, hand, i)                                                               \
    for (uint32_t b_ = flyt_par_first((world)->par.n_blocks, HANDS, hand);                         \
         b_ < flyt_par_first((world)->par.n_blocks, HANDS, (hand) + 1); b_++)                      \
        for (uint32_t i = flyt_world_first(world, b_); i < flyt_world_end(world, b_); i++)         \
            if ((world)->households.uid[i] != 0)

static void sort_incomes(void *world_, uint32_t hand)
{
    const struct flyt_world *world = world_;
    struct flyt_segregation_series *series = world->segregation;
    uint32_t *incomes = series->incomes + (size_t)hand * INCOMES;
    memset(incomes, 0, INCOMES * sizeof *incomes);
    EACH_OF_HAND(world, hand, i)
    {
        const int64_t income =
            flyt_resources_equivalised(&world->households.row[i], world->calendar) / INCOME_ORE;
        series->income[i] = (uint16_t)(income < 0 ? 0 : income < INCOMES ? income : INCOMES - 1);
        incomes[series->income[i]]++;
    }
}

/** The tenth of each bin of income: that in which the middle of its households lies. */
static void find_tenths(struct flyt_segregation_series *series)
{
    uint64_t total = 0, before = 0;
    for (size_t i = 0; i < (size_t)HANDS * INCOMES; i++) {
        total += series->incomes[i];
    }
    for (uint32_t bin = 0; bin < INCOMES; bin++) {
        uint64_t n = 0;
        for (size_t hand = 0; hand < HANDS; hand++) {
            n += series->incomes[hand * INCOMES + bin];
        }
        const uint64_t tenth = total > 0 ? (2 * before + n) * TENTHS / (2 * total) : 0;
        series->tenth[bin] = (uint8_t)(tenth < TENTHS ? tenth : TENTHS - 1);
        before += n;
    }
}

static uint32_t work_group(uint8_t work)
{
    enum {
#define X(name, en, da) name,
        FLYT_SEGREGATION_WORKS(X)
#undef X
    };
    static const uint32_t group[FLYT_N_WORKS] = {
        [FLYT_WORK_employed] = working,   [FLYT_WORK_unemployed] = outside,
        [FLYT_WORK_benefit] = outside,    [FLYT_WORK_student] = studying,
        [FLYT_WORK_disability] = outside, [FLYT_WORK_pension] = retired};
    return group[work];
}

static void count_groups(void *world_, uint32_t hand)
{
    const struct flyt_world *world = world_;
    const struct flyt_segregation_series *series = world->segregation;
    const size_t n_counts = (size_t)series->n_units * N_CELLS;
    uint32_t *count = series->count + hand * n_counts;
    memset(count, 0, n_counts * sizeof *count);
    EACH_OF_HAND(world, hand, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        uint32_t *cell = count + (size_t)series->unit_of[row->section] * N_CELLS;
        cell[flyt_people_background(row).origin]++;
        cell += FLYT_N_ORIGINS;
        cell[flyt_resources_class(world, i)]++;
        cell += FLYT_N_CLASSES;
        for (uint32_t which = 0; which < FLYT_ADULTS; which++) {
            if (row->born[which] != FLYT_NO_MONTH) {
                cell[work_group(row->work[which])]++;
            }
        }
        cell += n_groups_of[FLYT_SEGREGATION_BY_work];
        cell[flyt_people_type(row, world->calendar)]++;
        cell += FLYT_N_TYPES;
        cell[series->tenth[series->income[i]]]++;
    }
}

static void add_hands(struct flyt_segregation_series *series)
{
    const size_t n_counts = (size_t)series->n_units * N_CELLS;
    for (size_t hand = 1; hand < HANDS; hand++) {
        for (size_t i = 0; i < n_counts; i++) {
            series->count[i] += series->count[hand * n_counts + i];
        }
    }
}

/* ---- measuring ----------------------------------------------------------------------------- */

/** Persons of a unit in each group of a table; their sum. */
static uint32_t take_unit(const uint32_t *cell, uint32_t table, uint32_t *persons)
{
    uint32_t total = 0, each = table == FLYT_SEGREGATION_BY_income ? 2 : 1;
    for (uint32_t t = 0; t < table && t < FLYT_SEGREGATION_BY_income; t++) {
        cell += n_groups_of[t];
    }
    for (uint32_t g = 0; g < n_groups_of[table]; g++) {
        persons[g] = each == 2 ? cell[2 * g] + cell[2 * g + 1] : cell[g];
        total += persons[g];
    }
    return total;
}

/** The place's units with somebody, as a table. */
static void fill_table(const struct flyt_segregation_series *series, const struct place *place,
                       uint32_t table, struct flyt_segregation_table *out)
{
    const uint32_t *count = series->count + (size_t)place->first * N_CELLS;
    uint32_t persons[MOST_GROUPS], n = 0;
    for (uint32_t i = 0; i < place->n; i++) {
        n += take_unit(count + (size_t)i * N_CELLS, table, persons) > 0;
    }
    out->n_units = n;
    n = 0;
    for (uint32_t i = 0; i < place->n; i++) {
        if (take_unit(count + (size_t)i * N_CELLS, table, persons) > 0) {
            for (uint32_t g = 0; g < out->n_groups; g++) {
                out->persons[(size_t)g * out->n_units + n] = (double)persons[g];
            }
            out->row[n++] = i;
        }
    }
    flyt_segregation_table_sum(out);
}

/** One table of one place. */
static void measure(void *world_, uint32_t task)
{
    const struct flyt_world *world = world_;
    const struct flyt_segregation_series *series = world->segregation;
    const uint32_t table = task / series->n_places;
    const struct place *place = &series->place[task % series->n_places];
    struct desk *desk = &series->desk[task];
    fill_table(series, place, table, &desk->table);
    if (table == N_GROUPINGS) {
        flyt_segregation_closed_rank(&desk->table, &desk->closed, &desk->out[0], &desk->out[1]);
        return;
    }
    const struct flyt_segregation_neighbours *near = &place->near;
    if (desk->table.n_units < place->n) {
        near = &desk->near;
        flyt_segregation_neighbours_among(&place->near, place->n, &desk->table, desk->kept,
                                          desk->first, desk->other, desk->weight, &desk->near);
    }
    const struct flyt_segregation_options options = {
        .atkinson_b = series->atkinson_b,
        .space = {.adjacent = near, .kernel = near},
    };
    flyt_segregation_closed_measure(&desk->table, &options, &desk->closed, desk->out);
}

/** Measures the state unless this month has been measured already. */
static const struct flyt_segregation_series *measured(const struct flyt_world *world)
{
    struct flyt_segregation_series *series = world->segregation;
    if (series->calendar != world->calendar) {
        union {
            const struct flyt_world *in;
            void *job;
        } cast = {world}; /* the functions only read the world, and write what series owns */
        series->calendar = world->calendar;
        series->atkinson_b = world->params->segregation.atkinson_b;
        flyt_par_tasks(&world->par, HANDS, sort_incomes, cast.job);
        find_tenths(series);
        flyt_par_tasks(&world->par, HANDS, count_groups, cast.job);
        add_hands(series);
        flyt_par_tasks(&world->par, N_TABLES * series->n_places, measure, cast.job);
    }
    return series;
}

/* ---- output variables ---------------------------------------------------------------------- */

enum part { VALUE, EXPECTED, CORRECTED };
enum axis { AXIS_group, AXIS_grouping, AXIS_income };

static double part_of(const struct flyt_segregation_triple *triple, enum part part)
{
    const double value = part == VALUE      ? triple->value
                         : part == EXPECTED ? triple->expected
                                            : triple->corrected;
    return value == value ? value : (double)NAN; /* the same bits for every NaN */
}

static void record_groups(const struct flyt_segregation_series *series, size_t index,
                          enum part part, double *row)
{
    for (uint32_t t = 0; t < N_GROUPINGS; t++) {
        for (uint32_t g = 0; g < n_groups_of[t]; g++) {
            for (uint32_t p = 0; p < series->n_places; p++) {
                const struct desk *desk = &series->desk[t * series->n_places + p];
                *row++ = part_of(&desk->out[g * FLYT_SEGREGATION_N + index], part);
            }
        }
    }
}

static void record(const struct flyt_world *world, enum flyt_segregation_index index,
                   enum axis axis, enum part part, double *row)
{
    const struct flyt_segregation_series *series = measured(world);
    if (axis == AXIS_group) {
        record_groups(series, (size_t)index, part, row);
        return;
    }
    const uint32_t n_places = series->n_places;
    for (uint32_t i = 0; i < (axis == AXIS_grouping ? N_GROUPINGS : 1) * n_places; i++) {
        const struct desk *desk =
            &series->desk[axis == AXIS_grouping ? i : N_GROUPINGS * n_places + i];
        const size_t at = axis == AXIS_grouping
                              ? n_groups_of[i / n_places] * FLYT_SEGREGATION_N + (size_t)index
                              : (size_t)(index - FLYT_SEGREGATION_rank_order_h);
        row[i] = part_of(&desk->out[at], part);
    }
}

#define RECORD(name, index, axis, part)                                                            \
    void flyt_segregation_series_record_##name(const void *world, void *row)                       \
    {                                                                                              \
        record(world, FLYT_SEGREGATION_##index, AXIS_##axis, part, row);                           \
    }
#define X(name, index, axis, en, da)                                                               \
    RECORD(name, index, axis, VALUE)                                                               \
    RECORD(name##_expected, index, axis, EXPECTED)                                                 \
    RECORD(name##_corrected, index, axis, CORRECTED)
FLYT_SEGREGATION_VARIABLES(X)
#undef X
RECORD(moran, moran, group, VALUE)
RECORD(moran_expected, moran, group, EXPECTED)

void flyt_segregation_series_record_share(const void *world, void *row_)
{
    const struct flyt_segregation_series *series = measured(world);
    double *row = row_;
    for (uint32_t t = 0; t < N_GROUPINGS; t++) {
        for (uint32_t g = 0; g < n_groups_of[t]; g++) {
            for (uint32_t p = 0; p < series->n_places; p++) {
                const struct flyt_segregation_table *table =
                    &series->desk[t * series->n_places + p].table;
                *row++ = table->total > 0.0 ? table->group_total[g] / table->total : (double)NAN;
            }
        }
    }
}
