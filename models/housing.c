#include "models/housing.h"

#include <math.h>
#include <string.h>

#include "models/areas.h"
#include "models/choice.h"
#include "models/housing_parts.h"
#include "models/incidence.h"
#include "models/kinds.h"
#include "models/letting_choice.h"
#include "models/letting_tell.h"
#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "models/market.h"
#include "models/match.h"
#include "models/moves.h"
#include "models/offers.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/population.h"
#include "models/resources.h"
#include "models/sample.h"
#include "models/search.h"
#include "models/standstill.h"
#include "models/stock.h"
#include "sim/scenario.h"
#include "sim/step.h"

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
static const char *const channel_en[] = {
#define X(name, en, da) en,
    FLYT_CHANNELS(X)
#undef X
};
static const char *const channel_da[] = {
#define X(name, en, da) da,
    FLYT_CHANNELS(X)
#undef X
};
static const char *const kind_en[] = {
#define X(name, class, en, da) en,
    FLYT_KINDS(X)
#undef X
};
static const char *const kind_da[] = {
#define X(name, class, en, da) da,
    FLYT_KINDS(X)
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

static const char *const person_age_en[FLYT_PERSON_AGES] = {"0-9",   "10-17", "18-19", "20-29",
                                                            "30-39", "40-49", "50-59", "60-64",
                                                            "65-69", "70-79", "80-89", "90+"};
static const char *const origin_en[] = {
#define X(name, en, da) en,
    FLYT_ORIGINS(X)
#undef X
};
static const char *const origin_da[] = {
#define X(name, en, da) da,
    FLYT_ORIGINS(X)
#undef X
};
static const char *const criterion_en[] = {
#define X(name, en, da) en,
    FLYT_CRITERIA(X)
#undef X
};
static const char *const criterion_da[] = {
#define X(name, en, da) da,
    FLYT_CRITERIA(X)
#undef X
};
static const char *const change_en[] = {
#define X(name, en, da) en,
    FLYT_DECOMPOSITION_PARTS(X)
#undef X
};
static const char *const change_da[] = {
#define X(name, en, da) da,
    FLYT_DECOMPOSITION_PARTS(X)
#undef X
};
static const char *const sex_en[] = {"Men", "Women"};
static const char *const sex_da[] = {"Mænd", "Kvinder"};

static const char *const class_en[] = {
#define X(name, en, da) en,
    FLYT_CLASSES(X)
#undef X
};
static const char *const class_da[] = {
#define X(name, en, da) da,
    FLYT_CLASSES(X)
#undef X
};

static const char *const income_en[FLYT_INCOME_CLASSES] = {
    "Lowest fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Highest fifth"};
static const char *const income_da[FLYT_INCOME_CLASSES] = {
    "Laveste femtedel", "Næstlaveste femtedel", "Midterste femtedel", "Næsthøjeste femtedel",
    "Højeste femtedel"};

static const struct flyt_dim dims[FLYT_N_DIMS] = {
    [FLYT_DIM_municipality] = {"municipality", "Municipality", "Kommune", 0, NULL, NULL},
    [FLYT_DIM_tenure] = {"tenure", "Tenure", "Ejerform", FLYT_N_TENURES, tenure_en, tenure_da},
    [FLYT_DIM_household_type] = {"household_type", "Household type", "Husstandstype", FLYT_N_TYPES,
                                 type_en, type_da},
    [FLYT_DIM_age] = {"age", "Age of the oldest adult", "Alder på ældste voksne", FLYT_AGE_BANDS,
                      age_en, age_en},
    [FLYT_DIM_sex] = {"sex", "Sex", "Køn", 2, sex_en, sex_da},
    [FLYT_DIM_person_age] = {"person_age", "Age", "Alder", FLYT_PERSON_AGES, person_age_en,
                             person_age_en},
    [FLYT_DIM_resource_class] = {"resource_class", "Class of resources", "Ressourceklasse",
                                 FLYT_N_CLASSES, class_en, class_da},
    [FLYT_DIM_area] = {"area", "Area", "Boligområde", 0, NULL, NULL},
    [FLYT_DIM_origin] = {"origin", "Origin", "Oprindelse", FLYT_N_ORIGINS, origin_en, origin_da},
    [FLYT_DIM_criterion] = {"criterion", "Criterion", "Kriterium", FLYT_N_CRITERIA, criterion_en,
                            criterion_da},
    [FLYT_DIM_group] = {"group", "Group", "Gruppe", FLYT_SEGREGATION_N_GROUPS,
                        flyt_segregation_group_en, flyt_segregation_group_da},
    [FLYT_DIM_grouping] = {"grouping", "Groups by", "Grupper efter", FLYT_SEGREGATION_N_GROUPINGS,
                           flyt_segregation_grouping_en, flyt_segregation_grouping_da},
    [FLYT_DIM_place] = {"place", "Place", "Sted", 0, NULL, NULL},
    [FLYT_DIM_kind] = {"kind", "Kind of home", "Boligtype", FLYT_N_KINDS, kind_en, kind_da},
    [FLYT_DIM_channel] = {"channel", "Way of letting", "Udlejningsmåde", FLYT_N_CHANNELS,
                          channel_en, channel_da},
    [FLYT_DIM_single_age] = {"single_age", "Age in years", "Alder i år", FLYT_SINGLE_AGES,
                             flyt_mobility_age_label, flyt_mobility_age_label},
    [FLYT_DIM_mover_age] = {"mover_age", "Age of who moves", "Flytterens alder", FLYT_N_MOVER_AGES,
                            flyt_mobility_mover_en, flyt_mobility_mover_en},
    [FLYT_DIM_move_distance] = {"move_distance", "Moved from", "Flyttet fra", FLYT_N_MOVE_DISTANCES,
                                flyt_mobility_distance_en, flyt_mobility_distance_da},
    [FLYT_DIM_stay] = {"stay", "Length of the lease", "Lejemålets varighed", FLYT_N_STAYS,
                       flyt_mobility_stay_en, flyt_mobility_stay_da},
    [FLYT_DIM_income_class] = {"income_class", "Class of income", "Indkomstklasse",
                               FLYT_INCOME_CLASSES, income_en, income_da},
    [FLYT_DIM_union] = {"union", "Union", "Samliv", FLYT_N_UNIONS, flyt_mobility_union_en,
                        flyt_mobility_union_da},
    [FLYT_DIM_move_from] = {"move_from", "Home left", "Forladt bolig", FLYT_N_FLOWS_FROM,
                            flyt_mobility_from_en, flyt_mobility_from_da},
    [FLYT_DIM_move_to] = {"move_to", "Home taken", "Ny bolig", FLYT_N_FLOWS_TO, flyt_mobility_to_en,
                          flyt_mobility_to_da},
    [FLYT_DIM_change] = {"change", "What changed", "Hvad der ændrede", FLYT_DECOMPOSITION_N_PARTS,
                         change_en, change_da},
    [FLYT_DIM_destination] = {"destination", "Municipality moved to", "Tilflytningskommune", 0,
                              NULL, NULL},
    [FLYT_DIM_incidence] = {"incidence", "What is paid", "Hvad der betales", FLYT_N_INCIDENCE_PARTS,
                            flyt_incidence_part_en, flyt_incidence_part_da},
    [FLYT_DIM_bought] = {"bought", "Bought", "Købt", FLYT_N_BOUGHT, flyt_incidence_bought_en,
                         flyt_incidence_bought_da},
};

/** All municipalities together, then each. */
static enum flyt_status fill_places(const struct flyt_dim *municipality, struct flyt_arena *arena,
                                    struct flyt_dim *place)
{
    place->n = municipality->n + 1;
    const char **en = FLYT_ARENA_ARRAY(arena, const char *, place->n);
    const char **da = FLYT_ARENA_ARRAY(arena, const char *, place->n);
    if (en == NULL || da == NULL) {
        return FLYT_ERR_MEMORY;
    }
    en[0] = "All municipalities";
    da[0] = "Alle kommuner";
    for (uint32_t m = 0; m < municipality->n; m++) {
        en[m + 1] = da[m + 1] = municipality->label_en[m];
    }
    place->label_en = en;
    place->label_da = da;
    return FLYT_OK;
}

static enum flyt_status fill_dims(const struct flyt_scenario *scenario, struct flyt_arena *arena,
                                  struct flyt_dim *dim)
{
    const struct flyt_table *table = &scenario->table[FLYT_TABLE_municipalities];
    struct flyt_dim *municipality = &dim[FLYT_DIM_municipality];
    municipality->n = table->n_rows;
    municipality->label_en = municipality->label_da = flyt_table_texts(table, "name");
    dim[FLYT_DIM_destination].n = table->n_rows;
    dim[FLYT_DIM_destination].label_en = dim[FLYT_DIM_destination].label_da =
        municipality->label_en;
    const struct flyt_table *areas = &scenario->table[FLYT_TABLE_areas];
    dim[FLYT_DIM_area].n = areas->n_rows;
    dim[FLYT_DIM_area].label_en = dim[FLYT_DIM_area].label_da = flyt_table_texts(areas, "name");
    return fill_places(municipality, arena, &dim[FLYT_DIM_place]);
}

/* ---- the world ----------------------------------------------------------------------------- */

static uint64_t n_agents(const struct flyt_scenario *scenario)
{
    uint64_t n_homes, n_households;
    flyt_population_count(scenario, &n_homes, &n_households);
    return n_households;
}

/** Rows for households that look for a home here from outside. */
static uint32_t outside_rows(uint32_t n_homes)
{
    return 2000 + n_homes / 20;
}

static uint64_t estimate_bytes(const struct flyt_scenario *scenario, const struct flyt_par *par)
{
    /* bytes a row beside its columns: lists of candidates, searchers, guests, singles and free
       rows; then the scratch of the start and of the full check */
    enum { LISTS = 40, SCRATCH = 45, FIXED = 8 << 20 };
    uint64_t n_homes, n_households, n = scenario->table[FLYT_TABLE_municipalities].n_rows;
    flyt_population_count(scenario, &n_homes, &n_households);
    uint32_t homes = n_homes < FLYT_NONE ? (uint32_t)n_homes : FLYT_NONE - 1;
    uint64_t rows = (uint64_t)flyt_world_capacity(homes) + outside_rows(homes);
    uint64_t markets = n * FLYT_N_TENURES;
    uint64_t small = 2 * n * n * sizeof(double) + markets * (64 + par->n_blocks * sizeof(int64_t));
    uint64_t n_units = (uint64_t)scenario->table[FLYT_TABLE_areas].n_rows +
                       scenario->table[FLYT_TABLE_sections].n_rows; /* either */
    return flyt_world_bytes(rows, n_homes) + rows * (LISTS + SCRATCH) +
           n_homes * (1 + sizeof(uint32_t) + sizeof(struct flyt_move)) +
           flyt_decomposition_bytes(rows, n_homes, scenario->table[FLYT_TABLE_areas].n_rows) +
           flyt_areas_bytes(scenario->table[FLYT_TABLE_sections].n_rows,
                            scenario->table[FLYT_TABLE_areas].n_rows, n) +
           flyt_segregation_series_bytes(n_units, n) +
           flyt_standstill_bytes(n_households, scenario->table[FLYT_TABLE_areas].n_rows,
                                 scenario->table[FLYT_TABLE_sections].n_rows) +
           flyt_resources_bytes() +
           flyt_livelihood_start_bytes(n, scenario->table[FLYT_TABLE_areas].n_rows) +
           flyt_mobility_bytes(rows, scenario->table[FLYT_TABLE_areas].n_rows, par->n_blocks) +
           small + FIXED;
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

static enum flyt_status take_housing(struct flyt_world *world)
{
    struct flyt_housing *housing = world->housing;
    struct flyt_arena *arena = world->run_arena;
    uint32_t n = world->municipalities.n, n_markets = n * FLYT_N_TENURES;
    size_t n_homes = world->dwellings.n;
    bool ok = true;
    housing->n_markets = n_markets;
    ok &= (housing->market_first = FLYT_ARENA_ZERO(arena, uint32_t, n_markets + 1)) != NULL;
    ok &= (housing->market_section = FLYT_ARENA_ZERO(arena, uint32_t, n_markets + 1)) != NULL;
    ok &= (housing->this_year = FLYT_ARENA_ZERO(arena, struct flyt_params, 1)) != NULL;
    ok &= (housing->distance_km = FLYT_ARENA_ARRAY(arena, double, (size_t)n *n)) != NULL;
    ok &= (housing->vacant = FLYT_ARENA_ARRAY(arena, uint32_t, n_homes)) != NULL;
    ok &= (housing->n_vacant = FLYT_ARENA_ZERO(arena, uint32_t, world->sections.n)) != NULL;
    ok &= (housing->moves = FLYT_ARENA_ARRAY(arena, struct flyt_move, n_homes)) != NULL;
    ok &= (housing->n_let = FLYT_ARENA_ZERO(arena, uint32_t, world->sections.n)) != NULL;
    int64_t **counts[] = {&housing->counts.moves_out, &housing->counts.moves_in,
                          &housing->counts.waited_months, &housing->counts.given_up};
    for (size_t i = 0; i < FLYT_COUNT(counts); i++) {
        ok &= (*counts[i] = FLYT_ARENA_ZERO(arena, int64_t, n_markets)) != NULL;
    }
    return ok ? FLYT_OK : FLYT_ERR_MEMORY;
}

/** Where dwellings and sections of a market begin: sections lie by municipality, then tenure. */
static void fill_markets(struct flyt_world *world)
{
    uint32_t *first = world->housing->market_first, *section = world->housing->market_section;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        uint32_t market = flyt_housing_market_of(world, s);
        first[market + 1] += world->sections.first[s + 1] - world->sections.first[s];
        section[market + 1]++;
    }
    for (uint32_t market = 0; market < world->housing->n_markets; market++) {
        first[market + 1] += first[market];
        section[market + 1] += section[market];
    }
}

/** Numbers labour-market regions in order of their first municipality; opens the life course. */
static enum flyt_status number_regions(struct flyt_world *world, const struct flyt_table *table)
{
    const char *const *name = flyt_table_texts(table, "labour_market");
    uint32_t *region = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, table->n_rows), n = 0;
    if (region == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < table->n_rows; m++) {
        uint32_t same = 0;
        while (strcmp(name[same], name[m]) != 0) {
            same++;
        }
        region[m] = same < m ? region[same] : n++;
    }
    return flyt_lifecourse_init(world, region, n);
}

/** Lists of organisations, queues of municipalities, and their members at the start. */
static enum flyt_status create_letting(struct flyt_world *world,
                                       const struct flyt_standstill *found)
{
    const struct flyt_table *table = &world->housing->scenario->table[FLYT_TABLE_organisations];
    const double *municipality = flyt_table_values(table, "municipality");
    uint32_t *of = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, table->n_rows + 1);
    if (of == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t row = 0; row < table->n_rows; row++) {
        of[row] = (uint32_t)municipality[row];
    }
    FLYT_TRY(flyt_letting_create(world, of, table->n_rows, &flyt_letting_by_choice));
    FLYT_TRY(found != NULL ? flyt_standstill_lay_rest(world, found) : flyt_lists_start(world));
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        flyt_search_refresh_bound(world, i);
    }
    return FLYT_OK;
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
    flyt_population_count(scenario, &n_homes, &n_households);
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
    world->households.n_outside = outside_rows((uint32_t)n_homes);
    FLYT_TRY(flyt_world_init(world, flyt_world_capacity((uint32_t)n_homes), (uint32_t)n_homes,
                             scenario->table[FLYT_TABLE_sections].n_rows));
    FLYT_TRY(take_housing(world));
    fill_distances(municipalities, housing->distance_km);
    flyt_scenario_params(scenario, scenario->start_year, housing->this_year);
    world->params = housing->this_year;
    FLYT_TRY(flyt_livelihood_create(world));
    flyt_livelihood_set_rates(world, flyt_table_values(municipalities, "tax_rate"));
    flyt_livelihood_year(world, &world->params->livelihood);
    FLYT_TRY(flyt_population_fill(world, scenario, &world->params->start, NULL));
    if (args->found != NULL) {
        flyt_standstill_lay_people(world, args->found);
    }
    flyt_arena_free(world->step_arena); /* a month needs less than the start: it keeps less */
    FLYT_TRY(flyt_resources_create(world));
    flyt_resources_year(world);
    const struct flyt_table *areas = &scenario->table[FLYT_TABLE_areas];
    fill_markets(world);
    FLYT_TRY(flyt_stock_create(world));
    FLYT_TRY(number_regions(world, municipalities));
    flyt_moves_find_vacant(world);
    FLYT_TRY(flyt_areas_create(world, flyt_table_texts(municipalities, "region")));
    FLYT_TRY(flyt_choice_create(world, flyt_table_values(areas, "longitude"),
                                flyt_table_values(areas, "latitude"),
                                flyt_table_values(municipalities, "longitude"),
                                flyt_table_values(municipalities, "latitude")));
    FLYT_TRY(flyt_offers_create(world));
    FLYT_TRY(flyt_match_create(world));
    FLYT_TRY(flyt_market_create(world));
    FLYT_TRY(flyt_search_create(world));
    FLYT_TRY(flyt_policies_create(world, scenario));
    FLYT_TRY(create_letting(world, args->found));
    FLYT_TRY(flyt_mobility_create(world));
    FLYT_TRY(flyt_segregation_series_create(world, flyt_table_values(areas, "longitude"),
                                            flyt_table_values(areas, "latitude")));
    *state = world;
    return flyt_world_check_fully(world);
}

/** The pass before month 0 begins as a replicate of its own. */
static enum flyt_status pass_create(const struct flyt_model_args *args, void **state)
{
    struct flyt_model_args own = *args;
    void *world = NULL;
    own.key.replicate = FLYT_STANDSTILL_REPLICATE;
    own.found = NULL;
    FLYT_TRY(create(&own, &world));
    return flyt_standstill_begin(world, state);
}

static enum flyt_status month(void *state, uint32_t month_)
{
    struct flyt_world *world = state;
    world->month = month_;
    enum flyt_status status = flyt_step_month(world);
    world->calendar++; /* the state now is that of the first day of the next month */
    return status;
}

static void archive_world(void *state, struct flyt_archive *archive)
{
    static void (*const part[])(struct flyt_world *, struct flyt_archive *) = {
        flyt_world_archive,         flyt_livelihood_archive,
        flyt_ledger_archive,        flyt_resources_archive,
        flyt_composition_archive,   flyt_listing_archive,
        flyt_reputation_archive,    flyt_lifecourse_archive,
        flyt_mobility_archive,      flyt_search_archive,
        flyt_letting_archive,       flyt_policies_archive,
        flyt_stock_archive,         flyt_market_archive,
        flyt_prices_archive,        flyt_choice_archive,
        flyt_offers_archive,        flyt_match_archive,
        flyt_decomposition_archive, flyt_segregation_series_archive};
    struct flyt_world *world = state;
    FLYT_ARCHIVE_VALUE(archive, "params", *world->housing->this_year);
    for (size_t i = 0; i < FLYT_COUNT(part) && archive->status == FLYT_OK; i++) {
        part[i](world, archive);
    }
}

const struct flyt_model flyt_housing_model = {
    .name = "housing",
    .en = "Moves between almen, private rental, co-operative and owner housing",
    .da = "Flytninger mellem almene boliger, privat leje, andels- og ejerboliger",
    .agents_en = "households",
    .agents_da = "husstande",
    .work_en = "household-months",
    .work_da = "husstandsmåneder",
    .caveat_en = "rests on assumed numbers; see SOURCES.md and flyt validate",
    .caveat_da = "hviler på antagne tal; se SOURCES.md og flyt validate",
    .group = flyt_housing_groups,
    .n_groups = FLYT_N_GROUPS,
    .params_size = sizeof(struct flyt_params),
    .table = flyt_housing_tables,
    .n_tables = FLYT_N_TABLES,
    .dim = dims,
    .n_dims = FLYT_N_DIMS,
    .series = flyt_housing_series,
    .n_series = FLYT_N_SERIES,
    .extra = flyt_mobility_extra,
    .n_extra = FLYT_N_MOBILITY_EXTRA,
    .policy = flyt_policies_specs,
    .scope = flyt_policies_scopes,
    .n_scopes = FLYT_N_SCOPES,
    .dims = fill_dims,
    .check = flyt_housing_check,
    .sample = flyt_sample_scenario,
    .n_agents = n_agents,
    .estimate_bytes = estimate_bytes,
    .pass_months = flyt_standstill_months,
    .pass_create = pass_create,
    .pass_month = flyt_standstill_month,
    .pass_end = flyt_standstill_end,
    .pass_tell = flyt_standstill_tell,
    .create = create,
    .month = month,
    .archive = archive_world,
    .become = flyt_policies_become,
    .follow = flyt_letting_tell_follow,
    .traces = flyt_letting_tell,
};
