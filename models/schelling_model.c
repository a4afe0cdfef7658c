/**
 * @file schelling_model.c
 * @brief The grid model as the engine sees it: parameters, dimensions, output variables.
 */
#include "models/schelling_parts.h"
#include "sim/num.h"
#include "sim/scenario.h"

static const struct flyt_field schelling_fields[] = {
#define X(...) FLYT_FIELD(flyt_schelling_params, __VA_ARGS__)
    SCHELLING_PARAMS(X)
#undef X
};

static const struct flyt_field_group groups[] = {
    {"schelling", "Schelling's grid", "Schellings gitter", schelling_fields,
     FLYT_COUNT(schelling_fields), 0},
};

enum { DIM_GROUP, DIM_ROW, DIM_COLUMN, N_DIMS };

static const struct flyt_dim dims[N_DIMS] = {
    [DIM_GROUP] = {"group", "Group", "Gruppe", 0, NULL, NULL},
    [DIM_ROW] = {"row", "Row", "Række", 0, NULL, NULL},
    [DIM_COLUMN] = {"column", "Column", "Søjle", 0, NULL, NULL},
};

/** What a run keeps: the grid, and the sums of its present state. */
struct run_state {
    struct flyt_schelling *world;
    const struct flyt_scenario *scenario;
    struct flyt_schelling_sums all, group[SCHELLING_GROUPS_MAX];
};

static struct flyt_schelling_params params_of(const struct flyt_scenario *scenario, int32_t year)
{
    struct flyt_schelling_params params;
    flyt_scenario_params(scenario, year, &params);
    return params;
}

/* ---- output variables ---------------------------------------------------------------------- */

static void record_share(const void *state_, void *row)
{
    const struct run_state *state = state_;
    const struct flyt_schelling_sums *all = &state->all;
    *(double *)row = all->occupied > 0 ? (double)all->same / (double)all->occupied : 0.0;
}

#define RECORD_BY_GROUP(name, value)                                                               \
    static void record_##name(const void *state_, void *row_)                                      \
    {                                                                                              \
        const struct run_state *state = state_;                                                    \
        int64_t *row = row_;                                                                       \
        for (uint32_t g = 0; g < state->world->params.groups; g++) {                               \
            row[g] = (int64_t)state->value;                                                        \
        }                                                                                          \
    }

RECORD_BY_GROUP(like, group[g].same)
RECORD_BY_GROUP(neighbours, group[g].occupied)
RECORD_BY_GROUP(unhappy, group[g].unhappy)
RECORD_BY_GROUP(agents, world->group_size[g])

static void record_moves(const void *state_, void *row)
{
    const struct run_state *state = state_;
    *(int64_t *)row = (int64_t)state->world->moves;
}

static uint32_t kept(uint32_t n, const struct flyt_schelling_params *params)
{
    return n < params->map_cells ? n : params->map_cells;
}

static void record_grid(const void *state_, void *row_)
{
    const struct run_state *state = state_;
    const struct flyt_schelling *world = state->world;
    uint32_t rows = kept(world->rows, &world->params);
    uint32_t columns = kept(world->columns, &world->params);
    int64_t *cell = row_;
    for (uint32_t row = 0; row < rows; row++) {
        for (uint32_t column = 0; column < columns; column++) {
            *cell++ = flyt_schelling_group(world, row, column);
        }
    }
}

#define BY_GROUP(name_, unit_, en_, da_, how_, record_)                                            \
    {                                                                                              \
        .name = name_, .unit = unit_, .type = FLYT_SERIES_count, .kind = FLYT_SERIES_stock,        \
        .period = FLYT_SERIES_monthly, .n_dims = 1, .dim = {DIM_GROUP}, .en = en_, .da = da_,      \
        .how = how_, .record = record_                                                             \
    }

static const struct flyt_series series[] = {
    {.name = "share_same",
     .unit = "share",
     .type = FLYT_SERIES_real,
     .kind = FLYT_SERIES_stock,
     .period = FLYT_SERIES_monthly,
     .en = "Like neighbours",
     .da = "Naboer af egen gruppe",
     .how = "like_neighbours over neighbours, all groups together",
     .record = record_share},
    BY_GROUP("like_neighbours", "neighbours", "Like neighbours of a group",
             "En gruppes naboer af egen gruppe",
             "neighbours of the own group, summed over the agents of the group", record_like),
    BY_GROUP("neighbours", "neighbours", "Neighbours of a group", "En gruppes naboer",
             "neighbours, empty cells left out, summed over the agents of the group",
             record_neighbours),
    BY_GROUP("unhappy", "agents", "Unhappy agents", "Utilfredse agenter",
             "agents with fewer like neighbours than they want", record_unhappy),
    BY_GROUP("agents", "agents", "Agents", "Agenter", "all agents of the group", record_agents),
    {.name = "grid_moves",
     .unit = "moves",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_flow,
     .period = FLYT_SERIES_monthly,
     .en = "Moves on the grid",
     .da = "Flytninger på gitteret",
     .how = "agents who moved to another cell in the step",
     .record = record_moves},
    {.name = "grid",
     .unit = "group",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_stock,
     .period = FLYT_SERIES_yearly,
     .n_dims = 2,
     .dim = {DIM_ROW, DIM_COLUMN},
     .en = "Group in each cell",
     .da = "Gruppe i hvert felt",
     .how = "0: empty; at the start and after every twelfth step; at most map_cells rows, columns",
     .record = record_grid},
};

/* ---- the model ----------------------------------------------------------------------------- */

/** "Group 1", "Group 2", ...; NULL when out of memory. */
static const char *const *labels(const char *before, uint32_t n, struct flyt_arena *arena)
{
    const char **label = FLYT_ARENA_ARRAY(arena, const char *, n);
    for (uint32_t i = 0; label != NULL && i < n; i++) {
        label[i] = flyt_arena_printf(arena, "%s%u", before, i + 1);
        if (label[i] == NULL) {
            return NULL;
        }
    }
    return label;
}

static enum flyt_status fill_dims(const struct flyt_scenario *scenario, struct flyt_arena *arena,
                                  struct flyt_dim *dim)
{
    struct flyt_schelling_params params = params_of(scenario, scenario->start_year);
    const uint32_t n[N_DIMS] = {[DIM_GROUP] = params.groups,
                                [DIM_ROW] = kept(params.rows, &params),
                                [DIM_COLUMN] = kept(params.columns, &params)};
    for (int i = 0; i < N_DIMS; i++) {
        dim[i].n = n[i];
        dim[i].label_en = labels(i == DIM_GROUP ? "Group " : "", n[i], arena);
        dim[i].label_da = i == DIM_GROUP ? labels("Gruppe ", n[i], arena) : dim[i].label_en;
        if (dim[i].label_en == NULL || dim[i].label_da == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

/* ---- checks -------------------------------------------------------------------------------- */

/** Where a parameter was given a value. */
static struct flyt_place place_of(const struct flyt_scenario *scenario, const char *name)
{
    uint32_t i = 0;
    while (strcmp(schelling_fields[i].name, name) != 0) {
        i++;
    }
    return scenario->parameter[i].place;
}

/** Only `want` may change during a run: the rest is the shape of the grid and of the rule. */
static void check_schedules(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    for (uint32_t i = 0; i < scenario->n_fields; i++) {
        const struct flyt_schedule *schedule = &scenario->parameter[i];
        if (schedule->n > 1 && strcmp(schelling_fields[i].name, "want") != 0) {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, schedule->place,
                            "schelling.%s: cannot change during a run: give one value",
                            "schelling.%s: kan ikke ændres under kørslen: angiv én værdi",
                            schelling_fields[i].name);
        }
    }
}

static void check_shape(const struct flyt_scenario *scenario,
                        const struct flyt_schelling_params *params, struct flyt_diag *diag)
{
    uint32_t width = 2 * params->radius + 1;
    if (width > params->rows || width > params->columns) {
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place_of(scenario, "radius"),
                        "schelling.radius: %u needs a grid of %u x %u cells or more",
                        "schelling.radius: %u kræver et gitter på mindst %u x %u felter",
                        params->radius, width, width);
    }
    if (!(flyt_num_sum(flyt_schelling_shares(params), params->groups) > 0.0)) {
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place_of(scenario, "share_1"),
                        "schelling.share_1 to share_%u: all are 0",
                        "schelling.share_1 til share_%u: alle er 0", params->groups);
    }
    if (flyt_schelling_agents(params) == 0) {
        flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place_of(scenario, "density"),
                        "schelling.density: %g of %u x %u cells gives no agent",
                        "schelling.density: %g af %u x %u felter giver ingen agent",
                        params->density, params->rows, params->columns);
    }
}

static enum flyt_status check(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    uint32_t n_before = diag->n_faults;
    struct flyt_schelling_params params = params_of(scenario, scenario->start_year);
    if (scenario->values_broken) {
        return FLYT_OK;
    }
    check_schedules(scenario, diag);
    check_shape(scenario, &params, diag);
    for (uint32_t year = 0; year < scenario->years; year++) {
        params = params_of(scenario, scenario->start_year + (int32_t)year);
        if (params.threshold == FLYT_SCHELLING_SHARE && params.want > 1.0) {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place_of(scenario, "want"),
                            "schelling.want: %g is outside [0, 1] (share of occupied neighbours)",
                            "schelling.want: %g er uden for [0, 1] (andel af optagne naboer)",
                            params.want);
            break;
        }
    }
    return flyt_diag_since(diag, n_before);
}

/* ---- the world ----------------------------------------------------------------------------- */

static uint64_t n_agents(const struct flyt_scenario *scenario)
{
    struct flyt_schelling_params params = params_of(scenario, scenario->start_year);
    return flyt_schelling_agents(&params);
}

static uint64_t estimate_bytes(const struct flyt_scenario *scenario, const struct flyt_par *par)
{
    struct flyt_schelling_params params = params_of(scenario, scenario->start_year);
    return flyt_schelling_bytes(&params, par);
}

static enum flyt_status create(const struct flyt_model_args *args, void **state_)
{
    struct run_state *state = FLYT_ARENA_ZERO(args->run_arena, struct run_state, 1);
    struct flyt_schelling_params params = params_of(args->scenario, args->scenario->start_year);
    if (state == NULL) {
        return FLYT_ERR_MEMORY;
    }
    state->scenario = args->scenario;
    FLYT_TRY(flyt_schelling_create(&params, args, &state->world));
    state->all = flyt_schelling_measure(state->world, state->group);
    *state_ = state;
    return FLYT_OK;
}

static enum flyt_status month(void *state_, uint32_t step)
{
    struct run_state *state = state_;
    if (step % 12 == 0) {
        int32_t year = state->scenario->start_year + (int32_t)(step / 12);
        flyt_schelling_want(state->world, params_of(state->scenario, year).want);
    }
    FLYT_TRY(flyt_schelling_step(state->world, step));
    state->all = flyt_schelling_measure(state->world, state->group);
    return FLYT_OK;
}

static void archive_world(void *state_, struct flyt_archive *archive)
{
    struct run_state *state = state_;
    flyt_schelling_archive(state->world, archive);
    FLYT_ARCHIVE_SCRATCH(archive, "schelling.all", &state->all, 1);
    FLYT_ARCHIVE_SCRATCH(archive, "schelling.group", state->group, FLYT_COUNT(state->group));
}

const struct flyt_model flyt_schelling_model = {
    .name = "schelling",
    .en = "Schelling's grid of agents who want neighbours like themselves; a month is one step",
    .da = "Schellings gitter af agenter, der ønsker naboer som dem selv; en måned er ét trin",
    .agents_en = "agents",
    .agents_da = "agenter",
    .work_en = "agent-steps",
    .work_da = "agent-trin",
    .group = groups,
    .n_groups = FLYT_COUNT(groups),
    .params_size = sizeof(struct flyt_schelling_params),
    .dim = dims,
    .n_dims = N_DIMS,
    .series = series,
    .n_series = FLYT_COUNT(series),
    .dims = fill_dims,
    .check = check,
    .n_agents = n_agents,
    .estimate_bytes = estimate_bytes,
    .create = create,
    .month = month,
    .archive = archive_world,
};
