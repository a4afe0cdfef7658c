/**
 * @file letting.h
 * @brief In what order those who look for a home get one: lists in almen housing, chance elsewhere.
 *
 * First model: every almen home is let to the household longest on the municipality's list
 * (oprykning efter anciennitet); homes of other tenures go to searchers in keyed random order.
 * Knows nothing of why people search (search.h) or how a move is carried out (moves.h).
 */
#ifndef FLYT_LETTING_H
#define FLYT_LETTING_H

#include "sim/field.h"
#include "sim/world.h"

#define LETTING_PARAMS(X)                                                                          \
    X(count, list_months_most, "months", 120, 1, 600, assumed, "chosen for the first model",       \
      "Longest time on the list of almen homes; then the household gives up.",                     \
      "Længste tid på ventelisten til almene boliger; derefter opgiver husstanden.")               \
    X(count, rounds, "1/month", 4, 1, 12, assumed, "docs/MODEL.md section 3",                      \
      "Rounds a month: a home freed in one is offered in the next.",                               \
      "Runder pr. måned: en bolig, der frigøres i én, tilbydes i den næste.")

struct flyt_letting_params {
#define X(type, name, ...) flyt_##type name;
    LETTING_PARAMS(X)
#undef X
};

/** Who has decided to move in where; both indices valid within the month. */
struct flyt_move {
    uint32_t household, dwelling;
};

/**
 * @brief Matches the vacancies of every section with those who want a home there.
 *
 * Almen sections rank by (month of sign-up, uid), others by a keyed rank of the month; the uid
 * makes the order total. Homes are taken in order of a keyed hash of (dwelling, month), so that
 * one vacancy more or less touches few others.
 *
 * in: housing->vacant (by section), housing->applicants (grouped by market).
 * out: housing->moves from each section's first dwelling on, housing->n_let of them by section;
 * vacant holds what is left. Households and dwellings are left as they were.
 * @return FLYT_ERR_MEMORY. Memory: scratch from step_arena. Threads: call from serial code.
 */
FLYT_NODISCARD enum flyt_status flyt_letting_resolve(struct flyt_world *world);

#endif
