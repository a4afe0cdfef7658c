/* Work states: chances by hand, what must end, and bounds that hold. */
#include "livelihood_fixture.h"
#include "sim/num.h"

TestSuite(work, .init = setup, .fini = teardown);

static struct flyt_work_table table; /* each test is a process of its own */

static struct flyt_work_place adult(uint32_t from, uint32_t months, int32_t age_months)
{
    return (struct flyt_work_place){.from = from,
                                    .months = months,
                                    .age_months = age_months,
                                    .education = FLYT_EDUCATION_basic,
                                    .origin = FLYT_ORIGIN_danish,
                                    .language = 2,
                                    .attachment = FLYT_ATTACHED};
}

Test(work, the_reference_person_has_the_chances_of_the_log_odds)
{
    struct flyt_livelihood_params params = default_params();
    flyt_work_prepare(&params.work, &table);
    struct flyt_work_chances chances =
        flyt_work_chances(&table, adult(FLYT_WORK_benefit, 0, 40 * 12));
    double work = flyt_num_exp(params.work.benefit_employed);
    double study = flyt_num_exp(params.work.benefit_student);
    double disability = flyt_num_exp(params.work.benefit_disability);
    double all = 1.0 + work + study + disability;
    cr_assert_float_eq(chances.to[FLYT_WORK_employed], work / all, 1e-15);
    cr_assert_float_eq(chances.to[FLYT_WORK_student], study / all, 1e-15);
    cr_assert_float_eq(chances.to[FLYT_WORK_disability], disability / all, 1e-15);
    cr_assert_float_eq(chances.sum, 1.0 - 1.0 / all, 1e-15);
    cr_assert_eq(chances.to[FLYT_WORK_unemployed], 0.0);
    cr_assert_eq(chances.to[FLYT_WORK_pension], 0.0);
}

Test(work, ways_to_work_wear_off_and_the_way_to_disability_does_not)
{
    struct flyt_livelihood_params params = default_params();
    params.work.wear_benefit = 0.5;
    flyt_work_prepare(&params.work, &table);
    struct flyt_work_chances first =
        flyt_work_chances(&table, adult(FLYT_WORK_benefit, 0, 40 * 12));
    struct flyt_work_chances later =
        flyt_work_chances(&table, adult(FLYT_WORK_benefit, 8, 40 * 12));
    double odds_first = first.to[FLYT_WORK_employed] / (1.0 - first.sum);
    double odds_later = later.to[FLYT_WORK_employed] / (1.0 - later.sum);
    cr_assert_float_eq(odds_later, odds_first / 3.0, 1e-12); /* (1 + 8)^-.5 */
    odds_first = first.to[FLYT_WORK_disability] / (1.0 - first.sum);
    odds_later = later.to[FLYT_WORK_disability] / (1.0 - later.sum);
    cr_assert_float_eq(odds_later, odds_first, 1e-12);
}

Test(work, a_pension_age_ends_all_but_work_and_a_study_ends)
{
    struct flyt_livelihood_params params = default_params();
    params.work.pension_age = 66.5;
    flyt_work_prepare(&params.work, &table);
    int32_t age = 66 * 12 + 6;
    for (uint32_t from = 0; from < FLYT_N_WORKS; from++) {
        struct flyt_work_chances chances = flyt_work_chances(&table, adult(from, 3, age));
        struct flyt_work_chances before = flyt_work_chances(&table, adult(from, 3, age - 1));
        bool must = from != FLYT_WORK_employed && from != FLYT_WORK_pension;
        cr_assert_eq(chances.sum == FLYT_CERTAIN, must, "state %u", from);
        cr_assert_eq(chances.to[FLYT_WORK_pension] == FLYT_CERTAIN, must, "state %u", from);
        cr_assert_lt(before.sum, 0.6, "state %u", from);
    }
    struct flyt_work_chances late = flyt_work_chances(&table, adult(FLYT_WORK_employed, 3, age));
    cr_assert_eq(late.sum, late.to[FLYT_WORK_pension]);
    uint32_t most = params.work.study_months_basic;
    cr_assert_lt(flyt_work_chances(&table, adult(FLYT_WORK_student, most - 1, 240)).sum, 0.5);
    cr_assert_float_eq(flyt_work_chances(&table, adult(FLYT_WORK_student, most, 240)).sum,
                       FLYT_CERTAIN, 1e-12);
    cr_assert_eq(flyt_work_chances(&table, adult(FLYT_WORK_pension, 0, 900)).sum, 0.0);
}

Test(work, bounds_hold_for_everybody_and_are_not_far_above)
{
    struct flyt_livelihood_params params = default_params();
    flyt_work_prepare(&params.work, &table);
    double sum = 0.0, above = 0.0;
    for (uint32_t i = 0; i < 20000; i++) {
        struct flyt_work_place place = {.from = draw(i, 0, FLYT_N_WORKS),
                                        .months = draw(i, 1, 300),
                                        .age_months = 216 + (int32_t)draw(i, 2, 700),
                                        .education = (uint8_t)draw(i, 3, 3),
                                        .origin = (uint8_t)draw(i, 4, 3),
                                        .language = (uint8_t)draw(i, 5, 3),
                                        .attachment = (uint8_t)draw(i, 6, 2)};
        double bound = flyt_work_bound(&table, place, 11);
        for (uint32_t k = 0; k < 12; k++) {
            double chance = flyt_work_chances(&table, place).sum;
            cr_assert_leq(chance, bound * (1.0 + 0x1p-40), "person %u, month %u", i, k);
            sum += chance;
            above += bound;
            place.months++;
            place.age_months++;
        }
    }
    cr_assert_lt(above, 2.0 * sum);
}

Test(work, picking_divides_the_uniform_by_the_chances)
{
    struct flyt_work_chances chances = {.sum = 0.0};
    chances.to[FLYT_WORK_unemployed] = 0.25;
    chances.to[FLYT_WORK_benefit] = 0.125;
    chances.sum = 0.375;
    cr_assert_eq(flyt_work_pick(&chances, FLYT_WORK_employed, 0.0), FLYT_WORK_unemployed);
    cr_assert_eq(flyt_work_pick(&chances, FLYT_WORK_employed, 0.2499), FLYT_WORK_unemployed);
    cr_assert_eq(flyt_work_pick(&chances, FLYT_WORK_employed, 0.25), FLYT_WORK_benefit);
    cr_assert_eq(flyt_work_pick(&chances, FLYT_WORK_employed, 0.375), FLYT_WORK_employed);
}

Test(work, months_of_those_found_in_a_state_follow_survival)
{
    struct flyt_livelihood_params params = default_params();
    params.work.wear_benefit = 0.0; /* a constant chance: months are geometric */
    params.work.benefit_employed = -2.0;
    flyt_work_prepare(&params.work, &table);
    struct flyt_work_place place = adult(FLYT_WORK_benefit, 0, 40 * 12);
    double chance = flyt_work_chances(&table, place).sum, mean = 0.0;
    for (uint32_t k = 0; k < 10000; k++) {
        mean += flyt_work_months(&table, place, 260, (k + 0.5) / 10000.0) / 10000.0;
    }
    double expected = (1.0 - chance) / chance;
    cr_assert(mean > 0.93 * expected && mean < 1.07 * expected, "%g, not %g", mean, expected);
    cr_assert_eq(flyt_work_months(&table, place, 0, 0.999), 0);
}

Test(work, the_detached_are_more_often_on_benefit_than_in_work)
{
    struct flyt_livelihood_params params = default_params();
    double young = flyt_work_detached(&params.work, FLYT_EDUCATION_basic, FLYT_ORIGIN_danish);
    struct flyt_work_place place = adult(FLYT_WORK_benefit, 0, 480);
    cr_assert_gt(flyt_work_detached_in(&params.work, place), young);
    place.from = FLYT_WORK_employed;
    cr_assert_lt(flyt_work_detached_in(&params.work, place), young);
    params.work.likely_employed = 1.0;
    cr_assert_float_eq(flyt_work_detached_in(&params.work, place), young, 1e-15);
}
