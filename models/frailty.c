#include "models/frailty.h"

#include "models/kinds.h"
#include "models/people.h"
#include "sim/num.h"

#define CARE_MOST 1.0 /* 1/year: a limit where hardly anybody needs help */

enum { MONTHS = 12 };

void flyt_frailty_split(const struct flyt_frailty_params *params, double death[2][FLYT_AGES],
                        const double care[FLYT_AGES], struct flyt_frailty_rates *rates)
{
    for (int age = 0; age < FLYT_AGES; age++) {
        rates->onset[age] =
            age < FLYT_FRAIL_FROM
                ? 0.0
                : params->onset_75 * flyt_num_exp(params->onset_growth * (age + 0.5 - 75.0));
    }
    for (int sex = 0; sex < 2; sex++) {
        double frail = 0.0; /* share of those alive and at home */
        for (int age = 0; age < FLYT_AGES; age++) {
            double middle = 0.0, ratio = params->mortality_ratio;
            double die = death[sex][age] / (1.0 - frail + frail * ratio), moved = 0.0;
            for (int month = 0; month < MONTHS; month++) {
                moved = care[age] < CARE_MOST * frail ? care[age] / frail : CARE_MOST;
                die = death[sex][age] / (1.0 - frail + frail * ratio);
                double more =
                    (1.0 - frail) * (rates->onset[age] - frail * ((ratio - 1.0) * die + moved));
                middle += frail / MONTHS;
                frail += more / MONTHS;
                frail = frail < 0.0 ? 0.0 : frail < 1.0 ? frail : 1.0;
            }
            rates->share[sex][age] = middle;
            rates->death[sex][age] = death[sex][age] / (1.0 - middle + middle * ratio);
            rates->death_frail[sex][age] = ratio * rates->death[sex][age];
            rates->care_frail[sex][age] =
                care[age] < CARE_MOST * middle ? care[age] / middle : CARE_MOST;
        }
    }
}

uint32_t flyt_frailty_count(const struct flyt_household *row)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        n += row->born[i] != FLYT_NO_MONTH && flyt_people_adult(row, i).frail;
    }
    return n;
}

/* ---- the start ----------------------------------------------------------------------------- */

static uint32_t age_of(const struct flyt_world *world, int16_t born)
{
    int32_t age = flyt_people_age(born, world->calendar);
    return age < 0 ? 0 : age < FLYT_AGES ? (uint32_t)age : FLYT_AGES - 1;
}

/** Whether a home for the elderly was assigned to this adult. ASSUMPTION: to the older of a couple,
 *  and all who live in one have needed help. */
static bool assigned(const struct flyt_world *world, const struct flyt_household *row,
                     uint32_t which)
{
    return !(row->flags & FLYT_HIDDEN) &&
           world->sections.kind[row->section] == FLYT_KIND_almen_elderly &&
           row->born[which] == flyt_people_oldest(row) &&
           (which == 0 || row->born[0] != row->born[1]) &&
           age_of(world, row->born[which]) >= FLYT_FRAIL_FROM;
}

/** Adults by sex and age, then those of them with an assigned home. */
static void tally(const struct flyt_world *world, uint32_t i, int64_t *n)
{
    const struct flyt_household *row = &world->households.row[i];
    for (uint32_t which = 0; which < FLYT_ADULTS; which++) {
        if (row->born[which] != FLYT_NO_MONTH) {
            uint32_t cell = (row->person[which] & 1u) * FLYT_AGES + age_of(world, row->born[which]);
            n[cell]++;
            n[2 * FLYT_AGES + cell] += assigned(world, row, which);
        }
    }
}

void flyt_frailty_start(struct flyt_world *world, double share[2][FLYT_AGES])
{
    enum { CELLS = 2 * FLYT_AGES };
    int64_t n[2 * CELLS] = {0};
    flyt_world_sum(world, tally, 2 * CELLS, n);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        struct flyt_household *row = &world->households.row[i];
        for (uint32_t which = 0; which < FLYT_ADULTS; which++) {
            if (row->born[which] == FLYT_NO_MONTH) {
                continue;
            }
            struct flyt_adult adult = flyt_people_adult(row, which);
            uint32_t age = age_of(world, adult.born), cell = adult.sex * FLYT_AGES + age;
            int64_t others = n[cell] - n[CELLS + cell];
            double wanted = share[adult.sex][age] * (double)n[cell] - (double)n[CELLS + cell];
            double u = flyt_rng_unit(world->key, world->households.uid[i], 0,
                                     FLYT_STREAM_frailty_start, which);
            adult.frail = assigned(world, row, which) || u * (double)others < wanted;
            flyt_people_set_adult(row, which, adult);
        }
    }
}
