/* Standard deviations from a sample of the units. See segregation_sample.h. */
#include "output/segregation_sample.h"

#include <math.h>

enum { SAMPLE = 512 };

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

/**
 * Makes the chances average to the shares of the whole table, as measures depend on these: most of
 * all the rank-order ones, which follow a polynomial from cut to cut.
 */
static void centre(const struct flyt_segregation_table *table,
                   struct flyt_segregation_table *sample, double *deviation)
{
    const uint32_t n = sample->n_units;
    for (uint32_t g = 0; g < sample->n_groups; g++) {
        double *own = deviation + (size_t)g * n, mean = 0.0;
        for (uint32_t i = 0; i < n; i++) {
            mean += sample->unit_total[i] * own[i];
        }
        for (uint32_t i = 0; i < n; i++) {
            own[i] -= mean / sample->total;
        }
        sample->group_total[g] = table->group_total[g] / table->total * sample->total;
    }
}

/** Every k-th unit as a table of its own, with its deviations. */
static void take_sample(const struct flyt_segregation_table *table,
                        const struct flyt_segregation_classes *classes,
                        struct flyt_segregation_table *sample, double *deviation)
{
    const uint32_t n = sample->n_units;
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t i = (uint32_t)(((uint64_t)k * 2 + 1) * table->n_units / (2 * (uint64_t)n));
        for (uint32_t g = 0; g < table->n_groups; g++) {
            const size_t to = (size_t)g * n + k;
            sample->persons[to] = table->persons[(size_t)g * table->n_units + i];
            deviation[to] = classes[g].deviation[classes[g].of_unit[i]];
        }
    }
    flyt_segregation_table_sum(sample);
    centre(table, sample, deviation);
}

enum flyt_status flyt_segregation_sample_init(const struct flyt_segregation_table *table,
                                              const struct flyt_segregation_options *options,
                                              const struct flyt_segregation_classes *classes,
                                              struct flyt_arena *arena,
                                              struct flyt_segregation_sample *out)
{
    const uint32_t n = table->n_units < SAMPLE ? table->n_units : SAMPLE;
    const uint32_t n_groups = table->n_groups;
    double whole = 0.0, part = 0.0;
    *out = (struct flyt_segregation_sample){
        .options = {.atkinson_b = options->atkinson_b},
        .deviation = FLYT_ARENA_ARRAY(arena, double, (size_t)n *n_groups),
        .scale = FLYT_ARENA_ARRAY(arena, double, n_groups + 1)};
    FLYT_TRY(flyt_segregation_table_room(&out->table, n, n_groups, arena));
    if (out->deviation == NULL || out->scale == NULL) {
        return FLYT_ERR_MEMORY;
    }
    take_sample(table, classes, &out->table, out->deviation);
    for (uint32_t g = 0; g < n_groups; g++) {
        const double own_whole = noise(table, g), own_part = noise(&out->table, g);
        out->scale[g] = sqrt(own_whole / own_part);
        whole += own_whole;
        part += own_part;
    }
    out->scale[n_groups] = sqrt(whole / part);
    return FLYT_OK;
}

/** Standard deviations of the nodes from first to last. */
enum flyt_status flyt_segregation_sample_sd(const struct flyt_segregation_sample *sample,
                                            const struct flyt_segregation_chance *chance, int first,
                                            int last, struct flyt_arena *arena,
                                            struct flyt_segregation_curves *out)
{
    const uint32_t n_groups = out->n_groups;
    const int nodes[2] = {first, last};
    struct flyt_segregation_curves drawn;
    FLYT_TRY(flyt_segregation_curves_init(&drawn, n_groups, sample->table.n_units, arena));
    FLYT_TRY(flyt_segregation_bootstrap(&sample->table, &sample->options, chance, sample->deviation,
                                        NULL, nodes, arena, &drawn));
    for (int node = first; node <= last; node++) {
        for (uint32_t g = 0; g <= n_groups; g++) {
            for (size_t i = 0; i < FLYT_SEGREGATION_N; i++) {
                const size_t at = (size_t)g * FLYT_SEGREGATION_N + i;
                out->curve[at].sd[node] = sample->scale[g] * drawn.curve[at].sd[node];
            }
            for (size_t h = 0; g < n_groups && h < n_groups; h++) {
                const size_t at =
                    ((size_t)g * n_groups + h) * FLYT_SEGREGATION_NODES + (size_t)node;
                out->exposure_sd[at] = sample->scale[g] * drawn.exposure_sd[at];
            }
        }
    }
    return FLYT_OK;
}
