/* Social cases, convictions and language: rates by hand, bounds that hold, states at rest. */
#include "livelihood_fixture.h"

TestSuite(social, .init = setup, .fini = teardown);

static struct flyt_social_table table;
static const struct flyt_household_cold innocent = {.convicted = {FLYT_NO_MONTH, FLYT_NO_MONTH}};

/** A single man of 30 with basic schooling on cash benefit. */
static struct flyt_household man(uint8_t cases, uint8_t language)
{
    struct flyt_household row = {.disposable_ore = 0};
    row.born[1] = FLYT_NO_MONTH;
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        row.child_born[i] = FLYT_NO_MONTH;
    }
    flyt_people_set_adult(&row, 0,
                          (struct flyt_adult){.born = START - 30 * 12,
                                              .education = FLYT_EDUCATION_basic,
                                              .work = FLYT_WORK_benefit});
    flyt_people_set_background(&row,
                               (struct flyt_background){.cases = cases, .language = language});
    return row;
}

static double odds(double chance)
{
    return chance / (1.0 - chance);
}

Test(social, odds_are_the_yearly_rates_of_the_table_over_twelve)
{
    struct flyt_livelihood_params params = default_params();
    flyt_social_prepare(&params.social, &table);
    struct flyt_household row = man(2, 0);
    struct flyt_social_chances chances = flyt_social_chances(&table, &row, &innocent, 0, START);
    double scale = params.social.convicted_scale;
    cr_assert_float_eq(odds(chances.event[FLYT_SOCIAL_conviction]),
                       0.01675 / 12 * 2.0 * 2.6 * 2.0 * scale, 1e-12);
    cr_assert_float_eq(odds(chances.event[FLYT_SOCIAL_case_opens]), 0.05 * 1.8 / 12, 1e-12);
    cr_assert_float_eq(odds(chances.event[FLYT_SOCIAL_case_closes]), 2 * 0.35 / 12, 1e-12);
    cr_assert_float_eq(odds(chances.event[FLYT_SOCIAL_language_rises]), 0.08 / 12, 1e-12);
    struct flyt_household_cold again = {.convicted = {START - 11, FLYT_NO_MONTH}};
    struct flyt_social_chances more = flyt_social_chances(&table, &row, &again, 0, START);
    cr_assert_float_eq(odds(more.event[FLYT_SOCIAL_conviction]),
                       7.0 * odds(chances.event[FLYT_SOCIAL_conviction]), 1e-12);
    again.convicted[0] = START - 12;
    more = flyt_social_chances(&table, &row, &again, 0, START);
    cr_assert_eq(more.event[FLYT_SOCIAL_conviction], chances.event[FLYT_SOCIAL_conviction]);
}

Test(social, nothing_opens_beyond_three_cases_or_rises_beyond_fluent)
{
    struct flyt_livelihood_params params = default_params();
    flyt_social_prepare(&params.social, &table);
    struct flyt_household row = man(FLYT_CASES_MOST, 2);
    struct flyt_social_chances chances = flyt_social_chances(&table, &row, &innocent, 0, START);
    cr_assert_eq(chances.event[FLYT_SOCIAL_case_opens], 0.0);
    cr_assert_eq(chances.event[FLYT_SOCIAL_language_rises], 0.0);
    row = man(0, 2);
    chances = flyt_social_chances(&table, &row, &innocent, 0, START);
    cr_assert_eq(chances.event[FLYT_SOCIAL_case_closes], 0.0);
}

Test(social, events_change_what_they_name_and_a_conviction_counts_two_years)
{
    struct flyt_household row = man(1, 1);
    struct flyt_household_cold cold = innocent;
    flyt_social_apply(&row, &cold, 0, FLYT_SOCIAL_case_opens, START);
    cr_assert_eq(flyt_people_background(&row).cases, 2);
    flyt_social_apply(&row, &cold, 0, FLYT_SOCIAL_case_closes, START);
    flyt_social_apply(&row, &cold, 0, FLYT_SOCIAL_language_rises, START);
    cr_assert_eq(flyt_people_background(&row).cases, 1);
    cr_assert_eq(flyt_people_background(&row).language, 2);
    cr_assert_not(flyt_social_convicted(&cold, 0, START));
    flyt_social_apply(&row, &cold, 0, FLYT_SOCIAL_conviction, START);
    cr_assert(flyt_social_convicted(&cold, 0, START + 23));
    cr_assert_not(flyt_social_convicted(&cold, 0, START + 24));
    cr_assert_not(flyt_social_convicted(&cold, 1, START));
}

Test(social, bounds_hold_for_everybody_a_year_ahead)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(3000, (struct flyt_par){1, 7, 0}, &params);
    const struct flyt_social_table *social = &world.livelihood->social;
    double sum = 0.0, above = 0.0;
    FLYT_EACH_HOUSEHOLD(&world, i)
    {
        const struct flyt_household *row = &world.households.row[i];
        const struct flyt_household_cold *cold = &world.households.cold[i];
        for (uint32_t a = 0; a < flyt_people_adults(row); a++) {
            double bound = flyt_social_bound(social, row, cold, a, START, 11);
            for (int16_t k = 0; k < 12; k++) {
                double chance = flyt_social_chances(social, row, cold, a, (int16_t)(START + k)).sum;
                cr_assert_leq(chance, bound * (1.0 + 0x1p-40));
                sum += chance;
                above += bound;
            }
        }
    }
    cr_assert_gt(sum, 0.0);
    cr_assert_lt(above, 1.3 * sum);
}

Test(social, cases_at_rest_balance_opening_and_closing)
{
    struct flyt_livelihood_params params = default_params();
    flyt_social_prepare(&params.social, &table);
    struct flyt_household row = man(0, 2);
    double n[FLYT_CASES_MOST + 1] = {0.0};
    for (uint32_t k = 0; k < 100000; k++) {
        n[flyt_social_cases_at_rest(&table, &row, START, (k + 0.5) / 100000.0)] += 1.0;
    }
    double ratio = 0.05 * 1.8 / 0.35; /* opening over closing of one case */
    cr_assert_float_eq(n[1] / n[0], ratio, 1e-3);
    cr_assert_float_eq(n[2] / n[0], ratio * ratio / 2.0, 1e-3);
    cr_assert_float_eq(n[3] / n[0], ratio * ratio * ratio / 6.0, 1e-3);
}
