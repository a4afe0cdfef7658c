/* The cost of owning: the known answers of docs/VERIFICATION.md, then the steps and limits. */
#include <criterion/criterion.h>
#include <math.h>

#include "models/usercost.h"

enum { PRICE = 1000000 };

/** i = 4 %, 80 % borrowed, freeze at half the value, land tax .45 %, upkeep 1.2 %, growth 2 %. */
static struct flyt_usercost_params known_params(void)
{
    return (struct flyt_usercost_params){.deduction_low = 0.33,
                                         .deduction_high = 0.33,
                                         .deduction_threshold = 50000,
                                         .savings_tax = 0.27,
                                         .property_rate = 0.0092,
                                         .property_rate_high = 0.03,
                                         .property_limit = 3040000,
                                         .freeze = true,
                                         .taxed_share = 1.0,
                                         .land_share = 0.20,
                                         .land_rate = 0.0225,
                                         .upkeep = 0.012,
                                         .growth_weight = 1.0};
}

static struct flyt_usercost_home known_home(const struct flyt_usercost_params *params)
{
    return (struct flyt_usercost_home){.price_dkk = PRICE,
                                       .debt_dkk = 0.8 * PRICE,
                                       .frozen_dkk = 0.5 * PRICE,
                                       .interest = 0.04,
                                       .land_tax = flyt_usercost_land_tax(params, NAN),
                                       .growth = 0.02,
                                       .adults = 1};
}

/** User cost in percent of the price. */
static double percent(const struct flyt_usercost_params *params)
{
    struct flyt_usercost_home home = known_home(params);
    struct flyt_usercost cost = flyt_usercost_of(params, &home);
    return 100.0 * flyt_usercost_sum(&cost) / PRICE;
}

Test(usercost, is_2838_with_the_tax_frozen_at_half_the_value)
{
    struct flyt_usercost_params params = known_params();
    cr_assert_float_eq(percent(&params), 2.838, 1e-9);
}

Test(usercost, is_3298_when_the_freeze_ends)
{
    struct flyt_usercost_params params = known_params();
    params.freeze = false;
    cr_assert_float_eq(percent(&params), 3.298, 1e-9);
}

Test(usercost, is_3894_without_the_deduction)
{
    struct flyt_usercost_params params = known_params();
    params.deduction_low = params.deduction_high = 0.0;
    cr_assert_float_eq(percent(&params), 3.894, 1e-9);
}

Test(usercost, is_3338_with_a_tax_of_a_quarter_on_gains)
{
    struct flyt_usercost_params params = known_params();
    params.gains_tax = 0.25;
    cr_assert_float_eq(percent(&params), 3.338, 1e-9);
}

Test(usercost, is_4854_with_all_three)
{
    struct flyt_usercost_params params = known_params();
    params.freeze = false;
    params.deduction_low = params.deduction_high = 0.0;
    params.gains_tax = 0.25;
    cr_assert_float_eq(percent(&params), 4.854, 1e-9);
}

Test(usercost, deduction_falls_to_its_lower_value_above_the_threshold_of_each_adult)
{
    struct flyt_usercost_params params = {
        .deduction_low = 0.331, .deduction_high = 0.251, .deduction_threshold = 50000};
    cr_assert_float_eq(flyt_usercost_deduction(&params, 40000, 1), 13240, 1e-6);
    cr_assert_float_eq(flyt_usercost_deduction(&params, 50000, 1), 16550, 1e-6);
    cr_assert_float_eq(flyt_usercost_deduction(&params, 90000, 1), 16550 + 10040, 1e-6);
    cr_assert_float_eq(flyt_usercost_deduction(&params, 90000, 2), 29790, 1e-6);
    cr_assert_float_eq(flyt_usercost_deduction(&params, 120000, 2), 33100 + 5020, 1e-6);
    cr_assert_float_eq(flyt_usercost_deduction(&params, 0, 2), 0, 1e-12);
}

Test(usercost, frozen_base_counts_only_while_it_is_the_lower_one)
{
    struct flyt_usercost_params params = known_params();
    struct flyt_usercost_home home = known_home(&params);
    home.frozen_dkk = 1.5 * PRICE; /* prices have fallen below the frozen base */
    cr_assert_float_eq(flyt_usercost_of(&params, &home).property_tax, 9200, 1e-6);
    home.frozen_dkk = 0.5 * PRICE;
    cr_assert_float_eq(flyt_usercost_of(&params, &home).property_tax, 4600, 1e-6);
}

Test(usercost, property_tax_is_higher_above_the_limit)
{
    struct flyt_usercost_params params = known_params();
    params.freeze = false;
    struct flyt_usercost_home home = known_home(&params);
    home.price_dkk = 4040000; /* .92 % of 3.04 m, 3 % of the last million */
    cr_assert_float_eq(flyt_usercost_of(&params, &home).property_tax, 27968 + 30000, 1e-6);
}

Test(usercost, law_of_2024_taxes_four_fifths_of_value_and_land)
{
    struct flyt_usercost_params params = known_params();
    params.freeze = false;
    params.taxed_share = 0.8;
    params.property_rate = 0.0051;
    struct flyt_usercost_home home = known_home(&params);
    cr_assert_float_eq(flyt_usercost_of(&params, &home).property_tax, 4080, 1e-6);
    /* Odense: 9.8 per mille of 80 % of a fifth of the price */
    cr_assert_float_eq(flyt_usercost_land_tax(&params, 0.0098), 0.001568, 1e-12);
    cr_assert_float_eq(flyt_usercost_land_tax(&params, NAN), 0.0225 * 0.16, 1e-12);
}

Test(usercost, terms_are_a_home_without_debt_or_growth)
{
    struct flyt_usercost_params params = known_params();
    struct flyt_usercost_home home = known_home(&params);
    home.debt_dkk = home.growth = 0.0;
    struct flyt_usercost cost = flyt_usercost_of(&params, &home);
    cr_assert_float_eq(cost.interest, 0.0, 1e-12);
    cr_assert_float_eq(cost.deduction, 0.0, 1e-12);
    cr_assert_float_eq(cost.equity, 0.73 * 40000, 1e-6);
    cr_assert_float_eq(flyt_usercost_cash(&cost), 4600 + 4500 + 12000, 1e-6);
    cr_assert_float_eq(flyt_usercost_sum(&cost), 29200 + 21100, 1e-6);
}

Test(usercost, co_operative_share_costs_its_interest_after_tax)
{
    struct flyt_usercost_params params = known_params();
    struct flyt_usercost_terms terms = flyt_usercost_terms(&params, 0.06, true);
    double own = flyt_usercost_own(&params, 0.06, 0.01, 0.02, true);
    /* 600,000 borrowed at 6 %: 36,000 less a third; 200,000 of one's own: 12,000 less 27 % */
    cr_assert_float_eq(flyt_usercost_at(&terms, own, 800000, 600000, INFINITY, 1),
                       36000 * 0.67 + 12000 * 0.73, 1e-6);
}

Test(usercost, few_operations_give_the_sum_of_the_terms)
{
    struct flyt_usercost_params params = known_params();
    params.deduction_high = 0.25;
    params.gains_tax = 0.1;
    for (uint32_t i = 0; i < 4000; i++) {
        params.freeze = i % 2 == 1;
        params.taxed_share = i % 3 == 0 ? 0.8 : 1.0;
        struct flyt_usercost_home home = {.price_dkk = 300000.0 * (1 + i % 20),
                                          .debt_dkk = 200000.0 * (i / 20 % 20),
                                          .frozen_dkk = 250000.0 * (1 + i % 7),
                                          .interest = 0.01 * (i % 9),
                                          .land_tax = 0.001 * (i % 5),
                                          .growth = 0.01 * (i % 6) - 0.02,
                                          .adults = 1 + i % 2};
        struct flyt_usercost cost = flyt_usercost_of(&params, &home);
        struct flyt_usercost_terms terms = flyt_usercost_terms(&params, home.interest, false);
        double own = flyt_usercost_own(&params, home.interest, home.land_tax, home.growth, false);
        double sum = flyt_usercost_at(&terms, own, home.price_dkk, home.debt_dkk,
                                      params.freeze ? home.frozen_dkk : INFINITY, home.adults);
        cr_assert_float_eq(sum, flyt_usercost_sum(&cost), 1e-6, "case %u", i);
    }
}
