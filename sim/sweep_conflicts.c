/* What a sweep file says twice, or says of another plan: nothing is passed over without a word. */
#include <string.h>

#include "sim/sweep_load.h"
#include "sim/text.h"

/* ---- names ------------------------------------------------------------------------------- */

bool flyt_sweep_is_name(const char *name)
{
    enum { MOST = 100 };
    bool fine = name[0] != '\0' && strlen(name) <= MOST && strchr(name, '/') == NULL;
    for (const char *at = name; fine && *at != '\0'; at++) {
        fine = (unsigned char)*at >= ' ' && *at != 127;
    }
    return fine && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* ---- settings that are told twice ---------------------------------------------------------- */

/** Whether "name=value" sets this name. */
static bool sets(const char *set, const char *name)
{
    size_t n = strlen(name);
    return strncmp(set, name, n) == 0 && set[n] == '=';
}

/** Whether a factor sets this name at any of its levels. */
static bool factor_sets(const struct flyt_sweep_factor *factor, const char *name)
{
    bool found = strcmp(factor->name, name) == 0;
    for (uint32_t i = 0; !found && i < factor->n_levels; i++) {
        for (uint32_t k = 0; !found && k < factor->level[i].n_sets; k++) {
            found = sets(factor->level[i].set[k], name);
        }
    }
    return found;
}

static void tell_twice(struct flyt_sweep_load *load, struct flyt_place place, const char *name,
                       const char *other)
{
    if (other == NULL) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, place,
                                               "%s stands in parameters too: it either varies or "
                                               "is the same at all points",
                                               "%s står også i parameters: enten varierer den, "
                                               "eller den er ens i alle punkter",
                                               name));
        return;
    }
    flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, place,
                                           "%s is set by the factor %s too: one factor sets it",
                                           "%s sættes også af faktoren %s: én faktor sætter den",
                                           name, other));
}

/** The name before the "=" of a setting. */
static const char *name_of(struct flyt_arena *arena, const char *set)
{
    return flyt_arena_copy(arena, set, strcspn(set, "="));
}

/** Whether a name is already set by what stands before factor k; tells it. */
static bool is_taken(struct flyt_sweep_load *load, uint32_t k, const char *name,
                     struct flyt_place place)
{
    const struct flyt_sweep *sweep = load->out;
    for (uint32_t i = 0; i < sweep->n_sets; i++) {
        if (sets(sweep->set[i], name)) {
            tell_twice(load, place, name, NULL);
            return true;
        }
    }
    for (uint32_t i = 0; i < k; i++) {
        if (factor_sets(&sweep->factor[i], name)) {
            tell_twice(load, place, name, sweep->factor[i].name);
            return true;
        }
    }
    return false;
}

static enum flyt_status check_factor(struct flyt_sweep_load *load, uint32_t k)
{
    const struct flyt_sweep_factor *factor = &load->out->factor[k];
    if (is_taken(load, k, factor->name, factor->place)) {
        return FLYT_OK;
    }
    for (uint32_t i = 0; i < factor->n_levels; i++) {
        for (uint32_t s = 0; s < factor->level[i].n_sets; s++) {
            const char *name = name_of(load->arena, factor->level[i].set[s]);
            if (name == NULL) {
                return FLYT_ERR_MEMORY;
            }
            if (strcmp(name, factor->name) != 0 &&
                is_taken(load, k, name, factor->level[i].place)) {
                return FLYT_OK;
            }
        }
    }
    return FLYT_OK;
}

/* ---- keys of other plans ------------------------------------------------------------------- */

static void refuse_key(struct flyt_sweep_load *load, const char *key, const char *plans)
{
    const struct flyt_yaml_node *node = flyt_yaml_find(load->root, key);
    if (node != NULL) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->key_place,
                                               "%s: the plan %s has none; they belong to %s",
                                               "%s: planen %s har ingen; de hører til %s", key,
                                               flyt_sweep_plan_name(load->out->plan), plans));
    }
}

static void check_keys(struct flyt_sweep_load *load)
{
    enum flyt_sweep_plan plan = load->out->plan;
    if (plan == FLYT_SWEEP_grid || plan == FLYT_SWEEP_factorial) {
        refuse_key(load, "points", "list, latin_hypercube, sobol, morris");
    }
    if (plan != FLYT_SWEEP_morris) {
        refuse_key(load, "levels", "morris");
    }
    if (plan == FLYT_SWEEP_list) {
        refuse_key(load, "factors", "grid, factorial, latin_hypercube, sobol, morris");
    }
}

enum flyt_status flyt_sweep_find_conflicts(struct flyt_sweep_load *load)
{
    check_keys(load);
    for (uint32_t k = 0; k < load->out->n_factors; k++) {
        FLYT_TRY(check_factor(load, k));
    }
    return FLYT_OK;
}

struct flyt_place flyt_sweep_key_place(const struct flyt_sweep_load *load, const char *key)
{
    const struct flyt_yaml_node *node = flyt_yaml_find(load->root, key);
    return node == NULL ? load->root->place : node->key_place;
}

enum flyt_status flyt_sweep_count_runs(struct flyt_sweep_load *load)
{
    const struct flyt_sweep *sweep = load->out;
    uint64_t n = (uint64_t)sweep->n_points * sweep->n_replicates;
    if (n > FLYT_SWEEP_RUNS) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO,
                                               flyt_sweep_key_place(load, "replicates"),
                                               "replicates: that makes %llu runs, more than %d",
                                               "replicates: det giver %llu kørsler, flere end %d",
                                               (unsigned long long)n, FLYT_SWEEP_RUNS));
    }
    return FLYT_OK;
}
