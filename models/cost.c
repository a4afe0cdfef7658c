#include "models/cost.h"

#include "models/credit.h"
#include "models/livelihood.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/sale.h"
#include "models/usercost.h"

/* ---- the household --------------------------------------------------------------------------- */

/** Whether an adult receives the state pension: it is retired, and old enough as of January. */
static bool is_pensioner(const struct flyt_world *world, const struct flyt_household *row)
{
    const struct flyt_income_year *year = &world->livelihood->income;
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        if (row->born[i] != FLYT_NO_MONTH && row->work[i] == FLYT_WORK_pension &&
            year->january - row->born[i] >= year->pension_months) {
            return true;
        }
    }
    return false;
}

/** Whether an adult receives a disability pension. */
static bool is_disabled(const struct flyt_household *row)
{
    bool first = row->born[0] != FLYT_NO_MONTH && row->work[0] == FLYT_WORK_disability;
    return first || (row->born[1] != FLYT_NO_MONTH && row->work[1] == FLYT_WORK_disability);
}

/** DKK a year from øre a month. */
static double dkk_year(int64_t ore_month)
{
    return (double)ore_month * 12.0 / 100.0;
}

/** The price of the household's own home less its debt and gains tax, DKK; 0 where it owns none. */
static double equity(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    if (row->home == FLYT_NONE || row->flags & FLYT_HIDDEN) {
        return 0.0;
    }
    const double *price_m2 = world->prices->now[row->section].price_m2;
    if (price_m2[FLYT_HOUSE_flat] <= 0.0 && price_m2[FLYT_HOUSE_house] <= 0.0) {
        return 0.0; /* a rental: without a look at the home */
    }
    int64_t price = flyt_prices_home_ore(world, row);
    int64_t left =
        price - world->households.cold[household].debt_ore - flyt_sale_gains_tax(world, household);
    return price > 0 ? (double)left / 100.0 : 0.0;
}

/** How the law on housing benefit sees it this year. */
static struct flyt_benefit_terms benefit_terms(const struct flyt_world *world,
                                               const struct flyt_household *row,
                                               int64_t less_labour_tax_ore)
{
    struct flyt_benefit_household who = {
        .income_dkk = dkk_year(less_labour_tax_ore),
        .persons = flyt_people_persons(row),
        .children = flyt_people_children(row, world->livelihood->income.january),
        .pensioner = is_pensioner(world, row),
        .disability = is_disabled(row),
    };
    return flyt_benefit_terms(&world->params->benefit, &who);
}

/** Income at the national tax rate; those outside are in no book yet. */
static struct flyt_income_left income_left(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_income_year *year = &world->livelihood->income;
    if (household < world->households.capacity) {
        return flyt_income_left(year, row, year->tax.municipal);
    }
    struct flyt_income income =
        flyt_income_of(year, row, world->households.cold[household].earning, year->tax.municipal);
    return (struct flyt_income_left){(int64_t)income.gross[0] + income.gross[1], income.labour_tax,
                                     income.disposable};
}

struct flyt_cost_household flyt_cost_household(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    struct flyt_income_left income = income_left(world, household);
    return (struct flyt_cost_household){
        .benefit = benefit_terms(world, row, income.gross - income.labour_tax),
        .gross = dkk_year(income.gross),
        .disposable = dkk_year(income.disposable),
        .wealth =
            (double)flyt_livelihood_savings(world, household) / 100.0 + equity(world, household),
        .adults = flyt_people_adults(row),
    };
}

/* ---- whether it may take it ------------------------------------------------------------------ */

/** An owner's home, term by term. */
static struct flyt_usercost owned(const struct flyt_world *world,
                                  const struct flyt_price_level *level, enum flyt_house house,
                                  double area_m2, double debt_dkk, uint32_t adults)
{
    struct flyt_usercost_home home = {.price_dkk = level->price_m2[house] * area_m2,
                                      .debt_dkk = debt_dkk,
                                      .frozen_dkk = level->frozen_m2 * area_m2,
                                      .interest = world->prices->interest,
                                      .land_tax = level->land_tax,
                                      .adults = adults};
    return flyt_usercost_of(&world->params->usercost, &home);
}

bool flyt_cost_allows(const struct flyt_world *world, const struct flyt_cost_household *who,
                      uint32_t section, uint32_t area_m2, uint32_t rooms)
{
    const struct flyt_credit_params *params = &world->params->credit;
    const struct flyt_price_level *level = &world->prices->now[section];
    double rent = level->rent_m2_year * area_m2;
    if (level->tenure == FLYT_TENURE_almen) {
        return who->wealth >= params->almen_deposit;
    }
    if (level->tenure == FLYT_TENURE_private_rental) {
        return who->wealth >= params->deposit_months * rent / 12.0;
    }
    bool owner = level->tenure == FLYT_TENURE_owner;
    enum flyt_house house = flyt_prices_house(rooms);
    struct flyt_credit_case buyer = {
        .price_dkk = level->price_m2[house] * area_m2,
        .wealth_dkk = who->wealth,
        .gross_dkk_year = who->gross,
        .disposable_dkk_year = who->disposable,
        .down_payment = owner ? params->down_payment : params->share_down_payment,
        .payment = owner ? world->prices->payment : world->prices->bank_payment,
        .other_dkk_year = rent,
    };
    if (owner) { /* taxes and upkeep: what is paid without a debt */
        struct flyt_usercost cost = owned(world, level, house, area_m2, 0.0, who->adults);
        buyer.other_dkk_year = flyt_usercost_cash(&cost);
    }
    return flyt_credit_allows(params, &buyer);
}

/* ---- what a household pays ------------------------------------------------------------------- */

static void pay_rent(const struct flyt_world *world, const struct flyt_household *row,
                     const struct flyt_income *income, struct flyt_cost_flows *flows)
{
    const struct flyt_price_level *level = &world->prices->booked[row->section];
    bool almen = level->tenure == FLYT_TENURE_almen;
    struct flyt_policy_rent lease = {.asked = 1.0};
    if (almen) {
        lease = flyt_policies_rent(world, row->home);
    }
    double area = world->dwellings.area_m2[row->home], full = level->rent_m2_year * area;
    double rent_m2 = level->rent_m2_year * world->prices->rent_paid[level->tenure] * lease.asked;
    double rent = rent_m2 * area;
    int64_t gross = (int64_t)income->gross[0] + income->gross[1];
    struct flyt_benefit_terms terms = benefit_terms(world, row, gross - income->labour_tax);
    double benefit = flyt_benefit_at(&terms, rent_m2, area, almen);
    int32_t paid = flyt_cost_ore_month(rent), whole = flyt_cost_ore_month(full);
    int32_t asked = flyt_cost_ore_month(full * lease.asked);
    *(almen ? &flows->almen_rent : &flows->private_rent) = whole;
    flows->rent_lowered = whole - asked;
    flows->upkeep_spared = (int32_t)(lease.spared * flows->rent_lowered + 0.5);
    flows->rent_returned = asked - paid;
    *(is_pensioner(world, row) ? &flows->boligydelse : &flows->boligsikring) =
        paid - flyt_cost_ore_month(rent - benefit);
}

static double debt_of(const struct flyt_world *world, uint32_t household)
{
    return (double)world->households.cold[household].debt_ore / 100.0;
}

struct flyt_cost_lawful flyt_cost_lawful(const struct flyt_world *world, uint32_t household,
                                         const struct flyt_usercost_params *law, double frozen_m2)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_price_level *level = &world->prices->booked[row->section];
    double area = world->dwellings.area_m2[row->home], debt = debt_of(world, household);
    bool share = level->tenure == FLYT_TENURE_cooperative;
    double interest = (share ? world->prices->bank.interest : world->prices->interest) * debt;
    struct flyt_cost_lawful lawful = {
        .interest_deduction =
            flyt_cost_ore_month(flyt_usercost_deduction(law, interest, flyt_people_adults(row)))};
    if (!share) {
        double price = level->price_m2[flyt_prices_house(world->dwellings.rooms[row->home])] * area;
        lawful.property_tax =
            flyt_cost_ore_month(flyt_usercost_property_tax(law, price, frozen_m2 * area));
        lawful.upkeep = flyt_cost_ore_month(law->upkeep * price);
    }
    return lawful;
}

static void pay_loan(const struct flyt_world *world, uint32_t household,
                     struct flyt_cost_flows *flows)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_price_level *level = &world->prices->booked[row->section];
    double area = world->dwellings.area_m2[row->home], debt = debt_of(world, household);
    struct flyt_cost_lawful lawful =
        flyt_cost_lawful(world, household, &world->params->usercost, level->frozen_m2);
    flows->interest_deduction = lawful.interest_deduction;
    if (level->tenure == FLYT_TENURE_cooperative) {
        flows->coop_fee = flyt_cost_ore_month(level->rent_m2_year * area);
        flows->interest = flyt_cost_ore_month(world->prices->bank.interest * debt);
        return;
    }
    double price = level->price_m2[flyt_prices_house(world->dwellings.rooms[row->home])] * area;
    flows->interest = flyt_cost_ore_month(world->prices->interest * debt);
    flows->property_tax = lawful.property_tax;
    flows->land_tax = flyt_cost_ore_month(level->land_tax * price);
    flows->upkeep = lawful.upkeep;
}

struct flyt_cost_flows flyt_cost_flows(const struct flyt_world *world, uint32_t household,
                                       const struct flyt_income *income)
{
    const struct flyt_household *row = &world->households.row[household];
    struct flyt_cost_flows flows = {.almen_rent = 0};
    if (world->prices == NULL || row->home == FLYT_NONE || row->flags & FLYT_HIDDEN) {
        return flows;
    }
    uint32_t tenure = world->prices->booked[row->section].tenure;
    if (tenure == FLYT_TENURE_almen || tenure == FLYT_TENURE_private_rental) {
        pay_rent(world, row, income, &flows);
    } else {
        pay_loan(world, household, &flows);
    }
    return flows;
}

int64_t flyt_cost_net(const struct flyt_cost_flows *flows)
{
    return (int64_t)flows->almen_rent + flows->private_rent + flows->coop_fee -
           flows->boligsikring - flows->boligydelse - flows->rent_returned - flows->rent_lowered +
           flows->interest - flows->interest_deduction + flows->property_tax + flows->land_tax +
           flows->upkeep;
}
