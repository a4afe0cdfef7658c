/* Candidates from outside: how many, who, how long they look, and that they arrive by a home only.
 */
#include <criterion/criterion.h>

#include "models/migration.h"
#include "tests/unit/life_fixture.h"

Test(migration, candidates_follow_vacancy_and_hidden_households)
{
    struct flyt_params params = life_defaults();
    params.migration.net = 12.0;
    const struct flyt_migration_params *p = &params.migration;
    /* 20 leave a month, 10,000 homes: 10 more by trend */
    cr_assert_float_eq(flyt_migration_candidates(p, 20, 10000, 0.03, 0, 10000), 30.0, 1e-9);
    cr_assert_float_eq(flyt_migration_candidates(p, 20, 10000, 0.30, 0, 10000), 45.0, 1e-9);
    cr_assert_float_eq(flyt_migration_candidates(p, 20, 10000, 0.0, 0, 10000), 0.0, 1e-9);
    /* ln(0.02/0.03) = -0.405465: factor 0.391802 */
    cr_assert_float_eq(flyt_migration_candidates(p, 20, 10000, 0.02, 0, 10000), 11.75406, 1e-4);
    /* 110 hidden of 10,000: 40 above 0.7 % */
    cr_assert_float_eq(flyt_migration_candidates(p, 20, 10000, 0.03, 110, 10000), 20.0, 1e-9);
}

Test(migration, candidates_look_three_months_and_are_never_here)
{
    struct flyt_params params = life_defaults();
    params.migration.refugees = 0.0;
    struct life_world life;
    life_open(&life, &params, (struct flyt_par){1, 16, 0}, 20000, 1.3);
    life.no_letting = true;
    int64_t came[6], gave_up = 0;
    for (int month = 0; month < 6; month++) {
        cr_assert_eq(life_month(&life), FLYT_OK);
        came[month] = life.world.life->counts.candidates;
        gave_up += life.world.life->counts.gave_up;
        cr_assert_eq(life.world.life->counts.in_persons, 0);
        cr_assert_gt(came[month], 0);
    }
    cr_assert_eq(gave_up, came[0] + came[1] + came[2]);
    life_close(&life);
}

Test(migration, the_same_uid_is_the_same_household)
{
    struct flyt_params params = life_defaults();
    struct life_world life;
    life_open(&life, &params, (struct flyt_par){1, 16, 0}, 1000, 1.3);
    struct flyt_world *world = &life.world;
    uint32_t a = world->households.capacity, b = a + 7, adults = 0;
    for (uint64_t uid = 1; uid < 500; uid++) {
        flyt_migration_draw(world, a, uid, false);
        flyt_migration_draw(world, b, uid, false);
        cr_assert_arr_eq(&world->households.row[a], &world->households.row[b],
                         sizeof(struct flyt_household));
        adults += flyt_people_adults(&world->households.row[a]);
        cr_assert(flyt_people_age(world->households.row[a].born[0], LIFE_START) >= 18);
        world->households.uid[a] = world->households.uid[b] = 0;
    }
    cr_assert(adults > 550 && adults < 850);
    life_close(&life);
}
