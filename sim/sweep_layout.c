/* What a sweep keeps of each run: which series, at which times, in which order. */
#include <string.h>

#include "sim/sweep_load.h"
#include "sim/text.h"
#include "sim/variant.h"

bool flyt_sweep_keeps(const struct flyt_sweep *sweep, const char *series)
{
    for (uint32_t i = 0; i < sweep->n_keep; i++) {
        if (strcmp(sweep->keep[i], series) == 0) {
            return true;
        }
    }
    return sweep->n_keep == 0;
}

static bool is_kept(const void *sweep, const char *series)
{
    return flyt_sweep_keeps(sweep, series);
}

/* ---- policies ------------------------------------------------------------------------------ */

/** Switches on the policies that some settings name. */
static void note_policies(const struct flyt_scenario *scenario, const char *const *set,
                          uint32_t n_sets, bool *on)
{
    static const char prefix[] = "policies.";
    for (uint32_t i = 0; i < n_sets; i++) {
        const char *name = set[i] + sizeof prefix - 1;
        for (uint32_t p = 0;
             strncmp(set[i], prefix, sizeof prefix - 1) == 0 && p < scenario->n_policies; p++) {
            const char *own = scenario->policy[p].spec->name;
            size_t n = strlen(own);
            on[p] = on[p] || (strncmp(name, own, n) == 0 && (name[n] == '=' || name[n] == '.'));
        }
    }
}

/** The first base with every policy that any point may switch on: it has all series. */
static enum flyt_status widest(struct flyt_sweep_load *load, struct flyt_scenario *out)
{
    const struct flyt_sweep *sweep = load->out;
    *out = sweep->base[0];
    bool *on = FLYT_ARENA_ZERO(load->arena, bool, out->n_policies + 1);
    if (on == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < sweep->n_bases; i++) {
        for (uint32_t p = 0; p < out->n_policies && p < sweep->base[i].n_policies; p++) {
            on[p] = on[p] || sweep->base[i].policy[p].on;
        }
    }
    for (uint32_t k = 0; k < sweep->n_factors; k++) {
        const struct flyt_sweep_factor *factor = &sweep->factor[k];
        const char *name = flyt_arena_printf(load->arena, "%s=", factor->name);
        if (name == NULL) {
            return FLYT_ERR_MEMORY;
        }
        note_policies(out, &name, 1, on);
        for (uint32_t i = 0; i < factor->n_levels; i++) {
            note_policies(out, factor->level[i].set, factor->level[i].n_sets, on);
        }
    }
    return flyt_variant_policies(out, on, load->arena);
}

/* ---- series -------------------------------------------------------------------------------- */

static const char *series_name(const void *model_, uint32_t i)
{
    const struct flyt_model *model = model_;
    return model->series[i].name;
}

/** `series: [households, ...]`; left out: all. */
static enum flyt_status take_series(struct flyt_sweep_load *load, const struct flyt_model *model)
{
    const struct flyt_yaml_node *node = flyt_yaml_find(load->root, "series");
    struct flyt_sweep *out = load->out;
    uint32_t n = 0;
    if (node == NULL || (node->kind == FLYT_YAML_text && strcmp(node->text, "all") == 0)) {
        return FLYT_OK;
    }
    if (node->kind != FLYT_YAML_list || node->child == NULL) {
        flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, node->place,
                                               "series: a list of names is needed, [households], "
                                               "or all",
                                               "series: der skal stå en liste af navne, "
                                               "[households], eller all"));
        return FLYT_OK;
    }
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        n++;
    }
    const char **keep = FLYT_ARENA_ARRAY(load->arena, const char *, n);
    if (keep == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (const struct flyt_yaml_node *item = node->child; item != NULL; item = item->next) {
        const char *name = item->kind == FLYT_YAML_text ? item->text : "";
        uint32_t s = 0;
        while (s < model->n_series && strcmp(model->series[s].name, name) != 0) {
            s++;
        }
        bool twice = false;
        for (uint32_t i = 0; i < out->n_keep; i++) {
            twice = twice || strcmp(keep[i], name) == 0;
        }
        if (twice) {
            flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->place,
                                                   "series: \"%s\" stands twice",
                                                   "series: \"%s\" står to gange", name));
        } else if (s < model->n_series) {
            keep[out->n_keep++] = model->series[s].name;
        } else if (item->kind != FLYT_YAML_none) {
            char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
            uint32_t near =
                flyt_text_nearest(name, strlen(name), model->n_series, series_name, model);
            const char *meant = near == FLYT_NONE ? NULL : series_name(model, near);
            flyt_sweep_fault(load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, item->place,
                                                   "series: there is no \"%s\"%s ('flyt describe "
                                                   "outputs' lists all)",
                                                   "series: der er ingen \"%s\"%s ('flyt describe "
                                                   "outputs' viser alle)",
                                                   flyt_text_quote(quoted, name, strlen(name)),
                                                   flyt_text_hint(hint, load->diag, meant)));
        }
    }
    out->keep = keep;
    return FLYT_OK;
}

/** Periods and rows as they are kept. */
static void reduce_times(struct flyt_result *layout, enum flyt_sweep_time time)
{
    if (time == FLYT_SWEEP_months) {
        return;
    }
    if (time == FLYT_SWEEP_end) {
        layout->start_year += (int32_t)layout->n_years;
        layout->n_years = 0;
    }
    layout->n_months = 0;
    for (uint32_t s = 0; s < layout->n_series; s++) {
        layout->series[s].period = FLYT_SERIES_yearly;
    }
}

/** Whether another base has the same places, years and model, so that one file can hold both. */
static bool same_shape(const struct flyt_result *a, const struct flyt_result *b)
{
    bool same = strcmp(a->model, b->model) == 0 && a->start_year == b->start_year &&
                a->n_years == b->n_years && a->n_months == b->n_months && a->n_dims == b->n_dims;
    for (uint32_t i = 0; same && i < a->n_dims; i++) {
        same = a->dim[i].n == b->dim[i].n;
        for (uint32_t k = 0; same && k < a->dim[i].n; k++) {
            same = strcmp(a->dim[i].label_en[k], b->dim[i].label_en[k]) == 0;
        }
    }
    return same;
}

static enum flyt_status check_bases(struct flyt_sweep_load *load, const struct flyt_result *first)
{
    const struct flyt_sweep *sweep = load->out;
    for (uint32_t i = 1; i < sweep->n_bases; i++) {
        struct flyt_scenario bare = sweep->base[i];
        struct flyt_model model = *bare.model;
        struct flyt_result other;
        model.n_series = 0;
        bare.model = &model;
        FLYT_TRY(flyt_result_init(&other, &bare, 0, 1, load->arena));
        if (!same_shape(first, &other) || sweep->base[i].seed != sweep->base[0].seed) {
            char quoted[FLYT_QUOTE_SIZE];
            const char *text = load->base_text[i];
            flyt_sweep_fault(
                load, flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, load->root->place,
                                      "scenario: \"%s\" has another model, other places, years or "
                                      "another seed than the base: it needs a sweep of its own",
                                      "scenario: \"%s\" har en anden model, andre steder, år eller "
                                      "et andet frø end udgangspunktet: det skal have sit eget "
                                      "gennemløb",
                                      flyt_text_quote(quoted, text, strlen(text))));
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_sweep_lay_series(struct flyt_sweep_load *load)
{
    struct flyt_sweep *out = load->out;
    struct flyt_scenario all;
    FLYT_TRY(widest(load, &all));
    FLYT_TRY(take_series(load, all.model));
    struct flyt_model *model = FLYT_ARENA_ARRAY(load->arena, struct flyt_model, 1);
    struct flyt_series *series =
        FLYT_ARENA_ARRAY(load->arena, struct flyt_series, (size_t)all.model->n_series + 1);
    if (model == NULL || series == NULL) {
        return FLYT_ERR_MEMORY;
    }
    *model = *all.model;
    model->n_series = 0;
    for (uint32_t s = 0; s < all.model->n_series; s++) { /* a policy's series only when asked for */
        if (is_kept(out, all.model->series[s].name)) {
            series[model->n_series++] = all.model->series[s];
        }
    }
    model->series = series;
    all.model = model;
    FLYT_TRY(flyt_result_init(&out->layout, &all, 0, 1, load->arena));
    FLYT_TRY(check_bases(load, &out->layout));
    reduce_times(&out->layout, out->time);
    out->layout.title = out->title == NULL ? out->name : out->title;
    return FLYT_OK;
}

/* ---- one run ------------------------------------------------------------------------------- */

uint64_t flyt_sweep_words(const struct flyt_sweep *sweep)
{
    uint64_t n = 0;
    for (uint32_t s = 0; s < sweep->layout.n_series; s++) {
        const struct flyt_result_series *series = &sweep->layout.series[s];
        n += series->n_cells * flyt_result_rows(&sweep->layout, series);
    }
    return n;
}

/** Adds rows [first, end) of a run's series to `word`: numbers of its own type. */
static void add_rows(const struct flyt_result *run, const struct flyt_result_series *series,
                     uint32_t first, uint32_t end, uint64_t *word)
{
    for (uint32_t row = first; row < end; row++) {
        const void *data = flyt_result_row(run, series, 0, row);
        for (uint64_t i = 0; i < series->n_cells; i++) {
            if (series->type == FLYT_SERIES_count) {
                int64_t sum;
                memcpy(&sum, &word[i], sizeof sum);
                sum += ((const int64_t *)data)[i];
                memcpy(&word[i], &sum, sizeof sum);
            } else {
                double sum;
                memcpy(&sum, &word[i], sizeof sum);
                sum += ((const double *)data)[i];
                memcpy(&word[i], &sum, sizeof sum);
            }
        }
    }
}

/** One kept row: a stock as it stands, a flow since the row kept before. */
static void take_row(const struct flyt_result *run, const struct flyt_result_series *series,
                     uint32_t row, uint32_t before, uint64_t *word)
{
    if (series->kind == FLYT_SERIES_flow) {
        add_rows(run, series, before, row + 1, word);
    } else {
        memcpy(word, flyt_result_row(run, series, 0, row), series->n_cells * sizeof *word);
    }
}

void flyt_sweep_reduce(const struct flyt_sweep *sweep, const struct flyt_result *run,
                       uint64_t *word)
{
    const struct flyt_result *layout = &sweep->layout;
    for (uint32_t s = 0; s < layout->n_series; s++) {
        const struct flyt_result_series *to = &layout->series[s];
        uint32_t rows = flyt_result_rows(layout, to), own = flyt_result_find(run, to->name);
        memset(word, 0, rows * to->n_cells * sizeof *word);
        if (own != FLYT_NONE) {
            const struct flyt_result_series *series = &run->series[own];
            uint32_t all = flyt_result_rows(run, series) - 1;
            uint32_t n_steps = rows > 1 ? rows - 1 : 1;
            for (uint32_t row = 0; row < rows; row++) {
                uint32_t at = rows > 1 ? (uint32_t)((uint64_t)all * row / n_steps) : all;
                uint32_t before = rows > 1 && row > 0
                                      ? (uint32_t)((uint64_t)all * (row - 1) / n_steps) + 1
                                      : (rows > 1 ? at : 0);
                take_row(run, series, at, before, word + row * to->n_cells);
            }
        }
        word += rows * to->n_cells;
    }
}
