/* Birth rates: they sum to the total fertility whatever unions and children the women have. */
#include <criterion/criterion.h>

#include "models/fertility.h"

static const struct flyt_fertility_params params = {1.496, 0.15, 1.5, 0.4, 0.3, 12, 0.513};

/** Women spread over standings and children in a way that changes with age. */
static struct flyt_women some_women(void)
{
    struct flyt_women women = {{{{0}}}, {{{0}}}};
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        women.n[i][FLYT_STANDING_home][0] = i < 10 ? 100.0 - 10.0 * i : 0.0;
        women.n[i][FLYT_STANDING_single][i % 3] = 40.0;
        women.n[i][FLYT_STANDING_cohabiting][1] = 3.0 * i;
        women.n[i][FLYT_STANDING_married][2] = 2.0 * i;
        women.recent[i][FLYT_STANDING_married][2] = 0.5 * i;
    }
    return women;
}

Test(fertility, rates_by_age_sum_to_the_total_and_peak_at_thirty)
{
    double rate[FLYT_FERTILE_AGES], sum = 0.0;
    flyt_fertility_by_age(&params, rate);
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        cr_assert(rate[i] > 0.0 && rate[i] <= rate[17]);
        sum += rate[i];
    }
    cr_assert_float_eq(sum, 1.496, 1e-12);
}

Test(fertility, published_rates_of_2021_come_back)
{
    /* 30-34: 135.6, 35-39: 73.3 per 1,000 at a total fertility of 1.724 */
    struct flyt_fertility_params of_2021 = params;
    of_2021.total_fertility = 1.724;
    double rate[FLYT_FERTILE_AGES], early = 0.0, late = 0.0;
    flyt_fertility_by_age(&of_2021, rate);
    for (int i = 0; i < 5; i++) {
        early += rate[15 + i] / 5.0;
        late += rate[20 + i] / 5.0;
    }
    cr_assert_float_eq(early, 0.1356, 0.002 * 0.1356);
    cr_assert_float_eq(late, 0.0733, 0.002 * 0.0733);
}

Test(fertility, the_norm_makes_births_those_of_the_rates)
{
    struct flyt_women women = some_women();
    double rate[FLYT_FERTILE_AGES], norm[FLYT_FERTILE_GROUPS];
    flyt_fertility_by_age(&params, rate);
    flyt_fertility_norm(&params, &women, norm);
    double expected = 0.0, births = 0.0;
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        for (int s = 0; s < FLYT_N_STANDINGS; s++) {
            for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
                double factor = flyt_fertility_factor(&params, s >= 2, k);
                expected += women.n[i][s][k] * rate[i];
                births +=
                    (women.n[i][s][k] - women.recent[i][s][k]) * rate[i] * norm[i / 5] * factor;
            }
        }
    }
    cr_assert_gt(expected, 1.0);
    cr_assert_float_eq(births, expected, 1e-9 * expected);
}

Test(fertility, six_children_are_the_most)
{
    cr_assert_eq(flyt_fertility_factor(&params, true, FLYT_CHILDREN), 0.0);
    cr_assert_gt(flyt_fertility_factor(&params, true, FLYT_CHILDREN - 1), 0.0);
}

Test(fertility, the_projection_loses_no_woman)
{
    struct flyt_women women = some_women();
    struct flyt_women_rates rates = {.marry = {0.05, 0.11}};
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        rates.leave[i] = 0.3;
        rates.unite[i] = 0.1;
        rates.separate[0][i] = 0.08;
        rates.separate[1][i] = 0.02;
    }
    double before[FLYT_FERTILE_AGES] = {0}, after[FLYT_FERTILE_AGES] = {0};
    for (int year = 0; year < 2; year++) {
        for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
            double *sum = year == 0 ? &before[i] : &after[i];
            for (int s = 0; s < FLYT_N_STANDINGS; s++) {
                for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
                    cr_assert(women.recent[i][s][k] <= women.n[i][s][k] + 1e-12);
                    *sum += women.n[i][s][k];
                }
            }
        }
        flyt_fertility_project(&params, &rates, &women);
    }
    for (int i = 1; i < FLYT_FERTILE_AGES; i++) {
        cr_assert_float_eq(after[i], before[i - 1], 1e-9 * before[i - 1], "age %d", 15 + i);
    }
    cr_assert_float_eq(after[0], before[0], 1e-9, "girls of 15 are replaced");
}

Test(fertility, a_cohort_followed_by_its_own_norm_has_the_total_fertility)
{
    /* start all at home; after 35 years every age has lived under the rates: births of a year */
    struct flyt_women women = {{{{0}}}, {{{0}}}};
    struct flyt_women_rates rates = {.marry = {0.05, 0.11}};
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        women.n[i][FLYT_STANDING_home][0] = 1000.0;
        rates.leave[i] = i < 3 ? 0.0 : 0.4;
        rates.unite[i] = 0.12;
        rates.separate[0][i] = 0.06;
        rates.separate[1][i] = 0.02;
    }
    for (int year = 0; year < 36; year++) {
        flyt_fertility_project(&params, &rates, &women);
    }
    double children = 0.0, n = 0.0;
    for (int s = 0; s < FLYT_N_STANDINGS; s++) {
        for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
            children += k * women.n[34][s][k];
            n += women.n[34][s][k];
        }
    }
    cr_assert_float_eq(children / n, 1.496, 0.02 * 1.496, "got %g", children / n);
}
