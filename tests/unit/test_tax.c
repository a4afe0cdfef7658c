/* Income tax against the yearly net amounts of assumptions.csv, rows "disposable from wage" and
   "disposable from benefit or pension", which are rounded to 100 kroner. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "models/tax.h"

/* rows `tax` of assumptions.csv */
static const struct flyt_tax_params law_2024 = {49700,  0.08,  0.1201, 0.2506,
                                                0.1065, 45100, 0.15,   588900};
static const struct flyt_tax_params law_2015 = {43400,  0.08,  0.1208, 0.249,
                                                0.0805, 26800, 0.15,   459200};

/** Net kroner a year of a yearly wage and other income. */
static double net(const struct flyt_tax_params *params, double wage, double other)
{
    struct flyt_tax_law law = flyt_tax_law(params);
    int32_t wage_ore = (int32_t)(wage * 100.0 / 12.0), other_ore = (int32_t)(other * 100.0 / 12.0);
    struct flyt_tax tax = flyt_tax_of(&law, law.municipal, wage_ore, other_ore);
    int32_t left = wage_ore + other_ore - tax.labour - tax.state - tax.municipal;
    return left * 12.0 / 100.0;
}

Test(tax, wages_of_2024_and_2015_leave_what_the_table_says)
{
    static const struct {
        double wage, net_2015, net_2024;
    } rows[] = {{200000, 136000, 139600}, {300000, 196000, 200100}, {400000, 254600, 260700},
                {500000, 312500, 319200}, {700000, 400900, 426700}, {1000000, 533400, 559000}};
    for (size_t i = 0; i < FLYT_COUNT(rows); i++) {
        double now = net(&law_2024, rows[i].wage, 0.0), then = net(&law_2015, rows[i].wage, 0.0);
        cr_assert(abs((int)(now - rows[i].net_2024)) <= 60, "%.0f in 2024: %.0f", rows[i].wage,
                  now);
        cr_assert(abs((int)(then - rows[i].net_2015)) <= 60, "%.0f in 2015: %.0f", rows[i].wage,
                  then);
    }
}

Test(tax, benefits_pay_no_labour_contribution_and_get_no_work_deduction)
{
    static const struct {
        double benefit, net_2015, net_2024;
    } rows[] = {{100000, 79100, 81400}, {150000, 110600, 112800}, {250000, 173600, 175700}};
    for (size_t i = 0; i < FLYT_COUNT(rows); i++) {
        cr_assert(abs((int)(net(&law_2024, 0.0, rows[i].benefit) - rows[i].net_2024)) <= 60);
        cr_assert(abs((int)(net(&law_2015, 0.0, rows[i].benefit) - rows[i].net_2015)) <= 60);
    }
}

Test(tax, small_incomes_pay_only_the_labour_contribution)
{
    struct flyt_tax_law law = flyt_tax_law(&law_2024);
    struct flyt_tax tax = flyt_tax_of(&law, law.municipal, 300000, 0);
    cr_assert_eq(tax.labour, 24000);
    cr_assert_eq(tax.state, 0);
    cr_assert_eq(tax.municipal, 0);
    tax = flyt_tax_of(&law, law.municipal, 0, 0);
    cr_assert_eq(tax.labour + tax.state + tax.municipal, 0);
}

Test(tax, the_municipal_rate_moves_the_municipal_part_alone)
{
    struct flyt_tax_law law = flyt_tax_law(&law_2024);
    struct flyt_tax low = flyt_tax_of(&law, 2280, 0, 1500000);
    struct flyt_tax high = flyt_tax_of(&law, 2780, 0, 1500000);
    int64_t base = 1500000 - law.allowance_ore;
    cr_assert_eq(low.state, high.state);
    cr_assert_eq(low.municipal, (int32_t)(base * 2280 / 10000));
    cr_assert_eq(high.municipal, (int32_t)(base * 2780 / 10000));
}
