/* Letting in listed areas: flexible letting, refusals, bans, by the year of the law; homes that are
   made ready between tenants. */
#include <criterion/criterion.h>

#include "tests/unit/letting_fixture.h"

static struct letting_test test;
static const struct flyt_par one = {1, 8, 0};

enum { FAMILY = FLYT_KIND_almen_family, PRIVATE = FLYT_KIND_private_rental };

static const uint8_t lists[] = {FLYT_LIST_none, FLYT_LIST_transformation, FLYT_LIST_deprived,
                                FLYT_LIST_prevention};
static const uint8_t no_list[] = {FLYT_LIST_none};
static const struct letting_section plain[] = {{0, 0, FAMILY, 0, 10},
                                               {0, FLYT_NONE, PRIVATE, 0, 90}};

static void teardown(void)
{
    letting_shut(&test);
}

TestSuite(letting_areas, .fini = teardown);

Test(letting_areas, a_home_is_made_ready_before_it_is_let)
{
    letting_open(&test, plain, 2, 1, 1, no_list, 1, one);
    test.params.letting.claim = 0;
    test.params.letting.empty_days = 2 * 365.25 / 12; /* two whole months: no chance in it */
    for (uint32_t d = 0; d < 10; d++) {
        letting_settle(&test, d, 50, FLYT_WORK_employed);
    }
    letting_join(&test, letting_settle(&test, 10, 40, FLYT_WORK_employed), 0, letting_ago(5));
    letting_leave(&test, 0);
    for (uint32_t month = 0; month < 2; month++) {
        cr_assert_eq(letting_month(&test, 4), 0);
        cr_expect_eq(test.world.letting->counter[0].n_vacancies, 0);
        letting_next(&test);
    }
    cr_assert_eq(letting_month(&test, 4), 1);
    cr_expect_eq(test.world.letting->counter[0].n_vacancies, 1);
}

Test(letting_areas, sections_of_organisations_that_are_mixed_have_places_of_their_own)
{
    static const struct letting_section mixed[] = {
        {0, 0, FAMILY, 0, 10}, {0, 1, FAMILY, 0, 10}, {0, FLYT_NONE, PRIVATE, 0, 40},
        {1, 1, FAMILY, 0, 10}, {1, 0, FAMILY, 0, 10}, {1, 1, FAMILY, 0, 10}};
    letting_open(&test, mixed, 6, 2, 2, no_list, 1, one);
    uint32_t n[2] = {0}; /* of each organisation so far, in order of sections */
    for (uint32_t s = 0; s < test.world.sections.n; s++) {
        uint32_t organisation = test.world.sections.organisation[s];
        if (organisation != FLYT_NONE) {
            cr_assert_eq(test.world.letting->place_of[s], n[organisation]++, "section %u", s);
        }
    }
    cr_assert_eq(n[0] + n[1], 5);
}

/* ---- listed areas -------------------------------------------------------------------------- */

/** A transformation area (homes 0-9), a deprived one (10-19), a prevention area (20-29). */
static const struct letting_section places[] = {{0, 0, FAMILY, 1, 10},
                                                {0, 0, FAMILY, 2, 10},
                                                {0, 0, FAMILY, 3, 10},
                                                {0, FLYT_NONE, PRIVATE, 0, 40}};

static struct flyt_letting_rules rules_of(uint32_t section, int32_t year)
{
    struct flyt_letting_rules rules;
    test.params.law.year = (uint32_t)year;
    flyt_letting_rules(&test.world, section, &rules);
    return rules;
}

Test(letting_areas, the_law_tells_listed_areas_apart)
{
    letting_open(&test, places, 4, 1, 1, lists, 4, one);
    cr_assert_eq(rules_of(0, 2024).municipal_share, 0.0);
    cr_assert_eq(rules_of(2, 2024).municipal_share, 0.25);
    cr_assert_eq(rules_of(0, 2018).flexible_share, 0.0);
    cr_assert_eq(rules_of(0, 2019).flexible_share, 1.0);
    cr_assert_eq(rules_of(1, 2019).flexible_share, 1.0);
    cr_assert_eq(rules_of(2, 2020).flexible_share, 0.0);
    cr_assert_eq(rules_of(2, 2021).flexible_share, 1.0);
    cr_assert_eq(rules_of(0, 2018).benefit_months, FLYT_NONE);
    cr_assert_eq(rules_of(0, 2019).benefit_months, 0u); /* section 51 c: who receives */
    cr_assert_eq(rules_of(0, 2019).owed_months, FLYT_NONE);
    cr_assert_eq(rules_of(1, 2019).benefit_months, FLYT_NONE);
    cr_assert_not(rules_of(1, 2010).banned);
    cr_assert(rules_of(1, 2011).banned);
    cr_assert_not(rules_of(2, 2020).banned);
    cr_assert(rules_of(2, 2021).banned);
    test.params.letting.combined = true;
    cr_assert_eq(rules_of(1, 2004).benefit_months, FLYT_NONE);
    cr_assert_eq(rules_of(1, 2005).benefit_months, 6u); /* section 51 b */
    cr_assert_eq(rules_of(1, 2005).owed_months, 6u);
    cr_assert_eq(rules_of(0, 2019).benefit_months, 0u);
    cr_assert_eq(rules_of(0, 2019).owed_months, 6u);
}

/** Somebody on benefit stands before somebody in work; a home is vacant in home `home`. */
static void two_apply(uint32_t home, int months_on_benefit, uint32_t *poor, uint32_t *working)
{
    letting_open(&test, places, 4, 1, 1, lists, 4, one);
    test.params.letting.flexible_listed = 0;
    for (uint32_t d = 0; d < 30; d++) {
        if (d != home) {
            letting_settle(&test, d, 50, FLYT_WORK_employed);
        }
    }
    *poor = letting_settle(&test, 30, 40, FLYT_WORK_benefit);
    test.world.households.row[*poor].work_since[0] = letting_ago(months_on_benefit);
    *working = letting_settle(&test, 31, 40, FLYT_WORK_employed);
    letting_join(&test, *poor, 0, letting_ago(90));
    letting_join(&test, *working, 0, letting_ago(9));
}

Test(letting_areas, section_51_c_refuses_whoever_is_on_benefit)
{
    uint32_t poor, working;
    two_apply(0, 1, &poor, &working);
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 0), letting_uid(&test, working));
    cr_assert_eq(test.world.letting->counts.barred[0], 1);
    letting_next(&test);
    letting_month(&test, 1);
    cr_assert_eq(flyt_letting_queue(&test.world, 0), 0); /* no other home is owed */
    cr_assert_eq(test.world.households.cold[poor].list_since[0],
                 letting_ago(90)); /* nor a refusal */
}

Test(letting_areas, section_51_b_owes_another_home)
{
    uint32_t poor, working;
    two_apply(10, 5, &poor, &working);
    test.params.letting.combined = true;
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 10),
                 letting_uid(&test, poor)); /* five months are not six */
    letting_shut(&test);
    two_apply(10, 6, &poor, &working);
    test.params.letting.combined = true;
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 10), letting_uid(&test, working));
    letting_next(&test);
    letting_month(&test, 1);
    cr_assert_eq(flyt_letting_queue(&test.world, 0), 1);
    cr_assert(test.world.households.row[poor].flags & FLYT_QUEUED);
}

Test(letting_areas, residents_of_the_section_are_not_refused)
{
    uint32_t poor, working;
    two_apply(0, 12, &poor, &working);
    uint32_t resident = test.world.dwellings.occupant[3];
    test.world.households.row[resident].work[0] = FLYT_WORK_benefit;
    letting_join(&test, resident, 0, letting_ago(1));
    test.params.letting.inside_new = 1;
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 0), letting_uid(&test, resident));
}

Test(letting_areas, flexible_letting_puts_those_who_meet_the_criteria_first)
{
    uint32_t poor, working;
    two_apply(10, 12, &poor, &working);
    test.params.letting.flexible_listed = 1;
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 10), letting_uid(&test, working));
    cr_assert_eq(letting_let(&test, FLYT_CHANNEL_flexible), 1);
    letting_next(&test);
    letting_leave(&test, 10);
    letting_month(&test, 1);
    cr_assert_eq(letting_occupant(&test, 10),
                 letting_uid(&test, poor)); /* nobody meets them: by the list */
    cr_assert_eq(letting_let(&test, FLYT_CHANNEL_outside), 1);
}

Test(letting_areas, half_the_lettings_are_flexible_at_half_the_share)
{
    letting_open(&test, plain, 2, 1, 1, no_list, 1, one);
    test.params.letting.claim = 0;
    test.params.letting.flexible_share = 0.5;
    for (uint32_t d = 1; d < 40; d++) {
        uint32_t household = letting_settle(&test, d, 40, FLYT_WORK_employed);
        if (d >= 10) {
            letting_join(&test, household, 0, letting_ago(40));
        }
    }
    for (int i = 1; i <= 10; i++) {
        letting_month(&test, 1);
        cr_assert_eq(letting_let(&test, FLYT_CHANNEL_flexible), i % 2 == 0, "vacancy %d", i);
        letting_next(&test);
        letting_leave(&test, 0);
    }
}
