/* `flyt compare --rows`: the same comparison with one set of parameters after the other. */
#include <stdio.h>
#include <string.h>

#include "sim/cli_compare.h"

/** Room for the values of all sets: those of the first, so many times as wide. */
static enum flyt_status take_room(struct flyt_cli *cli, const struct flyt_cli_comparison *call,
                                  struct flyt_compare_values *all)
{
    for (uint32_t a = 0; a <= call->n_arms; a++) {
        const struct flyt_compare_values *one = &call->arm[a].values;
        all[a] = (struct flyt_compare_values){.n_items = one->n_items,
                                              .n_years = one->n_years,
                                              .n_pairs = one->n_pairs * call->n_sets,
                                              .n_sets = call->n_sets};
        size_t n_cells = (size_t)(all[a].n_years + 1) * all[a].n_pairs;
        all[a].value = FLYT_ARENA_ARRAY(cli->arena, double, all[a].n_items *n_cells);
        if (all[a].value == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

/** Puts the values of a set beside those of the sets before it. */
static void keep_values(const struct flyt_compare_values *one, uint32_t set,
                        const struct flyt_compare_values *all)
{
    for (uint32_t i = 0; i < one->n_items; i++) {
        for (uint32_t year = 0; year <= one->n_years; year++) {
            memcpy(flyt_compare_at(all, i, year, set * one->n_pairs),
                   flyt_compare_at(one, i, year, 0), one->n_pairs * sizeof *one->value);
        }
    }
}

/** Rows of sets.csv: as compare.csv, with the row of the set and its seed before them. */
static enum flyt_status keep_rows(const struct flyt_cli_comparison *of, uint32_t row,
                                  struct flyt_text *csv)
{
    const char *lead = flyt_arena_printf(csv->arena, "%u,%u,", row, of->scenario.seed);
    if (lead == NULL) {
        return FLYT_ERR_MEMORY;
    }
    bool head = csv->n == 0;
    flyt_text_add(csv, head ? "row,seed," : "");
    return flyt_cli_compare_csv(of, lead, head, csv);
}

/** The comparison with one set. `of`: the call itself for the first, which stays in cli->arena. */
static enum flyt_status run_set(struct flyt_cli *cli, struct flyt_cli_comparison *of, uint32_t set)
{
    flyt_cli_bar_part(of->bar, set, of->n_sets);
    (void)snprintf(of->bar->lead, sizeof of->bar->lead,
                   flyt_cli_say(cli, "set %u of %u: ", "sæt %u af %u: "), set + 1, of->n_sets);
    cli->row = of->row[set];
    FLYT_TRY(flyt_cli_compare_ask(cli, of, set));
    return flyt_cli_compare_runs(cli, of);
}

/** A set beside those before it. */
static enum flyt_status keep(struct flyt_cli *cli, struct flyt_cli_comparison *call,
                             const struct flyt_cli_comparison *of, uint32_t set,
                             struct flyt_compare_values *all)
{
    if (of->items.n != call->items.n) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_SCENARIO, (struct flyt_place){0},
                               "--rows: row %u is measured by other series than row %u",
                               "--rows: række %u måles ved andre serier end række %u",
                               call->row[set], call->row[0]);
    }
    for (uint32_t a = 0; a <= call->n_arms; a++) {
        keep_values(&of->arm[a].values, set, &all[a]);
    }
    return call->plot.folder == NULL ? FLYT_OK : keep_rows(of, call->row[set], &call->sets);
}

enum flyt_status flyt_cli_compare_sets(struct flyt_cli *cli, struct flyt_cli_comparison *call)
{
    struct flyt_cli own = *cli;
    struct flyt_cli_comparison first = *call; /* as it was asked */
    call->sets.arena = cli->arena;
    FLYT_TRY(run_set(&own, call, 0));
    if (flyt_cli_given(cli, "dry-run")) {
        return FLYT_OK;
    }
    struct flyt_compare_values *all =
        FLYT_ARENA_ARRAY(cli->arena, struct flyt_compare_values, call->n_arms + 1);
    if (all == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(take_room(cli, call, all));
    FLYT_TRY(keep(cli, call, call, 0, all));
    for (uint32_t set = 1; set < call->n_sets; set++) {
        struct flyt_arena arena; /* a set's start and pass are large */
        struct flyt_cli_comparison of = first;
        flyt_arena_init(&arena, 0);
        own.arena = &arena;
        enum flyt_status status = run_set(&own, &of, set);
        if (status == FLYT_OK) {
            status = keep(cli, call, &of, set, all);
        }
        flyt_arena_free(&arena);
        FLYT_TRY(status);
    }
    for (uint32_t a = 0; a <= call->n_arms; a++) {
        call->arm[a].values = all[a];
    }
    return FLYT_OK;
}
