/**
 * @file cli_verify.c
 * @brief `flyt verify`: whether a result file is what it was when written.
 */
#include <string.h>

#include "output/h5.h"
#include "sim/cli_result.h"
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
        enum flyt_status status = verify_file(&one);
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
    .more_en = "Works out the digest of the file and of the series of each replicate anew. A file "
               "that is damaged, cut short or was changed is refused with exit code 65. A digest "
               "tells damage, not who made a file.\n\nExample:\n  flyt verify runs/*.h5",
    .more_da =
        "Udregner på ny kontrolsummen af filen og af hver gentagelses serier. En fil, der er "
        "beskadiget, afkortet eller ændret, afvises med slutkode 65. En kontrolsum viser "
        "skade, ikke hvem der har lavet en fil.\n\nEksempel:\n  flyt verify runs/*.h5 --lang "
        "da",
    .run = verify_command,
};
