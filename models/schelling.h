/**
 * @file schelling.h
 * @brief Schelling's grid: agents of several groups who move when too few neighbours are alike.
 *
 * Two rules, which are different models and give different results. `sequential`: in each step all
 * agents are activated one by one in an order drawn anew; an unhappy one moves at once. `parallel`:
 * all who are unhappy in the state before the step propose a cell that was empty then; a cell that
 * several want goes to the least of a total order that ends in the uid, the others stay.
 * The engine's month is one step. The world takes about 6 bytes an agent under the sequential rule,
 * 14 under the parallel one (density .8).
 * Source: Schelling, Dynamic models of segregation, Journal of Mathematical Sociology 1 (1971).
 */
#ifndef FLYT_SCHELLING_H
#define FLYT_SCHELLING_H

#include "sim/arena.h"
#include "sim/model.h"

#define SCHELLING_GROUPS_MAX 8
#define SCHELLING_SOURCE "Schelling 1971"

#define SCHELLING_PARAMS(X)                                                                        \
    X(count, rows, "cells", 51, 3, 20000, assumed, "docs/VERIFICATION.md section 2",               \
      "Rows of the grid.", "Rækker i gitteret.")                                                   \
    X(count, columns, "cells", 51, 3, 20000, assumed, "docs/VERIFICATION.md section 2",            \
      "Columns of the grid.", "Søjler i gitteret.")                                                \
    X(flag, torus, "1", 1, 0, 1, assumed, "docs/VERIFICATION.md section 2",                        \
      "Whether opposite edges meet.", "Om modstående kanter mødes.")                               \
    X(count, radius, "cells", 1, 1, 7, assumed, SCHELLING_SOURCE,                                  \
      "Neighbours are all cells at most this far in both directions (Moore).",                     \
      "Naboer er alle felter højst så langt væk i begge retninger (Moore).")                       \
    X(count, groups, "1", 2, 2, SCHELLING_GROUPS_MAX, assumed, SCHELLING_SOURCE,                   \
      "Groups of agents.", "Grupper af agenter.")                                                  \
    SCHELLING_SHARE(X, 1)                                                                          \
    SCHELLING_SHARE(X, 2)                                                                          \
    SCHELLING_SHARE(X, 3)                                                                          \
    SCHELLING_SHARE(X, 4)                                                                          \
    SCHELLING_SHARE(X, 5)                                                                          \
    SCHELLING_SHARE(X, 6)                                                                          \
    SCHELLING_SHARE(X, 7)                                                                          \
    SCHELLING_SHARE(X, 8)                                                                          \
    X(real, density, "share of cells", 0.95, 0, 1, assumed, "docs/VERIFICATION.md section 2",      \
      "Share of the cells that are occupied.", "Andel af felterne der er optaget.")                \
    X(choice, threshold, "share|count", 0, 0, 1, assumed, SCHELLING_SOURCE,                        \
      "Whether `want` is a share of the occupied neighbours or a number of neighbours.",           \
      "Om `want` er en andel af de optagne naboer eller et antal naboer.")                         \
    X(real, want, "share or neighbours", 0.3, 0, 224, assumed, "docs/VERIFICATION.md section 2",   \
      "Least like neighbours of a happy agent.", "Færrest ens naboer hos en tilfreds agent.")      \
    X(choice, rule, "sequential|parallel", 0, 0, 1, assumed, SCHELLING_SOURCE,                     \
      "One by one in random order, or all at once: propose, then resolve.",                        \
      "En ad gangen i tilfældig rækkefølge, eller alle på én gang: foreslå, så afgør.")            \
    X(choice, move, "random_empty|nearest_satisfying", 0, 0, 1, assumed, SCHELLING_SOURCE,         \
      "Where an unhappy agent goes: any empty cell, or the nearest where it would be happy.",      \
      "Hvor en utilfreds agent flytter hen: et tomt felt, eller det nærmeste hvor den er "        \
      "tilfreds.")                                                                                 \
    X(count, reach, "cells", 20000, 1, 20000, assumed, SCHELLING_SOURCE,                           \
      "How far the nearest satisfying cell is looked for.",                                        \
      "Hvor langt væk der ledes efter det nærmeste tilfredsstillende felt.")                       \
    X(count, map_cells, "cells", 200, 1, 20000, assumed, "chosen for the size of result files",    \
      "Most rows and columns of the grid kept in the result: its upper left corner.",              \
      "Flest rækker og søjler af gitteret der gemmes i resultatet: øverste venstre hjørne.")

#define SCHELLING_SHARE(X, k)                                                                      \
    X(real, share_##k, "weight", 1, 0, 1e6, assumed, SCHELLING_SOURCE,                             \
      "Weight of group " #k " among the agents.", "Vægt af gruppe " #k " blandt agenterne.")

struct flyt_schelling_params {
#define X(type, name, ...) flyt_##type name;
    SCHELLING_PARAMS(X)
#undef X
};

enum flyt_schelling_rule { FLYT_SCHELLING_SEQUENTIAL, FLYT_SCHELLING_PARALLEL };
enum flyt_schelling_move { FLYT_SCHELLING_RANDOM_EMPTY, FLYT_SCHELLING_NEAREST };
enum flyt_schelling_threshold { FLYT_SCHELLING_SHARE, FLYT_SCHELLING_COUNT };

/** Sums over the agents of one state. */
struct flyt_schelling_sums {
    uint64_t same;     /* like neighbours, summed over agents */
    uint64_t occupied; /* neighbours, summed over agents */
    uint64_t unhappy;  /* agents */
};

/** An empty cell under the parallel rule. */
struct flyt_schelling_slot {
    uint32_t cell;
    uint32_t claim; /* least rank of those who propose it in a step; between steps FLYT_NONE */
};

/**
 * A grid and its agents. A `cell` is an index into the padded grid: `radius` cells wider on all
 * sides, filled with copies of the opposite edge (torus) or empty. Belongs to the run's arena.
 */
struct flyt_schelling {
    struct flyt_schelling_params params;
    struct flyt_rng_key key;
    struct flyt_par par;
    struct flyt_arena *step_arena;
    uint32_t rows, columns, radius, stride; /* stride: cells of a padded row */
    uint32_t n_agents, n_empty;
    uint32_t group_size[SCHELLING_GROUPS_MAX];
    uint8_t need[256];  /* [neighbours of a cell, itself included]: like ones needed, same */
    uint8_t *grid;      /* [padded cells] 0: empty, else the bit of the group */
    uint32_t *empty;    /* sequential: [n_empty] empty cells, when agents move to a random one */
    uint32_t *position; /* sequential: [n_agents] cell of each, in order of last activation */
    uint32_t *uid;      /* parallel: [padded cells] the agent's uid; of an empty cell: its slot */
    struct flyt_schelling_slot *slot; /* parallel: [n_empty] */
    uint64_t *unhappy;                /* parallel: [rows][words of 64 columns] a bit a cell */
    uint32_t *n_unhappy;              /* parallel: [n_blocks] */
    struct flyt_schelling_sums *part; /* [n_blocks][groups] scratch of flyt_schelling_measure() */
    uint64_t moves;                   /* in the last step */
};

/** @brief The eight weights of the groups, in a row. */
const double *flyt_schelling_shares(const struct flyt_schelling_params *params);

/** @brief Agents and bytes of a world, scratch of a step included (all agents unhappy). */
uint64_t flyt_schelling_agents(const struct flyt_schelling_params *params);
uint64_t flyt_schelling_bytes(const struct flyt_schelling_params *params,
                              const struct flyt_par *par);

/**
 * @brief Makes a grid: agents at random places, groups in exact proportion (largest remainder).
 * @param params  as flyt_schelling_model.check() lets them pass.
 * @param args    key, par and arenas are used; the world lives in run_arena.
 * @return FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_schelling_create(const struct flyt_schelling_params *params,
                                                      const struct flyt_model_args *args,
                                                      struct flyt_schelling **out);

/**
 * @brief One step by the rule of the world. The step arena is empty before it.
 * @return FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_schelling_step(struct flyt_schelling *world, uint32_t step);

/** @brief Walks the grid and who is where. */
void flyt_schelling_archive(struct flyt_schelling *world, struct flyt_archive *archive);

/** @brief Changes how many like neighbours are wanted, from the next step on. */
void flyt_schelling_want(struct flyt_schelling *world, double want);

/**
 * @brief Like neighbours, neighbours and unhappy agents, counted from the grid. Parallel.
 * @param by_group  out: [groups] the sums over each group's agents; may be NULL.
 * @return the sums over all agents.
 */
struct flyt_schelling_sums flyt_schelling_measure(const struct flyt_schelling *world,
                                                  struct flyt_schelling_sums *by_group);

/** @brief Group at a row and column: 0 empty, 1 the first group. */
uint32_t flyt_schelling_group(const struct flyt_schelling *world, uint32_t row, uint32_t column);

extern const struct flyt_model flyt_schelling_model;

#endif
