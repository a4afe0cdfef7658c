#include "models/lifecourse.h"

#include <string.h>

#include "models/couples.h"
#include "models/leaving.h"
#include "models/livelihood.h"
#include "models/migration.h"
#include "models/mobility.h"
#include "models/params.h"
#include "models/sale.h"
#include "models/search.h"
#include "sim/num.h"
#include "sim/uids.h"

enum { PURPOSE = 0, AHEAD = 6 };

/** An event that touches homes or other rows. */
struct change {
    uint32_t household;
    struct flyt_life_event event;
    uint64_t uid; /* of the household it founds */
};

struct life_job {
    struct flyt_world *world;
    struct flyt_list *candidates;    /* [n_blocks] */
    struct change **change;          /* [n_blocks][candidates] */
    uint32_t *n_changes;             /* [n_blocks] */
    struct flyt_life_counts *counts; /* [n_blocks] */
    uint32_t *above;                 /* [n_blocks] sums of chances above their bound */
};

/* ---- bounds and tables --------------------------------------------------------------------- */

void flyt_lifecourse_refresh_bounds(struct flyt_world *world, const uint32_t *household, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t h = household[i];
        double sum;
        flyt_liferates_event(&world->life->most, &world->households.row[h],
                             world->households.cold[h].child_sex, world->calendar, 1.0, &sum);
        world->households.bound[PURPOSE][h] =
            world->life->no_screening ? UINT16_MAX : flyt_world_bound(sum);
    }
    if (world->housing != NULL) { /* whoever lives there may be younger now, and move more */
        flyt_search_refresh_bounds(world, household, n);
    }
}

void flyt_lifecourse_refresh_bound(struct flyt_world *world, uint32_t household)
{
    flyt_lifecourse_refresh_bounds(world, &household, 1);
}

void flyt_lifecourse_before(struct flyt_world *world, uint32_t block, uint32_t household)
{
    if (world->livelihood != NULL) {
        flyt_livelihood_before(world, block, household);
    }
}

void flyt_lifecourse_after(struct flyt_world *world, uint32_t block, uint32_t household)
{
    if (world->livelihood != NULL) {
        flyt_livelihood_after(world, block, household);
    }
    flyt_lifecourse_refresh_bound(world, household);
}

/** Work of somebody who has just grown up, between _before() and _after(). */
static void begin_work(struct flyt_world *world, uint32_t household)
{
    if (world->livelihood != NULL) {
        flyt_livelihood_new_adult(world, household, 0);
    }
}

/* ---- events that touch one row ------------------------------------------------------------- */

static uint32_t adult_child(const struct flyt_household *row, int16_t now)
{
    uint32_t oldest = FLYT_NONE;
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        if (row->child_born[i] != FLYT_NO_MONTH && flyt_people_age(row->child_born[i], now) >= 18 &&
            (oldest == FLYT_NONE || row->child_born[i] < row->child_born[oldest])) {
            oldest = i;
        }
    }
    return oldest;
}

static void bear(struct flyt_world *world, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    double u = flyt_rng_unit(world->key, world->households.uid[household], world->month,
                             FLYT_STREAM_birth, 0);
    bool boy = u < world->params->fertility.boys;
    uint32_t sex = boy ? FLYT_SEX_man : FLYT_SEX_woman, place = 0;
    while (row->child_born[place] != FLYT_NO_MONTH) {
        place++; /* there is room: six children have no chance of a seventh */
    }
    row->child_born[place] = world->calendar;
    cold->deprived_months[place] = 0;
    flyt_people_set_helped(cold, place, 0);
    cold->child_sex = (uint8_t)((cold->child_sex & ~(1u << place)) | sex << place);
}

/** Takes a dead child out of its place. */
static void bury_child(struct flyt_world *world, uint32_t household, uint32_t child)
{
    struct flyt_household_cold *cold = &world->households.cold[household];
    world->households.row[household].child_born[child] = FLYT_NO_MONTH;
    cold->deprived_months[child] = 0;
    flyt_people_set_helped(cold, child, 0);
    cold->child_sex = (uint8_t)(cold->child_sex & ~(1u << child));
}

/** An adult dies or goes into care; false when that ends the household. */
static bool lose_adult(struct flyt_world *world, uint32_t household, uint32_t which)
{
    struct flyt_household *row = &world->households.row[household];
    if (flyt_people_adults(row) == 2) {
        flyt_couples_bereave(world, household, which);
        return true;
    }
    uint32_t heir = adult_child(row, world->calendar);
    if (heir == FLYT_NONE) {
        return false;
    }
    row->flags &= (uint8_t)~FLYT_LOOKING;
    flyt_leaving_succeed(world, household, heir);
    begin_work(world, household);
    return true;
}

static void marry(struct flyt_household *row)
{
    struct flyt_background background = flyt_people_background(row);
    background.married = true;
    flyt_people_set_background(row, background);
}

static void fail(struct flyt_household *row, uint32_t which)
{
    struct flyt_adult adult = flyt_people_adult(row, which);
    adult.frail = true;
    flyt_people_set_adult(row, which, adult);
}

/** Does what touches only this row; false when the event touches more. */
static bool live(struct flyt_world *world, struct flyt_life_counts *counts, uint32_t block,
                 uint32_t household, struct flyt_life_event event)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_life_list *looking = &world->life->looking[block];
    switch (event.kind) {
    case FLYT_LIFE_death:
        if (lose_adult(world, household, event.who)) {
            counts->dead++;
            return true;
        }
        return false;
    case FLYT_LIFE_care:
        if (lose_adult(world, household, event.who)) {
            counts->care++;
            return true;
        }
        return false;
    case FLYT_LIFE_frail:
        fail(row, event.who);
        counts->frail++;
        return true;
    case FLYT_LIFE_child_death:
        bury_child(world, household, event.who);
        counts->dead++;
        return true;
    case FLYT_LIFE_birth:
        bear(world, household);
        if (flyt_search_is_crowded(world, household)) {
            flyt_search_force(world, household, FLYT_REASON_crowding);
        }
        counts->born++;
        return true;
    case FLYT_LIFE_look:
        row->flags |= FLYT_LOOKING;
        looking->uid[looking->n] = world->households.uid[household];
        looking->row[looking->n++] = household;
        return true;
    case FLYT_LIFE_marriage:
        marry(row);
        counts->married++;
        return true;
    default:
        return false;
    }
}

static void screen_block(void *job_, uint32_t block)
{
    struct life_job *job = job_;
    struct flyt_world *world = job->world;
    if (world->month % 2 == 0) {
        flyt_world_draw_luck(world, block);
    }
    flyt_couples_keep_looking(world, block);
    flyt_world_screen(world, block, PURPOSE, &job->candidates[block]);
}

static void life_block(void *job_, uint32_t block)
{
    struct life_job *job = job_;
    struct flyt_world *world = job->world;
    const struct flyt_list *candidates = &job->candidates[block];
    for (uint32_t i = 0; i < candidates->n; i++) {
        if (i + AHEAD < candidates->n) {
            __builtin_prefetch(&world->households.row[candidates->row[i + AHEAD]]);
            __builtin_prefetch(&world->households.cold[candidates->row[i + AHEAD]]);
        }
        uint32_t household = candidates->row[i];
        double sum, u = flyt_world_luck(world, PURPOSE, FLYT_STREAM_life_more, household);
        struct flyt_life_event event = flyt_liferates_event(
            &world->life->now, &world->households.row[household],
            world->households.cold[household].child_sex, world->calendar, u, &sum);
        job->above[block] += sum * 65536.0 > world->households.bound[PURPOSE][household];
        if (event.kind == FLYT_LIFE_none) {
            continue;
        }
        flyt_lifecourse_before(world, block, household);
        bool done = live(world, &job->counts[block], block, household, event);
        flyt_lifecourse_after(world, block, household);
        if (!done) {
            job->change[block][job->n_changes[block]++] = (struct change){household, event, 0};
        }
    }
}

/* ---- events that touch homes and other rows ------------------------------------------------ */

void flyt_lifecourse_end(struct flyt_world *world, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    if (!(row->flags & FLYT_HIDDEN)) {
        world->dwellings.occupant[row->home] = FLYT_NONE;
        world->dwellings.empty_since[row->home] = world->calendar;
    } else {
        world->n_hidden--;
    }
    row->wanted = FLYT_NONE; /* lists of searchers drop it */
    /* ASSUMPTION: until there is an owner market nobody pays for the home that is given up */
    const struct flyt_household_cold *cold = &world->households.cold[household];
    world->life->counts.equity_ore += cold->price_ore - cold->debt_ore + cold->equity_ore;
    flyt_world_remove(world, household);
}

/** A child leaves, or a daughter does with her newborn. */
static bool leave_home(struct flyt_world *world, const struct change *change, bool birth)
{
    struct flyt_life_counts *counts = &world->life->counts;
    uint32_t leaver = flyt_world_add(world, change->household, change->uid);
    if (leaver == FLYT_NONE) {
        return false;
    }
    uint32_t helped =
        flyt_people_helped(&world->households.cold[change->household], change->event.who);
    flyt_lifecourse_before(world, 0, change->household);
    flyt_leaving_leave(world, change->household, change->event.who, leaver);
    uint8_t education = flyt_people_adult(&world->households.row[leaver], 0).education;
    counts->left_educated += education > FLYT_EDUCATION_basic;
    counts->left_helped += helped > 0;
    counts->left_helped_educated += helped > 0 && education > FLYT_EDUCATION_basic;
    begin_work(world, leaver);
    if (!flyt_guests_add(world, leaver)) {
        return false;
    }
    flyt_search_force(world, leaver, FLYT_REASON_left_parents);
    counts->left_home++;
    if (birth) {
        bear(world, leaver);
        counts->born++;
    }
    flyt_lifecourse_after(world, 0, leaver);
    flyt_lifecourse_after(world, 0, change->household);
    return true;
}

static bool part(struct flyt_world *world, const struct change *change)
{
    uint32_t couple = change->household;
    uint32_t leaver = flyt_world_add(world, couple, change->uid);
    if (leaver == FLYT_NONE) {
        return false;
    }
    flyt_lifecourse_before(world, 0, couple);
    flyt_couples_part(world, couple, leaver);
    if (!flyt_guests_add(world, leaver)) {
        return false;
    }
    flyt_search_force(world, leaver, FLYT_REASON_separation);
    flyt_lifecourse_after(world, 0, leaver);
    flyt_lifecourse_after(world, 0, couple);
    world->life->counts.parted++;
    return true;
}

/** The last adult is gone, or all move away. */
static void go(struct flyt_world *world, uint32_t household, enum flyt_life_kind kind)
{
    struct flyt_life_counts *counts = &world->life->counts;
    const struct flyt_household *row = &world->households.row[household];
    int64_t persons = flyt_people_persons(row);
    if (kind == FLYT_LIFE_move_out) {
        counts->out_households++;
        counts->out_persons += persons;
    } else {
        counts->dead += kind == FLYT_LIFE_death;
        counts->care += kind == FLYT_LIFE_care;
        counts->orphans += persons - 1;
    }
    if (world->livelihood != NULL) {
        flyt_livelihood_before(world, 0, household);
        flyt_sale_sell(world, 0, household);
        flyt_livelihood_after(world, 0, household);
        flyt_livelihood_depart(world, 0, household);
    }
    flyt_mobility_gone(world, household, kind != FLYT_LIFE_move_out);
    flyt_lifecourse_end(world, household);
}

static bool apply(struct flyt_world *world, const struct change *change)
{
    switch (change->event.kind) {
    case FLYT_LIFE_leaving:
        return leave_home(world, change, false);
    case FLYT_LIFE_birth_at_home:
        return leave_home(world, change, true);
    case FLYT_LIFE_separation:
        return part(world, change);
    default:
        go(world, change->household, change->event.kind);
        return true;
    }
}

/* ---- the month ----------------------------------------------------------------------------- */

static enum flyt_status take_job(struct flyt_world *world, struct life_job *job)
{
    struct flyt_arena *arena = world->step_arena;
    uint32_t n_blocks = world->par.n_blocks;
    bool shared = world->livelihood != NULL; /* which screens in another phase */
    *job = (struct life_job){
        .world = world,
        .candidates = shared ? world->livelihood->candidates
                             : FLYT_ARENA_ZERO(arena, struct flyt_list, n_blocks),
        .change = FLYT_ARENA_ZERO(arena, struct change *, n_blocks),
        .n_changes = FLYT_ARENA_ZERO(arena, uint32_t, n_blocks),
        .counts = FLYT_ARENA_ZERO(arena, struct flyt_life_counts, n_blocks),
        .above = FLYT_ARENA_ZERO(arena, uint32_t, n_blocks),
    };
    if (job->candidates == NULL || job->change == NULL || job->n_changes == NULL ||
        job->counts == NULL || job->above == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t block = 0; block < n_blocks && !shared; block++) {
        FLYT_TRY(flyt_list_init(&job->candidates[block], arena, world->households.n_rows[block]));
    }
    return FLYT_OK;
}

/** Room for a change by each candidate. */
static enum flyt_status take_changes(struct life_job *job)
{
    struct flyt_world *world = job->world;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        job->change[block] =
            FLYT_ARENA_ARRAY(world->step_arena, struct change, job->candidates[block].n);
        if (job->change[block] == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

/** Names the households that changes will found, so that no two of the world have one uid. */
static enum flyt_status name_founded(struct flyt_world *world, const struct life_job *job)
{
    uint32_t n_changes = 0, n = 0;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        n_changes += job->n_changes[block];
    }
    struct flyt_uids_new *list =
        FLYT_ARENA_ARRAY(world->step_arena, struct flyt_uids_new, n_changes);
    struct change **founder = FLYT_ARENA_ARRAY(world->step_arena, struct change *, n_changes);
    if (list == NULL || founder == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        for (uint32_t i = 0; i < job->n_changes[block]; i++) {
            struct change *change = &job->change[block][i];
            enum flyt_life_kind kind = change->event.kind;
            if (kind == FLYT_LIFE_leaving || kind == FLYT_LIFE_birth_at_home ||
                kind == FLYT_LIFE_separation) {
                list[n] = (struct flyt_uids_new){
                    .mother = world->households.uid[change->household],
                    .kind = kind == FLYT_LIFE_leaving      ? FLYT_STREAM_uid_leaving
                            : kind == FLYT_LIFE_separation ? FLYT_STREAM_uid_separation
                                                           : FLYT_STREAM_uid_birth};
                founder[n++] = change;
            }
        }
    }
    FLYT_TRY(flyt_uids_give(world, list, n));
    for (uint32_t i = 0; i < n; i++) {
        founder[i]->uid = list[i].uid;
    }
    return FLYT_OK;
}

/** Adds the blocks' counts and applies the changes they list. */
static enum flyt_status resolve(struct flyt_world *world, const struct life_job *job)
{
    struct flyt_life_counts *counts = &world->life->counts;
    uint32_t above = 0;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        above += job->above[block];
#define X(name, en, da) counts->name += job->counts[block].name;
        FLYT_LIFE_COUNTS(X)
#undef X
        for (uint32_t i = 0; i < job->n_changes[block]; i++) {
            if (!apply(world, &job->change[block][i])) {
                return flyt_diag_fault(
                    world->diag, FLYT_ERR_MEMORY, (struct flyt_place){0},
                    "month %u: more households than there are rows (%u), or more "
                    "without a home of their own than there is room for (%u)",
                    "måned %u: flere husstande end rækker (%u), eller flere uden "
                    "egen bolig, end der er plads til (%u)",
                    world->month, world->households.capacity, world->life->guests.capacity);
            }
        }
    }
    if (above > 0) {
        return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                               "internal error in month %u: %u hazards of life above their bound",
                               "intern fejl i måned %u: %u livsrater over deres grænse",
                               world->month, above);
    }
    return FLYT_OK;
}

enum flyt_status flyt_lifecourse_step(struct flyt_world *world)
{
    struct flyt_life *life = world->life;
    memset(&life->counts, 0, sizeof life->counts);
    if (world->month % 12 == 0) {
        FLYT_TRY(flyt_lifecourse_year(world));
    }
    struct life_job job;
    FLYT_TRY(take_job(world, &job));
    flyt_par_blocks(&world->par, screen_block, &job);
    FLYT_TRY(take_changes(&job));
    flyt_par_blocks(&world->par, life_block, &job);
    FLYT_TRY(name_founded(world, &job));
    FLYT_TRY(resolve(world, &job));
    FLYT_TRY(flyt_couples_step(world));
    FLYT_TRY(flyt_guests_step(world));
    FLYT_TRY(flyt_migration_step(world));
    const struct flyt_life_counts *counts = &life->counts;
    life->n_persons +=
        counts->born - counts->dead - counts->care - counts->orphans - counts->out_persons;
    return FLYT_OK;
}

enum flyt_status flyt_lifecourse_settle(struct flyt_world *world)
{
    flyt_guests_follow(world);
    return flyt_migration_admit(world);
}
