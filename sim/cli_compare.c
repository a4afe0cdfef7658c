/**
 * @file cli_compare.c
 * @brief `flyt compare`: what policies change, in pairs of runs that differ in nothing else.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

#include "output/compare_factorial.h"
#include "output/compare_fade.h"
#include "output/compare_plot.h"
#include "output/h5.h"
#include "sim/cli_compare.h"
#include "sim/cli_follow.h"
#include "sim/cli_result.h"
#include "sim/cli_targets.h"
#include "sim/variant.h"

enum { PAIRS = 10 };

static const struct flyt_cli_option options[] = {
    {"replicates", 'n', "N", "pairs of runs (default: the scenario's, at least 10)",
     "par af kørsler (ellers scenariets, mindst 10)"},
    {"years", 'y', "N", "years to simulate (default: the scenario's)",
     "antal år der simuleres (ellers scenariets)"},
    {"at", 0, "N", "after how many years to tell (default: the last)",
     "efter hvor mange år, der fortælles (ellers det sidste)"},
    {"seed", 's', "S", "random seed, 32 bits (default: the scenario's)",
     "tilfældighedstallenes frø, 32 bit (ellers scenariets)"},
    {"set", 0, "KEY=VALUE", "in both runs: a parameter, or policies.NAME.PARAMETER",
     "i begge kørsler: en parameter, eller policies.NAVN.PARAMETER"},
    {"set-file", 0, "FILE", "parameters from a row of a CSV, such as an admitted set",
     "parametre fra en række i en CSV-fil, fx et godkendt sæt"},
    {"row", 0, "N", "which row of --set-file, counted from 1 (default: 1)",
     "hvilken række i --set-file, talt fra 1 (ellers 1)"},
    {"sample", 0, "K", "simulate one home in K", "simulér én af K boliger"},
    {"factorial", 0, NULL, "all combinations: main effects and interactions",
     "alle kombinationer: hovedeffekter og vekselvirkninger"},
    {"dry-run", 0, NULL, "tell runs, time and memory, but do not simulate",
     "vis kørsler, tid og hukommelse, men simulér ikke"},
    {"output", 'o', "FOLDER", "compare.csv and the picture go here (default: none)",
     "compare.csv og billedet lægges her (ellers ingen)"},
    {"format", 'f', "svg|png|pdf", "kind of picture (default: svg)", "slags billede (ellers svg)"},
};

struct call {
    struct flyt_scenario scenario; /* with the policies as it names them */
    struct flyt_run_options run;
    struct flyt_run_pass pass;
    struct flyt_compare_items items;
    struct flyt_compare_page page;
    uint32_t policy[FLYT_FACTORIAL_MOST], n_policies; /* that are compared */
    uint32_t n_arms;                                  /* beside the baseline */
    struct flyt_compare_arm *arm;                     /* [n_arms + 1]; [0] the baseline */
    struct flyt_track *track; /* [n_arms + 1] of the same; NULL: nobody is followed */
    struct flyt_cli_bar bar;
    uint32_t n_runs, n_done;
    const char *what;
};

/* ---- what is asked ------------------------------------------------------------------------- */

static const char *policy_name(const void *scenario_, uint32_t i)
{
    const struct flyt_scenario *scenario = scenario_;
    return scenario->policy[i].spec->name;
}

static enum flyt_status take_policies(struct flyt_cli *cli, struct call *call)
{
    const struct flyt_scenario *scenario = &call->scenario;
    const char **known = FLYT_ARENA_ARRAY(cli->arena, const char *, scenario->n_policies + 1);
    if (known == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < scenario->n_policies; i++) {
        known[i] = policy_name(scenario, i);
    }
    for (uint32_t i = 1; i < cli->n_args; i++) {
        uint32_t policy = flyt_variant_policy(scenario, cli->args[i]);
        if (policy == FLYT_NONE) {
            return flyt_cli_unknown(cli, "policy", "politik", cli->args[i], known,
                                    scenario->n_policies);
        }
        for (uint32_t k = 0; k < call->n_policies; k++) {
            if (call->policy[k] == policy) {
                return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                                       "%s is named twice", "%s er nævnt to gange", cli->args[i]);
            }
        }
        call->policy[call->n_policies++] = policy;
    }
    return FLYT_OK;
}

/** A policy that is on in both runs because of a parameter alone was hardly meant to be. */
static enum flyt_status check_sets(const struct flyt_cli *cli, const struct call *call)
{
    for (uint32_t i = 0; i < call->scenario.n_policies; i++) {
        const struct flyt_scenario_policy *policy = &call->scenario.policy[i];
        const char *name = policy->spec->name;
        bool compared = false;
        for (uint32_t k = 0; k < call->n_policies; k++) {
            compared |= call->policy[k] == i;
        }
        if (policy->only_set && !compared) {
            return flyt_diag_fault(
                cli->diag, FLYT_ERR_SCENARIO, (struct flyt_place){.file = "--set"},
                "policies.%s: a parameter is set, but the scenario does not have the policy and it "
                "is not compared; name %s beside the scenario to compare it, or add --set "
                "policies.%s=yes to have it in both runs",
                "policies.%s: der er sat en parameter, men scenariet har ikke politikken, og den "
                "sammenlignes ikke; nævn %s efter scenariet for at sammenligne den, eller tilføj "
                "--set policies.%s=yes for at have den i begge kørsler",
                name, name, name);
        }
    }
    return FLYT_OK;
}

static enum flyt_status take_numbers(struct flyt_cli *cli, struct call *call)
{
    uint64_t n = call->scenario.n_replicates > PAIRS ? call->scenario.n_replicates : PAIRS,
             years = call->scenario.years, seed = call->scenario.seed;
    FLYT_TRY(flyt_cli_count(cli, "replicates", 1, 10000, &n));
    FLYT_TRY(flyt_cli_count(cli, "years", 1, 1000, &years));
    FLYT_TRY(flyt_cli_count(cli, "seed", 0, UINT32_MAX, &seed));
    call->scenario.years = (uint32_t)years;
    call->scenario.seed = (uint32_t)seed;
    call->run = (struct flyt_run_options){.n_replicates = (uint32_t)n,
                                          .par = flyt_par_default(cli->n_threads)};
    return FLYT_OK;
}

/** What the page says, for a run of so many years. */
static enum flyt_status take_page(struct flyt_cli *cli, struct call *call, const char *title,
                                  const char *caveat, int32_t start_year, uint32_t n_years)
{
    uint64_t at = n_years;
    FLYT_TRY(flyt_cli_count(cli, "at", 1, n_years, &at));
    call->page = (struct flyt_compare_page){.title = title,
                                            .caveat = caveat,
                                            .start_year = start_year,
                                            .year = (uint32_t)at,
                                            .n_years = n_years,
                                            .lang = cli->lang};
    return FLYT_OK;
}

/** Year of the run in which a policy that is compared was last in force; 0: one goes on. */
static uint32_t last_year(const struct call *call)
{
    int32_t last = 0;
    for (uint32_t k = 0; k < call->n_policies; k++) {
        const struct flyt_scenario_policy *policy = &call->scenario.policy[call->policy[k]];
        if (policy->to >= call->scenario.start_year + (int32_t)call->scenario.years - 1) {
            return 0;
        }
        int32_t year = policy->to - call->scenario.start_year + 1;
        last = year > last ? year : last;
    }
    return (uint32_t)last;
}

static enum flyt_status take_plot(struct flyt_cli *cli, struct flyt_plot_options *plot)
{
    const char *given = flyt_cli_text(cli, "format");
    const char *known[FLYT_PLOT_FORMATS];
    *plot = (struct flyt_plot_options){.lang = cli->lang, .folder = flyt_cli_text(cli, "output")};
    if (plot->folder != NULL) {
        FLYT_TRY(flyt_cli_result_check_folder(cli, plot->folder, "comparison", "sammenligningen"));
    }
    for (uint32_t i = 0; i < FLYT_PLOT_FORMATS; i++) {
        known[i] = flyt_plot_format_name((enum flyt_plot_format)i);
        if (given == NULL || strcmp(given, known[i]) == 0) {
            plot->format = (enum flyt_plot_format)i;
            return FLYT_OK;
        }
    }
    return flyt_cli_unknown(cli, "format", "format", given, known, FLYT_PLOT_FORMATS);
}

/* ---- runs ---------------------------------------------------------------------------------- */

static void show(void *job, const struct flyt_run_progress *progress)
{
    struct call *call = job;
    double done = progress->n_pass > 0
                      ? (double)progress->n_pass_done / progress->n_pass
                      : (double)progress->n_months_done / (double)progress->n_months;
    flyt_cli_bar_show(&call->bar, (call->n_done + done) / call->n_runs, call->what);
}

/** Policies of an arm: bit k of `set` is the k-th compared; others stay as the scenario has them.
 */
static enum flyt_status make_variant(struct flyt_cli *cli, const struct call *call, uint32_t set,
                                     struct flyt_scenario *variant)
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
static enum flyt_status run_arm(struct flyt_cli *cli, struct call *call, uint32_t set, bool first,
                                struct flyt_compare_arm *arm)
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

static enum flyt_status name_arm(struct flyt_cli *cli, const struct call *call, uint32_t set,
                                 struct flyt_compare_arm *arm)
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
static uint32_t set_of(const struct call *call, uint32_t arm, bool factorial)
{
    uint32_t all = (1u << call->n_policies) - 1;
    return factorial || arm == 0 ? arm : arm <= call->n_policies ? 1u << (arm - 1) : all;
}

/** All combinations: what they have in common is simulated once. */
static enum flyt_status run_together(struct flyt_cli *cli, struct call *call, bool factorial)
{
    uint32_t n = call->n_arms + 1;
    struct flyt_scenario *variant = FLYT_ARENA_ZERO(cli->arena, struct flyt_scenario, n);
    if (variant == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t set = set_of(call, i, factorial);
        FLYT_TRY(make_variant(cli, call, set, &variant[i]));
        FLYT_TRY(name_arm(cli, call, set, &call->arm[i]));
    }
    struct flyt_cli_arms arms = {.arm = variant,
                                 .n = n,
                                 .measured = call->arm,
                                 .items = &call->items,
                                 .run = &call->run,
                                 .together = factorial};
    return flyt_cli_given(cli, "dry-run") ? flyt_cli_arms_dry(cli, &arms)
                                          : flyt_cli_arms_run(cli, &arms);
}

static enum flyt_status run_arms(struct flyt_cli *cli, struct call *call, bool factorial)
{
    uint32_t k = call->n_policies;
    call->n_arms = factorial ? (1u << k) - 1 : k == 1 ? 1 : k + 1;
    call->arm = FLYT_ARENA_ZERO(cli->arena, struct flyt_compare_arm, call->n_arms + 1);
    call->track =
        factorial ? NULL : FLYT_ARENA_ZERO(cli->arena, struct flyt_track, call->n_arms + 1);
    if (call->arm == NULL || (!factorial && call->track == NULL)) {
        return FLYT_ERR_MEMORY;
    }
    if (factorial || flyt_cli_given(cli, "dry-run")) {
        return run_together(cli, call, factorial);
    }
    struct flyt_scenario baseline;
    call->bar = flyt_cli_bar_open(cli, 0.0);
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
        uint32_t set = set_of(call, i - 1, factorial);
        FLYT_TRY(name_arm(cli, call, set, arm));
        call->what = cli->lang == FLYT_DA ? arm->da : arm->en;
        FLYT_TRY(flyt_cli_follow(cli, call->track, call->n_arms, i - 1, call->scenario.years,
                                 &call->run));
        FLYT_TRY(run_arm(cli, call, set, i == call->n_arms + 1, arm));
    }
    return FLYT_OK;
}

/* ---- two files ----------------------------------------------------------------------------- */

static enum flyt_status read_files(struct flyt_cli *cli, struct call *call)
{
    struct flyt_result before, after;
    struct flyt_cli other = *cli;
    other.args = cli->args + 1;
    if (cli->n_args != 2) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "two result files are compared: the one without first",
                               "der sammenlignes to resultatfiler: den uden først");
    }
    FLYT_TRY(flyt_cli_result(cli, &before));
    FLYT_TRY(flyt_cli_result(&other, &after));
    FLYT_TRY(flyt_compare_pair(&before, &after, cli->diag));
    FLYT_TRY(flyt_compare_list(&before, &after, cli->arena, &call->items, cli->diag));
    call->n_arms = 1;
    call->arm = FLYT_ARENA_ZERO(cli->arena, struct flyt_compare_arm, 2);
    if (call->arm == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_compare_take(&before, &call->items, cli->arena, &call->arm[0].values, cli->diag));
    FLYT_TRY(flyt_compare_take(&after, &call->items, cli->arena, &call->arm[1].values, cli->diag));
    call->arm[1].name = "file";
    call->arm[1].en = call->arm[1].da = after.title;
    return take_page(cli, call, before.title, flyt_cli_say(cli, before.caveat_en, before.caveat_da),
                     before.start_year, before.n_years);
}

/* ---- the command --------------------------------------------------------------------------- */

static enum flyt_status tell_factorial(struct flyt_cli *cli, const struct call *call,
                                       const struct flyt_plot_options *plot)
{
    const char *say[FLYT_FACTORIAL_MOST], *name[FLYT_FACTORIAL_MOST];
    struct flyt_compare_values *values =
        FLYT_ARENA_ARRAY(cli->arena, struct flyt_compare_values, call->n_arms + 1);
    struct flyt_text text = {.arena = cli->arena}, csv = text;
    if (values == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i <= call->n_arms; i++) {
        values[i] = call->arm[i].values;
    }
    for (uint32_t k = 0; k < call->n_policies; k++) {
        const struct flyt_policy_spec *spec = call->scenario.policy[call->policy[k]].spec;
        say[k] = flyt_cli_say(cli, spec->en, spec->da);
        name[k] = spec->name;
    }
    struct flyt_factorial factorial = {call->n_policies, say, values};
    FLYT_TRY(flyt_factorial_write(&factorial, &call->items, &call->page, &text));
    (void)fwrite(text.bytes, 1, text.n, stdout);
    if (plot->folder == NULL) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_factorial_csv(&factorial, &call->items, name, call->page.year,
                                call->page.start_year, &csv));
    return flyt_cli_result_csv(cli, plot->folder, "factorial.csv", &csv);
}

static enum flyt_status tell(struct flyt_cli *cli, struct call *call, bool factorial,
                             const struct flyt_plot_options *plot)
{
    struct flyt_text text = {.arena = cli->arena}, csv = text, fade = text;
    const struct flyt_compare_arm *arm = call->arm + 1;
    const struct flyt_compare_values *before = &call->arm[0].values;
    if (factorial) {
        FLYT_TRY(tell_factorial(cli, call, plot));
    } else if (call->n_arms == 1) {
        call->page.policy = flyt_cli_say(cli, arm[0].en, arm[0].da);
        FLYT_TRY(flyt_compare_write(&call->items, before, &arm[0].values, &call->page, &text));
    } else {
        FLYT_TRY(
            flyt_compare_write_many(&call->items, before, arm, call->n_arms, &call->page, &text));
    }
    if (text.n > 0) {
        (void)fwrite(text.bytes, 1, text.n, stdout); /* flyt_cli_main() notices a failed write */
    }
    FLYT_TRY(
        flyt_cli_follow_tell(cli, call->track, call->arm, call->n_arms, &call->page, plot->folder));
    if (plot->folder == NULL) {
        return FLYT_OK;
    }
    for (uint32_t a = 0; a < call->n_arms; a++) {
        FLYT_TRY(flyt_compare_csv(&call->items, before, &arm[a].values, arm[a].name,
                                  call->page.start_year, a == 0, &csv));
    }
    FLYT_TRY(flyt_cli_result_csv(cli, plot->folder, "compare.csv", &csv));
    for (uint32_t a = 0; call->page.last > 0 && a < call->n_arms; a++) {
        FLYT_TRY(flyt_fade_csv(&call->items, before, &arm[a].values, arm[a].name,
                               call->page.start_year, call->page.last, a == 0, &fade));
    }
    if (call->page.last > 0) {
        FLYT_TRY(flyt_cli_result_csv(cli, plot->folder, "half-life.csv", &fade));
    }
    FLYT_TRY(flyt_compare_draw(&call->items, before, arm, call->n_arms, &call->page, plot,
                               cli->arena, cli->diag));
    if (!cli->quiet) {
        printf("%s/compare.%s\n", plot->folder, flyt_plot_format_name(plot->format));
    }
    return FLYT_OK;
}

static enum flyt_status compare_command(struct flyt_cli *cli)
{
    struct call call = {0};
    struct flyt_plot_options plot;
    bool factorial = flyt_cli_given(cli, "factorial");
    FLYT_TRY(take_plot(cli, &plot));
    if (flyt_h5_is_result(cli->args[0])) {
        FLYT_TRY(read_files(cli, &call));
        return tell(cli, &call, false, &plot);
    }
    FLYT_TRY(flyt_cli_sampled(cli, &call.scenario));
    FLYT_TRY(take_policies(cli, &call));
    FLYT_TRY(check_sets(cli, &call));
    FLYT_TRY(take_numbers(cli, &call));
    FLYT_TRY(
        take_page(cli, &call, call.scenario.title,
                  flyt_cli_say(cli, call.scenario.model->caveat_en, call.scenario.model->caveat_da),
                  call.scenario.start_year, call.scenario.years));
    call.page.last = last_year(&call);
    enum flyt_status status = run_arms(cli, &call, factorial);
    if (status == FLYT_OK && !flyt_cli_given(cli, "dry-run")) {
        status = tell(cli, &call, factorial, &plot);
    }
    flyt_cli_follow_end(call.track, call.n_arms);
    return status;
}

const struct flyt_cli_command flyt_cli_compare = {
    .name = "compare",
    .args = "SCENARIO POLICY...|A.h5 B.h5",
    .min_args = 2,
    .max_args = 1 + FLYT_FACTORIAL_MOST,
    .en = "what policies change, how sure that is, and who pays",
    .da = "hvad politikker ændrer, hvor sikkert det er, og hvem der betaler",
    .more_en =
        "Runs the scenario without the policies and with them, from the same start and with the "
        "same random numbers, so that a pair of runs differs only where a policy reaches. A policy "
        "that the scenario names has its parameters from there, another one its defaults; policies "
        "of the scenario that are not named here are on in both. Several policies: each alone and "
        "all together. 'flyt describe policies' lists them. With two result files nothing is "
        "simulated; the one without comes first.\n\nExamples:\n"
        "  flyt compare scenarios/fyn flexible_letting --sample 8 -n 20\n"
        "  flyt compare scenarios/fyn flexible_letting --set policies.flexible_letting.share=1 -o "
        "more\n"
        "  flyt compare without.h5 with.h5 --at 5",
    .more_da =
        "Kører scenariet uden politikkerne og med dem, fra samme start og med de samme tilfældige "
        "tal, så et par kørsler kun adskiller sig, hvor en politik når hen. En politik, som "
        "scenariet nævner, har sine parametre derfra, en anden sine standardværdier; scenariets "
        "politikker, som ikke er nævnt her, gælder i begge. Flere politikker: hver for sig og alle "
        "sammen. 'flyt describe policies' viser dem. Med to resultatfiler simuleres intet; den "
        "uden står først.\n\nEksempler:\n"
        "  flyt compare scenarios/fyn flexible_letting --sample 8 -n 20 --lang da\n"
        "  flyt compare scenarios/fyn flexible_letting --set policies.flexible_letting.share=1 -o "
        "more\n"
        "  flyt compare uden.h5 med.h5 --at 5",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = compare_command,
};
