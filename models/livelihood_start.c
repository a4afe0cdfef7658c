/**
 * @file livelihood_start.c
 * @brief Livelihood where a household or an adult begins: latent class, earning factor, months in
 *        the work state, open cases, past convictions, income. Declared in livelihood.h.
 */
#include <math.h>

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
enum {
    KINDS = FLYT_N_ORIGINS * FLYT_LANGUAGES * FLYT_N_EDUCATIONS * FLYT_REST_AGES,
    PERSONS_LIKE_RULE = 20,  /* ASSUMPTION: persons that what holds for all counts for */
    PERSONS_LIKE_TENURE = 10 /* the same in a place, of what holds for its tenure */
};

/** Persons of a kind in a group who are neither students, disabled nor retired. */
struct found {
    uint32_t n, outside;
};

/** Groups: the classes of tenure, then the markets, then the areas, of which those that are known.
 */
struct flyt_livelihood_mix {
    const struct flyt_work_rest *rest;
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
    return FLYT_N_TENURES +
           (world->areas.known[area] ? world->municipalities.n * FLYT_N_TENURES + area : market);
}

static const double *rest_of(const struct flyt_livelihood_mix *mix, struct flyt_work_place place,
                             uint32_t attachment)
{
    return mix->rest->share[attachment][place.origin][place.language][place.education]
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
            place.from == FLYT_WORK_pension || place.from == FLYT_WORK_disability ||
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

/** A kind of person as the chances rest, and how many of it a group is given. */
struct mixture {
    const double *attached, *detached; /* shares of states */
    double n, outside;                 /* persons; share of them outside work to be kept */
};

static struct flyt_work_place place_of(uint32_t kind)
{
    static const int32_t age[FLYT_REST_AGES] = {18, 25, 30, 40, 50, 60};
    struct flyt_work_place place = {.age_months = age[kind % FLYT_REST_AGES] * 12};
    kind /= FLYT_REST_AGES;
    place.education = (uint8_t)(kind % FLYT_N_EDUCATIONS);
    kind /= FLYT_N_EDUCATIONS;
    place.language = (uint8_t)(kind % FLYT_LANGUAGES);
    place.origin = (uint8_t)(kind / FLYT_LANGUAGES);
    return place;
}

/** Share outside work where the classes are mixed by the rule for the country. */
static double outside_by_rule(const struct flyt_world *world, const struct flyt_livelihood_mix *mix,
                              struct flyt_work_place place)
{
    const double *attached = rest_of(mix, place, FLYT_ATTACHED);
    const double *detached = rest_of(mix, place, FLYT_DETACHED);
    double rule =
        flyt_work_detached(&world->livelihood->params.work, place.education, place.origin);
    double all[FLYT_N_WORKS];
    for (uint32_t state = 0; state < FLYT_N_WORKS; state++) {
        all[state] = rule * detached[state] + (1.0 - rule) * attached[state];
    }
    return flyt_workrest_outside(all);
}

static double odds_times(double share, double factor)
{
    return share * factor / (1.0 - share + share * factor);
}

/** Persons outside work at rest when the odds of all kinds are times a factor: no kind has fewer
 *  than the attached or more than the detached. */
static double outside_at_rest(const struct mixture *mixture, uint32_t n, double factor)
{
    double sum = 0.0;
    for (uint32_t k = 0; k < n; k++) {
        double low = flyt_workrest_outside(mixture[k].attached);
        double high = flyt_workrest_outside(mixture[k].detached);
        double share = odds_times(mixture[k].outside, factor);
        sum += mixture[k].n * (share < low ? low : share > high ? high : share);
    }
    return sum;
}

/** The factor with which as many are outside work at rest as were found. */
static double factor_of(const struct mixture *mixture, uint32_t n, double found)
{
    enum { HALVINGS = 30 };
    double low = 1.0 / 64.0, high = 64.0;
    for (uint32_t i = 0; i < HALVINGS; i++) {
        double middle = sqrt(low * high);
        if (outside_at_rest(mixture, n, middle) < found) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return sqrt(low * high);
}

/** Shares of detached of a group's kinds of one age, so that as many stay outside work as were
 *  found. usual: share outside work of each kind where few were found; out: of this group, may be
 *  NULL. */
static void mix_age(struct flyt_livelihood_mix *mix, uint32_t group, uint32_t age, double like,
                    const double *usual, double *out)
{
    enum { OF_AGE = FLYT_N_ORIGINS * FLYT_LANGUAGES * FLYT_N_EDUCATIONS };
    struct mixture mixture[OF_AGE];
    uint32_t n = 0, outside = 0;
    for (uint32_t k = 0; k < OF_AGE; k++) {
        uint32_t kind = k * FLYT_REST_AGES + age;
        struct found found = mix->found[(size_t)group * KINDS + kind];
        mixture[k] =
            (struct mixture){.attached = rest_of(mix, place_of(kind), FLYT_ATTACHED),
                             .detached = rest_of(mix, place_of(kind), FLYT_DETACHED),
                             .n = found.n,
                             .outside = (found.outside + like * usual[kind]) / (found.n + like)};
        n += found.n;
        outside += found.outside;
    }
    double factor = n > 0 ? factor_of(mixture, OF_AGE, outside) : 1.0;
    for (uint32_t k = 0; k < OF_AGE; k++) {
        uint32_t kind = k * FLYT_REST_AGES + age;
        double share = odds_times(mixture[k].outside, factor);
        mix->detached[(size_t)group * KINDS + kind] =
            flyt_workrest_detached(mixture[k].attached, mixture[k].detached, share);
        if (out != NULL) {
            out[kind] = share;
        }
    }
}

/** Classes of tenure by the rule where few were found, then places by their tenure. */
static void mix_classes(const struct flyt_world *world, struct flyt_livelihood_mix *mix,
                        uint32_t n_groups)
{
    double rule[KINDS], tenure[FLYT_N_TENURES][KINDS];
    for (uint32_t kind = 0; kind < KINDS; kind++) {
        rule[kind] = outside_by_rule(world, mix, place_of(kind));
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        bool is_tenure = g < FLYT_N_TENURES;
        bool is_area = g >= FLYT_N_TENURES * (1 + world->municipalities.n);
        uint32_t t = is_area ? (uint32_t)FLYT_TENURE_almen : g % FLYT_N_TENURES;
        for (uint32_t age = 0; age < FLYT_REST_AGES; age++) {
            mix_age(mix, g, age, is_tenure ? PERSONS_LIKE_RULE : PERSONS_LIKE_TENURE,
                    is_tenure ? rule : tenure[t], is_tenure ? tenure[t] : NULL);
        }
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
    return sizeof(struct flyt_livelihood_mix) + sizeof(struct flyt_work_rest) +
           groups_of(n_municipalities, n_areas) * KINDS * (sizeof(struct found) + sizeof(double));
}

enum flyt_status flyt_livelihood_start_all(struct flyt_world *world,
                                           const struct flyt_work_rest *rest)
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
    mix->rest = rest;
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
