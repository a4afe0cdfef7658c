/**
 * @file ledger.h
 * @brief Every krone of a month: who pays it to whom, by the tenure of the household.
 *
 * Households pay and are paid at monthly rates that change only when something happens to them, so
 * the ledger keeps sums of rates: what changes a household takes its old flows out and puts its
 * new ones in (flyt_livelihood_before(), _after()). All amounts are whole øre; sums are integers,
 * so no order of blocks or threads shows. Nothing is plugged: what households spend is booked from
 * the income their row holds, all else from the law, and the two must agree to the øre.
 *
 * A `desk` is where a piece of parallel work writes: a block's number, or flyt_ledger_desk() of a
 * section where the work is cut by sections. Serial code may use any.
 *
 * Savings are a stock in the banks, kept beside the households' own accounts and compared with
 * them.
 */
#ifndef FLYT_LEDGER_H
#define FLYT_LEDGER_H

#include "models/cost.h"
#include "models/housing.h"
#include "models/income.h"

/** name, English, Danish */
#define FLYT_LEDGER_PARTIES(X)                                                                     \
    X(outside, "Outside world (employers, shops, pension funds)",                                  \
      "Omverdenen (arbejdsgivere, butikker, pensionskasser)")                                      \
    X(state, "State", "Staten")                                                                    \
    X(municipalities, "Municipalities", "Kommunerne")                                              \
    X(households, "Households", "Husstandene")                                                     \
    X(banks, "Banks, where savings lie", "Bankerne, hvor opsparingen står")                        \
    X(lenders, "Mortgage lenders", "Realkredit og andre långivere")                                \
    X(organisations, "Almen housing organisations", "Almene boligorganisationer")                  \
    X(landlords, "Private landlords", "Private udlejere")                                          \
    X(cooperatives, "Co-operative associations", "Andelsboligforeninger")                          \
    X(landsbyggefonden, "National fund of almen housing (Landsbyggefonden)", "Landsbyggefonden")   \
    X(investor, "Social investors", "Sociale investorer")

/** What homes cost, named as in struct flyt_cost_flows. ASSUMPTION: the state bears the deduction
 * of interest, municipalities the housing benefits (the state pays part of both back). */
#define FLYT_LEDGER_HOUSING(X)                                                                     \
    X(almen_rent, households, organisations, "Rents of almen homes", "Husleje i almene boliger")   \
    X(private_rent, households, landlords, "Rents of private rental homes",                        \
      "Husleje i private lejeboliger")                                                             \
    X(coop_fee, households, cooperatives, "Fees of co-operative homes",                            \
      "Boligafgift i andelsboliger")                                                               \
    X(boligsikring, municipalities, households, "Housing benefit (boligsikring)", "Boligsikring")  \
    X(boligydelse, municipalities, households, "Housing benefit of pensioners (boligydelse)",      \
      "Boligydelse")                                                                               \
    X(interest, households, lenders, "Interest on loans in homes", "Renter af boliglån")           \
    X(interest_deduction, state, households, "Value of the interest deduction",                    \
      "Rentefradragets værdi")                                                                     \
    X(property_tax, households, state, "Property value tax", "Ejendomsværdiskat")                  \
    X(land_tax, households, municipalities, "Land tax of owners", "Grundskyld for ejere")          \
    X(upkeep, households, outside, "Upkeep of owners' homes", "Vedligeholdelse af ejerboliger")

/** name, payer, receiver, English, Danish. All in 0.01 DKK a month, by tenure of the household. */
#define FLYT_LEDGER_SHOWN(X)                                                                       \
    X(wages, outside, households, "Wages", "Løn")                                                  \
    X(private_pensions, outside, households, "Occupational and private pensions",                  \
      "Arbejdsmarkeds- og privatpensioner")                                                        \
    X(unemployment_benefit, state, households, "Unemployment benefit", "Dagpenge")                 \
    X(cash_benefit, municipalities, households, "Cash benefit", "Kontanthjælp")                    \
    X(study_grants, state, households, "Study grants", "Statens Uddannelsesstøtte")                \
    X(disability_pensions, municipalities, households, "Disability pensions", "Førtidspension")    \
    X(state_pensions, state, households, "State pensions", "Folkepension")                         \
    X(child_benefit, state, households, "Child benefit", "Børneydelser")                           \
    X(labour_tax, households, state, "Labour-market contribution", "Arbejdsmarkedsbidrag")         \
    X(state_tax, households, state, "State income tax", "Indkomstskat til staten")                 \
    X(municipal_tax, households, municipalities, "Municipal income tax",                           \
      "Indkomstskat til kommunerne")                                                               \
    X(consumption, households, outside, "Consumption", "Forbrug")                                  \
    X(saving, households, banks, "Saving", "Opsparing")                                            \
    X(savings_in, outside, banks, "Savings of households that arrive",                             \
      "Opsparing hos husstande, der kommer til")                                                   \
    X(savings_out, banks, outside, "Savings of households that leave or die out",                  \
      "Opsparing hos husstande, der forlader eller uddør")                                         \
    X(home_sold, outside, households, "Homes and shares sold, to whoever holds vacant ones",       \
      "Solgte boliger og andele, til dem der råder over de ledige")                                \
    X(home_bought, households, outside, "Homes and shares bought of them",                         \
      "Købte boliger og andele af dem")                                                            \
    X(loan_drawn, lenders, households, "Loans raised in homes", "Optagne boliglån")                \
    X(loan_repaid, households, lenders, "Loans repaid at sale", "Indfriede boliglån ved salg")     \
    X(savings_placed, households, banks, "Proceeds of sales placed in the bank",                   \
      "Provenu fra salg sat i banken")                                                             \
    X(savings_drawn, banks, households, "Savings drawn for homes", "Opsparing brugt på bolig")     \
    FLYT_LEDGER_HOUSING(X)

/** Those too whose output variable comes with a policy. */
#define FLYT_LEDGER_ACCOUNTS(X)                                                                    \
    FLYT_LEDGER_SHOWN(X)                                                                           \
    X(gains_tax, households, state, "Tax on gains from owner homes, at sale",                      \
      "Skat af gevinst på ejerboliger, ved salg")                                                  \
    X(equity_repaid, organisations, households, "Housing career: equity repaid at move-out",       \
      "Boligkarriere: opsparet andel betalt tilbage ved fraflytning")                              \
    X(revenue_returned, state, households, "Revenue returned: lower income tax, or equal sums",    \
      "Provenu tilbage: lavere indkomstskat eller lige beløb")                                     \
    X(rent_returned, state, households, "Revenue returned: part of the rent",                      \
      "Provenu tilbage: del af huslejen")                                                          \
    X(rent_lowered, organisations, households, "AlmenBolig+: rent below that of other homes",      \
      "AlmenBolig+: husleje under de andre boligers")                                              \
    X(upkeep_spared, outside, organisations, "AlmenBolig+: upkeep spared by residents' work",      \
      "AlmenBolig+: drift sparet ved beboernes arbejde")

enum flyt_party {
#define X(name, en, da) FLYT_PARTY_##name,
    FLYT_LEDGER_PARTIES(X)
#undef X
        FLYT_N_PARTIES
};

enum flyt_account {
#define X(name, payer, receiver, en, da) FLYT_ACCOUNT_##name,
    FLYT_LEDGER_ACCOUNTS(X)
#undef X
        FLYT_N_ACCOUNTS
};

/** What a reader sees of a party and an account. */
struct flyt_ledger_party {
    const char *name, *en, *da;
};
struct flyt_ledger_account {
    const char *name;
    enum flyt_party payer, receiver;
    const char *en, *da;
};
extern const struct flyt_ledger_party flyt_ledger_parties[FLYT_N_PARTIES];
extern const struct flyt_ledger_account flyt_ledger_accounts[FLYT_N_ACCOUNTS];

/** Amounts by account and tenure, øre. */
struct flyt_ledger_sheet {
    int64_t amount[FLYT_N_ACCOUNTS][FLYT_N_TENURES];
};

/** Amounts of one account by tenure, øre. */
struct flyt_ledger_line {
    int64_t amount[FLYT_N_TENURES];
};

/** Accounts of policies, beside the ledger's own; paid in serial code only. */
struct flyt_ledger_more {
    uint32_t n;
    struct flyt_ledger_account *account;   /* [n] */
    struct flyt_ledger_line *once, *month; /* [n] as those of the ledger */
};

struct flyt_ledger {
    uint32_t n_desks;               /* n_blocks + sections: see `desk` */
    struct flyt_ledger_sheet *rate; /* [n_desks] monthly rates now, as increments of each desk */
    struct flyt_ledger_sheet *once; /* [n_desks] single payments of this month */
    struct flyt_ledger_sheet month; /* what was paid in the month last closed */
    struct flyt_ledger_more more;
    int64_t savings_ore; /* in the banks at the end of that month */
};

/** Whether flows are put into the ledger or taken out of it. */
enum flyt_ledger_side { FLYT_LEDGER_in = 1, FLYT_LEDGER_out = -1 };

/** @brief The desk of work cut by sections. */
static inline uint32_t flyt_ledger_desk(const struct flyt_world *world, uint32_t section)
{
    return world->par.n_blocks + section;
}

/** @brief An empty ledger of a world; the run's arena owns it. Sections must be counted. */
FLYT_NODISCARD enum flyt_status flyt_ledger_create(struct flyt_world *world);

/**
 * @brief Puts a household's monthly flows in, or takes them out.
 * @param row  its disposable_ore is what it spends and saves; its section gives the tenure.
 * Threads: only the work whose desk it is.
 */
void flyt_ledger_book(struct flyt_world *world, uint32_t desk, const struct flyt_household *row,
                      const struct flyt_income *income, enum flyt_ledger_side side);

/**
 * @brief Puts the flows of a household's home in or takes them out: less is left to be consumed.
 * @param sheet  a desk's rates, or whatever sums them.
 */
void flyt_ledger_add_housing(struct flyt_ledger_sheet *sheet, uint32_t tenure,
                             const struct flyt_cost_flows *flows, enum flyt_ledger_side side);

/** @brief A single payment in this month, øre. Threads: only the work whose desk it is. */
void flyt_ledger_pay(struct flyt_world *world, uint32_t desk, enum flyt_account account,
                     uint32_t tenure, int64_t amount_ore);

/** @brief Adds accounts of a policy, before the first month. @param first  index of the first of
 *         them in ledger->more. Memory: the run's arena. */
FLYT_NODISCARD enum flyt_status flyt_ledger_extend(struct flyt_world *world,
                                                   const struct flyt_ledger_account *account,
                                                   uint32_t n, uint32_t *first);

/** @brief A single payment in this month to an account that was added. Threads: serial code. Where
 *         households pay or are paid, the caller books what they consume instead. */
void flyt_ledger_pay_more(struct flyt_world *world, uint32_t account, uint32_t tenure,
                          int64_t amount_ore);

/** @brief Forgets all rates, before every household is booked anew (January, start). */
void flyt_ledger_reset(struct flyt_world *world);

/** @brief Walks rates and savings; a closed month has no single payments. */
void flyt_ledger_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief The sum of all desks' rates. */
struct flyt_ledger_sheet flyt_ledger_rates(const struct flyt_world *world);

/**
 * @brief Closes the month: its payments are this month's rates and single payments.
 * @return FLYT_ERR_INVARIANT with a fault when the households of a tenure did not pay out exactly
 *         what they were paid.
 */
FLYT_NODISCARD enum flyt_status flyt_ledger_close(struct flyt_world *world);

/** @brief The check of flyt_ledger_close(), of the month last closed. */
FLYT_NODISCARD enum flyt_status flyt_ledger_check(const struct flyt_world *world);

/** @brief What a party received less what it paid in the month last closed, øre. */
int64_t flyt_ledger_net(const struct flyt_ledger *ledger, enum flyt_party party);

/** @brief What an account moved in the month last closed, all tenures, øre. */
int64_t flyt_ledger_total(const struct flyt_ledger *ledger, enum flyt_account account);

/** One output variable an account: what it moved in the month, by tenure. */
#define X(name, payer, receiver, en, da)                                                           \
    void flyt_ledger_record_##name(const void *world, void *row);
FLYT_LEDGER_ACCOUNTS(X)
#undef X

/** @brief Records the savings in the banks, øre; one number. */
void flyt_ledger_record_savings_held(const void *world, void *row);

#define FLYT_LEDGER_SERIES_OF(account, payer, receiver, en, da)                                    \
    {"ledger_" #account,                                                                           \
     "0.01 DKK",                                                                                   \
     FLYT_SERIES_count,                                                                            \
     FLYT_SERIES_flow,                                                                             \
     FLYT_SERIES_monthly,                                                                          \
     1,                                                                                            \
     {FLYT_DIM_tenure},                                                                            \
     en,                                                                                           \
     da,                                                                                           \
     "paid by " #payer " to " #receiver ", by the tenure of the household",                        \
     NULL,                                                                                         \
     flyt_ledger_record_##account},

/** Initialisers of the ledger's output variables, for a model's table of series. */
#define FLYT_LEDGER_SERIES                                                                         \
    FLYT_LEDGER_SHOWN(FLYT_LEDGER_SERIES_OF){"savings_held",                                       \
                                             "0.01 DKK",                                           \
                                             FLYT_SERIES_count,                                    \
                                             FLYT_SERIES_stock,                                    \
                                             FLYT_SERIES_monthly,                                  \
                                             0,                                                    \
                                             {0},                                                  \
                                             "Savings of households",                              \
                                             "Husstandenes opsparing",                             \
                                             "sum of saving, and of what came and went",           \
                                             NULL,                                                 \
                                             flyt_ledger_record_savings_held},

#define FLYT_N_LEDGER_SHOWN FLYT_ACCOUNT_gains_tax /* the accounts before it */
#define FLYT_N_LEDGER_SERIES (FLYT_N_LEDGER_SHOWN + 1)

#endif
