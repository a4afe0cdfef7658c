#include "models/listing.h"

#include "models/composition.h"
#include "models/params.h"

enum { OLD_FROM = 2014, NEW_FROM = 2018, LATER_FROM = 2021 };

/* ---- the law --------------------------------------------------------------------------------- */

struct flyt_listing_limits flyt_listing_limits(const struct flyt_listing_params *params,
                                               int32_t law_year, double convicted_mean)
{
    if (law_year < NEW_FROM) {
        return (struct flyt_listing_limits){
            .limit = {[FLYT_CRITERION_outside_work] = params->old_outside_work,
                      [FLYT_CRITERION_nonwestern] = params->old_nonwestern,
                      [FLYT_CRITERION_convicted] = params->old_convicted,
                      [FLYT_CRITERION_basic_schooling] = params->old_basic_schooling,
                      [FLYT_CRITERION_income] = params->old_income}};
    }
    return (struct flyt_listing_limits){
        .limit = {[FLYT_CRITERION_outside_work] = params->outside_work,
                  [FLYT_CRITERION_nonwestern] = params->nonwestern,
                  [FLYT_CRITERION_convicted] = params->convicted_times * convicted_mean,
                  [FLYT_CRITERION_basic_schooling] = params->basic_schooling,
                  [FLYT_CRITERION_income] = params->income},
        .reach = true};
}

struct flyt_listing_limits flyt_listing_prevention(const struct flyt_listing_params *params,
                                                   double convicted_mean)
{
    return (struct flyt_listing_limits){
        .limit = {[FLYT_CRITERION_outside_work] = params->prevention_outside_work,
                  [FLYT_CRITERION_nonwestern] = params->prevention_nonwestern,
                  [FLYT_CRITERION_convicted] = params->prevention_convicted_times * convicted_mean,
                  [FLYT_CRITERION_basic_schooling] = params->prevention_basic_schooling,
                  [FLYT_CRITERION_income] = params->prevention_income},
        .reach = true};
}

uint32_t flyt_listing_met(const struct flyt_listing_limits *limits,
                          const struct flyt_listing_values *values)
{
    uint32_t met = 0;
    for (uint32_t k = 0; k < FLYT_N_CRITERIA; k++) {
        double value = values->criterion[k], limit = limits->limit[k];
        bool reached = k == FLYT_CRITERION_convicted && limits->reach && value >= limit;
        bool yes = k == FLYT_CRITERION_income ? value < limit : value > limit || reached;
        met |= (uint32_t)yes << k;
    }
    return met;
}

/** Criteria met, of all five or without the non-western share. */
static uint32_t count_of(uint32_t met, bool all)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < FLYT_N_CRITERIA; k++) {
        n += (all || k != FLYT_CRITERION_nonwestern) && (met >> k & 1);
    }
    return n;
}

enum flyt_list_status flyt_listing_status(const struct flyt_listing_params *params,
                                          int32_t law_year, double convicted_mean,
                                          const struct flyt_listing_values *values, uint32_t in_row,
                                          enum flyt_list_status before)
{
    const uint32_t nonwestern = 1u << FLYT_CRITERION_nonwestern;
    struct flyt_listing_limits limits = flyt_listing_limits(params, law_year, convicted_mean);
    uint32_t met = flyt_listing_met(&limits, values);
    uint32_t years =
        law_year < LATER_FROM ? params->transformation_years_first : params->transformation_years;
    if (law_year < OLD_FROM) {
        return before;
    }
    if (values->residents < params->residents || values->almen_share < params->almen_share) {
        return FLYT_LIST_none;
    }
    if (law_year < NEW_FROM) {
        return count_of(met, true) >= 3 ? FLYT_LIST_old_list : FLYT_LIST_none;
    }
    if (count_of(met, false) >= 2) {
        return !(met & nonwestern) ? FLYT_LIST_deprived
               : in_row >= years   ? FLYT_LIST_transformation
                                   : FLYT_LIST_parallel_society;
    }
    limits = flyt_listing_prevention(params, convicted_mean);
    met = flyt_listing_met(&limits, values);
    bool prevention = law_year >= LATER_FROM && met & nonwestern && count_of(met, false) >= 2;
    return prevention ? FLYT_LIST_prevention : FLYT_LIST_none;
}

/* ---- the world's areas ----------------------------------------------------------------------- */

int32_t flyt_listing_year(const struct flyt_world *world)
{
    uint32_t law = world->params->law.year;
    return law > 0 ? (int32_t)law : 1900 + world->calendar / 12;
}

/** Mean gross income of the earners of an area's region, DKK a year. */
static double region_income(const struct flyt_world *world, uint32_t area)
{
    const struct flyt_listing *listing = world->listing;
    if (world->params->listing.region_income > 0.0) {
        return world->params->listing.region_income;
    }
    struct flyt_composition_counts sum = {0};
    uint32_t region = listing->region[world->areas.municipality[area]];
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        if (listing->region[m] == region) {
            sum.gross_ore += world->composition->municipality[m].gross_ore;
            sum.earners += world->composition->municipality[m].earners;
        }
    }
    return flyt_composition_income(&sum);
}

static double convicted_mean(const struct flyt_world *world)
{
    const struct flyt_composition_counts *all = &world->composition->all;
    double known = world->params->listing.national_convicted;
    return known > 0.0 ? known : flyt_composition_share(all->convicted, all->adults, 0.0);
}

struct flyt_listing_values flyt_listing_values(const struct flyt_world *world, uint32_t area)
{
    const struct flyt_composition *composition = world->composition;
    const struct flyt_composition_counts *now = flyt_composition_now(composition, area);
    const struct flyt_composition_counts *known = flyt_composition_known(composition, area);
    double income = region_income(world, area);
    double unknown = flyt_listing_year(world) < NEW_FROM ? world->params->listing.old_unknown : 1.0;
    double basic = now->basic_any + unknown * (now->basic_approved - now->basic_any);
    double outside_now = flyt_composition_share(now->outside_work, now->working_age, 0.0);
    double convicted_now = flyt_composition_share(now->convicted, now->adults, 0.0);
    double outside_known =
        flyt_composition_share(known->outside_work, known->working_age, outside_now);
    double convicted_known = flyt_composition_share(known->convicted, known->adults, convicted_now);
    return (struct flyt_listing_values){
        .residents = now->persons,
        .almen_share = flyt_composition_share(composition->almen[area], now->households, 0.0),
        .criterion = {
            [FLYT_CRITERION_outside_work] = (outside_now + outside_known) / 2.0,
            [FLYT_CRITERION_nonwestern] =
                flyt_composition_share(now->nonwestern, now->persons, 0.0),
            [FLYT_CRITERION_convicted] = (convicted_now + convicted_known) / 2.0,
            [FLYT_CRITERION_basic_schooling] = now->middle_age > 0 ? basic / now->middle_age : 0.0,
            [FLYT_CRITERION_income] =
                income > 0.0 && now->earners > 0 ? flyt_composition_income(now) / income : 1.0}};
}

/** National mean and limits of this December, or of the start. */
static void take_limits(struct flyt_world *world)
{
    struct flyt_listing *listing = world->listing;
    listing->convicted_mean = convicted_mean(world);
    listing->limits = flyt_listing_limits(&world->params->listing, flyt_listing_year(world),
                                          listing->convicted_mean);
}

static bool counts_in_row(enum flyt_list_status status)
{
    return status == FLYT_LIST_parallel_society || status == FLYT_LIST_transformation ||
           status == FLYT_LIST_old_list;
}

static void take_values(struct flyt_world *world, uint32_t area,
                        const struct flyt_listing_values *values)
{
    for (uint32_t k = 0; k < FLYT_N_CRITERIA; k++) {
        world->listing->value[area][k] = values->criterion[k];
    }
}

enum flyt_status flyt_listing_create(struct flyt_world *world, const uint32_t *region,
                                     uint32_t n_regions)
{
    struct flyt_arena *arena = world->run_arena;
    struct flyt_listing *listing = FLYT_ARENA_ZERO(arena, struct flyt_listing, 1);
    if (listing == NULL) {
        return FLYT_ERR_MEMORY;
    }
    listing->region = region;
    listing->n_regions = n_regions;
    listing->in_row = FLYT_ARENA_ZERO(arena, uint16_t, world->areas.n);
    listing->value = flyt_arena_zero(arena, world->areas.n, sizeof *listing->value);
    if (listing->in_row == NULL || listing->value == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->listing = listing;
    take_limits(world);
    for (uint32_t area = 0; area < world->areas.n; area++) {
        enum flyt_list_status status = (enum flyt_list_status)world->areas.listed[area];
        struct flyt_listing_values values = flyt_listing_values(world, area);
        uint32_t years = world->params->listing.transformation_years + 1;
        listing->in_row[area] =
            (uint16_t)(status == FLYT_LIST_transformation ? years : counts_in_row(status));
        take_values(world, area, &values);
    }
    return FLYT_OK;
}

void flyt_listing_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_listing *listing = world->listing;
    FLYT_ARCHIVE_ARRAY(archive, "listing.in_row", listing->in_row, world->areas.n);
    FLYT_ARCHIVE_ARRAY(archive, "listing.value", listing->value, world->areas.n);
    FLYT_ARCHIVE_VALUE(archive, "listing.limits", listing->limits);
    FLYT_ARCHIVE_VALUE(archive, "listing.convicted_mean", listing->convicted_mean);
}

void flyt_listing_december(struct flyt_world *world)
{
    struct flyt_listing *listing = world->listing;
    int32_t year = flyt_listing_year(world);
    take_limits(world);
    for (uint32_t area = 0; area < world->areas.n; area++) {
        struct flyt_listing_values values = flyt_listing_values(world, area);
        enum flyt_list_status status = flyt_listing_status(
            &world->params->listing, year, listing->convicted_mean, &values, listing->in_row[area],
            (enum flyt_list_status)world->areas.listed[area]);
        uint32_t in_row = listing->in_row[area] + 1u;
        world->areas.listed[area] = (uint8_t)status;
        listing->in_row[area] = (uint16_t)(!counts_in_row(status) ? 0
                                           : in_row < UINT16_MAX  ? in_row
                                                                  : UINT16_MAX);
        take_values(world, area, &values);
    }
}
