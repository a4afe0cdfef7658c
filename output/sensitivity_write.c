#include "output/sensitivity_write.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/gnuplot.h"
#include "output/plot_parts.h"
#include "sim/units.h"

enum { PANELS = 4, BARS = 12, NAME = 34 };

static const char *const terminal[FLYT_PLOT_FORMATS] = {
    [FLYT_PLOT_svg] = "svg noenhanced size 960,%u font 'sans-serif,13' background '#ffffff'",
    [FLYT_PLOT_png] = "pngcairo noenhanced size 1920,%u font 'sans,13' fontscale 1.9 linewidth 2 "
                      "background '#ffffff'",
    [FLYT_PLOT_pdf] = "pdfcairo noenhanced size 24cm,%ucm font 'sans,12' background '#ffffff'",
};

/** "letting.claim", "letting.claim × search.owner". */
static const char *name_of(const struct flyt_sweep *sweep, const struct flyt_sensitivity_row *row,
                           struct flyt_arena *arena)
{
    const char *one = sweep->factor[row->factor].name;
    return row->other == FLYT_NONE
               ? one
               : flyt_arena_printf(arena, "%s × %s", one, sweep->factor[row->other].name);
}

/* ---- tables -------------------------------------------------------------------------------- */

static void put_cell(struct flyt_text *text, double value, int width, enum flyt_lang lang)
{
    char number[40];
    (void)snprintf(number, sizeof number, "%.4g", value);
    (void)flyt_units_decimal(number, lang);
    flyt_text_add(text, " %*s", width, isnan(value) ? "-" : number);
}

/** value [low, high] */
static void put_estimate(struct flyt_text *text, const struct flyt_estimate *estimate,
                         enum flyt_lang lang)
{
    put_cell(text, estimate->value, 11, lang);
    put_cell(text, estimate->low, 11, lang);
    put_cell(text, estimate->high, 11, lang);
}

static void put_head(const struct flyt_sweep *sweep, int width, enum flyt_lang lang,
                     struct flyt_text *text)
{
    bool da = lang == FLYT_DA;
    flyt_text_add(text, "%-*s", width, da ? "faktor" : "factor");
    if (sweep->plan == FLYT_SWEEP_morris) {
        flyt_text_add(text, " %11s %11s %11s %11s %11s", "mu*", da ? "fra" : "from",
                      da ? "til" : "to", "mu", "sigma");
    } else if (sweep->plan == FLYT_SWEEP_sobol) {
        flyt_text_add(text, " %11s %11s %11s %11s %11s %11s", da ? "total" : "total",
                      da ? "fra" : "from", da ? "til" : "to", da ? "første" : "first",
                      da ? "fra" : "from", da ? "til" : "to");
    } else {
        flyt_text_add(text, " %11s %11s %11s", da ? "effekt" : "effect", da ? "fra" : "from",
                      da ? "til" : "to");
    }
    flyt_text_add(text, "\n");
}

void flyt_sensitivity_write(const struct flyt_sweep *sweep, const struct flyt_outcome *outcome,
                            const struct flyt_sensitivity *found, enum flyt_lang lang,
                            struct flyt_text *text)
{
    int width = 8;
    char mean[40], sd[40];
    for (uint32_t i = 0; i < found->n_rows; i++) {
        const char *name = name_of(sweep, &found->row[i], text->arena);
        int n = name == NULL ? 0 : (int)flyt_text_length(name, strlen(name));
        width = n > width ? n : width;
    }
    (void)snprintf(mean, sizeof mean, "%.6g", found->mean);
    (void)snprintf(sd, sizeof sd, "%.4g", sqrt(found->variance));
    flyt_text_add(text,
                  lang == FLYT_DA ? "%s (%s): gennemsnit %s, spredning %s over %u punkter\n"
                                  : "%s (%s): mean %s, standard deviation %s over %u points\n",
                  outcome->text, flyt_units_say(outcome->unit, lang),
                  flyt_units_decimal(mean, lang), flyt_units_decimal(sd, lang), sweep->n_points);
    put_head(sweep, width, lang, text);
    for (uint32_t i = 0; i < found->n_rows; i++) {
        const struct flyt_sensitivity_row *row = &found->row[i];
        const char *name = name_of(sweep, row, text->arena);
        int bytes = name == NULL ? 0 : (int)(strlen(name) - flyt_text_length(name, strlen(name)));
        flyt_text_add(text, "%-*s", width + bytes, name == NULL ? "" : name);
        put_estimate(text, &row->main, lang);
        if (sweep->plan == FLYT_SWEEP_morris) {
            put_cell(text, row->mu, 11, lang);
            put_cell(text, row->sigma, 11, lang);
        } else if (sweep->plan == FLYT_SWEEP_sobol) {
            put_estimate(text, &row->first, lang);
        }
        flyt_text_add(text, "\n");
    }
    flyt_text_add(text, "\n");
}

static void put_csv_row(struct flyt_text *text, const char *head, const char *measure,
                        const struct flyt_estimate *estimate)
{
    const double value[] = {estimate->value, estimate->low, estimate->high};
    flyt_text_add(text, "%s,%s", head, measure);
    for (size_t i = 0; i < FLYT_COUNT(value); i++) {
        if (isnan(value[i])) {
            flyt_text_add(text, ",");
        } else {
            flyt_text_add(text, ",%.10g", value[i]);
        }
    }
    flyt_text_add(text, "\n");
}

void flyt_sensitivity_csv(const struct flyt_sweep *sweep, const struct flyt_outcome *outcome,
                          const struct flyt_sensitivity *found, bool head, struct flyt_text *text)
{
    static const char *const measures[FLYT_SWEEP_N_PLANS] = {[FLYT_SWEEP_morris] = "mu_star",
                                                             [FLYT_SWEEP_sobol] = "total_order",
                                                             [FLYT_SWEEP_factorial] = "effect"};
    if (head) {
        flyt_text_add(text, "outcome,unit,factor,other,measure,value,low,high\n");
    }
    for (uint32_t i = 0; i < found->n_rows; i++) {
        const struct flyt_sensitivity_row *row = &found->row[i];
        const char *start =
            flyt_arena_printf(text->arena, "\"%s\",%s,%s,%s", outcome->text, outcome->unit,
                              sweep->factor[row->factor].name,
                              row->other == FLYT_NONE ? "" : sweep->factor[row->other].name);
        text->failed = text->failed || start == NULL;
        if (start == NULL) {
            return;
        }
        put_csv_row(text, start, measures[sweep->plan], &row->main);
        if (sweep->plan == FLYT_SWEEP_sobol) {
            put_csv_row(text, start, "first_order", &row->first);
        } else if (sweep->plan == FLYT_SWEEP_morris) {
            put_csv_row(text, start, "mu", &(struct flyt_estimate){row->mu, NAN, NAN});
            put_csv_row(text, start, "sigma", &(struct flyt_estimate){row->sigma, NAN, NAN});
        }
    }
}

/* ---- picture ------------------------------------------------------------------------------- */

struct picture {
    const struct flyt_sweep *sweep;
    const struct flyt_outcome *outcome;
    const struct flyt_sensitivity *found;
    uint32_t n, pixels; /* outcomes; height */
    const struct flyt_plot_options *options;
};

static uint32_t n_bars(const struct flyt_sensitivity *found)
{
    return found->n_rows < BARS ? found->n_rows : BARS;
}

/** A row a bar: place from above, value, low, high, first order. */
static void put_data(const struct picture *picture, uint32_t panel, struct flyt_text *script)
{
    struct flyt_text rows = {.arena = script->arena};
    const struct flyt_sensitivity *found = &picture->found[panel];
    char name[16];
    for (uint32_t i = 0; i < n_bars(found); i++) {
        const struct flyt_sensitivity_row *row = &found->row[i];
        const double number[] = {row->main.value, row->main.low, row->main.high, row->first.value};
        flyt_text_add(&rows, "%u", n_bars(found) - i);
        for (size_t k = 0; k < FLYT_COUNT(number); k++) {
            if (isnan(number[k])) {
                flyt_text_add(&rows, " NaN");
            } else {
                flyt_text_add(&rows, " %.6g", number[k]);
            }
        }
        flyt_text_add(&rows, "\n");
    }
    (void)snprintf(name, sizeof name, "bars%u", panel);
    flyt_gnuplot_block(script, name, rows.failed || rows.bytes == NULL ? "" : rows.bytes, rows.n);
    script->failed = script->failed || rows.failed;
}

static const char *explain(const struct picture *picture)
{
    const struct flyt_plot_options *options = picture->options;
    switch (picture->sweep->plan) {
    case FLYT_SWEEP_morris:
        return flyt_plot_say(options,
                             "mu*: mean size of the change when a factor crosses its range; "
                             "whisker: 95 % interval (bootstrap over paths).",
                             "mu*: gennemsnitlig ændring, når en faktor krydser sit interval; "
                             "streg: 95 %-interval (bootstrap over baner).");
    case FLYT_SWEEP_sobol:
        return flyt_plot_say(options,
                             "Share of the variance; bar: total order with 95 % interval "
                             "(bootstrap); diamond: first order, the factor alone.",
                             "Andel af variansen; søjle: total med 95 %-interval (bootstrap); "
                             "rombe: første orden, faktoren alene.");
    default:
        return flyt_plot_say(options,
                             "Effect: mean with the factor high less low; whisker: 95 % interval "
                             "over replicates with the same chance.",
                             "Effekt: gennemsnit med faktoren høj minus lav; streg: 95 %-interval "
                             "over gentagelser med samme tilfælde.");
    }
}

static void put_panel(const struct picture *picture, uint32_t panel, struct flyt_text *script)
{
    const struct flyt_sensitivity *found = &picture->found[panel];
    const struct flyt_outcome *outcome = &picture->outcome[panel];
    const double top = 1.0 - 100.0 / picture->pixels, bottom = 62.0 / picture->pixels,
                 gap = 62.0 / picture->pixels,
                 height = (top - bottom - gap * (picture->n - 1)) / picture->n;
    const double y = top - panel * (height + gap);
    struct flyt_text title = {.arena = script->arena};
    flyt_text_add(&title, "%s (%s)", outcome->text,
                  flyt_units_say(outcome->unit, picture->options->lang));
    flyt_text_add(script,
                  "set lmargin at screen 0.33\nset rmargin at screen 0.97\n"
                  "set tmargin at screen %.4f\nset bmargin at screen %.4f\nset label 7 ",
                  y, y - height);
    flyt_plot_put_fitted(script, title.failed ? "" : title.bytes, 80);
    flyt_text_add(script, " at graph 0,1 left offset 0,0.8 noenhanced font ',12'\nset ytics (");
    for (uint32_t i = 0; i < n_bars(found); i++) {
        const char *name = name_of(picture->sweep, &found->row[i], script->arena);
        flyt_text_add(script, i == 0 ? "" : ", ");
        flyt_plot_put_fitted(script, name == NULL ? "" : name, NAME);
        flyt_text_add(script, " %u", n_bars(found) - i);
    }
    flyt_text_add(script, ") noenhanced\nset yrange [0.4:%u.6]\n", n_bars(found));
    flyt_text_add(script,
                  "plot $bars%u using ($2/2):1:($2/2):(0.3) with boxxyerror fillstyle solid 0.75 "
                  "noborder linecolor rgb '#0072B2' notitle, "
                  "$bars%u using 2:1:3:4 with xerrorbars pointtype 0 linewidth 1.5 linecolor rgb "
                  "'#222222' notitle",
                  panel, panel);
    if (picture->sweep->plan == FLYT_SWEEP_sobol) {
        flyt_text_add(script,
                      ", $bars%u using 5:1 with points pointtype 13 pointsize 1.2 linecolor rgb "
                      "'#E69F00' notitle",
                      panel);
    }
    flyt_text_add(script, "\n");
    for (uint32_t label = 1; panel == 0 && label <= 3; label++) {
        flyt_text_add(script, "unset label %u\n", label);
    }
}

static void put_words(const struct picture *picture, struct flyt_text *script)
{
    const struct flyt_plot_options *options = picture->options;
    flyt_text_add(script, "set label 1 ");
    flyt_plot_put_fitted(script, flyt_plot_say(options, "What drives it", "Hvad der driver det"),
                         60);
    flyt_text_add(script, " at screen 0.02,%.4f left noenhanced font ',18'\nset label 2 ",
                  1.0 - 24.0 / picture->pixels);
    flyt_plot_put_fitted(script, picture->sweep->title, 90);
    flyt_text_add(script, " at screen 0.02,%.4f left noenhanced font ',13'\nset label 3 ",
                  1.0 - 54.0 / picture->pixels);
    flyt_plot_put_fitted(script, explain(picture), 150);
    flyt_text_add(script,
                  " at screen 0.02,%.4f left noenhanced font ',10' textcolor rgb '#555555'\n",
                  14.0 / picture->pixels);
}

static enum flyt_status put_script(const struct picture *picture, const char *output,
                                   struct flyt_text *script)
{
    uint32_t pixels = picture->pixels;
    const uint32_t high[FLYT_PLOT_FORMATS] = {
        [FLYT_PLOT_svg] = pixels, [FLYT_PLOT_png] = 2 * pixels, [FLYT_PLOT_pdf] = pixels / 40 + 1};
    flyt_text_add(script,
                  "# Flyt sensitivity. Draw it again in this folder: gnuplot sensitivity.gp\n"
                  "reset\nset encoding utf8\nset terminal ");
    const char *form = terminal[picture->options->format], *at = strstr(form, "%u");
    flyt_text_put(script, form, (size_t)(at - form));
    flyt_text_add(script, "%u%s\n", high[picture->options->format], at + 2);
    if (output != NULL) {
        flyt_text_add(script, "set output ");
        flyt_gnuplot_quote(script, output);
        flyt_text_put(script, "\n", 1);
    }
    for (uint32_t panel = 0; panel < picture->n; panel++) {
        put_data(picture, panel, script);
    }
    put_words(picture, script);
    flyt_text_add(script,
                  "set border 1 linecolor rgb '#888888'\nset tics nomirror font ',10'\n"
                  "set ytics scale 0\nset grid xtics linetype 1 linewidth 0.6 linecolor rgb "
                  "'#dddddd'\nset decimalsign '%s'\nset datafile missing 'NaN'\nunset key\n"
                  "set arrow 1 from first 0, graph 0 to first 0, graph 1 nohead linecolor rgb "
                  "'#444444'\nset multiplot\n",
                  picture->options->lang == FLYT_DA ? "," : ".");
    for (uint32_t panel = 0; panel < picture->n; panel++) {
        put_panel(picture, panel, script);
    }
    flyt_text_add(script, "unset multiplot\n");
    return script->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_sensitivity_draw(const struct flyt_sweep *sweep,
                                       const struct flyt_outcome *outcome,
                                       const struct flyt_sensitivity *found, uint32_t n,
                                       const struct flyt_plot_options *options,
                                       struct flyt_arena *arena, struct flyt_diag *diag)
{
    struct picture picture = {sweep, outcome, found, n < PANELS ? n : PANELS, 100, options};
    struct flyt_text drawn = {.arena = arena}, kept = {.arena = arena};
    const char *ending = flyt_plot_format_name(options->format);
    const char *name = flyt_arena_printf(arena, "sensitivity.%s", ending);
    if (name == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < picture.n; i++) {
        picture.pixels += 28 * n_bars(&found[i]) + 62;
    }
    FLYT_TRY(put_script(&picture, NULL, &drawn));
    FLYT_TRY(put_script(&picture, name, &kept));
    return flyt_gnuplot_save(options->folder, "sensitivity", ending, &drawn, &kept, arena, diag);
}
