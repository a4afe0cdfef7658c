#include "models/stock.h"

#include "models/housing_parts.h"
#include "models/kinds.h"
#include "models/letting.h"
#include "models/market_price.h"
#include "models/params.h"
#include "models/search.h"
#include "sim/rank.h"

/* ---- addresses ------------------------------------------------------------------------------ */

/** Whether homes of this kind are built after projected growth; the others only by the plan. */
static bool is_built(uint32_t kind)
{
    enum flyt_tenure tenure = flyt_kinds_class((enum flyt_kind)kind);
    return tenure == FLYT_TENURE_owner || tenure == FLYT_TENURE_private_rental;
}

/** Share of a municipality's homes that building can add in all years of the scenario.
 *  ASSUMPTION: never more than twice the projected growth, so price never over four times cost. */
static double most_growth(const struct flyt_scenario *scenario)
{
    double sum = 0.0;
    for (uint32_t year = 0; year < scenario->years; year++) {
        struct flyt_params params;
        flyt_scenario_params(scenario, scenario->start_year + (int32_t)year, &params);
        const struct flyt_building_params *building = &params.building;
        double most = 2.0 * building->growth;
        sum += most < 0.0 ? 0.0 : most < building->most ? most : building->most;
    }
    return sum;
}

/** All homes of a row's municipality over those of the kinds that are built: growth of all is built
 *  by these. */
static double share_of_growth(const struct flyt_scenario *scenario, uint32_t row)
{
    const struct flyt_table *sections = &scenario->table[FLYT_TABLE_sections];
    const double *homes = flyt_table_values(sections, "homes");
    const double *kind = flyt_table_values(sections, "tenure");
    const double *area = flyt_table_values(sections, "area");
    const double *of = flyt_table_values(&scenario->table[FLYT_TABLE_areas], "municipality");
    double all = 0.0, built = 0.0;
    for (uint32_t i = 0; i < sections->n_rows; i++) {
        if (of[(uint32_t)area[i]] == of[(uint32_t)area[row]]) {
            all += homes[i];
            built += is_built((uint32_t)kind[i]) ? homes[i] : 0.0;
        }
    }
    return built > 0.0 ? all / built : 0.0;
}

/** Addresses of a row of the sections table, but for those of the plan. */
static uint64_t own_addresses(const struct flyt_scenario *scenario, uint32_t row, double growth)
{
    const struct flyt_table *sections = &scenario->table[FLYT_TABLE_sections];
    double homes = flyt_table_values(sections, "homes")[row];
    bool grows = growth > 0.0 && is_built((uint32_t)flyt_table_values(sections, "tenure")[row]);
    double room = grows ? homes * growth * share_of_growth(scenario, row) : 0.0;
    return (uint64_t)homes + (uint64_t)room;
}

void flyt_stock_addresses(const struct flyt_scenario *scenario, uint64_t *n_all)
{
    const struct flyt_table *sections = &scenario->table[FLYT_TABLE_sections];
    const struct flyt_table *plan = &scenario->table[FLYT_TABLE_stock_plan];
    double growth = most_growth(scenario);
    for (uint32_t row = 0; row < sections->n_rows; row++) {
        n_all[row] = own_addresses(scenario, row, growth);
    }
    for (uint32_t i = 0; i < plan->n_rows; i++) {
        uint32_t change = (uint32_t)flyt_table_values(plan, "change")[i];
        if (change != FLYT_STOCK_demolish) {
            const char *column = change == FLYT_STOCK_build ? "section" : "to_section";
            uint32_t to = (uint32_t)flyt_table_values(plan, column)[i];
            n_all[to] += (uint64_t)flyt_table_values(plan, "homes")[i];
        }
    }
}

uint64_t flyt_stock_count(const struct flyt_scenario *scenario)
{
    const struct flyt_table *sections = &scenario->table[FLYT_TABLE_sections];
    const struct flyt_table *plan = &scenario->table[FLYT_TABLE_stock_plan];
    double growth = most_growth(scenario);
    uint64_t n = 0;
    for (uint32_t row = 0; row < sections->n_rows; row++) {
        n += own_addresses(scenario, row, growth);
    }
    for (uint32_t i = 0; i < plan->n_rows; i++) {
        bool adds = (uint32_t)flyt_table_values(plan, "change")[i] != FLYT_STOCK_demolish;
        n += adds ? (uint64_t)flyt_table_values(plan, "homes")[i] : 0;
    }
    return n;
}

/* ---- opening and closing -------------------------------------------------------------------- */

/** Opens up to n closed homes of a section, first address first; returns how many. */
static uint32_t open_homes(struct flyt_world *world, uint32_t section, uint32_t n)
{
    uint32_t opened = 0, end = world->sections.first[section + 1];
    for (uint32_t home = world->sections.first[section]; home < end && opened < n; home++) {
        if (world->dwellings.occupant[home] == FLYT_CLOSED) {
            world->dwellings.occupant[home] = FLYT_NONE;
            world->dwellings.empty_since[home] = world->calendar;
            opened++;
        }
    }
    world->sections.n_open[section] += opened;
    world->stock->built[flyt_housing_market_of(world, section)] += opened;
    return opened;
}

/** Closes up to n vacant homes of a section, last address first; returns how many. */
static uint32_t close_homes(struct flyt_world *world, uint32_t section, uint32_t n)
{
    uint32_t closed = 0, first = world->sections.first[section];
    for (uint32_t home = world->sections.first[section + 1]; home > first && closed < n; home--) {
        if (world->dwellings.occupant[home - 1] == FLYT_NONE) {
            world->dwellings.occupant[home - 1] = FLYT_CLOSED;
            closed++;
        }
    }
    world->sections.n_open[section] -= closed;
    world->stock->closed[flyt_housing_market_of(world, section)] += closed;
    return closed;
}

/* ---- building ------------------------------------------------------------------------------- */

/** Price over building cost: the cost is the price at the start, by assumption. */
static double price_over_cost(const struct flyt_world *world, uint32_t municipality)
{
    const double *index = world->prices->price_index;
    return (index[flyt_prices_market(municipality, FLYT_HOUSE_flat)] +
            index[flyt_prices_market(municipality, FLYT_HOUSE_house)]) /
           FLYT_N_HOUSES;
}

/** Spreads homes over a municipality's sections in proportion to those that stand. */
static void complete(struct flyt_world *world, uint32_t municipality, double homes)
{
    struct flyt_stock *stock = world->stock;
    double n = 0.0;
    uint32_t first = world->housing->market_section[flyt_housing_market(municipality, 0)];
    uint32_t end = world->housing->market_section[flyt_housing_market(municipality + 1, 0)];
    for (uint32_t s = first; s < end; s++) {
        n += is_built(world->sections.kind[s]) ? world->sections.n_open[s] : 0;
    }
    for (uint32_t s = first; s < end && n > 0.0; s++) {
        if (is_built(world->sections.kind[s])) {
            stock->carry[s] += homes * world->sections.n_open[s] / n;
            uint32_t whole = (uint32_t)stock->carry[s];
            stock->carry[s] -= whole;
            open_homes(world, s, whole); /* fewer where no address is left */
        }
    }
}

static void build(struct flyt_world *world, uint32_t municipality)
{
    const struct flyt_building_params *params = &world->params->building;
    double *started = world->stock->started + (size_t)municipality * FLYT_STOCK_LAG_MOST;
    double homes = 0.0;
    for (uint32_t tenure = 0; tenure < FLYT_N_TENURES; tenure++) {
        homes += flyt_housing_homes(world, flyt_housing_market(municipality, tenure));
    }
    double share = flyt_market_building(params, price_over_cost(world, municipality));
    started[(world->month + params->lag_months) % FLYT_STOCK_LAG_MOST] += homes * share / 12.0;
    double *done = &started[world->month % FLYT_STOCK_LAG_MOST];
    complete(world, municipality, *done);
    *done = 0.0;
}

/** Before the start as much was begun as the projection of the first year asks for. */
static void fill_pipeline(struct flyt_world *world)
{
    const struct flyt_building_params *params = &world->params->building;
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        double homes = 0.0;
        for (uint32_t tenure = 0; tenure < FLYT_N_TENURES; tenure++) {
            homes += flyt_housing_homes(world, flyt_housing_market(m, tenure));
        }
        double monthly = homes * flyt_market_building(params, 1.0) / 12.0;
        for (uint32_t month = 0; month < params->lag_months; month++) {
            world->stock->started[(size_t)m * FLYT_STOCK_LAG_MOST + month] = monthly;
        }
    }
}

/* ---- the plan ------------------------------------------------------------------------------- */

/** Month of the run in which a row of the plan is due. */
static int32_t due_month(const struct flyt_world *world, const struct flyt_table *plan,
                         uint32_t row)
{
    int32_t year = (int32_t)flyt_table_values(plan, "year")[row];
    int32_t month = (int32_t)flyt_table_values(plan, "month")[row] - 1;
    return (year - world->housing->scenario->start_year) * 12 + month;
}

/** The section of a row of the sections table. */
static uint32_t section_of(const struct flyt_world *world, double table_row)
{
    for (uint32_t s = 0; s < world->sections.n; s++) {
        if (world->sections.table_row[s] == (uint32_t)table_row) {
            return s;
        }
    }
    return FLYT_NONE;
}

/** Whether a change is the plan's (those due before the start have been carried out). */
static bool is_planned(const struct flyt_world *world, const struct flyt_table *plan, uint32_t row)
{
    return world->params->stock.plan && due_month(world, plan, row) >= 0;
}

static void carry_out(struct flyt_world *world, const struct flyt_table *plan, uint32_t row)
{
    uint32_t change = (uint32_t)flyt_table_values(plan, "change")[row];
    uint32_t homes = (uint32_t)flyt_table_values(plan, "homes")[row];
    uint32_t section = section_of(world, flyt_table_values(plan, "section")[row]);
    uint32_t *done = &world->stock->done[row], left = homes - *done;
    int32_t due = due_month(world, plan, row), now = (int32_t)world->month;
    if (change == FLYT_STOCK_build) {
        *done += now >= due ? open_homes(world, section, left) : 0;
    } else if (now >= due - (int32_t)world->params->stock.notice_months) {
        uint32_t closed = close_homes(world, section, left);
        *done += closed;
        if (change == FLYT_STOCK_convert) {
            double to = flyt_table_values(plan, "to_section")[row];
            open_homes(world, section_of(world, to), closed);
        }
    }
}

uint32_t flyt_stock_overdue(const struct flyt_world *world, uint32_t section)
{
    const struct flyt_table *plan = &world->housing->scenario->table[FLYT_TABLE_stock_plan];
    uint32_t n = 0;
    for (uint32_t row = 0; row < plan->n_rows; row++) {
        bool closes = flyt_table_values(plan, "change")[row] != FLYT_STOCK_build;
        if (closes && is_planned(world, plan, row) &&
            (int32_t)world->month >= due_month(world, plan, row) &&
            section_of(world, flyt_table_values(plan, "section")[row]) == section) {
            n += (uint32_t)flyt_table_values(plan, "homes")[row] - world->stock->done[row];
        }
    }
    return n;
}

/* ---- rehousing ------------------------------------------------------------------------------ */

/** Whether who lives there has been told to find another home. */
static bool is_told(const struct flyt_world *world, uint32_t household)
{
    return world->households.row[household].search_since != FLYT_NO_MONTH &&
           world->households.cold[household].reason == FLYT_REASON_rehousing;
}

/** Gives those in homes that should be empty the first right to another one (act, section 86), in
 *  keyed order, until as many have been told as there are homes left. */
static enum flyt_status rehouse(struct flyt_world *world, uint32_t section)
{
    uint32_t first = world->sections.first[section], end = world->sections.first[section + 1];
    uint32_t overdue = flyt_stock_overdue(world, section), n = 0, n_told = 0;
    struct flyt_ranked *homes =
        FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, end - first + 1);
    if (homes == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t home = first; home < end && overdue > 0; home++) {
        uint32_t household = world->dwellings.occupant[home];
        if (household >= FLYT_CLOSED) {
            continue;
        }
        n_told += is_told(world, household);
        if (!is_told(world, household)) {
            uint64_t key = flyt_rng_word64(world->key, home, 0, FLYT_STREAM_rehousing, 0);
            homes[n++] = (struct flyt_ranked){key, home, household};
        }
    }
    flyt_rank_sort(homes, n);
    for (uint32_t i = 0; i < n && n_told + i < overdue; i++) {
        flyt_search_force(world, homes[i].index, FLYT_REASON_rehousing);
        FLYT_TRY(flyt_need_owe(world, homes[i].index, FLYT_NEED_rehousing));
    }
    return FLYT_OK;
}

/* ---- the month ------------------------------------------------------------------------------ */

enum flyt_status flyt_stock_create(struct flyt_world *world)
{
    struct flyt_stock *stock = FLYT_ARENA_ZERO(world->run_arena, struct flyt_stock, 1);
    const struct flyt_table *plan = &world->housing->scenario->table[FLYT_TABLE_stock_plan];
    size_t n_months = (size_t)world->municipalities.n * FLYT_STOCK_LAG_MOST;
    if (stock == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->stock = stock;
    stock->carry = FLYT_ARENA_ZERO(world->run_arena, double, world->sections.n);
    stock->started = FLYT_ARENA_ZERO(world->run_arena, double, n_months);
    stock->done = FLYT_ARENA_ZERO(world->run_arena, uint32_t, plan->n_rows + 1);
    stock->built = FLYT_ARENA_ZERO(world->run_arena, int64_t, world->housing->n_markets);
    stock->closed = FLYT_ARENA_ZERO(world->run_arena, int64_t, world->housing->n_markets);
    if (stock->carry == NULL || stock->started == NULL || stock->done == NULL ||
        stock->built == NULL || stock->closed == NULL) {
        return FLYT_ERR_MEMORY;
    }
    fill_pipeline(world);
    return FLYT_OK;
}

void flyt_stock_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_stock *stock = world->stock;
    const struct flyt_table *plan = &world->housing->scenario->table[FLYT_TABLE_stock_plan];
    uint32_t n_markets = world->housing->n_markets;
    FLYT_ARCHIVE_ARRAY(archive, "stock.carry", stock->carry, world->sections.n);
    FLYT_ARCHIVE_ARRAY(archive, "stock.started", stock->started,
                       (size_t)world->municipalities.n * FLYT_STOCK_LAG_MOST);
    FLYT_ARCHIVE_ARRAY(archive, "stock.done", stock->done, plan->n_rows);
    FLYT_ARCHIVE_ARRAY(archive, "stock.built", stock->built, n_markets);
    FLYT_ARCHIVE_ARRAY(archive, "stock.closed", stock->closed, n_markets);
}

enum flyt_status flyt_stock_step(struct flyt_world *world)
{
    const struct flyt_table *plan = &world->housing->scenario->table[FLYT_TABLE_stock_plan];
    for (uint32_t market = 0; market < world->housing->n_markets; market++) {
        world->stock->built[market] = world->stock->closed[market] = 0;
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        build(world, m);
    }
    for (uint32_t row = 0; row < plan->n_rows; row++) {
        if (is_planned(world, plan, row)) {
            carry_out(world, plan, row);
        }
    }
    for (uint32_t row = 0; row < plan->n_rows; row++) {
        FLYT_TRY(rehouse(world, section_of(world, flyt_table_values(plan, "section")[row])));
    }
    return FLYT_OK;
}
