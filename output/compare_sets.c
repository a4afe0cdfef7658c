#include "output/compare_sets.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "output/compare.h"

/** Sums over sets. */
struct sums {
    double means, squares;          /* of the sets' means, about the first */
    double errors;                  /* squared standard errors */
    double within;                  /* squares about the sets' means */
    uint32_t n_sets, freedom, n_up; /* of these n_up above 0 */
    uint32_t n_down;
    double first, low, high;
    bool known; /* all errors */
};

/** Moves numbers to the front. @return how many there are. */
static uint32_t pack(double *x, uint32_t n)
{
    uint32_t n_good = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!isnan(x[i])) {
            x[n_good++] = x[i];
        }
    }
    return n_good;
}

static void add_set(struct sums *sums, double *x, uint32_t n, uint32_t *n_all)
{
    double mean, spread, low, high;
    uint32_t n_good = pack(x, n);
    if (n_good == 0) {
        return;
    }
    flyt_compare_interval(x, n_good, &mean, &spread, &low, &high);
    if (sums->n_sets++ == 0) {
        sums->first = mean;
        sums->low = low;
        sums->high = high;
    }
    double off = mean - sums->first;
    sums->means += off;
    sums->squares += off * off;
    sums->n_up += mean > 0.0;
    sums->n_down += mean < 0.0;
    *n_all += n_good;
    if (n_good < 2) {
        sums->known = false;
        return;
    }
    sums->errors += spread * spread / n_good;
    sums->within += spread * spread * (n_good - 1);
    sums->freedom += n_good - 1;
}

static double t_of(uint32_t freedom)
{
    return gsl_cdf_tdist_Pinv(0.975, freedom);
}

/** Intervals of two sets or more. */
static void set_intervals(const struct sums *sums, struct flyt_sets_pool *out)
{
    double n = sums->n_sets;
    double between = (sums->squares - sums->means * sums->means / n) / (n - 1.0);
    between = between > 0.0 ? between : 0.0; /* rounding */
    double chance = 0.0, beyond = between;
    if (sums->known) {
        chance = sums->errors / (n * n);
        beyond = between - sums->errors / n > 0.0 ? between - sums->errors / n : 0.0;
        double half = t_of(sums->freedom) * sqrt(chance);
        out->chance_low = out->mean - half;
        out->chance_high = out->mean + half;
    }
    double half = t_of(sums->n_sets - 1) * sqrt(beyond * (1.0 + 1.0 / n) + chance);
    out->sets = sqrt(beyond);
    out->low = out->mean - half;
    out->high = out->mean + half;
}

void flyt_sets_pool(double *x, uint32_t n, uint32_t n_sets, struct flyt_sets_pool *out)
{
    struct sums sums = {.known = true};
    uint32_t each = n_sets > 1 ? n / n_sets : n;
    *out = (struct flyt_sets_pool){.mean = NAN,
                                   .low = NAN,
                                   .high = NAN,
                                   .chance_low = NAN,
                                   .chance_high = NAN,
                                   .variance = NAN,
                                   .sets = NAN};
    for (uint32_t at = 0; each > 0 && at + each <= n; at += each) {
        add_set(&sums, x + at, each, &out->n);
    }
    out->n_sets = sums.n_sets;
    if (sums.n_sets == 0) {
        return;
    }
    out->mean = sums.first + sums.means / sums.n_sets;
    out->n_alike = out->mean > 0.0 ? sums.n_up : out->mean < 0.0 ? sums.n_down : 0;
    out->variance = sums.freedom > 0 ? sums.within / sums.freedom : NAN;
    if (sums.n_sets > 1) {
        set_intervals(&sums, out);
    } else {
        out->chance_low = sums.low;
        out->chance_high = sums.high;
        out->low = n_sets > 1 ? NAN : sums.low; /* one of several does not tell of others */
        out->high = n_sets > 1 ? NAN : sums.high;
    }
}
