/* Who lives where: known households counted by hand, the same counts however the work is cut, and a
   count that is wrong is caught. */
#include <criterion/criterion.h>

#include <string.h>

#include "models/areas.h"
#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "tests/housing_fixture.h"

static struct flyt_arena arena, run_arena, step_arena;
static struct flyt_diag diag;
static struct flyt_scenario scenario;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&run_arena, 0);
    flyt_arena_init(&step_arena, 0);
    diag = (struct flyt_diag){.n_faults = 0};
    scenario = fixture_scenario(800, 2, 5, &arena);
}

static void teardown(void)
{
    flyt_arena_free(&step_arena);
    flyt_arena_free(&run_arena);
    flyt_arena_free(&arena);
}

TestSuite(composition, .init = setup, .fini = teardown);

static struct flyt_world *make(struct flyt_par par)
{
    struct flyt_model_args args = {.scenario = &scenario,
                                   .key = {3, 0},
                                   .par = par,
                                   .run_arena = &run_arena,
                                   .step_arena = &step_arena,
                                   .diag = &diag};
    void *state = NULL;
    cr_assert_eq(scenario.model->create(&args, &state), FLYT_OK, "%s", diag.fault[0].text);
    return state;
}

static void live(struct flyt_world *world, uint32_t first, uint32_t end)
{
    for (uint32_t month = first; month < end; month++) {
        flyt_arena_empty(&step_arena);
        cr_assert_eq(scenario.model->month(world, month), FLYT_OK, "%s", diag.fault[0].text);
    }
}

/** Empties the world of people but for one household, in a home of area 0. */
static struct flyt_household *leave_one(struct flyt_world *world, uint32_t *which)
{
    struct flyt_household *found = NULL;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        struct flyt_household *row = &world->households.row[i];
        if (found == NULL && world->sections.area[row->section] == 0) {
            found = row;
            *which = i;
            continue;
        }
        world->dwellings.occupant[row->home] = FLYT_NONE;
        world->households.uid[i] = 0;
    }
    return found;
}

/** A couple: a man of 40, in work, convicted two months ago, with a foreign education; a woman of
 *  64, a student; children of 3 and 18. */
static void make_couple(struct flyt_world *world, uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    int16_t now = world->calendar;
    struct flyt_adult man = {.born = (int16_t)(now - 40 * 12),
                             .education = FLYT_EDUCATION_higher,
                             .work = FLYT_WORK_employed};
    struct flyt_adult woman = {.born = (int16_t)(now - 65 * 12 + 1),
                               .sex = FLYT_SEX_woman,
                               .education = FLYT_EDUCATION_vocational,
                               .work = FLYT_WORK_student,
                               .approved = true};
    flyt_people_set_adult(row, 0, man);
    flyt_people_set_adult(row, 1, woman);
    flyt_people_set_background(
        row, (struct flyt_background){.origin = FLYT_ORIGIN_nonwestern, .language = 1, .cases = 2});
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        row->child_born[i] = FLYT_NO_MONTH;
    }
    row->child_born[0] = (int16_t)(now - 3 * 12);
    row->child_born[2] = (int16_t)(now - 18 * 12);
    row->gross_ore[0] = 3000000;
    row->gross_ore[1] = 700000;
    row->moved_in = (int16_t)(now - 11);
    row->flags = 0;
    cold->convicted[0] = (int16_t)(now - 2);
    cold->convicted[1] = FLYT_NO_MONTH;
}

Test(composition, a_couple_counts_as_the_law_says)
{
    uint32_t household = 0;
    struct flyt_world *world = make((struct flyt_par){1, 8, 0});
    cr_assert_not_null(leave_one(world, &household));
    make_couple(world, household);
    flyt_composition_count(world);
    const struct flyt_composition_counts *counts = flyt_composition_now(world->composition, 0);
    const struct {
        int32_t found, expected;
        const char *what;
    } known[] = {{counts->households, 1, "households"},
                 {counts->newcomers, 1, "newcomers"},
                 {counts->cases, 2, "cases"},
                 {counts->persons, 4, "persons"},
                 {counts->nonwestern, 4, "nonwestern"},
                 {counts->western, 0, "western"},
                 {counts->children, 1, "children"},
                 {counts->adults, 2, "adults"},
                 {counts->old, 0, "old"},
                 {counts->convicted, 1, "convicted"},
                 {counts->working_age, 2, "working age"},
                 {counts->employed, 1, "employed"},
                 {counts->outside_work, 0, "outside work"},
                 {counts->middle_age, 1, "middle age"},
                 {counts->basic_approved, 1, "basic, approved"},
                 {counts->basic_any, 0, "basic, any"},
                 {counts->earners, 1, "earners"},
                 {counts->households_by_age[5], 0, "from 65"},
                 {counts->newcomers_by_age[4], 1, "50-64"}};
    for (size_t i = 0; i < FLYT_COUNT(known); i++) {
        cr_assert_eq(known[i].found, known[i].expected, "%s: %d", known[i].what, known[i].found);
    }
    cr_assert_eq(counts->gross_ore, 3000000);
    cr_assert_float_eq(flyt_composition_income(counts), 360000.0, 1e-9);
    cr_assert_float_eq(flyt_composition_inside(counts), 1.0, 1e-12);
    cr_assert_eq(flyt_composition_origin(counts, FLYT_ORIGIN_danish), 0);
    cr_assert_eq(world->composition->almen[0],
                 world->sections.tenure[world->households.row[household].section] ==
                     FLYT_TENURE_almen);
}

Test(composition, months_decide_ages_stays_and_convictions)
{
    uint32_t household = 0;
    struct flyt_world *world = make((struct flyt_par){1, 8, 0});
    struct flyt_household *row = leave_one(world, &household);
    make_couple(world, household);
    row->born[1]--; /* 65 this month */
    row->work[0] = FLYT_WORK_unemployed;
    row->moved_in--;
    world->households.cold[household].convicted[0] = (int16_t)(world->calendar - 12);
    flyt_composition_count(world);
    const struct flyt_composition_counts *counts = flyt_composition_now(world->composition, 0);
    cr_assert_eq(counts->old, 1);
    cr_assert_eq(counts->working_age, 1);
    cr_assert_eq(counts->outside_work, 1);
    cr_assert_eq(counts->earners, 1);
    cr_assert_eq(counts->newcomers, 0);
    cr_assert_eq(counts->convicted, 0);
    cr_assert_eq(counts->households_by_age[5], 1);
}

/** Sets a parameter for all years. */
static void set_parameter(const char *name, double value)
{
    for (uint32_t f = 0; f < scenario.n_fields; f++) {
        const struct flyt_field_group *group;
        const struct flyt_field *field = flyt_scenario_field(scenario.model, f, &group);
        size_t n = strlen(group->name);
        if (strncmp(name, group->name, n) == 0 && strcmp(name + n + 1, field->name) == 0) {
            struct flyt_schedule *schedule = &scenario.parameter[f];
            schedule->year = FLYT_ARENA_ARRAY(&arena, int32_t, 1);
            schedule->value = FLYT_ARENA_ARRAY(&arena, double, 1);
            schedule->year[0] = INT32_MIN;
            schedule->value[0] = value;
            schedule->n = 1;
        }
    }
}

Test(composition, everybody_is_counted_once)
{
    set_parameter("letting.rounds", 1.0);
    struct flyt_world *world = make((struct flyt_par){2, 64, 0});
    live(world, 0, 24);
    const struct flyt_composition *composition = world->composition;
    struct flyt_composition_counts sum = {0};
    int64_t classes = 0;
    for (uint32_t area = 0; area < world->areas.n; area++) {
        sum.persons += composition->area[0][area].persons;
        sum.households += composition->area[0][area].households;
        for (uint32_t k = 0; k < FLYT_N_CLASSES; k++) {
            classes += composition->area[0][area].by_class[k];
        }
    }
    cr_assert_gt(world->n_hidden, 0, "nobody is hidden: the test says too little");
    cr_assert_eq(sum.persons, world->life->n_persons);
    cr_assert_eq(sum.households, flyt_world_count(world) - world->n_hidden);
    cr_assert_eq(classes, sum.households);
    cr_assert_eq(composition->all.persons, sum.persons);
}

Test(composition, threads_and_blocks_change_no_count)
{
    static struct flyt_composition_counts kept[2];
    static const struct flyt_par par[] = {{1, 256, 0}, {2, 64, 3}, {4, 16, 1}};
    for (size_t i = 0; i < FLYT_COUNT(par); i++) {
        struct flyt_world *world = make(par[i]);
        live(world, 0, 12);
        if (i == 0) {
            memcpy(kept, world->composition->area[0], sizeof kept);
        }
        cr_assert_eq(memcmp(kept, world->composition->area[0], sizeof kept), 0, "%zu", i);
        flyt_arena_empty(&run_arena);
    }
}

Test(composition, a_year_ago_is_a_year_ago)
{
    struct flyt_world *world = make((struct flyt_par){1, 16, 0});
    struct flyt_composition_counts start = *flyt_composition_known(world->composition, 0);
    cr_assert_eq(memcmp(&start, flyt_composition_now(world->composition, 0), sizeof start), 0);
    live(world, 0, 12);
    struct flyt_composition_counts year = *flyt_composition_now(world->composition, 0);
    cr_assert_eq(memcmp(&start, flyt_composition_known(world->composition, 0), sizeof start), 0);
    cr_assert_neq(memcmp(&start, &year, sizeof start), 0);
    live(world, 12, 24);
    cr_assert_eq(memcmp(&year, flyt_composition_known(world->composition, 0), sizeof year), 0);
}

Test(composition, those_who_left_are_those_a_year_ago_less_those_who_stayed)
{
    struct flyt_world *world = make((struct flyt_par){1, 16, 0});
    live(world, 0, 12);
    uint64_t *there = FLYT_ARENA_ARRAY(&arena, uint64_t, world->households.capacity);
    uint32_t n = 0, gone = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        if (world->sections.area[row->section] == 1 && !(row->flags & FLYT_HIDDEN)) {
            there[n++] = world->households.uid[i];
        }
    }
    live(world, 12, 24);
    for (uint32_t k = 0; k < n; k++) {
        bool stays = false;
        FLYT_EACH_HOUSEHOLD(world, i)
        {
            const struct flyt_household *row = &world->households.row[i];
            stays |= world->households.uid[i] == there[k] &&
                     world->calendar - 1 - row->moved_in >= 12 &&
                     world->sections.area[row->section] == 1;
        }
        gone += !stays;
    }
    /* a partner's household may take over the home of one that ends: it has been there as long */
    cr_assert_leq(world->composition->left[1], (int32_t)gone);
    cr_assert_geq(world->composition->left[1], (int32_t)gone - 8);
    cr_assert_gt(world->composition->left[1], 20);
}

Test(composition, turnover_is_nought_where_ages_explain_it)
{
    struct flyt_composition_counts area[2] = {{0}, {0}};
    struct flyt_composition composition = {.area = {area}};
    area[0] = (struct flyt_composition_counts){
        .households = 100, .newcomers = 40, .households_by_age = {100}, .newcomers_by_age = {40}};
    area[1] = (struct flyt_composition_counts){.households = 100,
                                               .newcomers = 10,
                                               .households_by_age = {0, 0, 0, 0, 0, 100},
                                               .newcomers_by_age = {0, 0, 0, 0, 0, 10}};
    composition.all = (struct flyt_composition_counts){.households_by_age = {200, 0, 0, 0, 0, 200},
                                                       .newcomers_by_age = {80, 0, 0, 0, 0, 10}};
    cr_assert_float_eq(flyt_composition_turnover(&composition, 0), 0.0, 1e-12);
    cr_assert_float_eq(flyt_composition_turnover(&composition, 1), 0.05, 1e-12);
}

Test(composition, a_wrong_count_is_caught)
{
    struct flyt_world *world = make((struct flyt_par){1, 16, 0});
    live(world, 0, 11);
    flyt_composition_count(world);
    cr_assert_eq(flyt_composition_check(world), FLYT_OK, "%s", diag.fault[0].text);
    struct flyt_composition_counts *area = &world->composition->area[0][1];
    area->outside_work++;
    cr_assert_eq(flyt_composition_check(world), FLYT_ERR_INVARIANT);
    cr_assert_not_null(strstr(diag.fault[diag.n_faults - 1].text, "outside_work in A1"));
    area->outside_work--;
    area->gross_ore++;
    cr_assert_eq(flyt_composition_check(world), FLYT_ERR_INVARIANT);
    area->gross_ore--;
    area->by_class[0]++;
    cr_assert_eq(flyt_composition_check(world), FLYT_ERR_INVARIANT);
    area->by_class[0]--;
    area->newcomers_by_age[3]++;
    cr_assert_eq(flyt_composition_check(world), FLYT_ERR_INVARIANT);
    area->newcomers_by_age[3]--;
    world->composition->municipality[0].persons--;
    cr_assert_eq(flyt_composition_check(world), FLYT_ERR_INVARIANT);
    world->composition->municipality[0].persons++;
    cr_assert_eq(flyt_composition_check(world), FLYT_OK);
    world->calendar++; /* a count of last month is not judged */
    area->persons++;
    cr_assert_eq(flyt_composition_check(world), FLYT_OK);
}
