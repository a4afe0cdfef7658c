#include "models/start.h"

#include <stdlib.h>

#include "models/housing.h"
#include "models/kinds.h"
#include "models/params.h"
#include "sim/num.h"
#include "sim/scenario.h"

void flyt_start_count(const struct flyt_scenario *scenario, uint64_t *n_homes,
                      uint64_t *n_households)
{
    const struct flyt_table *stock = flyt_scenario_table(scenario, "sections");
    const double *homes = flyt_table_values(stock, "homes");
    const double *households = flyt_table_values(stock, "households");
    *n_homes = *n_households = 0;
    for (uint32_t row = 0; row < stock->n_rows; row++) {
        *n_homes += (uint64_t)homes[row];
        *n_households += (uint64_t)households[row];
    }
}

/** What the parallel filling reads. */
struct fill_job {
    struct flyt_world *world;
    const uint32_t *first_household;        /* [n_sections + 1] */
    const uint64_t *mother;                 /* [n_sections] for uids */
    const double *cell_end[FLYT_N_TENURES]; /* cumulative shares of (type, age band), by tenure */
    const uint32_t *cell_row[FLYT_N_TENURES];
    uint32_t n_cells[FLYT_N_TENURES];
    const double *type, *age_from, *age_to; /* columns of the table of households */
};

/** Reads homes and households by section; sections lie by municipality and tenure. */
static enum flyt_status fill_sections(struct flyt_world *world, uint32_t *n_occupied,
                                      uint64_t *mother)
{
    const struct flyt_scenario *scenario = world->housing->scenario;
    const struct flyt_table *stock = flyt_scenario_table(scenario, "sections");
    const double *area = flyt_table_values(stock, "area");
    const double *kind = flyt_table_values(stock, "tenure");
    const double *homes = flyt_table_values(stock, "homes");
    const double *households = flyt_table_values(stock, "households");
    const double *municipality =
        flyt_table_values(flyt_scenario_table(scenario, "areas"), "municipality");
    const double *code = flyt_table_values(flyt_scenario_table(scenario, "municipalities"), "code");
    struct flyt_sections *sections = &world->sections;
    for (uint32_t s = 0; s <= sections->n; s++) {
        sections->first[s] = 0;
    }
    for (uint32_t s = 0; s < sections->n; s++) {
        sections->municipality[s] = s / FLYT_N_TENURES;
        sections->tenure[s] = (uint8_t)(s % FLYT_N_TENURES);
        mother[s] = (uint64_t)code[s / FLYT_N_TENURES] * FLYT_N_TENURES + s % FLYT_N_TENURES;
        n_occupied[s] = 0;
    }
    for (uint32_t row = 0; row < stock->n_rows; row++) {
        uint32_t s = flyt_housing_section((uint32_t)municipality[(uint32_t)area[row]],
                                          flyt_kinds_class((enum flyt_kind)kind[row]));
        sections->first[s + 1] += (uint32_t)homes[row];
        n_occupied[s] += (uint32_t)households[row];
    }
    for (uint32_t s = 0; s < sections->n; s++) {
        sections->first[s + 1] += sections->first[s];
    }
    return FLYT_OK;
}

/** Where each dwelling belongs. */
static void fill_dwellings(struct flyt_world *world)
{
    const struct flyt_sections *sections = &world->sections;
    for (uint32_t s = 0; s < sections->n; s++) {
        for (uint32_t home = sections->first[s]; home < sections->first[s + 1]; home++) {
            world->dwellings.section[home] = s;
        }
    }
}

/** The home of the k-th of n households in a section: vacant homes are spread evenly. */
static uint32_t home_of(const struct flyt_world *world, uint32_t section, uint64_t k, uint64_t n)
{
    uint64_t first = world->sections.first[section];
    uint64_t homes = world->sections.first[section + 1] - first;
    return (uint32_t)(first + ((k + 1) * homes + n - 1) / n - 1);
}

/** Households of each kind of home in the whole scenario. */
static void count_kinds(const struct flyt_scenario *scenario, double n[FLYT_N_KINDS])
{
    const struct flyt_table *sections = flyt_scenario_table(scenario, "sections");
    const double *kind = flyt_table_values(sections, "tenure");
    const double *households = flyt_table_values(sections, "households");
    for (uint32_t k = 0; k < FLYT_N_KINDS; k++) {
        n[k] = 0.0;
    }
    for (uint32_t row = 0; row < sections->n_rows; row++) {
        n[(uint32_t)kind[row]] += households[row];
    }
}

/** The cumulative shares of the table of households, by class of tenure. */
static enum flyt_status fill_cells(struct flyt_world *world, struct fill_job *job)
{
    const struct flyt_table *table = flyt_scenario_table(world->housing->scenario, "households");
    const double *tenure = flyt_table_values(table, "tenure");
    const double *share = flyt_table_values(table, "share");
    double n_kind[FLYT_N_KINDS];
    count_kinds(world->housing->scenario, n_kind);
    job->type = flyt_table_values(table, "type");
    job->age_from = flyt_table_values(table, "age_from");
    job->age_to = flyt_table_values(table, "age_to");
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        double *end = FLYT_ARENA_ARRAY(world->step_arena, double, table->n_rows);
        uint32_t *row_of = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, table->n_rows);
        if (end == NULL || row_of == NULL) {
            return FLYT_ERR_MEMORY;
        }
        double sum = 0.0;
        uint32_t n = 0;
        for (uint32_t row = 0; row < table->n_rows; row++) {
            enum flyt_kind kind = (enum flyt_kind)tenure[row];
            if (flyt_kinds_class(kind) == t && share[row] * n_kind[kind] > 0.0) {
                end[n] = sum += share[row] * n_kind[kind];
                row_of[n++] = row;
            }
        }
        for (uint32_t i = 0; i < n; i++) {
            end[i] /= sum;
        }
        job->cell_end[t] = end;
        job->cell_row[t] = row_of;
        job->n_cells[t] = n;
    }
    return FLYT_OK;
}

/** Yearly move rate of a tenure in the start year. */
static double out_rate(const struct flyt_moves_params *moves, uint32_t tenure)
{
    const double rate[FLYT_N_TENURES] = {moves->out_almen, moves->out_private_rental,
                                         moves->out_cooperative, moves->out_owner};
    return rate[tenure];
}

static void fill_household(const struct fill_job *job, uint32_t household, uint32_t section)
{
    struct flyt_world *world = job->world;
    struct flyt_household *row = &world->households.row[household];
    uint64_t uid = world->households.uid[household];
    uint32_t tenure = world->sections.tenure[section], cell = 0;
    double u = flyt_rng_unit(world->key, uid, 0, FLYT_STREAM_start_person, 0);
    while (cell + 1 < job->n_cells[tenure] && u >= job->cell_end[tenure][cell]) {
        cell++;
    }
    uint32_t source = job->cell_row[tenure][cell];
    uint32_t youngest = (uint32_t)job->age_from[source] * 12;
    uint32_t n_months = (uint32_t)(job->age_to[source] - job->age_from[source] + 1) * 12;
    uint32_t age = youngest + flyt_rng_below(world->key, uid, 0, FLYT_STREAM_start_person, 1,
                                             n_months); /* months */
    double rate = out_rate(&world->params->moves, tenure);
    double stay =
        rate > 0.0
            ? -12.0 / rate *
                  flyt_num_log(flyt_rng_unit(world->key, uid, 0, FLYT_STREAM_start_person, 2))
            : 1e9;
    double longest = age - 12.0 * 18.0; /* nobody is the head of a home before 18 */
    int16_t born = (int16_t)(world->calendar - (int16_t)age);
    enum flyt_type type = (enum flyt_type)job->type[source];
    bool couple = type == FLYT_TYPE_couple || type == FLYT_TYPE_couple_with_children;
    uint8_t sex = flyt_rng_unit(world->key, uid, 0, FLYT_STREAM_start_person, 4) < 0.5
                      ? FLYT_SEX_man
                      : FLYT_SEX_woman;
    row->born[0] = born;
    row->born[1] = couple ? born : FLYT_NO_MONTH;
    row->person[0] = sex;
    row->person[1] = couple ? !sex : 0;
    if (type == FLYT_TYPE_single_parent || type == FLYT_TYPE_couple_with_children) {
        row->child_born[0] = (int16_t)(world->calendar - (int16_t)flyt_rng_below(
                                                             world->key, uid, 0,
                                                             FLYT_STREAM_start_person, 3, 18 * 12));
    }
    row->moved_in = (int16_t)(world->calendar - (int16_t)(stay < longest ? stay : longest));
}

static void fill_block(void *job_, uint32_t block)
{
    const struct fill_job *job = job_;
    struct flyt_world *world = job->world;
    struct flyt_households *households = &world->households;
    uint32_t n = job->first_household[world->sections.n], n_blocks = world->par.n_blocks;
    uint32_t first = flyt_par_first(n, n_blocks, block), section = 0;
    uint32_t end = flyt_par_first(n, n_blocks, block + 1);
    households->n_rows[block] = end - first;
    for (uint32_t i = first; i < end; i++) {
        while (i >= job->first_household[section + 1]) {
            section++;
        }
        uint32_t k = i - job->first_household[section];
        uint32_t household = flyt_world_first(world, block) + i - first;
        uint32_t home = home_of(world, section, k,
                                job->first_household[section + 1] - job->first_household[section]);
        flyt_world_clear(world, household,
                         flyt_rng_uid(job->mother[section], 0, FLYT_STREAM_uid_start, k, 0));
        households->row[household].home = home;
        households->row[household].section = section;
        world->dwellings.occupant[home] = household;
        fill_household(job, household, section);
    }
}

enum flyt_status flyt_start_fill(struct flyt_world *world)
{
    uint32_t n_sections = world->sections.n;
    uint32_t *first = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, n_sections + 1);
    uint32_t *n_occupied = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, n_sections);
    uint64_t *mother = FLYT_ARENA_ARRAY(world->step_arena, uint64_t, n_sections);
    struct fill_job job = {.world = world, .first_household = first, .mother = mother};
    if (first == NULL || n_occupied == NULL || mother == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(fill_sections(world, n_occupied, mother));
    first[0] = 0;
    for (uint32_t s = 0; s < n_sections; s++) {
        first[s + 1] = first[s] + n_occupied[s];
    }
    FLYT_TRY(fill_cells(world, &job));
    fill_dwellings(world);
    flyt_par_blocks(&world->par, fill_block, &job);
    return FLYT_OK;
}
