#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include "models/logit_blocks.h"

static struct flyt_arena arena;

static void free_arena(void)
{
    flyt_arena_free(&arena);
}

TestSuite(logit_blocks, .fini = free_arena);

/* ---- the exact law, by enumeration --------------------------------------------------------- */

enum { BLOCKS_MAX = 3, CELLS_MAX = 10 };

/** Expected values under the stationary law. */
struct law {
    double weight, utility, largest_density, dissimilarity, isolation;
    double first[CELLS_MAX + 1]; /* P(agents of group 1 in block 1) */
};

// NOLINTNEXTLINE(misc-no-recursion)
static double factorial(uint32_t n)
{
    return n == 0 ? 1.0 : n * factorial(n - 1);
}

static double utility(const struct flyt_logit_blocks_params *params, uint32_t n)
{
    double r = n / (double)params->cells, m = params->full_utility;
    return params->utility == FLYT_LOGIT_BLOCKS_OWN_SHARE ? r
           : r <= 0.5                                     ? 2 * r
                                                          : m + 2 * (1 - m) * (1 - r);
}

static double potential(const struct flyt_logit_blocks_params *params, uint32_t n)
{
    double sum = 0.0;
    for (uint32_t k = 1; k <= n; k++) {
        sum += utility(params, k);
    }
    return sum;
}

/** One state: the numbers of both groups in each block. */
static void weigh(const struct flyt_logit_blocks_params *params, const uint32_t *a,
                  const uint32_t *b, struct law *law)
{
    double weight = 1.0, energy = 0.0, u = 0.0, largest = 0.0, d = 0.0, isolation = 0.0;
    double n_a = params->agents_1, n_b = params->agents_2, h = params->cells;
    for (uint32_t q = 0; q < params->blocks; q++) {
        uint32_t all = a[q] + b[q];
        weight *= factorial(params->cells) /
                  (factorial(a[q]) * factorial(b[q]) * factorial(params->cells - all));
        energy += potential(params, a[q]) + potential(params, b[q]);
        u += a[q] * utility(params, a[q]) + b[q] * utility(params, b[q]);
        largest = all / h > largest ? all / h : largest;
        d += n_b > 0 ? 0.5 * fabs(a[q] / n_a - b[q] / n_b) : 0.0;
        isolation += all > 0 ? a[q] / n_a * a[q] / all : 0.0;
    }
    weight *= exp(energy * params->inverse_temperature);
    law->weight += weight;
    law->utility += weight * u / (n_a + n_b);
    law->largest_density += weight * largest;
    law->dissimilarity += weight * d;
    law->isolation += weight * isolation;
    law->first[a[0]] += weight;
}

/** All ways to place the rest of both groups from block q on. */
// NOLINTNEXTLINE(misc-no-recursion)
static void place(const struct flyt_logit_blocks_params *params, uint32_t q, uint32_t left_a,
                  uint32_t left_b, uint32_t *a, uint32_t *b, struct law *law)
{
    if (q == params->blocks || q == BLOCKS_MAX) {
        if (left_a == 0 && left_b == 0) {
            weigh(params, a, b, law);
        }
        return;
    }
    for (a[q] = 0; a[q] <= left_a && a[q] <= params->cells; a[q]++) {
        for (b[q] = 0; b[q] <= left_b && a[q] + b[q] <= params->cells; b[q]++) {
            place(params, q + 1, left_a - a[q], left_b - b[q], a, b, law);
        }
    }
}

static struct law enumerate(const struct flyt_logit_blocks_params *params)
{
    struct law law = {0};
    uint32_t a[BLOCKS_MAX + 1] = {0}, b[BLOCKS_MAX + 1] = {0};
    place(params, 0, params->agents_1, params->agents_2, a, b, &law);
    law.utility /= law.weight;
    law.largest_density /= law.weight;
    law.dissimilarity /= law.weight;
    law.isolation /= law.weight;
    for (uint32_t n = 0; n <= CELLS_MAX; n++) {
        law.first[n] /= law.weight;
    }
    return law;
}

/* ---- the simulation ------------------------------------------------------------------------ */

enum { BATCHES = 100, TRIALS = 20000 }; /* a run of two million trials after one batch unused */

/** Mean and standard error of a figure over batches. */
struct estimate {
    double sum, squares;
};

static void add(struct estimate *estimate, double x)
{
    estimate->sum += x;
    estimate->squares += x * x;
}

/** |mean - exact| in standard errors of the batch means. */
static double off(const struct estimate *estimate, double exact)
{
    double mean = estimate->sum / BATCHES;
    double variance = (estimate->squares - BATCHES * mean * mean) / (BATCHES - 1);
    return fabs(mean - exact) / sqrt(variance / BATCHES);
}

struct estimates {
    struct estimate utility, largest_density, dissimilarity, isolation, first[CELLS_MAX + 1];
};

static struct flyt_logit_blocks *make(const struct flyt_logit_blocks_params *params, uint32_t seed)
{
    struct flyt_logit_blocks *world = NULL;
    struct flyt_model_args args = {.key = {seed, 0}, .run_arena = &arena};
    cr_assert_eq(flyt_logit_blocks_create(params, &args, &world), FLYT_OK);
    return world;
}

static struct estimates simulate(struct flyt_logit_blocks_params params)
{
    struct estimates out = {0};
    params.trials = TRIALS;
    struct flyt_logit_blocks *world = make(&params, 1);
    flyt_logit_blocks_step(world, 0);
    for (uint32_t batch = 1; batch <= BATCHES; batch++) {
        flyt_logit_blocks_step(world, batch);
        add(&out.utility, world->means.utility);
        add(&out.largest_density, world->means.largest_density);
        add(&out.dissimilarity, world->means.dissimilarity);
        add(&out.isolation, world->means.isolation);
        for (uint32_t n = 0; n <= params.cells; n++) {
            add(&out.first[n], world->time_first[n]);
        }
    }
    return out;
}

static const struct flyt_logit_blocks_params small = {
    .blocks = 2, .cells = 3, .agents_1 = 3, .inverse_temperature = 5, .full_utility = 0.5};
static const struct flyt_logit_blocks_params large = {
    .blocks = 3, .cells = 10, .agents_1 = 15, .inverse_temperature = 5, .full_utility = 0.5};
static const struct flyt_logit_blocks_params hot = {.blocks = 2,
                                                    .cells = 4,
                                                    .agents_1 = 3,
                                                    .agents_2 = 3,
                                                    .inverse_temperature = 0,
                                                    .utility = FLYT_LOGIT_BLOCKS_OWN_SHARE};
static const struct flyt_logit_blocks_params warm = {.blocks = 2,
                                                     .cells = 4,
                                                     .agents_1 = 3,
                                                     .agents_2 = 3,
                                                     .inverse_temperature = 2,
                                                     .utility = FLYT_LOGIT_BLOCKS_OWN_SHARE};

Test(logit_blocks, small_case_has_its_exact_law)
{
    static const double first[] = {0.023032, 0.476968, 0.476968, 0.023032};
    struct law law = enumerate(&small);
    struct estimates found = simulate(small);
    cr_assert_float_eq(law.utility, 0.764982, 5e-7);
    cr_assert_float_eq(law.largest_density, 0.682021, 5e-7);
    cr_assert_lt(off(&found.utility, law.utility), 3.0);
    cr_assert_lt(off(&found.largest_density, law.largest_density), 3.0);
    for (uint32_t n = 0; n <= 3; n++) {
        cr_assert_float_eq(law.first[n], first[n], 5e-7);
        cr_assert_lt(off(&found.first[n], law.first[n]), 3.0);
    }
}

Test(logit_blocks, three_blocks_have_their_exact_law)
{
    struct law law = enumerate(&large);
    struct estimates found = simulate(large);
    cr_assert_float_eq(law.utility, 0.849429, 5e-7);
    cr_assert_float_eq(law.largest_density, 0.651616, 5e-7);
    cr_assert_lt(off(&found.utility, law.utility), 3.0);
    cr_assert_lt(off(&found.largest_density, law.largest_density), 3.0);
}

Test(logit_blocks, two_groups_at_infinite_temperature_are_spread_at_random)
{
    struct law law = enumerate(&hot);
    struct estimates found = simulate(hot);
    cr_assert_float_eq(law.dissimilarity, 12.0 / 35.0, 1e-12); /* .342857 */
    cr_assert_float_eq(law.isolation, 0.6, 1e-12);
    cr_assert_lt(off(&found.dissimilarity, law.dissimilarity), 3.0);
    cr_assert_lt(off(&found.isolation, law.isolation), 3.0);
}

Test(logit_blocks, two_groups_have_their_exact_law)
{
    struct law law = enumerate(&warm);
    struct estimates found = simulate(warm);
    cr_assert_float_eq(law.dissimilarity, 0.544886, 5e-7);
    cr_assert_float_eq(law.isolation, 0.714614, 5e-7);
    cr_assert_lt(off(&found.dissimilarity, law.dissimilarity), 3.0);
    cr_assert_lt(off(&found.isolation, law.isolation), 3.0);
}

Test(logit_blocks, a_wrong_temperature_is_noticed)
{
    /* the run is long enough to tell T = .5 from T = .51 */
    struct flyt_logit_blocks_params other = warm;
    other.inverse_temperature = 1.0 / 0.51;
    struct law law = enumerate(&other);
    struct estimates found = simulate(warm);
    cr_assert_gt(off(&found.dissimilarity, law.dissimilarity), 3.0);
}

Test(logit_blocks, agents_stay_as_many_and_blocks_keep_their_capacity)
{
    struct flyt_logit_blocks_params params = large;
    params.agents_2 = 12;
    params.trials = 997;
    struct flyt_logit_blocks *world = make(&params, 4);
    for (uint32_t month = 0; month < 50; month++) {
        flyt_logit_blocks_step(world, month);
        uint32_t n[2] = {0}, vacant[BLOCKS_MAX] = {0};
        for (uint32_t i = 0; i < world->n_vacant; i++) {
            vacant[world->vacant[i]]++;
        }
        for (uint32_t q = 0; q < params.blocks; q++) {
            n[0] += world->n[0][q];
            n[1] += world->n[1][q];
            cr_assert_eq(world->n[0][q] + world->n[1][q] + vacant[q], params.cells);
        }
        cr_assert(n[0] == 15 && n[1] == 12);
        cr_assert_gt(world->accepted, 0);
    }
}

Test(logit_blocks, time_shares_of_a_month_sum_to_one)
{
    struct flyt_logit_blocks_params params = large;
    params.trials = 333;
    struct flyt_logit_blocks *world = make(&params, 9);
    for (uint32_t month = 0; month < 3; month++) {
        double sum = 0.0;
        for (uint32_t n = 0; n <= params.cells; n++) {
            sum += world->time_first[n];
        }
        cr_assert_float_eq(sum, 1.0, 1e-12);
        flyt_logit_blocks_step(world, month);
    }
}
