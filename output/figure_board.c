/**
 * @file figure_board.c
 * @brief Reduces a result to a board: panels that each show something else of the same lines.
 */
#include <math.h>
#include <string.h>

#include "output/figure_parts.h"

enum { YEAR = 12 };

static const struct flyt_result_series *series_of(const struct flyt_result *result,
                                                  const char *name)
{
    uint32_t index = name == NULL ? FLYT_NONE : flyt_result_find(result, name);
    return index == FLYT_NONE ? NULL : &result->series[index];
}

static bool part_fits(const struct flyt_result *result, const struct flyt_figure *figure,
                      const struct flyt_figure_part *part, const char **missing)
{
    const struct flyt_result_series *over = series_of(result, part->over);
    const struct flyt_result_series *under = series_of(result, part->under);
    bool weighted = part->kind == FLYT_PART_weighted;
    *missing = NULL;
    if (over == NULL || over->type != (weighted ? FLYT_SERIES_real : FLYT_SERIES_count) ||
        flyt_figure_axis(result, over, figure->lines) == FLYT_NONE) {
        *missing = part->over;
    } else if (part->under != NULL &&
               (under == NULL || under->type != FLYT_SERIES_count ||
                under->period != over->period ||
                flyt_figure_axis(result, under, figure->lines) == FLYT_NONE ||
                (weighted && (under->n_dims != over->n_dims ||
                              memcmp(under->dim, over->dim, sizeof *over->dim * over->n_dims))))) {
        *missing = part->under;
    }
    return *missing == NULL;
}

bool flyt_figure_board_fits(const struct flyt_result *result, const struct flyt_figure *figure,
                            const char **missing)
{
    for (uint32_t i = 0; i < figure->n_parts; i++) {
        if (!part_fits(result, figure, &figure->part[i], missing)) {
            return false;
        }
    }
    return true;
}

/* ---- numbers --------------------------------------------------------------------------------- */

/** A panel while it is reduced. */
struct board {
    const struct flyt_result *result;
    const struct flyt_figure_part *part;
    const struct flyt_result_series *over, *under;
    const char *lines;
    uint32_t n_lines, n_rows;
    double *top, *bottom; /* [n_rows][n_lines] of one replicate */
    double *value;        /* [n_rows][n_lines][n_replicates] */
};

/** Adds the cells of a series to their lines; with weights those that have a number. */
static void add_cells(const struct board *board, const struct flyt_result_series *series,
                      uint32_t replicate, double *to)
{
    uint32_t axis = flyt_figure_axis(board->result, series, board->lines);
    for (uint32_t row = 0; row < board->n_rows; row++) {
        const int64_t *cell = flyt_result_row(board->result, series, replicate, row);
        for (uint64_t i = 0; i < series->n_cells; i++) {
            uint32_t line = flyt_figure_label(board->result, series, axis, i);
            to[(size_t)row * board->n_lines + line] += (double)cell[i];
        }
    }
}

static void add_weighted(const struct board *board, uint32_t replicate)
{
    uint32_t axis = flyt_figure_axis(board->result, board->over, board->lines);
    for (uint32_t row = 0; row < board->n_rows; row++) {
        const double *cell = flyt_result_row(board->result, board->over, replicate, row);
        const int64_t *weight = flyt_result_row(board->result, board->under, replicate, row);
        for (uint64_t i = 0; i < board->over->n_cells; i++) {
            size_t at = (size_t)row * board->n_lines +
                        flyt_figure_label(board->result, board->over, axis, i);
            if (!isnan(cell[i])) {
                board->top[at] += cell[i] * (double)weight[i];
                board->bottom[at] += (double)weight[i];
            }
        }
    }
}

/** Sum over the last n rows of one line, or of all lines (FLYT_NONE). */
static double sum_of(const struct board *board, const double *of, uint32_t row, uint32_t line,
                     uint32_t n)
{
    double sum = 0.0;
    for (uint32_t k = 0; k < n; k++) {
        const double *at = of + (size_t)(row - k) * board->n_lines;
        for (uint32_t i = 0; i < board->n_lines; i++) {
            sum += line == FLYT_NONE || line == i ? at[i] : 0.0;
        }
    }
    return sum;
}

static double value_at(const struct board *board, uint32_t row, uint32_t line)
{
    enum flyt_part_kind kind = board->part->kind;
    bool stock = kind == FLYT_PART_stock || kind == FLYT_PART_weighted;
    uint32_t n = !stock && board->over->period == FLYT_SERIES_monthly ? YEAR : 1;
    if (!stock && row < n) {
        return (double)NAN;
    }
    double top = sum_of(board, board->top, row, line, n);
    double bottom = kind == FLYT_PART_of_all ? sum_of(board, board->top, row, FLYT_NONE, n)
                                             : sum_of(board, board->bottom, row, line, n);
    double scale = kind == FLYT_PART_mean || kind == FLYT_PART_weighted ? 1.0 : 100.0;
    return bottom > 0.0 ? scale * top / bottom : (double)NAN;
}

static enum flyt_status open_board(struct board *board, const struct flyt_figure *figure,
                                   struct flyt_arena *arena)
{
    uint32_t axis;
    board->over = series_of(board->result, board->part->over);
    board->under = series_of(board->result, board->part->under);
    board->lines = figure->lines;
    axis = flyt_figure_axis(board->result, board->over, figure->lines);
    board->n_lines = board->result->dim[board->over->dim[axis]].n;
    board->n_rows = flyt_result_rows(board->result, board->over);
    size_t n = (size_t)board->n_lines * board->n_rows;
    board->top = FLYT_ARENA_ARRAY(arena, double, n);
    board->bottom = FLYT_ARENA_ARRAY(arena, double, n);
    board->value = FLYT_ARENA_ARRAY(arena, double, n * board->result->n_replicates);
    return board->top == NULL || board->bottom == NULL || board->value == NULL ? FLYT_ERR_MEMORY
                                                                               : FLYT_OK;
}

/** Fills all values; adds to weight[line] what the panel is made of. */
static void fill_values(struct board *board, double *weight)
{
    uint32_t n_replicates = board->result->n_replicates;
    size_t n = (size_t)board->n_lines * board->n_rows;
    for (uint32_t r = 0; r < n_replicates; r++) {
        memset(board->top, 0, n * sizeof *board->top);
        memset(board->bottom, 0, n * sizeof *board->bottom);
        if (board->part->kind == FLYT_PART_weighted) {
            add_weighted(board, r);
        } else {
            add_cells(board, board->over, r, board->top);
            if (board->under != NULL) {
                add_cells(board, board->under, r, board->bottom);
            }
        }
        for (size_t i = 0; i < n; i++) {
            weight[i % board->n_lines] += board->under != NULL ? board->bottom[i] : board->top[i];
            board->value[i * n_replicates + r] =
                value_at(board, (uint32_t)(i / board->n_lines), (uint32_t)(i % board->n_lines));
        }
    }
}

static void set_years(const struct board *board, struct flyt_figure_data *data)
{
    double step = board->over->period == FLYT_SERIES_monthly ? 1.0 / YEAR : 1.0;
    for (uint32_t row = 0; row < board->n_rows; row++) {
        data->x[row] = (double)board->result->start_year + step * (double)row;
    }
}

/** The lines that are kept of a panel. */
static enum flyt_status set_lines(const struct board *board, const bool *keep,
                                  struct flyt_arena *arena, struct flyt_figure_data *data)
{
    uint32_t n_replicates = board->result->n_replicates;
    uint32_t axis = flyt_figure_axis(board->result, board->over, board->lines);
    const struct flyt_dim *dim = &board->result->dim[board->over->dim[axis]];
    data->n_rows = board->n_rows;
    data->x = FLYT_ARENA_ARRAY(arena, double, board->n_rows);
    data->line = FLYT_ARENA_ARRAY(arena, struct flyt_figure_line, FLYT_FIGURE_BOARD_LINES);
    if (data->x == NULL || data->line == NULL) {
        return FLYT_ERR_MEMORY;
    }
    set_years(board, data);
    for (uint32_t i = 0; i < board->n_lines; i++) {
        if (!keep[i]) {
            continue;
        }
        double *value;
        struct flyt_figure_line *line = &data->line[data->n_lines++];
        *line =
            (struct flyt_figure_line){.label_en = dim->label_en[i], .label_da = dim->label_da[i]};
        FLYT_TRY(flyt_figure_open_line(line, board->n_rows, n_replicates, arena, &value));
        for (uint32_t row = 0; row < board->n_rows; row++) {
            const double *from = board->value + ((size_t)row * board->n_lines + i) * n_replicates;
            uint32_t n = 0;
            for (uint32_t r = 0; r < n_replicates; r++) {
                if (!isnan(from[r])) {
                    value[n++] = from[r];
                }
            }
            flyt_figure_set_row(line, row, value, n, n_replicates);
        }
    }
    return FLYT_OK;
}

/** The lines with the largest weights. Returns how many with a weight are left out. */
static uint32_t choose_lines(const double *weight, uint32_t n, bool *keep)
{
    uint32_t n_left_out = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t rank = 0;
        for (uint32_t k = 0; k < n; k++) {
            rank += weight[k] > weight[i] || (k < i && !(weight[k] < weight[i]));
        }
        keep[i] = weight[i] > 0.0 && rank < FLYT_FIGURE_BOARD_LINES;
        n_left_out += weight[i] > 0.0 && !keep[i];
    }
    return n_left_out;
}

enum flyt_status flyt_figure_board(const struct flyt_result *result,
                                   const struct flyt_figure *figure, struct flyt_arena *arena,
                                   struct flyt_figure_data *data)
{
    bool *keep = NULL;
    for (uint32_t i = 0; i < figure->n_parts; i++) {
        struct board board = {.result = result, .part = &figure->part[i]};
        FLYT_TRY(open_board(&board, figure, arena));
        double *weight = FLYT_ARENA_ZERO(arena, double, board.n_lines);
        bool *chosen = FLYT_ARENA_ZERO(arena, bool, board.n_lines);
        if (weight == NULL || chosen == NULL) {
            return FLYT_ERR_MEMORY;
        }
        data[i] = (struct flyt_figure_data){0};
        fill_values(&board, weight);
        uint32_t n_left_out = choose_lines(weight, board.n_lines, chosen);
        if (i == 0) {
            keep = chosen;
            data[0].n_left_out = n_left_out;
        }
        FLYT_TRY(set_lines(&board, keep, arena, &data[i]));
    }
    return FLYT_OK;
}
