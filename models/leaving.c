#include "models/leaving.h"

#include "models/params.h"
#include "sim/num.h"

/** Education at 30 by that of the parents, [parents][own]. Recalled (low confidence), 2020. */
static const double education_at_30[FLYT_N_EDUCATIONS][FLYT_N_EDUCATIONS] = {
    [FLYT_EDUCATION_basic] = {.30, .42, .28},
    [FLYT_EDUCATION_vocational] = {.14, .44, .42},
    [FLYT_EDUCATION_higher] = {.07, .23, .70},
};

enum { STUDENT_BEFORE = 25 };

void flyt_leaving_education(const struct flyt_leaving_params *params, uint32_t parents,
                            uint32_t language, struct flyt_leaving_childhood childhood,
                            double chance[3])
{
    const double *base = education_at_30[parents < FLYT_N_EDUCATIONS ? parents : 0];
    double effect = params->language_effect * ((double)language - 2.0) +
                    params->deprived_effect * childhood.deprived_months / 12.0 +
                    params->programme_effect * childhood.helped_quarters / 4.0;
    double odds = (1.0 - base[0]) / base[0] * flyt_num_exp(effect);
    double more = odds / (1.0 + odds);
    chance[0] = 1.0 - more;
    for (int e = 1; e < 3; e++) {
        chance[e] = more * base[e] / (1.0 - base[0]);
    }
}

/** The grown child as an adult: sex and age as they are, education and work drawn. */
static struct flyt_adult grown_up(const struct flyt_world *world, uint32_t family, uint32_t child,
                                  uint32_t language)
{
    const struct flyt_leaving_params *params = &world->params->leaving;
    const struct flyt_household *row = &world->households.row[family];
    const struct flyt_household_cold *cold = &world->households.cold[family];
    double chance[3], u = (flyt_rng_word(world->key, world->households.uid[family], world->month,
                                         FLYT_STREAM_leaving, child) +
                           0.5) *
                          0x1p-32;
    uint32_t parents = FLYT_EDUCATION_basic;
    for (uint32_t a = 0; a < FLYT_ADULTS; a++) {
        if (row->born[a] != FLYT_NO_MONTH) {
            uint32_t education = flyt_people_adult(row, a).education;
            parents = education > parents ? education : parents;
        }
    }
    flyt_leaving_education(params, parents, language,
                           (struct flyt_leaving_childhood){cold->deprived_months[child],
                                                           flyt_people_helped(cold, child)},
                           chance);
    struct flyt_adult adult = {.born = row->child_born[child],
                               .work_since = world->calendar,
                               .sex = cold->child_sex >> child & 1,
                               .approved = true};
    adult.education = u < chance[0]               ? FLYT_EDUCATION_basic
                      : u < chance[0] + chance[1] ? FLYT_EDUCATION_vocational
                                                  : FLYT_EDUCATION_higher;
    bool young = flyt_people_age(adult.born, world->calendar) < STUDENT_BEFORE;
    adult.work = young ? FLYT_WORK_student : FLYT_WORK_employed; /* until livelihood draws it */
    return adult;
}

static void forget_child(struct flyt_world *world, uint32_t family, uint32_t child)
{
    struct flyt_household_cold *cold = &world->households.cold[family];
    world->households.row[family].child_born[child] = FLYT_NO_MONTH;
    cold->deprived_months[child] = 0;
    flyt_people_set_helped(cold, child, 0);
    cold->child_sex = (uint8_t)(cold->child_sex & ~(1u << child));
}

static uint8_t better(uint8_t language)
{
    return language + 1 < FLYT_LANGUAGES ? (uint8_t)(language + 1) : language;
}

void flyt_leaving_leave(struct flyt_world *world, uint32_t family, uint32_t child, uint32_t leaver)
{
    const struct flyt_household *row = &world->households.row[family];
    struct flyt_household *new = &world->households.row[leaver];
    struct flyt_background background = flyt_people_background(row);
    background.language = better(background.language);
    background.cases = 0;
    background.married = false;
    flyt_people_set_adult(new, 0, grown_up(world, family, child, background.language));
    flyt_people_set_background(new, background);
    world->households.cold[leaver].earning[0] = 1024; /* 1, until livelihood draws one */
    new->home = row->home;
    new->section = row->section;
    new->search_since = new->settled = world->calendar;
    new->flags = FLYT_HIDDEN;
    forget_child(world, family, child);
}

void flyt_leaving_succeed(struct flyt_world *world, uint32_t family, uint32_t child)
{
    struct flyt_household *row = &world->households.row[family];
    struct flyt_background background = flyt_people_background(row);
    background.language = better(background.language);
    background.married = false;
    struct flyt_adult adult = grown_up(world, family, child, background.language);
    flyt_people_set_adult(row, 0, adult);
    flyt_people_set_background(row, background);
    row->gross_ore[0] = 0;
    world->households.cold[family].earning[0] = 1024;
    world->households.cold[family].convicted[0] = FLYT_NO_MONTH;
    forget_child(world, family, child);
}
