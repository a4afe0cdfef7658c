#include "models/fertility.h"

#include "sim/num.h"

enum { YEARS_IN_GROUP = 5, MONTHS = 12 };

/** Births per 1,000 women, 15-19, 20-24, ... Danmarks Statistik 2021; 30-39 published. */
static const double by_group[FLYT_FERTILE_GROUPS] = {2.0, 26.0, 94.0, 135.6, 73.3, 13.5, 0.9};

void flyt_fertility_by_age(const struct flyt_fertility_params *params,
                           double rate[FLYT_FERTILE_AGES])
{
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        rate[i] = by_group[i / YEARS_IN_GROUP];
    }
    double scale = params->total_fertility / flyt_num_sum(rate, FLYT_FERTILE_AGES);
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        rate[i] *= scale;
    }
}

double flyt_fertility_factor(const struct flyt_fertility_params *params, bool in_couple,
                             uint32_t n_children)
{
    double children = n_children == 0   ? 1.0
                      : n_children == 1 ? params->second_factor
                      : n_children == 2 ? params->third_factor
                                        : params->later_factor;
    return n_children == FLYT_CHILDREN ? 0.0 : children * (in_couple ? 1.0 : params->single_factor);
}

static bool in_couple(int standing)
{
    return standing >= FLYT_STANDING_cohabiting;
}

void flyt_fertility_norm(const struct flyt_fertility_params *params, const struct flyt_women *women,
                         double norm[FLYT_FERTILE_GROUPS])
{
    double rate[FLYT_FERTILE_AGES];
    flyt_fertility_by_age(params, rate);
    for (int group = 0; group < FLYT_FERTILE_GROUPS; group++) {
        double all = 0.0, weighted = 0.0;
        for (int i = group * YEARS_IN_GROUP; i < (group + 1) * YEARS_IN_GROUP; i++) {
            for (int s = 0; s < FLYT_N_STANDINGS; s++) {
                for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
                    all += women->n[i][s][k] * rate[i];
                    weighted += (women->n[i][s][k] - women->recent[i][s][k]) * rate[i] *
                                flyt_fertility_factor(params, in_couple(s), k);
                }
            }
        }
        norm[group] = weighted > 0.0 ? all / weighted : 1.0;
    }
}

/** Moves a share of the women in one cell to another, the recent mothers among them too. */
static void shift(struct flyt_women *women, int i, int from, int to, double rate_month)
{
    double p = 1.0 - flyt_num_exp(-rate_month);
    for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
        double n = women->n[i][from][k] * p, recent = women->recent[i][from][k] * p;
        women->n[i][from][k] -= n;
        women->n[i][to][k] += n;
        women->recent[i][from][k] -= recent;
        women->recent[i][to][k] += recent;
    }
}

static void give_birth(const struct flyt_fertility_params *params, struct flyt_women *women, int i,
                       double rate)
{
    for (int s = 0; s < FLYT_N_STANDINGS; s++) {
        int to = s == FLYT_STANDING_home ? FLYT_STANDING_single : s;
        double born[FLYT_CHILDREN + 1] = {0};
        for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
            double waiting = women->n[i][s][k] - women->recent[i][s][k];
            double monthly = rate * flyt_fertility_factor(params, in_couple(s), k) / MONTHS;
            born[k] = waiting * (1.0 - flyt_num_exp(-monthly));
            women->n[i][s][k] -= born[k];
        }
        for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
            women->n[i][to][k + 1] += born[k];
            women->recent[i][to][k + 1] += born[k];
        }
    }
}

/** One month of women aged 15 + i. */
static void month_of_age(const struct flyt_fertility_params *params,
                         const struct flyt_women_rates *rates, struct flyt_women *women, int i,
                         double rate)
{
    for (int s = 0; s < FLYT_N_STANDINGS; s++) { /* a steady share grows out of the interval */
        for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
            women->recent[i][s][k] *= 1.0 - 1.0 / params->months_between;
        }
    }
    give_birth(params, women, i, rate);
    double with_children = 0.0, couples = 0.0;
    for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
        couples += women->n[i][FLYT_STANDING_cohabiting][k];
        with_children += k > 0 ? women->n[i][FLYT_STANDING_cohabiting][k] : 0.0;
    }
    double share = couples > 0.0 ? with_children / couples : 0.0;
    double marry = rates->marry[0] * (1.0 - share) + rates->marry[1] * share;
    shift(women, i, FLYT_STANDING_cohabiting, FLYT_STANDING_married, marry / MONTHS);
    shift(women, i, FLYT_STANDING_cohabiting, FLYT_STANDING_single, rates->separate[0][i] / MONTHS);
    shift(women, i, FLYT_STANDING_married, FLYT_STANDING_single, rates->separate[1][i] / MONTHS);
    shift(women, i, FLYT_STANDING_single, FLYT_STANDING_cohabiting, rates->unite[i] / MONTHS);
    shift(women, i, FLYT_STANDING_home, FLYT_STANDING_single, rates->leave[i] / MONTHS);
}

static void grow_older(struct flyt_women *women)
{
    for (int i = FLYT_FERTILE_AGES - 1; i > 0; i--) {
        for (int s = 0; s < FLYT_N_STANDINGS; s++) {
            for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
                women->n[i][s][k] = women->n[i - 1][s][k];
                women->recent[i][s][k] = women->recent[i - 1][s][k];
            }
        }
    }
}

void flyt_fertility_project(const struct flyt_fertility_params *params,
                            const struct flyt_women_rates *rates, struct flyt_women *women)
{
    double rate[FLYT_FERTILE_AGES], norm[FLYT_FERTILE_GROUPS];
    flyt_fertility_by_age(params, rate);
    flyt_fertility_norm(params, women, norm);
    double girls[FLYT_N_STANDINGS][FLYT_CHILDREN + 1];
    for (int s = 0; s < FLYT_N_STANDINGS; s++) {
        for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
            girls[s][k] = women->n[0][s][k];
        }
    }
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        for (int month = 0; month < MONTHS; month++) {
            month_of_age(params, rates, women, i, rate[i] * norm[i / YEARS_IN_GROUP]);
        }
    }
    grow_older(women);
    for (int s = 0; s < FLYT_N_STANDINGS; s++) {
        for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
            women->n[0][s][k] = girls[s][k];
            women->recent[0][s][k] = 0.0;
        }
    }
}
