/**
 * @file letting_offer.c
 * @brief To whom a vacant home is offered, and in what order: the two halves of a round.
 *
 * Municipalities, then organisations, offer their vacancies, in order of a keyed hash of (dwelling,
 * month), down their queues and lists. Only proposals are written; letting.c decides between them.
 */
#include <math.h>

#include "models/housing.h"
#include "models/kinds.h"
#include "models/letting_down.h"
#include "models/moves.h"
#include "models/params.h"
#include "models/policy.h"

static struct flyt_letting_offering offering_of(struct flyt_world *world, uint32_t dwelling)
{
    uint32_t section = world->dwellings.section[dwelling];
    return (struct flyt_letting_offering){.world = world,
                                          .month = world->letting->month,
                                          .rules = &world->letting->month->rules[section],
                                          .vacancy = &world->letting->vacancy[dwelling],
                                          .line = flyt_letting_line_of(world, dwelling),
                                          .section = section,
                                          .dwelling = dwelling,
                                          .list = FLYT_NONE,
                                          .aside = flyt_policies_set_aside(world, dwelling)};
}

/** A section's vacancies that are ready, with their rank of the month. */
static uint32_t gather(const struct flyt_world *world, uint32_t section, struct flyt_ranked *ranked)
{
    const uint32_t *vacant = world->housing->vacant + world->sections.first[section];
    uint32_t n = 0;
    for (uint32_t i = 0; i < world->housing->n_vacant[section]; i++) {
        if (flyt_moves_ready(world, vacant[i])) {
            ranked[n++] = (struct flyt_ranked){
                flyt_rng_word64(world->key, vacant[i], world->month, FLYT_STREAM_letting_home, 0),
                vacant[i], vacant[i]};
        }
    }
    return n;
}

/* ---- the municipalities -------------------------------------------------------------------- */

/** Act, section 59: whom the municipality may send there, and what it would send them to. */
static bool may_assign(const struct flyt_letting_offering *offering,
                       const struct flyt_letting_member *member)
{
    const struct flyt_world *world = offering->world;
    uint32_t rooms = world->dwellings.rooms[offering->dwelling];
    return rooms <= member->persons + world->params->letting.claim_rooms &&
           !(offering->rules->banned && flyt_letting_banned(world, member->household)) &&
           (world->policies == NULL ||
            flyt_policies_may_assign(world, member->household, offering->section));
}

/** Goes down the queue in order of time: those to be rehoused, or the others. */
static bool go_down_queue(struct flyt_letting_offering *offering, bool rehousing)
{
    const struct flyt_world *world = offering->world;
    const struct flyt_lists_list *queue = &world->letting->lists.list[offering->list];
    struct flyt_letting_member *member = flyt_letting_members_of(world, offering->list);
    uint32_t n_offers = 0, most = world->params->letting.queue_offers;
    double margin = rehousing ? 0.0 : world->params->letting.assigned_margin;
    for (uint32_t i = 0; i < queue->n && n_offers < most; i++) {
        bool right = queue->member[i].kind == FLYT_NEED_rehousing;
        if (right != rehousing || !flyt_letting_fits(offering, &member[i]) ||
            (!rehousing && !may_assign(offering, &member[i]))) {
            continue;
        }
        double utility, gain = flyt_letting_gain(offering, &member[i], &utility);
        if (gain == -INFINITY) {
            continue;
        }
        n_offers++;
        if (flyt_letting_answer(offering, &member[i], i, gain > -margin ? &utility : NULL,
                                rehousing ? FLYT_CHANNEL_rehousing : FLYT_CHANNEL_municipality)) {
            return true;
        }
    }
    return false;
}

static void assign_home(struct flyt_world *world, uint32_t municipality, uint32_t dwelling)
{
    const struct flyt_lists *lists = &world->letting->lists;
    struct flyt_letting_offering offering = offering_of(world, dwelling);
    if (world->sections.kind[offering.section] == FLYT_KIND_almen_elderly) {
        /* act, section 54(1): the municipality assigns them; whoever applied first comes first */
        offering.list = flyt_lists_elderly(lists, municipality);
        if (!(offering.vacancy->state & FLYT_LETTING_advertised) &&
            !flyt_letting_go_down(&offering, FLYT_LETTING_everybody, FLYT_CHANNEL_elderly)) {
            flyt_letting_advertise(world, dwelling); /* 54(1), 2nd sentence */
        }
        return;
    }
    if (!flyt_letting_family(world, offering.section) || offering.aside) {
        return;
    }
    offering.list = flyt_lists_queue(lists, municipality);
    /* act, sections 62, 86 and urban renewal: who must leave a home has right to another one */
    if (go_down_queue(&offering, true)) {
        return;
    }
    /* act, section 59(1): acute housing need; what suits nobody returns to the list */
    if (offering.vacancy->state & FLYT_LETTING_claimed && !go_down_queue(&offering, false)) {
        offering.vacancy->state &= (uint8_t)~FLYT_LETTING_claimed;
    }
}

static void assign_range(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    const struct flyt_letting *letting = world->letting;
    for (uint32_t m = first; m < end; m++) {
        struct flyt_ranked *ranked =
            letting->month->ranked + letting->month->room[letting->first_in[m]];
        uint32_t n = 0;
        for (uint32_t s = letting->first_in[m]; s < letting->first_in[m + 1]; s++) {
            if (world->sections.tenure[s] == FLYT_TENURE_almen) {
                n += gather(world, s, ranked + n);
            }
        }
        flyt_rank_sort(ranked, n);
        for (uint32_t i = 0; i < n; i++) {
            assign_home(world, m, ranked[i].index);
        }
    }
}

void flyt_letting_assign(struct flyt_world *world)
{
    flyt_par_ranges(&world->par, world->municipalities.n, assign_range, world);
}

/* ---- the organisations --------------------------------------------------------------------- */

/** Act, section 60: the agreed share goes to applicants who meet the criteria, in order of time. */
static bool let_flexibly(struct flyt_letting_offering *offering)
{
    uint8_t *state = &offering->vacancy->state;
    if (!(*state & FLYT_LETTING_turned)) {
        uint32_t *counter = &offering->world->letting->counter[offering->section].flexible;
        bool turn = flyt_letting_turn(counter, offering->rules->flexible_share);
        *state |= (uint8_t)(FLYT_LETTING_turned | (turn ? FLYT_LETTING_flexible : 0));
    }
    return *state & FLYT_LETTING_flexible &&
           ((offering->rules->resourceful_first &&
             flyt_letting_go_down(offering, FLYT_LETTING_resourceful, FLYT_CHANNEL_flexible)) ||
            flyt_letting_go_down(offering, FLYT_LETTING_meets_criteria, FLYT_CHANNEL_flexible));
}

/** Order, section 9: residents of the section, then of the organisation. */
static bool let_inside(struct flyt_letting_offering *offering)
{
    return flyt_letting_go_down(offering, FLYT_LETTING_of_section, FLYT_CHANNEL_inside) ||
           flyt_letting_go_down(offering, FLYT_LETTING_of_organisation, FLYT_CHANNEL_inside);
}

/** Act, section 51(1); order, sections 2 and 9: by time on the list, at the residents' turn after
 *  them, else before them. */
static bool let_by_list(struct flyt_letting_offering *offering)
{
    uint8_t *state = &offering->vacancy->state;
    if (!offering->aside && !(*state & FLYT_LETTING_listed)) {
        uint32_t *counter = &offering->world->letting->counter[offering->section].inside;
        bool turn = flyt_letting_turn(counter, offering->rules->inside_share);
        *state |= (uint8_t)(FLYT_LETTING_listed | (turn ? FLYT_LETTING_inside : 0));
    }
    if (offering->aside || *state & FLYT_LETTING_inside) {
        return let_inside(offering) ||
               flyt_letting_go_down(offering, FLYT_LETTING_from_outside, FLYT_CHANNEL_outside);
    }
    return flyt_letting_go_down(offering, FLYT_LETTING_from_outside, FLYT_CHANNEL_outside) ||
           let_inside(offering);
}

static void let_home(struct flyt_world *world, uint32_t organisation, uint32_t dwelling)
{
    const struct flyt_lists *lists = &world->letting->lists;
    struct flyt_letting_offering offering = offering_of(world, dwelling);
    if (offering.vacancy->state & (FLYT_LETTING_claimed | FLYT_LETTING_advertised)) {
        return;
    }
    bool taken;
    if (world->sections.kind[offering.section] == FLYT_KIND_almen_youth) {
        /* act, section 52: young people in education, then others. ASSUMPTION: in this order */
        offering.list = flyt_lists_youth(lists, organisation);
        taken = (world->params->letting.students_first &&
                 flyt_letting_go_down(&offering, FLYT_LETTING_students, FLYT_CHANNEL_youth)) ||
                flyt_letting_go_down(&offering, FLYT_LETTING_everybody, FLYT_CHANNEL_youth);
    } else {
        offering.list = flyt_lists_family(lists, organisation);
        taken = (!offering.aside && let_flexibly(&offering)) || let_by_list(&offering);
    }
    if (!taken) { /* act, section 51(5): to others when nobody on the list will have it */
        flyt_letting_advertise(world, dwelling);
    }
}

static void offer_range(void *world_, uint32_t first, uint32_t end)
{
    struct flyt_world *world = world_;
    const struct flyt_letting *letting = world->letting;
    for (uint32_t o = first; o < end; o++) {
        struct flyt_ranked *ranked = letting->month->ranked + letting->month->room_of[o];
        uint32_t n = 0;
        for (uint32_t i = letting->first_of[o]; i < letting->first_of[o + 1]; i++) {
            uint32_t s = letting->section_of[i];
            if (world->sections.kind[s] != FLYT_KIND_almen_elderly) {
                n += gather(world, s, ranked + n);
            }
        }
        flyt_rank_sort(ranked, n);
        for (uint32_t i = 0; i < n; i++) {
            let_home(world, o, ranked[i].index);
        }
    }
}

void flyt_letting_offer(struct flyt_world *world)
{
    flyt_par_ranges(&world->par, world->letting->lists.n_organisations, offer_range, world);
}
