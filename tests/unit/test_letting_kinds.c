/* Letting of homes for the young and for the elderly: who may have one, who comes first, who must
 * go. */
#include <criterion/criterion.h>

#include "tests/unit/letting_fixture.h"

static struct letting_test test;
static const struct flyt_par one = {1, 8, 0};
static const uint8_t no_list[] = {FLYT_LIST_none};

static void teardown(void)
{
    letting_shut(&test);
}

TestSuite(letting_kinds, .fini = teardown);

static const struct letting_section kinds[] = {{0, 0, FLYT_KIND_almen_youth, 0, 10},
                                               {0, 0, FLYT_KIND_almen_elderly, 0, 10},
                                               {0, FLYT_NONE, FLYT_KIND_private_rental, 0, 40}};

Test(letting_kinds, youth_homes_go_to_students_and_homes_for_the_elderly_to_the_frail)
{
    letting_open(&test, kinds, 3, 1, 1, no_list, 1, one);
    uint32_t list[] = {flyt_lists_youth(&test.world.letting->lists, 0),
                       flyt_lists_elderly(&test.world.letting->lists, 0)};
    uint32_t adult = letting_settle(&test, 20, 35, FLYT_WORK_employed);
    uint32_t student = letting_settle(&test, 21, 35, FLYT_WORK_student);
    uint32_t young = letting_settle(&test, 22, 24, FLYT_WORK_employed);
    uint32_t old = letting_settle(&test, 23, 65, FLYT_WORK_pension);
    uint32_t older = letting_settle(&test, 24, 80, FLYT_WORK_pension);
    uint32_t not_old = letting_settle(&test, 25, 64, FLYT_WORK_pension);
    uint32_t on_youth[] = {adult, student, young}, on_elderly[] = {not_old, old, older};
    for (int i = 0; i < 3; i++) {
        letting_join(&test, on_youth[i], list[0], letting_ago(10 - i));
        letting_join(&test, on_elderly[i], list[1], letting_ago(30 - i));
    }
    letting_fail(&test, not_old);
    letting_fail(&test, older); /* old is old enough, and needs no help */
    for (uint32_t d = 0; d < 20; d++) {
        if (d != 0 && d != 1 && d != 10) {
            letting_settle(&test, d, d < 10 ? 20 : 70, FLYT_WORK_pension);
        }
    }
    cr_assert_eq(letting_month(&test, 1), 3);
    cr_assert_eq(test.world.households.row[adult].home, 20);
    cr_assert_lt(test.world.households.row[student].home, 2u);
    cr_assert_lt(test.world.households.row[young].home, 2u);
    cr_assert_eq(letting_occupant(&test, 10), letting_uid(&test, older));
    cr_assert_eq(letting_let(&test, FLYT_CHANNEL_youth), 2);
    cr_assert_eq(letting_let(&test, FLYT_CHANNEL_elderly), 1);
}

Test(letting_kinds, a_youth_home_must_be_left_six_months_after_the_studies)
{
    letting_open(&test, kinds, 3, 1, 1, no_list, 1, one);
    uint32_t tenant = letting_settle(&test, 0, 28, FLYT_WORK_employed);
    uint32_t student = letting_settle(&test, 1, 28, FLYT_WORK_student);
    test.world.households.row[tenant].work_since[0] = letting_ago(0);
    test.world.households.row[student].work_since[0] = letting_ago(0);
    for (int month = 0; month < 12; month++, letting_next(&test)) {
        letting_month(&test, 1);
        bool forced = test.world.households.row[tenant].flags & FLYT_FORCED;
        cr_assert_eq(forced, month >= 6, "month %d", month);
        cr_assert_eq(test.world.letting->counts.notices[0], month == 6);
    }
    cr_assert_not(test.world.households.row[student].flags & FLYT_FORCED);
}

Test(letting_kinds, who_was_too_old_for_a_youth_home_at_the_start_is_in_need_and_stays)
{
    letting_open(&test, kinds, 3, 1, 1, no_list, 1, one);
    uint32_t tenant = letting_settle(&test, 0, 28, FLYT_WORK_employed);
    uint32_t later = letting_settle(&test, 1, 28, FLYT_WORK_employed);
    test.world.households.row[tenant].work_since[0] = letting_ago(30);
    test.world.households.row[tenant].moved_in = letting_ago(20);
    test.world.households.row[later].work_since[0] = letting_ago(30);
    letting_next(&test);
    test.world.households.row[later].moved_in = letting_ago(-1); /* after the start */
    letting_month(&test, 1);
    cr_assert_not(test.world.households.row[tenant].flags & FLYT_FORCED);
    cr_assert(test.world.households.row[later].flags & FLYT_FORCED);
}

Test(letting_kinds, who_is_too_old_for_a_youth_home_and_studies_no_more_must_leave_it)
{
    letting_open(&test, kinds, 3, 1, 1, no_list, 1, one);
    uint32_t tenant = letting_settle(&test, 0, 24, FLYT_WORK_employed);
    test.world.households.row[tenant].born[0] = letting_ago(25 * 12 - 6); /* 25 in six months */
    test.world.households.row[tenant].work_since[0] = letting_ago(30);
    for (int month = 0; month < 12; month++, letting_next(&test)) {
        letting_month(&test, 1);
        bool forced = test.world.households.row[tenant].flags & FLYT_FORCED;
        cr_assert_eq(forced, month >= 6, "month %d", month);
    }
}

/** A young applicant of long standing and a student apply for a youth home. @return who gets it. */
static uint64_t who_gets_a_youth_home(uint32_t students_first, uint64_t *student, uint64_t *young)
{
    letting_open(&test, kinds, 3, 1, 1, no_list, 1, one);
    test.params.letting.students_first = students_first;
    uint32_t list = flyt_lists_youth(&test.world.letting->lists, 0);
    uint32_t studies = letting_settle(&test, 20, 22, FLYT_WORK_student);
    uint32_t works = letting_settle(&test, 21, 22, FLYT_WORK_employed);
    letting_join(&test, studies, list, letting_ago(1));
    letting_join(&test, works, list, letting_ago(50));
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 20, FLYT_WORK_student);
    }
    *student = letting_uid(&test, studies), *young = letting_uid(&test, works);
    letting_month(&test, 1);
    return letting_occupant(&test, 0);
}

Test(letting_kinds, youth_homes_are_offered_to_students_first)
{
    uint64_t student, young;
    cr_assert_eq(who_gets_a_youth_home(1, &student, &young), student);
}

Test(letting_kinds, youth_homes_go_by_time_where_students_do_not_come_first)
{
    uint64_t student, young;
    cr_assert_eq(who_gets_a_youth_home(0, &student, &young), young);
}

/** Nobody likes the homes; only need brings anybody there. */
static double takes_none(const struct flyt_world *world, uint32_t household, uint32_t dwelling)
{
    (void)world, (void)household, (void)dwelling;
    return -2.0;
}

Test(letting_kinds, homes_for_the_elderly_are_taken_by_need_in_order_of_time)
{
    letting_open(&test, kinds, 3, 1, 1, no_list, 1, one);
    letting_wants = takes_none;
    test.params.letting.assigned_margin = 2.5;
    uint32_t list = flyt_lists_elderly(&test.world.letting->lists, 0);
    uint32_t later = letting_settle(&test, 20, 90, FLYT_WORK_pension);
    uint32_t sooner = letting_settle(&test, 21, 70, FLYT_WORK_pension);
    letting_join(&test, later, list, letting_ago(10));
    letting_join(&test, sooner, list, letting_ago(20));
    letting_fail(&test, later);
    letting_fail(&test, sooner);
    for (uint32_t d = 0; d < 20; d++) {
        if (d != 10) {
            letting_settle(&test, d, d < 10 ? 20 : 70, FLYT_WORK_pension);
        }
    }
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 10), letting_uid(&test, sooner));
    cr_assert_eq(letting_let(&test, FLYT_CHANNEL_elderly), 1);
}
