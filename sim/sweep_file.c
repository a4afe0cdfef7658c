/* The keys of a sweep file but its factors and points: what may be written, and where it goes. */
#include <string.h>

#include "sim/sweep_load.h"
#include "sim/text.h"

enum key {
    KEY_title,
    KEY_description,
    KEY_scenario,
    KEY_plan,
    KEY_points,
    KEY_levels,
    KEY_replicates,
    KEY_years,
    KEY_seed,
    KEY_sample,
    KEY_parameters,
    KEY_factors,
    KEY_series,
    KEY_time,
    N_KEYS
};

static const char *const key_names[N_KEYS] = {
    "title", "description", "scenario", "plan",       "points",  "levels", "replicates",
    "years", "seed",        "sample",   "parameters", "factors", "series", "time",
};

/** The keys that are whole numbers, with their ranges. */
static const struct flyt_field numbers[N_KEYS] = {
    [KEY_points] = {.name = "points", .unit = "points", .low = 1, .high = 100000},
    [KEY_levels] = {.name = "levels", .unit = "levels", .low = 2, .high = 100},
    [KEY_replicates] = {.name = "replicates", .unit = "worlds", .low = 1, .high = 10000},
    [KEY_years] = {.name = "years", .unit = "years", .low = 1, .high = 200},
    [KEY_seed] = {.name = "seed", .unit = "32 bits", .low = 0, .high = 4294967295.0},
    [KEY_sample] = {.name = "sample", .unit = "one home in so many", .low = 1, .high = 1000},
};

#define X(name, en, da) #name,
static const char *const plan_names[] = {FLYT_SWEEP_PLANS(X)};
#undef X
#define X(name, en, da) {en, da},
static const char *const plan_texts[][2] = {FLYT_SWEEP_PLANS(X)};
#undef X
static const char *const time_names[] = {"years", "months", "end"};

const char *flyt_sweep_plan_name(enum flyt_sweep_plan plan)
{
    return plan_names[plan];
}

const char *flyt_sweep_plan_text(enum flyt_sweep_plan plan, enum flyt_lang lang)
{
    return plan_texts[plan][lang == FLYT_DA];
}

const char *flyt_sweep_time_name(enum flyt_sweep_time time)
{
    return time_names[time];
}

static uint32_t find_name(const char *const *names, uint32_t n_names, const char *name)
{
    for (uint32_t i = 0; i < n_names; i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

static struct flyt_place top_of(const struct flyt_sweep_load *load)
{
    return load->root->place;
}

/* ---- keys ---------------------------------------------------------------------------------- */

/** Whether a node is one text; else a fault. */
static bool is_text(struct flyt_sweep_load *load, const struct flyt_yaml_node *node,
                    const char *key)
{
    if (node->kind == FLYT_YAML_text && node->n > 0) {
        return true;
    }
    if (node->kind != FLYT_YAML_none) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                               "%s: a single value is needed",
                                               "%s: der skal stå én værdi", key));
    }
    return false;
}

static enum flyt_status take_number(struct flyt_sweep_load *load, uint32_t key,
                                    const struct flyt_yaml_node *node)
{
    struct flyt_sweep *out = load->out;
    struct flyt_field field = numbers[key];
    double value = 0;
    field.type = FLYT_FIELD_count;
    if (!is_text(load, node, key_names[key])) {
        load->given[key] = false;
        return FLYT_OK;
    }
    enum flyt_status status = flyt_field_parse(&field, key_names[key], node->text, node->n,
                                               node->place, &value, load->diag);
    uint32_t *const target[N_KEYS] = {[KEY_points] = &out->n_base_points,
                                      [KEY_levels] = &out->n_levels,
                                      [KEY_replicates] = &out->n_replicates,
                                      [KEY_sample] = &out->sample};
    load->given[key] = status == FLYT_OK;
    if (status == FLYT_OK && target[key] != NULL) {
        *target[key] = (uint32_t)value;
    }
    return flyt_sweep_note(load, status);
}

/** One of some names: its number, FLYT_NONE with a fault. */
static uint32_t take_choice(struct flyt_sweep_load *load, const struct flyt_yaml_node *node,
                            const char *key, const char *const *names, uint32_t n_names)
{
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    if (!is_text(load, node, key)) {
        return FLYT_NONE;
    }
    uint32_t found = find_name(names, n_names, node->text);
    if (found == FLYT_NONE) {
        uint32_t near = flyt_text_nearest(node->text, node->n, n_names, flyt_text_name, names);
        struct flyt_text list = {.arena = load->arena};
        for (uint32_t i = 0; i < n_names; i++) {
            flyt_text_add(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
        }
        flyt_sweep_fault(load,
                         flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                         "%s: there is no \"%s\"%s (allowed: %s)",
                                         "%s: der er ingen \"%s\"%s (tilladt: %s)", key,
                                         flyt_text_quote(quoted, node->text, node->n),
                                         flyt_text_hint(hint, load->diag,
                                                        near == FLYT_NONE ? NULL : names[near]),
                                         list.bytes == NULL || list.failed ? "" : list.bytes));
    }
    return found;
}

static enum flyt_status take_title(struct flyt_sweep_load *load, const struct flyt_yaml_node *node)
{
    if (!is_text(load, node, "title")) {
        return FLYT_OK;
    }
    if (strcspn(node->text, "\n\t") < node->n) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                               "title: a line break or tab; a title is one line",
                                               "title: et linjeskift eller en tabulator; en titel "
                                               "er én linje"));
        return FLYT_OK;
    }
    load->out->title = node->text;
    return FLYT_OK;
}

/** One key of the file. What must wait for others is only noted. */
static enum flyt_status take_key(struct flyt_sweep_load *load, const struct flyt_yaml_node *item)
{
    struct flyt_sweep *out = load->out;
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    uint32_t key = find_name(key_names, N_KEYS, item->key), found;
    size_t n = strlen(item->key);
    if (key == FLYT_NONE) {
        uint32_t near = flyt_text_nearest(item->key, n, N_KEYS, flyt_text_name, key_names);
        flyt_sweep_fault(
            load,
            flyt_diag_fault(
                load->diag, FLYT_ERR_SCENARIO, item->key_place,
                "unknown key \"%s\"%s (allowed: title, description, scenario, plan, points, "
                "levels, replicates, years, seed, sample, parameters, factors, series, time)",
                "ukendt nøgle \"%s\"%s (tilladt: title, description, scenario, plan, points, "
                "levels, replicates, years, seed, sample, parameters, factors, series, time)",
                flyt_text_quote(quoted, item->key, n),
                flyt_text_hint(hint, load->diag, near == FLYT_NONE ? NULL : key_names[near])));
        return FLYT_OK;
    }
    load->given[key] = true;
    switch (key) {
    case KEY_title:
        return take_title(load, item);
    case KEY_plan:
        found = take_choice(load, item, "plan", plan_names, FLYT_SWEEP_N_PLANS);
        out->plan = found == FLYT_NONE ? out->plan : (enum flyt_sweep_plan)found;
        return FLYT_OK;
    case KEY_time:
        found = take_choice(load, item, "time", time_names, FLYT_SWEEP_N_TIMES);
        out->time = found == FLYT_NONE ? out->time : (enum flyt_sweep_time)found;
        return FLYT_OK;
    case KEY_points:
        return item->kind == FLYT_YAML_list ? FLYT_OK : take_number(load, key, item);
    default:
        return numbers[key].name == NULL ? FLYT_OK : take_number(load, key, item);
    }
}

/* ---- what all points have ------------------------------------------------------------------ */

static void add_set(struct flyt_sweep_load *load, const char **set, const char *key,
                    const struct flyt_yaml_node *node)
{
    if (node != NULL && node->kind == FLYT_YAML_text && node->n > 0) {
        set[load->out->n_sets] = flyt_arena_printf(load->arena, "%s=%s", key, node->text);
        load->out->n_sets += set[load->out->n_sets] != NULL;
    } else if (node != NULL && node->kind != FLYT_YAML_none) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                               "%s: a single value is needed; a schedule of years "
                                               "stands in quotes: \"{2024: 0.1}\"",
                                               "%s: der skal stå én værdi; en plan over år står i "
                                               "anførselstegn: \"{2024: 0.1}\"",
                                               key));
    }
}

/** years, seed and `parameters:` as settings. They are checked when the base has been read. */
static enum flyt_status take_common(struct flyt_sweep_load *load)
{
    const struct flyt_yaml_node *parameters = flyt_yaml_find(load->root, "parameters");
    uint32_t n = 2;
    bool map = parameters != NULL && parameters->kind == FLYT_YAML_map;
    for (const struct flyt_yaml_node *item = map ? parameters->child : NULL; item != NULL;
         item = item->next) {
        n++;
    }
    const char **set = FLYT_ARENA_ZERO(load->arena, const char *, n);
    if (set == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (load->given[KEY_years]) { /* else its fault is told */
        add_set(load, set, "years", flyt_yaml_find(load->root, "years"));
    }
    if (load->given[KEY_seed]) {
        add_set(load, set, "seed", flyt_yaml_find(load->root, "seed"));
    }
    if (parameters != NULL && !map && parameters->kind != FLYT_YAML_none) {
        flyt_sweep_fault(load,
                         flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, parameters->place,
                                         "parameters: a block of \"group.name: value\" is needed",
                                         "parameters: der skal stå en blok af "
                                         "\"gruppe.navn: værdi\""));
    }
    for (const struct flyt_yaml_node *item = map ? parameters->child : NULL; item != NULL;
         item = item->next) {
        if (item->key[0] != '\0') {
            add_set(load, set, item->key, item);
        }
    }
    load->out->set = set;
    return FLYT_OK;
}

/** The base scenario, first without the common settings so that their faults get their places. */
static enum flyt_status take_base(struct flyt_sweep_load *load)
{
    struct flyt_sweep *out = load->out;
    const struct flyt_yaml_node *node = flyt_yaml_find(load->root, "scenario");
    const char *const *set = out->set;
    uint32_t n_sets = out->n_sets, base = FLYT_NONE;
    if (node == NULL) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, top_of(load),
                                               "scenario: the scenario that is varied is missing "
                                               "(scenario: fyn)",
                                               "scenario: det scenarie, der varieres, mangler "
                                               "(scenario: fyn)"));
        return FLYT_OK;
    }
    if (!is_text(load, node, "scenario")) {
        return FLYT_OK;
    }
    out->n_sets = 0;
    FLYT_TRY(flyt_sweep_base_named(load, node, "scenario", &base));
    const struct flyt_yaml_node *parameters = flyt_yaml_find(load->root, "parameters");
    for (uint32_t i = 0; base != FLYT_NONE && i < n_sets; i++) {
        size_t n = strcspn(set[i], "=");
        const char *key = flyt_arena_copy(load->arena, set[i], n);
        const struct flyt_yaml_node *at =
            parameters == NULL || parameters->kind != FLYT_YAML_map || key == NULL
                ? NULL
                : flyt_yaml_find(parameters, key);
        FLYT_TRY(
            flyt_sweep_probe(load, &set[i], 1, base, at == NULL ? top_of(load) : at->key_place));
    }
    out->set = set;
    out->n_sets = n_sets;
    if (n_sets == 0) {
        return FLYT_OK;
    }
    out->n_bases = 0; /* read again, with them */
    return base == FLYT_NONE || load->status != FLYT_OK
               ? FLYT_OK
               : flyt_sweep_base_named(load, node, "scenario", &base);
}

/* ---- the whole ----------------------------------------------------------------------------- */

static enum flyt_status read_file(struct flyt_sweep_load *load, const char *path)
{
    static const size_t most = 4U << 20;
    struct flyt_sweep *out = load->out;
    if (load->options->source != NULL) {
        out->file = load->options->source->file;
        out->name = load->options->source->name;
        load->folder = "";
        return FLYT_OK;
    }
    FLYT_TRY(
        flyt_fileio_read(path, most, (struct flyt_place){0}, load->arena, &out->file, load->diag));
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    size_t n = dot != NULL && dot > name ? (size_t)(dot - name) : strlen(name);
    load->folder = flyt_arena_copy(load->arena, path, (size_t)(name - path));
    out->name = flyt_arena_copy(load->arena, name, n);
    return load->folder == NULL || out->name == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** What the file is known by: mixing results of two fingerprints is refused. */
static void take_fingerprint(struct flyt_sweep *out)
{
    struct flyt_digest digest;
    flyt_digest_init(&digest);
    flyt_digest_text(&digest, "flyt-sweep-1");
    flyt_digest_text(&digest, FLYT_VERSION);
    flyt_digest_number(&digest, out->file.n);
    flyt_digest_bytes(&digest, out->file.bytes, out->file.n);
    for (uint32_t i = 0; i < out->n_bases; i++) {
        flyt_digest_text(&digest, out->base[i].name);
        for (uint32_t k = 0; k < out->base[i].n_inputs; k++) {
            flyt_digest_text(&digest, out->base[i].input[k].path);
            flyt_digest_number(&digest, out->base[i].input[k].n);
            flyt_digest_bytes(&digest, out->base[i].input[k].bytes, out->base[i].input[k].n);
        }
    }
    flyt_digest_end(&digest, out->fingerprint);
}

static enum flyt_status read_keys(struct flyt_sweep_load *load)
{
    for (const struct flyt_yaml_node *item = load->root->child; item != NULL; item = item->next) {
        if (item->key[0] != '\0') {
            FLYT_TRY(take_key(load, item));
        }
    }
    if (!load->given[KEY_plan]) {
        flyt_sweep_fault(
            load,
            flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, top_of(load),
                            "plan: it is missing (grid, list, factorial, latin_hypercube, "
                            "sobol or morris)",
                            "plan: den mangler (grid, list, factorial, latin_hypercube, sobol "
                            "eller morris)"));
    }
    return take_common(load);
}

enum flyt_status flyt_sweep_load(const char *path, const struct flyt_sweep_options *options,
                                 struct flyt_arena *arena, struct flyt_sweep *out,
                                 struct flyt_diag *diag)
{
    struct flyt_yaml_node *root = NULL;
    struct flyt_sweep_load load = {.options = options, .arena = arena, .diag = diag, .out = out};
    *out = (struct flyt_sweep){.n_replicates = 1, .sample = 1, .n_levels = 4};
    FLYT_TRY(read_file(&load, path));
    out->base = FLYT_ARENA_ZERO(arena, struct flyt_scenario, FLYT_SWEEP_FACTORS);
    if (out->base == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_sweep_note(&load, flyt_yaml_parse(&out->file, arena, &root, diag)));
    if (root == NULL || root->kind != FLYT_YAML_map) {
        return root == NULL && load.status != FLYT_OK
                   ? load.status
                   : flyt_diag_fault(diag, FLYT_ERR_SCENARIO,
                                     (struct flyt_place){out->file.path, 1, 1},
                                     "a sweep file is a block of \"name: value\"",
                                     "en gennemløbsfil er en blok af \"navn: værdi\"");
    }
    load.root = root;
    FLYT_TRY(read_keys(&load));
    FLYT_TRY(take_base(&load));
    if (out->n_bases > 0) {
        FLYT_TRY(flyt_sweep_take_factors(&load));
        FLYT_TRY(flyt_sweep_find_conflicts(&load));
    }
    if (load.status == FLYT_OK) {
        FLYT_TRY(flyt_sweep_lay_points(&load));
        FLYT_TRY(flyt_sweep_count_runs(&load));
    }
    if (load.status == FLYT_OK) {
        FLYT_TRY(flyt_sweep_lay_series(&load));
    }
    out->title = out->title == NULL ? out->name : out->title;
    take_fingerprint(out);
    return load.status;
}
