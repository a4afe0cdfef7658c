/* The pass before month 0: what it holds still, what it leaves, and how that is laid on people. */
#include <criterion/criterion.h>

#include "models/choice.h"
#include "models/composition.h"
#include "models/market.h"
#include "models/params.h"
#include "models/standstill.h"
#include "sim/run.h"
#include "tests/housing_fixture.h"

static struct flyt_diag diag;
static struct flyt_arena arena, other, step;

static void open_arenas(void)
{
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&other, 0);
    flyt_arena_init(&step, 0);
}

static void free_arenas(void)
{
    flyt_arena_free(&arena);
    flyt_arena_free(&other);
    flyt_arena_free(&step);
}

TestSuite(standstill, .init = open_arenas, .fini = free_arenas);

static struct flyt_scenario with_months(uint32_t months)
{
    struct flyt_scenario scenario = fixture_scenario(4000, 2, 1, &arena);
    fixture_set(&scenario, "standstill", "months", months, &arena);
    return scenario;
}

static struct flyt_model_args args_of(const struct flyt_scenario *scenario, struct flyt_par par,
                                      const void *found)
{
    return (struct flyt_model_args){.scenario = scenario,
                                    .key = {1, 0},
                                    .par = par,
                                    .run_arena = &arena,
                                    .step_arena = &step,
                                    .diag = &diag,
                                    .found = found};
}

static struct flyt_world *world_of(const struct flyt_scenario *scenario, struct flyt_par par,
                                   const void *found)
{
    struct flyt_model_args args = args_of(scenario, par, found);
    void *state = NULL;
    cr_assert_eq(scenario->model->create(&args, &state), FLYT_OK, "%s", diag.fault[0].text);
    return state;
}

/** Steps the pass; *copy is its world. */
static const struct flyt_standstill *found_by(const struct flyt_scenario *scenario,
                                              struct flyt_par par)
{
    struct flyt_model_args args = args_of(scenario, par, NULL);
    const void *found = NULL;
    void *state = NULL;
    cr_assert_eq(scenario->model->pass_create(&args, &state), FLYT_OK);
    for (uint32_t month = 0; month < scenario->model->pass_months(scenario); month++) {
        flyt_arena_empty(&step);
        cr_assert_eq(scenario->model->pass_month(state, month), FLYT_OK, "%s", diag.fault[0].text);
    }
    cr_assert_eq(scenario->model->pass_end(state, &other, &found), FLYT_OK);
    return found;
}

static const struct flyt_par two = {2, 256, 0};

/** Who everybody is and where, but for the uid: all that the pass must leave alone. */
static uint64_t people_hash(const struct flyt_world *world)
{
    uint64_t hash = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        uint64_t one = ((uint64_t)row->home << 32 ^ (uint64_t)(uint16_t)row->born[0] ^
                        (uint64_t)(uint16_t)row->born[1] << 16 ^ (uint64_t)row->work[0] << 40 ^
                        (uint64_t)row->origin << 48) *
                       UINT64_C(0x9E3779B97F4A7C15);
        hash += one ^ one >> 31;
    }
    return hash;
}

Test(standstill, none_leaves_the_start_as_it_was)
{
    struct flyt_scenario none = with_months(0), some = with_months(12);
    struct flyt_run_options options = {.n_replicates = 1, .par = two};
    struct flyt_result result;
    cr_assert_eq(none.model->pass_months(&none), 0);
    uint64_t start = flyt_world_hash(world_of(&none, two, NULL));
    cr_assert_eq(flyt_world_hash(world_of(&some, two, NULL)), start);
    char digest[2][FLYT_DIGEST_SIZE];
    cr_assert_eq(flyt_run(&none, &options, &arena, &result, &diag), FLYT_OK);
    strcpy(digest[0], result.content_digest[0]);
    cr_assert_eq(flyt_run(&some, &options, &arena, &result, &diag), FLYT_OK);
    strcpy(digest[1], result.content_digest[0]);
    cr_assert_str_neq(digest[0], digest[1]);
}

Test(standstill, people_stay_who_and_where_they_are)
{
    struct flyt_scenario scenario = with_months(24);
    const struct flyt_standstill *found = found_by(&scenario, two);
    const struct flyt_world *bare = world_of(&scenario, two, NULL);
    const struct flyt_world *laid = world_of(&scenario, two, found);
    cr_assert_eq(people_hash(laid), people_hash(bare));
    cr_assert_neq(flyt_world_hash(laid), flyt_world_hash(bare));
    cr_assert_gt(found->n_donors, 3500u);
    uint32_t n_searching = 0, n_recent = 0, n = 0;
    FLYT_EACH_HOUSEHOLD(laid, i)
    {
        const struct flyt_household *row = &laid->households.row[i];
        cr_assert_leq(row->moved_in, laid->calendar);
        cr_assert(row->search_since == FLYT_NO_MONTH || row->search_since <= laid->calendar);
        n_searching += row->search_since != FLYT_NO_MONTH;
        n_recent += laid->calendar - row->moved_in <= 24;
        n++;
    }
    cr_assert(n_searching > n / 500 && n_searching < n / 4, "%u of %u look", n_searching, n);
    cr_assert(n_recent > n / 20 && n_recent < n * 3 / 4, "%u of %u came lately", n_recent, n);
}

/** Mean taste for one's home of those who moved in within five years, or before. */
static double mean_taste(const struct flyt_world *world, bool lately)
{
    double sum = 0.0, n = 0.0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        if (!(row->flags & FLYT_HIDDEN) && (world->calendar - row->moved_in < 60) == lately) {
            sum += flyt_choice_taste(world, world->households.uid[i], row->home, row->section);
            n += 1.0;
        }
    }
    cr_assert_gt(n, 500.0);
    return sum / n;
}

Test(standstill, who_came_lately_likes_its_home_as_whoever_chose_it_does)
{
    struct flyt_scenario scenario = with_months(60);
    const struct flyt_standstill *found = found_by(&scenario, two);
    const struct flyt_world *bare = world_of(&scenario, two, NULL);
    const struct flyt_world *laid = world_of(&scenario, two, found);
    double donors = 0.0, n = 0.0;
    for (uint32_t i = 0; i < found->n_donors; i++) {
        bool lately = found->donor[i].moved_in < 60;
        donors += lately ? found->donor[i].taste : 0.0;
        n += lately;
    }
    donors /= n;
    double euler = 0.5772156649; /* mean taste for any home */
    cr_assert_float_eq(mean_taste(bare, true), euler, 0.15);
    cr_assert_gt(donors, euler + 0.5);
    cr_assert_float_eq(mean_taste(laid, true), donors, 0.25 * (donors - euler));
    cr_assert_float_eq(mean_taste(laid, false), euler, 0.15);
}

Test(standstill, lists_hold_those_whose_rows_name_them)
{
    struct flyt_scenario scenario = with_months(24);
    const struct flyt_world *world = world_of(&scenario, two, found_by(&scenario, two));
    const struct flyt_lists *lists = &world->letting->lists;
    int64_t in_rows = 0, in_lists = 0, queued = 0, in_queues = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household_cold *cold = &world->households.cold[i];
        for (uint32_t k = 0; k < FLYT_LISTS_MEMBERSHIPS; k++) {
            in_rows += cold->list_since[k] != 0;
        }
        queued += cold->queued_since > 0;
    }
    for (uint32_t l = 0; l < lists->n; l++) {
        const struct flyt_lists_list *list = &lists->list[l];
        *(l < flyt_lists_queue(lists, 0) ? &in_lists : &in_queues) += list->n;
        for (uint32_t i = 1; i < list->n; i++) {
            cr_assert_leq(list->member[i - 1].since, list->member[i].since);
        }
    }
    cr_assert_gt(in_rows, 100);
    cr_assert_eq(in_lists, in_rows);
    cr_assert_eq(in_queues, queued);
}

Test(standstill, law_prices_and_lists_stand_and_work_has_a_constant_in_known_areas_only)
{
    struct flyt_scenario scenario = with_months(24);
    double *listed =
        (double *)(uintptr_t)flyt_table_values(&scenario.table[FLYT_TABLE_areas], "listed");
    listed[0] = 2.0;
    const struct flyt_standstill *found = found_by(&scenario, two);
    cr_assert_eq(found->n_years, 2);
    cr_assert_eq(found->n_known, 1);
    cr_assert(found->quality[0] != 0.0 && found->nonwestern[0] != 0.0);
    cr_assert(found->quality[1] == 0.0 && found->nonwestern[1] != 0.0);
    const struct flyt_world *world = world_of(&scenario, two, found);
    cr_assert(world->market->measured);
    cr_assert_float_eq(world->choice->owner_level, found->owner_level, 0.0);
    for (uint32_t m = 0; m < 2; m++) {
        cr_assert(found->usual_vacancy[m] > 0.0 && found->usual_vacancy[m] < 0.5);
        cr_assert_gt(found->usual_offers[m], 0.0);
        cr_assert_eq(world->offers->usual[m], found->usual_offers[m]);
    }
}

Test(standstill, a_gap_moves_a_constant_against_it)
{
    struct flyt_scenario scenario = with_months(12);
    double *listed =
        (double *)(uintptr_t)flyt_table_values(&scenario.table[FLYT_TABLE_areas], "listed");
    listed[0] = 2.0;
    struct flyt_model_args args = args_of(&scenario, two, NULL);
    const void *found_ = NULL;
    void *state = NULL, *fitted = NULL;
    cr_assert_eq(scenario.model->create(&args, &state), FLYT_OK);
    struct flyt_world *world = state;
    cr_assert_eq(flyt_standstill_begin(world, &fitted), FLYT_OK);
    double inside = flyt_composition_inside(flyt_composition_now(world->composition, 0));
    for (uint32_t month = 0; month < 12; month++) {
        flyt_arena_empty(&step);
        cr_assert_eq(flyt_standstill_month(fitted, month), FLYT_OK);
    }
    double now = flyt_composition_inside(flyt_composition_now(world->composition, 0));
    cr_assert_eq(flyt_standstill_end(fitted, &other, &found_), FLYT_OK);
    const struct flyt_standstill *found = found_;
    double gain = world->params->standstill.quality_gain * world->params->standstill.first_gain;
    cr_assert_float_eq(found->quality[0], gain * (inside - now), 1e-12);
    cr_assert_float_eq(found->year[0].gap_inside, inside > now ? inside - now : now - inside,
                       1e-12);
    double ratio = found->year[0].for_sale / world->params->standstill.for_sale;
    cr_assert_eq(found->owner_level > 0.0, ratio > 1.0);
}

Test(standstill, no_thread_block_or_order_changes_a_bit)
{
    struct flyt_scenario scenario = with_months(13);
    static const struct flyt_par pars[] = {{1, 256, 0}, {3, 64, 9}, {2, 1024, 7}};
    struct flyt_run_options options = {.n_replicates = 2, .par = two};
    struct flyt_result result;
    char digest[2][FLYT_DIGEST_SIZE];
    cr_assert_eq(flyt_run(&scenario, &options, &arena, &result, &diag), FLYT_OK);
    strcpy(digest[0], result.content_digest[0]);
    strcpy(digest[1], result.content_digest[1]);
    for (size_t i = 0; i < FLYT_COUNT(pars); i++) {
        options.par = pars[i];
        cr_assert_eq(flyt_run(&scenario, &options, &arena, &result, &diag), FLYT_OK);
        cr_assert_str_eq(result.content_digest[0], digest[0]);
        cr_assert_str_eq(result.content_digest[1], digest[1]);
    }
    options = (struct flyt_run_options){.first_replicate = 1, .n_replicates = 1, .par = two};
    cr_assert_eq(flyt_run(&scenario, &options, &arena, &result, &diag), FLYT_OK);
    cr_assert_str_eq(result.content_digest[0], digest[1]);
}
