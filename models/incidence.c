#include "models/incidence.h"

#include "models/livelihood.h"
#include "models/params.h"

const char *const flyt_incidence_part_en[FLYT_N_INCIDENCE_PARTS] = {
#define X(name, en, da) en,
    FLYT_INCIDENCE_PARTS(X)
#undef X
};
const char *const flyt_incidence_part_da[FLYT_N_INCIDENCE_PARTS] = {
#define X(name, en, da) da,
    FLYT_INCIDENCE_PARTS(X)
#undef X
};
const char *const flyt_incidence_bought_en[FLYT_N_BOUGHT] = {
#define X(from, en, da) en,
    FLYT_BOUGHT_YEARS(X)
#undef X
};
const char *const flyt_incidence_bought_da[FLYT_N_BOUGHT] = {
#define X(from, en, da) da,
    FLYT_BOUGHT_YEARS(X)
#undef X
};

uint32_t flyt_incidence_bought(int16_t moved_in)
{
    static const int32_t from[FLYT_N_BOUGHT] = {
#define X(from, en, da) from,
        FLYT_BOUGHT_YEARS(X)
#undef X
    };
    int32_t year = moved_in >= 0 ? 1900 + moved_in / 12 : 0; /* FLYT_NO_MONTH: long ago */
    uint32_t i = FLYT_N_BOUGHT - 1;
    while (i > 0 && year < from[i]) {
        i--;
    }
    return i;
}

/** By what a household is counted. */
struct classes {
    uint32_t tenure, age, income, bought; /* bought: FLYT_N_BOUGHT: it owns no home of its own */
};

static struct classes classes_of(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    int32_t age = flyt_people_age(flyt_people_oldest(row), world->calendar);
    struct classes classes = {.tenure = world->sections.tenure[row->section],
                              .age = flyt_housing_age_band(age),
                              .income = flyt_resources_income_class(world, household),
                              .bought = FLYT_N_BOUGHT};
    if (classes.tenure == FLYT_TENURE_owner && !(row->flags & FLYT_HIDDEN)) {
        classes.bought = flyt_incidence_bought(row->moved_in);
    }
    return classes;
}

static void add(const struct classes *classes, enum flyt_incidence_part part, int64_t ore,
                struct flyt_incidence_sheet *sheet)
{
    sheet->tenure[part][classes->tenure] += ore;
    sheet->age[part][classes->age] += ore;
    sheet->income[part][classes->income] += ore;
    if (classes->bought < FLYT_N_BOUGHT) {
        sheet->bought[part][classes->bought] += ore;
    }
}

void flyt_incidence_add(const struct flyt_world *world, uint32_t household,
                        enum flyt_incidence_part part, int64_t ore,
                        struct flyt_incidence_sheet *sheet)
{
    if (ore != 0) {
        struct classes classes = classes_of(world, household);
        add(&classes, part, ore, sheet);
    }
}

/** Adds counters one by one: a sheet is nothing else. */
void flyt_incidence_sum(struct flyt_incidence_sheet *sum, const struct flyt_incidence_sheet *sheet)
{
    int64_t *to = (int64_t *)sum;
    const int64_t *from = (const int64_t *)sheet;
    for (size_t i = 0; i < sizeof *sum / sizeof *to; i++) {
        to[i] += from[i];
    }
}

/* ---- a month -------------------------------------------------------------------------------- */

struct month_job {
    const struct flyt_world *world;
    struct flyt_world without;          /* the same under the law before, for flyt_cost_flows() */
    bool incomes, rents;                /* part is returned to households; of rents */
    struct flyt_incidence_sheet *sheet; /* [n_blocks] */
};

/** What a household pays more, by part, but for the gains tax. */
struct more {
    int64_t tax, lost, returned;
};

static void count_owner(const struct flyt_world *world, uint32_t household,
                        struct flyt_incidence_sheet *sheet)
{
    const struct flyt_household *row = &world->households.row[household];
    int64_t debt = world->households.cold[household].debt_ore;
    bool owner = world->sections.tenure[row->section] == FLYT_TENURE_owner;
    sheet->owners[flyt_incidence_bought(row->moved_in)] += owner;
    sheet->under_water += debt > 0 && debt > flyt_prices_home_ore(world, row);
}

static void add_more(const struct flyt_world *world, uint32_t household, const struct more *more,
                     struct flyt_incidence_sheet *sheet)
{
    if (more->tax == 0 && more->lost == 0 && more->returned == 0) {
        return;
    }
    struct classes classes = classes_of(world, household);
    add(&classes, FLYT_INCIDENCE_property_tax, more->tax, sheet);
    add(&classes, FLYT_INCIDENCE_deduction, more->lost, sheet);
    add(&classes, FLYT_INCIDENCE_returned, -more->returned, sheet);
}

/** What an owner or a member of a co-operative pays more. */
static void add_owner(const struct month_job *job, uint32_t household, struct more *more)
{
    const struct flyt_world *world = job->world;
    uint32_t s = world->households.row[household].section;
    struct flyt_cost_lawful with = flyt_cost_lawful(world, household, &world->params->usercost,
                                                    world->prices->booked[s].frozen_m2);
    struct flyt_cost_lawful without = flyt_cost_lawful(
        world, household, &job->without.params->usercost, job->without.prices->booked[s].frozen_m2);
    more->tax = (int64_t)with.property_tax - without.property_tax;
    more->lost = (int64_t)without.interest_deduction - with.interest_deduction;
    more->returned += (int64_t)without.upkeep - with.upkeep; /* all else is the same by both */
}

/** What a tenant pays less where part of the rent is returned, and benefit with it. */
static void add_tenant(const struct month_job *job, uint32_t household,
                       const struct flyt_income *income, struct more *more)
{
    struct flyt_cost_flows with = flyt_cost_flows(job->world, household, income);
    struct flyt_cost_flows without = flyt_cost_flows(&job->without, household, income);
    more->returned += flyt_cost_net(&without) - flyt_cost_net(&with);
}

/** Income matters only where part of it, or of the rent that benefit is reckoned of, is returned.
 */
static void add_household(const struct month_job *job, uint32_t household,
                          struct flyt_incidence_sheet *sheet)
{
    const struct flyt_world *world = job->world;
    const struct flyt_household *row = &world->households.row[household];
    uint32_t tenure = world->sections.tenure[row->section];
    bool at_home = !(row->flags & FLYT_HIDDEN) && row->home != FLYT_NONE;
    bool owns = at_home && (tenure == FLYT_TENURE_owner || tenure == FLYT_TENURE_cooperative);
    bool rents = at_home && !owns && job->rents;
    struct flyt_income income = {.wages = 0};
    if (job->incomes || rents) {
        income = flyt_livelihood_income(world, household);
    }
    struct more more = {.returned = income.revenue_returned};
    if (rents) {
        add_tenant(job, household, &income, &more);
    }
    if (owns) {
        add_owner(job, household, &more);
        count_owner(world, household, sheet);
    }
    add_more(world, household, &more, sheet);
}

static void month_block(void *job_, uint32_t block)
{
    enum { AHEAD = 8 }; /* rows; see docs/ENGINE.md */
    const struct month_job *job = job_;
    const struct flyt_world *world = job->world;
    uint32_t end = flyt_world_end(world, block);
    for (uint32_t i = flyt_world_first(world, block); i < end; i++) {
        if (i + AHEAD < end && world->households.row[i + AHEAD].home < world->dwellings.n) {
            __builtin_prefetch(&world->dwellings.area_m2[world->households.row[i + AHEAD].home]);
            __builtin_prefetch(&world->dwellings.rooms[world->households.row[i + AHEAD].home]);
        }
        if (world->households.uid[i] != 0) {
            add_household(job, i, &job->sheet[block]);
        }
    }
}

/** The world as the law before would have it: frozen bases, whole rents. */
static enum flyt_status without_policy(struct flyt_world *world,
                                       const struct flyt_usercost_params *before,
                                       struct flyt_world *without)
{
    struct flyt_params *params = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_params, 1);
    struct flyt_prices *prices = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_prices, 1);
    struct flyt_price_level *booked =
        FLYT_ARENA_ARRAY(world->step_arena, struct flyt_price_level, world->sections.n + 1);
    if (params == NULL || prices == NULL || booked == NULL) {
        return FLYT_ERR_MEMORY;
    }
    *without = *world;
    *params = *world->params;
    *prices = *world->prices;
    params->usercost = *before;
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        prices->rent_paid[t] = 1.0;
    }
    for (uint32_t s = 0; s < world->sections.n; s++) {
        booked[s] = world->prices->booked[s];
        booked[s].frozen_m2 = flyt_prices_frozen(world->prices, before, s, booked[s].price_m2);
    }
    prices->booked = booked;
    without->params = params;
    without->prices = prices;
    return FLYT_OK;
}

enum flyt_status flyt_incidence_month(struct flyt_world *world,
                                      const struct flyt_usercost_params *before,
                                      struct flyt_incidence_sheet *sheet)
{
    struct month_job job = {
        .world = world,
        .incomes = flyt_income_returns(&world->livelihood->income),
        .rents =
            world->params->returns.almen_rent > 0.0 || world->params->returns.private_rent > 0.0,
        .sheet =
            FLYT_ARENA_ZERO(world->step_arena, struct flyt_incidence_sheet, world->par.n_blocks),
    };
    if (job.sheet == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(without_policy(world, before, &job.without));
    flyt_par_blocks(&world->par, month_block, &job);
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        flyt_incidence_sum(sheet, &job.sheet[block]);
    }
    return FLYT_OK;
}
