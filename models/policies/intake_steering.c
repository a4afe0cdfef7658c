/**
 * @file intake_steering.c
 * @brief Policy: collaborative intake steering (samarbejdsdrevet tilflytterstyring), for H3 and H4.
 *
 * Members are the places named. Their municipalities pool the queues of acute need: a quota of
 * vacant family homes outside deprived areas is held back, as far as the cap on the share of
 * households with few resources leaves room in the area, and given to the pool (steering_match.c):
 * in order of time, or to as many as can be. Who would rather wait says no, and the home goes to
 * the next. Deprived sections of members can be released from assignment altogether;
 * nobody with few resources is assigned above the cap. The municipality a household comes from
 * pays the one that takes it; newcomers get support for some months.
 */
#include <math.h>
#include <string.h>

#include "models/composition.h"
#include "models/kinds.h"
#include "models/letting_shelf.h"
#include "models/listing.h"
#include "models/livelihood.h"
#include "models/steering.h"

static const struct flyt_field fields[] = {
#define X(...) FLYT_FIELD(flyt_steering_params, __VA_ARGS__)
    STEERING_PARAMS(X)
#undef X
};

static const struct flyt_ledger_account accounts[] = {STEERING_ACCOUNTS(FLYT_POLICY_ACCOUNT)};

static enum flyt_status open_(const struct flyt_policy_ask *ask)
{
    struct flyt_world *world = ask->world;
    struct flyt_arena *arena = world->run_arena;
    struct flyt_steering_own *own = ask->policy->own;
    uint32_t n = world->dwellings.n;
    own->considered = FLYT_ARENA_ARRAY(arena, int16_t, n + 1);
    own->held = FLYT_ARENA_ARRAY(arena, int16_t, n + 1);
    own->turn = FLYT_ARENA_ZERO(arena, uint32_t, world->sections.n + 1);
    own->taken = FLYT_ARENA_ZERO(arena, int64_t, world->areas.n + 1);
    own->member = FLYT_ARENA_ZERO(arena, bool, world->municipalities.n + 1);
    own->paid = FLYT_ARENA_ZERO(arena, int64_t, world->municipalities.n + 1);
    if (own->considered == NULL || own->held == NULL || own->turn == NULL || own->taken == NULL ||
        own->member == NULL || own->paid == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t d = 0; d < n; d++) {
        own->considered[d] = own->held[d] = FLYT_NO_MONTH;
    }
    for (uint32_t s = 0; s < world->sections.n; s++) {
        own->member[world->sections.municipality[s]] |= ask->policy->covers[s];
    }
    return FLYT_OK;
}

static bool is_deprived(const struct flyt_world *world, uint32_t section)
{
    uint32_t area = world->sections.area[section];
    return flyt_listing_marks((enum flyt_list_status)world->areas.listed[area]);
}

/* ---- room below the cap -------------------------------------------------------------------- */

int64_t flyt_steering_room(const struct flyt_policy_ask *ask, uint32_t area)
{
    const struct flyt_steering_params *params = ask->policy->params;
    const struct flyt_steering_own *own = ask->policy->own;
    const struct flyt_composition_counts *now = flyt_composition_now(ask->world->composition, area);
    double room = params->cap * now->households - now->by_class[FLYT_CLASS_weak];
    return room > 0.0 ? (int64_t)floor(params->willingness * room) - own->taken[area] : 0;
}

bool flyt_steering_has_few(const struct flyt_world *world, uint32_t household)
{
    return flyt_resources_class(world, household) == FLYT_CLASS_weak;
}

/** Assignment by the municipality itself. */
static bool may_assign(const struct flyt_policy_question *question, uint32_t household,
                       uint32_t section)
{
    const struct flyt_world *world = question->world;
    const struct flyt_steering_params *params = question->policy->params;
    const struct flyt_composition_counts *now =
        flyt_composition_now(world->composition, world->sections.area[section]);
    bool full =
        params->cap < 1.0 && now->by_class[FLYT_CLASS_weak] >= params->cap * now->households;
    return !(params->release && is_deprived(world, section)) &&
           !(full && flyt_steering_has_few(world, household));
}

/* ---- homes and households ------------------------------------------------------------------ */

/** Whether a fresh vacancy is held back this month; it is considered once. */
static bool holds(const struct flyt_policy_ask *ask, uint32_t section, uint32_t dwelling)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    if (own->considered[dwelling] != world->dwellings.empty_since[dwelling]) {
        bool turn = flyt_letting_turn(&own->turn[section], params->quota * ask->intensity);
        own->considered[dwelling] = world->dwellings.empty_since[dwelling];
        own->held[dwelling] =
            turn ? (int16_t)(world->calendar + (int32_t)params->hold_months) : FLYT_NO_MONTH;
    }
    bool now = own->held[dwelling] > world->calendar;
    own->counts.steering_shortfall += own->held[dwelling] == world->calendar;
    return now;
}

static uint32_t hold_homes(const struct flyt_policy_ask *ask, uint32_t *homes)
{
    struct flyt_world *world = ask->world;
    uint32_t n = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        if (!ask->policy->covers[s] || world->sections.kind[s] != FLYT_KIND_almen_family ||
            world->sections.organisation[s] == FLYT_NONE || is_deprived(world, s) ||
            flyt_steering_room(ask, world->sections.area[s]) <= 0) {
            continue;
        }
        for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
            if (flyt_letting_is_fresh(world, d) && holds(ask, s, d)) {
                flyt_letting_reserve(world, d);
                homes[n++] = d;
            }
        }
    }
    return n;
}

/** The pool in order of time: members' queues but for those to be rehoused. */
static enum flyt_status gather_pool(const struct flyt_policy_ask *ask, struct flyt_ranked **pool,
                                    uint32_t *n)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_steering_own *own = ask->policy->own;
    const struct flyt_lists *lists = &world->letting->lists;
    size_t most = 1;
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        most += lists->list[flyt_lists_queue(lists, m)].n;
    }
    *pool = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, most);
    *n = 0;
    if (*pool == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        const struct flyt_lists_list *queue = &lists->list[flyt_lists_queue(lists, m)];
        for (uint32_t i = 0; own->member[m] && i < queue->n; i++) {
            const struct flyt_lists_member *entry = &queue->member[i];
            const struct flyt_household *row = &world->households.row[entry->household];
            if (world->households.uid[entry->household] == entry->uid &&
                entry->kind != FLYT_NEED_rehousing && row->wanted == FLYT_NONE &&
                row->flags & FLYT_QUEUED && row->moved_in != world->calendar) {
                (*pool)[(*n)++] = (struct flyt_ranked){(uint64_t)(entry->since - INT16_MIN),
                                                       entry->uid, entry->household};
            }
        }
    }
    flyt_rank_sort(*pool, *n);
    return FLYT_OK;
}

void flyt_steering_take(const struct flyt_policy_ask *ask, uint32_t household, uint32_t dwelling)
{
    struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    struct flyt_household_cold *cold = &world->households.cold[household];
    uint32_t section = world->dwellings.section[dwelling];
    uint32_t payer = flyt_lists_municipality(world, household);
    uint32_t receiver = world->sections.municipality[section];
    own->held[dwelling] = FLYT_NO_MONTH;
    own->taken[world->sections.area[section]] += flyt_steering_has_few(world, household);
    own->counts.steering_assigned++;
    flyt_policies_pay(ask, steering_platform, FLYT_TENURE_almen,
                      flyt_policies_ore(params->platform));
    own->paid[payer] += flyt_policies_ore(params->platform);
    if (payer != receiver) {
        own->paid[payer] += flyt_policies_ore(params->compensation);
        own->paid[receiver] -= flyt_policies_ore(params->compensation);
    }
    if (params->months > 0) {
        cold->programme = FLYT_PROGRAMME_reception;
        cold->programme_area = (uint16_t)world->sections.area[section];
        cold->programme_end = (int16_t)(world->calendar + (int32_t)params->months);
    }
    flyt_letting_give(world, household, dwelling);
    if (household < world->households.capacity) {
        flyt_livelihood_refresh_bound(world, household);
    }
}

static enum flyt_status assign(const struct flyt_policy_ask *ask)
{
    struct flyt_world *world = ask->world;
    struct flyt_steering_own *own = ask->policy->own;
    uint32_t *homes = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, world->dwellings.n + 1), n;
    struct flyt_ranked *pool;
    if (((const struct flyt_steering_params *)ask->policy->params)->quota <= 0.0) {
        return FLYT_OK; /* nothing is pooled */
    }
    if (homes == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(gather_pool(ask, &pool, &n));
    if (own->counted != world->composition->counted) {
        memset(own->taken, 0, world->areas.n * sizeof *own->taken);
        own->counted = world->composition->counted;
    }
    uint32_t n_homes = hold_homes(ask, homes);
    FLYT_TRY(flyt_steering_match(ask, pool, n, homes, &n_homes));
    own->counts.steering_pool = n;
    own->counts.steering_held = n_homes;
    return FLYT_OK;
}

/* ---- month by month ------------------------------------------------------------------------ */

static enum flyt_status month(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    own->counts = (struct steering_counts){0};
    memset(own->paid, 0, world->municipalities.n * sizeof *own->paid);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        if (flyt_policies_takes_part(world, i, FLYT_PROGRAMME_reception)) {
            uint32_t section = world->households.row[i].section;
            int64_t cost = flyt_policies_ore(params->reception / 12.0);
            own->counts.steering_supported++;
            flyt_policies_pay(ask, steering_reception, world->sections.tenure[section], cost);
            own->paid[world->sections.municipality[section]] += cost;
        }
    }
    return FLYT_OK;
}

static void rates(const struct flyt_policy_question *question, uint32_t household,
                  struct flyt_policy_rates *rates_)
{
    const struct flyt_steering_params *params = question->policy->params;
    if (flyt_policies_takes_part(question->world, household, FLYT_PROGRAMME_reception)) {
        rates_->to_work *= params->work;
        rates_->case_closes *= params->cases;
    }
}

/* ---- output -------------------------------------------------------------------------------- */

const struct flyt_policy flyt_policy_intake_steering;

#define X(name, ...) FLYT_POLICY_RECORD_ACCOUNT(flyt_policy_intake_steering, name)
STEERING_ACCOUNTS(X)
#undef X

#define X(name, ...) FLYT_POLICY_RECORD_COUNT(flyt_policy_intake_steering, flyt_steering_own, name)
STEERING_COUNTS(X)
#undef X

static void record_paid(const void *world_, void *row)
{
    const struct flyt_world *world = world_;
    const struct flyt_steering_own *own = flyt_policies_own(world, &flyt_policy_intake_steering);
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        ((int64_t *)row)[m] = own == NULL ? 0 : own->paid[m];
    }
}

static const struct flyt_series series[] = {
#define X(...) FLYT_POLICY_COUNT_SERIES(__VA_ARGS__, "intake_steering"),
    STEERING_COUNTS(X)
#undef X
        {.name = "steering_paid",
         .unit = "0.01 DKK",
         .type = FLYT_SERIES_count,
         .kind = FLYT_SERIES_flow,
         .period = FLYT_SERIES_monthly,
         .n_dims = 1,
         .dim = {FLYT_DIM_municipality},
         .en = "What municipalities pay, settled",
         .da = "Hvad kommunerne betaler, mellemregnet",
         .how =
             "Administration and support, with compensation between the municipality a household "
             "comes from and the one that takes it.",
         .policy = "intake_steering",
         .record = record_paid},
#define X(name, ...)                                                                               \
    FLYT_POLICY_ACCOUNT_SERIES(name, __VA_ARGS__, "intake_steering", record_##name),
    STEERING_ACCOUNTS(X)
#undef X
};

const struct flyt_policy flyt_policy_intake_steering = {
    .spec = {.name = "intake_steering",
             .en = "Collaborative intake steering",
             .da = "Samarbejdsdrevet tilflytterstyring",
             .field = fields,
             .n_fields = FLYT_COUNT(fields),
             .params_size = sizeof(struct flyt_steering_params),
             .series = series,
             .n_series = FLYT_COUNT(series),
             .source = "Boligliv i Balance: Det sociale løsningskatalog (2015)",
             .serves = "H3, H4, H5",
             .doc_en = "Members pool their queues of acute need and hold homes back for them where "
                       "a cap leaves room; deprived sections are released. Matching is greedy, in "
                       "order of time, or at minimum cost. Leaves out: priority for resourceful "
                       "newcomers (see flexible letting), joining by chance or by the net ledger.",
             .doc_da = "Medlemmerne samler deres køer af akut boligbehov og holder boliger tilbage "
                       "til dem, hvor et loft giver plads; udsatte afdelinger fritages. Parringen "
                       "er grådig, i tidsorden, eller til mindst omkostning. Udelader: forrang "
                       "for ressourcestærke tilflyttere (se fleksibel udlejning), deltagelse ved "
                       "tilfælde eller efter nettoregnskab."},
    .hooks =
        {.open = open_, .month = month, .rates = rates, .assign = assign, .may_assign = may_assign},
    .account = accounts,
    .n_accounts = FLYT_COUNT(accounts),
    .own_size = sizeof(struct flyt_steering_own),
};
