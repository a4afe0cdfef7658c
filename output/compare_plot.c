#include "output/compare_plot.h"

#include <math.h>
#include <string.h>

#include "output/compare_table.h"
#include "output/gnuplot.h"
#include "output/plot_parts.h"
#include "sim/units.h"

enum { PANELS = 6, COLUMNS = 3, PANEL_TITLE = 34, LEGEND = 40, CURVES = FLYT_COMPARE_CURVES + 1 };

static const char *const shown[PANELS] = {"outside_work", "few_resources", "newcomers",
                                          "few_almen",    "few_private",   "reputation"};
/** Okabe and Ito (2008), and a grey for what is beyond the sum. */
static const char *const colour[CURVES] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                           "#E69F00", "#56B4E9", "#000000", "#808080"};
static const char *const terminal[FLYT_PLOT_FORMATS] = {
    [FLYT_PLOT_svg] = "svg noenhanced size 900,640 font 'sans-serif,13' background '#ffffff'",
    [FLYT_PLOT_png] = "pngcairo noenhanced size 1800,1280 font 'sans,13' fontscale 1.9 "
                      "linewidth 2 background '#ffffff'",
    [FLYT_PLOT_pdf] = "pdfcairo noenhanced size 22.5cm,16cm font 'sans,12' background '#ffffff'",
};

struct picture {
    const struct flyt_compare_items *items;
    const struct flyt_compare_values *before;
    const struct flyt_compare_arm *arm;
    uint32_t n_arms, n_curves; /* with `surplus` one curve more than arms */
    const struct flyt_surplus *surplus;
    const struct flyt_compare_page *page;
    const struct flyt_plot_options *options;
    uint32_t item[PANELS], n_panels;
    uint32_t
        n_columns; /* of a policy in a panel: low, change, high, then chance alone if of sets */
};

/** The outcomes of the panels; where one was not measured, the next of the table. */
static void choose(struct picture *picture)
{
    const struct flyt_compare_items *items = picture->items;
    for (uint32_t k = 0; k < PANELS; k++) {
        for (uint32_t i = 0; i < items->n; i++) {
            if (strcmp(items->item[i].name, shown[k]) == 0) {
                picture->item[picture->n_panels++] = i;
            }
        }
    }
    for (uint32_t i = 0; i < items->n && picture->n_panels < PANELS; i++) {
        bool drawn = items->item[i].group != FLYT_COMPARE_change;
        for (uint32_t k = 0; k < picture->n_panels; k++) {
            drawn |= picture->item[k] == i;
        }
        if (!drawn) {
            picture->item[picture->n_panels++] = i;
        }
    }
}

static void put_number(struct flyt_text *rows, double value)
{
    if (isnan(value)) {
        flyt_text_put(rows, " NaN", 4);
    } else {
        flyt_text_add(rows, " %.6g", value);
    }
}

static enum flyt_status take_row(const struct picture *picture, uint32_t curve, uint32_t item,
                                 uint32_t year, struct flyt_arena *arena,
                                 struct flyt_compare_row *row)
{
    return curve < picture->n_arms
               ? flyt_compare_row(picture->items, picture->before, &picture->arm[curve].values,
                                  item, year, arena, row)
               : flyt_surplus_row(picture->surplus, picture->items, item, year, arena, row);
}

/** A row a year: the year, then the columns of each panel and curve. */
static enum flyt_status put_data(const struct picture *picture, struct flyt_text *script)
{
    struct flyt_text rows = {.arena = script->arena};
    for (uint32_t year = 0; year <= picture->before->n_years; year++) {
        flyt_text_add(&rows, "%d", picture->page->start_year + (int32_t)year);
        for (uint32_t k = 0; k < picture->n_panels; k++) {
            for (uint32_t a = 0; a < picture->n_curves; a++) {
                struct flyt_compare_row row;
                FLYT_TRY(take_row(picture, a, picture->item[k], year, script->arena, &row));
                const double value[] = {row.low, row.change, row.high, row.chance_low,
                                        row.chance_high};
                for (uint32_t i = 0; i < picture->n_columns; i++) {
                    put_number(&rows, value[i]);
                }
            }
        }
        flyt_text_put(&rows, "\n", 1);
    }
    flyt_gnuplot_block(script, "change", rows.failed ? "" : rows.bytes, rows.n);
    script->failed = script->failed || rows.failed;
    return FLYT_OK;
}

static void put_label(struct flyt_text *script, uint32_t number, double y, const char *text,
                      size_t width, const char *style)
{
    flyt_text_add(script, "set label %u ", number);
    flyt_plot_put_fitted(script, text, width);
    flyt_text_add(script, " at screen 0.02,%.3f left noenhanced %s\n", y, style);
}

static void put_words(const struct picture *picture, struct flyt_text *script)
{
    const struct flyt_plot_options *options = picture->options;
    struct flyt_text note = {.arena = script->arena};
    char pairs[FLYT_COMPARE_NUMBER];
    (void)flyt_compare_pairs(pairs, picture->before->n_pairs, picture->before->n_sets,
                             options->lang);
    flyt_text_add(&note,
                  picture->before->n_sets > 1
                      ? flyt_plot_say(options,
                                      "With the policy less without it, 1 January; line: mean, "
                                      "%s; dark: 95 %% interval of chance alone; pale: of "
                                      "parameters too.",
                                      "Med minus uden politikken, 1. januar; linje: gennemsnit, "
                                      "%s; mørkt: 95 %%-interval for tilfælde alene; lyst: også "
                                      "parametre.")
                      : flyt_plot_say(options,
                                      "With the policy less without it, 1 January; line: mean; "
                                      "band: 95 %% interval of %s with the same chance.",
                                      "Med politikken minus uden, 1. januar; linje: gennemsnit; "
                                      "bånd: 95 %%-interval af %s med samme tilfælde."),
                  pairs);
    put_label(script, 1, 0.965,
              flyt_plot_say(options, "What the policies change", "Hvad politikkerne ændrer"), 74,
              options->format == FLYT_PLOT_svg ? "font ',18'" : "font 'sans:Bold,17'");
    put_label(script, 2, 0.922, picture->page->title, 92, "font ',13'");
    if (picture->page->caveat != NULL) {
        put_label(script, 4, 0.882, picture->page->caveat, 92,
                  "font ',11' textcolor rgb '#A03000'");
    }
    put_label(script, 3, 0.022, note.failed ? "" : note.bytes, 140,
              "font ',10' textcolor rgb '#555555'");
    script->failed = script->failed || note.failed;
}

static void put_scale(const struct picture *picture, struct flyt_text *script)
{
    const struct flyt_compare_page *page = picture->page;
    uint32_t n_years = picture->before->n_years;
    int32_t step = flyt_plot_year_step(n_years, 4);
    flyt_text_add(script, "set border 3 linecolor rgb '#888888'\nset tics nomirror font ',10'\n"
                          "set ytics scale 0\nset grid ytics linetype 1 linewidth 0.6 "
                          "linecolor rgb '#dddddd'\n");
    flyt_text_add(script, "set decimalsign '%s'\nset datafile missing 'NaN'\n",
                  page->lang == FLYT_DA ? "," : ".");
    flyt_text_add(script, "set xtics %d,%d\nset xrange [%d:%d]\n",
                  (page->start_year + step - 1) / step * step, step, page->start_year,
                  page->start_year + (int32_t)(n_years > 0 ? n_years : 1));
    uint32_t rows = picture->n_curves > 6 ? 4 : 3; /* two columns: three are too wide */
    flyt_text_add(script,
                  "set key at screen 0.5,0.086 center center vertical maxrows %u Left reverse "
                  "samplen 2 font ',%u' noenhanced\n",
                  rows, rows > 3 ? 10u : 11u);
}

static uint32_t first_column(const struct picture *picture, uint32_t panel, uint32_t curve)
{
    return picture->n_columns * (panel * picture->n_curves + curve) + 2;
}

static const char *colour_of(const struct picture *picture, uint32_t curve)
{
    return colour[curve < picture->n_arms ? curve : FLYT_COMPARE_CURVES];
}

static void put_band(struct flyt_text *script, uint32_t low, uint32_t high, const char *rgb,
                     double solid, bool first)
{
    flyt_text_add(script,
                  "%s$change using 1:%u:%u with filledcurves linecolor rgb '%s' "
                  "fillstyle transparent solid %.2f noborder notitle",
                  first ? ", " : ", \\\n     ", low, high, rgb, solid);
}

/** Wide below narrow, so that curves that lie on each other are all seen. */
static void put_curve(const struct picture *picture, uint32_t panel, uint32_t curve,
                      struct flyt_text *script)
{
    bool beyond = curve == picture->n_arms;
    const struct flyt_compare_arm *arm = &picture->arm[beyond ? 0 : curve];
    flyt_text_add(script,
                  ", \\\n     $change using 1:%u with lines linewidth %.1f %slinecolor rgb '%s' ",
                  first_column(picture, panel, curve) + 1, 1.4 + 0.6 * (picture->n_curves - curve),
                  beyond ? "dashtype 2 " : "", colour_of(picture, curve));
    if (panel > 0) {
        flyt_text_add(script, "notitle");
        return;
    }
    flyt_text_add(script, "title ");
    flyt_plot_put_fitted(script,
                         beyond ? flyt_plot_say(picture->options, FLYT_SURPLUS_EN, FLYT_SURPLUS_DA)
                                : flyt_plot_say(picture->options, arm->en, arm->da),
                         LEGEND);
}

static void put_panel(const struct picture *picture, uint32_t panel, struct flyt_text *script)
{
    const double left = 0.085, right = 0.98, top = 0.78, bottom = 0.17, gap_x = 0.075,
                 gap_y = 0.155;
    const double width = (right - left - (COLUMNS - 1) * gap_x) / COLUMNS;
    const double height = (top - bottom - gap_y) / 2.0;
    const double x = left + panel % COLUMNS * (width + gap_x),
                 y = top - panel / COLUMNS * (height + gap_y);
    const struct flyt_compare_item *item = &picture->items->item[picture->item[panel]];
    const char *title = flyt_plot_say(picture->options, item->en, item->da);
    const char *where = strrchr(title, ',');
    size_t n = where == NULL ? strlen(title) : (size_t)(where - title);
    const char *what = flyt_arena_copy(script->arena, title, n);
    struct flyt_text below = {.arena = script->arena};
    flyt_text_add(script,
                  "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
                  "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                  x, x + width, y, y - height);
    const char *unit =
        strcmp(item->unit, "%") == 0
            ? flyt_plot_say(picture->options, "points", "point")
            : flyt_units_say(strcmp(item->unit, "1") == 0 ? "" : item->unit, picture->page->lang);
    flyt_text_add(&below, "%s%s%s", where == NULL ? "" : where + 2,
                  where == NULL || unit[0] == '\0' ? "" : ", ", unit);
    script->failed = script->failed || below.failed || what == NULL;
    flyt_text_add(script, "set label 7 ");
    flyt_plot_put_fitted(script, what == NULL ? "" : what, PANEL_TITLE);
    flyt_text_add(script, " at graph 0,1 left offset 0,1.7 noenhanced font ',11'\nset label 8 ");
    flyt_plot_put_fitted(script, below.failed ? "" : below.bytes, PANEL_TITLE + 4);
    flyt_text_add(script, " at graph 0,1 left offset 0,0.7 noenhanced font ',10' "
                          "textcolor rgb '#555555'\n");
    flyt_text_add(script, "plot 0 with lines linewidth 1 linecolor rgb '#444444' notitle");
    for (uint32_t a = 0; a < picture->n_curves; a++) {
        uint32_t first = first_column(picture, panel, a);
        bool sets = picture->n_columns > 3;
        put_band(script, first, first + 2, colour_of(picture, a), sets ? 0.12 : 0.18, a == 0);
        if (sets) {
            put_band(script, first + 3, first + 4, colour_of(picture, a), 0.25, false);
        }
    }
    for (uint32_t a = 0; a < picture->n_curves; a++) {
        put_curve(picture, panel, a, script);
    }
    flyt_text_add(script, "\nunset key\n");
    for (uint32_t label = 1; panel == 0 && label <= 4; label++) {
        flyt_text_add(script, "unset label %u\n", label);
    }
}

static enum flyt_status put_script(const struct picture *picture, const char *output,
                                   struct flyt_text *script)
{
    flyt_text_add(script,
                  "# Flyt comparison. Draw it again in this folder: gnuplot compare.gp\n"
                  "reset\nset encoding utf8\nset terminal %s\n",
                  terminal[picture->options->format]);
    if (output != NULL) {
        flyt_text_add(script, "set output ");
        flyt_gnuplot_quote(script, output);
        flyt_text_put(script, "\n", 1);
    }
    FLYT_TRY(put_data(picture, script));
    put_words(picture, script);
    put_scale(picture, script);
    flyt_text_add(script, "set multiplot\n");
    for (uint32_t panel = 0; panel < picture->n_panels; panel++) {
        put_panel(picture, panel, script);
    }
    flyt_text_add(script, "unset multiplot\n");
    return script->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_compare_draw(const struct flyt_compare_items *items,
                                   const struct flyt_compare_values *before,
                                   const struct flyt_compare_arm *arm, uint32_t n_arms,
                                   const struct flyt_surplus *surplus,
                                   const struct flyt_compare_page *page,
                                   const struct flyt_plot_options *options,
                                   struct flyt_arena *arena, struct flyt_diag *diag)
{
    struct picture picture = {.items = items,
                              .surplus = surplus,
                              .before = before,
                              .arm = arm,
                              .n_arms = n_arms < FLYT_COMPARE_CURVES ? n_arms : FLYT_COMPARE_CURVES,
                              .page = page,
                              .options = options,
                              .n_columns = before->n_sets > 1 ? 5 : 3};
    struct flyt_text drawn = {.arena = arena}, kept = {.arena = arena};
    const char *ending = flyt_plot_format_name(options->format);
    const char *name = flyt_arena_printf(arena, "compare.%s", ending);
    if (name == NULL) {
        return FLYT_ERR_MEMORY;
    }
    picture.n_curves = picture.n_arms + (surplus == NULL ? 0 : 1);
    choose(&picture);
    FLYT_TRY(put_script(&picture, NULL, &drawn));
    FLYT_TRY(put_script(&picture, name, &kept));
    return flyt_gnuplot_save(options->folder, "compare", ending, &drawn, &kept, arena, diag);
}
