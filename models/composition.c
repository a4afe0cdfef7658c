#include "models/composition.h"

#include <string.h>

#include "models/housing.h"
#include "models/lifecourse.h"

static const int32_t age_from[FLYT_COMPOSITION_AGES] = {0, 25, 30, 40, 50, 65};

/* ---- one household --------------------------------------------------------------------------- */

static void add_adult(const struct flyt_world *world, uint32_t household, uint32_t which,
                      int32_t convicted_within, struct flyt_composition_counts *to)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_adult adult = flyt_people_adult(row, which);
    int32_t months = world->calendar - adult.born;
    int16_t convicted = world->households.cold[household].convicted[which];
    to->adults++;
    to->old += months >= 65 * 12;
    to->convicted += convicted != FLYT_NO_MONTH && world->calendar - convicted < convicted_within;
    if (months < 65 * 12) {
        bool works = adult.work == FLYT_WORK_employed, studies = adult.work == FLYT_WORK_student;
        to->working_age++;
        to->employed += works;
        to->outside_work += !works && !studies;
        to->earners += !studies;
        to->gross_ore += studies ? 0 : row->gross_ore[which];
    }
    if (months >= 30 * 12 && months < 60 * 12) {
        bool basic = adult.education == FLYT_EDUCATION_basic;
        to->middle_age++;
        to->basic_any += basic;
        to->basic_approved += basic || !adult.approved;
    }
}

static void add_home(const struct flyt_world *world, uint32_t household,
                     struct flyt_composition_counts *to)
{
    const struct flyt_household *row = &world->households.row[household];
    int32_t months = world->calendar - flyt_people_oldest(row);
    bool newcomer = world->calendar - row->moved_in < 12;
    uint32_t band = FLYT_COMPOSITION_AGES - 1;
    while (months < age_from[band] * 12) {
        band--;
    }
    to->households++;
    to->newcomers += newcomer;
    to->households_by_age[band]++;
    to->newcomers_by_age[band] += newcomer;
    if (world->resources != NULL) {
        to->by_class[flyt_resources_class(world, household)]++;
    }
}

/** @param convicted_within  months; the start's convictions lie in the months before the first, so
 *                           that it looks one month further back. */
static void add_household(const struct flyt_world *world, uint32_t household,
                          int32_t convicted_within, struct flyt_composition_counts *to)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_background background = flyt_people_background(row);
    int32_t persons = (int32_t)flyt_people_adults(row), children = 0;
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) { /* one loop: half the time of two */
        persons += row->child_born[i] != FLYT_NO_MONTH;
        children += world->calendar - row->child_born[i] < 18 * 12; /* false of FLYT_NO_MONTH */
    }
    to->persons += persons;
    to->western += background.origin == FLYT_ORIGIN_western ? persons : 0;
    to->nonwestern += background.origin == FLYT_ORIGIN_nonwestern ? persons : 0;
    to->children += children;
    to->cases += background.cases;
    for (uint32_t which = 0; which < FLYT_ADULTS; which++) {
        if (row->born[which] != FLYT_NO_MONTH) {
            add_adult(world, household, which, convicted_within, to);
        }
    }
    if (!(row->flags & FLYT_HIDDEN)) {
        add_home(world, household, to);
    }
}

static void add_counts(struct flyt_composition_counts *to,
                       const struct flyt_composition_counts *from)
{
#define X(name, en, da) to->name += from->name;
    FLYT_COMPOSITION_COUNTS(X)
#undef X
    for (uint32_t band = 0; band < FLYT_COMPOSITION_AGES; band++) {
        to->households_by_age[band] += from->households_by_age[band];
        to->newcomers_by_age[band] += from->newcomers_by_age[band];
    }
    for (uint32_t class = 0; class < FLYT_N_CLASSES; class ++) {
        to->by_class[class] += from->by_class[class];
    }
    to->gross_ore += from->gross_ore;
}

/* ---- everybody ------------------------------------------------------------------------------- */

struct count_job {
    const struct flyt_world *world;
    struct flyt_composition *composition;
    int32_t convicted_within;
};

static void count_sections(void *job_, uint32_t first, uint32_t end)
{
    enum { AHEAD = 6 }; /* homes; see docs/ENGINE.md */
    struct count_job *job = job_;
    const struct flyt_world *world = job->world;
    const struct flyt_households *households = &world->households;
    const uint32_t *occupant = world->dwellings.occupant;
    for (uint32_t s = first; s < end; s++) {
        struct flyt_composition_counts counts = {0};
        uint32_t homes_end = world->sections.first[s + 1];
        for (uint32_t home = world->sections.first[s]; home < homes_end; home++) {
            if (home + AHEAD < homes_end && occupant[home + AHEAD] < FLYT_CLOSED) {
                __builtin_prefetch(&households->row[occupant[home + AHEAD]]);
                __builtin_prefetch(&households->cold[occupant[home + AHEAD]].convicted);
            }
            if (occupant[home] < FLYT_CLOSED) {
                add_household(world, occupant[home], job->convicted_within, &counts);
            }
        }
        job->composition->section[s] = counts;
    }
}

/** Hidden households, where they stay. */
static void count_guests(const struct count_job *job)
{
    const struct flyt_world *world = job->world;
    if (world->life == NULL) {
        return;
    }
    const struct flyt_guests *guests = &world->life->guests;
    for (uint32_t i = 0; i < guests->n; i++) {
        const struct flyt_household *row = &world->households.row[guests->row[i]];
        if (world->households.uid[guests->row[i]] == guests->uid[i] && row->flags & FLYT_HIDDEN) {
            add_household(world, guests->row[i], job->convicted_within,
                          &job->composition->section[row->section]);
        }
    }
}

static void add_sections(const struct flyt_world *world, struct flyt_composition *composition)
{
    memset(composition->area[0], 0, world->areas.n * sizeof *composition->area[0]);
    memset(composition->municipality, 0,
           world->municipalities.n * sizeof *composition->municipality);
    memset(composition->almen, 0, world->areas.n * sizeof *composition->almen);
    composition->all = (struct flyt_composition_counts){0};
    for (uint32_t s = 0; s < world->sections.n; s++) {
        const struct flyt_composition_counts *counts = &composition->section[s];
        uint32_t area = world->sections.area[s];
        add_counts(&composition->area[0][area], counts);
        add_counts(&composition->municipality[world->sections.municipality[s]], counts);
        add_counts(&composition->all, counts);
        if (world->sections.tenure[s] == FLYT_TENURE_almen) {
            composition->almen[area] += counts->households;
        }
    }
}

static void count_left(const struct flyt_world *world, struct flyt_composition *composition)
{
    for (uint32_t area = 0; area < world->areas.n; area++) {
        const struct flyt_composition_counts *now = &composition->area[0][area];
        int32_t before = composition->area[FLYT_COMPOSITION_YEAR_AGO][area].households;
        int32_t left = before - (now->households - now->newcomers);
        composition->left[area] = left > 0 ? left : 0;
    }
}

static void count_all(struct flyt_world *world, int32_t convicted_within)
{
    struct flyt_composition *composition = world->composition;
    struct count_job job = {world, composition, convicted_within};
    composition->counted = world->calendar;
    flyt_par_ranges(&world->par, world->sections.n, count_sections, &job);
    count_guests(&job);
    add_sections(world, composition);
}

bool flyt_composition_due(const struct flyt_world *world)
{
    return world->month % FLYT_COMPOSITION_MONTHS == FLYT_COMPOSITION_MONTHS - 1;
}

void flyt_composition_count(struct flyt_world *world)
{
    struct flyt_composition *composition = world->composition;
    struct flyt_composition_counts *oldest = composition->area[FLYT_COMPOSITION_KEPT - 1];
    for (uint32_t k = FLYT_COMPOSITION_KEPT - 1; k > 0; k--) {
        composition->area[k] = composition->area[k - 1];
    }
    composition->area[0] = oldest;
    count_all(world, 12);
    count_left(world, composition);
}

enum flyt_status flyt_composition_create(struct flyt_world *world)
{
    struct flyt_arena *arena = world->run_arena;
    struct flyt_composition *composition = FLYT_ARENA_ZERO(arena, struct flyt_composition, 1);
    uint32_t n = world->areas.n;
    if (composition == NULL) {
        return FLYT_ERR_MEMORY;
    }
    bool ok = true;
    for (uint32_t k = 0; k < FLYT_COMPOSITION_KEPT; k++) {
        composition->area[k] = FLYT_ARENA_ZERO(arena, struct flyt_composition_counts, n);
        ok &= composition->area[k] != NULL;
    }
    composition->section =
        FLYT_ARENA_ZERO(arena, struct flyt_composition_counts, world->sections.n);
    composition->municipality =
        FLYT_ARENA_ZERO(arena, struct flyt_composition_counts, world->municipalities.n);
    composition->left = FLYT_ARENA_ZERO(arena, int32_t, n);
    composition->almen = FLYT_ARENA_ZERO(arena, int32_t, n);
    if (!ok || composition->section == NULL || composition->municipality == NULL ||
        composition->left == NULL || composition->almen == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->composition = composition;
    count_all(world, 13);
    composition->counted--; /* the end of the month before */
    for (uint32_t k = 1; k < FLYT_COMPOSITION_KEPT; k++) {
        memcpy(composition->area[k], composition->area[0], n * sizeof *composition->area[0]);
    }
    count_left(world, composition);
    return FLYT_OK;
}

void flyt_composition_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_composition *own = world->composition;
    uint32_t n = world->areas.n;
    FLYT_ARCHIVE_VALUE(archive, "composition.counted", own->counted);
    FLYT_ARCHIVE_ARRAY(archive, "composition.section", own->section, world->sections.n);
    for (uint32_t k = 0; k < FLYT_COMPOSITION_KEPT; k++) { /* they take turns */
        FLYT_ARCHIVE_ARRAY(archive, "composition.area", own->area[k], n);
    }
    flyt_archive_pointers(archive, "composition.area", own->area, sizeof own->area);
    FLYT_ARCHIVE_ARRAY(archive, "composition.municipality", own->municipality,
                       world->municipalities.n);
    FLYT_ARCHIVE_VALUE(archive, "composition.all", own->all);
    FLYT_ARCHIVE_ARRAY(archive, "composition.left", own->left, n);
    FLYT_ARCHIVE_ARRAY(archive, "composition.almen", own->almen, n);
}

/* ---- what is made of counts ------------------------------------------------------------------ */

double flyt_composition_income(const struct flyt_composition_counts *counts)
{
    return counts->earners > 0 ? (double)counts->gross_ore * 12.0 / 100.0 / counts->earners : 0.0;
}

double flyt_composition_turnover(const struct flyt_composition *composition, uint32_t area)
{
    const struct flyt_composition_counts *now = flyt_composition_now(composition, area);
    const struct flyt_composition_counts *all = &composition->all;
    double expected = 0.0;
    for (uint32_t band = 0; band < FLYT_COMPOSITION_AGES; band++) {
        expected +=
            now->households_by_age[band] *
            flyt_composition_share(all->newcomers_by_age[band], all->households_by_age[band], 0.0);
    }
    return now->households > 0 ? (now->newcomers - expected) / now->households : 0.0;
}

/* ---- the check ------------------------------------------------------------------------------- */

/** Name of the first count in which two differ, NULL when they are the same. */
static const char *difference(const struct flyt_composition_counts *a,
                              const struct flyt_composition_counts *b)
{
#define X(name, en, da)                                                                            \
    if (a->name != b->name) {                                                                      \
        return #name;                                                                              \
    }
    FLYT_COMPOSITION_COUNTS(X)
#undef X
    size_t bytes = sizeof a->households_by_age;
    return a->gross_ore != b->gross_ore ? "gross_ore"
           : memcmp(a->households_by_age, b->households_by_age, bytes) != 0 ||
                   memcmp(a->newcomers_by_age, b->newcomers_by_age, bytes) != 0
               ? "households_by_age"
           : memcmp(a->by_class, b->by_class, sizeof a->by_class) != 0 ? "households_by_class"
                                                                       : NULL;
}

static enum flyt_status compare(const struct flyt_world *world, uint32_t n, const char *const *name,
                                const struct flyt_composition_counts *kept,
                                const struct flyt_composition_counts *found)
{
    for (uint32_t i = 0; i < n; i++) {
        const char *what = difference(&kept[i], &found[i]);
        if (what != NULL) {
            return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                                   "internal error in month %u: the count of %s in %s is wrong; "
                                   "please report it",
                                   "intern fejl i måned %u: optællingen af %s i %s er forkert; "
                                   "meld den venligst",
                                   world->month, what, name[i]);
        }
    }
    return FLYT_OK;
}

enum { PARTS = 8 }; /* into which the households are cut; sums of whole numbers do not show it */

struct recount_job {
    const struct flyt_world *world;
    struct flyt_composition_counts *part; /* [PARTS][sections] */
};

/** Counts each household where its row says that it lives, whatever homes say. */
static void recount_parts(void *job_, uint32_t first, uint32_t end)
{
    const struct recount_job *job = job_;
    const struct flyt_world *world = job->world;
    for (uint32_t part = first; part < end; part++) {
        struct flyt_composition_counts *section = job->part + (size_t)part * world->sections.n;
        memset(section, 0, world->sections.n * sizeof *section);
        FLYT_EACH_HOUSEHOLD_OF(world, part, PARTS, i)
        {
            add_household(world, i, 12, &section[world->households.row[i].section]);
        }
    }
}

enum flyt_status flyt_composition_check(const struct flyt_world *world)
{
    const struct flyt_composition *composition = world->composition;
    if (composition == NULL || composition->counted != world->calendar) {
        return FLYT_OK;
    }
    struct flyt_arena *arena = world->step_arena;
    uint32_t n_areas = world->areas.n, n_sections = world->sections.n;
    struct flyt_composition_counts *area =
        FLYT_ARENA_ZERO(arena, struct flyt_composition_counts, n_areas + world->municipalities.n);
    struct recount_job job = {
        world, FLYT_ARENA_ARRAY(arena, struct flyt_composition_counts, (size_t)PARTS * n_sections)};
    if (area == NULL || job.part == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_ranges(&world->par, PARTS, recount_parts, &job);
    for (uint32_t i = 0; i < PARTS * n_sections; i++) {
        uint32_t s = i % n_sections;
        add_counts(&area[world->sections.area[s]], &job.part[i]);
        add_counts(&area[n_areas + world->sections.municipality[s]], &job.part[i]);
    }
    FLYT_TRY(compare(world, n_areas, world->areas.name, composition->area[0], area));
    return compare(world, world->municipalities.n, world->municipalities.name,
                   composition->municipality, area + n_areas);
}
