/* Chances of a month: which event a uniform means, and that upper limits hold. */
#include <criterion/criterion.h>
#include <math.h>

#include "tests/unit/life_fixture.h"

static struct flyt_params params;
static struct flyt_life_rates rates, most;

static void setup(void)
{
    double norm[FLYT_FERTILE_GROUPS] = {1, 1, 1, 1, 1, 1, 1};
    params = life_defaults();
    flyt_liferates_fill(&params, norm, &rates);
    flyt_liferates_most(&rates, &most);
}

TestSuite(liferates, .init = setup);

enum { NOW = LIFE_START };

static struct flyt_household nobody(void)
{
    struct flyt_household row = {.flags = 0};
    for (int i = 0; i < FLYT_CHILDREN; i++) {
        row.child_born[i] = FLYT_NO_MONTH;
    }
    row.born[0] = row.born[1] = FLYT_NO_MONTH;
    return row;
}

static void add_adult(struct flyt_household *row, uint32_t which, uint8_t sex, int age)
{
    flyt_people_set_adult(row, which,
                          (struct flyt_adult){.born = (int16_t)(NOW - age * 12), .sex = sex});
}

static void set_frail(struct flyt_household *row, bool frail)
{
    struct flyt_adult adult = flyt_people_adult(row, 0);
    adult.frail = frail;
    flyt_people_set_adult(row, 0, adult);
}

static double sum_of(const struct flyt_life_rates *table, const struct flyt_household *row,
                     int16_t now)
{
    double sum;
    flyt_liferates_event(table, row, 0x2A, now, 1.0, &sum);
    return sum;
}

Test(liferates, a_single_man_of_forty_has_four_chances)
{
    struct flyt_household row = nobody();
    add_adult(&row, 0, FLYT_SEX_man, 40);
    double expected = rates.death[0][0][40] + rates.look[0][40] + rates.move_out[0][0][0][40];
    cr_assert_float_eq(sum_of(&rates, &row, NOW), expected, 1e-15, "need of help begins at 60");
    cr_assert_float_eq(rates.look[0][40], 1.0 - exp(-0.06 * params.couples.union_factor / 12.0),
                       1e-15);
}

Test(liferates, each_event_takes_its_share_of_the_uniform)
{
    struct flyt_household row = nobody();
    add_adult(&row, 0, FLYT_SEX_woman, 32);
    add_adult(&row, 1, FLYT_SEX_man, 34);
    row.child_born[0] = NOW - 5 * 12;
    row.child_born[1] = NOW - 20 * 12;
    double share[FLYT_N_LIFE_EVENTS + 1] = {0}, sum;
    const double step = 1e-6;
    // NOLINTNEXTLINE(cert-flp30-c)
    for (double u = step / 2; u < 0.1; u += step) {
        share[flyt_liferates_event(&rates, &row, 0, NOW, u, &sum).kind] += step;
    }
    cr_assert_float_eq(share[FLYT_LIFE_birth], rates.birth[1][2][32 - 15], 3e-6);
    cr_assert_float_eq(share[FLYT_LIFE_death], rates.death[0][1][32] + rates.death[0][0][34], 3e-6);
    cr_assert_float_eq(share[FLYT_LIFE_leaving], rates.leaving[0][20], 3e-6);
    cr_assert_float_eq(share[FLYT_LIFE_separation], rates.separation[0][33], 3e-6);
    cr_assert_float_eq(share[FLYT_LIFE_marriage], rates.marriage[1], 3e-6);
    cr_assert_float_eq(share[FLYT_LIFE_move_out], rates.move_out[0][1][1][34], 3e-6);
    cr_assert_eq(share[FLYT_LIFE_look], 0.0, "they have each other");
    cr_assert_float_eq(share[FLYT_LIFE_none], 0.1 - sum, 3e-6);
}

Test(liferates, no_child_within_the_least_time_after_a_birth)
{
    struct flyt_household row = nobody();
    add_adult(&row, 0, FLYT_SEX_woman, 30);
    row.child_born[0] = NOW - 11;
    double early = sum_of(&rates, &row, NOW);
    double older =
        rates.death[0][FLYT_SEX_man][1] - rates.death[0][FLYT_SEX_man][0]; /* the child */
    cr_assert_float_eq(sum_of(&rates, &row, NOW + 1) - early, rates.birth[0][1][15] + older, 1e-12);
}

Test(liferates, six_children_are_the_most)
{
    struct flyt_household row = nobody();
    add_adult(&row, 0, FLYT_SEX_woman, 30);
    add_adult(&row, 1, FLYT_SEX_man, 30);
    for (int i = 0; i < FLYT_CHILDREN; i++) {
        row.child_born[i] = (int16_t)(NOW - 24 - 12 * i);
    }
    double sum;
    // NOLINTNEXTLINE(cert-flp30-c)
    for (double u = 0.0; u < 0.05; u += 1e-5) {
        cr_assert_neq(flyt_liferates_event(&rates, &row, 0, NOW, u, &sum).kind, FLYT_LIFE_birth);
    }
}

Test(liferates, limits_hold_for_twelve_months_whoever_it_is)
{
    uint32_t held = 0;
    for (uint32_t k = 0; k < 3000; k++) {
        uint32_t word[4];
        flyt_rng_block((struct flyt_rng_key){1, 1}, k, 0, FLYT_STREAM_test, 0, word);
        struct flyt_household row = nobody();
        add_adult(&row, 0, word[0] & 1, (int)(18 + word[1] % 90));
        set_frail(&row, word[0] >> 4 & 1);
        if (word[0] & 2) {
            add_adult(&row, 1, word[0] >> 2 & 1, (int)(18 + word[2] % 90));
        }
        for (uint32_t i = 0; i < word[3] % 7; i++) {
            row.child_born[i] = (int16_t)(NOW - (int)(word[1] >> 8 >> i) % 400);
        }
        flyt_people_set_background(&row, (struct flyt_background){.married = word[0] >> 3 & 1});
        double limit = sum_of(&most, &row, NOW);
        for (int16_t month = 0; month < 12; month++) {
            cr_assert(sum_of(&rates, &row, (int16_t)(NOW + month)) <= limit, "household %u", k);
            held++;
        }
    }
    cr_assert_eq(held, 36000);
}

Test(liferates, with_care_homes_the_life_expectancy_of_all_stays)
{
    const double expected[2] = {params.mortality.life_expectancy_men,
                                params.mortality.life_expectancy_women};
    for (int sex = 0; sex < 2; sex++) {
        double well = 1.0, frail = 0.0, in_care = 0.0, months = 0.0, highest = 0.0;
        double leave = 1.0 - exp(-1.0 / 12.0 / params.lifecourse.care_years);
        for (int month = 0; month < FLYT_AGES * 12; month++) {
            int age = month / 12;
            months += well + frail + in_care;
            double fail = well * rates.frail[age], moved = frail * rates.care[sex][age];
            in_care += moved - in_care * leave;
            well -= well * rates.death[0][sex][age] + fail;
            frail += fail - frail * rates.death[1][sex][age] - moved;
            double share = in_care / (well + frail + in_care);
            highest = share > highest && month < 95 * 12 ? share : highest;
        }
        double years = months / 12.0;
        cr_log_info("life expectancy %d: %.2f of %.2f, in care at most %.2f", sex, years,
                    expected[sex], highest);
        cr_assert_float_eq(years, expected[sex], 0.005 * expected[sex], "%g", years);
        cr_assert(highest > 0.15 && highest < 0.45,
                  "20 % of men and 29 % of women from 90 are in care");
    }
}

Test(liferates, without_care_homes_all_die_at_the_rate_of_all)
{
    double death[FLYT_AGES], care[FLYT_AGES] = {0}, at_home[FLYT_AGES];
    for (int age = 0; age < FLYT_AGES; age++) {
        death[age] = 0.002 * age;
    }
    flyt_liferates_at_home(death, care, 2.67, at_home);
    cr_assert_arr_eq(at_home, death, sizeof death);
    care[80] = 0.05;
    flyt_liferates_at_home(death, care, 2.67, at_home);
    cr_assert_eq(at_home[79], death[79]);
    cr_assert_lt(at_home[81], death[81], "the ill are in care");
}

Test(liferates, households_outside_work_move_out_at_their_own_rate)
{
    double norm[FLYT_FERTILE_GROUPS] = {0};
    params.migration.outside_work_ratio = 0.5;
    flyt_liferates_fill(&params, norm, &rates);
    /* Fyn at 40: 0.044 x 0.5 + 0.006 = 0.028 a year; couples 0.7 of it */
    double of_others = 1.0 - exp(-0.028 * 0.7 / 12.0), of_outside = 1.0 - exp(-0.014 * 0.7 / 12.0);
    for (uint32_t first = 0; first < FLYT_N_WORKS; first++) {
        for (uint32_t second = 0; second < FLYT_N_WORKS; second++) {
            struct flyt_household row = nobody();
            add_adult(&row, 0, FLYT_SEX_man, 40);
            add_adult(&row, 1, FLYT_SEX_woman, 40);
            row.work[0] = (uint8_t)first;
            row.work[1] = (uint8_t)second;
            bool works[FLYT_N_WORKS] = {[FLYT_WORK_employed] = true,
                                        [FLYT_WORK_student] = true,
                                        [FLYT_WORK_pension] = true};
            double expected = works[first] || works[second] ? of_others : of_outside;
            cr_assert_float_eq(flyt_liferates_move_out(&rates, &row, NOW), expected, 1e-15,
                               "works %u and %u", first, second);
        }
    }
}

Test(liferates, limits_hold_when_work_changes)
{
    const double ratio[] = {0.2, 5.0};
    double norm[FLYT_FERTILE_GROUPS] = {0};
    for (size_t i = 0; i < FLYT_COUNT(ratio); i++) {
        params.migration.outside_work_ratio = ratio[i];
        flyt_liferates_fill(&params, norm, &rates);
        flyt_liferates_most(&rates, &most);
        for (int age = 18; age < 100; age++) {
            struct flyt_household row = nobody();
            add_adult(&row, 0, FLYT_SEX_woman, age);
            double limit = sum_of(&most, &row, NOW);
            row.work[0] = FLYT_WORK_benefit; /* was in work */
            cr_assert_leq(sum_of(&rates, &row, NOW + 11), limit, "age %d, ratio %g", age, ratio[i]);
            row.work[0] = FLYT_WORK_employed;
            cr_assert_leq(sum_of(&rates, &row, NOW + 11), limit, "age %d, ratio %g", age, ratio[i]);
        }
    }
}
