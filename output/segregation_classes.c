/* Units in classes, column by column in parallel. See segregation_classes.h. */
#include "output/segregation_classes.h"

#include <math.h>
#include <string.h>

enum { SIZE_CLASSES = 8, SHARE_CLASSES = 1 << 20 };

/** arcsin(sqrt p) to 1e-4, from arithmetic only (Abramowitz & Stegun 4.4.45). */
static double arcsine(double p)
{
    const double x = sqrt(p);
    return 1.5707963 -
           sqrt(1.0 - x) * (1.5707288 - x * (0.2121144 - x * (0.0742610 - x * 0.0187293)));
}

/** Sizes within an eighth of a doubling. */
static double size_class(double size, int *doubling)
{
    const double mantissa = frexp(size, doubling);
    return (double)*doubling * SIZE_CLASSES + floor((mantissa - 0.5) * 2.0 * SIZE_CLASSES);
}

/** Class number: those of like size, share within 1 / `fine` of about two standard deviations. */
static double class_number(double size, double persons, double fine)
{
    int doubling;
    const double like_size = size_class(size, &doubling);
    const double typical = ldexp(1.0, doubling);
    const double share_class = floor(arcsine(persons / size) * fine * sqrt(typical) * 0.9);
    return like_size * SHARE_CLASSES + share_class;
}

uint32_t flyt_segregation_classes_number(const double *x, const double *t, uint32_t n, double fine,
                                         struct flyt_segregation_scratch *scratch,
                                         uint32_t *of_unit)
{
    double *number = scratch->real[0];
    for (uint32_t i = 0; i < n; i++) {
        number[i] = class_number(t[i], x[i], fine);
    }
    flyt_segregation_sort(number, n, scratch);
    const uint64_t *key = scratch->key[0];
    uint32_t last = 0;
    for (uint32_t k = 0; k < n; k++) {
        last += k > 0 && key[k] != key[k - 1] ? 1 : 0;
        of_unit[scratch->order[0][k]] = last;
    }
    return last + 1;
}

static enum flyt_status take_classes(struct flyt_segregation_classes *out, struct flyt_arena *arena)
{
    out->units = FLYT_ARENA_ZERO(arena, double, out->n);
    out->size = FLYT_ARENA_ZERO(arena, double, out->n);
    out->persons = FLYT_ARENA_ZERO(arena, double, out->n);
    out->deviation = FLYT_ARENA_ARRAY(arena, double, out->n);
    out->size_of = FLYT_ARENA_ZERO(arena, double, out->n);
    out->weight = FLYT_ARENA_ARRAY(arena, double, (size_t)out->n *FLYT_SEGREGATION_GRID);
    out->range = FLYT_ARENA_ARRAY(arena, struct flyt_segregation_range, out->n);
    return out->range == NULL || out->units == NULL || out->size == NULL || out->persons == NULL ||
                   out->deviation == NULL || out->size_of == NULL || out->weight == NULL
               ? FLYT_ERR_MEMORY
               : FLYT_OK;
}

/** Adds up the posteriors of classes of like size in place: a row is read before it is written. */
static void add_sizes(const struct flyt_segregation_mixture *mixture,
                      struct flyt_segregation_classes *out)
{
    double units = 0.0, persons = 0.0, mean = 0.0, total = 0.0, before = -1.0;
    out->n_sizes = 0;
    for (uint32_t c = 0; c < out->n; c++) {
        double row[FLYT_SEGREGATION_GRID];
        int doubling;
        const double like = size_class(out->size[c], &doubling);
        const double weight = out->units[c] * out->size[c];
        memcpy(row, out->weight + (size_t)c * FLYT_SEGREGATION_GRID, sizeof row);
        flyt_segregation_posterior(mixture, row);
        const bool begins = c == 0 || like > before;
        out->n_sizes += begins ? 1 : 0;
        units = begins ? out->units[c] : units + out->units[c];
        persons = begins ? weight : persons + weight;
        before = like;
        out->size_of[out->n_sizes - 1] = persons / units;
        double *to = out->weight + (size_t)(out->n_sizes - 1) * FLYT_SEGREGATION_GRID;
        for (int k = 0; k < FLYT_SEGREGATION_GRID; k++) {
            to[k] = (begins ? 0.0 : to[k]) + weight * row[k];
            mean += weight * row[k] * mixture->chance[k];
        }
        total += weight;
    }
    for (int k = 0; k < FLYT_SEGREGATION_GRID; k++) {
        out->away[k] = mixture->chance[k] - mean / total;
    }
}

/** Means of the classes, and what chances they may have. */
static void fill_classes(const double *x, const double *t, uint32_t n,
                         struct flyt_segregation_classes *out)
{
    struct flyt_segregation_mixture mixture;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t c = out->of_unit[i];
        out->units[c] += 1.0;
        out->size[c] += t[i];
        out->persons[c] += x[i];
    }
    for (uint32_t c = 0; c < out->n; c++) {
        out->size[c] /= out->units[c];
        out->persons[c] /= out->units[c];
    }
    flyt_segregation_shape(out->persons, out->size, out->units, out->n, out->weight, out->range,
                           out->deviation, &mixture);
    add_sizes(&mixture, out);
}

static void number_columns(void *job_, uint32_t worker)
{
    const struct flyt_segregation_columns_job *job = job_;
    for (uint32_t c = worker; c < job->n_columns; c += job->n_workers) {
        job->classes[c].n = flyt_segregation_classes_number(
            job->x[c], job->t, job->n, 4.0, &job->scratch[worker], job->classes[c].of_unit);
    }
}

static void fill_column(void *job_, uint32_t c)
{
    const struct flyt_segregation_columns_job *job = job_;
    fill_classes(job->x[c], job->t, job->n, &job->classes[c]);
}

/** Classes of all columns, which are independent of each other. */
enum flyt_status flyt_segregation_classes_find(struct flyt_segregation_columns_job *job,
                                               const struct flyt_par *par, struct flyt_arena *arena)
{
    for (uint32_t c = 0; c < job->n_columns; c++) {
        job->classes[c] =
            (struct flyt_segregation_classes){.of_unit = FLYT_ARENA_ARRAY(arena, uint32_t, job->n)};
        if (job->classes[c].of_unit == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    flyt_par_tasks(par, job->n_workers, number_columns, job);
    for (uint32_t c = 0; c < job->n_columns; c++) {
        FLYT_TRY(take_classes(&job->classes[c], arena));
    }
    flyt_par_tasks(par, job->n_columns, fill_column, job);
    return FLYT_OK;
}
