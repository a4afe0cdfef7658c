/**
 * @file cli_validate.c
 * @brief `flyt validate`: published numbers beside simulated ones.
 */
#define _GNU_SOURCE
#include <string.h>

#include "output/h5.h"
#include "output/validate.h"
#include "sim/cli_ends.h"
#include "sim/cli_progress.h"
#include "sim/cli_result.h"
#include "sim/cli_targets.h"
#include "sim/run.h"
#include "sim/variant.h"

static const struct flyt_cli_option options[] = {
    {"replicates", 'n', "N", "number of replicates (default: the scenario's)",
     "antal gentagelser (ellers scenariets)"},
    {"years", 'y', "N", "years to simulate (default: the scenario's)",
     "antal år der simuleres (ellers scenariets)"},
    {"seed", 's', "S", "random seed, 32 bits (default: the scenario's)",
     "tilfældighedstallenes frø, 32 bit (ellers scenariets)"},
    {"set", 0, "KEY=VALUE", "a parameter instead of the scenario's; may be repeated",
     "en parameter i stedet for scenariets; kan gentages"},
    {"set-file", 0, "FILE", "parameters from a row of a CSV, such as an admitted set",
     "parametre fra en række i en CSV-fil, fx et godkendt sæt"},
    {"row", 0, "N", "which row of --set-file, counted from 1 (default: 1)",
     "hvilken række i --set-file, talt fra 1 (ellers 1)"},
    {"targets", 0, "FILE", "a CSV of targets instead of the scenario's",
     "en CSV-fil med mål i stedet for scenariets"},
    {"sample", 0, "K", "simulate one home in K", "simulér én af K boliger"},
    {"no-constant", 0, NULL, "leave out the second run, in a world that stands still",
     "udelad den anden kørsel i en verden, der står stille"},
    {"ends", 0, "LIST", "each assumed parameter at both ends of its range: all, or names a,b",
     "hver antaget parameter i begge ender af sit interval: all, eller navne a,b"},
    {"format", 'f', "FORM", "table, csv or json (default: table)",
     "table, csv eller json (ellers table)"},
    {"strict", 0, NULL, "exit with 1 when a target that counts is missed",
     "slut med 1, når et mål, der tæller, ikke er ramt"},
};

/** What the call asked for. */
struct call {
    struct flyt_scenario scenario; /* unset when a result file was given */
    struct flyt_targets targets;
    struct flyt_validate_row *row; /* [targets.n] */
    struct flyt_run_options run;
    enum flyt_validate_format format;
    struct flyt_cli_bar bar;
    double share, part; /* of the bar: done by earlier runs, of this one */
    const char *what;
};

static enum flyt_status take_format(struct flyt_cli *cli, struct call *call)
{
    static const char *const names[] = {"table", "csv", "json"};
    const char *given = flyt_cli_text(cli, "format");
    for (uint32_t i = 0; given != NULL && i < FLYT_COUNT(names); i++) {
        if (strcmp(given, names[i]) == 0) {
            call->format = (enum flyt_validate_format)i;
            return FLYT_OK;
        }
    }
    return given == NULL ? FLYT_OK
                         : flyt_cli_unknown(cli, "format", "form", given, names, FLYT_COUNT(names));
}

static enum flyt_status take_numbers(struct flyt_cli *cli, struct call *call)
{
    uint64_t n = call->scenario.n_replicates, years = call->scenario.years,
             seed = call->scenario.seed;
    FLYT_TRY(flyt_cli_count(cli, "replicates", 1, 10000, &n));
    FLYT_TRY(flyt_cli_count(cli, "years", 1, 1000, &years));
    FLYT_TRY(flyt_cli_count(cli, "seed", 0, UINT32_MAX, &seed));
    call->scenario.years = (uint32_t)years;
    call->scenario.seed = (uint32_t)seed;
    call->run = (struct flyt_run_options){.n_replicates = (uint32_t)n,
                                          .par = flyt_par_default(cli->n_threads)};
    return FLYT_OK;
}

static void show(void *job, const struct flyt_run_progress *progress)
{
    struct call *call = job;
    double done = (double)progress->n_months_done / (double)progress->n_months;
    flyt_cli_bar_show(&call->bar, call->share + call->part * done, call->what);
}

/** Runs a scenario and measures the targets of its kind of world. */
static enum flyt_status run_world(struct flyt_cli *cli, struct call *call,
                                  const struct flyt_scenario *scenario,
                                  enum flyt_target_world world)
{
    struct flyt_arena arena;
    struct flyt_result result;
    flyt_arena_init(&arena, 0);
    call->run.progress = show;
    call->run.progress_job = call;
    enum flyt_status status = flyt_run(scenario, &call->run, &arena, &result, cli->diag);
    if (status == FLYT_OK) {
        status = flyt_validate(&result, &call->targets, world, cli->arena, call->row, cli->diag);
    }
    flyt_arena_free(&arena);
    return status;
}

static bool has_constant(const struct flyt_targets *targets)
{
    for (uint32_t i = 0; i < targets->n; i++) {
        if (targets->target[i].world == FLYT_TARGET_constant) {
            return true;
        }
    }
    return false;
}

static enum flyt_status measure_scenario(struct flyt_cli *cli, struct call *call)
{
    bool constant = has_constant(&call->targets) && !flyt_cli_given(cli, "no-constant");
    struct flyt_scenario seen, still;
    FLYT_TRY(flyt_variant_make(&call->scenario, cli->arena, &seen));
    FLYT_TRY(flyt_variant_narrow(&seen, &call->targets, cli->arena));
    call->bar = flyt_cli_bar_open(cli, 0.0);
    call->part = constant ? 0.5 : 1.0;
    call->what = flyt_cli_say(cli, "simulating", "simulerer");
    FLYT_TRY(run_world(cli, call, &seen, FLYT_TARGET_scenario));
    if (constant) {
        FLYT_TRY(flyt_variant_make(&seen, cli->arena, &still));
        flyt_variant_freeze(&still);
        call->share = 0.5;
        call->what = flyt_cli_say(cli, "a world that stands still", "en verden, der står stille");
        FLYT_TRY(run_world(cli, call, &still, FLYT_TARGET_constant));
    }
    return FLYT_OK;
}

/** The targets against a result file. */
static enum flyt_status measure_file(struct flyt_cli *cli, struct call *call)
{
    struct flyt_result result;
    FLYT_TRY(flyt_cli_result(cli, &result));
    return flyt_validate(&result, &call->targets, FLYT_TARGET_scenario, cli->arena, call->row,
                         cli->diag);
}

static enum flyt_status take_rows(struct flyt_cli *cli, struct call *call)
{
    call->row = FLYT_ARENA_ARRAY(cli->arena, struct flyt_validate_row, call->targets.n);
    for (uint32_t i = 0; i < call->targets.n && call->row != NULL; i++) {
        call->row[i] = flyt_validate_unmeasured(
            &call->targets.target[i],
            flyt_cli_say(cli, "measured in a world that stands still: no such run",
                         "måles i en verden, der står stille: ingen sådan kørsel"));
    }
    return call->row == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

static enum flyt_status validate_command(struct flyt_cli *cli)
{
    struct call call = {.format = FLYT_VALIDATE_table};
    struct flyt_text text = {.arena = cli->arena};
    bool file = flyt_h5_is_result(cli->args[0]);
    FLYT_TRY(take_format(cli, &call));
    if (!file) {
        FLYT_TRY(flyt_cli_sampled(cli, &call.scenario));
        FLYT_TRY(take_numbers(cli, &call));
    }
    FLYT_TRY(flyt_cli_targets(cli, file ? NULL : &call.scenario, &call.targets));
    if (flyt_cli_given(cli, "ends") && !file) {
        return flyt_cli_ends(cli, &call.scenario, &call.targets, call.run.n_replicates,
                             call.format);
    }
    FLYT_TRY(take_rows(cli, &call));
    FLYT_TRY(file ? measure_file(cli, &call) : measure_scenario(cli, &call));
    flyt_validate_write(call.row, call.targets.n, call.format, cli->lang, &text);
    if (text.failed) {
        return FLYT_ERR_MEMORY;
    }
    (void)fwrite(text.bytes, 1, text.n, stdout); /* flyt_cli_main() notices a failed write */
    bool missed = flyt_validate_missed(call.row, call.targets.n);
    return missed && flyt_cli_given(cli, "strict")
               ? flyt_diag_fault(cli->diag, FLYT_ERR_MISS, (struct flyt_place){0},
                                 "a target that counts was missed",
                                 "et mål, der tæller, blev ramt forbi")
               : FLYT_OK;
}

const struct flyt_cli_command flyt_cli_validate = {
    .name = "validate",
    .args = "SCENARIO|FILE.h5",
    .min_args = 1,
    .max_args = 1,
    .en = "compare a simulation with published numbers",
    .da = "sammenlign en simulering med offentliggjorte tal",
    .more_en =
        "Runs the scenario and shows each target of its table 'targets' beside the simulated mean, "
        "its standard deviation over the replicates (±) and a verdict. Only hard rows count: 'fit' "
        "rows were used to set a parameter, 'test' rows were not, 'demand' rows are asked of the "
        "model itself. What the model does not count cannot be measured yet and is never met. With "
        "FILE.h5 nothing is simulated; --targets is then needed. docs/validation.md tells more.\n\n"
        "Examples:\n"
        "  flyt validate scenarios/fyn --strict\n"
        "  flyt validate scenarios/fyn --sample 8 --years 10 --ends search.owner,market.capital",
    .more_da =
        "Kører scenariet og viser hvert mål i dets tabel 'targets' ved siden af det simulerede "
        "gennemsnit, dets standardafvigelse over gentagelserne (±) og en dom. Kun rækker, der er "
        "'hard', tæller: 'tilpasset' har bestemt en parameter, 'prøve' har ikke, 'krav' stilles "
        "til "
        "modellen selv. Hvad modellen ikke tæller, kan endnu ikke måles og er aldrig ramt. Med "
        "FILE.h5 simuleres intet; så skal --targets gives. docs/validation.md fortæller mere.\n\n"
        "Eksempler:\n"
        "  flyt validate scenarios/fyn --strict\n"
        "  flyt validate scenarios/fyn --sample 8 --years 10 --ends search.owner,market.capital",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = validate_command,
};
