/**
 * @file cli_sweep.c
 * @brief `flyt sweep`: many variants of a scenario, stored run by run.
 */
#define _GNU_SOURCE
#include <math.h>
#include <string.h>

#include "sim/cli_folder.h"
#include "sim/cli_progress.h"
#include "sim/mpi.h"
#include "sim/signals.h"
#include "sim/sweep_run.h"
#include "sim/text.h"
#include "sim/units.h"

static const struct flyt_cli_option options[] = {
    {"output", 'o', "FOLDER", "folder of the runs (default: runs/SWEEP)",
     "mappe til kørslerne (ellers runs/GENNEMLØB)"},
    {"resume", 0, NULL, "go on with what is in the folder", "fortsæt med det, der er i mappen"},
    {"shard", 0, "I/N", "only part I of N, counted from 0: for job arrays",
     "kun del I af N, talt fra 0: til jobserier"},
    {"dry-run", 0, NULL, "check everything and tell points, time, memory and size",
     "kontrollér alt og vis punkter, tid, hukommelse og størrelse"},
};

struct call {
    struct flyt_cli *cli;
    struct flyt_sweep sweep;
    struct flyt_sweep_run_options run;
    struct flyt_cli_bar bar;
};

/* ---- what is asked ------------------------------------------------------------------------- */

/** --shard 2/8 */
static enum flyt_status take_shard(struct flyt_cli *cli, struct flyt_sweep_shard *shard)
{
    enum { MOST = 100000 };
    const char *text = flyt_cli_text(cli, "shard");
    double index = 0.0, n = 1.0;
    *shard = (struct flyt_sweep_shard){0, 1};
    if (text == NULL) {
        return FLYT_OK;
    }
    const char *slash = strchr(text, '/');
    size_t n_index = slash == NULL ? 0 : (size_t)(slash - text);
    bool fine = slash != NULL && flyt_text_number(text, n_index, &index) == FLYT_NUMBER_ok &&
                flyt_text_number(slash + 1, strlen(slash + 1), &n) == FLYT_NUMBER_ok && n >= 1.0 &&
                n <= MOST && index >= 0.0 && index < n && floor(n) >= n && floor(index) >= index;
    if (!fine) {
        char quoted[FLYT_QUOTE_SIZE];
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "--shard: %s is no part: I/N with I from 0 to N - 1, such as 0/4",
                               "--shard: %s er ikke en del: I/N med I fra 0 til N - 1, fx 0/4",
                               flyt_text_quote(quoted, text, strlen(text)));
    }
    *shard = (struct flyt_sweep_shard){(uint32_t)index, (uint32_t)n};
    return FLYT_OK;
}

static enum flyt_status take_options(struct flyt_cli *cli, struct call *call)
{
    call->cli = cli;
    call->run.par = flyt_par_default(cli->n_threads);
    FLYT_TRY(take_shard(cli, &call->run.shard));
    call->run.folder = flyt_cli_text(cli, "output");
    if (call->run.folder != NULL) {
        FLYT_TRY(flyt_cli_folder_check(cli, call->run.folder));
    }
    const struct flyt_sweep_options from = {.share = flyt_cli_share(cli->arena),
                                            .allow_outside = cli->allow_outside};
    FLYT_TRY(flyt_sweep_load(cli->args[0], &from, cli->arena, &call->sweep, cli->diag));
    if (call->run.folder == NULL) {
        call->run.folder = flyt_arena_printf(cli->arena, "runs/%s", call->sweep.name);
    }
    return call->run.folder == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

/* ---- telling ------------------------------------------------------------------------------- */

static void tell_plan(const struct call *call)
{
    const struct flyt_cli *cli = call->cli;
    const struct flyt_sweep *sweep = &call->sweep;
    printf(flyt_cli_say(cli, "%s: %u points × %u replicates = %u runs of %u years (%s)\n",
                        "%s: %u punkter × %u gentagelser = %u kørsler à %u år (%s)\n"),
           sweep->title, sweep->n_points, sweep->n_replicates,
           sweep->n_points * sweep->n_replicates, sweep->base[0].years,
           flyt_sweep_plan_text(sweep->plan, cli->lang));
}

/** Points, time, memory, size. */
static enum flyt_status dry_run(const struct call *call)
{
    const struct flyt_cli *cli = call->cli;
    const struct flyt_sweep *sweep = &call->sweep;
    struct flyt_sweep_estimate estimate;
    char time[64], core[64], memory[32], world[32], run[32], all[32], merged[32];
    FLYT_TRY(flyt_sweep_check(sweep, &call->run.par, cli->diag));
    tell_plan(call);
    FLYT_TRY(flyt_sweep_plan_run(sweep, &call->run, true, cli->arena, &estimate, cli->diag));
    uint64_t files = estimate.run_bytes * sweep->n_points * sweep->n_replicates;
    flyt_cli_size(memory, sizeof memory, estimate.total_bytes, cli->lang);
    flyt_cli_size(world, sizeof world, estimate.world_bytes, cli->lang);
    flyt_cli_size(run, sizeof run, estimate.run_bytes, cli->lang);
    flyt_cli_size(all, sizeof all, files, cli->lang);
    flyt_cli_size(merged, sizeof merged, estimate.merged_bytes, cli->lang);
    if (call->run.shard.n > 1) {
        printf(flyt_cli_say(cli, "part %u of %u: %u runs\n", "del %u af %u: %u kørsler\n"),
               call->run.shard.index, call->run.shard.n, estimate.n_runs);
    }
    printf(
        flyt_cli_say(cli,
                     "time: about %s on %u threads (%u worlds at a time, %u threads each; %u "
                     "passes before the start)\n"
                     "      from the processor time of a start and %u months: %s on one "
                     "processor; for free processors\n",
                     "tid: ca. %s på %u tråde (%u verdener ad gangen, %u tråde hver; %u forløb "
                     "før start)\n"
                     "     ud fra processortiden for en start og %u måneder: %s på én processor; "
                     "for ledige processorer\n"),
        flyt_cli_duration(time, sizeof time, estimate.seconds), call->run.par.n_threads,
        estimate.n_parallel, estimate.n_threads, estimate.n_passes, estimate.n_probed,
        flyt_cli_duration(core, sizeof core, estimate.core_seconds));
    printf(flyt_cli_say(cli, "memory: about %s (a world of %llu %s %s)\n",
                        "hukommelse: ca. %s (en verden på %llu %s %s)\n"),
           memory, (unsigned long long)estimate.n_agents,
           flyt_cli_say(cli, sweep->base[0].model->agents_en, sweep->base[0].model->agents_da),
           world);
    printf(flyt_cli_say(cli,
                        "size: %s of run files in all (%s each, %u series by %s); merged about "
                        "%s\n",
                        "størrelse: %s kørselsfiler i alt (%s hver, %u serier, %s); samlet ca. "
                        "%s\n"),
           all, run, sweep->layout.n_series, flyt_sweep_time_name(sweep->time), merged);
    return FLYT_OK;
}

static void show(void *call_, const struct flyt_sweep_progress *progress)
{
    struct call *call = call_;
    char what[96];
    (void)snprintf(what, sizeof what, flyt_cli_say(call->cli, "run %u of %u", "kørsel %u af %u"),
                   progress->n_done, progress->n_runs);
    flyt_cli_bar_show(
        &call->bar,
        progress->n_months > 0 ? (double)progress->n_months_done / (double)progress->n_months : 1.0,
        what);
}

static enum flyt_status tell_stop(const struct call *call,
                                  const struct flyt_sweep_progress *progress)
{
    char quoted[FLYT_QUOTE_SIZE];
    return flyt_diag_fault(call->cli->diag, FLYT_ERR_STOPPED, (struct flyt_place){0},
                           "stopped after %u of %u runs, which are kept in %s; --resume goes on",
                           "stoppet efter %u af %u kørsler, som er gemt i %s; --resume fortsætter",
                           progress->n_done, progress->n_runs,
                           flyt_text_quote(quoted, call->run.folder, strlen(call->run.folder)));
}

/* ---- the command --------------------------------------------------------------------------- */

/** Does the runs: of one process, or of one rank. */
static enum flyt_status do_runs(struct call *call)
{
    struct flyt_cli *cli = call->cli;
    struct flyt_sweep_progress progress = {0};
    call->bar = flyt_cli_bar_open(cli, 0.0);
    call->run.progress = cli->quiet ? NULL : show;
    call->run.progress_job = call;
    call->run.stop = flyt_signals_came;
    enum flyt_status status =
        flyt_sweep_run(&call->sweep, &call->run, cli->arena, &progress, cli->diag);
    if (status != FLYT_OK && call->bar.terminal && call->bar.last_shown > 0.0) {
        fputs("\n", stderr); /* below the bar */
    }
    if (flyt_mpi_size() > 1) {
        return status;
    }
    if (status == FLYT_ERR_STOPPED) {
        return tell_stop(call, &progress);
    }
    if (status == FLYT_OK && !cli->quiet) {
        char spent[64];
        const char *folder = flyt_cli_folder_word(cli->arena, call->run.folder);
        printf(flyt_cli_say(cli,
                            "%u runs in %s (%u of them done before), %s; flyt merge %s makes one "
                            "file\n",
                            "%u kørsler i %s (heraf %u fra før), %s; flyt merge %s samler dem i én "
                            "fil\n"),
               progress.n_done, folder == NULL ? "" : folder, progress.n_before,
               flyt_cli_duration(spent, sizeof spent, flyt_cli_bar_seconds(&call->bar)),
               folder == NULL ? "" : folder);
    }
    return status;
}

/** Reads the sweep, opens its folder (rank 0 does that) and does the runs. */
static enum flyt_status sweep(struct flyt_cli *cli, struct call *call)
{
    bool first = flyt_mpi_rank() == 0, dry = flyt_cli_given(cli, "dry-run");
    cli->quiet = cli->quiet || !first;
    enum flyt_status status = take_options(cli, call);
    if (status == FLYT_OK && dry) {
        return first ? dry_run(call) : FLYT_OK;
    }
    if (status == FLYT_OK && first && !flyt_sweep_store_begun(call->run.folder)) {
        status = flyt_sweep_check(&call->sweep, &call->run.par, cli->diag);
    }
    if (status == FLYT_OK && first) {
        status = flyt_sweep_store_open(call->run.folder, &call->sweep, call->run.shard,
                                       flyt_cli_given(cli, "resume"), cli->diag);
    }
    FLYT_TRY(flyt_mpi_agree(status));
    if (!cli->quiet) {
        tell_plan(call);
        (void)fflush(stdout);
    }
    return do_runs(call);
}

static enum flyt_status sweep_command(struct flyt_cli *cli)
{
    struct call call = {0};
    if (!flyt_cli_given(cli, "dry-run")) {
        flyt_signals_catch(); /* one that comes while the sweep is read ends it in order, too */
    }
    FLYT_TRY(flyt_mpi_begin(cli->diag));
    enum flyt_status status = sweep(cli, &call);
    if (flyt_mpi_size() > 1) {
        enum flyt_status own = status;
        status = flyt_mpi_agree(status);
        if (status == FLYT_OK && !cli->quiet) {
            printf(flyt_cli_say(cli, "done by %u ranks\n", "udført af %u processer\n"),
                   flyt_mpi_size());
        } else if (status == FLYT_ERR_STOPPED && flyt_mpi_rank() == 0) {
            (void)flyt_diag_fault(cli->diag, status, (struct flyt_place){0},
                                  "stopped; what was finished is kept, --resume goes on",
                                  "stoppet; det færdige er gemt, --resume fortsætter");
        }
        cli->told = own == FLYT_OK || own == FLYT_ERR_STOPPED;
        flyt_mpi_end();
    }
    return status;
}

const struct flyt_cli_command flyt_cli_sweep = {
    .name = "sweep",
    .args = "FILE",
    .min_args = 1,
    .max_args = 1,
    .en = "simulate many variants of a scenario; stop and go on at any time",
    .da = "simulér mange varianter af et scenarie; kan standses og fortsættes",
    .more_en =
        "FILE (YAML) names a scenario, what varies and how: plan grid, list, factorial, "
        "latin_hypercube, sobol or morris. All points have the same seeds, so that they differ "
        "only where their settings reach. Each run is stored when it is done; SIGTERM, Ctrl-C, "
        "SIGUSR1 or SIGXCPU end the sweep with exit code 75, a second one at once, and --resume "
        "goes on. docs/hpc.md tells more.\n\nExamples:\n"
        "  flyt sweep scenarios/sweeps/tiny.yaml --dry-run\n"
        "  flyt sweep scenarios/sweeps/tiny.yaml -o runs/tiny && flyt merge runs/tiny\n"
        "  flyt sweep big.yaml -o big --shard 3/64 --resume",
    .more_da =
        "FIL (YAML) nævner et scenarie, hvad der varierer og hvordan: plan grid, list, factorial, "
        "latin_hypercube, sobol eller morris. Alle punkter har de samme frø, så de kun adskiller "
        "sig, hvor deres indstillinger virker. Hver kørsel gemmes, når den er færdig; SIGTERM, "
        "Ctrl-C, SIGUSR1 eller SIGXCPU afslutter med slutkode 75, endnu et straks, og --resume "
        "fortsætter. docs/hpc.md fortæller mere.\n\nEksempler:\n"
        "  flyt sweep scenarios/sweeps/tiny.yaml --dry-run --lang da\n"
        "  flyt sweep scenarios/sweeps/tiny.yaml -o runs/tiny && flyt merge runs/tiny\n"
        "  flyt sweep stor.yaml -o stor --shard 3/64 --resume",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = sweep_command,
};
