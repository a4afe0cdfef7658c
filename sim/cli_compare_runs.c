#include <stdio.h>
#include <string.h>

#include "output/compare_standard.h"
#include "sim/cli_compare.h"
#include "sim/cli_follow.h"
#include "sim/fileio.h"
#include "sim/variant.h"

static void show(void *job, const struct flyt_run_progress *progress)
{
    struct flyt_cli_comparison *call = job;
    double done = progress->n_pass > 0
                      ? (double)progress->n_pass_done / progress->n_pass
                      : (double)progress->n_months_done / (double)progress->n_months;
    flyt_cli_bar_show(call->bar, (call->n_done + done) / call->n_runs, call->what);
}

/** Policies of an arm: bit k of `set` is the k-th compared; others stay as the scenario has them.
 */
static enum flyt_status make_variant(struct flyt_cli *cli, const struct flyt_cli_comparison *call,
                                     uint32_t set, struct flyt_scenario *variant)
{
    bool *on = FLYT_ARENA_ZERO(cli->arena, bool, call->scenario.n_policies + 1);
    if (on == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < call->scenario.n_policies; i++) {
        on[i] = call->scenario.policy[i].on;
    }
    for (uint32_t k = 0; k < call->n_policies; k++) {
        on[call->policy[k]] = set >> k & 1u;
    }
    *variant = call->scenario;
    FLYT_TRY(flyt_variant_policies(variant, on, cli->arena));
    return flyt_variant_keep(variant, flyt_compare_reads, NULL, cli->arena);
}

/** Runs an arm and keeps what is measured. The items are those of the arm with all policies, which
 *  is run first. */
static enum flyt_status run_arm(struct flyt_cli *cli, struct flyt_cli_comparison *call,
                                uint32_t set, bool first, struct flyt_compare_arm *arm)
{
    struct flyt_arena arena;
    struct flyt_result result;
    struct flyt_scenario variant;
    FLYT_TRY(make_variant(cli, call, set, &variant));
    flyt_arena_init(&arena, 0);
    enum flyt_status status = flyt_run(&variant, &call->run, &arena, &result, cli->diag);
    call->n_done++;
    if (status == FLYT_OK && first) {
        status = flyt_compare_list(&result, &result, cli->arena, &call->items, cli->diag);
    }
    if (status == FLYT_OK) {
        status = flyt_compare_take(&result, &call->items, cli->arena, &arm->values, cli->diag);
    }
    flyt_arena_free(&arena);
    return status;
}

static enum flyt_status name_arm(struct flyt_cli *cli, const struct flyt_cli_comparison *call,
                                 uint32_t set, struct flyt_compare_arm *arm)
{
    struct flyt_text name = {.arena = cli->arena}, en = name, da = name;
    for (uint32_t k = 0; k < call->n_policies; k++) {
        const struct flyt_policy_spec *spec = call->scenario.policy[call->policy[k]].spec;
        if (set >> k & 1u) {
            flyt_text_add(&name, "%s%s", name.n > 0 ? "+" : "", spec->name);
            flyt_text_add(&en, "%s%s", en.n > 0 ? " + " : "", spec->en);
            flyt_text_add(&da, "%s%s", da.n > 0 ? " + " : "", spec->da);
        }
    }
    flyt_text_add(&name, set == 0 ? "baseline" : "");
    flyt_text_add(&en, set == 0 ? "Baseline" : "");
    flyt_text_add(&da, set == 0 ? "Uden politikker" : "");
    bool all = call->n_policies > 1 && set + 1 == 1u << call->n_policies;
    arm->name = all ? "all" : name.bytes;
    arm->en = all ? "All together" : en.bytes;
    arm->da = all ? "Alle sammen" : da.bytes;
    return name.failed || en.failed || da.failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** Arms beside the baseline: each policy alone and all together, or all combinations. */
static uint32_t set_of(const struct flyt_cli_comparison *call, uint32_t arm)
{
    uint32_t all = (1u << call->n_policies) - 1;
    return call->factorial || arm == 0 ? arm : arm <= call->n_policies ? 1u << (arm - 1) : all;
}

/** All combinations: what they have in common is simulated once. */
static enum flyt_status run_together(struct flyt_cli *cli, struct flyt_cli_comparison *call)
{
    uint32_t n = call->n_arms + 1;
    struct flyt_scenario *variant = FLYT_ARENA_ZERO(cli->arena, struct flyt_scenario, n);
    if (variant == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t set = set_of(call, i);
        FLYT_TRY(make_variant(cli, call, set, &variant[i]));
        FLYT_TRY(name_arm(cli, call, set, &call->arm[i]));
    }
    struct flyt_cli_arms arms = {.arm = variant,
                                 .n = n,
                                 .measured = call->arm,
                                 .items = &call->items,
                                 .run = &call->run,
                                 .together = call->factorial,
                                 .n_sets = call->n_sets,
                                 .bar = call->bar};
    return flyt_cli_given(cli, "dry-run") ? flyt_cli_arms_dry(cli, &arms)
                                          : flyt_cli_arms_run(cli, &arms);
}

static enum flyt_status run_all(struct flyt_cli *cli, struct flyt_cli_comparison *call)
{
    uint32_t k = call->n_policies;
    bool factorial = call->factorial, followed = !factorial && call->n_sets < 2;
    call->n_arms = factorial ? (1u << k) - 1 : k == 1 ? 1 : k + 1;
    call->arm = FLYT_ARENA_ZERO(cli->arena, struct flyt_compare_arm, call->n_arms + 1);
    call->track =
        followed ? FLYT_ARENA_ZERO(cli->arena, struct flyt_track, call->n_arms + 1) : NULL;
    if (call->arm == NULL || (followed && call->track == NULL)) {
        return FLYT_ERR_MEMORY;
    }
    if (factorial || flyt_cli_given(cli, "dry-run")) {
        return run_together(cli, call);
    }
    struct flyt_scenario baseline;
    call->n_runs = call->n_arms + 2;
    call->run.progress = show;
    call->run.progress_job = call;
    call->what = flyt_cli_say(cli, "standing still before the start", "tilstand før start");
    FLYT_TRY(make_variant(cli, call, 0, &baseline));
    FLYT_TRY(flyt_run_pass(&baseline, &call->run, cli->arena, &call->pass, cli->diag));
    call->run.pass = &call->pass;
    call->n_done = 1;
    for (uint32_t i = call->n_arms + 1; i > 0; i--) {
        struct flyt_compare_arm *arm = &call->arm[i - 1];
        uint32_t set = set_of(call, i - 1);
        FLYT_TRY(name_arm(cli, call, set, arm));
        call->what = cli->lang == FLYT_DA ? arm->da : arm->en;
        FLYT_TRY(flyt_cli_follow(cli, call->track, call->n_arms, i - 1, call->scenario.years,
                                 &call->run));
        FLYT_TRY(run_arm(cli, call, set, i == call->n_arms + 1, arm));
    }
    return FLYT_OK;
}

/** A folder that cannot be written is told before anything runs. */
static enum flyt_status prepare_folder(struct flyt_cli *cli, const struct flyt_cli_comparison *call)
{
    if (call->plot.folder == NULL || flyt_cli_given(cli, "dry-run")) {
        return FLYT_OK;
    }
    const char *path = flyt_arena_printf(cli->arena, "%s/compare.csv", call->plot.folder);
    return path == NULL ? FLYT_ERR_MEMORY : flyt_fileio_prepare(path, cli->diag);
}

enum flyt_status flyt_cli_compare_runs(struct flyt_cli *cli, struct flyt_cli_comparison *call)
{
    FLYT_TRY(prepare_folder(cli, call));
    FLYT_TRY(run_all(cli, call));
    for (uint32_t a = 0; !flyt_cli_given(cli, "dry-run") && a <= call->n_arms; a++) {
        flyt_compare_standardise(&call->items, &call->arm[0].values, &call->arm[a].values);
    }
    return FLYT_OK;
}
