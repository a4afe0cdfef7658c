#include "sim/world.h"

#include <stdlib.h>
#include <string.h>

uint64_t flyt_world_bytes(uint64_t n_rows, uint64_t n_dwellings)
{
    uint64_t household = sizeof(struct flyt_household) + sizeof(struct flyt_household_cold) +
                         sizeof(uint64_t) + (FLYT_PURPOSES + FLYT_LUCK) * sizeof(uint16_t);
    uint64_t dwelling = 2 * sizeof(uint32_t) + sizeof(uint8_t) + 2 * sizeof(uint16_t);
    return n_rows * household + n_dwellings * dwelling;
}

uint32_t flyt_world_capacity(uint32_t n_homes)
{
    uint64_t n = (uint64_t)n_homes + n_homes / 8 + 4096;
    return n < FLYT_NONE ? (uint32_t)n : FLYT_NONE - 1;
}

static bool take_households(struct flyt_world *world, uint32_t capacity)
{
    struct flyt_arena *arena = world->run_arena;
    struct flyt_households *households = &world->households;
    uint32_t n_blocks = world->par.n_blocks;
    uint32_t n = capacity + households->n_outside;
    bool ok = true;
    households->capacity = capacity;
    ok &= (households->uid = FLYT_ARENA_ARRAY(arena, uint64_t, n)) != NULL;
    ok &= (households->row = FLYT_ARENA_ARRAY(arena, struct flyt_household, n)) != NULL;
    ok &= (households->cold = FLYT_ARENA_ARRAY(arena, struct flyt_household_cold, n)) != NULL;
    for (int p = 0; p < FLYT_PURPOSES; p++) {
        ok &= (households->bound[p] = FLYT_ARENA_ARRAY(arena, uint16_t, n)) != NULL;
    }
    for (int p = 0; p < FLYT_LUCK; p++) {
        ok &= (households->luck[p] = FLYT_ARENA_ARRAY(arena, uint16_t, n)) != NULL;
    }
    ok &= (households->n_rows = FLYT_ARENA_ZERO(arena, uint32_t, n_blocks)) != NULL;
    ok &= (households->free = FLYT_ARENA_ZERO(arena, struct flyt_list, n_blocks)) != NULL;
    for (uint32_t row = capacity; ok && row < n; row++) {
        households->uid[row] = 0;
    }
    for (uint32_t block = 0; ok && block < n_blocks; block++) {
        uint32_t rows = flyt_world_first(world, block + 1) - flyt_world_first(world, block);
        ok &= flyt_list_init(&households->free[block], arena, rows) == FLYT_OK;
    }
    return ok;
}

enum flyt_status flyt_world_init(struct flyt_world *world, uint32_t capacity, uint32_t n_dwellings,
                                 uint32_t n_sections)
{
    struct flyt_arena *arena = world->run_arena;
    bool ok = take_households(world, capacity);
    world->dwellings.n = n_dwellings;
    ok &= (world->dwellings.occupant = FLYT_ARENA_ARRAY(arena, uint32_t, n_dwellings)) != NULL;
    ok &= (world->dwellings.section = FLYT_ARENA_ARRAY(arena, uint32_t, n_dwellings)) != NULL;
    ok &= (world->dwellings.rooms = FLYT_ARENA_ZERO(arena, uint8_t, n_dwellings)) != NULL;
    ok &= (world->dwellings.area_m2 = FLYT_ARENA_ZERO(arena, uint16_t, n_dwellings)) != NULL;
    ok &= (world->dwellings.empty_since = FLYT_ARENA_ARRAY(arena, int16_t, n_dwellings)) != NULL;
    world->sections.n = n_sections;
    ok &= (world->sections.kind = FLYT_ARENA_ZERO(arena, uint8_t, n_sections)) != NULL;
    ok &= (world->sections.area = FLYT_ARENA_ZERO(arena, uint32_t, n_sections)) != NULL;
    ok &= (world->sections.organisation = FLYT_ARENA_ZERO(arena, uint32_t, n_sections)) != NULL;
    ok &= (world->sections.table_row = FLYT_ARENA_ZERO(arena, uint32_t, n_sections)) != NULL;
    ok &= (world->sections.municipality = FLYT_ARENA_ARRAY(arena, uint32_t, n_sections)) != NULL;
    ok &= (world->sections.tenure = FLYT_ARENA_ARRAY(arena, uint8_t, n_sections)) != NULL;
    ok &= (world->sections.first = FLYT_ARENA_ARRAY(arena, uint32_t, n_sections + 1)) != NULL;
    ok &= (world->sections.n_open = FLYT_ARENA_ZERO(arena, uint32_t, n_sections)) != NULL;
    for (uint32_t home = 0; ok && home < n_dwellings; home++) {
        world->dwellings.occupant[home] = FLYT_NONE;
        world->dwellings.empty_since[home] = world->calendar;
    }
    return ok ? FLYT_OK : FLYT_ERR_MEMORY;
}

/* ---- rows ---------------------------------------------------------------------------------- */

uint32_t flyt_world_block(const struct flyt_world *world, uint32_t household)
{
    uint64_t n = world->households.capacity, n_blocks = world->par.n_blocks;
    uint32_t block = (uint32_t)(household * n_blocks / n);
    while (household >= flyt_world_first(world, block + 1)) {
        block++;
    }
    while (household < flyt_world_first(world, block)) {
        block--;
    }
    return block;
}

/** A row of the block that nobody uses, FLYT_NONE when it is full. */
static uint32_t take_row(struct flyt_world *world, uint32_t block)
{
    struct flyt_list *free_rows = &world->households.free[block];
    if (free_rows->n > 0) {
        return free_rows->row[--free_rows->n];
    }
    uint32_t household = flyt_world_end(world, block);
    if (household == flyt_world_first(world, block + 1)) {
        return FLYT_NONE;
    }
    world->households.n_rows[block]++;
    return household;
}

static void draw_luck(struct flyt_world *world, uint32_t first, uint32_t n)
{
    uint16_t *luck[FLYT_LUCK];
    for (int p = 0; p < FLYT_LUCK; p++) {
        luck[p] = world->households.luck[p] + first;
    }
    flyt_rng_luck(world->key, world->month, world->households.uid + first, n, luck);
}

void flyt_world_clear(struct flyt_world *world, uint32_t household, uint64_t uid)
{
    struct flyt_households *households = &world->households;
    struct flyt_household *row = &households->row[household];
    *row = (struct flyt_household){.home = FLYT_NONE,
                                   .section = FLYT_NONE,
                                   .wanted = FLYT_NONE,
                                   .search_since = FLYT_NO_MONTH,
                                   .moved_in = world->calendar};
    for (size_t i = 0; i < FLYT_COUNT(row->born); i++) {
        row->born[i] = FLYT_NO_MONTH;
    }
    for (size_t i = 0; i < FLYT_COUNT(row->child_born); i++) {
        row->child_born[i] = FLYT_NO_MONTH;
    }
    households->cold[household] =
        (struct flyt_household_cold){.convicted = {FLYT_NO_MONTH, FLYT_NO_MONTH}};
    households->uid[household] = uid;
    for (int p = 0; p < FLYT_PURPOSES; p++) {
        households->bound[p][household] = 0;
    }
}

uint32_t flyt_world_add(struct flyt_world *world, uint32_t near, uint64_t uid)
{
    uint32_t n_blocks = world->par.n_blocks, household = FLYT_NONE;
    uint32_t block = near == FLYT_NONE ? (uint32_t)(uid % n_blocks) : flyt_world_block(world, near);
    for (uint32_t i = 0; i < n_blocks && household == FLYT_NONE; i++) {
        household = take_row(world, (block + i) % n_blocks);
    }
    if (household != FLYT_NONE) {
        flyt_world_clear(world, household, uid);
        draw_luck(world, household, 1);
    }
    return household;
}

void flyt_world_remove(struct flyt_world *world, uint32_t household)
{
    world->households.uid[household] = 0;
    for (int p = 0; p < FLYT_PURPOSES; p++) {
        world->households.bound[p][household] = 0;
    }
    flyt_list_push(&world->households.free[flyt_world_block(world, household)], household);
}

uint32_t flyt_world_count(const struct flyt_world *world)
{
    uint32_t n = 0;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        n += world->households.n_rows[block] - world->households.free[block].n;
    }
    return n;
}

void flyt_world_draw_luck(struct flyt_world *world, uint32_t block)
{
    draw_luck(world, flyt_world_first(world, block), world->households.n_rows[block]);
}

/* ---- screening ----------------------------------------------------------------------------- */

static const uint16_t *luck_plane(const struct flyt_world *world, uint32_t purpose)
{
    return world->households.luck[purpose + FLYT_PURPOSES * (world->month & 1)];
}

enum { SCREEN_TILE = 1024 };

/** Adds the indices of the non-zero bytes; looks at eight at a time, since few are set. */
static void collect(const uint8_t *hit, uint32_t n, uint32_t first, struct flyt_list *out)
{
    for (uint32_t i = 0; i < n; i += 8) {
        uint64_t eight;
        memcpy(&eight, hit + i, sizeof eight);
        if (eight == 0) {
            continue;
        }
        for (uint32_t k = i; k < i + 8; k++) {
            if (hit[k]) {
                flyt_list_push(out, first + k);
            }
        }
    }
}

void flyt_world_screen(const struct flyt_world *world, uint32_t block, uint32_t purpose,
                       struct flyt_list *out)
{
    const uint16_t *luck = luck_plane(world, purpose);
    const uint16_t *bound = world->households.bound[purpose];
    uint32_t end = flyt_world_end(world, block);
    uint8_t hit[SCREEN_TILE + 8];
    out->n = 0;
    for (uint32_t first = flyt_world_first(world, block); first < end; first += SCREEN_TILE) {
        uint32_t n = end - first < SCREEN_TILE ? end - first : SCREEN_TILE;
        for (uint32_t i = 0; i < n; i++) {
            hit[i] = luck[first + i] < bound[first + i];
        }
        memset(hit + n, 0, 8);
        collect(hit, n, first, out);
    }
}

double flyt_world_luck(const struct flyt_world *world, uint32_t purpose, enum flyt_stream more,
                       uint32_t household)
{
    uint32_t low =
        flyt_rng_word(world->key, world->households.uid[household], world->month, more, 0);
    return (luck_plane(world, purpose)[household] + low * 0x1p-32) * 0x1p-16;
}

uint16_t flyt_world_bound(double hazard)
{
    double bound = hazard * 65536.0;
    uint32_t whole = bound >= 65535.0 ? 65535 : (uint32_t)bound;
    return (uint16_t)(whole < 65535 && (double)whole < bound ? whole + 1 : whole);
}

/* ---- sums ------------------------------------------------------------------------------------ */

enum { PARTS = 64 }; /* each with cells of its own: more of them would only take memory */

struct sum_job {
    const struct flyt_world *world;
    flyt_world_tally *tally;
    uint32_t n_cells;
    int64_t *cell; /* [PARTS][n_cells] */
};

static void tally_blocks(const struct sum_job *job, uint32_t first, uint32_t end, int64_t *cell)
{
    const struct flyt_world *world = job->world;
    for (uint32_t block = first; block < end; block++) {
        for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
            if (world->households.uid[i] != 0) {
                job->tally(world, i, cell);
            }
        }
    }
}

static void sum_parts(void *job_, uint32_t first, uint32_t end)
{
    const struct sum_job *job = job_;
    uint32_t n_blocks = job->world->par.n_blocks;
    for (uint32_t part = first; part < end; part++) {
        int64_t *cell = job->cell + (size_t)part * job->n_cells;
        memset(cell, 0, job->n_cells * sizeof *cell);
        tally_blocks(job, flyt_par_first(n_blocks, PARTS, part),
                     flyt_par_first(n_blocks, PARTS, part + 1), cell);
    }
}

void flyt_world_sum(const struct flyt_world *world, flyt_world_tally *tally, uint32_t n_cells,
                    int64_t *cell)
{
    size_t n = (size_t)PARTS * n_cells;
    struct sum_job job = {world, tally, n_cells, FLYT_ARENA_ARRAY(world->step_arena, int64_t, n)};
    memset(cell, 0, n_cells * sizeof *cell);
    if (job.cell == NULL) {
        tally_blocks(&job, 0, world->par.n_blocks, cell);
        return;
    }
    flyt_par_ranges(&world->par, PARTS, sum_parts, &job);
    for (uint32_t part = 0; part < PARTS; part++) {
        for (uint32_t i = 0; i < n_cells; i++) {
            cell[i] += job.cell[(size_t)part * n_cells + i];
        }
    }
}

/* ---- what must always hold ------------------------------------------------------------------ */

static enum flyt_status broken(const struct flyt_world *world, const char *what, uint64_t who)
{
    return flyt_diag_fault(
        world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
        "internal error in month %u of replicate %u: %s (%llu); please report it",
        "intern fejl i måned %u af gentagelse %u: %s (%llu); meld den venligst", world->month,
        world->key.replicate, what, (unsigned long long)who);
}

/** Per block: homes lived in. */
struct count_job {
    const struct flyt_world *world;
    uint64_t *n_occupied;
};

static void count_block(void *job_, uint32_t block)
{
    struct count_job *job = job_;
    const struct flyt_world *world = job->world;
    uint32_t n_blocks = world->par.n_blocks, n_homes = world->dwellings.n;
    uint64_t n = 0;
    for (uint32_t i = flyt_par_first(n_homes, n_blocks, block);
         i < flyt_par_first(n_homes, n_blocks, block + 1); i++) {
        n += world->dwellings.occupant[i] < FLYT_CLOSED;
    }
    job->n_occupied[block] = n;
}

enum flyt_status flyt_world_check(const struct flyt_world *world)
{
    uint32_t n_blocks = world->par.n_blocks;
    struct count_job job = {world, FLYT_ARENA_ARRAY(world->step_arena, uint64_t, n_blocks)};
    if (job.n_occupied == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_blocks(&world->par, count_block, &job);
    uint64_t n_occupied = 0;
    for (uint32_t block = 0; block < n_blocks; block++) {
        n_occupied += job.n_occupied[block];
    }
    return n_occupied + world->n_hidden == flyt_world_count(world)
               ? FLYT_OK
               : broken(world, "homes lived in are not as many as households with one", n_occupied);
}

/** Per block: a fault found, by number; and how many uids fall into each bucket. */
struct full_job {
    const struct flyt_world *world;
    uint64_t *astray; /* [n_blocks] a household that does not live where it says, else 0 */
    uint32_t *hidden; /* [n_blocks] households with FLYT_HIDDEN */
    uint64_t *uid;    /* [households] by bucket */
    uint32_t *first;  /* [UID_BUCKETS + 1] */
    uint64_t *twice;  /* [UID_BUCKETS] a uid given twice, else 0 */
};

enum { UID_BUCKETS = 4096 };

static void check_homes(void *job_, uint32_t block)
{
    struct full_job *job = job_;
    const struct flyt_world *world = job->world;
    const struct flyt_dwellings *dwellings = &world->dwellings;
    job->astray[block] = 0;
    job->hidden[block] = 0;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        const struct flyt_household *row = &world->households.row[i];
        if (world->households.uid[i] == 0) {
            continue;
        }
        bool hidden = (row->flags & FLYT_HIDDEN) != 0;
        job->hidden[block] += hidden;
        if (row->home >= dwellings->n || row->section != dwellings->section[row->home] ||
            (dwellings->occupant[row->home] == i) == hidden) {
            job->astray[block] = world->households.uid[i];
        }
    }
}

static int compare_uid(const void *a_, const void *b_)
{
    const uint64_t *a = a_, *b = b_;
    return *a < *b ? -1 : *a > *b;
}

static void check_buckets(void *job_, uint32_t first, uint32_t end)
{
    struct full_job *job = job_;
    for (uint32_t bucket = first; bucket < end; bucket++) {
        uint64_t *uid = job->uid + job->first[bucket];
        uint32_t n = job->first[bucket + 1] - job->first[bucket];
        qsort(uid, n, sizeof *uid, compare_uid);
        job->twice[bucket] = 0;
        for (uint32_t i = 1; i < n; i++) {
            job->twice[bucket] = uid[i] == uid[i - 1] ? uid[i] : job->twice[bucket];
        }
    }
}

/** Puts the uids into buckets by their high bits; uids are hashes, so buckets are even. */
static void fill_buckets(struct full_job *job)
{
    const struct flyt_world *world = job->world;
    uint32_t *first = job->first;
    memset(first, 0, (UID_BUCKETS + 1) * sizeof *first);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        first[(world->households.uid[i] >> 52) + 1]++;
    }
    for (uint32_t bucket = 0; bucket < UID_BUCKETS; bucket++) {
        first[bucket + 1] += first[bucket];
    }
    FLYT_EACH_HOUSEHOLD(world, k)
    {
        job->uid[first[world->households.uid[k] >> 52]++] = world->households.uid[k];
    }
    memmove(first + 1, first, UID_BUCKETS * sizeof *first);
    first[0] = 0;
}

enum flyt_status flyt_world_check_fully(const struct flyt_world *world)
{
    struct flyt_arena *arena = world->step_arena;
    struct full_job job = {world,
                           FLYT_ARENA_ARRAY(arena, uint64_t, world->par.n_blocks),
                           FLYT_ARENA_ARRAY(arena, uint32_t, world->par.n_blocks),
                           FLYT_ARENA_ARRAY(arena, uint64_t, world->households.capacity),
                           FLYT_ARENA_ARRAY(arena, uint32_t, UID_BUCKETS + 1),
                           FLYT_ARENA_ARRAY(arena, uint64_t, UID_BUCKETS)};
    if (job.astray == NULL || job.hidden == NULL || job.uid == NULL || job.first == NULL ||
        job.twice == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_world_check(world));
    flyt_par_blocks(&world->par, check_homes, &job);
    uint32_t n_hidden = 0;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        if (job.astray[block] != 0) {
            return broken(world, "a household does not live where it says", job.astray[block]);
        }
        n_hidden += job.hidden[block];
    }
    if (n_hidden != world->n_hidden) {
        return broken(world, "hidden households are not as many as were counted", n_hidden);
    }
    fill_buckets(&job);
    if (job.first[UID_BUCKETS] != flyt_world_count(world)) {
        return broken(world, "rows in use and rows with a household differ",
                      job.first[UID_BUCKETS]);
    }
    flyt_par_ranges(&world->par, UID_BUCKETS, check_buckets, &job);
    for (uint32_t bucket = 0; bucket < UID_BUCKETS; bucket++) {
        if (job.twice[bucket] != 0) {
            return broken(world, "a uid was given twice", job.twice[bucket]);
        }
    }
    return FLYT_OK;
}

static uint64_t mix(uint64_t hash, const void *bytes_, size_t n)
{
    const unsigned char *bytes = bytes_;
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ bytes[i]) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    return hash;
}

uint64_t flyt_world_hash(const struct flyt_world *world)
{
    uint64_t sum = 0;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
            const struct flyt_household *row = &world->households.row[i];
            const struct flyt_household_cold *cold = &world->households.cold[i];
            uint64_t hash = mix(0, &world->households.uid[i], sizeof(uint64_t));
#define X(type, name, ...) hash = mix(hash, &row->name, sizeof row->name);
            FLYT_HOUSEHOLD_ROW(X)
#undef X
#define X(type, name, ...) hash = mix(hash, &cold->name, sizeof cold->name);
            FLYT_HOUSEHOLD_COLD(X)
#undef X
            sum += world->households.uid[i] != 0 ? hash : 0;
        }
    }
    return sum;
}
