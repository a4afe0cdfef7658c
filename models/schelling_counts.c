/**
 * @file schelling_counts.c
 * @brief Like neighbours of all agents at once: who is unhappy, and the sums that are recorded.
 *
 * A row at a time in bytes: sums over the rows of the neighbourhood, then along the row; the usual
 * case of two groups and eight neighbours counts both groups in one byte. Plain loops that
 * vectorise.
 */
#include "models/schelling_parts.h"

/* ---- counting a row ------------------------------------------------------------------------ */

/** Columns that are counted together; a margin of the largest radius on both sides. */
enum { CHUNK = 4096, MARGIN = 8 };

/** Counts of one chunk of a row. Lives on the stack. */
struct counts {
    uint8_t column[CHUNK + 2 * MARGIN]; /* sums over the rows of the neighbourhood */
    uint8_t like[CHUNK], occupied[CHUNK];
    uint8_t flag[CHUNK]; /* 1: lived in and unhappy */
};

/** Two groups and eight neighbours: both groups' counts are the halves of one byte. */
FLYT_CLONES static void count_two_groups(const struct flyt_schelling *world, const uint8_t *cell,
                                         uint32_t n, struct counts *restrict counts)
{
    const uint8_t *at = cell - 1, *up = at - world->stride, *down = at + world->stride;
    uint8_t *column = counts->column;
    for (size_t i = 0; i < n + 2; i++) {
        column[i] = (uint8_t)(up[i] + at[i] + down[i]);
    }
    for (size_t i = 0; i < n; i++) {
        uint8_t sum = (uint8_t)(column[i] + column[i + 1] + column[i + 2]);
        uint8_t half = (uint8_t)((cell[i] << 4) - cell[i]); /* 15 in the own group's half */
        uint8_t own = sum & half;
        counts->like[i] = (uint8_t)((own | own >> 4) & 15);
        counts->occupied[i] = (uint8_t)((sum & 15) + (sum >> 4));
    }
}

/** Adds one group, up to 225 cells. */
static void add_group(const struct flyt_schelling *world, const uint8_t *cell, uint32_t n,
                      uint8_t code, struct counts *restrict counts)
{
    uint32_t radius = world->radius, width = 2 * radius + 1;
    uint8_t *column = counts->column, *sum = counts->flag; /* flag: not in use yet */
    memset(column, 0, n + 2 * radius);
    memset(sum, 0, n);
    for (uint32_t y = 0; y < width; y++) {
        const uint8_t *row = cell - radius + (int64_t)world->stride * ((int64_t)y - radius);
        for (uint32_t i = 0; i < n + 2 * radius; i++) {
            column[i] = (uint8_t)(column[i] + (row[i] == code));
        }
    }
    for (uint32_t x = 0; x < width; x++) {
        for (uint32_t i = 0; i < n; i++) {
            sum[i] = (uint8_t)(sum[i] + column[i + x]);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        uint8_t own = (uint8_t) - (cell[i] == code);
        counts->like[i] = (uint8_t)(counts->like[i] + (sum[i] & own));
        counts->occupied[i] = (uint8_t)(counts->occupied[i] + sum[i]);
    }
}

/** Fills `like` and `occupied` of n cells of a row from `cell` on, each itself included; `like` of
 *  an empty cell is 0. */
static void count(const struct flyt_schelling *world, const uint8_t *cell, uint32_t n,
                  struct counts *counts)
{
    if (world->radius == 1 && world->params.groups == 2) {
        count_two_groups(world, cell, n, counts);
        return;
    }
    memset(counts->like, 0, n);
    memset(counts->occupied, 0, n);
    for (uint32_t g = 0; g < world->params.groups; g++) {
        add_group(world, cell, n, flyt_schelling_bit(g), counts);
    }
}

/** Marks who lives there and is unhappy. */
static void mark(const struct flyt_schelling *world, const uint8_t *cell, uint32_t n,
                 struct counts *restrict counts)
{
    if (world->params.threshold == FLYT_SCHELLING_COUNT) {
        uint8_t need = world->need[0];
        for (uint32_t i = 0; i < n; i++) {
            counts->flag[i] = (uint8_t)((cell[i] != 0) & (counts->like[i] < need));
        }
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint8_t need = world->need[counts->occupied[i]];
        counts->flag[i] = (uint8_t)((cell[i] != 0) & (counts->like[i] < need));
    }
}

/**
 * count() and mark() at once for two groups, eight neighbours and a number of them wanted. Only
 * sums, differences and shifts of bytes, so that it vectorises sixteen cells at a time: bit 7 of
 * like - need tells whether there are too few, as neither is above 128.
 */
FLYT_CLONES static void flag_two_groups(const struct flyt_schelling *world,
                                        const uint8_t *restrict cell, uint32_t n,
                                        uint8_t *restrict column, uint8_t *restrict flag)
{
    const uint8_t *at = cell - 1, *up = at - world->stride, *down = at + world->stride;
    const uint8_t need = world->need[0] < 16 ? world->need[0] : 16;
    for (size_t i = 0; i < n + 2; i++) {
        column[i] = (uint8_t)(up[i] + at[i] + down[i]);
    }
    for (size_t i = 0; i < n; i++) {
        uint8_t sum = (uint8_t)(column[i] + column[i + 1] + column[i + 2]);
        uint8_t low = (uint8_t)((sum & 15) - need), high = (uint8_t)((sum >> 4) - need);
        uint8_t too_few = (uint8_t)((low >> 7) | (high >> 7 << 4));
        uint8_t here = too_few & cell[i];
        flag[i] = (uint8_t)(here | here >> 4) & 1;
    }
}

static void flag(const struct flyt_schelling *world, const uint8_t *cell, uint32_t n,
                 struct counts *counts)
{
    if (world->radius == 1 && world->params.groups == 2 &&
        world->params.threshold == FLYT_SCHELLING_COUNT) {
        flag_two_groups(world, cell, n, counts->column, counts->flag);
    } else {
        count(world, cell, n, counts);
        mark(world, cell, n, counts);
    }
}

/* ---- the unhappy of a state ---------------------------------------------------------------- */

static uint32_t ones_of(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (uint32_t)(bits * UINT64_C(0x0101010101010101) >> 56);
}

/** 64 n bytes of 0 and 1 to bits, in the order of flyt_schelling_column(). Returns how many are 1.
 */
FLYT_CLONES static uint32_t pack(const uint8_t *restrict flag, size_t n, uint64_t *restrict bits)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t word = 0, eight[8];
        memcpy(eight, flag + 64 * i, sizeof eight);
        for (int k = 0; k < 8; k++) {
            word |= eight[k] << k;
        }
        bits[i] = word;
    }
    for (size_t i = 0; i < n; i++) {
        sum += ones_of(bits[i]);
    }
    return sum;
}

static void sweep_block(void *job, uint32_t block)
{
    struct flyt_schelling *world = job;
    struct counts counts;
    uint32_t n_unhappy = 0, words = (world->columns + 63) / 64;
    uint32_t end = flyt_par_first(world->rows, world->par.n_blocks, block + 1);
    for (uint32_t row = flyt_par_first(world->rows, world->par.n_blocks, block); row < end; row++) {
        uint64_t *bits = world->unhappy + (size_t)row * words;
        for (uint32_t column = 0; column < world->columns; column += CHUNK) {
            uint32_t left = world->columns - column, n = left < CHUNK ? left : CHUNK;
            const uint8_t *cell = world->grid + flyt_schelling_cell(world, row, column);
            flag(world, cell, n, &counts);
            memset(counts.flag + n, 0, (64 - n % 64) % 64);
            n_unhappy += pack(counts.flag, (n + 63) / 64, bits + column / 64);
        }
    }
    world->n_unhappy[block] = n_unhappy;
}

void flyt_schelling_sweep(struct flyt_schelling *world)
{
    struct flyt_par par = flyt_schelling_par(world, world->rows * world->columns / 16);
    flyt_par_blocks_even(&par, sweep_block, world);
}

/** Adds the n counted cells of one group. */
static void add_sums(const uint8_t *cell, uint32_t n, uint8_t code, const struct counts *counts,
                     struct flyt_schelling_sums *sums)
{
    uint32_t same = 0, occupied = 0, unhappy = 0;
    for (uint32_t i = 0; i < n; i++) { /* everybody is in both counts of the own cell */
        uint8_t own = (uint8_t) - (cell[i] == code);
        same += (uint8_t)(counts->like[i] - 1) & own;
        occupied += (uint8_t)(counts->occupied[i] - 1) & own;
        unhappy += counts->flag[i] & own;
    }
    sums->same += same;
    sums->occupied += occupied;
    sums->unhappy += unhappy;
}

static void measure_block(void *job, uint32_t block)
{
    const struct flyt_schelling *world = job;
    struct counts counts;
    struct flyt_schelling_sums *sums = world->part + (size_t)block * world->params.groups;
    memset(sums, 0, world->params.groups * sizeof *sums);
    uint32_t end = flyt_par_first(world->rows, world->par.n_blocks, block + 1);
    for (uint32_t row = flyt_par_first(world->rows, world->par.n_blocks, block); row < end; row++) {
        for (uint32_t column = 0; column < world->columns; column += CHUNK) {
            uint32_t left = world->columns - column, n = left < CHUNK ? left : CHUNK;
            const uint8_t *cell = world->grid + flyt_schelling_cell(world, row, column);
            count(world, cell, n, &counts);
            mark(world, cell, n, &counts);
            for (uint32_t g = 0; g < world->params.groups; g++) {
                add_sums(cell, n, flyt_schelling_bit(g), &counts, &sums[g]);
            }
        }
    }
}

static void add(struct flyt_schelling_sums *to, const struct flyt_schelling_sums *more)
{
    to->same += more->same;
    to->occupied += more->occupied;
    to->unhappy += more->unhappy;
}

struct flyt_schelling_sums flyt_schelling_measure(const struct flyt_schelling *world,
                                                  struct flyt_schelling_sums *by_group)
{
    struct flyt_schelling at_work = *world; /* writes only its scratch */
    struct flyt_schelling_sums all = {0}, own[SCHELLING_GROUPS_MAX] = {{0}};
    uint32_t n_groups = world->params.groups;
    flyt_par_blocks(&world->par, measure_block, &at_work);
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        for (uint32_t g = 0; g < n_groups; g++) {
            add(&own[g], &world->part[(size_t)block * n_groups + g]);
        }
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        add(&all, &own[g]);
    }
    if (by_group != NULL) {
        memcpy(by_group, own, n_groups * sizeof *own);
    }
    return all;
}
