/**
 * @file logit_blocks_model.c
 * @brief The block model as the engine sees it: parameters, dimensions, output variables.
 */
#include <string.h>

#include "models/logit_blocks.h"
#include "sim/scenario.h"

static const struct flyt_field logit_blocks_fields[] = {
#define X(...) FLYT_FIELD(flyt_logit_blocks_params, __VA_ARGS__)
    LOGIT_BLOCKS_PARAMS(X)
#undef X
};

static const struct flyt_field_group groups[] = {
    {"logit_blocks", "Logit moves between blocks", "Logit-flytninger mellem blokke",
     logit_blocks_fields, FLYT_COUNT(logit_blocks_fields), 0},
};

enum { DIM_LEVEL, N_DIMS };

static const struct flyt_dim dims[N_DIMS] = {
    [DIM_LEVEL] = {"residents", "Agents in block 1", "Agenter i blok 1", 0, NULL, NULL},
};

#define RECORD_MEAN(name)                                                                          \
    static void record_##name(const void *state, void *row)                                        \
    {                                                                                              \
        const struct flyt_logit_blocks *world = state;                                             \
        *(double *)row = world->means.name;                                                        \
    }

RECORD_MEAN(utility)
RECORD_MEAN(largest_density)
RECORD_MEAN(dissimilarity)
RECORD_MEAN(isolation)

static void record_time_first(const void *state, void *row)
{
    const struct flyt_logit_blocks *world = state;
    memcpy(row, world->time_first, (world->params.cells + 1) * sizeof(double));
}

static void record_accepted(const void *state, void *row)
{
    const struct flyt_logit_blocks *world = state;
    *(int64_t *)row = (int64_t)world->accepted;
}

#define MEAN_SERIES(name_, unit_, en_, da_, record_)                                               \
    {                                                                                              \
        .name = name_, .unit = unit_, .type = FLYT_SERIES_real, .kind = FLYT_SERIES_stock,         \
        .period = FLYT_SERIES_monthly, .en = en_, .da = da_,                                       \
        .how = "mean over the trials of the month; at the start of the first state",               \
        .record = record_                                                                          \
    }

static const struct flyt_series series[] = {
    MEAN_SERIES("block_utility", "utility", "Utility of an agent", "En agents nytte",
                record_utility),
    MEAN_SERIES("largest_density", "share of cells", "Density of the fullest block",
                "Tæthed i den fuldeste blok", record_largest_density),
    MEAN_SERIES("block_dissimilarity", "index", "Dissimilarity of the groups",
                "Gruppernes dissimilaritet", record_dissimilarity),
    MEAN_SERIES("block_isolation", "index", "Isolation of group 1", "Isolation af gruppe 1",
                record_isolation),
    {.name = "time_in_block_1",
     .unit = "share of trials",
     .type = FLYT_SERIES_real,
     .kind = FLYT_SERIES_stock,
     .period = FLYT_SERIES_monthly,
     .n_dims = 1,
     .dim = {DIM_LEVEL},
     .en = "Time with so many of group 1 in block 1",
     .da = "Tid med så mange af gruppe 1 i blok 1",
     .how = "share of the trials of the month; at the start of the first state",
     .record = record_time_first},
    {.name = "accepted_moves",
     .unit = "moves",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_flow,
     .period = FLYT_SERIES_monthly,
     .en = "Moves to another block",
     .da = "Flytninger til en anden blok",
     .how = "accepted trials that ended in another block",
     .record = record_accepted},
};

static struct flyt_logit_blocks_params params_of(const struct flyt_scenario *scenario)
{
    struct flyt_logit_blocks_params params;
    flyt_scenario_params(scenario, scenario->start_year, &params);
    return params;
}

static enum flyt_status fill_dims(const struct flyt_scenario *scenario, struct flyt_arena *arena,
                                  struct flyt_dim *dim)
{
    uint32_t n = params_of(scenario).cells + 1;
    const char **label = FLYT_ARENA_ARRAY(arena, const char *, n);
    for (uint32_t i = 0; label != NULL && i < n; i++) {
        label[i] = flyt_arena_printf(arena, "%u", i);
        if (label[i] == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    dim[DIM_LEVEL].n = n;
    dim[DIM_LEVEL].label_en = dim[DIM_LEVEL].label_da = label;
    return label == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** The law is stationary only while nothing changes. */
static enum flyt_status check(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    uint32_t n_before = diag->n_faults;
    if (scenario->values_broken) {
        return FLYT_OK;
    }
    for (uint32_t i = 0; i < scenario->n_fields; i++) {
        if (scenario->parameter[i].n > 1) {
            flyt_diag_fault(diag, FLYT_ERR_SCENARIO, scenario->parameter[i].place,
                            "logit_blocks.%s: cannot change during a run: give one value",
                            "logit_blocks.%s: kan ikke ændres under kørslen: angiv én værdi",
                            logit_blocks_fields[i].name);
        }
    }
    struct flyt_logit_blocks_params params = params_of(scenario);
    uint64_t n_cells = (uint64_t)params.blocks * params.cells;
    uint64_t n = (uint64_t)params.agents_1 + params.agents_2;
    if (n >= n_cells) {
        const uint32_t agents_1 = 2; /* third of the fields */
        flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO, scenario->parameter[agents_1].place,
            "logit_blocks.agents_1: %llu agents in %u blocks of %u cells: one cell must be vacant",
            "logit_blocks.agents_1: %llu agenter i %u blokke af %u felter: ét felt skal være "
            "ledigt",
            (unsigned long long)n, params.blocks, params.cells);
    }
    return flyt_diag_since(diag, n_before);
}

static uint64_t n_agents(const struct flyt_scenario *scenario)
{
    struct flyt_logit_blocks_params params = params_of(scenario);
    return (uint64_t)params.agents_1 + params.agents_2;
}

static uint64_t estimate_bytes(const struct flyt_scenario *scenario, const struct flyt_par *par)
{
    (void)par;
    struct flyt_logit_blocks_params params = params_of(scenario);
    uint64_t n_cells = (uint64_t)params.blocks * params.cells;
    return (n_agents(scenario) + n_cells + 2 * (uint64_t)params.blocks) * sizeof(uint32_t) +
           ((uint64_t)params.cells + 1) * 2 * sizeof(double) + (1 << 20);
}

static enum flyt_status create(const struct flyt_model_args *args, void **state)
{
    struct flyt_logit_blocks_params params = params_of(args->scenario);
    struct flyt_logit_blocks *world = NULL;
    FLYT_TRY(flyt_logit_blocks_create(&params, args, &world));
    *state = world;
    return FLYT_OK;
}

static enum flyt_status month(void *state, uint32_t month_)
{
    flyt_logit_blocks_step(state, month_);
    return FLYT_OK;
}

static void archive_world(void *state, struct flyt_archive *archive)
{
    struct flyt_logit_blocks *world = state;
    uint32_t blocks = world->params.blocks;
    FLYT_ARCHIVE_ARRAY(archive, "logit_blocks.block_of", world->block_of, world->n_agents);
    FLYT_ARCHIVE_ARRAY(archive, "logit_blocks.vacant", world->vacant, world->n_vacant);
    flyt_archive_check(archive, "logit_blocks.block_of", world->block_of, world->n_agents, blocks,
                       FLYT_NONE);
    flyt_archive_check(archive, "logit_blocks.vacant", world->vacant, world->n_vacant, blocks,
                       FLYT_NONE);
    for (int group = 0; group < 2; group++) {
        FLYT_ARCHIVE_ARRAY(archive, "logit_blocks.n", world->n[group], blocks);
        flyt_archive_check(archive, "logit_blocks.n", world->n[group], blocks,
                           world->params.cells + 1, FLYT_NONE);
    }
    FLYT_ARCHIVE_SCRATCH(archive, "logit_blocks.time_first", world->time_first,
                         world->params.cells + 1);
    FLYT_ARCHIVE_SCRATCH(archive, "logit_blocks.accepted", &world->accepted, 1);
    FLYT_ARCHIVE_SCRATCH(archive, "logit_blocks.means", &world->means, 1);
}

const struct flyt_model flyt_logit_blocks_model = {
    .name = "logit_blocks",
    .en = "Logit moves between blocks, with a stationary law that is known exactly",
    .da = "Logit-flytninger mellem blokke, hvis stationære fordeling kendes eksakt",
    .agents_en = "agents",
    .agents_da = "agenter",
    .work_en = "agent-months",
    .work_da = "agentmåneder",
    .group = groups,
    .n_groups = FLYT_COUNT(groups),
    .params_size = sizeof(struct flyt_logit_blocks_params),
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
