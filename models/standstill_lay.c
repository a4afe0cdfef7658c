/**
 * @file standstill_lay.c
 * @brief Donors of the pass, and what the households of a start get from them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/choice.h"
#include "models/housing.h"
#include "models/housing_parts.h"
#include "models/market.h"
#include "models/params.h"
#include "models/search.h"
#include "models/standstill_parts.h"
#include "sim/num.h"

enum { CELLS = FLYT_N_TYPES * FLYT_AGE_BANDS * FLYT_N_ORIGINS, UIDS = 32 };

uint64_t flyt_standstill_bytes(uint64_t n_households, uint64_t n_areas, uint64_t n_sections)
{
    uint64_t donor = sizeof(struct flyt_standstill_donor) +
                     FLYT_STANDSTILL_LEVELS * sizeof(struct flyt_standstill_entry);
    return n_households * donor + n_areas * 32 + n_sections * sizeof(struct flyt_letting_counter);
}

/* ---- cells ---------------------------------------------------------------------------------- */

/** The household's cell of each level: section, then market and kind, then tenure; then age alone.
 */
static uint32_t cell_of(const struct flyt_world *world, uint32_t household, uint32_t level)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t band =
        flyt_housing_age_band(flyt_people_age(flyt_people_oldest(row), world->calendar));
    uint32_t type = flyt_people_type(row, world->calendar);
    uint32_t who =
        (type * FLYT_AGE_BANDS + band) * FLYT_N_ORIGINS + flyt_people_background(row).origin;
    uint32_t tenure = world->sections.tenure[row->section];
    uint32_t kind = world->sections.kind[row->section];
    switch (level) {
    case 0:
        return row->section * CELLS + who;
    case 1:
        return (world->sections.municipality[row->section] * FLYT_N_KINDS + kind) * CELLS + who;
    case 2:
        return kind * CELLS + type * FLYT_AGE_BANDS + band;
    default:
        return tenure * FLYT_AGE_BANDS + band;
    }
}

static int by_uid(const void *a_, const void *b_)
{
    const struct flyt_standstill_donor *a = a_, *b = b_;
    return a->uid < b->uid ? -1 : a->uid > b->uid;
}

static int by_cell(const void *a_, const void *b_)
{
    const struct flyt_standstill_entry *a = a_, *b = b_;
    if (a->cell != b->cell) {
        return a->cell < b->cell ? -1 : 1;
    }
    return a->donor < b->donor ? -1 : a->donor > b->donor;
}

/* ---- donors --------------------------------------------------------------------------------- */

static int16_t ago(const struct flyt_world *world, int16_t month)
{
    return (int16_t)(world->calendar - month);
}

static struct flyt_standstill_donor donor_of(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_household_cold *cold = &world->households.cold[household];
    bool searches = row->search_since != FLYT_NO_MONTH;
    bool queued = row->flags & FLYT_QUEUED && cold->queued_since > 0;
    struct flyt_standstill_donor donor = {
        .uid = world->households.uid[household],
        .moved_in = ago(world, row->moved_in),
        .searching = searches ? ago(world, row->search_since) : FLYT_STANDSTILL_NEVER,
        .queued = queued ? ago(world, cold->queued_since) : FLYT_STANDSTILL_NEVER,
        .refusals = cold->refusals,
        .reason = cold->reason,
        .flags = row->flags & (FLYT_FORCED | FLYT_BIDDER),
        .taste = (float)flyt_choice_taste(world, world->households.uid[household], row->home,
                                          row->section),
    };
    for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; k++) {
        bool stands = cold->list_since[k] != 0;
        donor.list[k] = cold->list_organisation[k];
        donor.listed[k] = stands ? ago(world, cold->list_since[k]) : FLYT_STANDSTILL_NEVER;
    }
    return donor;
}

/** Whoever has a home of its own, with the row in front of the donor until it is sorted. */
static bool gives(const struct flyt_world *world, uint32_t household)
{
    return !(world->households.row[household].flags & FLYT_HIDDEN);
}

struct numbered {
    struct flyt_standstill_donor donor; /* first: by_uid compares it */
    uint32_t household;
};

enum flyt_status flyt_standstill_collect(const struct flyt_world *world, struct flyt_arena *arena,
                                         struct flyt_standstill *found)
{
    uint32_t n = 0, most = flyt_world_count(world);
    struct numbered *all = FLYT_ARENA_ARRAY(world->step_arena, struct numbered, most + 1);
    found->donor = FLYT_ARENA_ARRAY(arena, struct flyt_standstill_donor, most + 1);
    if (all == NULL || found->donor == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        if (gives(world, i)) {
            all[n++] = (struct numbered){donor_of(world, i), i};
        }
    }
    qsort(all, n, sizeof *all, by_uid);
    found->n_donors = n;
    for (uint32_t level = 0; level < FLYT_STANDSTILL_LEVELS; level++) {
        struct flyt_standstill_entry *entry =
            FLYT_ARENA_ARRAY(arena, struct flyt_standstill_entry, n + 1);
        if (entry == NULL) {
            return FLYT_ERR_MEMORY;
        }
        for (uint32_t i = 0; i < n; i++) {
            entry[i] = (struct flyt_standstill_entry){cell_of(world, all[i].household, level), i};
            found->donor[i] = all[i].donor;
        }
        qsort(entry, n, sizeof *entry, by_cell);
        found->entry[level] = entry;
    }
    return FLYT_OK;
}

/** First entry of a level whose cell is not below `cell`. */
static uint32_t first_of(const struct flyt_standstill *found, uint32_t level, uint64_t cell)
{
    uint32_t low = 0, high = found->n_donors;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (found->entry[level][middle].cell < cell) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** A donor of the household's narrowest cell that has some; NULL: not even the widest has. */
static const struct flyt_standstill_donor *
draw_donor(const struct flyt_world *world, const struct flyt_standstill *found, uint32_t household)
{
    for (uint32_t level = 0; level < FLYT_STANDSTILL_LEVELS; level++) {
        uint32_t cell = cell_of(world, household, level);
        uint32_t first = first_of(found, level, cell), end = first_of(found, level, cell + 1ull);
        if (end > first) {
            uint32_t k = flyt_rng_below(world->key, world->households.uid[household], 0,
                                        FLYT_STREAM_standstill_donor, 0, end - first);
            return &found->donor[found->entry[level][first + k].donor];
        }
    }
    return NULL;
}

/* ---- laying --------------------------------------------------------------------------------- */

struct lay_job {
    struct flyt_world *world;
    const struct flyt_standstill *found;
};

/** Whether a taste for a home of so many months' standing was of weight when it was chosen. */
static bool chose_by_taste(const struct flyt_choice_params *params, int32_t stayed)
{
    return params->shock == FLYT_SHOCK_life ||
           (params->shock == FLYT_SHOCK_period && stayed < (int32_t)params->shock_months);
}

/** Of some uids the one by which the household likes its home as much as the donor likes its own:
 *  it would like it as anybody likes any home, and not as whoever chose it, and soon move. */
static void name_by_taste(struct flyt_world *world, uint32_t household, double taste)
{
    const struct flyt_household *row = &world->households.row[household];
    uint64_t mother = world->households.uid[household];
    double nearest = INFINITY;
    for (uint32_t k = 0; k < UIDS; k++) {
        uint64_t uid = flyt_rng_uid(mother, 0, FLYT_STREAM_standstill_uid, k, 0);
        double gap = fabs(flyt_choice_taste(world, uid, row->home, row->section) - taste);
        if (gap < nearest) {
            nearest = gap;
            world->households.uid[household] = uid;
        }
    }
}

static void lay_on(struct flyt_world *world, uint32_t household,
                   const struct flyt_standstill_donor *donor)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    int16_t now = world->calendar;
    int32_t grown = now - flyt_people_oldest(row) - 18 * 12; /* nobody moves in as a child */
    int32_t stayed = donor->moved_in < grown ? donor->moved_in : grown;
    row->moved_in = (int16_t)(now - (stayed > 0 ? stayed : 0));
    if (donor->searching != FLYT_STANDSTILL_NEVER) {
        row->search_since = (int16_t)(now - donor->searching);
        row->flags |= donor->flags;
        cold->reason = donor->reason;
    }
    if (donor->queued != FLYT_STANDSTILL_NEVER) {
        row->flags |= FLYT_QUEUED;
        cold->queued_since = (int16_t)(now - donor->queued);
    }
    for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; k++) {
        bool stands = donor->listed[k] != FLYT_STANDSTILL_NEVER;
        cold->list_organisation[k] = stands ? donor->list[k] : 0;
        cold->list_since[k] = stands ? (int16_t)(now - donor->listed[k]) : 0;
    }
    cold->refusals = donor->refusals;
    if (chose_by_taste(&world->params->choice, donor->moved_in)) {
        name_by_taste(world, household, donor->taste);
    }
}

static void lay_block(void *job_, uint32_t block)
{
    const struct lay_job *job = job_;
    struct flyt_world *world = job->world;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        if (world->households.uid[i] == 0 || !gives(world, i)) {
            continue;
        }
        const struct flyt_standstill_donor *donor = draw_donor(world, job->found, i);
        if (donor != NULL) {
            lay_on(world, i, donor);
        }
    }
}

void flyt_standstill_lay_people(struct flyt_world *world, const struct flyt_standstill *found)
{
    struct lay_job job = {world, found};
    flyt_par_blocks(&world->par, lay_block, &job);
}

enum flyt_status flyt_standstill_lay_rest(struct flyt_world *world,
                                          const struct flyt_standstill *found)
{
    memcpy(world->choice->quality, found->quality, world->areas.n * sizeof(double));
    memcpy(world->choice->nonwestern, found->nonwestern, world->areas.n * sizeof(double));
    world->choice->owner_level = found->owner_level;
    memcpy(world->market->usual_pressure, found->usual_pressure,
           world->market->n_owner * sizeof(double));
    memcpy(world->market->usual_vacancy, found->usual_vacancy,
           world->municipalities.n * sizeof(double));
    memcpy(world->offers->usual, found->usual_offers, world->municipalities.n * sizeof(double));
    world->market->measured = true;
    memcpy(world->letting->counter, found->counter,
           world->sections.n * sizeof(struct flyt_letting_counter));
    return flyt_lists_laid(world);
}
