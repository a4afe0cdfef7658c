#include "output/compare_parts.h"

#include <math.h>
#include <string.h>

/* ---- what policies did ----------------------------------------------------------------------- */

bool flyt_compare_is_account(const char *series)
{
    return strncmp(series, "ledger_", sizeof "ledger_" - 1) == 0;
}

static struct flyt_compare_item item_of(const struct flyt_result_series *series, const char *of,
                                        const char *en, const char *da)
{
    bool money = strcmp(series->unit, "0.01 DKK") == 0;
    return (struct flyt_compare_item){
        .name = of,
        .unit = !money                             ? series->unit
                : series->kind == FLYT_SERIES_flow ? FLYT_COMPARE_MILLION
                                                   : FLYT_COMPARE_MILLION_HELD,
        .en = en,
        .da = da,
        .group = FLYT_COMPARE_policy,
        .digits = series->type == FLYT_SERIES_count && !money ? 1 : 3, /* means of pairs */
        .of = of,
        .over = "",
        .flow = series->kind == FLYT_SERIES_flow,
        .policy = series->policy,
    };
}

static const char *dim_name(const struct flyt_result *result,
                            const struct flyt_result_series *series, uint32_t axis)
{
    return axis < series->n_dims ? result->dim[series->dim[axis]].name : "";
}

static bool is_by_channel(const struct flyt_result *result, const struct flyt_result_series *series)
{
    return series->n_dims == 1 && strcmp(dim_name(result, series, 0), "channel") == 0;
}

static bool is_incidence(const struct flyt_result *result, const struct flyt_result_series *series)
{
    return series->n_dims == 2 && strcmp(dim_name(result, series, 0), "incidence") == 0;
}

/** A policy's count of households by a class that it tells who pays of. */
static bool is_class_count(const struct flyt_result *result,
                           const struct flyt_result_series *series)
{
    bool is = false;
    if (series->policy == NULL || series->n_dims != 1 || strcmp(series->unit, "households") != 0) {
        return false;
    }
    for (uint32_t s = 0; s < result->n_series && !is; s++) {
        is = is_incidence(result, &result->series[s]) && result->series[s].dim[1] == series->dim[0];
    }
    return is;
}

bool flyt_compare_tells_incidence(const struct flyt_result *result)
{
    bool tells = false;
    for (uint32_t s = 0; s < result->n_series && !tells; s++) {
        tells = is_incidence(result, &result->series[s]);
    }
    return tells;
}

/** A row for each label of a dimension. @param over  "SERIES" by the same dimension; "": none. */
static enum flyt_status add_labels(const struct flyt_result *result,
                                   const struct flyt_result_series *series, uint32_t axis,
                                   const char *over, struct flyt_arena *arena,
                                   struct flyt_compare_items *items)
{
    const struct flyt_dim *dim = &result->dim[series->dim[axis]];
    for (uint32_t i = 0; i < dim->n; i++) {
        const char *of =
            flyt_arena_printf(arena, "%s[%s=%s]", series->name, dim->name, dim->label_en[i]);
        const char *base = over[0] == '\0' ? over
                                           : flyt_arena_printf(arena, "%s[%s=%s]", over, dim->name,
                                                               dim->label_en[i]);
        const char *en = flyt_arena_printf(arena, "- %s", dim->label_en[i]);
        const char *da = flyt_arena_printf(arena, "- %s", dim->label_da[i]);
        if (of == NULL || base == NULL || en == NULL || da == NULL) {
            return FLYT_ERR_MEMORY;
        }
        items->item[items->n] = item_of(series, of, en, da);
        items->item[items->n++].over = base;
    }
    return FLYT_OK;
}

enum flyt_status flyt_compare_add_policies(const struct flyt_result *result,
                                           struct flyt_arena *arena,
                                           struct flyt_compare_items *items)
{
    for (uint32_t s = 0; s < result->n_series; s++) {
        const struct flyt_result_series *series = &result->series[s];
        bool known = series->policy == NULL || flyt_compare_is_account(series->name) ||
                     strcmp(series->unit, "index") == 0 || is_incidence(result, series) ||
                     is_class_count(result, series);
        for (uint32_t i = 0; i < items->n && !known; i++) {
            known = strcmp(items->item[i].name, series->name) == 0;
        }
        if (known) {
            continue;
        }
        items->item[items->n++] = item_of(series, series->name, series->en, series->da);
        if (is_by_channel(result, series)) {
            FLYT_TRY(add_labels(result, series, 0, "", arena, items));
        }
    }
    return FLYT_OK;
}

size_t flyt_compare_policy_most(const struct flyt_result *result)
{
    size_t n = 0;
    for (uint32_t s = 0; s < result->n_series; s++) {
        const struct flyt_result_series *series = &result->series[s];
        n++;
        for (uint32_t k = 0; k < series->n_dims; k++) {
            bool labels = is_by_channel(result, series) || is_incidence(result, series);
            n += labels ? result->dim[series->dim[k]].n : 0;
        }
    }
    return n;
}

/* ---- who pays -------------------------------------------------------------------------------- */

/** Households of the classes of a dimension; of others a policy may count them itself. */
static const char *const counted[][2] = {{"tenure", "households"},
                                         {"age", "households_by_age"},
                                         {"income_class", "households_by_income"}};

bool flyt_compare_incidence_reads(const char *series)
{
    bool reads = false;
    for (size_t i = 0; i < FLYT_COUNT(counted); i++) {
        reads |= strcmp(counted[i][1], series) == 0;
    }
    return reads;
}

/** The series that counts the households of the classes of an incidence; "": none does. */
static const char *counts_of(const struct flyt_result *result,
                             const struct flyt_result_series *incidence)
{
    for (size_t i = 0; i < FLYT_COUNT(counted); i++) {
        if (strcmp(counted[i][0], dim_name(result, incidence, 1)) == 0 &&
            flyt_result_find(result, counted[i][1]) != FLYT_NONE) {
            return counted[i][1];
        }
    }
    for (uint32_t s = 0; s < result->n_series; s++) {
        const struct flyt_result_series *series = &result->series[s];
        if (is_class_count(result, series) && series->dim[0] == incidence->dim[1]) {
            return series->name;
        }
    }
    return "";
}

enum flyt_status flyt_compare_add_incidence(const struct flyt_result *result,
                                            struct flyt_arena *arena,
                                            struct flyt_compare_items *items)
{
    uint32_t first = items->n, n_told = 0;
    for (uint32_t s = 0; s < result->n_series; s++) {
        const struct flyt_result_series *series = &result->series[s];
        if (!is_incidence(result, series)) {
            continue;
        }
        const char *over = counts_of(result, series);
        items->item[items->n++] = item_of(series, series->name, series->en, series->da);
        if (n_told++ == 0) { /* all series have the same parts */
            FLYT_TRY(add_labels(result, series, 0, "", arena, items));
        }
        uint32_t classes = items->n;
        if (over[0] != '\0') {
            FLYT_TRY(add_labels(result, series, 1, over, arena, items));
        }
        for (uint32_t i = classes; i < items->n; i++) {
            items->item[i].unit = FLYT_COMPARE_EACH;
            items->item[i].digits = 0;
        }
    }
    for (uint32_t i = first; i < items->n; i++) {
        items->item[i].group = FLYT_COMPARE_incidence;
    }
    return FLYT_OK;
}

/* ---- swings ---------------------------------------------------------------------------------- */

double flyt_compare_mean(const struct flyt_result *result, const struct flyt_cells *of,
                         const struct flyt_cells *over, uint32_t pair, uint32_t year)
{
    double sum = 0.0, weights = 0.0;
    for (uint32_t i = 0; i < of->n && i < over->n; i++) {
        double value = flyt_cells_at(result, of, pair, year, i);
        double weight = flyt_cells_at(result, over, pair, year, i);
        sum += isnan(value) ? 0.0 : value * weight;
        weights += isnan(value) ? 0.0 : weight;
    }
    return sum / weights;
}

double flyt_compare_swing_add(struct flyt_compare_swing *swing, double x)
{
    if (!isnan(x)) {
        swing->first = swing->n == 0 ? x : swing->first;
        swing->n++;
        swing->sum += x - swing->first;
        swing->squares += (x - swing->first) * (x - swing->first);
    }
    double n = swing->n, about = swing->squares - swing->sum * swing->sum / n;
    return swing->n < 2 ? NAN : sqrt((about > 0.0 ? about : 0.0) / (n - 1.0));
}
