/**
 * @file worlds_fixture.h
 * @brief Random small worlds with random parameters, laws, lists of areas, policies and plans of
 * the stock, for tests.
 */
#ifndef FLYT_WORLDS_FIXTURE_H
#define FLYT_WORLDS_FIXTURE_H

#include <criterion/criterion.h>

#include "models/policy.h"
#include "tests/housing_fixture.h"

/** A number in [low, high) that belongs to a world and a place in it. */
static double draw(uint32_t world, uint32_t place, double low, double high)
{
    struct flyt_rng_key key = {4711, world};
    return low + (high - low) * flyt_rng_unit(key, place, 0, FLYT_STREAM_test, 0);
}

/* ---- parameters ---------------------------------------------------------------------------- */

static void give(struct flyt_scenario *scenario, uint32_t f, double value, struct flyt_arena *arena)
{
    const struct flyt_field_group *group;
    const struct flyt_field *field = flyt_scenario_field(scenario->model, f, &group);
    struct flyt_schedule *schedule = &scenario->parameter[f];
    schedule->year = FLYT_ARENA_ARRAY(arena, int32_t, 1);
    schedule->value = FLYT_ARENA_ARRAY(arena, double, 1);
    schedule->year[0] = INT32_MIN;
    schedule->value[0] = field->type == FLYT_FIELD_real ? value : (double)(int64_t)value;
    schedule->n = 1;
}

static void set(struct flyt_scenario *scenario, const char *group_name, const char *name,
                double value, struct flyt_arena *arena)
{
    for (uint32_t f = 0; f < scenario->n_fields; f++) {
        const struct flyt_field_group *group;
        const struct flyt_field *field = flyt_scenario_field(scenario->model, f, &group);
        if (strcmp(group->name, group_name) == 0 && strcmp(field->name, name) == 0) {
            cr_assert(value >= field->low && value <= field->high, "%s.%s", group_name, name);
            give(scenario, f, value, arena);
            return;
        }
    }
    cr_assert_fail("there is no parameter %s.%s", group_name, name);
}

static bool is_shaken(const char *group)
{
    static const char *const all[] = {"search", "letting", "lists",   "need",       "choice",
                                      "offers", "match",   "credit",  "building",   "couples",
                                      "market", "leaving", "listing", "reputation", "lifecourse"};
    for (size_t i = 0; i < FLYT_COUNT(all); i++) {
        if (strcmp(group, all[i]) == 0) {
            return true;
        }
    }
    return false;
}

/** Gives one parameter in four a value somewhere between its default and an end of its range; those
 *  that make people or rounds without end stay. Then what makes a world busy. */
static void shake(struct flyt_scenario *scenario, uint32_t world, struct flyt_arena *arena)
{
    for (uint32_t f = 0; f < scenario->n_fields; f++) {
        const struct flyt_field_group *group;
        const struct flyt_field *field = flyt_scenario_field(scenario->model, f, &group);
        if (!is_shaken(group->name) || draw(world, 100 + f, 0, 1) > 0.25) {
            continue;
        }
        double to = draw(world, 1000 + f, 0, 1) < 0.5 ? field->low : field->high;
        give(scenario, f, field->fallback + draw(world, 2000 + f, 0, 0.3) * (to - field->fallback),
             arena);
    }
    static const char *const tenures[] = {"owner", "cooperative", "almen_family", "private_rental",
                                          "youth"};
    for (uint32_t t = 0; t < FLYT_COUNT(tenures); t++) {
        set(scenario, "search", tenures[t], draw(world, 10 + t, 0.05, 0.6), arena);
    }
    set(scenario, "need", "cases", draw(world, 20, 0, 30), arena);
    set(scenario, "lists", "renters", draw(world, 21, 0, 0.4), arena);
    set(scenario, "migration", "refugees", draw(world, 22, 0, 2), arena);
    bool past = draw(world, 23, 0, 1) < 0.5;
    set(scenario, "law", "year", past ? draw(world, 24, 2010, 2025) : 0, arena);
    set(scenario, "market", "prices_move", draw(world, 25, 0, 1) < 0.8, arena);
    set(scenario, "letting", "combined", draw(world, 26, 0, 1) < 0.5, arena);
}

/* ---- homes, plans, policies ---------------------------------------------------------------- */

/** Sections of six kinds in each municipality, some listed; homes pulled down, built, converted. */
static void settle_places(struct flyt_scenario *scenario, uint32_t world, uint32_t n_municipalities,
                          uint32_t homes, struct flyt_arena *arena)
{
    static const char *const kinds[] = {"almen_family",   "almen_youth", "almen_elderly",
                                        "private_rental", "cooperative", "owner"};
    static const char *const listed[] = {"none", "deprived", "transformation", "prevention"};
    struct flyt_text areas = {.arena = arena}, sections = {.arena = arena}, plan = {.arena = arena};
    flyt_text_add(&areas, "name,municipality,longitude,latitude,listed\n");
    flyt_text_add(&sections,
                  "name,area,organisation,tenure,homes,households,rent_dkk_m2_year,price_dkk_m2\n");
    flyt_text_add(&plan, "year,month,change,section,homes,to_section\n");
    for (uint32_t m = 0; m < n_municipalities; m++) {
        flyt_text_add(&areas, "A%u,M%u,%g,55,%s\n", m, m, 10.0 + 0.1 * m,
                      listed[(uint32_t)draw(world, 30 + m, 0, 4)]);
        for (uint32_t k = 0; k < FLYT_COUNT(kinds); k++) {
            bool almen = k < 3;
            uint32_t n = k == 1 || k == 2 ? homes / 4 + 1 : homes;
            char owner[16] = "";
            if (almen) {
                (void)snprintf(owner, sizeof owner, "O%u", m);
            }
            flyt_text_add(&sections, "S%u-%u,A%u,%s,%s,%u,%u,%d,%d\n", m, k, m, owner, kinds[k],
                          n + n / 50 + 1, n, k < 4 ? 800 : 0, k < 4 ? 0 : 12000);
        }
        flyt_text_add(&plan,
                      "2026,6,demolish,S%u-0,%u,\n2028,1,build,S%u-3,%u,\n"
                      "2029,1,convert,S%u-0,1,S%u-5\n",
                      m, homes / 6 + 1, m, homes / 8 + 1, m, m);
    }
    fixture_table(scenario, FLYT_TABLE_areas, &areas, arena);
    fixture_table(scenario, FLYT_TABLE_sections, &sections, arena);
    if (draw(world, 3, 0, 1) < 0.6) {
        fixture_table(scenario, FLYT_TABLE_stock_plan, &plan, arena);
    }
}

/** Who lives in homes for the young and the elderly, and how large these are. */
static void settle_kinds(struct flyt_scenario *scenario, struct flyt_arena *arena)
{
    static const char *const usual[] = {"almen_family", "private_rental", "cooperative", "owner"};
    struct flyt_text households = {.arena = arena}, rooms = {.arena = arena};
    flyt_text_add(&households, "tenure,type,age_from,age_to,share\nalmen_youth,single,18,28,1\n"
                               "almen_elderly,single,65,99,1\n");
    flyt_text_add(&rooms, "tenure,rooms,m2,share\nalmen_youth,1,35,1\nalmen_elderly,2,60,1\n");
    for (uint32_t k = 0; k < FLYT_COUNT(usual); k++) {
        flyt_text_add(&households,
                      "%s,single,18,39,0.25\n%s,couple,40,64,0.25\n%s,couple,65,99,0.2\n"
                      "%s,single_parent,18,39,0.1\n%s,couple_with_children,40,64,0.2\n",
                      usual[k], usual[k], usual[k], usual[k], usual[k]);
        flyt_text_add(&rooms, "%s,2,60,0.5\n%s,4,100,0.5\n", usual[k], usual[k]);
    }
    fixture_table(scenario, FLYT_TABLE_households, &households, arena);
    fixture_table(scenario, FLYT_TABLE_rooms, &rooms, arena);
}

/** Parameters of a policy anywhere in their ranges: its extremes stay sane. */
static void draw_policy(struct flyt_scenario_policy *policy, uint32_t world, uint32_t at,
                        struct flyt_arena *arena)
{
    for (uint32_t f = 0; f < policy->spec->n_fields; f++) {
        const struct flyt_field *field = &policy->spec->field[f];
        double u = draw(world, at + f, -0.5, 1.5); /* an end as often as not */
        u = u < 0.0 ? 0.0 : u > 1.0 ? 1.0 : u;
        double value = field->low + u * (field->high - field->low);
        policy->parameter[f] = (struct flyt_schedule){
            .n = 1,
            .year = FLYT_ARENA_ARRAY(arena, int32_t, 1),
            .value = FLYT_ARENA_ARRAY(arena, double, 1),
        };
        policy->parameter[f].year[0] = INT32_MIN;
        policy->parameter[f].value[0] =
            field->type == FLYT_FIELD_real ? value : (double)(int64_t)(value + 0.5);
    }
}

/** Draws until the values do not contradict each other. */
static void shake_policy(const struct flyt_scenario *scenario, struct flyt_scenario_policy *policy,
                         uint32_t world, uint32_t at, struct flyt_arena *arena)
{
    static struct flyt_diag diag;
    struct flyt_scenario alone = *scenario;
    alone.policy = policy;
    alone.n_policies = 1;
    for (uint32_t again = 0; again == 0 || diag.n_faults > 0; again++) {
        cr_assert_lt(again, 1000, "%s", diag.fault[0].text);
        draw_policy(policy, world, 5000 + 100 * at + 10000 * again, arena);
        diag = (struct flyt_diag){0};
        flyt_policies_check_values(&alone, &diag);
    }
}

/** Every policy there is, in half of the worlds, from a random year on; in half of them with its
 *  defaults. */
static void settle_policies(struct flyt_scenario *scenario, uint32_t world,
                            struct flyt_arena *arena)
{
    uint32_t n = 0;
    while (flyt_policies_known[n] != NULL) {
        n++;
    }
    scenario->policy = FLYT_ARENA_ZERO(arena, struct flyt_scenario_policy, n);
    scenario->n_policies = n;
    for (uint32_t i = 0; i < n; i++) {
        const struct flyt_policy_spec *spec = &flyt_policies_known[i]->spec;
        uint32_t n_scopes = scenario->model->n_scopes + spec->n_scopes;
        scenario->policy[i] = (struct flyt_scenario_policy){
            .spec = spec,
            .on = draw(world, 40 + i, 0, 1) < 0.5,
            .from = (int32_t)draw(world, 60 + i, 2024, 2030),
            .to = INT32_MAX,
            .ramp_years = draw(world, 80 + i, 0, 3),
            .parameter = FLYT_ARENA_ZERO(arena, struct flyt_schedule, spec->n_fields),
            .named = FLYT_ARENA_ZERO(arena, struct flyt_scenario_named_rows, n_scopes)};
        if (draw(world, 30 + i, 0, 1) < 0.5) {
            shake_policy(scenario, &scenario->policy[i], world, i, arena);
        }
    }
}

/** The random scenario of a number. */
static struct flyt_scenario random_scenario(uint32_t number, uint32_t years,
                                            struct flyt_arena *arena)
{
    uint32_t n_municipalities = 1 + (uint32_t)draw(number, 1, 0, 5);
    uint32_t n_households = 40 + (uint32_t)draw(number, 2, 0, 400);
    struct flyt_scenario scenario = fixture_scenario(n_households, n_municipalities, years, arena);
    settle_places(&scenario, number, n_municipalities, n_households / n_municipalities / 5 + 1,
                  arena);
    settle_kinds(&scenario, arena);
    settle_policies(&scenario, number, arena);
    shake(&scenario, number, arena);
    return scenario;
}

#endif
