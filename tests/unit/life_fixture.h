/* A synthetic Denmark in miniature for tests of the life course: two labour-market regions of two
   municipalities each, people of the ages of 2020, more homes than households, and a letting that
   gives everyone a home at once. */
#ifndef FLYT_LIFE_FIXTURE_H
#define FLYT_LIFE_FIXTURE_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/housing.h"
#include "models/ledger.h"
#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "models/params.h"
#include "models/resources.h"

enum { LIFE_MUNICIPALITIES = 4, LIFE_REGIONS = 2, LIFE_START = 124 * 12 /* January 2024 */ };

struct life_world {
    struct flyt_arena arena, step_arena;
    struct flyt_diag diag;
    struct flyt_params params;
    struct flyt_world world;
    bool no_letting; /* nobody gets a home */
};

static const uint32_t life_region[LIFE_MUNICIPALITIES] = {0, 0, 1, 1};

static inline struct flyt_params life_defaults(void)
{
    struct flyt_params params;
    memset(&params, 0, sizeof params);
#define X(type, name, unit, fallback, ...) params.mortality.name = (flyt_##type)(fallback);
    MORTALITY_PARAMS(X)
#undef X
#define X(type, name, unit, fallback, ...) params.fertility.name = (flyt_##type)(fallback);
    FERTILITY_PARAMS(X)
#undef X
#define X(type, name, unit, fallback, ...) params.couples.name = (flyt_##type)(fallback);
    COUPLES_PARAMS(X)
#undef X
#define X(type, name, unit, fallback, ...) params.leaving.name = (flyt_##type)(fallback);
    LEAVING_PARAMS(X)
#undef X
#define X(type, name, unit, fallback, ...) params.migration.name = (flyt_##type)(fallback);
    MIGRATION_PARAMS(X)
#undef X
#define X(type, name, unit, fallback, ...) params.frailty.name = (flyt_##type)(fallback);
    FRAILTY_PARAMS(X)
#undef X
#define X(type, name, unit, fallback, ...) params.lifecourse.name = (flyt_##type)(fallback);
    LIFECOURSE_PARAMS(X)
#undef X
#define X(type, name, unit, fallback, ...) params.resources.name = (flyt_##type)(fallback);
    RESOURCES_PARAMS(X)
#undef X
    flyt_livelihood_defaults(&params.livelihood);
    return params;
}

/* ---- people -------------------------------------------------------------------------------- */

/** A stream of uniforms that belongs to the fixture. */
struct life_dice {
    uint64_t uid;
    uint32_t n;
};

static inline double life_roll(struct life_dice *dice)
{
    return flyt_rng_unit((struct flyt_rng_key){99, 0}, dice->uid, 0, FLYT_STREAM_test, dice->n++);
}

static inline double life_normal(struct life_dice *dice)
{
    double sum = -6.0;
    for (int i = 0; i < 12; i++) {
        sum += life_roll(dice);
    }
    return sum;
}

/** Persons of 1 October 2020 in thousands by ten years of age (Danmarks Statistik). */
static const double life_ages[10] = {611, 681, 779, 693, 751, 801, 666, 573, 235, 45};

static inline double life_at_home(double age)
{
    static const double share[7] = {.90, .78, .58, .42, .30, .17, .10}; /* 18-24, 2021 */
    return age < 18 ? 1.0 : age < 25 ? share[(int)age - 18] : age < 30 ? 0.05 : 0.025;
}

/** Share of women not with their parents who live in a couple. ASSUMPTION: so high that 40 % of
 *  households are singles without children below 18, as in 2022 (income_age_education.csv). */
static inline double life_coupled(double age)
{
    return age < 20   ? .22
           : age < 25 ? .48
           : age < 30 ? .70
           : age < 40 ? .82
           : age < 50 ? .81
           : age < 60 ? .79
           : age < 70 ? .76
           : age < 80 ? .66
           : age < 90 ? .35
                      : .08;
}

static inline struct flyt_adult life_adult(struct life_dice *dice, uint32_t sex, double age)
{
    return (struct flyt_adult){.born = (int16_t)(LIFE_START - 1 - (int)(age * 12)),
                               .sex = (uint8_t)sex,
                               .education = (uint8_t)(life_roll(dice) * 3),
                               .work = age > 67 ? FLYT_WORK_pension : FLYT_WORK_employed,
                               .approved = true};
}

/** Children a woman of that age has at home. */
static inline void life_children(struct flyt_world *world, uint32_t household,
                                 struct life_dice *dice, double age)
{
    double u = life_roll(dice);
    uint32_t n = u < .14 ? 0 : u < .32 ? 1 : u < .76 ? 2 : 3, place = 0;
    for (uint32_t k = 0; k < n; k++) {
        double years = age - (30.0 + 5.0 * life_normal(dice)), stays = life_roll(dice);
        uint32_t sex = life_roll(dice) >= .513; /* enum flyt_sex: a man, a woman */
        if (years < 0 || years > age - 15 || stays > life_at_home(years) || years > 40) {
            continue;
        }
        world->households.row[household].child_born[place] =
            (int16_t)(LIFE_START - 1 - (int)(years * 12));
        world->households.cold[household].child_sex |= (uint8_t)(sex << place++);
    }
}

/** A household in the next home of a municipality; homes are filled in turn. */
static inline uint32_t life_move_in(struct life_world *life, uint32_t ordinal, uint32_t *filled)
{
    struct flyt_world *world = &life->world;
    uint64_t uid = flyt_rng_uid(1, 0, FLYT_STREAM_test, ordinal, 0);
    uint32_t household = flyt_world_add(world, FLYT_NONE, uid);
    uint32_t m = ordinal % LIFE_MUNICIPALITIES, tenure = ordinal / LIFE_MUNICIPALITIES % 4;
    uint32_t section = flyt_housing_market(m, tenure);
    uint32_t home = world->sections.first[section] + filled[section]++;
    if (household == FLYT_NONE || home >= world->sections.first[section + 1]) {
        abort();
    }
    struct flyt_household *row = &world->households.row[household];
    row->home = home;
    row->section = section;
    row->moved_in = (int16_t)(LIFE_START - 1 - (int)(ordinal % 120));
    flyt_people_set_background(
        row, (struct flyt_background){.origin = ordinal % 12 == 0 ? 2 : 0, .language = 2});
    world->dwellings.occupant[home] = household;
    return household;
}

/** One of the population's adults, as a household or nothing (a partner of another, at home). */
static inline void life_person(struct life_world *life, uint32_t *ordinal, uint32_t *filled,
                               struct life_dice *dice, uint32_t sex, double age)
{
    struct flyt_world *world = &life->world;
    bool woman = sex == FLYT_SEX_woman;
    double coupled = life_coupled(woman ? age : age - 2.3);
    bool home = life_roll(dice) < life_at_home(age), couple = life_roll(dice) < coupled;
    if (age < 18 || home || (couple && !woman)) {
        return;
    }
    uint32_t household = life_move_in(life, (*ordinal)++, filled);
    struct flyt_household *row = &world->households.row[household];
    flyt_people_set_adult(row, 0, life_adult(dice, sex, age));
    if (couple) {
        double his = age + 2.3 + 3.0 * life_normal(dice);
        flyt_people_set_adult(row, 1, life_adult(dice, FLYT_SEX_man, his < 18.1 ? 18.1 : his));
        struct flyt_background background = flyt_people_background(row);
        background.married = life_roll(dice) < (age < 30 ? .28 : age < 40 ? .65 : .87);
        flyt_people_set_background(row, background);
    }
    if (woman) {
        life_children(world, household, dice, age);
        if (!couple && flyt_people_persons(row) > 1 && life_roll(dice) < .13) {
            row->person[0] = (uint8_t)(row->person[0] & ~1u); /* a single father instead */
        }
    }
}

/** Everybody: about n persons. */
static inline void life_populate(struct life_world *life, uint32_t n_persons)
{
    uint32_t filled[LIFE_MUNICIPALITIES * FLYT_N_TENURES] = {0}, ordinal = 0;
    struct life_dice dice = {flyt_rng_uid(2, 0, FLYT_STREAM_test, 0, 0), 0};
    for (uint32_t i = 0; i < n_persons; i++) {
        double u = (i + 0.5) / n_persons * 5835.0, age = 0.0;
        for (int band = 0; band < 10; band++) {
            if (u < life_ages[band]) {
                age = 10.0 * (band + u / life_ages[band] * (band == 9 ? .7 : 1.0));
                break;
            }
            u -= life_ages[band];
        }
        life_person(life, &ordinal, filled, &dice, i & 1, age);
    }
}

/* ---- the world ----------------------------------------------------------------------------- */

/** @param spare  homes over expected households. */
static inline void life_open(struct life_world *life, const struct flyt_params *params,
                             struct flyt_par par, uint32_t n_persons, double spare)
{
    flyt_arena_init(&life->arena, 0);
    flyt_arena_init(&life->step_arena, 0);
    life->params = *params;
    life->no_letting = false;
    uint32_t n_sections = LIFE_MUNICIPALITIES * FLYT_N_TENURES;
    uint32_t homes = (uint32_t)(n_persons / 2.0 * spare / n_sections) + 8;
    life->world = (struct flyt_world){.key = {7, 3},
                                      .par = par,
                                      .calendar = LIFE_START,
                                      .municipalities = {.n = LIFE_MUNICIPALITIES},
                                      .params = &life->params,
                                      .run_arena = &life->arena,
                                      .step_arena = &life->step_arena,
                                      .diag = &life->diag};
    struct flyt_world *world = &life->world;
    world->households.n_outside = 2000 + n_persons / 20;
    if (flyt_world_init(world, flyt_world_capacity(homes * n_sections), homes * n_sections,
                        n_sections) != FLYT_OK) {
        abort();
    }
    for (uint32_t s = 0; s <= n_sections; s++) {
        world->sections.first[s] = s * homes;
        for (uint32_t i = 0; s < n_sections && i < homes; i++) {
            world->dwellings.section[s * homes + i] = s;
        }
        if (s < n_sections) {
            world->sections.n_open[s] = homes;
            world->sections.municipality[s] = s / FLYT_N_TENURES;
            world->sections.tenure[s] = (uint8_t)(s % FLYT_N_TENURES);
        }
    }
    life_populate(life, n_persons);
    if (flyt_lifecourse_init(world, life_region, LIFE_REGIONS) != FLYT_OK ||
        flyt_resources_create(world) != FLYT_OK) {
        abort();
    }
    flyt_resources_year(world);
}

/** Work, incomes and the ledger too, from the month the world stands in. */
static inline void life_open_books(struct life_world *life)
{
    struct flyt_world *world = &life->world;
    if (flyt_livelihood_create(world) != FLYT_OK) {
        abort();
    }
    flyt_livelihood_year(world, &life->params.livelihood);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        world->households.row[i].savings_ore = 1000000 * (int64_t)(world->households.uid[i] % 40);
        flyt_livelihood_start(world, block_i, i);
    }
}

static inline void life_close(struct life_world *life)
{
    flyt_arena_free(&life->arena);
    flyt_arena_free(&life->step_arena);
}

/* ---- letting: next vacant home after a point on the municipality's circle ------------------- */

struct life_spot {
    uint64_t key;
    uint32_t index;
};

static inline int life_by_key(const void *a_, const void *b_)
{
    const struct life_spot *a = a_, *b = b_;
    return a->key < b->key ? -1 : a->key > b->key;
}

static inline void life_take(struct flyt_world *world, uint32_t household, uint32_t home)
{
    struct flyt_household *row = &world->households.row[household];
    if (row->home != FLYT_NONE && !(row->flags & FLYT_HIDDEN)) {
        world->dwellings.occupant[row->home] = FLYT_NONE;
    }
    bool here = row->home != FLYT_NONE; /* not a candidate from outside */
    if (here) {
        flyt_lifecourse_before(world, 0, household);
    }
    world->n_hidden -= (row->flags & FLYT_HIDDEN) != 0;
    row->home = home;
    row->section = world->dwellings.section[home];
    row->moved_in = world->calendar;
    row->flags &= (uint8_t) ~(FLYT_HIDDEN | FLYT_FORCED | FLYT_QUEUED);
    world->dwellings.occupant[home] = household;
    if (here) {
        flyt_lifecourse_after(world, 0, household);
    }
}

/** Those of a municipality who want a home, by uid: hidden households, candidates from outside. */
static inline uint32_t life_seekers(struct flyt_world *world, uint32_t m, struct life_spot *seeker)
{
    uint32_t n = 0;
    const struct flyt_guests *guests = &world->life->guests;
    for (uint32_t i = 0; i < guests->n; i++) {
        const struct flyt_household *row = &world->households.row[guests->row[i]];
        if (world->households.uid[guests->row[i]] == guests->uid[i] && row->flags & FLYT_HIDDEN &&
            world->sections.municipality[row->section] == m) {
            seeker[n++] = (struct life_spot){guests->uid[i], guests->row[i]};
        }
    }
    for (uint32_t k = 0; k < world->households.n_outside; k++) {
        uint32_t i = world->households.capacity + k;
        if (world->households.uid[i] != 0 && world->life->outside_municipality[k] == m) {
            seeker[n++] = (struct life_spot){world->households.uid[i], i};
        }
    }
    qsort(seeker, n, sizeof *seeker, life_by_key);
    return n;
}

static inline void life_let(struct flyt_world *world, uint32_t m)
{
    uint32_t first = world->sections.first[m * FLYT_N_TENURES];
    uint32_t end = world->sections.first[(m + 1) * FLYT_N_TENURES], n = 0;
    struct life_spot *vacant = malloc((end - first + 1) * sizeof *vacant);
    struct life_spot *seeker =
        malloc((world->life->guests.n + world->households.n_outside + 1) * sizeof *seeker);
    for (uint32_t home = first; home < end; home++) {
        if (world->dwellings.occupant[home] == FLYT_NONE) {
            vacant[n++] = (struct life_spot){
                flyt_rng_word64(world->key, home + 1, world->month, FLYT_STREAM_letting_home, 0),
                home};
        }
    }
    qsort(vacant, n, sizeof *vacant, life_by_key);
    uint32_t n_seekers = life_seekers(world, m, seeker);
    for (uint32_t i = 0; i < n_seekers && n > 0; i++) {
        uint32_t low = 0, high = n;
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            *(vacant[middle].key < seeker[i].key ? &low : &high) =
                vacant[middle].key < seeker[i].key ? middle + 1 : middle;
        }
        for (uint32_t step = 0; step < n; step++) {
            uint32_t at = (low + step) % n;
            if (vacant[at].index != FLYT_NONE) {
                life_take(world, seeker[i].index, vacant[at].index);
                vacant[at].index = FLYT_NONE;
                break;
            }
        }
    }
    free(vacant);
    free(seeker);
}

/** One month: life course, letting, settling, all checks. */
static inline enum flyt_status life_month(struct life_world *life)
{
    struct flyt_world *world = &life->world;
    flyt_arena_empty(&life->step_arena);
    if (world->livelihood != NULL && world->month % 12 == 0 && world->month > 0) {
        flyt_livelihood_year(world, &life->params.livelihood);
    }
    FLYT_TRY(flyt_lifecourse_step(world));
    for (uint32_t m = 0; m < LIFE_MUNICIPALITIES && !life->no_letting; m++) {
        life_let(world, m);
    }
    FLYT_TRY(flyt_lifecourse_settle(world));
    if (world->livelihood != NULL) {
        FLYT_TRY(flyt_livelihood_step(world));
        FLYT_TRY(flyt_ledger_close(world));
        FLYT_TRY(flyt_livelihood_check(world));
    }
    FLYT_TRY(flyt_lifecourse_check(world));
    FLYT_TRY(flyt_world_check_fully(world));
    world->month++;
    world->calendar++;
    return FLYT_OK;
}

#endif
