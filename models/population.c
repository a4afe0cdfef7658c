/**
 * @file population.c
 * @brief The start population: who lives in which home.
 */
#include "models/population.h"

#include <math.h>
#include <string.h>

#include "models/housing_parts.h"
#include "models/livelihood.h"
#include "models/popmatch.h"
#include "models/prices.h"
#include "models/stock.h"
#include "sim/rank.h"

void flyt_population_count(const struct flyt_scenario *scenario, uint64_t *n_homes,
                           uint64_t *n_households)
{
    const struct flyt_table *sections = &scenario->table[FLYT_TABLE_sections];
    const double *households = flyt_table_values(sections, "households");
    *n_homes = flyt_stock_count(scenario);
    *n_households = 0;
    for (uint32_t row = 0; row < sections->n_rows; row++) {
        *n_households += (uint64_t)households[row];
    }
}

/** What the parallel passes read. */
struct fill_job {
    struct flyt_world *world;
    const struct flyt_scenario *scenario;
    const struct flyt_popcells *cells;
    const struct flyt_poppersons *persons;
    struct flyt_poporder order;
    const uint64_t *mother;     /* [n_sections] for uids */
    const uint32_t *group;      /* [n_sections] */
    const uint32_t *slot;       /* [n_sections] households of the group in earlier sections */
    const uint64_t *stride;     /* [n_groups] */
    const uint32_t *first_item; /* [n_groups] where the systematic sample begins */
};

/* ---- sections, areas, dwellings ----------------------------------------------------------------
 */

static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    }
    return hash;
}

/** Marks the areas that the table of places tells a value of. */
static void mark_known(struct flyt_areas *areas, const struct flyt_table *places)
{
    const char *const *place = flyt_table_texts(places, "place");
    const double *level = flyt_table_values(places, "level");
    const double *value = flyt_table_values(places, "value");
    for (uint32_t row = 0; row < places->n_rows; row++) {
        for (uint32_t a = 0; level[row] > 0.0 && !isnan(value[row]) && a < areas->n; a++) {
            areas->known[a] = areas->known[a] || strcmp(areas->name[a], place[row]) == 0;
        }
    }
}

static enum flyt_status fill_areas(struct flyt_world *world, const struct flyt_scenario *scenario)
{
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_areas];
    const double *municipality = flyt_table_values(table, "municipality");
    const double *listed = flyt_table_values(table, "listed");
    struct flyt_areas *areas = &world->areas;
    areas->n = table->n_rows;
    areas->name = flyt_table_texts(table, "name");
    areas->municipality = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, areas->n);
    areas->listed = FLYT_ARENA_ARRAY(world->run_arena, uint8_t, areas->n);
    areas->known = FLYT_ARENA_ARRAY(world->run_arena, bool, areas->n);
    if (areas->municipality == NULL || areas->listed == NULL || areas->known == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t a = 0; a < areas->n; a++) {
        areas->municipality[a] = (uint32_t)municipality[a];
        areas->listed[a] = (uint8_t)listed[a];
        areas->known[a] = listed[a] > 0.0;
    }
    mark_known(areas, &scenario->table[FLYT_TABLE_places]);
    return FLYT_OK;
}

/** Orders the rows of the table by municipality and class of tenure; rows of one stay in order. */
static void order_sections(struct flyt_world *world, const struct flyt_scenario *scenario)
{
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_sections];
    const double *area = flyt_table_values(table, "area");
    const double *kind = flyt_table_values(table, "tenure");
    const double *organisation = flyt_table_values(table, "organisation");
    struct flyt_sections *sections = &world->sections;
    uint32_t s = 0;
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
            for (uint32_t row = 0; row < table->n_rows; row++) {
                enum flyt_kind of = (enum flyt_kind)kind[row];
                if (world->areas.municipality[(uint32_t)area[row]] != m ||
                    flyt_kinds_class(of) != t) {
                    continue;
                }
                double landlord = organisation[row]; /* NaN or FLYT_NONE: none */
                sections->municipality[s] = m;
                sections->tenure[s] = (uint8_t)t;
                sections->kind[s] = (uint8_t)of;
                sections->area[s] = (uint32_t)area[row];
                sections->organisation[s] =
                    landlord < (double)FLYT_NONE ? (uint32_t)landlord : FLYT_NONE;
                sections->table_row[s++] = row;
            }
        }
    }
}

/** A section's homes, small ones first, as its tenure's rooms are shared out. */
static void fill_homes(struct flyt_world *world, const struct flyt_scenario *scenario)
{
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_rooms];
    const double *kind = flyt_table_values(table, "tenure");
    const double *rooms = flyt_table_values(table, "rooms");
    const double *m2 = flyt_table_values(table, "m2");
    const double *share = flyt_table_values(table, "share");
    const struct flyt_sections *sections = &world->sections;
    for (uint32_t s = 0; s < sections->n; s++) {
        uint32_t first = sections->first[s], n = sections->n_open[s], home = 0;
        double end = 0.0;
        for (uint32_t row = 0; row < table->n_rows; row++) { /* rows by number of rooms */
            if ((uint32_t)kind[row] != sections->kind[s]) {
                continue;
            }
            end += share[row] * n;
            for (; home < n && home + 0.5 < end + 1e-6; home++) {
                world->dwellings.rooms[first + home] = (uint8_t)rooms[row];
                world->dwellings.area_m2[first + home] = (uint16_t)m2[row];
            }
        }
        for (; home < n; home++) { /* shares may sum to a little less than 1 */
            world->dwellings.rooms[first + home] = world->dwellings.rooms[first + home - 1];
            world->dwellings.area_m2[first + home] = world->dwellings.area_m2[first + home - 1];
        }
        for (home = n; home < sections->first[s + 1] - first; home++) { /* built like the others */
            uint32_t like = n > 0 ? first + (uint32_t)(home * UINT64_C(2654435761) % n) : first;
            world->dwellings.rooms[first + home] = world->dwellings.rooms[like];
            world->dwellings.area_m2[first + home] = world->dwellings.area_m2[like];
            world->dwellings.occupant[first + home] = FLYT_CLOSED;
        }
        for (home = first; home < sections->first[s + 1]; home++) {
            world->dwellings.section[home] = s;
        }
    }
}

/** Greatest common divisor. */
static uint64_t common(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/**
 * @brief Where each group's systematic sample begins and how it steps.
 *
 * The k-th home of a group takes item (first + k * stride) mod n of the n equal parts of its
 * cumulative cells: each part once, so counts keep to the cells; neighbours far apart, so that
 * each section gets a mix of its own.
 */
static enum flyt_status plan_samples(struct fill_job *job)
{
    const struct flyt_popcells *cells = job->cells;
    struct flyt_world *world = job->world;
    uint64_t *stride = FLYT_ARENA_ARRAY(world->step_arena, uint64_t, cells->n_groups);
    uint32_t *first = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, cells->n_groups);
    if (stride == NULL || first == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t g = 0; g < cells->n_groups; g++) {
        const struct flyt_popgroup *group = &cells->group[g];
        const struct flyt_popplace *place = &cells->place[group->place];
        uint64_t name = ((uint64_t)place->is_area << 63) | ((uint64_t)place->index << 8) |
                        group->kind; /* of the group */
        stride[g] = (uint64_t)(0.6180339887498949 * group->n);
        stride[g] = stride[g] < 1 ? 1 : stride[g];
        while (common(stride[g], group->n) != 1) {
            stride[g]++;
        }
        first[g] = flyt_rng_below(world->key, name, 0, FLYT_STREAM_start_cell, 0, group->n);
    }
    job->stride = stride;
    job->first_item = first;
    return FLYT_OK;
}

/** First homes and households of sections, mothers of uids, and slots in groups. */
static enum flyt_status lay_out(struct fill_job *job)
{
    struct flyt_world *world = job->world;
    const struct flyt_table *table = &job->scenario->table[FLYT_TABLE_sections];
    const double *homes = flyt_table_values(table, "homes");
    const double *households = flyt_table_values(table, "households");
    uint64_t *addresses = FLYT_ARENA_ARRAY(world->step_arena, uint64_t, table->n_rows);
    const char *const *name = flyt_table_texts(table, "name");
    struct flyt_sections *sections = &world->sections;
    uint32_t *first = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, sections->n + 1);
    uint64_t *mother = FLYT_ARENA_ARRAY(world->step_arena, uint64_t, sections->n);
    uint32_t *group = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, sections->n);
    uint32_t *slot = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, sections->n);
    uint32_t *used = FLYT_ARENA_ZERO(world->step_arena, uint32_t, job->cells->n_groups);
    if (addresses == NULL || first == NULL || mother == NULL || group == NULL || slot == NULL ||
        used == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_stock_addresses(job->scenario, addresses);
    sections->first[0] = first[0] = 0;
    for (uint32_t s = 0; s < sections->n; s++) {
        uint32_t row = sections->table_row[s], n = (uint32_t)households[row];
        sections->n_open[s] = (uint32_t)homes[row];
        sections->first[s + 1] = sections->first[s] + (uint32_t)addresses[row];
        first[s + 1] = first[s] + n;
        mother[s] = hash_of(name[row]);
        group[s] = job->cells->group_of_row[row];
        slot[s] = group[s] == FLYT_NONE ? 0 : used[group[s]];
        if (group[s] != FLYT_NONE) {
            used[group[s]] += n;
        }
    }
    uint32_t n = first[sections->n];
    job->order = (struct flyt_poporder){
        first, n, FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, (size_t)n * 2)};
    job->mother = mother;
    job->group = group;
    job->slot = slot;
    return job->order.candidate != NULL ? plan_samples(job) : FLYT_ERR_MEMORY;
}

/* ---- uids ------------------------------------------------------------------------------------ */

static uint32_t section_of(const struct flyt_poporder *order, uint32_t n_sections, uint32_t i)
{
    uint32_t low = 0, high = n_sections; /* first[low] <= i < first[high] */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (order->first[middle] <= i) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static void name_block(void *job_, uint32_t block)
{
    const struct fill_job *job = job_;
    struct flyt_world *world = job->world;
    uint32_t n = job->order.n, n_blocks = world->par.n_blocks;
    uint32_t first = flyt_par_first(n, n_blocks, block);
    uint32_t end = flyt_par_first(n, n_blocks, block + 1);
    world->households.n_rows[block] = end - first;
    uint32_t s = first < end ? section_of(&job->order, world->sections.n, first) : 0;
    for (uint32_t i = first; i < end; i++) {
        while (i >= job->order.first[s + 1]) {
            s++;
        }
        uint32_t row = flyt_world_first(world, block) + i - first;
        uint64_t uid =
            flyt_rng_uid(job->mother[s], 0, FLYT_STREAM_uid_start, i - job->order.first[s], 0);
        flyt_world_clear(world, row, uid);
        world->households.row[row].section = s;
    }
}

static bool has_uid(const struct flyt_ranked *sorted, uint32_t n, uint64_t uid)
{
    struct flyt_ranked key = {.key = uid};
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sorted[middle].key < key.key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && sorted[low].key == uid;
}

/** Two households with one uid: the later in the order of sections is hashed again. */
static enum flyt_status part_twins(struct fill_job *job)
{
    struct flyt_world *world = job->world;
    uint32_t n = job->order.n;
    struct flyt_ranked *all = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, n);
    if (all == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t row = flyt_popmatch_row(world, &job->order, i);
        all[i] = (struct flyt_ranked){world->households.uid[row], i, row};
    }
    flyt_rank_sort(all, n);
    for (uint32_t i = 1; i < n; i++) {
        if (all[i].key != all[i - 1].key) {
            continue;
        }
        uint32_t order = (uint32_t)all[i].uid;
        uint32_t s = section_of(&job->order, world->sections.n, order);
        uint64_t uid = all[i].key;
        for (uint32_t again = 1; has_uid(all, n, uid); again++) {
            uid = flyt_rng_uid(job->mother[s], 0, FLYT_STREAM_uid_start,
                               order - job->order.first[s], again);
        }
        world->households.uid[all[i].index] = uid;
    }
    return FLYT_OK;
}

/* ---- persons and homes ----------------------------------------------------------------------- */

static void people_block(void *job_, uint32_t block)
{
    const struct fill_job *job = job_;
    struct flyt_world *world = job->world;
    uint32_t first = flyt_par_first(job->order.n, world->par.n_blocks, block);
    for (uint32_t row = flyt_world_first(world, block); row < flyt_world_end(world, block); row++) {
        uint32_t i = first + row - flyt_world_first(world, block);
        uint32_t s = world->households.row[row].section, g = job->group[s];
        uint64_t n = job->cells->group[g].n;
        uint64_t k = job->slot[s] + (i - job->order.first[s]);
        uint64_t item = (job->first_item[g] + k % n * job->stride[g]) % n;
        double u = ((double)item + 0.5) / (double)n;
        flyt_poppersons_fill(job->persons, world, row, g, flyt_popcells_at(job->cells, g, u));
    }
}

/** Scratch of one range of sections while homes are given. */
struct house_job {
    struct fill_job *fill;
    struct flyt_ranked *ranked; /* [households] a section's from its first household on */
};

/** Gives a section's homes: large households the large ones, but not strictly. Vacant homes are
 *  spread evenly over the sizes. */
static void house_sections(void *job_, uint32_t first, uint32_t end)
{
    const struct house_job *job = job_;
    const struct fill_job *fill = job->fill;
    struct flyt_world *world = fill->world;
    for (uint32_t s = first; s < end; s++) {
        uint32_t at = fill->order.first[s], n = fill->order.first[s + 1] - at;
        uint64_t homes = world->sections.n_open[s];
        struct flyt_ranked *ranked = job->ranked + at;
        for (uint32_t k = 0; k < n; k++) {
            uint32_t row = flyt_popmatch_row(world, &fill->order, at + k);
            uint64_t uid = world->households.uid[row];
            uint64_t size = flyt_people_persons(&world->households.row[row]);
            uint64_t luck = flyt_rng_below(world->key, uid, 0, FLYT_STREAM_start_cell, 1, 2000);
            ranked[k] = (struct flyt_ranked){size * 1000 + luck, uid, row};
        }
        flyt_rank_sort(ranked, n);
        for (uint32_t k = 0; k < n; k++) {
            uint64_t offset = (((uint64_t)k + 1) * homes + n - 1) / n - 1;
            uint32_t home = world->sections.first[s] + (uint32_t)offset;
            world->households.row[ranked[k].index].home = home;
            world->dwellings.occupant[home] = ranked[k].index;
        }
    }
}

static void wealth_block(void *job_, uint32_t block)
{
    const struct fill_job *job = job_;
    for (uint32_t row = flyt_world_first(job->world, block);
         row < flyt_world_end(job->world, block); row++) {
        flyt_poppersons_settle_wealth(job->persons, job->world, row);
    }
}

enum flyt_status flyt_population_fill(struct flyt_world *world,
                                      const struct flyt_scenario *scenario,
                                      const struct flyt_start_params *params,
                                      struct flyt_popcells *cells)
{
    struct flyt_popcells own;
    struct flyt_poppersons persons;
    cells = cells != NULL ? cells : &own;
    struct fill_job job = {
        .world = world, .scenario = scenario, .cells = cells, .persons = &persons};
    struct flyt_work_rest *rest = NULL;
    if (world->livelihood != NULL) {
        rest = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_work_rest, 1);
        if (rest == NULL) {
            return FLYT_ERR_MEMORY;
        }
        flyt_workrest_make(&world->par, &world->livelihood->params.work, &world->livelihood->work,
                           rest);
    }
    FLYT_TRY(flyt_popcells_make(scenario, params, rest, &world->par, world->step_arena, cells));
    flyt_poppersons_read(scenario, cells, &persons);
    FLYT_TRY(fill_areas(world, scenario));
    order_sections(world, scenario);
    FLYT_TRY(lay_out(&job));
    fill_homes(world, scenario);
    if (world->livelihood != NULL) {
        FLYT_TRY(flyt_prices_start(world, scenario));
    }
    flyt_par_blocks(&world->par, name_block, &job);
    FLYT_TRY(part_twins(&job));
    flyt_par_blocks(&world->par, people_block, &job);
    struct house_job house = {&job,
                              FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, job.order.n)};
    if (house.ranked == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_ranges(&world->par, world->sections.n, house_sections, &house);
    static const enum flyt_variable variables[] = {
        FLYT_VARIABLE_population, FLYT_VARIABLE_nonwestern, FLYT_VARIABLE_outside_work,
        FLYT_VARIABLE_employed, FLYT_VARIABLE_basic_schooling};
    for (size_t i = 0; i < FLYT_COUNT(variables); i++) {
        FLYT_TRY(flyt_popmatch_correct(world, &persons, &job.order, variables[i]));
    }
    flyt_par_blocks(&world->par, wealth_block, &job);
    if (world->livelihood == NULL) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_livelihood_start_all(world, rest));
    return flyt_popmatch_correct(world, &persons, &job.order, FLYT_VARIABLE_convicted);
}
