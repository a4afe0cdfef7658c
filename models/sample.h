/**
 * @file sample.h
 * @brief A housing scenario made k times smaller, for calibration.
 *
 * Every section is kept and has one in k of its homes, so that each household still chooses among
 * as many sections, areas, organisations and towns as before: taste, distance, lists and law work
 * as in the whole. What is rounded is carried on along the table, kind of home by kind of home:
 * the sample's homes of a kind are 1/k of all to within one home, in all and along every stretch of
 * the table (a town), and so are its vacancies. Rates, shares and waiting times then stay the same
 * in expectation; their noise grows by the square root of k. Not kept: neighbours of an area are k
 * times fewer, so its shares are noisier, and areas of a handful of homes mean little.
 */
#ifndef FLYT_SAMPLE_H
#define FLYT_SAMPLE_H

#include "sim/scenario.h"

/**
 * @brief Changes a loaded scenario in place: homes and households of sections, homes of the stock
 *        plan, known numbers of persons, and how many residents an area on a list must have.
 * @return FLYT_ERR_SCENARIO when fewer than one household would be left. No random numbers.
 */
FLYT_NODISCARD enum flyt_status flyt_sample_scenario(struct flyt_scenario *scenario, uint32_t k,
                                                     struct flyt_arena *arena,
                                                     struct flyt_diag *diag);

#endif
