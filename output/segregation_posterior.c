/**
 * @file segregation_posterior.c
 * @brief Empirical Bayes estimates of the measures of the units' own chances.
 *
 * Given the distribution of the chances every unit has a posterior. The estimate is the measure of
 * their mixture. Its variance is that of the units' chances about their posterior means, and of the
 * distribution itself, which is an estimate: both by the measure's influence function (Efron 2016;
 * Morris 1983). The units are those of the table and no sample of others, so how the
 * chances differ from unit to unit does not count.
 */
#include "output/segregation_posterior.h"

#include <math.h>
#include <string.h>

#include "output/segregation_classes.h"
#include "output/segregation_influence.h"
#include "output/segregation_prior.h"
#include "sim/num.h"

enum { GRID = FLYT_SEGREGATION_GRID, MODELS = FLYT_SEGREGATION_MODELS };

static const uint8_t own_index[FLYT_SUM_ALL_D] = {
    FLYT_SEGREGATION_dissimilarity, FLYT_SEGREGATION_gini,    FLYT_SEGREGATION_correlation_ratio,
    FLYT_SEGREGATION_theil_m,       FLYT_SEGREGATION_theil_h, FLYT_SEGREGATION_hutchens,
    FLYT_SEGREGATION_atkinson};

static const uint8_t all_index[FLYT_SUM_N_ALL] = {FLYT_SEGREGATION_multigroup_dissimilarity,
                                                  FLYT_SEGREGATION_multigroup_gini,
                                                  FLYT_SEGREGATION_relative_diversity,
                                                  FLYT_SEGREGATION_squared_cv,
                                                  FLYT_SEGREGATION_theil_m,
                                                  FLYT_SEGREGATION_theil_h};

/** With two groups the measures of all are those of either. */
static const uint8_t twin[FLYT_SUM_N_ALL] = {FLYT_SUM_D,   FLYT_SUM_G, FLYT_SUM_ETA,
                                             FLYT_SUM_ETA, FLYT_SUM_M, FLYT_SUM_H};

struct group {
    struct flyt_segregation_rows rows;
    uint32_t *of_unit; /* [n_units] row */
    double share;      /* P in the table */
    bool is_present, is_segregated;
    struct flyt_segregation_prior *prior; /* [MODELS] */
    double *chance;                       /* [rows] posterior mean */
    double *slope; /* [rows][N_ALL] of an estimate by a person of the group */
    double value[FLYT_SUM_N], variance[FLYT_SUM_N];
    double gain; /* evidence of segregation */
};

struct job {
    const struct flyt_segregation_table *table;
    struct flyt_segregation_scratch *scratch;
    uint32_t n_workers;
    struct flyt_segregation_whole whole;
    struct group *group; /* [n_groups] */
};

/* ---- one model of one group ----------------------------------------------------------------- */

/** Influence at the points, their slopes by the logit of the chance, and the measures' slopes by
 *  the parameters. */
struct slopes {
    double psi[FLYT_SUM_N][GRID], by_logit[FLYT_SUM_N][GRID];
    double by_parameter[FLYT_SUM_N][GRID]; /* then solved */
    double logit[GRID];
};

static void fill_slopes(const struct flyt_segregation_points *mixture,
                        const struct flyt_segregation_prior *prior, struct slopes *out)
{
    const double step = 1e-4;
    for (int k = 0; k < prior->n; k++) {
        const double x = prior->chance[k], near = step * x * (1.0 - x);
        double psi[FLYT_SUM_N], above[FLYT_SUM_N], below[FLYT_SUM_N];
        flyt_segregation_points_influence(mixture, x, psi);
        if (prior->is_kinds) {
            flyt_segregation_points_influence(mixture, x + near, above);
            flyt_segregation_points_influence(mixture, x - near, below);
        }
        for (int f = 0; f < FLYT_SUM_N; f++) {
            out->psi[f][k] = psi[f];
            out->by_logit[f][k] = prior->is_kinds ? (above[f] - below[f]) / (2.0 * step) : 0.0;
            out->by_parameter[f][k] = 0.0;
            if (prior->is_kinds) {
                out->by_parameter[f][prior->n + k] = 0.0;
            }
        }
        out->logit[k] = prior->log_in[k] - prior->log_out[k];
    }
}

/** Adds a row: variance of the chances about their posterior means, slopes by parameters. */
static void add_row(const struct flyt_segregation_prior *prior,
                    const struct flyt_segregation_rows *rows, uint32_t i, double total,
                    struct slopes *slopes, double *variance)
{
    double post[GRID];
    struct flyt_segregation_range range;
    (void)flyt_segregation_prior_row(prior, rows, i, post, &range);
    const double w = rows->size[i] / total, units = rows->units[i];
    for (int f = 0; f < FLYT_SUM_N; f++) {
        const double *psi = slopes->psi[f];
        double mean = 0.0, square = 0.0, *to = slopes->by_parameter[f];
        for (int k = range.from; k < range.to; k++) {
            mean += post[k] * psi[k];
        }
        for (int k = range.from; k < range.to; k++) {
            const double away = psi[k] - mean;
            square += post[k] * away * away;
            to[k] += units * w * post[k] * away;
            if (prior->is_kinds) {
                const double score = rows->persons[i] - rows->size[i] * prior->chance[k];
                to[prior->n + k] += units * w * post[k] * (slopes->by_logit[f][k] + away * score);
            }
        }
        variance[f] += units * w * w * square;
    }
}

/** Adds what the estimates of a row's unit grow by with one more person of the group in it. */
static void add_person(const struct flyt_segregation_prior *prior, const struct group *group,
                       uint32_t i, double total, const struct slopes *slopes, double evidence)
{
    const struct flyt_segregation_rows *rows = &group->rows;
    double post[GRID], logit = 0.0, chance = 0.0;
    struct flyt_segregation_range range;
    (void)flyt_segregation_prior_row(prior, rows, i, post, &range);
    for (int k = range.from; k < range.to; k++) {
        logit += post[k] * slopes->logit[k];
        chance += post[k] * prior->chance[k];
    }
    group->chance[i] += evidence * chance;
    for (int f = 0; f < FLYT_SUM_N_ALL; f++) {
        const double *psi = slopes->psi[FLYT_SUM_ALL_D + f],
                     *by = slopes->by_parameter[FLYT_SUM_ALL_D + f];
        double slope = 0.0;
        for (int k = range.from; k < range.to; k++) {
            double at = psi[k] * rows->size[i] / total + by[k];
            if (prior->is_kinds) {
                const double of_chance = by[prior->n + k];
                at += of_chance * (rows->persons[i] - rows->size[i] * prior->chance[k]);
                slope += post[k] * of_chance;
            }
            slope += post[k] * at * (slopes->logit[k] - logit);
        }
        group->slope[(size_t)i * FLYT_SUM_N_ALL + (size_t)f] += evidence * slope;
    }
}

/** Values and variances of the functions under one model; slopes by its evidence (sum 1). */
static void measure_model(const struct job *job, const struct group *group,
                          const struct flyt_segregation_prior *prior, double evidence,
                          double *value, double *variance)
{
    const struct flyt_segregation_rows *rows = &group->rows;
    const double total = job->whole.total;
    struct flyt_segregation_points mixture = {.whole = &job->whole,
                                              .n = prior->n,
                                              .is_density = !prior->is_kinds,
                                              .chance = prior->chance};
    struct slopes slopes;
    for (uint32_t i = 0; i < rows->n; i++) {
        double post[GRID];
        struct flyt_segregation_range range;
        (void)flyt_segregation_prior_row(prior, rows, i, post, &range);
        for (int k = range.from; k < range.to; k++) {
            mixture.weight[k] += rows->units[i] * rows->size[i] / total * post[k];
        }
    }
    flyt_segregation_points_sum(&mixture);
    flyt_segregation_points_values(&mixture, value);
    fill_slopes(&mixture, prior, &slopes);
    memset(variance, 0, sizeof(double) * FLYT_SUM_N);
    for (uint32_t i = 0; i < rows->n; i++) {
        add_row(prior, rows, i, total, &slopes, variance);
    }
    for (int f = 0; f < FLYT_SUM_N; f++) {
        double before[GRID];
        memcpy(before, slopes.by_parameter[f], sizeof before);
        flyt_segregation_prior_solve(prior, slopes.by_parameter[f]);
        for (int k = 0; k < prior->n_parameters; k++) {
            variance[f] += before[k] * slopes.by_parameter[f][k];
        }
    }
    for (uint32_t i = 0; i < rows->n; i++) {
        add_person(prior, group, i, total, &slopes, evidence);
    }
}

/* ---- one group ------------------------------------------------------------------------------ */

/** Averages the models by a power of their evidence; how they differ adds to the variance. */
static void average_models(const struct job *job, struct group *group)
{
    const double power = flyt_segregation_prior_power(job->table->n_units);
    double share[MODELS], best = -HUGE_VAL, sum = 0.0, value[MODELS][FLYT_SUM_N],
                          variance[MODELS][FLYT_SUM_N];
    for (int m = 0; m < MODELS; m++) {
        best = group->prior[m].evidence > best ? group->prior[m].evidence : best;
    }
    for (int m = 0; m < MODELS; m++) {
        const double behind = power * (best - group->prior[m].evidence);
        share[m] = behind < FLYT_SEGREGATION_FAR
                       ? flyt_segregation_prior_odds(&group->prior[m]) * flyt_num_exp(-behind)
                       : 0.0;
        sum += share[m];
    }
    for (int m = 0; m < MODELS; m++) {
        share[m] /= sum;
        if (share[m] > 0.0) {
            measure_model(job, group, &group->prior[m], share[m], value[m], variance[m]);
        }
        for (int f = 0; f < FLYT_SUM_N && share[m] > 0.0; f++) {
            group->value[f] += share[m] * value[m][f];
        }
    }
    for (int m = 0; m < MODELS; m++) {
        for (int f = 0; f < FLYT_SUM_N && share[m] > 0.0; f++) {
            const double away = value[m][f] - group->value[f];
            group->variance[f] += share[m] * (variance[m][f] + away * away);
        }
    }
}

static void number_groups(void *job_, uint32_t worker)
{
    const struct job *job = job_;
    const uint32_t n = job->table->n_units;
    for (uint32_t g = worker; g < job->table->n_groups; g += job->n_workers) {
        struct group *group = &job->group[g];
        if (group->is_present) {
            group->rows.n = flyt_segregation_classes_number(
                job->table->persons + (size_t)g * n, job->table->unit_total, n,
                FLYT_SEGREGATION_FINE, &job->scratch[worker], group->of_unit);
        }
    }
}

/** Whether the group shares some unit with others. */
static bool is_mixed(const struct flyt_segregation_table *table, uint32_t g)
{
    const double *x = table->persons + (size_t)g * table->n_units;
    for (uint32_t i = 0; i < table->n_units; i++) {
        if (x[i] > 0.0 && x[i] < table->unit_total[i]) {
            return true;
        }
    }
    return false;
}

static void measure_group(void *job_, uint32_t g)
{
    const double refuted = 6.9; /* a thousand to one */
    const struct job *job = job_;
    const struct flyt_segregation_table *table = job->table;
    struct group *group = &job->group[g];
    struct flyt_segregation_rows *rows = &group->rows;
    if (!group->is_present) {
        return;
    }
    for (uint32_t i = 0; i < table->n_units; i++) {
        const uint32_t row = group->of_unit[i];
        rows->units[row] += 1.0;
        rows->size[row] += table->unit_total[i];
        rows->persons[row] += table->persons[(size_t)g * table->n_units + i];
    }
    for (uint32_t i = 0; i < rows->n; i++) {
        rows->size[i] /= rows->units[i];
        rows->persons[i] /= rows->units[i];
    }
    const double none = flyt_segregation_prior_fit(rows, group->prior);
    group->gain = -HUGE_VAL;
    for (int m = 0; m < MODELS; m++) {
        const double gain = group->prior[m].evidence - none;
        group->gain = gain > group->gain ? gain : group->gain;
    }
    /* where nobody ever meets another group there is no noise */
    group->is_segregated = group->gain > refuted && is_mixed(table, g);
    average_models(job, group);
}

/* ---- all groups ----------------------------------------------------------------------------- */

/**
 * Variances of the sums over groups: persons of one group in a unit leave no room for others, which
 * changes them by the factor by which it changes the variance that noise alone causes.
 */
static void add_covariances(const struct job *job, double *variance)
{
    const uint32_t n_groups = job->table->n_groups;
    double apart[FLYT_SUM_N_ALL] = {0.0}, together[FLYT_SUM_N_ALL] = {0.0};
    for (uint32_t i = 0; i < job->table->n_units; i++) {
        const double size = job->table->unit_total[i];
        double sum[FLYT_SUM_N_ALL] = {0.0};
        for (uint32_t g = 0; g < n_groups; g++) {
            const struct group *group = &job->group[g];
            if (!group->is_present) {
                continue;
            }
            const uint32_t row = group->of_unit[i];
            const double p = group->chance[row];
            for (int f = 0; f < FLYT_SUM_N_ALL; f++) {
                const double slope = group->slope[(size_t)row * FLYT_SUM_N_ALL + (size_t)f];
                const double own = size * p * slope * slope;
                sum[f] += p * slope;
                apart[f] += own * (1.0 - p);
                together[f] += own;
            }
        }
        for (int f = 0; f < FLYT_SUM_N_ALL; f++) {
            together[f] -= size * sum[f] * sum[f];
        }
    }
    for (int f = 0; f < FLYT_SUM_N_ALL; f++) {
        variance[f] *= apart[f] > 0.0 ? together[f] / apart[f] : 1.0;
    }
}

/** @param most  that the measure can be */
static void set(double value, double variance, double most,
                struct flyt_segregation_estimate *estimate)
{
    const double z = 1.959963984540054, reach = z * sqrt(variance);
    if (!(estimate->value == estimate->value) || !(variance >= 0.0)) {
        return;
    }
    /* noise can only add to these on average, so no value is corrected upwards */
    value = value > estimate->value ? estimate->value : value < 0.0 ? 0.0 : value;
    estimate->corrected = value;
    estimate->low = value - reach > 0.0 ? value - reach : 0.0;
    estimate->high = value + reach < most ? value + reach : most;
}

static void set_estimates(const struct job *job, struct flyt_segregation_estimates *out)
{
    const uint32_t n_groups = job->table->n_groups;
    double value[FLYT_SUM_N_ALL] = {0.0}, variance[FLYT_SUM_N_ALL] = {0.0};
    bool is_segregated = false;
    for (uint32_t g = 0; g < n_groups; g++) {
        const struct group *group = &job->group[g];
        struct flyt_segregation_estimate *own = out->index + (size_t)g * FLYT_SEGREGATION_N;
        is_segregated = is_segregated || group->is_segregated;
        for (int f = 0; group->is_segregated && f < FLYT_SUM_ALL_D; f++) {
            const double entropy =
                -flyt_num_x_log_x(group->share) - flyt_num_x_log_x(1.0 - group->share);
            set(group->value[f], group->variance[f], f == FLYT_SUM_M ? entropy : 1.0,
                &own[own_index[f]]);
        }
        for (int f = 0; group->is_present && f < FLYT_SUM_N_ALL; f++) {
            const bool two = job->whole.n_present == 2;
            value[f] = two ? group->value[twin[f]] : value[f] + group->value[FLYT_SUM_ALL_D + f];
            variance[f] =
                two ? group->variance[twin[f]] : variance[f] + group->variance[FLYT_SUM_ALL_D + f];
        }
    }
    if (job->whole.n_present > 2) {
        add_covariances(job, variance);
    }
    for (int f = 0; is_segregated && f < FLYT_SUM_N_ALL; f++) {
        set(value[f], variance[f], FLYT_SUM_ALL_D + f == FLYT_SUM_ALL_M ? job->whole.entropy : 1.0,
            &out->index[(size_t)n_groups * FLYT_SEGREGATION_N + all_index[f]]);
    }
}

static void fill_whole(const struct flyt_segregation_table *table, double atkinson_b,
                       const struct flyt_segregation_estimates *out,
                       struct flyt_segregation_whole *whole)
{
    *whole = (struct flyt_segregation_whole){.total = table->total, .atkinson_b = atkinson_b};
    for (uint32_t g = 0; g < table->n_groups; g++) {
        const double p = table->group_total[g] / table->total;
        whole->n_present += p > 0.0 && p < 1.0 ? 1 : 0;
        whole->interaction += p * (1.0 - p);
        whole->entropy -= flyt_num_x_log_x(p);
    }
    for (int f = 0; f < FLYT_SUM_N_ALL; f++) {
        const struct flyt_segregation_estimate *all =
            &out->index[(size_t)table->n_groups * FLYT_SEGREGATION_N + all_index[f]];
        const double excess = all->value - all->baseline;
        whole->value[f] = excess > 0.0 ? excess : 0.0;
    }
}

enum flyt_status flyt_segregation_posterior_estimate(const struct flyt_segregation_table *table,
                                                     const struct flyt_segregation_options *options,
                                                     const struct flyt_par *par,
                                                     struct flyt_segregation_scratch *scratch,
                                                     uint32_t n_scratch, struct flyt_arena *arena,
                                                     struct flyt_segregation_estimates *out)
{
    struct job job = {.table = table,
                      .scratch = scratch,
                      .n_workers = n_scratch,
                      .group = FLYT_ARENA_ZERO(arena, struct group, table->n_groups)};
    if (job.group == NULL) {
        return FLYT_ERR_MEMORY;
    }
    fill_whole(table, options->atkinson_b, out, &job.whole);
    for (uint32_t g = 0; g < table->n_groups; g++) {
        struct group *group = &job.group[g];
        group->share = table->group_total[g] / table->total;
        group->is_present = group->share > 0.0 && group->share < 1.0;
        group->of_unit = FLYT_ARENA_ARRAY(arena, uint32_t, table->n_units);
        group->prior = FLYT_ARENA_ARRAY(arena, struct flyt_segregation_prior, MODELS);
        if (group->of_unit == NULL || group->prior == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    flyt_par_tasks(par, job.n_workers, number_groups, &job);
    for (uint32_t g = 0; g < table->n_groups; g++) {
        struct group *group = &job.group[g];
        const uint32_t n = group->rows.n;
        if (!group->is_present) {
            continue;
        }
        FLYT_TRY(flyt_segregation_rows_init(&group->rows, n, arena));
        group->chance = FLYT_ARENA_ZERO(arena, double, n);
        group->slope = FLYT_ARENA_ZERO(arena, double, (size_t)n *FLYT_SUM_N_ALL);
        if (group->chance == NULL || group->slope == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    flyt_par_tasks(par, table->n_groups, measure_group, &job);
    set_estimates(&job, out);
    return FLYT_OK;
}
