/* Collaborative intake steering: what is paid, the cap, release, consent. */
#include "tests/unit/policy_fixture.h"

#include "models/composition.h"
#include "models/letting.h"
#include "models/resources.h"

extern const struct flyt_policy flyt_policy_intake_steering;

static int64_t of(const struct flyt_world *world, const char *name)
{
    return policy_value(world, &flyt_policy_intake_steering, name);
}

/** 3000.50 DKK = 300 050 øre for each household assigned; support of 40 000 DKK a year = 333 333
 * øre a month (rounded) for two months after the move; compensation passes between municipalities
 * and sums to nothing. */
Test(intake_steering, platform_and_reception_reckoned_by_hand)
{
    const char *set[] = {"need.cases=100",
                         "policies.intake_steering.cap=1",
                         "policies.intake_steering.quota=1",
                         "policies.intake_steering.platform=3000.5",
                         "policies.intake_steering.months=2",
                         "policies.intake_steering.to=2024",
                         NULL};
    struct flyt_world *world = policy_open(set);
    int64_t assigned = 0, supported = 0, paid = 0;
    for (uint32_t month = 0; month < 16; month++) {
        policy_months(world, month, month + 1);
        int64_t now = of(world, "steering_assigned"), support = of(world, "steering_supported");
        assigned += now;
        supported += support;
        paid += of(world, "steering_paid");
        cr_expect_eq(of(world, "ledger_steering_platform"), 300050 * now);
        cr_expect_eq(of(world, "ledger_steering_reception"), 333333 * support);
        cr_expect_leq(now, of(world, "steering_pool"));
        cr_expect(month < 12 || now == 0);
    }
    cr_assert_gt(assigned, 2);
    cr_assert(supported > 0 && supported <= 2 * assigned);
    cr_assert_eq(of(world, "steering_supported"), 0); /* it has run out */
    cr_assert_eq(paid, 300050 * assigned + 333333 * supported);
    policy_close();
}

/** With a cap of 0 no area has room: nothing is held back, and nobody with few resources is
 * assigned anywhere by a member. */
Test(intake_steering, the_cap_is_never_exceeded)
{
    const char *set[] = {"need.cases=100", "policies.intake_steering.cap=0",
                         "policies.intake_steering.quota=1", NULL};
    struct flyt_world *world = policy_open(set);
    for (uint32_t month = 0; month < 12; month++) {
        policy_months(world, month, month + 1);
        cr_expect_eq(of(world, "steering_assigned"), 0);
        cr_expect_eq(of(world, "steering_held"), 0);
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        uint32_t s = world->households.row[i].section;
        bool weak = flyt_resources_class(world, i) == FLYT_CLASS_weak;
        bool may = flyt_policies_may_assign(world, i, s);
        cr_expect(may != weak || world->sections.area[s] == 0, "%u", i);
        cr_expect(!may || world->sections.area[s] != 0 || world->areas.listed[0] < 2);
    }
    policy_close();
}

Test(intake_steering, nobody_is_assigned_to_released_sections_and_who_is_not_named_goes_on)
{
    const char *set[] = {"policies.intake_steering.municipalities=Nordby",
                         "policies.intake_steering.cap=1", NULL};
    struct flyt_world *world = policy_open(set);
    policy_months(world, 0, 1);
    uint32_t someone = world->dwellings.occupant[0];
    for (uint32_t s = 0; s < world->sections.n; s++) {
        bool released = world->sections.area[s] == 0; /* Parken, of Nordby */
        cr_expect_eq(flyt_policies_may_assign(world, someone, s), !released, "%u", s);
    }
    policy_close();
}

/** Matched one at a time, minimum cost is greedy: who comes first gets what it would like best.
 * Many at once, no fewer are housed. */
Test(intake_steering, minimum_cost_of_one_at_a_time_is_greedy_and_of_many_houses_no_fewer)
{
    enum { MONTHS = 24 };
    int64_t assigned[3][MONTHS], first[3];
    uint64_t hash[3];
    const char *const way[3][2] = {
        {"policies.intake_steering.matching=greedy", "policies.intake_steering.batch=500"},
        {"policies.intake_steering.matching=minimum_cost", "policies.intake_steering.batch=1"},
        {"policies.intake_steering.matching=minimum_cost", "policies.intake_steering.batch=500"}};
    for (uint32_t i = 0; i < 3; i++) {
        const char *set[] = {"need.cases=100",
                             "policies.intake_steering.cap=0.9",
                             "policies.intake_steering.quota=1",
                             "policies.intake_steering.hold_months=12",
                             "policies.intake_steering.distance=1000",
                             way[i][0],
                             way[i][1],
                             NULL};
        struct flyt_world *world = policy_open(set);
        first[i] = 0;
        for (uint32_t month = 0; month < MONTHS; month++) {
            policy_months(world, month, month + 1);
            assigned[i][month] = of(world, "steering_assigned");
            first[i] = first[i] == 0 ? assigned[i][month] : first[i];
        }
        hash[i] = flyt_world_hash(world);
        policy_close();
    }
    cr_assert_eq(hash[0], hash[1]);
    cr_assert_arr_eq(assigned[0], assigned[1], sizeof assigned[0]);
    cr_assert(first[0] > 0 && first[2] >= first[0]); /* until then the worlds are one */
}
