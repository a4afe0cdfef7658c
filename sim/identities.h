/**
 * @file identities.h
 * @brief What targets must be among themselves, before anything is simulated: shares of one whole
 *        that name all its parts sum to 100.
 */
#ifndef FLYT_IDENTITIES_H
#define FLYT_IDENTITIES_H

#include "sim/targets.h"
#include "sim/text.h"

/** @brief Sum of the percent targets that are parts of the same series over that whole series;
 *         NaN when the i-th target is no such share, or not the first of its whole. */
double flyt_identities_sum(const struct flyt_targets *targets, uint32_t i, uint32_t *n_parts);

/** @brief A line for each whole of which more than one part is known. */
void flyt_identities_write(const struct flyt_targets *targets, enum flyt_lang lang,
                           struct flyt_text *text);

#endif
