/**
 * @file letting_parts.h
 * @brief What the parts of letting share: members as the month's offers see them, proposals.
 */
#ifndef FLYT_LETTING_PARTS_H
#define FLYT_LETTING_PARTS_H

#include "models/letting.h"
#include "sim/rank.h"

/** A member of a list this month: what decides most offers without a look at its row. */
struct flyt_letting_member {
    uint32_t household, section, refused_section; /* where it lives; whose home it refused last */
    uint8_t persons, refusals, flags;
    uint8_t years; /* age of the oldest, to 255 */
};

_Static_assert(sizeof(struct flyt_letting_member) == 16, "four a cache line");

enum flyt_letting_member_flag {
    FLYT_MEMBER_out = 1,      /* has a home, or was dropped */
    FLYT_MEMBER_resident = 2, /* of the organisation */
    FLYT_MEMBER_glanced = 4,  /* its glance of this month is there */
    FLYT_MEMBER_settled = 8,  /* keeps its wishes for a while: has a home and need not leave it */
    FLYT_MEMBER_works = 16,   /* an adult does */
    FLYT_MEMBER_studies = 32,
    FLYT_MEMBER_children = 64, /* lives with children */
    FLYT_MEMBER_frail = 128,   /* an adult needs daily help */
};

/** A household that would take a home. */
struct flyt_letting_proposal {
    uint64_t uid;
    double utility;
    uint32_t household, dwelling, list;
    int16_t since;
    uint8_t channel;
};

/** An offer refused, or (kind set) an applicant barred who is owed another home. */
struct flyt_letting_refusal {
    uint32_t household, list;
    uint8_t channel;
    bool barred, owed;
};

/** Scratch of one month: members. Of one round: vacancies, proposals and refusals by section. */
struct flyt_letting_month {
    struct flyt_letting_rules *rules;   /* [n_sections], of almen sections */
    uint32_t *offset;                   /* [n_lists + 1] into member, resident, glance */
    struct flyt_letting_member *member; /* in the order of the lists */
    uint32_t *resident;                 /* places in the list of the organisation's residents */
    uint32_t *n_resident;               /* [n_lists] */
    char *glance;                       /* of members: struct flyt_letting_choice */
    bool *ready;                        /* [n_lists] members are filled in */
    uint32_t *n_seen;                   /* [n_lists] before that: the first so many are */
    uint32_t *room;                     /* [n_sections + 1] vacancies of almen sections before */
    uint32_t *room_of;                  /* [n_organisations + 1] the same by organisation */
    struct flyt_letting_proposal *proposal; /* [vacancies], a section's from room[s] on */
    uint32_t *n_proposals;                  /* [n_sections] */
    struct flyt_letting_refusal *refusal;   /* [vacancies * per_home] */
    uint32_t *n_refusals;                   /* [n_sections] */
    uint32_t per_home;                      /* most refusals of a vacancy in a round */
    struct flyt_ranked *ranked;             /* [vacancies] order in which homes are let */
};

/** @brief Words of a bit for each row. */
static inline size_t flyt_letting_words(const struct flyt_world *world)
{
    return ((size_t)world->households.capacity + world->households.n_outside) / 64 + 1;
}

/** @brief Members of a list as offers see them; made once a month, by whoever owns the list. What
 *         they do and how old they are stays as it is while homes are let. */
struct flyt_letting_member *flyt_letting_members_of(const struct flyt_world *world, uint32_t list);

/** @brief One member of a list as offers see it; flagged out where it waits no more. */
struct flyt_letting_member flyt_letting_member_of(const struct flyt_world *world, uint32_t list,
                                                  const struct flyt_lists_member *from);

/** @brief Whether a list is a municipality's queue. */
bool flyt_letting_is_queue(const struct flyt_world *world, uint32_t list);

/** @brief Whether a household has moved this month, or will. */
bool flyt_letting_is_housed(const struct flyt_world *world, uint32_t household);

/** @brief The same of a member that was not when the list was made ready: only of those who have
 *         agreed to move since is the row read. */
static inline bool flyt_letting_has_agreed(const struct flyt_world *world, uint32_t household)
{
    return world->letting->agreed[household / 64] >> household % 64 & 1 &&
           flyt_letting_is_housed(world, household);
}

/** @brief Whether the member belongs to those the homes are for: youth, elderly, senior. */
bool flyt_letting_eligible(const struct flyt_world *world, const struct flyt_letting_member *member,
                           uint32_t section);

/** @brief Criteria of flexible letting that a member meets. */
uint32_t flyt_letting_criteria(const struct flyt_letting_member *member, uint32_t age_years);

/** @brief The municipalities' half of a round: rehousing, claims, homes for the elderly. */
void flyt_letting_assign(struct flyt_world *world);

/** @brief The organisations' half. */
void flyt_letting_offer(struct flyt_world *world);

/** @brief Line of a traced vacancy, NULL: not traced, or behind the last line. */
struct flyt_letting_line *flyt_letting_line_of(const struct flyt_world *world, uint32_t dwelling);

/** @brief Notes how long somebody had waited on a list, where sections are followed. */
void flyt_letting_note_wait(struct flyt_world *world, const struct flyt_letting_proposal *proposal);

/** @brief Takes a home from the section's vacancies. */
void flyt_letting_take_vacancy(struct flyt_world *world, uint32_t section, uint32_t dwelling);

/** @brief Counts a home that was let. */
void flyt_letting_count(struct flyt_world *world, const struct flyt_letting_proposal *proposal);

/** @brief A vacant home is open to everybody from now on. */
void flyt_letting_advertise(struct flyt_world *world, uint32_t dwelling);

/** @brief Notes in a traced line who took an advertised home. */
void flyt_letting_note_taken(struct flyt_world *world, uint32_t dwelling);

#endif
