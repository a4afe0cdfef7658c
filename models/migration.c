#include "models/migration.h"

#include "models/letting.h"
#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "models/mobility.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/popcells.h"
#include "models/sale.h"
#include "models/search.h"
#include "sim/num.h"
#include "sim/uids.h"

/* ---- who comes ----------------------------------------------------------------------------- */

/** Movers from the rest of the country and abroad, by age of the (older) adult.
 *  ASSUMPTION: shares chosen after the ages of movers between municipalities. */
static const struct mover {
    int from, to;                    /* years of age */
    double share;                    /* of candidates */
    double couple, children, higher; /* shares within: couples, with children, higher education */
    double savings;                  /* median, DKK: with what was left of a home that was sold */
} movers[] = {
    {18, 25, .36, .15, .03, .10, 2e4}, {25, 30, .22, .35, .10, .40, 8e4},
    {30, 40, .20, .45, .40, .45, 2e5}, {40, 50, .09, .40, .45, .40, 3e5},
    {50, 65, .08, .45, .10, .30, 5e5}, {65, 80, .04, .50, .00, .25, 6e5},
    {80, 95, .01, .25, .00, .20, 6e5},
};

enum { MONTHS = 12, STUDENT_BEFORE = 25, RETIRED_FROM = 67 };
static const double SPREAD = 1.4, MOST = 2e7; /* savings: s.d. of the logarithm, DKK at most */

/** The draws of one candidate, in order. */
struct draws {
    const struct flyt_world *world;
    uint64_t uid;
    uint32_t n;
};

static double next_unit(struct draws *draws)
{
    return flyt_rng_unit(draws->world->key, draws->uid, 0, FLYT_STREAM_migrant, draws->n++);
}

/** A row of the table of movers, cut to the ages of the parameters; share 0: nothing is left. */
static struct mover cut_mover(const struct flyt_migration_params *params, size_t i)
{
    struct mover mover = movers[i];
    int from = (int)params->in_age_from, to = from + (int)params->in_age_years;
    int width = mover.to - mover.from;
    mover.from = mover.from > from ? mover.from : from;
    mover.to = mover.to < to ? mover.to : to;
    mover.share *= mover.to > mover.from ? (double)(mover.to - mover.from) / width : 0.0;
    return mover;
}

static struct mover draw_mover(struct draws *draws)
{
    const struct flyt_migration_params *params = &draws->world->params->migration;
    struct mover mover = {.share = 0.0}, last = mover;
    double total = 0.0, sum = 0.0;
    for (size_t i = 0; i < FLYT_COUNT(movers); i++) {
        total += cut_mover(params, i).share;
    }
    double u = next_unit(draws) * total;
    for (size_t i = 0; i < FLYT_COUNT(movers); i++) {
        mover = cut_mover(params, i);
        last = mover.share > 0.0 ? mover : last;
        sum += mover.share;
        if (u < sum) {
            return mover;
        }
    }
    return last; /* u fell on the end by a rounding */
}

static struct flyt_adult draw_adult(struct draws *draws, const struct mover *mover, uint32_t sex,
                                    int16_t born)
{
    double u = next_unit(draws), outside = draws->world->params->migration.in_outside_work;
    int32_t age = flyt_people_age(born, draws->world->calendar);
    struct flyt_adult adult = {
        .born = born, .work_since = draws->world->calendar, .sex = (uint8_t)sex, .approved = true};
    adult.education = u < mover->higher         ? FLYT_EDUCATION_higher
                      : u < mover->higher + 0.4 ? FLYT_EDUCATION_vocational
                                                : FLYT_EDUCATION_basic;
    u = next_unit(draws);
    adult.work = age >= RETIRED_FROM               ? FLYT_WORK_pension
                 : age < STUDENT_BEFORE && u < 0.7 ? FLYT_WORK_student
                 : u < 1.0 - outside               ? FLYT_WORK_employed
                                                   : FLYT_WORK_benefit;
    adult.attachment = next_unit(draws) < 0.1 ? FLYT_DETACHED : FLYT_ATTACHED;
    adult.frail =
        age >= FLYT_FRAIL_FROM && next_unit(draws) < draws->world->life->now.frail_share[sex][age];
    return adult;
}

static struct flyt_background draw_background(struct draws *draws, bool refugee)
{
    const struct flyt_migration_params *params = &draws->world->params->migration;
    double u = next_unit(draws);
    struct flyt_background background = {.origin = FLYT_ORIGIN_danish, .language = 2};
    if (refugee || u < params->from_abroad_nonwestern) {
        background.origin = FLYT_ORIGIN_nonwestern;
        background.language = 0;
    } else if (u < params->from_abroad_nonwestern + params->from_abroad_western) {
        background.origin = FLYT_ORIGIN_western;
        background.language = 0;
    }
    return background;
}

void flyt_migration_draw(struct flyt_world *world, uint32_t row_, uint64_t uid, bool refugee)
{
    flyt_world_clear(world, row_, uid);
    struct flyt_household *row = &world->households.row[row_];
    struct flyt_household_cold *cold = &world->households.cold[row_];
    struct draws draws = {world, uid, 0};
    const struct flyt_migration_params *params = &world->params->migration;
    struct mover mover = draw_mover(&draws);
    int32_t months = (int32_t)(next_unit(&draws) * (mover.to - mover.from) * MONTHS);
    int16_t born = (int16_t)(world->calendar - mover.from * MONTHS - months);
    bool man = next_unit(&draws) < 0.5;
    uint32_t sex = man ? FLYT_SEX_man : FLYT_SEX_woman;
    bool couple = next_unit(&draws) < mover.couple * params->in_couple;
    bool children = next_unit(&draws) < mover.children * params->in_children;
    flyt_people_set_adult(row, 0, draw_adult(&draws, &mover, sex, born));
    struct flyt_background background = draw_background(&draws, refugee);
    if (couple) {
        flyt_people_set_adult(row, 1, draw_adult(&draws, &mover, 1 - sex, born));
        background.married = next_unit(&draws) < 0.5;
    }
    flyt_people_set_background(row, background);
    uint32_t n_children = children ? 1 + (next_unit(&draws) < 0.5) : 0;
    for (uint32_t k = 0; k < n_children; k++) {
        int32_t oldest = flyt_people_age(born, world->calendar) - 18;
        oldest = oldest > 16 ? 16 : oldest;
        int32_t age_months = (int32_t)(next_unit(&draws) * (oldest + 1) * MONTHS);
        row->child_born[k] = (int16_t)(world->calendar - age_months);
        cold->child_sex |= (uint8_t)((next_unit(&draws) < 0.5) << k);
    }
    cold->earning[0] = cold->earning[1] = 1024;
    double z = flyt_popcells_normal(next_unit(&draws));
    double savings = refugee ? 0.0 : params->in_savings * mover.savings * flyt_num_exp(SPREAD * z);
    row->savings_ore = (int64_t)((savings < MOST ? savings : MOST) * 100.0);
    if (world->livelihood != NULL) { /* what it expects to earn here */
        const struct flyt_income_year *year = &world->livelihood->income;
        struct flyt_income income = flyt_income_of(year, row, cold->earning, year->tax.municipal);
        row->disposable_ore = income.disposable;
    }
    cold->reason = refugee ? FLYT_REASON_refugee : FLYT_REASON_outside;
    row->search_since = row->settled = world->calendar;
    row->flags = refugee ? FLYT_FORCED | FLYT_QUEUED : 0;
}

/* ---- how many ------------------------------------------------------------------------------ */

double flyt_migration_candidates(const struct flyt_migration_params *params, double out_month,
                                 double n_homes, double vacancy, double n_hidden,
                                 double n_households)
{
    double usual = out_month + params->net * n_homes / 1000.0 / MONTHS;
    double ratio = (vacancy > 1e-9 ? vacancy : 1e-9) / params->vacancy_usual;
    double factor = 1.0 + params->vacancy_slope * flyt_num_log(ratio);
    factor = factor < 0.0 ? 0.0 : factor > 1.5 ? 1.5 : factor;
    double crowded = n_hidden - params->hidden_usual * n_households;
    double n = usual * factor - (crowded > 0.0 ? crowded : 0.0) / 4.0;
    return n > 0.0 ? n : 0.0;
}

/** A mean as a whole number: its fraction by a draw for the municipality and month. */
static uint32_t whole(const struct flyt_world *world, uint32_t municipality, uint32_t draw,
                      double mean)
{
    uint32_t n = (uint32_t)mean;
    double u = flyt_rng_unit(world->key, municipality + UINT64_C(1), world->month,
                             FLYT_STREAM_migrant_number, draw);
    return n + (u < mean - n);
}

/** Ends searches that took too long. */
static void give_up(struct flyt_world *world)
{
    const struct flyt_migration_params *params = &world->params->migration;
    for (uint32_t k = 0; k < world->households.n_outside; k++) {
        uint32_t i = world->households.capacity + k;
        const struct flyt_household *row = &world->households.row[i];
        if (world->households.uid[i] == 0) {
            continue;
        }
        uint32_t most =
            row->flags & FLYT_QUEUED ? params->refugee_months_most : params->months_most;
        if (world->calendar - row->search_since >= (int32_t)most) {
            world->households.uid[i] = 0;
            world->life->counts.gave_up++;
        }
    }
}

/** Candidates of this month, before they have rows. */
struct coming {
    struct flyt_uids_new *list; /* [n_outside] */
    uint32_t n;
};

static enum flyt_status too_many(const struct flyt_world *world)
{
    return flyt_diag_fault(world->diag, FLYT_ERR_MEMORY, (struct flyt_place){0},
                           "month %u: more than %u households want to move here",
                           "måned %u: flere end %u husstande vil flytte hertil", world->month,
                           world->households.n_outside);
}

/** Lists n candidates of a municipality; false when there are more than rows. */
static bool list_coming(const struct flyt_world *world, uint32_t municipality, uint32_t n,
                        enum flyt_stream kind, struct coming *coming)
{
    for (uint32_t ordinal = 0; ordinal < n; ordinal++) {
        if (coming->n == world->households.n_outside) {
            return false;
        }
        coming->list[coming->n++] = (struct flyt_uids_new){
            .mother = municipality + UINT64_C(1), .kind = kind, .ordinal = ordinal};
    }
    return true;
}

/** Gives those listed free rows; false when there are none left. */
static bool come(struct flyt_world *world, const struct coming *coming)
{
    struct flyt_households *households = &world->households;
    uint32_t next = 0;
    for (uint32_t i = 0; i < coming->n; i++, next++) {
        const struct flyt_uids_new *one = &coming->list[i];
        while (next < households->n_outside && households->uid[households->capacity + next]) {
            next++;
        }
        if (next == households->n_outside) {
            return false;
        }
        flyt_migration_draw(world, households->capacity + next, one->uid,
                            one->kind == FLYT_STREAM_uid_refugee);
        world->life->outside_municipality[next] = (uint32_t)(one->mother - 1);
        world->life->counts.candidates++;
    }
    return true;
}

enum flyt_status flyt_migration_step(struct flyt_world *world)
{
    const struct flyt_migration_params *params = &world->params->migration;
    struct flyt_life *life = world->life;
    double *n_homes = FLYT_ARENA_ZERO(world->step_arena, double, life->n_regions);
    struct coming coming = {.list = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_uids_new,
                                                     (size_t)world->households.n_outside + 1)};
    if (n_homes == NULL || coming.list == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        n_homes[life->region[m]] += life->n_homes[m];
    }
    give_up(world);
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        uint32_t r = life->region[m];
        double mean =
            flyt_migration_candidates(params, life->out_month[r], n_homes[r], life->vacancy[r],
                                      (double)life->guests.by_region[r], n_homes[r]);
        double share = n_homes[r] > 0.0 ? life->n_homes[m] / n_homes[r] : 0.0;
        double refugees = params->refugees * life->n_homes[m] / 1000.0 / MONTHS;
        uint32_t n_movers = whole(world, m, 0, mean * share);
        if (!list_coming(world, m, n_movers, FLYT_STREAM_uid_migrant, &coming) ||
            !list_coming(world, m, whole(world, m, 1, refugees), FLYT_STREAM_uid_refugee,
                         &coming)) {
            return too_many(world);
        }
    }
    FLYT_TRY(flyt_uids_give(world, coming.list, coming.n));
    return come(world, &coming) ? FLYT_OK : too_many(world);
}

/* ---- those who got a home ------------------------------------------------------------------ */

enum flyt_status flyt_migration_admit(struct flyt_world *world)
{
    struct flyt_households *households = &world->households;
    struct flyt_life *life = world->life;
    for (uint32_t k = 0; k < households->n_outside; k++) {
        uint32_t from = households->capacity + k;
        if (households->uid[from] == 0 || households->row[from].home == FLYT_NONE) {
            continue;
        }
        uint32_t to = flyt_world_add(world, FLYT_NONE, households->uid[from]);
        if (to == FLYT_NONE) {
            return flyt_diag_fault(world->diag, FLYT_ERR_MEMORY, (struct flyt_place){0},
                                   "month %u: more households than rows (%u)",
                                   "måned %u: flere husstande end rækker (%u)", world->month,
                                   households->capacity);
        }
        households->row[to] = households->row[from];
        households->cold[to] = households->cold[from];
        households->row[to].flags &= (uint8_t)~FLYT_QUEUED;
        flyt_policies_arrived(world, to);
        flyt_search_end(&households->row[to]);
        for (int p = 0; p < FLYT_PURPOSES; p++) {
            households->bound[p][to] = households->bound[p][from];
        }
        world->dwellings.occupant[households->row[to].home] = to;
        if (world->livelihood != NULL) {
            flyt_livelihood_start(world, 0, to);
            flyt_livelihood_before(world, 0, to);
            flyt_sale_buy(world, 0, to);
            flyt_livelihood_after(world, 0, to);
        }
        if (world->letting != NULL) {
            flyt_lists_follow(world, from, to);
        }
        flyt_lifecourse_refresh_bound(world, to);
        flyt_mobility_arrived(world, to);
        households->uid[from] = 0;
        int64_t persons = flyt_people_persons(&households->row[to]);
        life->n_persons += persons;
        life->counts.in_households++;
        life->counts.in_persons += persons;
    }
    return FLYT_OK;
}
