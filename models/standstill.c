#include "models/standstill.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/choice.h"
#include "models/composition.h"
#include "models/housing.h"
#include "models/market.h"
#include "models/match.h"
#include "models/offers.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/standstill_parts.h"
#include "sim/num.h"
#include "sim/scenario.h"
#include "sim/step.h"

/** The pass while it runs. Owned by the copy's run arena. */
struct pass {
    struct flyt_world *world;
    struct flyt_standstill_params params;
    uint32_t n_months, n_usual;     /* n_usual: months that the usual levels are means of */
    double *inside, *nonwestern;    /* [n_areas] targets */
    double *log_pressure, *vacancy; /* sums over those months */
    double for_sale;                /* sum over the year's months */
    struct flyt_standstill_year *year;
    uint32_t n_years;
};

uint32_t flyt_standstill_months(const struct flyt_scenario *scenario)
{
    struct flyt_params params;
    flyt_scenario_params(scenario, scenario->start_year, &params);
    return params.standstill.months;
}

static double nonwestern_share(const struct flyt_composition_counts *counts)
{
    return flyt_composition_share(counts->nonwestern, counts->persons, 0.0);
}

/** Whether the area's share in work or study is fitted; that of origins is everywhere. */
static bool is_fitted(const struct flyt_world *world, uint32_t area)
{
    return world->areas.known[area] &&
           flyt_composition_now(world->composition, area)->working_age > 0;
}

enum flyt_status flyt_standstill_begin(struct flyt_world *world, void **state)
{
    struct flyt_arena *arena = world->run_arena;
    struct pass *pass = FLYT_ARENA_ZERO(arena, struct pass, 1);
    if (pass == NULL) {
        return FLYT_ERR_MEMORY;
    }
    pass->world = world;
    pass->params = world->params->standstill;
    pass->n_months = world->params->standstill.months;
    pass->inside = FLYT_ARENA_ZERO(arena, double, world->areas.n + 1);
    pass->nonwestern = FLYT_ARENA_ZERO(arena, double, world->areas.n + 1);
    pass->log_pressure = FLYT_ARENA_ZERO(arena, double, world->market->n_owner + 1);
    pass->vacancy = FLYT_ARENA_ZERO(arena, double, world->municipalities.n + 1);
    pass->year = FLYT_ARENA_ZERO(arena, struct flyt_standstill_year, pass->n_months / 12 + 1);
    if (pass->inside == NULL || pass->nonwestern == NULL || pass->log_pressure == NULL ||
        pass->vacancy == NULL || pass->year == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t a = 0; a < world->areas.n; a++) {
        const struct flyt_composition_counts *now = flyt_composition_now(world->composition, a);
        pass->inside[a] = flyt_composition_inside(now);
        pass->nonwestern[a] = nonwestern_share(now);
    }
    world->standing = true;
    world->policies->n = 0;
    struct flyt_params *params = world->housing->this_year;
    params->market.prices_move = false;
    if (params->law.year == 0) {
        params->law.year = (uint32_t)world->housing->scenario->start_year;
    }
    *state = pass;
    return FLYT_OK;
}

/* ---- a month -------------------------------------------------------------------------------- */

static double share_for_sale(const struct flyt_world *world)
{
    uint64_t homes = 0, vacant = 0;
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        uint32_t market = flyt_housing_market(m, FLYT_TENURE_owner);
        homes += flyt_housing_homes(world, market);
        vacant += flyt_housing_vacant(world, market);
    }
    return homes > 0 ? (double)vacant / (double)homes : 0.0;
}

/** Adds what markets measure in market.c: half a home or household more, so that none is nothing.
 */
static void measure_markets(struct pass *pass)
{
    const struct flyt_world *world = pass->world;
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        uint32_t market = flyt_housing_market(m, FLYT_TENURE_private_rental);
        double homes = flyt_housing_homes(world, market);
        double vacant = flyt_housing_vacant(world, market);
        pass->vacancy[m] += homes > 0.0 ? (vacant > 0.5 ? vacant : 0.5) / homes : 0.0;
    }
    for (uint32_t owner = 0; owner < world->market->n_owner; owner++) {
        double buyers = (double)world->match->new_buyers[owner];
        double listings = (double)world->offers->new_listings[owner];
        pass->log_pressure[owner] += flyt_num_log((buyers + 0.5) / (listings + 0.5));
    }
    pass->n_usual++;
}

static double larger(double one, double other)
{
    return one > other ? one : other;
}

/** The constants of areas go towards the start's composition. */
static void fit_areas(struct pass *pass, double gain, struct flyt_standstill_year *year)
{
    struct flyt_world *world = pass->world;
    for (uint32_t a = 0; a < world->areas.n; a++) {
        const struct flyt_composition_counts *now = flyt_composition_now(world->composition, a);
        if (now->persons == 0) {
            continue;
        }
        double nonwestern = pass->nonwestern[a] - nonwestern_share(now);
        double zeta = pass->params.nonwestern_gain * gain * nonwestern;
        world->choice->nonwestern[a] += zeta;
        if (!is_fitted(world, a)) {
            continue;
        }
        double inside = pass->inside[a] - flyt_composition_inside(now);
        double xi = pass->params.quality_gain * gain * inside;
        world->choice->quality[a] += xi;
        year->gap_inside = larger(year->gap_inside, fabs(inside));
        year->gap_nonwestern = larger(year->gap_nonwestern, fabs(nonwestern));
        year->step = larger(year->step, larger(fabs(xi), fabs(zeta)));
    }
}

static void fit_year(struct pass *pass)
{
    const struct flyt_standstill_params *params = &pass->params;
    struct flyt_standstill_year *year = &pass->year[pass->n_years];
    double gain = params->first_gain / (1.0 + pass->n_years / params->gain_years);
    year->for_sale = pass->for_sale / 12.0;
    pass->for_sale = 0.0;
    double least = params->for_sale / 20.0; /* an empty shelf is no infinite gap */
    double ratio = larger(year->for_sale, least) / params->for_sale;
    pass->world->choice->owner_level += params->owner_gain * 2.0 * gain * flyt_num_log(ratio);
    year->owner_level = pass->world->choice->owner_level;
    fit_areas(pass, gain, year);
    pass->n_years++;
}

enum flyt_status flyt_standstill_month(void *state, uint32_t month)
{
    struct pass *pass = state;
    struct flyt_world *world = pass->world;
    world->month = month;
    FLYT_TRY(flyt_step_month(world));
    world->calendar++;
    pass->for_sale += share_for_sale(world);
    if (month + FLYT_MARKET_MEMORY >= pass->n_months) {
        measure_markets(pass);
    }
    if (month % 12 == 11) {
        fit_year(pass);
    }
    return FLYT_OK;
}

/* ---- the end -------------------------------------------------------------------------------- */

static void *copy(struct flyt_arena *arena, const void *from, size_t n, size_t size)
{
    void *to = flyt_arena_zero(arena, n + 1, size);
    if (to != NULL && n > 0) {
        memcpy(to, from, n * size);
    }
    return to;
}

enum flyt_status flyt_standstill_end(void *state, struct flyt_arena *arena, const void **found_)
{
    struct pass *pass = state;
    const struct flyt_world *world = pass->world;
    uint32_t n_areas = world->areas.n;
    struct flyt_standstill *found = FLYT_ARENA_ZERO(arena, struct flyt_standstill, 1);
    if (found == NULL) {
        return FLYT_ERR_MEMORY;
    }
    *found = (struct flyt_standstill){
        .n_months = pass->n_months,
        .n_years = pass->n_years,
        .n_areas = n_areas,
        .owner_level = world->choice->owner_level,
        .quality = copy(arena, world->choice->quality, n_areas, sizeof(double)),
        .nonwestern = copy(arena, world->choice->nonwestern, n_areas, sizeof(double)),
        .usual_pressure = copy(arena, pass->log_pressure, world->market->n_owner, sizeof(double)),
        .usual_vacancy = copy(arena, pass->vacancy, world->municipalities.n, sizeof(double)),
        .usual_offers = FLYT_ARENA_ZERO(arena, double, world->municipalities.n + 1),
        .counter = copy(arena, world->letting->counter, world->sections.n,
                        sizeof(struct flyt_letting_counter)),
        .year = copy(arena, pass->year, pass->n_years, sizeof(struct flyt_standstill_year)),
    };
    if (found->quality == NULL || found->nonwestern == NULL || found->usual_pressure == NULL ||
        found->usual_vacancy == NULL || found->usual_offers == NULL || found->counter == NULL ||
        found->year == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t owner = 0; owner < world->market->n_owner; owner++) {
        found->usual_pressure[owner] = flyt_num_exp(found->usual_pressure[owner] / pass->n_usual);
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        found->usual_vacancy[m] = found->usual_vacancy[m] > 0.0
                                      ? found->usual_vacancy[m] / pass->n_usual
                                      : world->params->market.rent_vacancy;
        found->usual_offers[m] = flyt_offers_mean(world->offers, m);
    }
    for (uint32_t a = 0; a < n_areas; a++) {
        found->n_known += is_fitted(world, a);
    }
    FLYT_TRY(flyt_standstill_collect(world, arena, found));
    *found_ = found;
    return FLYT_OK;
}

void flyt_standstill_tell(const void *found_, enum flyt_lang lang, char *out, size_t size)
{
    const struct flyt_standstill *found = found_;
    if (found->n_years == 0) {
        out[0] = '\0';
        return;
    }
    const struct flyt_standstill_year *last = &found->year[found->n_years - 1];
    (void)snprintf(out, size,
                   lang == FLYT_DA
                       ? "stilstand: %u år; %.2f %% af ejerboliger til salg (niveau %+.2f); %u "
                         "kendte områder: afviger højst %.1f point i arbejde eller studie og "
                         "%.1f i ikke-vestlige, konstanter ændres %.3f om året"
                       : "standing still: %u years; %.2f %% of owner homes for sale (level %+.2f); "
                         "%u known areas: off by %.1f points at most in work or study and %.1f in "
                         "non-western, constants change by %.3f a year",
                   found->n_years, 100.0 * last->for_sale, found->owner_level, found->n_known,
                   100.0 * last->gap_inside, 100.0 * last->gap_nonwestern, last->step);
}
