/**
 * @file cli_sensitivity.c
 * @brief `flyt sensitivity`: what drives the outcomes of a sweep.
 */
#include <string.h>

#include "output/h5.h"
#include "output/sensitivity_write.h"
#include "sim/cli_merged.h"
#include "sim/sweep_store.h"
#include "sim/text.h"

static const struct flyt_cli_option options[] = {
    {"of", 0, "OUTCOME", "a series, cells of it, or one over another; may be repeated",
     "en serie, celler af den, eller én over en anden; kan gentages"},
    {"at", 0, "N", "after how many years (default: the last)",
     "efter hvor mange år (ellers det sidste)"},
    {"output", 'o', "FOLDER", "sensitivity.csv and the picture go here (default: none)",
     "sensitivity.csv og billedet lægges her (ellers ingen)"},
    {"format", 'f', "svg|png|pdf", "kind of picture (default: svg)", "slags billede (ellers svg)"},
};

struct call {
    struct flyt_cli *cli;
    bool from_file; /* a merged sweep; else a folder */
    struct flyt_merged merged;
    struct flyt_sweep sweep;
    uint32_t n_outcomes, from_end;
    struct flyt_outcome *outcome;   /* [n_outcomes] */
    double *y;                      /* [n_outcomes][n_points × n_replicates] */
    struct flyt_sensitivity *found; /* [n_outcomes] */
    struct flyt_plot_options plot;
};

/** The sweep of a folder, which must be finished. */
static enum flyt_status take_folder(struct call *call)
{
    struct flyt_cli *cli = call->cli;
    struct flyt_sweep_source plan;
    const struct flyt_sweep_options from = {.source = &plan};
    FLYT_TRY(flyt_sweep_store_plan(cli->args[0], cli->arena, &plan, cli->diag));
    FLYT_TRY(flyt_sweep_load(NULL, &from, cli->arena, &call->sweep, cli->diag));
    return flyt_sweep_store_complete(cli->args[0], &call->sweep, cli->diag);
}

static enum flyt_status take_sweep(struct call *call)
{
    struct flyt_cli *cli = call->cli;
    call->from_file = flyt_h5_is_sweep(cli->args[0]);
    if (call->from_file) {
        FLYT_TRY(flyt_cli_merged_open(cli, &call->merged));
        FLYT_TRY(flyt_merge_sweep(&call->merged, cli->arena, &call->sweep));
    } else {
        FLYT_TRY(take_folder(call));
    }
    if (!flyt_sensitivity_has(call->sweep.plan)) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "the plan %s says nothing of sensitivity: use morris, sobol or "
                               "factorial",
                               "planen %s siger intet om følsomhed: brug morris, sobol eller "
                               "factorial",
                               flyt_sweep_plan_name(call->sweep.plan));
    }
    return FLYT_OK;
}

static enum flyt_status take_options(struct call *call)
{
    struct flyt_cli *cli = call->cli;
    const struct flyt_result *layout = &call->sweep.layout;
    uint32_t years = layout->n_years, n = 0;
    uint64_t at = years;
    const char *const *text = flyt_cli_texts(cli, "of", &n);
    const char *given = flyt_cli_text(cli, "format"), *known[FLYT_PLOT_FORMATS];
    if (years > 0) {
        FLYT_TRY(flyt_cli_count(cli, "at", 0, years, &at));
    } else if (flyt_cli_given(cli, "at")) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "--at: this sweep kept the end of each run only (time: end)",
                               "--at: dette gennemløb gemte kun hver kørsels slutning (time: end)");
    }
    call->from_end = years - (uint32_t)at;
    call->n_outcomes = n;
    call->outcome = FLYT_ARENA_ZERO(cli->arena, struct flyt_outcome, n + layout->n_series);
    if (call->outcome == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        FLYT_TRY(flyt_outcome_parse(layout, text[i], cli->arena, &call->outcome[i], cli->diag));
    }
    if (n == 0) {
        FLYT_TRY(flyt_outcome_all(layout, cli->arena, call->outcome, &call->n_outcomes));
    }
    call->plot =
        (struct flyt_plot_options){.lang = cli->lang, .folder = flyt_cli_text(cli, "output")};
    if (call->plot.folder != NULL) {
        FLYT_TRY(
            flyt_cli_result_check_folder(cli, call->plot.folder, "sensitivities", "følsomhederne"));
    }
    for (uint32_t i = 0; i < FLYT_PLOT_FORMATS; i++) {
        known[i] = flyt_plot_format_name((enum flyt_plot_format)i);
        if (given == NULL || strcmp(given, known[i]) == 0) {
            call->plot.format = (enum flyt_plot_format)i;
            return FLYT_OK;
        }
    }
    return flyt_cli_unknown(cli, "format", "format", given, known, FLYT_PLOT_FORMATS);
}

/** The runs of one point, to word: [n_replicates][n_words]. */
static enum flyt_status read_point(struct call *call, uint32_t point, struct flyt_arena *scratch,
                                   uint64_t *word)
{
    const struct flyt_sweep *sweep = &call->sweep;
    if (call->from_file) {
        return flyt_merge_words(&call->merged, sweep, point, scratch, word);
    }
    for (uint32_t i = 0; i < sweep->n_replicates; i++) {
        char content[FLYT_DIGEST_SIZE];
        FLYT_TRY(flyt_sweep_store_read(call->cli->args[0], sweep, point, i, scratch, content,
                                       word + i * flyt_sweep_words(sweep), call->cli->diag));
    }
    return FLYT_OK;
}

/** The outcomes of every run, one point in memory at a time. */
static enum flyt_status read_runs(struct call *call)
{
    struct flyt_cli *cli = call->cli;
    const struct flyt_sweep *sweep = &call->sweep;
    uint64_t n_runs = (uint64_t)sweep->n_points * sweep->n_replicates;
    uint64_t n_words = flyt_sweep_words(sweep);
    uint64_t *word = FLYT_ARENA_ARRAY(cli->arena, uint64_t, n_words * sweep->n_replicates + 1);
    call->y = FLYT_ARENA_ARRAY(cli->arena, double, n_runs * call->n_outcomes + 1);
    if (word == NULL || call->y == NULL) {
        return FLYT_ERR_MEMORY;
    }
    struct flyt_arena scratch;
    enum flyt_status status = FLYT_OK;
    flyt_arena_init(&scratch, 0);
    for (uint32_t p = 0; status == FLYT_OK && p < sweep->n_points; p++) {
        flyt_arena_empty(&scratch);
        status = read_point(call, p, &scratch, word);
        for (uint32_t i = 0; status == FLYT_OK && i < sweep->n_replicates; i++) {
            uint64_t run = (uint64_t)p * sweep->n_replicates + i;
            for (uint32_t k = 0; k < call->n_outcomes; k++) {
                call->y[k * n_runs + run] = flyt_outcome_value(&sweep->layout, &call->outcome[k],
                                                               call->from_end, word + i * n_words);
            }
        }
    }
    flyt_arena_free(&scratch);
    return status;
}

static enum flyt_status write_files(struct call *call)
{
    struct flyt_cli *cli = call->cli;
    const char *folder = call->plot.folder;
    const char *path = flyt_arena_printf(cli->arena, "%s/sensitivity.csv", folder);
    struct flyt_text csv = {.arena = cli->arena};
    for (uint32_t i = 0; i < call->n_outcomes; i++) {
        flyt_sensitivity_csv(&call->sweep, &call->outcome[i], &call->found[i], i == 0, &csv);
    }
    if (path == NULL || csv.failed) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_fileio_prepare(path, cli->diag));
    FLYT_TRY(flyt_fileio_replace(path, csv.bytes, csv.n, cli->diag));
    FLYT_TRY(flyt_sensitivity_draw(&call->sweep, call->outcome, call->found, call->n_outcomes,
                                   &call->plot, cli->arena, cli->diag));
    if (!cli->quiet) {
        printf("%s\n%s/sensitivity.%s\n", path, folder, flyt_plot_format_name(call->plot.format));
    }
    return FLYT_OK;
}

static enum flyt_status read_all(struct call *call)
{
    FLYT_TRY(take_sweep(call));
    FLYT_TRY(take_options(call));
    return read_runs(call);
}

static enum flyt_status sensitivity_command(struct flyt_cli *cli)
{
    struct call call = {.cli = cli};
    struct flyt_text text = {.arena = cli->arena};
    enum flyt_status status = read_all(&call);
    flyt_merge_close(&call.merged);
    FLYT_TRY(status);
    uint64_t n_runs = (uint64_t)call.sweep.n_points * call.sweep.n_replicates;
    call.found = FLYT_ARENA_ZERO(cli->arena, struct flyt_sensitivity, call.n_outcomes + 1);
    if (call.found == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < call.n_outcomes; i++) {
        FLYT_TRY(
            flyt_sensitivity_make(&call.sweep, call.y + i * n_runs, cli->arena, &call.found[i]));
        flyt_sensitivity_write(&call.sweep, &call.outcome[i], &call.found[i], cli->lang, &text);
    }
    if (text.failed) {
        return FLYT_ERR_MEMORY;
    }
    if (text.n > 0) {
        (void)fwrite(text.bytes, 1, text.n, stdout); /* flyt_cli_main() notices a failed write */
    }
    return call.plot.folder == NULL ? FLYT_OK : write_files(&call);
}

const struct flyt_cli_command flyt_cli_sensitivity = {
    .name = "sensitivity",
    .args = "FOLDER|FILE",
    .min_args = 1,
    .max_args = 1,
    .en = "what drives the outcomes of a sweep: Morris, Sobol, factorial effects",
    .da = "hvad der driver udfaldene af et gennemløb: Morris, Sobol, faktorielle effekter",
    .more_en =
        "FOLDER is that of a finished sweep, FILE its merged file, with plan morris (mu*, mu, "
        "sigma), sobol (first and "
        "total order) or factorial (effects of one and of two), with 95 % intervals. Without --of "
        "every series that is kept and is one number when added up.\n\nExamples:\n"
        "  flyt sweep scenarios/sweeps/ishigami.yaml -o runs/ishigami\n"
        "  flyt sensitivity runs/ishigami\n"
        "  flyt sensitivity runs/fyn --of 'vacant_homes[tenure=Owner] / homes[tenure=Owner]' -o "
        "runs/why",
    .more_da =
        "MAPPE er mappen til et færdigt gennemløb, FIL dets samlede fil, med planen morris (mu*, "
        "mu, sigma), sobol "
        "(første orden og total) eller factorial (effekter af én og af to), med "
        "95 %-intervaller. Uden --of hver gemt serie, der er ét tal, når den lægges sammen.\n\n"
        "Eksempler:\n"
        "  flyt sweep scenarios/sweeps/ishigami.yaml -o runs/ishigami\n"
        "  flyt sensitivity runs/ishigami --lang da\n"
        "  flyt sensitivity runs/fyn --of 'vacant_homes[tenure=Ejer] / homes[tenure=Ejer]' -o "
        "runs/why",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = sensitivity_command,
};
