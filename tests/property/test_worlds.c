/* Three hundred random worlds with random parameters, laws, lists of areas, policies and plans of
   the stock: nobody is lost, no home is given twice, every øre is in the books, each month for ten
   years. Together they let homes through every channel of the law, and buy and sell. */
#include <criterion/criterion.h>

#include "models/composition.h"
#include "models/ledger.h"
#include "models/letting.h"
#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "tests/sanitized.h"
#include "tests/worlds_fixture.h"

enum { WORLDS = FLYT_CASES(300, 10), YEARS = 10 };

/** What was seen in all worlds. */
struct seen {
    int64_t moves[FLYT_N_TENURES], let[FLYT_N_CHANNELS], members, worlds_with_members;
    int64_t bought, sold; /* kroner */
    int64_t given;        /* homes that policies held back and gave away */
};

static void see_month(const struct flyt_world *world, struct seen *seen)
{
    const struct flyt_letting_counts *counts = &world->letting->counts;
    for (uint32_t k = 0; k < world->housing->n_markets; k++) {
        seen->moves[k % FLYT_N_TENURES] += world->housing->counts.moves_in[k];
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        for (uint32_t c = 0; c < FLYT_N_CHANNELS; c++) {
            seen->let[c] += counts->let[m * FLYT_N_CHANNELS + c];
        }
    }
    seen->given += world->letting->shelf.given.n;
    seen->bought += flyt_ledger_total(world->ledger, FLYT_ACCOUNT_home_bought) / 100;
    seen->sold += flyt_ledger_total(world->ledger, FLYT_ACCOUNT_home_sold) / 100;
}

static void see_end(const struct flyt_world *world, struct seen *seen)
{
    int64_t members = 0;
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        members += flyt_letting_members(world, m);
    }
    seen->members += members;
    seen->worlds_with_members += members > 0;
}

static void live(uint32_t number, struct seen *seen)
{
    static struct flyt_diag diag;
    struct flyt_arena arena, run_arena, step_arena;
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&run_arena, 0);
    flyt_arena_init(&step_arena, 0);
    struct flyt_scenario scenario = random_scenario(number, YEARS, &arena);
    struct flyt_model_args args = {.scenario = &scenario,
                                   .key = {number, 0},
                                   .par = {1, 4, 0},
                                   .run_arena = &run_arena,
                                   .step_arena = &step_arena,
                                   .diag = &diag};
    void *state = NULL;
    cr_assert(scenario.model->check(&scenario, &diag) == FLYT_OK &&
                  scenario.model->create(&args, &state) == FLYT_OK,
              "world %u: %s", number, diag.fault[0].text);
    struct flyt_world *world = state;
    for (uint32_t month = 0; month < YEARS * 12; month++) {
        flyt_arena_empty(&step_arena);
        cr_assert(scenario.model->month(state, month) == FLYT_OK &&
                      flyt_world_check_fully(world) == FLYT_OK &&
                      flyt_lifecourse_check(world) == FLYT_OK &&
                      flyt_composition_check(world) == FLYT_OK &&
                      flyt_policies_check(world) == FLYT_OK && flyt_ledger_check(world) == FLYT_OK,
                  "world %u, month %u: %s", number, month, diag.fault[0].text);
        see_month(world, seen);
    }
    see_end(world, seen);
    flyt_arena_free(&step_arena);
    flyt_arena_free(&run_arena);
    flyt_arena_free(&arena);
}

Test(worlds, random_worlds_keep_every_account_for_ten_years)
{
    struct seen seen = {0};
    for (uint32_t number = 0; number < WORLDS; number++) {
        live(number, &seen);
    }
    static const char *const tenure[] = {"almen", "private rental", "cooperative", "owner"};
    static const char *const channel[] = {
#define X(name, ...) #name,
        FLYT_CHANNELS(X)
#undef X
    };
    int64_t moves = 0;
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        printf("moves to %s: %lld\n", tenure[t], (long long)seen.moves[t]);
        cr_expect_gt(seen.moves[t], FLYT_CASES(10000, 15), "%s", tenure[t]);
        moves += seen.moves[t];
    }
    for (uint32_t c = 0; c < FLYT_N_CHANNELS; c++) {
        printf("let by %s: %lld\n", channel[c], (long long)seen.let[c]);
        cr_expect_gt(seen.let[c], FLYT_CASES(100, 100), "%s", channel[c]);
    }
    printf("list members at the end: %lld in %lld worlds; bought %lld, sold %lld million DKK\n",
           (long long)seen.members, (long long)seen.worlds_with_members,
           (long long)(seen.bought / 1000000), (long long)(seen.sold / 1000000));
    cr_expect_gt(seen.worlds_with_members, WORLDS * 9 / 10);
    cr_expect(seen.bought > 0 && seen.sold > 0);
    printf("homes held back and given by policies: %lld\n", (long long)seen.given);
    cr_expect_gt(seen.given, FLYT_CASES(100, 100));
    /* one and a half a household */
    cr_assert_gt(moves, FLYT_CASES(100000, 15), "%lld moves: too quiet to prove anything",
                 (long long)moves);
}
