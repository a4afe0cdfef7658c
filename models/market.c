#include "models/market.h"

#include "models/params.h"
#include "sim/num.h"

/* ---- incomes --------------------------------------------------------------------------------- */

struct income_job {
    const struct flyt_world *world;
    int64_t *ore; /* [n_blocks] */
};

static void income_block(void *job_, uint32_t block)
{
    struct income_job *job = job_;
    const struct flyt_households *households = &job->world->households;
    int64_t sum = 0;
    for (uint32_t i = flyt_world_first(job->world, block); i < flyt_world_end(job->world, block);
         i++) {
        sum += households->uid[i] != 0 ? households->row[i].disposable_ore : 0;
    }
    job->ore[block] = sum;
}

/** Mean disposable income of a household, DKK a month; 0 where there is nobody. */
static enum flyt_status mean_income(const struct flyt_world *world, double *mean)
{
    uint32_t n_blocks = world->par.n_blocks, n = flyt_world_count(world);
    struct income_job job = {world, FLYT_ARENA_ARRAY(world->step_arena, int64_t, n_blocks)};
    if (job.ore == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_blocks(&world->par, income_block, &job);
    int64_t sum = 0;
    for (uint32_t block = 0; block < n_blocks; block++) {
        sum += job.ore[block];
    }
    *mean = n > 0 ? (double)sum / 100.0 / n : 0.0;
    return FLYT_OK;
}

enum flyt_status flyt_market_year(struct flyt_world *world)
{
    struct flyt_market *market = world->market;
    double mean;
    FLYT_TRY(mean_income(world, &mean));
    market->income = market->income_start > 0.0 && mean > 0.0 ? mean / market->income_start : 1.0;
    return FLYT_OK;
}

enum flyt_status flyt_market_create(struct flyt_world *world)
{
    struct flyt_market *market = FLYT_ARENA_ZERO(world->run_arena, struct flyt_market, 1);
    if (market == NULL) {
        return FLYT_ERR_MEMORY;
    }
    uint32_t n = world->municipalities.n;
    market->n_owner = n * FLYT_N_HOUSES;
    market->log_price = FLYT_ARENA_ZERO(world->run_arena, double, (size_t)market->n_owner * 12);
    market->usual_pressure = FLYT_ARENA_ZERO(world->run_arena, double, market->n_owner);
    market->usual_vacancy = FLYT_ARENA_ARRAY(world->run_arena, double, n);
    if (market->log_price == NULL || market->usual_pressure == NULL ||
        market->usual_vacancy == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < n; m++) {
        market->usual_vacancy[m] = world->params->market.rent_vacancy;
    }
    market->wage_start = world->params->livelihood.income.wage_index;
    market->income = 1.0;
    world->market = market;
    return mean_income(world, &market->income_start);
}

void flyt_market_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_market *market = world->market;
    FLYT_ARCHIVE_ARRAY(archive, "market.log_price", market->log_price,
                       (size_t)market->n_owner * 12);
    FLYT_ARCHIVE_ARRAY(archive, "market.usual_pressure", market->usual_pressure, market->n_owner);
    FLYT_ARCHIVE_ARRAY(archive, "market.usual_vacancy", market->usual_vacancy,
                       world->municipalities.n);
    FLYT_ARCHIVE_VALUE(archive, "market.measured", market->measured);
    FLYT_ARCHIVE_VALUE(archive, "market.income_start", market->income_start);
    FLYT_ARCHIVE_VALUE(archive, "market.income", market->income);
    FLYT_ARCHIVE_VALUE(archive, "market.wage_start", market->wage_start);
}

/* ---- rents ----------------------------------------------------------------------------------- */

static void move_rent(struct flyt_world *world, uint32_t municipality)
{
    const struct flyt_market_params *params = &world->params->market;
    struct flyt_market *market = world->market;
    uint32_t homes_of = flyt_housing_market(municipality, FLYT_TENURE_private_rental);
    double homes = flyt_housing_homes(world, homes_of);
    if (homes == 0.0) {
        return;
    }
    /* half a home at least: a small place without a vacancy is tight, not infinitely so */
    double vacant = flyt_housing_vacant(world, homes_of);
    double vacancy = (vacant > 0.5 ? vacant : 0.5) / homes;
    double *usual = &market->usual_vacancy[municipality];
    if (!market->measured) {
        *usual += (vacancy - *usual) / FLYT_MARKET_MEMORY;
    } else if (params->vacancy_memory > 0) {
        *usual += (vacancy - *usual) / params->vacancy_memory;
    }
    double wages = world->params->livelihood.income.wage_index / market->wage_start;
    double *index = &world->prices->rent_index[municipality];
    double gap = flyt_num_log(*index / wages);
    *index *= flyt_num_exp(flyt_market_rent_change(params, vacancy, *usual, gap));
}

/* ---- prices ---------------------------------------------------------------------------------- */

/** New buyers per new listing over the usual level; half a household is added to both, so that a
 *  month without either tells little. */
static double pressure_of(struct flyt_world *world, uint32_t owner, int64_t buyers,
                          int64_t listings)
{
    struct flyt_market *market = world->market;
    double ratio = ((double)buyers + 0.5) / ((double)listings + 0.5);
    double *usual = &market->usual_pressure[owner];
    if (*usual == 0.0) {
        *usual = ratio;
    } else if (!market->measured) {
        uint32_t n = world->month < FLYT_MARKET_MEMORY ? world->month + 1 : FLYT_MARKET_MEMORY;
        *usual *= flyt_num_exp(flyt_num_log(ratio / *usual) / n);
    }
    return ratio / *usual;
}

static void move_price(struct flyt_world *world, uint32_t owner, int64_t buyers, int64_t listings)
{
    const struct flyt_market_params *params = &world->params->market;
    struct flyt_market *market = world->market;
    struct flyt_prices *prices = world->prices;
    double *old = &market->log_price[(size_t)(world->month % 12) * market->n_owner + owner];
    double now = flyt_num_log(prices->price_index[owner]), trend = now - *old;
    double warranted = flyt_market_warranted(params, prices->user_cost_start[owner],
                                             prices->user_cost[owner], market->income);
    double change = flyt_market_price_change(params, pressure_of(world, owner, buyers, listings),
                                             warranted - now, trend);
    *old = now;
    prices->price_index[owner] = flyt_num_exp(now + change);
    prices->growth[owner] = trend; /* adaptive: the last twelve months are expected to go on */
}

void flyt_market_step(struct flyt_world *world, const int64_t *buyers, const int64_t *listings)
{
    if (!world->params->market.prices_move) {
        return;
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        move_rent(world, m);
    }
    for (uint32_t owner = 0; owner < world->market->n_owner; owner++) {
        move_price(world, owner, buyers[owner], listings[owner]);
    }
    flyt_prices_refresh(world);
}
