/* Housing benefit against cases worked out by hand from the rates of 2021. */
#include <criterion/criterion.h>

#include "models/benefit.h"

/** Rates of 2021 (Ældre Sagen); the ceilings on rent, published for 2025 only, out of the way. */
static const struct flyt_benefit_params law = {.sikring_rent = 0.60,
                                               .sikring_income = 0.18,
                                               .sikring_childless = 0.15,
                                               .sikring_limit = 148100,
                                               .sikring_limit_child = 39000,
                                               .sikring_most = 43848,
                                               .sikring_own = 25000,
                                               .sikring_rent_most = 1e6,
                                               .ydelse_rent = 0.75,
                                               .ydelse_income = 0.225,
                                               .ydelse_own_share = 0.11,
                                               .ydelse_addition = 7200,
                                               .ydelse_limit = 171500,
                                               .ydelse_limit_child = 45200,
                                               .ydelse_most = 50760,
                                               .ydelse_own = 18100,
                                               .ydelse_rent_most = 1e6,
                                               .disability_exempt = true,
                                               .area_first = 65,
                                               .area_more = 20};

/** A household and its home; amounts in DKK a year. */
struct tenancy {
    double rent_dkk, income_dkk, area_m2;
    uint32_t persons, children;
    bool pensioner, almen, disability;
};

static double by(const struct flyt_benefit_params *params, struct tenancy home)
{
    struct flyt_benefit_household who = {home.income_dkk, home.persons, home.children,
                                         home.pensioner, home.disability};
    struct flyt_benefit_terms terms = flyt_benefit_terms(params, &who);
    return flyt_benefit_at(&terms, home.rent_dkk / home.area_m2, home.area_m2, home.almen);
}

static double of(struct tenancy home)
{
    return by(&law, home);
}

/** A single parent of one in an almen home of 80 m2. */
static const struct tenancy parent = {.rent_dkk = 60000,
                                      .income_dkk = 160000,
                                      .area_m2 = 80,
                                      .persons = 2,
                                      .children = 1,
                                      .almen = true};

/** A single pensioner in an almen home of 60 m2. */
static const struct tenancy pensioner = {.rent_dkk = 54000,
                                         .income_dkk = 150000,
                                         .area_m2 = 60,
                                         .persons = 1,
                                         .pensioner = true,
                                         .almen = true};

Test(benefit, boligsikring_is_a_share_of_the_rent_less_income_above_the_limit)
{
    /* 60 % of 60,000 = 36,000; 18 % of (160,000 - 148,100) = 2,142 */
    cr_assert_float_eq(of(parent), 33858, 1e-6);
}

Test(benefit, each_further_child_up_to_the_fourth_raises_the_limit)
{
    struct tenancy home = parent;
    home.income_dkk = 400000;
    home.rent_dkk = 80000;                                                /* 48,000 */
    cr_assert_float_eq(of(home), 48000 - 0.18 * (400000 - 148100), 1e-6); /* 2,658 */
    home.children = 2;
    cr_assert_float_eq(of(home), 48000 - 0.18 * (400000 - 187100), 1e-6);
    home.children = 4;
    cr_assert_float_eq(of(home), 48000 - 0.18 * (400000 - 265100), 1e-6);
    home.children = 6;
    cr_assert_float_eq(of(home), 48000 - 0.18 * (400000 - 265100), 1e-6);
}

Test(benefit, boligsikring_leaves_a_least_payment_of_ones_own)
{
    struct tenancy home = parent;
    home.income_dkk = 100000;
    home.rent_dkk = 50000; /* 60 % would be 30,000, but 25,000 must be left */
    cr_assert_float_eq(of(home), 25000, 1e-6);
    home.rent_dkk = 24000;
    cr_assert_float_eq(of(home), 0, 1e-12);
}

Test(benefit, boligsikring_has_a_most)
{
    struct tenancy home = parent;
    home.income_dkk = 100000;
    home.rent_dkk = 90000; /* 54,000 */
    cr_assert_float_eq(of(home), 43848, 1e-6);
}

Test(benefit, those_without_children_get_at_most_15_percent_of_the_rent)
{
    struct tenancy home = parent;
    home.children = 0;
    home.persons = 1;
    home.area_m2 = 65;
    cr_assert_float_eq(of(home), 9000, 1e-6);
    home.income_dkk = 330000; /* 36,000 - 18 % of 181,900 = 3,258 is less */
    cr_assert_float_eq(of(home), 3258, 1e-6);
    home.income_dkk = 400000;
    cr_assert_float_eq(of(home), 0, 1e-12);
}

Test(benefit, disability_pensioners_without_children_may_get_more)
{
    struct tenancy home = parent;
    home.children = 0;
    home.disability = true;
    cr_assert_float_eq(of(home), 33858, 1e-6);
    struct flyt_benefit_params strict = law;
    strict.disability_exempt = false;
    cr_assert_float_eq(by(&strict, home), 9000, 1e-6);
}

Test(benefit, rent_of_a_large_home_counts_in_part)
{
    struct tenancy home = parent;
    home.rent_dkk = 70000;
    home.area_m2 = 100; /* the norm of two is 85: 59,500 count */
    cr_assert_float_eq(of(home), 35700 - 2142, 1e-6);
    home.persons = 3; /* 105: all counts */
    cr_assert_float_eq(of(home), 42000 - 2142, 1e-6);
}

Test(benefit, rent_above_the_ceiling_does_not_count)
{
    struct flyt_benefit_params capped = law;
    capped.sikring_rent_most = 50000;
    cr_assert_float_eq(by(&capped, parent), 25000, 1e-6); /* 50,000 - own payment */
    capped.ydelse_rent_most = 40000;
    /* 75 % of 47,200 = 35,400; 40,000 - 18,100 = 21,900 is less */
    cr_assert_float_eq(by(&capped, pensioner), 21900, 1e-6);
}

Test(benefit, boligydelse_adds_to_the_rent_and_leaves_a_least_payment)
{
    /* 75 % of (54,000 + 7,200) = 45,900; 54,000 - 18,100 = 35,900 is less */
    cr_assert_float_eq(of(pensioner), 35900, 1e-6);
    struct tenancy home = pensioner;
    home.income_dkk = 250000; /* 45,900 - 22.5 % of 78,500 = 28,237.50; own 27,500 leaves 26,500 */
    cr_assert_float_eq(of(home), 26500, 1e-6);
    home.income_dkk = 300000; /* 45,900 - 22.5 % of 128,500 = 16,987.50 */
    cr_assert_float_eq(of(home), 16987.5, 1e-6);
}

Test(benefit, boligydelse_has_a_most_outside_almen_homes_only)
{
    struct tenancy home = pensioner;
    home.rent_dkk = 90000; /* 75 % of 97,200 = 72,900; 90,000 - 18,100 = 71,900 */
    cr_assert_float_eq(of(home), 71900, 1e-6);
    home.almen = false;
    cr_assert_float_eq(of(home), 50760, 1e-6);
}

Test(benefit, is_never_below_nothing_or_above_the_rent)
{
    for (uint32_t i = 0; i < 4000; i++) {
        struct tenancy home = {.rent_dkk = 5000.0 * (i % 20),
                               .income_dkk = 40000.0 * (i / 20 % 20),
                               .area_m2 = 30.0 + i % 7 * 20.0,
                               .persons = 1 + i % 5,
                               .children = i % 5,
                               .pensioner = i / 400 % 2 == 1,
                               .almen = i % 2 == 1};
        double benefit = of(home);
        cr_assert(benefit >= 0.0 && benefit <= home.rent_dkk + 1e-9, "case %u: %f", i, benefit);
    }
}
