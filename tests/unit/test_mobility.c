/* What the statistics of moves count, in runs of the housing model. */
#include <criterion/criterion.h>

#include "models/kinds.h"
#include "models/mobility_series.h"
#include "sim/run.h"
#include "tests/unit/market_fixture.h"

static struct flyt_diag diag;

static const int64_t *row_of(const struct flyt_result *result, const char *name, uint32_t row)
{
    uint32_t series = flyt_result_find(result, name);
    cr_assert_neq(series, FLYT_NONE, "%s", name);
    return flyt_result_row(result, &result->series[series], 0, row);
}

static int64_t sum_of(const int64_t *value, uint32_t n)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        sum += value[i];
    }
    return sum;
}

/** Households who left and took homes of a tenure in a year explain how many live there.
 *  @param seen  [2] added to: moves from almen to owner homes; deaths. */
static void expect_flows(const struct flyt_result *result, uint32_t year, uint32_t n_places,
                         int64_t *seen)
{
    const int64_t *flow = row_of(result, "moves_by_class", year);
    const int64_t *before = row_of(result, "households", 12 * (year - 1));
    const int64_t *after = row_of(result, "households", 12 * year);
    int64_t in[FLYT_N_FLOWS_TO] = {0}, out[FLYT_N_FLOWS_FROM] = {0};
    for (uint32_t i = 0; i < FLYT_N_FLOWS_FROM * FLYT_N_FLOWS_TO * FLYT_N_CLASSES; i++) {
        uint32_t from = i / (FLYT_N_FLOWS_TO * FLYT_N_CLASSES);
        uint32_t to = i / FLYT_N_CLASSES % FLYT_N_FLOWS_TO;
        out[from] += flow[i];
        in[to] += flow[i];
        seen[0] += from == FLYT_TENURE_almen && to == FLYT_TENURE_owner ? flow[i] : 0;
    }
    for (uint32_t tenure = 0; tenure < FLYT_N_TENURES; tenure++) {
        int64_t more = 0;
        for (uint32_t m = 0; m < n_places; m++) {
            more += after[m * FLYT_N_TENURES + tenure] - before[m * FLYT_N_TENURES + tenure];
        }
        cr_assert_eq(more, in[tenure] - out[tenure], "year %u, tenure %u: %lld", year, tenure,
                     (long long)more);
    }
    seen[1] += in[FLYT_FLOW_TO_dead];
    cr_assert(out[FLYT_FLOW_FROM_outside] > 0 && out[FLYT_FLOW_FROM_guest] > 0 &&
              in[FLYT_FLOW_TO_away] > 0);
}

Test(mobility, homes_lived_in_change_by_those_taken_less_those_left)
{
    enum { YEARS = 4 };
    struct flyt_arena arena;
    struct flyt_result result;
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = fixture_scenario(2500, 5, YEARS, &arena);
    struct flyt_run_options options = {.n_replicates = 1, .par = {2, 256, 0}};
    cr_assert_eq(flyt_run(&scenario, &options, &arena, &result, &diag), FLYT_OK, "%s",
                 diag.fault[0].text);
    int64_t n_moves = 0, seen[2] = {0};
    for (uint32_t year = 1; year <= YEARS; year++) {
        const int64_t *taken = row_of(&result, "homes_taken", year);
        const int64_t *ended = row_of(&result, "leases_ended", year);
        const int64_t *internal = row_of(&result, "moves_internal", year);
        expect_flows(&result, year, 5, seen);
        for (uint32_t kind = 0; kind < FLYT_N_KINDS; kind++) {
            int64_t before = row_of(&result, "homes_by_kind", year - 1)[kind] -
                             row_of(&result, "vacant_by_kind", year - 1)[kind];
            int64_t after = row_of(&result, "homes_by_kind", year)[kind] -
                            row_of(&result, "vacant_by_kind", year)[kind];
            cr_assert_eq(after - before, taken[kind] - ended[kind] - internal[kind],
                         "year %u, kind %u: %lld", year, kind, (long long)(after - before));
            n_moves += taken[kind];
        }
    }
    cr_assert(n_moves > 500 && seen[0] > 0 && seen[1] > 0);
    flyt_arena_free(&arena);
}

Test(mobility, every_count_of_the_same_thing_agrees)
{
    struct flyt_arena arena;
    struct flyt_result result;
    flyt_arena_init(&arena, 0);
    struct flyt_scenario scenario = fixture_scenario(2500, 5, 2, &arena);
    struct flyt_run_options options = {.n_replicates = 1, .par = {2, 256, 0}};
    cr_assert_eq(flyt_run(&scenario, &options, &arena, &result, &diag), FLYT_OK);
    cr_assert_eq(
        sum_of(row_of(&result, "leases_ended", 2), FLYT_N_KINDS),
        sum_of(row_of(&result, "leases_ended_by_length", 2), FLYT_N_TENURES * FLYT_N_STAYS));
    cr_assert_eq(sum_of(row_of(&result, "persons_moved", 2), FLYT_N_MOVER_AGES),
                 sum_of(row_of(&result, "moves_by_distance", 2), FLYT_N_MOVE_DISTANCES));
    int64_t persons = row_of(&result, "persons", 24)[0];
    cr_assert_eq(sum_of(row_of(&result, "persons_by_tenure_age", 2), FLYT_N_TENURES * 100),
                 persons);
    cr_assert_eq(sum_of(row_of(&result, "persons_by_kind", 2), FLYT_N_KINDS), persons);
    cr_assert_leq(row_of(&result, "houses_sold", 2)[0],
                  row_of(&result, "homes_taken", 2)[FLYT_KIND_owner]);
    flyt_arena_free(&arena);
}

/** Home by home as household by household. */
Test(mobility, almen_household_months_are_of_those_who_live_in_almen_homes)
{
    enum { MOST = 64 * FLYT_TURNOVER_CELLS };
    static int64_t row[MOST], expected[MOST];
    struct market market;
    market_open(&market, 2500, 3, market_plain);
    market_months(&market, 3);
    const struct flyt_world *world = market.world;
    uint32_t n = 0;
    cr_assert_leq(world->areas.n * FLYT_TURNOVER_CELLS, MOST);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        uint32_t cell = flyt_mobility_cell(world, i, FLYT_NONE);
        if (cell != FLYT_NONE) {
            expected[cell]++;
            n++;
        }
    }
    for (uint32_t i = 0; i < FLYT_N_MOBILITY_EXTRA; i++) {
        if (strcmp(flyt_mobility_extra[i].name, "almen_household_months") == 0) {
            memset(row, 1, sizeof row); /* filled anew */
            flyt_mobility_extra[i].record(world, row);
        }
    }
    cr_assert_gt(n, 100);
    cr_assert_arr_eq(row, expected, world->areas.n * FLYT_TURNOVER_CELLS * sizeof *row);
    market_close(&market);
}
