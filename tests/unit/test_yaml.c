#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/yaml.h"

static struct flyt_arena arena;
static struct flyt_diag diag;
static struct flyt_yaml_node *root;

static void begin(void)
{
    flyt_arena_init(&arena, 0);
    diag = (struct flyt_diag){.lang = FLYT_EN};
}

static void end(void)
{
    flyt_arena_free(&arena);
}

TestSuite(yaml, .init = begin, .fini = end);

static enum flyt_status parse(const char *text)
{
    struct flyt_bytes bytes = {"s.yaml", flyt_arena_copy(&arena, text, strlen(text)), strlen(text)};
    diag.n_faults = 0;
    return flyt_yaml_parse(&bytes, &arena, &root, &diag);
}

static void expect_fault(const char *text, const char *message)
{
    cr_expect_eq(parse(text), FLYT_ERR_SCENARIO, "%s", message);
    cr_expect_eq(diag.n_faults, 1, "%s: %u faults", message, diag.n_faults);
    cr_expect(strstr(diag.fault[0].text, message) != NULL, "%s", diag.fault[0].text);
}

Test(yaml, texts_come_as_written_with_their_places)
{
    cr_assert_eq(parse("# a comment\ntitle: Ærø\nno: 042\nmap:\n  ø: 'a: b'\n  years: {2024: 1,5}\n"
                       "list: [a, b]\nempty:\n"),
                 FLYT_OK);
    cr_assert_eq(root->kind, FLYT_YAML_map);
    cr_expect_str_eq(flyt_yaml_find(root, "title")->text, "Ærø");
    const struct flyt_yaml_node *no = flyt_yaml_find(root, "no");
    cr_expect_str_eq(no->text, "042");
    cr_expect(no->key_place.line == 3 && no->key_place.column == 1);
    cr_expect(no->place.line == 3 && no->place.column == 5);
    const struct flyt_yaml_node *map = flyt_yaml_find(root, "map");
    cr_assert_eq(map->kind, FLYT_YAML_map);
    cr_expect_str_eq(flyt_yaml_find(map, "ø")->text, "a: b");
    cr_expect(flyt_yaml_find(map, "ø")->place.column == 6, "columns count characters");
    cr_expect_str_eq(flyt_yaml_find(flyt_yaml_find(map, "years"), "2024")->text, "1");
    const struct flyt_yaml_node *list = flyt_yaml_find(root, "list");
    cr_expect(list->kind == FLYT_YAML_list && strcmp(list->child->next->text, "b") == 0);
    cr_expect_eq(flyt_yaml_find(root, "empty")->n, 0);
    cr_expect_null(flyt_yaml_find(root, "none"));
}

Test(yaml, bom_crlf_and_a_document_start_change_nothing)
{
    cr_assert_eq(parse("\xef\xbb\xbf---\r\na: 1\r\nb: |\r\n  x\r\n  y\r\n"), FLYT_OK);
    cr_expect_str_eq(flyt_yaml_find(root, "a")->text, "1");
    cr_expect_str_eq(flyt_yaml_find(root, "b")->text, "x\ny\n");
    cr_expect_eq(flyt_yaml_find(root, "a")->key_place.line, 2);
}

Test(yaml, each_fault_has_its_place_and_one_message)
{
    expect_fault("", "s.yaml:1:1: the file holds nothing");
    expect_fault("# only a comment\n", "s.yaml:1:1: the file holds nothing");
    expect_fault("a: 1\nb: 2\na: 3\n", "s.yaml:3:1: \"a\" is given twice; the first is in line 1");
    expect_fault("a: &x 1\n", "s.yaml:1:4: anchors");
    expect_fault("a: &x 1\nb: *x\nc: [*x, *x]\n", "s.yaml:1:4: anchors");
    expect_fault("a: *x\n", "s.yaml:1:4: aliases");
    expect_fault("a: !!int 1\n", "s.yaml:1:4: tags");
    expect_fault("a: !x {b: 1}\n", "s.yaml:1:4: tags");
    expect_fault("<<: 1\n", "s.yaml:1:1: merge keys");
    expect_fault("a: 1\n---\nb: 2\n", "s.yaml:2:1: a second document");
    expect_fault("%YAML 1.1\n---\na: 1\n", "directives");
    expect_fault("a: [[[[[[[[1]]]]]]]]\n", "s.yaml:1:11: more than 8 lists or maps");
    expect_fault("[a]: 1\n", "s.yaml:1:1: a name before a colon must be a text");
    expect_fault("'': 1\n", "s.yaml:1:1: a name is missing before the colon");
    expect_fault("a: \"x\\x1b[31m\"\n", "s.yaml:1:4: the text holds the control character U+001B");
    expect_fault("\"a\\0b\": 1\n", "s.yaml:1:1: the text holds the control character U+0000");
    expect_fault("a: k\xf8"
                 "b\n",
                 "s.yaml:1:5: byte \\xF8 is not UTF-8");
    expect_fault("a: b\x01\n", "s.yaml:1:5: the control character U+0001");
}

Test(yaml, syntax_faults_are_said_in_our_words)
{
    expect_fault("æ: 1\nb: \"x\nc: 2\n", "s.yaml:2:4: this quote is never closed");
    expect_fault("a:\n  b: 'x\n", "s.yaml:2:6: this quote is never closed");
    expect_fault("a:\n\tb: 1\n", "s.yaml:2:1: a tab; lines are indented with spaces");
    expect_fault("a: 1\n\tb: 1\n", "s.yaml:2:1: a tab; lines are indented with spaces");
    expect_fault("ø: @x\n", "s.yaml:1:4: a text that begins with @ must stand in quotes");
    expect_fault("a: b: c\n", "s.yaml:1:5: a colon where none can be");
    expect_fault("a: 1\nbcd\ne: 2\n", "s.yaml:2:1: a line without \"name: value\"");
    expect_fault("a: [1, 2\nb: 3\n", "is missing here");
    expect_fault("a: {b: 1\n", "is missing here");
    expect_fault("a: \"\\q\"\n", "an unknown escape");
    expect_fault("  a: 1\n b: 2\n", "s.yaml:2:2: this cannot stand behind what came before");
    expect_fault("a:\n    b: 1\n  c: 2\n", "s.yaml:3:3: neither a name nor the end of the block");
}

Test(yaml, one_document_and_its_end_mark_are_allowed_and_nothing_around_them)
{
    cr_expect_eq(parse("# c\n---\na: 1\n... # end\n\n"), FLYT_OK);
    cr_expect_str_eq(flyt_yaml_find(root, "a")->text, "1");
    expect_fault("a: 1\n%TAG !x! y\n---\nb: 1\n", "s.yaml:2:1: directives");
    expect_fault("a: 1\n...\nb: 1\n", "s.yaml:3:1: this cannot stand behind");
    expect_fault("\n# c\n%TAG !x! y\n---\nb: 1\n", "s.yaml:3:1: directives");
    expect_fault("a: 1\n...\n# c\n---\n", "s.yaml:4:1: a second document");
}

Test(yaml, time_does_not_grow_with_the_square_of_the_directives, .timeout = 20)
{
    enum { LINES = 200000 };
    char *text = malloc(LINES * 16 + 64);
    cr_assert_not_null(text);
    for (int where = 0; where < 3; where++) {
        size_t n = (size_t)sprintf(text, "%s",
                                   where == 0   ? ""
                                   : where == 1 ? "a: 1\n"
                                                : "a: 1\n...\n");
        for (int i = 0; i < LINES; i++) {
            n += (size_t)sprintf(text + n, "%%TAG !%d! x\n", i);
        }
        (void)sprintf(text + n, "---\nb: 1\n");
        expect_fault(text, "directives");
    }
    free(text);
}

Test(yaml, faults_that_do_not_end_the_text_are_all_reported)
{
    cr_expect_eq(parse("a: &x 1\na: 2\nb: !t 3\n<<: 1\nc: 4\n"), FLYT_ERR_SCENARIO);
    cr_expect_eq(diag.n_faults, 4);
    cr_assert_not_null(root);
    cr_expect_str_eq(flyt_yaml_find(root, "a")->text, "1");
    cr_expect_str_eq(flyt_yaml_find(root, "c")->text, "4");
}

Test(yaml, sizes_are_limited)
{
    char *text = malloc(200000);
    cr_assert_not_null(text);
    strcpy(text, "a: ");
    memset(text + 3, 'x', 65536);
    text[3 + 65536] = '\0';
    cr_expect_eq(parse(text), FLYT_OK, "64 KiB are allowed");
    strcpy(text + 3 + 65536, "x");
    expect_fault(text, "s.yaml:1:4: a text of 65537 bytes; at most 65536 are allowed");
    strcpy(text, "[");
    for (int i = 0; i < 1000; i++) {
        strcat(text, "1,");
    }
    strcat(text, "]");
    cr_expect_eq(parse(text), FLYT_OK, "1000 items are allowed");
    text[strlen(text) - 1] = '\0';
    strcat(text, "1]");
    expect_fault(text, "too many items");
    free(text);
}

Test(yaml, eight_levels_are_allowed)
{
    cr_expect_eq(parse("[[[[[[[[1]]]]]]]]\n"), FLYT_OK);
}

Test(yaml, out_of_memory_is_said)
{
    flyt_arena_free(&arena);
    flyt_arena_init(&arena, 1);
    struct flyt_bytes bytes = {"s.yaml", (char[]){"a: 1\n"}, 5};
    cr_expect_eq(flyt_yaml_parse(&bytes, &arena, &root, &diag), FLYT_ERR_MEMORY);
}
