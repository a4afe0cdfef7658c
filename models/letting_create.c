/**
 * @file letting_create.c
 * @brief The working state of letting: lists and counters, empty.
 */
#include "models/housing.h"
#include "models/kinds.h"
#include "models/letting_parts.h"
#include "models/letting_shelf.h"

static bool is_almen(const struct flyt_world *world, uint32_t section)
{
    return world->sections.tenure[section] == FLYT_TENURE_almen;
}

/** Almen sections by organisation, and the first section of each municipality. */
static enum flyt_status index_sections(struct flyt_world *world, uint32_t n_organisations)
{
    struct flyt_letting *letting = world->letting;
    uint32_t n_municipalities = world->municipalities.n;
    letting->first_of = FLYT_ARENA_ZERO(world->run_arena, uint32_t, n_organisations + 2);
    letting->section_of = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, world->sections.n + 1);
    letting->first_in = FLYT_ARENA_ZERO(world->run_arena, uint32_t, n_municipalities + 1);
    letting->place_of = FLYT_ARENA_ZERO(world->run_arena, uint32_t, world->sections.n + 1);
    if (letting->first_of == NULL || letting->section_of == NULL || letting->first_in == NULL ||
        letting->place_of == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t s = 0; s < world->sections.n; s++) {
        letting->first_in[world->sections.municipality[s] + 1]++;
        if (is_almen(world, s) && world->sections.organisation[s] != FLYT_NONE) {
            letting->first_of[world->sections.organisation[s] + 2]++;
        }
    }
    for (uint32_t m = 0; m < n_municipalities; m++) {
        letting->first_in[m + 1] += letting->first_in[m];
    }
    for (uint32_t o = 0; o < n_organisations; o++) {
        letting->first_of[o + 2] += letting->first_of[o + 1];
    }
    for (uint32_t s = 0; s < world->sections.n; s++) {
        if (is_almen(world, s) && world->sections.organisation[s] != FLYT_NONE) {
            uint32_t o = world->sections.organisation[s];
            letting->section_of[letting->first_of[o + 1]++] = s;
        }
    }
    for (uint32_t o = 0; o < n_organisations; o++) {
        for (uint32_t i = letting->first_of[o]; i < letting->first_of[o + 1]; i++) {
            letting->place_of[letting->section_of[i]] = i - letting->first_of[o];
        }
    }
    return FLYT_OK;
}

enum { N_COUNTS = 7 };

/** An array of counts, and its length. */
struct count {
    int64_t **to;
    size_t n;
};

static void list_counts(struct flyt_world *world, struct count list[N_COUNTS])
{
    struct flyt_letting_counts *counts = &world->letting->counts;
    size_t n = world->municipalities.n, by_channel = n * FLYT_N_CHANNELS;
    list[0] = (struct count){&counts->let, by_channel};
    list[1] = (struct count){&counts->waited, by_channel};
    list[2] = (struct count){&counts->by_kind, (size_t)FLYT_N_KINDS * FLYT_N_CHANNELS};
    list[3] = (struct count){&counts->refused, FLYT_N_CHANNELS};
    list[4] = (struct count){&counts->offered, FLYT_N_CHANNELS};
    list[5] = (struct count){&counts->barred, n};
    list[6] = (struct count){&counts->notices, n};
}

static enum flyt_status take_counts(struct flyt_world *world)
{
    struct count take[N_COUNTS];
    list_counts(world, take);
    for (size_t i = 0; i < N_COUNTS; i++) {
        *take[i].to = FLYT_ARENA_ZERO(world->run_arena, int64_t, take[i].n);
        if (*take[i].to == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_letting_create(struct flyt_world *world, const uint32_t *municipality_of,
                                     uint32_t n_organisations,
                                     const struct flyt_letting_choice *choice)
{
    struct flyt_arena *arena = world->run_arena;
    struct flyt_letting *letting = FLYT_ARENA_ZERO(arena, struct flyt_letting, 1);
    if (letting == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->letting = letting;
    letting->choice = choice;
    letting->municipality_of = municipality_of;
    letting->counter = FLYT_ARENA_ZERO(arena, struct flyt_letting_counter, world->sections.n);
    letting->vacancy = FLYT_ARENA_ZERO(arena, struct flyt_letting_vacancy, world->dwellings.n);
    letting->month = FLYT_ARENA_ZERO(arena, struct flyt_letting_month, 1);
    letting->agreed = FLYT_ARENA_ZERO(arena, uint64_t, flyt_letting_words(world));
    if (letting->counter == NULL || letting->vacancy == NULL || letting->month == NULL ||
        letting->agreed == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t d = 0; d < world->dwellings.n; d++) {
        letting->vacancy[d].since = letting->vacancy[d].let = FLYT_NO_MONTH; /* none was numbered */
    }
    FLYT_TRY(flyt_list_init(&letting->advertised, arena, world->dwellings.n));
    FLYT_TRY(flyt_letting_shelf_create(world));
    FLYT_TRY(index_sections(world, n_organisations));
    FLYT_TRY(take_counts(world));
    FLYT_TRY(flyt_lists_create(world, &letting->lists, n_organisations));
    for (uint32_t o = 0; o < n_organisations; o++) {
        uint32_t n = (letting->first_of[o + 1] - letting->first_of[o]) * FLYT_LETTING_SIZES;
        letting->lists.list[flyt_lists_family(&letting->lists, o)].n_wishes = n;
        letting->lists.list[flyt_lists_youth(&letting->lists, o)].n_wishes = n;
    }
    return flyt_need_create(world);
}

void flyt_letting_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_letting *letting = world->letting;
    struct flyt_letting_shelf *shelf = &letting->shelf;
    struct count counts[N_COUNTS];
    uint32_t n_homes = world->dwellings.n, n_sections = world->sections.n;
    FLYT_ARCHIVE_ARRAY(archive, "letting.counter", letting->counter, n_sections);
    FLYT_ARCHIVE_ARRAY(archive, "letting.vacancy", letting->vacancy, n_homes);
    flyt_archive_list(archive, "letting.advertised", &letting->advertised, n_homes);
    flyt_archive_list(archive, "letting.shelf.reserved", &shelf->reserved, n_homes);
    flyt_archive_list(archive, "letting.shelf.given", &shelf->given, n_homes);
    flyt_archive_list(archive, "letting.shelf.to", &shelf->to, world->households.capacity);
    FLYT_ARCHIVE_FRONT(archive, "letting.shelf.uid", shelf->uid, shelf->to.n, shelf->to.capacity);
    FLYT_ARCHIVE_VALUE(archive, "letting.shelf.n_agreed", shelf->n_agreed);
    flyt_archive_require(archive, "letting.shelf.n_agreed", shelf->n_agreed <= shelf->given.n);
    list_counts(world, counts);
    for (size_t i = 0; i < N_COUNTS; i++) {
        FLYT_ARCHIVE_SCRATCH(archive, "letting.counts", *counts[i].to, counts[i].n);
    }
    FLYT_ARCHIVE_SCRATCH(archive, "letting.agreed", letting->agreed, flyt_letting_words(world));
    FLYT_ARCHIVE_SCRATCH(archive, "letting.month", letting->month, 1);
    flyt_archive_begin(archive, "letting.trace", letting->n_traces, sizeof *letting->trace);
    flyt_archive_piece(archive, letting->trace, letting->n_traces, sizeof *letting->trace);
    if (letting->waits != NULL) {
        FLYT_ARCHIVE_ARRAY(archive, "letting.waits", letting->waits,
                           (size_t)n_sections * FLYT_LETTING_WAITS);
        FLYT_ARCHIVE_ARRAY(archive, "letting.n_before", letting->n_before, n_sections);
    }
    flyt_lists_archive(world, archive);
    flyt_need_archive(world, archive);
}
