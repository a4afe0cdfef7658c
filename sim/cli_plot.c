/**
 * @file cli_plot.c
 * @brief `flyt plot`: figures of a result file.
 */
#include <string.h>

#include "output/plot.h"
#include "sim/cli_merged.h"

static const struct flyt_cli_option options[] = {
    {"format", 'f', "svg|png|pdf", "kind of picture (default: svg)", "slags billede (ellers svg)"},
    {"output", 'o', "FOLDER", "folder of the pictures (default: FILE with -plots for .h5)",
     "mappe til billederne (ellers FIL med -plots for .h5)"},
    FLYT_CLI_POINT,
};

static enum flyt_status choose_format(struct flyt_cli *cli, struct flyt_plot_options *plot)
{
    const char *given = flyt_cli_text(cli, "format");
    const char *known[FLYT_PLOT_FORMATS];
    for (uint32_t i = 0; i < FLYT_PLOT_FORMATS; i++) {
        known[i] = flyt_plot_format_name((enum flyt_plot_format)i);
        if (given == NULL || strcmp(given, known[i]) == 0) {
            plot->format = (enum flyt_plot_format)i;
            return FLYT_OK;
        }
    }
    return flyt_cli_unknown(cli, "format", "format", given, known, FLYT_PLOT_FORMATS);
}

static enum flyt_status check_figures(struct flyt_cli *cli)
{
    enum flyt_status status = FLYT_OK;
    const char **known = FLYT_ARENA_ARRAY(cli->arena, const char *, flyt_n_figures);
    if (known == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < flyt_n_figures; i++) {
        known[i] = flyt_figures[i].name;
    }
    for (uint32_t i = 1; i < cli->n_args; i++) {
        if (flyt_figure_find(cli->args[i]) == NULL) {
            status = flyt_cli_unknown(cli, "figure", "figur", cli->args[i], known, flyt_n_figures);
        }
    }
    return status;
}

static enum flyt_status draw(struct flyt_cli *cli, const struct flyt_result *result,
                             const struct flyt_figure *figure, const struct flyt_plot_options *plot)
{
    FLYT_TRY(flyt_plot_draw(result, figure, plot, cli->arena, cli->diag));
    if (!cli->quiet) {
        const char *folder = flyt_text_path(cli->arena, plot->folder);
        printf("%s/%s.%s\n", folder == NULL ? "" : folder, figure->name,
               flyt_plot_format_name(plot->format));
    }
    return FLYT_OK;
}

/** Draws the figures asked for, or all that the file has the series for. */
static enum flyt_status draw_figures(struct flyt_cli *cli, const struct flyt_result *result,
                                     const struct flyt_plot_options *plot)
{
    uint32_t n_drawn = 0, n = cli->n_args > 1 ? cli->n_args - 1 : flyt_n_figures;
    for (uint32_t i = 0; i < n; i++) {
        const char *missing = NULL;
        const struct flyt_figure *figure =
            cli->n_args > 1 ? flyt_figure_find(cli->args[i + 1]) : &flyt_figures[i];
        if (flyt_figure_fits(result, figure, &missing)) {
            FLYT_TRY(draw(cli, result, figure, plot));
            n_drawn++;
        } else if (cli->n_args > 1) {
            return flyt_diag_fault(
                cli->diag, FLYT_ERR_SCENARIO, (struct flyt_place){0},
                "%s cannot be drawn: the file has no series %s of the right kind",
                "%s kan ikke tegnes: filen har ingen serie %s af rette slags", figure->name,
                missing);
        }
    }
    if (n_drawn == 0) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_SCENARIO, (struct flyt_place){0},
                               "there is no figure for the series of this file; flyt export writes "
                               "them as tables",
                               "der er ingen figur til serierne i denne fil; flyt export skriver "
                               "dem som tabeller");
    }
    return FLYT_OK;
}

static enum flyt_status plot_command(struct flyt_cli *cli)
{
    struct flyt_result result;
    struct flyt_plot_options plot = {.lang = cli->lang,
                                     .folder = flyt_cli_result_folder(cli, "-plots")};
    if (plot.folder == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_cli_result_check_folder(cli, plot.folder, "pictures (--format says which kind)",
                                          "billederne (--format vælger slagsen)"));
    FLYT_TRY(choose_format(cli, &plot));
    FLYT_TRY(check_figures(cli));
    FLYT_TRY(flyt_cli_merged_point(cli, &result));
    return draw_figures(cli, &result, &plot);
}

const struct flyt_cli_command flyt_cli_plot = {
    .name = "plot",
    .args = "FILE [FIGURE...]",
    .min_args = 1,
    .max_args = 100,
    .en = "draw figures of a result file",
    .da = "tegn figurer af en resultatfil",
    /* clang-format off: a figure a line */
    .more_en = "Figures: vacancies (vacant homes by tenure), "
               "moves (moves out a year by tenure), "
               "waiting (waiting time for almen homes by municipality), "
               "letting (how almen homes are let, the wait, refusals), "
               "prices (vacant homes, rents, prices), "
               "flows (moves between tenures by class of resources), "
               "criteria (the law on lists of areas), "
               "composition (who lives in those areas), "
               "decomposition (what changed their share with few resources), "
               "segregation (how unevenly groups live: dissimilarity), "
               "isolation, theil, gini (by these measures); "
               "of Schelling's grid: grid, alike, unhappy. "
               "Without names all are drawn that the file has the series for. "
               "Beside each picture lies its gnuplot script. "
               "Of a merged sweep --point says which point; the band shows its replicates.\n\n"
               "Examples:\n  flyt plot runs/fyn.h5 moves --format png\n"
               "  flyt plot runs/sweep.h5 --point 3",
    .more_da = "Figurer: vacancies (ledige boliger efter ejerform), "
               "moves (fraflytninger om året efter ejerform), "
               "waiting (ventetid til almene boliger efter kommune), "
               "letting (hvordan almene boliger udlejes, ventetid, afslag), "
               "prices (ledige boliger, huslejer, priser), "
               "flows (flytninger mellem ejerformer efter ressourceklasse), "
               "criteria (loven om boliglister), "
               "composition (hvem der bor i de områder), "
               "decomposition (hvad der ændrede deres andel med få ressourcer), "
               "segregation (hvor ulige grupper bor: dissimilaritet), "
               "isolation, theil, gini (efter disse mål); "
               "af Schellings gitter: grid, alike, unhappy. "
               "Uden navne tegnes alle, som filen har serier til. "
               "Ved siden af hvert billede ligger dets gnuplot-script. "
               "Af et samlet gennemløb vælger --point punktet; båndet viser dets gentagelser.\n\n"
               "Eksempler:\n  flyt plot runs/fyn.h5 moves --format png --lang da\n"
               "  flyt plot runs/sweep.h5 --point 3 --lang da",
    /* clang-format on */
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = plot_command,
};
