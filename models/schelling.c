/**
 * @file schelling.c
 * @brief Makes the grid model's world, and what both rules need: cells, edges, the nearest home.
 */
#include "models/schelling.h"

#include <math.h>

#include "models/schelling_parts.h"
#include "sim/num.h"

/* ---- sizes --------------------------------------------------------------------------------- */

uint64_t flyt_schelling_agents(const struct flyt_schelling_params *params)
{
    return (uint64_t)(params->density * (double)params->rows * (double)params->columns + 0.5);
}

static uint64_t padded_cells(const struct flyt_schelling_params *params)
{
    return (uint64_t)(params->rows + 2 * params->radius) * (params->columns + 2 * params->radius);
}

static uint32_t words_per_row(uint32_t columns)
{
    return (columns + 63) / 64;
}

uint64_t flyt_schelling_bytes(const struct flyt_schelling_params *params,
                              const struct flyt_par *par)
{
    uint64_t padded = padded_cells(params), n = flyt_schelling_agents(params);
    uint64_t n_cells = (uint64_t)params->rows * params->columns, n_empty = n_cells - n;
    uint64_t small =
        (uint64_t)par->n_blocks * params->groups * sizeof(struct flyt_schelling_sums) + (1 << 16);
    if (params->rule == FLYT_SCHELLING_SEQUENTIAL) {
        return small + padded + n_cells * sizeof(uint32_t);
    }
    /* proposals of 12 bytes; at the start the order of all cells */
    uint64_t step = 12 * n, start = n_cells * sizeof(uint32_t);
    return small + padded * (1 + sizeof(uint32_t)) + (step > start ? step : start) +
           n_empty * sizeof(struct flyt_schelling_slot) +
           (uint64_t)params->rows * words_per_row(params->columns) * sizeof(uint64_t);
}

const double *flyt_schelling_shares(const struct flyt_schelling_params *params)
{
    return &params->share_1;
}

_Static_assert(offsetof(struct flyt_schelling_params, share_8) -
                       offsetof(struct flyt_schelling_params, share_1) ==
                   (SCHELLING_GROUPS_MAX - 1) * sizeof(double),
               "the shares follow each other");

/* ---- the start ----------------------------------------------------------------------------- */

/** Sizes of groups by largest remainder; of equal remainders the first group's. */
static void size_groups(struct flyt_schelling *world)
{
    uint32_t n_groups = world->params.groups, left = world->n_agents;
    const double *share = flyt_schelling_shares(&world->params);
    double sum = flyt_num_sum(share, n_groups), rest[SCHELLING_GROUPS_MAX];
    for (uint32_t g = 0; g < n_groups; g++) {
        double exact = share[g] / sum * world->n_agents;
        uint32_t whole = (uint32_t)exact;
        world->group_size[g] = whole < left ? whole : left;
        rest[g] = exact - (double)whole;
        left -= world->group_size[g];
    }
    while (left > 0) {
        uint32_t most = 0;
        for (uint32_t g = 1; g < n_groups; g++) {
            most = rest[g] > rest[most] ? g : most;
        }
        world->group_size[most]++;
        rest[most] = -1.0;
        left--;
    }
}

/** Like ones needed, itself included, by the agents in the neighbourhood, itself included. */
static void fill_need(struct flyt_schelling *world)
{
    const double hair = 1e-9; /* .3 of 10 is 3, whatever the rounding of .3 */
    for (uint32_t n = 0; n < FLYT_COUNT(world->need); n++) {
        double others = n == 0 ? 0.0 : (double)(n - 1);
        double want = world->params.threshold == FLYT_SCHELLING_SHARE ? world->params.want * others
                                                                      : world->params.want;
        world->need[n] = (uint8_t)(ceil(want - hair) + 1.0);
    }
}

/** All cells in random order (Fisher and Yates). */
static void shuffle_cells(const struct flyt_schelling *world, uint32_t *cell)
{
    enum { TILE = 512 };
    uint32_t n = world->rows * world->columns, word[4][TILE], at = 0;
    uint64_t uid[TILE];
    uint32_t *const words[4] = {word[0], word[1], word[2], word[3]};
    for (uint32_t row = 0; row < world->rows; row++) {
        for (uint32_t column = 0; column < world->columns; column++) {
            cell[at++] = flyt_schelling_cell(world, row, column);
        }
    }
    for (uint32_t first = 0; first < n; first += TILE) {
        uint32_t end = n - first < TILE ? n : first + TILE;
        for (uint32_t i = first; i < end; i++) {
            uid[i - first] = i;
        }
        flyt_rng_blocks(world->key, uid, end - first, 0, FLYT_STREAM_schelling_start, 0, words);
        for (uint32_t i = first; i < end; i++) {
            uint64_t high = (uint64_t)word[1][i - first] * (n - i);
            uint64_t low = (uint64_t)word[0][i - first] * (n - i);
            uint32_t other = i + (uint32_t)((high + (low >> 32)) >> 32), kept = cell[i];
            cell[i] = cell[other];
            cell[other] = kept;
        }
    }
}

/** The first of the shuffled cells are lived in, group after group; the others are empty. */
static void settle(struct flyt_schelling *world, const uint32_t *cell)
{
    uint32_t i = 0;
    for (uint32_t g = 0; g < world->params.groups; g++) {
        for (uint32_t k = 0; k < world->group_size[g]; k++) {
            world->grid[cell[i++]] = flyt_schelling_bit(g);
        }
    }
    if (world->params.torus) {
        flyt_schelling_wrap(world);
    }
    if (world->params.rule == FLYT_SCHELLING_PARALLEL) {
        for (i = 0; i < world->n_agents; i++) {
            world->uid[cell[i]] = i;
        }
        for (i = 0; i < world->n_empty; i++) {
            uint32_t empty = cell[world->n_agents + i];
            world->slot[i] = (struct flyt_schelling_slot){.cell = empty, .claim = FLYT_NONE};
            world->uid[empty] = i;
        }
        flyt_schelling_sweep(world);
    }
}

static enum flyt_status take(struct flyt_schelling *world, struct flyt_arena *arena,
                             uint32_t **order)
{
    const size_t slack = 64; /* behind the last cell, read but not used */
    size_t n_cells = (size_t)world->rows * world->columns;
    size_t padded = (size_t)padded_cells(&world->params);
    bool ok = true;
    ok &= (world->grid = FLYT_ARENA_ZERO(arena, uint8_t, padded + slack)) != NULL;
    ok &=
        (world->part = FLYT_ARENA_ZERO(arena, struct flyt_schelling_sums,
                                       (size_t)world->par.n_blocks * world->params.groups)) != NULL;
    if (world->params.rule == FLYT_SCHELLING_SEQUENTIAL) {
        ok &= (*order = FLYT_ARENA_ARRAY(arena, uint32_t, n_cells)) != NULL;
        world->position = *order;
        world->empty = *order == NULL ? NULL : *order + world->n_agents;
        return ok ? FLYT_OK : FLYT_ERR_MEMORY;
    }
    size_t n_words = (size_t)world->rows * words_per_row(world->columns);
    ok &= (*order = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, n_cells)) != NULL;
    ok &= (world->uid = FLYT_ARENA_ARRAY(arena, uint32_t, padded)) != NULL;
    ok &=
        (world->slot = FLYT_ARENA_ARRAY(arena, struct flyt_schelling_slot, world->n_empty)) != NULL;
    ok &= (world->unhappy = FLYT_ARENA_ARRAY(arena, uint64_t, n_words)) != NULL;
    ok &= (world->n_unhappy = FLYT_ARENA_ZERO(arena, uint32_t, world->par.n_blocks)) != NULL;
    return ok ? FLYT_OK : FLYT_ERR_MEMORY;
}

void flyt_schelling_archive(struct flyt_schelling *world, struct flyt_archive *archive)
{
    size_t padded = (size_t)padded_cells(&world->params);
    FLYT_ARCHIVE_VALUE(archive, "schelling.want", world->params.want);
    FLYT_ARCHIVE_ARRAY(archive, "schelling.need", world->need, FLYT_COUNT(world->need));
    FLYT_ARCHIVE_ARRAY(archive, "schelling.grid", world->grid, padded);
    FLYT_ARCHIVE_VALUE(archive, "schelling.moves", world->moves);
    FLYT_ARCHIVE_SCRATCH(archive, "schelling.part", world->part,
                         (size_t)world->par.n_blocks * world->params.groups);
    if (world->params.rule == FLYT_SCHELLING_SEQUENTIAL) {
        FLYT_ARCHIVE_ARRAY(archive, "schelling.position", world->position, world->n_agents);
        FLYT_ARCHIVE_ARRAY(archive, "schelling.empty", world->empty, world->n_empty);
        flyt_archive_check(archive, "schelling.position", world->position, world->n_agents,
                           (uint32_t)padded, FLYT_NONE);
        flyt_archive_check(archive, "schelling.empty", world->empty, world->n_empty,
                           (uint32_t)padded, FLYT_NONE);
        return;
    }
    FLYT_ARCHIVE_ARRAY(archive, "schelling.uid", world->uid, padded);
    FLYT_ARCHIVE_ARRAY(archive, "schelling.slot", world->slot, world->n_empty);
    FLYT_ARCHIVE_ARRAY(archive, "schelling.unhappy", world->unhappy,
                       (size_t)world->rows * words_per_row(world->columns));
    FLYT_ARCHIVE_ARRAY(archive, "schelling.n_unhappy", world->n_unhappy, world->par.n_blocks);
    for (uint32_t i = 0; i < world->n_empty && flyt_archive_reads(archive); i++) {
        flyt_archive_require(archive, "schelling.slot", world->slot[i].cell < padded);
    }
}

enum flyt_status flyt_schelling_create(const struct flyt_schelling_params *params,
                                       const struct flyt_model_args *args,
                                       struct flyt_schelling **out)
{
    struct flyt_schelling *world = FLYT_ARENA_ZERO(args->run_arena, struct flyt_schelling, 1);
    uint32_t *order = NULL;
    if (world == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->params = *params;
    world->key = args->key;
    world->par = args->par;
    world->step_arena = args->step_arena;
    world->rows = params->rows;
    world->columns = params->columns;
    world->radius = params->radius;
    world->stride = params->columns + 2 * params->radius;
    world->n_agents = (uint32_t)flyt_schelling_agents(params);
    world->n_empty = params->rows * params->columns - world->n_agents;
    FLYT_TRY(take(world, args->run_arena, &order));
    size_groups(world);
    fill_need(world);
    shuffle_cells(world, order);
    settle(world, order);
    *out = world;
    return FLYT_OK;
}

/* ---- cells --------------------------------------------------------------------------------- */

uint32_t flyt_schelling_group(const struct flyt_schelling *world, uint32_t row, uint32_t column)
{
    uint8_t code = world->grid[flyt_schelling_cell(world, row, column)];
    uint32_t bit = code == 0 ? 0 : (uint32_t)__builtin_ctz(code);
    return code == 0 ? 0 : 1 + bit % 4 * 2 + bit / 4;
}

/** The margins of a block's rows, and the copies of those rows beyond the opposite edge. */
static void wrap_block(void *job, uint32_t block)
{
    struct flyt_schelling *world = job;
    size_t radius = world->radius, stride = world->stride, columns = world->columns;
    uint32_t rows = world->rows, end = flyt_par_first(rows, world->par.n_blocks, block + 1);
    for (uint32_t y = flyt_par_first(rows, world->par.n_blocks, block); y < end; y++) {
        uint8_t *row = world->grid + (radius + y) * stride;
        memcpy(row, row + columns, radius);
        memcpy(row + radius + columns, row + radius, radius);
        if (y < radius) {
            memcpy(row + rows * stride, row, stride);
        }
        if (y + radius >= rows) {
            memcpy(row - rows * stride, row, stride);
        }
    }
}

void flyt_schelling_wrap(struct flyt_schelling *world)
{
    struct flyt_par par = flyt_schelling_par(world, 8 * world->rows);
    flyt_par_blocks_even(&par, wrap_block, world);
}

void flyt_schelling_put(struct flyt_schelling *world, uint32_t cell, uint8_t code)
{
    world->grid[cell] = code;
    if (!world->params.torus) {
        return;
    }
    int64_t rows = world->rows, columns = world->columns, radius = world->radius;
    int64_t row = cell / world->stride, column = cell % world->stride;
    if (row >= 2 * radius && row < rows && column >= 2 * radius && column < columns) {
        return; /* no copy in the margin */
    }
    for (int64_t y = row - rows; y <= row + rows; y += rows) {
        for (int64_t x = column - columns; x <= column + columns; x += columns) {
            if (y >= 0 && y < rows + 2 * radius && x >= 0 && x < columns + 2 * radius) {
                world->grid[y * world->stride + x] = code;
            }
        }
    }
}

/* ---- the nearest satisfying cell ----------------------------------------------------------- */

/** A search around the cell of one agent. */
struct search {
    const struct flyt_schelling *world;
    uint8_t code;
    uint32_t row, column, word;
    uint32_t best, best_rank;
};

/** The place `offset` away on an axis of n; FLYT_NONE when that is outside or reached from the
 *  other side. */
static uint32_t along(uint32_t at, int64_t offset, uint32_t n, bool torus)
{
    int64_t place = (int64_t)at + offset;
    if (torus) {
        int64_t away = offset < 0 ? -offset : offset;
        return 2 * away > (int64_t)n ? FLYT_NONE : (uint32_t)((place + n) % n);
    }
    return place < 0 || place >= (int64_t)n ? FLYT_NONE : (uint32_t)place;
}

static void try_cell(struct search *search, int64_t dy, int64_t dx)
{
    const struct flyt_schelling *world = search->world;
    uint32_t row = along(search->row, dy, world->rows, world->params.torus);
    uint32_t column = along(search->column, dx, world->columns, world->params.torus);
    if (row == FLYT_NONE || column == FLYT_NONE) {
        return;
    }
    uint32_t cell = flyt_schelling_cell(world, row, column);
    if (world->grid[cell] != 0) {
        return;
    }
    int64_t radius = world->radius;
    uint32_t leaves = dy >= -radius && dy <= radius && dx >= -radius && dx <= radius;
    struct flyt_schelling_around around = flyt_schelling_look(world, cell, search->code);
    /* the agent is one more there, and no longer its own neighbour */
    uint32_t like = around.like + 1 - leaves, occupied = around.occupied + 1;
    occupied -= world->params.threshold == FLYT_SCHELLING_SHARE ? leaves : 0;
    uint32_t rank = flyt_schelling_mix(search->word, cell);
    if (like >= world->need[occupied] && (search->best == FLYT_NONE || rank < search->best_rank)) {
        search->best = cell;
        search->best_rank = rank;
    }
}

uint32_t flyt_schelling_nearest(const struct flyt_schelling *world, uint32_t from, uint32_t word)
{
    struct search search = {.world = world,
                            .code = world->grid[from],
                            .row = from / world->stride - world->radius,
                            .column = from % world->stride - world->radius,
                            .word = word,
                            .best = FLYT_NONE};
    uint32_t longer = world->rows > world->columns ? world->rows : world->columns;
    int64_t most = world->params.torus ? longer / 2 : longer - 1;
    most = most < world->params.reach ? most : world->params.reach;
    for (int64_t d = 1; d <= most && search.best == FLYT_NONE; d++) {
        for (int64_t k = -d; k <= d; k++) {
            try_cell(&search, -d, k);
            try_cell(&search, d, k);
        }
        for (int64_t k = 1 - d; k <= d - 1; k++) {
            try_cell(&search, k, -d);
            try_cell(&search, k, d);
        }
    }
    return search.best;
}

/* ---- steps --------------------------------------------------------------------------------- */

enum flyt_status flyt_schelling_step(struct flyt_schelling *world, uint32_t step)
{
    if (world->params.rule == FLYT_SCHELLING_PARALLEL) {
        return flyt_schelling_parallel(world, step);
    }
    flyt_schelling_sequential(world, step);
    return FLYT_OK;
}

void flyt_schelling_want(struct flyt_schelling *world, double want)
{
    bool changes = world->params.want < want || world->params.want > want;
    world->params.want = want;
    if (changes) {
        fill_need(world);
    }
    if (changes && world->params.rule == FLYT_SCHELLING_PARALLEL) {
        flyt_schelling_sweep(world);
    }
}
