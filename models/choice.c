#include "models/choice.h"

#include <math.h>
#include <string.h>

#include "models/composition.h"
#include "models/kinds.h"
#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/reputation.h"
#include "models/resources.h"
#include "models/sale.h"
#include "sim/num.h"

/* ---- areas ----------------------------------------------------------------------------------- */

/** Kilometres east and north of the first municipality; sines and cosines by their series, since
 *  the platform's differ in the last bit. */
static void project(const double *longitude, const double *latitude, uint32_t n, double longitude_0,
                    double latitude_0, double *x_km, double *y_km)
{
    const double km_per_degree = 111.2, radian = 0.017453292519943295;
    for (uint32_t i = 0; i < n; i++) {
        double angle = (latitude[i] + latitude_0) / 2.0 * radian, a2 = angle * angle;
        double cosine = 1.0 - a2 / 2.0 * (1.0 - a2 / 12.0 * (1.0 - a2 / 30.0 * (1.0 - a2 / 56.0)));
        x_km[i] = (longitude[i] - longitude_0) * km_per_degree * cosine;
        y_km[i] = (latitude[i] - latitude_0) * km_per_degree;
    }
}

enum flyt_status flyt_choice_create(struct flyt_world *world, const double *longitude,
                                    const double *latitude, const double *centre_longitude,
                                    const double *centre_latitude)
{
    struct flyt_arena *arena = world->run_arena;
    uint32_t n_areas = world->areas.n, n_municipalities = world->municipalities.n;
    struct flyt_choice_state *state = FLYT_ARENA_ZERO(arena, struct flyt_choice_state, 1);
    if (state == NULL) {
        return FLYT_ERR_MEMORY;
    }
    bool ok = true;
    ok &= (state->quality = FLYT_ARENA_ZERO(arena, double, n_areas)) != NULL;
    ok &= (state->nonwestern = FLYT_ARENA_ZERO(arena, double, n_areas)) != NULL;
    ok &= (state->x_km = FLYT_ARENA_ARRAY(arena, double, n_areas)) != NULL;
    ok &= (state->y_km = FLYT_ARENA_ARRAY(arena, double, n_areas)) != NULL;
    ok &= (state->centre_x = FLYT_ARENA_ARRAY(arena, double, n_municipalities)) != NULL;
    ok &= (state->centre_y = FLYT_ARENA_ARRAY(arena, double, n_municipalities)) != NULL;
    ok &= (state->area = FLYT_ARENA_ZERO(arena, struct flyt_choice_area, n_areas)) != NULL;
    if (!ok) {
        return FLYT_ERR_MEMORY;
    }
    double longitude_0 = centre_longitude[0], latitude_0 = centre_latitude[0];
    project(longitude, latitude, n_areas, longitude_0, latitude_0, state->x_km, state->y_km);
    project(centre_longitude, centre_latitude, n_municipalities, longitude_0, latitude_0,
            state->centre_x, state->centre_y);
    for (uint32_t rooms = 0; rooms < FLYT_COUNT(state->ln_rooms); rooms++) {
        state->ln_rooms[rooms] = flyt_num_log(rooms > 0 ? rooms : 1.0);
    }
    world->choice = state;
    flyt_choice_month(world);
    return FLYT_OK;
}

void flyt_choice_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_choice_state *state = world->choice;
    FLYT_ARCHIVE_ARRAY(archive, "choice.quality", state->quality, world->areas.n);
    FLYT_ARCHIVE_ARRAY(archive, "choice.nonwestern", state->nonwestern, world->areas.n);
    FLYT_ARCHIVE_VALUE(archive, "choice.owner_level", state->owner_level);
    FLYT_ARCHIVE_SCRATCH(archive, "choice.area", state->area, world->areas.n);
}

/** What reputation and mix are worth to somebody of an origin. */
static double seen(const struct flyt_world *world, const struct flyt_composition_counts *counts,
                   double reputation, enum flyt_origin origin)
{
    const struct flyt_choice_params *params = &world->params->choice;
    double own = flyt_composition_share(flyt_composition_origin(counts, origin), counts->persons,
                                        origin == FLYT_ORIGIN_danish ? 1.0 : 0.0);
    return params->reputation * reputation + params->own_origin * own;
}

void flyt_choice_month(struct flyt_world *world)
{
    struct flyt_choice_state *state = world->choice;
    const struct flyt_composition *composition = world->composition;
    const struct flyt_reputation *reputation = world->reputation;
    for (uint32_t a = 0; a < world->areas.n; a++) {
        struct flyt_choice_area *area = &state->area[a];
        area->x_km = state->x_km[a];
        area->y_km = state->y_km[a];
        area->quality = state->quality[a];
        for (uint32_t origin = 0; origin < FLYT_N_ORIGINS; origin++) {
            double zeta = origin == FLYT_ORIGIN_nonwestern
                              ? world->params->choice.quality * state->nonwestern[a]
                              : 0.0;
            area->here[origin] =
                zeta + seen(world, flyt_composition_now(composition, a),
                            flyt_reputation_now(reputation, a), (enum flyt_origin)origin);
            area->known[origin] = zeta + seen(world, flyt_composition_known(composition, a),
                                              flyt_reputation_known(reputation, world->month, a),
                                              (enum flyt_origin)origin);
        }
    }
}

/* ---- households ------------------------------------------------------------------------------ */

/** Basic need without housing, DKK a month. */
static double basic_need(const struct flyt_choice_params *params, const struct flyt_household *row,
                         int16_t calendar)
{
    double need = params->need_first;
    need += flyt_people_adults(row) == 2 ? params->need_second : 0.0;
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        if (row->child_born[i] != FLYT_NO_MONTH) {
            bool small = calendar - row->child_born[i] < 7 * 12;
            need += small ? params->need_small : params->need_child;
        }
    }
    return need;
}

static void set_tenures(const struct flyt_world *world, struct flyt_chooser *chooser)
{
    const struct flyt_choice_params *params = &world->params->choice;
    double owner = params->owner_level + world->choice->owner_level;
    owner += chooser->oldest_years < 30   ? params->owner_young
             : chooser->oldest_years < 65 ? params->owner_middle
                                          : params->owner_old;
    chooser->tenure[FLYT_TENURE_almen] = 0.0;
    chooser->tenure[FLYT_TENURE_private_rental] = params->private_level;
    chooser->tenure[FLYT_TENURE_cooperative] = params->cooperative_level;
    chooser->tenure[FLYT_TENURE_owner] = owner;
}

/** Which period of taste they are in: each begins in a month of the household's own. */
static void set_periods(const struct flyt_world *world, struct flyt_chooser *const *chooser,
                        uint32_t n)
{
    const struct flyt_choice_params *params = &world->params->choice;
    uint64_t uid[FLYT_CHOICE_BATCH];
    uint32_t words[4][FLYT_CHOICE_BATCH], months = params->shock_months;
    uint32_t *const word[4] = {words[0], words[1], words[2], words[3]};
    if (params->shock != FLYT_SHOCK_period) {
        for (uint32_t i = 0; i < n; i++) {
            chooser[i]->period = params->shock == FLYT_SHOCK_fresh ? world->month : 0;
        }
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        uid[i] = chooser[i]->uid;
    }
    if (n == 1) {
        flyt_rng_block(world->key, uid[0], 0, FLYT_STREAM_choice_period, 0, words[0]);
        words[1][0] = words[0][1];
    } else {
        flyt_rng_blocks(world->key, uid, n, 0, FLYT_STREAM_choice_period, 0, word);
    }
    for (uint32_t i = 0; i < n; i++) {
        uint64_t bits = (uint64_t)words[1][i] << 32 | words[0][i];
        uint32_t first = flyt_rng_bits_below(bits, months);
        chooser[i]->period = ((uint32_t)world->calendar + first) / months;
    }
}

double flyt_choice_taste(const struct flyt_world *world, uint64_t uid, uint32_t dwelling,
                         uint32_t section)
{
    struct flyt_chooser chooser = {.uid = uid}, *who = &chooser;
    struct flyt_offer home = {.dwelling = dwelling, .section = section};
    uint64_t bits;
    set_periods(world, &who, 1);
    flyt_choice_draw_tastes(world, &who, &home, 1, &bits);
    return flyt_choice_taste_of(bits);
}

static void place(const struct flyt_world *world, struct flyt_chooser *chooser)
{
    const struct flyt_choice_state *state = world->choice;
    const struct flyt_household *row = &world->households.row[chooser->household];
    if (chooser->household >= world->households.capacity) {
        uint32_t k = chooser->household - world->households.capacity;
        chooser->municipality = world->life->outside_municipality[k];
        chooser->x_km = state->centre_x[chooser->municipality];
        chooser->y_km = state->centre_y[chooser->municipality];
        return;
    }
    chooser->section = row->section;
    chooser->municipality = world->sections.municipality[row->section];
    chooser->area = world->sections.area[row->section];
    chooser->x_km = state->x_km[chooser->area];
    chooser->y_km = state->y_km[chooser->area];
    chooser->home = row->flags & FLYT_HIDDEN ? FLYT_NONE : row->home;
}

/** What kappa is made of. */
struct kappa {
    double years, forgone;
};

static struct kappa kappa_of(const struct flyt_world *world, const struct flyt_chooser *chooser)
{
    const struct flyt_household *row = &world->households.row[chooser->household];
    double years = (world->calendar - row->moved_in) / 12.0;
    double tax =
        world->params->usercost.lock_in * (double)flyt_sale_gains_tax(world, chooser->household);
    /* nobody has a share in a private rental: the second line of its row need not be read */
    bool rents = world->sections.tenure[chooser->section] == FLYT_TENURE_private_rental;
    int64_t shares = rents ? 0 : world->households.cold[chooser->household].equity_ore;
    double equity = ((double)shares + tax) / 100.0;
    double year_income = chooser->income > 1.0 ? 12.0 * chooser->income : 12.0;
    return (struct kappa){years > 0.0 ? years : 0.0, equity / year_income};
}

/** Sets `stay` of who has no home of its own: anything is better. */
static void reserve_any(struct flyt_chooser *chooser)
{
    chooser->stay = chooser->stay_least = FLYT_CHOICE_ANY;
    chooser->settled = true;
}

/** Sets `stay`, or where it takes long to tell no more than a lower bound. */
static void reserve(const struct flyt_world *world, struct flyt_chooser *chooser,
                    const struct flyt_offer *home)
{
    const struct flyt_choice_params *params = &world->params->choice;
    const struct flyt_household *row = &world->households.row[chooser->household];
    if (row->flags & FLYT_FORCED && row->search_since != FLYT_NO_MONTH) {
        flyt_choice_settle(world, chooser);
        chooser->stay = chooser->stay_least =
            flyt_choice_forced(params, chooser->stay, world->calendar - row->search_since);
        return;
    }
    struct kappa kappa = kappa_of(world, chooser);
    chooser->stay_least = flyt_choice_own_least(world, chooser, home) +
                          flyt_choice_kappa_least(params, kappa.years, kappa.forgone);
}

void flyt_choice_settle(const struct flyt_world *world, struct flyt_chooser *chooser)
{
    if (!chooser->settled) {
        struct flyt_offer home = flyt_choice_home_in(world, chooser->home, chooser->section);
        struct kappa kappa = kappa_of(world, chooser);
        chooser->stay = flyt_choice_own(world, chooser, &home) +
                        flyt_choice_kappa(&world->params->choice, kappa.years, kappa.forgone);
        chooser->stay_least = chooser->stay;
        chooser->settled = true;
    }
}

void flyt_choice_fetch_home(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    if (row->home >= world->dwellings.n) {
        return; /* it comes from outside */
    }
    __builtin_prefetch(&world->dwellings.area_m2[row->home]);
    __builtin_prefetch(&world->dwellings.rooms[row->home]);
    if (world->sections.tenure[row->section] != FLYT_TENURE_private_rental) {
        __builtin_prefetch(&world->households.cold[household]); /* what it owes and owns in it */
    }
}

void flyt_choice_prepare(const struct flyt_world *world, uint32_t household,
                         struct flyt_chooser *chooser)
{
    flyt_choice_prepare_lightly(world, household, chooser);
    flyt_choice_settle(world, chooser);
}

/** All but what needs random words. */
static void describe(const struct flyt_world *world, struct flyt_chooser *chooser)
{
    uint32_t household = chooser->household;
    const struct flyt_household *row = &world->households.row[household];
    *chooser = (struct flyt_chooser){
        .uid = world->households.uid[household],
        .household = household,
        .home = FLYT_NONE,
        .area = FLYT_NONE,
        .section = FLYT_NONE,
        .oldest_years = flyt_people_age(flyt_people_oldest(row), world->calendar),
        .origin = flyt_people_background(row).origin,
        .need = basic_need(&world->params->choice, row, world->calendar),
        .cost = flyt_cost_household(world, household),
    };
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        bool is = row->born[i] != FLYT_NO_MONTH;
        chooser->student |= is && row->work[i] == FLYT_WORK_student;
        chooser->benefit |= is && row->work[i] == FLYT_WORK_benefit;
    }
    uint32_t persons = flyt_people_persons(row);
    chooser->persons = (uint8_t)(persons > 0 ? persons : 1);
    chooser->children = chooser->persons > chooser->cost.adults;
    chooser->income = chooser->cost.disposable / 12.0;
    chooser->left_most =
        flyt_choice_left_most(&world->params->choice, chooser->income, chooser->need);
    chooser->drawn =
        4.0 * world->params->choice.quality * (flyt_resources_score(world, household) - 0.6);
    set_tenures(world, chooser);
    place(world, chooser);
}

void flyt_choice_prepare_batch(const struct flyt_world *world, struct flyt_chooser *const *chooser,
                               uint32_t n)
{
    struct flyt_chooser *own[FLYT_CHOICE_BATCH]; /* those with a home of their own */
    struct flyt_offer home[FLYT_CHOICE_BATCH];
    uint64_t bits[FLYT_CHOICE_BATCH];
    uint32_t n_own = 0;
    for (uint32_t i = 0; i < n; i++) {
        describe(world, chooser[i]);
        if (chooser[i]->home == FLYT_NONE) {
            reserve_any(chooser[i]);
        } else {
            home[n_own] = flyt_choice_home_in(world, chooser[i]->home, chooser[i]->section);
            own[n_own++] = chooser[i];
        }
    }
    set_periods(world, chooser, n);
    if (n_own > 0) {
        flyt_choice_draw_tastes(world, own, home, n_own, bits);
    }
    for (uint32_t i = 0; i < n_own; i++) {
        own[i]->own_taste = bits[i];
        reserve(world, own[i], &home[i]);
    }
}

void flyt_choice_prepare_lightly(const struct flyt_world *world, uint32_t household,
                                 struct flyt_chooser *chooser)
{
    chooser->household = household;
    flyt_choice_prepare_batch(world, &chooser, 1);
}

double flyt_choice_kappa(const struct flyt_choice_params *params, double years, double forgone)
{
    return params->move_cost + params->years_cost * flyt_num_log(1.0 + years) + forgone;
}

double flyt_choice_forced(const struct flyt_choice_params *params, double stay, int32_t months)
{
    double part = (double)months / params->forced_months;
    return part >= 1.0 ? FLYT_CHOICE_ANY : part > 0.0 ? stay - params->forced_fall * part : stay;
}

/* ---- homes ----------------------------------------------------------------------------------- */

struct flyt_offer flyt_choice_home(const struct flyt_world *world, uint32_t dwelling)
{
    return flyt_choice_home_in(world, dwelling, world->dwellings.section[dwelling]);
}

struct flyt_offer flyt_choice_home_in(const struct flyt_world *world, uint32_t dwelling,
                                      uint32_t section)
{
    uint32_t tenure = world->sections.tenure[section];
    return (struct flyt_offer){.dwelling = dwelling,
                               .section = section,
                               .area = world->sections.area[section],
                               .municipality = world->sections.municipality[section],
                               .area_m2 = world->dwellings.area_m2[dwelling],
                               .rooms = world->dwellings.rooms[dwelling],
                               .kind = world->sections.kind[section],
                               .tenure = (uint8_t)tenure,
                               .lowered = tenure == FLYT_TENURE_almen &&
                                          flyt_policies_rent(world, dwelling).asked != 1.0};
}

/* ---- bars ------------------------------------------------------------------------------------ */

bool flyt_choice_eligible(const struct flyt_world *world, const struct flyt_chooser *chooser,
                          uint32_t kind)
{
    const struct flyt_choice_params *params = &world->params->choice;
    switch ((enum flyt_kind)kind) {
    case FLYT_KIND_almen_youth:
        return chooser->student || chooser->oldest_years < (int32_t)params->youth_below;
    case FLYT_KIND_almen_elderly:
        return chooser->oldest_years >= (int32_t)params->elderly_from;
    case FLYT_KIND_almen_senior_cohousing:
        return chooser->oldest_years >= (int32_t)params->senior_from && !chooser->children;
    default:
        return true;
    }
}

enum flyt_choice_bar flyt_choice_fits(const struct flyt_world *world,
                                      const struct flyt_chooser *chooser,
                                      const struct flyt_offer *offer)
{
    if (chooser->persons > offer->rooms * world->params->choice.persons_room) {
        return FLYT_BAR_rooms;
    }
    bool may = flyt_choice_eligible(world, chooser, offer->kind) &&
               (offer->tenure != FLYT_TENURE_almen ||
                flyt_policies_may_take(world, chooser->household, offer->dwelling));
    return may ? FLYT_BAR_none : FLYT_BAR_eligibility;
}

enum flyt_choice_bar flyt_choice_affords(const struct flyt_world *world,
                                         const struct flyt_chooser *chooser,
                                         const struct flyt_offer *offer, double cost)
{
    if (chooser->income - cost < world->params->choice.left_least) {
        return FLYT_BAR_income;
    }
    return flyt_cost_allows(world, &chooser->cost, offer->section, offer->area_m2, offer->rooms)
               ? FLYT_BAR_none
               : FLYT_BAR_credit;
}

enum flyt_choice_bar flyt_choice_bar(const struct flyt_world *world,
                                     const struct flyt_chooser *chooser, uint32_t dwelling)
{
    struct flyt_offer offer = flyt_choice_home(world, dwelling);
    enum flyt_choice_bar bar = flyt_choice_fits(world, chooser, &offer);
    if (bar != FLYT_BAR_none) {
        return bar;
    }
    return flyt_choice_affords(world, chooser, &offer, flyt_choice_cost(world, chooser, &offer));
}
