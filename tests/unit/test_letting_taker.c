/* Who would take a home by its list: as asking one after the other, with and without glances. */
#include "models/letting_choice.h"
#include "models/letting_taker.h"
#include "tests/unit/market_fixture.h"

enum { HOUSEHOLDS = 4000, MONTHS = 6 };

/** One member after the other, each looked at anew. */
static uint32_t one_by_one(const struct flyt_world *world, uint32_t number, uint32_t dwelling)
{
    const struct flyt_letting_choice *choice = world->letting->choice;
    const struct flyt_letting_params *params = &world->params->letting;
    const struct flyt_lists_list *list = &world->letting->lists.list[number];
    uint32_t n_offers = 0, most = params->persons_per_room * world->dwellings.rooms[dwelling];
    for (uint32_t i = 0; i < list->n && n_offers < params->offers_most; i++) {
        struct flyt_letting_member member = flyt_letting_member_of(world, number, &list->member[i]);
        if (member.flags & FLYT_MEMBER_out || member.persons > most ||
            !flyt_letting_eligible(world, &member, world->dwellings.section[dwelling])) {
            continue;
        }
        double utility, gain = choice->gain_once(world, member.household, dwelling, &utility);
        if (gain > 0.0) {
            return i;
        }
        n_offers += gain > -params->named_margin;
    }
    return FLYT_NONE;
}

/** A world in the middle of a month, no list of which was made ready. */
static void open_market(struct market *market)
{
    market_open(market, HOUSEHOLDS, 3, market_plain);
    market_months(market, MONTHS);
    struct flyt_world *world = market->world;
    flyt_arena_empty(&market->step_arena);
    flyt_choice_month(world);
    flyt_moves_find_vacant(world);
    cr_assert_eq(flyt_letting_round(world, 0), FLYT_OK);
    memset(world->letting->month->ready, false, world->letting->lists.n);
}

/** Asks of every 17th almen home; each taker gives its word to the home when `agrees`.
 *  @param n  [2] homes nobody would take, homes with a taker. */
static void expect_same(struct flyt_world *world, bool agrees, uint32_t n[2])
{
    const struct flyt_lists *lists = &world->letting->lists;
    for (uint32_t d = 0; d < world->dwellings.n; d += 17) {
        uint32_t s = world->dwellings.section[d], organisation = world->sections.organisation[s];
        if (world->sections.tenure[s] != FLYT_TENURE_almen || organisation == FLYT_NONE) {
            continue;
        }
        uint32_t list = flyt_lists_family(lists, organisation);
        uint32_t taker = flyt_letting_first_taker(world, list, d);
        cr_assert_eq(taker, one_by_one(world, list, d), "home %u", d);
        n[taker != FLYT_NONE]++;
        if (agrees && taker != FLYT_NONE) {
            uint32_t household = lists->list[list].member[taker].household;
            world->households.row[household].wanted = d;
            flyt_letting_note_agreed(world, household);
        }
    }
}

Test(letting_taker, is_the_first_who_would_take_it_asked_one_by_one)
{
    struct market market;
    uint32_t n[2] = {0};
    open_market(&market);
    expect_same(market.world, false, n);
    cr_assert(n[0] > 0 && n[1] > 0, "%u without, %u with a taker", n[0], n[1]);
    market_close(&market);
}

Test(letting_taker, passes_over_who_has_agreed_to_move_meanwhile)
{
    struct market market;
    uint32_t n[2] = {0};
    open_market(&market);
    expect_same(market.world, true, n);
    cr_assert_gt(n[1], 1);
    market_close(&market);
}

Test(letting_taker, needs_no_glances)
{
    struct flyt_letting_choice without = flyt_letting_by_choice;
    struct market market;
    uint32_t n[2] = {0};
    without.glance_size = 0;
    open_market(&market);
    market.world->letting->choice = &without;
    expect_same(market.world, false, n);
    cr_assert_gt(n[1], 0);
    market_close(&market);
}
