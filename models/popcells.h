/**
 * @file popcells.h
 * @brief The fitted tables that the start population is drawn from: one for each kind of home in
 *        each place.
 *
 * A place is a municipality, or an area of which something is known. For each place and kind of
 * home the households' types and ages of the country are tilted until the persons, children and
 * old of the place are met in expectation (generalised raking, Deville & Sarndal 1992); then
 * origin x work x age x type x education is fitted by iterative proportional fitting, with work
 * and education shifted on log odds until the place's known shares are met. What is not known
 * follows the country. Knows nothing of single households (poppersons.h).
 */
#ifndef FLYT_POPCELLS_H
#define FLYT_POPCELLS_H

#include "models/kinds.h"
#include "models/people.h"
#include "models/start_params.h"
#include "models/workrest.h"
#include "sim/scenario.h"

#define FLYT_POP_BANDS 24
#define FLYT_POP_FIRST 18 /* first year of age of the bands */
#define FLYT_POP_YEARS 82 /* to the end of the last */

/** Dimensions of a fitted table, slowest first. */
enum flyt_popdim { POP_origin, POP_work, POP_age, POP_type, POP_education, POP_N_DIMS };

/** Age bands: the union of those in the tables, cut also at 18, 30, 60 and 65. */
struct flyt_popbands {
    uint32_t n;
    int32_t from[FLYT_POP_BANDS + 1]; /* from[n] is one past the last age */
};

/** Shares of the country, by class of tenure. Types and ages: by kind of home. */
struct flyt_popshares {
    double type_age[FLYT_N_KINDS][FLYT_N_TYPES][FLYT_POP_BANDS];
    double origin[FLYT_N_TENURES][FLYT_POP_BANDS][FLYT_N_ORIGINS];
    double work[FLYT_N_TENURES][FLYT_N_ORIGINS][FLYT_POP_BANDS][FLYT_N_WORKS];
    int32_t work_from[FLYT_N_TENURES][FLYT_N_ORIGINS][FLYT_POP_BANDS]; /* age of the table's row */
    double education[FLYT_N_TENURES][FLYT_N_ORIGINS][FLYT_POP_BANDS][FLYT_N_EDUCATIONS];
    double children[FLYT_N_TYPES][FLYT_CHILDREN + 1];    /* cumulative, by number */
    double adult_child[2][FLYT_POP_BANDS];               /* [couple] share with one at home */
    double partner_band[FLYT_POP_BANDS][FLYT_POP_BANDS]; /* of the younger adult, by the older's */
};

/** A place and what is known of it. */
struct flyt_popplace {
    bool is_area;
    uint32_t index;                  /* municipality or area */
    uint32_t municipality;           /* the one it lies in */
    double target[FLYT_N_VARIABLES]; /* NaN: not known */
    uint32_t first_group, n_groups;  /* its groups lie together */
    double tilt[3];                  /* of persons, children, old: log odds */
    double shift[FLYT_N_VARIABLES];  /* log odds on nonwestern, employed, outside_work, ... */
};

/** One kind of home in one place. */
struct flyt_popgroup {
    uint32_t place, kind;
    uint32_t n;                                                          /* households */
    double type_age[FLYT_N_TYPES][FLYT_POP_BANDS];                       /* tilted shares */
    double work[FLYT_N_ORIGINS][FLYT_POP_BANDS][FLYT_N_WORKS];           /* shifted shares */
    double education[FLYT_N_ORIGINS][FLYT_POP_BANDS][FLYT_N_EDUCATIONS]; /* shifted shares */
    double (*ages)[FLYT_POP_YEARS][FLYT_N_WORKS]; /* [origin]: of a band's heads, popages.h */
    double *cell;                                 /* [n_cells] fitted; at the end cumulative */
    uint32_t rounds;                              /* of the last fit */
    bool converged;
};

struct flyt_popcells {
    const struct flyt_start_params *params;
    struct flyt_popbands bands;
    struct flyt_popshares shares;
    uint32_t n_cells, size[POP_N_DIMS];
    uint32_t n_places, n_groups;
    struct flyt_popplace *place; /* municipalities in table order, then areas with values */
    struct flyt_popgroup *group;
    uint32_t *group_of_row; /* [rows of sections.csv] */
};

/** What a drawn cell says of a household. */
struct flyt_popcell {
    uint32_t origin, work, age, type, education;
};

/**
 * @brief Reads the tables and fits all groups.
 * @param rest  how work rests at each year of age; NULL: as in the whole of a band.
 * @param par  groups of different municipalities are fitted in parallel.
 * @return FLYT_OK or FLYT_ERR_MEMORY. A place whose values cannot all be met is left as near as
 *         the fit came: the report shows it.
 */
FLYT_NODISCARD enum flyt_status
flyt_popcells_make(const struct flyt_scenario *scenario, const struct flyt_start_params *params,
                   const struct flyt_work_rest *rest, const struct flyt_par *par,
                   struct flyt_arena *arena, struct flyt_popcells *out);

/**
 * @brief Cuts the ages at every band of the tables of shares.
 * @return false when they need more than FLYT_POP_BANDS; *table and *row are the first too many.
 */
FLYT_NODISCARD bool flyt_popcells_cut(const struct flyt_scenario *scenario,
                                      struct flyt_popbands *bands, uint32_t *table, uint32_t *row);

/** @brief The cell at u in [0, 1) of a group's cumulative shares. */
struct flyt_popcell flyt_popcells_at(const struct flyt_popcells *cells, uint32_t group, double u);

/** @brief Index of the band an age in years lies in. */
uint32_t flyt_popcells_band(const struct flyt_popbands *bands, int32_t age);

/** @brief Standard normal quantile of u in (0, 1), portable (Acklam's approximation, 1e-9). */
double flyt_popcells_normal(double u);

/** @brief Years from the woman's age to the man's for a uniform u; negative: she is older. */
double flyt_popcells_gap(const struct flyt_start_params *params, double u);

/** @brief Share of educations above basic that are not approved in Denmark, by origin. */
double flyt_popcells_unapproved(const struct flyt_start_params *params, uint32_t origin);

/** @brief The fitting itself; only for popcells.c. Defined in popcells_fit.c. */
FLYT_NODISCARD enum flyt_status flyt_popcells_fit(struct flyt_popcells *cells,
                                                  const struct flyt_par *par,
                                                  struct flyt_arena *arena);

#endif
