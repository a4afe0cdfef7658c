#define _GNU_SOURCE
#include <criterion/criterion.h>

#include "output/h5.h"
#include "result_fixture.h"

static struct fixture fixture;

static void free_arena(void)
{
    flyt_arena_free(&fixture.arena);
}

TestSuite(h5_write, .fini = free_arena);

static struct flyt_bytes image(void)
{
    struct flyt_bytes bytes = {0};
    cr_assert_eq(
        flyt_h5_image(&fixture.result, &fixture.scenario, &fixture.arena, &bytes, &fixture.diag),
        FLYT_OK, "%s", fixture.diag.fault[0].text);
    return bytes;
}

static bool holds(const struct flyt_bytes *bytes, const char *text)
{
    return memmem(bytes->bytes, bytes->n, text, strlen(text)) != NULL;
}

Test(h5_write, equal_results_give_equal_bytes)
{
    fixture_init(&fixture, 0, 2, 3);
    struct flyt_bytes first = image(), second = image();
    cr_assert_eq(first.n, second.n);
    cr_assert_eq(memcmp(first.bytes, second.bytes, first.n), 0);
}

Test(h5_write, one_cell_more_changes_the_file)
{
    fixture_init(&fixture, 0, 1, 1);
    struct flyt_bytes first = image();
    fixture.result.series[0].data.count[0]++;
    struct flyt_bytes second = image();
    cr_assert(first.n != second.n || memcmp(first.bytes, second.bytes, first.n) != 0);
}

Test(h5_write, the_file_digest_is_that_of_the_file_with_zeros_in_its_place)
{
    char digest[FLYT_DIGEST_SIZE];
    fixture_init(&fixture, 0, 1, 1);
    struct flyt_bytes bytes = image();
    char *name = memmem(bytes.bytes, bytes.n, "file_digest", 12);
    cr_assert_not_null(name);
    char *at = name + 12;
    while (strspn(at, "0123456789abcdef") < 64) {
        at++;
        cr_assert_lt(at - name, 100);
    }
    char written[FLYT_DIGEST_SIZE] = "";
    memcpy(written, at, 64);
    memset(at, '0', 64);
    flyt_digest_of(bytes.bytes, bytes.n, digest);
    cr_assert_str_eq(written, digest);
}

Test(h5_write, no_path_of_the_machine_gets_into_the_file)
{
    fixture_init(&fixture, 0, 1, 1);
    fixture.input[1].path = "/usr/share/flyt/scenarios/data/rates.csv";
    struct flyt_bytes bytes = image();
    cr_assert(!holds(&bytes, "/home/someone"));
    cr_assert(!holds(&bytes, "/usr/share"));
    cr_assert(holds(&bytes, "scenario.yaml"));
    cr_assert(holds(&bytes, "rates.csv"));
}

Test(h5_write, a_title_may_be_the_text_that_holds_the_digests_place)
{
    char title[FLYT_DIGEST_SIZE];
    struct flyt_digest digest;
    fixture_init(&fixture, 0, 1, 1);
    flyt_digest_init(&digest);
    flyt_digest_text(&digest, "flyt-file-digest goes here");
    flyt_digest_text(&digest, fixture.result.content_digest[0]);
    flyt_digest_number(&digest, 0);
    flyt_digest_end(&digest, title);
    fixture.result.title = title;
    struct flyt_bytes bytes = image();
    cr_assert(holds(&bytes, title)); /* still the title: it was not overwritten */
}

Test(h5_write, a_large_series_and_one_without_dimensions_fit)
{
    fixture_init(&fixture, 0, 40, 60); /* 40 x 721 x 20 counts: 4.6 MB, several chunks */
    struct flyt_bytes bytes = image();
    cr_assert_gt(bytes.n, 100000);
}

Test(h5_write, says_when_memory_ends)
{
    struct flyt_bytes bytes;
    struct flyt_arena small;
    fixture_init(&fixture, 0, 2, 3);
    flyt_arena_init(&small, 1000);
    cr_assert_eq(flyt_h5_image(&fixture.result, &fixture.scenario, &small, &bytes, &fixture.diag),
                 FLYT_ERR_MEMORY);
    cr_assert_eq(fixture.diag.n_faults, 1);
    flyt_arena_free(&small);
}
