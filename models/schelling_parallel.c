/**
 * @file schelling_parallel.c
 * @brief The parallel rule: all unhappy agents propose an empty cell, then each cell is resolved.
 *
 * The state before the step decides who is unhappy and which cells are empty. A cell goes to the
 * proposer whose uid comes first in an order of all uids that is drawn anew for the step; the
 * others stay, and may propose again in the next step.
 *
 * Proposals are grouped by ranges of empty cells, a tile of proposals at a time, so that each range
 * is resolved by one thread in memory that is near. No atomic operation, no result by thread.
 */
#include "models/schelling_parts.h"

enum {
    TILE = 2048, /* proposals that are grouped together */
    DRAWS = 256, /* of which so many are drawn together */
    RANGES = 32, /* of empty cells, at most */
    RUN = 1024   /* and as many that each gets so many proposals */
};

struct proposal {
    uint32_t from; /* cell of the unhappy agent */
    uint32_t slot; /* what it wants, an index into world->slot; FLYT_NONE: found nothing */
    union {
        uint32_t rank; /* place of its uid in the order of the step */
        uint32_t to;   /* once resolved: the cell it moves to, FLYT_NONE: it stays */
    };
};

struct step_job {
    struct flyt_schelling *world;
    uint32_t step;
    uint32_t order;              /* picks the order of uids in this step; no uid equals it */
    uint32_t shift;              /* range of a slot: slot >> shift */
    uint32_t n, n_tiles;         /* proposals, and tiles of them */
    uint32_t *first;             /* [n_blocks + 1] first unhappy agent of each block of rows */
    struct proposal *proposal;   /* [n] in cell order, then grouped by range within each tile */
    uint16_t (*run)[RANGES + 1]; /* [n_tiles] where each range's proposals begin in the tile */
    uint64_t *n_moved;           /* [n_tiles] */
};

static uint32_t tile_size(const struct step_job *job, uint32_t tile)
{
    return job->n - tile * TILE < TILE ? job->n - tile * TILE : TILE;
}

/* ---- proposing ----------------------------------------------------------------------------- */

/** The cells of a block's unhappy agents, row by row. */
static void list_block(void *job_, uint32_t block)
{
    const struct step_job *job = job_;
    const struct flyt_schelling *world = job->world;
    uint32_t words = (world->columns + 63) / 64;
    struct proposal *proposal = job->proposal + job->first[block];
    if (job->first[block] == job->first[block + 1]) {
        return;
    }
    uint32_t end = flyt_par_first(world->rows, world->par.n_blocks, block + 1);
    for (uint32_t row = flyt_par_first(world->rows, world->par.n_blocks, block); row < end; row++) {
        const uint64_t *bits = world->unhappy + (size_t)row * words;
        uint32_t cell = flyt_schelling_cell(world, row, 0);
        for (uint32_t w = 0; w < words; w++, cell += 64) {
            for (uint64_t left = bits[w]; left != 0; left &= left - 1) {
                (proposal++)->from = cell + flyt_schelling_column((uint32_t)__builtin_ctzll(left));
            }
        }
    }
}

/** A tile of proposals, a field at a time. Lives on the stack. */
struct drawn {
    uint32_t from[TILE], slot[TILE], rank[TILE];
};

/** What n agents from the i-th on, at most DRAWS, want, and their ranks. */
static void draw(const struct step_job *job, struct drawn *drawn, uint32_t first, uint32_t n)
{
    const struct flyt_schelling *world = job->world;
    const uint32_t *from = drawn->from + first;
    uint32_t *slot = drawn->slot + first, *rank = drawn->rank + first, word[4][DRAWS];
    uint32_t *const words[4] = {word[0], word[1], word[2], word[3]};
    uint64_t uid[DRAWS] = {0}, n_empty = world->n_empty;
    for (uint32_t i = 0; i < n; i++) {
        uid[i] = world->uid[from[i]];
    }
    flyt_rng_blocks(world->key, uid, n, job->step, FLYT_STREAM_schelling_move, 0, words);
    for (uint32_t i = 0; i < n; i++) { /* as flyt_rng_below() */
        slot[i] = (uint32_t)((word[1][i] * n_empty + (word[0][i] * n_empty >> 32)) >> 32);
    }
    for (uint32_t i = 0; i < n; i++) {
        rank[i] = flyt_schelling_mix(job->order, (uint32_t)uid[i]);
    }
    for (uint32_t i = 0; world->params.move == FLYT_SCHELLING_NEAREST && i < n; i++) {
        uint32_t to = flyt_schelling_nearest(world, from[i], word[0][i]);
        slot[i] = to == FLYT_NONE ? FLYT_NONE : world->uid[to];
    }
}

static uint32_t range_of(const struct step_job *job, uint32_t slot)
{
    return slot == FLYT_NONE ? RANGES : slot >> job->shift;
}

/** Draws a tile's proposals and groups them by range; last come those who found no cell. */
static void propose_tile(const struct step_job *job, uint32_t tile)
{
    struct proposal *at = job->proposal + (size_t)tile * TILE;
    struct drawn drawn;
    uint32_t n = tile_size(job, tile), next[RANGES + 1] = {0}, sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        drawn.from[i] = at[i].from;
    }
    for (uint32_t i = 0; i < n; i += DRAWS) {
        draw(job, &drawn, i, n - i < DRAWS ? n - i : DRAWS);
    }
    for (uint32_t i = 0; i < n; i++) {
        next[range_of(job, drawn.slot[i])]++;
    }
    for (uint32_t range = 0; range <= RANGES; range++) {
        uint32_t size = next[range];
        next[range] = sum;
        job->run[tile][range] = (uint16_t)sum;
        sum += size;
    }
    for (uint32_t i = 0; i < n; i++) {
        at[next[range_of(job, drawn.slot[i])]++] =
            (struct proposal){drawn.from[i], drawn.slot[i], {drawn.rank[i]}};
    }
}

static void propose(void *job, uint32_t first, uint32_t end)
{
    for (uint32_t tile = first; tile < end; tile++) {
        propose_tile(job, tile);
    }
}

/* ---- resolving ----------------------------------------------------------------------------- */

/** Asks for the proposals of a range that come next: runs are too short to be foreseen. */
static void fetch_run(const struct step_job *job, uint32_t tile, uint32_t range)
{
    if (tile < job->n_tiles) {
        const char *run = (const char *)(job->proposal + (size_t)tile * TILE);
        size_t at = job->run[tile][range] * sizeof(struct proposal);
        size_t end = job->run[tile][range + 1] * sizeof(struct proposal);
        for (; at < end; at += 64) {
            __builtin_prefetch(run + at, 1);
        }
    }
}

/** Gives the empty cells of a range to those who come first. */
static void resolve_range(const struct step_job *job, uint32_t range)
{
    struct flyt_schelling_slot *slots = job->world->slot;
    for (uint32_t tile = 0; tile < job->n_tiles; tile++) {
        const struct proposal *proposal = job->proposal + (size_t)tile * TILE;
        fetch_run(job, tile + 2, range);
        for (uint32_t i = job->run[tile][range]; i < job->run[tile][range + 1]; i++) {
            struct flyt_schelling_slot *slot = &slots[proposal[i].slot];
            slot->claim = proposal[i].rank < slot->claim ? proposal[i].rank : slot->claim;
        }
    }
    for (uint32_t tile = 0; tile < job->n_tiles; tile++) {
        struct proposal *proposal = job->proposal + (size_t)tile * TILE;
        for (uint32_t i = job->run[tile][range]; i < job->run[tile][range + 1]; i++) {
            struct flyt_schelling_slot *slot = &slots[proposal[i].slot];
            bool won = slot->claim == proposal[i].rank; /* nobody else has this rank */
            uint32_t to = slot->cell;
            slot->cell = won ? proposal[i].from : to; /* its old home is the slot's empty cell */
            slot->claim = won ? FLYT_NONE : slot->claim;
            proposal[i].to = won ? to : FLYT_NONE;
        }
    }
}

static void resolve(void *job, uint32_t first, uint32_t end)
{
    for (uint32_t range = first; range < end; range++) {
        resolve_range(job, range);
    }
}

/** Those of a tile who won their cell move. */
static void move_tile(const struct step_job *job, uint32_t tile)
{
    enum { AHEAD = 24 };
    struct flyt_schelling *world = job->world;
    const struct proposal *proposal = job->proposal + (size_t)tile * TILE;
    uint32_t n = job->run[tile][RANGES], n_won = 0;
    uint16_t winner[TILE];
    winner[0] = 0;
    for (uint32_t i = 0; i < n; i++) { /* no branch: who wins cannot be foreseen */
        winner[n_won] = (uint16_t)i;
        n_won += proposal[i].to != FLYT_NONE;
    }
    for (uint32_t i = 0; i < n_won; i++) {
        uint32_t ahead = proposal[winner[i + AHEAD < n_won ? i + AHEAD : i]].to;
        __builtin_prefetch(&world->grid[ahead], 1);
        __builtin_prefetch(&world->uid[ahead], 1);
        const struct proposal *won = &proposal[winner[i]];
        world->grid[won->to] = world->grid[won->from];
        world->grid[won->from] = 0;
        world->uid[won->to] = world->uid[won->from];
        world->uid[won->from] = won->slot;
    }
    job->n_moved[tile] = n_won;
}

static void move(void *job, uint32_t first, uint32_t end)
{
    for (uint32_t tile = first; tile < end; tile++) {
        move_tile(job, tile);
    }
}

/* ---- a step -------------------------------------------------------------------------------- */

static enum flyt_status take(struct step_job *job)
{
    struct flyt_arena *arena = job->world->step_arena;
    uint32_t n_blocks = job->world->par.n_blocks;
    job->first = FLYT_ARENA_ARRAY(arena, uint32_t, n_blocks + 1);
    if (job->first == NULL) {
        return FLYT_ERR_MEMORY;
    }
    job->first[0] = 0;
    for (uint32_t block = 0; block < n_blocks; block++) {
        job->first[block + 1] = job->first[block] + job->world->n_unhappy[block];
    }
    job->n = job->first[n_blocks];
    job->n_tiles = (job->n + TILE - 1) / TILE;
    bool ok = true;
    ok &= (job->proposal = FLYT_ARENA_ARRAY(arena, struct proposal, job->n)) != NULL;
    ok &= (job->run = flyt_arena_take(arena, job->n_tiles, sizeof *job->run)) != NULL;
    ok &= (job->n_moved = FLYT_ARENA_ARRAY(arena, uint64_t, job->n_tiles)) != NULL;
    return ok ? FLYT_OK : FLYT_ERR_MEMORY;
}

enum flyt_status flyt_schelling_parallel(struct flyt_schelling *world, uint32_t step)
{
    const uint64_t nobody = UINT64_C(1) << 32; /* uids have 32 bits */
    const uint32_t no_uid = UINT32_C(1) << 31; /* and are below this */
    struct step_job job = {.world = world, .step = step};
    world->moves = 0;
    FLYT_TRY(take(&job));
    if (world->n_empty == 0 || job.n == 0) {
        return FLYT_OK;
    }
    job.order = flyt_rng_word(world->key, nobody, step, FLYT_STREAM_schelling_move, 0) | no_uid;
    uint32_t ranges = job.n / RUN < 1 ? 1 : job.n / RUN < RANGES ? job.n / RUN : RANGES;
    while ((world->n_empty - 1) >> job.shift >= ranges) {
        job.shift++;
    }
    struct flyt_par par = flyt_schelling_par(world, job.n);
    flyt_par_blocks_even(&par, list_block, &job);
    if (world->params.move == FLYT_SCHELLING_NEAREST) { /* some look far */
        flyt_par_ranges(&par, job.n_tiles, propose, &job);
    } else {
        flyt_par_ranges_even(&par, job.n_tiles, propose, &job);
    }
    flyt_par_ranges_even(&par, ((world->n_empty - 1) >> job.shift) + 1, resolve, &job);
    flyt_par_ranges_even(&par, job.n_tiles, move, &job);
    for (uint32_t tile = 0; tile < job.n_tiles; tile++) {
        world->moves += job.n_moved[tile];
    }
    if (world->params.torus) {
        flyt_schelling_wrap(world);
    }
    flyt_schelling_sweep(world);
    return FLYT_OK;
}
