/* The factors of a sweep: lists of values, ranges, named packages of settings, scenarios. */
#include <math.h>
#include <string.h>

#include "sim/num.h"
#include "sim/sweep_load.h"
#include "sim/text.h"
#include "sim/variant.h"

static const struct flyt_field steps_field = {
    .name = "steps", .unit = "values", .low = 2, .high = 10000, .type = FLYT_FIELD_count};

/** Whether all labels are numbers. */
static bool all_numbers(const struct flyt_sweep_factor *factor)
{
    bool numeric = factor->n_levels > 0;
    for (uint32_t i = 0; numeric && i < factor->n_levels; i++) {
        const char *label = factor->level[i].label;
        double value = 0.0;
        numeric = flyt_text_number(label, strlen(label), &value) == FLYT_NUMBER_ok;
    }
    return numeric;
}

/** Whether the scenario has whole numbers for this name: counts. */
static bool is_whole(const struct flyt_scenario *scenario, const char *name)
{
    static const char prefix[] = "policies.";
    uint32_t field = flyt_variant_find(scenario->model, name);
    if (field != FLYT_NONE) {
        return flyt_scenario_field(scenario->model, field, NULL)->type == FLYT_FIELD_count;
    }
    for (uint32_t i = 0; strncmp(name, prefix, sizeof prefix - 1) == 0 && i < scenario->n_policies;
         i++) {
        const struct flyt_policy_spec *spec = scenario->policy[i].spec;
        const char *at = name + sizeof prefix - 1;
        size_t n = strlen(spec->name);
        for (uint32_t k = 0; strncmp(at, spec->name, n) == 0 && at[n] == '.' && k < spec->n_fields;
             k++) {
            if (strcmp(spec->field[k].name, at + n + 1) == 0) {
                return spec->field[k].type == FLYT_FIELD_count;
            }
        }
    }
    return false;
}

/** Takes one setting "name=text" as a level. */
static enum flyt_status plain_level(struct flyt_sweep_load *load, const char *name,
                                    const struct flyt_yaml_node *node,
                                    struct flyt_sweep_level *level)
{
    const char **set = FLYT_ARENA_ARRAY(load->arena, const char *, 1);
    if (set == NULL) {
        return FLYT_ERR_MEMORY;
    }
    set[0] = flyt_arena_printf(load->arena, "%s=%s", name, node->text);
    *level = (struct flyt_sweep_level){node->text, set, 1, FLYT_NONE, node->place};
    return set[0] == NULL ? FLYT_ERR_MEMORY
                          : flyt_sweep_probe(load, set, 1, FLYT_NONE, node->place);
}

/** A value of a factor, or what a listed point has for it. */
static enum flyt_status take_level(struct flyt_sweep_load *load, const char *name,
                                   const struct flyt_yaml_node *node,
                                   struct flyt_sweep_level *level)
{
    *level = (struct flyt_sweep_level){.label = "", .base = FLYT_NONE, .place = node->place};
    if (node->kind == FLYT_YAML_none) {
        return FLYT_OK;
    }
    if (node->kind != FLYT_YAML_text || node->n == 0) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                               "%s: a single value is needed; a schedule of years "
                                               "stands in quotes: \"{2024: 0.1}\"",
                                               "%s: der skal stå én værdi; en plan over år står i "
                                               "anførselstegn: \"{2024: 0.1}\"",
                                               name));
        return FLYT_OK;
    }
    if (strcmp(name, "scenario") == 0) {
        level->label = node->text;
        return flyt_sweep_base_named(load, node, "scenario", &level->base);
    }
    return plain_level(load, name, node, level);
}

/** package: {none: {}, steering: {policies.intake_steering: yes, ...}} */
static enum flyt_status take_package(struct flyt_sweep_load *load,
                                     const struct flyt_yaml_node *node,
                                     struct flyt_sweep_level *level)
{
    uint32_t n = 0;
    if (node->kind != FLYT_YAML_map && node->kind != FLYT_YAML_none) {
        *level = (struct flyt_sweep_level){node->key, NULL, 0, FLYT_NONE, node->key_place};
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                               "%s: a block of settings is needed, "
                                               "{letting.claim: 0.3}, or {}",
                                               "%s: der skal stå en blok af indstillinger, "
                                               "{letting.claim: 0.3}, eller {}",
                                               node->key));
        return FLYT_OK;
    }
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        n++;
    }
    const char **set = FLYT_ARENA_ZERO(load->arena, const char *, n + 1);
    if (set == NULL) {
        return FLYT_ERR_MEMORY;
    }
    *level = (struct flyt_sweep_level){node->key, set, 0, FLYT_NONE, node->key_place};
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        struct flyt_sweep_level one;
        if (item->key[0] == '\0') {
            continue;
        }
        FLYT_TRY(take_level(load, item->key, item, &one));
        if (one.base != FLYT_NONE) {
            level->base = one.base;
        } else if (one.n_sets > 0) {
            set[level->n_sets++] = one.set[0];
        }
    }
    return FLYT_OK;
}

/* ---- ranges -------------------------------------------------------------------------------- */

/** Whether a number of a range stands there as one text; else a fault. */
static bool is_number_text(struct flyt_sweep_load *load, const struct flyt_yaml_node *node,
                           const char *name)
{
    if (node->kind != FLYT_YAML_text) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                               "%s.%s: a number is needed",
                                               "%s.%s: der skal stå et tal", name, node->key));
        return false;
    }
    return true;
}

/** An end of a range: a number that holds in the scenario. */
static enum flyt_status take_end(struct flyt_sweep_load *load, struct flyt_sweep_factor *factor,
                                 const struct flyt_yaml_node *map, const char *key, double *value)
{
    const struct flyt_yaml_node *node = flyt_yaml_find(map, key);
    struct flyt_sweep_level level;
    *value = NAN;
    if (node == NULL) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, map->place,
                                               "%s: \"%s\" is missing: {from: 0.1, to: 0.3}",
                                               "%s: \"%s\" mangler: {from: 0.1, to: 0.3}",
                                               factor->name, key));
        return FLYT_OK;
    }
    if (node->kind == FLYT_YAML_none) {
        return FLYT_OK;
    }
    if (!is_number_text(load, node, factor->name)) {
        return FLYT_OK;
    }
    double number = 0.0;
    enum flyt_number fault = flyt_text_number(node->text, node->n, &number);
    if (fault != FLYT_NUMBER_ok) {
        char quoted[FLYT_QUOTE_SIZE];
        flyt_text_quote(quoted, node->text, node->n);
        flyt_sweep_fault(load,
                         flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                         "%s.%s: \"%s\" %s", "%s.%s: \"%s\" %s", factor->name, key,
                                         quoted, flyt_text_number_fault(fault, load->diag->lang)));
        return FLYT_OK;
    }
    *value = number;
    return plain_level(load, factor->name, node, &level);
}

/** from, from + step, ..., to as levels: for plans that have no use for what lies between. */
static enum flyt_status cut_range(struct flyt_sweep_load *load, struct flyt_sweep_factor *factor,
                                  uint32_t n, struct flyt_place place)
{
    factor->level = FLYT_ARENA_ZERO(load->arena, struct flyt_sweep_level, n);
    if (factor->level == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        double number = factor->low + (factor->high - factor->low) * i / (n - 1);
        number = i + 1 == n ? factor->high : factor->whole ? floor(number + 0.5) : number;
        const char **set = FLYT_ARENA_ARRAY(load->arena, const char *, 1);
        const char *label = flyt_sweep_number(load->arena, number);
        if (set == NULL || label == NULL) {
            return FLYT_ERR_MEMORY;
        }
        set[0] = flyt_arena_printf(load->arena, "%s=%s", factor->name, label);
        factor->level[i] = (struct flyt_sweep_level){label, set, 1, FLYT_NONE, place};
        FLYT_TRY(set[0] == NULL ? FLYT_ERR_MEMORY : FLYT_OK);
    }
    factor->n_levels = n;
    factor->range = false;
    factor->numeric = true;
    return FLYT_OK;
}

/** Whether a range has no other keys; faults of those it has. */
static bool range_keys(struct flyt_sweep_load *load, const char *name,
                       const struct flyt_yaml_node *node)
{
    static const char *const known[] = {"from", "to", "steps"};
    char quoted[FLYT_QUOTE_SIZE];
    bool fine = true;
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        bool found = item->key[0] == '\0';
        for (size_t i = 0; i < FLYT_COUNT(known); i++) {
            found = found || strcmp(known[i], item->key) == 0;
        }
        if (!found) {
            flyt_sweep_fault(
                load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->key_place,
                                      "%s: a range has no \"%s\" (allowed: from, to, steps)",
                                      "%s: et interval har ingen \"%s\" (tilladt: from, to, steps)",
                                      name, flyt_text_quote(quoted, item->key, strlen(item->key))));
        }
        fine = fine && found;
    }
    return fine;
}

/** {from: 0.1, to: 0.3, steps: 3} */
static enum flyt_status take_range(struct flyt_sweep_load *load, struct flyt_sweep_factor *factor,
                                   const struct flyt_yaml_node *node)
{
    const struct flyt_yaml_node *steps = flyt_yaml_find(node, "steps");
    enum flyt_sweep_plan plan = load->out->plan;
    double n = 2.0;
    if (!range_keys(load, factor->name, node)) {
        return FLYT_OK;
    }
    FLYT_TRY(take_end(load, factor, node, "from", &factor->low));
    FLYT_TRY(take_end(load, factor, node, "to", &factor->high));
    factor->range = factor->numeric = true;
    factor->whole = is_whole(&load->out->base[0], factor->name);
    if (factor->low >= factor->high) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                               "%s: from must be below to",
                                               "%s: from skal være mindre end to", factor->name));
    }
    if (plan == FLYT_SWEEP_grid && steps == NULL) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                               "%s: a range in a grid needs steps: {from: 0.1, to: "
                                               "0.3, steps: 3}",
                                               "%s: et interval i et gitter skal have steps: "
                                               "{from: 0.1, to: 0.3, steps: 3}",
                                               factor->name));
        return FLYT_OK;
    }
    if (plan != FLYT_SWEEP_grid && steps != NULL) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, steps->key_place,
                                               "%s: steps belong to the plan grid, not to %s",
                                               "%s: steps hører til planen grid, ikke til %s",
                                               factor->name, flyt_sweep_plan_name(plan)));
        return FLYT_OK;
    }
    if (steps != NULL && steps->kind != FLYT_YAML_none &&
        is_number_text(load, steps, factor->name)) {
        enum flyt_status status = flyt_field_parse(&steps_field, "steps", steps->text, steps->n,
                                                   steps->place, &n, load->diag);
        FLYT_TRY(flyt_sweep_note(load, status));
    }
    bool cut = plan == FLYT_SWEEP_grid || plan == FLYT_SWEEP_factorial;
    return cut && load->status == FLYT_OK ? cut_range(load, factor, (uint32_t)n, node->place)
                                          : FLYT_OK;
}

/* ---- factors ------------------------------------------------------------------------------- */

/** Whether two labels are the same text, or the same number. */
static bool is_same(const char *a, const char *b)
{
    double first = 0.0, second = 0.0;
    bool numbers = flyt_text_number(a, strlen(a), &first) == FLYT_NUMBER_ok &&
                   flyt_text_number(b, strlen(b), &second) == FLYT_NUMBER_ok;
    return a[0] != '\0' && (strcmp(a, b) == 0 || (numbers && first <= second && first >= second));
}

/** A list of values, or a block of packages. */
static enum flyt_status take_levels(struct flyt_sweep_load *load, struct flyt_sweep_factor *factor,
                                    const struct flyt_yaml_node *node)
{
    uint32_t n = 0;
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        n++;
    }
    factor->level = FLYT_ARENA_ZERO(load->arena, struct flyt_sweep_level, n + 1);
    if (factor->level == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        struct flyt_sweep_level *level = &factor->level[factor->n_levels++];
        FLYT_TRY(node->kind == FLYT_YAML_map ? take_package(load, item, level)
                                             : take_level(load, factor->name, item, level));
        for (uint32_t i = 0; i + 1 < factor->n_levels; i++) {
            if (is_same(factor->level[i].label, level->label)) {
                flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, level->place,
                                                       "%s: \"%s\" stands twice",
                                                       "%s: \"%s\" står to gange", factor->name,
                                                       level->label));
            }
        }
    }
    factor->numeric = node->kind == FLYT_YAML_list && all_numbers(factor);
    return FLYT_OK;
}

/** Whether a block is one of packages: one of its items is a block. */
static bool has_packages(const struct flyt_yaml_node *node)
{
    bool any = false;
    for (const struct flyt_yaml_node *item = node->kind == FLYT_YAML_map ? node->child : NULL;
         item != NULL; item = item->next) {
        any = any || item->kind == FLYT_YAML_map;
    }
    return any;
}

static enum flyt_status take_factor(struct flyt_sweep_load *load, const struct flyt_yaml_node *node)
{
    struct flyt_sweep *out = load->out;
    struct flyt_sweep_factor *factor = &out->factor[out->n_factors++];
    *factor = (struct flyt_sweep_factor){.name = node->key, .place = node->key_place};
    bool list = node->kind == FLYT_YAML_list && node->child != NULL;
    if (!flyt_sweep_is_name(factor->name)) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->key_place,
                                               "factors: a name has at most 100 characters, no "
                                               "slash and no line break",
                                               "factors: et navn har højst 100 tegn, ingen "
                                               "skråstreg og intet linjeskift"));
        return FLYT_OK;
    }
    if (list || has_packages(node)) {
        FLYT_TRY(take_levels(load, factor, node));
    } else if (node->kind == FLYT_YAML_map && node->child != NULL) {
        FLYT_TRY(take_range(load, factor, node));
    } else if (node->kind != FLYT_YAML_none) {
        flyt_sweep_fault(
            load,
            flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                            "%s: a list of values [0.1, 0.2], a range {from: 0.1, to: 0.3} or "
                            "named blocks of settings are needed",
                            "%s: der skal stå en liste af værdier [0.1, 0.2], et interval "
                            "{from: 0.1, to: 0.3} eller navngivne blokke af indstillinger",
                            factor->name));
        return FLYT_OK;
    }
    if (out->plan == FLYT_SWEEP_factorial && !factor->range && factor->n_levels != 2 &&
        load->status == FLYT_OK) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                               "%s: a factorial plan has two levels of each "
                                               "factor, here are %u",
                                               "%s: en faktoriel plan har to niveauer af hver "
                                               "faktor, her er %u",
                                               factor->name, factor->n_levels));
    }
    return FLYT_OK;
}

enum flyt_status flyt_sweep_take_factors(struct flyt_sweep_load *load)
{
    struct flyt_sweep *out = load->out;
    const struct flyt_yaml_node *node = flyt_yaml_find(load->root, "factors");
    const struct flyt_yaml_node *points = flyt_yaml_find(load->root, "points");
    out->factor = FLYT_ARENA_ZERO(load->arena, struct flyt_sweep_factor, FLYT_SWEEP_FACTORS);
    if (out->factor == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (out->plan == FLYT_SWEEP_list) {
        return flyt_sweep_take_list(load, points);
    }
    if (node == NULL || node->kind != FLYT_YAML_map || node->child == NULL) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO,
                                               node == NULL ? load->root->place : node->place,
                                               "factors: a block of \"name: [values]\" is needed",
                                               "factors: der skal stå en blok af "
                                               "\"navn: [værdier]\""));
        return FLYT_OK;
    }
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        if (out->n_factors == FLYT_SWEEP_FACTORS) {
            flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->key_place,
                                                   "factors: more than %d", "factors: flere end %d",
                                                   FLYT_SWEEP_FACTORS));
            return FLYT_OK;
        }
        if (item->key[0] != '\0') {
            FLYT_TRY(take_factor(load, item));
        }
    }
    return FLYT_OK;
}

/* ---- the plan list ------------------------------------------------------------------------- */

/** The factor of this name, made when it is new. NULL: too many. */
static struct flyt_sweep_factor *factor_named(struct flyt_sweep_load *load,
                                              const struct flyt_yaml_node *item, uint32_t n_points)
{
    struct flyt_sweep *out = load->out;
    for (uint32_t i = 0; i < out->n_factors; i++) {
        if (strcmp(out->factor[i].name, item->key) == 0) {
            return &out->factor[i];
        }
    }
    if (out->n_factors == FLYT_SWEEP_FACTORS) {
        return NULL;
    }
    struct flyt_sweep_factor *factor = &out->factor[out->n_factors++];
    *factor = (struct flyt_sweep_factor){.name = item->key, .place = item->key_place};
    factor->level = FLYT_ARENA_ZERO(load->arena, struct flyt_sweep_level, n_points);
    return factor->level == NULL ? NULL : factor;
}

/** The level with this label, made when it is new. */
static enum flyt_status level_named(struct flyt_sweep_load *load, struct flyt_sweep_factor *factor,
                                    const struct flyt_yaml_node *item, uint32_t *level)
{
    bool text = item->kind == FLYT_YAML_text;
    for (*level = 0; *level < factor->n_levels; (*level)++) {
        if (text && strcmp(factor->level[*level].label, item->text) == 0) {
            return FLYT_OK;
        }
    }
    *level = factor->n_levels++;
    return take_level(load, factor->name, item, &factor->level[*level]);
}

static enum flyt_status take_listed(struct flyt_sweep_load *load, const struct flyt_yaml_node *node,
                                    uint32_t n_points, struct flyt_sweep_cell *cell)
{
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        struct flyt_sweep_factor *factor =
            item->key[0] == '\0' ? NULL : factor_named(load, item, n_points);
        if (factor == NULL) {
            flyt_sweep_fault(load,
                             flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->key_place,
                                             "points: more than %d names, or one that is no name",
                                             "points: flere end %d navne, eller et, der ikke er et "
                                             "navn",
                                             FLYT_SWEEP_FACTORS));
            return FLYT_OK;
        }
        FLYT_TRY(level_named(load, factor, item, &cell[factor - load->out->factor].level));
    }
    return FLYT_OK;
}

enum flyt_status flyt_sweep_take_list(struct flyt_sweep_load *load,
                                      const struct flyt_yaml_node *node)
{
    struct flyt_sweep *out = load->out;
    uint32_t n = 0, point = 0;
    if (node == NULL || node->kind != FLYT_YAML_list || node->child == NULL) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO,
                                               node == NULL ? load->root->place : node->place,
                                               "points: the plan list needs a list of blocks: "
                                               "- {letting.claim: 0.3}",
                                               "points: planen list skal have en liste af blokke: "
                                               "- {letting.claim: 0.3}"));
        return FLYT_OK;
    }
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        n++;
    }
    struct flyt_sweep_cell *cell =
        FLYT_ARENA_ARRAY(load->arena, struct flyt_sweep_cell, (size_t)n * FLYT_SWEEP_FACTORS);
    if (cell == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (size_t i = 0; i < (size_t)n * FLYT_SWEEP_FACTORS; i++) {
        cell[i] = (struct flyt_sweep_cell){FLYT_NONE, NAN};
    }
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        if (item->kind == FLYT_YAML_map) {
            FLYT_TRY(take_listed(load, item, n, &cell[(size_t)point * FLYT_SWEEP_FACTORS]));
        } else if (item->kind != FLYT_YAML_none) {
            flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->place,
                                                   "points: a block of settings is needed: "
                                                   "{letting.claim: 0.3}, or {} for the base",
                                                   "points: der skal stå en blok af "
                                                   "indstillinger: {letting.claim: 0.3}, eller {} "
                                                   "for udgangspunktet"));
        }
        point++;
    }
    for (uint32_t i = 0; i < out->n_factors; i++) {
        out->factor[i].numeric = all_numbers(&out->factor[i]);
    }
    out->n_points = n;
    out->cell = cell; /* as wide as the most factors: flyt_sweep_lay_points() makes it narrow */
    return FLYT_OK;
}
