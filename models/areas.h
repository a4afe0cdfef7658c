/**
 * @file areas.h
 * @brief What the housing model knows of its areas: the month's phase that counts who lives there
 *        (composition.h), makes the lists (listing.h) and moves reputations (reputation.h); and
 *        the output variables by area.
 */
#ifndef FLYT_AREAS_H
#define FLYT_AREAS_H

#include "models/composition.h"
#include "models/decomposition.h"
#include "models/listing.h"
#include "models/reputation.h"

/** @brief Takes all three, of a world whose people are in place, and counts the start.
 *  @param region  [n_municipalities] name of each municipality's region. */
FLYT_NODISCARD enum flyt_status flyt_areas_create(struct flyt_world *world,
                                                  const char *const *region);

/** @brief Bytes they take. */
uint64_t flyt_areas_bytes(uint64_t n_sections, uint64_t n_areas, uint64_t n_municipalities);

/** @brief The month's phase: after the last moves, before the ledger closes. */
FLYT_NODISCARD enum flyt_status flyt_areas_step(struct flyt_world *world);

/** Counts recorded by area each year: name in output files, where it is counted, unit. */
#define FLYT_AREAS_COUNTS(X)                                                                       \
    X(area_households, households, "households", "Households", "Husstande",                        \
      "Homes of the area that are lived in.")                                                      \
    X(area_newcomers, newcomers, "households", "Households that came in the year",                 \
      "Husstande tilflyttet i året",                                                               \
      "They have lived in their home for less than 12 months; also from within the area.")         \
    X(area_children, children, "persons", "Persons below 18", "Personer under 18 år",              \
      "Children at home.")                                                                         \
    X(area_adults, adults, "persons", "Adults from 18", "Voksne fra 18 år",                        \
      "Without adult children at home.")                                                           \
    X(area_convicted, convicted, "persons", "Adults convicted in the year", "Voksne dømt i året",  \
      "Of area_adults; convicted at least once in the last 12 months.")                            \
    X(area_working_age, working_age, "persons", "Adults of 18-64", "Voksne 18-64 år",              \
      "Without adult children at home.")                                                           \
    X(area_outside_work, outside_work, "persons", "Adults of 18-64 outside work and education",    \
      "Voksne 18-64 år uden for arbejde og uddannelse",                                            \
      "Of area_working_age; neither in work nor in education.")                                    \
    X(area_middle_age, middle_age, "persons", "Adults of 30-59", "Voksne 30-59 år",                \
      "Without adult children at home.")                                                           \
    X(area_basic_schooling, basic_approved, "persons",                                             \
      "Adults of 30-59 with basic schooling only", "Voksne 30-59 år med kun grundskole",           \
      "Of area_middle_age; no education above basic school that is approved in Denmark.")          \
    X(area_social_cases, cases, "cases", "Open social cases", "Åbne sociale sager",                \
      "Of all households that stay in the area.")

#define X(series, ...) void flyt_areas_record_##series(const void *world, void *row);
FLYT_AREAS_COUNTS(X)
#undef X

/** The other output variables; see areas.c. */
void flyt_areas_record_persons(const void *world, void *row);
void flyt_areas_record_classes(const void *world, void *row);
void flyt_areas_record_left(const void *world, void *row);
void flyt_areas_record_change(const void *world, void *row);
void flyt_areas_record_change_weak(const void *world, void *row);
void flyt_areas_record_criteria(const void *world, void *row);
void flyt_areas_record_limits(const void *world, void *row);
void flyt_areas_record_list(const void *world, void *row);
void flyt_areas_record_reputation(const void *world, void *row);

#define FLYT_AREAS_SERIES_OF(series, kind_, type_, unit_, en_, da_, how_, record_, n_dims_, ...)   \
    {.name = series,                                                                               \
     .unit = unit_,                                                                                \
     .type = FLYT_SERIES_##type_,                                                                  \
     .kind = FLYT_SERIES_##kind_,                                                                  \
     .period = FLYT_SERIES_yearly,                                                                 \
     .n_dims = n_dims_,                                                                            \
     .dim = {__VA_ARGS__},                                                                         \
     .en = en_,                                                                                    \
     .da = da_,                                                                                    \
     .how = how_,                                                                                  \
     .record = flyt_areas_record_##record_},

#define FLYT_AREAS_COUNT_OF(series, field, unit, en, da, how)                                      \
    FLYT_AREAS_SERIES_OF(#series, stock, count, unit, en, da, how, series, 1, FLYT_DIM_area)

/** Initialisers of the areas' output variables, for the model's table of series. */
#define FLYT_AREAS_SERIES                                                                          \
    FLYT_AREAS_COUNTS(FLYT_AREAS_COUNT_OF)                                                         \
    FLYT_AREAS_SERIES_OF("area_persons", stock, count, "persons", "Persons by origin",             \
                         "Personer efter oprindelse",                                              \
                         "Everybody who stays in the area; children have their household's "       \
                         "origin.",                                                                \
                         persons, 2, FLYT_DIM_area, FLYT_DIM_origin)                               \
    FLYT_AREAS_SERIES_OF("area_classes", stock, count, "households",                               \
                         "Households by class of resources", "Husstande efter ressourceklasse",    \
                         "Of area_households; terciles of the resource score at the start.",       \
                         classes, 2, FLYT_DIM_area, FLYT_DIM_resource_class)                       \
    FLYT_AREAS_SERIES_OF("area_left", stock, count, "households",                                  \
                         "Households of a year ago that are there no more",                        \
                         "Husstande, der er væk siden sidste år",                                  \
                         "Households a year ago less those who have lived in their home for 12 "   \
                         "months.",                                                                \
                         left, 1, FLYT_DIM_area)                                                   \
    FLYT_AREAS_SERIES_OF("area_change", flow, count, "households", "What changed the households",  \
                         "Hvad der ændrede husstandene",                                           \
                         "The area's households less those of a year ago, by what changed them.",  \
                         change, 2, FLYT_DIM_area, FLYT_DIM_change)                                \
    FLYT_AREAS_SERIES_OF("area_change_weak", flow, count, "households",                            \
                         "What changed the households with few resources",                         \
                         "Hvad der ændrede husstandene med få ressourcer",                         \
                         "Of area_change, those with few resources; their class of the year they " \
                         "leave or come.",                                                         \
                         change_weak, 2, FLYT_DIM_area, FLYT_DIM_change)                           \
    FLYT_AREAS_SERIES_OF("area_criteria", stock, real, "%", "What the law on lists looks at",      \
                         "Det, loven om boliglister ser på",                                       \
                         "In December; outside work and convicted are means of two years; "        \
                         "schooling by the year's law.",                                           \
                         criteria, 2, FLYT_DIM_area, FLYT_DIM_criterion)                           \
    FLYT_AREAS_SERIES_OF("area_criteria_limits", stock, real, "%", "Limits of the law on lists",   \
                         "Grænserne i loven om boliglister",                                       \
                         "Of the old list until 2017, of deprived areas and parallel societies "   \
                         "from 2018.",                                                             \
                         limits, 1, FLYT_DIM_criterion)                                            \
    FLYT_AREAS_SERIES_OF("area_list", stock, count, "1", "List of the ministry",                   \
                         "Ministeriets liste",                                                     \
                         "0 none, 1 prevention, 2 deprived, 3 parallel society, 4 "                \
                         "transformation, 5 the list until 2017.",                                 \
                         list, 1, FLYT_DIM_area)                                                   \
    FLYT_AREAS_SERIES_OF("area_reputation", stock, real, "1", "Reputation", "Omdømme",             \
                         "What residents think of the area, 0 to 1; outsiders a year later.",      \
                         reputation, 1, FLYT_DIM_area)

#define FLYT_AREAS_ONE(...) +1
enum { FLYT_N_AREAS_SERIES = 0 FLYT_AREAS_COUNTS(FLYT_AREAS_ONE) + 9 };

#endif
