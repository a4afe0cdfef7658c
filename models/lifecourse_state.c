/* What the life course keeps: taken at the start, renewed each year, counted, checked. */
#include <string.h>

#include "models/choice.h"
#include "models/housing.h"
#include "models/lifecourse.h"
#include "models/params.h"

static bool take_state(struct flyt_world *world, struct flyt_life *life)
{
    struct flyt_arena *arena = world->run_arena;
    uint32_t capacity = world->households.capacity, n_blocks = world->par.n_blocks;
    bool ok = true;
    ok &= (life->vacancy = FLYT_ARENA_ARRAY(arena, double, life->n_regions)) != NULL;
    ok &= (life->out_month = FLYT_ARENA_ZERO(arena, double, life->n_regions)) != NULL;
    ok &= (life->n_homes = FLYT_ARENA_ZERO(arena, double, world->municipalities.n)) != NULL;
    ok &= (life->outside_municipality =
               FLYT_ARENA_ZERO(arena, uint32_t, (size_t)world->households.n_outside + 1)) != NULL;
    ok &= (life->looking = FLYT_ARENA_ZERO(arena, struct flyt_life_list, n_blocks)) != NULL;
    life->guests.capacity = capacity / 4 + 1024; /* more would say that something is wrong */
    ok &= (life->guests.uid = FLYT_ARENA_ARRAY(arena, uint64_t, life->guests.capacity)) != NULL;
    ok &= (life->guests.row = FLYT_ARENA_ARRAY(arena, uint32_t, life->guests.capacity)) != NULL;
    ok &= (life->guests.host = FLYT_ARENA_ARRAY(arena, uint32_t, life->guests.capacity)) != NULL;
    ok &= (life->guests.moved = FLYT_ARENA_ARRAY(arena, uint8_t, life->guests.capacity)) != NULL;
    ok &= (life->guests.by_region = FLYT_ARENA_ZERO(arena, int64_t, life->n_regions)) != NULL;
    for (uint32_t block = 0; ok && block < n_blocks; block++) {
        uint32_t n = flyt_world_first(world, block + 1) - flyt_world_first(world, block);
        ok &= (life->looking[block].uid = FLYT_ARENA_ARRAY(arena, uint64_t, n)) != NULL;
        ok &= (life->looking[block].row = FLYT_ARENA_ARRAY(arena, uint32_t, n)) != NULL;
    }
    return ok;
}

/** Women of fertile age by where they stand; daughters at home among them. */
static void count_women(const struct flyt_world *world, uint32_t household,
                        struct flyt_women *women)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t n_children = flyt_people_persons(row) - flyt_people_adults(row);
    int16_t youngest = flyt_liferates_youngest(row);
    bool recent = youngest != FLYT_NO_MONTH &&
                  world->calendar - youngest < (int32_t)world->params->fertility.months_between;
    enum flyt_standing standing = flyt_liferates_standing(row);
    for (uint32_t a = 0; a < FLYT_ADULTS; a++) {
        int32_t i = flyt_people_age(row->born[a], world->calendar) - FLYT_FERTILE_FROM;
        if (row->born[a] != FLYT_NO_MONTH && (row->person[a] & 1) == FLYT_SEX_woman && i >= 0 &&
            i < FLYT_FERTILE_AGES) {
            women->n[i][standing][n_children] += 1.0;
            women->recent[i][standing][n_children] += recent ? 1.0 : 0.0;
        }
    }
    for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
        int32_t i = flyt_people_age(row->child_born[k], world->calendar) - FLYT_FERTILE_FROM;
        bool daughter = world->households.cold[household].child_sex >> k & 1;
        if (row->child_born[k] != FLYT_NO_MONTH && daughter && i >= 0 && i < FLYT_FERTILE_AGES) {
            women->n[i][FLYT_STANDING_home][0] += 1.0;
        }
    }
}

enum flyt_status flyt_lifecourse_init(struct flyt_world *world, const uint32_t *region,
                                      uint32_t n_regions)
{
    struct flyt_life *life = FLYT_ARENA_ZERO(world->run_arena, struct flyt_life, 1);
    if (life == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->life = life;
    life->n_regions = n_regions;
    life->region = region;
    if (!take_state(world, life)) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t r = 0; r < n_regions; r++) {
        life->vacancy[r] = world->params->migration.vacancy_usual;
    }
    for (uint32_t s = 0; s < world->sections.n; s++) {
        life->n_homes[world->sections.municipality[s]] += world->sections.n_open[s];
    }
    struct flyt_frailty_rates frailty;
    flyt_liferates_frailty(world->params, &frailty);
    flyt_frailty_start(world, frailty.share);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        life->n_persons += flyt_people_persons(row);
        count_women(world, i, &life->women);
        if (row->flags & FLYT_HIDDEN && !flyt_guests_add(world, i)) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

struct year_job {
    struct flyt_world *world;
    int64_t *out; /* [n_blocks][n_regions] chances of moving out, 2^-32 */
};

/** January: bounds of the coming year, and how many are expected to move out. */
static void year_block(void *job_, uint32_t block)
{
    struct year_job *job = job_;
    struct flyt_world *world = job->world;
    int64_t *out = job->out + (size_t)block * world->life->n_regions;
    enum { AHEAD = 6 }; /* rows; see docs/ENGINE.md */
    uint32_t end = flyt_world_end(world, block), few[FLYT_CHOICE_BATCH], n = 0;
    for (uint32_t i = flyt_world_first(world, block); i < end; i++) {
        if (i + AHEAD < end) {
            __builtin_prefetch(&world->households.row[i + AHEAD]);
            __builtin_prefetch(&world->households.cold[i + AHEAD]);
        }
        if (world->households.uid[i] != 0) {
            const struct flyt_household *row = &world->households.row[i];
            few[n++] = i;
            if (n == FLYT_CHOICE_BATCH) {
                flyt_lifecourse_refresh_bounds(world, few, n);
                n = 0;
            }
            double chance = flyt_liferates_move_out(&world->life->now, row, world->calendar);
            out[flyt_lifecourse_region(world, row->section)] += (int64_t)(chance * 0x1p32);
        }
    }
    flyt_lifecourse_refresh_bounds(world, few, n);
}

enum flyt_status flyt_lifecourse_year(struct flyt_world *world)
{
    struct flyt_life *life = world->life;
    if (world->month > 0) {
        struct flyt_women_rates rates;
        flyt_liferates_women(world->params, &rates);
        flyt_fertility_project(&world->params->fertility, &rates, &life->women);
    }
    double norm[FLYT_FERTILE_GROUPS];
    flyt_fertility_norm(&world->params->fertility, &life->women, norm);
    flyt_liferates_fill(world->params, norm, &life->now);
    flyt_liferates_most(&life->now, &life->most);
    size_t n = (size_t)world->par.n_blocks * life->n_regions;
    struct year_job job = {world, FLYT_ARENA_ZERO(world->step_arena, int64_t, n)};
    if (job.out == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_blocks(&world->par, year_block, &job);
    for (uint32_t r = 0; r < life->n_regions; r++) {
        int64_t sum = 0;
        for (uint32_t block = 0; block < world->par.n_blocks; block++) {
            sum += job.out[(size_t)block * life->n_regions + r];
        }
        life->out_month[r] = (double)sum * 0x1p-32;
    }
    return FLYT_OK;
}

static void walk_guests(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_guests *guests = &world->life->guests;
    uint32_t n_rows = world->households.capacity;
    flyt_archive_count(archive, "guests.n", &guests->n, guests->capacity);
    if (archive->status != FLYT_OK) {
        return;
    }
    FLYT_ARCHIVE_FRONT(archive, "guests.uid", guests->uid, guests->n, guests->capacity);
    FLYT_ARCHIVE_FRONT(archive, "guests.row", guests->row, guests->n, guests->capacity);
    FLYT_ARCHIVE_FRONT(archive, "guests.host", guests->host, guests->n, guests->capacity);
    FLYT_ARCHIVE_FRONT(archive, "guests.moved", guests->moved, guests->n, guests->capacity);
    FLYT_ARCHIVE_ARRAY(archive, "guests.by_region", guests->by_region, world->life->n_regions);
    flyt_archive_check(archive, "guests.row", guests->row, guests->n, n_rows, FLYT_NONE);
    flyt_archive_check(archive, "guests.host", guests->host, guests->n, n_rows, FLYT_CLOSED);
}

void flyt_lifecourse_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_life *life = world->life;
    FLYT_ARCHIVE_SCRATCH(archive, "life.vacancy", life->vacancy, life->n_regions);
    FLYT_ARCHIVE_ARRAY(archive, "life.n_homes", life->n_homes, world->municipalities.n);
    FLYT_ARCHIVE_ARRAY(archive, "life.out_month", life->out_month, life->n_regions);
    FLYT_ARCHIVE_ARRAY(archive, "life.outside_municipality", life->outside_municipality,
                       world->households.n_outside);
    flyt_archive_check(archive, "life.outside_municipality", life->outside_municipality,
                       world->households.n_outside, world->municipalities.n, FLYT_NONE);
    FLYT_ARCHIVE_VALUE(archive, "life.now", life->now);
    FLYT_ARCHIVE_VALUE(archive, "life.most", life->most);
    FLYT_ARCHIVE_VALUE(archive, "life.women", life->women);
    FLYT_ARCHIVE_VALUE(archive, "life.n_persons", life->n_persons);
    FLYT_ARCHIVE_SCRATCH(archive, "life.counts", &life->counts, 1);
    for (uint32_t block = 0; block < world->par.n_blocks && archive->status == FLYT_OK; block++) {
        struct flyt_life_list *list = &life->looking[block];
        uint32_t first = flyt_world_first(world, block), end = flyt_world_first(world, block + 1);
        flyt_archive_count(archive, "life.looking.n", &list->n, end - first);
        if (archive->status == FLYT_OK) {
            FLYT_ARCHIVE_FRONT(archive, "life.looking.uid", list->uid, list->n, end - first);
            FLYT_ARCHIVE_FRONT(archive, "life.looking.row", list->row, list->n, end - first);
            flyt_archive_check(archive, "life.looking.row", list->row, list->n,
                               world->households.capacity, FLYT_NONE);
        }
    }
    walk_guests(world, archive);
}

/* ---- counts -------------------------------------------------------------------------------- */

struct recount_job {
    const struct flyt_world *world;
    int64_t *n; /* [n_blocks] persons */
};

static void recount_block(void *job_, uint32_t block)
{
    struct recount_job *job = job_;
    const struct flyt_world *world = job->world;
    int64_t n = 0;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        n += world->households.uid[i] != 0 ? flyt_people_persons(&world->households.row[i]) : 0;
    }
    job->n[block] = n;
}

enum flyt_status flyt_lifecourse_check(const struct flyt_world *world)
{
    uint32_t n_blocks = world->par.n_blocks;
    struct recount_job job = {world, FLYT_ARENA_ARRAY(world->step_arena, int64_t, n_blocks)};
    if (job.n == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_blocks(&world->par, recount_block, &job);
    int64_t n = 0;
    for (uint32_t block = 0; block < n_blocks; block++) {
        n += job.n[block];
    }
    if (n == world->life->n_persons) {
        return FLYT_OK;
    }
    return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                           "internal error in month %u of replicate %u: %lld persons live here, "
                           "%lld by the account; please report it",
                           "intern fejl i måned %u af gentagelse %u: %lld personer bor her, "
                           "%lld ifølge regnskabet; meld den venligst",
                           world->month, world->key.replicate, (long long)n,
                           (long long)world->life->n_persons);
}

static void count_person(const struct flyt_world *world, int64_t *persons, uint32_t sex,
                         int16_t born)
{
    if (born != FLYT_NO_MONTH) {
        int32_t age = flyt_people_age(born, world->calendar);
        age = age < 0 ? 0 : age < FLYT_AGES ? age : FLYT_AGES - 1;
        persons[sex * FLYT_AGES + (uint32_t)age]++;
    }
}

static void tally_persons(const struct flyt_world *world, uint32_t i, int64_t *persons)
{
    const struct flyt_household *row = &world->households.row[i];
    for (uint32_t a = 0; a < FLYT_ADULTS; a++) {
        count_person(world, persons, row->person[a] & 1, row->born[a]);
    }
    for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
        count_person(world, persons, world->households.cold[i].child_sex >> k & 1,
                     row->child_born[k]);
    }
}

void flyt_lifecourse_persons(const struct flyt_world *world, int64_t *persons)
{
    flyt_world_sum(world, tally_persons, 2 * FLYT_AGES, persons);
}

static void tally_type(const struct flyt_world *world, uint32_t i, int64_t *n)
{
    const struct flyt_household *row = &world->households.row[i];
    if (!(row->flags & FLYT_HIDDEN)) {
        n[flyt_people_type(row, world->calendar)]++;
    }
}

void flyt_lifecourse_types(const struct flyt_world *world, int64_t n[FLYT_N_TYPES])
{
    flyt_world_sum(world, tally_type, FLYT_N_TYPES, n);
}
