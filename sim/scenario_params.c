/* `parameters:` of a scenario and --set: names to schedules of values. */
#include "sim/scenario_load.h"

#include <stdio.h>
#include <string.h>

#include "sim/text.h"

const struct flyt_field flyt_scenario_year_field = {
    .name = "year", .unit = "year", .low = 1900, .high = 2200, .type = FLYT_FIELD_count};

enum { KEY_SIZE = 2 * FLYT_QUOTE_SIZE };

uint32_t flyt_scenario_find(const struct flyt_scenario_load *load, const char *name, size_t n)
{
    for (uint32_t i = 0; i < load->out->n_fields; i++) {
        if (strlen(load->name[i]) == n && memcmp(load->name[i], name, n) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

/** The full name nearest to a wrong one; also found when only the group is missing. */
static const char *nearest_name(const struct flyt_scenario_load *load, const char *name, size_t n)
{
    for (uint32_t i = 0; i < load->out->n_fields; i++) {
        const char *bare = strchr(load->name[i], '.') + 1;
        if (strlen(bare) == n && memcmp(bare, name, n) == 0) {
            return load->name[i];
        }
    }
    uint32_t nearest = flyt_text_nearest(name, n, load->out->n_fields, flyt_text_name, load->name);
    return nearest == FLYT_NONE ? NULL : load->name[nearest];
}

enum flyt_status flyt_scenario_unknown(struct flyt_scenario_load *load, struct flyt_place place,
                                       const char *name, size_t n)
{
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    bool wanted = load->diag != NULL && load->diag->n_faults < FLYT_DIAG_FAULTS;
    return flyt_diag_fault(
        load->diag, FLYT_ERR_SCENARIO, place,
        "unknown parameter \"%s\"%s ('flyt describe parameters' lists all)",
        "ukendt parameter \"%s\"%s ('flyt describe parameters' viser alle)",
        flyt_text_quote(quoted, name, n),
        flyt_text_hint(hint, load->diag, wanted ? nearest_name(load, name, n) : NULL));
}

/** A year of a schedule; 0 when a fault was noted. */
static enum flyt_status take_year(struct flyt_scenario_load *load, const char *key,
                                  const struct flyt_yaml_node *item, int32_t *year)
{
    double value = 0;
    *year = 0;
    if (item->key[0] == '\0') {
        return FLYT_OK; /* refused, and reported */
    }
    enum flyt_status status =
        flyt_field_parse(&flyt_scenario_year_field, key, item->key, strlen(item->key),
                         item->key_place, &value, load->diag);
    *year = status == FLYT_OK ? (int32_t)value : 0;
    return flyt_scenario_note(load, status);
}

/** {2024: 0.04, 2028: 0.03} */
static enum flyt_status take_schedule(struct flyt_scenario_load *load,
                                      const struct flyt_field *field, const char *key,
                                      const struct flyt_yaml_node *node,
                                      struct flyt_schedule *schedule)
{
    uint32_t n = 0;
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        n++;
    }
    if (n == 0) {
        flyt_scenario_fault(load,
                            flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                            "%s: no year in {}; write {2024: value, ...}",
                                            "%s: intet år i {}; skriv {2024: værdi, ...}", key));
        return FLYT_OK;
    }
    schedule->year = FLYT_ARENA_ARRAY(load->arena, int32_t, n);
    schedule->value = FLYT_ARENA_ARRAY(load->arena, double, n);
    if (schedule->year == NULL || schedule->value == NULL) {
        return FLYT_ERR_MEMORY;
    }
    int32_t latest = 0;
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        int32_t year = 0;
        double value = 0;
        FLYT_TRY(take_year(load, key, item, &year));
        if (year != 0 && year <= latest) {
            flyt_scenario_fault(load,
                                flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->key_place,
                                                "%s: the year %d stands behind %d; years ascend",
                                                "%s: året %d står efter %d; årene skal stige", key,
                                                year, latest));
            continue;
        }
        latest = year != 0 ? year : latest;
        enum flyt_status status = FLYT_ERR_SCENARIO;
        if (item->kind == FLYT_YAML_text) {
            status =
                flyt_field_parse(field, key, item->text, item->n, item->place, &value, load->diag);
        } else if (item->kind != FLYT_YAML_none) {
            status = flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->place,
                                     "%s: a single value is needed for a year",
                                     "%s: der skal stå én værdi for et år", key);
        }
        FLYT_TRY(flyt_scenario_note(load, status));
        if (status == FLYT_OK && year != 0) {
            schedule->year[schedule->n] = year;
            schedule->value[schedule->n++] = value;
        }
    }
    return FLYT_OK;
}

/** A plain value, for all years. */
static enum flyt_status take_plain(struct flyt_scenario_load *load, const struct flyt_field *field,
                                   const char *key, const struct flyt_yaml_node *node,
                                   struct flyt_schedule *schedule)
{
    schedule->year = FLYT_ARENA_ARRAY(load->arena, int32_t, 1);
    schedule->value = FLYT_ARENA_ARRAY(load->arena, double, 1);
    if (schedule->year == NULL || schedule->value == NULL) {
        return FLYT_ERR_MEMORY;
    }
    schedule->year[0] = INT32_MIN;
    enum flyt_status status = flyt_field_parse(field, key, node->text, node->n, node->place,
                                               &schedule->value[0], load->diag);
    schedule->n = status == FLYT_OK;
    return flyt_scenario_note(load, status);
}

enum flyt_status flyt_scenario_read_value(struct flyt_scenario_load *load,
                                          const struct flyt_field *field, const char *key,
                                          const struct flyt_yaml_node *node,
                                          struct flyt_schedule *out)
{
    struct flyt_schedule schedule = {.place = node->place};
    switch (node->kind) {
    case FLYT_YAML_none:
        return FLYT_OK;
    case FLYT_YAML_text:
        FLYT_TRY(take_plain(load, field, key, node, &schedule));
        break;
    case FLYT_YAML_map:
        FLYT_TRY(take_schedule(load, field, key, node, &schedule));
        break;
    case FLYT_YAML_list:
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                                  "%s: a value or {year: value} is needed, not a "
                                                  "list",
                                                  "%s: der skal stå en værdi eller {år: værdi}, "
                                                  "ikke en liste",
                                                  key));
        break;
    }
    if (schedule.n > 0) {
        *out = schedule;
    }
    return FLYT_OK;
}

enum flyt_status flyt_scenario_take_value(struct flyt_scenario_load *load, uint32_t field,
                                          const char *key, const struct flyt_yaml_node *node)
{
    return flyt_scenario_read_value(load, flyt_scenario_field(load->out->model, field, NULL), key,
                                    node, &load->out->parameter[field]);
}

/** One parameter by its full name; `given` has the line of each that this file has set. */
static enum flyt_status take_named(struct flyt_scenario_load *load, const char *name,
                                   const struct flyt_yaml_node *node, uint32_t *given)
{
    uint32_t field = flyt_scenario_find(load, name, strlen(name));
    if (field == FLYT_NONE) {
        flyt_scenario_fault(load, flyt_scenario_unknown(load, node->key_place, name, strlen(name)));
        return FLYT_OK;
    }
    if (given[field] != 0) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->key_place,
                                                  "\"%s\" is given twice; the first is in line %u",
                                                  "\"%s\" er angivet to gange; første gang i linje "
                                                  "%u",
                                                  name, given[field]));
        return FLYT_OK;
    }
    given[field] = node->key_place.line;
    char key[KEY_SIZE];
    (void)snprintf(key, sizeof key, "parameters.%s", name);
    return flyt_scenario_take_value(load, field, key, node);
}

static const struct flyt_field_group *find_group(const struct flyt_model *model, const char *name)
{
    for (uint32_t i = 0; i < model->n_groups; i++) {
        if (strcmp(model->group[i].name, name) == 0) {
            return &model->group[i];
        }
    }
    return NULL;
}

static const char *group_name(const void *model_, uint32_t i)
{
    const struct flyt_model *model = model_;
    return model->group[i].name;
}

/** letting: {municipal_share: 0.25} */
static enum flyt_status take_group(struct flyt_scenario_load *load,
                                   const struct flyt_yaml_node *node, uint32_t *given)
{
    const struct flyt_model *model = load->out->model;
    if (find_group(model, node->key) == NULL) {
        char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
        size_t n = strlen(node->key);
        uint32_t nearest = flyt_text_nearest(node->key, n, model->n_groups, group_name, model);
        flyt_scenario_fault(
            load, flyt_diag_fault(
                      load->diag, FLYT_ERR_SCENARIO, node->key_place,
                      "unknown group of parameters \"%s\"%s", "ukendt gruppe af parametre \"%s\"%s",
                      flyt_text_quote(quoted, node->key, n),
                      flyt_text_hint(hint, load->diag,
                                     nearest == FLYT_NONE ? NULL : model->group[nearest].name)));
        return FLYT_OK;
    }
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        if (item->key[0] == '\0') {
            continue;
        }
        const char *name = flyt_arena_printf(load->arena, "%s.%s", node->key, item->key);
        FLYT_TRY(name == NULL ? FLYT_ERR_MEMORY : take_named(load, name, item, given));
    }
    return FLYT_OK;
}

enum flyt_status flyt_scenario_take_params(struct flyt_scenario_load *load,
                                           const struct flyt_scenario_file *file)
{
    const struct flyt_yaml_node *params = flyt_yaml_find(file->root, "parameters");
    uint32_t *given = FLYT_ARENA_ZERO(load->arena, uint32_t, load->out->n_fields);
    if (given == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (params == NULL || params->kind == FLYT_YAML_none) {
        return FLYT_OK;
    }
    if (params->kind == FLYT_YAML_list || (params->kind == FLYT_YAML_text && params->n > 0)) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, params->place,
                                                  "parameters: a block of \"group.name: value\" is "
                                                  "needed",
                                                  "parameters: der skal stå en blok af "
                                                  "\"gruppe.navn: værdi\""));
        return FLYT_OK;
    }
    for (const struct flyt_yaml_node *item = params->child; item != NULL; item = item->next) {
        if (item->key[0] == '\0') {
            continue;
        }
        bool group =
            strchr(item->key, '.') == NULL &&
            (item->kind == FLYT_YAML_map || find_group(load->out->model, item->key) != NULL);
        if (group && item->kind != FLYT_YAML_map) {
            if (item->kind != FLYT_YAML_none && (item->kind != FLYT_YAML_text || item->n > 0)) {
                flyt_scenario_fault(
                    load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->place,
                                          "parameters.%s: a block of \"name: value\" is needed",
                                          "parameters.%s: der skal stå en blok af \"navn: værdi\"",
                                          item->key));
            }
            continue;
        }
        FLYT_TRY(group ? take_group(load, item, given) : take_named(load, item->key, item, given));
    }
    return FLYT_OK;
}
