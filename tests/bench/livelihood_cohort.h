/*
 * Cohorts of the model of work states as exact expectations, for bench_livelihood_fit.c alone.
 *
 * A cohort is everybody of one origin, language, education and latent class, carried from 18 to 90
 * by the model's own monthly chances. Nobody dies or moves.
 */
#ifndef FLYT_LIVELIHOOD_COHORT_H
#define FLYT_LIVELIHOOD_COHORT_H

#include <string.h>

#include "models/work.h"

enum {
    E = FLYT_WORK_employed,
    U = FLYT_WORK_unemployed,
    B = FLYT_WORK_benefit,
    S = FLYT_WORK_student,
    D = FLYT_WORK_disability,
    P = FLYT_WORK_pension
};
enum { FIRST_AGE = 18, END_AGE = 91, MOVERS = 4, MONTHS = FLYT_WORK_MONTHS, LATER = 19 };

/* ---- who there is --------------------------------------------------------------------------- */

/* ASSUMPTION: education is the highest attained or under way, so the young have the mix of the
   30-59-year-olds: education_share, income_age_education.csv (recalled; western: guess) */
static const double education_mix[FLYT_N_ORIGINS][2][FLYT_N_EDUCATIONS] = {
    {{0.14, 0.46, 0.40}, {0.29, 0.44, 0.27}},
    {{0.20, 0.35, 0.45}, {0.29, 0.44, 0.27}},
    {{0.36, 0.31, 0.33}, {0.45, 0.33, 0.22}}};

/* assumptions.csv, language: level by years of stay, weighted by years of stay of immigrants */
static const double language_mix[FLYT_N_ORIGINS][FLYT_LANGUAGES] = {
    {0.0, 0.0, 1.0}, {0.10, 0.30, 0.60}, {0.24, 0.36, 0.40}};

static const double origin_mix[FLYT_N_ORIGINS] = {0.865, 0.05, 0.085};

/** What the cohorts give: persons of weight 1 at each age. */
struct outcome {
    double at[FLYT_N_ORIGINS][FLYT_LANGUAGES][FLYT_N_EDUCATIONS][END_AGE][FLYT_N_WORKS];
    double benefit, benefit_detached; /* stock 18-64 */
    double still, stayed;             /* of it on benefit LATER months on; without a break */
    double entered, entered_still;    /* the same for those who have just entered */
    double exits, ended_3, lasted_12; /* exits from benefit to work */
    double work[FLYT_N_EDUCATIONS], lost[FLYT_N_EDUCATIONS]; /* 25-59: person-months, job losses */
    double likely[FLYT_ATTACHMENTS][FLYT_N_WORKS]; /* 25-64 and past pension age, by class */
    double young, young_disabled, older, older_disabled, longterm, longterm_disabled;
};

/** One cohort: its people by state and months in it. */
struct cohort {
    uint32_t origin, language, education, attachment;
    double weight;
    double n[MOVERS][MONTHS]; /* E, U, B, S */
    double out[2];            /* D, P */
    struct flyt_work_chances chances[FLYT_N_WORK_AGES][MOVERS][MONTHS];
    struct flyt_work_chances retire; /* all but the employed, past pension age */
};

static const int32_t band_age[FLYT_N_WORK_AGES] = {18, 25, 30, 50, 60, 67};

static void prepare_chances(const struct flyt_work_table *table, struct cohort *cohort)
{
    for (uint32_t age = 0; age < FLYT_N_WORK_AGES; age++) {
        for (uint32_t from = 0; from < MOVERS; from++) {
            for (uint32_t m = 0; m < MONTHS; m++) {
                struct flyt_work_place place = {from,
                                                m,
                                                age == FLYT_WORK_AGE_pension ? table->pension_months
                                                                             : band_age[age] * 12,
                                                (uint8_t)cohort->education,
                                                (uint8_t)cohort->origin,
                                                (uint8_t)cohort->language,
                                                (uint8_t)cohort->attachment};
                cohort->chances[age][from][m] = flyt_work_chances(table, place);
            }
        }
    }
}

static uint32_t band_of(const struct flyt_work_table *table, int32_t age_months)
{
    uint32_t band = FLYT_WORK_AGE_18;
    for (uint32_t i = 0; i < FLYT_WORK_AGE_pension; i++) {
        band = age_months >= band_age[i] * 12 ? i : band;
    }
    return age_months >= table->pension_months ? FLYT_WORK_AGE_pension : band;
}

/** One month of n and out; flows[from][to] if given. */
static void step(const struct cohort *cohort, uint32_t band, double n[MOVERS][MONTHS],
                 double out[2], double flows[MOVERS][FLYT_N_WORKS])
{
    double entering[MOVERS] = {0};
    for (uint32_t from = 0; from < MOVERS; from++) {
        double carry = 0.0, oldest = 0.0;
        for (uint32_t m = 0; m < MONTHS; m++) {
            double here = n[from][m], gone = 0.0;
            if (here > 0.0) {
                const struct flyt_work_chances *chances = &cohort->chances[band][from][m];
                for (uint32_t to = 0; to < FLYT_N_WORKS; to++) {
                    double part = here * chances->to[to];
                    gone += part;
                    if (to < MOVERS) {
                        entering[to] += part;
                    } else {
                        out[to - MOVERS] += part;
                    }
                    if (flows != NULL) {
                        flows[from][to] += part;
                    }
                }
            }
            n[from][m] = carry;
            carry = here - gone;
            oldest = m == MONTHS - 1 ? carry : oldest;
        }
        n[from][MONTHS - 1] += oldest;
    }
    for (uint32_t from = 0; from < MOVERS; from++) {
        n[from][0] += entering[from];
    }
}

/** What becomes of people on benefit in LATER months; *stayed: without a break. */
static double follow(const struct flyt_work_table *table, const struct cohort *cohort,
                     const double start[MONTHS], int32_t age_months, double *stayed)
{
    static double n[MOVERS][MONTHS]; /* a bench, on one thread */
    double out[2] = {0.0, 0.0}, sum = 0.0, unbroken = 0.0;
    memset(n, 0, sizeof n);
    memcpy(n[B], start, sizeof n[B]);
    for (uint32_t m = 0; m < MONTHS; m++) {
        double left = start[m];
        for (uint32_t k = 0; k < LATER && left > 0.0; k++) {
            uint32_t at = m + k < MONTHS ? m + k : MONTHS - 1;
            left *= 1.0 - cohort->chances[band_of(table, age_months + (int32_t)k)][B][at].sum;
        }
        unbroken += left;
    }
    for (int32_t k = 0; k < LATER; k++) {
        step(cohort, band_of(table, age_months + k), n, out, NULL);
    }
    for (uint32_t m = 0; m < MONTHS; m++) {
        sum += n[B][m];
    }
    *stayed += unbroken;
    return sum;
}

static void count_benefit(const struct flyt_work_table *table, const struct cohort *cohort,
                          int32_t age_months, struct outcome *out)
{
    double stock = 0.0, stayed = 0.0;
    for (uint32_t m = 0; m < MONTHS; m++) {
        stock += cohort->n[B][m];
        out->longterm += m >= 24 ? cohort->weight * cohort->n[B][m] : 0.0;
        out->longterm_disabled += m >= 24
                                      ? cohort->weight * cohort->n[B][m] *
                                            cohort->chances[band_of(table, age_months)][B][m].to[D]
                                      : 0.0;
    }
    out->benefit += cohort->weight * stock;
    out->benefit_detached += cohort->attachment == FLYT_DETACHED ? cohort->weight * stock : 0.0;
    out->still += cohort->weight * follow(table, cohort, cohort->n[B], age_months, &stayed);
    out->stayed += cohort->weight * stayed;
    double entrants[MONTHS] = {cohort->n[B][0]}, unbroken = 0.0;
    out->entered += cohort->weight * entrants[0];
    out->entered_still += cohort->weight * follow(table, cohort, entrants, age_months, &unbroken);
}

static void count_exits(const struct flyt_work_table *table, const struct cohort *cohort,
                        int32_t age_months, double exits, struct outcome *out)
{
    double left = 1.0;
    out->exits += exits;
    for (uint32_t m = 0; m < 12; m++) {
        uint32_t band = band_of(table, age_months + 1 + (int32_t)m);
        left *= 1.0 - cohort->chances[band][E][m].sum;
        out->ended_3 += m == 2 ? exits * (1.0 - left) : 0.0;
    }
    out->lasted_12 += exits * left;
}

static void count_flows(const struct flyt_work_table *table, const struct cohort *cohort,
                        int32_t age_months, double flows[MOVERS][FLYT_N_WORKS], struct outcome *out)
{
    double working = 0.0, all = 0.0;
    int32_t age = age_months / 12;
    double disabled = flows[E][D] + flows[U][D] + flows[B][D];
    for (uint32_t m = 0; m < MONTHS; m++) {
        working += cohort->n[E][m];
        all += cohort->n[E][m] + cohort->n[U][m] + cohort->n[B][m] + cohort->n[S][m];
    }
    if (age >= 25 && age < 60) {
        out->work[cohort->education] += cohort->weight * working;
        out->lost[cohort->education] += cohort->weight * (flows[E][U] + flows[E][B]);
    }
    out->young += age < 40 ? cohort->weight * all : 0.0;
    out->young_disabled += age < 40 ? cohort->weight * disabled : 0.0;
    out->older += age >= 40 && age < 60 ? cohort->weight * all : 0.0;
    out->older_disabled += age >= 40 && age < 60 ? cohort->weight * disabled : 0.0;
    if (age < 65) {
        count_exits(table, cohort, age_months, cohort->weight * flows[B][E], out);
    }
}

static void count_likely(const struct cohort *cohort, int32_t age, double weight,
                         struct outcome *out)
{
    double *likely = out->likely[cohort->attachment];
    for (uint32_t s = 0; s < MOVERS && age >= (s == S ? 18 : 25) && age < (s == S ? 30 : 65); s++) {
        for (uint32_t m = 0; m < MONTHS; m++) {
            likely[s] += weight * cohort->n[s][m];
        }
    }
    likely[D] += weight * cohort->out[0];
    likely[P] += weight * cohort->out[1];
}

static void live(const struct flyt_work_params *params, const struct flyt_work_table *table,
                 struct cohort *cohort, struct outcome *out)
{
    struct flyt_work_place place = {0,
                                    0,
                                    FIRST_AGE * 12,
                                    (uint8_t)cohort->education,
                                    (uint8_t)cohort->origin,
                                    0,
                                    (uint8_t)cohort->attachment};
    struct flyt_work_chances first = flyt_work_first(params, place);
    double share = flyt_work_detached(params, cohort->education, cohort->origin);
    share = cohort->attachment == FLYT_DETACHED ? share : 1.0 - share;
    cohort->weight *= share;
    memset(cohort->n, 0, sizeof cohort->n);
    cohort->out[0] = cohort->out[1] = 0.0;
    for (uint32_t s = 0; s < MOVERS; s++) {
        cohort->n[s][0] = first.to[s];
    }
    prepare_chances(table, cohort);
    for (int32_t t = FIRST_AGE * 12; t < END_AGE * 12; t++) {
        int32_t age = t / 12;
        uint32_t band = band_of(table, t);
        double *at = out->at[cohort->origin][cohort->language][cohort->education][age];
        for (uint32_t s = 0; s < MOVERS; s++) {
            for (uint32_t m = 0; m < MONTHS; m++) {
                at[s] += share / 12.0 * cohort->n[s][m];
            }
        }
        at[D] += share / 12.0 * cohort->out[0];
        at[P] += share / 12.0 * cohort->out[1];
        count_likely(cohort, age, cohort->weight / share, out);
        if (t % 48 == 0 && age < 65) {
            count_benefit(table, cohort, t, out);
        }
        double flows[MOVERS][FLYT_N_WORKS] = {{0}};
        step(cohort, band, cohort->n, cohort->out, flows);
        if (band == FLYT_WORK_AGE_pension) {
            cohort->out[1] += cohort->out[0]; /* disability pension ends with the state pension */
            cohort->out[0] = 0.0;
        }
        count_flows(table, cohort, t, flows, out);
    }
}

static void simulate(const struct flyt_work_params *params, struct outcome *out)
{
    static struct flyt_work_table table;
    static struct cohort cohort;
    memset(out, 0, sizeof *out);
    flyt_work_prepare(params, &table);
    for (uint32_t o = 0; o < FLYT_N_ORIGINS; o++) {
        for (uint32_t l = 0; l < FLYT_LANGUAGES; l++) {
            for (uint32_t e = 0; e < FLYT_N_EDUCATIONS && language_mix[o][l] > 0.0; e++) {
                for (uint32_t a = 0; a < FLYT_ATTACHMENTS; a++) {
                    cohort.origin = o, cohort.language = l, cohort.education = e;
                    cohort.attachment = a;
                    cohort.weight = origin_mix[o] * language_mix[o][l] * education_mix[o][0][e];
                    live(params, &table, &cohort, out);
                }
            }
        }
    }
}

#endif
