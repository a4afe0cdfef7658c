#include "models/popages.h"

#include <math.h>
#include <string.h>

#include "models/ipf.h"

enum { ROUNDS = 100 };

static const double seed_least = 1e-9; /* so that a band's total can be met at any age */

double flyt_popages_weight(const struct flyt_popbands *bands, uint32_t band, int32_t year)
{
    double n = bands->from[band + 1] - bands->from[band];
    double from = (year - bands->from[band]) / n, to = (year + 1 - bands->from[band]) / n;
    /* Even inside the band, but few have left their parents at 18 (8.5 % of those 18-24 who have
       are 18 or 19, 2021; here 8.2 %), and few are very old: of those from 80, 16.2 % were 90 or
       older in 2020 (income_age_education.csv), here 15.9 %. */
    return band + 1 == bands->n ? sqrt(sqrt(to)) - sqrt(sqrt(from))
           : band == 0          ? to * to - from * from
                                : to - from;
}

/* ---- the seed ---------------------------------------------------------------------------------
 */

/** Ages that are spread together: neighbouring bands of cells. */
struct spread {
    uint32_t first_band, end_band, n; /* n years */
    int32_t from;
    uint8_t band[FLYT_POP_YEARS];               /* that a year lies in */
    double weight[FLYT_POP_YEARS];              /* of a year */
    double work[FLYT_N_WORKS];                  /* of all years together */
    double share[FLYT_POP_YEARS][FLYT_N_WORKS]; /* the seed, then the fit */
};

typedef double educations_by_band[FLYT_POP_BANDS][FLYT_N_EDUCATIONS];

static void set_years(const struct flyt_popbands *bands, uint32_t first, uint32_t end,
                      struct spread *spread)
{
    spread->first_band = first;
    spread->end_band = end;
    spread->from = bands->from[first];
    spread->n = (uint32_t)(bands->from[end] - bands->from[first]);
    for (uint32_t y = 0; y < spread->n; y++) {
        int32_t age = spread->from + (int32_t)y;
        spread->band[y] = (uint8_t)flyt_popcells_band(bands, age);
        spread->weight[y] = flyt_popages_weight(bands, spread->band[y], age);
    }
}

/** Shares of a latent class by year, all educations together; their mean. */
static void rest_of(const struct flyt_work_rest *rest, educations_by_band education,
                    uint32_t origin, uint32_t attachment, const struct spread *spread,
                    double year[FLYT_POP_YEARS][FLYT_N_WORKS], double mean[FLYT_N_WORKS])
{
    /* ASSUMPTION: those of other than Danish origin know the language in part */
    uint32_t language = origin == FLYT_ORIGIN_danish ? FLYT_LANGUAGES - 1 : FLYT_LANGUAGES - 2;
    memset(year, 0, spread->n * sizeof *year);
    memset(mean, 0, FLYT_N_WORKS * sizeof *mean);
    for (uint32_t y = 0; y < spread->n; y++) {
        uint32_t at = (uint32_t)(spread->from - FLYT_REST_FIRST) + y;
        at = at < FLYT_REST_YEARS ? at : FLYT_REST_YEARS - 1;
        for (uint32_t e = 0; e < FLYT_N_EDUCATIONS; e++) {
            const double *share = rest->year[attachment][origin][language][e][at];
            for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
                double part = education[spread->band[y]][e] * share[w];
                year[y][w] += part;
                mean[w] += spread->weight[y] * part;
            }
        }
    }
}

/** The resting point at each year, with as many outside work as there are of all years. */
static void fill_seed(const struct flyt_work_rest *rest, educations_by_band education,
                      uint32_t origin, struct spread *spread)
{
    double year[FLYT_ATTACHMENTS][FLYT_POP_YEARS][FLYT_N_WORKS];
    double mean[FLYT_ATTACHMENTS][FLYT_N_WORKS], detached = 0.0;
    if (rest != NULL) {
        for (uint32_t a = 0; a < FLYT_ATTACHMENTS; a++) {
            rest_of(rest, education, origin, a, spread, year[a], mean[a]);
        }
        detached = flyt_workrest_detached(mean[FLYT_ATTACHED], mean[FLYT_DETACHED],
                                          flyt_workrest_outside(spread->work));
    }
    for (uint32_t y = 0; y < spread->n; y++) {
        for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
            double seed = rest != NULL ? detached * year[FLYT_DETACHED][y][w] +
                                             (1.0 - detached) * year[FLYT_ATTACHED][y][w]
                                       : 1.0;
            spread->share[y][w] = spread->weight[y] * (seed > seed_least ? seed : seed_least);
        }
    }
}

static struct flyt_ipf plan_of(const struct spread *spread)
{
    return (struct flyt_ipf){.n_dims = 2,
                             .n_margins = 2,
                             .size = {spread->n, FLYT_N_WORKS},
                             .margin = {{1, {0}, spread->weight}, {1, {1}, spread->work}},
                             .tolerance = 1e-7,
                             .most = ROUNDS};
}

/* ---- the table's bands ------------------------------------------------------------------------
 */

/** Adults of a class of tenure and an origin by band: heads and the second of couples. */
static void count_adults(const struct flyt_popcells *cells, uint32_t tenure, uint32_t origin,
                         double n[FLYT_POP_BANDS])
{
    const struct flyt_popshares *shares = &cells->shares;
    memset(n, 0, FLYT_POP_BANDS * sizeof *n);
    for (uint32_t g = 0; g < cells->n_groups; g++) {
        const struct flyt_popgroup *group = &cells->group[g];
        if (flyt_kinds_class((enum flyt_kind)group->kind) != tenure) {
            continue;
        }
        for (uint32_t b = 0; b < cells->bands.n; b++) {
            const double(*type_age)[FLYT_POP_BANDS] = shares->type_age[group->kind];
            double of_origin = group->n * shares->origin[tenure][b][origin];
            double couples =
                type_age[FLYT_TYPE_couple][b] + type_age[FLYT_TYPE_couple_with_children][b];
            n[b] += of_origin * (couples + type_age[FLYT_TYPE_single][b] +
                                 type_age[FLYT_TYPE_single_parent][b]);
            for (uint32_t k = 0; k < cells->bands.n; k++) {
                n[k] += of_origin * couples * shares->partner_band[b][k];
            }
        }
    }
}

/** Weighs the years by adults; false when there are none. */
static bool weigh_years(const double adults[FLYT_POP_BANDS], struct spread *spread)
{
    double all = 0.0;
    for (uint32_t b = spread->first_band; b < spread->end_band; b++) {
        all += adults[b];
    }
    for (uint32_t y = 0; y < spread->n; y++) {
        spread->weight[y] *= all > 0.0 ? adults[spread->band[y]] / all : 1.0;
    }
    return all > 0.0;
}

/** Shares of each band from those of its years. */
static void gather(const struct spread *spread, double work[FLYT_POP_BANDS][FLYT_N_WORKS])
{
    double weight[FLYT_POP_BANDS] = {0}, sum[FLYT_POP_BANDS][FLYT_N_WORKS] = {{0}};
    for (uint32_t y = 0; y < spread->n; y++) {
        for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
            weight[spread->band[y]] += spread->share[y][w];
            sum[spread->band[y]][w] += spread->share[y][w];
        }
    }
    for (uint32_t b = spread->first_band; b < spread->end_band; b++) {
        for (uint32_t w = 0; w < FLYT_N_WORKS && weight[b] > 0.0; w++) {
            work[b][w] = sum[b][w] / weight[b];
        }
    }
}

enum flyt_status flyt_popages_cut(struct flyt_popcells *cells, const struct flyt_work_rest *rest,
                                  struct flyt_arena *arena)
{
    struct spread *spread = FLYT_ARENA_ARRAY(arena, struct spread, 1);
    if (spread == NULL) {
        return FLYT_ERR_MEMORY;
    }
    struct flyt_popshares *shares = &cells->shares;
    for (uint32_t i = 0; i < FLYT_N_TENURES * FLYT_N_ORIGINS; i++) {
        uint32_t t = i / FLYT_N_ORIGINS, o = i % FLYT_N_ORIGINS, end;
        double adults[FLYT_POP_BANDS];
        count_adults(cells, t, o, adults);
        for (uint32_t first = 0; first < cells->bands.n; first = end) {
            for (end = first + 1; end < cells->bands.n &&
                                  shares->work_from[t][o][end] == shares->work_from[t][o][first];) {
                end++;
            }
            set_years(&cells->bands, first, end, spread);
            if (end == first + 1 || !weigh_years(adults, spread)) {
                continue;
            }
            memcpy(spread->work, shares->work[t][o][first], sizeof spread->work);
            fill_seed(rest, shares->education[t][o], o, spread);
            struct flyt_ipf ipf = plan_of(spread);
            FLYT_TRY(flyt_ipf_fit(&ipf, &spread->share[0][0], arena));
            gather(spread, shares->work[t][o]);
        }
    }
    return FLYT_OK;
}

/* ---- years of each band of a group ------------------------------------------------------------
 */

struct job {
    struct flyt_popcells *cells;
    const struct flyt_work_rest *rest;
    struct spread *spread;       /* [bands] */
    struct flyt_ipf *ipf;        /* [bands] */
    struct flyt_ipf_plan *plans; /* [bands] */
};

static void spread_band(void *job_, uint32_t band)
{
    const struct job *job = job_;
    struct spread *spread = &job->spread[band];
    for (uint32_t g = 0; g < job->cells->n_groups; g++) {
        struct flyt_popgroup *group = &job->cells->group[g];
        for (uint32_t o = 0; o < FLYT_N_ORIGINS; o++) {
            memcpy(spread->work, group->work[o][band], sizeof spread->work);
            fill_seed(job->rest, group->education[o], o, spread);
            flyt_ipf_run(&job->ipf[band], &job->plans[band], &spread->share[0][0]);
            memcpy(group->ages[o][spread->from - FLYT_POP_FIRST], spread->share,
                   spread->n * sizeof *spread->share);
        }
    }
}

static enum flyt_status take_ages(struct flyt_popgroup *group, struct flyt_arena *arena)
{
    size_t n = (size_t)FLYT_N_ORIGINS * FLYT_POP_YEARS * FLYT_N_WORKS;
    double *ages = FLYT_ARENA_ZERO(arena, double, n);
    group->ages = (double(*)[FLYT_POP_YEARS][FLYT_N_WORKS])ages;
    return ages == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_popages_fit(struct flyt_popcells *cells, const struct flyt_work_rest *rest,
                                  const struct flyt_par *par, struct flyt_arena *arena)
{
    struct job job = {cells, rest, FLYT_ARENA_ZERO(arena, struct spread, cells->bands.n),
                      FLYT_ARENA_ARRAY(arena, struct flyt_ipf, cells->bands.n),
                      FLYT_ARENA_ARRAY(arena, struct flyt_ipf_plan, cells->bands.n)};
    if (job.spread == NULL || job.ipf == NULL || job.plans == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t g = 0; g < cells->n_groups; g++) {
        FLYT_TRY(take_ages(&cells->group[g], arena));
    }
    for (uint32_t band = 0; band < cells->bands.n; band++) {
        set_years(&cells->bands, band, band + 1, &job.spread[band]);
        job.ipf[band] = plan_of(&job.spread[band]);
        FLYT_TRY(flyt_ipf_prepare(&job.ipf[band], arena, &job.plans[band]));
    }
    flyt_par_tasks(par, cells->bands.n, spread_band, &job);
    return FLYT_OK;
}

/* ---- what is drawn ----------------------------------------------------------------------------
 */

int32_t flyt_popages_months(const struct flyt_popcells *cells, const struct flyt_popgroup *group,
                            struct flyt_popcell cell, double u)
{
    int32_t from = cells->bands.from[cell.age], end = cells->bands.from[cell.age + 1];
    double(*share)[FLYT_N_WORKS] = &group->ages[cell.origin][from - FLYT_POP_FIRST];
    double all = 0.0;
    for (int32_t y = 0; y < end - from; y++) {
        all += share[y][cell.work];
    }
    double left = u * all;
    int32_t year = 0;
    while (year + 1 < end - from && left >= share[year][cell.work]) {
        left -= share[year++][cell.work];
    }
    double part = share[year][cell.work] > 0.0 ? left / share[year][cell.work] : 0.0;
    int32_t month = (int32_t)(part * 12.0);
    return (from + year) * 12 + (month < 11 ? month : 11);
}

void flyt_popages_work(const struct flyt_popgroup *group, uint32_t origin, int32_t age,
                       double share[FLYT_N_WORKS])
{
    int32_t year = age - FLYT_POP_FIRST;
    year = year < 0 ? 0 : year < FLYT_POP_YEARS ? year : FLYT_POP_YEARS - 1;
    double sum = 0.0;
    for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
        sum += share[w] = group->ages[origin][year][w];
    }
    for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
        share[w] /= sum > 0.0 ? sum : 1.0;
    }
}
