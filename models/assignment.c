#include "models/assignment.h"

/**
 * The smaller side is `left`. Every left one may also stay alone, in a place of its own behind the
 * right ones, at a price above what any exchange of pairs can save: so as many are paired as can
 * be.
 */
struct problem {
    const int64_t *cost;
    uint32_t n_left, n_right, n_columns;
    bool turned; /* left are the columns */
    int64_t alone;
};

/** What is known of a right one in the search for a path, and of all in the end. */
struct search {
    int64_t *of_left, *of_right; /* potentials */
    int64_t *distance;           /* [n_right + n_left] */
    uint32_t *from;              /* right one before it on the path, FLYT_NONE: the new left one */
    uint32_t *taker;             /* left one that has it */
    bool *reached;
};

static int64_t cost_of(const struct problem *problem, uint32_t left, uint32_t right)
{
    if (right >= problem->n_right) {
        return right - problem->n_right == left ? problem->alone : FLYT_ASSIGNMENT_NEVER;
    }
    uint32_t row = problem->turned ? right : left, column = problem->turned ? left : right;
    return problem->cost[(size_t)row * problem->n_columns + column];
}

static struct problem problem_of(const int64_t *cost, uint32_t n_rows, uint32_t n_columns)
{
    int64_t low = 0, high = 0;
    bool turned = n_rows > n_columns;
    for (size_t i = 0; i < (size_t)n_rows * n_columns; i++) {
        if (cost[i] != FLYT_ASSIGNMENT_NEVER) {
            low = cost[i] < low ? cost[i] : low;
            high = cost[i] > high ? cost[i] : high;
        }
    }
    uint32_t n_left = turned ? n_columns : n_rows;
    return (struct problem){.cost = cost,
                            .n_left = n_left,
                            .n_right = turned ? n_rows : n_columns,
                            .n_columns = n_columns,
                            .turned = turned,
                            .alone = high + (high - low + 1) * ((int64_t)n_left + 1)};
}

/** Brings the distances behind one place of the tree up to date; returns the nearest place that
 *  is not reached, the first of several. */
static uint32_t look(const struct problem *problem, const struct search *search, uint32_t left,
                     uint32_t via, int64_t so_far)
{
    uint32_t n = problem->n_right + problem->n_left, nearest = FLYT_NONE;
    for (uint32_t right = 0; right < n; right++) {
        if (search->reached[right]) {
            continue;
        }
        int64_t cost = cost_of(problem, left, right);
        if (cost != FLYT_ASSIGNMENT_NEVER) {
            int64_t there = so_far + cost - search->of_left[left] - search->of_right[right];
            if (there < search->distance[right]) {
                search->distance[right] = there;
                search->from[right] = via;
            }
        }
        if (search->distance[right] != FLYT_ASSIGNMENT_NEVER &&
            (nearest == FLYT_NONE || search->distance[right] < search->distance[nearest])) {
            nearest = right;
        }
    }
    return nearest;
}

/** Gives one more left one a place, by the shortest path over those who would have to change. */
static void place(const struct problem *problem, const struct search *search, uint32_t left)
{
    uint32_t n = problem->n_right + problem->n_left, via = FLYT_NONE, at = left;
    int64_t so_far = 0;
    for (uint32_t right = 0; right < n; right++) {
        search->distance[right] = FLYT_ASSIGNMENT_NEVER;
        search->reached[right] = false;
    }
    for (;;) { /* ends: its own place is always within reach */
        uint32_t right = look(problem, search, at, via, so_far);
        so_far = search->distance[right];
        search->reached[right] = true;
        via = right;
        if (search->taker[right] == FLYT_NONE) {
            break;
        }
        at = search->taker[right];
    }
    search->of_left[left] += so_far;
    for (uint32_t right = 0; right < n; right++) {
        if (search->reached[right] && search->taker[right] != FLYT_NONE) {
            search->of_left[search->taker[right]] += so_far - search->distance[right];
            search->of_right[right] -= so_far - search->distance[right];
        }
    }
    while (via != FLYT_NONE) {
        uint32_t before = search->from[via];
        search->taker[via] = before == FLYT_NONE ? left : search->taker[before];
        via = before;
    }
}

enum flyt_status flyt_assignment_solve(const int64_t *cost, uint32_t n_rows, uint32_t n_columns,
                                       struct flyt_arena *arena, uint32_t *column)
{
    struct problem problem = problem_of(cost, n_rows, n_columns);
    size_t n = (size_t)problem.n_right + problem.n_left + 1;
    struct search search = {
        .of_left = FLYT_ARENA_ZERO(arena, int64_t, problem.n_left + 1),
        .of_right = FLYT_ARENA_ZERO(arena, int64_t, n),
        .distance = FLYT_ARENA_ARRAY(arena, int64_t, n),
        .from = FLYT_ARENA_ARRAY(arena, uint32_t, n),
        .taker = FLYT_ARENA_ARRAY(arena, uint32_t, n),
        .reached = FLYT_ARENA_ARRAY(arena, bool, n),
    };
    if (search.of_left == NULL || search.of_right == NULL || search.distance == NULL ||
        search.from == NULL || search.taker == NULL || search.reached == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t right = 0; right < n; right++) {
        search.taker[right] = FLYT_NONE;
    }
    for (uint32_t left = 0; left < problem.n_left; left++) {
        place(&problem, &search, left);
    }
    for (uint32_t row = 0; row < n_rows; row++) {
        column[row] = FLYT_NONE;
    }
    for (uint32_t right = 0; right < problem.n_right; right++) {
        uint32_t left = search.taker[right];
        if (left != FLYT_NONE) {
            column[problem.turned ? right : left] = problem.turned ? left : right;
        }
    }
    return FLYT_OK;
}
