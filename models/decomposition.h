/**
 * @file decomposition.h
 * @brief What changed each area's share of households with few resources in a year: those who
 *        stayed and changed class, who moved in and out, deaths and successions, and the stock.
 *
 * Counted at the end of December, when composition.h has counted, by comparing where each household
 * lives and its class with a year before. For each part two numbers are kept: households, and those
 * of them with few resources; over the parts they sum to the change of the area's counts. What each
 * part does to the share is made of the two (output/plot_decomposition.c), so that parts of years
 * and replicates can be added first.
 *
 * An area is left or entered for the stock's sake when the home left is there no more, or the home
 * entered was not there a year before. A household that dies elsewhere than it lived a year ago
 * has moved out. Households of outsiders and hidden ones live nowhere. Source: docs/MODEL.md
 * section 7.
 */
#ifndef FLYT_DECOMPOSITION_H
#define FLYT_DECOMPOSITION_H

#include "models/resources.h"

/** name, English, Danish */
#define FLYT_DECOMPOSITION_PARTS(X)                                                                \
    X(stayers, "Stayed, changed class", "Blev boende, skiftede klasse")                            \
    X(entry, "Moved in", "Tilflyttede")                                                            \
    X(exit, "Moved out", "Fraflyttede")                                                            \
    X(succession, "Deaths and successions", "Dødsfald og overtagelser")                            \
    X(stock, "Homes built or closed", "Boliger bygget eller nedlagt")

enum flyt_decomposition_part {
#define X(name, en, da) FLYT_CHANGE_##name,
    FLYT_DECOMPOSITION_PARTS(X)
#undef X
        FLYT_DECOMPOSITION_N_PARTS
};

/** Working state, in the run's arena. A home is FLYT_NONE where a household has none. */
struct flyt_decomposition {
    uint32_t *home, *home_now;  /* [households.capacity] a year ago, and in December */
    uint8_t *class, *class_now; /* [households.capacity] class of resources; `took`: a succession */
    bool *was_closed;           /* [dwellings.n] a year ago */
    /* [n_areas][parts]: households and those with few resources; of this year so far, and those of
       the year that ended this month (0 in other months) */
    int64_t *all, *weak, *all_year, *weak_year;
};

/** @brief Takes the state and remembers the start. The world's people and resources stand. */
FLYT_NODISCARD enum flyt_status flyt_decomposition_create(struct flyt_world *world);

/** @brief Walks last December, and what has happened since. */
void flyt_decomposition_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief Bytes it takes. */
uint64_t flyt_decomposition_bytes(uint64_t n_rows, uint64_t n_dwellings, uint64_t n_areas);

/** @brief The month's part: counts in December, after composition.h. Parallel over blocks. */
void flyt_decomposition_step(struct flyt_world *world);

/* ---- told by mobility.h and guests.h; serial; nothing happens in a world without decomposition
 * ---- */

/** @brief A household is about to end; `dead`: by death or to a care home, else it moves away or in
 *         with others. */
void flyt_decomposition_gone(struct flyt_world *world, uint32_t household, bool dead);

/** @brief A household that had no home has taken over the one it stayed in. */
void flyt_decomposition_took(struct flyt_world *world, uint32_t household);

#endif
