/* Growing up: what a child takes along from home. */
#include <criterion/criterion.h>

#include "models/leaving.h"
#include "tests/unit/life_fixture.h"

Test(leaving, education_follows_the_parents)
{
    struct flyt_params params = life_defaults();
    double chance[3], higher = 0.0;
    for (uint32_t parents = 0; parents < 3; parents++) {
        flyt_leaving_education(&params.leaving, parents, 2, (struct flyt_leaving_childhood){0, 0},
                               chance);
        cr_assert_float_eq(chance[0] + chance[1] + chance[2], 1.0, 1e-12);
        cr_assert_gt(chance[2], higher);
        higher = chance[2];
    }
    flyt_leaving_education(&params.leaving, FLYT_EDUCATION_basic, 2,
                           (struct flyt_leaving_childhood){0, 0}, chance);
    cr_assert_float_eq(chance[0], 0.30, 1e-12, "fluent, outside deprived areas: as in the table");
    cr_assert_float_eq(chance[1], 0.42, 1e-12);
}

Test(leaving, deprived_years_count_only_when_told)
{
    struct flyt_params params = life_defaults();
    double without[3], with[3];
    flyt_leaving_education(&params.leaving, FLYT_EDUCATION_vocational, 2,
                           (struct flyt_leaving_childhood){0, 0}, without);
    flyt_leaving_education(&params.leaving, FLYT_EDUCATION_vocational, 2,
                           (struct flyt_leaving_childhood){120, 0}, with);
    cr_assert_eq(without[0], with[0], "neutral by default");
    params.leaving.deprived_effect = -0.05;
    flyt_leaving_education(&params.leaving, FLYT_EDUCATION_vocational, 2,
                           (struct flyt_leaving_childhood){120, 0}, with);
    double odds = (1.0 - without[0]) / without[0] * exp(-0.5);
    cr_assert_float_eq(with[0], 1.0 / (1.0 + odds), 1e-12);
}

/** Parents with basic schooling, 30 % of whose children stop at it: odds .7 / .3 of more. A year
 * and a half in a programme at .2 a year is .3: odds .7 / .3 * e^.3 = 3.14967, basic 1 / 4.14967.
 */
Test(leaving, years_in_a_programme_count_when_told)
{
    struct flyt_params params = life_defaults();
    double chance[3];
    struct flyt_leaving_childhood helped = {0, 6};
    flyt_leaving_education(&params.leaving, FLYT_EDUCATION_basic, 2, helped, chance);
    cr_assert_float_eq(chance[0], 0.30, 1e-12, "neutral by default");
    params.leaving.programme_effect = 0.2;
    flyt_leaving_education(&params.leaving, FLYT_EDUCATION_basic, 2, helped, chance);
    cr_assert_float_eq(chance[0], 1.0 / 4.14967, 1e-6);
    params.leaving.deprived_effect = -0.1; /* three years in a deprived area take it back */
    helped.deprived_months = 36;
    flyt_leaving_education(&params.leaving, FLYT_EDUCATION_basic, 2, helped, chance);
    cr_assert_float_eq(chance[0], 0.30, 1e-12);
}

Test(leaving, a_leaver_is_who_it_was_and_stays_with_its_parents)
{
    struct flyt_params params = life_defaults();
    struct life_world life;
    life_open(&life, &params, (struct flyt_par){1, 16, 0}, 2000, 1.3);
    struct flyt_world *world = &life.world;
    uint32_t n = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        struct flyt_household *row = &world->households.row[i];
        if (row->flags & FLYT_HIDDEN || row->child_born[0] == FLYT_NO_MONTH ||
            flyt_people_age(row->child_born[0], LIFE_START) < 18) {
            continue;
        }
        uint32_t persons = flyt_people_persons(row);
        int16_t born = row->child_born[0];
        uint8_t sex = world->households.cold[i].child_sex & 1;
        flyt_people_set_background(row, (struct flyt_background){.origin = 2, .language = 1});
        uint32_t leaver = flyt_world_add(world, i, flyt_rng_uid(i, 0, FLYT_STREAM_test, 0, 0));
        flyt_leaving_leave(world, i, 0, leaver);
        struct flyt_adult adult = flyt_people_adult(&world->households.row[leaver], 0);
        struct flyt_background background = flyt_people_background(&world->households.row[leaver]);
        cr_assert_eq(adult.born, born);
        cr_assert_eq(adult.sex, sex);
        cr_assert_eq(background.origin, 2);
        cr_assert_eq(background.language, 2, "better than the parents'");
        cr_assert_eq(world->households.row[leaver].home, row->home);
        cr_assert_eq(flyt_people_persons(row), persons - 1);
        n++;
    }
    cr_assert_gt(n, 30);
    life_close(&life);
}
