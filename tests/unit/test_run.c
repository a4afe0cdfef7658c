/* Replicates of the housing model: the same bits however the work is cut. */
#include <criterion/criterion.h>

#include "sim/run.h"
#include "tests/housing_fixture.h"

static struct flyt_diag diag;

/** Content digest of one replicate when it is run like this. */
static const char *digest_of(struct flyt_scenario *scenario, struct flyt_par par, uint32_t first,
                             uint32_t n, uint32_t which, struct flyt_arena *arena)
{
    struct flyt_result result;
    struct flyt_run_options options = {.first_replicate = first, .n_replicates = n, .par = par};
    cr_assert_eq(flyt_run(scenario, &options, arena, &result, &diag), FLYT_OK, "%s",
                 diag.fault[0].text);
    return result.content_digest[which];
}

Test(run, no_thread_block_or_order_of_blocks_changes_a_bit)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = fixture_scenario(3000, 5, 2, &arena);
    const char *expected = digest_of(&scenario, (struct flyt_par){1, 256, 0}, 0, 1, 0, &arena);
    static const struct flyt_par pars[] = {
        {2, 256, 0},  {3, 256, 0}, {7, 256, 0},  {16, 256, 0}, {1, 16, 0},   {2, 64, 0},
        {2, 1024, 0}, {1, 256, 9}, {2, 256, 77}, {3, 64, 101}, {7, 1024, 5}, {16, 16, 13},
    };
    for (size_t i = 0; i < FLYT_COUNT(pars); i++) {
        cr_assert_str_eq(digest_of(&scenario, pars[i], 0, 1, 0, &arena), expected,
                         "%u threads, %u blocks, order %u", pars[i].n_threads, pars[i].n_blocks,
                         pars[i].shuffle);
    }
    flyt_arena_free(&arena);
}

Test(run, a_replicate_is_the_same_alone_and_among_others)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = fixture_scenario(3000, 5, 3, &arena);
    struct flyt_par par = {2, 256, 0};
    const char *inside = digest_of(&scenario, par, 0, 8, 5, &arena);
    cr_assert_str_eq(digest_of(&scenario, par, 5, 1, 0, &arena), inside);
    cr_assert_str_neq(digest_of(&scenario, par, 4, 1, 0, &arena), inside);
    flyt_arena_free(&arena);
}

Test(run, what_is_left_over_gets_all_threads_and_the_same_bits)
{
    static const uint32_t cases[][3] = {/* replicates, threads, of them one per thread */
                                        {1, 1, 0}, {5, 1, 0}, {1, 2, 0}, {2, 2, 2},   {5, 2, 4},
                                        {3, 4, 3}, {5, 4, 4}, {6, 4, 4}, {71, 64, 71}};
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = fixture_scenario(3000, 5, 1, &arena);
    for (size_t i = 0; i < FLYT_COUNT(cases); i++) {
        struct flyt_run_options options = {.n_replicates = cases[i][0],
                                           .par = {cases[i][1], 256, 0}};
        struct flyt_run_estimate estimate;
        flyt_run_plan(&scenario, &options, &estimate);
        cr_assert_eq(estimate.n_spread, cases[i][2], "case %zu: %u", i, estimate.n_spread);
    }
    const char *last = digest_of(&scenario, (struct flyt_par){2, 256, 0}, 0, 5, 4, &arena);
    cr_assert_str_eq(digest_of(&scenario, (struct flyt_par){1, 256, 0}, 4, 1, 0, &arena), last);
    flyt_arena_free(&arena);
}

Test(run, another_seed_gives_another_result)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = fixture_scenario(3000, 5, 2, &arena);
    char seen[5][FLYT_DIGEST_SIZE];
    for (uint32_t i = 0; i < 5; i++) {
        scenario.seed = i;
        strcpy(seen[i], digest_of(&scenario, (struct flyt_par){2, 256, 0}, 0, 1, 0, &arena));
        for (uint32_t k = 0; k < i; k++) {
            cr_assert_str_neq(seen[i], seen[k]);
        }
    }
    flyt_arena_free(&arena);
}

Test(run, a_run_that_needs_more_memory_than_there_is_is_refused_before_it_begins)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = fixture_scenario(6000, 5, 200, &arena);
    struct flyt_result result;
    struct flyt_run_options options = {.n_replicates = 100000000, .par = {2, 256, 0}};
    cr_assert_eq(flyt_run(&scenario, &options, &arena, &result, &diag), FLYT_ERR_MEMORY);
    cr_assert_eq(diag.n_faults, 1);
    flyt_arena_free(&arena);
}

struct seen {
    uint64_t last, calls;
};

static void see(void *job, const struct flyt_run_progress *progress)
{
    struct seen *seen = job;
    cr_assert_leq(progress->n_months_done, progress->n_months);
    seen->last = progress->n_months_done > seen->last ? progress->n_months_done : seen->last;
    seen->calls++;
}

Test(run, progress_reaches_the_end)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = fixture_scenario(2000, 2, 2, &arena);
    struct flyt_result result;
    struct seen seen = {0};
    struct flyt_run_options options = {
        .n_replicates = 3, .par = {1, 256, 0}, .progress = see, .progress_job = &seen};
    cr_assert_eq(flyt_run(&scenario, &options, &arena, &result, &diag), FLYT_OK);
    cr_assert_eq(seen.last, 3 * 24);
    cr_assert_eq(seen.calls, 3 * 24);
    flyt_arena_free(&arena);
}

Test(run, every_home_is_lived_in_or_vacant_and_movers_take_homes_that_stood_empty)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = fixture_scenario(8000, 4, 3, &arena);
    struct flyt_result result;
    struct flyt_run_options options = {.n_replicates = 1, .par = {2, 256, 0}};
    cr_assert_eq(flyt_run(&scenario, &options, &arena, &result, &diag), FLYT_OK);
    const struct flyt_result_series *series[5];
    static const char *const names[5] = {"homes", "vacant_homes", "households", "moves_in",
                                         "moves_out"};
    for (int i = 0; i < 5; i++) {
        series[i] = &result.series[flyt_result_find(&result, names[i])];
    }
    int64_t came = 0, left = 0;
    for (uint32_t row = 0; row <= result.n_months; row++) {
        const int64_t *at[5];
        for (int i = 0; i < 5; i++) {
            at[i] = flyt_result_row(&result, series[i], 0, row);
        }
        for (uint64_t m = 0; m < series[0]->n_cells; m++) {
            cr_assert_eq(at[0][m], at[1][m] + at[2][m]);
            came += at[3][m];
            left += at[4][m];
        }
    }
    cr_assert_gt(left, 1000);
    cr_assert_gt(came, left); /* guests and newcomers leave no home of their own */
    flyt_arena_free(&arena);
}

static bool at_once(void)
{
    return true;
}

Test(run, a_run_that_is_stopped_says_how_far_it_came_and_gives_no_result)
{
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = fixture_scenario(400, 2, 2, &arena);
    struct flyt_result result;
    struct flyt_run_options options = {
        .n_replicates = 1, .par = flyt_par_default(1), .stop = at_once};
    diag = (struct flyt_diag){.lang = FLYT_EN};
    cr_assert_eq(flyt_run(&scenario, &options, &arena, &result, &diag), FLYT_ERR_INTERRUPTED);
    cr_expect_eq(diag.n_faults, 1);
    cr_expect_str_eq(diag.fault[0].text, "stopped after 0 of 24 months; nothing was written");
    flyt_arena_free(&arena);
}
