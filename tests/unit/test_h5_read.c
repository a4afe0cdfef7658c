#define _GNU_SOURCE
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "output/h5.h"
#include "result_fixture.h"

#define BUDGET (64u << 20)

static struct fixture fixture;
static struct flyt_result back;
static char folder[64];

static void enter_folder(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/flyt-h5-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void leave_folder(void)
{
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert_eq(system(command), 0);
    flyt_arena_free(&fixture.arena);
}

TestSuite(h5_read, .init = enter_folder, .fini = leave_folder);

static void write_fixture(void)
{
    cr_assert_eq(
        flyt_h5_write("a.h5", &fixture.result, &fixture.scenario, &fixture.arena, &fixture.diag),
        FLYT_OK);
}

static enum flyt_status read_back(const char *path)
{
    fixture.diag.n_faults = 0;
    return flyt_h5_read(path, BUDGET, &fixture.arena, &back, &fixture.diag);
}

static void expect_refused(const char *path, const char *why)
{
    cr_assert_eq(read_back(path), FLYT_ERR_SCENARIO, "%s was accepted", why);
    cr_assert_eq(fixture.diag.n_faults, 1, "%s", why);
    cr_assert_not_null(strstr(fixture.diag.fault[0].text, why), "'%s' lacks '%s'",
                       fixture.diag.fault[0].text, why);
}

/** Without syncing, which would take a thousand times as long. */
static void put(const char *path, const char *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, n, file), n);
    cr_assert_eq(fclose(file), 0);
}

static struct flyt_bytes image(void)
{
    struct flyt_bytes bytes = {0};
    cr_assert_eq(
        flyt_h5_image(&fixture.result, &fixture.scenario, &fixture.arena, &bytes, &fixture.diag),
        FLYT_OK);
    return bytes;
}

Test(h5_read, a_result_comes_back_as_it_was_written)
{
    fixture_init(&fixture, 3, 2, 3);
    write_fixture();
    cr_assert_eq(read_back("a.h5"), FLYT_OK, "%s", fixture.diag.fault[0].text);
    cr_assert_str_eq(back.title, fixture.result.title);
    cr_assert_str_eq(back.model, "housing");
    cr_assert_str_eq(back.version, FLYT_VERSION);
    cr_assert_str_eq(back.caveat_en, fixture.result.caveat_en);
    cr_assert_str_eq(back.caveat_da, fixture.result.caveat_da);
    cr_assert_eq(back.start_year, 2024);
    cr_assert_eq(back.n_months, 36);
    cr_assert_eq(back.n_years, 3);
    cr_assert_eq(back.seed, 7);
    cr_assert_eq(back.n_replicates, 2);
    cr_assert_eq(back.replicate[1], 4);
    cr_assert_eq(back.n_dims, 4);
    cr_assert_eq(back.n_series, fixture.result.n_series);
}

Test(h5_read, each_series_comes_back_with_its_data_and_words)
{
    fixture_init(&fixture, 0, 2, 3);
    write_fixture();
    cr_assert_eq(read_back("a.h5"), FLYT_OK);
    for (uint32_t i = 0; i < fixture.result.n_series; i++) {
        const struct flyt_result_series *was = &fixture.result.series[i];
        uint32_t found = flyt_result_find(&back, was->name);
        cr_assert_neq(found, FLYT_NONE);
        const struct flyt_result_series *is = &back.series[found];
        cr_assert_str_eq(is->unit, was->unit);
        cr_assert_str_eq(is->en, was->en);
        cr_assert_str_eq(is->da, was->da);
        cr_assert_str_eq(is->how, was->how);
        cr_assert_eq(is->policy == NULL, was->policy == NULL);
        cr_assert_eq(is->type, was->type);
        cr_assert_eq(is->kind, was->kind);
        cr_assert_eq(is->period, was->period);
        cr_assert_eq(is->n_cells, was->n_cells);
        uint64_t n = 2 * flyt_result_rows(&back, is) * is->n_cells;
        cr_assert_eq(memcmp(is->data.count, was->data.count, 8 * n), 0, "%s", was->name);
        for (uint32_t d = 0; d < was->n_dims; d++) {
            const struct flyt_dim *old = &fixture.result.dim[was->dim[d]];
            const struct flyt_dim *new = &back.dim[is->dim[d]];
            cr_assert_str_eq(new->name, old->name);
            cr_assert_str_eq(new->da, old->da);
            cr_assert_str_eq(new->label_en[old->n - 1], old->label_en[old->n - 1]);
            cr_assert_str_eq(new->label_da[old->n - 1], old->label_da[old->n - 1]);
        }
    }
}

Test(h5_read, the_digest_of_what_was_read_is_that_of_what_was_written)
{
    fixture_init(&fixture, 0, 3, 2);
    write_fixture();
    cr_assert_eq(read_back("a.h5"), FLYT_OK);
    for (uint32_t i = 0; i < 3; i++) {
        cr_assert_str_eq(back.content_digest[i], fixture.result.content_digest[i]);
        flyt_result_digest(&back, i);
        cr_assert_str_eq(back.content_digest[i], fixture.result.content_digest[i]);
    }
}

Test(h5_read, a_result_without_caveat_or_series_can_be_read)
{
    fixture_init(&fixture, 0, 1, 1);
    fixture.result.caveat_en = fixture.result.caveat_da = NULL;
    fixture.result.n_series = 0;
    write_fixture();
    cr_assert_eq(read_back("a.h5"), FLYT_OK);
    cr_assert_null(back.caveat_en);
    cr_assert_eq(back.n_series, 0);
}

Test(h5_read, what_is_no_result_is_named_so)
{
    static const char *const texts[] = {"", "title: x\n", "\211HDF\r\n\032\n and no more",
                                        "filetype flyt-result"};
    fixture_init(&fixture, 0, 1, 1);
    for (size_t i = 0; i < FLYT_COUNT(texts); i++) {
        put("b", texts[i], strlen(texts[i]));
        expect_refused("b", "b: is no Flyt result");
        cr_assert(!flyt_h5_is_result("b"));
        cr_assert_eq(flyt_h5_may_replace("b", &fixture.diag), FLYT_ERR_OUTPUT);
    }
    cr_assert_eq(read_back("missing"), FLYT_ERR_INPUT);
    cr_assert_eq(read_back("/tmp"), FLYT_ERR_SCENARIO);
    cr_assert_eq(flyt_h5_may_replace("missing", &fixture.diag), FLYT_OK);
    cr_assert_eq(flyt_h5_may_replace("/tmp", &fixture.diag), FLYT_ERR_OUTPUT);
}

Test(h5_read, a_result_may_be_replaced_be_it_whole_or_damaged)
{
    fixture_init(&fixture, 0, 1, 1);
    write_fixture();
    cr_assert(flyt_h5_is_result("a.h5"));
    cr_assert_eq(flyt_h5_may_replace("a.h5", &fixture.diag), FLYT_OK);
    cr_assert_eq(truncate("a.h5", 20000), 0);
    cr_assert_eq(flyt_h5_may_replace("a.h5", &fixture.diag), FLYT_OK);
}

Test(h5_read, each_of_1000_flipped_bits_and_200_truncations_is_noticed)
{
    fixture_init(&fixture, 0, 1, 1);
    struct flyt_bytes bytes = image();
    for (uint32_t i = 0; i < 1200; i++) {
        size_t at = fixture_noise(i, 1, 1) % bytes.n;
        char bit = (char)(1 << (i % 8));
        bool cut = i >= 1000;
        bytes.bytes[at] = (char)(bytes.bytes[at] ^ (cut ? 0 : bit));
        put("b", bytes.bytes, cut ? at : bytes.n);
        cr_assert_eq(read_back("b"), FLYT_ERR_SCENARIO, "change %u at %zu", i, at);
        bytes.bytes[at] = (char)(bytes.bytes[at] ^ (cut ? 0 : bit));
    }
    put("b", bytes.bytes, bytes.n);
    cr_assert_eq(read_back("b"), FLYT_OK);
}

Test(h5_read, names_that_could_do_harm_are_refused)
{
    static const char *label[] = {"Odense", "a\nb", "c", "d", "e"};
    fixture_init(&fixture, 0, 1, 1);
    fixture.result.title = "two\nlines";
    write_fixture();
    expect_refused("a.h5", "title is missing or wrong");
    fixture.result.title = "\033[2J";
    write_fixture();
    expect_refused("a.h5", "title");
    fixture.result.title = "\xff";
    write_fixture();
    expect_refused("a.h5", "title");
    fixture.result.title = "fine";
    fixture.result.dim[0].label_en = label;
    write_fixture();
    expect_refused("a.h5", "municipality");
    fixture.result.dim[0].label_en = fixture_municipality;
    static const char *const names[] = {"..", "-rf", "a b", "a'b", "_a", "x;y", "æ"};
    for (size_t i = 0; i < FLYT_COUNT(names); i++) {
        fixture.result.series[2].name = names[i];
        write_fixture();
        expect_refused("a.h5", names[i]);
    }
}

Test(h5_read, files_beyond_the_budget_are_refused_before_they_are_read)
{
    fixture_init(&fixture, 0, 8,
                 20); /* 8 x 241 x 20 x 8 bytes = 308 kB a series, but less on disk */
    write_fixture();
    fixture.diag.n_faults = 0;
    cr_assert_eq(flyt_h5_read("a.h5", 1000, &fixture.arena, &back, &fixture.diag),
                 FLYT_ERR_SCENARIO);
    cr_assert_not_null(strstr(fixture.diag.fault[0].text, "larger than the 1000 bytes"));
    fixture.diag.n_faults = 0;
    struct flyt_bytes bytes = image();
    cr_assert_lt(bytes.n, 2000000);
    cr_assert_eq(flyt_h5_read("a.h5", 2000000, &fixture.arena, &back, &fixture.diag),
                 FLYT_ERR_SCENARIO);
    cr_assert_not_null(strstr(fixture.diag.fault[0].text, "more data than there is room for"));
}

Test(h5_read, says_when_memory_ends)
{
    struct flyt_arena small;
    fixture_init(&fixture, 0, 8, 20); /* 2.3 MB of data */
    write_fixture();
    for (size_t budget = 0; budget < 3; budget++) {
        flyt_arena_init(&small, budget << 20 | 1);
        fixture.diag.n_faults = 0;
        cr_assert_eq(flyt_h5_read("a.h5", BUDGET, &small, &back, &fixture.diag), FLYT_ERR_MEMORY);
        cr_assert_eq(fixture.diag.n_faults, 1);
        flyt_arena_free(&small);
    }
}
