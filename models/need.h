/**
 * @file need.h
 * @brief The municipality's queue: households it has to find a home for, in order of time.
 *
 * New cases of acute housing need arise among renters, the more the more vulnerable they are;
 * households long without a home of their own (guests.h) and refugees (migration.h) come with
 * FLYT_QUEUED set; those refused by almenboligloven section 51 b are owed another offer; those
 * whose home is taken down have first right. The queue of a municipality is one of the lists of
 * lists.h. A household leaves it when it is housed.
 */
#ifndef FLYT_NEED_H
#define FLYT_NEED_H

#include "models/lists.h"

struct flyt_need {
    struct flyt_list *fresh;     /* [n_blocks] new acute cases of this month */
    struct flyt_lists_list owed; /* refused by section 51 b, or to be rehoused */
    double per_adult;            /* yearly rate of a renting adult with V = 0 */
};

FLYT_NODISCARD enum flyt_status flyt_need_create(struct flyt_world *world);

/** @brief Renews the scale of the rate each January, so that need.cases per 1,000 adults arise. */
FLYT_NODISCARD enum flyt_status flyt_need_year(struct flyt_world *world);

/** @brief Walks who is owed a home, and the year's scale. */
void flyt_need_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief Yearly rate at which the household falls into acute need. */
double flyt_need_rate(const struct flyt_world *world, uint32_t household);

/** @brief Its greatest rate, whatever becomes of its resources. */
double flyt_need_rate_most(const struct flyt_world *world, uint32_t household);

/** @brief The household has fallen into acute need: it must find a home. Parallel over blocks. */
void flyt_need_event(struct flyt_world *world, uint32_t block, uint32_t household);

/** @brief Puts a household into the queue next month, as refused or to be rehoused. Serial. */
FLYT_NODISCARD enum flyt_status flyt_need_owe(struct flyt_world *world, uint32_t household,
                                              enum flyt_need_kind kind);

/** @brief Puts the queues in order: the housed leave, new ones enter. By flyt_lists_step(). */
FLYT_NODISCARD enum flyt_status flyt_need_step(struct flyt_world *world);

#endif
