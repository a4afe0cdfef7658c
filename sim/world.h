/**
 * @file world.h
 * @brief The state of one world as columns: households, dwellings, sections, municipalities.
 *
 * Owns where each number of the state lies and what must always hold of it. Knows no Danish rule:
 * what tenure 2 means is the model's business. Layout: docs/ENGINE.md.
 */
#ifndef FLYT_WORLD_H
#define FLYT_WORLD_H

#include "sim/list.h"
#include "sim/model.h"

#define FLYT_PURPOSES 4 /* hazards screened by luck each month */

/** The household's hot row: type, name, unit, what it is. One cache line. */
#define FLYT_HOUSEHOLD_ROW(X)                                                                      \
    X(uint32_t, home, "dwelling", "the home it lives in, FLYT_NONE when it has none")              \
    X(uint32_t, wanted, "section", "where it looks for a home, FLYT_NONE when it does not")        \
    X(int16_t, born, "month", "birth of the oldest adult, months since January 1900")              \
    X(int16_t, moved_in, "month", "since when it lives there, months since January 1900")          \
    X(int16_t, search_since, "month", "since when it is on the list, months since January 1900")   \
    X(uint8_t, type, "index", "household type")

struct flyt_household {
#define X(type, name, ...) type name;
    FLYT_HOUSEHOLD_ROW(X)
#undef X
} __attribute__((aligned(64)));

_Static_assert(sizeof(struct flyt_household) == 64, "one cache line");

/** Households by row. An index is valid within a month; identity is the uid. */
struct flyt_households {
    uint32_t n;
    uint64_t *uid;
    uint16_t *bound[FLYT_PURPOSES]; /* upper limits of the hazards, in 1/65536 a month */
    uint16_t *luck[FLYT_LUCK];      /* plane p + 4 * (month odd): the uniforms of purpose p */
    struct flyt_household *row;
};

struct flyt_dwellings {
    uint32_t n;
    uint32_t *occupant; /* household, FLYT_NONE: vacant */
    uint32_t *section;
};

struct flyt_sections {
    uint32_t n;
    uint32_t *municipality;
    uint8_t *tenure;
    uint32_t *first; /* [n + 1] first dwelling: a section's dwellings lie together */
};

struct flyt_municipalities {
    uint32_t n;
    const char *const *name;
};

struct flyt_params;  /* models/params.h */
struct flyt_housing; /* the model's own working state, models/housing.h */

struct flyt_world {
    struct flyt_rng_key key;
    struct flyt_par par;
    uint32_t month;   /* of the run: 0 is the first */
    int16_t calendar; /* months since January 1900 */
    struct flyt_households households;
    struct flyt_dwellings dwellings;
    struct flyt_sections sections;
    struct flyt_municipalities municipalities;
    const struct flyt_params *params; /* of this year */
    struct flyt_housing *housing;
    struct flyt_arena *run_arena, *step_arena;
    struct flyt_diag *diag;
};

/** What one household and one dwelling take, with the scratch of a month. */
uint64_t flyt_world_bytes(uint64_t n_households, uint64_t n_dwellings);

/** @brief Takes the columns; rows are left unset but for bounds, which are 0. */
FLYT_NODISCARD enum flyt_status flyt_world_init(struct flyt_world *world, uint32_t n_households,
                                                uint32_t n_dwellings, uint32_t n_sections);

/** @brief First household row of a block; of block n_blocks: the number of rows. */
static inline uint32_t flyt_world_first(const struct flyt_world *world, uint32_t block)
{
    return flyt_par_first(world->households.n, world->par.n_blocks, block);
}

/** @brief Renews the luck of a block's households: called by the sweep of each even month. */
void flyt_world_draw_luck(struct flyt_world *world, uint32_t block);

/**
 * @brief The households of a block whose luck is below their bound, in row order.
 * @param out  capacity at least the block's rows; emptied first.
 */
void flyt_world_screen(const struct flyt_world *world, uint32_t block, uint32_t purpose,
                       struct flyt_list *out);

/** @brief 48 bits of the uniform whose first 16 bits are the household's luck. In [0, 1). */
double flyt_world_luck(const struct flyt_world *world, uint32_t purpose, enum flyt_stream more,
                       uint32_t household);

/** @brief A monthly hazard as a bound: rounded up to 1/65536. */
uint16_t flyt_world_bound(double hazard);

/**
 * @brief What must always hold, cheaply, each month: counts conserved.
 * @return FLYT_ERR_INVARIANT with a fault.
 */
FLYT_NODISCARD enum flyt_status flyt_world_check(const struct flyt_world *world);

/** @brief The full check: one home per household, one household per home, no uid twice. */
FLYT_NODISCARD enum flyt_status flyt_world_check_fully(const struct flyt_world *world);

/** @brief Hash of all households' state that no order of rows, blocks or threads changes. */
uint64_t flyt_world_hash(const struct flyt_world *world);

#endif
