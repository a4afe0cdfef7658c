/**
 * @file housing_fixture.h
 * @brief A housing scenario made in memory, for tests and benchmarks: any number of municipalities
 *        and homes, no files.
 */
#ifndef FLYT_HOUSING_FIXTURE_H
#define FLYT_HOUSING_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/housing.h"
#include "models/housing_parts.h"
#include "sim/scenario.h"
#include "sim/text.h"

static inline void fixture_stop(const struct flyt_diag *diag, const char *what)
{
    fprintf(stderr, "%s: %s\n", what, diag->n_faults > 0 ? diag->fault[0].text : "no fault told");
    abort();
}

/** Loads one of the model's tables from text. */
static inline void fixture_table(struct flyt_scenario *scenario, uint32_t index,
                                 const struct flyt_text *text, struct flyt_arena *arena)
{
    static struct flyt_diag diag; /* a test program is one thread here */
    const struct flyt_table_spec *spec = &scenario->model->table[index];
    struct flyt_bytes bytes = {.path = spec->name, .bytes = text->bytes, .n = text->n};
    if (flyt_table_load(spec, &bytes, scenario->table, index, arena, &scenario->table[index],
                        &diag) != FLYT_OK) {
        fixture_stop(&diag, spec->name);
    }
}

/** Rows of one table while they are written; tables in the model's order. */
static inline void fixture_places(struct flyt_text *text, uint32_t n_municipalities,
                                  uint32_t households)
{
    static const char *const kinds[] = {"almen_family", "private_rental", "cooperative", "owner"};
    flyt_text_add(&text[FLYT_TABLE_municipalities],
                  "code,name,region,labour_market,longitude,latitude,population\n");
    flyt_text_add(&text[FLYT_TABLE_organisations], "name,municipality\n");
    flyt_text_add(&text[FLYT_TABLE_areas], "name,municipality,longitude,latitude,listed\n");
    flyt_text_add(&text[FLYT_TABLE_sections],
                  "name,area,organisation,tenure,homes,households,rent_dkk_m2_year,price_dkk_m2\n");
    flyt_text_add(&text[FLYT_TABLE_places], "level,place,variable,value,year\n"
                                            "municipality,M0,nonwestern,12,2024\n");
    for (uint32_t m = 0; m < n_municipalities; m++) {
        uint32_t column = m % 10, line = m / 10;
        double x = 10.0 + 0.1 * column, y = 55.0 + 0.1 * line;
        flyt_text_add(&text[FLYT_TABLE_municipalities], "%u,M%u,R,L,%g,%g,%u\n", m + 1, m, x, y,
                      households > 250 ? 4 * households : 1000);
        flyt_text_add(&text[FLYT_TABLE_organisations], "O%u,M%u\n", m, m);
        flyt_text_add(&text[FLYT_TABLE_areas], "A%u,M%u,%g,%g,none\n", m, m, x, y);
        for (int t = 0; t < 4; t++) {
            char owner[16] = "";
            if (t == 0) {
                (void)snprintf(owner, sizeof owner, "O%u", m);
            }
            flyt_text_add(&text[FLYT_TABLE_sections], "S%u-%d,A%u,%s,%s,%u,%u,%d,%d\n", m, t, m,
                          owner, kinds[t], households + households / 50 + 1, households,
                          t < 2 ? 800 : 0, t < 2 ? 0 : 12000);
        }
    }
}

/** Tables by kind or class of tenure, the same for each. */
static inline void fixture_by_tenure(struct flyt_text *text)
{
    static const char *const classes[] = {"almen", "private_rental", "cooperative", "owner"};
    static const char *const kinds[] = {"almen_family", "private_rental", "cooperative", "owner"};
    static const char *const origins[] = {"danish", "western", "nonwestern"};
    flyt_text_add(&text[FLYT_TABLE_households], "tenure,type,age_from,age_to,share\n");
    flyt_text_add(&text[FLYT_TABLE_rooms], "tenure,rooms,m2,share\n");
    flyt_text_add(&text[FLYT_TABLE_origins], "tenure_class,age_from,age_to,origin,share\n");
    flyt_text_add(&text[FLYT_TABLE_works], "tenure_class,origin,age_from,age_to,work,share\n");
    flyt_text_add(&text[FLYT_TABLE_educations],
                  "tenure_class,origin,age_from,age_to,education,share\n");
    flyt_text_add(&text[FLYT_TABLE_wealth],
                  "tenure_class,age_from,age_to,savings_dkk,savings_log_sd,loan_to_value\n");
    flyt_text_add(&text[FLYT_TABLE_destinations], "from_tenure,to_tenure,share\n");
    for (int t = 0; t < 4; t++) {
        const char *kind = kinds[t], *tenure = classes[t];
        flyt_text_add(&text[FLYT_TABLE_households],
                      "%s,single,18,39,0.25\n%s,couple,40,64,0.25\n%s,couple,65,99,0.2\n"
                      "%s,single_parent,18,39,0.1\n%s,couple_with_children,40,64,0.2\n",
                      kind, kind, kind, kind, kind);
        flyt_text_add(&text[FLYT_TABLE_rooms], "%s,2,60,0.5\n%s,4,100,0.5\n", kind, kind);
        flyt_text_add(&text[FLYT_TABLE_wealth], "%s,18,64,50000,1,%s\n%s,65,99,90000,1,%s\n",
                      tenure, t == 3 ? "0.6" : "0", tenure, t == 3 ? "0.2" : "0");
        for (int o = 0; o < 3; o++) {
            flyt_text_add(&text[FLYT_TABLE_origins], "%s,18,99,%s,%s\n", tenure, origins[o],
                          o == 0   ? "0.85"
                          : o == 1 ? "0.05"
                                   : "0.1");
            flyt_text_add(&text[FLYT_TABLE_works],
                          "%s,%s,18,64,employed,0.8\n%s,%s,18,64,benefit,0.2\n"
                          "%s,%s,65,99,pension,1\n",
                          tenure, origins[o], tenure, origins[o], tenure, origins[o]);
            flyt_text_add(&text[FLYT_TABLE_educations],
                          "%s,%s,18,99,basic,0.3\n%s,%s,18,99,vocational,0.4\n"
                          "%s,%s,18,99,higher,0.3\n",
                          tenure, origins[o], tenure, origins[o], tenure, origins[o]);
        }
        for (int k = 0; k < 4; k++) {
            flyt_text_add(&text[FLYT_TABLE_destinations], "%s,%s,%s\n", tenure, classes[k],
                          t == k ? "0.4" : "0.2");
        }
    }
}

/** Tables of persons. */
static inline void fixture_people(struct flyt_text *text)
{
    flyt_text_add(&text[FLYT_TABLE_children],
                  "type,children,share\nsingle_parent,1,0.6\nsingle_parent,2,0.4\n"
                  "couple_with_children,1,0.4\ncouple_with_children,2,0.4\n"
                  "couple_with_children,3,0.2\n");
    flyt_text_add(&text[FLYT_TABLE_adult_children],
                  "type,age_from,age_to,share\ncouple,45,60,0.3\nsingle,45,60,0.1\n");
}

/** Sets a parameter of the scenario for all years. */
static inline void fixture_set(struct flyt_scenario *scenario, const char *group, const char *name,
                               double value, struct flyt_arena *arena)
{
    uint32_t at = 0;
    for (uint32_t g = 0; g < scenario->model->n_groups; g++) {
        const struct flyt_field_group *of = &scenario->model->group[g];
        for (uint32_t f = 0; f < of->n_fields; f++, at++) {
            if (strcmp(of->name, group) == 0 && strcmp(of->field[f].name, name) == 0) {
                struct flyt_schedule *schedule = &scenario->parameter[at];
                schedule->n = 1;
                schedule->year = FLYT_ARENA_ARRAY(arena, int32_t, 1);
                schedule->value = FLYT_ARENA_ARRAY(arena, double, 1);
                schedule->year[0] = INT32_MIN;
                schedule->value[0] = value;
            }
        }
    }
}

/**
 * @brief A scenario of about n_households in n_municipalities, a quarter in each tenure; 2 % of
 *        homes are vacant. All parameters have their defaults, but there is no pass before month 0.
 */
static inline struct flyt_scenario fixture_scenario(uint32_t n_households,
                                                    uint32_t n_municipalities, uint32_t years,
                                                    struct flyt_arena *arena)
{
    const struct flyt_model *model = &flyt_housing_model;
    struct flyt_scenario scenario = {.name = "fixture",
                                     .title = "Fixture",
                                     .model = model,
                                     .start_year = 2024,
                                     .years = years,
                                     .seed = 1,
                                     .n_replicates = 1};
    for (uint32_t g = 0; g < model->n_groups; g++) {
        scenario.n_fields += model->group[g].n_fields;
    }
    scenario.parameter = FLYT_ARENA_ZERO(arena, struct flyt_schedule, scenario.n_fields);
    scenario.table = FLYT_ARENA_ZERO(arena, struct flyt_table, model->n_tables);
    struct flyt_text text[FLYT_N_TABLES];
    for (uint32_t i = 0; i < FLYT_N_TABLES; i++) {
        text[i] = (struct flyt_text){.arena = arena};
    }
    fixture_places(text, n_municipalities, n_households / n_municipalities / 4);
    fixture_by_tenure(text);
    fixture_people(text);
    for (uint32_t i = 0; i < FLYT_N_TABLES; i++) {
        scenario.table[i].spec = &model->table[i];
        if (text[i].n > 0) { /* stock_plan: none */
            fixture_table(&scenario, i, &text[i], arena);
        }
    }
    fixture_set(&scenario, "standstill", "months", 0, arena);
    return scenario;
}

#endif
