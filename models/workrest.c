#include "models/workrest.h"

#include <string.h>

enum {
    E = FLYT_WORK_employed,
    U = FLYT_WORK_unemployed,
    B = FLYT_WORK_benefit,
    S = FLYT_WORK_student,
    D = FLYT_WORK_disability,
    P = FLYT_WORK_pension
};
enum { MOVERS = 4, BINS = 14, FIRST_AGE = 18 * 12 }; /* states from E to S are left again */

static const uint32_t bin_from[BINS] = {0, 1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 60, 96, 160};
static const int32_t age_from[FLYT_REST_AGES] = {18, 25, 30, 40, 50, 60};

uint32_t flyt_workrest_age(int32_t age_months)
{
    uint32_t age = 0;
    while (age + 1 < FLYT_REST_AGES && age_months >= age_from[age + 1] * 12) {
        age++;
    }
    return age;
}

/** People of one kind by state and months in it. */
struct cohort {
    double n[MOVERS][BINS];
    double out[2];                                  /* D, P */
    struct flyt_work_chances chances[MOVERS][BINS]; /* at this age */
};

static double width_of(uint32_t bin)
{
    return bin + 1 < BINS ? bin_from[bin + 1] - bin_from[bin] : 1e30;
}

static void set_chances(const struct flyt_work_table *table, struct flyt_work_place place,
                        struct cohort *cohort)
{
    for (uint32_t from = 0; from < MOVERS; from++) {
        for (uint32_t bin = 0; bin < BINS; bin++) {
            double width = width_of(bin);
            place.from = from;
            place.months = bin_from[bin] + (width < 1e3 ? (uint32_t)((width - 1.0) / 2.0) : 80);
            cohort->chances[from][bin] = flyt_work_chances(table, place);
        }
    }
}

static void step(struct cohort *cohort)
{
    double entering[MOVERS] = {0};
    for (uint32_t from = 0; from < MOVERS; from++) {
        double older = 0.0;
        for (uint32_t bin = 0; bin < BINS; bin++) {
            const struct flyt_work_chances *chances = &cohort->chances[from][bin];
            double here = cohort->n[from][bin];
            for (uint32_t to = 0; to < MOVERS; to++) {
                entering[to] += here * chances->to[to];
            }
            cohort->out[0] += here * chances->to[D];
            cohort->out[1] += here * chances->to[P];
            double stay = here * (1.0 - chances->sum), on = stay / width_of(bin);
            cohort->n[from][bin] = stay - on + older;
            older = on;
        }
    }
    for (uint32_t to = 0; to < MOVERS; to++) {
        cohort->n[to][0] += entering[to];
    }
}

static void add_states(const struct cohort *cohort, double share[FLYT_N_WORKS])
{
    for (uint32_t from = 0; from < MOVERS; from++) {
        for (uint32_t bin = 0; bin < BINS; bin++) {
            share[from] += cohort->n[from][bin];
        }
    }
    share[D] += cohort->out[0];
    share[P] += cohort->out[1];
}

/** Those who are not in work retire. */
static void retire(struct cohort *cohort)
{
    for (uint32_t from = 0; from < MOVERS; from++) {
        for (uint32_t bin = 0; from != E && bin < BINS; bin++) {
            cohort->out[1] += cohort->n[from][bin];
            cohort->n[from][bin] = 0.0;
        }
    }
    cohort->out[1] += cohort->out[0];
    cohort->out[0] = 0.0;
}

static void norm(double share[FLYT_N_WORKS])
{
    double sum = 0.0;
    for (uint32_t state = 0; state < FLYT_N_WORKS; state++) {
        sum += share[state];
    }
    for (uint32_t state = 0; state < FLYT_N_WORKS; state++) {
        share[state] /= sum > 0.0 ? sum : 1.0;
    }
}

/** Carries one kind of person to 80 years; share[age][state] only to pension age. */
static void carry(const struct flyt_work_params *params, const struct flyt_work_table *table,
                  struct flyt_work_place place, double share[FLYT_REST_AGES][FLYT_N_WORKS],
                  double year[FLYT_REST_YEARS][FLYT_N_WORKS])
{
    struct cohort cohort = {.out = {0}};
    place.age_months = FIRST_AGE;
    struct flyt_work_chances first = flyt_work_first(params, place);
    cohort.n[E][0] = first.to[E];
    cohort.n[B][0] = first.to[B];
    cohort.n[S][0] = first.to[S];
    memset(share, 0, FLYT_REST_AGES * sizeof *share);
    memset(year, 0, FLYT_REST_YEARS * sizeof *year);
    for (; place.age_months < FIRST_AGE + FLYT_REST_YEARS * 12; place.age_months++) {
        int32_t years = place.age_months / 12;
        bool new_band = place.age_months == FIRST_AGE || years == 25 || years == 30 ||
                        years == 50 || years == 60;
        bool pension = place.age_months == table->pension_months;
        if (pension) {
            retire(&cohort);
        }
        if (pension || (new_band && place.age_months % 12 == 0)) {
            set_chances(table, place, &cohort);
        }
        step(&cohort);
        if (place.age_months < table->pension_months) {
            add_states(&cohort, share[flyt_workrest_age(place.age_months)]);
        }
        add_states(&cohort, year[years - FLYT_REST_FIRST]);
    }
    for (uint32_t age = 0; age < FLYT_REST_AGES; age++) {
        norm(share[age]);
    }
    for (uint32_t y = 0; y < FLYT_REST_YEARS; y++) {
        norm(year[y]);
    }
}

struct job {
    const struct flyt_work_params *params;
    const struct flyt_work_table *table;
    struct flyt_work_rest *rest;
};

static void carry_range(void *job_, uint32_t first, uint32_t end)
{
    const struct job *job = job_;
    for (uint32_t i = first; i < end; i++) {
        uint32_t k = i;
        struct flyt_work_place place = {.education = (uint8_t)(k % FLYT_N_EDUCATIONS)};
        k /= FLYT_N_EDUCATIONS;
        place.language = (uint8_t)(k % FLYT_LANGUAGES);
        k /= FLYT_LANGUAGES;
        place.origin = (uint8_t)(k % FLYT_N_ORIGINS);
        place.attachment = (uint8_t)(k / FLYT_N_ORIGINS);
        carry(job->params, job->table, place,
              job->rest->share[place.attachment][place.origin][place.language][place.education],
              job->rest->year[place.attachment][place.origin][place.language][place.education]);
    }
}

void flyt_workrest_make(const struct flyt_par *par, const struct flyt_work_params *params,
                        const struct flyt_work_table *table, struct flyt_work_rest *rest)
{
    struct job job = {params, table, rest};
    uint32_t n = FLYT_ATTACHMENTS * FLYT_N_ORIGINS * FLYT_LANGUAGES * FLYT_N_EDUCATIONS;
    flyt_par_ranges(par, n, carry_range, &job);
}

double flyt_workrest_outside(const double share[FLYT_N_WORKS])
{
    double out = share[U] + share[B], all = out + share[E];
    return all > 0.0 ? out / all : 0.0;
}

double flyt_workrest_detached(const double attached[FLYT_N_WORKS],
                              const double detached[FLYT_N_WORKS], double outside)
{
    double low = flyt_workrest_outside(attached), high = flyt_workrest_outside(detached);
    if (outside <= low || outside >= high) {
        return outside <= low ? 0.0 : 1.0;
    }
    /* of the mixture's people who work or look for work, so many do not work */
    double n_attached = attached[E] + attached[U] + attached[B];
    double n_detached = detached[E] + detached[U] + detached[B];
    double odds = n_attached * (outside - low) / (n_detached * (high - outside));
    return odds / (1.0 + odds);
}
