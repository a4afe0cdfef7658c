/* The grid model: known answers, counts against the definition, the start, memory. */
#include "schelling_fixture.h"

TestSuite(schelling, .fini = free_arenas);

/* ---- known answers ------------------------------------------------------------------------- */

/** Mean % same at rest of 100 runs, all of which come to rest; start: before the first step. */
static double mean_at_rest(double want, enum flyt_schelling_rule rule, double *start)
{
    struct flyt_schelling_params params = classic();
    double sum = 0.0, sum_start = 0.0;
    params.want = want;
    params.rule = rule;
    for (uint32_t run = 0; run < 100; run++) {
        struct flyt_schelling *world = make(&params, run);
        sum_start += percent_same(world);
        cr_assert_lt(settle(world, 1000), 1000);
        cr_assert_eq(flyt_schelling_measure(world, NULL).unhappy, 0);
        sum += percent_same(world);
        flyt_arena_free(&run_arena);
    }
    *start = sum_start / 100.0;
    return sum / 100.0;
}

Test(schelling, who_wants_30_percent_alike_gets_three_quarters)
{
    double start;
    cr_assert_float_eq(mean_at_rest(0.3, FLYT_SCHELLING_SEQUENTIAL, &start), 74.9, 0.7);
    cr_assert_float_eq(start, 50.0, 0.2);
}

Test(schelling, who_wants_half_alike_gets_86_percent)
{
    double start;
    cr_assert_float_eq(mean_at_rest(0.5, FLYT_SCHELLING_SEQUENTIAL, &start), 86.5, 0.6);
    cr_assert_float_eq(start, 50.0, 0.2);
}

Test(schelling, parallel_rule_comes_to_rest_at_nearly_the_same_share)
{
    double start;
    cr_assert_float_eq(mean_at_rest(0.3, FLYT_SCHELLING_PARALLEL, &start), 74.9, 0.7);
    cr_assert_float_eq(mean_at_rest(0.5, FLYT_SCHELLING_PARALLEL, &start), 86.5, 0.6);
}

/* ---- an independent count ------------------------------------------------------------------ */

/** Like neighbours and neighbours of a cell, from the definition. */
static void count_slowly(const struct flyt_schelling *world, int64_t row, int64_t column,
                         uint32_t *same, uint32_t *occupied)
{
    int64_t radius = world->radius, rows = world->rows, columns = world->columns;
    uint32_t own = flyt_schelling_group(world, (uint32_t)row, (uint32_t)column);
    *same = *occupied = 0;
    for (int64_t y = row - radius; y <= row + radius; y++) {
        for (int64_t x = column - radius; x <= column + radius; x++) {
            bool inside = y >= 0 && y < rows && x >= 0 && x < columns;
            if ((y == row && x == column) || (!inside && !world->params.torus)) {
                continue;
            }
            uint32_t other = flyt_schelling_group(world, (uint32_t)((y + rows) % rows),
                                                  (uint32_t)((x + columns) % columns));
            *same += other == own;
            *occupied += other != 0;
        }
    }
}

/** Compares the sums, and each agent's happiness, with the definition. */
static void check_counts(const struct flyt_schelling *world)
{
    struct flyt_schelling_sums slow = {0}, fast = flyt_schelling_measure(world, NULL);
    double want = world->params.want;
    for (uint32_t row = 0; row < world->rows; row++) {
        for (uint32_t column = 0; column < world->columns; column++) {
            uint32_t same, occupied, cell = flyt_schelling_cell(world, row, column);
            if (flyt_schelling_group(world, row, column) == 0) {
                continue;
            }
            count_slowly(world, row, column, &same, &occupied);
            bool happy = world->params.threshold == FLYT_SCHELLING_COUNT
                             ? same >= want
                             : same >= want * occupied - 1e-6;
            cr_assert_eq(flyt_schelling_happy(world, cell), happy);
            slow.same += same;
            slow.occupied += occupied;
            slow.unhappy += !happy;
        }
    }
    cr_assert_eq(fast.same, slow.same);
    cr_assert_eq(fast.occupied, slow.occupied);
    cr_assert_eq(fast.unhappy, slow.unhappy);
}

/** Agents by group. */
static void count_groups(const struct flyt_schelling *world, uint32_t n[SCHELLING_GROUPS_MAX + 1])
{
    memset(n, 0, (SCHELLING_GROUPS_MAX + 1) * sizeof *n);
    for (uint32_t row = 0; row < world->rows; row++) {
        for (uint32_t column = 0; column < world->columns; column++) {
            n[flyt_schelling_group(world, row, column)]++;
        }
    }
}

Test(schelling, counts_follow_the_definition_for_every_shape_and_rule)
{
    uint32_t n_tried = 0;
    for (uint32_t shape = 0; shape < 96; shape++) {
        struct flyt_schelling_params params = classic();
        params.rows = 19 + shape % 5;
        params.columns = shape % 7 == 0 ? 130 : 17 + shape % 11;
        params.torus = shape % 2 == 0;
        params.radius = shape / 2 % 3 == 2 ? 4 : 1 + shape / 2 % 3;
        params.groups = 2 + shape / 6 % 4;
        params.density = 0.6 + 0.05 * (shape % 8);
        params.threshold = shape / 3 % 2;
        params.want = params.threshold == FLYT_SCHELLING_COUNT ? 3.0 : 0.4;
        params.rule = shape / 4 % 2;
        params.move = shape / 8 % 2;
        struct flyt_schelling *world = make(&params, shape);
        uint32_t before[SCHELLING_GROUPS_MAX + 1], after[SCHELLING_GROUPS_MAX + 1];
        count_groups(world, before);
        check_counts(world);
        for (uint32_t number = 0; number < 3; number++) {
            step(world, number);
            n_tried += world->moves > 0;
        }
        check_counts(world);
        count_groups(world, after);
        cr_assert_eq(memcmp(before, after, sizeof before), 0, "nobody is lost or changes group");
        flyt_arena_free(&run_arena);
    }
    cr_assert_gt(n_tried, 150);
}

Test(schelling, rows_longer_than_a_chunk_are_counted)
{
    struct flyt_schelling_params params = classic();
    params.rows = 5;
    params.columns = 9001;
    check_counts(make(&params, 0));
    params.radius = 2;
    params.groups = 5;
    check_counts(make(&params, 0));
}

/* ---- the start and the checks -------------------------------------------------------------- */

Test(schelling, groups_have_their_shares_to_the_agent)
{
    struct flyt_schelling_params params = classic();
    params.rows = params.columns = 10;
    params.density = 1.0;
    params.groups = 3;
    params.share_1 = 5;
    params.share_2 = 3;
    params.share_3 = 1; /* 55.56, 33.33, 11.11: the first has the largest remainder */
    uint32_t n[SCHELLING_GROUPS_MAX + 1];
    count_groups(make(&params, 0), n);
    cr_assert(n[0] == 0 && n[1] == 56 && n[2] == 33 && n[3] == 11 && n[4] == 0);
}

Test(schelling, every_group_number_fits_a_cell)
{
    struct flyt_schelling_params params = classic();
    params.groups = SCHELLING_GROUPS_MAX;
    params.share_6 = params.share_7 = params.share_8 = 1;
    uint32_t n[SCHELLING_GROUPS_MAX + 1];
    struct flyt_schelling *world = make(&params, 0);
    count_groups(world, n);
    for (uint32_t g = 1; g <= SCHELLING_GROUPS_MAX; g++) {
        cr_assert(n[g] >= 308 && n[g] <= 309);
    }
    check_counts(world);
}

Test(schelling, wanting_more_makes_more_unhappy_at_once)
{
    for (uint32_t rule = 0; rule < 2; rule++) {
        struct flyt_schelling_params params = classic();
        params.rule = rule;
        struct flyt_schelling *world = make(&params, 0);
        settle(world, 1000);
        cr_assert_eq(flyt_schelling_measure(world, NULL).unhappy, 0);
        flyt_schelling_want(world, 0.6);
        cr_assert_gt(flyt_schelling_measure(world, NULL).unhappy, 100);
        step(world, 1000);
        cr_assert_gt(world->moves, 50);
    }
}

Test(schelling, memory_is_as_estimated)
{
    for (uint32_t rule = 0; rule < 2; rule++) {
        struct flyt_schelling_params params = classic();
        struct flyt_par par = {.n_threads = 1, .n_blocks = FLYT_BLOCKS};
        params.rows = params.columns = 1500;
        params.density = 0.8; /* as in the benchmark */
        params.threshold = FLYT_SCHELLING_COUNT;
        params.want = 3.0;
        params.rule = rule;
        struct flyt_schelling *world = make_on(&params, 0, par);
        step(world, 0);
        uint64_t used = run_arena.used_bytes + step_arena.used_bytes;
        uint64_t estimate = flyt_schelling_bytes(&params, &par);
        cr_assert(used < estimate + (12u << 20), "%lu of %lu", used, estimate);
        /* four large arrays, each rounded up to whole huge pages of 2 MiB */
        cr_assert_leq(used, 16u * (uint64_t)world->n_agents + (4u << 21));
        free_arenas();
    }
}

Test(schelling, out_of_memory_is_reported)
{
    for (uint32_t rule = 0; rule < 2; rule++) {
        struct flyt_schelling_params params = classic();
        struct flyt_arena small, other;
        struct flyt_schelling *world = NULL;
        params.rows = params.columns = 2000;
        params.rule = rule;
        flyt_arena_init(&small, 3u << 20);
        flyt_arena_init(&other, 3u << 20);
        struct flyt_model_args args = {
            .par = {1, 16, 0}, .run_arena = &small, .step_arena = &other};
        cr_assert_eq(flyt_schelling_create(&params, &args, &world), FLYT_ERR_MEMORY);
        flyt_arena_free(&small);
        flyt_arena_free(&other);
    }
}
