/* Kinds of units: chances that many units share. See segregation_prior.h. */
#include <math.h>
#include <string.h>

#include "output/segregation_prior.h"
#include "sim/num.h"

enum {
    GRID = FLYT_SEGREGATION_GRID,
    MOST = FLYT_SEGREGATION_KINDS,
    EM_ROUNDS = 300,
    TRIAL_ROUNDS = 15,
    CHUNK = 32 /* rows whose exponentials are taken at once */
};

/** Precision of the logit of a kind's chance: one of next to nobody is known to a factor of e^2. */
static const double LOGIT_RIDGE = 0.25;

/* ---- a number of kinds --------------------------------------------------------------------- */

/** ln of the likelihood of some persons of so many with each kind, relative to the best. @return
 *  that of the best. */
static double log_kinds(const struct flyt_segregation_prior *prior, double in, double size,
                        double *post)
{
    const double out = size - in;
    double best = -HUGE_VAL;
    for (int k = 0; k < prior->n; k++) {
        post[k] = in * prior->log_in[k] + out * prior->log_out[k];
        best = post[k] > best ? post[k] : best;
    }
    for (int k = 0; k < prior->n; k++) {
        post[k] -= best;
    }
    return best;
}

double flyt_segregation_kinds_row(const struct flyt_segregation_prior *prior,
                                  const struct flyt_segregation_rows *rows, uint32_t i,
                                  double *post)
{
    const double best = log_kinds(prior, rows->persons[i], rows->size[i], post);
    double sum = 0.0;
    flyt_num_exp_n(post, post, (size_t)prior->n);
    for (int k = 0; k < prior->n; k++) {
        post[k] *= prior->share[k];
        sum += post[k];
    }
    for (int k = 0; k < prior->n; k++) {
        post[k] /= sum;
    }
    return flyt_num_log(sum) + best;
}

/** Sums that a step of EM takes over rows, by kind. */
struct step {
    double units[MOST], persons[MOST], size[MOST];
};

/** Adds some rows by their posteriors; of each leaves rows->sum, the likelihood relative to its
 *  best kind. Returns what the best kinds add to the logarithm of the likelihood. */
static double add_rows(const struct flyt_segregation_rows *rows, uint32_t from, uint32_t to,
                       const struct flyt_segregation_prior *prior, struct step *step)
{
    const int n = prior->n;
    double post[CHUNK * MOST] = {0.0}, all = 0.0;
    for (uint32_t i = from; i < to; i++) {
        double *own = post + (size_t)(i - from) * (size_t)n;
        all += rows->units[i] * log_kinds(prior, rows->persons[i], rows->size[i], own);
    }
    flyt_num_exp_n(post, post, (size_t)(to - from) * (size_t)n);
    for (uint32_t i = from; i < to; i++) {
        double *own = post + (size_t)(i - from) * (size_t)n, sum = 0.0;
        for (int k = 0; k < n; k++) {
            own[k] *= prior->share[k];
            sum += own[k];
        }
        const double part = rows->units[i] / sum;
        for (int k = 0; k < n; k++) {
            const double units = part * own[k];
            step->units[k] += units;
            step->persons[k] += units * rows->persons[i];
            step->size[k] += units * rows->size[i];
        }
        rows->sum[i] = sum;
    }
    return all;
}

/** One step of EM. Returns the logarithm of the likelihood before it. */
static double step_kinds(const struct flyt_segregation_rows *rows,
                         struct flyt_segregation_prior *prior)
{
    struct step step = {0};
    double all = 0.0, total = 0.0;
    for (uint32_t i = 0; i < rows->n; i += CHUNK) {
        all += add_rows(rows, i, rows->n - i < CHUNK ? rows->n : i + CHUNK, prior, &step);
    }
    flyt_num_log_n(rows->sum, rows->work, rows->n);
    for (uint32_t i = 0; i < rows->n; i++) {
        all += rows->units[i] * rows->work[i];
        total += rows->units[i];
    }
    for (int k = 0; k < prior->n; k++) {
        prior->share[k] = step.units[k] / total > 1e-280 ? step.units[k] / total : 1e-280;
        prior->chance[k] = (step.persons[k] + 0.5) / (step.size[k] + 1.0); /* Jeffreys */
    }
    flyt_segregation_prior_logs(prior);
    return all;
}

/** Adds what some units of one size with x persons of the group are expected to tell. */
static void add_outcome(const struct flyt_segregation_prior *prior, double size, double x,
                        double units, double *information)
{
    const int n = prior->n, m = 2 * n;
    double slope[2 * MOST], sum = 0.0;
    (void)log_kinds(prior, x, size, slope);
    flyt_num_exp_n(slope, slope, (size_t)n);
    for (int k = 0; k < n; k++) {
        slope[k] *= prior->share[k];
        sum += slope[k];
    }
    for (int k = 0; k < n; k++) {
        const double post = slope[k] / sum;
        slope[k] = post - prior->share[k];
        slope[n + k] = post * (x - size * prior->chance[k]);
    }
    for (int k = 0; k < m; k++) {
        for (int j = 0; j <= k; j++) {
            information[k * m + j] += units * slope[k] * slope[j];
        }
    }
}

/** Adds what units of one size are expected to tell: kind by kind a sum over the persons that may
 * be in them, to five standard deviations and, where these are wide, by steps of a third of one. */
static void add_size(const struct flyt_segregation_prior *prior, double size, double units,
                     double *information)
{
    enum { POINTS = 80 };
    const double reach = 5.0, wide = 6.0;
    for (int k = 0; k < prior->n; k++) {
        const double p = prior->chance[k], odds = p / (1.0 - p), mean = size * p;
        const double sd = sqrt(mean * (1.0 - p)), step = sd < wide ? 1.0 : sd / 3.0;
        const double first = floor(mean - reach * sd), from = first > 0.0 ? first : 0.0;
        double weight[POINTS], sum = 0.0;
        int n = 0;
        for (double x = from; n < POINTS && x <= size && x <= mean + reach * sd + 5.0; x += step) {
            const double z = (x - mean) / sd;
            weight[n] = sd >= wide ? flyt_num_exp(-0.5 * z * z)
                        : n == 0   ? 1.0
                                   : weight[n - 1] * odds * (size - x + 1.0) / x;
            sum += weight[n++];
        }
        for (int i = 0; i < n; i++) {
            add_outcome(prior, size, from + step * i, units * prior->share[k] * weight[i] / sum,
                        information);
        }
    }
}

/**
 * Information of shares and chances that tables of these sizes are expected to hold. By the units'
 * own slopes a kind of few units would hardly have any: where it is likeliest they are all but 0.
 * Sizes within an eighth are taken together.
 */
static void inform_kinds(const struct flyt_segregation_rows *rows,
                         struct flyt_segregation_prior *prior)
{
    const int n = prior->n, m = 2 * n;
    memset(prior->factor, 0, sizeof prior->factor);
    for (uint32_t i = 0, to; i < rows->n; i = to) {
        double units = 0.0, persons = 0.0;
        for (to = i; to < rows->n && fabs(rows->size[to] / rows->size[i] - 1.0) < 0.125; to++) {
            units += rows->units[to];
            persons += rows->units[to] * rows->size[to];
        }
        add_size(prior, persons / units, units, prior->factor);
    }
    for (int k = 0; k < m; k++) {
        prior->factor[k * m + k] += k < n ? FLYT_SEGREGATION_RIDGE : LOGIT_RIDGE;
    }
    (void)flyt_segregation_prior_factorise(prior->factor, m);
}

/** Climbs to the likeliest kinds in some rounds. Gives up, and returns false, where they would fall
 *  short of the evidence `needed` even if all of EM_ROUNDS gained as much as the last one. */
static bool climb(const struct flyt_segregation_rows *rows, double units, double needed, int rounds,
                  struct flyt_segregation_prior *prior)
{
    const double price = (prior->n - 0.5) * flyt_num_log(units);
    const double settled = 0.5 * FLYT_SEGREGATION_SETTLED / flyt_segregation_prior_power(units);
    double before = -HUGE_VAL;
    bool is_worth_it = true;
    for (int round = 0; round < rounds && is_worth_it; round++) {
        const double here = step_kinds(rows, prior), gain = here - before;
        if (!(gain > settled)) {
            break;
        }
        before = here;
        is_worth_it = here + gain * (EM_ROUNDS - round) > needed + price;
    }
    prior->evidence = before - price;
    return is_worth_it;
}

/* ---- how many ------------------------------------------------------------------------------ */

/** Kinds in the middle of equal parts of a density. */
static void start(const struct flyt_segregation_prior *density, int n,
                  struct flyt_segregation_prior *prior)
{
    double below = 0.0;
    *prior = (struct flyt_segregation_prior){.is_kinds = true, .n = n, .n_parameters = 2 * n};
    for (int k = 0, at = 0; k < n; k++) {
        for (; at + 1 < GRID && below + density->share[at] < (k + 0.5) / n; at++) {
            below += density->share[at];
        }
        prior->chance[k] = density->chance[at];
        prior->share[k] = 1.0 / n;
    }
    flyt_segregation_prior_logs(prior);
}

/** Where a kind more would raise the likelihood most: the point of the grid with the steepest
 *  slope; -1 where none would (the likeliest mixture of all: Lindsay 1983). */
static int steepest(const struct flyt_segregation_rows *rows, double units,
                    const struct flyt_segregation_prior *prior)
{
    double slope[GRID] = {0.0};
    int best = 0;
    for (uint32_t i = 0; i < rows->n; i++) {
        double post[MOST];
        const struct flyt_segregation_range range = rows->range[0][i];
        const double fitted = flyt_segregation_kinds_row(prior, rows, i, post);
        const double *row = rows->likelihood[0] + (size_t)i * GRID;
        const double part = rows->units[i] * flyt_num_exp(rows->best[0][i] - fitted);
        for (int k = range.from; k < range.to; k++) {
            slope[k] += part * row[k];
        }
    }
    for (int k = 1; k < GRID; k++) {
        best = slope[k] > slope[best] ? k : best;
    }
    return slope[best] > units * (1.0 + 1e-6) ? best : -1;
}

/** One kind more, with a small share at first. */
static void add(double chance, struct flyt_segregation_prior *prior)
{
    const double begin = 0.1;
    int at = prior->n++;
    for (; at > 0 && prior->chance[at - 1] > chance; at--) {
        prior->chance[at] = prior->chance[at - 1];
        prior->share[at] = prior->share[at - 1];
    }
    prior->chance[at] = chance;
    prior->share[at] = begin / (1.0 - begin);
    for (int k = 0; k < prior->n; k++) {
        prior->share[k] *= 1.0 - begin;
    }
    prior->n_parameters = 2 * prior->n;
    flyt_segregation_prior_logs(prior);
}

/** Some kinds: one more than there are already, or from the density, whichever is the better
 *  start; EM finds its way only near. @param prior  of one kind less than asked for before it. */
static void find(const struct flyt_segregation_rows *rows, double units, double needed,
                 const struct flyt_segregation_prior *density, struct flyt_segregation_prior *prior)
{
    const int n = prior[-1].n + 1, most = steepest(rows, units, prior - 1);
    struct flyt_segregation_prior other;
    start(density, n, prior);
    bool is_worth_it = climb(rows, units, needed, TRIAL_ROUNDS, prior);
    if (most >= 0) {
        other = prior[-1];
        add(density->chance[most], &other);
        is_worth_it = climb(rows, units, needed, TRIAL_ROUNDS, &other) || is_worth_it;
        *prior = other.evidence > prior->evidence ? other : *prior;
    }
    if (is_worth_it) {
        (void)climb(rows, units, needed, EM_ROUNDS, prior);
    }
}

double flyt_segregation_kinds_fit(const struct flyt_segregation_rows *rows,
                                  const struct flyt_segregation_prior *density, double needed,
                                  struct flyt_segregation_prior *prior)
{
    double units = 0.0;
    for (uint32_t i = 0; i < rows->n; i++) {
        units += rows->units[i];
    }
    start(density, 1, &prior[0]);
    (void)climb(rows, units, -HUGE_VAL, EM_ROUNDS, &prior[0]);
    const double none = prior[0].evidence;
    for (int n = 2; n <= MOST; n++) {
        find(rows, units, needed, density, &prior[n - 1]);
        if (prior[n - 1].evidence > needed) {
            inform_kinds(rows, &prior[n - 1]);
        }
    }
    prior[0].evidence = -HUGE_VAL;
    return none;
}
