#include <criterion/criterion.h>
#include <string.h>

#include "output/describe.h"

struct params {
    flyt_real share;
    flyt_flag open;
    flyt_choice mode;
};

static const struct flyt_field fields[] = {
    FLYT_FIELD(params, real, share, "1/year", 0.1, 0, 1, published, "table \"A|B\", 2019",
               "Share of a|b.", "Andel af ø.") FLYT_FIELD(params, flag, open, "", 1, 0, 1, assumed,
                                                          "", "Open.", "Åben.")
        FLYT_FIELD(params, choice, mode, "fresh|life", 1, 0, 1, borrowed, "x", "Mode.", "Måde.")};
static const struct flyt_field_group groups[] = {
    {"letting", "Letting", "Udlejning", fields, FLYT_COUNT(fields), 0}};
static const struct flyt_dim dims[] = {{.name = "tenure"}, {.name = "age"}};
static const struct flyt_series series[] = {
    {.name = "homes",
     .unit = "homes",
     .n_dims = 2,
     .dim = {1, 0},
     .period = FLYT_SERIES_yearly,
     .en = "Homes",
     .da = "Boliger",
     .how = "Counted."},
    {.name = "moves", .unit = "moves", .kind = FLYT_SERIES_flow, .en = "Moves", .da = "Flytninger"},
};
static const struct flyt_model model = {.name = "test",
                                        .en = "A test",
                                        .da = "En prøve",
                                        .group = groups,
                                        .n_groups = 1,
                                        .dim = dims,
                                        .n_dims = 2,
                                        .series = series,
                                        .n_series = 2};
static const struct flyt_model bare = {.name = "bare", .en = "Bare", .da = "Bar"};
const struct flyt_model *const flyt_models[] = {&bare, &model, NULL};

static struct flyt_arena arena;
static struct flyt_text text;

static void begin(void)
{
    flyt_arena_init(&arena, 0);
    text = (struct flyt_text){.arena = &arena};
}

static void end(void)
{
    flyt_arena_free(&arena);
}

TestSuite(describe, .init = begin, .fini = end);

/** A scenario in which share has a schedule and mode another value. */
static struct flyt_scenario make_scenario(void)
{
    static int32_t years[] = {2020, 2026}, all[] = {INT32_MIN};
    static double shares[] = {0.1, 1.0 / 3}, modes[] = {0};
    static struct flyt_schedule schedules[3];
    schedules[0] = (struct flyt_schedule){.n = 2, .year = years, .value = shares};
    schedules[2] = (struct flyt_schedule){.n = 1, .year = all, .value = modes};
    return (struct flyt_scenario){
        .model = &model, .start_year = 2024, .n_fields = 3, .parameter = schedules};
}

Test(describe, json_holds_every_parameter_with_its_types)
{
    cr_assert_eq(flyt_describe_parameters(&text, NULL, FLYT_DESCRIBE_json, FLYT_EN), FLYT_OK);
    cr_expect_str_eq(
        text.bytes,
        "[{\"model\": \"test\", \"group\": \"letting\", \"name\": \"letting.share\", \"value\": "
        "null, \"default\": 0.1, \"range\": [0, 1], \"unit\": \"1/year\", \"evidence\": "
        "\"published\", \"text\": \"Share of a|b.\", \"source\": \"table \\\"A|B\\\", 2019\"},\n"
        " {\"model\": \"test\", \"group\": \"letting\", \"name\": \"letting.open\", \"value\": "
        "null, \"default\": true, \"range\": \"yes|no\", \"unit\": \"\", \"evidence\": "
        "\"assumed\", \"text\": \"Open.\", \"source\": \"\"},\n"
        " {\"model\": \"test\", \"group\": \"letting\", \"name\": \"letting.mode\", \"value\": "
        "null, \"default\": \"life\", \"range\": \"fresh|life\", \"unit\": \"\", \"evidence\": "
        "\"borrowed\", \"text\": \"Mode.\", \"source\": \"x\"}]\n");
}

Test(describe, a_scenarios_values_are_shown_with_their_years)
{
    struct flyt_scenario scenario = make_scenario();
    flyt_describe_schedule(&text, flyt_scenario_field(scenario.model, 0, NULL),
                           &scenario.parameter[0]);
    cr_expect_str_eq(text.bytes, "2020: 0.1, 2026: 0.3333333333333333");
    text.n = 0;
    flyt_describe_schedule(&text, flyt_scenario_field(scenario.model, 1, NULL),
                           &scenario.parameter[1]);
    cr_expect_str_eq(text.bytes, "yes", "the default");
    text.n = 0;
    cr_assert_eq(flyt_describe_parameters(&text, &scenario, FLYT_DESCRIBE_json, FLYT_EN), FLYT_OK);
    cr_expect(strstr(text.bytes, "\"value\": {\"2020\": 0.1, \"2026\": 0.3333333333333333}") !=
              NULL);
    cr_expect(strstr(text.bytes, "\"value\": \"fresh\"") != NULL);
}

Test(describe, markdown_escapes_what_would_end_a_cell)
{
    cr_assert_eq(flyt_describe_parameters(&text, NULL, FLYT_DESCRIBE_markdown, FLYT_DA), FLYT_OK);
    cr_expect(strstr(text.bytes,
                     "## test, letting: Udlejning\n\n| navn | værdi | standard | område "
                     "| enhed | belæg | betydning | kilde |\n| --- |") == text.bytes,
              "%s", text.bytes);
    cr_expect(strstr(text.bytes, "| letting.share |  | 0.1 | \\[0, 1\\] | 1/år | offentliggjort | "
                                 "Andel af ø. | table \"A\\|B\", 2019 |\n") != NULL,
              "%s", text.bytes);
}

Test(describe, text_columns_are_aligned_by_characters)
{
    cr_assert_eq(flyt_describe_parameters(&text, NULL, FLYT_DESCRIBE_text, FLYT_DA), FLYT_OK);
    cr_expect_str_eq(text.bytes, "test, letting: Udlejning\n\n"
                                 "navn           standard  område      enhed  belæg\n"
                                 "letting.share  0.1       [0, 1]      1/år   offentliggjort\n"
                                 "    Andel af ø.\n    table \"A|B\", 2019\n"
                                 "letting.open   yes       yes|no             antaget\n"
                                 "    Åben.\n"
                                 "letting.mode   life      fresh|life         lånt\n"
                                 "    Måde.\n    x\n\n");
}

Test(describe, output_variables_name_their_dimensions_in_order)
{
    cr_assert_eq(flyt_describe_outputs(&text, NULL, FLYT_DESCRIBE_json, FLYT_DA), FLYT_OK);
    cr_expect_str_eq(text.bytes,
                     "[{\"model\": \"test\", \"name\": \"homes\", \"unit\": \"boliger\", "
                     "\"dimensions\": [\"age\", \"tenure\"], \"period\": \"årlig\", \"kind\": "
                     "\"beholdning\", \"text\": \"Boliger\", \"how\": \"Counted.\"},\n"
                     " {\"model\": \"test\", \"name\": \"moves\", \"unit\": \"flytninger\", "
                     "\"dimensions\": [], \"period\": \"månedlig\", \"kind\": \"strøm\", "
                     "\"text\": \"Flytninger\", \"how\": \"\"}]\n");
}

Test(describe, json_strings_are_escaped)
{
    flyt_describe_json(&text, "a\"b\\c\n\x1fø");
    cr_expect_str_eq(text.bytes, "\"a\\\"b\\\\c\\u000a\\u001fø\"");
}

Test(describe, numbers_are_the_shortest_that_read_back)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0.131, "0.131"},
                 {1e6, "1000000"},
                 {4294967295.0, "4294967295"},
                 {0.1 + 0.2, "0.30000000000000004"}};
    for (size_t i = 0; i < FLYT_COUNT(cases); i++) {
        text.n = 0;
        flyt_describe_value(&text, &fields[0], cases[i].value);
        cr_expect_str_eq(text.bytes, cases[i].text);
    }
}

Test(describe, out_of_memory_is_said)
{
    flyt_arena_free(&arena);
    flyt_arena_init(&arena, 1);
    cr_expect_eq(flyt_describe_parameters(&text, NULL, FLYT_DESCRIBE_text, FLYT_EN),
                 FLYT_ERR_MEMORY);
    cr_expect_eq(flyt_describe_outputs(&text, NULL, FLYT_DESCRIBE_text, FLYT_EN), FLYT_ERR_MEMORY);
}
