#include "sim/cli_folder.h"

#include <string.h>

#include "sim/text.h"

enum flyt_status flyt_cli_folder_check(struct flyt_cli *cli, const char *folder)
{
    char quoted[FLYT_QUOTE_SIZE];
    const struct flyt_place nowhere = {0};
    const char *shown = flyt_text_path(cli->arena, folder);
    if (shown == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (folder[0] == '\0') {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere, "--output: a folder is needed",
                               "--output: der skal stå en mappe");
    }
    if (folder[0] == '-') {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                               "--output: %s looks like an option; ./%s is a folder of that name",
                               "--output: %s ligner et valg; ./%s er en mappe med det navn", shown,
                               shown);
    }
    if (shown != folder) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                               "--output: %s has characters that cannot be shown (control "
                               "characters, or no UTF-8); take another name",
                               "--output: %s har tegn, der ikke kan vises (styretegn, eller ikke "
                               "UTF-8); vælg et andet navn",
                               flyt_text_quote(quoted, folder, strlen(folder)));
    }
    return FLYT_OK;
}

const char *flyt_cli_folder_word(struct flyt_arena *arena, const char *folder)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_./+=@:,%-";
    struct flyt_text word = {.arena = arena};
    bool quotes = folder[0] == '-';
    for (const char *at = folder; *at != '\0'; at++) {
        quotes = quotes || (strchr(plain, *at) == NULL && (unsigned char)*at < 0x80);
    }
    if (!quotes) {
        return folder;
    }
    flyt_text_put(&word, folder[0] == '-' ? "'./" : "'", folder[0] == '-' ? 3 : 1);
    for (const char *at = folder; *at != '\0';) {
        size_t n = strcspn(at, "'");
        flyt_text_put(&word, at, n);
        at += n;
        if (*at == '\'') {
            flyt_text_add(&word, "'\\''");
            at++;
        }
    }
    flyt_text_put(&word, "'", 1);
    return word.failed ? NULL : word.bytes;
}
