#define _DEFAULT_SOURCE
#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/scenario.h"

/* ---- a small model of its own ---- */

struct letting_params {
    flyt_real municipal_share;
    flyt_count rounds;
};
struct market_params {
    flyt_real rate;
    flyt_flag open;
    flyt_choice tenor;
};
struct params {
    struct letting_params letting;
    struct market_params market;
};

static const struct flyt_field letting_fields[] = {FLYT_FIELD(
    letting_params, real, municipal_share, "share of vacancies", 0.25, 0, 1, assumed, "", "x",
    "x") FLYT_FIELD(letting_params, count, rounds, "rounds", 4, 1, 12, assumed, "", "x", "x")};
static const struct flyt_field market_fields[] = {
    FLYT_FIELD(market_params, real, rate, "1/year", 0.05, 0, 0.5, assumed, "", "x", "x")
        FLYT_FIELD(market_params, flag, open, "", 1, 0, 1, assumed, "", "x", "x")
            FLYT_FIELD(market_params, choice, tenor, "short|long", 1, 0, 1, assumed, "", "x", "x")};
static const struct flyt_field_group groups[] = {
    {"letting", "x", "x", letting_fields, 2, offsetof(struct params, letting)},
    {"market", "x", "x", market_fields, 3, offsetof(struct params, market)},
};
static const struct flyt_column town_columns[] = {
    {.name = "town", .type = FLYT_COLUMN_text, .unique = true}};
static const struct flyt_column home_columns[] = {
    {.name = "town", .type = FLYT_COLUMN_ref, .refers_table = "towns", .refers_column = "town"},
    {.name = "homes", .type = FLYT_COLUMN_count, .unit = "homes"},
};
static const struct flyt_table_spec tables[] = {
    {.name = "towns",
     .en = "t",
     .da = "b",
     .column = town_columns,
     .n_columns = 1,
     .required = true},
    {.name = "homes", .en = "h", .da = "h", .column = home_columns, .n_columns = 2},
};

static enum flyt_status check_start(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    struct flyt_place nowhere = {0};
    return scenario->values_broken || scenario->start_year != 2000
               ? FLYT_OK
               : flyt_diag_fault(diag, FLYT_ERR_SCENARIO, nowhere, "no 2000", "ikke 2000");
}

static const struct flyt_model towns_model = {.name = "towns_model",
                                              .group = groups,
                                              .n_groups = 2,
                                              .params_size = sizeof(struct params),
                                              .table = tables,
                                              .n_tables = 2,
                                              .check = check_start};
static const struct flyt_model bare_model = {.name = "bare"};
const struct flyt_model *const flyt_models[] = {&towns_model, &bare_model, NULL};

/* ---- a folder of its own for each test ---- */

static struct flyt_arena arena;
static struct flyt_diag diag;
static struct flyt_scenario scenario;
static struct flyt_scenario_options options;
static char folder[] = "/tmp/flyt-scenario-XXXXXX";

static void put(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    cr_assert_not_null(file, "%s", name);
    cr_assert_geq(fputs(text, file), 0);
    cr_assert_eq(fclose(file), 0);
}

static void begin(void)
{
    flyt_arena_init(&arena, 0);
    diag = (struct flyt_diag){.lang = FLYT_EN};
    options = (struct flyt_scenario_options){0};
    strcpy(folder, "/tmp/flyt-scenario-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    cr_assert_eq(mkdir("fyn", 0777), 0);
    put("fyn/towns.csv", "town,source\nOdense,a\nNyborg,b\n");
    put("fyn/homes.csv", "town,homes\nNyborg,5\n");
}

static void end(void)
{
    char command[64];
    flyt_arena_free(&arena);
    cr_assert_eq(chdir("/"), 0);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(scenario, .init = begin, .fini = end);

static enum flyt_status load(const char *path)
{
    diag.n_faults = 0;
    return flyt_scenario_load(path, &options, &arena, &scenario, &diag);
}

static enum flyt_status load_text(const char *text)
{
    put("fyn/scenario.yaml", text);
    return load("fyn");
}

static void expect_fault(const char *text, enum flyt_status status, const char *message)
{
    enum flyt_status found = load_text(text);
    cr_expect_eq(found, status, "%s: %d", message, (int)found);
    cr_expect_eq(diag.n_faults, 1, "%s: %u faults, the first: %s", message, diag.n_faults,
                 diag.fault[0].text);
    cr_expect(strstr(diag.fault[0].text, message) != NULL, "%s", diag.fault[0].text);
}

#define START "start: 2024\ntables: {towns: towns.csv}\n"

static struct params params_of(int32_t year)
{
    struct params params;
    flyt_scenario_params(&scenario, year, &params);
    return params;
}

Test(scenario, a_small_scenario_has_its_defaults)
{
    cr_assert_eq(load_text(START), FLYT_OK);
    cr_expect_str_eq(scenario.name, "fyn");
    cr_expect_str_eq(scenario.title, "fyn");
    cr_expect_str_eq(scenario.description, "");
    cr_expect_eq(scenario.model, &towns_model);
    cr_expect(scenario.start_year == 2024 && scenario.years == 30 && scenario.seed == 1 &&
              scenario.n_replicates == 1 && scenario.n_fields == 5);
    cr_expect_eq(flyt_scenario_table(&scenario, "towns")->n_rows, 2);
    cr_expect_not(flyt_scenario_table(&scenario, "homes")->present);
    struct params params = params_of(2024);
    cr_expect(params.letting.municipal_share == 0.25 && params.letting.rounds == 4 &&
              params.market.rate == 0.05 && params.market.open && params.market.tenor == 1);
}

Test(scenario, all_keys_and_both_ways_to_write_parameters)
{
    cr_assert_eq(load_text("title: Ærø\ndescription: |\n  two\n  lines\nmodel: towns_model\n"
                           "start: 1986\nyears: 5\nseed: 4294967295\nreplicates: 10\n"
                           "tables:\n  towns: towns.csv\n  homes: homes.csv\n"
                           "parameters:\n  letting.municipal_share: .5\n"
                           "  market: {open: no, tenor: short, rate: {1986: 0.1, 1990: 0.2}}\n"),
                 FLYT_OK, "%s", diag.fault[0].text);
    cr_expect_str_eq(scenario.title, "Ærø");
    cr_expect_str_eq(scenario.description, "two\nlines\n");
    cr_expect(scenario.start_year == 1986 && scenario.years == 5 && scenario.seed == 4294967295U &&
              scenario.n_replicates == 10);
    struct params params = params_of(1989);
    cr_expect(params.letting.municipal_share == 0.5 && !params.market.open &&
              params.market.tenor == 0 && params.market.rate == 0.1);
    cr_expect_eq(flyt_table_values(flyt_scenario_table(&scenario, "homes"), "town")[0], 1);
}

Test(scenario, a_schedule_is_a_staircase_and_says_what_it_borrows)
{
    cr_assert_eq(load_text(START "parameters: {market.rate: {2020: 0.1, 2026: 0.2}}\n"), FLYT_OK);
    static const struct {
        int32_t year;
        double value;
        int32_t from;
    } cases[] = {{2000, 0.1, 2020},
                 {2020, 0.1, 2020},
                 {2025, 0.1, 2020},
                 {2026, 0.2, 2026},
                 {2090, 0.2, 2026}};
    for (size_t i = 0; i < FLYT_COUNT(cases); i++) {
        cr_expect_eq(flyt_scenario_value(&scenario, 2, cases[i].year), cases[i].value);
        cr_expect_eq(flyt_scenario_borrowed(&scenario, 2, cases[i].year), cases[i].from);
    }
    cr_expect_eq(flyt_scenario_borrowed(&scenario, 0, 2031), 2031, "a default borrows nothing");
    const struct flyt_schedule *schedule = &scenario.parameter[2];
    cr_expect(schedule->place.line == 3 && schedule->place.column == 27, "%u",
              schedule->place.column);
}

Test(scenario, flags_and_choices_may_have_schedules)
{
    cr_assert_eq(
        load_text(START
                  "parameters: {market: {open: {2024: yes, 2030: no}, tenor: {2030: short}}}"),
        FLYT_OK);
    cr_expect(params_of(2029).market.open && !params_of(2030).market.open);
    cr_expect_eq(params_of(2024).market.tenor, 0, "before its first year the first value holds");
}

Test(scenario, a_file_gives_its_stem_as_the_name_and_its_bytes_are_kept)
{
    put("fyn/fyn-2024.yaml", START);
    cr_assert_eq(load("fyn/fyn-2024.yaml"), FLYT_OK);
    cr_expect_str_eq(scenario.name, "fyn-2024");
    cr_assert_eq(scenario.n_inputs, 2);
    cr_expect_str_eq(scenario.input[0].path, "fyn-2024.yaml");
    cr_expect_str_eq(scenario.input[0].bytes, START);
    cr_expect_str_eq(scenario.input[1].path, "towns.csv");
    put("fyn/scenario.yaml", START);
    cr_assert_eq(chdir("fyn"), 0);
    cr_assert_eq(load("."), FLYT_OK);
    cr_expect_str_eq(scenario.name, "fyn", "the folder's own name");
    cr_assert_eq(load("scenario.yaml"), FLYT_OK);
    cr_expect_str_eq(scenario.name, "fyn");
}

Test(scenario, a_name_that_would_be_an_odd_file_name_is_refused)
{
    put("fyn/a b.yaml", START);
    cr_expect_eq(load("fyn/a b.yaml"), FLYT_ERR_SCENARIO);
    cr_expect(strstr(diag.fault[0].text, "the scenario's name \"a b\"") != NULL);
    put("fyn/Bø-1_x.y.yaml", START);
    cr_expect_eq(load("fyn/Bø-1_x.y.yaml"), FLYT_OK);
    put("fyn/-o.yaml", START);
    cr_expect_eq(load("fyn/-o.yaml"), FLYT_ERR_SCENARIO);
}

Test(scenario, a_child_wins_over_what_it_extends)
{
    put("fyn/base.yaml", "title: base\nyears: 7\nseed: 5\n" START
                         "parameters: {market.rate: 0.1, letting.rounds: 2}\n");
    cr_assert_eq(mkdir("fyn/sub", 0777), 0);
    put("fyn/sub/towns.csv", "town\nKerteminde\n");
    put("fyn/middle.yaml", "extends: base.yaml\ntitle: middle\ntables: {towns: sub/towns.csv}\n"
                           "parameters: {market: {rate: {2024: 0.3}}}\n");
    cr_assert_eq(load_text("extends: middle.yaml\nyears: 9\n"), FLYT_OK, "%s", diag.fault[0].text);
    cr_expect_str_eq(scenario.title, "middle");
    cr_expect(scenario.years == 9 && scenario.seed == 5);
    struct params params = params_of(2024);
    cr_expect(params.market.rate == 0.3 && params.letting.rounds == 2);
    const struct flyt_table *towns = flyt_scenario_table(&scenario, "towns");
    cr_expect_str_eq(flyt_table_texts(towns, "town")[0], "Kerteminde");
    cr_assert_eq(scenario.n_inputs, 4);
    cr_expect_str_eq(scenario.input[1].path, "middle.yaml");
    cr_expect_str_eq(scenario.input[2].path, "base.yaml");
    cr_expect_str_eq(scenario.input[3].path, "sub/towns.csv");
}

Test(scenario, shipped_scenarios_may_be_extended_and_bring_their_tables)
{
    cr_assert_eq(mkdir("mine", 0777), 0);
    put("fyn/scenario.yaml", START);
    put("mine/my.yaml", "extends: fyn\nyears: 3\n");
    cr_expect_eq(load("mine/my.yaml"), FLYT_ERR_INPUT, "without shipped scenarios");
    options.share = folder;
    cr_assert_eq(load("mine/my.yaml"), FLYT_OK, "%s", diag.fault[0].text);
    cr_expect_eq(scenario.years, 3);
    cr_expect_str_eq(scenario.input[0].path, "my.yaml");
    cr_expect_str_eq(scenario.input[1].path, "<scenarios>/fyn/scenario.yaml");
}

Test(scenario, extends_is_followed_neither_in_circles_nor_out_of_the_tree)
{
    put("fyn/a.yaml", "extends: b.yaml\n");
    put("fyn/b.yaml", "extends: a.yaml\n");
    cr_expect_eq(load("fyn/a.yaml"), FLYT_ERR_SCENARIO);
    cr_expect_eq(diag.n_faults, 1);
    cr_expect_str_eq(diag.fault[0].text,
                     "fyn/b.yaml:1:10: extends: \"a.yaml\" extends this file in "
                     "turn (or over 16 files extend each other)");
    expect_fault("extends: none.yaml\n", FLYT_ERR_INPUT,
                 "fyn/scenario.yaml:1:10: extends: there is no file \"none.yaml\"");
    put("outside.yaml", START);
    expect_fault("extends: ../outside.yaml\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:1:10: extends: \"../outside.yaml\" lies outside");
    cr_assert_eq(symlink("../outside.yaml", "fyn/link.yaml"), 0);
    expect_fault("extends: link.yaml\n", FLYT_ERR_SCENARIO, "lies outside");
    char text[128];
    (void)snprintf(text, sizeof text, "extends: %s/fyn/a.yaml\n", folder);
    expect_fault(text, FLYT_ERR_SCENARIO, "is an absolute path");
    options.allow_outside = true;
    put("fyn/out.yaml", "extends: ../outside.yaml\ntables: {towns: towns.csv}\n");
    cr_expect_eq(load("fyn/out.yaml"), FLYT_OK);
    cr_expect_str_eq(scenario.input[1].path, "<outside>/outside.yaml");
}

Test(scenario, only_regular_files_are_read)
{
    cr_assert_eq(mkfifo("fyn/pipe", 0666), 0);
    expect_fault("extends: pipe\n", FLYT_ERR_SCENARIO, "fyn/scenario.yaml:1:10: ");
    expect_fault("start: 2024\ntables: {towns: .}\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:2:17: ");
    cr_expect_eq(load("none"), FLYT_ERR_INPUT);
    cr_expect_eq(load("/dev/zero"), FLYT_ERR_SCENARIO);
}

Test(scenario, each_wrong_key_has_its_place_and_one_message)
{
    expect_fault(START "yaers: 3\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:3:1: unknown key \"yaers\"; did you mean \"years\"?");
    expect_fault("tables: {towns: towns.csv}\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:1:1: start: the year");
    expect_fault("start: 1899\ntables: {towns: towns.csv}\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:1:8: start: 1899 is outside [1900, 2200] (year)");
    expect_fault(START "seed: 4294967296\n", FLYT_ERR_SCENARIO,
                 "seed: 4294967296 is outside [0, 4294967295]");
    expect_fault(START "replicates: 0\n", FLYT_ERR_SCENARIO, "replicates: 0 is outside");
    expect_fault(START "years: 2.5\n", FLYT_ERR_SCENARIO, "years: 2.5 is not a whole number");
    expect_fault(START "years: [1, 2]\n", FLYT_ERR_SCENARIO, "years: a single value is needed");
    expect_fault(START "title: \"a\\nb\"\n", FLYT_ERR_SCENARIO, "title: a line break");
    expect_fault(START "model: town_model\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:3:8: model: there is no model \"town_model\"; did you mean "
                 "\"towns_model\"?");
    expect_fault("start: 2024\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:1:1: tables: the model towns_model needs the table \"towns\"");
    expect_fault("start: 2024\ntables: {twons: towns.csv}\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:2:10: the model towns_model has no table \"twons\"; did you "
                 "mean \"towns\"?");
    expect_fault("start: 2024\ntables: {towns: none.csv}\n", FLYT_ERR_INPUT,
                 "fyn/scenario.yaml:2:17: tables.towns: there is no file \"none.csv\"");
    expect_fault("start: 2024\ntables: towns.csv\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:2:9: tables: a block");
    expect_fault("- start: 2024\n", FLYT_ERR_SCENARIO, "a scenario is a block");
}

Test(scenario, each_wrong_parameter_has_its_place_and_one_message)
{
    expect_fault(
        START "parameters:\n  letting:\n    municipal_share: 1.4\n", FLYT_ERR_SCENARIO,
        "fyn/scenario.yaml:5:22: parameters.letting.municipal_share: 1.4 is outside [0, 1] "
        "(share of vacancies)");
    expect_fault(START "parameters: {letting.munisipal_share: 1}\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:3:14: unknown parameter \"letting.munisipal_share\"; did you "
                 "mean \"letting.municipal_share\"?");
    expect_fault(START "parameters: {letting: {round: 1}}\n", FLYT_ERR_SCENARIO,
                 "fyn/scenario.yaml:3:24: unknown parameter \"letting.round\"; did you mean "
                 "\"letting.rounds\"?");
    expect_fault(START "parameters: {rounds: 1}\n", FLYT_ERR_SCENARIO,
                 "unknown parameter \"rounds\"; did you mean \"letting.rounds\"?");
    expect_fault(START "parameters: {leting: {rounds: 1}}\n", FLYT_ERR_SCENARIO,
                 "unknown group of parameters \"leting\"; did you mean \"letting\"?");
    expect_fault(
        START "parameters: {letting.rounds: 1, letting: {rounds: 2}}\n", FLYT_ERR_SCENARIO,
        "fyn/scenario.yaml:3:43: \"letting.rounds\" is given twice; the first is in line 3");
    expect_fault(START "parameters: {letting: 3}\n", FLYT_ERR_SCENARIO,
                 "parameters.letting: a block");
    expect_fault(START "parameters: 3\n", FLYT_ERR_SCENARIO, "parameters: a block");
    expect_fault(START "parameters: {letting.rounds: [1]}\n", FLYT_ERR_SCENARIO, "not a list");
    expect_fault(
        START "parameters: {market.rate: {2028: 0.1, 2024: 0.2}}\n", FLYT_ERR_SCENARIO,
        "fyn/scenario.yaml:3:39: parameters.market.rate: the year 2024 stands behind 2028");
    expect_fault(START "parameters: {market.rate: {2028: 0.1, 2028: 0.2}}\n", FLYT_ERR_SCENARIO,
                 "\"2028\" is given twice");
    expect_fault(START "parameters: {market.rate: {28: 0.1}}\n", FLYT_ERR_SCENARIO,
                 "parameters.market.rate: 28 is outside [1900, 2200] (year)");
    expect_fault(START "parameters: {market.rate: {2028: {2029: 1}}}\n", FLYT_ERR_SCENARIO,
                 "a single value is needed for a year");
    expect_fault(START "parameters: {market.rate: {}}\n", FLYT_ERR_SCENARIO, "no year in {}");
    expect_fault(START "parameters: {market.tenor: middle}\n", FLYT_ERR_SCENARIO,
                 "\"middle\" is not one of short|long");
}

Test(scenario, drivers_give_schedules_and_parameters_win_over_them)
{
    put("fyn/drivers.csv", "parameter,year,value,unit,source,evidence,note\n"
                           "market.rate,2026,0.2,1/year,a,published,\n"
                           "market.rate,2020,0.1,1/year,a,published,\n"
                           "letting.rounds,2020,3,,a,published,\n");
    cr_assert_eq(load_text(START "drivers: drivers.csv\nparameters: {letting.rounds: 7}\n"),
                 FLYT_OK, "%s", diag.fault[0].text);
    cr_expect_eq(params_of(2025).market.rate, 0.1, "rows may stand in any order");
    cr_expect_eq(params_of(2026).market.rate, 0.2);
    cr_expect_eq(params_of(2026).letting.rounds, 7);
    cr_expect_eq(scenario.n_inputs, 3);
}

Test(scenario, each_wrong_driver_has_its_place_and_one_message)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"parameter,year,value\nmarket.rat,2026,1\nmarket.rat,2027,1\n",
         "fyn/drivers.csv:2:1: unknown parameter \"market.rat\"; did you mean \"market.rate\"?"},
        {"parameter,year,value\nmarket.rate,2026,.1\nmarket.rate,2026,.2\n",
         "fyn/drivers.csv:3:1: parameter, year: \"market.rate, 2026\" stands already in line 2"},
        {"parameter,year,value\nmarket.rate,2026,5\n",
         "fyn/drivers.csv:2:18: market.rate: 5 is outside [0, 0.5] (1/year)"},
        {"parameter,year,value\nmarket.rate,26,.5\n", "fyn/drivers.csv:2:13: year: 26 is outside"},
        {"parameter,year,value,unit\nmarket.rate,2026,.5,percent\n",
         "fyn/drivers.csv:2:21: unit: \"percent\" is not the unit of market.rate, which is "
         "\"1/year\""},
        {"parameter,year\nmarket.rate,2026\n", "lacks the column \"value\""},
    };
    for (size_t i = 0; i < FLYT_COUNT(cases); i++) {
        put("fyn/drivers.csv", cases[i].text);
        expect_fault(START "drivers: drivers.csv\n", FLYT_ERR_SCENARIO, cases[i].message);
    }
}

Test(scenario, settings_from_the_command_line_win)
{
    const char *sets[] = {"letting.municipal_share=0.33", "years=2",
                          "market.rate={2024: 0.1, 2025: 0.2}", "title=a: b = c", "seed=9"};
    options.set = sets;
    options.n_sets = FLYT_COUNT(sets);
    cr_assert_eq(load_text(START "years: 3\nparameters: {letting.municipal_share: 0.1}\n"), FLYT_OK,
                 "%s", diag.fault[0].text);
    cr_expect(scenario.years == 2 && scenario.seed == 9);
    cr_expect_str_eq(scenario.title, "a: b = c");
    cr_expect(params_of(2024).letting.municipal_share == 0.33 &&
              params_of(2025).market.rate == 0.2);
    cr_expect_null(scenario.parameter[0].place.file);
    cr_expect(scenario.n_sets == 5 && strcmp(scenario.set[1], "years=2") == 0);
}

Test(scenario, each_wrong_setting_has_one_message)
{
    static const struct {
        const char *set, *message;
        enum flyt_status status;
    } cases[] = {
        {"letting.municipal_share", "--set: \"letting.municipal_share\" is not \"name=value\"",
         FLYT_ERR_USAGE},
        {"=5", "is not \"name=value\"", FLYT_ERR_USAGE},
        {"letting.municipal_shar=.5", "--set: unknown parameter \"letting.municipal_shar\"; did",
         FLYT_ERR_SCENARIO},
        {"letting.municipal_share=1,5",
         "--set: letting.municipal_share: \"1,5\" has a decimal comma", FLYT_ERR_SCENARIO},
        {"letting.municipal_share=", "letting.municipal_share: \"\" is empty", FLYT_ERR_SCENARIO},
        {"year=5", "--set: unknown name \"year\"; did you mean \"years\"?", FLYT_ERR_SCENARIO},
        {"years=0", "--set: years: 0 is outside [1, 200] (years)", FLYT_ERR_SCENARIO},
        {"model=bare", "--set: \"model\" cannot be set here", FLYT_ERR_SCENARIO},
        {"title=a\x1b[31m", "--set: \"title=a\\x1B[31m\" holds control characters",
         FLYT_ERR_SCENARIO},
        {"market.rate={2024: x}", "market.rate: \"x\" is not a number", FLYT_ERR_SCENARIO},
    };
    options.n_sets = 1;
    for (size_t i = 0; i < FLYT_COUNT(cases); i++) {
        options.set = &cases[i].set;
        expect_fault(START, cases[i].status, cases[i].message);
    }
}

Test(scenario, faults_of_all_files_are_reported_at_once)
{
    put("fyn/towns.csv", "town\nOdense\nOdense\n");
    put("fyn/homes.csv", "town,homes\nNyborg,-5\n");
    put("fyn/base.yaml", "yaers: 3\nstart: x\ntables: {homes: homes.csv, towns: towns.csv}\n");
    cr_expect_eq(load_text("extends: base.yaml\nyears: 0\nparameters: {letting.rounds: 99}\n"),
                 FLYT_ERR_SCENARIO);
    cr_expect_eq(diag.n_faults, 7, "%u", diag.n_faults);
}

Test(scenario, what_a_broken_parent_may_hold_is_not_called_missing)
{
    put("fyn/base.yaml", "start: [\n");
    cr_expect_eq(load_text("extends: base.yaml\nmodel: towns_model\nyears: 3\n"),
                 FLYT_ERR_SCENARIO);
    cr_expect_eq(diag.n_faults, 1);
    cr_expect(strstr(diag.fault[0].text, "fyn/base.yaml:2:1: ") != NULL, "%s", diag.fault[0].text);
}

Test(scenario, the_models_own_check_comes_last)
{
    expect_fault("start: 2000\ntables: {towns: towns.csv}\n", FLYT_ERR_SCENARIO, "no 2000");
    expect_fault("start: 2000\nyears: 0\ntables: {towns: towns.csv}\n", FLYT_ERR_SCENARIO,
                 "years: 0 is outside");
}

Test(scenario, messages_are_danish_on_wish)
{
    diag.lang = FLYT_DA;
    cr_expect_eq(load_text(START "yaers: 3\n"), FLYT_ERR_SCENARIO);
    cr_expect(strstr(diag.fault[0].text, "ukendt nøgle \"yaers\"; mente du \"years\"?") != NULL);
}

Test(scenario, out_of_memory_is_said)
{
    put("fyn/scenario.yaml", START);
    flyt_arena_free(&arena);
    flyt_arena_init(&arena, 1);
    cr_expect_eq(load("fyn"), FLYT_ERR_MEMORY);
}
