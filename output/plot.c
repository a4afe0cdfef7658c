#include "output/plot.h"

#include <math.h>
#include <string.h>

#include "output/gnuplot.h"
#include "output/plot_parts.h"

enum {
    BESIDE = 5, /* more lines than this: names beside the picture, no bands */
    TITLE_WIDTH = 74,
    SUBTITLE_WIDTH = 92, /* of one line; of two in smaller letters: */
    HALF_WIDTH = 116,
    BESIDE_WIDTH = 17,
    BELOW_WIDTH = 24 /* characters that fit */
};

static const char *const colours[] = {"#0072B2", "#D55E00", "#009E73", "#E69F00",
                                      "#CC79A7", "#56B4E9", "#000000"};

const char *flyt_plot_colour(uint32_t line)
{
    return colours[line % FLYT_COUNT(colours)];
}

const char *flyt_plot_dash(uint32_t line)
{
    return line < FLYT_COUNT(colours) ? "1" : "(6,3)";
}

/** terminal, and size of its font */
static const char *const terminals[FLYT_PLOT_FORMATS] = {
    [FLYT_PLOT_svg] = "svg noenhanced size 900,560 font 'sans-serif,13' background '#ffffff'",
    [FLYT_PLOT_png] = "pngcairo noenhanced size 1800,1120 font 'sans,13' fontscale 1.9 "
                      "linewidth 2 background '#ffffff'",
    [FLYT_PLOT_pdf] = "pdfcairo noenhanced size 22.5cm,14cm font 'sans,12' background '#ffffff'",
};

const char *flyt_plot_format_name(enum flyt_plot_format format)
{
    static const char *const name[] = {"svg", "png", "pdf"};
    return name[format];
}

/** A quoted text cut to a width in characters. */
void flyt_plot_put_fitted(struct flyt_text *script, const char *text, size_t width)
{
    struct flyt_text cut = {.arena = script->arena};
    size_t n = strlen(text), good = flyt_text_utf8_fault(text, n), at = 0, characters = 0;
    if (good < n || flyt_text_length(text, n) <= width) {
        flyt_gnuplot_quote(script, text);
        return;
    }
    while (at < n && characters < width) {
        at++;
        characters += at == n || ((unsigned char)text[at] & 0xC0) != 0x80; /* a character ended */
    }
    flyt_text_put(&cut, text, at);
    flyt_text_add(&cut, "…");
    flyt_gnuplot_quote(script, cut.failed ? "" : cut.bytes);
    script->failed = script->failed || cut.failed;
}

/* ---- the data ---- */

static void put_number(struct flyt_text *rows, double value)
{
    if (isnan(value)) {
        flyt_text_put(rows, " NaN", 4);
    } else {
        flyt_text_add(rows, " %.6g", value);
    }
}

/** Year or month, then low, middle and high of each line. */
static void put_data(struct flyt_text *script, const char *name,
                     const struct flyt_figure_data *data)
{
    struct flyt_text rows = {.arena = script->arena};
    for (uint32_t row = 0; row < data->n_rows; row++) {
        flyt_text_add(&rows, "%.5f", data->x[row]);
        for (uint32_t i = 0; i < data->n_lines; i++) {
            put_number(&rows, data->line[i].low[row]);
            put_number(&rows, data->line[i].mid[row]);
            put_number(&rows, data->line[i].high[row]);
        }
        flyt_text_put(&rows, "\n", 1);
    }
    if (rows.failed) {
        script->failed = true;
        return;
    }
    flyt_gnuplot_block(script, name, rows.bytes, rows.n);
}

/* ---- the page ---- */

static void put_terminal(struct flyt_text *script, const struct flyt_figure *figure,
                         const struct flyt_plot_options *options, const char *output)
{
    flyt_text_add(script,
                  "# Flyt figure %s. Draw it again in this folder: gnuplot %s.gp\n"
                  "reset\nset encoding utf8\nset terminal %s\n",
                  figure->name, figure->name, terminals[options->format]);
    if (output != NULL) {
        flyt_text_add(script, "set output ");
        flyt_gnuplot_quote(script, output);
        flyt_text_put(script, "\n", 1);
    }
}

/** A line of text on the page; `style` is gnuplot's, from us. */
static void put_label(struct flyt_text *script, uint32_t number, double y, const char *text,
                      size_t width, const char *style)
{
    flyt_text_add(script, "set label %u ", number);
    flyt_plot_put_fitted(script, text, width);
    flyt_text_add(script, " at screen 0.02,%.3f left noenhanced %s\n", y, style);
}

/** Where a text is best broken so that its first part is at most `width` characters, in bytes. */
static size_t break_of(const char *text, size_t width)
{
    size_t n = strlen(text), space = 0, at = 0, characters = 0;
    while (at < n && characters <= width) {
        space = text[at] == ' ' ? at : space;
        at++;
        characters += at == n || ((unsigned char)text[at] & 0xC0) != 0x80;
    }
    return space;
}

/** The scenario's title: on one line, or on two in smaller letters, or cut. */
static void put_subtitle(struct flyt_text *script, const char *title)
{
    size_t length = flyt_text_length(title, strlen(title)), at = break_of(title, HALF_WIDTH);
    const char *first =
        length <= SUBTITLE_WIDTH || at == 0 ? NULL : flyt_arena_copy(script->arena, title, at);
    if (first == NULL) {
        put_label(script, 2, 0.905, title, SUBTITLE_WIDTH, "font ',13'");
        return;
    }
    flyt_text_add(script, "set label 2 ");
    flyt_gnuplot_quote(script, first);
    flyt_text_add(script, ".\"\\n\".");
    flyt_plot_put_fitted(script, title + at + 1, HALF_WIDTH);
    flyt_text_add(script, " at screen 0.02,0.919 left noenhanced font ',10.5'\n");
}

/** A line below the picture, in letters as large as it leaves room for. */
static void put_note(struct flyt_text *script, uint32_t number, double y, const char *text)
{
    static const struct {
        size_t width;
        const char *style;
    } sizes[] = {{128, "font ',10' textcolor rgb '#555555'"},
                 {142, "font ',9' textcolor rgb '#555555'"},
                 {160, "font ',8' textcolor rgb '#555555'"}};
    size_t length = flyt_text_length(text, strlen(text)), i = 0;
    while (i + 1 < FLYT_COUNT(sizes) && length > sizes[i].width) {
        i++;
    }
    put_label(script, number, y, text, sizes[i].width, sizes[i].style);
}

/** Of what the numbers are means: of years too, or of replicates only; nothing when of one. */
static void put_means(struct flyt_text *note, const struct flyt_result *result,
                      const struct flyt_plot_options *options, bool of_years)
{
    of_years &= result->n_years > 1;
    if (of_years && result->n_replicates > 1) {
        flyt_text_add(note,
                      flyt_plot_say(options, " Means of %u years and %u replicates.",
                                    " Gennemsnit af %u år og %u gentagelser."),
                      result->n_years, result->n_replicates);
    } else if (of_years) {
        flyt_text_add(note, flyt_plot_say(options, " Means of %u years.", " Gennemsnit af %u år."),
                      result->n_years);
    } else if (result->n_replicates > 1) {
        flyt_text_add(
            note,
            flyt_plot_say(options, " Means of %u replicates.", " Gennemsnit af %u gentagelser."),
            result->n_replicates);
    }
}

/** What replicates and years the picture shows, and how. */
static void put_drawn_from(struct flyt_text *note, const struct flyt_result *result,
                           const struct flyt_figure *figure,
                           const struct flyt_plot_options *options,
                           const struct flyt_figure_data *data)
{
    if (figure->kind == FLYT_FIGURE_map && result->n_replicates > 1) {
        flyt_text_add(note,
                      flyt_plot_say(options, " The first of %u replicates.",
                                    " Den første af %u gentagelser."),
                      result->n_replicates);
    } else if (figure->kind == FLYT_FIGURE_flows || figure->kind == FLYT_FIGURE_decomposition) {
        put_means(note, result, options, figure->kind == FLYT_FIGURE_flows);
    } else if (result->n_replicates > 1 && result->n_replicates < FLYT_FIGURE_FEW &&
               data->n_lines <= BESIDE) {
        flyt_text_add(note,
                      flyt_plot_say(options, " Line: median; band: all of %u replicates.",
                                    " Linje: median; bånd: alle %u gentagelser."),
                      result->n_replicates);
    } else if (result->n_replicates > 1 && data->n_lines <= BESIDE) {
        flyt_text_add(note,
                      flyt_plot_say(options,
                                    " Line: median; band: 5th–95th percentile of %u replicates.",
                                    " Linje: median; bånd: 5.–95. percentil af %u gentagelser."),
                      result->n_replicates);
    } else if (result->n_replicates > 1) {
        flyt_text_add(
            note, flyt_plot_say(options, " Median of %u replicates.", " Median af %u gentagelser."),
            result->n_replicates);
    }
}

static void put_words(struct flyt_text *script, const struct flyt_result *result,
                      const struct flyt_figure *figure, const struct flyt_plot_options *options,
                      const struct flyt_figure_data *data)
{
    struct flyt_text note = {.arena = script->arena}, source = {.arena = script->arena};
    char content[FLYT_DIGEST_SIZE];
    flyt_result_content(result, content);
    flyt_text_add(&note, "%s", flyt_plot_say(options, figure->note_en, figure->note_da));
    put_drawn_from(&note, result, figure, options, data);
    if (data->n_left_out > 0) {
        flyt_text_add(&note,
                      flyt_plot_say(options, " The %u largest of %u.", " De %u største af %u."),
                      data->n_lines, data->n_lines + data->n_left_out);
    }
    flyt_text_add(&source,
                  flyt_plot_say(options, "Source: Flyt %s, model %s, seed %u, content %.12s",
                                "Kilde: Flyt %s, model %s, frø %u, indhold %.12s"),
                  result->version, result->model, result->seed, content);
    if (result->n_start_values > 0) {
        flyt_text_add(&source,
                      flyt_plot_say(options, "; %u of %u start values are published",
                                    "; %u af %u startværdier er offentliggjort"),
                      result->n_start_published, result->n_start_values);
    }
    if (note.failed || source.failed) {
        script->failed = true;
        return;
    }
    put_label(script, 1, 0.955, flyt_plot_say(options, figure->title_en, figure->title_da),
              TITLE_WIDTH,
              options->format == FLYT_PLOT_svg ? "font ',18'" /* svg knows no bold without markup */
                                               : "font 'sans:Bold,17'");
    put_subtitle(script, result->title);
    if (result->caveat_en != NULL) {
        put_label(script, 3, 0.857, flyt_plot_say(options, result->caveat_en, result->caveat_da),
                  SUBTITLE_WIDTH, "font ',12' textcolor rgb '#A03000'");
    }
    put_note(script, 4, 0.060, note.bytes);
    put_note(script, 5, 0.025, source.bytes);
}

int32_t flyt_plot_year_step(uint32_t n_years, uint32_t most)
{
    static const int32_t nice[] = {1, 2, 5, 10, 20, 25, 50, 100, 200, 500};
    for (size_t i = 0; i < FLYT_COUNT(nice); i++) {
        if (n_years / (uint32_t)nice[i] <= most) {
            return nice[i];
        }
    }
    return 1000;
}

static void put_time_axis(struct flyt_text *script, const struct flyt_result *result,
                          const struct flyt_figure *figure, const struct flyt_plot_options *options)
{
    double years = result->n_months > 0 ? (double)result->n_months / 12.0 : (double)result->n_years;
    int32_t step = flyt_plot_year_step((uint32_t)years, 12);
    int32_t first = (result->start_year + step - 1) / step * step;
    bool counts = figure->x_en != NULL;
    flyt_text_add(script, "set xlabel ");
    flyt_gnuplot_quote(
        script, counts ? flyt_plot_say(options, figure->x_en, figure->x_da)
                       : flyt_plot_say(options, "1 January of the year", "1. januar i året"));
    flyt_text_add(script, " font ',11' offset 0,0.4\nset format x '%%.0f'\n");
    if (counts) {
        flyt_text_add(script, "set xtics autofreq\nset xrange [0:%u]\n", result->n_months);
    } else {
        flyt_text_add(script, "set xtics %d,%d\nset xrange [%d:%.5f]\n", first, step,
                      result->start_year, (double)result->start_year + years);
    }
}

static void put_axes(struct flyt_text *script, const struct flyt_result *result,
                     const struct flyt_figure *figure, const struct flyt_plot_options *options,
                     bool beside)
{
    flyt_text_add(script,
                  "set lmargin at screen 0.10\nset rmargin at screen %s\n"
                  "set tmargin at screen 0.82\nset bmargin at screen %s\n"
                  "set border 1 linecolor rgb '#888888'\nset tics nomirror font ',11'\n"
                  "set ytics scale 0\nset grid ytics linetype 1 linewidth 0.6 "
                  "linecolor rgb '#dddddd'\n",
                  beside ? "0.76" : "0.96", beside ? "0.20" : "0.27");
    flyt_text_add(script, "set decimalsign '%s'\nset datafile missing 'NaN'\n",
                  options->lang == FLYT_DA ? "," : ".");
    put_time_axis(script, result, figure, options);
    flyt_text_add(script, "set yrange [0:*]\nset ylabel ");
    flyt_gnuplot_quote(script, flyt_plot_say(options, figure->y_en, figure->y_da));
    flyt_text_add(script, " noenhanced font ',12'\n");
    if (beside) {
        flyt_text_add(script, "set key at screen 0.775,0.82 left top vertical Left reverse "
                              "samplen 2 spacing 1.3 font ',12' noenhanced\n");
    } else {
        flyt_text_add(script, "set key at screen 0.53,0.132 center center horizontal Left reverse "
                              "samplen 2 font ',12' noenhanced\n");
    }
}

/** Bands first, so that no line is hidden. */
static void put_lines(struct flyt_text *script, const struct flyt_plot_options *options,
                      const struct flyt_figure_data *data, bool bands)
{
    const char *before = "plot ";
    for (uint32_t i = 0; bands && i < data->n_lines; i++) {
        flyt_text_add(script,
                      "%s$lines using 1:%u:%u with filledcurves linecolor rgb '%s' "
                      "fillstyle transparent solid 0.2 noborder notitle",
                      before, 3 * i + 2, 3 * i + 4, colours[i % FLYT_COUNT(colours)]);
        before = ", \\\n     ";
    }
    for (uint32_t i = 0; i < data->n_lines; i++) {
        uint32_t n = 0;
        for (uint32_t row = 0; row < data->n_rows; row++) {
            n += isnan(data->line[i].mid[row]) ? 0 : 1;
        }
        flyt_text_add(script, "%s$lines using 1:%u with %s linecolor rgb '%s' ", before, 3 * i + 3,
                      n == 1 ? "points pointtype 7 pointsize 1.2" : "lines linewidth 2",
                      colours[i % FLYT_COUNT(colours)]);
        if (n > 1) {
            flyt_text_add(script, "dashtype %s ", flyt_plot_dash(i));
        }
        flyt_text_add(script, "title ");
        flyt_plot_put_fitted(script,
                             flyt_plot_say(options, data->line[i].label_en, data->line[i].label_da),
                             data->n_lines > BESIDE ? BESIDE_WIDTH : BELOW_WIDTH);
        before = ", \\\n     ";
    }
    flyt_text_put(script, "\n", 1);
}

static enum flyt_status put_board(struct flyt_text *script, const struct flyt_result *result,
                                  const struct flyt_figure *figure,
                                  const struct flyt_plot_options *options)
{
    struct flyt_figure_data data[FLYT_FIGURE_PANELS];
    FLYT_TRY(flyt_figure_board(result, figure, script->arena, data));
    for (uint32_t part = 0; part < figure->n_parts; part++) {
        char name[] = "part0";
        name[4] = (char)('0' + part);
        put_data(script, name, &data[part]);
    }
    put_words(script, result, figure, options, &data[0]);
    flyt_plot_board(script, result, figure, options, data,
                    data[0].n_lines <= BESIDE && result->n_replicates > 1);
    return script->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_plot_script(const struct flyt_result *result,
                                  const struct flyt_figure *figure,
                                  const struct flyt_plot_options *options, const char *output,
                                  struct flyt_text *script)
{
    struct flyt_figure_data data = {0};
    if (figure->kind == FLYT_FIGURE_map) {
        put_terminal(script, figure, options, output);
        put_words(script, result, figure, options, &data);
        flyt_plot_map(script, result, figure, options);
        return script->failed ? FLYT_ERR_MEMORY : FLYT_OK;
    }
    if (figure->kind == FLYT_FIGURE_flows || figure->kind == FLYT_FIGURE_decomposition) {
        put_terminal(script, figure, options, output);
        put_words(script, result, figure, options, &data);
        return figure->kind == FLYT_FIGURE_flows
                   ? flyt_plot_flows(script, result, figure, options)
                   : flyt_plot_decomposition(script, result, figure, options);
    }
    if (figure->kind == FLYT_FIGURE_criteria || figure->kind == FLYT_FIGURE_composition) {
        data.n_lines = BESIDE + 1; /* no bands */
        put_terminal(script, figure, options, output);
        put_words(script, result, figure, options, &data);
        return flyt_plot_areas(script, result, figure, options);
    }
    if (figure->kind == FLYT_FIGURE_board) {
        put_terminal(script, figure, options, output);
        return put_board(script, result, figure, options);
    }
    FLYT_TRY(flyt_figure_reduce(result, figure, script->arena, &data));
    if (figure->kind == FLYT_FIGURE_panels) {
        struct flyt_figure_data one = {.n_lines = FLYT_FIGURE_CURVES}; /* what the note speaks of */
        put_terminal(script, figure, options, output);
        put_data(script, "lines", &data);
        put_words(script, result, figure, options, &one);
        flyt_plot_panels(script, result, figure, options, &data);
        return script->failed ? FLYT_ERR_MEMORY : FLYT_OK;
    }
    bool beside = data.n_lines > BESIDE;
    put_terminal(script, figure, options, output);
    put_data(script, "lines", &data);
    put_words(script, result, figure, options, &data);
    put_axes(script, result, figure, options, beside);
    put_lines(script, options, &data, !beside && result->n_replicates > 1);
    return script->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/* ---- files ---- */

enum flyt_status flyt_plot_draw(const struct flyt_result *result, const struct flyt_figure *figure,
                                const struct flyt_plot_options *options, struct flyt_arena *arena,
                                struct flyt_diag *diag)
{
    struct flyt_text drawn = {.arena = arena}, kept = {.arena = arena};
    const char *ending = flyt_plot_format_name(options->format);
    const char *name = flyt_arena_printf(arena, "%s.%s", figure->name, ending);
    if (name == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_plot_script(result, figure, options, NULL, &drawn));
    FLYT_TRY(flyt_plot_script(result, figure, options, name, &kept));
    return flyt_gnuplot_save(options->folder, figure->name, ending, &drawn, &kept, arena, diag);
}
