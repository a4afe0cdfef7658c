/**
 * @file equalisation.c
 * @brief Policy: structural equalisation (strukturel udligning) between tenures, for H6 and H8.
 *
 * Three parts of the law on owner homes, each alone or together: (a) the property value tax is of
 * the current value instead of the frozen one, at the law's rate times a factor that may lean
 * against prices; (b) the value of the interest deduction goes to nothing over some years; (c)
 * gains are taxed at sale, which also locks owners in. They act through what the year's law says
 * of user cost, credit, prices and the moving cost, and through nothing else. Revenue can go back
 * as one equal sum a household.
 *
 * It is the law of the land: no places can be named. Source: docs/MODEL.md section 5.
 */
#include <math.h>
#include <string.h>

#include "models/market.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/prices.h"
#include "models/resources.h"
#include "models/usercost.h"
#include "sim/num.h"

#define EQUALISATION_PARAMS(X)                                                                     \
    X(flag, running, "", 1, 0, 1, assumed, "Boligliv i Balance 2015: end of the tax freeze",       \
      "The property value tax is of the current value.",                                           \
      "Ejendomsværdiskatten er af den aktuelle værdi.")                                            \
    X(real, rate, "times", 1, 0, 5, assumed, "1: the law's rate",                                  \
      "Factor on the rates of the property value tax.", "Faktor på ejendomsværdiskattens satser.") \
    X(real, counter, "1", 0, 0, 10, assumed, "neutral by default",                                 \
      "Counter-cyclical: added to the factor for each log point that prices run ahead of "         \
      "incomes.",                                                                                  \
      "Konjunkturmodvirkende: lægges til faktoren for hvert log-point, priserne løber foran "    \
      "indkomsterne.")                                                                             \
    X(flag, deduction, "", 1, 0, 1, assumed, "Boligliv i Balance 2015",                            \
      "The interest deduction is phased out.", "Rentefradraget udfases.")                          \
    X(count, deduction_years, "years", 10, 0, 50, assumed, "what if",                              \
      "Years over which it goes, from the first in force.",                                        \
      "År, over hvilke det udfases, fra det første.")                                              \
    X(real, gains_tax, "share", 0.2, 0, 1, assumed, "what if",                                     \
      "Tax on the gain when an owner home is sold.", "Skat af gevinsten ved salg af ejerbolig.")   \
    X(real, lock_in, "1", 1, 0, 5, assumed, "docs/MODEL.md section 5: as forgone equity",          \
      "Weight of the gains tax due, over a year's income, in the moving cost.",                    \
      "Vægt af den skyldige gevinstskat, i forhold til årsindkomsten, i flytteomkostningen.")      \
    X(choice, recycling, "none|lump_sum", 0, 0, 1, assumed, "what if",                             \
      "What becomes of the revenue: it stays with the state, or goes out as an equal sum a "       \
      "household each month.",                                                                     \
      "Hvad provenuet bruges til: det bliver hos staten, eller udbetales hver måned med samme "   \
      "beløb til alle husstande.")

#define EQUALISATION_ACCOUNTS(X)                                                                   \
    X(equalisation_returned, state, households, "Equalisation: revenue returned to households",    \
      "Udligning: provenu tilbage til husstandene")

enum equalisation_account { equalisation_returned };
enum recycling { RECYCLING_none, RECYCLING_lump_sum };

struct equalisation_params {
#define X(type, name, ...) flyt_##type name;
    EQUALISATION_PARAMS(X)
#undef X
};

static const struct flyt_field fields[] = {
#define X(...) FLYT_FIELD(equalisation_params, __VA_ARGS__)
    EQUALISATION_PARAMS(X)
#undef X
};

static const struct flyt_ledger_account accounts[] = {EQUALISATION_ACCOUNTS(FLYT_POLICY_ACCOUNT)};

struct equalisation_own {
    uint32_t n_years;                   /* Januaries in force */
    bool acts;                          /* this year */
    struct flyt_usercost_params before; /* this year's law without it */
    int64_t extra[FLYT_INCOME_CLASSES]; /* what owners pay more this month, øre */
    int64_t under_water;                /* owners who owe more than the home is worth */
};

/* ---- the law of the year ------------------------------------------------------------------- */

/** Log points by which prices have run ahead of what incomes warrant, mean of the markets. */
static double price_gap(const struct flyt_world *world)
{
    const struct flyt_prices *prices = world->prices;
    uint32_t n = prices->n_municipalities * FLYT_N_HOUSES;
    double sum = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        sum += flyt_num_log(prices->price_index[i]);
    }
    return sum / n - world->params->market.income_elasticity * flyt_num_log(world->market->income);
}

static void edit_property_tax(const struct flyt_policy_ask *ask, struct flyt_usercost_params *law)
{
    const struct equalisation_params *params = ask->policy->params;
    double factor = params->rate;
    factor += params->counter != 0.0 ? params->counter * price_gap(ask->world) : 0.0;
    factor = factor < 0.0 ? 0.0 : factor > 10.0 ? 10.0 : factor;
    double scale = 1.0 + ask->intensity * (factor - 1.0);
    law->property_rate *= scale;
    law->property_rate_high *= scale;
    law->thaw = ask->intensity;
}

static bool year(const struct flyt_policy_ask *ask)
{
    const struct equalisation_params *params = ask->policy->params;
    struct equalisation_own *own = ask->policy->own;
    struct flyt_usercost_params *law = &ask->world->housing->this_year->usercost;
    own->before = *law;
    own->n_years += ask->intensity > 0.0;
    own->acts = ask->intensity > 0.0 && ask->world->prices != NULL &&
                (params->running || params->deduction || params->gains_tax > 0.0);
    if (!own->acts) {
        return false;
    }
    if (params->running) {
        edit_property_tax(ask, law);
    }
    if (params->deduction) {
        double years = params->deduction_years, gone = years > 0.0 ? own->n_years / years : 1.0;
        double left = 1.0 - ask->intensity * (gone < 1.0 ? gone : 1.0);
        law->deduction_low *= left;
        law->deduction_high *= left;
    }
    double gains = params->gains_tax * ask->intensity;
    law->gains_tax = gains > law->gains_tax ? gains : law->gains_tax;
    law->lock_in = params->lock_in;
    return true;
}

/* ---- who pays ------------------------------------------------------------------------------ */

/** Taxes less deduction of a loan and a home under a law, DKK a year. */
static double burden(const struct flyt_world *world, const struct flyt_usercost_params *law,
                     uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_price_level *level = &world->prices->booked[row->section];
    double area = world->dwellings.area_m2[row->home];
    double debt = (double)world->households.cold[household].debt_ore / 100.0;
    uint32_t adults = flyt_people_adults(row);
    if (level->tenure == FLYT_TENURE_cooperative) {
        return -flyt_usercost_deduction(law, world->prices->bank.interest * debt, adults);
    }
    double price_m2 = level->price_m2[flyt_prices_house(world->dwellings.rooms[row->home])];
    struct flyt_usercost_home home = {
        .price_dkk = price_m2 * area,
        .debt_dkk = debt,
        .frozen_dkk = flyt_prices_frozen(world->prices, law, row->section, level->price_m2) * area,
        .interest = world->prices->interest,
        .land_tax = level->land_tax,
        .adults = adults};
    struct flyt_usercost cost = flyt_usercost_of(law, &home);
    return cost.property_tax - cost.deduction;
}

static bool is_owner(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t tenure = world->sections.tenure[row->section];
    return !(row->flags & FLYT_HIDDEN) && row->home != FLYT_NONE &&
           (tenure == FLYT_TENURE_owner || tenure == FLYT_TENURE_cooperative);
}

static int64_t ore_month(double dkk_year)
{
    return (int64_t)floor(dkk_year * 100.0 / 12.0 + 0.5);
}

/** Returns the month's revenue as an equal sum a household; what cannot be split stays. */
static void give_back(const struct flyt_policy_ask *ask, int64_t revenue)
{
    const struct flyt_world *world = ask->world;
    int64_t n[FLYT_N_TENURES] = {0}, n_all = 0;
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        n[world->sections.tenure[world->households.row[i].section]]++;
        n_all++;
    }
    int64_t each = revenue > 0 && n_all > 0 ? revenue / n_all : 0;
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        flyt_policies_pay(ask, equalisation_returned, t, each * n[t]);
    }
}

static enum flyt_status month(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    const struct equalisation_params *params = ask->policy->params;
    struct equalisation_own *own = ask->policy->own;
    int64_t revenue = 0;
    memset(own->extra, 0, sizeof own->extra);
    own->under_water = 0;
    if (!own->acts) {
        return FLYT_OK;
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        if (is_owner(world, i)) {
            int64_t extra = ore_month(burden(world, &world->params->usercost, i)) -
                            ore_month(burden(world, &own->before, i));
            own->extra[flyt_resources_income_class(world, i)] += extra;
            revenue += extra;
            own->under_water += world->households.cold[i].debt_ore >
                                flyt_prices_price_ore(world, world->households.row[i].home);
        }
    }
    if (params->recycling == RECYCLING_lump_sum) { /* of sales: those of the month before */
        give_back(ask, revenue + flyt_ledger_total(world->ledger, FLYT_ACCOUNT_gains_tax));
    }
    return FLYT_OK;
}

/* ---- output -------------------------------------------------------------------------------- */

const struct flyt_policy flyt_policy_equalisation;

static void record_extra(const void *world, void *row)
{
    const struct equalisation_own *own = flyt_policies_own(world, &flyt_policy_equalisation);
    for (uint32_t i = 0; i < FLYT_INCOME_CLASSES; i++) {
        ((int64_t *)row)[i] = own == NULL ? 0 : own->extra[i];
    }
}

static void record_under_water(const void *world, void *row)
{
    const struct equalisation_own *own = flyt_policies_own(world, &flyt_policy_equalisation);
    *(int64_t *)row = own == NULL ? 0 : own->under_water;
}

static void record_returned(const void *world, void *row)
{
    flyt_policies_record_account(world, &flyt_policy_equalisation, equalisation_returned, row);
}

static const struct flyt_series series[] = {
    {.name = "equalisation_extra",
     .unit = "0.01 DKK",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_flow,
     .period = FLYT_SERIES_monthly,
     .n_dims = 1,
     .dim = {FLYT_DIM_income_class},
     .en = "Owners pay more, deduction included",
     .da = "Ejere betaler mere, fradrag medregnet",
     .how = "Property value tax less deduction of interest, by this year's law against the same "
            "without the policy; the homes and debts are those of the run.",
     .policy = "equalisation",
     .record = record_extra},
    {.name = "equalisation_under_water",
     .unit = "households",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_stock,
     .period = FLYT_SERIES_monthly,
     .en = "Owe more than the home is worth",
     .da = "Skylder mere, end boligen er værd",
     .how = "Debt above the price of the day; owners and members of co-operatives.",
     .policy = "equalisation",
     .record = record_under_water},
#define X(name, ...) FLYT_POLICY_ACCOUNT_SERIES(name, __VA_ARGS__, "equalisation", record_returned),
    EQUALISATION_ACCOUNTS(X)
#undef X
        FLYT_POLICY_ACCOUNT_SERIES(gains_tax, households, state,
                                   "Tax on gains from owner homes, at sale",
                                   "Skat af gevinst på ejerboliger, ved salg", "equalisation",
                                   flyt_ledger_record_gains_tax),
};

const struct flyt_policy flyt_policy_equalisation = {
    .spec = {.name = "equalisation",
             .en = "Structural equalisation of tenures",
             .da = "Strukturel udligning mellem boligformer",
             .field = fields,
             .n_fields = FLYT_COUNT(fields),
             .params_size = sizeof(struct equalisation_params),
             .nationwide = true,
             .series = series,
             .n_series = FLYT_COUNT(series),
             .sleeps = true,
             .source = "Boligliv i Balance: Det sociale løsningskatalog (2015)",
             .serves = "H6, H8",
             .doc_en = "Ends the freeze of the property value tax, phases the interest deduction "
                       "out and taxes gains at sale, each on its own switch; acts through the "
                       "user cost, credit, prices and the moving cost alone. Leaves out: "
                       "recycling into rents or income tax, and who delays a sale to wait for "
                       "another law.",
             .doc_da = "Ophæver skattestoppet for ejendomsværdiskatten, udfaser rentefradraget og "
                       "beskatter gevinst ved salg, hver for sig; virker kun gennem ejerudgift, "
                       "kredit, priser og flytteomkostning. Udelader: provenu brugt på lavere "
                       "husleje eller indkomstskat, og hvem der venter med at sælge til en anden "
                       "lov."},
    .hooks = {.year = year, .month = month},
    .account = accounts,
    .n_accounts = FLYT_COUNT(accounts),
    .own_size = sizeof(struct equalisation_own),
};
