/* One estate: an almen section whose residents leave the region, are replaced from outside, and
   lose and find work, all by the program's own months. The share outside work comes to rest where
   the balance of two types says (docs/VERIFICATION.md section 2: two-type flow, leaky bucket).

   Vulnerable is who lives on cash benefit, resourceful who works. All are singles who begin at
   31-38 and whom the test makes a year younger each December, since the formulas know no age;
   nobody is born or finds a partner, and a handful die. Newcomers are the candidates of
   models/migration.c, q of them on benefit. They sign up in the month they come, are served in
   order of month and uid, and take what they get: no rent is too high, nobody is refused, and one
   home is worth as much to either type. A home that waits for its tenant leaves the share among
   residents as it is, because at rest as many of each type come as go: so the share is taken of
   residents, not of
   homes. Residents sign up too and move to larger homes inside the estate: that changes no
   balance. */
#include <criterion/criterion.h>
#include <math.h>

#include "models/lifecourse.h"
#include "models/params.h"
#include "tests/housing_fixture.h"
#include "tests/sanitized.h"

enum { PART = 4, HOMES = FLYT_CASES(8000, PART) };

static const double q = 0.3, h_v = 0.08, h_r = 0.15, start = 0.4;

/** What differs between the cases. u, l: yearly, out of work and back, as twelve times the chance
 *  of a month. */
struct estate_case {
    const char *name;
    double u, l;
    bool moves;
    uint32_t first_month, n_months; /* when the share is taken, long after the start */
};

/** What was seen in those months. */
struct estate_tally {
    double share;       /* on benefit, mean of months */
    uint64_t in[2];     /* newcomers; [on benefit] */
    uint64_t n[2];      /* household-months at risk */
    uint64_t out[2];    /* of them left */
    uint64_t kept[2];   /* stayed */
    uint64_t turned[2]; /* of those who stayed found or lost work */
    uint64_t dead, moves;
};

/* ---- the scenario -------------------------------------------------------------------------- */

static void set_field(struct flyt_scenario *scenario, uint32_t field, double value,
                      struct flyt_arena *arena)
{
    struct flyt_schedule *schedule = &scenario->parameter[field];
    schedule->year = FLYT_ARENA_ARRAY(arena, int32_t, 1);
    schedule->value = FLYT_ARENA_ARRAY(arena, double, 1);
    schedule->year[0] = INT32_MIN;
    schedule->value[0] = value;
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
            set_field(scenario, f, value, arena);
            return;
        }
    }
    cr_assert_fail("there is no parameter %s.%s", group_name, name);
}

/** Log odds of a twelfth; of 0 no way at all. */
static double log_odds(double chance_year)
{
    double chance = chance_year / 12.0;
    return chance > 0.0 ? log(chance / (1.0 - chance)) : -25.0;
}

/** Work: one way there, one way back, the same for all at all times. */
static void set_work(struct flyt_scenario *scenario, const struct estate_case *of,
                     struct flyt_arena *arena)
{
    for (uint32_t f = 0; f < scenario->n_fields; f++) {
        const struct flyt_field_group *group;
        const struct flyt_field *field = flyt_scenario_field(scenario->model, f, &group);
        bool way = field->low == -25.0, effect = field->low == -8.0;
        bool wear_or_class =
            strncmp(field->name, "wear_", 5) == 0 || strncmp(field->name, "detached_", 9) == 0;
        if (strcmp(group->name, "work") == 0 && (way || effect || wear_or_class)) {
            set_field(scenario, f, way ? -25.0 : 0.0, arena);
        }
    }
    set(scenario, "work", "employed_benefit", log_odds(of->u), arena);
    set(scenario, "work", "benefit_employed", log_odds(of->l), arena);
}

static void set_life(struct flyt_scenario *scenario, struct flyt_arena *arena)
{
    set(scenario, "mortality", "life_expectancy_men", 95, arena);
    set(scenario, "mortality", "life_expectancy_women", 95, arena);
    set(scenario, "fertility", "total_fertility", 0, arena);
    set(scenario, "couples", "union_factor", 0, arena);
}

/** Nobody looks by itself, nobody is assigned: homes go by the list. What a home is worth does not
 *  ask for income or work, and every home can be paid. */
static void set_letting(struct flyt_scenario *scenario, bool moves, struct flyt_arena *arena)
{
    static const struct {
        const char *group, *name;
        double value;
    } all[] = {{"search", "owner", 0},         {"search", "cooperative", 0},
               {"search", "almen_family", 0},  {"search", "private_rental", 0},
               {"search", "youth", 0},         {"need", "cases", 0},
               {"letting", "claim", 0},        {"letting", "flexible_share", 0},
               {"letting", "rounds", 12},      {"letting", "inside_margin", 0},
               {"letting", "named_margin", 0}, {"lists", "start_ratio", 0},
               {"lists", "forced", 50},        {"choice", "income_left", 0},
               {"choice", "quality", 0},       {"choice", "left_least", 1},
               {"choice", "move_cost", 0},     {"choice", "years_cost", 0},
               {"credit", "almen_deposit", 0}, {"credit", "deposit_months", 0},
               {"building", "most", 0}};
    for (size_t i = 0; i < FLYT_COUNT(all); i++) {
        set(scenario, all[i].group, all[i].name, all[i].value, arena);
    }
    set(scenario, "lists", "renters", moves ? 0.05 : 0.0, arena);
}

static void set_moves(struct flyt_scenario *scenario, bool moves, struct flyt_arena *arena)
{
    /* .08 a year at ages 30-39 move to another municipality (models/liferates.c) */
    set(scenario, "migration", "out_domestic", moves ? h_r / 0.08 : 0.0, arena);
    set(scenario, "migration", "out_abroad", 0, arena);
    set(scenario, "migration", "outside_work_ratio", h_v / h_r, arena);
    set(scenario, "migration", "refugees", 0, arena);
    /* more candidates than homes, so that each home is let in the month it falls vacant */
    set(scenario, "migration", "net", moves ? 30.0 : 0.0, arena);
    set(scenario, "migration", "in_age_from", 31, arena);
    set(scenario, "migration", "in_age_years", 8, arena);
    set(scenario, "migration", "in_couple", 0, arena);
    set(scenario, "migration", "in_children", 0, arena);
    set(scenario, "migration", "in_outside_work", q, arena);
    set(scenario, "migration", "from_abroad_western", 0, arena);
    set(scenario, "migration", "from_abroad_nonwestern", 0, arena);
}

static void set_tables(struct flyt_scenario *scenario, struct flyt_arena *arena)
{
    struct flyt_text text[FLYT_N_TABLES];
    for (uint32_t i = 0; i < FLYT_N_TABLES; i++) {
        text[i] = (struct flyt_text){.arena = arena};
    }
    static const enum flyt_housing_table changed[] = {
        FLYT_TABLE_municipalities, FLYT_TABLE_sections, FLYT_TABLE_places,
        FLYT_TABLE_households,     FLYT_TABLE_origins,  FLYT_TABLE_works};
    flyt_text_add(&text[FLYT_TABLE_municipalities],
                  "code,name,region,labour_market,longitude,latitude,population\n"
                  "1,M0,R,L,10,55,%d\n",
                  HOMES);
    flyt_text_add(&text[FLYT_TABLE_sections],
                  "name,area,organisation,tenure,homes,households,rent_dkk_m2_year,price_dkk_m2\n"
                  "S,A0,O0,almen_family,%d,%d,800,0\n",
                  HOMES, HOMES);
    flyt_text_add(&text[FLYT_TABLE_places], "level,place,variable,value,year\n"
                                            "municipality,M0,nonwestern,0,2024\n");
    flyt_text_add(&text[FLYT_TABLE_households],
                  "tenure,type,age_from,age_to,share\nalmen_family,single,31,38,1\n");
    flyt_text_add(&text[FLYT_TABLE_origins],
                  "tenure_class,age_from,age_to,origin,share\nalmen,18,99,danish,1\n");
    flyt_text_add(&text[FLYT_TABLE_works],
                  "tenure_class,origin,age_from,age_to,work,share\n"
                  "almen,danish,18,38,employed,%g\nalmen,danish,18,38,benefit,%g\n"
                  "almen,danish,39,99,pension,1\n",
                  1.0 - start, start);
    for (size_t i = 0; i < FLYT_COUNT(changed); i++) {
        fixture_table(scenario, changed[i], &text[changed[i]], arena);
    }
}

/* ---- the run ------------------------------------------------------------------------------- */

/** Who lived in each row a month ago. */
struct estate_before {
    uint64_t *uid;
    bool *on_benefit;
};

static bool on_benefit(const struct flyt_world *world, uint32_t i)
{
    cr_assert(world->households.row[i].work[0] == FLYT_WORK_benefit ||
              world->households.row[i].work[0] == FLYT_WORK_employed);
    return world->households.row[i].work[0] == FLYT_WORK_benefit;
}

/** Counts what a month has done to one row. */
static void compare(const struct flyt_world *world, uint32_t i, struct estate_before *before,
                    struct estate_tally *tally)
{
    uint64_t uid = world->households.uid[i];
    bool was = before->on_benefit[i], is = uid != 0 && on_benefit(world, i);
    if (before->uid[i] != 0) {
        tally->n[was]++;
        tally->out[was] += uid != before->uid[i];
        tally->kept[was] += uid == before->uid[i];
        tally->turned[was] += uid == before->uid[i] && was != is;
    }
    tally->in[is] += uid != 0 && uid != before->uid[i];
    before->uid[i] = uid;
    before->on_benefit[i] = is;
}

/** Share on benefit now; counts the month by comparing all rows with what they were. */
static double look(const struct flyt_world *world, struct estate_before *before,
                   struct estate_tally *tally)
{
    uint64_t n[2] = {0, 0};
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        uint32_t end = flyt_world_end(world, block); /* rows after it were never used */
        for (uint32_t i = flyt_world_first(world, block); i < end; i++) {
            compare(world, i, before, tally);
            n[before->on_benefit[i]] += before->uid[i] != 0;
        }
    }
    return (double)n[1] / (double)(n[0] + n[1]);
}

/** At the end of December all are a year younger again; those who look from outside too. */
static void stop_ageing(struct flyt_world *world)
{
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        flyt_lifecourse_before(world, 0, i);
        world->households.row[i].born[0] += 12;
        flyt_lifecourse_after(world, 0, i);
    }
    for (uint32_t k = 0; k < world->households.n_outside; k++) {
        world->households.row[world->households.capacity + k].born[0] += 12;
    }
}

static void run_months(struct flyt_world *world, const struct estate_case *of,
                       struct estate_tally *tally)
{
    struct estate_before before = {
        FLYT_ARENA_ZERO(world->run_arena, uint64_t, world->households.capacity),
        FLYT_ARENA_ZERO(world->run_arena, bool, world->households.capacity)};
    double sum = 0.0;
    for (uint32_t month = 0; month < of->first_month + of->n_months; month++) {
        if (month == of->first_month) {
            *tally = (struct estate_tally){0};
            sum = 0.0;
        }
        flyt_arena_empty(world->step_arena);
        cr_assert(flyt_housing_model.month(world, month) == FLYT_OK, "%s",
                  world->diag->fault[0].text);
        if (month % 12 == 11) {
            stop_ageing(world);
        }
        sum += look(world, &before, tally);
        tally->dead += (uint64_t)world->life->counts.dead;
        tally->moves += (uint64_t)world->housing->counts.moves_out[0];
        cr_assert_geq(flyt_world_count(world), 0.99 * HOMES, "month %u: homes stand empty", month);
    }
    tally->share = sum / of->n_months;
}

static struct estate_tally run(const struct estate_case *of)
{
    static struct flyt_diag diag;
    struct flyt_arena arena, run_arena, step_arena;
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&run_arena, 0);
    flyt_arena_init(&step_arena, 0);
    struct flyt_scenario scenario = fixture_scenario(4, 1, 1, &arena);
    set_tables(&scenario, &arena);
    set_work(&scenario, of, &arena);
    set_life(&scenario, &arena);
    set_letting(&scenario, of->moves, &arena);
    set_moves(&scenario, of->moves, &arena);
    struct flyt_model_args args = {.scenario = &scenario,
                                   .key = {1, 0},
                                   .par = {1, 16, 0},
                                   .run_arena = &run_arena,
                                   .step_arena = &step_arena,
                                   .diag = &diag};
    void *state = NULL;
    cr_assert(scenario.model->check(&scenario, &diag) == FLYT_OK &&
                  scenario.model->create(&args, &state) == FLYT_OK,
              "%s", diag.fault[0].text);
    struct estate_tally tally = {0};
    run_months(state, of, &tally);
    flyt_arena_free(&step_arena);
    flyt_arena_free(&run_arena);
    flyt_arena_free(&arena);
    return tally;
}

/* ---- what must come out -------------------------------------------------------------------- */

/** The formula, in continuous time. */
static double formula(const struct estate_case *of)
{
    double leave = of->moves ? h_v : 0.0, replace = of->moves ? h_r : 0.0;
    double gained = q * replace + of->u, lost = (1.0 - q) * leave + of->l;
    return gained / (gained + lost);
}

/** The mean over the same months of the expected share, which is linear: in a month some leave,
 *  those who stay may find or lose work, then newcomers come. */
static double month_by_month(const struct estate_case *of)
{
    double a_v = of->moves ? -expm1(-h_v / 12.0) : 0.0, a_r = of->moves ? -expm1(-h_r / 12.0) : 0.0;
    double share = start, sum = 0.0;
    for (uint32_t month = 0; month < of->first_month + of->n_months; month++) {
        share = share * (1.0 - a_v) * (1.0 - of->l / 12.0) +
                (1.0 - share) * (1.0 - a_r) * of->u / 12.0 +
                q * (share * a_v + (1.0 - share) * a_r);
        sum += month >= of->first_month ? share : 0.0;
    }
    return sum / of->n_months;
}

/** What came about must be the rate that was asked for, within four standard errors. */
static void expect_rate(const char *name, const char *rate, double asked, uint64_t n, uint64_t of,
                        bool hazard)
{
    double chance = of > 0 ? (double)n / (double)of : 0.0;
    double seen = hazard ? -12.0 * log1p(-chance) : 12.0 * chance;
    printf(" %s %.4f", rate, seen);
    if (asked > 0.0) {
        cr_expect(fabs(seen / asked - 1.0) < 4.0 / sqrt((double)n), "%s: %s is %.4f, not %.4f",
                  name, rate, seen, asked);
    } else {
        cr_expect_lt(seen, 0.001, "%s: %s", name, rate);
    }
}

static double expect(struct estate_case of)
{
    struct estate_tally tally = run(&of);
    double expected = formula(&of), off = 100.0 * (tally.share / expected - 1.0);
    printf("%s: expected %.4f (month by month %.4f), simulated %.4f, difference %+.2f %%; seen",
           of.name, expected, month_by_month(&of), tally.share, off);
    expect_rate(of.name, "h_v", of.moves ? h_v : 0.0, tally.out[1], tally.n[1], true);
    expect_rate(of.name, "h_r", of.moves ? h_r : 0.0, tally.out[0], tally.n[0], true);
    expect_rate(of.name, "u", of.u, tally.turned[0], tally.kept[0], false);
    expect_rate(of.name, "l", of.l, tally.turned[1], tally.kept[1], false);
    uint64_t n_in = tally.in[0] + tally.in[1];
    if (of.moves) {
        double seen = (double)tally.in[1] / (double)n_in;
        printf(" q %.4f", seen);
        cr_expect_lt(fabs(seen - q), 4.0 * sqrt(q * (1.0 - q) / (double)n_in),
                     "%s: the list chose by work", of.name);
    }
    printf(", %llu moves inside, %llu deaths\n", (unsigned long long)tally.moves,
           (unsigned long long)tally.dead);
    cr_expect_lt(fabs(off), 2.0 * FLYT_CASES_SPREAD(PART),
                 "%s: expected %.4f, simulated %.4f, difference %+.2f %%", of.name, expected,
                 tally.share, off);
    cr_expect_eq(tally.moves > 0, of.moves, "%s: moves inside", of.name);
    return tally.share;
}

Test(estate, two_types_that_leave_at_different_rates_balance)
{
    (void)expect((struct estate_case){"two-type flow", 0, 0, true, 30 * 12, 60 * 12});
}

/* With no moves only the ratio of u to l counts: both run four times as fast, to save time. */
Test(estate, a_third_of_a_lift_leaks, .disabled = FLYT_SANITIZED)
{
    double few = expect((struct estate_case){"l .05", .02, .05, true, 30 * 12, 60 * 12});
    double more = expect((struct estate_case){"l .08", .02, .08, true, 30 * 12, 60 * 12});
    double few_stay = expect((struct estate_case){"l .05, no moves", .08, .20, false, 180, 600});
    double more_stay = expect((struct estate_case){"l .08, no moves", .08, .32, false, 180, 600});
    double leak = 1.0 - (few - more) / (few_stay - more_stay);
    printf("leaks: expected 0.338, simulated %.3f\n", leak);
    cr_expect_float_eq(leak, 0.338, 0.1, "leaks %.3f", leak);
}
