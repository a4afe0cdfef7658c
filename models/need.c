#include "models/need.h"

#include "models/housing.h"
#include "models/letting.h"
#include "models/lifecourse.h"
#include "models/params.h"
#include "models/resources.h"
#include "models/search.h"
#include "sim/num.h"

enum { MONTHS = 12, PENDING = -1 /* queued_since of who enters this month */ };

enum flyt_status flyt_need_create(struct flyt_world *world)
{
    struct flyt_need *need = &world->letting->need;
    uint32_t n_blocks = world->par.n_blocks;
    *need =
        (struct flyt_need){.fresh = FLYT_ARENA_ARRAY(world->run_arena, struct flyt_list, n_blocks)};
    if (need->fresh == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t block = 0; block < n_blocks; block++) {
        uint32_t rows = flyt_world_first(world, block + 1) - flyt_world_first(world, block);
        FLYT_TRY(flyt_list_init(&need->fresh[block], world->run_arena, rows));
    }
    return FLYT_OK;
}

void flyt_need_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_need *need = &world->letting->need;
    FLYT_ARCHIVE_VALUE(archive, "need.per_adult", need->per_adult);
    flyt_lists_archive_one(world, archive, &need->owed);
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        flyt_archive_list(archive, "need.fresh", &need->fresh[block], world->households.capacity);
    }
}

/* ---- who falls into acute need ------------------------------------------------------------- */

/** Worlds without resources (tests) hold everybody equal. */
static double vulnerability(const struct flyt_world *world, uint32_t household)
{
    return world->resources == NULL ? 0.5 : flyt_resources_vulnerability(world, household);
}

/** Renters with a home of their own. */
static bool may_fall(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t tenure = world->sections.tenure[row->section];
    return !(row->flags & (FLYT_HIDDEN | FLYT_QUEUED)) &&
           (tenure == FLYT_TENURE_almen || tenure == FLYT_TENURE_private_rental);
}

struct year_job {
    const struct flyt_world *world;
    int64_t *adults, *weight; /* [n_blocks]; weights in 2^-20 */
};

static void year_block(void *job_, uint32_t block)
{
    const struct year_job *job = job_;
    const struct flyt_world *world = job->world;
    double slope = world->params->need.vulnerability;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        if (world->households.uid[i] == 0) {
            continue;
        }
        int64_t n = flyt_people_adults(&world->households.row[i]);
        job->adults[block] += n;
        if (may_fall(world, i)) {
            double factor = flyt_num_exp(slope * vulnerability(world, i));
            job->weight[block] += n * (int64_t)(factor * 0x1p20);
        }
    }
}

enum flyt_status flyt_need_year(struct flyt_world *world)
{
    struct flyt_need *need = &world->letting->need;
    uint32_t n_blocks = world->par.n_blocks;
    struct year_job job = {world, FLYT_ARENA_ZERO(world->step_arena, int64_t, n_blocks),
                           FLYT_ARENA_ZERO(world->step_arena, int64_t, n_blocks)};
    if (job.adults == NULL || job.weight == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_blocks(&world->par, year_block, &job);
    int64_t adults = 0, weight = 0;
    for (uint32_t block = 0; block < n_blocks; block++) {
        adults += job.adults[block];
        weight += job.weight[block];
    }
    double cases = world->params->need.cases / 1000.0 * (double)adults;
    need->per_adult = weight > 0 ? cases / ((double)weight * 0x1p-20) : 0.0;
    return FLYT_OK;
}

/** Yearly rate of n renting adults. */
static double rate_at(const struct flyt_world *world, uint32_t n_adults, double v)
{
    return world->letting->need.per_adult * n_adults *
           flyt_num_exp(world->params->need.vulnerability * v);
}

double flyt_need_rate(const struct flyt_world *world, uint32_t household)
{
    return may_fall(world, household)
               ? rate_at(world, flyt_people_adults(&world->households.row[household]),
                         vulnerability(world, household))
               : 0.0;
}

double flyt_need_rate_most(const struct flyt_world *world, uint32_t household)
{
    uint32_t tenure = world->sections.tenure[world->households.row[household].section];
    bool renter = tenure == FLYT_TENURE_almen || tenure == FLYT_TENURE_private_rental;
    /* the scale is renewed in January; a quarter more covers what a year can change */
    return renter ? 1.25 * rate_at(world, FLYT_ADULTS, 1.0) : 0.0;
}

void flyt_need_event(struct flyt_world *world, uint32_t block, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    row->flags |= FLYT_QUEUED;
    world->households.cold[household].queued_since = PENDING;
    flyt_list_push(&world->letting->need.fresh[block], household);
    flyt_search_force(world, household, FLYT_REASON_acute_need);
}

/* ---- the queues ---------------------------------------------------------------------------- */

enum flyt_status flyt_need_owe(struct flyt_world *world, uint32_t household,
                               enum flyt_need_kind kind)
{
    struct flyt_need *need = &world->letting->need;
    struct flyt_household_cold *cold = &world->households.cold[household];
    if (world->households.row[household].flags & FLYT_QUEUED) {
        if (kind != FLYT_NEED_rehousing) {
            return FLYT_OK; /* stands in the queue already */
        }
        cold->queued_since = 0; /* that entry is void; the better one comes next month */
    }
    FLYT_TRY(flyt_lists_reserve(world, &need->owed, 1));
    flyt_lists_append(&need->owed,
                      (struct flyt_lists_member){world->households.uid[household], household,
                                                 world->calendar, (uint8_t)kind});
    return FLYT_OK;
}

static enum flyt_status enter(struct flyt_world *world, uint32_t household, uint8_t kind)
{
    struct flyt_lists *lists = &world->letting->lists;
    uint32_t m = flyt_lists_municipality(world, household);
    struct flyt_lists_list *queue = &lists->list[flyt_lists_queue(lists, m)];
    world->households.row[household].flags |= FLYT_QUEUED;
    world->households.cold[household].queued_since = world->calendar;
    FLYT_TRY(flyt_lists_reserve(world, queue, 1));
    flyt_lists_append(queue, (struct flyt_lists_member){world->households.uid[household], household,
                                                        world->calendar, kind});
    return FLYT_OK;
}

/** Those whom guests.c and migration.c have flagged. */
static enum flyt_status enter_flagged(struct flyt_world *world, uint32_t household, uint64_t uid)
{
    bool waits = world->households.uid[household] == uid && uid != 0 &&
                 world->households.row[household].flags & FLYT_QUEUED &&
                 world->households.cold[household].queued_since == 0;
    return waits ? enter(world, household, FLYT_NEED_acute) : FLYT_OK;
}

enum flyt_status flyt_need_step(struct flyt_world *world)
{
    struct flyt_need *need = &world->letting->need;
    for (uint32_t i = 0; i < need->owed.n; i++) {
        const struct flyt_lists_member *member = &need->owed.member[i];
        const struct flyt_household_cold *cold = &world->households.cold[member->household];
        bool first = cold->queued_since <= 0 || member->kind == FLYT_NEED_rehousing;
        if (world->households.uid[member->household] == member->uid && first) {
            FLYT_TRY(enter(world, member->household, member->kind));
        }
    }
    need->owed.n = 0;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        for (uint32_t i = 0; i < need->fresh[block].n; i++) {
            uint32_t household = need->fresh[block].row[i];
            if (world->households.cold[household].queued_since == PENDING) {
                FLYT_TRY(enter(world, household, FLYT_NEED_acute));
            }
        }
        need->fresh[block].n = 0;
    }
    for (uint32_t i = 0; world->life != NULL && i < world->life->guests.n; i++) {
        FLYT_TRY(enter_flagged(world, world->life->guests.row[i], world->life->guests.uid[i]));
    }
    for (uint32_t k = 0; k < world->households.n_outside; k++) {
        uint32_t i = world->households.capacity + k;
        FLYT_TRY(enter_flagged(world, i, world->households.uid[i]));
    }
    return FLYT_OK;
}
