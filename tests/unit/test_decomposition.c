/* What changed an area in a year: single households by hand, and in a whole world the parts sum to
   the change of the area's counts, however the work is cut. */
#include <criterion/criterion.h>

#include <string.h>

#include "models/areas.h"
#include "models/kinds.h"
#include "sim/run.h"
#include "tests/housing_fixture.h"

enum { PARTS = FLYT_DECOMPOSITION_N_PARTS };

static struct flyt_arena arena, run_arena, step_arena;
static struct flyt_diag diag;
static struct flyt_scenario scenario;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&run_arena, 0);
    flyt_arena_init(&step_arena, 0);
    diag = (struct flyt_diag){.n_faults = 0};
}

static void teardown(void)
{
    flyt_arena_free(&step_arena);
    flyt_arena_free(&run_arena);
    flyt_arena_free(&arena);
}

TestSuite(decomposition, .init = setup, .fini = teardown);

/* ---- a world in which only what the test does happens ---- */

static struct flyt_world *make(void)
{
    scenario = fixture_scenario(60, 2, 1, &arena);
    struct flyt_model_args args = {.scenario = &scenario,
                                   .key = {3, 0},
                                   .par = {2, 8, 0},
                                   .run_arena = &run_arena,
                                   .step_arena = &step_arena,
                                   .diag = &diag};
    void *state = NULL;
    cr_assert_eq(scenario.model->create(&args, &state), FLYT_OK, "%s", diag.fault[0].text);
    return state;
}

static uint32_t area_of(const struct flyt_world *world, uint32_t home)
{
    return world->sections.area[world->dwellings.section[home]];
}

/** The n-th household with a home in an area and this class. */
static uint32_t find(const struct flyt_world *world, uint32_t area, uint32_t class, uint32_t n)
{
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        if (row->home != FLYT_NONE && !(row->flags & FLYT_HIDDEN) &&
            area_of(world, row->home) == area && flyt_resources_class(world, i) == class &&
            n-- == 0) {
            return i;
        }
    }
    cr_assert_fail("no such household");
    return FLYT_NONE;
}

static uint32_t vacant_in(const struct flyt_world *world, uint32_t area)
{
    for (uint32_t home = 0; home < world->dwellings.n; home++) {
        if (world->dwellings.occupant[home] == FLYT_NONE && area_of(world, home) == area) {
            return home;
        }
    }
    cr_assert_fail("no vacant home");
    return FLYT_NONE;
}

static void move(struct flyt_world *world, uint32_t household, uint32_t home)
{
    struct flyt_household *row = &world->households.row[household];
    world->dwellings.occupant[row->home] = FLYT_NONE;
    world->dwellings.occupant[home] = household;
    row->home = home;
    row->section = world->dwellings.section[home];
}

static void end_year(struct flyt_world *world)
{
    world->month = 11;
    flyt_decomposition_step(world);
}

/** The parts of an area: all, and with few resources. */
static void expect(const struct flyt_world *world, uint32_t area, const int64_t *all,
                   const int64_t *weak)
{
    const struct flyt_decomposition *own = world->decomposition;
    for (uint32_t part = 0; part < PARTS; part++) {
        int64_t n = own->all_year[area * PARTS + part], m = own->weak_year[area * PARTS + part];
        cr_assert_eq(n, all[part], "area %u, part %u: %lld", area, part, (long long)n);
        cr_assert_eq(m, weak[part], "area %u, part %u, weak: %lld", area, part, (long long)m);
    }
}

static const int64_t nothing[PARTS];

Test(decomposition, a_move_is_an_exit_there_and_an_entry_here)
{
    struct flyt_world *world = make();
    move(world, find(world, 0, FLYT_CLASS_weak, 0), vacant_in(world, 1));
    move(world, find(world, 0, FLYT_CLASS_strong, 0), vacant_in(world, 1));
    move(world, find(world, 0, FLYT_CLASS_weak, 0), vacant_in(world, 0)); /* within the area */
    end_year(world);
    expect(world, 0, (const int64_t[PARTS]){0, 0, -2, 0, 0},
           (const int64_t[PARTS]){0, 0, -1, 0, 0});
    expect(world, 1, (const int64_t[PARTS]){0, 2, 0, 0, 0}, (const int64_t[PARTS]){0, 1, 0, 0, 0});
    world->month = 12;
    flyt_decomposition_step(world); /* January tells nothing of the year before */
    expect(world, 0, nothing, nothing);
    end_year(world);
    expect(world, 1, nothing, nothing);
}

Test(decomposition, homes_that_were_not_there_or_are_there_no_more_are_the_stock)
{
    struct flyt_world *world = make();
    uint32_t new_home = vacant_in(world, 1), mover = find(world, 0, FLYT_CLASS_weak, 0);
    uint32_t old_home = world->households.row[mover].home;
    world->decomposition->was_closed[new_home] = true;
    move(world, mover, new_home);
    world->dwellings.occupant[old_home] = FLYT_CLOSED;
    end_year(world);
    expect(world, 0, (const int64_t[PARTS]){0, 0, 0, 0, -1},
           (const int64_t[PARTS]){0, 0, 0, 0, -1});
    expect(world, 1, (const int64_t[PARTS]){0, 0, 0, 0, 1}, (const int64_t[PARTS]){0, 0, 0, 0, 1});
    cr_assert(world->decomposition->was_closed[old_home]);
    cr_assert_not(world->decomposition->was_closed[new_home]);
}

Test(decomposition, deaths_and_who_takes_over_are_told_from_moves)
{
    struct flyt_world *world = make();
    uint32_t dead = find(world, 0, FLYT_CLASS_weak, 0), left = find(world, 0, FLYT_CLASS_weak, 1);
    uint32_t guest = find(world, 0, FLYT_CLASS_strong, 0);
    uint32_t home = world->households.row[guest].home;
    world->households.row[guest].flags |= FLYT_HIDDEN;
    end_year(world); /* the guest has lost its home: an exit */
    expect(world, 0, (const int64_t[PARTS]){0, 0, -1, 0, 0}, nothing);
    world->households.row[guest].flags &= (uint8_t)~FLYT_HIDDEN;
    world->dwellings.occupant[home] = guest;
    flyt_decomposition_took(world, guest);
    flyt_decomposition_gone(world, dead, true);
    flyt_decomposition_gone(world, left, false);
    world->households.row[dead].flags |= FLYT_HIDDEN; /* as good as gone */
    world->households.row[left].flags |= FLYT_HIDDEN;
    end_year(world);
    expect(world, 0, (const int64_t[PARTS]){0, 0, -1, 0, 0},
           (const int64_t[PARTS]){0, 0, -1, -1, 0});
}

Test(decomposition, parts_sum_to_the_change_of_the_areas_counts)
{
    enum { YEARS = 3 };
    static const char *const set[] = {"years=3", "standstill.months=0"};
    struct flyt_scenario_options options = {.set = set, .n_sets = FLYT_COUNT(set)};
    struct flyt_run_options run = {.n_replicates = 1};
    static struct flyt_scenario tiny;
    struct flyt_result result;
    char content[2][FLYT_DIGEST_SIZE];
    cr_assert_eq(
        flyt_scenario_load(FLYT_SOURCE_DIR "/scenarios/tiny", &options, &arena, &tiny, &diag),
        FLYT_OK);
    for (uint32_t threads = 1; threads < 3; threads++) {
        run.par = (struct flyt_par){threads, threads == 1 ? 7 : 64, 0};
        cr_assert_eq(flyt_run(&tiny, &run, &arena, &result, &diag), FLYT_OK);
        flyt_result_content(&result, content[threads - 1]);
    }
    cr_assert_str_eq(content[0], content[1]);
    const struct flyt_result_series *classes =
        &result.series[flyt_result_find(&result, "area_classes")];
    const struct flyt_result_series *all = &result.series[flyt_result_find(&result, "area_change")];
    const struct flyt_result_series *weak =
        &result.series[flyt_result_find(&result, "area_change_weak")];
    int64_t seen[PARTS] = {0};
    for (uint32_t year = 1; year <= YEARS; year++) {
        const int64_t *before = flyt_result_row(&result, classes, 0, year - 1);
        const int64_t *after = flyt_result_row(&result, classes, 0, year);
        const int64_t *n = flyt_result_row(&result, all, 0, year);
        const int64_t *m = flyt_result_row(&result, weak, 0, year);
        for (uint32_t area = 0; area < result.dim[all->dim[0]].n; area++) {
            int64_t more = 0, more_weak = after[area * 3] - before[area * 3];
            for (uint32_t class = 0; class < 3; class ++) {
                more += after[area * 3 + class] - before[area * 3 + class];
            }
            for (uint32_t part = 0; part < PARTS; part++) {
                more -= n[area * PARTS + part];
                more_weak -= m[area * PARTS + part];
                seen[part] += m[area * PARTS + part] != 0;
            }
            cr_assert_eq(more, 0, "year %u, area %u", year, area);
            cr_assert_eq(more_weak, 0, "year %u, area %u, few resources", year, area);
        }
    }
    cr_assert(seen[FLYT_CHANGE_stayers] > 0 && seen[FLYT_CHANGE_entry] > 0 &&
              seen[FLYT_CHANGE_exit] > 0 && seen[FLYT_CHANGE_succession] > 0);
}
