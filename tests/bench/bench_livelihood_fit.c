/*
 * No benchmark but a fit, so without bench.h.
 *
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

#include "livelihood_cohort.h"

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
    {ANY, ANY, 65, 90, E, .09, 0, "recalled; work.employed_pension_late set by it"},
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
    for (uint32_t tries = 0; tries < 8; tries++, *damping *= 4.0) { // NOLINT(cert-flp30-c)
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
