#define _DEFAULT_SOURCE
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/gnuplot.h"

static struct flyt_arena arena;
static struct flyt_diag diag;
static char folder[64];

static void enter_folder(void)
{
    flyt_arena_init(&arena, 0);
    diag = (struct flyt_diag){.lang = FLYT_EN};
    (void)snprintf(folder, sizeof folder, "/tmp/flyt-gnuplot-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void leave_folder(void)
{
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert_eq(system(command), 0);
    flyt_arena_free(&arena);
}

TestSuite(gnuplot, .init = enter_folder, .fini = leave_folder);

static const char *quoted(const char *text)
{
    struct flyt_text script = {.arena = &arena};
    flyt_gnuplot_quote(&script, text);
    return script.bytes;
}

static enum flyt_status run(const char *script, struct flyt_bytes *out)
{
    return flyt_gnuplot_run(script, strlen(script), &arena, out, &diag);
}

static void need_gnuplot(void)
{
    if (system("command -v gnuplot >/dev/null") != 0) {
        cr_skip_test("gnuplot is not installed");
    }
}

Test(gnuplot, quotes_hold_no_sign_that_could_end_them)
{
    cr_assert_str_eq(quoted("plain æøå"), "'plain æøå'");
    cr_assert_str_eq(quoted("'it's"), "'\u2019it\u2019s'");
    cr_assert_str_eq(quoted(""), "''");
    cr_assert_str_eq(quoted("`rm` \"$x\" @y \\n %d"), "'`rm` \"$x\" @y \\n %d'");
}

Test(gnuplot, control_characters_and_broken_bytes_never_get_into_a_script)
{
    cr_assert_str_eq(quoted("a\nb\x7f\033"), "'a\uFFFDb\uFFFD\uFFFD'");
    cr_assert_str_eq(quoted("\xff'\xc3"), "'\uFFFD\u2019\uFFFD'");
}

Test(gnuplot, a_block_ends_with_a_word_made_from_its_bytes)
{
    struct flyt_text first = {.arena = &arena}, second = {.arena = &arena};
    flyt_gnuplot_block(&first, "d", "1 2\n", 4);
    cr_assert_str_eq(first.bytes, "$d << END_f251ddc12234e0da\n1 2\nEND_f251ddc12234e0da\n");
    flyt_gnuplot_block(&second, "d", "1 3\n", 4);
    cr_assert_str_neq(strstr(first.bytes, "END_"), strstr(second.bytes, "END_"));
}

Test(gnuplot, draws_to_memory)
{
    struct flyt_bytes out;
    need_gnuplot();
    cr_assert_eq(run("set terminal svg\nplot sin(x)\n", &out), FLYT_OK, "%s", diag.fault[0].text);
    cr_assert_not_null(strstr(out.bytes, "</svg>"));
}

Test(gnuplot, quoted_texts_run_nothing_and_end_nothing)
{
    static const char *const names[] = {"`touch hacked`",
                                        "'.system('touch hacked').'",
                                        "$(touch hacked)",
                                        "EOD",
                                        "@x",
                                        "\"`touch hacked`\"",
                                        "%s\\",
                                        "#",
                                        "''x''",
                                        "'s-Hertogenbosch",
                                        ""};
    need_gnuplot();
    for (size_t i = 0; i < FLYT_COUNT(names); i++) {
        struct flyt_text script = {.arena = &arena};
        struct flyt_bytes out;
        flyt_text_add(&script, "set terminal svg noenhanced\nx = 1\nset label 1 ");
        flyt_gnuplot_quote(&script, names[i]);
        flyt_text_add(&script, " at 0,0\nset title ");
        flyt_gnuplot_quote(&script, names[i]);
        flyt_text_add(&script, "\nplot sin(x) title ");
        flyt_gnuplot_quote(&script, names[i]);
        flyt_text_add(&script, "\n");
        cr_assert_eq(run(script.bytes, &out), FLYT_OK, "%s: %s", names[i], diag.fault[0].text);
        cr_assert_neq(access("hacked", F_OK), 0, "%s", names[i]);
    }
}

Test(gnuplot, says_what_gnuplot_disliked)
{
    struct flyt_bytes out;
    need_gnuplot();
    cr_assert_eq(run("set terminal svg\nplot no_such_function(x)\n", &out), FLYT_ERR_PLOT);
    cr_assert_eq(diag.n_faults, 1);
    cr_assert_not_null(strstr(diag.fault[0].text, "undefined function"), "%s", diag.fault[0].text);
    cr_assert_eq(run("set terminal svg\n", &out), FLYT_ERR_PLOT, "nothing was drawn");
}

Test(gnuplot, large_scripts_and_pictures_do_not_block)
{
    struct flyt_text script = {.arena = &arena}, rows = {.arena = &arena};
    struct flyt_bytes out;
    need_gnuplot();
    for (int i = 0; i < 50000; i++) {
        flyt_text_add(&rows, "%d %d\n", i, i * 7919 % 1000);
    }
    flyt_text_add(&script, "set terminal svg\n");
    flyt_gnuplot_block(&script, "d", rows.bytes, rows.n);
    flyt_text_add(&script, "plot $d with points\n");
    cr_assert_eq(run(script.bytes, &out), FLYT_OK);
    cr_assert_gt(out.n, 1000000);
}

Test(gnuplot, a_missing_gnuplot_comes_with_its_remedy)
{
    struct flyt_bytes out;
    cr_assert_eq(setenv("PATH", folder, 1), 0);
    cr_assert_eq(run("plot 1\n", &out), FLYT_ERR_PLOT);
    cr_assert_not_null(strstr(diag.fault[0].text, "apt-get install gnuplot-nox"));
    cr_assert_eq(setenv("PATH", "/usr/bin:/bin", 1), 0);
}
