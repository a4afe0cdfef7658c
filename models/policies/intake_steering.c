/**
 * @file intake_steering.c
 * @brief Policy: collaborative intake steering (samarbejdsdrevet tilflytterstyring), for H3 and H4.
 *
 * Members are the places named, or those of them that join (steering_join.c). They pool the queues
 * of acute need: a quota of vacant family homes outside deprived areas is held back, as far as the
 * cap on the share of households with few resources leaves room in the area, and given to the pool
 * (steering_match.c): in order of time, or to as many as can be. Who would rather wait says no, and
 * the home goes to the next. Deprived sections of members can be released from assignment
 * altogether; nobody with few resources is assigned above the cap. The municipality a household
 * comes from pays the one that takes it; newcomers get support for some months.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "models/composition.h"
#include "models/housing_parts.h"
#include "models/params.h"
#include "models/steering.h"

FLYT_POLICY_STREAM(steering_home, "which vacant homes are held back where not all are needed");
FLYT_POLICY_STREAM(steering_lot, "which municipalities are members by lot");

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
    size_t n = world->dwellings.n + (size_t)1, n_places = world->municipalities.n + (size_t)1;
    own->considered = FLYT_ARENA_ARRAY(arena, int16_t, n);
    own->held = FLYT_ARENA_ARRAY(arena, int16_t, n);
    own->turn = FLYT_ARENA_ZERO(arena, uint32_t, world->sections.n + 1);
    own->taken = FLYT_ARENA_ZERO(arena, int64_t, world->areas.n + 1);
    own->place = FLYT_ARENA_ZERO(arena, struct flyt_steering_place, n_places);
    own->assigned = FLYT_ARENA_ZERO(arena, int64_t, n_places * n_places);
    own->passed = FLYT_ARENA_ARRAY(arena, struct flyt_steering_passed, n);
    if (own->considered == NULL || own->held == NULL || own->turn == NULL || own->taken == NULL ||
        own->place == NULL || own->assigned == NULL || own->passed == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t d = 0; d < world->dwellings.n; d++) {
        own->considered[d] = own->held[d] = FLYT_NO_MONTH;
    }
    for (uint32_t s = 0; s < world->sections.n; s++) {
        own->place[world->sections.municipality[s]].in_scope |= ask->policy->covers[s];
    }
    return FLYT_OK;
}

/** Assignment by the municipality itself. */
static bool may_assign(const struct flyt_policy_question *question, uint32_t household,
                       uint32_t section)
{
    const struct flyt_world *world = question->world;
    const struct flyt_steering_params *params = question->policy->params;
    const struct flyt_composition_counts *now =
        flyt_composition_now(world->composition, world->sections.area[section]);
    if (!flyt_steering_holds(world, question->policy, section)) {
        return true; /* of a municipality that stays out */
    }
    bool full =
        params->cap < 1.0 && now->by_class[FLYT_CLASS_weak] >= params->cap * now->households;
    return !(params->release && flyt_steering_is_deprived(world, section)) &&
           !(full && flyt_steering_has_few(world, household));
}

/** Newcomers with many resources go first in released sections. */
static void letting_rules(const struct flyt_policy_question *question, uint32_t section,
                          struct flyt_letting_rules *rules)
{
    const struct flyt_world *world = question->world;
    const struct flyt_steering_params *params = question->policy->params;
    double share = params->priority * question->intensity;
    if (share <= 0.0 || !params->release || !flyt_letting_family(world, section) ||
        !flyt_steering_holds(world, question->policy, section) ||
        !flyt_steering_is_deprived(world, section)) {
        return;
    }
    rules->criteria = rules->flexible_share > 0.0 ? rules->criteria : 0;
    rules->flexible_share = share > rules->flexible_share ? share : rules->flexible_share;
    rules->resourceful_first = true;
}

/* ---- month by month ------------------------------------------------------------------------ */

/** A month of support, paid by the municipality where the household lives now. */
static void support(const struct flyt_policy_ask *ask, uint32_t household,
                    enum flyt_steering_account account, double cost_a_year)
{
    const struct flyt_world *world = ask->world;
    struct flyt_steering_own *own = ask->policy->own;
    uint32_t section = world->households.row[household].section;
    int64_t cost = flyt_policies_ore(cost_a_year / 12.0);
    flyt_policies_pay(ask, account, world->sections.tenure[section], cost);
    own->place[world->sections.municipality[section]].paid += cost;
}

static enum flyt_status month(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_steering_params *params = ask->policy->params;
    struct flyt_steering_own *own = ask->policy->own;
    size_t n = world->municipalities.n;
    own->counts = (struct steering_counts){0};
    own->least_room = INT64_MAX;
    own->least_gain = INFINITY;
    memset(own->assigned, 0, n * n * sizeof *own->assigned);
    for (uint32_t m = 0; m < n; m++) {
        own->place[m].year_paid += own->place[m].paid;
        own->place[m].paid = own->place[m].shortfall = 0;
    }
    FLYT_TRY(flyt_steering_join(ask));
    flyt_steering_follow(ask);
    flyt_steering_welcome(ask);
    FLYT_EACH_FOLLOWED(world, i)
    {
        if (flyt_policies_takes_part(world, i, FLYT_PROGRAMME_reception)) {
            own->counts.steering_supported++;
            support(ask, i, steering_reception, params->reception);
        } else if (flyt_policies_takes_part(world, i, FLYT_PROGRAMME_welcome)) {
            own->counts.steering_welcome_now++;
            support(ask, i, steering_welcome, params->welcome);
        }
    }
    return FLYT_OK;
}

/** Nobody was given a home it would rather not have than wait; no area took more than it had room
 *  for. */
static enum flyt_status check(const struct flyt_policy_question *question)
{
    const struct flyt_world *world = question->world;
    const struct flyt_steering_own *own = question->policy->own;
    if (own->begun && own->least_room < 0) {
        return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                               "intake steering has assigned above the cap: room for %" PRId64,
                               "tilflytterstyring har anvist over loftet: plads til %" PRId64,
                               own->least_room);
    }
    if (own->begun && own->least_gain <= -world->params->letting.assigned_margin) {
        return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                               "intake steering has moved a household against its will: gain %g",
                               "tilflytterstyring har flyttet en husstand mod dens vilje: "
                               "gevinst %g",
                               own->least_gain);
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
    } else if (flyt_policies_takes_part(question->world, household, FLYT_PROGRAMME_welcome)) {
        rates_->to_work *= params->welcome_work;
        rates_->case_closes *= params->welcome_cases;
    }
}

static uint32_t reached(const struct flyt_policy_question *question, uint32_t household)
{
    return flyt_policies_programme_area(question->world, household, FLYT_PROGRAMME_reception);
}

/** How many municipalities could be members: those named, else all. */
static uint32_t n_places(const struct flyt_policy_values *values)
{
    const struct flyt_scenario_named_rows *named = &values->given->named[FLYT_SCOPE_municipalities];
    return named->given ? named->n : values->scenario->table[FLYT_TABLE_municipalities].n_rows;
}

/** Members by lot: only with a lot, and no more than there are. */
static enum flyt_status check_values(const struct flyt_policy_values *values)
{
    const struct flyt_steering_params *params = values->params;
    struct flyt_place place = flyt_policies_place(values, "members");
    if (params->members > 0 && params->join != FLYT_STEERING_random) {
        return flyt_diag_fault(values->diag, FLYT_ERR_SCENARIO, place,
                               "policies.intake_steering: members (%u) are drawn by lot, which "
                               "needs join: random",
                               "policies.intake_steering: members (%u) trækkes ved lod, hvilket "
                               "kræver join: random",
                               params->members);
    }
    if (params->members > n_places(values)) {
        return flyt_diag_fault(values->diag, FLYT_ERR_SCENARIO, place,
                               "policies.intake_steering: members (%u) are more than the %u "
                               "municipalities there are to draw from",
                               "policies.intake_steering: members (%u) er flere end de %u "
                               "kommuner, der kan trækkes blandt",
                               params->members, n_places(values));
    }
    return FLYT_OK;
}

/* ---- output -------------------------------------------------------------------------------- */

const struct flyt_policy flyt_policy_intake_steering;

#define X(name, ...) FLYT_POLICY_RECORD_ACCOUNT(flyt_policy_intake_steering, name)
STEERING_ACCOUNTS(X)
#undef X

#define X(name, ...) FLYT_POLICY_RECORD_COUNT(flyt_policy_intake_steering, flyt_steering_own, name)
STEERING_COUNTS(X)
#undef X

#define X(name, ...)                                                                               \
    static void record_##name(const void *world_, void *row)                                       \
    {                                                                                              \
        const struct flyt_world *world = world_;                                                   \
        const struct flyt_steering_own *own =                                                      \
            flyt_policies_own(world, &flyt_policy_intake_steering);                                \
        for (uint32_t m = 0; m < world->municipalities.n; m++) {                                   \
            ((int64_t *)row)[m] = own == NULL ? 0 : own->place[m].name;                            \
        }                                                                                          \
    }
STEERING_PLACES(X)
#undef X

/** As FLYT_COMPARE_outside and on (output/compare.h). */
static void record_part(const void *world_, void *row)
{
    enum { OUTSIDE, RECEIVING, RELEASED };
    const struct flyt_world *world = world_;
    const struct flyt_policy_state *state = flyt_policies_find(world, &flyt_policy_intake_steering);
    memset(row, 0, world->areas.n * sizeof(int64_t));
    for (uint32_t s = 0; state != NULL && s < world->sections.n; s++) {
        int64_t *part = &((int64_t *)row)[world->sections.area[s]];
        if (flyt_steering_holds(world, state, s) && *part == OUTSIDE) {
            *part = flyt_steering_is_deprived(world, s) ? RELEASED : RECEIVING;
        }
    }
}

static void record_moves(const void *world_, void *row)
{
    const struct flyt_world *world = world_;
    const struct flyt_steering_own *own = flyt_policies_own(world, &flyt_policy_intake_steering);
    size_t n = world->municipalities.n;
    for (size_t i = 0; i < n * n; i++) {
        ((int64_t *)row)[i] = own == NULL ? 0 : own->assigned[i];
    }
}

static void record_spread(const void *world_, void *row)
{
    const struct flyt_world *world = world_;
    const struct flyt_policy_state *state = flyt_policies_find(world, &flyt_policy_intake_steering);
    *(double *)row = state == NULL ? 0.0 : 100.0 * flyt_steering_spread(world, state);
}

#define PLACE_SERIES(name_, unit_, kind_, en_, da_, how_)                                          \
    {                                                                                              \
        .name = "steering_" #name_, .unit = unit_, .type = FLYT_SERIES_count,                      \
        .kind = FLYT_SERIES_##kind_, .period = FLYT_SERIES_monthly, .n_dims = 1,                   \
        .dim = {FLYT_DIM_municipality}, .en = en_, .da = da_, .how = how_,                         \
        .policy = "intake_steering", .record = record_##name_                                      \
    }

static const struct flyt_series series[] = {
#define X(...) FLYT_POLICY_COUNT_SERIES(__VA_ARGS__, "intake_steering"),
    STEERING_COUNTS(X)
#undef X
#define X(...) PLACE_SERIES(__VA_ARGS__),
        STEERING_PLACES(X)
#undef X
            {.name = "steering_part",
             .unit = "index",
             .type = FLYT_SERIES_count,
             .kind = FLYT_SERIES_stock,
             .period = FLYT_SERIES_monthly,
             .n_dims = 1,
             .dim = {FLYT_DIM_area},
             .en = "Part in intake steering",
             .da = "Rolle i tilflytterstyring",
             .how = "0: of a municipality that is no member, 1: takes in, 2: released.",
             .policy = "intake_steering",
             .record = record_part},
    {.name = "steering_spread",
     .unit = "%",
     .type = FLYT_SERIES_real,
     .kind = FLYT_SERIES_stock,
     .period = FLYT_SERIES_monthly,
     .en = "How much the members' shares of almen homes differ",
     .da = "Hvor meget medlemmernes andele af almene boliger er forskellige",
     .how = "Standard deviation over members drawn by lot, of shares when they were drawn; else 0.",
     .policy = "intake_steering",
     .record = record_spread},
    {.name = "steering_moves",
     .unit = "households",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_flow,
     .period = FLYT_SERIES_monthly,
     .n_dims = 2,
     .dim = {FLYT_DIM_municipality, FLYT_DIM_destination},
     .en = "Assigned, from where to where",
     .da = "Anvist, hvorfra og hvorhen",
     .how = "By the municipality a household comes from and the one of its new home.",
     .policy = "intake_steering",
     .record = record_moves},
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
             .sleeps = true,
             .source = "Boligliv i Balance: Det sociale løsningskatalog (2015)",
             .serves = "H3, H4, H5",
             .doc_en = "Members pool their queues of acute need and hold homes back for them where "
                       "a cap leaves room; deprived sections are released. Matching is greedy, in "
                       "order of time, or at minimum cost. Municipalities join as named, by lot, "
                       "or as their net ledger says. Newcomers with many resources may go "
                       "first in released sections.",
             .doc_da = "Medlemmerne samler deres køer af akut boligbehov og holder boliger tilbage "
                       "til dem, hvor et loft giver plads; udsatte afdelinger fritages. Parringen "
                       "er grådig, i tidsorden, eller til mindst omkostning. Kommuner "
                       "deltager som nævnt, ved lodtrækning eller efter deres nettoregnskab. "
                       "Tilflyttere med mange ressourcer kan gå forrest i fritagne "
                       "afdelinger."},
    .hooks = {.open = open_,
              .month = month,
              .rates = rates,
              .assign = flyt_steering_assign,
              .letting_rules = letting_rules,
              .may_assign = may_assign,
              .reached = reached,
              .check = check},
    .check = check_values,
    .account = accounts,
    .n_accounts = FLYT_COUNT(accounts),
    .own_size = sizeof(struct flyt_steering_own),
    .reached_en = "Assigned by steering",
    .reached_da = "Anvist af styringen",
};
