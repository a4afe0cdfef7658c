/**
 * @file cli_compare.c
 * @brief `flyt compare`: what policies change, in pairs of runs that differ in nothing else.
 */
#include <string.h>

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
    {"rows", 0, "ROWS", "several rows, 1-10 or 1,3,5 or all: chance and parameters apart",
     "flere rækker, 1-10 eller 1,3,5 eller all: tilfælde og parametre hver for sig"},
    {"sample", 0, "K", "simulate one home in K", "simulér én af K boliger"},
    {"factorial", 0, NULL, "all combinations: main effects and interactions",
     "alle kombinationer: hovedeffekter og vekselvirkninger"},
    {"dry-run", 0, NULL, "tell runs, time and memory, but do not simulate",
     "vis kørsler, tid og hukommelse, men simulér ikke"},
    {"output", 'o', "FOLDER", "compare.csv and the picture go here (default: none)",
     "compare.csv og billedet lægges her (ellers ingen)"},
    {"format", 'f', "svg|png|pdf", "kind of picture (default: svg)", "slags billede (ellers svg)"},
};

/* ---- what is asked ------------------------------------------------------------------------- */

static const char *policy_name(const void *scenario_, uint32_t i)
{
    const struct flyt_scenario *scenario = scenario_;
    return scenario->policy[i].spec->name;
}

static enum flyt_status take_policies(struct flyt_cli *cli, struct flyt_cli_comparison *call)
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

/** A policy that is compared must be able to do something: be on, and begin within the years. */
static enum flyt_status check_compared(const struct flyt_cli *cli,
                                       const struct flyt_cli_comparison *call)
{
    int32_t last = call->scenario.start_year + (int32_t)call->scenario.years - 1;
    for (uint32_t k = 0; k < call->n_policies; k++) {
        const struct flyt_scenario_policy *policy = &call->scenario.policy[call->policy[k]];
        const char *name = policy->spec->name;
        if (policy->set_off) {
            return flyt_diag_fault(
                cli->diag, FLYT_ERR_USAGE, policy->place,
                "policies.%s=no: the policy is named to be compared; leave out the one or the "
                "other",
                "policies.%s=no: politikken er nævnt til sammenligning; udelad det ene eller det "
                "andet",
                name);
        }
        if (policy->from > last) {
            return flyt_diag_fault(
                cli->diag, FLYT_ERR_SCENARIO, policy->years,
                "policies.%s: from (%d) lies after the last year (%d): there would be nothing to "
                "compare; more --years, or an earlier --set policies.%s.from",
                "policies.%s: from (%d) ligger efter det sidste år (%d): der ville intet være at "
                "sammenligne; flere --years, eller et tidligere --set policies.%s.from",
                name, policy->from, last, name);
        }
    }
    return FLYT_OK;
}

/** A policy that is on in both runs because of a parameter alone was hardly meant to be. */
static enum flyt_status check_sets(const struct flyt_cli *cli,
                                   const struct flyt_cli_comparison *call)
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
                cli->diag, FLYT_ERR_SCENARIO, policy->place,
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

static enum flyt_status take_numbers(struct flyt_cli *cli, struct flyt_cli_comparison *call)
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
static enum flyt_status take_page(struct flyt_cli *cli, struct flyt_cli_comparison *call,
                                  const char *title, const char *caveat, int32_t start_year,
                                  uint32_t n_years)
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
static uint32_t last_year(const struct flyt_cli_comparison *call)
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

/** Years of the run from the first to the last in which a policy that is compared is in force. */
static uint32_t years_in_force(const struct flyt_cli_comparison *call)
{
    int32_t start = call->scenario.start_year, end = start + (int32_t)call->scenario.years - 1;
    int32_t first = end + 1, last = start - 1;
    for (uint32_t k = 0; k < call->n_policies; k++) {
        const struct flyt_scenario_policy *policy = &call->scenario.policy[call->policy[k]];
        first = policy->from < first ? policy->from : first;
        last = policy->to > last ? policy->to : last;
    }
    first = first > start ? first : start;
    last = last < end ? last : end;
    return last < first ? 0 : (uint32_t)(last - first) + 1;
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

/* ---- two files ----------------------------------------------------------------------------- */

/** What says how runs are made says nothing of runs that were made. */
static enum flyt_status check_file_options(const struct flyt_cli *cli)
{
    static const char *const runs[] = {"replicates", "years", "seed",   "set",       "set-file",
                                       "row",        "rows",  "sample", "factorial", "dry-run"};
    for (size_t i = 0; i < FLYT_COUNT(runs); i++) {
        if (flyt_cli_given(cli, runs[i])) {
            return flyt_diag_fault(
                cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                "--%s: result files are compared as they are; leave it out, or name a scenario and "
                "policies to run",
                "--%s: resultatfiler sammenlignes, som de er; udelad det, eller nævn et scenarie "
                "og politikker, der skal køres",
                runs[i]);
        }
    }
    return FLYT_OK;
}

/** Whether one of the first n series is a policy's own. */
static bool has_policy(const struct flyt_result *result, uint32_t n, const char *policy)
{
    bool has = false;
    for (uint32_t s = 0; s < n && !has; s++) {
        const char *of = result->series[s].policy;
        has = of != NULL && strcmp(of, policy) == 0;
    }
    return has;
}

/** The policies with series of their own in one result alone, "a, b"; NULL: out of memory. */
static const char *policies_alone(const struct flyt_result *in, const struct flyt_result *other,
                                  struct flyt_arena *arena)
{
    struct flyt_text text = {.arena = arena};
    flyt_text_add(&text, "%s", "");
    for (uint32_t s = 0; s < in->n_series; s++) {
        const char *policy = in->series[s].policy;
        if (policy != NULL && !has_policy(in, s, policy) &&
            !has_policy(other, other->n_series, policy)) {
            flyt_text_add(&text, text.n == 0 ? "%s" : ", %s", policy);
        }
    }
    return text.failed ? NULL : text.bytes;
}

/** Names the two by file, and by the policies that only the second has. */
static enum flyt_status name_files(struct flyt_cli *cli, const struct flyt_result *before,
                                   const struct flyt_result *after, const char **title,
                                   const char **policy)
{
    const char *lost = policies_alone(before, after, cli->arena),
               *more = policies_alone(after, before, cli->arena);
    if (lost == NULL || more == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (lost[0] != '\0' && more[0] == '\0') {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "%s has a policy (%s) that %s has not: name the one without first",
                               "%s har en politik (%s), som %s ikke har: nævn den uden først",
                               cli->args[0], lost, cli->args[1]);
    }
    *title = flyt_arena_printf(cli->arena, "%s (%s)", before->title, cli->args[0]);
    *policy = flyt_arena_printf(cli->arena, more[0] == '\0' ? "%s (%s)" : "%s (%s: %s)",
                                after->title, cli->args[1], more);
    return *title == NULL || *policy == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

static enum flyt_status read_files(struct flyt_cli *cli, struct flyt_cli_comparison *call)
{
    struct flyt_result before, after;
    struct flyt_cli other = *cli;
    const char *title = NULL, *policy = NULL;
    other.args = cli->args + 1;
    FLYT_TRY(check_file_options(cli));
    if (cli->n_args != 2) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "two result files are compared: the one without first",
                               "der sammenlignes to resultatfiler: den uden først");
    }
    FLYT_TRY(flyt_cli_result(cli, &before));
    FLYT_TRY(flyt_cli_result(&other, &after));
    FLYT_TRY(flyt_compare_pair(&before, &after, cli->diag));
    FLYT_TRY(name_files(cli, &before, &after, &title, &policy));
    FLYT_TRY(flyt_compare_list(&before, &after, cli->arena, &call->items, cli->diag));
    call->n_arms = 1;
    call->arm = FLYT_ARENA_ZERO(cli->arena, struct flyt_compare_arm, 2);
    if (call->arm == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_compare_take(&before, &call->items, cli->arena, &call->arm[0].values, cli->diag));
    FLYT_TRY(flyt_compare_take(&after, &call->items, cli->arena, &call->arm[1].values, cli->diag));
    call->arm[1].name = "file";
    call->arm[1].en = call->arm[1].da = policy;
    return take_page(cli, call, title, flyt_cli_say(cli, before.caveat_en, before.caveat_da),
                     before.start_year, before.n_years);
}

/** The scenario's title; of a sample it says so, for its numbers and money are the sample's. */
static enum flyt_status name_sampled(struct flyt_cli *cli, const char **title)
{
    uint64_t one_in = 1;
    FLYT_TRY(flyt_cli_count(cli, "sample", 1, 1000, &one_in));
    if (one_in > 1) {
        *title = flyt_arena_printf(
            cli->arena,
            flyt_cli_say(cli, "%s (one home in %llu: numbers and money are the sample's)",
                         "%s (én bolig af %llu: antal og beløb er stikprøvens)"),
            *title, (unsigned long long)one_in);
    }
    return *title == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_cli_compare_ask(struct flyt_cli *cli, struct flyt_cli_comparison *call,
                                      uint32_t set)
{
    FLYT_TRY(flyt_cli_sampled(cli, &call->scenario));
    FLYT_TRY(take_policies(cli, call));
    FLYT_TRY(check_sets(cli, call));
    FLYT_TRY(take_numbers(cli, call));
    FLYT_TRY(check_compared(cli, call));
    if (call->n_sets > 1) { /* chance of its own, which --row R --seed finds again */
        call->scenario.seed += call->row[set] - call->row[0];
    }
    const struct flyt_scenario *scenario = &call->scenario;
    const char *title = scenario->title;
    FLYT_TRY(name_sampled(cli, &title));
    FLYT_TRY(take_page(cli, call, title,
                       flyt_cli_say(cli, scenario->model->caveat_en, scenario->model->caveat_da),
                       scenario->start_year, scenario->years));
    call->page.last = call->n_sets > 1 ? 0 : last_year(call);
    call->page.in_force = years_in_force(call);
    call->page.n_sets = call->n_sets;
    return FLYT_OK;
}

static enum flyt_status compare_command(struct flyt_cli *cli)
{
    struct flyt_cli_comparison call = {.factorial = flyt_cli_given(cli, "factorial")};
    struct flyt_cli_bar bar = flyt_cli_bar_open(cli, 0.0);
    enum flyt_status status;
    call.bar = &bar;
    FLYT_TRY(take_plot(cli, &call.plot));
    if (flyt_h5_is_result(cli->args[0])) {
        FLYT_TRY(read_files(cli, &call));
        return flyt_cli_compare_tell(cli, &call);
    }
    FLYT_TRY(flyt_cli_rows(cli, &call.row, &call.n_sets));
    if (call.n_sets > 1) {
        status = flyt_cli_compare_sets(cli, &call);
    } else {
        cli->row = call.n_sets == 1 ? call.row[0] : 0;
        FLYT_TRY(flyt_cli_compare_ask(cli, &call, 0));
        status = flyt_cli_compare_runs(cli, &call);
    }
    if (status == FLYT_OK && !flyt_cli_given(cli, "dry-run")) {
        status = flyt_cli_compare_tell(cli, &call);
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
        "of the scenario that are not named here are on in both. Several policies: each alone, "
        "all together, and what all change beyond the sum of each. 'flyt describe policies' lists "
        "them. With --rows everything is run with "
        "each of those sets of parameters, which have chance of their own (row R, seed + R - the "
        "first row), and told as the mean of the sets with two intervals: of chance alone, and of "
        "chance and parameters. With two result files nothing is simulated; the one without comes "
        "first. The first lines tell state, municipalities and almen sector (housing "
        "organisations and Landsbyggefonden) together, the table each.\n\nExamples:\n"
        "  flyt compare scenarios/fyn flexible_letting --sample 8 -n 20\n"
        "  flyt compare scenarios/fyn flexible_letting --set policies.flexible_letting.share=1 -o "
        "more\n"
        "  flyt compare scenarios/fyn flexible_letting --sample 16 -n 4 --set-file "
        "scenarios/fyn/admitted.csv --rows all\n"
        "  flyt compare without.h5 with.h5 --at 5",
    .more_da =
        "Kører scenariet uden politikkerne og med dem, fra samme start og med de samme tilfældige "
        "tal, så et par kørsler kun adskiller sig, hvor en politik virker. En politik, som "
        "scenariet nævner, har sine parametre derfra, en anden sine standardværdier; scenariets "
        "politikker, som ikke er nævnt her, gælder i begge. Flere politikker: hver for sig, alle "
        "sammen, og hvad alle ændrer ud over summen af hver. 'flyt describe policies' viser dem. "
        "Med --rows køres alt med hvert af de sæt af "
        "parametre, som har hver deres tilfælde (række R, frø + R - den første række), og vises "
        "som sættenes gennemsnit med to intervaller: tilfælde alene, og tilfælde og parametre. Med "
        "to resultatfiler simuleres intet; den uden står først. De første linjer fortæller om "
        "stat, kommuner og almen sektor (boligorganisationer og Landsbyggefonden) under ét, "
        "tabellen om hver.\n\nEksempler:\n"
        "  flyt compare scenarios/fyn flexible_letting --sample 8 -n 20 --lang da\n"
        "  flyt compare scenarios/fyn flexible_letting --set policies.flexible_letting.share=1 -o "
        "more\n"
        "  flyt compare scenarios/fyn flexible_letting --sample 16 -n 4 --set-file "
        "scenarios/fyn/admitted.csv --rows all\n"
        "  flyt compare uden.h5 med.h5 --at 5",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = compare_command,
};
