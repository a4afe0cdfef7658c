/**
 * @file cli_completion.c
 * @brief `flyt completion`: a script that teaches bash the commands, options and names of Flyt.
 *
 * All of it comes from the tables of commands, figures, policies and parameters, so it cannot fall
 * behind. Names in those tables are plain words, so nothing needs quoting.
 */
#include <ctype.h>
#include <string.h>

#include "output/figure.h"
#include "sim/cli_parts.h"
#include "sim/model.h"

static void print_option_names(const struct flyt_cli_option *option, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        printf(" --%s", option[i].name);
    }
}

/** Words of a list like "svg|png|pdf": those that are in small letters only; NULL is none. */
static uint32_t print_words(const char *list)
{
    uint32_t n = 0;
    for (const char *at = list; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, "| ["), small = 0;
        while (small < length && (islower((unsigned char)at[small]) || at[small] == '_')) {
            small++;
        }
        if (length > 0 && small == length) {
            printf(" %.*s", (int)length, at);
            n++;
        }
        at += length + (at[length] != '\0');
    }
    return n;
}

/** What completes the argument of an option. */
static void print_argument(const char *arg)
{
    if (strchr(arg, '|') != NULL) {
        printf("_flyt_words");
        (void)print_words(arg);
    } else if (strcmp(arg, "KEY=VALUE") == 0) {
        printf("_flyt_keys");
    } else if (strcmp(arg, "FILE") == 0 || strcmp(arg, "FOLDER") == 0) {
        printf("_flyt_files '*'");
    } else {
        printf(":");
    }
}

static void print_option_cases(const char *command, const struct flyt_cli_option *option,
                               uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (option[i].arg == NULL) {
            continue;
        }
        printf("    %s' --%s'", command, option[i].name);
        if (option[i].letter != 0) {
            printf(" | %s' -%c'", command, option[i].letter);
        }
        printf(")\n        ");
        print_argument(option[i].arg);
        printf("\n        return\n        ;;\n");
    }
}

/** What can stand after a command beside its options. */
static void print_positional(const struct flyt_cli_command *command)
{
    printf("    %s)\n        _flyt_words", command->name);
    (void)print_words(command->args);
    if (command == &flyt_cli_plot) {
        for (uint32_t i = 0; i < flyt_n_figures; i++) {
            printf(" %s", flyt_figures[i].name);
        }
    }
    const struct flyt_policy_spec *const *policy = flyt_models[0]->policy;
    while (command == &flyt_cli_compare && policy != NULL && *policy != NULL) {
        printf(" %s", (*policy++)->name);
    }
    printf("\n");
    if (strstr(command->args, "FILE") != NULL || strstr(command->args, ".h5") != NULL) {
        printf("        _flyt_files '*.h5'\n");
    }
    if (strstr(command->args, "SCENARIO") != NULL) {
        printf("        _flyt_files '*.yaml'\n");
    }
    if (strstr(command->args, ".csv") != NULL) {
        printf("        _flyt_files '*.csv'\n");
    }
    printf("        ;;\n");
}

static void print_helpers(void)
{
    printf("# bash completion of flyt %s, made by `flyt completion`\n\n"
           "_flyt_words() {\n"
           "    local found\n"
           "    mapfile -t found < <(compgen -W \"$*\" -- \"$word\")\n"
           "    COMPREPLY+=(\"${found[@]}\")\n"
           "}\n\n"
           "# folders, and files of a pattern\n"
           "_flyt_files() {\n"
           "    local found\n"
           "    compopt -o filenames 2>/dev/null || :\n"
           "    mapfile -t found < <(compgen -d -- \"$word\" || :; compgen -f -X \"!$1\" -- "
           "\"$word\")\n"
           "    COMPREPLY+=(\"${found[@]}\")\n"
           "}\n\n"
           "_flyt_keys() {\n"
           "    compopt -o nospace 2>/dev/null || :\n"
           "    _flyt_words",
           FLYT_VERSION);
    const struct flyt_model *model = flyt_models[0];
    for (uint32_t g = 0; g < model->n_groups; g++) {
        for (uint32_t i = 0; i < model->group[g].n_fields; i++) {
            printf(" %s.%s=", model->group[g].name, model->group[g].field[i].name);
        }
    }
    printf("\n}\n\n");
}

static enum flyt_status completion_command(struct flyt_cli *cli)
{
    (void)cli;
    print_helpers();
    printf(
        "_flyt() {\n"
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} i command=\n"
        "    COMPREPLY=()\n"
        "    if [ \"$word\" = = ]; then # --format=, cut at the sign\n"
        "        word=\n"
        "    elif [ \"$before\" = = ]; then\n"
        "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
        "    fi\n"
        "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "        case ${COMP_WORDS[i]} in\n"
        "        ");
    for (uint32_t i = 0; i < FLYT_CLI_N_COMMANDS; i++) {
        printf("%s%s", i == 0 ? "" : " | ", flyt_cli_commands[i]->name);
    }
    printf(")\n            command=${COMP_WORDS[i]}\n            break\n            ;;\n"
           "        esac\n    done\n    case $command' '$before in\n");
    print_option_cases("*", flyt_cli_common, FLYT_CLI_N_COMMON);
    for (uint32_t i = 0; i < FLYT_CLI_N_COMMANDS; i++) {
        const struct flyt_cli_command *command = flyt_cli_commands[i];
        print_option_cases(command->name, command->option, command->n_options);
    }
    printf("    esac\n    if [ \"${word:0:1}\" = - ]; then\n        _flyt_words");
    print_option_names(flyt_cli_common, FLYT_CLI_N_COMMON);
    printf("\n    fi\n    case $command'|'${word:0:1} in\n");
    for (uint32_t i = 0; i < FLYT_CLI_N_COMMANDS; i++) {
        const struct flyt_cli_command *command = flyt_cli_commands[i];
        printf("    %s'|-')\n        _flyt_words", command->name);
        print_option_names(command->option, command->n_options);
        printf("\n        return\n        ;;\n");
    }
    printf("    *'|-') return ;;\n    esac\n    case $command in\n    '')\n        _flyt_words");
    for (uint32_t i = 0; i < FLYT_CLI_N_COMMANDS; i++) {
        printf(" %s", flyt_cli_commands[i]->name);
    }
    printf("\n        ;;\n");
    for (uint32_t i = 0; i < FLYT_CLI_N_COMMANDS; i++) {
        print_positional(flyt_cli_commands[i]);
    }
    printf("    esac\n}\ncomplete -F _flyt flyt\n");
    return FLYT_OK;
}

const struct flyt_cli_command flyt_cli_completion = {
    .name = "completion",
    .args = "",
    .max_args = 0,
    .en = "print a script that completes commands, options and names in bash",
    .da = "skriv et script, der fuldfører kommandoer, tilvalg og navne i bash",
    .more_en = "For this shell: source <(flyt completion). For all later ones: write it to "
               "~/.local/share/bash-completion/completions/flyt. cmake --install puts it in place.",
    .more_da = "I denne shell: source <(flyt completion). I alle senere: skriv det til "
               "~/.local/share/bash-completion/completions/flyt. cmake --install lægger det på "
               "plads.",
    .run = completion_command,
};
