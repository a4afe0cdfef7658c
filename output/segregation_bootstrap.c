/**
 * @file segregation_bootstrap.c
 * @brief Measures of random tables: bootstrap from the family of chances, and permutation.
 *
 * Allen et al. 2015 draw tables from the observed shares, which carry the noise already; here they
 * are drawn from the family of segregation_shape.h instead. Draws are keyed by (unit, group,
 * draw), the same at every spread, and summed in the order of draws: threads change nothing.
 */
#include <math.h>
#include <string.h>

#include "output/segregation_chance.h"
#include "output/segregation_exposure.h"
#include "output/segregation_random.h"

enum { BLOCKS = 8 }; /* draws are spread over so many workers with memory of their own */

/** Of n units the shape and the spread of the chances are estimates themselves: the standard
 *  deviation grows by sqrt(1 + FEW_UNITS / n). Chosen on normal and two-point shapes. */
static const double FEW_UNITS = 3.0;

enum flyt_status flyt_segregation_curves_init(struct flyt_segregation_curves *curves,
                                              uint32_t n_groups, uint32_t n_units,
                                              struct flyt_arena *arena)
{
    const size_t n_values = ((size_t)n_groups + 1) * FLYT_SEGREGATION_N;
    *curves = (struct flyt_segregation_curves){
        .n_groups = n_groups,
        .widen = sqrt(1.0 + FEW_UNITS / n_units),
        .curve = FLYT_ARENA_ZERO(arena, struct flyt_segregation_curve, n_values),
        .exposure_sd =
            FLYT_ARENA_ZERO(arena, double, (size_t)n_groups *n_groups *FLYT_SEGREGATION_NODES),
    };
    if (curves->curve == NULL || curves->exposure_sd == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (size_t i = 0; i < n_values; i++) {
        struct flyt_segregation_curve *curve = &curves->curve[i];
        const size_t index = i % FLYT_SEGREGATION_N;
        const bool kinked = index == FLYT_SEGREGATION_dissimilarity ||
                            index == FLYT_SEGREGATION_gini ||
                            index == FLYT_SEGREGATION_multigroup_dissimilarity ||
                            index == FLYT_SEGREGATION_multigroup_gini ||
                            index == FLYT_SEGREGATION_morrill_dissimilarity;
        curve->widen = curves->widen;
        curve->doubt = kinked ? 0.25 : 0.0;
        for (int node = 0; node < FLYT_SEGREGATION_NODES; node++) {
            curve->truth[node] = curve->mean[node] = curve->sd[node] = NAN;
        }
    }
    return FLYT_OK;
}

/** One worker's memory. */
struct worker {
    struct flyt_segregation_table table;
    struct flyt_segregation_scratch scratch;
    struct flyt_segregation_measures measures;
};

struct job {
    const struct flyt_segregation_table *table;
    const struct flyt_segregation_options *options;
    const struct flyt_segregation_chance *chance;
    const double *share; /* [n_groups][n_units]; NULL: permute */
    uint32_t n_workers;
    struct worker worker[BLOCKS];
    size_t n_values; /* of one draw */
    double *result;  /* [n_draws][n_values] */
};

static void run_worker(void *job_, uint32_t w)
{
    struct job *job = job_;
    struct worker *worker = &job->worker[w];
    const uint32_t end = flyt_par_first(job->chance->n_draws, job->n_workers, w + 1);
    for (uint32_t draw = flyt_par_first(job->chance->n_draws, job->n_workers, w); draw < end;
         draw++) {
        double *result = job->result + draw * job->n_values;
        if (job->share != NULL) {
            flyt_segregation_throw(job->table, job->share, job->chance->key, draw, &worker->table);
        } else {
            flyt_segregation_permute(job->table, job->chance->key, draw, &worker->scratch,
                                     &worker->table);
        }
        flyt_segregation_measure(&worker->table, job->options, &worker->scratch, &worker->measures);
        memcpy(result, worker->measures.value, job->n_values * sizeof(double));
    }
}

static enum flyt_status job_init(struct job *job, const struct flyt_segregation_table *table,
                                 const struct flyt_segregation_options *options,
                                 const struct flyt_segregation_chance *chance,
                                 struct flyt_arena *arena)
{
    const uint32_t n = table->n_units, n_groups = table->n_groups;
    *job = (struct job){.table = table, .options = options, .chance = chance};
    job->n_workers = chance->n_draws < BLOCKS ? chance->n_draws : BLOCKS;
    job->n_values = ((size_t)n_groups + 1) * FLYT_SEGREGATION_N;
    job->result = FLYT_ARENA_ARRAY(arena, double, chance->n_draws * job->n_values);
    if (job->result == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t w = 0; w < job->n_workers; w++) {
        struct worker *worker = &job->worker[w];
        FLYT_TRY(flyt_segregation_table_room(&worker->table, n, n_groups, arena));
        FLYT_TRY(flyt_segregation_scratch_init(&worker->scratch, n, n_groups, arena));
        FLYT_TRY(flyt_segregation_measures_init(&worker->measures, n_groups, arena));
    }
    return FLYT_OK;
}

/** Mean and standard deviation of one value over the draws where it is defined. */
static void summarise(const struct job *job, size_t value, double *mean, double *sd)
{
    const size_t stride = job->n_values;
    double n = 0.0, sum = 0.0, square = 0.0;
    for (uint32_t draw = 0; draw < job->chance->n_draws; draw++) {
        const double x = job->result[draw * stride + value];
        if (x == x) {
            n += 1.0;
            sum += x;
        }
    }
    *mean = n > 0.0 ? sum / n : NAN;
    for (uint32_t draw = 0; draw < job->chance->n_draws; draw++) {
        const double away = job->result[draw * stride + value] - *mean;
        square += away == away ? away * away : 0.0;
    }
    *sd = n > 1.0 ? sqrt(square / (n - 1.0)) : NAN;
}

/** Shares of all groups at spread s, made to sum to 1 in each unit. */
static void spread_shares(const struct flyt_segregation_table *table, const double *deviation,
                          double s, double *share)
{
    const uint32_t n = table->n_units;
    for (uint32_t i = 0; i < n; i++) {
        double sum = 0.0;
        for (uint32_t g = 0; g < table->n_groups; g++) {
            const size_t at = (size_t)g * n + i;
            const double p = table->group_total[g] / table->total;
            share[at] = flyt_segregation_chance_at(p, deviation[at], s);
            sum += share[at];
        }
        for (uint32_t g = 0; g < table->n_groups; g++) {
            share[(size_t)g * n + i] /= sum;
        }
    }
}

static void measure_truth(struct job *job, const double *share)
{
    struct worker *worker = &job->worker[0];
    const uint32_t n = job->table->n_units;
    for (uint32_t g = 0; g < job->table->n_groups; g++) {
        for (uint32_t i = 0; i < n; i++) {
            worker->table.persons[(size_t)g * n + i] =
                share[(size_t)g * n + i] * job->table->unit_total[i];
        }
    }
    flyt_segregation_table_sum(&worker->table);
    flyt_segregation_measure(&worker->table, job->options, &worker->scratch, &worker->measures);
}

/** Whether noise can only add to a measure on average (Jensen): all that are looked up but D(adj),
 *  which takes differences of neighbours off, and H~, whose surroundings share persons. */
static bool is_convex(size_t index)
{
    return flyt_segregation_is_inverted((enum flyt_segregation_index)index) &&
           index != FLYT_SEGREGATION_morrill_dissimilarity &&
           index != FLYT_SEGREGATION_spatial_theil_h;
}

/** Draws all tables of one spread and sums them up. */
static void draw_node(struct job *job, const double *deviation, double *share, int node,
                      struct flyt_segregation_curves *out)
{
    spread_shares(job->table, deviation, flyt_segregation_spread[node], share);
    measure_truth(job, share);
    for (size_t i = 0; i < job->n_values; i++) {
        out->curve[i].truth[node] = node == 0 ? 0.0 : job->worker[0].measures.value[i];
    }
    flyt_par_tasks(&job->chance->par, job->n_workers, run_worker, job);
    for (size_t i = 0; i < job->n_values; i++) {
        struct flyt_segregation_curve *curve = &out->curve[i];
        summarise(job, i, &curve->mean[node], &curve->sd[node]);
        if (is_convex(i % FLYT_SEGREGATION_N) && curve->mean[node] < curve->truth[node]) {
            curve->mean[node] = curve->truth[node]; /* a chance of the draws */
        }
    }
    flyt_segregation_exposure_sd(job->table, share, FLYT_SEGREGATION_NODES,
                                 out->exposure_sd + node);
}

bool flyt_segregation_reaches_past(const struct flyt_segregation_curves *curves, int node,
                                   bool upwards, const double *seen)
{
    const size_t n_values = ((size_t)curves->n_groups + 1) * FLYT_SEGREGATION_N;
    const double far = 2.4 * curves->widen; /* standard deviations, room for interval_sd() */
    for (size_t i = 0; i < n_values; i++) {
        const struct flyt_segregation_curve *curve = &curves->curve[i];
        if (!flyt_segregation_is_inverted((enum flyt_segregation_index)(i % FLYT_SEGREGATION_N)) ||
            !(curve->mean[node] == curve->mean[node])) {
            continue;
        }
        double reach = far * curve->sd[node];
        if (curve->doubt > 0.0) {
            reach += 0.5 * fabs(curve->mean[node] - curve->truth[node]);
        }
        if (upwards ? curve->mean[node] - reach < seen[i] : curve->mean[node] + reach > seen[i]) {
            return true;
        }
    }
    return false;
}

enum flyt_status flyt_segregation_bootstrap(const struct flyt_segregation_table *table,
                                            const struct flyt_segregation_options *options,
                                            const struct flyt_segregation_chance *chance,
                                            const double *deviation, const double *seen,
                                            const int nodes[2], struct flyt_arena *arena,
                                            struct flyt_segregation_curves *out)
{
    struct job job;
    double *share = FLYT_ARENA_ARRAY(arena, double, (size_t)table->n_units * table->n_groups);
    if (share == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(job_init(&job, table, options, chance, arena));
    job.share = share;
    for (int node = nodes != NULL ? nodes[0] : 0; nodes != NULL && node <= nodes[1]; node++) {
        draw_node(&job, deviation, share, node, out);
    }
    if (nodes != NULL) {
        return FLYT_OK;
    }
    draw_node(&job, deviation, share, FLYT_SEGREGATION_AS_SEEN, out);
    for (int node = FLYT_SEGREGATION_AS_SEEN; node + 1 < FLYT_SEGREGATION_NODES; node++) {
        if (!flyt_segregation_reaches_past(out, node, true, seen)) {
            break;
        }
        draw_node(&job, deviation, share, node + 1, out);
    }
    for (int node = FLYT_SEGREGATION_AS_SEEN; node > 0; node--) {
        if (!flyt_segregation_reaches_past(out, node, false, seen)) {
            break;
        }
        draw_node(&job, deviation, share, node - 1, out);
    }
    return FLYT_OK;
}

enum flyt_status flyt_segregation_permuted(const struct flyt_segregation_table *table,
                                           const struct flyt_segregation_options *options,
                                           const struct flyt_segregation_chance *chance,
                                           struct flyt_arena *arena, double *mean)
{
    struct job job;
    FLYT_TRY(job_init(&job, table, options, chance, arena));
    flyt_par_tasks(&chance->par, job.n_workers, run_worker, &job);
    for (size_t i = 0; i < job.n_values; i++) {
        double sd;
        summarise(&job, i, &mean[i], &sd);
    }
    return FLYT_OK;
}
