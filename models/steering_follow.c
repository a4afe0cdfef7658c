/**
 * @file steering_follow.c
 * @brief Whom intake steering makes wait, applicants who would have got the home by the list; and
 *        newcomers with many resources who come to released sections.
 */
#include "models/letting_taker.h"
#include "models/livelihood.h"
#include "models/resources.h"
#include "models/steering.h"

/** Whether a member of the list is still to be offered homes. */
static bool is_waiting(const struct flyt_world *world, uint64_t uid, uint32_t household,
                       uint32_t list)
{
    const struct flyt_household *row = &world->households.row[household];
    return world->households.uid[household] == uid && row->wanted == FLYT_NONE &&
           row->moved_in != world->calendar &&
           flyt_lists_place(&world->households.cold[household], list) != FLYT_NONE;
}

void flyt_steering_pass_over(const struct flyt_policy_ask *ask, uint32_t dwelling)
{
    struct flyt_world *world = ask->world;
    struct flyt_steering_own *own = ask->policy->own;
    const struct flyt_lists *lists = &world->letting->lists;
    uint32_t organisation = world->sections.organisation[world->dwellings.section[dwelling]];
    uint32_t number = flyt_lists_family(lists, organisation);
    const struct flyt_lists_list *list = &lists->list[number];
    uint32_t at = flyt_letting_first_taker(world, number, dwelling);
    if (at == FLYT_NONE || own->n_passed == world->dwellings.n) {
        return;
    }
    const struct flyt_lists_member *entry = &list->member[at];
    for (uint32_t i = 0; i < own->n_passed; i++) {
        if (own->passed[i].uid == entry->uid) {
            return; /* waits already: a month is added once */
        }
    }
    own->counts.steering_passed++;
    own->passed[own->n_passed++] = (struct flyt_steering_passed){
        .uid = entry->uid, .household = entry->household, .list = number, .since = world->calendar};
}

void flyt_steering_follow(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    struct flyt_steering_own *own = ask->policy->own;
    uint32_t n = 0;
    for (uint32_t i = 0; i < own->n_passed; i++) {
        const struct flyt_steering_passed *passed = &own->passed[i];
        if (is_waiting(world, passed->uid, passed->household, passed->list) &&
            world->households.row[passed->household].moved_in < passed->since) {
            own->passed[n++] = *passed;
        }
    }
    own->n_passed = n;
    own->counts.steering_waiting = n;
}

/* ---- newcomers ----------------------------------------------------------------------------- */

static void welcome(const struct flyt_policy_ask *ask, uint32_t household)
{
    struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    own->counts.steering_welcomed++;
    if (params->welcome_months > 0 && flyt_steering_is_free(&world->households.cold[household])) {
        uint32_t area = world->sections.area[world->households.row[household].section];
        flyt_policies_enrol(world, household, FLYT_PROGRAMME_welcome, area,
                            world->calendar + (int32_t)params->welcome_months - 1);
        flyt_livelihood_refresh_bound(world, household);
    }
}

void flyt_steering_welcome(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    int16_t last = (int16_t)(world->calendar - 1);
    bool asked = ask->intensity > 0.0 && (params->priority > 0.0 || params->welcome_months > 0);
    for (uint32_t s = 0; asked && s < world->sections.n; s++) {
        if (!flyt_steering_holds(world, ask->policy, s) || !flyt_steering_is_deprived(world, s) ||
            world->sections.tenure[s] != FLYT_TENURE_almen) {
            continue;
        }
        for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
            uint32_t household = world->dwellings.occupant[d];
            if (flyt_letting_channel(world, d, last) == FLYT_CHANNEL_flexible &&
                household < FLYT_CLOSED && world->households.row[household].moved_in == last &&
                flyt_resources_class(world, household) == FLYT_CLASS_strong) {
                welcome(ask, household);
            }
        }
    }
}
