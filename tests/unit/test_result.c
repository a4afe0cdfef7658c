#include <criterion/criterion.h>

#include "result_fixture.h"

static struct fixture fixture;

static void free_arena(void)
{
    flyt_arena_free(&fixture.arena);
}

TestSuite(result, .fini = free_arena);

static struct flyt_result_series *series_named(const char *name)
{
    uint32_t i = flyt_result_find(&fixture.result, name);
    cr_assert_neq(i, FLYT_NONE);
    return &fixture.result.series[i];
}

static const char *digest_again(void)
{
    flyt_result_digest(&fixture.result, 0);
    return fixture.result.content_digest[0];
}

Test(result, months_and_years_have_a_row_more_for_the_start)
{
    fixture_init(&fixture, 0, 2, 3);
    cr_assert_eq(flyt_result_rows(&fixture.result, series_named("households")), 37);
    cr_assert_eq(flyt_result_rows(&fixture.result, series_named("households_by_age")), 4);
    cr_assert_eq(series_named("households")->n_cells, 20);
    cr_assert_eq(series_named("households_by_age")->n_cells, 12);
    cr_assert_eq(series_named("mean_waiting")->n_cells, 1);
    cr_assert_eq(flyt_result_find(&fixture.result, "no_such_series"), FLYT_NONE);
}

Test(result, starts_with_nothing_but_zeros)
{
    struct flyt_result result;
    fixture_init(&fixture, 0, 1, 1);
    cr_assert_eq(flyt_result_init(&result, &fixture.scenario, 0, 2, &fixture.arena), FLYT_OK);
    for (uint32_t i = 0; i < result.n_series; i++) {
        uint64_t n = 2 * flyt_result_rows(&result, &result.series[i]) * result.series[i].n_cells;
        for (uint64_t j = 0; j < n; j++) {
            cr_assert_eq(result.series[i].data.count[j], 0);
        }
    }
}

Test(result, rows_follow_each_other_replicate_by_replicate)
{
    fixture_init(&fixture, 0, 2, 3);
    const struct flyt_result_series *series = series_named("households");
    int64_t *base = series->data.count;
    cr_assert_eq(flyt_result_row(&fixture.result, series, 0, 1), base + 20);
    cr_assert_eq(flyt_result_row(&fixture.result, series, 1, 0), base + 37 * 20);
    const struct flyt_result_series *real = series_named("mean_waiting");
    cr_assert_eq(flyt_result_row(&fixture.result, real, 1, 3), real->data.real + 7);
}

Test(result, the_estimate_is_the_size_of_the_data)
{
    fixture_init(&fixture, 0, 1, 3);
    /* seven series of 20 cells and one of 4 monthly, 12 + 8 + 1 cells yearly, eight bytes each */
    cr_assert_eq(flyt_result_estimate(&fixture.scenario, 2),
                 2 * 8 * (37 * (7 * 20 + 4) + 4 * (12 + 8 + 1)));
    fixture.scenario.years = 1 << 28;
    cr_assert_eq(flyt_result_estimate(&fixture.scenario, UINT32_MAX), UINT64_MAX);
}

Test(result, says_when_memory_is_too_small)
{
    struct flyt_result result;
    struct flyt_arena small;
    fixture_init(&fixture, 0, 1, 3);
    flyt_arena_init(&small, 1 << 21);
    cr_assert_eq(flyt_result_init(&result, &fixture.scenario, 0, 1000, &small), FLYT_ERR_MEMORY);
    flyt_arena_free(&small);
}

Test(result, a_replicate_has_one_digest_alone_or_among_others)
{
    char among[FLYT_DIGEST_SIZE];
    fixture_init(&fixture, 0, 8, 2);
    memcpy(among, fixture.result.content_digest[5], sizeof among);
    cr_assert_str_neq(among, fixture.result.content_digest[4]);
    free_arena();
    fixture_init(&fixture, 5, 1, 2);
    cr_assert_str_eq(fixture.result.content_digest[0], among);
}

Test(result, the_digest_sees_each_cell_label_and_year)
{
    static const char *other[] = {"Odense", "Ærø", "x", "EOD", "y"};
    char before[FLYT_DIGEST_SIZE];
    fixture_init(&fixture, 0, 1, 2);
    memcpy(before, digest_again(), sizeof before);
    int64_t *cell = &series_named("waiting")->data.count[24 * 20 + 19]; /* the last */
    (*cell)++;
    cr_assert_str_neq(digest_again(), before);
    (*cell)--;
    cr_assert_str_eq(digest_again(), before);
    fixture.result.dim[0].label_en = other;
    cr_assert_str_neq(digest_again(), before);
    fixture.result.dim[0].label_en = fixture_municipality;
    fixture.result.start_year++;
    cr_assert_str_neq(digest_again(), before);
}

Test(result, the_digest_is_blind_to_titles_seeds_versions_and_order)
{
    char before[FLYT_DIGEST_SIZE];
    fixture_init(&fixture, 0, 1, 2);
    memcpy(before, digest_again(), sizeof before);
    fixture.result.title = "other";
    fixture.result.version = "99";
    fixture.result.caveat_en = NULL;
    fixture.result.seed = 8;
    struct flyt_result_series first = fixture.result.series[0];
    fixture.result.series[0] = fixture.result.series[4];
    fixture.result.series[4] = first;
    cr_assert_str_eq(digest_again(), before);
}

Test(result, a_policy_that_does_nothing_leaves_no_trace)
{
    char without[FLYT_DIGEST_SIZE];
    fixture_init(&fixture, 0, 1, 2);
    struct flyt_result_series *refused = series_named("refused");
    memset(refused->data.count, 0, 25 * 4 * sizeof(int64_t));
    memcpy(without, digest_again(), sizeof without);
    refused->name = "renamed";
    cr_assert_str_eq(digest_again(), without);
    refused->data.count[99] = 1;
    cr_assert_str_neq(digest_again(), without);
}

Test(result, the_digest_of_many_is_that_of_their_digests)
{
    char whole[FLYT_DIGEST_SIZE], expected[FLYT_DIGEST_SIZE], joined[2 * 64];
    fixture_init(&fixture, 0, 2, 1);
    flyt_result_content(&fixture.result, whole);
    memcpy(joined, fixture.result.content_digest[0], 64);
    memcpy(joined + 64, fixture.result.content_digest[1], 64);
    flyt_digest_of(joined, sizeof joined, expected);
    cr_assert_str_eq(whole, expected);
    fixture.result.n_replicates = 1;
    flyt_result_content(&fixture.result, whole);
    cr_assert_str_eq(whole, fixture.result.content_digest[0]);
}

Test(result, digests_stay_what_they_were)
{
    fixture_init(&fixture, 0, 1, 1);
    cr_assert_str_eq(fixture.result.content_digest[0],
                     "c2880da9602d5d521ea35ad2fbe223cc16faa2b8836ab035509908814449c284");
}

Test(result, days_follow_the_calendar)
{
    cr_assert_eq(flyt_result_days(2024, 0), 0);
    cr_assert_eq(flyt_result_days(2024, 2), 60); /* a leap year's February */
    cr_assert_eq(flyt_result_days(2023, 2), 59);
    cr_assert_eq(flyt_result_days(2024, 12), 366);
    cr_assert_eq(flyt_result_days(2023, 24), 365 + 366);
    cr_assert_eq(flyt_result_days(1900, 14), 365 + 59); /* 1900 was no leap year, 2000 was */
    cr_assert_eq(flyt_result_days(1900, 2), 59);
    cr_assert_eq(flyt_result_days(2000, 2), 60);
    cr_assert_eq(flyt_result_days(1970, 12 * 54), 19723); /* Unix days of 2024-01-01 */
}
