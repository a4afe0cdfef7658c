/**
 * @file cli_rerun.c
 * @brief `flyt rerun`: makes a result file again from what lies in it, and compares.
 */
#include <string.h>

#include "output/h5.h"
#include "sim/cli_progress.h"
#include "sim/cli_result.h"
#include "sim/run.h"
#include "sim/text.h"

static const struct flyt_cli_option options[] = {
    {"output", 'o', "FILE", "where to write the file made again (default: nowhere)",
     "hvor den gendannede fil skrives (ellers ingen steder)"},
};

struct call {
    struct flyt_cli_bar bar;
    const char *what;
};

static void show(void *job, const struct flyt_run_progress *progress)
{
    struct call *call = job;
    flyt_cli_bar_show(&call->bar, (double)progress->n_months_done / (double)progress->n_months,
                      call->what);
}

/** The scenario from the inputs in the file: no path is opened. */
static enum flyt_status load_scenario(struct flyt_cli *cli, const struct flyt_h5_origin *origin,
                                      const struct flyt_result *old, struct flyt_scenario *out)
{
    const struct flyt_scenario_options options_ = {.set = origin->set,
                                                   .n_sets = origin->n_sets,
                                                   .input = origin->input,
                                                   .n_inputs = origin->n_inputs,
                                                   .name = origin->scenario};
    FLYT_TRY(flyt_scenario_load(NULL, &options_, cli->arena, out, cli->diag));
    out->seed = old->seed;
    return FLYT_OK;
}

/** A run makes replicates that follow each other; so does every file of `flyt run`. */
static enum flyt_status check_replicates(struct flyt_cli *cli, const struct flyt_result *old)
{
    for (uint32_t i = 0; i < old->n_replicates; i++) {
        if (old->replicate[i] != old->replicate[0] + i) {
            return flyt_diag_fault(cli->diag, FLYT_ERR_SCENARIO, (struct flyt_place){0},
                                   "the file's replicates do not follow each other: it is put "
                                   "together from several runs and cannot be made again at once",
                                   "filens gentagelser følger ikke efter hinanden: den er sat "
                                   "sammen af flere kørsler og kan ikke dannes igen på én gang");
        }
    }
    return FLYT_OK;
}

static enum flyt_status run_again(struct flyt_cli *cli, const struct flyt_result *old,
                                  const struct flyt_scenario *scenario, struct flyt_result *now)
{
    struct call call = {.bar = flyt_cli_bar_open(cli, 0.0),
                        .what = flyt_cli_say(cli, "simulating", "simulerer")};
    struct flyt_run_options run = {.first_replicate = old->replicate[0],
                                   .n_replicates = old->n_replicates,
                                   .par = flyt_par_default(cli->n_threads),
                                   .progress = show,
                                   .progress_job = &call};
    return flyt_run(scenario, &run, cli->arena, now, cli->diag);
}

static enum flyt_status differs(struct flyt_cli *cli, const struct flyt_result *old,
                                const char *was, const char *is)
{
    bool other = strcmp(old->version, FLYT_VERSION) != 0;
    char quoted[FLYT_QUOTE_SIZE];
    return flyt_diag_fault(
        cli->diag, FLYT_ERR_MISS, (struct flyt_place){0},
        other ? "the file made again has content %s, not %s: it was written by Flyt %s, this is %s"
              : "the file made again has content %s, not %s, although both are of Flyt %s (this is "
                "%s): a build of another day",
        other ? "den gendannede fil har indholdet %s, ikke %s: den er skrevet af Flyt %s, dette er "
                "%s"
              : "den gendannede fil har indholdet %s, ikke %s, skønt begge er af Flyt %s (dette er "
                "%s): en anden dags udgave",
        is, was, flyt_text_quote(quoted, old->version, strlen(old->version)), FLYT_VERSION);
}

static enum flyt_status rerun_command(struct flyt_cli *cli)
{
    struct flyt_result old, now;
    struct flyt_h5_origin origin;
    struct flyt_scenario scenario;
    char was[FLYT_DIGEST_SIZE], is[FLYT_DIGEST_SIZE];
    const char *path = flyt_cli_text(cli, "output");
    FLYT_TRY(flyt_h5_read_origin(cli->args[0], flyt_cli_result_room(), cli->arena, &old, &origin,
                                 cli->diag));
    FLYT_TRY(check_replicates(cli, &old));
    FLYT_TRY(load_scenario(cli, &origin, &old, &scenario));
    if (path != NULL) {
        FLYT_TRY(flyt_fileio_prepare(path, cli->diag));
        FLYT_TRY(flyt_h5_may_replace(path, cli->diag));
    }
    FLYT_TRY(run_again(cli, &old, &scenario, &now));
    flyt_result_content(&old, was);
    flyt_result_content(&now, is);
    if (path != NULL) {
        FLYT_TRY(flyt_h5_write(path, &now, &scenario, cli->arena, cli->diag));
    }
    if (strcmp(was, is) != 0) {
        return differs(cli, &old, was, is);
    }
    if (!cli->quiet) {
        printf(flyt_cli_say(cli, "the same content: %s\n", "samme indhold: %s\n"), is);
        if (path != NULL) {
            const char *shown = flyt_text_path(cli->arena, path);
            printf(flyt_cli_say(cli, "written: %s\n", "skrevet: %s\n"), shown == NULL ? "" : shown);
        }
    }
    return FLYT_OK;
}

const struct flyt_cli_command flyt_cli_rerun = {
    .name = "rerun",
    .args = "FILE",
    .min_args = 1,
    .max_args = 1,
    .en = "make a result file again from the inputs that lie in it, and compare",
    .da = "dan en resultatfil igen ud fra de inddata, der ligger i den, og sammenlign",
    .more_en =
        "A result file holds the scenario, its tables, the settings of the command line and the "
        "seed: nothing else is read, and no path in the file is followed. The same version gives "
        "the same bytes; exit code 1 when the content is another.\n\nExample:\n"
        "  flyt rerun runs/fyn.h5 -o again.h5",
    .more_da =
        "En resultatfil rummer scenariet, dets tabeller, kommandolinjens værdier og frøet: intet "
        "andet læses, og ingen sti i filen følges. Samme version giver samme bytes; slutkode 1, "
        "når indholdet er et andet.\n\nEksempel:\n  flyt rerun runs/fyn.h5 -o igen.h5 --lang da",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = rerun_command,
};
