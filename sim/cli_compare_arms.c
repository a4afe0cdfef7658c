#include <stdio.h>
#include <string.h>

#include "output/compare_standard.h"
#include "sim/cli_compare.h"
#include "sim/run_probe.h"

static void show_pass(void *job, const struct flyt_run_progress *progress)
{
    struct flyt_cli_arms *arms = job;
    double done = (double)progress->n_pass_done / progress->n_pass * (double)arms->n_before;
    flyt_cli_bar_show(arms->bar, done / (double)(arms->n_before + arms->plan.n_months),
                      arms->bar->lang == FLYT_DA ? "tilstand før start"
                                                 : "standing still before the start");
}

static void show(void *job, const struct flyt_run_arms_progress *progress)
{
    struct flyt_cli_arms *arms = job;
    double done = (double)(arms->n_before + progress->n_months_done);
    char what[160];
    (void)snprintf(what, sizeof what,
                   arms->bar->lang == FLYT_DA
                       ? "%u udgaver x %u gentagelser x %u år, %u af %u kørsler færdige"
                       : "%u arms x %u replicates x %u years, %u of %u runs done",
                   arms->n, arms->run->n_replicates, arms->arm->years, progress->n_worlds_done,
                   progress->n_worlds);
    flyt_cli_bar_show(arms->bar, done / (double)(arms->n_before + progress->n_months), what);
}

/** Measures a replicate of all arms, the last of which has all policies. */
static enum flyt_status take_replicate(void *job, uint32_t replicate,
                                       const struct flyt_result *result, struct flyt_diag *diag)
{
    const struct flyt_cli_arms *arms = job;
    const struct flyt_result *all = &result[arms->n - 1];
    struct flyt_arena arena;
    struct flyt_compare_items items;
    struct flyt_compare_values one;
    flyt_arena_init(&arena, 0);
    enum flyt_status status = flyt_compare_list(all, all, &arena, &items, diag);
    for (uint32_t a = 0; a < arms->n && status == FLYT_OK; a++) {
        struct flyt_compare_values *values = &arms->measured[a].values;
        status = flyt_compare_take(&result[a], &items, &arena, &one, diag);
        for (uint32_t i = 0; status == FLYT_OK && i < one.n_items; i++) {
            for (uint32_t year = 0; year <= values->n_years; year++) {
                *flyt_compare_at(values, i, year, replicate) = *flyt_compare_at(&one, i, year, 0);
            }
        }
    }
    flyt_arena_free(&arena);
    return status;
}

/** Room for what is measured. */
static enum flyt_status take_room(struct flyt_cli *cli, struct flyt_cli_arms *arms)
{
    struct flyt_result layout;
    FLYT_TRY(flyt_result_init(&layout, &arms->arm[arms->n - 1], 0, 1, cli->arena));
    FLYT_TRY(flyt_compare_list(&layout, &layout, cli->arena, arms->items, cli->diag));
    for (uint32_t a = 0; a < arms->n; a++) {
        struct flyt_compare_values *values = &arms->measured[a].values;
        *values = (struct flyt_compare_values){.n_items = arms->items->n +
                                                          flyt_compare_n_cells(arms->items),
                                               .n_years = arms->arm->years,
                                               .n_pairs = arms->run->n_replicates};
        size_t n_cells = (size_t)(values->n_years + 1) * values->n_pairs;
        values->value = FLYT_ARENA_ARRAY(cli->arena, double, values->n_items *n_cells);
        if (values->value == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

static struct flyt_run_arms plan(struct flyt_cli_arms *arms)
{
    struct flyt_run_arms run = {.all = &arms->arm[arms->n - 1],
                                .arm = arms->arm,
                                .n = arms->n,
                                .take = take_replicate,
                                .progress = show,
                                .job = arms};
    uint32_t (*pass_months)(const struct flyt_scenario *) = arms->arm->model->pass_months;
    arms->n_before = pass_months != NULL ? pass_months(arms->arm) : 0;
    flyt_run_arms_plan(&run, arms->run, &arms->plan);
    return run;
}

enum flyt_status flyt_cli_arms_run(struct flyt_cli *cli, struct flyt_cli_arms *arms)
{
    struct flyt_run_options options = *arms->run;
    struct flyt_run_pass pass;
    struct flyt_run_arms run = plan(arms);
    FLYT_TRY(take_room(cli, arms));
    options.progress = show_pass;
    options.progress_job = arms;
    FLYT_TRY(flyt_run_pass(arms->arm, &options, cli->arena, &pass, cli->diag));
    options.pass = &pass;
    return flyt_run_arms(&run, &options, cli->diag);
}

enum flyt_status flyt_cli_arms_dry(struct flyt_cli *cli, struct flyt_cli_arms *arms)
{
    struct flyt_run_arms_plan *need = &arms->plan;
    const uint32_t n_runs = arms->n * arms->run->n_replicates, years = arms->arm->years;
    struct flyt_run_probe probe;
    char time[64], core[64], memory[32], world[32];
    (void)plan(arms);
    if (!arms->together) {
        need->fork = 0;
        need->n_starts = n_runs;
        need->n_months = 12ull * n_runs * years;
    }
    FLYT_TRY(flyt_run_probe(&arms->arm[arms->n - 1], need->n_parallel, &probe, cli->diag));
    double seconds = (double)need->n_starts * probe.start_seconds +
                     (double)(need->n_months + arms->n_before) * probe.month_seconds;
    unsigned long long n_months = need->n_months;
    double elapsed = seconds / (need->n_parallel * need->n_threads);
    if (arms->n_sets > 1) {
        printf(flyt_cli_say(cli, "%u sets of parameters, about %s in all; of each:\n",
                            "%u sæt af parametre, i alt ca. %s; af hvert:\n"),
               arms->n_sets, flyt_cli_duration(time, sizeof time, elapsed * arms->n_sets));
    }
    printf(flyt_cli_say(cli, "%u arms x %u replicates x %u years: %u runs\n",
                        "%u udgaver x %u gentagelser x %u år: %u kørsler\n"),
           arms->n, arms->run->n_replicates, years, n_runs);
    printf(flyt_cli_say(cli,
                        "months: %llu to simulate instead of %llu, %u starts instead of %u; the "
                        "arms of a replicate share %u months\n",
                        "måneder: %llu, der simuleres, i stedet for %llu, %u starter i stedet for "
                        "%u; en gentagelses udgaver er fælles om %u måneder\n"),
           n_months, 12ull * n_runs * years, (uint32_t)need->n_starts, n_runs, need->fork);
    printf(
        flyt_cli_say(cli,
                     "time: about %s on %u threads (%u worlds at a time, %u threads each)\n"
                     "      from the processor time of a start and %u months: %s on one "
                     "processor; for free processors\n",
                     "tid: ca. %s på %u tråde (%u verdener ad gangen, %u tråde hver)\n"
                     "     ud fra processortiden for en start og %u måneder: %s på én processor; "
                     "for ledige processorer\n"),
        flyt_cli_duration(time, sizeof time, elapsed), arms->run->par.n_threads, need->n_parallel,
        need->n_threads, probe.n_months, flyt_cli_duration(core, sizeof core, seconds));
    printf(flyt_cli_say(cli, "memory: about %s (%s a world with what is kept of it)\n",
                        "hukommelse: ca. %s (%s pr. verden med det, der gemmes af den)\n"),
           flyt_cli_size(memory, sizeof memory, need->total_bytes, cli->lang),
           flyt_cli_size(world, sizeof world, need->world_bytes, cli->lang));
    return FLYT_OK;
}
