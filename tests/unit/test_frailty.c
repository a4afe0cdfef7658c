/* Old people who need daily help: how many, how they die, who they are at the start. */
#include <criterion/criterion.h>
#include <math.h>

#include "models/frailty.h"
#include "models/mobility_series.h"
#include "tests/unit/letting_fixture.h"
#include "tests/unit/life_fixture.h"

static struct flyt_params params;
static struct flyt_frailty_rates rates;

static void setup(void)
{
    params = life_defaults();
    flyt_liferates_frailty(&params, &rates);
}

TestSuite(frailty, .init = setup);

/** Share of those who need help in Denmark's population of 2016 from `first` on. Thousands from 65
 *  in steps of five years and the share of women: Danmarks Statistik, recalled. */
static double share_of_2016(int first)
{
    static const double persons[] = {340, 285, 190, 126, 77, 43};
    static const double women[] = {.51, .52, .54, .58, .64, .73};
    double sum = 0.0, n = 0.0;
    for (int band = 0; band < 6; band++) {
        for (int age = 65 + 5 * band; age >= first && age < 70 + 5 * band; age++) {
            sum += persons[band] / 5 *
                   (women[band] * rates.share[FLYT_SEX_woman][age] +
                    (1 - women[band]) * rates.share[FLYT_SEX_man][age]);
            n += persons[band] / 5;
        }
    }
    return sum / n;
}

Test(frailty, as_many_need_help_as_are_given_home_help)
{
    cr_assert_float_eq(share_of_2016(65), 0.12, 0.005, "%g", share_of_2016(65));
    cr_assert_float_eq(share_of_2016(80), 0.34, 0.01, "%g", share_of_2016(80));
}

/** A cohort grows old month by month under the split rates, person by person in effect. */
static void grow_old(int sex, double care_factor, double *deaths_off, double *care_off,
                     double *share_off)
{
    double death[2][FLYT_AGES], care[FLYT_AGES], robust = 1.0, frail = 0.0;
    for (int age = 0; age < FLYT_AGES; age++) {
        death[0][age] = death[1][age] = 3e-5 * exp(0.095 * age);
        care[age] = age < 65 ? 0.0 : care_factor * 0.004 * exp(0.11 * (age - 65));
    }
    flyt_frailty_split(&params.frailty, death, care, &rates);
    *deaths_off = *care_off = *share_off = 0.0;
    for (int age = 0; age < 100; age++) {
        double dead = 0.0, moved = 0.0, lived = 0.0, frail_lived = 0.0;
        for (int step = 0; step < 1200; step++) {
            double h = 1.0 / 1200.0, to = robust * rates.onset[age] * h;
            double d[2] = {robust * rates.death[sex][age] * h,
                           frail * rates.death_frail[sex][age] * h};
            double c = frail * rates.care_frail[sex][age] * h;
            lived += (robust + frail) * h, frail_lived += frail * h;
            dead += d[0] + d[1], moved += c;
            robust -= to + d[0];
            frail += to - d[1] - c;
        }
        *deaths_off = fmax(*deaths_off, fabs(dead / lived / death[sex][age] - 1.0));
        *share_off = fmax(*share_off, fabs(frail_lived / lived - rates.share[sex][age]));
        if (age >= 70) {
            *care_off = fmax(*care_off, fabs(moved / lived / care[age] - 1.0));
        }
    }
}

Test(frailty, deaths_and_moves_into_care_of_an_age_stay_what_they_were)
{
    for (int sex = 0; sex < 2; sex++) {
        double deaths, care, share;
        grow_old(sex, 1.0, &deaths, &care, &share);
        cr_expect_lt(deaths, 0.01, "deaths %g", deaths);
        cr_expect_lt(care, 0.01, "care %g", care);
        cr_expect_lt(share, 0.005, "share %g", share);
    }
}

Test(frailty, those_who_need_help_die_at_a_multiple_and_nobody_else_goes_into_care)
{
    for (int age = 60; age < FLYT_AGES; age++) {
        cr_assert_float_eq(rates.death_frail[1][age],
                           params.frailty.mortality_ratio * rates.death[1][age], 1e-12);
    }
    params.frailty.onset_75 = 0.0; /* nobody needs help: no care, and all die alike */
    flyt_liferates_frailty(&params, &rates);
    cr_assert_eq(rates.share[0][90], 0.0);
    params.frailty.mortality_ratio = 1.0;
    struct flyt_frailty_rates other;
    flyt_liferates_frailty(&params, &other);
    cr_assert_arr_eq(rates.death, other.death, sizeof rates.death);
}

/* ---- the start ----------------------------------------------------------------------------- */

static const uint8_t no_list[] = {FLYT_LIST_none};
static const struct letting_section homes[] = {{0, 0, FLYT_KIND_almen_elderly, 0, 200},
                                               {0, FLYT_NONE, FLYT_KIND_owner, 0, 3800}};

Test(frailty, at_the_start_homes_for_the_elderly_are_lived_in_by_those_who_need_help)
{
    static struct letting_test test;
    letting_open(&test, homes, 2, 1, 1, no_list, 1, (struct flyt_par){1, 8, 0});
    uint32_t n[2] = {0}, old = 0;
    for (uint32_t d = 0; d < 4000; d++) {
        letting_settle(&test, d, d % 2 ? 82 : 40, FLYT_WORK_pension);
    }
    flyt_frailty_start(&test.world, rates.share);
    FLYT_EACH_HOUSEHOLD(&test.world, i)
    {
        const struct flyt_household *row = &test.world.households.row[i];
        bool is_old = flyt_people_age(row->born[0], test.world.calendar) == 82;
        cr_assert(is_old || flyt_frailty_count(row) == 0, "nobody of 40 needs help");
        n[row->section] += flyt_frailty_count(row);
        old += is_old;
    }
    cr_assert_eq(n[0], 100, "all of 82 in homes for the elderly do");
    double expected = rates.share[0][82] * old;
    cr_assert_float_eq(n[0] + n[1], expected, 4 * sqrt(expected), "%u of %u: %g", n[0] + n[1], old,
                       expected);
    int64_t aged[FLYT_N_KINDS], frail[FLYT_N_KINDS];
    flyt_mobility_record_aged(&test.world, aged);
    flyt_mobility_record_frail(&test.world, frail);
    cr_assert_eq(aged[FLYT_KIND_almen_elderly], 100, "those of 82, not those of 40");
    cr_assert_eq(aged[FLYT_KIND_owner], old - 100);
    cr_assert_eq(frail[FLYT_KIND_almen_elderly], 100);
    cr_assert_eq(frail[FLYT_KIND_owner], n[1]);
    letting_shut(&test);
}
