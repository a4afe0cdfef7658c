/**
 * @file equalisation.c
 * @brief Policy: structural equalisation (strukturel udligning) between tenures, for H6 and H8.
 *
 * Three parts of the law on owner homes, each alone or together: (a) the property value tax is of
 * the current value instead of the frozen one, at the law's rate times a factor that may lean
 * against prices; (b) the value of the interest deduction goes to nothing over some years; (c)
 * gains are taxed at sale, which also locks owners in. They act through what the year's law says
 * of user cost, credit, prices and the moving cost, and through nothing else.
 *
 * Revenue can go back (returns.h). What the parts bring in more than the law before is added up
 * month by month, what is returned taken off; each January the year's rates of return are made of
 * that sum. So a year's revenue is returned in the next, what could not be split or was returned
 * too much is made good the year after, and nothing depends on an order.
 *
 * It is the law of the land: no places can be named. Source: docs/MODEL.md section 5.
 */
#include <string.h>

#include "models/incidence.h"
#include "models/market.h"
#include "models/params.h"
#include "models/policy.h"
#include "models/prices.h"
#include "models/usercost.h"
#include "sim/num.h"

#define EQUALISATION_PARAMS(X)                                                                      \
    X(flag, running, "", 1, 0, 1, assumed, "Boligliv i Balance 2015: end of the tax freeze",        \
      "The property value tax is of the current value.",                                            \
      "Ejendomsværdiskatten er af den aktuelle værdi.")                                             \
    X(real, rate, "times", 1, 0, 5, assumed, "1: the law's rate",                                   \
      "Factor on the rates of the property value tax.", "Faktor på ejendomsværdiskattens satser.")  \
    X(real, counter, "1", 0, 0, 10, assumed, "neutral by default",                                  \
      "Counter-cyclical: added to the factor for each log point that prices run ahead of "          \
      "incomes.",                                                                                   \
      "Konjunkturmodvirkende: lægges til faktoren for hvert log-point, priserne løber foran "     \
      "indkomsterne.")                                                                              \
    X(flag, deduction, "", 1, 0, 1, assumed, "Boligliv i Balance 2015",                             \
      "The interest deduction is phased out.", "Rentefradraget udfases.")                           \
    X(count, deduction_years, "years", 10, 0, 50, assumed, "what if",                               \
      "Years over which it goes, from the first in force.",                                         \
      "År, over hvilke det udfases, fra det første.")                                               \
    X(real, gains_tax, "share", 0.2, 0, 1, assumed, "what if",                                      \
      "Tax on the gain when an owner home is sold.", "Skat af gevinsten ved salg af ejerbolig.")    \
    X(real, lock_in, "1", 1, 0, 5, assumed, "docs/MODEL.md section 5: as forgone equity",           \
      "Weight of the gains tax due, over a year's income, in the moving cost.",                     \
      "Vægt af den skyldige gevinstskat, i forhold til årsindkomsten, i flytteomkostningen.")       \
    X(choice, recycling, FLYT_RETURNS_WAYS, 0, 0, FLYT_RETURNS_tax_share, assumed, "what if",       \
      "What becomes of a year's revenue the year after: it stays with the state, or goes back as "  \
      "an equal sum a household, as lower rents of almen or of all rental homes, or as lower "      \
      "income tax, the same for each adult or in proportion to income above the allowance.",        \
      "Hvad et års provenu bruges til året efter: det bliver hos staten, eller går tilbage som " \
      "samme beløb til hver husstand, som lavere husleje i almene eller i alle lejeboliger, "      \
      "eller "                                                                                      \
      "som lavere indkomstskat, ens for hver voksen eller efter indkomst over personfradraget.")

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

struct equalisation_own {
    uint32_t n_years;                   /* Januaries in force */
    bool acts, returns;                 /* this year: in law; by what is returned */
    struct flyt_usercost_params before; /* this year's law without it */
    int64_t fund;                       /* revenue that is to be returned and was not yet, øre */
    struct flyt_incidence_sheet month;  /* what is paid more this month */
    struct flyt_incidence_sheet *desk;  /* [n_desks] gains tax of this month */
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

/** Edits the law of owners. */
static void edit_law(const struct flyt_policy_ask *ask, struct flyt_usercost_params *law)
{
    const struct equalisation_params *params = ask->policy->params;
    const struct equalisation_own *own = ask->policy->own;
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
}

static bool year(const struct flyt_policy_ask *ask)
{
    const struct equalisation_params *params = ask->policy->params;
    struct equalisation_own *own = ask->policy->own;
    struct flyt_params *law = ask->world->housing->this_year;
    own->before = law->usercost;
    own->n_years += ask->intensity > 0.0;
    own->acts = ask->intensity > 0.0 && ask->world->prices != NULL &&
                (params->running || params->deduction || params->gains_tax > 0.0);
    if (own->acts) {
        edit_law(ask, &law->usercost);
    }
    law->returns = flyt_returns_of(ask->world, (enum flyt_returns_way)params->recycling, own->fund);
    own->returns = flyt_returns_any(&law->returns);
    return own->acts || own->returns;
}

/* ---- who pays ------------------------------------------------------------------------------ */

static enum flyt_status open_(const struct flyt_policy_ask *ask)
{
    struct equalisation_own *own = ask->policy->own;
    own->desk = FLYT_ARENA_ZERO(ask->world->run_arena, struct flyt_incidence_sheet,
                                ask->world->ledger->n_desks);
    return own->desk == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** Of a gains tax that the law had before, only what is due to the policy counts. */
static void taxed(const struct flyt_policy_question *question, uint32_t desk, uint32_t household,
                  int64_t tax_ore)
{
    const struct equalisation_own *own = question->policy->own;
    double share = own->before.gains_tax / question->world->params->usercost.gains_tax;
    flyt_incidence_add(question->world, household, FLYT_INCIDENCE_gains_tax,
                       own->acts ? tax_ore - (int64_t)(share * (double)tax_ore + 0.5) : 0,
                       &own->desk[desk]);
}

/** What all together paid more than by the law before, øre; without what was returned. */
static int64_t revenue(const struct flyt_incidence_sheet *sheet)
{
    int64_t sum = 0;
    for (uint32_t part = 0; part < FLYT_INCIDENCE_returned; part++) {
        for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
            sum += sheet->tenure[part][t];
        }
    }
    return sum;
}

static enum flyt_status closed(const struct flyt_policy_ask *ask)
{
    const struct equalisation_params *params = ask->policy->params;
    struct equalisation_own *own = ask->policy->own;
    uint32_t n_desks = ask->world->ledger->n_desks;
    memset(&own->month, 0, sizeof own->month);
    if (!own->acts && !own->returns) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_incidence_month(ask->world, &own->before, &own->month));
    for (uint32_t desk = 0; desk < n_desks; desk++) {
        flyt_incidence_sum(&own->month, &own->desk[desk]);
    }
    memset(own->desk, 0, n_desks * sizeof *own->desk);
    own->fund += params->recycling == FLYT_RETURNS_none ? 0 : revenue(&own->month);
    own->fund -= flyt_returns_paid(ask->world);
    return FLYT_OK;
}

/* ---- output -------------------------------------------------------------------------------- */

const struct flyt_policy flyt_policy_equalisation;

/** Zeros where the policy is not in the world, or does nothing. */
static const struct flyt_incidence_sheet *month_of(const void *world)
{
    static const struct flyt_incidence_sheet nothing;
    const struct equalisation_own *own = flyt_policies_own(world, &flyt_policy_equalisation);
    return own == NULL ? &nothing : &own->month;
}

#define RECORD(what)                                                                               \
    static void record_##what(const void *world, void *row)                                        \
    {                                                                                              \
        const struct flyt_incidence_sheet *month = month_of(world);                                \
        memcpy(row, &month->what, sizeof month->what);                                             \
    }
RECORD(tenure)
RECORD(age)
RECORD(bought)
RECORD(income)
RECORD(owners)
RECORD(under_water)

static void record_fund(const void *world, void *row)
{
    const struct equalisation_own *own = flyt_policies_own(world, &flyt_policy_equalisation);
    *(int64_t *)row = own == NULL ? 0 : own->fund;
}

#define INCIDENCE_SERIES(by, dim_, en_, da_)                                                       \
    {                                                                                              \
        .name = "equalisation_" #by, .unit = "0.01 DKK", .type = FLYT_SERIES_count,                \
        .kind = FLYT_SERIES_flow, .period = FLYT_SERIES_monthly, .n_dims = 2,                      \
        .dim = {FLYT_DIM_incidence, FLYT_DIM_##dim_}, .en = en_, .da = da_,                        \
        .how = "What households pay more by this year's law than without the policy, returns "     \
               "taken off; homes, debts and incomes are those of the run.",                        \
        .policy = "equalisation", .record = record_##by                                            \
    }

static const struct flyt_series series[] = {
    INCIDENCE_SERIES(tenure, tenure, "Pay more, by tenure", "Betaler mere, efter ejerform"),
    INCIDENCE_SERIES(age, age, "Pay more, by age", "Betaler mere, efter alder"),
    INCIDENCE_SERIES(income, income_class, "Pay more, by income", "Betaler mere, efter indkomst"),
    INCIDENCE_SERIES(bought, bought, "Owners pay more, by purchase",
                     "Ejere betaler mere, efter købsår"),
    {.name = "equalisation_owners",
     .unit = "households",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_stock,
     .period = FLYT_SERIES_monthly,
     .n_dims = 1,
     .dim = {FLYT_DIM_bought},
     .en = "Households in owner homes, by year of purchase",
     .da = "Husstande i ejerbolig efter købsår",
     .how = "By when they moved in; 0 while the policy does nothing.",
     .policy = "equalisation",
     .record = record_owners},
    {.name = "equalisation_under_water",
     .unit = "households",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_stock,
     .period = FLYT_SERIES_monthly,
     .en = "Under water (not counted without)",
     .da = "Teknisk insolvente (tælles ikke uden)",
     .how = "Debt above the price of the day; owners and members of co-operatives. Not counted "
            "without the policy.",
     .policy = "equalisation",
     .record = record_under_water},
    {.name = "equalisation_fund",
     .unit = "0.01 DKK",
     .type = FLYT_SERIES_count,
     .kind = FLYT_SERIES_stock,
     .period = FLYT_SERIES_monthly,
     .en = "Revenue to be returned",
     .da = "Provenu, der skal tilbage",
     .how = "What the parts brought in, while any of it is returned, less what was returned; below "
            "0 when too much was.",
     .policy = "equalisation",
     .record = record_fund},
    FLYT_POLICY_ACCOUNT_SERIES(
        gains_tax, households, state, "Tax on gains from owner homes, at sale",
        "Skat af gevinst på ejerboliger, ved salg", "equalisation", flyt_ledger_record_gains_tax),
    FLYT_POLICY_ACCOUNT_SERIES(revenue_returned, state, households,
                               "Revenue returned: lower income tax, or equal sums",
                               "Provenu tilbage: lavere indkomstskat eller lige beløb",
                               "equalisation", flyt_ledger_record_revenue_returned),
    FLYT_POLICY_ACCOUNT_SERIES(
        rent_returned, state, households, "Revenue returned: part of the rent",
        "Provenu tilbage: del af huslejen", "equalisation", flyt_ledger_record_rent_returned),
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
                       "user cost, credit, prices and the moving cost alone. A year's revenue "
                       "can go back the year after, into incomes, rents or taxes. Leaves out: who "
                       "delays a sale to wait for another law.",
             .doc_da = "Ophæver skattestoppet for ejendomsværdiskatten, udfaser rentefradraget og "
                       "beskatter gevinst ved salg, hver for sig; virker kun gennem ejerudgift, "
                       "kredit, priser og flytteomkostning. Et års provenu kan gå tilbage året "
                       "efter, i indkomster, huslejer eller skatter. Udelader: hvem der venter med "
                       "at sælge til en anden lov."},
    .hooks = {.year = year, .open = open_, .taxed = taxed, .closed = closed},
    .own_size = sizeof(struct equalisation_own),
};
