/* The figure of what changed an area's share: a case by hand, and that the parts sum up. */
#include <criterion/criterion.h>

#include <string.h>

#include "output/plot.h"

enum { AREAS = 2, CRITERIA = 1, CLASSES = 2, PARTS = 2, YEARS = 2, REPLICATES = 2 };

static struct flyt_arena arena;
static double criteria[REPLICATES][YEARS + 1][AREAS][CRITERIA];
static double limits[REPLICATES][YEARS + 1][CRITERIA];
static int64_t classes[REPLICATES][YEARS + 1][AREAS][CLASSES];
static int64_t all[REPLICATES][YEARS + 1][AREAS][PARTS], weak[REPLICATES][YEARS + 1][AREAS][PARTS];
static char digest[REPLICATES][FLYT_DIGEST_SIZE];
static const char *const area[] = {"`rm x`", "Empty"}, *const criterion[] = {"Work"};
static const char *const class[] = {"Few", "Many"};
static const char *const part_en[] = {"Moved in", "Moved out"};
static const char *const part_da[] = {"Tilflyttede", "Fraflyttede"};
static struct flyt_dim dims[] = {{"area", "", "", AREAS, area, area},
                                 {"criterion", "", "", CRITERIA, criterion, criterion},
                                 {"class", "", "", CLASSES, class, class},
                                 {"change", "", "", PARTS, part_en, part_da}};

#define COUNTS(name_, second, n, of)                                                               \
    {                                                                                              \
        .name = (name_), .period = FLYT_SERIES_yearly, .n_dims = 2, .dim = {0, second},            \
        .n_cells = AREAS * (n), .data.count = &(of)[0][0][0][0]                                    \
    }

static struct flyt_result_series series[] = {
    {.name = "area_criteria",
     .type = FLYT_SERIES_real,
     .period = FLYT_SERIES_yearly,
     .n_dims = 2,
     .dim = {0, 1},
     .n_cells = AREAS * CRITERIA,
     .data.real = &criteria[0][0][0][0]},
    {.name = "area_criteria_limits",
     .type = FLYT_SERIES_real,
     .period = FLYT_SERIES_yearly,
     .n_dims = 1,
     .dim = {1},
     .n_cells = CRITERIA,
     .data.real = &limits[0][0][0]},
    COUNTS("area_classes", 2, CLASSES, classes),
    COUNTS("area_change", 3, PARTS, all),
    COUNTS("area_change_weak", 3, PARTS, weak),
};
static struct flyt_result result = {.title = "t",
                                    .model = "m",
                                    .version = "0",
                                    .start_year = 2024,
                                    .n_months = 12 * YEARS,
                                    .n_years = YEARS,
                                    .n_replicates = REPLICATES,
                                    .n_dims = FLYT_COUNT(dims),
                                    .dim = dims,
                                    .n_series = FLYT_COUNT(series),
                                    .series = series,
                                    .content_digest = digest};

/** 20 of 100 households; in the first year 10 move in, 8 of them with few resources, and 10 move
 *  out, 2 of them so. In the second, nothing in the one replicate, all of it back in the other. */
static void fill(void)
{
    flyt_arena_init(&arena, 0);
    for (uint32_t r = 0; r < REPLICATES; r++) {
        static const int64_t few[] = {20, 26, 26};
        for (uint32_t row = 0; row <= YEARS; row++) {
            int64_t now = r == 1 && row == 2 ? 20 : few[row];
            classes[r][row][0][0] = now;
            classes[r][row][0][1] = 100 - now;
        }
        all[r][1][0][0] = 10;
        weak[r][1][0][0] = 8;
        all[r][1][0][1] = -10;
        weak[r][1][0][1] = -2;
    }
    all[1][2][0][0] = 10;
    all[1][2][0][1] = -10;
    weak[1][2][0][0] = 2;
    weak[1][2][0][1] = -8;
}

static void free_arena(void)
{
    flyt_arena_free(&arena);
}

TestSuite(plot_decomposition, .init = fill, .fini = free_arena);

static const char *script(enum flyt_lang lang)
{
    struct flyt_text text = {.arena = &arena};
    const struct flyt_plot_options options = {.lang = lang};
    cr_assert_eq(
        flyt_plot_script(&result, flyt_figure_find("decomposition"), &options, "a.svg", &text),
        FLYT_OK);
    return text.bytes;
}

static void expect(const char *text, const char *part)
{
    cr_assert_not_null(strstr(text, part), "'%s' is missing in\n%s", part, text);
}

Test(plot_decomposition, parts_of_the_share_by_hand_add_up_over_years_and_replicates)
{
    /* mean share .23: in 8 - 2.3 = 5.7, out -2 + 2.3 = .3, together 6; the year back: in 2 - 2.3 =
       -.3, out -8 + 2.3 = -5.7, in one replicate of two */
    expect(script(FLYT_EN), "\n2024 0 0 0\n2025 5.7 0.3 6\n2026 5.55 -2.55 3\n");
}

Test(plot_decomposition, an_area_without_people_has_no_change)
{
    all[0][1][1][0] = 3;
    weak[0][1][1][0] = 3;
    classes[0][1][1][0] = 3;
    expect(script(FLYT_EN), "\n2024 0 0 0\n2025 0 0 0\n2026 0 0 0\n");
}

Test(plot_decomposition, words_say_percentage_points_in_both_languages)
{
    const char *english = script(FLYT_EN), *danish = script(FLYT_DA);
    expect(english, "'Change since the start, percentage points'");
    expect(danish, "'Ændring siden start, procentpoint'");
    expect(english, "title 'Moved in'");
    expect(danish, "title 'Tilflyttede'");
    expect(english, "title 'All together'");
    expect(danish, "title 'Det hele'");
    expect(english, "set title '`rm x`'");
    expect(english, "Means of 2 replicates.");
    expect(danish, "Gennemsnit af 2 gentagelser.");
    result.n_replicates = 1;
    expect(script(FLYT_EN), "larger among them.'");
}

Test(plot_decomposition, what_lacks_is_named)
{
    static const char *const needed[] = {"area_criteria", "area_criteria_limits", "area_classes",
                                         "area_change", "area_change_weak"};
    const struct flyt_figure *figure = flyt_figure_find("decomposition");
    const char *missing = NULL;
    cr_assert(flyt_figure_fits(&result, figure, &missing));
    for (uint32_t i = 0; i < FLYT_COUNT(series); i++) {
        series[i].name = "other";
        cr_assert_not(flyt_figure_fits(&result, figure, &missing));
        cr_assert_str_eq(missing, needed[i]);
        series[i].name = needed[i];
    }
}
