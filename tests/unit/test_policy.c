/* Policies: what a scenario may say of them, when and where they hold, that absent ones change
   nothing. */
#define _DEFAULT_SOURCE
#include <criterion/criterion.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "models/policy.h"
#include "tests/unit/letting_fixture.h"

static struct flyt_arena arena;
static struct flyt_diag diag;
static struct flyt_scenario scenario;
static char folder[] = "/tmp/flyt-policy-XXXXXX";

static void setup(void)
{
    flyt_arena_init(&arena, 0);
    diag = (struct flyt_diag){.lang = FLYT_EN};
    cr_assert_neq(mkdtemp(folder), NULL);
}

static void teardown(void)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/scenario.yaml", folder);
    (void)unlink(path);
    (void)rmdir(folder);
    flyt_arena_free(&arena);
}

TestSuite(policy, .init = setup, .fini = teardown);

/** Loads the tiny scenario with these policies. */
static enum flyt_status load(const char *policies)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/scenario.yaml", folder);
    FILE *file = fopen(path, "w");
    (void)fprintf(file, "extends: tiny\n%s", policies);
    (void)fclose(file);
    struct flyt_scenario_options options = {.share = FLYT_SOURCE_DIR "/scenarios"};
    return flyt_scenario_load(path, &options, &arena, &scenario, &diag);
}

static const struct flyt_scenario_policy *flexible(void)
{
    for (uint32_t i = 0; i < scenario.n_policies; i++) {
        if (strcmp(scenario.policy[i].spec->name, "flexible_letting") == 0) {
            return &scenario.policy[i];
        }
    }
    cr_assert_fail("no such policy");
    return NULL;
}

/* ---- the scenario -------------------------------------------------------------------------- */

Test(policy, a_scenario_names_policies_with_times_places_and_parameters)
{
    cr_assert_eq(load("policies:\n  flexible_letting: {from: 2026, to: 2030, ramp: 2, share: 0.4, "
                      "areas: [Parken, Engen], age: {2026: 55, 2028: 60}}\n"),
                 FLYT_OK, "%s", diag.fault[0].text);
    const struct flyt_scenario_policy *policy = flexible();
    cr_assert(policy->on);
    cr_assert_eq(policy->from, 2026);
    cr_assert_eq(policy->to, 2030);
    cr_assert_eq(policy->ramp_years, 2.0);
    cr_assert(policy->named[FLYT_SCOPE_areas].given);
    cr_assert_eq(policy->named[FLYT_SCOPE_areas].n, 2);
    cr_assert_not(policy->named[FLYT_SCOPE_municipalities].given);
    cr_assert_eq(policy->parameter[0].value[0], 0.4);
    cr_assert_eq(policy->parameter[3].n, 2);
}

Test(policy, none_is_on_unless_it_is_named)
{
    cr_assert_eq(load(""), FLYT_OK);
    cr_assert_not(flexible()->on);
    cr_assert_eq(load("policies:\n  flexible_letting: no\n"), FLYT_OK);
    cr_assert_not(flexible()->on);
    cr_assert_eq(load("policies:\n  flexible_letting: yes\n"), FLYT_OK);
    cr_assert(flexible()->on);
    cr_assert_eq(load("policies:\n  flexible_letting:\n"), FLYT_OK);
    cr_assert(flexible()->on);
}

Test(policy, intensity_rises_over_the_ramp_and_ends_with_its_last_year)
{
    struct flyt_scenario_policy policy = {.on = true, .from = 2026, .to = 2028, .ramp_years = 2};
    const int16_t january = 126 * 12;
    cr_assert_eq(flyt_policies_intensity(&policy, (int16_t)(january - 1)), 0.0);
    cr_assert_float_eq(flyt_policies_intensity(&policy, january), 1.0 / 24.0, 1e-12);
    cr_assert_float_eq(flyt_policies_intensity(&policy, (int16_t)(january + 11)), 0.5, 1e-12);
    cr_assert_eq(flyt_policies_intensity(&policy, (int16_t)(january + 23)), 1.0);
    cr_assert_eq(flyt_policies_intensity(&policy, (int16_t)(january + 35)), 1.0);
    cr_assert_eq(flyt_policies_intensity(&policy, (int16_t)(january + 36)), 0.0);
    policy.ramp_years = 0;
    cr_assert_eq(flyt_policies_intensity(&policy, january), 1.0);
    policy.on = false;
    cr_assert_eq(flyt_policies_intensity(&policy, january), 0.0);
}

/* ---- what is collected --------------------------------------------------------------------- */

Test(policy, policies_are_collected_in_order_of_name)
{
    cr_assert_neq(flyt_policies_known[0], NULL);
    for (uint32_t i = 0; flyt_policies_known[i] != NULL; i++) {
        const struct flyt_policy *policy = flyt_policies_known[i];
        cr_assert_eq(flyt_policies_specs[i], &policy->spec);
        cr_assert(i == 0 || strcmp(flyt_policies_known[i - 1]->spec.name, policy->spec.name) < 0);
        for (uint32_t k = 0; k < policy->spec.n_fields; k++) {
            const struct flyt_field *field = &policy->spec.field[k];
            cr_assert(field->fallback >= field->low && field->fallback <= field->high);
            cr_assert(field->offset < policy->spec.params_size);
        }
        cr_assert_leq(policy->spec.params_size, FLYT_POLICY_PARAMS_MOST);
        for (uint32_t k = 0; k < policy->n_accounts; k++) {
            cr_assert_neq(policy->account[k].payer, policy->account[k].receiver);
        }
    }
}

/* ---- in a world ---------------------------------------------------------------------------- */

static struct letting_test test;

/** The sections of the scenario as a world. */
static void open_world(void)
{
    const struct flyt_table *table = flyt_scenario_table(&scenario, "sections");
    const struct flyt_table *areas = flyt_scenario_table(&scenario, "areas");
    struct letting_section section[64];
    uint8_t listed[16] = {0};
    for (uint32_t s = 0; s < table->n_rows; s++) {
        uint32_t area = (uint32_t)flyt_table_values(table, "area")[s];
        double organisation = flyt_table_values(table, "organisation")[s];
        section[s] = (struct letting_section){
            .municipality = (uint32_t)flyt_table_values(areas, "municipality")[area],
            .organisation = organisation >= 4294967295.0 ? FLYT_NONE : (uint32_t)organisation,
            .kind = (uint32_t)flyt_table_values(table, "tenure")[s],
            .area = area,
            .homes = (uint32_t)flyt_table_values(table, "homes")[s]};
        listed[area] = (uint8_t)flyt_table_values(areas, "listed")[area];
    }
    letting_open(&test, section, table->n_rows, 2, 3, listed, areas->n_rows,
                 (struct flyt_par){1, 8, 0});
    cr_assert_eq(flyt_policies_create(&test.world, &scenario), FLYT_OK);
}

static double share_of(uint32_t section, int year)
{
    struct flyt_letting_rules rules;
    test.world.calendar = (int16_t)((year - 1900) * 12);
    flyt_policies_begin(&test.world);
    flyt_letting_rules(&test.world, section, &rules);
    return rules.flexible_share;
}

Test(policy, flexible_letting_holds_where_and_when_it_is_agreed)
{
    cr_assert_eq(load("policies:\n  flexible_letting: {from: 2026, to: 2027, share: 0.4, "
                      "municipalities: [Nordby], areas: [Midtbyen, Engen]}\n"),
                 FLYT_OK, "%s", diag.fault[0].text);
    open_world();
    cr_assert_eq(share_of(3, 2025), 0.0);
    cr_assert_eq(share_of(3, 2026), 0.4);  /* family homes of Midtbyen */
    cr_assert_eq(share_of(4, 2026), 0.0);  /* youth homes have no such rule */
    cr_assert_eq(share_of(12, 2026), 0.0); /* Engen is not in Nordby */
    cr_assert_eq(share_of(0, 2026), 1.0);  /* Parken is listed: the law */
    cr_assert_eq(share_of(3, 2028), 0.0);
    letting_shut(&test);
}

/** A year of lettings with a policy; the digest of who lives where. */
static uint64_t lettings(const char *policies)
{
    cr_assert_eq(load(policies), FLYT_OK, "%s", diag.fault[0].text);
    open_world();
    for (uint32_t d = 0; d < 200; d += 2) {
        uint32_t home = 260 + d / 2;
        uint32_t household = letting_settle(&test, home, 25 + (int32_t)(d % 50),
                                            d % 3 ? FLYT_WORK_benefit : FLYT_WORK_employed);
        letting_join(&test, household, d % 4 == 0, (int16_t)(LETTING_START - 60 + (int)d % 50));
    }
    for (int month = 0; month < 12; month++, letting_next(&test)) {
        flyt_policies_begin(&test.world);
        cr_assert_eq(flyt_policies_step(&test.world), FLYT_OK);
        letting_month(&test, 1);
    }
    uint64_t hash = flyt_world_hash(&test.world);
    letting_shut(&test);
    return hash;
}

Test(policy, a_policy_of_no_strength_changes_no_bit)
{
    uint64_t without = lettings("");
    cr_assert_eq(lettings("policies:\n  flexible_letting: {share: 0}\n"), without);
    cr_assert_eq(lettings("policies:\n  flexible_letting: {from: 2040}\n"), without);
    cr_assert_eq(lettings("policies:\n  flexible_letting: {from: 2100}\n"), without);
    cr_assert_eq(lettings("policies:\n  flexible_letting: {sections: [Engen 13]}\n"), without);
    cr_assert_neq(lettings("policies:\n  flexible_letting: {share: 1}\n"), without);
}
