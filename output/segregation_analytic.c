/**
 * @file segregation_analytic.c
 * @brief Expected measures of large tables without drawing them.
 *
 * Units of like size and like observed share make a class; a class has one binomial law at every
 * spread of the family, and the expected measure is that of the summed laws. Standard deviations
 * fall with the square root of the number of units, so they are found by drawing from every k-th
 * unit and scaled by binomial variance.
 */
#include <math.h>

#include "output/segregation_chance.h"
#include "output/segregation_expect.h"
#include "sim/num.h"

enum { SAMPLE = 512, SIZE_CLASSES = 8, SHARE_CLASSES = 1 << 20 };

/** Classes of one column: how many units, their mean size and persons of the group. */
struct classes {
    uint32_t n;
    double *units, *size, *persons, *deviation; /* [n] */
    uint32_t *of_unit;                          /* [n_units] class of a unit */
};

/** arcsin(sqrt p) to 1e-4, from arithmetic only (Abramowitz & Stegun 4.4.45). */
static double arcsine(double p)
{
    const double x = sqrt(p);
    return 1.5707963 -
           sqrt(1.0 - x) * (1.5707288 - x * (0.2121144 - x * (0.0742610 - x * 0.0187293)));
}

/** Class number: size within an eighth of a doubling, share within half a standard deviation. */
static double class_number(double size, double persons)
{
    int doubling;
    const double mantissa = frexp(size, &doubling);
    const double size_class =
        (double)doubling * SIZE_CLASSES + floor((mantissa - 0.5) * 2.0 * SIZE_CLASSES);
    const double typical = ldexp(1.0, doubling);
    const double share_class = floor(arcsine(persons / size) * 4.0 * sqrt(typical) * 0.9);
    return size_class * SHARE_CLASSES + share_class;
}

static enum flyt_status find_classes(const double *x, const double *t, uint32_t n,
                                     struct flyt_segregation_scratch *scratch,
                                     struct flyt_arena *arena, struct classes *out)
{
    double *number = scratch->real[0];
    for (uint32_t i = 0; i < n; i++) {
        number[i] = class_number(t[i], x[i]);
    }
    flyt_segregation_sort(number, n, scratch);
    *out = (struct classes){.of_unit = FLYT_ARENA_ARRAY(arena, uint32_t, n)};
    uint32_t n_classes = 0;
    for (uint32_t k = 0; k < n; k++) {
        n_classes += k == 0 || scratch->key[0][k] != scratch->key[0][k - 1] ? 1 : 0;
    }
    out->units = FLYT_ARENA_ZERO(arena, double, n_classes);
    out->size = FLYT_ARENA_ZERO(arena, double, n_classes);
    out->persons = FLYT_ARENA_ZERO(arena, double, n_classes);
    out->deviation = FLYT_ARENA_ARRAY(arena, double, n_classes);
    if (out->of_unit == NULL || out->units == NULL || out->size == NULL || out->persons == NULL ||
        out->deviation == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t k = 0; k < n; k++) {
        if (k > 0 && scratch->key[0][k] != scratch->key[0][k - 1]) {
            out->n++;
        }
        const uint32_t i = scratch->order[0][k];
        out->of_unit[i] = out->n;
        out->units[out->n] += 1.0;
        out->size[out->n] += t[i];
        out->persons[out->n] += x[i];
    }
    out->n++;
    for (uint32_t c = 0; c < out->n; c++) {
        out->size[c] /= out->units[c];
        out->persons[c] /= out->units[c];
    }
    return flyt_segregation_shape(out->persons, out->size, out->units, out->n, arena,
                                  out->deviation);
}

/** Sums over the classes at spread s: of the chances, or of tables drawn from them. */
static void sum_classes(const struct classes *classes, double p, double s, bool of_tables,
                        struct flyt_segregation_sums *sums)
{
    double persons = 0.0, total = 0.0;
    for (uint32_t c = 0; c < classes->n; c++) {
        const double weight = classes->units[c] * classes->size[c];
        persons += weight * flyt_segregation_chance_at(p, classes->deviation[c], s);
        total += weight;
    }
    sums->centre = persons / total;
    for (int bin = 0; sums->bin != NULL && bin <= FLYT_SEGREGATION_BINS; bin++) {
        sums->bin[bin] = 0.0;
    }
    for (uint32_t c = 0; c < classes->n; c++) {
        const double weight = classes->units[c] * classes->size[c];
        const double chance = flyt_segregation_chance_at(p, classes->deviation[c], s);
        if (of_tables) {
            flyt_segregation_sums_binomial(sums, floor(classes->size[c] + 0.5), chance, weight);
        } else {
            flyt_segregation_sums_point(sums, chance, weight);
        }
    }
}

/** The largest share that a table at the widest spread can well show, for the bins of Gini. */
static double widest_share(const struct classes *classes, double p)
{
    double widest = 0.0;
    const double s = flyt_segregation_spread[FLYT_SEGREGATION_NODES - 1];
    for (uint32_t c = 0; c < classes->n; c++) {
        const double chance = flyt_segregation_chance_at(p, classes->deviation[c], s);
        const double high = chance + 7.0 * sqrt(chance * (1.0 - chance) / classes->size[c]) +
                            8.0 / classes->size[c];
        widest = high > widest ? high : widest;
    }
    return widest < 1.0 ? widest : 1.0;
}

static void set_curves(struct flyt_segregation_curve *curve, const double *value, int node,
                       bool of_tables)
{
    for (int index = 0; index < FLYT_SEGREGATION_N; index++) {
        if (of_tables) {
            curve[index].mean[node] = value[index];
        } else {
            curve[index].truth[node] = node == 0 ? 0.0 : value[index];
        }
    }
}

/** Fills truth and mean of the curves of one node. */
static void fill_node(const struct flyt_segregation_table *table, const struct classes *classes,
                      int node, struct flyt_segregation_sums *sums,
                      struct flyt_segregation_curves *out)
{
    const uint32_t n_groups = table->n_groups;
    const double s = flyt_segregation_spread[node];
    for (int of_tables = 0; of_tables < 2; of_tables++) {
        double value[FLYT_SEGREGATION_N];
        for (uint32_t g = 0; g <= n_groups; g++) {
            for (int index = 0; index < FLYT_SEGREGATION_N; index++) {
                value[index] = NAN;
            }
            if (g == n_groups) {
                flyt_segregation_sums_measure_all(sums, n_groups, value);
            } else {
                const double p = table->group_total[g] / table->total;
                sums[g] = (struct flyt_segregation_sums){.bin = sums[g].bin,
                                                         .bin_width = sums[g].bin_width,
                                                         .atkinson_b = sums[g].atkinson_b};
                if (!(p > 0.0) || !(p < 1.0)) {
                    continue;
                }
                sum_classes(&classes[g], p, s, of_tables == 1, &sums[g]);
                flyt_segregation_sums_measure(&sums[g], value);
            }
            set_curves(out->curve + (size_t)g * FLYT_SEGREGATION_N, value, node, of_tables == 1);
        }
    }
}

/** Whether all values seen lie above (below) the means of a node. */
static bool is_past(const struct flyt_segregation_curves *curves, int node, bool above,
                    const double *seen)
{
    for (size_t i = 0; i < ((size_t)curves->n_groups + 1) * FLYT_SEGREGATION_N; i++) {
        const double mean = curves->curve[i].mean[node];
        if (above ? mean > seen[i] : mean < seen[i]) {
            return false;
        }
    }
    return true;
}

/** Fills the nodes around those where the means pass the values seen, one more on each side: in
 *  large tables an interval is narrow beside the distance of two nodes. */
static void fill_nodes(const struct flyt_segregation_table *table, const struct classes *classes,
                       const double *seen, struct flyt_segregation_sums *sums,
                       struct flyt_segregation_curves *out, int nodes[2])
{
    nodes[0] = nodes[1] = FLYT_SEGREGATION_AS_SEEN;
    fill_node(table, classes, nodes[0], sums, out);
    bool enough = is_past(out, nodes[1], false, seen);
    while (!enough && nodes[1] + 1 < FLYT_SEGREGATION_NODES) {
        fill_node(table, classes, ++nodes[1], sums, out);
        enough = is_past(out, nodes[1], false, seen);
    }
    enough = false;
    while (!enough && nodes[0] > 0) {
        enough = is_past(out, nodes[0], true, seen);
        fill_node(table, classes, --nodes[0], sums, out);
    }
    if (nodes[0] > 0) {
        fill_node(table, classes, 0, sums, out);
    }
}

/** Sets the expectations without segregation apart from the nodes that are inverted. */
static void keep_chance(const int nodes[2], struct flyt_segregation_curves *curves)
{
    for (size_t i = 0; i < ((size_t)curves->n_groups + 1) * FLYT_SEGREGATION_N; i++) {
        struct flyt_segregation_curve *curve = &curves->curve[i];
        curve->chance = curve->mean[0];
        if (nodes[0] > 0) {
            curve->truth[0] = curve->mean[0] = NAN;
        }
    }
}

/* ---- rank order ---------------------------------------------------------------------------- */

/** H and R of all cuts between classes, of chances and of tables. */
struct cut_curves {
    uint32_t n;       /* cuts with somebody on both sides */
    double *p;        /* [n_groups - 1] share below */
    double *value[4]; /* [2 * measure + of_tables]: [FLYT_SEGREGATION_NODES][n_groups - 1] */
};

static enum flyt_status take_cuts(uint32_t n_cuts, struct flyt_arena *arena,
                                  struct cut_curves *cuts)
{
    *cuts = (struct cut_curves){.p = FLYT_ARENA_ARRAY(arena, double, n_cuts)};
    bool complete = cuts->p != NULL;
    for (int k = 0; k < 4; k++) {
        cuts->value[k] = FLYT_ARENA_ARRAY(arena, double, (size_t)n_cuts *FLYT_SEGREGATION_NODES);
        complete = complete && cuts->value[k] != NULL;
    }
    return complete ? FLYT_OK : FLYT_ERR_MEMORY;
}

static bool is_filled(const int nodes[2], int node)
{
    return node == 0 || (node >= nodes[0] && node <= nodes[1]);
}

/** Adds the cut whose units have the classes, at all filled nodes. */
static void add_cut(const struct classes *classes, double p, const int nodes[2], uint32_t n_cuts,
                    struct cut_curves *cuts)
{
    for (int i = 0; i < 2 * FLYT_SEGREGATION_NODES; i++) {
        const int node = i / 2, of_tables = i % 2;
        struct flyt_segregation_sums sums = {.atkinson_b = 0.5};
        double value[FLYT_SEGREGATION_N];
        if (!is_filled(nodes, node)) {
            continue;
        }
        sum_classes(classes, p, flyt_segregation_spread[node], of_tables == 1, &sums);
        flyt_segregation_sums_measure(&sums, value);
        const size_t at = (size_t)node * n_cuts + cuts->n;
        cuts->value[of_tables][at] = value[FLYT_SEGREGATION_theil_h];
        cuts->value[2 + of_tables][at] = value[FLYT_SEGREGATION_correlation_ratio];
    }
    cuts->p[cuts->n++] = p;
}

/** Fits the cuts at all filled nodes. */
static void fit_cuts(const struct cut_curves *cuts, const int nodes[2], uint32_t n_cuts,
                     struct flyt_segregation_curve *all)
{
    for (int i = 0; i < 4 * FLYT_SEGREGATION_NODES; i++) {
        const int node = i / 4, k = i % 4;
        struct flyt_segregation_curve *curve = &all[FLYT_SEGREGATION_rank_order_h + k / 2];
        if (is_filled(nodes, node)) {
            const double fitted = flyt_segregation_rank_fit(
                cuts->p, cuts->value[k] + (size_t)node * n_cuts, cuts->n, k / 2 == 1);
            *(k % 2 == 1 ? &curve->mean[node] : &curve->truth[node]) =
                k % 2 == 0 && node == 0 ? 0.0 : fitted;
        }
    }
}

/** Truth and mean of the rank-order measures from those of the cuts between classes. */
static enum flyt_status fill_rank_order(const struct flyt_segregation_table *table,
                                        const int nodes[2],
                                        struct flyt_segregation_scratch *scratch,
                                        struct flyt_arena *arena,
                                        struct flyt_segregation_curves *out)
{
    const uint32_t n = table->n_units, n_cuts = table->n_groups - 1;
    struct cut_curves cuts;
    double *below = FLYT_ARENA_ZERO(arena, double, n);
    FLYT_TRY(take_cuts(n_cuts, arena, &cuts));
    if (below == NULL) {
        return FLYT_ERR_MEMORY;
    }
    double persons_below = 0.0;
    for (uint32_t g = 0; g < n_cuts; g++) {
        persons_below += table->group_total[g];
        for (uint32_t i = 0; i < n; i++) {
            below[i] += table->persons[(size_t)g * n + i];
        }
        const double p = persons_below / table->total;
        if (!(table->group_total[g] > 0.0) || !(p < 1.0)) {
            continue;
        }
        struct classes classes;
        FLYT_TRY(find_classes(below, table->unit_total, n, scratch, arena, &classes));
        add_cut(&classes, p, nodes, n_cuts, &cuts);
    }
    fit_cuts(&cuts, nodes, n_cuts, out->curve + (size_t)table->n_groups * FLYT_SEGREGATION_N);
    return FLYT_OK;
}

/* ---- standard deviations ------------------------------------------------------------------- */

/** Variance of a share with these units, up to the measure's own factor. */
static double noise(const struct flyt_segregation_table *table, uint32_t group)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < table->n_units; i++) {
        const double t = table->unit_total[i];
        const double x = (table->persons[(size_t)group * table->n_units + i] + 0.5) / (t + 1.0);
        sum += t * x * (1.0 - x);
    }
    return sum / (table->total * table->total);
}

/** Every k-th unit as a table of its own, with its deviations. */
static enum flyt_status take_sample(const struct flyt_segregation_table *table,
                                    const struct classes *classes, struct flyt_arena *arena,
                                    struct flyt_segregation_table *sample, double *deviation)
{
    const uint32_t n = sample->n_units;
    (void)arena;
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t i = (uint32_t)(((uint64_t)k * 2 + 1) * table->n_units / (2 * (uint64_t)n));
        for (uint32_t g = 0; g < table->n_groups; g++) {
            const size_t to = (size_t)g * n + k;
            sample->persons[to] = table->persons[(size_t)g * table->n_units + i];
            deviation[to] = classes[g].deviation[classes[g].of_unit[i]];
        }
    }
    flyt_segregation_table_sum(sample);
    return FLYT_OK;
}

static enum flyt_status fill_sd(const struct flyt_segregation_table *table,
                                const struct flyt_segregation_options *options,
                                const struct flyt_segregation_chance *chance, const int nodes[2],
                                const struct classes *classes, struct flyt_arena *arena,
                                struct flyt_segregation_curves *out)
{
    const uint32_t n = table->n_units < SAMPLE ? table->n_units : SAMPLE;
    const uint32_t n_groups = table->n_groups;
    struct flyt_segregation_options plain = {.atkinson_b = options->atkinson_b};
    struct flyt_segregation_table sample;
    struct flyt_segregation_curves drawn;
    double *deviation = FLYT_ARENA_ARRAY(arena, double, (size_t)n *n_groups);
    FLYT_TRY(flyt_segregation_table_room(&sample, n, n_groups, arena));
    FLYT_TRY(flyt_segregation_curves_init(&drawn, n_groups, arena));
    if (deviation == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(take_sample(table, classes, arena, &sample, deviation));
    FLYT_TRY(
        flyt_segregation_bootstrap(&sample, &plain, chance, deviation, NULL, nodes, arena, &drawn));
    double noise_all = 0.0, noise_sample = 0.0;
    for (uint32_t g = 0; g <= n_groups; g++) {
        const double whole = g < n_groups ? noise(table, g) : noise_all;
        const double part = g < n_groups ? noise(&sample, g) : noise_sample;
        const double scale = sqrt(whole / part);
        noise_all += whole;
        noise_sample += part;
        for (size_t i = 0; i < (size_t)FLYT_SEGREGATION_N * FLYT_SEGREGATION_NODES; i++) {
            const size_t at = (size_t)g * FLYT_SEGREGATION_N + i / FLYT_SEGREGATION_NODES;
            const size_t node = i % FLYT_SEGREGATION_NODES;
            out->curve[at].sd[node] = scale * drawn.curve[at].sd[node];
        }
        for (size_t i = 0; g < n_groups && i < (size_t)n_groups * FLYT_SEGREGATION_NODES; i++) {
            const size_t at = (size_t)g * n_groups * FLYT_SEGREGATION_NODES + i;
            out->exposure_sd[at] = scale * drawn.exposure_sd[at];
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_segregation_analytic(const struct flyt_segregation_table *table,
                                           const struct flyt_segregation_options *options,
                                           const struct flyt_segregation_chance *chance,
                                           const double *seen,
                                           struct flyt_segregation_scratch *scratch,
                                           struct flyt_arena *arena,
                                           struct flyt_segregation_curves *out)
{
    const uint32_t n_groups = table->n_groups;
    struct classes *classes = FLYT_ARENA_ZERO(arena, struct classes, n_groups);
    struct flyt_segregation_sums *sums =
        FLYT_ARENA_ZERO(arena, struct flyt_segregation_sums, n_groups);
    if (classes == NULL || sums == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        FLYT_TRY(find_classes(table->persons + (size_t)g * table->n_units, table->unit_total,
                              table->n_units, scratch, arena, &classes[g]));
        sums[g].atkinson_b = options->atkinson_b;
        sums[g].bin = FLYT_ARENA_ARRAY(arena, double, FLYT_SEGREGATION_BINS + 1);
        if (sums[g].bin == NULL) {
            return FLYT_ERR_MEMORY;
        }
        const double p = table->group_total[g] / table->total;
        sums[g].bin_width = widest_share(&classes[g], p) / FLYT_SEGREGATION_BINS;
    }
    int nodes[2];
    fill_nodes(table, classes, seen, sums, out, nodes);
    if (n_groups >= 3) {
        FLYT_TRY(fill_rank_order(table, nodes, scratch, arena, out));
    }
    keep_chance(nodes, out);
    return fill_sd(table, options, chance, nodes, classes, arena, out);
}
