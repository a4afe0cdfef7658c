/**
 * @file segregation_spatial.c
 * @brief Neighbours, and the measures that need them or land area.
 *
 * Moran 1950; Morrill 1991; Massey & Denton 1988 (relative concentration); Reardon & O'Sullivan
 * 2004 (spatial information index).
 */
#include <math.h>

#include "output/segregation.h"
#include "output/segregation_sum.h"
#include "sim/num.h"

/* ---- neighbours ---------------------------------------------------------------------------- */

static void sort_small(uint32_t *value, double *weight, uint32_t n)
{
    /* shell sort: lists of neighbours are short and nearly sorted */
    for (uint32_t gap = n / 2; gap > 0; gap /= 2) {
        for (uint32_t i = gap; i < n; i++) {
            uint32_t v = value[i], j = i;
            double w = weight != NULL ? weight[i] : 0.0;
            for (; j >= gap && value[j - gap] > v; j -= gap) {
                value[j] = value[j - gap];
                if (weight != NULL) {
                    weight[j] = weight[j - gap];
                }
            }
            value[j] = v;
            if (weight != NULL) {
                weight[j] = w;
            }
        }
    }
}

enum flyt_status flyt_segregation_neighbours_pairs(struct flyt_segregation_neighbours *out,
                                                   uint32_t n_units, const uint32_t *a,
                                                   const uint32_t *b, uint32_t n_pairs,
                                                   struct flyt_arena *arena)
{
    uint32_t *first = FLYT_ARENA_ZERO(arena, uint32_t, (size_t)n_units + 2);
    uint32_t *other = FLYT_ARENA_ARRAY(arena, uint32_t, n_pairs);
    if (first == NULL || other == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n_pairs; i++) {
        first[a[i] + 2]++;
    }
    for (uint32_t i = 0; i < n_units; i++) {
        first[i + 2] += first[i + 1];
    }
    for (uint32_t i = 0; i < n_pairs; i++) {
        other[first[a[i] + 1]++] = b[i];
    }
    uint32_t n_kept = 0, begin = 0;
    for (uint32_t i = 0; i < n_units; i++) {
        const uint32_t end = first[i + 1], kept_first = n_kept;
        sort_small(other + begin, NULL, end - begin);
        for (uint32_t k = begin; k < end; k++) {
            if (n_kept == kept_first || other[n_kept - 1] != other[k]) {
                other[n_kept++] = other[k];
            }
        }
        begin = end;
        first[i] = kept_first;
        first[i + 1] = end; /* still the old end: the next unit begins there */
    }
    first[n_units] = n_kept;
    *out = (struct flyt_segregation_neighbours){.n_units = n_units, .first = first, .other = other};
    return FLYT_OK;
}

/** Square cells of one bandwidth, so that the near ones lie in nine cells. */
struct cells {
    double x_low, y_low, side;
    uint32_t n_x, n_y;
    uint32_t *first, *unit; /* [n_x * n_y + 1], [n_units] */
};

static uint32_t cell_along(double value, double low, double side, uint32_t n)
{
    double at = (value - low) / side;
    return at >= (double)n ? n - 1 : (uint32_t)at;
}

static enum flyt_status build_cells(struct cells *cells, uint32_t n, const double *x,
                                    const double *y, double bandwidth, struct flyt_arena *arena)
{
    double x_high = x[0], y_high = y[0];
    *cells = (struct cells){.x_low = x[0], .y_low = y[0], .side = bandwidth};
    for (uint32_t i = 1; i < n; i++) {
        cells->x_low = x[i] < cells->x_low ? x[i] : cells->x_low;
        cells->y_low = y[i] < cells->y_low ? y[i] : cells->y_low;
        x_high = x[i] > x_high ? x[i] : x_high;
        y_high = y[i] > y_high ? y[i] : y_high;
    }
    /* no more than about two cells a unit: a tiny bandwidth gets larger cells */
    const double wide = x_high - cells->x_low, high = y_high - cells->y_low;
    const double side_max = sqrt(2.0 * (double)n) + 1.0;
    double least = (wide > high ? wide : high) / side_max;
    cells->side = least > cells->side ? least : cells->side;
    cells->n_x = (uint32_t)(wide / cells->side) + 1;
    cells->n_y = (uint32_t)(high / cells->side) + 1;
    const size_t n_cells = (size_t)cells->n_x * cells->n_y;
    cells->first = FLYT_ARENA_ZERO(arena, uint32_t, n_cells + 2);
    cells->unit = FLYT_ARENA_ARRAY(arena, uint32_t, n);
    if (cells->first == NULL || cells->unit == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < n; i++) {
            size_t at =
                (size_t)cell_along(y[i], cells->y_low, cells->side, cells->n_y) * cells->n_x +
                cell_along(x[i], cells->x_low, cells->side, cells->n_x);
            if (pass == 0) {
                cells->first[at + 2]++;
            } else {
                cells->unit[cells->first[at + 1]++] = i;
            }
        }
        for (size_t c = 0; pass == 0 && c < n_cells; c++) {
            cells->first[c + 2] += cells->first[c + 1];
        }
    }
    return FLYT_OK;
}

/** Lists who is near unit i; with other NULL only counts them. */
static uint32_t list_near(const struct cells *cells, const double *x, const double *y,
                          double bandwidth, uint32_t i, uint32_t *other, double *weight)
{
    uint32_t n_near = 0;
    const uint32_t cx = cell_along(x[i], cells->x_low, cells->side, cells->n_x);
    const uint32_t cy = cell_along(y[i], cells->y_low, cells->side, cells->n_y);
    for (uint32_t row = cy > 0 ? cy - 1 : 0; row <= cy + 1 && row < cells->n_y; row++) {
        for (uint32_t col = cx > 0 ? cx - 1 : 0; col <= cx + 1 && col < cells->n_x; col++) {
            const size_t at = (size_t)row * cells->n_x + col;
            for (uint32_t k = cells->first[at]; k < cells->first[at + 1]; k++) {
                const uint32_t j = cells->unit[k];
                const double dx = (x[j] - x[i]) / bandwidth, dy = (y[j] - y[i]) / bandwidth;
                const double square = dx * dx + dy * dy;
                if (j == i || !(square < 1.0)) {
                    continue;
                }
                if (other != NULL) {
                    other[n_near] = j;
                    weight[n_near] = (1.0 - square) * (1.0 - square);
                }
                n_near++;
            }
        }
    }
    return n_near;
}

enum flyt_status flyt_segregation_neighbours_near(struct flyt_segregation_neighbours *out,
                                                  uint32_t n_units, const double *x_km,
                                                  const double *y_km, double bandwidth_km,
                                                  struct flyt_arena *arena)
{
    struct cells cells = {0};
    uint32_t *first = FLYT_ARENA_ZERO(arena, uint32_t, (size_t)n_units + 1);
    if (first == NULL) {
        return FLYT_ERR_MEMORY;
    }
    uint64_t n_pairs = 0;
    if (n_units > 0) {
        FLYT_TRY(build_cells(&cells, n_units, x_km, y_km, bandwidth_km, arena));
    }
    for (uint32_t i = 0; i < n_units; i++) {
        first[i] = (uint32_t)n_pairs;
        n_pairs += list_near(&cells, x_km, y_km, bandwidth_km, i, NULL, NULL);
        if (n_pairs >= UINT32_MAX) {
            return FLYT_ERR_MEMORY;
        }
    }
    first[n_units] = (uint32_t)n_pairs;
    uint32_t *other = FLYT_ARENA_ARRAY(arena, uint32_t, n_pairs);
    double *weight = FLYT_ARENA_ARRAY(arena, double, n_pairs);
    if (other == NULL || weight == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n_units; i++) {
        uint32_t n_near =
            list_near(&cells, x_km, y_km, bandwidth_km, i, other + first[i], weight + first[i]);
        sort_small(other + first[i], weight + first[i], n_near);
    }
    *out = (struct flyt_segregation_neighbours){
        .n_units = n_units, .first = first, .other = other, .weight = weight};
    return FLYT_OK;
}

void flyt_segregation_neighbours_among(const struct flyt_segregation_neighbours *in,
                                       uint32_t n_units_in,
                                       const struct flyt_segregation_table *table, uint32_t *kept,
                                       uint32_t *first, uint32_t *other, double *weight,
                                       struct flyt_segregation_neighbours *out)
{
    for (uint32_t i = 0; i < n_units_in; i++) {
        kept[i] = FLYT_NONE;
    }
    for (uint32_t i = 0; i < table->n_units; i++) {
        kept[table->row[i]] = i;
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < table->n_units; i++) {
        first[i] = n;
        for (uint32_t k = in->first[table->row[i]]; k < in->first[table->row[i] + 1]; k++) {
            if (kept[in->other[k]] != FLYT_NONE) {
                other[n] = kept[in->other[k]];
                if (weight != NULL) {
                    weight[n] = in->weight[k];
                }
                n++;
            }
        }
    }
    first[table->n_units] = n;
    *out = (struct flyt_segregation_neighbours){
        .n_units = table->n_units, .first = first, .other = other, .weight = weight};
}

enum flyt_status flyt_segregation_neighbours_keep(struct flyt_segregation_neighbours *out,
                                                  const struct flyt_segregation_neighbours *in,
                                                  uint32_t n_units_in,
                                                  const struct flyt_segregation_table *table,
                                                  struct flyt_arena *arena)
{
    const uint32_t n_pairs = in->first[n_units_in];
    uint32_t *kept = FLYT_ARENA_ARRAY(arena, uint32_t, n_units_in);
    uint32_t *first = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)table->n_units + 1);
    uint32_t *other = FLYT_ARENA_ARRAY(arena, uint32_t, n_pairs);
    double *weight = in->weight != NULL ? FLYT_ARENA_ARRAY(arena, double, n_pairs) : NULL;
    if (kept == NULL || first == NULL || other == NULL || (in->weight != NULL && weight == NULL)) {
        return FLYT_ERR_MEMORY;
    }
    flyt_segregation_neighbours_among(in, n_units_in, table, kept, first, other, weight, out);
    return FLYT_OK;
}

/* ---- measures ------------------------------------------------------------------------------ */

double flyt_segregation_moran(const double *x, const double *t, uint32_t n_units,
                              const struct flyt_segregation_neighbours *adjacent, double *work)
{
    const double n_links = (double)adjacent->first[n_units], n = (double)n_units;
    for (uint32_t i = 0; i < n_units; i++) {
        work[i] = x[i] / t[i];
    }
    const double mean = flyt_segregation_sum(work, n_units) / n;
    double cross = 0.0, square = 0.0;
    for (uint32_t i = 0; i < n_units; i++) {
        const double z = work[i] - mean;
        double near = 0.0;
        for (uint32_t k = adjacent->first[i]; k < adjacent->first[i + 1]; k++) {
            near += work[adjacent->other[k]] - mean;
        }
        cross += z * near;
        square += z * z;
    }
    return square > 0.0 && n_links > 0.0 ? n / n_links * (cross / square) : NAN;
}

double flyt_segregation_morrill(const double *x, const double *t, uint32_t n_units,
                                const struct flyt_segregation_neighbours *adjacent, double d)
{
    const uint32_t n_links = adjacent->first[n_units];
    double apart = 0.0;
    for (uint32_t i = 0; i < n_units; i++) {
        const double share = x[i] / t[i];
        for (uint32_t k = adjacent->first[i]; k < adjacent->first[i + 1]; k++) {
            const uint32_t j = adjacent->other[k];
            apart += fabs(share - x[j] / t[j]);
        }
    }
    return n_links > 0 ? d - apart / (double)n_links : NAN;
}

/** Mean area by persons of the least (or largest) units, as many as hold `enough` persons. */
static double area_of_first(const uint32_t *order, uint32_t n, bool from_end, const double *t,
                            const double *area_km2, double enough)
{
    double persons = 0.0, sum = 0.0;
    for (uint32_t k = 0; k < n && persons < enough; k++) {
        const uint32_t i = order[from_end ? n - 1 - k : k];
        persons += t[i];
        sum += t[i] * area_km2[i];
    }
    return sum / persons;
}

double flyt_segregation_concentration(const double *x, const double *t, const double *area_km2,
                                      uint32_t n_units, struct flyt_segregation_scratch *scratch)
{
    double x_all = 0.0, y_all = 0.0, x_area = 0.0, y_area = 0.0;
    for (uint32_t i = 0; i < n_units; i++) {
        const double y = t[i] - x[i];
        x_all += x[i];
        y_all += y;
        x_area += x[i] * area_km2[i];
        y_area += y * area_km2[i];
    }
    flyt_segregation_sort(area_km2, n_units, scratch);
    const uint32_t *order = scratch->order[0];
    const double least = area_of_first(order, n_units, false, t, area_km2, x_all);
    const double most = area_of_first(order, n_units, true, t, area_km2, x_all);
    const double observed = x_area / x_all / (y_area / y_all) - 1.0, extreme = least / most - 1.0;
    return extreme < 0.0 ? observed / extreme : NAN; /* all units as large: no concentration */
}

/** Persons around each unit: own ones and the neighbours' by weight, into out[n_units]. */
static void smooth(const double *persons, uint32_t n_units,
                   const struct flyt_segregation_neighbours *kernel, double *out)
{
    for (uint32_t i = 0; i < n_units; i++) {
        double sum = persons[i];
        for (uint32_t k = kernel->first[i]; k < kernel->first[i + 1]; k++) {
            const double weight = kernel->weight != NULL ? kernel->weight[k] : 1.0;
            sum += weight * persons[kernel->other[k]];
        }
        out[i] = sum;
    }
}

/** Sum of t_i p_i ln p_i into term[], with p the share of a group around the unit. */
static void add_entropy(const double *around, const double *around_all, const double *t, uint32_t n,
                        bool of_rest, double *ratio, double *term)
{
    for (uint32_t i = 0; i < n; i++) {
        const double share = around[i] / around_all[i];
        const double p = of_rest ? 1.0 - share : share;
        ratio[i] = p > 0.0 ? p : 1.0;
    }
    for (uint32_t i = 0; i < n; i++) {
        term[i] = ratio[i] < 1.0 ? t[i] * ratio[i] : 0.0;
    }
    flyt_num_log_n(ratio, ratio, n);
    for (uint32_t i = 0; i < n; i++) {
        term[i] *= ratio[i];
    }
}

static double p_log_p(double p)
{
    return p > 0.0 ? p * flyt_num_log(p) : 0.0;
}

void flyt_segregation_spatial_h(const struct flyt_segregation_table *table,
                                const struct flyt_segregation_neighbours *kernel,
                                struct flyt_segregation_scratch *scratch, double *value,
                                size_t stride)
{
    const uint32_t n = table->n_units, n_groups = table->n_groups;
    const double *t = table->unit_total;
    double *around_all = scratch->smooth + (size_t)n_groups * n;
    double *ratio = scratch->real[0], *term = scratch->real[1];
    smooth(t, n, kernel, around_all);
    double entropy = 0.0, local = 0.0;
    for (uint32_t g = 0; g < n_groups; g++) {
        double *around = scratch->smooth + (size_t)g * n;
        const double p = table->group_total[g] / table->total;
        smooth(table->persons + (size_t)g * n, n, kernel, around);
        add_entropy(around, around_all, t, n, false, ratio, term);
        const double own = flyt_segregation_sum(term, n);
        add_entropy(around, around_all, t, n, true, ratio, term);
        const double rest = flyt_segregation_sum(term, n);
        const double whole = p_log_p(p) + p_log_p(1.0 - p);
        value[g * stride] = whole < 0.0 ? 1.0 - (own + rest) / (table->total * whole) : NAN;
        entropy += p_log_p(p);
        local += own;
    }
    value[n_groups * stride] = entropy < 0.0 ? 1.0 - local / (table->total * entropy) : NAN;
}
