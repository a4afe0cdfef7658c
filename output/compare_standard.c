#include "output/compare_standard.h"

#include <math.h>
#include <string.h>

#include "models/mobility.h"

enum { AGES = 4, AGE_BANDS_IN_ONE = FLYT_AGE_BANDS / AGES, CELLS = FLYT_N_TYPES * AGES };

static const char left[] = "almen_left", months[] = "almen_household_months";

bool flyt_compare_of_cells(const struct flyt_compare_item *item)
{
    return strcmp(item->of, left) == 0;
}

uint32_t flyt_compare_n_cells(const struct flyt_compare_items *items)
{
    for (uint32_t i = 0; i < items->n; i++) {
        if (flyt_compare_of_cells(&items->item[i])) {
            return 2 * CELLS;
        }
    }
    return 0;
}

/** Sums a series over areas on a list at the start. @param cell  values' first item of them. */
static void sum_series(const struct flyt_result *result, const char *name, uint32_t cell,
                       const struct flyt_compare_values *values)
{
    const struct flyt_result_series *series = &result->series[flyt_result_find(result, name)],
                                    *list = &result->series[flyt_result_find(result, "area_list")];
    const int64_t *listed = flyt_result_row(result, list, 0, 0);
    uint32_t n_areas = result->dim[series->dim[0]].n;
    for (uint32_t r = 0; r < values->n_pairs; r++) {
        for (uint32_t year = 1; year <= values->n_years; year++) {
            const int64_t *row = flyt_result_row(result, series, r, year);
            for (uint32_t i = 0; i < n_areas * FLYT_TURNOVER_CELLS; i++) {
                uint32_t type = i / FLYT_AGE_BANDS % FLYT_N_TYPES,
                         age = i % FLYT_AGE_BANDS / AGE_BANDS_IN_ONE;
                if (listed[i / FLYT_TURNOVER_CELLS] > 1) { /* prevention is no deprived area */
                    *flyt_compare_at(values, cell + type * AGES + age, year, r) += (double)row[i];
                }
            }
        }
    }
}

enum flyt_status flyt_compare_take_cells(const struct flyt_result *result,
                                         const struct flyt_compare_items *items,
                                         const struct flyt_compare_values *values)
{
    uint32_t n = flyt_compare_n_cells(items);
    for (uint32_t i = items->n; i < items->n + n; i++) {
        for (uint32_t year = 0; year <= values->n_years; year++) {
            for (uint32_t r = 0; r < values->n_pairs; r++) {
                *flyt_compare_at(values, i, year, r) = 0.0;
            }
        }
    }
    if (n > 0) {
        sum_series(result, left, items->n, values);
        sum_series(result, months, items->n + CELLS, values);
    }
    return FLYT_OK;
}

/** Per cent a year, raw and at the composition of the run without; NaN: nobody lives there. */
static void turnover(uint32_t first, const struct flyt_compare_values *without,
                     const struct flyt_compare_values *values, uint32_t year, uint32_t r,
                     double rate[2])
{
    const double per_cent_a_year = 1200.0;
    double gone = 0.0, lived = 0.0, expected = 0.0, standard = 0.0;
    for (uint32_t g = first; g < first + CELLS; g++) {
        double m = *flyt_compare_at(values, g, year, r),
               n = *flyt_compare_at(values, g + CELLS, year, r),
               m_without = *flyt_compare_at(without, g, year, r),
               n_without = *flyt_compare_at(without, g + CELLS, year, r);
        gone += m;
        lived += n;
        standard += n_without;
        expected += n > 0.0 ? n_without * m / n : m_without;
    }
    rate[0] = lived > 0.0 ? per_cent_a_year * gone / lived : NAN;
    rate[1] = standard > 0.0 ? per_cent_a_year * expected / standard : NAN;
}

void flyt_compare_standardise(const struct flyt_compare_items *items,
                              const struct flyt_compare_values *without,
                              const struct flyt_compare_values *values)
{
    for (uint32_t i = 0; i < items->n; i++) {
        const struct flyt_compare_item *item = &items->item[i];
        if (!flyt_compare_of_cells(item)) {
            continue;
        }
        bool standard = strcmp(item->name, "turnover_standard") == 0;
        for (uint32_t r = 0; r < values->n_pairs; r++) {
            for (uint32_t year = 1; year <= values->n_years; year++) {
                double rate[2];
                turnover(items->n, without, values, year, r, rate);
                *flyt_compare_at(values, i, year, r) = rate[standard ? 1 : 0];
            }
        }
    }
}
