/* Segregation of a world of six areas whose people are placed by hand. */
#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include "life_fixture.h"
#include "models/segregation_series.h"
#include "output/segregation.h"

enum { AREAS = 6, PLACES = 3, HERE = LIFE_START };

/** Municipality 0 has areas 0 to 3 of 100 households, municipality 1 areas 4 and 5 of 20. */
static const uint32_t households[AREAS] = {100, 100, 100, 100, 20, 20};
/** Non-western households: the pattern of VERIFICATION 1 in municipality 0. */
static const uint32_t nonwestern[AREAS] = {100, 60, 40, 0, 10, 10};

static struct flyt_arena arena, step_arena;
static struct flyt_params params;
static struct flyt_world world;
static uint32_t area_municipality[AREAS] = {0, 0, 0, 0, 1, 1};
static double row[FLYT_SEGREGATION_N_GROUPS * PLACES];

/** Household k of an area: its work state and income follow the area, its type does not. */
static void settle(uint32_t area, uint32_t k, uint32_t *home)
{
    uint32_t household = flyt_world_add(&world, FLYT_NONE, 1 + *home);
    struct flyt_household *own = &world.households.row[household];
    const bool poor_area = area == 1 || area == 3;
    struct flyt_adult adult = {.born = HERE - 40 * 12,
                               .work = poor_area ? FLYT_WORK_benefit : FLYT_WORK_employed,
                               .approved = true};
    flyt_people_set_adult(own, 0, adult);
    if (k % 2 == 0) {
        flyt_people_set_adult(own, 1, adult);
    }
    flyt_people_set_background(own, (struct flyt_background){.origin = k < nonwestern[area]
                                                                           ? FLYT_ORIGIN_nonwestern
                                                                           : FLYT_ORIGIN_danish,
                                                             .language = 2});
    /* 10,000 kroner an adult and area, and a krone a household */
    own->disposable_ore = (int32_t)((area + 1) * 1000000 + k * 100) * (k % 2 == 0 ? 3 : 2) / 2;
    own->home = *home;
    own->section = area;
    world.dwellings.occupant[*home] = household;
    (*home)++;
}

static void build(struct flyt_par par, bool by_section)
{
    static const double longitude[AREAS] = {10.0, 10.01, 10.02, 10.03, 11.0, 11.01};
    static const double latitude[AREAS] = {55.0, 55.0, 55.0, 55.0, 55.0, 55.0};
    uint32_t home = 0;
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&step_arena, 0);
    params = life_defaults();
    params.segregation = (struct flyt_segregation_params){by_section ? 1 : 0, 1.0, 0.5};
    world = (struct flyt_world){.key = {7, 3},
                                .par = par,
                                .calendar = HERE,
                                .municipalities = {.n = 2},
                                .params = &params,
                                .run_arena = &arena,
                                .step_arena = &step_arena};
    cr_assert_eq(flyt_world_init(&world, 2000, 440, AREAS), FLYT_OK);
    world.areas.n = AREAS;
    world.areas.municipality = area_municipality;
    for (uint32_t a = 0; a < AREAS; a++) {
        world.sections.municipality[a] = area_municipality[a];
        world.sections.area[a] = !by_section ? a : a < 4 ? 0 : 4;
        world.sections.first[a] = home;
        for (uint32_t k = 0; k < households[a]; k++) {
            settle(a, k, &home);
        }
        world.sections.first[a + 1] = home;
    }
    cr_assert_eq(flyt_resources_create(&world), FLYT_OK);
    flyt_resources_year(&world);
    cr_assert_eq(flyt_segregation_series_create(&world, longitude, latitude), FLYT_OK);
}

static void raze(void)
{
    flyt_arena_free(&arena);
    flyt_arena_free(&step_arena);
}

static void setup(void)
{
    build((struct flyt_par){1, 16, 0}, false);
}

TestSuite(segregation_series, .init = setup, .fini = raze);

/** The last record's value of a group (by its English label) in a place. */
static double of_group(const char *label, uint32_t place)
{
    for (uint32_t g = 0; g < FLYT_SEGREGATION_N_GROUPS; g++) {
        if (strcmp(flyt_segregation_group_en[g], label) == 0) {
            return row[g * PLACES + place];
        }
    }
    cr_assert_fail("%s is no group", label);
    return 0.0;
}

#define RECORD(name) flyt_segregation_series_record_##name(&world, row)
#define CLOSE(value, known, within)                                                                \
    cr_assert(fabs((value) - (known)) <= (within), "%.10f is not within %g of %.10f",              \
              (double)(value), (double)(within), (double)(known))

Test(segregation_series, known_values_of_four_areas)
{
    RECORD(dissimilarity);
    CLOSE(of_group("Non-western origin", 1), 0.6, 1e-12);
    CLOSE(of_group("Danish origin", 1), 0.6, 1e-12);
    CLOSE(of_group("Non-western origin", 2), 0.0, 1e-12);
    RECORD(gini);
    CLOSE(of_group("Non-western origin", 1), 0.8, 1e-12);
    RECORD(isolation);
    CLOSE(of_group("Non-western origin", 1), 0.76, 1e-12);
    RECORD(interaction);
    CLOSE(of_group("Non-western origin", 1), 0.24, 1e-12);
    RECORD(theil_h_two_group);
    CLOSE(of_group("Non-western origin", 1), 0.514525, 5e-7);
    RECORD(atkinson);
    CLOSE(of_group("Non-western origin", 1), 0.76, 1e-12);
    RECORD(theil_h); /* two origins only: all groups are the group and the rest */
    CLOSE(row[FLYT_SEGREGATION_BY_origin * PLACES + 1], 0.514525, 5e-7);
    RECORD(multigroup_dissimilarity);
    CLOSE(row[FLYT_SEGREGATION_BY_origin * PLACES + 1], 0.6, 1e-12);
}

Test(segregation_series, all_municipalities_are_the_first_place)
{
    double d = 0.0, x = 220.0, y = 220.0;
    for (uint32_t a = 0; a < AREAS; a++) {
        d += 0.5 * fabs(nonwestern[a] / x - (households[a] - nonwestern[a]) / y);
    }
    RECORD(dissimilarity);
    CLOSE(of_group("Non-western origin", 0), d, 1e-12);
    RECORD(share);
    CLOSE(of_group("Non-western origin", 0), 0.5, 1e-12);
    CLOSE(of_group("Non-western origin", 2), 0.5, 1e-12);
}

Test(segregation_series, a_group_that_is_not_there_has_no_value)
{
    RECORD(dissimilarity);
    cr_assert(isnan(of_group("Western origin", 0)));
    cr_assert(isnan(of_group("Retired", 1)));
    uint64_t bits, nan_bits;
    const double value = of_group("Western origin", 0), plain = (double)NAN;
    memcpy(&bits, &value, sizeof bits);
    memcpy(&nan_bits, &plain, sizeof nan_bits);
    cr_assert_eq(bits, nan_bits, "every NaN has the same bits, for the digest");
}

Test(segregation_series, work_is_counted_by_adults_and_outside_work_is_not_in_education)
{
    RECORD(dissimilarity); /* those on benefit live in areas 1 and 3 alone */
    CLOSE(of_group("Outside work and education", 1), 1.0, 1e-12);
    CLOSE(of_group("In work", 1), 1.0, 1e-12);
    world.households.row[0].work[0] = FLYT_WORK_student; /* area 0, one of a couple */
    world.calendar++;
    RECORD(share);
    CLOSE(of_group("Student", 1), 1.0 / 600.0, 1e-12);
    CLOSE(of_group("Outside work and education", 1), 0.5, 1e-12);
}

Test(segregation_series, types_mix_alike_everywhere)
{
    RECORD(dissimilarity);
    CLOSE(of_group("Single", 0), 0.0, 1e-12);
    RECORD(dissimilarity_corrected);
    CLOSE(of_group("Single", 0), 0.0, 1e-12);
}

Test(segregation_series, incomes_are_ranked_after_equivalence)
{
    /* incomes rise from area to area: each fifth of 88 lies in one area or two */
    RECORD(share);
    CLOSE(of_group("Lowest fifth of incomes", 0), 0.2, 0.03);
    RECORD(dissimilarity);
    cr_assert_geq(of_group("Lowest fifth of incomes", 0), 0.9);
    cr_assert_geq(of_group("Highest fifth of incomes", 0), 0.9);
    RECORD(rank_order_h);
    cr_assert_geq(row[0], 0.8);
    cr_assert_geq(row[1], 0.8);
    cr_assert_lt(row[0], 1.05);
    for (uint32_t i = 0; i < 440; i++) { /* now incomes are alike everywhere */
        struct flyt_household *own = &world.households.row[world.dwellings.occupant[i]];
        own->disposable_ore = (int32_t)(1000000 + 40000 * (i % 20)) * (i % 2 == 0 ? 3 : 2) / 2;
    }
    world.calendar++;
    RECORD(rank_order_h);
    CLOSE(row[0], 0.0, 1e-9);
    RECORD(rank_order_h_corrected);
    CLOSE(row[0], 0.0, 1e-9);
}

Test(segregation_series, neighbours_within_the_bandwidth_count)
{
    /* areas are .64 km apart in municipality 0: each beside the next, at 1 km */
    RECORD(moran);
    CLOSE(of_group("Non-western origin", 1), 4.0 / 6.0 * (2 * (.5 * .1 - .1 * .1 + .1 * .5)) / .52,
          1e-12);
    RECORD(morrill_dissimilarity);
    CLOSE(of_group("Non-western origin", 1), 0.6 - (.4 + .2 + .4) / 3.0, 1e-12);
    RECORD(moran_expected);
    CLOSE(of_group("Non-western origin", 1), -1.0 / 3.0, 1e-12);
    RECORD(spatial_theil_h_two_group);
    cr_assert(of_group("Non-western origin", 1) > 0.1 &&
              of_group("Non-western origin", 1) < 0.514525);
}

Test(segregation_series, an_area_where_nobody_lives_drops_out)
{
    RECORD(dissimilarity);
    double before = of_group("Non-western origin", 1);
    for (uint32_t i = 0; i < 440; i++) {
        struct flyt_household *own = &world.households.row[world.dwellings.occupant[i]];
        own->section = own->section == 5 ? 4 : own->section;
    }
    world.calendar++;
    RECORD(dissimilarity);
    CLOSE(of_group("Non-western origin", 1), before, 0.0);
    CLOSE(of_group("Non-western origin", 2), 0.0, 1e-12);
    RECORD(dissimilarity_expected);
    cr_assert(isnan(of_group("Non-western origin", 2)), "one unit has nothing to expect");
    RECORD(spatial_theil_h_two_group);
    cr_assert_not(isnan(of_group("Non-western origin", 0)));
    RECORD(morrill_dissimilarity);
    cr_assert_not(isnan(of_group("Non-western origin", 0)));
}

Test(segregation_series, a_month_is_measured_once)
{
    RECORD(dissimilarity);
    double before = of_group("Non-western origin", 1);
    struct flyt_household *own = &world.households.row[world.dwellings.occupant[0]];
    flyt_people_set_background(own, (struct flyt_background){.origin = FLYT_ORIGIN_danish});
    RECORD(dissimilarity);
    CLOSE(of_group("Non-western origin", 1), before, 0.0);
    world.calendar += 12;
    RECORD(dissimilarity);
    cr_assert_lt(of_group("Non-western origin", 1), before);
}

Test(segregation_series, threads_and_blocks_change_no_bit)
{
    static const struct flyt_par pars[] = {{2, 16, 0}, {3, 256, 7}, {1, 1, 0}};
    double first[FLYT_COUNT(row)];
    for (size_t i = 0; i < FLYT_COUNT(pars); i++) {
        RECORD(dissimilarity_corrected);
        if (i == 0) {
            memcpy(first, row, sizeof row);
        }
        raze();
        build(pars[i], false);
        RECORD(dissimilarity_corrected);
        cr_assert_arr_eq(row, first, sizeof row);
    }
}

Test(segregation_series, sections_can_be_the_units)
{
    raze();
    build((struct flyt_par){1, 16, 0}, true); /* here a municipality is one area */
    RECORD(gini);
    CLOSE(of_group("Non-western origin", 1), 0.8, 1e-12);
    RECORD(moran); /* all at one point: everybody's neighbour */
    CLOSE(of_group("Non-western origin", 1), -1.0 / 3.0, 1e-12);
}
