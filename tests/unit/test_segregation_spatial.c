#include "segregation_fixture.h"

enum { SIDE = 10, CELLS = SIDE * SIDE };

/** A board of 100 persons a cell, rows of "0" and "1", all of the group or none. */
static void read_board(const char *const rows[SIDE], uint32_t *count)
{
    for (uint32_t i = 0; i < CELLS; i++) {
        bool in = rows[i / SIDE][i % SIDE] == '1';
        count[2 * i] = in ? 100 : 0;
        count[2 * i + 1] = in ? 0 : 100;
    }
}

/** Rook contiguity on the board. */
static struct flyt_segregation_neighbours rook(struct flyt_arena *arena)
{
    static const int step[4][2] = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}};
    uint32_t a[4 * CELLS], b[4 * CELLS], n = 0;
    for (int i = 0; i < CELLS; i++) {
        for (int s = 0; s < 4; s++) {
            int row = i / SIDE + step[s][0], column = i % SIDE + step[s][1];
            if (row >= 0 && row < SIDE && column >= 0 && column < SIDE) {
                a[n] = (uint32_t)i;
                b[n++] = (uint32_t)(row * SIDE + column);
            }
        }
    }
    struct flyt_segregation_neighbours neighbours;
    cr_assert_eq(flyt_segregation_neighbours_pairs(&neighbours, CELLS, a, b, n, arena), FLYT_OK);
    cr_assert_eq(neighbours.first[CELLS], 360);
    return neighbours;
}

static void check_board(const char *const rows[SIDE], double moran, double adjusted)
{
    uint32_t count[2 * CELLS];
    struct flyt_arena arena;
    struct fixture f;
    flyt_arena_init(&arena, 0);
    struct flyt_segregation_neighbours neighbours = rook(&arena);
    const struct flyt_segregation_options options = {.atkinson_b = 0.5,
                                                     .space = {.adjacent = &neighbours}};
    read_board(rows, count);
    fixture_measure(&f, count, CELLS, 2, &options);
    CLOSE(MEASURED(&f, 0, dissimilarity), 1.0, 1e-12);
    CLOSE(MEASURED(&f, 0, theil_h), 1.0, 1e-12);
    CLOSE(MEASURED(&f, 0, moran), moran, 1e-6);
    CLOSE(MEASURED(&f, 0, morrill_dissimilarity), adjusted, 5e-5);
    flyt_arena_free(&f.arena);
    flyt_arena_free(&arena);
}

#define EMPTY "0000000000"

Test(segregation_spatial, a_corner_of_the_board_has_its_known_values)
{
    const char *const rows[SIDE] = {"0000011111", "0000011111", "0000011111", "0000011111",
                                    "0000011111", EMPTY,        EMPTY,        EMPTY,
                                    EMPTY,        EMPTY};
    check_board(rows, 0.851852, 0.9444);
}

Test(segregation_spatial, four_blocks_and_a_cell_have_their_known_values)
{
    const char *const rows[SIDE] = {"0001100011", "0001100011", "0001100011", EMPTY,        EMPTY,
                                    "0001100011", "0001100011", "0001100011", "0000000001", EMPTY};
    check_board(rows, 0.533333, 0.8278);
}

Test(segregation_spatial, scattered_cells_have_their_known_values)
{
    const char *const rows[SIDE] = {"0101010101", EMPTY, "0101010101", EMPTY, "0101010101", EMPTY,
                                    "0101010101", EMPTY, "0101010101", EMPTY};
    check_board(rows, -0.333333, 0.5);
}

/** All orders of six values, by Heap's algorithm. */
Test(segregation_spatial, moran_is_minus_one_over_n_minus_one_on_average_over_permutations)
{
    enum { N = 6 };
    const uint32_t a[] = {0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 0, 3},
                   b[] = {1, 0, 2, 1, 3, 2, 4, 3, 5, 4, 3, 0};
    double x[N] = {1, 5, 2, 9, 4, 30}, t[N] = {40, 40, 40, 40, 40, 40}, work[N], sum = 0.0;
    struct flyt_arena arena;
    struct flyt_segregation_neighbours neighbours;
    flyt_arena_init(&arena, 0);
    cr_assert_eq(flyt_segregation_neighbours_pairs(&neighbours, N, a, b, 12, &arena), FLYT_OK);
    int c[N] = {0}, n = 1;
    sum = flyt_segregation_moran(x, t, N, &neighbours, work);
    for (int i = 0; i < N;) {
        if (c[i] < i) {
            int j = i % 2 == 0 ? 0 : c[i];
            double swap = x[j];
            x[j] = x[i];
            x[i] = swap;
            sum += flyt_segregation_moran(x, t, N, &neighbours, work);
            n++;
            c[i]++;
            i = 0;
        } else {
            c[i++] = 0;
        }
    }
    cr_assert_eq(n, 720);
    CLOSE(sum / n, -1.0 / (N - 1), 1e-12);
    flyt_arena_free(&arena);
}

Test(segregation_spatial, near_units_are_those_within_the_bandwidth)
{
    enum { N = 300 };
    double x[N], y[N];
    struct flyt_arena arena;
    struct flyt_segregation_neighbours near;
    flyt_arena_init(&arena, 0);
    for (uint32_t i = 0; i < N; i++) {
        x[i] = 10.0 * flyt_rng_unit((struct flyt_rng_key){1, 2}, i, 0, FLYT_STREAM_test, 0);
        y[i] = 3.0 * flyt_rng_unit((struct flyt_rng_key){1, 2}, i, 0, FLYT_STREAM_test, 1);
    }
    const double bandwidths[] = {0.001, 0.4, 1.0, 50.0};
    for (size_t k = 0; k < FLYT_COUNT(bandwidths); k++) {
        const double h = bandwidths[k];
        cr_assert_eq(flyt_segregation_neighbours_near(&near, N, x, y, h, &arena), FLYT_OK);
        for (uint32_t i = 0; i < N; i++) {
            uint32_t at = near.first[i];
            for (uint32_t j = 0; j < N; j++) {
                double dx = (x[j] - x[i]) / h, dy = (y[j] - y[i]) / h, d2 = dx * dx + dy * dy;
                if (j != i && d2 < 1.0) {
                    cr_assert_lt(at, near.first[i + 1]);
                    cr_assert_eq(near.other[at], j);
                    CLOSE(near.weight[at], (1.0 - d2) * (1.0 - d2), 1e-12);
                    at++;
                }
            }
            cr_assert_eq(at, near.first[i + 1]);
        }
    }
    flyt_arena_free(&arena);
}

Test(segregation_spatial, a_kernel_over_everything_sees_no_segregation)
{
    const uint32_t count[] = {90, 10, 20, 80, 5, 95};
    const double x[] = {0.0, 0.001, 0.002}, y[] = {0.0, 0.0, 0.001};
    struct flyt_arena arena;
    struct flyt_segregation_neighbours near;
    struct fixture f;
    flyt_arena_init(&arena, 0);
    cr_assert_eq(flyt_segregation_neighbours_near(&near, 3, x, y, 1000.0, &arena), FLYT_OK);
    const struct flyt_segregation_options options = {.atkinson_b = 0.5, .space = {.kernel = &near}};
    fixture_measure(&f, count, 3, 2, &options);
    CLOSE(MEASURED(&f, 2, spatial_theil_h), 0.0, 1e-9);
    CLOSE(MEASURED(&f, 0, spatial_theil_h), 0.0, 1e-9);
    flyt_arena_free(&f.arena);
    flyt_arena_free(&arena);
}

Test(segregation_spatial, neighbours_of_units_that_dropped_out_are_renumbered)
{
    /* a line of four, the second empty: then only the last two are neighbours */
    const uint32_t count[] = {10, 5, 0, 0, 8, 8, 1, 9};
    const uint32_t a[] = {0, 1, 1, 2, 2, 3, 2}, b[] = {1, 0, 2, 1, 3, 2, 3}; /* one pair twice */
    const struct flyt_segregation_counts counts = {4, 2, count};
    struct flyt_arena arena;
    struct flyt_segregation_table table;
    struct flyt_segregation_neighbours all, kept;
    flyt_arena_init(&arena, 0);
    cr_assert_eq(flyt_segregation_table_init(&table, &counts, &arena), FLYT_OK);
    cr_assert_eq(flyt_segregation_neighbours_pairs(&all, 4, a, b, 7, &arena), FLYT_OK);
    cr_assert_eq(all.first[4], 6, "a pair given twice counts once");
    cr_assert_eq(flyt_segregation_neighbours_keep(&kept, &all, 4, &table, &arena), FLYT_OK);
    cr_assert_eq(kept.first[3], 2);
    cr_assert_eq(kept.first[1], 0);
    cr_assert_eq(kept.other[0], 2);
    cr_assert_eq(kept.other[1], 1);
    flyt_arena_free(&arena);
}

Test(segregation_spatial, relative_concentration_is_one_at_its_extreme)
{
    /* the group fills exactly the smallest unit, everybody else has as many in the largest */
    const uint32_t count[] = {100, 0, 0, 0, 0, 100};
    const double area_km2[] = {1.0, 4.0};
    struct fixture f;
    const struct flyt_segregation_options options = {.atkinson_b = 0.5,
                                                     .space = {.area_km2 = area_km2}};
    fixture_measure(&f, count, 3, 2, &options);
    CLOSE(MEASURED(&f, 0, relative_concentration), 1.0, 1e-12);
    cr_assert_lt(MEASURED(&f, 1, relative_concentration), 0.0);
    flyt_arena_free(&f.arena);
}

Test(segregation_spatial, relative_concentration_of_a_table_solved_by_hand)
{
    /* areas 1 2 4; x = 30 10 0, y = 20 40 50: X = 40, Y = 110, T = 50 50 50.
       least: first unit (50 >= 40): 1; most: last unit: 4; x area 50/40, y area 300/110 */
    const uint32_t count[] = {30, 20, 10, 40, 0, 50};
    const double area_km2[] = {1.0, 2.0, 4.0};
    struct fixture f;
    const struct flyt_segregation_options options = {.atkinson_b = 0.5,
                                                     .space = {.area_km2 = area_km2}};
    fixture_measure(&f, count, 3, 2, &options);
    CLOSE(MEASURED(&f, 0, relative_concentration),
          (50.0 / 40.0 / (300.0 / 110.0) - 1.0) / (1.0 / 4.0 - 1.0), 1e-12);
    flyt_arena_free(&f.arena);
}
