/**
 * @file letting_down.h
 * @brief Down a waiting list: to which of its members a vacant home is offered.
 *
 * Most members think such a home over once a year and never name it. So a few are looked at
 * together: a glance at each, remembered for the month, tells of most of them that the home gains
 * them nothing that matters; only the others are made ready and asked.
 */
#ifndef FLYT_LETTING_DOWN_H
#define FLYT_LETTING_DOWN_H

#include "models/letting_parts.h"

/** One vacancy on offer. */
struct flyt_letting_offering {
    struct flyt_world *world;
    struct flyt_letting_month *month;
    const struct flyt_letting_rules *rules;
    struct flyt_letting_vacancy *vacancy;
    struct flyt_letting_line *line; /* NULL: not traced */
    uint32_t section, dwelling, list, n_barred;
    bool aside; /* for residents: flyt_policies_set_aside() */
};

/** Whom a pass down a list reaches. */
enum flyt_letting_pass {
    FLYT_LETTING_everybody,
    FLYT_LETTING_students,
    FLYT_LETTING_resourceful, /* newcomers to the area with many resources */
    FLYT_LETTING_meets_criteria,
    FLYT_LETTING_of_section,
    FLYT_LETTING_of_organisation,
    FLYT_LETTING_from_outside
};

/** @brief Whether the home fits the member, who still waits and has not refused its section. */
bool flyt_letting_fits(const struct flyt_letting_offering *offering,
                       struct flyt_letting_member *member);

/** @brief What the home gains the member over staying. */
double flyt_letting_gain(const struct flyt_letting_offering *offering,
                         const struct flyt_letting_member *member, double *utility);

/** @brief The member at a place of the list takes the home, or refuses it (utility NULL). */
bool flyt_letting_answer(struct flyt_letting_offering *offering, struct flyt_letting_member *member,
                         uint32_t place, const double *utility, uint32_t channel);

/** @brief Goes down the offering's list in order of time. True: somebody takes the home. */
bool flyt_letting_go_down(struct flyt_letting_offering *offering, enum flyt_letting_pass pass,
                          uint32_t channel);

#endif
