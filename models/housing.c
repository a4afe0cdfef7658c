#include "models/housing.h"

#include <math.h>

#include "models/housing_parts.h"
#include "models/moves.h"
#include "models/params.h"
#include "models/start.h"
#include "sim/scenario.h"
#include "sim/step.h"

/* ---- parameters ---------------------------------------------------------------------------- */

static const struct flyt_field moves_fields[] = {
#define X(...) FLYT_FIELD(flyt_moves_params, __VA_ARGS__)
    MOVES_PARAMS(X)
#undef X
};

static const struct flyt_field search_fields[] = {
#define X(...) FLYT_FIELD(flyt_search_params, __VA_ARGS__)
    SEARCH_PARAMS(X)
#undef X
};

static const struct flyt_field letting_fields[] = {
#define X(...) FLYT_FIELD(flyt_letting_params, __VA_ARGS__)
    LETTING_PARAMS(X)
#undef X
};

static const struct flyt_field start_fields[] = {
#define X(...) FLYT_FIELD(flyt_start_params, __VA_ARGS__)
    START_PARAMS(X)
#undef X
};

static const struct flyt_field_group groups[] = {
    {"moves", "Who leaves a home, and where to", "Hvem forlader en bolig, og hvorhen", moves_fields,
     FLYT_COUNT(moves_fields), offsetof(struct flyt_params, moves)},
    {"search", "Looking for a home", "Boligsøgning", search_fields, FLYT_COUNT(search_fields),
     offsetof(struct flyt_params, search)},
    {"letting", "Letting and waiting lists", "Udlejning og ventelister", letting_fields,
     FLYT_COUNT(letting_fields), offsetof(struct flyt_params, letting)},
    {"start", "The start population", "Startbefolkningen", start_fields, FLYT_COUNT(start_fields),
     offsetof(struct flyt_params, start)},
};

/* ---- dimensions ---------------------------------------------------------------------------- */

static const char *const tenure_en[] = {
#define X(name, en, da) en,
    FLYT_TENURES(X)
#undef X
};
static const char *const tenure_da[] = {
#define X(name, en, da) da,
    FLYT_TENURES(X)
#undef X
};
static const char *const type_en[] = {
#define X(name, en, da) en,
    FLYT_TYPES(X)
#undef X
};
static const char *const type_da[] = {
#define X(name, en, da) da,
    FLYT_TYPES(X)
#undef X
};

const uint32_t flyt_housing_age_from[FLYT_AGE_BANDS] = {18, 25, 30, 40, 50, 60, 70, 80};
static const char *const age_en[FLYT_AGE_BANDS] = {"18-24", "25-29", "30-39", "40-49",
                                                   "50-59", "60-69", "70-79", "80+"};

static const struct flyt_dim dims[FLYT_N_DIMS] = {
    [FLYT_DIM_municipality] = {"municipality", "Municipality", "Kommune", 0, NULL, NULL},
    [FLYT_DIM_tenure] = {"tenure", "Tenure", "Ejerform", FLYT_N_TENURES, tenure_en, tenure_da},
    [FLYT_DIM_household_type] = {"household_type", "Household type", "Husstandstype", FLYT_N_TYPES,
                                 type_en, type_da},
    [FLYT_DIM_age] = {"age", "Age of the oldest adult", "Alder på ældste voksne", FLYT_AGE_BANDS,
                      age_en, age_en},
};

static enum flyt_status fill_dims(const struct flyt_scenario *scenario, struct flyt_arena *arena,
                                  struct flyt_dim *dim)
{
    (void)arena;
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_municipalities];
    struct flyt_dim *municipality = &dim[FLYT_DIM_municipality];
    municipality->n = table->n_rows;
    municipality->label_en = municipality->label_da = flyt_table_texts(table, "name");
    return FLYT_OK;
}

/* ---- the world ----------------------------------------------------------------------------- */

static uint64_t n_agents(const struct flyt_scenario *scenario)
{
    uint64_t n_homes, n_households;
    flyt_start_count(scenario, &n_homes, &n_households);
    return n_households;
}

static uint64_t estimate_bytes(const struct flyt_scenario *scenario, const struct flyt_par *par)
{
    uint64_t n_homes, n_households, n = scenario->table[FLYT_TABLE_municipalities].n_rows;
    flyt_start_count(scenario, &n_homes, &n_households);
    uint64_t n_sections = n * FLYT_N_TENURES;
    uint64_t lists = n_households * 4 * sizeof(uint32_t);
    uint64_t scratch = n_homes * (sizeof(uint32_t) + sizeof(struct flyt_move)) +
                       n_households * sizeof(uint64_t); /* the full check sorts uids */
    uint64_t small = n * n * (1 + FLYT_N_TENURES) * sizeof(double) +
                     n_sections * (64 + par->n_blocks * sizeof(int64_t));
    return flyt_world_bytes(n_households, n_homes) + lists + scratch + small;
}

/** Kilometres between centroids on a sphere small enough to be flat. */
static void fill_distances(const struct flyt_table *table, double *km)
{
    const double *longitude = flyt_table_values(table, "longitude");
    const double *latitude = flyt_table_values(table, "latitude");
    const double km_per_degree = 111.2, radian = 0.017453292519943295;
    for (uint32_t i = 0; i < table->n_rows; i++) {
        for (uint32_t k = 0; k < table->n_rows; k++) {
            double middle = (latitude[i] + latitude[k]) / 2.0 * radian, m2 = middle * middle;
            /* the cosine by its series: the platform's differs in the last bit */
            double cosine =
                1.0 - m2 / 2.0 * (1.0 - m2 / 12.0 * (1.0 - m2 / 30.0 * (1.0 - m2 / 56.0)));
            double east = (longitude[i] - longitude[k]) * km_per_degree * cosine;
            double north = (latitude[i] - latitude[k]) * km_per_degree;
            km[(size_t)i * table->n_rows + k] = sqrt(east * east + north * north);
        }
    }
}

static enum flyt_status take_lists(struct flyt_world *world)
{
    struct flyt_housing *housing = world->housing;
    uint32_t n_blocks = world->par.n_blocks;
    housing->candidates = FLYT_ARENA_ARRAY(world->run_arena, struct flyt_list, n_blocks);
    housing->searching = FLYT_ARENA_ARRAY(world->run_arena, struct flyt_list, n_blocks);
    if (housing->candidates == NULL || housing->searching == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t block = 0; block < n_blocks; block++) {
        uint32_t rows = flyt_world_first(world, block + 1) - flyt_world_first(world, block);
        FLYT_TRY(flyt_list_init(&housing->candidates[block], world->run_arena, rows));
        FLYT_TRY(flyt_list_init(&housing->searching[block], world->run_arena, rows));
    }
    return FLYT_OK;
}

static enum flyt_status take_housing(struct flyt_world *world)
{
    struct flyt_housing *housing = world->housing;
    struct flyt_arena *arena = world->run_arena;
    uint32_t n = world->municipalities.n, n_sections = world->sections.n;
    size_t n_homes = world->dwellings.n;
    bool ok = true;
    ok &= (housing->this_year = FLYT_ARENA_ZERO(arena, struct flyt_params, 1)) != NULL;
    ok &= (housing->next_year = FLYT_ARENA_ZERO(arena, struct flyt_params, 1)) != NULL;
    ok &= (housing->distance_km = FLYT_ARENA_ARRAY(arena, double, (size_t)n *n)) != NULL;
    ok &= (housing->nearby = FLYT_ARENA_ARRAY(arena, double, (size_t)n_sections *n)) != NULL;
    ok &= (housing->vacant = FLYT_ARENA_ARRAY(arena, uint32_t, n_homes)) != NULL;
    ok &= (housing->n_vacant = FLYT_ARENA_ZERO(arena, uint32_t, n_sections)) != NULL;
    ok &= (housing->applicants = FLYT_ARENA_ARRAY(arena, uint32_t, world->households.capacity)) !=
          NULL;
    ok &= (housing->first_applicant = FLYT_ARENA_ARRAY(arena, uint32_t, n_sections + 1)) != NULL;
    ok &= (housing->moves = FLYT_ARENA_ARRAY(arena, struct flyt_move, n_homes)) != NULL;
    ok &= (housing->n_let = FLYT_ARENA_ZERO(arena, uint32_t, n_sections)) != NULL;
    int64_t **counts[] = {&housing->counts.moves_out, &housing->counts.moves_in,
                          &housing->counts.waited_months, &housing->counts.given_up};
    for (size_t i = 0; i < FLYT_COUNT(counts); i++) {
        ok &= (*counts[i] = FLYT_ARENA_ZERO(arena, int64_t, n_sections)) != NULL;
    }
    return ok ? take_lists(world) : FLYT_ERR_MEMORY;
}

static enum flyt_status create(const struct flyt_model_args *args, void **state)
{
    const struct flyt_scenario *scenario = args->scenario;
    const struct flyt_table *municipalities = &scenario->table[FLYT_TABLE_municipalities];
    struct flyt_world *world = FLYT_ARENA_ZERO(args->run_arena, struct flyt_world, 1);
    struct flyt_housing *housing = FLYT_ARENA_ZERO(args->run_arena, struct flyt_housing, 1);
    uint64_t n_homes, n_households;
    if (world == NULL || housing == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_start_count(scenario, &n_homes, &n_households);
    world->key = args->key;
    world->par = args->par;
    world->run_arena = args->run_arena;
    world->step_arena = args->step_arena;
    world->diag = args->diag;
    world->housing = housing;
    world->calendar = (int16_t)((scenario->start_year - 1900) * 12);
    world->municipalities.n = municipalities->n_rows;
    world->municipalities.name = flyt_table_texts(municipalities, "name");
    housing->scenario = scenario;
    FLYT_TRY(flyt_world_init(world, flyt_world_capacity((uint32_t)n_homes), (uint32_t)n_homes,
                             municipalities->n_rows * FLYT_N_TENURES));
    FLYT_TRY(take_housing(world));
    fill_distances(municipalities, housing->distance_km);
    flyt_scenario_params(scenario, scenario->start_year, housing->this_year);
    flyt_scenario_params(scenario, scenario->start_year + 1, housing->next_year);
    world->params = housing->this_year;
    FLYT_TRY(flyt_start_fill(world));
    flyt_moves_find_vacant(world);
    *state = world;
    return flyt_world_check_fully(world);
}

static enum flyt_status month(void *state, uint32_t month_)
{
    struct flyt_world *world = state;
    world->month = month_;
    enum flyt_status status = flyt_step_month(world);
    world->calendar++; /* the state now is that of the first day of the next month */
    return status;
}

const struct flyt_model flyt_housing_model = {
    .name = "housing",
    .en = "Moves between almen, private rental, co-operative and owner housing",
    .da = "Flytninger mellem almene boliger, privat leje, andels- og ejerboliger",
    .agents_en = "households",
    .agents_da = "husstande",
    .work_en = "household-months",
    .work_da = "husstandsmåneder",
    .caveat_en = "first model: no life course, no prices yet",
    .caveat_da = "første model: endnu intet livsforløb og ingen priser",
    .group = groups,
    .n_groups = FLYT_COUNT(groups),
    .params_size = sizeof(struct flyt_params),
    .table = flyt_housing_tables,
    .n_tables = FLYT_N_TABLES,
    .dim = dims,
    .n_dims = FLYT_N_DIMS,
    .series = flyt_housing_series,
    .n_series = FLYT_N_SERIES,
    .dims = fill_dims,
    .check = flyt_housing_check,
    .n_agents = n_agents,
    .estimate_bytes = estimate_bytes,
    .create = create,
    .month = month,
};
