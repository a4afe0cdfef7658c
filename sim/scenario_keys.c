/* The keys of a scenario but its parameters: what may be written, and where it goes. */
#include "sim/scenario_load.h"

#include <string.h>

#include "sim/text.h"

enum key {
    KEY_title,
    KEY_description,
    KEY_extends,
    KEY_model,
    KEY_start,
    KEY_years,
    KEY_seed,
    KEY_replicates,
    KEY_tables,
    KEY_drivers,
    KEY_parameters,
    KEY_policies,
    N_KEYS
};

static const char *const key_names[N_KEYS] = {
    "title", "description", "extends", "model",   "start",      "years",
    "seed",  "replicates",  "tables",  "drivers", "parameters", "policies",
};

/** The keys that are whole numbers, with their ranges. */
static const struct flyt_field numbers[N_KEYS] = {
    [KEY_start] = {.name = "start", .unit = "year", .low = 1900, .high = 2200},
    [KEY_years] = {.name = "years", .unit = "years", .low = 1, .high = 200},
    [KEY_seed] = {.name = "seed", .unit = "32 bits", .low = 0, .high = 4294967295.0},
    [KEY_replicates] = {.name = "replicates", .unit = "worlds", .low = 1, .high = 10000},
};

static uint32_t find_key(const char *name, size_t n)
{
    for (uint32_t i = 0; i < N_KEYS; i++) {
        if (strlen(key_names[i]) == n && memcmp(key_names[i], name, n) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

/** Stores a whole number. */
static enum flyt_status take_number(struct flyt_scenario_load *load, uint32_t key, const char *text,
                                    size_t n, struct flyt_place place)
{
    struct flyt_field field = numbers[key];
    struct flyt_scenario *out = load->out;
    double value = 0;
    field.type = FLYT_FIELD_count;
    load->start_given = load->start_given || key == KEY_start; /* a wrong one is not missing */
    enum flyt_status status =
        flyt_field_parse(&field, key_names[key], text, n, place, &value, load->diag);
    if (status == FLYT_OK) {
        uint32_t *const target[N_KEYS] = {[KEY_years] = &out->years,
                                          [KEY_seed] = &out->seed,
                                          [KEY_replicates] = &out->n_replicates};
        if (key == KEY_start) {
            out->start_year = (int32_t)value;
        } else {
            *target[key] = (uint32_t)value;
        }
    }
    return flyt_scenario_note(load, status);
}

/** Stores a title or description. A title is one line. */
static enum flyt_status take_text(struct flyt_scenario_load *load, uint32_t key, const char *text,
                                  size_t n, struct flyt_place place)
{
    if (key == KEY_title && strcspn(text, "\n\t") < n) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, place,
                                                  "title: a line break or tab; a title is one line",
                                                  "title: et linjeskift eller en tabulator; en "
                                                  "titel er én linje"));
        return FLYT_OK;
    }
    const char *copy = flyt_arena_copy(load->arena, text, n);
    if (key == KEY_title) {
        load->out->title = copy;
    } else {
        load->out->description = copy;
    }
    return copy == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

static const char *table_name(const void *model_, uint32_t i)
{
    const struct flyt_model *model = model_;
    return model->table[i].name;
}

/** tables: {stock: stock.csv}: remembers which file names which table. */
static void take_tables(struct flyt_scenario_load *load, const struct flyt_scenario_file *file,
                        const struct flyt_yaml_node *node)
{
    const struct flyt_model *model = load->out->model;
    if (node->kind == FLYT_YAML_list || (node->kind == FLYT_YAML_text && node->n > 0)) {
        load->broken = true;
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                                  "tables: a block of \"name: file.csv\" is needed",
                                                  "tables: der skal stå en blok af "
                                                  "\"navn: fil.csv\""));
        return;
    }
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        uint32_t table = 0;
        while (table < model->n_tables && strcmp(model->table[table].name, item->key) != 0) {
            table++;
        }
        if (table < model->n_tables) {
            load->table[table] = (struct flyt_scenario_named){item, file};
        } else if (item->key[0] != '\0') {
            char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
            size_t n = strlen(item->key);
            uint32_t nearest = flyt_text_nearest(item->key, n, model->n_tables, table_name, model);
            const char *meant = nearest == FLYT_NONE ? NULL : model->table[nearest].name;
            if (nearest != FLYT_NONE && load->table[nearest].node == NULL) {
                load->table[nearest].file = file; /* misspelled, so not missing as well */
            }
            flyt_scenario_fault(load,
                                flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->key_place,
                                                "the model %s has no table \"%s\"%s",
                                                "modellen %s har ingen tabel \"%s\"%s", model->name,
                                                flyt_text_quote(quoted, item->key, n),
                                                flyt_text_hint(hint, load->diag, meant)));
        }
    }
}

/** The fault of a key that no scenario has. */
static void report_key(struct flyt_scenario_load *load, const struct flyt_yaml_node *item)
{
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    size_t n = strlen(item->key);
    uint32_t nearest = flyt_text_nearest(item->key, n, N_KEYS, flyt_text_name, key_names);
    const char *meant = nearest == FLYT_NONE ? NULL : key_names[nearest];
    if (nearest == FLYT_NONE && flyt_scenario_find(load, item->key, n) != FLYT_NONE) {
        meant = "parameters:";
    }
    load->start_given = load->start_given || nearest == KEY_start;
    load->broken = load->broken || nearest == KEY_tables || nearest == KEY_extends;
    flyt_scenario_fault(
        load, flyt_diag_fault(
                  load->diag, FLYT_ERR_SCENARIO, item->key_place,
                  "unknown key \"%s\"%s (allowed: title, description, extends, model, start, "
                  "years, seed, replicates, tables, drivers, parameters, policies)",
                  "ukendt nøgle \"%s\"%s (tilladt: title, description, extends, model, "
                  "start, years, seed, replicates, tables, drivers, parameters, policies)",
                  flyt_text_quote(quoted, item->key, n), flyt_text_hint(hint, load->diag, meant)));
}

/** One key of a file. */
static enum flyt_status take_key(struct flyt_scenario_load *load,
                                 const struct flyt_scenario_file *file,
                                 const struct flyt_yaml_node *item)
{
    uint32_t key = find_key(item->key, strlen(item->key));
    if (key == FLYT_NONE) {
        report_key(load, item);
        return FLYT_OK;
    }
    switch (key) {
    case KEY_tables:
        take_tables(load, file, item);
        return FLYT_OK;
    case KEY_drivers:
        load->drivers = (struct flyt_scenario_named){item, file};
        return FLYT_OK;
    case KEY_extends: /* read by flyt_scenario_read_chain() */
    case KEY_model:   /* flyt_scenario_take_model() */
    case KEY_parameters:
    case KEY_policies: /* flyt_scenario_take_policies(), when tables are read */
        return FLYT_OK;
    default:
        break;
    }
    load->start_given = load->start_given || key == KEY_start;
    if (item->kind == FLYT_YAML_none) {
        return FLYT_OK;
    }
    if (item->kind != FLYT_YAML_text) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->place,
                                                  "%s: a single value is needed, not a list or a "
                                                  "block",
                                                  "%s: der skal stå én værdi, ikke en liste eller "
                                                  "en blok",
                                                  key_names[key]));
        return FLYT_OK;
    }
    return key == KEY_title || key == KEY_description
               ? take_text(load, key, item->text, item->n, item->place)
               : take_number(load, key, item->text, item->n, item->place);
}

enum flyt_status flyt_scenario_take_keys(struct flyt_scenario_load *load,
                                         const struct flyt_scenario_file *file)
{
    for (const struct flyt_yaml_node *item = file->root->child; item != NULL; item = item->next) {
        if (item->key[0] != '\0') {
            FLYT_TRY(take_key(load, file, item));
        }
    }
    return FLYT_OK;
}

static const char *model_name(const void *models_, uint32_t i)
{
    const struct flyt_model *const *models = models_;
    return models[i]->name;
}

enum flyt_status flyt_scenario_take_model(struct flyt_scenario_load *load)
{
    const struct flyt_yaml_node *node = NULL;
    for (uint32_t i = 0; i < load->n_files && node == NULL; i++) {
        node = load->file[i].root == NULL ? NULL : flyt_yaml_find(load->file[i].root, "model");
    }
    if (node == NULL) {
        load->out->model = load->broken ? NULL : flyt_models[0];
        return FLYT_OK;
    }
    const char *text = node->kind == FLYT_YAML_text ? node->text : "";
    uint32_t n_models = 0;
    for (; flyt_models[n_models] != NULL; n_models++) {
        if (strcmp(flyt_models[n_models]->name, text) == 0) {
            load->out->model = flyt_models[n_models];
        }
    }
    if (load->out->model == NULL && node->kind != FLYT_YAML_none) {
        char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
        uint32_t nearest = flyt_text_nearest(text, strlen(text), n_models, model_name, flyt_models);
        const char *meant = flyt_models[nearest == FLYT_NONE ? 0 : nearest]->name;
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                                  "model: there is no model \"%s\"%s",
                                                  "model: der er ingen model \"%s\"%s",
                                                  flyt_text_quote(quoted, text, strlen(text)),
                                                  flyt_text_hint(hint, load->diag, meant)));
    }
    return FLYT_OK;
}

/** The value of --set for a parameter: {2024: 1, ...} is read as YAML, all else as it stands. */
static enum flyt_status set_parameter(struct flyt_scenario_load *load, uint32_t field,
                                      const char *key, const char *text, struct flyt_place place)
{
    struct flyt_yaml_node plain = {
        .kind = FLYT_YAML_text, .place = place, .text = text, .n = strlen(text)};
    struct flyt_yaml_node *node = &plain;
    if (text[0] == '{') {
        struct flyt_bytes bytes = {place.file, flyt_arena_copy(load->arena, text, plain.n),
                                   plain.n};
        if (bytes.bytes == NULL) {
            return FLYT_ERR_MEMORY;
        }
        FLYT_TRY(flyt_scenario_note(load, flyt_yaml_parse(&bytes, load->arena, &node, load->diag)));
        if (node == NULL) {
            return FLYT_OK;
        }
    }
    FLYT_TRY(flyt_scenario_take_value(load, field, key, node));
    load->out->parameter[field].place = (struct flyt_place){0};
    return FLYT_OK;
}

struct flyt_place flyt_scenario_set_place(const struct flyt_scenario_load *load, uint32_t i)
{
    const struct flyt_place *place = load->options->set_place;
    return place == NULL ? (struct flyt_place){.file = "--set"} : place[i];
}

enum flyt_status flyt_scenario_take_set(struct flyt_scenario_load *load, uint32_t i)
{
    const char *set = load->options->set[i], *equals = strchr(set, '=');
    struct flyt_place place = flyt_scenario_set_place(load, i);
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    size_t n = equals == NULL ? strlen(set) : (size_t)(equals - set), n_all = strlen(set);
    if (equals == NULL || n == 0) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_USAGE, place,
                                                  "\"%s\" is not \"name=value\"",
                                                  "\"%s\" er ikke \"navn=værdi\"",
                                                  flyt_text_quote(quoted, set, strlen(set))));
        return FLYT_OK;
    }
    if (flyt_text_utf8_fault(set, n_all) < n_all ||
        flyt_text_control(set, n_all, &(uint32_t){0}) < n_all) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, place,
                                                  "\"%s\" holds control characters or is no UTF-8",
                                                  "\"%s\" rummer kontroltegn eller er ikke UTF-8",
                                                  flyt_text_quote(quoted, set, n_all)));
        return FLYT_OK;
    }
    if (strncmp(set, "policies.", sizeof "policies." - 1) == 0) {
        return FLYT_OK; /* flyt_scenario_take_policies(), after the policies of the files */
    }
    uint32_t key = find_key(set, n), field = flyt_scenario_find(load, set, n);
    size_t length = strlen(equals + 1);
    if (field != FLYT_NONE) {
        return set_parameter(load, field, load->name[field], equals + 1, place);
    }
    if (key == KEY_title) {
        return take_text(load, key, equals + 1, length, place);
    }
    if (key != FLYT_NONE && numbers[key].name != NULL) {
        return take_number(load, key, equals + 1, length, place);
    }
    if (key != FLYT_NONE) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, place,
                                                  "\"%s\" cannot be set here, only parameters and "
                                                  "title, start, years, seed, replicates",
                                                  "\"%s\" kan ikke sættes her, kun parametre og "
                                                  "title, start, years, seed, replicates",
                                                  key_names[key]));
        return FLYT_OK;
    }
    uint32_t nearest = flyt_text_nearest(set, n, N_KEYS, flyt_text_name, key_names);
    if (nearest == FLYT_NONE) {
        flyt_scenario_fault(load, flyt_scenario_unknown(load, place, set, n));
    } else {
        flyt_scenario_fault(
            load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, place, "unknown name \"%s\"%s",
                                  "ukendt navn \"%s\"%s", flyt_text_quote(quoted, set, n),
                                  flyt_text_hint(hint, load->diag, key_names[nearest])));
    }
    return FLYT_OK;
}
