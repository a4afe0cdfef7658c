/**
 * @file cli_verify.c
 * @brief `flyt verify`: whether a result file is what it was when written.
 */
#include <string.h>
#include <sys/stat.h>

#include "output/h5.h"
#include "sim/cli_merged.h"
#include "sim/text.h"

/** The digests of the replicates, worked out anew from their series. */
static enum flyt_status check_content(struct flyt_cli *cli, struct flyt_result *result)
{
    for (uint32_t i = 0; i < result->n_replicates; i++) {
        char written[FLYT_DIGEST_SIZE];
        memcpy(written, result->content_digest[i], sizeof written);
        flyt_result_digest(result, i);
        if (memcmp(written, result->content_digest[i], sizeof written) != 0) {
            const char *shown = flyt_text_path(cli->arena, cli->args[0]);
            return flyt_diag_fault(cli->diag, FLYT_ERR_SCENARIO,
                                   (struct flyt_place){.file = shown == NULL ? "" : shown},
                                   "the series of replicate %u do not give its content_digest",
                                   "serierne i gentagelse %u giver ikke dens content_digest",
                                   result->replicate[i]);
        }
    }
    return FLYT_OK;
}

static enum flyt_status verify_file(struct flyt_cli *cli)
{
    struct flyt_result result;
    struct flyt_h5_origin origin;
    char content[FLYT_DIGEST_SIZE];
    FLYT_TRY(flyt_h5_read_origin(cli->args[0], flyt_cli_result_room(), cli->arena, &result, &origin,
                                 cli->diag));
    FLYT_TRY(check_content(cli, &result));
    if (cli->quiet) {
        return FLYT_OK;
    }
    flyt_result_content(&result, content);
    const char *shown = flyt_text_path(cli->arena, cli->args[0]);
    printf(flyt_cli_say(cli, "%s: whole\n", "%s: hel\n"), shown == NULL ? "" : shown);
    printf(flyt_cli_say(cli,
                        "  %s; model %s, %u years from %d, replicates %u, seed %u\n"
                        "  written by Flyt %s, from %u input files, all in it\n"
                        "  content digest %s\n",
                        "  %s; model %s, %u år fra %d, gentagelser %u, frø %u\n"
                        "  skrevet af Flyt %s, ud fra %u inddatafiler, som alle ligger i den\n"
                        "  indholdets digest %s\n"),
           result.title, result.model, result.n_years, result.start_year, result.n_replicates,
           result.seed, result.version, origin.n_inputs, content);
    return FLYT_OK;
}

/** A merged sweep: its digest, and every part of it but the numbers. */
static enum flyt_status verify_sweep(struct flyt_cli *cli)
{
    struct flyt_merged merged;
    enum flyt_status status = flyt_cli_merged_open(cli, &merged);
    const struct flyt_result *result = &merged.result;
    flyt_merge_close(&merged);
    if (status != FLYT_OK || cli->quiet) {
        return status;
    }
    struct flyt_text factors = {.arena = cli->arena};
    for (uint32_t k = 0; k < merged.n_factors; k++) {
        flyt_text_add(&factors, "%s%s", k == 0 ? "" : ", ", merged.factor[k]);
    }
    const char *shown = flyt_text_path(cli->arena, cli->args[0]);
    if (factors.failed || shown == NULL) {
        return FLYT_ERR_MEMORY;
    }
    printf(flyt_cli_say(cli, "%s: whole\n", "%s: hel\n"), shown);
    printf(flyt_cli_say(cli,
                        "  %s; a merged sweep (%s) of %u points × %u replicates, %u series by %s\n"
                        "  model %s, to %d, seed %u; what varies: %s\n"
                        "  written by Flyt %s, from %u input files, all in it\n",
                        "  %s; et samlet gennemløb (%s) af %u punkter × %u gentagelser, %u serier "
                        "(%s)\n"
                        "  model %s, til %d, frø %u; det, der varierer: %s\n"
                        "  skrevet af Flyt %s, ud fra %u inddatafiler, som alle ligger i den\n"),
           result->title, merged.plan, merged.n_points, result->n_replicates, result->n_series,
           merged.rows, result->model, result->start_year + (int32_t)result->n_years, result->seed,
           factors.bytes, result->version, merged.n_inputs);
    return FLYT_OK;
}

static enum flyt_status verify_one(struct flyt_cli *cli)
{
    struct stat info;
    if (stat(cli->args[0], &info) == 0 && S_ISDIR(info.st_mode)) {
        const char *shown = flyt_text_path(cli->arena, cli->args[0]);
        return flyt_diag_fault(
            cli->diag, FLYT_ERR_USAGE, (struct flyt_place){.file = shown == NULL ? "" : shown},
            "is a folder: name result files, as FOLDER/*.h5; of a sweep 'flyt merge' makes one",
            "er en mappe: nævn resultatfiler, som MAPPE/*.h5; af et gennemløb laver 'flyt merge' "
            "én");
    }
    return flyt_h5_is_sweep(cli->args[0]) ? verify_sweep(cli) : verify_file(cli);
}

/** Each file is checked, also after one that is damaged; the first fault decides the exit code. */
static enum flyt_status verify_command(struct flyt_cli *cli)
{
    enum flyt_status first = FLYT_OK;
    for (uint32_t i = 0; i < cli->n_args; i++) {
        struct flyt_arena arena;
        struct flyt_cli one = *cli;
        flyt_arena_init(&arena, 0);
        one.arena = &arena;
        one.args = &cli->args[i];
        enum flyt_status status = verify_one(&one);
        first = first == FLYT_OK ? status : first;
        flyt_arena_free(&arena);
    }
    return first;
}

const struct flyt_cli_command flyt_cli_verify = {
    .name = "verify",
    .args = "FILE...",
    .min_args = 1,
    .max_args = 1000,
    .en = "check that result files are whole and unchanged",
    .da = "kontrollér, at resultatfiler er hele og uændrede",
    .more_en = "Works out the digest of the file and of the series of each replicate anew; of a "
               "merged sweep that of the file. A file "
               "that is damaged, cut short or was changed is refused with exit code 65. A digest "
               "tells damage, not who made a file.\n\nExample:\n  flyt verify runs/*.h5",
    .more_da =
        "Udregner på ny kontrolsummen af filen og af hver gentagelses serier; af et samlet "
        "gennemløb filens. En fil, der er "
        "beskadiget, afkortet eller ændret, afvises med slutkode 65. En kontrolsum viser "
        "skade, ikke hvem der har lavet en fil.\n\nEksempel:\n  flyt verify runs/*.h5 --lang "
        "da",
    .run = verify_command,
};
