#include "output/track.h"

#include <stdlib.h>
#include <string.h>

#include "models/listing.h"
#include "models/people.h"

enum { FIRST_ROOM = 256 };

enum flyt_status flyt_track_open(struct flyt_track *track, uint32_t n_pairs, uint32_t n_years,
                                 struct flyt_arena *arena)
{
    *track = (struct flyt_track){.n_pairs = n_pairs, .n_years = n_years};
    track->one = FLYT_ARENA_ZERO(arena, struct flyt_track_one, n_pairs + 1);
    if (track->one == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t r = 0; r < n_pairs; r++) {
        struct flyt_track_one *one = &track->one[r];
        size_t n = n_years + (size_t)1;
        flyt_arena_init(&one->arena, 0);
        one->life = FLYT_ARENA_ZERO(&one->arena, struct flyt_track_life *, n);
        one->n_life = FLYT_ARENA_ZERO(&one->arena, uint32_t, n);
        one->outside = FLYT_ARENA_ZERO(&one->arena, int64_t, n);
        one->working_age = FLYT_ARENA_ZERO(&one->arena, int64_t, n);
        if (one->life == NULL || one->n_life == NULL || one->outside == NULL ||
            one->working_age == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

void flyt_track_close(struct flyt_track *track)
{
    for (uint32_t r = 0; r < track->n_pairs; r++) {
        flyt_arena_free(&track->one[r].arena);
    }
    track->n_pairs = 0;
}

/* ---- uids in order --------------------------------------------------------------------------- */

static int by_uid(const void *a_, const void *b_)
{
    const uint64_t *a = a_, *b = b_; /* the first member of all that is sorted here */
    return (*a > *b) - (*a < *b);
}

static int by_uid_and_policy(const void *a_, const void *b_)
{
    const struct flyt_track_reach *a = a_, *b = b_;
    int order = (a->uid > b->uid) - (a->uid < b->uid);
    order = order != 0 ? order : (a->policy > b->policy) - (a->policy < b->policy);
    return order != 0 ? order : a->month - b->month;
}

/** Sorts uids and drops those that stand twice. @return how many are left. */
static uint32_t make_distinct(uint64_t *uid, uint32_t n)
{
    uint32_t n_kept = 0;
    qsort(uid, n, sizeof *uid, by_uid);
    for (uint32_t i = 0; i < n; i++) {
        if (n_kept == 0 || uid[n_kept - 1] != uid[i]) {
            uid[n_kept++] = uid[i];
        }
    }
    return n_kept;
}

static bool is_wanted(const struct flyt_track_one *one, uint64_t uid)
{
    return one->n_wanted > 0 &&
           bsearch(&uid, one->wanted, one->n_wanted, sizeof uid, by_uid) != NULL;
}

const struct flyt_track_life *flyt_track_find(const struct flyt_track_one *one, uint32_t year,
                                              uint64_t uid)
{
    return one->n_life[year] == 0
               ? NULL
               : bsearch(&uid, one->life[year], one->n_life[year], sizeof *one->life[year], by_uid);
}

enum flyt_status flyt_track_want(struct flyt_track *track, const struct flyt_track *other)
{
    track->follows = true;
    for (uint32_t r = 0; r < track->n_pairs; r++) {
        struct flyt_track_one *one = &track->one[r];
        const struct flyt_track_one *from = &other->one[r];
        uint64_t *uid =
            FLYT_ARENA_ARRAY(&one->arena, uint64_t, (size_t)one->n_wanted + from->n_reach + 1);
        if (uid == NULL) {
            return FLYT_ERR_MEMORY;
        }
        uint32_t n = one->n_wanted;
        if (n > 0) {
            memcpy(uid, one->wanted, n * sizeof *uid);
        }
        for (uint32_t i = 0; i < from->n_reach; i++) {
            uid[n++] = from->reach[i].uid;
        }
        one->wanted = uid;
        one->n_wanted = make_distinct(uid, n);
    }
    return FLYT_OK;
}

/* ---- whom a policy reaches ------------------------------------------------------------------ */

static uint32_t index_of(const struct flyt_policy *policy)
{
    uint32_t i = 0;
    while (flyt_policies_known[i] != policy) {
        i++;
    }
    return i;
}

/** The start: which areas are deprived, which policies there are, room for rows. */
static enum flyt_status begin(struct flyt_track *track, struct flyt_track_one *one,
                              const struct flyt_world *world)
{
    uint32_t n_known = 0;
    while (flyt_policies_known[n_known] != NULL) {
        n_known++;
    }
    one->deprived = FLYT_ARENA_ZERO(&one->arena, bool, world->areas.n + 1);
    one->seen = FLYT_ARENA_ZERO(&one->arena, uint64_t *, n_known + 1);
    if (one->deprived == NULL || one->seen == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t a = 0; a < world->areas.n; a++) {
        one->deprived[a] = flyt_listing_marks((enum flyt_list_status)world->areas.listed[a]);
    }
    for (uint32_t p = 0; p < world->policies->n; p++) {
        const struct flyt_policy *policy = world->policies->state[p].policy;
        uint32_t known = index_of(policy);
        one->policies |= 1u << known;
        if (policy->hooks.reached == NULL || track->follows) {
            continue;
        }
        one->seen[known] = FLYT_ARENA_ZERO(&one->arena, uint64_t, world->households.capacity);
        if (one->seen[known] == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

static enum flyt_status add_reach(struct flyt_track_one *one, struct flyt_track_reach reach)
{
    if (one->n_reach == one->capacity) {
        uint32_t capacity = one->capacity > 0 ? 2 * one->capacity : FIRST_ROOM;
        struct flyt_track_reach *more =
            FLYT_ARENA_ARRAY(&one->arena, struct flyt_track_reach, capacity);
        if (more == NULL) {
            return FLYT_ERR_MEMORY;
        }
        if (one->n_reach > 0) {
            memcpy(more, one->reach, one->n_reach * sizeof *more);
        }
        one->reach = more;
        one->capacity = capacity;
    }
    one->reach[one->n_reach++] = reach;
    return FLYT_OK;
}

static enum flyt_status note_reached(struct flyt_track_one *one, const struct flyt_world *world,
                                     uint32_t n_months_done)
{
    for (uint32_t p = 0; p < world->policies->n; p++) {
        const struct flyt_policy_state *state = &world->policies->state[p];
        if (state->policy->hooks.reached == NULL || !state->begun) {
            continue;
        }
        uint32_t known = index_of(state->policy);
        uint64_t *seen = one->seen[known];
        FLYT_EACH_HOUSEHOLD(world, i)
        {
            uint64_t uid = world->households.uid[i];
            uint32_t area = seen[i] == uid ? FLYT_NONE : flyt_policies_reached(world, state, i);
            if (area != FLYT_NONE) {
                seen[i] = uid;
                FLYT_TRY(add_reach(
                    one, (struct flyt_track_reach){.uid = uid,
                                                   .policy = known,
                                                   .area = (uint16_t)area,
                                                   .month = (int16_t)(world->calendar - 1),
                                                   .year = (n_months_done + 11) / 12}));
            }
        }
    }
    return FLYT_OK;
}

/** By uid and policy, each once: a row may have been another's meanwhile. */
static void put_in_order(struct flyt_track_one *one)
{
    uint32_t n = 0;
    if (one->n_reach == 0) {
        return;
    }
    qsort(one->reach, one->n_reach, sizeof *one->reach, by_uid_and_policy);
    for (uint32_t i = 0; i < one->n_reach; i++) {
        if (n == 0 || one->reach[n - 1].uid != one->reach[i].uid ||
            one->reach[n - 1].policy != one->reach[i].policy) {
            one->reach[n++] = one->reach[i];
        }
    }
    one->n_reach = n;
}

/* ---- how they live -------------------------------------------------------------------------- */

/** Adults below 65, and those of them neither in work nor education: as composition.h counts. */
static void count_adults(const struct flyt_household *row, int16_t now,
                         struct flyt_track_life *life)
{
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        if (row->born[i] == FLYT_NO_MONTH) {
            continue;
        }
        bool counts = now - row->born[i] < 65 * 12;
        bool works = row->work[i] == FLYT_WORK_employed;
        life->works |= works;
        life->working_age = (uint8_t)(life->working_age + counts);
        bool outside = counts && !works && row->work[i] != FLYT_WORK_student;
        life->outside = (uint8_t)(life->outside + outside);
    }
}

static struct flyt_track_life life_of(const struct flyt_track_one *one,
                                      const struct flyt_world *world, int16_t now,
                                      uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    struct flyt_track_life life = {
        .uid = world->households.uid[household],
        .disposable_ore = row->disposable_ore,
        .area = (uint16_t)world->sections.area[row->section],
        .moved_in = row->moved_in,
        .cases = flyt_people_background(row).cases,
    };
    life.deprived = one->deprived[life.area];
    count_adults(row, now, &life);
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        if (row->child_born[i] != FLYT_NO_MONTH && now - row->child_born[i] < 18 * 12) {
            life.child_months = (uint16_t)(life.child_months +
                                           world->households.cold[household].deprived_months[i]);
        }
    }
    return life;
}

static enum flyt_status note_lives(struct flyt_track_one *one, const struct flyt_world *world,
                                   uint32_t year)
{
    uint32_t n = 0;
    /* the last month's: as composition.h counted */
    int16_t at = (int16_t)(world->calendar - (year > 0));
    struct flyt_track_life *life =
        FLYT_ARENA_ARRAY(&one->arena, struct flyt_track_life, one->n_wanted + 1);
    if (life == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        bool deprived = one->deprived[world->sections.area[row->section]];
        bool wanted = is_wanted(one, world->households.uid[i]);
        if (!deprived && !wanted) {
            continue;
        }
        struct flyt_track_life now = life_of(one, world, at, i);
        one->outside[year] += deprived ? now.outside : 0;
        one->working_age[year] += deprived ? now.working_age : 0;
        if (wanted) {
            life[n++] = now;
        }
    }
    qsort(life, n, sizeof *life, by_uid);
    one->life[year] = life;
    one->n_life[year] = n;
    return FLYT_OK;
}

/** All reached so far are wanted. */
static enum flyt_status want_reached(struct flyt_track_one *one, const struct flyt_world *world)
{
    one->wanted = FLYT_ARENA_ARRAY(world->step_arena, uint64_t, one->n_reach + (size_t)1);
    if (one->wanted == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < one->n_reach; i++) {
        one->wanted[i] = one->reach[i].uid;
    }
    one->n_wanted = make_distinct(one->wanted, one->n_reach);
    return FLYT_OK;
}

enum flyt_status flyt_track_watch(void *track_, void *world_, uint32_t n_months_done)
{
    struct flyt_track *track = track_;
    const struct flyt_world *world = world_;
    struct flyt_track_one *one = &track->one[world->key.replicate];
    if (n_months_done == 0) {
        FLYT_TRY(begin(track, one, world));
    } else if (!track->follows) {
        FLYT_TRY(note_reached(one, world, n_months_done));
    }
    if (n_months_done % 12 != 0) {
        return FLYT_OK;
    }
    if (!track->follows) {
        put_in_order(one);
        FLYT_TRY(want_reached(one, world));
    }
    return note_lives(one, world, n_months_done / 12);
}
