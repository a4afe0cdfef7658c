/**
 * @file mobility.h
 * @brief Who moved this month, counted as the statistics do: by comparing where households live
 *        with where they lived a month ago.
 *
 * Knows nothing of why or how people move. A *lease ends* when a household leaves the section it
 * lives in for good, by moving, dying or moving in with somebody; a move to a home of the same
 * organisation is counted apart, since published rates are of external moves; a home that a guest
 * takes over has not been left. A *person moves* when the home it stays in is another one than a
 * month ago. Source: docs/MODEL.md section 7.
 */
#ifndef FLYT_MOBILITY_H
#define FLYT_MOBILITY_H

#include "models/housing.h"
#include "models/kinds.h"
#include "models/resources.h"

/** Bands of age of persons who move: first age, English, Danish */
#define FLYT_MOVER_AGES(X)                                                                         \
    X(0, "0-17", "0-17")                                                                           \
    X(18, "18-24", "18-24")                                                                        \
    X(25, "25-29", "25-29")                                                                        \
    X(30, "30-39", "30-39")                                                                        \
    X(40, "40-64", "40-64")                                                                        \
    X(65, "65+", "65+")

/** Where persons move from: name, English, Danish */
#define FLYT_MOVE_DISTANCES(X)                                                                     \
    X(inside, "The same municipality", "Samme kommune")                                            \
    X(between, "Another municipality of the scenario", "En anden af scenariets kommuner")          \
    X(outside, "From outside", "Udefra")

/** Length of leases that ended: months from, English, Danish */
#define FLYT_STAYS(X)                                                                              \
    X(0, "below 2 years", "under 2 år")                                                            \
    X(24, "2-5 years", "2-5 år")                                                                   \
    X(60, "5-10 years", "5-10 år")                                                                 \
    X(120, "10 years and more", "10 år og mere")

/** Where households come from, and go to, beside the classes of tenure: name, English, Danish */
#define FLYT_FLOWS_FROM(X)                                                                         \
    X(guest, "Stayed with others", "Boede hos andre")                                              \
    X(outside, "From outside", "Udefra")
#define FLYT_FLOWS_TO(X)                                                                           \
    X(away, "Away, in with others", "Væk, ind hos andre")                                          \
    X(dead, "Death, care home", "Død, plejebolig")

#define FLYT_MOBILITY_ONE(...) +1
enum {
    FLYT_N_MOVER_AGES = 0 FLYT_MOVER_AGES(FLYT_MOBILITY_ONE),
    FLYT_N_MOVE_DISTANCES = 0 FLYT_MOVE_DISTANCES(FLYT_MOBILITY_ONE),
    FLYT_N_STAYS = 0 FLYT_STAYS(FLYT_MOBILITY_ONE),
    FLYT_N_FLOWS_FROM = FLYT_N_TENURES FLYT_FLOWS_FROM(FLYT_MOBILITY_ONE),
    FLYT_N_FLOWS_TO = FLYT_N_TENURES FLYT_FLOWS_TO(FLYT_MOBILITY_ONE)
};

/** Enumerated after the classes of tenure. */
enum flyt_flow_from {
    FLYT_FLOW_FROM_before = FLYT_N_TENURES - 1,
#define X(name, en, da) FLYT_FLOW_FROM_##name,
    FLYT_FLOWS_FROM(X)
#undef X
};

enum flyt_flow_to {
    FLYT_FLOW_TO_before = FLYT_N_TENURES - 1,
#define X(name, en, da) FLYT_FLOW_TO_##name,
    FLYT_FLOWS_TO(X)
#undef X
};

enum flyt_move_distance {
#define X(name, en, da) FLYT_MOVE_##name,
    FLYT_MOVE_DISTANCES(X)
#undef X
};

/** Cells of an area in which households that leave almen homes are counted, and those that could:
 *  type of household x age of the oldest adult, as the dimensions household_type and age. */
enum { FLYT_TURNOVER_CELLS = FLYT_N_TYPES * FLYT_AGE_BANDS };

/** Events of a month; the names are those of the output variables in mobility_series.h. */
struct flyt_mobility_counts {
    int64_t leases_ended[FLYT_N_KINDS];            /* to places outside the organisation */
    int64_t moves_internal[FLYT_N_KINDS];          /* to another home of the same organisation */
    int64_t homes_taken[FLYT_N_KINDS];             /* by a household that did not live there */
    int64_t adults_left[FLYT_N_KINDS];             /* adults who left their section alive */
    int64_t pensioners_left[FLYT_N_KINDS];         /* those of them on pension */
    int64_t lengths[FLYT_N_TENURES][FLYT_N_STAYS]; /* of leases_ended */
    int64_t persons_moved[FLYT_N_MOVER_AGES];
    int64_t moves_distance[FLYT_N_MOVE_DISTANCES]; /* of persons who moved into a home here */
    /* households who left a home or took one, their class as they moved; a guest who takes over the
       home it stays in comes from `guest` */
    int64_t flows[FLYT_N_FLOWS_FROM][FLYT_N_FLOWS_TO][FLYT_N_CLASSES];
    int64_t houses_sold; /* owner homes of four rooms and more taken */
};

struct flyt_mobility;

/** @brief Takes the working state and remembers where everybody lives. The world's people stand. */
FLYT_NODISCARD enum flyt_status flyt_mobility_create(struct flyt_world *world);

/** @brief Walks what is remembered of the households. */
void flyt_mobility_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief Bytes it takes for so many rows. */
uint64_t flyt_mobility_bytes(uint64_t n_rows, uint64_t n_areas, uint32_t n_blocks);

/** @brief The month's phase, after the last moves: counts and remembers. Parallel over blocks. */
FLYT_NODISCARD enum flyt_status flyt_mobility_step(struct flyt_world *world);

/** @brief What the last step counted. */
const struct flyt_mobility_counts *flyt_mobility_counts(const struct flyt_world *world);

/** @brief Households that left an almen home in the last step, [areas][FLYT_TURNOVER_CELLS]: for a
 *         home of another section, or away, or in with others; not by death or to a care home. */
const int64_t *flyt_mobility_left_almen(const struct flyt_world *world);

/** @brief Cell of [areas][FLYT_TURNOVER_CELLS] of a household with an almen home; FLYT_NONE: it has
 *         none. @param home  FLYT_NONE: its own. */
uint32_t flyt_mobility_cell(const struct flyt_world *world, uint32_t household, uint32_t home);

/* ---- told by the life course; serial; nothing happens in a world without mobility, but that ends
        are passed on to decomposition.h ---- */

/** @brief A new household stays as guest where its row says. */
void flyt_mobility_guest(struct flyt_world *world, uint32_t household);

/** @brief A household from outside has got its row. */
void flyt_mobility_arrived(struct flyt_world *world, uint32_t household);

/** @brief A household is about to end; `dead`: by death or to a care home, else it moves away. */
void flyt_mobility_gone(struct flyt_world *world, uint32_t household, bool dead);

/** @brief `mover` is about to end, its persons moving in with `keeper`. */
void flyt_mobility_joined(struct flyt_world *world, uint32_t keeper, uint32_t mover);

#endif
