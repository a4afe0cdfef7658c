#include "models/test_functions.h"

#include <math.h>

#include "sim/scenario.h"

static const struct flyt_field test_functions_fields[] = {
#define X(...) FLYT_FIELD(flyt_test_functions_params, __VA_ARGS__)
    TEST_FUNCTIONS_PARAMS(X)
#undef X
};

static const struct flyt_field_group groups[] = {
    {"test_functions", "Functions with known sensitivities", "Funktioner med kendte følsomheder",
     test_functions_fields, FLYT_COUNT(test_functions_fields), 0},
};

double flyt_test_functions_value(const struct flyt_test_functions_params *params)
{
    static const double c[] = {0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
    const double pi = 3.14159265358979323846;
    const double x[] = {params->x1, params->x2, params->x3, params->x4,
                        params->x5, params->x6, params->x7, params->x8};
    double product = 1.0, z[3];
    if (params->kind == 0) {
        for (int i = 0; i < 3; i++) {
            z[i] = pi * (2.0 * x[i] - 1.0);
        }
        double wave = sin(z[1]), fourth = z[2] * z[2] * z[2] * z[2];
        return sin(z[0]) + params->a * wave * wave + params->b * fourth * sin(z[0]);
    }
    for (size_t i = 0; i < FLYT_COUNT(c); i++) {
        product *= (fabs(4.0 * x[i] - 2.0) + c[i]) / (1.0 + c[i]);
    }
    return product;
}

static void record_value(const void *state, void *row)
{
    *(double *)row = flyt_test_functions_value(state);
}

static const struct flyt_series series[] = {
    {.name = "function_value",
     .unit = "1",
     .type = FLYT_SERIES_real,
     .kind = FLYT_SERIES_stock,
     .period = FLYT_SERIES_yearly,
     .en = "Value of the function",
     .da = "Funktionens værdi",
     .how = "of the variables of the first year",
     .record = record_value},
};

static uint64_t n_agents(const struct flyt_scenario *scenario)
{
    (void)scenario;
    return 1;
}

static uint64_t estimate_bytes(const struct flyt_scenario *scenario, const struct flyt_par *par)
{
    (void)scenario;
    (void)par;
    return 1 << 16;
}

static enum flyt_status create(const struct flyt_model_args *args, void **state)
{
    struct flyt_test_functions_params *params =
        FLYT_ARENA_ZERO(args->run_arena, struct flyt_test_functions_params, 1);
    if (params == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_scenario_params(args->scenario, args->scenario->start_year, params);
    *state = params;
    return FLYT_OK;
}

static enum flyt_status month(void *state, uint32_t month_)
{
    (void)state;
    (void)month_;
    return FLYT_OK;
}

/** A function's value changes with nothing but its variables. */
static void archive_function(void *state, struct flyt_archive *archive)
{
    (void)state;
    (void)archive;
}

const struct flyt_model flyt_test_functions_model = {
    .name = "test_functions",
    .en = "Functions whose sensitivity indices are known exactly",
    .da = "Funktioner, hvis følsomhedsindeks kendes eksakt",
    .agents_en = "functions",
    .agents_da = "funktioner",
    .work_en = "function-months",
    .work_da = "funktionsmåneder",
    .group = groups,
    .n_groups = FLYT_COUNT(groups),
    .params_size = sizeof(struct flyt_test_functions_params),
    .series = series,
    .n_series = FLYT_COUNT(series),
    .n_agents = n_agents,
    .estimate_bytes = estimate_bytes,
    .create = create,
    .month = month,
    .archive = archive_function,
};
