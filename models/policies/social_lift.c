/**
 * @file social_lift.c
 * @brief Policy: one generic programme that lifts residents (boligsocial indsats), for H1, H2, H5.
 *
 * Each month so many households of the places are taken in, by a filter and by lot or need. For
 * some months their odds of work, education, fewer social cases and better Danish are multiplied;
 * wherever they move, the programme goes with them. A place in the programme is paid by parties in
 * given shares; under an impact contract an investor advances the municipality's share and is paid
 * back per lasting success. Nothing else changes: who leaves and who comes follows from the rest of
 * the model. A household is taken in once, and not while it has support of another policy, nor when
 * it has taken a second chance, which is followed.
 *
 * A success lasts when, so many months after the end, an adult has had work for as long that began
 * after the programme did.
 */
#include <math.h>

#include "models/childhood.h"
#include "models/listing.h"
#include "models/livelihood.h"
#include "models/policy.h"
#include "models/reputation.h"
#include "models/resources.h"
#include "sim/rank.h"

FLYT_POLICY_STREAM(lift_intake, "order in which households are taken into a programme");

#define LIFT_PARAMS(X)                                                                             \
    X(real, intake, "1/1000/year", 50, 0, 1000, assumed, "what if",                                \
      "Households taken in a year for each 1000 homes of the places.",                             \
      "Husstande optaget om året for hver 1000 boliger på stederne.")                              \
    X(choice, target, "outside_work|benefit|anyone", 0, 0, 2, assumed, "what if",                  \
      "Who can be taken in: households with an adult outside work and education, on cash "         \
      "benefit, or any.",                                                                          \
      "Hvem kan optages: husstande med en voksen uden for arbejde og uddannelse, på "             \
      "kontanthjælp, eller alle.")                                                                 \
    X(choice, order, "lot|vulnerability", 0, 0, 1, assumed, "lot: recipients at random, H1",       \
      "Who comes first.", "Hvem der kommer først.")                                                \
    X(count, age_from, "years", 18, 18, 120, assumed, "what if", "Least age of such an adult.",    \
      "Mindste alder for en sådan voksen.")                                                        \
    X(count, age_to, "years", 64, 18, 120, assumed, "what if", "Greatest age of such an adult.",   \
      "Største alder for en sådan voksen.")                                                        \
    X(real, vulnerability, "1", 0, 0, 1, assumed, "what if", "Least vulnerability V.",             \
      "Mindste sårbarhed V.")                                                                      \
    X(choice, children, "any|with|without", 0, 0, 2, assumed, "what if",                           \
      "Only households with, or without, children below 18.",                                      \
      "Kun husstande med, eller uden, børn under 18 år.")                                          \
    X(flag, deprived, "", 1, 0, 1, assumed, "what if",                                             \
      "Only in areas that are on a list of deprived areas now.",                                   \
      "Kun i områder, der står på en liste over udsatte områder nu.")                              \
    X(flag, almen, "", 1, 0, 1, assumed, "comprehensive plans are of almen estates",               \
      "Only in almen homes.", "Kun i almene boliger.")                                             \
    X(count, months, "months", 12, 1, 120, assumed, "what if", "Length of the programme.",         \
      "Forløbets længde.")                                                                         \
    X(real, work, "times", 1.5, 0.2, 5, assumed, "assumptions.csv: intensive programme, 1-2.3",    \
      "Factor on the odds of work of those without.", "Faktor på odds for arbejde for dem uden.")  \
    X(real, education, "times", 1, 0.2, 5, assumed, "neutral by default",                          \
      "Factor on the odds of education of those without work.",                                    \
      "Faktor på odds for uddannelse for dem uden arbejde.")                                       \
    X(real, cases, "times", 1.4, 0.2, 5, assumed, "assumptions.csv: relational budgeting, 1-2",    \
      "Factor on the odds that a social case closes.",                                             \
      "Faktor på odds for, at en social sag lukkes.")                                              \
    X(real, language, "times", 1, 0.2, 5, assumed, "neutral by default",                           \
      "Factor on the odds of better Danish.", "Faktor på odds for bedre dansk.")                   \
    X(flag, for_children, "", 1, 0, 1, assumed,                                                    \
      "effect: leaving.programme_effect, range around 0",                                          \
      "Its months count in the childhood of children below 18.",                                   \
      "Dens måneder tæller med i barndommen for børn under 18 år.")                                \
    X(real, reputation, "log odds", 0, -1, 1, assumed, "neutral by default",                       \
      "Added to the reputation of the places while it is in force.",                               \
      "Lægges til stedernes omdømme, mens den gælder.")                                            \
    X(real, cost, "DKK/year", 85000, 0, 2000000, assumed,                                          \
      "assumptions.csv: KBH+ kind of programme, 50000-140000",                                     \
      "Cost of a household's place in the programme.",                                             \
      "Udgift til en husstands plads i forløbet.")                                                 \
    X(real, fund_share, "share", 0.75, 0, 1, published, "comprehensive plans: 75 % of the fund",   \
      "Share of the cost paid by Landsbyggefonden.",                                               \
      "Andel af udgiften, som Landsbyggefonden betaler.")                                          \
    X(real, state_share, "share", 0, 0, 1, assumed, "what if",                                     \
      "Share of the cost paid by the state.", "Andel af udgiften, som staten betaler.")            \
    X(real, organisation_share, "share", 0, 0, 1, assumed, "what if",                              \
      "Share of the cost paid by housing organisations; the municipality pays the rest.",          \
      "Andel af udgiften, som boligorganisationerne betaler; kommunen betaler resten.")            \
    X(flag, contract, "", 0, 0, 1, assumed, "what if",                                             \
      "An investor advances the municipality's part, to be repaid per lasting success.",           \
      "En investor lægger kommunens del ud og betales per varigt resultat.")                       \
    X(count, lasting, "months", 12, 1, 120, assumed, "what if",                                    \
      "Months after its end in which a success must have lasted.",                                 \
      "Måneder efter afslutningen, hvori et resultat skal have varet.")                            \
    X(real, success, "DKK", 60000, 0, 10000000, assumed, "what if",                                \
      "What the municipality pays the investor for a lasting success.",                            \
      "Hvad kommunen betaler investoren for et varigt resultat.")

#define LIFT_ACCOUNTS(X)                                                                           \
    X(lift_fund, landsbyggefonden, outside, "Social lift: the fund's part",                        \
      "Socialt løft: Landsbyggefondens del")                                                       \
    X(lift_state, state, outside, "Social lift: the state's part", "Socialt løft: statens del")    \
    X(lift_organisations, organisations, outside, "Social lift: the organisations' part",          \
      "Socialt løft: boligorganisationernes del")                                                  \
    X(lift_municipalities, municipalities, outside, "Social lift: the municipalities' part",       \
      "Socialt løft: kommunernes del")                                                             \
    X(lift_investor, investor, outside, "Social lift: advanced by investors",                      \
      "Socialt løft: lagt ud af investorer")                                                       \
    X(lift_success, municipalities, investor, "Social lift: paid for lasting success",             \
      "Socialt løft: betalt for varige resultater")

/** What is counted: name, unit, kind, English, Danish, how. */
#define LIFT_COUNTS(X)                                                                             \
    X(lift_taken_in, "households", flow, "Taken into the programme", "Optaget i forløbet",         \
      "By lot or need among those the filter lets in.")                                            \
    X(lift_taking_part, "households", stock, "Take part in the programme", "Deltager i forløbet",  \
      "Households in their months of the programme, each month after intake.")                     \
    X(lift_children, "persons", stock, "Children of those who take part", "Deltagernes børn",      \
      "Below 18 at home, of lift_taking_part.")                                                    \
    X(lift_ended, "households", flow, "Ended the programme", "Afsluttet forløbet",                 \
      "Households whose last month of it was the month before.")                                   \
    X(lift_into_work, "households", flow, "Ended it with work that began in it",                   \
      "Afsluttet med arbejde begyndt i forløbet",                                                  \
      "An adult in work in the month it ends, in work that began after the programme did.")        \
    X(lift_lasting, "households", flow, "Lasting successes", "Varige resultater",                  \
      "An adult in such work for all the months that a success must last.")                        \
    X(lift_followed, "households", stock, "Taken in ever, still here",                             \
      "Optaget indtil nu, stadig her", "Households with the programme, also those that ended it.") \
    X(lift_elsewhere, "households", stock, "Of them, now in another area",                         \
      "Heraf nu i et andet område", "Their area now is not the one they were taken in from.")

enum lift_account {
#define X(name, ...) name,
    LIFT_ACCOUNTS(X)
#undef X
};

struct lift_params {
#define X(type, name, ...) flyt_##type name;
    LIFT_PARAMS(X)
#undef X
};

static const struct flyt_field fields[] = {
#define X(...) FLYT_FIELD(lift_params, __VA_ARGS__)
    LIFT_PARAMS(X)
#undef X
};

static const struct flyt_ledger_account accounts[] = {LIFT_ACCOUNTS(FLYT_POLICY_ACCOUNT)};

enum lift_target { TARGET_outside_work, TARGET_benefit, TARGET_anyone };
enum lift_children { CHILDREN_any, CHILDREN_with, CHILDREN_without };

struct lift_own {
    double owed; /* households to be taken in, carried over */
    struct lift_counts {
#define X(name, ...) int64_t name;
        LIFT_COUNTS(X)
#undef X
    } counts;
};

/* ---- values that contradict each other ------------------------------------------------------ */

static enum flyt_status check(const struct flyt_policy_values *values)
{
    const struct lift_params *params = values->params;
    double shares = params->fund_share + params->state_share + params->organisation_share;
    if (params->age_from > params->age_to) {
        return flyt_diag_fault(values->diag, FLYT_ERR_SCENARIO,
                               flyt_policies_place(values, "age_to age_from"),
                               "policies.social_lift: nobody is old enough and young enough: "
                               "age_from (%u) is above age_to (%u)",
                               "policies.social_lift: ingen er gammel nok og ung nok: age_from "
                               "(%u) er over age_to (%u)",
                               params->age_from, params->age_to);
    }
    if (shares > 1.0 + 1e-9) {
        return flyt_diag_fault(
            values->diag, FLYT_ERR_SCENARIO,
            flyt_policies_place(values, shares - params->organisation_share > 1.0
                                            ? "state_share fund_share"
                                            : "organisation_share state_share fund_share"),
            "policies.social_lift: fund_share, state_share and "
            "organisation_share sum to %g; 1 at most, the municipality pays "
            "the rest",
            "policies.social_lift: fund_share, state_share og "
            "organisation_share giver tilsammen %g; højst 1, kommunen betaler "
            "resten",
            shares);
    }
    return FLYT_OK;
}

/* ---- who is taken in ----------------------------------------------------------------------- */

static bool is_place(const struct flyt_policy_ask *ask, uint32_t section)
{
    const struct flyt_world *world = ask->world;
    const struct lift_params *params = ask->policy->params;
    enum flyt_list_status status = world->areas.listed[world->sections.area[section]];
    return ask->policy->covers[section] &&
           (!params->almen || world->sections.tenure[section] == FLYT_TENURE_almen) &&
           (!params->deprived || flyt_listing_marks(status));
}

static bool is_target(const struct lift_params *params, const struct flyt_household *row,
                      int16_t calendar)
{
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        struct flyt_adult adult = flyt_people_adult(row, i);
        uint32_t age = adult.born == FLYT_NO_MONTH ? 0 : (uint32_t)(calendar - adult.born) / 12;
        bool outside = adult.work != FLYT_WORK_employed && adult.work != FLYT_WORK_student;
        if (adult.born != FLYT_NO_MONTH && age >= params->age_from && age <= params->age_to &&
            (params->target == TARGET_anyone ||
             (params->target == TARGET_benefit ? adult.work == FLYT_WORK_benefit : outside))) {
            return true;
        }
    }
    return false;
}

static bool is_eligible(const struct flyt_policy_ask *ask, uint32_t household)
{
    const struct flyt_world *world = ask->world;
    const struct lift_params *params = ask->policy->params;
    const struct flyt_household *row = &world->households.row[household];
    bool has_children = flyt_people_children(row, world->calendar) > 0;
    return flyt_policies_is_free(world, household) &&
           (params->children == CHILDREN_any ||
            has_children == (params->children == CHILDREN_with)) &&
           is_target(params, row, world->calendar) &&
           flyt_resources_vulnerability(world, household) >= params->vulnerability;
}

/** Lower comes first. */
static uint64_t key_of(const struct flyt_policy_ask *ask, uint32_t household)
{
    const struct flyt_world *world = ask->world;
    const struct lift_params *params = ask->policy->params;
    if (params->order == 0) {
        return flyt_rng_word64(world->key, world->households.uid[household], world->month,
                               FLYT_STREAM_lift_intake, 0);
    }
    return (uint64_t)(flyt_resources_score(world, household) * 0x1p52);
}

/** Homes of the places, and their eligible households into `found` [dwellings]. */
static uint32_t find_places(const struct flyt_policy_ask *ask, struct flyt_ranked *found,
                            uint32_t *n_found)
{
    const struct flyt_world *world = ask->world;
    uint32_t n_homes = 0;
    *n_found = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        if (!is_place(ask, s)) {
            continue;
        }
        n_homes += world->sections.n_open[s];
        for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
            uint32_t household = world->dwellings.occupant[d];
            if (household < FLYT_CLOSED && is_eligible(ask, household)) {
                found[(*n_found)++] = (struct flyt_ranked){
                    key_of(ask, household), world->households.uid[household], household};
            }
        }
    }
    return n_homes;
}

static void begin(const struct flyt_policy_ask *ask, uint32_t household)
{
    struct flyt_world *world = ask->world;
    const struct lift_params *params = ask->policy->params;
    uint32_t section = world->households.row[household].section;
    flyt_policies_enrol(world, household, FLYT_PROGRAMME_lift, world->sections.area[section],
                        world->calendar + (int32_t)params->months);
    flyt_livelihood_refresh_bound(world, household);
}

static enum flyt_status take_in(const struct flyt_policy_ask *ask)
{
    struct lift_own *own = ask->policy->own;
    const struct lift_params *params = ask->policy->params;
    uint32_t n_found = 0;
    struct flyt_ranked *found =
        FLYT_ARENA_ARRAY(ask->world->step_arena, struct flyt_ranked, ask->world->dwellings.n + 1);
    if (found == NULL) {
        return FLYT_ERR_MEMORY;
    }
    uint32_t n_homes = find_places(ask, found, &n_found);
    own->owed += ask->intensity * params->intake / 1000.0 * n_homes / 12.0;
    double whole = floor(own->owed);
    own->owed -= whole; /* places that nobody could fill are not kept */
    uint32_t n = whole < n_found ? (uint32_t)whole : n_found;
    flyt_rank_first(found, n_found, n);
    for (uint32_t i = 0; i < n; i++) {
        begin(ask, found[i].index);
    }
    own->counts.lift_taken_in = n;
    return FLYT_OK;
}

/* ---- what it costs and what comes of it ---------------------------------------------------- */

/** Øre of the month to each party, the last one the rest, so that no øre is lost. */
static void pay_place(const struct flyt_policy_ask *ask, uint32_t tenure)
{
    const struct lift_params *params = ask->policy->params;
    const double share[] = {params->fund_share, params->state_share, params->organisation_share};
    const enum lift_account payer[] = {lift_fund, lift_state, lift_organisations};
    int64_t cost = (int64_t)(params->cost * 100.0 / 12.0 + 0.5), rest = cost;
    for (uint32_t i = 0; i < FLYT_COUNT(share); i++) {
        int64_t part = (int64_t)(share[i] * (double)cost + 0.5);
        part = part < rest ? part : rest;
        flyt_policies_pay(ask, payer[i], tenure, part);
        rest -= part;
    }
    flyt_policies_pay(ask, params->contract ? lift_investor : lift_municipalities, tenure, rest);
}

/** Whether an adult has work that began after the programme did, for at least so many months. */
static bool has_new_work(const struct flyt_policy_ask *ask, uint32_t household, int32_t months)
{
    const struct flyt_world *world = ask->world;
    const struct lift_params *params = ask->policy->params;
    const struct flyt_household *row = &world->households.row[household];
    int32_t began = world->households.cold[household].programme_end - (int32_t)params->months;
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        if (row->born[i] != FLYT_NO_MONTH && row->work[i] == FLYT_WORK_employed &&
            row->work_since[i] > began && world->calendar - row->work_since[i] >= months) {
            return true;
        }
    }
    return false;
}

static void follow(const struct flyt_policy_ask *ask, uint32_t household)
{
    const struct flyt_world *world = ask->world;
    const struct lift_params *params = ask->policy->params;
    struct lift_counts *counts = &((struct lift_own *)ask->policy->own)->counts;
    uint32_t section = world->households.row[household].section;
    int32_t since = world->calendar - world->households.cold[household].programme_end;
    counts->lift_followed++;
    counts->lift_elsewhere +=
        world->sections.area[section] != world->households.cold[household].programme_area;
    if (since < 0) {
        counts->lift_taking_part++;
        counts->lift_children +=
            flyt_people_children(&world->households.row[household], world->calendar);
        if (params->for_children) {
            flyt_childhood_help(ask->world, household, -since);
        }
        pay_place(ask, world->sections.tenure[section]);
    } else if (since == 0) {
        counts->lift_ended++;
        counts->lift_into_work += has_new_work(ask, household, 0);
    } else if (since == (int32_t)params->lasting &&
               has_new_work(ask, household, (int32_t)params->lasting)) {
        counts->lift_lasting++;
        if (params->contract) {
            flyt_policies_pay(ask, lift_success, world->sections.tenure[section],
                              flyt_policies_ore(params->success));
        }
    }
}

/** What the places gain in reputation, once an area. */
static void lift_reputation(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    const struct lift_params *params = ask->policy->params;
    for (uint32_t area = 0; params->reputation != 0.0 && area < world->areas.n; area++) {
        bool is_one = false;
        for (uint32_t s = 0; s < world->sections.n && !is_one; s++) {
            is_one = world->sections.area[s] == area && is_place(ask, s);
        }
        world->reputation->policies[area] += is_one ? params->reputation * ask->intensity : 0.0;
    }
}

static enum flyt_status month(const struct flyt_policy_ask *ask)
{
    const struct flyt_world *world = ask->world;
    struct lift_own *own = ask->policy->own;
    own->counts = (struct lift_counts){0};
    if (ask->intensity > 0.0) {
        FLYT_TRY(take_in(ask));
        lift_reputation(ask);
    }
    FLYT_EACH_FOLLOWED(world, i)
    {
        if (world->households.cold[i].programme == FLYT_PROGRAMME_lift) {
            follow(ask, i);
        }
    }
    return FLYT_OK;
}

static void rates(const struct flyt_policy_question *question, uint32_t household,
                  struct flyt_policy_rates *rates_)
{
    const struct lift_params *params = question->policy->params;
    if (flyt_policies_takes_part(question->world, household, FLYT_PROGRAMME_lift)) {
        rates_->to_work *= params->work;
        rates_->to_study *= params->education;
        rates_->case_closes *= params->cases;
        rates_->language_rises *= params->language;
    }
}

static uint32_t reached(const struct flyt_policy_question *question, uint32_t household)
{
    return flyt_policies_programme_area(question->world, household, FLYT_PROGRAMME_lift);
}

/* ---- output -------------------------------------------------------------------------------- */

const struct flyt_policy flyt_policy_social_lift;

#define X(name, ...) FLYT_POLICY_RECORD_ACCOUNT(flyt_policy_social_lift, name)
LIFT_ACCOUNTS(X)
#undef X

#define X(name, ...) FLYT_POLICY_RECORD_COUNT(flyt_policy_social_lift, lift_own, name)
LIFT_COUNTS(X)
#undef X

static const struct flyt_series series[] = {
#define X(...) FLYT_POLICY_COUNT_SERIES(__VA_ARGS__, "social_lift"),
    LIFT_COUNTS(X)
#undef X
#define X(name, ...) FLYT_POLICY_ACCOUNT_SERIES(name, __VA_ARGS__, "social_lift", record_##name),
        LIFT_ACCOUNTS(X)
#undef X
};

const struct flyt_policy flyt_policy_social_lift = {
    .spec = {.name = "social_lift",
             .en = "Social lift of residents",
             .da = "Socialt løft af beboere",
             .field = fields,
             .n_fields = FLYT_COUNT(fields),
             .params_size = sizeof(struct lift_params),
             .series = series,
             .n_series = FLYT_COUNT(series),
             .sleeps = true,
             .source = "Boligliv i Balance: Det sociale løsningskatalog (2015); almenboligloven "
                       "section 91 a",
             .serves = "H1, H2, H5",
             .doc_en = "Multiplies the odds of work, education, closed social cases and better "
                       "Danish of households taken in, for some months; these count in the "
                       "childhood of their children (leaving.programme_effect). Leaves out: what "
                       "it does to neighbours who are not taken in.",
             .doc_da = "Ganger odds for arbejde, uddannelse, lukkede sociale sager og bedre dansk "
                       "for optagne husstande i nogle måneder; de tæller med i børnenes barndom "
                       "(leaving.programme_effect). Udelader: hvad det gør for naboer, der ikke "
                       "er optaget."},
    .check = check,
    .hooks = {.month = month, .rates = rates, .reached = reached},
    .account = accounts,
    .n_accounts = FLYT_COUNT(accounts),
    .own_size = sizeof(struct lift_own),
    .reached_en = "Taken into the programme",
    .reached_da = "Optaget i forløbet",
};
