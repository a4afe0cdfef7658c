#include "output/compare.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/ledger.h"
#include "output/compare_parts.h"
#include "output/compare_sets.h"
#include "output/compare_standard.h"
#include "output/validate_cells.h"
#include "sim/num.h"

static const struct flyt_compare_item outcomes[] = {
#define X(name, unit, digits, of, over, where, en, da)                                             \
    {#name, unit, en, da, FLYT_COMPARE_change, FLYT_COMPARE_##where, digits, of, over, false, NULL},
    FLYT_COMPARE_OUTCOMES(X)
#undef X
};

static const double million_ore = 1e8;

/* ---- what is measured ---------------------------------------------------------------------- */

/** Whether a text `name[...]` names the series. */
static bool names(const char *text, const char *series)
{
    size_t n = strcspn(text, "[");
    return strlen(series) == n && memcmp(text, series, n) == 0;
}

bool flyt_compare_reads(const void *unused, const char *series)
{
    (void)unused;
    bool read = flyt_compare_is_account(series) || strcmp(series, "area_list") == 0 ||
                flyt_compare_incidence_reads(series);
    for (size_t i = 0; i < FLYT_COUNT(outcomes); i++) {
        read |= names(outcomes[i].of, series) || names(outcomes[i].over, series);
    }
    return read;
}

static bool has(const struct flyt_result *result, const char *text)
{
    char name[128];
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "["), text);
    return text[0] == '\0' || flyt_result_find(result, name) != FLYT_NONE;
}

static bool is_by_part(const struct flyt_compare_item *item)
{
    return item->where >= FLYT_COMPARE_outside && item->where <= FLYT_COMPARE_released;
}

static bool is_swing(const struct flyt_compare_item *item)
{
    return item->where == FLYT_COMPARE_growth_swings || item->where == FLYT_COMPARE_swings;
}

static bool is_measured(const struct flyt_result *result, const struct flyt_compare_item *item,
                        const struct flyt_compare_items *items)
{
    return has(result, item->of) && has(result, item->over) &&
           (item->where != FLYT_COMPARE_listed || has(result, "area_list")) &&
           (!is_by_part(item) || items->part != NULL) && (!is_swing(item) || items->swings);
}

static bool is_flow(const struct flyt_result *result, const char *text)
{
    char name[128];
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "["), text);
    uint32_t series = flyt_result_find(result, name);
    return series != FLYT_NONE && result->series[series].kind == FLYT_SERIES_flow;
}

/** Each area's part in intake steering in the last row of each replicate. */
static enum flyt_status take_parts(const struct flyt_result *result, struct flyt_arena *arena,
                                   struct flyt_compare_items *items)
{
    uint32_t s = flyt_result_find(result, "steering_part");
    if (s == FLYT_NONE) {
        return FLYT_OK;
    }
    const struct flyt_result_series *series = &result->series[s];
    uint32_t n = result->dim[series->dim[0]].n;
    items->n_areas = n;
    items->part = FLYT_ARENA_ARRAY(arena, int64_t, (size_t)n * result->n_replicates + 1);
    if (items->part == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t r = 0; r < result->n_replicates; r++) {
        memcpy(items->part + (size_t)r * n,
               flyt_result_row(result, series, r, flyt_result_rows(result, series) - 1),
               n * sizeof *items->part);
    }
    return FLYT_OK;
}

enum flyt_status flyt_compare_list(const struct flyt_result *before,
                                   const struct flyt_result *after, struct flyt_arena *arena,
                                   struct flyt_compare_items *items, struct flyt_diag *diag)
{
    size_t most = FLYT_COUNT(outcomes) + FLYT_N_PARTIES + flyt_compare_policy_most(before) +
                  flyt_compare_policy_most(after);
    *items = (struct flyt_compare_items){
        .item = FLYT_ARENA_ARRAY(arena, struct flyt_compare_item, most)};
    if (items->item == NULL) {
        return FLYT_ERR_MEMORY;
    }
    items->swings = flyt_compare_tells_incidence(after);
    FLYT_TRY(take_parts(after, arena, items));
    for (size_t i = 0; i < FLYT_COUNT(outcomes); i++) {
        if (is_measured(before, &outcomes[i], items) && is_measured(after, &outcomes[i], items)) {
            items->item[items->n] = outcomes[i];
            items->item[items->n++].flow = is_flow(before, outcomes[i].of);
        }
    }
    bool money = false;
    for (uint32_t s = 0; s < before->n_series; s++) {
        money |= flyt_compare_is_account(before->series[s].name);
    }
    for (uint32_t p = 0; money && p < FLYT_N_PARTIES; p++) {
        const struct flyt_ledger_party *party = &flyt_ledger_parties[p];
        items->item[items->n++] = (struct flyt_compare_item){.name = party->name,
                                                             .unit = FLYT_COMPARE_MILLION,
                                                             .en = party->en,
                                                             .da = party->da,
                                                             .group = FLYT_COMPARE_cost,
                                                             .digits = 3,
                                                             .of = party->name,
                                                             .over = "",
                                                             .flow = true};
    }
    FLYT_TRY(flyt_compare_add_policies(before, arena, items));
    FLYT_TRY(flyt_compare_add_policies(after, arena, items));
    FLYT_TRY(flyt_compare_add_incidence(after, arena, items));
    return items->n > 0 ? FLYT_OK
                        : flyt_diag_fault(diag, FLYT_ERR_SCENARIO, (struct flyt_place){0},
                                          "the results have no series that can be compared",
                                          "resultaterne har ingen serier, der kan sammenlignes");
}

/* ---- values -------------------------------------------------------------------------------- */

/** Whether an item is measured in an area, in a pair. */
static bool is_there(const struct flyt_result *result, const struct flyt_compare_items *items,
                     const struct flyt_compare_item *item, uint32_t pair, uint32_t area)
{
    if (is_by_part(item)) {
        int64_t part = items->part[(size_t)pair * items->n_areas + area];
        return part == (int64_t)item->where - FLYT_COMPARE_outside;
    }
    uint32_t list = flyt_result_find(result, "area_list");
    const int64_t *status = flyt_result_row(result, &result->series[list], 0, 0);
    return status[area] > 1; /* none and prevention are no deprived areas */
}

/** Keeps the cells of the areas where an item is measured. */
static void keep_areas(const struct flyt_result *result, const struct flyt_compare_items *items,
                       const struct flyt_compare_item *item, uint32_t pair,
                       struct flyt_cells *cells)
{
    uint32_t n = 0;
    for (uint32_t i = 0; cells->series != NULL && i < cells->n; i++) {
        uint32_t cell = cells->cell[i], area = 0;
        for (uint32_t k = cells->series->n_dims; k > 0; k--) {
            const struct flyt_dim *dim = &result->dim[cells->series->dim[k - 1]];
            area = strcmp(dim->name, "area") == 0 ? cell % dim->n : area;
            cell /= dim->n;
        }
        if (is_there(result, items, item, pair, area)) {
            cells->cell[n++] = cells->cell[i];
        }
    }
    cells->n = n;
}

static enum flyt_status find(const struct flyt_result *result,
                             const struct flyt_compare_items *items,
                             const struct flyt_compare_item *item, uint32_t pair, const char *text,
                             struct flyt_arena *arena, struct flyt_cells *cells,
                             struct flyt_diag *diag)
{
    FLYT_TRY(flyt_cells_find(result, text, (struct flyt_place){0}, arena, cells, diag));
    if (item->where == FLYT_COMPARE_listed || is_by_part(item)) {
        keep_areas(result, items, item, pair, cells);
    }
    return FLYT_OK;
}

/** A share's two sums, or the sum of a count, or the mean of a real's cells. */
static double value_at(const struct flyt_result *result, const struct flyt_compare_item *item,
                       const struct flyt_cells *of, const struct flyt_cells *over, uint32_t pair,
                       uint32_t year)
{
    if (of->series == NULL || of->n == 0) {
        return of->series == NULL && item->group >= FLYT_COMPARE_policy ? 0.0 : NAN;
    }
    double value = flyt_cells_at(result, of, pair, year, FLYT_NONE);
    if (over->series != NULL) {
        double base = flyt_cells_at(result, over, pair, year, FLYT_NONE);
        double scale = strcmp(item->unit, "%") == 0                 ? 100.0
                       : strcmp(item->unit, FLYT_COMPARE_EACH) == 0 ? 0.01
                                                                    : 1.0;
        return base != 0.0 ? scale * value / base : NAN; /* of those who left both are below 0 */
    }
    bool money = strcmp(item->unit, FLYT_COMPARE_MILLION) == 0 ||
                 strcmp(item->unit, FLYT_COMPARE_MILLION_HELD) == 0;
    return of->series->type == FLYT_SERIES_real ? value / of->n
           : money                              ? value / million_ore
                                                : value;
}

/** Growth of a mean, or a flow over its stock, percent; NaN at the start. */
static double change_of(const struct flyt_result *result, const struct flyt_compare_item *item,
                        const struct flyt_cells *of, const struct flyt_cells *over, uint32_t pair,
                        uint32_t year)
{
    bool growth = item->where == FLYT_COMPARE_growth_swings;
    if (of->series == NULL || over->series == NULL || year == 0) {
        return NAN;
    }
    return growth ? 100.0 * flyt_num_log(flyt_compare_mean(result, of, over, pair, year) /
                                         flyt_compare_mean(result, of, over, pair, year - 1))
                  : 100.0 * flyt_cells_at(result, of, pair, year, FLYT_NONE) /
                        flyt_cells_at(result, over, pair, year, FLYT_NONE);
}

static enum flyt_status take_outcome(const struct flyt_result *result,
                                     const struct flyt_compare_items *items, uint32_t i,
                                     struct flyt_arena *arena, struct flyt_compare_values *values,
                                     struct flyt_diag *diag)
{
    const struct flyt_compare_item *item = &items->item[i];
    struct flyt_cells of = {0}, over = {0};
    if (flyt_compare_of_cells(item)) { /* until flyt_compare_standardise() */
        for (uint32_t k = 0; k < (values->n_years + 1) * values->n_pairs; k++) {
            *(flyt_compare_at(values, i, 0, 0) + k) = NAN;
        }
        return FLYT_OK;
    }
    for (uint32_t r = 0; r < values->n_pairs; r++) {
        if (r == 0 || is_by_part(item)) { /* else the same cells in all pairs */
            FLYT_TRY(find(result, items, item, r, item->of, arena, &of, diag));
        }
        if (item->over[0] != '\0' && (r == 0 || is_by_part(item))) {
            FLYT_TRY(find(result, items, item, r, item->over, arena, &over, diag));
        }
        struct flyt_compare_swing swing = {0};
        for (uint32_t year = 0; year <= values->n_years; year++) {
            *flyt_compare_at(values, i, year, r) =
                is_swing(item)
                    ? flyt_compare_swing_add(&swing, change_of(result, item, &of, &over, r, year))
                : item->flow && year == 0 ? NAN
                                          : value_at(result, item, &of, &over, r, year);
        }
    }
    return FLYT_OK;
}

/** +1 when the account pays to the party, -1 when the party pays, 0: both or none. What households
 *  consume and save is what they have left: their line is the sum of the two, which stands in no
 *  other line, so that all lines sum to 0. */
static double sign_of(const struct flyt_result_series *series, const char *party)
{
    char payer[64] = "", receiver[64] = "";
    bool left = strcmp(series->name, "ledger_consumption") == 0 ||
                strcmp(series->name, "ledger_saving") == 0;
    if (left || strcmp(party, "households") == 0) {
        return left && strcmp(party, "households") == 0 ? 1.0 : 0.0;
    }
    if (sscanf(series->how, "paid by %63[^ ,] to %63[^ ,]", payer, receiver) != 2) {
        return 0.0;
    }
    return (strcmp(receiver, party) == 0 ? 1.0 : 0.0) - (strcmp(payer, party) == 0 ? 1.0 : 0.0);
}

/** Whole øre are added, without rounding, so that the order of accounts does not matter. */
static enum flyt_status take_cost(const struct flyt_result *result,
                                  const struct flyt_compare_items *items, uint32_t i,
                                  struct flyt_arena *arena, struct flyt_compare_values *values,
                                  struct flyt_diag *diag)
{
    for (uint32_t year = 0; year <= values->n_years; year++) {
        for (uint32_t r = 0; r < values->n_pairs; r++) {
            *flyt_compare_at(values, i, year, r) = year == 0 ? NAN : 0.0;
        }
    }
    for (uint32_t s = 0; s < result->n_series; s++) {
        const struct flyt_result_series *series = &result->series[s];
        double sign =
            flyt_compare_is_account(series->name) ? sign_of(series, items->item[i].of) : 0.0;
        struct flyt_cells cells;
        if (sign == 0.0) {
            continue;
        }
        FLYT_TRY(
            flyt_cells_find(result, series->name, (struct flyt_place){0}, arena, &cells, diag));
        for (uint32_t year = 1; year <= values->n_years; year++) {
            for (uint32_t r = 0; r < values->n_pairs; r++) {
                *flyt_compare_at(values, i, year, r) +=
                    sign * flyt_cells_at(result, &cells, r, year, FLYT_NONE);
            }
        }
    }
    for (uint32_t year = 1; year <= values->n_years; year++) {
        for (uint32_t r = 0; r < values->n_pairs; r++) {
            *flyt_compare_at(values, i, year, r) /= million_ore;
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_compare_take(const struct flyt_result *result,
                                   const struct flyt_compare_items *items, struct flyt_arena *arena,
                                   struct flyt_compare_values *values, struct flyt_diag *diag)
{
    *values = (struct flyt_compare_values){.n_items = items->n + flyt_compare_n_cells(items),
                                           .n_years = result->n_years,
                                           .n_pairs = result->n_replicates};
    values->value = FLYT_ARENA_ARRAY(
        arena, double, (size_t)values->n_items *(values->n_years + 1) * values->n_pairs);
    if (values->value == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < items->n; i++) {
        FLYT_TRY(items->item[i].group == FLYT_COMPARE_cost
                     ? take_cost(result, items, i, arena, values, diag)
                     : take_outcome(result, items, i, arena, values, diag));
    }
    return flyt_compare_take_cells(result, items, values);
}

/* ---- statistics ---------------------------------------------------------------------------- */

static double mean_of(const double *x, uint32_t n)
{
    return n == 0 ? NAN : flyt_num_sum(x, n) / n;
}

static double variance_of(const double *x, uint32_t n)
{
    double mean = mean_of(x, n), sum = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        sum += (x[i] - mean) * (x[i] - mean);
    }
    return n < 2 ? NAN : sum / (n - 1);
}

void flyt_compare_interval(const double *x, uint32_t n, double *mean, double *spread, double *low,
                           double *high)
{
    *mean = mean_of(x, n);
    *spread = sqrt(variance_of(x, n));
    double half = n < 2 ? NAN : gsl_cdf_tdist_Pinv(0.975, n - 1) * *spread / sqrt(n);
    *low = *mean - half;
    *high = *mean + half;
}

double flyt_compare_value(const struct flyt_compare_values *values, uint32_t item, uint32_t year,
                          uint32_t pair)
{
    if (year != FLYT_NONE) {
        return *flyt_compare_at(values, item, year, pair);
    }
    double sum = 0.0;
    for (uint32_t y = 1; y <= values->n_years; y++) {
        sum += *flyt_compare_at(values, item, y, pair);
    }
    return sum / values->n_years;
}

/** Of numbers of this size: the least standard deviation of their differences that is not only what
 *  rounding leaves. Each number is right to 2^-53, and sums of a few dozen to some times that. */
static double least_spread(const struct flyt_compare_values *values, uint32_t item, uint32_t year)
{
    const double part = 1e-13;
    uint32_t first = year == FLYT_NONE ? 1 : year,
             last = year == FLYT_NONE ? values->n_years : year;
    double size = 0.0;
    for (uint32_t y = first; y <= last; y++) {
        for (uint32_t r = 0; r < values->n_pairs; r++) {
            double one = fabs(*flyt_compare_at(values, item, y, r));
            size = one > size ? one : size; /* not of NaN */
        }
    }
    return part * size;
}

void flyt_compare_fill(double *changes, uint32_t n, uint32_t n_sets, struct flyt_compare_row *row)
{
    struct flyt_sets_pool pool;
    flyt_sets_pool(changes, n, n_sets, &pool);
    row->change = pool.mean;
    row->low = pool.low;
    row->high = pool.high;
    row->chance_low = pool.chance_low;
    row->chance_high = pool.chance_high;
    row->spread = sqrt(pool.variance);
    row->sets = pool.sets;
    row->n = pool.n;
    row->n_sets = n_sets > 1 ? pool.n_sets : 1;
    row->n_alike = pool.n_alike;
}

enum flyt_status flyt_compare_row(const struct flyt_compare_items *items,
                                  const struct flyt_compare_values *before,
                                  const struct flyt_compare_values *after, uint32_t item,
                                  uint32_t year, struct flyt_arena *arena,
                                  struct flyt_compare_row *row)
{
    uint32_t n = before->n_pairs, n_sets = before->n_sets;
    double *a = FLYT_ARENA_ARRAY(arena, double, (size_t)3 * n + 1), *b = a + n, *d = b + n;
    struct flyt_sets_pool one, other;
    *row = (struct flyt_compare_row){.item = &items->item[item]};
    if (a == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t r = 0; r < n; r++) {
        a[r] = flyt_compare_value(before, item, year, r);
        b[r] = flyt_compare_value(after, item, year, r);
        d[r] = b[r] - a[r];
        if (isnan(d[r])) { /* e.g. no letting by list that year */
            a[r] = b[r] = NAN;
        }
    }
    flyt_sets_pool(a, n, n_sets, &one);
    flyt_sets_pool(b, n, n_sets, &other);
    flyt_compare_fill(d, n, n_sets, row);
    row->before = one.mean;
    row->after = other.mean;
    bool differs = row->spread > least_spread(before, item, year) &&
                   row->spread > least_spread(after, item, year);
    row->ratio = differs ? (one.variance + other.variance) / (row->spread * row->spread) : NAN;
    return FLYT_OK;
}

/* ---- two files ----------------------------------------------------------------------------- */

enum flyt_status flyt_compare_pair(const struct flyt_result *before,
                                   const struct flyt_result *after, struct flyt_diag *diag)
{
    const char *en = NULL, *da = NULL;
    if (strcmp(before->model, after->model) != 0) {
        en = "they are of different models", da = "de er af forskellige modeller";
    } else if (before->start_year != after->start_year || before->n_years != after->n_years) {
        en = "they do not cover the same years", da = "de dækker ikke de samme år";
    } else if (before->seed != after->seed) {
        en = "they have different seeds, so chance differs too",
        da = "de har forskellige frø, så tilfældet er også forskelligt";
    } else if (before->n_replicates != after->n_replicates ||
               memcmp(before->replicate, after->replicate,
                      before->n_replicates * sizeof *before->replicate) != 0) {
        en = "they do not hold the same replicates", da = "de har ikke de samme gentagelser";
    }
    return en == NULL ? FLYT_OK
                      : flyt_diag_fault(diag, FLYT_ERR_SCENARIO, (struct flyt_place){0},
                                        "the two results are no pair: %s; run both with the same "
                                        "years, seed and replicates",
                                        "de to resultater hører ikke sammen: %s; kør begge med "
                                        "samme år, frø og gentagelser",
                                        diag != NULL && diag->lang == FLYT_DA ? da : en);
}
