/**
 * @file logit_blocks.c
 * @brief The block model: its start, its trials and the means over them.
 */
#include "models/logit_blocks.h"

#include <math.h>
#include <string.h>

#include "sim/num.h"

/* ---- the start ----------------------------------------------------------------------------- */

static double utility_of(const struct flyt_logit_blocks_params *params, uint32_t n)
{
    double r = (double)n / (double)params->cells, m = params->full_utility;
    if (params->utility == FLYT_LOGIT_BLOCKS_OWN_SHARE) {
        return r;
    }
    return r <= 0.5 ? 2.0 * r : m + 2.0 * (1.0 - m) * (1.0 - r);
}

/** The state's figures, each a sum over blocks in their order. */
static struct flyt_logit_blocks_means figures(const struct flyt_logit_blocks *world)
{
    const struct flyt_logit_blocks_params *params = &world->params;
    double a = params->agents_1, b = params->agents_2;
    struct flyt_logit_blocks_means now = {0};
    for (uint32_t q = 0; q < params->blocks; q++) {
        double x = world->n[0][q], y = world->n[1][q], all = x + y;
        now.utility += x * world->utility[world->n[0][q]] + y * world->utility[world->n[1][q]];
        now.largest_density = fmax(now.largest_density, all / params->cells);
        now.dissimilarity += b > 0.0 ? 0.5 * fabs(x / a - y / b) : 0.0;
        now.isolation += x > 0.0 ? x / a * (x / all) : 0.0;
    }
    now.utility /= world->n_agents;
    return now;
}

/** Agents one after the other go to a random vacant cell. */
static void settle(struct flyt_logit_blocks *world)
{
    uint32_t n_left = world->params.blocks * world->params.cells;
    for (uint32_t i = 0; i < n_left; i++) {
        world->vacant[i] = i / world->params.cells;
    }
    for (uint32_t i = 0; i < world->n_agents; i++) {
        uint32_t place = flyt_rng_below(world->key, i, 0, FLYT_STREAM_logit_start, 0, n_left);
        uint32_t block = world->vacant[place];
        world->vacant[place] = world->vacant[--n_left];
        world->block_of[i] = block;
        world->n[i < world->params.agents_1 ? 0 : 1][block]++;
    }
    world->n_vacant = n_left;
}

enum flyt_status flyt_logit_blocks_create(const struct flyt_logit_blocks_params *params,
                                          const struct flyt_model_args *args,
                                          struct flyt_logit_blocks **out)
{
    struct flyt_arena *arena = args->run_arena;
    struct flyt_logit_blocks *world = FLYT_ARENA_ZERO(arena, struct flyt_logit_blocks, 1);
    if (world == NULL) {
        return FLYT_ERR_MEMORY;
    }
    size_t n_cells = (size_t)params->blocks * params->cells, n_levels = (size_t)params->cells + 1;
    bool ok = true;
    world->params = *params;
    world->key = args->key;
    world->n_agents = params->agents_1 + params->agents_2;
    ok &= (world->block_of = FLYT_ARENA_ARRAY(arena, uint32_t, world->n_agents)) != NULL;
    ok &= (world->vacant = FLYT_ARENA_ARRAY(arena, uint32_t, n_cells)) != NULL;
    ok &= (world->n[0] = FLYT_ARENA_ZERO(arena, uint32_t, params->blocks)) != NULL;
    ok &= (world->n[1] = FLYT_ARENA_ZERO(arena, uint32_t, params->blocks)) != NULL;
    ok &= (world->utility = FLYT_ARENA_ARRAY(arena, double, n_levels)) != NULL;
    ok &= (world->time_first = FLYT_ARENA_ZERO(arena, double, n_levels)) != NULL;
    if (!ok) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t n = 0; n <= params->cells; n++) {
        world->utility[n] = utility_of(params, n);
    }
    settle(world);
    world->means = figures(world);
    world->time_first[world->n[0][0]] = 1.0;
    *out = world;
    return FLYT_OK;
}

/* ---- trials -------------------------------------------------------------------------------- */

/** n in proportion to 32 random bits; the bias of at most n / 2^32 is far below any sampling error.
 */
static uint32_t pick(uint32_t word, uint32_t n)
{
    return (uint32_t)((uint64_t)word * n >> 32);
}

/** One trial; whether the state has changed. */
static bool attempt(struct flyt_logit_blocks *world, const uint32_t word[4])
{
    uint32_t agent = pick(word[0], world->n_agents), cell = pick(word[1], world->n_vacant);
    uint32_t from = world->block_of[agent], to = world->vacant[cell];
    if (from == to) {
        return false;
    }
    uint32_t *n = world->n[agent < world->params.agents_1 ? 0 : 1];
    double gain = world->utility[n[to] + 1] - world->utility[n[from]];
    double chance = 1.0 / (1.0 + flyt_num_exp(-gain * world->params.inverse_temperature));
    if (flyt_rng_to_unit((uint64_t)word[3] << 32 | word[2]) >= chance) {
        return false;
    }
    n[from]--;
    n[to]++;
    world->block_of[agent] = to;
    world->vacant[cell] = from;
    return true;
}

/** What is counted of a state. */
struct state {
    struct flyt_logit_blocks_means figures;
    uint32_t n_first; /* agents of group 1 in block 1 */
};

static struct state state_of(const struct flyt_logit_blocks *world)
{
    return (struct state){.figures = figures(world), .n_first = world->n[0][0]};
}

/** Adds a state that lasted for some trials. */
static void dwell(struct flyt_logit_blocks *world, struct flyt_logit_blocks_means *sum,
                  const struct state *state, uint32_t n_trials)
{
    const struct flyt_logit_blocks_means *now = &state->figures;
    sum->utility += n_trials * now->utility;
    sum->largest_density += n_trials * now->largest_density;
    sum->dissimilarity += n_trials * now->dissimilarity;
    sum->isolation += n_trials * now->isolation;
    world->time_first[state->n_first] += n_trials;
}

void flyt_logit_blocks_step(struct flyt_logit_blocks *world, uint32_t month)
{
    enum { TILE = 256 };
    uint32_t word[4][TILE], n_trials = world->params.trials, lasted = 0;
    uint32_t *const words[4] = {word[0], word[1], word[2], word[3]};
    uint64_t uid[TILE];
    struct flyt_logit_blocks_means sum = {0};
    struct state now = state_of(world);
    memset(world->time_first, 0, (world->params.cells + 1) * sizeof *world->time_first);
    world->accepted = 0;
    for (uint32_t first = 0; first < n_trials; first += TILE) {
        uint32_t n = n_trials - first < TILE ? n_trials - first : TILE;
        for (uint32_t i = 0; i < n; i++) {
            uid[i] = first + i;
        }
        flyt_rng_blocks(world->key, uid, n, month, FLYT_STREAM_logit_trial, 0, words);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t four[4] = {word[0][i], word[1][i], word[2][i], word[3][i]};
            lasted++; /* the state before the trial counts for it */
            if (attempt(world, four)) {
                dwell(world, &sum, &now, lasted);
                now = state_of(world);
                lasted = 0;
                world->accepted++;
            }
        }
    }
    dwell(world, &sum, &now, lasted);
    world->means = (struct flyt_logit_blocks_means){
        .utility = sum.utility / n_trials,
        .largest_density = sum.largest_density / n_trials,
        .dissimilarity = sum.dissimilarity / n_trials,
        .isolation = sum.isolation / n_trials,
    };
    for (uint32_t n = 0; n <= world->params.cells; n++) {
        world->time_first[n] /= n_trials;
    }
}
