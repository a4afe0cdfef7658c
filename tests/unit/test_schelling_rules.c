/* The two rules of the grid model, and the nearest satisfying cell. */
#include "output/digest.h"
#include "schelling_fixture.h"

TestSuite(schelling_rules, .fini = free_arenas);

/* ---- the parallel rule: same bits ---------------------------------------------------------- */

static void digest_run(const struct flyt_schelling_params *params, struct flyt_par par,
                       char hex[FLYT_DIGEST_SIZE])
{
    struct flyt_schelling *world = make_on(params, 7, par);
    struct flyt_digest digest;
    flyt_digest_init(&digest);
    for (uint32_t number = 0; number < 8; number++) {
        step(world, number);
        flyt_digest_number(&digest, world->moves);
        for (uint32_t row = 0; row < world->rows; row++) {
            for (uint32_t column = 0; column < world->columns; column++) {
                uint32_t cell = flyt_schelling_cell(world, row, column);
                flyt_digest_number(&digest, flyt_schelling_group(world, row, column));
                flyt_digest_number(&digest, world->uid[cell]);
            }
        }
    }
    flyt_digest_end(&digest, hex);
    flyt_arena_free(&run_arena);
}

static void check_same_bits(const struct flyt_schelling_params *params)
{
    static const uint32_t threads[] = {1, 2, 3, 7}, blocks[] = {1, 5, 256};
    static const uint32_t shuffles[] = {0, 12345};
    char expected[FLYT_DIGEST_SIZE], found[FLYT_DIGEST_SIZE];
    digest_run(params, (struct flyt_par){.n_threads = 1, .n_blocks = 1}, expected);
    for (size_t t = 0; t < FLYT_COUNT(threads); t++) {
        for (size_t b = 0; b < FLYT_COUNT(blocks); b++) {
            for (size_t s = 0; s < FLYT_COUNT(shuffles); s++) {
                digest_run(params, (struct flyt_par){threads[t], blocks[b], shuffles[s]}, found);
                cr_assert_str_eq(found, expected, "%u threads, %u blocks, shuffle %u", threads[t],
                                 blocks[b], shuffles[s]);
            }
        }
    }
}

Test(schelling_rules, parallel_rule_gives_the_same_bits_for_any_threads_blocks_and_order)
{
    struct flyt_schelling_params params = classic();
    params.rule = FLYT_SCHELLING_PARALLEL;
    params.rows = 83;
    params.columns = 97;
    params.density = 0.8;
    params.want = 0.5;
    check_same_bits(&params);
    params.torus = false;
    params.radius = 2;
    params.groups = 3;
    params.move = FLYT_SCHELLING_NEAREST;
    check_same_bits(&params);
}

Test(schelling_rules, another_replicate_gives_another_run)
{
    struct flyt_schelling_params params = classic();
    struct flyt_schelling *one = make(&params, 1), *two = make(&params, 2);
    cr_assert_neq(memcmp(one->grid, two->grid, (size_t)53 * 53), 0);
}

Test(schelling_rules, parallel_rule_keeps_uids_and_slots_in_order)
{
    struct flyt_schelling_params params = classic();
    params.rule = FLYT_SCHELLING_PARALLEL;
    params.density = 0.7;
    params.want = 0.6;
    struct flyt_schelling *world = make(&params, 3);
    uint8_t seen[51 * 51] = {0};
    for (uint32_t number = 0; number < 10; number++) {
        step(world, number);
        cr_assert_gt(world->moves, 0);
    }
    for (uint32_t row = 0; row < 51; row++) {
        for (uint32_t column = 0; column < 51; column++) {
            uint32_t cell = flyt_schelling_cell(world, row, column), uid = world->uid[cell];
            if (world->grid[cell] == 0) {
                cr_assert_eq(world->slot[uid].cell, cell);
                cr_assert_eq(world->slot[uid].claim, FLYT_NONE);
            } else {
                cr_assert_lt(uid, world->n_agents);
                /* uids were given group by group, and keep their group */
                cr_assert_eq(flyt_schelling_group(world, row, column),
                             1u + (uid >= world->group_size[0]));
                seen[uid]++;
            }
        }
    }
    for (uint32_t uid = 0; uid < world->n_agents; uid++) {
        cr_assert_eq(seen[uid], 1);
    }
}

Test(schelling_rules, parallel_rule_decides_from_the_state_before_the_step)
{
    /* many unhappy, few empty cells: at most one newcomer a cell, so at most that many moves */
    struct flyt_schelling_params params = classic();
    params.rule = FLYT_SCHELLING_PARALLEL;
    params.density = 0.99;
    params.want = 0.6;
    struct flyt_schelling *world = make(&params, 0);
    uint64_t unhappy = flyt_schelling_measure(world, NULL).unhappy;
    cr_assert_gt(unhappy, 10 * world->n_empty);
    step(world, 0);
    /* all cells are wanted: 26 cells, about 1,000 proposals */
    cr_assert_eq(world->moves, world->n_empty);
}

/* ---- the sequential rule ------------------------------------------------------------------- */

Test(schelling_rules, order_of_activation_is_a_fair_permutation)
{
    /* five agents who are always happy: how often is who asked first, second, ... */
    struct flyt_schelling_params params = classic();
    params.rows = params.columns = 3;
    params.density = 5.0 / 9.0;
    params.want = 0.0;
    struct flyt_schelling *world = make(&params, 0);
    enum { N = 5, STEPS = 50000 };
    uint32_t times[N][9] = {{0}}, cell_of[N];
    cr_assert_eq(world->n_agents, N);
    memcpy(cell_of, world->position, sizeof cell_of);
    for (uint32_t number = 0; number < STEPS; number++) {
        step(world, number);
        for (uint32_t place = 0; place < N; place++) {
            uint32_t who = 0;
            while (who < N && cell_of[who] != world->position[place]) {
                who++;
            }
            cr_assert_lt(who, N, "no agent is lost");
            times[who][place]++;
        }
    }
    double chi2 = 0.0, expected = STEPS / (double)N;
    for (uint32_t who = 0; who < N; who++) {
        for (uint32_t place = 0; place < N; place++) {
            double off = times[who][place] - expected;
            chi2 += off * off / expected;
        }
    }
    cr_assert_lt(chi2, 39.3); /* 16 degrees of freedom, one in a thousand */
    cr_assert_gt(chi2, 3.9);
}

Test(schelling_rules, nobody_moves_when_there_is_no_empty_cell)
{
    for (uint32_t rule = 0; rule < 2; rule++) {
        for (uint32_t move = 0; move < 2; move++) {
            struct flyt_schelling_params params = classic();
            params.density = 1.0;
            params.want = 1.0;
            params.rule = rule;
            params.move = move;
            struct flyt_schelling *world = make(&params, 0);
            cr_assert_eq(world->n_empty, 0);
            step(world, 0);
            cr_assert_eq(world->moves, 0);
            cr_assert_gt(flyt_schelling_measure(world, NULL).unhappy, 2000);
        }
    }
}

Test(schelling_rules, a_lone_agent_is_happy_with_a_share_and_not_with_a_count)
{
    struct flyt_schelling_params params = classic();
    params.density = 1.0 / (51.0 * 51.0);
    cr_assert_eq(flyt_schelling_measure(make(&params, 0), NULL).unhappy, 0);
    params.threshold = FLYT_SCHELLING_COUNT;
    params.want = 1.0;
    cr_assert_eq(flyt_schelling_measure(make(&params, 0), NULL).unhappy, 1);
}

/* ---- the nearest satisfying cell ----------------------------------------------------------- */

/** An 11 x 11 grid without agents but those put there by the test. */
static struct flyt_schelling *empty_grid(bool torus)
{
    struct flyt_schelling_params params = classic();
    params.rows = params.columns = 11;
    params.torus = torus;
    params.density = 1.0 / 121.0;
    params.threshold = FLYT_SCHELLING_COUNT;
    params.want = 2.0;
    struct flyt_schelling *world = make(&params, 0);
    memset(world->grid, 0, (size_t)13 * 13);
    return world;
}

static void put(struct flyt_schelling *world, uint32_t row, uint32_t column, uint32_t group)
{
    flyt_schelling_put(world, flyt_schelling_cell(world, row, column), flyt_schelling_bit(group));
}

Test(schelling_rules, nearest_cell_with_enough_like_neighbours_is_found)
{
    struct flyt_schelling *world = empty_grid(false);
    put(world, 5, 5, 0);
    put(world, 5, 8, 0); /* with (6, 9) makes (5, 9), (6, 8) happy places, 3 and 4 moves off */
    put(world, 6, 9, 0);
    put(world, 4, 4, 1); /* two of the other group next door do not help */
    put(world, 4, 6, 1);
    uint32_t from = flyt_schelling_cell(world, 5, 5);
    for (uint32_t word = 0; word < 20; word++) {
        cr_assert_eq(flyt_schelling_nearest(world, from, word), flyt_schelling_cell(world, 6, 8));
    }
    world->params.reach = 2;
    cr_assert_eq(flyt_schelling_nearest(world, from, 0), FLYT_NONE);
}

Test(schelling_rules, the_old_home_does_not_count_as_a_neighbour_of_the_new_one)
{
    struct flyt_schelling *world = empty_grid(false);
    put(world, 5, 5, 0);
    put(world, 5, 7, 0); /* (5, 6) has two like neighbours only while the mover stays */
    cr_assert_eq(flyt_schelling_nearest(world, flyt_schelling_cell(world, 5, 5), 1), FLYT_NONE);
}

Test(schelling_rules, nearest_goes_over_the_edge_of_a_torus_only)
{
    for (int torus = 0; torus < 2; torus++) {
        struct flyt_schelling *world = empty_grid(torus == 1);
        put(world, 0, 5, 0);
        put(world, 9, 4, 0);
        put(world, 9, 6, 0); /* (8..10, 5) are happy places, over the edge 1 move away */
        uint32_t from = flyt_schelling_cell(world, 0, 5);
        cr_assert_eq(flyt_schelling_nearest(world, from, 9),
                     flyt_schelling_cell(world, torus == 1 ? 10 : 8, 5));
    }
}

Test(schelling_rules, equally_near_cells_are_chosen_alike_often)
{
    struct flyt_schelling *world = empty_grid(false);
    world->params.want = 1.0;
    for (size_t i = 0; i < FLYT_COUNT(world->need); i++) {
        world->need[i] = 2;
    }
    put(world, 5, 5, 0);
    put(world, 3, 5, 0); /* (4, 4), (4, 5), (4, 6) are one move away and have one like neighbour */
    uint32_t times[3] = {0};
    for (uint32_t word = 0; word < 3000; word++) {
        uint32_t cell = flyt_schelling_nearest(world, flyt_schelling_cell(world, 5, 5), word);
        uint32_t column = cell - flyt_schelling_cell(world, 4, 0);
        cr_assert(column >= 4 && column <= 6);
        times[column - 4]++;
    }
    for (int i = 0; i < 3; i++) {
        cr_assert(times[i] > 900 && times[i] < 1100, "%u of 3000", times[i]);
    }
}

/** The sweep has a way of its own for two groups and a number of neighbours wanted. */
Test(schelling_rules, the_sweep_finds_those_who_are_unhappy_one_by_one)
{
    static const double wants[] = {0, 1, 3, 8, 9, 14, 15, 16, 100};
    for (size_t k = 0; k < FLYT_COUNT(wants); k++) {
        struct flyt_schelling_params params = classic();
        params.rule = FLYT_SCHELLING_PARALLEL;
        params.threshold = FLYT_SCHELLING_COUNT;
        params.columns = 131; /* two words and three bits */
        params.want = wants[k];
        struct flyt_schelling *world = make(&params, 1);
        for (uint32_t row = 0; row < world->rows; row++) {
            for (uint32_t column = 0; column < world->columns; column++) {
                uint32_t cell = flyt_schelling_cell(world, row, column), bit = 0;
                while (flyt_schelling_column(bit) != column % 64) {
                    bit++;
                }
                uint64_t word = world->unhappy[(size_t)row * 3 + column / 64];
                bool unhappy = world->grid[cell] != 0 && !flyt_schelling_happy(world, cell);
                cr_assert_eq((word >> bit & 1) == 1, unhappy, "want %g at %u, %u", wants[k], row,
                             column);
            }
        }
        free_arenas();
    }
}
