/**
 * @file plot_map.c
 * @brief A map of groups, at the start and at the end side by side.
 *
 * Equal neighbours of a row are one rectangle, so that a clustered map is a small file.
 */
#include "output/gnuplot.h"
#include "output/plot_parts.h"

/** Okabe and Ito (2008); the first two differ most in hue and lightness. */
static const char *const colours[FLYT_FIGURE_MAP_GROUPS] = {
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000"};

struct map {
    uint32_t rows, columns;
    const int64_t *start, *end; /* [rows][columns] */
};

/** Adds the rectangles of one group: left, right, bottom, top, row 0 on top. */
static uint32_t put_group(struct flyt_text *out, const struct map *map, const int64_t *cell,
                          uint32_t offset, int64_t group)
{
    uint32_t n = 0;
    for (uint32_t row = 0; row < map->rows; row++) {
        const int64_t *at = cell + (size_t)row * map->columns;
        for (uint32_t column = 0; column < map->columns;) {
            uint32_t end = column;
            while (end < map->columns && at[end] == group) {
                end++;
            }
            if (end > column) {
                flyt_text_add(out, "%u %u %u %u\n", offset + column, offset + end,
                              map->rows - row - 1, map->rows - row);
                n++;
            }
            column = end + 1;
        }
    }
    return n;
}

static void put_axes(struct flyt_text *script, const struct map *map, uint32_t offset,
                     const struct flyt_result *result, const struct flyt_plot_options *options)
{
    const double bottom = 0.17, top = 0.79, page = 560.0 / 900.0; /* height over width */
    double width = (top - bottom) * page * (offset + map->columns) / map->rows;
    width = width < 0.92 ? width : 0.92;
    flyt_text_add(script,
                  "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
                  "set tmargin at screen %.2f\nset bmargin at screen %.2f\n"
                  "unset border\nunset xtics\nunset ytics\n"
                  "set xrange [0:%u]\nset yrange [0:%u]\nset size ratio -1\n",
                  0.5 - 0.5 * width, 0.5 + 0.5 * width, top, bottom, offset + map->columns,
                  map->rows);
    flyt_text_add(script, "set label 6 '%s' at %.1f,%u center offset 0,0.8 font ',13'\n",
                  flyt_plot_say(options, "Start", "Start"), 0.5 * map->columns, map->rows);
    flyt_text_add(script, "set label 7 '");
    flyt_text_add(script, flyt_plot_say(options, "After %u steps", "Efter %u trin"),
                  result->n_months);
    flyt_text_add(script, "' at %.1f,%u center offset 0,0.8 font ',13'\n",
                  offset + 0.5 * map->columns, map->rows);
    for (uint32_t panel = 0; panel < 2; panel++) {
        flyt_text_add(script,
                      "set object %u rectangle from %u,0 to %u,%u fillstyle empty "
                      "border linecolor rgb '#888888' front\n",
                      panel + 1, panel * offset, panel * offset + map->columns, map->rows);
    }
    flyt_text_add(script, "set key at screen 0.5,0.112 center center horizontal Left reverse "
                          "samplen 1 font ',12' noenhanced\n");
}

void flyt_plot_map(struct flyt_text *script, const struct flyt_result *result,
                   const struct flyt_figure *figure, const struct flyt_plot_options *options)
{
    const struct flyt_result_series *series =
        &result->series[flyt_result_find(result, figure->over)];
    const struct map map = {.rows = result->dim[series->dim[0]].n,
                            .columns = result->dim[series->dim[1]].n,
                            .start = flyt_result_row(result, series, 0, 0),
                            .end = flyt_result_row(result, series, 0, result->n_years)};
    uint32_t offset = map.columns + (map.columns + 11) / 12;
    struct flyt_text plot = {.arena = script->arena};
    for (uint32_t group = 1; group <= FLYT_FIGURE_MAP_GROUPS; group++) {
        struct flyt_text cells = {.arena = script->arena};
        char name[32] = "group";
        name[5] = (char)('0' + group);
        uint32_t n = put_group(&cells, &map, map.start, 0, group);
        n += put_group(&cells, &map, map.end, offset, group);
        script->failed = script->failed || cells.failed;
        if (n == 0 || script->failed) {
            continue;
        }
        flyt_gnuplot_block(script, name, cells.bytes, cells.n);
        flyt_text_add(&plot,
                      "%s$%s using (0.5*($1+$2)):(0.5*($3+$4)):1:2:3:4 with boxxyerror "
                      "linecolor rgb '%s' linewidth 0.6 fillstyle solid 1.0 %s title '",
                      plot.n == 0 ? "plot " : ", \\\n     ", name, colours[group - 1],
                      /* crisp edges meet; elsewhere a border hides the seams */
                      options->format == FLYT_PLOT_svg ? "noborder" : "border");
        flyt_text_add(&plot, flyt_plot_say(options, "Group %u'", "Gruppe %u'"), group);
    }
    put_axes(script, &map, offset, result, options);
    script->failed = script->failed || plot.failed;
    if (!script->failed) {
        flyt_text_put(script, plot.bytes, plot.n);
        flyt_text_put(script, plot.n == 0 ? "plot NaN notitle\n" : "\n", plot.n == 0 ? 17 : 1);
    }
}
