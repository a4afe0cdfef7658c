/* Boards: how series become the lines of each panel, which lines are shown, and the words. */
#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include "output/plot.h"

enum { PLACES = 2, CHANNELS = 10, MONTHS = 24, REPLICATES = 2 };

static struct flyt_arena arena;
static struct flyt_result result;
static char digest[REPLICATES][FLYT_DIGEST_SIZE];
static struct flyt_figure_data data[FLYT_FIGURE_PANELS];

static const char *const place[] = {"North", "South"};
static const char *const channel_en[] = {"List", "Inside", "`rm x`", "d", "e",
                                         "f",    "g",      "h",      "i", "j"};
static const char *const channel_da[] = {"Liste", "Intern", "`rm x`", "d", "e",
                                         "f",     "g",      "h",      "i", "j"};
static struct flyt_dim dims[] = {{"municipality", "", "", PLACES, place, place},
                                 {"channel", "", "", CHANNELS, channel_en, channel_da}};

static struct flyt_result_series monthly(const char *name, bool by_place)
{
    uint32_t n = by_place ? PLACES * CHANNELS : CHANNELS;
    struct flyt_result_series series = {.name = name,
                                        .unit = "",
                                        .kind = FLYT_SERIES_flow,
                                        .n_dims = by_place ? 2 : 1,
                                        .dim = {by_place ? 0 : 1, 1},
                                        .n_cells = n};
    series.data.count = FLYT_ARENA_ZERO(&arena, int64_t, (size_t)n * (MONTHS + 1) * REPLICATES);
    return series;
}

static void open_result(void)
{
    flyt_arena_init(&arena, 0);
    result = (struct flyt_result){.title = "t",
                                  .model = "m",
                                  .version = "0",
                                  .start_year = 2024,
                                  .n_months = MONTHS,
                                  .n_years = MONTHS / 12,
                                  .n_replicates = REPLICATES,
                                  .n_dims = 2,
                                  .dim = dims,
                                  .n_series = 4};
    result.series = FLYT_ARENA_ARRAY(&arena, struct flyt_result_series, 4);
    result.content_digest = digest;
    result.series[0] = monthly("lettings", true);
    result.series[1] = monthly("letting_months", true);
    result.series[2] = monthly("letting_offers", false);
    result.series[3] = monthly("letting_refusals", false);
}

static void free_arena(void)
{
    flyt_arena_free(&arena);
}

TestSuite(figure_board, .init = open_result, .fini = free_arena);

/** The same number in each month of both replicates. */
static void fill(uint32_t series, uint32_t cell, int64_t each_month)
{
    for (uint32_t r = 0; r < REPLICATES; r++) {
        for (uint32_t row = 1; row <= MONTHS; row++) {
            int64_t *cells = flyt_result_row(&result, &result.series[series], r, row);
            cells[cell] = each_month;
        }
    }
}

static void reduce(const char *name)
{
    const struct flyt_figure *figure = flyt_figure_find(name);
    const char *missing = NULL;
    cr_assert(flyt_figure_fits(&result, figure, &missing), "%s", missing);
    cr_assert_eq(flyt_figure_board(&result, figure, &arena, data), FLYT_OK);
}

static const char *script(enum flyt_lang lang)
{
    struct flyt_text text = {.arena = &arena};
    const struct flyt_plot_options options = {.lang = lang};
    cr_assert_eq(flyt_plot_script(&result, flyt_figure_find("letting"), &options, "a.svg", &text),
                 FLYT_OK);
    return text.bytes;
}

Test(figure_board, channels_are_shares_waits_and_refusals_of_twelve_months)
{
    fill(0, 0, 3);             /* the list, in the north */
    fill(0, CHANNELS, 1);      /* the list, in the south */
    fill(0, CHANNELS + 1, 12); /* inside, in the south */
    fill(1, 0, 30);
    fill(1, CHANNELS, 6);
    fill(2, 0, 8);
    fill(3, 0, 2);
    int64_t *last = flyt_result_row(&result, &result.series[0], 1, MONTHS);
    last[0] += 16; /* one month of one replicate */
    reduce("letting");
    cr_assert_eq(data[0].n_lines, 2);
    cr_assert_eq(data[0].n_rows, MONTHS + 1);
    cr_assert(isnan(data[0].line[0].mid[11]));
    cr_assert_float_eq(data[0].x[12], 2025.0, 1e-12);
    cr_assert_float_eq(data[0].line[0].mid[12], 25.0, 1e-9);
    cr_assert_float_eq(data[0].line[1].mid[23], 75.0, 1e-9);
    cr_assert_float_eq(data[0].line[0].high[24], 100.0 * (48 + 16) / (192 + 16), 1e-9);
    cr_assert_float_eq(data[0].line[0].low[24], 25.0, 1e-9);
    cr_assert_float_eq(data[1].line[0].mid[12], 36.0 / 4.0, 1e-9);
    cr_assert_float_eq(data[1].line[1].mid[12], 0.0, 1e-9);
    cr_assert_float_eq(data[2].line[0].mid[12], 25.0, 1e-9);
    cr_assert(isnan(data[2].line[1].mid[12]), "no offers, no share of them");
}

Test(figure_board, the_largest_lines_are_shown_and_the_rest_counted)
{
    for (uint32_t channel = 0; channel < CHANNELS; channel++) {
        fill(0, channel, channel == 4 ? 0 : 1 + channel);
    }
    reduce("letting");
    cr_assert_eq(data[0].n_lines, FLYT_FIGURE_BOARD_LINES);
    cr_assert_eq(data[0].n_left_out, 1);
    cr_assert_str_eq(data[2].line[0].label_en, "Inside");
    cr_assert_not_null(strstr(script(FLYT_EN), "The 8 largest of 9."));
}

Test(figure_board, panels_say_what_they_show_in_both_languages)
{
    fill(0, 0, 1);
    fill(0, 2, 1);
    const char *english = script(FLYT_EN), *danish = script(FLYT_DA);
    cr_assert_not_null(strstr(english, "set label 7 'Mean wait, months'"));
    cr_assert_not_null(strstr(danish, "set label 7 'Gennemsnitlig ventetid, måneder'"));
    cr_assert_not_null(strstr(english, "title 'List'"));
    cr_assert_not_null(strstr(danish, "title 'Liste'"));
    cr_assert_not_null(strstr(english, "title '`rm x`'"));
    cr_assert_not_null(strstr(danish, "set decimalsign ','"));
    const char *key = strstr(english, "title 'List'");
    cr_assert_null(strstr(key + 1, "title 'List'"), "the key stands once");
}

Test(figure_board, rents_are_means_over_floor_area_of_places_that_have_one)
{
    static double rent[PLACES * CHANNELS * 3 * REPLICATES];
    dims[1].name = "kind";
    result.series = FLYT_ARENA_ARRAY(&arena, struct flyt_result_series, 5);
    result.n_series = 5;
    result.series[0] = monthly("homes_by_kind", false);
    result.series[1] = monthly("vacant_by_kind", false);
    result.series[2] = monthly("floor_m2", true);
    result.series[3] = monthly("rent_m2", true);
    result.series[3].type = FLYT_SERIES_real;
    result.series[3].data.real = rent;
    result.series[4] = result.series[3];
    result.series[4].name = "price_m2";
    for (uint32_t i = 0; i < FLYT_COUNT(rent); i++) {
        uint32_t kind = i % CHANNELS, where = i / CHANNELS % PLACES;
        rent[i] = kind == 2 ? NAN : kind == 1 ? (where == 0 ? NAN : 700) : where == 0 ? 600 : 900;
        result.series[2].data.count[i] = where == 0 ? 100 : 200;
        result.series[0].data.count[i / 2] = 50;
        result.series[1].data.count[i / 2] = 2;
    }
    for (uint32_t s = 0; s < 5; s++) {
        result.series[s].period = FLYT_SERIES_yearly;
    }
    reduce("prices");
    dims[1].name = "channel";
    cr_assert_eq(data[0].n_rows, 3);
    cr_assert_float_eq(data[0].line[3].mid[0], 4.0, 1e-9, "vacant from the start on");
    cr_assert_float_eq(data[1].line[0].mid[1], (100 * 600 + 200 * 900) / 300.0, 1e-9);
    cr_assert_float_eq(data[1].line[1].mid[2], 700.0, 1e-9);
    cr_assert(isnan(data[1].line[2].mid[2]), "no rent anywhere");
}

Test(figure_board, inflation_is_spoken_of)
{
    const struct flyt_figure *figure = flyt_figure_find("prices");
    cr_assert_not_null(strstr(figure->note_en, "inflation not taken out"));
    cr_assert_not_null(strstr(figure->note_da, "inflation ikke trukket fra"));
}

Test(figure_board, a_series_of_another_kind_does_not_fit)
{
    const char *missing = NULL;
    result.series[3].name = "other";
    cr_assert_not(flyt_figure_fits(&result, flyt_figure_find("letting"), &missing));
    cr_assert_str_eq(missing, "letting_refusals");
    result.series[1].period = FLYT_SERIES_yearly;
    cr_assert_not(flyt_figure_fits(&result, flyt_figure_find("letting"), &missing));
    cr_assert_str_eq(missing, "lettings");
}
