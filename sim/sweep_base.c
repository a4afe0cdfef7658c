/* The scenarios that a sweep varies: where they are found, and whether a setting holds in them. */
#define _DEFAULT_SOURCE
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/sweep_load.h"
#include "sim/text.h"

/** Whether a path leads up or to the root of the disk. */
static bool leads_out(const char *path)
{
    if (path[0] == '/') {
        return true;
    }
    for (const char *part = path; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0')) {
            return true;
        }
    }
    return false;
}

/** Whether a scenario lies there: a file, or a folder that has one. A sweep's own folder may bear
 * the name of a shipped scenario. */
static bool is_scenario(const char *path, struct flyt_arena *arena)
{
    struct stat info;
    const char *inside = flyt_arena_printf(arena, "%s/scenario.yaml", path);
    return stat(path, &info) == 0 &&
           (!S_ISDIR(info.st_mode) || (inside != NULL && access(inside, R_OK) == 0));
}

/** The scenario's path: beside the sweep file, else among the shipped ones. NULL: a fault. */
static const char *find_scenario(struct flyt_sweep_load *load, const struct flyt_yaml_node *node,
                                 const char *key)
{
    char quoted[FLYT_QUOTE_SIZE];
    (void)flyt_text_quote(quoted, node->text, node->n);
    if (leads_out(node->text) && !load->options->allow_outside) {
        flyt_sweep_fault(
            load,
            flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                            "%s: \"%s\" leads out of the sweep file's folder; name what lies "
                            "below it, or a shipped scenario such as fyn (--allow-outside "
                            "allows it)",
                            "%s: \"%s\" fører ud af gennemløbsfilens mappe; nævn noget, der ligger "
                            "under den, eller et medfølgende scenarie som fyn "
                            "(--allow-outside tillader den)",
                            key, quoted));
        return NULL;
    }
    const char *beside = flyt_arena_printf(load->arena, "%s%s",
                                           node->text[0] == '/' ? "" : load->folder, node->text);
    const char *shipped = flyt_arena_printf(
        load->arena, "%s/%s", load->options->share == NULL ? "" : load->options->share, node->text);
    if (beside != NULL && is_scenario(beside, load->arena)) {
        return beside;
    }
    if (load->options->share != NULL && shipped != NULL && is_scenario(shipped, load->arena)) {
        return shipped;
    }
    flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_INPUT, node->place,
                                           "%s: there is no scenario \"%s\", neither beside this "
                                           "file nor among the shipped ones",
                                           "%s: der er intet scenarie \"%s\", hverken ved siden af "
                                           "denne fil eller blandt de medfølgende",
                                           key, quoted));
    return NULL;
}

static enum flyt_status take_sample(struct flyt_sweep_load *load, struct flyt_scenario *scenario,
                                    struct flyt_place place)
{
    if (load->out->sample <= 1) {
        return FLYT_OK;
    }
    if (scenario->model->sample == NULL) {
        return flyt_diag_fault(
            load->diag, FLYT_ERR_SCENARIO, place, "sample: the model %s cannot be sampled",
            "sample: modellen %s kan ikke tages som stikprøve", scenario->model->name);
    }
    return scenario->model->sample(scenario, load->out->sample, load->arena, load->diag);
}

enum flyt_status flyt_sweep_base_named(struct flyt_sweep_load *load,
                                       const struct flyt_yaml_node *node, const char *key,
                                       uint32_t *base)
{
    struct flyt_sweep *out = load->out;
    const struct flyt_sweep_source *source = load->options->source;
    struct flyt_scenario_options options = {.set = out->set,
                                            .n_sets = out->n_sets,
                                            .share = load->options->share,
                                            .allow_outside = load->options->allow_outside};
    *base = FLYT_NONE;
    for (uint32_t i = 0; i < out->n_bases; i++) {
        if (strcmp(load->base_text[i], node->text) == 0) {
            *base = i;
            return FLYT_OK;
        }
    }
    if (out->n_bases == FLYT_SWEEP_FACTORS || (source != NULL && out->n_bases == source->n_bases)) {
        flyt_sweep_fault(load,
                         flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                         "%s: more than %d scenarios", "%s: flere end %d scenarier",
                                         key, FLYT_SWEEP_FACTORS));
        return FLYT_OK;
    }
    const char *path = NULL;
    if (source == NULL) {
        path = find_scenario(load, node, key);
        if (path == NULL) {
            return FLYT_OK;
        }
    } else {
        options.input = source->base[out->n_bases].input;
        options.n_inputs = source->base[out->n_bases].n_inputs;
        options.name = source->base[out->n_bases].name;
    }
    struct flyt_scenario *scenario = &out->base[out->n_bases];
    enum flyt_status status = flyt_scenario_load(path, &options, load->arena, scenario, load->diag);
    if (status == FLYT_OK) {
        status = take_sample(load, scenario, node->place);
    }
    FLYT_TRY(flyt_sweep_note(load, status));
    if (status == FLYT_OK) {
        load->base_text[out->n_bases] = node->text;
        *base = out->n_bases++;
    }
    return FLYT_OK;
}

/** Tells the faults of a probe where the setting stands. */
static enum flyt_status retell(struct flyt_sweep_load *load, const struct flyt_diag *probe,
                               const char *set, struct flyt_place place)
{
    static const char prefix[] = "--set: ";
    enum flyt_status first = FLYT_OK;
    for (uint32_t i = 0; i < probe->n_faults && i < FLYT_DIAG_FAULTS; i++) {
        const char *text = probe->fault[i].text;
        bool own = strncmp(text, prefix, sizeof prefix - 1) == 0;
        enum flyt_status status =
            flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, place, "%s%s%s", "%s%s%s",
                            own ? "" : set, own ? "" : ": ", own ? text + sizeof prefix - 1 : text);
        first = first == FLYT_OK ? status : first;
    }
    return first;
}

enum flyt_status flyt_sweep_probe(struct flyt_sweep_load *load, const char *const *set,
                                  uint32_t n_sets, uint32_t base, struct flyt_place place)
{
    const struct flyt_sweep *out = load->out;
    const struct flyt_scenario *scenario = &out->base[base == FLYT_NONE ? 0 : base];
    struct flyt_arena scratch;
    if (load->options->source != NULL) {
        return FLYT_OK; /* it held when the sweep began */
    }
    flyt_arena_init(&scratch, 0);
    struct flyt_diag *probe = FLYT_ARENA_ZERO(&scratch, struct flyt_diag, 1);
    struct flyt_scenario tried;
    const char **all = FLYT_ARENA_ARRAY(&scratch, const char *, (size_t)out->n_sets + n_sets + 1);
    enum flyt_status status = FLYT_ERR_MEMORY;
    if (probe != NULL && all != NULL) {
        struct flyt_scenario_options options = {.set = all,
                                                .n_sets = out->n_sets + n_sets,
                                                .input = scenario->input,
                                                .n_inputs = scenario->n_inputs,
                                                .name = scenario->name};
        for (uint32_t i = 0; i < out->n_sets + n_sets; i++) {
            all[i] = i < out->n_sets ? out->set[i] : set[i - out->n_sets];
        }
        probe->lang = load->diag->lang;
        status = flyt_scenario_load(NULL, &options, &scratch, &tried, probe);
        if (status != FLYT_OK && status != FLYT_ERR_MEMORY) {
            status = retell(load, probe, n_sets > 0 ? set[0] : "", place);
        }
    }
    flyt_arena_free(&scratch);
    return flyt_sweep_note(load, status);
}
