/**
 * @file schelling_sequential.c
 * @brief The sequential rule: all agents one by one, in an order drawn anew in each step.
 *
 * One thread. Forward Fisher-Yates a few agents ahead of the activation, so that the memory both
 * need is on its way: positions and empty cells are random places of large arrays.
 */
#include "models/schelling_parts.h"

/** Agents whose random words are drawn together, and that are drawn ahead of their activation. */
enum { TILE = 1024, AHEAD = 128 };

/** A further word for the i-th activation, `draw` tries after its first one was refused. */
static uint32_t word_again(const struct flyt_schelling *world, uint32_t step, uint32_t i,
                           uint32_t draw)
{
    return flyt_rng_word(world->key, i, step, FLYT_STREAM_schelling_order, draw);
}

/** Offsets from i to the place its agent is drawn from: uniform in [0, n - i), without bias. */
static void draw_offsets(const struct flyt_schelling *world, uint32_t step, uint32_t first,
                         uint32_t n, const uint32_t *word, uint32_t *offset)
{
    uint32_t left = world->n_agents - first;
    bool near_bias = false;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t product = (uint64_t)word[i] * (left - i);
        offset[i] = (uint32_t)(product >> 32);
        near_bias |= (uint32_t)product < left - i;
    }
    for (uint32_t i = 0; near_bias && i < n; i++) {
        uint32_t range = left - i, least = (0u - range) % range;
        uint64_t product = (uint64_t)word[i] * range;
        for (uint32_t draw = 1; (uint32_t)product < least; draw++) { /* Lemire 2019 */
            product = (uint64_t)word_again(world, step, first + i, draw) * range;
        }
        offset[i] = (uint32_t)(product >> 32);
    }
}

static void move_agent(struct flyt_schelling *world, uint32_t step, uint32_t i)
{
    uint32_t from = world->position[i], to;
    if (world->params.move == FLYT_SCHELLING_NEAREST) {
        uint32_t word = flyt_rng_word(world->key, i, step, FLYT_STREAM_schelling_move, 0);
        to = flyt_schelling_nearest(world, from, word);
        if (to == FLYT_NONE) {
            return;
        }
    } else {
        if (world->n_empty == 0) {
            return;
        }
        uint32_t slot =
            flyt_rng_below(world->key, i, step, FLYT_STREAM_schelling_move, 0, world->n_empty);
        to = world->empty[slot];
        world->empty[slot] = from;
    }
    uint8_t code = world->grid[from];
    flyt_schelling_put(world, from, 0);
    flyt_schelling_put(world, to, code);
    world->position[i] = to;
    world->moves++;
}

/** Draws who comes next n times, and activates them in that order. */
static void activate(struct flyt_schelling *world, uint32_t step, uint32_t first, uint32_t n,
                     const uint32_t *word)
{
    uint32_t offset[AHEAD], *position = world->position + first;
    draw_offsets(world, step, first, n, word, offset);
    for (uint32_t i = 0; i < n; i++) {
        __builtin_prefetch(position + i + offset[i], 1);
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t cell = position[i + offset[i]];
        position[i + offset[i]] = position[i];
        position[i] = cell;
        const uint8_t *at = world->grid + cell;
        __builtin_prefetch(at - world->stride);
        __builtin_prefetch(at);
        __builtin_prefetch(at + world->stride);
    }
    for (uint32_t i = 0; i < n; i++) {
        if (!flyt_schelling_happy(world, position[i])) {
            move_agent(world, step, first + i);
        }
    }
}

void flyt_schelling_sequential(struct flyt_schelling *world, uint32_t step)
{
    enum { DRAWS = TILE / 4 };
    uint32_t word[TILE];
    uint32_t *const words[4] = {word, word + DRAWS, word + 2 * DRAWS, word + 3 * DRAWS};
    uint64_t uid[DRAWS];
    world->moves = 0;
    for (uint32_t tile = 0; tile < world->n_agents; tile += TILE) {
        uint32_t end = world->n_agents - tile < TILE ? world->n_agents : tile + TILE;
        for (uint32_t i = 0; i < DRAWS; i++) {
            /* one draw serves four agents: it is named past the 32-bit numbers of agents */
            uid[i] = (uint64_t)1 << 32 | (tile / 4 + i);
        }
        flyt_rng_blocks(world->key, uid, DRAWS, step, FLYT_STREAM_schelling_order, 0, words);
        for (uint32_t first = tile; first < end; first += AHEAD) {
            uint32_t n = end - first < AHEAD ? end - first : AHEAD;
            activate(world, step, first, n, word + (first - tile));
        }
    }
}
