#include "output/compare_surplus.h"

#include <math.h>

#include "sim/num.h"

double flyt_compare_log_odds(double percent)
{
    return percent > 0.0 && percent < 100.0 ? flyt_num_log(percent / (100.0 - percent)) : NAN;
}

double flyt_compare_rounded(double sum, double size)
{
    const double part = 1e-13; /* 2^5 combinations, each rounded to 2^-53 */
    return fabs(sum) <= part * size ? 0.0 : sum;
}

void flyt_surplus_take(const struct flyt_surplus *surplus, uint32_t item, uint32_t year, bool odds,
                       double *out)
{
    for (uint32_t pair = 0; pair < surplus->none->n_pairs; pair++) {
        double none = flyt_compare_value(surplus->none, item, year, pair);
        double all = flyt_compare_value(surplus->all, item, year, pair);
        none = odds ? flyt_compare_log_odds(none) : none;
        double sum = (odds ? flyt_compare_log_odds(all) : all) - none;
        double size = fabs(sum) + (1.0 + surplus->k) * fabs(none);
        for (uint32_t p = 0; p < surplus->k; p++) {
            double alone = flyt_compare_value(surplus->alone[p], item, year, pair);
            alone = odds ? flyt_compare_log_odds(alone) : alone;
            sum -= alone - none;
            size += fabs(alone);
        }
        out[pair] = flyt_compare_rounded(sum, size);
    }
}

enum flyt_status flyt_surplus_row(const struct flyt_surplus *surplus,
                                  const struct flyt_compare_items *items, uint32_t item,
                                  uint32_t year, struct flyt_arena *arena,
                                  struct flyt_compare_row *row)
{
    uint32_t n = surplus->none->n_pairs;
    double *x = FLYT_ARENA_ARRAY(arena, double, n + 1);
    *row = (struct flyt_compare_row){
        .item = &items->item[item], .before = NAN, .after = NAN, .ratio = NAN};
    if (x == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_surplus_take(surplus, item, year, false, x);
    flyt_compare_fill(x, n, surplus->none->n_sets, row);
    return FLYT_OK;
}

enum flyt_status flyt_surplus_csv(const struct flyt_surplus *surplus,
                                  const struct flyt_compare_items *items, const char *lead,
                                  int32_t start_year, struct flyt_text *text)
{
    const char *name = flyt_arena_printf(text->arena, "%s" FLYT_SURPLUS_NAME, lead);
    if (name == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < items->n; i++) {
        for (uint32_t year = 0; year <= surplus->none->n_years; year++) {
            struct flyt_compare_row row;
            FLYT_TRY(flyt_surplus_row(surplus, items, i, year, text->arena, &row));
            flyt_compare_csv_row(&row, name, flyt_compare_calendar(start_year, year), text);
        }
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}
