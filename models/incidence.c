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

void flyt_incidence_add(const struct flyt_world *world, uint32_t household,
                        enum flyt_incidence_part part, int64_t ore,
                        struct flyt_incidence_sheet *sheet)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t tenure = world->sections.tenure[row->section];
    if (ore == 0) {
        return;
    }
    sheet->tenure[part][tenure] += ore;
    int32_t age = flyt_people_age(flyt_people_oldest(row), world->calendar);
    sheet->age[part][flyt_housing_age_band(age)] += ore;
    sheet->income[part][flyt_resources_income_class(world, household)] += ore;
    if (tenure == FLYT_TENURE_owner && !(row->flags & FLYT_HIDDEN)) {
        sheet->bought[part][flyt_incidence_bought(row->moved_in)] += ore;
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
    bool rents;                         /* part of them is returned */
    struct flyt_incidence_sheet *sheet; /* [n_blocks] */
};

static void count_owner(const struct flyt_world *world, uint32_t household,
                        struct flyt_incidence_sheet *sheet)
{
    const struct flyt_household *row = &world->households.row[household];
    bool owner = world->sections.tenure[row->section] == FLYT_TENURE_owner;
    sheet->owners[flyt_incidence_bought(row->moved_in)] += owner;
    sheet->under_water +=
        world->households.cold[household].debt_ore > flyt_prices_home_ore(world, row);
}

static void add_household(struct month_job *job, uint32_t household,
                          struct flyt_incidence_sheet *sheet)
{
    const struct flyt_world *world = job->world;
    const struct flyt_household *row = &world->households.row[household];
    uint32_t tenure = world->sections.tenure[row->section];
    bool owns = tenure == FLYT_TENURE_owner || tenure == FLYT_TENURE_cooperative;
    bool at_home = !(row->flags & FLYT_HIDDEN) && row->home != FLYT_NONE;
    struct flyt_income income = flyt_livelihood_income(world, household);
    int64_t returned = income.revenue_returned;
    if (at_home && (owns || job->rents)) {
        struct flyt_cost_flows with = flyt_cost_flows(world, household, &income);
        struct flyt_cost_flows without = flyt_cost_flows(&job->without, household, &income);
        int64_t tax = (int64_t)with.property_tax - without.property_tax;
        int64_t lost = (int64_t)without.interest_deduction - with.interest_deduction;
        flyt_incidence_add(world, household, FLYT_INCIDENCE_property_tax, tax, sheet);
        flyt_incidence_add(world, household, FLYT_INCIDENCE_deduction, lost, sheet);
        returned += flyt_cost_net(&without) - flyt_cost_net(&with) + tax + lost;
    }
    flyt_incidence_add(world, household, FLYT_INCIDENCE_returned, -returned, sheet);
    if (at_home && owns) {
        count_owner(world, household, sheet);
    }
}

static void month_block(void *job_, uint32_t block)
{
    struct month_job *job = job_;
    const struct flyt_world *world = job->world;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
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
