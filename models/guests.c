#include "models/guests.h"

#include <stdlib.h>

#include "models/decomposition.h"
#include "models/lifecourse.h"
#include "models/mobility.h"
#include "models/params.h"
#include "models/resources.h"
#include "models/search.h"

bool flyt_guests_add(struct flyt_world *world, uint32_t household)
{
    struct flyt_guests *guests = &world->life->guests;
    if (guests->n == guests->capacity) {
        return false;
    }
    guests->uid[guests->n] = world->households.uid[household];
    guests->row[guests->n++] = household;
    world->n_hidden++;
    flyt_mobility_guest(world, household);
    return true;
}

static bool is_guest(const struct flyt_world *world, uint32_t i)
{
    const struct flyt_guests *guests = &world->life->guests;
    return world->households.uid[guests->row[i]] == guests->uid[i] &&
           (world->households.row[guests->row[i]].flags & FLYT_HIDDEN);
}

/** A guest of a home in which nobody else lives any more. */
struct heir {
    uint64_t uid;
    uint32_t home, household;
};

static int by_home(const void *a_, const void *b_)
{
    const struct heir *a = a_, *b = b_;
    if (a->home != b->home) {
        return a->home < b->home ? -1 : 1;
    }
    return a->uid < b->uid ? -1 : a->uid > b->uid;
}

/** Who enters the municipality's queue of acute need: parents, and those with few resources. */
static bool is_vulnerable(const struct flyt_world *world, uint32_t household)
{
    return flyt_people_children(&world->households.row[household], world->calendar) > 0 ||
           flyt_resources_vulnerability(world, household) > world->params->resources.acute_above;
}

static void take_over(struct flyt_world *world, struct heir *heir, uint32_t n)
{
    qsort(heir, n, sizeof *heir, by_home);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0 && heir[i].home == heir[i - 1].home) {
            continue;
        }
        struct flyt_household *row = &world->households.row[heir[i].household];
        flyt_lifecourse_before(world, 0, heir[i].household); /* it pays for the home from now on */
        row->flags &= (uint8_t) ~(FLYT_HIDDEN | FLYT_QUEUED);
        flyt_search_end(row);
        row->wanted = FLYT_NONE;
        world->dwellings.occupant[heir[i].home] = heir[i].household;
        flyt_lifecourse_after(world, 0, heir[i].household);
        flyt_decomposition_took(world, heir[i].household);
        world->n_hidden--;
        world->life->counts.taken_over++;
    }
}

/** Drops those who are guests no more; returns the heirs among the others. */
static uint32_t keep_guests(struct flyt_world *world, struct heir *heir)
{
    struct flyt_guests *guests = &world->life->guests;
    uint32_t n = 0, n_heirs = 0;
    for (uint32_t i = 0; i < guests->n; i++) {
        if (!is_guest(world, i)) {
            continue;
        }
        uint32_t household = guests->row[i], home = world->households.row[household].home;
        if (world->dwellings.occupant[home] == FLYT_NONE) {
            heir[n_heirs++] = (struct heir){guests->uid[i], home, household};
        }
        guests->uid[n] = guests->uid[i];
        guests->row[n++] = household;
    }
    guests->n = n;
    return n_heirs;
}

enum flyt_status flyt_guests_step(struct flyt_world *world)
{
    struct flyt_guests *guests = &world->life->guests;
    struct heir *heir = FLYT_ARENA_ARRAY(world->step_arena, struct heir, (size_t)guests->n + 1);
    if (heir == NULL) {
        return FLYT_ERR_MEMORY;
    }
    take_over(world, heir, keep_guests(world, heir));
    for (uint32_t r = 0; r < world->life->n_regions; r++) {
        guests->by_region[r] = 0;
    }
    int32_t most = (int32_t)world->params->lifecourse.hidden_months;
    uint32_t n = 0;
    for (uint32_t i = 0; i < guests->n; i++) {
        if (!is_guest(world, i)) {
            continue; /* has just taken over the home */
        }
        uint32_t household = guests->row[i];
        struct flyt_household *row = &world->households.row[household];
        guests->by_region[flyt_lifecourse_region(world, row->section)]++;
        guests->host[n] = world->dwellings.occupant[row->home];
        guests->uid[n] = guests->uid[i];
        guests->row[n++] = household;
        if (world->calendar - row->moved_in >= most && !(row->flags & FLYT_FORCED)) {
            row->flags |= FLYT_FORCED;
            row->flags |= is_vulnerable(world, household) ? FLYT_QUEUED : 0;
        }
    }
    guests->n = n;
    return FLYT_OK;
}

static void look_range(void *world_, uint32_t first, uint32_t end)
{
    const struct flyt_world *world = world_;
    const struct flyt_guests *guests = &world->life->guests;
    for (uint32_t i = first; i < end; i++) {
        guests->moved[i] = is_guest(world, i) && world->households.row[guests->row[i]].home !=
                                                     world->households.row[guests->host[i]].home;
    }
}

void flyt_guests_follow(struct flyt_world *world)
{
    const struct flyt_guests *guests = &world->life->guests;
    flyt_par_ranges(&world->par, guests->n, look_range, world);
    for (uint32_t i = 0; i < guests->n; i++) {
        if (guests->moved[i]) {
            const struct flyt_household *host = &world->households.row[guests->host[i]];
            flyt_lifecourse_before(world, 0, guests->row[i]);
            world->households.row[guests->row[i]].home = host->home;
            world->households.row[guests->row[i]].section = host->section;
            flyt_lifecourse_after(world, 0, guests->row[i]);
        }
    }
}
