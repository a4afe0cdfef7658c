/**
 * @file bench_coverage.c
 * @brief How often the intervals of the segregation measures hold the truth: one line a kind of
 *        table, number of units, with or without segregation, and measure.
 *
 * bench_coverage [TABLES [DRAWS [UNITS [KIND [LARGE [SHAPE [LEAST MOST [stated [segregated]]]]]]]]]
 *     UNITS 0: 100, 1,000 and 10,000 in turn; KIND two, four, five, ranks, closed or all; LARGE:
 *     units from which expectations are analytic; SHAPE of the chances: normal, uniform,
 *     exponential, two-point, or any of these; or, on which no method was chosen, bimodal, reversed
 *     (exponential), three-point, or unseen: any of these; LEAST and MOST persons of a unit, 50 and
 * 500. With `stated` D of the first group is .1, .3, .6 in turn, with a line for each, and every
 * other three tables have units of one size. With `segregated` tables without segregation are left
 * out. z is the error of the corrected value in standard errors as the interval tells them: mean
 * and standard deviation. The truth is the index of the chances that the tables are drawn from.
 * Tables are numbered, so a line is the same on every machine and with any number of threads.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/segregation.h"
#include "output/segregation_closed.h"
#include "output/segregation_random.h"
#include "sim/num.h"

enum { GROUPS_MOST = 10, VALUES = 2 * FLYT_SEGREGATION_N + 1 };

static double unit(uint32_t table, uint32_t uid, uint32_t draw)
{
    return flyt_rng_unit((struct flyt_rng_key){table, 11}, uid, 0, FLYT_STREAM_test, draw);
}

static void stop(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

/* ---- populations --------------------------------------------------------------------------- */

enum shape {
    NORMAL,
    UNIFORM,
    EXPONENTIAL,
    TWO_POINT,
    BIMODAL,
    REVERSED,
    THREE_POINT,
    UNSEEN,
    SHAPES
};

static const char *const shape_names[SHAPES] = {"normal",  "uniform",  "exponential", "two-point",
                                                "bimodal", "reversed", "three-point", "unseen"};

enum kind { TWO, FOUR, FIVE, RANKS, CLOSED, KINDS };

static const char *const kind_names[KINDS] = {"two", "four", "five", "ranks", "closed"};

static const uint32_t kind_groups[KINDS] = {2, 4, 5, 10, 4};

/** A population: chances of two or more groups in each unit, and the size of units. */
struct population {
    uint32_t n_units, n_groups;
    double *share;  /* [n_groups][n_units] */
    double *scores; /* [n_groups][n_units] */
    struct flyt_segregation_table truth;
};

static double score(enum shape shape, uint32_t table, uint32_t i, uint32_t group)
{
    const uint32_t draw = 100 + group * 16;
    double sum = 0.0;
    switch (shape) {
    case UNIFORM:
        return unit(table, i, draw);
    case EXPONENTIAL:
        return -flyt_num_log(unit(table, i, draw));
    case TWO_POINT:
        return unit(table, i, draw) < 0.3 ? 1.0 : 0.0;
    case REVERSED:
        return flyt_num_log(unit(table, i, draw));
    case THREE_POINT:
        sum = unit(table, i, draw);
        return sum < 0.25 ? 0.0 : sum < 0.6 ? 1.0 : 2.5;
    default:
        for (uint32_t k = 0; k < 12; k++) {
            sum += unit(table, i, draw + k);
        }
        sum -= 6.0;
        return shape == BIMODAL ? 0.4 * sum + (unit(table, i, draw + 12) < 0.4 ? 2.0 : 0.0) : sum;
    }
}

/**
 * Shares of the first n units: a multinomial logit of the scores times b, with intercepts that
 * give the mean shares to `most`. Returns D of the first group.
 */
static double fill_shares(struct population *population, uint32_t n, const double *mean, double b,
                          double most)
{
    const uint32_t all_units = population->n_units, n_groups = population->n_groups;
    const double *size = population->truth.unit_total;
    double intercept[GROUPS_MOST] = {0.0}, off = 1.0, d = 0.0, x = 0.0, total = 0.0;
    for (int round = 0; round < 200 && off > most; round++) {
        double sum[GROUPS_MOST] = {0.0};
        off = total = 0.0;
        for (uint32_t i = 0; i < n; i++) {
            double share[GROUPS_MOST], all = 0.0;
            for (uint32_t g = 0; g < n_groups; g++) {
                share[g] = intercept[g] + b * population->scores[(size_t)g * all_units + i];
            }
            flyt_num_exp_n(share, share, n_groups);
            for (uint32_t g = 0; g < n_groups; g++) {
                all += share[g];
            }
            for (uint32_t g = 0; g < n_groups; g++) {
                population->share[(size_t)g * all_units + i] = share[g] / all;
                sum[g] += size[i] * share[g] / all;
            }
            total += size[i];
        }
        for (uint32_t g = 0; g < n_groups; g++) {
            const double step = flyt_num_log(mean[g] * total / sum[g]);
            off = fabs(step) > off ? fabs(step) : off;
            intercept[g] += step;
        }
        x = sum[0];
    }
    for (uint32_t i = 0; i < n; i++) {
        d += size[i] * fabs(population->share[i] - x / total);
    }
    return d / (2.0 * total * (x / total) * (1.0 - x / total));
}

/** Units of some persons, from the least to the most, mean shares `mean`, D of the first group near
 * d (as in the first 200 units). Of ranks, one score of a unit shifts its people up or down all
 * classes. */
static void make_population(struct population *population, uint32_t table, enum shape shape,
                            enum kind kind, uint32_t n_units, const double sizes[2],
                            const double *mean, double d, struct flyt_arena *arena)
{
    enum { SEARCHED = 200 };
    const uint32_t n_groups = kind_groups[kind], few = n_units < SEARCHED ? n_units : SEARCHED;
    *population = (struct population){.n_units = n_units, .n_groups = n_groups};
    population->scores = FLYT_ARENA_ARRAY(arena, double, (size_t)n_units *n_groups);
    population->share = FLYT_ARENA_ARRAY(arena, double, (size_t)n_units *n_groups);
    struct flyt_segregation_table *truth = &population->truth;
    if (population->scores == NULL || population->share == NULL ||
        flyt_segregation_table_room(truth, n_units, n_groups, arena) != FLYT_OK) {
        stop("out of memory");
    }
    for (uint32_t i = 0; i < n_units; i++) {
        truth->unit_total[i] = floor(sizes[0] + (sizes[1] - sizes[0] + 1.0) * unit(table, i, 0));
        for (uint32_t g = 0; g < n_groups; g++) {
            const double last = g + 1 == n_groups ? 0.0 : 1.0, place = (double)g / (n_groups - 1);
            population->scores[(size_t)g * n_units + i] = kind == RANKS
                                                              ? place * score(shape, table, i, 0)
                                                              : last * score(shape, table, i, g);
        }
    }
    double low = 0.0, high = 30.0;
    for (int k = 0; k < 16 && d > 0.0; k++) {
        const double b = 0.5 * (low + high);
        *(fill_shares(population, few, mean, b, 1e-3) > d ? &high : &low) = b;
    }
    (void)fill_shares(population, n_units, mean, d > 0.0 ? 0.5 * (low + high) : 0.0, 1e-6);
    for (uint32_t g = 0; g < n_groups; g++) {
        for (uint32_t i = 0; i < n_units; i++) {
            const size_t at = (size_t)g * n_units + i;
            truth->persons[at] = truth->unit_total[i] * population->share[at];
        }
    }
    flyt_segregation_table_sum(truth);
    for (uint32_t i = 0; i < n_units; i++) { /* whole again */
        truth->unit_total[i] = floor(truth->unit_total[i] + 0.5);
    }
}

/* ---- one table ----------------------------------------------------------------------------- */

/** What is measured again and again, and what came out. */
struct cell {
    enum kind kind;
    uint32_t shape, n_units, n_tables;
    bool is_segregated, is_stated;
    double sizes[2]; /* of units */
    struct flyt_segregation_chance chance;
    struct flyt_segregation_estimate *estimate; /* [n_tables][VALUES] */
    double *truth;                              /* the same */
};

static const double stated_d[] = {0.1, 0.3, 0.6};

static double d_of(const struct cell *cell, uint32_t table)
{
    const double d =
        cell->is_stated ? stated_d[table % FLYT_COUNT(stated_d)] : 0.6 * unit(table, 0, 2);
    return cell->is_segregated ? d : 0.0;
}

/** The estimates; of kind CLOSED those without draws, whose interval is a point. */
static enum flyt_status estimate(const struct cell *cell,
                                 const struct flyt_segregation_table *table,
                                 const struct flyt_segregation_chance *chance,
                                 struct flyt_arena *arena, struct flyt_segregation_estimates *out)
{
    const struct flyt_segregation_options options = {.atkinson_b = 0.5};
    const size_t n = ((size_t)table->n_groups + 1) * FLYT_SEGREGATION_N;
    struct flyt_segregation_triple *triple =
        FLYT_ARENA_ARRAY(arena, struct flyt_segregation_triple, n);
    struct flyt_segregation_closed closed;
    FLYT_TRY(flyt_segregation_estimate(table, &options, chance, arena, out));
    if (cell->kind != CLOSED) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_segregation_closed_init(&closed, table->n_units, table->n_groups, arena));
    if (triple == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_segregation_closed_measure(table, &options, &closed, triple);
    struct flyt_segregation_triple *all = triple + n - FLYT_SEGREGATION_N;
    flyt_segregation_closed_rank(table, &closed, &all[FLYT_SEGREGATION_rank_order_h],
                                 &all[FLYT_SEGREGATION_rank_order_r]);
    for (size_t i = 0; i < n; i++) {
        const struct flyt_segregation_triple *t = &triple[i];
        out->index[i] = (struct flyt_segregation_estimate){t->value, t->expected, t->corrected,
                                                           t->corrected, t->corrected};
    }
    return FLYT_OK;
}

/** Mean shares between .05 and .5, of all groups but the last together when there are four; of
 *  ranks .5 to 1.5 tenths. */
static void draw_means(enum kind kind, uint32_t table, double *mean)
{
    const uint32_t n_groups = kind_groups[kind];
    double rest = 1.0;
    for (uint32_t g = 0; g + 1 < n_groups; g++) {
        mean[g] = kind == RANKS ? 0.05 + 0.1 * unit(table, g, 1)
                                : (0.05 + 0.45 * unit(table, g, 1)) / (double)(n_groups - 1);
        rest -= mean[g];
    }
    mean[n_groups - 1] = rest > 0.02 ? rest : 0.02;
    for (uint32_t g = 0; rest <= 0.02 && g < n_groups; g++) {
        mean[g] /= 1.02 - rest;
    }
}

static void cover_one(void *cell_, uint32_t table)
{
    const struct cell *cell = cell_;
    const struct flyt_segregation_options options = {.atkinson_b = 0.5};
    const uint32_t n_groups = kind_groups[cell->kind];
    struct flyt_arena arena;
    struct population population;
    struct flyt_segregation_table drawn;
    struct flyt_segregation_scratch scratch;
    struct flyt_segregation_measures truth;
    struct flyt_segregation_estimates estimates;
    double mean[GROUPS_MOST];
    flyt_arena_init(&arena, 0);
    draw_means(cell->kind, table, mean);
    const double middle = floor(0.5 * (cell->sizes[0] + cell->sizes[1]));
    const bool are_equal = cell->is_stated && table / FLYT_COUNT(stated_d) % 2 == 1;
    const double sizes[2] = {are_equal ? middle : cell->sizes[0],
                             are_equal ? middle : cell->sizes[1]};
    const double some = unit(table, 0, 4);
    const uint32_t shape = cell->shape < UNSEEN    ? cell->shape
                           : cell->shape == UNSEEN ? BIMODAL + (uint32_t)(3.0 * some)
                                                   : (uint32_t)(4.0 * some);
    make_population(&population, table, (enum shape)shape, cell->kind, cell->n_units, sizes, mean,
                    d_of(cell, table), &arena);
    struct flyt_segregation_chance own = cell->chance;
    own.key.seed = table;
    if (flyt_segregation_table_room(&drawn, cell->n_units, n_groups, &arena) != FLYT_OK ||
        flyt_segregation_scratch_init(&scratch, cell->n_units, n_groups, &arena) != FLYT_OK ||
        flyt_segregation_measures_init(&truth, n_groups, &arena) != FLYT_OK) {
        stop("out of memory");
    }
    flyt_segregation_throw(&population.truth, population.share, (struct flyt_rng_key){table, 99}, 0,
                           &drawn);
    flyt_segregation_measure(&population.truth, &options, &scratch, &truth);
    if (estimate(cell, &drawn, &own, &arena, &estimates) != FLYT_OK) {
        stop("no estimate");
    }
    struct flyt_segregation_estimate *to = cell->estimate + (size_t)table * VALUES;
    double *to_truth = cell->truth + (size_t)table * VALUES;
    for (size_t i = 0; i < FLYT_SEGREGATION_N; i++) {
        const size_t all = (size_t)n_groups * FLYT_SEGREGATION_N + i;
        to[i] = estimates.index[i];
        to_truth[i] = truth.value[i];
        to[FLYT_SEGREGATION_N + i] = estimates.index[all];
        to_truth[FLYT_SEGREGATION_N + i] = truth.value[all];
    }
    to[VALUES - 1] = estimates.interaction[1];
    to_truth[VALUES - 1] = truth.interaction[1];
    flyt_arena_free(&arena);
}

/* ---- many tables --------------------------------------------------------------------------- */

/** One measure over the tables first, first + step, ... */
static void print_line(const struct cell *cell, size_t value, const char *name, const char *who,
                       uint32_t first, uint32_t step)
{
    const double fuzz = 1e-9;
    double n = 0.0, below = 0.0, above = 0.0, error = 0.0, raw = 0.0, width = 0.0, mean = 0.0;
    double scored = 0.0, score = 0.0, square = 0.0;
    for (uint32_t table = first; table < cell->n_tables; table += step) {
        const struct flyt_segregation_estimate *e = &cell->estimate[table * VALUES + value];
        const double truth = cell->truth[table * VALUES + value];
        if (!(e->low == e->low)) {
            continue;
        }
        n += 1.0;
        below += truth < e->low - fuzz ? 1.0 : 0.0;
        above += truth > e->high + fuzz ? 1.0 : 0.0;
        error += e->corrected - truth;
        raw += e->value - truth;
        width += e->high - e->low;
        if (e->high - e->low > fuzz) {
            const double z = (e->corrected - truth) * 3.92 / (e->high - e->low);
            scored += 1.0;
            score += z;
            square += z * z;
        }
        mean += truth;
    }
    score /= scored;
    if (n > 0.0) {
        char d[16] = "D=0";
        if (cell->is_segregated) {
            (void)snprintf(d, sizeof d, step > 1 ? "D=%.1f" : "D>0", stated_d[first]);
        }
        printf("%-7s %6u %-5s %-25s %-5s n %5.0f truth %6.4f raw %+7.4f corrected %+7.4f "
               "width %6.4f covers %5.1f below %4.1f above %4.1f z %+.2f sd %.2f\n",
               kind_names[cell->kind], cell->n_units, d, name, who, n, mean / n, raw / n, error / n,
               width / n, 100.0 * (n - below - above) / n, 100.0 * below / n, 100.0 * above / n,
               score, sqrt(square / scored - score * score));
    }
}

static void print_lines(const struct cell *cell, uint32_t first, uint32_t step)
{
    for (size_t i = 0; i + 1 < VALUES; i++) {
        const enum flyt_segregation_index index =
            (enum flyt_segregation_index)(i % FLYT_SEGREGATION_N);
        print_line(cell, i, flyt_segregation_name(index), i < FLYT_SEGREGATION_N ? "group" : "all",
                   first, step);
    }
    print_line(cell, VALUES - 1, "interaction", "pair", first, step);
}

static void cover(struct cell *cell)
{
    struct flyt_arena arena;
    const size_t n = (size_t)cell->n_tables * VALUES;
    const struct flyt_par par = flyt_par_default(0);
    flyt_arena_init(&arena, 0);
    cell->estimate = FLYT_ARENA_ARRAY(&arena, struct flyt_segregation_estimate, n);
    cell->truth = FLYT_ARENA_ARRAY(&arena, double, n);
    if (cell->estimate == NULL || cell->truth == NULL) {
        stop("out of memory");
    }
    flyt_par_tasks(&par, cell->n_tables, cover_one, cell);
    print_lines(cell, 0, 1);
    for (uint32_t k = 0; cell->is_stated && cell->is_segregated && k < FLYT_COUNT(stated_d); k++) {
        print_lines(cell, k, FLYT_COUNT(stated_d));
    }
    (void)fflush(stdout);
    flyt_arena_free(&arena);
}

/** The number of the name among names[n]; n for anything else. */
static uint32_t find(const char *const *names, uint32_t n, const char *name)
{
    uint32_t i = 0;
    while (i < n && strcmp(names[i], name) != 0) {
        i++;
    }
    return i;
}

int main(int argc, char **argv)
{
    static const uint32_t sizes[] = {100, 1000, 10000};
    const bool only_segregated = argc > 10 && strcmp(argv[10], "segregated") == 0;
    unsigned long number[9] = {0, 1000, 200, 0, 0, FLYT_SEGREGATION_LARGE, 0, 50, 500};
    for (int i = 1; i < argc && i < 9; i++) {
        number[i] = i == 4 || i == 6 ? 0 : strtoul(argv[i], NULL, 10);
    }
    const uint32_t only = argc > 4 ? find(kind_names, KINDS, argv[4]) : KINDS;
    struct cell cell = {.n_tables = (uint32_t)number[1],
                        .is_stated = argc > 9 && strcmp(argv[9], "stated") == 0,
                        .sizes = {(double)number[7], (double)number[8]},
                        .shape = argc > 6 ? find(shape_names, SHAPES, argv[6]) : SHAPES,
                        .chance = {.large = (uint32_t)number[5], .par = {1, FLYT_BLOCKS, 0}}};
    for (uint32_t kind = 0; kind < KINDS; kind++) {
        for (size_t i = 0; i < FLYT_COUNT(sizes); i++) {
            cell.kind = (enum kind)kind;
            cell.n_units = number[3] > 0 ? (uint32_t)number[3] : sizes[i];
            if ((only < KINDS && kind != only) || (i > 0 && number[3] > 0)) {
                continue;
            }
            cell.chance.n_draws = kind == CLOSED ? 0 : (uint32_t)number[2];
            for (int segregated = 1; segregated >= (only_segregated ? 1 : 0); segregated--) {
                cell.is_segregated = segregated == 1;
                cover(&cell);
            }
        }
    }
    return 0;
}
