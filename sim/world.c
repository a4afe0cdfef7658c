#include "sim/world.h"

#include <stdlib.h>
#include <string.h>

uint64_t flyt_world_bytes(uint64_t n_households, uint64_t n_dwellings)
{
    uint64_t household = sizeof(struct flyt_household) + sizeof(uint64_t) +
                         (FLYT_PURPOSES + FLYT_LUCK) * sizeof(uint16_t);
    uint64_t dwelling = 2 * sizeof(uint32_t);
    return n_households * household + n_dwellings * dwelling;
}

enum flyt_status flyt_world_init(struct flyt_world *world, uint32_t n_households,
                                 uint32_t n_dwellings, uint32_t n_sections)
{
    struct flyt_arena *arena = world->run_arena;
    struct flyt_households *households = &world->households;
    bool ok = true;
    households->n = n_households;
    ok &= (households->uid = FLYT_ARENA_ARRAY(arena, uint64_t, n_households)) != NULL;
    ok &= (households->row = FLYT_ARENA_ARRAY(arena, struct flyt_household, n_households)) != NULL;
    for (int p = 0; p < FLYT_PURPOSES; p++) {
        ok &= (households->bound[p] = FLYT_ARENA_ZERO(arena, uint16_t, n_households)) != NULL;
    }
    for (int p = 0; p < FLYT_LUCK; p++) {
        ok &= (households->luck[p] = FLYT_ARENA_ARRAY(arena, uint16_t, n_households)) != NULL;
    }
    world->dwellings.n = n_dwellings;
    ok &= (world->dwellings.occupant = FLYT_ARENA_ARRAY(arena, uint32_t, n_dwellings)) != NULL;
    ok &= (world->dwellings.section = FLYT_ARENA_ARRAY(arena, uint32_t, n_dwellings)) != NULL;
    world->sections.n = n_sections;
    ok &= (world->sections.municipality = FLYT_ARENA_ARRAY(arena, uint32_t, n_sections)) != NULL;
    ok &= (world->sections.tenure = FLYT_ARENA_ARRAY(arena, uint8_t, n_sections)) != NULL;
    ok &= (world->sections.first = FLYT_ARENA_ARRAY(arena, uint32_t, n_sections + 1)) != NULL;
    return ok ? FLYT_OK : FLYT_ERR_MEMORY;
}

void flyt_world_draw_luck(struct flyt_world *world, uint32_t block)
{
    struct flyt_households *households = &world->households;
    uint32_t first = flyt_world_first(world, block), end = flyt_world_first(world, block + 1);
    uint16_t *luck[FLYT_LUCK];
    for (int p = 0; p < FLYT_LUCK; p++) {
        luck[p] = households->luck[p] + first;
    }
    flyt_rng_luck(world->key, world->month, households->uid + first, end - first, luck);
}

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
    uint32_t end = flyt_world_first(world, block + 1);
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

static enum flyt_status broken(const struct flyt_world *world, const char *what, uint64_t who)
{
    return flyt_diag_fault(
        world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
        "internal error in month %u of replicate %u: %s (%llu); please report it",
        "intern fejl i måned %u af gentagelse %u: %s (%llu); meld den venligst", world->month,
        world->key.replicate, what, (unsigned long long)who);
}

struct occupied_job {
    const struct flyt_world *world;
    uint64_t *n; /* [n_blocks] occupied dwellings */
};

static void count_occupied(void *job_, uint32_t block)
{
    struct occupied_job *job = job_;
    const struct flyt_dwellings *dwellings = &job->world->dwellings;
    uint32_t n_blocks = job->world->par.n_blocks;
    uint64_t n = 0;
    for (uint32_t i = flyt_par_first(dwellings->n, n_blocks, block);
         i < flyt_par_first(dwellings->n, n_blocks, block + 1); i++) {
        n += dwellings->occupant[i] != FLYT_NONE;
    }
    job->n[block] = n;
}

enum flyt_status flyt_world_check(const struct flyt_world *world)
{
    struct occupied_job job = {world,
                               FLYT_ARENA_ARRAY(world->step_arena, uint64_t, world->par.n_blocks)};
    if (job.n == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_blocks(&world->par, count_occupied, &job);
    uint64_t n = 0;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        n += job.n[block];
    }
    if (n != world->households.n) {
        return broken(world, "homes that are lived in are not as many as households", n);
    }
    return FLYT_OK;
}

static int compare_uid(const void *a_, const void *b_)
{
    const uint64_t *a = a_, *b = b_;
    return *a < *b ? -1 : *a > *b;
}

enum flyt_status flyt_world_check_fully(const struct flyt_world *world)
{
    const struct flyt_households *households = &world->households;
    const struct flyt_dwellings *dwellings = &world->dwellings;
    FLYT_TRY(flyt_world_check(world));
    for (uint32_t i = 0; i < households->n; i++) {
        uint32_t home = households->row[i].home;
        if (home >= dwellings->n || dwellings->occupant[home] != i) {
            return broken(world, "a household does not live where it says", households->uid[i]);
        }
    }
    uint64_t *uid = FLYT_ARENA_ARRAY(world->step_arena, uint64_t, households->n);
    if (uid == NULL) {
        return FLYT_ERR_MEMORY;
    }
    memcpy(uid, households->uid, households->n * sizeof *uid);
    qsort(uid, households->n, sizeof *uid, compare_uid);
    for (uint32_t i = 0; i < households->n; i++) {
        if (uid[i] == 0 || (i > 0 && uid[i] == uid[i - 1])) {
            return broken(world, "a uid is 0 or given twice", uid[i]);
        }
    }
    return FLYT_OK;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

uint64_t flyt_world_hash(const struct flyt_world *world)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < world->households.n; i++) {
        const struct flyt_household *row = &world->households.row[i];
        uint64_t hash = mix(0, world->households.uid[i]);
#define X(type, name, ...) hash = mix(hash, (uint64_t)row->name);
        FLYT_HOUSEHOLD_ROW(X)
#undef X
        sum += mix(hash, 1);
    }
    return sum;
}
