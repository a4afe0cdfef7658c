#include "sim/targets.h"

#include <math.h>
#include <string.h>

#include "sim/field.h"

#define TEXT(name_, optional_, en_, da_)                                                           \
    {                                                                                              \
        .name = name_, .type = FLYT_COLUMN_text, .unit = "", .optional = optional_, .en = en_,     \
        .da = da_                                                                                  \
    }
#define CHOICE(name_, names_, en_, da_)                                                            \
    {                                                                                              \
        .name = name_, .type = FLYT_COLUMN_choice, .unit = names_, .en = en_, .da = da_            \
    }
#define YEAR(name_, low_, high_, en_, da_)                                                         \
    {                                                                                              \
        .name = name_, .type = FLYT_COLUMN_count, .unit = "year", .low = low_, .high = high_,      \
        .optional = true, .en = en_, .da = da_                                                     \
    }

const struct flyt_column flyt_targets_columns[FLYT_TARGETS_COLUMNS] = {
    {.name = "name",
     .type = FLYT_COLUMN_text,
     .unit = "",
     .unique = true,
     .en = "short name, for files",
     .da = "kort navn, til filer"},
    TEXT("en", false, "what it is, English", "hvad det er, på engelsk"),
    TEXT("da", false, "what it is, Danish", "hvad det er, på dansk"),
    CHOICE("measure", FLYT_TARGET_MEASURE_NAMES, "how it is measured", "hvordan det måles"),
    TEXT("of", false, "series and cells measured", "serie og celler, der måles"),
    TEXT("over", true, "series and cells they are divided by",
         "serie og celler, der divideres med"),
    TEXT("where", true, "only cells in which this is not 0 at the start",
         "kun celler, hvor dette ikke er 0 ved start"),
    {.name = "value",
     .type = FLYT_COLUMN_real,
     .unit = "by unit",
     .low = -1e12,
     .high = 1e12,
     .en = "the value",
     .da = "værdien"},
    {.name = "tolerance",
     .type = FLYT_COLUMN_real,
     .unit = "by unit",
     .low = 0,
     .high = 1e12,
     .en = "how far from it counts as met",
     .da = "hvor langt fra den, der regnes som ramt"},
    TEXT("unit", false, "unit of the value", "værdiens enhed"),
    CHOICE("bound", FLYT_TARGET_BOUND_NAMES, "whether it is a limit", "om det er en grænse"),
    CHOICE("use", FLYT_TARGET_USE_NAMES, "what it is for", "hvad det bruges til"),
    CHOICE("standing", FLYT_TARGET_STANDING_NAMES, "whether it counts", "om det tæller"),
    CHOICE("world", FLYT_TARGET_WORLD_NAMES, "with the drivers, or all years as the start year",
           "med drivere, eller alle år som startåret"),
    CHOICE("scope", FLYT_TARGET_SCOPE_NAMES, "what it was counted in", "hvor det er talt"),
    CHOICE("counts", FLYT_TARGET_COUNTS_NAMES, "what was counted", "hvad der er talt"),
    YEAR("year", 1900, 2200, "year of the value", "værdiens år"),
    YEAR("first_year", 1, 1000, "first year of the run, from 1", "kørslens første år, fra 1"),
    YEAR("last_year", 1, 1000, "last year of the run", "kørslens sidste år"),
    TEXT("source", false, "where it stands", "hvor det står"),
    CHOICE("evidence", FLYT_TARGET_EVIDENCE_NAMES, "how it is known", "hvordan det vides"),
    CHOICE("confidence", FLYT_TARGET_CONFIDENCE_NAMES, "how sure", "hvor sikkert"),
    TEXT("note", true, "remark", "bemærkning"),
};

const char *flyt_targets_name(struct flyt_arena *arena, const char *names, uint32_t index)
{
    size_t n = 0;
    const char *name = flyt_field_choice_name(names, index, &n);
    return name == NULL ? "" : flyt_arena_printf(arena, "%.*s", (int)n, name);
}

static uint32_t whole(const struct flyt_table *table, const char *column, uint32_t row,
                      uint32_t otherwise)
{
    const double *value = flyt_table_values(table, column);
    double given = value == NULL ? NAN : value[row];
    return isnan(given) || given >= (double)FLYT_NONE ? otherwise : (uint32_t)given;
}

static const char *text(const struct flyt_table *table, const char *column, uint32_t row)
{
    const char *const *texts = flyt_table_texts(table, column);
    return texts == NULL || texts[row] == NULL ? "" : texts[row];
}

static struct flyt_target take_row(const struct flyt_table *table, uint32_t row)
{
    return (struct flyt_target){
        .name = text(table, "name", row),
        .en = text(table, "en", row),
        .da = text(table, "da", row),
        .unit = text(table, "unit", row),
        .source = text(table, "source", row),
        .note = text(table, "note", row),
        .of = text(table, "of", row),
        .over = text(table, "over", row),
        .where = text(table, "where", row),
        .measure = whole(table, "measure", row, 0),
        .use = whole(table, "use", row, 0),
        .bound = whole(table, "bound", row, 0),
        .standing = whole(table, "standing", row, 0),
        .world = whole(table, "world", row, 0),
        .scope = whole(table, "scope", row, 0),
        .counts = whole(table, "counts", row, 0),
        .evidence = whole(table, "evidence", row, 0),
        .confidence = whole(table, "confidence", row, 0),
        .value = flyt_table_values(table, "value")[row],
        .tolerance = flyt_table_values(table, "tolerance")[row],
        .year = whole(table, "year", row, FLYT_NONE),
        .first_year = whole(table, "first_year", row, 1),
        .last_year = whole(table, "last_year", row, FLYT_NONE),
        .place = flyt_table_place(table, row, flyt_table_column(table, "of")),
    };
}

/** What a row says must agree with itself. */
static enum flyt_status check_row(const struct flyt_table *table, uint32_t row,
                                  const struct flyt_target *target, struct flyt_diag *diag)
{
    bool share = target->measure == FLYT_TARGET_percent || target->measure == FLYT_TARGET_ratio ||
                 target->measure == FLYT_TARGET_drift;
    bool sure = target->evidence == 0 && target->confidence == 0;
    if (share != (target->over[0] != '\0')) {
        return flyt_diag_fault(diag, FLYT_ERR_SCENARIO,
                               flyt_table_place(table, row, flyt_table_column(table, "over")),
                               share ? "over: percent, ratio and drift are shares of something"
                                     : "over: level and trend are measured of one thing alone",
                               share ? "over: percent, ratio og drift er andele af noget"
                                     : "over: level og trend måles på én ting alene");
    }
    if (target->use != FLYT_TARGET_demand && target->standing == FLYT_TARGET_hard && !sure) {
        return flyt_diag_fault(
            diag, FLYT_ERR_SCENARIO,
            flyt_table_place(table, row, flyt_table_column(table, "standing")),
            "standing: only a value whose evidence is published, with high confidence, is hard",
            "standing: kun en værdi med belæg published og sikkerhed high er hard");
    }
    if (target->last_year != FLYT_NONE && target->last_year < target->first_year) {
        return flyt_diag_fault(diag, FLYT_ERR_SCENARIO,
                               flyt_table_place(table, row, flyt_table_column(table, "last_year")),
                               "last_year: %u is before first_year, %u",
                               "last_year: %u er før first_year, %u", target->last_year,
                               target->first_year);
    }
    return FLYT_OK;
}

enum flyt_status flyt_targets_take(const struct flyt_table *table, struct flyt_arena *arena,
                                   struct flyt_targets *out, struct flyt_diag *diag)
{
    *out = (struct flyt_targets){0};
    if (table == NULL || !table->present || table->n_rows == 0) {
        return FLYT_OK;
    }
    out->target = FLYT_ARENA_ARRAY(arena, struct flyt_target, table->n_rows);
    if (out->target == NULL) {
        return FLYT_ERR_MEMORY;
    }
    enum flyt_status status = FLYT_OK;
    for (uint32_t row = 0; row < table->n_rows; row++) {
        out->target[row] = take_row(table, row);
        enum flyt_status fault = check_row(table, row, &out->target[row], diag);
        status = status == FLYT_OK ? fault : status;
    }
    out->n = table->n_rows;
    return status;
}
