/**
 * @file result.h
 * @brief The series of a run in memory: what `sim/run` fills and `output/` writes, draws, exports.
 *
 * Rows: monthly series have n_months + 1 rows (row 0 the start, row k the end of month k), yearly
 * ones n_years + 1 (row k: 1 January of start_year + k). Flows count since the row before.
 */
#ifndef FLYT_RESULT_H
#define FLYT_RESULT_H

#include "output/digest.h"
#include "sim/scenario.h"

struct flyt_result_series {
    const char *name, *unit, *en, *da, *how;
    const char *policy;
    enum flyt_series_type type;
    enum flyt_series_kind kind;
    enum flyt_series_period period;
    uint32_t n_dims;
    uint32_t dim[FLYT_DIMS_MAX]; /* indices into result->dim */
    uint64_t n_cells;            /* product of its dimensions, 1 when it has none */
    union {
        int64_t *count;
        double *real;
    } data; /* [replicate][row][n_cells] */
};

struct flyt_result {
    const char *title;
    const char *model, *version;       /* which model, of which Flyt */
    const char *caveat_en, *caveat_da; /* what the model leaves out; NULL: nothing to say */
    uint32_t n_start_values, n_start_published; /* values of places at the start; 0: no such */
    int32_t start_year;
    uint32_t n_months, n_years;
    uint32_t seed;
    uint32_t n_replicates;
    uint32_t *replicate; /* [n_replicates] their numbers, from 0 */
    uint32_t n_dims;
    struct flyt_dim *dim;
    uint32_t n_series;
    struct flyt_result_series *series;
    char (*content_digest)[FLYT_DIGEST_SIZE]; /* [n_replicates] */
};

/** @brief Lays out an empty result for a scenario: series, dimensions, zeroed data. */
FLYT_NODISCARD enum flyt_status flyt_result_init(struct flyt_result *result,
                                                 const struct flyt_scenario *scenario,
                                                 uint32_t first_replicate, uint32_t n_replicates,
                                                 struct flyt_arena *arena);

/** @brief Room for a row of any of its series, for flyt_run_record(). NULL: no memory. */
int64_t *flyt_result_scratch(const struct flyt_result *result, struct flyt_arena *arena);

/** @brief Rows of a series: months or years, and the start. */
uint32_t flyt_result_rows(const struct flyt_result *result,
                          const struct flyt_result_series *series);

/** @brief Where the row of one replicate lies: int64_t or double, [n_cells]. */
void *flyt_result_row(const struct flyt_result *result, const struct flyt_result_series *series,
                      uint32_t replicate, uint32_t row);

/** @brief Index of the series with this name, FLYT_NONE when absent. */
uint32_t flyt_result_find(const struct flyt_result *result, const char *name);

/**
 * @brief Days from 1 January of the start year to the first day of a month; months are counted
 *        from that January. Gregorian calendar; years from 1.
 */
int64_t flyt_result_days(int32_t start_year, uint32_t month);

/** @brief Bytes flyt_result_init() will take; UINT64_MAX when that cannot be counted. */
uint64_t flyt_result_estimate(const struct flyt_scenario *scenario, uint32_t n_replicates);

/**
 * @brief Fills content_digest of one replicate: SHA-256 over names, dimension labels, shapes and
 *        data of its series in name order, little-endian. Left out: titles, seeds, versions, and
 *        series of a policy that are zero throughout.
 */
void flyt_result_digest(struct flyt_result *result, uint32_t replicate);

/**
 * @brief One digest for the whole result: that of its only replicate, or SHA-256 over the hex
 *        digests of its replicates in order.
 */
void flyt_result_content(const struct flyt_result *result, char hex[FLYT_DIGEST_SIZE]);

#endif
