/**
 * @file standstill_parts.h
 * @brief What standstill.c and standstill_lay.c share.
 */
#ifndef FLYT_STANDSTILL_PARTS_H
#define FLYT_STANDSTILL_PARTS_H

#include "models/standstill.h"

/** @brief Writes down the copy's households as donors, and their cells. */
FLYT_NODISCARD enum flyt_status flyt_standstill_collect(const struct flyt_world *world,
                                                        struct flyt_arena *arena,
                                                        struct flyt_standstill *found);

#endif
