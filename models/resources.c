#include "models/resources.h"

#include <string.h>

#include "models/params.h"

enum {
    WIDTH = FLYT_RESOURCES_BINS, /* counters of a part */
    PARTS = 16                   /* into which the households are cut */
};

_Static_assert(WIDTH > FLYT_RESOURCES_SCORES, "one scratch serves both histograms");

uint64_t flyt_resources_bytes(void)
{
    return sizeof(struct flyt_resources) + (uint64_t)PARTS * WIDTH * sizeof(uint32_t);
}

enum flyt_status flyt_resources_create(struct flyt_world *world)
{
    struct flyt_resources *resources = FLYT_ARENA_ZERO(world->run_arena, struct flyt_resources, 1);
    if (resources == NULL) {
        return FLYT_ERR_MEMORY;
    }
    resources->count = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, (size_t)PARTS * WIDTH);
    if (resources->count == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->resources = resources;
    return FLYT_OK;
}

void flyt_resources_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_resources *resources = world->resources;
    FLYT_ARCHIVE_ARRAY(archive, "resources.below", resources->below, FLYT_COUNT(resources->below));
    FLYT_ARCHIVE_ARRAY(archive, "resources.from", resources->from, FLYT_COUNT(resources->from));
    FLYT_ARCHIVE_SCRATCH(archive, "resources.count", resources->count, (size_t)PARTS * WIDTH);
}

/* ---- income ---------------------------------------------------------------------------------- */

int64_t flyt_resources_equivalised(const struct flyt_household *row, int16_t calendar)
{
    enum { FIRST = 10, FURTHER = 5, CHILD = 3, CHILD_MONTHS = 14 * 12 }; /* tenths */
    int64_t scale = FIRST + (flyt_people_adults(row) == 2 ? FURTHER : 0);
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        if (row->child_born[i] != FLYT_NO_MONTH) {
            scale += calendar - row->child_born[i] < CHILD_MONTHS ? CHILD : FURTHER;
        }
    }
    return (int64_t)row->disposable_ore * FIRST / scale;
}

static uint32_t bin_of(int64_t income)
{
    int64_t bin = income / FLYT_RESOURCES_BIN;
    return bin < 0 ? 0 : bin >= FLYT_RESOURCES_BINS ? FLYT_RESOURCES_BINS - 1 : (uint32_t)bin;
}

/** Share of households with less, [0, 1]; between the ends of a bin by its place in it. */
static double percentile(const struct flyt_resources *resources, int64_t income)
{
    uint32_t bin = bin_of(income);
    double low = resources->below[bin], high = resources->below[bin + 1];
    double part = (double)(income - (int64_t)bin * FLYT_RESOURCES_BIN) / FLYT_RESOURCES_BIN;
    part = part < 0.0 ? 0.0 : part > 1.0 ? 1.0 : part;
    return low + (high - low) * part;
}

/* ---- the score ------------------------------------------------------------------------------- */

/** Means over the adults of what their work and education count for. */
static void persons_of(const struct flyt_resources_params *params, const struct flyt_household *row,
                       double *work, double *education)
{
    const double works[FLYT_N_WORKS] = {params->work_employed,   params->work_unemployed,
                                        params->work_benefit,    params->work_student,
                                        params->work_disability, params->work_pension};
    uint32_t n = 0, levels = 0;
    double sum = 0.0;
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        struct flyt_adult adult = flyt_people_adult(row, i);
        if (adult.born != FLYT_NO_MONTH) {
            n++;
            sum += works[adult.work];
            levels += adult.approved ? adult.education : FLYT_EDUCATION_basic;
        }
    }
    n = n > 0 ? n : 1;
    *work = sum / n;
    *education = (double)levels / (n * (FLYT_N_EDUCATIONS - 1));
}

double flyt_resources_score(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_resources_params *params = &world->params->resources;
    const struct flyt_household *row = &world->households.row[household];
    struct flyt_background background = flyt_people_background(row);
    double work, education;
    persons_of(params, row, &work, &education);
    double income = percentile(world->resources, flyt_resources_equivalised(row, world->calendar));
    double language = (double)background.language / (FLYT_LANGUAGES - 1);
    double calm = 1.0 - (double)background.cases / FLYT_CASES_MOST;
    double weights = params->weight_work + params->weight_language + params->weight_income +
                     params->weight_education + params->weight_cases;
    double score = params->weight_work * work + params->weight_language * language +
                   params->weight_income * income + params->weight_education * education +
                   params->weight_cases * calm;
    score = weights > 0.0 ? score / weights : 0.0;
    return score < 1.0 ? score : 1.0; /* the division may round up */
}

enum flyt_resource_class flyt_resources_class(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_resources *resources = world->resources;
    double score = flyt_resources_score(world, household);
    return score >= resources->from[FLYT_CLASS_strong]   ? FLYT_CLASS_strong
           : score >= resources->from[FLYT_CLASS_middle] ? FLYT_CLASS_middle
                                                         : FLYT_CLASS_weak;
}

uint32_t flyt_resources_income_class(const struct flyt_world *world, uint32_t household)
{
    int64_t income = flyt_resources_equivalised(&world->households.row[household], world->calendar);
    uint32_t fifth = (uint32_t)(percentile(world->resources, income) * FLYT_INCOME_CLASSES);
    return fifth < FLYT_INCOME_CLASSES ? fifth : FLYT_INCOME_CLASSES - 1;
}

/* ---- histograms ------------------------------------------------------------------------------ */

static void count_incomes(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    for (uint32_t part = first; part < end; part++) {
        uint32_t *count = world->resources->count + (size_t)part * WIDTH;
        memset(count, 0, FLYT_RESOURCES_BINS * sizeof *count);
        FLYT_EACH_HOUSEHOLD_OF(world, part, PARTS, i)
        {
            const struct flyt_household *row = &world->households.row[i];
            count[bin_of(flyt_resources_equivalised(row, world->calendar))]++;
        }
    }
}

static void count_scores(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    for (uint32_t part = first; part < end; part++) {
        uint32_t *count = world->resources->count + (size_t)part * WIDTH;
        memset(count, 0, WIDTH * sizeof *count);
        FLYT_EACH_HOUSEHOLD_OF(world, part, PARTS, i)
        {
            count[(uint32_t)(flyt_resources_score(world, i) * FLYT_RESOURCES_SCORES)]++;
        }
    }
}

/** Adds the parts' counters up into those of the first; returns their sum. */
static uint64_t add_parts(struct flyt_world *world, uint32_t n)
{
    uint32_t *count = world->resources->count;
    uint64_t sum = 0;
    for (uint32_t part = 1; part < PARTS; part++) {
        for (uint32_t i = 0; i < n; i++) {
            count[i] += count[(size_t)part * WIDTH + i];
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        sum += count[i];
    }
    return sum;
}

static void set_classes(struct flyt_world *world)
{
    struct flyt_resources *resources = world->resources;
    flyt_par_ranges(&world->par, PARTS, count_scores, world);
    uint64_t n = add_parts(world, WIDTH), below = 0;
    uint32_t class = FLYT_CLASS_weak;
    for (uint32_t i = 0; i < WIDTH; i++) {
        while (class < FLYT_N_CLASSES && below * FLYT_N_CLASSES >= n * class) {
            resources->from[class ++] = (double)i / FLYT_RESOURCES_SCORES;
        }
        below += resources->count[i];
    }
    while (class < FLYT_N_CLASSES) {
        resources->from[class ++] = 1.0;
    }
}

void flyt_resources_year(struct flyt_world *world)
{
    struct flyt_resources *resources = world->resources;
    flyt_par_ranges(&world->par, PARTS, count_incomes, world);
    uint64_t n = add_parts(world, FLYT_RESOURCES_BINS), below = 0;
    for (uint32_t i = 0; i < FLYT_RESOURCES_BINS; i++) {
        resources->below[i] = n > 0 ? (double)below / (double)n : 0.0;
        below += resources->count[i];
    }
    resources->below[FLYT_RESOURCES_BINS] = 1.0;
    if (world->month == 0) {
        set_classes(world);
    }
}
