/**
 * @file segregation.c
 * @brief Tables of persons, and the two-group and multigroup measures of evenness and exposure.
 *
 * Reardon & Firebaugh 2002 for the multigroup forms; the others as in docs/segregation.md.
 */
#include "output/segregation.h"

#include <math.h>
#include <string.h>

#include "output/segregation_sum.h"
#include "sim/num.h"

const char *flyt_segregation_name(enum flyt_segregation_index index)
{
    static const char *const names[] = {
#define X(name, en, da) #name,
        FLYT_SEGREGATION_INDICES(X)
#undef X
    };
    return names[index];
}

const char *flyt_segregation_title(enum flyt_segregation_index index, enum flyt_lang lang)
{
    static const char *const titles[][2] = {
#define X(name, en, da) {en, da},
        FLYT_SEGREGATION_INDICES(X)
#undef X
    };
    return titles[index][lang == FLYT_DA ? 1 : 0];
}

/* ---- tables -------------------------------------------------------------------------------- */

enum flyt_status flyt_segregation_table_room(struct flyt_segregation_table *table, uint32_t n_units,
                                             uint32_t n_groups, struct flyt_arena *arena)
{
    *table = (struct flyt_segregation_table){
        .n_units = n_units,
        .n_groups = n_groups,
        .row = FLYT_ARENA_ARRAY(arena, uint32_t, n_units),
        .persons = FLYT_ARENA_ARRAY(arena, double, (size_t)n_groups *n_units),
        .unit_total = FLYT_ARENA_ARRAY(arena, double, n_units),
        .group_total = FLYT_ARENA_ARRAY(arena, double, n_groups),
    };
    if (table->row == NULL || table->persons == NULL || table->unit_total == NULL ||
        table->group_total == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n_units; i++) {
        table->row[i] = i;
    }
    return FLYT_OK;
}

void flyt_segregation_table_sum(struct flyt_segregation_table *table)
{
    const uint32_t n = table->n_units;
    for (uint32_t i = 0; i < n; i++) {
        table->unit_total[i] = 0.0;
    }
    table->total = 0.0;
    for (uint32_t g = 0; g < table->n_groups; g++) {
        const double *persons = table->persons + (size_t)g * n;
        for (uint32_t i = 0; i < n; i++) {
            table->unit_total[i] += persons[i];
        }
        table->group_total[g] = flyt_segregation_sum(persons, n);
        table->total += table->group_total[g];
    }
}

static bool is_empty(const struct flyt_segregation_counts *counts, uint32_t unit)
{
    const uint32_t *row = counts->count + (size_t)unit * counts->n_groups;
    for (uint32_t g = 0; g < counts->n_groups; g++) {
        if (row[g] > 0) {
            return false;
        }
    }
    return true;
}

enum flyt_status flyt_segregation_table_init(struct flyt_segregation_table *table,
                                             const struct flyt_segregation_counts *counts,
                                             struct flyt_arena *arena)
{
    uint32_t n_kept = 0;
    for (uint32_t i = 0; i < counts->n_units; i++) {
        n_kept += is_empty(counts, i) ? 0 : 1;
    }
    FLYT_TRY(flyt_segregation_table_room(table, n_kept, counts->n_groups, arena));
    uint32_t kept = 0;
    for (uint32_t i = 0; i < counts->n_units; i++) {
        if (is_empty(counts, i)) {
            continue;
        }
        table->row[kept] = i;
        for (uint32_t g = 0; g < counts->n_groups; g++) {
            table->persons[(size_t)g * n_kept + kept] =
                (double)counts->count[(size_t)i * counts->n_groups + g];
        }
        kept++;
    }
    flyt_segregation_table_sum(table);
    return FLYT_OK;
}

enum flyt_status flyt_segregation_scratch_init(struct flyt_segregation_scratch *scratch,
                                               uint32_t n_units, uint32_t n_groups,
                                               struct flyt_arena *arena)
{
    bool failed = false;
    *scratch = (struct flyt_segregation_scratch){.n_units = n_units, .n_groups = n_groups};
    for (int i = 0; i < 2; i++) {
        scratch->key[i] = FLYT_ARENA_ARRAY(arena, uint64_t, n_units);
        scratch->order[i] = FLYT_ARENA_ARRAY(arena, uint32_t, n_units);
        failed = failed || scratch->key[i] == NULL || scratch->order[i] == NULL;
    }
    for (size_t i = 0; i < FLYT_COUNT(scratch->real); i++) {
        scratch->real[i] = FLYT_ARENA_ARRAY(arena, double, n_units);
        failed = failed || scratch->real[i] == NULL;
    }
    scratch->smooth = FLYT_ARENA_ARRAY(arena, double, ((size_t)n_groups + 1) * n_units);
    return failed || scratch->smooth == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_segregation_measures_init(struct flyt_segregation_measures *measures,
                                                uint32_t n_groups, struct flyt_arena *arena)
{
    const size_t n_pairs = (size_t)n_groups * n_groups;
    *measures = (struct flyt_segregation_measures){
        .n_groups = n_groups,
        .value = FLYT_ARENA_ARRAY(arena, double, ((size_t)n_groups + 1) * FLYT_SEGREGATION_N),
        .interaction = FLYT_ARENA_ARRAY(arena, double, n_pairs),
        .unbiased = FLYT_ARENA_ARRAY(arena, double, n_pairs),
        .information = FLYT_ARENA_ARRAY(arena, double, n_groups),
    };
    return measures->value == NULL || measures->interaction == NULL || measures->unbiased == NULL ||
                   measures->information == NULL
               ? FLYT_ERR_MEMORY
               : FLYT_OK;
}

/* ---- two groups ---------------------------------------------------------------------------- */

/** Sum over i<j in ascending order of x_i/t_i of t_i t_j |p_i - p_j|. */
static double gini_sum(const double *x, const double *t, uint32_t n,
                       struct flyt_segregation_scratch *scratch)
{
    double *share = scratch->real[0], *term = scratch->real[1];
    for (uint32_t i = 0; i < n; i++) {
        share[i] = t[i] > 0.0 ? x[i] / t[i] : 0.0;
    }
    flyt_segregation_sort(share, n, scratch);
    double x_before = 0.0, t_before = 0.0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = scratch->order[0][k];
        term[k] = x[i] * t_before - t[i] * x_before;
        x_before += x[i];
        t_before += t[i];
    }
    return flyt_segregation_sum(term, n);
}

/** Sum of x_i ln((x_i / t_i) / p) with 0 ln 0 = 0. */
static double information_sum(const double *x, const double *t, uint32_t n, double p,
                              struct flyt_segregation_scratch *scratch)
{
    double *ratio = scratch->real[0];
    for (uint32_t i = 0; i < n; i++) {
        ratio[i] = x[i] > 0.0 ? x[i] / t[i] / p : 1.0;
    }
    flyt_num_log_n(ratio, ratio, n);
    for (uint32_t i = 0; i < n; i++) {
        ratio[i] *= x[i];
    }
    return flyt_segregation_sum(ratio, n);
}

static double atkinson(const double *x, const double *y, const double *t, uint32_t n, double b,
                       double p, double total, struct flyt_segregation_scratch *scratch)
{
    double *term = scratch->real[0];
    for (uint32_t i = 0; i < n; i++) {
        if (b == 0.5) {
            term[i] = sqrt(x[i] * y[i]);
        } else if (x[i] > 0.0 && y[i] > 0.0) {
            term[i] = t[i] * flyt_num_exp((1.0 - b) * flyt_num_log(y[i] / t[i]) +
                                          b * flyt_num_log(x[i] / t[i]));
        } else {
            term[i] = 0.0;
        }
    }
    double mean = flyt_segregation_sum(term, n) / (p * total);
    double power = b == 0.5 ? mean * mean : mean > 0.0 ? flyt_num_pow(mean, 1.0 / (1.0 - b)) : 0.0;
    return 1.0 - p / (1.0 - p) * power;
}

/** Isolation, interaction and the measures that are functions of isolation. */
static void exposure(const double *x, const double *y, const double *t, uint32_t n, double x_all,
                     double p, struct flyt_segregation_scratch *scratch, double *value)
{
    double *own = scratch->real[0], *other = scratch->real[1], *spread = scratch->real[2];
    for (uint32_t i = 0; i < n; i++) {
        double share = t[i] > 0.0 ? x[i] / t[i] : 0.0;
        own[i] = x[i] * share;
        other[i] = t[i] > 0.0 ? x[i] * (y[i] / t[i]) : 0.0;
        spread[i] = t[i] * (share - p) * (share - p);
    }
    value[FLYT_SEGREGATION_isolation] = flyt_segregation_sum(own, n) / x_all;
    value[FLYT_SEGREGATION_interaction] = flyt_segregation_sum(other, n) / x_all;
    /* (xPx - P) / (1 - P), without the difference of near equals */
    value[FLYT_SEGREGATION_correlation_ratio] =
        flyt_segregation_sum(spread, n) / (x_all * (1.0 - p));
}

static double at_least_0(double value)
{
    return value < 0.0 ? 0.0 : value; /* rounding only: the measures cannot be negative */
}

/** The measures into value[]; returns the sum of x ln((x / t) / P), 0 where nothing is defined. */
static double two_group(const double *x, const double *y, uint32_t n_units, double atkinson_b,
                        struct flyt_segregation_scratch *scratch, double *value)
{
    for (int i = FLYT_SEGREGATION_dissimilarity; i <= FLYT_SEGREGATION_hutchens; i++) {
        value[i] = NAN;
    }
    const double x_all = flyt_segregation_sum(x, n_units), y_all = flyt_segregation_sum(y, n_units);
    if (!(x_all > 0.0) || !(y_all > 0.0)) {
        return 0.0;
    }
    const double total = x_all + y_all, p = x_all / total, q = y_all / total;
    double *term = scratch->real[0], *t = scratch->real[3];
    for (uint32_t i = 0; i < n_units; i++) {
        t[i] = x[i] + y[i];
        term[i] = fabs(x[i] / x_all - y[i] / y_all);
    }
    value[FLYT_SEGREGATION_dissimilarity] = 0.5 * flyt_segregation_sum(term, n_units);
    for (uint32_t i = 0; i < n_units; i++) {
        term[i] = sqrt(x[i] / x_all * (y[i] / y_all));
    }
    value[FLYT_SEGREGATION_hutchens] = at_least_0(1.0 - flyt_segregation_sum(term, n_units));
    value[FLYT_SEGREGATION_gini] = at_least_0(gini_sum(x, t, n_units, scratch) / (x_all * y_all));
    exposure(x, y, t, n_units, x_all, p, scratch, value);
    const double own = information_sum(x, t, n_units, p, scratch);
    const double m = at_least_0((own + information_sum(y, t, n_units, q, scratch)) / total);
    value[FLYT_SEGREGATION_theil_m] = m;
    value[FLYT_SEGREGATION_theil_h] = m / -(flyt_num_x_log_x(p) + flyt_num_x_log_x(q));
    value[FLYT_SEGREGATION_atkinson] =
        at_least_0(atkinson(x, y, t, n_units, atkinson_b, p, total, scratch));
    return own;
}

void flyt_segregation_two_group(const double *x, const double *y, uint32_t n_units,
                                double atkinson_b, struct flyt_segregation_scratch *scratch,
                                double *value)
{
    (void)two_group(x, y, n_units, atkinson_b, scratch, value);
}

/* ---- many groups --------------------------------------------------------------------------- */

/**
 * Multigroup forms from the two-group ones of each group against the rest: with I the sum of
 * P (1 - P), D is the mean of D_g by P (1 - P), and so are G and R (of G_g, of eta squared).
 */
static void measure_all(const struct flyt_segregation_table *table, double information,
                        const double *of_groups, double *value)
{
    double interaction = 0.0, entropy = 0.0, d = 0.0, g_sum = 0.0, r = 0.0, c = 0.0, present = 0.0;
    for (uint32_t g = 0; g < table->n_groups; g++) {
        const double *of_group = of_groups + (size_t)g * FLYT_SEGREGATION_N;
        const double p = table->group_total[g] / table->total, weight = p * (1.0 - p);
        if (!(weight > 0.0)) {
            continue;
        }
        present += 1.0;
        interaction += weight;
        entropy -= flyt_num_x_log_x(p);
        d += weight * of_group[FLYT_SEGREGATION_dissimilarity];
        g_sum += weight * of_group[FLYT_SEGREGATION_gini];
        r += weight * of_group[FLYT_SEGREGATION_correlation_ratio];
        c += (1.0 - p) * of_group[FLYT_SEGREGATION_correlation_ratio];
    }
    if (!(present >= 2.0)) {
        return;
    }
    const double m = at_least_0(information / table->total);
    value[FLYT_SEGREGATION_multigroup_dissimilarity] = d / interaction;
    value[FLYT_SEGREGATION_multigroup_gini] = g_sum / interaction;
    value[FLYT_SEGREGATION_theil_m] = m;
    value[FLYT_SEGREGATION_theil_h] = m / entropy;
    value[FLYT_SEGREGATION_relative_diversity] = r / interaction;
    value[FLYT_SEGREGATION_squared_cv] = c / (present - 1.0);
}

/** xPy of a group with all, plain and without bias: x(x-1)/(t-1) estimates t p^2. */
static void measure_pairs(const struct flyt_segregation_table *table, uint32_t g,
                          struct flyt_segregation_scratch *scratch, double *plain, double *unbiased)
{
    const uint32_t n = table->n_units, n_groups = table->n_groups;
    double *term = scratch->real[0], *fair = scratch->real[1];
    double *share = scratch->real[2], *chance = scratch->real[3];
    const double *x = table->persons + (size_t)g * n, x_all = table->group_total[g];
    double x_in_two = 0.0; /* persons who have somebody beside them */
    for (uint32_t i = 0; i < n; i++) {
        const double t = table->unit_total[i];
        share[i] = x[i] / t;
        chance[i] = t > 1.0 ? x[i] / (t - 1.0) : 0.0;
        x_in_two += t > 1.0 ? x[i] : 0.0;
    }
    for (uint32_t h = 0; h < n_groups; h++) {
        const double *y = table->persons + (size_t)h * n, self = g == h ? 1.0 : 0.0;
        for (uint32_t i = 0; i < n; i++) {
            term[i] = share[i] * y[i];
            fair[i] = chance[i] * (y[i] - self);
        }
        const size_t at = (size_t)g * n_groups + h;
        plain[at] = x_all > 0.0 ? flyt_segregation_sum(term, n) / x_all : NAN;
        unbiased[at] = x_in_two > 0.0 ? flyt_segregation_sum(fair, n) / x_in_two : NAN;
    }
}

static void measure_group_in_space(const struct flyt_segregation_table *table, uint32_t group,
                                   const struct flyt_segregation_space *space,
                                   struct flyt_segregation_scratch *scratch, double *value)
{
    const double *x = table->persons + (size_t)group * table->n_units, *t = table->unit_total;
    if (!(value[FLYT_SEGREGATION_dissimilarity] >= 0.0)) {
        return; /* everybody or nobody is in this group */
    }
    if (space->adjacent != NULL) {
        value[FLYT_SEGREGATION_moran] =
            flyt_segregation_moran(x, t, table->n_units, space->adjacent, scratch->real[0]);
        value[FLYT_SEGREGATION_morrill_dissimilarity] = flyt_segregation_morrill(
            x, t, table->n_units, space->adjacent, value[FLYT_SEGREGATION_dissimilarity]);
    }
    if (space->area_km2 != NULL) {
        value[FLYT_SEGREGATION_relative_concentration] =
            flyt_segregation_concentration(x, t, space->area_km2, table->n_units, scratch);
    }
}

/** What is about one group: against the rest, and with every other. */
static void measure_group(const struct flyt_segregation_table *table,
                          const struct flyt_segregation_options *options, uint32_t g,
                          struct flyt_segregation_scratch *scratch,
                          struct flyt_segregation_measures *out)
{
    const uint32_t n = table->n_units;
    double *value = out->value + (size_t)g * FLYT_SEGREGATION_N, *rest = scratch->smooth;
    const double *x = table->persons + (size_t)g * n;
    for (int i = 0; i < FLYT_SEGREGATION_N; i++) {
        value[i] = NAN;
    }
    for (uint32_t i = 0; i < n; i++) {
        rest[i] = table->unit_total[i] - x[i];
    }
    out->information[g] = two_group(x, rest, n, options->atkinson_b, scratch, value);
    measure_group_in_space(table, g, &options->space, scratch, value);
    measure_pairs(table, g, scratch, out->interaction, out->unbiased);
}

/** What is about all groups at once, from what is about each. */
static void measure_together(const struct flyt_segregation_table *table,
                             const struct flyt_segregation_options *options,
                             struct flyt_segregation_scratch *scratch,
                             struct flyt_segregation_measures *out)
{
    const uint32_t n_groups = table->n_groups;
    double *all = out->value + (size_t)n_groups * FLYT_SEGREGATION_N, information = 0.0;
    for (uint32_t g = 0; g < n_groups; g++) {
        information += out->information[g];
    }
    for (int i = 0; i < FLYT_SEGREGATION_N; i++) {
        all[i] = NAN;
    }
    measure_all(table, information, out->value, all);
    if (n_groups >= 3) {
        flyt_segregation_rank_order(table, scratch, &all[FLYT_SEGREGATION_rank_order_h],
                                    &all[FLYT_SEGREGATION_rank_order_r]);
    }
    if (options->space.kernel != NULL) {
        flyt_segregation_spatial_h(table, options->space.kernel, scratch,
                                   out->value + FLYT_SEGREGATION_spatial_theil_h,
                                   FLYT_SEGREGATION_N);
    }
}

void flyt_segregation_measure(const struct flyt_segregation_table *table,
                              const struct flyt_segregation_options *options,
                              struct flyt_segregation_scratch *scratch,
                              struct flyt_segregation_measures *out)
{
    for (uint32_t g = 0; g < table->n_groups; g++) {
        measure_group(table, options, g, scratch, out);
    }
    measure_together(table, options, scratch, out);
}

struct wide_job {
    const struct flyt_segregation_table *table;
    const struct flyt_segregation_options *options;
    struct flyt_segregation_scratch *scratch; /* [n_scratch] */
    uint32_t n_scratch;
    struct flyt_segregation_measures *out;
};

static void measure_some(void *job_, uint32_t worker)
{
    const struct wide_job *job = job_;
    for (uint32_t g = worker; g < job->table->n_groups; g += job->n_scratch) {
        measure_group(job->table, job->options, g, &job->scratch[worker], job->out);
    }
}

void flyt_segregation_measure_wide(const struct flyt_segregation_table *table,
                                   const struct flyt_segregation_options *options,
                                   const struct flyt_par *par,
                                   struct flyt_segregation_scratch *scratch, uint32_t n_scratch,
                                   struct flyt_segregation_measures *out)
{
    struct wide_job job = {table, options, scratch, n_scratch, out};
    flyt_par_tasks(par, n_scratch, measure_some, &job);
    measure_together(table, options, scratch, out);
}
