/**
 * @file livelihood_start.c
 * @brief Livelihood where a household or an adult begins: latent class, earning factor, months in
 *        the work state, open cases, past convictions, income. Declared in livelihood.h.
 */
#include "models/ledger.h"
#include "models/livelihood.h"
#include "models/workrest.h"

enum { DRAWS = 4 }; /* draws of each adult: 0 class and months, 1 and 2 earning factor */

/** A standard normal number, as good as twelve uniforms make it. */
static double normal(const struct flyt_world *world, uint64_t uid, uint32_t draw)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t word[4];
        flyt_rng_block(world->key, uid, world->month, FLYT_STREAM_livelihood_person, draw + i,
                       word);
        for (uint32_t w = 0; w < 3; w++) { /* six numbers of 16 bits a block */
            sum += (double)(word[w] & 0xffff) + (double)(word[w] >> 16);
        }
    }
    return (sum + 6.0) / 65536.0 - 6.0;
}

/** Two uniforms in (0, 1) of an adult. */
static void draw_two(const struct flyt_world *world, uint64_t uid, uint32_t draw, double u[2])
{
    uint32_t word[4];
    flyt_rng_block(world->key, uid, world->month, FLYT_STREAM_livelihood_person, draw, word);
    u[0] = flyt_rng_to_unit((uint64_t)word[0] << 32 | word[1]);
    u[1] = flyt_rng_to_unit((uint64_t)word[2] << 32 | word[3]);
}

/** Months since an adult of this age can have been in the state. */
static uint32_t months_most(const struct flyt_work_table *table, struct flyt_work_place place)
{
    int32_t most = place.age_months - 18 * 12;
    if (place.from == FLYT_WORK_pension) {
        most = place.age_months - table->pension_months;
    } else if (place.from == FLYT_WORK_student) {
        int32_t study = (int32_t)table->study_months[place.education] - 1;
        most = most < study ? most : study;
    }
    return most > 0 ? (uint32_t)most : 0;
}

/* ---- latent classes that keep a place as it is ------------------------------------------------
 */

/* Kinds of persons in a group. */
#define KINDS ((uint32_t)(FLYT_N_ORIGINS * FLYT_LANGUAGES * FLYT_N_EDUCATIONS * FLYT_REST_AGES))

enum {
    PERSONS_LIKE_RULE = 20,  /* ASSUMPTION: persons that what holds for all counts for */
    PERSONS_LIKE_TENURE = 10 /* the same in a place, of what holds for its tenure */
};

/** Persons of a kind in a group who are neither students nor retired. */
struct found {
    uint32_t n, outside;
};

/** Groups: the classes of tenure, then the markets, then the areas, of which those on a list. */
struct flyt_livelihood_mix {
    struct flyt_work_rest rest;
    struct found *found; /* [groups][KINDS] */
    double *detached;    /* [groups][KINDS] */
};

static uint32_t kind_of(struct flyt_work_place place)
{
    uint32_t kind = (uint32_t)place.origin * FLYT_LANGUAGES + place.language;
    kind = kind * FLYT_N_EDUCATIONS + place.education;
    return kind * FLYT_REST_AGES + flyt_workrest_age(place.age_months);
}

static uint32_t group_of(const struct flyt_world *world, uint32_t section)
{
    uint32_t area = world->sections.area[section], tenure = world->sections.tenure[section];
    uint32_t market = world->sections.municipality[section] * FLYT_N_TENURES + tenure;
    return FLYT_N_TENURES + (world->areas.listed[area] != 0
                                 ? world->municipalities.n * FLYT_N_TENURES + area
                                 : market);
}

static const double *rest_of(const struct flyt_livelihood_mix *mix, struct flyt_work_place place,
                             uint32_t attachment)
{
    return mix->rest.share[attachment][place.origin][place.language][place.education]
                          [flyt_workrest_age(place.age_months)];
}

static void find(const struct flyt_world *world, struct flyt_livelihood_mix *mix,
                 uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t group[2] = {world->sections.tenure[row->section], group_of(world, row->section)};
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        struct flyt_work_place place = flyt_livelihood_place(world, household, i);
        if (row->born[i] == FLYT_NO_MONTH || place.from == FLYT_WORK_student ||
            place.from == FLYT_WORK_pension ||
            place.age_months >= world->livelihood->work.pension_months) {
            continue;
        }
        for (uint32_t k = 0; k < FLYT_COUNT(group); k++) {
            struct found *found = &mix->found[(size_t)group[k] * KINDS + kind_of(place)];
            found->n++;
            found->outside += place.from != FLYT_WORK_employed;
        }
    }
}

/** Shares of detached of one kind of person in all groups. */
static void mix_kind(const struct flyt_world *world, struct flyt_livelihood_mix *mix,
                     struct flyt_work_place place, uint32_t n_groups)
{
    const double *attached = rest_of(mix, place, FLYT_ATTACHED);
    const double *detached = rest_of(mix, place, FLYT_DETACHED);
    double rule =
        flyt_work_detached(&world->livelihood->params.work, place.education, place.origin);
    double all[FLYT_N_WORKS];
    for (uint32_t state = 0; state < FLYT_N_WORKS; state++) {
        all[state] = rule * detached[state] + (1.0 - rule) * attached[state];
    }
    double outside[FLYT_N_TENURES];
    for (uint32_t g = 0; g < n_groups; g++) {
        size_t at = (size_t)g * KINDS + kind_of(place);
        struct found found = mix->found[at];
        uint32_t tenure = (g - FLYT_N_TENURES) % FLYT_N_TENURES;
        bool is_tenure = g < FLYT_N_TENURES;
        bool is_area = g >= FLYT_N_TENURES * (1 + world->municipalities.n);
        /* areas on a list are almen ones */
        double usual = is_tenure ? flyt_workrest_outside(all)
                                 : outside[is_area ? (uint32_t)FLYT_TENURE_almen : tenure];
        double like = is_tenure ? PERSONS_LIKE_RULE : PERSONS_LIKE_TENURE;
        double share = (found.outside + like * usual) / (found.n + like);
        if (is_tenure) {
            outside[g] = share;
        }
        mix->detached[at] = flyt_workrest_detached(attached, detached, share);
    }
}

static void mix_classes(const struct flyt_world *world, struct flyt_livelihood_mix *mix,
                        uint32_t n_groups)
{
    static const int32_t age[FLYT_REST_AGES] = {18, 25, 30, 40, 50, 60};
    for (uint32_t k = 0; k < KINDS; k++) {
        uint32_t kind = k / FLYT_REST_AGES;
        struct flyt_work_place place = {.age_months = age[k % FLYT_REST_AGES] * 12,
                                        .education = (uint8_t)(kind % FLYT_N_EDUCATIONS)};
        kind /= FLYT_N_EDUCATIONS;
        place.language = (uint8_t)(kind % FLYT_LANGUAGES);
        place.origin = (uint8_t)(kind / FLYT_LANGUAGES);
        mix_kind(world, mix, place, n_groups);
    }
}

/** Chance that the adult is detached: by its place while the start is made, else by the rule. */
static double detached_of(const struct flyt_world *world, uint32_t household,
                          struct flyt_work_place place)
{
    const struct flyt_livelihood *livelihood = world->livelihood;
    const struct flyt_livelihood_mix *mix = livelihood->mix;
    if (mix == NULL || place.age_months >= livelihood->work.pension_months) {
        return flyt_work_detached_in(&livelihood->params.work, place);
    }
    uint32_t group = group_of(world, world->households.row[household].section);
    double share = mix->detached[(size_t)group * KINDS + kind_of(place)];
    double detached = share * rest_of(mix, place, FLYT_DETACHED)[place.from];
    double attached = (1.0 - share) * rest_of(mix, place, FLYT_ATTACHED)[place.from];
    return detached + attached > 0.0 ? detached / (detached + attached) : share;
}

static void start_block(void *world_, uint32_t block)
{
    struct flyt_world *world = world_;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        if (world->households.uid[i] != 0) {
            flyt_livelihood_start(world, block, i);
        }
    }
}

/** Classes of tenure, markets, areas. */
static uint64_t groups_of(uint64_t n_municipalities, uint64_t n_areas)
{
    return FLYT_N_TENURES * (1 + n_municipalities) + n_areas;
}

uint64_t flyt_livelihood_start_bytes(uint64_t n_municipalities, uint64_t n_areas)
{
    return sizeof(struct flyt_livelihood_mix) +
           groups_of(n_municipalities, n_areas) * KINDS * (sizeof(struct found) + sizeof(double));
}

enum flyt_status flyt_livelihood_start_all(struct flyt_world *world)
{
    struct flyt_livelihood *livelihood = world->livelihood;
    uint32_t n_groups = (uint32_t)groups_of(world->municipalities.n, world->areas.n);
    size_t n = (size_t)n_groups * KINDS;
    struct flyt_livelihood_mix *mix =
        FLYT_ARENA_ZERO(world->step_arena, struct flyt_livelihood_mix, 1);
    if (mix == NULL || (mix->found = FLYT_ARENA_ZERO(world->step_arena, struct found, n)) == NULL ||
        (mix->detached = FLYT_ARENA_ARRAY(world->step_arena, double, n)) == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_workrest_make(&world->par, &livelihood->params.work, &livelihood->work, &mix->rest);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        find(world, mix, i);
    }
    mix_classes(world, mix, n_groups);
    livelihood->mix = mix;
    flyt_par_blocks(&world->par, start_block, world);
    livelihood->mix = NULL;
    return FLYT_OK;
}

/* ---- one household --------------------------------------------------------------------------- */

static void start_adult(struct flyt_world *world, uint32_t household, uint32_t which)
{
    const struct flyt_livelihood *livelihood = world->livelihood;
    struct flyt_household *row = &world->households.row[household];
    uint64_t uid = world->households.uid[household];
    struct flyt_adult adult = flyt_people_adult(row, which);
    struct flyt_work_place place = flyt_livelihood_place(world, household, which);
    double u[2];
    draw_two(world, uid, which * DRAWS, u);
    adult.attachment = u[0] < detached_of(world, household, place) ? FLYT_DETACHED : FLYT_ATTACHED;
    place.attachment = adult.attachment;
    uint32_t most = months_most(&livelihood->work, place);
    uint32_t months = place.from == FLYT_WORK_pension
                          ? most
                          : flyt_work_months(&livelihood->work, place, most, u[1]);
    adult.work_since = (int16_t)(world->calendar - 1 - (int32_t)months);
    flyt_people_set_adult(row, which, adult);
    world->households.cold[household].earning[which] =
        flyt_income_factor(&livelihood->params.income, normal(world, uid, which * DRAWS + 1));
}

/** Open cases and convictions as in a population at rest. */
static void start_events(struct flyt_world *world, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    const struct flyt_social_table *table = &world->livelihood->social;
    struct flyt_background background = flyt_people_background(row);
    uint64_t uid = world->households.uid[household];
    for (uint32_t draw = 0; draw < 1 + FLYT_ADULTS; draw++) {
        double u = flyt_rng_unit(world->key, uid, world->month, FLYT_STREAM_livelihood_start, draw);
        if (draw == 0) {
            background.cases = (uint8_t)flyt_social_cases_at_rest(table, row, world->calendar, u);
            flyt_people_set_background(row, background);
        } else if (row->born[draw - 1] != FLYT_NO_MONTH) {
            struct flyt_social_chances chances =
                flyt_social_chances(table, row, cold, draw - 1, world->calendar);
            double a_month = chances.event[FLYT_SOCIAL_conviction];
            if (u < a_month * FLYT_CONVICTION_MONTHS && a_month > 0.0) {
                cold->convicted[draw - 1] = (int16_t)(world->calendar - 1 - (int32_t)(u / a_month));
            }
        }
    }
}

void flyt_livelihood_start(struct flyt_world *world, uint32_t desk, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        if (row->born[i] != FLYT_NO_MONTH) {
            start_adult(world, household, i);
        }
    }
    start_events(world, household);
    flyt_livelihood_arrive(world, desk, household);
}

void flyt_livelihood_new_adult(struct flyt_world *world, uint32_t household, uint32_t which)
{
    const struct flyt_livelihood *livelihood = world->livelihood;
    struct flyt_household *row = &world->households.row[household];
    uint64_t uid = world->households.uid[household];
    struct flyt_adult adult = flyt_people_adult(row, which);
    struct flyt_work_place place = flyt_livelihood_place(world, household, which);
    double u[2];
    draw_two(world, uid, which * DRAWS, u);
    double detached = flyt_work_detached(&livelihood->params.work, place.education, place.origin);
    place.attachment = adult.attachment = u[0] < detached ? FLYT_DETACHED : FLYT_ATTACHED;
    struct flyt_work_chances first = flyt_work_first(&livelihood->params.work, place);
    adult.work = (uint8_t)flyt_work_pick(&first, FLYT_WORK_employed, u[1]);
    adult.work_since = world->calendar;
    flyt_people_set_adult(row, which, adult);
    world->households.cold[household].earning[which] =
        flyt_income_factor(&livelihood->params.income, normal(world, uid, which * DRAWS + 1));
}
