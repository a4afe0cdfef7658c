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

/**
 * @brief A scenario of about n_households in n_municipalities, a quarter in each tenure; 2 % of
 *        homes are vacant. All parameters have their defaults.
 */
static inline struct flyt_scenario fixture_scenario(uint32_t n_households,
                                                    uint32_t n_municipalities, uint32_t years,
                                                    struct flyt_arena *arena)
{
    static const char *const tenures[] = {"almen", "private_rental", "cooperative", "owner"};
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
    struct flyt_text text[4] = {
        {.arena = arena}, {.arena = arena}, {.arena = arena}, {.arena = arena}};
    flyt_text_add(&text[0], "code,name,labour_market,longitude,latitude,population\n");
    flyt_text_add(&text[1], "municipality,tenure,homes,households\n");
    flyt_text_add(&text[2], "tenure,type,age_from,age_to,share\n");
    flyt_text_add(&text[3], "from_tenure,to_tenure,share\n");
    uint32_t households = n_households / n_municipalities / 4;
    for (uint32_t m = 0; m < n_municipalities; m++) {
        flyt_text_add(&text[0], "%u,M%u,L,%g,%g,1000\n", m + 1, m, 10.0 + 0.1 * (m % 10),
                      55.0 + 0.1 * (m / 10));
        for (int t = 0; t < 4; t++) {
            flyt_text_add(&text[1], "M%u,%s,%u,%u\n", m, tenures[t],
                          households + households / 50 + 1, households);
        }
    }
    for (int t = 0; t < 4; t++) {
        flyt_text_add(&text[2], "%s,single,18,39,0.3\n%s,couple,40,89,0.4\n", tenures[t],
                      tenures[t]);
        flyt_text_add(&text[2], "%s,single_parent,25,49,0.1\n%s,couple_with_children,30,54,0.2\n",
                      tenures[t], tenures[t]);
        for (int k = 0; k < 4; k++) {
            flyt_text_add(&text[3], "%s,%s,%s\n", tenures[t], tenures[k], t == k ? "0.4" : "0.2");
        }
    }
    for (uint32_t i = 0; i < 4; i++) {
        fixture_table(&scenario, i, &text[i], arena);
    }
    return scenario;
}

#endif
