/**
 * @file figure.h
 * @brief The figures of `flyt plot`: which series each draws and how they are reduced to lines.
 *
 * Each figure is one row of a table. Knows nothing of gnuplot (plot.h).
 */
#ifndef FLYT_FIGURE_H
#define FLYT_FIGURE_H

#include "output/result.h"

#define FLYT_FIGURE_FEW 20 /* with fewer replicates a band runs from the lowest to the highest */

enum {
    FLYT_FIGURE_MAP_CELLS = 1000, /* rows and columns a map has at most */
    FLYT_FIGURE_MAP_GROUPS = 8    /* values 1 ... 8 of a map are drawn; 0 is empty */
};
enum {
    FLYT_FIGURE_PANELS = 5, /* a figure of panels has at most */
    FLYT_FIGURE_CURVES = 3  /* in each panel: observed, expected at random, corrected */
};
enum { FLYT_FIGURE_BOARD_LINES = 8 }; /* of a board, likewise */
enum { FLYT_FIGURE_LINES = 10 }; /* lines a figure shows at most: those with the largest `under` */

enum flyt_figure_kind {
    FLYT_FIGURE_share,  /* 100 × over / under, row by row */
    FLYT_FIGURE_rate,   /* 100 × sum of over in 12 months / mean of under at their starts */
    FLYT_FIGURE_mean,   /* sum of over / sum of under in 12 months */
    FLYT_FIGURE_map,    /* over: yearly series of row and column, at the start and at the end */
    FLYT_FIGURE_panels, /* over, over_expected, over_corrected: yearly reals; a panel for each label
                          of `lines` that `panels` names */
    FLYT_FIGURE_criteria,      /* over: values by area and criterion; under: limits; a panel each */
    FLYT_FIGURE_composition,   /* who lives in the areas of those criteria: a panel for each area */
    FLYT_FIGURE_decomposition, /* over, under: what changed a group, all, by area and part */
    FLYT_FIGURE_flows, /* over: yearly counts from, to, class: a matrix of means for each class */
    FLYT_FIGURE_board  /* `part`: panels that each show something else of the same lines */
};

enum flyt_part_kind {
    FLYT_PART_of_all,  /* 100 × sum of over in 12 months / that of all lines; no under */
    FLYT_PART_percent, /* 100 × sum of over in 12 months / sum of under in them */
    FLYT_PART_mean,    /* sum of over in 12 months / sum of under in them */
    FLYT_PART_stock,   /* 100 × over / under of each row */
    FLYT_PART_weighted /* mean of over, reals, by the weights under: counts of the same cells */
};

/** A panel of a board. */
struct flyt_figure_part {
    enum flyt_part_kind kind;
    const char *over, *under;        /* series, monthly or yearly */
    const char *title_en, *title_da; /* what it shows, with unit */
};

struct flyt_figure {
    const char *name; /* "vacancies"; also of the files */
    enum flyt_figure_kind kind;
    const char *over, *under; /* series of the same rows, months or (of a sweep) years: numerator,
                                 denominator (a map: NULL) */
    const char *lines;        /* dimension with a line for each label (a map: NULL) */
    const char *only_dim, *only_label;   /* keep labels that hold this text; NULL: all */
    const char *panels;                  /* English labels, "a|b|c"; of other figures NULL */
    const struct flyt_figure_part *part; /* of a board; the first one's numbers choose the lines */
    uint32_t n_parts;                    /* FLYT_FIGURE_PANELS at most */
    const char *title_en, *title_da;
    const char *y_en, *y_da;       /* vertical axis, with unit */
    const char *x_en, *x_da;       /* horizontal axis counts months from 0 and is called this;
                                      NULL: calendar years */
    const char *note_en, *note_da; /* how to read it */
};

struct flyt_figure_line {
    const char *label_en, *label_da;
    double *low, *mid, *high; /* [n_rows] 5th percentile, median, 95th over replicates; or NaN */
};

struct flyt_figure_data {
    uint32_t n_rows, n_lines, n_left_out; /* lines left out: they were too many */
    double *x;                            /* [n_rows] 2024.5 is 1 July, or months from 0 */
    struct flyt_figure_line *line;        /* [n_lines] in the order of the labels; of panels: the
                                             FLYT_FIGURE_CURVES curves of each panel in turn */
};

extern const struct flyt_figure flyt_figures[];
extern const uint32_t flyt_n_figures;

/** @brief The figure with this name, NULL when there is none. */
const struct flyt_figure *flyt_figure_find(const char *name);

/** @brief Whether the result has the series the figure needs; *missing: the first that lacks. */
bool flyt_figure_fits(const struct flyt_result *result, const struct flyt_figure *figure,
                      const char **missing);

/**
 * @brief Reduces a result to the lines of a figure that fits it.
 * @return FLYT_OK or FLYT_ERR_MEMORY. The arena owns the data.
 */
FLYT_NODISCARD enum flyt_status flyt_figure_reduce(const struct flyt_result *result,
                                                   const struct flyt_figure *figure,
                                                   struct flyt_arena *arena,
                                                   struct flyt_figure_data *data);

/**
 * @brief Reduces a result to the lines of a board that fits it: the same lines in all panels.
 *        Lines whose numbers in the first panel are all 0 are left out without a word.
 * @param data  out: [figure->n_parts] each with its own rows; n_left_out of the first holds for
 * all.
 * @return FLYT_OK or FLYT_ERR_MEMORY. The arena owns the data.
 */
FLYT_NODISCARD enum flyt_status flyt_figure_board(const struct flyt_result *result,
                                                  const struct flyt_figure *figure,
                                                  struct flyt_arena *arena,
                                                  struct flyt_figure_data *data);

/** @brief The p-th quantile, p in [0, 1], of n sorted values: linear between order statistics
 *         (Hyndman and Fan 1996, type 7). NaN when n is 0. */
double flyt_figure_quantile(const double *sorted, uint32_t n, double p);

#endif
