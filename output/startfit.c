/**
 * @file startfit.c
 * @brief Compares a start population with the table of places.
 */
#include "output/startfit.h"

#include <math.h>
#include <string.h>

#include "models/housing_parts.h"
#include "models/popmatch.h"
#include "models/startworld.h"

/** Class of evidence of a row; assumed when the table does not say. */
static uint32_t evidence_of(const struct flyt_table *table, uint32_t row)
{
    static const char *const name[FLYT_STARTFIT_CLASSES] = {
#define X(class, da) [FLYT_EVIDENCE_##class] = #class,
        FLYT_EVIDENCES(X)
#undef X
            [FLYT_STARTFIT_UNKNOWN] = "unknown"};
    uint32_t column = flyt_csv_column(&table->csv, "evidence");
    if (column == FLYT_NONE) {
        return FLYT_EVIDENCE_assumed;
    }
    const char *text = table->csv.cell[(size_t)row * table->csv.n_columns + column].text;
    for (uint32_t class = 0; class < FLYT_STARTFIT_CLASSES; class ++) {
        if (strcmp(text, name[class]) == 0) {
            return class;
        }
    }
    return FLYT_EVIDENCE_assumed;
}

static uint32_t index_of(const struct flyt_table *table, const char *text)
{
    const char *const *name = flyt_table_texts(table, "name");
    uint32_t i = 0;
    while (i + 1 < table->n_rows && strcmp(name[i], text) != 0) {
        i++;
    }
    return i;
}

/** Greatest difference that a published value allows. */
static double allowed_of(double known, double n, enum flyt_variable variable)
{
    if (n > 0.0) {
        double share = known / 100.0;
        double two_deviations = 200.0 * sqrt(share * (1.0 - share) / n);
        return two_deviations > 1.0 ? two_deviations : 1.0;
    }
    return variable == FLYT_VARIABLE_income_ratio ? 1.0 : 0.01 * known;
}

/** Counts persons by municipality and by area, [n_municipalities + n_areas]. */
static struct flyt_popcount *count_all(const struct flyt_world *world, struct flyt_popcount *all)
{
    uint32_t n_towns = world->municipalities.n;
    struct flyt_popcount *count =
        FLYT_ARENA_ZERO(world->step_arena, struct flyt_popcount, (size_t)n_towns + world->areas.n);
    if (count == NULL) {
        return NULL;
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        uint32_t section = world->households.row[i].section;
        flyt_popmatch_add(world, i, &count[world->sections.municipality[section]]);
        flyt_popmatch_add(world, i, &count[n_towns + world->sections.area[section]]);
        flyt_popmatch_add(world, i, all);
    }
    return count;
}

static void judge(struct flyt_startfit_row *row, double n)
{
    row->allowed = (double)NAN;
    if (isnan(row->known)) {
        row->evidence = FLYT_STARTFIT_UNKNOWN;
        row->verdict = FLYT_STARTFIT_unknown;
        return;
    }
    row->allowed = allowed_of(row->known, n, row->variable);
    if (row->evidence != FLYT_EVIDENCE_published) {
        row->verdict = FLYT_STARTFIT_shown;
    } else {
        row->verdict = fabs(row->simulated - row->known) <= row->allowed ? FLYT_STARTFIT_met
                                                                         : FLYT_STARTFIT_missed;
    }
}

static enum flyt_status fill_rows(const struct flyt_world *world,
                                  const struct flyt_scenario *scenario,
                                  const struct flyt_model_args *args, struct flyt_startfit *out)
{
    const struct flyt_table *places = &scenario->table[FLYT_TABLE_places];
    const double *level = flyt_table_values(places, "level");
    const double *variable = flyt_table_values(places, "variable");
    const double *value = flyt_table_values(places, "value");
    const double *year = flyt_table_values(places, "year");
    const char *const *name = flyt_table_texts(places, "place");
    struct flyt_popcount all = {0};
    struct flyt_popcount *count = count_all(world, &all);
    out->n_rows = places->n_rows;
    out->row = FLYT_ARENA_ARRAY(args->run_arena, struct flyt_startfit_row, places->n_rows);
    if (count == NULL || out->row == NULL) {
        return FLYT_ERR_MEMORY;
    }
    out->households = (uint64_t)all.households;
    for (uint32_t r = 0; r < places->n_rows; r++) {
        bool is_area = level[r] > 0.0;
        enum flyt_housing_table table = is_area ? FLYT_TABLE_areas : FLYT_TABLE_municipalities;
        uint32_t place = index_of(&scenario->table[table], name[r]);
        struct flyt_startfit_row *row = &out->row[r];
        double n;
        *row = (struct flyt_startfit_row){.place = name[r],
                                          .is_area = is_area,
                                          .variable = (enum flyt_variable)variable[r],
                                          .known = value[r],
                                          .year = year[r] > 0.0 ? (uint32_t)year[r] : 0,
                                          .evidence = evidence_of(places, r)};
        row->simulated = flyt_popmatch_value(
            &count[place + (is_area ? world->municipalities.n : 0)], &all, row->variable, &n);
        judge(row, n);
    }
    return FLYT_OK;
}

uint32_t flyt_startfit_published(const struct flyt_scenario *scenario, const char *area)
{
    static const enum flyt_variable asked[FLYT_STARTFIT_OF_AREA] = {
        FLYT_VARIABLE_population,      FLYT_VARIABLE_nonwestern, FLYT_VARIABLE_outside_work,
        FLYT_VARIABLE_basic_schooling, FLYT_VARIABLE_convicted,  FLYT_VARIABLE_income_ratio};
    const struct flyt_table *places = &scenario->table[FLYT_TABLE_places];
    const double *level = flyt_table_values(places, "level");
    const double *variable = flyt_table_values(places, "variable");
    const double *value = flyt_table_values(places, "value");
    const char *const *name = flyt_table_texts(places, "place");
    uint32_t n = 0;
    for (uint32_t r = 0; r < places->n_rows; r++) {
        if (level[r] <= 0.0 || strcmp(name[r], area) != 0 || isnan(value[r]) ||
            evidence_of(places, r) != FLYT_EVIDENCE_published) {
            continue;
        }
        for (size_t k = 0; k < FLYT_STARTFIT_OF_AREA; k++) {
            n += (enum flyt_variable)variable[r] == asked[k];
        }
    }
    return n;
}

void flyt_startfit_values(const struct flyt_scenario *scenario, uint32_t *n, uint32_t *published)
{
    const struct flyt_table *places = flyt_scenario_table(scenario, "places");
    *n = *published = 0;
    if (places == NULL || !places->present) {
        return;
    }
    const double *value = flyt_table_values(places, "value");
    *n = places->n_rows;
    for (uint32_t row = 0; row < places->n_rows; row++) {
        *published +=
            !isnan(value[row]) && evidence_of(places, row) == FLYT_EVIDENCE_published ? 1 : 0;
    }
}

static enum flyt_status fill_areas(const struct flyt_scenario *scenario,
                                   const struct flyt_model_args *args, struct flyt_startfit *out)
{
    const struct flyt_table *areas = &scenario->table[FLYT_TABLE_areas];
    const char *const *name = flyt_table_texts(areas, "name");
    const struct flyt_table *places = &scenario->table[FLYT_TABLE_places];
    const char *const *known = flyt_table_texts(places, "place");
    const double *level = flyt_table_values(places, "level");
    out->area = FLYT_ARENA_ARRAY(args->run_arena, struct flyt_startfit_area, areas->n_rows);
    if (out->area == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t a = 0; a < areas->n_rows; a++) {
        bool named = false;
        for (uint32_t r = 0; r < places->n_rows; r++) {
            named |= level[r] > 0.0 && strcmp(known[r], name[a]) == 0;
        }
        if (named) {
            out->area[out->n_areas++] =
                (struct flyt_startfit_area){name[a], flyt_startfit_published(scenario, name[a])};
        } else {
            out->n_other_areas++;
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_startfit_make(const struct flyt_model_args *args, struct flyt_startfit *out)
{
    const struct flyt_scenario *scenario = args->scenario;
    struct flyt_startworld *start = FLYT_ARENA_ZERO(args->run_arena, struct flyt_startworld, 1);
    if (start == NULL) {
        return FLYT_ERR_MEMORY;
    }
    *out = (struct flyt_startfit){.title = scenario->title, .year = scenario->start_year};
    FLYT_TRY(flyt_startworld_make(args, start));
    out->homes = start->world.dwellings.n;
    for (uint32_t t = 0; t < FLYT_N_TABLES; t++) {
        for (uint32_t row = 0; row < scenario->table[t].n_rows; row++) {
            out->cells[evidence_of(&scenario->table[t], row)]++;
        }
    }
    FLYT_TRY(fill_rows(&start->world, scenario, args, out));
    return fill_areas(scenario, args, out);
}
