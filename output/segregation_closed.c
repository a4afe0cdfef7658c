#include "output/segregation_closed.h"

#include <math.h>

#include "output/segregation_closed_parts.h"
#include "output/segregation_expect.h"
#include "output/segregation_sum.h"
#include "sim/num.h"

enum { CUTS_MAX = 64 };

/** Sizes within this factor share a binomial law where the chance is the same. */
static const double LIKE_SIZE = 1.05;

enum flyt_status flyt_segregation_closed_init(struct flyt_segregation_closed *closed,
                                              uint32_t n_units, uint32_t n_groups,
                                              struct flyt_arena *arena)
{
    FLYT_TRY(flyt_segregation_scratch_init(&closed->scratch, n_units, n_groups, arena));
    FLYT_TRY(flyt_segregation_measures_init(&closed->measures, n_groups, arena));
    double **room[] = {&closed->chance, &closed->around, &closed->below, &closed->size_near};
    for (size_t i = 0; i < FLYT_COUNT(room); i++) {
        *room[i] = FLYT_ARENA_ARRAY(arena, double, n_units);
        if (*room[i] == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    closed->bin = FLYT_ARENA_ARRAY(arena, double, FLYT_SEGREGATION_BINS + 1);
    return closed->bin == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** eta^2 without the noise of units: from xPx by x (x - 1) / (t - 1), in [0, 1]. */
static double fair_ratio(const struct flyt_segregation_column *column,
                         struct flyt_segregation_scratch *scratch)
{
    double *pairs = scratch->real[0], *persons = scratch->real[1];
    for (uint32_t i = 0; i < column->n; i++) {
        const double x = column->x[i], t = column->t[i];
        pairs[i] = t > 1.0 ? x * (x - 1.0) / (t - 1.0) : 0.0;
        persons[i] = t > 1.0 ? x : 0.0;
    }
    const double isolation =
        flyt_segregation_sum(pairs, column->n) / flyt_segregation_sum(persons, column->n);
    const double ratio = (isolation - column->p) / (1.0 - column->p);
    return ratio > 0.0 ? ratio < 1.0 ? ratio : 1.0 : 0.0; /* NaN: 0 */
}

/** Chances of the units: observed shares drawn in, small units more, to the fair variance. The
 *  variance of a share is P Q (eta^2 + (1 - eta^2) / t), the second part noise. */
static void fill_chances(const struct flyt_segregation_column *column,
                         struct flyt_segregation_closed *closed)
{
    const double p = column->p, ratio = fair_ratio(column, &closed->scratch);
    double *square = closed->scratch.real[0];
    for (uint32_t i = 0; i < column->n; i++) {
        const double t = column->t[i];
        const double away = (column->x[i] / t - p) * ratio / (ratio + (1.0 - ratio) / t);
        closed->chance[i] = away;
        square[i] = t * away * away;
    }
    const double seen = flyt_segregation_sum(square, column->n) / (column->total * p * (1.0 - p));
    const double spread = seen > 0.0 ? sqrt(ratio / seen) : 0.0;
    for (uint32_t i = 0; i < column->n; i++) {
        const double chance = p + spread * closed->chance[i];
        closed->chance[i] = chance < 0.0 ? 0.0 : chance > 1.0 ? 1.0 : chance;
    }
}

static void clear_bins(struct flyt_segregation_sums *sums)
{
    for (int bin = 0; sums->bin != NULL && bin <= FLYT_SEGREGATION_BINS; bin++) {
        sums->bin[bin] = 0.0;
    }
}

/** Sums over tables with the same chance everywhere. Units in ascending order of size. */
static void sum_at_random(const struct flyt_segregation_column *column, flyt_segregation_adder *add,
                          const double *size, const uint32_t *order,
                          struct flyt_segregation_sums *sums)
{
    clear_bins(sums);
    for (uint32_t k = 0; k < column->n;) {
        const double most = size[order[k]] * LIKE_SIZE;
        double persons = 0.0, weight = 0.0, n = 0.0;
        for (; k < column->n && size[order[k]] <= most; k++) {
            persons += size[order[k]];
            weight += column->t[order[k]];
            n += 1.0;
        }
        add(sums, floor(persons / n + 0.5), column->p, weight);
    }
}

/** The mean chance, and bins emptied. */
static void start_sums(const struct flyt_segregation_column *column, const double *chance,
                       struct flyt_segregation_sums *sums)
{
    double centre = 0.0;
    for (uint32_t i = 0; i < column->n; i++) {
        centre += column->t[i] * chance[i];
    }
    sums->centre = centre / column->total;
    clear_bins(sums);
}

/** Sums over tables drawn from the chances. */
static void sum_tables(const struct flyt_segregation_column *column, flyt_segregation_adder *add,
                       const double *chance, const double *size, struct flyt_segregation_sums *sums)
{
    start_sums(column, chance, sums);
    for (uint32_t i = 0; i < column->n; i++) {
        add(sums, floor(size[i] + 0.5), chance[i], column->t[i]);
    }
}

/** Sums over the chances themselves. */
static void sum_truth(const struct flyt_segregation_column *column, const double *chance,
                      struct flyt_segregation_scratch *scratch, struct flyt_segregation_sums *sums)
{
    start_sums(column, chance, sums);
    flyt_segregation_sums_points(sums, chance, column->t, column->n, scratch->real[0],
                                 scratch->real[1]);
}

/** Sums at random, of tables with the chances, and of the chances. */
struct three_sums {
    struct flyt_segregation_sums random, tables, truth;
};

/** What the three sums of one group give, by index. */
struct three_values {
    double random[FLYT_SEGREGATION_N], tables[FLYT_SEGREGATION_N], truth[FLYT_SEGREGATION_N];
};

static void clear(double *value)
{
    for (int i = 0; i < FLYT_SEGREGATION_N; i++) {
        value[i] = NAN;
    }
}

/** The largest share that tables can well show, for the bins of Gini. */
static double widest_share(const struct flyt_segregation_column *column, const double *chance)
{
    double widest = 0.0;
    for (uint32_t i = 0; i < column->n; i++) {
        const double c = chance[i] > column->p ? chance[i] : column->p;
        const double high = c + 7.0 * sqrt(c * (1.0 - c) / column->t[i]) + 8.0 / column->t[i];
        widest = high > widest ? high : widest;
    }
    return widest < 1.0 ? widest : 1.0;
}

/** Fills the three of one column; its chances are those in `closed`. One set of bins serves all
 *  three, so measures are taken as soon as the sums are there. Not `all`: H and eta^2 only. */
static void expect_column(const struct flyt_segregation_column *column, double atkinson_b, bool all,
                          struct flyt_segregation_closed *closed, struct three_sums *sums,
                          struct three_values *values)
{
    const struct flyt_segregation_sums start = {
        .centre = column->p,
        .atkinson_b = atkinson_b,
        .bin = all ? closed->bin : NULL,
        .bin_width = widest_share(column, closed->chance) / FLYT_SEGREGATION_BINS,
    };
    flyt_segregation_adder *add =
        all ? flyt_segregation_sums_coarse : flyt_segregation_sums_entropy;
    *sums = (struct three_sums){start, start, start};
    flyt_segregation_sort(column->t, column->n, &closed->scratch);
    sum_at_random(column, add, column->t, closed->scratch.order[0], &sums->random);
    flyt_segregation_sums_measure(&sums->random, values->random);
    sum_tables(column, add, closed->chance, column->t, &sums->tables);
    flyt_segregation_sums_measure(&sums->tables, values->tables);
    sum_truth(column, closed->chance, &closed->scratch, &sums->truth);
    flyt_segregation_sums_measure(&sums->truth, values->truth);
}

static double at_least_0(double value)
{
    return value < 0.0 ? 0.0 : value;
}

/** Expected and corrected of the indices from `first` to `last`. */
static void correct(const struct three_values *values, int first, int last,
                    struct flyt_segregation_triple *out)
{
    for (int i = first; i <= last; i++) {
        out[i].expected = values->random[i];
        out[i].corrected = at_least_0(out[i].value - (values->tables[i] - values->truth[i]));
    }
}

/** H~ of one group: the sums of its surroundings have the entropies of H. */
static void expect_spatial_h(const struct flyt_segregation_column *column,
                             const struct flyt_segregation_neighbours *kernel,
                             struct flyt_segregation_closed *closed, struct three_sums *sums,
                             struct flyt_segregation_triple *out)
{
    struct three_values values;
    const struct flyt_segregation_sums start = {.centre = column->p, .atkinson_b = 0.5};
    *sums = (struct three_sums){start, start, start};
    flyt_segregation_closed_around(column, kernel, closed->chance, closed->around);
    flyt_segregation_sort(closed->size_near, column->n, &closed->scratch);
    sum_at_random(column, flyt_segregation_sums_entropy, closed->size_near,
                  closed->scratch.order[0], &sums->random);
    sum_tables(column, flyt_segregation_sums_entropy, closed->around, closed->size_near,
               &sums->tables);
    sum_truth(column, closed->around, &closed->scratch, &sums->truth);
    /* the whole population is that of the units, not of their surroundings */
    sums->tables.centre = sums->truth.centre = column->p;
    flyt_segregation_sums_measure(&sums->random, values.random);
    flyt_segregation_sums_measure(&sums->tables, values.tables);
    flyt_segregation_sums_measure(&sums->truth, values.truth);
    out->expected = values.random[FLYT_SEGREGATION_theil_h];
    out->corrected = at_least_0(out->value - (values.tables[FLYT_SEGREGATION_theil_h] -
                                              values.truth[FLYT_SEGREGATION_theil_h]));
}

/* ---- tables -------------------------------------------------------------------------------- */

/** One group against the rest. The sums are left for the measures of all groups. */
static void close_group(const struct flyt_segregation_table *table, uint32_t group,
                        const struct flyt_segregation_options *options,
                        struct flyt_segregation_closed *closed, struct three_sums *plain,
                        struct three_sums *near, struct flyt_segregation_triple *out)
{
    const uint32_t n = table->n_units;
    const struct flyt_segregation_column column = {
        table->persons + (size_t)group * n, table->unit_total, n,
        table->group_total[group] / table->total, table->total};
    struct three_values values;
    clear(values.random);
    clear(values.tables);
    clear(values.truth);
    const double by_permutation = ((double)n - 1.0) / (table->total - 1.0);
    fill_chances(&column, closed);
    expect_column(&column, options->atkinson_b, true, closed, plain, &values);
    values.random[FLYT_SEGREGATION_dissimilarity] =
        flyt_segregation_winship(table->unit_total, n, column.p);
    values.random[FLYT_SEGREGATION_correlation_ratio] = by_permutation;
    correct(&values, FLYT_SEGREGATION_dissimilarity, FLYT_SEGREGATION_hutchens, out);
    const double fair = fair_ratio(&column, &closed->scratch);
    out[FLYT_SEGREGATION_correlation_ratio].corrected = fair;
    out[FLYT_SEGREGATION_isolation].expected = column.p + (1.0 - column.p) * by_permutation;
    out[FLYT_SEGREGATION_isolation].corrected = column.p + (1.0 - column.p) * fair;
    out[FLYT_SEGREGATION_interaction].expected = (1.0 - column.p) * (1.0 - by_permutation);
    out[FLYT_SEGREGATION_interaction].corrected = (1.0 - column.p) * (1.0 - fair);
    if (options->space.kernel != NULL) {
        expect_spatial_h(&column, options->space.kernel, closed, near,
                         &out[FLYT_SEGREGATION_spatial_theil_h]);
    }
    if (options->space.adjacent != NULL && options->space.adjacent->first[n] > 0) {
        out[FLYT_SEGREGATION_moran].expected = -1.0 / ((double)n - 1.0);
        const int d = FLYT_SEGREGATION_dissimilarity;
        struct flyt_segregation_triple *adjusted = &out[FLYT_SEGREGATION_morrill_dissimilarity];
        double noise;
        flyt_segregation_closed_apart(&column, options->space.adjacent, closed->chance,
                                      &adjusted->expected, &noise);
        adjusted->expected = values.random[d] - adjusted->expected;
        adjusted->corrected = adjusted->value - (values.tables[d] - values.truth[d]) + noise;
    }
}

/** What all groups together are made of: means of the groups' own measures, and sums of p ln p. */
struct all_groups {
    double interaction, entropy, present; /* sum of P (1 - P); -sum of P ln P; groups there are */
    double inside[3], near[3];            /* p ln p at random, in tables, of the chances */
};

static void add_group(struct all_groups *all, double p, const struct three_sums *plain,
                      const struct three_sums *near)
{
    all->present += 1.0;
    all->interaction += p * (1.0 - p);
    all->entropy -= flyt_num_x_log_x(p);
    const struct flyt_segregation_sums *sums[] = {&plain->random, &plain->tables, &plain->truth,
                                                  &near->random,  &near->tables,  &near->truth};
    for (int i = 0; i < 3; i++) {
        all->inside[i] += sums[i]->entropy_in;
        all->near[i] += sums[i + 3]->entropy_in;
    }
}

/** Measures that are weighted sums of the groups' own: D, G and R by P (1 - P), C by 1 - P. */
static void average_groups(const struct flyt_segregation_table *table, const struct all_groups *all,
                           struct flyt_segregation_triple *out)
{
    static const int pairs[][2] = {
        {FLYT_SEGREGATION_multigroup_dissimilarity, FLYT_SEGREGATION_dissimilarity},
        {FLYT_SEGREGATION_multigroup_gini, FLYT_SEGREGATION_gini},
        {FLYT_SEGREGATION_relative_diversity, FLYT_SEGREGATION_correlation_ratio},
        {FLYT_SEGREGATION_squared_cv, FLYT_SEGREGATION_correlation_ratio},
    };
    struct flyt_segregation_triple *whole = out + (size_t)table->n_groups * FLYT_SEGREGATION_N;
    for (size_t i = 0; i < FLYT_COUNT(pairs); i++) {
        const bool is_cv = pairs[i][0] == FLYT_SEGREGATION_squared_cv;
        double expected = 0.0, corrected = 0.0;
        for (uint32_t g = 0; g < table->n_groups; g++) {
            const struct flyt_segregation_triple *own =
                &out[(size_t)g * FLYT_SEGREGATION_N + (size_t)pairs[i][1]];
            const double p = table->group_total[g] / table->total;
            if (p > 0.0 && p < 1.0) {
                const double weight = is_cv ? 1.0 - p : p * (1.0 - p);
                expected += weight * own->expected;
                corrected += weight * own->corrected;
            }
        }
        const double scale = is_cv ? all->present - 1.0 : all->interaction;
        whole[pairs[i][0]].expected = expected / scale;
        whole[pairs[i][0]].corrected = corrected / scale;
    }
}

static void close_all(const struct flyt_segregation_table *table, const struct all_groups *all,
                      bool near, struct flyt_segregation_triple *out)
{
    if (!(all->present >= 2.0)) {
        return;
    }
    const double total = table->total, entropy = all->entropy;
    struct flyt_segregation_triple *whole = out + (size_t)table->n_groups * FLYT_SEGREGATION_N;
    struct flyt_segregation_triple *m = &whole[FLYT_SEGREGATION_theil_m];
    struct flyt_segregation_triple *h = &whole[FLYT_SEGREGATION_theil_h];
    average_groups(table, all, out);
    m->expected = entropy + all->inside[0] / total;
    m->corrected = at_least_0(m->value - (all->inside[1] - all->inside[2]) / total);
    h->expected = m->expected / entropy;
    h->corrected = m->corrected / entropy;
    if (near) {
        struct flyt_segregation_triple *spatial = &whole[FLYT_SEGREGATION_spatial_theil_h];
        spatial->expected = 1.0 + all->near[0] / (total * entropy);
        spatial->corrected =
            at_least_0(spatial->value - (all->near[1] - all->near[2]) / (total * entropy));
    }
}

void flyt_segregation_closed_measure(const struct flyt_segregation_table *table,
                                     const struct flyt_segregation_options *options,
                                     struct flyt_segregation_closed *closed,
                                     struct flyt_segregation_triple *out)
{
    const uint32_t n_groups = table->n_groups;
    struct all_groups all = {0};
    flyt_segregation_measure(table, options, &closed->scratch, &closed->measures);
    for (size_t i = 0; i < ((size_t)n_groups + 1) * FLYT_SEGREGATION_N; i++) {
        out[i] = (struct flyt_segregation_triple){closed->measures.value[i], NAN, NAN};
    }
    if (table->n_units < 2) {
        return; /* one unit has no segregation, by chance or otherwise */
    }
    if (options->space.kernel != NULL) {
        flyt_segregation_closed_sizes(table, options->space.kernel, closed->size_near);
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        const double p = table->group_total[g] / table->total;
        struct three_sums plain = {0}, near = {0};
        if (p > 0.0 && p < 1.0) {
            close_group(table, g, options, closed, &plain, &near,
                        out + (size_t)g * FLYT_SEGREGATION_N);
            add_group(&all, p, &plain, &near);
        }
    }
    close_all(table, &all, options->space.kernel != NULL, out);
}

/* ---- rank order ---------------------------------------------------------------------------- */

/** Expected and corrected from the expected H (or R) of each cut: the fit is linear in them. */
static void close_fit(const double *p, double of_cut[3][CUTS_MAX], uint32_t n, bool of_variance,
                      struct flyt_segregation_triple *out)
{
    out->expected = flyt_segregation_rank_fit(p, of_cut[0], n, of_variance);
    const double bias = flyt_segregation_rank_fit(p, of_cut[1], n, of_variance) -
                        flyt_segregation_rank_fit(p, of_cut[2], n, of_variance);
    /* a polynomial continued past its points may be negative by itself */
    out->corrected = out->value < 0.0 ? out->value - bias : at_least_0(out->value - bias);
}

void flyt_segregation_closed_rank(const struct flyt_segregation_table *table,
                                  struct flyt_segregation_closed *closed,
                                  struct flyt_segregation_triple *h,
                                  struct flyt_segregation_triple *r)
{
    const uint32_t n = table->n_units;
    double p[CUTS_MAX], of_h[3][CUTS_MAX], of_r[3][CUTS_MAX], persons_below = 0.0;
    double *below = closed->below;
    uint32_t n_cuts = 0;
    *h = *r = (struct flyt_segregation_triple){NAN, NAN, NAN};
    flyt_segregation_rank_order(table, &closed->scratch, &h->value, &r->value);
    for (uint32_t i = 0; i < n; i++) {
        below[i] = 0.0;
    }
    for (uint32_t g = 0; g + 1 < table->n_groups && n_cuts < CUTS_MAX; g++) {
        persons_below += table->group_total[g];
        for (uint32_t i = 0; i < n; i++) {
            below[i] += table->persons[(size_t)g * n + i];
        }
        const struct flyt_segregation_column column = {below, table->unit_total, n,
                                                       persons_below / table->total, table->total};
        if (!(table->group_total[g] > 0.0) || !(column.p < 1.0)) {
            continue;
        }
        struct three_sums sums;
        struct three_values values;
        fill_chances(&column, closed);
        expect_column(&column, 0.5, false, closed, &sums, &values);
        const double *of[] = {values.random, values.tables, values.truth};
        for (int i = 0; i < 3; i++) {
            of_h[i][n_cuts] = of[i][FLYT_SEGREGATION_theil_h];
            of_r[i][n_cuts] = of[i][FLYT_SEGREGATION_correlation_ratio];
        }
        p[n_cuts++] = column.p;
    }
    if (n >= 2 && n_cuts >= 2) {
        close_fit(p, of_h, n_cuts, false, h);
        close_fit(p, of_r, n_cuts, true, r);
    }
}
