/* The month of the housing model by phase, on one thread and two: ns per household-month, medians
   over years. Both worlds are stepped in turn, a year at a time, so that a busy machine slows both.

     bench_month [SCENARIO [YEARS [TIMES [KEY=VALUE...]]]]

   SCENARIO is a folder or file, by default a made-up one of 10^5 households; TIMES, such as 0.1 or
   4, makes it so many times as large; KEY=VALUE sets a parameter.
   The digest at the end shows whether two builds did the same work. */
#define _DEFAULT_SOURCE
#include "bench.h"

#include <math.h>

#include "output/result.h"
#include "sim/run.h"
#include "sim/step.h"
#include "tests/housing_fixture.h"

enum { YEARS_MOST = 30, PHASES_MOST = 24, N_WORLDS = 2 };

/** One of the worlds: its threads, state and what its years took. */
struct timed {
    uint32_t n_threads;
    struct flyt_arena run_arena, step_arena;
    struct flyt_world *world;
    struct flyt_result result;
    void *scratch;
    uint64_t household_months[YEARS_MOST];
    double wall[PHASES_MOST][YEARS_MOST], cpu[PHASES_MOST][YEARS_MOST]; /* seconds */
};

/* ---- the scenario -------------------------------------------------------------------------- */

static void multiply(struct flyt_scenario *scenario, enum flyt_housing_table table,
                     const char *column, double times)
{
    struct flyt_table *found = &scenario->table[table];
    for (uint32_t row = 0; found->present && row < found->n_rows; row++) {
        double *value = &found->value[flyt_table_column(found, column)][row];
        *value = floor(*value * times);
    }
}

/** So many times the homes, households, building and known persons. */
static void enlarge(struct flyt_scenario *scenario, double times)
{
    const struct flyt_table *places = &scenario->table[FLYT_TABLE_places];
    multiply(scenario, FLYT_TABLE_sections, "homes", times);
    multiply(scenario, FLYT_TABLE_sections, "households", times);
    multiply(scenario, FLYT_TABLE_stock_plan, "homes", times);
    for (uint32_t row = 0; places->present && row < places->n_rows; row++) {
        const double *variable = flyt_table_values(places, "variable");
        double *value = &places->value[flyt_table_column(places, "value")][row];
        *value *= (uint32_t)variable[row] == FLYT_VARIABLE_population ? times : 1.0;
    }
}

static void load(int n_args, char **arg, struct flyt_arena *arena, struct flyt_scenario *scenario)
{
    struct flyt_diag diag = {0};
    struct flyt_scenario_options options = {.allow_outside = true};
    if (n_args < 2) {
        *scenario = fixture_scenario(100000, 98, 3, arena);
        return;
    }
    if (n_args > 4) {
        options.set = (const char *const *)arg + 4;
        options.n_sets = (uint32_t)n_args - 4;
    }
    if (flyt_scenario_load(arg[1], &options, arena, scenario, &diag) != FLYT_OK) {
        fixture_stop(&diag, "load");
    }
    if (n_args > 3) {
        enlarge(scenario, strtod(arg[3], NULL));
    }
}

/* ---- the worlds ---------------------------------------------------------------------------- */

static void open_world(const struct flyt_scenario *scenario, const struct flyt_run_pass *pass,
                       struct flyt_arena *arena, struct timed *timed)
{
    static struct flyt_diag diag; /* kept by the world */
    void *state = NULL;
    flyt_arena_init(&timed->run_arena, 0);
    flyt_arena_init(&timed->step_arena, 0);
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {scenario->seed, 0},
                                   .par = {timed->n_threads, FLYT_BLOCKS, 0},
                                   .run_arena = &timed->run_arena,
                                   .step_arena = &timed->step_arena,
                                   .diag = &diag,
                                   .found = pass->found};
    if (scenario->model->create(&args, &state) != FLYT_OK ||
        flyt_result_init(&timed->result, scenario, 0, 1, arena) != FLYT_OK) {
        fixture_stop(&diag, "create");
    }
    timed->scratch = flyt_result_scratch(&timed->result, arena);
    timed->world = state;
    flyt_run_record(scenario->model, &timed->result, 0, state, 0, timed->scratch);
}

/** Adds what has passed since `*wall` and `*cpu`, and sets them to now. */
static void lap(struct timed *timed, uint32_t phase, uint32_t year, double *wall, double *cpu)
{
    double wall_now = bench_now(), cpu_now = bench_cpu();
    timed->wall[phase][year] += wall_now - *wall;
    timed->cpu[phase][year] += cpu_now - *cpu;
    *wall = wall_now;
    *cpu = cpu_now;
}

static void step_year(const struct flyt_scenario *scenario, struct timed *timed, uint32_t year)
{
    struct flyt_world *world = timed->world;
    for (uint32_t month = 12 * year; month < 12 * (year + 1); month++) {
        double wall = bench_now(), cpu = bench_cpu();
        timed->household_months[year] += flyt_world_count(world);
        flyt_arena_empty(&timed->step_arena);
        world->month = month;
        for (uint32_t i = 0; i < flyt_step_n_phases; i++) {
            if (flyt_step_phases[i].run(world) != FLYT_OK) {
                fixture_stop(world->diag, flyt_step_phases[i].name);
            }
            lap(timed, i, year, &wall, &cpu);
        }
        world->calendar++;
        flyt_run_record(scenario->model, &timed->result, 0, world, month + 1, timed->scratch);
        lap(timed, flyt_step_n_phases, year, &wall, &cpu);
    }
}

/* ---- the table ----------------------------------------------------------------------------- */

/** Median over years of ns per household-month. */
static double per_month(const struct timed *timed, const double *seconds, uint32_t n_years)
{
    double ns[YEARS_MOST];
    for (uint32_t y = 0; y < n_years; y++) {
        ns[y] = 1e9 * seconds[y] / (double)timed->household_months[y];
    }
    return bench_median(ns, n_years);
}

static void print_line(const char *name, const double value[3])
{
    printf("%-12s %10.1f %10.1f %10.1f %8.2f\n", name, value[0], value[1], value[2],
           value[2] > 0.0 ? value[0] / value[2] : 0.0);
}

static void print(const struct timed *timed, uint32_t n_years)
{
    double all[3][YEARS_MOST] = {{0}}, value[3];
    printf("%-12s %10s %10s %10s %8s\n", "phase", "1T ns", "1T cpu ns", "2T ns", "1T/2T");
    for (uint32_t i = 0; i <= flyt_step_n_phases; i++) {
        const double *seconds[3] = {timed[0].wall[i], timed[0].cpu[i], timed[1].wall[i]};
        for (uint32_t k = 0; k < 3; k++) {
            value[k] = per_month(&timed[k / 2], seconds[k], n_years);
            for (uint32_t y = 0; y < n_years; y++) {
                all[k][y] += seconds[k][y];
            }
        }
        print_line(i < flyt_step_n_phases ? flyt_step_phases[i].name : "record", value);
    }
    for (uint32_t k = 0; k < 3; k++) {
        value[k] = per_month(&timed[k / 2], all[k], n_years);
    }
    print_line("all", value);
}

static void print_memory(const struct timed *timed, double resident)
{
    uint32_t n = flyt_world_count(timed->world);
    printf("bytes a household: taken %.0f for the run and %.0f for the month, resident %.0f\n",
           (double)timed->run_arena.used_bytes / n, (double)timed->step_arena.used_bytes / n,
           resident / n);
}

/** Bytes of memory that the process holds now. */
static double resident_bytes(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file != NULL) {
        if (fscanf(file, "%*d %ld", &pages) != 1) {
            pages = 0;
        }
        (void)fclose(file);
    }
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

int main(int n_args, char **arg)
{
    static struct timed timed[N_WORLDS];
    struct flyt_arena arena;
    struct flyt_scenario scenario;
    struct flyt_run_pass pass;
    struct flyt_diag diag = {0};
    flyt_arena_init(&arena, 0);
    load(n_args, arg, &arena, &scenario);
    uint32_t n_years = n_args > 2 ? (uint32_t)atoi(arg[2]) : 3;
    scenario.years = n_years = n_years < YEARS_MOST ? n_years : YEARS_MOST;
    struct flyt_run_options options = {.n_replicates = 1, .par = flyt_par_default(N_WORLDS)};
    if (flyt_run_pass(&scenario, &options, &arena, &pass, &diag) != FLYT_OK) {
        fixture_stop(&diag, "pass");
    }
    double before = resident_bytes();
    for (uint32_t i = 0; i < N_WORLDS; i++) {
        timed[i].n_threads = i + 1;
        open_world(&scenario, &pass, &arena, &timed[i]);
    }
    printf("%s: %u households, %u years\n", scenario.name, flyt_world_count(timed[0].world),
           n_years);
    for (uint32_t year = 0; year < n_years; year++) {
        for (uint32_t i = 0; i < N_WORLDS; i++) {
            step_year(&scenario, &timed[i], year);
        }
    }
    print(timed, n_years);
    print_memory(&timed[0], (resident_bytes() - before) / N_WORLDS);
    for (uint32_t i = 0; i < N_WORLDS; i++) {
        flyt_result_digest(&timed[i].result, 0);
        printf("%s%s", i == 0 ? "digest " : " ", timed[i].result.content_digest[0]);
    }
    printf("\n");
    return 0;
}
