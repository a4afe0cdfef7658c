/**
 * @file housing_career.c
 * @brief Policy: housing career (boligkarriere) inside the estate, for H2, H5 and H7.
 *
 * Where municipality, organisation and the section's meeting consent, so many almen family homes a
 * year become co-owned. Present residents who want a share and can bear it come first, in the home
 * they live in; where they are too few, vacant homes are set aside, and offered to residents before
 * others. Vacant homes can become AlmenBolig+, homes for the young or the elderly, senior or family
 * co-housing in the same way, for those the kind is for. Such a home is not assigned by the
 * municipality, so that assignment homes are lost; other sections of the municipality can be asked
 * for more. The share is earned as career.h says; what would be lost by leaving is part of the
 * moving cost, what is vested is paid back and saved.
 *
 * A home set aside stays in its section, on its list and at its rent; but residents of AlmenBolig+
 * do the upkeep, without pay, and pay a lower rent for it. The organisation bears what is asked
 * less, the running costs it is spared (paid to others until then) apart. Who wants a share is
 * drawn once for each household. Nothing else is assumed: role models and cohesion are 0 by
 * default.
 */
#include <string.h>

#include "models/career_homes.h"
#include "models/composition.h"
#include "models/kinds.h"
#include "models/letting_shelf.h"
#include "models/livelihood.h"
#include "models/reputation.h"
#include "sim/rank.h"

FLYT_POLICY_STREAM(career_wish, "whether a household wants a share in its home");
FLYT_POLICY_STREAM(career_order, "order of residents who want a share");
FLYT_POLICY_STREAM(career_council, "whether a municipality consents to co-owned homes");
FLYT_POLICY_STREAM(career_board, "whether an organisation consents to co-owned homes");
FLYT_POLICY_STREAM(career_meeting, "who comes to a section's meeting and how it votes");

static const struct flyt_field fields[] = {
#define X(...) FLYT_FIELD(flyt_career_params, __VA_ARGS__)
    CAREER_PARAMS(X)
#undef X
};

static const struct flyt_ledger_account accounts[] = {CAREER_ACCOUNTS(FLYT_POLICY_ACCOUNT)};

/* ---- values that contradict each other ------------------------------------------------------ */

static enum flyt_status check(const struct flyt_policy_values *values)
{
    const struct flyt_career_params *params = values->params;
    return params->owner_years >= params->coowner_years
               ? FLYT_OK
               : flyt_diag_fault(values->diag, FLYT_ERR_SCENARIO,
                                 flyt_policies_place(values, "owner_years coowner_years"),
                                 "policies.housing_career: owner after %g years, before co-owner "
                                 "(coowner_years, %g)",
                                 "policies.housing_career: ejer efter %g år, før medejer "
                                 "(coowner_years, %g)",
                                 params->owner_years, params->coowner_years);
}

/* ---- shares begin and end ------------------------------------------------------------------ */

static void begin(const struct flyt_policy_ask *ask, struct flyt_career_home *home, uint32_t d)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career_params *params = ask->policy->params;
    int64_t whole = flyt_career_whole(params, world->dwellings.area_m2[d]);
    if (!home->converted) {
        flyt_policies_pay(ask, career_conversion, FLYT_TENURE_almen,
                          flyt_policies_ore(params->conversion));
    }
    *home = (struct flyt_career_home){
        .holder = world->households.uid[world->dwellings.occupant[d]],
        .last = home->last,
        .converted = true,
        .whole = params->equity ? whole : 0,
        .instalment = params->equity ? flyt_career_instalment(params, whole) : 0,
        .set_aside = true};
}

/** The holder is gone: what it was repaid above what it had paid in is borne by somebody. */
static void end(const struct flyt_policy_ask *ask, struct flyt_career_home *home)
{
    const struct flyt_career_params *params = ask->policy->params;
    struct flyt_career *own = ask->policy->own;
    static const uint32_t account[] = {[FLYT_CAREER_municipality] = career_rest_municipalities,
                                       [FLYT_CAREER_fund] = career_rest_fund,
                                       [FLYT_CAREER_state] = career_rest_state};
    int64_t rest = home->repayable - home->paid_in;
    if (rest > 0 && params->bearer != FLYT_CAREER_organisation) {
        flyt_policies_pay(ask, account[params->bearer], FLYT_TENURE_almen, rest);
    }
    own->counts.career_left++;
    own->counts.career_left_early += home->paid < flyt_career_coowner_months(params);
    *home = (struct flyt_career_home){.last = home->last, .converted = true, .set_aside = true};
}

/** Whether a household lived in the area a month ago. */
static bool is_from_area(const struct flyt_world *world, const struct flyt_career *own,
                         uint32_t area, uint64_t uid)
{
    FLYT_CAREER_EACH_HOME(world, own, s, d, home)
    {
        if (world->sections.area[s] == area && home->last == uid) {
            return true;
        }
    }
    return false;
}

/** Holders who are gone, newcomers who begin, homes that stood vacant too long or are no more. */
static void follow(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career_params *params = ask->policy->params;
    struct flyt_career *own = ask->policy->own;
    FLYT_CAREER_EACH_HOME(world, own, s, d, home)
    {
        uint32_t household = world->dwellings.occupant[d];
        uint64_t uid = household < FLYT_CLOSED ? world->households.uid[household] : 0;
        if (home->holder != 0 && home->holder != uid) {
            end(ask, home);
        }
        if (home->set_aside && uid != 0 && uid != home->last && uid != home->holder) {
            bool same = is_from_area(world, own, world->sections.area[s], uid);
            own->counts.career_from_area += same;
            own->counts.career_outsiders += !same;
            if (home->kind == FLYT_CAREER_coowned) {
                begin(ask, home, d);
            }
        }
        bool too_long =
            household == FLYT_NONE &&
            world->calendar - world->dwellings.empty_since[d] > (int32_t)params->vacant_months;
        if (home->set_aside && (household == FLYT_CLOSED || too_long)) {
            own->counts.career_given_up += too_long;
            home->set_aside = false;
        }
    }
}

/* ---- homes become co-owned ----------------------------------------------------------------- */

/** Adds this month's homes to what each area is owed. */
static void owe(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    struct flyt_career *own = ask->policy->own;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        for (uint32_t k = 0; k < FLYT_CAREER_N_KINDS; k++) {
            if (flyt_career_is_place(ask, s) && own->consents[s]) {
                own->owed[k][world->sections.area[s]] += ask->intensity *
                                                         flyt_career_rate(ask->policy->params, k) /
                                                         1000.0 * world->sections.n_open[s] / 12.0;
            }
        }
    }
}

/** Whether an area is owed a home of the kind. */
static bool is_owed(const struct flyt_policy_ask *ask, uint32_t section, uint32_t kind)
{
    const struct flyt_career *own = ask->policy->own;
    return own->consents[section] && flyt_career_is_place(ask, section) &&
           own->owed[kind][ask->world->sections.area[section]] >= 1.0;
}

static uint64_t key_of(const struct flyt_policy_ask *ask, uint32_t household)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career_params *params = ask->policy->params;
    return params->order == FLYT_CAREER_lot
               ? flyt_rng_word64(world->key, world->households.uid[household], 0,
                                 FLYT_STREAM_career_order, 0)
               : (uint64_t)(world->households.row[household].moved_in - FLYT_NO_MONTH);
}

/** Present residents of consenting sections who would have a share in their home, first first. */
static enum flyt_status find_residents(const struct flyt_policy_ask *ask,
                                       struct flyt_ranked **found, uint32_t *n)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career *own = ask->policy->own;
    *n = 0;
    *found = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, world->dwellings.n + 1);
    if (*found == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_CAREER_EACH_HOME(world, own, s, d, home)
    {
        uint32_t household = world->dwellings.occupant[d];
        if (household < FLYT_CLOSED && !home->set_aside && is_owed(ask, s, FLYT_CAREER_coowned) &&
            flyt_career_will_share(world, ask->policy->params, household, d,
                                   world->households.row[household].disposable_ore)) {
            (*found)[(*n)++] =
                (struct flyt_ranked){key_of(ask, household), world->households.uid[household], d};
        }
    }
    flyt_rank_sort(*found, *n);
    return FLYT_OK;
}

/** The kind of which the home's area is owed most, of equals one by the home's number; FLYT_NONE:
 *  no whole home of any. */
static uint32_t most_owed(const struct flyt_policy_ask *ask, uint32_t section, uint32_t dwelling)
{
    const struct flyt_career *own = ask->policy->own;
    uint32_t area = ask->world->sections.area[section], most = FLYT_NONE;
    for (uint32_t i = 0; i < FLYT_CAREER_N_KINDS; i++) {
        uint32_t k = (dwelling + i) % FLYT_CAREER_N_KINDS;
        if (is_owed(ask, section, k) &&
            (most == FLYT_NONE || own->owed[k][area] > own->owed[most][area])) {
            most = k;
        }
    }
    return most;
}

/** Sets aside one home of those its area is owed. */
static void convert(const struct flyt_policy_ask *ask, uint32_t dwelling, uint32_t kind)
{
    const struct flyt_world *world = ask->world;
    struct flyt_career *own = ask->policy->own;
    struct flyt_career_home *home = flyt_career_home_of(world, own, dwelling);
    own->owed[kind][world->sections.area[world->dwellings.section[dwelling]]] -= 1.0;
    home->set_aside = true;
    home->kind = (uint8_t)kind;
    own->lowers |= kind == FLYT_CAREER_plus;
}

/** Residents' homes, then homes that fall vacant. */
static enum flyt_status convert_homes(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    struct flyt_career *own = ask->policy->own;
    struct flyt_ranked *found;
    uint32_t n;
    owe(ask);
    FLYT_TRY(find_residents(ask, &found, &n));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t d = found[i].index;
        if (is_owed(ask, world->dwellings.section[d], FLYT_CAREER_coowned)) {
            convert(ask, d, FLYT_CAREER_coowned);
            begin(ask, flyt_career_home_of(world, own, d), d);
            own->counts.career_in_place++;
        }
    }
    FLYT_CAREER_EACH_HOME(world, own, s, d, home)
    {
        uint32_t kind = home->set_aside ? FLYT_NONE : most_owed(ask, s, d);
        if (kind != FLYT_NONE && flyt_letting_is_fresh(world, d)) {
            convert(ask, d, kind);
        }
    }
    for (uint32_t k = 0; k < FLYT_CAREER_N_KINDS; k++) {
        for (uint32_t a = 0; a < world->areas.n; a++) { /* nobody has to make up for a long wait */
            own->owed[k][a] = own->owed[k][a] < 2.0 ? own->owed[k][a] : 2.0;
        }
    }
    return FLYT_OK;
}

/* ---- the month ----------------------------------------------------------------------------- */

/** A month of a share: the instalment, if it can be borne, and what it is worth. */
static void hold(const struct flyt_policy_ask *ask, struct flyt_career_home *home,
                 uint32_t household)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career_params *params = ask->policy->params;
    struct flyt_career *own = ask->policy->own;
    bool saves = home->paid < flyt_career_coowner_months(params);
    bool labour = params->earned == FLYT_CAREER_labour;
    bool pays = labour ? flyt_career_can_work(world, household)
                       : flyt_career_can_bear(params, home->instalment,
                                              world->households.row[household].disposable_ore);
    flyt_career_month(params, home, pays);
    if (saves && pays) {
        int64_t got = labour ? (int64_t)(params->worth * home->instalment + 0.5) : home->instalment;
        flyt_policies_pay(ask, labour ? career_upkeep : career_saving, FLYT_TENURE_almen, got);
        home->paid_in += got;
    }
    own->counts.career_missed += saves && !pays;
    own->counts.career_savers += home->paid < flyt_career_coowner_months(params);
    own->counts.career_coowners += home->paid >= flyt_career_coowner_months(params);
    own->counts.career_owners += home->paid >= flyt_career_owner_months(params);
    home->repayable = flyt_career_repaid(params, home);
    int64_t lost = flyt_career_worth(params, home) - home->repayable;
    world->households.cold[household].equity_ore =
        lost > 0 ? (int64_t)(params->retention * (double)lost) : 0;
    own->repayable += home->repayable;
}

/** What neighbours with a share do to the area's name. */
static void be_seen(const struct flyt_policy_ask *ask, uint32_t area, uint32_t household)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career_params *params = ask->policy->params;
    const struct flyt_household *row = &world->households.row[household];
    bool works = (row->born[0] != FLYT_NO_MONTH && row->work[0] == FLYT_WORK_employed) ||
                 (row->born[1] != FLYT_NO_MONTH && row->work[1] == FLYT_WORK_employed);
    double weight = params->cohesion + (works ? params->role_models : 0.0);
    int32_t n = flyt_composition_now(world->composition, area)->households;
    if (world->reputation != NULL && n > 0 && weight != 0.0) {
        world->reputation->policies[area] += weight / n;
    }
}

static void hold_all(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    struct flyt_career *own = ask->policy->own;
    own->repayable = 0;
    FLYT_CAREER_EACH_HOME(world, own, s, d, home)
    {
        uint32_t household = world->dwellings.occupant[d];
        own->counts.career_homes += home->set_aside;
        home->last = household < FLYT_CLOSED ? world->households.uid[household] : 0;
        if (home->holder != 0 && home->whole > 0) {
            hold(ask, home, household);
            be_seen(ask, world->sections.area[s], household);
        }
    }
}

static enum flyt_status month(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career_params *params = ask->policy->params;
    struct flyt_career *own = ask->policy->own;
    own->counts = (struct flyt_career_counts){0};
    follow(ask);
    double rate = 0.0;
    for (uint32_t k = 0; k < FLYT_CAREER_N_KINDS; k++) {
        rate += flyt_career_rate(params, k);
    }
    if (ask->intensity > 0.0 && rate > 0.0) {
        flyt_career_ask_consents(ask);
        FLYT_TRY(convert_homes(ask));
    }
    hold_all(ask);
    flyt_career_reckon_lost(ask);
    for (uint32_t s = 0; s < world->sections.n; s++) {
        own->counts.career_consenting += own->consents[s];
    }
    return FLYT_OK;
}

static int64_t repays(const struct flyt_policy_question *question, uint32_t household)
{
    const struct flyt_world *world = question->world;
    const struct flyt_career_home *home =
        flyt_career_home_of(world, question->policy->own, world->households.row[household].home);
    return home != NULL && home->holder == world->households.uid[household] ? home->repayable : 0;
}

/* ---- output -------------------------------------------------------------------------------- */

const struct flyt_policy flyt_policy_housing_career;

#define X(name, ...) FLYT_POLICY_RECORD_ACCOUNT(flyt_policy_housing_career, name)
CAREER_ACCOUNTS(X)
#undef X

#define X(name, ...) FLYT_POLICY_RECORD_COUNT(flyt_policy_housing_career, flyt_career, name)
CAREER_COUNTS(X)
#undef X

static void record_kinds(const void *world_, void *row)
{
    const struct flyt_world *world = world_;
    const struct flyt_career *own = flyt_policies_own(world, &flyt_policy_housing_career);
#define X(name, of) FLYT_KIND_almen_##of,
    static const uint32_t kind[] = {FLYT_CAREER_KINDS(X)};
#undef X
    memset(row, 0, FLYT_N_KINDS * sizeof(int64_t));
    if (own != NULL) {
        FLYT_CAREER_EACH_HOME(world, own, s, d, home)
        {
            ((int64_t *)row)[kind[home->kind]] += home->set_aside;
        }
    }
}

static void record_equity(const void *world, void *row)
{
    const struct flyt_career *own = flyt_policies_own(world, &flyt_policy_housing_career);
    *(int64_t *)row = own == NULL ? 0 : own->repayable;
}

static const struct flyt_series series[] = {
#define X(...) FLYT_POLICY_COUNT_SERIES(__VA_ARGS__, "housing_career"),
    CAREER_COUNTS(X)
#undef X
        {.name = "career_kinds",
         .unit = "homes",
         .type = FLYT_SERIES_count,
         .kind = FLYT_SERIES_stock,
         .period = FLYT_SERIES_monthly,
         .n_dims = 1,
         .dim = {FLYT_DIM_kind},
         .en = "Homes set aside, by what they became",
         .da = "Forbeholdte boliger efter boligtype",
         .how = "Family homes of their sections that became another kind.",
         .policy = "housing_career",
         .record = record_kinds},
    {.name = "career_equity",
     .unit = "0.01 DKK",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_stock,
     .period = FLYT_SERIES_monthly,
     .en = "Equity that would be repaid now",
     .da = "Andele, der ville blive betalt tilbage nu",
     .how = "To all holders of shares if they left, less wear.",
     .policy = "housing_career",
     .record = record_equity},
#define X(name, ...) FLYT_POLICY_ACCOUNT_SERIES(name, __VA_ARGS__, "housing_career", record_##name),
    CAREER_ACCOUNTS(X)
#undef X
        FLYT_POLICY_ACCOUNT_SERIES(equity_repaid, organisations, households,
                                   "Housing career: equity repaid at move-out",
                                   "Boligkarriere: opsparet andel betalt tilbage ved fraflytning",
                                   "housing_career", flyt_ledger_record_equity_repaid),
    FLYT_POLICY_ACCOUNT_SERIES(rent_lowered, organisations, households,
                               "AlmenBolig+: rent below that of other homes",
                               "AlmenBolig+: husleje under de andre boligers", "housing_career",
                               flyt_ledger_record_rent_lowered),
    FLYT_POLICY_ACCOUNT_SERIES(upkeep_spared, outside, organisations,
                               "AlmenBolig+: upkeep spared by residents' work",
                               "AlmenBolig+: drift sparet ved beboernes arbejde", "housing_career",
                               flyt_ledger_record_upkeep_spared),
};

const struct flyt_policy flyt_policy_housing_career = {
    .spec = {.name = "housing_career",
             .en = "Housing career in the estate",
             .da = "Boligkarriere i området",
             .field = fields,
             .n_fields = FLYT_COUNT(fields),
             .params_size = sizeof(struct flyt_career_params),
             .series = series,
             .n_series = FLYT_COUNT(series),
             .sleeps = true,
             .source = "Boligliv i Balance: Det sociale løsningskatalog (2015)",
             .serves = "H2, H5, H7",
             .doc_en = "Almen family homes become co-owned, or homes of other kinds, where three "
                       "consents are given, for present residents first; a share is saved up or "
                       "earned by work, and repaid at exit; AlmenBolig+ has a lower rent for work. "
                       "The homes are lost to assignment. Leaves out: the instalment in "
                       "what a home is worth to its household, rent without a loan, the hours of "
                       "AlmenBolig+'s residents and those who can no longer work.",
             .doc_da =
                 "Almene familieboliger bliver medejerboliger eller andre boligtyper, hvor tre "
                 "samtykker er givet, for nuværende beboere først; en andel spares op eller "
                 "optjenes ved arbejde og betales tilbage ved fraflytning; AlmenBolig+ har lavere "
                 "husleje for arbejde. Boligerne går tabt for anvisningen. Udelader: opsparingen "
                 "i boligens værdi for husstanden, husleje uden lån, timerne hos beboerne i "
                 "AlmenBolig+ og dem, der ikke længere kan arbejde."},
    .check = check,
    .hooks = {.open = flyt_career_open,
              .month = month,
              .letting_rules = flyt_career_letting_rules,
              .rules_anywhere = true,
              .may_take = flyt_career_may_take,
              .set_aside = flyt_career_set_aside,
              .rent = flyt_career_rent,
              .repays = repays,
              .reached = flyt_career_reached},
    .account = accounts,
    .n_accounts = FLYT_COUNT(accounts),
    .own_size = sizeof(struct flyt_career),
    .reached_en = "Began a share in their home",
    .reached_da = "Begyndte på en andel i deres bolig",
};
