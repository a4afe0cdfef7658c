/* The points of a sweep, and the scenario of each. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/sweep_load.h"
#include "sim/text.h"
#include "sim/variant.h"

const char *flyt_sweep_number(struct flyt_arena *arena, double number)
{
    char text[40];
    double again = 0.0;
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, number);
        if (flyt_text_number(text, strlen(text), &again) == FLYT_NUMBER_ok && !(again < number) &&
            !(again > number)) {
            break;
        }
    }
    return flyt_arena_copy(arena, text, strlen(text));
}

/* ---- points -------------------------------------------------------------------------------- */

static void set_level(struct flyt_sweep *sweep, uint32_t point, uint32_t factor, uint32_t level)
{
    const struct flyt_sweep_factor *of = &sweep->factor[factor];
    const char *label = of->level[level].label;
    double number = NAN;
    if (of->numeric) {
        (void)flyt_text_number(label, strlen(label), &number);
    }
    sweep->cell[(size_t)point * sweep->n_factors + factor] =
        (struct flyt_sweep_cell){level, number};
}

/** Cells as wide as there are factors. */
static void narrow_list(struct flyt_sweep *sweep)
{
    for (uint32_t point = 0; point < sweep->n_points; point++) {
        for (uint32_t k = 0; k < sweep->n_factors; k++) {
            struct flyt_sweep_cell cell = sweep->cell[(size_t)point * FLYT_SWEEP_FACTORS + k];
            if (cell.level != FLYT_NONE) {
                set_level(sweep, point, k, cell.level);
            } else {
                sweep->cell[(size_t)point * sweep->n_factors + k] = cell;
            }
        }
    }
}

/** Every combination: the last factor changes fastest, in a factorial the first. */
static void lay_grid(struct flyt_sweep *sweep)
{
    bool first_fastest = sweep->plan == FLYT_SWEEP_factorial;
    for (uint32_t point = 0; point < sweep->n_points; point++) {
        uint32_t rest = point;
        for (uint32_t i = 0; i < sweep->n_factors; i++) {
            uint32_t k = first_fastest ? i : sweep->n_factors - 1 - i;
            set_level(sweep, point, k, rest % sweep->factor[k].n_levels);
            rest /= sweep->factor[k].n_levels;
        }
    }
}

static enum flyt_status count_points(struct flyt_sweep_load *load)
{
    struct flyt_sweep *out = load->out;
    uint64_t n = 1;
    for (uint32_t k = 0; k < out->n_factors && n <= FLYT_SWEEP_POINTS; k++) {
        n *= out->factor[k].n_levels;
    }
    if (n > FLYT_SWEEP_POINTS) {
        return flyt_diag_fault(load->diag, FLYT_ERR_SCENARIO, flyt_sweep_key_place(load, "factors"),
                               "factors: more than %d combinations",
                               "factors: mere end %d kombinationer", FLYT_SWEEP_POINTS);
    }
    out->n_points = (uint32_t)n;
    return FLYT_OK;
}

enum flyt_status flyt_sweep_lay_points(struct flyt_sweep_load *load)
{
    struct flyt_sweep *out = load->out;
    if (out->plan == FLYT_SWEEP_list) {
        narrow_list(out);
        return FLYT_OK;
    }
    if (out->plan != FLYT_SWEEP_grid && out->plan != FLYT_SWEEP_factorial) {
        return flyt_sweep_note(load, flyt_sweep_lay_samples(load));
    }
    FLYT_TRY(flyt_sweep_note(load, count_points(load)));
    out->cell = FLYT_ARENA_ZERO(load->arena, struct flyt_sweep_cell,
                                (size_t)out->n_points * out->n_factors + 1);
    if (out->cell == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (load->status == FLYT_OK) {
        lay_grid(out);
    }
    return FLYT_OK;
}

const char *flyt_sweep_text(const struct flyt_sweep *sweep, uint32_t point, uint32_t factor,
                            struct flyt_arena *arena)
{
    const struct flyt_sweep_cell *cell = flyt_sweep_at(sweep, point, factor);
    return cell->level != FLYT_NONE ? sweep->factor[factor].level[cell->level].label
           : isnan(cell->number)    ? ""
                                    : flyt_sweep_number(arena, cell->number);
}

/* ---- the scenario of a point --------------------------------------------------------------- */

enum flyt_status flyt_sweep_sets(const struct flyt_sweep *sweep, uint32_t point,
                                 struct flyt_arena *arena, const char *const **set,
                                 uint32_t *n_sets, uint32_t *base)
{
    uint32_t n = sweep->n_sets;
    for (uint32_t k = 0; k < sweep->n_factors; k++) {
        const struct flyt_sweep_cell *cell = flyt_sweep_at(sweep, point, k);
        n += cell->level == FLYT_NONE ? 1 : sweep->factor[k].level[cell->level].n_sets;
    }
    const char **all = FLYT_ARENA_ARRAY(arena, const char *, (size_t)n + 1);
    if (all == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (n = 0; n < sweep->n_sets; n++) {
        all[n] = sweep->set[n];
    }
    *base = 0;
    for (uint32_t k = 0; k < sweep->n_factors; k++) {
        const struct flyt_sweep_cell *cell = flyt_sweep_at(sweep, point, k);
        const struct flyt_sweep_factor *factor = &sweep->factor[k];
        if (cell->level != FLYT_NONE) {
            const struct flyt_sweep_level *level = &factor->level[cell->level];
            for (uint32_t i = 0; i < level->n_sets; i++) {
                all[n++] = level->set[i];
            }
            *base = level->base == FLYT_NONE ? *base : level->base;
        } else if (!isnan(cell->number)) {
            const char *text = flyt_sweep_number(arena, cell->number);
            all[n] = text == NULL ? NULL : flyt_arena_printf(arena, "%s=%s", factor->name, text);
            FLYT_TRY(all[n++] == NULL ? FLYT_ERR_MEMORY : FLYT_OK);
        }
    }
    *set = all;
    *n_sets = n;
    return FLYT_OK;
}

static bool is_kept(const void *sweep_, const char *series)
{
    const struct flyt_sweep *sweep = sweep_;
    return flyt_sweep_keeps(sweep, series);
}

enum flyt_status flyt_sweep_scenario(const struct flyt_sweep *sweep, uint32_t point,
                                     struct flyt_arena *arena, struct flyt_scenario *out,
                                     struct flyt_diag *diag)
{
    struct flyt_scenario_options options = {0};
    uint32_t base = 0;
    FLYT_TRY(flyt_sweep_sets(sweep, point, arena, &options.set, &options.n_sets, &base));
    options.input = sweep->base[base].input;
    options.n_inputs = sweep->base[base].n_inputs;
    options.name = sweep->base[base].name;
    FLYT_TRY(flyt_scenario_load(NULL, &options, arena, out, diag));
    if (sweep->sample > 1) {
        FLYT_TRY(out->model->sample(out, sweep->sample, arena, diag));
    }
    return flyt_variant_keep(out, is_kept, sweep, arena);
}

/* ---- who shares a pass --------------------------------------------------------------------- */

static void group_key(const struct flyt_sweep *sweep, uint32_t point, struct flyt_arena *arena,
                      char key[FLYT_DIGEST_SIZE], enum flyt_status *status)
{
    static const char policies[] = "policies.";
    const char *const *set = NULL;
    uint32_t n = 0, base = 0;
    struct flyt_digest digest;
    *status = flyt_sweep_sets(sweep, point, arena, &set, &n, &base);
    flyt_digest_init(&digest);
    flyt_digest_number(&digest, base);
    for (uint32_t i = sweep->n_sets; *status == FLYT_OK && i < n; i++) {
        if (strncmp(set[i], policies, sizeof policies - 1) != 0) {
            flyt_digest_text(&digest, set[i]);
        }
    }
    flyt_digest_end(&digest, key);
}

enum flyt_status flyt_sweep_groups(const struct flyt_sweep *sweep, struct flyt_arena *arena,
                                   uint32_t *group, uint32_t *n)
{
    struct flyt_arena scratch;
    uint32_t n_slots = 1;
    while (n_slots < 2 * sweep->n_points) {
        n_slots *= 2;
    }
    char(*key)[FLYT_DIGEST_SIZE] = flyt_arena_take(arena, sweep->n_points, FLYT_DIGEST_SIZE);
    uint32_t *slot = FLYT_ARENA_ARRAY(arena, uint32_t, n_slots); /* groups, by their key's digits */
    enum flyt_status status = key == NULL || slot == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
    *n = 0;
    flyt_arena_init(&scratch, 0);
    for (uint32_t i = 0; slot != NULL && i < n_slots; i++) {
        slot[i] = FLYT_NONE;
    }
    for (uint32_t point = 0; status == FLYT_OK && point < sweep->n_points; point++) {
        char own[FLYT_DIGEST_SIZE];
        flyt_arena_empty(&scratch);
        group_key(sweep, point, &scratch, own, &status);
        uint32_t at = 0;
        memcpy(&at, own, sizeof at);
        at = (at ^ at >> 15 ^ (uint32_t)(unsigned char)own[4] << 3) & (n_slots - 1);
        while (slot[at] != FLYT_NONE && memcmp(key[slot[at]], own, sizeof own) != 0) {
            at = (at + 1) & (n_slots - 1);
        }
        if (slot[at] == FLYT_NONE) {
            memcpy(key[*n], own, sizeof own);
            slot[at] = (*n)++;
        }
        group[point] = slot[at];
    }
    flyt_arena_free(&scratch);
    return status;
}
