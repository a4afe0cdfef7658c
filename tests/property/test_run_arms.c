/* Arms of a comparison are runs of their own, to the bit: random worlds with random policies from
   random years, each arm against a separate run, over threads and cuts. */
#include "sim/run_arms.h"
#include "sim/variant.h"
#include "tests/sanitized.h"
#include "tests/worlds_fixture.h"

enum { ARMS = 5, REPLICATES = 3, YEARS = 4 };

static struct flyt_diag diag;

struct taken {
    char digest[REPLICATES][ARMS][FLYT_DIGEST_SIZE];
    uint32_t n[REPLICATES], n_months, n_worlds;
};

static enum flyt_status take(void *job, uint32_t replicate, const struct flyt_result *result,
                             struct flyt_diag *unused)
{
    struct taken *taken = job;
    (void)unused;
    for (uint32_t i = 0; i < ARMS; i++) {
        memcpy(taken->digest[replicate][i], result[i].content_digest[0], FLYT_DIGEST_SIZE);
    }
    taken->n[replicate]++;
    return FLYT_OK;
}

static void note(void *job, const struct flyt_run_arms_progress *progress)
{
    struct taken *taken = job;
    taken->n_months = (uint32_t)progress->n_months_done;
    taken->n_worlds = progress->n_worlds_done;
}

/** A world whose last arm has all policies, from different years; the first has none, the others
 *  some by lot. */
static void make_arms(uint32_t number, struct flyt_scenario *scenario, struct flyt_scenario *arm,
                      struct flyt_arena *arena)
{
    *scenario = random_scenario(number, YEARS, arena);
    bool on[16];
    cr_assert_leq(scenario->n_policies, FLYT_COUNT(on));
    for (uint32_t i = 0; i < scenario->n_policies; i++) {
        int32_t last = scenario->start_year + YEARS, first = scenario->start_year + 1;
        scenario->policy[i].from = (int32_t)draw(number, 400 + i, first, last + 1);
        scenario->policy[i].to = INT32_MAX;
    }
    scenario->policy[number % scenario->n_policies].from = scenario->start_year + 2;
    for (uint32_t a = 0; a < ARMS; a++) {
        for (uint32_t i = 0; i < scenario->n_policies; i++) {
            on[i] = a == ARMS - 1 || (a > 0 && draw(number, 500 + 20 * a + i, 0, 1) < 0.5);
        }
        arm[a] = *scenario;
        cr_assert_eq(flyt_variant_policies(&arm[a], on, arena), FLYT_OK);
    }
}

static void run_alone(const struct flyt_scenario *arm, uint32_t replicate, char *digest)
{
    struct flyt_arena arena;
    struct flyt_result result;
    struct flyt_run_options options = {
        .first_replicate = replicate, .n_replicates = 1, .par = {1, 16, 0}};
    flyt_arena_init(&arena, 0);
    cr_assert_eq(flyt_run(arm, &options, &arena, &result, &diag), FLYT_OK, "%s",
                 diag.fault[0].text);
    memcpy(digest, result.content_digest[0], FLYT_DIGEST_SIZE);
    flyt_arena_free(&arena);
}

static struct flyt_run_arms_plan run_together(const struct flyt_scenario *arm, uint32_t n_threads,
                                              struct taken *taken)
{
    struct flyt_run_arms_plan plan;
    struct flyt_run_arms arms = {
        .all = &arm[ARMS - 1], .arm = arm, .n = ARMS, .take = take, .progress = note, .job = taken};
    struct flyt_run_options options = {.n_replicates = REPLICATES, .par = {n_threads, 16, 0}};
    memset(taken, 0, sizeof *taken);
    flyt_run_arms_plan(&arms, &options, &plan);
    cr_assert_eq(flyt_run_arms(&arms, &options, &diag), FLYT_OK, "%s", diag.fault[0].text);
    cr_assert_eq(taken->n_months, plan.n_months);
    for (uint32_t r = 0; r < REPLICATES; r++) {
        cr_assert_eq(taken->n[r], 1);
    }
    return plan;
}

Test(run_arms, every_arm_is_a_run_of_its_own_to_the_bit)
{
    const uint32_t n_worlds = getenv("FLYT_LONG") != NULL ? 50 : FLYT_CASES(4, 4);
    uint32_t n_different = 0, n_late = 0;
    for (uint32_t number = 0; number < n_worlds; number++) {
        static struct taken taken;
        struct flyt_arena arena;
        struct flyt_scenario scenario, arm[ARMS];
        char alone[REPLICATES][ARMS][FLYT_DIGEST_SIZE];
        flyt_arena_init(&arena, 0);
        make_arms(number, &scenario, arm, &arena);
        for (uint32_t r = 0; r < REPLICATES; r++) {
            for (uint32_t a = 0; a < ARMS; a++) {
                run_alone(&arm[a], r, alone[r][a]);
            }
            n_different += strcmp(alone[r][0], alone[r][ARMS - 1]) != 0;
        }
        for (uint32_t n_threads = 1; n_threads <= 4; n_threads++) {
            struct flyt_run_arms_plan plan = run_together(arm, n_threads, &taken);
            cr_assert(plan.shared);
            n_late += plan.fork >= 12;
            for (uint32_t r = 0; r < REPLICATES; r++) {
                for (uint32_t a = 0; a < ARMS; a++) {
                    cr_assert_str_eq(taken.digest[r][a], alone[r][a],
                                     "world %u, replicate %u, arm %u, %u threads", number, r, a,
                                     n_threads);
                }
            }
        }
        flyt_arena_free(&arena);
    }
    printf("%u of %u pairs differ\n", n_different, n_worlds * REPLICATES);
    cr_assert_gt(n_different, n_worlds);
    cr_assert_eq(n_late, 4 * n_worlds, "the first year is shared");
}

Test(run_arms, a_policy_that_does_not_promise_to_sleep_is_run_from_the_start)
{
    static struct taken slow, fast;
    static struct flyt_policy_spec wakeful;
    struct flyt_arena arena;
    struct flyt_scenario scenario, arm[ARMS];
    flyt_arena_init(&arena, 0);
    make_arms(1, &scenario, arm, &arena);
    struct flyt_run_arms_plan shared = run_together(arm, 2, &fast);
    wakeful = *scenario.policy[0].spec;
    wakeful.sleeps = false;
    for (uint32_t a = 0; a < ARMS; a++) {
        arm[a].policy[0].spec = &wakeful;
    }
    struct flyt_run_arms_plan plan = run_together(arm, 2, &slow);
    cr_assert(shared.shared && !plan.shared);
    cr_assert_eq(plan.fork, 0);
    cr_assert_eq(plan.n_starts, ARMS * REPLICATES);
    cr_assert_eq(plan.n_months, ARMS * REPLICATES * 12 * YEARS);
    cr_assert_lt(shared.n_months, plan.n_months);
    cr_assert_eq(memcmp(slow.digest, fast.digest, sizeof slow.digest), 0);
    for (uint32_t a = 0; a < ARMS; a++) { /* one that all arms have does not matter */
        arm[a].policy[0].on = true;
    }
    cr_assert(run_together(arm, 2, &slow).shared);
    flyt_arena_free(&arena);
}
