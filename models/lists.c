#include "models/lists.h"

#include <stdlib.h>
#include <string.h>

#include "models/housing.h"
#include "models/kinds.h"
#include "models/letting.h"
#include "models/lifecourse.h"
#include "models/lists_parts.h"
#include "models/params.h"

enum { YOUTH = FLYT_LISTS_YOUTH };

static struct flyt_lists *lists_of(const struct flyt_world *world)
{
    return &world->letting->lists;
}

uint32_t flyt_lists_municipality(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_households *households = &world->households;
    return household < households->capacity
               ? world->sections.municipality[households->row[household].section]
               : world->life->outside_municipality[household - households->capacity];
}

/* ---- making them --------------------------------------------------------------------------- */

/** The organisations with homes of a kind in each municipality, and how many. */
static void fill_options(const struct flyt_world *world, struct flyt_lists *lists, uint32_t kind)
{
    uint32_t n = 0, s = 0, *first = lists->first[kind];
    for (uint32_t m = 0; m < lists->n_municipalities; m++) {
        first[m] = n;
        for (; s < world->sections.n && world->sections.municipality[s] == m; s++) {
            uint32_t list = world->sections.organisation[s], i = first[m];
            if (flyt_lists_kind(world, s) != kind) {
                continue;
            }
            list = kind == YOUTH ? flyt_lists_youth(lists, list) : flyt_lists_family(lists, list);
            while (i < n && lists->option[kind][i].list != list) {
                i++;
            }
            if (i == n) {
                lists->option[kind][n++] = (struct flyt_lists_option){list, 0};
            }
            lists->option[kind][i].homes += world->sections.first[s + 1] - world->sections.first[s];
        }
    }
    first[lists->n_municipalities] = n;
}

enum flyt_status flyt_lists_create(struct flyt_world *world, struct flyt_lists *lists,
                                   uint32_t n_organisations)
{
    struct flyt_arena *arena = world->run_arena;
    uint32_t n_blocks = world->par.n_blocks, n_municipalities = world->municipalities.n;
    *lists = (struct flyt_lists){.n_organisations = n_organisations,
                                 .n_municipalities = n_municipalities,
                                 .n = 2 * n_organisations + 2 * n_municipalities};
    lists->list = FLYT_ARENA_ZERO(arena, struct flyt_lists_list, lists->n);
    lists->joined = FLYT_ARENA_ARRAY(arena, struct flyt_list, n_blocks + 1);
    if (lists->list == NULL || lists->joined == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t block = 0; block <= n_blocks; block++) {
        uint32_t rows = block == n_blocks
                            ? world->households.n_outside
                            : flyt_world_first(world, block + 1) - flyt_world_first(world, block);
        FLYT_TRY(flyt_list_init(&lists->joined[block], arena, rows));
    }
    for (uint32_t kind = 0; kind < 2; kind++) {
        lists->first[kind] = FLYT_ARENA_ARRAY(arena, uint32_t, n_municipalities + 1);
        lists->option[kind] =
            FLYT_ARENA_ARRAY(arena, struct flyt_lists_option, world->sections.n + 1);
        if (lists->first[kind] == NULL || lists->option[kind] == NULL) {
            return FLYT_ERR_MEMORY;
        }
        fill_options(world, lists, kind);
    }
    return FLYT_OK;
}

enum flyt_status flyt_lists_reserve(struct flyt_world *world, struct flyt_lists_list *list,
                                    uint32_t n)
{
    if (list->n + n <= list->capacity) {
        return FLYT_OK;
    }
    uint32_t capacity = 2 * (list->n + n) + 16;
    struct flyt_lists_member *member =
        FLYT_ARENA_ARRAY(world->run_arena, struct flyt_lists_member, capacity);
    if (member == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (list->capacity > 0) {
        memcpy(member, list->member, list->n * sizeof *member);
        memset(list->member, 0, list->capacity * sizeof *member); /* left behind: holds nothing */
    }
    if (list->n_wishes > 0) {
        size_t words = flyt_lists_words(list);
        uint64_t *wish = FLYT_ARENA_ZERO(world->run_arena, uint64_t, capacity * words);
        if (wish == NULL) {
            return FLYT_ERR_MEMORY;
        }
        if (list->capacity > 0) {
            memcpy(wish, list->wish, list->n * words * sizeof *wish);
            memset(list->wish, 0, list->capacity * words * sizeof *wish);
        }
        list->wish = wish;
    }
    list->member = member;
    list->capacity = capacity;
    return FLYT_OK;
}

void flyt_lists_append(struct flyt_lists_list *list, struct flyt_lists_member member)
{
    if (list->n_wishes > 0) {
        memset(flyt_lists_wish(list, list->n), 0, flyt_lists_words(list) * sizeof(uint64_t));
    }
    list->member[list->n++] = member;
    list->arrivals++;
}

/** Reads how many members a list has, and makes room for them. */
static void read_number(struct flyt_world *world, struct flyt_archive *archive,
                        struct flyt_lists_list *list)
{
    uint64_t rows = (uint64_t)world->households.capacity + world->households.n_outside;
    uint32_t n = 0;
    flyt_archive_count(archive, "lists.n", &n, 2 * rows); /* some have left, and joined anew */
    list->n = 0;
    if (archive->status == FLYT_OK) {
        archive->status = flyt_lists_reserve(world, list, n);
        list->n = n;
    }
}

void flyt_lists_archive_one(struct flyt_world *world, struct flyt_archive *archive,
                            struct flyt_lists_list *list)
{
    uint32_t rows = world->households.capacity + world->households.n_outside;
    if (archive->mode == FLYT_ARCHIVE_read) {
        read_number(world, archive, list);
    } else {
        FLYT_ARCHIVE_VALUE(archive, "lists.n", list->n);
    }
    flyt_archive_count(archive, "lists.n_known", &list->n_known, list->n);
    FLYT_ARCHIVE_VALUE(archive, "lists.person_months", list->person_months);
    FLYT_ARCHIVE_VALUE(archive, "lists.arrivals", list->arrivals);
    FLYT_ARCHIVE_VALUE(archive, "lists.departures", list->departures);
    FLYT_ARCHIVE_VALUE(archive, "lists.waited_months", list->waited_months);
    if (archive->status != FLYT_OK) {
        return;
    }
    size_t words = flyt_lists_words(list), n_wishes = list->n * words;
    FLYT_ARCHIVE_FRONT(archive, "lists.member", list->member, list->n, list->capacity);
    FLYT_ARCHIVE_FRONT(archive, "lists.wish", list->wish, n_wishes, list->capacity * words);
    flyt_archive_pointers(archive, "lists.member", &list->member, sizeof list->member);
    flyt_archive_pointers(archive, "lists.wish", &list->wish, sizeof list->wish);
    flyt_archive_pointers(archive, "lists.capacity", &list->capacity, sizeof list->capacity);
    for (uint32_t i = 0; i < list->n && flyt_archive_reads(archive); i++) {
        flyt_archive_require(archive, "lists.member", list->member[i].household < rows);
    }
}

void flyt_lists_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_lists *lists = lists_of(world);
    for (uint32_t l = 0; l < lists->n && archive->status == FLYT_OK; l++) {
        flyt_lists_archive_one(world, archive, &lists->list[l]);
    }
    for (uint32_t block = 0; block <= world->par.n_blocks; block++) {
        flyt_archive_list(archive, "lists.joined", &lists->joined[block], FLYT_CLOSED);
    }
}

/* ---- one month ----------------------------------------------------------------------------- */

static bool stands(const struct flyt_world *world, uint32_t list,
                   const struct flyt_lists_member *member)
{
    if (world->households.uid[member->household] != member->uid) {
        return false;
    }
    const struct flyt_household_cold *cold = &world->households.cold[member->household];
    if (list >= flyt_lists_queue(lists_of(world), 0)) {
        uint32_t m = list - flyt_lists_queue(lists_of(world), 0);
        return world->households.row[member->household].flags & FLYT_QUEUED &&
               cold->queued_since == member->since &&
               flyt_lists_municipality(world, member->household) == m;
    }
    uint32_t place = flyt_lists_place(cold, list);
    return place != FLYT_NONE && cold->list_since[place] == member->since;
}

/** Whoever is housed, or has moved to another municipality, stands in this queue no more. */
static void leave_queue(struct flyt_world *world, uint32_t list,
                        const struct flyt_lists_member *member)
{
    struct flyt_household_cold *cold = &world->households.cold[member->household];
    if (list >= flyt_lists_queue(lists_of(world), 0) &&
        world->households.uid[member->household] == member->uid &&
        cold->queued_since == member->since) {
        cold->queued_since = 0;
    }
}

static void clean_range(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    for (uint32_t l = first; l < end; l++) {
        struct flyt_lists_list *list = &lists_of(world)->list[l];
        uint32_t n = 0;
        for (uint32_t i = 0; i < list->n; i++) {
            if (i + 6 < list->n) {
                __builtin_prefetch(&world->households.cold[list->member[i + 6].household]);
            }
            if (stands(world, l, &list->member[i])) {
                if (n < i && list->n_wishes > 0) {
                    memcpy(flyt_lists_wish(list, n), flyt_lists_wish(list, i),
                           flyt_lists_words(list) * sizeof(uint64_t));
                }
                list->member[n++] = list->member[i];
            } else {
                leave_queue(world, l, &list->member[i]);
                list->departures++;
                list->waited_months += world->calendar - list->member[i].since;
            }
        }
        list->n = list->n_known = n;
    }
}

static int by_right(const void *a_, const void *b_)
{
    const struct flyt_lists_member *a = a_, *b = b_;
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->since != b->since) {
        return a->since < b->since ? -1 : 1;
    }
    return a->uid < b->uid ? -1 : a->uid > b->uid;
}

static void order_range(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    uint32_t queue = flyt_lists_queue(lists_of(world), 0);
    for (uint32_t l = first; l < end; l++) {
        struct flyt_lists_list *list = &lists_of(world)->list[l];
        /* whoever joined this month comes after the others, but not in a queue with its kinds */
        uint32_t from = l < queue ? list->n_known : 0;
        if (list->n > list->n_known) {
            qsort(list->member + from, list->n - from, sizeof *list->member, by_right);
        }
        list->n_known = list->n;
        list->person_months += list->n;
    }
}

/** Brings those who joined to their lists; at the start, all memberships. */
static enum flyt_status bring(struct flyt_world *world, bool start)
{
    struct flyt_lists *lists = lists_of(world);
    uint32_t *n = FLYT_ARENA_ZERO(world->step_arena, uint32_t, lists->n);
    if (n == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (int pass = 0; pass < 2; pass++) { /* count, then place */
        for (uint32_t block = 0; block <= world->par.n_blocks; block++) {
            const struct flyt_list *joined = &lists->joined[block];
            for (uint32_t i = 0; i < joined->n; i++) {
                const struct flyt_household_cold *cold = &world->households.cold[joined->row[i]];
                for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; k++) {
                    uint32_t l = cold->list_organisation[k];
                    int16_t since = cold->list_since[k];
                    if (since == 0 || (since != world->calendar && !start)) {
                        continue;
                    }
                    if (pass == 0) {
                        n[l]++;
                    } else {
                        flyt_lists_append(
                            &lists->list[l],
                            (struct flyt_lists_member){.uid = world->households.uid[joined->row[i]],
                                                       .household = joined->row[i],
                                                       .since = since});
                    }
                }
            }
        }
        for (uint32_t l = 0; l < lists->n && pass == 0; l++) {
            FLYT_TRY(flyt_lists_reserve(world, &lists->list[l], n[l]));
        }
    }
    for (uint32_t block = 0; block <= world->par.n_blocks; block++) {
        lists->joined[block].n = 0;
    }
    return FLYT_OK;
}

enum flyt_status flyt_lists_step(struct flyt_world *world)
{
    struct flyt_lists *lists = lists_of(world);
    flyt_par_blocks(&world->par, flyt_lists_search, world);
    flyt_lists_search(world, world->par.n_blocks); /* those outside */
    flyt_par_ranges(&world->par, lists->n, clean_range, world);
    FLYT_TRY(bring(world, false));
    FLYT_TRY(flyt_need_step(world));
    flyt_par_ranges(&world->par, lists->n, order_range, world);
    return FLYT_OK;
}

void flyt_lists_follow(struct flyt_world *world, uint32_t from, uint32_t to)
{
    const struct flyt_household_cold *cold = &world->households.cold[to];
    uint64_t uid = world->households.uid[to];
    for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; k++) {
        if (cold->list_since[k] == 0) {
            continue;
        }
        struct flyt_lists_list *list = &lists_of(world)->list[cold->list_organisation[k]];
        uint32_t low = 0, high = list->n;
        struct flyt_lists_member sought = {.uid = uid, .since = cold->list_since[k]};
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            if (by_right(&list->member[middle], &sought) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < list->n && list->member[low].uid == uid && list->member[low].household == from) {
            list->member[low].household = to;
        }
    }
}

/* ---- the start ----------------------------------------------------------------------------- */

/** Brings the members of the start to their lists; nobody came in a month of the run. */
static enum flyt_status open_lists(struct flyt_world *world)
{
    struct flyt_lists *lists = lists_of(world);
    FLYT_TRY(bring(world, true));
    for (uint32_t l = 0; l < lists->n; l++) {
        lists->list[l].arrivals = 0; /* they did not come in a month of the run */
    }
    flyt_par_ranges(&world->par, lists->n, order_range, world);
    for (uint32_t l = 0; l < lists->n; l++) {
        lists->list[l].person_months = 0;
    }
    return FLYT_OK;
}

enum flyt_status flyt_lists_start(struct flyt_world *world)
{
    struct flyt_lists *lists = lists_of(world);
    uint32_t n = lists->n_municipalities;
    struct flyt_lists_start_job job = {world, FLYT_ARENA_ZERO(world->step_arena, double, n)};
    int64_t *sum = FLYT_ARENA_ZERO(world->step_arena, int64_t, n);
    if (job.scale == NULL || sum == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        sum[flyt_lists_municipality(world, i)] +=
            (int64_t)(flyt_lists_start_rate(world, i) * 0x1p30);
    }
    for (uint32_t m = 0; m < n; m++) {
        int64_t homes = 0;
        for (uint32_t kind = 0; kind < 2; kind++) {
            for (uint32_t i = lists->first[kind][m]; i < lists->first[kind][m + 1]; i++) {
                homes += lists->option[kind][i].homes;
            }
        }
        job.scale[m] = sum[m] > 0 ? world->params->lists.start_ratio * (double)homes /
                                        ((double)sum[m] * 0x1p-30)
                                  : 0.0;
    }
    flyt_par_blocks(&world->par, flyt_lists_start_block, &job);
    return open_lists(world);
}

static enum flyt_status queue_laid(struct flyt_world *world, uint32_t household)
{
    struct flyt_lists *lists = lists_of(world);
    uint32_t m = flyt_lists_municipality(world, household);
    struct flyt_lists_list *queue = &lists->list[flyt_lists_queue(lists, m)];
    FLYT_TRY(flyt_lists_reserve(world, queue, 1));
    flyt_lists_append(
        queue, (struct flyt_lists_member){.uid = world->households.uid[household],
                                          .household = household,
                                          .since = world->households.cold[household].queued_since,
                                          .kind = FLYT_NEED_acute});
    return FLYT_OK;
}

enum flyt_status flyt_lists_laid(struct flyt_world *world)
{
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household_cold *cold = &world->households.cold[i];
        if (cold->list_since[0] != 0 || cold->list_since[1] != 0 || cold->list_since[2] != 0) {
            flyt_list_push(&lists_of(world)->joined[flyt_world_block(world, i)], i);
        }
        if (world->households.row[i].flags & FLYT_QUEUED && cold->queued_since > 0) {
            FLYT_TRY(queue_laid(world, i));
        }
    }
    return open_lists(world);
}
