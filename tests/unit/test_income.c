/* Incomes by law against the monthly net amounts of assumptions.csv, and the flows' own sum. */
#include "livelihood_fixture.h"

TestSuite(income, .init = setup, .fini = teardown);

static struct flyt_income_year year_of(const struct flyt_livelihood_params *params)
{
    struct flyt_income_year year;
    flyt_income_prepare(&params->income, &params->tax, 67.0, START, &year);
    return year;
}

static struct flyt_household nobody(void)
{
    struct flyt_household row = {.disposable_ore = 0};
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        row.born[i] = FLYT_NO_MONTH;
    }
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        row.child_born[i] = FLYT_NO_MONTH;
    }
    return row;
}

static void put(struct flyt_household *row, uint32_t which, uint8_t work, uint8_t education,
                int32_t age)
{
    flyt_people_set_adult(row, which,
                          (struct flyt_adult){.born = (int16_t)(START - age * 12),
                                              .education = education,
                                              .work = work});
}

static const uint16_t one[FLYT_ADULTS] = {1024, 1024};

/** Kroner a month of one adult alone. */
static double alone(uint8_t work, uint8_t education, int32_t age)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_income_year year = year_of(&params);
    struct flyt_household row = nobody();
    put(&row, 0, work, education, age);
    struct flyt_income income = flyt_income_of(&year, &row, one, year.tax.municipal);
    cr_assert_eq(income.gross[1], 0);
    return income.disposable / 100.0;
}

static void near(double found, double expected, const char *what)
{
    cr_assert(found > expected - 6.0 && found < expected + 6.0, "%s: %.2f, not %.0f", what, found,
              expected);
}

Test(income, benefits_of_2024_leave_what_the_table_says)
{
    near(alone(FLYT_WORK_benefit, FLYT_EDUCATION_vocational, 40), 9290, "cash benefit from 30");
    near(alone(FLYT_WORK_benefit, FLYT_EDUCATION_basic, 25), 5790, "education aid");
    near(alone(FLYT_WORK_unemployed, FLYT_EDUCATION_higher, 40), 14350, "most dagpenge");
    near(alone(FLYT_WORK_disability, FLYT_EDUCATION_basic, 40), 14350, "disability pension");
}

Test(income, dagpenge_is_at_most_nine_tenths_of_the_wage)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_income_year year = year_of(&params);
    struct flyt_household row = nobody();
    put(&row, 0, FLYT_WORK_unemployed, FLYT_EDUCATION_basic, 22);
    struct flyt_income idle = flyt_income_of(&year, &row, one, 2500);
    put(&row, 0, FLYT_WORK_employed, FLYT_EDUCATION_basic, 22);
    struct flyt_income busy = flyt_income_of(&year, &row, one, 2500);
    cr_assert_lt(idle.unemployment_benefit, year.insurance);
    cr_assert_eq(idle.unemployment_benefit, busy.wages * INT64_C(9) / 10);
    cr_assert_eq(idle.wages, 0);
}

Test(income, a_wage_follows_education_age_sex_factor_and_index)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_income_year year = year_of(&params);
    struct flyt_household row = nobody();
    put(&row, 0, FLYT_WORK_employed, FLYT_EDUCATION_vocational, 42);
    /* 46700 x .90 of full time x .87 taxable x 1.05 at 40-49 x 2/1.91 for men */
    struct flyt_income income = flyt_income_of(&year, &row, one, 2500);
    near(income.wages / 100.0, 46700 * 0.90 * 0.87 * 1.05 * 2 / 1.91, "wage of a man of 42");
    const uint16_t two[FLYT_ADULTS] = {2048, 1024};
    cr_assert_eq(flyt_income_of(&year, &row, two, 2500).wages, 2 * income.wages);
    params.income.wage_index = 1.1;
    year = year_of(&params);
    near(flyt_income_of(&year, &row, one, 2500).wages / 100.0, income.wages / 100.0 * 1.1, "index");
    row.person[0] |= 1; /* a woman */
    near(flyt_income_of(&year, &row, one, 2500).wages / 100.0, income.wages / 100.0 * 1.1 * 0.91,
         "woman");
}

Test(income, children_bring_child_benefit_and_higher_cash_benefit)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_income_year year = year_of(&params);
    struct flyt_household row = nobody();
    put(&row, 0, FLYT_WORK_benefit, FLYT_EDUCATION_basic, 35);
    row.child_born[0] = START - 1 * 12;  /* 1 year */
    row.child_born[1] = START - 10 * 12; /* 10 years */
    row.child_born[2] = START - 19 * 12; /* an adult child */
    struct flyt_income alone_income = flyt_income_of(&year, &row, one, 2506);
    cr_assert_eq(alone_income.cash_benefit, 1638200);
    /* 1708 + 1064, and as a single parent 2 x 512 + 522 */
    cr_assert_eq(alone_income.child_benefit, (1708 + 1064 + 2 * 512 + 522) * 100);
    put(&row, 1, FLYT_WORK_benefit, FLYT_EDUCATION_basic, 35);
    struct flyt_income both = flyt_income_of(&year, &row, one, 2506);
    cr_assert_eq(both.cash_benefit, 2 * 1638200);
    cr_assert_eq(both.child_benefit, (1708 + 1064) * 100);
}

Test(income, pensioners_get_less_each_as_a_couple)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_income_year year = year_of(&params);
    struct flyt_household row = nobody();
    put(&row, 0, FLYT_WORK_pension, FLYT_EDUCATION_basic, 70);
    cr_assert_eq(flyt_income_of(&year, &row, one, 2506).state_pensions, 1494400);
    put(&row, 1, FLYT_WORK_pension, FLYT_EDUCATION_basic, 70);
    cr_assert_eq(flyt_income_of(&year, &row, one, 2506).state_pensions, 2 * 1103000);
}

Test(income, what_comes_in_less_tax_is_what_is_spent_or_saved)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(3000, (struct flyt_par){1, 7, 0}, &params);
    uint32_t n = 0, savers = 0;
    FLYT_EACH_HOUSEHOLD(&world, i)
    {
        struct flyt_income in = flyt_livelihood_income(&world, i);
        int64_t in_sum = (int64_t)in.wages + in.private_pensions + in.unemployment_benefit +
                         in.cash_benefit + in.study_grants + in.disability_pensions +
                         in.state_pensions + in.child_benefit;
        int64_t tax = (int64_t)in.labour_tax + in.state_tax + in.municipal_tax;
        cr_assert_eq(in_sum, (int64_t)in.gross[0] + in.gross[1] + in.child_benefit);
        cr_assert_eq(in.disposable, in_sum - tax);
        cr_assert(in.saving >= 0 && in.saving <= in.disposable);
        cr_assert_eq(in.saving,
                     flyt_income_saving(&world.livelihood->income, &world.households.row[i]));
        savers += in.saving > 0;
        n++;
    }
    cr_assert_eq(n, 3000);
    cr_assert_gt(savers, 1000);
    cr_assert_lt(savers, 3000);
}

Test(income, earning_factors_have_mean_one_and_keep_within_their_limits)
{
    struct flyt_livelihood_params params = default_params();
    cr_assert_eq(flyt_income_factor(&params.income, 100.0), 8192);
    cr_assert_eq(flyt_income_factor(&params.income, -100.0), 205);
    double sum = 0.0, weight = 0.0; /* over a normal density by steps of .01 */
    for (int32_t k = -600; k <= 600; k++) {
        double z = k / 100.0, density = __builtin_exp(-0.5 * z * z);
        sum += density * flyt_income_factor(&params.income, z);
        weight += density;
    }
    cr_assert(sum / weight > 1022.0 && sum / weight < 1026.0, "%g", sum / weight);
}
