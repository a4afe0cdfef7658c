#define _DEFAULT_SOURCE
#include "sim/cli_result.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/h5.h"
#include "sim/text.h"

uint64_t flyt_cli_result_room(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
    return pages > 0 && page_bytes > 0 ? (uint64_t)pages * (uint64_t)page_bytes / 2
                                       : (uint64_t)1 << 30;
}

enum flyt_status flyt_cli_result(struct flyt_cli *cli, struct flyt_result *result)
{
    return flyt_h5_read(cli->args[0], flyt_cli_result_room(), cli->arena, result, cli->diag);
}

const char *flyt_cli_result_folder(struct flyt_cli *cli, const char *suffix)
{
    const char *given = flyt_cli_text(cli, "output"), *path = cli->args[0];
    size_t n = strlen(path);
    if (given != NULL) {
        return given;
    }
    if (n > 3 && strcmp(path + n - 3, ".h5") == 0) {
        n -= 3;
    }
    const char *point = flyt_cli_text(cli, "point");
    return point == NULL
               ? flyt_arena_printf(cli->arena, "%.*s%s", (int)n, path, suffix)
               : flyt_arena_printf(cli->arena, "%.*s-point-%s%s", (int)n, path, point, suffix);
}

/** Whether a path ends as a file does that Flyt or gnuplot writes. */
static bool has_ending(const char *path)
{
    static const char *const endings[] = {".png", ".svg", ".pdf", ".csv", ".h5", ".xlsx", ".gp"};
    size_t n = strlen(path);
    for (size_t i = 0; i < FLYT_COUNT(endings); i++) {
        size_t length = strlen(endings[i]);
        if (n > length && strcmp(path + n - length, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

enum flyt_status flyt_cli_result_check_folder(struct flyt_cli *cli, const char *folder,
                                              const char *kind_en, const char *kind_da)
{
    struct stat info;
    bool there = stat(folder, &info) == 0;
    char quoted[FLYT_QUOTE_SIZE];
    flyt_text_quote(quoted, folder, strlen(folder));
    if (there && !S_ISDIR(info.st_mode)) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_OUTPUT, (struct flyt_place){0},
                               "--output: %s is no folder; name the folder of the %s",
                               "--output: %s er ikke en mappe; angiv mappen til %s", quoted,
                               flyt_cli_say(cli, kind_en, kind_da));
    }
    if (!there && has_ending(folder)) {
        return flyt_diag_fault(
            cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
            "--output: %s is named like a file; name the folder of the %s, without an ending",
            "--output: %s hedder som en fil; angiv mappen til %s, uden en endelse", quoted,
            flyt_cli_say(cli, kind_en, kind_da));
    }
    return FLYT_OK;
}

static const char *name_of(const void *names, uint32_t i)
{
    const char *const *name = names;
    return name[i];
}

enum flyt_status flyt_cli_unknown(struct flyt_cli *cli, const char *kind_en, const char *kind_da,
                                  const char *given, const char *const *known, uint32_t n_known)
{
    char quoted[FLYT_QUOTE_SIZE];
    size_t n = strlen(given);
    uint32_t near = flyt_text_nearest(given, n, n_known, name_of, known);
    flyt_text_quote(quoted, given, n);
    const char *kind = flyt_cli_say(cli, kind_en, kind_da);
    if (near != FLYT_NONE) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "no %s is called %s; did you mean %s?",
                               "ingen %s hedder %s; mente du %s?", kind, quoted, known[near]);
    }
    struct flyt_text list = {.arena = cli->arena};
    for (uint32_t i = 0; i < n_known; i++) {
        flyt_text_add(&list, "%s%s", i == 0 ? "" : ", ", known[i]);
    }
    return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                           "no %s is called %s; there are: %s", "ingen %s hedder %s; der er: %s",
                           kind, quoted, list.bytes == NULL || list.failed ? "-" : list.bytes);
}

enum flyt_status flyt_cli_result_csv(const struct flyt_cli *cli, const char *folder,
                                     const char *name, const struct flyt_text *text)
{
    const char *path = flyt_arena_printf(cli->arena, "%s/%s", folder, name);
    if (path == NULL || text->failed) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_fileio_prepare(path, cli->diag));
    FLYT_TRY(flyt_fileio_replace(path, text->bytes, text->n, cli->diag));
    if (!cli->quiet) {
        printf("%s\n", path);
    }
    return FLYT_OK;
}
