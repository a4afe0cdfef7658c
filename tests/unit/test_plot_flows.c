/* The figure of flows: means over years and replicates, shares of rows, and what is printed. */
#include <criterion/criterion.h>

#include <string.h>

#include "output/plot.h"

enum { FROM = 2, TO = 3, CLASSES = 2, YEARS = 2, REPLICATES = 2 };

static struct flyt_arena arena;
static int64_t value[REPLICATES][YEARS + 1][FROM][TO][CLASSES];
static char digest[REPLICATES][FLYT_DIGEST_SIZE];
static const char *const from_en[] = {"Almen", "`rm x`"}, *const from_da[] = {"Almen", "`rm x`"};
static const char *const to_en[] = {"Almen", "Owner", "Away"};
static const char *const to_da[] = {"Almen", "Ejer", "Væk"};
static const char *const class_en[] = {"Few", "Many"}, *const class_da[] = {"Få", "Mange"};
static struct flyt_dim dims[] = {{"a", "", "", FROM, from_en, from_da},
                                 {"b", "", "", TO, to_en, to_da},
                                 {"c", "", "", CLASSES, class_en, class_da}};
static struct flyt_result_series series = {.name = "moves_by_class",
                                           .kind = FLYT_SERIES_flow,
                                           .period = FLYT_SERIES_yearly,
                                           .n_dims = 3,
                                           .dim = {0, 1, 2},
                                           .n_cells = FROM * TO * CLASSES,
                                           .data.count = &value[0][0][0][0][0]};
static struct flyt_result result = {.title = "t",
                                    .model = "m",
                                    .version = "0",
                                    .start_year = 2024,
                                    .n_months = 12 * YEARS,
                                    .n_years = YEARS,
                                    .n_replicates = REPLICATES,
                                    .n_dims = 3,
                                    .dim = dims,
                                    .n_series = 1,
                                    .series = &series,
                                    .content_digest = digest};

static const char *script(enum flyt_lang lang)
{
    struct flyt_text text = {.arena = &arena};
    const struct flyt_plot_options options = {.lang = lang};
    cr_assert_eq(flyt_plot_script(&result, flyt_figure_find("flows"), &options, "a.svg", &text),
                 FLYT_OK);
    return text.bytes;
}

static void expect(const char *text, const char *part)
{
    cr_assert_not_null(strstr(text, part), "'%s' is missing in\n%s", part, text);
}

static void fill(void)
{
    flyt_arena_init(&arena, 0);
    memset(value, 0, sizeof value);
    value[0][1][0][0][0] = 3;   /* .75 a year, a quarter of 3 */
    value[1][2][0][1][0] = 9;   /* 2.25 */
    value[0][1][1][2][1] = 800; /* 200 a year */
    for (uint32_t r = 0; r < REPLICATES; r++) {
        value[r][0][0][0][0] = 1000; /* the start: no year's flow */
    }
}

static void free_arena(void)
{
    flyt_arena_free(&arena);
}

TestSuite(plot_flows, .init = fill, .fini = free_arena);

Test(plot_flows, cells_are_means_and_colours_shares_of_the_row)
{
    const char *english = script(FLYT_EN), *danish = script(FLYT_DA);
    expect(english, "\n0.5 1.5 0 1 1 2 25\n1.5 1.5 1 2 1 2 75\n2.5 1.5 2 3 1 2 0\n");
    expect(english, "set label 100 '0.8' at 0.5,1.5"); /* .75 */
    expect(english, "set label 101 '2.3' at 1.5,1.5");
    expect(english, "set label 102 '0' at 2.5,1.5");
    expect(english, "set label 105 '200' at 2.5,0.5");
    expect(danish, "set label 101 '2,3' at 1.5,1.5");
    expect(english, "Means of 2 years and 2 replicates.");
    expect(danish, "Gennemsnit af 2 år og 2 gentagelser.");
}

Test(plot_flows, what_happens_now_and_then_is_not_nothing)
{
    value[1][2][0][1][0] = 0;
    value[0][1][0][0][0] = 0;
    value[1][2][0][2][0] = 1; /* .25 */
    expect(script(FLYT_EN), "set label 102 '0.3'");
    result.n_replicates = 1;
    expect(script(FLYT_EN), "set label 102 '0' ");
    expect(script(FLYT_EN), "% of the row. Means of 2 years.'");
    result.n_replicates = REPLICATES;
    static int64_t rare[REPLICATES][31][FROM * TO * CLASSES];
    rare[1][30][4] = 1; /* once in 60 years */
    result.n_years = 30;
    series.data.count = &rare[0][0][0];
    expect(script(FLYT_EN), "set label 102 '<0.1'");
    expect(script(FLYT_DA), "set label 102 '<0,1'");
}

Test(plot_flows, words_stand_in_quotes_in_both_languages)
{
    const char *english = script(FLYT_EN), *danish = script(FLYT_DA);
    expect(english, "'`rm x`' 0.5");
    expect(english, "'Owner' 1.5");
    expect(danish, "'Ejer' 1.5");
    expect(english, "set label 7 'Few'");
    expect(danish, "set label 7 'Mange'");
    expect(danish, "Forladt bolig (rækker)");
}

Test(plot_flows, other_shapes_do_not_fit)
{
    const char *missing = NULL;
    const struct flyt_figure *figure = flyt_figure_find("flows");
    cr_assert(flyt_figure_fits(&result, figure, &missing));
    series.n_dims = 2;
    cr_assert_not(flyt_figure_fits(&result, figure, &missing));
    cr_assert_str_eq(missing, "moves_by_class");
    series.n_dims = 3;
    dims[1].n = 9;
    cr_assert_not(flyt_figure_fits(&result, figure, &missing));
}
