#include "models/livelihood.h"

#include "models/ledger.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/search.h"

enum { FIRST_PURPOSE = 1 }; /* of adult 0; adult 1 has the next one. 0 is life, 3 search */

static const enum flyt_stream more_stream[FLYT_ADULTS] = {FLYT_STREAM_livelihood_first,
                                                          FLYT_STREAM_livelihood_second};

enum flyt_status flyt_livelihood_create(struct flyt_world *world)
{
    uint32_t n_blocks = world->par.n_blocks, n_municipalities = world->municipalities.n;
    struct flyt_livelihood *livelihood =
        FLYT_ARENA_ZERO(world->run_arena, struct flyt_livelihood, 1);
    if (livelihood == NULL) {
        return FLYT_ERR_MEMORY;
    }
    livelihood->municipal = FLYT_ARENA_ZERO(world->run_arena, int32_t, n_municipalities);
    livelihood->candidates = FLYT_ARENA_ZERO(world->run_arena, struct flyt_list, n_blocks);
    livelihood->above = FLYT_ARENA_ZERO(world->run_arena, uint32_t, n_blocks);
    if (livelihood->municipal == NULL || livelihood->candidates == NULL ||
        livelihood->above == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t block = 0; block < n_blocks; block++) {
        uint32_t rows = flyt_world_first(world, block + 1) - flyt_world_first(world, block);
        FLYT_TRY(flyt_list_init(&livelihood->candidates[block], world->run_arena, rows));
    }
    world->livelihood = livelihood;
    return flyt_ledger_create(world);
}

void flyt_livelihood_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_livelihood *livelihood = world->livelihood;
    uint32_t n_blocks = world->par.n_blocks;
    FLYT_ARCHIVE_VALUE(archive, "livelihood.params", livelihood->params);
    FLYT_ARCHIVE_VALUE(archive, "livelihood.work", livelihood->work);
    FLYT_ARCHIVE_VALUE(archive, "livelihood.social", livelihood->social);
    FLYT_ARCHIVE_VALUE(archive, "livelihood.income", livelihood->income);
    FLYT_ARCHIVE_VALUE(archive, "livelihood.last_income", livelihood->last_income);
    FLYT_ARCHIVE_SCRATCH(archive, "livelihood.rebook", &livelihood->rebook, 1);
    FLYT_ARCHIVE_SCRATCH(archive, "livelihood.above", livelihood->above, n_blocks);
    for (uint32_t block = 0; block < n_blocks; block++) {
        flyt_archive_scratch_list(archive, "livelihood.candidates", &livelihood->candidates[block]);
    }
}

void flyt_livelihood_set_rates(struct flyt_world *world, const double *percent)
{
    for (uint32_t m = 0; m < world->municipalities.n; m++) {
        bool known = percent[m] >= 0.0; /* not NaN */
        world->livelihood->municipal[m] = known ? (int32_t)(percent[m] * 100.0 + 0.5) : 0;
    }
}

/* ---- income and savings ---------------------------------------------------------------------- */

struct flyt_income flyt_livelihood_income(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    int32_t own = world->livelihood->municipal[world->sections.municipality[row->section]];
    const struct flyt_income_year *year = &world->livelihood->income;
    return flyt_income_of(year, row, world->households.cold[household].earning,
                          own > 0 ? own : year->tax.municipal);
}

static void store_income(struct flyt_household *row, const struct flyt_income *income)
{
    row->gross_ore[0] = income->gross[0];
    row->gross_ore[1] = income->gross[1];
    row->disposable_ore = income->disposable;
}

static int64_t accrued(const struct flyt_world *world, const struct flyt_income_year *year,
                       const struct flyt_household *row)
{
    int64_t months = world->calendar - row->settled;
    return months > 0 ? months * flyt_income_saving(year, row) : 0;
}

static void settle(const struct flyt_world *world, const struct flyt_income_year *year,
                   struct flyt_household *row)
{
    row->savings_ore += accrued(world, year, row);
    row->settled = world->calendar;
}

int64_t flyt_livelihood_savings(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    return row->savings_ore + accrued(world, &world->livelihood->income, row);
}

/** Puts the household's flows in or takes them out. */
static void book(struct flyt_world *world, uint32_t desk, uint32_t household,
                 const struct flyt_income *income, enum flyt_ledger_side side)
{
    const struct flyt_household *row = &world->households.row[household];
    struct flyt_cost_flows flows = flyt_cost_flows(world, household, income);
    flyt_ledger_book(world, desk, row, income, side);
    flyt_ledger_add_housing(&world->ledger->rate[desk], world->sections.tenure[row->section],
                            &flows, side);
}

void flyt_livelihood_before(struct flyt_world *world, uint32_t desk, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_income income = flyt_livelihood_income(world, household);
    settle(world, &world->livelihood->income, row);
    book(world, desk, household, &income, FLYT_LEDGER_out);
}

void flyt_livelihood_after(struct flyt_world *world, uint32_t desk, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_income income = flyt_livelihood_income(world, household);
    row->settled = world->calendar;
    store_income(row, &income);
    book(world, desk, household, &income, FLYT_LEDGER_in);
    flyt_livelihood_refresh_bound(world, household);
}

void flyt_livelihood_arrive(struct flyt_world *world, uint32_t desk, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    flyt_ledger_pay(world, desk, FLYT_ACCOUNT_savings_in, world->sections.tenure[row->section],
                    row->savings_ore);
    flyt_livelihood_after(world, desk, household);
}

void flyt_livelihood_depart(struct flyt_world *world, uint32_t desk, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    flyt_livelihood_before(world, desk, household);
    flyt_ledger_pay(world, desk, FLYT_ACCOUNT_savings_out, world->sections.tenure[row->section],
                    row->savings_ore);
    row->savings_ore = 0;
}

int32_t flyt_livelihood_months_on_benefit(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    int32_t longest = 0;
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        if (row->born[i] != FLYT_NO_MONTH && row->work[i] == FLYT_WORK_benefit) {
            int32_t months = world->calendar - row->work_since[i];
            longest = months > longest ? months : longest;
        }
    }
    return longest;
}

/* ---- hazards ----------------------------------------------------------------------------------
 */

struct flyt_work_place flyt_livelihood_place(const struct flyt_world *world, uint32_t household,
                                             uint32_t which)
{
    const struct flyt_household *row = &world->households.row[household];
    struct flyt_adult adult = flyt_people_adult(row, which);
    struct flyt_background background = flyt_people_background(row);
    int32_t months = world->calendar - adult.work_since - 1;
    return (struct flyt_work_place){
        .from = adult.work,
        .months = months > 0 ? (uint32_t)months : 0,
        .age_months = world->calendar - adult.born,
        .education = adult.education,
        .origin = background.origin,
        .language = background.language,
        .attachment = adult.attachment,
    };
}

/** All that can happen to an adult in a month. */
struct chances {
    struct flyt_work_chances work;
    struct flyt_social_chances social;
    double sum;
};

/** Multiplies the odds of one of several things that can happen; the odds of the others against
 *  nothing happening stay. @param chance  [n] */
static double scale_odds(double *chance, uint32_t n, uint32_t one, double factor)
{
    double over = 1.0 - chance[one] + factor * chance[one], sum = 0.0;
    chance[one] *= factor;
    for (uint32_t i = 0; i < n; i++) {
        chance[i] /= over;
        sum += chance[i];
    }
    return sum;
}

/** What policies do to the odds of this month. */
static void apply_policies(const struct flyt_world *world, uint32_t household, uint32_t work,
                           struct chances *chances)
{
    struct flyt_policy_rates rates = flyt_policies_rates(world, household);
    struct flyt_work_chances *by_work = &chances->work;
    struct flyt_social_chances *social = &chances->social;
    bool jobless = work == FLYT_WORK_unemployed || work == FLYT_WORK_benefit;
    if (jobless && rates.to_work != 1.0) {
        by_work->sum = scale_odds(by_work->to, FLYT_N_WORKS, FLYT_WORK_employed, rates.to_work);
    }
    if (jobless && rates.to_study != 1.0) {
        by_work->sum = scale_odds(by_work->to, FLYT_N_WORKS, FLYT_WORK_student, rates.to_study);
    }
    if (rates.case_closes != 1.0 || rates.language_rises != 1.0) {
        double *event = social->event;
        scale_odds(&event[FLYT_SOCIAL_case_closes], 1, 0, rates.case_closes);
        scale_odds(&event[FLYT_SOCIAL_language_rises], 1, 0, rates.language_rises);
        social->sum = 0.0;
        for (uint32_t i = 0; i < FLYT_N_SOCIAL_EVENTS; i++) {
            social->sum += event[i];
        }
    }
}

static struct chances chances_of(const struct flyt_world *world, uint32_t household, uint32_t which)
{
    const struct flyt_livelihood *livelihood = world->livelihood;
    const struct flyt_household *row = &world->households.row[household];
    struct chances chances;
    chances.work =
        flyt_work_chances(&livelihood->work, flyt_livelihood_place(world, household, which));
    chances.social = flyt_social_chances(
        &livelihood->social, row, &world->households.cold[household], which, world->calendar);
    apply_policies(world, household, row->work[which], &chances);
    chances.sum = chances.work.sum + chances.social.sum;
    chances.sum = chances.sum < FLYT_CERTAIN ? chances.sum : FLYT_CERTAIN;
    return chances;
}

double flyt_livelihood_hazard(const struct flyt_world *world, uint32_t household, uint32_t which)
{
    if (world->households.row[household].born[which] == FLYT_NO_MONTH) {
        return 0.0;
    }
    return chances_of(world, household, which).sum;
}

/** An upper limit of chances whose odds are multiplied; factors below 1 may end before December. */
static double raise_bound(double sum, double factor, double other)
{
    double most = factor > other ? factor : other;
    return most > 1.0 ? most * sum / (1.0 + (most - 1.0) * sum) : sum;
}

/** The same of odds, which are summed without a share left to nothing. */
static double raise_odds(double sum, double factor, double other)
{
    double most = factor > other ? factor : other;
    return most > 1.0 ? most * sum : sum;
}

void flyt_livelihood_refresh_bound(struct flyt_world *world, uint32_t household)
{
    const struct flyt_livelihood *livelihood = world->livelihood;
    const struct flyt_household *row = &world->households.row[household];
    struct flyt_policy_rates rates = flyt_policies_rates(world, household);
    int16_t ahead = (int16_t)(11 - world->month % 12); /* to December */
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        double sum = 0.0;
        if (row->born[i] != FLYT_NO_MONTH) {
            double work = flyt_work_bound(&livelihood->work,
                                          flyt_livelihood_place(world, household, i), ahead);
            double social =
                flyt_social_bound(&livelihood->social, row, &world->households.cold[household], i,
                                  world->calendar, ahead);
            sum = raise_bound(work, rates.to_work, rates.to_study) +
                  raise_odds(social, rates.case_closes, rates.language_rises);
        }
        sum *= 1.0 + 0x1p-40; /* sums of the same chances in another order */
        world->households.bound[FIRST_PURPOSE + i][household] =
            flyt_world_bound(sum < FLYT_CERTAIN ? sum : FLYT_CERTAIN);
    }
}

/* ---- a year begins ----------------------------------------------------------------------------
 */

static void year_block(void *world_, uint32_t block)
{
    struct flyt_world *world = world_;
    struct flyt_livelihood *livelihood = world->livelihood;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        if (world->households.uid[i] == 0) {
            continue;
        }
        if (world->month == 0 &&
            !livelihood->rebook) { /* booked since it was started; the start may have been mended */
            flyt_livelihood_refresh_bound(world, i);
            continue;
        }
        settle(world, &livelihood->last_income, &world->households.row[i]);
        flyt_livelihood_after(world, block, i);
    }
}

void flyt_livelihood_year(struct flyt_world *world, const struct flyt_livelihood_params *params)
{
    struct flyt_livelihood *livelihood = world->livelihood;
    livelihood->params = *params;
    livelihood->last_income = livelihood->income;
    flyt_work_prepare(&params->work, &livelihood->work);
    flyt_social_prepare(&params->social, &livelihood->social);
    flyt_income_prepare(&params->income, &params->tax, params->work.pension_age, world->calendar,
                        &livelihood->income);
    if (world->params != NULL) { /* a world of this file alone has no law of policies */
        flyt_income_return(&world->params->returns, &livelihood->income);
    }
    if (world->month > 0 || livelihood->rebook) {
        flyt_ledger_reset(world);
    }
    flyt_par_blocks(&world->par, year_block, world);
}

/* ---- one month --------------------------------------------------------------------------------
 */

static void change_work(struct flyt_world *world, uint32_t block, uint32_t household,
                        uint32_t which, uint32_t to)
{
    struct flyt_household *row = &world->households.row[household];
    flyt_livelihood_before(world, block, household);
    bool studied = row->work[which] == FLYT_WORK_student;
    row->work[which] = (uint8_t)to;
    row->work_since[which] = world->calendar;
    flyt_livelihood_after(world, block, household);
    if (studied) {
        flyt_search_studied(world, household);
    }
}

/** What the luck below the sum of chances says: first a change of work, then the small events. */
static void happen(struct flyt_world *world, uint32_t block, uint32_t household, uint32_t which,
                   const struct chances *chances, double u)
{
    struct flyt_household *row = &world->households.row[household];
    if (u < chances->work.sum) {
        change_work(world, block, household, which,
                    flyt_work_pick(&chances->work, row->work[which], u));
        return;
    }
    double end = chances->work.sum;
    for (uint32_t event = 0; event < FLYT_N_SOCIAL_EVENTS; event++) {
        end += chances->social.event[event];
        if (u < end) {
            flyt_social_apply(row, &world->households.cold[household], which, event,
                              world->calendar);
            flyt_livelihood_refresh_bound(world, household);
            return;
        }
    }
}

static void step_adult(struct flyt_world *world, uint32_t block, uint32_t which)
{
    struct flyt_livelihood *livelihood = world->livelihood;
    struct flyt_list *candidates = &livelihood->candidates[block];
    uint32_t purpose = FIRST_PURPOSE + which, n_above = 0;
    flyt_world_screen(world, block, purpose, candidates);
    for (uint32_t i = 0; i < candidates->n; i++) {
        if (i + 6 < candidates->n) {
            __builtin_prefetch(&world->households.row[candidates->row[i + 6]]);
            __builtin_prefetch(&world->households.cold[candidates->row[i + 6]]);
        }
        uint32_t household = candidates->row[i];
        if (world->households.row[household].born[which] == FLYT_NO_MONTH) {
            continue; /* its bound is 0 but where a test looks at everybody */
        }
        struct chances chances = chances_of(world, household, which);
        n_above += chances.sum * 65536.0 > world->households.bound[purpose][household];
        double u = flyt_world_luck(world, purpose, more_stream[which], household);
        if (u < chances.sum) {
            happen(world, block, household, which, &chances, u);
        }
    }
    livelihood->above[block] += n_above;
}

static void step_block(void *world_, uint32_t block)
{
    struct flyt_world *world = world_;
    world->livelihood->above[block] = 0;
    for (uint32_t which = 0; which < FLYT_ADULTS; which++) {
        step_adult(world, block, which);
    }
}

enum flyt_status flyt_livelihood_step(struct flyt_world *world)
{
    flyt_par_blocks(&world->par, step_block, world);
    uint32_t above = 0;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        above += world->livelihood->above[block];
    }
    if (above > 0) {
        return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                               "internal error in month %u: %u hazards of work above their bound",
                               "intern fejl i måned %u: %u arbejdsrater over deres grænse",
                               world->month, above);
    }
    return FLYT_OK;
}
