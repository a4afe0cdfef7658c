#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "sim/text.h"

static const char *quote(char *out, const char *text)
{
    return flyt_text_quote(out, text, strlen(text));
}

Test(text, quote_shows_danish_and_hides_what_moves_the_cursor)
{
    char out[FLYT_QUOTE_SIZE];
    cr_expect_str_eq(quote(out, "Ærø"), "Ærø");
    cr_expect_str_eq(quote(out, "a\x1b[31mb\n"), "a\\x1B[31mb\\x0A");
    cr_expect_str_eq(quote(out, "\xc2\x9bx"), "\\xC2\\x9Bx", "C1 control");
    cr_expect_str_eq(quote(out, "\xe2\x80\xae."), "\\xE2\\x80\\xAE.", "right-to-left override");
    cr_expect_str_eq(quote(out, "k\xf8"
                                "b"),
                     "k\\xF8b", "Latin-1");
    cr_expect_str_eq(flyt_text_quote(out, "a\0b", 3), "a\\x00b");
}

Test(text, quote_cuts_at_80_characters)
{
    char out[FLYT_QUOTE_SIZE], text[4 * 200 + 1];
    memset(text, 'a', 80);
    text[80] = '\0';
    cr_expect_str_eq(quote(out, text), text, "80 are shown whole");
    text[80] = 'b';
    text[81] = '\0';
    quote(out, text);
    cr_expect_eq(strlen(out), 83);
    cr_expect_str_eq(out + 79, "a...");
    for (size_t i = 0; i < 200; i++) {
        memcpy(text + 4 * i, "\xf0\x9f\x8f\xa0", 4);
    }
    cr_expect_eq(strlen(flyt_text_quote(out, text, 800)), 80 * 4 + 3, "the widest text fits");
    memset(text, '\x1b', 200);
    cr_expect_eq(strlen(flyt_text_quote(out, text, 200)), 80 + 3);
}

Test(text, path_is_itself_unless_it_is_harmful)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    const char *plain = "fyn/bø.yaml";
    cr_expect_eq(flyt_text_path(&arena, plain), plain);
    cr_expect_str_eq(flyt_text_path(&arena, "a\x1b\xff"), "a\\x1B\\xFF");
    flyt_arena_free(&arena);
}

Test(text, utf8_fault_finds_the_first_wrong_byte)
{
    static const struct {
        const char *bytes;
        size_t n, at;
    } cases[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"\xc3\xa6\xe2\x82\xac\xf0\x9f\x8f\xa0", 9, 9},
        {"a\0b", 3, 1},
        {"a\xe6", 2, 1},
        {"a\xc3", 2, 1},             /* cut */
        {"\xc0\xaf", 2, 0},          /* overlong / */
        {"\xe0\x80\xaf", 3, 0},      /* overlong */
        {"\xf0\x80\x80\xaf", 4, 0},  /* overlong */
        {"\xed\xa0\x80", 3, 0},      /* surrogate */
        {"\xf4\x90\x80\x80", 4, 0},  /* past U+10FFFF */
        {"\xf4\x8f\xbf\xbf", 4, 4},  /* U+10FFFF */
        {"x\x80", 2, 1},             /* continuation alone */
        {"x\xf8\x88\x80\x80", 5, 1}, /* five bytes */
    };
    for (size_t i = 0; i < FLYT_COUNT(cases); i++) {
        cr_expect_eq(flyt_text_utf8_fault(cases[i].bytes, cases[i].n), cases[i].at, "case %zu", i);
    }
}

Test(text, locate_counts_characters_and_skips_a_bom)
{
    const char *text = "\xef\xbb\xbfæ,b\r\nøå,c\n";
    uint32_t line = 0, column = 0;
    flyt_text_locate(text, 5, &line, &column);
    cr_expect(line == 1 && column == 2, "got %u:%u", line, column);
    flyt_text_locate(text, (size_t)(strchr(text, 'c') - text), &line, &column);
    cr_expect(line == 2 && column == 4, "got %u:%u", line, column);
}

static uint32_t check(const char *bytes, size_t n, struct flyt_diag *diag)
{
    *diag = (struct flyt_diag){.lang = FLYT_EN};
    enum flyt_status status = flyt_text_check("f.csv", bytes, n, diag);
    cr_expect_eq(status, diag->n_faults == 0 ? FLYT_OK : FLYT_ERR_SCENARIO);
    return diag->n_faults;
}

Test(text, check_places_each_kind_of_byte_fault)
{
    static struct flyt_diag diag;
    cr_expect_eq(check("a\tb\r\nc\n", 7, &diag), 0);
    cr_expect_eq(check("ab\nb\xf8"
                       "d\xe6",
                       7, &diag),
                 1);
    cr_expect_str_eq(diag.fault[0].text, "f.csv:2:2: byte \\xF8 is not UTF-8 (in Latin-1 it is "
                                         "\"ø\"); save the file as UTF-8");
    cr_expect_eq(check("ab\0", 3, &diag), 1);
    cr_expect(strstr(diag.fault[0].text, "f.csv:1:3: a NUL byte") != NULL);
    cr_expect_eq(check("a\rb\n", 4, &diag), 1);
    cr_expect(strstr(diag.fault[0].text, "f.csv:1:2: a lone carriage return") != NULL);
    cr_expect_eq(check("x\n\x1b\x1b\nå\xe2\x80\xa8", 10, &diag), 2, "one a line");
    cr_expect(strstr(diag.fault[0].text, "f.csv:2:1: the control character U+001B") != NULL);
    cr_expect(strstr(diag.fault[1].text, "f.csv:3:2: the control character U+2028") != NULL);
}

Test(text, control_characters_are_found_but_for_tab_and_line_feed)
{
    uint32_t code = 0;
    cr_expect_eq(flyt_text_control("a\tb\nø", 6, &code), 6);
    cr_expect_eq(flyt_text_control("ø\xe2\x80\xae", 5, &code), 2);
    cr_expect_eq(code, 0x202e);
    cr_expect_eq(flyt_text_control("a\0", 2, &code), 1);
    cr_expect_eq(flyt_text_control("\r\n", 2, &code), 0);
}

Test(text, combining_marks_are_found_and_composed_letters_are_not)
{
    cr_expect_eq(flyt_text_combining("Nyborg å", 9), 9);
    cr_expect_eq(flyt_text_combining("a\xcc\x8a", 3), 1, "a and a ring");
    cr_expect_eq(flyt_text_combining("\xcd\xaf", 2), 0, "the last, U+036F");
    cr_expect_eq(flyt_text_combining("\xcd\xb0", 2), 2, "U+0370 is a letter");
}

Test(text, numbers_are_read_exactly)
{
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0", 0},
        {"-12", -12},
        {"0.25", 0.25},
        {".25", 0.25},
        {"1e6", 1e6},
        {"1E+6", 1e6},
        {"-1.5e-3", -1.5e-3},
        {"0.1", 0.1},
        {"1e-320", 1e-320},
        {"0.0", 0},
        {"4294967296", 0x1p32},
        {"1e-99999", 0},
        {"-0.5", -0.5},
        {"123456.789e-2", 1234.56789},
        {"0.1000000000000000055511151231257827021181583404541015625", 0.1},
        {"999999999999999", 999999999999999.0},
        {"9007199254740993", 9007199254740992.0},
        {"1.7976931348623157e308", 0x1.fffffffffffffp1023},
    };
    for (size_t i = 0; i < FLYT_COUNT(cases); i++) {
        double value = -77;
        const char *text = cases[i].text;
        cr_expect_eq(flyt_text_number(text, strlen(text), &value), FLYT_NUMBER_ok, "%s", text);
        cr_expect(value == cases[i].value, "%s gave %.17g", text, value);
    }
}

Test(text, each_wrong_number_has_its_own_reason)
{
    static const struct {
        const char *text;
        enum flyt_number fault;
    } cases[] = {
        {"", FLYT_NUMBER_empty},        {"x", FLYT_NUMBER_not},
        {"-", FLYT_NUMBER_not},         {".", FLYT_NUMBER_not},
        {"+1", FLYT_NUMBER_not},        {"e5", FLYT_NUMBER_not},
        {"5.", FLYT_NUMBER_tail},       {"25%", FLYT_NUMBER_tail},
        {"4x2", FLYT_NUMBER_tail},      {"1.000.000", FLYT_NUMBER_tail},
        {"1e", FLYT_NUMBER_tail},       {"1_000", FLYT_NUMBER_tail},
        {" 1", FLYT_NUMBER_space},      {"1 ", FLYT_NUMBER_space},
        {"1 000", FLYT_NUMBER_space},   {"1,5", FLYT_NUMBER_comma},
        {"-1,5", FLYT_NUMBER_comma},    {"1,", FLYT_NUMBER_tail},
        {"042", FLYT_NUMBER_octal},     {"-01", FLYT_NUMBER_octal},
        {"00", FLYT_NUMBER_octal},      {"0x10", FLYT_NUMBER_hex},
        {"nan", FLYT_NUMBER_special},   {".NaN", FLYT_NUMBER_special},
        {"-.inf", FLYT_NUMBER_special}, {"Infinity", FLYT_NUMBER_special},
        {"1e999", FLYT_NUMBER_special}, {"1d5", FLYT_NUMBER_tail},
        {"--1", FLYT_NUMBER_not},       {"0x1p3", FLYT_NUMBER_hex},
        {"nano", FLYT_NUMBER_not},
    };
    for (size_t i = 0; i < FLYT_COUNT(cases); i++) {
        double value = 0;
        const char *text = cases[i].text;
        enum flyt_number fault = flyt_text_number(text, strlen(text), &value);
        cr_expect_eq(fault, cases[i].fault, "\"%s\" gave %d", text, (int)fault);
        cr_expect_neq(*flyt_text_number_fault(fault, FLYT_DA), '\0');
    }
}

Test(text, a_number_ends_where_its_length_says)
{
    double value = 0;
    cr_expect_eq(flyt_text_number("12345", 2, &value), FLYT_NUMBER_ok);
    cr_expect_eq(value, 12);
}

static uint32_t nearest(const char *typed)
{
    static const char *const names[] = {"Odense", "Nyborg", "Kerteminde", "Ærø"};
    return flyt_text_nearest(typed, strlen(typed), 4, flyt_text_name, names);
}

Test(text, nearest_name_is_within_a_third)
{
    cr_expect_eq(nearest("Odnese"), 0, "two letters swapped count once");
    cr_expect_eq(nearest("Nybrg"), 1);
    cr_expect_eq(nearest("Kerterminde"), 2);
    cr_expect_eq(nearest("Aerø"), FLYT_NONE, "two edits of four letters");
    cr_expect_eq(nearest("Erø"), 3, "Danish letters count once");
    cr_expect_eq(nearest("Svendborg"), FLYT_NONE);
    cr_expect_eq(nearest(""), FLYT_NONE);
    cr_expect_eq(nearest("\xff\xff\xff"), FLYT_NONE);
}

Test(text, hint_speaks_the_readers_language)
{
    char out[FLYT_HINT_SIZE];
    static struct flyt_diag diag = {.lang = FLYT_DA};
    cr_expect_str_eq(flyt_text_hint(out, NULL, NULL), "");
    cr_expect_str_eq(flyt_text_hint(out, NULL, "a"), "; did you mean \"a\"?");
    cr_expect_str_eq(flyt_text_hint(out, &diag, "a"), "; mente du \"a\"?");
}

Test(text, text_grows_and_notices_lack_of_memory)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 4 << 20);
    struct flyt_text text = {.arena = &arena};
    for (uint32_t i = 0; i < 10000; i++) {
        flyt_text_add(&text, "%04u", i);
    }
    cr_assert_not(text.failed);
    cr_expect_eq(text.n, 40000);
    cr_expect_eq(memcmp(text.bytes + 4 * 1234, "1234", 4), 0);
    cr_expect_eq(text.bytes[40000], '\0');
    flyt_text_add(&text, "%*s", 3000, "x");
    cr_expect_eq(text.n, 43000);
    flyt_text_add(&text, "%*s", 8 << 20, "x");
    cr_expect(text.failed);
    flyt_arena_free(&arena);
}
