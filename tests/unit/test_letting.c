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
    letting_join(&test, late, 0, letting_ago(5));
    letting_join(&test, early, 0, letting_ago(50));
    letting_join(&test, same, 0, letting_ago(5));
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 50, FLYT_WORK_employed);
    }
    cr_assert_eq(letting_month(&test, 1), 1);
    cr_assert_eq(letting_occupant(&test, 0), letting_uid(&test, early));
    cr_assert_eq(letting_let(&test, FLYT_CHANNEL_outside), 1);
    cr_assert_eq(test.world.letting->counts.waited[FLYT_CHANNEL_outside], 50);
    letting_next(&test);
    letting_leave(&test, 0);
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 0),
                 letting_uid(&test, late)); /* the lower uid of two of the same month */
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
    letting_join(&test, member, 0, letting_ago(5));
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
    letting_join(&test, member, 0, letting_ago(5));
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
        letting_join(&test, letting_settle(&test, d, 40, FLYT_WORK_employed), 0, letting_ago(5));
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
    cr_assert_eq(letting_let(&test, FLYT_CHANNEL_other), 1);
    cr_assert(!flyt_letting_advertised(&test.world, 0) || letting_occupant(&test, 0) != 0);
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
                letting_join(&test, household, 0, letting_ago(d == 5 ? 3 : 6));
            }
        }
    }
    for (uint32_t d = 20; d < 25; d++) {
        letting_join(&test, letting_settle(&test, d, 40, FLYT_WORK_employed), 0, letting_ago(60));
    }
}

Test(letting, before_july_2019_residents_of_the_section_come_first)
{
    wait_for(0);
    test.world.calendar = 119 * 12 + 5; /* June 2019 */
    uint64_t neighbour = letting_occupant(&test, 5), other = letting_occupant(&test, 15);
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 0), neighbour);
    cr_assert_eq(letting_let(&test, FLYT_CHANNEL_inside), 1);
    letting_next(&test);
    letting_settle(&test, 5, 60, FLYT_WORK_employed);
    letting_leave(&test, 0);
    test.world.calendar = 119 * 12 + 5;
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 0), other); /* then those of the organisation */
}

Test(letting, since_july_2019_at_every_second_letting)
{
    wait_for(0);
    test.world.calendar = 119 * 12 + 6; /* July 2019 */
    for (int i = 0; i < 4; i++) {
        letting_month(&test, 1);
        uint32_t channel = i % 2 == 0 ? FLYT_CHANNEL_outside : FLYT_CHANNEL_inside;
        cr_assert_eq(letting_let(&test, channel), 1, "letting %d", i);
        letting_next(&test);
        letting_leave(&test, 0);
        for (uint32_t d = 1; d < 20; d++) {
            if (letting_occupant(&test, d) == 0) {
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
            letting_queue_up(&test, household, letting_ago(3), FLYT_NEED_acute);
        } else {
            letting_join(&test, household, 0, letting_ago(3));
        }
    }
    for (int i = 1; i <= 16; i++) {
        letting_month(&test, 1);
        cr_assert_eq(letting_let(&test, FLYT_CHANNEL_municipality), i % 4 == 0, "vacancy %d", i);
        cr_assert_eq(letting_let(&test, FLYT_CHANNEL_outside), i % 4 != 0);
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
    letting_queue_up(&test, single, letting_ago(3), FLYT_NEED_acute);
    letting_join(&test, listed_, 0, letting_ago(3));
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 50, FLYT_WORK_employed);
    }
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 0), letting_uid(&test, listed_));
    cr_assert_eq(letting_let(&test, FLYT_CHANNEL_municipality), 0);
    letting_next(&test);
    letting_leave(&test, 0);
    test.params.letting.claim_rooms = 2;
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 0), letting_uid(&test, single));
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
    letting_queue_up(&test, acute, letting_ago(30), FLYT_NEED_acute);
    letting_queue_up(&test, first, letting_ago(1), FLYT_NEED_rehousing);
    letting_join(&test, member, 0, letting_ago(90));
    for (uint32_t d = 1; d < 10; d++) {
        letting_settle(&test, d, 50, FLYT_WORK_employed);
    }
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 0), letting_uid(&test, first));
    cr_assert_eq(letting_let(&test, FLYT_CHANNEL_rehousing), 1);
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
    test.world.households.row[family].child_born[0] = letting_ago(40);
    test.world.households.row[family].child_born[1] = letting_ago(70);
    letting_join(&test, family, 0, letting_ago(90));
    letting_join(&test, single, 0, letting_ago(9));
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 0), letting_uid(&test, single));
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
    letting_join(&test, both, 0, letting_ago(90));
    letting_join(&test, both, 1, letting_ago(90));
    letting_join(&test, next, 0, letting_ago(9));
    flyt_arena_empty(&test.step_arena);
    cr_assert_eq(flyt_letting_begin(&test.world), FLYT_OK);
    cr_assert_eq(flyt_lists_step(&test.world), FLYT_OK);
    letting_find_vacant(&test);
    cr_assert_eq(flyt_letting_round(&test.world, 0), FLYT_OK);
    cr_assert_eq(letting_move(&test), 1);
    cr_assert_eq(letting_occupant(&test, 5), letting_uid(&test, both));
    cr_assert_eq(letting_occupant(&test, 0), 0);
    cr_assert_eq(flyt_letting_round(&test.world, 1), FLYT_OK);
    cr_assert_eq(letting_move(&test), 1);
    cr_assert_eq(letting_occupant(&test, 0), letting_uid(&test, next));
    cr_assert_eq(test.world.letting->counter[0].n_vacancies, 1); /* one vacancy, numbered once */
}
