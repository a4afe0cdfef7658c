#include "models/search.h"

#include <string.h>

#include "models/choice.h"
#include "models/housing.h"
#include "models/kinds.h"
#include "models/letting.h"
#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "models/params.h"
#include "models/work.h"
#include "sim/num.h"

enum { PURPOSE = 3 }; /* search; purposes 0-2 are life and work */

/* ---- awakening ------------------------------------------------------------------------------- */

static double tenure_rate(const struct flyt_search_params *params, uint32_t kind)
{
    switch (flyt_kinds_class((enum flyt_kind)kind)) {
    case FLYT_TENURE_almen:
        return kind == FLYT_KIND_almen_youth ? params->youth : params->almen_family;
    case FLYT_TENURE_private_rental:
        return params->private_rental;
    case FLYT_TENURE_cooperative:
        return params->cooperative;
    default:
        return params->owner;
    }
}

/** Logarithm of what age does to the rate. */
static double age_exponent(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    double age = (world->calendar - flyt_people_oldest(row)) / 12.0;
    return -world->params->search.age_slope * (age - 35.0);
}

/** The rate. @param factor  exp of age_exponent(). */
static double rate_of(const struct flyt_world *world, uint32_t household, double factor)
{
    const struct flyt_search_params *params = &world->params->search;
    uint32_t section = world->households.row[household].section;
    factor = factor < params->age_least  ? params->age_least
             : factor > params->age_most ? params->age_most
                                         : factor;
    return factor * tenure_rate(params, world->sections.kind[section]);
}

double flyt_search_rate(const struct flyt_world *world, uint32_t household)
{
    return rate_of(world, household, flyt_num_exp(age_exponent(world, household)));
}

/** What a gain multiplies the rate by. */
static double gain_factor(const struct flyt_search_params *params, double gain)
{
    gain = gain > FLYT_SEARCH_GAIN_MOST ? FLYT_SEARCH_GAIN_MOST : gain;
    return gain > 0.0 ? flyt_num_exp(params->gain * gain) : 1.0; /* exp(0) is 1 */
}

double flyt_search_hazard(const struct flyt_search_params *params, double rate, double gain)
{
    return 1.0 - flyt_num_exp(-rate / 12.0 * gain_factor(params, gain));
}

/* the rate falls with age, so the greatest until next January is that of today */
void flyt_search_refresh_bounds(struct flyt_world *world, const uint32_t *household, uint32_t n)
{
    double factor = gain_factor(&world->params->search, FLYT_SEARCH_GAIN_MOST);
    double rate[FLYT_CHOICE_BATCH], left[2 * FLYT_CHOICE_BATCH]; /* chances that nothing happens */
    for (uint32_t i = 0; i < n; i++) {
        rate[i] = age_exponent(world, household[i]);
    }
    flyt_num_exp_n(rate, rate, n);
    for (uint32_t i = 0; i < n; i++) {
        left[2 * i] = -rate_of(world, household[i], rate[i]) / 12.0 * factor;
        left[2 * i + 1] =
            world->letting != NULL ? -flyt_lists_rate_most(world, household[i]) / 12.0 : 0.0;
    }
    flyt_num_exp_n(left, left, (size_t)2 * n);
    for (uint32_t i = 0; i < n; i++) {
        world->households.bound[PURPOSE][household[i]] =
            flyt_world_bound(1.0 - left[2 * i] + (1.0 - left[2 * i + 1]));
    }
}

void flyt_search_refresh_bound(struct flyt_world *world, uint32_t household)
{
    flyt_search_refresh_bounds(world, &household, 1);
}

/* ---- lists ----------------------------------------------------------------------------------- */

/** Rows a list can hold: in a month a row may be freed and begin to look anew. */
static uint32_t list_rows(const struct flyt_world *world, uint32_t block)
{
    return 2 * (flyt_world_first(world, block + 1) - flyt_world_first(world, block));
}

enum flyt_status flyt_search_create(struct flyt_world *world)
{
    struct flyt_housing *housing = world->housing;
    struct flyt_arena *arena = world->run_arena;
    uint32_t n_blocks = world->par.n_blocks;
    bool shared = world->livelihood != NULL; /* which screens in another phase */
    housing->candidates = shared ? world->livelihood->candidates
                                 : FLYT_ARENA_ARRAY(arena, struct flyt_list, n_blocks);
    housing->searching = FLYT_ARENA_ARRAY(arena, struct flyt_list, n_blocks + 1);
    if (housing->candidates == NULL || housing->searching == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t block = 0; block < n_blocks; block++) {
        uint32_t rows = list_rows(world, block);
        if (!shared) {
            FLYT_TRY(flyt_list_init(&housing->candidates[block], arena, rows));
        }
        FLYT_TRY(flyt_list_init(&housing->searching[block], arena, rows));
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        if (world->households.row[i].flags & FLYT_HIDDEN) {
            flyt_search_force(world, i, FLYT_REASON_left_parents);
        } else if (world->households.row[i].search_since != FLYT_NO_MONTH) {
            world->households.row[i].flags |= FLYT_LISTED; /* laid on it by the pass */
            flyt_list_push(&housing->searching[flyt_world_block(world, i)], i);
        }
    }
    return flyt_list_init(&housing->searching[n_blocks], arena, world->households.n_outside);
}

void flyt_search_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_housing *housing = world->housing;
    uint32_t n_blocks = world->par.n_blocks, n_homes = world->dwellings.n;
    uint32_t n_rows = world->households.capacity + world->households.n_outside;
    for (uint32_t block = 0; block <= n_blocks && archive->status == FLYT_OK; block++) {
        flyt_archive_list(archive, "housing.searching", &housing->searching[block], n_rows);
        if (block < n_blocks && world->livelihood == NULL) {
            flyt_archive_scratch_list(archive, "housing.candidates", &housing->candidates[block]);
        }
    }
    FLYT_ARCHIVE_ARRAY(archive, "housing.n_vacant", housing->n_vacant, world->sections.n);
    for (uint32_t s = 0; s < world->sections.n; s++) {
        flyt_archive_require(archive, "housing.n_vacant",
                             housing->n_vacant[s] <=
                                 world->sections.first[s + 1] - world->sections.first[s]);
    }
    FLYT_ARCHIVE_SCRATCH(archive, "housing.vacant", housing->vacant, n_homes);
    FLYT_ARCHIVE_SCRATCH(archive, "housing.moves", housing->moves, n_homes);
    FLYT_ARCHIVE_SCRATCH(archive, "housing.n_let", housing->n_let, world->sections.n);
    int64_t *const counts[] = {housing->counts.moves_out, housing->counts.moves_in,
                               housing->counts.waited_months, housing->counts.given_up};
    for (size_t i = 0; i < FLYT_COUNT(counts); i++) {
        FLYT_ARCHIVE_SCRATCH(archive, "housing.counts", counts[i], housing->n_markets);
    }
}

/** Puts a household that begins to look on the list of its block. */
static void begin(struct flyt_world *world, uint32_t block, uint32_t household,
                  enum flyt_search_reason reason)
{
    struct flyt_household *row = &world->households.row[household];
    row->search_since = world->calendar;
    row->wanted = FLYT_NONE;
    row->flags &= (uint8_t)~FLYT_BIDDER;
    world->households.cold[household].reason = (uint8_t)reason;
    if (world->housing != NULL && !(row->flags & FLYT_LISTED)) {
        row->flags |= FLYT_LISTED;
        flyt_list_push(&world->housing->searching[block], household);
    }
}

void flyt_search_force(struct flyt_world *world, uint32_t household, enum flyt_search_reason reason)
{
    struct flyt_household *row = &world->households.row[household];
    if (row->search_since == FLYT_NO_MONTH || !(row->flags & FLYT_LISTED)) {
        begin(world, flyt_world_block(world, household), household, reason);
    }
    world->households.cold[household].reason = (uint8_t)reason;
    row->flags |= row->flags & FLYT_HIDDEN ? 0 : FLYT_FORCED;
}

bool flyt_search_is_crowded(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    return world->housing != NULL && !(row->flags & FLYT_HIDDEN) &&
           flyt_people_persons(row) >
               world->dwellings.rooms[row->home] * world->params->choice.persons_room;
}

void flyt_search_united(struct flyt_world *world, uint32_t household, bool wants)
{
    uint8_t flags = world->households.row[household].flags;
    if (flyt_search_is_crowded(world, household)) {
        flyt_search_force(world, household, FLYT_REASON_crowding);
    } else if (wants && !(flags & (FLYT_HIDDEN | FLYT_FORCED))) {
        flyt_search_force(world, household, FLYT_REASON_union);
    }
}

void flyt_search_studied(struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    if (world->housing != NULL && !(row->flags & FLYT_HIDDEN) &&
        world->sections.kind[row->section] == FLYT_KIND_almen_youth &&
        !flyt_letting_young(world, household) && row->search_since == FLYT_NO_MONTH) {
        begin(world, flyt_world_block(world, household), household, FLYT_REASON_study_end);
    }
}

void flyt_search_end(struct flyt_household *row)
{
    row->search_since = FLYT_NO_MONTH;
    row->wanted = FLYT_NONE;
    row->flags &= (uint8_t) ~(FLYT_FORCED | FLYT_BIDDER);
}

/* ---- one month ------------------------------------------------------------------------------- */

struct search_job {
    struct flyt_world *world;
    uint32_t *above;    /* [n_blocks] hazards above their bound */
    int64_t *given_up;  /* [n_blocks][n_markets] */
    double factor_most; /* what the greatest gain multiplies rates by */
};

/** Drops from the block's list those who look no more or have looked too long. */
static void keep_searching(struct search_job *job, uint32_t block)
{
    struct flyt_world *world = job->world;
    struct flyt_list *list = &world->housing->searching[block];
    int64_t *given_up = job->given_up + (size_t)block * world->housing->n_markets;
    int32_t most = (int32_t)world->params->search.months_most;
    uint32_t n = 0;
    for (uint32_t i = 0; i < list->n; i++) { /* a row may stand here twice: see list_rows() */
        world->households.row[list->row[i]].flags &= (uint8_t)~FLYT_LISTED;
    }
    for (uint32_t i = 0; i < list->n; i++) {
        uint32_t household = list->row[i];
        struct flyt_household *row = &world->households.row[household];
        if (world->households.uid[household] == 0 || row->search_since == FLYT_NO_MONTH ||
            row->flags & FLYT_LISTED) {
            continue;
        }
        if (!(row->flags & FLYT_HIDDEN) && world->calendar - row->search_since >= most) {
            given_up[flyt_housing_market_of(world, row->section)]++;
            flyt_search_end(row);
        } else {
            row->flags |= FLYT_LISTED;
            list->row[n++] = household;
        }
    }
    list->n = n;
}

/** No more than the gain with which a hazard exceeds u, which is that of no gain at least. */
static double least_gain(const struct flyt_search_params *params, double rate, double u)
{
    if (params->gain < 1e-3) {
        return 0.0;
    }
    double factor = -12.0 * flyt_num_log(1.0 - u) / rate;
    double least = flyt_num_log(factor) / params->gain - 1e-6; /* more than roundings take */
    return least > 0.0 ? least : 0.0;
}

/** A candidate, and what its luck tells: below the greatest hazard of awakening it may awaken,
 * above it something may happen on the waiting lists. */
struct candidate {
    uint32_t household;
    enum { NOTHING, AWAKENS, JUDGES, SIGNS } what; /* judges: by the homes it looks at */
    double rate, u; /* of awakening, and its luck; SIGNS: luck among what may happen there */
};

/** Hazards of a household in this month: of awakening at most and at least, of its lists. */
struct hazards {
    double most, least, lists;
};

static struct candidate candidate_of(struct search_job *job, uint32_t block, uint32_t household,
                                     double rate, const struct hazards *hazards)
{
    const struct flyt_world *world = job->world;
    const struct flyt_household *row = &world->households.row[household];
    /* whoever must awaken may have more: see flyt_world_bound() */
    double most = hazards->most, lists = hazards->lists;
    double all = most + lists < FLYT_CERTAIN ? most + lists : FLYT_CERTAIN;
    job->above[block] += all * 65536.0 > world->households.bound[PURPOSE][household];
    double u = flyt_world_luck(world, PURPOSE, FLYT_STREAM_search_more, household);
    struct candidate candidate = {household, NOTHING, rate, u};
    if (u < most) {
        bool looks = row->flags & FLYT_HIDDEN || row->search_since != FLYT_NO_MONTH;
        candidate.what = looks ? NOTHING : u < hazards->least ? AWAKENS : JUDGES;
    } else if (u < most + lists) {
        candidate.what = SIGNS;
        candidate.u = (u - most) / lists;
    }
    return candidate;
}

/** Looks at n <= FLYT_CHOICE_BATCH households together, for the sake of exponentials. */
static void consider(struct search_job *job, uint32_t block, const uint32_t *household, uint32_t n,
                     struct candidate *candidate)
{
    const struct flyt_world *world = job->world;
    double rate[FLYT_CHOICE_BATCH], left[3 * FLYT_CHOICE_BATCH]; /* chances that nothing happens */
    for (uint32_t i = 0; i < n; i++) {
        rate[i] = age_exponent(world, household[i]);
    }
    flyt_num_exp_n(rate, rate, n);
    for (uint32_t i = 0; i < n; i++) {
        rate[i] = rate_of(world, household[i], rate[i]);
        left[3 * i] = -rate[i] / 12.0 * job->factor_most;
        left[3 * i + 1] = -rate[i] / 12.0;
        left[3 * i + 2] =
            world->letting != NULL ? -flyt_lists_rate(world, household[i]) / 12.0 : 0.0;
    }
    flyt_num_exp_n(left, left, (size_t)3 * n);
    for (uint32_t i = 0; i < n; i++) {
        struct hazards hazards = {1.0 - left[3 * i], 1.0 - left[3 * i + 1], 1.0 - left[3 * i + 2]};
        candidate[i] = candidate_of(job, block, household[i], rate[i], &hazards);
    }
}

/** Those who judge look at homes, and awaken if their luck is below the hazard with what they could
 *  gain. Homes are looked at only where it matters, by many households at once. */
static void judge(const struct flyt_world *world, struct candidate *candidate, uint32_t n)
{
    const struct flyt_search_params *params = &world->params->search;
    uint32_t household[FLYT_CHOICE_BATCH], which[FLYT_CHOICE_BATCH], n_judge = 0;
    double least[FLYT_CHOICE_BATCH], gain[FLYT_CHOICE_BATCH];
    for (uint32_t i = 0; i < n; i++) {
        if (candidate[i].what == JUDGES) {
            household[n_judge] = candidate[i].household;
            least[n_judge] = least_gain(params, candidate[i].rate, candidate[i].u);
            which[n_judge++] = i;
        }
    }
    if (n_judge > 0) {
        flyt_search_gains(world, household, least, n_judge, gain);
    }
    for (uint32_t k = 0; k < n_judge; k++) {
        struct candidate *one = &candidate[which[k]];
        bool awakens = gain[k] > 0.0 && one->u < flyt_search_hazard(params, one->rate, gain[k]);
        one->what = awakens ? AWAKENS : NOTHING;
    }
}

/** What happens to candidates touches no other's chances. */
static void decide(struct search_job *job, uint32_t block, struct candidate *candidate, uint32_t n)
{
    judge(job->world, candidate, n);
    for (uint32_t i = 0; i < n; i++) {
        if (candidate[i].what == AWAKENS) {
            begin(job->world, block, candidate[i].household, FLYT_REASON_own_wish);
        } else if (candidate[i].what == SIGNS) {
            flyt_lists_event(job->world, block, candidate[i].household, candidate[i].u);
        }
    }
}

/** Begins to fetch a batch of candidates from memory. */
static void fetch(const struct flyt_world *world, const struct flyt_list *candidates,
                  uint32_t first)
{
    for (uint32_t i = first; i < candidates->n && i < first + FLYT_CHOICE_BATCH; i++) {
        flyt_world_fetch(world, candidates->row[i]);
    }
}

static void wake(struct search_job *job, uint32_t block)
{
    struct flyt_world *world = job->world;
    struct flyt_list *candidates = &world->housing->candidates[block];
    struct candidate few[2 * FLYT_CHOICE_BATCH];
    uint32_t n = 0;
    flyt_world_screen(world, block, PURPOSE, candidates);
    fetch(world, candidates, 0);
    for (uint32_t first = 0; first < candidates->n; first += FLYT_CHOICE_BATCH) {
        uint32_t left = candidates->n - first;
        uint32_t n_now = left < FLYT_CHOICE_BATCH ? left : FLYT_CHOICE_BATCH, n_before = n;
        fetch(world, candidates, first + FLYT_CHOICE_BATCH);
        consider(job, block, candidates->row + first, n_now, few + n);
        for (uint32_t i = n_before; i < n_before + n_now; i++) {
            if (few[i].what == JUDGES) {
                flyt_choice_fetch_home(world, few[i].household);
            }
            few[n] = few[i];
            n += few[i].what != NOTHING;
        }
        if (n >= FLYT_CHOICE_BATCH) {
            n -= FLYT_CHOICE_BATCH;
            decide(job, block, few, FLYT_CHOICE_BATCH);
            memcpy(few, few + FLYT_CHOICE_BATCH, n * sizeof *few);
        }
    }
    decide(job, block, few, n);
}

static void search_block(void *job_, uint32_t block)
{
    struct search_job *job = job_;
    keep_searching(job, block);
    wake(job, block);
}

/** Those outside look while they are there. */
static void list_outside(struct flyt_world *world)
{
    struct flyt_households *households = &world->households;
    struct flyt_list *outside = &world->housing->searching[world->par.n_blocks];
    outside->n = 0;
    for (uint32_t k = 0; k < households->n_outside; k++) {
        uint32_t i = households->capacity + k;
        if (households->uid[i] != 0) {
            households->row[i].wanted = FLYT_NONE;
            flyt_list_push(outside, i);
        }
    }
}

enum flyt_status flyt_search_step(struct flyt_world *world)
{
    uint32_t n_blocks = world->par.n_blocks, n_markets = world->housing->n_markets;
    struct search_job job = {
        world, FLYT_ARENA_ZERO(world->step_arena, uint32_t, n_blocks),
        FLYT_ARENA_ZERO(world->step_arena, int64_t, (size_t)n_blocks * n_markets),
        gain_factor(&world->params->search, FLYT_SEARCH_GAIN_MOST)};
    if (job.above == NULL || job.given_up == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_blocks(&world->par, search_block, &job);
    list_outside(world);
    uint32_t above = 0;
    for (uint32_t block = 0; block < n_blocks; block++) {
        above += job.above[block];
        for (uint32_t s = 0; s < n_markets; s++) {
            world->housing->counts.given_up[s] += job.given_up[(size_t)block * n_markets + s];
        }
    }
    if (above > 0) {
        return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                               "internal error in month %u: %u hazards of search above their bound",
                               "intern fejl i måned %u: %u søgerater over deres grænse",
                               world->month, above);
    }
    return FLYT_OK;
}
