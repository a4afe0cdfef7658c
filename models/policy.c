#include "models/policy.h"

#include <string.h>

#include "models/housing.h"
#include "models/letting_shelf.h"
#include "models/reputation.h"

const struct flyt_policy_scope flyt_policies_scopes[FLYT_N_SCOPES] = {
    {"municipalities", "municipalities", "name", "Municipalities", "Kommuner"},
    {"organisations", "organisations", "name", "Almen organisations", "Boligorganisationer"},
    {"areas", "areas", "name", "Areas", "Boligområder"},
    {"sections", "sections", "name", "Sections", "Afdelinger"},
};

/* ---- making them --------------------------------------------------------------------------- */

/** Which rows of a table a scope names. */
static enum flyt_status mark_rows(struct flyt_world *world, const struct flyt_scenario *scenario,
                                  struct flyt_policy_state *state, uint32_t scope)
{
    const struct flyt_scenario_named_rows *named = &state->given->named[scope];
    if (!named->given) {
        return FLYT_OK;
    }
    const struct flyt_policy_scope *which =
        flyt_scenario_scope(scenario->model, state->given->spec, scope);
    const struct flyt_table *table = flyt_scenario_table(scenario, which->table);
    state->named[scope] = FLYT_ARENA_ZERO(world->run_arena, uint8_t, table->n_rows + 1);
    if (state->named[scope] == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < named->n; i++) {
        state->named[scope][named->row[i]] = 1;
    }
    return FLYT_OK;
}

/** Where it holds: in the municipalities, the organisations and the areas that are named. */
static void mark_sections(const struct flyt_world *world, struct flyt_policy_state *state)
{
    const struct flyt_sections *sections = &world->sections;
    const uint8_t *const *named = (const uint8_t *const *)state->named;
    for (uint32_t s = 0; s < sections->n; s++) {
        const uint32_t row[FLYT_N_SCOPES] = {
            [FLYT_SCOPE_municipalities] = sections->municipality[s],
            [FLYT_SCOPE_organisations] = sections->organisation[s],
            [FLYT_SCOPE_areas] = sections->area[s],
            [FLYT_SCOPE_sections] = sections->table_row[s],
        };
        state->covers[s] = true;
        for (uint32_t k = 0; k < FLYT_N_SCOPES; k++) {
            if (named[k] != NULL && (row[k] == FLYT_NONE || !named[k][row[k]])) {
                state->covers[s] = false;
            }
        }
    }
}

static enum flyt_status take_policy(struct flyt_world *world, const struct flyt_scenario *scenario,
                                    const struct flyt_policy *policy,
                                    const struct flyt_scenario_policy *given)
{
    struct flyt_policies *policies = world->policies;
    struct flyt_policy_state *state = &policies->state[policies->n++];
    uint32_t n_scopes = scenario->model->n_scopes + given->spec->n_scopes;
    *state = (struct flyt_policy_state){.policy = policy, .given = given};
    state->params = FLYT_ARENA_ZERO(world->run_arena, char, given->spec->params_size + 1);
    state->covers = FLYT_ARENA_ZERO(world->run_arena, bool, world->sections.n + 1);
    state->named = FLYT_ARENA_ZERO(world->run_arena, uint8_t *, n_scopes + 1);
    state->own = FLYT_ARENA_ZERO(world->run_arena, char, policy->own_size + 1);
    if (state->params == NULL || state->covers == NULL || state->named == NULL ||
        state->own == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_ledger_extend(world, policy->account, policy->n_accounts, &state->first_account));
    for (uint32_t scope = 0; scope < n_scopes; scope++) {
        FLYT_TRY(mark_rows(world, scenario, state, scope));
    }
    mark_sections(world, state);
    flyt_scenario_policy_params(given, scenario->start_year, state->params);
    state->taken[0] = flyt_arena_mark(world->run_arena);
    if (policy->hooks.open != NULL) {
        FLYT_TRY(policy->hooks.open(&(struct flyt_policy_ask){world, state, 0.0}));
    }
    state->taken[1] = flyt_arena_mark(world->run_arena);
    return FLYT_OK;
}

enum flyt_status flyt_policies_create(struct flyt_world *world,
                                      const struct flyt_scenario *scenario)
{
    struct flyt_policies *policies = FLYT_ARENA_ZERO(world->run_arena, struct flyt_policies, 1);
    if (policies == NULL) {
        return FLYT_ERR_MEMORY;
    }
    policies->state =
        FLYT_ARENA_ZERO(world->run_arena, struct flyt_policy_state, scenario->n_policies + 1);
    if (policies->state == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->policies = policies;
    if (scenario->n_policies > 0) {
        FLYT_TRY(flyt_policies_follow_create(world));
    }
    for (uint32_t i = 0; i < scenario->n_policies; i++) {
        const struct flyt_scenario_policy *given = &scenario->policy[i];
        for (uint32_t k = 0; given->on && flyt_policies_known[k] != NULL; k++) {
            if (strcmp(flyt_policies_known[k]->spec.name, given->spec->name) == 0) {
                FLYT_TRY(take_policy(world, scenario, flyt_policies_known[k], given));
            }
        }
    }
    return FLYT_OK;
}

void flyt_policies_become(void *world_, const struct flyt_scenario *scenario)
{
    struct flyt_world *world = world_;
    world->housing->scenario = scenario;
    for (uint32_t i = 0; i < world->policies->n; i++) {
        struct flyt_policy_state *state = &world->policies->state[i];
        for (uint32_t k = 0; k < scenario->n_policies; k++) {
            if (scenario->policy[k].spec == state->given->spec) {
                state->given = &scenario->policy[k];
                break;
            }
        }
    }
}

/* ---- keeping them -------------------------------------------------------------------------- */

/** Memory that a policy took, while one looks whether it holds an address. */
struct holder {
    const void *address;
    bool holds;
};

static void look_inside(void *holder_, void *bytes, size_t n)
{
    struct holder *holder = holder_;
    uintptr_t at = (uintptr_t)holder->address, first = (uintptr_t)bytes;
    holder->holds |= at >= first && at - first < n;
}

/** Walks a policy's `own` word by word: what points into memory that it took stays what it is. */
static void walk_own(struct flyt_world *world, struct flyt_archive *archive,
                     struct flyt_policy_state *state)
{
    size_t n_words = state->policy->own_size / sizeof(void *);
    char *own = state->own;
    flyt_archive_begin(archive, "policy.own", state->policy->own_size, 1);
    for (size_t i = 0; i < n_words; i++) {
        struct holder holder = {NULL, false};
        uint64_t kept = 0;
        memcpy(&holder.address, own + i * sizeof(void *), sizeof(void *));
        flyt_arena_between(world->run_arena, state->taken[0], state->taken[1], look_inside,
                           &holder);
        flyt_archive_piece(archive, holder.holds ? (void *)&kept : own + i * sizeof(void *), 1,
                           sizeof(void *));
    }
    flyt_archive_piece(archive, own + n_words * sizeof(void *),
                       state->policy->own_size % sizeof(void *), 1);
}

static void walk_taken(void *archive, void *bytes, size_t n)
{
    flyt_archive_piece(archive, bytes, n, 1);
}

static void count_taken(void *n_, void *bytes, size_t n)
{
    (void)bytes;
    *(uint64_t *)n_ += n;
}

void flyt_policies_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    flyt_policies_follow_archive(world, archive);
    for (uint32_t i = 0; i < world->policies->n && archive->status == FLYT_OK; i++) {
        struct flyt_policy_state *state = &world->policies->state[i];
        uint64_t n = 0;
        flyt_archive_array(archive, "policy.params", state->params, state->policy->spec.params_size,
                           1);
        FLYT_ARCHIVE_VALUE(archive, "policy.begun", state->begun);
        FLYT_ARCHIVE_SCRATCH(archive, "policy.intensity", &state->intensity, 1);
        walk_own(world, archive, state);
        flyt_arena_between(world->run_arena, state->taken[0], state->taken[1], count_taken, &n);
        flyt_archive_begin(archive, "policy.arrays", n, 1);
        flyt_arena_between(world->run_arena, state->taken[0], state->taken[1], walk_taken, archive);
        flyt_archive_pointers(archive, "policy.taken", state->taken, sizeof state->taken);
    }
}

/* ---- time ---------------------------------------------------------------------------------- */

double flyt_policies_intensity(const struct flyt_scenario_policy *given, int16_t month)
{
    int32_t year = 1900 + month / 12;
    if (!given->on || year < given->from || year > given->to) {
        return 0.0;
    }
    if (given->from == INT32_MIN || given->ramp_years <= 0.0) {
        return 1.0;
    }
    /* at the end of the first month one month of the ramp has passed */
    double passed = month + 1 - (given->from - 1900) * 12,
           share = passed / 12.0 / given->ramp_years;
    return share < 1.0 ? share : 1.0;
}

bool flyt_policies_begin(struct flyt_world *world)
{
    bool changed = false;
    for (uint32_t i = 0; i < world->policies->n; i++) {
        struct flyt_policy_state *state = &world->policies->state[i];
        state->intensity = flyt_policies_intensity(state->given, world->calendar);
        state->begun |= state->intensity > 0.0;
        if (world->calendar % 12 == 0) {
            flyt_scenario_policy_params(state->given, 1900 + world->calendar / 12, state->params);
            if (state->begun && state->policy->hooks.year != NULL) {
                changed |= state->policy->hooks.year(
                    &(struct flyt_policy_ask){world, state, state->intensity});
            }
        }
    }
    return changed;
}

enum flyt_status flyt_policies_step(struct flyt_world *world)
{
    if (world->reputation != NULL) { /* each adds its own anew */
        memset(world->reputation->policies, 0, world->areas.n * sizeof(double));
    }
    for (uint32_t i = 0; i < world->policies->n; i++) {
        struct flyt_policy_state *state = &world->policies->state[i];
        if (state->begun && state->policy->hooks.month != NULL) {
            FLYT_TRY(state->policy->hooks.month(
                &(struct flyt_policy_ask){world, state, state->intensity}));
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_policies_assign(struct flyt_world *world)
{
    for (uint32_t i = 0; world->policies != NULL && i < world->policies->n; i++) {
        struct flyt_policy_state *state = &world->policies->state[i];
        if (state->intensity > 0.0 && state->policy->hooks.assign != NULL) {
            FLYT_TRY(state->policy->hooks.assign(
                &(struct flyt_policy_ask){world, state, state->intensity}));
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_policies_close(struct flyt_world *world)
{
    for (uint32_t i = 0; i < world->policies->n; i++) {
        struct flyt_policy_state *state = &world->policies->state[i];
        if (state->begun && state->policy->hooks.closed != NULL) {
            FLYT_TRY(state->policy->hooks.closed(
                &(struct flyt_policy_ask){world, state, state->intensity}));
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_policies_check(const struct flyt_world *world)
{
    if (world->policies == NULL) {
        return FLYT_OK;
    }
    for (uint32_t i = 0; i < world->policies->n; i++) {
        const struct flyt_policy_state *state = &world->policies->state[i];
        if (state->policy->hooks.check != NULL) {
            FLYT_TRY(state->policy->hooks.check(
                &(struct flyt_policy_question){world, state, state->intensity}));
        }
    }
    FLYT_TRY(flyt_policies_follow_check(world));
    return flyt_letting_shelf_check(world);
}

struct flyt_policy_state *flyt_policies_find(const struct flyt_world *world,
                                             const struct flyt_policy *policy)
{
    for (uint32_t i = 0; i < world->policies->n; i++) {
        if (world->policies->state[i].policy == policy) {
            return &world->policies->state[i];
        }
    }
    return NULL;
}

void *flyt_policies_own(const struct flyt_world *world, const struct flyt_policy *policy)
{
    const struct flyt_policy_state *state = flyt_policies_find(world, policy);
    return state == NULL ? NULL : state->own;
}

int64_t flyt_policies_ore(double dkk)
{
    return (int64_t)(dkk * 100.0 + 0.5);
}

/* ---- money --------------------------------------------------------------------------------- */

void flyt_policies_pay(const struct flyt_policy_ask *ask, uint32_t account, uint32_t tenure,
                       int64_t amount_ore)
{
    const struct flyt_ledger_account *of = &ask->policy->policy->account[account];
    const uint32_t desk = 0; /* serial code may use any */
    flyt_ledger_pay_more(ask->world, ask->policy->first_account + account, tenure, amount_ore);
    int64_t gained = (of->receiver == FLYT_PARTY_households ? amount_ore : 0) -
                     (of->payer == FLYT_PARTY_households ? amount_ore : 0);
    if (gained != 0) {
        flyt_ledger_pay(ask->world, desk, FLYT_ACCOUNT_consumption, tenure, gained);
    }
}

void flyt_policies_record_account(const void *world_, const struct flyt_policy *policy,
                                  uint32_t account, void *row)
{
    const struct flyt_world *world = world_;
    const struct flyt_policy_state *state = flyt_policies_find(world, policy);
    memset(row, 0, FLYT_N_TENURES * sizeof(int64_t));
    if (state != NULL) {
        memcpy(row, world->ledger->more.month[state->first_account + account].amount,
               FLYT_N_TENURES * sizeof(int64_t));
    }
}

/* ---- questions ----------------------------------------------------------------------------- */

/** Whether a policy is in force at a section this month; absent ones are never asked. */
static bool is_asked(const struct flyt_policy_state *state, uint32_t section)
{
    return state->intensity > 0.0 && state->covers[section];
}

struct flyt_policy_rates flyt_policies_rates(const struct flyt_world *world, uint32_t household)
{
    struct flyt_policy_rates rates = {1.0, 1.0, 1.0, 1.0};
    for (uint32_t i = 0; world->policies != NULL && i < world->policies->n; i++) {
        const struct flyt_policy_state *state = &world->policies->state[i];
        if (state->begun && state->policy->hooks.rates != NULL) {
            state->policy->hooks.rates(
                &(struct flyt_policy_question){world, state, state->intensity}, household, &rates);
        }
    }
    return rates;
}

void flyt_policies_letting_rules(const struct flyt_world *world, uint32_t section,
                                 struct flyt_letting_rules *rules)
{
    for (uint32_t i = 0; i < world->policies->n; i++) {
        const struct flyt_policy_state *state = &world->policies->state[i];
        bool anywhere = state->intensity > 0.0 && state->policy->hooks.rules_anywhere;
        if ((anywhere || is_asked(state, section)) && state->policy->hooks.letting_rules != NULL) {
            state->policy->hooks.letting_rules(
                &(struct flyt_policy_question){world, state, state->intensity}, section, rules);
        }
    }
}

bool flyt_policies_may_assign(const struct flyt_world *world, uint32_t household, uint32_t section)
{
    for (uint32_t i = 0; i < world->policies->n; i++) {
        const struct flyt_policy_state *state = &world->policies->state[i];
        if (is_asked(state, section) && state->policy->hooks.may_assign != NULL &&
            !state->policy->hooks.may_assign(
                &(struct flyt_policy_question){world, state, state->intensity}, household,
                section)) {
            return false;
        }
    }
    return true;
}

/** A policy that is or has been in force, as the question of what it once began. */
static struct flyt_policy_question begun(const struct flyt_world *world,
                                         const struct flyt_policy_state *state)
{
    return (struct flyt_policy_question){world, state, state->intensity};
}

bool flyt_policies_may_take(const struct flyt_world *world, uint32_t household, uint32_t dwelling)
{
    for (uint32_t i = 0; world->policies != NULL && i < world->policies->n; i++) {
        const struct flyt_policy_state *state = &world->policies->state[i];
        struct flyt_policy_question question = begun(world, state);
        if (state->begun && state->policy->hooks.may_take != NULL &&
            !state->policy->hooks.may_take(&question, household, dwelling)) {
            return false;
        }
    }
    return true;
}

bool flyt_policies_set_aside(const struct flyt_world *world, uint32_t dwelling)
{
    for (uint32_t i = 0; world->policies != NULL && i < world->policies->n; i++) {
        const struct flyt_policy_state *state = &world->policies->state[i];
        struct flyt_policy_question question = begun(world, state);
        if (state->begun && state->policy->hooks.set_aside != NULL &&
            state->policy->hooks.set_aside(&question, dwelling)) {
            return true;
        }
    }
    return false;
}

struct flyt_policy_rent flyt_policies_rent(const struct flyt_world *world, uint32_t dwelling)
{
    struct flyt_policy_rent rent = {.asked = 1.0};
    for (uint32_t i = 0; world->policies != NULL && i < world->policies->n; i++) {
        const struct flyt_policy_state *state = &world->policies->state[i];
        struct flyt_policy_question question = begun(world, state);
        if (state->begun && state->policy->hooks.rent != NULL) {
            state->policy->hooks.rent(&question, dwelling, &rent);
        }
    }
    return rent;
}

int64_t flyt_policies_repay(const struct flyt_world *world, uint32_t household)
{
    int64_t sum = 0;
    for (uint32_t i = 0; world->policies != NULL && i < world->policies->n; i++) {
        const struct flyt_policy_state *state = &world->policies->state[i];
        struct flyt_policy_question question = begun(world, state);
        if (state->begun && state->policy->hooks.repays != NULL) {
            sum += state->policy->hooks.repays(&question, household);
        }
    }
    return sum;
}

void flyt_policies_taxed(const struct flyt_world *world, uint32_t desk, uint32_t household,
                         int64_t tax_ore)
{
    for (uint32_t i = 0; world->policies != NULL && i < world->policies->n; i++) {
        const struct flyt_policy_state *state = &world->policies->state[i];
        struct flyt_policy_question question = begun(world, state);
        if (state->begun && state->policy->hooks.taxed != NULL) {
            state->policy->hooks.taxed(&question, desk, household, tax_ore);
        }
    }
}

uint32_t flyt_policies_reached(const struct flyt_world *world,
                               const struct flyt_policy_state *state, uint32_t household)
{
    struct flyt_policy_question question = begun(world, state);
    return state->begun && state->policy->hooks.reached != NULL
               ? state->policy->hooks.reached(&question, household)
               : FLYT_NONE;
}
