#define _DEFAULT_SOURCE
#include <criterion/criterion.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/export.h"
#include "result_fixture.h"
#include "sim/csv.h"

static struct fixture fixture;
static char folder[64];

static void enter_folder(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/flyt-export-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    fixture_init(&fixture, 4, 2, 2);
}

static void leave_folder(void)
{
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert_eq(system(command), 0);
    flyt_arena_free(&fixture.arena);
}

TestSuite(export, .init = enter_folder, .fini = leave_folder);

static const char *table(const char *series, struct flyt_export_options options)
{
    struct flyt_text text = {.arena = &fixture.arena};
    flyt_export_series(&fixture.result, flyt_result_find(&fixture.result, series), &options, &text);
    cr_assert(!text.failed);
    return text.bytes;
}

static struct flyt_csv parse(const char *text)
{
    struct flyt_csv csv;
    struct flyt_bytes bytes = {"t.csv", flyt_arena_copy(&fixture.arena, text, strlen(text)),
                               strlen(text)};
    cr_assert_eq(flyt_csv_parse(&bytes, &fixture.arena, &csv, &fixture.diag), FLYT_OK, "%s",
                 fixture.diag.fault[0].text);
    return csv;
}

static void expect_line(const char *text, const char *line)
{
    cr_assert_not_null(strstr(text, line), "'%s' is missing in\n%.2000s", line, text);
}

Test(export, a_stock_has_one_line_a_value_and_the_dates_of_its_months)
{
    const char *text = table("households", (struct flyt_export_options){0});
    struct flyt_csv csv = parse(text);
    cr_assert_eq(csv.n_columns, 5);
    cr_assert_eq(csv.n_rows, 2 * 25 * 20);
    cr_assert_str_eq(csv.header[0].text, "replicate");
    cr_assert_str_eq(csv.header[1].text, "time");
    cr_assert_str_eq(csv.header[2].text, "municipality");
    cr_assert_str_eq(csv.header[4].text, "households");
    const struct flyt_result_series *series = &fixture.result.series[0];
    const int64_t *row = flyt_result_row(&fixture.result, series, 1, 14);
    for (uint32_t cell = 0; cell < 20; cell++) {
        const struct flyt_cell *cells = &csv.cell[((25 + 14) * 20 + cell) * 5];
        cr_assert_str_eq(cells[0].text, "5");
        cr_assert_str_eq(cells[1].text, "2025-03-01");
        cr_assert_str_eq(cells[3].text, fixture_tenure_en[cell % 4]);
        cr_assert_eq(strtoll(cells[4].text, NULL, 10), row[cell]);
    }
}

Test(export, a_flow_tells_since_when_and_has_no_line_for_the_start)
{
    const char *text = table("moves_out", (struct flyt_export_options){0});
    struct flyt_csv csv = parse(text);
    cr_assert_eq(csv.n_rows, 2 * 24 * 20);
    cr_assert_str_eq(csv.header[1].text, "since");
    cr_assert_str_eq(csv.cell[1].text, "2024-01-01");
    cr_assert_str_eq(csv.cell[2].text, "2024-02-01");
    cr_assert_str_eq(csv.cell[(2 * 24 * 20 - 1) * 6 + 1].text, "2025-12-01");
    cr_assert_str_eq(csv.cell[(2 * 24 * 20 - 1) * 6 + 2].text, "2026-01-01");
}

Test(export, yearly_reals_are_exact)
{
    fixture.result.series[10].data.real[1] = 0.1;
    fixture.result.series[10].data.real[2] = 1.0 / 3.0;
    fixture.result.series[10].data.real[3] = (double)NAN;
    const char *text = table("mean_waiting", (struct flyt_export_options){0});
    cr_assert_str_eq(text, "replicate,time,mean_waiting\n"
                           "4,2024-01-01,21\n"
                           "4,2025-01-01,0.1\n"
                           "4,2026-01-01,0.3333333333333333\n"
                           "5,2024-01-01,\n"
                           "5,2025-01-01,22.125\n"
                           "5,2026-01-01,23.125\n");
}

Test(export, danish_tables_have_danish_labels_and_on_request_decimal_commas)
{
    struct flyt_export_options danish = {.lang = FLYT_DA, .decimal_comma = true};
    const char *text = table("mean_waiting", danish);
    cr_assert_eq(strstr(text, "\xef\xbb\xbfgentagelse;tid;mean_waiting\n"), text);
    expect_line(text, "\n5;2025-01-01;22,125\n");
    danish.decimal_comma = false;
    text = table("moves_out", danish);
    cr_assert_eq(strstr(text, "gentagelse,siden,tid,Kommune,Ejerform,moves_out\n"), text);
    expect_line(text, "\n4,2024-01-01,2024-02-01,Ærø,Privat leje,");
}

Test(export, names_that_look_like_formulas_or_hold_quotes_stay_texts)
{
    static const char *const label[] = {"=1+1", "+45", "-a,\"b\"", "@x", "a;b\"c"};
    static const char *const expected[] = {"'=1+1", "'+45", "'-a,\"b\"", "'@x", "a;b\"c"};
    fixture.result.dim[0].label_en = label;
    const char *text = table("households", (struct flyt_export_options){0});
    expect_line(text, "01,\"'-a,\"\"b\"\"\",Owner,");
    struct flyt_csv csv = parse(text);
    for (uint32_t i = 0; i < 5; i++) {
        cr_assert_str_eq(csv.cell[4 * i * 5 + 2].text, expected[i]);
    }
}

Test(export, variables_tell_unit_and_meaning)
{
    const uint32_t series[] = {3, 10};
    struct flyt_export_options options = {.series = series, .n_series = 2};
    struct flyt_text text = {.arena = &fixture.arena};
    flyt_export_variables(&fixture.result, &options, &text);
    cr_assert_str_eq(text.bytes,
                     "variable,unit,meaning,kind,period,dimensions,computed\n"
                     "moves_out,households,Households leaving their home,flow,month,municipality x "
                     "tenure,counted as they leave\n"
                     "mean_waiting,months,Mean waiting time,stock,year,,of those on a list\n");
}

Test(export, amounts_in_oere_are_written_in_kroner)
{
    static const int64_t ore[] = {123456, -5, 0, INT64_MIN};
    uint32_t index = flyt_result_find(&fixture.result, "households");
    struct flyt_result_series *series = &fixture.result.series[index];
    struct flyt_export_options options = {.series = &index, .n_series = 1, .lang = FLYT_DA};
    series->unit = "0.01 DKK";
    memcpy(flyt_result_row(&fixture.result, series, 0, 0), ore, sizeof ore);
    const char *text = table("households", (struct flyt_export_options){0});
    expect_line(text, ",1234.56\n");
    expect_line(text, ",-0.05\n");
    expect_line(text, ",0.00\n");
    expect_line(text, ",-92233720368547758.08\n");
    expect_line(table("households", (struct flyt_export_options){.decimal_comma = true}),
                ";1234,56\n");
    struct flyt_text variables = {.arena = &fixture.arena};
    flyt_export_variables(&fixture.result, &options, &variables);
    expect_line(variables.bytes, "\nhouseholds,kr.,");
}

Test(export, writes_a_table_each_and_replaces_only_its_own)
{
    const uint32_t series[] = {3, 10};
    struct flyt_export_options options = {.series = series, .n_series = 2, .folder = "new/tables"};
    cr_assert_eq(flyt_export_csv(&fixture.result, &options, &fixture.diag), FLYT_OK);
    cr_assert_eq(access("new/tables/moves_out.csv", R_OK), 0);
    cr_assert_eq(access("new/tables/mean_waiting.csv", R_OK), 0);
    cr_assert_eq(access("new/tables/variables.csv", R_OK), 0);
    cr_assert_eq(flyt_export_csv(&fixture.result, &options, &fixture.diag), FLYT_OK);
    FILE *file = fopen("new/tables/moves_out.csv", "w");
    cr_assert(fputs("my own notes\n", file) >= 0);
    cr_assert_eq(fclose(file), 0);
    cr_assert_eq(flyt_export_csv(&fixture.result, &options, &fixture.diag), FLYT_ERR_OUTPUT);
    cr_assert_not_null(strstr(fixture.diag.fault[0].text, "was not written by flyt export"));
}
