#include "sim/history.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <string.h>

/** Points of the sequence looked at for one that is taken, at most. */
enum { TRIES = 200, TERMS_MOST = 1 + 2 * FLYT_HISTORY_FREE_MOST };

/** A target as a polynomial of the point. */
struct emulator {
    uint32_t n_terms;
    double coefficient[TERMS_MOST];
    double sd; /* of what it leaves over */
};

double flyt_history_implausibility(const struct flyt_history_target *target, double value,
                                   double emulator_sd)
{
    const double ruled_out = 1e9;
    double gap = value - target->wanted;
    double sd =
        sqrt(target->sd * target->sd + target->noise * target->noise + emulator_sd * emulator_sd);
    if (isnan(value)) {
        return ruled_out;
    }
    if ((target->bound == FLYT_TARGET_at_most && gap <= 0.0) ||
        (target->bound == FLYT_TARGET_at_least && gap >= 0.0)) {
        return 0.0;
    }
    return sd > 0.0 ? fabs(gap) / sd : gap == 0.0 ? 0.0 : ruled_out;
}

double flyt_history_worst(const struct flyt_history *history, uint32_t point)
{
    double worst = 0.0;
    for (uint32_t k = 0; k < history->n_targets; k++) {
        double value = history->value[(size_t)point * history->n_targets + k];
        double i = flyt_history_implausibility(&history->target[k], value, 0.0);
        worst = i > worst ? i : worst;
    }
    return worst;
}

/** The terms of a point: 1, x, x squared, with x in [-1, 1]. */
static void terms_of(const double *u, uint32_t n_free, uint32_t n_terms, double *term)
{
    term[0] = 1.0;
    for (uint32_t i = 0; i < n_free; i++) {
        double x = 2.0 * u[i] - 1.0;
        term[1 + i] = x;
        if (n_terms > 1 + n_free) {
            term[1 + n_free + i] = x * x;
        }
    }
}

/** Solves a symmetric positive system by Cholesky's method; `b` becomes the solution. */
static void solve(double *a, double *b, uint32_t n)
{
    for (uint32_t j = 0; j < n; j++) {
        for (uint32_t k = 0; k < j; k++) {
            for (uint32_t i = j; i < n; i++) {
                a[i * TERMS_MOST + j] -= a[i * TERMS_MOST + k] * a[j * TERMS_MOST + k];
            }
        }
        double root = a[j * TERMS_MOST + j] > 0.0 ? sqrt(a[j * TERMS_MOST + j]) : 1.0;
        for (uint32_t i = j; i < n; i++) {
            a[i * TERMS_MOST + j] /= root;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < i; k++) {
            b[i] -= a[i * TERMS_MOST + k] * b[k];
        }
        b[i] /= a[i * TERMS_MOST + i];
    }
    for (uint32_t i = n; i-- > 0;) {
        for (uint32_t k = i + 1; k < n; k++) {
            b[i] -= a[k * TERMS_MOST + i] * b[k];
        }
        b[i] /= a[i * TERMS_MOST + i];
    }
}

/** Value of a target at a point that was run; NaN when it could not be measured. */
static double value_at(const struct flyt_history *history, uint32_t point, uint32_t target)
{
    return history->value[(size_t)point * history->n_targets + target];
}

static const double *place_at(const struct flyt_history *history, uint32_t point)
{
    return history->u + (size_t)point * history->n_free;
}

static double at(const struct emulator *emulator, const double *u, uint32_t n_free)
{
    double term[TERMS_MOST], sum = 0.0;
    terms_of(u, n_free, emulator->n_terms, term);
    for (uint32_t i = 0; i < emulator->n_terms; i++) {
        sum += emulator->coefficient[i] * term[i];
    }
    return sum;
}

/** Least squares over the points at which the target was measured. @param a  scratch. */
static void fit(const struct flyt_history *history, uint32_t target, double *a,
                struct emulator *emulator)
{
    const double ridge = 1e-9;
    uint32_t n = 0, n_free = history->n_free;
    double term[TERMS_MOST];
    for (uint32_t p = 0; p < history->n; p++) {
        n += isnan(value_at(history, p, target)) ? 0 : 1;
    }
    emulator->n_terms = n >= 3 * (1 + 2 * n_free) ? 1 + 2 * n_free
                        : n > 2 + n_free          ? 1 + n_free
                                                  : 1;
    memset(a, 0, sizeof *a * TERMS_MOST * TERMS_MOST);
    memset(emulator->coefficient, 0, sizeof emulator->coefficient);
    for (uint32_t p = 0; p < history->n; p++) {
        double value = value_at(history, p, target);
        if (isnan(value)) {
            continue;
        }
        terms_of(place_at(history, p), n_free, emulator->n_terms, term);
        for (uint32_t i = 0; i < emulator->n_terms; i++) {
            for (uint32_t k = 0; k <= i; k++) {
                a[i * TERMS_MOST + k] += term[i] * term[k];
            }
            emulator->coefficient[i] += term[i] * value;
        }
    }
    for (uint32_t i = 0; i < emulator->n_terms; i++) {
        a[i * TERMS_MOST + i] += ridge;
    }
    solve(a, emulator->coefficient, emulator->n_terms);
    double squares = 0.0;
    for (uint32_t p = 0; p < history->n; p++) {
        double value = value_at(history, p, target);
        double left = isnan(value) ? 0.0 : value - at(emulator, place_at(history, p), n_free);
        squares += left * left;
    }
    emulator->sd = n > emulator->n_terms ? sqrt(squares / (double)(n - emulator->n_terms)) : 1e9;
}

/** Implausibility of a point that was not run, by the worst emulator. */
static double guess(const struct flyt_history *history, const struct emulator *emulator,
                    const double *u)
{
    double worst = 0.0;
    for (uint32_t k = 0; k < history->n_targets; k++) {
        double value = at(&emulator[k], u, history->n_free);
        double i = flyt_history_implausibility(&history->target[k], value, emulator[k].sd);
        worst = i > worst ? i : worst;
    }
    return worst;
}

/** The points taken so far that are ruled out, worst last, in case there are not enough others. */
struct spare {
    uint32_t n, capacity, n_free;
    double *u, *worst;
};

static void keep_spare(struct spare *spare, const double *u, double worst)
{
    if (spare->n == spare->capacity &&
        (spare->capacity == 0 || worst >= spare->worst[spare->n - 1])) {
        return;
    }
    uint32_t i = spare->n < spare->capacity ? spare->n++ : spare->n - 1;
    for (; i > 0 && spare->worst[i - 1] > worst; i--) {
        spare->worst[i] = spare->worst[i - 1];
        memcpy(spare->u + (size_t)i * spare->n_free, spare->u + (size_t)(i - 1) * spare->n_free,
               sizeof *u * spare->n_free);
    }
    spare->worst[i] = worst;
    memcpy(spare->u + (size_t)i * spare->n_free, u, sizeof *u * spare->n_free);
}

enum flyt_status flyt_history_points(const struct flyt_history *history, uint64_t *skip, uint32_t n,
                                     double *u, double *share, struct flyt_arena *arena)
{
    uint32_t n_free = history->n_free, taken = 0;
    uint64_t looked = 0, passed = 0;
    double point[FLYT_HISTORY_FREE_MOST];
    struct spare spare = {.capacity = n, .n_free = n_free};
    struct emulator *emulator =
        FLYT_ARENA_ARRAY(arena, struct emulator, (size_t)history->n_targets + 1);
    double *a = FLYT_ARENA_ARRAY(arena, double, (size_t)TERMS_MOST *TERMS_MOST);
    spare.u = FLYT_ARENA_ARRAY(arena, double, (size_t)n *n_free + 1);
    spare.worst = FLYT_ARENA_ARRAY(arena, double, (size_t)n + 1);
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, n_free);
    if (emulator == NULL || a == NULL || spare.u == NULL || spare.worst == NULL ||
        sequence == NULL) {
        if (sequence != NULL) {
            gsl_qrng_free(sequence);
        }
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t k = 0; k < history->n_targets && history->n > 0; k++) {
        fit(history, k, a, &emulator[k]);
    }
    for (uint64_t i = 0; i < *skip; i++) {
        (void)gsl_qrng_get(sequence, point);
    }
    for (; taken < n && looked < (uint64_t)TRIES * n; looked++) {
        (void)gsl_qrng_get(sequence, point);
        double worst = history->n > 0 ? guess(history, emulator, point) : 0.0;
        if (worst < FLYT_HISTORY_LIMIT) {
            memcpy(u + (size_t)taken++ * n_free, point, sizeof *u * n_free);
            passed++;
        } else {
            keep_spare(&spare, point, worst);
        }
    }
    gsl_qrng_free(sequence);
    for (uint32_t i = 0; taken < n && i < spare.n; i++) {
        memcpy(u + (size_t)taken++ * n_free, spare.u + (size_t)i * n_free, sizeof *u * n_free);
    }
    *skip += looked;
    *share = looked > 0 ? (double)passed / (double)looked : 1.0;
    return FLYT_OK;
}
