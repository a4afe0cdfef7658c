#include "output/export_sweep.h"

#include <string.h>

/** A table while it is written. */
struct table {
    struct flyt_fileio_part part;
    uint64_t at; /* bytes written */
    struct flyt_diag *diag;
};

/** Writes what is in `text` behind the rest; FLYT_ERR_MEMORY when it is not whole. */
static enum flyt_status append(struct table *table, const struct flyt_text *text)
{
    if (text->failed) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_fileio_part_write(&table->part, table->at, text->bytes, text->n, table->diag));
    table->at += text->n;
    return FLYT_OK;
}

/** The rows of one point. */
static enum flyt_status write_point(const struct flyt_merged *merged, uint32_t index,
                                    const struct flyt_export_options *options, struct table *table)
{
    struct flyt_result result = merged->result;
    struct flyt_result_series series = merged->result.series[index];
    uint64_t n = series.n_cells * flyt_result_rows(&result, &series) * result.n_replicates;
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_text text = {.arena = &arena};
    series.data.count = n >= SIZE_MAX / 8 ? NULL : FLYT_ARENA_ARRAY(&arena, int64_t, (size_t)n + 1);
    result.series = &series;
    enum flyt_status status =
        series.data.count == NULL
            ? FLYT_ERR_MEMORY
            : flyt_merge_load(merged, index, options->point, series.data.count);
    if (status == FLYT_OK) {
        flyt_export_rows(&result, 0, options, &text);
        status = text.n == 0 && !text.failed ? FLYT_OK : append(table, &text);
    }
    flyt_arena_free(&arena);
    return status;
}

static enum flyt_status write_rows(const struct flyt_merged *merged, uint32_t index,
                                   struct flyt_export_options *options, struct flyt_arena *arena,
                                   struct table *table)
{
    struct flyt_text head = {.arena = arena};
    flyt_export_head(&merged->result, index, options, &head);
    FLYT_TRY(append(table, &head));
    for (options->point = 0; options->point < merged->n_points; options->point++) {
        FLYT_TRY(write_point(merged, index, options, table));
    }
    return FLYT_OK;
}

void flyt_export_design(const struct flyt_merged *merged, const struct flyt_export_options *options,
                        struct flyt_text *text)
{
    const char sep = options->decimal_comma ? ';' : ',';
    flyt_text_add(text, "%s%s", options->decimal_comma ? "\xef\xbb\xbf" : "",
                  options->lang == FLYT_DA ? "punkt" : "point");
    for (uint32_t k = 0; k < merged->n_factors; k++) {
        flyt_text_put(text, &sep, 1);
        flyt_export_cell(text, merged->factor[k]);
    }
    for (uint32_t p = 0; p < merged->n_points; p++) {
        flyt_text_add(text, "\n%u", p);
        for (uint32_t k = 0; k < merged->n_factors; k++) {
            const char *setting = merged->setting[(size_t)p * merged->n_factors + k];
            size_t n = strcspn(setting, ".");
            double number = 0.0;
            bool comma = options->decimal_comma && setting[n] == '.' &&
                         flyt_text_number(setting, strlen(setting), &number) == FLYT_NUMBER_ok;
            flyt_text_put(text, &sep, 1);
            if (flyt_text_number(setting, strlen(setting), &number) != FLYT_NUMBER_ok) {
                flyt_export_cell(text, setting);
            } else if (comma) {
                flyt_text_add(text, "%.*s,%s", (int)n, setting, setting + n + 1);
            } else {
                flyt_text_add(text, "%s", setting);
            }
        }
    }
    flyt_text_add(text, "\n");
}

/** One table; `index` FLYT_NONE: the design. */
static enum flyt_status write_table(const struct flyt_merged *merged, uint32_t index,
                                    struct flyt_export_options *options, struct flyt_diag *diag)
{
    struct table table = {.diag = diag};
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_text design = {.arena = &arena};
    const char *name = index == FLYT_NONE ? "design" : merged->result.series[index].name;
    enum flyt_status status = flyt_export_open(options, name, &arena, &table.part, diag);
    if (status == FLYT_OK) {
        if (index == FLYT_NONE) {
            flyt_export_design(merged, options, &design);
            status = append(&table, &design);
        } else {
            status = write_rows(merged, index, options, &arena, &table);
        }
        if (status == FLYT_OK) {
            status = flyt_fileio_part_finish(&table.part, diag);
        } else {
            flyt_fileio_part_drop(&table.part);
        }
    }
    flyt_arena_free(&arena);
    return status;
}

enum flyt_status flyt_export_sweep(const struct flyt_merged *merged,
                                   const struct flyt_export_options *options,
                                   struct flyt_diag *diag)
{
    struct flyt_export_options own = *options;
    own.points = true;
    FLYT_TRY(write_table(merged, FLYT_NONE, &own, diag));
    for (uint32_t i = 0; i < own.n_series; i++) {
        FLYT_TRY(write_table(merged, own.series[i], &own, diag));
    }
    return flyt_export_write_variables(&merged->result, &own, diag);
}
