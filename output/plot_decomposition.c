/**
 * @file plot_decomposition.c
 * @brief What changed the share of a group in each area since the start: a panel for each area, a
 *        line for each part, and their sum.
 *
 * A year changes the share s = a / n by ds. With s' and n' the means of both ends of the year,
 * da = s' dn + n' ds exactly, so each part that adds (da_p, dn_p) to the counts adds
 * (da_p - s' dn_p) / n' to the share, and the parts sum to ds: those who move in raise the share
 * when the group is more common among them than in the area. A year that begins or ends with nobody
 * has no share and adds nothing. Lines are means over replicates, so that they too sum up.
 */
#include <math.h>
#include <string.h>

#include "output/gnuplot.h"
#include "output/plot_parts.h"

enum { PARTS = 6, TITLE_WIDTH = 40, KEY_WIDTH = 32, STRONG = 5 /* the line of the sum */ };

static const struct flyt_result_series *series_of(const struct flyt_result *result,
                                                  const char *name)
{
    uint32_t index = flyt_result_find(result, name);
    return index == FLYT_NONE ? NULL : &result->series[index];
}

static bool is_by(const struct flyt_result *result, const char *name, uint32_t first, uint32_t n)
{
    const struct flyt_result_series *series = series_of(result, name);
    return series != NULL && series->type == FLYT_SERIES_count &&
           series->period == FLYT_SERIES_yearly && series->n_dims == 2 &&
           (first == FLYT_NONE || series->dim[0] == first) && result->dim[series->dim[1]].n <= n;
}

bool flyt_plot_decomposition_fits(const struct flyt_result *result,
                                  const struct flyt_figure *figure, const char **missing)
{
    uint32_t area = FLYT_NONE;
    *missing = NULL;
    if (!is_by(result, figure->under, FLYT_NONE, PARTS - 1)) {
        *missing = figure->under;
        return false;
    }
    area = series_of(result, figure->under)->dim[0];
    if (!is_by(result, figure->over, area, PARTS - 1)) {
        *missing = figure->over;
    } else if (!is_by(result, "area_classes", area, UINT32_MAX)) {
        *missing = "area_classes";
    } else {
        return flyt_plot_areas_known(result, area, missing);
    }
    return false;
}

/* ---- numbers --------------------------------------------------------------------------------- */

/** The figure while it is made. */
struct page {
    const struct flyt_result *result;
    const struct flyt_plot_options *options;
    const struct flyt_result_series *all, *group, *classes;
    uint32_t n_parts, n_rows, n_shown, area[FLYT_PLOT_AREAS];
    double *line[FLYT_PLOT_AREAS]; /* [n_rows][n_parts + 1] percentage points since the start */
    double least, most;
};

/** Households of an area, and those of the group: the first class. */
static double counts_at(const struct page *page, uint32_t r, uint32_t row, uint32_t area,
                        double *group)
{
    uint32_t n = page->result->dim[page->classes->dim[1]].n;
    const int64_t *cell = flyt_result_row(page->result, page->classes, r, row);
    double all = 0.0;
    for (uint32_t class = 0; class < n; class ++) {
        all += (double)cell[(size_t)area * n + class];
    }
    *group = (double)cell[(size_t)area * n];
    return all;
}

/** Adds what a year of one replicate did to the share of an area, percentage points. */
static void add_year(const struct page *page, uint32_t r, uint32_t row, uint32_t area, double *to)
{
    double a0, a1, n0 = counts_at(page, r, row - 1, area, &a0),
                   n1 = counts_at(page, r, row, area, &a1);
    if (n0 <= 0.0 || n1 <= 0.0) {
        return;
    }
    double share = 0.5 * (a0 / n0 + a1 / n1), n = 0.5 * (n0 + n1);
    const int64_t *all = flyt_result_row(page->result, page->all, r, row);
    const int64_t *group = flyt_result_row(page->result, page->group, r, row);
    for (uint32_t part = 0; part < page->n_parts; part++) {
        size_t at = (size_t)area * page->n_parts + part;
        double points = 100.0 * ((double)group[at] - share * (double)all[at]) / n;
        to[part] += points / page->result->n_replicates;
        to[page->n_parts] += points / page->result->n_replicates;
    }
}

static enum flyt_status fill_lines(struct page *page, struct flyt_arena *arena)
{
    uint32_t n = page->n_parts + 1;
    for (uint32_t i = 0; i < page->n_shown; i++) {
        double *line = FLYT_ARENA_ZERO(arena, double, (size_t)page->n_rows *n);
        if (line == NULL) {
            return FLYT_ERR_MEMORY;
        }
        for (uint32_t row = 1; row < page->n_rows; row++) {
            double *to = line + (size_t)row * n;
            memcpy(to, to - n, n * sizeof *to);
            for (uint32_t r = 0; r < page->result->n_replicates; r++) {
                add_year(page, r, row, page->area[i], to);
            }
            for (uint32_t k = 0; k < n; k++) {
                page->least = to[k] < page->least ? to[k] : page->least;
                page->most = to[k] > page->most ? to[k] : page->most;
            }
        }
        page->line[i] = line;
    }
    return FLYT_OK;
}

/* ---- the script ------------------------------------------------------------------------------ */

static void put_data(struct flyt_text *script, const struct page *page, uint32_t panel)
{
    struct flyt_text rows = {.arena = script->arena};
    char name[] = "panel0";
    name[5] = (char)('0' + panel);
    for (uint32_t row = 0; row < page->n_rows; row++) {
        flyt_text_add(&rows, "%d", page->result->start_year + (int32_t)row);
        for (uint32_t k = 0; k <= page->n_parts; k++) {
            flyt_text_add(&rows, " %.4g", page->line[panel][(size_t)row * (page->n_parts + 1) + k]);
        }
        flyt_text_put(&rows, "\n", 1);
    }
    if (rows.failed) {
        script->failed = true;
        return;
    }
    flyt_gnuplot_block(script, name, rows.bytes, rows.n);
}

/** How a line looks: the sum in black and thicker, the parts in their colours. */
static void put_look(struct flyt_text *script, const struct page *page, uint32_t k)
{
    if (k == page->n_parts) {
        flyt_text_add(script, "with lines linewidth 3 dashtype (6,3) linecolor rgb '#000000' ");
    } else {
        flyt_text_add(script, "with lines linewidth 2 linecolor rgb '%s' ", flyt_plot_colour(k));
    }
}

static void put_panel(struct flyt_text *script, const struct page *page, uint32_t panel)
{
    const struct flyt_dim *areas = &page->result->dim[page->all->dim[0]];
    flyt_plot_areas_place(script, panel);
    flyt_text_add(script, "set title ");
    flyt_plot_put_fitted(script,
                         flyt_plot_say(page->options, areas->label_en[page->area[panel]],
                                       areas->label_da[page->area[panel]]),
                         TITLE_WIDTH);
    flyt_text_add(script, " noenhanced font ',10' offset 0,-0.6\nplot ");
    for (uint32_t k = 0; k <= page->n_parts; k++) {
        flyt_text_add(script, "%s$panel%u using 1:%u ", k == 0 ? "" : ", \\\n     ", panel, k + 2);
        put_look(script, page, k);
        flyt_text_add(script, "notitle");
    }
    flyt_text_put(script, "\n", 1);
    if (panel == 0) { /* the words of the page are drawn with the first panel */
        flyt_text_add(script, "unset label\n");
    }
}

static void put_key(struct flyt_text *script, const struct page *page)
{
    const struct flyt_dim *parts = &page->result->dim[page->all->dim[1]];
    flyt_text_add(script, "unset title\nunset border\nunset xtics\nunset ytics\nunset grid\n"
                          "unset xzeroaxis\nset xrange [0:1]\nset yrange [0:1]\n"
                          "set lmargin at screen 0.1\nset rmargin at screen 0.9\n"
                          "set key at screen 0.52,0.140 center center horizontal Left reverse "
                          "samplen 2 maxrows 2 width -2 font ',10' noenhanced\nplot ");
    for (uint32_t k = 0; k <= page->n_parts; k++) {
        flyt_text_add(script, "%sNaN ", k == 0 ? "" : ", \\\n     ");
        put_look(script, page, k);
        flyt_text_add(script, "title ");
        flyt_plot_put_fitted(
            script,
            k == page->n_parts
                ? flyt_plot_say(page->options, "All together", "Det hele")
                : flyt_plot_say(page->options, parts->label_en[k], parts->label_da[k]),
            KEY_WIDTH);
    }
    flyt_text_add(script, "\nunset multiplot\n");
}

static void put_style(struct flyt_text *script, const struct page *page,
                      const struct flyt_figure *figure)
{
    double margin = 0.05 * (page->most - page->least) + 0.1;
    flyt_plot_areas_style(script, page->result, page->options, page->n_rows);
    flyt_text_add(script,
                  "set format y '%%g'\nset xzeroaxis linewidth 0.8 linecolor rgb "
                  "'#888888'\nset yrange [%.4g:%.4g]\nset label 6 ",
                  page->least - margin, page->most + margin);
    flyt_gnuplot_quote(script, flyt_plot_say(page->options, figure->y_en, figure->y_da));
    flyt_text_add(script, " at screen 0.018,0.50 center rotate by 90 noenhanced font ',11'\n");
}

enum flyt_status flyt_plot_decomposition(struct flyt_text *script, const struct flyt_result *result,
                                         const struct flyt_figure *figure,
                                         const struct flyt_plot_options *options)
{
    struct page page = {.result = result,
                        .options = options,
                        .group = series_of(result, figure->over),
                        .all = series_of(result, figure->under),
                        .classes = series_of(result, "area_classes")};
    page.n_parts = result->dim[page.all->dim[1]].n;
    page.n_rows = flyt_result_rows(result, page.all);
    page.n_shown = flyt_plot_areas_near(result, page.area);
    FLYT_TRY(fill_lines(&page, script->arena));
    for (uint32_t panel = 0; panel < page.n_shown; panel++) {
        put_data(script, &page, panel);
    }
    put_style(script, &page, figure);
    for (uint32_t panel = 0; panel < page.n_shown; panel++) {
        put_panel(script, &page, panel);
    }
    put_key(script, &page);
    return script->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}
