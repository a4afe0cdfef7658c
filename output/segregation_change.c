/**
 * @file segregation_change.c
 * @brief Decompositions of the mutual information index M: within and between parts of a country,
 *        and its change over time.
 *
 * Theil & Finizza 1971; Karmel & Maclachlan 1988 (iterative proportional fitting); Elbers 2021
 * (margins and structure).
 */
#include <math.h>

#include "output/segregation.h"
#include "output/segregation_sum.h"
#include "sim/num.h"

/* ---- between and within -------------------------------------------------------------------- */

/** M of columns [n_groups][n_units] whose cells may be 0. work: [n_units]. */
static double mutual_information(const double *persons, uint32_t n_units, uint32_t n_groups,
                                 double *unit_total, double *work)
{
    double total = 0.0, sum = 0.0;
    for (uint32_t i = 0; i < n_units; i++) {
        unit_total[i] = 0.0;
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        for (uint32_t i = 0; i < n_units; i++) {
            unit_total[i] += persons[(size_t)g * n_units + i];
        }
    }
    total = flyt_segregation_sum(unit_total, n_units);
    if (!(total > 0.0)) {
        return 0.0;
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        const double *x = persons + (size_t)g * n_units;
        const double share = flyt_segregation_sum(x, n_units) / total;
        for (uint32_t i = 0; i < n_units; i++) {
            work[i] = x[i] > 0.0 ? x[i] / unit_total[i] / share : 1.0;
        }
        flyt_num_log_n(work, work, n_units);
        for (uint32_t i = 0; i < n_units; i++) {
            work[i] *= x[i];
        }
        sum += flyt_segregation_sum(work, n_units);
    }
    return sum > 0.0 ? sum / total : 0.0;
}

enum flyt_status flyt_segregation_decompose(const struct flyt_segregation_table *table,
                                            const uint32_t *part, uint32_t n_parts,
                                            struct flyt_arena *arena,
                                            struct flyt_segregation_parts *out)
{
    const uint32_t n = table->n_units, n_groups = table->n_groups;
    const uint32_t n_room = n > n_parts ? n : n_parts;
    double *persons = FLYT_ARENA_ZERO(arena, double, (size_t)n_groups *n_parts);
    double *totals = FLYT_ARENA_ARRAY(arena, double, n_room);
    double *work = FLYT_ARENA_ARRAY(arena, double, n_room);
    *out = (struct flyt_segregation_parts){
        .n_parts = n_parts,
        .share = FLYT_ARENA_ZERO(arena, double, n_parts),
        .within = FLYT_ARENA_ZERO(arena, double, n_parts),
    };
    if (persons == NULL || totals == NULL || work == NULL || out->share == NULL ||
        out->within == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        for (uint32_t i = 0; i < n; i++) {
            persons[(size_t)g * n_parts + part[i]] += table->persons[(size_t)g * n + i];
        }
    }
    out->between = mutual_information(persons, n_parts, n_groups, totals, work);
    /* sum of x ln((x / unit) / (group in part / part)), unit by unit, collected by part */
    for (uint32_t g = 0; g < n_groups; g++) {
        const double *x = table->persons + (size_t)g * n;
        const double *in_part = persons + (size_t)g * n_parts;
        for (uint32_t i = 0; i < n; i++) {
            work[i] = x[i] > 0.0
                          ? x[i] * totals[part[i]] / (table->unit_total[i] * in_part[part[i]])
                          : 1.0;
        }
        flyt_num_log_n(work, work, n);
        for (uint32_t i = 0; i < n; i++) {
            out->within[part[i]] += x[i] * work[i];
        }
    }
    for (uint32_t s = 0; s < n_parts; s++) {
        out->within[s] = totals[s] > 0.0 && out->within[s] > 0.0 ? out->within[s] / totals[s] : 0.0;
        out->share[s] = totals[s] / table->total;
    }
    out->total = mutual_information(table->persons, n, n_groups, totals, work);
    return FLYT_OK;
}

/* ---- iterative proportional fitting -------------------------------------------------------- */

double flyt_segregation_fit(const double *seed, uint32_t n_units, uint32_t n_groups,
                            const double *unit_total, const double *group_total, double *out)
{
    enum { ROUNDS = 1000 };
    const double stop = 1e-12;
    const double scale =
        flyt_segregation_sum(unit_total, n_units) / flyt_segregation_sum(group_total, n_groups);
    double misfit = HUGE_VAL;
    for (size_t i = 0; i < (size_t)n_units * n_groups; i++) {
        out[i] = seed[i];
    }
    for (int round = 0; round < ROUNDS && misfit > stop; round++) {
        misfit = 0.0;
        for (uint32_t i = 0; i < n_units; i++) {
            double sum = 0.0;
            for (uint32_t g = 0; g < n_groups; g++) {
                sum += out[(size_t)g * n_units + i];
            }
            const double factor = sum > 0.0 ? unit_total[i] / sum : 0.0;
            if (unit_total[i] > 0.0) {
                const double off = fabs(sum / unit_total[i] - 1.0);
                misfit = off > misfit ? off : misfit;
            }
            for (uint32_t g = 0; g < n_groups; g++) {
                out[(size_t)g * n_units + i] *= factor;
            }
        }
        for (uint32_t g = 0; g < n_groups; g++) {
            double *column = out + (size_t)g * n_units;
            const double sum = flyt_segregation_sum(column, n_units);
            const double factor = sum > 0.0 ? group_total[g] * scale / sum : 0.0;
            for (uint32_t i = 0; i < n_units; i++) {
                column[i] *= factor;
            }
        }
    }
    return misfit;
}

/* ---- change over time ---------------------------------------------------------------------- */

/** Both tables restricted to units and groups that hold persons in both. */
struct common {
    uint32_t n_units, n_groups;
    double *persons[2]; /* [n_groups][n_units] */
    double *unit_total[2], *group_total[2];
    double *fitted, *totals, *work;
};

static double cell(const struct flyt_segregation_counts *counts, uint32_t unit, uint32_t group)
{
    return (double)counts->count[(size_t)unit * counts->n_groups + group];
}

/** Lists units (or groups) that have persons in both tables among kept groups (units). */
static bool drop_empty(const struct flyt_segregation_counts *const counts[2], bool *unit_kept,
                       bool *group_kept)
{
    bool dropped = false;
    const uint32_t n_units = counts[0]->n_units, n_groups = counts[0]->n_groups;
    for (int time = 0; time < 2; time++) {
        for (uint32_t i = 0; i < n_units; i++) {
            double sum = 0.0;
            for (uint32_t g = 0; g < n_groups; g++) {
                sum += group_kept[g] ? cell(counts[time], i, g) : 0.0;
            }
            dropped = dropped || (unit_kept[i] && !(sum > 0.0));
            unit_kept[i] = unit_kept[i] && sum > 0.0;
        }
        for (uint32_t g = 0; g < n_groups; g++) {
            double sum = 0.0;
            for (uint32_t i = 0; i < n_units; i++) {
                sum += unit_kept[i] ? cell(counts[time], i, g) : 0.0;
            }
            dropped = dropped || (group_kept[g] && !(sum > 0.0));
            group_kept[g] = group_kept[g] && sum > 0.0;
        }
    }
    return dropped;
}

static enum flyt_status take_common(const struct flyt_segregation_counts *const counts[2],
                                    const bool *unit_kept, const bool *group_kept,
                                    struct flyt_arena *arena, struct common *out)
{
    *out = (struct common){0};
    for (uint32_t i = 0; i < counts[0]->n_units; i++) {
        out->n_units += unit_kept[i] ? 1 : 0;
    }
    for (uint32_t g = 0; g < counts[0]->n_groups; g++) {
        out->n_groups += group_kept[g] ? 1 : 0;
    }
    const size_t n_cells = (size_t)out->n_units * out->n_groups;
    out->fitted = FLYT_ARENA_ARRAY(arena, double, n_cells);
    out->totals = FLYT_ARENA_ARRAY(arena, double, out->n_units);
    out->work = FLYT_ARENA_ARRAY(arena, double, out->n_units);
    bool failed = out->fitted == NULL || out->totals == NULL || out->work == NULL;
    for (int time = 0; time < 2; time++) {
        out->persons[time] = FLYT_ARENA_ARRAY(arena, double, n_cells);
        out->unit_total[time] = FLYT_ARENA_ZERO(arena, double, out->n_units);
        out->group_total[time] = FLYT_ARENA_ZERO(arena, double, out->n_groups);
        failed = failed || out->persons[time] == NULL || out->unit_total[time] == NULL ||
                 out->group_total[time] == NULL;
    }
    if (failed) {
        return FLYT_ERR_MEMORY;
    }
    for (int time = 0; time < 2; time++) {
        uint32_t g_to = 0;
        for (uint32_t g = 0; g < counts[0]->n_groups; g++) {
            uint32_t i_to = 0;
            for (uint32_t i = 0; group_kept[g] && i < counts[0]->n_units; i++) {
                if (unit_kept[i]) {
                    const double persons = cell(counts[time], i, g);
                    out->persons[time][(size_t)g_to * out->n_units + i_to] = persons;
                    out->unit_total[time][i_to++] += persons;
                    out->group_total[time][g_to] += persons;
                }
            }
            g_to += group_kept[g] ? 1 : 0;
        }
    }
    return FLYT_OK;
}

/** M with the structure, unit margin and group margin of the times given. */
static double mixed(struct common *common, int structure, int units, int groups)
{
    (void)flyt_segregation_fit(common->persons[structure], common->n_units, common->n_groups,
                               common->unit_total[units], common->group_total[groups],
                               common->fitted);
    return mutual_information(common->fitted, common->n_units, common->n_groups, common->totals,
                              common->work);
}

static double information_of(const struct flyt_segregation_counts *counts, double *columns,
                             double *totals, double *work)
{
    for (uint32_t g = 0; g < counts->n_groups; g++) {
        for (uint32_t i = 0; i < counts->n_units; i++) {
            columns[(size_t)g * counts->n_units + i] = cell(counts, i, g);
        }
    }
    return mutual_information(columns, counts->n_units, counts->n_groups, totals, work);
}

enum flyt_status flyt_segregation_compare(const struct flyt_segregation_counts *before,
                                          const struct flyt_segregation_counts *after,
                                          struct flyt_arena *arena,
                                          struct flyt_segregation_change *out)
{
    const struct flyt_segregation_counts *const counts[2] = {before, after};
    const uint32_t n_units = before->n_units, n_groups = before->n_groups;
    bool *unit_kept = FLYT_ARENA_ARRAY(arena, bool, n_units);
    bool *group_kept = FLYT_ARENA_ARRAY(arena, bool, n_groups);
    double *columns = FLYT_ARENA_ARRAY(arena, double, (size_t)n_units *n_groups);
    double *totals = FLYT_ARENA_ARRAY(arena, double, n_units);
    double *work = FLYT_ARENA_ARRAY(arena, double, n_units);
    if (unit_kept == NULL || group_kept == NULL || columns == NULL || totals == NULL ||
        work == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n_units; i++) {
        unit_kept[i] = true;
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        group_kept[g] = true;
    }
    while (drop_empty(counts, unit_kept, group_kept)) {
    }
    struct common common;
    FLYT_TRY(take_common(counts, unit_kept, group_kept, arena, &common));
    *out = (struct flyt_segregation_change){
        .m1 = information_of(before, columns, totals, work),
        .m2 = information_of(after, columns, totals, work),
    };
    double m[2][2][2]; /* structure, units, groups */
    for (int i = 0; i < 8; i++) {
        m[i / 4][i / 2 % 2][i % 2] =
            common.n_units > 0 ? mixed(&common, i / 4, i / 2 % 2, i % 2) : 0.0;
    }
    out->removals = m[0][0][0] - out->m1;
    out->additions = out->m2 - m[1][1][1];
    out->structure = 0.5 * (m[1][0][0] - m[0][0][0] + m[1][1][1] - m[0][1][1]);
    for (int s = 0; s < 2; s++) {
        out->unit_margin += 0.25 * (m[s][1][0] - m[s][0][0] + m[s][1][1] - m[s][0][1]);
        out->group_margin += 0.25 * (m[s][0][1] - m[s][0][0] + m[s][1][1] - m[s][1][0]);
    }
    return FLYT_OK;
}
