#define _DEFAULT_SOURCE
#include <criterion/criterion.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "output/plot.h"
#include "result_fixture.h"
#include "sim/fileio.h"

static struct fixture fixture;
static char folder[64];

static void enter_folder(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/flyt-plot-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    fixture_init(&fixture, 0, 3, 3);
}

static void leave_folder(void)
{
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert_eq(system(command), 0);
    flyt_arena_free(&fixture.arena);
}

TestSuite(plot, .init = enter_folder, .fini = leave_folder);

static const char *script(const char *figure, enum flyt_lang lang)
{
    struct flyt_text text = {.arena = &fixture.arena};
    const struct flyt_plot_options options = {.lang = lang};
    cr_assert_eq(
        flyt_plot_script(&fixture.result, flyt_figure_find(figure), &options, "a.svg", &text),
        FLYT_OK);
    return text.bytes;
}

static void expect(const char *text, const char *part)
{
    cr_assert_not_null(strstr(text, part), "'%s' is missing in\n%s", part, text);
}

Test(plot, words_follow_the_language)
{
    const char *english = script("moves", FLYT_EN), *danish = script("moves", FLYT_DA);
    expect(english, "'Moves out, % of households a year'");
    expect(english, "band: all of 3 replicates");
    expect(english, "'no life course, no prices yet'");
    expect(english, "title 'Private rental'");
    expect(english, "set decimalsign '.'");
    expect(danish, "'Fraflytninger, % af husstandene om året'");
    expect(danish, "bånd: alle 3 gentagelser");
    expect(danish, "'endnu uden livsforløb og priser'");
    expect(danish, "title 'Privat leje'");
    expect(danish, "set decimalsign ','");
}

Test(plot, one_replicate_has_no_band)
{
    fixture.result.n_replicates = 1;
    const char *text = script("moves", FLYT_EN);
    cr_assert_null(strstr(text, "filledcurves"));
    cr_assert_null(strstr(text, "band"));
}

Test(plot, data_blocks_hold_nothing_but_numbers)
{
    const char *text = script("waiting", FLYT_EN);
    const char *at = strchr(strstr(text, "$lines <<"), '\n') + 1;
    const char *end = strstr(at, "END_");
    cr_assert_not_null(end);
    for (; at < end; at++) {
        cr_assert(isdigit((unsigned char)*at) || strchr(" .-+e\nNa", *at) != NULL, "%.40s", at);
    }
}

Test(plot, each_text_of_the_file_stands_in_single_quotes)
{
    const char *text = script("waiting", FLYT_EN);
    expect(text, "title '`touch hacked`'");
    expect(text, "title 'EOD'");
    expect(text, "title '50% @{Q}_\"\u2019; ='");
    expect(text, "'Prøve på `Fyn` med 100% \"æøå\"'");
}

Test(plot, long_titles_are_cut_between_characters)
{
    char title[600];
    for (size_t i = 0; i < 298; i += 2) {
        memcpy(title + i, "æ", 3);
    }
    fixture.result.title = title;
    const char *text = script("moves", FLYT_EN);
    expect(text, "æ…'");
    cr_assert_eq(flyt_text_utf8_fault(text, strlen(text)), strlen(text));
}

Test(plot, a_title_that_is_too_long_for_a_line_takes_two)
{
    fixture.result.title = "Steering of who moves in, with a title that says what is changed, when "
                           "that happens, and in which of the municipalities on Funen it is tried";
    expect(script("moves", FLYT_EN),
           "set label 2 'Steering of who moves in, with a title that says what is changed, when "
           "that happens, and in which of the'.\"\\n\".'municipalities on Funen it is tried' at");
}

Test(plot, the_share_of_published_start_values_stands_below)
{
    cr_assert_null(strstr(script("moves", FLYT_EN), "start values"));
    fixture.result.n_start_values = 106;
    fixture.result.n_start_published = 57;
    expect(script("moves", FLYT_EN), "; 57 of 106 start values are published'");
    expect(script("vacancies", FLYT_DA), "; 57 af 106 startværdier er offentliggjort'");
}

Test(plot, draws_each_figure_and_leaves_the_script_that_draws_it_again)
{
    static const char *const made[FLYT_PLOT_FORMATS] = {"new/moves.svg", "new/moves.png",
                                                        "new/moves.pdf"};
    static const char *const begins[FLYT_PLOT_FORMATS] = {"<?xml", "\x89PNG", "%PDF"};
    if (system("command -v gnuplot >/dev/null") != 0) {
        cr_skip_test("gnuplot is not installed");
    }
    for (uint32_t i = 0; i < FLYT_PLOT_FORMATS; i++) {
        const struct flyt_plot_options options = {.format = (enum flyt_plot_format)i,
                                                  .folder = "new"};
        cr_assert_eq(flyt_plot_draw(&fixture.result, flyt_figure_find("moves"), &options,
                                    &fixture.arena, &fixture.diag),
                     FLYT_OK, "%s", fixture.diag.fault[0].text);
        char head[8] = "";
        cr_assert_gt(flyt_fileio_head(made[i], head, 5), 4);
        cr_assert_eq(strncmp(head, begins[i], 4), 0);
    }
    cr_assert_eq(system("cd new && gnuplot moves.gp"), 0);
    cr_assert_neq(access("new/hacked", F_OK), 0);
    cr_assert_neq(access("hacked", F_OK), 0);
}

Test(plot, the_script_makes_the_same_picture_byte_for_byte)
{
    const struct flyt_plot_options options = {.format = FLYT_PLOT_svg, .folder = "."};
    if (system("command -v gnuplot >/dev/null") != 0) {
        cr_skip_test("gnuplot is not installed");
    }
    cr_assert_eq(flyt_plot_draw(&fixture.result, flyt_figure_find("waiting"), &options,
                                &fixture.arena, &fixture.diag),
                 FLYT_OK);
    cr_assert_eq(system("mv waiting.svg was.svg && gnuplot waiting.gp && cmp was.svg waiting.svg"),
                 0);
    cr_assert_neq(access("hacked", F_OK), 0);
}

Test(plot, all_figures_have_words_in_both_languages)
{
    for (uint32_t i = 0; i < flyt_n_figures; i++) {
        const struct flyt_figure *figure = &flyt_figures[i];
        const char *const words[] = {figure->title_en, figure->title_da, figure->y_en,
                                     figure->y_da,     figure->note_en,  figure->note_da};
        for (size_t w = 0; w < FLYT_COUNT(words); w++) {
            cr_assert(words[w] != NULL && words[w][0] != '\0', "%s", figure->name);
        }
        for (uint32_t p = 0; p < figure->n_parts; p++) { /* words in the panels of a board */
            const struct flyt_figure_part *part = &figure->part[p];
            cr_assert(part->title_en != NULL && strchr(part->title_en, ',') != NULL, "%s: %s",
                      figure->name, part->over); /* what, unit */
            cr_assert(part->title_da != NULL && strchr(part->title_da, ',') != NULL, "%s: %s",
                      figure->name, part->over);
            cr_assert_str_neq(part->title_da, part->title_en);
        }
    }
}

Test(plot, panels_share_one_key_and_one_scale)
{
    fixture_add_segregation(&fixture);
    const char *english = script("segregation", FLYT_EN), *danish = script("segregation", FLYT_DA);
    expect(english, "title 'Observed'");
    expect(english, "title 'Expected at random'");
    expect(english, "title 'Corrected for chance'");
    expect(english, "set label 7 'Lowest fifth of incomes'");
    expect(english, "Dissimilarity D against the rest (0 to 1)");
    expect(english, "band: all of 3 replicates");
    expect(danish, "title 'Forventet ved tilfældighed'");
    expect(danish, "set label 7 'Ikke-vestlig oprindelse'");
    expect(danish, "set decimalsign ','");
    const char *first = strstr(english, "title 'Observed'");
    cr_assert_null(strstr(first + 1, "title 'Observed'"), "the key stands once");
    const char *scale = strstr(english, "set yrange [0:");
    cr_assert_null(strstr(scale + 1, "set yrange"), "one scale for all panels");
}

Test(plot, panels_are_drawn)
{
    if (system("command -v gnuplot >/dev/null") != 0) {
        cr_skip_test("gnuplot is not installed");
    }
    fixture_add_segregation(&fixture);
    const struct flyt_plot_options options = {.format = FLYT_PLOT_png, .folder = "new"};
    cr_assert_eq(flyt_plot_draw(&fixture.result, flyt_figure_find("segregation"), &options,
                                &fixture.arena, &fixture.diag),
                 FLYT_OK, "%s", fixture.diag.fault[0].text);
    char head[8] = "";
    cr_assert_gt(flyt_fileio_head("new/segregation.png", head, 5), 4);
    cr_assert_eq(strncmp(head, "\x89PNG", 4), 0);
}
