/* Common random numbers in the whole model: one household is taken out at month 12 of ten years, in
   one of two towns that are two labour markets; then each policy in that town alone. Everybody
   looks for homes in the own town, and prices, which answer to the mean income of all, stand still:
   then nobody of the other town ever meets it, and each has the same history to the bit. */
#include <criterion/criterion.h>

#include "models/lifecourse.h"
#include "models/livelihood.h"
#include "models/mobility.h"
#include "models/policy.h"
#include "models/sale.h"
#include "tests/history_fixture.h"
#include "tests/start_fixture.h"

enum { MONTHS = 120, POLICY_MONTHS = 36, TAKEN_AT = 12, SEEDS = 3 };

/** The first household by uid of the first town that does not search leaves the world. */
static void take_one(struct flyt_world *world)
{
    uint32_t who = FLYT_NONE;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        bool fits = world->sections.municipality[row->section] == 0 && row->flags == 0;
        if (fits && (who == FLYT_NONE || world->households.uid[i] < world->households.uid[who])) {
            who = i;
        }
    }
    cr_assert_neq(who, FLYT_NONE);
    world->life->n_persons -= flyt_people_persons(&world->households.row[who]);
    flyt_lifecourse_before(world, 0, who);
    flyt_sale_sell(world, 0, who);
    flyt_livelihood_after(world, 0, who);
    flyt_livelihood_depart(world, 0, who);
    flyt_mobility_gone(world, who, false);
    flyt_lifecourse_end(world, who);
}

static void set(struct flyt_scenario *scenario, const char *of, const char *name, double value,
                struct flyt_arena *arena)
{
    for (uint32_t f = 0; f < scenario->n_fields; f++) {
        const struct flyt_field_group *group;
        const struct flyt_field *field = flyt_scenario_field(scenario->model, f, &group);
        if (strcmp(group->name, of) == 0 && strcmp(field->name, name) == 0) {
            struct flyt_schedule *schedule = &scenario->parameter[f];
            schedule->year = FLYT_ARENA_ARRAY(arena, int32_t, 1);
            schedule->value = FLYT_ARENA_ARRAY(arena, double, 1);
            schedule->year[0] = INT32_MIN;
            schedule->value[0] = value;
            schedule->n = 1;
        }
    }
}

/** @param set  as of the command line, NULL-terminated; a plain scenario where there is none. */
static struct history *history_of(uint32_t seed, bool without_one, const char *const *set_,
                                  uint32_t n_months)
{
    static struct flyt_diag diag;
    struct flyt_arena arena, step_arena;
    struct history *table = calloc(HISTORY_SLOTS, sizeof *table);
    flyt_arena_init(&arena, 0);
    flyt_arena_init(&step_arena, 0);
    struct flyt_scenario scenario = {0};
    struct flyt_scenario_options options = {.set = set_};
    while (set_[options.n_sets] != NULL) {
        options.n_sets++;
    }
    cr_assert_eq(
        flyt_scenario_load(FLYT_SOURCE_DIR "/scenarios/tiny", &options, &arena, &scenario, &diag),
        FLYT_OK, "%s", diag.fault[0].text);
    set(&scenario, "offers", "inside", 1.0, &arena);
    set(&scenario, "market", "prices_move", 0.0, &arena);
    struct flyt_model_args args = {.scenario = &scenario,
                                   .key = {seed, 0},
                                   .par = {1, 4, 0},
                                   .run_arena = &arena,
                                   .step_arena = &step_arena,
                                   .diag = &diag};
    void *state = NULL;
    cr_assert_eq(scenario.model->create(&args, &state), FLYT_OK, "%s", diag.fault[0].text);
    for (uint32_t month = 0; month < n_months; month++) {
        flyt_arena_empty(&step_arena);
        if (month == TAKEN_AT && without_one) {
            take_one(state);
        }
        cr_assert_eq(scenario.model->month(state, month), FLYT_OK, "%s", diag.fault[0].text);
        history_remember(state, table);
    }
    flyt_arena_free(&step_arena);
    flyt_arena_free(&arena);
    return table;
}

Test(pairing, who_never_meets_the_household_that_is_gone_lives_the_same_life)
{
    const char *const none[] = {NULL};
    uint32_t n_near = 0, n_far = 0, near = 0, far = 0;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct history *with = history_of(seed, false, none, MONTHS);
        struct history *without = history_of(seed, true, none, MONTHS);
        uint32_t n[2];
        near += history_differ(with, without, 0, &n[0]);
        far += history_differ(with, without, 1, &n[1]);
        n_near += n[0];
        n_far += n[1];
        free(with);
        free(without);
    }
    printf("near %u of %u, far %u of %u households differ\n", near, n_near, far, n_far);
    cr_assert(n_near > SEEDS * 400 && n_far > SEEDS * 150);
    cr_assert_eq(far, 0, "another town is never met");
    cr_assert_gt(near, 0);
}

/** So that three years in a small town show it; the others by their defaults. */
static const char *const strong[] = {
    "policies.housing_career.coowned=300", "policies.second_chance.capacity=300",
    "policies.second_chance.shelf=1",      "policies.second_chance.top=1",
    "policies.second_chance.accept=10",    "policies.social_lift.intake=1000",
    "policies.social_lift.work=5",         "policies.social_lift.deprived=no",
    "policies.intake_steering.quota=1",    "policies.intake_steering.cap=1"};

/** What switches the policy on in the first town alone. @param set_  room for all. */
static void in_one_town(const char *policy, char (*text)[128], const char **set_)
{
    uint32_t n = 0;
    (void)snprintf(text[0], sizeof text[0], "policies.%s=yes", policy);
    (void)snprintf(text[1], sizeof text[1], "policies.%s.municipalities=Nordby", policy);
    set_[n++] = text[0];
    set_[n++] = text[1];
    for (uint32_t i = 0; i < FLYT_COUNT(strong); i++) {
        if (strncmp(strong[i] + strlen("policies."), policy, strlen(policy)) == 0) {
            set_[n++] = strong[i];
        }
    }
    set_[n] = NULL;
}

Test(pairing, a_policy_in_one_town_touches_nobody_of_the_other)
{
    const char *const none[] = {NULL};
    struct history *without = history_of(1, false, none, POLICY_MONTHS);
    for (uint32_t i = 0; flyt_policies_known[i] != NULL; i++) {
        const struct flyt_policy_spec *spec = &flyt_policies_known[i]->spec;
        if (spec->nationwide) {
            continue;
        }
        char text[2][128];
        const char *set_[3 + FLYT_COUNT(strong)];
        in_one_town(spec->name, text, set_);
        struct history *with = history_of(1, false, set_, POLICY_MONTHS);
        uint32_t n[2];
        uint32_t near = history_differ(without, with, 0, &n[0]);
        uint32_t far = history_differ(without, with, 1, &n[1]);
        printf("%s: near %u of %u, far %u of %u households differ\n", spec->name, near, n[0], far,
               n[1]);
        cr_expect_gt(near, 0, "%s does nothing", spec->name);
        cr_expect_eq(far, 0, "%s reaches another town", spec->name);
        free(with);
    }
    free(without);
}
