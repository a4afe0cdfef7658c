#include "sim/variant.h"

#include <math.h>
#include <string.h>

#include "sim/text.h"

enum flyt_status flyt_variant_make(const struct flyt_scenario *from, struct flyt_arena *arena,
                                   struct flyt_scenario *out)
{
    uint32_t n = from->n_fields;
    *out = *from;
    out->parameter = FLYT_ARENA_ARRAY(arena, struct flyt_schedule, n);
    if (out->parameter == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t field = 0; field < n; field++) {
        const struct flyt_schedule *old = &from->parameter[field];
        struct flyt_schedule *schedule = &out->parameter[field];
        uint32_t room = old->n > 0 ? old->n : 1; /* a plain value can always be set */
        *schedule = *old;
        schedule->year = FLYT_ARENA_ARRAY(arena, int32_t, room);
        schedule->value = FLYT_ARENA_ARRAY(arena, double, room);
        if (schedule->year == NULL || schedule->value == NULL) {
            return FLYT_ERR_MEMORY;
        }
        for (uint32_t i = 0; i < old->n; i++) {
            schedule->year[i] = old->year[i];
            schedule->value[i] = old->value[i];
        }
    }
    return FLYT_OK;
}

void flyt_variant_set(struct flyt_scenario *variant, uint32_t field, double value)
{
    struct flyt_schedule *schedule = &variant->parameter[field];
    bool whole = flyt_scenario_field(variant->model, field, NULL)->type != FLYT_FIELD_real;
    schedule->n = 1;
    schedule->year[0] = INT32_MIN;
    schedule->value[0] = whole ? floor(value + 0.5) : value;
}

void flyt_variant_freeze(struct flyt_scenario *variant)
{
    for (uint32_t field = 0; field < variant->n_fields; field++) {
        if (variant->parameter[field].n > 1) {
            flyt_variant_set(variant, field,
                             flyt_scenario_value(variant, field, variant->start_year));
        }
    }
}

/** Whether a text of a target, `name[...]`, names the series. */
static bool names(const char *text, const char *series)
{
    size_t n = strcspn(text, "[");
    return strlen(series) == n && memcmp(text, series, n) == 0;
}

enum flyt_status flyt_variant_keep(struct flyt_scenario *variant,
                                   bool (*keep)(const void *job, const char *series),
                                   const void *job, struct flyt_arena *arena)
{
    struct flyt_model *model = FLYT_ARENA_ARRAY(arena, struct flyt_model, 1);
    struct flyt_series *series = FLYT_ARENA_ARRAY(
        arena, struct flyt_series, (size_t)variant->model->n_series + variant->model->n_extra + 1);
    if (model == NULL || series == NULL) {
        return FLYT_ERR_MEMORY;
    }
    *model = *variant->model;
    model->n_series = 0;
    for (uint32_t s = 0; s < variant->model->n_extra; s++) { /* before those of policies */
        if (keep(job, variant->model->extra[s].name)) {
            series[model->n_series++] = variant->model->extra[s];
        }
    }
    for (uint32_t s = 0; s < variant->model->n_series; s++) {
        const struct flyt_series *own = &variant->model->series[s];
        if (own->policy != NULL || keep(job, own->name)) {
            series[model->n_series++] = *own;
        }
    }
    model->n_extra = 0; /* kept now, or not */
    model->series = series;
    variant->model = model;
    return FLYT_OK;
}

static bool is_named(const void *targets_, const char *series)
{
    const struct flyt_targets *targets = targets_;
    bool named = false;
    for (uint32_t i = 0; i < targets->n; i++) {
        const struct flyt_target *target = &targets->target[i];
        named |= names(target->of, series) || names(target->over, series) ||
                 names(target->where, series);
    }
    return named;
}

enum flyt_status flyt_variant_narrow(struct flyt_scenario *variant,
                                     const struct flyt_targets *targets, struct flyt_arena *arena)
{
    return flyt_variant_keep(variant, is_named, targets, arena);
}

enum flyt_status flyt_variant_policies(struct flyt_scenario *variant, const bool *on,
                                       struct flyt_arena *arena)
{
    struct flyt_scenario_policy *policy =
        FLYT_ARENA_ARRAY(arena, struct flyt_scenario_policy, (size_t)variant->n_policies + 1);
    if (policy == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < variant->n_policies; i++) {
        policy[i] = variant->policy[i];
        policy[i].on = on[i];
    }
    variant->policy = policy;
    return flyt_scenario_policy_series(variant, arena);
}

uint32_t flyt_variant_policy(const struct flyt_scenario *scenario, const char *name)
{
    for (uint32_t i = 0; i < scenario->n_policies; i++) {
        if (strcmp(scenario->policy[i].spec->name, name) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

uint32_t flyt_variant_find(const struct flyt_model *model, const char *name)
{
    const struct flyt_field_group *group = NULL;
    const struct flyt_field *field;
    for (uint32_t i = 0; (field = flyt_scenario_field(model, i, &group)) != NULL; i++) {
        size_t n = strlen(group->name);
        if (strncmp(name, group->name, n) == 0 && name[n] == '.' &&
            strcmp(name + n + 1, field->name) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

const char *flyt_variant_name(const struct flyt_model *model, uint32_t field_,
                              struct flyt_arena *arena)
{
    const struct flyt_field_group *group = NULL;
    const struct flyt_field *field = flyt_scenario_field(model, field_, &group);
    return flyt_arena_printf(arena, "%s.%s", group->name, field->name);
}

enum flyt_status flyt_variant_unknown(const struct flyt_model *model, const char *name,
                                      struct flyt_place place, struct flyt_arena *arena,
                                      struct flyt_diag *diag)
{
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    uint32_t n = 0;
    while (flyt_scenario_field(model, n, NULL) != NULL) {
        n++;
    }
    const char **names = FLYT_ARENA_ARRAY(arena, const char *, n + 1);
    for (uint32_t i = 0; i < n && names != NULL; i++) {
        names[i] = flyt_variant_name(model, i, arena);
        if (names[i] == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    if (names == NULL) {
        return FLYT_ERR_MEMORY;
    }
    uint32_t nearest = flyt_text_nearest(name, strlen(name), n, flyt_text_name, names);
    return flyt_diag_fault(
        diag, FLYT_ERR_SCENARIO, place, "unknown parameter \"%s\"%s", "ukendt parameter \"%s\"%s",
        flyt_text_quote(quoted, name, strlen(name)),
        flyt_text_hint(hint, diag, nearest == FLYT_NONE ? NULL : names[nearest]));
}
