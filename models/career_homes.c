#include "models/career_homes.h"

#include <string.h>

#include "models/kinds.h"
#include "models/letting.h"
#include "models/listing.h"
#include "models/params.h"
#include "models/people.h"

/* ---- places -------------------------------------------------------------------------------- */

/** Takes room for the family homes of the places. */
static enum flyt_status take_homes(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    struct flyt_career *own = ask->policy->own;
    uint32_t n = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        bool here = ask->policy->covers[s] && world->sections.kind[s] == FLYT_KIND_almen_family &&
                    world->sections.organisation[s] != FLYT_NONE;
        own->first[s] = here ? n : FLYT_NONE;
        own->asked[s] = FLYT_NO_MONTH;
        n += here ? world->sections.first[s + 1] - world->sections.first[s] : 0;
    }
    own->home = FLYT_ARENA_ZERO(world->run_arena, struct flyt_career_home, n + 1);
    return own->home == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_career_open(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    struct flyt_career *own = ask->policy->own;
    struct flyt_arena *arena = world->run_arena;
    size_t n = world->sections.n + (size_t)1;
    for (uint32_t k = 0; k < FLYT_CAREER_N_KINDS; k++) {
        own->owed[k] = FLYT_ARENA_ZERO(arena, double, world->areas.n + 1);
        if (own->owed[k] == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    own->first = FLYT_ARENA_ARRAY(arena, uint32_t, n);
    own->consents = FLYT_ARENA_ZERO(arena, bool, n);
    own->asked = FLYT_ARENA_ARRAY(arena, int16_t, n);
    own->more = FLYT_ARENA_ZERO(arena, double, world->municipalities.n + 1);
    own->aside = FLYT_ARENA_ZERO(arena, bool, n);
    if (own->first == NULL || own->consents == NULL || own->asked == NULL || own->more == NULL ||
        own->aside == NULL) {
        return FLYT_ERR_MEMORY;
    }
    return take_homes(ask);
}

bool flyt_career_is_place(const struct flyt_policy_ask *ask, uint32_t section)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career_params *params = ask->policy->params;
    const struct flyt_career *own = ask->policy->own;
    enum flyt_list_status status = world->areas.listed[world->sections.area[section]];
    return own->first[section] != FLYT_NONE && (!params->deprived || flyt_listing_marks(status));
}

/* ---- three consents ------------------------------------------------------------------------ */

static bool wants(const struct flyt_world *world, const struct flyt_career_params *params,
                  uint32_t household)
{
    return flyt_rng_unit(world->key, world->households.uid[household], 0, FLYT_STREAM_career_wish,
                         0) < params->wish;
}

/** The meeting: of those who come, whoever wants a share votes for it, others some of them. */
static bool meeting_consents(const struct flyt_policy_ask *ask, uint32_t section)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career_params *params = ask->policy->params;
    uint32_t n = 0, n_for = 0, year = (uint32_t)world->calendar / 12;
    for (uint32_t d = world->sections.first[section]; d < world->sections.first[section + 1]; d++) {
        uint32_t household = world->dwellings.occupant[d];
        if (household >= FLYT_CLOSED) {
            continue;
        }
        double u[2];
        for (uint32_t i = 0; i < 2; i++) {
            u[i] = flyt_rng_unit(world->key, world->households.uid[household], year,
                                 FLYT_STREAM_career_meeting, i);
        }
        bool comes = u[0] < params->turnout;
        n += comes;
        n_for += comes && (u[1] < params->support || wants(world, params, household));
    }
    return 2 * n_for > n;
}

void flyt_career_ask_consents(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career_params *params = ask->policy->params;
    struct flyt_career *own = ask->policy->own;
    int16_t year = world->calendar / 12;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        if (!flyt_career_is_place(ask, s) || own->consents[s] || own->asked[s] == year) {
            continue;
        }
        double council = flyt_rng_unit(world->key, world->sections.municipality[s] + UINT64_C(1), 0,
                                       FLYT_STREAM_career_council, 0);
        double board = flyt_rng_unit(world->key, world->sections.organisation[s] + UINT64_C(1), 0,
                                     FLYT_STREAM_career_board, 0);
        own->asked[s] = year;
        own->consents[s] =
            council < params->council && board < params->organisation && meeting_consents(ask, s);
        own->counts.career_refused += !own->consents[s];
    }
}

/* ---- who can ------------------------------------------------------------------------------- */

bool flyt_career_can_work(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        if (row->born[i] != FLYT_NO_MONTH && row->work[i] != FLYT_WORK_disability &&
            row->work[i] != FLYT_WORK_pension) {
            return true;
        }
    }
    return false;
}

bool flyt_career_can_bear(const struct flyt_career_params *params, int32_t instalment,
                          double disposable)
{
    return instalment <= params->burden * disposable;
}

bool flyt_career_will_share(const struct flyt_world *world, const struct flyt_career_params *params,
                            uint32_t household, uint32_t dwelling, double disposable)
{
    if (!wants(world, params, household)) {
        return false;
    }
    int64_t whole = flyt_career_whole(params, world->dwellings.area_m2[dwelling]);
    return params->earned == FLYT_CAREER_labour
               ? flyt_career_can_work(world, household)
               : flyt_career_can_bear(params, flyt_career_instalment(params, whole), disposable);
}

/* ---- kinds --------------------------------------------------------------------------------- */

double flyt_career_rate(const struct flyt_career_params *params, enum flyt_career_kind kind)
{
    const double rate[] = {
#define X(name, of) params->name,
        FLYT_CAREER_KINDS(X)
#undef X
    };
    return rate[kind];
}

bool flyt_career_is_for(const struct flyt_world *world, uint32_t household,
                        enum flyt_career_kind kind)
{
    const struct flyt_letting_params *params = &world->params->letting;
    const struct flyt_household *row = &world->households.row[household];
    int32_t age = flyt_people_age(flyt_people_oldest(row), world->calendar);
    bool children = flyt_people_children(row, world->calendar) > 0;
    switch (kind) {
    case FLYT_CAREER_plus:
        return flyt_career_can_work(world, household);
    case FLYT_CAREER_youth:
        return flyt_letting_young(world, household);
    case FLYT_CAREER_elderly:
        return age >= (int32_t)params->elderly_age;
    case FLYT_CAREER_senior:
        return age >= (int32_t)params->senior_age && !children;
    case FLYT_CAREER_family:
        return children;
    case FLYT_CAREER_coowned:
    case FLYT_CAREER_N_KINDS:
        break;
    }
    return true;
}

uint32_t flyt_career_reached(const struct flyt_policy_question *question, uint32_t household)
{
    const struct flyt_world *world = question->world;
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_career_home *home =
        row->home == FLYT_NONE ? NULL
                               : flyt_career_home_of(world, question->policy->own, row->home);
    bool holds = home != NULL && home->holder == world->households.uid[household];
    return holds ? world->sections.area[row->section] : FLYT_NONE;
}

/* ---- what letting and cost ask ------------------------------------------------------------- */

bool flyt_career_set_aside(const struct flyt_policy_question *question, uint32_t dwelling)
{
    const struct flyt_career_home *home =
        flyt_career_home_of(question->world, question->policy->own, dwelling);
    return home != NULL && home->set_aside;
}

bool flyt_career_may_take(const struct flyt_policy_question *question, uint32_t household,
                          uint32_t dwelling)
{
    const struct flyt_world *world = question->world;
    const struct flyt_career_home *home =
        flyt_career_home_of(world, question->policy->own, dwelling);
    if (home == NULL || !home->set_aside) {
        return true;
    }
    return home->kind == FLYT_CAREER_coowned
               ? flyt_career_will_share(world, question->policy->params, household, dwelling,
                                        flyt_cost_household(world, household).disposable * 100.0 /
                                            12.0)
               : flyt_career_is_for(world, household, home->kind);
}

void flyt_career_rent(const struct flyt_policy_question *question, uint32_t dwelling,
                      struct flyt_policy_rent *rent)
{
    const struct flyt_career_params *params = question->policy->params;
    const struct flyt_career *own = question->policy->own;
    const struct flyt_career_home *home =
        own->lowers ? flyt_career_home_of(question->world, own, dwelling) : NULL;
    if (home != NULL && home->set_aside && home->kind == FLYT_CAREER_plus) {
        rent->asked *= 1.0 - params->plus_rent_discount;
        rent->spared = params->plus_spared;
    }
}

void flyt_career_letting_rules(const struct flyt_policy_question *question, uint32_t section,
                               struct flyt_letting_rules *rules)
{
    const struct flyt_career *own = question->policy->own;
    double more = own->more[question->world->sections.municipality[section]];
    if (!own->aside[section] && more > 1.0) {
        double share = rules->municipal_share * more;
        rules->municipal_share = share < 1.0 ? share : 1.0;
    }
}

/* ---- homes lost to assignment -------------------------------------------------------------- */

void flyt_career_reckon_lost(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    const struct flyt_career_params *params = ask->policy->params;
    struct flyt_career *own = ask->policy->own;
    memset(own->aside, 0, world->sections.n * sizeof *own->aside);
    memset(own->more, 0, world->municipalities.n * sizeof *own->more); /* homes lost, at first */
    FLYT_CAREER_EACH_HOME(world, own, s, d, home)
    {
        own->aside[s] |= home->set_aside;
        own->more[world->sections.municipality[s]] += home->set_aside;
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        double elsewhere = 0.0;
        for (uint32_t s = 0; s < world->sections.n && own->more[m] > 0.0; s++) {
            bool counts = world->sections.municipality[s] == m && !own->aside[s] &&
                          world->sections.kind[s] == FLYT_KIND_almen_family;
            elsewhere += counts ? world->sections.n_open[s] : 0;
        }
        own->more[m] = 1.0 + (elsewhere > 0.0 ? params->replace * own->more[m] / elsewhere : 0.0);
    }
}
