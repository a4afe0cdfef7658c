/**
 * @file second_chance.c
 * @brief Policy: second chance (H4): the most vulnerable of deprived estates are offered, of their
 *        own will, a better home elsewhere, with a grant and support.
 *
 * Members are the places named. Each month some of the vacant family homes outside deprived areas
 * are held back (the shelf); so many households of deprived areas are asked, those who seem most
 * vulnerable first: the top share by V as it is judged, with an error that lasts a year. Each is
 * offered the home of the shelf it would like best, and says yes by a logit of what it gains and
 * leaves. It moves with the grant; its old home is let by the law, never by assumption. Support
 * multiplies its odds for some months, unless the handover to another municipality fails.
 *
 * Who says no is not asked again for a while. Municipalities settle among themselves: the one left
 * pays a compensation and part of the support to the one that takes in.
 */
#include <math.h>
#include <string.h>

#include "models/chance.h"
#include "models/childhood.h"
#include "models/letting_shelf.h"
#include "models/listing.h"
#include "models/livelihood.h"
#include "models/policy.h"
#include "models/popcells.h"
#include "models/resources.h"
#include "sim/num.h"
#include "sim/rank.h"

FLYT_POLICY_STREAM(chance_judged, "error of a year in how vulnerable a household is judged");
FLYT_POLICY_STREAM(chance_answer, "whether a household takes its second chance");
FLYT_POLICY_STREAM(chance_handover, "whether support is lost between municipalities");

static const struct flyt_field fields[] = {
#define X(...) FLYT_FIELD(flyt_chance_params, __VA_ARGS__)
    CHANCE_PARAMS(X)
#undef X
};

static const struct flyt_ledger_account accounts[] = {CHANCE_ACCOUNTS(FLYT_POLICY_ACCOUNT)};

struct chance_own {
    double owed;         /* households to be asked, carried over */
    int16_t *considered; /* [n_dwellings] vacancy (month it fell vacant) that was considered */
    int16_t *held;       /* [n_dwellings] until when it is held back; FLYT_NO_MONTH: it is not */
    int16_t *vacated;    /* [n_dwellings] month it was left for a second chance, or FLYT_NO_MONTH */
    uint32_t *turn;      /* [n_sections] shares of vacancies in millionths */
    int64_t *paid;       /* [n_municipalities] this month, settled among them, øre */
    int64_t refill[FLYT_N_CLASSES], refill_by[FLYT_N_CHANNELS];
    struct chance_counts {
#define X(name, ...) int64_t name;
        CHANCE_COUNTS(X)
#undef X
    } counts;
};

static enum flyt_status open_(const struct flyt_policy_ask *ask)
{
    struct flyt_world *world = ask->world;
    struct chance_own *own = ask->policy->own;
    uint32_t n = world->dwellings.n;
    int16_t **by_home[] = {&own->considered, &own->held, &own->vacated};
    for (uint32_t i = 0; i < FLYT_COUNT(by_home); i++) {
        *by_home[i] = FLYT_ARENA_ARRAY(world->run_arena, int16_t, n + 1);
        for (uint32_t d = 0; *by_home[i] != NULL && d < n; d++) {
            (*by_home[i])[d] = FLYT_NO_MONTH;
        }
    }
    own->turn = FLYT_ARENA_ZERO(world->run_arena, uint32_t, world->sections.n + 1);
    own->paid = FLYT_ARENA_ZERO(world->run_arena, int64_t, world->municipalities.n + 1);
    return own->considered != NULL && own->held != NULL && own->vacated != NULL &&
                   own->turn != NULL && own->paid != NULL
               ? FLYT_OK
               : FLYT_ERR_MEMORY;
}

static bool is_deprived(const struct flyt_world *world, uint32_t section)
{
    return flyt_listing_marks(
        (enum flyt_list_status)world->areas.listed[world->sections.area[section]]);
}

/* ---- the shelf ----------------------------------------------------------------------------- */

/** Holds homes back; what stands on the shelf goes into `shelf` [dwellings]. @return how many. */
static uint32_t fill_shelf(const struct flyt_policy_ask *ask, uint32_t *shelf)
{
    struct flyt_world *world = ask->world;
    const struct flyt_chance_params *params = ask->policy->params;
    struct chance_own *own = ask->policy->own;
    uint32_t n = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        bool member = ask->policy->covers[s] && flyt_letting_family(world, s) &&
                      world->sections.organisation[s] != FLYT_NONE && !is_deprived(world, s);
        for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
            if (!member || !flyt_letting_is_fresh(world, d)) {
                own->held[d] = FLYT_NO_MONTH;
                continue;
            }
            if (own->considered[d] != world->dwellings.empty_since[d]) {
                bool turn = flyt_letting_turn(&own->turn[s], params->shelf * ask->intensity);
                own->considered[d] = world->dwellings.empty_since[d];
                own->held[d] = turn ? (int16_t)(world->calendar + (int32_t)params->shelf_months)
                                    : FLYT_NO_MONTH;
            }
            if (own->held[d] > world->calendar) {
                flyt_letting_reserve(world, d);
                shelf[n++] = d;
            }
        }
    }
    return n;
}

/* ---- who is asked -------------------------------------------------------------------------- */

static bool may_be_asked(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_household_cold *cold = &world->households.cold[household];
    bool free = cold->programme == FLYT_PROGRAMME_none || world->calendar > cold->programme_end;
    return free && cold->programme != FLYT_PROGRAMME_chance && row->wanted == FLYT_NONE &&
           row->moved_in != world->calendar;
}

static uint64_t judged(const struct flyt_policy_ask *ask, uint32_t household)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_chance_params *params = ask->policy->params;
    double error =
        flyt_popcells_normal(flyt_rng_unit(world->key, world->households.uid[household],
                                           world->month / 12, FLYT_STREAM_chance_judged, 0));
    double v = flyt_resources_vulnerability(world, household) + params->noise * error;
    return (uint64_t)((64.0 - v) * 0x1p50); /* the most vulnerable first; |error| < 10 */
}

/** Households of the deprived places, the most vulnerable by judgement first; those who can be
 *  asked of the top share into `found`. @param n_homes  almen homes of the places. */
static uint32_t nominate(const struct flyt_policy_ask *ask, struct flyt_ranked *found,
                         uint32_t *n_homes)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_chance_params *params = ask->policy->params;
    uint32_t n = 0, n_kept = 0;
    *n_homes = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        if (!ask->policy->covers[s] || world->sections.tenure[s] != FLYT_TENURE_almen ||
            !is_deprived(world, s)) {
            continue;
        }
        *n_homes += world->sections.n_open[s];
        for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
            uint32_t household = world->dwellings.occupant[d];
            if (household < FLYT_CLOSED) {
                found[n++] = (struct flyt_ranked){judged(ask, household),
                                                  world->households.uid[household], household};
            }
        }
    }
    uint32_t top = (uint32_t)ceil(params->top * n);
    flyt_rank_first(found, n, top);
    for (uint32_t i = 0; i < top; i++) {
        if (may_be_asked(world, found[i].index)) {
            found[n_kept++] = found[i];
        }
    }
    return n_kept;
}

/* ---- the offer ----------------------------------------------------------------------------- */

/** Municipalities settle among themselves. */
static void settle(const struct flyt_policy_ask *ask, uint32_t payer, uint32_t receiver,
                   int64_t amount)
{
    struct chance_own *own = ask->policy->own;
    own->paid[payer] += amount;
    own->paid[receiver] -= amount;
}

static bool works(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    bool any = false;
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        any |= row->born[i] != FLYT_NO_MONTH && row->work[i] == FLYT_WORK_employed;
    }
    return any;
}

static void grant(const struct flyt_policy_ask *ask, uint32_t municipality)
{
    const struct flyt_chance_params *params = ask->policy->params;
    struct chance_own *own = ask->policy->own;
    int64_t all = flyt_policies_ore(params->grant), half = all / 2;
    flyt_policies_pay(ask, chance_grant_municipalities, FLYT_TENURE_almen, half);
    flyt_policies_pay(ask, chance_grant_organisations, FLYT_TENURE_almen, all - half);
    own->paid[municipality] += half;
}

static void take(const struct flyt_policy_ask *ask, uint32_t household, uint32_t dwelling)
{
    struct flyt_world *world = ask->world;
    const struct flyt_chance_params *params = ask->policy->params;
    struct chance_own *own = ask->policy->own;
    uint32_t from = world->households.row[household].section;
    own->counts.chance_worked += works(world, household);
    own->counts.chance_had_cases += flyt_people_background(&world->households.row[household]).cases;
    uint32_t payer = world->sections.municipality[from];
    uint32_t receiver = world->sections.municipality[world->dwellings.section[dwelling]];
    bool lost = payer != receiver &&
                flyt_rng_unit(world->key, world->households.uid[household], world->month,
                              FLYT_STREAM_chance_handover, 0) < params->failed;
    uint32_t months = lost || params->support == 0 ? 0 : params->months;
    flyt_policies_enrol(world, household, FLYT_PROGRAMME_chance, world->sections.area[from],
                        world->calendar + (int32_t)months);
    own->vacated[world->households.row[household].home] = world->calendar;
    own->held[dwelling] = FLYT_NO_MONTH;
    own->counts.chance_taken++;
    own->counts.chance_lost += lost;
    grant(ask, payer);
    if (payer != receiver) {
        settle(ask, payer, receiver, flyt_policies_ore(params->compensation));
    }
    flyt_letting_give(world, household, dwelling);
    flyt_livelihood_refresh_bound(world, household);
}

static void offer_homes(const struct flyt_policy_ask *ask, const struct flyt_ranked *found,
                        uint32_t n_found, uint32_t n_offers, uint32_t *shelf, uint32_t n_shelf)
{
    struct flyt_world *world = ask->world;
    const struct flyt_chance_params *params = ask->policy->params;
    struct chance_own *own = ask->policy->own;
    for (uint32_t i = 0; i < n_found && n_offers > 0 && n_shelf > 0; i++) {
        uint32_t household = found[i].index,
                 best = flyt_chance_best(world, household, shelf, n_shelf);
        if (best == FLYT_NONE) {
            continue;
        }
        n_offers--;
        own->counts.chance_asked++;
        double odds = flyt_num_exp(flyt_chance_inclination(world, params, household, shelf[best]));
        if (flyt_rng_unit(world->key, found[i].uid, world->month, FLYT_STREAM_chance_answer, 0) *
                (1.0 + odds) <
            odds) {
            take(ask, household, shelf[best]);
            shelf[best] = shelf[--n_shelf];
        } else {
            struct flyt_household_cold *cold = &world->households.cold[household];
            cold->programme = FLYT_PROGRAMME_refused;
            cold->programme_end = (int16_t)(world->calendar + (int32_t)params->again);
        }
    }
    own->counts.chance_shelf = n_shelf;
}

static enum flyt_status assign(const struct flyt_policy_ask *ask)
{
    struct flyt_world *world = ask->world;
    const struct flyt_chance_params *params = ask->policy->params;
    struct chance_own *own = ask->policy->own;
    size_t n = world->dwellings.n + (size_t)1;
    uint32_t *shelf = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, n), n_homes;
    struct flyt_ranked *found = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, n);
    if (shelf == NULL || found == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (params->capacity <= 0.0) {
        return FLYT_OK; /* nobody to hold homes back for */
    }
    uint32_t n_shelf = fill_shelf(ask, shelf), n_found = nominate(ask, found, &n_homes);
    own->owed += ask->intensity * params->capacity / 1000.0 * n_homes / 12.0;
    own->counts.chance_shelf = n_shelf;
    double whole = floor(own->owed);
    if (whole >= 1.0 && n_shelf > 0 && n_found > 0) {
        offer_homes(ask, found, n_found, (uint32_t)whole, shelf, n_shelf);
    }
    own->owed -= (double)own->counts.chance_asked;
    double most = 1.0 + ask->intensity * params->capacity / 1000.0 * n_homes / 4.0;
    own->owed = own->owed < most ? own->owed : most; /* what waited a quarter is not made up for */
    return FLYT_OK;
}

/* ---- month by month ------------------------------------------------------------------------ */

/** Who moved into homes that were left for a second chance. */
static void follow_homes(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    struct chance_own *own = ask->policy->own;
    for (uint32_t d = 0; d < world->dwellings.n; d++) {
        uint32_t household = world->dwellings.occupant[d];
        if (own->vacated[d] != FLYT_NO_MONTH && household < FLYT_CLOSED) {
            uint32_t channel = flyt_letting_channel(world, d, own->vacated[d]);
            own->refill[flyt_resources_class(world, household)]++;
            if (channel < FLYT_N_CHANNELS) {
                own->refill_by[channel]++;
            }
            own->vacated[d] = FLYT_NO_MONTH;
        }
    }
}

static void follow(const struct flyt_policy_ask *ask, uint32_t household)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_chance_params *params = ask->policy->params;
    struct chance_own *own = ask->policy->own;
    const struct flyt_household_cold *cold = &world->households.cold[household];
    uint32_t section = world->households.row[household].section;
    own->counts.chance_followed++;
    own->counts.chance_children +=
        flyt_people_children(&world->households.row[household], world->calendar);
    own->counts.chance_back += is_deprived(world, section);
    own->counts.chance_working += works(world, household);
    own->counts.chance_cases += flyt_people_background(&world->households.row[household]).cases;
    if (world->calendar <= cold->programme_end) {
        uint32_t payer = world->areas.municipality[cold->programme_area];
        uint32_t receiver = world->sections.municipality[section];
        int64_t cost = flyt_policies_ore(params->support_cost / 12.0);
        own->counts.chance_supported++;
        if (params->for_children) {
            flyt_childhood_help(ask->world, household, cold->programme_end - world->calendar);
        }
        flyt_policies_pay(ask, chance_support, world->sections.tenure[section], cost);
        own->paid[receiver] += cost;
        if (payer != receiver) {
            settle(ask, payer, receiver, (int64_t)(params->reimbursed * (double)cost + 0.5));
        }
    }
}

static enum flyt_status month(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    struct chance_own *own = ask->policy->own;
    own->counts = (struct chance_counts){0};
    memset(own->refill, 0, sizeof own->refill);
    memset(own->refill_by, 0, sizeof own->refill_by);
    memset(own->paid, 0, world->municipalities.n * sizeof *own->paid);
    follow_homes(ask);
    FLYT_EACH_FOLLOWED(world, i)
    {
        if (world->households.cold[i].programme == FLYT_PROGRAMME_chance) {
            follow(ask, i);
        }
    }
    return FLYT_OK;
}

static void rates(const struct flyt_policy_question *question, uint32_t household,
                  struct flyt_policy_rates *rates_)
{
    const struct flyt_chance_params *params = question->policy->params;
    if (flyt_policies_takes_part(question->world, household, FLYT_PROGRAMME_chance)) {
        rates_->to_work *= params->work;
        rates_->case_closes *= params->cases;
    }
}

static uint32_t reached(const struct flyt_policy_question *question, uint32_t household)
{
    return flyt_policies_programme_area(question->world, household, FLYT_PROGRAMME_chance);
}

/* ---- output -------------------------------------------------------------------------------- */

const struct flyt_policy flyt_policy_second_chance;

#define X(name, ...) FLYT_POLICY_RECORD_ACCOUNT(flyt_policy_second_chance, name)
CHANCE_ACCOUNTS(X)
#undef X

#define X(name, ...) FLYT_POLICY_RECORD_COUNT(flyt_policy_second_chance, chance_own, name)
CHANCE_COUNTS(X)
#undef X

static void record_refill(const void *world, void *row)
{
    const struct chance_own *own = flyt_policies_own(world, &flyt_policy_second_chance);
    for (uint32_t i = 0; i < FLYT_N_CLASSES; i++) {
        ((int64_t *)row)[i] = own == NULL ? 0 : own->refill[i];
    }
}

static void record_refill_by(const void *world, void *row)
{
    const struct chance_own *own = flyt_policies_own(world, &flyt_policy_second_chance);
    for (uint32_t i = 0; i < FLYT_N_CHANNELS; i++) {
        ((int64_t *)row)[i] = own == NULL ? 0 : own->refill_by[i];
    }
}

static void record_paid(const void *world_, void *row)
{
    const struct flyt_world *world = world_;
    const struct chance_own *own = flyt_policies_own(world, &flyt_policy_second_chance);
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        ((int64_t *)row)[m] = own == NULL ? 0 : own->paid[m];
    }
}

static const struct flyt_series series[] = {
#define X(...) FLYT_POLICY_COUNT_SERIES(__VA_ARGS__, "second_chance"),
    CHANCE_COUNTS(X)
#undef X
        {.name = "chance_refill",
         .unit = "households",
         .type = FLYT_SERIES_count,
         .kind = FLYT_SERIES_flow,
         .period = FLYT_SERIES_monthly,
         .n_dims = 1,
         .dim = {FLYT_DIM_resource_class},
         .en = "Who moved into the homes left",
         .da = "Hvem der flyttede ind i de fraflyttede boliger",
         .how =
             "Class of the first household after one that took its second chance, a month later.",
         .policy = "second_chance",
         .record = record_refill},
    {.name = "chance_refill_channel",
     .unit = "households",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_flow,
     .period = FLYT_SERIES_monthly,
     .n_dims = 1,
     .dim = {FLYT_DIM_channel},
     .en = "How the homes left were let",
     .da = "Hvordan de fraflyttede boliger blev udlejet",
     .how = "By the way of letting, of the first household after one that took its second "
            "chance, a month later.",
     .policy = "second_chance",
     .record = record_refill_by},
    {.name = "chance_paid",
     .unit = "0.01 DKK",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_flow,
     .period = FLYT_SERIES_monthly,
     .n_dims = 1,
     .dim = {FLYT_DIM_municipality},
     .en = "What municipalities pay, settled among them",
     .da = "Hvad kommunerne betaler, efter mellemregning",
     .how = "Half the grants and the support, with compensation and reimbursement between the "
            "municipality left and the one that takes in.",
     .policy = "second_chance",
     .record = record_paid},
#define X(name, ...) FLYT_POLICY_ACCOUNT_SERIES(name, __VA_ARGS__, "second_chance", record_##name),
    CHANCE_ACCOUNTS(X)
#undef X
};

const struct flyt_policy flyt_policy_second_chance = {
    .spec = {.name = "second_chance",
             .en = "Second chance",
             .da = "Second chance",
             .field = fields,
             .n_fields = FLYT_COUNT(fields),
             .params_size = sizeof(struct flyt_chance_params),
             .series = series,
             .n_series = FLYT_COUNT(series),
             .sleeps = true,
             .source = "Boligliv i Balance: Det sociale løsningskatalog (2015)",
             .serves = "H4, H5",
             .doc_en = "Offers the most vulnerable of deprived estates a better home elsewhere, "
                       "from homes held back, with a grant and support. Homes left are let by the "
                       "law. Months of support, and those away from deprived areas, count in "
                       "childhoods (leaving.programme_effect, .deprived_effect). Leaves out: new "
                       "debt or arrears.",
             .doc_da = "Tilbyder de mest sårbare i udsatte områder en bedre bolig et andet sted, "
                       "fra tilbageholdte boliger, med tilskud og støtte. Fraflyttede boliger "
                       "udlejes efter loven. Måneder med støtte, og uden for udsatte områder, "
                       "tæller med i barndommen (leaving.programme_effect, .deprived_effect). "
                       "Udelader: ny gæld eller restance."},
    .hooks = {.open = open_, .month = month, .rates = rates, .reached = reached, .assign = assign},
    .account = accounts,
    .n_accounts = FLYT_COUNT(accounts),
    .own_size = sizeof(struct chance_own),
    .reached_en = "Took their second chance",
    .reached_da = "Tog imod second chance",
};
