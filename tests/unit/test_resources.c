/* The resource score: cases worked by hand, percentiles, terciles, and the same bits however the
   work is cut. */
#include <criterion/criterion.h>

#include "life_fixture.h"
#include "models/resources.h"

static struct life_world life;

static void setup(void)
{
    struct flyt_params params = life_defaults();
    life_open(&life, &params, (struct flyt_par){1, 16, 0}, 4000, 1.2);
}

static void teardown(void)
{
    life_close(&life);
}

TestSuite(resources, .init = setup, .fini = teardown);

/** Makes household 0 a single of 40 in work, Danish, with a vocational education. */
static struct flyt_household *reference(struct flyt_world *world)
{
    struct flyt_household *row = &world->households.row[0];
    struct flyt_adult adult = {.born = (int16_t)(world->calendar - 40 * 12),
                               .education = FLYT_EDUCATION_vocational,
                               .work = FLYT_WORK_employed,
                               .approved = true};
    flyt_people_set_adult(row, 0, adult);
    row->born[1] = FLYT_NO_MONTH;
    for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
        row->child_born[k] = FLYT_NO_MONTH;
    }
    flyt_people_set_background(row, (struct flyt_background){.language = 2});
    return row;
}

/** Only the named parts count. */
static void weigh(double work, double language, double income, double education, double cases)
{
    struct flyt_resources_params *params = &life.params.resources;
    params->weight_work = work;
    params->weight_language = language;
    params->weight_income = income;
    params->weight_education = education;
    params->weight_cases = cases;
}

Test(resources, five_equal_parts_make_the_score)
{
    struct flyt_household *row = reference(&life.world);
    /* nobody has an income: everybody stands at the lowest percentile, 0 */
    cr_assert_float_eq(flyt_resources_score(&life.world, 0), (1 + 1 + 0 + .5 + 1) / 5, 1e-12);
    row->work[0] = FLYT_WORK_benefit;
    flyt_people_set_background(row, (struct flyt_background){.language = 1, .cases = 2});
    double score = (0 + .5 + 0 + .5 + 1. / 3) / 5;
    cr_assert_float_eq(flyt_resources_score(&life.world, 0), score, 1e-12);
    cr_assert_float_eq(flyt_resources_vulnerability(&life.world, 0), 1 - score, 1e-12);
}

Test(resources, weights_are_relative_and_may_be_zero)
{
    reference(&life.world)->work[0] = FLYT_WORK_student;
    weigh(3, 0, 0, 1, 0);
    cr_assert_float_eq(flyt_resources_score(&life.world, 0), (3 * .7 + .5) / 4, 1e-12);
    weigh(0, 0, 0, 0, 2);
    cr_assert_eq(flyt_resources_score(&life.world, 0), 1.0);
}

Test(resources, an_education_that_is_not_approved_counts_as_basic)
{
    struct flyt_household *row = reference(&life.world);
    weigh(0, 0, 0, 1, 0);
    struct flyt_adult adult = flyt_people_adult(row, 0);
    adult.education = FLYT_EDUCATION_higher;
    flyt_people_set_adult(row, 0, adult);
    cr_assert_eq(flyt_resources_score(&life.world, 0), 1.0);
    adult.approved = false;
    flyt_people_set_adult(row, 0, adult);
    cr_assert_eq(flyt_resources_score(&life.world, 0), 0.0);
}

Test(resources, a_couple_has_the_mean_of_its_adults_in_either_order)
{
    struct flyt_household *row = reference(&life.world);
    struct flyt_adult other = flyt_people_adult(row, 0);
    other.work = FLYT_WORK_benefit;
    other.education = FLYT_EDUCATION_basic;
    flyt_people_set_adult(row, 1, other);
    weigh(1, 0, 0, 1, 0);
    cr_assert_float_eq(flyt_resources_score(&life.world, 0), (.5 + .25) / 2, 1e-12);
    flyt_people_set_adult(row, 1, flyt_people_adult(row, 0));
    flyt_people_set_adult(row, 0, other);
    cr_assert_float_eq(flyt_resources_score(&life.world, 0), (.5 + .25) / 2, 1e-12);
}

Test(resources, income_is_equivalised_by_the_oecd_modified_scale)
{
    struct flyt_household *row = reference(&life.world);
    int16_t now = life.world.calendar;
    row->disposable_ore = 2600000;
    cr_assert_eq(flyt_resources_equivalised(row, now), 2600000);
    flyt_people_set_adult(row, 1, flyt_people_adult(row, 0));
    row->child_born[0] = (int16_t)(now - 14 * 12 + 1); /* a month short of 14 */
    row->child_born[3] = (int16_t)(now - 14 * 12);
    row->child_born[5] = (int16_t)(now - 20 * 12); /* an adult child */
    cr_assert_eq(flyt_resources_equivalised(row, now), 2600000 * 10 / (10 + 5 + 3 + 5 + 5));
}

Test(resources, the_percentile_is_the_share_of_households_with_less)
{
    struct flyt_world *world = &life.world;
    uint32_t n = 0, all = flyt_world_count(world);
    reference(world);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        world->households.row[i].disposable_ore = (int32_t)(n++ % 4) * 1000000;
        for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
            world->households.row[i].child_born[k] = FLYT_NO_MONTH;
        }
        world->households.row[i].born[1] = FLYT_NO_MONTH;
    }
    flyt_resources_year(world);
    weigh(0, 0, 1, 0, 0);
    static const double expected[] = {0, 0, .25, .5, .75, 1};
    for (int32_t quarter = 0; quarter < 6; quarter++) {
        world->households.row[0].disposable_ore = (quarter - 1) * 1000000;
        cr_assert_float_eq(flyt_resources_score(world, 0), expected[quarter], 2.0 / all, "%d",
                           quarter);
    }
    world->households.row[0].disposable_ore = INT32_MAX; /* in the open bin */
    cr_assert_eq(flyt_resources_score(world, 0), 1.0);
}

Test(resources, income_classes_are_fifths_of_the_households)
{
    struct flyt_world *world = &life.world;
    uint32_t n = 0, count[FLYT_INCOME_CLASSES] = {0}, all = flyt_world_count(world);
    reference(world);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        world->households.row[i].disposable_ore = (int32_t)(n++ % 500) * 20000;
        for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
            world->households.row[i].child_born[k] = FLYT_NO_MONTH;
        }
        world->households.row[i].born[1] = FLYT_NO_MONTH;
    }
    flyt_resources_year(world);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        count[flyt_resources_income_class(world, i)]++;
    }
    for (uint32_t k = 0; k < FLYT_INCOME_CLASSES; k++) {
        cr_assert_float_eq((double)count[k] / all, 0.2, 0.01, "%u: %u of %u", k, count[k], all);
    }
}

Test(resources, each_class_has_a_third_at_the_start_and_keeps_its_bounds)
{
    struct flyt_world *world = &life.world;
    life_open_books(&life);
    flyt_resources_year(world);
    uint32_t count[FLYT_N_CLASSES] = {0}, later[FLYT_N_CLASSES] = {0}, n = flyt_world_count(world);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        count[flyt_resources_class(world, i)]++;
    }
    for (uint32_t class = 0; class < FLYT_N_CLASSES; class ++) {
        cr_assert_float_eq(count[class] / (double)n, 1. / 3, .02, "%u: %u of %u", class,
                           count[class], n);
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        flyt_people_set_background(&world->households.row[i],
                                   (struct flyt_background){.language = 0, .cases = 3});
    }
    world->month = 12;
    flyt_resources_year(world);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        later[flyt_resources_class(world, i)]++;
    }
    cr_assert_gt(later[FLYT_CLASS_weak], n * 9 / 10);
}

Test(resources, threads_and_blocks_and_their_order_change_no_bit)
{
    struct flyt_params params = life_defaults();
    double sum[4];
    static const struct flyt_par par[4] = {{1, 256, 0}, {2, 64, 1}, {3, 256, 3}, {7, 64, 5}};
    for (uint32_t k = 0; k < 4; k++) {
        struct life_world other;
        life_open(&other, &params, par[k], 3000, 1.2);
        life_open_books(&other);
        flyt_resources_year(&other.world);
        sum[k] = other.world.resources->from[1] + 3.0 * other.world.resources->from[2];
        for (uint32_t bin = 0; bin <= FLYT_RESOURCES_BINS; bin++) {
            sum[k] += (bin + 1.0) * other.world.resources->below[bin];
        }
        cr_assert_eq(sum[k], sum[0], "%u threads, %u blocks", par[k].n_threads, par[k].n_blocks);
        life_close(&other);
    }
    cr_assert_gt(sum[0], 3.0);
}
