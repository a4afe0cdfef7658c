/**
 * @file career.h
 * @brief Housing career (models/policies/housing_career.c): its parameters, and what a share in a
 *        co-owned almen home is worth while it is earned.
 *
 * A home of building cost C: who lives there saves S = share * C in n1 months, by an instalment
 *
 *   s = S i / ((1 + i)^n1 - 1),   i the monthly interest,
 *
 * on top of the rent, or earns it by work for the section (labour credit). Then it is co-owner; by
 * month n2 its rent has repaid the loans, and it owns the home. Between the two the worth rises
 * evenly, but it is the household's only at n2. Who leaves is repaid what is vested, less wear.
 *
 * All money is whole øre: each month's interest is rounded, then the instalment added.
 * Source: docs/MODEL.md section 5; Boligliv i Balance: Det sociale løsningskatalog (2015).
 */
#ifndef FLYT_CAREER_H
#define FLYT_CAREER_H

#include "sim/field.h"
#include "sim/world.h"

#define CAREER_HOMES(X)                                                                            \
    X(real, coowned, "1/1000/year", 20, 0, 1000, assumed, "what if",                               \
      "Homes that become co-owned in a year for each 1000 almen family homes of the places.",      \
      "Boliger, der bliver medejerboliger om året for hver 1000 almene familieboliger på "       \
      "stederne.")                                                                                 \
    X(real, plus, "1/1000/year", 0, 0, 1000, assumed, "Boligliv i Balance 2015; what if",          \
      "Vacant ones that become AlmenBolig+, for those who can work for it, in the same way.",      \
      "Ledige, der bliver AlmenBolig+, til dem, der kan arbejde for den, på samme måde.")          \
    X(real, plus_rent_discount, "share", 0.21, 0, 0.5, published,                                  \
      "Jensen, SBi, Oslo 17 August 2018: 21 % below comparable new almen homes; 30 % aimed at",    \
      "How much lower the rent of AlmenBolig+ is than that of the section's other homes.",         \
      "Hvor meget lavere huslejen i AlmenBolig+ er end i afdelingens andre boliger.")              \
    X(real, plus_spared, "share", 0.5, 0, 1, assumed,                                              \
      "Landsbyggefonden 2010: cleaning is a tenth of the rent; the rest of 21 % is cheap "         \
      "building",                                                                                  \
      "Share of it that the residents' work spares the organisation, which bears the rest.",       \
      "Del af det, som beboernes arbejde sparer boligorganisationen for; den bærer resten.")       \
    X(real, youth, "1/1000/year", 0, 0, 1000, assumed, "as plus",                                  \
      "Vacant ones that become homes for the young, in the same way.",                             \
      "Ledige, der bliver ungdomsboliger, på samme måde.")                                         \
    X(real, elderly, "1/1000/year", 0, 0, 1000, assumed, "as plus",                                \
      "Vacant ones that become homes for the elderly, in the same way.",                           \
      "Ledige, der bliver ældreboliger, på samme måde.")                                           \
    X(real, senior, "1/1000/year", 0, 0, 1000, assumed, "as plus",                                 \
      "Vacant ones that become senior co-housing, in the same way.",                               \
      "Ledige, der bliver seniorbofællesskab, på samme måde.")                                     \
    X(real, family, "1/1000/year", 0, 0, 1000, assumed, "as plus",                                 \
      "Vacant ones that become family co-housing, for those with children, in the same way.",      \
      "Ledige, der bliver familiebofællesskab, til dem med børn, på samme måde.")                  \
    X(flag, deprived, "", 1, 0, 1, assumed, "what if",                                             \
      "Only in areas that are on a list of deprived areas now.",                                   \
      "Kun i områder, der står på en liste over udsatte områder nu.")                              \
    X(choice, order, "seniority|lot", 0, 0, 1, assumed, "what if",                                 \
      "Which of the present residents who will and can come first.",                               \
      "Hvem af de nuværende beboere, der vil og kan, der kommer først.")                           \
    X(real, wish, "share", 0.3, 0, 1, assumed, "what if; nothing is measured",                     \
      "Share of households that want to own a part of their home.",                                \
      "Andel husstande, der ønsker at eje en del af deres bolig.")                                 \
    X(count, vacant_months, "months", 6, 1, 120, assumed, "what if",                               \
      "Months that such a home may stand vacant until it is let as others are.",                   \
      "Måneder, en sådan bolig må stå ledig, før den udlejes som andre.")                          \
    X(real, conversion, "DKK", 50000, 0, 2000000, assumed, "what if",                              \
      "Cost of making a home co-owned, paid by the organisation.",                                 \
      "Udgift til at gøre en bolig til medejerbolig, betalt af boligorganisationen.")

#define CAREER_CONSENT(X)                                                                          \
    X(real, council, "probability", 1, 0, 1, assumed,                                              \
      "approvals needed: assumptions.csv; what if", "A municipality consents.",                    \
      "En kommune samtykker.")                                                                     \
    X(real, organisation, "probability", 1, 0, 1, assumed, "as council",                           \
      "An organisation consents.", "En boligorganisation samtykker.")                              \
    X(real, turnout, "share", 0.2, 0, 1, assumed, "what if",                                       \
      "Share of a section's households that come to its meeting.",                                 \
      "Andel af en afdelings husstande, der møder op til afdelingsmødet.")                         \
    X(real, support, "share", 0.5, 0, 1, assumed, "what if",                                       \
      "Share of those who come and do not want a share themselves that vote for it.",              \
      "Andel af de fremmødte, der ikke selv ønsker en andel, som stemmer for.")

#define CAREER_SHARE(X)                                                                            \
    X(flag, equity, "", 1, 0, 1, assumed, "no: the placebo of H7",                                 \
      "A share is earned; without it the homes are set aside for residents and nothing else.",     \
      "Der optjenes en andel; ellers er boligerne forbeholdt beboere og intet andet.")             \
    X(choice, earned, "saving|labour", 0, 0, 1, assumed, "Boligliv i Balance 2015: either",        \
      "By an instalment on top of the rent, or by work for the section.",                          \
      "Ved et beløb oven i huslejen eller ved arbejde for afdelingen.")                            \
    X(real, building_cost, "DKK/m2", 20000, 1000, 100000, assumed,                                 \
      "a fifth of 80 m2 is 320000: within 100000-600000 of the catalogue",                         \
      "Building cost of a home.", "Opførelsesudgift for en bolig.")                                \
    X(real, share, "share", 0.2, 0, 1, published, "Boligliv i Balance 2015: at most 20 %",         \
      "Share of the building cost that a co-owner has saved.",                                     \
      "Andel af opførelsesudgiften, som en medejer har sparet op.")                                \
    X(real, coowner_years, "years", 10, 1, 50, published, "Boligliv i Balance 2015",               \
      "Years of saving until co-owner.", "År med opsparing, til man er medejer.")                  \
    X(real, owner_years, "years", 27.5, 1, 60, published, "Boligliv i Balance 2015: 25 or 30",     \
      "Years until owner; not before co-owner.", "År, til man er ejer; ikke før medejer.")         \
    X(real, interest, "1/year", 0.02, 0, 0.2, assumed, "docs/VERIFICATION.md: 2 %, nominal",       \
      "Interest on the savings, by month.", "Rente af opsparingen, tilskrevet hver måned.")        \
    X(real, burden, "share", 0.15, 0, 1, assumed, "what if",                                       \
      "Greatest instalment, of disposable income: above it a month is missed.",                    \
      "Største beløb i forhold til den disponible indkomst: over det springes måneden over.")      \
    X(real, early, "share", 1, 0, 1, assumed, "what if: one's own savings",                        \
      "Share of the savings repaid to who leaves before it is co-owner.",                          \
      "Andel af opsparingen, der betales tilbage til den, der fraflytter, før den er medejer.")    \
    X(real, wear, "1/year", 0.01, 0, 0.2, assumed, "what if",                                      \
      "Taken off what is repaid for each year of the share.",                                      \
      "Fradrag i tilbagebetalingen for hvert år med andelen.")                                     \
    X(choice, bearer, "organisation|municipality|fund|state", 0, 0, 3, assumed, "what if",         \
      "Who bears what is repaid above what the household paid in.",                                \
      "Hvem der bærer det, der betales tilbage ud over husstandens egne indbetalinger.")           \
    X(real, worth, "share", 1, 0, 3, assumed, "what if",                                           \
      "Upkeep that the section spares, for each krone of labour credit.",                          \
      "Drift, som afdelingen sparer, for hver krone arbejdskredit.")

#define CAREER_EFFECTS(X)                                                                          \
    X(real, retention, "1", 1, 0, 3, assumed, "docs/MODEL.md section 9: a range only",             \
      "Weight in the moving cost of what would be lost by leaving now, over a year's income.",     \
      "Vægt i flytteomkostningen af det, der tabes ved at flytte nu, i forhold til "              \
      "årsindkomsten.")                                                                            \
    X(real, role_models, "log odds", 0, -2, 2, assumed, "docs/MODEL.md section 9: a range only",   \
      "Added to an area's reputation for a share of 1 of households in work with a share.",        \
      "Lægges til områdets omdømme ved en andel på 1 af husstande i arbejde med en andel.")        \
    X(real, cohesion, "log odds", 0, -2, 2, assumed, "docs/MODEL.md section 5: either sign",       \
      "Added to an area's reputation for a share of 1 of households with a share.",                \
      "Lægges til områdets omdømme ved en andel på 1 af husstande med en andel.")                  \
    X(real, replace, "share", 0, 0, 2, assumed, "what if",                                         \
      "Homes lost to assignment that are made up for in other sections of the municipality.",      \
      "Tabte anvisningsboliger, der erstattes i kommunens andre afdelinger.")

#define CAREER_ACCOUNTS(X)                                                                         \
    X(career_saving, households, organisations, "Housing career: instalments on shares",           \
      "Boligkarriere: opsparing til andele")                                                       \
    X(career_upkeep, outside, organisations, "Housing career: upkeep spared by residents' work",   \
      "Boligkarriere: drift sparet ved beboernes arbejde")                                         \
    X(career_conversion, organisations, outside, "Housing career: homes made co-owned",            \
      "Boligkarriere: boliger gjort til medejerboliger")                                           \
    X(career_rest_municipalities, municipalities, organisations,                                   \
      "Housing career: the unpaid rest, municipalities",                                           \
      "Boligkarriere: den ubetalte rest, kommunerne")                                              \
    X(career_rest_fund, landsbyggefonden, organisations,                                           \
      "Housing career: the unpaid rest, the fund",                                                 \
      "Boligkarriere: den ubetalte rest, Landsbyggefonden")                                        \
    X(career_rest_state, state, organisations, "Housing career: the unpaid rest, the state",       \
      "Boligkarriere: den ubetalte rest, staten")

/** What is counted: name, unit, kind, English, Danish, how. */
#define CAREER_COUNTS(X)                                                                           \
    X(career_homes, "homes", stock, "Homes set aside", "Boliger forbeholdt beboere",               \
      "Of any kind; none of them can be assigned.")                                                \
    X(career_savers, "households", stock, "Save for a share", "Sparer op til en andel",            \
      "Hold a share and are not yet co-owners.")                                                   \
    X(career_coowners, "households", stock, "Co-owners", "Medejere",                               \
      "Have saved their share; owners among them.")                                                \
    X(career_owners, "households", stock, "Owners of their almen home",                            \
      "Ejere af deres almene bolig", "Have held it until the loans are repaid.")                   \
    X(career_missed, "households", flow, "Missed an instalment", "Sprang en måned over",           \
      "The instalment was too great a part of the month's income.")                                \
    X(career_in_place, "households", flow, "Present residents who began a share",                  \
      "Nuværende beboere, der begyndte på en andel", "In the home they lived in already.")         \
    X(career_from_area, "households", flow, "Moved in from the same area",                         \
      "Flyttet ind fra samme område", "From a family home of it, into a home set aside.")          \
    X(career_outsiders, "households", flow, "Moved in from elsewhere", "Flyttet ind udefra",       \
      "From any other home, or from outside, into a home set aside.")                              \
    X(career_left, "households", flow, "Gave up a share", "Opgav en andel",                        \
      "Moved out, moved away, died or moved in with another.")                                     \
    X(career_left_early, "households", flow, "Of them, before they were co-owners",                \
      "Heraf før de var medejere", "Their savings are repaid as early ones are.")                  \
    X(career_given_up, "homes", flow, "Homes nobody would share in",                               \
      "Boliger, ingen ville have andel i",                                                         \
      "Stood vacant too long and are let as others are again.")                                    \
    X(career_consenting, "sections", stock, "Sections with all consents",                          \
      "Afdelinger med alle samtykker", "Municipality, organisation and the section's meeting.")    \
    X(career_refused, "sections", flow, "Sections that did not consent",                           \
      "Afdelinger uden samtykke", "Asked once a year; any of the three said no.")

enum flyt_career_account {
#define X(name, ...) name,
    CAREER_ACCOUNTS(X)
#undef X
};

#define CAREER_PARAMS(X) CAREER_HOMES(X) CAREER_CONSENT(X) CAREER_SHARE(X) CAREER_EFFECTS(X)

struct flyt_career_params {
#define X(type, name, ...) flyt_##type name;
    CAREER_PARAMS(X)
#undef X
};

enum flyt_career_earned { FLYT_CAREER_saving, FLYT_CAREER_labour };
enum flyt_career_order { FLYT_CAREER_seniority, FLYT_CAREER_lot };
enum flyt_career_bearer {
    FLYT_CAREER_organisation,
    FLYT_CAREER_municipality,
    FLYT_CAREER_fund,
    FLYT_CAREER_state
};

/** Kinds of homes made of family homes: co-owned ones, then those of vacant homes alone. */
#define FLYT_CAREER_KINDS(X)                                                                       \
    X(coowned, coowned)                                                                            \
    X(plus, plus)                                                                                  \
    X(youth, youth)                                                                                \
    X(elderly, elderly)                                                                            \
    X(senior, senior_cohousing)                                                                    \
    X(family, family_cohousing)

enum flyt_career_kind {
#define X(name, kind) FLYT_CAREER_##name,
    FLYT_CAREER_KINDS(X)
#undef X
        FLYT_CAREER_N_KINDS
};

/** A home set aside, and the share of who lives there. Amounts in øre. */
struct flyt_career_home {
    uint64_t holder;   /* uid; 0: nobody holds a share in it */
    uint64_t last;     /* uid of who lived there last month; 0: nobody */
    int64_t whole;     /* C; 0: no share is earned */
    int64_t saved;     /* what the household has saved, with interest */
    int64_t paid_in;   /* what the organisation got of it: instalments, or upkeep spared */
    int64_t repayable; /* to the holder who leaves before this is reckoned anew */
    int32_t instalment;
    uint16_t paid; /* months with an instalment, and after them months as co-owner */
    uint16_t held; /* months since the share began */
    uint8_t kind;  /* enum flyt_career_kind, of one set aside */
    bool set_aside, converted;
};

/** @brief Months until co-owner, and until owner. At least 1, and no fewer than the first. */
uint32_t flyt_career_coowner_months(const struct flyt_career_params *params);
uint32_t flyt_career_owner_months(const struct flyt_career_params *params);

/** @brief Monthly instalment, øre, for a home of this building cost. */
int32_t flyt_career_instalment(const struct flyt_career_params *params, int64_t whole_ore);

/** @brief Building cost of a home of this floor area, øre. */
int64_t flyt_career_whole(const struct flyt_career_params *params, uint32_t area_m2);

/** @brief A month of the share passes. @param pays  whether the instalment was made, before the
 *         household is co-owner. */
void flyt_career_month(const struct flyt_career_params *params, struct flyt_career_home *home,
                       bool pays);

/** @brief What the share is worth on its way to the next step, øre. */
int64_t flyt_career_worth(const struct flyt_career_params *params,
                          const struct flyt_career_home *home);

/** @brief What is repaid to the holder who leaves now, øre. */
int64_t flyt_career_repaid(const struct flyt_career_params *params,
                           const struct flyt_career_home *home);

#endif
