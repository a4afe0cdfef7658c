#include "models/letting_taker.h"

#include "models/letting_glance.h"
#include "models/params.h"

/** A home, and the list down which one thinks of offering it. */
struct question {
    struct flyt_world *world;
    const struct flyt_lists_list *list;
    struct flyt_letting_member *member; /* of the list; the first n_seen are filled in */
    uint32_t *n_seen;
    uint32_t number, dwelling, section, persons_most;
};

/** The member at a place, all before which were asked for. */
static struct flyt_letting_member *member_at(const struct question *question, uint32_t place)
{
    enum { AHEAD = 6 }; /* members; see docs/ENGINE.md */
    const struct flyt_world *world = question->world;
    const struct flyt_lists_list *list = question->list;
    if (place == *question->n_seen) {
        if (place + AHEAD < list->n) {
            uint32_t later = list->member[place + AHEAD].household;
            flyt_world_fetch(world, later);
            __builtin_prefetch(&world->households.uid[later]);
        }
        question->member[place] =
            flyt_letting_member_of(world, question->number, &list->member[place]);
        (*question->n_seen)++;
    }
    return &question->member[place];
}

static bool fits(const struct question *question, const struct flyt_letting_member *member)
{
    return !(member->flags & FLYT_MEMBER_out) && member->persons <= question->persons_most &&
           !flyt_letting_has_agreed(question->world, member->household) &&
           flyt_letting_eligible(question->world, member, question->section);
}

/** The next few whom the home fits. @param next  place to begin at; out: the one behind them. */
static void gather_few(const struct question *question, uint32_t *next,
                       struct flyt_letting_few *few)
{
    few->n = 0;
    for (; *next < question->list->n && few->n < FLYT_LETTING_TOGETHER; (*next)++) {
        if (fits(question, member_at(question, *next))) {
            few->place[few->n++] = *next;
        }
    }
}

/** @return place of the first taker among them. @param n_offers  made so far. */
static uint32_t ask_few(const struct question *question, const struct flyt_letting_few *few,
                        uint32_t *n_offers)
{
    const struct flyt_world *world = question->world;
    const struct flyt_letting_params *params = &world->params->letting;
    for (uint32_t k = 0; k < few->n && *n_offers < params->offers_most; k++) {
        if (!few->may[k]) {
            continue;
        }
        double utility,
            gain = world->letting->choice->gain_once(
                world, question->member[few->place[k]].household, question->dwelling, &utility);
        if (gain > 0.0) {
            return few->place[k];
        }
        *n_offers += gain > -params->named_margin; /* it has named the section and says no */
    }
    return FLYT_NONE;
}

uint32_t flyt_letting_first_taker(struct flyt_world *world, uint32_t list, uint32_t dwelling)
{
    const struct flyt_letting_params *params = &world->params->letting;
    const struct flyt_letting *letting = world->letting;
    struct flyt_letting_month *month = letting->month;
    struct question question = {.world = world,
                                .list = &letting->lists.list[list],
                                .member = month->member + month->offset[list],
                                .n_seen = &month->n_seen[list],
                                .number = list,
                                .dwelling = dwelling,
                                .section = world->dwellings.section[dwelling],
                                .persons_most =
                                    params->persons_per_room * world->dwellings.rooms[dwelling]};
    double dull = params->named_margin > 0.0 ? -params->named_margin : 0.0;
    uint32_t next = 0, n_offers = 0, taker = FLYT_NONE;
    struct flyt_letting_few few;
    while (next < question.list->n && n_offers < params->offers_most && taker == FLYT_NONE) {
        gather_few(&question, &next, &few);
        flyt_letting_look_over(world, list, dwelling, dull, &few);
        taker = ask_few(&question, &few, &n_offers);
    }
    return taker;
}
