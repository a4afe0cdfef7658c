/**
 * @file popcells_fit.c
 * @brief Fits the groups of each place: types and ages by generalised raking, the rest by
 *        iterative proportional fitting with shifts that meet the place's known shares.
 */
#include <math.h>

#include "models/ipf.h"
#include "models/popcells.h"
#include "sim/num.h"

enum { FORMS = 3, RAKE_ROUNDS = 60, SHIFT_ROUNDS = 10, IPF_ROUNDS = 200 };

/* ASSUMPTION: how much likelier types are for an origin, states for an education and for a type
   than if they were independent. Only odds ratios count: margins are those of the tables.
   Work by education after employment by Danish education 2010 (income_age_education.csv). */
static const double type_by_origin[FLYT_N_TYPES][FLYT_N_ORIGINS] = {
    {1.0, 1.0, 0.8}, {1.0, 1.0, 0.7}, {1.0, 1.0, 1.3}, {1.0, 1.0, 1.6}};
static const double work_by_education[FLYT_N_WORKS][FLYT_N_EDUCATIONS] = {
    {0.4, 1.2, 2.0}, {1.0, 1.0, 0.9}, {2.2, 0.9, 0.4},
    {1.0, 1.5, 0.7}, {2.0, 1.0, 0.4}, {1.0, 1.0, 1.0}};
static const double work_by_type[FLYT_N_WORKS][FLYT_N_TYPES] = {
    {0.85, 1.1, 0.8, 1.2}, {1.1, 0.9, 1.2, 0.9}, {1.3, 0.7, 1.6, 0.8},
    {1.2, 0.9, 0.7, 0.3},  {1.5, 0.8, 0.8, 0.4}, {1.0, 1.0, 1.0, 1.0}};

/** Expected persons of a place, by what its values count. */
struct sums {
    double persons, children, old, nonwestern;
    double working_age, employed, inside; /* adults 18-64; in work; in work or study */
    double middle_age, basic;             /* adults 30-59; with basic schooling */
};

/** What one municipality's fitting writes to; taken before the parallel part. */
struct scratch {
    struct flyt_ipf ipf;
    struct flyt_ipf_plan plan;
    double *type_age, *work, *education; /* targets of the three margins */
};

struct fit_job {
    struct flyt_popcells *cells;
    struct scratch *scratch; /* [municipalities] */
    struct sums *sums;       /* [n_places] */
};

static bool is_couple(uint32_t type)
{
    return type == FLYT_TYPE_couple || type == FLYT_TYPE_couple_with_children;
}

/* ---- what a household of a type and age brings ------------------------------------------------
 */

static double mean_children(const struct flyt_popshares *shares, uint32_t type)
{
    double mean = 0.0;
    for (uint32_t n = 1; n <= FLYT_CHILDREN; n++) {
        mean += n * (shares->children[type][n] - shares->children[type][n - 1]);
    }
    return mean;
}

/** Persons, children and old in a household, [FORMS]. */
static void forms_of(const struct flyt_popcells *cells, uint32_t type, uint32_t band,
                     double form[FORMS])
{
    const struct flyt_popshares *shares = &cells->shares;
    bool couple = is_couple(type);
    form[1] = mean_children(shares, type);
    form[0] = (couple ? 2.0 : 1.0) + form[1] + shares->adult_child[couple][band];
    form[2] = cells->bands.from[band] >= 65 ? 1.0 : 0.0;
    for (uint32_t b = 0; couple && b < cells->bands.n; b++) {
        form[2] += cells->bands.from[b] >= 65 ? shares->partner_band[band][b] : 0.0;
    }
}

/* ---- types and ages ---------------------------------------------------------------------------
 */

/** Sums, targets and second moments of a place's forms while it is raked. */
struct raking {
    uint32_t n;
    uint32_t form[FORMS];   /* which forms are used */
    bool share_only[FORMS]; /* the form less its share of persons, to be 0 */
    double share[FORMS];
    double target[FORMS];
    double sum[FORMS], moment[FORMS][FORMS];
};

static struct raking plan_raking(const struct flyt_popplace *place, const struct sums *inside)
{
    struct raking raking = {0};
    double persons = place->target[FLYT_VARIABLE_population];
    if (!isnan(persons)) {
        raking.target[raking.n] = persons - inside->persons;
        raking.form[raking.n++] = 0;
    }
    const double share[2] = {place->target[FLYT_VARIABLE_age_0_17] / 100.0,
                             place->target[FLYT_VARIABLE_age_65_plus] / 100.0};
    const double there[2] = {inside->children, inside->old};
    for (uint32_t k = 0; k < 2; k++) {
        if (isnan(share[k])) {
            continue;
        }
        raking.share_only[raking.n] = isnan(persons);
        raking.share[raking.n] = share[k];
        raking.target[raking.n] =
            isnan(persons) ? share[k] * inside->persons - there[k] : share[k] * persons - there[k];
        raking.form[raking.n++] = k + 1;
    }
    return raking;
}

/** The used forms of a household, [n]. */
static void used_forms(const struct flyt_popcells *cells, const struct raking *raking,
                       uint32_t type, uint32_t band, double used[FORMS])
{
    double form[FORMS];
    forms_of(cells, type, band, form);
    for (uint32_t k = 0; k < raking->n; k++) {
        used[k] =
            form[raking->form[k]] - (raking->share_only[k] ? raking->share[k] * form[0] : 0.0);
    }
}

/** Tilts a group's types and ages and adds its sums and moments. */
static void tilt_group(struct flyt_popcells *cells, struct flyt_popgroup *group,
                       const double tilt[FORMS], struct raking *raking)
{
    double total = 0.0, mean[FORMS] = {0}, square[FORMS][FORMS] = {{0}}, used[FORMS];
    for (uint32_t t = 0; t < FLYT_N_TYPES; t++) {
        for (uint32_t b = 0; b < cells->bands.n; b++) {
            double log_odds = 0.0;
            used_forms(cells, raking, t, b, used);
            for (uint32_t k = 0; k < raking->n; k++) {
                log_odds += tilt[k] * used[k];
            }
            double weight = cells->shares.type_age[group->kind][t][b] * flyt_num_exp(log_odds);
            group->type_age[t][b] = weight;
            total += weight;
            for (uint32_t i = 0; i < raking->n; i++) {
                mean[i] += weight * used[i];
                for (uint32_t k = 0; k < raking->n; k++) {
                    square[i][k] += weight * used[i] * used[k];
                }
            }
        }
    }
    for (uint32_t t = 0; t < FLYT_N_TYPES; t++) {
        for (uint32_t b = 0; b < cells->bands.n; b++) {
            group->type_age[t][b] /= total;
        }
    }
    for (uint32_t i = 0; i < raking->n; i++) {
        raking->sum[i] += group->n * mean[i] / total;
        for (uint32_t k = 0; k < raking->n; k++) {
            raking->moment[i][k] +=
                group->n * (square[i][k] / total - mean[i] / total * (mean[k] / total));
        }
    }
}

/** Solves moment x step = gap by elimination; a ridge keeps it solvable. */
static void newton_step(struct raking *raking, double step[FORMS])
{
    double trace = 1e-12;
    for (uint32_t i = 0; i < raking->n; i++) {
        step[i] = raking->target[i] - raking->sum[i];
        trace += raking->moment[i][i];
    }
    for (uint32_t i = 0; i < raking->n; i++) {
        raking->moment[i][i] += 1e-9 * trace;
        for (uint32_t k = i + 1; k < raking->n; k++) {
            double factor = raking->moment[k][i] / raking->moment[i][i];
            for (uint32_t j = i; j < raking->n; j++) {
                raking->moment[k][j] -= factor * raking->moment[i][j];
            }
            step[k] -= factor * step[i];
        }
    }
    for (uint32_t i = raking->n; i-- > 0;) {
        for (uint32_t k = i + 1; k < raking->n; k++) {
            step[i] -= raking->moment[i][k] * step[k];
        }
        step[i] /= raking->moment[i][i];
        step[i] = step[i] > 0.5 ? 0.5 : step[i] < -0.5 ? -0.5 : step[i];
    }
}

/** Fits types and ages of a place's groups; `inside` are the areas fitted on their own. */
static void rake(struct flyt_popcells *cells, struct flyt_popplace *place,
                 const struct sums *inside)
{
    struct raking raking = plan_raking(place, inside);
    for (uint32_t round = 0; round < RAKE_ROUNDS; round++) {
        for (uint32_t i = 0; i < FORMS; i++) {
            raking.sum[i] = 0.0;
            for (uint32_t k = 0; k < FORMS; k++) {
                raking.moment[i][k] = 0.0;
            }
        }
        for (uint32_t g = 0; g < place->n_groups; g++) {
            tilt_group(cells, &cells->group[place->first_group + g], place->tilt, &raking);
        }
        if (raking.n == 0 || round + 1 == RAKE_ROUNDS) {
            break;
        }
        double step[FORMS] = {0};
        newton_step(&raking, step);
        for (uint32_t i = 0; i < raking.n; i++) {
            double tilt = place->tilt[i] + step[i]; /* ends where the targets cannot be met */
            place->tilt[i] = tilt > 6.0 ? 6.0 : tilt < -6.0 ? -6.0 : tilt;
        }
    }
}

/* ---- shifted shares ---------------------------------------------------------------------------
 */

/** Multiplies the odds of the members of `inside` by exp(log_odds); shares keep their sum. */
static void shift_odds(double *share, uint32_t n, uint32_t inside, double log_odds)
{
    double factor = flyt_num_exp(log_odds), total = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        share[i] *= inside >> i & 1u ? factor : 1.0;
        total += share[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        share[i] = total > 0.0 ? share[i] / total : 0.0;
    }
}

static void shift_shares(const struct flyt_popcells *cells, const struct flyt_popplace *place,
                         struct flyt_popgroup *group, double origin[FLYT_POP_BANDS][FLYT_N_ORIGINS])
{
    uint32_t tenure = flyt_kinds_class((enum flyt_kind)group->kind);
    const double *shift = place->shift;
    for (uint32_t b = 0; b < cells->bands.n; b++) {
        for (uint32_t o = 0; o < FLYT_N_ORIGINS; o++) {
            origin[b][o] = cells->shares.origin[tenure][b][o];
            for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
                group->work[o][b][w] = cells->shares.work[tenure][o][b][w];
            }
            for (uint32_t e = 0; e < FLYT_N_EDUCATIONS; e++) {
                group->education[o][b][e] = cells->shares.education[tenure][o][b][e];
            }
            if (cells->bands.from[b] < 65) {
                shift_odds(group->work[o][b], FLYT_N_WORKS, 1u << FLYT_WORK_employed,
                           shift[FLYT_VARIABLE_employed]);
                shift_odds(group->work[o][b], FLYT_N_WORKS,
                           1u << FLYT_WORK_employed | 1u << FLYT_WORK_student,
                           -shift[FLYT_VARIABLE_outside_work]);
            }
            shift_odds(group->education[o][b], FLYT_N_EDUCATIONS, 1u << FLYT_EDUCATION_basic,
                       shift[FLYT_VARIABLE_basic_schooling]);
        }
        shift_odds(origin[b], FLYT_N_ORIGINS, 1u << FLYT_ORIGIN_nonwestern,
                   shift[FLYT_VARIABLE_nonwestern]);
    }
}

/* ---- iterative proportional fitting -----------------------------------------------------------
 */

static void set_targets(const struct flyt_popcells *cells, const struct flyt_popgroup *group,
                        double origin[FLYT_POP_BANDS][FLYT_N_ORIGINS], struct scratch *scratch)
{
    uint32_t n = cells->bands.n;
    for (uint32_t b = 0; b < n; b++) {
        double heads = 0.0;
        for (uint32_t t = 0; t < FLYT_N_TYPES; t++) {
            scratch->type_age[b * FLYT_N_TYPES + t] = group->type_age[t][b];
            heads += group->type_age[t][b];
        }
        for (uint32_t o = 0; o < FLYT_N_ORIGINS; o++) {
            for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
                scratch->work[(o * FLYT_N_WORKS + w) * n + b] =
                    heads * origin[b][o] * group->work[o][b][w];
            }
            for (uint32_t e = 0; e < FLYT_N_EDUCATIONS; e++) {
                scratch->education[(o * n + b) * FLYT_N_EDUCATIONS + e] =
                    heads * origin[b][o] * group->education[o][b][e];
            }
        }
    }
}

static void fit_group(const struct flyt_popcells *cells, const struct flyt_popplace *place,
                      struct flyt_popgroup *group, struct scratch *scratch)
{
    double origin[FLYT_POP_BANDS][FLYT_N_ORIGINS];
    shift_shares(cells, place, group, origin);
    set_targets(cells, group, origin, scratch);
    double *cell = group->cell;
    for (uint32_t o = 0; o < FLYT_N_ORIGINS; o++) {
        for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
            for (uint32_t b = 0; b < cells->bands.n; b++) {
                for (uint32_t t = 0; t < FLYT_N_TYPES; t++) {
                    for (uint32_t e = 0; e < FLYT_N_EDUCATIONS; e++) {
                        *cell++ =
                            type_by_origin[t][o] * work_by_education[w][e] * work_by_type[w][t];
                    }
                }
            }
        }
    }
    flyt_ipf_run(&scratch->ipf, &scratch->plan, group->cell);
    group->rounds = scratch->ipf.rounds;
    group->converged = scratch->ipf.end == FLYT_IPF_converged;
}

/** Adds the adults of one cell of heads (or, with part < 1, of partners) to the sums. */
static void add_adults(const struct flyt_popcells *cells, const struct flyt_popgroup *group,
                       uint32_t origin, uint32_t band, double n, struct sums *sums)
{
    const double *work = group->work[origin][band];
    int32_t age = cells->bands.from[band];
    if (age < 65) {
        sums->working_age += n;
        sums->employed += n * work[FLYT_WORK_employed];
        sums->inside += n * (work[FLYT_WORK_employed] + work[FLYT_WORK_student]);
    }
    if (age >= 30 && age < 60) {
        double basic = group->education[origin][band][FLYT_EDUCATION_basic];
        sums->middle_age += n;
        sums->basic +=
            n * (basic + (1.0 - basic) * flyt_popcells_unapproved(cells->params, origin));
    }
}

/** Adds what is expected of a fitted group. */
static void add_group(const struct flyt_popcells *cells, const struct flyt_popgroup *group,
                      struct sums *sums)
{
    double heads[FLYT_N_ORIGINS][FLYT_POP_BANDS][FLYT_N_TYPES] = {{{0}}};
    const double *cell = group->cell;
    for (uint32_t o = 0; o < FLYT_N_ORIGINS; o++) {
        for (uint32_t w = 0; w < FLYT_N_WORKS; w++) {
            for (uint32_t b = 0; b < cells->bands.n; b++) {
                for (uint32_t t = 0; t < FLYT_N_TYPES; t++) {
                    for (uint32_t e = 0; e < FLYT_N_EDUCATIONS; e++) {
                        heads[o][b][t] += group->n * *cell++;
                    }
                }
            }
        }
    }
    for (uint32_t o = 0; o < FLYT_N_ORIGINS; o++) {
        for (uint32_t b = 0; b < cells->bands.n; b++) {
            for (uint32_t t = 0; t < FLYT_N_TYPES; t++) {
                double form[FORMS], n = heads[o][b][t];
                forms_of(cells, t, b, form);
                sums->persons += n * form[0];
                sums->children += n * form[1];
                sums->old += n * form[2];
                sums->nonwestern += o == FLYT_ORIGIN_nonwestern ? n * form[0] : 0.0;
                add_adults(cells, group, o, b, n, sums);
                for (uint32_t k = 0; is_couple(t) && k < cells->bands.n; k++) {
                    add_adults(cells, group, o, k, n * cells->shares.partner_band[b][k], sums);
                }
            }
        }
    }
}

/* ---- a place -------------------------------------------------------------------------------- */

static double log_odds(double share)
{
    share = share < 1e-4 ? 1e-4 : share > 1.0 - 1e-4 ? 1.0 - 1e-4 : share;
    return flyt_num_log(share / (1.0 - share));
}

/** Moves one shift by what its share lacks; true when the target is met. */
static bool move_shift(struct flyt_popplace *place, enum flyt_variable variable, double part,
                       double whole)
{
    double target = place->target[variable] / 100.0;
    if (isnan(target) || whole <= 0.0 || fabs(part / whole - target) < 1e-5) {
        return true;
    }
    double shift = place->shift[variable] + log_odds(target) - log_odds(part / whole);
    place->shift[variable] = shift > 8.0 ? 8.0 : shift < -8.0 ? -8.0 : shift;
    return false;
}

static void fit_place(struct fit_job *job, struct flyt_popplace *place, const struct sums *inside,
                      struct scratch *scratch, struct sums *out)
{
    rake(job->cells, place, inside);
    for (uint32_t round = 0; round < SHIFT_ROUNDS; round++) {
        *out = *inside;
        for (uint32_t g = 0; g < place->n_groups; g++) {
            struct flyt_popgroup *group = &job->cells->group[place->first_group + g];
            fit_group(job->cells, place, group, scratch);
            add_group(job->cells, group, out);
        }
        bool met = true;
        met &= move_shift(place, FLYT_VARIABLE_nonwestern, out->nonwestern, out->persons);
        met &= move_shift(place, FLYT_VARIABLE_employed, out->employed, out->working_age);
        met &= move_shift(place, FLYT_VARIABLE_outside_work, out->working_age - out->inside,
                          out->working_age);
        met &= move_shift(place, FLYT_VARIABLE_basic_schooling, out->basic, out->middle_age);
        if (met) {
            break;
        }
    }
}

/** Makes the fitted shares cumulative, ending at exactly 1. */
static void accumulate(const struct flyt_popcells *cells, struct flyt_popgroup *group)
{
    double sum = 0.0;
    uint32_t last = 0;
    for (uint32_t i = 0; i < cells->n_cells; i++) {
        last = group->cell[i] > 0.0 ? i : last;
        group->cell[i] = sum += group->cell[i];
    }
    for (uint32_t i = 0; i < cells->n_cells; i++) {
        group->cell[i] = i >= last ? 1.0 : group->cell[i] / sum;
    }
}

static void add_sums(struct sums *sums, const struct sums *more)
{
    sums->persons += more->persons;
    sums->children += more->children;
    sums->old += more->old;
    sums->nonwestern += more->nonwestern;
    sums->working_age += more->working_age;
    sums->employed += more->employed;
    sums->inside += more->inside;
    sums->middle_age += more->middle_age;
    sums->basic += more->basic;
}

/** One municipality: its areas that are places of their own, then the rest of it. */
static void fit_municipality(void *job_, uint32_t municipality)
{
    struct fit_job *job = job_;
    struct flyt_popcells *cells = job->cells;
    struct scratch *scratch = &job->scratch[municipality];
    struct sums inside = {0}, nothing = {0};
    for (uint32_t p = cells->n_places; p-- > 0;) {
        struct flyt_popplace *place = &cells->place[p];
        if (place->is_area && place->municipality == municipality) {
            fit_place(job, place, &nothing, scratch, &job->sums[p]);
            add_sums(&inside, &job->sums[p]);
        }
    }
    fit_place(job, &cells->place[municipality], &inside, scratch, &job->sums[municipality]);
    for (uint32_t g = 0; g < cells->n_groups; g++) {
        if (cells->place[cells->group[g].place].municipality == municipality) {
            accumulate(cells, &cells->group[g]);
        }
    }
}

static enum flyt_status take_scratch(const struct flyt_popcells *cells, struct flyt_arena *arena,
                                     struct scratch *scratch)
{
    uint32_t n = cells->bands.n;
    scratch->type_age = FLYT_ARENA_ARRAY(arena, double, FLYT_N_TYPES *n);
    scratch->work = FLYT_ARENA_ARRAY(arena, double, FLYT_N_ORIGINS *FLYT_N_WORKS *n);
    scratch->education = FLYT_ARENA_ARRAY(arena, double, FLYT_N_ORIGINS *FLYT_N_EDUCATIONS *n);
    if (scratch->type_age == NULL || scratch->work == NULL || scratch->education == NULL) {
        return FLYT_ERR_MEMORY;
    }
    scratch->ipf =
        (struct flyt_ipf){.n_dims = POP_N_DIMS,
                          .n_margins = 3,
                          .margin = {{2, {POP_age, POP_type}, scratch->type_age},
                                     {3, {POP_origin, POP_work, POP_age}, scratch->work},
                                     {3, {POP_origin, POP_age, POP_education}, scratch->education}},
                          .tolerance = 1e-7,
                          .most = IPF_ROUNDS};
    for (uint32_t d = 0; d < POP_N_DIMS; d++) {
        scratch->ipf.size[d] = cells->size[d];
    }
    return flyt_ipf_prepare(&scratch->ipf, arena, &scratch->plan);
}

enum flyt_status flyt_popcells_fit(struct flyt_popcells *cells, const struct flyt_par *par,
                                   struct flyt_arena *arena)
{
    uint32_t n_towns = 0;
    for (uint32_t p = 0; p < cells->n_places; p++) {
        n_towns += !cells->place[p].is_area;
    }
    struct fit_job job = {cells, FLYT_ARENA_ARRAY(arena, struct scratch, n_towns),
                          FLYT_ARENA_ZERO(arena, struct sums, cells->n_places)};
    if (job.scratch == NULL || job.sums == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < n_towns; m++) {
        FLYT_TRY(take_scratch(cells, arena, &job.scratch[m]));
    }
    flyt_par_tasks(par, n_towns, fit_municipality, &job);
    return FLYT_OK;
}
