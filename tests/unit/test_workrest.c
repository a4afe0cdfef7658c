/* The resting point of the work states: a case solved by hand, the same people followed month by
   month without bins, and mixtures that are found again. */
#include "models/workrest.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/livelihood_params.h"

enum {
    E = FLYT_WORK_employed,
    U = FLYT_WORK_unemployed,
    B = FLYT_WORK_benefit,
    S = FLYT_WORK_student,
    D = FLYT_WORK_disability,
    P = FLYT_WORK_pension
};

static struct flyt_work_rest rest;
static struct flyt_work_table table;

static const struct flyt_work_params *defaults(void)
{
    static struct flyt_livelihood_params params;
    flyt_livelihood_defaults(&params);
    return &params.work;
}

static void make(const struct flyt_work_params *params, struct flyt_par par)
{
    flyt_work_prepare(params, &table);
    flyt_workrest_make(&par, params, &table, &rest);
}

Test(workrest, two_states_rest_where_as_many_come_as_go)
{
    struct flyt_work_params params = *defaults();
    double *way[] = {&params.employed_unemployed, &params.employed_student,
                     &params.employed_disability, &params.employed_pension,
                     &params.benefit_student,     &params.benefit_disability,
                     &params.benefit_pension,     &params.student_unemployed};
    for (uint32_t i = 0; i < FLYT_COUNT(way); i++) {
        *way[i] = -25.0; /* shut */
    }
    params.employed_benefit = -2.0;
    params.benefit_employed = -1.0;
    params.wear_employed = params.wear_benefit = 0.0;
    params.lose_detached = params.find_detached = params.uninsured_detached = 0.0;
    make(&params, (struct flyt_par){1, 256, 0});
    /* reference person: 30-49 years, basic schooling, Danish origin, fluent, attached */
    double lose = exp(-2.0) / (1.0 + exp(-2.0)), find = exp(-1.0) / (1.0 + exp(-1.0));
    const double *share = rest.share[FLYT_ATTACHED][FLYT_ORIGIN_danish][2][0][3];
    cr_assert_float_eq(share[E], find / (find + lose), 1e-3, "%g", share[E]);
    cr_assert_float_eq(share[E] + share[B], 1.0, 1e-3);
    cr_assert_float_eq(flyt_workrest_outside(share), lose / (find + lose), 1e-3);
}

/** The same with every month in a state told apart; shares at 40-49. */
static void follow(const struct flyt_work_params *params, struct flyt_work_place place,
                   double share[FLYT_N_WORKS])
{
    static double n[4][FLYT_WORK_MONTHS], then[4][FLYT_WORK_MONTHS];
    double out[2] = {0}, sum = 0.0;
    memset(n, 0, sizeof n);
    memset(share, 0, FLYT_N_WORKS * sizeof *share);
    place.age_months = 18 * 12;
    struct flyt_work_chances first = flyt_work_first(params, place);
    for (uint32_t s = 0; s < 4; s++) {
        n[s][0] = first.to[s];
    }
    for (; place.age_months < 50 * 12; place.age_months++) {
        memset(then, 0, sizeof then);
        for (uint32_t i = 0; i < 4 * FLYT_WORK_MONTHS; i++) {
            uint32_t from = i / FLYT_WORK_MONTHS, m = i % FLYT_WORK_MONTHS;
            if (n[from][m] <= 0.0) {
                continue;
            }
            place.from = from;
            place.months = m;
            struct flyt_work_chances chances = flyt_work_chances(&table, place);
            for (uint32_t to = 0; to < 4; to++) {
                then[to][0] += n[from][m] * chances.to[to];
            }
            out[0] += n[from][m] * chances.to[D];
            out[1] += n[from][m] * chances.to[P];
            uint32_t next = m + 1 < FLYT_WORK_MONTHS ? m + 1 : m;
            then[from][next] += n[from][m] * (1.0 - chances.sum);
        }
        memcpy(n, then, sizeof n);
        if (place.age_months >= 40 * 12) {
            for (uint32_t i = 0; i < 4 * FLYT_WORK_MONTHS; i++) {
                share[i / FLYT_WORK_MONTHS] += n[i / FLYT_WORK_MONTHS][i % FLYT_WORK_MONTHS] / 120;
            }
            share[D] += out[0] / 120;
            share[P] += out[1] / 120;
        }
    }
    for (uint32_t s = 0; s < FLYT_N_WORKS; s++) {
        sum += share[s];
    }
    cr_assert_float_eq(sum, 1.0, 1e-9);
}

Test(workrest, bins_of_months_change_little)
{
    const struct flyt_work_params *params = defaults();
    make(params, (struct flyt_par){1, 256, 0});
    for (uint32_t k = 0; k < 12; k++) {
        struct flyt_work_place place = {.education = (uint8_t)(k % 3),
                                        .origin =
                                            k / 6 ? FLYT_ORIGIN_nonwestern : FLYT_ORIGIN_danish,
                                        .language = k / 6 ? 1 : 2,
                                        .attachment = (uint8_t)(k / 3 % 2)};
        double exact[FLYT_N_WORKS];
        follow(params, place, exact);
        const double *share =
            rest.share[place.attachment][place.origin][place.language][place.education][3];
        for (uint32_t s = 0; s < FLYT_N_WORKS; s++) {
            cr_assert_float_eq(share[s], exact[s], 0.012, "kind %u, state %u: %.4f for %.4f", k, s,
                               share[s], exact[s]);
        }
    }
}

Test(workrest, threads_change_no_bit)
{
    static struct flyt_work_rest one;
    make(defaults(), (struct flyt_par){1, 256, 0});
    one = rest;
    make(defaults(), (struct flyt_par){3, 5, 7});
    cr_assert_eq(memcmp(&one, &rest, sizeof one), 0);
}

Test(workrest, a_mixture_is_found_again_from_its_share_outside_work)
{
    const double attached[FLYT_N_WORKS] = {[E] = .90, [U] = .03, [B] = .02, [S] = .05};
    const double detached[FLYT_N_WORKS] = {[E] = .30, [U] = .05, [B] = .25, [S] = .10, [D] = .30};
    for (double share = 0.0; share < 1.01; share += 0.1) {
        double mixed[FLYT_N_WORKS];
        for (uint32_t s = 0; s < FLYT_N_WORKS; s++) {
            mixed[s] = share * detached[s] + (1.0 - share) * attached[s];
        }
        cr_assert_float_eq(flyt_workrest_detached(attached, detached, flyt_workrest_outside(mixed)),
                           share, 1e-9);
    }
    cr_assert_eq(flyt_workrest_detached(attached, detached, 0.0), 0.0);
    cr_assert_eq(flyt_workrest_detached(attached, detached, 0.9), 1.0);
    cr_assert_eq(flyt_workrest_outside((const double[FLYT_N_WORKS]){[P] = 1.0}), 0.0);
}

Test(workrest, ages_are_cut_at_25_30_40_50_and_60)
{
    static const struct {
        int32_t years;
        uint32_t age;
    } cases[] = {{18, 0}, {24, 0}, {25, 1}, {29, 1}, {30, 2}, {40, 3}, {50, 4}, {60, 5}, {99, 5}};
    for (uint32_t i = 0; i < FLYT_COUNT(cases); i++) {
        cr_assert_eq(flyt_workrest_age(cases[i].years * 12 + 11), cases[i].age);
    }
}
