/* A comparison as CSV. See compare.h. */
#include <math.h>

#include "output/compare.h"
#include "output/export.h"

static void put_csv_number(struct flyt_text *text, double value)
{
    if (isnan(value)) {
        flyt_text_add(text, ",");
    } else {
        flyt_text_add(text, ",%.10g", value);
    }
}

void flyt_compare_csv_item(const struct flyt_compare_item *item, struct flyt_text *text)
{
    flyt_export_cell(text, item->name);
    flyt_text_add(text, ",");
    flyt_export_cell(text, item->unit);
}

void flyt_compare_csv_row(const struct flyt_compare_row *row, const char *policy, int32_t year,
                          struct flyt_text *text)
{
    static const char *const group[] = {"change", "cost", "policy", "incidence"};
    const struct flyt_compare_item *item = row->item;
    if (row->n == 0) {
        return;
    }
    flyt_text_add(text, "%s,%s,", policy, group[item->group]);
    flyt_compare_csv_item(item, text);
    flyt_text_add(text, ",%d,%u", year, row->n);
    const double value[] = {row->before, row->after,  row->change, row->low,
                            row->high,   row->spread, row->ratio};
    for (size_t k = 0; k < FLYT_COUNT(value); k++) {
        put_csv_number(text, value[k]);
    }
    flyt_text_add(text, ",%u", row->n_sets);
    put_csv_number(text, row->chance_low);
    put_csv_number(text, row->chance_high);
    put_csv_number(text, row->sets);
    flyt_text_add(text, "\n");
}

enum flyt_status flyt_compare_csv(const struct flyt_compare_items *items,
                                  const struct flyt_compare_values *before,
                                  const struct flyt_compare_values *after, const char *policy,
                                  int32_t start_year, bool head, struct flyt_text *text)
{
    if (head) {
        flyt_text_add(text, "policy,group,outcome,unit,year,pairs,without,with,change,low,high,"
                            "spread,variance_ratio,sets,chance_low,chance_high,sets_spread\n");
    }
    for (uint32_t i = 0; i < items->n; i++) {
        for (uint32_t year = 0; year <= before->n_years; year++) {
            struct flyt_compare_row row;
            FLYT_TRY(flyt_compare_row(items, before, after, i, year, text->arena, &row));
            flyt_compare_csv_row(&row, policy, flyt_compare_calendar(start_year, year), text);
        }
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}
