/**
 * @file cli_export.c
 * @brief `flyt export`: the series of a result file as CSV tables.
 */
#include "output/export_sweep.h"
#include "output/h5.h"
#include "sim/cli_merged.h"

static const struct flyt_cli_option options[] = {
    {"csv", 0, NULL, "as CSV: one table a series, and variables.csv (the default)",
     "som CSV: en tabel pr. serie og variables.csv (det normale)"},
    {"output", 'o', "FOLDER", "folder of the tables (default: FILE with -csv for .h5)",
     "mappe til tabellerne (ellers FIL med -csv for .h5)"},
    {"decimal-comma", 0, NULL, "for Danish spreadsheets: 0,5 and ; between cells",
     "til danske regneark: 0,5 og ; mellem cellerne"},
    FLYT_CLI_POINT,
};

/** Indices of the series named on the command line, or of all. */
static enum flyt_status choose_series(struct flyt_cli *cli, const struct flyt_result *result,
                                      struct flyt_export_options *export)
{
    uint32_t n = cli->n_args > 1 ? cli->n_args - 1 : result->n_series;
    uint32_t *series = FLYT_ARENA_ARRAY(cli->arena, uint32_t, n);
    const char **known = FLYT_ARENA_ARRAY(cli->arena, const char *, result->n_series);
    if (series == NULL || known == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < result->n_series; i++) {
        known[i] = result->series[i].name;
    }
    enum flyt_status status = FLYT_OK;
    for (uint32_t i = 0; i < n; i++) {
        series[i] = cli->n_args > 1 ? flyt_result_find(result, cli->args[i + 1]) : i;
        if (series[i] == FLYT_NONE) {
            status =
                flyt_cli_unknown(cli, "series", "serie", cli->args[i + 1], known, result->n_series);
        }
    }
    export->series = series;
    export->n_series = n;
    return status;
}

/** All points of a merged sweep, with what they are. */
static enum flyt_status export_sweep(struct flyt_cli *cli, struct flyt_export_options *export)
{
    struct flyt_merged merged;
    enum flyt_status status = flyt_cli_merged_open(cli, &merged);
    if (status == FLYT_OK) {
        status = choose_series(cli, &merged.result, export);
    }
    if (status == FLYT_OK) {
        status = flyt_export_sweep(&merged, export, cli->diag);
    }
    flyt_merge_close(&merged);
    return status;
}

static enum flyt_status export_result(struct flyt_cli *cli, struct flyt_export_options *export)
{
    struct flyt_result result;
    FLYT_TRY(flyt_cli_merged_point(cli, &result));
    FLYT_TRY(choose_series(cli, &result, export));
    return flyt_export_csv(&result, export, cli->diag);
}

static enum flyt_status export_command(struct flyt_cli *cli)
{
    bool sweep = flyt_h5_is_sweep(cli->args[0]) && !flyt_cli_given(cli, "point");
    struct flyt_export_options export = {
        .lang = cli->lang,
        .decimal_comma = flyt_cli_given(cli, "decimal-comma"),
        .folder = flyt_cli_result_folder(cli, "-csv"),
    };
    if (export.folder == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_cli_result_check_folder(cli, export.folder, "tables", "tabellerne"));
    FLYT_TRY(sweep ? export_sweep(cli, &export) : export_result(cli, &export));
    if (!cli->quiet) {
        const char *folder = flyt_text_path(cli->arena, export.folder);
        printf(flyt_cli_say(cli, "%u tables%s and variables.csv written to %s/\n",
                            "%u tabeller%s og variables.csv skrevet i %s/\n"),
               export.n_series, sweep ? ", design.csv" : "", folder == NULL ? "" : folder);
    }
    return FLYT_OK;
}

const struct flyt_cli_command flyt_cli_export = {
    .name = "export",
    .args = "FILE [SERIES...]",
    .min_args = 1,
    .max_args = 1000,
    .en = "write the series of a result file as CSV tables",
    .da = "skriv en resultatfils serier som CSV-tabeller",
    .more_en =
        "One table a series, one row a value: replicate, time, dimensions, value. A stock holds at "
        "the date in `time`; a flow was counted from `since` up to `time`. variables.csv tells "
        "unit and meaning. Money is in DKK. Of a merged sweep the first column is the point, "
        "and design.csv tells what each point is; --point takes one alone.\n\nExamples:\n"
        "  flyt export runs/fyn.h5 --csv households moves_out\n"
        "  flyt export runs/sweep.h5 --csv",
    .more_da =
        "En tabel pr. serie, en række pr. værdi: gentagelse, tid, dimensioner, værdi. En "
        "beholdning "
        "gælder på datoen i `tid`; en strøm er talt fra `siden` til `tid`. variables.csv fortæller "
        "enhed og betydning. Penge er i kr. Af et samlet gennemløb er den første kolonne punktet, "
        "og design.csv fortæller, hvad hvert punkt er; --point tager ét alene.\n\nEksempler:\n"
        "  flyt export runs/fyn.h5 --csv --lang da --decimal-comma households\n"
        "  flyt export runs/sweep.h5 --csv --lang da",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = export_command,
};
