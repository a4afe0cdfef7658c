/* Where children grow up: months in deprived areas and in programmes, by child, reckoned by hand.
 */
#include "tests/unit/policy_fixture.h"

#include "models/childhood.h"
#include "models/couples.h"
#include "models/listing.h"

extern const struct flyt_policy flyt_policy_social_lift;

/** A household of Parken, the only listed area, or of another. */
static uint32_t someone(const struct flyt_world *world, bool parken)
{
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household *row = &world->households.row[i];
        if (!(row->flags & FLYT_HIDDEN) && (world->sections.area[row->section] == 0) == parken) {
            return i;
        }
    }
    cr_assert_fail("nobody");
    return 0;
}

/** Gives a household children of so many months, and no others. */
static void give(struct flyt_world *world, uint32_t household, const int16_t *months, uint32_t n)
{
    struct flyt_household_cold *cold = &world->households.cold[household];
    cold->child_helped = 0;
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        world->households.row[household].child_born[i] =
            i < n ? (int16_t)(world->calendar - months[i]) : FLYT_NO_MONTH;
        cold->deprived_months[i] = 0;
    }
}

/** Moved in five years ago: a child of 10 years has 60 months, one of 2 years 24, one of 18 none;
 *  elsewhere none has any. A month on: 61, 25. After 30 years nobody has more than 255. */
Test(childhood, months_in_deprived_areas_reckoned_by_hand)
{
    static const int16_t ages[] = {120, 24, 216};
    const char *set[] = {NULL};
    struct flyt_world *world = policy_open(set);
    uint32_t here = someone(world, true), there = someone(world, false);
    world->households.row[here].moved_in = (int16_t)(world->calendar - 60);
    give(world, here, ages, 3);
    give(world, there, ages, 3);
    const uint8_t *months = world->households.cold[here].deprived_months;
    flyt_childhood_create(world);
    cr_expect(months[0] == 60 && months[1] == 24 && months[2] == 0);
    cr_expect_eq(world->households.cold[there].deprived_months[0], 0);
    world->calendar++;
    flyt_childhood_step(world);
    cr_expect(months[0] == 61 && months[1] == 25 && months[2] == 0);
    for (uint32_t i = 0; i < 300; i++) {
        flyt_childhood_step(world);
    }
    cr_expect_eq(months[1], 255);
    policy_close();
}

/** Twelve months of a programme are four quarters to those below 18; with a parent they go along.
 */
Test(childhood, quarters_of_a_programme_go_along_with_each_child)
{
    static const int16_t ages[] = {120, 230, 24};
    const char *set[] = {NULL};
    struct flyt_world *world = policy_open(set);
    uint32_t from = someone(world, true), to = someone(world, false);
    give(world, from, ages, 3);
    give(world, to, ages, 1);
    struct flyt_household_cold *cold = world->households.cold;
    for (int32_t left = 12; left > 0; left--) {
        flyt_childhood_help(world, from, left);
    }
    cr_expect_eq(flyt_people_helped(&cold[from], 0), 4);
    cr_expect_eq(flyt_people_helped(&cold[from], 1), 0);
    cr_expect_eq(flyt_people_helped(&cold[from], 2), 4);
    cold[from].deprived_months[2] = 7;
    flyt_couples_move_children(world, from, to, 1u << 2);
    cr_expect_eq(flyt_people_helped(&cold[to], 1), 4);
    cr_expect_eq(flyt_people_helped(&cold[to], 0), 0);
    cr_expect_eq(cold[to].deprived_months[1], 7);
    cr_expect_eq(flyt_people_helped(&cold[from], 2), 0);
    cr_expect_eq(flyt_people_helped(&cold[from], 0), 4);
    for (int32_t left = 300; left > 0; left--) {
        flyt_childhood_help(world, from, left);
    }
    cr_expect_eq(flyt_people_helped(&cold[from], 0), 31);
    policy_close();
}

static int64_t helped(const char *for_children, int64_t *taking_part)
{
    char set_[64];
    const char *set[] = {"policies.social_lift.intake=1000", "policies.social_lift.to=2024",
                         "policies.social_lift.children=with", set_, NULL};
    int64_t sum = 0;
    (void)snprintf(set_, sizeof set_, "policies.social_lift.for_children=%s", for_children);
    struct flyt_world *world = policy_open(set);
    policy_months(world, 0, 12);
    *taking_part = policy_value(world, &flyt_policy_social_lift, "lift_children");
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        const struct flyt_household_cold *cold = &world->households.cold[i];
        for (uint32_t k = 0; k < FLYT_CHILDREN; k++) {
            sum += flyt_people_helped(cold, k);
            cr_expect(flyt_people_helped(cold, k) == 0 ||
                      world->households.row[i].child_born[k] != FLYT_NO_MONTH);
        }
    }
    policy_close();
    return sum;
}

Test(childhood, a_lift_counts_in_childhoods_unless_told_not_to)
{
    int64_t n = 0, n_without = 0;
    cr_expect_gt(helped("yes", &n), 0);
    cr_expect_eq(helped("no", &n_without), 0);
    cr_expect_gt(n, 0);
    cr_expect_eq(n, n_without); /* neutral by default: the same households all through */
}
