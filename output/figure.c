#include "output/figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/figure_parts.h"
#include "output/plot_parts.h"

/* ---- does it fit ---- */

uint32_t flyt_figure_axis(const struct flyt_result *result, const struct flyt_result_series *series,
                          const char *name)
{
    for (uint32_t i = 0; i < series->n_dims; i++) {
        if (strcmp(result->dim[series->dim[i]].name, name) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

static bool series_fits(const struct flyt_result *result, const struct flyt_figure *figure,
                        const char *name)
{
    uint32_t index = flyt_result_find(result, name);
    const struct flyt_result_series *series = index == FLYT_NONE ? NULL : &result->series[index];
    return series != NULL && flyt_result_rows(result, series) > 1 &&
           series->type == FLYT_SERIES_count &&
           flyt_figure_axis(result, series, figure->lines) != FLYT_NONE &&
           (figure->only_dim == NULL ||
            flyt_figure_axis(result, series, figure->only_dim) != FLYT_NONE);
}

/** Whether both have the same rows: those of a sweep may be years. */
static bool periods_fit(const struct flyt_result *result, const struct flyt_figure *figure)
{
    return result->series[flyt_result_find(result, figure->over)].period ==
           result->series[flyt_result_find(result, figure->under)].period;
}

static bool map_fits(const struct flyt_result *result, const char *name)
{
    uint32_t index = flyt_result_find(result, name);
    const struct flyt_result_series *series = index == FLYT_NONE ? NULL : &result->series[index];
    return series != NULL && series->period == FLYT_SERIES_yearly &&
           series->type == FLYT_SERIES_count && series->n_dims == 2 &&
           result->dim[series->dim[0]].n <= FLYT_FIGURE_MAP_CELLS &&
           result->dim[series->dim[1]].n <= FLYT_FIGURE_MAP_CELLS;
}

/** Names of the three series of a figure of panels. */
static const char *const curve_suffix[FLYT_FIGURE_CURVES] = {"", "_expected", "_corrected"};

static uint32_t curve_series(const struct flyt_result *result, const struct flyt_figure *figure,
                             uint32_t curve)
{
    char name[96];
    (void)snprintf(name, sizeof name, "%s%s", figure->over, curve_suffix[curve]);
    return flyt_result_find(result, name);
}

static bool panels_fit(const struct flyt_result *result, const struct flyt_figure *figure)
{
    for (uint32_t curve = 0; curve < FLYT_FIGURE_CURVES; curve++) {
        uint32_t index = curve_series(result, figure, curve);
        const struct flyt_result_series *series =
            index == FLYT_NONE ? NULL : &result->series[index];
        if (series == NULL || series->period != FLYT_SERIES_yearly ||
            series->type != FLYT_SERIES_real ||
            flyt_figure_axis(result, series, figure->lines) == FLYT_NONE ||
            flyt_figure_axis(result, series, figure->only_dim) == FLYT_NONE) {
            return false;
        }
    }
    return true;
}

bool flyt_figure_fits(const struct flyt_result *result, const struct flyt_figure *figure,
                      const char **missing)
{
    if (figure->kind == FLYT_FIGURE_criteria || figure->kind == FLYT_FIGURE_composition) {
        return flyt_plot_areas_fit(result, figure, missing);
    }
    if (figure->kind == FLYT_FIGURE_decomposition) {
        return flyt_plot_decomposition_fits(result, figure, missing);
    }
    if (figure->kind == FLYT_FIGURE_flows) {
        *missing = flyt_plot_flows_fit(result, figure) ? NULL : figure->over;
        return *missing == NULL;
    }
    if (figure->kind == FLYT_FIGURE_board) {
        return flyt_figure_board_fits(result, figure, missing);
    }
    if (figure->kind == FLYT_FIGURE_map) {
        *missing = map_fits(result, figure->over) ? NULL : figure->over;
    } else if (figure->kind == FLYT_FIGURE_panels) {
        *missing = panels_fit(result, figure) ? NULL : figure->over;
    } else {
        *missing = !series_fits(result, figure, figure->over) ? figure->over
                   : !series_fits(result, figure, figure->under) || !periods_fit(result, figure)
                       ? figure->under
                       : NULL;
    }
    return *missing == NULL;
}

/* ---- totals by line ---- */

/** Sums of a series by line: [line][replicate][row]. */
struct totals {
    uint32_t n_lines, n_replicates, n_rows;
    double *value;
};

static double *total_at(const struct totals *totals, uint32_t line, uint32_t replicate)
{
    return totals->value +
           ((size_t)line * totals->n_replicates + replicate) * (size_t)totals->n_rows;
}

uint32_t flyt_figure_label(const struct flyt_result *result,
                           const struct flyt_result_series *series, uint32_t axis, uint64_t cell)
{
    for (uint32_t i = series->n_dims - 1; i > axis; i--) {
        cell /= result->dim[series->dim[i]].n;
    }
    return (uint32_t)(cell % result->dim[series->dim[axis]].n);
}

/** The line each cell counts in, FLYT_NONE for those left out. */
static uint32_t *lines_of_cells(const struct flyt_result *result,
                                const struct flyt_result_series *series,
                                const struct flyt_figure *figure, struct flyt_arena *arena)
{
    uint32_t axis = flyt_figure_axis(result, series, figure->lines), only = FLYT_NONE;
    uint32_t *line = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)series->n_cells);
    if (figure->only_dim != NULL) {
        only = flyt_figure_axis(result, series, figure->only_dim);
    }
    for (uint64_t cell = 0; line != NULL && cell < series->n_cells; cell++) {
        line[cell] = flyt_figure_label(result, series, axis, cell);
        if (only != FLYT_NONE) {
            const struct flyt_dim *dim = &result->dim[series->dim[only]];
            const char *label = dim->label_en[flyt_figure_label(result, series, only, cell)];
            line[cell] = strstr(label, figure->only_label) != NULL ? line[cell] : FLYT_NONE;
        }
    }
    return line;
}

static enum flyt_status add_up(const struct flyt_result *result, const struct flyt_figure *figure,
                               const char *name, struct flyt_arena *arena, struct totals *totals)
{
    const struct flyt_result_series *series = &result->series[flyt_result_find(result, name)];
    uint32_t axis = flyt_figure_axis(result, series, figure->lines);
    *totals = (struct totals){.n_lines = result->dim[series->dim[axis]].n,
                              .n_replicates = result->n_replicates,
                              .n_rows = flyt_result_rows(result, series)};
    totals->value = FLYT_ARENA_ZERO(
        arena, double, (size_t)totals->n_lines * totals->n_replicates * (size_t)totals->n_rows);
    const uint32_t *line = lines_of_cells(result, series, figure, arena);
    if (totals->value == NULL || line == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t replicate = 0; replicate < totals->n_replicates; replicate++) {
        for (uint32_t row = 0; row < totals->n_rows; row++) {
            const int64_t *cells = flyt_result_row(result, series, replicate, row);
            for (uint64_t cell = 0; cell < series->n_cells; cell++) {
                if (line[cell] != FLYT_NONE) {
                    total_at(totals, line[cell], replicate)[row] += (double)cells[cell];
                }
            }
        }
    }
    return FLYT_OK;
}

/* ---- reduction ---- */

static double sum(const double *value, uint32_t n)
{
    double total = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        total += value[i];
    }
    return total;
}

/** The figure's value at a row of one line and replicate; NaN where there is none. @param year
 *  rows of a year: 12, or 1. */
static double value_at(enum flyt_figure_kind kind, const double *over, const double *under,
                       uint32_t row, uint32_t year)
{
    double top = over[row], bottom = under[row], scale = 100.0;
    if (kind != FLYT_FIGURE_share && row < year) {
        return (double)NAN;
    }
    if (kind == FLYT_FIGURE_rate) {
        top = sum(over + row + 1 - year, year);
        bottom = sum(under + row - year, year) / (double)year;
    } else if (kind == FLYT_FIGURE_mean) {
        top = sum(over + row + 1 - year, year);
        bottom = sum(under + row + 1 - year, year);
        scale = 1.0;
    }
    return bottom > 0.0 ? scale * top / bottom : (double)NAN;
}

double flyt_figure_quantile(const double *sorted, uint32_t n, double p)
{
    if (n == 0) {
        return (double)NAN;
    }
    double at = p * (double)(n - 1);
    uint32_t below = (uint32_t)at, above = below + 1 < n ? below + 1 : below;
    return sorted[below] + (at - (double)below) * (sorted[above] - sorted[below]);
}

static void sort(double *value, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        double x = value[i];
        uint32_t j = i;
        for (; j > 0 && value[j - 1] > x; j--) {
            value[j] = value[j - 1];
        }
        value[j] = x;
    }
}

enum flyt_status flyt_figure_open_line(struct flyt_figure_line *line, uint32_t n_rows,
                                       uint32_t n_replicates, struct flyt_arena *arena,
                                       double **value)
{
    *value = FLYT_ARENA_ARRAY(arena, double, n_replicates);
    line->low = FLYT_ARENA_ARRAY(arena, double, n_rows);
    line->mid = FLYT_ARENA_ARRAY(arena, double, n_rows);
    line->high = FLYT_ARENA_ARRAY(arena, double, n_rows);
    return *value == NULL || line->low == NULL || line->mid == NULL || line->high == NULL
               ? FLYT_ERR_MEMORY
               : FLYT_OK;
}

void flyt_figure_set_row(struct flyt_figure_line *line, uint32_t row, double *value, uint32_t n,
                         uint32_t n_replicates)
{
    bool few = n_replicates < FLYT_FIGURE_FEW;
    sort(value, n);
    line->low[row] = flyt_figure_quantile(value, n, few ? 0.0 : 0.05);
    line->mid[row] = flyt_figure_quantile(value, n, 0.5);
    line->high[row] = flyt_figure_quantile(value, n, few ? 1.0 : 0.95);
}

static enum flyt_status reduce_line(enum flyt_figure_kind kind, const struct totals *over,
                                    const struct totals *under, uint32_t index, uint32_t year,
                                    struct flyt_arena *arena, struct flyt_figure_line *line)
{
    double *value;
    FLYT_TRY(flyt_figure_open_line(line, over->n_rows, over->n_replicates, arena, &value));
    for (uint32_t row = 0; row < over->n_rows; row++) {
        uint32_t n = 0;
        for (uint32_t r = 0; r < over->n_replicates; r++) {
            double x =
                value_at(kind, total_at(over, index, r), total_at(under, index, r), row, year);
            if (!isnan(x)) {
                value[n++] = x;
            }
        }
        flyt_figure_set_row(line, row, value, n, over->n_replicates);
    }
    return FLYT_OK;
}

/** How many lines have a larger denominator, or an equal one and come before. */
static uint32_t rank_of(const struct totals *under, uint32_t line)
{
    uint32_t n = under->n_replicates * under->n_rows, rank = 0;
    double own = sum(total_at(under, line, 0), n);
    for (uint32_t i = 0; i < under->n_lines; i++) {
        double other = sum(total_at(under, i, 0), n);
        rank += other > own || (i < line && !(other < own));
    }
    return rank;
}

/** The cell of a panel's label in the place that the figure shows, and which label it is;
 *  FLYT_NONE: not there. */
static uint64_t cell_of(const struct flyt_result *result, const struct flyt_result_series *series,
                        const struct flyt_figure *figure, const char *label, size_t n,
                        struct flyt_figure_line *line)
{
    uint32_t axis = flyt_figure_axis(result, series, figure->lines);
    uint32_t only = flyt_figure_axis(result, series, figure->only_dim);
    const struct flyt_dim *lines = &result->dim[series->dim[axis]];
    const struct flyt_dim *place = &result->dim[series->dim[only]];
    for (uint64_t cell = 0; cell < series->n_cells; cell++) {
        uint32_t own = flyt_figure_label(result, series, axis, cell);
        const char *here = place->label_en[flyt_figure_label(result, series, only, cell)];
        line->label_en = lines->label_en[own];
        line->label_da = lines->label_da[own];
        if (strlen(line->label_en) == n && memcmp(line->label_en, label, n) == 0 &&
            strcmp(here, figure->only_label) == 0) {
            return cell;
        }
    }
    return FLYT_NONE;
}

static enum flyt_status reduce_curve(const struct flyt_result *result,
                                     const struct flyt_result_series *series, uint64_t cell,
                                     struct flyt_arena *arena, struct flyt_figure_line *line)
{
    double *value;
    uint32_t n_rows = flyt_result_rows(result, series);
    FLYT_TRY(flyt_figure_open_line(line, n_rows, result->n_replicates, arena, &value));
    for (uint32_t row = 0; row < n_rows; row++) {
        uint32_t n = 0;
        for (uint32_t r = 0; r < result->n_replicates; r++) {
            const double *cells = flyt_result_row(result, series, r, row);
            if (!isnan(cells[cell])) {
                value[n++] = cells[cell];
            }
        }
        flyt_figure_set_row(line, row, value, n, result->n_replicates);
    }
    return FLYT_OK;
}

/** The curves of each panel whose label the result has. */
static enum flyt_status reduce_panels(const struct flyt_result *result,
                                      const struct flyt_figure *figure, struct flyt_arena *arena,
                                      struct flyt_figure_data *data)
{
    *data = (struct flyt_figure_data){.n_rows = result->n_years + 1};
    data->x = FLYT_ARENA_ARRAY(arena, double, data->n_rows);
    data->line = FLYT_ARENA_ZERO(arena, struct flyt_figure_line,
                                 (size_t)FLYT_FIGURE_PANELS * FLYT_FIGURE_CURVES);
    if (data->x == NULL || data->line == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t row = 0; row < data->n_rows; row++) {
        data->x[row] = (double)result->start_year + (double)row;
    }
    const char *at = figure->panels;
    for (uint32_t panel = 0; panel < FLYT_FIGURE_PANELS && *at != '\0'; panel++) {
        size_t n = strcspn(at, "|");
        for (uint32_t curve = 0; curve < FLYT_FIGURE_CURVES; curve++) {
            const struct flyt_result_series *series =
                &result->series[curve_series(result, figure, curve)];
            struct flyt_figure_line *line = &data->line[data->n_lines];
            uint64_t cell = cell_of(result, series, figure, at, n, line);
            if (cell == FLYT_NONE) {
                break;
            }
            data->n_lines++;
            FLYT_TRY(reduce_curve(result, series, cell, arena, line));
        }
        at += n + (at[n] == '|');
    }
    return FLYT_OK;
}

enum flyt_status flyt_figure_reduce(const struct flyt_result *result,
                                    const struct flyt_figure *figure, struct flyt_arena *arena,
                                    struct flyt_figure_data *data)
{
    struct totals over, under;
    if (figure->kind == FLYT_FIGURE_panels) {
        return reduce_panels(result, figure, arena, data);
    }
    FLYT_TRY(add_up(result, figure, figure->over, arena, &over));
    FLYT_TRY(add_up(result, figure, figure->under, arena, &under));
    const struct flyt_result_series *series =
        &result->series[flyt_result_find(result, figure->over)];
    const struct flyt_dim *dim =
        &result->dim[series->dim[flyt_figure_axis(result, series, figure->lines)]];
    uint32_t year = series->period == FLYT_SERIES_monthly ? 12 : 1;
    *data = (struct flyt_figure_data){.n_rows = over.n_rows};
    data->x = FLYT_ARENA_ARRAY(arena, double, over.n_rows);
    data->line = FLYT_ARENA_ARRAY(arena, struct flyt_figure_line, FLYT_FIGURE_LINES);
    if (data->x == NULL || data->line == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t row = 0; row < over.n_rows; row++) {
        data->x[row] = figure->x_en != NULL
                           ? (double)row
                           : (double)result->start_year + (double)row / (double)year;
    }
    for (uint32_t i = 0; i < over.n_lines; i++) {
        if (rank_of(&under, i) >= FLYT_FIGURE_LINES) {
            data->n_left_out++;
            continue;
        }
        struct flyt_figure_line *line = &data->line[data->n_lines++];
        *line = (struct flyt_figure_line){dim->label_en[i], dim->label_da[i], NULL, NULL, NULL};
        FLYT_TRY(reduce_line(figure->kind, &over, &under, i, year, arena, line));
    }
    return FLYT_OK;
}
