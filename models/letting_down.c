#include "models/letting_down.h"

#include <math.h>

#include "models/letting_glance.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/resources.h"

/* ---- one offer ----------------------------------------------------------------------------- */

double flyt_letting_gain(const struct flyt_letting_offering *offering,
                         const struct flyt_letting_member *member, double *utility)
{
    return offering->world->letting->choice->gain_once(offering->world, member->household,
                                                       offering->dwelling, utility);
}

static void note(const struct flyt_letting_offering *offering, uint32_t household, uint32_t channel,
                 bool barred, bool owed)
{
    struct flyt_letting_month *month = offering->month;
    uint32_t s = offering->section;
    month->refusal[(size_t)month->room[s] * month->per_home + month->n_refusals[s]++] =
        (struct flyt_letting_refusal){household, offering->list, (uint8_t)channel, barred, owed};
}

/** Act, sections 51 b(1) and 51 c(1): refused on the list unless living in the section. */
static bool is_barred(struct flyt_letting_offering *offering,
                      const struct flyt_letting_member *member, double gain)
{
    const struct flyt_letting_rules *rules = offering->rules;
    const struct flyt_world *world = offering->world;
    if (rules->benefit_months == FLYT_NONE || member->section == offering->section ||
        !flyt_letting_on_benefit(world, member->household, rules->benefit_months)) {
        return false;
    }
    if (gain > 0.0 && offering->n_barred < world->params->letting.offers_most) {
        bool owed = rules->owed_months != FLYT_NONE &&
                    flyt_letting_on_benefit(world, member->household, rules->owed_months);
        offering->n_barred++;
        note(offering, member->household, FLYT_CHANNEL_outside, true, owed);
    }
    return true;
}

bool flyt_letting_answer(struct flyt_letting_offering *offering, struct flyt_letting_member *member,
                         uint32_t place, const double *utility, uint32_t channel)
{
    const struct flyt_world *world = offering->world;
    struct flyt_letting_month *month = offering->month;
    const struct flyt_lists_member *entry =
        &world->letting->lists.list[offering->list].member[place];
    uint32_t s = offering->section;
    bool takes = utility != NULL;
    if (offering->line != NULL) {
        offering->line->head = offering->line->n_offers == 0 ? entry->uid : offering->line->head;
        offering->line->n_offers++;
        offering->line->n_refusals += !takes;
    }
    if (takes) {
        month->proposal[month->room[s] + month->n_proposals[s]++] = (struct flyt_letting_proposal){
            entry->uid,     *utility,     member->household, offering->dwelling,
            offering->list, entry->since, (uint8_t)channel};
        member->flags |= FLYT_MEMBER_out;
        return true;
    }
    note(offering, member->household, channel, false, false);
    member->refused_section = s;
    member->refusals++;
    if (!flyt_letting_is_queue(world, offering->list) &&
        member->refusals >= world->params->lists.refusals_most) {
        member->flags |= FLYT_MEMBER_out;
    }
    return false;
}

bool flyt_letting_fits(const struct flyt_letting_offering *offering,
                       struct flyt_letting_member *member)
{
    const struct flyt_world *world = offering->world;
    uint32_t most =
        world->params->letting.persons_per_room * world->dwellings.rooms[offering->dwelling];
    if (member->flags & FLYT_MEMBER_out || member->refused_section == offering->section ||
        member->persons > most) {
        return false; /* order: no more than two persons a room */
    }
    if (flyt_letting_has_agreed(world, member->household)) {
        member->flags |= FLYT_MEMBER_out;
        return false;
    }
    return flyt_letting_eligible(world, member, offering->section) &&
           flyt_policies_may_take(world, member->household, offering->dwelling);
}

/** What members think of homes of this section and size: a bit of two words. */
struct wish {
    uint32_t word; /* first of the two among a member's */
    uint64_t bit;
};

static struct wish wish_of(const struct flyt_letting_offering *offering)
{
    const struct flyt_letting *letting = offering->world->letting;
    uint32_t rooms = offering->world->dwellings.rooms[offering->dwelling];
    uint32_t size = rooms < 1 ? 0 : rooms > FLYT_LETTING_SIZES ? FLYT_LETTING_SIZES - 1 : rooms - 1;
    uint32_t which = letting->place_of[offering->section] * FLYT_LETTING_SIZES + size;
    return (struct wish){1 + 2 * (which / 64), UINT64_C(1) << which % 64};
}

/** Where a member notes what it thinks: thought, then named. NULL: it keeps no wishes. */
static uint64_t *notes_of(const struct flyt_lists_list *list, uint32_t place,
                          const struct flyt_letting_member *member, struct wish wish)
{
    return member->flags & FLYT_MEMBER_settled ? flyt_lists_wish(list, place) + wish.word : NULL;
}

/** Whether a member has thought of such homes and not named them. */
static bool declines(const struct flyt_lists_list *list, uint32_t place,
                     const struct flyt_letting_member *member, struct wish wish)
{
    const uint64_t *notes = notes_of(list, place, member, wish);
    return notes != NULL && notes[0] & ~notes[1] & wish.bit;
}

static double most_of(double a, double b, double c)
{
    double most = a > b ? a : b;
    return most > c ? most : c;
}

static bool is_newcomer(const struct flyt_world *world, uint32_t section,
                        const struct flyt_letting_member *member)
{
    const uint32_t *area = world->sections.area;
    return member->section == FLYT_NONE || area[member->section] != area[section];
}

static bool is_resourceful(const struct flyt_world *world, uint32_t household)
{
    return flyt_resources_class(world, household) == FLYT_CLASS_strong;
}

/** Whether a pass reaches a member, as far as is told without its row. */
static bool may_reach(const struct flyt_letting_offering *offering, enum flyt_letting_pass pass,
                      const struct flyt_letting_member *member)
{
    switch (pass) {
    case FLYT_LETTING_resourceful:
        return is_newcomer(offering->world, offering->section, member);
    case FLYT_LETTING_meets_criteria:
        return flyt_letting_criteria(member, offering->rules->flexible_age) &
               offering->rules->criteria;
    case FLYT_LETTING_of_section:
        return member->section == offering->section;
    case FLYT_LETTING_of_organisation:
        return member->section != offering->section;
    case FLYT_LETTING_students:
        return member->flags & FLYT_MEMBER_studies;
    case FLYT_LETTING_from_outside:
        return !(member->flags & FLYT_MEMBER_resident);
    case FLYT_LETTING_everybody:
        break;
    }
    return true;
}

/* ---- down a list --------------------------------------------------------------------------- */

/** A way down a list: whom it reaches, and how far it has come. */
struct way {
    struct flyt_letting_offering *offering;
    const struct flyt_lists_list *list;
    struct flyt_letting_member *member; /* of the list */
    const uint32_t *resident;           /* places of those inside; NULL: all places */
    enum flyt_letting_pass pass;
    struct wish wish;
    uint32_t n, next; /* places, and the next to look at */
};

static struct way way_of(struct flyt_letting_offering *offering, enum flyt_letting_pass pass)
{
    const struct flyt_letting *letting = offering->world->letting;
    const struct flyt_lists_list *list = &letting->lists.list[offering->list];
    bool inside = pass == FLYT_LETTING_of_section || pass == FLYT_LETTING_of_organisation;
    struct way way = {.offering = offering,
                      .list = list,
                      .member = flyt_letting_members_of(offering->world, offering->list),
                      .pass = pass,
                      .wish = wish_of(offering),
                      .n = list->n};
    if (inside) {
        way.resident = letting->month->resident + letting->month->offset[offering->list];
        way.n = letting->month->n_resident[offering->list];
    }
    return way;
}

/** The next few whom the pass reaches; begins to fetch from memory what is known of them. */
static void gather_few(struct way *way, struct flyt_letting_few *few)
{
    const struct flyt_world *world = way->offering->world;
    few->n = 0;
    for (; way->next < way->n && few->n < FLYT_LETTING_TOGETHER; way->next++) {
        uint32_t place = way->resident != NULL ? way->resident[way->next] : way->next;
        const struct flyt_letting_member *member = &way->member[place];
        if (!(member->flags & FLYT_MEMBER_out) && may_reach(way->offering, way->pass, member) &&
            !declines(way->list, place, member, way->wish)) {
            __builtin_prefetch(flyt_letting_glance_of(world, way->offering->list, place));
            if (!(member->flags & FLYT_MEMBER_glanced)) {
                flyt_world_fetch_row(world, member->household);
            }
            few->place[few->n++] = place;
        }
    }
}

/** Leaves those whom the home fits. */
static void keep_fitting(const struct way *way, struct flyt_letting_few *few)
{
    const struct flyt_world *world = way->offering->world;
    uint32_t n = 0;
    for (uint32_t k = 0; k < few->n; k++) {
        struct flyt_letting_member *member = &way->member[few->place[k]];
        if ((way->pass != FLYT_LETTING_resourceful || is_resourceful(world, member->household)) &&
            flyt_letting_fits(way->offering, member)) {
            few->place[n++] = few->place[k];
        }
    }
    few->n = n;
}

/** Offers the home to one member whom it fits. True: it takes it. */
static bool offer_member(const struct way *way, uint32_t place, bool may, double margin,
                         uint32_t channel)
{
    struct flyt_letting_offering *offering = way->offering;
    const struct flyt_letting_params *params = &offering->world->params->letting;
    struct flyt_letting_member *member = &way->member[place];
    double utility, gain = -INFINITY;
    if (may) {
        gain = flyt_letting_gain(offering, member, &utility);
    }
    uint64_t *notes = notes_of(way->list, place, member, way->wish);
    if (notes != NULL && !(notes[0] & way->wish.bit)) {
        bool names = gain > -params->named_margin || gain > -params->inside_margin;
        notes[0] |= way->wish.bit;
        notes[1] |= names ? way->wish.bit : 0;
    }
    if (gain <= -margin || is_barred(offering, member, gain)) {
        return false;
    }
    /* whoever applied for a home for the elderly needs one: it is taken as an assigned home is */
    double least = channel == FLYT_CHANNEL_elderly ? -params->assigned_margin : 0.0;
    offering->vacancy->offers++;
    return flyt_letting_answer(offering, member, place, gain > least ? &utility : NULL, channel);
}

bool flyt_letting_go_down(struct flyt_letting_offering *offering, enum flyt_letting_pass pass,
                          uint32_t channel)
{
    const struct flyt_letting_params *params = &offering->world->params->letting;
    struct way way = way_of(offering, pass);
    struct flyt_letting_few few;
    double margin = channel == FLYT_CHANNEL_elderly ? INFINITY
                    : way.resident != NULL          ? params->inside_margin
                                                    : params->named_margin;
    double dull = -most_of(margin, params->named_margin, params->inside_margin);
    while (way.next < way.n && offering->vacancy->offers < params->offers_most) {
        gather_few(&way, &few);
        keep_fitting(&way, &few);
        flyt_letting_look_over(offering->world, offering->list, offering->dwelling, dull, &few);
        for (uint32_t k = 0; k < few.n && offering->vacancy->offers < params->offers_most; k++) {
            if (offer_member(&way, few.place[k], few.may[k], margin, channel)) {
                return true;
            }
        }
    }
    return false;
}
