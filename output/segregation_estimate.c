/**
 * @file segregation_estimate.c
 * @brief Every measure with its baseline, its value corrected for chance, and a 95 % interval.
 *
 * docs/segregation.md, "Chance", says what each is an estimate of and how often the interval
 * covers it.
 */
#include <math.h>

#include "output/segregation_chance.h"
#include "output/segregation_expect.h"
#include "output/segregation_posterior.h"

static const double Z = 1.959963984540054;

enum { SCRATCHES = 4 }; /* a large table is measured by so many threads at most */

static double within_unit(double x)
{
    return x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x;
}

bool flyt_segregation_is_inverted(enum flyt_segregation_index index)
{
    return index != FLYT_SEGREGATION_isolation && index != FLYT_SEGREGATION_interaction &&
           index != FLYT_SEGREGATION_moran && index != FLYT_SEGREGATION_relative_concentration &&
           index != FLYT_SEGREGATION_rank_order_h && index != FLYT_SEGREGATION_rank_order_r;
}

/** A curve that can be inverted: filled somewhere, and no negative truth in the family. */
static bool is_usable(const struct flyt_segregation_curve *curve)
{
    int first, last;
    bool usable = flyt_segregation_filled(curve, &first, &last);
    for (int node = first; usable && node <= last; node++) {
        usable = curve->truth[node] >= 0.0 && curve->mean[node] == curve->mean[node] &&
                 curve->sd[node] == curve->sd[node];
    }
    return usable;
}

/** xPx and xPy: the unbiased estimate and its normal interval at the spread that eta^2 tells. */
static void estimate_exposure(double unbiased, double sd,
                              struct flyt_segregation_estimate *estimate)
{
    estimate->corrected = within_unit(unbiased);
    estimate->low = within_unit(unbiased - Z * sd);
    estimate->high = within_unit(unbiased + Z * sd);
}

static void estimate_exposures(const struct flyt_segregation_curves *curves,
                               const struct flyt_segregation_measures *measures,
                               struct flyt_segregation_estimates *out)
{
    const uint32_t n_groups = measures->n_groups;
    for (uint32_t g = 0; g < n_groups; g++) {
        const size_t at = (size_t)g * FLYT_SEGREGATION_N;
        const struct flyt_segregation_curve *spread =
            &curves->curve[at + FLYT_SEGREGATION_correlation_ratio];
        const double seen = measures->value[at + FLYT_SEGREGATION_correlation_ratio];
        if (!(seen == seen) || !is_usable(spread)) {
            continue;
        }
        for (uint32_t h = 0; h < n_groups; h++) {
            const size_t pair = (size_t)g * n_groups + h;
            const double sd =
                curves->widen *
                flyt_segregation_sd_at(spread, seen,
                                       curves->exposure_sd + pair * FLYT_SEGREGATION_NODES);
            estimate_exposure(measures->unbiased[pair], sd, &out->interaction[pair]);
        }
        struct flyt_segregation_estimate *isolation = &out->index[at + FLYT_SEGREGATION_isolation];
        struct flyt_segregation_estimate *rest = &out->index[at + FLYT_SEGREGATION_interaction];
        const struct flyt_segregation_estimate *own = &out->interaction[(size_t)g * n_groups + g];
        isolation->corrected = own->corrected;
        isolation->low = own->low;
        isolation->high = own->high;
        rest->corrected = 1.0 - own->corrected;
        rest->low = 1.0 - own->high;
        rest->high = 1.0 - own->low;
    }
}

/**
 * Rank-order measures weigh the cuts between classes with both signs, so that along the family they
 * may fall while all cuts rise: no truth can be looked up. They are sums over cuts, though: bias
 * and sd are those at the spread that the relative diversity of the classes tells. Not kept within
 * [0, 1], as the polynomial is not: of few classes the truth itself may lie outside.
 */
static void estimate_rank_order(const struct flyt_segregation_curves *curves,
                                struct flyt_segregation_estimates *out)
{
    const size_t all = (size_t)out->n_groups * FLYT_SEGREGATION_N;
    const struct flyt_segregation_curve *spread =
        &curves->curve[all + FLYT_SEGREGATION_relative_diversity];
    const double seen = out->index[all + FLYT_SEGREGATION_relative_diversity].value;
    for (size_t i = all + FLYT_SEGREGATION_rank_order_h; i <= all + FLYT_SEGREGATION_rank_order_r;
         i++) {
        const struct flyt_segregation_curve *curve = &curves->curve[i];
        struct flyt_segregation_estimate *estimate = &out->index[i];
        const double value = estimate->value;
        double bias[FLYT_SEGREGATION_NODES];
        if (!(value == value) || !(seen == seen) || !is_usable(spread)) {
            continue;
        }
        for (int node = 0; node < FLYT_SEGREGATION_NODES; node++) {
            bias[node] = curve->mean[node] - curve->truth[node];
        }
        const double fair = value - flyt_segregation_sd_at(spread, seen, bias);
        const double reach = Z * curves->widen * flyt_segregation_sd_at(spread, seen, curve->sd);
        estimate->corrected = fair;
        estimate->low = fair - reach;
        estimate->high = fair + reach;
    }
}

static void estimate_inverted(struct flyt_segregation_curves *curves,
                              struct flyt_segregation_estimates *out)
{
    const size_t n_values = ((size_t)out->n_groups + 1) * FLYT_SEGREGATION_N;
    for (size_t i = 0; i < n_values; i++) {
        struct flyt_segregation_estimate *estimate = &out->index[i];
        if (estimate->value == estimate->value &&
            flyt_segregation_is_inverted((enum flyt_segregation_index)(i % FLYT_SEGREGATION_N)) &&
            is_usable(&curves->curve[i])) {
            curves->curve[i].chance = estimate->baseline;
            flyt_segregation_invert(&curves->curve[i], estimate->value, &estimate->corrected,
                                    &estimate->low, &estimate->high);
        }
    }
}

/** Values and baselines that need no draws; everything else NaN. */
static enum flyt_status begin(const struct flyt_segregation_table *table,
                              const struct flyt_segregation_options *options,
                              const struct flyt_par *par, struct flyt_segregation_scratch *scratch,
                              uint32_t n_scratch, struct flyt_arena *arena,
                              struct flyt_segregation_measures *measures,
                              struct flyt_segregation_estimates *out)
{
    const uint32_t n_groups = table->n_groups;
    const size_t n_values = ((size_t)n_groups + 1) * FLYT_SEGREGATION_N;
    const size_t n_pairs = (size_t)n_groups * n_groups;
    double *expected = FLYT_ARENA_ARRAY(arena, double, n_values);
    double *interaction = FLYT_ARENA_ARRAY(arena, double, n_pairs);
    FLYT_TRY(flyt_segregation_measures_init(measures, n_groups, arena));
    *out = (struct flyt_segregation_estimates){
        .n_groups = n_groups,
        .index = FLYT_ARENA_ARRAY(arena, struct flyt_segregation_estimate, n_values),
        .interaction = FLYT_ARENA_ARRAY(arena, struct flyt_segregation_estimate, n_pairs),
    };
    if (expected == NULL || interaction == NULL || out->index == NULL || out->interaction == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_segregation_measure_wide(table, options, par, scratch, n_scratch, measures);
    flyt_segregation_expect(table, options->atkinson_b, scratch, expected, interaction);
    for (size_t i = 0; i < n_values; i++) {
        out->index[i] =
            (struct flyt_segregation_estimate){measures->value[i], expected[i], NAN, NAN, NAN};
        if (i % FLYT_SEGREGATION_N == FLYT_SEGREGATION_moran && table->n_units > 1) {
            out->index[i].baseline = -1.0 / ((double)table->n_units - 1.0);
        }
    }
    for (size_t i = 0; i < n_pairs; i++) {
        out->interaction[i] = (struct flyt_segregation_estimate){measures->interaction[i],
                                                                 interaction[i], NAN, NAN, NAN};
    }
    return FLYT_OK;
}

/** Fills baselines that have no formula: Gini, rank-order and spatial measures. */
static void take_baselines(const double *mean, struct flyt_segregation_estimates *out)
{
    const size_t n_values = ((size_t)out->n_groups + 1) * FLYT_SEGREGATION_N;
    for (size_t i = 0; i < n_values; i++) {
        if (!(out->index[i].baseline == out->index[i].baseline)) {
            out->index[i].baseline = mean[i];
        }
    }
}

static enum flyt_status by_bootstrap(const struct flyt_segregation_table *table,
                                     const struct flyt_segregation_options *options,
                                     const struct flyt_segregation_chance *chance,
                                     const double *seen, struct flyt_arena *arena,
                                     struct flyt_segregation_curves *curves,
                                     struct flyt_segregation_estimates *out)
{
    const uint32_t n = table->n_units, n_groups = table->n_groups;
    double *deviation = FLYT_ARENA_ARRAY(arena, double, (size_t)n *n_groups);
    double *one = FLYT_ARENA_ARRAY(arena, double, n);
    double *mean = FLYT_ARENA_ARRAY(arena, double, ((size_t)n_groups + 1) * FLYT_SEGREGATION_N);
    double *likelihood = FLYT_ARENA_ARRAY(arena, double, (size_t)n *FLYT_SEGREGATION_GRID);
    struct flyt_segregation_range *range =
        FLYT_ARENA_ARRAY(arena, struct flyt_segregation_range, n);
    if (deviation == NULL || one == NULL || mean == NULL || likelihood == NULL || range == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        one[i] = 1.0;
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        flyt_segregation_shape(table->persons + (size_t)g * n, table->unit_total, one, n,
                               likelihood, range, deviation + (size_t)g * n, NULL);
    }
    FLYT_TRY(
        flyt_segregation_bootstrap(table, options, chance, deviation, seen, NULL, arena, curves));
    FLYT_TRY(flyt_segregation_permuted(table, options, chance, arena, mean));
    take_baselines(mean, out);
    return FLYT_OK;
}

static enum flyt_status by_analysis(const struct flyt_segregation_table *table,
                                    const struct flyt_segregation_options *options,
                                    const struct flyt_segregation_chance *chance,
                                    const double *seen, struct flyt_segregation_scratch *scratch,
                                    uint32_t n_scratch, struct flyt_arena *arena,
                                    struct flyt_segregation_curves *curves,
                                    struct flyt_segregation_estimates *out)
{
    enum { FEW = 20 }; /* permutations of a large table: its baselines hardly vary */
    const size_t n_values = ((size_t)table->n_groups + 1) * FLYT_SEGREGATION_N;
    double *mean = FLYT_ARENA_ARRAY(arena, double, n_values);
    if (mean == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(
        flyt_segregation_analytic(table, options, chance, seen, scratch, n_scratch, arena, curves));
    for (size_t i = 0; i < n_values; i++) {
        mean[i] = curves->curve[i].chance;
    }
    take_baselines(mean, out);
    if (options->space.kernel != NULL || options->space.adjacent != NULL ||
        options->space.area_km2 != NULL) {
        struct flyt_segregation_chance few = *chance;
        few.n_draws = few.n_draws < FEW ? few.n_draws : FEW;
        FLYT_TRY(flyt_segregation_permuted(table, options, &few, arena, mean));
        take_baselines(mean, out);
    }
    return FLYT_OK;
}

enum flyt_status flyt_segregation_estimate(const struct flyt_segregation_table *table,
                                           const struct flyt_segregation_options *options,
                                           const struct flyt_segregation_chance *chance,
                                           struct flyt_arena *arena,
                                           struct flyt_segregation_estimates *out)
{
    struct flyt_segregation_scratch scratch[SCRATCHES];
    struct flyt_segregation_measures measures;
    struct flyt_segregation_curves curves;
    const bool large = table->n_units >= chance->large;
    const uint32_t most = large ? SCRATCHES : 1;
    const uint32_t n_scratch = chance->par.n_threads < most ? chance->par.n_threads : most;
    for (uint32_t k = 0; k < n_scratch; k++) {
        FLYT_TRY(
            flyt_segregation_scratch_init(&scratch[k], table->n_units, table->n_groups, arena));
    }
    FLYT_TRY(begin(table, options, &chance->par, scratch, n_scratch, arena, &measures, out));
    if (chance->n_draws < 2 || table->n_units < 2 || table->n_groups < 2) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_segregation_curves_init(&curves, table->n_groups, table->n_units, arena));
    if (large) {
        FLYT_TRY(by_analysis(table, options, chance, measures.value, scratch, n_scratch, arena,
                             &curves, out));
    } else {
        FLYT_TRY(by_bootstrap(table, options, chance, measures.value, arena, &curves, out));
    }
    estimate_inverted(&curves, out);
    estimate_rank_order(&curves, out);
    estimate_exposures(&curves, &measures, out);
    return flyt_segregation_posterior_estimate(table, options, &chance->par, scratch, n_scratch,
                                               arena, out);
}
