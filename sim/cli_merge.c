/**
 * @file cli_merge.c
 * @brief `flyt merge`: the runs of a sweep as one file.
 */
#include <string.h>

#include "output/h5.h"
#include "output/merge.h"
#include "sim/cli_folder.h"
#include "sim/cli_progress.h"
#include "sim/signals.h"
#include "sim/sweep_store.h"
#include "sim/text.h"

static const struct flyt_cli_option options[] = {
    {"output", 'o', "FILE", "the merged file (default: FOLDER.h5)",
     "den samlede fil (ellers MAPPE.h5)"},
};

struct call {
    struct flyt_cli *cli;
    const char *folder, *path;
    struct flyt_sweep sweep;
    struct flyt_cli_bar bar;
};

static enum flyt_status read_run(void *call_, uint32_t point, uint32_t replicate,
                                 struct flyt_arena *scratch, char content[FLYT_DIGEST_SIZE],
                                 uint64_t *word, struct flyt_diag *diag)
{
    const struct call *call = call_;
    return flyt_sweep_store_read(call->folder, &call->sweep, point, replicate, scratch, content,
                                 word, diag);
}

static void show(void *call_, uint32_t n_done, uint32_t n_points)
{
    struct call *call = call_;
    flyt_cli_bar_show(&call->bar, (double)n_done / (double)n_points,
                      flyt_cli_say(call->cli, "points", "punkter"));
}

/** The merged file's path; only a file of flyt's is ever replaced. */
static enum flyt_status take_path(struct call *call)
{
    struct flyt_cli *cli = call->cli;
    size_t n = strlen(call->folder);
    while (n > 1 && call->folder[n - 1] == '/') {
        n--;
    }
    call->path = flyt_cli_text(cli, "output");
    if (call->path == NULL && strspn(call->folder, "./") == strlen(call->folder)) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "%s has no name that the file could have: --output FILE names it",
                               "%s har intet navn, som filen kunne få: --output FIL navngiver den",
                               call->folder);
    }
    if (call->path != NULL) {
        FLYT_TRY(flyt_cli_folder_check(cli, call->path));
    } else {
        call->path = flyt_arena_printf(cli->arena, "%.*s.h5", (int)n, call->folder);
    }
    if (call->path == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_fileio_prepare(call->path, cli->diag));
    return flyt_h5_may_replace(call->path, cli->diag);
}

static enum flyt_status merge_command(struct flyt_cli *cli)
{
    struct call call = {.cli = cli, .folder = cli->args[0]};
    struct flyt_sweep_source plan;
    const struct flyt_sweep_options from = {.source = &plan};
    FLYT_TRY(flyt_sweep_store_plan(call.folder, cli->arena, &plan, cli->diag));
    FLYT_TRY(flyt_sweep_load(NULL, &from, cli->arena, &call.sweep, cli->diag));
    FLYT_TRY(flyt_sweep_store_complete(call.folder, &call.sweep, cli->diag));
    FLYT_TRY(take_path(&call));
    flyt_signals_catch();
    call.bar = flyt_cli_bar_open(cli, 0.0);
    const struct flyt_merge_source source = {read_run, &call, cli->quiet ? NULL : show,
                                             flyt_signals_came};
    enum flyt_status status =
        flyt_merge_write(call.path, &call.sweep, &source, cli->arena, cli->diag);
    if (status == FLYT_ERR_STOPPED) {
        return flyt_diag_fault(cli->diag, status, (struct flyt_place){0},
                               "stopped; nothing was written, all runs are kept",
                               "stoppet; intet er skrevet, alle kørsler er gemt");
    }
    if (status == FLYT_OK && !cli->quiet) {
        const char *shown = flyt_text_path(cli->arena, call.path);
        printf(flyt_cli_say(cli, "%s: %u points × %u replicates, %u series\n",
                            "%s: %u punkter × %u gentagelser, %u serier\n"),
               shown == NULL ? "" : shown, call.sweep.n_points, call.sweep.n_replicates,
               call.sweep.layout.n_series);
    }
    return status;
}

const struct flyt_cli_command flyt_cli_merge = {
    .name = "merge",
    .args = "FOLDER",
    .min_args = 1,
    .max_args = 1,
    .en = "make one file of the runs of a sweep, when all are done",
    .da = "saml et gennemløbs kørsler i én fil, når alle er færdige",
    .more_en =
        "One HDF5 file with the dimensions point, replicate and time, and the design table. Its "
        "bytes are the same whatever the threads, shards and machines that did the runs. Memory "
        "holds a few points at a time.\n\nExample:\n"
        "  flyt merge runs/tiny -o tiny.h5",
    .more_da =
        "En HDF5-fil med dimensionerne punkt, gentagelse og tid samt tabellen over planen. Dens "
        "bytes er de samme, uanset hvilke tråde, dele og maskiner der lavede kørslerne. "
        "Hukommelsen rummer nogle få punkter ad gangen.\n\nEksempel:\n"
        "  flyt merge runs/tiny -o tiny.h5 --lang da",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = merge_command,
};
