/**
 * @file logit_blocks.h
 * @brief Moves between blocks by logit acceptance, whose stationary law is known exactly.
 *
 * Q blocks of H cells. A trial: a random mover, a random vacant cell, accepted with
 * 1 / (1 + exp(-du/T)), du the gain in utility, counted after arrival. Utility is a function of the
 * share of the block's cells that the mover's own group takes up. Then the states have
 * P(n) proportional to the product over blocks of (ways to place the agents) times
 * exp((1/T) sum over groups and k up to the group's number in the block of u(k/H)).
 * The engine's month is `trials` trials; the output variables are means over them.
 * Source: the one-group model of Grauwin, Bertin, Lemoy and Jensen, PNAS 106 (2009).
 */
#ifndef FLYT_LOGIT_BLOCKS_H
#define FLYT_LOGIT_BLOCKS_H

#include "sim/arena.h"
#include "sim/model.h"

#define LOGIT_BLOCKS_SOURCE "docs/VERIFICATION.md section 2"

#define LOGIT_BLOCKS_PARAMS(X)                                                                     \
    X(count, blocks, "blocks", 2, 2, 1000, assumed, LOGIT_BLOCKS_SOURCE, "Blocks.", "Blokke.")     \
    X(count, cells, "cells", 3, 1, 10000, assumed, LOGIT_BLOCKS_SOURCE, "Cells of a block.",       \
      "Felter i en blok.")                                                                         \
    X(count, agents_1, "agents", 3, 1, 10000000, assumed, LOGIT_BLOCKS_SOURCE,                     \
      "Agents of the first group.", "Agenter i første gruppe.")                                    \
    X(count, agents_2, "agents", 0, 0, 10000000, assumed, LOGIT_BLOCKS_SOURCE,                     \
      "Agents of the second group.", "Agenter i anden gruppe.")                                    \
    X(real, inverse_temperature, "1/utility", 5, 0, 1000, assumed, LOGIT_BLOCKS_SOURCE,            \
      "1/T: how strongly utility decides; 0: not at all.",                                         \
      "1/T: hvor stærkt nytten afgør; 0: slet ikke.")                                              \
    X(choice, utility, "peaked|own_share", 0, 0, 1, assumed, LOGIT_BLOCKS_SOURCE,                  \
      "Utility of the own group's share r of the cells: peaked at a half, or r itself.",           \
      "Nytte af egen gruppes andel r af felterne: størst ved en halv, eller r selv.")              \
    X(real, full_utility, "utility", 0.5, 0, 1, assumed, LOGIT_BLOCKS_SOURCE,                      \
      "Peaked utility of a full block (m): 2r up to r = .5, then m + 2(1 - m)(1 - r).",            \
      "Nytte af en fuld blok (m): 2r til r = 0,5, derefter m + 2(1 - m)(1 - r).")                  \
    X(count, trials, "trials", 10000, 1, 100000000, assumed, "chosen for short runs",              \
      "Trials in a month.", "Forsøg på en måned.")

struct flyt_logit_blocks_params {
#define X(type, name, ...) flyt_##type name;
    LOGIT_BLOCKS_PARAMS(X)
#undef X
};

enum flyt_logit_blocks_utility { FLYT_LOGIT_BLOCKS_PEAKED, FLYT_LOGIT_BLOCKS_OWN_SHARE };

/** Means over the trials of one month. */
struct flyt_logit_blocks_means {
    double utility;         /* of an agent */
    double largest_density; /* of the fullest block, agents over cells */
    double dissimilarity;   /* D of the two groups over the blocks; 0 with one group */
    double isolation;       /* chance that a fellow resident of a block is of the first group, over
                               the first group's agents (xPx); 1 with one group */
};

struct flyt_logit_blocks {
    struct flyt_logit_blocks_params params;
    struct flyt_rng_key key;
    uint32_t n_agents, n_vacant;
    uint32_t *block_of; /* [n_agents] the first group's agents first */
    uint32_t *vacant;   /* [n_vacant] block of each vacant cell */
    uint32_t *n[2];     /* [blocks] agents of each group */
    double *utility;    /* [cells + 1] by agents of the own group, oneself included */
    double *time_first; /* [cells + 1] share of the month with so many of group 1 in block 1 */
    uint64_t accepted;  /* moves in the month to another block */
    struct flyt_logit_blocks_means means;
};

/**
 * @brief Makes the world, agents at random places.
 * @param params  fewer agents than cells.
 * @return FLYT_ERR_MEMORY. Memory: the world lives in run_arena; no scratch.
 */
FLYT_NODISCARD enum flyt_status
flyt_logit_blocks_create(const struct flyt_logit_blocks_params *params,
                         const struct flyt_model_args *args, struct flyt_logit_blocks **out);

/** @brief `trials` trials. Serial: every trial depends on the one before. */
void flyt_logit_blocks_step(struct flyt_logit_blocks *world, uint32_t month);

extern const struct flyt_model flyt_logit_blocks_model;

#endif
