/* Whose household is followed: those that began a programme, and no row else is looked at. */
#include "tests/unit/policy_fixture.h"

static const char *const with_lift[] = {"policies.social_lift.intake=1000", NULL};

static uint32_t n_followed(const struct flyt_world *world)
{
    uint32_t n = 0, last = 0;
    FLYT_EACH_FOLLOWED(world, i)
    {
        cr_assert(n == 0 || i > last);
        last = i;
        n++;
    }
    return n;
}

Test(policy_programme, finds_those_who_began_one_in_row_order)
{
    struct flyt_world *world = policy_open(with_lift);
    uint32_t n = 0, enrolled = 0;
    cr_assert_eq(n_followed(world), 0);
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        if (n++ % 7 == 0) {
            flyt_policies_enrol(world, i, FLYT_PROGRAMME_chance, 1, world->calendar + 3);
            enrolled++;
        }
    }
    cr_assert_eq(n_followed(world), enrolled);
    FLYT_EACH_FOLLOWED(world, i)
    {
        cr_assert(flyt_policies_takes_part(world, i, FLYT_PROGRAMME_chance));
        cr_assert_eq(flyt_policies_programme_area(world, i, FLYT_PROGRAMME_chance), 1);
        cr_assert_eq(world->households.cold[i].programme_end, world->calendar + 3);
    }
    uint32_t first = flyt_policies_next_followed(world, 0);
    uint64_t uid = world->households.uid[first];
    world->households.uid[first] = 0; /* nobody lives in the row any more */
    cr_assert_eq(n_followed(world), enrolled - 1);
    world->households.uid[first] = uid;
    policy_close();
}

/** Who comes from outside is given a row with what it had begun. */
Test(policy_programme, follows_who_comes_from_outside_with_one)
{
    struct flyt_world *world = policy_open(with_lift);
    uint32_t outside = world->households.capacity;
    uint32_t row = flyt_world_first(world, 1);
    cr_assert_neq(world->households.uid[row], 0);
    flyt_policies_enrol(world, outside, FLYT_PROGRAMME_reception, 0, world->calendar);
    cr_assert_eq(n_followed(world), 0);
    flyt_policies_arrived(world, row); /* in none */
    cr_assert_eq(n_followed(world), 0);
    world->households.cold[row] = world->households.cold[outside];
    flyt_policies_arrived(world, row);
    cr_assert_eq(n_followed(world), 1);
    policy_close();
}

Test(policy_programme, the_check_finds_a_household_that_is_not_followed)
{
    struct flyt_world *world = policy_open(with_lift);
    uint32_t row = flyt_world_first(world, 1);
    world->households.cold[row].programme = FLYT_PROGRAMME_refused; /* is no programme */
    cr_assert_eq(flyt_policies_follow_check(world), FLYT_OK);
    world->households.cold[row].programme = FLYT_PROGRAMME_lift;
    cr_assert_eq(flyt_policies_follow_check(world), FLYT_ERR_INVARIANT);
    flyt_policies_arrived(world, row);
    cr_assert_eq(flyt_policies_follow_check(world), FLYT_OK);
    policy_close();
}
