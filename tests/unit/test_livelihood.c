/* The month of work and income: the same bits however it is cut, bounds that hold, and cohorts that
   behave as Danish benefit data say. */
#include <math.h>

#include "livelihood_fixture.h"
#include "tests/sanitized.h"

TestSuite(livelihood, .init = setup, .fini = teardown);

enum { MONTHS = 30, N = 3000 };

static uint64_t hash_after(uint32_t months, struct flyt_par par, bool all_screened,
                           uint32_t removed)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(N, par, &params);
    uint64_t leaver = world.households.uid[world.dwellings.occupant[0]];
    for (uint32_t k = 0; k < months; k++) {
        for (uint32_t i = 0; all_screened && i < world.households.capacity; i++) {
            world.households.bound[1][i] = world.households.bound[2][i] = 65535;
        }
        FLYT_EACH_HOUSEHOLD(&world, i)
        {
            if (k == removed && world.households.uid[i] == leaver) {
                flyt_livelihood_depart(&world, 0, i);
                flyt_world_remove(&world, i);
            }
        }
        params.income.wage_index = 1.0 + k / 100.0;
        cr_assert_eq(step(&world, &params), FLYT_OK, "%s", diag.fault[0].text);
        next_month(&world);
    }
    return flyt_world_hash(&world);
}

Test(livelihood, threads_and_blocks_and_their_order_change_no_bit)
{
    uint64_t expected = hash_after(MONTHS, (struct flyt_par){1, 256, 0}, false, FLYT_NONE);
    cr_assert_neq(expected, hash_after(MONTHS - 1, (struct flyt_par){1, 256, 0}, false, FLYT_NONE));
    for (uint32_t threads = 1; threads <= 7; threads += threads == 3 ? 4 : 1) {
        for (uint32_t blocks = 64; blocks <= 256; blocks += 192) {
            uint64_t hash =
                hash_after(MONTHS, (struct flyt_par){threads, blocks, threads}, false, FLYT_NONE);
            cr_assert_eq(hash, expected, "%u threads, %u blocks", threads, blocks);
        }
    }
}

Test(livelihood, looking_at_everybody_changes_no_bit)
{
    struct flyt_par par = {2, 64, 0};
    cr_assert_eq(hash_after(MONTHS, par, true, FLYT_NONE),
                 hash_after(MONTHS, par, false, FLYT_NONE));
}

Test(livelihood, nobody_else_notices_that_a_household_has_gone)
{
    struct flyt_par par = {1, 64, 0};
    uint64_t early = hash_after(MONTHS, par, false, 12), late = hash_after(MONTHS, par, false, 29);
    cr_assert_eq(early, late);
    cr_assert_neq(early, hash_after(MONTHS, par, false, FLYT_NONE));
}

Test(livelihood, a_hazard_above_its_bound_is_an_error)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(200, (struct flyt_par){1, 7, 0}, &params);
    cr_assert_eq(step(&world, &params), FLYT_OK);
    next_month(&world);
    uint32_t household = flyt_world_first(&world, 3);
    cr_assert_gt(flyt_livelihood_hazard(&world, household, 0), 2.0 / 65536.0);
    world.households.bound[1][household] = 1;
    world.households.luck[1 + FLYT_PURPOSES * (world.month & 1)][household] = 0;
    cr_assert_eq(step(&world, &params), FLYT_ERR_INVARIANT);
}

Test(livelihood, an_absent_adult_has_no_hazard)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(200, (struct flyt_par){1, 7, 0}, &params);
    uint32_t singles = 0;
    FLYT_EACH_HOUSEHOLD(&world, i)
    {
        bool single = flyt_people_adults(&world.households.row[i]) == 1;
        cr_assert_eq(flyt_livelihood_hazard(&world, i, 1) == 0.0, single);
        cr_assert_eq(world.households.bound[2][i] == 0, single);
        cr_assert_gt(world.households.bound[1][i], 0);
        singles += single;
    }
    cr_assert(singles > 50 && singles < 150);
}

Test(livelihood, savings_accrue_month_by_month_without_being_touched)
{
    struct flyt_livelihood_params params = default_params();
    params.work.pension_age = 60.0;
    struct flyt_world world = make_world(300, (struct flyt_par){1, 7, 0}, &params);
    uint32_t saver = FLYT_NONE;
    FLYT_EACH_HOUSEHOLD(&world, i)
    {
        struct flyt_household *row = &world.households.row[i];
        if (row->work[0] == FLYT_WORK_pension && flyt_people_adults(row) == 1 &&
            flyt_livelihood_income(&world, i).saving > 0) {
            saver = i;
        }
    }
    cr_assert_neq(saver, FLYT_NONE);
    const struct flyt_household *row = &world.households.row[saver];
    int64_t start = row->savings_ore, saving = flyt_livelihood_income(&world, saver).saving;
    for (uint32_t k = 0; k < 7; k++) {
        cr_assert_eq(flyt_livelihood_savings(&world, saver), start + k * saving);
        cr_assert_eq(row->savings_ore, start);
        next_month(&world);
    }
    flyt_livelihood_before(&world, 0, saver);
    cr_assert_eq(row->savings_ore, start + 7 * saving);
    cr_assert_eq(row->settled, world.calendar);
}

Test(livelihood, everybody_retires_by_law_or_soon_after)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(N, (struct flyt_par){2, 64, 0}, &params);
    for (uint32_t k = 0; k < 24; k++) {
        cr_assert_eq(step(&world, &params), FLYT_OK);
        next_month(&world);
    }
    uint32_t retired = 0, working = 0;
    FLYT_EACH_HOUSEHOLD(&world, i)
    {
        const struct flyt_household *row = &world.households.row[i];
        for (uint32_t a = 0; a < flyt_people_adults(row); a++) {
            if (world.calendar - row->born[a] >= 67 * 12 + 2) {
                cr_assert(row->work[a] == FLYT_WORK_employed || row->work[a] == FLYT_WORK_pension);
                retired += row->work[a] == FLYT_WORK_pension;
                working += row->work[a] == FLYT_WORK_employed;
            }
        }
    }
    cr_assert_gt(retired, 500);
    cr_assert_lt(working, retired / 4);
}

/* ---- a cohort of 100,000 from 18 to 65 ------------------------------------------------------- */

enum { PART = 10, COHORT = FLYT_CASES(100000, PART), LIFE = 47 * 12, LATER = 19, EVERY = 48 };

/** What is counted of the cohort. */
struct counts {
    uint32_t stock, still;              /* on benefit each EVERY months; of them LATER months on */
    uint32_t exits, ended_3, lasted_12; /* from benefit to work */
    uint32_t danish, danish_work, other, other_work; /* person-years at 30-59 */
    uint32_t adults, convictions, cases;             /* person-years; households with a case */
};

/** Education and language as in the bench that fits: the mix of the 30-59-year-olds. */
static void fill_cohort(struct flyt_world *world)
{
    static const uint32_t origin_end[] = {865, 915, 1000};
    static const uint32_t education_end[3][3] = {
        {140, 600, 1000}, {200, 550, 1000}, {360, 670, 1000}};
    static const uint32_t language_end[3][3] = {{0, 0, 1000}, {100, 400, 1000}, {240, 600, 1000}};
    for (uint32_t i = 0; i < COHORT; i++) {
        uint32_t household =
            flyt_world_add(world, FLYT_NONE, flyt_rng_uid(2, 0, FLYT_STREAM_test, i, 0));
        struct flyt_household *row = &world->households.row[household];
        uint8_t pick[3] = {0};
        for (uint32_t what = 0; what < 3; what++) {
            const uint32_t *end = what == 0   ? origin_end
                                  : what == 1 ? education_end[pick[0]]
                                              : language_end[pick[0]];
            uint32_t u = draw(i, 60 + what, 1000);
            while (u >= end[pick[what]]) {
                pick[what]++;
            }
        }
        row->home = row->section = i % (2 * FLYT_N_TENURES);
        flyt_people_set_background(
            row, (struct flyt_background){.origin = pick[0], .language = pick[2]});
        flyt_people_set_adult(
            row, 0,
            (struct flyt_adult){.born = START - 18 * 12, .sex = i % 2, .education = pick[1]});
        flyt_livelihood_new_adult(world, household, 0);
        flyt_livelihood_arrive(world, 0, household);
    }
}

/** Notes changes since the month before. was[]: work then; job[]: month a job after benefit began.
 */
static void count_month(const struct flyt_world *world, uint8_t *was, int16_t *job, uint8_t *on,
                        struct counts *counts)
{
    uint32_t k = world->month, age = 18 + k / 12;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        uint8_t now = row->work[0];
        if (was[i] == FLYT_WORK_benefit && now == FLYT_WORK_employed && k < LIFE - 24) {
            job[i] = (int16_t)k;
            counts->exits++;
        } else if (job[i] >= 0) {
            int32_t months = (int32_t)k - job[i];
            bool left = now != FLYT_WORK_employed || row->work_since[0] != START + job[i];
            counts->ended_3 += left && months <= 3;
            counts->lasted_12 += !left && months == 12;
            job[i] = left || months == 12 ? -1 : job[i];
        }
        if (k % EVERY == EVERY / 2 && k < LIFE - LATER) {
            on[i] = now == FLYT_WORK_benefit;
            counts->stock += on[i];
        }
        counts->still += k % EVERY == EVERY / 2 + LATER && on[i] && now == FLYT_WORK_benefit;
        counts->convictions += world->households.cold[i].convicted[0] == world->calendar;
        if (k % 12 == 0) {
            bool danish = flyt_people_background(row).origin == FLYT_ORIGIN_danish;
            bool other = flyt_people_background(row).origin == FLYT_ORIGIN_nonwestern;
            counts->danish += danish && age >= 30 && age < 60;
            counts->danish_work += danish && age >= 30 && age < 60 && now == FLYT_WORK_employed;
            counts->other += other && age >= 30 && age < 60;
            counts->other_work += other && age >= 30 && age < 60 && now == FLYT_WORK_employed;
            counts->adults++;
            counts->cases += flyt_people_background(row).cases > 0;
        }
        was[i] = now;
    }
}

static void about(double found, double expected, double tolerance, const char *what)
{
    tolerance *= FLYT_CASES_SPREAD(PART);
    cr_log_info("%s: %.4f (%.3f)", what, found, expected);
    cr_assert(found > expected - tolerance && found < expected + tolerance, "%s: %.4f, not %.3f",
              what, found, expected);
}

Test(livelihood, benefit_dynamics_of_a_cohort_are_those_of_danish_data)
{
    struct flyt_livelihood_params params = default_params();
    params.social.language_0 = params.social.language_0_work = 0.0; /* as in the fit: languages */
    params.social.language_1 = params.social.language_1_work = 0.0; /* stay what they are */
    struct flyt_world world = make_world(16, (struct flyt_par){2, 64, 0}, &params);
    cr_assert_eq(flyt_world_init(&world, COHORT + COHORT / 50, 16, 2 * FLYT_N_TENURES), FLYT_OK);
    for (uint32_t s = 0; s < 2 * FLYT_N_TENURES; s++) {
        world.sections.municipality[s] = 0;
        world.sections.tenure[s] = (uint8_t)(s % FLYT_N_TENURES);
    }
    cr_assert_eq(flyt_livelihood_create(&world), FLYT_OK);
    flyt_livelihood_year(&world, &params);
    fill_cohort(&world);
    uint32_t capacity = world.households.capacity;
    uint8_t *was = FLYT_ARENA_ZERO(&arena, uint8_t, capacity);
    uint8_t *on = FLYT_ARENA_ZERO(&arena, uint8_t, capacity);
    int16_t *job = FLYT_ARENA_ARRAY(&arena, int16_t, capacity);
    for (uint32_t i = 0; i < capacity; i++) {
        job[i] = -1;
    }
    struct counts counts = {.stock = 0};
    for (uint32_t k = 0; k < LIFE; k++) {
        cr_assert_eq(step(&world, &params), FLYT_OK, "%s", diag.fault[0].text);
        count_month(&world, was, job, on, &counts);
        next_month(&world);
    }
    cr_assert_gt(counts.stock, FLYT_CASES(10000, PART));
    about((double)counts.still / counts.stock, 0.60, 0.01, "on benefit 19 months later");
    about((double)counts.ended_3 / counts.exits, 0.26, 0.01, "jobs ended within 3 months");
    about((double)counts.lasted_12 / counts.exits, 0.50, 0.01, "jobs that last 12 months");
    about((double)counts.danish_work / counts.danish, 0.852, 0.01, "in work, Danish origin, 30-59");
    about((double)counts.other_work / counts.other, 0.652, 0.015, "in work, non-western, 30-59");
    /* 0.70 % of all from 18: those from 65, a quarter of them, hardly count */
    about(100.0 * counts.convictions / counts.adults, 0.92, 0.05, "% convicted a year, 18-64");
    /* assumptions.csv has 4.5 % of all households; these are singles without children */
    about((double)counts.cases / counts.adults, 0.032, 0.01, "share with an open case");
}

/* ---- tax where one lives ----------------------------------------------------------------------
 */

Test(livelihood, a_municipality_taxes_at_its_own_rate_or_at_the_mean_of_the_year)
{
    struct flyt_livelihood_params params = default_params();
    struct flyt_world world = make_world(300, (struct flyt_par){1, 7, 0}, &params);
    params.tax.municipal_rate = 0.25;
    flyt_livelihood_year(&world, &params);
    uint32_t taxed = 0;
    FLYT_EACH_HOUSEHOLD(&world, i)
    {
        const double of_mean[2] = {(double)NAN, (double)NAN};
        uint32_t m = world.sections.municipality[world.households.row[i].section];
        const double own[2] = {m == 0 ? 25.0 : (double)NAN, m == 1 ? 27.8 : (double)NAN};
        flyt_livelihood_set_rates(&world, of_mean);
        int32_t mean = flyt_livelihood_income(&world, i).municipal_tax;
        flyt_livelihood_set_rates(&world, own);
        int32_t tax = flyt_livelihood_income(&world, i).municipal_tax;
        cr_assert_float_eq(tax, mean * (m == 0 ? 1.0 : 27.8 / 25.0), 3.0, "%d %d", tax, mean);
        taxed += mean > 10000 && m == 1;
    }
    cr_assert_gt(taxed, 50);
}
