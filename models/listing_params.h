/**
 * @file listing_params.h
 * @brief Parameters of the ministry's lists of areas (listing.h), and of which year's law holds.
 *
 * Limits of almenboligloven section 61 a and b as the lists of the years state them; each regime of
 * the law has its own. Shares are of 1.
 */
#ifndef FLYT_LISTING_PARAMS_H
#define FLYT_LISTING_PARAMS_H

#include "sim/field.h"

#define LAW_PARAMS(X)                                                                              \
    X(count, year, "year", 0, 0, 2200, assumed, "what if",                                         \
      "Year whose law on lists of areas holds; 0: that of the calendar.",                          \
      "Året, hvis regler for lister over boligområder og for udlejning gælder; 0: kalenderens.")

#define LISTING_LIMIT(X, name, value, source, en, da)                                              \
    X(real, name, "1", value, 0, 10, published, source, en, da)

#define LISTING_OLD(X)                                                                             \
    LISTING_LIMIT(X, old_outside_work, 0.40, "Liste over ghettoområder pr. 1. december 2015",      \
                  "List of 2014-2017: share of 18-64 outside work and education, must exceed.",    \
                  "Listen 2014-2017: andel 18-64 år uden for arbejde og uddannelse, over.")        \
    LISTING_LIMIT(X, old_nonwestern, 0.50, "Liste over ghettoområder pr. 1. december 2015",        \
                  "List of 2014-2017: share of non-western origin, must exceed.",                  \
                  "Listen 2014-2017: andel af ikke-vestlig oprindelse, over.")                     \
    LISTING_LIMIT(X, old_convicted, 0.027, "Liste over ghettoområder pr. 1. december 2015",        \
                  "List of 2014-2017: share of 18+ convicted in a year, must exceed.",             \
                  "Listen 2014-2017: andel dømte 18+ på et år, over.")                             \
    LISTING_LIMIT(X, old_basic_schooling, 0.50, "Liste over ghettoområder pr. 1. december 2015",   \
                  "List of 2014-2017: share of 30-59 with basic schooling only, must exceed.",     \
                  "Listen 2014-2017: andel 30-59 år med kun grundskole, over.")                    \
    LISTING_LIMIT(X, old_income, 0.55, "Liste over ghettoområder pr. 1. december 2015",            \
                  "List of 2014-2017: gross income of the region's mean, must be below.",          \
                  "Listen 2014-2017: bruttoindkomst af regionens gennemsnit, under.")

#define LISTING_UNKNOWN(X)                                                                         \
    X(real, old_unknown, "share", 0.5, 0, 1, assumed,                                              \
      "Gellerup 58 % in 2015, Vollsmose 79 % in 2018 when only approved education counted",        \
      "Of educations not approved in Denmark, those unknown, which counted as none until 2017.",   \
      "Andel af uddannelser, ikke godkendt i Danmark, som var uoplyst og talte som ingen til "     \
      "2017.")

#define LISTING_DEPRIVED(X)                                                                        \
    LISTING_LIMIT(X, outside_work, 0.40, "almenboligloven section 61 a; TV2 1 Dec 2022",           \
                  "Deprived area: share of 18-64 outside work and education, must exceed.",        \
                  "Udsat boligområde: andel 18-64 år uden for arbejde og uddannelse, over.")       \
    LISTING_LIMIT(X, convicted_times, 3.0, "almenboligloven section 61 a; TV2 1 Dec 2022",         \
                  "Deprived area: convicted of the national mean, at least so many times.",        \
                  "Udsat boligområde: dømte i forhold til landsgennemsnittet, mindst.")            \
    LISTING_LIMIT(X, basic_schooling, 0.60, "almenboligloven section 61 a; TV2 1 Dec 2022",        \
                  "Deprived area: share of 30-59 with basic schooling only, must exceed.",         \
                  "Udsat boligområde: andel 30-59 år med kun grundskole, over.")                   \
    LISTING_LIMIT(X, income, 0.55, "almenboligloven section 61 a; TV2 1 Dec 2022",                 \
                  "Deprived area: gross income of the region's mean, must be below.",              \
                  "Udsat boligområde: bruttoindkomst af regionens gennemsnit, under.")             \
    LISTING_LIMIT(X, nonwestern, 0.50, "almenboligloven section 61 a; TV2 1 Dec 2022",             \
                  "Parallel society: share of non-western origin, must exceed.",                   \
                  "Parallelsamfund: andel af ikke-vestlig oprindelse, over.")

#define LISTING_PREVENTION(X)                                                                      \
    LISTING_LIMIT(X, prevention_nonwestern, 0.30, "almenboligloven section 61 b; DKLF",            \
                  "Prevention area: share of non-western origin, must exceed.",                    \
                  "Forebyggelsesområde: andel af ikke-vestlig oprindelse, over.")                  \
    LISTING_LIMIT(X, prevention_outside_work, 0.30, "almenboligloven section 61 b; DKLF",          \
                  "Prevention area: share of 18-64 outside work and education, must exceed.",      \
                  "Forebyggelsesområde: andel 18-64 år uden for arbejde og uddannelse, over.")     \
    LISTING_LIMIT(X, prevention_convicted_times, 2.0, "almenboligloven section 61 b; DKLF",        \
                  "Prevention area: convicted of the national mean, at least so many times.",      \
                  "Forebyggelsesområde: dømte i forhold til landsgennemsnittet, mindst.")          \
    LISTING_LIMIT(X, prevention_basic_schooling, 0.60, "almenboligloven section 61 b; DKLF",       \
                  "Prevention area: share of 30-59 with basic schooling only, must exceed.",       \
                  "Forebyggelsesområde: andel 30-59 år med kun grundskole, over.")                 \
    LISTING_LIMIT(X, prevention_income, 0.65, "almenboligloven section 61 b; DKLF",                \
                  "Prevention area: gross income of the region's mean, must be below.",            \
                  "Forebyggelsesområde: bruttoindkomst af regionens gennemsnit, under.")

#define LISTING_OTHER(X)                                                                           \
    X(count, residents, "persons", 1000, 0, 100000, published, "almenboligloven section 61 a",     \
      "Least number of residents of an area on a list.",                                           \
      "Mindste antal beboere i et område på en liste.")                                            \
    X(real, almen_share, "share", 0.75, 0, 1, assumed, "the law: adjoining almen sections",        \
      "Least share of almen homes in an area that can be listed.",                                 \
      "Mindste andel almene boliger i et område, der kan komme på en liste.")                      \
    X(count, transformation_years, "years", 5, 0, 50, published, "almenboligloven section 61 a",   \
      "Lists in a row as parallel society, before this one, that make a transformation area.",     \
      "Lister i træk som parallelsamfund, før denne, der gør til omdannelsesområde.")              \
    X(count, transformation_years_first, "years", 4, 0, 50, published,                             \
      "listed_areas.csv: who stood on the lists of 2018-2020", "The same until 2020.",             \
      "Det samme til og med 2020.")                                                                \
    X(real, national_convicted, "1/year", 0.00725, 0, 0.1, derived,                                \
      "a third of the limits of the lists: .66 % in 2018, .76 in 2020, .725 in 2022",              \
      "National mean of 18+ convicted in a year; 0: that of the simulated municipalities.",        \
      "Landsgennemsnit af dømte 18+ på et år; 0: de simulerede kommuners.")                        \
    X(real, region_income, "DKK/year", 0, 0, 1e7, assumed, "not known by year and region",         \
      "Mean gross income in the region; 0: that of its simulated municipalities.",                 \
      "Gennemsnitlig bruttoindkomst i regionen; 0: dens simulerede kommuners.")

#define LISTING_PARAMS(X)                                                                          \
    LISTING_OLD(X)                                                                                 \
    LISTING_UNKNOWN(X)                                                                             \
    LISTING_DEPRIVED(X)                                                                            \
    LISTING_PREVENTION(X)                                                                          \
    LISTING_OTHER(X)

struct flyt_law_params {
#define X(type, name, ...) flyt_##type name;
    LAW_PARAMS(X)
#undef X
};

struct flyt_listing_params {
#define X(type, name, ...) flyt_##type name;
    LISTING_PARAMS(X)
#undef X
};

#endif
