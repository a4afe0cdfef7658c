#define _GNU_SOURCE
#include "sim/cli.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/cli_parts.h"
#include "sim/text.h"

enum { COMMON_LANG, COMMON_THREADS, COMMON_QUIET, COMMON_OUTSIDE, COMMON_HELP, COMMON_VERSION };

static const struct flyt_place nowhere = {0};

static const struct flyt_cli_value not_given = {0};

/* ---- answers for commands ------------------------------------------------------------------ */

static const struct flyt_cli_value *value_of(const struct flyt_cli *cli, const char *option)
{
    for (uint32_t i = 0; i < cli->command->n_options; i++) {
        if (strcmp(cli->command->option[i].name, option) == 0) {
            return &cli->value[i];
        }
    }
    return &not_given;
}

const char *flyt_cli_text(const struct flyt_cli *cli, const char *option)
{
    const struct flyt_cli_value *value = value_of(cli, option);
    return value->n > 0 ? value->text[value->n - 1] : NULL;
}

bool flyt_cli_given(const struct flyt_cli *cli, const char *option)
{
    return value_of(cli, option)->n > 0;
}

const char *const *flyt_cli_texts(const struct flyt_cli *cli, const char *option, uint32_t *n)
{
    const struct flyt_cli_value *value = value_of(cli, option);
    *n = value->n;
    return value->text;
}

/** A whole number in [low, high] from the text of an option. */
static enum flyt_status parse_count(const char *option, const char *text, uint64_t low,
                                    uint64_t high, uint64_t *value, struct flyt_diag *diag)
{
    double number = 0.0;
    if (flyt_text_number(text, strlen(text), &number) != FLYT_NUMBER_ok || number < (double)low ||
        number > (double)high || number != (double)(uint64_t)number) {
        char quoted[FLYT_QUOTE_SIZE];
        return flyt_diag_fault(diag, FLYT_ERR_USAGE, nowhere,
                               "--%s: %s is no whole number from %llu to %llu",
                               "--%s: %s er ikke et helt tal fra %llu til %llu", option,
                               flyt_text_quote(quoted, text, strlen(text)), (unsigned long long)low,
                               (unsigned long long)high);
    }
    *value = (uint64_t)number;
    return FLYT_OK;
}

enum flyt_status flyt_cli_count(const struct flyt_cli *cli, const char *option, uint64_t low,
                                uint64_t high, uint64_t *value)
{
    const char *text = flyt_cli_text(cli, option);
    return text == NULL ? FLYT_OK : parse_count(option, text, low, high, value, cli->diag);
}

/** The shipped scenarios: beside the build tree's program, or installed with it. */
const char *flyt_cli_share(struct flyt_arena *arena)
{
    static const char *const candidates[] = {"/../share/flyt/scenarios", "/../../scenarios"};
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0) {
        return NULL;
    }
    path[n] = '\0';
    *strrchr(path, '/') = '\0';
    for (size_t i = 0; i < FLYT_COUNT(candidates); i++) {
        const char *folder = flyt_arena_printf(arena, "%s%s", path, candidates[i]);
        if (folder != NULL && access(folder, R_OK) == 0) {
            return folder;
        }
    }
    return NULL;
}

enum flyt_status flyt_cli_scenario(struct flyt_cli *cli, struct flyt_scenario *out)
{
    struct flyt_scenario_options options = {.share = flyt_cli_share(cli->arena),
                                            .allow_outside = cli->allow_outside};
    FLYT_TRY(flyt_cli_sets(cli, &options));
    return flyt_scenario_load(cli->args[0], &options, cli->arena, out, cli->diag);
}

/* ---- parsing ------------------------------------------------------------------------------- */

/** The words of the command line while they are read. */
struct words {
    int argc, at;
    char **argv;
};

static const struct flyt_cli_option *option_at(const struct flyt_cli_command *command, uint32_t i)
{
    return i < FLYT_CLI_N_COMMON ? &flyt_cli_common[i] : &command->option[i - FLYT_CLI_N_COMMON];
}

static uint32_t option_count(const struct flyt_cli_command *command)
{
    return FLYT_CLI_N_COMMON + (command == NULL ? 0 : command->n_options);
}

/** The option a word names: "--name", "--name=value", "-x", "-xvalue"; FLYT_NONE when none. */
static uint32_t find_option(const struct flyt_cli_command *command, const char *word)
{
    for (uint32_t i = 0; i < option_count(command); i++) {
        const struct flyt_cli_option *option = option_at(command, i);
        if (word[1] == '-') {
            size_t n = strcspn(word + 2, "=");
            if (strlen(option->name) == n && strncmp(option->name, word + 2, n) == 0) {
                return i;
            }
        } else if (option->letter != 0 && option->letter == word[1] &&
                   (option->arg != NULL || word[2] == '\0')) {
            return i;
        }
    }
    return FLYT_NONE;
}

/** The value given with an option, taking the next word where it stands there. */
static const char *option_text(struct words *words, const struct flyt_cli_option *option)
{
    const char *word = words->argv[words->at];
    const char *inside = word[1] == '-' ? strchr(word, '=') : word + 1;
    if (option->arg == NULL) {
        return "";
    }
    if (inside != NULL && inside[1] != '\0') {
        return inside + 1;
    }
    if (inside != NULL && word[1] == '-') {
        return inside + 1; /* "--set=": an empty value */
    }
    return words->at + 1 < words->argc ? words->argv[++words->at] : NULL;
}

static const char *option_name(const void *command, uint32_t i)
{
    return option_at(command, i)->name;
}

static const char *command_name(const void *unused, uint32_t i)
{
    (void)unused;
    return flyt_cli_commands[i]->name;
}

static enum flyt_status unknown_option(const struct flyt_cli_command *command, const char *word,
                                       struct flyt_diag *diag)
{
    char quoted[FLYT_QUOTE_SIZE];
    const char *stem = word + strspn(word, "-");
    uint32_t nearest =
        flyt_text_nearest(stem, strcspn(stem, "="), option_count(command), option_name, command);
    flyt_text_quote(quoted, word, strlen(word));
    if (nearest != FLYT_NONE) {
        return flyt_diag_fault(
            diag, FLYT_ERR_USAGE, nowhere, "%s is no option here; did you mean --%s?",
            "%s er ikke et tilvalg her; mente du --%s?", quoted, option_name(command, nearest));
    }
    return flyt_diag_fault(diag, FLYT_ERR_USAGE, nowhere, "%s is no option here; --help shows all",
                           "%s er ikke et tilvalg her; --help viser alle", quoted);
}

/** What the common options asked for besides what lies in struct flyt_cli. */
struct asked {
    bool help, version;
};

static enum flyt_status take_common(struct flyt_cli *cli, uint32_t index, const char *text,
                                    struct asked *asked)
{
    uint64_t n = 0;
    switch (index) {
    case COMMON_LANG:
        if (strcmp(text, "da") != 0 && strcmp(text, "en") != 0) {
            char quoted[FLYT_QUOTE_SIZE];
            return flyt_diag_fault(
                cli->diag, FLYT_ERR_USAGE, nowhere, "--lang: %s is neither da nor en",
                "--lang: %s er hverken da eller en", flyt_text_quote(quoted, text, strlen(text)));
        }
        cli->lang = cli->diag->lang = strcmp(text, "da") == 0 ? FLYT_DA : FLYT_EN;
        break;
    case COMMON_THREADS:
        FLYT_TRY(parse_count("threads", text, 1, FLYT_THREADS_MAX, &n, cli->diag));
        cli->n_threads = (uint32_t)n;
        break;
    case COMMON_QUIET:
        cli->quiet = true;
        break;
    case COMMON_OUTSIDE:
        cli->allow_outside = true;
        break;
    case COMMON_HELP:
        asked->help = true;
        break;
    default:
        asked->version = true;
        break;
    }
    return FLYT_OK;
}

static enum flyt_status take_option(struct flyt_cli *cli, struct words *words, struct asked *asked)
{
    const char *word = words->argv[words->at];
    uint32_t index = find_option(cli->command, word);
    if (index == FLYT_NONE) {
        return unknown_option(cli->command, word, cli->diag);
    }
    const struct flyt_cli_option *option = option_at(cli->command, index);
    const char *text = option_text(words, option);
    if (text == NULL) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere, "--%s needs a value: --%s %s",
                               "--%s mangler en værdi: --%s %s", option->name, option->name,
                               option->arg);
    }
    if (index < FLYT_CLI_N_COMMON) {
        return take_common(cli, index, text, asked);
    }
    struct flyt_cli_value *value = &cli->value[index - FLYT_CLI_N_COMMON];
    if (value->n == FLYT_CLI_SETS) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                               "--%s was given more than %d times",
                               "--%s blev givet mere end %d gange", option->name, FLYT_CLI_SETS);
    }
    value->text[value->n++] = text;
    return FLYT_OK;
}

/** Takes the first word that is no option as the command. */
static enum flyt_status take_command(struct flyt_cli *cli, const char *word)
{
    for (size_t i = 0; i < FLYT_CLI_N_COMMANDS; i++) {
        if (strcmp(flyt_cli_commands[i]->name, word) == 0) {
            cli->command = flyt_cli_commands[i];
            return FLYT_OK;
        }
    }
    char quoted[FLYT_QUOTE_SIZE];
    flyt_text_quote(quoted, word, strlen(word));
    uint32_t nearest =
        flyt_text_nearest(word, strlen(word), FLYT_CLI_N_COMMANDS, command_name, NULL);
    if (nearest == FLYT_NONE) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                               "%s is no command; 'flyt --help' lists them",
                               "%s er ingen kommando; 'flyt --help' viser dem", quoted);
    }
    return flyt_diag_fault(
        cli->diag, FLYT_ERR_USAGE, nowhere, "%s is no command; did you mean 'flyt %s'?",
        "%s er ingen kommando; mente du 'flyt %s'?", quoted, flyt_cli_commands[nearest]->name);
}

/** Reads all words; `args` has room for argc of them. */
static enum flyt_status parse(struct flyt_cli *cli, int argc, char **argv, const char **args,
                              struct asked *asked)
{
    struct words words = {argc, 1, argv};
    bool only_args = false;
    for (; words.at < argc; words.at++) {
        const char *word = argv[words.at];
        if (!only_args && strcmp(word, "--") == 0) {
            only_args = true;
        } else if (!only_args && word[0] == '-' && word[1] != '\0') {
            FLYT_TRY(take_option(cli, &words, asked));
        } else if (cli->command == NULL) {
            FLYT_TRY(take_command(cli, word));
        } else {
            args[cli->n_args++] = word;
        }
    }
    cli->args = args;
    if (asked->help || asked->version || cli->command == NULL) {
        return FLYT_OK;
    }
    if (cli->n_args < cli->command->min_args || cli->n_args > cli->command->max_args) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                               "usage: flyt %s %s ('flyt %s --help' tells more)",
                               "brug: flyt %s %s ('flyt %s --help' fortæller mere)",
                               cli->command->name, cli->command->args, cli->command->name);
    }
    return FLYT_OK;
}

/* ---- the program --------------------------------------------------------------------------- */

static enum flyt_lang environment_lang(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < FLYT_COUNT(names); i++) {
        const char *text = getenv(names[i]);
        if (text != NULL && *text != '\0') {
            return strncmp(text, "da", 2) == 0 ? FLYT_DA : FLYT_EN;
        }
    }
    return FLYT_EN;
}

static void print_faults(const struct flyt_diag *diag, enum flyt_status status)
{
    uint32_t n = diag->n_faults < FLYT_DIAG_FAULTS ? diag->n_faults : FLYT_DIAG_FAULTS;
    for (uint32_t i = 0; i < n; i++) {
        fprintf(stderr, "%s\n", diag->fault[i].text);
    }
    if (diag->n_faults > n) {
        fprintf(stderr, diag->lang == FLYT_DA ? "... og %u fejl til\n" : "... and %u more\n",
                diag->n_faults - n);
    }
    if (diag->n_faults == 0) {
        fprintf(stderr, "flyt: %s\n", flyt_status_text(status, diag->lang));
    }
}

static enum flyt_status run_command(struct flyt_cli *cli, int argc, char **argv)
{
    struct asked asked = {0};
    const char **args = FLYT_ARENA_ARRAY(cli->arena, const char *, (size_t)argc + 1);
    if (args == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(parse(cli, argc, argv, args, &asked));
    if (asked.version) {
        printf("flyt %s\n", FLYT_VERSION);
    } else if (cli->command != NULL && asked.help) {
        flyt_cli_print_command_help(cli->command, cli->lang);
    } else if (cli->command == NULL) {
        flyt_cli_print_help(cli->lang);
        return asked.help ? FLYT_OK : FLYT_ERR_USAGE;
    } else {
        return cli->command->run(cli);
    }
    return FLYT_OK;
}

/** Whether standard output is a pipe that nobody reads any more: `flyt ... | head`. */
static bool reader_left(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO};
    return poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

int flyt_cli_main(int argc, char **argv)
{
    (void)signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error, not a silent death */
    (void)signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow */
    struct flyt_arena arena;
    struct flyt_diag diag = {.lang = environment_lang()};
    flyt_arena_init(&arena, 0);
    struct flyt_cli cli = {.arena = &arena, .diag = &diag, .lang = diag.lang};
    enum flyt_status status = run_command(&cli, argc, argv);
    if ((fflush(stdout) != 0 || ferror(stdout) != 0) && status == FLYT_OK) {
        status = reader_left() ? FLYT_ERR_IO
                               : flyt_diag_fault(&diag, FLYT_ERR_IO, nowhere,
                                                 "cannot write to standard output",
                                                 "kan ikke skrive til standard output");
    }
    bool quiet = diag.n_faults == 0 && (status == FLYT_ERR_USAGE || cli.told || reader_left());
    if (status != FLYT_OK && !quiet) {
        print_faults(&diag, status);
    }
    flyt_arena_free(&arena);
    return (int)status;
}
