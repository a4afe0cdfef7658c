/* Down the lists: who is asked, with and without glances. */
#include "models/letting.h"
#include "models/letting_choice.h"
#include "tests/unit/market_fixture.h"

enum { HOUSEHOLDS = 4000, MONTHS = 6 };

/** Hash of a world after some months in which letting asks with these. */
static uint64_t hash_after(const struct flyt_letting_choice *choice)
{
    static struct market market;
    market_open(&market, HOUSEHOLDS, 3, market_plain);
    market.world->letting->choice = choice;
    market_months(&market, MONTHS);
    uint64_t hash = flyt_world_hash(market.world);
    market_close(&market);
    return hash;
}

Test(letting_down, glances_leave_out_only_members_who_would_not_name_the_home)
{
    struct flyt_letting_choice without = flyt_letting_by_choice;
    without.glance_size = 0;
    cr_assert_eq(hash_after(&flyt_letting_by_choice), hash_after(&without));
}

/** A glance that leaves nobody out, of whatever is remembered. */
static uint32_t n_glanced, n_asked;

static void glance(const struct flyt_world *world, const uint32_t *household, uint32_t n,
                   void *const *of)
{
    (void)world;
    for (uint32_t i = 0; i < n; i++) {
        *(uint32_t *)of[i] = household[i];
    }
    n_glanced += n;
}

static void may_gain(const struct flyt_world *world, void *const *of, uint32_t n, uint32_t dwelling,
                     double least, bool *may)
{
    (void)world, (void)dwelling, (void)least;
    for (uint32_t i = 0; i < n; i++) {
        cr_assert_lt(*(const uint32_t *)of[i],
                     world->households.capacity + world->households.n_outside);
        may[i] = true;
    }
    n_asked += n;
}

Test(letting_down, a_member_is_glanced_at_once_a_month)
{
    struct flyt_letting_choice counting = flyt_letting_by_choice;
    counting.glance_size = sizeof(uint32_t);
    counting.glance = glance;
    counting.may_gain = may_gain;
    struct market market;
    market_open(&market, HOUSEHOLDS, 3, market_plain);
    market.world->letting->choice = &counting;
    market_months(&market, 1);
    cr_assert_gt(n_glanced, 0);
    cr_assert_gt(n_asked, n_glanced, "%u glances, %u questions", n_glanced, n_asked);
    const struct flyt_lists *lists = &market.world->letting->lists;
    uint32_t n_members = 0;
    for (uint32_t l = 0; l < lists->n; l++) {
        n_members += lists->list[l].n;
    }
    cr_assert_leq(n_glanced, n_members + market.world->dwellings.n / 10);
    market_close(&market);
}
