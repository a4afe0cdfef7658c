#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "models/population.c" // NOLINT(bugprone-suspicious-include): its static functions too
#include "tests/start_fixture.h"

static struct flyt_arena arena;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
}

static void teardown(void)
{
    flyt_arena_free(&arena);
}

TestSuite(population, .init = setup, .fini = teardown);

Test(population, no_thread_or_block_count_changes_the_start)
{
    struct flyt_scenario tiny = start_scenario("tiny", &arena);
    struct flyt_scenario fyn = start_scenario("fyn", &arena);
    static const struct flyt_par par[] = {
        {1, 256, 0}, {2, 64, 3}, {3, 256, 0}, {7, 64, 9}, {7, 1, 0}};
    uint64_t small = flyt_world_hash(&start_of(&tiny, par[0], 1, &arena)->world);
    uint64_t large = flyt_world_hash(&start_of(&fyn, par[0], 1, &arena)->world);
    for (size_t i = 1; i < FLYT_COUNT(par); i++) {
        cr_assert_eq(flyt_world_hash(&start_of(&tiny, par[i], 1, &arena)->world), small);
        if (i < 4) {
            struct flyt_arena own; /* a world of Funen at a time */
            flyt_arena_init(&own, 0);
            cr_assert_eq(flyt_world_hash(&start_of(&fyn, par[i], 1, &own)->world), large);
            flyt_arena_free(&own);
        }
    }
    cr_assert_neq(flyt_world_hash(&start_of(&tiny, par[0], 2, &arena)->world), small);
}

Test(population, every_household_has_a_home_and_uids_do_not_depend_on_the_seed)
{
    struct flyt_scenario tiny = start_scenario("tiny", &arena);
    struct flyt_world *one = &start_of(&tiny, (struct flyt_par){2, 16, 0}, 1, &arena)->world;
    struct flyt_world *two = &start_of(&tiny, (struct flyt_par){2, 16, 0}, 2, &arena)->world;
    cr_assert_eq(flyt_world_check_fully(one), FLYT_OK);
    cr_assert_eq(flyt_world_count(one), 578);
    for (uint32_t i = 0; i < one->households.capacity; i++) {
        cr_assert(i >= flyt_world_end(one, 15) || one->households.uid[i] == two->households.uid[i]);
    }
}

Test(population, people_are_what_their_ages_allow)
{
    struct flyt_scenario tiny = start_scenario("tiny", &arena);
    struct flyt_startworld *start = start_of(&tiny, (struct flyt_par){2, 16, 0}, 1, &arena);
    const struct flyt_world *world = &start->world;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        int16_t now = world->calendar;
        uint32_t n = flyt_people_adults(row);
        cr_assert(n == 1 || row->born[0] <= row->born[1], "the head is the older adult");
        for (uint32_t which = 0; which < n; which++) {
            struct flyt_adult adult = flyt_people_adult(row, which);
            int32_t age = flyt_people_age(adult.born, now);
            cr_assert(age >= 18 && age < 110);
            cr_assert(adult.work_since <= now && adult.work_since >= adult.born);
            cr_assert(age < 65 || adult.work == FLYT_WORK_employed ||
                      adult.work == FLYT_WORK_pension);
            cr_assert_gt(row->gross_ore[which], 0);
        }
        for (uint32_t k = 0; k < FLYT_CHILDREN && row->child_born[k] != FLYT_NO_MONTH; k++) {
            cr_assert_geq(row->child_born[k] - row->born[n - 1], 16 * 12);
            cr_assert_leq(row->child_born[k], now);
        }
        cr_assert(row->moved_in <= now && now - row->born[0] - (now - row->moved_in) >= 18 * 12);
        cr_assert_geq(row->savings_ore, 0);
        bool owner = world->sections.tenure[row->section] == FLYT_TENURE_owner;
        cr_assert(!owner || world->households.cold[i].price_ore > 0);
        cr_assert(owner || world->sections.tenure[row->section] == FLYT_TENURE_cooperative ||
                  world->households.cold[i].debt_ore == 0);
    }
}

Test(population, sections_lie_by_municipality_and_tenure_and_homes_have_rooms)
{
    struct flyt_scenario tiny = start_scenario("tiny", &arena);
    const struct flyt_world *world = &start_of(&tiny, (struct flyt_par){1, 4, 0}, 1, &arena)->world;
    const struct flyt_sections *sections = &world->sections;
    const struct flyt_table *table = flyt_scenario_table(&tiny, "sections");
    cr_assert_eq(sections->n, 18);
    for (uint32_t s = 0; s < sections->n; s++) {
        uint32_t here = sections->municipality[s] * 4 + sections->tenure[s];
        cr_assert(s == 0 || sections->municipality[s - 1] * 4 + sections->tenure[s - 1] <= here);
        cr_assert_eq(sections->tenure[s], flyt_kinds_class((enum flyt_kind)sections->kind[s]));
        cr_assert_eq(sections->first[s + 1] - sections->first[s],
                     (uint32_t)flyt_table_values(table, "homes")[sections->table_row[s]]);
        cr_assert_eq(sections->organisation[s] == FLYT_NONE,
                     sections->tenure[s] != FLYT_TENURE_almen);
    }
    for (uint32_t home = 0; home < world->dwellings.n; home++) {
        cr_assert(world->dwellings.rooms[home] > 0 && world->dwellings.area_m2[home] >= 20);
    }
    cr_assert_eq(world->areas.listed[0], FLYT_LIST_deprived);
}

/** Municipality 1 of the fixture has no values, so no person is changed after the sample. */
Test(population, whole_numbers_keep_to_the_fitted_cells)
{
    struct flyt_scenario scenario = fixture_scenario(4000, 2, 1, &arena);
    struct flyt_startworld *start = start_of(&scenario, (struct flyt_par){2, 16, 0}, 1, &arena);
    const struct flyt_world *world = &start->world;
    for (uint32_t g = 0; g < start->cells.n_groups; g++) {
        const struct flyt_popgroup *group = &start->cells.group[g];
        if (start->cells.place[group->place].index != 1) {
            continue;
        }
        uint32_t count[FLYT_N_ORIGINS][FLYT_N_WORKS] = {{0}};
        FLYT_EACH_HOUSEHOLD(world, i)
        {
            const struct flyt_household *row = &world->households.row[i];
            if (world->sections.municipality[row->section] == 1 &&
                world->sections.kind[row->section] == group->kind) {
                count[flyt_people_background(row).origin][row->work[0]]++;
            }
        }
        uint32_t below = 0, inner = start->cells.n_cells / (FLYT_N_ORIGINS * FLYT_N_WORKS);
        for (uint32_t k = 0; k < FLYT_N_ORIGINS * FLYT_N_WORKS; k++) {
            below += count[k / FLYT_N_WORKS][k % FLYT_N_WORKS];
            double exact = group->cell[(k + 1) * inner - 1] * group->n;
            cr_assert(fabs(below - exact) <= 1.0, "group %u, cell %u: %u for %.2f", g, k, below,
                      exact);
        }
    }
}

Test(population, a_uid_that_is_taken_is_hashed_again_in_a_fixed_way)
{
    struct flyt_scenario scenario = fixture_scenario(400, 1, 1, &arena);
    uint64_t uid[2][3];
    for (uint32_t blocks = 0; blocks < 2; blocks++) {
        struct flyt_par par = {1, blocks == 0 ? 1 : 8, 0};
        struct flyt_startworld *start = start_of(&scenario, par, 1, &arena);
        struct flyt_world *world = &start->world;
        struct fill_job job = {.world = world, .scenario = &scenario, .cells = &start->cells};
        cr_assert_eq(lay_out(&job), FLYT_OK);
        uint32_t row[3];
        for (uint32_t k = 0; k < 3; k++) {
            row[k] = flyt_popmatch_row(world, &job.order, 10 + 100 * k);
            world->households.uid[row[k]] = 77; /* three of a kind */
        }
        cr_assert_eq(part_twins(&job), FLYT_OK);
        for (uint32_t k = 0; k < 3; k++) {
            uid[blocks][k] = world->households.uid[row[k]];
        }
        cr_assert_eq(uid[blocks][0], 77, "the first keeps it");
        cr_assert(uid[blocks][1] != 77 && uid[blocks][2] != 77 && uid[blocks][1] != uid[blocks][2]);
        cr_assert_eq(flyt_world_check_fully(world), FLYT_OK);
    }
    cr_assert(uid[0][1] == uid[1][1] && uid[0][2] == uid[1][2]);
}
