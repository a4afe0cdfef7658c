/*
 * Fits the parameters of models/work.h to published and recalled figures, and prints
 * models/work_values.h's numbers, then each figure beside what the fitted model gives.
 *
 * How: cohorts of each kind of person (origin, language, education, latent class) are carried from
 * 18 to 90 by the model's own monthly chances, as exact expectations without random numbers; the
 * residuals (figure - target) / tolerance and (parameter - start value) / spread are made small by
 * Levenberg-Marquardt. Nobody dies or moves; ages count alike within a band.
 *
 * Usage: bench_livelihood_fit [STEPS]     0 steps: only the comparison, with today's values.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
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

static void count_exits(const struct cohort *cohort, uint32_t band, double exits,
                        struct outcome *out)
{
    double left = 1.0;
    out->exits += exits;
    for (uint32_t m = 0; m < 12; m++) {
        left *= 1.0 - cohort->chances[band][E][m].sum;
        out->ended_3 += m == 2 ? exits * (1.0 - left) : 0.0;
    }
    out->lasted_12 += exits * left;
}

static void count_flows(const struct cohort *cohort, uint32_t band, int32_t age,
                        double flows[MOVERS][FLYT_N_WORKS], struct outcome *out)
{
    double working = 0.0, all = 0.0;
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
        count_exits(cohort, band, cohort->weight * flows[B][E], out);
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
        count_flows(cohort, band, age, flows, out);
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

/* ---- figures and targets -------------------------------------------------------------------- */

#define ANY UINT32_MAX

/** Share in a state of the people of an origin (ANY: all), education and language at some ages. */
static double share(const struct outcome *out, uint32_t origin, uint32_t education,
                    uint32_t language, int32_t from, int32_t to, uint32_t state)
{
    double in = 0.0, all = 0.0;
    for (uint32_t o = 0; o < FLYT_N_ORIGINS; o++) {
        for (uint32_t l = 0; l < FLYT_LANGUAGES; l++) {
            for (uint32_t e = 0; e < FLYT_N_EDUCATIONS; e++) {
                if ((origin != ANY && o != origin) || (education != ANY && e != education) ||
                    (language != ANY && l != language)) {
                    continue;
                }
                for (int32_t age = from; age <= to; age++) {
                    /* survivors: all to 70, none at 95 */
                    double alive = age < 70 ? 1.0 : (95 - age) / 25.0;
                    double w =
                        origin_mix[o] * language_mix[o][l] * education_mix[o][age >= 60][e] * alive;
                    for (uint32_t s = 0; s < FLYT_N_WORKS; s++) {
                        all += w * out->at[o][l][e][age][s];
                    }
                    in += w * out->at[o][l][e][age][state];
                }
            }
        }
    }
    return in / all;
}

struct target {
    const char *name;
    double value, tolerance; /* tolerance 0: not fitted to, only compared */
    const char *source;
};

enum { DANISH = FLYT_ORIGIN_danish, WESTERN = FLYT_ORIGIN_western, OTHER = FLYT_ORIGIN_nonwestern };
enum { N_SHARES = 36 };

/** Shares: origin, education, ages, state, target, tolerance, source. */
static const struct {
    uint32_t origin, education;
    int32_t from, to;
    uint32_t state;
    double value, tolerance;
    const char *source;
} shares[N_SHARES] = {
    {DANISH, ANY, 30, 59, E, .852, .004, "published 2021"},
    {WESTERN, ANY, 30, 59, E, .777, .004, "published 2021"},
    {OTHER, ANY, 30, 59, E, .652, .004, "published 2021"},
    {ANY, ANY, 18, 64, E, .775, 0, "published 2022/2024: 76.3-77.4 (16-64, 16-66)"},
    {DANISH, FLYT_EDUCATION_basic, 30, 59, E, .58, .01, "derived: log odds of 2010, level 2021"},
    {DANISH, FLYT_EDUCATION_vocational, 30, 59, E, .865, .01, "derived"},
    {DANISH, FLYT_EDUCATION_higher, 30, 59, E, .917, .01, "derived"},
    {OTHER, FLYT_EDUCATION_basic, 30, 59, E, .53, 0, "derived: log odds of 2010"},
    {OTHER, FLYT_EDUCATION_vocational, 30, 59, E, .71, 0, "derived"},
    {OTHER, FLYT_EDUCATION_higher, 30, 59, E, .73, 0, "derived"},
    {DANISH, ANY, 18, 29, E, .70, .01, "recalled"},
    {DANISH, ANY, 18, 29, S, .19, .01, "recalled"},
    {DANISH, ANY, 18, 29, U, .03, .005, "recalled"},
    {DANISH, ANY, 18, 29, B, .06, .005, "recalled; other outside included"},
    {DANISH, ANY, 18, 29, D, .02, .005, "recalled"},
    {DANISH, ANY, 30, 49, E, .86, .01, "recalled"},
    {DANISH, ANY, 30, 49, S, .02, .005, "recalled"},
    {DANISH, ANY, 30, 49, U, .03, .005, "recalled"},
    {DANISH, ANY, 30, 49, B, .05, .005, "recalled; other outside included"},
    {DANISH, ANY, 30, 49, D, .04, .005, "recalled"},
    {DANISH, ANY, 50, 64, E, .76, .01, "recalled"},
    {DANISH, ANY, 50, 64, U, .03, .005, "recalled"},
    {DANISH, ANY, 50, 64, B, .02, .005, "recalled"},
    {DANISH, ANY, 50, 64, D, .12, .005, "recalled"},
    {DANISH, ANY, 50, 64, P, .07, .01, "recalled: other outside"},
    {OTHER, ANY, 18, 29, E, .58, .015, "recalled"},
    {OTHER, ANY, 18, 29, S, .22, .015, "recalled"},
    {OTHER, ANY, 18, 29, B, .14, .015, "recalled; other outside included"},
    {OTHER, ANY, 30, 49, E, .66, .01, "recalled"},
    {OTHER, ANY, 30, 49, U, .07, .01, "recalled"},
    {OTHER, ANY, 30, 49, B, .18, .01, "recalled; other outside included"},
    {OTHER, ANY, 30, 49, D, .06, .01, "recalled"},
    {OTHER, ANY, 50, 64, E, .53, .02, "recalled"},
    {OTHER, ANY, 50, 64, B, .09, .02, "recalled"},
    {OTHER, ANY, 50, 64, D, .22, .02, "recalled"},
    {ANY, ANY, 65, 90, E, .09, 0, "recalled"},
};

#define N_DYNAMICS 14
#define N_TARGETS (N_SHARES + N_DYNAMICS)

static double odds(double p)
{
    return p / (1.0 - p);
}

/** The figures of benefit dynamics and rates, in the order of `dynamics`. */
static void dynamics_of(const struct outcome *out, double value[N_DYNAMICS])
{
    double level_2 = share(out, OTHER, ANY, 2, 30, 49, E),
           level_0 = share(out, OTHER, ANY, 0, 30, 49, E);
    double values[N_DYNAMICS] = {out->still / out->benefit,
                                 out->ended_3 / out->exits,
                                 out->lasted_12 / out->exits,
                                 1.0 - out->benefit_detached / out->benefit,
                                 log(odds(level_2) / odds(level_0)),
                                 12.0 * out->lost[0] / out->work[0],
                                 12.0 * out->lost[1] / out->work[1],
                                 12.0 * out->lost[2] / out->work[2],
                                 12.0 * out->young_disabled / out->young,
                                 12.0 * out->older_disabled / out->older,
                                 12.0 * out->longterm_disabled / out->longterm,
                                 out->stayed / out->benefit,
                                 out->entered_still / out->entered,
                                 share(out, DANISH, ANY, ANY, 60, 64, E)};
    memcpy(value, values, sizeof values);
}

static const struct target dynamics[N_DYNAMICS] = {
    {"on cash benefit 19 months later", .60, .003, "docs/VERIFICATION.md"},
    {"exits to work ended within 3 months", .26, .003, "published 2021"},
    {"exits to work that last 12 months", .50, .003, "published 2021"},
    {"attached share of those on benefit", .40, .05, "assumption .25-.55"},
    {"ln odds ratio of work, fluent to little Danish", 1.0986, .05, "assumption: 3"},
    {"job loss a year, basic", .08, .015, "recalled .05-.12"},
    {"job loss a year, vocational", .05, .01, "recalled .03-.07"},
    {"job loss a year, higher", .03, .01, "recalled .02-.05"},
    {"entry to disability pension a year, 18-39", .0015, .0004, "recalled .001-.0025"},
    {"entry to disability pension a year, 40-59", .005, .001, "recalled .003-.007"},
    {"the same after two years on benefit", .03, .005, "recalled .015-.05"},
    {"on benefit all 19 months", 0, 0, "no figure"},
    {"entrants on benefit 19 months later", 0, 0, "no figure"},
    {"in work at 60-64, Danish origin", .58, 0, "guess between 45.8 (2010) and 2021"},
};

static void figures(const struct flyt_work_params *params, double value[N_TARGETS])
{
    static struct outcome out;
    simulate(params, &out);
    for (uint32_t i = 0; i < N_SHARES; i++) {
        value[i] = share(&out, shares[i].origin, shares[i].education, ANY, shares[i].from,
                         shares[i].to, shares[i].state);
    }
    dynamics_of(&out, value + N_SHARES);
}

/* ---- parameters ----------------------------------------------------------------------------- */

static const struct flyt_field fields[] = {
#define X(...) FLYT_FIELD(flyt_work_params, __VA_ARGS__)
    WORK_VALUES(X)
#undef X
};
static const struct flyt_field all_fields[] = {
#define X(...) FLYT_FIELD(flyt_work_params, __VA_ARGS__)
    WORK_PARAMS(X)
#undef X
};
enum { N_FIELDS = FLYT_COUNT(fields) };

static double *param(struct flyt_work_params *params, uint32_t i)
{
    return (double *)((char *)params + fields[i].offset);
}

/** How far a parameter may stray from its start value: log odds, shares. */
static double spread(uint32_t i)
{
    bool fixed = strcmp(fields[i].name, "employed_pension_late") == 0 ||
                 strcmp(fields[i].name, "wear_benefit") == 0 ||
                 strcmp(fields[i].name, "wear_unemployed") == 0;
    return fixed ? 1e-6 : strcmp(fields[i].unit, "share") == 0 ? 0.08 : 1.0;
}

enum { N_ROWS = N_TARGETS + N_FIELDS };

static double residuals(const struct flyt_work_params *params, const double start[N_FIELDS],
                        double r[N_ROWS])
{
    double value[N_TARGETS], sum = 0.0;
    struct flyt_work_params copy = *params;
    figures(params, value);
    for (uint32_t i = 0; i < N_TARGETS; i++) {
        double target = i < N_SHARES ? shares[i].value : dynamics[i - N_SHARES].value;
        double tolerance = i < N_SHARES ? shares[i].tolerance : dynamics[i - N_SHARES].tolerance;
        r[i] = tolerance > 0.0 ? (value[i] - target) / tolerance : 0.0;
        sum += r[i] * r[i];
    }
    for (uint32_t i = 0; i < N_FIELDS; i++) {
        r[N_TARGETS + i] = (*param(&copy, i) - start[i]) / spread(i);
        sum += r[N_TARGETS + i] * r[N_TARGETS + i];
    }
    return sum;
}

/** Solves a x = b by Gauss with pivoting; a and b are spent. */
static void solve(double a[N_FIELDS][N_FIELDS], double b[N_FIELDS])
{
    for (uint32_t k = 0; k < N_FIELDS; k++) {
        uint32_t best = k;
        for (uint32_t i = k; i < N_FIELDS; i++) {
            best = fabs(a[i][k]) > fabs(a[best][k]) ? i : best;
        }
        for (uint32_t j = 0; j < N_FIELDS; j++) {
            double t = a[k][j];
            a[k][j] = a[best][j], a[best][j] = t;
        }
        double t = b[k];
        b[k] = b[best], b[best] = t;
        for (uint32_t i = 0; i < N_FIELDS; i++) {
            double f = i == k ? 0.0 : a[i][k] / a[k][k];
            for (uint32_t j = k; j < N_FIELDS && f != 0.0; j++) {
                a[i][j] -= f * a[k][j];
            }
            b[i] -= f * b[k];
        }
    }
    for (uint32_t k = 0; k < N_FIELDS; k++) {
        b[k] /= a[k][k];
    }
}

static void clamp(struct flyt_work_params *params)
{
    for (uint32_t i = 0; i < N_FIELDS; i++) {
        double *x = param(params, i);
        *x = *x < fields[i].low ? fields[i].low : *x > fields[i].high ? fields[i].high : *x;
    }
}

/** One Levenberg-Marquardt step; returns the new sum of squares. */
static double improve(struct flyt_work_params *params, const double start[N_FIELDS],
                      double *damping)
{
    static double jacobian[N_FIELDS][N_ROWS], a[N_FIELDS][N_FIELDS];
    double r[N_ROWS], moved[N_ROWS], b[N_FIELDS];
    double sum = residuals(params, start, r);
    for (uint32_t i = 0; i < N_FIELDS; i++) {
        struct flyt_work_params near = *params;
        *param(&near, i) += 1e-4;
        residuals(&near, start, moved);
        for (uint32_t k = 0; k < N_ROWS; k++) {
            jacobian[i][k] = (moved[k] - r[k]) / 1e-4;
        }
    }
    for (uint32_t tries = 0; tries < 8; tries++, *damping *= 4.0) {
        for (uint32_t i = 0; i < N_FIELDS; i++) {
            b[i] = 0.0;
            for (uint32_t j = 0; j < N_FIELDS; j++) {
                a[i][j] = 0.0;
                for (uint32_t k = 0; k < N_ROWS; k++) {
                    a[i][j] += jacobian[i][k] * jacobian[j][k];
                }
            }
            a[i][i] *= 1.0 + *damping;
            for (uint32_t k = 0; k < N_ROWS; k++) {
                b[i] -= jacobian[i][k] * r[k];
            }
        }
        solve(a, b);
        struct flyt_work_params next = *params;
        for (uint32_t i = 0; i < N_FIELDS; i++) {
            *param(&next, i) += b[i];
        }
        clamp(&next);
        double after = residuals(&next, start, moved);
        if (after < sum) {
            *params = next;
            *damping /= 5.0;
            return after;
        }
    }
    return sum;
}

static void report(const struct flyt_work_params *params)
{
    static struct outcome out;
    double value[N_TARGETS];
    figures(params, value);
    simulate(params, &out);
    static const char *const origin[] = {"danish", "western", "nonwestern"};
    static const char *const education[] = {"basic", "vocational", "higher"};
    static const char *const state[] = {"employed", "unemployed", "benefit",
                                        "student",  "disability", "pension"};
    for (uint32_t s = 0; s < FLYT_N_WORKS; s++) {
        printf("likely_%-21s %.2f\n", state[s],
               out.likely[FLYT_DETACHED][s] / out.likely[FLYT_ATTACHED][s]);
    }
    printf("\n%-46s %8s %8s  %s\n", "figure", "target", "model", "");
    for (uint32_t i = 0; i < N_SHARES; i++) {
        printf("%-10s %-10s %d-%d %-16s %8.3f %8.3f  %s, %s\n",
               shares[i].origin == ANY ? "all" : origin[shares[i].origin],
               shares[i].education == ANY ? "all" : education[shares[i].education], shares[i].from,
               shares[i].to, state[shares[i].state], shares[i].value, value[i],
               shares[i].tolerance > 0.0 ? "fitted" : "came out", shares[i].source);
    }
    for (uint32_t i = 0; i < N_DYNAMICS; i++) {
        printf("%-46s %8.4f %8.4f  %s, %s\n", dynamics[i].name, dynamics[i].value,
               value[N_SHARES + i], dynamics[i].tolerance > 0.0 ? "fitted" : "came out",
               dynamics[i].source);
    }
}

int main(int argc, char **argv)
{
    long steps = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    struct flyt_work_params params;
    double start[N_FIELDS], damping = 0.1;
    for (uint32_t i = 0; i < FLYT_COUNT(all_fields); i++) {
        flyt_field_store(&all_fields[i], all_fields[i].fallback, &params);
    }
    for (uint32_t i = 0; i < N_FIELDS; i++) {
        start[i] = *param(&params, i);
    }
    for (long k = 0; k < steps; k++) {
        double sum = improve(&params, start, &damping);
        fprintf(stderr, "step %ld: %.2f\n", k + 1, sum);
    }
    for (uint32_t i = 0; i < N_FIELDS; i++) {
        printf("%-28s %.3f\n", fields[i].name, *param(&params, i));
    }
    report(&params);
    return 0;
}
