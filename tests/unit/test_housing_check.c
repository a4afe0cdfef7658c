#include <criterion/criterion.h>
#include <string.h>

#include "tests/housing_fixture.h"

static struct flyt_arena arena;
static struct flyt_scenario scenario;
static struct flyt_diag diag;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
    scenario = fixture_scenario(400, 2, 1, &arena);
    diag = (struct flyt_diag){.lang = FLYT_EN};
}

static void teardown(void)
{
    flyt_arena_free(&arena);
}

TestSuite(housing_check, .init = setup, .fini = teardown);

static void replace(enum flyt_housing_table table, const char *rows)
{
    struct flyt_text text = {.arena = &arena};
    flyt_text_add(&text, "%s", rows);
    fixture_table(&scenario, table, &text, &arena);
}

static void expect_fault(const char *message)
{
    cr_expect_eq(flyt_housing_check(&scenario, &diag), FLYT_ERR_SCENARIO, "%s", message);
    bool found = false;
    for (uint32_t i = 0; i < diag.n_faults && i < FLYT_DIAG_FAULTS; i++) {
        found |= strstr(diag.fault[i].text, message) != NULL;
    }
    cr_expect(found, "\"%s\" is not among %u faults, the first: %s", message, diag.n_faults,
              diag.fault[0].text);
}

#define SECTIONS "name,area,organisation,tenure,homes,households,rent_dkk_m2_year,price_dkk_m2\n"

Test(housing_check, a_sound_scenario_has_no_fault)
{
    cr_assert_eq(flyt_housing_check(&scenario, &diag), FLYT_OK, "%s", diag.fault[0].text);
}

Test(housing_check, homes_hold_their_households)
{
    replace(FLYT_TABLE_sections, SECTIONS "S,A0,,owner,10,11,0,9000\n");
    expect_fault("sections:2:16: households: 11 is more than the 10 homes of the row");
}

Test(housing_check, an_almen_section_needs_an_organisation)
{
    replace(FLYT_TABLE_sections, SECTIONS "S,A0,,almen_family,10,9,700,0\n");
    expect_fault("organisation: an almen section needs one");
}

Test(housing_check, only_almen_sections_have_an_organisation)
{
    replace(FLYT_TABLE_sections, SECTIONS "S,A0,O0,owner,10,9,0,9000\n");
    expect_fault("organisation: only almen sections have one");
}

Test(housing_check, an_organisation_is_of_the_areas_municipality)
{
    replace(FLYT_TABLE_sections, SECTIONS "S,A0,O1,almen_family,10,9,700,0\n");
    expect_fault("organisation: it is of another municipality than the area");
}

Test(housing_check, a_kind_of_home_without_shares_is_told)
{
    replace(FLYT_TABLE_sections, SECTIONS "S,A0,O0,almen_plus,10,9,700,0\n");
    expect_fault("tenure: no rows for the tenure almen_plus, which a section has");
}

Test(housing_check, a_scenario_without_households_is_refused)
{
    replace(FLYT_TABLE_sections, SECTIONS "S,A0,,owner,10,0,0,9000\n");
    expect_fault("there is no household in the table");
}

Test(housing_check, a_value_is_of_a_place_that_exists)
{
    replace(FLYT_TABLE_places, "level,place,variable,value,year\narea,A7,employed,70,2024\n");
    expect_fault("place: A7 is not in the table of areas");
}

Test(housing_check, shares_of_a_group_sum_to_one)
{
    replace(FLYT_TABLE_children, "type,children,share\nsingle_parent,1,0.6\nsingle_parent,2,0.3\n"
                                 "couple_with_children,1,1\n");
    expect_fault("share: the rows of this group sum to 0.900000, not to 1");
}

Test(housing_check, age_bands_cover_all_adults_once)
{
    struct flyt_text text = {.arena = &arena};
    flyt_text_add(&text, "tenure_class,age_from,age_to,origin,share\n");
    static const char *const classes[] = {"almen", "private_rental", "cooperative", "owner"};
    for (int t = 0; t < 4; t++) { /* nobody from 65 to 69 */
        flyt_text_add(&text, "%s,18,64,danish,1\n%s,70,99,danish,1\n", classes[t], classes[t]);
    }
    fixture_table(&scenario, FLYT_TABLE_origins, &text, &arena);
    expect_fault("origins:3:7: age_from: 70 leaves out the ages 65 to 69, which no row");
}

Test(housing_check, age_bands_of_wealth_do_not_overlap)
{
    struct flyt_text text = {.arena = &arena};
    flyt_text_add(&text, "tenure_class,age_from,age_to,savings_dkk,savings_log_sd,loan_to_value\n");
    static const char *const classes[] = {"almen", "private_rental", "cooperative", "owner"};
    for (int t = 0; t < 4; t++) {
        flyt_text_add(&text, "%s,18,66,5000,1,0\n%s,65,99,9000,1,0\n", classes[t], classes[t]);
    }
    fixture_table(&scenario, FLYT_TABLE_wealth, &text, &arena);
    expect_fault("wealth:3:7: age_from: 65 lies in the band 18-66 of line 2");
}

Test(housing_check, tables_that_are_sound_are_checked_beside_one_that_is_not)
{
    replace(FLYT_TABLE_children, "type,children,share\nsingle_parent,1,0.6\n"
                                 "couple_with_children,1,1\n");
    replace(FLYT_TABLE_places, "level,place,variable,value,year\narea,A7,employed,70,2024\n");
    scenario.table[FLYT_TABLE_sections] =
        (struct flyt_table){.spec = &flyt_housing_tables[FLYT_TABLE_sections], .present = true};
    expect_fault("share: the rows of this group sum to 0.600000, not to 1");
    expect_fault("place: A7 is not in the table of areas");
}

Test(housing_check, values_at_fault_are_left_alone)
{
    scenario.values_broken = true;
    scenario.parameter = NULL; /* reading them would crash */
    cr_expect_eq(flyt_housing_check(&scenario, &diag), FLYT_OK, "%s", diag.fault[0].text);
}

Test(housing_check, weights_of_the_resource_score_are_not_all_zero)
{
    static double zero = 0.0;
    static int32_t always = INT32_MIN;
    uint32_t field = 0;
    for (uint32_t g = 0; g < scenario.model->n_groups; g++) {
        const struct flyt_field_group *group = &scenario.model->group[g];
        for (uint32_t i = 0; i < group->n_fields; i++, field++) {
            if (strncmp(group->field[i].name, "weight_", 7) == 0 &&
                strcmp(group->name, "resources") == 0) {
                cr_assert_eq(flyt_housing_check(&scenario, &diag), FLYT_OK);
                scenario.parameter[field] = (struct flyt_schedule){1, &always, &zero, {0}};
            }
        }
    }
    expect_fault("resources.weight_...: all five weights are 0 in 2024");
}
