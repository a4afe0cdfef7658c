/* Minimum-cost assignment: against every assignment there is on small instances, against greedy in
   order of rows on large ones, and to the letter where it is known. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "models/assignment.h"
#include "sim/rng.h"
#include "tests/sanitized.h"

enum { SMALL = 7, LARGE = 60 };

struct found {
    uint32_t n;
    int64_t sum;
};

static struct flyt_arena arena;

static double draw(uint32_t instance, uint32_t place)
{
    struct flyt_rng_key key = {77, instance};
    return flyt_rng_unit(key, place, 0, FLYT_STREAM_test, 0);
}

/** Whole costs in [-range / 2, range / 2); a share of pairs is not allowed. */
static void fill(int64_t *cost, uint32_t n, uint32_t instance, int64_t range, double never)
{
    for (uint32_t i = 0; i < n; i++) {
        cost[i] = draw(instance, 2 * i) < never
                      ? FLYT_ASSIGNMENT_NEVER
                      : (int64_t)(draw(instance, 2 * i + 1) * (double)range) - range / 2;
    }
}

static bool is_better(struct found a, struct found b)
{
    return a.n > b.n || (a.n == b.n && a.sum < b.sum);
}

/** What a set of pairs is worth; each column once, none that is not allowed. */
static struct found value(const int64_t *cost, uint32_t n_rows, uint32_t n_columns,
                          const uint32_t *column)
{
    struct found found = {0, 0};
    bool taken[LARGE * 4] = {false};
    for (uint32_t i = 0; i < n_rows; i++) {
        if (column[i] != FLYT_NONE) {
            cr_assert(column[i] < n_columns && !taken[column[i]]);
            cr_assert_neq(cost[i * n_columns + column[i]], FLYT_ASSIGNMENT_NEVER);
            taken[column[i]] = true;
            found.n++;
            found.sum += cost[i * n_columns + column[i]];
        }
    }
    return found;
}

/** The best of all assignments of rows from `row` on, with the columns of `free`. */
/* NOLINTNEXTLINE(misc-no-recursion): at most SMALL deep */
static struct found best_of(const int64_t *cost, uint32_t n_rows, uint32_t n_columns, uint32_t row,
                            uint32_t free)
{
    if (row == n_rows) {
        return (struct found){0, 0};
    }
    struct found best = best_of(cost, n_rows, n_columns, row + 1, free); /* it gets none */
    for (uint32_t k = 0; k < n_columns; k++) {
        int64_t here = cost[row * n_columns + k];
        if (free >> k & 1u && here != FLYT_ASSIGNMENT_NEVER) {
            struct found with = best_of(cost, n_rows, n_columns, row + 1, free & ~(1u << k));
            with.n++;
            with.sum += here;
            best = is_better(with, best) ? with : best;
        }
    }
    return best;
}

static struct found solve(const int64_t *cost, uint32_t n_rows, uint32_t n_columns)
{
    uint32_t column[LARGE * 4];
    cr_assert_eq(flyt_assignment_solve(cost, n_rows, n_columns, &arena, column), FLYT_OK);
    return value(cost, n_rows, n_columns, column);
}

/** Each row in turn takes the cheapest column left. */
static struct found greedy(const int64_t *cost, uint32_t n_rows, uint32_t n_columns)
{
    uint32_t column[LARGE * 4];
    bool taken[LARGE * 4] = {false};
    for (uint32_t i = 0; i < n_rows; i++) {
        column[i] = FLYT_NONE;
        for (uint32_t k = 0; k < n_columns; k++) {
            int64_t here = cost[i * n_columns + k];
            if (!taken[k] && here != FLYT_ASSIGNMENT_NEVER &&
                (column[i] == FLYT_NONE || here < cost[i * n_columns + column[i]])) {
                column[i] = k;
            }
        }
        if (column[i] != FLYT_NONE) {
            taken[column[i]] = true;
        }
    }
    return value(cost, n_rows, n_columns, column);
}

Test(assignment, is_the_best_of_all_on_small_instances)
{
    flyt_arena_init(&arena, 0);
    uint32_t n_none = 0, n_short = 0;
    for (uint32_t instance = 0; instance < FLYT_CASES(2000, 10); instance++) {
        int64_t cost[SMALL * SMALL];
        uint32_t n_rows = (uint32_t)(draw(instance, 900) * (SMALL + 1));
        uint32_t n_columns = (uint32_t)(draw(instance, 901) * (SMALL + 1));
        n_rows = n_rows > 6 && n_columns > 6 && instance % 8 != 0 ? 5 : n_rows; /* 130 922 ways */
        int64_t range = draw(instance, 902) < 0.5 ? 6 : 1000; /* few values: many ties */
        fill(cost, n_rows * n_columns, instance, range, draw(instance, 903));
        struct found found = solve(cost, n_rows, n_columns);
        struct found best = best_of(cost, n_rows, n_columns, 0, (1u << n_columns) - 1);
        cr_assert(found.n == best.n && found.sum == best.sum,
                  "%u: %u by %u: %u pairs for %lld, not %u for %lld", instance, n_rows, n_columns,
                  found.n, (long long)found.sum, best.n, (long long)best.sum);
        n_none += best.n == 0;
        n_short += best.n < n_rows && best.n < n_columns && best.n > 0;
        flyt_arena_empty(&arena);
    }
    cr_assert(n_none > 0 && n_short > 0); /* some had no pair, some not as many as there is room */
    flyt_arena_free(&arena);
}

/** On instances of more than 30 households: never worse than greedy, in number and then in cost,
 *  and better on most. */
Test(assignment, beats_greedy_on_large_instances)
{
    flyt_arena_init(&arena, 0);
    enum { INSTANCES = 80 };
    uint32_t n_more = 0, n_cheaper = 0;
    for (uint32_t instance = 0; instance < INSTANCES; instance++) {
        int64_t cost[LARGE * LARGE * 2];
        uint32_t n_rows = 31 + (uint32_t)(draw(instance, 100001) * (LARGE - 30));
        uint32_t n_columns = 10 + (uint32_t)(draw(instance, 100002) * (2 * LARGE - 10));
        fill(cost, n_rows * n_columns, instance, 1000000, draw(instance, 100003));
        struct found found = solve(cost, n_rows, n_columns), by = greedy(cost, n_rows, n_columns);
        cr_assert(!is_better(by, found), "%u", instance);
        n_more += found.n > by.n;
        n_cheaper += found.n == by.n && found.sum < by.sum;
        flyt_arena_empty(&arena);
    }
    printf("%d instances: more pairs in %u, as many for less in %u\n", INSTANCES, n_more,
           n_cheaper);
    cr_assert(n_more > 0 && n_cheaper > 0);
    flyt_arena_free(&arena);
}

/** Reckoned by hand: greedy gives row 0 its 1, so row 1 must take 9, together 10; 2 + 3 is less.
 *  With the third row, whose one column is taken by row 0, all three can be paired. */
Test(assignment, two_and_three_by_hand)
{
    enum { X = INT16_MAX };
    int64_t cost[] = {1, 2, X, /**/ 3, 9, X, /**/ X, 4, 7};
    for (uint32_t i = 0; i < FLYT_COUNT(cost); i++) {
        cost[i] = cost[i] == X ? FLYT_ASSIGNMENT_NEVER : cost[i];
    }
    uint32_t column[3];
    flyt_arena_init(&arena, 0);
    cr_assert_eq(flyt_assignment_solve(cost, 2, 3, &arena, column), FLYT_OK);
    cr_assert(column[0] == 1 && column[1] == 0);
    cr_assert_eq(flyt_assignment_solve(cost, 3, 3, &arena, column), FLYT_OK);
    cr_assert(column[0] == 1 && column[1] == 0 && column[2] == 2); /* 2 + 3 + 7 */
    flyt_arena_free(&arena);
}

/** Equal costs: rows in order take columns in order. The greatest costs there may be, and nothing
 *  at all, are no trouble. */
Test(assignment, ties_go_by_order_and_extremes_hold)
{
    int64_t same[LARGE * LARGE], most[4] = {FLYT_ASSIGNMENT_MOST, -FLYT_ASSIGNMENT_MOST,
                                            -FLYT_ASSIGNMENT_MOST, FLYT_ASSIGNMENT_MOST};
    uint32_t column[LARGE];
    flyt_arena_init(&arena, 0);
    for (uint32_t i = 0; i < LARGE * LARGE; i++) {
        same[i] = 5;
    }
    cr_assert_eq(flyt_assignment_solve(same, LARGE, LARGE, &arena, column), FLYT_OK);
    for (uint32_t i = 0; i < LARGE; i++) {
        cr_assert_eq(column[i], i);
    }
    cr_assert_eq(flyt_assignment_solve(most, 2, 2, &arena, column), FLYT_OK);
    cr_assert(column[0] == 1 && column[1] == 0);
    cr_assert_eq(flyt_assignment_solve(most, 0, 2, &arena, column), FLYT_OK);
    cr_assert_eq(flyt_assignment_solve(most, 2, 0, &arena, column), FLYT_OK);
    cr_assert(column[0] == FLYT_NONE && column[1] == FLYT_NONE);
    flyt_arena_free(&arena);
}
