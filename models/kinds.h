/**
 * @file kinds.h
 * @brief Kinds of homes, the class of tenure each belongs to, and the ministry's lists of areas.
 *
 * A section's `tenure` in the tables is a kind; markets and waiting lists know its class
 * (enum flyt_tenure in models/housing.h).
 */
#ifndef FLYT_KINDS_H
#define FLYT_KINDS_H

#include "models/housing.h"

/** name in tables, class, English, Danish */
#define FLYT_KINDS(X)                                                                              \
    X(almen_family, almen, "Almen family homes", "Almene familieboliger")                          \
    X(almen_youth, almen, "Almen youth homes", "Almene ungdomsboliger")                            \
    X(almen_elderly, almen, "Almen homes for the elderly", "Almene ældreboliger")                  \
    X(almen_senior_cohousing, almen, "Almen senior co-housing", "Almene seniorbofællesskaber")     \
    X(almen_family_cohousing, almen, "Almen family co-housing", "Almene familiebofællesskaber")    \
    X(almen_plus, almen, "AlmenBolig+", "AlmenBolig+")                                             \
    X(almen_coowned, almen, "Co-owned almen homes", "Almene medejerboliger")                       \
    X(private_rental, private_rental, "Private rental", "Privat leje")                             \
    X(cooperative, cooperative, "Co-operative", "Andel")                                           \
    X(owner, owner, "Owner", "Ejer")

enum flyt_kind {
#define X(name, class, en, da) FLYT_KIND_##name,
    FLYT_KINDS(X)
#undef X
        FLYT_N_KINDS
};

#define FLYT_KIND_NAMES                                                                            \
    "almen_family|almen_youth|almen_elderly|almen_senior_cohousing|almen_family_cohousing|"        \
    "almen_plus|almen_coowned|private_rental|cooperative|owner"

/** @brief Class of tenure of a kind of home. */
static inline enum flyt_tenure flyt_kinds_class(enum flyt_kind kind)
{
    static const enum flyt_tenure of_kind[FLYT_N_KINDS] = {
#define X(name, class, en, da) FLYT_TENURE_##class,
        FLYT_KINDS(X)
#undef X
    };
    return of_kind[kind];
}

/** On which list of the ministry an area stands. name, English, Danish */
#define FLYT_LISTS(X)                                                                              \
    X(none, "on no list", "ikke på en liste")                                                      \
    X(prevention, "prevention area", "forebyggelsesområde")                                        \
    X(deprived, "deprived area", "udsat boligområde")                                              \
    X(parallel_society, "parallel society", "parallelsamfund")                                     \
    X(transformation, "transformation area", "omdannelsesområde")                                  \
    X(old_list, "the list of 2010-2017", "listen 2010-2017")

enum flyt_list_status {
#define X(name, en, da) FLYT_LIST_##name,
    FLYT_LISTS(X)
#undef X
        FLYT_N_LISTS
};

#define FLYT_LIST_NAMES "none|prevention|deprived|parallel_society|transformation|old_list"

/** What can be known of a place: name in tables, unit, English, Danish. */
#define FLYT_VARIABLES(X)                                                                          \
    X(population, "persons", "Persons", "Personer")                                                \
    X(age_0_17, "%", "Persons below 18", "Personer under 18 år")                                   \
    X(age_65_plus, "%", "Persons from 65", "Personer fra 65 år")                                   \
    X(almen_homes, "%", "Households in almen homes", "Husstande i almene boliger")                 \
    X(nonwestern, "%", "Non-western origin", "Ikke-vestlig oprindelse")                            \
    X(employed, "%", "In work, 18-64", "I beskæftigelse, 18-64 år")                                \
    X(outside_work, "%", "Outside work and education, 18-64",                                      \
      "Uden for arbejde og uddannelse, 18-64 år")                                                  \
    X(basic_schooling, "%", "Basic schooling only, 30-59", "Kun grundskole, 30-59 år")             \
    X(convicted, "%", "Convicted in a year, 18+", "Dømte på et år, 18+")                           \
    X(income_ratio, "%", "Gross income, of all municipalities'",                                   \
      "Bruttoindkomst i forhold til alle kommuner")                                                \
    X(disposable_income, "DKK/year", "Disposable income of an adult",                              \
      "Disponibel indkomst pr. voksen")

enum flyt_variable {
#define X(name, unit, en, da) FLYT_VARIABLE_##name,
    FLYT_VARIABLES(X)
#undef X
        FLYT_N_VARIABLES
};

#define FLYT_VARIABLE_NAMES                                                                        \
    "population|age_0_17|age_65_plus|almen_homes|nonwestern|employed|outside_work|basic_"          \
    "schooling|convicted|"                                                                         \
    "income_ratio|disposable_income"

#endif
