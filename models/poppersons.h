/**
 * @file poppersons.h
 * @brief Makes the persons of one household of the start from the cell it was drawn in.
 *
 * Everything a cell does not say is drawn from the household's own numbers: ages inside the band,
 * the partner, children, language, length of stay; and, once home and persons stand,
 * savings and debt. Knows nothing of how cells are fitted (popcells.h).
 */
#ifndef FLYT_POPPERSONS_H
#define FLYT_POPPERSONS_H

#include "models/popcells.h"
#include "sim/world.h"

#define FLYT_POP_AGES 111

/** Tables by year of age, ready to be read by many threads. */
struct flyt_poppersons {
    const struct flyt_popcells *cells;
    double savings[FLYT_N_TENURES][FLYT_POP_AGES], savings_sd[FLYT_N_TENURES][FLYT_POP_AGES];
    double loan_to_value[FLYT_N_TENURES][FLYT_POP_AGES];
    const double *price_dkk_m2; /* [rows of sections.csv] */
};

/** @brief Reads the tables of wealth and prices. */
void flyt_poppersons_read(const struct flyt_scenario *scenario, const struct flyt_popcells *cells,
                          struct flyt_poppersons *out);

/**
 * @brief Fills adults, children and background of a cleared row; its section is set.
 * @param group  the group of that section. Threads: writes only the household.
 */
void flyt_poppersons_fill(const struct flyt_poppersons *persons, struct flyt_world *world,
                          uint32_t household, uint32_t group, struct flyt_popcell cell);

/** @brief Language and approval of educations anew, after the household's origin was changed. */
void flyt_poppersons_settle_origin(const struct flyt_poppersons *persons, struct flyt_world *world,
                                   uint32_t household);

/** @brief Savings, debt and purchase price: persons and home must stand. Own row only. */
void flyt_poppersons_settle_wealth(const struct flyt_poppersons *persons, struct flyt_world *world,
                                   uint32_t household);

#endif
