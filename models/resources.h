/**
 * @file resources.h
 * @brief The resource score R of a household, its vulnerability V = 1 - R and its class.
 *
 * R in [0, 1] is the weighted mean of five parts in [0, 1]: work, language, percentile of the
 * equivalised disposable income, education, absence of social cases. Work and education are those
 * of persons: a couple has the mean of its adults, not the best of them. With the best, a couple
 * where one works and one is on benefit would count as two in work, half of all adults outside
 * work would be hidden behind a partner, and a parting alone would make resources vanish. Income,
 * language and cases belong to the household as it is. An education not approved in Denmark
 * counts as basic schooling.
 *
 * Income is equivalised by the OECD-modified scale: 1 for the first adult, .5 for each further
 * person from 14 years, .3 for each child below 14. Percentiles come from an integer histogram of
 * all households, renewed each January, so threads and blocks change no bit.
 *
 * Source: docs/MODEL.md section 2.
 */
#ifndef FLYT_RESOURCES_H
#define FLYT_RESOURCES_H

#include "models/resources_params.h"
#include "sim/world.h"

/** name, English, Danish */
#define FLYT_CLASSES(X)                                                                            \
    X(weak, "Few resources", "Få ressourcer")                                                      \
    X(middle, "Middle resources", "Mellemstore ressourcer")                                        \
    X(strong, "Many resources", "Mange ressourcer")

enum flyt_resource_class {
#define X(name, en, da) FLYT_CLASS_##name,
    FLYT_CLASSES(X)
#undef X
        FLYT_N_CLASSES
};

#define FLYT_INCOME_CLASSES 5
#define FLYT_RESOURCES_BINS 1024   /* of equivalised income; the last is open */
#define FLYT_RESOURCES_BIN 20000   /* øre a month */
#define FLYT_RESOURCES_SCORES 1000 /* steps of R in which terciles are found */

/** Working state, in the run's arena. */
struct flyt_resources {
    double below[FLYT_RESOURCES_BINS + 1]; /* share of households with less than the bin's income */
    double from[FLYT_N_CLASSES];           /* least R of each class, fixed at the start */
    uint32_t *count; /* [parts][bins or scores] scratch of the yearly histogram */
};

/** @brief Bytes of the working state. */
uint64_t flyt_resources_bytes(void);

/** @brief Takes the working state. Call flyt_resources_year() before anything is asked. */
FLYT_NODISCARD enum flyt_status flyt_resources_create(struct flyt_world *world);

/**
 * @brief Renews the percentiles of income: at the start, when everybody's income is known, and
 *        each January after flyt_livelihood_year(). In month 0 it sets the classes' bounds too, so
 *        that each class has a third of the households. Parallel.
 */
void flyt_resources_year(struct flyt_world *world);

/** @brief Walks percentiles and classes' bounds. */
void flyt_resources_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief R of a household, in [0, 1]. Candidates from outside have no income yet. */
double flyt_resources_score(const struct flyt_world *world, uint32_t household);

/** @brief V = 1 - R. */
static inline double flyt_resources_vulnerability(const struct flyt_world *world,
                                                  uint32_t household)
{
    return 1.0 - flyt_resources_score(world, household);
}

/** @brief Class by the terciles of R at the start. */
enum flyt_resource_class flyt_resources_class(const struct flyt_world *world, uint32_t household);

/** @brief Fifth of all households by equivalised disposable income, 0 the lowest. */
uint32_t flyt_resources_income_class(const struct flyt_world *world, uint32_t household);

/** @brief Disposable income by the household's equivalence scale, øre a month. */
int64_t flyt_resources_equivalised(const struct flyt_household *row, int16_t calendar);

#endif
