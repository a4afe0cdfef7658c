/**
 * @file plot_board.c
 * @brief A board: panels side by side that show several things of the same lines, each with its
 *        own scale and unit, all with one key below.
 */
#include <math.h>

#include "output/gnuplot.h"
#include "output/plot_parts.h"

enum { COLUMNS = 3, TITLE_WIDTH = 36, KEY_WIDTH = 28 };

/** Where the panel lies. */
static void put_place(struct flyt_text *script, uint32_t panel)
{
    const double left = 0.065, right = 0.975, gap = 0.075, top = 0.765, bottom = 0.285;
    const double width = (right - left - (COLUMNS - 1) * gap) / COLUMNS;
    const double x = left + panel * (width + gap);
    flyt_text_add(script,
                  "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
                  "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                  x, x + width, top, bottom);
}

static double highest(const struct flyt_figure_data *data, bool bands)
{
    double most = 0.0;
    for (uint32_t i = 0; i < data->n_lines; i++) {
        const double *of = bands ? data->line[i].high : data->line[i].mid;
        for (uint32_t row = 0; row < data->n_rows; row++) {
            most = of[row] > most ? of[row] : most;
        }
    }
    return most;
}

static void put_style(struct flyt_text *script, const struct flyt_result *result,
                      const struct flyt_plot_options *options)
{
    const int32_t step = flyt_plot_year_step(result->n_years, 4);
    const int32_t first = (result->start_year + step - 1) / step * step;
    flyt_text_add(script,
                  "set border 1 linecolor rgb '#888888'\nset tics nomirror font ',10'\n"
                  "set ytics scale 0\nset grid ytics linetype 1 linewidth 0.6 "
                  "linecolor rgb '#dddddd'\nset format x '%%.0f'\nset format y '%%.10g'\n"
                  "set decimalsign '%s'\nunset key\n"
                  "set xtics %d,%d\nset xrange [%d:%d]\nset multiplot\n",
                  options->lang == FLYT_DA ? "," : ".", first, step, result->start_year,
                  result->start_year + (int32_t)(result->n_years > 0 ? result->n_years : 1));
}

static uint32_t n_numbers(const struct flyt_figure_data *data, uint32_t line)
{
    uint32_t n = 0;
    for (uint32_t row = 0; row < data->n_rows; row++) {
        n += isnan(data->line[line].mid[row]) ? 0 : 1;
    }
    return n;
}

static void put_panel(struct flyt_text *script, const struct flyt_figure_data *data, uint32_t panel,
                      bool bands)
{
    const char *before = "plot ";
    for (uint32_t i = 0; bands && i < data->n_lines; i++) {
        flyt_text_add(script,
                      "%s$part%u using 1:%u:%u with filledcurves linecolor rgb '%s' "
                      "fillstyle transparent solid 0.2 noborder notitle",
                      before, panel, 3 * i + 2, 3 * i + 4, flyt_plot_colour(i));
        before = ", \\\n     ";
    }
    for (uint32_t i = 0; i < data->n_lines; i++) {
        flyt_text_add(
            script, "%s$part%u using 1:%u with %s linecolor rgb '%s' ", before, panel, 3 * i + 3,
            n_numbers(data, i) == 1 ? "points pointtype 7 pointsize 1.2" : "lines linewidth 2",
            flyt_plot_colour(i));
        flyt_text_add(script, n_numbers(data, i) > 1 ? "dashtype %s notitle" : "notitle",
                      flyt_plot_dash(i));
        before = ", \\\n     ";
    }
    flyt_text_add(script, "%s\n", data->n_lines == 0 ? "plot NaN notitle" : "");
}

/** The key: lines without data, below all panels. */
static void put_key(struct flyt_text *script, const struct flyt_plot_options *options,
                    const struct flyt_figure_data *data)
{
    flyt_text_add(script,
                  "unset label\nunset border\nunset xtics\nunset ytics\nunset grid\n"
                  "set lmargin at screen 0.05\nset rmargin at screen 0.97\n"
                  "set xrange [0:1]\nset yrange [0:1]\n"
                  "set key at screen 0.51,0.165 center center horizontal Left reverse "
                  "samplen 2 maxrows %u width -2 font ',11' noenhanced\n",
                  (data->n_lines + COLUMNS - 1) / COLUMNS);
    for (uint32_t i = 0; i < data->n_lines; i++) {
        flyt_text_add(script, "%sNaN with lines linewidth 2 dashtype %s linecolor rgb '%s' title ",
                      i == 0 ? "plot " : ", \\\n     ", flyt_plot_dash(i), flyt_plot_colour(i));
        flyt_plot_put_fitted(script,
                             flyt_plot_say(options, data->line[i].label_en, data->line[i].label_da),
                             KEY_WIDTH);
    }
    flyt_text_add(script, "%s\nunset multiplot\n", data->n_lines == 0 ? "plot NaN notitle" : "");
}

void flyt_plot_board(struct flyt_text *script, const struct flyt_result *result,
                     const struct flyt_figure *figure, const struct flyt_plot_options *options,
                     const struct flyt_figure_data *data, bool bands)
{
    put_style(script, result, options);
    for (uint32_t panel = 0; panel < figure->n_parts; panel++) {
        const struct flyt_figure_part *part = &figure->part[panel];
        double most = highest(&data[panel], bands);
        put_place(script, panel);
        flyt_text_add(script, "set yrange [0:%.4g]\nset label 7 ", most > 0.0 ? 1.05 * most : 1.0);
        flyt_plot_put_fitted(script, flyt_plot_say(options, part->title_en, part->title_da),
                             TITLE_WIDTH);
        flyt_text_add(script, " at graph 0,1 left offset -3,0.8 noenhanced font ',12'\n");
        put_panel(script, &data[panel], panel, bands);
        for (uint32_t label = 1; panel == 0 && label <= 5; label++) {
            flyt_text_add(script, "unset label %u\n", label); /* words of the page stand once */
        }
    }
    put_key(script, options, &data[0]);
}
