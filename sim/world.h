/**
 * @file world.h
 * @brief The state of one world as columns: households, dwellings, sections, municipalities.
 *
 * Owns where each number of the state lies and what must always hold of it. Knows no Danish rule:
 * what tenure 2 means is the model's business. Layout: docs/ENGINE.md.
 */
#ifndef FLYT_WORLD_H
#define FLYT_WORLD_H

#include "sim/archive.h"
#include "sim/model.h"

#define FLYT_PURPOSES 4 /* hazards screened by luck each month */

/** The household's hot row: type, name, array suffix, unit, what it is. One cache line. */
#define FLYT_HOUSEHOLD_ROW(X)                                                                      \
    X(uint32_t, home, , "dwelling", "where it lives; a hidden household: where it stays")          \
    X(uint32_t, section, , "section", "of that dwelling")                                          \
    X(uint32_t, wanted, , "dwelling", "what it has agreed to take in this round, or FLYT_NONE")    \
    X(int32_t, gross_ore, [2], "0.01 DKK/month", "wage or benefit of each adult before tax")       \
    X(int32_t, disposable_ore, , "0.01 DKK/month", "income of the household after tax")            \
    X(int64_t, savings_ore, , "0.01 DKK", "savings when they were last settled")                   \
    X(int16_t, born, [2], "month", "birth of each adult, months since January 1900")               \
    X(int16_t, child_born, [6], "month", "birth of each child at home, also adult children")       \
    X(int16_t, work_since, [2], "month", "since when each adult is in its work state")             \
    X(int16_t, moved_in, , "month", "since when it lives there")                                   \
    X(int16_t, search_since, , "month", "since when it looks for a home, or FLYT_NO_MONTH")        \
    X(int16_t, settled, , "month", "when savings were last settled")                               \
    X(uint8_t, work, [2], "index", "work state of each adult")                                     \
    X(uint8_t, person, [2], "bits", "sex, education, approval, attachment, frailty")               \
    X(uint8_t, origin, , "bits", "origin (2), language (2), married (1), social cases (2)")        \
    X(uint8_t, flags, , "bits", "FLYT_HIDDEN, FLYT_FORCED, ...")

/** What is looked at seldom: at most one more cache line. */
#define FLYT_HOUSEHOLD_COLD(X)                                                                     \
    X(int64_t, debt_ore, , "0.01 DKK", "mortgage debt")                                            \
    X(int64_t, price_ore, , "0.01 DKK", "what the owner paid for the home")                        \
    X(int64_t, equity_ore, , "0.01 DKK", "co-ownership equity")                                    \
    X(uint16_t, list_organisation, [3], "list", "waiting lists it stands on (models/lists.h)")     \
    X(int16_t, list_since, [3], "month", "since when, 0: the place is free")                       \
    X(int16_t, convicted, [2], "month", "last conviction of each adult")                           \
    X(uint16_t, earning, [2], "1/1024", "earning factor of each adult")                            \
    X(uint32_t, child_helped, , "quarters", "each child's in programmes, 5 bits each, to 31")      \
    X(uint8_t, deprived_months, [6], "months", "each child's months in deprived areas, to 255")    \
    X(uint8_t, child_sex, , "bits", "sex of each child at home, bit 0 of the first")               \
    X(uint8_t, programme, , "index", "which programme, also after it has ended")                   \
    X(int16_t, programme_end, , "month", "until when it takes part in a programme")                \
    X(uint8_t, refusals, , "bits", "offers refused since sign-up, 2 bits a list")                  \
    X(uint8_t, reason, , "index", "why it looks for a home")                                       \
    X(int16_t, queued_since, , "month", "since when in the queue of acute need, 0: it is not")     \
    X(uint16_t, programme_area, , "area", "where it lived when the programme began")

struct flyt_household {
#define X(type, name, array, ...) type name array;
    FLYT_HOUSEHOLD_ROW(X)
#undef X
} __attribute__((aligned(64)));

struct flyt_household_cold {
#define X(type, name, array, ...) type name array;
    FLYT_HOUSEHOLD_COLD(X)
#undef X
} __attribute__((aligned(64)));

_Static_assert(sizeof(struct flyt_household) == 64, "one cache line");
_Static_assert(sizeof(struct flyt_household_cold) == 64, "one cache line");

#define FLYT_CLOSED (FLYT_NONE - 1) /* occupant of a home not built yet, or pulled down */
#define FLYT_NO_MONTH INT16_MIN     /* no such person, or never */

enum flyt_household_flag {
    FLYT_HIDDEN = 1,  /* wants a home of its own, stays in another household's meanwhile */
    FLYT_FORCED = 2,  /* must find a home: its reservation falls month by month */
    FLYT_QUEUED = 4,  /* in the municipality's queue of acute need */
    FLYT_LOOKING = 8, /* a single who looks for a partner */
    FLYT_LISTED = 16, /* on its block's list of searchers */
    FLYT_BIDDER = 32, /* has bid on an owner's home in this search */
};

/**
 * Households by row. A block owns the rows [flyt_world_first(b), flyt_world_first(b + 1)) and uses
 * the first n_rows[b] of them; a row with uid 0 is free. An index is valid within a month;
 * identity is the uid. Rows from `capacity` on belong to no block: those who look for a home here
 * from outside.
 */
struct flyt_households {
    uint32_t capacity, n_outside;
    uint32_t *n_rows;       /* [n_blocks] rows of the block that were ever used */
    struct flyt_list *free; /* [n_blocks] free rows among them */
    uint64_t *uid;
    uint16_t *bound[FLYT_PURPOSES]; /* upper limits of the hazards, in 1/65536 a month */
    uint16_t *luck[FLYT_LUCK];      /* plane p + 4 * (month odd): the uniforms of purpose p */
    struct flyt_household *row;
    struct flyt_household_cold *cold;
};

struct flyt_dwellings {
    uint32_t n;
    uint32_t *occupant; /* household, FLYT_NONE: vacant, FLYT_CLOSED: no home now */
    uint32_t *section;
    uint8_t *rooms;
    uint16_t *area_m2;
    int16_t *empty_since; /* month it fell vacant; only of vacant homes */
};

/** Sections by municipality, then by tenure, so that those of one market lie together. */
struct flyt_sections {
    uint32_t n;
    uint32_t *municipality;
    uint8_t *tenure;
    uint8_t *kind; /* the model's finer kind of home */
    uint32_t *area;
    uint32_t *organisation; /* FLYT_NONE: none */
    uint32_t *table_row;    /* where it stands in the scenario's table */
    uint32_t *first;        /* [n + 1] first dwelling: a section's dwellings lie together */
    uint32_t *n_open;       /* homes that are not FLYT_CLOSED */
};

/** Areas in the order of their table. */
struct flyt_areas {
    uint32_t n;
    const char *const *name;
    uint32_t *municipality;
    uint8_t *listed; /* the model's list status */
    bool *known;     /* on a list at the start, or the model's tables tell a value of it */
};

struct flyt_municipalities {
    uint32_t n;
    const char *const *name;
};

/* Working state of the model's parts: each is declared in the header named here. */
struct flyt_params;             /* models/params.h */
struct flyt_housing;            /* models/housing.h */
struct flyt_livelihood;         /* models/livelihood.h */
struct flyt_ledger;             /* models/ledger.h */
struct flyt_resources;          /* models/resources.h */
struct flyt_composition;        /* models/composition.h */
struct flyt_listing;            /* models/listing.h */
struct flyt_reputation;         /* models/reputation.h */
struct flyt_segregation_series; /* models/segregation_series.h */
struct flyt_life;               /* models/lifecourse.h */
struct flyt_mobility;           /* models/mobility.h */
struct flyt_decomposition;      /* models/decomposition.h */
struct flyt_letting;            /* models/letting.h */
struct flyt_policies;           /* models/policy.h */
struct flyt_stock;              /* models/stock.h */
struct flyt_market;             /* models/market.h */
struct flyt_prices;             /* models/prices.h */
struct flyt_choice_state;       /* models/choice.h */
struct flyt_offers;             /* models/offers.h */
struct flyt_match;              /* models/match.h */

struct flyt_world {
    struct flyt_rng_key key;
    struct flyt_par par;
    uint32_t month;   /* of the run: 0 is the first */
    int16_t calendar; /* months since January 1900 */
    bool standing;    /* the pass before month 0: law, parameters, lists, stock are the start's */
    struct flyt_households households;
    uint32_t n_hidden; /* households with FLYT_HIDDEN, kept by whoever sets and clears the flag */
    struct flyt_dwellings dwellings;
    struct flyt_sections sections;
    struct flyt_areas areas;
    struct flyt_municipalities municipalities;
    const struct flyt_params *params; /* of this year */
    struct flyt_housing *housing;
    struct flyt_livelihood *livelihood;
    struct flyt_ledger *ledger;
    struct flyt_resources *resources;
    struct flyt_composition *composition;
    struct flyt_listing *listing;
    struct flyt_reputation *reputation;
    struct flyt_segregation_series *segregation;
    struct flyt_life *life;
    struct flyt_mobility *mobility;           /* NULL: moves are not counted */
    struct flyt_decomposition *decomposition; /* NULL: neither are areas' changes */
    struct flyt_letting *letting;
    struct flyt_policies *policies;
    struct flyt_stock *stock;
    struct flyt_market *market;
    struct flyt_prices *prices; /* NULL: homes cost nothing */
    struct flyt_choice_state *choice;
    struct flyt_offers *offers;
    struct flyt_match *match;
    struct flyt_arena *run_arena, *step_arena;
    struct flyt_diag *diag;
};

/** @brief Bytes of the columns for so many rows and dwellings. */
uint64_t flyt_world_bytes(uint64_t n_rows, uint64_t n_dwellings);

/** @brief Rows to take where so many homes can fill: room for hidden households and for building.
 *         Rows never used cost address space, not memory. */
uint32_t flyt_world_capacity(uint32_t n_homes);

/** @brief Takes the columns; all rows are free, all dwellings vacant, sections unset.
 *         `households.n_outside` is set before, 0 for none. */
FLYT_NODISCARD enum flyt_status flyt_world_init(struct flyt_world *world, uint32_t capacity,
                                                uint32_t n_dwellings, uint32_t n_sections);

/** @brief First row a block owns; of block n_blocks: the capacity. */
static inline uint32_t flyt_world_first(const struct flyt_world *world, uint32_t block)
{
    return flyt_par_first(world->households.capacity, world->par.n_blocks, block);
}

/** @brief End of the rows a block uses. */
static inline uint32_t flyt_world_end(const struct flyt_world *world, uint32_t block)
{
    return flyt_world_first(world, block) + world->households.n_rows[block];
}

/**
 * @brief A row for a new household: no adults, children, home or wish, with its luck of this month.
 * @param near  a household whose block is preferred (its mother's), or FLYT_NONE: by uid.
 * @return FLYT_NONE when all rows are used. Threads: call from serial code.
 */
uint32_t flyt_world_add(struct flyt_world *world, uint32_t near, uint64_t uid);

/** @brief Begins to fetch a household's rows from memory: a few households before they are read. */
static inline void flyt_world_fetch(const struct flyt_world *world, uint32_t household)
{
    __builtin_prefetch(&world->households.row[household]);
    __builtin_prefetch(&world->households.cold[household]);
}

/** @brief The same of the first row, and the uid. */
static inline void flyt_world_fetch_row(const struct flyt_world *world, uint32_t household)
{
    __builtin_prefetch(&world->households.row[household]);
    __builtin_prefetch(&world->households.uid[household]);
}

/** @brief The block that owns a row below the capacity. */
uint32_t flyt_world_block(const struct flyt_world *world, uint32_t household);

/** Runs a statement for each household `i` of all blocks, in row order. */
#define FLYT_EACH_HOUSEHOLD(world, i)                                                              \
    for (uint32_t block_##i = 0; block_##i < (world)->par.n_blocks; block_##i++)                   \
        for (uint32_t i = flyt_world_first(world, block_##i);                                      \
             i < flyt_world_end(world, block_##i); i++)                                            \
            if ((world)->households.uid[i] != 0)

/** The same for each household of the blocks of a part, of n_parts into which they are cut. */
#define FLYT_EACH_HOUSEHOLD_OF(world, part, n_parts, i)                                            \
    for (uint32_t block_##i = flyt_par_first((world)->par.n_blocks, n_parts, part);                \
         block_##i < flyt_par_first((world)->par.n_blocks, n_parts, (part) + 1); block_##i++)      \
        for (uint32_t i = flyt_world_first(world, block_##i);                                      \
             i < flyt_world_end(world, block_##i); i++)                                            \
            if ((world)->households.uid[i] != 0)

/** Adds what a household counts for to cells of a sum. */
typedef void flyt_world_tally(const struct flyt_world *world, uint32_t household, int64_t *cell);

/**
 * @brief Sums over all households, cell by cell; whole numbers, so on any number of threads the
 *        same. Parallel; scratch: step arena, without room for it serial.
 * @param cell  [n_cells] out.
 */
void flyt_world_sum(const struct flyt_world *world, flyt_world_tally *tally, uint32_t n_cells,
                    int64_t *cell);

/** @brief Makes a row that of a new household with this uid: what flyt_world_add() does to it, but
 *         for its luck. For those who fill a world in parallel. */
void flyt_world_clear(struct flyt_world *world, uint32_t household, uint64_t uid);

/** @brief Frees a household's row; its home must have been left. Threads: call from serial code. */
void flyt_world_remove(struct flyt_world *world, uint32_t household);

/** @brief Households now, hidden ones among them. */
uint32_t flyt_world_count(const struct flyt_world *world);

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

/** @brief Walks the columns, month and counts; the luck is drawn anew. */
void flyt_world_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief Walks a column of the households: the rows that blocks use, then `n_outside` more. */
void flyt_world_archive_rows(const struct flyt_world *world, struct flyt_archive *archive,
                             const char *name, void *data, size_t size, uint32_t n_outside);

/** @brief The rows that blocks use of a column that is filled anew before it is read. */
void flyt_world_scratch_rows(const struct flyt_world *world, struct flyt_archive *archive,
                             const char *name, void *data, size_t size);

/** @brief Hash of all households' state that no order of rows, blocks or threads changes. */
uint64_t flyt_world_hash(const struct flyt_world *world);

#endif
