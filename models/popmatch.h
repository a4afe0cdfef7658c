/**
 * @file popmatch.h
 * @brief Counts what is known of places, and changes single persons until known shares are met.
 *
 * The cells meet a place's shares in expectation; chance and the couples' second adults leave a
 * few persons too many or too few. Those are changed in keyed order, so that each known share is
 * met to the nearest person (for shares of persons: household).
 */
#ifndef FLYT_POPMATCH_H
#define FLYT_POPMATCH_H

#include "models/poppersons.h"

/** Persons of a place as its values count them. Money in øre a month. */
struct flyt_popcount {
    int64_t households, almen, persons, children, old, nonwestern;
    int64_t working_age, employed, inside; /* adults 18-64; in work; in work or study */
    int64_t middle_age, basic;             /* adults 30-59; with basic schooling approved here */
    int64_t adults, convicted;             /* in the last year */
    int64_t gross_ore, disposable_ore;     /* of adults 18-64; of all households */
};

/** Households in the order of their sections, and where their rows are. */
struct flyt_poporder {
    const uint32_t *first;         /* [n_sections + 1] first household of each section */
    uint32_t n;                    /* households */
    struct flyt_ranked *candidate; /* [2 n] scratch of flyt_popmatch_correct() */
};

/** @brief Row of the i-th household. */
static inline uint32_t flyt_popmatch_row(const struct flyt_world *world,
                                         const struct flyt_poporder *order, uint32_t i)
{
    uint32_t n_blocks = world->par.n_blocks;
    uint32_t block = (uint32_t)((((uint64_t)i + 1) * n_blocks - 1) / order->n);
    return flyt_world_first(world, block) + i - flyt_par_first(order->n, n_blocks, block);
}

/** @brief Adds one household to a count. */
void flyt_popmatch_add(const struct flyt_world *world, uint32_t household,
                       struct flyt_popcount *count);

/**
 * @brief Counts all households by place: a municipality holds its areas too.
 * @param count  [cells->n_places], added to. Parallel. Memory: scratch from step_arena.
 */
FLYT_NODISCARD enum flyt_status flyt_popmatch_count(const struct flyt_world *world,
                                                    const struct flyt_popcells *cells,
                                                    struct flyt_popcount *count);

/**
 * @brief Value of a variable as the table of places gives it, and over how many persons it is a
 *        share (0: it is no share).
 * @param all  count of the whole scenario, for income_ratio.
 */
double flyt_popmatch_value(const struct flyt_popcount *count, const struct flyt_popcount *all,
                           enum flyt_variable variable, double *n);

/**
 * @brief Changes persons until one known count or share of each place is met.
 *
 * Areas first; their municipality then leaves them alone. Serial. Memory: scratch from step_arena.
 * @param variable  population, nonwestern, employed, outside_work, basic_schooling or convicted.
 */
FLYT_NODISCARD enum flyt_status flyt_popmatch_correct(struct flyt_world *world,
                                                      const struct flyt_poppersons *persons,
                                                      const struct flyt_poporder *order,
                                                      enum flyt_variable variable);

#endif
