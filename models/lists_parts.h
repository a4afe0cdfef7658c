/**
 * @file lists_parts.h
 * @brief What lists.c and lists_join.c share.
 */
#ifndef FLYT_LISTS_PARTS_H
#define FLYT_LISTS_PARTS_H

#include "models/lists.h"

enum { FLYT_LISTS_FAMILY, FLYT_LISTS_YOUTH };

/** @brief Which of an organisation's lists lets the homes of a section; FLYT_NONE: none. */
uint32_t flyt_lists_kind(const struct flyt_world *world, uint32_t section);

/** @brief Those of a block who look for a home sign up; block n_blocks: those outside. */
void flyt_lists_search(void *world, uint32_t block);

/** Who stands on lists when the run begins. */
struct flyt_lists_start_job {
    struct flyt_world *world;
    double *scale; /* [n_municipalities] chance to stand on a list over the yearly rate */
};

/** @brief Gives a block's households their memberships of the start. */
void flyt_lists_start_block(void *job, uint32_t block);

/** @brief Yearly rate of signing up of a household that does not look for a home. */
double flyt_lists_start_rate(const struct flyt_world *world, uint32_t household);

#endif
