#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "sim/csv.h"

static struct flyt_arena arena;
static struct flyt_diag diag;
static struct flyt_csv csv;

static void begin(void)
{
    flyt_arena_init(&arena, 0);
    diag = (struct flyt_diag){.lang = FLYT_EN};
}

static void end(void)
{
    flyt_arena_free(&arena);
}

TestSuite(csv, .init = begin, .fini = end);

static enum flyt_status parse(const char *text)
{
    char *copy = flyt_arena_copy(&arena, text, strlen(text));
    struct flyt_bytes bytes = {.path = "t.csv", .bytes = copy, .n = strlen(text)};
    return flyt_csv_parse(&bytes, &arena, &csv, &diag);
}

static void expect_fault(const char *text, const char *message)
{
    diag.n_faults = 0;
    cr_expect_eq(parse(text), FLYT_ERR_SCENARIO, "%s", message);
    cr_expect_eq(diag.n_faults, 1, "%s: %u faults", message, diag.n_faults);
    cr_expect(strstr(diag.fault[0].text, message) != NULL, "%s", diag.fault[0].text);
}

static const char *cell(uint32_t row, uint32_t column)
{
    return csv.cell[row * csv.n_columns + column].text;
}

Test(csv, cells_rows_and_lines_of_a_plain_file)
{
    cr_assert_eq(parse("# from a list\n#\nby,hjem\nOdense,12\n\"Ærø, \"\"ø\"\"\",\"\"\n"), FLYT_OK);
    cr_assert(csv.n_rows == 2 && csv.n_columns == 2);
    cr_expect_eq(csv.header_line, 3);
    cr_expect_str_eq(csv.header[1].text, "hjem");
    cr_expect_str_eq(cell(0, 0), "Odense");
    cr_expect_str_eq(cell(0, 1), "12");
    cr_expect_str_eq(cell(1, 0), "Ærø, \"ø\"");
    cr_expect_str_eq(cell(1, 1), "");
    cr_expect_eq(csv.cell[2].length, strlen("Ærø, \"ø\""));
    cr_expect(csv.line[0] == 4 && csv.line[1] == 5);
    cr_expect_eq(flyt_csv_column(&csv, "hjem"), 1);
    cr_expect_eq(flyt_csv_column(&csv, "hje"), FLYT_NONE);
    struct flyt_place place = flyt_csv_place(&csv, 1, 1);
    cr_expect(place.line == 5 && place.column == 14, "got %u:%u", place.line, place.column);
    place = flyt_csv_place(&csv, FLYT_NONE, 1);
    cr_expect(place.line == 3 && place.column == 4, "got %u:%u", place.line, place.column);
}

Test(csv, semicolons_split_where_the_header_has_no_comma_and_either_is_allowed)
{
    const char *const text = "by;\"x,y\";hjem\nOdense, C;\"1;2\";3,5\n";
    char *copy = flyt_arena_copy(&arena, text, strlen(text));
    struct flyt_bytes bytes = {.path = "t.csv", .bytes = copy, .n = strlen(text)};
    cr_assert_eq(flyt_csv_parse_either(&bytes, &arena, &csv, &diag), FLYT_OK);
    cr_expect(csv.separator == ';' && csv.n_columns == 3 && csv.n_rows == 1);
    cr_expect_str_eq(csv.header[1].text, "x,y");
    cr_expect_str_eq(cell(0, 0), "Odense, C");
    cr_expect_str_eq(cell(0, 1), "1;2");
    cr_expect_str_eq(cell(0, 2), "3,5");
    bytes.bytes = "a;b,c\n1,2\n";
    bytes.n = strlen(bytes.bytes);
    cr_assert_eq(flyt_csv_parse_either(&bytes, &arena, &csv, &diag), FLYT_OK);
    cr_expect(csv.separator == ',' && csv.n_columns == 2);
    bytes.bytes = "a;b\n1;2;3\n";
    bytes.n = strlen(bytes.bytes);
    cr_expect_eq(flyt_csv_parse_either(&bytes, &arena, &csv, &diag), FLYT_ERR_SCENARIO);
    cr_expect(strstr(diag.fault[0].text, "t.csv:2:5: the row has 3 cells") != NULL &&
                  strstr(diag.fault[0].text, "a semicolon stands in quotes") != NULL,
              "%s", diag.fault[0].text);
}

Test(csv, bom_crlf_and_a_missing_last_line_end_change_nothing)
{
    cr_assert_eq(parse("\xef\xbb\xbf"
                       "a,b\r\n1,2\r\n3,"),
                 FLYT_OK);
    cr_assert_eq(csv.n_rows, 2);
    cr_expect_eq(flyt_csv_column(&csv, "a"), 0);
    cr_expect_eq(flyt_csv_column(&csv, "b"), 1);
    cr_expect_str_eq(cell(0, 1), "2");
    cr_expect_str_eq(cell(1, 1), "");
}

Test(csv, one_column_is_a_table_and_a_hash_in_a_row_is_data)
{
    cr_assert_eq(parse("a\n#1\n\"\"\n"), FLYT_OK);
    cr_assert_eq(csv.n_rows, 2);
    cr_expect_str_eq(cell(0, 0), "#1");
    cr_expect_str_eq(cell(1, 0), "");
}

Test(csv, each_fault_has_its_place_and_one_message)
{
    expect_fault("", "t.csv:1:1: the file is empty");
    expect_fault("# only\n", "t.csv:1:1: no line of column names");
    expect_fault("a,b\n1\n", "t.csv:2:2: the row ends after 1 of 2 cells; \"b\" is missing");
    expect_fault("a,b\næ,2,3\n", "t.csv:2:5: the row has 3 cells, the header 2");
    expect_fault("a,b\n1,2\n\n3,4\n", "t.csv:3:1: an empty line");
    expect_fault("a,b\nø\"x,2\n", "t.csv:2:2: a stray quote");
    expect_fault("a,b\n\"x\"y,2\n", "t.csv:2:4: text behind a closing quote");
    expect_fault("a,b\n1,\"x\ny\",2\n", "t.csv:2:3: this quote is not closed on its line");
    expect_fault("a;b\n1;2\n", "t.csv:1:2: columns are separated by semicolons");
    expect_fault("a,b\n1,x\ty\n",
                 "t.csv:2:4: a tab; columns are separated by commas or by semicolons");
    expect_fault("a,b\n1,x\rb\n", "t.csv:2:4: a lone carriage return");
    expect_fault("a,b\n1,\x1b[31m\n", "t.csv:2:3: the control character U+001B");
    expect_fault("a,b\n1,k\xf8"
                 "b\n",
                 "t.csv:2:4: byte \\xF8 is not UTF-8");
}

Test(csv, all_faults_of_a_file_are_reported)
{
    cr_expect_eq(parse("a,b\n1\n\n1,2,3\nx\"y,2\n5,6\n"), FLYT_ERR_SCENARIO);
    cr_expect_eq(diag.n_faults, 4);
    cr_expect_eq(csv.n_rows, 1, "the sound row stays");
}

Test(csv, long_lines_are_refused_and_the_limit_is_allowed)
{
    size_t n = 64 << 10;
    char *text = malloc(n + 4);
    cr_assert_not_null(text);
    memcpy(text, "a\n", 2);
    memset(text + 2, 'x', n);
    memcpy(text + 2 + n, "\n", 2);
    struct flyt_bytes bytes = {.path = "t.csv", .bytes = text, .n = n + 3};
    cr_expect_eq(flyt_csv_parse(&bytes, &arena, &csv, &diag), FLYT_OK);
    text[n + 2] = 'x';
    cr_expect_eq(flyt_csv_parse(&bytes, &arena, &csv, &diag), FLYT_ERR_SCENARIO);
    cr_expect_str_eq(diag.fault[0].text,
                     "t.csv:2:1: a line of 65537 bytes; at most 65536 are allowed");
    free(text);
}

Test(csv, out_of_memory_is_said)
{
    flyt_arena_free(&arena);
    flyt_arena_init(&arena, 1);
    struct flyt_bytes bytes = {.path = "t.csv", .bytes = (char[]){"a\n"}, .n = 2};
    cr_expect_eq(flyt_csv_parse(&bytes, &arena, &csv, &diag), FLYT_ERR_MEMORY);
}
