/**
 * @file plot_panels.c
 * @brief Small pictures of the same kind side by side, with one scale and one key: in each, what
 *        was observed, what chance alone gives, and what is left without chance.
 */
#include <math.h>

#include "output/gnuplot.h"
#include "output/plot_parts.h"

enum { COLUMNS = 3, TITLE_WIDTH = 30 };

/** Okabe and Ito (2008); dashes tell the curves apart without colour. */
static const struct curve {
    const char *en, *da, *colour, *dash;
} curves[FLYT_FIGURE_CURVES] = {
    {"Observed", "Observeret", "#0072B2", "1"},
    {"Expected at random", "Forventet ved tilfældighed", "#000000", "(4,3)"},
    {"Corrected for chance", "Korrigeret for tilfældighed", "#D55E00", "(12,3)"},
};

/** Curves in the order they are drawn and stand in the key. */
static const uint32_t in_order[FLYT_FIGURE_CURVES] = {0, 2, 1};

static double highest(const struct flyt_figure_data *data)
{
    double most = 0.0;
    for (uint32_t i = 0; i < data->n_lines; i++) {
        for (uint32_t row = 0; row < data->n_rows; row++) {
            const double high = data->line[i].high[row];
            most = high > most ? high : most;
        }
    }
    return most;
}

/** Where the panel lies, and its axes: numbers stand at the left and below only. */
static void put_frame(struct flyt_text *script, const struct flyt_figure_data *data, uint32_t panel)
{
    const double left = 0.095, right = 0.975, top = 0.785, bottom = 0.165, gap_x = 0.05,
                 gap_y = 0.12;
    const double width = (right - left - (COLUMNS - 1) * gap_x) / COLUMNS;
    const double height = (top - bottom - gap_y) / 2.0;
    const uint32_t column = panel % COLUMNS, row = panel / COLUMNS;
    const uint32_t n_panels = data->n_lines / FLYT_FIGURE_CURVES;
    const double x = left + column * (width + gap_x), y = top - row * (height + gap_y);
    const bool lowest = panel + COLUMNS >= n_panels;
    flyt_text_add(script,
                  "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
                  "set tmargin at screen %.4f\nset bmargin at screen %.4f\n"
                  "set format y '%s'\nset format x '%s'\n",
                  x, x + width, y, y - height, column == 0 ? "%g" : "", lowest ? "%.0f" : "");
}

static void put_curves(struct flyt_text *script, const struct flyt_result *result,
                       const struct flyt_plot_options *options, const struct flyt_figure_data *data,
                       uint32_t panel)
{
    const char *before = "plot ";
    for (uint32_t k = 0; result->n_replicates > 1 && k < FLYT_FIGURE_CURVES; k++) {
        const uint32_t i = panel * FLYT_FIGURE_CURVES + in_order[k];
        flyt_text_add(script,
                      "%s$lines using 1:%u:%u with filledcurves linecolor rgb '%s' "
                      "fillstyle transparent solid 0.2 noborder notitle",
                      before, 3 * i + 2, 3 * i + 4, curves[in_order[k]].colour);
        before = ", \\\n     ";
    }
    for (uint32_t k = 0; k < FLYT_FIGURE_CURVES; k++) {
        const struct curve *curve = &curves[in_order[k]];
        const uint32_t column = 3 * (panel * FLYT_FIGURE_CURVES + in_order[k]) + 3;
        flyt_text_add(script, "%s$lines using 1:%u with ", before, column);
        if (data->n_rows > 1) {
            flyt_text_add(script, "lines linewidth 2 dashtype %s linecolor rgb '%s' ", curve->dash,
                          curve->colour);
        } else {
            flyt_text_add(script, "points pointtype %u pointsize 1.2 linecolor rgb '%s' ",
                          5 + 2 * in_order[k], curve->colour);
        }
        if (panel == 0) {
            flyt_text_add(script, "title '%s'", flyt_plot_say(options, curve->en, curve->da));
        } else {
            flyt_text_add(script, "notitle");
        }
        before = ", \\\n     ";
    }
    flyt_text_put(script, "\n", 1);
}

static void put_scale(struct flyt_text *script, const struct flyt_result *result,
                      const struct flyt_plot_options *options, const struct flyt_figure_data *data)
{
    const int32_t step = flyt_plot_year_step(result->n_years, 4);
    const int32_t first = (result->start_year + step - 1) / step * step;
    const double most = highest(data);
    flyt_text_add(script, "set border 1 linecolor rgb '#888888'\nset tics nomirror font ',10'\n"
                          "set ytics scale 0\nset grid ytics linetype 1 linewidth 0.6 "
                          "linecolor rgb '#dddddd'\n");
    flyt_text_add(script, "set decimalsign '%s'\nset datafile missing 'NaN'\n",
                  options->lang == FLYT_DA ? "," : ".");
    flyt_text_add(script, "set xtics %d,%d\nset xrange [%d:%d]\nset yrange [0:%.4g]\n", first, step,
                  result->start_year,
                  result->start_year + (int32_t)(result->n_years > 0 ? result->n_years : 1),
                  most > 0.0 ? 1.05 * most : 1.0);
    flyt_text_add(script, "set key at screen 0.70,0.40 left top vertical Left reverse "
                          "samplen 3 spacing 1.6 font ',12' noenhanced\n");
}

void flyt_plot_panels(struct flyt_text *script, const struct flyt_result *result,
                      const struct flyt_figure *figure, const struct flyt_plot_options *options,
                      const struct flyt_figure_data *data)
{
    const uint32_t n_panels = data->n_lines / FLYT_FIGURE_CURVES;
    put_scale(script, result, options, data);
    flyt_text_add(script, "set label 6 ");
    flyt_gnuplot_quote(script, flyt_plot_say(options, figure->y_en, figure->y_da));
    flyt_text_add(script, " at screen 0.022,0.475 center rotate by 90 noenhanced font ',12'\n");
    flyt_text_add(script, "set multiplot\n");
    for (uint32_t panel = 0; panel < n_panels; panel++) {
        const struct flyt_figure_line *line = &data->line[panel * FLYT_FIGURE_CURVES];
        put_frame(script, data, panel);
        flyt_text_add(script, "set label 7 ");
        flyt_plot_put_fitted(script, flyt_plot_say(options, line->label_en, line->label_da),
                             TITLE_WIDTH);
        flyt_text_add(script, " at graph 0,1 left offset 0,0.7 noenhanced font ',12'\n");
        put_curves(script, result, options, data, panel);
        /* the words of the page stand once */
        flyt_text_add(script, "unset key\n");
        for (uint32_t label = 1; panel == 0 && label <= 6; label++) {
            flyt_text_add(script, "unset label %u\n", label);
        }
    }
    flyt_text_add(script,
                  n_panels == 0 ? "plot NaN notitle\nunset multiplot\n" : "unset multiplot\n");
}
