/**
 * @file composition.h
 * @brief Who lives in each section, area and municipality: whole persons and households, and the
 *        shares made of them.
 *
 * Everybody is counted anew at the start and after June and December, section by section in
 * parallel, and sections are added in order: whole numbers, so no thread, block or order of rows
 * changes any. Counted anew rather than kept: a person's work, age, schooling and convictions
 * change in a dozen places, each of which could forget a count. Twice a year: a count reads two
 * cache lines a household, and outsiders know an area with a year's lag, lists are made in
 * December, residents notice slowly; counts each quarter would cost twice as much for nothing that
 * is read.
 *
 * Counts of the last two halves are kept, so the count a year ago is at hand: that is what
 * outsiders know, and half of what the law's two-year means are made of.
 *
 * Adults are those who head a household; adult children at home are persons without work state and
 * count as persons only, as in the fit of the start (popmatch.h). A hidden household's persons
 * count where they stay; it counts as no household. Candidates from outside count nowhere.
 * Source: docs/MODEL.md sections 2, 4 and 7; almenboligloven (Social Housing Act) section 61 a.
 */
#ifndef FLYT_COMPOSITION_H
#define FLYT_COMPOSITION_H

#include "models/people.h"
#include "models/resources.h"

/** name, English, Danish: whole numbers by place. */
#define FLYT_COMPOSITION_COUNTS(X)                                                                 \
    X(households, "Households", "Husstande")                                                       \
    X(newcomers, "Households that came in the last 12 months",                                     \
      "Husstande, der er flyttet til de seneste 12 måneder")                                       \
    X(cases, "Open social cases", "Åbne sociale sager")                                            \
    X(persons, "Persons", "Personer")                                                              \
    X(western, "Persons of western origin", "Personer af vestlig oprindelse")                      \
    X(nonwestern, "Persons of non-western origin", "Personer af ikke-vestlig oprindelse")          \
    X(children, "Persons below 18", "Personer under 18 år")                                        \
    X(adults, "Adults from 18", "Voksne fra 18 år")                                                \
    X(old, "Adults from 65", "Voksne fra 65 år")                                                   \
    X(convicted, "Adults convicted in the last 12 months",                                         \
      "Voksne dømt inden for de seneste 12 måneder")                                               \
    X(working_age, "Adults of 18-64", "Voksne 18-64 år")                                           \
    X(employed, "Adults of 18-64 in work", "Voksne 18-64 år i beskæftigelse")                      \
    X(outside_work, "Adults of 18-64 neither in work nor in education",                            \
      "Voksne 18-64 år uden for arbejde og uddannelse")                                            \
    X(middle_age, "Adults of 30-59", "Voksne 30-59 år")                                            \
    X(basic_approved, "Adults of 30-59 without an education approved in Denmark",                  \
      "Voksne 30-59 år uden en uddannelse godkendt i Danmark")                                     \
    X(basic_any, "Adults of 30-59 without any education above basic school",                       \
      "Voksne 30-59 år uden nogen uddannelse over grundskole")                                     \
    X(earners, "Adults of 18-64 but students", "Voksne 18-64 år uden studerende")

/** First age of each band of the oldest adult, over which moves are compared. Years. */
#define FLYT_COMPOSITION_AGES 6

struct flyt_composition_counts {
#define X(name, en, da) int32_t name;
    FLYT_COMPOSITION_COUNTS(X)
#undef X
    int32_t households_by_age[FLYT_COMPOSITION_AGES], newcomers_by_age[FLYT_COMPOSITION_AGES];
    int32_t by_class[FLYT_N_CLASSES]; /* households, by resources */
    int64_t gross_ore;                /* of the earners, a month */
};

enum {
    FLYT_COMPOSITION_MONTHS = 6, /* between counts */
    FLYT_COMPOSITION_KEPT = 12 / FLYT_COMPOSITION_MONTHS + 1,
    FLYT_COMPOSITION_YEAR_AGO = FLYT_COMPOSITION_KEPT - 1
};

/** Counts by place. Owned by the run's arena. */
struct flyt_composition {
    int16_t counted;                         /* calendar month whose end the newest count is of */
    struct flyt_composition_counts *section; /* [n_sections] newest */
    /* of each half-year, [0] the newest, [FLYT_COMPOSITION_YEAR_AGO] a year before; at the start
       all are the start's */
    struct flyt_composition_counts *area[FLYT_COMPOSITION_KEPT]; /* [n_areas] */
    struct flyt_composition_counts *municipality;                /* [n_municipalities] newest */
    struct flyt_composition_counts all;                          /* the whole world, newest */
    int32_t *left;  /* [n_areas] households of a year ago that are there no more */
    int32_t *almen; /* [n_areas] of the households: in almen homes */
};

/** @brief Takes the tables and counts the start. Households, sections and areas must stand. */
FLYT_NODISCARD enum flyt_status flyt_composition_create(struct flyt_world *world);

/** @brief Walks the counts. */
void flyt_composition_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief Whether this month ends with a count. */
bool flyt_composition_due(const struct flyt_world *world);

/**
 * @brief Counts everybody after the month's moves.
 *
 * A household counts as come in the last 12 months when it moved in then, also from a home in the
 * same place; the counter `left` is households a year ago less those who have been there for more
 * than a year, 0 at least. Parallel over sections; hidden households in turn.
 */
void flyt_composition_count(struct flyt_world *world);

/**
 * @brief Compares the newest count, if it is of this month, with one household by household.
 * @return FLYT_ERR_INVARIANT with a fault that names the area or municipality.
 */
FLYT_NODISCARD enum flyt_status flyt_composition_check(const struct flyt_world *world);

/** @brief part / whole, `otherwise` where there is nobody. */
static inline double flyt_composition_share(int64_t part, int64_t whole, double otherwise)
{
    return whole > 0 ? (double)part / (double)whole : otherwise;
}

/** @brief The area as it was last counted: what its residents see. */
static inline const struct flyt_composition_counts *
flyt_composition_now(const struct flyt_composition *composition, uint32_t area)
{
    return &composition->area[0][area];
}

/** @brief The area a year before: what outsiders know. */
static inline const struct flyt_composition_counts *
flyt_composition_known(const struct flyt_composition *composition, uint32_t area)
{
    return &composition->area[FLYT_COMPOSITION_YEAR_AGO][area];
}

/** @brief Persons of an origin. */
static inline int32_t flyt_composition_origin(const struct flyt_composition_counts *counts,
                                              enum flyt_origin origin)
{
    return origin == FLYT_ORIGIN_nonwestern ? counts->nonwestern
           : origin == FLYT_ORIGIN_western  ? counts->western
                                           : counts->persons - counts->western - counts->nonwestern;
}

/** @brief Share of those of 18-64 who are in work or education: what area constants are fitted to.
 */
static inline double flyt_composition_inside(const struct flyt_composition_counts *counts)
{
    return 1.0 - flyt_composition_share(counts->outside_work, counts->working_age, 0.0);
}

/** @brief Mean gross income of the earners, DKK a year; 0 where there are none. */
double flyt_composition_income(const struct flyt_composition_counts *counts);

/** @brief Share of households that came in the last 12 months, less the share that households of
 *         the same ages have in the whole world. */
double flyt_composition_turnover(const struct flyt_composition *composition, uint32_t area);

#endif
