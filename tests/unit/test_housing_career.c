/* Housing career: shares reckoned by hand, consents, homes lost to assignment, what is neutral. */
#include "tests/unit/policy_fixture.h"

#include "models/career_homes.h"
#include "models/composition.h"
#include "models/letting.h"
#include "models/lifecourse.h"
#include "models/mobility.h"
#include "models/params.h"
#include "models/reputation.h"
#include "models/sale.h"

extern const struct flyt_policy flyt_policy_housing_career;

enum { PARKEN = 0 }; /* the area, and its section of 60 family homes */

static int64_t of(const struct flyt_world *world, const char *name)
{
    return policy_value(world, &flyt_policy_housing_career, name);
}

static const struct flyt_career *own_of(const struct flyt_world *world)
{
    return flyt_policies_own(world, &flyt_policy_housing_career);
}

static struct flyt_career_params usual(void)
{
    struct flyt_career_params params = {0};
    for (uint32_t i = 0; i < flyt_policy_housing_career.spec.n_fields; i++) {
        const struct flyt_field *field = &flyt_policy_housing_career.spec.field[i];
        if (field->type == FLYT_FIELD_real) {
            memcpy((char *)&params + field->offset, &field->fallback, sizeof(double));
        }
    }
    return params;
}

/* ---- a share by hand ----------------------------------------------------------------------- */

/** 300 000 DKK, a fifth of 75 m2 at 20 000 DKK, in ten years: 2 260.40 DKK a month at 2 % a year,
 *  2 500 at 0 % (docs/VERIFICATION.md). */
Test(housing_career, instalments_of_the_catalogue)
{
    struct flyt_career_params params = usual();
    int64_t whole = flyt_career_whole(&params, 75);
    cr_assert_eq(whole, 150000000);
    cr_expect_eq(flyt_career_instalment(&params, whole), 226040);
    params.interest = 0.0;
    cr_expect_eq(flyt_career_instalment(&params, whole), 250000);
}

/** 1 200 DKK in a year without interest, then a year until owner of 6 000 DKK: 100 DKK a month.
 *  Five months: 500; one is missed; at twelve payments 1 200 are vested, of which 13 months at 12 %
 *  a year wear 13 %, 1 044 left. Six months on, halfway: worth 1 200 + (6 000 - 1 200)/2 = 3 600,
 *  but what is repaid is 1 200 less 19 % = 972. After twelve: owner, 6 000 less 25 % = 4 500. */
Test(housing_career, a_share_is_vested_in_two_steps)
{
    struct flyt_career_params params = usual();
    params.share = 0.2;
    params.coowner_years = 1;
    params.owner_years = 2;
    params.interest = 0;
    params.wear = 0.12;
    params.early = 0.5;
    struct flyt_career_home home = {.holder = 1, .whole = 600000, .instalment = 10000};
    for (uint32_t month = 0; month < 6; month++) {
        flyt_career_month(&params, &home, month != 2);
    }
    cr_expect_eq(flyt_career_worth(&params, &home), 50000);
    cr_expect_eq(flyt_career_repaid(&params, &home), 23500); /* half, less 6 % */
    for (uint32_t month = 0; month < 7; month++) {
        flyt_career_month(&params, &home, true);
    }
    cr_expect_eq(flyt_career_worth(&params, &home), 120000);
    cr_expect_eq(flyt_career_repaid(&params, &home), 104400);
    for (uint32_t month = 0; month < 6; month++) {
        flyt_career_month(&params, &home, false); /* nothing is to be paid any more */
    }
    cr_expect_eq(flyt_career_worth(&params, &home), 360000);
    cr_expect_eq(flyt_career_repaid(&params, &home), 97200);
    for (uint32_t month = 0; month < 6; month++) {
        flyt_career_month(&params, &home, false);
    }
    cr_expect_eq(flyt_career_worth(&params, &home), 600000);
    cr_expect_eq(flyt_career_repaid(&params, &home), 450000);
    home.held = 1200; /* worn out, not below nothing */
    cr_expect_eq(flyt_career_repaid(&params, &home), 0);
}

/* ---- households by hand -------------------------------------------------------------------- */

/** The household leaves the world: what it is repaid goes with its savings. */
static void leave(struct flyt_world *world, uint32_t who)
{
    world->life->n_persons -= flyt_people_persons(&world->households.row[who]);
    flyt_lifecourse_before(world, 0, who);
    flyt_sale_sell(world, 0, who);
    flyt_livelihood_after(world, 0, who);
    flyt_livelihood_depart(world, 0, who);
    flyt_mobility_gone(world, who, false);
    flyt_lifecourse_end(world, who);
}

static uint32_t first_holder(const struct flyt_world *world)
{
    const struct flyt_career *own = own_of(world);
    FLYT_CAREER_EACH_HOME(world, own, s, d, home)
    {
        if (home->holder != 0 && home->held == 3) {
            return world->dwellings.occupant[d];
        }
    }
    return FLYT_NONE;
}

/** Parken has 60 family homes, all of 75 m2 here: 200 of 1000 a year are one a month. Each saves
 *  2 260.40 DKK. The first, after three months: 226 040; + 377 interest + 226 040 = 452 457; + 754
 * + 226 040 = 679 251 øre, of which it paid in 678 120. It leaves: 679 251 are repaid by the
 *  organisation, and the rest, 1 131, is borne by the fund the month after. */
Test(housing_career, four_households_reckoned_by_hand)
{
    const char *set[] = {"policies.housing_career.coowned=200",
                         "policies.housing_career.areas=Parken",
                         "policies.housing_career.wish=1",
                         "policies.housing_career.burden=1",
                         "policies.housing_career.wear=0",
                         "policies.housing_career.turnout=1",
                         "policies.housing_career.bearer=fund",
                         "policies.housing_career.conversion=50000.01",
                         NULL};
    struct flyt_world *world = policy_open(set);
    for (uint32_t d = world->sections.first[0]; d < world->sections.first[1]; d++) {
        uint32_t who = world->dwellings.occupant[d];
        if (who < FLYT_CLOSED) { /* its rent is booked anew */
            flyt_livelihood_before(world, 0, who);
        }
        world->dwellings.area_m2[d] = 75;
        if (who < FLYT_CLOSED) {
            flyt_livelihood_after(world, 0, who);
        }
    }
    for (uint32_t month = 0; month < 3; month++) {
        policy_months(world, month, month + 1);
        cr_expect_eq(of(world, "career_in_place"), 1);
        cr_expect_eq(of(world, "career_savers"), month + 1);
        cr_expect_eq(of(world, "ledger_career_saving"), 226040 * (int64_t)(month + 1));
        cr_expect_eq(of(world, "ledger_career_conversion"), 5000001);
        cr_expect_eq(of(world, "ledger_equity_repaid"), 0);
    }
    cr_expect_eq(of(world, "career_equity"), 679251 + 452457 + 226040);
    uint32_t who = first_holder(world);
    cr_assert_neq(who, FLYT_NONE);
    leave(world, who);
    policy_months(world, 3, 4);
    cr_expect_eq(of(world, "career_left"), 1);
    cr_expect_eq(of(world, "career_left_early"), 1);
    cr_expect_eq(of(world, "ledger_equity_repaid"), 679251);
    cr_expect_eq(of(world, "ledger_career_rest_fund"), 679251 - 3 * 226040);
    cr_expect_eq(of(world, "ledger_career_rest_state"), 0);
    cr_expect_eq(of(world, "ledger_career_saving"), 3 * 226040);
    cr_expect_eq(flyt_ledger_net(world->ledger, FLYT_PARTY_landsbyggefonden), -1131);
    policy_close();
}

/** Who moves out within the world is repaid as much as all shares say, month by month. */
Test(housing_career, what_is_saved_is_repaid_and_nothing_else)
{
    const char *set[] = {"policies.housing_career.coowned=1000",
                         "policies.housing_career.wish=1",
                         "policies.housing_career.deprived=no",
                         "policies.housing_career.interest=0",
                         "policies.housing_career.wear=0",
                         "search.almen_family=0.5",
                         NULL};
    struct flyt_world *world = policy_open(set);
    int64_t saved = 0, repaid = 0, left = 0;
    for (uint32_t month = 0; month < 48; month++) {
        policy_months(world, month, month + 1);
        saved += of(world, "ledger_career_saving");
        repaid += of(world, "ledger_equity_repaid");
        left += of(world, "career_left");
    }
    /* those who left after the policies' turn of the last month are still counted as holders */
    const struct flyt_career *own = own_of(world);
    int64_t held = 0;
    FLYT_CAREER_EACH_HOME(world, own, s, d, home)
    {
        uint32_t household = world->dwellings.occupant[d];
        bool there = household < FLYT_CLOSED && world->households.uid[household] == home->holder;
        held += there ? home->saved : 0;
        cr_expect(household >= FLYT_CLOSED || there ||
                  world->households.cold[household].equity_ore == 0);
    }
    cr_assert(left > 10 && held > 0, "%lld left", (long long)left);
    cr_assert_eq(saved, repaid + held);
    policy_close();
}

Test(housing_career, work_for_the_section_costs_no_household_a_krone)
{
    const char *set[] = {
        "policies.housing_career.coowned=200",   "policies.housing_career.wish=1",
        "policies.housing_career.earned=labour", "policies.housing_career.worth=0.5",
        "policies.housing_career.bearer=state",  NULL};
    struct flyt_world *world = policy_open(set);
    int64_t spared = 0, rest = 0, repaid = 0;
    for (uint32_t month = 0; month < 24; month++) {
        policy_months(world, month, month + 1);
        spared += of(world, "ledger_career_upkeep");
        rest += of(world, "ledger_career_rest_state");
        repaid += of(world, "ledger_equity_repaid");
        cr_expect_eq(of(world, "ledger_career_saving"), 0);
    }
    cr_assert(spared > 0 && repaid > 0 && rest > 0 && rest < repaid);
    policy_close();
}

/* ---- consents, letting --------------------------------------------------------------------- */

static int64_t homes_after(const char *one, const char *other)
{
    const char *set[] = {"policies.housing_career.coowned=1000",
                         "policies.housing_career.wish=0.5",
                         "policies.housing_career.deprived=no",
                         one,
                         other,
                         NULL};
    struct flyt_world *world = policy_open(set);
    policy_months(world, 0, 3);
    int64_t n = of(world, "career_homes");
    cr_expect_eq(n == 0, of(world, "career_consenting") == 0);
    policy_close();
    return n;
}

Test(housing_career, no_home_is_set_aside_without_all_three_consents)
{
    cr_expect_gt(homes_after("policies.housing_career.turnout=1", NULL), 0);
    cr_expect_eq(homes_after("policies.housing_career.council=0", NULL), 0);
    cr_expect_eq(homes_after("policies.housing_career.organisation=0", NULL), 0);
    cr_expect_eq(homes_after("policies.housing_career.turnout=0", NULL), 0);
    cr_expect_eq(
        homes_after("policies.housing_career.support=0", "policies.housing_career.wish=0.2"), 0);
}

/** Nobody is assigned to a home set aside, no municipality claims it, and whoever moves in holds a
 *  share from the next month on. */
Test(housing_career, homes_set_aside_are_lost_to_assignment_and_made_up_for_elsewhere)
{
    const char *set[] = {"need.cases=100",
                         "search.almen_family=0.6",
                         "policies.housing_career.coowned=1000",
                         "policies.housing_career.wish=0.6",
                         "policies.housing_career.burden=1",
                         "policies.housing_career.replace=1",
                         "policies.housing_career.areas=Parken",
                         NULL};
    struct flyt_world *world = policy_open(set);
    const struct flyt_career *own = own_of(world);
    int64_t vacant = 0, outsiders = 0;
    for (uint32_t month = 0; month < 36; month++) {
        policy_months(world, month, month + 1);
        outsiders += of(world, "career_outsiders");
        FLYT_CAREER_EACH_HOME(world, own, s, d, home)
        {
            const struct flyt_letting_vacancy *vacancy = &world->letting->vacancy[d];
            bool empty = home->set_aside && world->dwellings.occupant[d] == FLYT_NONE &&
                         vacancy->since == world->dwellings.empty_since[d];
            vacant += empty;
            cr_expect_not(empty && vacancy->state & FLYT_LETTING_claimed);
            cr_expect_not(home->holder != 0 && !home->set_aside);
        }
    }
    cr_assert(vacant > 0 && outsiders > 0);
    struct flyt_letting_rules here, there;
    uint32_t centre = 3; /* family homes of Midtbyen, in the same municipality: 30 */
    cr_assert_eq(world->sections.kind[centre], world->sections.kind[0]);
    flyt_letting_rules(world, 0, &here);
    flyt_letting_rules(world, centre, &there);
    double more = 1.0 + (double)of(world, "career_homes") / world->sections.n_open[centre];
    double share = world->params->letting.municipal_share * more;
    cr_expect_float_eq(there.municipal_share, share < 1.0 ? share : 1.0, 1e-12);
    policy_close();
}

/** Vacant homes become each other kind; whoever moves in is one that the kind is for. */
Test(housing_career, homes_of_other_kinds_go_to_those_they_are_for)
{
    const char *set[] = {"search.almen_family=0.6",
                         "policies.housing_career.coowned=0",
                         "policies.housing_career.plus=100",
                         "policies.housing_career.youth=100",
                         "policies.housing_career.elderly=100",
                         "policies.housing_career.senior=100",
                         "policies.housing_career.family=100",
                         "policies.housing_career.deprived=no",
                         NULL};
    struct flyt_world *world = policy_open(set);
    const struct flyt_career *own = own_of(world);
    int64_t moved_in[FLYT_CAREER_N_KINDS] = {0}, counted = 0;
    for (uint32_t month = 0; month < 96; month++) {
        policy_months(world, month, month + 1);
        cr_expect_eq(of(world, "career_kinds"), of(world, "career_homes"));
        counted += of(world, "career_from_area") + of(world, "career_outsiders");
        cr_expect_eq(of(world, "career_savers") + of(world, "ledger_career_saving"), 0);
        world->calendar--; /* the month that was lived */
        FLYT_CAREER_EACH_HOME(world, own, s, d, home)
        {
            uint32_t who = world->dwellings.occupant[d];
            if (home->set_aside && who < FLYT_CLOSED &&
                world->households.row[who].moved_in == world->calendar) {
                moved_in[home->kind]++;
                cr_expect(flyt_career_is_for(world, who, home->kind), "kind %u", home->kind);
            }
        }
        world->calendar++;
    }
    for (uint32_t k = FLYT_CAREER_plus; k < FLYT_CAREER_N_KINDS; k++) {
        cr_expect_gt(moved_in[k], 0, "kind %u", k);
    }
    cr_assert_gt(counted, 0);
    policy_close();
}

/* ---- what it does to people ---------------------------------------------------------------- */

/** What would be lost by leaving is the worth less what is repaid, times the weight; it is in the
 *  moving cost by way of the household's equity. */
Test(housing_career, what_would_be_lost_is_part_of_the_moving_cost)
{
    const char *set[] = {
        "policies.housing_career.coowned=200",     "policies.housing_career.wish=1",
        "policies.housing_career.coowner_years=1", "policies.housing_career.owner_years=3",
        "policies.housing_career.burden=1",        "policies.housing_career.share=0.05",
        "policies.housing_career.retention=2",     NULL};
    struct flyt_world *world = policy_open(set);
    policy_months(world, 0, 20);
    const struct flyt_career *own = own_of(world);
    struct flyt_career_params *params =
        flyt_policies_find(world, &flyt_policy_housing_career)->params;
    uint32_t n = 0;
    FLYT_CAREER_EACH_HOME(world, own, s, d, home)
    {
        uint32_t household = world->dwellings.occupant[d];
        if (home->paid > 12 && household < FLYT_CLOSED &&
            world->households.uid[household] == home->holder) {
            int64_t lost = flyt_career_worth(params, home) - flyt_career_repaid(params, home);
            cr_expect(lost > 0 && lost < home->whole);
            cr_expect_eq(world->households.cold[household].equity_ore, 2 * lost);
            n++;
        }
    }
    cr_assert_gt(n, 2);
    policy_close();
}

/** The placebo of H7: homes set aside for the same people, and not a krone moves; role models and
 *  cohesion are nothing without shares, and count by their own weights with them. */
Test(housing_career, the_placebo_moves_no_krone_and_effects_have_their_own_weights)
{
    const char *placebo[] = {
        "policies.housing_career.coowned=200", "policies.housing_career.wish=1",
        "policies.housing_career.equity=no",   "policies.housing_career.conversion=0",
        "policies.housing_career.cohesion=1",  NULL};
    struct flyt_world *world = policy_open(placebo);
    for (uint32_t month = 0; month < 12; month++) {
        policy_months(world, month, month + 1);
        for (uint32_t a = 0; a < flyt_policy_housing_career.n_accounts; a++) {
            char name[64];
            (void)snprintf(name, sizeof name, "ledger_%s",
                           flyt_policy_housing_career.account[a].name);
            cr_expect_eq(of(world, name), 0, "%s", name);
        }
        cr_expect_eq(of(world, "ledger_equity_repaid"), 0);
        cr_expect_eq(world->reputation->policies[PARKEN], 0.0);
    }
    cr_assert_gt(of(world, "career_homes"), 5);
    policy_close();
    const char *shares[] = {"policies.housing_career.coowned=200", "policies.housing_career.wish=1",
                            "policies.housing_career.cohesion=-0.5", NULL};
    world = policy_open(shares);
    policy_months(world, 0, 3);
    int32_t n = flyt_composition_now(world->composition, PARKEN)->households;
    double hand = -0.5 * (double)of(world, "career_savers") / n;
    cr_assert_float_eq(world->reputation->policies[PARKEN], hand, 1e-12);
    cr_assert_lt(hand, 0.0);
    policy_close();
}
