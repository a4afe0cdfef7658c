/**
 * @file population.h
 * @brief The start population: sections, homes and households of the scenario's tables, fitted to
 *        what is published of the places.
 *
 * Order: cells are fitted for each kind of home in each place (popcells.h); every household takes
 * its cell by systematic sampling, so that the whole numbers of each group keep to the fitted ones
 * (controlled rounding); persons are made from the cell (poppersons.h); homes are given by size;
 * single persons are then changed until each known share is met to the nearest person
 * (popmatch.h). Source: the scenario's tables, each row with its own.
 */
#ifndef FLYT_POPULATION_H
#define FLYT_POPULATION_H

#include "models/popcells.h"
#include "sim/world.h"

/** @brief Homes and households of one world, from the table of sections. */
void flyt_population_count(const struct flyt_scenario *scenario, uint64_t *n_homes,
                           uint64_t *n_households);

/**
 * @brief Fills sections, areas, dwellings and households of a world whose columns are taken for
 *        these homes and as many sections as the table has rows.
 *
 * Persons, homes, savings and debt are set. When the world's livelihood stands (created, and its
 * first year begun), it then gives classes of the labour market, earning factors, social cases,
 * convictions and incomes (flyt_livelihood_start), and convictions are matched too.
 *
 * Sections lie by municipality, then class of tenure,
 * then as in the table. uids hash the section's name and the household's number in it; one that is
 * taken already is hashed again. Same bits for any number of threads and blocks.
 * @param cells  out: what was fitted, valid until step_arena is emptied. May be NULL.
 * @return FLYT_ERR_MEMORY. Memory: areas from run_arena, scratch from step_arena. Parallel.
 */
FLYT_NODISCARD enum flyt_status flyt_population_fill(struct flyt_world *world,
                                                     const struct flyt_scenario *scenario,
                                                     const struct flyt_start_params *params,
                                                     struct flyt_popcells *cells);

#endif
