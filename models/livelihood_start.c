/**
 * @file livelihood_start.c
 * @brief Livelihood where a household or an adult begins: latent class, earning factor, months in
 *        the work state, open cases, past convictions, income. Declared in livelihood.h.
 */
#include "models/livelihood.h"

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

static void start_adult(struct flyt_world *world, uint32_t household, uint32_t which)
{
    const struct flyt_livelihood *livelihood = world->livelihood;
    struct flyt_household *row = &world->households.row[household];
    uint64_t uid = world->households.uid[household];
    struct flyt_adult adult = flyt_people_adult(row, which);
    struct flyt_work_place place = flyt_livelihood_place(world, household, which);
    double u[2];
    draw_two(world, uid, which * DRAWS, u);
    adult.attachment = u[0] < flyt_work_detached_in(&livelihood->params.work, place)
                           ? FLYT_DETACHED
                           : FLYT_ATTACHED;
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
