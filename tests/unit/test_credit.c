/* Who may borrow for a home: an annuity known from tables, then each rule alone. */
#include <criterion/criterion.h>

#include "models/credit.h"

static const struct flyt_credit_params rules = {
    .down_payment = 0.05, .debt_factor = 4, .payment_share = 0.4, .stress = 0.01, .term = 30};

/** Two million, 5 % saved, rich enough in all other respects. */
static const struct flyt_credit_case buyer = {.price_dkk = 2000000,
                                              .wealth_dkk = 100000,
                                              .gross_dkk_year = 600000,
                                              .disposable_dkk_year = 400000,
                                              .down_payment = 0.05,
                                              .payment = 0.05,
                                              .other_dkk_year = 40000};

Test(credit, annuity_is_that_of_the_tables)
{
    cr_assert_float_eq(flyt_credit_annuity(0.05, 30), 0.06505144, 1e-8);
    cr_assert_float_eq(flyt_credit_annuity(0.0, 25), 0.04, 1e-12);
    cr_assert_float_eq(flyt_credit_annuity(0.02, 1), 1.02, 1e-12);
}

Test(credit, stressed_payment_is_after_the_deduction)
{
    /* 4 % + 1 %: the annuity less a third of the interest */
    cr_assert_float_eq(flyt_credit_payment(&rules, 0.04, 0.33), 0.06505144 - 0.0165, 1e-8);
}

Test(credit, five_percent_must_be_there)
{
    struct flyt_credit_case poorer = buyer;
    cr_assert(flyt_credit_allows(&rules, &buyer));
    poorer.wealth_dkk = 99999;
    cr_assert_not(flyt_credit_allows(&rules, &poorer));
}

Test(credit, debt_is_at_most_four_times_the_gross_income)
{
    struct flyt_credit_case poorer = buyer;
    poorer.gross_dkk_year = 475000; /* 4 x is the debt of 1.9 m */
    cr_assert(flyt_credit_allows(&rules, &poorer));
    poorer.gross_dkk_year = 474999;
    cr_assert_not(flyt_credit_allows(&rules, &poorer));
    poorer.wealth_dkk += 1000; /* a smaller loan */
    cr_assert(flyt_credit_allows(&rules, &poorer));
}

Test(credit, stressed_payment_is_at_most_two_fifths_of_disposable_income)
{
    struct flyt_credit_case poorer = buyer;
    poorer.disposable_dkk_year = 337501; /* 95,000 + 40,000 = 40 % of 337,500 */
    cr_assert(flyt_credit_allows(&rules, &poorer));
    poorer.disposable_dkk_year = 337499;
    cr_assert_not(flyt_credit_allows(&rules, &poorer));
}

Test(credit, who_can_pay_in_cash_needs_income_for_the_rest_only)
{
    struct flyt_credit_case rich = buyer;
    rich.wealth_dkk = 2500000;
    rich.gross_dkk_year = 0;
    rich.disposable_dkk_year = 100001;
    cr_assert(flyt_credit_allows(&rules, &rich));
    rich.disposable_dkk_year = 99999;
    cr_assert_not(flyt_credit_allows(&rules, &rich));
}

Test(credit, debt_is_the_price_less_wealth_but_never_more_than_the_price)
{
    cr_assert_float_eq(flyt_credit_debt(100, 30), 70, 1e-12);
    cr_assert_float_eq(flyt_credit_debt(100, 130), 0, 1e-12);
    cr_assert_float_eq(flyt_credit_debt(100, -50), 100, 1e-12);
}
