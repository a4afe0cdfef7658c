/**
 * @file listing.h
 * @brief On which list of the ministry each area stands: decided each December by the criteria of
 *        the year's law.
 *
 *   2010-2013  three criteria, not modelled: nobody is put on or taken off
 *   2014-2017  one list: three of five criteria
 *   2018-      deprived area: two of four; parallel society: deprived and mostly non-western;
 *              transformation area: parallel society for years
 *   2021-      prevention area: lower limits, not deprived
 *
 * Only areas of almen homes with enough residents. Outside work and convicted are means of two
 * years; schooling counts an education stated until 2017, one approved in Denmark from 2018.
 * Source: almenboligloven (Social Housing Act) sections 61 a and 61 b; scenarios/data/
 * letting_rules.csv and listed_areas.csv.
 */
#ifndef FLYT_LISTING_H
#define FLYT_LISTING_H

#include "models/kinds.h"
#include "models/listing_params.h"
#include "sim/world.h"

/** name, unit, English, Danish: what the law looks at. Values are shares of 1. */
#define FLYT_CRITERIA(X)                                                                           \
    X(outside_work, "Outside work and education, 18-64",                                           \
      "Uden for arbejde og uddannelse, 18-64 år")                                                  \
    X(nonwestern, "Non-western origin", "Ikke-vestlig oprindelse")                                 \
    X(convicted, "Convicted in a year, 18+", "Dømte på et år, 18+")                                \
    X(basic_schooling, "Basic schooling only, 30-59", "Kun grundskole, 30-59 år")                  \
    X(income, "Gross income of the region's mean", "Bruttoindkomst i forhold til regionens")

enum flyt_criterion {
#define X(name, en, da) FLYT_CRITERION_##name,
    FLYT_CRITERIA(X)
#undef X
        FLYT_N_CRITERIA
};

/** An area as the law sees it. A criterion that is NaN is not met. */
struct flyt_listing_values {
    double residents, almen_share;
    double criterion[FLYT_N_CRITERIA];
};

/** Limits of a regime: the income must be below its limit; the convicted reach it (from 2018) or
 *  exceed it; all others exceed it. */
struct flyt_listing_limits {
    double limit[FLYT_N_CRITERIA];
    bool reach; /* convicted: at least the limit */
};

/** Working state, in the run's arena. */
struct flyt_listing {
    const uint32_t *region; /* [n_municipalities] */
    uint32_t n_regions;
    uint16_t *in_row; /* [n_areas] lists in a row as parallel society or on the old list, the last
                         one included */
    double (*value)[FLYT_N_CRITERIA];  /* [n_areas] as of the last December, or the start */
    struct flyt_listing_limits limits; /* those the values were held against: not prevention's */
    double convicted_mean;             /* of the nation, as used for these values */
};

/** @brief Limits of the first list of a year's law: of deprived areas, or of the old list; the
 *         non-western share is that of parallel societies. */
struct flyt_listing_limits flyt_listing_limits(const struct flyt_listing_params *params,
                                               int32_t law_year, double convicted_mean);

/** @brief Limits of prevention areas. */
struct flyt_listing_limits flyt_listing_prevention(const struct flyt_listing_params *params,
                                                   double convicted_mean);

/** @brief Which criteria are met: bit k is criterion k. */
uint32_t flyt_listing_met(const struct flyt_listing_limits *limits,
                          const struct flyt_listing_values *values);

/**
 * @brief The list an area belongs on in December of a year of the law.
 * @param convicted_mean  share of 18+ of the nation convicted in a year, for laws from 2018.
 * @param in_row  lists in a row, before this one, as parallel society or on the old list.
 * @param before  its list so far, which laws before 2014 leave as it is.
 */
enum flyt_list_status flyt_listing_status(const struct flyt_listing_params *params,
                                          int32_t law_year, double convicted_mean,
                                          const struct flyt_listing_values *values, uint32_t in_row,
                                          enum flyt_list_status before);

/** @brief Whether a list marks an area as deprived in the public eye. ASSUMPTION: prevention areas
 *         are too little known for that. */
static inline bool flyt_listing_marks(enum flyt_list_status status)
{
    return status != FLYT_LIST_none && status != FLYT_LIST_prevention;
}

/** @brief Year whose law on lists holds now. */
int32_t flyt_listing_year(const struct flyt_world *world);

/**
 * @brief Takes the working state and the values of the start; the areas' lists stay those of the
 *        scenario. Composition must stand.
 * @param region  [n_municipalities] numbers of the regions from 0, kept.
 */
FLYT_NODISCARD enum flyt_status flyt_listing_create(struct flyt_world *world,
                                                    const uint32_t *region, uint32_t n_regions);

/** @brief Walks values, limits and lists in a row. */
void flyt_listing_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief December: new values and lists, into `world->areas.listed`. Serial, in area order.
 *         Composition must be of this month. */
void flyt_listing_december(struct flyt_world *world);

/** @brief Values of an area by the newest counts. */
struct flyt_listing_values flyt_listing_values(const struct flyt_world *world, uint32_t area);

#endif
