/* Letting: the order of the law, counters, conflicts. */
#include <criterion/criterion.h>

#include "tests/unit/letting_fixture.h"

static struct letting_test test;
static const struct flyt_par one = {1, 8, 0};
static const uint8_t no_list[] = {FLYT_LIST_none};

enum { FAMILY = FLYT_KIND_almen_family, PRIVATE = FLYT_KIND_private_rental };

static void teardown(void)
{
    letting_shut(&test);
}

TestSuite(letting, .fini = teardown);

static int16_t ago(int months)
{
    return (int16_t)(LETTING_START - months);
}

static uint64_t occupant(uint32_t home)
{
    uint32_t household = test.world.dwellings.occupant[home];
    return household == FLYT_NONE ? 0 : test.world.households.uid[household];
}

static uint64_t uid(uint32_t household)
{
    return test.world.households.uid[household];
}

static int64_t let(uint32_t channel)
{
    return test.world.letting->counts.let[channel]; /* of the first municipality */
}

/* ---- lists --------------------------------------------------------------------------------- */

/** One family section of 10 homes (0-9) in area 0, a private one of 90 (10-99). */
static const struct letting_section plain[] = {{0, 0, FAMILY, 0, 10},
                                               {0, FLYT_NONE, PRIVATE, 0, 90}};

Test(letting, the_longest_on_the_list_gets_the_home)
{
    letting_open(&test, plain, 2, 1, 1, no_list, 1, one);
    test.params.letting.claim = 0;
    uint32_t late = letting_settle(&test, 10, 40, FLYT_WORK_employed);
    uint32_t early = letting_settle(&test, 11, 40, FLYT_WORK_employed);
    uint32_t same = letting_settle(&test, 12, 40, FLYT_WORK_employed);
    letting_join(&test, late, 0, ago(5));
    letting_join(&test, early, 0, ago(50));
    letting_join(&test, same, 0, ago(5));
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 50, FLYT_WORK_employed);
    }
    cr_assert_eq(letting_month(&test, 1), 1);
    cr_assert_eq(occupant(0), uid(early));
    cr_assert_eq(let(FLYT_CHANNEL_outside), 1);
    cr_assert_eq(test.world.letting->counts.waited[FLYT_CHANNEL_outside], 50);
    letting_next(&test);
    letting_leave(&test, 0);
    letting_month(&test, 1);
    cr_assert_eq(occupant(0), uid(late)); /* the lower uid of two of the same month */
    cr_assert_eq(test.world.households.cold[late].list_since[0], 0); /* seniority is used */
}

static double refuses_all(const struct flyt_world *world, uint32_t household, uint32_t dwelling)
{
    (void)world, (void)household, (void)dwelling;
    return -0.5;
}

static double names_nothing(const struct flyt_world *world, uint32_t household, uint32_t dwelling)
{
    (void)world, (void)household, (void)dwelling;
    return -0.95;
}

Test(letting, three_refusals_end_a_membership_and_who_names_nothing_gets_no_offer)
{
    letting_open(&test, plain, 2, 1, 1, no_list, 1, one);
    test.params.lists.wish_months = 1;
    uint32_t member = letting_settle(&test, 10, 40, FLYT_WORK_employed);
    letting_join(&test, member, 0, ago(5));
    letting_wants = names_nothing;
    for (int month = 0; month < 5; month++, letting_next(&test)) {
        letting_month(&test, 4);
        cr_assert_eq(test.world.letting->counts.offered[FLYT_CHANNEL_outside], 0);
    }
    cr_assert(flyt_letting_advertised(&test.world, 0));
    letting_wants = refuses_all;
    for (int month = 0; month < 3; month++, letting_next(&test)) {
        cr_assert_eq(flyt_letting_members(&test.world, 0), 1);
        letting_settle(&test, 0, 50, FLYT_WORK_employed);
        letting_leave(&test, 0); /* a new vacancy each month */
        letting_month(&test, 4);
        cr_assert_eq(test.world.letting->counts.refused[FLYT_CHANNEL_outside], 1,
                     "one offer a section and month");
    }
    letting_month(&test, 1);
    cr_assert_eq(flyt_letting_members(&test.world, 0), 0);
}

Test(letting, wishes_are_thought_over_once_a_year_or_after_a_move)
{
    letting_open(&test, plain, 2, 1, 1, no_list, 1, one);
    uint32_t member = letting_settle(&test, 10, 40, FLYT_WORK_employed);
    letting_join(&test, member, 0, ago(5));
    letting_wants = names_nothing;
    letting_month(&test, 1);
    letting_next(&test);
    letting_wants = letting_takes_all; /* it has changed its mind, but not yet its wishes */
    int months = 1;
    for (; months < 20 && test.world.households.row[member].home == 10; months++) {
        letting_settle(&test, 0, 50, FLYT_WORK_employed);
        letting_leave(&test, 0);
        letting_month(&test, 1);
        letting_next(&test);
    }
    cr_assert_geq(months, 3);
    cr_assert_leq(months, 13);
}

Test(letting, a_home_is_offered_twenty_times_and_then_to_everybody)
{
    letting_open(&test, plain, 2, 1, 1, no_list, 1, one);
    letting_wants = refuses_all;
    for (uint32_t d = 10; d < 40; d++) {
        letting_join(&test, letting_settle(&test, d, 40, FLYT_WORK_employed), 0, ago(5));
    }
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 50, FLYT_WORK_employed);
    }
    letting_month(&test, 1);
    cr_assert_eq(test.world.letting->counts.refused[FLYT_CHANNEL_outside], 20);
    cr_assert(flyt_letting_advertised(&test.world, 0));
    letting_next(&test);
    letting_settle(&test, 0, 30, FLYT_WORK_employed); /* found on the market */
    letting_month(&test, 1);
    cr_assert_eq(let(FLYT_CHANNEL_other), 1);
    cr_assert(!flyt_letting_advertised(&test.world, 0) || occupant(0) != 0);
}

/* ---- residents first ----------------------------------------------------------------------- */

/** Two sections of one organisation, homes 0-9 and 10-19; private homes from 20. */
static const struct letting_section pair[] = {
    {0, 0, FAMILY, 0, 10}, {0, 0, FAMILY, 0, 10}, {0, FLYT_NONE, PRIVATE, 0, 40}};

/** Residents in homes 5 and 15 with little seniority, five applicants from outside with much. */
static void wait_for(uint32_t home)
{
    letting_open(&test, pair, 3, 1, 1, no_list, 1, one);
    test.params.letting.claim = 0;
    for (uint32_t d = 0; d < 20; d++) {
        if (d != home) {
            uint32_t household = letting_settle(&test, d, 50, FLYT_WORK_employed);
            if (d == 5 || d == 15) {
                letting_join(&test, household, 0, ago(d == 5 ? 3 : 6));
            }
        }
    }
    for (uint32_t d = 20; d < 25; d++) {
        letting_join(&test, letting_settle(&test, d, 40, FLYT_WORK_employed), 0, ago(60));
    }
}

Test(letting, before_july_2019_residents_of_the_section_come_first)
{
    wait_for(0);
    test.world.calendar = 119 * 12 + 5; /* June 2019 */
    uint64_t neighbour = occupant(5), other = occupant(15);
    letting_month(&test, 1);
    cr_assert_eq(occupant(0), neighbour);
    cr_assert_eq(let(FLYT_CHANNEL_inside), 1);
    letting_next(&test);
    letting_settle(&test, 5, 60, FLYT_WORK_employed);
    letting_leave(&test, 0);
    test.world.calendar = 119 * 12 + 5;
    letting_month(&test, 1);
    cr_assert_eq(occupant(0), other); /* then those of the organisation */
}

Test(letting, since_july_2019_at_every_second_letting)
{
    wait_for(0);
    test.world.calendar = 119 * 12 + 6; /* July 2019 */
    for (int i = 0; i < 4; i++) {
        letting_month(&test, 1);
        uint32_t channel = i % 2 == 0 ? FLYT_CHANNEL_outside : FLYT_CHANNEL_inside;
        cr_assert_eq(let(channel), 1, "letting %d", i);
        letting_next(&test);
        letting_leave(&test, 0);
        for (uint32_t d = 1; d < 20; d++) {
            if (occupant(d) == 0) {
                letting_settle(&test, d, 60, FLYT_WORK_employed);
            }
        }
    }
}

Test(letting, the_law_of_another_year_can_be_held)
{
    wait_for(0);
    struct flyt_letting_rules rules;
    flyt_letting_rules(&test.world, 0, &rules);
    cr_assert_eq(rules.inside_share, 0.5);
    test.params.law.year = 2018;
    flyt_letting_rules(&test.world, 0, &rules);
    cr_assert_eq(rules.inside_share, 1.0);
    test.params.law.year = 2019; /* as it stood in December */
    flyt_letting_rules(&test.world, 0, &rules);
    cr_assert_eq(rules.inside_share, 0.5);
}

/* ---- municipalities ------------------------------------------------------------------------ */

Test(letting, every_fourth_vacancy_may_be_claimed_and_no_other)
{
    letting_open(&test, plain, 2, 1, 1, no_list, 1, one);
    test.params.letting.claim = test.params.letting.claim_fits = 1;
    test.params.letting.inside_new = 0;
    test.params.letting.claim_rooms = 2;
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 50, FLYT_WORK_employed);
    }
    for (uint32_t d = 10; d < 40; d++) {
        uint32_t household = letting_settle(&test, d, 40, FLYT_WORK_benefit);
        if (d < 25) {
            letting_queue_up(&test, household, ago(3), FLYT_NEED_acute);
        } else {
            letting_join(&test, household, 0, ago(3));
        }
    }
    for (int i = 1; i <= 16; i++) {
        letting_month(&test, 1);
        cr_assert_eq(let(FLYT_CHANNEL_municipality), i % 4 == 0, "vacancy %d", i);
        cr_assert_eq(let(FLYT_CHANNEL_outside), i % 4 != 0);
        letting_next(&test);
        letting_leave(&test, 0);
    }
}

Test(letting, a_claimed_home_that_suits_nobody_in_the_queue_returns_to_the_list)
{
    letting_open(&test, plain, 2, 1, 1, no_list, 1, one);
    test.params.letting.claim = test.params.letting.claim_fits = 1;
    test.params.letting.municipal_share = 1;
    test.params.letting.claim_rooms = 1; /* three rooms are too many for a single */
    uint32_t single = letting_settle(&test, 10, 40, FLYT_WORK_benefit);
    uint32_t listed_ = letting_settle(&test, 11, 40, FLYT_WORK_employed);
    letting_queue_up(&test, single, ago(3), FLYT_NEED_acute);
    letting_join(&test, listed_, 0, ago(3));
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 50, FLYT_WORK_employed);
    }
    letting_month(&test, 1);
    cr_assert_eq(occupant(0), uid(listed_));
    cr_assert_eq(let(FLYT_CHANNEL_municipality), 0);
    letting_next(&test);
    letting_leave(&test, 0);
    test.params.letting.claim_rooms = 2;
    letting_month(&test, 1);
    cr_assert_eq(occupant(0), uid(single));
    cr_assert_eq(test.world.letting->counts.waited[FLYT_CHANNEL_municipality], 4);
}

Test(letting, claims_are_as_often_as_their_chance)
{
    static const struct letting_section big[] = {{0, 0, FAMILY, 0, 8000},
                                                 {0, FLYT_NONE, PRIVATE, 0, 10}};
    letting_open(&test, big, 2, 1, 1, no_list, 1, one);
    test.params.letting.claim = 0.65;
    test.params.letting.claim_fits = 1;
    uint32_t section = 0;
    cr_assert_eq(flyt_letting_follow(&test.world, &section, 1), FLYT_OK);
    flyt_arena_empty(&test.step_arena);
    letting_find_vacant(&test);
    cr_assert_eq(flyt_lists_step(&test.world), FLYT_OK);
    cr_assert_eq(flyt_letting_round(&test.world, 0), FLYT_OK);
    cr_assert_eq(test.world.letting->counter[0].n_vacancies, 8000);
    cr_assert_eq(test.world.letting->trace[0].n, FLYT_LETTING_LINES);
    uint32_t may = 0;
    for (uint32_t i = 0; i < FLYT_LETTING_LINES; i++) {
        may += test.world.letting->trace[0].line[i].may_claim;
        cr_assert_eq(test.world.letting->trace[0].line[i].may_claim, i % 4 == 3);
    }
    cr_assert_eq(may, 6);
}

Test(letting, who_is_to_be_rehoused_has_first_right)
{
    letting_open(&test, plain, 2, 1, 1, no_list, 1, one);
    test.params.letting.claim = 0;
    uint32_t acute = letting_settle(&test, 10, 40, FLYT_WORK_benefit);
    uint32_t first = letting_settle(&test, 11, 40, FLYT_WORK_employed);
    uint32_t member = letting_settle(&test, 12, 40, FLYT_WORK_employed);
    letting_queue_up(&test, acute, ago(30), FLYT_NEED_acute);
    letting_queue_up(&test, first, ago(1), FLYT_NEED_rehousing);
    letting_join(&test, member, 0, ago(90));
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 50, FLYT_WORK_employed);
    }
    letting_month(&test, 1);
    cr_assert_eq(occupant(0), uid(first));
    cr_assert_eq(let(FLYT_CHANNEL_rehousing), 1);
}

/* ---- youth and the elderly ----------------------------------------------------------------- */

static const struct letting_section kinds[] = {{0, 0, FLYT_KIND_almen_youth, 0, 10},
                                               {0, 0, FLYT_KIND_almen_elderly, 0, 10},
                                               {0, FLYT_NONE, PRIVATE, 0, 40}};

Test(letting, youth_homes_go_to_students_and_homes_for_the_elderly_to_the_frail)
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
        letting_join(&test, on_youth[i], list[0], ago(10 - i));
        letting_join(&test, on_elderly[i], list[1], ago(30 - i));
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
    cr_assert_eq(occupant(10), uid(older));
    cr_assert_eq(let(FLYT_CHANNEL_youth), 2);
    cr_assert_eq(let(FLYT_CHANNEL_elderly), 1);
}

Test(letting, a_youth_home_must_be_left_six_months_after_the_studies)
{
    letting_open(&test, kinds, 3, 1, 1, no_list, 1, one);
    uint32_t tenant = letting_settle(&test, 0, 28, FLYT_WORK_employed);
    uint32_t student = letting_settle(&test, 1, 28, FLYT_WORK_student);
    test.world.households.row[tenant].work_since[0] = ago(0);
    test.world.households.row[student].work_since[0] = ago(0);
    for (int month = 0; month < 12; month++, letting_next(&test)) {
        letting_month(&test, 1);
        bool forced = test.world.households.row[tenant].flags & FLYT_FORCED;
        cr_assert_eq(forced, month >= 6, "month %d", month);
        cr_assert_eq(test.world.letting->counts.notices[0], month == 6);
    }
    cr_assert_not(test.world.households.row[student].flags & FLYT_FORCED);
}

Test(letting, who_is_too_old_for_a_youth_home_and_studies_no_more_must_leave_it)
{
    letting_open(&test, kinds, 3, 1, 1, no_list, 1, one);
    uint32_t tenant = letting_settle(&test, 0, 24, FLYT_WORK_employed);
    test.world.households.row[tenant].born[0] = ago(25 * 12 - 6); /* 25 in six months */
    test.world.households.row[tenant].work_since[0] = ago(30);
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
    letting_join(&test, studies, list, ago(1));
    letting_join(&test, works, list, ago(50));
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 20, FLYT_WORK_student);
    }
    *student = uid(studies), *young = uid(works);
    letting_month(&test, 1);
    return occupant(0);
}

Test(letting, youth_homes_are_offered_to_students_first)
{
    uint64_t student, young;
    cr_assert_eq(who_gets_a_youth_home(1, &student, &young), student);
}

Test(letting, youth_homes_go_by_time_where_students_do_not_come_first)
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

Test(letting, homes_for_the_elderly_are_taken_by_need_in_order_of_time)
{
    letting_open(&test, kinds, 3, 1, 1, no_list, 1, one);
    letting_wants = takes_none;
    test.params.letting.assigned_margin = 2.5;
    uint32_t list = flyt_lists_elderly(&test.world.letting->lists, 0);
    uint32_t later = letting_settle(&test, 20, 90, FLYT_WORK_pension);
    uint32_t sooner = letting_settle(&test, 21, 70, FLYT_WORK_pension);
    letting_join(&test, later, list, ago(10));
    letting_join(&test, sooner, list, ago(20));
    letting_fail(&test, later);
    letting_fail(&test, sooner);
    for (uint32_t d = 0; d < 20; d++) {
        if (d != 10) {
            letting_settle(&test, d, d < 10 ? 20 : 70, FLYT_WORK_pension);
        }
    }
    letting_month(&test, 1);
    cr_assert_eq(occupant(10), uid(sooner));
    cr_assert_eq(let(FLYT_CHANNEL_elderly), 1);
}

Test(letting, no_more_than_two_persons_a_room)
{
    letting_open(&test, plain, 2, 1, 1, no_list, 1, one);
    test.params.letting.claim = 0;
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 50, FLYT_WORK_employed);
    }
    test.world.dwellings.rooms[0] = 1;
    uint32_t family = letting_settle(&test, 10, 40, FLYT_WORK_employed);
    uint32_t single = letting_settle(&test, 11, 40, FLYT_WORK_employed);
    test.world.households.row[family].child_born[0] = ago(40);
    test.world.households.row[family].child_born[1] = ago(70);
    letting_join(&test, family, 0, ago(90));
    letting_join(&test, single, 0, ago(9));
    letting_month(&test, 1);
    cr_assert_eq(occupant(0), uid(single));
}

/* ---- conflicts ----------------------------------------------------------------------------- */

/** Organisations 0 and 1 with homes 0-4 and 5-9. */
static const struct letting_section rivals[] = {
    {0, 0, FAMILY, 0, 5}, {0, 1, FAMILY, 0, 5}, {0, FLYT_NONE, PRIVATE, 0, 40}};

static double likes_the_second(const struct flyt_world *world, uint32_t household,
                               uint32_t dwelling)
{
    (void)household;
    return world->dwellings.section[dwelling] == 1 ? 2.0 : 1.0;
}

Test(letting, who_would_take_two_homes_takes_the_better_and_the_other_goes_on)
{
    letting_open(&test, rivals, 3, 1, 2, no_list, 1, one);
    test.params.letting.claim = 0;
    letting_wants = likes_the_second;
    for (uint32_t d = 0; d < 10; d++) {
        if (d != 0 && d != 5) {
            letting_settle(&test, d, 50, FLYT_WORK_employed);
        }
    }
    uint32_t both = letting_settle(&test, 10, 40, FLYT_WORK_employed);
    uint32_t next = letting_settle(&test, 11, 40, FLYT_WORK_employed);
    letting_join(&test, both, 0, ago(90));
    letting_join(&test, both, 1, ago(90));
    letting_join(&test, next, 0, ago(9));
    flyt_arena_empty(&test.step_arena);
    cr_assert_eq(flyt_letting_begin(&test.world), FLYT_OK);
    cr_assert_eq(flyt_lists_step(&test.world), FLYT_OK);
    letting_find_vacant(&test);
    cr_assert_eq(flyt_letting_round(&test.world, 0), FLYT_OK);
    cr_assert_eq(letting_move(&test), 1);
    cr_assert_eq(occupant(5), uid(both));
    cr_assert_eq(occupant(0), 0);
    cr_assert_eq(flyt_letting_round(&test.world, 1), FLYT_OK);
    cr_assert_eq(letting_move(&test), 1);
    cr_assert_eq(occupant(0), uid(next));
    cr_assert_eq(test.world.letting->counter[0].n_vacancies, 1); /* one vacancy, numbered once */
}
