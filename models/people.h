/**
 * @file people.h
 * @brief What a household is made of: the words for adults, children, origin and work, and how
 *        they are packed into the row of sim/world.h.
 *
 * Pure reading and writing of one household's row; no rates, no rules.
 */
#ifndef FLYT_PEOPLE_H
#define FLYT_PEOPLE_H

#include "sim/world.h"

/** name in tables, English, Danish */
#define FLYT_WORKS(X)                                                                              \
    X(employed, "In work", "I beskæftigelse")                                                      \
    X(unemployed, "Unemployed, insured", "Ledig, forsikret")                                       \
    X(benefit, "Cash benefit", "Kontanthjælp")                                                     \
    X(student, "Student", "Under uddannelse")                                                      \
    X(disability, "Disability pension", "Førtidspension")                                          \
    X(pension, "Retired", "Pensionist")

#define FLYT_EDUCATIONS(X)                                                                         \
    X(basic, "Basic schooling", "Grundskole")                                                      \
    X(vocational, "Vocational or upper secondary", "Erhvervsuddannelse eller gymnasial")           \
    X(higher, "Higher education", "Videregående uddannelse")

#define FLYT_ORIGINS(X)                                                                            \
    X(danish, "Danish origin", "Dansk oprindelse")                                                 \
    X(western, "Western origin", "Vestlig oprindelse")                                             \
    X(nonwestern, "Non-western origin", "Ikke-vestlig oprindelse")

/** Types as published: adult children at home do not make a family with children. */
#define FLYT_TYPES(X)                                                                              \
    X(single, "Single", "Enlig")                                                                   \
    X(couple, "Couple", "Par")                                                                     \
    X(single_parent, "Single parent", "Enlig forsørger")                                           \
    X(couple_with_children, "Couple with children", "Par med børn")

enum flyt_work {
#define X(name, en, da) FLYT_WORK_##name,
    FLYT_WORKS(X)
#undef X
        FLYT_N_WORKS
};

enum flyt_education {
#define X(name, en, da) FLYT_EDUCATION_##name,
    FLYT_EDUCATIONS(X)
#undef X
        FLYT_N_EDUCATIONS
};

enum flyt_origin {
#define X(name, en, da) FLYT_ORIGIN_##name,
    FLYT_ORIGINS(X)
#undef X
        FLYT_N_ORIGINS
};

enum flyt_type {
#define X(name, en, da) FLYT_TYPE_##name,
    FLYT_TYPES(X)
#undef X
        FLYT_N_TYPES
};

enum flyt_sex { FLYT_SEX_man, FLYT_SEX_woman };
enum flyt_attachment { FLYT_ATTACHED, FLYT_DETACHED }; /* latent class of the labour market */

#define FLYT_WORK_NAMES "employed|unemployed|benefit|student|disability|pension"
#define FLYT_EDUCATION_NAMES "basic|vocational|higher"
#define FLYT_ORIGIN_NAMES "danish|western|nonwestern"
#define FLYT_TYPE_NAMES "single|couple|single_parent|couple_with_children"

#define FLYT_ADULTS 2
#define FLYT_CHILDREN 6
#define FLYT_LANGUAGES 3
#define FLYT_CASES_MOST 3

/** One adult, unpacked. */
struct flyt_adult {
    int16_t born;       /* month, FLYT_NO_MONTH: there is no such adult */
    int16_t work_since; /* month */
    uint8_t sex, education, work, attachment;
    bool approved; /* the education is approved in Denmark */
    bool frail;    /* needs daily help */
};

/* These are read in every loop over households, so they are here to be inlined. */

/** @brief Adult 0 or 1 of a row. `person`: sex 1 bit, education 2, approved 1, attachment 1,
 *         frail 1. */
static inline struct flyt_adult flyt_people_adult(const struct flyt_household *row, uint32_t which)
{
    uint8_t person = row->person[which];
    return (struct flyt_adult){
        .born = row->born[which],
        .work_since = row->work_since[which],
        .sex = person & 1,
        .education = person >> 1 & 3,
        .approved = person >> 3 & 1,
        .attachment = person >> 4 & 1,
        .frail = person >> 5 & 1,
        .work = row->work[which],
    };
}

/** @brief Writes an adult back. */
void flyt_people_set_adult(struct flyt_household *row, uint32_t which, struct flyt_adult adult);

/** What both adults of a household share: the `origin` byte, unpacked. */
struct flyt_background {
    uint8_t origin;   /* enum flyt_origin */
    uint8_t language; /* 0: little Danish, 1: some, 2: fluent */
    uint8_t cases;    /* open social cases, 0 to FLYT_CASES_MOST */
    bool married;
};

/** @brief The household's origin, language, social cases and kind of union. `origin`: origin 2
 *         bits, language 2, married 1, social cases 2. */
static inline struct flyt_background flyt_people_background(const struct flyt_household *row)
{
    uint8_t byte = row->origin;
    return (struct flyt_background){
        .origin = byte & 3,
        .language = byte >> 2 & 3,
        .married = byte >> 4 & 1,
        .cases = byte >> 5 & 3,
    };
}

/** @brief Writes them back. */
void flyt_people_set_background(struct flyt_household *row, struct flyt_background background);

/** @brief 1 or 2 (0 only while a row is being made). */
static inline uint32_t flyt_people_adults(const struct flyt_household *row)
{
    return (uint32_t)(row->born[0] != FLYT_NO_MONTH) + (uint32_t)(row->born[1] != FLYT_NO_MONTH);
}

/** @brief Children at home below 18 in month `now`; adult children are not counted. */
static inline uint32_t flyt_people_children(const struct flyt_household *row, int16_t now)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        n += row->child_born[i] != FLYT_NO_MONTH && now - row->child_born[i] < 18 * 12;
    }
    return n;
}

/** @brief Quarters of a year that a child at home has been in programmes, to 31. */
static inline uint32_t flyt_people_helped(const struct flyt_household_cold *cold, uint32_t child)
{
    return cold->child_helped >> (5 * child) & 31u;
}

/** @brief Sets them. */
static inline void flyt_people_set_helped(struct flyt_household_cold *cold, uint32_t child,
                                          uint32_t quarters)
{
    uint32_t kept = cold->child_helped & ~(31u << (5 * child));
    cold->child_helped = kept | (quarters < 31 ? quarters : 31u) << (5 * child);
}

/** @brief All persons in the household: adults, children, adult children. */
uint32_t flyt_people_persons(const struct flyt_household *row);

/** @brief The household's type in month `now`. */
static inline enum flyt_type flyt_people_type(const struct flyt_household *row, int16_t now)
{
    bool couple = flyt_people_adults(row) == 2;
    bool children = flyt_people_children(row, now) > 0;
    return children ? (couple ? FLYT_TYPE_couple_with_children : FLYT_TYPE_single_parent)
                    : (couple ? FLYT_TYPE_couple : FLYT_TYPE_single);
}

/** @brief Whole years of age in month `now`. */
static inline int32_t flyt_people_age(int16_t born, int16_t now)
{
    return (now - born) / 12;
}

/** @brief Birth month of the oldest adult. */
int16_t flyt_people_oldest(const struct flyt_household *row);

#endif
