/* A small world for tests of letting: sections of any kind, households put where a test wants them,
   a choice that the test brings. No life course, incomes or search of its own. */
#ifndef FLYT_LETTING_FIXTURE_H
#define FLYT_LETTING_FIXTURE_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/housing.h"
#include "models/kinds.h"
#include "models/letting.h"
#include "models/params.h"

enum { LETTING_START = 124 * 12 /* January 2024 */ };

struct letting_section {
    uint32_t municipality, organisation, kind, area, homes;
};

struct letting_test {
    struct flyt_arena arena, step_arena;
    struct flyt_diag diag;
    struct flyt_params params;
    struct flyt_housing housing;
    struct flyt_world world;
    uint32_t municipality_of[8];
    uint64_t next_uid;
};

/** What the test's households think of homes: utility over staying. */
typedef double letting_gain(const struct flyt_world *world, uint32_t household, uint32_t dwelling);
static letting_gain *letting_wants; /* one test a process */

static inline void letting_prepare(const struct flyt_world *world, uint32_t household, void *out)
{
    (void)world;
    memcpy(out, &household, sizeof household);
}

static inline double letting_gain_of(const struct flyt_world *world, void *prepared,
                                     uint32_t dwelling, double *utility)
{
    uint32_t household;
    memcpy(&household, prepared, sizeof household);
    *utility = letting_wants(world, household, dwelling);
    return *utility;
}

static inline double letting_takes_all(const struct flyt_world *world, uint32_t household,
                                       uint32_t dwelling)
{
    (void)world, (void)household, (void)dwelling;
    return 1.0;
}

static inline double letting_gain_once(const struct flyt_world *world, uint32_t household,
                                       uint32_t dwelling, double *utility)
{
    *utility = letting_wants(world, household, dwelling);
    return *utility;
}

static const struct flyt_letting_choice letting_test_choice = {
    sizeof(uint32_t), letting_prepare, letting_gain_of, letting_gain_once, 0, NULL, NULL};

static inline struct flyt_params letting_defaults(void)
{
    struct flyt_params params;
    memset(&params, 0, sizeof params);
#define X(type, name, unit, fallback, ...) params.letting.name = (flyt_##type)(fallback);
    LETTING_PARAMS(X)
#undef X
    params.letting.assigned_margin = 0; /* tests say themselves what is refused */
#define X(type, name, unit, fallback, ...) params.lists.name = (flyt_##type)(fallback);
    LISTS_PARAMS(X)
#undef X
#define X(type, name, unit, fallback, ...) params.need.name = (flyt_##type)(fallback);
    NEED_PARAMS(X)
#undef X
#define X(type, name, unit, fallback, ...) params.search.name = (flyt_##type)(fallback);
    SEARCH_PARAMS(X)
#undef X
    return params;
}

static inline void letting_must(bool ok)
{
    if (!ok) {
        abort();
    }
}

static inline void letting_lists(struct letting_test *test)
{
    struct flyt_world *world = &test->world;
    uint32_t n_blocks = world->par.n_blocks;
    test->housing.searching = FLYT_ARENA_ZERO(&test->arena, struct flyt_list, n_blocks + 1);
    for (uint32_t block = 0; block <= n_blocks; block++) {
        uint32_t rows = block == n_blocks
                            ? world->households.n_outside
                            : flyt_world_first(world, block + 1) - flyt_world_first(world, block);
        letting_must(flyt_list_init(&test->housing.searching[block], &test->arena, rows + 1) ==
                     FLYT_OK);
    }
}

/** A world of these sections, all homes vacant for a month, nobody there. Sections lie by
 *  municipality. @param listed  [areas] */
static inline void letting_open(struct letting_test *test, const struct letting_section *section,
                                uint32_t n, uint32_t n_municipalities, uint32_t n_organisations,
                                const uint8_t *listed, uint32_t n_areas, struct flyt_par par)
{
    memset(test, 0, sizeof *test);
    flyt_arena_init(&test->arena, 0);
    flyt_arena_init(&test->step_arena, 0);
    test->params = letting_defaults();
    struct flyt_world *world = &test->world;
    *world = (struct flyt_world){.key = {11, 3},
                                 .par = par,
                                 .calendar = LETTING_START,
                                 .municipalities = {.n = n_municipalities},
                                 .params = &test->params,
                                 .housing = &test->housing,
                                 .run_arena = &test->arena,
                                 .step_arena = &test->step_arena,
                                 .diag = &test->diag};
    uint32_t homes = 0;
    for (uint32_t s = 0; s < n; s++) {
        homes += section[s].homes;
    }
    letting_must(flyt_world_init(world, homes + homes / 2 + 64, homes, n) == FLYT_OK);
    world->areas.n = n_areas;
    world->areas.listed = FLYT_ARENA_ZERO(&test->arena, uint8_t, n_areas + 1);
    memcpy(world->areas.listed, listed, n_areas);
    homes = 0;
    for (uint32_t s = 0; s < n; s++) {
        world->sections.first[s] = homes;
        world->sections.municipality[s] = section[s].municipality;
        world->sections.organisation[s] = section[s].organisation;
        world->sections.kind[s] = (uint8_t)section[s].kind;
        world->sections.tenure[s] = (uint8_t)flyt_kinds_class(section[s].kind);
        world->sections.area[s] = section[s].area;
        world->sections.table_row[s] = s;
        for (uint32_t i = 0; i < section[s].homes; i++, homes++) {
            world->dwellings.section[homes] = s;
            world->dwellings.rooms[homes] = 3;
            world->dwellings.occupant[homes] = FLYT_NONE;
            world->dwellings.empty_since[homes] = LETTING_START - 1;
        }
        world->sections.n_open[s] = section[s].homes;
    }
    world->sections.first[n] = homes;
    test->housing.vacant = FLYT_ARENA_ZERO(&test->arena, uint32_t, homes + 1);
    test->housing.n_vacant = FLYT_ARENA_ZERO(&test->arena, uint32_t, n + 1);
    test->housing.moves = FLYT_ARENA_ZERO(&test->arena, struct flyt_move, homes + 1);
    test->housing.n_let = FLYT_ARENA_ZERO(&test->arena, uint32_t, n + 1);
    letting_lists(test);
    letting_wants = letting_takes_all;
    letting_must(flyt_letting_create(world, test->municipality_of, n_organisations,
                                     &letting_test_choice) == FLYT_OK);
}

static inline void letting_shut(struct letting_test *test)
{
    flyt_arena_free(&test->step_arena);
    flyt_arena_free(&test->arena);
}

/** A single of an age and work, since two years, in a home. The uids ascend. */
static inline uint32_t letting_settle(struct letting_test *test, uint32_t home, int32_t age_years,
                                      uint32_t work)
{
    struct flyt_world *world = &test->world;
    uint32_t household = flyt_world_add(world, FLYT_NONE, ++test->next_uid);
    letting_must(household != FLYT_NONE && world->dwellings.occupant[home] == FLYT_NONE);
    struct flyt_household *row = &world->households.row[household];
    flyt_people_set_adult(row, 0,
                          (struct flyt_adult){.born = (int16_t)(world->calendar - 12 * age_years),
                                              .work = (uint8_t)work,
                                              .work_since = (int16_t)(world->calendar - 24)});
    row->home = home;
    row->section = world->dwellings.section[home];
    row->moved_in = (int16_t)(world->calendar - 30);
    row->search_since = FLYT_NO_MONTH;
    world->dwellings.occupant[home] = household;
    return household;
}

/** A home falls vacant; its household leaves the world. */
static inline void letting_leave(struct letting_test *test, uint32_t home)
{
    struct flyt_world *world = &test->world;
    flyt_world_remove(world, world->dwellings.occupant[home]);
    world->dwellings.occupant[home] = FLYT_NONE;
    world->dwellings.empty_since[home] = world->calendar;
}

/** Puts a member into a list or queue where its month and uid belong. */
static inline void letting_insert(struct letting_test *test, uint32_t list, uint32_t household,
                                  int16_t since, uint32_t kind)
{
    struct flyt_world *world = &test->world;
    struct flyt_lists_list *to = &world->letting->lists.list[list];
    struct flyt_lists_member member = {world->households.uid[household], household, since,
                                       (uint8_t)kind};
    letting_must(flyt_lists_reserve(world, to, 1) == FLYT_OK);
    flyt_lists_append(to, member);
    uint32_t i = to->n - 1;
    for (; i > 0; i--) {
        const struct flyt_lists_member *before = &to->member[i - 1];
        if (before->kind != kind     ? before->kind < kind
            : before->since != since ? before->since < since
                                     : before->uid < member.uid) {
            break;
        }
        to->member[i] = *before;
    }
    to->member[i] = member;
    to->n_known = to->n;
}

/** Adult 0 needs daily help from now on. */
static inline void letting_fail(struct letting_test *test, uint32_t household)
{
    struct flyt_household *row = &test->world.households.row[household];
    struct flyt_adult adult = flyt_people_adult(row, 0);
    adult.frail = true;
    flyt_people_set_adult(row, 0, adult);
}

static inline void letting_join(struct letting_test *test, uint32_t household, uint32_t list,
                                int16_t since)
{
    struct flyt_household_cold *cold = &test->world.households.cold[household];
    uint32_t place = 0;
    while (cold->list_since[place] != 0) {
        place++;
    }
    letting_must(place < FLYT_LISTS_MEMBERSHIPS);
    cold->list_organisation[place] = (uint16_t)list;
    cold->list_since[place] = since;
    letting_insert(test, list, household, since, FLYT_NEED_none);
}

static inline void letting_queue_up(struct letting_test *test, uint32_t household, int16_t since,
                                    uint32_t kind)
{
    struct flyt_world *world = &test->world;
    uint32_t m = flyt_lists_municipality(world, household);
    world->households.row[household].flags |= FLYT_QUEUED | FLYT_FORCED;
    world->households.cold[household].queued_since = since;
    letting_insert(test, flyt_lists_queue(&world->letting->lists, m), household, since, kind);
}

static inline void letting_find_vacant(struct letting_test *test)
{
    struct flyt_world *world = &test->world;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        uint32_t n = 0;
        for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
            if (world->dwellings.occupant[d] == FLYT_NONE) {
                test->housing.vacant[world->sections.first[s] + n++] = d;
            }
        }
        test->housing.n_vacant[s] = n;
    }
}

/** Carries out the round's moves. @return how many. */
static inline uint32_t letting_move(struct letting_test *test)
{
    struct flyt_world *world = &test->world;
    uint32_t n = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        for (uint32_t i = 0; i < test->housing.n_let[s]; i++, n++) {
            struct flyt_move move = test->housing.moves[world->sections.first[s] + i];
            struct flyt_household *row = &world->households.row[move.household];
            letting_must(row->wanted == move.dwelling &&
                         world->dwellings.occupant[move.dwelling] == FLYT_NONE);
            world->dwellings.occupant[row->home] = FLYT_NONE;
            world->dwellings.empty_since[row->home] = world->calendar;
            uint32_t from = row->section;
            test->housing.vacant[world->sections.first[from] + test->housing.n_vacant[from]++] =
                row->home;
            row->home = move.dwelling;
            row->section = s;
            row->moved_in = world->calendar;
            row->wanted = FLYT_NONE;
            row->flags &= (uint8_t) ~(FLYT_HIDDEN | FLYT_FORCED | FLYT_QUEUED);
            world->dwellings.occupant[move.dwelling] = move.household;
        }
        test->housing.n_let[s] = 0;
    }
    return n;
}

/** A month of letting: lists in order, rounds, moves. @return homes let. */
static inline uint32_t letting_month(struct letting_test *test, uint32_t n_rounds)
{
    struct flyt_world *world = &test->world;
    uint32_t n = 0;
    flyt_arena_empty(&test->step_arena);
    letting_must(flyt_letting_begin(world) == FLYT_OK && flyt_lists_step(world) == FLYT_OK);
    letting_find_vacant(test);
    for (uint32_t round = 0; round < n_rounds; round++) {
        letting_must(flyt_letting_round(world, round) == FLYT_OK);
        n += letting_move(test);
    }
    flyt_letting_close(world);
    return n;
}

/** The month so many before the start. */
static inline int16_t letting_ago(int months)
{
    return (int16_t)(LETTING_START - months);
}

static inline uint64_t letting_uid(const struct letting_test *test, uint32_t household)
{
    return test->world.households.uid[household];
}

/** The uid of who lives there; 0: nobody. */
static inline uint64_t letting_occupant(const struct letting_test *test, uint32_t home)
{
    uint32_t household = test->world.dwellings.occupant[home];
    return household == FLYT_NONE ? 0 : letting_uid(test, household);
}

/** Homes let by a channel this month in the first municipality. */
static inline int64_t letting_let(const struct letting_test *test, uint32_t channel)
{
    return test->world.letting->counts.let[channel];
}

static inline void letting_next(struct letting_test *test)
{
    test->world.month++;
    test->world.calendar++;
}

#endif
