/**
 * @file letting_members.c
 * @brief Members of waiting lists as the month's offers see them: once a month, so that going down
 *        a list looks at no household's row.
 */
#include <string.h>

#include "models/letting_parts.h"
#include "models/params.h"
#include "models/people.h"

bool flyt_letting_is_queue(const struct flyt_world *world, uint32_t list)
{
    return list >= flyt_lists_queue(&world->letting->lists, 0);
}

bool flyt_letting_is_housed(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    return row->wanted != FLYT_NONE || row->moved_in == world->calendar;
}

struct flyt_letting_member flyt_letting_member_of(const struct flyt_world *world, uint32_t list,
                                                  const struct flyt_lists_member *from)
{
    const struct flyt_households *households = &world->households;
    const struct flyt_household *row = &households->row[from->household];
    const struct flyt_household_cold *cold = &households->cold[from->household];
    bool own = from->household < households->capacity && !(row->flags & FLYT_HIDDEN);
    uint32_t place = flyt_letting_is_queue(world, list) ? 0 : flyt_lists_place(cold, list);
    struct flyt_letting_member to = {.household = from->household,
                                     .section = own ? row->section : FLYT_NONE,
                                     .refused_section = FLYT_NONE};
    if (households->uid[from->household] != from->uid || place == FLYT_NONE ||
        flyt_letting_is_housed(world, from->household)) {
        to.flags = FLYT_MEMBER_out;
        return to;
    }
    to.persons = (uint8_t)flyt_people_persons(row);
    int32_t years = flyt_people_age(flyt_people_oldest(row), world->calendar);
    to.years = (uint8_t)(years < 0 ? 0 : years > UINT8_MAX ? UINT8_MAX : years);
    to.flags |= flyt_letting_works(world, from->household) ? FLYT_MEMBER_works : 0;
    to.flags |= flyt_letting_studies(world, from->household) ? FLYT_MEMBER_studies : 0;
    to.flags |= flyt_people_children(row, world->calendar) > 0 ? FLYT_MEMBER_children : 0;
    to.flags |= flyt_frailty_count(row) > 0 ? FLYT_MEMBER_frail : 0;
    to.refusals = cold->refusals >> 2 * place & 3u;
    bool organised = list < 2 * world->letting->lists.n_organisations;
    uint32_t organisation = list % world->letting->lists.n_organisations;
    if (own && organised && world->sections.organisation[row->section] == organisation &&
        world->sections.tenure[row->section] == FLYT_TENURE_almen) {
        to.flags |= FLYT_MEMBER_resident;
    }
    return to;
}

/** Wishes are thought over once a year, and by whoever has moved. */
static void keep_wishes(const struct flyt_world *world, const struct flyt_lists_list *list,
                        uint32_t place, struct flyt_letting_member *member)
{
    const struct flyt_household *row = &world->households.row[member->household];
    uint64_t *wish = flyt_lists_wish(list, place);
    uint64_t turn = list->member[place].uid + (uint64_t)world->calendar;
    if (wish == NULL || member->section == FLYT_NONE || row->flags & FLYT_FORCED) {
        return; /* takes what it can get: asked each time */
    }
    member->flags |= FLYT_MEMBER_settled;
    if (wish[0] != member->section + UINT64_C(1) || turn % world->params->lists.wish_months == 0) {
        memset(wish, 0, flyt_lists_words(list) * sizeof *wish);
        wish[0] = member->section + UINT64_C(1);
    }
}

struct flyt_letting_member *flyt_letting_members_of(const struct flyt_world *world, uint32_t l)
{
    struct flyt_letting_month *month = world->letting->month;
    const struct flyt_lists_list *list = &world->letting->lists.list[l];
    struct flyt_letting_member *member = month->member + month->offset[l];
    uint32_t *resident = month->resident + month->offset[l], n = 0;
    for (uint32_t i = 0; i < list->n && !month->ready[l]; i++) {
        if (i + 6 < list->n) {
            flyt_world_fetch(world, list->member[i + 6].household);
            __builtin_prefetch(&world->households.uid[list->member[i + 6].household]);
        }
        member[i] = flyt_letting_member_of(world, l, &list->member[i]);
        if (!(member[i].flags & FLYT_MEMBER_out)) {
            keep_wishes(world, list, i, &member[i]);
        }
        if (member[i].flags & FLYT_MEMBER_resident) {
            resident[n++] = i;
        }
    }
    month->n_resident[l] = month->ready[l] ? month->n_resident[l] : n;
    month->ready[l] = true;
    return member;
}
