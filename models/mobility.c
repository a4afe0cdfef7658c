#include "models/mobility.h"

#include <string.h>

#include "models/decomposition.h"
#include "models/people.h"
#include "models/prices.h"

/** What is remembered of a household from month to month. */
struct memory {
    uint32_t home;  /* FLYT_NONE: it came from outside this month */
    int16_t since;  /* month it moved in */
    uint8_t adults; /* and pensioners among them: bits 2 and 3 */
    uint8_t state;  /* KNOWN, HIDDEN; 0: nobody lived in the row */
};

enum { KNOWN = 1, HIDDEN = 2 };

_Static_assert(sizeof(struct memory) == 8, "eight to a cache line");

static uint32_t adults_of(const struct memory *memory)
{
    return memory->adults & 3;
}

static uint32_t pensioners_of(const struct memory *memory)
{
    return memory->adults >> 2;
}

/** A home given up by a household that is no more. */
struct left {
    uint32_t home;
    int16_t since;
    uint8_t adults, pensioners; /* who left alive */
};

struct flyt_mobility {
    struct memory *memory; /* [households.capacity] */
    struct left *left;     /* [left_capacity] this month's */
    uint32_t n_left, left_capacity;
    struct flyt_mobility_counts *block; /* [n_blocks] */
    struct flyt_mobility_counts now;    /* told during the month, before the sweep */
    struct flyt_mobility_counts month;
    int64_t *left_almen, *left_almen_month; /* [areas][FLYT_TURNOVER_CELLS], as now and month */
};

static struct memory memory_of(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t adults = 0;
    for (uint32_t k = 0; k < FLYT_ADULTS; k++) { /* 1 each, and 4 each pensioner */
        uint32_t is = row->born[k] != FLYT_NO_MONTH;
        adults += is + 4 * (is & (row->work[k] == FLYT_WORK_pension));
    }
    return (struct memory){row->home, row->moved_in, (uint8_t)adults,
                           (uint8_t)(KNOWN | (row->flags & FLYT_HIDDEN ? HIDDEN : 0))};
}

static uint32_t left_most(uint64_t n_rows)
{
    return (uint32_t)(n_rows / 8 + 1024);
}

uint64_t flyt_mobility_bytes(uint64_t n_rows, uint64_t n_areas, uint32_t n_blocks)
{
    return n_rows * sizeof(struct memory) + left_most(n_rows) * sizeof(struct left) +
           (n_blocks + 3) * sizeof(struct flyt_mobility_counts) +
           2 * n_areas * FLYT_TURNOVER_CELLS * sizeof(int64_t);
}

enum flyt_status flyt_mobility_create(struct flyt_world *world)
{
    struct flyt_mobility *mobility = FLYT_ARENA_ZERO(world->run_arena, struct flyt_mobility, 1);
    if (mobility == NULL) {
        return FLYT_ERR_MEMORY;
    }
    uint32_t capacity = world->households.capacity;
    mobility->left_capacity = left_most(capacity);
    mobility->memory = FLYT_ARENA_ZERO(world->run_arena, struct memory, capacity);
    mobility->left = FLYT_ARENA_ARRAY(world->run_arena, struct left, mobility->left_capacity);
    mobility->block =
        FLYT_ARENA_ZERO(world->run_arena, struct flyt_mobility_counts, world->par.n_blocks);
    size_t n_cells = (size_t)world->areas.n * FLYT_TURNOVER_CELLS;
    mobility->left_almen = FLYT_ARENA_ZERO(world->run_arena, int64_t, n_cells);
    mobility->left_almen_month = FLYT_ARENA_ZERO(world->run_arena, int64_t, n_cells);
    if (mobility->memory == NULL || mobility->left == NULL || mobility->block == NULL ||
        mobility->left_almen == NULL || mobility->left_almen_month == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        mobility->memory[i] = memory_of(world, i);
    }
    world->mobility = mobility;
    return FLYT_OK;
}

void flyt_mobility_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_mobility *mobility = world->mobility;
    flyt_world_archive_rows(world, archive, "mobility.memory", mobility->memory,
                            sizeof *mobility->memory, 0);
    FLYT_ARCHIVE_SCRATCH(archive, "mobility.left", mobility->left, mobility->left_capacity);
    FLYT_ARCHIVE_SCRATCH(archive, "mobility.block", mobility->block, world->par.n_blocks);
    FLYT_ARCHIVE_SCRATCH(archive, "mobility.month", &mobility->month, 1);
    size_t n_cells = (size_t)world->areas.n * FLYT_TURNOVER_CELLS;
    FLYT_ARCHIVE_SCRATCH(archive, "mobility.left_almen", mobility->left_almen, n_cells);
    FLYT_ARCHIVE_SCRATCH(archive, "mobility.left_almen_month", mobility->left_almen_month, n_cells);
    for (uint32_t i = 0; i < world->households.capacity && flyt_archive_reads(archive); i++) {
        flyt_archive_check(archive, "mobility.memory", &mobility->memory[i].home, 1,
                           world->dwellings.n, FLYT_NONE);
    }
}

const struct flyt_mobility_counts *flyt_mobility_counts(const struct flyt_world *world)
{
    return &world->mobility->month;
}

/* ---- counting ------------------------------------------------------------------------------ */

static void count_person(struct flyt_mobility_counts *counts, int16_t born, int16_t now)
{
    static const int32_t from[FLYT_N_MOVER_AGES] = {
#define X(age, en, da) age,
        FLYT_MOVER_AGES(X)
#undef X
    };
    uint32_t band = FLYT_N_MOVER_AGES - 1;
    while (band > 0 && flyt_people_age(born, now) < from[band]) {
        band--;
    }
    counts->persons_moved[band]++;
}

/** All persons of a household moved, from a municipality (FLYT_NONE: from outside). */
static void count_persons(const struct flyt_world *world, struct flyt_mobility_counts *counts,
                          uint32_t household, uint32_t from, uint32_t to)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t n = 0;
    for (uint32_t k = 0; k < FLYT_ADULTS; k++) {
        if (row->born[k] != FLYT_NO_MONTH) {
            count_person(counts, row->born[k], world->calendar);
            n++;
        }
    }
    for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
        if (row->child_born[k] != FLYT_NO_MONTH) {
            count_person(counts, row->child_born[k], world->calendar);
            n++;
        }
    }
    enum flyt_move_distance distance = from == FLYT_NONE ? FLYT_MOVE_outside
                                       : from == to      ? FLYT_MOVE_inside
                                                         : FLYT_MOVE_between;
    counts->moves_distance[distance] += n;
}

/** A lease of a home ended, not inside the organisation. */
static void count_lease(const struct flyt_world *world, struct flyt_mobility_counts *counts,
                        uint32_t section, int16_t since)
{
    static const int32_t from[FLYT_N_STAYS] = {
#define X(months, en, da) months,
        FLYT_STAYS(X)
#undef X
    };
    uint32_t stay = FLYT_N_STAYS - 1;
    while (stay > 0 && world->calendar - since < from[stay]) {
        stay--;
    }
    counts->leases_ended[world->sections.kind[section]]++;
    counts->lengths[world->sections.tenure[section]][stay]++;
}

static uint32_t municipality_of(const struct flyt_world *world, uint32_t dwelling)
{
    return world->sections.municipality[world->dwellings.section[dwelling]];
}

const int64_t *flyt_mobility_left_almen(const struct flyt_world *world)
{
    return world->mobility->left_almen_month;
}

uint32_t flyt_mobility_cell(const struct flyt_world *world, uint32_t household, uint32_t home)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t section = home == FLYT_NONE ? row->section : world->dwellings.section[home];
    if (world->sections.tenure[section] != FLYT_TENURE_almen ||
        (home == FLYT_NONE && row->flags & FLYT_HIDDEN)) {
        return FLYT_NONE;
    }
    int32_t age = flyt_people_age(flyt_people_oldest(row), world->calendar);
    return world->sections.area[section] * FLYT_TURNOVER_CELLS +
           flyt_people_type(row, world->calendar) * FLYT_AGE_BANDS + flyt_housing_age_band(age);
}

/** A household left a home, almen or not. Any thread. */
static void count_left_almen(const struct flyt_world *world, uint32_t household, uint32_t home)
{
    uint32_t cell = flyt_mobility_cell(world, household, home);
    if (cell != FLYT_NONE) {
        (void)flyt_par_add((uint64_t *)&world->mobility->left_almen[cell], 1);
    }
}

/** A household left a home or took one. */
static void count_flow(const struct flyt_world *world, struct flyt_mobility_counts *counts,
                       uint32_t household, uint32_t from, uint32_t to)
{
    if (world->resources != NULL) {
        counts->flows[from][to][flyt_resources_class(world, household)]++;
    }
}

static uint32_t tenure_of(const struct flyt_world *world, uint32_t dwelling)
{
    return world->sections.tenure[world->dwellings.section[dwelling]];
}

/** A household lives elsewhere than it did, or has the home that it stayed in. */
static void count_flow_of(const struct flyt_world *world, struct flyt_mobility_counts *counts,
                          const struct memory *before, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    bool outside = before->home == FLYT_NONE, hidden = row->flags & FLYT_HIDDEN;
    if (hidden && (outside || before->state & HIDDEN)) {
        return; /* no home before, none now */
    }
    count_flow(world, counts, household,
               outside                  ? FLYT_FLOW_FROM_outside
               : before->state & HIDDEN ? FLYT_FLOW_FROM_guest
                                        : tenure_of(world, before->home),
               hidden ? FLYT_FLOW_TO_away : tenure_of(world, row->home));
}

/** A household lives elsewhere than it did. */
static void count_move(const struct flyt_world *world, struct flyt_mobility_counts *counts,
                       const struct memory *before, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t to = row->section, kind = world->sections.kind[to];
    uint32_t from = before->home == FLYT_NONE ? FLYT_NONE : world->dwellings.section[before->home];
    count_persons(world, counts, household,
                  from == FLYT_NONE ? FLYT_NONE : world->sections.municipality[from],
                  world->sections.municipality[to]);
    if (!(row->flags & FLYT_HIDDEN)) {
        counts->homes_taken[kind]++;
        counts->houses_sold +=
            kind == FLYT_KIND_owner &&
            flyt_prices_house(world->dwellings.rooms[row->home]) == FLYT_HOUSE_house;
    }
    if (from == FLYT_NONE || before->state & HIDDEN) {
        return;
    }
    uint32_t organisation = world->sections.organisation[from], left = world->sections.kind[from];
    if (organisation != FLYT_NONE && organisation == world->sections.organisation[to]) {
        counts->moves_internal[left]++;
    } else {
        count_lease(world, counts, from, before->since);
    }
    if (from != to) {
        counts->adults_left[left] += adults_of(before);
        counts->pensioners_left[left] += pensioners_of(before);
        count_left_almen(world, household, before->home);
    }
}

static void sweep_block(void *world_, uint32_t block)
{
    struct flyt_world *world = world_;
    struct flyt_mobility *mobility = world->mobility;
    struct flyt_mobility_counts *counts = &mobility->block[block];
    memset(counts, 0, sizeof *counts);
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        struct memory *before = &mobility->memory[i];
        if (world->households.uid[i] == 0) {
            before->state = 0;
            continue;
        }
        struct memory now = memory_of(world, i);
        bool moved = before->home != now.home;
        if (before->state & KNOWN && (moved || before->state != now.state)) {
            if (moved) {
                count_move(world, counts, before, i);
            }
            count_flow_of(world, counts, before, i);
        }
        *before = now;
    }
}

/** Homes given up by households that are no more, unless somebody who stayed there went on. */
static void count_left(struct flyt_world *world)
{
    struct flyt_mobility *mobility = world->mobility;
    for (uint32_t i = 0; i < mobility->n_left; i++) {
        const struct left *left = &mobility->left[i];
        uint32_t occupant = world->dwellings.occupant[left->home];
        uint32_t section = world->dwellings.section[left->home];
        uint32_t kind = world->sections.kind[section];
        bool known = occupant < world->households.capacity;
        const struct memory *memory = known ? &mobility->memory[occupant] : NULL;
        mobility->now.adults_left[kind] += left->adults;
        mobility->now.pensioners_left[kind] += left->pensioners;
        if (!known || !(memory->state & KNOWN) || memory->home != left->home) {
            count_lease(world, &mobility->now, section, left->since);
        }
    }
    mobility->n_left = 0;
}

enum flyt_status flyt_mobility_step(struct flyt_world *world)
{
    struct flyt_mobility *mobility = world->mobility;
    count_left(world);
    flyt_par_blocks(&world->par, sweep_block, world);
    mobility->month = mobility->now;
    memset(&mobility->now, 0, sizeof mobility->now);
    size_t n_bytes = (size_t)world->areas.n * FLYT_TURNOVER_CELLS * sizeof *mobility->left_almen;
    memcpy(mobility->left_almen_month, mobility->left_almen, n_bytes);
    memset(mobility->left_almen, 0, n_bytes);
    int64_t *sum = (int64_t *)&mobility->month;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        const int64_t *more = (const int64_t *)&mobility->block[block];
        for (size_t i = 0; i < sizeof mobility->month / sizeof *sum; i++) {
            sum[i] += more[i];
        }
    }
    return FLYT_OK;
}

/* ---- told by the life course --------------------------------------------------------------- */

void flyt_mobility_guest(struct flyt_world *world, uint32_t household)
{
    if (world->mobility != NULL) {
        world->mobility->memory[household] = memory_of(world, household);
        world->mobility->memory[household].state |= HIDDEN;
    }
}

void flyt_mobility_arrived(struct flyt_world *world, uint32_t household)
{
    if (world->mobility != NULL) {
        world->mobility->memory[household] = (struct memory){.home = FLYT_NONE, .state = KNOWN};
    }
}

/** Writes down the home of a household that ends. */
static void write_left(struct flyt_world *world, uint32_t household, bool alive)
{
    struct flyt_mobility *mobility = world->mobility;
    struct memory now = memory_of(world, household);
    mobility->memory[household].state = 0;
    bool hidden = now.state & HIDDEN;
    if (!hidden) {
        count_flow(world, &mobility->now, household, tenure_of(world, now.home),
                   alive ? FLYT_FLOW_TO_away : FLYT_FLOW_TO_dead);
    }
    if (!hidden && alive) {
        count_left_almen(world, household, now.home);
    }
    if (!hidden && mobility->n_left < mobility->left_capacity) {
        mobility->left[mobility->n_left++] =
            (struct left){now.home, now.since, (uint8_t)(alive ? adults_of(&now) : 0),
                          (uint8_t)(alive ? pensioners_of(&now) : 0)};
    }
}

void flyt_mobility_gone(struct flyt_world *world, uint32_t household, bool dead)
{
    flyt_decomposition_gone(world, household, dead);
    if (world->mobility != NULL) {
        write_left(world, household, !dead);
    }
}

void flyt_mobility_joined(struct flyt_world *world, uint32_t keeper, uint32_t mover)
{
    flyt_decomposition_gone(world, mover, false);
    if (world->mobility == NULL) {
        return;
    }
    count_persons(world, &world->mobility->now, mover,
                  municipality_of(world, world->households.row[mover].home),
                  municipality_of(world, world->households.row[keeper].home));
    write_left(world, mover, true);
}
