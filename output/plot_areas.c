/**
 * @file plot_areas.c
 * @brief Figures of single areas year by year: the criteria of the law on lists against their
 *        limits, and who lives there. Panels side by side, all areas in one style.
 *
 * The areas shown are those nearest to the lists: with the highest mean, over criteria and years of
 * the first replicate, of the value over its limit.
 */
#include <math.h>
#include <string.h>

#include "output/gnuplot.h"
#include "output/plot_parts.h"

enum { COLUMNS = 3, LABEL_WIDTH = 30 };

static const char *const colours[] = {"#0072B2", "#D55E00", "#009E73",
                                      "#E69F00", "#CC79A7", "#56B4E9"};

/** A share of persons or households of an area. */
struct share {
    const char *over, *over_label; /* a label of the series' second dimension; NULL: it has one */
    const char *under;             /* all labels of a second dimension together */
    const char *en, *da;
};

static const struct share shares[] = {
    {"area_persons", "Non-western origin", "area_persons", "Non-western origin, of all",
     "Ikke-vestlig oprindelse, af alle"},
    {"area_outside_work", NULL, "area_working_age", "Outside work, of 18-64",
     "Uden for arbejde, af 18-64 år"},
    {"area_basic_schooling", NULL, "area_middle_age", "Basic schooling, of 30-59",
     "Kun grundskole, af 30-59 år"},
    {"area_children", NULL, "area_persons", "Children, of all", "Børn, af alle"},
    {"area_newcomers", NULL, "area_households", "Came in the year, of households",
     "Tilflyttet i året, af husstande"},
};
enum { SHARES = FLYT_COUNT(shares) };

static const struct flyt_result_series *series_of(const struct flyt_result *result,
                                                  const char *name)
{
    uint32_t index = flyt_result_find(result, name);
    return index == FLYT_NONE ? NULL : &result->series[index];
}

static bool by_area(const struct flyt_result *result, const char *name, enum flyt_series_type type,
                    uint32_t most_dims)
{
    const struct flyt_result_series *series = series_of(result, name);
    return series != NULL && series->period == FLYT_SERIES_yearly && series->type == type &&
           series->n_dims >= 1 && series->n_dims <= most_dims;
}

bool flyt_plot_areas_fit(const struct flyt_result *result, const struct flyt_figure *figure,
                         const char **missing)
{
    (void)flyt_plot_areas_known(result, FLYT_NONE, missing);
    for (uint32_t i = 0; i < SHARES && *missing == NULL; i++) {
        if (figure->kind == FLYT_FIGURE_composition) {
            *missing = !by_area(result, shares[i].over, FLYT_SERIES_count, 2)    ? shares[i].over
                       : !by_area(result, shares[i].under, FLYT_SERIES_count, 2) ? shares[i].under
                                                                                 : NULL;
        }
    }
    return *missing == NULL;
}

/* ---- numbers --------------------------------------------------------------------------------- */

/** The figure while it is made. */
struct page {
    const struct flyt_result *result;
    const struct flyt_figure *figure;
    const struct flyt_plot_options *options;
    const struct flyt_result_series *criteria, *limits;
    uint32_t n_criteria, n_rows;
    uint32_t area[FLYT_PLOT_AREAS], n_shown;
    double *value; /* [n_replicates] scratch of the median */
    double most;   /* greatest share drawn */
};

/** Income counts downwards: below its limit. It is the criterion whose name begins so. */
static bool falls(const struct flyt_dim *criteria, uint32_t criterion)
{
    return strncmp(criteria->label_en[criterion], "Gross income", 12) == 0;
}

static double nearness(const struct flyt_result *result, uint32_t area)
{
    const struct flyt_result_series *criteria = series_of(result, "area_criteria");
    const struct flyt_result_series *limits = series_of(result, "area_criteria_limits");
    const struct flyt_dim *dim = &result->dim[limits->dim[0]];
    double sum = 0.0;
    for (uint32_t row = 0; row < flyt_result_rows(result, criteria); row++) {
        const double *value = flyt_result_row(result, criteria, 0, row);
        const double *limit = flyt_result_row(result, limits, 0, row);
        for (uint32_t k = 0; k < dim->n; k++) {
            double x = value[(size_t)area * dim->n + k];
            double over = falls(dim, k) ? limit[k] : x, under = falls(dim, k) ? x : limit[k];
            sum += under > 0.0 ? over / under : 0.0;
        }
    }
    return sum;
}

bool flyt_plot_areas_known(const struct flyt_result *result, uint32_t dim, const char **missing)
{
    const struct flyt_result_series *criteria = series_of(result, "area_criteria");
    const struct flyt_result_series *limits = series_of(result, "area_criteria_limits");
    *missing = NULL;
    if (!by_area(result, "area_criteria", FLYT_SERIES_real, 2) || criteria->n_dims != 2 ||
        (dim != FLYT_NONE && criteria->dim[0] != dim)) {
        *missing = "area_criteria";
    } else if (!by_area(result, "area_criteria_limits", FLYT_SERIES_real, 1) ||
               limits->dim[0] != criteria->dim[1]) {
        *missing = "area_criteria_limits";
    }
    return *missing == NULL;
}

uint32_t flyt_plot_areas_near(const struct flyt_result *result, uint32_t area[FLYT_PLOT_AREAS])
{
    uint32_t n = 0, n_areas = result->dim[series_of(result, "area_criteria")->dim[0]].n;
    for (uint32_t i = 0; i < n_areas && n < FLYT_PLOT_AREAS; i++) {
        double own = nearness(result, i);
        uint32_t rank = 0;
        for (uint32_t other = 0; other < n_areas; other++) {
            double x = nearness(result, other);
            rank += x > own || (other < i && !(x < own));
        }
        if (rank < FLYT_PLOT_AREAS) {
            area[n++] = i;
        }
    }
    return n;
}

static double median(double *value, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        double x = value[i];
        uint32_t j = i;
        for (; j > 0 && value[j - 1] > x; j--) {
            value[j] = value[j - 1];
        }
        value[j] = x;
    }
    return flyt_figure_quantile(value, n, 0.5);
}

static double criterion_at(const struct page *page, uint32_t row, uint32_t area, uint32_t criterion)
{
    for (uint32_t r = 0; r < page->result->n_replicates; r++) {
        const double *value = flyt_result_row(page->result, page->criteria, r, row);
        page->value[r] = value[(size_t)area * page->n_criteria + criterion];
    }
    return median(page->value, page->result->n_replicates);
}

/** Sum of an area's cells whose second label is `label`, of all when that is NULL. */
static double cells_of(const struct page *page, const char *name, const char *label, uint32_t r,
                       uint32_t row, uint32_t area)
{
    const struct flyt_result_series *series = series_of(page->result, name);
    const int64_t *cell = flyt_result_row(page->result, series, r, row);
    uint32_t n = series->n_dims == 2 ? page->result->dim[series->dim[1]].n : 1;
    double sum = 0.0;
    for (uint32_t k = 0; k < n; k++) {
        bool counts = n == 1 || label == NULL ||
                      strcmp(page->result->dim[series->dim[1]].label_en[k], label) == 0;
        sum += counts ? (double)cell[(size_t)area * n + k] : 0.0;
    }
    return sum;
}

static double share_at(const struct page *page, uint32_t row, uint32_t area,
                       const struct share *share)
{
    uint32_t n = 0;
    for (uint32_t r = 0; r < page->result->n_replicates; r++) {
        double under = cells_of(page, share->under, NULL, r, row, area);
        if (under > 0.0) {
            page->value[n++] =
                100.0 * cells_of(page, share->over, share->over_label, r, row, area) / under;
        }
    }
    return median(page->value, n);
}

/* ---- the script ------------------------------------------------------------------------------ */

static void put_number(struct flyt_text *rows, double value)
{
    flyt_text_add(rows, isnan(value) ? " NaN" : " %.6g", value);
}

/** A block of the rows of one panel: year, then its lines. */
static void put_panel_data(struct flyt_text *script, struct page *page, uint32_t panel)
{
    struct flyt_text rows = {.arena = script->arena};
    char name[16] = "panel0";
    name[5] = (char)('0' + panel);
    for (uint32_t row = 0; row < page->n_rows; row++) {
        flyt_text_add(&rows, "%d", page->result->start_year + (int32_t)row);
        if (page->figure->kind == FLYT_FIGURE_composition) {
            for (uint32_t i = 0; i < SHARES; i++) {
                double share = share_at(page, row, page->area[panel], &shares[i]);
                page->most = share > page->most ? share : page->most;
                put_number(&rows, share);
            }
        } else {
            for (uint32_t i = 0; i < page->n_shown; i++) {
                put_number(&rows, criterion_at(page, row, page->area[i], panel));
            }
            const double *limit = flyt_result_row(page->result, page->limits, 0, row);
            put_number(&rows, limit[panel]);
        }
        flyt_text_put(&rows, "\n", 1);
    }
    if (rows.failed) {
        script->failed = true;
        return;
    }
    flyt_gnuplot_block(script, name, rows.bytes, rows.n);
}

void flyt_plot_areas_place(struct flyt_text *script, uint32_t panel)
{
    uint32_t column = panel % COLUMNS, line = panel / COLUMNS;
    double width = 0.255, height = 0.215;
    double left = 0.065 + 0.32 * column, top = 0.79 - 0.315 * line;
    flyt_text_add(script,
                  "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
                  "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                  left, left + width, top, top - height);
}

static void put_panel(struct flyt_text *script, const struct page *page, uint32_t panel,
                      const char *title)
{
    bool criteria = page->figure->kind == FLYT_FIGURE_criteria;
    uint32_t n = criteria ? page->n_shown : SHARES;
    flyt_plot_areas_place(script, panel);
    flyt_text_add(script, "set title ");
    flyt_plot_put_fitted(script, title, LABEL_WIDTH + 12);
    flyt_text_add(script, " noenhanced font ',10' offset 0,-0.6\nplot ");
    for (uint32_t i = 0; i < n; i++) {
        flyt_text_add(script,
                      "%s$panel%u using 1:%u with lines linewidth 2 linecolor rgb '%s' notitle",
                      i == 0 ? "" : ", \\\n     ", panel, i + 2, colours[i]);
    }
    if (criteria) {
        flyt_text_add(script,
                      ", \\\n     $panel%u using 1:%u with steps linewidth 2 dashtype (4,3) "
                      "linecolor rgb '#000000' notitle",
                      panel, n + 2);
    }
    flyt_text_put(script, "\n", 1);
    if (panel == 0) { /* the words of the page are drawn with the first panel */
        flyt_text_add(script, "unset label\n");
    }
}

/** The key, where the last panel would be or below all. */
static void put_key(struct flyt_text *script, const struct page *page)
{
    bool criteria = page->figure->kind == FLYT_FIGURE_criteria;
    const struct flyt_dim *areas = &page->result->dim[page->criteria->dim[0]];
    uint32_t n = criteria ? page->n_shown : SHARES;
    flyt_text_add(script, "unset title\nunset border\nunset xtics\nunset ytics\nunset grid\n"
                          "set xrange [0:1]\nset yrange [0:1]\n");
    if (criteria) {
        flyt_plot_areas_place(script, COLUMNS * 2 - 1);
        flyt_text_add(script, "set bmargin at screen 0.10\n"); /* room for the key in one column */
        flyt_text_add(script, "set key at screen 0.70,0.475 left top vertical Left reverse "
                              "samplen 2 spacing 1.25 font ',11' noenhanced\nplot ");
    } else {
        flyt_text_add(script, "set lmargin at screen 0.1\nset rmargin at screen 0.9\n"
                              "set key at screen 0.52,0.140 center center horizontal Left reverse "
                              "samplen 2 maxrows 2 width -2 font ',10' noenhanced\nplot ");
    }
    for (uint32_t i = 0; i < n; i++) {
        flyt_text_add(script, "%sNaN with lines linewidth 2 linecolor rgb '%s' title ",
                      i == 0 ? "" : ", \\\n     ", colours[i]);
        flyt_plot_put_fitted(script,
                             criteria ? flyt_plot_say(page->options, areas->label_en[page->area[i]],
                                                      areas->label_da[page->area[i]])
                                      : flyt_plot_say(page->options, shares[i].en, shares[i].da),
                             LABEL_WIDTH + 2);
    }
    if (criteria) {
        flyt_text_add(script,
                      ", \\\n     NaN with lines linewidth 2 dashtype (4,3) linecolor rgb "
                      "'#000000' title '%s'",
                      flyt_plot_say(page->options, "Limit of the list", "Listens grænse"));
    }
    flyt_text_put(script, "\n", 1);
}

void flyt_plot_areas_style(struct flyt_text *script, const struct flyt_result *result,
                           const struct flyt_plot_options *options, uint32_t n_rows)
{
    int32_t first = result->start_year, step = flyt_plot_year_step(result->n_years, 4);
    flyt_text_add(script,
                  "set multiplot\nset border 1 linecolor rgb '#888888'\n"
                  "set tics nomirror font ',10'\nset ytics scale 0 autofreq\n"
                  "set grid ytics linetype 1 linewidth 0.6 linecolor rgb '#dddddd'\n"
                  "set decimalsign '%s'\nset datafile missing 'NaN'\nunset key\n"
                  "set format x '%%.0f'\nset format y '%%g %%%%'\n"
                  "set xtics %d,%d\nset xrange [%d:%d]\nset yrange [0:*]\n",
                  options->lang == FLYT_DA ? "," : ".", (first + step - 1) / step * step, step,
                  first, first + (int32_t)(n_rows > 1 ? n_rows - 1 : 1));
}

enum flyt_status flyt_plot_areas(struct flyt_text *script, const struct flyt_result *result,
                                 const struct flyt_figure *figure,
                                 const struct flyt_plot_options *options)
{
    struct page page = {.result = result,
                        .figure = figure,
                        .options = options,
                        .criteria = series_of(result, figure->over),
                        .limits = series_of(result, figure->under)};
    page.n_criteria = result->dim[page.criteria->dim[1]].n;
    page.n_rows = flyt_result_rows(result, page.criteria);
    page.value = FLYT_ARENA_ARRAY(script->arena, double, result->n_replicates);
    if (page.value == NULL) {
        return FLYT_ERR_MEMORY;
    }
    page.n_shown = flyt_plot_areas_near(result, page.area);
    bool criteria = figure->kind == FLYT_FIGURE_criteria;
    const struct flyt_dim *named = &result->dim[page.criteria->dim[criteria ? 1 : 0]];
    uint32_t n_panels = criteria ? (page.n_criteria < 5 ? page.n_criteria : 5) : page.n_shown;
    for (uint32_t panel = 0; panel < n_panels; panel++) {
        put_panel_data(script, &page, panel);
    }
    flyt_plot_areas_style(script, result, options, page.n_rows);
    if (!criteria) { /* one scale, so that areas can be compared */
        flyt_text_add(script, "set yrange [0:%.0f]\n", 10.0 * ceil(page.most / 10.0 + 1e-9));
    }
    for (uint32_t panel = 0; panel < n_panels; panel++) {
        uint32_t label = criteria ? panel : page.area[panel];
        put_panel(script, &page, panel,
                  flyt_plot_say(options, named->label_en[label], named->label_da[label]));
    }
    put_key(script, &page);
    flyt_text_add(script, "unset multiplot\n");
    return script->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}
