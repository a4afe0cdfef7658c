#include "output/result.h"

#include <string.h>

#include "output/startfit.h"

/** a × b, UINT64_MAX when it does not fit. */
static uint64_t times(uint64_t a, uint64_t b)
{
    return b != 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

static uint64_t plus(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/** The model's dimensions, with those filled that depend on the scenario. */
static enum flyt_status scenario_dims(const struct flyt_scenario *scenario,
                                      struct flyt_arena *arena, struct flyt_dim **dim)
{
    const struct flyt_model *model = scenario->model;
    *dim = FLYT_ARENA_ARRAY(arena, struct flyt_dim, model->n_dims);
    if (*dim == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < model->n_dims; i++) {
        (*dim)[i] = model->dim[i];
    }
    return model->dims == NULL ? FLYT_OK : model->dims(scenario, arena, *dim);
}

static uint64_t cells_of(const struct flyt_series *series, const struct flyt_dim *dim)
{
    uint64_t n = 1;
    for (uint32_t i = 0; i < series->n_dims; i++) {
        n = times(n, dim[series->dim[i]].n);
    }
    return n;
}

static uint64_t rows_of(enum flyt_series_period period, uint32_t n_months, uint32_t n_years)
{
    return 1 + (uint64_t)(period == FLYT_SERIES_monthly ? n_months : n_years);
}

static struct flyt_result_series series_of(const struct flyt_series *series,
                                           const struct flyt_dim *dim)
{
    struct flyt_result_series out = {
        .name = series->name,
        .unit = series->unit,
        .en = series->en,
        .da = series->da,
        .how = series->how,
        .policy = series->policy,
        .type = series->type,
        .kind = series->kind,
        .period = series->period,
        .n_dims = series->n_dims,
        .n_cells = cells_of(series, dim),
    };
    memcpy(out.dim, series->dim, sizeof out.dim);
    return out;
}

enum flyt_status flyt_result_init(struct flyt_result *result, const struct flyt_scenario *scenario,
                                  uint32_t first_replicate, uint32_t n_replicates,
                                  struct flyt_arena *arena)
{
    const struct flyt_model *model = scenario->model;
    *result = (struct flyt_result){
        .title = scenario->title,
        .model = model->name,
        .version = FLYT_VERSION,
        .caveat_en = model->caveat_en,
        .caveat_da = model->caveat_da,
        .start_year = scenario->start_year,
        .n_months = 12 * scenario->years,
        .n_years = scenario->years,
        .seed = scenario->seed,
        .n_replicates = n_replicates,
        .replicate = FLYT_ARENA_ARRAY(arena, uint32_t, n_replicates),
        .n_dims = model->n_dims,
        .n_series = model->n_series,
        .series = FLYT_ARENA_ARRAY(arena, struct flyt_result_series, model->n_series),
        .content_digest = flyt_arena_zero(arena, n_replicates, FLYT_DIGEST_SIZE),
    };
    if (result->replicate == NULL || result->series == NULL || result->content_digest == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(scenario_dims(scenario, arena, &result->dim));
    flyt_startfit_values(scenario, &result->n_start_values, &result->n_start_published);
    for (uint32_t i = 0; i < n_replicates; i++) {
        result->replicate[i] = first_replicate + i;
    }
    for (uint32_t i = 0; i < model->n_series; i++) {
        struct flyt_result_series *series = &result->series[i];
        *series = series_of(&model->series[i], result->dim);
        uint64_t n = times(times(n_replicates, flyt_result_rows(result, series)), series->n_cells);
        series->data.count = n > SIZE_MAX / 8 ? NULL : FLYT_ARENA_ZERO(arena, int64_t, (size_t)n);
        if (series->data.count == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

int64_t *flyt_result_scratch(const struct flyt_result *result, struct flyt_arena *arena)
{
    uint64_t n_most = 1;
    for (uint32_t s = 0; s < result->n_series; s++) {
        uint64_t n = result->series[s].n_cells;
        n_most = n > n_most ? n : n_most;
    }
    return FLYT_ARENA_ZERO(arena, int64_t, n_most);
}

uint32_t flyt_result_rows(const struct flyt_result *result, const struct flyt_result_series *series)
{
    return (uint32_t)rows_of(series->period, result->n_months, result->n_years);
}

void *flyt_result_row(const struct flyt_result *result, const struct flyt_result_series *series,
                      uint32_t replicate, uint32_t row)
{
    uint64_t at = ((uint64_t)replicate * flyt_result_rows(result, series) + row) * series->n_cells;
    return series->type == FLYT_SERIES_count ? (void *)(series->data.count + at)
                                             : (void *)(series->data.real + at);
}

uint32_t flyt_result_find(const struct flyt_result *result, const char *name)
{
    for (uint32_t i = 0; i < result->n_series; i++) {
        if (strcmp(result->series[i].name, name) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

int64_t flyt_result_days(int32_t start_year, uint32_t month)
{
    static const int16_t before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int64_t year = (int64_t)start_year + month / 12, past = year - 1, base = start_year - 1LL;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return 365 * (past - base) + (past / 4 - base / 4) - (past / 100 - base / 100) +
           (past / 400 - base / 400) + before[month % 12] + (leap && month % 12 > 1);
}

uint64_t flyt_result_estimate(const struct flyt_scenario *scenario, uint32_t n_replicates)
{
    const struct flyt_model *model = scenario->model;
    struct flyt_arena scratch;
    struct flyt_dim *dim = NULL;
    flyt_arena_init(&scratch, 0);
    uint64_t bytes = UINT64_MAX;
    if (scenario_dims(scenario, &scratch, &dim) == FLYT_OK) {
        bytes = 0;
        for (uint32_t i = 0; i < model->n_series; i++) {
            uint64_t rows = rows_of(model->series[i].period, 12 * scenario->years, scenario->years);
            uint64_t cells = times(rows, cells_of(&model->series[i], dim));
            bytes = plus(bytes, times(8, times(n_replicates, cells)));
        }
    }
    flyt_arena_free(&scratch);
    return bytes;
}

/* ---- digests ---- */

/** Series with the next name after `name` (NULL: the first), FLYT_NONE at the end. */
static uint32_t next_by_name(const struct flyt_result *result, const char *name)
{
    uint32_t next = FLYT_NONE;
    for (uint32_t i = 0; i < result->n_series; i++) {
        const char *own = result->series[i].name;
        if ((name == NULL || strcmp(own, name) > 0) &&
            (next == FLYT_NONE || strcmp(own, result->series[next].name) < 0)) {
            next = i;
        }
    }
    return next;
}

static bool all_zero(const struct flyt_result_series *series, const void *row, uint64_t n)
{
    const int64_t *count = row;
    const double *real = row;
    for (uint64_t i = 0; i < n; i++) {
        if (series->type == FLYT_SERIES_count ? count[i] != 0 : !(real[i] == 0.0)) {
            return false;
        }
    }
    return true;
}

static void digest_series(struct flyt_digest *digest, const struct flyt_result *result,
                          const struct flyt_result_series *series, uint32_t replicate)
{
    uint64_t rows = flyt_result_rows(result, series);
    const void *data = flyt_result_row(result, series, replicate, 0);
    if (series->policy != NULL && all_zero(series, data, rows * series->n_cells)) {
        return; /* a policy that did nothing leaves no trace */
    }
    flyt_digest_text(digest, series->name);
    flyt_digest_number(digest, (uint64_t)series->type);
    flyt_digest_number(digest, (uint64_t)series->kind);
    flyt_digest_number(digest, (uint64_t)series->period);
    flyt_digest_number(digest, rows);
    flyt_digest_number(digest, series->n_dims);
    for (uint32_t i = 0; i < series->n_dims; i++) {
        const struct flyt_dim *dim = &result->dim[series->dim[i]];
        flyt_digest_text(digest, dim->name);
        flyt_digest_number(digest, dim->n);
        for (uint32_t j = 0; j < dim->n; j++) {
            flyt_digest_text(digest, dim->label_en[j]);
        }
    }
    flyt_digest_array(digest, data, (size_t)(rows * series->n_cells));
}

void flyt_result_digest(struct flyt_result *result, uint32_t replicate)
{
    struct flyt_digest digest;
    flyt_digest_init(&digest);
    flyt_digest_text(&digest, "flyt-content-1");
    flyt_digest_number(&digest, (uint64_t)(int64_t)result->start_year);
    uint32_t series = next_by_name(result, NULL);
    while (series != FLYT_NONE) {
        digest_series(&digest, result, &result->series[series], replicate);
        series = next_by_name(result, result->series[series].name);
    }
    flyt_digest_end(&digest, result->content_digest[replicate]);
}

void flyt_result_content(const struct flyt_result *result, char hex[FLYT_DIGEST_SIZE])
{
    if (result->n_replicates == 1) {
        memcpy(hex, result->content_digest[0], FLYT_DIGEST_SIZE);
        return;
    }
    struct flyt_digest digest;
    flyt_digest_init(&digest);
    for (uint32_t i = 0; i < result->n_replicates; i++) {
        flyt_digest_bytes(&digest, result->content_digest[i], FLYT_DIGEST_SIZE - 1);
    }
    flyt_digest_end(&digest, hex);
}
