#include "models/search.h"

#include <string.h>

#include "models/housing.h"
#include "models/ipf.h"
#include "models/lifecourse.h"
#include "models/params.h"
#include "sim/num.h"
#include "sim/scenario.h"

enum { PURPOSE = 3 }; /* search; 0-2 are life and work */

/** Factor of age on the wish to move, before scaling to a mean of 1 in the tenure. */
static double age_factor(const struct flyt_search_params *params, double age_years)
{
    double factor = flyt_num_exp(-params->age_slope * (age_years - 35.0));
    return factor < params->age_least  ? params->age_least
           : factor > params->age_most ? params->age_most
                                       : factor;
}

static double yearly_rate(const struct flyt_moves_params *moves, uint32_t tenure)
{
    switch ((enum flyt_tenure)tenure) {
    case FLYT_TENURE_almen:
        return moves->out_almen;
    case FLYT_TENURE_private_rental:
        return moves->out_private_rental;
    case FLYT_TENURE_cooperative:
        return moves->out_cooperative;
    default:
        return moves->out_owner;
    }
}

static uint32_t tenure_of(const struct flyt_world *world, uint32_t household)
{
    return world->sections.tenure[world->households.row[household].section];
}

/** ASSUMPTION: those without a home of their own look for what leavers of private rental do. */
static uint32_t tenure_left(const struct flyt_world *world, uint32_t household)
{
    bool own = household < world->households.capacity &&
               !(world->households.row[household].flags & FLYT_HIDDEN);
    return own ? tenure_of(world, household) : FLYT_TENURE_private_rental;
}

static double age_years(const struct flyt_world *world, uint32_t household)
{
    return (world->calendar - flyt_people_oldest(&world->households.row[household])) / 12.0;
}

double flyt_search_hazard(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_params *params = world->params;
    uint32_t tenure = tenure_of(world, household);
    double rate = yearly_rate(&params->moves, tenure) *
                  age_factor(&params->search, age_years(world, household)) /
                  world->housing->age_norm[tenure];
    return 1.0 - flyt_num_exp(-rate / 12.0);
}

void flyt_search_refresh_bound(struct flyt_world *world, uint32_t household)
{
    /* the wish falls with age, so the greatest hazard until next January is that of today */
    double hazard = flyt_search_hazard(world, household);
    world->households.bound[PURPOSE][household] = flyt_world_bound(hazard);
}

/* ---- tables of where searchers go ---------------------------------------------------------- */

/** Scales the wish so that the mean over the tenure's start population is its yearly rate. */
static void prepare_age_norm(struct flyt_world *world)
{
    int64_t sum[FLYT_N_TENURES] = {0};
    uint32_t n[FLYT_N_TENURES] = {0};
    /* in whole numbers, so that the sum knows no order of rows */
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        double factor = age_factor(&world->params->search, age_years(world, i));
        sum[tenure_of(world, i)] += (int64_t)(factor * 0x1p20);
        n[tenure_of(world, i)]++;
    }
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        world->housing->age_norm[t] = n[t] > 0 ? (double)sum[t] * 0x1p-20 / n[t] : 1.0;
    }
}

static void prepare_destinations(struct flyt_world *world)
{
    struct flyt_housing *housing = world->housing;
    const struct flyt_table *table = flyt_scenario_table(housing->scenario, "destinations");
    const double *from = flyt_table_values(table, "from_tenure");
    const double *to = flyt_table_values(table, "to_tenure");
    const double *share = flyt_table_values(table, "share");
    memset(housing->destination, 0, sizeof housing->destination);
    for (uint32_t row = 0; row < table->n_rows; row++) {
        housing->destination[(uint32_t)from[row]][(uint32_t)to[row]] = share[row];
    }
}

static double homes_of(const struct flyt_world *world, uint32_t municipality, uint32_t tenure)
{
    uint32_t s = flyt_housing_market(municipality, tenure);
    return flyt_housing_homes(world, s);
}

/** Households a year of a municipality that decide to look for this tenure. */
static double yearly_demand(const struct flyt_world *world, uint32_t municipality, uint32_t tenure)
{
    double sum = 0.0;
    for (uint32_t from = 0; from < FLYT_N_TENURES; from++) {
        const double *end = world->housing->destination[from];
        double share = end[tenure] - (tenure > 0 ? end[tenure - 1] : 0.0);
        sum +=
            homes_of(world, municipality, from) * yearly_rate(&world->params->moves, from) * share;
    }
    return sum;
}

/** Searches of one tenure between municipalities: a gravity model constrained at both ends (Wilson
 *  1971), so that as many look in a place as homes of the tenure are left there. */
static enum flyt_status fit_flows(struct flyt_world *world, uint32_t tenure, double *flow)
{
    uint32_t n = world->municipalities.n;
    double inside = world->params->moves.inside_municipality, leaving = 0.0, arriving = 0.0;
    double *out = FLYT_ARENA_ARRAY(world->step_arena, double, n);
    double *in = FLYT_ARENA_ARRAY(world->step_arena, double, n);
    if (out == NULL || in == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < n; m++) {
        double demand = yearly_demand(world, m, tenure);
        double left = homes_of(world, m, tenure) * yearly_rate(&world->params->moves, tenure);
        out[m] = homes_of(world, m, tenure) > 0.0 ? (1.0 - inside) * demand : demand;
        in[m] = left - inside * demand > 0.02 * left ? left - inside * demand : 0.02 * left;
        leaving += out[m];
        arriving += in[m];
        for (uint32_t k = 0; k < n; k++) {
            double km = world->housing->distance_km[(size_t)m * n + k];
            flow[(size_t)m * n + k] =
                k == m ? 0.0
                       : homes_of(world, k, tenure) *
                             flyt_num_pow(1.0 + km, -world->params->moves.distance_decay);
        }
    }
    for (uint32_t m = 0; m < n && arriving > 0.0; m++) {
        in[m] *= leaving / arriving;
    }
    struct flyt_ipf ipf = {.n_dims = 2,
                           .n_margins = 2,
                           .size = {n, n},
                           .margin = {{1, {0}, out}, {1, {1}, in}},
                           .tolerance = 1e-6,
                           .most = 200};
    return flyt_ipf_fit(&ipf, flow, world->step_arena); /* not converged: the nearest it came */
}

/** Searches of each municipality for each tenure in every other one. */
static enum flyt_status prepare_nearby(struct flyt_world *world)
{
    uint32_t n = world->municipalities.n;
    double *flow = FLYT_ARENA_ARRAY(world->step_arena, double, (size_t)n *n);
    if (flow == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        FLYT_TRY(fit_flows(world, t, flow));
        for (uint32_t m = 0; m < n; m++) {
            memcpy(world->housing->nearby + ((size_t)m * FLYT_N_TENURES + t) * n,
                   flow + (size_t)m * n, n * sizeof *flow);
        }
    }
    return FLYT_OK;
}

/** Share of a market's homes that is vacant, half a home at least. */
static double vacancy_of(const struct flyt_world *world, uint32_t market)
{
    double homes = flyt_housing_homes(world, market);
    double vacant = flyt_housing_vacant(world, market);
    return homes > 0.0 ? (vacant > 0.5 ? vacant : 0.5) / homes : 0.0;
}

/** Years until those who looked in last month's last round would all have a home. */
static double expected_wait(const struct flyt_world *world, uint32_t market)
{
    const uint32_t *first = world->housing->first_applicant;
    double lettings = flyt_housing_homes(world, market) *
                      yearly_rate(&world->params->moves, market % FLYT_N_TENURES);
    double queue = world->month > 0 ? first[market + 1] - first[market] : 0.0;
    return lettings > 0.0 ? queue / lettings : 0.0;
}

/** Where more stands empty than at the start, and fewer wait, more look: there are no prices yet to
 * do it. */
static void prepare_pull(struct flyt_world *world)
{
    struct flyt_housing *housing = world->housing;
    double exponent = world->params->search.vacancy_pull;
    for (uint32_t s = 0; s < world->housing->n_markets; s++) {
        double vacancy = vacancy_of(world, s);
        if (world->month == 0) {
            housing->start_vacancy[s] = vacancy;
        }
        double ratio = vacancy > 0.0 ? vacancy / housing->start_vacancy[s] : 0.0;
        ratio = ratio < 0.1 ? 0.1 : ratio > 10.0 ? 10.0 : ratio;
        double push = 1.0 + world->params->search.queue_push * expected_wait(world, s);
        housing->pull[s] = vacancy > 0.0 ? flyt_num_pow(ratio, exponent) / push : 0.0;
    }
}

enum flyt_status flyt_search_prepare(struct flyt_world *world)
{
    if (world->month == 0) {
        prepare_age_norm(world);
        prepare_destinations(world);
    }
    prepare_pull(world);
    return world->month % 12 == 0 ? prepare_nearby(world) : FLYT_OK;
}

/* ---- one month ----------------------------------------------------------------------------- */

/** An index with a chance in proportion to weight[i] x pull[i * stride]; FLYT_NONE: all are 0. */
static uint32_t pick(const double *weight, const double *pull, uint32_t stride, uint32_t n,
                     double u)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        sum += weight[i] * pull[i * stride];
    }
    double at = u * sum;
    for (uint32_t i = 0; i < n && sum > 0.0; i++) {
        at -= weight[i] * pull[i * stride];
        if (at < 0.0) {
            return i;
        }
    }
    return FLYT_NONE;
}

/** The market a household looks in: a tenure, then its own municipality or another one. */
static uint32_t choose_market(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_housing *housing = world->housing;
    uint64_t uid = world->households.uid[household];
    uint32_t n = world->municipalities.n;
    uint32_t home = household < world->households.capacity
                        ? world->sections.municipality[world->households.row[household].section]
                        : world->life->outside_municipality[household - world->households.capacity];
    double u[3];
    for (uint32_t draw = 0; draw < 3; draw++) {
        u[draw] = flyt_rng_unit(world->key, uid, world->month, FLYT_STREAM_search_where, draw);
    }
    const double *pull = housing->pull;
    uint32_t tenure = pick(housing->destination[tenure_left(world, household)],
                           pull + flyt_housing_market(home, 0), 1, FLYT_N_TENURES, u[0]);
    if (tenure == FLYT_NONE) {
        return FLYT_NONE;
    }
    uint32_t own = flyt_housing_market(home, tenure), other = FLYT_NONE;
    if (u[1] >= world->params->moves.inside_municipality) {
        other = pick(housing->nearby + ((size_t)home * FLYT_N_TENURES + tenure) * n, pull + tenure,
                     FLYT_N_TENURES, n, u[2]);
    }
    return other == FLYT_NONE ? own : flyt_housing_market(other, tenure);
}

struct search_job {
    struct flyt_world *world;
    uint32_t *above;   /* [n_blocks] hazards above their bound */
    int64_t *given_up; /* [n_blocks][n_markets] */
};

/** Drops from the block's list those who moved or have searched too long. */
static void keep_searching(struct search_job *job, uint32_t block)
{
    struct flyt_world *world = job->world;
    struct flyt_list *list = &world->housing->searching[block];
    int64_t *given_up = job->given_up + (size_t)block * world->housing->n_markets;
    uint32_t n = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        struct flyt_household *row = &world->households.row[list->row[i]];
        if (world->households.uid[list->row[i]] == 0 || row->wanted == FLYT_NONE) {
            continue;
        }
        bool almen = row->wanted % FLYT_N_TENURES == FLYT_TENURE_almen;
        uint32_t most =
            almen ? world->params->letting.list_months_most : world->params->search.months_most;
        bool guest = row->flags & FLYT_HIDDEN;
        if (!guest && world->calendar - row->search_since >= (int32_t)most) {
            given_up[row->wanted]++;
            row->wanted = FLYT_NONE;
        } else {
            list->row[n++] = list->row[i];
        }
    }
    list->n = n;
}

static void wake(struct search_job *job, uint32_t block)
{
    struct flyt_world *world = job->world;
    struct flyt_list *candidates = &world->housing->candidates[block];
    flyt_world_screen(world, block, PURPOSE, candidates);
    for (uint32_t i = 0; i < candidates->n; i++) {
        if (i + 6 < candidates->n) {
            __builtin_prefetch(&world->households.row[candidates->row[i + 6]]);
        }
        uint32_t household = candidates->row[i];
        struct flyt_household *row = &world->households.row[household];
        if (row->flags & FLYT_HIDDEN) {
            continue; /* looks for a home anyway */
        }
        double hazard = flyt_search_hazard(world, household);
        job->above[block] += hazard * 65536.0 > world->households.bound[PURPOSE][household];
        if (row->wanted == FLYT_NONE &&
            flyt_world_luck(world, PURPOSE, FLYT_STREAM_search_more, household) < hazard) {
            row->wanted = choose_market(world, household);
            row->search_since = world->calendar;
            if (row->wanted != FLYT_NONE) {
                flyt_list_push(&world->housing->searching[block], household);
            }
        }
    }
}

static void search_block(void *job_, uint32_t block)
{
    struct search_job *job = job_;
    keep_searching(job, block);
    wake(job, block);
}

/** Chooses anew each month where to look, since nowhere else is home; lists it when it is new. */
static void look_on(struct flyt_world *world, uint32_t household, struct flyt_list *list)
{
    struct flyt_household *row = &world->households.row[household];
    bool listed = row->wanted != FLYT_NONE;
    row->wanted = choose_market(world, household);
    if (!listed && row->wanted != FLYT_NONE) {
        flyt_list_push(list, household);
    }
}

/** Those without a home of their own look from the first day; those outside, while they are there.
 */
static void search_homeless(struct flyt_world *world)
{
    struct flyt_households *households = &world->households;
    const struct flyt_guests *guests = &world->life->guests;
    struct flyt_list *outside = &world->housing->searching[world->par.n_blocks];
    for (uint32_t i = 0; i < guests->n; i++) {
        struct flyt_household *row = &households->row[guests->row[i]];
        if (households->uid[guests->row[i]] == guests->uid[i] && row->flags & FLYT_HIDDEN) {
            row->search_since = row->wanted == FLYT_NONE ? world->calendar : row->search_since;
            look_on(world, guests->row[i],
                    &world->housing->searching[flyt_world_block(world, guests->row[i])]);
        }
    }
    outside->n = 0;
    for (uint32_t k = 0; k < households->n_outside; k++) {
        if (households->uid[households->capacity + k] != 0) {
            households->row[households->capacity + k].wanted = FLYT_NONE;
            look_on(world, households->capacity + k, outside);
        }
    }
}

enum flyt_status flyt_search_step(struct flyt_world *world)
{
    uint32_t n_blocks = world->par.n_blocks, n_markets = world->housing->n_markets;
    struct search_job job = {
        world, FLYT_ARENA_ZERO(world->step_arena, uint32_t, n_blocks),
        FLYT_ARENA_ZERO(world->step_arena, int64_t, (size_t)n_blocks * n_markets)};
    if (job.above == NULL || job.given_up == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_blocks(&world->par, search_block, &job);
    search_homeless(world);
    uint32_t above = 0;
    for (uint32_t block = 0; block < n_blocks; block++) {
        above += job.above[block];
        for (uint32_t s = 0; s < n_markets; s++) {
            world->housing->counts.given_up[s] += job.given_up[(size_t)block * n_markets + s];
        }
    }
    if (above > 0) {
        return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                               "internal error in month %u: %u hazards of search above their bound",
                               "intern fejl i måned %u: %u søgerater over deres grænse",
                               world->month, above);
    }
    return FLYT_OK;
}
