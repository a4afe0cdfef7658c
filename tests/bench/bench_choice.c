/* Looking for a home by part: ns per draw, per home valued, per household made ready, per household
   that judges what moving could gain, per searcher that asks; per household-month of a world. */
#include "models/choice.h"
#include "models/match.h"
#include "models/moves.h"
#include "models/offers.h"
#include "models/params.h"
#include "models/search.h"
#include "sim/clock.h"
#include "tests/housing_fixture.h"

enum { HOUSEHOLDS = 200000, MUNICIPALITIES = 98, RUNS = 5, MONTHS = 6, LOOKED = 20000 };

static struct flyt_world *open_world(struct flyt_scenario *scenario, struct flyt_arena arena[3])
{
    static struct flyt_diag diag; /* one thread */
    void *state = NULL;
    for (int i = 0; i < 3; i++) {
        flyt_arena_init(&arena[i], 0);
    }
    *scenario = fixture_scenario(HOUSEHOLDS, MUNICIPALITIES, 3, &arena[0]);
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {1, 0},
                                   .par = {1, FLYT_BLOCKS, 0},
                                   .run_arena = &arena[1],
                                   .step_arena = &arena[2],
                                   .diag = &diag};
    if (scenario->model->create(&args, &state) != FLYT_OK) {
        fixture_stop(&diag, "create");
    }
    for (uint32_t month = 0; month < MONTHS; month++) {
        flyt_arena_empty(&arena[2]);
        if (scenario->model->month(state, month) != FLYT_OK) {
            fixture_stop(&diag, "month");
        }
    }
    return state;
}

enum part { DRAW, LOOK, PREPARE, GAIN, ASK, N_PARTS };

static const char *const part_name[N_PARTS] = {"draw, each", "home valued, each", "made ready",
                                               "gain judged", "asks"};

/** One part for LOOKED households spread over the world; *count: things done. */
static double time_part(const struct flyt_world *world, enum part part, uint64_t *count)
{
    struct flyt_drawn drawn[FLYT_CHOICE_MOST];
    const struct flyt_offer *offer[FLYT_CHOICE_MOST];
    struct flyt_view view[FLYT_CHOICE_MOST];
    struct flyt_chooser chooser;
    struct flyt_bid bid;
    double spent = 0.0, sink = 0.0;
    uint32_t capacity = world->households.capacity, at = 0;
    *count = 0;
    for (uint32_t k = 0; k < LOOKED; k++) {
        do {
            at = (uint32_t)((at + UINT64_C(1000003)) % capacity);
        } while (world->households.uid[at] == 0 || world->households.row[at].flags & FLYT_HIDDEN);
        if (part != PREPARE && part != GAIN) {
            flyt_choice_prepare(world, at, &chooser);
        }
        struct flyt_offers_caller caller = {world->households.uid[at], k % MUNICIPALITIES,
                                            FLYT_STREAM_offers_wake, 0};
        uint32_t n = part == LOOK ? flyt_offers_draw(world, &caller, 12, drawn) : 0;
        for (uint32_t i = 0; i < n; i++) {
            offer[i] = drawn[i].offer;
        }
        double started = flyt_clock_now();
        if (part == DRAW) {
            (void)flyt_offers_draw(world, &caller, 20, drawn);
            *count += 20;
        } else if (part == LOOK) {
            flyt_choice_look(world, &chooser, offer, n, view);
            *count += n;
        } else if (part == PREPARE) {
            flyt_choice_prepare(world, at, &chooser);
            ++*count;
        } else if (part == GAIN) {
            sink += flyt_search_gain(world, at);
            ++*count;
        } else {
            sink += flyt_match_ask(world, (struct flyt_chooser *[]){&chooser}, 1, 0, &bid);
            ++*count;
        }
        spent += flyt_clock_now() - started;
    }
    return sink < 0.0 ? 0.0 : spent;
}

static int compare(const void *a_, const void *b_)
{
    const double *a = a_, *b = b_;
    return *a < *b ? -1 : *a > *b;
}

int main(void)
{
    struct flyt_arena arena[3];
    struct flyt_scenario scenario;
    struct flyt_world *world = open_world(&scenario, arena);
    flyt_arena_empty(&arena[2]);
    flyt_moves_find_vacant(world);
    if (flyt_offers_build(world, false) != FLYT_OK) {
        return 1;
    }
    printf("%-20s %10s %10s\n", "part", "least ns", "median ns");
    for (int part = 0; part < N_PARTS; part++) {
        double ns[RUNS];
        for (int run = 0; run < RUNS; run++) {
            uint64_t count;
            double spent = time_part(world, (enum part)part, &count);
            ns[run] = 1e9 * spent / (double)count;
        }
        qsort(ns, RUNS, sizeof *ns, compare);
        printf("%-20s %10.1f %10.1f\n", part_name[part], ns[0], ns[RUNS / 2]);
    }
    double built[RUNS];
    for (int run = 0; run < RUNS; run++) {
        double started = flyt_clock_now();
        if (flyt_offers_build(world, false) != FLYT_OK) {
            return 1;
        }
        built[run] = 1e9 * (flyt_clock_now() - started) / HOUSEHOLDS;
    }
    qsort(built, RUNS, sizeof *built, compare);
    printf("%-20s %10.2f %10.2f  a household and round\n", "offers built", built[0],
           built[RUNS / 2]);
    for (int i = 0; i < 3; i++) {
        flyt_arena_free(&arena[i]);
    }
    return 0;
}
