/* The keys of a sweep file: what they give, what is left out, what the sweep is known by. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include "sweep_fixture.h"

#define FACTOR "factors:\n  letting.claim: [0.2, 0.4]\n"

TestSuite(sweep_file, .fini = sweep_drop);

Test(sweep_file, what_is_left_out_is_the_scenarios)
{
    sweep_take(SWEEP_TINY "plan: grid\n" FACTOR);
    cr_expect_str_eq(sweep.name, "small");
    cr_expect_str_eq(sweep.title, "small");
    cr_expect_eq(sweep.n_replicates, 1);
    cr_expect_eq(sweep.sample, 1);
    cr_expect_eq(sweep.time, FLYT_SWEEP_years);
    cr_expect_eq(sweep.n_keep, 0);
    cr_expect_eq(sweep.n_sets, 0);
}

Test(sweep_file, years_seed_and_parameters_hold_at_all_points)
{
    const char *const *set = NULL;
    uint32_t n = 0, base = 0;
    sweep_take("title: All\n" SWEEP_TINY "plan: grid\nyears: 3\nseed: 12\nreplicates: 5\n"
               "parameters: {standstill.months: 7}\n" FACTOR);
    cr_expect_str_eq(sweep.title, "All");
    cr_expect_eq(sweep.n_replicates, 5);
    cr_expect_eq(sweep.base[0].years, 3);
    cr_expect_eq(sweep.base[0].seed, 12);
    for (uint32_t point = 0; point < 2; point++) {
        cr_assert_eq(flyt_sweep_sets(&sweep, point, &sweep_arena, &set, &n, &base), FLYT_OK);
        cr_assert_eq(n, 4);
        cr_expect_str_eq(set[0], "years=3");
        cr_expect_str_eq(set[1], "seed=12");
        cr_expect_str_eq(set[2], "standstill.months=7");
        cr_expect_str_eq(set[3], point == 0 ? "letting.claim=0.2" : "letting.claim=0.4");
        cr_expect_eq(base, 0);
    }
}

Test(sweep_file, a_point_is_the_scenario_with_its_settings)
{
    struct flyt_scenario point;
    sweep_take(SWEEP_TINY "plan: grid\nfactors:\n  policies.flexible_letting: [no, yes]\n");
    for (uint32_t p = 0; p < 2; p++) {
        cr_assert_eq(flyt_sweep_scenario(&sweep, p, &sweep_arena, &point, &sweep_diag), FLYT_OK);
        bool on = false;
        for (uint32_t i = 0; i < point.n_policies; i++) {
            on = on || (strcmp(point.policy[i].spec->name, "flexible_letting") == 0 &&
                        point.policy[i].on);
        }
        cr_expect_eq(on, p == 1);
    }
}

Test(sweep_file, the_fingerprint_is_of_the_file_and_its_inputs)
{
    char first[FLYT_DIGEST_SIZE];
    sweep_take(SWEEP_TINY "plan: grid\n" FACTOR);
    memcpy(first, sweep.fingerprint, sizeof first);
    sweep_drop();
    sweep_take(SWEEP_TINY "plan: grid\n" FACTOR);
    cr_expect_str_eq(sweep.fingerprint, first);
    sweep_drop();
    sweep_take(SWEEP_TINY "plan: grid\n" FACTOR "# a remark\n");
    cr_expect_str_neq(sweep.fingerprint, first);
}

Test(sweep_file, what_its_folder_keeps_gives_the_same_sweep)
{
    struct flyt_arena arena;
    struct flyt_sweep again;
    flyt_arena_init(&arena, 0);
    sweep_take(SWEEP_TINY "plan: grid\nfactors:\n  scenario: [tiny]\n"
                          "  letting.claim: {from: 0.1, to: 0.3, steps: 3}\n");
    struct flyt_sweep_base base = {sweep.base[0].name, sweep.base[0].n_inputs, sweep.base[0].input};
    const struct flyt_sweep_source source = {sweep.name, sweep.file, 1, &base};
    const struct flyt_sweep_options options = {.source = &source};
    cr_assert_eq(flyt_sweep_load(NULL, &options, &arena, &again, &sweep_diag), FLYT_OK, "%s",
                 sweep_diag.fault[0].text);
    cr_expect_str_eq(again.fingerprint, sweep.fingerprint);
    cr_expect_eq(again.n_points, 3);
    cr_expect_eq(flyt_sweep_words(&again), flyt_sweep_words(&sweep));
    flyt_arena_free(&arena);
}

Test(sweep_file, all_faults_are_told_and_no_points_are_made)
{
    cr_expect_eq(sweep_read(SWEEP_TINY "plan: gird\nreplicates: 0\ntime: never\n" FACTOR),
                 FLYT_ERR_SCENARIO);
    cr_expect_eq(sweep_diag.n_faults, 3);
    cr_expect_eq(sweep.n_points, 0);
    sweep_drop();
    cr_expect_eq(sweep_read("parameters: [1]\n" SWEEP_TINY "plan: grid\n" FACTOR),
                 FLYT_ERR_SCENARIO);
    cr_expect_eq(sweep_diag.n_faults, 1);
}

Test(sweep_file, runs_beyond_the_most_are_refused_before_points_are_checked)
{
    cr_expect_eq(sweep_read(SWEEP_FUNCTIONS "plan: latin_hypercube\npoints: 100000\n"
                                            "replicates: 101\nfactors:\n"
                                            "  test_functions.x1: {from: 0, to: 1}\n"),
                 FLYT_ERR_SCENARIO);
    cr_expect_not_null(strstr(sweep_diag.fault[0].text, "10100000 runs"));
}
