/* The tiny scenario as a world with policies, month by month, for tests of single policies. */
#ifndef FLYT_POLICY_FIXTURE_H
#define FLYT_POLICY_FIXTURE_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "models/housing.h"
#include "models/ledger.h"
#include "models/livelihood.h"
#include "models/policy.h"

static struct flyt_arena policy_arena, policy_run, policy_step;
static struct flyt_diag policy_diag;
static struct flyt_scenario policy_scenario;

/** Makes a world of scenarios/tiny. @param set  "policies.NAME.KEY=VALUE", NULL-terminated. */
static inline struct flyt_world *policy_open(const char *const *set)
{
    uint32_t n = 0;
    while (set[n] != NULL) {
        n++;
    }
    flyt_arena_init(&policy_arena, 0);
    flyt_arena_init(&policy_run, 0);
    flyt_arena_init(&policy_step, 0);
    struct flyt_scenario_options options = {.set = set, .n_sets = n};
    cr_assert_eq(flyt_scenario_load(FLYT_SOURCE_DIR "/scenarios/tiny", &options, &policy_arena,
                                    &policy_scenario, &policy_diag),
                 FLYT_OK, "%s", policy_diag.fault[0].text);
    struct flyt_model_args args = {.scenario = &policy_scenario,
                                   .key = {policy_scenario.seed, 0},
                                   .par = {1, 4, 0},
                                   .run_arena = &policy_run,
                                   .step_arena = &policy_step,
                                   .diag = &policy_diag};
    void *state = NULL;
    cr_assert_eq(policy_scenario.model->create(&args, &state), FLYT_OK, "%s",
                 policy_diag.fault[0].text);
    return state;
}

static inline void policy_months(struct flyt_world *world, uint32_t from, uint32_t to)
{
    for (uint32_t month = from; month < to; month++) {
        flyt_arena_empty(&policy_step);
        cr_assert_eq(policy_scenario.model->month(world, month), FLYT_OK, "month %u: %s", month,
                     policy_diag.fault[0].text);
    }
}

static inline void policy_close(void)
{
    flyt_arena_free(&policy_step);
    flyt_arena_free(&policy_run);
    flyt_arena_free(&policy_arena);
}

/** What an output variable of a policy says now, its cells together. */
static inline int64_t policy_value(const struct flyt_world *world, const struct flyt_policy *policy,
                                   const char *name)
{
    for (uint32_t i = 0; i < policy->spec.n_series; i++) {
        if (strcmp(policy->spec.series[i].name, name) == 0) {
            int64_t row[64] = {0}, sum = 0;
            policy->spec.series[i].record(world, row);
            for (uint32_t k = 0; k < 64; k++) {
                sum += row[k];
            }
            return sum;
        }
    }
    cr_assert_fail("there is no %s", name);
    return 0;
}

#endif
