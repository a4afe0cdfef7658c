/**
 * @file plot_flows.c
 * @brief A matrix of moves for each class: rows are the homes left, columns the homes taken.
 *
 * Numbers are means over years and replicates; the colour is the share of the row, from white to a
 * dark blue of even steps in lightness, so that it needs no hue to be read.
 */
#include <string.h>

#include "output/gnuplot.h"
#include "output/plot_parts.h"

enum { PANELS = 3, MOST = 8, LABEL_WIDTH = 20, TITLE_WIDTH = 26 };

static const struct flyt_result_series *series_of(const struct flyt_result *result,
                                                  const struct flyt_figure *figure)
{
    uint32_t index = flyt_result_find(result, figure->over);
    return index == FLYT_NONE ? NULL : &result->series[index];
}

bool flyt_plot_flows_fit(const struct flyt_result *result, const struct flyt_figure *figure)
{
    const struct flyt_result_series *series = series_of(result, figure);
    return series != NULL && series->period == FLYT_SERIES_yearly &&
           series->type == FLYT_SERIES_count && series->n_dims == 3 &&
           result->dim[series->dim[0]].n <= MOST && result->dim[series->dim[1]].n <= MOST &&
           result->dim[series->dim[2]].n <= PANELS;
}

/** The figure while it is made. */
struct page {
    const struct flyt_result *result;
    const struct flyt_result_series *series;
    const struct flyt_dim *from, *to, *class;
    const struct flyt_plot_options *options;
    double mean[PANELS][MOST][MOST]; /* households a year */
};

static void fill_means(struct page *page)
{
    uint32_t n_years = page->result->n_years, n_replicates = page->result->n_replicates;
    double n = n_years > 0 ? (double)n_years * n_replicates : 1.0;
    for (uint32_t r = 0; r < n_replicates; r++) {
        for (uint32_t row = 1; row <= n_years; row++) {
            const int64_t *cell = flyt_result_row(page->result, page->series, r, row);
            for (uint32_t i = 0; i < page->series->n_cells; i++) {
                uint32_t class = i % page->class->n, to = i / page->class->n % page->to->n;
                page->mean[class][i / page->class->n / page->to->n][to] += (double)cell[i] / n;
            }
        }
    }
}

static double row_sum(const struct page *page, uint32_t panel, uint32_t from)
{
    double sum = 0.0;
    for (uint32_t to = 0; to < page->to->n; to++) {
        sum += page->mean[panel][from][to];
    }
    return sum;
}

static double share_of(const struct page *page, uint32_t panel, uint32_t from, uint32_t to)
{
    double sum = row_sum(page, panel, from);
    return sum > 0.0 ? 100.0 * page->mean[panel][from][to] / sum : 0.0;
}

/** Columns: middle, then left, right, bottom, top of the cell, then the share. */
static void put_data(struct flyt_text *script, const struct page *page, uint32_t panel)
{
    struct flyt_text rows = {.arena = script->arena};
    char name[] = "flow0";
    name[4] = (char)('0' + panel);
    for (uint32_t from = 0; from < page->from->n; from++) {
        for (uint32_t to = 0; to < page->to->n; to++) {
            uint32_t y = page->from->n - from - 1;
            flyt_text_add(&rows, "%u.5 %u.5 %u %u %u %u %.4g\n", to, y, to, to + 1, y, y + 1,
                          share_of(page, panel, from, to));
        }
    }
    if (rows.failed) {
        script->failed = true;
        return;
    }
    flyt_gnuplot_block(script, name, rows.bytes, rows.n);
}

/** Households a year: with a decimal below 100, and no 0 for what happens now and then. */
static void put_number(struct flyt_text *out, const struct page *page, double mean)
{
    uint64_t tenths = (uint64_t)(10.0 * mean + 0.5);
    if (mean <= 0.0) {
        flyt_text_add(out, "0");
    } else if (tenths == 0) {
        flyt_text_add(out, page->options->lang == FLYT_DA ? "<0,1" : "<0.1");
    } else if (tenths < 1000) {
        flyt_text_add(out, "%u%s%u", (unsigned)(tenths / 10),
                      page->options->lang == FLYT_DA ? "," : ".", (unsigned)(tenths % 10));
    } else {
        flyt_text_add(out, "%llu", (unsigned long long)(mean + 0.5));
    }
}

static void put_numbers(struct flyt_text *script, const struct page *page, uint32_t panel)
{
    uint32_t label = 100;
    for (uint32_t from = 0; from < page->from->n; from++) {
        for (uint32_t to = 0; to < page->to->n; to++) {
            flyt_text_add(script, "set label %u '", label++);
            put_number(script, page, page->mean[panel][from][to]);
            flyt_text_add(script, "' at %u.5,%u.5 center front font ',9' textcolor rgb '%s'\n", to,
                          page->from->n - from - 1,
                          share_of(page, panel, from, to) > 60.0 ? "#ffffff" : "#000000");
        }
    }
}

/** Labels of rows or columns as tics in the middle of the cells. */
static void put_tics(struct flyt_text *script, const struct page *page, const struct flyt_dim *dim,
                     bool upwards)
{
    flyt_text_add(script, upwards ? "set xtics rotate by 90 right scale 0 noenhanced font ',10' ("
                                  : "set ytics scale 0 noenhanced font ',10' (");
    for (uint32_t i = 0; i < dim->n; i++) {
        flyt_text_add(script, i == 0 ? "" : ", ");
        flyt_plot_put_fitted(
            script, flyt_plot_say(page->options, dim->label_en[i], dim->label_da[i]), LABEL_WIDTH);
        flyt_text_add(script, " %u.5", upwards ? i : dim->n - i - 1);
    }
    flyt_text_add(script, ")\n");
}

static void put_panel(struct flyt_text *script, const struct page *page, uint32_t panel)
{
    const double left = 0.175, right = 0.905, gap = 0.022, top = 0.765, bottom = 0.36;
    const double width = (right - left - (PANELS - 1) * gap) / PANELS;
    const double x = left + panel * (width + gap);
    flyt_text_add(script,
                  "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
                  "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                  x, x + width, top, bottom);
    put_tics(script, page, page->to, true);
    if (panel == 0) {
        put_tics(script, page, page->from, false);
    } else {
        flyt_text_add(script, "unset ytics\n");
    }
    flyt_text_add(script, "set label 7 ");
    flyt_plot_put_fitted(
        script,
        flyt_plot_say(page->options, page->class->label_en[panel], page->class->label_da[panel]),
        TITLE_WIDTH);
    flyt_text_add(script, " at graph 0,1 left offset 0,0.7 noenhanced font ',12'\n");
    put_numbers(script, page, panel);
    if (panel + 1 == page->class->n) {
        flyt_text_add(script, "set colorbox vertical user origin %.4f,%.4f size 0.012,%.4f\n",
                      right + 0.015, bottom, top - bottom);
    }
    flyt_text_add(script,
                  "plot $flow%u using 1:2:3:4:5:6:7 with boxxyerror fillcolor palette "
                  "fillstyle solid 1.0 border linecolor rgb '#ffffff' notitle\n",
                  panel);
    for (uint32_t label = 1; panel == 0 && label <= 5; label++) {
        flyt_text_add(script, "unset label %u\n", label); /* words of the page stand once */
    }
}

enum flyt_status flyt_plot_flows(struct flyt_text *script, const struct flyt_result *result,
                                 const struct flyt_figure *figure,
                                 const struct flyt_plot_options *options)
{
    struct page *page = FLYT_ARENA_ZERO(script->arena, struct page, 1);
    if (page == NULL) {
        return FLYT_ERR_MEMORY;
    }
    page->result = result;
    page->series = series_of(result, figure);
    page->options = options;
    page->from = &result->dim[page->series->dim[0]];
    page->to = &result->dim[page->series->dim[1]];
    page->class = &result->dim[page->series->dim[2]];
    fill_means(page);
    for (uint32_t panel = 0; panel < page->class->n; panel++) {
        put_data(script, page, panel);
    }
    flyt_text_add(script,
                  "unset border\nunset key\nset xrange [0:%u]\nset yrange [0:%u]\n"
                  "set palette defined (0 '#f7fbff', 25 '#c6dbef', 50 '#6baed6', 75 '#2171b5', "
                  "100 '#08306b')\nset cbrange [0:100]\nset cbtics 0,25,100 font ',10' format "
                  "'%%g %%%%'\nunset colorbox\nset multiplot\n",
                  page->to->n, page->from->n);
    for (uint32_t panel = 0; panel < page->class->n; panel++) {
        put_panel(script, page, panel);
    }
    flyt_text_add(script, "unset multiplot\n");
    return script->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}
