#include "sim/tuning.h"

#include <math.h>
#include <string.h>

#include "sim/num.h"
#include "sim/text.h"
#include "sim/variant.h"

const struct flyt_column flyt_tuning_columns[FLYT_TUNING_COLUMNS] = {
    {.name = "parameter",
     .type = FLYT_COLUMN_text,
     .unit = "",
     .unique = true,
     .en = "full name of the parameter",
     .da = "parameterens fulde navn"},
    {.name = "role",
     .type = FLYT_COLUMN_choice,
     .unit = FLYT_TUNING_ROLE_NAMES,
     .en = "fitted to a target, left open, or never tuned",
     .da = "tilpasset et mål, åben, eller aldrig ændret"},
    {.name = "target",
     .type = FLYT_COLUMN_text,
     .unit = "",
     .optional = true,
     .en = "target it is fitted to",
     .da = "mål den tilpasses"},
    {.name = "elasticity",
     .type = FLYT_COLUMN_real,
     .unit = "1",
     .low = -1e6,
     .high = 1e6,
     .optional = true,
     .en = "how the target answers to it",
     .da = "hvordan målet svarer på den"},
    {.name = "low",
     .type = FLYT_COLUMN_real,
     .unit = "as the parameter",
     .low = -1e12,
     .high = 1e12,
     .en = "least value",
     .da = "mindste værdi"},
    {.name = "high",
     .type = FLYT_COLUMN_real,
     .unit = "as the parameter",
     .low = -1e12,
     .high = 1e12,
     .en = "greatest value",
     .da = "største værdi"},
    {.name = "scale",
     .type = FLYT_COLUMN_choice,
     .unit = FLYT_TUNING_SCALE_NAMES,
     .en = "scale of steps and points",
     .da = "skala for skridt og punkter"},
    {.name = "every",
     .type = FLYT_COLUMN_count,
     .unit = "years",
     .low = 1,
     .high = 100,
     .optional = true,
     .en = "years between steps",
     .da = "år mellem skridt"},
};

/** A table while it is taken. */
struct taking {
    const struct flyt_table *table;
    const struct flyt_model *model;
    const struct flyt_targets *targets;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
};

static struct flyt_place place_of(const struct taking *taking, uint32_t row, const char *column)
{
    return flyt_table_place(taking->table, row, flyt_table_column(taking->table, column));
}

static const char *target_name(const void *targets_, uint32_t i)
{
    const struct flyt_targets *targets = targets_;
    return targets->target[i].name;
}

static enum flyt_status find_target(const struct taking *taking, uint32_t row, const char *name,
                                    uint32_t *target)
{
    const struct flyt_targets *targets = taking->targets;
    for (*target = 0; *target < targets->n; (*target)++) {
        if (strcmp(targets->target[*target].name, name) == 0) {
            return FLYT_OK;
        }
    }
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    uint32_t near = flyt_text_nearest(name, strlen(name), targets->n, target_name, targets);
    return flyt_diag_fault(
        taking->diag, FLYT_ERR_SCENARIO, place_of(taking, row, "target"),
        "target: there is no target \"%s\"%s", "target: der er intet mål \"%s\"%s",
        flyt_text_quote(quoted, name, strlen(name)),
        flyt_text_hint(hint, taking->diag, near == FLYT_NONE ? NULL : targets->target[near].name));
}

static enum flyt_status check_range(const struct taking *taking, uint32_t row,
                                    const struct flyt_tuned *tuned)
{
    const struct flyt_field *field = flyt_scenario_field(taking->model, tuned->field, NULL);
    if (!(tuned->low < tuned->high) || tuned->low < field->low || tuned->high > field->high) {
        return flyt_diag_fault(taking->diag, FLYT_ERR_SCENARIO, place_of(taking, row, "low"),
                               "%s: %g to %g is no range inside [%g, %g]",
                               "%s: %g til %g er ikke et interval inden for [%g, %g]", tuned->name,
                               tuned->low, tuned->high, field->low, field->high);
    }
    if (tuned->log && tuned->low <= 0.0) {
        return flyt_diag_fault(taking->diag, FLYT_ERR_SCENARIO, place_of(taking, row, "scale"),
                               "%s: %g has no logarithm; take scale linear",
                               "%s: %g har ingen logaritme; brug skalaen linear", tuned->name,
                               tuned->low);
    }
    if (tuned->role == FLYT_TUNING_fit &&
        (tuned->target == FLYT_NONE || isnan(tuned->elasticity) || tuned->elasticity == 0.0)) {
        return flyt_diag_fault(taking->diag, FLYT_ERR_SCENARIO, place_of(taking, row, "elasticity"),
                               "%s: a fitted parameter needs a target and an elasticity, not 0",
                               "%s: en tilpasset parameter skal have et mål og en elasticitet, "
                               "ikke 0",
                               tuned->name);
    }
    return FLYT_OK;
}

static enum flyt_status take_row(const struct taking *taking, uint32_t row,
                                 struct flyt_tuned *tuned)
{
    const struct flyt_table *table = taking->table;
    const char *target =
        flyt_table_texts(table, "target") == NULL ? "" : flyt_table_texts(table, "target")[row];
    double every = flyt_table_values(table, "every")[row];
    *tuned = (struct flyt_tuned){
        .name = flyt_table_texts(table, "parameter")[row],
        .role = (enum flyt_tuning_role)flyt_table_values(table, "role")[row],
        .target = FLYT_NONE,
        .elasticity = flyt_table_values(table, "elasticity")[row],
        .low = flyt_table_values(table, "low")[row],
        .high = flyt_table_values(table, "high")[row],
        .log = flyt_table_values(table, "scale")[row] == 0.0,
        .every = isnan(every) ? 1 : (uint32_t)every,
    };
    tuned->field = flyt_variant_find(taking->model, tuned->name);
    if (tuned->field == FLYT_NONE) {
        return flyt_variant_unknown(taking->model, tuned->name, place_of(taking, row, "parameter"),
                                    taking->arena, taking->diag);
    }
    if (target[0] != '\0') {
        FLYT_TRY(find_target(taking, row, target, &tuned->target));
    }
    return check_range(taking, row, tuned);
}

enum flyt_status flyt_tuning_take(const struct flyt_table *table, const struct flyt_model *model,
                                  const struct flyt_targets *targets, struct flyt_arena *arena,
                                  struct flyt_tuning *out, struct flyt_diag *diag)
{
    struct taking taking = {table, model, targets, arena, diag};
    enum flyt_status status = FLYT_OK;
    *out = (struct flyt_tuning){0};
    if (table == NULL || !table->present || table->n_rows == 0) {
        return FLYT_OK;
    }
    out->tuned = FLYT_ARENA_ARRAY(arena, struct flyt_tuned, table->n_rows);
    if (out->tuned == NULL) {
        return FLYT_ERR_MEMORY;
    }
    const double *role = flyt_table_values(table, "role");
    for (enum flyt_tuning_role of = FLYT_TUNING_fit; of <= FLYT_TUNING_range; of++) {
        for (uint32_t row = 0; row < table->n_rows; row++) {
            if ((enum flyt_tuning_role)role[row] != of) {
                continue;
            }
            enum flyt_status fault = take_row(&taking, row, &out->tuned[out->n++]);
            status = status == FLYT_OK ? fault : status;
            out->n_fit += of == FLYT_TUNING_fit;
            out->n_free += of == FLYT_TUNING_free;
        }
    }
    return status;
}

const struct flyt_tuned *flyt_tuning_of(const struct flyt_tuning *tuning, uint32_t field)
{
    for (uint32_t i = 0; i < tuning->n; i++) {
        if (tuning->tuned[i].field == field) {
            return &tuning->tuned[i];
        }
    }
    return NULL;
}

double flyt_tuning_at(const struct flyt_tuned *tuned, double u)
{
    return tuned->log ? tuned->low * flyt_num_exp(u * flyt_num_log(tuned->high / tuned->low))
                      : tuned->low + u * (tuned->high - tuned->low);
}
