#include "models/work.h"

#include <math.h>
#include <string.h>

#include "sim/num.h"

enum {
    E = FLYT_WORK_employed,
    U = FLYT_WORK_unemployed,
    B = FLYT_WORK_benefit,
    S = FLYT_WORK_student,
    D = FLYT_WORK_disability,
    P = FLYT_WORK_pension
};

/** A kind of person: one cell of the table. */
struct cell {
    uint32_t attachment, origin, language, education, age;
};

#define BY_EDUCATION(params, kind, education)                                                      \
    ((education) == FLYT_EDUCATION_vocational ? (params)->kind##_vocational                        \
     : (education) == FLYT_EDUCATION_higher   ? (params)->kind##_higher                            \
                                              : 0.0)

#define BY_AGE(params, kind, age)                                                                  \
    ((age) == FLYT_WORK_AGE_18   ? (params)->kind##_age_18                                         \
     : (age) == FLYT_WORK_AGE_25 ? (params)->kind##_age_25                                         \
     : (age) == FLYT_WORK_AGE_50 ? (params)->kind##_age_50                                         \
     : (age) >= FLYT_WORK_AGE_60 ? (params)->kind##_age_60                                         \
                                 : 0.0)

static double demand(const struct flyt_work_params *params, struct cell cell)
{
    return params->demand +
           (cell.origin == FLYT_ORIGIN_nonwestern ? params->demand_nonwestern : 0.0);
}

static double find(const struct flyt_work_params *params, struct cell cell)
{
    return BY_EDUCATION(params, find, cell.education) + BY_AGE(params, find, cell.age) +
           (cell.origin == FLYT_ORIGIN_western      ? params->find_western
            : cell.origin == FLYT_ORIGIN_nonwestern ? params->find_nonwestern
                                                    : 0.0) +
           params->find_language * (FLYT_LANGUAGES - 1 - cell.language) +
           (cell.attachment == FLYT_DETACHED ? params->find_detached : 0.0) + demand(params, cell);
}

static double lose(const struct flyt_work_params *params, struct cell cell)
{
    return BY_EDUCATION(params, lose, cell.education) + BY_AGE(params, lose, cell.age) +
           (cell.origin == FLYT_ORIGIN_western      ? params->lose_western
            : cell.origin == FLYT_ORIGIN_nonwestern ? params->lose_nonwestern
                                                    : 0.0) +
           (cell.attachment == FLYT_DETACHED ? params->lose_detached : 0.0) - demand(params, cell);
}

static double uninsured(const struct flyt_work_params *params, struct cell cell)
{
    return BY_EDUCATION(params, uninsured, cell.education) + BY_AGE(params, uninsured, cell.age) +
           (cell.origin == FLYT_ORIGIN_nonwestern ? params->uninsured_nonwestern : 0.0) +
           (cell.attachment == FLYT_DETACHED ? params->uninsured_detached : 0.0);
}

static double study(const struct flyt_work_params *params, struct cell cell)
{
    return BY_AGE(params, study, cell.age) +
           (cell.origin == FLYT_ORIGIN_nonwestern ? params->study_nonwestern : 0.0);
}

static double disable(const struct flyt_work_params *params, struct cell cell)
{
    return BY_EDUCATION(params, disable, cell.education) + BY_AGE(params, disable, cell.age) +
           (cell.origin == FLYT_ORIGIN_nonwestern ? params->disable_nonwestern : 0.0) +
           (cell.attachment == FLYT_DETACHED ? params->disable_detached : 0.0);
}

/** Fills w with log odds; -infinity where there is no way. */
static void log_odds(const struct flyt_work_params *params, struct cell cell,
                     double w[FLYT_N_WORKS][FLYT_N_WORKS])
{
    double to_work = find(params, cell), from_work = lose(params, cell);
    double to_benefit = uninsured(params, cell), to_study = study(params, cell);
    double to_disability = disable(params, cell);
    bool may_retire = cell.age == FLYT_WORK_AGE_60; /* early retirement */
    for (uint32_t i = 0; i < FLYT_N_WORKS * FLYT_N_WORKS; i++) {
        w[i / FLYT_N_WORKS][i % FLYT_N_WORKS] = -INFINITY;
    }
    if (cell.age == FLYT_WORK_AGE_pension) { /* the others retire for certain, work.h */
        w[E][P] = params->employed_pension_late;
        return;
    }
    w[E][U] = params->employed_unemployed + from_work;
    w[E][B] = params->employed_benefit + from_work + to_benefit;
    w[E][S] = params->employed_student + to_study;
    w[E][D] = params->employed_disability + to_disability;
    w[U][E] = params->unemployed_employed + to_work;
    w[U][B] = params->unemployed_benefit + to_benefit;
    w[U][S] = params->unemployed_student + to_study;
    w[U][D] = params->unemployed_disability + to_disability;
    w[B][E] = params->benefit_employed + to_work;
    w[B][S] = params->benefit_student + to_study;
    w[B][D] = params->benefit_disability + to_disability;
    w[S][E] = params->student_employed + to_work;
    w[S][U] = params->student_unemployed;
    w[S][B] = params->student_benefit + to_benefit;
    if (may_retire) {
        w[E][P] = params->employed_pension;
        w[U][P] = params->unemployed_pension;
        w[B][P] = params->benefit_pension;
    }
}

static void prepare_wear(double wear_off, double wear[FLYT_WORK_MONTHS])
{
    for (uint32_t m = 0; m < FLYT_WORK_MONTHS; m++) {
        wear[m] = flyt_num_pow(1.0 + m, -wear_off);
    }
}

void flyt_work_prepare(const struct flyt_work_params *params, struct flyt_work_table *table)
{
    double *weight = &table->weight[0][0][0][0][0][0][0];
    for (uint32_t i = 0; i < sizeof table->weight / sizeof(double);
         i += FLYT_N_WORKS * FLYT_N_WORKS) {
        uint32_t k = i / (FLYT_N_WORKS * FLYT_N_WORKS);
        struct cell cell = {.age = k % FLYT_N_WORK_AGES};
        k /= FLYT_N_WORK_AGES;
        cell.education = k % FLYT_N_EDUCATIONS;
        k /= FLYT_N_EDUCATIONS;
        cell.language = k % FLYT_LANGUAGES;
        k /= FLYT_LANGUAGES;
        cell.origin = k % FLYT_N_ORIGINS;
        cell.attachment = k / FLYT_N_ORIGINS;
        double w[FLYT_N_WORKS][FLYT_N_WORKS];
        log_odds(params, cell, w);
        flyt_num_exp_n(&w[0][0], weight + i, FLYT_N_WORKS * FLYT_N_WORKS);
    }
    prepare_wear(params->wear_employed, table->wear[E]);
    prepare_wear(params->wear_unemployed, table->wear[U]);
    prepare_wear(params->wear_benefit, table->wear[B]);
    prepare_wear(0.0, table->wear[S]);
    prepare_wear(0.0, table->wear[D]);
    prepare_wear(0.0, table->wear[P]);
    table->pension_months = (int32_t)(params->pension_age * 12.0 + 0.5);
    table->study_months[FLYT_EDUCATION_basic] = params->study_months_basic;
    table->study_months[FLYT_EDUCATION_vocational] = params->study_months_vocational;
    table->study_months[FLYT_EDUCATION_higher] = params->study_months_higher;
}

/* ---- chances ------------------------------------------------------------------------------- */

static uint32_t age_band(const struct flyt_work_table *table, int32_t age_months)
{
    return age_months >= table->pension_months ? FLYT_WORK_AGE_pension
           : age_months >= 60 * 12             ? FLYT_WORK_AGE_60
           : age_months >= 50 * 12             ? FLYT_WORK_AGE_50
           : age_months >= 30 * 12             ? FLYT_WORK_AGE_30
           : age_months >= 25 * 12             ? FLYT_WORK_AGE_25
                                               : FLYT_WORK_AGE_18;
}

/** Weights of the ways out, worn off by time. */
static double weigh(const struct flyt_work_table *table, struct flyt_work_place place,
                    double w[FLYT_N_WORKS])
{
    uint32_t age = age_band(table, place.age_months), from = place.from;
    const double *weight =
        table->weight[place.attachment][place.origin][place.language][place.education][age][from];
    double wear =
        table->wear[from][place.months < FLYT_WORK_MONTHS ? place.months : FLYT_WORK_MONTHS - 1];
    w[E] = weight[E] * wear;
    w[U] = weight[U] * wear;
    w[B] = weight[B] * wear;
    w[S] = weight[S] * wear;
    w[D] = weight[D];
    w[P] = weight[P];
    return w[E] + w[U] + w[B] + w[S] + w[D] + w[P];
}

struct flyt_work_chances flyt_work_chances(const struct flyt_work_table *table,
                                           struct flyt_work_place place)
{
    struct flyt_work_chances chances = {.sum = 0.0};
    if (place.from == P) {
        return chances;
    }
    if (place.from != E && place.age_months >= table->pension_months) {
        chances.to[P] = chances.sum = FLYT_CERTAIN;
        return chances;
    }
    double w[FLYT_N_WORKS], sum = weigh(table, place, w);
    bool ends = place.from == S && place.months >= table->study_months[place.education];
    double scale = !ends ? 1.0 / (1.0 + sum) : sum > 0 ? FLYT_CERTAIN / sum : 0.0;
    for (uint32_t to = 0; to < FLYT_N_WORKS; to++) {
        chances.to[to] = w[to] * scale;
        chances.sum += chances.to[to];
    }
    return chances;
}

double flyt_work_bound(const struct flyt_work_table *table, struct flyt_work_place place,
                       int32_t ahead)
{
    if (place.from == P) {
        return 0.0;
    }
    struct flyt_work_place later = place; /* older, but not yet longer in the state */
    later.age_months += ahead;
    bool pension = place.from != E && later.age_months >= table->pension_months;
    bool ends =
        place.from == S && place.months + (uint32_t)ahead >= table->study_months[place.education];
    if (pension || ends) {
        return FLYT_CERTAIN;
    }
    double w[FLYT_N_WORKS], sum = weigh(table, place, w);
    if (age_band(table, later.age_months) != age_band(table, place.age_months)) {
        double then = weigh(table, later, w);
        sum = sum > then ? sum : then;
    }
    return sum / (1.0 + sum);
}

uint32_t flyt_work_pick(const struct flyt_work_chances *chances, uint32_t from, double u)
{
    double end = 0.0;
    uint32_t last = from;
    if (u >= chances->sum) {
        return from;
    }
    for (uint32_t to = 0; to < FLYT_N_WORKS; to++) {
        end += chances->to[to];
        last = chances->to[to] > 0.0 ? to : last;
        if (u < end) {
            return to;
        }
    }
    return last; /* the running sum fell short of chances->sum by a rounding */
}

double flyt_work_detached(const struct flyt_work_params *params, uint32_t education,
                          uint32_t origin)
{
    double share = education == FLYT_EDUCATION_basic        ? params->detached_basic
                   : education == FLYT_EDUCATION_vocational ? params->detached_vocational
                                                            : params->detached_higher;
    share += origin == FLYT_ORIGIN_nonwestern ? params->detached_nonwestern : 0.0;
    return share < 1.0 ? share : 1.0;
}

struct flyt_work_chances flyt_work_first(const struct flyt_work_params *params,
                                         struct flyt_work_place place)
{
    double young = (30 * 12 - place.age_months) / 120.0;
    young = young < 0.0 ? 0.0 : young > 1.0 ? 1.0 : young;
    double student =
        young * (place.education == FLYT_EDUCATION_basic        ? params->first_student_basic
                 : place.education == FLYT_EDUCATION_vocational ? params->first_student_vocational
                                                                : params->first_student_higher);
    double benefit = place.attachment == FLYT_DETACHED ? params->first_benefit_detached
                                                       : params->first_benefit_attached;
    struct flyt_work_chances chances = {.sum = 1.0};
    chances.to[S] = student;
    chances.to[B] = (1.0 - student) * benefit;
    chances.to[E] = 1.0 - chances.to[S] - chances.to[B];
    return chances;
}

double flyt_work_detached_in(const struct flyt_work_params *params, struct flyt_work_place place)
{
    const double likely[FLYT_N_WORKS] = {params->likely_employed,   params->likely_unemployed,
                                         params->likely_benefit,    params->likely_student,
                                         params->likely_disability, params->likely_pension};
    double prior = flyt_work_detached(params, place.education, place.origin);
    double weight = prior * likely[place.from];
    return weight > 0.0 ? weight / (weight + 1.0 - prior) : 0.0;
}

uint32_t flyt_work_months(const struct flyt_work_table *table, struct flyt_work_place place,
                          uint32_t most, double u)
{
    /* those entered so long ago are there in proportion to who has stayed: survival by steps */
    static const uint32_t step_from[] = {0,  1,  2,  3,  4,   6,   8,   12,  18, 24,
                                         36, 48, 72, 96, 120, 180, 240, 360, 480};
    double end[FLYT_COUNT(step_from)], stayed = 1.0, sum = 0.0;
    uint32_t n = 0;
    for (; n < FLYT_COUNT(step_from) && step_from[n] <= most; n++) {
        uint32_t next = n + 1 < FLYT_COUNT(step_from) ? step_from[n + 1] : 600;
        uint32_t months = (next <= most ? next : most + 1) - step_from[n];
        place.months = step_from[n];
        double leave = flyt_work_chances(table, place).sum;
        double left = stayed * (1.0 - flyt_num_pow(1.0 - leave, months));
        end[n] = sum += leave > 1e-9 ? left / leave : stayed * months;
        stayed -= left;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (u * sum < end[i] || i + 1 == n) {
            double before = i > 0 ? end[i - 1] : 0.0;
            uint32_t next = i + 1 < n ? step_from[i + 1] : most + 1;
            double part = (u * sum - before) / (end[i] - before);
            uint32_t month = step_from[i] + (uint32_t)(part * (next - step_from[i]));
            return month < most ? month : most;
        }
    }
    return 0;
}
