/**
 * @file schelling_parts.h
 * @brief What the files of the grid model share: cells, groups as bits, and who is happy where.
 */
#ifndef FLYT_SCHELLING_PARTS_H
#define FLYT_SCHELLING_PARTS_H

#include <string.h>

#include "models/schelling.h"

/** Groups are bits of a cell's byte: 0, 4, 1, 5, ... so that the counts of two groups add up in
 *  the two halves of one byte. */
static inline uint8_t flyt_schelling_bit(uint32_t group)
{
    return (uint8_t)(1u << (group % 2 * 4 + group / 2));
}

static inline uint32_t flyt_schelling_cell(const struct flyt_schelling *world, uint32_t row,
                                           uint32_t column)
{
    return (row + world->radius) * world->stride + column + world->radius;
}

/** Like ones of `code`, and all agents, in the neighbourhood of a cell, itself included. */
struct flyt_schelling_around {
    uint32_t like, occupied;
};

/** Three neighbouring cells in the low bytes; a fourth above them is read and ignored. */
static inline uint32_t flyt_schelling_three(const uint8_t *cell)
{
    uint32_t bytes;
    memcpy(&bytes, cell, sizeof bytes);
    return bytes;
}

/** 1 in the bytes that are not 0. */
static inline uint32_t flyt_schelling_any(uint32_t bytes)
{
    bytes |= bytes >> 4 & UINT32_C(0x0F0F0F0F);
    bytes |= bytes >> 2 & UINT32_C(0x03030303);
    return (bytes | bytes >> 1) & UINT32_C(0x01010101);
}

static inline struct flyt_schelling_around flyt_schelling_look(const struct flyt_schelling *world,
                                                               uint32_t cell, uint8_t code)
{
    const uint32_t ones = UINT32_C(0x010101);
    struct flyt_schelling_around around = {0, 0};
    const uint8_t *at = world->grid + cell;
    bool by_share = world->params.threshold == FLYT_SCHELLING_SHARE;
    if (world->radius == 1) {
        const uint8_t *row = at - 1;
        uint32_t a = flyt_schelling_three(row - world->stride), b = flyt_schelling_three(row);
        uint32_t c = flyt_schelling_three(row + world->stride);
        int bit = __builtin_ctz(code);
        uint32_t like = (a >> bit & ones) + (b >> bit & ones) + (c >> bit & ones);
        around.like = (uint32_t)(like * ones) >> 16 & 0xFF;
        if (by_share) {
            uint32_t all = flyt_schelling_any(a) + flyt_schelling_any(b) + flyt_schelling_any(c);
            around.occupied = (all & UINT32_C(0xFFFFFF)) * ones >> 16 & 0xFF;
        }
        return around;
    }
    int32_t radius = (int32_t)world->radius;
    for (int32_t dy = -radius; dy <= radius; dy++) {
        const uint8_t *row = at + dy * (int32_t)world->stride;
        for (int32_t dx = -radius; dx <= radius; dx++) {
            around.like += row[dx] == code;
            around.occupied += row[dx] != 0;
        }
    }
    return around;
}

/** Whether the agent that lives in the cell is happy there. */
static inline bool flyt_schelling_happy(const struct flyt_schelling *world, uint32_t cell)
{
    struct flyt_schelling_around around = flyt_schelling_look(world, cell, world->grid[cell]);
    return around.like >= world->need[around.occupied];
}

/** A permutation of the 32-bit numbers picked by `word`: an order of them without ties. Only the
 *  number that equals `word` becomes FLYT_NONE. */
static inline uint32_t flyt_schelling_mix(uint32_t word, uint32_t number)
{
    uint32_t h = number ^ word;
    h = (h ^ h >> 16) * UINT32_C(0x85EBCA6B); /* the finaliser of MurmurHash3 */
    h = (h ^ h >> 13) * UINT32_C(0xC2B2AE35);
    return ~(h ^ h >> 16);
}

/**
 * @brief The nearest empty cell where the agent of `from` would be happy once it has moved.
 *
 * Nearest by king's moves; among equally near ones the least in the order picked by `word`.
 * @return FLYT_NONE when there is none within `reach`.
 */
uint32_t flyt_schelling_nearest(const struct flyt_schelling *world, uint32_t from, uint32_t word);

/** Column, of 64, that a bit of `unhappy` stands for: bit k of byte j is column 8 k + j. */
static inline uint32_t flyt_schelling_column(uint32_t bit)
{
    return (bit & 7) << 3 | bit >> 3;
}

/** As many threads as pay for this much work, in about ten nanoseconds: a barrier takes some
 *  microseconds. */
static inline struct flyt_par flyt_schelling_par(const struct flyt_schelling *world, uint32_t work)
{
    struct flyt_par par = world->par;
    par.n_threads = work < 4096 ? 1 : par.n_threads;
    return par;
}

/** Copies the edges of a torus to the margin on the other side. */
void flyt_schelling_wrap(struct flyt_schelling *world);

/** Puts a group's bit (0: nobody) into a cell and into its copies in the margin. */
void flyt_schelling_put(struct flyt_schelling *world, uint32_t cell, uint8_t code);

/** One step of each rule. */
void flyt_schelling_sequential(struct flyt_schelling *world, uint32_t step);
FLYT_NODISCARD enum flyt_status flyt_schelling_parallel(struct flyt_schelling *world,
                                                        uint32_t step);

/** Fills `unhappy` and `n_unhappy` from the grid. Parallel over blocks of rows. */
void flyt_schelling_sweep(struct flyt_schelling *world);

#endif
