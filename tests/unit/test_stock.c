/* Homes come and go as building and the plan say; who lives somewhere keeps a home. */
#include <criterion/criterion.h>

#include "models/params.h"
#include "models/stock.h"
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
    scenario = fixture_scenario(4000, 2, 4, &arena);
}

static void teardown(void)
{
    flyt_arena_free(&step_arena);
    flyt_arena_free(&run_arena);
    flyt_arena_free(&arena);
}

TestSuite(stock, .init = setup, .fini = teardown);

/** Sets a parameter of all years. */
static void set(const char *group, const char *name, double value)
{
    static int32_t always = INT32_MIN;
    for (uint32_t f = 0; f < scenario.n_fields; f++) {
        const struct flyt_field_group *of;
        const struct flyt_field *field = flyt_scenario_field(scenario.model, f, &of);
        if (strcmp(of->name, group) == 0 && strcmp(field->name, name) == 0) {
            double *place = FLYT_ARENA_ARRAY(&arena, double, 1);
            *place = value;
            scenario.parameter[f] = (struct flyt_schedule){.n = 1, .year = &always, .value = place};
            return;
        }
    }
    cr_assert(false, "no parameter %s.%s", group, name);
}

static void plan(const char *rows)
{
    struct flyt_text text = {.arena = &arena};
    flyt_text_add(&text, "year,month,change,section,homes,to_section\n%s", rows);
    fixture_table(&scenario, FLYT_TABLE_stock_plan, &text, &arena);
}

static struct flyt_world *make(void)
{
    struct flyt_model_args args = {.scenario = &scenario,
                                   .key = {3, 0},
                                   .par = {1, 64, 0},
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
        cr_assert_eq(flyt_world_check_fully(world), FLYT_OK, "%s", diag.fault[0].text);
    }
}

static uint32_t homes(const struct flyt_world *world, enum flyt_tenure tenure)
{
    return flyt_housing_homes(world, flyt_housing_market(0, tenure)) +
           flyt_housing_homes(world, flyt_housing_market(1, tenure));
}

/** The section with a name of the table. */
static uint32_t section(const struct flyt_world *world, const char *name)
{
    const char *const *names = flyt_table_texts(&scenario.table[FLYT_TABLE_sections], "name");
    uint32_t s = 0;
    while (strcmp(names[world->sections.table_row[s]], name) != 0) {
        s++;
    }
    return s;
}

Test(stock, nothing_is_built_without_growth)
{
    struct flyt_world *world = make();
    uint32_t before = homes(world, FLYT_TENURE_owner);
    live(world, 0, 12);
    cr_assert_eq(homes(world, FLYT_TENURE_owner), before);
    cr_assert_eq(world->dwellings.n, 4u * before);
}

Test(stock, as_much_is_built_as_grows_and_only_owner_and_private_homes)
{
    set("building", "growth", 0.01);
    struct flyt_world *world = make();
    uint32_t owner = homes(world, FLYT_TENURE_owner);
    uint32_t rental = homes(world, FLYT_TENURE_private_rental);
    uint32_t almen = homes(world, FLYT_TENURE_almen), all = 4 * owner;
    live(world, 0, 48);
    /* one percent of all homes a year, compounded once the pipeline of the start is through */
    uint32_t built =
        homes(world, FLYT_TENURE_owner) + homes(world, FLYT_TENURE_private_rental) - owner - rental;
    cr_assert_geq(built, (uint32_t)(0.038 * all), "%u of %u", built, all);
    cr_assert_leq(built, (uint32_t)(0.042 * all), "%u of %u", built, all);
    cr_assert_eq(homes(world, FLYT_TENURE_almen), almen);
}

Test(stock, planned_demolition_waits_for_homes_to_fall_vacant)
{
    plan("2025,1,demolish,S0-1,30,\n");
    struct flyt_world *world = make();
    uint32_t s = section(world, "S0-1"), before = world->sections.n_open[s];
    live(world, 0, 1);
    uint32_t vacant = before - world->sections.n_open[s];
    cr_assert_gt(vacant, 0); /* those that stood empty went at once */
    cr_assert_lt(vacant, 30);
    live(world, 1, 48);
    cr_assert_eq(world->sections.n_open[s], before - 30);
    cr_assert_eq(flyt_stock_overdue(world, s), 0);
}

Test(stock, conversion_opens_as_many_homes_as_it_closes)
{
    plan("2024,1,convert,S0-0,20,S0-3\n2026,6,build,S1-0,15,\n");
    struct flyt_world *world = make();
    uint32_t from = section(world, "S0-0"), to = section(world, "S0-3"),
             built = section(world, "S1-0");
    uint32_t all = world->sections.n_open[from] + world->sections.n_open[to];
    uint32_t before = world->sections.n_open[from], other = world->sections.n_open[built];
    for (uint32_t month = 0; month < 48; month++) {
        live(world, month, month + 1);
        cr_assert_eq(world->sections.n_open[from] + world->sections.n_open[to], all);
        cr_assert_eq(world->sections.n_open[built], other + (month >= 29 ? 15 : 0));
    }
    cr_assert_eq(world->sections.n_open[from], before - 20);
}

Test(stock, plan_can_be_switched_off)
{
    plan("2024,1,demolish,S0-1,30,\n");
    set("stock", "plan", 0);
    struct flyt_world *world = make();
    uint32_t s = section(world, "S0-1"), before = world->sections.n_open[s];
    live(world, 0, 12);
    cr_assert_eq(world->sections.n_open[s], before);
}

Test(stock, what_cannot_be_is_reported)
{
    plan("2024,1,demolish,S0-1,30,S0-2\n2024,1,convert,S0-1,30,\n2024,1,demolish,S0-3,900,\n"
         "2025,1,demolish,S0-3,900,\n");
    cr_assert_neq(scenario.model->check(&scenario, &diag), FLYT_OK);
    cr_assert_eq(diag.n_faults, 4, "%u: %s", diag.n_faults, diag.fault[0].text);
    for (uint32_t i = 0; i < 4; i++) {
        char line[16];
        (void)snprintf(line, sizeof line, ":%u:", i + 2);
        cr_assert(strstr(diag.fault[i].text, line) != NULL, "%s", diag.fault[i].text);
    }
}
