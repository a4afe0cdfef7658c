/**
 * @file childhood.h
 * @brief Where children grow up: months in deprived areas, and quarters of a year in programmes.
 *
 * What they do to a child's schooling when it leaves home is leaving.h's. Both are kept by child,
 * so they go along when parents part or join; nothing else in the model reads them.
 * Children who stay with their parents in another household's home gather no months meanwhile.
 * ASSUMPTION: at the start a child has been where it lives since its birth or its family's move.
 * Source: docs/MODEL.md sections 2, 4 and 7.
 */
#ifndef FLYT_CHILDHOOD_H
#define FLYT_CHILDHOOD_H

#include "models/people.h"

/** @brief Months before the start. Areas' lists must stand. */
void flyt_childhood_create(struct flyt_world *world);

/** @brief A month passes, for all below 18 in areas on a list of deprived areas. Serial: few
 *         sections are. */
void flyt_childhood_step(struct flyt_world *world);

/** @brief A month of a programme passes, for those below 18. @param left  months until it ends:
 *         every third is a quarter. Serial. */
void flyt_childhood_help(struct flyt_world *world, uint32_t household, int32_t left);

/** @brief Of all children below 18 at home: how many, and their months in deprived areas. */
void flyt_childhood_sum(const struct flyt_world *world, int64_t *n, int64_t *months);

#endif
