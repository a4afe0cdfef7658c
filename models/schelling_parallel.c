/**
 * @file schelling_parallel.c
 * @brief The parallel rule: all unhappy agents propose an empty cell, then each cell is resolved.
 *
 * The state before the step decides who is unhappy and which cells are empty. A cell goes to the
 * proposer whose uid comes first in an order of all uids that is drawn anew for the step; the
 * others stay, and may propose again in the next step.
 */
#include "models/schelling_parts.h"

/** Agents whose random words are drawn together. */
enum { TILE = 256 };

struct step_job {
    struct flyt_schelling *world;
    uint32_t step;
    uint32_t order;  /* picks the order of uids in this step; no uid equals it */
    uint32_t *first; /* [n_blocks + 1] first proposal of each block */
    uint32_t *from;  /* [proposals] cell of the unhappy agent, in cell order */
    uint32_t *slot;  /* [proposals] what it wants, an index into world->slot; FLYT_NONE: nothing */
    uint64_t *n_won; /* [n_blocks] */
};

/** The cells of a block's unhappy agents, in order. */
static void list_unhappy(const struct step_job *job, uint32_t block)
{
    const struct flyt_schelling *world = job->world;
    uint32_t words = (world->columns + 63) / 64, *from = job->from + job->first[block];
    uint32_t end = flyt_par_first(world->rows, world->par.n_blocks, block + 1);
    for (uint32_t row = flyt_par_first(world->rows, world->par.n_blocks, block); row < end; row++) {
        const uint64_t *bits = world->unhappy + (size_t)row * words;
        uint32_t cell = flyt_schelling_cell(world, row, 0);
        for (uint32_t w = 0; w < words; w++, cell += 64) {
            for (uint64_t left = bits[w]; left != 0; left &= left - 1) {
                *from++ = cell + (uint32_t)__builtin_ctzll(left);
            }
        }
    }
}

/** n agents, at most a tile, propose. */
static void propose(const struct step_job *job, uint32_t first, uint32_t n)
{
    struct flyt_schelling *world = job->world;
    uint32_t word[4][TILE], *slot = job->slot + first;
    uint32_t *const words[4] = {word[0], word[1], word[2], word[3]};
    const uint32_t *from = job->from + first;
    uint64_t uid[TILE] = {0};
    for (uint32_t i = 0; i < n; i++) {
        uid[i] = world->uid[from[i]];
    }
    flyt_rng_blocks(world->key, uid, n, job->step, FLYT_STREAM_schelling_move, 0, words);
    for (uint32_t i = 0; i < n; i++) {
        if (world->params.move == FLYT_SCHELLING_NEAREST) {
            uint32_t to = flyt_schelling_nearest(world, from[i], word[0][i]);
            slot[i] = to == FLYT_NONE ? FLYT_NONE : world->uid[to];
        } else { /* as flyt_rng_below() */
            uint64_t high = (uint64_t)word[1][i] * world->n_empty;
            uint64_t low = (uint64_t)word[0][i] * world->n_empty;
            slot[i] = (uint32_t)((high + (low >> 32)) >> 32);
        }
        if (slot[i] != FLYT_NONE) {
            __builtin_prefetch(&world->slot[slot[i]], 1);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        if (slot[i] != FLYT_NONE) {
            flyt_par_min(&world->par, &world->slot[slot[i]].claim,
                         flyt_schelling_mix(job->order, (uint32_t)uid[i]));
        }
    }
}

static void propose_block(void *job_, uint32_t block)
{
    const struct step_job *job = job_;
    uint32_t end = job->first[block + 1];
    list_unhappy(job, block);
    for (uint32_t first = job->first[block]; first < end; first += TILE) {
        propose(job, first, end - first < TILE ? end - first : TILE);
    }
}

/**
 * Of n proposals, at most a tile, those that won their cell are carried out. The winner wipes out
 * the claim at once: those who lost read either of two values, and neither is theirs.
 */
static uint32_t resolve(const struct step_job *job, uint32_t first, uint32_t n)
{
    struct flyt_schelling *world = job->world;
    const uint32_t *cell = job->from + first, *wanted = job->slot + first;
    uint32_t winner[TILE], to[TILE], n_won = 0;
    for (uint32_t i = 0; i < n; i++) {
        __builtin_prefetch(&world->slot[wanted[i] == FLYT_NONE ? 0 : wanted[i]], 1);
    }
    for (uint32_t i = 0; i < n; i++) { /* no branch: who wins cannot be foreseen */
        uint32_t slot = wanted[i] == FLYT_NONE ? 0 : wanted[i];
        uint32_t rank = flyt_schelling_mix(job->order, world->uid[cell[i]]);
        uint32_t claim = __atomic_load_n(&world->slot[slot].claim, __ATOMIC_RELAXED);
        winner[n_won] = i;
        n_won += (wanted[i] != FLYT_NONE) & (claim == rank);
    }
    for (uint32_t i = 0; i < n_won; i++) {
        struct flyt_schelling_slot *slot = &world->slot[wanted[winner[i]]];
        __atomic_store_n(&slot->claim, FLYT_NONE, __ATOMIC_RELAXED);
        to[i] = slot->cell;
        __builtin_prefetch(&world->grid[to[i]], 1);
        __builtin_prefetch(&world->uid[to[i]], 1);
    }
    for (uint32_t i = 0; i < n_won; i++) {
        uint32_t from = cell[winner[i]], slot = wanted[winner[i]];
        world->grid[to[i]] = world->grid[from];
        world->grid[from] = 0;
        world->uid[to[i]] = world->uid[from];
        world->uid[from] = slot;
        world->slot[slot].cell = from;
    }
    return n_won;
}

static void resolve_block(void *job_, uint32_t block)
{
    const struct step_job *job = job_;
    uint32_t end = job->first[block + 1];
    uint64_t n_won = 0;
    for (uint32_t first = job->first[block]; first < end; first += TILE) {
        n_won += resolve(job, first, end - first < TILE ? end - first : TILE);
    }
    job->n_won[block] = n_won;
}

enum flyt_status flyt_schelling_parallel(struct flyt_schelling *world, uint32_t step)
{
    uint32_t n_blocks = world->par.n_blocks;
    struct step_job job = {.world = world,
                           .step = step,
                           .first = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, n_blocks + 1),
                           .n_won = FLYT_ARENA_ARRAY(world->step_arena, uint64_t, n_blocks)};
    const uint64_t nobody = UINT64_C(1) << 32;
    job.order = flyt_rng_word(world->key, nobody, step, FLYT_STREAM_schelling_move, 0) | 1u << 31;
    world->moves = 0;
    if (job.first == NULL || job.n_won == NULL) {
        return FLYT_ERR_MEMORY;
    }
    job.first[0] = 0;
    for (uint32_t block = 0; block < n_blocks; block++) {
        job.first[block + 1] = job.first[block] + world->n_unhappy[block];
    }
    job.from = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, job.first[n_blocks]);
    job.slot = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, job.first[n_blocks]);
    if (job.from == NULL || job.slot == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (world->n_empty == 0 || job.first[n_blocks] == 0) {
        return FLYT_OK;
    }
    flyt_par_blocks(&world->par, propose_block, &job);
    flyt_par_blocks(&world->par, resolve_block, &job);
    for (uint32_t block = 0; block < n_blocks; block++) {
        world->moves += job.n_won[block];
    }
    if (world->params.torus) {
        flyt_schelling_wrap(world);
    }
    flyt_schelling_sweep(world);
    return FLYT_OK;
}
