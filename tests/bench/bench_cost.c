/* What a home costs a household: ns per question, by tenure, against a look-up in a table per
   section and class of income (docs/ENGINE.md). The sum of the answers is printed so that none is
   left out. Medians of the runs. */
#define _DEFAULT_SOURCE
#include "bench.h"

#include "models/cost.h"
#include "tests/housing_fixture.h"

enum { HOUSEHOLDS = 100000, PLACES = 98, HOMES = 16, RUNS = 5, CLASSES = 256 };

struct offer {
    uint32_t section;
    uint16_t area_m2;
    uint8_t rooms;
};

/** An offer of this tenure by hash, any where `tenure` is FLYT_N_TENURES. */
static struct offer draw_offer(const struct flyt_world *world, uint32_t i, uint32_t tenure)
{
    struct flyt_rng_key key = {3, 0};
    for (uint32_t k = 0;; k++) {
        uint32_t d = flyt_rng_below(key, i + 1, 0, FLYT_STREAM_test, k, world->dwellings.n);
        uint32_t section = world->dwellings.section[d];
        if (tenure == FLYT_N_TENURES || world->sections.tenure[section] == tenure) {
            return (struct offer){section, world->dwellings.area_m2[d], world->dwellings.rooms[d]};
        }
    }
}

struct questions {
    const struct flyt_world *world;
    struct flyt_cost_household *who; /* [n] */
    struct offer *offer;             /* [n_offers] */
    int32_t *table;                  /* [sections][CLASSES] */
    uint32_t n, n_offers;
};

/** Each household asks about HOMES offers in a row, from a place of its own. */
#define EACH_QUESTION(q, h, o)                                                                     \
    for (uint32_t h = 0; h < (q)->n; h++)                                                          \
        for (uint32_t k_ = 0, o = h * 2654435761u % ((q)->n_offers - HOMES); k_ < HOMES; k_++, o++)

static int64_t ask_cost(const struct questions *q)
{
    int64_t sum = 0;
    EACH_QUESTION(q, h, o)
    {
        const struct offer *offer = &q->offer[o];
        sum += flyt_cost_month(q->world, &q->who[h], offer->section, offer->area_m2, offer->rooms);
    }
    return sum;
}

static int64_t ask_allows(const struct questions *q)
{
    int64_t sum = 0;
    EACH_QUESTION(q, h, o)
    {
        const struct offer *offer = &q->offer[o];
        sum += flyt_cost_allows(q->world, &q->who[h], offer->section, offer->area_m2, offer->rooms);
    }
    return sum;
}

/** The alternative: a class of income and size of family, then a cost per square metre. */
static int64_t ask_table(const struct questions *q)
{
    int64_t sum = 0;
    EACH_QUESTION(q, h, o)
    {
        const struct offer *offer = &q->offer[o];
        uint32_t class = (uint32_t)(q->who[h].gross / 25000.0) % 32 * 8 + h % 8;
        sum += (int64_t)q->table[offer->section * CLASSES + class] * offer->area_m2;
    }
    return sum;
}

static void report(const struct questions *q, const char *name,
                   int64_t (*ask)(const struct questions *))
{
    double spent[RUNS];
    int64_t sum = 0;
    for (int run = 0; run < RUNS; run++) {
        double started = bench_now();
        sum = ask(q);
        spent[run] = bench_now() - started;
    }
    printf("%-24s %8.1f ns   sum %lld\n", name,
           1e9 * bench_median(spent, RUNS) / ((double)q->n * HOMES), (long long)sum);
}

static void measure(struct questions *q)
{
    static const char *const name[] = {"almen", "private rental", "co-operative", "owner", "any"};
    for (uint32_t tenure = 0; tenure <= FLYT_N_TENURES; tenure++) {
        for (uint32_t i = 0; i < q->n_offers; i++) {
            q->offer[i] = draw_offer(q->world, i, tenure);
        }
        report(q, name[tenure], ask_cost);
    }
    report(q, "any, may take it", ask_allows);
    report(q, "any, table look-up", ask_table);
}

int main(void)
{
    struct flyt_arena arena, step_arena;
    struct flyt_diag diag = {0};
    void *state = NULL;
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&step_arena, 0);
    struct flyt_scenario scenario = fixture_scenario(HOUSEHOLDS, PLACES, 1, &arena);
    struct flyt_model_args args = {.scenario = &scenario,
                                   .key = {1, 0},
                                   .par = {1, FLYT_BLOCKS, 0},
                                   .run_arena = &arena,
                                   .step_arena = &step_arena,
                                   .diag = &diag};
    if (scenario.model->create(&args, &state) != FLYT_OK) {
        fixture_stop(&diag, "create");
    }
    const struct flyt_world *world = state;
    struct questions q = {.world = world, .n_offers = 20000};
    q.who = FLYT_ARENA_ARRAY(&arena, struct flyt_cost_household, HOUSEHOLDS);
    q.offer = FLYT_ARENA_ARRAY(&arena, struct offer, q.n_offers);
    q.table = FLYT_ARENA_ZERO(&arena, int32_t, (size_t)world->sections.n * CLASSES);
    if (q.who == NULL || q.offer == NULL || q.table == NULL) {
        fixture_stop(&diag, "memory");
    }
    double started = bench_now();
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        if (q.n < HOUSEHOLDS) {
            q.who[q.n++] = flyt_cost_household(world, i);
        }
    }
    printf("%-24s %8.1f ns\n", "a household, once", 1e9 * (bench_now() - started) / q.n);
    measure(&q);
    flyt_arena_free(&step_arena);
    flyt_arena_free(&arena);
    return 0;
}
