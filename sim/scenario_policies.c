/* `policies:` of a scenario: which are in force, when, where, and with which parameters. */
#include "sim/scenario_load.h"

#include <stdio.h>
#include <string.h>

#include "sim/text.h"

enum { KEY_SIZE = 2 * FLYT_QUOTE_SIZE };

static const struct flyt_field ramp_field = {
    .name = "ramp", .unit = "years", .low = 0, .high = 100, .type = FLYT_FIELD_real};
static const struct flyt_field on_field = {.name = "on", .unit = "", .type = FLYT_FIELD_flag};

/** A policy whose keys are read. */
struct reading {
    struct flyt_scenario_load *load;
    struct flyt_scenario_policy *policy;
    uint32_t n_scopes;
    const char *name[64]; /* keys it may have: from, to, ramp, scopes, parameters */
    uint32_t n_names;
};

/* ---- room ---------------------------------------------------------------------------------- */

static uint32_t count_policies(const struct flyt_model *model)
{
    uint32_t n = 0;
    while (model->policy != NULL && model->policy[n] != NULL) {
        n++;
    }
    return n;
}

static enum flyt_status take_room(struct flyt_scenario_load *load)
{
    struct flyt_scenario *out = load->out;
    const struct flyt_model *model = out->model;
    out->n_policies = count_policies(model);
    out->policy = FLYT_ARENA_ZERO(load->arena, struct flyt_scenario_policy, out->n_policies + 1);
    if (out->policy == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < out->n_policies; i++) {
        const struct flyt_policy_spec *spec = model->policy[i];
        struct flyt_scenario_policy *policy = &out->policy[i];
        *policy = (struct flyt_scenario_policy){.spec = spec, .from = INT32_MIN, .to = INT32_MAX};
        policy->parameter = FLYT_ARENA_ZERO(load->arena, struct flyt_schedule, spec->n_fields + 1);
        policy->named = FLYT_ARENA_ZERO(load->arena, struct flyt_scenario_named_rows,
                                        model->n_scopes + spec->n_scopes + 1);
        if (policy->parameter == NULL || policy->named == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

/* ---- lists of places ----------------------------------------------------------------------- */

static const char *row_name(const void *names_, uint32_t i)
{
    const char *const *names = names_;
    return names[i];
}

/** One name of a list: its row in the table, FLYT_NONE with a fault. */
static uint32_t find_row(struct flyt_scenario_load *load, const struct flyt_policy_scope *scope,
                         const char *key, const struct flyt_yaml_node *item)
{
    const struct flyt_table *table = flyt_scenario_table(load->out, scope->table);
    if (item->kind == FLYT_YAML_none || table == NULL || table->text == NULL) {
        return FLYT_NONE; /* reported where it went wrong */
    }
    const char *const *names = flyt_table_texts(table, scope->column);
    if (item->kind == FLYT_YAML_text) {
        for (uint32_t i = 0; i < table->n_rows; i++) {
            if (strcmp(names[i], item->text) == 0) {
                return i;
            }
        }
        char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
        bool da = load->diag != NULL && load->diag->lang == FLYT_DA;
        const char *list = strchr(item->text, ',') == NULL ? ""
                           : da ? "; flere nævnes i scenariefilen: [A, B]"
                                : "; several are named in the scenario file: [A, B]";
        uint32_t nearest = flyt_text_nearest(item->text, item->n, table->n_rows, row_name, names);
        flyt_scenario_fault(
            load,
            flyt_diag_fault(
                load->diag, FLYT_ERR_SCENARIO, item->place, "%s: the table %s has no \"%s\"%s%s",
                "%s: tabellen %s har ingen \"%s\"%s%s", key, scope->table,
                flyt_text_quote(quoted, item->text, item->n),
                flyt_text_hint(hint, load->diag, nearest == FLYT_NONE ? NULL : names[nearest]),
                list));
        return FLYT_NONE;
    }
    flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->place,
                                              "%s: a name is needed, not a list or a block",
                                              "%s: der skal stå et navn, ikke en liste eller en "
                                              "blok",
                                              key));
    return FLYT_NONE;
}

/** municipalities: [Odense, Nyborg]; a single name may stand alone. */
static enum flyt_status take_scope(const struct reading *reading, uint32_t scope_, const char *key,
                                   const struct flyt_yaml_node *node)
{
    struct flyt_scenario_load *load = reading->load;
    const struct flyt_policy_scope *scope =
        flyt_scenario_scope(load->out->model, reading->policy->spec, scope_);
    bool list = node->kind == FLYT_YAML_list;
    const struct flyt_yaml_node *first = list ? node->child : node;
    struct flyt_scenario_named_rows named = {.given = true};
    if (node->kind == FLYT_YAML_map || (node->kind == FLYT_YAML_text && node->n == 0) ||
        (list && node->child == NULL)) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                                  "%s: a list of names is needed, [A, B]; leave "
                                                  "the key out for all",
                                                  "%s: der skal stå en liste af navne, [A, B]; "
                                                  "udelad nøglen for alle",
                                                  key));
        return FLYT_OK;
    }
    uint32_t n = 0;
    for (const struct flyt_yaml_node *item = first; item != NULL; item = list ? item->next : NULL) {
        n++;
    }
    named.row = FLYT_ARENA_ARRAY(load->arena, uint32_t, n + 1);
    if (named.row == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (const struct flyt_yaml_node *item = first; item != NULL; item = list ? item->next : NULL) {
        uint32_t row = find_row(load, scope, key, item), i = 0;
        while (row != FLYT_NONE && i < named.n && named.row[i] != row) {
            i++;
        }
        if (row != FLYT_NONE && i < named.n) {
            flyt_scenario_fault(load,
                                flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->place,
                                                "%s: \"%s\" is named twice",
                                                "%s: \"%s\" er nævnt to gange", key, item->text));
        } else if (row != FLYT_NONE) {
            named.row[named.n++] = row;
        }
    }
    reading->policy->named[scope_] = named;
    return FLYT_OK;
}

/* ---- one policy ---------------------------------------------------------------------------- */

static void list_names(struct reading *reading)
{
    static const char *const common[] = {"from", "to", "ramp"};
    const struct flyt_policy_spec *spec = reading->policy->spec;
    for (uint32_t i = 0; i < FLYT_COUNT(common); i++) {
        reading->name[reading->n_names++] = common[i];
    }
    for (uint32_t i = 0; i < reading->n_scopes; i++) {
        reading->name[reading->n_names++] =
            flyt_scenario_scope(reading->load->out->model, spec, i)->name;
    }
    for (uint32_t i = 0; i < spec->n_fields && reading->n_names < FLYT_COUNT(reading->name); i++) {
        reading->name[reading->n_names++] = spec->field[i].name;
    }
}

/** from, to or ramp: a single number. */
static enum flyt_status take_time(const struct reading *reading, uint32_t which, const char *key,
                                  const struct flyt_yaml_node *node)
{
    struct flyt_scenario_load *load = reading->load;
    double value = 0;
    if (node->kind != FLYT_YAML_text) {
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                                  "%s: a single value is needed, not a list or a "
                                                  "block",
                                                  "%s: der skal stå én værdi, ikke en liste eller "
                                                  "en blok",
                                                  key));
        return FLYT_OK;
    }
    enum flyt_status status =
        flyt_field_parse(which == 2 ? &ramp_field : &flyt_scenario_year_field, key, node->text,
                         node->n, node->place, &value, load->diag);
    if (status == FLYT_OK && which == 2) {
        reading->policy->ramp_years = value;
    } else if (status == FLYT_OK) {
        *(which == 0 ? &reading->policy->from : &reading->policy->to) = (int32_t)value;
        reading->policy->years = node->place;
    }
    return flyt_scenario_note(load, status);
}

static enum flyt_status take_key(const struct reading *reading, const struct flyt_yaml_node *item)
{
    struct flyt_scenario_load *load = reading->load;
    const struct flyt_policy_spec *spec = reading->policy->spec;
    char key[KEY_SIZE], quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    size_t n = strlen(item->key);
    uint32_t which = 0, n_places = 3 + reading->n_scopes;
    while (which < reading->n_names && strcmp(reading->name[which], item->key) != 0) {
        which++;
    }
    if (which == reading->n_names) {
        uint32_t nearest =
            flyt_text_nearest(item->key, n, reading->n_names, flyt_text_name, reading->name);
        flyt_scenario_fault(
            load,
            flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->key_place,
                            "the policy %s has no \"%s\"%s ('flyt describe policies' lists all)",
                            "politikken %s har ingen \"%s\"%s ('flyt describe policies' viser "
                            "alle)",
                            spec->name, flyt_text_quote(quoted, item->key, n),
                            flyt_text_hint(hint, load->diag,
                                           nearest == FLYT_NONE ? NULL : reading->name[nearest])));
        return FLYT_OK;
    }
    (void)snprintf(key, sizeof key, "policies.%s.%s", spec->name, reading->name[which]);
    if (item->kind == FLYT_YAML_none) {
        return FLYT_OK;
    }
    if (which < 3) {
        return take_time(reading, which, key, item);
    }
    if (which < n_places) {
        return take_scope(reading, which - 3, key, item);
    }
    return flyt_scenario_read_value(load, &spec->field[which - n_places], key, item,
                                    &reading->policy->parameter[which - n_places]);
}

/** `name: no` drops a policy that a parent has; `name: yes` takes it with all defaults. */
static enum flyt_status take_switch(const struct reading *reading,
                                    const struct flyt_yaml_node *node)
{
    char key[KEY_SIZE];
    double on = 1;
    (void)snprintf(key, sizeof key, "policies.%s", reading->policy->spec->name);
    enum flyt_status status = node->n == 0
                                  ? FLYT_OK
                                  : flyt_field_parse(&on_field, key, node->text, node->n,
                                                     node->place, &on, reading->load->diag);
    reading->policy->on = status == FLYT_OK && on != 0;
    return flyt_scenario_note(reading->load, status);
}

static enum flyt_status take_policy(struct flyt_scenario_load *load,
                                    const struct flyt_yaml_node *node,
                                    struct flyt_scenario_policy *policy)
{
    struct reading reading = {.load = load,
                              .policy = policy,
                              .n_scopes = policy->spec->nationwide ? 0
                                                                   : load->out->model->n_scopes +
                                                                         policy->spec->n_scopes};
    policy->place = node->key_place;
    list_names(&reading);
    switch (node->kind) {
    case FLYT_YAML_none:
        return FLYT_OK;
    case FLYT_YAML_text:
        return take_switch(&reading, node);
    case FLYT_YAML_list:
        flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                                  "policies.%s: a block of \"name: value\" is "
                                                  "needed",
                                                  "policies.%s: der skal stå en blok af "
                                                  "\"navn: værdi\"",
                                                  policy->spec->name));
        return FLYT_OK;
    case FLYT_YAML_map:
        break;
    }
    policy->on = true;
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        FLYT_TRY(item->key[0] == '\0' ? FLYT_OK : take_key(&reading, item));
    }
    return FLYT_OK;
}

/* ---- all of them --------------------------------------------------------------------------- */

static const char *policy_name(const void *model_, uint32_t i)
{
    const struct flyt_model *model = model_;
    return model->policy[i]->name;
}

/** NULL: there is no such policy. */
static struct flyt_scenario_policy *find_policy(const struct flyt_scenario *scenario,
                                                const char *name)
{
    for (uint32_t i = 0; i < scenario->n_policies; i++) {
        if (strcmp(scenario->policy[i].spec->name, name) == 0) {
            return &scenario->policy[i];
        }
    }
    return NULL;
}

static enum flyt_status take_named(struct flyt_scenario_load *load,
                                   const struct flyt_yaml_node *item)
{
    struct flyt_scenario *out = load->out;
    struct flyt_scenario_policy *policy = find_policy(out, item->key);
    if (policy != NULL) {
        return take_policy(load, item, policy);
    }
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    size_t n = strlen(item->key);
    uint32_t nearest = flyt_text_nearest(item->key, n, out->n_policies, policy_name, out->model);
    flyt_scenario_fault(
        load, flyt_diag_fault(
                  load->diag, FLYT_ERR_SCENARIO, item->key_place,
                  "unknown policy \"%s\"%s ('flyt describe policies' lists all)",
                  "ukendt politik \"%s\"%s ('flyt describe policies' viser alle)",
                  flyt_text_quote(quoted, item->key, n),
                  flyt_text_hint(hint, load->diag,
                                 nearest == FLYT_NONE ? NULL : out->model->policy[nearest]->name)));
    return FLYT_OK;
}

/** "policies.NAME=yes" or "policies.NAME.KEY=VALUE" of the command line: a policy that is given
 *  anything is on, as in a file, unless "policies.NAME=no" is said before or after. */
static enum flyt_status take_set(struct flyt_scenario_load *load, uint32_t i)
{
    const char *set = load->options->set[i];
    const char *name = set + sizeof "policies." - 1, *value = strchr(set, '=');
    size_t n = value == NULL ? 0 : strcspn(name, ".=");
    const char *key = n > 0 && name[n] == '.' ? name + n + 1 : NULL;
    struct flyt_place place = flyt_scenario_set_place(load, i);
    struct flyt_yaml_node *item = FLYT_ARENA_ZERO(load->arena, struct flyt_yaml_node, 2);
    if (item == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (n == 0 || value[1] == '\0' || key == value) {
        return flyt_scenario_note(
            load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, place,
                                  "write policies.NAME=yes or policies.NAME.PARAMETER=VALUE",
                                  "skriv policies.NAVN=yes eller policies.NAVN.PARAMETER=VÆRDI"));
    }
    *item = (struct flyt_yaml_node){.kind = FLYT_YAML_text,
                                    .place = place,
                                    .text = value + 1,
                                    .n = strlen(value + 1),
                                    .key_place = place,
                                    .key = flyt_arena_copy(load->arena, name, n)};
    if (key != NULL) {
        item[1] = item[0];
        item[1].key = flyt_arena_copy(load->arena, key, (size_t)(value - key));
        item[0].kind = FLYT_YAML_map;
        item[0].child = &item[1];
    }
    if (item[0].key == NULL || (key != NULL && item[1].key == NULL)) {
        return FLYT_ERR_MEMORY;
    }
    struct flyt_scenario_policy *policy = find_policy(load->out, item->key);
    bool before = policy != NULL && policy->on && !policy->only_set;
    FLYT_TRY(take_named(load, item));
    if (policy != NULL) {
        policy->set_off = key == NULL ? !policy->on : policy->set_off;
        policy->on = policy->on && !policy->set_off;
        policy->only_set = policy->on && key != NULL && !before;
    }
    return FLYT_OK;
}

enum flyt_status flyt_scenario_policy_series(struct flyt_scenario *scenario,
                                             struct flyt_arena *arena)
{
    const struct flyt_model *from = scenario->model;
    uint32_t n = from->n_series, n_own = 0;
    for (uint32_t i = 0; i < scenario->n_policies; i++) {
        n += scenario->policy[i].on ? scenario->policy[i].spec->n_series : 0;
    }
    while (n_own < from->n_series && from->series[n_own].policy == NULL) {
        n_own++;
    }
    if (n == n_own && from->n_series == n_own) {
        return FLYT_OK;
    }
    struct flyt_model *model = FLYT_ARENA_ARRAY(arena, struct flyt_model, 1);
    struct flyt_series *series = FLYT_ARENA_ARRAY(arena, struct flyt_series, (size_t)n + 1);
    if (model == NULL || series == NULL) {
        return FLYT_ERR_MEMORY;
    }
    *model = *from;
    model->series = series;
    memcpy(series, from->series, n_own * sizeof *series);
    for (uint32_t i = 0; i < scenario->n_policies; i++) {
        const struct flyt_policy_spec *spec = scenario->policy[i].spec;
        for (uint32_t k = 0; scenario->policy[i].on && k < spec->n_series; k++) {
            series[n_own++] = spec->series[k];
        }
    }
    model->n_series = n_own;
    scenario->model = model;
    return FLYT_OK;
}

/** Years in order, once all files have had their say. */
static void check_years(struct flyt_scenario_load *load)
{
    for (uint32_t i = 0; i < load->out->n_policies; i++) {
        const struct flyt_scenario_policy *policy = &load->out->policy[i];
        if (policy->on && policy->from != INT32_MIN && policy->to < policy->from) {
            flyt_scenario_fault(load,
                                flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, policy->years,
                                                "policies.%s: to (%d) lies before from (%d)",
                                                "policies.%s: to (%d) ligger før from (%d)",
                                                policy->spec->name, policy->to, policy->from));
        } else if (policy->on && policy->to < load->out->start_year) {
            flyt_scenario_fault(
                load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, policy->years,
                                      "policies.%s: to (%d) lies before the start (%d): it would "
                                      "never be in force",
                                      "policies.%s: to (%d) ligger før starten (%d): den ville "
                                      "aldrig gælde",
                                      policy->spec->name, policy->to, load->out->start_year));
        }
    }
}

enum flyt_status flyt_scenario_take_policies(struct flyt_scenario_load *load)
{
    FLYT_TRY(take_room(load));
    for (uint32_t i = load->n_files; i > 0; i--) {
        const struct flyt_yaml_node *node =
            load->file[i - 1].root == NULL ? NULL
                                           : flyt_yaml_find(load->file[i - 1].root, "policies");
        if (node == NULL || node->kind == FLYT_YAML_none) {
            continue;
        }
        if (node->kind == FLYT_YAML_list || (node->kind == FLYT_YAML_text && node->n > 0)) {
            flyt_scenario_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                                      "policies: a block of \"policy: {...}\" is "
                                                      "needed",
                                                      "policies: der skal stå en blok af "
                                                      "\"politik: {...}\""));
            continue;
        }
        for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
            FLYT_TRY(item->key[0] == '\0' ? FLYT_OK : take_named(load, item));
        }
    }
    for (uint32_t i = 0; i < load->options->n_sets; i++) {
        if (strncmp(load->options->set[i], "policies.", sizeof "policies." - 1) == 0) {
            FLYT_TRY(take_set(load, i));
        }
    }
    check_years(load);
    return flyt_scenario_policy_series(load->out, load->arena);
}
