/**
 * @file segregation_analytic.c
 * @brief Expected measures of large tables without drawing them.
 *
 * Units of like size share a mixture of chances, the posterior that their observed shares leave; at
 * every spread of the family each chance has one binomial law, and the expected measure is that of
 * the summed laws.
 */
#include <math.h>
#include <string.h>

#include "output/segregation_chance.h"
#include "output/segregation_classes.h"
#include "output/segregation_expect.h"
#include "output/segregation_sample.h"
#include "sim/num.h"

enum { LOGS = 1 << 12 };

/** Share of the persons below which a chance is passed over; so few persons expected in a unit
 *  do not tell how few. */
static const double NEGLIGIBLE = 1e-9, NEXT_TO_NOBODY = 3.0;

/** Share of the bias of D that is in doubt: two kinds of units, the worst shape, miss it by .14. */
static const double DOUBT_OF_MANY = 0.14;

/** Adds the binomial law, and apart what noise does where the group has, or lacks, next to
 *  nobody. */
static void add_tables(struct flyt_segregation_sums *sums, double n, double p, double weight)
{
    const struct flyt_segregation_sums before = *sums;
    struct flyt_segregation_sums point = {.centre = sums->centre, .atkinson_b = 0.5};
    flyt_segregation_sums_binomial(sums, n, p, weight);
    if (n * p < NEXT_TO_NOBODY || n * (1.0 - p) < NEXT_TO_NOBODY) {
        flyt_segregation_sums_point(&point, p, weight);
        sums->few_root += point.root - (sums->root - before.root);
        sums->few_in += sums->entropy_in - before.entropy_in - point.entropy_in;
        sums->few_out += sums->entropy_out - before.entropy_out - point.entropy_out;
    }
}

/** Sums over the classes at spread s: of the chances, or of tables drawn from them. */
static void sum_classes(const struct flyt_segregation_classes *classes, double p, double s,
                        bool of_tables, struct flyt_segregation_sums *sums)
{
    enum { GRID = FLYT_SEGREGATION_GRID };
    const size_t n = (size_t)classes->n_sizes * GRID;
    double persons = 0.0, total = 0.0, chance[GRID];
    for (size_t k = 0; k < GRID; k++) {
        chance[k] = flyt_segregation_chance_at(p, classes->away[k], s);
    }
    for (size_t i = 0; i < n; i++) {
        persons += classes->weight[i] * chance[i % GRID];
        total += classes->weight[i];
    }
    sums->centre = persons / total;
    for (int bin = 0; sums->bin != NULL && bin <= FLYT_SEGREGATION_BINS; bin++) {
        sums->bin[bin] = 0.0;
    }
    for (size_t i = 0; i < n; i++) {
        const double weight = classes->weight[i], size = floor(classes->size_of[i / GRID] + 0.5);
        if (!(weight > NEGLIGIBLE * total)) {
            continue;
        }
        if (of_tables) {
            add_tables(sums, size, chance[i % GRID], weight);
        } else {
            flyt_segregation_sums_point(sums, chance[i % GRID], weight);
        }
    }
}

/** The largest share that a table at the widest spread can well show, for the bins of Gini. */
static double widest_share(const struct flyt_segregation_classes *classes, double p)
{
    double smallest = classes->size_of[0], chance = 0.0;
    const double s = flyt_segregation_spread[FLYT_SEGREGATION_NODES - 1];
    for (int k = 0; k < FLYT_SEGREGATION_GRID; k++) {
        const double own = flyt_segregation_chance_at(p, classes->away[k], s);
        chance = own > chance ? own : chance;
    }
    const double widest = chance + 7.0 * sqrt(chance * (1.0 - chance) / smallest) + 8.0 / smallest;
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

/** The groups' sums at one node. Groups are independent: tasks of their own. */
struct group_job {
    const struct flyt_segregation_table *table;
    const struct flyt_par *par;
    double atkinson_b;
    const double *log; /* [LOGS] */
    int node;
    struct flyt_segregation_classes *classes; /* [n_groups] */
    struct flyt_segregation_sums *sums;       /* [chances, tables][n_groups] */
};

/** Room for the shares that a group's tables can show. */
static void begin_group(struct group_job *job, uint32_t g)
{
    const double p = job->table->group_total[g] / job->table->total;
    const double width = widest_share(&job->classes[g], p) / FLYT_SEGREGATION_BINS;
    job->sums[g].bin_width = job->sums[job->table->n_groups + g].bin_width = width;
}

static void sum_group(void *job_, uint32_t task)
{
    const struct group_job *job = job_;
    const uint32_t n_groups = job->table->n_groups, g = task % n_groups;
    struct flyt_segregation_sums *sums = &job->sums[task];
    const double p = job->table->group_total[g] / job->table->total;
    *sums = (struct flyt_segregation_sums){.bin = sums->bin,
                                           .bin_width = sums->bin_width,
                                           .atkinson_b = job->atkinson_b,
                                           .log = job->log,
                                           .n_logs = LOGS};
    if (p > 0.0 && p < 1.0) {
        sum_classes(&job->classes[g], p, flyt_segregation_spread[job->node], task >= n_groups,
                    sums);
    }
}

/** The bias by units with next to nobody of the measures that depend on it. */
static void set_few(const struct flyt_segregation_sums *of_tables, uint32_t g, uint32_t n_groups,
                    int node, struct flyt_segregation_curves *out)
{
    double few[FLYT_SEGREGATION_N] = {0.0};
    if (g == n_groups) {
        flyt_segregation_sums_few_all(of_tables, n_groups, few);
    } else {
        flyt_segregation_sums_few(&of_tables[g], few);
    }
    for (int i = 0; i < FLYT_SEGREGATION_N; i++) {
        out->curve[(size_t)g * FLYT_SEGREGATION_N + (size_t)i].of_few[node] = few[i];
    }
}

/** Fills truth and mean of the curves of one node. */
static void fill_node(struct group_job *job, int node, struct flyt_segregation_curves *out)
{
    const uint32_t n_groups = job->table->n_groups;
    job->node = node;
    flyt_par_tasks(job->par, 2 * n_groups, sum_group, job);
    for (uint32_t task = 0; task < 2 * (n_groups + 1); task++) {
        const uint32_t g = task % (n_groups + 1), of_tables = task / (n_groups + 1);
        const struct flyt_segregation_sums *sums = job->sums + (size_t)of_tables * n_groups;
        double value[FLYT_SEGREGATION_N];
        for (int index = 0; index < FLYT_SEGREGATION_N; index++) {
            value[index] = NAN;
        }
        if (g == n_groups) {
            flyt_segregation_sums_measure_all(sums, n_groups, value);
        } else if (!(sums[g].total > 0.0)) {
            continue;
        } else {
            flyt_segregation_sums_measure(&sums[g], value);
        }
        set_curves(out->curve + (size_t)g * FLYT_SEGREGATION_N, value, node, of_tables == 1);
        if (of_tables == 1) {
            set_few(sums, g, n_groups, node, out);
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

/** Fills the nodes around those where the means pass the values seen. */
static void fill_nodes(struct group_job *job, const double *seen,
                       struct flyt_segregation_curves *out, int nodes[2])
{
    nodes[0] = nodes[1] = FLYT_SEGREGATION_AS_SEEN;
    fill_node(job, nodes[0], out);
    while (!is_past(out, nodes[1], false, seen) && nodes[1] + 1 < FLYT_SEGREGATION_NODES) {
        fill_node(job, ++nodes[1], out);
    }
    while (!is_past(out, nodes[0], true, seen) && nodes[0] > 0) {
        fill_node(job, --nodes[0], out);
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

/** Cuts between ordered groups: H and R of each, of chances and of tables. */
struct cut_job {
    const int *nodes;
    const double *log;                        /* [LOGS] */
    uint32_t n;                               /* cuts with somebody on both sides */
    double *p;                                /* [n] share below */
    double *below;                            /* [n][n_units] persons */
    struct flyt_segregation_classes *classes; /* [n] */
    double *value[4]; /* [2 * measure + of_tables]: [FLYT_SEGREGATION_NODES][n] */
};

static enum flyt_status take_cuts(const struct flyt_segregation_table *table,
                                  struct flyt_arena *arena, struct cut_job *job)
{
    const uint32_t n_most = table->n_groups - 1;
    *job =
        (struct cut_job){.p = FLYT_ARENA_ARRAY(arena, double, n_most),
                         .below = FLYT_ARENA_ARRAY(arena, double, (size_t)n_most * table->n_units)};
    bool complete = job->p != NULL && job->below != NULL;
    for (int k = 0; k < 4; k++) {
        job->value[k] = FLYT_ARENA_ARRAY(arena, double, (size_t)n_most *FLYT_SEGREGATION_NODES);
        complete = complete && job->value[k] != NULL;
    }
    return complete ? FLYT_OK : FLYT_ERR_MEMORY;
}

/** The cuts of a table, and the persons below them. */
static enum flyt_status find_cuts(const struct flyt_segregation_table *table,
                                  struct flyt_arena *arena, struct cut_job *job)
{
    const uint32_t n = table->n_units;
    double *sum = FLYT_ARENA_ZERO(arena, double, n), persons_below = 0.0;
    *job = (struct cut_job){0};
    if (table->n_groups < 3) {
        return FLYT_OK;
    }
    FLYT_TRY(take_cuts(table, arena, job));
    if (sum == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t g = 0; g + 1 < table->n_groups; g++) {
        const double *persons = table->persons + (size_t)g * n;
        const double p = (persons_below += table->group_total[g]) / table->total;
        const bool is_cut = table->group_total[g] > 0.0 && p < 1.0;
        for (uint32_t i = 0; i < n; i++) {
            sum[i] += persons[i];
        }
        if (is_cut) {
            memcpy(job->below + (size_t)job->n * n, sum, n * sizeof *sum);
            job->p[job->n++] = p;
        }
    }
    return FLYT_OK;
}

static bool is_filled(const int nodes[2], int node)
{
    return node == 0 || (node >= nodes[0] && node <= nodes[1]);
}

static void measure_cut(void *job_, uint32_t cut)
{
    const struct cut_job *job = job_;
    for (int i = 0; i < 2 * FLYT_SEGREGATION_NODES; i++) {
        const int node = i / 2, of_tables = i % 2;
        struct flyt_segregation_sums sums = {.atkinson_b = 0.5, .log = job->log, .n_logs = LOGS};
        double value[FLYT_SEGREGATION_N];
        if (!is_filled(job->nodes, node)) {
            continue;
        }
        sum_classes(&job->classes[cut], job->p[cut], flyt_segregation_spread[node], of_tables == 1,
                    &sums);
        flyt_segregation_sums_measure(&sums, value);
        const size_t at = (size_t)node * job->n + cut;
        job->value[of_tables][at] = value[FLYT_SEGREGATION_theil_h];
        job->value[2 + of_tables][at] = value[FLYT_SEGREGATION_correlation_ratio];
    }
}

/** Fits the cuts at all filled nodes. */
static void fit_cuts(const struct cut_job *job, struct flyt_segregation_curve *all)
{
    for (int i = 0; i < 4 * FLYT_SEGREGATION_NODES; i++) {
        const int node = i / 4, k = i % 4;
        struct flyt_segregation_curve *curve = &all[FLYT_SEGREGATION_rank_order_h + k / 2];
        if (is_filled(job->nodes, node)) {
            const double fitted = flyt_segregation_rank_fit(
                job->p, job->value[k] + (size_t)node * job->n, job->n, k / 2 == 1);
            *(k % 2 == 1 ? &curve->mean[node] : &curve->truth[node]) =
                k % 2 == 0 && node == 0 ? 0.0 : fitted;
        }
    }
}

/* ---- all of it ------------------------------------------------------------------------------ */

/** Further nodes as long as an interval may reach past those that are there. */
static enum flyt_status extend(struct group_job *job, const struct flyt_segregation_sample *sample,
                               const struct flyt_segregation_chance *chance, const double *seen,
                               int nodes[2], struct flyt_arena *arena,
                               struct flyt_segregation_curves *out)
{
    while (nodes[1] + 1 < FLYT_SEGREGATION_NODES &&
           flyt_segregation_reaches_past(out, nodes[1], true, seen)) {
        fill_node(job, ++nodes[1], out);
        FLYT_TRY(flyt_segregation_sample_sd(sample, chance, nodes[1], nodes[1], arena, out));
    }
    while (nodes[0] > 0 && flyt_segregation_reaches_past(out, nodes[0], false, seen)) {
        fill_node(job, --nodes[0], out);
        FLYT_TRY(flyt_segregation_sample_sd(sample, chance, nodes[0], nodes[0], arena, out));
    }
    if (nodes[0] > 0) { /* what chance alone gives */
        fill_node(job, 0, out);
    }
    return FLYT_OK;
}

/** Logarithms of whole numbers; ln 0 is never multiplied by anything but 0. */
static double *take_logs(struct flyt_arena *arena)
{
    double *log = FLYT_ARENA_ARRAY(arena, double, LOGS);
    for (uint32_t k = 0; log != NULL && k < LOGS; k++) {
        log[k] = k > 0 ? (double)k : 1.0;
    }
    if (log != NULL) {
        flyt_num_log_n(log, log, LOGS);
    }
    return log;
}

/** Classes of the groups to job->classes, of the cuts to cuts->classes behind them. */
static enum flyt_status find_columns(const struct flyt_segregation_table *table,
                                     const struct flyt_par *par,
                                     struct flyt_segregation_scratch *scratch, uint32_t n_scratch,
                                     struct flyt_arena *arena, struct group_job *job,
                                     struct cut_job *cuts)
{
    const uint32_t n_groups = table->n_groups, n = table->n_units;
    FLYT_TRY(find_cuts(table, arena, cuts));
    struct flyt_segregation_columns_job columns = {.t = table->unit_total,
                                                   .n = n,
                                                   .n_columns = n_groups + cuts->n,
                                                   .n_workers = n_scratch,
                                                   .scratch = scratch};
    columns.x = FLYT_ARENA_ARRAY(arena, const double *, columns.n_columns);
    columns.classes = FLYT_ARENA_ZERO(arena, struct flyt_segregation_classes, columns.n_columns);
    if (columns.x == NULL || columns.classes == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t c = 0; c < columns.n_columns; c++) {
        columns.x[c] = c < n_groups ? table->persons + (size_t)c * n
                                    : cuts->below + (size_t)(c - n_groups) * n;
    }
    job->classes = columns.classes;
    cuts->classes = columns.classes + n_groups;
    return flyt_segregation_classes_find(&columns, par, arena);
}

enum flyt_status flyt_segregation_analytic(const struct flyt_segregation_table *table,
                                           const struct flyt_segregation_options *options,
                                           const struct flyt_segregation_chance *chance,
                                           const double *seen,
                                           struct flyt_segregation_scratch *scratch,
                                           uint32_t n_scratch, struct flyt_arena *arena,
                                           struct flyt_segregation_curves *out)
{
    const uint32_t n_groups = table->n_groups;
    struct group_job job = {
        .table = table,
        .par = &chance->par,
        .atkinson_b = options->atkinson_b,
        .log = take_logs(arena),
        .sums = FLYT_ARENA_ZERO(arena, struct flyt_segregation_sums, 2 * (size_t)n_groups)};
    struct cut_job cuts;
    struct flyt_segregation_sample sample;
    int nodes[2];
    for (uint32_t g = 0; g <= n_groups; g++) { /* a mixture tells more of the shape near P */
        struct flyt_segregation_curve *curve = out->curve + (size_t)g * FLYT_SEGREGATION_N;
        curve[FLYT_SEGREGATION_dissimilarity].doubt = DOUBT_OF_MANY;
        curve[FLYT_SEGREGATION_multigroup_dissimilarity].doubt = DOUBT_OF_MANY;
    }
    FLYT_TRY(find_columns(table, job.par, scratch, n_scratch, arena, &job, &cuts));
    if (job.sums == NULL || job.log == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t task = 0; task < 2 * n_groups; task++) {
        job.sums[task].bin = FLYT_ARENA_ARRAY(arena, double, FLYT_SEGREGATION_BINS + 1);
        if (job.sums[task].bin == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        begin_group(&job, g);
    }
    fill_nodes(&job, seen, out, nodes);
    FLYT_TRY(flyt_segregation_sample_init(table, options, job.classes, arena, &sample));
    FLYT_TRY(flyt_segregation_sample_sd(&sample, chance, nodes[0], nodes[1], arena, out));
    FLYT_TRY(extend(&job, &sample, chance, seen, nodes, arena, out));
    if (cuts.n > 0) {
        cuts.nodes = nodes;
        cuts.log = job.log;
        flyt_par_tasks(job.par, cuts.n, measure_cut, &cuts);
        fit_cuts(&cuts, out->curve + (size_t)n_groups * FLYT_SEGREGATION_N);
    }
    keep_chance(nodes, out);
    return FLYT_OK;
}
