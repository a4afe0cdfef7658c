/**
 * @file cli_run.c
 * @brief `flyt run`: simulates a scenario and writes one result file.
 */
#define _GNU_SOURCE
#include <string.h>
#include <unistd.h>

#include "output/h5.h"
#include "sim/cli.h"
#include "sim/cli_progress.h"
#include "sim/clock.h"
#include "sim/run.h"
#include "sim/signals.h"
#include "sim/text.h"
#include "sim/units.h"

static const struct flyt_cli_option options[] = {
    {"output", 'o', "FILE", "result file (default: runs/SCENARIO.h5)",
     "resultatfil (ellers runs/SCENARIE.h5)"},
    {"replicates", 'n', "N", "number of replicates (default: the scenario's)",
     "antal gentagelser (ellers scenariets)"},
    {"replicate", 'r', "K", "only this replicate, counted from 0",
     "kun denne gentagelse, talt fra 0"},
    {"years", 'y', "N", "years to simulate (default: the scenario's)",
     "antal år, der simuleres (ellers scenariets)"},
    {"seed", 's', "S", "random seed, 32 bits (default: the scenario's)",
     "tilfældighedstallenes frø, 32 bit (ellers scenariets)"},
    {"set", 0, "KEY=VALUE", "a parameter instead of the scenario's; may be repeated",
     "en parameter i stedet for scenariets; kan gentages"},
    {"set-file", 0, "FILE", "parameters from a row of a CSV, such as an admitted set",
     "parametre fra en række i en CSV-fil, fx et godkendt sæt"},
    {"row", 0, "N", "which row of --set-file, counted from 1 (default: 1)",
     "hvilken række i --set-file, talt fra 1 (ellers 1)"},
    {"checkpoint-every", 0, "N|TIME",
     "keep the state every N months, or every TIME of work: 90s, 30min, 2h",
     "gem tilstanden hver N. måned, eller for hver TID arbejde: 90s, 30min, 2h"},
    {"resume", 0, NULL, "go on with a run that was stopped", "fortsæt en kørsel, der blev stoppet"},
    {"dry-run", 0, NULL, "check everything and tell memory and size, but do not simulate",
     "kontrollér alt og vis hukommelse og størrelse, men simulér ikke"},
};

/* ---- progress ------------------------------------------------------------------------------ */

struct progress_bar {
    const struct flyt_scenario *scenario;
    enum flyt_lang lang;
    bool terminal;
    double began, last_shown;  /* seconds */
    struct flyt_cli_pace pace; /* in months, those that an earlier call did left out */
    uint32_t last_year;        /* years done, that a line was printed for */
    uint32_t last_pass_year;
};

/** A number with one decimal as the reader writes it. */
static const char *decimal(char *out, size_t size, double value, enum flyt_lang lang)
{
    (void)snprintf(out, size, "%.1f", value);
    return flyt_units_decimal(out, lang);
}

static void show_pass(struct progress_bar *bar, const struct flyt_run_progress *progress)
{
    uint32_t year = progress->n_pass_done / 12, n_years = (progress->n_pass + 11) / 12;
    if (year == bar->last_pass_year) {
        return;
    }
    bar->last_pass_year = year;
    fprintf(stderr,
            bar->lang == FLYT_DA ? "%sstilstand før start: år %u af %u%s"
                                 : "%sstanding still before the start: year %u of %u%s",
            bar->terminal ? "\r" : "", year, n_years,
            bar->terminal && year < n_years ? "\033[K" : "\n");
}

static void show_progress(void *job, const struct flyt_run_progress *progress)
{
    enum { WIDTH = 24 };
    struct progress_bar *bar = job;
    if (progress->n_pass > 0) {
        show_pass(bar, progress);
        return;
    }
    const struct flyt_model *model = bar->scenario->model;
    bool da = bar->lang == FLYT_DA, done = progress->n_months_done == progress->n_months;
    double time = flyt_clock_now();
    double share = (double)progress->n_months_done / (double)progress->n_months;
    double own = (double)(progress->n_months_done - progress->n_resumed);
    double pace = flyt_cli_pace(&bar->pace, own, time);
    double to_do = (double)(progress->n_months - progress->n_months_done);
    uint32_t month = (uint32_t)(progress->n_months_done / progress->n_replicates);
    uint32_t year = month / 12;
    char left[64], speed[64];
    (void)decimal(speed, sizeof speed, pace * (double)progress->n_agents / 1e6, bar->lang);
    flyt_cli_duration(left, sizeof left, flyt_cli_left(to_do, pace));
    if (bar->terminal) {
        if (time - bar->last_shown < 0.1 && !done) {
            return;
        }
        int full = (int)(share * WIDTH);
        fprintf(stderr, "\r[%.*s%*s] %3.0f %%  %d-%02u  %s M %s/s  %s %s \033[K%s", full,
                "########################", WIDTH - full, "", share * 100.0,
                bar->scenario->start_year + (int)(month / 12), month % 12 + 1, speed,
                da ? model->work_da : model->work_en, left, da ? "tilbage" : "left",
                done ? "\n" : "");
        bar->last_shown = time;
    } else if (year > bar->last_year) {
        fprintf(stderr, "%d  %3.0f %%  %s M %s/s  %s %s\n", bar->scenario->start_year + (int)year,
                share * 100.0, speed, da ? model->work_da : model->work_en, left,
                da ? "tilbage" : "left");
        bar->last_year = year;
    }
}

/* ---- the command --------------------------------------------------------------------------- */

/** Takes replicates and seed from the options, else from the scenario. */
static enum flyt_status take_options(struct flyt_cli *cli, struct flyt_scenario *scenario,
                                     struct flyt_run_options *run)
{
    uint64_t n = scenario->n_replicates, k = 0, seed = scenario->seed;
    FLYT_TRY(flyt_cli_count(cli, "replicates", 1, 10000, &n));
    FLYT_TRY(flyt_cli_count(cli, "replicate", 0, 1000000, &k));
    FLYT_TRY(flyt_cli_count(cli, "seed", 0, UINT32_MAX, &seed));
    if (flyt_cli_given(cli, "replicate") && flyt_cli_given(cli, "replicates")) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "--replicate and --replicates exclude each other",
                               "--replicate og --replicates udelukker hinanden");
    }
    scenario->seed = (uint32_t)seed;
    run->first_replicate = flyt_cli_given(cli, "replicate") ? (uint32_t)k : 0;
    run->n_replicates = flyt_cli_given(cli, "replicate") ? 1 : (uint32_t)n;
    run->par = flyt_par_default(cli->n_threads);
    return FLYT_OK;
}

/** "12 MiB", "2.4 MiB", "310 KiB": never 0 of what is something. */
static const char *amount(char *out, size_t size, uint64_t bytes, enum flyt_lang lang)
{
    const double kib = 1024.0, mib = kib * kib;
    double value = (double)bytes;
    if (value >= 9.95 * mib) {
        (void)snprintf(out, size, "%.0f MiB", value / mib);
    } else if (value >= mib) {
        (void)snprintf(out, size, "%.1f MiB", value / mib);
    } else {
        (void)snprintf(out, size, "%.0f KiB", value > 0.0 && value < kib ? 1.0 : value / kib);
    }
    return flyt_units_decimal(out, lang);
}

static void tell_plan(const struct flyt_cli *cli, const struct flyt_scenario *scenario,
                      const struct flyt_run_options *run)
{
    char total[32], world[32], results[32], available[32];
    struct flyt_run_estimate estimate;
    flyt_run_plan(scenario, run, &estimate);
    printf(flyt_cli_say(cli, "%s: %llu %s, %u years from %d, replicates %u, seed %u\n",
                        "%s: %llu %s, %u år fra %d, gentagelser %u, frø %u\n"),
           scenario->title, (unsigned long long)estimate.n_agents,
           flyt_cli_say(cli, scenario->model->agents_en, scenario->model->agents_da),
           scenario->years, scenario->start_year, run->n_replicates, scenario->seed);
    printf(flyt_cli_say(cli,
                        "memory: about %s (a world %s, %u at a time; results %s); %s are free\n",
                        "hukommelse: ca. %s (en verden %s, %u ad gangen; resultater %s); %s er "
                        "ledige\n"),
           amount(total, sizeof total, estimate.total_bytes, cli->lang),
           amount(world, sizeof world, estimate.world_bytes, cli->lang), estimate.n_parallel,
           amount(results, sizeof results, estimate.result_bytes, cli->lang),
           amount(available, sizeof available, estimate.available_bytes, cli->lang));
}

/** The result's path; refuses to replace anything that is no result of ours. */
static enum flyt_status prepare_output(struct flyt_cli *cli, const struct flyt_scenario *scenario,
                                       const char **path)
{
    *path = flyt_cli_text(cli, "output");
    if (*path == NULL) {
        *path = flyt_arena_printf(cli->arena, "runs/%s.h5", scenario->name);
    }
    if (*path == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_fileio_prepare(*path, cli->diag));
    return flyt_h5_may_replace(*path, cli->diag);
}

/** "12": months; "90s", "30min", "2h": time. */
static enum flyt_status take_interval(struct flyt_cli *cli, struct flyt_checkpoint *checkpoint)
{
    static const struct {
        const char *name;
        double seconds;
    } unit[] = {{"s", 1.0}, {"min", 60.0}, {"h", 3600.0}};
    const char *text = flyt_cli_text(cli, "checkpoint-every");
    char quoted[FLYT_QUOTE_SIZE];
    if (text == NULL) {
        return FLYT_OK;
    }
    size_t n = strspn(text, "0123456789");
    uint64_t number = 0;
    for (size_t i = 0; i < n && n <= 6; i++) {
        number = 10 * number + (uint64_t)(text[i] - '0');
    }
    if (number > 0 && text[n] == '\0') {
        checkpoint->every_months = (uint32_t)number;
        return FLYT_OK;
    }
    for (size_t i = 0; i < FLYT_COUNT(unit) && number > 0; i++) {
        if (strcmp(text + n, unit[i].name) == 0) {
            checkpoint->every_seconds = (double)number * unit[i].seconds;
            return FLYT_OK;
        }
    }
    return flyt_diag_fault(
        cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
        "--checkpoint-every: %s is neither a number of months (12) nor a time (90s, 30min, 2h)",
        "--checkpoint-every: %s er hverken et antal måneder (12) eller en tid (90s, 30min, 2h)",
        flyt_text_quote(quoted, text, strlen(text)));
}

/** Where the run is kept; refuses to start anew what can be gone on with. */
static enum flyt_status take_checkpoint(struct flyt_cli *cli, const char *path,
                                        const struct flyt_run_options *run,
                                        struct flyt_checkpoint *checkpoint)
{
    char quoted[FLYT_QUOTE_SIZE];
    *checkpoint = (struct flyt_checkpoint){.folder = flyt_checkpoint_folder(path, cli->arena),
                                           .resume = flyt_cli_given(cli, "resume")};
    FLYT_TRY(take_interval(cli, checkpoint));
    if (checkpoint->folder == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (!checkpoint->resume && flyt_checkpoint_there(checkpoint->folder, FLYT_NONE)) {
        return flyt_diag_fault(
            cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
            "%s keeps a run that was stopped: --resume goes on with it; delete it to start anew",
            "%s gemmer en kørsel, der blev stoppet: --resume fortsætter den; slet den for at "
            "begynde forfra",
            flyt_text_quote(quoted, checkpoint->folder, strlen(checkpoint->folder)));
    }
    uint32_t other =
        flyt_checkpoint_other(checkpoint->folder, run->first_replicate, run->n_replicates);
    if (other != FLYT_NONE) { /* it would be lost when the result is written */
        return flyt_diag_fault(
            cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
            "%s keeps replicate %u, which is not asked for: ask for at least those of the run "
            "that was stopped, or choose another -o",
            "%s gemmer gentagelse %u, som der ikke bedes om: bed mindst om dem fra den stoppede "
            "kørsel, eller vælg en anden -o",
            flyt_text_quote(quoted, checkpoint->folder, strlen(checkpoint->folder)), other);
    }
    return FLYT_OK;
}

/** Writes the result, and takes away what kept it until then. */
static enum flyt_status finish(struct flyt_cli *cli, const struct flyt_scenario *scenario,
                               const struct flyt_result *result, const char *path,
                               const struct flyt_checkpoint *checkpoint)
{
    FLYT_TRY(flyt_h5_write(path, result, scenario, cli->arena, cli->diag));
    flyt_checkpoint_clear(checkpoint->folder);
    return FLYT_OK;
}

/** Policies that are named but begin after the run has ended: it goes on without them. */
static void tell_idle(const struct flyt_cli *cli, const struct flyt_scenario *scenario)
{
    int32_t last = scenario->start_year + (int32_t)scenario->years - 1;
    for (uint32_t i = 0; i < scenario->n_policies; i++) {
        const struct flyt_scenario_policy *policy = &scenario->policy[i];
        if (policy->on && policy->from > last) {
            fprintf(
                stderr,
                flyt_cli_say(cli,
                             "note: policies.%s begins in %d, after the last year (%d): it does "
                             "nothing\n",
                             "bemærk: policies.%s begynder i %d, efter det sidste år (%d): den "
                             "gør intet\n"),
                policy->spec->name, policy->from, last);
        }
    }
}

static enum flyt_status run_command(struct flyt_cli *cli)
{
    struct flyt_scenario scenario;
    struct flyt_run_options run = {0};
    struct flyt_result result;
    struct flyt_checkpoint checkpoint;
    const char *path = NULL;
    FLYT_TRY(flyt_cli_scenario(cli, &scenario));
    FLYT_TRY(take_options(cli, &scenario, &run));
    tell_idle(cli, &scenario);
    struct flyt_run_estimate estimate;
    flyt_run_plan(&scenario, &run, &estimate);
    if (flyt_cli_given(cli, "dry-run")) {
        tell_plan(cli, &scenario, &run);
        return FLYT_OK;
    }
    FLYT_TRY(prepare_output(cli, &scenario, &path));
    FLYT_TRY(take_checkpoint(cli, path, &run, &checkpoint));
    flyt_signals_catch();
    struct progress_bar bar = {.scenario = &scenario,
                               .lang = cli->lang,
                               .terminal = isatty(STDERR_FILENO) == 1,
                               .began = flyt_clock_now()};
    char note[512] = "";
    uint64_t n_damaged = 0;
    run.note = note;
    run.note_size = sizeof note;
    if (!cli->quiet) {
        tell_plan(cli, &scenario, &run);
        (void)fflush(stdout);
        run.progress = show_progress;
        run.progress_job = &bar;
    }
    run.stop = flyt_signals_came;
    run.checkpoint = &checkpoint;
    run.n_damaged = &n_damaged;
    enum flyt_status status = flyt_run(&scenario, &run, cli->arena, &result, cli->diag);
    if (status != FLYT_OK && bar.terminal && bar.last_shown > 0.0) {
        fputs("\n", stderr); /* below the bar */
    }
    if (n_damaged > 0) {
        fprintf(stderr,
                flyt_cli_say(cli, "damaged checkpoints passed over: %llu\n",
                             "beskadigede tilstande sprunget over: %llu\n"),
                (unsigned long long)n_damaged);
    }
    FLYT_TRY(status);
    FLYT_TRY(finish(cli, &scenario, &result, path, run.checkpoint));
    if (!cli->quiet) {
        char spent[64], digest[FLYT_DIGEST_SIZE];
        flyt_result_content(&result, digest);
        if (note[0] != '\0') {
            printf("%s\n", note);
        }
        printf(flyt_cli_say(cli, "content digest %s\nwritten: %s (%s)\n",
                            "indholdets digest %s\nskrevet: %s (%s)\n"),
               digest, path, flyt_cli_duration(spent, sizeof spent, flyt_clock_now() - bar.began));
    }
    return FLYT_OK;
}

const struct flyt_cli_command flyt_cli_run = {
    .name = "run",
    .args = "SCENARIO",
    .min_args = 1,
    .max_args = 1,
    .en = "simulate a scenario and write the result to an HDF5 file",
    .da = "simulér et scenarie og skriv resultatet til en HDF5-fil",
    .more_en =
        "SCENARIO is a YAML file or a folder that holds scenario.yaml. The same scenario, "
        "seed and version give the same bytes on any number of threads. Only a Flyt result "
        "is ever replaced.\n\n"
        "Ctrl-C, SIGTERM, SIGUSR1 and SIGXCPU stop the run after the month it is in, exit code "
        "75: its state and series so far are kept in FILE.checkpoint, and the same call with "
        "--resume goes on to the same result, on any number of threads; with nothing to go on "
        "with it starts. A second signal ends it at once. With --checkpoint-every a run that "
        "is killed loses no more than that.\n\nExamples:\n"
        "  flyt run scenarios/fyn\n"
        "  flyt run scenarios/fyn -o odense.h5 --replicates 20 --years 10 --set search.owner=0.3\n"
        "  flyt run scenarios/fyn --checkpoint-every 30min --resume",
    .more_da =
        "SCENARIO er en YAML-fil eller en mappe med scenario.yaml. Samme scenarie, frø og "
        "version giver de samme bytes på ethvert antal tråde. Kun et Flyt-resultat bliver "
        "nogensinde overskrevet.\n\n"
        "Ctrl-C, SIGTERM, SIGUSR1 og SIGXCPU stopper kørslen efter den måned, den er i, med "
        "slutkode 75: dens tilstand og serier hidtil gemmes i FIL.checkpoint, og samme kald med "
        "--resume fortsætter til samme resultat på ethvert antal tråde; er der intet at fortsætte, "
        "begynder den. Et signal til afslutter den straks. Med --checkpoint-every mister en "
        "kørsel, "
        "der afbrydes brat, højst så meget.\n\nEksempler:\n"
        "  flyt run scenarios/fyn\n"
        "  flyt run scenarios/fyn -o odense.h5 --replicates 20 --years 10 --set search.owner=0.3\n"
        "  flyt run scenarios/fyn --checkpoint-every 30min --resume",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = run_command,
};
