/**
 * @file letting_offer.c
 * @brief To whom a vacant home is offered, and in what order: the two halves of a round.
 *
 * Municipalities, then organisations, offer their vacancies, in order of a keyed hash of (dwelling,
 * month), down their queues and lists. Only proposals are written; letting.c decides between them.
 */
#include <math.h>

#include "models/choice.h"
#include "models/housing.h"
#include "models/kinds.h"
#include "models/letting_parts.h"
#include "models/moves.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/resources.h"

/** One vacancy on offer. */
struct offering {
    struct flyt_world *world;
    struct flyt_letting_month *month;
    const struct flyt_letting_rules *rules;
    struct flyt_letting_vacancy *vacancy;
    struct flyt_letting_line *line; /* NULL: not traced */
    uint32_t section, dwelling, list, n_barred;
    bool aside; /* for residents: flyt_policies_set_aside() */
};

/** Whom a pass down a list reaches. */
enum pass {
    EVERYBODY,
    STUDENTS,
    RESOURCEFUL, /* newcomers to the area with many resources */
    MEETS_CRITERIA,
    OF_SECTION,
    OF_ORGANISATION,
    FROM_OUTSIDE
};

/* ---- one offer ----------------------------------------------------------------------------- */

/** What the home gains the member; where that is no more than `least`, any such number. */
static double gain_of(const struct offering *offering, struct flyt_letting_member *member,
                      uint32_t place, double least, double *utility)
{
    const struct flyt_letting_choice *choice = offering->world->letting->choice;
    struct flyt_letting_month *month = offering->month;
    void *prepared = month->prepared + (month->offset[offering->list] + place) * choice->size;
    if (!(member->flags & FLYT_MEMBER_prepared)) {
        choice->prepare(offering->world, member->household, prepared);
        member->flags |= FLYT_MEMBER_prepared;
    }
    if (least > -INFINITY && choice->may_gain != NULL &&
        !choice->may_gain(offering->world, prepared, offering->dwelling, least)) {
        return -INFINITY;
    }
    return choice->gain(offering->world, prepared, offering->dwelling, utility);
}

static void note(const struct offering *offering, uint32_t household, uint32_t channel, bool barred,
                 bool owed)
{
    struct flyt_letting_month *month = offering->month;
    uint32_t s = offering->section;
    month->refusal[(size_t)month->room[s] * month->per_home + month->n_refusals[s]++] =
        (struct flyt_letting_refusal){household, offering->list, (uint8_t)channel, barred, owed};
}

/** Act, sections 51 b(1) and 51 c(1): refused on the list unless living in the section. */
static bool is_barred(struct offering *offering, const struct flyt_letting_member *member,
                      double gain)
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

/** The household takes the home, or refuses it (utility NULL). */
static bool answer(struct offering *offering, struct flyt_letting_member *member, uint32_t place,
                   const double *utility, uint32_t channel)
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

static bool fits(const struct offering *offering, struct flyt_letting_member *member)
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

static struct wish wish_of(const struct offering *offering)
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

/** Offers the home to one member of a list that does not decline it. True: it takes it. */
static bool offer_member(struct offering *offering, uint32_t place, double margin, uint32_t channel,
                         struct wish wish)
{
    struct flyt_letting_member *member =
        offering->month->member + offering->month->offset[offering->list] + place;
    const struct flyt_letting_params *params = &offering->world->params->letting;
    const struct flyt_lists_list *list = &offering->world->letting->lists.list[offering->list];
    if (!fits(offering, member)) {
        return false;
    }
    double utility, dull = -most_of(margin, params->named_margin, params->inside_margin);
    double gain = gain_of(offering, member, place, dull, &utility);
    uint64_t *notes = notes_of(list, place, member, wish);
    if (notes != NULL && !(notes[0] & wish.bit)) {
        notes[0] |= wish.bit;
        notes[1] |= gain > -params->named_margin || gain > -params->inside_margin ? wish.bit : 0;
    }
    if (gain <= -margin || is_barred(offering, member, gain)) {
        return false;
    }
    /* whoever applied for a home for the elderly needs one: it is taken as an assigned home is */
    double least = channel == FLYT_CHANNEL_elderly ? -params->assigned_margin : 0.0;
    offering->vacancy->offers++;
    return answer(offering, member, place, gain > least ? &utility : NULL, channel);
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
static bool may_reach(const struct offering *offering, enum pass pass,
                      const struct flyt_letting_member *member)
{
    switch (pass) {
    case RESOURCEFUL:
        return is_newcomer(offering->world, offering->section, member);
    case MEETS_CRITERIA:
        return flyt_letting_criteria(member, offering->rules->flexible_age) &
               offering->rules->criteria;
    case OF_SECTION:
        return member->section == offering->section;
    case OF_ORGANISATION:
        return member->section != offering->section;
    case STUDENTS:
        return member->flags & FLYT_MEMBER_studies;
    case FROM_OUTSIDE:
        return !(member->flags & FLYT_MEMBER_resident);
    case EVERYBODY:
        break;
    }
    return true;
}

/** Begins to fetch from memory what making a member ready, or the next look, reads. */
static void fetch(const struct offering *offering, const struct flyt_letting_member *member,
                  uint32_t place)
{
    const struct flyt_world *world = offering->world;
    size_t size = world->letting->choice->size;
    const char *prepared =
        offering->month->prepared + (offering->month->offset[offering->list] + place) * size;
    for (size_t i = 0; i < size; i += 64) {
        __builtin_prefetch(prepared + i);
    }
    if (!(member->flags & FLYT_MEMBER_prepared)) {
        flyt_world_fetch_row(world, member->household);
    }
}

enum { TOGETHER = 8 }; /* members fetched from memory together */

/** Goes down the list in order of time. True: somebody takes the home. */
static bool go_down(struct offering *offering, enum pass pass, uint32_t channel)
{
    const struct flyt_world *world = offering->world;
    const struct flyt_letting_params *params = &world->params->letting;
    const struct flyt_lists_list *list = &world->letting->lists.list[offering->list];
    const struct flyt_letting_member *member = flyt_letting_members_of(world, offering->list);
    bool inside = pass == OF_SECTION || pass == OF_ORGANISATION;
    const uint32_t *resident = offering->month->resident + offering->month->offset[offering->list];
    uint32_t n = inside ? offering->month->n_resident[offering->list] : list->n;
    double margin = channel == FLYT_CHANNEL_elderly ? INFINITY
                    : inside                        ? params->inside_margin
                                                    : params->named_margin;
    struct wish wish = wish_of(offering);
    for (uint32_t i = 0; i < n && offering->vacancy->offers < params->offers_most;) {
        uint32_t few[TOGETHER], n_few = 0;
        for (; i < n && n_few < TOGETHER; i++) { /* what one answers changes no other's answer */
            uint32_t place = inside ? resident[i] : i;
            if (!(member[place].flags & FLYT_MEMBER_out) &&
                may_reach(offering, pass, &member[place]) &&
                !declines(list, place, &member[place], wish)) {
                fetch(offering, &member[place], place);
                few[n_few++] = place;
            }
        }
        for (uint32_t k = 0; k < n_few; k++) {
            flyt_choice_fetch_home(world, member[few[k]].household);
        }
        for (uint32_t k = 0; k < n_few && offering->vacancy->offers < params->offers_most; k++) {
            if ((pass != RESOURCEFUL || is_resourceful(world, member[few[k]].household)) &&
                offer_member(offering, few[k], margin, channel, wish)) {
                return true;
            }
        }
    }
    return false;
}

static struct offering offering_of(struct flyt_world *world, uint32_t dwelling)
{
    uint32_t section = world->dwellings.section[dwelling];
    return (struct offering){.world = world,
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
static bool may_assign(const struct offering *offering, const struct flyt_letting_member *member)
{
    const struct flyt_world *world = offering->world;
    uint32_t rooms = world->dwellings.rooms[offering->dwelling];
    return rooms <= member->persons + world->params->letting.claim_rooms &&
           !(offering->rules->banned && flyt_letting_banned(world, member->household)) &&
           (world->policies == NULL ||
            flyt_policies_may_assign(world, member->household, offering->section));
}

/** Goes down the queue in order of time: those to be rehoused, or the others. */
static bool go_down_queue(struct offering *offering, bool rehousing)
{
    const struct flyt_world *world = offering->world;
    const struct flyt_lists_list *queue = &world->letting->lists.list[offering->list];
    struct flyt_letting_member *member = flyt_letting_members_of(world, offering->list);
    uint32_t n_offers = 0, most = world->params->letting.queue_offers;
    double margin = rehousing ? 0.0 : world->params->letting.assigned_margin;
    for (uint32_t i = 0; i < queue->n && n_offers < most; i++) {
        bool right = queue->member[i].kind == FLYT_NEED_rehousing;
        if (right != rehousing || !fits(offering, &member[i]) ||
            (!rehousing && !may_assign(offering, &member[i]))) {
            continue;
        }
        double utility, gain = gain_of(offering, &member[i], i, -INFINITY, &utility);
        if (gain == -INFINITY) {
            continue;
        }
        n_offers++;
        if (answer(offering, &member[i], i, gain > -margin ? &utility : NULL,
                   rehousing ? FLYT_CHANNEL_rehousing : FLYT_CHANNEL_municipality)) {
            return true;
        }
    }
    return false;
}

static void assign_home(struct flyt_world *world, uint32_t municipality, uint32_t dwelling)
{
    const struct flyt_lists *lists = &world->letting->lists;
    struct offering offering = offering_of(world, dwelling);
    if (world->sections.kind[offering.section] == FLYT_KIND_almen_elderly) {
        /* act, section 54(1): the municipality assigns them; whoever applied first comes first */
        offering.list = flyt_lists_elderly(lists, municipality);
        if (!(offering.vacancy->state & FLYT_LETTING_advertised) &&
            !go_down(&offering, EVERYBODY, FLYT_CHANNEL_elderly)) {
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
static bool let_flexibly(struct offering *offering)
{
    uint8_t *state = &offering->vacancy->state;
    if (!(*state & FLYT_LETTING_turned)) {
        uint32_t *counter = &offering->world->letting->counter[offering->section].flexible;
        bool turn = flyt_letting_turn(counter, offering->rules->flexible_share);
        *state |= (uint8_t)(FLYT_LETTING_turned | (turn ? FLYT_LETTING_flexible : 0));
    }
    return *state & FLYT_LETTING_flexible &&
           ((offering->rules->resourceful_first &&
             go_down(offering, RESOURCEFUL, FLYT_CHANNEL_flexible)) ||
            go_down(offering, MEETS_CRITERIA, FLYT_CHANNEL_flexible));
}

/** Order, section 9: residents of the section, then of the organisation. */
static bool let_inside(struct offering *offering)
{
    return go_down(offering, OF_SECTION, FLYT_CHANNEL_inside) ||
           go_down(offering, OF_ORGANISATION, FLYT_CHANNEL_inside);
}

/** Act, section 51(1); order, sections 2 and 9: by time on the list, at the residents' turn after
 *  them, else before them. */
static bool let_by_list(struct offering *offering)
{
    uint8_t *state = &offering->vacancy->state;
    if (!offering->aside && !(*state & FLYT_LETTING_listed)) {
        uint32_t *counter = &offering->world->letting->counter[offering->section].inside;
        bool turn = flyt_letting_turn(counter, offering->rules->inside_share);
        *state |= (uint8_t)(FLYT_LETTING_listed | (turn ? FLYT_LETTING_inside : 0));
    }
    if (offering->aside || *state & FLYT_LETTING_inside) {
        return let_inside(offering) || go_down(offering, FROM_OUTSIDE, FLYT_CHANNEL_outside);
    }
    return go_down(offering, FROM_OUTSIDE, FLYT_CHANNEL_outside) || let_inside(offering);
}

static void let_home(struct flyt_world *world, uint32_t organisation, uint32_t dwelling)
{
    const struct flyt_lists *lists = &world->letting->lists;
    struct offering offering = offering_of(world, dwelling);
    if (offering.vacancy->state & (FLYT_LETTING_claimed | FLYT_LETTING_advertised)) {
        return;
    }
    bool taken;
    if (world->sections.kind[offering.section] == FLYT_KIND_almen_youth) {
        /* act, section 52: young people in education, then others. ASSUMPTION: in this order */
        offering.list = flyt_lists_youth(lists, organisation);
        taken = (world->params->letting.students_first &&
                 go_down(&offering, STUDENTS, FLYT_CHANNEL_youth)) ||
                go_down(&offering, EVERYBODY, FLYT_CHANNEL_youth);
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
