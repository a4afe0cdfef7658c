#include "models/decomposition.h"

#include <string.h>

#include "models/people.h"

enum { TOOK = FLYT_N_CLASSES }; /* the class of a household that has taken over a home this year */

uint64_t flyt_decomposition_bytes(uint64_t n_rows, uint64_t n_dwellings, uint64_t n_areas)
{
    return n_rows * 2 * (sizeof(uint32_t) + 1) + n_dwellings * sizeof(bool) +
           n_areas * FLYT_DECOMPOSITION_N_PARTS * 4 * sizeof(int64_t);
}

static uint32_t area_of(const struct flyt_world *world, uint32_t home)
{
    return world->sections.area[world->dwellings.section[home]];
}

/** Adds n households of a class to a part of an area. */
static void add(struct flyt_world *world, uint32_t area, enum flyt_decomposition_part part,
                uint32_t class, int64_t n)
{
    struct flyt_decomposition *own = world->decomposition;
    size_t at = (size_t)area * FLYT_DECOMPOSITION_N_PARTS + part;
    own->all[at] += n;
    own->weak[at] += class == FLYT_CLASS_weak ? n : 0;
}

static bool is_closed(const struct flyt_world *world, uint32_t home)
{
    return world->dwellings.occupant[home] == FLYT_CLOSED;
}

/* ---- the year ---------------------------------------------------------------------------------
 */

static void look_block(void *world_, uint32_t block)
{
    const struct flyt_world *world = world_;
    struct flyt_decomposition *own = world->decomposition;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        const struct flyt_household *row = &world->households.row[i];
        bool lives =
            world->households.uid[i] != 0 && !(row->flags & FLYT_HIDDEN) && row->home != FLYT_NONE;
        own->home_now[i] = lives ? row->home : FLYT_NONE;
        own->class_now[i] = lives ? (uint8_t)flyt_resources_class(world, i) : 0;
    }
}

/** Where one household was and is, and what that is to the areas. */
static void compare(struct flyt_world *world, uint32_t household)
{
    struct flyt_decomposition *own = world->decomposition;
    uint32_t was = own->home[household], is = own->home_now[household];
    uint32_t class = own->class[household], class_now = own->class_now[household];
    if (was == is && class == class_now) {
        return;
    }
    uint32_t from = was == FLYT_NONE ? FLYT_NONE : area_of(world, was);
    uint32_t to = is == FLYT_NONE ? FLYT_NONE : area_of(world, is);
    if (was != FLYT_NONE && class == TOOK) { /* nobody a year ago */
        if (from == to) {
            add(world, to, FLYT_CHANGE_succession, class_now, 1);
            return;
        }
        from = FLYT_NONE;
    }
    if (from == to && from != FLYT_NONE) {
        add(world, from, FLYT_CHANGE_stayers, class, -1);
        add(world, from, FLYT_CHANGE_stayers, class_now, 1);
        return;
    }
    if (from != FLYT_NONE) {
        add(world, from, is_closed(world, was) ? FLYT_CHANGE_stock : FLYT_CHANGE_exit, class, -1);
    }
    if (to != FLYT_NONE) {
        add(world, to, own->was_closed[is] ? FLYT_CHANGE_stock : FLYT_CHANGE_entry, class_now, 1);
    }
}

/** What is now is what will have been. */
static void remember(struct flyt_world *world)
{
    struct flyt_decomposition *own = world->decomposition;
    uint32_t *home = own->home;
    uint8_t *class = own->class;
    own->home = own->home_now;
    own->class = own->class_now;
    own->home_now = home;
    own->class_now = class;
    for (uint32_t home_ = 0; home_ < world->dwellings.n; home_++) {
        own->was_closed[home_] = is_closed(world, home_);
    }
}

void flyt_decomposition_step(struct flyt_world *world)
{
    struct flyt_decomposition *own = world->decomposition;
    if (own == NULL || world->standing) {
        return;
    }
    size_t bytes = sizeof *own->all * world->areas.n * FLYT_DECOMPOSITION_N_PARTS;
    if (world->month % 12 != 11) {
        memset(own->all_year, 0, bytes);
        memset(own->weak_year, 0, bytes);
        return;
    }
    flyt_par_blocks(&world->par, look_block, world);
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
            compare(world, i);
        }
    }
    memcpy(own->all_year, own->all, bytes);
    memcpy(own->weak_year, own->weak, bytes);
    memset(own->all, 0, bytes);
    memset(own->weak, 0, bytes);
    remember(world);
}

enum flyt_status flyt_decomposition_create(struct flyt_world *world)
{
    struct flyt_arena *arena = world->run_arena;
    struct flyt_decomposition *own = FLYT_ARENA_ZERO(arena, struct flyt_decomposition, 1);
    if (own == NULL || world->resources == NULL) {
        return own == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
    }
    uint32_t capacity = world->households.capacity;
    size_t n = (size_t)world->areas.n * FLYT_DECOMPOSITION_N_PARTS;
    int64_t **const count[] = {&own->all, &own->weak, &own->all_year, &own->weak_year};
    bool ok = true;
    own->home = FLYT_ARENA_ARRAY(arena, uint32_t, capacity);
    own->home_now = FLYT_ARENA_ARRAY(arena, uint32_t, capacity);
    own->class = FLYT_ARENA_ZERO(arena, uint8_t, capacity);
    own->class_now = FLYT_ARENA_ZERO(arena, uint8_t, capacity);
    own->was_closed = FLYT_ARENA_ZERO(arena, bool, world->dwellings.n);
    for (size_t i = 0; i < FLYT_COUNT(count); i++) {
        *count[i] = FLYT_ARENA_ZERO(arena, int64_t, n);
        ok &= *count[i] != NULL;
    }
    if (!ok || own->home == NULL || own->home_now == NULL || own->class == NULL ||
        own->class_now == NULL || own->was_closed == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->decomposition = own;
    memset(own->home, 0xFF, sizeof *own->home * capacity); /* FLYT_NONE: rows of later households */
    memset(own->home_now, 0xFF, sizeof *own->home_now * capacity);
    flyt_par_blocks(&world->par, look_block, world);
    remember(world);
    return FLYT_OK;
}

void flyt_decomposition_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_decomposition *own = world->decomposition;
    if (own == NULL) {
        return;
    }
    size_t n = (size_t)world->areas.n * FLYT_DECOMPOSITION_N_PARTS;
    flyt_world_archive_rows(world, archive, "decomposition.home", own->home, sizeof *own->home, 0);
    flyt_world_archive_rows(world, archive, "decomposition.class", own->class, sizeof *own->class,
                            0);
    flyt_archive_check(archive, "decomposition.home", own->home, world->households.capacity,
                       world->dwellings.n, FLYT_NONE);
    FLYT_ARCHIVE_ARRAY(archive, "decomposition.was_closed", own->was_closed, world->dwellings.n);
    FLYT_ARCHIVE_ARRAY(archive, "decomposition.all", own->all, n);
    FLYT_ARCHIVE_ARRAY(archive, "decomposition.weak", own->weak, n);
    FLYT_ARCHIVE_SCRATCH(archive, "decomposition.all_year", own->all_year, n);
    FLYT_ARCHIVE_SCRATCH(archive, "decomposition.weak_year", own->weak_year, n);
    /* the two take turns */
    flyt_world_scratch_rows(world, archive, "decomposition.home_now", own->home_now,
                            sizeof *own->home_now);
    flyt_world_scratch_rows(world, archive, "decomposition.class_now", own->class_now,
                            sizeof *own->class_now);
    flyt_archive_pointers(archive, "decomposition.home", &own->home, 2 * sizeof own->home);
    flyt_archive_pointers(archive, "decomposition.class", &own->class, 2 * sizeof own->class);
}

/* ---- told by the life course ------------------------------------------------------------------
 */

void flyt_decomposition_gone(struct flyt_world *world, uint32_t household, bool dead)
{
    struct flyt_decomposition *own = world->decomposition;
    if (own == NULL || world->standing) {
        return;
    }
    uint32_t was = own->home[household], is = world->households.row[household].home;
    if (was != FLYT_NONE && own->class[household] != TOOK) {
        uint32_t area = area_of(world, was);
        bool there = is != FLYT_NONE && area_of(world, is) == area;
        add(world, area, dead && there ? FLYT_CHANGE_succession : FLYT_CHANGE_exit,
            own->class[household], -1);
    }
    own->home[household] = FLYT_NONE;
    own->class[household] = 0;
}

void flyt_decomposition_took(struct flyt_world *world, uint32_t household)
{
    struct flyt_decomposition *own = world->decomposition;
    if (own != NULL && own->home[household] == FLYT_NONE) {
        own->home[household] = world->households.row[household].home;
        own->class[household] = TOOK;
    }
}
