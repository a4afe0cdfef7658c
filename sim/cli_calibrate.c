/**
 * @file cli_calibrate.c
 * @brief `flyt calibrate`: fits a scenario to its targets and writes the admitted sets.
 */
#define _GNU_SOURCE
#include <math.h>
#include <string.h>

#include "sim/calibrate_state.h"
#include "sim/cli_progress.h"
#include "sim/cli_targets.h"
#include "sim/identities.h"
#include "sim/signals.h"

static const struct flyt_cli_option options[] = {
    {"output", 'o', "DIR", "folder for its files (default: runs/SCENARIO-calibration)",
     "mappe til dens filer (ellers runs/SCENARIE-calibration)"},
    {"resume", 0, NULL, "go on from the state in the folder", "fortsæt fra tilstanden i mappen"},
    {"sample", 0, "K", "simulate one home in K", "simulér én af K boliger"},
    {"set", 0, "KEY=VALUE", "a parameter instead of the scenario's; may be repeated",
     "en parameter i stedet for scenariets; kan gentages"},
    {"targets", 0, "FILE", "a CSV of targets instead of the scenario's",
     "en CSV-fil med mål i stedet for scenariets"},
    {"seed", 's', "S", "random seed, 32 bits (default: the scenario's)",
     "tilfældighedstallenes frø, 32 bit (ellers scenariets)"},
    {"steps", 0, "N", "years of the first fit, a step a year (default: 30)",
     "år i den første tilpasning, et skridt om året (ellers 30)"},
    {"measure", 0, "N", "years measured after it (default: 10)", "år målt bagefter (ellers 10)"},
    {"rounds", 0, "N",
     "after the steps, runs from the start, a step after each (default: 6; 0: none)",
     "efter skridtene: kørsler fra start med et skridt efter hver (ellers 6; 0: ingen)"},
    {"replicates", 'n', "N", "replicates of the first fit (default: 4)",
     "gentagelser i den første tilpasning (ellers 4)"},
    {"waves", 0, "N", "waves of history matching (default: 3; 0: none)",
     "bølger af history matching (ellers 3; 0: ingen)"},
    {"points", 0, "N", "points of a wave (default: 64)", "punkter i en bølge (ellers 64)"},
    {"wave-steps", 0, "N", "years of fitting at a point (default: 0)",
     "års tilpasning i et punkt (ellers 0)"},
    {"wave-rounds", 0, "N", "runs from the start at a point (default: 4; 0: none)",
     "kørsler fra start i et punkt (ellers 4; 0: ingen)"},
    {"wave-measure", 0, "N", "years measured at a point (default: 10)",
     "år målt i et punkt (ellers 10)"},
    {"wave-replicates", 0, "N", "replicates of a point (default: 1)",
     "gentagelser i et punkt (ellers 1)"},
    {"keep", 0, "N", "most admitted sets to write (default: 30)",
     "højst så mange godkendte sæt skrives (ellers 30)"},
};

struct call {
    struct flyt_cli *cli;
    struct flyt_scenario scenario;
    struct flyt_targets targets;
    struct flyt_tuning tuning;
    struct flyt_calibrate_options options;
    struct flyt_calibration calibration;
    struct flyt_cli_bar bar;
    const char *folder;
    uint64_t keep;
};

static enum flyt_status take_options(struct flyt_cli *cli, struct call *call)
{
    uint64_t seed = call->scenario.seed, sample = 1;
    struct flyt_calibrate_options *to = &call->options;
    const struct {
        const char *name;
        uint32_t usual, low, high, *to;
    } numbers[] = {
        {"steps", 30, 0, 1000, &to->settle_years},
        {"measure", 10, 1, 1000, &to->measure_years},
        {"rounds", 6, 0, 1000, &to->n_rounds},
        {"replicates", 4, 1, 1000, &to->n_replicates},
        {"waves", 3, 0, FLYT_CALIBRATE_WAVES_MOST, &to->n_waves},
        {"points", 64, 1, 100000, &to->n_points},
        {"wave-steps", 0, 0, 1000, &to->wave_settle},
        {"wave-rounds", 4, 0, 1000, &to->wave_rounds},
        {"wave-measure", 10, 1, 1000, &to->wave_measure},
        {"wave-replicates", 1, 1, 1000, &to->wave_replicates},
    };
    for (size_t i = 0; i < FLYT_COUNT(numbers); i++) {
        uint64_t n = numbers[i].usual;
        FLYT_TRY(flyt_cli_count(cli, numbers[i].name, numbers[i].low, numbers[i].high, &n));
        *numbers[i].to = (uint32_t)n;
    }
    call->keep = 30;
    FLYT_TRY(flyt_cli_count(cli, "keep", 1, 100000, &call->keep));
    FLYT_TRY(flyt_cli_count(cli, "seed", 0, UINT32_MAX, &seed));
    FLYT_TRY(flyt_cli_count(cli, "sample", 1, 1000, &sample));
    call->scenario.seed = (uint32_t)seed;
    to->sample = (uint32_t)sample;
    to->par = flyt_par_default(cli->n_threads);
    return FLYT_OK;
}

static const char *path_in(const struct call *call, const char *name)
{
    return flyt_arena_printf(call->cli->arena, "%s/%s", call->folder, name);
}

static enum flyt_status write_text(const struct call *call, const char *name,
                                   const struct flyt_text *text)
{
    const char *path = path_in(call, name);
    return path == NULL || text->failed
               ? FLYT_ERR_MEMORY
               : flyt_fileio_replace(path, text->bytes, text->n, call->cli->diag);
}

static enum flyt_status save_state(void *job, const struct flyt_calibration *calibration)
{
    const struct call *call = job;
    struct flyt_arena arena; /* of this moment: called often */
    flyt_arena_init(&arena, 0);
    struct flyt_text text = {.arena = &arena};
    flyt_calibrate_state_write(calibration, &text);
    enum flyt_status status = write_text(call, "state.csv", &text);
    flyt_arena_free(&arena);
    return status;
}

static void show(void *job, double share, uint32_t wave)
{
    struct call *call = job;
    char what[64];
    (void)snprintf(what, sizeof what,
                   wave == 0 ? flyt_cli_say(call->cli, "fitting%.0u", "tilpasser%.0u")
                             : flyt_cli_say(call->cli, "wave %u", "bølge %u"),
                   wave);
    flyt_cli_bar_show(&call->bar, share, what);
}

/** The folder, and the state in it when it is gone on with. */
static enum flyt_status take_folder(struct flyt_cli *cli, struct call *call)
{
    enum { MOST_BYTES = 1 << 30 };
    call->folder = flyt_cli_text(cli, "output");
    if (call->folder == NULL) {
        call->folder = flyt_arena_printf(cli->arena, "runs/%s-calibration", call->scenario.name);
    }
    const char *state = call->folder == NULL ? NULL : path_in(call, "state.csv");
    if (state == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_fileio_prepare(state, cli->diag));
    if (!flyt_fileio_exists(state)) {
        return FLYT_OK;
    }
    if (!flyt_cli_given(cli, "resume")) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "%s is there already: --resume goes on with it, --output takes "
                               "another folder",
                               "%s findes allerede: --resume fortsætter den, --output vælger en "
                               "anden mappe",
                               flyt_text_path(cli->arena, state));
    }
    struct flyt_bytes bytes;
    FLYT_TRY(
        flyt_fileio_read(state, MOST_BYTES, (struct flyt_place){0}, cli->arena, &bytes, cli->diag));
    return flyt_calibrate_state_read(&call->calibration, &bytes, cli->arena, cli->diag);
}

/** The targets as the first fit left them, as `flyt validate` shows them. */
static enum flyt_status add_targets(const struct call *call, struct flyt_text *text)
{
    uint32_t n = call->targets.n;
    struct flyt_validate_row *row = FLYT_ARENA_ARRAY(call->cli->arena, struct flyt_validate_row, n);
    if (row == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        const struct flyt_target *target = &call->targets.target[i];
        double measured = call->calibration.measured[i];
        row[i] = flyt_validate_unmeasured(target, NULL);
        row[i].simulated = measured;
        row[i].spread = call->calibration.spread[i];
        row[i].gap = measured - target->value;
        row[i].verdict = flyt_validate_verdict(target, measured);
    }
    flyt_validate_write(row, n, FLYT_VALIDATE_table, call->cli->lang, text);
    return FLYT_OK;
}

/** The fitted parameters, and which stand at a bound. */
static void add_fitted(const struct call *call, struct flyt_text *text)
{
    const struct flyt_cli *cli = call->cli;
    flyt_text_add(text, "\n");
    for (uint32_t i = 0; i < call->tuning.n_fit; i++) {
        const struct flyt_tuned *tuned = &call->tuning.tuned[i];
        double value = call->calibration.value[i], near = (tuned->high - tuned->low) * 1e-6;
        bool bound = value <= tuned->low + near || value >= tuned->high - near;
        flyt_text_add(text, "%s = %.6g  [%g, %g]%s\n", tuned->name, value, tuned->low, tuned->high,
                      !bound
                          ? ""
                          : flyt_cli_say(cli, "  at its bound: look at what else moves the target",
                                         "  på sin grænse: se på, hvad der ellers flytter målet"));
    }
}

static void add_waves(const struct call *call, uint32_t n_admitted, struct flyt_text *text)
{
    const struct flyt_calibration *calibration = &call->calibration;
    uint32_t n_points = call->options.n_points;
    for (uint32_t wave = 1; wave * n_points <= calibration->n_points; wave++) {
        uint32_t n = 0;
        for (uint32_t i = (wave - 1) * n_points; i < wave * n_points; i++) {
            n += calibration->point[i].implausibility < FLYT_HISTORY_LIMIT ? 1 : 0;
        }
        flyt_text_add(text,
                      flyt_cli_say(call->cli,
                                   "wave %u: %.1f %% of the space not ruled out before, %u of %u "
                                   "points admitted\n",
                                   "bølge %u: %.1f %% af rummet ikke udelukket forinden, %u af %u "
                                   "punkter godkendt\n"),
                      wave, 100.0 * calibration->share[wave - 1], n, n_points);
    }
    if (calibration->n_points > 0) {
        flyt_text_add(text, flyt_cli_say(call->cli, "admitted sets: %u\n", "godkendte sæt: %u\n"),
                      n_admitted);
        flyt_text_add(text, "%s",
                      n_admitted > 0
                          ? ""
                          : flyt_cli_say(call->cli,
                                         "no set fits: every point that was run misses "
                                         "a target by more than it may. Look at "
                                         "the targets above that the fit misses, what "
                                         "else moves them and their tolerance in "
                                         "targets.csv, or run more --points\n",
                                         "intet sæt passer: hvert punkt, der er kørt, "
                                         "rammer mindst ét mål for dårligt. Se på målene "
                                         "ovenfor, som tilpasningen ikke rammer, hvad "
                                         "der ellers flytter dem, og deres tolerance "
                                         "i targets.csv, eller kør flere --points\n"));
    }
}

/** Files of the end, and the report on the terminal. */
static enum flyt_status finish(struct call *call)
{
    struct flyt_arena *arena = call->cli->arena;
    struct flyt_text admitted = {.arena = arena}, report = {.arena = arena};
    uint32_t *order = FLYT_ARENA_ARRAY(arena, uint32_t, (size_t)call->calibration.n_points + 1);
    if (order == NULL) {
        return FLYT_ERR_MEMORY;
    }
    uint32_t n = flyt_calibrate_admitted(&call->calibration, order);
    flyt_identities_write(&call->targets, call->cli->lang, &report);
    FLYT_TRY(add_targets(call, &report));
    add_fitted(call, &report);
    add_waves(call, n, &report);
    flyt_calibrate_admitted_write(&call->calibration, order,
                                  n < call->keep ? n : (uint32_t)call->keep, &admitted);
    FLYT_TRY(write_text(call, "admitted.csv", &admitted));
    FLYT_TRY(write_text(call, "report.txt", &report));
    (void)fwrite(report.bytes, 1, report.n, stdout); /* flyt_cli_main() notices a failed write */
    printf(flyt_cli_say(call->cli, "written: %s\n", "skrevet: %s\n"),
           path_in(call, "admitted.csv"));
    return FLYT_OK;
}

static enum flyt_status save_path(struct call *call)
{
    struct flyt_text path = {.arena = call->cli->arena};
    flyt_calibrate_path_write(&call->calibration, &path);
    return write_text(call, "path.csv", &path);
}

/** What a stopped calibration leaves. */
static enum flyt_status tell_stop(const struct call *call)
{
    struct flyt_cli *cli = call->cli;
    char quoted[FLYT_QUOTE_SIZE];
    if (call->bar.terminal && call->bar.last_shown > 0.0) {
        fputs("\n", stderr); /* below the bar */
    }
    if (!call->calibration.fitted) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_INTERRUPTED, (struct flyt_place){0},
                               "stopped before the first fit was done; nothing was kept",
                               "stoppet, før den første tilpasning var færdig; intet er gemt");
    }
    return flyt_diag_fault(cli->diag, FLYT_ERR_STOPPED, (struct flyt_place){0},
                           "stopped; the points that were done are kept in %s; --resume goes on",
                           "stoppet; de færdige punkter er gemt i %s; --resume fortsætter",
                           flyt_text_quote(quoted, call->folder, strlen(call->folder)));
}

static enum flyt_status calibrate_command(struct flyt_cli *cli)
{
    struct call call = {.cli = cli};
    FLYT_TRY(flyt_cli_sampled(cli, &call.scenario));
    FLYT_TRY(take_options(cli, &call));
    FLYT_TRY(flyt_cli_targets(cli, &call.scenario, &call.targets));
    FLYT_TRY(flyt_tuning_take(flyt_scenario_table(&call.scenario, "calibration"),
                              call.scenario.model, &call.targets, cli->arena, &call.tuning,
                              cli->diag));
    if (call.tuning.n_fit + call.tuning.n_free == 0) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_SCENARIO, (struct flyt_place){0},
                               "the scenario has no table 'calibration' with parameters to fit",
                               "scenariet har ingen tabel 'calibration' med parametre at tilpasse");
    }
    call.options.save = save_state;
    call.options.save_job = &call;
    call.options.progress = show;
    call.options.progress_job = &call;
    FLYT_TRY(flyt_calibrate_init(&call.calibration, &call.scenario, &call.targets, &call.tuning,
                                 &call.options, cli->arena));
    FLYT_TRY(take_folder(cli, &call));
    call.bar = flyt_cli_bar_open(cli, flyt_calibrate_done(&call.calibration));
    bool fitted = call.calibration.fitted;
    flyt_signals_catch();
    call.options.stop = flyt_signals_came;
    enum flyt_status status = flyt_calibrate_run(&call.calibration, cli->arena, cli->diag);
    FLYT_TRY(status == FLYT_ERR_STOPPED ? tell_stop(&call) : status);
    FLYT_TRY(fitted ? FLYT_OK : save_path(&call));
    return finish(&call);
}

const struct flyt_cli_command flyt_cli_calibrate = {
    .name = "calibrate",
    .args = "SCENARIO",
    .min_args = 1,
    .max_args = 1,
    .en = "fit a scenario to its targets and write the sets of parameters they allow",
    .da = "tilpas et scenarie til dets mål, og skriv de parametersæt, de tillader",
    .more_en =
        "The scenario's table 'calibration' says which parameter is fitted to which target and "
        "which are left open. First the fitted ones are set step by step while worlds run; then "
        "waves of points over the open ones show which values no target rules out. 'test' targets "
        "take no part. The folder gets admitted.csv (a row a set), path.csv, report.txt and "
        "state.csv, from which --resume goes on after a stop.\n\n"
        "Examples:\n"
        "  flyt calibrate scenarios/fyn --sample 8\n"
        "  flyt run scenarios/fyn --set-file runs/fyn-calibration/admitted.csv --row 3",
    .more_da =
        "Scenariets tabel 'calibration' siger, hvilken parameter der tilpasses hvilket mål, og "
        "hvilke der er åbne. Først sættes de tilpassede skridt for skridt, mens verdener kører; så "
        "viser bølger af punkter over de åbne, hvilke værdier intet mål udelukker. Mål af brug "
        "'test' deltager ikke. Mappen får admitted.csv (en række pr. sæt), path.csv, report.txt og "
        "state.csv, hvorfra --resume fortsætter efter et stop.\n\n"
        "Eksempler:\n"
        "  flyt calibrate scenarios/fyn --sample 8\n"
        "  flyt run scenarios/fyn --set-file runs/fyn-calibration/admitted.csv --row 3",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = calibrate_command,
};
