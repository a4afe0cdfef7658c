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
    params.migration.hidden_usual = 1.0; /* nobody gets a home: hidden households keep none away */
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

Test(migration, the_table_of_movers_is_cut_to_what_the_parameters_say)
{
    struct flyt_params params = life_defaults();
    params.migration.in_age_from = 38;
    params.migration.in_age_years = 5;
    params.migration.in_couple = 0.0;
    params.migration.in_children = 0.0;
    params.migration.in_outside_work = 0.3;
    struct life_world life;
    life_open(&life, &params, (struct flyt_par){1, 16, 0}, 1000, 1.3);
    struct flyt_world *world = &life.world;
    uint32_t a = world->households.capacity, outside = 0, in_forties = 0;
    for (uint64_t uid = 1; uid <= 10000; uid++) {
        flyt_migration_draw(world, a, uid, false);
        const struct flyt_household *row = &world->households.row[a];
        int32_t age = flyt_people_age(row->born[0], LIFE_START);
        cr_assert_eq(flyt_people_type(row, LIFE_START), FLYT_TYPE_single);
        cr_assert(age >= 38 && age < 43, "%d years", age);
        in_forties += age >= 40;
        outside += row->work[0] == FLYT_WORK_benefit;
        cr_assert(row->work[0] == FLYT_WORK_benefit || row->work[0] == FLYT_WORK_employed);
        world->households.uid[a] = 0;
    }
    cr_assert_float_eq(outside / 1e4, 0.3, 4 * 0.0046);
    /* 2 of the 10 years with share .20, 3 of the 10 with .09: .027 / (.04 + .027) */
    cr_assert_float_eq(in_forties / 1e4, 0.402985, 4 * 0.0049);
    life_close(&life);
}

Test(migration, the_table_ends_with_the_oldest)
{
    struct flyt_params params = life_defaults();
    params.migration.in_age_from = 94;
    struct life_world life;
    life_open(&life, &params, (struct flyt_par){1, 16, 0}, 1000, 1.3);
    for (uint64_t uid = 1; uid < 100; uid++) {
        flyt_migration_draw(&life.world, life.world.households.capacity, uid, false);
        const struct flyt_household *row =
            &life.world.households.row[life.world.households.capacity];
        cr_assert_eq(flyt_people_age(row->born[0], LIFE_START), 94);
        life.world.households.uid[life.world.households.capacity] = 0;
    }
    life_close(&life);
}
