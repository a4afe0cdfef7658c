/* The life course as a whole: accounts, promises of the engine, guests, and that the rates put in
   are the rates lived. */
#include <criterion/criterion.h>

#include "tests/history_fixture.h"
#include "tests/unit/life_fixture.h"

static struct life_world life;

static void open_with(uint32_t n_persons, uint32_t n_threads, uint32_t n_blocks)
{
    struct flyt_params params = life_defaults();
    life_open(&life, &params, (struct flyt_par){n_threads, n_blocks, 0}, n_persons, 1.3);
}

static void live_months(uint32_t n)
{
    for (uint32_t month = 0; month < n; month++) {
        enum flyt_status status = life_month(&life);
        cr_assert_eq(status, FLYT_OK, "month %u: %s", month, life.diag.fault[0].text);
    }
}

/* ---- names --------------------------------------------------------------------------------- */

static uint32_t find(uint64_t uid)
{
    FLYT_EACH_HOUSEHOLD(&life.world, i)
    {
        if (life.world.households.uid[i] == uid) {
            return i;
        }
    }
    for (uint32_t k = 0; k < life.world.households.n_outside; k++) {
        if (life.world.households.uid[life.world.households.capacity + k] == uid) {
            return life.world.households.capacity + k;
        }
    }
    return FLYT_NONE;
}

/** A household of the start from which one of this kind comes in the first month, 0: none. */
static uint64_t mother_of(enum flyt_stream kind)
{
    open_with(6000, 2, 64);
    uint64_t *uid = malloc(life.world.households.capacity * sizeof *uid), found = 0;
    uint32_t n = 0;
    FLYT_EACH_HOUSEHOLD(&life.world, i)
    {
        uid[n++] = life.world.households.uid[i];
    }
    live_months(1);
    for (uint32_t i = 0; i < n && found == 0; i++) {
        found = find(flyt_rng_uid(uid[i], 0, kind, 0, 0)) != FLYT_NONE ? uid[i] : 0;
    }
    free(uid);
    life_close(&life);
    return found;
}

/** Lives the first month with the uid already given to a household that nothing befalls. */
static void live_with_taken(uint64_t mother, enum flyt_stream kind)
{
    uint64_t taken = flyt_rng_uid(mother, 0, kind, 0, 0);
    uint64_t instead = flyt_rng_uid(mother, 0, kind, 0, 1);
    open_with(6000, 2, 64);
    uint32_t other = FLYT_NONE;
    FLYT_EACH_HOUSEHOLD(&life.world, i)
    {
        other = life.world.households.uid[i] != mother ? i : other;
    }
    life.world.households.uid[other] = taken;
    live_months(1); /* with the check that no uid is there twice */
    cr_assert_eq(find(taken), other);
    cr_assert_neq(find(instead), FLYT_NONE);
    life_close(&life);
}

Test(lifecourse, a_new_household_whose_uid_is_taken_gets_another)
{
    static const enum flyt_stream kinds[] = {FLYT_STREAM_uid_leaving, FLYT_STREAM_uid_separation};
    for (size_t k = 0; k < FLYT_COUNT(kinds); k++) {
        uint64_t mother = mother_of(kinds[k]);
        cr_assert_neq(mother, 0);
        live_with_taken(mother, kinds[k]);
    }
    live_with_taken(1, FLYT_STREAM_uid_migrant); /* the first candidate of municipality 0 */
}

/* ---- accounts ------------------------------------------------------------------------------ */

Test(lifecourse, persons_are_accounted_for_month_by_month)
{
    open_with(6000, 2, 64);
    int64_t seen[8] = {0};
    for (int month = 0; month < 60; month++) {
        int64_t before = life.world.life->n_persons;
        live_months(1); /* with a recount, and each home and uid checked */
        const struct flyt_life_counts *c = &life.world.life->counts;
        cr_assert_eq(before + c->born + c->in_persons - c->dead - c->care - c->orphans -
                         c->out_persons,
                     life.world.life->n_persons);
        const int64_t now[8] = {c->born, c->dead,        c->couples,    c->parted,
                                c->care, c->out_persons, c->in_persons, c->left_home};
        for (int i = 0; i < 8; i++) {
            seen[i] += now[i];
        }
    }
    for (int i = 0; i < 8; i++) {
        cr_assert_gt(seen[i], 20, "event %d happens", i);
    }
    life_close(&life);
}

Test(lifecourse, a_lost_person_is_found_out)
{
    open_with(1000, 1, 16);
    cr_assert_eq(flyt_lifecourse_check(&life.world), FLYT_OK);
    FLYT_EACH_HOUSEHOLD(&life.world, i)
    {
        if (flyt_people_adults(&life.world.households.row[i]) == 2) {
            life.world.households.row[i].born[1] = FLYT_NO_MONTH;
            break;
        }
    }
    cr_assert_eq(flyt_lifecourse_check(&life.world), FLYT_ERR_INVARIANT);
    life_close(&life);
}

Test(lifecourse, a_bound_that_is_too_low_is_found_out)
{
    open_with(4000, 1, 16);
    live_months(1);
    for (uint32_t i = 0; i < life.world.households.capacity; i++) {
        if (life.world.households.bound[0][i] > 200) {
            life.world.households.bound[0][i] = 200;
        }
    }
    enum flyt_status status = FLYT_OK;
    for (int month = 0; month < 6 && status == FLYT_OK; month++) {
        status = life_month(&life);
    }
    cr_assert_eq(status, FLYT_ERR_INVARIANT);
    life_close(&life);
}

Test(lifecourse, every_change_of_a_household_is_in_the_books)
{
    open_with(5000, 2, 64);
    life_open_books(&life);
    live_months(60); /* each with the full check of incomes, savings and flows */
    life_close(&life);
}

/* ---- the engine's promises ----------------------------------------------------------------- */

static uint64_t hash_after(uint32_t n_months, uint32_t n_threads, uint32_t n_blocks, bool screening)
{
    open_with(4000, n_threads, n_blocks);
    life_open_books(&life);
    life.world.life->no_screening = !screening;
    live_months(n_months);
    uint64_t hash = flyt_world_hash(&life.world);
    life_close(&life);
    return hash;
}

Test(lifecourse, threads_and_blocks_do_not_matter)
{
    const uint64_t expected = hash_after(30, 1, 256, true);
    for (uint32_t k = 0; k < 4; k++) {
        static const uint32_t n_threads[4] = {1, 2, 3, 7};
        cr_assert_eq(hash_after(30, n_threads[k], 64, true), expected, "%u, 64", n_threads[k]);
        cr_assert_eq(hash_after(30, n_threads[k], 256, true), expected, "%u, 256", n_threads[k]);
    }
    cr_assert_neq(hash_after(31, 1, 256, true), expected, "and the hash sees a month");
}

Test(lifecourse, screening_decides_time_never_outcome)
{
    cr_assert_eq(hash_after(30, 2, 64, true), hash_after(30, 2, 64, false));
}

/* ---- common random numbers ----------------------------------------------------------------- */

static struct history *history_of(bool remove_one)
{
    struct history *table = calloc(HISTORY_SLOTS, sizeof *table);
    open_with(6000, 1, 64);
    for (uint32_t month = 0; month < 120; month++) {
        if (month == 12 && remove_one) { /* the youngest who looks for a partner in region 0 */
            struct flyt_world *world = &life.world;
            uint32_t who = FLYT_NONE;
            FLYT_EACH_HOUSEHOLD(world, i)
            {
                const struct flyt_household *row = &world->households.row[i];
                bool fits = row->flags & FLYT_LOOKING && !(row->flags & FLYT_HIDDEN) &&
                            flyt_people_persons(row) == 1 &&
                            flyt_lifecourse_region(world, row->section) == 0;
                if (fits &&
                    (who == FLYT_NONE || row->born[0] > world->households.row[who].born[0])) {
                    who = i;
                }
            }
            flyt_lifecourse_end(world, who);
            world->life->n_persons--;
        }
        live_months(1);
        history_remember(&life.world, table);
    }
    life_close(&life);
    return table;
}

Test(lifecourse, one_household_less_leaves_those_it_never_meets_as_they_were)
{
    struct history *with = history_of(false), *without = history_of(true);
    uint32_t n_far, n_near;
    uint32_t far = history_differ(with, without, 1, &n_far),
             near = history_differ(with, without, 0, &n_near);
    cr_log_info("far %u of %u, near %u of %u households differ", far, n_far, near, n_near);
    cr_assert_gt(n_far, 2000);
    cr_assert_eq(far, 0, "another region is never met");
    cr_assert(near > 0 && near < n_near / 10, "%u of %u", near, n_near);
    free(with);
    free(without);
}

/* ---- nobody without a place ---------------------------------------------------------------- */

Test(lifecourse, who_finds_no_home_stays_and_its_search_becomes_urgent)
{
    open_with(6000, 2, 64);
    life.no_letting = true;
    live_months(6);
    struct flyt_world *world = &life.world;
    uint32_t n_hidden = world->life->guests.n, n_urgent = 0, n_queued = 0;
    cr_assert_gt(n_hidden, 30);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        n_urgent += (world->households.row[i].flags & (FLYT_HIDDEN | FLYT_FORCED)) ==
                    (FLYT_HIDDEN | FLYT_FORCED);
    }
    cr_assert_eq(n_urgent, 0, "not before six months");
    live_months(12);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        bool late = row->flags & FLYT_HIDDEN && world->calendar - 1 - row->moved_in >= 6;
        cr_assert_eq(late, (row->flags & FLYT_HIDDEN) && (row->flags & FLYT_FORCED));
        n_queued += (row->flags & FLYT_QUEUED) != 0;
        cr_assert(!(row->flags & FLYT_QUEUED) || late);
    }
    cr_assert_gt(n_queued, 0, "those with children enter the queue");
    cr_assert_gt(world->life->guests.n, n_hidden);
    life_close(&life);
}

Test(lifecourse, a_guest_follows_its_host_and_takes_over_when_it_is_gone)
{
    open_with(6000, 1, 64);
    struct flyt_world *world = &life.world;
    live_months(3);
    life.no_letting = true;
    live_months(1);
    const struct flyt_guests *guests = &world->life->guests;
    cr_assert_gt(guests->n, 0);
    uint32_t guest = guests->row[0], host = guests->host[0];
    uint32_t left = world->households.row[host].home, home = left;
    while (world->dwellings.occupant[home] != FLYT_NONE) {
        home++;
    }
    life_take(world, host, home);
    cr_assert_eq(flyt_lifecourse_settle(world), FLYT_OK);
    cr_assert_eq(world->households.row[guest].home, home);
    cr_assert_eq(world->dwellings.occupant[left], FLYT_NONE);
    world->life->n_persons -= flyt_people_persons(&world->households.row[host]);
    flyt_lifecourse_end(world, host);
    flyt_arena_empty(&life.step_arena);
    cr_assert_eq(flyt_guests_step(world), FLYT_OK);
    cr_assert_eq(world->dwellings.occupant[home], guest);
    cr_assert_eq(world->households.row[guest].flags & FLYT_HIDDEN, 0);
    cr_assert_eq(flyt_world_check_fully(world), FLYT_OK);
    cr_assert_eq(flyt_lifecourse_check(world), FLYT_OK);
    life_close(&life);
}

/* ---- the rates put in are the rates lived --------------------------------------------------- */

/** Births of the month just lived, by the mother's age from 15. */
static void count_births(int64_t births[FLYT_FERTILE_AGES])
{
    const struct flyt_world *world = &life.world;
    int16_t month = (int16_t)(world->calendar - 1);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        uint32_t woman = (row->person[0] & 1) == FLYT_SEX_woman ? 0 : 1;
        if (flyt_liferates_youngest(row) == month && row->born[woman] != FLYT_NO_MONTH) {
            int32_t age = flyt_people_age(row->born[woman], month) - FLYT_FERTILE_FROM;
            births[age < 0 ? 0 : age >= FLYT_FERTILE_AGES ? FLYT_FERTILE_AGES - 1 : age]++;
        }
    }
}

Test(lifecourse, total_fertility_and_life_expectancy_come_back)
{
    enum { YEARS = 15 };
    struct flyt_params params = life_defaults();
    params.migration.out_domestic = params.migration.out_abroad = 0.0;
    params.migration.net = params.migration.refugees = 0.0;
    params.lifecourse.care_factor = 0.0; /* nobody leaves but by death */
    life_open(&life, &params, (struct flyt_par){2, 64, 0}, 60000, 1.3);
    int64_t births[FLYT_FERTILE_AGES] = {0}, n_born = 0;
    double women[FLYT_FERTILE_AGES] = {0}, lost[2][FLYT_AGES] = {{0}},
           at_risk[2][FLYT_AGES] = {{0}};
    static int64_t before[2][FLYT_AGES], after[2][FLYT_AGES];
    for (int year = 0; year < YEARS; year++) {
        flyt_lifecourse_persons(&life.world, before[0]);
        int64_t born_now = 0;
        for (int month = 0; month < 12; month++) {
            flyt_lifecourse_persons(&life.world, after[0]);
            for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
                women[i] += (double)after[1][FLYT_FERTILE_FROM + i] / 12.0;
            }
            cr_assert_eq(flyt_lifecourse_step(&life.world), FLYT_OK);
            born_now += life.world.life->counts.born;
            for (uint32_t m = 0; m < LIFE_MUNICIPALITIES; m++) {
                life_let(&life.world, m);
            }
            cr_assert_eq(flyt_lifecourse_settle(&life.world), FLYT_OK);
            life.world.month++;
            life.world.calendar++;
            flyt_arena_empty(&life.step_arena);
            count_births(births);
        }
        n_born += born_now;
        flyt_lifecourse_persons(&life.world, after[0]);
        for (int sex = 0; sex < 2; sex++) {
            for (int age = 0; age + 1 < FLYT_AGES; age++) {
                at_risk[sex][age] += (double)before[sex][age];
                lost[sex][age] += (double)(before[sex][age] - after[sex][age + 1]);
            }
        }
    }
    double total = 0.0;
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        total += women[i] > 0.0 ? (double)births[i] / women[i] : 0.0;
    }
    cr_log_info("%lld births, total fertility %.3f of %.3f", (long long)n_born, total,
                params.fertility.total_fertility);
    cr_assert_float_eq(total, params.fertility.total_fertility,
                       0.02 * params.fertility.total_fertility, "total fertility %g", total);
    const double expected[2] = {params.mortality.life_expectancy_men,
                                params.mortality.life_expectancy_women};
    for (int sex = 0; sex < 2; sex++) {
        /* persons aged a in January are half a year older in the mean, so losses of a year belong
           to ages a + 1/2 to a + 3/2; the youngest, among whom are born, as put in */
        double put_in[2][FLYT_AGES], rate[FLYT_AGES];
        flyt_mortality_rates(&params.mortality, put_in);
        rate[0] = put_in[sex][1];
        for (int age = 1; age < FLYT_AGES; age++) {
            double q = at_risk[sex][age] > 0.0 ? lost[sex][age] / at_risk[sex][age] : 0.5;
            rate[age] = -log(1.0 - (q < 0.99 ? q : 0.99));
        }
        double years = 0.5 + exp(-put_in[sex][0]) * flyt_mortality_expectancy(rate);
        cr_log_info("life expectancy %d: %.2f of %.2f", sex, years, expected[sex]);
        cr_assert_float_eq(years, expected[sex], 0.01 * expected[sex], "sex %d: %g", sex, years);
    }
    life_close(&life);
}

/** One year of a closed population by the rates alone. */
static void project(const struct flyt_params *params, double n[2][FLYT_AGES])
{
    double rate[2][FLYT_AGES], births[FLYT_FERTILE_AGES], born = 0.0;
    flyt_mortality_rates(&params->mortality, rate);
    flyt_fertility_by_age(&params->fertility, births);
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        born += n[1][FLYT_FERTILE_FROM + i] * births[i];
    }
    for (int sex = 0; sex < 2; sex++) {
        for (int age = FLYT_AGES - 1; age > 0; age--) {
            double between = (rate[sex][age - 1] + rate[sex][age]) / 2.0;
            n[sex][age] = n[sex][age - 1] * exp(-between);
        }
        n[sex][0] = born * (sex == 0 ? params->fertility.boys : 1.0 - params->fertility.boys);
    }
}

Test(lifecourse, twenty_years_on_ages_are_those_of_the_rates)
{
    struct flyt_params params = life_defaults();
    params.migration.out_domestic = params.migration.out_abroad = 0.0;
    params.migration.net = params.migration.refugees = 0.0;
    params.lifecourse.care_factor = 0.0;
    life_open(&life, &params, (struct flyt_par){2, 64, 0}, 15000, 1.5);
    static int64_t persons[2 * FLYT_AGES];
    static double projected[2][FLYT_AGES];
    flyt_lifecourse_persons(&life.world, persons);
    for (int sex = 0; sex < 2; sex++) {
        for (int age = 0; age < FLYT_AGES; age++) {
            projected[sex][age] = (double)persons[sex * FLYT_AGES + age];
        }
    }
    for (int year = 0; year < 20; year++) {
        live_months(12);
        project(&params, projected);
    }
    flyt_lifecourse_persons(&life.world, persons);
    double is[12] = {0}, should[12] = {0}, n_is = 0.0, n_should = 0.0;
    for (int sex = 0; sex < 2; sex++) {
        for (int age = 0; age < FLYT_AGES; age++) {
            is[age / 10] += (double)persons[sex * FLYT_AGES + age];
            should[age / 10] += projected[sex][age];
            n_is += (double)persons[sex * FLYT_AGES + age];
            n_should += projected[sex][age];
        }
    }
    cr_assert_float_eq(n_is, n_should, 0.02 * n_should, "%g persons, %g", n_is, n_should);
    for (int k = 0; k < 12; k++) {
        cr_assert_float_eq(100.0 * is[k] / n_is, 100.0 * should[k] / n_should, 1.0,
                           "ages from %d: %.2f, %.2f %%", 10 * k, 100.0 * is[k] / n_is,
                           100.0 * should[k] / n_should);
    }
    life_close(&life);
}

Test(lifecourse, household_types_stand_near_still_for_twenty_years)
{
    int64_t then[FLYT_N_TYPES], now[FLYT_N_TYPES], n_then = 0, n_now = 0;
    open_with(15000, 2, 64);
    flyt_lifecourse_types(&life.world, then);
    live_months(240);
    flyt_lifecourse_types(&life.world, now);
    for (int t = 0; t < FLYT_N_TYPES; t++) {
        n_then += then[t];
        n_now += now[t];
    }
    for (int t = 0; t < FLYT_N_TYPES; t++) {
        double was = 100.0 * (double)then[t] / (double)n_then;
        double is = 100.0 * (double)now[t] / (double)n_now;
        cr_log_info("type %d: %.1f, then %.1f %%", t, was, is);
        cr_assert_float_eq(is, was, 3.5, "type %d: %.1f, then %.1f %%", t, was, is);
    }
    life_close(&life);
}
