/* How fast two worlds with the same chance part once a policy acts in one of them: by year, how
   many households live in another home than in the other world, how many have adults in another
   state of work, and how many exist in one alone (per cent of those of the first).

     bench_pairing SCENARIO YEARS SAMPLE [KEY=VALUE... -- KEY=VALUE...]

   SAMPLE: one home in so many. Parameters before -- hold in both worlds, those after it in the
   second alone. */
#define _DEFAULT_SOURCE
#include "bench.h"

#include "models/people.h"
#include "sim/run.h"
#include "tests/housing_fixture.h"

enum { N_WORLDS = 2, N_THREADS = 2 };

struct pair {
    struct flyt_scenario scenario;
    struct flyt_arena run_arena, step_arena;
    struct flyt_world *world;
};

static void open_world(struct pair *of, const char *path, const char *const *set, uint32_t n_sets,
                       uint32_t n_years, uint32_t sample, struct flyt_arena *arena)
{
    static struct flyt_diag diag[N_WORLDS]; /* kept by the worlds */
    static uint32_t n_open;
    struct flyt_diag *faults = &diag[n_open++];
    struct flyt_scenario_options options = {.allow_outside = true, .set = set, .n_sets = n_sets};
    struct flyt_run_options run = {.n_replicates = 1, .par = flyt_par_default(N_THREADS)};
    struct flyt_run_pass pass;
    void *state = NULL;
    flyt_arena_init(&of->run_arena, 0);
    flyt_arena_init(&of->step_arena, 0);
    if (flyt_scenario_load(path, &options, arena, &of->scenario, faults) != FLYT_OK) {
        fixture_stop(faults, "load");
    }
    if (sample > 1 && of->scenario.model->sample(&of->scenario, sample, arena, faults) != FLYT_OK) {
        fixture_stop(faults, "sample");
    }
    of->scenario.years = n_years;
    if (flyt_run_pass(&of->scenario, &run, arena, &pass, faults) != FLYT_OK) {
        fixture_stop(faults, "pass");
    }
    struct flyt_model_args args = {.scenario = &of->scenario,
                                   .key = {of->scenario.seed, 0},
                                   .par = run.par,
                                   .run_arena = &of->run_arena,
                                   .step_arena = &of->step_arena,
                                   .diag = faults,
                                   .found = pass.found};
    if (of->scenario.model->create(&args, &state) != FLYT_OK) {
        fixture_stop(faults, "create");
    }
    of->world = state;
}

/** A household by uid, to be found again in the other world. */
struct place {
    uint64_t uid;
    uint32_t household;
};

static int by_uid(const void *a, const void *b)
{
    uint64_t x = ((const struct place *)a)->uid, y = ((const struct place *)b)->uid;
    return x < y ? -1 : x > y;
}

static struct place *places_of(const struct flyt_world *world, uint32_t *n)
{
    struct place *place = calloc(world->households.capacity + 1, sizeof *place);
    *n = 0;
    if (place == NULL) {
        abort();
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        place[(*n)++] = (struct place){world->households.uid[i], i};
    }
    qsort(place, *n, sizeof *place, by_uid);
    return place;
}

static void print_year(const struct pair *of, uint32_t year)
{
    uint32_t n[N_WORLDS], both = 0, elsewhere = 0, work = 0, k = 0;
    struct place *place[N_WORLDS];
    for (uint32_t w = 0; w < N_WORLDS; w++) {
        place[w] = places_of(of[w].world, &n[w]);
    }
    for (uint32_t i = 0; i < n[0]; i++) {
        while (k < n[1] && place[1][k].uid < place[0][i].uid) {
            k++;
        }
        if (k == n[1] || place[1][k].uid != place[0][i].uid) {
            continue;
        }
        const struct flyt_household *a = &of[0].world->households.row[place[0][i].household];
        const struct flyt_household *b = &of[1].world->households.row[place[1][k].household];
        both++;
        elsewhere += a->home != b->home;
        work += memcmp(a->work, b->work, sizeof a->work) != 0;
    }
    printf("%6u %12u %12.3f %12.3f %12.3f\n", year, n[0], 100.0 * elsewhere / both,
           100.0 * work / both, 100.0 * (n[0] - both) / n[0]);
    (void)fflush(stdout);
    free(place[0]);
    free(place[1]);
}

int main(int n_args, char **arg)
{
    static struct pair pair[N_WORLDS];
    struct flyt_arena arena;
    if (n_args < 4) {
        (void)fprintf(
            stderr, "usage: bench_pairing SCENARIO YEARS SAMPLE [KEY=VALUE... -- KEY=VALUE...]\n");
        return 64;
    }
    uint32_t n_years = (uint32_t)atoi(arg[2]), n_common = 0, n_sets = (uint32_t)n_args - 4;
    while (n_common < n_sets && strcmp(arg[4 + n_common], "--") != 0) {
        n_common++;
    }
    for (uint32_t i = n_common; i + 1 < n_sets; i++) {
        arg[4 + i] = arg[5 + i]; /* over the -- */
    }
    n_sets -= n_common < n_sets;
    flyt_arena_init(&arena, 0);
    for (uint32_t w = 0; w < N_WORLDS; w++) {
        open_world(&pair[w], arg[1], (const char *const *)arg + 4, w == 0 ? n_common : n_sets,
                   n_years, (uint32_t)atoi(arg[3]), &arena);
    }
    printf("%6s %12s %12s %12s %12s\n", "year", "households", "elsewhere %", "work %", "gone %");
    for (uint32_t month = 0; month < 12 * n_years; month++) {
        for (uint32_t w = 0; w < N_WORLDS; w++) {
            flyt_arena_empty(&pair[w].step_arena);
            if (pair[w].scenario.model->month(pair[w].world, month) != FLYT_OK) {
                fixture_stop(pair[w].world->diag, "month");
            }
        }
        if (month % 12 == 11) {
            print_year(pair, month / 12 + 1);
        }
    }
    for (uint32_t w = 0; w < N_WORLDS; w++) {
        flyt_arena_free(&pair[w].step_arena);
        flyt_arena_free(&pair[w].run_arena);
    }
    flyt_arena_free(&arena);
    return 0;
}
