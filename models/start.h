/**
 * @file start.h
 * @brief The start population: homes and households of the tables, ages and types by tenure.
 *
 * Source: the scenario's tables (municipalities, stock, households), each with its own source.
 */
#ifndef FLYT_START_H
#define FLYT_START_H

#include "sim/world.h"

/** Homes and households of one world, from the table of stock. */
void flyt_start_count(const struct flyt_scenario *scenario, uint64_t *n_homes,
                      uint64_t *n_households);

/**
 * @brief Fills sections, dwellings and households of a world whose columns are taken.
 *
 * A section is a (municipality, tenure). Vacant homes are spread evenly over it. Type and age are
 * drawn together from the table of households, the time since moving in from the move rate.
 * Parallel over blocks of households. Memory: scratch from step_arena.
 */
FLYT_NODISCARD enum flyt_status flyt_start_fill(struct flyt_world *world);

#endif
