/* The files of a scenario: which may be read, what extends what, and their bytes. */
#define _DEFAULT_SOURCE
#include "sim/scenario_load.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sim/text.h"

static const size_t YAML_BYTES = 4U << 20, CSV_BYTES = 64U << 20;

/** Length of the folder part of a path, with its slash. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/** The path without links, in the arena; NULL when it does not exist (or memory is out). */
static const char *real_path(struct flyt_arena *arena, const char *path)
{
    char real[PATH_MAX];
    return realpath(path, real) == NULL ? NULL : flyt_arena_copy(arena, real, strlen(real));
}

/** The part of `real` below `folder`, NULL when it is not below it. */
static const char *below(const char *real, const char *folder)
{
    size_t n = folder == NULL ? 0 : strlen(folder);
    n -= n > 0 && folder[n - 1] == '/'; /* the root folder */
    bool inside = folder != NULL && strncmp(real, folder, n) == 0 && real[n] == '/';
    return inside ? real + n + 1 : NULL;
}

/** A file's name for the record: relative to the scenario, free of this machine's folders. */
static const char *record_name(const struct flyt_scenario_load *load, const char *real)
{
    const char *inside = below(real, load->home);
    if (inside != NULL) {
        return inside;
    }
    inside = below(real, load->share);
    return inside == NULL
               ? flyt_arena_printf(load->arena, "<outside>/%s", real + folder_length(real))
               : flyt_arena_printf(load->arena, "<scenarios>/%s", inside);
}

/** Keeps the bytes of a file that was read. */
static enum flyt_status keep_input(struct flyt_scenario_load *load, const struct flyt_bytes *bytes,
                                   const char *real)
{
    struct flyt_scenario *out = load->out;
    if (out->n_inputs == load->inputs_capacity) {
        uint32_t capacity = load->inputs_capacity == 0 ? 16 : 2 * load->inputs_capacity;
        struct flyt_bytes *grown = FLYT_ARENA_ARRAY(load->arena, struct flyt_bytes, capacity);
        if (grown == NULL) {
            return FLYT_ERR_MEMORY;
        }
        if (out->n_inputs > 0) {
            memcpy(grown, out->input, out->n_inputs * sizeof *grown);
        }
        out->input = grown;
        load->inputs_capacity = capacity;
    }
    struct flyt_bytes *input = &out->input[out->n_inputs++];
    *input = *bytes;
    input->path = load->options->input != NULL ? bytes->path : record_name(load, real);
    return input->path == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** The next of the inputs that were given instead of files: the order of reading never changes. */
static enum flyt_status take_given(struct flyt_scenario_load *load, struct flyt_place place,
                                   struct flyt_bytes *out)
{
    *out = (struct flyt_bytes){0};
    if (load->n_taken == load->options->n_inputs) {
        return flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, place,
                               "the file that is named here is not among the inputs kept",
                               "den fil, der nævnes her, er ikke blandt de gemte inddata");
    }
    *out = load->options->input[load->n_taken++];
    return FLYT_OK;
}

/** Reads and parses a YAML file of the chain. */
static enum flyt_status read_yaml(struct flyt_scenario_load *load, struct flyt_scenario_file *file,
                                  struct flyt_place place)
{
    struct flyt_bytes bytes;
    struct flyt_yaml_node *root = NULL;
    enum flyt_status status =
        load->options->input != NULL
            ? take_given(load, place, &bytes)
            : flyt_fileio_read(file->path, YAML_BYTES, place, load->arena, &bytes, load->diag);
    load->broken = load->broken || status != FLYT_OK;
    FLYT_TRY(flyt_scenario_note(load, status));
    if (status != FLYT_OK) {
        return FLYT_OK;
    }
    if (load->options->input == NULL) {
        bytes.path = file->path;
    }
    file->path = bytes.path;
    FLYT_TRY(keep_input(load, &bytes, file->real));
    FLYT_TRY(flyt_scenario_note(load, flyt_yaml_parse(&bytes, load->arena, &root, load->diag)));
    if (root != NULL && root->kind != FLYT_YAML_map) {
        if (root->kind != FLYT_YAML_none) {
            flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, root->place,
                                                      "a scenario is a block of \"name: value\"",
                                                      "et scenarie er en blok af \"navn: værdi\""));
        }
        root = NULL;
    }
    file->root = root;
    load->broken = load->broken || root == NULL;
    return FLYT_OK;
}

/** The fault of a file name that leads nowhere. */
static void report_missing(struct flyt_scenario_load *load, struct flyt_place place,
                           const char *key, const char *quoted, int error)
{
    if (error == ENOENT || error == ENOTDIR) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_INPUT, place,
                                                  "%s: there is no file \"%s\"",
                                                  "%s: der er ingen fil \"%s\"", key, quoted));
    } else {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_INPUT, place,
                                                  "%s: \"%s\" cannot be opened: %s",
                                                  "%s: \"%s\" kan ikke åbnes: %s", key, quoted,
                                                  strerror(error)));
    }
}

/**
 * Finds the file that a scenario names: beside the file that names it, else among the shipped
 * scenarios. *path is NULL when a fault was noted.
 */
static enum flyt_status find_named(struct flyt_scenario_load *load,
                                   const struct flyt_scenario_named *named, const char *key,
                                   const char **path, const char **real)
{
    const struct flyt_yaml_node *node = named->node;
    const char *text = node->text;
    char quoted[FLYT_QUOTE_SIZE];
    struct stat info;
    (void)flyt_text_quote(quoted, text, node->n);
    *path = NULL;
    if (text[0] == '/' && !load->options->allow_outside) {
        flyt_scenario_fault(
            load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                  "%s: \"%s\" is an absolute path; write it relative to this file "
                                  "(--allow-outside allows it)",
                                  "%s: \"%s\" er en absolut sti; skriv den i forhold til denne fil "
                                  "(--allow-outside tillader den)",
                                  key, quoted));
        return FLYT_OK;
    }
    const char *found =
        flyt_arena_printf(load->arena, "%s%s", text[0] == '/' ? "" : named->file->folder, text);
    int error = found != NULL && stat(found, &info) != 0 ? errno : 0;
    if (error != 0 && load->share != NULL && text[0] != '/') {
        const char *shipped = flyt_arena_printf(load->arena, "%s/%s", load->share, text);
        bool exists = shipped != NULL && stat(shipped, &info) == 0;
        found = exists || shipped == NULL ? shipped : found;
        error = exists ? 0 : error;
    }
    if (found == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (error != 0) {
        report_missing(load, node->place, key, quoted, error);
        return FLYT_OK;
    }
    if (strcmp(key, "extends") == 0 && S_ISDIR(info.st_mode)) {
        found = flyt_arena_printf(load->arena, "%s/scenario.yaml", found);
    }
    *real = found == NULL ? NULL : real_path(load->arena, found);
    if (*real == NULL) {
        report_missing(load, node->place, key, quoted, ENOENT);
        return FLYT_OK;
    }
    if (!load->options->allow_outside && below(*real, load->home) == NULL &&
        below(*real, load->share) == NULL) {
        flyt_scenario_fault(
            load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                  "%s: \"%s\" lies outside the scenario's folder and the shipped "
                                  "scenarios (--allow-outside allows it)",
                                  "%s: \"%s\" ligger uden for scenariets mappe og de medfølgende "
                                  "scenarier (--allow-outside tillader den)",
                                  key, quoted));
        return FLYT_OK;
    }
    *path = found;
    return FLYT_OK;
}

/** Whether a node can be a file's name; a fault is noted when it cannot. */
static bool is_file_name(struct flyt_scenario_load *load, const struct flyt_yaml_node *node,
                         const char *key)
{
    if (node->kind == FLYT_YAML_none) {
        return false;
    }
    if (node->kind != FLYT_YAML_text || node->n == 0) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                                  "%s: the name of a file is needed",
                                                  "%s: der skal stå et filnavn", key));
        return false;
    }
    return true;
}

enum flyt_status flyt_scenario_read_named(struct flyt_scenario_load *load,
                                          const struct flyt_scenario_named *named, const char *key,
                                          struct flyt_bytes *out)
{
    const char *path = NULL, *real = NULL;
    *out = (struct flyt_bytes){0};
    if (!is_file_name(load, named->node, key)) {
        return FLYT_OK;
    }
    if (load->options->input != NULL) {
        enum flyt_status given = take_given(load, named->node->place, out);
        return given == FLYT_OK ? keep_input(load, out, NULL) : flyt_scenario_note(load, given);
    }
    FLYT_TRY(find_named(load, named, key, &path, &real));
    if (path == NULL) {
        return FLYT_OK;
    }
    enum flyt_status status =
        flyt_fileio_read(path, CSV_BYTES, named->node->place, load->arena, out, load->diag);
    if (status != FLYT_OK) {
        out->bytes = NULL;
        return flyt_scenario_note(load, status);
    }
    out->path = path;
    return keep_input(load, out, real);
}

/** Opens the next file of the chain. *more: there was one and it could be read. */
static enum flyt_status read_parent(struct flyt_scenario_load *load, bool *more)
{
    struct flyt_scenario_file *child = &load->file[load->n_files - 1];
    struct flyt_scenario_named named = {flyt_yaml_find(child->root, "extends"), child};
    const char *path = NULL, *real = NULL;
    *more = false;
    if (named.node == NULL) {
        return FLYT_OK;
    }
    bool is_name = is_file_name(load, named.node, "extends");
    if (is_name && load->options->input != NULL) {
        path = real = load->n_taken < load->options->n_inputs
                          ? load->options->input[load->n_taken].path
                          : named.node->text; /* reading it will say that it is missing */
    } else if (is_name) {
        FLYT_TRY(find_named(load, &named, "extends", &path, &real));
    }
    if (path == NULL) {
        load->broken = true;
        return FLYT_OK;
    }
    bool cycle = load->n_files == FLYT_SCENARIO_FILES;
    for (uint32_t i = 0; i < load->n_files; i++) {
        cycle = cycle || strcmp(load->file[i].real, real) == 0;
    }
    if (cycle) {
        char quoted[FLYT_QUOTE_SIZE];
        load->broken = true;
        flyt_scenario_fault(
            load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, named.node->place,
                                  "extends: \"%s\" extends this file in turn (or over %d files "
                                  "extend each other)",
                                  "extends: \"%s\" udvider selv denne fil (eller over %d filer "
                                  "udvider hinanden)",
                                  flyt_text_quote(quoted, named.node->text, named.node->n),
                                  FLYT_SCENARIO_FILES));
        return FLYT_OK;
    }
    struct flyt_scenario_file *file = &load->file[load->n_files++];
    file->path = path;
    file->folder = flyt_arena_copy(load->arena, path, folder_length(path));
    file->real = real;
    FLYT_TRY(file->folder == NULL ? FLYT_ERR_MEMORY : FLYT_OK);
    FLYT_TRY(read_yaml(load, file, named.node->place));
    *more = file->root != NULL;
    return FLYT_OK;
}

/** Whether a character may be in a scenario's name, which becomes a file name; its bytes. */
static size_t name_character(const char *text)
{
    static const char *const danish[] = {"æ", "ø", "å", "Æ", "Ø", "Å"};
    char c = text[0];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
        c == '_' || c == '-') {
        return 1;
    }
    for (size_t i = 0; i < FLYT_COUNT(danish); i++) {
        if (strncmp(text, danish[i], 2) == 0) {
            return 2;
        }
    }
    return 0;
}

/** The scenario's name: that of its folder, or of its file without .yaml. */
static enum flyt_status take_name(struct flyt_scenario_load *load, bool folder)
{
    const struct flyt_scenario_file *file = &load->file[0];
    const char *base = file->path + folder_length(file->path);
    size_t n = strlen(base);
    if (load->options->input != NULL) {
        base = load->options->name;
        n = strlen(base);
    } else if (folder || strcmp(base, "scenario.yaml") == 0) {
        base = load->home + folder_length(load->home);
        n = strlen(base);
    } else if (n > 5 && strcmp(base + n - 5, ".yaml") == 0) {
        n -= 5;
    } else if (n > 4 && strcmp(base + n - 4, ".yml") == 0) {
        n -= 4;
    }
    load->out->name = flyt_arena_copy(load->arena, base, n);
    size_t at = 0;
    for (size_t step = 1; at < n && step > 0; at += step) {
        step = name_character(base + at);
        if (step == 0) {
            break;
        }
    }
    if (at < n || n == 0 || base[0] == '.' || base[0] == '-') {
        char quoted[FLYT_QUOTE_SIZE];
        const char *shown = flyt_text_path(load->arena, file->path);
        struct flyt_place place = {.file = shown == NULL ? "" : shown};
        flyt_scenario_fault(
            load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, place,
                                  "the scenario's name \"%s\" becomes a file name: only letters, "
                                  "digits, \".\", \"_\" and \"-\" may be in it",
                                  "scenariets navn \"%s\" bliver til et filnavn: kun bogstaver, "
                                  "cifre, \".\", \"_\" og \"-\" må indgå",
                                  flyt_text_quote(quoted, base, n)));
    }
    return load->out->name == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** The scenario's own file: its path, and the folder it may not leave. False: no such file. */
static enum flyt_status open_first(struct flyt_scenario_load *load, const char *path, bool folder)
{
    struct flyt_scenario_file *file = &load->file[0];
    size_t n = strlen(path);
    file->path = folder ? flyt_arena_printf(load->arena, "%s%sscenario.yaml", path,
                                            n > 0 && path[n - 1] == '/' ? "" : "/")
                        : path;
    if (file->path == NULL) {
        return FLYT_ERR_MEMORY;
    }
    file->folder = flyt_arena_copy(load->arena, file->path, folder_length(file->path));
    if (file->folder == NULL) {
        return FLYT_ERR_MEMORY;
    }
    load->n_files = 1;
    load->home = real_path(load->arena, file->folder[0] == '\0' ? "." : file->folder);
    if (load->options->share != NULL) {
        load->share = real_path(load->arena, load->options->share);
    }
    if (load->home == NULL) {
        load->home = "/nowhere"; /* reading the file will say that it is missing */
    }
    file->real =
        flyt_arena_printf(load->arena, "%s/%s", strcmp(load->home, "/") == 0 ? "" : load->home,
                          file->path + folder_length(file->path));
    return file->real == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** The scenario's own file among the inputs that were given. */
static void open_given(struct flyt_scenario_load *load)
{
    struct flyt_scenario_file *file = &load->file[0];
    file->path = load->options->n_inputs > 0 ? load->options->input[0].path : "";
    file->folder = "";
    file->real = file->path;
    load->n_files = 1;
}

enum flyt_status flyt_scenario_read_chain(struct flyt_scenario_load *load, const char *path)
{
    bool folder = path != NULL && is_folder(path);
    if (load->options->input != NULL) {
        open_given(load);
    } else {
        FLYT_TRY(open_first(load, path, folder));
    }
    FLYT_TRY(read_yaml(load, &load->file[0], (struct flyt_place){0}));
    if (load->out->n_inputs == 0) {
        return FLYT_OK;
    }
    FLYT_TRY(take_name(load, folder));
    bool more = load->file[0].root != NULL;
    while (more) {
        FLYT_TRY(read_parent(load, &more));
    }
    return FLYT_OK;
}
