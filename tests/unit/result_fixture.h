/**
 * @file result_fixture.h
 * @brief A small result that looks like one of the housing model, with names that bite.
 *
 * Used by the tests of all that reads or writes results; no simulation is needed.
 */
#ifndef FLYT_RESULT_FIXTURE_H
#define FLYT_RESULT_FIXTURE_H

#include <string.h>

#include "output/result.h"

enum { FIXTURE_MUNICIPALITIES = 5, FIXTURE_TENURES = 4, FIXTURE_AGES = 3, FIXTURE_TYPES = 2 };

struct fixture {
    struct flyt_arena arena;
    struct flyt_diag diag;
    struct flyt_model model;
    struct flyt_scenario scenario;
    struct flyt_result result;
    struct flyt_dim dim[4];
    struct flyt_schedule parameter[4];
    struct flyt_bytes input[2];
    const char *set[1];
};

static const char *const fixture_municipality[] = {"Odense", "Ærø", "`touch hacked`", "EOD",
                                                   "50% @{Q}_\"'; ="};
static const char *const fixture_tenure_en[] = {"Non-profit (almen)", "Private rental",
                                                "Co-operative", "Owner"};
static const char *const fixture_tenure_da[] = {"Almen", "Privat leje", "Andel", "Ejer"};
static const char *const fixture_age[] = {"18-29", "30-64", "65+"};
static const char *const fixture_type_en[] = {"Single", "Couple"};
static const char *const fixture_type_da[] = {"Enlig", "Par"};

static const struct flyt_dim fixture_dims[] = {
    {"municipality", "Municipality", "Kommune", 0, NULL, NULL},
    {"tenure", "Tenure", "Ejerform", FIXTURE_TENURES, fixture_tenure_en, fixture_tenure_da},
    {"household_type", "Household type", "Husstandstype", FIXTURE_TYPES, fixture_type_en,
     fixture_type_da},
    {"age", "Age of the oldest adult", "Alder på ældste voksne", FIXTURE_AGES, fixture_age,
     fixture_age},
};

#define FIXTURE_SERIES(name, unit, kind, period, n_dims, first, second, en, da, how, policy)       \
    {name,                                                                                         \
     unit,                                                                                         \
     FLYT_SERIES_count,                                                                            \
     FLYT_SERIES_##kind,                                                                           \
     FLYT_SERIES_##period,                                                                         \
     n_dims,                                                                                       \
     {first, second},                                                                              \
     en,                                                                                           \
     da,                                                                                           \
     how,                                                                                          \
     policy,                                                                                       \
     NULL},

static const struct flyt_series fixture_series[] = {
    FIXTURE_SERIES("households", "households", stock, monthly, 2, 0, 1, "Households", "Husstande",
                   "homes lived in, at the end of the month", NULL)
        FIXTURE_SERIES("homes", "homes", stock, monthly, 2, 0, 1, "Homes", "Boliger", "all homes",
                       NULL) FIXTURE_SERIES("vacant_homes", "homes", stock, monthly, 2, 0, 1,
                                            "Vacant homes", "Tomme boliger",
                                            "homes no one lives in", NULL)
            FIXTURE_SERIES("moves_out", "households", flow, monthly, 2, 0, 1,
                           "Households leaving their home", "Husstande der forlader deres bolig",
                           "counted as they leave", NULL)
                FIXTURE_SERIES("moves_in", "households", flow, monthly, 2, 0, 1,
                               "Households moving in", "Husstande der flytter ind",
                               "counted as they arrive", NULL)
                    FIXTURE_SERIES("waiting", "households", stock, monthly, 2, 0, 1,
                                   "Households on a list", "Husstande på venteliste",
                                   "at the end of the month", NULL)
                        FIXTURE_SERIES("waiting_months_let", "months", flow, monthly, 2, 0, 1,
                                       "Months waited by those let a home",
                                       "Måneder ventet af dem der fik bolig",
                                       "summed over those who moved in", NULL)
                            FIXTURE_SERIES("households_by_age", "households", stock, yearly, 2, 1,
                                           3, "Households by age", "Husstande efter alder",
                                           "on 1 January", NULL)
                                FIXTURE_SERIES("households_by_type", "households", stock, yearly, 2,
                                               1, 2, "Households by type", "Husstande efter type",
                                               "on 1 January", NULL)
                                    FIXTURE_SERIES("refused", "households", flow, monthly, 1, 1, 0,
                                                   "Households refused", "Husstande der fik afslag",
                                                   "by the policy",
                                                   "combined_letting"){"mean_waiting",
                                                                       "months",
                                                                       FLYT_SERIES_real,
                                                                       FLYT_SERIES_stock,
                                                                       FLYT_SERIES_yearly,
                                                                       0,
                                                                       {0},
                                                                       "Mean waiting time",
                                                                       "Gennemsnitlig ventetid",
                                                                       "of those on a list",
                                                                       NULL,
                                                                       NULL},
};

static const struct flyt_field fixture_letting[] = {
    {"municipal_share", "share", 0.25, 0, 1, FLYT_EVIDENCE_published, "Almenboligloven § 59",
     "Share let by the municipality.", "Andel kommunen anviser.", FLYT_FIELD_real, 0},
    {"max_offers", "1", 2, 0, 10, FLYT_EVIDENCE_assumed, "assumption", "Offers a year.",
     "Tilbud om året.", FLYT_FIELD_count, 8},
};
static const struct flyt_field fixture_search[] = {
    {"shock", "fresh|period|life", 1, 0, 2, FLYT_EVIDENCE_assumed, "MODEL", "How long tastes last.",
     "Hvor længe smag varer.", FLYT_FIELD_choice, 0},
    {"swap", "1", 0, 0, 1, FLYT_EVIDENCE_borrowed, "none", "Whether swaps are allowed.",
     "Om bytte er tilladt.", FLYT_FIELD_flag, 4},
};
static const struct flyt_field_group fixture_groups[] = {
    {"letting", "Letting", "Udlejning", fixture_letting, 2, 0},
    {"search", "Search", "Søgning", fixture_search, 2, 16},
};

static inline enum flyt_status fixture_fill_dims(const struct flyt_scenario *scenario,
                                                 struct flyt_arena *arena, struct flyt_dim *dim)
{
    (void)scenario;
    (void)arena;
    dim[0].n = FIXTURE_MUNICIPALITIES;
    dim[0].label_en = dim[0].label_da = fixture_municipality;
    return FLYT_OK;
}

/** A number that looks random and depends on nothing but its arguments. */
static inline uint32_t fixture_noise(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t h = a * 2654435761u ^ (b + 0x9e3779b9u) * 2246822519u ^ (c + 7u) * 3266489917u;
    h ^= h >> 15;
    h *= 2246822519u;
    return h ^ h >> 13;
}

/** Plausible values: a level by cell, a trend, noise by replicate. */
static inline int64_t fixture_count(const struct flyt_result_series *series, uint32_t s,
                                    uint32_t replicate, uint32_t row, uint32_t cell)
{
    static const int64_t level[] = {9000, 9200, 200, 130, 130, 700, 1600, 3000, 3000, 0};
    static const int64_t vacant[] = {30, 290, 95, 140};
    int64_t noise = (int64_t)(fixture_noise(replicate, row, 1000 * s + cell) % 41) - 20;
    int64_t base = level[s] / (1 + cell / FIXTURE_TENURES);
    if (series->kind == FLYT_SERIES_flow && row == 0) {
        return 0;
    }
    if (s == 2) {
        base = vacant[cell % FIXTURE_TENURES] / (1 + cell / FIXTURE_TENURES);
    }
    return base + base * row / 400 + base * noise / 160;
}

/** Fills the fixture: `years` years, replicates from `first` on. */
static inline void fixture_init(struct fixture *fixture, uint32_t first, uint32_t n_replicates,
                                uint32_t years)
{
    static char yaml[] = "title: Prøve\nyears: 3\n", csv[] = "name\nOdense\n";
    static int32_t year[] = {2020, 2025};
    static double value[] = {0.25, 0.30};
    memset(fixture, 0, sizeof *fixture);
    flyt_arena_init(&fixture->arena, 0);
    fixture->model = (struct flyt_model){.name = "housing",
                                         .en = "Housing",
                                         .da = "Bolig",
                                         .caveat_en = "no life course, no prices yet",
                                         .caveat_da = "endnu uden livsforløb og priser",
                                         .group = fixture_groups,
                                         .n_groups = 2,
                                         .dim = fixture_dims,
                                         .n_dims = FLYT_COUNT(fixture_dims),
                                         .series = fixture_series,
                                         .n_series = FLYT_COUNT(fixture_series),
                                         .dims = fixture_fill_dims};
    fixture->parameter[0] = (struct flyt_schedule){.n = 2, .year = year, .value = value};
    fixture->input[0] =
        (struct flyt_bytes){"/home/someone/prøve/scenario.yaml", yaml, sizeof yaml - 1};
    fixture->input[1] =
        (struct flyt_bytes){"/home/someone/prøve/tables/municipalities.csv", csv, sizeof csv - 1};
    fixture->set[0] = "years=3";
    fixture->scenario = (struct flyt_scenario){.name = "prøve",
                                               .title = "Prøve på `Fyn` med 100% \"æøå\"",
                                               .model = &fixture->model,
                                               .start_year = 2024,
                                               .years = years,
                                               .seed = 7,
                                               .n_replicates = n_replicates,
                                               .n_fields = 4,
                                               .parameter = fixture->parameter,
                                               .input = fixture->input,
                                               .n_inputs = 2,
                                               .set = fixture->set,
                                               .n_sets = 1};
    struct flyt_result *result = &fixture->result;
    if (flyt_result_init(result, &fixture->scenario, first, n_replicates, &fixture->arena) !=
        FLYT_OK) {
        return;
    }
    for (uint32_t s = 0; s < result->n_series; s++) {
        const struct flyt_result_series *series = &result->series[s];
        for (uint32_t r = 0; r < n_replicates; r++) {
            for (uint32_t row = 0; row < flyt_result_rows(result, series); row++) {
                void *cells = flyt_result_row(result, series, r, row);
                for (uint32_t cell = 0; cell < series->n_cells; cell++) {
                    if (series->type == FLYT_SERIES_count) {
                        ((int64_t *)cells)[cell] = fixture_count(series, s, first + r, row, cell);
                    } else {
                        ((double *)cells)[cell] = 20.5 + row + 0.125 * (first + r);
                    }
                }
            }
        }
    }
    for (uint32_t r = 0; r < n_replicates; r++) {
        flyt_result_digest(result, r);
    }
}

/* ---- segregation --------------------------------------------------------------------------- */

static const char *const fixture_group_en[] = {"Danish origin", "Non-western origin",
                                               "Lowest fifth of incomes"};
static const char *const fixture_group_da[] = {"Dansk oprindelse", "Ikke-vestlig oprindelse",
                                               "Laveste femtedel af indkomster"};
static const char *const fixture_place_en[] = {"All municipalities", "Odense"};
static const char *const fixture_place_da[] = {"Alle kommuner", "Odense"};

/** Adds the three series of the figure of segregation, [year][group][place]: .5, .1 and .45, less
 *  .01 a year, plus .02 a replicate and .1 a group; Odense 2. */
static inline void fixture_add_segregation(struct fixture *fixture)
{
    static const char *const names[] = {"segregation_dissimilarity",
                                        "segregation_dissimilarity_expected",
                                        "segregation_dissimilarity_corrected"};
    static const double level[] = {0.5, 0.1, 0.45};
    struct flyt_result *result = &fixture->result;
    struct flyt_dim *dim = FLYT_ARENA_ARRAY(&fixture->arena, struct flyt_dim, result->n_dims + 2);
    struct flyt_result_series *series =
        FLYT_ARENA_ZERO(&fixture->arena, struct flyt_result_series, result->n_series + 3);
    memcpy(dim, result->dim, result->n_dims * sizeof *dim);
    memcpy(series, result->series, result->n_series * sizeof *series);
    dim[result->n_dims] =
        (struct flyt_dim){"group", "Group", "Gruppe", 3, fixture_group_en, fixture_group_da};
    dim[result->n_dims + 1] =
        (struct flyt_dim){"place", "Place", "Sted", 2, fixture_place_en, fixture_place_da};
    for (uint32_t s = 0; s < 3; s++) {
        struct flyt_result_series *own = &series[result->n_series + s];
        uint32_t n_rows = result->n_years + 1, n_cells = 6;
        *own = (struct flyt_result_series){.name = names[s],
                                           .unit = "1",
                                           .en = names[s],
                                           .da = names[s],
                                           .how = "",
                                           .type = FLYT_SERIES_real,
                                           .period = FLYT_SERIES_yearly,
                                           .n_dims = 2,
                                           .dim = {result->n_dims, result->n_dims + 1},
                                           .n_cells = n_cells};
        own->data.real = FLYT_ARENA_ARRAY(&fixture->arena, double,
                                          (size_t)result->n_replicates *n_rows *n_cells);
        for (uint32_t i = 0; i < result->n_replicates * n_rows * n_cells; i++) {
            uint32_t cell = i % n_cells, year = i / n_cells % n_rows, r = i / n_cells / n_rows;
            own->data.real[i] =
                cell % 2 == 1 ? 2.0 : level[s] - 0.01 * year + 0.02 * r + 0.1 * (cell / 2);
        }
    }
    result->dim = dim;
    result->series = series;
    result->n_dims += 2;
    result->n_series += 3;
}

#endif
