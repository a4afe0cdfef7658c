/**
 * @file cli_help.c
 * @brief The commands and common options, and the help that is made of them, in two languages.
 */
#include <string.h>

#include "sim/cli_parts.h"
#include "sim/text.h"

const struct flyt_cli_command *const flyt_cli_commands[FLYT_CLI_N_COMMANDS] = {
    &flyt_cli_run,   &flyt_cli_compare, &flyt_cli_check,       &flyt_cli_describe,
    &flyt_cli_plot,  &flyt_cli_export,  &flyt_cli_segregation, &flyt_cli_validate,
    &flyt_cli_sweep, &flyt_cli_merge,   &flyt_cli_sensitivity, &flyt_cli_calibrate,
    &flyt_cli_trace, &flyt_cli_verify,  &flyt_cli_rerun,       &flyt_cli_completion,
};

/** Options that every command has, before or after its name. */
const struct flyt_cli_option flyt_cli_common[FLYT_CLI_N_COMMON] = {
    {"lang", 0, "da|en", "language of texts and messages (default: that of the environment)",
     "sprog for tekster og beskeder (ellers miljøets)"},
    {"threads", 't', "N", "threads to use (default: all that this job may use); never the results",
     "antal tråde (ellers alle, som jobbet må bruge); ændrer aldrig resultatet"},
    {"quiet", 'q', NULL, "no progress, only results and errors",
     "ingen fremdrift, kun resultater og fejl"},
    {"allow-outside", 0, NULL, "a scenario may read files outside its own folder",
     "et scenarie må læse filer uden for sin egen mappe"},
    {"help", 'h', NULL, "this help", "denne hjælp"},
    {"version", 0, NULL, "the version", "versionen"},
};

/** Prints `text` in lines of at most 78 characters, the first of which has begun at `column`. A
 *  line that begins with two spaces is an example and stays whole. */
static void print_wrapped(const char *text, size_t column, size_t indent)
{
    while (*text != '\0') {
        bool example = column == indent && strncmp(text, "  ", 2) == 0;
        size_t word = example ? strcspn(text, "\n") : strcspn(text, " \n");
        size_t width = flyt_text_length(text, word);
        if (column + width > 78 && column > indent) {
            printf("\n%*s", (int)indent, "");
            column = indent;
        }
        printf("%.*s", (int)word, text);
        column += width;
        text += word;
        if (*text == ' ') {
            putchar(' ');
            column++;
            text++;
        } else if (*text == '\n') {
            printf("\n%*s", (int)indent, "");
            column = indent;
            text++;
        }
    }
    putchar('\n');
}

static void print_option(const struct flyt_cli_option *option, enum flyt_lang lang)
{
    enum { TEXT_AT = 27 };
    char head[64];
    int n = snprintf(head, sizeof head, "  %c%c%s --%s%s%s", option->letter ? '-' : ' ',
                     option->letter ? option->letter : ' ', option->letter ? "," : " ",
                     option->name, option->arg ? " " : "", option->arg ? option->arg : "");
    size_t column = n < 0 ? 0 : flyt_text_length(head, (size_t)n);
    printf("%s", head);
    if (column + 2 > TEXT_AT) {
        printf("\n%*s", TEXT_AT, "");
    } else {
        printf("%*s", (int)(TEXT_AT - column), "");
    }
    print_wrapped(lang == FLYT_DA ? option->da : option->en, TEXT_AT, TEXT_AT);
}

static void print_common_options(enum flyt_lang lang)
{
    printf("\n%s\n", lang == FLYT_DA ? "Overalt:" : "Everywhere:");
    for (size_t i = 0; i < FLYT_CLI_N_COMMON; i++) {
        print_option(&flyt_cli_common[i], lang);
    }
}

void flyt_cli_print_help(enum flyt_lang lang)
{
    bool da = lang == FLYT_DA;
    printf("%s: flyt %s\n\n", da ? "Brug" : "Usage",
           da ? "KOMMANDO [TILVALG] ..." : "COMMAND [OPTION] ...");
    print_wrapped(
        da ? "Simulerer husstand for husstand og måned for måned, hvem der flytter hvorhen på det "
             "danske boligmarked."
           : "Simulates, household by household and month by month, who moves where on the Danish "
             "housing market.",
        0, 0);
    printf("\n%s\n", da ? "Kommandoer:" : "Commands:");
    for (size_t i = 0; i < FLYT_CLI_N_COMMANDS; i++) {
        printf("  %-12s ", flyt_cli_commands[i]->name);
        print_wrapped(da ? flyt_cli_commands[i]->da : flyt_cli_commands[i]->en, 15, 15);
    }
    print_common_options(lang);
    printf("\n%s\n%s\n",
           da ? "'flyt KOMMANDO --help' viser en kommandos tilvalg. Begynd med:"
              : "'flyt COMMAND --help' shows a command's options. Begin with:",
           "  flyt run scenarios/fyn && flyt plot runs/fyn.h5");
    printf(
        "\n%s\n%s\n",
        da ? "Slutkoder: 0 færdig, 64 kommandolinje, 65 scenarie eller data, 66 fil mangler,"
           : "Exit codes: 0 done, 64 usage, 65 bad scenario or data, 66 input missing,",
        da ? "69 gnuplot, 70 intern fejl, 71 hukommelse, 73 resultat kan ikke oprettes, 74 disk,\n"
             "75 stoppet og gemt (fortsæt med --resume)."
           : "69 gnuplot, 70 internal error, 71 memory, 73 cannot create output, 74 I/O,\n"
             "75 stopped and kept (go on with --resume).");
}

void flyt_cli_print_command_help(const struct flyt_cli_command *command, enum flyt_lang lang)
{
    bool da = lang == FLYT_DA;
    printf("%s: flyt %s %s %s\n\n", da ? "Brug" : "Usage", command->name,
           da ? "[TILVALG]" : "[OPTION]", command->args);
    print_wrapped(da ? command->da : command->en, 0, 0);
    if (command->n_options > 0) {
        printf("\n%s\n", da ? "Tilvalg:" : "Options:");
    }
    for (uint32_t i = 0; i < command->n_options; i++) {
        print_option(&command->option[i], lang);
    }
    print_common_options(lang);
    const char *more = da ? command->more_da : command->more_en;
    if (more != NULL) {
        putchar('\n');
        print_wrapped(more, 0, 0);
    }
}
